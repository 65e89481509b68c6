//! Networks as lists of neurons (s, c, a): inner weights √s·a, outer weights √s·c, contribution s·c·ρ(⟨a,x⟩).

use num_bigint::BigInt;
use num_integer::Integer as _;
use num_traits::{Signed as _, Zero as _};

use super::limits::Limits;
use super::number::{Q, integers, largest};
use super::surd::Sum;
use super::verdict::{Stop, decline, differ, reject};
use crate::certificate::{Part, Shallow, Surd};

/// One neuron. Its numbers are √s times rationals, so its contribution is rational.
#[derive(Clone, Debug)]
pub(super) struct Neuron {
    /// Positive.
    pub(super) s: Q,
    /// Outer weights without √s.
    pub(super) c: Vec<Q>,
    /// Inner weights without √s.
    pub(super) a: Vec<Q>,
}

impl Neuron {
    /// Outer or inner weights without √s.
    pub(super) fn part(&self, part: Part) -> &[Q] {
        match part {
            Part::Inner => &self.a,
            Part::Outer => &self.c,
        }
    }

    /// ‖c‖_∞·‖a‖_∞ of the real weights, which is rational.
    pub(super) fn size(&self) -> Q {
        &self.s * &(&largest(&self.c) * &largest(&self.a))
    }

    /// The largest weight without √s.
    pub(super) fn largest_part(&self) -> Q {
        largest(&self.c).max(largest(&self.a))
    }

    /// The largest weight, max(‖c‖_∞, ‖a‖_∞).
    pub(super) fn largest_weight(&self) -> Sum {
        Sum::zero().plus_root(&self.largest_part(), &self.s)
    }

    /// a = 0 and c = 0.
    pub(super) fn clear(&mut self) {
        self.s = Q::one();
        for weight in self.c.iter_mut().chain(&mut self.a) {
            *weight = Q::zero();
        }
    }

    /// Declines weights that have grown too long.
    pub(super) fn check(&self, limits: &Limits) -> Result<(), Stop> {
        let numbers = std::iter::once(&self.s).chain(&self.c).chain(&self.a);
        numbers
            .into_iter()
            .try_for_each(|number| limits.check(number))
    }
}

/// The ray of a non-zero vector: ± a primitive integer vector whose first non-zero entry is positive.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Direction {
    /// The hyperplane's normal as a primitive integer vector.
    pub(super) line: Vec<BigInt>,
    /// Whether the vector points to the side of `line`.
    pub(super) positive: bool,
}

impl Direction {
    /// None for the zero vector.
    pub(super) fn of(vector: &[Q], limits: &Limits) -> Result<Option<Direction>, Stop> {
        let mut line = integers(vector, limits)?;
        let Some(first) = line.iter().find(|entry| !entry.is_zero()) else {
            return Ok(None);
        };
        let positive = first.is_positive();
        let mut divisor = line.iter().fold(BigInt::ZERO, |gcd, entry| gcd.gcd(entry));
        if !positive {
            divisor = -divisor;
        }
        line.iter_mut().for_each(|entry| *entry /= &divisor);
        Ok(Some(Direction { line, positive }))
    }

    /// The λ > 0 with vector = ±λ·line, for a vector of this direction.
    pub(super) fn length(&self, vector: &[Q]) -> Q {
        let ratio = |(entry, unit): (&Q, &BigInt)| {
            let unit = Q::from(unit.clone()).inverse()?;
            (!entry.is_zero()).then(|| (entry * &unit).abs())
        };
        let mut ratios = vector.iter().zip(&self.line).filter_map(ratio);
        ratios.next().unwrap_or_else(Q::zero)
    }
}

/// The first non-zero entry, or 0.
pub(super) fn first(line: &[BigInt]) -> &BigInt {
    static NONE: BigInt = BigInt::ZERO;
    line.iter().find(|entry| !entry.is_zero()).unwrap_or(&NONE)
}

/// A shallow network without biases, with the direction of every a_i.
#[derive(Clone, Debug)]
pub(super) struct Network {
    /// The neurons; never empty.
    pub(super) neurons: Vec<Neuron>,
    /// The direction of every a_i; none where a_i = 0.
    pub(super) directions: Vec<Option<Direction>>,
    /// Number of inputs.
    pub(super) inputs: usize,
    /// Number of outputs.
    pub(super) outputs: usize,
}

impl Network {
    /// Neuron i, or a rejection.
    pub(super) fn neuron(&self, i: usize) -> Result<&Neuron, Stop> {
        match self.neurons.get(i) {
            Some(neuron) => Ok(neuron),
            None => differ("there is no such neuron", i, below(self.neurons.len())),
        }
    }

    /// The direction of neuron i, or none where a_i = 0 or there is no such neuron.
    pub(super) fn direction(&self, i: usize) -> Option<&Direction> {
        self.directions.get(i)?.as_ref()
    }

