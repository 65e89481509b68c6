//! Over a limit the verifier declines, in bounded time and on a small stack.

mod support;

use std::time::Duration;

use relucert_verifier::{Bindings, Budget, Limits, Verdict, verify_text, verify_within};
use support::{certificate, changed, lines, rejection, seal, steps_hold, verdict, written};

fn declined(text: &str, limits: &Limits) -> String {
    match verify_text(text.as_bytes(), limits, &Bindings::default()) {
        Verdict::Declined(declined) => declined.to_string(),
        other => panic!("{limits:?}: {other:?}"),
    }
}

#[test]
fn each_limit_declines() {
    let text = certificate("claims/merge");
    let default = Limits::default;
    for (limits, expected) in [
        (
            Limits {
                bytes: 100,
                ..default()
            },
            "--limit-bytes",
        ),
        (
            Limits {
                work: 100,
                ..default()
            },
            "--limit-work",
        ),
        (
            Limits {
                memory: 10_000,
                ..default()
            },
            "--limit-memory",
        ),
        (
            Limits {
                time: Some(Duration::ZERO),
                ..default()
            },
            "the time limit was reached (--time-limit)",
        ),
    ] {
        let found = declined(&text, &limits);
        assert!(found.contains(expected), "{found}");
    }
    let time = Some(Duration::from_secs(1000));
    let limits = Limits { time, ..default() };
    let verdict = verify_text(text.as_bytes(), &limits, &Bindings::default());
    assert!(matches!(verdict, Verdict::Verified(_)), "{verdict:?}");
}

/// What is spent is the same each time, and enough: with half the work, or one byte less, the certificate is declined.
#[test]
fn the_budget_that_is_spent_is_enough() {
    for name in [
        "claims/merge",
        "claims/seminorm",
        "claims/bias",
        "section/nearest-above",
    ] {
        let text = certificate(name);
        let verdict = |limits: &Limits| {
            let budget = Budget::new(limits);
            let verdict = verify_within(text.as_bytes(), &budget, &Bindings::default());
            (verdict, budget.work(), budget.memory())
        };
        let limits = |work, memory| Limits {
            work,
            memory,
            ..Limits::default()
        };
        let (verified, work, memory) = verdict(&Limits::default());
        assert!(matches!(verified, Verdict::Verified(_)), "{verified:?}");
        assert_eq!(verdict(&limits(work, memory)), (verified, work, memory));
        for short in [limits(work / 2, memory), limits(work, memory - 1)] {
            assert!(matches!(verdict(&short).0, Verdict::Declined(_)), "{name}");
        }
    }
}

/// Brackets, however deep, overflow no stack.
#[test]
fn depth() {
    let whole = lines(&certificate("claims/merge"));
    for (open, close) in [("[", "]"), (r#"{"a":"#, "}")] {
        for count in [100, 1000, 1_000_000] {
            for number in [1, 3] {
                let mut deep = whole.clone();
                deep[number] = format!("{}1{}", open.repeat(count), close.repeat(count));
                assert!(!matches!(verdict(&seal(&deep)), Verdict::Verified(_)));
            }
        }
    }
}

/// A comb over 2,000 lines of the plane: every hyperplane is decided on one path.
#[test]
fn deep_trees_need_no_stack() {
    let count = 2000;
    let rows: Vec<_> = (0..count).map(|i| format!(r#"["1","{i}"]"#)).collect();
    let ones = vec![r#"["1"]"#; count].join(",");
    let networks = format!(
        r#"{{"gamma":{{"d":2,"m":{count},"D":1,"a":[{}],"c":[{ones}]}}}}"#,
        rows.join(",")
    );
    let splits: Vec<_> = (0..count).map(|i| format!("\"s{i}\"")).collect();
    let leaves = vec!["\"b\""; count + 1].join(",");
    let step = format!(
        r#"{{"seminorm":{{"at-most":{{"bound":"1999000","circuits":[],"nodes":[{},{leaves}]}}}}}}"#,
        splits.join(",")
    );
    let text = written(&networks, r#"{"seminorm":{"upper":"1999000"}}"#, &[step]);
    let checked = std::thread::Builder::new()
        .stack_size(1 << 17)
        .spawn(move || matches!(verdict(&text), Verdict::Verified(_)));
    assert!(checked.unwrap().join().unwrap());
}

/// Numbers with long continued fractions, on which num-rational's own comparisons recurse, on a small stack.
#[test]
fn comparisons_do_not_recurse() {
    // Neighbouring convergents of the golden ratio agree in 90,000 partial quotients.
    let (mut p, mut q) = (num_bigint::BigInt::from(1), num_bigint::BigInt::from(1));
    for _ in 0..90_000 {
        (p, q) = (&p + &q, p);
    }
    let (next, last) = (format!("{}/{p}", &p + &q), format!("{p}/{q}"));
    let text = changed(
        &certificate("claims/sharp"),
        &[(
            r#""lower":"2","upper":"2""#,
            &format!(r#""lower":"{last}","upper":"{next}""#),
        )],
    );
    let checked = std::thread::Builder::new()
        .stack_size(1 << 17)
        .spawn(move || rejection(&text));
    let found = checked.unwrap().join().unwrap().to_string();
    assert!(found.contains("no step shows r >= "), "{found}");
}

/// Weights scaled again and again grow without bound: the work is.
#[test]
fn growing_numbers_are_declined() {
    let network = r#"{"d":1,"m":1,"D":1,"a":[["1"]],"c":[["1"]]}"#;
    let networks = format!(r#"{{"gamma":{network},"theta":{network},"phi":{network}}}"#);
    let claim = r#"{"reparametrization":{"distance":"0","bound":"0"}}"#;
    let scale = |zeros: usize| {
        let power = format!("1{}", "0".repeat(zeros));
        format!(
            r#"{{"rewrite":{{"replaces":[0],"a":[["{power}"]],"c":[["1/{power}"]],"why":"scale"}}}}"#
        )
    };
    assert!(steps_hold(&written(&networks, claim, &[scale(20)])));
    let steps: Vec<_> = (1..40).map(|k| scale(1000 * k)).collect();
    let limits = Limits {
        work: 100_000_000,
        ..Limits::default()
    };
    let found = declined(&written(&networks, claim, &steps), &limits);
    assert!(found.contains("--limit-work"), "{found}");
}

/// Short numbers with coprime denominators become long over a common one: many of them are declined, not kept.
#[test]
fn expanding_weights_are_declined() {
    let primes = (1009..).step_by(2).filter(|n| (3..100).all(|q| n % q != 0));
    let row: Vec<_> = primes.take(100).map(|p| format!("1/{p}")).collect();
    // 100 numbers of about 1000 bits in every row.
    let rows = vec![row; 10];
    let networks = format!(
        r#"{{"gamma":{{"d":100,"m":10,"D":1,"a":{rows:?},"c":{:?}}}}}"#,
        vec![["1"]; 10]
    );
    let text = written::<&str>(&networks, r#"{"jump-norm":{"value":"0"}}"#, &[]);
    let budget = Budget::default();
    verify_within(text.as_bytes(), &budget, &Bindings::default());
    let few = Limits {
        memory: budget.memory() / 2,
        ..Limits::default()
    };
    let found = declined(&text, &few);
    assert!(found.contains("--limit-memory"), "{found}");
}
