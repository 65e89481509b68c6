//! Writing what Theorem 3.1 established as a certificate.

use num_bigint::BigInt;
use num_traits::Zero;

use super::distance::Distance;
use super::refined31::{Refined31, RefinedConstruction};
use super::theorem31::{Construction, FacetWitness, Failure, Hypotheses, Measured, Theorem31};
use super::theorem33::{StarConstruction, Theorem33};
use crate::certificate::{
    AtLeast, AtMost, Case, CaseLabel, Claim, Condition, ConditionClaim, ConditionFact,
    ConditionName, Distance as DistanceStep, Facet, JumpNorm, Member, Networks, PRODUCER,
    Rational as Number, Refined31 as Refined31Claim, SeminormBracket, SeminormFact, Set, Side,
    Statement, Step, Theorem31 as Theorem31Claim, Theorem33 as Theorem33Claim, Violation, Writer,
};
use crate::exact::Rational;
use crate::network::Shallow as Network;
use crate::realization::{Attained, CanonicalForm, RegionBranches, Seminorm};

fn numbers(values: impl IntoIterator<Item = Rational>) -> Vec<Number> {
    values.into_iter().map(Number).collect()
}

/// The certificate of a construction: claim `theorem-3.1`. `networks` are Γ and Θ as given and Φ.
pub fn certificate(
    networks: Networks,
    analysis: &Theorem31,
    construction: &Construction,
) -> String {
    let hypotheses = &analysis.hypotheses;
    let distance = &construction.distance;
    let claim = Theorem31Claim {
        form: hypotheses.form,
        beta: (&hypotheses.beta).into(),
        r: bracket(&analysis.seminorm),
        jump: Number(analysis.jump.clone()),
        distance: (&distance.value).into(),
        bounds: construction.bounds.clone(),
    };
    let mut writer = Writer::new(
        PRODUCER,
        statement(networks, Claim::Theorem31(Box::new(claim))),
    );
    let measured = measured(&analysis.seminorm, &analysis.difference, &analysis.jump);
    write(&mut writer, measured);
    write(&mut writer, analysis.prelude.iter().cloned());
    write(&mut writer, [balance(hypotheses), no_parallel(false)]);
    write(&mut writer, construction.rewriting.iter().cloned());
    // C.3 and the cases are of one current network: the neurons are rescaled only when all of these stand.
    write(&mut writer, [no_opposite(false)]);
    let cases = construction.cases.iter().map(|case| NeuronStep {
        neuron: case.gamma,
        case: case.case,
        pq: [&case.p, &case.q],
        facets: &case.facets,
    });
    let threshold = &hypotheses.threshold;
    write(&mut writer, cases.map(|case| case.step(threshold, false)));
    let rescaled = construction.cases.iter().flat_map(|case| &case.rescaling);
    write(&mut writer, rescaled.cloned());
    write(&mut writer, [reached(distance)]);
    writer.finish()
}

/// The certificate of Theorem 3.3: claim `theorem-3.3`. `networks` are Γ and Θ as given and Φ.
pub fn star_certificate(
    networks: Networks,
    analysis: &Theorem33,
    construction: &StarConstruction,
) -> String {
    let measured = &analysis.measured;
    let claim = Claim::Theorem33(Box::new(Theorem33Claim {
        form: analysis.form,
        r: bracket(&measured.seminorm),
        jump: Number(measured.jump.clone()),
        distance: (&construction.distance.value).into(),
        bounds: construction.bounds.clone(),
    }));
    let mut writer = Writer::new(PRODUCER, statement(networks, claim));
    write(&mut writer, measured.steps());
    let member = |network| {
        let set = Set::NStar;
        Step::Condition(ConditionFact::Member(Member { network, set }))
    };
    write(&mut writer, [Side::Gamma, Side::Theta].map(member));
    write(&mut writer, construction.rewriting.iter().cloned());
    let cases = construction.cases.iter().map(|case| NeuronStep {
        neuron: case.gamma,
        case: case.case,
        pq: [&case.p, &case.q],
        facets: &case.facets,
    });
    let threshold = &analysis.threshold;
    write(&mut writer, cases.map(|case| case.step(threshold, true)));
    write(&mut writer, [reached(&construction.distance)]);
    writer.finish()
}

/// The certificate of the refined form: claim `theorem-3.1-refined`. `networks` are Γ and Θ as given and Φ.
pub fn refined_certificate(
    networks: Networks,
    analysis: &Refined31,
    construction: &RefinedConstruction,
) -> String {
    let measured = &analysis.measured;
    let claim = Claim::Refined31(Box::new(Refined31Claim {
        form: analysis.form,
        r: bracket(&measured.seminorm),
        jump: Number(measured.jump.clone()),
        distance: (&construction.distance.value).into(),
        bound: (&construction.bound).into(),
    }));
    let mut writer = Writer::new(PRODUCER, statement(networks, claim));
    write(&mut writer, measured.steps());
    write(&mut writer, construction.before.iter().cloned());
    write(&mut writer, [no_parallel(true), no_opposite(true)]);
    write(&mut writer, construction.after.iter().cloned());
    write(&mut writer, [reached(&construction.distance)]);
    writer.finish()
}

