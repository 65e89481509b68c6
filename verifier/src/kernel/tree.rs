//! Region trees, which bound the Jacobian from above.

use num_bigint::BigInt;
use num_integer::Integer as _;
use num_traits::{One as _, Signed as _, Zero as _};

use super::budget::Budget;
use super::circuits::{Signs, agrees};
use super::cost;
use super::difference::{Difference, Kink, add_multiple};
use super::number::{Q, common_denominator, over};
use super::verdict::{Locate as _, Stop, differ, entry, reject};
use relucert_format::{AtMost, Node, Packing};

/// Pairs (circuit, L·y).
type Spent = Vec<(usize, BigInt)>;

/// Where the walk through a tree stands. With a target the difference is that of the one entry.
struct Walk<'a> {
    difference: &'a Difference,
    circuits: &'a [Signs],
    packings: &'a [Spent],
    targeted: bool,
    /// ε_H of the decided hyperplanes, among them (0, …, 0, 1) in the affine case.
    signs: Vec<Option<bool>>,
    /// 2L·(M + ½ Σ_decided ε_H κ_H n_Hᵀ).
    sums: Vec<BigInt>,
    /// 2L·½ Σ_undecided |κ_H n_Hᵀ|.
    slack: Vec<BigInt>,
    /// The stated bound.
    stated: Q,
    /// floor(2L·bound).
    bound: BigInt,
    /// The splits above the current node, with the branch taken.
    path: Vec<(usize, bool)>,
    /// L·Σ y spent at each hyperplane by the packing at hand; 0 between packings.
    load: Vec<BigInt>,
}

/// In every region every entry of the Jacobian, or ± the target, is at most the bound.
pub(crate) fn bounds(
    step: &AtMost,
    difference: &Difference,
    circuits: &[Signs],
    limits: &Budget,
) -> Result<(), Stop> {
    let bound = Q::from(&step.bound);
    let Some(target) = &step.target else {
        if bound.is_negative() {
            return differ("the bound must not be negative", bound, ">= 0");
        }
        if !step.packings.is_empty() {
            return reject("packings need a target");
        }
        return walk(step, bound, difference, circuits, &[], limits);
    };
    // Everything is refined until the L·y are integers.
    let denominator = Q::from(difference.denominator.clone());
    let mut spent = Vec::with_capacity(step.packings.len());
    let mut refined = BigInt::one();
    for (index, packing) in step.packings.iter().enumerate() {
        let numbers =
            numbers(packing, &denominator, limits).in_part(|| format!("packing {index}"))?;
        refined = refined.lcm(&common_denominator(&numbers, limits)?);
        limits.check(refined.bits())?;
        spent.push(numbers);
    }
    let packings = step.packings.iter().zip(&spent);
    let pairs = |(packing, numbers): (&Packing, &Vec<Q>)| {
        let circuits = packing.iter().map(|(circuit, _)| *circuit);
        circuits.zip(over(numbers, &refined)).collect()
    };
    let packings: Vec<Spent> = packings.map(pairs).collect();
    limits.charge(cost::times(
        2 * difference.kinks.len(),
        2 * cost::product(refined.bits(), refined.bits()),
    ))?;
    let difference = difference.entry(target, &refined)?;
    walk(step, bound, &difference, circuits, &packings, limits)
}

/// L·y for each circuit of a packing, which must be positive, no circuit twice.
fn numbers(packing: &Packing, denominator: &Q, limits: &Budget) -> Result<Vec<Q>, Stop> {
    let mut seen = std::collections::BTreeSet::new();
    let mut numbers = Vec::with_capacity(packing.len());
    for (circuit, y) in packing {
        let y = Q::from(y);
        if !y.is_positive() {
            return differ(format!("y of circuit {circuit}"), y, "> 0");
        }
        if !seen.insert(circuit) {
            return reject(format!("circuit {circuit} is listed twice"));
        }
        let number = &y * denominator;
        limits.check(number.bits())?;
        numbers.push(number);
    }
    Ok(numbers)
}

fn walk(
    step: &AtMost,
    bound: Q,
    difference: &Difference,
    circuits: &[Signs],
    packings: &[Spent],
    limits: &Budget,
) -> Result<(), Stop> {
    // One kink is added to, or taken from, every entry.
    let bits = difference
        .kinks
        .iter()
        .flat_map(|kink| kink.weight.iter().chain(&kink.line));
    let bits = bits.map(BigInt::bits).max().unwrap_or(0);
    let entries = difference.linear.len() / difference.inputs.max(1) * difference.columns;
    let shift = cost::inner(entries, bits, bits);
    limits.charge(cost::times(difference.kinks.len(), shift))?;
    let scaled: BigInt = &difference.denominator * 2 * bound.numerator();
    let floor = scaled.div_floor(bound.denominator());
    let rows = difference.linear.chunks(difference.inputs);
    let sums: Vec<BigInt> = rows
        .flat_map(|row| difference.jacobian(row))
        .cloned()
        .collect();
    let mut signs = vec![None; difference.kinks.len()];
    signs.push(Some(true));
    let mut walk = Walk {
        difference,
        circuits,
        packings,
        targeted: step.target.is_some(),
        signs,
        slack: vec![BigInt::zero(); sums.len()],
        sums,
        stated: bound,
        bound: floor,
        path: Vec::new(),
        load: vec![BigInt::zero(); difference.kinks.len()],
    };
    let kinks = difference.kinks.iter();
    kinks.for_each(|kink| walk.shift_slack(kink, true));
    let mut complete = false;
    for (index, node) in step.nodes.iter().enumerate() {
        limits.tick()?;
        if complete {
            return reject(format!("the tree is complete before node {index}"));
        }
        if let Node::Split(hyperplane) = *node {
            // Entering and leaving both branches.
            limits.charge(6 * shift)?;
            walk.split(hyperplane)?;
            continue;
        }
        limits.charge(shift)?;
        let leaf = match *node {
            Node::Farkas(circuit) => {
                let length = circuits.get(circuit).map_or(0, Vec::len);
                limits.charge(cost::times(length, cost::ANY))?;
                walk.check_empty(circuit)
            }
            Node::Packing(packing) => {
                let packing_of = packings.get(packing).into_iter().flatten();
                for (circuit, y) in packing_of {
                    let length = circuits.get(*circuit).map_or(0, Vec::len) + 1;
                    let each = 2 * cost::product(bits, bits) + cost::sum(y.bits());
                    limits.charge(cost::times(length, each))?;
                }
                walk.check_packing(packing)
            }
            _ => walk.check_bound(&BigInt::zero()),
        };
        leaf.in_part(|| format!("at node {index}"))?;
        complete = walk.next_branch();
    }
    if !complete {
        return reject("the tree is not complete: a branch is missing");
    }
    Ok(())
}

