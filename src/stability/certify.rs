//! Writing what Theorem 3.1 established as a certificate.

use num_bigint::BigInt;
use num_traits::Zero;

use super::distance::Distance;
use super::refined31::{Refined31, RefinedConstruction};
use super::theorem31::{Construction, FacetWitness, Failure, Hypotheses, Measured, Theorem31};
use super::theorem33::{StarConstruction, Theorem33};
use crate::certificate::{
    Bound, Branch, Case, Claim, Condition, ConditionClaim, ConditionName, Facet, Jump, Member,
    Networks, PRODUCER, Point, Rational as Number, Refined31 as Refined31Claim, Rule,
    SeminormBracket, Set, Side, Statement, Theorem31 as Theorem31Claim,
    Theorem33 as Theorem33Claim, Violation, Writer,
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
    let mut rests_on = measured_rules(&analysis.seminorm, &analysis.difference, &analysis.jump)
        .map(|rule| writer.step(rule))
        .to_vec();
    for rule in &analysis.prelude {
        writer.step(rule.clone());
    }
    rests_on.extend(condition_rules(hypotheses).map(|rule| writer.step(rule)));
    for rule in &construction.rewriting {
        writer.step(rule.clone());
    }
    for case in &construction.cases {
        let facets = case.facets.iter();
        let facets = facets.map(|facet| writer.step(facet_rule(facet))).collect();
        rests_on.push(writer.step(Rule::Case(Case {
            neuron: case.gamma,
            case: case.case,
            p: Number(case.p.clone()),
            q: Number(case.q.clone()),
            facets,
        })));
        for rule in &case.rescaling {
            writer.step(rule.clone());
        }
    }
    rests_on.push(writer.step(bound_rule(distance)));
    writer.finish("theorem-3.1", rests_on)
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
    let mut rests_on: Vec<usize> = measured.rules().map(|rule| writer.step(rule)).to_vec();
    for network in [Side::Gamma, Side::Theta] {
        let set = Set::NStar;
        rests_on.push(writer.step(Rule::Member(Member { network, set })));
    }
    for rule in &construction.rewriting {
        writer.step(rule.clone());
    }
    for case in &construction.cases {
        let facets = case.facets.iter();
        let facets = facets.map(|facet| writer.step(facet_rule(facet))).collect();
        rests_on.push(writer.step(Rule::Case(Case {
            neuron: case.gamma,
            case: case.case,
            p: Number(case.p.clone()),
            q: Number(case.q.clone()),
            facets,
        })));
    }
    rests_on.push(writer.step(bound_rule(&construction.distance)));
    writer.finish("theorem-3.3", rests_on)
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
    let mut rests_on: Vec<usize> = measured.rules().map(|rule| writer.step(rule)).to_vec();
    for rule in &construction.before {
        writer.step(rule.clone());
    }
    let conditions = condition_rules(&analysis.hypotheses).skip(1);
    rests_on.extend(conditions.map(|rule| writer.step(rule)));
    for rule in &construction.after {
        writer.step(rule.clone());
    }
    rests_on.push(writer.step(bound_rule(&construction.distance)));
    writer.finish("theorem-3.1-refined", rests_on)
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

impl Measured {
    fn rules(&self) -> [Rule; 3] {
        measured_rules(&self.seminorm, &self.difference, &self.jump)
    }
}

/// r ≥ lower, r ≤ upper, J.
fn measured_rules(seminorm: &Seminorm, difference: &CanonicalForm, jump: &Rational) -> [Rule; 3] {
    [
        point_rule(&seminorm.lower),
        branch_rule(&seminorm.upper, difference),
        Rule::Jump(Jump {
            value: Number(jump.clone()),
        }),
    ]
}

/// Φ is reached, at this distance from Γ.
pub(crate) fn bound_rule(distance: &Distance) -> Rule {
    Rule::Bound(Bound {
        distance: (&distance.value).into(),
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
        violation: violation.clone(),
    });
    let mut writer = Writer::new(PRODUCER, statement(networks, claim));
    let mut rests_on = Vec::new();
    if needs_point {
        rests_on.push(writer.step(point_rule(&analysis.seminorm.lower)));
    }
    rests_on.push(writer.step(Rule::Violation(violation)));
    Some(writer.finish("condition", rests_on))
}

fn point_rule(attained: &Attained) -> Rule {
    let signs = attained.signs.iter();
    Rule::Point(Point {
        point: numbers(attained.point.iter().cloned().map(Rational::from_integer)),
        signs: signs.map(|plus| if *plus { '+' } else { '-' }).collect(),
        output: attained.output,
        input: attained.input,
        value: Number(attained.value.clone()),
    })
}

/// The multipliers of primitive integer normals become those of the normals with first non-zero entry 1.
fn branch_rule(branches: &RegionBranches, difference: &CanonicalForm) -> Rule {
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
    Rule::Branch(Branch {
        bound: Number(branches.bound.clone()),
        target: None,
        packings: Vec::new(),
        circuits: circuits.collect(),
        nodes: branches.nodes.clone(),
    })
}

fn condition_rules(hypotheses: &Hypotheses) -> impl Iterator<Item = Rule> {
    let names = [
        ConditionName::Balance,
        ConditionName::NoParallel,
        ConditionName::NoOppositeWithin,
        ConditionName::NoOppositeBetween,
    ];
    names
        .map(|name| {
            let balance = name == ConditionName::Balance;
            Rule::Condition(Condition {
                name,
                beta: balance.then(|| (&hypotheses.beta).into()),
                threshold: balance.then(|| Number(hypotheses.threshold.clone())),
            })
        })
        .into_iter()
}

fn facet_rule(facet: &FacetWitness) -> Rule {
    Rule::Facet(Facet {
        gamma: facet.gamma,
        theta: facet.theta,
        point: numbers(facet.point.iter().cloned()),
        jump: Number(facet.jump.clone()),
    })
}
