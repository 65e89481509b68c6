//! Where no theorem applies: the best Φ that is found, its exact distance, and which hypothesis of which theorem is missing.

use serde::Serialize;

use super::theorem31::{ViolationObject, violation_words, violations};
use super::{lines, whole};
use crate::certificate;
use crate::cli::membership::MembershipWords;
use crate::cli::output::{brief, named};
use crate::nearest::{Answer, Nearest};
use crate::stability::{Pair, Theorem31, Theorem33};

/// What the theorems said.
pub(super) struct Missing<'a> {
    /// None where D > 1, and where it was not asked.
    pub(super) main: Option<&'a Theorem31>,
    pub(super) star: &'a Theorem33,
    /// The network and the neuron with sums of square roots, of which the theorems are not asked.
    pub(super) sums: Option<(&'static str, usize)>,
}

#[derive(Serialize)]
pub(super) struct Object {
    /// Always null: no theorem applies.
    theorem: Option<&'static str>,
    homogenised: bool,
    r: Option<String>,
    r_lower: String,
    r_upper: String,
    jump: String,
    /// Hypotheses of Theorem 3.1 that fail; with D > 1 it says nothing.
    violations: Vec<ViolationObject>,
    /// Why Γ or Θ is not in N* (Theorem 3.3).
    not_in_n_star: NotInStar,
    /// In words, one a theorem.
    missing: Vec<String>,
    /// ‖Φ − Γ‖_∞ of the Φ built; null if g has none with as many neurons.
    distance: Option<String>,
    /// No parametrization is nearer than this.
    lower: Option<String>,
    phi: Option<certificate::Shallow>,
}

#[derive(Serialize)]
struct NotInStar {
    gamma: Option<String>,
    theta: Option<String>,
}

impl Missing<'_> {
    fn words(&self, pair: &Pair) -> Vec<String> {
        let mut missing = match self.main {
            None if pair.gamma.outputs() == 1 => Vec::new(),
            None => vec![format!(
                "Theorem 3.1 is about one output, here are {}",
                pair.gamma.outputs()
            )],
            Some(analysis) => {
                let failures = violations(&analysis.hypotheses);
                let failures = failures.iter().map(|v| violation_words(v, pair));
                failures
                    .map(|text| format!("Theorem 3.1: {text}"))
                    .collect()
            }
        };
        if let Some((network, neuron)) = self.sums {
            missing.push(super::sums_words(network, neuron));
        }
        for (name, membership) in [("Γ", &self.star.gamma), ("Θ", &self.star.theta)] {
            if let Some(reason) = MembershipWords::not_star(membership) {
                missing.push(format!("Theorem 3.3: {name} is not in N*: {reason}"));
            }
        }
        missing
    }

    /// The JSON object.
    pub(super) fn object(&self, pair: &Pair, found: &Answer) -> Object {
        let measured = &self.star.measured;
        let nearest = nearest_of(found);
        let phi = nearest.and_then(|nearest| nearest.phi.as_ref());
        Object {
            theorem: None,
            homogenised: pair.homogenised,
            r: measured.seminorm.exact().map(ToString::to_string),
            r_lower: measured.seminorm.lower.value.to_string(),
            r_upper: measured.seminorm.upper.bound.to_string(),
            jump: measured.jump.to_string(),
            violations: self
                .main
                .map(|analysis| violations(&analysis.hypotheses))
                .unwrap_or_default(),
            not_in_n_star: NotInStar {
                gamma: MembershipWords::not_star(&self.star.gamma),
                theta: MembershipWords::not_star(&self.star.theta),
            },
            missing: self.words(pair),
            distance: phi.map(|phi| phi.distance.value.to_string()),
            lower: nearest.map(|nearest| nearest.lower.to_string()),
            phi: phi.map(|phi| phi.phi.network(pair.homogenised)),
        }
    }

    /// The answer in words.
    pub(super) fn text(&self, pair: &Pair, found: &Answer) -> String {
        let measured = &self.star.measured;
        let mut rows = super::opening(pair, &measured.seminorm, &measured.jump);
        for missing in self.words(pair) {
            rows.push(("missing", missing));
        }
        rows.push(("theorem", "none applies".to_owned()));
        match (nearest_of(found), found) {
            (Some(nearest), _) => match &nearest.phi {
                Some(phi) => {
                    rows.push((
                        "best Φ found",
                        named("‖Φ − Γ‖_∞", &whole(&phi.distance.value)),
                    ));
                    rows.push(match nearest.exact() {
                        Some(_) => ("", "no parametrization of g is nearer".to_owned()),
                        None => ("", format!("none is nearer than {}", brief(&nearest.lower))),
                    });
                }
                None => rows.push(("best Φ found", "none".to_owned())),
            },
            (None, Answer::TooManyKinks { kinks, neurons }) => rows.push((
                "no Φ",
                format!("g has {kinks} kinks, more than Γ has neurons ({neurons})"),
            )),
            (None, _) => rows.push(("no Φ", "g has no parametrization of this shape".to_owned())),
        }
        lines(rows)
    }
}

/// The nearest parametrization, if there is one.
pub(super) fn nearest_of(found: &Answer) -> Option<&Nearest> {
    match found {
        Answer::Nearest(nearest) => Some(nearest),
        _ => None,
    }
}
