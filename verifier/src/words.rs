//! What was verified, in words. Only the statement is read here, never the steps.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use relucert_format::{
    Deep, DeepNetworks, DeepStatement, ForAllK, Form, Formula, Holds, Networks, StatedNetwork,
    Statement,
};
use serde::Serialize;

use super::claims;
use super::kernel::read::sha256;
use super::kernel::verdict::{Stop, Verified};
use super::scene::Scene;
use super::section::Section;
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
    let Networks { gamma, theta, phi } = &statement.networks;
    let networks = [Some(gamma), theta.as_ref(), phi.as_ref()];
    let shape = |network: &StatedNetwork| {
        let biases = if network.b.is_some() {
            "with"
        } else {
            "without"
        };
        format!(
            "d = {}, m = {}, D = {}, {biases} biases",
            network.d, network.m, network.outputs
        )
    };
    ended(
        text,
        networks,
        shape,
        (statement, statement.claim.kind()),
        steps,
    )
}

/// The verdict for a claim for all k, with what is to be remarked of each section.
pub(super) fn verified_for_all_k(
    statement: &Statement,
    claim: &ForAllK,
    remarks: &[String],
    steps: usize,
) -> Verified {
    let mut text = "For every integer k ≥ 1, for the networks Γ, Θ, Φ with this k:\n".to_owned();
    for (section, remark) in claim.sections.iter().zip(remarks) {
        let says = says(&section.holds, claim);
        let _ = writeln!(text, "  {}: {says}{remark}.", section.range);
    }
    if let Some(real) = claim.real {
        let _ = writeln!(text, "This holds for all real k ≥ {real} too.");
    }
    if let Some(a) = &statement.activation {
        let _ = writeln!(text, "The activation of the networks is max({a}·t, t).");
    }
    let rows = |rows: &[Vec<Formula>]| {
        let rows = rows.iter().map(|row| {
            let entries = row.iter().map(Formula::to_string);
            format!("({})", entries.collect::<Vec<_>>().join(", "))
        });
        rows.collect::<Vec<_>>().join(", ")
    };
    let networks = [Some(&claim.gamma), claim.theta.as_ref(), None];
    let weights = |family: &relucert_format::FamilyNetwork| {
        let mut text = format!("a = {}; c = {}", rows(&family.a), rows(&family.c));
        for (name, row) in [("b", &family.b), ("e", &family.e)] {
            if let Some(row) = row {
                let _ = write!(text, "; {name} = {}", rows(std::slice::from_ref(row)));
            }
        }
        text
    };
    ended(
        text,
        networks,
        weights,
        (statement, statement.claim.kind()),
        steps,
    )
}

/// The verdict for a statement about networks of any depth.
pub(super) fn verified_deep(sentence: String, statement: &DeepStatement, steps: usize) -> Verified {
    let DeepNetworks { gamma, theta, phi } = &statement.networks;
    let networks = [Some(gamma), theta.as_ref(), phi.as_ref()];
    let shape = |network: &Deep| {
        let widths: Vec<String> = network
            .inputs()
            .into_iter()
            .chain(network.widths())
            .map(|n| n.to_string())
            .collect();
        format!("inputs and outputs of its layers {}", widths.join(" → "))
    };
    ended(
        sentence,
        networks,
        shape,
        (statement, statement.claim.kind()),
        steps,
    )
}

/// In N*, in words.
const N_STAR: &str = " in N* (‖c_i‖_∞ = ‖a_i‖_∞ for all i, no two a_i positive multiples of each other, the last two entries of every a_i positive)";

