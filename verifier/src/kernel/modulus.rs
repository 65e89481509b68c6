//! The integers modulo primes just below 2^61, in the form that Montgomery gave them: a product is three short multiplications and no division.
//!
//! An integer is known from its residues modulo primes whose product is larger than twice its absolute value: so what is computed here of minors that
//! are bounded is exact.

use num_bigint::{BigInt, Sign};
use num_traits::{One as _, ToPrimitive as _};

use super::number::Q;

/// The field of a prime p between 2^60 and 2^61. An element x is kept as x·2^64 modulo p, its *form*, unless it is said to be a residue.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Modulus {
    prime: u64,
    /// −1/p modulo 2^64.
    inverse: u64,
    /// 2^128 modulo p: the form of 2^64.
    square: u64,
}

impl Modulus {
    /// Every prime has more bits than this.
    pub(crate) const BITS: u64 = 60;

    /// The greatest of all: 2^61 − 1.
    pub(crate) fn first() -> Modulus {
        Modulus::of((1 << 61) - 1)
    }

    /// The next smaller one. There are 2^54 of them.
    pub(crate) fn next(self) -> Modulus {
        let mut next = Modulus::of(self.prime - 2);
        while !next.is_prime() {
            next = Modulus::of(next.prime - 2);
        }
        next
    }

    /// The field of a stated number, if it is a prime between 2^60 and 2^61.
    pub(crate) fn stated(prime: &Q) -> Option<Modulus> {
        let prime = prime
            .numerator()
            .to_u64()
            .filter(|_| prime.denominator().is_one())?;
        if prime >> Modulus::BITS != 1 || prime.is_multiple_of(2) {
            return None;
        }
        let modulus = Modulus::of(prime);
        modulus.is_prime().then_some(modulus)
    }

    /// Arithmetic modulo an odd number below 2^61.
    fn of(prime: u64) -> Modulus {
        // Right in its last three bits; each round doubles them.
        let round = |inverse: u64, _| {
            let error = prime.wrapping_mul(inverse);
            inverse.wrapping_mul(2_u64.wrapping_sub(error))
        };
        let inverse = (0..5).fold(prime, round).wrapping_neg();
        let square = (u128::MAX % u128::from(prime) + 1) % u128::from(prime);
        Modulus {
            prime,
            inverse,
            square: square as u64, // Below the prime.
        }
    }

