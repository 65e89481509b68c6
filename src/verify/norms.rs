//! Evidence about the two norms of R(Θ) − R(Γ): point, branch, jump.

use std::cmp::Ordering;

use num_bigint::{BigInt, BigUint};
use num_traits::{Signed as _, Zero as _};

use super::difference::{Difference, Kink, add_multiple};
use super::limits::Limits;
use super::network::{below, first};
use super::number::{Q, common_denominator, integers, over, product};
use super::verdict::{Stop, differ, reject};
use crate::certificate::{Branch, Circuit, Jump, Node, Point};

/// At the point, entry (output, input) of the Jacobian is ±value: r ≥ value.
pub(super) fn point(step: &Point, difference: &Difference, limits: &Limits) -> Result<(), Stop> {
    let Difference {
        inputs, ref linear, ..
    } = *difference;
    if step.point.len() != inputs {
        return differ("length of the point", step.point.len(), inputs);
    }
    if step.input >= inputs {
        return differ("there is no such input", step.input, below(inputs));
    }
    let outputs = linear.len() / inputs;
    if step.output >= outputs {
        return differ("there is no such output", step.output, below(outputs));
    }
    let coordinates: Vec<Q> = step.point.iter().map(Q::from).collect();
    let coordinates = integers(&coordinates, limits)?;
    let entry = linear.get(step.output * inputs + step.input);
    let mut entry = entry.cloned().unwrap_or_default();
    let mut signs = String::new();
    for (h, kink) in difference.kinks.iter().enumerate() {
        let plus = match product(&kink.line, &coordinates).cmp(&BigInt::ZERO) {
            Ordering::Greater => true,
            Ordering::Less => false,
            Ordering::Equal => return reject(format!("the point lies on hyperplane {h}")),
        };
        signs.push(if plus { '+' } else { '-' });
        if let (Some(w), Some(v)) = (kink.weight.get(step.output), kink.line.get(step.input)) {
            let change = w * v;
            entry = if plus { entry + change } else { entry - change };
        }
    }
    if signs != step.signs {
        return differ("signs at the point", &step.signs, signs);
    }
    let found = Q::fraction(entry.abs(), &difference.denominator * 2);
    match (found, Q::from(&step.value)) {
        (Some(found), value) if found == value => Ok(()),
        (Some(found), value) => differ("absolute value of the Jacobian's entry", value, found),
        (None, _) => reject("the difference has no denominator"),
    }
}

/// J = max_H ‖κ_H‖·‖n_H‖.
pub(super) fn jump(step: &Jump, difference: &Difference) -> Result<(), Stop> {
    let (found, stated) = (difference.jump(), Q::from(&step.value));
    if found != stated {
        return differ("jump norm", stated, found);
    }
    Ok(())
}

/// Where the walk through a region tree stands.
struct Walk<'a> {
    difference: &'a Difference,
    circuits: &'a [Circuit],
    /// ε_H of the decided hyperplanes.
    signs: Vec<Option<bool>>,
    /// 2L·(M + ½ Σ_decided ε_H κ_H n_Hᵀ).
    sums: Vec<BigInt>,
    /// 2L·½ Σ_undecided |κ_H n_Hᵀ|.
    slack: Vec<BigUint>,
    /// The stated bound.
    stated: Q,
    /// floor(2L·bound).
    bound: BigUint,
    /// The splits above the current node, with the branch taken.
    path: Vec<(usize, bool)>,
}

/// In every region every entry of the Jacobian is at most the bound: r ≤ bound.
pub(super) fn branch(step: &Branch, difference: &Difference, limits: &Limits) -> Result<(), Stop> {
    for (index, circuit) in step.circuits.iter().enumerate() {
        check_circuit(index, circuit, difference, limits)?;
    }
    let bound = Q::from(&step.bound);
    if bound.is_negative() {
        return differ("the bound must not be negative", bound, ">= 0");
    }
    let floor: BigInt = &difference.denominator * 2 * bound.numerator() / bound.denominator();
    let mut walk = Walk {
        difference,
        circuits: &step.circuits,
        signs: vec![None; difference.kinks.len()],
        sums: difference.linear.clone(),
        slack: vec![BigUint::zero(); difference.linear.len()],
        stated: bound,
        bound: floor.magnitude().clone(),
        path: Vec::new(),
    };
    difference
        .kinks
        .iter()
        .for_each(|kink| walk.shift_slack(kink, true));
    let mut complete = false;
    for (index, node) in step.nodes.iter().enumerate() {
        if complete {
            return reject(format!("the tree is complete before node {index}"));
        }
        if let Node::Split(hyperplane) = *node {
            walk.split(hyperplane)?;
            continue;
        }
        match *node {
            Node::Farkas(circuit) => walk.check_empty(circuit, index)?,
            _ => walk.check_bound(index)?,
        }
        complete = walk.next_branch();
    }
    if !complete {
        return reject("the tree is not complete: a branch is missing");
    }
    Ok(())
}

