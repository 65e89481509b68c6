//! `canonical` and `inspect` of a family.

use std::fmt::Write as _;

use serde::Serialize;

use super::scope::{Scope, declined};
use crate::certificate::Range;
use crate::cli::answer::Answer;
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::cli::words::{listed, verdict};
use crate::family::{self, Degeneracies, Expression, Family, FamilyForm};
use crate::watch::Watch;

fn shown(row: &[Expression]) -> Vec<String> {
    row.iter().map(Expression::to_string).collect()
}

#[derive(Serialize)]
struct CanonicalObject {
    sections: Vec<FormObject>,
    /// SHA-256 of the form.
    #[serde(skip_serializing_if = "Option::is_none")]
    hash: Option<String>,
    #[serde(flatten)]
    scope: Scope,
}

#[derive(Serialize)]
struct FormObject {
    range: String,
    linear: Vec<Vec<String>>,
    kinks: Vec<KinkObject>,
}

#[derive(Serialize)]
struct KinkObject {
    normal: Vec<String>,
    jump: Vec<String>,
}

/// `canonical FAM`.
pub(in crate::cli) fn canonical(
    family: &Family,
    hash: bool,
    watch: &Watch,
    output: &Output,
) -> Result<Answer, Failure> {
    let forms = family::canonical(family, watch).map_err(declined)?;
    let section = |(range, form): &(Range, FamilyForm)| FormObject {
        range: range.to_string(),
        linear: form.linear.iter().map(|row| shown(row)).collect(),
        kinks: form
            .kinks
            .iter()
            .map(|(normal, jump)| KinkObject {
                normal: shown(normal),
                jump: shown(jump),
            })
            .collect(),
    };
    let ranges: Vec<Range> = forms.iter().map(|(range, _)| *range).collect();
    let fingerprint = match (hash, forms.as_slice()) {
        (true, [(_, form)]) => form.fingerprint(),
        _ => None,
    };
    let object = CanonicalObject {
        hash: fingerprint,
        sections: forms.iter().map(section).collect(),
        scope: Scope::of(&ranges),
    };
    output.answer("canonical", &object, || {
        let mut text = String::from("R(x) = M x + 1/2 sum over H of jump_H |<n_H, x>|\n");
        for section in &object.sections {
            if object.sections.len() > 1 {
                let _ = writeln!(text, "for {}", section.range);
            }
            for (output, row) in section.linear.iter().enumerate() {
                let _ = writeln!(text, "output {output}: M = ({})", row.join(", "));
            }
            let _ = writeln!(text, "{} hyperplanes", section.kinks.len());
            for kink in &section.kinks {
                let _ = writeln!(
                    text,
                    "n = ({})  jump = ({})",
                    kink.normal.join(", "),
                    kink.jump.join(", ")
                );
            }
        }
        if let Some(hash) = &object.hash {
            let _ = writeln!(text, "SHA-256 {hash}");
        }
        text + &object.scope.words()
    })?;
    match (hash, &object.hash) {
        (true, None) => Err(Failure::Limit(
            "no fingerprint: a form with square roots, or with several ranges of k, has several texts".to_owned(),
        )),
        _ => Ok(Answer::Yes),
    }
}

#[derive(Serialize)]
struct InspectObject {
    sections: Vec<ConditionsObject>,
    #[serde(flatten)]
    scope: Scope,
}

#[derive(Serialize)]
struct ConditionsObject {
    range: String,
    dead: Vec<usize>,
    parallel: Vec<[usize; 2]>,
    opposite: Vec<[usize; 2]>,
    balanced: bool,
    c2: bool,
    c3a: bool,
    n_prime: bool,
    n_star: bool,
}

/// `inspect FAM`.
pub(in crate::cli) fn inspect(
    family: &Family,
    watch: &Watch,
    output: &Output,
) -> Result<Answer, Failure> {
    let found = family::degeneracies(family, watch).map_err(declined)?;
    let section = |(range, found): &(Range, Degeneracies)| ConditionsObject {
        range: range.to_string(),
        dead: found.dead.clone(),
        parallel: found.parallel.clone(),
        opposite: found.opposite.clone(),
        balanced: found.balanced,
        c2: found.parallel.is_empty(),
        c3a: found.opposite.is_empty(),
        n_prime: found.n_prime,
        n_star: found.n_star,
    };
    let ranges: Vec<Range> = found.iter().map(|(range, _)| *range).collect();
    let object = InspectObject {
        sections: found.iter().map(section).collect(),
        scope: Scope::of(&ranges),
    };
    output.answer("inspect", &object, || {
        let mut text = String::new();
        for section in &object.sections {
            if object.sections.len() > 1 {
                let _ = writeln!(text, "for {}", section.range);
            }
            let mut line = |name: &str, value: String| {
                let _ = writeln!(text, "{name:<14} {value}");
            };
            let multiples = |pairs: &[[usize; 2]], sign: &str| {
                let words = |[i, j]: &[usize; 2]| format!("a_{j} is a {sign} multiple of a_{i}");
                (listed(pairs, words), pairs.first().map(words))
            };
            let (parallel, c2) = multiples(&section.parallel, "positive");
            let (opposite, c3a) = multiples(&section.opposite, "negative");
            line("dead", listed(&section.dead, usize::to_string));
            line("parallel", parallel);
            line("opposite", opposite);
            line("C.2 holds", verdict(section.c2, &c2));
            line("C.3a holds", verdict(section.c3a, &c3a));
            line("balanced", verdict(section.balanced, &None));
            line("in N'", verdict(section.n_prime, &None));
            line("in N*", verdict(section.n_star, &None));
        }
        text + &object.scope.words()
    })?;
    Ok(Answer::Yes)
}
