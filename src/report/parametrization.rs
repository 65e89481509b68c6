//! Certificates about all parametrizations of one function, retold.

use super::document::Document;
use super::explain::{networks, rows};
use super::reading::Certificate;
use super::rewriting;
use super::theorem31::{self, rational, surd};
use crate::certificate::{
    Against, Among, ApartFact, Binding, ConditionFact, Exhaustion, Flips, FlipsClaim, Form, Hall,
    MinimalClaim, NearestClaim, NoOrientation, Refined31, Set, Side, Step, Theorem33,
};

/// Theorem 3.3.
pub(super) fn theorem33(document: &mut Document, certificate: &Certificate, claim: &Theorem33) {
    document.heading(1, "Theorem 3.3 for Γ and g = R(Θ)");
    networks(document, certificate);
    document.heading(2, "What is shown");
    theorem31::bracket(document, &claim.r, &claim.jump);
    document.item(format!(
        "Φ is Θ with its neurons in another order, and ‖Φ − Γ‖_∞ = {}",
        surd(&claim.distance)
    ));
    let exact = claim.r.lower == claim.r.upper;
    let at = if exact {
        ""
    } else {
        " at the lower end of r, so at most its true value"
    };
    for (name, at, value) in [
        ("the paper's 4√r (37)", at, &claim.bounds.paper),
        ("the sharp 2√2·√r (N7)", at, &claim.bounds.sharp),
        ("the jump form's 2√J (N7, N10)", "", &claim.bounds.jump),
    ] {
        if let Some(value) = value {
            document.item(format!("that is at most {name}{at} = {}", surd(value)));
        }
    }
    theorem31::difference(document, certificate, claim.form);
    members(document, certificate);
    document.heading(2, "Neuron by neuron");
    document.paragraph(
        "In N* a neuron is determined by its contribution: c_i and a_i have the same norm, and a_i cannot change its sign. So on a \
         common hyperplane both neurons have the same direction, and on no other is anything to be done but to pair the rest. \
         p = ‖c^Γ‖‖a^Γ‖, q = ‖c^Θ‖‖a^Θ‖.",
    );
    rewriting::retell(document, certificate);
    theorem31::star_cases(document, certificate, claim.form);
    attained(document, certificate);
}

/// Theorem 3.1 in refined form.
pub(super) fn refined31(document: &mut Document, certificate: &Certificate, claim: &Refined31) {
    document.heading(1, "Theorem 3.1, refined, for Γ and g = R(Θ)");
    networks(document, certificate);
    document.heading(2, "What is shown");
    theorem31::bracket(document, &claim.r, &claim.jump);
    document.item("C.2 and C.3 hold for the live neurons, those with c_i ≠ 0 and a_i ≠ 0 (N6)");
    document.item(format!(
        "Φ realises g, and ‖Φ − Γ‖_∞ = {}",
        surd(&claim.distance)
    ));
    let t = match claim.form {
        Form::Seminorm => "2r",
        Form::Jump => "J",
    };
    document.item(format!(
        "that is at most max(√T, max_{{i ∈ U}} (β_i + √T)) = {}, with T = {t}, β_i = max(|c_i|, ‖a_i‖), and U the neurons of Γ that are \
         dead, or on whose hyperplane the gradient of g does not jump in the direction of c_i",
        surd(&claim.bound)
    ));
    theorem31::difference(document, certificate, claim.form);
    document.heading(2, "Why");
    document.paragraph(
        "On a common hyperplane where c^Γ and c^Θ have the same sign, with p = c^Γ‖a^Γ‖ and q = c^Θ‖a^Θ‖, Θ's neuron can be rescaled to \
         within √|q − p| ≤ √T of Γ's. Elsewhere |p|, |q| ≤ T, and the balanced neuron has weights of at most √T (N6).",
    );
    rewriting::retell(document, certificate);
    attained(document, certificate);
}

/// Lemma A.6.
pub(super) fn lift(document: &mut Document, certificate: &Certificate) {
    document.heading(1, "Γ in N* has the function of Θ at (x, 1, −1) (Lemma A.6)");
    networks(document, certificate);
    members(document, certificate);
    document.paragraph(
        "A neuron of Γ is c_i ρ(⟨a_i,x⟩ + α_i − β_i) at (x, 1, −1), with α_i, β_i the last two entries of its row. The canonical forms (N1) \
         of this function of x and of R(Θ) agree: the same hyperplanes with the same jumps, the same linear part, the same constant.",
    );
}

