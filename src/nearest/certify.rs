//! The certificate of a nearest parametrization.

use super::answer::{FlippedReason, Lower, Nearest};
use super::bottleneck::HallEvidence;
use crate::certificate::{
    Against, Among, Bound, Claim, Constant, Flips, Hall, Member, NearestClaim, Networks, PRODUCER,
    Rule, Set, Side, Statement, Surd as Number, Writer,
};
use crate::exact::Surd;

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
    for rule in &nearest.base {
        writer.step(rule.clone());
    }
    let mut rests_on = lower_steps(&mut writer, &nearest.evidence);
    for rule in &construction.steps {
        writer.step(rule.clone());
    }
    rests_on.push(writer.step(Rule::Bound(Bound {
        distance: (&construction.distance.value).into(),
        neuron: construction.distance.neuron,
        part: construction.distance.part,
        index: construction.distance.index,
    })));
    if nearest.among == Among::NStar {
        rests_on.push(writer.step(Rule::Member(Member {
            network: Side::Phi,
            set: Set::NStar,
        })));
    }
    Some(writer.finish("nearest", rests_on))
}

fn lower_steps(writer: &mut Writer, lower: &Lower) -> Vec<usize> {
    match lower {
        Lower::Nothing => Vec::new(),
        Lower::Hall {
            against,
            value,
            evidence,
        } => vec![writer.step(hall(against.clone(), value, evidence))],
        Lower::Flips {
            sets,
            exhaustion,
            reasons,
        } => {
            let mut steps = vec![writer.step(Rule::Flips(Flips {
                sets: sets.clone(),
                exhaustion: exhaustion.clone(),
            }))];
            for (flipped, reason) in reasons {
                steps.push(writer.step(match reason {
                    FlippedReason::Hall(value, evidence) => {
                        hall(Against::Flipped(flipped.clone()), value, evidence)
                    }
                    FlippedReason::Constant { output, value } => Rule::Constant(Constant {
                        flipped: flipped.clone(),
                        output: *output,
                        value: value.clone().into(),
                    }),
                }));
            }
            steps
        }
    }
}

fn hall(against: Against, value: &Surd, evidence: &HallEvidence) -> Rule {
    Rule::Hall(Hall {
        value: Number::from(value),
        against,
        sources: evidence.violator.sources.clone(),
        places: evidence.violator.places.clone(),
        bindings: evidence.bindings.clone(),
    })
}
