//! Certificates for all k, retold.

use num_traits::Zero as _;

use super::retold::Retold;
use super::theorem31;
use crate::certificate::{
    AgainstForAllK, Choices, ForAllK, Form, Formula, Holds, Node, Range, Rational, SectionFact,
    Side, StatedTheorem, Step,
};
use crate::exact::Rational as BigRational;
use crate::family::{Difference, Family};
use crate::report::apart::{Pair, family, in_t, number, sources};
use crate::report::document::Document;
use crate::report::hall::{MOST_PAIRS, binding_words};
use crate::report::networks;
use crate::report::numbers::{listed, sides, tuple};
use crate::report::reading::Certificate;

/// A statement for all k: the families, what holds where, and how each section is shown.
impl Retold for ForAllK {
    fn retell(&self, document: &mut Document, certificate: &Certificate) {
        document.heading(1, "A statement for every integer k ≥ 1");
        networks::family(document, "Γ", &self.gamma);
        let activation = certificate.statement.activation.as_ref();
        if let Some(a) = activation {
            document.paragraph(format!("The activation of the networks is max({a}·t, t)."));
        }
        if let Some(theta) = &self.theta {
            networks::family(document, "Θ", theta);
        }
        if let Some(real) = self.real {
            document.paragraph(format!("It is proved for all real k ≥ {real} too."));
        }
        for (index, section) in self.sections.iter().enumerate() {
            document.heading(2, format!("For {}", section.range));
            document.paragraph(says(&section.holds, self.theta.is_some()));
            document.paragraph(signs(section.range));
            let steps = certificate.steps.iter().filter_map(|step| match step {
                Step::Section(step) if step.section == index => Some(&step.by),
                _ => None,
            });
            for step in steps {
                document.item(by(step, self, activation, section.range));
                for words in apart(step, self, section.range) {
                    document.item(words);
                }
            }
            if let Some(phi) = section.holds.phi() {
                networks::family(document, "Φ", phi);
            }
        }
    }
}

/// Most points that are written out.
const MOST_POINTS: usize = 50;

fn row(row: &[Formula]) -> String {
    let texts: Vec<String> = row.iter().map(Formula::to_string).collect();
    format!("({})", texts.join(", "))
}

fn says(holds: &Holds, two: bool) -> String {
    let difference = if two { "R(Θ) − R(Γ)" } else { "R(Γ)" };
    let larger = |above: &Option<Formula>| {
        above.as_ref().map_or_else(String::new, |above| {
            format!(" This is greater than {above}.")
        })
    };
    match holds {
        Holds::Equal { .. } => format!("R(Γ) = R(Θ){}.", place(holds)),
        Holds::JumpNorm { value } => format!("The jump norm of {difference} is {value}."),
        Holds::Seminorm { value } => format!("|{difference}|_(W^1,∞) = {value}."),
        Holds::SupNorm { value, .. } => {
            format!(
                "The largest |f| of f = {difference}{} is {value}.",
                place(holds)
            )
        }
        Holds::Separated { distance, above } => format!(
            "Every parametrization of R(Θ) with as many neurons as Γ is at least {distance} away from Γ.{}",
            larger(above)
        ),
        Holds::Nearest {
            among,
            distance,
            above,
            ..
        } => {
            format!(
                "The nearest parametrization of R(Θ){} is at distance {distance} from Γ.{}",
                if among.is_all() { "" } else { " in N*" },
                larger(above)
            )
        }
        Holds::Minimal { lower, upper, .. } if lower == upper => {
            format!("R(Φ) = R(Γ), and {upper} neurons are the least for this function.")
        }
        Holds::Minimal { lower, upper, .. } => format!(
            "R(Φ) = R(Γ), Φ has {upper} neurons, and at least {lower} are needed for this function."
        ),
        Holds::Regions { points } => {
            let rows: Vec<String> = points.iter().take(MOST_POINTS).map(|point| row(point)).collect();
            let more = if points.len() > MOST_POINTS { ", …" } else { "" };
            format!(
                "The hyperplanes of Γ's neurons cut R^d into {} regions, with the points {}{more} in them, one in each.",
                points.len(),
                rows.join(", ")
            )
        }
        Holds::Flips { sets } if sets.is_empty() => {
            "No neurons can be flipped: Γ is unique up to the order of its neurons and positive rescaling (N3)."
                .to_owned()
        }
        Holds::Flips { sets } => format!(
            "The sets of neurons that can be flipped, each alone, are {sets:?}: every network of the function with as many neurons comes from Γ in this way, by another order and positive rescaling (N3)."
        ),
        Holds::Theorem31(of) | Holds::Refined31(of) | Holds::Theorem33(of) => theorem(holds, of),
        Holds::LocalMinimum { loss, radius, .. } => format!(
            "Γ has the mean squared error {loss} on the samples, and no network within {radius} of it has less."
        ),
        Holds::Lift { .. } => {
            "R(Φ)(x, 1, −1) = R(Γ)(x) for all x, and Φ is in N* (Lemma A.6, E2).".to_owned()
        }
        Holds::Reparametrization { distance, .. } => {
            format!("R(Φ) = R(Θ) and ‖Φ − Γ‖_∞ = {distance}.")
        }
    }
}

