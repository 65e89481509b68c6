//! Neurons whose weights are functions of k on one range. Unlike [those of numbers](super::network::Neuron) they have no √s apart, as every weight may have
//! roots of its own, and no direction: an integer vector is one at one k alone, and whether functions are parallel, or vanish, is seen of all k at once.

use super::budget::{Budget, Held};
use super::cost;
use super::function::Function;
use super::network::Network;
use super::verdict::{Locate as _, Stop, equal, reject};
use relucert_format::{FamilyNetwork, Formula, Part, Range};

/// One neuron c ρ(⟨a,x⟩), or the linear c·⟨a,x⟩ of an output bias.
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

    /// c aᵀ by rows, of the first columns of a.
    pub(crate) fn jump(
        &self,
        columns: usize,
        held: &mut Held,
        limits: &Budget,
    ) -> Result<Vec<Function>, Stop> {
        let mut jump = Vec::new();
        for c in &self.c {
            for a in self.a.iter().take(columns) {
                limits.tick()?;
                let product = c.mul(a, limits)?;
                held.grow(24 + product.memory(), limits)?;
                jump.push(product);
            }
        }
        Ok(jump)
    }

    /// ‖c‖ = ‖a‖, both perhaps zero: no entry exceeds one of c in absolute value, and one of a has its size.
    pub(crate) fn check_balanced(&self, limits: &Budget) -> Result<(), Stop> {
        for c in &self.c {
            let size = c.size(limits)?;
            let (mut largest, mut attained) = (true, false);
            for entry in self.a.iter().chain(&self.c) {
                for gap in [size.sub(entry, limits)?, size.add(entry, limits)?] {
                    largest &= !gap.signs(limits)?.minus;
                }
            }
            for a in &self.a {
                attained |= size.sub(a, limits)?.is_zero(limits)?
                    || size.add(a, limits)?.is_zero(limits)?;
            }
            if largest && attained {
                return Ok(());
            }
        }
        reject(
            "the neuron is not balanced: no entry of c is seen to be the largest, with one of a of its size",
        )
    }
}

impl Network<Neuron> {
    /// This network at (x, 1, −1) (Lemma A.6), homogenised: (a, p, q) becomes (a, p − q), and the output bias is 0.
    pub(crate) fn lowered(mut self, limits: &Budget) -> Result<Self, Stop> {
        self.inputs = self.inputs.saturating_sub(1);
        for neuron in &mut self.neurons {
            if let (Some(q), Some(p)) = (neuron.a.pop(), neuron.a.last_mut()) {
                *p = p.sub(&q, limits)?;
            }
        }
        let [a, c] = [self.inputs, self.outputs].map(|n| vec![Function::zero(); n]);
        let _held = limits.hold(memory(&a) + memory(&c) + 48)?;
        self.neurons.push(Neuron { a, c, _held });
        Ok(self)
    }

    /// The network of this name, of a claim, on a range; with (x, 1) as input and the output bias as one more neuron if `homogenised`.
    pub(crate) fn on(
        name: &str,
        family: &FamilyNetwork,
        range: Range,
        homogenised: bool,
        limits: &Budget,
    ) -> Result<Network<Neuron>, Stop> {
        let (inputs, outputs) = (family.d, family.outputs);
        let network = || {
            if inputs == 0 || family.m == 0 || outputs == 0 {
                return reject("a family has no inputs, neurons or outputs");
            }
            equal("rows of a against m", family.a.len(), family.m)?;
            equal("rows of c against m", family.c.len(), family.m)?;
            match (&family.b, &family.e) {
                (None, None) => {}
                (Some(b), Some(e)) => {
                    equal("length of b against m", b.len(), family.m)?;
                    equal("length of e against D", e.len(), outputs)?;
                }
                _ => return reject("b and e must both be there or both be absent"),
            }
            let mut neurons = Vec::new();
            for (i, (a, c)) in family.a.iter().zip(&family.c).enumerate() {
                let neuron = || {
                    equal("length of a row of a against d", a.len(), inputs)?;
                    equal("length of a row of c against D", c.len(), outputs)?;
                    let (mut a, c) = (row(a, range, limits)?, row(c, range, limits)?);
                    if homogenised {
                        let bias = family.b.as_ref().and_then(|b| b.get(i));
                        let bias = row(bias.map_or(&[][..], std::slice::from_ref), range, limits)?;
                        a.push(bias.into_iter().next().unwrap_or_else(Function::zero));
                    }
                    let _held = limits.hold(memory(&a) + memory(&c) + 48)?;
                    Ok(Neuron { a, c, _held })
                };
                neurons.push(neuron().in_part(|| format!("neuron {i}"))?);
            }
            if homogenised {
                let mut a = vec![Function::zero(); inputs];
                a.push(Function::one());
                let c = match &family.e {
                    Some(e) => row(e, range, limits).in_part(|| "the output bias".to_owned())?,
                    None => vec![Function::zero(); outputs],
                };
                let _held = limits.hold(memory(&a) + memory(&c) + 48)?;
                neurons.push(Neuron { a, c, _held });
            }
            Ok(Network {
                neurons,
                inputs: inputs + usize::from(homogenised),
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
