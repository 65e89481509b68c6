//! The function R(Θ) − R(Γ), or R(Γ), for all k of a range, as M x + ½ Σ_H J_H x sgn⟨a_H,x⟩.
//!
//! [That of numbers](super::difference) keeps J_H as a weight and a primitive line, in integers over one denominator, which trees and circuits of many
//! hyperplanes need; functions of k have no primitive line, so what is here is kept as it comes, and signs are asked for where they are needed.

use super::budget::{Budget, Held};
use super::cost;
use super::family::{Neuron, memory};
use super::function::Function;
use super::network::Network;
use super::verdict::{Stop, entry, reject};

/// How functions of k are read.
#[derive(Clone, Debug)]
pub(crate) struct Reading {
    /// 1 + a and |1 − a| of the activation max(a·t, t); none for ReLU.
    pub(crate) activation: Option<[Function; 2]>,
    /// The networks are homogenised ones, on x_{d+1} > 0: their last neuron is the output bias, and linear there.
    pub(crate) affine: bool,
}

/// A kink: a_H, and J_H by rows.
#[derive(Clone, Debug)]
pub(crate) struct Kink {
    pub(crate) normal: Vec<Function>,
    pub(crate) jump: Vec<Function>,
}

/// The function on a range.
#[derive(Clone, Debug)]
pub(crate) struct Jumps {
    pub(crate) inputs: usize,
    /// How many of them the Jacobian speaks of: all, or in the affine case all but the last, which is 1.
    pub(crate) columns: usize,
    outputs: usize,
    /// 2M by rows.
    pub(crate) twice_linear: Vec<Function>,
    pub(crate) kinks: Vec<Kink>,
    /// Rows that are positive on all points that are spoken of, which circuits number after the kinks: in the affine case first of all (0, …, 0, 1).
    pub(crate) positive: Vec<Vec<Function>>,
    held: Held,
}

impl Jumps {
    /// Of `plus` less `minus`.
    pub(crate) fn new(
        plus: &Network<Neuron>,
        minus: Option<&Network<Neuron>>,
        reading: &Reading,
        limits: &Budget,
    ) -> Result<Jumps, Stop> {
        let (inputs, outputs) = (plus.inputs, plus.outputs);
        let columns = inputs - usize::from(reading.affine);
        let entries = inputs.saturating_mul(outputs);
        let mut held = limits.hold(cost::times(entries, 24))?;
        let mut twice_linear = vec![Function::zero(); entries];
        let mut kinks: Vec<Kink> = Vec::new();
        let networks = [(Some(plus), false), (minus, true)];
        let neurons = networks.iter().flat_map(|(network, negate)| {
            let neurons = network.map_or(&[][..], |network| &network.neurons);
            let last = neurons.len();
            let indexed = neurons.iter().zip(1..);
            indexed.map(move |(neuron, index)| (neuron, *negate, reading.affine && index == last))
        });
        for (neuron, negate, is_output_bias) in neurons {
            if all_zero(&neuron.a, limits)? || all_zero(&neuron.c, limits)? {
                continue;
            }
            let mut jump = neuron.jump(inputs, &mut held, limits)?;
            if negate {
                jump.iter_mut().for_each(|entry| *entry = entry.neg());
            }
            if is_output_bias {
                join(&mut twice_linear, &jump, true, limits)?;
                join(&mut twice_linear, &jump, true, limits)?;
                continue;
            }
            match &reading.activation {
                None => join(&mut twice_linear, &jump, true, limits)?,
                Some([slope, bend]) => {
                    join(
                        &mut twice_linear,
                        &scaled(&jump, slope, limits)?,
                        true,
                        limits,
                    )?;
                    jump = scaled(&jump, bend, limits)?;
                }
            }
            let mut class = None;
            for kink in &mut kinks {
                if parallel(&kink.normal, &neuron.a, limits)? {
                    class = Some(kink);
                    break;
                }
            }
            held.grow(memory(&neuron.a), limits)?;
            match class {
                None => {
                    let normal = neuron.a.clone();
                    kinks.push(Kink { normal, jump });
                }
                Some(kink) => {
                    let same = oriented_alike(&kink.normal, &neuron.a, limits)?;
                    join(&mut kink.jump, &jump, same, limits)?;
                }
            }
        }
        let mut kept = Vec::new();
        for kink in kinks {
            if all_zero(&kink.jump, limits)? {
                continue;
            }
            nowhere_zero(&kink.normal, "the normal of a kink may be 0:", limits)?;
            match kink.normal.get(columns) {
                // |x_{d+1}| = x_{d+1}.
                Some(last) if all_zero(kink.slopes(columns), limits)? => {
                    let plus = last.definite("the constant of a neuron", limits)?;
                    join(&mut twice_linear, &kink.jump, plus, limits)?;
                }
                _ => kept.push(kink),
            }
        }
        held.grow(memory(&twice_linear), limits)?;
        let mut last = vec![Function::zero(); columns];
        last.push(Function::one());
        Ok(Jumps {
            inputs,
            columns,
            outputs,
            twice_linear,
            kinks: kept,
            positive: Vec::from_iter(reading.affine.then_some(last)),
            held,
        })
    }

