//! Certificates of claims about all parametrizations: `flips`, `unique`, `minimal`, and `condition` for C.3.

use super::exhaustion::Solutions;
use super::minimal::Minimal;
use crate::certificate::{
    Claim, ConditionClaim, ConditionFact, ConditionName, Equal, Flips, FlipsClaim, MinimalClaim,
    Networks, NoOrientation, PRODUCER, StatedNetwork, Statement, Step, UniqueClaim, Violation,
    Writer,
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
pub fn flips_certificate(network: StatedNetwork, solutions: &Solutions) -> Option<String> {
    let exhaustion = solutions.exhaustion.clone()?;
    let sets = solutions.sets.clone();
    let claim = match sets.is_empty() {
        true => Claim::Unique(UniqueClaim {}),
        false => Claim::Flips(FlipsClaim { sets: sets.clone() }),
    };
    let networks = Networks {
        gamma: network,
        theta: None,
        phi: None,
    };
    let mut writer = writer(networks, claim);
    writer.step(Step::Flips(Flips { sets, exhaustion }));
    Some(writer.finish())
}

/// That `attained`, the network found, has the function of `given`, and that no network has fewer neurons than `found.shown`.
///
/// Claim `minimal`, with the least number where both ends agree; `attained` must have the `found.upper` neurons of
/// `found.network`.
pub fn minimal_certificate(
    attained: StatedNetwork,
    given: StatedNetwork,
    found: &Minimal,
) -> String {
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
    writer.step(Step::Equal(Equal {}));
    for step in &found.evidence {
        writer.step(Step::NoOrientation(step.clone()));
    }
    writer.finish()
}

/// That no Θ of the function satisfies C.3 with Γ; `evidence` is that of [`super::C3::Impossible`].
pub fn c3_certificate(
    gamma: StatedNetwork,
    theta: StatedNetwork,
    evidence: &NoOrientation,
) -> String {
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
    writer.step(Step::Condition(ConditionFact::Violated {}));
    writer.step(Step::NoOrientation(evidence.clone()));
    writer.finish()
}