    /// Numbers of inputs, neurons and outputs.
    pub(super) fn shape(&self) -> [usize; 3] {
        [self.inputs, self.neurons.len(), self.outputs]
    }

    /// The network of the statement; with (x, 1) as input and the output bias as one more neuron if `homogenised`.
    pub(super) fn stated(
        stated: &Shallow,
        homogenised: bool,
        limits: &Limits,
    ) -> Result<Network, Stop> {
        check_shape(stated, limits)?;
        let mut neurons = Vec::new();
        for (i, (a, c)) in stated.a.iter().zip(&stated.c).enumerate() {
            let bias = stated.b.as_ref().and_then(|b| b.get(i));
            neurons.push(neuron(i, a, bias, c, homogenised)?);
        }
        let mut inputs = stated.d;
        if homogenised {
            let zeros = std::iter::repeat_n(Q::zero(), inputs);
            let e = stated.e.as_ref().map(|e| e.iter().map(Q::from).collect());
            neurons.push(Neuron {
                s: Q::one(),
                c: e.unwrap_or_else(|| vec![Q::zero(); stated.outputs]),
                a: zeros.chain([Q::one()]).collect(),
            });
            inputs += 1;
        }
        let directions = neurons
            .iter()
            .map(|neuron| Direction::of(&neuron.a, limits));
        let directions = directions.collect::<Result<_, _>>()?;
        let outputs = stated.outputs;
        Ok(Network {
            neurons,
            directions,
            inputs,
            outputs,
        })
    }
}

/// x·√s, for messages.
pub(super) fn weight_text(x: &Q, s: &Q) -> String {
    match s.is_one() || x.is_zero() {
        true => x.to_string(),
        false => format!("{x}*sqrt({s})"),
    }
}

/// "an index below n", for messages.
pub(super) fn below(count: usize) -> String {
    format!("an index below {count}")
}

fn check_shape(stated: &Shallow, limits: &Limits) -> Result<(), Stop> {
    let Shallow { d, m, outputs, .. } = *stated;
    if d == 0 || m == 0 || outputs == 0 {
        return reject("d, m and D must be at least 1");
    }
    if m > limits.neurons {
        return decline(format!(
            "{m} neurons, more than the limit {} (--limit-neurons)",
            limits.neurons
        ));
    }
    // The product bounds both factors.
    if d.checked_mul(outputs)
        .is_none_or(|size| size > limits.dimensions)
    {
        return decline(format!(
            "d = {d} and D = {outputs}, more than the limit {} (--limit-dimensions)",
            limits.dimensions
        ));
    }
    for (name, rows, width) in [("a", &stated.a, d), ("c", &stated.c, outputs)] {
        if rows.len() != m {
            return differ(format!("rows of {name}"), rows.len(), m);
        }
        if let Some((i, row)) = rows.iter().enumerate().find(|(_, row)| row.len() != width) {
            return differ(format!("length of row {i} of {name}"), row.len(), width);
        }
    }
    match (&stated.b, &stated.e) {
        (None, None) => Ok(()),
        (Some(b), _) if b.len() != m => differ("length of b", b.len(), m),
        (_, Some(e)) if e.len() != outputs => differ("length of e", e.len(), outputs),
        (Some(_), Some(_)) => Ok(()),
        _ => reject("b and e must both be there or both be absent"),
    }
}

/// Splits a stated neuron into √s and rationals.
fn neuron(
    i: usize,
    a: &[Surd],
    bias: Option<&Surd>,
    c: &[Surd],
    homogenised: bool,
) -> Result<Neuron, Stop> {
    let mut radicand: Option<BigInt> = None;
    let mut rational = |number: &Surd| {
        let (value, under_root) = match number.terms.as_slice() {
            [] => (Q::from(&number.rational), BigInt::from(1)),
            [(coefficient, radicand)] if number.rational.is_zero() => {
                (Q::from(coefficient), radicand.clone())
            }
            _ => {
                return reject(format!(
                    "neuron {i}: {number} is not rational or a rational multiple of one square root"
                ));
            }
        };
        if !value.is_zero() && *radicand.get_or_insert_with(|| under_root.clone()) != under_root {
            return reject(format!("neuron {i} mixes different square roots: {number}"));
        }
        Ok(value)
    };
    let mut a = a.iter().map(&mut rational).collect::<Result<Vec<Q>, _>>()?;
    if let Some(bias) = bias {
        a.push(rational(bias)?);
    } else if homogenised {
        a.push(Q::zero());
    }
    let c = c.iter().map(&mut rational).collect::<Result<_, _>>()?;
    let s = Q::from(radicand.unwrap_or_else(|| BigInt::from(1)));
    Ok(Neuron { s, c, a })
}

#[cfg(test)]
#[path = "tests/network.rs"]
mod tests;