/// What a section says.
fn says(holds: &Holds, claim: &ForAllK) -> String {
    let (m, difference) = match claim.theta {
        Some(_) => (claim.gamma.m, "R(Θ) − R(Γ)"),
        None => (claim.gamma.m, "R(Γ)"),
    };
    let row = |row: &[Formula]| {
        let row: Vec<String> = row.iter().map(Formula::to_string).collect();
        row.join(", ")
    };
    let larger = |above: &Option<Formula>| {
        let above = above.as_ref();
        above.map_or_else(String::new, |above| format!(", and this is > {above}"))
    };
    match holds {
        Holds::Equal { .. } => format!("R(Γ) = R(Θ) {}", claims::place(holds.domain())),
        Holds::JumpNorm { value } => format!("the jump norm of {difference} is {value}"),
        Holds::Seminorm { value } => format!("the seminorm |{difference}|_(W^1,∞) is {value}"),
        Holds::SupNorm { value, .. } => format!(
            "the largest absolute value of {difference} {}, over all outputs, is {value}",
            claims::place(holds.domain())
        ),
        Holds::Minimal { lower, upper, phi } => {
            let zero = if *upper == 0 {
                ", but for one that is zero,"
            } else {
                ""
            };
            let least = match lower == upper {
                true => format!(
                    "{upper} is the least number of neurons of a network with this function"
                ),
                false => format!(
                    "the least number of neurons of a network with this function is at least {lower} and at most {upper}"
                ),
            };
            let bias = match claim.gamma.b.is_some() || phi.b.is_some() {
                true => " (networks may have biases; the output bias is not counted as a neuron)",
                false => "",
            };
            format!("R(Φ) = R(Γ) on all of R^d, Φ has{zero} {upper} neurons, and {least}{bias}")
        }
        Holds::Regions { points, domain } => format!(
            "the hyperplanes ⟨a_i,x⟩{} = 0 of Γ's neurons with a_i ≠ 0 cut {} into exactly {} regions, and in each of them is one of the points stated, the first of which is ({})",
            if claim.gamma.b.is_some() {
                " + b_i"
            } else {
                ""
            },
            match domain {
                Some(domain) => format!("the inside of {}", claims::shown_box(domain)),
                None => "R^d".to_owned(),
            },
            points.len(),
            row(points.first().map_or(&[], Vec::as_slice))
        ),
        Holds::Flips { sets } => {
            let texts: Vec<String> = sets.iter().map(|set| format!("{set:?}")).collect();
            let (sets, also) = match texts.is_empty() {
                true => (
                    "there is no non-empty set F of neurons with Σ_(i ∈ F) c_i a_iᵀ = 0".to_owned(),
                    "",
                ),
                false => (
                    format!(
                        "the non-empty sets F of neurons with Σ_(i ∈ F) c_i a_iᵀ = 0 are exactly {}",
                        texts.join(", ")
                    ),
                    ", and a changed in sign for all neurons of one of these sets, or for none",
                ),
            };
            let biases = match claim.gamma.b.is_some() {
                true => {
                    " (a_i is without b_i, rescaling and flipping act on (a_i, b_i), and the output bias follows from them)"
                }
                false => "",
            };
            format!(
                "all neurons of Γ have c_i ≠ 0 and a_i ≠ 0, and are on pairwise different hyperplanes; {sets}; every network with {m} neurons and the function R(Γ) is Γ with its \
                 neurons in another order, each (a_i, c_i) replaced by (μ a_i, c_i/μ), μ > 0{also}{biases}"
            )
        }
        Holds::Separated { distance, above } => format!(
            "every parametrization of R(Θ) with {m} neurons is at distance at least {distance} from Γ{}",
            larger(above)
        ),
        Holds::Nearest {
            among,
            distance,
            above,
            ..
        } => format!(
            "the nearest parametrization of R(Θ) with {m} neurons{} is at distance exactly {distance} from Γ{}",
            if among.is_all() { "" } else { N_STAR },
            larger(above)
        ),
        Holds::Theorem31(of) | Holds::Refined31(of) | Holds::Theorem33(of) => {
            let (name, root) = match of.form {
                Form::Seminorm => ("r", "√(2r)"),
                Form::Jump => ("J", "√J"),
            };
            let beta = of.beta.as_ref();
            let beta = beta.map_or_else(String::new, |beta| format!(" and β = {beta}"));
            let (theorem, formula) = match holds {
                Holds::Theorem31(_) => ("Theorem 3.1 applies", format!("β + {root}")),
                Holds::Refined31(_) => (
                    "Theorem 3.1 applies in refined form (C.2 and C.3 of live neurons alone; |c_i|, ‖a_i‖_∞ ≤ β for all neurons i of Γ but the live ones on whose hyperplane the outer weights of Θ's neurons, merged into one, have the sign of c_i)",
                    format!("β + {root}"),
                ),
                _ => (
                    "Theorem 3.3 applies (Γ and Θ are in N*, and Φ is Θ with its neurons in another order)",
                    format!("2{root}"),
                ),
            };
            let bound = of.bound.as_ref().map_or_else(
                || format!(", and at most {formula}"),
                |bound| format!(" ≤ {formula} = {bound}"),
            );
            format!(
                "{theorem} with {name} = {}{beta}; R(Φ) = R(Θ) and ‖Φ − Γ‖_∞ = {}{bound}",
                of.measure, of.distance
            )
        }
        Holds::LocalMinimum {
            samples,
            loss,
            radius,
        } => {
            let samples = samples
                .iter()
                .map(|s| format!("({}) with ({})", row(&s.x), row(&s.y)));
            let samples: Vec<String> = samples.collect();
            format!(
                "the mean of ‖R(Γ)(x) − y‖² over the samples {} is {loss}, and every network of the same shape within {radius} of Γ has at least this",
                samples.join(", ")
            )
        }
        Holds::Lift { phi } => format!(
            "R(Φ)(x, 1, −1) = R(Γ)(x) for all x in R^d, and Φ, of {} neurons, is{N_STAR}",
            phi.m
        ),
        Holds::Reparametrization { distance, .. } => {
            format!("R(Φ) = R(Θ) and ‖Φ − Γ‖_∞ = {distance}")
        }
    }
}

