use super::*;

/// What a limit says.
fn declined<T>(result: Result<T, Stop>) -> String {
    match result {
        Err(Stop::Decline(declined)) => declined.reason,
        _ => panic!("not declined"),
    }
}

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
    budget.read(1 << 23).unwrap();
    assert_eq!(budget.allowed(), 1500);
    assert!(budget.charge(500).is_ok());
    // Once over, always over.
    for _ in 0..2 {
        let found = declined(budget.charge(1));
        assert_eq!(
            found,
            "work: more than the limit 1000 limb operations, and as much again for every 16 MiB of the 8388608 bytes read (--limit-work)"
        );
    }
    let budget = Budget::new(&limits(u64::MAX, 0));
    assert!(budget.charge(u64::MAX).is_ok() && budget.charge(u64::MAX).is_ok());
}

#[test]
fn memory_is_given_back() {
    let budget = Budget::new(&limits(0, 1000));
    let mut held = budget.hold(300).unwrap();
    held.grow(300, &budget).unwrap();
    let found = declined(budget.keep(401));
    assert_eq!(
        found,
        "memory: more than the limit 1000 bytes (--limit-memory)"
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
