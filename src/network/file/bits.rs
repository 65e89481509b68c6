//! The values of binary floats, bit for bit.

use num_bigint::BigInt;
use num_traits::{One, Zero};

use crate::exact::Rational;

/// The layout of a binary float: bits of the fraction and of the exponent, sign on top.
pub(super) struct FloatBits {
    pub(super) bytes: usize,
    pub(super) fraction: u32,
    pub(super) exponent: u32,
}

impl FloatBits {
    /// The exact value of the bits, or what they are instead of a number.
    pub(super) fn value(&self, bits: u64) -> Result<Rational, &'static str> {
        let fraction = bits & ((1 << self.fraction) - 1);
        let exponent = bits >> self.fraction & ((1 << self.exponent) - 1);
        let negative = bits >> (self.fraction + self.exponent) & 1 == 1;
        if exponent == (1 << self.exponent) - 1 {
            return Err(match (fraction, negative) {
                (0, false) => "infinity",
                (0, true) => "minus infinity",
                _ => "NaN",
            });
        }
        let mantissa = if exponent == 0 {
            fraction
        } else {
            fraction | 1 << self.fraction
        };
        if mantissa == 0 {
            return Ok(Rational::zero());
        }
        // Subnormals have the exponent of the smallest normal numbers.
        let bias = (1i64 << (self.exponent - 1)) - 1 + i64::from(self.fraction);
        let odd = mantissa.trailing_zeros();
        let power = exponent.max(1) as i64 - bias + i64::from(odd);
        let numerator = BigInt::from(mantissa >> odd);
        let numerator = if negative { -numerator } else { numerator };
        let shift = power.unsigned_abs();
        Ok(if power >= 0 {
            Rational::new_raw(numerator << shift, BigInt::one())
        } else {
            Rational::new_raw(numerator, BigInt::one() << shift)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::precision::Precision;
    use super::*;

    #[test]
    fn floats_are_taken_bit_for_bit() {
        let doubles = Precision::F64.layout();
        for value in [
            0.0,
            -0.0,
            1.0,
            0.1,
            -3.75,
            5e-324,
            f64::MAX,
            f64::MIN_POSITIVE,
            1e22,
        ] {
            let exact = Rational::from_float(value).unwrap();
            assert_eq!(doubles.value(value.to_bits()).unwrap(), exact);
        }
        let singles = Precision::F32.layout();
        for value in [0.1f32, -7.5, f32::MAX, 1e-45, f32::MIN_POSITIVE] {
            let exact = Rational::from_float(value).unwrap();
            assert_eq!(singles.value(value.to_bits().into()).unwrap(), exact);
        }
        let halves = Precision::F16.layout();
        assert_eq!(halves.value(0x3555).unwrap().to_string(), "1365/4096");
        assert_eq!(halves.value(0x0001).unwrap().to_string(), "1/16777216");
        assert_eq!(halves.value(0xfbff).unwrap().to_string(), "-65504");
        assert_eq!(halves.value(0xfc00), Err("minus infinity"));
        let brains = Precision::Bf16.layout();
        assert_eq!(brains.value(0x3fc0).unwrap().to_string(), "3/2");
        assert_eq!(brains.value(0x7fc0), Err("NaN"));
    }
}
