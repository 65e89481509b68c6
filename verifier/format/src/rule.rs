//! The rules a step can name, and what each obliges the verifier to see.
//!
//! Rewriting rules act on the *current network*, which starts as Θ (homogenised where the statement has biases) and must end
//! as Φ. A neuron i of it is (s, c, a): inner weights √s·a, outer weights √s·c, contribution s·c·ρ(⟨a,x⟩). Analysis rules
//! speak of Γ (homogenised likewise) and of the current network at that step.
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

use serde::{Deserialize, Serialize};

use super::family::{FamilyStep, PositiveForAllK};
use super::number::{Rational, Surd};
use super::parametrization::{
    Constant, Flip, Flips, Fold, Hall, Lift, Member, Orientations, Resize, Revive, Split, Stretch,
};

/// One step's rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Rule {
    /// Evidence r ≥ value.
    Point(Point),
    /// Evidence r ≤ bound.
    Branch(Branch),
    /// The jump norm.
    Jump(Jump),
    /// A hypothesis holds.
    Condition(Condition),
    /// A dead neuron becomes zero.
    Kill(Kill),
    /// Parallel neurons become one.
    Merge(Merge),
    /// The neurons are put in another order.
    Permute(Permute),
    /// A rational rescaling.
    Scale(Scale),
    /// A rescaling by a square root.
    Radical(Radical),
    /// Two adjacent regions.
    Facet(Facet),
    /// A neuron's case in the proof of Theorem 3.1.
    Case(Case),
    /// The distance and its bounds.
    Bound(Bound),
    /// A hypothesis fails.
    Violation(Violation),
    /// Linear dependences for later steps.
    Circuits(Circuits),
    /// Interior points of listed regions.
    Witnesses(Witnesses),
    /// Hyperplanes that listed regions do not touch.
    Closure(Closure),
    /// The number of regions, counted by the verifier.
    Count(Count),
    /// Two functions agree.
    Equal(Equal),
    /// Two functions differ at a point.
    Values(Values),
    /// The largest value on a box.
    Vertices(Vertices),
    /// A bound of the loss over all networks near Γ.
    Intervals(Intervals),
    /// A network is in N′ or N*.
    Member(Member),
    /// Lemma A.6.
    Lift(Lift),
    /// Neurons change their sign.
    Flip(Flip),
    /// One neuron becomes two.
    Split(Split),
    /// A zero neuron gets weights that do not contribute.
    Revive(Revive),
    /// A constant neuron goes into the output bias.
    Fold(Fold),
    /// Zero neurons are added or removed.
    Resize(Resize),
    /// A rescaling by a sum of square roots.
    Stretch(Stretch),
    /// All flip sets.
    Flips(Flips),
    /// No orientation of the kinks fits.
    Orientations(Orientations),
    /// A lower bound by Hall's theorem.
    Hall(Hall),
    /// A lower bound by the output bias.
    Constant(Constant),
    /// A step of a `for-all-k` claim.
    ForAllK(Box<FamilyStep>),
    /// A sign valid for all k of a section.
    PositiveForAllK(PositiveForAllK),
}

kinds!(Rule {
    Point = "point",
    Branch = "branch",
    Jump = "jump",
    Condition = "condition",
    Kill = "kill",
    Merge = "merge",
    Permute = "permute",
    Scale = "scale",
    Radical = "radical",
    Facet = "facet",
    Case = "case",
    Bound = "bound",
    Violation = "violation",
    Circuits = "circuits",
    Witnesses = "witnesses",
    Closure = "closure",
    Count = "count",
    Equal = "equal",
    Values = "values",
    Vertices = "vertices",
    Intervals = "intervals",
    Member = "member",
    Lift = "lift",
    Flip = "flip",
    Split = "split",
    Revive = "revive",
    Fold = "fold",
    Resize = "resize",
    Stretch = "stretch",
    Flips = "flips",
    Orientations = "orientations",
    Hall = "hall",
    Constant = "constant",
    ForAllK = "for-all-k",
    PositiveForAllK = "positive-for-all-k",
});

