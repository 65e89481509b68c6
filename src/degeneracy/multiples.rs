//! Inner weight vectors that are multiples of each other (C.2, C.3; D02, D03).

use std::collections::HashMap;
use std::fmt;

use num_bigint::BigInt;
use num_traits::Zero as _;

use crate::exact::Surd;
use crate::exact::rows::direction;
use crate::network::{Neuron, Shallow};

/// Two neurons whose true inner weights satisfy a_j = factor·a_i ≠ 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Multiple {
    /// A neuron; of the first network where there are two.
    pub i: usize,
    /// Another neuron, j > i; of the second network where there are two.
    pub j: usize,
    /// A rational, or a rational multiple of one square root; positive for parallel vectors, negative for opposite ones.
    pub factor: Surd,
}

impl fmt::Display for Multiple {
    /// `a_5 = 2·a_3`; factors that are long as decimals.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let exact = self.factor.to_string();
        let factor = match exact.len() {
            0..=40 => exact,
            _ => format!("(≈ {})", self.factor.approx(12)),
        };
        write!(f, "a_{} = {factor}·a_{}", self.j, self.i)
    }
}

/// The neurons of a network by the direction of their inner weights; neurons with a = 0 have none.
///
/// Directions are primitive integer rows, so equal rows are positive multiples and negated rows negative ones.
pub(super) struct Directions {
    rows: Vec<Option<Vec<BigInt>>>,
    groups: HashMap<Vec<BigInt>, Vec<usize>>,
}

impl Directions {
    pub(super) fn of(network: &Shallow) -> Self {
        let mut groups: HashMap<Vec<BigInt>, Vec<usize>> = HashMap::new();
        let neurons = network.neurons().iter().enumerate();
        let rows = neurons.map(|(i, neuron)| {
            let row = neuron.has_hyperplane().then(|| direction(neuron.inner()));
            if let Some(row) = &row {
                groups.entry(row.clone()).or_default().push(i);
            }
            row
        });
        let rows = rows.collect();
        Directions { rows, groups }
    }

    /// The primitive row of a neuron, if a ≠ 0.
    pub(super) fn row(&self, neuron: usize) -> Option<&[BigInt]> {
        self.rows[neuron].as_deref()
    }

    /// The neurons of each direction, in increasing order; the directions come in no particular order.
    pub(super) fn groups(&self) -> impl Iterator<Item = &[usize]> {
        self.groups.values().map(Vec::as_slice)
    }

    /// The neurons with this direction, in increasing order.
    fn along(&self, row: &[BigInt]) -> &[usize] {
        self.groups.get(row).map_or(&[], Vec::as_slice)
    }
}

fn negated(row: &[BigInt]) -> Vec<BigInt> {
    row.iter().map(|entry| -entry).collect()
}

/// a_right/a_left for neurons on the same line.
fn factor(left: &Neuron, right: &Neuron) -> Surd {
    let entries = left.inner().iter().zip(right.inner());
    let ratio = entries.into_iter().find(|(x, _)| !x.is_zero());
    match ratio {
        // √s_j·y = f·√s_i·x.
        Some((x, y)) => {
            let factor = Surd::multiple_of_root(&(y / x), &(right.scale() / left.scale()));
            let stretches = [
                right.stretch().map(|stretch| &stretch.factor),
                left.stretch().map(|stretch| &stretch.inverse),
            ];
            let stretches = stretches.into_iter().flatten();
            stretches.fold(factor, |factor, stretch| factor.mul(stretch))
        }
        None => Surd::zero(),
    }
}

/// The pairs i < j with a_j a positive multiple of a_i ≠ 0, sorted: the violations of C.2. Neurons with c = 0 count.
///
/// Cost: m·d greatest common divisors to find the directions, then linear in the answer, which may have C(m, 2) pairs.
pub fn parallel_pairs(network: &Shallow) -> Vec<Multiple> {
    let directions = Directions::of(network);
    let pairs = |i: usize| {
        let row = directions.row(i)?;
        let along = directions.along(row);
        Some((i, &along[along.partition_point(|j| *j <= i)..]))
    };
    let neurons = network.neurons();
    let pairs = (0..neurons.len()).filter_map(pairs);
    pairs
        .flat_map(|(i, along)| along.iter().map(move |j| (i, *j)))
        .map(|(i, j)| Multiple {
            i,
            j,
            factor: factor(&neurons[i], &neurons[j]),
        })
        .collect()
}

