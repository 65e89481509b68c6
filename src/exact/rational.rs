//! The public number type.

/// Arbitrary-precision rationals, always in lowest terms with positive denominator.
pub type Rational = num_rational::BigRational;
