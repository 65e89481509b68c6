//! The integers that matrices of restrictions are made of, with the bulk operations on them.

use std::cmp::Ordering;

use num_bigint::{BigInt, Sign};
use num_traits::Signed;

use super::multiword::Multiword;
use crate::exact::gcd::gcd_all;
use crate::exact::ring::Overflow;

/// A kind of integers, and what the recursion does with columns of them.
pub(crate) trait Entry: Clone + std::fmt::Debug + Send + Sync + 'static {
    /// What makes division by one value fast.
    type Divisor;
    /// All values of fewer bits than this, not counting the sign, fit.
    const BITS: u64;
    /// 1.
    fn one() -> Self;
    /// The sign.
    fn sign(&self) -> Ordering;
    /// Whether the value is 0.
    fn is_zero(&self) -> bool;
    /// The bit length of the absolute value; for negative powers of two it may be 1 less.
    fn bits(&self) -> u64;
    /// The largest [`bits`](Entry::bits) of a column.
    fn column_bits(column: &[Self]) -> u64 {
        column.iter().map(Self::bits).max().unwrap_or(0)
    }
    /// Prepares for divisions by a value that is not zero.
    fn divisor(&self) -> Self::Divisor;
    /// Appends `(p·x − q·y) / divisor`, entry by entry, where all divisions are exact. `bits` are those of p, x, q and y.
    fn eliminate(
        px: (&Self, &[Self]),
        qy: (&Self, &[Self]),
        bits: [u64; 4],
        divisor: &Self::Divisor,
        out: &mut Vec<Self>,
    ) -> Result<(), Overflow>;
    /// The sign of `a·d − b·c`.
    fn cross_sign(a: &Self, b: &Self, c: &Self, d: &Self) -> Ordering;
    /// The value divided by 2^`shift` and rounded down, modulo 2^64.
    fn window(&self, shift: u64) -> u64;
    /// The value of two's complement words, least significant first, which must fit.
    fn load(words: &[u64]) -> Self;
    /// The value as two's complement words, of which there must be enough.
    fn store(&self, words: &mut [u64]);
}

/// A fixed-size integer as a divisor: 2^`shift` times an odd number, whose inverse modulo the word size makes exact division a
/// multiplication (Jebelean, *An algorithm for exact division*, 1993).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Exact<I> {
    shift: u32,
    inverse: I,
    bits: u64,
}

impl Entry for i64 {
    type Divisor = Exact<i64>;
    const BITS: u64 = 63;
    #[inline]
    fn one() -> Self {
        1
    }
    #[inline]
    fn sign(&self) -> Ordering {
        self.cmp(&0)
    }
    #[inline]
    fn is_zero(&self) -> bool {
        *self == 0
    }
    #[inline]
    fn bits(&self) -> u64 {
        Self::column_bits(std::slice::from_ref(self))
    }
    #[inline]
    fn column_bits(column: &[Self]) -> u64 {
        let all = column
            .iter()
            .fold(0, |all, &value| all | (value ^ (value >> 63)));
        u64::from(64 - all.leading_zeros())
    }
    #[inline]
    fn divisor(&self) -> Exact<i64> {
        let shift = self.trailing_zeros();
        let odd = self >> shift;
        // Newton's iteration, from 3 correct bits on.
        let inverse = (0..5).fold(odd, |inverse, _| {
            inverse.wrapping_mul(2i64.wrapping_sub(odd.wrapping_mul(inverse)))
        });
        Exact {
            shift,
            inverse,
            bits: Entry::bits(self),
        }
    }
    #[inline]
    fn eliminate(
        (p, x): (&Self, &[Self]),
        (q, y): (&Self, &[Self]),
        bits: [u64; 4],
        divisor: &Exact<i64>,
        out: &mut Vec<Self>,
    ) -> Result<(), Overflow> {
        let &Exact { shift, inverse, .. } = divisor;
        let pairs = x.iter().zip(y);
        // The bit lengths of the products bound those of the difference and the quotient.
        let longest = (bits[0] + bits[1]).max(bits[2] + bits[3]);
        if longest <= 61 {
            out.extend(pairs.map(|(x, y)| ((p * x - q * y) >> shift).wrapping_mul(inverse)));
        } else if longest + 2 - divisor.bits <= 61 && longest <= 124 {
            let wide = |x: &i64, y: &i64| i128::from(*x) * i128::from(*y);
            // The low word is meant: that of the quotient by an odd number depends on no other.
            out.extend(
                pairs.map(|(x, y)| {
                    (((wide(p, x) - wide(q, y)) >> shift) as i64).wrapping_mul(inverse)
                }),
            );
        } else {
            return Err(Overflow);
        }
        Ok(())
    }
    #[inline]
    fn cross_sign(a: &Self, b: &Self, c: &Self, d: &Self) -> Ordering {
        let wide = |value: &Self| i128::from(*value);
        (wide(a) * wide(d)).cmp(&(wide(b) * wide(c)))
    }
    #[inline]
    fn window(&self, shift: u64) -> u64 {
        (self >> shift.min(63)).cast_unsigned()
    }
    fn load(words: &[u64]) -> Self {
        words[0].cast_signed()
    }
    fn store(&self, words: &mut [u64]) {
        words.fill((self >> 63).cast_unsigned());
        words[0] = self.cast_unsigned();
    }
}