/// r ≥ `value`: at `point`, which lies on no hyperplane of the difference, entry (`output`, `input`) of the Jacobian of
/// g − R(Γ) has absolute value `value`. The verifier recomputes `signs` (one `+` or `-` a hyperplane of the difference, in its
/// numbering) and the entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Point {
    /// The point, d rationals.
    pub point: Vec<Rational>,
    /// The signs of ⟨n_H, point⟩, as text.
    pub signs: String,
    /// Row of the Jacobian.
    pub output: usize,
    /// Column of the Jacobian.
    pub input: usize,
    /// The absolute value there.
    pub value: Rational,
}

/// r ≤ `bound`, by a binary tree over the hyperplanes of the difference, in preorder (the + branch before the − branch).
///
/// At a leaf some hyperplanes H are decided, with signs ε_H. A `Node::Bound` leaf obliges the verifier to see, for every entry,
/// |M + ½ Σ_decided ε_H κ_H n_Hᵀ| + ½ Σ_undecided |κ_H n_Hᵀ| ≤ bound; with a target, the same for ±(that entry) without the
/// absolute value around it. A `Node::Farkas` leaf obliges it to see that no region is there: Σ μ_H n_H = 0 over the named circuit,
/// all H of it decided, and the signs of μ_H all equal ε_H or all opposite. Without a target the bound is not negative.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Branch {
    /// The number shown to be at least r.
    pub bound: Rational,
    /// If given, the tree shows only that ±(one entry) ≤ bound, and leaves speak of that alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Target>,
    /// Linear dependences of this step alone; leaves number them after those of all earlier `circuits` steps.
    pub circuits: Vec<Circuit>,
    /// Packings of circuits, shared by the leaves; only with a target.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub packings: Vec<Packing>,
    /// The tree in preorder.
    pub nodes: Vec<Node>,
}

/// One entry of the Jacobian with a sign: the tree shows that entry ≤ bound (or −entry ≤ bound, with `negative`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// Row of the Jacobian.
    pub output: usize,
    /// Column of the Jacobian.
    pub input: usize,
    /// Whether the entry's negative is meant.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub negative: bool,
}

/// Pairs (circuit, y), y > 0, no circuit twice. With v_H = ±(κ_H n_Hᵀ)_entry the target's value is ±M_entry + ½ Σ ε_H v_H, at most
/// ±M_entry + ½ Σ |v_H|, and every undecided H prefers the sign of v_H. In every circuit named, each H is decided or has v_H ≠ 0,
/// and the signs of μ_H all equal, or are all opposite to, the decided or preferred ones: some undecided H of it must give way. At
/// the leaf Σ_{C ∋ H} y_C ≤ |v_H| for every undecided H, so at least Σ y is lost beside Σ |v_H| over the H decided against v_H, and
/// the leaf obliges the verifier to see ±M_entry + ½ Σ |v_H| − (these losses) ≤ bound.
pub type Packing = Vec<(usize, Rational)>;

/// Σ μ_H n_H = 0: pairs (hyperplane H, μ_H), H increasing, μ_H ≠ 0, not empty.
pub type Circuit = Vec<(usize, Rational)>;

/// One node of a region tree, as text `s3`, `b`, `f0` or `p0`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Node {
    /// Split on an undecided hyperplane; two subtrees follow.
    Split(usize),
    /// A leaf where the bound holds whatever the undecided signs.
    Bound,
    /// A leaf that no region meets, by the circuit of this index.
    Farkas(usize),
    /// A leaf closed by the packing of this index.
    Packing(usize),
}

