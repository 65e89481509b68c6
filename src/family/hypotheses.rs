//! The hypotheses of the theorems for all k: C.2 and C.3 of two families, Θ with its parallel neurons merged, and N*.

use std::cmp::Ordering;
use std::fmt;

use super::expression::Expression;
use super::network::Neuron;
use super::sketch::Sketch;
use super::unproved::{Misfit, Unproved};
use crate::certificate::Side;
use crate::exact::scalar::{Order as _, minors};

/// A hypothesis of a theorem that fails at every k of a range.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MissingForAllK {
    /// C.1: a neuron of Γ whose contribution is at most the threshold has weights beyond β.
    Balance {
        /// The neuron.
        neuron: usize,
        /// The larger of |c| and ‖a‖.
        size: Expression,
    },
    /// C.2: two neurons of Γ with parallel weight vectors.
    Parallel([usize; 2]),
    /// C.3a: two neurons of one network with opposite ones; of Θ if `theta`.
    OppositeWithin {
        /// The neurons.
        neurons: [usize; 2],
        /// Whether they are Θ's.
        theta: bool,
    },
    /// C.3b: a neuron of Γ and one of Θ with opposite ones.
    OppositeBetween {
        /// Of Γ.
        gamma: usize,
        /// Of Θ.
        theta: usize,
    },
    /// A network is not in N*, which Theorem 3.3 asks for.
    Star {
        /// Γ or Θ.
        network: Side,
        /// Why not.
        reason: NotInNStar,
    },
}

/// What keeps a network out of N* at every k of a range: the first violation.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NotInNStar {
    /// d < 2.
    TooFewInputs,
    /// One of the last two entries of this neuron's a is not positive.
    NotPositive(usize),
    /// ‖c‖_∞ ≠ ‖a‖_∞ in this neuron.
    Unbalanced(usize),
    /// C.2: two neurons with parallel weight vectors.
    Parallel([usize; 2]),
}

impl fmt::Display for MissingForAllK {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            MissingForAllK::Balance { neuron, size } => {
                write!(f, "C.1: neuron {neuron} of Γ has max(|c|, ‖a‖) = {size}")
            }
            MissingForAllK::Parallel([i, j]) => {
                write!(f, "C.2 in Γ: a_{j} is a positive multiple of a_{i}")
            }
            MissingForAllK::OppositeWithin {
                neurons: [i, j],
                theta,
            } => {
                let network = if *theta { "Θ" } else { "Γ" };
                write!(
                    f,
                    "C.3a in {network}: a_{j} is a negative multiple of a_{i}"
                )
            }
            MissingForAllK::OppositeBetween { gamma, theta } => {
                write!(
                    f,
                    "C.3b: a_{theta} of Θ is a negative multiple of a_{gamma} of Γ"
                )
            }
            MissingForAllK::Star { network, reason } => {
                let network = if *network == Side::Theta { "Θ" } else { "Γ" };
                write!(f, "{network} is not in N*: ")?;
                match reason {
                    NotInNStar::TooFewInputs => f.write_str("it needs d ≥ 2 inputs"),
                    NotInNStar::NotPositive(i) => {
                        write!(f, "the last two entries of a_{i} are not both positive")
                    }
                    NotInNStar::Unbalanced(i) => write!(f, "neuron {i} has ‖c‖ ≠ ‖a‖"),
                    NotInNStar::Parallel([i, j]) => {
                        write!(f, "a_{j} is a positive multiple of a_{i}")
                    }
                }
            }
        }
    }
}

/// The neurons of a network, and which have a hyperplane.
pub(super) struct Rows<'a> {
    pub(super) neurons: &'a [Neuron],
    pub(super) on: Vec<usize>,
}

impl<'a> Rows<'a> {
    pub(super) fn of(sketch: &mut Sketch, neurons: &'a [Neuron]) -> Result<Self, Unproved> {
        let mut on = Vec::new();
        for (i, neuron) in neurons.iter().enumerate() {
            if !sketch.all_vanish(neuron.inner())? {
                on.push(i);
            }
        }
        Ok(Rows { neurons, on })
    }

    pub(super) fn inner(&self, neuron: usize) -> &[Expression] {
        self.neurons[neuron].inner()
    }

