//! Family networks on one range of k, and the difference of two.

use crate::kernel::budget::{Budget, Held};
use crate::kernel::cost;
use crate::kernel::function::Function;
use crate::kernel::verdict::{Locate as _, Stop, equal, reject};
use relucert_format::{FamilyNetwork, Formula, Part, Range};

/// One neuron c ρ(⟨a,x⟩).
#[derive(Clone, Debug)]
pub(crate) struct Neuron {
    pub(super) a: Vec<Function>,
    pub(super) c: Vec<Function>,
}

impl Neuron {
    /// a or c.
    pub(super) fn part(&self, part: Part) -> &[Function] {
        match part {
            Part::Inner => &self.a,
            Part::Outer => &self.c,
        }
    }

    /// c aᵀ by rows.
    pub(super) fn jump(&self, held: &mut Held, limits: &Budget) -> Result<Vec<Function>, Stop> {
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

/// A network whose entries are functions of k on a range.
#[derive(Clone, Debug)]
pub(crate) struct Network {
    pub(super) inputs: usize,
    pub(super) outputs: usize,
    pub(crate) neurons: Vec<Neuron>,
    _held: Held,
}

/// Numbers as stated, on a range.
pub(super) fn row(row: &[Formula], range: Range, limits: &Budget) -> Result<Vec<Function>, Stop> {
    let number = |text| {
        // What is built is scattered on the heap, and gathered again with the section.
        limits.charge(64 * cost::ANY)?;
        Function::stated(text, range, limits)
    };
    row.iter().map(number).collect()
}

fn memory(row: &[Function]) -> u64 {
    row.iter().map(Function::memory).sum()
}

impl Network {
    pub(super) fn stated(
        network: &FamilyNetwork,
        range: Range,
        limits: &Budget,
    ) -> Result<Network, Stop> {
        let FamilyNetwork {
            d,
            m,
            outputs,
            a,
            c,
        } = network;
        if *d == 0 || *m == 0 || *outputs == 0 {
            return reject("a family has no inputs, neurons or outputs");
        }
        equal("rows of a against m", a.len(), *m)?;
        equal("rows of c against m", c.len(), *m)?;
        let (mut neurons, mut held) = (Vec::new(), limits.hold(0)?);
        for (i, (inner, outer)) in a.iter().zip(c).enumerate() {
            let part = || format!("neuron {i}");
            equal("length of a row of a against d", inner.len(), *d).in_part(part)?;
            equal("length of a row of c against D", outer.len(), *outputs).in_part(part)?;
            let a = row(inner, range, limits).in_part(part)?;
            let c = row(outer, range, limits).in_part(part)?;
            held.grow(memory(&a) + memory(&c) + 48, limits)?;
            neurons.push(Neuron { a, c });
        }
        Ok(Network {
            inputs: *d,
            outputs: *outputs,
            neurons,
            _held: held,
        })
    }

    pub(super) fn shape(&self) -> [usize; 3] {
        [self.inputs, self.neurons.len(), self.outputs]
    }
}

/// Whether every number is identically zero.
pub(super) fn all_zero(row: &[Function], limits: &Budget) -> Result<bool, Stop> {
    for number in row {
        if !number.is_zero(limits)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The sign of the first number that has one, everywhere the same and nowhere zero.
pub(super) fn some_definite(row: &[Function], limits: &Budget) -> Result<Option<bool>, Stop> {
    for number in row {
        if let Some(sign) = number.signs(limits)?.definite() {
            return Ok(Some(sign));
        }
    }
    Ok(None)
}

/// Calls with one 2 × 2 minor after the other until the answer is true; whether it was.
fn each_minor(
    a: &[Function],
    b: &[Function],
    limits: &Budget,
    mut ends: impl FnMut(Function) -> Result<bool, Stop>,
) -> Result<bool, Stop> {
    for (i, (x, y)) in a.iter().zip(b).enumerate() {
        for (z, w) in a.iter().zip(b).skip(i + 1) {
            limits.tick()?;
            if ends(x.mul(w, limits)?.sub(&z.mul(y, limits)?, limits)?)? {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// Whether all minors are identically zero.
fn parallel(a: &[Function], b: &[Function], limits: &Budget) -> Result<bool, Stop> {
    let differ = each_minor(a, b, limits, |minor| Ok(!minor.is_zero(limits)?));
    differ.map(|differ| !differ)
}

/// Nowhere parallel: some minor has one sign everywhere.
pub(super) fn cross(
    a: &[Function],
    b: &[Function],
    names: &str,
    limits: &Budget,
) -> Result<(), Stop> {
    let (mut minors, mut held) = (Vec::new(), limits.hold(0)?);
    let seen = each_minor(a, b, limits, |minor| {
        let seen = minor.signs(limits)?.definite().is_some();
        held.grow(minor.memory(), limits)?;
        minors.push(minor);
        Ok(seen)
    })?;
    match seen {
        true => Ok(()),
        false => reject(format!(
            "{names} may be parallel: the minors are {}",
            shown(&minors)
        )),
    }
}

/// Nowhere zero: some entry has one sign everywhere.
pub(super) fn nowhere_zero(row: &[Function], problem: &str, limits: &Budget) -> Result<(), Stop> {
    match some_definite(row, limits)? {
        Some(_) => Ok(()),
        None => reject(format!("{problem} {}", shown(row))),
    }
}

/// Text for messages.
pub(super) fn shown(row: &[Function]) -> String {
    let texts: Vec<String> = row.iter().map(Function::to_string).collect();
    format!("({}), in t", texts.join(", "))
}

/// A kink: a_H, and J_H by rows.
#[derive(Clone, Debug)]
pub(crate) struct Kink {
    pub(super) normal: Vec<Function>,
    pub(super) jump: Vec<Function>,
}

/// M x + ½ Σ_H J_H x sgn⟨a_H,x⟩.
#[derive(Clone, Debug)]
pub(crate) struct Difference {
    pub(super) inputs: usize,
    pub(super) outputs: usize,
    /// 2M by rows.
    pub(super) twice_linear: Vec<Function>,
    pub(crate) kinks: Vec<Kink>,
    _held: Held,
}

impl Difference {
    pub(crate) fn new(
        plus: &Network,
        minus: Option<&Network>,
        limits: &Budget,
    ) -> Result<Difference, Stop> {
        let entries = plus.inputs.saturating_mul(plus.outputs);
        let mut held = limits.hold(cost::times(entries, 24))?;
        let mut twice_linear = vec![Function::zero(); entries];
        let mut kinks: Vec<Kink> = Vec::new();
        let plus_neurons = plus.neurons.iter().map(|n| (n, false));
        let minus_neurons = minus.into_iter().flat_map(|network| &network.neurons);
        for (neuron, negate) in plus_neurons.chain(minus_neurons.map(|n| (n, true))) {
            if all_zero(&neuron.a, limits)? || all_zero(&neuron.c, limits)? {
                continue;
            }
            let mut jump = neuron.jump(&mut held, limits)?;
            if negate {
                jump.iter_mut().for_each(|entry| *entry = entry.neg());
            }
            for (sum, entry) in twice_linear.iter_mut().zip(&jump) {
                *sum = sum.add(entry, limits)?;
            }
            let mut class = None;
            for kink in &mut kinks {
                if parallel(&kink.normal, &neuron.a, limits)? {
                    class = Some(kink);
                    break;
                }
            }
            held.grow(memory(&neuron.a), limits)?;
            let Some(kink) = class else {
                kinks.push(Kink {
                    normal: neuron.a.clone(),
                    jump,
                });
                continue;
            };
            let mut products = Vec::new();
            for (x, y) in kink.normal.iter().zip(&neuron.a) {
                products.push(x.mul(y, limits)?);
            }
            let Some(same) = some_definite(&products, limits)? else {
                return reject(format!(
                    "parallel neurons are not oriented alike for all k of the range: the products of entries are {}",
                    shown(&products)
                ));
            };
            for (sum, entry) in kink.jump.iter_mut().zip(&jump) {
                *sum = sum.join(entry, same, limits)?;
            }
        }
        let mut kept = Vec::new();
        for kink in kinks {
            if all_zero(&kink.jump, limits)? {
                continue;
            }
            nowhere_zero(&kink.normal, "the normal of a kink may be 0:", limits)?;
            kept.push(kink);
        }
        held.grow(memory(&twice_linear), limits)?;
        let (inputs, outputs) = (plus.inputs, plus.outputs);
        Ok(Difference {
            inputs,
            outputs,
            twice_linear,
            kinks: kept,
            _held: held,
        })
    }

    /// The kinks are kinks at every k, on different hyperplanes.
    pub(crate) fn distinct(&self, limits: &Budget) -> Result<(), Stop> {
        for (h, kink) in self.kinks.iter().enumerate() {
            let problem = format!("kink {h} may vanish: its jump is");
            nowhere_zero(&kink.jump, &problem, limits)?;
            for (other, earlier) in self.kinks.iter().take(h).enumerate() {
                let names = format!("kinks {other} and {h}");
                cross(&kink.normal, &earlier.normal, &names, limits)?;
            }
        }
        Ok(())
    }

    /// No kinks and no linear part.
    pub(super) fn vanishes(&self, limits: &Budget) -> Result<(), Stop> {
        if let Some(kink) = self.kinks.first() {
            return reject(format!(
                "the functions differ: there is a kink with normal {} and jump {}",
                shown(&kink.normal),
                shown(&kink.jump)
            ));
        }
        match all_zero(&self.twice_linear, limits)? {
            true => Ok(()),
            false => reject(format!(
                "the functions differ by a linear function: twice it is {}",
                shown(&self.twice_linear)
            )),
        }
    }
}
