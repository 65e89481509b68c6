//! Which certificates there are in `proofs/`, in the order of the paper.

use super::proofs::{Make, Proof};
use crate::certificate::Form;

const ZERO_2: &str = r#"{"a": [["0","0"]], "c": [["0"]]}"#;
const EX_2_1: &str = r#"{"a": [["3","0"],["3","-1/9"]], "c": [["3"],["-3"]]}"#;
const EX_2_2_GAMMA: &str = r#"{"a": [["1/2","0"]], "c": [["0"]]}"#;
const EX_2_2_G: &str = r#"{"a": [["0","1"]], "c": [["1/9"]]}"#;
const EX_2_3_GAMMA: &str = r#"{"a": [["1","0"],["1","0"]], "c": [["1"],["1"]]}"#;
const EX_2_3_G: &str = r#"{"a": [["1","0"],["0","1"]], "c": [["2"],["1/5"]]}"#;
const EX_2_4_GAMMA: &str = r#"{"a": [["1","-1/2"],["-1","-1/2"],["0","1"],["-1","1/2"],["1","1/2"],["0","-1"]], "c": [["1"],["1"],["1"],["-1"],["-1"],["-1"]]}"#;
const EX_2_4_G: &str = r#"{"a": [["1","0"],["0","0"],["0","0"],["0","0"],["0","0"],["0","0"]], "c": [["1/2"],["0"],["0"],["0"],["0"],["0"]]}"#;
const EX_2_5_GAMMA: &str = r#"{"a": [["-3","-3","-1/3"],["3","-3","-1/3"],["0","3*sqrt(2)","-1/6*sqrt(2)"]], "c": [["3"],["3"],["3*sqrt(2)"]]}"#;
const EX_2_5_THETA: &str = r#"{"a": [["3","3","1/3"],["-3","3","1/3"],["0","-3*sqrt(2)","1/6*sqrt(2)"]], "c": [["3"],["3"],["3*sqrt(2)"]]}"#;
const EX_A_4_GAMMA: &str = r#"{"a": [["3","0"]], "c": [["1/9"]]}"#;
const EX_A_4_G: &str = r#"{"a": [["0","1"]], "c": [["1/3"]]}"#;
const SIGN_GAMMA: &str = r#"{"a": [["1/4","0"]], "c": [["2"]]}"#;
const SIGN_G: &str = r#"{"a": [["1","0"]], "c": [["-1/2"]]}"#;
const SHARP_31_GAMMA: &str =
    r#"{"a": [["10","1"],["2","2/5"],["-10","1"]], "c": [["10"],["2"],["10"]]}"#;
const SHARP_31_THETA: &str =
    r#"{"a": [["10","1"],["-2","2/5"],["-10","1"]], "c": [["51/5"],["-2"],["51/5"]]}"#;
const SHARP_33_GAMMA: &str = r#"{"a": [["199/20","199/200"],["2","2/5"],["99/10","297/100"],["199/20","199/40"]], "c": [["199/20"],["2"],["99/10"],["199/20"]]}"#;
const SHARP_33_THETA: &str = r#"{"a": [["201/20","201/200"],["101/10","303/100"],["2","4/5"],["201/20","201/40"]], "c": [["201/20"],["101/10"],["-2"],["201/20"]]}"#;
const A_5_PLUS: &str = r#"{"a": [["1","2"],["-3","1"],["2","-3"]], "c": [["1"],["1"],["1"]]}"#;
const A_5_MINUS: &str = r#"{"a": [["-1","-2"],["3","-1"],["-2","3"]], "c": [["1"],["1"],["1"]]}"#;
const INDEPENDENT: &str =
    r#"{"a": [["1","2","0"],["0","1","1"],["3","0","1"]], "c": [["1"],["-2"],["1/3"]]}"#;