impl Serialize for Node {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Node::Split(hyperplane) => serializer.collect_str(&format_args!("s{hyperplane}")),
            Node::Bound => serializer.serialize_str("b"),
            Node::Farkas(circuit) => serializer.collect_str(&format_args!("f{circuit}")),
            Node::Packing(packing) => serializer.collect_str(&format_args!("p{packing}")),
        }
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        let index = |digits: &str| {
            let canonical = digits == "0" || !digits.starts_with(['0', '+']);
            digits.parse().ok().filter(|_| canonical)
        };
        let node = match text.split_at_checked(1) {
            Some(("s", digits)) => index(digits).map(Node::Split),
            Some(("f", digits)) => index(digits).map(Node::Farkas),
            Some(("p", digits)) => index(digits).map(Node::Packing),
            Some(("b", "")) => Some(Node::Bound),
            _ => None,
        };
        node.ok_or_else(|| serde::de::Error::custom("a tree node is 's<i>', 'b', 'f<i>' or 'p<i>'"))
    }
}

/// J = `value` = max_H ‖κ_H‖_∞·‖n_H‖_∞ over the difference's hyperplanes; 0 if there are none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Jump {
    /// The jump norm.
    pub value: Rational,
}

/// The hypotheses of Theorem 3.1 (numbering of the paper).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ConditionName {
    /// For all i: ‖c_i a_i‖ ≤ threshold ⇒ |c_i|, ‖a_i‖ ≤ β, in Γ.
    #[serde(rename = "C.1")]
    Balance,
    /// No two non-zero a_i of Γ are positive multiples of each other.
    #[serde(rename = "C.2")]
    NoParallel,
    /// No two non-zero a_i are negative multiples of each other, in Γ and in Θ.
    #[serde(rename = "C.3a")]
    NoOppositeWithin,
    /// No non-zero a_i of Γ is a negative multiple of an a_j of Θ.
    #[serde(rename = "C.3b")]
    NoOppositeBetween,
    /// Some Θ of g satisfies C.3a and C.3b with Γ (D03). Only claimed violated.
    #[serde(rename = "C.3")]
    NoOppositePossible,
}

/// The hypothesis `name` holds for Γ and, for C.3, the current network at that step, which realises g whatever has been done to Θ (the
/// theorem asks for some Θ of g). In `theorem-3.1-refined` claims only live neurons count, and C.1 is not asked. `beta` and `threshold` belong to C.1 and to it alone; the
/// threshold is 2r (r exact) or J, as the claim's form says. The verifier decides the condition itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// Which hypothesis.
    pub name: ConditionName,
    /// β of C.1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub beta: Option<Surd>,
    /// The threshold of C.1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub threshold: Option<Rational>,
}

/// Γ, Θ, or Φ where a claim has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// Γ.
    Gamma,
    /// Θ.
    Theta,
    /// Φ; only in `member` steps.
    Phi,
}

/// The neurons at which a hypothesis fails.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Violation {
    /// C.1 at neuron i of Γ: ‖c_i a_i‖ ≤ 2·r_lower (a `point` step shows r ≥ r_lower), but |c_i| or ‖a_i‖ is `size` > β.
    Unbalanced {
        /// The neuron.
        i: usize,
        /// β that C.1 was asked with.
        beta: Surd,
        /// max(|c_i|, ‖a_i‖).
        size: Surd,
        /// A proved lower bound of r.
        r_lower: Rational,
    },
    /// C.2, C.3a: a_j = factor·a_i in the claim's network, i < j; factor > 0 for C.2, < 0 for C.3a. C.3b: a_j of Θ is
    /// factor·a_i of Γ, factor < 0.
    Multiple {
        /// First neuron (of Γ, for C.3b).
        i: usize,
        /// Second neuron (of Θ, for C.3b).
        j: usize,
        /// The factor, a rational multiple of one square root.
        factor: Surd,
    },
    /// C.3: no Θ whatever of g = R(Θ) satisfies it with this Γ, by an `orientations` step with `forced`.
    NoOrientation {},
}

/// Neuron contributes nothing (a = 0 or c = 0): both become 0.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kill {
    /// The neuron.
    pub neuron: usize,
}

