//! A bound of the loss over all networks near Γ.

use serde::{Deserialize, Serialize};

/// With every weight, bias and output bias in an interval of the claim's radius around Γ's, interval arithmetic encloses ⟨a_i,x⟩ + b_i, its positive
/// part, c_i times it and their sum for every sample, and the mean of the squared distances of the labels from these intervals is at least the
/// claim's loss, which is Γ's. The verifier computes this itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LocalMinimum {}