const E_7: &str = r#"{"a": [["1","0"],["-1","1/10"],["1/2","1"],["-1/2","-1"],["1/2","-1"],["-1/2","1"]], "c": [["1"],["-1"],["-1"],["1"],["-1"],["1"]]}"#;
const E_12_GAMMA: &str = r#"{"a": [["1","0"],["2","0"]], "c": [["1"],["1/2"]]}"#;
const E_12_G: &str = r#"{"a": [["1","0"],["0","1"]], "c": [["2"],["1/5"]]}"#;
const E_1_GAMMA: &str = r#"{"a": [["0","0"]], "b": ["-1000"], "c": [["0"]], "e": ["0"]}"#;
const E_1_G: &str = r#"{"a": [["1","0"]], "b": ["0"], "c": [["1"]], "e": ["0"]}"#;
const LIFT_ZERO: &str = r#"{"a": [["0"]], "b": ["0"], "c": [["0"]], "e": ["0"]}"#;
const LIFT_TWICE: &str = r#"{"a": [["1"],["1"]], "b": ["1","1"], "c": [["1"],["2"]], "e": ["0"]}"#;
const LIFT_CONSTANT: &str = r#"{"a": [["0"]], "b": ["1"], "c": [["1"]], "e": ["1"]}"#;
const LIFT_TWO_OUTPUTS: &str = r#"{"a": [["1","2"],["3","-1"]], "b": ["1/2","-3"], "c": [["2","0"],["-1/3","1"]], "e": ["1/5","0"]}"#;
const E_6_GAMMA: &str = r#"{"a": [["1","1/2"],["-1","1/2"],["0","-1"],["-1","-1/2"],["1","-1/2"],["0","1"]], "c": [["1"],["1"],["1"],["-1"],["-1"],["-1"]]}"#;
const E_6_G: &str = r#"{"a": [["1","1"]], "c": [["1/4"]]}"#;
const A_1_GK: &str = r#"{"a": [["1","-1"]], "c": [["1/3"]]}"#;
const CONTINUITY_LIMIT: &str = r#"{"a": [["1","0"]], "c": [["1"]]}"#;
const CONTINUITY_NEAR: &str = r#"{"a": [["1","1/1000"]], "c": [["1"]]}"#;
const RAMP: &str = r#"{"a": [["1"],["1"]], "b": ["0","-1/5"], "c": [["5"],["-5"]], "e": ["0"]}"#;
const MIDPOINT: &str = r#"{"a": [["1","0"],["0","1"],["1","1"],["1","-1"]], "b": ["0","0","1/4","1/4"], "c": [["1/2"],["1/2"],["1/2"],["1/2"]], "e": ["0"]}"#;
const THREE_KINKS_ONE_MORE: &str =
    r#"{"a": [["1","0"],["0","1"],["-1","0"]], "c": [["1"],["1"],["2"]]}"#;
const THREE_KINKS_TWO_MORE: &str =
    r#"{"a": [["1","0"],["0","1"],["5","7"],["-5","-7"]], "c": [["1"],["1"],["1"],["-1"]]}"#;
const FLIPS_TWO: &str = r#"{"a": [["1","0"],["0","1"],["1","1"],["1","-1"],["2","1"]], "c": [["1"],["1"],["-1"],["1"],["3"]]}"#;
const TWO_OUTPUTS_GAMMA: &str = r#"{"a": [["2","1"],["1","3"]], "c": [["2","-1"],["0","3"]]}"#;
const TWO_OUTPUTS_THETA: &str = r#"{"a": [["1","4"],["2","1"]], "c": [["4","1"],["2","-2"]]}"#;

macro_rules! family {
    ($name:literal) => {
        include_str!(concat!("../../examples/families/", $name, ".json"))
    };
}