/// (43)/(87): each neuron j of `from` (a_j = μ a_i, μ > 0, i = `into`, j > i increasing) is added to neuron i,
/// c_i ← c_i + Σ μ (s_j/s_i) c_j, and becomes zero. a_i is kept, also where the sum is 0.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Merge {
    /// The neuron that stays.
    pub into: usize,
    /// The neurons that become zero.
    pub from: Vec<usize>,
}

/// New neuron i is old neuron `order[i]`; `order` is a permutation of all indices (59).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Permute {
    /// The permutation π.
    pub order: Vec<usize>,
}

/// a ← factor·a, c ← c/factor; factor > 0.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scale {
    /// The neuron.
    pub neuron: usize,
    /// λ.
    pub factor: Rational,
}

/// Inner weights times √factor, outer weights divided by it: s ← factor·s, c ← c/factor; factor > 0.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Radical {
    /// The neuron.
    pub neuron: usize,
    /// t.
    pub factor: Rational,
}

/// Two adjacent regions of Γ and the current network, which the jump (53)/(54) is read from: `point` lies on the hyperplane of
/// Γ's neuron `gamma` and of the current neuron `theta` (at least one named, not zero; both named only if a_theta is a positive
/// multiple of a_gamma) and on no other neuron's. Across it the Jacobian of R(Γ) − g changes by c_γ a_γ − c_θ a_θ, whose largest
/// entry is `jump`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facet {
    /// Neuron of Γ.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gamma: Option<usize>,
    /// Neuron of the current network.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theta: Option<usize>,
    /// A point on the hyperplane.
    pub point: Vec<Rational>,
    /// ‖c_γ a_γ − c_θ a_θ‖_∞ ≤ 2r.
    pub jump: Rational,
}

/// The cases of the proof, for neuron i of Γ and neuron i of the current (merged, permuted) network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum CaseLabel {
    /// i ∈ I_1: a_i^Γ is zero or on no hyperplane of Θ, and likewise a_i^Θ; |p|, |q| ≤ T.
    #[serde(rename = "1")]
    Unmatched,
    /// Same hyperplane, |p| ≤ T.
    #[serde(rename = "A")]
    Small,
    /// Same hyperplane, |p| > T, |c^Γ| > ‖a^Γ‖.
    #[serde(rename = "B.1")]
    OuterLarger,
    /// Same hyperplane, |p| > T, |c^Γ| < ‖a^Γ‖.
    #[serde(rename = "B.2")]
    InnerLarger,
    /// Same hyperplane, |p| > T, |c^Γ| = ‖a^Γ‖.
    #[serde(rename = "B.3")]
    Balanced,
    /// Theorem 3.3: same hyperplane, p ≤ T.
    #[serde(rename = "A.1")]
    GammaSmall,
    /// Theorem 3.3: same hyperplane, p > T, q ≤ T.
    #[serde(rename = "A.2")]
    ThetaSmall,
    /// Theorem 3.3: same hyperplane, p > T, q > T.
    #[serde(rename = "B")]
    Large,
}

/// Neuron `neuron` is in case `case` with respect to the claim's threshold T (2r or J): p = c^Γ‖a^Γ‖ and q = c^Θ‖a^Θ‖, both
/// rational; matched neurons have |p − q| ≤ T. No merge or permutation may follow a case step, and a kill only of a neuron whose
/// own case came before (balancing c = 0, E3), as a revival of a zero one. `facets` names the facet
/// steps that show the jumps: one for a matched neuron; for case 1 one for each non-zero a.
///
/// In `theorem-3.3` claims the cases are 1, A.1, A.2 and B, p = ‖c^Γ‖‖a^Γ‖ and q = ‖c^Θ‖‖a^Θ‖ (both norms the largest entry), and for matched
/// neurons the jump ‖c^Γ a^Γ − c^Θ a^Θ‖ ≤ T. There the current network is Φ already: only `permute` comes before, and nothing is rescaled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// The neuron.
    pub neuron: usize,
    /// Its case.
    pub case: CaseLabel,
    /// c^Γ‖a^Γ‖_∞.
    pub p: Rational,
    /// c^Θ‖a^Θ‖_∞.
    pub q: Rational,
    /// The facet steps.
    pub facets: Vec<usize>,
}

