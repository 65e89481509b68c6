//! Writing what a theorem established as a certificate.

use std::io;

use super::analysis::{
    Analysis, BoundName, Case as CaseOf, Construction, FacetWitness, NeuronCase, Theorem,
};
use super::distance::Distance;
use super::measured::Measured;
use super::missing::Violation;
use crate::certificate::{
    self, Bounds, Case, Claim, Condition, ConditionClaim, ConditionFact, ConditionName,
    Distance as DistanceStep, Facet, JumpNorm, Member, Networks, PRODUCER, Rational as Number,
    Refined31 as Refined31Claim, SeminormBracket, Set, Side, StarBounds, Statement, Step,
    Theorem31 as Theorem31Claim, Theorem33 as Theorem33Claim, Writer,
};
use crate::exact::{Rational, Surd};
use crate::network::Shallow as Network;
use crate::realization::{BoundedSeminorm, at_least, seminorm_steps};

fn numbers(values: impl IntoIterator<Item = Rational>) -> Vec<Number> {
    values.into_iter().map(Number).collect()
}

/// The certificate of the theorem that gave Φ: claim `theorem-3.1`, `theorem-3.1-refined` or `theorem-3.3`. `networks` are Γ and Θ as
/// given, Φ is filled in; `None` if a hypothesis fails.
///
/// # Errors
/// If trees of r that were put into a temporary file cannot be read.
pub(crate) fn certificate(
    networks: Networks,
    measured: &Measured,
    analysis: &Analysis,
) -> io::Result<Option<String>> {
    let Some(construction) = &analysis.construction else {
        return Ok(None);
    };
    let networks = Networks {
        phi: Some((&construction.phi).into()),
        ..networks
    };
    let write = match analysis.theorem {
        Theorem::Main => main_certificate,
        Theorem::Refined => refined_certificate,
        Theorem::Star => star_certificate,
    };
    write(networks, measured, analysis, construction).map(Some)
}

fn main_certificate(
    networks: Networks,
    measured: &Measured,
    analysis: &Analysis,
    construction: &Construction,
) -> io::Result<String> {
    let distance = &construction.distance;
    let claim = Theorem31Claim {
        form: analysis.form,
        beta: beta(analysis),
        r: bracket(&measured.seminorm),
        jump: Number(measured.jump.clone()),
        distance: (&distance.value).into(),
        bounds: Bounds {
            paper: construction.stated(BoundName::Paper),
            sharp: construction.stated(BoundName::Sharp),
            jump: construction.stated(BoundName::Jump),
        },
    };
    let mut writer = Writer::new(
        PRODUCER,
        statement(networks, Claim::Theorem31(Box::new(claim))),
    );
    measured.write(&mut writer)?;
    write(&mut writer, analysis.prelude.iter().cloned());
    write(&mut writer, [balance(analysis), no_parallel(false)]);
    write(&mut writer, construction.rewriting.iter().cloned());
    // C.3 and the cases are of one current network: the neurons are rescaled only when all of these stand.
    write(&mut writer, [no_opposite(false)]);
    write(&mut writer, case_steps(analysis, construction));
    write(&mut writer, rescalings(construction));
    write(&mut writer, [reached(distance)]);
    Ok(writer.finish())
}

fn star_certificate(
    networks: Networks,
    measured: &Measured,
    analysis: &Analysis,
    construction: &Construction,
) -> io::Result<String> {
    let claim = Claim::Theorem33(Box::new(Theorem33Claim {
        form: analysis.form,
        r: bracket(&measured.seminorm),
        jump: Number(measured.jump.clone()),
        distance: (&construction.distance.value).into(),
        bounds: StarBounds {
            paper: construction.stated(BoundName::Paper),
            sharp: construction.stated(BoundName::Sharp),
            jump: construction.stated(BoundName::Jump),
        },
    }));
    let mut writer = Writer::new(PRODUCER, statement(networks, claim));
    measured.write(&mut writer)?;
    let member = |network| {
        let set = Set::NStar;
        Step::Condition(ConditionFact::Member(Member { network, set }))
    };
    write(&mut writer, [Side::Gamma, Side::Theta].map(member));
    write(&mut writer, construction.rewriting.iter().cloned());
    write(&mut writer, case_steps(analysis, construction));
    write(&mut writer, [reached(&construction.distance)]);
    Ok(writer.finish())
}

fn refined_certificate(
    networks: Networks,
    measured: &Measured,
    analysis: &Analysis,
    construction: &Construction,
) -> io::Result<String> {
    let bound = construction.stated(BoundName::Refined);
    let claim = Claim::Refined31(Box::new(Refined31Claim {
        form: analysis.form,
        r: bracket(&measured.seminorm),
        jump: Number(measured.jump.clone()),
        distance: (&construction.distance.value).into(),
        bound: bound.unwrap_or_else(|| (&Surd::zero()).into()),
    }));
    let mut writer = Writer::new(PRODUCER, statement(networks, claim));
    measured.write(&mut writer)?;
    write(&mut writer, construction.rewriting.iter().cloned());
    write(&mut writer, [no_parallel(true), no_opposite(true)]);
    write(&mut writer, rescalings(construction));
    write(&mut writer, [reached(&construction.distance)]);
    Ok(writer.finish())
}

