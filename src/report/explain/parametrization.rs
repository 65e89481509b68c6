//! Certificates about parametrizations of one function, retold: one of them, or all.

use std::fmt::Display;

use super::retold::Retold;
use super::theorem31;
use crate::certificate::{
    Among, ApartFact, BalancedSet, ConditionFact, FlipsClaim, IdentifiableClaim, LiftClaim,
    MinimalClaim, NearestClaim, Refined31, Reparametrization, Step, Theorem33, UniqueClaim,
};
use crate::report::difference::{bracket, difference};
use crate::report::document::Document;
use crate::report::exhaustion::{Tried, flips_words, orientations_words};
use crate::report::hall::{bias_words, hall_words};
use crate::report::networks::{networks, rows, side_name};
use crate::report::numbers::{number, rational, surd};
use crate::report::rank::{identifiable, rank};
use crate::report::reading::Certificate;
use crate::report::rewriting;

/// Φ, and how Θ becomes it.
impl Retold for Reparametrization {
    fn retell(&self, document: &mut Document, certificate: &Certificate) {
        document.heading(1, "A reparametrization");
        networks(document, certificate);
        document.paragraph(format!(
            "Φ realises R(Θ), and ‖Φ − Γ‖_∞ = {} ≤ {}.",
            number(&(&self.distance).into()),
            number(&(&self.bound).into()),
        ));
        document.heading(2, "Steps from Θ to Φ");
        rewriting::retell(document, certificate);
    }
}

/// Theorem 3.3.
impl Retold for Theorem33 {
    fn retell(&self, document: &mut Document, certificate: &Certificate) {
        document.heading(1, "Theorem 3.3 for Γ and g = R(Θ)");
        networks(document, certificate);
        document.heading(2, "What is shown");
        bracket(document, &self.r, &self.jump);
        document.item(format!(
            "Φ is Θ with its neurons in another order, and ‖Φ − Γ‖_∞ = {}",
            surd(&self.distance)
        ));
        let exact = self.r.lower == self.r.upper;
        let at = if exact {
            ""
        } else {
            " at the lower end of r, so at most its true value"
        };
        for (name, at, value) in [
            ("the paper's 4√r (37)", at, &self.bounds.paper),
            ("the sharp 2√2·√r (N7)", at, &self.bounds.sharp),
            ("the jump form's 2√J (N7, N10)", "", &self.bounds.jump),
        ] {
            if let Some(value) = value {
                document.item(format!("that is at most {name}{at} = {}", surd(value)));
            }
        }
        difference(document, certificate, self.form);
        members(document, certificate);
        document.heading(2, "Neuron by neuron");
        document.paragraph(
            "In N* a neuron is determined by its contribution: c_i and a_i have the same norm, and a_i cannot change its sign. So on a \
             common hyperplane both neurons have the same direction, and on no other is anything to be done but to pair the rest. \
             p = ‖c^Γ‖‖a^Γ‖, q = ‖c^Θ‖‖a^Θ‖.",
        );
        rewriting::retell(document, certificate);
        theorem31::star_cases(document, certificate, self.form);
        attained(document, certificate);
    }
}

/// Theorem 3.1 in refined form.
impl Retold for Refined31 {
    fn retell(&self, document: &mut Document, certificate: &Certificate) {
        document.heading(1, "Theorem 3.1, refined, for Γ and g = R(Θ)");
        networks(document, certificate);
        document.heading(2, "What is shown");
        bracket(document, &self.r, &self.jump);
        document.item("C.2 and C.3 hold for the live neurons, those with c_i ≠ 0 and a_i ≠ 0 (N6)");
        document.item(theorem31::distance_words(surd(&self.distance)));
        let t = theorem31::threshold(self.form);
        document.item(format!(
            "that is at most max(√T, max_{{i ∈ U}} (β_i + √T)) = {}, with T = {t}, β_i = max(|c_i|, ‖a_i‖), and U the neurons of Γ that are \
             dead, or on whose hyperplane the gradient of g does not jump in the direction of c_i",
            surd(&self.bound)
        ));
        difference(document, certificate, self.form);
        document.heading(2, "Why");
        document.paragraph(
            "On a common hyperplane where c^Γ and c^Θ have the same sign, with p = c^Γ‖a^Γ‖ and q = c^Θ‖a^Θ‖, Θ's neuron can be rescaled to \
             within √|q − p| ≤ √T of Γ's. Elsewhere |p|, |q| ≤ T, and the balanced neuron has weights of at most √T (N6).",
        );
        rewriting::retell(document, certificate);
        attained(document, certificate);
    }
}

/// Lemma A.6.
impl Retold for LiftClaim {
    fn retell(&self, document: &mut Document, certificate: &Certificate) {
        document.heading(1, "Γ in N* has the function of Θ at (x, 1, −1) (Lemma A.6)");
        networks(document, certificate);
        members(document, certificate);
        document.paragraph(lift_words("Γ", "Θ"));
    }
}

/// Why the function of one network at (x, 1, −1) is that of the other.
pub(super) fn lift_words(lifted: &str, original: &str) -> String {
    format!(
        "A neuron of {lifted} is c_i ρ(⟨a_i,x⟩ + α_i − β_i) at (x, 1, −1), with α_i, β_i the last two entries of its row. The canonical forms (N1) \
         of this function of x and of R({original}) agree: the same hyperplanes with the same jumps, the same linear part, the same constant."
    )
}