    /// Speaks of less: of where this row is positive too.
    pub(super) fn narrow(&mut self, row: Vec<Function>, limits: &Budget) -> Result<(), Stop> {
        self.held.grow(memory(&row), limits)?;
        self.positive.push(row);
        Ok(())
    }

    /// The kinks are kinks at every k, on different hyperplanes.
    pub(crate) fn distinct(&self, limits: &Budget) -> Result<(), Stop> {
        for (h, kink) in self.kinks.iter().enumerate() {
            let problem = format!("kink {h} may vanish: its jump is");
            let jump: Vec<Function> = self.jump(kink).cloned().collect();
            nowhere_zero(&jump, &problem, limits)?;
            for (other, earlier) in self.kinks.iter().take(h).enumerate() {
                let names = format!("kinks {other} and {h}");
                cross(&kink.normal, &earlier.normal, &names, limits)?;
            }
        }
        Ok(())
    }

    /// The entries of a jump that the Jacobian has too.
    pub(crate) fn jump<'a>(&self, kink: &'a Kink) -> impl Iterator<Item = &'a Function> {
        let columns = self.columns;
        let rows = kink.jump.chunks(self.inputs);
        rows.flat_map(move |row| row.iter().take(columns))
    }

    /// No kinks and no linear part.
    pub(crate) fn vanish(&self, limits: &Budget) -> Result<(), Stop> {
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

    /// Where an entry of a matrix stands.
    pub(crate) fn place(&self, output: usize, input: usize) -> Result<usize, Stop> {
        if output >= self.outputs || input >= self.columns {
            return reject(format!("there is no entry ({output}, {input})"));
        }
        Ok(output * self.inputs + input)
    }

    /// A leaf where |2M + Σ_decided ε J| + Σ_undecided |J| ≤ 2·bound in every entry.
    pub(crate) fn bounded(
        &self,
        bound: &Function,
        signs: &[Option<bool>],
        limits: &Budget,
    ) -> Result<(), Stop> {
        for (place, twice) in self.twice_linear.iter().enumerate() {
            if place % self.inputs >= self.columns {
                continue; // A constant.
            }
            let (mut twice, mut slack) = (twice.clone(), bound.add(bound, limits)?);
            for (kink, sign) in self.kinks.iter().zip(signs) {
                let jump = entry(&kink.jump, place, "entry")?;
                match sign {
                    Some(plus) => twice = twice.join(jump, *plus, limits)?,
                    None => {
                        let signs = jump.signs(limits)?;
                        if signs.minus && signs.plus {
                            return reject(format!(
                                "an entry of an undecided jump has not one sign: {jump}"
                            ));
                        }
                        slack = slack.join(jump, signs.minus, limits)?;
                    }
                }
            }
            slack.bounds(&twice, ["twice the bound", "an entry"], limits)?;
        }
        Ok(())
    }

    /// A leaf where no region is: Σ μ_H a_H = 0 with all μ_H ε_H of one sign.
    pub(crate) fn empty(
        &self,
        circuit: &[(usize, Function)],
        signs: &[Option<bool>],
        limits: &Budget,
    ) -> Result<(), Stop> {
        let mut sum = vec![Function::zero(); self.inputs];
        let (mut last, mut way) = (None, None);
        for (h, multiplier) in circuit {
            if last.replace(*h).is_some_and(|last| *h <= last) {
                return reject("the kinks of a circuit must increase");
            }
            let beyond = h.checked_sub(self.kinks.len());
            let (row, sign) = match beyond.and_then(|index| self.positive.get(index)) {
                Some(row) => (row, true),
                None => {
                    let kink = entry(&self.kinks, *h, "kink")?;
                    let Some(sign) = signs.get(*h).copied().flatten() else {
                        return reject(format!("kink {h} of the circuit is not decided"));
                    };
                    (&kink.normal, sign)
                }
            };
            let agrees = multiplier.definite("a multiplier", limits)? == sign;
            if way.replace(agrees).is_some_and(|way| way != agrees) {
                return reject(
                    "the circuit's signs neither agree with the decided ones nor are opposite",
                );
            }
            join(&mut sum, &scaled(row, multiplier, limits)?, true, limits)?;
        }
        match way.is_some() && all_zero(&sum, limits)? {
            true => Ok(()),
            false => reject(format!(
                "the circuit's sum is not 0, or it is empty: {}",
                shown(&sum)
            )),
        }
    }
}

