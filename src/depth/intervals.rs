//! What neurons do on a box, as far as intervals say.

use num_traits::{Signed as _, Zero as _};

use crate::exact::Rational;
use crate::network::Deep;

/// What is known of a neuron on a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activity {
    /// It is 0 on all of it.
    Never,
    /// What goes into its ρ is nowhere negative there.
    Always,
    /// Intervals do not say.
    Unknown,
}

/// For every neuron of every layer but the last one what exact intervals say, propagated from layer to layer: what they say is so, and much is that
/// they do not
/// say.
///
/// Cost: two products a weight. `None` if the box has not as many sides as the network inputs.
pub fn activity(network: &Deep, sides: &[(Rational, Rational)]) -> Option<Vec<Vec<Activity>>> {
    if sides.len() != network.inputs() {
        return None;
    }
    let mut now = sides.to_vec();
    let mut found = Vec::new();
    let hidden = network
        .layers()
        .split_last()
        .map_or(&[][..], |(_, all)| all);
    for layer in hidden {
        let rows = layer.weights.iter().zip(&layer.biases);
        let next: Vec<(Rational, Rational)> = rows
            .map(|(row, bias)| {
                let (mut low, mut high) = (bias.clone(), bias.clone());
                for (weight, (from, to)) in row.iter().zip(&now) {
                    let (least, most) = match weight.is_negative() {
                        true => (to, from),
                        false => (from, to),
                    };
                    low += weight * least;
                    high += weight * most;
                }
                (low, high)
            })
            .collect();
        let say = |(low, high): &(Rational, Rational)| {
            if !high.is_positive() {
                Activity::Never
            } else if !low.is_negative() {
                Activity::Always
            } else {
                Activity::Unknown
            }
        };
        found.push(next.iter().map(say).collect());
        let positive = |x: Rational| if x.is_negative() { Rational::zero() } else { x };
        now = next
            .into_iter()
            .map(|(low, high)| (positive(low), positive(high)))
            .collect();
    }
    Some(found)
}