impl<const WORDS: usize> Entry for Multiword<WORDS> {
    type Divisor = Exact<Self>;
    const BITS: u64 = 64 * WORDS as u64 - 1;
    fn one() -> Self {
        Multiword::one()
    }
    fn sign(&self) -> Ordering {
        Multiword::sign(self)
    }
    fn is_zero(&self) -> bool {
        Multiword::is_zero(self)
    }
    fn bits(&self) -> u64 {
        Multiword::bits(self)
    }
    fn divisor(&self) -> Exact<Self> {
        let shift = self.trailing_zeros();
        Exact {
            shift,
            inverse: self.shift_right(shift).inverse(),
            bits: Multiword::bits(self),
        }
    }
    fn eliminate(
        (p, x): (&Self, &[Self]),
        (q, y): (&Self, &[Self]),
        bits: [u64; 4],
        divisor: &Exact<Self>,
        out: &mut Vec<Self>,
    ) -> Result<(), Overflow> {
        let Exact { shift, inverse, .. } = divisor;
        let pairs = x.iter().zip(y);
        let longest = (bits[0] + bits[1]).max(bits[2] + bits[3]);
        if longest + 2 <= Self::BITS {
            out.extend(
                pairs.map(|(x, y)| p.mul(x).sub(&q.mul(y)).shift_right(*shift).mul(inverse)),
            );
        } else if longest + 4 - divisor.bits <= Self::BITS && *shift < 64 {
            // The difference need not fit, but its low words and one more give the quotient.
            out.extend(
                pairs.map(|(x, y)| Self::shifted_difference((p, x), (q, y), *shift).mul(inverse)),
            );
        } else {
            return Err(Overflow);
        }
        Ok(())
    }
    fn cross_sign(a: &Self, b: &Self, c: &Self, d: &Self) -> Ordering {
        Multiword::cross_sign(a, b, c, d)
    }
    fn window(&self, shift: u64) -> u64 {
        Multiword::window(self, shift)
    }
    fn load(words: &[u64]) -> Self {
        let sign = if words.last().is_some_and(|word| word >> 63 == 1) {
            u64::MAX
        } else {
            0
        };
        Multiword(std::array::from_fn(|k| {
            words.get(k).copied().unwrap_or(sign)
        }))
    }
    fn store(&self, words: &mut [u64]) {
        words.fill(if self.is_negative() { u64::MAX } else { 0 });
        for (word, own) in words.iter_mut().zip(self.0) {
            *word = own;
        }
    }
}

impl Entry for BigInt {
    type Divisor = BigInt;
    const BITS: u64 = u64::MAX;
    fn one() -> Self {
        BigInt::from(1)
    }
    fn sign(&self) -> Ordering {
        self.cmp(&BigInt::ZERO)
    }
    fn is_zero(&self) -> bool {
        BigInt::sign(self) == Sign::NoSign
    }
    fn bits(&self) -> u64 {
        BigInt::bits(self)
    }
    fn divisor(&self) -> BigInt {
        self.clone()
    }
    fn eliminate(
        (p, x): (&Self, &[Self]),
        (q, y): (&Self, &[Self]),
        _: [u64; 4],
        divisor: &BigInt,
        out: &mut Vec<Self>,
    ) -> Result<(), Overflow> {
        out.extend(x.iter().zip(y).map(|(x, y)| (p * x - q * y) / divisor));
        Ok(())
    }
    fn cross_sign(a: &Self, b: &Self, c: &Self, d: &Self) -> Ordering {
        (a * d).cmp(&(b * c))
    }
    fn window(&self, shift: u64) -> u64 {
        let shifted = self >> shift;
        let word = shifted.iter_u64_digits().next().unwrap_or(0);
        if shifted.is_negative() {
            word.wrapping_neg()
        } else {
            word
        }
    }
    fn load(words: &[u64]) -> Self {
        let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
        BigInt::from_signed_bytes_le(&bytes)
    }
    fn store(&self, words: &mut [u64]) {
        words.fill(if self.is_negative() { u64::MAX } else { 0 });
        for (k, bytes) in self.to_signed_bytes_le().chunks(8).enumerate() {
            let mut word = words[0].to_le_bytes();
            word.fill(if self.is_negative() { u8::MAX } else { 0 });
            word[..bytes.len()].copy_from_slice(bytes);
            if let Some(slot) = words.get_mut(k) {
                *slot = u64::from_le_bytes(word);
            }
        }
    }
}

