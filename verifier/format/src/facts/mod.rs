//! The steps of a proof: each establishes one kind of fact with its evidence, or rewrites the current network. What the evidence
//! obliges the verifier to see is written at its type.
//!
//! The *current network* starts as Θ (homogenised where the statement has biases; as Γ in claims of Γ alone), and must be Φ at the `distance` step. A neuron
//! i of it is (s, c, a): inner weights √s·a, outer weights √s·c, contribution s·c·ρ(⟨a,x⟩). Other steps speak of Γ (homogenised likewise)
//! and of the current network at that step.
//!
//! The *difference* g − R(Γ) is M x + ½ Σ_H κ_H |⟨n_H,x⟩| in canonical form (N1): n_H has first non-zero entry 1, only
//! hyperplanes with κ_H ≠ 0 are kept, and they are numbered from 0 in increasing lexicographic order of n_H.
//!
//! For the claims `equal`, `differ`, `seminorm`, `sup-norm` and `jump-norm` the difference is that of the function the claim speaks of:
//! R(Θ) − R(Γ), or R(Γ) if the statement has no Θ, whatever the numbers of neurons; with an `activation` a, of the networks with
//! ϱ(t) = max(a·t, t) = (1 + a)/2·t + |1 − a|/2·|t| in place of ρ. (The output bias is added after the activation.) Where a network
//! has biases these claims speak of R^d of the original variables, the *affine* difference: the homogenised one on x_{d+1} > 0,
//! with the output biases linear and the hyperplane n = (0, …, 0, 1), if it occurs, folded into the linear part
//! (|x_{d+1}| = x_{d+1}). Entries of the Jacobian are then those of the first d columns, the last one is the constant; points have
//! d + 1 coordinates, the last one positive; and g = (0, …, 0, 1) counts as one more hyperplane in circuits, numbered after all
//! others and always decided with sign +. Nothing else names g: a tree does not split on it, and `signs` do not list it.

mod apart;
mod case;
mod cells;
mod circuits;
mod condition;
mod deep;
mod distance;
mod equal;
mod flips;
mod height;
mod jump_norm;
mod layer;
mod local_minimum;
mod near;
mod rank;
mod regions;
mod rewriting;
mod section;
mod seminorm;
mod sup_norm;

use serde::{Deserialize, Serialize};

pub use apart::*;
pub use case::*;
pub use cells::*;
pub use circuits::*;
pub use condition::*;
pub use deep::*;
pub use distance::*;
pub use equal::*;
pub use flips::*;
pub use height::*;
pub use jump_norm::*;
pub use layer::*;
pub use local_minimum::*;
pub use near::*;
pub use rank::*;
pub use regions::*;
pub use rewriting::*;
pub use section::*;
pub use seminorm::*;
pub use sup_norm::*;

kinds! {
    /// One step of a proof.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[serde(deny_unknown_fields)]
    Step {
        /// The two functions agree.
        Equal(Equal) = "equal",
        /// The two functions differ at a point.
        Differ(Differ) = "differ",
        /// The seminorm of the difference, from below or above.
        Seminorm(SeminormFact) = "seminorm",
        /// The jump norm of the difference.
        JumpNorm(JumpNorm) = "jump-norm",
        /// The largest absolute value of the difference on a box.
        SupNorm(SupNorm) = "sup-norm",
        /// A bound of the largest absolute value of the difference on a box, from below or above.
        Height(HeightFact) = "height",
        /// A bound of the loss over all networks near Γ.
        LocalMinimum(LocalMinimum) = "local-minimum",
        /// A hypothesis holds or fails, a network is in a set.
        Condition(ConditionFact) = "condition",
        /// A neuron's case in the proofs of Theorems 3.1 and 3.3.
        Case(Case) = "case",
        /// The current network is Φ, and how far it is from Γ.
        Distance(Distance) = "distance",
        /// No parametrization is nearer.
        Apart(ApartFact) = "apart",
        /// All sets of neurons that can change their sign together.
        Flips(Flips) = "flips",
        /// No orientation of the kinks fits.
        NoOrientation(NoOrientation) = "no-orientation",
        /// Linear dependences for later steps.
        Circuits(Circuits) = "circuits",
        /// The regions of an arrangement.
        Regions(RegionsFact) = "regions",
        /// Whether the layer of hidden neurons is injective.
        Layer(LayerFact) = "layer",
        /// The rank of the derivative of what Γ's parameters are mapped to is full.
        Rank(RankFact) = "rank",
        /// Neurons are replaced by others of the same function.
        Rewrite(Rewrite) = "rewrite",
        /// The neurons are put in another order.
        Permute(Permute) = "permute",
        /// A fact for all k of a section.
        Section(Box<SectionStep>) = "section",
        /// A step of a claim about networks of any depth.
        Deep(Box<DeepStep>) = "deep",
    }
}
