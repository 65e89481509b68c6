//! What was verified, in words. Only the statement is read here, never the steps.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::kernel::read::sha256;
use super::kernel::verdict::Verified;
use super::scene::Domain;
use super::scene::Scene;
use super::sentences::{self, of_difference, shown_bounds};
use super::vacuous;
use relucert_format::{
    ArrangementClaim, Claim, ConditionClaim, ConditionName, Form, Networks, Rational,
    SeminormClaim, Shallow, Side, Statement, Theorem31, Violation,
};

/// The verdict for a statement that was verified.
pub(super) fn verified(statement: &Statement, scene: &Scene, steps: usize) -> Verified {
    let mut text = match &statement.claim {
        Claim::Reparametrization(claim) => format!(
            "R(Φ) = R(Θ) and ‖Φ − Γ‖_∞ = {} ≤ {}.\n",
            claim.distance, claim.bound
        ),
        Claim::Theorem31(claim) => theorem(claim),
        Claim::Condition(claim) => condition(claim),
        Claim::Arrangement(claim) => arrangement(claim, statement),
        Claim::Injective(claim) => format!(
            "The layer x ↦ (ρ(⟨a_i,x⟩ + b_i))_i of the neurons of Γ is injective on R^{}: in each of its {} regions the a_i of the \
             neurons that are positive there span R^{}.\n",
            statement.networks.gamma.d, claim.count, statement.networks.gamma.d
        ),
        Claim::NotInjective(_) => format!(
            "The layer x ↦ (ρ(⟨a_i,x⟩ + b_i))_i of the neurons of Γ is not injective on R^{}: it has the same values at two points.\n",
            statement.networks.gamma.d
        ),
        Claim::Equal(claim) => format!("R(Γ) = R(Θ) {}.\n", on(claim.domain.as_deref())),
        Claim::Differ(claim) => format!(
            "R(Γ) ≠ R(Θ) {}: the two functions have different values at a point of it.\n",
            on(claim.domain.as_deref())
        ),
        Claim::Seminorm(claim) => seminorm(claim, statement),
        Claim::LocalMinimum(claim) => format!(
            "The mean of ‖R(Γ)(x) − y‖² over the {} samples of the statement is {}, and every network of the same shape within {} of Γ, \
             largest entry of the difference, has at least this.\n",
            claim.samples.len(),
            claim.loss,
            claim.radius
        ),
        Claim::SupNorm(claim) => format!(
            "The largest absolute value of f = {} {} is {}.\n",
            function(statement),
            on(Some(&claim.domain)),
            claim.value
        ),
        Claim::JumpNorm(claim) => format!(
            "The jump norm of f = {} is {}: the largest absolute entry of a jump of the Jacobian of f across a hyperplane.\n",
            function(statement),
            claim.value
        ),
        Claim::Theorem33(claim) => sentences::star(claim),
        Claim::Refined31(claim) => sentences::refined(claim),
        Claim::Lift(_) => sentences::lift(),
        Claim::Flips(claim) => sentences::flips(Some(claim), scene.homogenised),
        Claim::Unique(_) => sentences::flips(None, scene.homogenised),
        Claim::Minimal(claim) => sentences::minimal(claim, scene.homogenised),
        Claim::Nearest(claim) => sentences::nearest(claim, statement, scene.homogenised),
        // `family` has its own words.
        Claim::ForAllK(_) => String::new(),
    };
    if let Some(a) = &statement.activation {
        let _ = writeln!(text, "The activation of the networks is max({a}·t, t).");
    }
    let of_the_theorem = matches!(
        statement.claim,
        Claim::Reparametrization(_)
            | Claim::Theorem31(_)
            | Claim::Refined31(_)
            | Claim::Theorem33(_)
            | Claim::Condition(_)
    );
    if scene.homogenised && of_the_theorem {
        text.push_str(
            "The networks have biases: this speaks of the homogenised networks, with input (x, 1), a_i followed by b_i, and the \
             output bias as one more, last neuron. Counts below are of the networks as stated.\n",
        );
    }
    text.push_str(&vacuous::remark(scene));
    text.push_str("Neurons are numbered from 0; norms are the largest absolute entry.\n");
    let Networks { gamma, theta, phi } = &statement.networks;
    let mut networks = BTreeMap::new();
    for (letter, name, network) in [
        ('Γ', "gamma", Some(gamma)),
        ('Θ', "theta", theta.as_ref()),
        ('Φ', "phi", phi.as_ref()),
    ] {
        let Some(network) = network else { continue };
        // Networks are lists of texts, so they always serialise.
        let hash = sha256(
            serde_json::to_string(network)
                .unwrap_or_default()
                .as_bytes(),
        );
        let Shallow {
            d, m, outputs, b, ..
        } = network;
        let biases = if b.is_some() { "with" } else { "without" };
        text += &format!(
            "{letter}: d = {d}, m = {m}, D = {outputs}, {biases} biases; its compact JSON in the certificate has the SHA-256 {hash}\n"
        );
        networks.insert(name, hash);
    }
    text += &whole(statement);
    let claim = statement.claim.kind();
    Verified {
        statement: text,
        claim,
        networks,
        steps,
    }
}

