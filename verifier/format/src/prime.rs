//! The integers modulo a prime, where linear algebra and division of polynomials are short.
//!
//! What is so over Q is so modulo a prime, and what is not hardly ever is: so independence, and that there is no common factor, are seen modulo one of
//! a few primes, and nothing else is claimed of residues.

use num_bigint::BigInt;
use num_integer::Integer as _;
use num_traits::ToPrimitive as _;

/// The integers modulo a prime below 2^63, by their residues.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    prime: u64,
}

impl Field {
    /// Three of them: a number other than 0 that each of their primes divides is no accident.
    pub const ALL: [Field; 3] = [
        Field {
            prime: (1 << 61) - 1,
        },
        Field {
            prime: (1 << 62) - 57,
        },
        Field {
            prime: (1 << 63) - 25,
        },
    ];

    /// The residue of an integer.
    pub fn residue(self, number: &BigInt) -> u64 {
        let residue = number.mod_floor(&BigInt::from(self.prime));
        residue.to_u64().unwrap_or(0) // It always fits.
    }

    /// x·y.
    pub fn product(self, x: u64, y: u64) -> u64 {
        let product = u128::from(x) * u128::from(y) % u128::from(self.prime);
        u64::try_from(product).unwrap_or(0) // It always fits.
    }

    /// x − y.
    pub fn less(self, x: u64, y: u64) -> u64 {
        match x >= y {
            true => x - y,
            false => x + (self.prime - y),
        }
    }

    /// x + y.
    pub fn more(self, x: u64, y: u64) -> u64 {
        self.less(x, self.less(0, y))
    }

    /// 1/x, as the power prime − 2; 0 for 0.
    pub fn inverse(self, x: u64) -> u64 {
        let (mut base, mut inverse, mut exponent) = (x, 1, self.prime - 2);
        while exponent > 0 {
            if exponent & 1 == 1 {
                inverse = self.product(inverse, base);
            }
            (base, exponent) = (self.product(base, base), exponent >> 1);
        }
        inverse
    }

    /// Takes `factor` times the other row from a row.
    pub fn subtract(self, row: &mut [u64], other: &[u64], factor: u64) {
        if factor != 0 {
            for (x, y) in row.iter_mut().zip(other) {
                *x = self.less(*x, self.product(factor, *y));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether it is a prime, by Miller and Rabin with bases that are enough below 2^64.
    fn is_prime(field: Field) -> bool {
        let n = field.prime;
        let (odd, twos) = (
            (n - 1) >> (n - 1).trailing_zeros(),
            (n - 1).trailing_zeros(),
        );
        let power = |base: u64, mut exponent: u64| {
            let (mut base, mut power) = (base, 1);
            while exponent > 0 {
                if exponent & 1 == 1 {
                    power = field.product(power, base);
                }
                (base, exponent) = (field.product(base, base), exponent >> 1);
            }
            power
        };
        [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37]
            .into_iter()
            .all(|base| {
                let mut x = power(base, odd);
                let first = x == 1 || x == n - 1;
                first
                    || (1..twos).any(|_| {
                        x = field.product(x, x);
                        x == n - 1
                    })
            })
    }

    #[test]
    fn residues_are_a_field() {
        for field in Field::ALL {
            assert!(is_prime(field), "{field:?}");
            let minus = field.residue(&BigInt::from(-5));
            assert_eq!(field.more(minus, 5), 0);
            assert_eq!(field.less(3, 8), minus);
            for x in [1, 2, 3, 1 << 60, field.prime - 1] {
                assert_eq!(field.product(x, field.inverse(x)), 1);
            }
            let big = BigInt::from(u128::MAX) * 3;
            let three = field.product(field.residue(&BigInt::from(u128::MAX)), 3);
            assert_eq!(field.residue(&big), three);
            let mut row = [1, 2];
            field.subtract(&mut row, &[2, 2], 1);
            assert_eq!(row, [field.prime - 1, 0]);
        }
    }
}
