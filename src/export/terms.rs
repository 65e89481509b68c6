//! Numbers, networks and evidence as terms of the proof assistant.

use num_rational::BigRational;
use num_traits::Zero as _;

use crate::certificate::{
    Binding, Bounds, Case, Circuit, Coordinate, Form, Node, Part, ProofCase, StatedNetwork,
    StatedRational, Surd, Target,
};

use super::evidence::{Bracket, Tree};
use super::theorem::{Difference, Says, Theorem};

/// Rows of rationals.
pub(super) fn table(rows: &[Vec<BigRational>]) -> String {
    list(
        rows.iter()
            .map(|row| list(row.iter().map(|x| format!("({})%Q", q(x))))),
    )
}

pub(super) fn indices_of(list_of: &[usize]) -> String {
    list(list_of.iter().map(|i| format!("{i}%nat")))
}

pub(super) fn list(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.collect::<Vec<_>>().join("; "))
}

/// A rational of Coq.
pub(super) fn q(value: &BigRational) -> String {
    format!("{} # {}", value.numer(), value.denom())
}

/// A rational as a number of the checker.
pub(super) fn plain(value: &BigRational) -> String {
    format!("Surds.rational ({})", q(value))
}

/// A number of the checker, in parentheses or brackets.
pub(super) fn number(value: &Surd) -> String {
    if value.terms.is_empty() {
        return format!("({})", plain(&value.rational));
    }
    let rational = (!value.rational.is_zero()).then(|| (value.rational.clone(), "1".to_owned()));
    let roots = value.terms.iter().map(|(q, n)| (q.clone(), n.to_string()));
    let terms = rational.into_iter().chain(roots);
    list(terms.map(|(x, n)| format!("(({})%Q, {n}%positive)", q(&x))))
}

fn numbers(row: &[Surd]) -> String {
    list(row.iter().map(number))
}

pub(super) fn network(network: &StatedNetwork) -> String {
    let rows = network.a.iter().zip(&network.c);
    let rows = rows.map(|(a, c)| format!("({},\n   {})", numbers(a), numbers(c)));
    let biases = match (&network.b, &network.e) {
        (Some(b), e) => {
            let e = list(e.iter().flatten().map(|x| plain(&x.0)));
            format!("(Some ({}, {e}))", numbers(b))
        }
        _ => "None".to_owned(),
    };
    let shape = format!("{} {}", network.d, network.outputs);
    format!("(Network {shape}\n  {} {biases}\n  : network_of Surds.term)", list(rows))
}

pub(super) fn end(end: Option<&StatedRational>) -> String {
    match end {
        Some(end) => format!("(Some ({})%Q)", q(&end.0)),
        None => "None".to_owned(),
    }
}

/// Shared circuits, a point, trees.
pub(super) fn bracket(bracket: &Bracket) -> String {
    let trees = list(bracket.trees.iter().map(tree));
    let shared = circuits(&bracket.shared);
    match bracket.least {
        Some(_) => format!("{shared}\n  (Some {})\n  {trees}", least(bracket)),
        None => format!("{shared}\n  None\n  {trees}"),
    }
}

/// The point; nothing that is accepted without one.
fn least(bracket: &Bracket) -> String {
    let Some(at) = bracket.least else {
        return "(Low [] [] 0 0 0%Q)".to_owned();
    };
    let point = list(at.point.iter().map(rational));
    let signs = list(at.signs.chars().map(|sign| (sign == '+').to_string()));
    format!(
        "(Low {point} {signs} {} {} {})",
        at.output,
        at.input,
        rational(&at.value)
    )
}

fn rational(value: &StatedRational) -> String {
    format!("({})%Q", q(&value.0))
}

fn circuits(circuits: &[&Circuit]) -> String {
    let each = circuits.iter().map(|circuit| {
        let members = circuit.iter();
        list(members.map(|(h, x)| format!("({}%positive, {})", h + 1, rational(x))))
    });
    list(each)
}

fn tree(tree: &Tree) -> String {
    let target = match &tree.step.target {
        Some(Target {
            output,
            input,
            negative,
        }) => format!("(Some (Target {output} {input} {negative}))"),
        None => "None".to_owned(),
    };
    let nodes = tree.nodes.iter().map(|node| match node {
        Node::Split(h) => format!("Split true {}", h + 1),
        Node::SplitMinus(h) => format!("Split false {}", h + 1),
        Node::Bound => "Bound".to_owned(),
        Node::Farkas(circuit) => format!("Farkas {}", circuit + 1),
        Node::Circuits(circuits) => {
            let members = circuits.iter().map(|circuit| {
                let places = circuit.iter().map(|h| format!("{}%positive", h + 1));
                format!("({}, [])", list(places))
            });
            format!("Circuits {}", list(members))
        }
    });
    format!(
        "Upper {target} {} {} {}",
        rational(&tree.step.bound),
        circuits(&tree.own),
        list(nodes)
    )
}

