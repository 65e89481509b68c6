//! The live neurons of a network, by direction and by hyperplane.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_traits::{Signed, Zero};

use crate::exact::Rational;
use crate::exact::rows::direction;
use crate::network::TwoLayer;

/// The neurons of one hyperplane or of one direction, in increasing order.
pub(super) type Groups = BTreeMap<Vec<BigInt>, Vec<usize>>;

impl TwoLayer {
    /// Whether c_i ≠ 0 and the first d entries of a_i are not all zero.
    pub(super) fn is_live(&self, neuron: usize) -> bool {
        let neuron = &self.neurons[neuron];
        neuron.is_live() && !is_zero(&neuron.inner()[..self.inputs])
    }

    /// The live neurons by the direction of (a_i, b_i).
    pub(super) fn directions(&self) -> Groups {
        self.groups(direction)
    }

    /// The live neurons by hyperplane.
    pub(super) fn hyperplanes(&self) -> Groups {
        self.groups(|row| hyperplane(row).0)
    }

    fn groups(&self, key: impl Fn(&[Rational]) -> Vec<BigInt>) -> Groups {
        let mut groups = Groups::new();
        for i in (0..self.neurons.len()).filter(|i| self.is_live(*i)) {
            let key = key(self.neurons[i].inner());
            groups.entry(key).or_default().push(i);
        }
        groups
    }
}

pub(super) fn is_zero(values: &[Rational]) -> bool {
    values.iter().all(Zero::is_zero)
}

/// The primitive row, up to sign, with positive first non-zero entry, and whether the row itself has it.
pub(super) fn hyperplane(row: &[Rational]) -> (Vec<BigInt>, bool) {
    let line = direction(row);
    let positive = line
        .iter()
        .find(|x| !x.is_zero())
        .is_none_or(BigInt::is_positive);
    match positive {
        true => (line, true),
        false => (line.iter().map(|x| -x).collect(), false),
    }
}