/// β of C.1, where there is one.
fn beta(analysis: &Analysis) -> certificate::Surd {
    let none = Surd::zero();
    analysis.beta.as_ref().unwrap_or(&none).into()
}

fn rescalings(construction: &Construction) -> impl Iterator<Item = Step> {
    let rescaled = construction.cases.iter().flat_map(|case| &case.rescaling);
    rescaled.cloned()
}

fn statement(networks: Networks, claim: Claim) -> Statement {
    Statement {
        networks,
        activation: None,
        claim,
    }
}

fn bracket(seminorm: &BoundedSeminorm) -> SeminormBracket {
    SeminormBracket {
        lower: Number(seminorm.lower.value.clone()),
        upper: Number(seminorm.upper.clone()),
    }
}

fn write(writer: &mut Writer, steps: impl IntoIterator<Item = Step>) {
    for step in steps {
        writer.step(step);
    }
}

impl Measured {
    /// r ≥ lower, r ≤ upper, J.
    fn write(&self, writer: &mut Writer) -> io::Result<()> {
        for step in seminorm_steps(&self.seminorm) {
            writer.step(step?);
        }
        let value = Number(self.jump.clone());
        writer.step(Step::JumpNorm(JumpNorm { value }));
        Ok(())
    }
}

/// Φ is reached, at this distance from Γ.
pub(crate) fn reached(distance: &Distance) -> Step {
    Step::Distance(DistanceStep {
        value: (&distance.value).into(),
        neuron: distance.neuron,
        part: distance.part,
        index: distance.index,
    })
}

/// The certificate that a hypothesis of Theorem 3.1 fails, for its first neurons: claim `condition`. `networks` are Γ and Θ as given;
/// `gamma` is Γ homogenised. `None` if only the upper end of r's bracket shows it.
pub(crate) fn violation_certificate(
    networks: Networks,
    gamma: &Network,
    measured: &Measured,
    analysis: &Analysis,
    failing: &Violation,
) -> Option<String> {
    let lower = &measured.seminorm.lower;
    let violation = match (failing.pairs.first(), failing.neurons.first()) {
        (Some(pair), _) => certificate::Violation::Multiple {
            i: pair.i,
            j: pair.j,
            factor: (&pair.factor).into(),
        },
        (None, Some(&i)) => {
            let neuron = gamma.neurons().get(i)?;
            // Only a lower bound of r shows that ‖c_i a_i‖ ≤ 2r.
            if neuron.product_norm() > &lower.value + &lower.value {
                return None;
            }
            certificate::Violation::Unbalanced {
                i,
                beta: beta(analysis),
                size: (&neuron.size()).into(),
                r_lower: Number(lower.value.clone()),
            }
        }
        (None, None) => return None,
    };
    let needs_point = matches!(violation, certificate::Violation::Unbalanced { .. });
    let claim = Claim::Condition(ConditionClaim {
        name: failing.name,
        network: failing.network,
        violation,
    });
    let mut writer = Writer::new(PRODUCER, statement(networks, claim));
    if needs_point {
        writer.step(at_least(lower));
    }
    writer.step(Step::Condition(ConditionFact::Violated {}));
    Some(writer.finish())
}

/// C.1.
fn balance(analysis: &Analysis) -> Step {
    Step::Condition(ConditionFact::Holds(Condition {
        name: ConditionName::Balance,
        beta: Some(beta(analysis)),
        threshold: Some(Number(analysis.threshold.clone())),
        live: false,
    }))
}

/// C.2, of live neurons alone or of all.
fn no_parallel(live: bool) -> Step {
    holds(ConditionName::NoParallel, live)
}

/// C.3 for Γ and the current network.
fn no_opposite(live: bool) -> Step {
    holds(ConditionName::NoOppositePossible, live)
}

fn holds(name: ConditionName, live: bool) -> Step {
    Step::Condition(ConditionFact::Holds(Condition {
        name,
        beta: None,
        threshold: None,
        live,
    }))
}

/// What the cases say of the neurons.
fn case_steps(analysis: &Analysis, construction: &Construction) -> Vec<Step> {
    let step = |of: &NeuronCase| match of.case {
        CaseOf::Partner | CaseOf::Alone => None,
        CaseOf::Proof(case) => Some(Step::Case(Case {
            neuron: of.gamma,
            case,
            threshold: Number(analysis.threshold.clone()),
            star: analysis.theorem == Theorem::Star,
            p: Number(of.p.clone()),
            q: Number(of.q.clone()),
            facets: of.facets.iter().map(facet).collect(),
        })),
    };
    construction.cases.iter().filter_map(step).collect()
}

fn facet(facet: &FacetWitness) -> Facet {
    Facet {
        point: numbers(facet.point.iter().cloned()),
        jump: Number(facet.jump.clone()),
    }
}