fn statement(networks: Networks, claim: Claim) -> Statement {
    Statement {
        networks,
        activation: None,
        claim,
    }
}

fn bracket(seminorm: &Seminorm) -> SeminormBracket {
    SeminormBracket {
        lower: Number(seminorm.lower.value.clone()),
        upper: Number(seminorm.upper.bound.clone()),
    }
}

fn write(writer: &mut Writer, steps: impl IntoIterator<Item = Step>) {
    for step in steps {
        writer.step(step);
    }
}

impl Measured {
    fn steps(&self) -> [Step; 3] {
        measured(&self.seminorm, &self.difference, &self.jump)
    }
}

/// r ≥ lower, r ≤ upper, J.
fn measured(seminorm: &Seminorm, difference: &CanonicalForm, jump: &Rational) -> [Step; 3] {
    let value = Number(jump.clone());
    [
        at_least(&seminorm.lower),
        at_most(&seminorm.upper, difference),
        Step::JumpNorm(JumpNorm { value }),
    ]
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

/// The certificate that a hypothesis fails: claim `condition`. `networks` are Γ and Θ as given; `gamma` is Γ homogenised.
pub fn violation_certificate(
    networks: Networks,
    gamma: &Network,
    analysis: &Theorem31,
    failure: &Failure,
) -> Option<String> {
    let violation = match (&failure.pair, failure.neuron) {
        (Some(pair), _) => Violation::Multiple {
            i: pair.i,
            j: pair.j,
            factor: (&pair.factor).into(),
        },
        (None, Some(i)) => {
            let lower = &analysis.seminorm.lower.value;
            let neuron = gamma.neurons().get(i)?;
            // Only a lower bound of r shows that ‖c_i a_i‖ ≤ 2r.
            if neuron.product_norm() > lower + lower {
                return None;
            }
            Violation::Unbalanced {
                i,
                beta: (&analysis.hypotheses.beta).into(),
                size: (&neuron.size()).into(),
                r_lower: Number(lower.clone()),
            }
        }
        (None, None) => return None,
    };
    let needs_point = matches!(violation, Violation::Unbalanced { .. });
    let claim = Claim::Condition(ConditionClaim {
        name: failure.name,
        network: failure.network,
        violation,
    });
    let mut writer = Writer::new(PRODUCER, statement(networks, claim));
    if needs_point {
        writer.step(at_least(&analysis.seminorm.lower));
    }
    writer.step(Step::Condition(ConditionFact::Violated {}));
    Some(writer.finish())
}

fn at_least(attained: &Attained) -> Step {
    let signs = attained.signs.iter();
    Step::Seminorm(SeminormFact::AtLeast(AtLeast {
        point: numbers(attained.point.iter().cloned().map(Rational::from_integer)),
        signs: signs.map(|plus| if *plus { '+' } else { '-' }).collect(),
        output: attained.output,
        input: attained.input,
        value: Number(attained.value.clone()),
    }))
}

/// The multipliers of primitive integer normals become those of the normals with first non-zero entry 1.
fn at_most(branches: &RegionBranches, difference: &CanonicalForm) -> Step {
    let lengths: Vec<BigInt> = difference
        .kinks()
        .iter()
        .map(|kink| {
            let row = crate::exact::rows::direction(&kink.normal);
            row.into_iter().find(|x| !x.is_zero()).unwrap_or_default()
        })
        .collect();
    let circuits = branches.circuits.iter().map(|circuit| {
        let terms = circuit.iter();
        terms
            .map(|(h, value)| (*h, Number(Rational::from_integer(value * &lengths[*h]))))
            .collect()
    });
    Step::Seminorm(SeminormFact::AtMost(AtMost {
        bound: Number(branches.bound.clone()),
        target: None,
        packings: Vec::new(),
        circuits: circuits.collect(),
        nodes: branches.nodes.clone(),
    }))
}

/// C.1.
fn balance(hypotheses: &Hypotheses) -> Step {
    let beta = (&hypotheses.beta).into();
    let threshold = Number(hypotheses.threshold.clone());
    Step::Condition(ConditionFact::Holds(Condition {
        name: ConditionName::Balance,
        beta: Some(beta),
        threshold: Some(threshold),
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

/// What a case says of one neuron.
struct NeuronStep<'a> {
    neuron: usize,
    case: CaseLabel,
    pq: [&'a Rational; 2],
    facets: &'a [FacetWitness],
}

impl NeuronStep<'_> {
    fn step(&self, threshold: &Rational, star: bool) -> Step {
        let [p, q] = self.pq.map(|value| Number(value.clone()));
        let facets = self.facets.iter().map(|facet| Facet {
            point: numbers(facet.point.iter().cloned()),
            jump: Number(facet.jump.clone()),
        });
        Step::Case(Case {
            neuron: self.neuron,
            case: self.case,
            threshold: Number(threshold.clone()),
            star,
            p,
            q,
            facets: facets.collect(),
        })
    }
}