/// Every certificate of `proofs/`: first the statements for all k, then those about single networks.
pub const PROOFS: &[Proof] = &[
    Proof {
        name: "a05b_all_k",
        shows: "for all k: ((1, 1/k), 1) and ((1, 0), 1) have seminorm distance 1",
        make: Make::FamilySeminorm(
            family!("discontinuity-gamma"),
            Some(family!("discontinuity-g")),
        ),
    },
    Proof {
        name: "example_2_1_seminorm_all_k",
        shows: "Example 2.1 for all k: the seminorm is k²",
        make: Make::FamilySeminorm(family!("ex2.1-gamma"), Some(family!("ex2.1-g"))),
    },
    Proof {
        name: "example_2_1_nearest_all_k",
        shows: "Example 2.1 for all k: the least ‖Φ‖_∞ is k",
        make: Make::FamilyNearest {
            gamma: family!("ex2.1-gamma"),
            theta: family!("ex2.1-g"),
            phi: None,
            above: None,
        },
    },
    Proof {
        name: "example_2_2_seminorm_all_k",
        shows: "Example 2.2 (r = 1/2) for all k: the seminorm of the difference is 1/k",
        make: Make::FamilySeminorm(family!("ex2.2-gamma"), Some(family!("ex2.2-g"))),
    },
    Proof {
        name: "example_2_2_nearest_all_k",
        shows: "Example 2.2 (r = 1/2) for all k: the least distance is max(r, k^(-1/2))",
        make: Make::FamilyNearest {
            gamma: family!("ex2.2-gamma"),
            theta: family!("ex2.2-g"),
            phi: None,
            above: None,
        },
    },
    Proof {
        name: "example_2_3_seminorm_all_k",
        shows: "Example 2.3 for all k: the seminorm of the difference is 1/k",
        make: Make::FamilySeminorm(family!("ex2.3-gamma"), Some(family!("ex2.3-g"))),
    },
    Proof {
        name: "example_2_3_nearest_all_k",
        shows: "Example 2.3 for all k: the least distance is 1",
        make: Make::FamilyNearest {
            gamma: family!("ex2.3-gamma"),
            theta: family!("ex2.3-g"),
            phi: None,
            above: None,
        },
    },
    Proof {
        name: "example_2_4_seminorm_all_k",
        shows: "Example 2.4 (Figure 4) for all k: the seminorm of the difference is 1/k",
        make: Make::FamilySeminorm(family!("ex2.4-gamma"), Some(family!("ex2.4-g"))),
    },
    Proof {
        name: "example_2_4_nearest_all_k",
        shows: "Example 2.4 (Figure 4) for all k: the least distance is 1/2, with a Φ that attains it",
        make: Make::FamilyNearest {
            gamma: family!("ex2.4-gamma"),
            theta: family!("ex2.4-g"),
            phi: Some(family!("ex2.4-phi")),
            above: None,
        },
    },
    Proof {
        name: "example_2_5_seminorm_all_k",
        shows: "Example 2.5 for all k: the seminorm of the difference is 3",
        make: Make::FamilySeminorm(family!("ex2.5-gamma"), Some(family!("ex2.5-theta"))),
    },
    Proof {
        name: "example_2_5_nearest_all_k",
        shows: "Example 2.5 for all k: the least distance is √2·k",
        make: Make::FamilyNearest {
            gamma: family!("ex2.5-gamma"),
            theta: family!("ex2.5-theta"),
            phi: None,
            above: None,
        },
    },
    Proof {
        name: "example_a_1_seminorm_all_k",
        shows: "Example A.1 for all k: the seminorm of g_k is 1/k",
        make: Make::FamilySeminorm(family!("exA.1-g"), None),
    },
    Proof {
        name: "example_a_4_seminorm_all_k",
        shows: "Example A.4 for all k: the seminorm of the difference is 1/k",
        make: Make::FamilySeminorm(family!("exA.4-gamma"), Some(family!("exA.4-g"))),
    },
    Proof {
        name: "example_a_4_nearest_all_k",
        shows: "Example A.4 for all k: the least distance is k",
        make: Make::FamilyNearest {
            gamma: family!("exA.4-gamma"),
            theta: family!("exA.4-g"),
            phi: None,
            above: None,
        },
    },
    Proof {
        name: "remark_sign_seminorm_all_k",
        shows: "E8 for all k: the seminorm of the difference is 2/k",
        make: Make::FamilySeminorm(family!("remark-sign-gamma"), Some(family!("remark-sign-g"))),
    },
    Proof {
        name: "remark_sign_nearest_all_k",
        shows: "E8 for all k: the least distance is greater than k, although Γ and g share their only direction",
        make: Make::FamilyNearest {
            gamma: family!("remark-sign-gamma"),
            theta: family!("remark-sign-g"),
            phi: None,
            above: Some("k"),
        },
    },
    Proof {
        name: "e1_nearest_all_k",
        shows: "E1 for all k: every parametrization of ρ(x_1) is at least k from Γ_k, whose function is 0",
        make: Make::FamilyNearest {
            gamma: family!("e1-gamma"),
            theta: family!("e1-g"),
            phi: None,
            above: None,
        },
    },
    Proof {
        name: "a05b_not_continuous",
        shows: "((1, 1/1000), 1) and ((1, 0), 1) have seminorm distance 1: R is not continuous into W^{1,∞}",
        make: Make::Seminorm(CONTINUITY_LIMIT, CONTINUITY_NEAR),
    },
    Proof {
        name: "example_2_1_k3_seminorm",
        shows: "Example 2.1, k = 3: the seminorm is k² = 9",
        make: Make::Norm(EX_2_1),
    },
    Proof {
        name: "example_2_1_k3_nearest",
        shows: "Example 2.1, k = 3: every parametrization has a weight of size at least k = 3",
        make: Make::Nearest(
            r#"{"a": [["0","0"],["0","0"]], "c": [["0"],["0"]]}"#,
            EX_2_1,
        ),
    },
    Proof {
        name: "example_2_2_k9_seminorm",
        shows: "Example 2.2, r = 1/2, k = 9: the seminorm of the difference is 1/k",
        make: Make::Seminorm(EX_2_2_GAMMA, EX_2_2_G),
    },
    Proof {
        name: "example_2_2_k9_nearest",
        shows: "Example 2.2, r = 1/2, k = 9: the least distance is max(r, k^(-1/2)) = 1/2",
        make: Make::Nearest(EX_2_2_GAMMA, EX_2_2_G),
    },
    Proof {
        name: "example_2_2_violates_c1",
        shows: "Example 2.2: Γ is unbalanced, C.1 fails with β = 0",
        make: Make::Violation(EX_2_2_GAMMA, EX_2_2_G),
    },
    Proof {
        name: "example_2_3_k5_seminorm",
        shows: "Example 2.3, k = 5: the seminorm of the difference is 1/k",
        make: Make::Seminorm(EX_2_3_GAMMA, EX_2_3_G),
    },
    Proof {
        name: "example_2_3_k5_nearest",
        shows: "Example 2.3, k = 5: the least distance is exactly 1",
        make: Make::Nearest(EX_2_3_GAMMA, EX_2_3_G),
    },
    Proof {
        name: "example_2_3_violates_c2",
        shows: "Example 2.3: Γ has parallel weight vectors, C.2 fails",
        make: Make::Violation(EX_2_3_GAMMA, EX_2_3_G),
    },
    Proof {
        name: "example_2_4_gamma_is_zero",
        shows: "Example 2.4 (Figure 4): R(Γ) is the zero function",
        make: Make::Equal(EX_2_4_GAMMA, ZERO_2),
    },
    Proof {
        name: "example_2_4_k2_seminorm",
        shows: "Example 2.4, k = 2: the seminorm of the difference is 1/k",
        make: Make::Seminorm(EX_2_4_GAMMA, EX_2_4_G),
    },
    Proof {
        name: "example_2_4_k2_far",
        shows: "Example 2.4, k = 2: every parametrization is at least 1/2 away",
        make: Make::Nearest(EX_2_4_GAMMA, EX_2_4_G),
    },
    Proof {
        name: "example_2_4_violates_c3a",
        shows: "Example 2.4: Γ has opposite weight vectors, C.3a fails",
        make: Make::Violation(EX_2_4_GAMMA, EX_2_4_G),
    },
    Proof {
        name: "example_2_5_k3_seminorm",
        shows: "Example 2.5, k = 3: the seminorm of the difference is 3",
        make: Make::Seminorm(EX_2_5_GAMMA, EX_2_5_THETA),
    },
    Proof {
        name: "example_2_5_k3_jump",
        shows: "Example 2.5, k = 3: the jump norm of the difference is 0, the difference is linear",
        make: Make::Jump(EX_2_5_GAMMA, EX_2_5_THETA),
    },
    Proof {
        name: "example_2_5_k3_unique",
        shows: "Example 2.5, k = 3: Θ is unique up to permutation and rescaling",
        make: Make::Flips(EX_2_5_THETA),
    },
    Proof {
        name: "example_2_5_k3_nearest",
        shows: "Example 2.5, k = 3: the least distance is exactly √2·k",
        make: Make::Nearest(EX_2_5_GAMMA, EX_2_5_THETA),
    },
    Proof {
        name: "example_2_5_violates_c3b",
        shows: "Example 2.5: a weight vector of Γ is opposite to one of Θ",
        make: Make::Violation(EX_2_5_GAMMA, EX_2_5_THETA),
    },
    Proof {
        name: "example_2_5_no_c3",
        shows: "Example 2.5: no Θ whatever of g satisfies C.3 with this Γ",
        make: Make::NoC3(EX_2_5_GAMMA, EX_2_5_THETA),
    },
    Proof {
        name: "example_a_1_seminorm",
        shows: "Example A.1, k = 3: the seminorm of g_k is 1/k",
        make: Make::Norm(A_1_GK),
    },
    Proof {
        name: "example_a_4_k3_seminorm",
        shows: "Example A.4, k = 3: the seminorm of the difference is 1/k",
        make: Make::Seminorm(EX_A_4_GAMMA, EX_A_4_G),
    },
    Proof {
        name: "example_a_4_k3_nearest",
        shows: "Example A.4, k = 3: the least distance is exactly k",
        make: Make::Nearest(EX_A_4_GAMMA, EX_A_4_G),
    },
    Proof {
        name: "theorem_3_1_sharp",
        shows: "Theorem 3.1: r = 2, β = 2, ‖Φ − Γ‖ = 4 = β + √2·√r",
        make: Make::Theorem31(SHARP_31_GAMMA, SHARP_31_THETA, Form::Seminorm),
    },
    Proof {
        name: "theorem_3_1_jump",
        shows: "Theorem 3.1 in jump form: ‖Φ − Γ‖ = 4 = β_J + √J",
        make: Make::Theorem31(SHARP_31_GAMMA, SHARP_31_THETA, Form::Jump),
    },
    Proof {
        name: "theorem_3_1_refined",
        shows: "Theorem 3.1 in refined form (N6)",
        make: Make::Refined31(SHARP_31_GAMMA, SHARP_31_THETA),
    },
    Proof {
        name: "theorem_3_1_sharp_nearest",
        shows: "no parametrization is nearer than 4: the constant √2 of Theorem 3.1 cannot be improved",
        make: Make::Nearest(SHARP_31_GAMMA, SHARP_31_THETA),
    },
    Proof {
        name: "remark_sign_k2_nearest",
        shows: "the remark after Theorem 3.1 is false (E8): same direction, r = 2/k, and the least distance is more than k = 2",
        make: Make::Nearest(SIGN_GAMMA, SIGN_G),
    },
    Proof {
        name: "remark_sign_k2_seminorm",
        shows: "E8, k = 2: the seminorm of the difference is 2/k = 1",
        make: Make::Seminorm(SIGN_GAMMA, SIGN_G),
    },
    Proof {
        name: "literal_c2_seminorm",
        shows: "E12: with C.2 read literally, r = 1/5 …",
        make: Make::Seminorm(E_12_GAMMA, E_12_G),
    },
    Proof {
        name: "literal_c2_nearest",
        shows: "E12: … and β = 0 would give a distance below 2/√5 < 1, but the least distance is at least 1",
        make: Make::Nearest(E_12_GAMMA, E_12_G),
    },
    Proof {
        name: "theorem_3_3_sharp",
        shows: "Theorem 3.3: r = 2, ‖Φ − Γ‖ = 4 = 2√2·√r",
        make: Make::Theorem33(SHARP_33_GAMMA, SHARP_33_THETA),
    },
    Proof {
        name: "theorem_3_3_sharp_nearest",
        shows: "no parametrization in N* is nearer than 4: the constant 2√2 of Theorem 3.3 cannot be improved",
        make: Make::NearestStar(SHARP_33_GAMMA, SHARP_33_THETA),
    },
    Proof {
        name: "nearest_two_outputs",
        shows: "nearest parametrization of a network with two outputs, proved nearest",
        make: Make::Nearest(TWO_OUTPUTS_GAMMA, TWO_OUTPUTS_THETA),
    },
    Proof {
        name: "lemma_a_3_unique",
        shows: "Lemma A.3: linearly independent a_i and c_i ≠ 0 make a parametrization unique",
        make: Make::Flips(INDEPENDENT),
    },
    Proof {
        name: "lemma_a_5_equal",
        shows: "Lemma A.5: Σ a_i = 0 makes Σ ρ(⟨a_i,x⟩) and Σ ρ(⟨−a_i,x⟩) the same function",
        make: Make::Equal(A_5_PLUS, A_5_MINUS),
    },
    Proof {
        name: "lemma_a_5_flips",
        shows: "Lemma A.5 as a flip: {0, 1, 2} is the only flip set of that network",
        make: Make::Flips(A_5_PLUS),
    },
    Proof {
        name: "lemma_a_6_zero",
        shows: "Lemma A.6 repaired: the zero network lifted into N*",
        make: Make::Lift(LIFT_ZERO),
    },
    Proof {
        name: "lemma_a_6_twice",
        shows: "Lemma A.6 repaired: two equal neurons",
        make: Make::Lift(LIFT_TWICE),
    },
    Proof {
        name: "lemma_a_6_constant",
        shows: "Lemma A.6 repaired: a constant neuron beside an output bias",
        make: Make::Lift(LIFT_CONSTANT),
    },
    Proof {
        name: "lemma_a_6_two_outputs",
        shows: "Lemma A.6 repaired: two outputs",
        make: Make::Lift(LIFT_TWO_OUTPUTS),
    },
    Proof {
        name: "lemma_a_6_published_zero",
        shows: "E2: the published lift of the zero network violates C.2",
        make: Make::PublishedLift(LIFT_ZERO),
    },
    Proof {
        name: "lemma_a_6_published_twice",
        shows: "E2: the published lift of two equal neurons violates C.2",
        make: Make::PublishedLift(LIFT_TWICE),
    },
    Proof {
        name: "lemma_a_6_published_constant",
        shows: "E2: the published lift of a constant neuron beside an output bias violates C.2",
        make: Make::PublishedLift(LIFT_CONSTANT),
    },
    Proof {
        name: "lemma_a_6_published_equal",
        shows: "E2: the published lift still has the right function",
        make: Make::PublishedEqual(LIFT_CONSTANT),
    },
    Proof {
        name: "e1_no_inverse_stability",
        shows: "E1: for R = 1000 every parametrization of ρ(x_1) is at least R from Γ_R = ((0, −R), (0, 0)), whose function is 0",
        make: Make::Nearest(E_1_GAMMA, E_1_G),
    },
    Proof {
        name: "e6_exact_constant",
        shows: "E6: where the first version's constant is −1, every parametrization is still at least 1/4 away, by the exact line bound",
        make: Make::Nearest(E_6_GAMMA, E_6_G),
    },
    Proof {
        name: "e7_seminorm",
        shows: "E7: the seminorm of the counterexample to the first version's Lemma A.5 is 1",
        make: Make::Norm(E_7),
    },
    Proof {
        name: "example_a_1_radius",
        shows: "Example A.1: Γ_* = ((−1, 0), 0) is a local minimum with the exact radius x_1/(x_1 + |x_2|) = 9/17 for the sample x = (9/10, −4/5)",
        make: Make::LocalMinimum(
            r#"{"a": [["-1","0"]], "c": [["0"]]}"#,
            &[(&["1/4", "1/2"], "0"), (&["9/10", "-4/5"], "1")],
            "9/17",
        ),
    },
    Proof {
        name: "e7_sup_norm",
        shows: "E7: its sup norm on [−1, 1]² is 1/10, so the claimed bound would give 1 ≤ 1/4",
        make: Make::SupNorm(E_7),
    },
    Proof {
        name: "example_a_1_sup_norm",
        shows: "E9: for k = 3 the sup norm of g_k on [−1, 1]² is 2/k, not at most 1/k",
        make: Make::SupNorm(A_1_GK),
    },
    Proof {
        name: "example_2_1_k3_sup_norm",
        shows: "Example 2.1, k = 3: the sup norm on [−1, 1]² is 1/k",
        make: Make::SupNorm(EX_2_1),
    },
    Proof {
        name: "f05_midpoint_needs_four",
        shows: "002, Theorem 3: the midpoint of two networks with two neurons needs four",
        make: Make::Minimal(MIDPOINT),
    },
    Proof {
        name: "f07_ramp_needs_two",
        shows: "E10: a ramp needs two neurons, so (1, 1, 1) has no ramps",
        make: Make::Minimal(RAMP),
    },
    Proof {
        name: "f13_prelu",
        shows: "Table I: Lemma A.5 with the activation max(t/3, t)",
        make: Make::EqualWith("1/3", A_5_PLUS, A_5_MINUS),
    },
    Proof {
        name: "n1_differ",
        shows: "N1: two networks with different canonical forms differ at a rational point",
        make: Make::Differ(EX_2_3_GAMMA, EX_2_3_G),
    },
    Proof {
        name: "n3_flips",
        shows: "N3: all flip sets of a network with five neurons",
        make: Make::Flips(FLIPS_TWO),
    },
    Proof {
        name: "n4_minimal_one_more",
        shows: "N4: a function with two kinks that needs three neurons",
        make: Make::Minimal(THREE_KINKS_ONE_MORE),
    },
    Proof {
        name: "n4_minimal_two_more",
        shows: "N4: a function with two kinks that needs four neurons",
        make: Make::Minimal(THREE_KINKS_TWO_MORE),
    },
];

/// The certificate of this name.
pub fn proof(name: &str) -> Option<&'static Proof> {
    PROOFS.iter().find(|proof| proof.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::{Bindings, Limits, Verdict, verify_text};

    #[test]
    fn every_certificate_is_made_and_verified() {
        for proof in PROOFS {
            let text = proof
                .certificate()
                .unwrap_or_else(|error| panic!("{}: {error}", proof.name));
            let verdict = verify_text(text.as_bytes(), &Limits::default(), &Bindings::default());
            let Verdict::Verified(verified) = verdict else {
                panic!("{}: {verdict:?}", proof.name);
            };
            println!(
                "{}: {}",
                proof.name,
                verified
                    .statement
                    .lines()
                    .take(3)
                    .collect::<Vec<_>>()
                    .join(" | ")
            );
        }
    }
}
