//! Integers of a fixed number of machine words, for the entries of restrictions that outgrow `i128`.
//!
//! Two's complement, least significant word first. Nothing here checks for overflow: callers know bounds for all results.

use std::cmp::Ordering;

/// An integer of `WORDS` 64-bit words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Multiword<const WORDS: usize>(pub(crate) [u64; WORDS]);

/// `accumulator + x·y + carry`, as (low word, carry).
#[inline]
fn multiply_add(accumulator: u64, x: u64, y: u64, carry: u64) -> (u64, u64) {
    let sum = u128::from(x) * u128::from(y) + u128::from(accumulator) + u128::from(carry);
    // The low half is meant.
    (sum as u64, (sum >> 64) as u64)
}

impl<const WORDS: usize> Multiword<WORDS> {
    pub(crate) const ZERO: Self = Self([0; WORDS]);

    pub(crate) fn one() -> Self {
        let mut words = [0; WORDS];
        words[0] = 1;
        Self(words)
    }

    #[inline]
    pub(crate) fn is_negative(&self) -> bool {
        self.0[WORDS - 1] >> 63 == 1
    }

    #[inline]
    pub(crate) fn is_zero(&self) -> bool {
        self.0.iter().all(|&word| word == 0)
    }

    /// The bit length of the absolute value, or one less for negative powers of two.
    pub(crate) fn bits(&self) -> u64 {
        let sign = if self.is_negative() { u64::MAX } else { 0 };
        match (0..WORDS).rev().find(|&k| self.0[k] != sign) {
            Some(k) => 64 * k as u64 + u64::from(64 - (self.0[k] ^ sign).leading_zeros()),
            None => 0,
        }
    }

    /// How often 2 divides the number, which must not be zero.
    pub(crate) fn trailing_zeros(&self) -> u32 {
        let word = (0..WORDS).find(|&k| self.0[k] != 0).unwrap_or(0);
        64 * word as u32 + self.0[word].trailing_zeros()
    }

    #[inline]
    pub(crate) fn sub(&self, other: &Self) -> Self {
        let (mut words, mut borrow) = (self.0, false);
        for (word, &other) in words.iter_mut().zip(&other.0) {
            let (difference, one) = word.overflowing_sub(other);
            let (difference, two) = difference.overflowing_sub(u64::from(borrow));
            *word = difference;
            borrow = one | two;
        }
        Self(words)
    }

    /// The product modulo 2^(64·WORDS).
    #[inline]
    pub(crate) fn mul(&self, other: &Self) -> Self {
        let mut words = [0; WORDS];
        for (i, &x) in self.0.iter().enumerate() {
            let mut carry = 0;
            for (word, &y) in words[i..].iter_mut().zip(&other.0) {
                (*word, carry) = multiply_add(*word, x, y, carry);
            }
        }
        Self(words)
    }

    /// The product modulo 2^(64·(WORDS + 1)), as low words and one more.
    #[inline]
    fn long_mul(&self, other: &Self) -> (Self, u64) {
        let (mut words, mut top) = ([0; WORDS], 0u64);
        for (i, &x) in self.0.iter().enumerate() {
            let mut carry = 0;
            for (word, &y) in words[i..].iter_mut().zip(&other.0) {
                (*word, carry) = multiply_add(*word, x, y, carry);
            }
            top = top.wrapping_add(carry);
            if i > 0 {
                top = top.wrapping_add(x.wrapping_mul(other.0[WORDS - i]));
            }
        }
        // So far the operands were taken as unsigned.
        if self.is_negative() {
            top = top.wrapping_sub(other.0[0]);
        }
        if other.is_negative() {
            top = top.wrapping_sub(self.0[0]);
        }
        (Self(words), top)
    }

    /// `(p·x − q·y) / 2^shift` modulo 2^(64·WORDS), for `shift` < 64.
    #[inline]
    pub(crate) fn shifted_difference(
        (p, x): (&Self, &Self),
        (q, y): (&Self, &Self),
        shift: u32,
    ) -> Self {
        let ((left, left_top), (right, right_top)) = (p.long_mul(x), q.long_mul(y));
        let difference = left.sub(&right);
        let borrow = left.0.iter().rev().cmp(right.0.iter().rev()) == Ordering::Less;
        let top = left_top
            .wrapping_sub(right_top)
            .wrapping_sub(u64::from(borrow));
        Self(std::array::from_fn(|k| {
            let next = if k + 1 < WORDS {
                difference.0[k + 1]
            } else {
                top
            };
            if shift == 0 {
                difference.0[k]
            } else {
                difference.0[k] >> shift | next << (64 - shift)
            }
        }))
    }

    /// The quotient by 2^`shift`, rounded down.
    #[inline]
    pub(crate) fn shift_right(&self, shift: u32) -> Self {
        let (whole, rest) = ((shift / 64) as usize, shift % 64);
        let sign = if self.is_negative() { u64::MAX } else { 0 };
        let word = |k: usize| self.0.get(k).copied().unwrap_or(sign);
        Self(std::array::from_fn(|k| {
            let low = word(k + whole) >> rest;
            if rest == 0 {
                low
            } else {
                low | word(k + whole + 1) << (64 - rest)
            }
        }))
    }

