//! Pre-activations as affine functions, layer by layer, in integers over one scale a layer.

use num_bigint::BigInt;
use num_traits::{Signed as _, Zero as _};

use crate::exact::rows::clear_denominators;
use crate::network::{Deep, Layer};

/// Both ends of each coordinate, over a common scale.
pub(super) type Ends = Vec<[BigInt; 2]>;

/// A layer in integers over one denominator; the bias is the last entry of a row.
#[derive(Debug)]
pub(super) struct Map {
    pub rows: Vec<Vec<BigInt>>,
    denominator: BigInt,
}

/// Pre-activations of a layer: rows for the inputs, 1 and coordinates beyond these, over the scale.
#[derive(Clone, Debug)]
pub(super) struct Forms {
    pub rows: Vec<Vec<BigInt>>,
    pub scale: BigInt,
}

/// Bounds of the slopes of a layer's pre-activations, over the scale.
#[derive(Clone, Debug)]
pub(super) struct Slopes {
    pub rows: Vec<Ends>,
    pub scale: BigInt,
}

/// The layers of a network, and the number of its first neuron.
#[derive(Debug)]
pub(super) struct Layers {
    pub maps: Vec<Map>,
    first: usize,
}

impl Map {
    fn new(layer: &Layer) -> Self {
        let all: Vec<_> = layer
            .weights
            .iter()
            .flatten()
            .chain(&layer.biases)
            .cloned()
            .collect();
        let mut whole = clear_denominators(&all);
        let biases = whole.entries.split_off(all.len() - layer.biases.len());
        let width = layer.weights.first().map_or(0, Vec::len);
        let weights = whole.entries.chunks(width.max(1));
        let rows = weights.zip(biases).map(|(row, bias)| {
            let mut row = row.to_vec();
            row.push(bias);
            row
        });
        Map {
            rows: rows.collect(),
            denominator: whole.denominator,
        }
    }

    /// Pre-activations of what reads a layer, of which only some neurons are not 0; the constant is at the place `inputs`.
    pub fn of(
        &self,
        read: &[Option<Vec<BigInt>>],
        scale: &BigInt,
        inputs: usize,
        width: usize,
    ) -> Forms {
        let rows = self.rows.iter().map(|weights| {
            let mut sum = vec![BigInt::zero(); width];
            for (weight, row) in weights.iter().zip(read) {
                let Some(row) = row.as_ref().filter(|_| !weight.is_zero()) else {
                    continue;
                };
                for (sum, x) in sum.iter_mut().zip(row) {
                    if !x.is_zero() {
                        *sum += weight * x;
                    }
                }
            }
            if let Some(bias) = weights.last() {
                sum[inputs] += bias * scale;
            }
            sum
        });
        Forms::short(rows.collect(), scale * &self.denominator)
    }

    /// Bounds of the slopes of what reads a layer, from those of what it gives.
    pub fn slopes(&self, read: &[Ends], scale: &BigInt) -> Slopes {
        let width = read.first().map_or(0, Vec::len);
        let rows = self.rows.iter().map(|weights| {
            let mut sum = vec![[BigInt::zero(), BigInt::zero()]; width];
            for (weight, row) in weights.iter().zip(read) {
                if weight.is_zero() {
                    continue;
                }
                let [low, high] = if weight.is_negative() { [1, 0] } else { [0, 1] };
                for (sum, ends) in sum.iter_mut().zip(row) {
                    sum[0] += weight * &ends[low];
                    sum[1] += weight * &ends[high];
                }
            }
            sum
        });
        Slopes {
            rows: rows.collect(),
            scale: scale * &self.denominator,
        }
    }
}

impl Forms {
    /// Without the powers of two that scale and all rows share.
    fn short(mut rows: Vec<Vec<BigInt>>, mut scale: BigInt) -> Self {
        let mut shared = scale.trailing_zeros().unwrap_or(0);
        for x in rows.iter().flatten() {
            if shared == 0 {
                break;
            }
            shared = shared.min(x.trailing_zeros().unwrap_or(shared));
        }
        if shared > 0 {
            rows.iter_mut().flatten().for_each(|x| *x >>= shared);
            scale >>= shared;
        }
        Forms { rows, scale }
    }