/// Flip sets; none for the claim that there is none.
pub(super) fn flips(
    document: &mut Document,
    certificate: &Certificate,
    claim: Option<&FlipsClaim>,
) {
    let title = match claim {
        Some(_) => "Γ and its flips",
        None => "Γ is the only parametrization of its size",
    };
    document.heading(1, title);
    networks(document, certificate);
    document.paragraph(
        "The neurons of Γ are live and on pairwise different hyperplanes, so its function has a kink on each of them. A network with as \
         many neurons and the same function has exactly one neuron on each of these, which is that of Γ rescaled, or rescaled and with \
         a changed in sign. c ρ(t) = c ρ(−t) + c t, so the signs of the neurons in a set F can be changed iff Σ_F c_i a_iᵀ = 0 (N3).",
    );
    if let Some(claim) = claim {
        for set in &claim.sets {
            document.item(format!("F = {set:?}"));
        }
    }
    for step in &certificate.steps {
        if let Step::Flips(step) = step {
            document.paragraph(flips_words(step));
        }
    }
}

/// The least number of neurons.
pub(super) fn minimal(document: &mut Document, certificate: &Certificate, claim: &MinimalClaim) {
    let MinimalClaim { lower, upper } = claim;
    document.heading(
        1,
        match lower == upper {
            true => format!("{upper} neurons are needed, and enough"),
            false => format!("At least {lower} neurons are needed, and {upper} are enough"),
        },
    );
    networks(document, certificate);
    document.paragraph(format!(
        "Γ has {upper} neurons and the function of Θ: the canonical forms (N1) agree. {}",
        match certificate.statement.networks.gamma.b.is_some()
            || certificate
                .statement
                .networks
                .theta
                .as_ref()
                .is_some_and(|theta| theta.b.is_some())
        {
            true => "The output bias is not counted, and takes up every constant.",
            false => "",
        }
    ));
    document.paragraph(
        "Every network of this function g has a live neuron on each kink H of g, on the + or the − side of it. With R_0 = ½ Σ_H κ_H n_Hᵀ − M \
         the negatively oriented contributions satisfy Σ_H N_H n_Hᵀ = R_0 (N2). With one neuron a kink N_H is 0 or κ_H. One neuron more \
         can only be a second one on some kink, where N_H is then anything (N4).",
    );
    for step in &certificate.steps {
        if let Step::NoOrientation(step) = step {
            document.item(orientations_words(step));
        }
    }
}

/// C.3 fails: Γ's orientations do not fit.
pub(super) fn no_orientation(document: &mut Document, certificate: &Certificate) {
    for step in &certificate.steps {
        if let Step::NoOrientation(step) = step {
            document.item(orientations_words(step));
        }
    }
}

/// The nearest parametrization, or a bracket of its distance.
pub(super) fn nearest(document: &mut Document, certificate: &Certificate, claim: &NearestClaim) {
    let known = claim.lower == claim.upper;
    document.heading(
        1,
        match known {
            true => "The parametrization of g = R(Θ) nearest to Γ",
            false => "A parametrization of g = R(Θ) near Γ",
        },
    );
    networks(document, certificate);
    let who = match claim.among {
        Among::All => "with as many neurons as Γ",
        Among::NStar => "in N* with as many neurons as Γ",
    };
    document.item(format!(
        "Φ realises g, and ‖Φ − Γ‖_∞ = {}",
        surd(&claim.upper)
    ));
    document.item(format!(
        "every parametrization of g {who} has a distance of at least {}",
        surd(&claim.lower)
    ));
    members(document, certificate);
    document.heading(2, "From Θ to Φ");
    rewriting::retell(document, certificate);
    attained(document, certificate);
    document.heading(2, "Why nothing is nearer");
    let mut any = false;
    for (index, step) in certificate.steps.iter().enumerate() {
        let words = match step {
            Step::Flips(step) => flips_words(step),
            Step::Apart(ApartFact::Hall(step)) => hall_words(step),
            Step::Apart(ApartFact::Bias(step)) => format!(
                "{} the output bias is {} away from Γ's in entry {}, whatever the neurons are",
                flipped_words(&step.flipped),
                rational(&step.value),
                step.output
            ),
            _ => continue,
        };
        any = true;
        document.item(format!("Step {}: {words}", index + 1));
    }
    if !any {
        document.paragraph("Nothing is said of that: 0 is a lower bound of every distance.");
    }
}

fn flipped_words(set: &[usize]) -> String {
    match set {
        [] => "with no neuron flipped".to_owned(),
        set => format!("with {set:?} flipped"),
    }
}

fn exhaustion_words(exhaustion: &Exhaustion) -> String {
    let functionals = match exhaustion.functionals.len() {
        0 => String::new(),
        count => format!(
            "{count} functional(s) attain on the right side the least value they can have on the left, which decides all of the sets' \
             members they are not 0 on (or exceed it, and there is no such set); "
        ),
    };
    let free = exhaustion.free.len();
    match free {
        0 => format!(
            "{functionals}those left are linearly independent, so at most one set is left to try"
        ),
        _ => format!(
            "{functionals}those left but {:?} are linearly independent, so each of the 2^{free} choices for these leaves at most one \
             set to try",
            exhaustion.free
        ),
    }
}

