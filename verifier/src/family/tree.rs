//! Leaves of region trees, for all k of a range.

use super::network::{Difference, all_zero, shown};
use crate::kernel::budget::Budget;
use crate::kernel::function::Function;
use crate::kernel::verdict::{Stop, entry, reject};

impl Difference {
    pub(super) fn place(&self, output: usize, input: usize) -> Result<usize, Stop> {
        if output >= self.outputs || input >= self.inputs {
            return reject(format!("there is no entry ({output}, {input})"));
        }
        Ok(output * self.inputs + input)
    }

    /// |2M + Σ_decided ε J| + Σ_undecided |J| ≤ 2·bound in every entry.
    pub(super) fn bounded(
        &self,
        bound: &Function,
        signs: &[Option<bool>],
        limits: &Budget,
    ) -> Result<(), Stop> {
        for (place, twice) in self.twice_linear.iter().enumerate() {
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

    /// Σ μ_H a_H = 0 with all μ_H ε_H of one sign: no region is there.
    pub(super) fn empty(
        &self,
        circuit: &[(usize, Function)],
        signs: &[Option<bool>],
        limits: &Budget,
    ) -> Result<(), Stop> {
        let mut sum = vec![Function::zero(); self.inputs];
        let (mut last, mut way) = (None, None);
        for (h, multiplier) in circuit {
            if last.is_some_and(|last| *h <= last) {
                return reject("the kinks of a circuit must increase");
            }
            last = Some(*h);
            let kink = entry(&self.kinks, *h, "kink")?;
            let Some(sign) = signs.get(*h).copied().flatten() else {
                return reject(format!("kink {h} of the circuit is not decided"));
            };
            let agrees = multiplier.definite("a multiplier", limits)? == sign;
            if way.replace(agrees).is_some_and(|way| way != agrees) {
                return reject(
                    "the circuit's signs neither agree with the decided ones nor are opposite",
                );
            }
            for (sum, a) in sum.iter_mut().zip(&kink.normal) {
                *sum = sum.add(&multiplier.mul(a, limits)?, limits)?;
            }
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
