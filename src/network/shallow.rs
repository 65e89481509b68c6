//! Shallow networks without biases, and with biases as the homogeneous network on (x, 1) plus a constant.

use itertools::Itertools as _;
use num_traits::{One, Zero};

use super::neuron::Neuron;
use crate::exact::Rational;
use crate::exact::scalar::{Numbers, Order, Scalar, known};

/// Why lists of numbers do not make a network.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
#[error("{place} has {found} numbers, expected {expected}")]
pub struct ShapeError {
    /// Which list.
    pub place: String,
    /// Its length.
    pub found: usize,
    /// The length it should have.
    pub expected: usize,
}

/// R(x) = Σ c_i ρ(⟨a_i,x⟩) with d inputs, m ≥ 1 neurons, D outputs (paper eq. 19).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shallow<S = Rational> {
    inputs: usize,
    outputs: usize,
    neurons: Vec<Neuron<S>>,
}

impl<S: Scalar> Shallow<S> {
    /// Checks that all neurons have the same positive numbers of inputs and outputs and that there is at least one.
    ///
    /// # Errors
    /// [`ShapeError`] that names the first row of another length.
    pub fn new(neurons: Vec<Neuron<S>>) -> Result<Self, ShapeError> {
        let wrong = |place: &str, found, expected| ShapeError {
            place: place.to_owned(),
            found,
            expected,
        };
        let Some(first) = neurons.first() else {
            return Err(wrong("the list of neurons", 0, 1));
        };
        let (inputs, outputs) = (first.inner().len(), first.outer().len());
        if inputs == 0 || outputs == 0 {
            return Err(wrong("a row of weights", 0, 1));
        }
        for (i, neuron) in neurons.iter().enumerate() {
            if neuron.inner().len() != inputs {
                let found = neuron.inner().len();
                return Err(wrong(&format!("row {i} of a"), found, inputs));
            }
            if neuron.outer().len() != outputs {
                let found = neuron.outer().len();
                return Err(wrong(&format!("row {i} of c"), found, outputs));
            }
        }
        Ok(Shallow {
            inputs,
            outputs,
            neurons,
        })
    }

    /// The number of inputs d ≥ 1.
    pub fn inputs(&self) -> usize {
        self.inputs
    }

    /// The number of outputs D ≥ 1.
    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// The m neurons.
    pub fn neurons(&self) -> &[Neuron<S>] {
        &self.neurons
    }
}

impl Shallow {
    /// R(x), exactly. Cost: m·(d + D) products.
    ///
    /// # Errors
    /// [`ShapeError`] if `x` has not d coordinates.
    pub fn eval(&self, x: &[Rational]) -> Result<Vec<Rational>, ShapeError> {
        check_point(x, self.inputs)?;
        let zero = vec![Rational::zero(); self.outputs];
        Ok(known(with_active(&mut Numbers, zero, &self.neurons, x)))
    }
}

/// R(x) = Σ c_i ρ(⟨a_i,x⟩ + b_i) + e, kept as the rows (a_i, b_i) on (x, 1) and e.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Biased<S = Rational> {
    rows: Shallow<S>,
    offset: Vec<S>,
}

impl<S: Scalar> Biased<S> {
    /// From the homogeneous network with rows (a_i, b_i), d + 1 inputs, and e of length D.
    ///
    /// # Errors
    /// [`ShapeError`] if the rows have one entry alone (d = 0), or e has not D.
    pub fn new(rows: Shallow<S>, offset: Vec<S>) -> Result<Self, ShapeError> {
        if rows.inputs() < 2 {
            return Err(ShapeError {
                place: "a row of a".to_owned(),
                found: 0,
                expected: 1,
            });
        }
        if offset.len() != rows.outputs() {
            return Err(ShapeError {
                place: "e".to_owned(),
                found: offset.len(),
                expected: rows.outputs(),
            });
        }
        Ok(Biased { rows, offset })
    }

    /// d, the number of inputs without the constant 1.
    pub fn inputs(&self) -> usize {
        self.rows.inputs() - 1
    }

    /// The number of outputs D ≥ 1.
    pub fn outputs(&self) -> usize {
        self.rows.outputs()
    }

    /// The network with rows (a_i, b_i) on (x, 1), without e.
    pub fn rows(&self) -> &Shallow<S> {
        &self.rows
    }

    /// The output bias e, D numbers.
    pub fn offset(&self) -> &[S] {
        &self.offset
    }

    /// The network without biases that the theorems speak of: inputs (x, 1), and the output bias as one more, last neuron
    /// a = (0, …, 0, 1), c = e (also where e = 0, so that all biased networks of a shape stay of one shape).
    pub fn homogenised(&self) -> Shallow<S> {
        let mut neurons = self.rows.neurons().to_vec();
        let mut inner = vec![S::nil(); self.rows.inputs()];
        if let Some(last) = inner.last_mut() {
            *last = S::unit();
        }
        neurons.push(Neuron::of(inner, self.offset.clone()));
        Shallow {
            inputs: self.rows.inputs(),
            outputs: self.rows.outputs(),
            neurons,
        }
    }
}

impl Biased {
    /// R(x), exactly. Cost: m·(d + D) products.
    ///
    /// # Errors
    /// [`ShapeError`] if `x` has not d coordinates.
    pub fn eval(&self, x: &[Rational]) -> Result<Vec<Rational>, ShapeError> {
        check_point(x, self.inputs())?;
        let lifted = x.iter().cloned().chain([Rational::one()]).collect_vec();
        let value = self.rows.eval(&lifted)?;
        Ok(value.iter().zip(&self.offset).map(|(v, e)| v + e).collect())
    }
}

impl<S: Scalar> From<Shallow<S>> for Biased<S> {
    /// The same function with all biases 0.
    fn from(network: Shallow<S>) -> Self {
        let neurons = network.neurons.iter().map(|neuron| {
            let inner = neuron.inner().iter().cloned();
            neuron.with_inner(inner.chain([S::nil()]).collect())
        });
        Biased {
            offset: vec![S::nil(); network.outputs],
            rows: Shallow {
                inputs: network.inputs + 1,
                outputs: network.outputs,
                neurons: neurons.collect(),
            },
        }
    }
}

/// A value and what neurons add to it at a point of as many coordinates as they have inner weights.
pub(super) fn with_active<S: Scalar, O: Order<S>>(
    order: &mut O,
    mut value: Vec<S>,
    neurons: &[Neuron<S>],
    x: &[S],
) -> Result<Vec<S>, O::Undecided> {
    for neuron in neurons {
        let active = order.positive_part(&S::inner_product(neuron.inner(), x))?;
        if !active.is_nil() {
            let active = active.times(neuron.scale());
            for (sum, c) in value.iter_mut().zip(neuron.outer()) {
                *sum = sum.plus(&c.times(&active));
            }
        }
    }
    Ok(value)
}

/// The inner product of two rational rows of equal length.
pub(crate) fn dot(left: &[Rational], right: &[Rational]) -> Rational {
    left.iter().zip(right).map(|(x, y)| x * y).sum()
}

/// Whether a point has the expected number of coordinates.
pub(crate) fn check_point(x: &[Rational], expected: usize) -> Result<(), ShapeError> {
    if x.len() == expected {
        return Ok(());
    }
    Err(ShapeError {
        place: "the point".to_owned(),
        found: x.len(),
        expected,
    })
}
