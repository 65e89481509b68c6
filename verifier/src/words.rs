//! What was verified, in words. Only the statement is read here, never the steps.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use relucert_format::{Networks, Shallow, Statement};

use super::claims;
use super::kernel::read::sha256;
use super::kernel::verdict::Verified;
use super::scene::Scene;
use super::subject::Reads;

/// The verdict for a statement that was verified.
pub(super) fn verified(statement: &Statement, scene: &Scene, steps: usize) -> Verified {
    let claim = claims::of(&statement.claim);
    let mut text = claim.sentence(scene, statement);
    if let Some(a) = &statement.activation {
        let _ = writeln!(text, "The activation of the networks is max({a}·t, t).");
    }
    if scene.homogenised && scene.subject.reads == Reads::Homogenised {
        text.push_str(
            "The networks have biases: this speaks of the homogenised networks, with input (x, 1), a_i followed by b_i, and the \
             output bias as one more, last neuron. Counts below are of the networks as stated.\n",
        );
    }
    text.push_str(&claim.vacuous(scene));
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
    Verified {
        statement: text,
        claim: statement.claim.kind(),
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
