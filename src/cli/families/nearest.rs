//! `nearest G T` and `separated G T` of families.

use std::fmt::Write as _;
use std::path::Path;

use serde::Serialize;

use super::scope::{
    Scope, Value, certify, declined, lines, only, phi_lines, ranges, row, values, write,
};
use super::written::{Written, write_network};
use crate::certificate::{FamilyNetwork, Formula, Holds, Range, Side, StatedNetwork};
use crate::cli::answer::Answer;
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::exact::{Surd, text};
use crate::family::{self, Expression, Family, InNStar, Proved, Question};
use crate::watch::Watch;

#[derive(Serialize)]
struct BoundObject {
    /// The distance, or with `separated` the lower bound.
    #[serde(skip_serializing_if = "Option::is_none")]
    distance: Option<String>,
    sections: Vec<Value>,
    /// The distance is greater than this.
    #[serde(skip_serializing_if = "Option::is_none")]
    above: Option<String>,
    /// With `separated`: a k at which the nearest parametrization is nearer than `--at-least`.
    #[serde(skip_serializing_if = "Option::is_none")]
    refuted_at: Option<u64>,
    /// For each section, the nearest parametrization.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    phi: Vec<FamilyNetwork>,
    #[serde(flatten)]
    scope: Scope,
}

fn bound(
    verb: &str,
    name: &str,
    proved: &Proved,
    above: Option<&Expression>,
    refuted_at: Option<u64>,
    [certificate, phi_out]: [Option<&Path>; 2],
    output: &Output,
) -> Result<Answer, Failure> {
    write(certificate, proved, output)?;
    let phis = proved
        .parts
        .iter()
        .filter_map(|part| match &part.draft.holds {
            Holds::Nearest { phi, .. } => Some(phi.clone()),
            _ => None,
        });
    let sections = values(proved);
    let object = BoundObject {
        distance: only(&sections),
        sections,
        above: above.map(Expression::to_string),
        refuted_at,
        phi: phis.collect(),
        scope: Scope::of(&ranges(proved)),
    };
    output.answer(verb, &object, || {
        let mut text = lines(name, &object.sections);
        if let Some(k) = refuted_at {
            let _ = writeln!(
                text,
                "{:<14} at k = {k} it is less than the bound",
                "refuted"
            );
        }
        for (part, phi) in proved.parts.iter().zip(&object.phi) {
            let range = if object.phi.len() == 1 {
                String::new()
            } else {
                format!(" for {}", part.range)
            };
            text += &phi_lines(&format!("nearest Φ{range}"), phi);
        }
        if let Some(above) = &object.above {
            let _ = writeln!(text, "{:<14} {above}", "greater than");
        }
        text + &object.scope.words()
    })?;
    // What is known is printed even if it cannot be written.
    if let Some(path) = phi_out {
        let one = match object.phi.as_slice() {
            [only] => Some(Written::stated(only)),
            _ => None,
        };
        write_network("--phi-out", path, one, &ranges(proved), output)?;
    }
    Ok(Answer::Yes)
}

/// `separated G T`.
pub(in crate::cli) fn separated(
    gamma: &Family,
    theta: &Family,
    question: &Question,
    certificate: Option<&Path>,
    output: &Output,
) -> Result<Answer, Failure> {
    let reason = match family::prove_separated(gamma, theta, question) {
        Ok(proved) => {
            let above = question.above.as_ref();
            let files = [certificate, None];
            return bound(
                "separated",
                "distance >=",
                &proved,
                above,
                None,
                files,
                output,
            );
        }
        Err(reason) => reason,
    };
    // A bound that is not proved may be false, which a nearer parametrization shows.
    let Some(wanted) = &question.at_least else {
        return Err(declined(reason));
    };
    let nearest = Question {
        phi: None,
        at_least: None,
        above: None,
        watch: question.watch.clone(),
    };
    let found = family::prove_nearest(gamma, theta, &nearest);
    let Some((found, k)) = found.ok().and_then(|found| {
        let k = nearer(&found, wanted)?;
        Some((found, k))
    }) else {
        return Err(declined(reason));
    };
    if let Some(path) = certificate {
        output.no_certificate(path, "the bound does not hold");
    }
    bound(
        "separated",
        "distance",
        &found,
        None,
        Some(k),
        [None; 2],
        output,
    )?;
    Ok(Answer::No)
}

/// The first k of a section at which the distance is less than this.
fn nearer(found: &Proved, wanted: &Expression) -> Option<u64> {
    let parts = found.parts.iter();
    let mut at = parts.filter_map(|part| {
        let Holds::Nearest { distance, .. } = &part.draft.holds else {
            return None;
        };
        let k = part.range.first();
        let distance = family::parse(&distance.to_string()).ok()?.at(k)?;
        distance.compare(&wanted.at(k)?).is_lt().then_some(k)
    });
    at.next()
}

/// `nearest G T`. Where no nearest parametrization is found, the lower bound is printed.
pub(in crate::cli) fn nearest(
    gamma: &Family,
    theta: &Family,
    phi: Option<Family>,
    [certificate, phi_out]: [Option<&Path>; 2],
    watch: &Watch,
    output: &Output,
) -> Result<Answer, Failure> {
    let question = Question {
        phi,
        watch: watch.clone(),
        ..Question::default()
    };
    match family::prove_nearest(gamma, theta, &question) {
        Ok(proved) => bound(
            "nearest",
            "distance",
            &proved,
            None,
            None,
            [certificate, phi_out],
            output,
        ),
        Err(reason) => {
            let question = Question {
                phi: None,
                ..question
            };
            let proved = family::prove_separated(gamma, theta, &question).map_err(declined)?;
            bound(
                "nearest",
                "distance >=",
                &proved,
                None,
                None,
                [certificate, None],
                output,
            )?;
            if phi_out.is_some() {
                output.remark("no Φ is written: none was proved nearest for all k");
            }
            Err(Failure::Limit(format!(
                "the distance is not known exactly for all k: {reason}"
            )))
        }
    }
}

