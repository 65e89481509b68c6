//! Region trees, which bound the Jacobian from above.

use num_bigint::BigInt;
use num_traits::{Signed as _, Zero as _};

use super::budget::{Budget, Held, size};
use super::circuits::agrees;
use super::cost;
use super::difference::{Difference, add_multiple};
use super::ground::Ground;
use super::number::Q;
use super::path::Path;
use super::payment::{Paid, Purse};
use super::verdict::{Locate as _, Stop, differ, entry, reject};
use relucert_format::{AtMost, Members, Node};

/// Where the walk through a tree stands: one path, and what its decisions come to. Nothing is kept of the nodes that have been seen.
#[derive(Debug)]
pub(crate) struct Tree {
    /// With a target there is one entry alone, and this is what the hyperplanes give to it.
    purse: Option<Purse>,
    /// One path. Among the hyperplanes is (0, …, 0, 1) in the affine case.
    path: Path,
    /// 2L·(M + ½ Σ_decided ε_H κ_H n_Hᵀ).
    sums: Vec<BigInt>,
    /// 2L·½ Σ_undecided |κ_H n_Hᵀ|.
    slack: Vec<BigInt>,
    /// The stated bound.
    stated: Q,
    /// floor(2L·bound).
    bound: BigInt,
    /// Limb operations to decide a hyperplane.
    shift: u64,
    _held: Held,
}

impl Tree {
    /// A tree without nodes, in which every entry of the Jacobian, or ± the target, is to be at most the bound.
    pub(crate) fn new(
        step: &AtMost,
        difference: &Difference,
        limits: &Budget,
    ) -> Result<Tree, Stop> {
        let stated = Q::from(&step.bound);
        if step.target.is_none() && stated.is_negative() {
            return differ("the bound must not be negative", stated, ">= 0");
        }
        let count = difference.kinks.len() + 1;
        limits.charge(cost::times(2 * count, cost::ANY))?;
        let (sums, slack, purse): (Vec<BigInt>, Vec<BigInt>, _) = match &step.target {
            Some(target) => {
                let (linear, gains) = difference.entry(target, limits)?;
                let slack = gains.iter().map(BigInt::abs).sum();
                (vec![linear], vec![slack], Some(Purse::new(gains)))
            }
            None => {
                let rows = difference.linear.chunks(difference.inputs);
                let rows = rows.flat_map(|row| difference.jacobian(row));
                let sums: Vec<BigInt> = rows.cloned().collect();
                let slack = vec![BigInt::zero(); sums.len()];
                (sums, slack, None)
            }
        };
        let gains = purse.as_ref().map_or(&[][..], |purse| &purse.gains);
        let kinks = difference.kinks.iter();
        let kinks = kinks.flat_map(|kink| kink.weight.iter().chain(&kink.line));
        let bits = match &purse {
            Some(_) => gains.iter().map(BigInt::bits).max(),
            None => kinks.map(BigInt::bits).max(),
        };
        let bits = bits.unwrap_or(0);
        let mut signs = vec![None; count];
        if let Some(last) = signs.last_mut() {
            *last = Some(true);
        }
        let numbers = 2 * (gains.len() + sums.len());
        let mut tree = Tree {
            bound: difference.twice(&stated),
            shift: cost::inner(sums.len(), bits, bits),
            _held: limits.hold(size(numbers, bits))?,
            purse,
            path: Path::new(signs),
            sums,
            slack,
            stated,
        };
        if tree.purse.is_none() {
            limits.charge(cost::times(count, tree.shift))?;
            (0..difference.kinks.len()).for_each(|h| tree.shift_slack(h, true, difference));
        }
        Ok(tree)
    }

    /// Goes on through more nodes in preorder; answers whether the tree is complete.
    pub(crate) fn walk(&mut self, nodes: &[Node], ground: &mut Ground) -> Result<bool, Stop> {
        for (index, node) in nodes.iter().enumerate() {
            ground.limits.tick()?;
            self.path.check(index)?;
            let split = match *node {
                Node::Split(hyperplane) => Some((hyperplane, true)),
                Node::SplitMinus(hyperplane) => {
                    self.with_target("a split with its − branch first")
                        .in_part(|| format!("at node {index}"))?;
                    Some((hyperplane, false))
                }
                _ => None,
            };
            if let Some((hyperplane, plus)) = split {
                // Entering and leaving both branches.
                ground.limits.charge(6 * self.shift)?;
                self.split(hyperplane, plus, ground.difference)?;
                continue;
            }
            ground.limits.charge(self.shift)?;
            self.leaf(node, ground)
                .in_part(|| format!("at node {index}"))?;
            self.next_branch(ground.difference);
        }
        Ok(self.path.is_complete)
    }

    fn with_target(&mut self, what: &str) -> Result<&mut Purse, Stop> {
        match &mut self.purse {
            Some(purse) => Ok(purse),
            None => reject(format!("{what} needs a target")),
        }
    }

