//! Whether two functions agree, on R^d or on a box.

use serde::{Deserialize, Serialize};

use crate::number::StatedRational;

/// The difference is 0: no hyperplane, no linear part, no constant. On a box, the hyperplanes that do not meet its interior are
/// folded into the linear part and the constant first. The verifier sees this itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Equal {}

/// R(Γ)(x) = `gamma` and R(Θ)(x) = `theta`, as networks of the original variables, with the statement's activation; x lies in the
/// claim's box, edges included. The values are not the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Differ {
    /// The point, d rationals.
    pub point: Vec<StatedRational>,
    /// D numbers.
    pub gamma: Vec<StatedRational>,
    /// D numbers.
    pub theta: Vec<StatedRational>,
}