fn theorem(holds: &Holds, of: &StatedTheorem) -> String {
    let (name, root) = match of.form {
        Form::Seminorm => ("r", "√(2r)"),
        Form::Jump => ("J", "√J"),
    };
    let (theorem, bound, source) = match holds {
        Holds::Theorem31(_) => ("Theorem 3.1 applies", format!("β + {root}"), "D04"),
        Holds::Refined31(_) => (
            "Theorem 3.1 applies in refined form",
            format!("β + {root}"),
            "N6",
        ),
        _ => ("Theorem 3.3 applies", format!("2{root}"), "N7"),
    };
    let beta = of
        .beta
        .as_ref()
        .map_or_else(String::new, |beta| format!(", β = {beta}"));
    let value = of
        .bound
        .as_ref()
        .map_or_else(String::new, |bound| format!(" = {bound}"));
    format!(
        "{theorem} with {name} = {}{beta}: R(Φ) = R(Θ) and ‖Φ − Γ‖_∞ = {} ≤ {bound}{value} ({source}).",
        of.measure, of.distance
    )
}

/// The box that is spoken of.
fn place(holds: &Holds) -> String {
    let domain = holds.domain();
    domain.map_or_else(String::new, |domain| format!(" on {}", sides(domain)))
}

fn signs(range: Range) -> String {
    let by = match range {
        Range::From(a) => format!("With k = {a} + t, t ≥ 0,"),
        Range::Between(a, b) => format!("With k = ({a} + {b}t)/(1 + t), t ≥ 0,"),
        Range::At(a) => return format!("All numbers are constants, those at k = {a}."),
    };
    by + " every inequality below is one between polynomials in t: no coefficient is negative, or Sturm's theorem finds no root. A square \
          root is brought to one side and squared."
}

/// Γ and Θ with numbers that can be computed with.
fn families(claim: &ForAllK) -> Option<(Family, Option<Family>)> {
    let theta = match &claim.theta {
        Some(theta) => Some(family(theta)?),
        None => None,
    };
    let gamma = family(&claim.gamma)?;
    // Both with biases if one has some.
    match gamma.offset().is_some()
        || theta
            .as_ref()
            .is_some_and(|f: &Family| f.offset().is_some())
    {
        true => Some((gamma.with_biases(), theta.map(|theta| theta.with_biases()))),
        false => Some((gamma, theta)),
    }
}

/// The function that is spoken of: R(Θ) − R(Γ), or R(Γ).
fn difference(claim: &ForAllK, activation: Option<&Rational>, range: Range) -> Option<Difference> {
    let activation = activation.map_or_else(BigRational::zero, |a| a.0.clone());
    match families(claim)? {
        (gamma, Some(theta)) => Difference::on(range, &theta, Some(&gamma), &activation),
        (gamma, None) => Difference::on(range, &gamma, None, &activation),
    }
}

/// Where the point lies, and what that says.
fn point_words(
    claim: &ForAllK,
    activation: Option<&Rational>,
    range: Range,
    point: &[Formula],
) -> Option<String> {
    let kinks = difference(claim, activation, range)?.kinks;
    if kinks.is_empty() {
        return Some("There are no kinks, so everywhere".to_owned());
    }
    let mut at = Vec::with_capacity(kinks.len());
    for kink in &kinks {
        let mut side = crate::family::Expression::zero();
        for (a, x) in kink.normal.iter().zip(point) {
            side = side.add(&a.mul(&number(x)?));
        }
        at.push(in_t(&side, range)?);
    }
    Some(format!(
        "At x = {} the ⟨a_H,x⟩ of the kinks are, in t, {}: none is 0 for any k, and there",
        tuple(point),
        listed(&at)
    ))
}