/// A theorem's definitions, its claim and evidence, and what is stated.
pub(super) struct Stated {
    pub definitions: Vec<(&'static str, String)>,
    pub claim: String,
    pub evidence: String,
    pub statement: String,
}

/// The theorem with its parts named.
pub(super) fn theorem(theorem: &Theorem) -> Stated {
    let mut definitions = vec![("of_difference", difference(&theorem.difference))];
    let distance = number(theorem.distance);
    let on = "(homogenise gamma theta gamma) (homogenise gamma theta theta) phi";
    let (name, holds, what, other) = match &theorem.says {
        Says::Balanced {
            bounds: stated,
            beta,
            cases: facts,
            other,
        } => {
            let beta = number(beta);
            let whole = format!("Claim31 of_difference {beta} {distance} {}", bounds(stated));
            definitions.extend([("stated", whole), ("facts", cases(facts))]);
            (
                "Theorem_3_1",
                "holds_31",
                "stated facts".to_owned(),
                Some(other),
            )
        }
        Says::Refined { bound, other } => {
            let what = format!("of_difference {distance} {}", number(bound));
            ("Theorem_3_1_refined", "holds_refined", what, Some(other))
        }
        Says::Star {
            bounds: stated,
            cases: facts,
        } => {
            let whole = format!("Claim33 of_difference {distance} {}", bounds(stated));
            definitions.extend([("stated", whole), ("facts", cases(facts))]);
            ("Theorem_3_3", "holds_33", "stated facts".to_owned(), None)
        }
    };
    definitions.extend(other.map(|other| ("other", network(other))));
    Stated {
        definitions,
        claim: format!("{name} gamma theta phi {what}"),
        evidence: other.map_or("Nothing", |_| "Like other").to_owned(),
        statement: format!("{holds} {on} {what}"),
    }
}

fn difference(difference: &Difference) -> String {
    let [lower, upper, jump] =
        [&difference.r.lower, &difference.r.upper, difference.jump].map(rational);
    let bracket = &difference.bracket;
    format!(
        "DifferenceFacts {} {lower} {upper} {jump}\n  {}\n  {}\n  {}",
        difference.form == Form::Jump,
        least(bracket),
        circuits(&bracket.shared),
        list(bracket.trees.iter().map(tree))
    )
}

fn bounds(bounds: &Bounds) -> String {
    let bound = |bound: Option<&Surd>| match bound {
        Some(bound) => format!("(Some {})", number(bound)),
        None => "None".to_owned(),
    };
    bounds.all().map(bound).join(" ")
}

fn cases(cases: &[&Case]) -> String {
    let each = cases.iter().map(|case| {
        let label = match case.case {
            ProofCase::Unmatched => "Unmatched",
            ProofCase::Small => "Small",
            ProofCase::OuterLarger => "Outer_larger",
            ProofCase::InnerLarger => "Inner_larger",
            ProofCase::Balanced => "Balanced",
            ProofCase::GammaSmall => "Gamma_small",
            ProofCase::ThetaSmall => "Theta_small",
            ProofCase::Large => "Large",
        };
        let facets = case.facets.iter().map(|facet| {
            let point = list(facet.point.iter().map(rational));
            format!("Facet {point} {}", rational(&facet.jump))
        });
        let [threshold, p, q] = [&case.threshold, &case.p, &case.q].map(rational);
        format!(
            "Case {} {label} {threshold} {} {p} {q} {}",
            case.neuron,
            case.star,
            list(facets)
        )
    });
    format!("({} : list case_fact)", list(each))
}

/// A binding of a certificate.
pub(super) fn binding(binding: &Binding) -> String {
    let coordinate = |Coordinate { part, index }: &Coordinate| match part {
        Part::Inner => format!("(In_a {index})"),
        Part::Outer => format!("(In_c {index})"),
    };
    match binding {
        Binding::One(one) => format!("Single {}", coordinate(one)),
        Binding::Two(lower, upper) => format!("Double {} {}", coordinate(lower), coordinate(upper)),
    }
}

/// The ends of a box.
pub(super) fn ends(domain: &[(StatedRational, StatedRational)]) -> String {
    let sides = domain.iter();
    list(sides.map(|(lower, upper)| format!("(({})%Q, ({})%Q)", q(&lower.0), q(&upper.0))))
}
