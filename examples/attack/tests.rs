//! A short attack, and that every kind of claim and damage is in it.

use relucert::audit::Random;

use crate::attack::Attack;
use crate::damage::{DAMAGES, Donors, Must};
use crate::make::KINDS;
use crate::trial::{self, Fate};

/// Printed with every report.
const SEED: u64 = 20_190_524;

fn attack(count: usize) -> Attack {
    Attack { seed: SEED, count }
}

#[test]
fn damaged_certificates_are_rejected_or_still_true() {
    let report = attack(KINDS.len() * 10).run(|_| {});
    let text = report.text();
    assert!(report.findings.is_empty(), "{text}");
    let total = report.total();
    assert_eq!(total.verifier.false_, 0, "{text}");
    assert!(total.verifier.true_ > 0, "{text}");
    for (kind, tally) in KINDS.iter().zip(&report.kinds) {
        assert!(tally.rejected > 0, "{}\n{text}", kind.name);
    }
    assert_eq!(text, attack(KINDS.len() * 10).run(|_| {}).text());
}
