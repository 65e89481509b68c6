//! The hypotheses of Theorem 3.1 for all k: C.2 and C.3 of two families, and Θ with its parallel neurons merged.

use std::cmp::Ordering;
use std::fmt;

use super::expression::Expression;
use super::network::{Family, Neuron};
use super::sketch::Sketch;
use super::unproved::{Misfit, Unproved};
use crate::exact::scalar::Order as _;

/// A hypothesis of Theorem 3.1 that fails at every k of a range.
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
        }
    }
}

/// The neurons of a network, and which have a hyperplane.
pub(super) struct Rows<'a> {
    pub(super) neurons: &'a [Neuron],
    pub(super) on: Vec<usize>,
}

impl<'a> Rows<'a> {
    pub(super) fn of(sketch: &mut Sketch, family: &'a Family) -> Result<Self, Unproved> {
        let neurons = family.neurons();
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
                if sketch.oriented(self.inner(i), own.inner())?.is_some() {
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

/// A zero neuron of the same shape.
pub(super) fn nothing(neuron: &Neuron) -> Neuron {
    let zeros = |row: &[Expression]| vec![Expression::zero(); row.len()];
    Neuron::of(zeros(neuron.inner()), zeros(neuron.outer()))
}