/// One range's nearest parametrization in N*, or why there is none.
#[derive(Serialize)]
struct StarObject {
    range: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    distance: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phi: Option<FamilyNetwork>,
    /// For each place of Γ, the neuron of Θ in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    permutation: Option<Vec<usize>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
}

#[derive(Serialize)]
struct StarsObject {
    /// The distance, where one formula serves all k.
    #[serde(skip_serializing_if = "Option::is_none")]
    distance: Option<String>,
    sections: Vec<StarObject>,
    #[serde(flatten)]
    scope: Scope,
}

/// `nearest G T --in-n-star`: among the parametrizations in N*, with `-o` and `--phi-out`.
pub(in crate::cli) fn nearest_in_n_star(
    gamma: &Family,
    theta: &Family,
    [certificate, phi_out]: [Option<&Path>; 2],
    watch: &Watch,
    output: &Output,
) -> Result<Answer, Failure> {
    let found = family::nearest_in_n_star(gamma, theta, watch).map_err(declined)?;
    let section = |(range, found): &(Range, InNStar)| {
        let (distance, phi, permutation, reason) = match found {
            InNStar::Nearest {
                phi,
                distance,
                order,
            } => {
                let distance = distance.to_string();
                (
                    Some(distance),
                    Some(phi.to_certificate()),
                    Some(order.clone()),
                    None,
                )
            }
            InNStar::NotInNStar(Side::Gamma) => (None, None, None, Some("Γ is not in N*")),
            InNStar::NotInNStar(_) => (None, None, None, Some("Θ is not in N*")),
            InNStar::OtherNumber => {
                let reason = "Θ has another number of neurons than Γ";
                (None, None, None, Some(reason))
            }
        };
        StarObject {
            range: range.to_string(),
            distance,
            phi,
            permutation,
            reason,
        }
    };
    let sections: Vec<StarObject> = found.iter().map(section).collect();
    if let Some(path) = certificate {
        certify(
            path,
            family::prove_nearest_in_n_star(gamma, theta, watch),
            output,
        )?;
    }
    let ranges: Vec<Range> = found.iter().map(|(range, _)| *range).collect();
    let object = StarsObject {
        distance: match sections.as_slice() {
            [only] => only.distance.clone(),
            _ => None,
        },
        sections,
        scope: Scope::of(&ranges),
    };
    output.answer("nearest", &object, || {
        let mut text = String::new();
        for section in &object.sections {
            if object.sections.len() > 1 {
                text += &row("for", &section.range);
            }
            if let Some(reason) = section.reason {
                text += &row("nearest Φ", "there is none in N*");
                text += &row("because", reason);
            }
            if let Some(distance) = &section.distance {
                text += &row("distance", distance);
            }
            if let Some(phi) = &section.phi {
                text += &phi_lines("nearest Φ", phi);
            }
        }
        text + &object.scope.words()
    })?;
    if let Some(path) = phi_out {
        let one = match object.sections.as_slice() {
            [only] => only.phi.as_ref().map(Written::stated),
            _ => None,
        };
        match object.sections.iter().any(|section| section.phi.is_some()) {
            true => write_network("--phi-out", path, one, &ranges, output)?,
            false => output.remark("no Φ is written: there is no parametrization in N*"),
        }
    }
    match object.sections.iter().all(|section| section.phi.is_some()) {
        true => Ok(Answer::Yes),
        false => Ok(Answer::No),
    }
}

/// What the method for families finds for two networks without k, which also moves groups of neurons that are linear together.
pub(in crate::cli) struct Constant {
    /// The least distance.
    pub(in crate::cli) distance: Surd,
    /// Φ.
    pub(in crate::cli) phi: StatedNetwork,
    /// A `for-all-k` certificate that does not depend on k.
    pub(in crate::cli) certificate: String,
}

/// The nearest parametrization of two networks given as files, where the method for families finds it.
pub(in crate::cli) fn nearest_constant(
    gamma: &Family,
    theta: &Family,
    watch: &Watch,
) -> Option<Constant> {
    if gamma.offset().is_some() || theta.offset().is_some() {
        return None; // Φ of networks of numbers is homogenised.
    }
    let question = Question {
        watch: watch.clone(),
        ..Question::default()
    };
    let proved = family::prove_nearest(gamma, theta, &question).ok()?;
    let [part] = proved.parts.as_slice() else {
        return None;
    };
    let Holds::Nearest { phi, .. } = &part.draft.holds else {
        return None;
    };
    let number = |formula: &Formula| text::parse(&formula.to_string()).ok();
    let rows = |rows: &[Vec<Formula>]| {
        let row = |row: &Vec<Formula>| {
            let row = row.iter().map(|entry| Some((&number(entry)?).into()));
            row.collect::<Option<Vec<_>>>()
        };
        rows.iter().map(row).collect::<Option<Vec<_>>>()
    };
    let (a, c) = (rows(&phi.a)?, rows(&phi.c)?);
    Some(Constant {
        distance: number(part.value.as_ref()?)?,
        phi: StatedNetwork {
            d: a.first()?.len(),
            m: a.len(),
            outputs: c.first()?.len(),
            a,
            b: None,
            c,
            e: None,
        },
        certificate: proved.certificate,
    })
}