    /// By Miller and Rabin, with bases that decide it below 2^64.
    fn is_prime(self) -> bool {
        let twos = (self.prime - 1).trailing_zeros();
        let odd = (self.prime - 1) >> twos;
        let (one, minus) = (self.one(), self.negative(self.one()));
        let bases = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37];
        bases.into_iter().all(|base| {
            let mut x = self.power(self.form(base), odd);
            let first = x == one || x == minus;
            first
                || (1..twos).any(|_| {
                    x = self.product(x, x);
                    x == minus
                })
        })
    }

    fn power(self, mut base: u64, mut exponent: u64) -> u64 {
        let mut power = self.one();
        while exponent > 0 {
            if exponent & 1 == 1 {
                power = self.product(power, base);
            }
            (base, exponent) = (self.product(base, base), exponent >> 1);
        }
        power
    }

    /// sum/2^64 modulo p, where the sum is of at most eight products of elements.
    fn reduced(self, sum: u128) -> u64 {
        let factor = (sum as u64).wrapping_mul(self.inverse);
        // A multiple of 2^64, below 2^126.
        let multiple = sum + u128::from(factor) * u128::from(self.prime);
        self.once((multiple >> 64) as u64)
    }

    /// A number below 2p, less p where it is not below it.
    fn once(self, number: u64) -> u64 {
        match number >= self.prime {
            true => number - self.prime,
            false => number,
        }
    }

    /// x·y; where one of them is a residue and the other an element, the residue of the product.
    pub(crate) fn product(self, x: u64, y: u64) -> u64 {
        self.reduced(u128::from(x) * u128::from(y))
    }

    /// x·y + z·w.
    pub(crate) fn products(self, x: u64, y: u64, z: u64, w: u64) -> u64 {
        self.reduced(u128::from(x) * u128::from(y) + u128::from(z) * u128::from(w))
    }

    /// −x.
    pub(crate) fn negative(self, x: u64) -> u64 {
        match x {
            0 => 0,
            x => self.prime - x,
        }
    }

    /// x + y.
    pub(crate) fn sum(self, x: u64, y: u64) -> u64 {
        self.once(x + y)
    }

    /// The element 1.
    pub(crate) fn one(self) -> u64 {
        self.form(1)
    }

    /// The element of a residue.
    fn form(self, residue: u64) -> u64 {
        self.product(residue, self.square)
    }

    /// The residue of an element.
    pub(crate) fn residue(self, element: u64) -> u64 {
        self.reduced(u128::from(element))
    }

    /// 1/x for an element that is not 0, by Euclid's algorithm.
    pub(crate) fn inverse(self, element: u64) -> u64 {
        let (mut last, mut rest) = (self.prime, element);
        // Factors of the element; they stay below p.
        let (mut before, mut factor) = (0_i64, 1_i64);
        while rest > 1 {
            let quotient = last / rest;
            (last, rest) = (rest, last - quotient * rest);
            (before, factor) = (factor, before - quotient as i64 * factor);
        }
        let inverse = self.of_signed(factor);
        self.product(self.product(inverse, self.square), self.square)
    }

    /// The residue of an integer above −p and below p.
    pub(crate) fn of_signed(self, number: i64) -> u64 {
        match number < 0 {
            true => self.prime - number.unsigned_abs(),
            false => number.unsigned_abs(),
        }
    }

    /// The residue between −p/2 and p/2.
    pub(crate) fn balanced(self, residue: u64) -> i64 {
        match residue > self.prime / 2 {
            true => -((self.prime - residue) as i64),
            false => residue as i64,
        }
    }

    /// The element of an integer.
    pub(crate) fn element(self, number: &BigInt) -> u64 {
        let mut residue = 0;
        for digit in number.iter_u64_digits().rev() {
            // The last residue times 2^64, and the digit.
            residue = self.sum(self.product(residue, self.square), digit % self.prime);
        }
        match number.sign() {
            Sign::Minus => self.negative(self.form(residue)),
            _ => self.form(residue),
        }
    }

    /// The element of the prime of another modulus, inverted.
    pub(crate) fn inverse_of(self, other: Modulus) -> u64 {
        self.inverse(self.form(other.prime % self.prime))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn residues_are_a_field() {
        let mut modulus = Modulus::first();
        for _ in 0..20 {
            let p = modulus.prime;
            assert!(p >> Modulus::BITS == 1 && modulus.is_prime());
            for x in [1, 2, 3, 1 << 60, p / 2, p - 1] {
                let element = modulus.form(x);
                assert_eq!(modulus.residue(element), x);
                let one = modulus.product(element, modulus.inverse(element));
                assert_eq!(modulus.residue(one), 1);
                assert_eq!(modulus.sum(element, modulus.negative(element)), 0);
                assert_eq!(modulus.of_signed(modulus.balanced(x)), x);
                let two = modulus.products(element, modulus.form(2), 0, p - 1);
                assert_eq!(two, modulus.sum(element, element));
            }
            for number in [-5_i128, 0, 7, i128::MAX, i128::MIN] {
                let expected = number.rem_euclid(i128::from(p)) as u64;
                assert_eq!(modulus.residue(modulus.element(&number.into())), expected);
            }
            let next = modulus.next();
            let inverse = next.inverse_of(modulus);
            assert_eq!(
                next.residue(next.product(inverse, next.form(p % next.prime))),
                1
            );
            assert!(
                (next.prime + 2..p)
                    .step_by(2)
                    .all(|n| !Modulus::of(n).is_prime())
            );
            modulus = next;
        }
        assert!(!Modulus::of(3_215_031_751).is_prime() && Modulus::of(1_000_000_007).is_prime());
    }
}