    /// Decides a hyperplane and enters a branch.
    fn split(
        &mut self,
        hyperplane: usize,
        plus: bool,
        difference: &Difference,
    ) -> Result<(), Stop> {
        entry(&difference.kinks, hyperplane, "hyperplane")?;
        if !self.path.split(hyperplane, plus) {
            return reject(format!(
                "hyperplane {hyperplane} is split twice on one path"
            ));
        }
        self.shift_slack(hyperplane, false, difference);
        self.shift_sums(hyperplane, plus, difference);
        Ok(())
    }

    /// Leaves a leaf for the next branch in preorder.
    fn next_branch(&mut self, difference: &Difference) {
        while let Some(branch) = self.path.leave() {
            self.shift_sums(branch.hyperplane, !branch.plus, difference);
            if !branch.last {
                return self.shift_sums(branch.hyperplane, !branch.plus, difference);
            }
            self.shift_slack(branch.hyperplane, true, difference);
        }
    }

    /// Adds or subtracts L·κ n_Hᵀ.
    fn shift_sums(&mut self, hyperplane: usize, plus: bool, difference: &Difference) {
        if let Some(purse) = &self.purse {
            if let (Some(gain), [sum]) = (purse.gains.get(hyperplane), &mut self.sums[..]) {
                shift(sum, gain, plus);
            }
        } else if let Some(kink) = difference.kinks.get(hyperplane) {
            let rows = self.sums.chunks_mut(difference.columns);
            for (row, w) in rows.zip(&kink.weight) {
                add_multiple(row, &kink.line, w, plus);
            }
        }
    }

    /// Adds or takes away L·|κ n_Hᵀ|.
    fn shift_slack(&mut self, hyperplane: usize, plus: bool, difference: &Difference) {
        if let Some(purse) = &self.purse {
            if let (Some(gain), [slack]) = (purse.gains.get(hyperplane), &mut self.slack[..]) {
                shift(slack, gain, plus == gain.is_positive());
            }
        } else if let Some(kink) = difference.kinks.get(hyperplane) {
            let rows = self.slack.chunks_mut(difference.columns);
            for (row, w) in rows.zip(&kink.weight) {
                let w = w.magnitude();
                for (entry, v) in row.iter_mut().zip(&kink.line) {
                    shift(entry, &BigInt::from(w * v.magnitude()), plus);
                }
            }
        }
    }

    fn leaf(&mut self, node: &Node, ground: &mut Ground) -> Result<(), Stop> {
        match node {
            Node::Farkas(circuit) => self.check_empty(*circuit, ground),
            Node::Circuits(circuits) => self.check_circuits(circuits, ground),
            Node::Bound | Node::Split(_) | Node::SplitMinus(_) => {
                self.check_bound(&BigInt::zero(), ground.difference)
            }
        }
    }

    /// A leaf where every entry keeps the bound whatever the undecided signs, if L·(that much) is lost for sure.
    fn check_bound(&self, lost: &BigInt, difference: &Difference) -> Result<(), Stop> {
        for (place, (sum, slack)) in self.sums.iter().zip(&self.slack).enumerate() {
            let size = match self.purse {
                Some(_) => sum + slack - lost - lost,
                None => sum.abs() + slack,
            };
            if size > self.bound {
                let columns = difference.columns;
                let name = match self.purse {
                    Some(_) => "the target".to_owned(),
                    None => format!("entry ({}, {})", place / columns, place % columns),
                };
                return differ(
                    format!("{name} can exceed the bound"),
                    difference.half(size),
                    format!("at most {}", self.stated),
                );
            }
        }
        Ok(())
    }

    /// A leaf that no region meets.
    fn check_empty(&self, circuit: usize, ground: &Ground) -> Result<(), Stop> {
        let decided = |hyperplane: usize| match self.path.signs.get(hyperplane) {
            Some(Some(sign)) => Ok(*sign),
            _ => reject(format!(
                "circuit {circuit} names hyperplane {hyperplane}, which is undecided there"
            )),
        };
        let signs = entry(ground.circuits, circuit, "circuit")?;
        ground.limits.charge(cost::times(signs.len(), cost::ANY))?;
        match agrees(signs, decided)? {
            true => Ok(()),
            false => reject(format!(
                "circuit {circuit} does not exclude the region: its signs neither all agree nor all differ"
            )),
        }
    }

    /// A leaf that is closed by what its own circuits cost, or that no region meets.
    fn check_circuits(&mut self, circuits: &Members, ground: &mut Ground) -> Result<(), Stop> {
        let signs = std::mem::take(&mut self.path.signs);
        let purse = self.with_target("a leaf with circuits of its own")?;
        let paid = purse.pay(circuits, &signs, ground)?;
        self.path.signs = signs;
        match paid {
            Paid::Empty => Ok(()),
            Paid::Lost(lost) => self.check_bound(&lost, ground.difference),
        }
    }
}

/// Adds or subtracts a number.
fn shift(sum: &mut BigInt, by: &BigInt, plus: bool) {
    match plus {
        true => *sum += by,
        false => *sum -= by,
    }
}
