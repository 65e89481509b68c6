//! Facts for all k of a section of a family.

use serde::{Deserialize, Serialize};

use super::apart::Binding;
use super::case::ProofCase;
use super::condition::Side;
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
    /// The difference has no kinks, and M is identically zero. (In a `lift` it is that of R(Γ)(x) and R(Φ)(x, 1, −1), as for networks with biases.) On the section's box kinks are folded into M first whose ⟨a_H,x⟩ is nowhere negative there, at every k, or nowhere
    /// positive; the entries that decide at which corner it is least and largest have one sign, or are 0.
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
    /// The largest |f| on the section's box is `value`. The point is in the box; at it each ⟨a_H,point⟩ is nowhere negative or nowhere positive, and with these signs some
    /// output of M·point + ½ Σ ε_H J_H·point is ±`value` identically, `value` ≥ 0. And every choice of d of the rows ⟨a_H,x⟩ = 0 and of the box's facets x_j = end whose
    /// determinant D is not identically zero is gone through: D is nowhere negative or nowhere positive, and the vertex x, a quotient of determinants over D, is outside the
    /// box by one side at every k (or on it at single k of an interval, if the distance has no roots: there both ends of |f| ≤ `value` are limits), or |f| ≤ `value` at it at every k, with the signs of all ⟨a_H,x⟩ as for the point. Everything is multiplied by D, so that nothing is asked
    /// where D is 0 and there is no vertex.
    SupNorm {
        /// d numbers.
        point: Vec<Formula>,
        /// The sup norm.
        value: Formula,
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
    /// `sources` than `places`, and a binding shows each source at least `value` away from every place of Γ not in `places`. See [`AgainstForAllK`] and [`Binding`].
    ///
    /// Of the inequalities of a binding everything is to be seen at all k of the range; the source's entry α is identically zero for one coordinate, definite for two.
    Apart {
        /// The lower bound.
        value: Formula,
        /// What is placed.
        against: AgainstForAllK,
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
    /// The hypotheses of Theorem 3.1 at the threshold T. C.1: of every neuron of Γ either all |c_i a_ij| ≤ T and |c_i|, |a_ij| ≤ `beta`, or some
    /// |c_i a_ij| > T. C.2 and C.3: the a of any two neurons of Γ, and of any two of Γ and Θ or of Θ, are not parallel (some minor is definite), or, but
    /// for Γ's own, identically parallel and oriented alike. As C.3 is asked of some Θ of g, neurons of Θ whose c is identically zero are left out, and those of one direction are one, or
    /// none where the sum of their c_j a_jᵀ is identically zero. Every a is identically zero, or some entry of it is definite.
    Conditions {
        /// T.
        threshold: Formula,
        /// β.
        beta: Formula,
        /// Neurons of Θ, increasing, over which the sum of the c_j a_jᵀ is identically zero: C.3 is asked of Θ with their a turned round.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        flip: Vec<usize>,
    },
    /// The hypotheses of Theorem 3.1 in refined form. Θ′ is Θ with the neurons of one direction as one, and none where their sum is identically zero. C.2 and C.3 as for `conditions`, of
    /// the neurons of Γ with c not identically zero and of Θ′. Every neuron of Γ either has one of Θ′ on its hyperplane, with the product of their outer weights definitely positive (it has
    /// a partner), or all its |c_i|, |a_ij| ≤ `beta`.
    LiveConditions {
        /// β.
        beta: Formula,
    },
    /// Neuron `neuron` of Γ and that of the section's Φ are in this case of the proof of Theorem 3.1 with respect to T. With P = c^Γ a^Γ, and Q the sum of ±c_j a_j over
    /// the neurons of Θ whose a is parallel to a^Γ (− where it is opposite, which C.3 leaves to those that were turned round), whose largest entries are p and q in absolute value:
    ///
    /// 1: a^Γ is identically zero or parallel to no a of Θ, or Q is identically zero, |P| ≤ T; Φ's neuron is identically zero, or its a is parallel to no a of Γ and |c^Φ a^Φ| ≤ T. Else
    /// |P − Q| ≤ T and c^Φ a^Φ = Q identically, a^Φ being parallel to a^Γ unless both are zero, and A: |P| ≤ T; B: some entry of |P| > T, and
    /// B.1: |c^Γ| > ‖a^Γ‖, c^Φ = c^Γ; B.2: |c^Γ| < ‖a^Γ‖, a^Φ = a^Γ; B.3: |c^Γ| = ‖a^Γ‖. In 1, A and B.3 |c^Φ| = ‖a^Φ‖; or, in 1 and A,
    /// c^Φ a^Φ = 0 identically and Φ's neuron is Γ's.
    ///
    /// In a `theorem-3.3` section the case is one of that theorem's, 1, A.1: |P| ≤ T; A.2: some entry of |P| > T, |Q| ≤ T; B: some entry of |P| > T, and one of |Q|.
    Case {
        /// The neuron.
        neuron: usize,
        /// Its case.
        case: ProofCase,
        /// T.
        threshold: Formula,
    },
    /// As [`LocalMinimum`](super::local_minimum::LocalMinimum), at every k of the range: which end of an interval is larger is everywhere the same.
    LocalMinimum {},
    /// Every Φ′ as in `apart` with `as-they-are` (on whose neurons, and the earlier `independent` step, this rests too) has Θ's output bias, and so
    /// ‖Φ′ − Γ‖_∞ ≥ `value` = |e_o^Θ − e_o^Γ|.
    OutputBias {
        /// The lower bound.
        value: Formula,
        /// o.
        output: usize,
    },
    /// Γ's neurons have slopes a_i (without biases) and c_i of which some entry is definite, some minor of any two a_i (with biases) is definite, and the non-empty sets F with
    /// Σ_F c_i a_iᵀ = 0 at some k (in the slopes) are exactly `sets`, and are such identically: v_i = c_i a_iᵀ, t = 0.
    Flips {
        /// Each increasing, the list in lexicographic order.
        sets: Vec<Vec<usize>>,
        /// Why there are no others.
        choices: Choices,
    },
    /// The kinks of R(Γ) are distinct, and for no k some set F of them has Σ_F 2J_H = Σ_H J_H − 2M, in the first d columns: v_H = 2J_H. As in
    /// [`NoOrientation`](super::flips::NoOrientation), with `line` = H_0 that kink is left out, and the equation is asked modulo all matrices N·a_{H_0}ᵀ: every row x becomes
    /// x·a_p − x_p·a with the first definite entry a_p of a_{H_0}.
    NoOrientation {
        /// H_0.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        line: Option<usize>,
        /// Why there is none.
        choices: Choices,
    },
    /// The regions of Γ's hyperplanes, those of the kinks that Γ's neurons have with 1 for all outer weights, are as many as the section's points, in each of which there is one: by a
    /// tree over these kinks as for `at-most`, where a `b` leaf has all kinks decided, and is, in this order, the region of the next point: all ⟨a_H,point⟩ are definite with its signs.
    /// (With biases, or on a box, a point is followed by 1; and it is inside the box.)
    Regions {
        /// Pairs (H, μ_H), H increasing.
        circuits: Vec<Vec<(usize, Formula)>>,
        /// The tree.
        nodes: Vec<Node>,
    },
    /// The network (the section's Φ, or a family of the claim) is in N*: d ≥ 2, the last two entries of every a_i are positive, some |c_ij| is nowhere less than any |a_ij| and |c_ij|
    /// and identically some |a_ij|, and some minor of any two a_i is definite.
    Member {
        /// Which one; Φ if not given.
        #[serde(default = "phi", skip_serializing_if = "is_phi")]
        network: Side,
    },
    /// `value` > 0.
    Positive {
        /// The number.
        value: Formula,
    },
}

impl SectionFact {
    /// That a network is in N*.
    pub fn member(network: Side) -> Self {
        SectionFact::Member { network }
    }
}

fn phi() -> Side {
    Side::Phi
}

fn is_phi(network: &Side) -> bool {
    *network == Side::Phi
}

/// Evidence that Σ_F v_i = t, with v_i ∈ Q(k)^N perhaps with square roots, has as solutions F at some k of the range those that it has identically, and these are known.
///
/// ⟨ℓ_i,v_h⟩ = δ_ih identically for the i and h that are not `free`. For each of the 2^|free| sets S of free ones let x_i = ⟨ℓ_i, t − Σ_S v_h⟩: only S and the i with x_i = 1 can
/// be a solution. Either all x_i are identically 0 or 1 and it is one identically, or of t − Σ_S v_h − Σ x_i v_i and the x_i(x_i − 1) some entry is definite, and it is none at any k.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choices {
    /// Increasing.
    pub free: Vec<usize>,
    /// ℓ_i for those that are not free, increasing: D × d matrices by rows.
    pub functionals: Vec<Vec<Formula>>,
}

/// What an `apart` step places on the neurons of Γ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AgainstForAllK {
    /// The kinks of R(Θ), numbered like those of a difference (Θ alone), which are distinct: some neuron of Φ′ has its a on each kink's line. Bindings are as for
    /// lines: only inner coordinates, and the scaling may be any real number.
    Lines,
    /// The neurons of Θ, as many as Γ has, whose a_i and c_i have definite entries and whose a_i have pairwise a definite minor; they are not flipped, by an earlier `independent` step of the section.
    AsTheyAre,
    /// The same neurons, in either orientation.
    Both,
    /// The neurons of Θ, as many as Γ has, entry by entry, without scaling; for `n-star`: Θ is in N* as for `member`. No network has biases.
    Fixed,
}
