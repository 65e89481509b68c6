//! The case analysis in the proofs of Theorems 3.1 and 3.3.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

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

/// A case in the proof of Theorem 3.1 or of Theorem 3.3, of neuron i of Γ and neuron i of the current (merged, permuted) network. Case 1 is one case of
/// both; which theorem is meant is said by the fact that a certificate states it in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProofCase {
    /// Case 1, i ∈ I_1, of both theorems: a_i^Γ is zero or on no hyperplane of Θ, and likewise a_i^Θ; |p|, |q| ≤ T.
    Unmatched,
    /// The neurons are on one hyperplane, in the proof of Theorem 3.1.
    Main(MainCase),
    /// The neurons are on one hyperplane, in the proof of Theorem 3.3.
    Star(StarCase),
}

/// A case in the proof of Theorem 3.1 of two neurons on one hyperplane.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MainCase {
    /// Case A: |p| ≤ T.
    Small,
    /// Case B.1: |p| > T, |c^Γ| > ‖a^Γ‖.
    OuterLarger,
    /// Case B.2: |p| > T, |c^Γ| < ‖a^Γ‖.
    InnerLarger,
    /// Case B.3: |p| > T, |c^Γ| = ‖a^Γ‖.
    Balanced,
}

/// A case in the proof of Theorem 3.3 of two neurons on one hyperplane.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StarCase {
    /// Case A.1 of Theorem 3.3: p ≤ T.
    GammaSmall,
    /// Case A.2 of Theorem 3.3: p > T, q ≤ T.
    ThetaSmall,
    /// Case B of Theorem 3.3: p > T, q > T.
    Large,
}

impl ProofCase {
    /// Those of Theorem 3.1, in the paper's order.
    pub const OF_MAIN: [ProofCase; 5] = [
        ProofCase::Unmatched,
        ProofCase::Main(MainCase::Small),
        ProofCase::Main(MainCase::OuterLarger),
        ProofCase::Main(MainCase::InnerLarger),
        ProofCase::Main(MainCase::Balanced),
    ];
    /// Those of Theorem 3.3, in the paper's order.
    pub const OF_STAR: [ProofCase; 4] = [
        ProofCase::Unmatched,
        ProofCase::Star(StarCase::GammaSmall),
        ProofCase::Star(StarCase::ThetaSmall),
        ProofCase::Star(StarCase::Large),
    ];
    /// What [`label`](Self::label) answers.
    const LABELS: [&str; 8] = ["1", "A", "B.1", "B.2", "B.3", "A.1", "A.2", "B"];

    /// The paper's, which certificates have.
    pub fn label(self) -> &'static str {
        match self {
            // Case 1 of both theorems.
            ProofCase::Unmatched => "1",
            // Case A.
            ProofCase::Main(MainCase::Small) => "A",
            // Case B.1.
            ProofCase::Main(MainCase::OuterLarger) => "B.1",
            // Case B.2.
            ProofCase::Main(MainCase::InnerLarger) => "B.2",
            // Case B.3.
            ProofCase::Main(MainCase::Balanced) => "B.3",
            // Case A.1 of Theorem 3.3.
            ProofCase::Star(StarCase::GammaSmall) => "A.1",
            // Case A.2 of Theorem 3.3.
            ProofCase::Star(StarCase::ThetaSmall) => "A.2",
            // Case B of Theorem 3.3.
            ProofCase::Star(StarCase::Large) => "B",
        }
    }
}

impl Serialize for ProofCase {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.label())
    }
}

impl<'de> Deserialize<'de> for ProofCase {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let mut all = Self::OF_MAIN.into_iter().chain(Self::OF_STAR);
        all.find(|case| case.label() == text)
            .ok_or_else(|| D::Error::unknown_variant(&text, &Self::LABELS))
    }
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
