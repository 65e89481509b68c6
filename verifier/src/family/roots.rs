//! Roots that are multiples of each other: √(s²·r) = |s|·√r, so that no number has two ways to vanish.

use super::{Number, Poly, Quotient, ROOTS};
use crate::kernel::budget::Budget;
use crate::kernel::cost;
use crate::kernel::number::Q;
use crate::kernel::surd::perfect_root;
use crate::kernel::verdict::{Stop, decline};

impl Number {
    /// Adds coefficient·√radicand, as a multiple of a root that is there or of 1 if it is seen to be one. The radicand is nowhere negative.
    pub(super) fn push(
        &mut self,
        mut coefficient: Quotient,
        mut radicand: Quotient,
        limits: &Budget,
    ) -> Result<(), Stop> {
        let one = Quotient::one();
        if let Some(size) = multiple(&radicand, &one, limits)? {
            (coefficient, radicand) = (coefficient.mul(&size, limits)?, one);
        }
        if coefficient.above.is_zero() {
            return Ok(());
        }
        for (sum, root) in &mut self.0 {
            if let Some(size) = multiple(&radicand, root, limits)? {
                *sum = sum.add(&coefficient.mul(&size, limits)?, limits)?;
            } else if let Some(size) = multiple(root, &radicand, limits)? {
                *sum = sum.mul(&size, limits)?.add(&coefficient, limits)?;
                *root = radicand;
            } else {
                continue;
            }
            self.0.retain(|(c, _)| !c.above.is_zero());
            return Ok(());
        }
        self.0.push((coefficient, radicand));
        match self.0.len() > ROOTS {
            true => decline(format!(
                "a number has more than {ROOTS} different square roots"
            )),
            false => Ok(()),
        }
    }
}

/// |s|, if √radicand is |s|·√root: radicand = s²·root, and s is defined and has one sign for t ≥ 0.
fn multiple(
    radicand: &Quotient,
    root: &Quotient,
    limits: &Budget,
) -> Result<Option<Quotient>, Stop> {
    if radicand == root {
        return Ok(Some(Quotient::one()));
    }
    // Most pairs are told apart by their product for large t, or at 0. The denominators are monic.
    let ends = |q: &Quotient| {
        let first = |p: &Poly| p.0.first().cloned().unwrap_or_else(Q::zero);
        [
            (q.above.leading(), Q::one()),
            (first(&q.above), first(&q.below)),
        ]
    };
    for ((x, y), (z, w)) in ends(radicand).iter().zip(&ends(root)) {
        limits.check(2 * (x.bits() + y.bits() + z.bits() + w.bits()))?;
        if square_root(&(&(x * y) * &(z * w)), limits)?.is_none() {
            return Ok(None);
        }
    }
    if root.above.is_zero() {
        return Ok(None);
    }
    let above = radicand.above.mul(&root.below, limits)?;
    let below = radicand.below.mul(&root.above, limits)?;
    let square = Quotient::new(above, below, limits)?;
    let Some(above) = square.above.square_root(limits)? else {
        return Ok(None);
    };
    let Some(below) = square.below.square_root(limits)? else {
        return Ok(None);
    };
    // Their leading coefficients are positive.
    let seen = !above.signs(limits)?.minus && below.signs(limits)?.definite().is_some();
    Ok(seen.then_some(Quotient { above, below }))
}

/// The root of a square, 0 of 0.
fn square_root(square: &Q, limits: &Budget) -> Result<Option<Q>, Stop> {
    if square.is_zero() {
        return Ok(Some(Q::zero()));
    }
    if square.is_negative() {
        return Ok(None);
    }
    limits.charge(2 * cost::root(square.bits()))?;
    let parts = [square.numerator(), square.denominator()].map(perfect_root);
    Ok(match parts {
        [Some(above), Some(below)] => Q::fraction(above, below),
        _ => None,
    })
}

impl Poly {
    /// The polynomial with this square and a positive leading coefficient, from there down; 0 of 0.
    fn square_root(&self, limits: &Budget) -> Result<Option<Poly>, Stop> {
        if self.is_zero() {
            return Ok(Some(self.clone()));
        }
        let half = self.0.len() / 2;
        let leading = square_root(&self.leading(), limits)?;
        let Some(leading) = leading.filter(|_| self.0.len() > 2 * half) else {
            return Ok(None);
        };
        let twice = leading.double().inverse().unwrap_or_else(Q::one);
        let mut falling = vec![leading];
        for coefficient in self.0.iter().rev().skip(1).take(half) {
            let mut rest = coefficient.clone();
            for (x, y) in falling.iter().skip(1).zip(falling.iter().skip(1).rev()) {
                limits.check(rest.bits().max(x.bits() + y.bits()))?;
                rest = &rest - &(x * y);
            }
            limits.check(rest.bits() + twice.bits())?;
            falling.push(&rest * &twice);
        }
        falling.reverse();
        let root = Poly::new(falling);
        Ok((root.mul(&root, limits)? == *self).then_some(root))
    }
}