/// Inner (a) or outer (c) weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// a.
    Inner,
    /// c.
    Outer,
}

/// The current network is Φ, entry by entry; every entry of Φ − Γ is at most `distance` in absolute value, and the named entry
/// attains it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bound {
    /// ‖Φ − Γ‖_∞.
    pub distance: Surd,
    /// Neuron where it is attained.
    pub neuron: usize,
    /// Inner or outer weights.
    pub part: Part,
    /// Position in that row.
    pub index: usize,
}

/// Linear dependences, numbered on from those of earlier `circuits` steps. In `arrangement` claims they are among the hyperplanes
/// of the arrangement: Σ μ_i a_i = 0, where a_i is the row (with biases a_i followed by b_i) without its square root, i the lowest
/// index of its class of parallel rows, and with a domain number m + k is its row k. In other claims they are among the hyperplanes
/// of the difference. Each must be so, also where no later step uses it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Circuits {
    /// The dependences.
    pub circuits: Vec<Circuit>,
}

/// Region `first` + k of the claim's list contains the point `points[k]` (signs of ⟨a_i,x⟩ as listed; inside the domain).
///
/// The claim needs a point in every region. But without a domain, where the list is closed under negation and its first half are
/// the regions whose first sign is +, the others contain the points' negatives: points of the first half are enough.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Witnesses {
    /// Index of the first region.
    pub first: usize,
    /// One point a region.
    pub points: Vec<Vec<Rational>>,
}

/// For region `first` + k, `redundant[k]` lists circuits. Each circuit's signs agree with the region's (domain rows have sign +) on
/// all its classes but one, up to reversing all of them: crossing that one class leads nowhere. Every class is either crossed
/// into a listed region (the one whose signs differ on that class alone) or is the odd one of a listed circuit.
///
/// The regions of an arrangement in an open convex set are connected by crossings, so a list that has an inner point in every
/// region and is closed in this sense is complete. Without a domain the first half is enough, as for witnesses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Closure {
    /// Index of the first region.
    pub first: usize,
    /// One list of circuits a region.
    pub redundant: Vec<Vec<usize>>,
}

/// The arrangement has `regions` regions, counted anew by the verifier: adding hyperplanes one by one, each adds as many regions as
/// the earlier ones cut it into. Only without a domain or with a domain of one row g, where it is half the number of regions with
/// ⟨g,x⟩ = 0 as one more hyperplane. If this is the claim's count, inner points in all its regions make the list complete.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Count {
    /// The number.
    pub regions: usize,
}

/// The difference is 0: no hyperplane, no linear part, no constant. On a box, the hyperplanes that do not meet its interior are
/// folded into the linear part and the constant first. The verifier sees this itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Equal {}

/// |f| ≤ the claim's value at every point of the box where d independent ones of f's hyperplanes and the box's facets meet, which the verifier goes
/// through (they are work, `--limit-work`), and some output has that absolute value at `point`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vertices {
    /// Where the value is attained, d rationals.
    pub point: Vec<Rational>,
}

/// With every weight, bias and output bias in an interval of the claim's radius around Γ's, interval arithmetic encloses ⟨a_i,x⟩ + b_i, its positive
/// part, c_i times it and their sum for every sample, and the mean of the squared distances of the labels from these intervals is at least the
/// claim's loss, which is Γ's. The verifier computes this itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Intervals {}

/// R(Γ)(x) = `gamma` and R(Θ)(x) = `theta`, as networks of the original variables, with the statement's activation; x lies in the
/// claim's box, edges included. In `differ` claims the values are not the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Values {
    /// The point, d rationals.
    pub point: Vec<Rational>,
    /// D numbers.
    pub gamma: Vec<Rational>,
    /// D numbers.
    pub theta: Vec<Rational>,
}
