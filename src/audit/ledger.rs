//! Every claim of the papers, one entry each: where it stands, what it says, and what relucert says to it.
//!
//! Ids are those used all over the project: A setup, B optimisation, C examples, D Theorems 3.1 and 3.3 and the appendix, F the note on
//! sets of realizations, N new statements, E errors and gaps.

use super::checks::{self, Check};
use super::trials::Statement;

/// What relucert says to a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// A definition or convention: nothing to prove.
    Definition,
    /// Verified certificates for all k.
    ForAllK,
    /// Verified certificates for the instances named.
    Instance,
    /// Exact, on many random instances from a seed.
    Random,
    /// True after a stated repair.
    Repaired,
    /// False as stated.
    Refuted,
    /// Beyond an exact engine, and why.
    OutOfReach,
}

impl Verdict {
    /// In words, as in the table.
    pub fn words(self) -> &'static str {
        match self {
            Verdict::Definition => "definition",
            Verdict::ForAllK => "proved for all k",
            Verdict::Instance => "proved for this instance",
            Verdict::Random => "holds on exact random instances",
            Verdict::Repaired => "repaired",
            Verdict::Refuted => "refuted",
            Verdict::OutOfReach => "out of reach",
        }
    }
}

/// What a verdict rests on.
#[derive(Clone, Copy, Debug)]
pub enum Evidence {
    /// A certificate of `proofs/`.
    Proof(&'static str),
    /// Random instances: which statement, how many, which seed.
    Trials(Statement, u64, u64),
    /// An exact computation.
    Check(Check),
}

/// One claim.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// Its id.
    pub id: &'static str,
    /// Paper and equation or statement number.
    pub source: &'static str,
    /// The (corrected) statement in a line.
    pub statement: &'static str,
    /// What is said to it.
    pub verdict: Verdict,
    /// Why, in a line: the repair, the counterexample, what is out of reach.
    pub why: &'static str,
    /// What that rests on.
    pub evidence: &'static [Evidence],
}

use Evidence::{Check as Checked, Proof, Trials};
use Verdict::{Definition, ForAllK, Instance, OutOfReach, Random, Refuted, Repaired};

const MAIN: Evidence = Trials(Statement::Main, 2_000, 31);
const STAR: Evidence = Trials(Statement::Star, 2_000, 33);
const LIFT: Evidence = Trials(Statement::Lift, 2_000, 6);

macro_rules! entry {
    ($id:literal, $source:literal, $statement:literal, $verdict:expr, $why:literal, [$($evidence:expr),* $(,)?]) => {
        Entry { id: $id, source: $source, statement: $statement, verdict: $verdict, why: $why, evidence: &[$($evidence),*] }
    };
}