/// The hash that fixes everything stated, also what is not printed, such as samples, sign vectors and Φ.
pub(super) fn whole(statement: &Statement) -> String {
    let json = serde_json::to_string(statement).unwrap_or_default();
    let hash = sha256(json.as_bytes());
    format!("The whole statement: its compact JSON has the SHA-256 {hash}\n")
}

/// The function that a claim of one function speaks of.
fn function(statement: &Statement) -> &'static str {
    match statement.networks.theta {
        Some(_) => "R(Θ) − R(Γ)",
        None => "R(Γ)",
    }
}

/// Where two functions are compared.
fn on(domain: Option<&Domain>) -> String {
    let Some(domain) = domain else {
        return "on all of R^d".to_owned();
    };
    let sides = domain
        .iter()
        .map(|(lower, upper)| format!("[{lower}, {upper}]"));
    format!("on the box {}", sides.collect::<Vec<_>>().join(" × "))
}

fn seminorm(claim: &SeminormClaim, statement: &Statement) -> String {
    let values = match (&claim.lower, &claim.upper) {
        (Some(lower), Some(upper)) if lower.to_string() == upper.to_string() => {
            format!("r = {upper}")
        }
        (Some(lower), Some(upper)) => format!("{lower} ≤ r ≤ {upper}"),
        (Some(lower), None) => format!("r ≥ {lower}"),
        (None, upper) => format!(
            "r ≤ {}",
            upper.iter().map(ToString::to_string).collect::<String>()
        ),
    };
    format!(
        "The seminorm r = |f|_(W^1,∞) of f = {}, the largest absolute entry of the Jacobian of f in any region of R^d where f is \
         linear, satisfies {values}.\n",
        function(statement)
    )
}

fn arrangement(claim: &ArrangementClaim, statement: &Statement) -> String {
    let gamma = &statement.networks.gamma;
    let (hyperplanes, variables) = match gamma.b {
        Some(_) => ("⟨a_i,x⟩ + b_i = 0", "(x, 1)"),
        None => ("⟨a_i,x⟩ = 0", "x"),
    };
    let mut text = format!(
        "The {} sign vectors of the statement are those of the regions into which the hyperplanes {hyperplanes} of Γ, where a row is \
         not zero, cut R^{}",
        claim.count, gamma.d
    );
    let rows: Vec<String> = claim
        .domain
        .iter()
        .flatten()
        .map(|row| vector(row))
        .collect();
    // With biases the first row says only that the last variable, 1, is positive.
    let rows = rows
        .get(usize::from(gamma.b.is_some())..)
        .unwrap_or_default();
    if !rows.is_empty() {
        text += &format!(
            ", in the domain of all x with ⟨g,{variables}⟩ > 0 for g = {}",
            rows.join(", ")
        );
    }
    let list: String = claim
        .regions
        .iter()
        .map(|region| format!("{region}\n"))
        .collect();
    text += &format!(
        ";\nnone is missing and none is there twice. {} pairs of them are adjacent: their signs differ on exactly one class of \
         parallel hyperplanes.\nThe sign vectors, one a line, have the SHA-256 {}.\n",
        claim.edges,
        sha256(list.as_bytes())
    );
    text
}

