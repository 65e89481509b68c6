//! Certificates for all k, retold.

use super::document::Document;
use super::reading::Certificate;
use crate::certificate::{FamilyNetwork, FamilyRule, ForAllK, Formula, Holds, Placed, Range, Rule};

/// A statement for all k: the families, what holds where, and how each section is shown.
pub(super) fn retell(document: &mut Document, certificate: &Certificate, claim: &ForAllK) {
    document.heading(1, "A statement for every integer k ≥ 1");
    network(document, "Γ", &claim.gamma);
    if let Some(theta) = &claim.theta {
        network(document, "Θ", theta);
    }
    if let Some(real) = claim.real {
        document.paragraph(format!("It is proved for all real k ≥ {real} too."));
    }
    for (index, section) in claim.sections.iter().enumerate() {
        document.heading(2, format!("For {}", section.range));
        document.paragraph(says(&section.holds, claim.theta.is_some()));
        document.paragraph(signs(section.range));
        for rule in &certificate.steps {
            match rule {
                Rule::ForAllK(step) if step.section == index => document.item(by(&step.by)),
                Rule::PositiveForAllK(step) if step.section == index => {
                    document.item(format!("{} > 0.", step.value));
                }
                _ => {}
            }
        }
        if let Holds::Nearest { phi, .. } | Holds::Reparametrization { phi, .. } = &section.holds {
            network(document, "Φ", phi);
        }
    }
}

fn row(row: &[Formula]) -> String {
    let texts: Vec<String> = row.iter().map(Formula::to_string).collect();
    format!("({})", texts.join(", "))
}

fn network(document: &mut Document, name: &str, network: &FamilyNetwork) {
    for (i, (a, c)) in network.a.iter().zip(&network.c).enumerate() {
        document.item(format!(
            "{name}, neuron {i}: a = {}, c = {}",
            row(a),
            row(c)
        ));
    }
}

fn says(holds: &Holds, two: bool) -> String {
    let difference = if two { "R(Θ) − R(Γ)" } else { "R(Γ)" };
    let larger = |above: &Option<Formula>| {
        above.as_ref().map_or_else(String::new, |above| {
            format!(" This is greater than {above}.")
        })
    };
    match holds {
        Holds::Equal {} => "R(Γ) = R(Θ).".to_owned(),
        Holds::JumpNorm { value } => format!("The jump norm of {difference} is {value}."),
        Holds::Seminorm { value } => format!("|{difference}|_(W^1,∞) = {value}."),
        Holds::Separated { distance, above } => format!(
            "Every parametrization of R(Θ) with as many neurons as Γ is at least {distance} away from Γ.{}",
            larger(above)
        ),
        Holds::Nearest {
            distance, above, ..
        } => {
            format!(
                "The nearest parametrization of R(Θ) is at distance {distance} from Γ.{}",
                larger(above)
            )
        }
        Holds::Reparametrization { distance, .. } => {
            format!("R(Φ) = R(Θ) and ‖Φ − Γ‖_∞ = {distance}.")
        }
    }
}

fn signs(range: Range) -> String {
    let by = match range {
        Range::From(a) => format!("With k = {a} + t, t ≥ 0,"),
        Range::Between(a, b) => format!("With k = ({a} + {b}t)/(1 + t), t ≥ 0,"),
        Range::At(a) => return format!("All numbers are constants, those at k = {a}."),
    };
    by + " every inequality below is one between polynomials in t: no coefficient changes sign, or Sturm's theorem finds no root; roots are isolated and squared."
}

fn by(rule: &FamilyRule) -> String {
    match rule {
        FamilyRule::Equal {} => {
            "Every jump matrix and the linear part of the difference are identically 0 (N1)."
                .to_owned()
        }
        FamilyRule::Jump { value, kink, .. } => format!(
            "The kinks are different hyperplanes for every k, and the largest entry of their jumps is {value}, at kink {kink}."
        ),
        FamilyRule::Point {
            point,
            output,
            input,
            value,
        } => format!(
            "At x = {} no ⟨a_H,x⟩ is 0 for any k, and entry ({output}, {input}) of the Jacobian there is ±{value}.",
            row(point)
        ),
        FamilyRule::Branch { bound, nodes, .. } => format!(
            "A tree over the kinks with {} nodes shows that no entry exceeds {bound} in any region.",
            nodes.len()
        ),
        FamilyRule::Independent { functionals } => format!(
            "The {} matrices c_i a_iᵀ of Θ are linearly independent for every k (dual functionals): no neurons can be flipped (N3).",
            functionals.len()
        ),
        FamilyRule::Hall {
            value,
            against,
            sources,
            places,
            ..
        } => {
            let what = match against {
                Placed::Lines => {
                    "kinks of R(Θ), on each of whose lines every parametrization has a neuron (N2),"
                }
                Placed::AsTheyAre => {
                    "neurons of Θ, of which every parametrization is a permutation and rescaling (N3),"
                }
                Placed::Both => {
                    "neurons of Θ, of which every parametrization is a permutation, rescaling and flip (N3),"
                }
            };
            format!(
                "The {what} {sources:?} are at least {value} away from all neurons of Γ but {places:?}: by Hall's theorem one of them is placed so far away (N5)."
            )
        }
        FamilyRule::Bound { neuron, entry } => format!(
            "R(Φ) = R(Θ), and no entry of Φ − Γ is larger than that of {entry} of neuron {neuron}."
        ),
    }
}
