//! What keeps a distance from being known exactly.

use crate::nearest::{Gap, Nearest};

/// The gap in words.
pub(in crate::cli) fn gap_words(gap: &Gap, found: &Nearest) -> String {
    match gap {
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