    /// C.2 of Γ and C.3a; parallel neurons of Θ are merged.
    pub(super) fn within(
        &self,
        sketch: &mut Sketch,
        theta: bool,
    ) -> Result<Vec<MissingForAllK>, Unproved> {
        let mut missing = Vec::new();
        for (at, &j) in self.on.iter().enumerate() {
            for &i in &self.on[..at] {
                let neurons = [i, j];
                match sketch.oriented(self.inner(i), self.inner(j))? {
                    Some(Ordering::Less) => {
                        missing.push(MissingForAllK::OppositeWithin { neurons, theta });
                    }
                    Some(_) if !theta => missing.push(MissingForAllK::Parallel(neurons)),
                    _ => {}
                }
            }
        }
        // C.2 stands before C.3a.
        missing.sort_by_key(|one| !matches!(one, MissingForAllK::Parallel(_)));
        Ok(missing)
    }

    /// C.3a of Θ, and C.3b with Γ.
    pub(super) fn opposite(
        &self,
        sketch: &mut Sketch,
        gamma: &Self,
    ) -> Result<Vec<MissingForAllK>, Unproved> {
        let mut missing = self.within(sketch, true)?;
        missing.extend(gamma.against(sketch, self)?);
        Ok(missing)
    }

    /// Those alone that contribute something.
    pub(super) fn live(mut self, sketch: &mut Sketch) -> Result<Self, Unproved> {
        let mut live = Vec::new();
        for j in self.on {
            if !sketch.all_vanish(self.neurons[j].outer())? {
                live.push(j);
            }
        }
        self.on = live;
        Ok(self)
    }

    /// C.3b.
    pub(super) fn against(
        &self,
        sketch: &mut Sketch,
        other: &Self,
    ) -> Result<Vec<MissingForAllK>, Unproved> {
        let mut missing = Vec::new();
        for &gamma in &self.on {
            for &theta in &other.on {
                let multiple = sketch.oriented(self.inner(gamma), other.inner(theta))?;
                if multiple == Some(Ordering::Less) {
                    missing.push(MissingForAllK::OppositeBetween { gamma, theta });
                }
            }
        }
        Ok(missing)
    }

    /// Without what has no hyperplane, and with positively parallel neurons as one, the first of them (43)/(87).
    pub(super) fn merged(&self, sketch: &mut Sketch) -> Result<Vec<Neuron>, Unproved> {
        let mut merged: Vec<Neuron> = self.neurons.iter().map(nothing).collect();
        let mut firsts: Vec<usize> = Vec::new();
        for &j in &self.on {
            let own = &self.neurons[j];
            let mut first = None;
            for &i in &firsts {
                let multiple = sketch.oriented(self.inner(i), own.inner())?;
                if multiple == Some(Ordering::Greater) {
                    first = Some(i);
                    break;
                }
            }
            let Some(i) = first else {
                firsts.push(j);
                merged[j] = own.clone();
                continue;
            };
            // a_j = μ·a_i, and c_j ρ(⟨a_j,x⟩) = μ·c_j ρ(⟨a_i,x⟩).
            let lead = sketch.largest(self.inner(i))?;
            let factor = sketch
                .largest(own.inner())?
                .div(&lead)
                .ok_or(Misfit::Normal)?;
            let sum = merged[i].outer().iter().zip(own.outer());
            let sum = sum.map(|(c, more)| c.add(&more.mul(&factor))).collect();
            merged[i] = merged[i].with_outer(sum);
        }
        Ok(merged)
    }
}

/// Why a network is not in N*, if it is not.
pub(super) fn not_in_n_star(
    sketch: &mut Sketch,
    neurons: &[Neuron],
) -> Result<Option<NotInNStar>, Unproved> {
    for (i, neuron) in neurons.iter().enumerate() {
        let Some((_, last)) = neuron.inner().split_last_chunk::<2>() else {
            return Ok(Some(NotInNStar::TooFewInputs));
        };
        for entry in last {
            match sketch.is_positive(entry) {
                true => sketch.positive(entry.clone())?,
                false => {
                    sketch.non_negative(entry.neg())?;
                    return Ok(Some(NotInNStar::NotPositive(i)));
                }
            }
        }
        let (inner, outer) = (
            sketch.largest(neuron.inner())?,
            sketch.largest(neuron.outer())?,
        );
        if sketch.sign(&inner.sub(&outer))?.is_ne() {
            return Ok(Some(NotInNStar::Unbalanced(i)));
        }
        // With positive last entries parallel ones are oriented alike.
        for (j, earlier) in neurons[..i].iter().enumerate() {
            if sketch.all_vanish(&minors(earlier.inner(), neuron.inner()))? {
                return Ok(Some(NotInNStar::Parallel([j, i])));
            }
        }
    }
    Ok(None)
}

/// A zero neuron of the same shape.
pub(super) fn nothing(neuron: &Neuron) -> Neuron {
    let zeros = |row: &[Expression]| vec![Expression::zero(); row.len()];
    Neuron::of(zeros(neuron.inner()), zeros(neuron.outer()))
}
