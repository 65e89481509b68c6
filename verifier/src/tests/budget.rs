use std::time::Duration;

use super::super::support::{merge_example, reason, seminorm_example};
use super::super::{Bindings, Verdict, verify_text, verify_within};
use super::*;

fn limits(work: u64, memory: u64) -> Limits {
    Limits {
        work,
        memory,
        ..Limits::default()
    }
}

#[test]
fn work_adds_up_and_bytes_allow_more() {
    let budget = Budget::new(&limits(1000, 1 << 30));
    assert!(budget.charge(600).is_ok() && budget.charge(400).is_ok());
    assert_eq!((budget.work(), budget.allowed()), (1000, 1000));
    assert!(budget.afford(1).is_err() && budget.afford(0).is_ok());
    let _held = budget.read(1 << 23).map_err(reason);
    assert_eq!(budget.allowed(), 1500);
    assert!(budget.charge(500).is_ok());
    // Once over, always over.
    for _ in 0..2 {
        let found = budget.charge(1).map_err(reason).unwrap_err();
        assert_eq!(
            found,
            "declined: work: more than the limit 1000 limb operations, and as much again for every 16 MiB of the 8388608 bytes read (--limit-work)"
        );
    }
    let budget = Budget::new(&limits(u64::MAX, 0));
    assert!(budget.charge(u64::MAX).is_ok() && budget.charge(u64::MAX).is_ok());
}

#[test]
fn memory_is_given_back() {
    let budget = Budget::new(&limits(0, 1000));
    let mut held = budget.hold(300).map_err(reason).unwrap();
    held.grow(300, &budget).map_err(reason).unwrap();
    let found = budget.keep(401).map_err(reason).unwrap_err();
    assert_eq!(
        found,
        "declined: memory: more than the limit 1000 bytes (--limit-memory)"
    );
    let copy = held.clone();
    assert_eq!((budget.held(), budget.memory()), (1200, 1200));
    drop(held);
    assert_eq!(budget.held(), 600);
    drop(copy);
    assert!(budget.keep(1000).is_ok() && budget.room(1, 0).is_err());
    assert_eq!((budget.held(), budget.memory()), (1000, 1200));
    assert!(Budget::default().room(usize::MAX, u64::MAX).is_err());
}

/// What is spent is the same each time, and enough: with half the work, or one byte less, the certificate is declined.
#[test]
fn the_budget_that_is_spent_is_enough() {
    for example in [merge_example(), seminorm_example()] {
        let text = example.text();
        let verdict = |limits: &Limits| {
            let budget = Budget::new(limits);
            let verdict = verify_within(text.as_bytes(), &budget, &Bindings::default());
            (verdict, budget.work(), budget.memory())
        };
        let (verified, work, memory) = verdict(&Limits::default());
        assert!(matches!(verified, Verdict::Verified(_)), "{verified:?}");
        let least = limits(work, memory);
        assert_eq!(verdict(&least), (verified, work, memory));
        for short in [limits(work / 2, memory), limits(work, memory - 1)] {
            assert!(matches!(verdict(&short).0, Verdict::Declined(_)));
        }
    }
}

/// No time is declined, never rejected; enough time changes nothing.
#[test]
fn the_time_limit() {
    for example in [merge_example(), seminorm_example()] {
        let verdict = |time| {
            let time = Some(time);
            let limits = Limits {
                time,
                ..Limits::default()
            };
            verify_text(example.text().as_bytes(), &limits, &Bindings::default())
        };
        match verdict(Duration::ZERO) {
            Verdict::Declined(found) => {
                assert!(
                    found
                        .to_string()
                        .ends_with("the time limit was reached (--time-limit)")
                );
            }
            other => panic!("{other:?}"),
        }
        assert!(matches!(
            verdict(Duration::from_secs(1000)),
            Verdict::Verified(_)
        ));
    }
}
