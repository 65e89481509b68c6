//! Certificates for all k of `lift`: of random families, whose instances at k = 1, …, 12 have certificates of numbers that are
//! accepted too.

mod support;

use relucert::certificate::{Networks, Shallow};
use relucert::family::{Family, Proved, Unproved, prove_lift};
use relucert::stability::lift_certificate;
use relucert::watch::Watch;
use support::certificates::accepted;
use support::families::{LAST, Random, random_family};

/// Proves something of random families, sees that the verifier agrees, and compares with instances; what is declined is counted, and must be seldom.
fn for_random(
    seed: u64,
    prove: impl Fn(&Family) -> Result<Proved, Unproved>,
    compare: impl Fn(&Family, &Proved, u64),
) {
    let (mut random, mut declined) = (Random(seed), Vec::new());
    for _ in 0..500 {
        let family = random_family(&mut random);
        match prove(&family) {
            Ok(proved) => {
                accepted(&proved.certificate);
                (1..=LAST).for_each(|k| compare(&family, &proved, k));
            }
            Err(reason) => declined.push(reason.to_string()),
        }
    }
    assert!(declined.len() <= 10, "{declined:#?}");
}

/// What the section of a k holds there: its Φ, if it has one.
fn phi_at(proved: &Proved, k: u64) -> Shallow {
    let contains = |range: relucert::certificate::Range| {
        range.first() <= k && range.end().is_none_or(|end| k < end)
    };
    let part = proved.parts.iter().find(|part| contains(part.range));
    let phi = part.expect("a section").draft.holds.phi().expect("a Φ");
    Family::from_json("phi", &serde_json::to_string(phi).unwrap())
        .unwrap()
        .instance(k)
        .unwrap()
}

#[test]
fn lifts_have_the_certificates_of_their_instances() {
    for_random(
        11,
        |family| prove_lift(family, false, &Watch::none()),
        |family, proved, k| {
            accepted(&lift_certificate(Networks {
                gamma: phi_at(proved, k),
                theta: family.instance(k),
                phi: None,
            }));
        },
    );
}