fn by(step: &SectionFact, claim: &ForAllK, activation: Option<&Rational>, range: Range) -> String {
    match step {
        SectionFact::Equal {} => {
            let zero =
                "Every jump matrix and the linear part of the difference are identically 0 (N1)";
            let first = claim.sections.first();
            match first.and_then(|section| section.holds.domain()) {
                None if matches!(first, Some(section) if section.holds.kind() == "lift") => {
                    "With (a, p, q) of Φ as (a, p − q), every jump matrix and the linear part of the difference of R(Φ)(x, 1, −1) and R(Γ)(x) are identically 0 (N1)."
                        .to_owned()
                }
                None => format!("{zero}."),
                Some(_) => format!(
                    "{zero}, after hyperplanes that do not meet the inside of the box at any k have become part of the linear part."
                ),
            }
        }
        SectionFact::SupNorm { point, value } => {
            let kinks = match difference(claim, activation, range).map(|difference| difference.kinks.len()) {
                Some(kinks) => format!("the {kinks} kinks"),
                None => "the kinks".to_owned(),
            };
            format!(
                "f is linear in pieces, and |f| is largest on the box at a vertex of one of them: where d of {kinks} and the facets meet. Vertices are quotients of \
                 determinants in k; each is outside the box for every k, or |f| is at most {value} there for every k. It is attained at x = {}.",
                tuple(point)
            )
        }
        SectionFact::JumpNorm { value, kink, .. } => {
            match difference(claim, activation, range).map(|difference| difference.kinks.len()) {
                Some(0) => "There are no kinks, so the jump norm is 0.".to_owned(),
                _ => format!(
                    "The kinks are different hyperplanes for every k, and the largest entry of their jumps is {value}, at kink {kink}."
                ),
            }
        }
        SectionFact::AtLeast {
            point,
            output,
            input,
            value,
        } => {
            let place = point_words(claim, activation, range, point).unwrap_or_else(|| {
                format!("At x = {} no ⟨a_H,x⟩ is 0 for any k, and there", tuple(point))
            });
            format!("{place} entry ({output}, {input}) of the Jacobian is ±{value}.")
        }
        SectionFact::AtMost { bound, nodes, .. } => match nodes.as_slice() {
            [Node::Bound] => {
                format!("Whatever the signs of the kinks, no entry exceeds {bound} in any region.")
            }
            _ => format!(
                "A tree over the kinks with {} nodes shows that no entry exceeds {bound} in any region.",
                nodes.len()
            ),
        },
        SectionFact::Independent { functionals } => match functionals.len() {
            1 => "The matrix c_0 a_0ᵀ of Θ is 0 for no k: its neuron cannot be flipped (N3)."
                .to_owned(),
            count => format!(
                "The {count} matrices c_i a_iᵀ of Θ are linearly independent for every k (dual functionals): no neurons can be flipped (N3)."
            ),
        },
        SectionFact::Apart {
            value,
            against,
            sources,
            places,
            ..
        } => {
            let what = match against {
                AgainstForAllK::Lines => {
                    "kinks of R(Θ), on each of whose lines every parametrization has a neuron (N2),"
                }
                AgainstForAllK::AsTheyAre => {
                    "neurons of Θ, of which every parametrization is a permutation and rescaling (N3),"
                }
                AgainstForAllK::Both => {
                    "neurons of Θ, of which every parametrization is a permutation, rescaling and flip (N3),"
                }
                AgainstForAllK::Fixed => {
                    "neurons of Θ, which is in N* and of which every parametrization in N* is a permutation (D25),"
                }
            };
            let but = match places.as_slice() {
                [] => String::new(),
                places => format!(" but {places:?}"),
            };
            format!(
                "The {what} {sources:?} are at least {value} away from all neurons of Γ{but}: by Hall's theorem one of them is placed so far away (N5)."
            )
        }
        SectionFact::OutputBias { value, output } => format!(
            "As no neurons can be flipped every parametrization has the output bias of Θ (N3), which differs from that of Γ by {value} in output {output}."
        ),
        SectionFact::Distance { neuron, entry } => format!(
            "R(Φ) = R(Θ), and no entry of Φ − Γ is larger than that of {entry} of neuron {neuron}."
        ),
        SectionFact::Conditions { threshold, beta, flip } => format!(
            "C.1: each neuron of Γ with ‖c_i a_i‖_∞ ≤ {threshold} has |c_i|, ‖a_i‖ ≤ {beta}, the others have an entry of c_i a_i beyond {threshold} for every k. C.2 and C.3: minors and \
             products of entries of the a_i keep their signs, so no two are opposite, and none of Γ parallel{}.",
            match flip.as_slice() {
                [] => String::new(),
                flip => format!(": with the neurons {flip:?} of Θ turned round, over which Σ c_i a_iᵀ = 0 (D03)"),
            }
        ),
        SectionFact::LiveConditions { beta } => format!(
            "C.2 and C.3 of live neurons, parallel ones of Θ as one: minors and products of entries of the a_i keep their signs. A neuron of Γ has a partner where the outer weights on its hyperplane \
             have one sign for every k; every other has |c_i|, ‖a_i‖ ≤ {beta}. A partner comes within √|q − p| ≤ √T of p (N6), the others are balanced, within β + √T."
        ),
        SectionFact::Case {
            neuron,
            case,
            threshold,
        } => {
            let star = claim.sections.first().is_some_and(|first| matches!(first.holds, Holds::Theorem33(_)));
            format!("Neuron {neuron}: {}", theorem31::case_for_all_k(*case, threshold, star))
        }
        SectionFact::LocalMinimum {} => "With every weight in an interval of the radius around Γ's, interval arithmetic encloses the value at each sample, and the mean of \
             the squared distances of the labels from these intervals is at least the loss."
            .to_owned(),
        SectionFact::Flips { sets, choices } => {
            let what = match sets.len() {
                0 => "no non-empty set F".to_owned(),
                count => format!("no non-empty set F but {count}"),
            };
            format!(
                "Γ has live neurons on different hyperplanes for every k, and {what} has Σ_F c_i a_iᵀ = 0 for any k (N3): {}",
                choices_words(choices)
            )
        }
        SectionFact::NoOrientation { line, choices } => {
            let (what, why) = match line {
                None => ("no orientation of the kinks", "one neuron a kink is not enough".to_owned()),
                Some(h) => (
                    "no orientation of the other kinks",
                    format!("one neuron more, on the line of kink {h}, is not enough"),
                ),
            };
            format!(
                "The kinks are different hyperplanes for every k, and {what} makes the linear part for any k, so {why} (N2, N4): {}",
                choices_words(choices)
            )
        }
        SectionFact::Regions { circuits, nodes } => format!(
            "A tree over the hyperplanes with {} nodes goes through all sign vectors: for each region every product of its point with a normal keeps its sign, and the others are empty by one of {} \
             circuits Σ μ_H a_H = 0, whose μ_H keep their signs.",
            nodes.len(),
            circuits.len()
        ),
        SectionFact::Member { network } => format!(
            "{} is in N*: in every neuron the same entries of c and a are largest for every k, and of one size; the last two entries of every a are positive; some minor \
             of any two a_i keeps its sign, so no two are parallel.",
            match network {
                Side::Gamma => "Γ",
                Side::Theta => "Θ",
                Side::Phi => "Φ",
            }
        ),
        SectionFact::Positive { value } => {
            let shown = number(value).and_then(|value| in_t(&value, range));
            match shown {
                Some(shown) if shown != value.to_string() => {
                    format!("{value} > 0, as {shown} > 0.")
                }
                _ => format!("{value} > 0."),
            }
        }
    }
}

