//! `canonical` and `inspect` of a family.

use std::fmt::Write as _;

use serde::Serialize;

use super::scope::{Scope, declined};
use crate::certificate::Range;
use crate::cli::answer::Answer;
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::cli::words::{listed, verdict};
use crate::exact::Rational;
use crate::family::{self, Degeneracies, Expression, Family};
use crate::realization::CanonicalForm;
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
    constant: Vec<String>,
    kinks: Vec<KinkObject>,
}

#[derive(Serialize)]
struct KinkObject {
    normal: Vec<String>,
    offset: String,
    jump: Vec<String>,
}

/// `canonical FAM`.
pub(in crate::cli) fn canonical(
    family: &Family,
    activation: &Rational,
    hash: bool,
    watch: &Watch,
    output: &Output,
) -> Result<Answer, Failure> {
    let forms = family::canonical(family, activation, watch).map_err(declined)?;
    let section = |(range, form): &(Range, CanonicalForm<Expression>)| FormObject {
        range: range.to_string(),
        linear: form.linear.iter().map(|row| shown(row)).collect(),
        constant: shown(&form.constant),
        kinks: form
            .kinks
            .iter()
            .map(|kink| KinkObject {
                normal: shown(&kink.normal),
                offset: kink.offset.to_string(),
                jump: shown(&kink.jump),
            })
            .collect(),
    };
    let ranges: Vec<Range> = forms.iter().map(|(range, _)| *range).collect();
    let fingerprint = match hash {
        true => family::fingerprint(&forms),
        false => None,
    };
    let biased = family.offset().is_some();
    let object = CanonicalObject {
        hash: fingerprint,
        sections: forms.iter().map(section).collect(),
        scope: Scope::of(&ranges),
    };
    output.answer("canonical", &object, || {
        let mut text = String::from(match biased {
            true => "R(x) = M x + q + 1/2 sum over H of jump_H |<n_H, x> + offset_H|\n",
            false => "R(x) = M x + 1/2 sum over H of jump_H |<n_H, x>|\n",
        });
        for section in &object.sections {
            if object.sections.len() > 1 {
                let _ = writeln!(text, "for {}", section.range);
            }
            for (output, (row, q)) in section.linear.iter().zip(&section.constant).enumerate() {
                let _ = writeln!(text, "output {output}: M = ({})", row.join(", "));
                if biased {
                    let _ = writeln!(text, "output {output}: q = {q}");
                }
            }
            let _ = writeln!(text, "{} hyperplanes", section.kinks.len());
            for kink in &section.kinks {
                let offset = match biased {
                    true => format!("  offset = {}", kink.offset),
                    false => String::new(),
                };
                let (normal, jump) = (kink.normal.join(", "), kink.jump.join(", "));
                let _ = writeln!(text, "n = ({normal}){offset}  jump = ({jump})");
            }
        }
        if let Some(hash) = &object.hash {
            let _ = writeln!(text, "SHA-256 {hash}");
        }
        text + &object.scope.words()
    })?;
    match (hash, &object.hash) {
        (true, None) => Err(Failure::Limit(
            "no fingerprint: an entry of the form is not defined for all k".to_owned(),
        )),
        _ => Ok(Answer::Yes),
    }
}

#[derive(Serialize)]
struct InspectObject {
    homogenised: bool,
    /// Index of the output bias among the neurons of the homogenised view.
    #[serde(skip_serializing_if = "Option::is_none")]
    output_bias: Option<usize>,
    sections: Vec<ConditionsObject>,
    #[serde(flatten)]
    scope: Scope,
}

#[derive(Serialize)]
struct ConditionsObject {
    range: String,
    dead: Vec<usize>,
    constant: Vec<usize>,
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
        constant: found.constant.clone(),
        parallel: found.parallel.clone(),
        opposite: found.opposite.clone(),
        balanced: found.balanced,
        c2: found.parallel.is_empty(),
        c3a: found.opposite.is_empty(),
        n_prime: found.n_prime,
        n_star: found.n_star,
    };
    let ranges: Vec<Range> = found.iter().map(|(range, _)| *range).collect();
    let bias = family.offset().map(|_| family.neurons().len());
    let object = InspectObject {
        homogenised: bias.is_some(),
        output_bias: bias,
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
            if let Some(bias) = object.output_bias {
                let view = "inputs (x, 1), rows a_i followed by b_i, the output bias is neuron";
                line("homogenised", format!("{view} {bias}"));
            }
            line("dead", listed(&section.dead, usize::to_string));
            if object.homogenised {
                line("constant", listed(&section.constant, usize::to_string));
            }
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
