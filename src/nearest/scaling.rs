//! The rescaling of a neuron in its place: as short a number as its cost allows.

use num_bigint::BigInt;
use num_integer::Integer as _;
use num_traits::{One, Zero};

use super::pair_cost::Constraints;
use super::quadratic::Quadratic;
use crate::exact::{Rational, Surd};

/// ν > 0: the inner weights are multiplied by √s·ν, s that of the place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scaling {
    /// A rational number.
    Rational(Rational),
    /// The square root of a number.
    Root(Rational),
    /// Another number.
    Surd(Surd),
}

/// How much above its own cost a neuron may be put, as shares of the cost, if the allowed distance permits: for short numbers.
const SLACK_BITS: [u32; 3] = [10, 20, 40];
/// Precision of the enclosures that rational scalings are looked for in.
const PRECISION: u64 = 96;

/// A scaling for which no weight is further than max(own level, `allowed`) from the place (of scale `scale`); `own` is the pair's least level, and
/// √scale·own ≤ allowed. `None` only if `own` is no level of the constraints.
pub fn scaling(
    constraints: &Constraints,
    own: &Quadratic,
    scale: &Rational,
    allowed: &Surd,
) -> Option<Scaling> {
    let (_, own_above) = own.enclosure(PRECISION);
    // At cost 0 the neuron is a rescaled copy: the exact scaling is the right one.
    if !own_above.is_zero() {
        for bits in SLACK_BITS {
            let slack = &own_above / Rational::from_integer(BigInt::one() << bits);
            let level = Quadratic::from(&own_above + slack);
            if level.times_root(scale).compare(allowed).is_le()
                && let Some((low, high)) = constraints.interval(&level)
                && let Some(rational) = rational_between(&low, &high)
            {
                return Some(Scaling::Rational(rational));
            }
        }
    }
    let (low, high) = constraints.interval(own)?;
    if let Some(rational) = rational_between(&low, &high) {
        return Some(Scaling::Rational(rational));
    }
    exact(&low)
}

fn exact(value: &Quadratic) -> Option<Scaling> {
    if let Some(rational) = value.to_rational() {
        return Some(Scaling::Rational(rational.clone()));
    }
    match value.square_of_pure_root() {
        Some(square) => Some(Scaling::Root(square)),
        None => Some(Scaling::Surd(value.to_surd())),
    }
}

/// The simplest rational of [low, high], if the enclosures of the ends leave room for one; positive.
fn rational_between(low: &Quadratic, high: &Quadratic) -> Option<Rational> {
    let (low, high) = (low.enclosure(PRECISION).1, high.enclosure(PRECISION).0);
    (low <= high && low > Rational::zero()).then(|| simplest(low, high))
}

/// The fraction with the least denominator in [low, high], and of these the least: 0 < low ≤ high.
pub fn simplest(mut low: Rational, mut high: Rational) -> Rational {
    let mut quotients = Vec::new();
    let last = loop {
        let ceiling = low.ceil();
        if ceiling <= high {
            break ceiling;
        }
        // Both lie strictly between the same integers.
        let floor = low.numer().div_floor(low.denom());
        let whole = Rational::from_integer(floor);
        (low, high) = ((&high - &whole).recip(), (&low - &whole).recip());
        quotients.push(whole);
    };
    let quotients = quotients.into_iter().rev();
    quotients.fold(last, |value, quotient| quotient + value.recip())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn q(numerator: i64, denominator: i64) -> Rational {
        Rational::new(numerator.into(), denominator.into())
    }

    #[test]
    fn simplest_fractions_have_least_denominators() {
        for (low, high) in [
            (q(314, 100), q(315, 100)),
            (q(1, 3), q(1, 2)),
            (q(5, 7), q(5, 7)),
            (q(99, 100), q(102, 100)),
            (q(1, 1000), q(1, 999)),
            (q(141421, 100000), q(141422, 100000)),
        ] {
            let found = simplest(low.clone(), high.clone());
            assert!(low <= found && found <= high);
            let by_trying = (1..).find_map(|d: i64| {
                let n = (&low * q(d, 1)).ceil();
                (&n / q(d, 1) <= high).then(|| n / q(d, 1))
            });
            assert_eq!(Some(found), by_trying);
        }
    }
}
