//! The canonical form (N1) of R(Θ) − R(Γ), or of R(Γ): M x + ½ Σ_H κ_H |⟨n_H,x⟩|, in integers over one denominator.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_integer::Integer as _;
use num_traits::{One as _, Signed as _, Zero};

use super::budget::Budget;
use super::cost;
use super::network::{Network, first};
use super::number::{Q, common_denominator, largest_integer, longest, over};
use super::verdict::{Stop, entry};
use relucert_format::Target;

/// A hyperplane on which the gradient jumps.
#[derive(Clone, Debug)]
pub(crate) struct Kink {
    /// The primitive integer normal; n_H is this over its first non-zero entry, which is positive.
    pub(crate) line: Vec<BigInt>,
    /// w with κ_H n_Hᵀ = w lineᵀ / L.
    pub(crate) weight: Vec<BigInt>,
}

/// The function R(Θ) − R(Γ), or R(Γ).
#[derive(Clone, Debug)]
pub(crate) struct Difference {
    /// L > 0.
    pub(crate) denominator: BigInt,
    /// 2·L·M, row by row.
    pub(crate) linear: Vec<BigInt>,
    /// The hyperplanes with κ_H ≠ 0, in lexicographic order of n_H.
    pub(crate) kinks: Vec<Kink>,
    /// Number of inputs, which is the length of a row of M.
    pub(crate) inputs: usize,
    /// How many of them the Jacobian speaks of: all, or in the affine case all but the last, which is 1.
    pub(crate) columns: usize,
}

impl Difference {
    /// `plus` less `minus`, networks with the same inputs and outputs, with the activation max(a·t, t) = (1 + a)/2·t + |1 − a|/2·|t|.
    ///
    /// `affine`: on x_{d+1} > 0. Then the networks are homogenised, and their last neuron, the output bias, is linear there.
    pub(crate) fn new(
        plus: &Network,
        minus: Option<&Network>,
        activation: &Q,
        affine: bool,
        limits: &Budget,
    ) -> Result<Self, Stop> {
        // Neuron i adds (1 + a)·w (±line)ᵀ/2 to M and |1 − a|·w lineᵀ to κ_H n_Hᵀ, where w = ± scale·c and a_i has the direction
        // ±line.
        let mut parts = Vec::new();
        for (network, negative) in [(Some(plus), false), (minus, true)] {
            let neurons = network.map_or(&[][..], |network| &network.neurons);
            for (i, neuron) in neurons.iter().enumerate() {
                let Some(direction) = &neuron.direction else {
                    continue;
                };
                let scale = match negative {
                    true => -&neuron.scale(),
                    false => neuron.scale(),
                };
                let weight: Vec<Q> = neuron.c.iter().map(|c| c * &scale).collect();
                // The scale itself, and its product with c.
                limits.check(2 * scale.bits())?;
                weight.iter().try_for_each(|w| limits.check(w.bits()))?;
                parts.push((direction, weight, affine && i + 1 == neurons.len()));
            }
        }
        let weights = || parts.iter().flat_map(|(_, weight, _)| weight);
        let common = common_denominator(weights(), limits)?;
        let (a, one) = (activation.numerator(), activation.denominator());
        let (slope, bend) = (one + a, (one - a).abs());
        let (inputs, outputs) = (plus.inputs, plus.outputs);
        let entries = outputs.saturating_mul(inputs + parts.len());
        let bits = common.bits() + longest(weights()) + slope.bits();
        limits.room(entries, bits)?;
        let mut linear = vec![BigInt::zero(); inputs * outputs];
        let mut lines: BTreeMap<&[BigInt], Vec<BigInt>> = BTreeMap::new();
        for (direction, weight, is_output_bias) in &parts {
            let longest = direction.line.iter().map(BigInt::bits).max().unwrap_or(0);
            limits.charge(cost::inner(inputs.saturating_mul(outputs), bits, longest))?;
            limits.charge(cost::inner(outputs, bits, bits))?;
            // Finding the line among the others.
            limits.charge(cost::times(inputs, 20 + cost::limbs(longest)))?;
            let weight = over(weight, &common);
            let slope = if *is_output_bias {
                one * 2
            } else {
                slope.clone()
            };
            for (row, w) in linear.chunks_mut(inputs).zip(&weight) {
                add_multiple(row, &direction.line, &(w * &slope), direction.positive);
            }
            if !is_output_bias {
                let none = || vec![BigInt::zero(); weight.len()];
                let sum = lines.entry(&direction.line).or_insert_with(none);
                let changes = weight.iter().map(|w| w * &bend);
                sum.iter_mut().zip(changes).for_each(|(sum, w)| *sum += w);
            }
        }
        let mut kinks = Vec::new();
        for (line, weight) in lines {
            if weight.iter().any(|w| !w.is_zero()) {
                let line = line.to_vec();
                kinks.push(Kink { line, weight });
            }
        }
        let longest = kinks.iter().flat_map(|kink| &kink.line).map(BigInt::bits);
        let longest = longest.max().unwrap_or(0);
        let rounds = kinks.len().checked_ilog2().unwrap_or(0) as usize + 1;
        let pairs = kinks.len().saturating_mul(rounds).saturating_mul(inputs);
        limits.charge(cost::times(pairs, 2 * cost::product(longest, longest)))?;
        kinks.sort_by(|one, other| compare_normals(&one.line, &other.line));
        let mut difference = Difference {
            denominator: common * one,
            linear,
            kinks,
            inputs,
            columns: if affine { inputs - 1 } else { inputs },
        };
        let columns = difference.columns;
        // Where affine, |x_{d+1}| = x_{d+1}.
        difference.fold(|line| line.iter().take(columns).all(Zero::is_zero).then_some(true));
        limits.keep(difference.memory())?;
        Ok(difference)
    }

