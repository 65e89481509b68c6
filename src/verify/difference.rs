//! The canonical form (N1) of R(Θ) − R(Γ) = M x + ½ Σ_H κ_H |⟨n_H,x⟩|, in integers over one denominator.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_traits::Zero as _;

use super::limits::Limits;
use super::network::{Network, first};
use super::number::{Q, common_denominator, largest_integer, over};
use super::verdict::Stop;

/// A hyperplane on which the gradient jumps.
#[derive(Clone, Debug)]
pub(super) struct Kink {
    /// The primitive integer normal; n_H is this over its first non-zero entry, which is positive.
    pub(super) line: Vec<BigInt>,
    /// w with κ_H n_Hᵀ = w lineᵀ / L.
    pub(super) weight: Vec<BigInt>,
}

/// R(Θ) − R(Γ).
#[derive(Clone, Debug)]
pub(super) struct Difference {
    /// L > 0.
    pub(super) denominator: BigInt,
    /// 2·L·M, row by row.
    pub(super) linear: Vec<BigInt>,
    /// The hyperplanes with κ_H ≠ 0, in lexicographic order of n_H.
    pub(super) kinks: Vec<Kink>,
    /// Number of inputs, which is the length of a row of M.
    pub(super) inputs: usize,
}

impl Difference {
    /// Both networks have the same numbers of inputs and outputs.
    pub(super) fn new(gamma: &Network, theta: &Network, limits: &Limits) -> Result<Self, Stop> {
        // Neuron i adds w (±line)ᵀ/2 to M and w lineᵀ to κ_H n_Hᵀ, where w = ± scale·c and a has the direction ±line.
        let mut parts = Vec::new();
        for (network, minus) in [(theta, false), (gamma, true)] {
            for neuron in &network.neurons {
                let Some(direction) = &neuron.direction else {
                    continue;
                };
                let scale = if minus {
                    -&neuron.scale()
                } else {
                    neuron.scale()
                };
                let weight: Vec<Q> = neuron.c.iter().map(|c| c * &scale).collect();
                parts.push((direction, weight));
            }
        }
        let weights = parts.iter().flat_map(|(_, weight)| weight);
        let denominator = common_denominator(weights, limits)?;
        let entries = gamma.outputs * (gamma.inputs + parts.len());
        limits.room(entries, denominator.bits())?;
        let mut linear = vec![BigInt::zero(); gamma.inputs * gamma.outputs];
        let mut lines: BTreeMap<&[BigInt], Vec<BigInt>> = BTreeMap::new();
        for (direction, weight) in &parts {
            let weight = over(weight, &denominator);
            for (row, w) in linear.chunks_mut(gamma.inputs).zip(&weight) {
                add_multiple(row, &direction.line, w, direction.positive);
            }
            let none = || vec![BigInt::zero(); weight.len()];
            let sum = lines.entry(&direction.line).or_insert_with(none);
            sum.iter_mut().zip(&weight).for_each(|(sum, w)| *sum += w);
        }
        let mut kinks = Vec::new();
        for (line, weight) in lines {
            if weight.iter().any(|w| !w.is_zero()) {
                let line = line.to_vec();
                kinks.push(Kink { line, weight });
            }
        }
        kinks.sort_by(|one, other| compare_normals(&one.line, &other.line));
        let computed = kinks.iter().flat_map(|kink| &kink.weight);
        for value in linear.iter().chain(computed) {
            limits.check(value.bits())?;
        }
        Ok(Difference {
            denominator,
            linear,
            kinks,
            inputs: gamma.inputs,
        })
    }

    /// value/(2L).
    pub(super) fn half(&self, value: BigInt) -> Q {
        Q::fraction(value, &self.denominator * 2).unwrap_or_else(Q::zero)
    }

    /// max_H ‖κ_H‖_∞·‖n_H‖_∞.
    pub(super) fn jump(&self) -> Q {
        let size = |kink: &Kink| largest_integer(&kink.weight) * largest_integer(&kink.line);
        let largest = self.kinks.iter().map(size).max().unwrap_or_default();
        self.half(BigInt::from(largest * 2_u32))
    }
}

/// row ± w·line.
pub(super) fn add_multiple(row: &mut [BigInt], line: &[BigInt], w: &BigInt, plus: bool) {
    if w.is_zero() {
        return;
    }
    for (entry, coordinate) in row.iter_mut().zip(line) {
        if coordinate.is_zero() {
            continue;
        }
        if plus {
            *entry += w * coordinate;
        } else {
            *entry -= w * coordinate;
        }
    }
}

/// Lexicographic order of x/first(x) and y/first(y); both first entries are positive.
fn compare_normals(x: &[BigInt], y: &[BigInt]) -> Ordering {
    let (scale_x, scale_y) = (first(y), first(x));
    let entries = x.iter().zip(y);
    let mut orders = entries.map(|(x, y)| (x * scale_x).cmp(&(y * scale_y)));
    orders
        .find(|order| order.is_ne())
        .unwrap_or(Ordering::Equal)
}