/// All entries, in order.
pub const LEDGER: &[Entry] = &[
    // A. Setup
    entry!(
        "A01",
        "(1)",
        "architectures (N_0, …, N_L) with N_0 = d inputs and N_L = D outputs",
        Definition,
        "a data type; d = 0, m = 0 and D = 0 are rejected when read",
        []
    ),
    entry!(
        "A02",
        "(2)",
        "the parametrizations P_N: a matrix and a bias vector a layer",
        Definition,
        "a data type",
        []
    ),
    entry!(
        "A03",
        "(3)",
        "the realization R(Θ) = W_L ∘ ρ ∘ … ∘ ρ ∘ W_1, ρ(0) = 0",
        Definition,
        "evaluated exactly at any depth (`eval`)",
        [Checked(checks::CANONICAL)]
    ),
    entry!(
        "A04",
        "(4)",
        "a last layer of zeros gives the zero function, whatever the rest",
        Instance,
        "c_i = 0 and e = 0 leave nothing of the canonical form",
        [Checked(checks::ZERO_LAYER)]
    ),
    entry!(
        "A05",
        "§1.1",
        "R is locally Lipschitz into C(K): ‖R(Γ) − R(Φ)‖_∞ ≤ B Σ (‖c_i‖‖a_i − a_i′‖_1 + ‖c_i − c_i′‖‖a_i′‖_1) on [−B, B]^d",
        Random,
        "both sides exactly, the left one as a maximum over vertices",
        [Checked(checks::LIPSCHITZ)]
    ),
    entry!(
        "A05b",
        "new",
        "R is not continuous into W^{1,∞}: ((1, e), 1) stays at seminorm distance 1 from ((1, 0), 1)",
        ForAllK,
        "e = 1/k",
        [Proof("a05b_all_k"), Proof("a05b_not_continuous")]
    ),
    entry!(
        "A06",
        "footnote 1",
        "without loss of generality the norm of a parametrization is the largest entry",
        Definition,
        "other norms change the constants by factors that depend on N; those of Theorem 3.3 are uniform in N for this norm only",
        []
    ),
    entry!(
        "A07",
        "Definition 1.1",
        "(s, α) inverse stability: some Φ with R(Φ) = g and ‖Φ − Γ‖ ≤ s·‖g − R(Γ)‖^α",
        Definition,
        "asked pair by pair (`reparametrize`, `nearest`)",
        []
    ),
    entry!(
        "A08",
        "(6)",
        "the seminorm is the essential supremum of ‖Dg‖, the full norm the larger of it and the sup norm",
        Definition,
        "both exactly: regions (`norm`), vertices on a box (`norm --sup --domain BOX`)",
        [Checked(checks::SUP_NORM)]
    ),
    entry!(
        "A09",
        "(19)",
        "the homogeneous shallow networks N_(d,m,D)",
        Definition,
        "a data type",
        []
    ),
    entry!(
        "A10",
        "§2",
        "a neuron is a ridge function with Jacobian c aᵀ on one side of its hyperplane and 0 on the other",
        Instance,
        "by canonical forms",
        [Checked(checks::CANONICAL)]
    ),
    entry!(
        "A11",
        "(20)",
        "‖R‖_{L^∞(U)} ≤ √d·diam(U)·|R|_{W^{1,∞}} if 0 ∈ U",
        Random,
        "squares compared exactly on boxes",
        [Checked(checks::POINCARE)]
    ),
    entry!(
        "A12",
        "(21)",
        "the seminorm is the largest entry of Σ_active c_i a_iᵀ over the regions, whatever U around 0",
        Instance,
        "enumeration and branch and bound agree; the first version forgot the bars of the norm (E5)",
        [Checked(checks::SEMINORM)]
    ),
    entry!(
        "A13",
        "footnote 3",
        "[m] = {1, …, m}, and N starts at 1",
        Definition,
        "k = 0 is undefined in all examples (E14)",
        []
    ),
    // B. Optimisation
    entry!(
        "B01",
        "(7)",
        "the mean squared error",
        Definition,
        "an exact rational (`lift --samples`)",
        [Checked(checks::EXAMPLE_A_1)]
    ),
    entry!(
        "B02",
        "(8), (9)",
        "the infimum over parametrizations is that over realizations",
        Definition,
        "both range over the same set of functions; \"min\" must read \"inf\" (E14)",
        []
    ),
    entry!(
        "B03",
        "after (9)",
        "\"local minima of (8) correspond to local minima of (9) if and only if we have inverse stability\"",
        Refuted,
        "only if is false: with a constant loss all minima correspond, and without inverse stability (Example 2.1) too",
        [Proof("example_2_1_nearest_all_k")]
    ),
    entry!(
        "B04",
        "Proposition 1.2",
        "a local minimum Γ of radius r gives a local minimum R(Γ) of radius (r/s)^(1/α) under (s, α) inverse stability",
        Repaired,
        "one line: ‖g − R(Γ)‖ ≤ (r/s)^(1/α) gives ‖Φ − Γ‖ ≤ r; the printed (r/a) must read (r/s)",
        [Checked(checks::RADIUS)]
    ),
    entry!(
        "B05",
        "(12), (13)",
        "S = {Λ ≤ C} and Ω_N = R^{-1}(S)",
        Definition,
        "Ω_N is saturated: it contains every parametrization of its functions (E1)",
        []
    ),
    entry!(
        "B06",
        "Theorem 1.3",
        "local minima of radius ≥ r are ε-optimal for large N if R is inverse stable on every Ω_N",
        Refuted,
        "the hypothesis never holds for ReLU (E1); repaired by intersecting Ω_N with N* (N9)",
        [Proof("e1_nearest_all_k"), Proof("e1_no_inverse_stability")]
    ),
    entry!(
        "B07",
        "Theorem A.2",
        "a local minimum of radius r′ ≥ 2η in R(Ω_N) has L(g_*) ≤ L(g) + (2c/r′)‖g − g_*‖η",
        Repaired,
        "λ = r′/(2‖g − g_*‖) exceeds 1 or divides by 0 when ‖g − g_*‖ < r′/2, where g lies in the ball; and \"inf ≤ η\" must be attained or use η + δ",
        [Checked(checks::RADIUS)]
    ),
    entry!(
        "B08",
        "proof of Theorem 1.3",
        "compactness of S implies (46) for large N",
        OutOfReach,
        "a gap about approximants in infinite-dimensional spaces: they must lie in Ω_N; true for f in the convex hull of R(Ω_N), all that is used",
        []
    ),
    entry!(
        "B09",
        "proof of Theorem 1.3",
        "η = min{ε r′/(2c diam S), r′/2}",
        Repaired,
        "needs c·diam(S) > 0",
        []
    ),
    entry!(
        "B10",
        "Corollary 1.4.1",
        "a local minimum of radius r of (17) gives one of radius r²/16 in realization space",
        Repaired,
        "r²/8 by the sharp constant 2√2 (N7)",
        [Checked(checks::RADIUS), Proof("theorem_3_3_sharp_nearest")]
    ),
    entry!(
        "B11",
        "Corollary 1.4.2",
        "the global infimum of (17) is at most that of (15)",
        Repaired,
        "with inf for min, and with Lemma A.6 repaired",
        [LIFT, Proof("lemma_a_6_two_outputs")]
    ),
    entry!(
        "B12",
        "Corollary 1.4.3",
        "the quality of local minima by Theorem 1.3",
        OutOfReach,
        "inherits the gap B06",
        []
    ),
    entry!(
        "B13",
        "Corollary 1.4",
        "the Ω given by C.1–C.3 is N*_(d+2, N_1+1, D)",
        Definition,
        "both are given by the same conditions; membership is decided exactly",
        [LIFT]
    ),
    entry!(
        "B14",
        "§1.2",
        "one more dimension recovers biases, two allow C.3",
        Random,
        "homogenising, and lifting into N*",
        [LIFT]
    ),
    entry!(
        "B15",
        "remark",
        "the loss is convex on functions, but R(P_N) is not convex",
        Instance,
        "the non-convexity alone: a midpoint with too many kinks (the two networks are its halves, doubled)",
        [Proof("f05_midpoint_needs_four")]
    ),
    // C. Examples
    entry!(
        "C01",
        "Example 2.1",
        "‖g_k‖_{L^∞((−1,1)²)} = 1/k → 0 while every parametrization has ‖Φ_k‖ ≥ k",
        ForAllK,
        "certified for all k: seminorm k² and least norm k. Not certified for all k: the sup norm, where |ρ(s) − ρ(t)| ≤ |s − t| gives ≤ 1/k, attained at (1, 1); computed for k = 1 … 10",
        [
            Proof("example_2_1_seminorm_all_k"),
            Proof("example_2_1_nearest_all_k"),
            Checked(checks::EXAMPLE_2_1_SUP)
        ]
    ),
    entry!(
        "C02",
        "Example 2.2",
        "unbalanced Γ with r = 1/2: seminorm 1/k, distance at least r",
        ForAllK,
        "exactly max(r, k^(−1/2)); other r are not covered",
        [
            Proof("example_2_2_seminorm_all_k"),
            Proof("example_2_2_nearest_all_k"),
            Proof("example_2_2_violates_c1")
        ]
    ),
    entry!(
        "C03",
        "Example 2.3",
        "redundant directions: seminorm 1/k, distance at least 1",
        ForAllK,
        "the distance is exactly 1 for all k (the first version has √2 − 1)",
        [
            Proof("example_2_3_seminorm_all_k"),
            Proof("example_2_3_nearest_all_k"),
            Proof("example_2_3_violates_c2")
        ]
    ),
    entry!(
        "C04",
        "Example 2.4",
        "opposite directions, Figure 4: there is C > 0 with distance at least C for all k",
        ForAllK,
        "exactly 1/2 for all k, where the second version gives 1/16; the first version's constant can be negative (E6)",
        [
            Proof("example_2_4_seminorm_all_k"),
            Proof("example_2_4_nearest_all_k"),
            Proof("example_2_4_gamma_is_zero"),
            Proof("example_2_4_violates_c3a")
        ]
    ),
    entry!(
        "C05",
        "Example 2.5",
        "opposite directions in Γ and Θ: seminorm 3, distance at least k",
        ForAllK,
        "exactly √2·k for all k; Θ is unique, and no Θ satisfies C.3",
        [
            Proof("example_2_5_seminorm_all_k"),
            Proof("example_2_5_nearest_all_k"),
            Proof("example_2_5_k3_unique"),
            Proof("example_2_5_violates_c3b"),
            Proof("example_2_5_no_c3")
        ]
    ),
    entry!(
        "C06",
        "after Example 2.5",
        "Θ needs several opposite vectors that add up to something small but not zero",
        Repaired,
        "informal; the quantity is Σ c_i a_iᵀ, not Σ a_i",
        [Proof("example_2_5_k3_jump"), Proof("n3_flips")]
    ),
    entry!(
        "C07",
        "Example A.1",
        "Γ_* = ((−1, 0), 0) is a local minimum, its realization is not",
        Repaired,
        "exact radius x_1/(x_1 + |x_2|); (96) misses brackets, (99) is false (the norm is 2/k), (100) holds only if x_1 − x_2 = 1 (E9)",
        [
            Proof("example_a_1_radius"),
            Checked(checks::EXAMPLE_A_1),
            Proof("example_a_1_seminorm_all_k")
        ]
    ),
    entry!(
        "C08",
        "Example A.4",
        "unbalanced the other way: seminorm 1/k, distance at least k",
        ForAllK,
        "exactly k for all k",
        [
            Proof("example_a_4_seminorm_all_k"),
            Proof("example_a_4_nearest_all_k")
        ]
    ),
    entry!(
        "C09",
        "after A.4",
        "for each fixed k inverse stability holds with deteriorating constants",
        OutOfReach,
        "about every g; it follows from Theorem 3.1, as C.1 says nothing for r < 1/(2k) and β = k else: s ≤ 2 + k√(2k). The certificates are of one g",
        [
            Proof("example_a_4_k3_nearest"),
            Proof("example_a_4_k3_seminorm")
        ]
    ),
    entry!(
        "C10",
        "Figures 1–7",
        "the numbers of the figures: Figure 4",
        Instance,
        "Figure 4",
        [
            Proof("example_2_4_k2_seminorm"),
            Proof("example_2_4_k2_far")
        ]
    ),
    // D. Theorems 3.1 and 3.3
    entry!(
        "D01",
        "C.1",
        "for all i: ‖c_i a_i‖ ≤ 2r implies |c_i|, ‖a_i‖ ≤ β",
        Definition,
        "decided, zero neurons included; the least β is found",
        [Proof("example_2_2_violates_c1")]
    ),
    entry!(
        "D02",
        "C.2",
        "no two non-zero a_i of Γ are positive multiples of each other",
        Repaired,
        "each vector normalised by its own norm; read literally the theorem is false (E12)",
        [Proof("literal_c2_nearest"), Proof("literal_c2_seminorm")]
    ),
    entry!(
        "D03",
        "C.3",
        "some Θ of g has no vector opposite to one of its own or of Γ's",
        Instance,
        "existence is decided: forced orientations and a subset sum",
        [Proof("example_2_5_no_c3")]
    ),
    entry!(
        "D04",
        "Theorem 3.1",
        "under C.1–C.3 there is Φ with R(Φ) = g and ‖Φ − Γ‖ ≤ β + 2√r",
        Random,
        "holds; with √2 for 2, attained; in jump and refined form",
        [
            MAIN,
            Proof("theorem_3_1_sharp"),
            Proof("theorem_3_1_sharp_nearest"),
            Proof("theorem_3_1_jump"),
            Proof("theorem_3_1_refined")
        ]
    ),
    entry!(
        "D05",
        "(42), (86)",
        "C.2 and C.3a make all hyperplanes of Γ different",
        Random,
        "checked with every certificate's case analysis",
        [MAIN]
    ),
    entry!(
        "D06",
        "(43), (87)",
        "c ρ(⟨a,x⟩) + c′ ρ(⟨a′,x⟩) = (c + c′‖a′‖/‖a‖) ρ(⟨a,x⟩) for positive multiples",
        Random,
        "a rewriting called `merge`",
        [MAIN]
    ),
    entry!(
        "D07",
        "(44)–(46)",
        "merging Θ",
        Repaired,
        "(44) must be \"iff\", (45) must read Σ c_j ‖a_j‖/‖a_{j_k}‖; a merged c may be 0 with a ≠ 0 (E3)",
        [MAIN]
    ),
    entry!(
        "D08",
        "(47), (49), (50)",
        "the regions of the arrangement",
        Repaired,
        "misprinted signs; with a zero neuron (49) has no region at all: index over non-zero neurons (E4)",
        [Checked(checks::ZERO_NEURON)]
    ),
    entry!(
        "D09",
        "(51), (52)",
        "the Jacobians in the regions",
        Random,
        "computed in every seminorm",
        [MAIN]
    ),
    entry!(
        "D10",
        "(53)",
        "unmatched neurons have ‖c_i a_i‖ ≤ 2r",
        Random,
        "2r is attained",
        [MAIN]
    ),
    entry!(
        "D11",
        "(54)",
        "matched neurons have ‖c_i a_i − c_j a_j‖ ≤ 2r",
        Random,
        "2r is attained",
        [MAIN]
    ),
    entry!(
        "D12",
        "after (54)",
        "\"case 1\" and \"case 2\"",
        Repaired,
        "swapped in the first version",
        []
    ),
    entry!(
        "D13",
        "(55)–(58)",
        "the sets I_1, I_2 and the permutation π",
        Random,
        "π exists because merged neurons are padded by zeros; (58) has its indices swapped",
        [MAIN]
    ),
    entry!(
        "D14",
        "(60), (68)",
        "balancing",
        Repaired,
        "divides by 0 where c = 0 and a ≠ 0: set both to 0 (E3)",
        [MAIN]
    ),
    entry!(
        "D15",
        "(61)–(63)",
        "I_1: distance at most β + √(2r)",
        Random,
        "",
        [MAIN]
    ),
    entry!(
        "D16",
        "case A",
        "distance at most β + 2√r",
        Random,
        "indeed β + √(2r)",
        [MAIN]
    ),
    entry!(
        "D17",
        "cases B.1–B.3",
        "distance at most √(2r)",
        Random,
        "the signs of c^Γ and c^Θ agree because |p − q| ≤ 2r < |p|, which must be said",
        [MAIN]
    ),
    entry!(
        "D18",
        "(67)",
        "|x − y| ≤ |x² − y²|^(1/2) for x, y > 0",
        Instance,
        "(x − y)² ≤ |x − y|(x + y) as |x − y| ≤ x + y",
        [Checked(checks::SQUARE_ROOTS)]
    ),
    entry!("D19", "(75)", "the conclusion", Random, "", [MAIN]),
    entry!(
        "D20",
        "remark",
        "each condition corresponds to a pathology; the collection is complete",
        OutOfReach,
        "informal; each pathology violates its condition (C02–C05)",
        [
            Proof("example_2_2_violates_c1"),
            Proof("example_2_3_violates_c2"),
            Proof("example_2_4_violates_c3a"),
            Proof("example_2_5_violates_c3b")
        ]
    ),
    entry!(
        "D21",
        "remark",
        "C.1 is only needed where directions do not match",
        Refuted,
        "same direction, opposite output sign: the distance exceeds k with r = 2/k, for all k (E8)",
        [
            Proof("remark_sign_nearest_all_k"),
            Proof("remark_sign_seminorm_all_k"),
            Proof("remark_sign_k2_nearest"),
            Proof("remark_sign_k2_seminorm")
        ]
    ),
    entry!(
        "D22",
        "remark, (34)",
        "a balanced Γ satisfies C.1 with β = √(2r)",
        Random,
        "‖c_i‖ = ‖a_i‖ and ‖c_i‖‖a_i‖ ≤ 2r",
        [Checked(checks::BALANCED_BETA)]
    ),
    entry!(
        "D23",
        "remark",
        "a relaxed balancedness gives a worse exponent",
        OutOfReach,
        "informal: |c|, ‖a‖ ≤ K‖ca‖^g gives β = K(2r)^g, exponent min(g, 1/2); additive closeness gives none",
        []
    ),
    entry!(
        "D24",
        "(36)",
        "R(N′) = R(N): every function has a balanced parametrization without parallel vectors",
        Random,
        "merge, drop dead neurons, balance",
        [Checked(checks::N_PRIME)]
    ),
    entry!(
        "D25",
        "Definition 3.2",
        "N*: N′ with the last two coordinates of every a_i positive",
        Definition,
        "needs d ≥ 2; excludes zero neurons, so functions in R(N*_m) have exactly m kinks",
        []
    ),
    entry!(
        "D26",
        "Lemma A.6, (38)",
        "every biased network lifts into N* with R(Γ)(x, 1, −1) = R(Θ)(x)",
        Repaired,
        "the published construction violates C.2 (E2); fold constants, merge, drop dead neurons, fill up with (0, …, 0, 1, n)",
        [
            LIFT,
            Proof("lemma_a_6_zero"),
            Proof("lemma_a_6_twice"),
            Proof("lemma_a_6_constant"),
            Proof("lemma_a_6_two_outputs")
        ]
    ),
    entry!(
        "D27",
        "Theorem 3.3",
        "on N* there is Φ with ‖Φ − Γ‖ ≤ 4√r, any D",
        Random,
        "holds; with 2√2 for 4, attained",
        [
            STAR,
            Proof("theorem_3_3_sharp"),
            Proof("theorem_3_3_sharp_nearest")
        ]
    ),
    entry!(
        "D28",
        "proof of 3.3, I_1",
        "distance at most 2√(2r)",
        Random,
        "attained",
        [STAR, Proof("theorem_3_3_sharp")]
    ),
    entry!(
        "D29",
        "proof of 3.3, A",
        "distance at most √(2r) + 2√r",
        Random,
        "sharp: √(2r) for a, 2√r for c",
        [STAR]
    ),
    entry!("D30", "proof of 3.3, (131)", "case B", Random, "", [STAR]),
    entry!(
        "D31",
        "first version, Corollary 3.3",
        "Theorem 3.3 for D = 1 by Theorem 3.1",
        Random,
        "Φ must stay in N*: only the order changes",
        [STAR]
    ),
    entry!(
        "D32",
        "Lemma A.3",
        "linearly independent a_i and c_i ≠ 0 make a parametrization unique up to permutation and rescaling",
        Repaired,
        "the proof excludes flips silently (E15); they need Σ_F c_i a_i = 0",
        [Proof("lemma_a_3_unique")]
    ),
    entry!(
        "D33",
        "first version, proof of 2.5",
        "the flips (90)–(93)",
        Repaired,
        "the conclusion holds; the value in (90) is |λ| c (a_i)_3",
        [
            Proof("example_2_5_k3_unique"),
            Proof("example_2_5_k3_nearest")
        ]
    ),
    entry!(
        "D34",
        "Lemma A.5",
        "Σ a_i = 0 gives Σ ρ(⟨a_i,x⟩) = Σ ρ(⟨−a_i,x⟩)",
        Instance,
        "in general Σ c_i a_iᵀ = 0; a rewriting called `flip`",
        [Proof("lemma_a_5_equal"), Proof("lemma_a_5_flips")]
    ),
    entry!(
        "D35",
        "Lemma A.7",
        "for fixed directions inverse stability holds w.r.t. the sup norm on (−B, B)^d",
        Instance,
        "the constant exactly, as a maximum over vertices (`inverse-lipschitz`)",
        [Checked(checks::INVERSE_LIPSCHITZ)]
    ),
    entry!(
        "D36",
        "first version, Lemma A.5",
        "|R|_{W^{1,∞}} ≤ 2/(B√(1 − λ²))·‖R‖_{L^∞}",
        Refuted,
        "E7: 1 ≤ 1/4",
        [
            Proof("e7_seminorm"),
            Proof("e7_sup_norm"),
            Checked(checks::E_7)
        ]
    ),
    entry!(
        "D37",
        "Outlook",
        "deep networks, other activations",
        OutOfReach,
        "a plan, not a statement; deep networks are evaluated exactly",
        []
    ),
    // F. The note on sets of realizations
    entry!(
        "F01",
        "002",
        "on a compact Ω with interior the sup norm is the L^∞ norm on C(Ω)",
        Refuted,
        "Ω = [0,1]² ∪ [1,2]×{0}, f = ρ(x_1 − 1): sup 1, L^∞ 0; Ω must be the closure of its interior (E11)",
        [Checked(checks::WHISKER)]
    ),
    entry!(
        "F02",
        "002",
        "RNN(S) contains infinitely many linearly independent functions",
        Repaired,
        "needs L ≥ 2: kinks at infinitely many places are independent (N1)",
        [Checked(checks::CANONICAL)]
    ),
    entry!(
        "F03",
        "002",
        "RNN(S) is star-shaped with centre 0",
        Random,
        "scaling the last layer",
        [Checked(checks::STAR_SHAPED)]
    ),
    entry!(
        "F04",
        "002",
        "there are at most finitely many linearly independent centres",
        OutOfReach,
        "cited, for general S; for shallow ReLU a centre f needs kinks(f) ∪ kinks(g) ≤ N_1 for all g",
        []
    ),
    entry!(
        "F05",
        "002, Theorem 3",
        "RNN(S) is not convex",
        Repaired,
        "false for L = 1 (affine functions); for L = 2 the midpoint of two networks has too many kinks",
        [Proof("f05_midpoint_needs_four")]
    ),
    entry!(
        "F06",
        "002",
        "for every r ∈ [0, ∞) the functions nearer than r are not convex",
        Refuted,
        "r = 0 gives the empty set, which is convex (E11); r > 0 is out of reach",
        []
    ),
    entry!(
        "F07",
        "002, Theorem 4",
        "RNN(S) is not closed in L^p, any S",
        Repaired,
        "needs N_{L−1} ≥ 2 (E10): ramps k ρ(x) − k ρ(x − 1/k) with ∫|·|^p = 1/(k(p+1)) need two neurons",
        [Checked(checks::RAMPS), Proof("f07_ramp_needs_two")]
    ),
    entry!(
        "F08",
        "002",
        "RNN(S) is not closed in C(Ω) for activations other than (P)ReLU",
        OutOfReach,
        "transcendental activations; softsign on (1,1,1): |n s(x/n) − x| = x²/(n + |x|) is exact",
        [Checked(checks::SOFTSIGN)]
    ),
    entry!(
        "F09",
        "002, Theorem 5",
        "shallow (P)ReLU networks are closed in C(Ω)",
        OutOfReach,
        "cited; a compactness argument",
        []
    ),
    entry!(
        "F10",
        "002",
        "realizations of bounded weights are closed in L^p",
        OutOfReach,
        "compactness of the set of parametrizations",
        []
    ),
    entry!(
        "F11",
        "002",
        "weights explode when a limit is approached that is not attained",
        ForAllK,
        "the least norm of Example 2.1 is k",
        [Proof("example_2_1_nearest_all_k")]
    ),
    entry!(
        "F12",
        "002, Theorem 6",
        "inverse stability w.r.t. the sup norm fails if N_1 ≥ 3",
        Instance,
        "N_1 = 2 suffices for ReLU. The least norm k is certified for all k, the sup norm 1/k computed for k = 1 … 10 (see C01): Example 2.1, which with x_2 = 1 is k ρ(kx) − k ρ(kx − 1/k²)",
        [
            Proof("example_2_1_nearest_all_k"),
            Proof("example_2_1_seminorm_all_k"),
            Checked(checks::EXAMPLE_2_1_SUP)
        ]
    ),
    entry!(
        "F13",
        "002, Table I",
        "max(at, t) = min(a, 1)·t + |1 − a|·ρ(t)",
        Random,
        "so kinks carry over with κ ↦ |1 − a|κ",
        [Checked(checks::PRELU), Proof("f13_prelu")]
    ),
    entry!(
        "F14",
        "002, Table I",
        "the other activations",
        OutOfReach,
        "transcendental, or in quadratic fields point by point",
        []
    ),
    entry!(
        "F15",
        "004",
        "the poster's summary",
        OutOfReach,
        "informal; omits hypotheses of Implication 2 and independence in Example 2.4",
        []
    ),
    // N. New statements
    entry!(
        "N1",
        "new",
        "the canonical form (M, κ_H) is a complete invariant of the function",
        Random,
        "values agree at random points; different forms differ at a rational point",
        [
            Checked(checks::CANONICAL),
            Proof("n1_differ"),
            Proof("lemma_a_5_equal")
        ]
    ),
    entry!(
        "N2",
        "new",
        "all parametrizations: P_H + N_H = κ_H and Σ N_H n_Hᵀ = R_0",
        Instance,
        "the basis of `minimal` and `flips`",
        [Proof("n4_minimal_two_more"), Proof("n3_flips")]
    ),
    entry!(
        "N3",
        "new",
        "with as many kinks as neurons: permutation, rescaling and flips of F with Σ_F c_i a_iᵀ = 0",
        Instance,
        "",
        [
            Proof("n3_flips"),
            Proof("lemma_a_3_unique"),
            Proof("lemma_a_5_flips")
        ]
    ),
    entry!(
        "N4",
        "new",
        "the least number of neurons is h, h + 1 or h + 2 for h kinks (D = 1)",
        Instance,
        "one of each",
        [
            Proof("f05_midpoint_needs_four"),
            Proof("n4_minimal_one_more"),
            Proof("n4_minimal_two_more")
        ]
    ),
    entry!(
        "N5",
        "new",
        "the nearest parametrization: a bottleneck assignment with quadratic surds as costs",
        Instance,
        "",
        [
            Proof("nearest_two_outputs"),
            Proof("remark_sign_k2_nearest"),
            Proof("example_2_5_k3_nearest")
        ]
    ),
    entry!(
        "N6",
        "new",
        "Theorem 3.1 refined: max(√(2r), max_U(β_i + √(2r))), conditions for live neurons only",
        Random,
        "",
        [MAIN, Proof("theorem_3_1_refined")]
    ),
    entry!(
        "N7",
        "new",
        "the sharp constant of Theorem 3.3 is 2√2",
        Random,
        "attained, and no parametrization in N* is nearer",
        [
            STAR,
            Proof("theorem_3_3_sharp"),
            Proof("theorem_3_3_sharp_nearest")
        ]
    ),
    entry!(
        "N8",
        "new",
        "r < ½ min ‖c_i a_i‖ in N* freezes all hyperplanes",
        Random,
        "",
        [Checked(checks::RIGIDITY)]
    ),
    entry!(
        "N9",
        "new",
        "Theorem 1.3 repaired with Ω_N ∩ N*",
        OutOfReach,
        "a sketch about infinitely many N; its inverse stability is D27",
        [STAR]
    ),
    entry!(
        "N10",
        "new",
        "Theorem 3.1 with the jump norm J ≤ 2r in place of 2r",
        Random,
        "",
        [MAIN, Proof("theorem_3_1_jump")]
    ),
    // E. Errors and gaps
    entry!(
        "E1",
        "Theorem 1.3",
        "the hypothesis of Theorem 1.3 holds",
        Refuted,
        "Γ_R = ((0, −R), (0, 0)) realises 0, and every parametrization of ρ(x_1) is at least R away, for all R = k",
        [
            Proof("e1_nearest_all_k"),
            Proof("e1_no_inverse_stability"),
            Checked(checks::E_1)
        ]
    ),
    entry!(
        "E2",
        "Lemma A.6",
        "the published lift is in N*",
        Refuted,
        "three kinds of degenerate networks whose lift violates C.2, though its function is right",
        [
            LIFT,
            Proof("lemma_a_6_published_zero"),
            Proof("lemma_a_6_published_twice"),
            Proof("lemma_a_6_published_constant"),
            Proof("lemma_a_6_published_equal"),
            Proof("lemma_a_6_constant")
        ]
    ),
    entry!(
        "E3",
        "(60), (68)",
        "balancing is always possible",
        Repaired,
        "c = 0, a ≠ 0 divides by zero: set both to 0",
        [MAIN]
    ),
    entry!(
        "E4",
        "(49)",
        "the regions are the sets H^s",
        Repaired,
        "with a zero neuron all of them are empty: index over the non-zero ones",
        [Checked(checks::ZERO_NEURON)]
    ),
    entry!(
        "E5",
        "first version",
        "(17), (44), (45), (47), (54), (58), (111) as printed",
        Repaired,
        "misprints, listed at D07, D08, D11–D13, A12, D36",
        []
    ),
    entry!(
        "E6",
        "first version, (83)",
        "the constant (1/d) min(|a_i|² − ⟨a_i,v⟩²) is positive",
        Refuted,
        "it is −1/2 for a = (1, 1/2), (−1, 1/2), (0, −1), v = (1, 1); the line bound is exact and positive",
        [Checked(checks::E_6), Proof("e6_exact_constant")]
    ),
    entry!(
        "E7",
        "first version, Lemma A.5",
        "the seminorm is bounded by 2/(B√(1 − λ²)) times the sup norm",
        Refuted,
        "seminorm 1, sup norm 1/10, λ = 3/5, B = 1",
        [
            Proof("e7_seminorm"),
            Proof("e7_sup_norm"),
            Checked(checks::E_7)
        ]
    ),
    entry!(
        "E8",
        "remark after 3.1",
        "where directions match a near reparametrization exists",
        Refuted,
        "the least distance exceeds k with seminorm 2/k, for all k",
        [
            Proof("remark_sign_nearest_all_k"),
            Proof("remark_sign_seminorm_all_k")
        ]
    ),
    entry!(
        "E9",
        "first version, Example A.1",
        "(96), (99), (100) as printed",
        Repaired,
        "the seminorm is 1/k, the sup norm 2/k, the loss ½(1 − (x_1 − x_2)/k)²",
        [
            Proof("example_a_1_seminorm_all_k"),
            Proof("example_a_1_sup_norm"),
            Checked(checks::EXAMPLE_A_1)
        ]
    ),
    entry!(
        "E10",
        "002, Theorem 4",
        "\"any S\"",
        Refuted,
        "L = 1 is closed and convex (affine functions), and so is (1, 1, 1) in L^p: its limits have one kink, and the ramps need two",
        [Proof("f07_ramp_needs_two"), Checked(checks::RAMPS)]
    ),
    entry!(
        "E11",
        "002",
        "F01 and F06 as printed",
        Refuted,
        "a whisker; r = 0",
        [Checked(checks::WHISKER)]
    ),
    entry!(
        "E12",
        "C.2, C.3a as printed",
        "Theorem 3.1 holds with C.2 read literally",
        Refuted,
        "r = 1/5, β = 0 would give a distance below 1; the least distance is 1",
        [
            Proof("literal_c2_seminorm"),
            Proof("literal_c2_nearest"),
            Checked(checks::E_12)
        ]
    ),
    entry!(
        "E13",
        "proofs of A.2, 1.3",
        "the steps of B07 and B08",
        Repaired,
        "see there; approximants must lie in Ω_N",
        []
    ),
    entry!(
        "E14",
        "(14)–(18), Definition 3.2",
        "minima exist; d ≥ 1; k ≥ 0",
        Repaired,
        "min must read inf; N* needs d ≥ 2; k and N start at 1",
        []
    ),
    entry!(
        "E15",
        "Lemma A.3",
        "the proof excludes sign flips",
        Repaired,
        "true because c_i a_i are independent",
        [Proof("lemma_a_3_unique")]
    ),
    entry!(
        "E16",
        "Theorems 3.1, 3.3",
        "the constants 2 and 4",
        Repaired,
        "√2 and 2√2, both attained and optimal",
        [
            Proof("theorem_3_1_sharp_nearest"),
            Proof("theorem_3_3_sharp_nearest")
        ]
    ),
    entry!(
        "E17",
        "§1.1",
        "closeness of functions in W^{1,∞} is closeness of parametrizations the other way round",
        Refuted,
        "R is not continuous into W^{1,∞} (A05b); small balls in R(N*) freeze all hyperplanes (N8)",
        [Proof("a05b_all_k"), Checked(checks::RIGIDITY)]
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::table::proof;
    use std::collections::BTreeSet;

    #[test]
    fn no_entry_is_missing_and_every_evidence_exists() {
        let ids: BTreeSet<&str> = LEDGER.iter().map(|entry| entry.id).collect();
        assert_eq!(ids.len(), LEDGER.len(), "an id occurs twice");
        let ranges = [
            ("A", 13, 2),
            ("B", 15, 2),
            ("C", 10, 2),
            ("D", 37, 2),
            ("F", 15, 2),
            ("N", 10, 1),
            ("E", 17, 1),
        ];
        let mut expected: BTreeSet<String> = ranges
            .iter()
            .flat_map(|(letter, last, width)| {
                (1..=*last).map(move |n| match width {
                    2 => format!("{letter}{n:02}"),
                    _ => format!("{letter}{n}"),
                })
            })
            .collect();
        expected.insert("A05b".to_owned());
        let ids: BTreeSet<String> = ids.into_iter().map(str::to_owned).collect();
        assert_eq!(ids, expected);
        for entry in LEDGER {
            for evidence in entry.evidence {
                if let Evidence::Proof(name) = evidence {
                    assert!(proof(name).is_some(), "{}: no proof {name}", entry.id);
                }
            }
            let rests = [ForAllK, Instance, Random].contains(&entry.verdict);
            assert!(
                !rests || !entry.evidence.is_empty(),
                "{} rests on nothing",
                entry.id
            );
        }
    }
}
