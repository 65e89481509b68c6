//! The largest absolute value of the difference on a box.

use serde::{Deserialize, Serialize};

use crate::number::StatedRational;

/// The largest absolute value of f on the claim's box is `value`: |f| is at most that at every point of the box where d independent ones of f's hyperplanes and the box's facets meet, which the verifier goes
/// through (where they are many, `--limit-work` is met, and trees of [`Below`](super::Below) are shorter), and some output has that absolute value at `point`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SupNorm {
    /// The sup norm.
    pub value: StatedRational,
    /// Where the value is attained, d rationals.
    pub point: Vec<StatedRational>,
}
