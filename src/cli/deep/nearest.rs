//! `nearest` of networks of any depth.

use std::path::Path;

use serde::Serialize;

use super::network::{Layers, layers};
use crate::cli::answer::Answer;
use crate::cli::failure::Failure;
use crate::cli::network_out::NetworkOut;
use crate::cli::output::Output;
use crate::depth::{self, deep_reparametrization_certificate};
use crate::exact::Surd;
use crate::exact::decimal::brief;
use crate::network::Network;
use crate::realization::SeminormLimits;
use crate::watch::Watch;

/// What is asked: Γ, then Θ.
pub(in crate::cli) struct Near<'a> {
    pub(in crate::cli) networks: [&'a Network; 2],
    pub(in crate::cli) paths: [&'a Path; 2],
    pub(in crate::cli) certificate: Option<&'a Path>,
    /// Where Φ goes.
    pub(in crate::cli) out: Option<NetworkOut<'a>>,
}

#[derive(Serialize)]
struct Object {
    /// ‖Φ − Γ‖_∞, exactly.
    distance: String,
    /// Whether no parametrization is nearer.
    optimal: bool,
    /// No order and positive scales of the hidden neurons make it nearer, by the rows of the first layer; other parametrizations are not spoken of.
    #[serde(skip_serializing_if = "Option::is_none")]
    class_lower: Option<String>,
    /// ‖Θ − Γ‖_∞.
    distance_before: String,
    /// How often a layer was assigned anew.
    improved: usize,
    phi: Layers,
}

/// Θ with its hidden neurons reordered and rescaled, near Γ.
pub(in crate::cli) fn nearest(
    asked: &Near,
    watch: &Watch,
    output: &Output,
) -> Result<Answer, Failure> {
    let [first, second] = asked.paths;
    let (gamma, theta) = (
        layers(asked.networks[0], first)?,
        layers(asked.networks[1], second)?,
    );
    let found = depth::nearest(&gamma, &theta, watch).map_err(|error| {
        Failure::Usage(format!(
            "{} against {}: {error}",
            second.display(),
            first.display()
        ))
    })?;
    let [one, other] = found.forms.as_ref();
    if one.network != other.network {
        return Err(Failure::Internal("Φ has another form than Θ".to_owned()));
    }
    if let Some(out) = &asked.out {
        let network = Network::Deep(found.phi.clone());
        out.save(&network, SeminormLimits::default(), output)?;
    }
    if let Some(path) = asked.certificate {
        let (theta, phi) = (one.of(&theta), other.of(&found.phi));
        let text = deep_reparametrization_certificate(&gamma, theta, phi, &found.distance);
        output.save_certificate(path, &text)?;
    }
    let object = Object {
        distance: found.distance.to_string(),
        optimal: found.distance == crate::exact::Rational::default(),
        class_lower: found.class_lower.as_ref().map(Surd::to_string),
        distance_before: found.before.to_string(),
        improved: found.improved,
        phi: Layers::from(&found.phi),
    };
    output.answer("nearest", &object, || {
        let surd = |value: &crate::exact::Rational| brief(&Surd::from(value.clone()));
        let known = match object.optimal {
            true => "no parametrization is nearer",
            false => "whether a parametrization is nearer is not known",
        };
        let class = match &found.class_lower {
            Some(bound) => format!(
                "reordered        no order and positive scales of hidden neurons come nearer than {}, by the first layer\n",
                brief(bound)
            ),
            None => String::new(),
        };
        format!(
            "distance         {}; {known}\n{class}as given         {}\n",
            surd(&found.distance),
            surd(&found.before)
        )
    })?;
    match found.stopped {
        None => Ok(Answer::Yes),
        Some(stop) => Err(Failure::Limit(format!(
            "{stop}: a nearer one was looked for"
        ))),
    }
}
