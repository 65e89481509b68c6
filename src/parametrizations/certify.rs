//! Certificates of claims about all parametrizations: `flips`, `unique`, `minimal`, and `condition` for C.3.

use super::exhaustion::Solutions;
use super::minimal::Minimal;
use crate::certificate::{
    Claim, ConditionClaim, ConditionName, Equal, Flips, FlipsClaim, MinimalClaim, Networks,
    Orientations, PRODUCER, Rule, Shallow, Statement, UniqueClaim, Violation, Writer,
};

fn writer(networks: Networks, claim: Claim) -> Writer {
    let statement = Statement {
        networks,
        activation: None,
        claim,
    };
    Writer::new(PRODUCER, statement)
}

/// That the network, all live and on pairwise different hyperplanes, has exactly these flip sets, or none; `None` without evidence.
///
/// `solutions` must be those of the network. Claims `flips`, or `unique` where there is none.
pub fn flips_certificate(network: Shallow, solutions: &Solutions) -> Option<String> {
    let exhaustion = solutions.exhaustion.clone()?;
    let sets = solutions.sets.clone();
    let (claim, name) = match sets.is_empty() {
        true => (Claim::Unique(UniqueClaim {}), "unique"),
        false => (Claim::Flips(FlipsClaim { sets: sets.clone() }), "flips"),
    };
    let networks = Networks {
        gamma: network,
        theta: None,
        phi: None,
    };
    let mut writer = writer(networks, claim);
    let step = writer.step(Rule::Flips(Flips { sets, exhaustion }));
    Some(writer.finish(name, vec![step]))
}

/// That `attained`, the network found, has the function of `given`, and that no network has fewer neurons than `found.shown`.
///
/// Claim `minimal`, with the least number where both ends agree; `attained` must have the `found.upper` neurons of
/// `found.network`.
pub fn minimal_certificate(attained: Shallow, given: Shallow, found: &Minimal) -> String {
    let claim = Claim::Minimal(MinimalClaim {
        lower: found.shown,
        upper: found.upper,
    });
    let networks = Networks {
        gamma: attained,
        theta: Some(given),
        phi: None,
    };
    let mut writer = writer(networks, claim);
    let mut rests_on = vec![writer.step(Rule::Equal(Equal {}))];
    for step in &found.evidence {
        rests_on.push(writer.step(Rule::Orientations(step.clone())));
    }
    writer.finish("minimal", rests_on)
}

/// That no Θ of the function satisfies C.3 with Γ; `evidence` is that of [`super::C3::Impossible`].
pub fn c3_certificate(gamma: Shallow, theta: Shallow, evidence: &Orientations) -> String {
    let claim = Claim::Condition(ConditionClaim {
        name: ConditionName::NoOppositePossible,
        network: None,
        violation: Violation::NoOrientation {},
    });
    let networks = Networks {
        gamma,
        theta: Some(theta),
        phi: None,
    };
    let mut writer = writer(networks, claim);
    let rests_on = vec![
        writer.step(Rule::Violation(Violation::NoOrientation {})),
        writer.step(Rule::Orientations(evidence.clone())),
    ];
    writer.finish("condition", rests_on)
}