/// The pairs i < j with a_j a negative multiple of a_i ≠ 0, sorted: the violations of C.3a.
///
/// Cost: that of [`parallel_pairs`].
pub fn opposite_pairs(network: &Shallow) -> Vec<Multiple> {
    let mut pairs = opposite_between(network, network);
    pairs.retain(|pair| pair.i < pair.j);
    pairs
}

/// The pairs (i, j) with a_j of `theta` a negative multiple of a_i ≠ 0 of `gamma`, sorted: the violations of C.3b.
///
/// Networks with different numbers of inputs have none.
///
/// Cost: that of [`parallel_pairs`] for both.
pub fn opposite_between(gamma: &Shallow, theta: &Shallow) -> Vec<Multiple> {
    let (left, right) = (Directions::of(gamma), Directions::of(theta));
    let mut pairs = Vec::new();
    for (i, neuron) in gamma.neurons().iter().enumerate() {
        let Some(row) = left.row(i) else { continue };
        for &j in right.along(&negated(row)) {
            pairs.push(Multiple {
                i,
                j,
                factor: factor(neuron, &theta.neurons()[j]),
            });
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exact::Rational;
    use crate::network::Network;
    use crate::network::file::network_from_bytes;
    use proptest::prelude::*;

    fn shallow(text: &str) -> Shallow {
        match network_from_bytes("x.json", text.as_bytes()).unwrap() {
            Network::Shallow(network) => network,
            _ => panic!("no biases"),
        }
    }

    fn shown(pairs: &[Multiple]) -> Vec<String> {
        let pairs = pairs.iter();
        pairs
            .map(|p| format!("{} {} {}", p.i, p.j, p.factor))
            .collect()
    }

    #[test]
    fn factors_carry_radicals() {
        let net = shallow(
            r#"{"a": [["1","2"],["0","0"],["sqrt(2)","2*sqrt(2)"],["-3","-6"],["1/2","1"],["2","1"]],
                "c": [["1"],["1"],["0"],["1"],["1"],["1"]]}"#,
        );
        assert_eq!(
            shown(&parallel_pairs(&net)),
            ["0 2 sqrt(2)", "0 4 1/2", "2 4 1/4*sqrt(2)"]
        );
        assert_eq!(
            shown(&opposite_pairs(&net)),
            ["0 3 -3", "2 3 -3/2*sqrt(2)", "3 4 -1/6"]
        );
        assert_eq!(opposite_between(&net, &net).len(), 6);
    }

    /// Whether y = f·x with f of the sign.
    fn multiple_by_definition(x: &[i64], y: &[i64], positive: bool) -> bool {
        let pairs = || x.iter().zip(y);
        let all = pairs().all(|(a, b)| pairs().all(|(c, d)| a * d == b * c));
        let sign: i64 = pairs().map(|(a, b)| a * b).sum();
        all && if positive { sign > 0 } else { sign < 0 }
    }

    proptest! {
        #[test]
        fn pairs_are_those_of_the_definition(
            entries in prop::collection::vec(-2i64..3, 16),
            scales in prop::collection::vec(1i64..5, 8),
        ) {
            let rows: Vec<&[i64]> = entries.chunks(2).collect();
            let rational = |n: i64| Rational::from_integer(n.into());
            let neurons = rows.iter().zip(&scales).map(|(row, scale)| {
                let inner = row.iter().map(|n| rational(*n)).collect();
                Neuron::new(rational(*scale), vec![rational(1)], inner).unwrap()
            });
            let net = Shallow::new(neurons.collect()).unwrap();
            let all = |positive: bool, ordered: bool| -> Vec<(usize, usize)> {
                let pairs = (0..rows.len()).flat_map(|i| (0..rows.len()).map(move |j| (i, j)));
                pairs
                    .filter(|(i, j)| !ordered || i < j)
                    .filter(|(i, j)| multiple_by_definition(rows[*i], rows[*j], positive))
                    .collect()
            };
            let indices = |found: &[Multiple]| -> Vec<(usize, usize)> {
                found.iter().map(|pair| (pair.i, pair.j)).collect()
            };
            let parallel = parallel_pairs(&net);
            prop_assert_eq!(indices(&parallel), all(true, true));
            prop_assert_eq!(indices(&opposite_pairs(&net)), all(false, true));
            let between = opposite_between(&net, &net);
            prop_assert_eq!(indices(&between), all(false, false));
            for pair in parallel.iter().chain(&between) {
                let left = net.neurons()[pair.i].inner_weights();
                let right = net.neurons()[pair.j].inner_weights();
                for (x, y) in left.iter().zip(&right) {
                    prop_assert_eq!(&x.mul(&pair.factor), y);
                }
            }
        }
    }
}