impl Walk<'_> {
    /// Decides a hyperplane and enters its + branch.
    fn split(&mut self, hyperplane: usize) -> Result<(), Stop> {
        let kink = entry(&self.difference.kinks, hyperplane, "hyperplane")?;
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
        let rows = self.sums.chunks_mut(self.difference.columns);
        for (row, w) in rows.zip(&kink.weight) {
            add_multiple(row, &kink.line, w, plus);
        }
    }

    /// Adds or takes away L·|κ n_Hᵀ|.
    fn shift_slack(&mut self, kink: &Kink, plus: bool) {
        let rows = self.slack.chunks_mut(self.difference.columns);
        for (row, w) in rows.zip(&kink.weight) {
            for (entry, v) in row.iter_mut().zip(&kink.line) {
                let size = (w * v).abs();
                if plus {
                    *entry += size;
                } else {
                    *entry -= size;
                }
            }
        }
    }

    /// A leaf where every entry keeps the bound whatever the undecided signs, if L·(that much) is lost for sure.
    fn check_bound(&self, lost: &BigInt) -> Result<(), Stop> {
        for (place, (sum, slack)) in self.sums.iter().zip(&self.slack).enumerate() {
            let size = match self.targeted {
                true => sum + slack - lost - lost,
                false => sum.abs() + slack,
            };
            if size > self.bound {
                let columns = self.difference.columns;
                let name = match self.targeted {
                    true => "the target".to_owned(),
                    false => format!("entry ({}, {})", place / columns, place % columns),
                };
                return differ(
                    format!("{name} can exceed the bound"),
                    self.difference.half(size),
                    format!("at most {}", self.stated),
                );
            }
        }
        Ok(())
    }

    /// A leaf that no region meets.
    fn check_empty(&self, circuit: usize) -> Result<(), Stop> {
        let decided = |hyperplane| match self.sign(hyperplane) {
            Some(sign) => Ok(sign),
            None => reject(format!(
                "circuit {circuit} names hyperplane {hyperplane}, which is undecided there"
            )),
        };
        match agrees(entry(self.circuits, circuit, "circuit")?, decided)? {
            true => Ok(()),
            false => reject(format!(
                "circuit {circuit} does not exclude the region: its signs neither all agree nor all differ"
            )),
        }
    }

    /// A leaf where at least Σ y is lost: in each circuit some undecided H has the sign it does not prefer, which loses |v_H|,
    /// and no H gives more than that.
    fn check_packing(&mut self, packing: usize) -> Result<(), Stop> {
        let packing = entry(self.packings, packing, "packing")?;
        let (mut touched, mut lost) = (Vec::new(), BigInt::zero());
        for (circuit, y) in packing {
            let signs = entry(self.circuits, *circuit, "circuit")?;
            let sign = |hyperplane| match (self.sign(hyperplane), self.gain(hyperplane)) {
                (Some(sign), _) => Ok(sign),
                (None, gain) if gain.is_zero() => reject(format!(
                    "circuit {circuit} names hyperplane {hyperplane}, which is undecided there and prefers no sign"
                )),
                (None, gain) => Ok(gain.is_positive()),
            };
            if !agrees(signs, sign)? {
                return reject(format!(
                    "circuit {circuit} costs nothing: its signs neither all agree nor all differ"
                ));
            }
            for &(hyperplane, _) in signs {
                if self.sign(hyperplane).is_none()
                    && let Some(load) = self.load.get_mut(hyperplane)
                {
                    *load += y;
                    touched.push(hyperplane);
                }
            }
            lost += y;
        }
        for hyperplane in touched {
            let load = self.load.get_mut(hyperplane).map(std::mem::take);
            let (load, gain) = (load.unwrap_or_default(), self.gain(hyperplane).abs());
            if load > gain {
                return differ(
                    format!("the packing overspends hyperplane {hyperplane}"),
                    self.difference.half(load * 2),
                    format!("at most {}", self.difference.half(gain * 2)),
                );
            }
        }
        self.check_bound(&lost)
    }

    /// L·v_H of the target.
    fn gain(&self, hyperplane: usize) -> BigInt {
        let kink = self.difference.kinks.get(hyperplane);
        let factors = kink.and_then(|kink| Some((kink.weight.first()?, kink.line.first()?)));
        factors.map_or_else(BigInt::zero, |(w, v)| w * v)
    }
}
