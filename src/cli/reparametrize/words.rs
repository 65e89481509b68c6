//! The answer in words.

use super::found::nearest_of;
use super::missing::{not_in_n_star, violations_in_words};
use super::object::other_distance;
use crate::certificate::Form;
use crate::cli::cases::{self, flipped};
use crate::cli::words::{Row, lines, whole};
use crate::exact::decimal::{brief, named};
use crate::exact::{Rational, Surd};
use crate::nearest::Answer;
use crate::parametrizations::C3;
use crate::reparametrize::Reparametrization;
use crate::stability::{Analysis, Bound, Case, Construction, Theorem};

/// The answer in words.
pub(super) fn of(answer: &Reparametrization) -> String {
    let mut rows = opening(answer);
    match answer.analysis() {
        None => rows.extend(without_theorem(answer)),
        Some(analysis) => {
            rows.extend(hypotheses(answer, analysis));
            match &analysis.construction {
                None => rows.push(cases::refusal(analysis.theorem)),
                Some(construction) => rows.extend(constructed(answer, analysis, construction)),
            }
        }
    }
    lines(rows)
}

/// The lines that every answer begins with: shapes, r and J.
fn opening(answer: &Reparametrization) -> Vec<Row> {
    let (pair, r) = (answer.pair(), answer.r());
    let gamma = &pair.gamma;
    let (d, m, outputs) = (gamma.inputs(), gamma.neurons().len(), gamma.outputs());
    let plural = if outputs == 1 { "" } else { "s" };
    let rational = |value: &Rational| brief(&value.clone().into());
    let mut rows = vec![(
        "networks",
        format!("{d} inputs, {m} neurons, {outputs} output{plural}"),
    )];
    if pair.homogenised {
        let bias = format!(
            "homogenised: inputs (x, 1), a_i followed by b_i, output bias as neuron {}",
            m - 1
        );
        rows.push(("", bias));
    }
    match r.exact() {
        Some(r) => rows.push(("r = |g − R(Γ)|", rational(r))),
        None => {
            let lower = rational(&r.lower.value);
            rows.push(("r = |g − R(Γ)|", format!("at least {lower}")));
            rows.push(("", format!("at most  {}", rational(&r.upper))));
        }
    }
    rows.push(("jump norm J", rational(answer.jump())));
    rows
}

/// β, and which hypotheses fail.
fn hypotheses(answer: &Reparametrization, analysis: &Analysis) -> Vec<Row> {
    let mut rows = Vec::new();
    if let (Theorem::Main, Some(beta)) = (analysis.theorem, &analysis.beta) {
        let threshold = match analysis.form {
            Form::Seminorm => "2r",
            Form::Jump => "J",
        };
        let beta = brief(beta);
        rows.push(("β", format!("{beta} (C.1 at the threshold {threshold})")));
    }
    if analysis.theorem == Theorem::Star {
        for (name, reason) in not_in_n_star(&analysis.missing).named() {
            let reason = reason.map_or_else(|| "yes".to_owned(), |reason| format!("no: {reason}"));
            rows.push(("in N*", format!("{name}: {reason}")));
        }
        return rows;
    }
    for violation in violations_in_words(&analysis.missing) {
        rows.push(("fails", violation));
    }
    if analysis.construction.is_none()
        && let Some(C3::Impossible { .. } | C3::GammaOpposite) = answer.c3()
    {
        rows.push((
            "C.3",
            "no Θ of g satisfies it: Γ forces orientations that no other neurons make up for"
                .to_owned(),
        ));
    }
    rows
}

/// The cases, the bounds, and how far Φ is.
fn constructed(
    answer: &Reparametrization,
    analysis: &Analysis,
    construction: &Construction,
) -> Vec<Row> {
    let mut rows = Vec::new();
    if let (Theorem::Main, Some(C3::Possible { flip })) = (analysis.theorem, answer.c3())
        && !flip.is_empty()
    {
        rows.push(flipped(flip));
    }
    let beta = analysis.beta.as_ref().map(brief).unwrap_or_default();
    let neurons = construction.cases.iter();
    let cases: Vec<Case> = neurons.map(|neuron| neuron.case).collect();
    rows.extend(cases::rows(analysis.theorem, beta, &cases));
    for bound in &construction.bounds {
        let label = match analysis.theorem {
            Theorem::Refined => "refined bound",
            _ => bound.formula,
        };
        rows.push((label, bound_line(bound)));
    }
    rows.push(("‖Φ − Γ‖_∞", whole(&construction.distance.value)));
    if analysis.theorem != Theorem::Star {
        rows.extend(as_written(answer, construction));
    }
    rows
}

/// One row of a list of bounds.
fn bound_line(bound: &Bound) -> String {
    let value = brief(&bound.value);
    let at = if bound.at_lower_r { "at least " } else { "" };
    let proved = match bound.proved {
        true => "proved",
        false => "not proved for this Φ",
    };
    format!("{at}{value}   {proved}")
}

/// The line below ‖Φ − Γ‖_∞, where the distance of Φ as it is written is another; the theorem's bounds are of the homogenised Φ.
fn as_written(answer: &Reparametrization, construction: &Construction) -> Option<Row> {
    let distance = other_distance(answer)?;
    let proved = construction.bounds.iter().filter(|bound| bound.proved);
    let bound = proved.map(|bound| &bound.value);
    let bound = bound.max_by(|one, two| Surd::compare(one, two));
    let beyond = match bound {
        Some(bound) if distance.compare(bound).is_gt() => ", more than the bound",
        _ => "",
    };
    let distance = brief(&distance);
    let text =
        format!("{distance} as written, with e in place of the output bias's c and b{beyond}");
    Some(("", text))
}

/// What is missing, and the best Φ that was found.
fn without_theorem(answer: &Reparametrization) -> Vec<Row> {
    let missing = answer.missing().iter();
    let mut rows: Vec<Row> = missing.map(|one| ("missing", one.to_string())).collect();
    rows.push(("theorem", "none applies".to_owned()));
    match (nearest_of(answer), answer.nearest()) {
        (Some(nearest), _) => match &nearest.phi {
            Some(phi) => {
                rows.push((
                    "best Φ found",
                    named("‖Φ − Γ‖_∞", &whole(&phi.distance.value)),
                ));
                rows.push(match nearest.exact() {
                    Some(_) => ("", "no parametrization of g is nearer".to_owned()),
                    None => ("", format!("none is nearer than {}", brief(&nearest.lower))),
                });
            }
            None => rows.push(("best Φ found", "none".to_owned())),
        },
        (None, Some(Answer::TooManyKinks { kinks, neurons })) => rows.push((
            "no Φ",
            format!("g has {kinks} kinks, more than Γ has neurons ({neurons})"),
        )),
        (None, _) => rows.push(("no Φ", "g has no parametrization of this shape".to_owned())),
    }
    rows
}
