//! `simplify` of networks of any depth.

use std::path::Path;

use serde::Serialize;

use super::network::{Layers, layers, widths};
use crate::cli::answer::Answer;
use crate::cli::failure::Failure;
use crate::cli::network_out::NetworkOut;
use crate::cli::output::Output;
use crate::depth::{self, Dropped, Why, deep_equal_certificate};
use crate::network::{Deep, Network};
use crate::realization::SeminormLimits;

/// What is asked.
pub(in crate::cli) struct Smaller<'a> {
    pub(in crate::cli) network: &'a Network,
    pub(in crate::cli) path: &'a Path,
    pub(in crate::cli) certificate: Option<&'a Path>,
    /// Where the smaller network goes.
    pub(in crate::cli) out: Option<NetworkOut<'a>>,
}

#[derive(Serialize)]
struct Object {
    neurons_before: usize,
    neurons: usize,
    /// Neurons left out, by layer and index as given.
    dropped: Vec<DroppedObject>,
    /// Neurons of a layer that became one.
    merged: Vec<MergedObject>,
    network: Layers,
}

#[derive(Serialize)]
struct DroppedObject {
    layer: usize,
    neurons: Vec<usize>,
    why: &'static str,
}

#[derive(Serialize)]
struct MergedObject {
    layer: usize,
    neurons: Vec<usize>,
}

/// One word for each.
pub(in crate::cli) fn word(why: Why) -> &'static str {
    match why {
        Why::Unread => "unread",
        Why::Constant => "constant",
        Why::NeverPositive => "never-positive",
        Why::BeforeConstant => "before-constant",
    }
}

fn neurons(network: &Deep) -> usize {
    let hidden = network
        .layers()
        .split_last()
        .map_or(&[][..], |(_, all)| all);
    hidden.iter().map(|layer| layer.weights.len()).sum()
}

/// Leaves out what does nothing and merges what is parallel.
pub(in crate::cli) fn simplify(asked: &Smaller, output: &Output) -> Result<Answer, Failure> {
    let given = layers(asked.network, asked.path)?;
    let found = depth::simplify(&given);
    if let Some(out) = &asked.out {
        let network = Network::Deep(found.network.clone());
        out.save(&network, SeminormLimits::default(), output)?;
    }
    if let Some(path) = asked.certificate {
        let text = deep_equal_certificate((&given, &found.moves), (&found.network, &[]));
        output.save_certificate(path, &text)?;
    }
    let dropped = |dropped: &Dropped| DroppedObject {
        layer: dropped.layer,
        neurons: dropped.neurons.clone(),
        why: word(dropped.why),
    };
    let merged = found.merged.iter().map(|(layer, neurons)| MergedObject {
        layer: *layer,
        neurons: neurons.clone(),
    });
    let object = Object {
        neurons_before: neurons(&given),
        neurons: neurons(&found.network),
        dropped: found.dropped.iter().map(dropped).collect(),
        merged: merged.collect(),
        network: Layers::from(&found.network),
    };
    output.answer("simplify", &object, || {
        let mut text = format!(
            "neurons          {} -> {}; whether fewer are enough is not known\nlayers           {} before\n                 {} after\n",
            object.neurons_before,
            object.neurons,
            widths(&given),
            widths(&found.network)
        );
        let list = |neurons: &[usize]| {
            let texts: Vec<String> = neurons.iter().map(usize::to_string).collect();
            texts.join(", ")
        };
        for DroppedObject { layer, neurons, why } in &object.dropped {
            text += &format!("dropped          layer {layer}: {} ({why})\n", list(neurons));
        }
        for MergedObject { layer, neurons } in &object.merged {
            text += &format!("merged           layer {layer}: {}\n", list(neurons));
        }
        text
    })?;
    Ok(Answer::Yes)
}
