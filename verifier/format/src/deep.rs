//! Networks of any depth as a statement has them.

use std::fmt;

use num_rational::BigRational;
use serde::{Deserialize, Serialize};

use super::number::{NumberError, StatedRational};

/// Rationals as one text, `1 -3/8 0`: canonical numbers, one space between each two. At least one.
///
/// A network of half a million weights is a line of so many numbers: as texts of their own they would take ten times the memory. What is no row is
/// seen where
/// its numbers are read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Row(String);

/// An affine map x ↦ weights·x + biases, a row of weights an output.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeepLayer {
    /// One row an output, all of a length.
    pub weights: Vec<Row>,
    /// One number an output.
    pub biases: Row,
}

/// R = W_L ∘ ρ ∘ … ∘ ρ ∘ W_1 (paper eq. 3), L ≥ 1, with rational weights: its neurons are the outputs of the layers but the last. Layers and neurons
/// are
/// numbered from 0. A shallow network is one with two layers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deep {
    /// First to last; each takes what the one before gives.
    pub layers: Vec<DeepLayer>,
}

impl Row {
    /// The text of so many numbers.
    ///
    /// # Panics
    /// If there are none.
    pub fn of<'a>(numbers: impl IntoIterator<Item = &'a BigRational>) -> Row {
        use fmt::Write as _;
        let mut text = String::new();
        for number in numbers {
            if !text.is_empty() {
                text.push(' ');
            }
            // Writing to a String cannot fail.
            let _ = match number.is_integer() {
                true => write!(text, "{}", number.numer()),
                false => write!(text, "{}/{}", number.numer(), number.denom()),
            };
        }
        assert!(!text.is_empty(), "a row has at least one number");
        Row(text)
    }

    /// Its numbers, first to last.
    pub fn numbers(&self) -> impl Iterator<Item = Result<StatedRational, NumberError>> {
        self.0.split(' ').map(str::parse)
    }

    /// How many numbers it has.
    pub fn count(&self) -> usize {
        self.0.bytes().filter(|byte| *byte == b' ').count() + 1
    }

    /// Bytes of its text.
    pub fn bytes(&self) -> usize {
        self.0.len()
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Deep {
    /// How many inputs it has, by its first row; none without one.
    pub fn inputs(&self) -> Option<usize> {
        let first = self.layers.first()?.weights.first()?;
        Some(first.count())
    }

    /// How many outputs each layer has.
    pub fn widths(&self) -> impl Iterator<Item = usize> {
        self.layers.iter().map(|layer| layer.weights.len())
    }
}