    /// The quotient by 2^`shift`, rounded down, modulo 2^64.
    pub(crate) fn window(&self, shift: u64) -> u64 {
        let (whole, rest) = ((shift / 64) as usize, shift % 64);
        let sign = if self.is_negative() { u64::MAX } else { 0 };
        let word = |k: usize| self.0.get(k).copied().unwrap_or(sign);
        if rest == 0 {
            word(whole)
        } else {
            word(whole) >> rest | word(whole + 1) << (64 - rest)
        }
    }

    /// The inverse modulo 2^(64·WORDS) of an odd number.
    pub(crate) fn inverse(&self) -> Self {
        let mut two = [0; WORDS];
        two[0] = 2;
        let (two, mut inverse, mut correct) = (Self(two), *self, 3);
        while correct < 64 * WORDS {
            inverse = inverse.mul(&two.sub(&self.mul(&inverse)));
            correct *= 2;
        }
        inverse
    }

    fn magnitude(&self) -> [u64; WORDS] {
        if self.is_negative() {
            Self::ZERO.sub(self).0
        } else {
            self.0
        }
    }

    pub(crate) fn sign(&self) -> Ordering {
        if self.is_negative() {
            Ordering::Less
        } else if self.is_zero() {
            Ordering::Equal
        } else {
            Ordering::Greater
        }
    }

    /// The sign of `a·d − b·c`.
    pub(crate) fn cross_sign(a: &Self, b: &Self, c: &Self, d: &Self) -> Ordering {
        let product = |x: &Self, y: &Self| match x.sign() {
            Ordering::Less => y.sign().reverse(),
            Ordering::Equal => Ordering::Equal,
            Ordering::Greater => y.sign(),
        };
        let (left, right) = (product(a, d), product(b, c));
        if left != right || left == Ordering::Equal {
            return left.cmp(&right);
        }
        let order = compare(
            &full_product(&a.magnitude(), &d.magnitude()),
            &full_product(&b.magnitude(), &c.magnitude()),
        );
        if left == Ordering::Greater {
            order
        } else {
            order.reverse()
        }
    }
}

/// The low and the high half of a product.
fn full_product<const WORDS: usize>(x: &[u64; WORDS], y: &[u64; WORDS]) -> [[u64; WORDS]; 2] {
    let mut halves = [[0; WORDS]; 2];
    for (i, &x) in x.iter().enumerate() {
        let mut carry = 0;
        for (j, &y) in y.iter().enumerate() {
            let k = i + j;
            let word = &mut halves[k / WORDS][k % WORDS];
            (*word, carry) = multiply_add(*word, x, y, carry);
        }
        halves[1][i] = carry;
    }
    halves
}

fn compare<const WORDS: usize>(x: &[[u64; WORDS]; 2], y: &[[u64; WORDS]; 2]) -> Ordering {
    let high = x[1].iter().rev().cmp(y[1].iter().rev());
    high.then_with(|| x[0].iter().rev().cmp(y[0].iter().rev()))
}

#[cfg(test)]
mod tests {
    use num_bigint::BigInt;

    use super::*;

    fn big<const WORDS: usize>(value: &Multiword<WORDS>) -> BigInt {
        let bytes: Vec<u8> = value.0.iter().flat_map(|word| word.to_le_bytes()).collect();
        BigInt::from_signed_bytes_le(&bytes)
    }

    fn check<const WORDS: usize>() {
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        let mut next = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state
        };
        // Numbers of all lengths, often with long runs of equal bits.
        let mut number = || {
            let value: Multiword<WORDS> = Multiword(std::array::from_fn(|_| {
                if next() % 3 == 0 { 0 } else { next() }
            }));
            value.shift_right((next() % (64 * WORDS as u64)) as u32)
        };
        for _ in 0..500 {
            let (a, b, c, d) = (number(), number(), number(), number());
            let modulus = BigInt::from(1) << (64 * WORDS);
            let same = |value: &Multiword<WORDS>, exact: BigInt| {
                ((big(value) - exact) % &modulus) == BigInt::ZERO
            };
            assert!(same(&a.sub(&b), big(&a) - big(&b)));
            assert!(same(&a.mul(&b), big(&a) * big(&b)));
            assert_eq!(
                Multiword::cross_sign(&a, &b, &c, &d),
                (big(&a) * big(&d)).cmp(&(big(&b) * big(&c)))
            );
            assert_eq!(Multiword::cross_sign(&a, &b, &a, &b), Ordering::Equal);
            let (whole, part) = (big(&a) * big(&b) - big(&c) * big(&d), (c.0[0] % 64) as u32);
            assert!(same(
                &Multiword::shifted_difference((&a, &b), (&c, &d), part),
                whole >> part
            ));
            let shift = (b.0[0] % (64 * WORDS as u64)) as u32;
            assert_eq!(big(&a.shift_right(shift)), big(&a) >> shift);
            assert_eq!(a.window(shift.into()), a.shift_right(shift).0[0]);
            assert!(a.bits() == big(&a).bits() || a.bits() + 1 == big(&a).bits());
            if !a.is_zero() {
                assert_eq!(
                    Some(u64::from(a.trailing_zeros())),
                    big(&a).trailing_zeros()
                );
                let odd = a.shift_right(a.trailing_zeros());
                assert_eq!(odd.mul(&odd.inverse()), Multiword::one());
            }
        }
    }

    #[test]
    fn agrees_with_big_integers() {
        check::<2>();
        check::<4>();
        check::<9>();
    }
}
