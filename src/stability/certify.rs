//! Writing what a theorem established as a certificate.

use std::io;

use super::analysis::{
    Analysis, BoundName, Case as CaseOf, Construction, FacetWitness, NeuronCase, Theorem,
};
use super::distance::Distance;
use super::measured::Measured;
use super::missing::Violation;
use crate::certificate::{
    self, BalancedSet, Bounds, Case, Claim, Condition, ConditionClaim, ConditionFact,
    ConditionName, Distance as DistanceStep, Facet, JumpNorm, Member, Networks, PRODUCER,
    Refined31 as Refined31Claim, SeminormBracket, Side, StatedRational, Statement, Step,
    Theorem31 as Theorem31Claim, Theorem33 as Theorem33Claim, Writer,
};
use crate::exact::{Rational, Surd};
use crate::network::Shallow;
use crate::realization::{BoundedSeminorm, at_least, seminorm_steps};

fn numbers(values: impl IntoIterator<Item = Rational>) -> Vec<StatedRational> {
    values.into_iter().map(StatedRational).collect()
}

/// Writes the certificate of the theorem that gave Φ: claim `theorem-3.1`, `theorem-3.1-refined` or `theorem-3.3`. `networks` are Γ and Θ as
/// given, Φ is filled in. Nothing is written, and false answered, if a hypothesis fails.
///
/// # Errors
/// Those of the sink, and if trees of r that were put into a temporary file cannot be read.
pub(crate) fn write_certificate<W: io::Write>(
    sink: W,
    networks: Networks,
    measured: &Measured,
    analysis: &Analysis,
) -> io::Result<bool> {
    let Some(construction) = &analysis.construction else {
        return Ok(false);
    };
    let networks = Networks {
        phi: Some((&construction.phi).into()),
        ..networks
    };
    let (claim, steps) = match analysis.theorem {
        Theorem::Main => main_certificate(measured, analysis, construction),
        Theorem::Refined => refined_certificate(measured, analysis, construction),
        Theorem::Star => star_certificate(measured, analysis, construction),
    };
    let mut writer = Writer::to(sink, PRODUCER, statement(networks, claim))?;
    for step in seminorm_steps(&measured.seminorm) {
        writer.step(step?)?;
    }
    let value = StatedRational(measured.jump.clone());
    writer.step(Step::JumpNorm(JumpNorm { value }))?;
    for step in steps {
        writer.step(step)?;
    }
    writer.finish()?;
    Ok(true)
}

/// What is claimed, and the steps that show it once r and J are known.
type Shown = (Claim, Vec<Step>);

fn main_certificate(
    measured: &Measured,
    analysis: &Analysis,
    construction: &Construction,
) -> Shown {
    let distance = &construction.distance;
    let claim = Theorem31Claim {
        form: analysis.form,
        beta: beta(analysis),
        r: bracket(&measured.seminorm),
        jump: StatedRational(measured.jump.clone()),
        distance: (&distance.value).into(),
        bounds: bounds(construction),
    };
    let mut steps = analysis.prelude.clone();
    steps.extend([balance(analysis), no_parallel(false)]);
    steps.extend(construction.rewriting.iter().cloned());
    // C.3 and the cases are of one current network: the neurons are rescaled only when all of these stand.
    steps.push(no_opposite(false));
    steps.extend(case_steps(analysis, construction));
    steps.extend(rescalings(construction));
    steps.push(reached(distance));
    (Claim::Theorem31(Box::new(claim)), steps)
}

/// What Theorems 3.1 and 3.3 bound the distance by.
fn bounds(construction: &Construction) -> Bounds {
    Bounds {
        paper: construction.stated(BoundName::Paper),
        sharp: construction.stated(BoundName::Sharp),
        jump: construction.stated(BoundName::Jump),
    }
}

fn star_certificate(
    measured: &Measured,
    analysis: &Analysis,
    construction: &Construction,
) -> Shown {
    let claim = Claim::Theorem33(Box::new(Theorem33Claim {
        form: analysis.form,
        r: bracket(&measured.seminorm),
        jump: StatedRational(measured.jump.clone()),
        distance: (&construction.distance.value).into(),
        bounds: bounds(construction),
    }));
    let member = |network| {
        let set = BalancedSet::NStar;
        Step::Condition(ConditionFact::Member(Member { network, set }))
    };
    let mut steps = Vec::from([Side::Gamma, Side::Theta].map(member));
    steps.extend(construction.rewriting.iter().cloned());
    steps.extend(case_steps(analysis, construction));
    steps.push(reached(&construction.distance));
    (claim, steps)
}

fn refined_certificate(
    measured: &Measured,
    analysis: &Analysis,
    construction: &Construction,
) -> Shown {
    let bound = construction.stated(BoundName::Refined);
    let claim = Claim::Refined31(Box::new(Refined31Claim {
        form: analysis.form,
        r: bracket(&measured.seminorm),
        jump: StatedRational(measured.jump.clone()),
        distance: (&construction.distance.value).into(),
        bound: bound.unwrap_or_else(|| (&Surd::zero()).into()),
    }));
    let mut steps = construction.rewriting.clone();
    steps.extend([no_parallel(true), no_opposite(true)]);
    steps.extend(rescalings(construction));
    steps.push(reached(&construction.distance));
    (claim, steps)
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
        lower: StatedRational(seminorm.lower.value.clone()),
        upper: StatedRational(seminorm.upper.clone()),
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
    gamma: &Shallow,
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
                r_lower: StatedRational(lower.value.clone()),
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
        threshold: Some(StatedRational(analysis.threshold.clone())),
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
            threshold: StatedRational(analysis.threshold.clone()),
            star: analysis.theorem == Theorem::Star,
            p: StatedRational(of.p.clone()),
            q: StatedRational(of.q.clone()),
            facets: of.facets.iter().map(facet).collect(),
        })),
    };
    construction.cases.iter().filter_map(step).collect()
}

fn facet(facet: &FacetWitness) -> Facet {
    Facet {
        point: numbers(facet.point.iter().cloned()),
        jump: StatedRational(facet.jump.clone()),
    }
}
