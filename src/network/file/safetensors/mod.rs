//! Networks from safetensors files as PyTorch writes them: `save_file(model.state_dict(), …)`.
//!
//! Tensors come as `<layer>.weight` (outputs × inputs) and `<layer>.bias`; floats are taken bit for bit.

mod header;
mod order;

use std::collections::BTreeMap;

use num_traits::Zero as _;
use safetensors::tensor::TensorView;
use safetensors::{SafeTensorError, SafeTensors};

use super::error::{FileError, Problem};
use super::layout::{LayerTensors, Layout, Reading, TensorName, remarks, transposed};
use super::limits::MOST_NUMBERS;
use super::precision::Precision;
use crate::exact::Rational;
use crate::network::{Layer, Network, ShapeError};

/// Whether the file has layers of just these names.
pub(super) fn has_layers(bytes: &[u8], names: &[String]) -> bool {
    let Ok(file) = SafeTensors::deserialize(bytes) else {
        return false;
    };
    let mut names: Vec<&str> = names.iter().map(String::as_str).collect();
    names.sort_unstable();
    by_layer(&file).is_ok_and(|layers| layers.into_keys().eq(names))
}

/// Reads a network; `name` is used in messages. The layers come in the `order` given, or else as their names say.
pub(super) fn read(
    name: &str,
    bytes: &[u8],
    order: Option<&[String]>,
) -> Result<Reading, FileError> {
    reading(bytes, order).map_err(|(field, problem)| FileError {
        file: name.to_owned(),
        position: None,
        field,
        problem,
    })
}

/// The tensor concerned, and what is wrong.
type Fault = (Option<String>, Box<Problem>);

fn fault<T>(tensor: &str, problem: Problem) -> Result<T, Fault> {
    Err((Some(shortened(tensor, 120)), Box::new(problem)))
}

fn whole(problem: Problem) -> Fault {
    (None, Box::new(problem))
}

fn shortened(text: &str, most: usize) -> String {
    let mut short: String = text.chars().take(most).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

#[derive(Default)]
struct Tensors<'a> {
    weight: Option<(&'a str, TensorView<'a>)>,
    bias: Option<(&'a str, TensorView<'a>)>,
}

fn reading(bytes: &[u8], order: Option<&[String]>) -> Result<Reading, Fault> {
    header::check(bytes).map_err(whole)?;
    let file =
        SafeTensors::deserialize(bytes).map_err(|error| whole(Problem::Other(in_words(&error))))?;
    let layers = by_layer(&file)?;
    let layers = match order {
        Some(order) => as_told(layers, order)?,
        None => in_order(layers)?,
    };
    let tensors = layers
        .iter()
        .map(|(prefix, tensors)| names(prefix, tensors))
        .collect::<Result<Vec<LayerTensors>, Fault>>()?;
    let read = layers.iter().zip(&tensors);
    let read = read
        .map(|((_, tensors), names)| layer(names, tensors))
        .collect::<Result<Vec<Layer>, Fault>>()?;
    let biased = tensors.iter().any(|names| names.bias.is_some());
    let shapes = read.iter().map(|layer| {
        let columns = layer.weights.first().map_or(0, Vec::len);
        (layer.weights.len(), columns)
    });
    let hint = transposed(&shapes.collect::<Vec<_>>());
    let misfit = |error: ShapeError| whole(Problem::Other(format!("{error}{hint}")));
    Ok(Reading {
        network: Network::from_layers(read, biased).map_err(misfit)?,
        remarks: remarks(&tensors),
        layout: Layout::Tensors(tensors),
    })
}

/// The tensors of each layer, by the layer's name.
fn by_layer<'a>(file: &'a SafeTensors<'a>) -> Result<BTreeMap<&'a str, Tensors<'a>>, Fault> {
    let mut numbers = 0usize;
    let mut layers: BTreeMap<&str, Tensors> = BTreeMap::new();
    for (name, view) in file.iter() {
        let size = view
            .shape()
            .iter()
            .try_fold(1, |n: usize, k| n.checked_mul(*k));
        numbers = size.map_or(usize::MAX, |size| numbers.saturating_add(size));
        if let Some(prefix) = name.strip_suffix("weight").and_then(prefix_before) {
            layers.entry(prefix).or_default().weight = Some((name, view));
        } else if let Some(prefix) = name.strip_suffix("bias").and_then(prefix_before) {
            layers.entry(prefix).or_default().bias = Some((name, view));
        } else {
            let problem = Problem::wrong(
                "a tensor of this name",
                "only tensors <layer>.weight and <layer>.bias, such as 0.weight and 0.bias",
            );
            return fault(name, problem);
        }
    }
    if numbers > MOST_NUMBERS {
        return Err(whole(Problem::Limit {
            found: format!("{numbers} numbers"),
            limit: format!("{MOST_NUMBERS} numbers a file"),
        }));
    }
    if layers.is_empty() {
        let expected = "tensors such as 0.weight, 0.bias, 2.weight, 2.bias";
        return Err(whole(Problem::wrong("no tensors", expected)));
    }
    Ok(layers)
}

/// `fc1.` → `fc1`, and the empty prefix of a bare `weight`.
fn prefix_before(start: &str) -> Option<&str> {
    if start.is_empty() {
        Some(start)
    } else {
        start.strip_suffix('.').filter(|prefix| !prefix.is_empty())
    }
}

