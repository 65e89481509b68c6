//! Claims about all parametrizations of a function, in words.

use std::fmt::Write as _;

use relucert_format::{
    Among, FlipsClaim, Form, MinimalClaim, NearestClaim, Rational, Refined31, SeminormBracket,
    Statement, Surd, Theorem33,
};

/// The form's threshold.
fn threshold(form: Form) -> &'static str {
    match form {
        Form::Seminorm => "2r",
        Form::Jump => "J",
    }
}

pub(super) fn star(claim: &Theorem33) -> String {
    let mut text = format!(
        "Theorem 3.3 for Γ and g = R(Θ), in the form with the threshold {}:\n{}\
         Γ and Θ are in N*: ‖c_i‖_∞ = ‖a_i‖_∞ for all i, no two a_i are positive multiples of each other, and the last two entries of \
         every a_i are positive;\n\
         every neuron is in the case of the proof that the certificate names;\n\
         Φ is Θ with its neurons in another order, so R(Φ) = R(Θ), and ‖Φ − Γ‖_∞ = {}",
        threshold(claim.form),
        of_difference(&claim.r, &claim.jump),
        claim.distance
    );
    let exact = claim.r.lower.to_string() == claim.r.upper.to_string();
    let r = if exact { "r" } else { "r_lower" };
    let bounds = &claim.bounds;
    text += &shown_bounds([
        (&bounds.paper, format!("4√{r}")),
        (&bounds.sharp, format!("2√2·√{r}")),
        (&bounds.jump, "2√J".to_owned()),
    ]);
    if !exact && (bounds.paper.is_some() || bounds.sharp.is_some()) {
        text += &format!(
            "r_lower = {}; as r_lower ≤ r, the same expressions at r itself are no smaller.\n",
            claim.r.lower
        );
    }
    text
}

pub(super) fn refined(claim: &Refined31) -> String {
    let threshold = threshold(claim.form);
    format!(
        "Theorem 3.1 in refined form for Γ and g = R(Θ), with T = {threshold}:\n{}\
         no two live neurons of Γ (with c_i ≠ 0 and a_i ≠ 0) satisfy a_i = λ a_j with λ > 0 (C.2), none of them do with λ < 0, and for \
         some Θ′ with R(Θ′) = R(Θ) neither do two live neurons of Θ′ (C.3a), nor a live neuron of Γ and one of Θ′ (C.3b);\n\
         R(Φ) = R(Θ) and ‖Φ − Γ‖_∞ = {};\n  ‖Φ − Γ‖_∞ ≤ max(√T, max_(i ∈ U) (β_i + √T)) = {}.\n\
         Here β_i = max(|c_i|, ‖a_i‖_∞), and U are the neurons of Γ that are dead, or on whose hyperplane no live neuron of Θ′ is, or \
         the outer weights of those of Θ′ on it, merged into one, are 0 or have not the sign of c_i.\n",
        of_difference(&claim.r, &claim.jump),
        claim.distance,
        claim.bound
    )
}

pub(super) fn lift() -> String {
    "Γ is in N*: ‖c_i‖_∞ = ‖a_i‖_∞ for all i, no two a_i are positive multiples of each other, and the last two entries of every a_i \
     are positive;\nR(Γ)(x, 1, −1) = R(Θ)(x) for all x in R^d, where d is the number of inputs of Θ.\n"
        .to_owned()
}

/// What linear parts, and the output bias, are where there are biases.
fn parts(homogenised: bool) -> &'static str {
    match homogenised {
        true => {
            "The networks have biases: a_i is without b_i, the hyperplanes are ⟨a_i,x⟩ + b_i = 0, rescaling and flipping act on \
             (a_i, b_i), the output bias e follows from them, and it is not counted as a neuron.\n"
        }
        false => "",
    }
}

