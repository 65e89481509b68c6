//! Neurons whose weights are functions of k on one range. Unlike [those of numbers](super::network::Neuron) they have no √s apart, as every weight may have
//! roots of its own, and no direction: an integer vector is one at one k alone, and whether functions are parallel, or vanish, is seen of all k at once.

use super::budget::{Budget, Held};
use super::cost;
use super::function::Function;
use super::network::Network;
use super::verdict::{Locate as _, Stop, equal, reject};
use relucert_format::{FamilyNetwork, Formula, Part, Range};

/// One neuron c ρ(⟨a,x⟩).
#[derive(Clone, Debug)]
pub(crate) struct Neuron {
    pub(crate) a: Vec<Function>,
    pub(crate) c: Vec<Function>,
    _held: Held,
}

impl Neuron {
    /// a or c.
    pub(crate) fn part(&self, part: Part) -> &[Function] {
        match part {
            Part::Inner => &self.a,
            Part::Outer => &self.c,
        }
    }

    /// c aᵀ by rows.
    pub(crate) fn jump(&self, held: &mut Held, limits: &Budget) -> Result<Vec<Function>, Stop> {
        let mut jump = Vec::new();
        for c in &self.c {
            for a in &self.a {
                limits.tick()?;
                let product = c.mul(a, limits)?;
                held.grow(24 + product.memory(), limits)?;
                jump.push(product);
            }
        }
        Ok(jump)
    }
}

impl Network<Neuron> {
    /// The network of this name, of a claim, on a range.
    pub(crate) fn on(
        name: &str,
        family: &FamilyNetwork,
        range: Range,
        limits: &Budget,
    ) -> Result<Network<Neuron>, Stop> {
        let (inputs, outputs) = (family.d, family.outputs);
        let network = || {
            if inputs == 0 || family.m == 0 || outputs == 0 {
                return reject("a family has no inputs, neurons or outputs");
            }
            equal("rows of a against m", family.a.len(), family.m)?;
            equal("rows of c against m", family.c.len(), family.m)?;
            let mut neurons = Vec::new();
            for (i, (a, c)) in family.a.iter().zip(&family.c).enumerate() {
                let neuron = || {
                    equal("length of a row of a against d", a.len(), inputs)?;
                    equal("length of a row of c against D", c.len(), outputs)?;
                    let (a, c) = (row(a, range, limits)?, row(c, range, limits)?);
                    let _held = limits.hold(memory(&a) + memory(&c) + 48)?;
                    Ok(Neuron { a, c, _held })
                };
                neurons.push(neuron().in_part(|| format!("neuron {i}"))?);
            }
            Ok(Network {
                neurons,
                inputs,
                outputs,
            })
        };
        network().in_part(|| name.to_owned())
    }
}

/// Functions as stated, on a range.
pub(crate) fn row(row: &[Formula], range: Range, limits: &Budget) -> Result<Vec<Function>, Stop> {
    let function = |text| {
        // What is built is scattered on the heap, and gathered again with the section.
        limits.charge(64 * cost::ANY)?;
        Function::stated(text, range, limits)
    };
    row.iter().map(function).collect()
}

/// Bytes they take.
pub(crate) fn memory(row: &[Function]) -> u64 {
    row.iter().map(Function::memory).sum()
}