fn in_words(error: &SafeTensorError) -> String {
    let reason = match error {
        SafeTensorError::HeaderTooSmall | SafeTensorError::InvalidHeaderLength => {
            "the file ends within its header".to_owned()
        }
        SafeTensorError::MetadataIncompleteBuffer => {
            "the tensors' data are not as long as the header says; the file is cut off or has something appended".to_owned()
        }
        other => other.to_string(),
    };
    format!("not a readable safetensors file: {reason}")
}

/// The layers first to last.
fn in_order<'a>(
    layers: BTreeMap<&'a str, Tensors<'a>>,
) -> Result<Vec<(&'a str, Tensors<'a>)>, Fault> {
    let shapes = layers.iter().map(|(name, tensors)| {
        let shape = match tensors.weight.as_ref().map(|(_, view)| view.shape()) {
            Some(&[outputs, inputs]) => Some(order::Shape { inputs, outputs }),
            _ => None,
        };
        (*name, shape)
    });
    let order = order::order(&shapes.collect::<Vec<_>>()).map_err(|found| {
        whole(Problem::wrong(
            shortened(&found, 400),
            "names that say their order by numbers, such as 0, 2 or fc1, fc2 (the program takes an order by --layers)",
        ))
    })?;
    let mut layers: Vec<Option<_>> = layers.into_iter().map(Some).collect();
    let taken = order.into_iter().filter_map(|index| layers[index].take());
    Ok(taken.collect())
}

/// The layers in the order given.
fn as_told<'a>(
    mut layers: BTreeMap<&'a str, Tensors<'a>>,
    order: &[String],
) -> Result<Vec<(&'a str, Tensors<'a>)>, Fault> {
    let names: Vec<&str> = layers.keys().copied().collect();
    let found = shortened(&format!("layers named {}", names.join(", ")), 400);
    let other = || {
        let expected = format!(
            "each layer once in the order given, which is {}",
            order.join(", ")
        );
        whole(Problem::wrong(found.clone(), shortened(&expected, 400)))
    };
    let taken = order.iter().map(|name| layers.remove_entry(name.as_str()));
    let taken = taken.collect::<Option<Vec<_>>>().ok_or_else(other)?;
    match layers.is_empty() {
        true => Ok(taken),
        false => Err(other()),
    }
}

/// Names and formats; every layer must have weights.
fn names(prefix: &str, tensors: &Tensors) -> Result<LayerTensors, Fault> {
    let of = |(name, view): &(&str, TensorView)| match Precision::of(view.dtype()) {
        Some(precision) => Ok(TensorName {
            name: (*name).to_owned(),
            precision,
        }),
        None => {
            let found = format!("entries of type {:?}", view.dtype());
            fault(name, Problem::wrong(found, "F64, F32, F16 or BF16"))
        }
    };
    let bias = tensors.bias.as_ref().map(of).transpose()?;
    match (&tensors.weight, &bias) {
        (Some(weight), _) => Ok(LayerTensors {
            weight: of(weight)?,
            bias,
        }),
        (None, bias) => {
            let name = bias.as_ref().map_or(prefix, |bias| bias.name.as_str());
            let beside = format!("{}weight", name.strip_suffix("bias").unwrap_or(name));
            let expected = format!("a tensor {beside} beside it");
            fault(name, Problem::wrong("a bias alone", expected))
        }
    }
}

fn layer(names: &LayerTensors, tensors: &Tensors) -> Result<Layer, Fault> {
    let Some((_, weight)) = &tensors.weight else {
        return fault(
            &names.weight.name,
            Problem::wrong("no tensor", "a matrix [outputs, inputs]"),
        );
    };
    let (rows, columns) = match weight.shape() {
        [rows, columns] if *rows > 0 && *columns > 0 => (*rows, *columns),
        shape => {
            let problem = Problem::wrong(
                format!("a tensor of shape {shape:?}"),
                "a matrix [outputs, inputs]",
            );
            return fault(&names.weight.name, problem);
        }
    };
    let values = values(&names.weight, weight, Some(columns))?;
    let weights: Vec<Vec<Rational>> = values.chunks(columns).map(<[_]>::to_vec).collect();
    let biases = match (&tensors.bias, &names.bias) {
        (Some((_, bias)), Some(name)) => {
            if bias.shape() != [rows] {
                let problem = Problem::wrong(
                    format!("a tensor of shape {:?}", bias.shape()),
                    format!("[{rows}], one number a row of {}", names.weight.name),
                );
                return fault(&name.name, problem);
            }
            self::values(name, bias, None)?
        }
        _ => vec![Rational::zero(); rows],
    };
    Ok(Layer { weights, biases })
}

/// All entries of a tensor; `columns` says how to name an index of a matrix.
fn values(
    tensor: &TensorName,
    view: &TensorView,
    columns: Option<usize>,
) -> Result<Vec<Rational>, Fault> {
    let bits = tensor.precision.layout();
    let mut values = Vec::with_capacity(view.data().len() / bits.bytes);
    for (index, bytes) in view.data().chunks_exact(bits.bytes).enumerate() {
        let mut word = [0; 8];
        word[..bits.bytes].copy_from_slice(bytes);
        match bits.value(u64::from_le_bytes(word)) {
            Ok(value) => values.push(value),
            Err(what) => {
                let place = match columns {
                    Some(columns) => format!("[{}][{}]", index / columns, index % columns),
                    None => format!("[{index}]"),
                };
                let problem = Problem::wrong(what, "a number: NaN and infinities are refused");
                return fault(&format!("{}{place}", shortened(&tensor.name, 100)), problem);
            }
        }
    }
    Ok(values)
}