    fn numbers(&self) -> impl Iterator<Item = &BigInt> {
        let kinks = self.kinks.iter();
        let kinks = kinks.flat_map(|kink| kink.line.iter().chain(&kink.weight));
        kinks.chain(&self.linear)
    }

    /// Limb operations to look at every number once, and to multiply it by one of so many bits.
    pub(crate) fn work(&self, bits: u64) -> u64 {
        self.numbers()
            .map(|number| cost::product(number.bits(), bits))
            .fold(cost::ANY, u64::saturating_add)
    }

    /// Bytes it takes.
    fn memory(&self) -> u64 {
        self.numbers().map(|number| 64 + number.bits() / 8).sum()
    }

    /// 2·L·M of an output.
    pub(crate) fn row(&self, output: usize) -> Result<&[BigInt], Stop> {
        let rows: Vec<&[BigInt]> = self.linear.chunks(self.inputs).collect();
        entry(&rows, output, "output").copied()
    }

    /// Makes the hyperplanes with a known side part of the linear part: |⟨n_H,x⟩| = ±⟨n_H,x⟩ there.
    pub(crate) fn fold(&mut self, side: impl Fn(&[BigInt]) -> Option<bool>) {
        let (linear, inputs) = (&mut self.linear, self.inputs);
        self.kinks.retain(|kink| {
            let side = side(&kink.line);
            if let Some(plus) = side {
                for (row, w) in linear.chunks_mut(inputs).zip(&kink.weight) {
                    add_multiple(row, &kink.line, w, plus);
                }
            }
            side.is_none()
        });
    }

    /// ± one entry of the Jacobian, as its value 2L·M and the L·v_H of all hyperplanes, some perhaps 0.
    pub(crate) fn entry(
        &self,
        target: &Target,
        limits: &Budget,
    ) -> Result<(BigInt, Vec<BigInt>), Stop> {
        let row = self.jacobian(self.row(target.output)?);
        let signed = |number: BigInt| if target.negative { -number } else { number };
        let linear = signed(entry(row, target.input, "input")?.clone());
        let mut gains = Vec::with_capacity(self.kinks.len());
        for kink in &self.kinks {
            let coordinate = entry(&kink.line, target.input, "input")?;
            let weight = entry(&kink.weight, target.output, "output")?;
            limits.charge(2 * cost::product(coordinate.bits(), weight.bits()))?;
            gains.push(signed(coordinate * weight));
        }
        Ok((linear, gains))
    }

    /// The part of a row that the Jacobian speaks of.
    pub(crate) fn jacobian<'a>(&self, row: &'a [BigInt]) -> &'a [BigInt] {
        row.get(..self.columns).unwrap_or(row)
    }

    /// How many normals there are; in the affine case one more than hyperplanes.
    pub(crate) fn normals(&self) -> usize {
        self.kinks.len() + usize::from(self.columns < self.inputs)
    }

    /// The index, and the normal n_H of that hyperplane as an integer vector and a factor. In the affine case (0, …, 0, 1) comes
    /// after all others.
    pub(crate) fn normal(&self, index: usize) -> Result<(usize, Cow<'_, [BigInt]>, Q), Stop> {
        if index == self.kinks.len() && self.columns < self.inputs {
            let mut last = vec![BigInt::zero(); self.columns];
            last.push(BigInt::one());
            return Ok((index, last.into(), Q::one()));
        }
        let line = &entry(&self.kinks, index, "hyperplane")?.line;
        let factor = Q::from(first(line).clone()).inverse();
        Ok((index, line.into(), factor.unwrap_or_else(Q::zero)))
    }

    /// value/(2L).
    pub(crate) fn half(&self, value: BigInt) -> Q {
        Q::fraction(value, &self.denominator * 2).unwrap_or_else(Q::zero)
    }

    /// How many outputs there are.
    pub(crate) fn outputs(&self) -> usize {
        self.linear.len().checked_div(self.inputs).unwrap_or(0)
    }

    /// floor(2L·value).
    pub(crate) fn twice(&self, value: &Q) -> BigInt {
        let scaled: BigInt = &self.denominator * 2 * value.numerator();
        scaled.div_floor(value.denominator())
    }

    /// max_H ‖κ_H‖_∞·‖n_H‖_∞.
    pub(crate) fn jump(&self) -> Q {
        let size = |kink: &Kink| {
            largest_integer(&kink.weight) * largest_integer(self.jacobian(&kink.line))
        };
        let largest = self.kinks.iter().map(size).max().unwrap_or_default();
        self.half(BigInt::from(largest * 2_u32))
    }
}

/// row ± w·line.
pub(crate) fn add_multiple(row: &mut [BigInt], line: &[BigInt], w: &BigInt, plus: bool) {
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
