//! Facts for all k of a section of a family.

use serde::{Deserialize, Serialize};

use super::apart::Binding;
use super::distance::Coordinate;
use super::seminorm::Node;
use crate::formula::Formula;

/// A step in one section, for all k in its range at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectionStep {
    /// Index of the section.
    pub section: usize,
    /// What is done.
    pub by: SectionFact,
}

/// What a step in a section obliges the verifier to see. *Definite* means: the same sign at every k of the range, and not zero.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum SectionFact {
    /// The difference has no kinks, and M is identically zero.
    Equal {},
    /// The kinks are distinct, and no entry of a J_H exceeds `value` in absolute value; entry (`output`, `input`) of J at `kink` is ±`value`, or there are no kinks and
    /// the value is 0.
    JumpNorm {
        /// J.
        value: Formula,
        /// Number of a kink; 0 if there is none.
        kink: usize,
        /// Row.
        output: usize,
        /// Column.
        input: usize,
    },
    /// r ≥ `value`: all ⟨a_H, point⟩ are definite, and with their signs ε_H entry (`output`, `input`) of M + ½ Σ ε_H J_H is ±`value` identically, `value` ≥ 0.
    AtLeast {
        /// d numbers, or with biases d + 1, the last one positive.
        point: Vec<Formula>,
        /// Row of the Jacobian.
        output: usize,
        /// Column of the Jacobian.
        input: usize,
        /// The absolute value there.
        value: Formula,
    },
    /// r ≤ `bound`, by a tree over the kinks in preorder, the + branch first, as in [`AtMost`](super::seminorm::AtMost), with nodes `s`, `b` and `f` alone: at a `b` leaf
    /// |M + ½ Σ_decided ε_H J_H| + ½ Σ_undecided |J_H| ≤ bound in every entry; at an `f` leaf Σ μ_H a_H = 0 identically over the circuit, whose kinks are all decided and whose
    /// μ_H are definite, all with the sign ε_H or all with the opposite one.
    AtMost {
        /// The number shown to be at least r.
        bound: Formula,
        /// Pairs (H, μ_H), H increasing.
        circuits: Vec<Vec<(usize, Formula)>>,
        /// The tree.
        nodes: Vec<Node>,
    },
    /// The c_i a_iᵀ of Θ's neurons are linearly independent, so no set of them can be flipped: Σ_{o,j} ℓ_i[o·d + j] c_{h,o} a_{h,j} is
    /// identically zero for i ≠ h, and definite for i = h. With biases it is about the a_i alone: a flip changes the output bias by the constants.
    Independent {
        /// ℓ_i, one D × d matrix by rows a neuron.
        functionals: Vec<Vec<Formula>>,
    },
    /// Every Φ′ with R(Φ′) = R(Θ) and as many neurons as Γ has ‖Φ′ − Γ‖_∞ ≥ `value`, by Hall's theorem and bindings, as in [`Hall`](super::apart::Hall): more
    /// `sources` than `places`, and a binding shows each source at least `value` away from every place of Γ not in `places`. See [`Placed`] and [`Binding`].
    ///
    /// Of the inequalities of a binding everything is to be seen at all k of the range; the source's entry α is identically zero for one coordinate, definite for two.
    Apart {
        /// The lower bound.
        value: Formula,
        /// What is placed.
        against: Placed,
        /// Indices of kinks or of neurons of Θ, increasing.
        sources: Vec<usize>,
        /// Places that the sources may be near to, increasing.
        places: Vec<usize>,
        /// One row a source; in it for every place not in `places`, increasing, one binding, or with `both` two (as it is, flipped).
        bindings: Vec<Vec<Binding>>,
    },
    /// The section's Φ has Γ's shape and R(Φ) = R(Θ) (as for `equal`); with v the section's distance, all entries of Φ − Γ are between −v and v, and the
    /// named entry of the named neuron is ±v.
    Distance {
        /// The neuron.
        neuron: usize,
        /// The entry.
        entry: Coordinate,
    },
    /// Every Φ′ as in `apart` with `as-they-are` (on whose neurons, and the earlier `independent` step, this rests too) has Θ's output bias, and so
    /// ‖Φ′ − Γ‖_∞ ≥ `value` = |e_o^Θ − e_o^Γ|.
    OutputBias {
        /// The lower bound.
        value: Formula,
        /// o.
        output: usize,
    },
    /// `value` > 0.
    Positive {
        /// The number.
        value: Formula,
    },
}

/// What an `apart` step places on the neurons of Γ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Placed {
    /// The kinks of R(Θ), numbered like those of a difference (Θ alone), which are distinct: some neuron of Φ′ has its a on each kink's line. Bindings are as for
    /// lines: only inner coordinates, and the scaling may be any real number.
    Lines,
    /// The neurons of Θ, as many as Γ has, whose a_i and c_i have definite entries and whose a_i have pairwise a definite minor; they are not flipped, by an earlier `independent` step of the section.
    AsTheyAre,
    /// The same neurons, in either orientation.
    Both,
}
