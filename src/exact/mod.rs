//! Exact numbers: rationals, integer rows over a common denominator, radicals, and the ordered rings that algorithms run on.

pub mod decimal;
pub(crate) mod dependence;
pub(crate) mod dyads;
mod enclosure;
pub mod gcd;
pub mod linear;
pub mod lp;
pub(crate) mod modular;
mod rational;
pub mod ring;
mod root;
pub mod rows;
pub mod scalar;
mod surd;
pub mod text;
mod tower;

pub use rational::Rational;
pub use root::rational_root;
pub use surd::Surd;
