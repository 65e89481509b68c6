//! `canonical` of networks of any depth.

use std::path::Path;

use serde::Serialize;

use super::network::{Layers, layers, widths};
use crate::cli::answer::Answer;
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::depth;
use crate::network::Network;

#[derive(Serialize)]
struct Object {
    network: Layers,
    /// Equal means equal functions; different says nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    form_hash: Option<String>,
}

/// The form of a network, up to order and positive scale of hidden neurons.
pub(in crate::cli) fn canonical(
    network: &Network,
    path: &Path,
    hash: bool,
    output: &Output,
) -> Result<Answer, Failure> {
    let form = depth::canonical(&layers(network, path)?);
    let object = Object {
        network: Layers::from(&form.network),
        form_hash: hash.then(|| form.form_hash()),
    };
    output.answer("canonical", &object, || {
        let mut text = format!(
            "layers {}; rows of hidden neurons, bias last, are primitive integers and increase\n",
            widths(&form.network)
        );
        for (l, layer) in object.network.layers.iter().enumerate() {
            for (i, (row, bias)) in layer.weights.iter().zip(&layer.biases).enumerate() {
                text += &format!("layer {l}, row {i}: ({}), bias {bias}\n", row.join(", "));
            }
        }
        if let Some(hash) = &object.form_hash {
            text += &format!("SHA-256 of the form {hash}\n");
        }
        text
    })?;
    Ok(Answer::Yes)
}
