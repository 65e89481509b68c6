//! Whether the layer of hidden neurons x ↦ (ρ(⟨a_i,x⟩ + b_i))_i is injective on R^d.

use serde::{Deserialize, Serialize};

use crate::number::StatedRational;

/// What is shown about the layer. The output bias is no neuron of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum LayerFact {
    /// In each of the claim's regions the a_i (without biases) of the neurons with sign + span R^d. The verifier sees this itself.
    Spans {},
    /// The layer has the same values at two points, which are not the same.
    Collides {
        /// d rationals.
        x: Vec<StatedRational>,
        /// d rationals.
        y: Vec<StatedRational>,
    },
}
