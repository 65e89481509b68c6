//! The certificate of a nearest parametrization.

use super::answer::{FlippedReason, Lower, Nearest};
use super::bottleneck::HallEvidence;
use crate::certificate::{
    Against, Among, ApartFact, BalancedSet, Claim, ConditionFact, Constant, Flips, Hall, Member,
    NearestClaim, Networks, PRODUCER, Side, Statement, Step, Writer,
};
use crate::exact::Surd;
use crate::stability::reached;

/// Claim `nearest`; `networks` are Γ and Θ as given, Φ is filled in. Its lower end is what the evidence shows, 0 where there is none.
///
/// `None` where no Φ was found.
pub fn certificate(networks: Networks, nearest: &Nearest) -> Option<String> {
    let construction = nearest.phi.as_ref()?;
    let claim = Claim::Nearest(NearestClaim {
        among: nearest.among,
        lower: match nearest.evidence {
            Lower::Nothing => (&Surd::zero()).into(),
            _ => (&nearest.lower).into(),
        },
        upper: (&construction.distance.value).into(),
    });
    let statement = Statement {
        networks: Networks {
            phi: Some(construction.phi.stated()),
            ..networks
        },
        activation: None,
        claim,
    };
    let mut writer = Writer::new(PRODUCER, statement);
    for step in &nearest.steps {
        writer.step(step.clone());
    }
    for step in lower_steps(&nearest.evidence) {
        writer.step(step);
    }
    for step in &construction.steps {
        writer.step(step.clone());
    }
    writer.step(reached(&construction.distance));
    if nearest.among == Among::NStar {
        writer.step(Step::Condition(ConditionFact::Member(Member {
            network: Side::Phi,
            set: BalancedSet::NStar,
        })));
    }
    Some(writer.finish())
}

fn lower_steps(lower: &Lower) -> Vec<Step> {
    match lower {
        Lower::Nothing => Vec::new(),
        Lower::Hall {
            against,
            value,
            evidence,
        } => vec![hall(against.clone(), value, evidence)],
        Lower::Flips {
            sets,
            exhaustion,
            reasons,
        } => {
            let all = Step::Flips(Flips {
                sets: sets.clone(),
                exhaustion: exhaustion.clone(),
            });
            let reasons = reasons.iter().map(|(flipped, reason)| match reason {
                FlippedReason::Hall(value, evidence) => {
                    hall(Against::Flipped(flipped.clone()), value, evidence)
                }
                FlippedReason::Constant { output, value } => {
                    Step::Apart(ApartFact::Bias(Constant {
                        flipped: flipped.clone(),
                        output: *output,
                        value: value.clone().into(),
                    }))
                }
            });
            std::iter::once(all).chain(reasons).collect()
        }
    }
}

fn hall(against: Against, value: &Surd, evidence: &HallEvidence) -> Step {
    Step::Apart(ApartFact::Hall(Hall {
        value: value.into(),
        against,
        sources: evidence.violator.sources.clone(),
        places: evidence.violator.places.clone(),
        bindings: evidence.bindings.clone(),
    }))
}