fn flips_words(step: &Flips) -> String {
    let sets = match step.sets.as_slice() {
        [] => "No set of neurons can be flipped".to_owned(),
        sets => {
            let sets: Vec<String> = sets.iter().map(|set| format!("{set:?}")).collect();
            format!(
                "Exactly these sets of neurons can be flipped: {}",
                sets.join(", ")
            )
        }
    };
    format!("{sets}: {}.", exhaustion_words(&step.exhaustion))
}

fn orientations_words(step: &NoOrientation) -> String {
    let which = match (step.line, step.forced) {
        (Some(line), _) => {
            format!("With two neurons on kink {line} no orientation of the other kinks fits")
        }
        (None, true) => {
            "No orientation of the kinks on no hyperplane of Γ fits, where Γ decides the others"
                .to_owned()
        }
        (None, false) => "No orientation of the kinks fits".to_owned(),
    };
    format!("{which}: {}.", exhaustion_words(&step.exhaustion))
}

fn hall_words(step: &Hall) -> String {
    let (sources, whatever) = match &step.against {
        Against::Both => (
            "neurons of the rewritten Θ",
            "whatever is flipped and however they are rescaled".to_owned(),
        ),
        Against::Flipped(set) => (
            "neurons of the rewritten Θ",
            format!("{}, however they are rescaled", flipped_words(set)),
        ),
        Against::Fixed => (
            "neurons of the rewritten Θ",
            "which in N* are as they are".to_owned(),
        ),
        Against::Lines => (
            "kinks of g",
            "of which some neuron's a is a multiple".to_owned(),
        ),
    };
    let apart = bindings_words(step);
    let places = match step.places.as_slice() {
        [] => "that are near to no neuron of Γ".to_owned(),
        places => format!(
            "that can only be near to the {} neuron(s) {places:?} of Γ",
            places.len()
        ),
    };
    format!(
        "there are {} {sources}, {:?} ({whatever}), {places}; {apart}. They all need different places, so one of them is at least {} \
         away (Hall)",
        step.sources.len(),
        step.sources,
        surd(&step.value)
    )
}

/// More pairs than these are not listed.
pub(super) const MOST_PAIRS: usize = 40;

/// Which coordinates keep a source and a place apart.
fn bindings_words(step: &Hall) -> String {
    let count: usize = step.bindings.iter().map(Vec::len).sum();
    if count > MOST_PAIRS {
        return format!(
            "the certificate names the one or two coordinates that keep apart each of the {count} pairs of one of these and another neuron"
        );
    }
    let ways = if matches!(step.against, Against::Both) {
        2
    } else {
        1
    };
    let mut pairs = Vec::new();
    for (source, row) in step.sources.iter().zip(&step.bindings) {
        let others = (0..).filter(|place| step.places.binary_search(place).is_err());
        for (place, bindings) in others.zip(row.chunks(ways)) {
            let named: Vec<String> = bindings.iter().map(binding_words).collect();
            let named = match named.as_slice() {
                [as_is, flipped] if as_is != flipped => {
                    format!("as it is {as_is}, flipped {flipped}")
                }
                _ => named.first().cloned().unwrap_or_default(),
            };
            pairs.push(format!("{source} from neuron {place} of Γ: {named}"));
        }
    }
    format!("kept apart are {}", pairs.join(", "))
}

/// In words: `a3` alone, or the bounds that two coordinates set to the scale.
pub(super) fn binding_words(binding: &Binding) -> String {
    match binding {
        Binding::One(coordinate) => format!("by {coordinate} alone"),
        Binding::Two(lower, upper) => {
            format!("by {lower}, which bounds the scale from below, and {upper}, from above")
        }
    }
}

fn members(document: &mut Document, certificate: &Certificate) {
    for step in &certificate.steps {
        if let Step::Condition(ConditionFact::Member(member)) = step {
            let name = match member.network {
                Side::Gamma => "Γ",
                Side::Theta => "Θ",
                Side::Phi => "Φ",
            };
            let set = match member.set {
                Set::NPrime => {
                    "N′: balanced, ‖c_i‖ = ‖a_i‖, and no two a_i are positive multiples of each other"
                }
                Set::NStar => {
                    "N*: balanced, ‖c_i‖ = ‖a_i‖, no two a_i are positive multiples of each other, the last two entries of every a_i \
                     are positive"
                }
            };
            document.item(format!("{name} is in {set} (Definition 3.2)"));
        }
    }
}

fn attained(document: &mut Document, certificate: &Certificate) {
    theorem31::attained(document, certificate);
    if let Some(phi) = &certificate.statement.networks.phi {
        rows(document, "Φ", phi);
    }
}

#[cfg(test)]
#[path = "tests/parametrization.rs"]
mod tests;
