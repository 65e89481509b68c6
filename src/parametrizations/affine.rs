//! Shallow networks as functions of the original variables: rows (a_i, b_i) where there are biases, and the output bias apart.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_traits::{Signed, Zero};

use crate::exact::Rational;
use crate::exact::rows::direction;
use crate::network::{Biased, Network, Neuron, Shallow, ShapeError};

/// The neurons of a shallow network, with d + 1 inner weights where it has biases.
#[derive(Clone, Debug)]
pub(super) struct Affine {
    pub neurons: Vec<Neuron>,
    pub inputs: usize,
    pub outputs: usize,
    /// e, where the network has biases.
    pub offset: Option<Vec<Rational>>,
}

/// The neurons of one hyperplane or of one direction, in increasing order.
pub(super) type Groups = BTreeMap<Vec<BigInt>, Vec<usize>>;

impl Affine {
    /// `None` for a deep network.
    pub(super) fn of(network: &Network) -> Option<Self> {
        let (rows, offset) = match network {
            Network::Shallow(network) => (network, None),
            Network::Biased(network) => (network.rows(), Some(network.offset().to_vec())),
            Network::Deep(_) => return None,
        };
        Some(Affine {
            neurons: rows.neurons().to_vec(),
            inputs: network.inputs(),
            outputs: network.outputs(),
            offset,
        })
    }

    /// The network; a zero neuron stands for none.
    pub(super) fn into_network(self) -> Result<Network, ShapeError> {
        let mut neurons = self.neurons;
        if neurons.is_empty() {
            let width = self.inputs + usize::from(self.offset.is_some());
            neurons.push(Neuron::zero(width, self.outputs));
        }
        let rows = Shallow::new(neurons)?;
        Ok(match self.offset {
            None => Network::Shallow(rows),
            Some(offset) => Network::Biased(Biased::new(rows, offset)?),
        })
    }

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
