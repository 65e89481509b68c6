//! The jump norm J of the difference.

use serde::{Deserialize, Serialize};

use crate::number::StatedRational;

/// J = `value` = max_H ‖κ_H‖_∞·‖n_H‖_∞ over the difference's hyperplanes; 0 if there are none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JumpNorm {
    /// The jump norm.
    pub value: StatedRational,
}
