//! What was verified, in words. Only the statement is read here, never the steps.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::proof::Proof;
use super::read::{claim_kind, sha256};
use super::verdict::Verified;
use crate::certificate::{
    Claim, ConditionClaim, ConditionName, Form, Networks, Shallow, Side, Statement, Theorem31,
    Violation,
};

/// The verdict for a statement that was verified.
pub(super) fn verified(statement: &Statement, proof: &Proof, steps: usize) -> Verified {
    let mut text = match &statement.claim {
        Claim::Reparametrization(claim) => format!(
            "R(Φ) = R(Θ) and ‖Φ − Γ‖_∞ = {} ≤ {}.\n",
            claim.distance, claim.bound
        ),
        Claim::Theorem31(claim) => theorem(claim),
        Claim::Condition(claim) => condition(claim),
        _ => String::new(),
    };
    if proof.homogenised {
        text.push_str(
            "The networks have biases: this speaks of the homogenised networks, with input (x, 1), a_i followed by b_i, and the \
             output bias as one more, last neuron. Counts below are of the networks as stated.\n",
        );
    }
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
            "{letter}: d = {d}, m = {m}, D = {outputs}, {biases} biases, SHA-256 {hash}\n"
        );
        networks.insert(name, hash);
    }
    let claim = claim_kind(&statement.claim);
    Verified {
        statement: text,
        claim,
        networks,
        steps,
    }
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
    let exact = r.lower.to_string() == r.upper.to_string();
    let seminorm = match exact {
        true => format!("r = {}", r.lower),
        false => format!("{} ≤ r ≤ {}", r.lower, r.upper),
    };
    let threshold = match claim.form {
        Form::Seminorm => "2r",
        Form::Jump => "J",
    };
    let mut text = format!(
        "Theorem 3.1 for Γ and g = R(Θ), in the form with the threshold {threshold}:\n\
         the seminorm r = |g − R(Γ)|_(W^1,∞) satisfies {seminorm}, and the jump norm of g − R(Γ) is J = {jump};\n\
         Γ satisfies C.1 with β = {beta} at the threshold {threshold}, and C.2; Γ and Θ satisfy C.3a and C.3b;\n\
         every neuron is in the case of the proof that the certificate names;\n\
         R(Φ) = R(Θ) and ‖Φ − Γ‖_∞ = {distance}"
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
    for (value, formula) in shown {
        if let Some(value) = value {
            let _ = write!(text, ";\n  ‖Φ − Γ‖_∞ ≤ {formula} = {value}");
        }
    }
    text.push_str(".\n");
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
        Violation::Multiple { i, j, factor } => format!(
            "Hypothesis {name} of Theorem 3.1 does not hold:\na of neuron {j} of {} is {factor} times a of neuron {i} of {}, \
             which is not zero.\n",
            sides.1, sides.0
        ),
    }
}
