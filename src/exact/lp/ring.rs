//! The inner loops of the method.

use std::cmp::Ordering;

use num_bigint::BigInt;

use crate::exact::ring::{OrderedRing, Overflow};

/// A ring with the inner loops of the method.
pub(super) trait LpRing: OrderedRing {
    /// The sign of an inner product.
    fn dot_sign(left: &[Self], right: &[Self]) -> Result<Ordering, Overflow> {
        Self::dot(left, right).map(|product| product.sign())
    }

    /// `(p·x − q·y) / divisor`, which is exact.
    fn exchange(p: &Self, x: &Self, q: &Self, y: &Self, divisor: &Self) -> Result<Self, Overflow> {
        p.cross(x, q, y)?.exact_div(divisor)
    }
}

impl LpRing for i64 {
    #[inline]
    fn dot_sign(left: &[Self], right: &[Self]) -> Result<Ordering, Overflow> {
        let mut sum = 0i128;
        for (&x, &y) in left.iter().zip(right) {
            sum = sum
                .checked_add(i128::from(x) * i128::from(y))
                .ok_or(Overflow)?;
        }
        Ok(sum.cmp(&0))
    }

    #[inline]
    fn exchange(p: &Self, x: &Self, q: &Self, y: &Self, divisor: &Self) -> Result<Self, Overflow> {
        // Only what is left after the division has to fit.
        if let (Some(left), Some(right)) = (p.checked_mul(*x), q.checked_mul(*y))
            && let Some(difference) = left.checked_sub(right)
        {
            return Ok(difference / divisor);
        }
        let wide = |x: &Self, y: &Self| i128::from(*x) * i128::from(*y);
        let difference = wide(p, x).checked_sub(wide(q, y)).ok_or(Overflow)?;
        i64::try_from(difference / i128::from(*divisor)).map_err(|_| Overflow)
    }
}

impl LpRing for i128 {}

impl LpRing for BigInt {}