impl Kink {
    /// The entries of the normal that belong to inputs.
    pub(crate) fn slopes(&self, columns: usize) -> &[Function] {
        self.normal.get(..columns).unwrap_or(&self.normal)
    }
}

/// A row times a number.
pub(super) fn scaled(
    row: &[Function],
    factor: &Function,
    limits: &Budget,
) -> Result<Vec<Function>, Stop> {
    row.iter().map(|entry| entry.mul(factor, limits)).collect()
}

/// Adds or subtracts a row.
pub(crate) fn join(
    sums: &mut [Function],
    row: &[Function],
    plus: bool,
    limits: &Budget,
) -> Result<(), Stop> {
    for (sum, entry) in sums.iter_mut().zip(row) {
        *sum = sum.join(entry, plus, limits)?;
    }
    Ok(())
}

/// Whether every function is identically zero.
pub(crate) fn all_zero(row: &[Function], limits: &Budget) -> Result<bool, Stop> {
    for function in row {
        if !function.is_zero(limits)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The first function with one sign, everywhere the same and nowhere zero: its place, and whether it is positive.
pub(super) fn some_definite(
    row: &[Function],
    limits: &Budget,
) -> Result<Option<(usize, bool)>, Stop> {
    for (place, function) in row.iter().enumerate() {
        if let Some(sign) = function.signs(limits)?.definite() {
            return Ok(Some((place, sign)));
        }
    }
    Ok(None)
}

/// Nowhere zero: some entry has one sign everywhere.
pub(crate) fn nowhere_zero(row: &[Function], problem: &str, limits: &Budget) -> Result<(), Stop> {
    match some_definite(row, limits)? {
        Some(_) => Ok(()),
        None => reject(format!("{problem} {}", shown(row))),
    }
}

/// Whether the row is identically zero; else some entry has one sign everywhere.
pub(crate) fn vanishes(row: &[Function], name: &str, limits: &Budget) -> Result<bool, Stop> {
    if all_zero(row, limits)? {
        return Ok(true);
    }
    nowhere_zero(row, &format!("{name} may be 0 at some k:"), limits)?;
    Ok(false)
}

/// Whether parallel rows have one orientation, from their products of entries.
pub(crate) fn oriented_alike(
    a: &[Function],
    b: &[Function],
    limits: &Budget,
) -> Result<bool, Stop> {
    let products = a.iter().zip(b).map(|(x, y)| x.mul(y, limits));
    let products = products.collect::<Result<Vec<_>, Stop>>()?;
    match some_definite(&products, limits)? {
        Some((_, same)) => Ok(same),
        None => reject(format!(
            "parallel neurons are not oriented alike for all k of the range: the products of entries are {}",
            shown(&products)
        )),
    }
}

/// The 2 × 2 minors.
fn minors<'a>(
    a: &'a [Function],
    b: &'a [Function],
    limits: &'a Budget,
) -> impl Iterator<Item = Result<Function, Stop>> + 'a {
    let columns = move |i| a.iter().zip(b).skip(i);
    let pairs = columns(0).enumerate();
    let pairs = pairs.flat_map(move |(i, one)| columns(i + 1).map(move |other| (one, other)));
    pairs.map(|((x, y), (z, w))| {
        limits.tick()?;
        x.mul(w, limits)?.sub(&z.mul(y, limits)?, limits)
    })
}

/// Whether all minors are identically zero.
pub(crate) fn parallel(a: &[Function], b: &[Function], limits: &Budget) -> Result<bool, Stop> {
    for minor in minors(a, b, limits) {
        if !minor?.is_zero(limits)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Nowhere parallel: some minor has one sign everywhere.
pub(crate) fn cross(
    a: &[Function],
    b: &[Function],
    names: &str,
    limits: &Budget,
) -> Result<(), Stop> {
    let (mut seen, mut held) = (Vec::new(), limits.hold(0)?);
    for minor in minors(a, b, limits) {
        let minor = minor?;
        if minor.signs(limits)?.definite().is_some() {
            return Ok(());
        }
        held.grow(minor.memory(), limits)?;
        seen.push(minor);
    }
    let seen = shown(&seen);
    reject(format!("{names} may be parallel: the minors are {seen}"))
}

/// Text for messages.
pub(super) fn shown(row: &[Function]) -> String {
    let texts: Vec<String> = row.iter().map(Function::to_string).collect();
    format!("({}), in t", texts.join(", "))
}