impl<'a> Walk<'a> {
    fn kink(&self, hyperplane: usize) -> Result<&'a Kink, Stop> {
        let kinks = &self.difference.kinks;
        match kinks.get(hyperplane) {
            Some(kink) => Ok(kink),
            None => differ(
                "there is no such hyperplane",
                hyperplane,
                below(kinks.len()),
            ),
        }
    }

    /// Decides a hyperplane and enters its + branch.
    fn split(&mut self, hyperplane: usize) -> Result<(), Stop> {
        let kink = self.kink(hyperplane)?;
        if self.sign(hyperplane).is_some() {
            return reject(format!(
                "hyperplane {hyperplane} is split twice on one path"
            ));
        }
        self.shift_slack(kink, false);
        self.decide(hyperplane, Some(true));
        self.shift_sums(kink, true);
        self.path.push((hyperplane, true));
        Ok(())
    }

    /// Leaves a leaf for the next branch in preorder; true if there is none.
    fn next_branch(&mut self) -> bool {
        while let Some((hyperplane, plus)) = self.path.pop() {
            let Some(kink) = self.difference.kinks.get(hyperplane) else {
                continue; // Only hyperplanes that exist are split.
            };
            self.shift_sums(kink, !plus);
            if plus {
                self.shift_sums(kink, false);
                self.decide(hyperplane, Some(false));
                self.path.push((hyperplane, false));
                return false;
            }
            self.decide(hyperplane, None);
            self.shift_slack(kink, true);
        }
        true
    }

    fn sign(&self, hyperplane: usize) -> Option<bool> {
        self.signs.get(hyperplane).copied().flatten()
    }

    fn decide(&mut self, hyperplane: usize, sign: Option<bool>) {
        if let Some(slot) = self.signs.get_mut(hyperplane) {
            *slot = sign;
        }
    }

    /// Adds or subtracts L·κ n_Hᵀ.
    fn shift_sums(&mut self, kink: &Kink, plus: bool) {
        let rows = self.sums.chunks_mut(self.difference.inputs);
        for (row, w) in rows.zip(&kink.weight) {
            add_multiple(row, &kink.line, w, plus);
        }
    }

    /// Adds or takes away L·|κ n_Hᵀ|.
    fn shift_slack(&mut self, kink: &Kink, plus: bool) {
        let rows = self.slack.chunks_mut(self.difference.inputs);
        for (row, w) in rows.zip(&kink.weight) {
            for (entry, v) in row.iter_mut().zip(&kink.line) {
                let size = w.magnitude() * v.magnitude();
                if plus {
                    *entry += size;
                } else {
                    *entry -= size; // It was added before the walk began.
                }
            }
        }
    }

    /// A leaf where every entry keeps the bound whatever the undecided signs.
    fn check_bound(&self, node: usize) -> Result<(), Stop> {
        for (entry, (sum, slack)) in self.sums.iter().zip(&self.slack).enumerate() {
            let size = sum.magnitude() + slack;
            if size > self.bound {
                let Difference {
                    inputs,
                    ref denominator,
                    ..
                } = *self.difference;
                let (row, column) = (entry / inputs, entry % inputs);
                return differ(
                    format!("at node {node} entry ({row}, {column}) can exceed the bound"),
                    Q::fraction(size.into(), denominator * 2).unwrap_or_else(Q::zero),
                    format!("at most {}", self.stated),
                );
            }
        }
        Ok(())
    }

    /// A leaf that no region meets: Σ μ_H ⟨n_H,x⟩ = 0, while every summand would have the same sign.
    fn check_empty(&self, circuit: usize, node: usize) -> Result<(), Stop> {
        let Some(terms) = self.circuits.get(circuit) else {
            let count = below(self.circuits.len());
            return differ(
                format!("at node {node} there is no such circuit"),
                circuit,
                count,
            );
        };
        let mut common = None;
        for (hyperplane, factor) in terms {
            let Some(sign) = self.sign(*hyperplane) else {
                return reject(format!(
                    "at node {node} circuit {circuit} names hyperplane {hyperplane}, which is undecided there"
                ));
            };
            let agrees = sign == factor.0.is_positive();
            if *common.get_or_insert(agrees) != agrees {
                return reject(format!(
                    "at node {node} circuit {circuit} does not exclude the region: its signs neither all agree nor all differ"
                ));
            }
        }
        Ok(())
    }
}

/// Σ μ_H n_H = 0, with at least one H, H increasing and every μ_H ≠ 0.
fn check_circuit(
    index: usize,
    circuit: &Circuit,
    difference: &Difference,
    limits: &Limits,
) -> Result<(), Stop> {
    if circuit.is_empty() {
        return reject(format!("circuit {index} is empty"));
    }
    let mut last = None;
    let mut lines = Vec::new();
    let mut factors = Vec::new();
    for (hyperplane, factor) in circuit {
        let (hyperplane, factor) = (*hyperplane, Q::from(factor));
        if last.is_some_and(|last| last >= hyperplane) {
            return reject(format!("circuit {index}: hyperplanes must increase"));
        }
        last = Some(hyperplane);
        if factor.is_zero() {
            return reject(format!("circuit {index}: a factor is 0"));
        }
        let Some(kink) = difference.kinks.get(hyperplane) else {
            let count = below(difference.kinks.len());
            return differ(
                format!("circuit {index}: there is no such hyperplane"),
                hyperplane,
                count,
            );
        };
        // n_H is the line over its first entry.
        let Some(scale) = Q::from(first(&kink.line).clone()).inverse() else {
            return reject(format!(
                "circuit {index}: hyperplane {hyperplane} has no normal"
            ));
        };
        factors.push(&factor * &scale);
        lines.push(&kink.line);
    }
    let factors = over(&factors, &common_denominator(&factors, limits)?);
    let mut sum = vec![BigInt::zero(); difference.inputs];
    for (line, factor) in lines.into_iter().zip(&factors) {
        add_multiple(&mut sum, line, factor, true);
    }
    match sum.iter().position(|entry| !entry.is_zero()) {
        None => Ok(()),
        Some(k) => reject(format!("circuit {index} does not vanish at coordinate {k}")),
    }
}

#[cfg(test)]
#[path = "tests/norms.rs"]
mod tests;
