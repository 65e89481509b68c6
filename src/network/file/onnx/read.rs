//! From the bytes of a model to a network.

use super::assemble;
use super::budget::{Budget, most_of_network};
use super::fault::{Fault, short};
use super::graph;
use super::model::{Graph, model};
use super::row::Row;
use crate::network::Network;
use crate::network::file::error::FileError;
use crate::network::file::layout::{LayerTensors, Layout, Reading, TensorName};
use crate::network::file::precision::Precision;

/// Whether the file has a node that normalizes batches.
pub(in crate::network::file) fn has_batch_norm(bytes: &[u8]) -> bool {
    let has = |graph: &Graph<'_>| {
        let mut nodes = graph.nodes.iter();
        nodes.any(|node| node.op == "BatchNormalization" && node.domain.is_empty())
    };
    model(bytes).is_ok_and(|model| has(&model.graph))
}

/// Reads a network; `name` is used in messages. Factors of batch normalization are taken as floats of the format given, if there is one.
pub(in crate::network::file) fn read(
    name: &str,
    bytes: &[u8],
    batch_norm: Option<Precision>,
) -> Result<Reading, FileError> {
    reading(bytes, batch_norm).map_err(|fault| fault.in_file(name))
}

fn reading(bytes: &[u8], batch_norm: Option<Precision>) -> Result<Reading, Fault> {
    if bytes.is_empty() {
        return Err(Fault::wrong("an empty file", "an ONNX model"));
    }
    let model = model(bytes)?;
    if let Some(function) = model.functions.first() {
        let found = format!(
            "functions of the model's own, such as '{}'",
            short(function)
        );
        return Err(Fault::wrong(
            found,
            "standard operators: onnx.inliner.inline_local_functions in Python puts them in",
        ));
    }
    let mut computed = graph::run(&model, Budget::new(bytes.len()), batch_norm)?;
    let mut remarks = std::mem::take(&mut computed.remarks);
    let (biased, precision, level) = (computed.biased, computed.precision, computed.level);
    if level > 0 && computed.outputs.iter().all(Row::is_unit) {
        remarks.push("the outputs come out of a ReLU: the last layer is the identity".to_owned());
    }
    let (layers, carried) = assemble::layers(computed, most_of_network(bytes.len()))?;
    if carried > 0 {
        remarks.push(format!(
            "values that skip a layer are carried by {carried} neurons more (what is not negative by one, an input by two)"
        ));
    }
    let tensor = |name: String| TensorName { name, precision };
    let names = (0..layers.len()).map(|l| LayerTensors {
        weight: tensor(format!("{}.weight", 2 * l)),
        bias: (biased || layers.len() != 2).then(|| tensor(format!("{}.bias", 2 * l))),
    });
    let layout = Layout::Tensors(names.collect());
    Ok(Reading {
        network: Network::from_layers(layers, biased)?,
        layout,
        remarks,
    })
}
