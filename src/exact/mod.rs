//! Exact numbers: rationals, integer rows over a common denominator, radicals, and the ordered rings that algorithms run on.

pub mod decimal;
pub(crate) mod dependence;
mod enclosure;
pub mod gcd;
pub mod linear;
pub mod lp;
pub(crate) mod modular;
pub mod ring;
pub mod rows;
mod surd;
pub mod text;
mod tower;

pub use surd::{Surd, rational_root};

/// The public number type: arbitrary-precision rationals, always in lowest terms with positive denominator.
pub type Rational = num_rational::BigRational;
