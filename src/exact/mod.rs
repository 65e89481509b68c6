//! Exact numbers: rationals, integer rows over a common denominator, radicals, and the ordered rings that algorithms run on.

pub mod gcd;
pub mod linear;
pub mod lp;
pub mod ring;

/// The public number type: arbitrary-precision rationals, always in lowest terms with positive denominator.
pub type Rational = num_rational::BigRational;
