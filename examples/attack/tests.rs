//! A short attack; and that every kind of claim and of damage is in it.

use relucert::audit::Random;

use crate::attack::Attack;
use crate::damage::{DAMAGES, Donors};
use crate::draft::Draft;
use crate::make::KINDS;

/// Every report begins with it.
const SEED: u64 = 20_190_524;

#[test]
fn damaged_certificates_are_rejected_or_still_true() {
    let attack = Attack {
        seed: SEED,
        count: KINDS.len() * 20,
        mutants: 10,
        checker: None,
    };
    let report = attack.run(|_, _, _| {});
    let text = report.text();
    // No false accept, no panic, no rejection without its place, no certificate that the engine made and the verifier refuses.
    assert!(report.findings.is_empty(), "{text}");
    for (kind, tally) in KINDS.iter().zip(&report.kinds) {
        assert_eq!(tally.certificates, 2, "{}\n{text}", kind.name);
        assert!(tally.rejected > 0, "{}\n{text}", kind.name);
        // The judge sees falsehood: a checker that accepts everything is found out.
        assert!(tally.accept_all.false_ > 0, "{}\n{text}", kind.name);
    }
    let total = report.total();
    assert!(total.verifier.true_ > total.mutants / 20, "{text}");
    assert!(total.parse_only.false_ > total.mutants / 10, "{text}");
    assert_eq!(
        text,
        attack.run(|_, _, _| {}).text(),
        "the same seed, the same report"
    );
}

#[test]
fn every_damage_applies() {
    let drafts: Vec<Draft> = (0..2 * KINDS.len())
        .map(|trial| {
            let (kind, mut random) = (&KINDS[trial / 2], Random::of_trial(SEED, trial as u64));
            let text = kind.certificate(&mut random, false);
            let text = text.unwrap_or_else(|| panic!("no certificate of {}", kind.name));
            Draft::read(&text).expect("lines of JSON")
        })
        .collect();
    let mut times = vec![0; DAMAGES.len()];
    let mut random = Random::of_trial(SEED, u64::MAX);
    for (index, draft) in drafts.iter().enumerate() {
        let donors = Donors {
            alike: &drafts[index ^ 1],
            other: &drafts[(index + 2) % drafts.len()],
        };
        let mut kinds = 0;
        for (damage, times) in DAMAGES.iter().zip(&mut times) {
            let tries = (0..8).filter(|_| damage.done(draft, &donors, &mut random, None).is_some());
            let applied = tries.count();
            *times += applied;
            kinds += usize::from(applied > 0);
        }
        let kind = KINDS[index / 2].name;
        assert!(kinds >= 20, "only {kinds} kinds of damage apply to {kind}");
    }
    for (damage, times) in DAMAGES.iter().zip(times) {
        assert!(times > 0, "{} never applies", damage.name);
    }
}
