//! Answers in words: why a distance is not known exactly, and why there is no parametrization.

use super::answer::{Answer, Gap, Nearest};
use crate::certificate::Side;
use crate::degeneracy::MembershipWords;

impl Gap {
    /// What keeps the distance from being known exactly, in words.
    pub fn words(&self, found: &Nearest) -> String {
        match self {
            Gap::Flips { nullity } => format!(
                "not all sets of neurons that can be flipped are known ({nullity} contributions more than their rank)"
            ),
            Gap::FlipsUnshown => {
                "the sets of neurons that can be flipped are known, but no certificate shows it"
                    .to_owned()
            }
            Gap::FewerKinks => format!(
                "g has {} kinks for {} neurons: sharing a kink among more neurons than was tried may be nearer",
                found.kinks, found.neurons
            ),
            Gap::Crowded { live } => format!(
                "Θ has {live} live neurons even after merging; whether {} are enough for g was not decided",
                found.neurons
            ),
            Gap::Enclosed { .. } => {
                "Γ has weights that are sums of square roots; distances were computed from rational numbers within 2^-64 of them, \
                 and the certificate shows the upper end alone"
                    .to_owned()
            }
            Gap::Stopped(stop) => stop.to_string(),
        }
    }
}

impl Answer {
    /// Why there is no parametrization; `None` where there is one.
    pub fn why_none(&self) -> Option<String> {
        Some(match self {
            Answer::Nearest(_) => return None,
            Answer::TooManyKinks { kinks, neurons } => format!(
                "g = R(Θ) has {kinks} kinks, and a network with {neurons} neuron{} has at most {neurons}",
                if *neurons == 1 { "" } else { "s" }
            ),
            Answer::NoOrientation { kinks } => format!(
                "g = R(Θ) has {kinks} kinks, as many as Γ has neurons, and no orientation of one neuron a kink realises it"
            ),
            Answer::NotInNStar {
                network,
                membership,
                ..
            } => {
                let name = match network {
                    Side::Theta => "Θ",
                    _ => "Γ",
                };
                let why = MembershipWords::not_star(membership).unwrap_or_default();
                format!("{name} is not in N*: {why}")
            }
            Answer::OtherNumber { gamma, theta } => format!(
                "Θ is in N* with {theta} neurons, so g has {theta} kinks, and networks in N* with {gamma} neurons have {gamma}"
            ),
        })
    }
}