/// How all sets are gone through.
fn choices_words(choices: &Choices) -> String {
    let left = "functionals that are 1 on one of them and 0 on the others leave at most one set";
    match choices.free.as_slice() {
        [] => format!("they are linearly independent for every k, and {left}."),
        free => format!(
            "but for {free:?} they are linearly independent for every k, and for each of the 2^{} choices of those {left}; where it is none a number that would have to vanish keeps its sign.",
            free.len()
        ),
    }
}

/// The bindings of an `apart` step, one line each, unless there are very many.
fn apart(step: &SectionFact, claim: &ForAllK, range: Range) -> Vec<String> {
    let SectionFact::Apart {
        value,
        against,
        sources: named,
        places,
        bindings,
    } = step
    else {
        return Vec::new();
    };
    if bindings.iter().map(Vec::len).sum::<usize>() > MOST_PAIRS {
        return vec!["The coordinates that keep them apart are in the certificate.".to_owned()];
    }
    let Some((value, (gamma, Some(theta)))) = number(value).zip(families(claim)) else {
        return Vec::new();
    };
    let rows = sources(&theta, *against, range).unwrap_or_default();
    let (ways, what): (&[&str], _) = match against {
        AgainstForAllK::Both => (&[" as it is", " flipped"], "neuron"),
        AgainstForAllK::AsTheyAre | AgainstForAllK::Fixed => (&[""], "neuron"),
        AgainstForAllK::Lines => (&[""], "kink"),
    };
    let mut lines = Vec::new();
    for (&j, bindings) in named.iter().zip(bindings) {
        let others = gamma.neurons().iter().enumerate();
        let others = others.filter(|(i, _)| places.binary_search(i).is_err());
        for ((i, place), bindings) in others.zip(bindings.chunks(ways.len())) {
            for (way, binding) in ways.iter().zip(bindings) {
                let words = rows.get(j).and_then(|source| {
                    let source = match *way {
                        " flipped" => source.reversed(),
                        _ => source.clone(),
                    };
                    let pair = Pair {
                        source: &source,
                        place,
                        value: &value,
                        range,
                        fixed: *against == AgainstForAllK::Fixed,
                    };
                    pair.words(binding)
                });
                let words = words.unwrap_or_else(|| binding_words(binding));
                lines.push(format!(
                    "{what} {j} of Θ{way} and neuron {i} of Γ, {words}."
                ));
            }
        }
    }
    lines
}

#[cfg(test)]
#[path = "tests/family.rs"]
mod tests;