    /// Of what reads a layer whose neurons are all decided.
    pub fn after(&self, map: &Map, on: &[Option<bool>], inputs: usize) -> Self {
        let rows = self.rows.iter().zip(on);
        let read: Vec<_> = rows
            .map(|(row, on)| (*on == Some(true)).then(|| row.clone()))
            .collect();
        map.of(&read, &self.scale, inputs, inputs + 1)
    }
}

impl Layers {
    /// Of a network whose first neuron has this number.
    pub fn new(network: &Deep, first: usize) -> Self {
        Layers {
            maps: network.layers().iter().map(Map::new).collect(),
            first,
        }
    }

    /// The last layer, whose outputs are no neurons.
    pub fn last(&self) -> usize {
        self.maps.len() - 1
    }

    /// The number of the first neuron of a layer.
    pub fn number(&self, layer: usize) -> usize {
        let before = self.maps[..layer].iter().map(|map| map.rows.len());
        self.first + before.sum::<usize>()
    }

    /// Pre-activations of the first layer.
    pub fn first(&self) -> Forms {
        Forms {
            rows: self.maps[0].rows.clone(),
            scale: self.maps[0].denominator.clone(),
        }
    }

    /// The outputs at a point, over the answered scale; `hidden` is told the pre-activations of each hidden layer, over scales of their own.
    pub fn trace(
        &self,
        point: &[BigInt],
        mut hidden: impl FnMut(&[BigInt]),
    ) -> (Vec<BigInt>, BigInt) {
        let mut values = point.to_vec();
        let mut scale = values.last().cloned().unwrap_or_default();
        for (l, map) in self.maps.iter().enumerate() {
            if l > 0 {
                hidden(&values);
                for x in values.iter_mut().filter(|x| x.is_negative()) {
                    *x = BigInt::zero();
                }
                values.push(scale.clone());
            }
            values = map.rows.iter().map(|row| value(row, &values)).collect();
            scale *= &map.denominator;
        }
        (values, scale)
    }

    /// The Jacobian, over its scale and with the constants, at a point (numerators and denominator) around which the network is affine; none at other points.
    pub fn jacobian(&self, point: &[BigInt]) -> Option<Forms> {
        let inputs = point.len() - 1;
        let mut forms = self.first();
        for map in &self.maps[1..] {
            let mut on = Vec::with_capacity(forms.rows.len());
            for row in &forms.rows {
                let value = value(row, point);
                if value.is_zero() && row.iter().any(|x| !x.is_zero()) {
                    return None;
                }
                on.push(Some(value.is_positive()));
            }
            forms = forms.after(map, &on, inputs);
        }
        Some(forms)
    }
}

/// ⟨row, point⟩.
pub(super) fn value(row: &[BigInt], point: &[BigInt]) -> BigInt {
    row.iter().zip(point).map(|(n, x)| n * x).sum()
}

/// The least and the largest value of ⟨row, x⟩.
pub(super) fn range(row: &[BigInt], ends: &[[BigInt; 2]]) -> [BigInt; 2] {
    let mut range = [BigInt::zero(), BigInt::zero()];
    for (n, ends) in row.iter().zip(ends) {
        if n.is_zero() {
            continue;
        }
        let [low, high] = if n.is_negative() { [1, 0] } else { [0, 1] };
        range[0] += n * &ends[low];
        range[1] += n * &ends[high];
    }
    range
}

/// Whether a neuron with this range is on or off, if it is one of these.
pub(super) fn settled([low, high]: &[BigInt; 2]) -> Option<bool> {
    match (low.is_negative(), high.is_positive()) {
        (_, false) => Some(false),
        (false, true) => Some(true),
        (true, true) => None,
    }
}
