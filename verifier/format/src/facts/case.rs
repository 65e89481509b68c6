//! The case analysis in the proofs of Theorems 3.1 and 3.3.

use serde::{Deserialize, Serialize};

use crate::number::StatedRational;

/// Which number the case analysis compares products ‖c_i a_i‖ with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// The paper's: 2r, r = |g − R(Γ)|_{W^{1,∞}} known exactly.
    Seminorm,
    /// The jump form (N10): J, the largest jump of the gradient of g − R(Γ) across a hyperplane; J ≤ 2r.
    Jump,
}

/// A case in the proof of Theorem 3.1 (Case 1, A, B.1, B.2, B.3) or of Theorem 3.3 (Case 1, A.1, A.2, B); for neuron i of Γ and neuron i of the current (merged, permuted) network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ProofCase {
    /// Case 1, i ∈ I_1, of both theorems: a_i^Γ is zero or on no hyperplane of Θ, and likewise a_i^Θ; |p|, |q| ≤ T.
    #[serde(rename = "1")]
    Unmatched,
    /// Case A: same hyperplane, |p| ≤ T.
    #[serde(rename = "A")]
    Small,
    /// Case B.1: same hyperplane, |p| > T, |c^Γ| > ‖a^Γ‖.
    #[serde(rename = "B.1")]
    OuterLarger,
    /// Case B.2: same hyperplane, |p| > T, |c^Γ| < ‖a^Γ‖.
    #[serde(rename = "B.2")]
    InnerLarger,
    /// Case B.3: same hyperplane, |p| > T, |c^Γ| = ‖a^Γ‖.
    #[serde(rename = "B.3")]
    Balanced,
    /// Case A.1 of Theorem 3.3: same hyperplane, p ≤ T.
    #[serde(rename = "A.1")]
    GammaSmall,
    /// Case A.2 of Theorem 3.3: same hyperplane, p > T, q ≤ T.
    #[serde(rename = "A.2")]
    ThetaSmall,
    /// Case B of Theorem 3.3: same hyperplane, p > T, q > T.
    #[serde(rename = "B")]
    Large,
}

/// Neuron `neuron` of Γ, and the neuron in its place in the current network, are in case `case` with respect to T = `threshold` (2r or J):
/// p = c^Γ‖a^Γ‖ and q = c^Θ‖a^Θ‖, both rational. The verifier computes p, q and every inequality of the label, also for matched neurons
/// |p − q| ≤ T, (53). All cases of a claim are of the same network: no rewriting lies between them, nor between them and C.3.
///
/// With `star`, of Theorem 3.3, the cases are 1, A.1, A.2 and B, p = ‖c^Γ‖‖a^Γ‖ and q = ‖c^Θ‖‖a^Θ‖ (both norms the largest entry), and for
/// matched neurons the jump ‖c^Γ a^Γ − c^Θ a^Θ‖ ≤ T.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// The neuron.
    pub neuron: usize,
    /// Its case.
    pub case: ProofCase,
    /// T.
    pub threshold: StatedRational,
    /// Whether it is a case of Theorem 3.3.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub star: bool,
    /// c^Γ‖a^Γ‖_∞.
    pub p: StatedRational,
    /// c^Θ‖a^Θ‖_∞.
    pub q: StatedRational,
    /// Where the jumps are read, (53)/(54): for a matched neuron one facet of the common hyperplane; in case 1 one for Γ's neuron, if its a is not
    /// zero, then one for the other, if its a is not zero.
    pub facets: Vec<Facet>,
}

/// Two adjacent regions of Γ and the current network: `point` lies on the hyperplane of the neuron (or of both, with the same direction) and on no
/// other neuron's. Across it the Jacobian of R(Γ) − g changes by c_Γ a_Γ − c_Θ a_Θ (one of them alone in case 1), whose largest entry is `jump`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facet {
    /// A point on the hyperplane.
    pub point: Vec<StatedRational>,
    /// The largest entry of the jump, at most 2r.
    pub jump: StatedRational,
}