/// What to say of a section's lower bound that says nothing.
pub(super) fn vacuous(holds: &Holds, section: &Section) -> Result<String, Stop> {
    let distance = match holds {
        Holds::Minimal {
            lower: 0,
            upper: 1..,
            ..
        } => {
            return Ok(
                " (the lower bound is vacuous: no network has fewer than 0 neurons)".to_owned(),
            );
        }
        Holds::Separated { distance, .. } => distance,
        _ => return Ok(String::new()),
    };
    let (most, limits) = (section.movable(&section.gamma).len(), section.limits);
    if !section.number(distance)?.signs(limits)?.plus {
        return Ok(" (vacuous: no distance is less than 0)".to_owned());
    }
    // With no more neurons than Γ has, Θ itself is one of them.
    if let Some(theta) = &section.theta
        && section.movable(theta).len() > most
    {
        let function = section.jumps(theta, None)?;
        function.distinct(limits)?;
        let kinks = function.kinks.len();
        if kinks > most {
            return Ok(format!(
                " (vacuous: there is none, as R(Θ) has {kinks} kinks, more than {most} neurons make)"
            ));
        }
    }
    Ok(String::new())
}

/// What is said of every claim: how it is read, and the hashes that fix Γ, Θ and Φ, and everything stated, also what is not printed, such as samples
/// and sign vectors.
fn ended<N: Serialize, S: Serialize>(
    mut text: String,
    networks: [Option<&N>; 3],
    shown: impl Fn(&N) -> String,
    (statement, claim): (&S, &'static str),
    steps: usize,
) -> Verified {
    text.push_str("Neurons are numbered from 0; norms are the largest absolute entry.\n");
    let names = [("gamma", 'Γ'), ("theta", 'Θ'), ("phi", 'Φ')];
    let mut hashes = BTreeMap::new();
    for ((name, letter), network) in names.into_iter().zip(networks) {
        let Some(network) = network else { continue };
        let (shown, hash) = (shown(network), hash(network));
        let _ = writeln!(
            text,
            "{letter}: {shown}; its compact JSON in the certificate has the SHA-256 {hash}"
        );
        hashes.insert(name, hash);
    }
    let whole = hash(statement);
    let _ = writeln!(
        text,
        "The whole statement: its compact JSON has the SHA-256 {whole}"
    );
    Verified {
        statement: text,
        claim,
        networks: hashes,
        steps,
    }
}

/// Of the compact JSON: these are lists of texts, so they always serialise.
fn hash<T: Serialize>(stated: &T) -> String {
    sha256(serde_json::to_string(stated).unwrap_or_default().as_bytes())
}