fn vector(row: &[Rational]) -> String {
    let entries: Vec<String> = row.iter().map(ToString::to_string).collect();
    format!("({})", entries.join(", "))
}

fn theorem(claim: &Theorem31) -> String {
    let Theorem31 {
        beta,
        r,
        jump,
        distance,
        bounds,
        ..
    } = claim;
    let threshold = match claim.form {
        Form::Seminorm => "2r",
        Form::Jump => "J",
    };
    let mut text = format!(
        "Theorem 3.1 for Γ and g = R(Θ), in the form with the threshold {threshold}:\n\
         {}Γ satisfies C.1 with β = {beta} at the threshold {threshold}, and C.2; Γ and some Θ′ with R(Θ′) = R(Θ) satisfy C.3a and \
         C.3b;\n\
         every neuron is in the case of the scene that the certificate names;\n\
         R(Φ) = R(Θ) and ‖Φ − Γ‖_∞ = {distance}",
        of_difference(r, jump)
    );
    let (beta_r, r_name, beta_j) = match claim.form {
        Form::Seminorm => ("β", "r", "β_J"),
        Form::Jump => ("β_r", "r_lower", "β"),
    };
    let shown = [
        (&bounds.paper, format!("{beta_r} + 2√{r_name}")),
        (&bounds.sharp, format!("{beta_r} + √(2 {r_name})")),
        (&bounds.jump, format!("{beta_j} + √J")),
    ];
    text += &shown_bounds(shown);
    let at_r = bounds.paper.is_some() || bounds.sharp.is_some();
    match claim.form {
        Form::Seminorm if bounds.jump.is_some() => {
            text.push_str("β_J is the least β for which C.1 holds at the threshold J.\n");
        }
        Form::Jump if at_r => {
            let lower = &r.lower;
            let _ = writeln!(
                text,
                "r_lower = {lower}, and β_r is the least β for which C.1 holds at the threshold 2 r_lower; as r_lower ≤ r, the \
                 same expressions at r itself are no smaller."
            );
        }
        _ => {}
    }
    text
}

fn condition(claim: &ConditionClaim) -> String {
    let name = match claim.name {
        ConditionName::Balance => "C.1",
        ConditionName::NoParallel => "C.2",
        ConditionName::NoOppositeWithin => "C.3a",
        ConditionName::NoOppositeBetween => "C.3b",
        ConditionName::NoOppositePossible => "C.3",
    };
    let sides = match (claim.name, claim.network) {
        (ConditionName::NoOppositeBetween, _) => ("Γ", "Θ"),
        (_, Some(Side::Theta)) => ("Θ", "Θ"),
        _ => ("Γ", "Γ"),
    };
    match &claim.violation {
        Violation::Unbalanced {
            i,
            beta,
            size,
            r_lower,
        } => format!(
            "Hypothesis {name} of Theorem 3.1 with β = {beta} does not hold for Γ and g = R(Θ):\n\
             r = |g − R(Γ)|_(W^1,∞) ≥ {r_lower}, and neuron {i} of Γ has ‖c_i a_i‖_∞ ≤ 2·{r_lower}, but \
             max(|c_i|, ‖a_i‖_∞) = {size} > {beta}.\n"
        ),
        Violation::NoOrientation {} => format!(
            "Hypothesis {name} of Theorem 3.1 does not hold for Γ and g = R(Θ):\nevery network Θ′ with R(Θ′) = g, whatever its number of \
             neurons, has a non-zero a_j that is a negative multiple of another, or of some a_i of Γ.\n"
        ),
        Violation::Multiple { i, j, factor } => {
            // The theorem asks C.3 of Γ and of some network of g, not of the one that is stated.
            let (start, end) = match sides.1 {
                "Θ" => (
                    format!("Θ as stated violates {name} of Theorem 3.1"),
                    "The theorem asks for some Θ′ with R(Θ′) = R(Θ): whether one satisfies it is not said here.\n",
                ),
                _ => (
                    format!("Hypothesis {name} of Theorem 3.1 does not hold for Γ"),
                    "",
                ),
            };
            format!(
                "{start}:\na of neuron {j} of {} is {factor} times a of neuron {i} of {}, which is not zero.\n{end}",
                sides.1, sides.0
            )
        }
    }
}
