//! Which sums of some given functions of k are another, for all k of a range. [Of numbers](super::exhaustion) forcing functionals and elimination modulo primes
//! leave fewer choices of longer sums; what is zero modulo a prime says nothing of functions at every k.

use super::budget::Budget;
use super::family::memory;
use super::function::Function;
use super::jumps::{all_zero, join, nowhere_zero, scaled, some_definite};
use super::verdict::{Locate as _, Stop, equal, reject};

/// Σ_F v_i = t.
pub(crate) struct Sums {
    /// Numbers i, increasing, and v_i.
    pub(crate) vectors: Vec<(usize, Vec<Function>)>,
    /// t.
    pub(crate) target: Vec<Function>,
}

impl Sums {
    /// Calls `found` with every F that is a solution everywhere, increasing, and sees that no other is one anywhere. As ⟨ℓ_i,v_h⟩ = δ_ih for the i and h that are
    /// not free, the free members of F leave x_i = ⟨ℓ_i, t − their sum⟩ of each v_i: nothing is missing then, and all x_i are 0 or 1.
    pub(crate) fn exhaust(
        &self,
        free: &[usize],
        functionals: &[Vec<Function>],
        limits: &Budget,
        mut found: impl FnMut(&[usize]) -> Result<(), Stop>,
    ) -> Result<(), Stop> {
        let is_free = |(i, _): &&(usize, Vec<Function>)| free.binary_search(i).is_ok();
        let (loose, rest): (Vec<_>, Vec<_>) = self.vectors.iter().partition(is_free);
        if !free.is_sorted_by(|i, j| i < j) || loose.len() != free.len() || free.len() > 62 {
            return reject("the free ones must increase, be there, and be at most 62");
        }
        equal(
            "functionals against those that are not free",
            functionals.len(),
            rest.len(),
        )?;
        let one = Function::one();
        for (functional, (i, _)) in functionals.iter().zip(&rest) {
            equal(
                "length of a functional",
                functional.len(),
                self.target.len(),
            )?;
            for (h, vector) in &rest {
                let value = Function::dot(functional, vector, limits)?;
                let value = if h == i {
                    value.sub(&one, limits)?
                } else {
                    value
                };
                if !value.is_zero(limits)? {
                    return reject(format!(
                        "the functional of {i} is not {} on {h}",
                        u8::from(h == i)
                    ));
                }
            }
        }
        for choice in 0..1_u64 << free.len() {
            limits.tick()?;
            let mut set = Vec::new();
            let mut missing = self.target.clone();
            for (bit, (f, vector)) in loose.iter().enumerate() {
                if choice >> bit & 1 == 1 {
                    join(&mut missing, vector, false, limits)?;
                    set.push(*f);
                }
            }
            let (chosen, mut vanish, mut sure) = (set.clone(), Vec::new(), true);
            let mut left = missing.clone();
            for (functional, (i, vector)) in functionals.iter().zip(&rest) {
                limits.tick()?;
                let x = Function::dot(functional, &missing, limits)?;
                join(&mut left, &scaled(vector, &x, limits)?, false, limits)?;
                let less = x.sub(&one, limits)?;
                if less.is_zero(limits)? {
                    set.push(*i);
                } else if !x.is_zero(limits)? {
                    vanish.push(x.mul(&less, limits)?);
                    sure = false;
                }
            }
            vanish.append(&mut left);
            let _held = limits.hold(memory(&vanish))?;
            if sure && all_zero(&vanish, limits)? {
                set.sort_unstable();
                found(&set)?;
                continue;
            }
            let problem = "of what must vanish for a solution nothing is seen to vanish nowhere:";
            nowhere_zero(&vanish, problem, limits)
                .in_part(|| format!("with {chosen:?} of the free ones"))?;
        }
        Ok(())
    }

    /// Asks the equation modulo all matrices N·nᵀ: every row x becomes x n_p − x_p n, where n_p is nowhere 0. This map of rows vanishes exactly on the multiples of n.
    pub(crate) fn modulo(&mut self, normal: &[Function], limits: &Budget) -> Result<(), Stop> {
        let pivot = some_definite(normal, limits)?.map(|(p, _)| p);
        let Some((p, lead)) = pivot.and_then(|p| Some((p, normal.get(p)?))) else {
            return reject("no entry of the normal of the kink left out is seen to be nowhere 0");
        };
        let vectors = self.vectors.iter_mut().map(|(_, vector)| vector);
        for matrix in vectors.chain(std::iter::once(&mut self.target)) {
            for row in matrix.chunks_mut(normal.len()) {
                let Some(x) = row.get(p).cloned() else {
                    continue;
                };
                for (entry, n) in row.iter_mut().zip(normal) {
                    *entry = entry.mul(lead, limits)?.sub(&x.mul(n, limits)?, limits)?;
                }
            }
        }
        Ok(())
    }
}
