//! `equal` of networks of any depth.

use std::path::Path;

use serde::Serialize;

use super::network::layers;
use crate::cli::answer::Answer;
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::cli::words::{differing, texts};
use crate::depth::{Equality, Points, compare, deep_differ_certificate, deep_equal_certificate};
use crate::network::Network;
use crate::watch::Watch;

/// What is compared.
pub(in crate::cli) struct Compared<'a> {
    pub(in crate::cli) networks: [&'a Network; 2],
    pub(in crate::cli) paths: [&'a Path; 2],
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
}

/// By the forms of both, else by points; where neither tells, a limit is answered, with what is known.
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
    let points = Points::default();
    let found = compare(&a, &b, points, watch).map_err(|error| {
        Failure::Usage(format!(
            "{} against {}: {error}",
            second.display(),
            first.display()
        ))
    })?;
    let mut object = Object {
        equal: None,
        witness: None,
        value_a: None,
        value_b: None,
        form_hash: None,
        points: None,
        seed: None,
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
            save(&|| deep_differ_certificate((&a, first), (&b, second), point, None))?;
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
            object.points = Some(*tried);
            object.seed = Some(points.seed);
            let why = stopped.map_or_else(String::new, |stop| format!("; {stop}"));
            let words = format!(
                "not known: up to order and positive scale of hidden neurons they are different, and they have the same values at {tried} points (seed {})\n",
                points.seed
            );
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
