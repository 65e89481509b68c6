//! What was verified for all k, in words.

use std::collections::BTreeMap;

use relucert_format::{ForAllK, Formula, Holds, Statement};

use super::network::Difference;
use super::steps::Scene;
use crate::kernel::read::sha256;
use crate::kernel::scalar::Scalar as _;
use crate::kernel::verdict::{Stop, Verified};
use crate::words::whole;

/// What to say of a lower bound that says nothing.
pub(super) fn vacuous(holds: &Holds, scene: &Scene) -> Result<String, Stop> {
    let Holds::Separated { distance, .. } = holds else {
        return Ok(String::new());
    };
    let (gamma, limits) = (&scene.gamma, scene.limits);
    if !scene.number(distance)?.signs(limits)?.plus {
        return Ok(" (vacuous: no distance is less than 0)".to_owned());
    }
    // With no more neurons than Γ has, Θ itself is one of them.
    let Some(theta) = &scene.theta else {
        return Ok(String::new());
    };
    if theta.neurons.len() > gamma.neurons.len() {
        let function = Difference::new(theta, None, limits)?;
        function.distinct(limits)?;
        let (kinks, most) = (function.kinks.len(), gamma.neurons.len());
        if kinks > most {
            return Ok(format!(
                " (vacuous: there is none, as R(Θ) has {kinks} kinks, more than {most} neurons make)"
            ));
        }
    }
    Ok(String::new())
}

/// The statement in words.
pub(super) fn verified(
    statement: &Statement,
    claim: &ForAllK,
    remarks: &[String],
    steps: usize,
) -> Verified {
    let difference = if claim.theta.is_some() {
        "R(Θ) − R(Γ)"
    } else {
        "R(Γ)"
    };
    let mut text = "For every integer k ≥ 1, for the networks Γ, Θ, Φ with this k:\n".to_owned();
    for (section, remark) in claim.sections.iter().zip(remarks) {
        let larger = |above: &Option<Formula>| {
            above
                .as_ref()
                .map_or_else(String::new, |above| format!(", and this is > {above}"))
        };
        let says = match &section.holds {
            Holds::Equal {} => "R(Γ) = R(Θ) on all of R^d".to_owned(),
            Holds::JumpNorm { value } => format!("the jump norm of {difference} is {value}"),
            Holds::Seminorm { value } => format!("the seminorm |{difference}|_(W^1,∞) is {value}"),
            Holds::Separated { distance, above } => format!(
                "every parametrization of R(Θ) with {} neurons is at distance at least {distance} from Γ{}",
                claim.gamma.m,
                larger(above)
            ),
            Holds::Nearest {
                distance, above, ..
            } => format!(
                "the nearest parametrization of R(Θ) with {} neurons is at distance exactly {distance} from Γ{}",
                claim.gamma.m,
                larger(above)
            ),
            Holds::Reparametrization { distance, .. } => {
                format!("R(Φ) = R(Θ) and ‖Φ − Γ‖_∞ = {distance}")
            }
        };
        text += &format!("  {}: {says}{remark}.\n", section.range);
    }
    if let Some(real) = claim.real {
        text += &format!("This holds for all real k ≥ {real} too.\n");
    }
    text += "Neurons are numbered from 0; norms are the largest absolute entry.\n";
    let mut networks = BTreeMap::new();
    let families = [
        ("gamma", 'Γ', Some(&claim.gamma)),
        ("theta", 'Θ', claim.theta.as_ref()),
    ];
    for (name, letter, family) in families {
        let Some(family) = family else { continue };
        let rows = |rows: &[Vec<Formula>]| {
            let row = |row: &Vec<Formula>| {
                format!(
                    "({})",
                    row.iter()
                        .map(Formula::to_string)
                        .collect::<Vec<_>>()
                        .join(", ")
                )
            };
            rows.iter().map(row).collect::<Vec<_>>().join(", ")
        };
        let json = serde_json::to_string(family).unwrap_or_default();
        let hash = sha256(json.as_bytes());
        text += &format!(
            "{letter}: a = {}; c = {}; its compact JSON in the certificate has the SHA-256 {hash}\n",
            rows(&family.a),
            rows(&family.c)
        );
        networks.insert(name, hash);
    }
    text += &whole(statement);
    Verified {
        statement: text,
        claim: "for-all-k",
        networks,
        steps,
    }
}
