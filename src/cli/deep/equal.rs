//! `equal` of networks of any depth.

use std::path::Path;

use num_traits::{Signed as _, Zero as _};
use serde::Serialize;

use super::boxed::save;
use super::network::layers;
use crate::cli::answer::Answer;
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::cli::words::{differing, texts};
use crate::depth::{
    CellLimits, Difference, Equality, Points, canonical, compare, deep_differ_certificate,
    deep_equal_certificate,
};
use crate::exact::Rational;
use crate::exact::decimal::brief;
use crate::network::{Deep, Network, ShapeError};
use crate::realization::Domain;
use crate::watch::Watch;

/// What is compared.
pub(in crate::cli) struct Compared<'a> {
    pub(in crate::cli) networks: [&'a Network; 2],
    pub(in crate::cli) paths: [&'a Path; 2],
    /// The box on which they are compared.
    pub(in crate::cli) domain: Option<&'a Domain>,
    /// Where the certificate goes.
    pub(in crate::cli) certificate: Option<&'a Path>,
}

#[derive(Serialize)]
struct Object {
    /// None where it is not known.
    equal: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    witness: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value_a: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value_b: Option<Vec<String>>,
    /// Where equal: the hash of the form that both have.
    #[serde(skip_serializing_if = "Option::is_none")]
    form_hash: Option<String>,
    /// Where it is not known: at how many points both have the same values, and the seed of these.
    #[serde(skip_serializing_if = "Option::is_none")]
    points: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seed: Option<u64>,
    /// Where it is not known on a box: no output of B is farther from A's.
    #[serde(skip_serializing_if = "Option::is_none")]
    upper: Option<String>,
}

/// By the forms of both, else, on a box, by exact subdivision, and on all of R^d by points; where none tells, a limit is answered, with what is known.
pub(in crate::cli) fn equal(
    compared: &Compared,
    watch: &Watch,
    output: &Output,
) -> Result<Answer, Failure> {
    let [first, second] = compared.paths;
    let (a, b) = (
        layers(compared.networks[0], first)?,
        layers(compared.networks[1], second)?,
    );
    let wrong = |error: ShapeError| {
        let (first, second) = (first.display(), second.display());
        Failure::Usage(format!("{second} against {first}: {error}"))
    };
    let points = Points::default();
    let mut upper = None;
    let found = match compared.domain {
        None => compare(&a, &b, points, watch).map_err(wrong)?,
        Some(domain) => {
            let question = Difference::new(&a, Some(&b), domain).map_err(wrong)?;
            let forms = [canonical(&a), canonical(&b)];
            if forms[0].network == forms[1].network {
                Equality::Equal(Box::new(forms))
            } else {
                let limits = CellLimits {
                    watch: watch.clone(),
                    keep: compared.certificate.is_some(),
                    ..CellLimits::default()
                };
                let found = question.zero(&limits);
                output.clear_progress();
                if found.upper.is_zero() {
                    if let Some(path) = compared.certificate {
                        save(path, output, |draft| question.write_equal(draft, &found))?;
                    }
                    return on_box(found.nodes, output);
                }
                match found.point.filter(|_| found.lower.is_positive()) {
                    Some(point) => differing_at(&a, &b, point).map_err(wrong)?,
                    None => {
                        upper = Some(found.upper);
                        Equality::Unknown {
                            points: 0,
                            stopped: watch.stopped(),
                        }
                    }
                }
            }
        }
    };
    let mut object = Object {
        equal: None,
        witness: None,
        value_a: None,
        value_b: None,
        form_hash: None,
        points: None,
        seed: None,
        upper: upper.as_ref().map(ToString::to_string),
    };
    let save = |text: &dyn Fn() -> String| match compared.certificate {
        Some(path) => output.save_certificate(path, &text()).map(drop),
        None => Ok(()),
    };
    match &found {
        Equality::Equal(forms) => {
            save(&|| deep_equal_certificate(forms[0].of(&a), forms[1].of(&b)))?;
            object.equal = Some(true);
            object.form_hash = Some(forms[0].form_hash());
            let words = format!(
                "equal on all of R^{}: both have one form, up to order and positive scale of hidden neurons\n",
                a.inputs()
            );
            output.answer("equal", &object, || words)?;
            Ok(Answer::Yes)
        }
        Equality::Different {
            point,
            first,
            second,
        } => {
            save(&|| deep_differ_certificate((&a, first), (&b, second), point, compared.domain))?;
            object.equal = Some(false);
            object.witness = Some(texts(point));
            object.value_a = Some(texts(first));
            object.value_b = Some(texts(second));
            let [shown_a, shown_b] = differing(first, second);
            let words = format!(
                "not equal: at x = ({})\n  A(x) = ({shown_a})\n  B(x) = ({shown_b})\n",
                texts(point).join(", ")
            );
            output.answer("equal", &object, || words)?;
            Ok(Answer::No)
        }
        Equality::Unknown {
            points: tried,
            stopped,
        } => {
            let why = stopped.map_or_else(String::new, |stop| format!("; {stop}"));
            let words = match &upper {
                Some(upper) => format!(
                    "not known: no point of the box was found where they differ, and nowhere on it do they by more than {}\n",
                    brief(&upper.clone().into())
                ),
                None => {
                    object.points = Some(*tried);
                    object.seed = Some(points.seed);
                    format!(
                        "not known: up to order and positive scale of hidden neurons they are different, and they have the same values at {tried} points (seed {})\n",
                        points.seed
                    )
                }
            };
            if let Some(path) = compared.certificate {
                output.no_certificate(path, "whether they are equal is not known");
            }
            output.answer("equal", &object, || words)?;
            Err(Failure::Limit(format!(
                "whether they are equal is not known{why}"
            )))
        }
    }
}

/// Their values at a point where they are not the same.
fn differing_at(a: &Deep, b: &Deep, point: Vec<Rational>) -> Result<Equality, ShapeError> {
    Ok(Equality::Different {
        first: a.eval(&point)?,
        second: b.eval(&point)?,
        point,
    })
}

#[derive(Serialize)]
struct OnBox {
    equal: bool,
    /// How many parts of the box were looked at.
    nodes: u64,
}

/// They are equal on the box.
fn on_box(nodes: u64, output: &Output) -> Result<Answer, Failure> {
    let object = OnBox { equal: true, nodes };
    output.answer("equal", &object, || "equal on the box\n".to_owned())?;
    Ok(Answer::Yes)
}
