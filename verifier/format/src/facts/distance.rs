//! Φ is reached, and how far it is from Γ.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::number::Surd;

/// Inner (a) or outer (c) weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// a.
    Inner,
    /// c.
    Outer,
}

/// Coordinate k of the inner or outer weights, as text `a3` or `c0`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coordinate {
    /// Inner or outer.
    pub part: Part,
    /// The position.
    pub index: usize,
}

/// The current network is Φ, entry by entry; every entry of Φ − Γ is at most `value` in absolute value, and the named entry
/// attains it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Distance {
    /// ‖Φ − Γ‖_∞.
    pub value: Surd,
    /// Neuron where it is attained.
    pub neuron: usize,
    /// Inner or outer weights.
    pub part: Part,
    /// Position in that row.
    pub index: usize,
}

impl fmt::Display for Coordinate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letter = match self.part {
            Part::Inner => 'a',
            Part::Outer => 'c',
        };
        write!(f, "{letter}{}", self.index)
    }
}

impl Coordinate {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (letter, digits) = text.split_at_checked(1)?;
        let part = match letter {
            "a" => Part::Inner,
            "c" => Part::Outer,
            _ => return None,
        };
        let canonical = digits == "0" || !digits.starts_with(['0', '+']);
        let index = digits.parse().ok().filter(|_| canonical)?;
        Some(Coordinate { part, index })
    }
}

impl Serialize for Coordinate {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Coordinate {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        Coordinate::parse(&text)
            .ok_or_else(|| serde::de::Error::custom("a coordinate is like 'a0' or 'c1'"))
    }
}
