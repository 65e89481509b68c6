//! Numbers rounded to the nearest binary float.

use num_bigint::BigInt;
use num_integer::Integer as _;
use num_traits::{One as _, Signed as _, ToPrimitive as _, Zero as _};

use super::error::Problem;
use super::precision::Precision;
use crate::exact::{Rational, Surd};

/// The nearest float: its bits and its value.
pub(super) struct Nearest {
    pub(super) bits: u64,
    pub(super) value: Rational,
    pub(super) exact: bool,
}

/// Rounds to the nearest float, ties to even.
pub(super) fn nearest(number: &Surd, precision: Precision) -> Result<Nearest, Problem> {
    let layout = precision.layout();
    let (fraction, exponent) = (i64::from(layout.fraction), i64::from(layout.exponent));
    let bias = (1i64 << (exponent - 1)) - 1;
    let size = number.abs();
    if size.sign().is_eq() {
        return Ok(Nearest {
            bits: 0,
            value: Rational::zero(),
            exact: true,
        });
    }
    // The unit in the last place is 2^unit.
    let unit = (log2(&size) - fraction).max(1 - bias - fraction);
    let (halves, exact_halves) = size.floor_over(unit - 1);
    let (mut mantissa, odd) = halves.div_rem(&BigInt::from(2));
    let odd = !odd.is_zero();
    if odd && (!exact_halves || mantissa.is_odd()) {
        mantissa += 1;
    }
    // Adding up carries a full mantissa into the exponent, and subnormals into normal numbers.
    let above = mantissa - (BigInt::one() << layout.fraction);
    let field = unit + fraction + bias;
    let bits = match above.is_negative() {
        true => above + (BigInt::one() << layout.fraction),
        false => (BigInt::from(field) << layout.fraction) + above,
    };
    let infinity = BigInt::from((1i64 << exponent) - 1) << layout.fraction;
    let bits = bits.to_u64().filter(|_| bits < infinity);
    let Some(mut bits) = bits else {
        return Err(Problem::Other(format!(
            "{} is too large for {:?}",
            number.approx(6),
            precision
        )));
    };
    if number.sign().is_lt() {
        bits |= 1 << (layout.fraction + layout.exponent);
    }
    let value = layout.value(bits);
    Ok(Nearest {
        bits,
        value: value.map_err(|what| Problem::Other(format!("rounding gave {what}")))?,
        exact: exact_halves && !odd,
    })
}

/// The nearest float of this format, ties to even; none if the number is too large for it.
pub fn rounded(number: &Rational, precision: Precision) -> Option<Rational> {
    let nearest = nearest(&Surd::from(number.clone()), precision);
    nearest.ok().map(|nearest| nearest.value)
}

/// ⌊log₂ x⌋ for x > 0.
fn log2(size: &Surd) -> i64 {
    let mut shift = 0;
    loop {
        let (floor, _) = size.floor_over(-shift);
        if floor.is_positive() {
            return floor.bits() as i64 - 1 - shift;
        }
        shift = (2 * shift).max(64);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn bits(text: &str, precision: Precision) -> u64 {
        let number = crate::exact::text::parse(text).unwrap();
        nearest(&number, precision).unwrap().bits
    }

    #[test]
    fn rounding_is_that_of_the_standard() {
        let double = |text: &str| f64::from_bits(bits(text, Precision::F64));
        let single = |text: &str| f32::from_bits(bits(text, Precision::F32) as u32);
        assert_eq!(double("1/10"), 0.1);
        assert_eq!(double("-1/3"), -1.0 / 3.0);
        assert_eq!(double("sqrt(2)"), 2f64.sqrt());
        assert_eq!(double("1-sqrt(2)+sqrt(3)"), 1.317_837_245_195_782_2);
        assert_eq!(double("(7-4*sqrt(3))^9"), 5.069_255_072_402_395e-11);
        assert_eq!(double("2^53+1"), 9_007_199_254_740_992.0);
        assert_eq!(double("2^53+3"), 9_007_199_254_740_996.0);
        assert_eq!(double("2^1024-2^970-1"), f64::MAX);
        assert_eq!(double("1/2^1074"), 5e-324);
        assert_eq!(double("1/2^1075"), 0.0);
        assert_eq!(double("1/2^1075+1/2^1200"), 5e-324);
        assert_eq!(double("1/2^1022-1/2^1076"), f64::MIN_POSITIVE);
        assert_eq!(single("1/10"), 0.1);
        assert_eq!(single("-7/3*sqrt(3)"), -(7.0 / 3.0 * 3f64.sqrt()) as f32);
        assert_eq!(single("1/2^149"), 1e-45);
        let huge = crate::exact::text::parse("2^1024").unwrap();
        assert!(nearest(&huge, Precision::F64).is_err());
        assert!(nearest(&huge, Precision::F32).is_err());
    }

    proptest! {
        #[test]
        fn quotients_round_like_the_processor(p in any::<i32>(), q in 1i32..i32::MAX) {
            let found = bits(&format!("{p}/{q}"), Precision::F64);
            prop_assert_eq!(f64::from_bits(found), f64::from(p) / f64::from(q));
        }

        #[test]
        fn every_float_is_itself(word in any::<u64>()) {
            let value = f64::from_bits(word);
            prop_assume!(value.is_finite() && value != 0.0);
            let number = Surd::from(Rational::from_float(value).unwrap());
            let found = nearest(&number, Precision::F64).unwrap();
            prop_assert!(found.exact && found.bits == word);
        }
    }
}