/// Flip sets.
impl Retold for FlipsClaim {
    fn retell(&self, document: &mut Document, certificate: &Certificate) {
        flips(document, certificate, "Γ and its flips", &self.sets);
    }
}

/// No flip set.
impl Retold for UniqueClaim {
    fn retell(&self, document: &mut Document, certificate: &Certificate) {
        let title = "Γ is the only parametrization of its size";
        flips(document, certificate, title, &[]);
    }
}

/// Local identifiability.
impl Retold for IdentifiableClaim {
    fn retell(&self, document: &mut Document, certificate: &Certificate) {
        document.heading(1, "Γ is locally identifiable");
        networks(document, certificate);
        document.paragraph(identifiable(self.rank));
        for step in &certificate.steps {
            if let Step::Rank(step) = step {
                document.paragraph(rank(step));
            }
        }
    }
}

fn flips(document: &mut Document, certificate: &Certificate, title: &str, sets: &[Vec<usize>]) {
    document.heading(1, title);
    networks(document, certificate);
    flip_sets(document, sets);
    for step in &certificate.steps {
        if let Step::Flips(step) = step {
            let tried = Tried::Numbers(&step.exhaustion);
            document.paragraph(flips_words(&step.sets, &tried));
        }
    }
}

/// What flips are, and which sets there are.
pub(super) fn flip_sets(document: &mut Document, sets: &[Vec<usize>]) {
    document.paragraph(
        "The neurons of Γ are live and on pairwise different hyperplanes, so its function has a kink on each of them. A network with as \
         many neurons and the same function has exactly one neuron on each of these, which is that of Γ rescaled, or rescaled and with \
         a changed in sign. c ρ(t) = c ρ(−t) + c t, so the signs of the neurons in a set F can be changed iff Σ_F c_i a_iᵀ = 0 (N3).",
    );
    for set in sets {
        document.item(format!("F = {set:?}"));
    }
}

/// The least number of neurons.
impl Retold for MinimalClaim {
    fn retell(&self, document: &mut Document, certificate: &Certificate) {
        let MinimalClaim { lower, upper } = self;
        document.heading(1, needed(*lower, *upper));
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
        document.paragraph(ORIENTATIONS);
        for step in &certificate.steps {
            if let Step::NoOrientation(step) = step {
                document.item(orientations_words(step));
            }
        }
    }
}

/// How many neurons it takes.
pub(super) fn needed(lower: usize, upper: usize) -> String {
    match lower == upper {
        true => format!("{upper} neurons are needed, and enough"),
        false => format!("At least {lower} neurons are needed, and {upper} are enough"),
    }
}

/// Why there may be no orientation of kinks that fits.
pub(super) const ORIENTATIONS: &str = "Every network of this function g has a live neuron on each kink H of g, on the + or the − side of it. With R_0 = ½ Σ_H κ_H n_Hᵀ − M \
     the negatively oriented contributions satisfy Σ_H N_H n_Hᵀ = R_0 (N2). With one neuron a kink N_H is 0 or κ_H. One neuron more \
     can only be a second one on some kink, where N_H is then anything (N4).";

/// How far every parametrization is.
pub(super) fn least_words(among: Among, value: impl Display) -> String {
    let who = match among {
        Among::All => "with as many neurons as Γ",
        Among::NStar => "in N* with as many neurons as Γ",
    };
    format!("every parametrization of g {who} has a distance of at least {value}")
}

/// The nearest parametrization, or a bracket of its distance.
impl Retold for NearestClaim {
    fn retell(&self, document: &mut Document, certificate: &Certificate) {
        let known = self.lower == self.upper;
        document.heading(
            1,
            match known {
                true => "The parametrization of g = R(Θ) nearest to Γ",
                false => "A parametrization of g = R(Θ) near Γ",
            },
        );
        networks(document, certificate);
        document.item(theorem31::distance_words(surd(&self.upper)));
        document.item(least_words(self.among, surd(&self.lower)));
        members(document, certificate);
        document.heading(2, "From Θ to Φ");
        rewriting::retell(document, certificate);
        attained(document, certificate);
        document.heading(2, "Why nothing is nearer");
        let mut any = false;
        for (index, step) in certificate.steps.iter().enumerate() {
            let words = match step {
                Step::Flips(step) => flips_words(&step.sets, &Tried::Numbers(&step.exhaustion)),
                Step::Apart(ApartFact::Hall(step)) => hall_words(step),
                Step::Apart(ApartFact::Bias(step)) => {
                    bias_words(&step.flipped, step.output, rational(&step.value))
                }
                _ => continue,
            };
            any = true;
            document.item(format!("Step {}: {words}", index + 1));
        }
        if !any {
            document.paragraph("Nothing is said of that: 0 is a lower bound of every distance.");
        }
    }
}

fn members(document: &mut Document, certificate: &Certificate) {
    for step in &certificate.steps {
        if let Step::Condition(ConditionFact::Member(member)) = step {
            let name = side_name(member.network);
            document.item(member_words(name, member.set));
        }
    }
}

/// What being in N′ or N* says.
pub(super) fn member_words(name: &str, set: BalancedSet) -> String {
    let set = match set {
        BalancedSet::NPrime => {
            "N′: balanced, ‖c_i‖ = ‖a_i‖, and no two a_i are positive multiples of each other"
        }
        BalancedSet::NStar => {
            "N*: balanced, ‖c_i‖ = ‖a_i‖, no two a_i are positive multiples of each other, the last two entries of every a_i \
             are positive"
        }
    };
    format!("{name} is in {set} (Definition 3.2)")
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