pub(super) fn flips(claim: Option<&FlipsClaim>, homogenised: bool) -> String {
    let start =
        "All neurons of Γ have c_i ≠ 0 and a_i ≠ 0, and are on pairwise different hyperplanes.\n";
    let middle = match claim {
        Some(claim) => {
            let sets: Vec<String> = claim.sets.iter().map(|set| format!("{set:?}")).collect();
            format!(
                "The non-empty sets F of neurons with Σ_(i ∈ F) c_i a_iᵀ = 0 are exactly {}.\n\
                 Every network with as many neurons and the function R(Γ) is Γ with its neurons in another order, each (a_i, c_i) \
                 replaced by (μ a_i, c_i/μ), μ > 0, and a changed in sign for all neurons of one of these sets, or for none.\n",
                sets.join(", ")
            )
        }
        None => "There is no non-empty set F of neurons with Σ_(i ∈ F) c_i a_iᵀ = 0.\n\
             Every network with as many neurons and the function R(Γ) is Γ with its neurons in another order, each (a_i, c_i) replaced \
             by (μ a_i, c_i/μ), μ > 0.\n"
            .to_owned(),
    };
    format!("{start}{middle}{}", parts(homogenised))
}

pub(super) fn minimal(claim: &MinimalClaim, homogenised: bool) -> String {
    let MinimalClaim { lower, upper } = claim;
    let least = match lower == upper {
        true => format!("{upper} is the least number of neurons of a network with this function"),
        false => format!(
            "the least number of neurons of a network with this function is at least {lower} and at most {upper}"
        ),
    };
    let zero = match upper {
        0 => ", but for one that is zero,",
        _ => "",
    };
    let bias = match homogenised {
        true => "Networks may have biases; the output bias is not counted as a neuron.\n",
        false => "",
    };
    format!("R(Γ) = R(Θ) on all of R^d, Γ has{zero} {upper} neurons, and {least}.\n{bias}")
}

pub(super) fn nearest(claim: &NearestClaim, statement: &Statement, homogenised: bool) -> String {
    let NearestClaim {
        among,
        lower,
        upper,
    } = claim;
    let m = statement.networks.gamma.m;
    let (who, also) = match among {
        Among::All => ("", ""),
        Among::NStar => (
            " in N* (‖c_i‖_∞ = ‖a_i‖_∞ for all i, no two a_i positive multiples of each other, the last two entries of every a_i \
             positive)",
            ", and Φ is one of these",
        ),
    };
    let known = match lower.to_string() == upper.to_string() {
        true => "So Φ is nearest to Γ.\n",
        false => "",
    };
    let bias = match homogenised {
        true => {
            "The networks have biases: Φ and its distances are those of the homogenised networks, with a_i followed by b_i, and the \
             output bias e as one more, last neuron a = (0, …, 0, 1), c = e; the networks Φ′ have {m} neurons and an output bias. \
             Functions are of the original variables.\n"
        }
        false => "",
    };
    let bias = bias.replace("{m}", &m.to_string());
    format!(
        "R(Φ) = R(Θ) and ‖Φ − Γ‖_∞ = {upper};\nevery network Φ′ with {m} neurons{who} and R(Φ′) = R(Θ) has ‖Φ′ − Γ‖_∞ ≥ {lower}{also}.\n\
         {known}{bias}"
    )
}

/// What is known of r and J.
pub(super) fn of_difference(r: &SeminormBracket, jump: &Rational) -> String {
    let seminorm = match r.lower.to_string() == r.upper.to_string() {
        true => format!("r = {}", r.lower),
        false => format!("{} ≤ r ≤ {}", r.lower, r.upper),
    };
    format!(
        "the seminorm r = |g − R(Γ)|_(W^1,∞) satisfies {seminorm}, and the jump norm of g − R(Γ) is J = {jump};\n"
    )
}

/// The end of a sentence: the bounds that are claimed, one a line.
pub(super) fn shown_bounds(shown: [(&Option<Surd>, String); 3]) -> String {
    let mut text = String::new();
    for (value, formula) in shown {
        if let Some(value) = value {
            let _ = write!(text, ";\n  ‖Φ − Γ‖_∞ ≤ {formula} = {value}");
        }
    }
    text + ".\n"
}
