//! What circuits cost at a leaf, paid in the order given.
//!
//! A point with the leaf's decided signs has, in each circuit of members with decided or preferred signs, an undecided member with the sign it does not
//! prefer, which loses |v_H|. So it loses at least Σ y, whatever y ≥ 0 the circuits take, if no H gives more than |v_H| to those it is in.

use num_bigint::{BigInt, Sign};
use num_traits::{Signed as _, Zero as _};

use super::budget::Budget;
use super::cost;
use super::dependence::Found;
use super::difference::Difference;
use super::ground::Ground;
use super::verdict::{Locate as _, Stop, differ, entry, reject};
use relucert_format::Members;

/// What each hyperplane has to give, and has left at the leaf at hand.
#[derive(Debug)]
pub(crate) struct Purse {
    /// The L·v_H.
    pub(crate) gains: Vec<BigInt>,
    /// L·|v_H|, less what was taken.
    left: Vec<BigInt>,
    /// From which hyperplanes something was taken.
    touched: Vec<usize>,
    /// The circuit at hand: members with their signs.
    members: Vec<(usize, bool)>,
}

/// What the circuits of a leaf come to.
pub(crate) enum Paid {
    /// L·Σ y.
    Lost(BigInt),
    /// No region is there.
    Empty,
}

impl Purse {
    pub(crate) fn new(gains: Vec<BigInt>) -> Purse {
        Purse {
            left: gains.iter().map(BigInt::abs).collect(),
            gains,
            touched: Vec::new(),
            members: Vec::new(),
        }
    }

    /// Pays a leaf's circuits, where `signs` are decided.
    pub(crate) fn pay(
        &mut self,
        circuits: &Members,
        signs: &[Option<bool>],
        ground: &mut Ground,
    ) -> Result<Paid, Stop> {
        let (difference, limits) = (ground.difference, ground.limits);
        let mut lost = BigInt::zero();
        let mut empty = false;
        for (index, circuit) in circuits.iter().enumerate() {
            if empty {
                let before = index.saturating_sub(1);
                return reject(format!(
                    "circuit {before} has no undecided member, so no region is there, but others follow it"
                ));
            }
            limits.tick()?;
            let paid = self
                .read(circuit, signs, difference, limits)
                .and_then(|()| ground.normals.dependence(&self.members, difference, limits))
                .and_then(one_dependence)
                .and_then(|()| self.take(signs));
            match paid.in_part(|| format!("circuit {index}"))? {
                Some(y) => lost += y,
                None => empty = true,
            }
        }
        for hyperplane in self.touched.drain(..) {
            if let (Some(left), Some(gain)) =
                (self.left.get_mut(hyperplane), self.gains.get(hyperplane))
            {
                left.clone_from(gain);
                if left.is_negative() {
                    *left = -std::mem::take(left);
                }
            }
        }
        Ok(if empty { Paid::Empty } else { Paid::Lost(lost) })
    }

    /// The members with their signs, decided or else preferred; in the affine case the row of the domain comes after all hyperplanes.
    fn read(
        &mut self,
        circuit: &[usize],
        signs: &[Option<bool>],
        difference: &Difference,
        limits: &Budget,
    ) -> Result<(), Stop> {
        let signs = signs.get(..difference.normals()).unwrap_or(signs);
        let mut least = 0;
        self.members.clear();
        for &hyperplane in circuit {
            if hyperplane < least {
                let least = format!("at least {least}");
                return differ("members must increase", hyperplane, least);
            }
            least = hyperplane.saturating_add(1);
            let decided = entry(signs, hyperplane, "hyperplane")?;
            let gain = self.gains.get(hyperplane);
            // It is compared with the least, and less by it.
            limits.charge(2 * cost::sum(gain.map_or(0, BigInt::bits)))?;
            let sign = match (decided, gain.map(BigInt::sign)) {
                (Some(sign), _) => *sign,
                (None, Some(Sign::Plus)) => true,
                (None, Some(Sign::Minus)) => false,
                (None, _) => {
                    return reject(format!(
                        "hyperplane {hyperplane} is undecided there and prefers no sign"
                    ));
                }
            };
            self.members.push((hyperplane, sign));
        }
        Ok(())
    }

    /// Takes from the undecided members what the one that has least left has; none if there are no such members.
    fn take(&mut self, signs: &[Option<bool>]) -> Result<Option<BigInt>, Stop> {
        let undecided = |hyperplane: &usize| signs.get(*hyperplane) == Some(&None);
        let members = self.members.iter().map(|(hyperplane, _)| *hyperplane);
        let undecided = members.filter(undecided);
        let left = undecided
            .clone()
            .filter_map(|h| Some((self.left.get(h)?, h)));
        let Some((least, hyperplane)) = left.min() else {
            return Ok(None);
        };
        if least.is_zero() {
            return reject(format!(
                "it pays nothing: hyperplane {hyperplane} has nothing left"
            ));
        }
        let y = least.clone();
        for hyperplane in undecided {
            if let Some(left) = self.left.get_mut(hyperplane) {
                *left -= &y;
                self.touched.push(hyperplane);
            }
        }
        Ok(Some(y))
    }
}

fn one_dependence(found: Found) -> Result<(), Stop> {
    match found {
        Found::Positive => Ok(()),
        Found::Independent => reject("its members are linearly independent"),
        Found::Short => reject("its members are linearly dependent without the last of them"),
        Found::Mixed => reject("the coefficients of its dependence are not all positive"),
    }
}
