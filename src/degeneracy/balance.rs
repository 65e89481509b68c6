//! Condition C.1 (D01): where the contribution of a neuron is small, its weights must be.

use std::cmp::Ordering;

use crate::exact::{Rational, Surd};
use crate::network::{Neuron, Shallow};

/// The neurons with ‖c_i a_iᵀ‖_∞ ≤ threshold, zero neurons included.
fn small<'a>(
    gamma: &'a Shallow,
    threshold: &'a Rational,
) -> impl Iterator<Item = (usize, &'a Neuron)> {
    let neurons = gamma.neurons().iter().enumerate();
    neurons.filter(move |(_, neuron)| neuron.product_norm() <= *threshold)
}

/// The neurons that violate C.1: ‖c_i a_iᵀ‖ ≤ threshold, but ‖c_i‖ > β or ‖a_i‖ > β. The paper's threshold is 2r, the jump form's J.
///
/// `threshold` ≥ 0 and `beta` ≥ 0; neurons by increasing index. Cost: m·(d + D) comparisons of rationals and two of square
/// roots a neuron.
pub fn balance_violations(gamma: &Shallow, threshold: &Rational, beta: &Surd) -> Vec<usize> {
    small(gamma, threshold)
        .filter(|(_, neuron)| neuron.size().compare(beta) == Ordering::Greater)
        .map(|(i, _)| i)
        .collect()
}

/// The least β ≥ 0 with which C.1 holds: the largest ‖c_i‖ or ‖a_i‖ over the neurons with ‖c_i a_iᵀ‖ ≤ threshold, 0 if there are none.
///
/// `threshold` ≥ 0. Cost: m·(d + D) comparisons of rationals and two of square roots a neuron.
pub fn least_beta(gamma: &Shallow, threshold: &Rational) -> Surd {
    if small(gamma, threshold).any(|(_, neuron)| neuron.stretch().is_some()) {
        let sizes = small(gamma, threshold).map(|(_, neuron)| neuron.size());
        return sizes.max_by(Surd::compare).unwrap_or_else(Surd::zero);
    }
    // Sizes are √s·n ≥ 0: their squares s·n² are rational and compare alike.
    let squares = small(gamma, threshold).map(|(_, neuron)| {
        let larger = neuron.inner_norm().max(neuron.outer_norm());
        (neuron.scale() * &larger * &larger, neuron)
    });
    let largest = squares.max_by(|(x, _), (y, _)| x.cmp(y));
    largest.map_or_else(Surd::zero, |(_, neuron)| neuron.size())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exact::text::parse;
    use crate::network::Network;
    use crate::network::file::network_from_bytes;

    #[test]
    fn the_least_beta_is_the_least() {
        // ‖c a‖ is 2, 0, 0, 6, 12.
        let text = r#"{"a": [["sqrt(2)"],["0"],["3/2"],["2*sqrt(3)"],["4"]],
                       "c": [["-sqrt(2)"],["5/4"],["0"],["sqrt(3)"],["3"]]}"#;
        let Ok(Network::Shallow(net)) = network_from_bytes("x.json", text.as_bytes()) else {
            panic!("a network without biases");
        };
        for (threshold, beta, violations) in [
            ("0", "3/2", vec![2]),
            ("2", "3/2", vec![2]),
            ("6", "2*sqrt(3)", vec![3]),
            ("12", "4", vec![4]),
        ] {
            let threshold = parse(threshold).unwrap().to_rational().unwrap().clone();
            let beta = parse(beta).unwrap();
            assert_eq!(least_beta(&net, &threshold), beta);
            assert_eq!(
                balance_violations(&net, &threshold, &beta),
                Vec::<usize>::new()
            );
            let less = beta.sub(&parse("1/1000").unwrap());
            assert_eq!(balance_violations(&net, &threshold, &less), violations);
        }
        let none = parse("-1").unwrap().to_rational().unwrap().clone();
        assert_eq!(least_beta(&net, &none), Surd::zero());
    }
}
