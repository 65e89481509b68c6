//! Numbers in words: exactly, and about.

use num_traits::One as _;

use crate::certificate;
use crate::exact::{Rational, Surd};

/// A number exactly, followed by `≈` and a decimal where the exact text is not a short one.
pub fn number(value: &Surd) -> String {
    let exact = value.to_string();
    let plain = value
        .to_rational()
        .is_some_and(num_rational::Ratio::is_integer);
    if plain && exact.len() <= 12 {
        return exact;
    }
    format!("{exact} ≈ {}", value.approx(8))
}

pub(super) fn rational(value: &certificate::StatedRational) -> String {
    number(&value.0.clone().into())
}

pub(super) fn surd(value: &certificate::Surd) -> String {
    number(&value.into())
}

/// Numbers, or formulas in k, as they stand in the certificate.
pub(super) fn listed<T: ToString>(values: &[T]) -> String {
    let values: Vec<String> = values.iter().map(T::to_string).collect();
    values.join(", ")
}

/// The same in parentheses.
pub(super) fn tuple<T: ToString>(values: &[T]) -> String {
    format!("({})", listed(values))
}

/// A box.
pub(super) fn sides<T: std::fmt::Display>(domain: &[(T, T)]) -> String {
    let sides = domain.iter().map(|(l, u)| format!("[{l}, {u}]"));
    sides.collect::<Vec<_>>().join(" × ")
}

/// √value exactly, as a number.
pub(super) fn root(value: &certificate::StatedRational) -> Surd {
    Surd::multiple_of_root(&Rational::one(), &value.0)
}