/// Divides a column by the greatest common divisor of its entries.
pub(crate) fn divide_by_content(column: &mut [BigInt]) {
    let content = gcd_all(column.iter());
    if content > BigInt::from(1) {
        for entry in column {
            *entry /= &content;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn through<R: Entry>(value: &BigInt) -> R {
        let mut words = vec![0; (Entry::bits(value) / 64 + 1) as usize];
        value.store(&mut words);
        R::load(&words)
    }

    fn back<R: Entry>(value: &R) -> BigInt {
        let mut words = [0; 20];
        value.store(&mut words);
        BigInt::load(&words)
    }

    fn values() -> Vec<BigInt> {
        let mut values = vec![BigInt::ZERO];
        for shift in [0, 1, 30, 62] {
            for add in [-1, 0, 1, 12_345] {
                let value = (BigInt::from(1) << shift) + add;
                values.extend([-&value, value]);
            }
        }
        values.retain(|value| Entry::bits(value) < 63);
        values
    }

    fn check<R: Entry>() {
        let values = values();
        for a in &values {
            assert_eq!(back(&through::<R>(a)), *a);
            assert_eq!(through::<R>(a).sign(), Entry::sign(a));
            assert_eq!(through::<R>(a).is_zero(), Entry::is_zero(a));
            for shift in [0, 1, 40, 62] {
                assert_eq!(through::<R>(a).window(shift), Entry::window(a, shift));
            }
            for b in &values {
                for (c, d) in values.iter().zip(values.iter().rev()) {
                    let [p, q, r, s] = [a, b, c, d].map(through::<R>);
                    assert_eq!(
                        R::cross_sign(&p, &q, &r, &s),
                        BigInt::cross_sign(a, b, c, d)
                    );
                }
            }
        }
    }

    #[test]
    fn conversions_and_signs() {
        check::<i64>();
        check::<Multiword<2>>();
        check::<Multiword<4>>();
        check::<Multiword<8>>();
        check::<BigInt>();
    }

    /// (p·x − q·y) / divisor with a divisor that divides it, of as many bits as R has and more.
    fn divide<R: Entry>(lengths: &[u64]) -> usize {
        let mut done = 0;
        for &length in lengths {
            for divisor in [1i64, -1, 2, -6, 7, 96, -1024, 12_345, 3 << 40] {
                for quotient in [0, 1, -1, 5, -77, 1000] {
                    let p = (BigInt::from(1) << length) + 1;
                    let q = (BigInt::from(1) << length) - 4;
                    // p·x − q·y = divisor·quotient with y = p·k − …: choose x, y from the extended relation p − q = 5.
                    let (x, y): (BigInt, BigInt) = (
                        BigInt::from(divisor * quotient) + &q * 5,
                        BigInt::from(divisor * quotient) + &p * 5,
                    );
                    let exact: BigInt = &p * &x - &q * &y;
                    assert_eq!(exact, BigInt::from(divisor) * quotient * 5);
                    let all = [&p, &x, &q, &y];
                    if all.iter().any(|value| Entry::bits(*value) > R::BITS - 1) {
                        continue;
                    }
                    let bits = all.map(|value| Entry::bits(value) + 1);
                    let [p, x, q, y] = all.map(through::<R>);
                    let divisor = through::<R>(&BigInt::from(divisor)).divisor();
                    let mut out = Vec::new();
                    if R::eliminate((&p, &[x]), (&q, &[y]), bits, &divisor, &mut out).is_ok() {
                        assert_eq!(back(&out[0]), BigInt::from(quotient) * 5);
                        done += 1;
                    }
                }
            }
        }
        done
    }

    #[test]
    fn exact_division_by_multiplication() {
        assert!(divide::<i64>(&[10, 25, 29]) > 100);
        assert!(divide::<Multiword<2>>(&[10, 25, 29, 60, 61, 62]) > 200);
        assert!(divide::<Multiword<4>>(&[29, 60, 100, 120, 125, 126]) > 200);
    }
}
