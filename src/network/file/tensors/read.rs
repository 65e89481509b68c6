//! A network from the tensors of its layers.

use num_traits::Zero as _;

use super::fault::{Fault, fault, whole};
use super::layers::{Layers, Names, Parts, by_name, layers};
use super::tensor::Tensor;
use crate::exact::Rational;
use crate::network::file::error::Problem;
use crate::network::file::layout::{
    LayerTensors, Layout, Reading, TensorName, learned_remarks, remarks, transposed,
};
use crate::network::file::limits::MOST_NUMBERS;
use crate::network::{Layer, Network, ShapeError};

/// The names of the file's layers, sorted; none where it has no layers by names that could say their order.
pub(in crate::network::file) fn layer_names(tensors: &[Tensor], names: Names) -> Vec<String> {
    let layers = by_name(tensors, names).unwrap_or_default();
    layers.into_keys().map(str::to_owned).collect()
}

/// The network, its layers in the `order` given, or else as their names say.
pub(in crate::network::file) fn read(
    tensors: &[Tensor],
    names: Names,
    order: Option<&[String]>,
) -> Result<Reading, Fault> {
    let numbers = tensors.iter().map(Tensor::size);
    let numbers = numbers.fold(0, usize::saturating_add);
    if numbers > MOST_NUMBERS {
        return Err(whole(Problem::Limit {
            found: format!("{numbers} numbers"),
            limit: format!("{MOST_NUMBERS} numbers a file"),
        }));
    }
    let found = layers(tensors, names, order)?;
    let named = found
        .layers
        .iter()
        .map(|(name, parts)| tensor_names(name, parts, found.rows_are_inputs))
        .collect::<Result<Vec<LayerTensors>, Fault>>()?;
    let mut negative_zeros = 0;
    let mut read = Vec::with_capacity(named.len());
    for (_, parts) in &found.layers {
        let (layer, negative) = layer(parts, found.rows_are_inputs)?;
        negative_zeros += negative;
        read.push(layer);
    }
    let biased = named.iter().any(|names| names.bias.is_some());
    let shapes = read.iter().map(|layer| {
        let columns = layer.weights.first().map_or(0, Vec::len);
        (layer.weights.len(), columns)
    });
    let hint = transposed(&shapes.collect::<Vec<_>>(), found.rows_are_inputs);
    let misfit = |error: ShapeError| whole(Problem::Other(format!("{error}{hint}")));
    Ok(Reading {
        network: Network::from_layers(read, biased).map_err(misfit)?,
        remarks: said(&found, &named, negative_zeros),
        layout: Layout::Tensors(named),
    })
}

/// What a user should hear.
fn said(found: &Layers, named: &[LayerTensors], negative_zeros: usize) -> Vec<String> {
    let mut said = match found.rows_are_inputs {
        true => learned_remarks(named),
        false => remarks(named),
    };
    if negative_zeros > 0 {
        let plural = if negative_zeros == 1 { "" } else { "s" };
        said.push(format!(
            "{negative_zeros} number{plural} -0.0, taken as 0: the sign of a zero is no part of an exact network"
        ));
    }
    said
}

/// Names and formats; every layer must have weights.
fn tensor_names(layer: &str, parts: &Parts, rows_are_inputs: bool) -> Result<LayerTensors, Fault> {
    let of = |tensor: &&Tensor| match &tensor.kind {
        Ok(kind) => Ok(TensorName {
            name: tensor.name.clone(),
            precision: kind.precision(),
        }),
        Err(problem) => fault(&tensor.name, problem.clone()),
    };
    let bias = parts.bias.as_ref().map(of).transpose()?;
    match (&parts.weight, &bias) {
        (Some(weight), _) => Ok(LayerTensors {
            weight: of(weight)?,
            bias,
        }),
        (None, bias) => {
            let name = bias.as_ref().map_or(layer, |bias| bias.name.as_str());
            let beside = match rows_are_inputs {
                true => format!("an array coefs_{layer}"),
                false => format!(
                    "a tensor {}weight",
                    name.strip_suffix("bias").unwrap_or(name)
                ),
            };
            let expected = format!("{beside} beside it");
            fault(name, Problem::wrong("a bias alone", expected))
        }
    }
}

/// The layer, and how many of its numbers are −0.0.
fn layer(parts: &Parts, rows_are_inputs: bool) -> Result<(Layer, usize), Fault> {
    let sides = match rows_are_inputs {
        true => "a matrix [inputs, outputs]",
        false => "a matrix [outputs, inputs]",
    };
    let Some(weight) = parts.weight else {
        return Err(whole(Problem::wrong("no tensor", sides)));
    };
    let columns = match *weight.shape.as_slice() {
        [rows, columns] if rows > 0 && columns > 0 => columns,
        _ => {
            let found = format!("a tensor of shape {:?}", weight.shape);
            return fault(&weight.name, Problem::wrong(found, sides));
        }
    };
    let entries = weight.entries()?;
    let mut negative = entries.negative_zeros;
    let rows = entries.numbers.chunks(columns);
    let weights: Vec<Vec<Rational>> = match rows_are_inputs {
        false => rows.map(<[_]>::to_vec).collect(),
        true => (0..columns)
            .map(|output| rows.clone().map(|row| row[output].clone()).collect())
            .collect(),
    };
    let outputs = weights.len();
    let biases = match parts.bias {
        Some(bias) => {
            if bias.shape != [outputs] {
                let side = if rows_are_inputs { "column" } else { "row" };
                let problem = Problem::wrong(
                    format!("a tensor of shape {:?}", bias.shape),
                    format!("[{outputs}], one number a {side} of {}", weight.name),
                );
                return fault(&bias.name, problem);
            }
            let entries = bias.entries()?;
            negative += entries.negative_zeros;
            entries.numbers
        }
        None => vec![Rational::zero(); outputs],
    };
    Ok((Layer { weights, biases }, negative))
}
