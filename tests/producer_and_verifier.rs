//! What the engine writes about random adversarial pairs, the separate verifier verifies: every theorem, form and claim.

mod support;

use std::collections::{BTreeMap, BTreeSet};

use relucert::audit::{Random, RandomPair, biased_network, main_pair, star_pair};
use relucert::certificate::{
    Among, ConditionFact, ConditionName, Form, Networks, Step, StepLine, Why,
};
use relucert::nearest::{self, Answer, nearest};
use relucert::network::{Network, to_certificate};
use relucert::parametrizations::{
    Outcome, flippable, flips_certificate, minimal, minimal_certificate,
};
use relucert::reparametrize::Options;
use relucert::stability::{Missing, Theorem, lift, lift_certificate};
use support::ask;
use support::certificates::{accepted, lines};

const SEED: u64 = 11;
const COUNT: u64 = 120;

/// How many certificates of each kind were verified.
#[derive(Default)]
struct Verified(BTreeMap<&'static str, usize>);

impl Verified {
    fn check(&mut self, kind: &'static str, trial: u64, text: &str) {
        println!("{kind}, trial {trial}");
        accepted(text);
        *self.0.entry(kind).or_default() += 1;
    }

    fn at_least(&self, kind: &str, count: usize) {
        let found = self.0.get(kind).copied().unwrap_or(0);
        assert!(
            found >= count,
            "only {found} certificates of {kind}: {:?}",
            self.0
        );
    }
}

fn networks(pair: &RandomPair) -> Networks {
    Networks {
        gamma: (&pair.gamma).into(),
        theta: Some((&pair.theta).into()),
        phi: None,
    }
}

/// C.3 and the cases are of one network, and no neuron is rescaled in two steps where one says the same.
fn each_is_rescaled_once_after_all_cases(text: &str) {
    let steps = lines(text).split_off(2);
    let steps: Vec<StepLine> = steps
        .iter()
        .map(|line| serde_json::from_str(line).expect("a step"))
        .collect();
    let is_condition = |step: &StepLine| {
        matches!(&step.fact, Step::Condition(ConditionFact::Holds(condition))
            if condition.name == ConditionName::NoOppositePossible)
    };
    let from = steps.iter().position(is_condition).expect("C.3") + 1;
    let cases = steps[from..].iter();
    let cases = cases
        .take_while(|step| matches!(step.fact, Step::Case(_)))
        .count();
    let mut rescaled = BTreeSet::new();
    for step in &steps[from + cases..] {
        match &step.fact {
            Step::Rewrite(rewrite) if rewrite.why <= Why::Stretch => {
                assert!(rewrite.why == Why::Kill || rescaled.insert(rewrite.replaces.clone()));
            }
            Step::Rewrite(rewrite) => assert_eq!(rewrite.why, Why::Revive),
            Step::Distance(_) => {}
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn theorem_3_1_in_all_forms() {
    let mut verified = Verified::default();
    for trial in 0..COUNT {
        let pair = main_pair(&mut Random::of_trial(SEED, trial)).expect("a pair");
        let RandomPair { gamma, theta } = &pair;
        for (kind, theorem, form) in [
            ("seminorm", Theorem::Main, Some(Form::Seminorm)),
            ("jump", Theorem::Main, Some(Form::Jump)),
            ("refined", Theorem::Refined, None),
        ] {
            let options = Options {
                form,
                ..Options::default()
            };
            let answer = ask(theorem, gamma, theta, options);
            if answer.theorem().is_some() {
                let text = answer
                    .certificate()
                    .expect("readable")
                    .expect("a theorem applies");
                verified.check(kind, trial, &text);
                if theorem == Theorem::Main {
                    each_is_rescaled_once_after_all_cases(&text);
                }
            }
            for missing in answer.missing() {
                let Missing::Condition(violation) = missing else {
                    panic!("{missing:?}");
                };
                let text = answer.violation_certificate(violation);
                assert_eq!(text.is_some(), theorem == Theorem::Main);
                if let Some(text) = text {
                    verified.check("violation", trial, &text);
                }
            }
        }
    }
    for kind in ["seminorm", "jump", "refined"] {
        verified.at_least(kind, 60);
    }
    verified.at_least("violation", 30);
}

#[test]
fn theorem_3_3() {
    let mut verified = Verified::default();
    for trial in 0..COUNT {
        let pair = star_pair(&mut Random::of_trial(SEED, trial)).expect("a pair");
        let RandomPair { gamma, theta } = &pair;
        let answer = ask(Theorem::Star, gamma, theta, Options::default());
        if let Some(construction) = answer.construction() {
            let text = answer
                .certificate()
                .expect("readable")
                .expect("the theorem applies");
            verified.check("theorem-3.3", trial, &text);
            let options = nearest::Options {
                among: Among::NStar,
                ..nearest::Options::default()
            };
            let [gamma, theta] = [gamma, theta].map(|n| Network::Shallow(n.clone()));
            let Ok(Answer::Nearest(found)) = nearest(&gamma, &theta, &options) else {
                panic!("trial {trial}: no answer in N*");
            };
            // The theorem's Φ is one of the competitors.
            let best = &found.phi.as_ref().expect("Φ").distance.value;
            assert!(best.compare(&construction.distance.value).is_le());
            let text = nearest::certificate(networks(&pair), &found).expect("a certificate");
            verified.check("nearest in N*", trial, &text);
        }
    }
    verified.at_least("theorem-3.3", 90);
    verified.at_least("nearest in N*", 90);
}

#[test]
fn the_nearest_parametrization_is_never_further_than_the_theorem_s() {
    let mut verified = Verified::default();
    for trial in 0..COUNT {
        let pair = main_pair(&mut Random::of_trial(SEED, trial)).expect("a pair");
        let answer = ask(Theorem::Main, &pair.gamma, &pair.theta, Options::default());
        let [gamma, theta] = [&pair.gamma, &pair.theta].map(|n| Network::Shallow(n.clone()));
        let Ok(Answer::Nearest(found)) = nearest(&gamma, &theta, &Default::default()) else {
            continue;
        };
        if let Some(construction) = answer.construction() {
            let order = found.lower.compare(&construction.distance.value);
            assert!(order.is_le(), "trial {trial}: the lower bound is wrong");
            if found.exact().is_some() {
                verified
                    .0
                    .entry("exact")
                    .and_modify(|n| *n += 1)
                    .or_insert(1);
            }
        }
        if let Some(text) = nearest::certificate(networks(&pair), &found) {
            verified.check("nearest", trial, &text);
        }
    }
    verified.at_least("nearest", 90);
    verified.at_least("exact", 20);
}

#[test]
fn lifts_flips_and_least_numbers() {
    let mut verified = Verified::default();
    for trial in 0..COUNT {
        let theta = biased_network(&mut Random::of_trial(SEED, trial)).expect("a network");
        let lifted = lift(&theta).expect("a lift");
        let given = Network::Biased(theta);
        let networks = Networks {
            gamma: (&lifted).into(),
            theta: to_certificate(&given),
            phi: None,
        };
        verified.check("lift", trial, &lift_certificate(networks));
        let stated = || to_certificate(&given).expect("shallow");
        let found = minimal(&given, &Default::default())
            .expect("shapes")
            .expect("shallow");
        let attained = to_certificate(&found.network).expect("shallow");
        verified.check(
            "minimal",
            trial,
            &minimal_certificate(attained, stated(), &found),
        );
        let flips = flippable(&given, &Default::default()).expect("shallow");
        if let (true, Outcome::All(solutions)) = (flips.is_generic(), &flips.outcome) {
            let text = flips_certificate(stated(), solutions).expect("evidence");
            verified.check("flips", trial, &text);
        }
    }
    verified.at_least("lift", 120);
    verified.at_least("minimal", 120);
    verified.at_least("flips", 10);
}
