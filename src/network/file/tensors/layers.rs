//! Which tensors are the weights and biases of which layer, from their names, and the order of the layers.
//!
//! PyTorch has `<layer>.weight`, a matrix (outputs, inputs), and `<layer>.bias`; scikit-learn has the lists `coefs_`, matrices (inputs, outputs), and
//! `intercepts_`, whose members are saved as `coefs_0`, `intercepts_0`, ….

use std::collections::BTreeMap;

use super::fault::{Fault, fault, shortened, whole};
use super::order::{self, Shape};
use super::tensor::Tensor;
use crate::network::file::error::Problem;
use crate::network::file::layout::{COEFS, INTERCEPTS, numbered};

/// Whose names a file may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::network::file) enum Names {
    /// PyTorch's alone.
    PyTorch,
    /// PyTorch's or scikit-learn's, not both at once.
    Either,
}

/// The tensors of one layer.
#[derive(Debug, Default)]
pub(super) struct Parts<'a> {
    pub weight: Option<&'a Tensor<'a>>,
    pub bias: Option<&'a Tensor<'a>>,
}

/// The layers first to last, each with its name, and whether rows of matrices are inputs.
#[derive(Debug)]
pub(super) struct Layers<'a> {
    pub layers: Vec<(String, Parts<'a>)>,
    pub rows_are_inputs: bool,
}

/// The tensors of each layer, by the layer's name, as PyTorch has them.
type ByName<'a> = BTreeMap<&'a str, Parts<'a>>;

/// The layers of a file, in the order given, or else as their names say.
pub(super) fn layers<'a>(
    tensors: &'a [Tensor<'a>],
    names: Names,
    order: Option<&[String]>,
) -> Result<Layers<'a>, Fault> {
    let is_learn = |tensor: &Tensor| {
        numbered(&tensor.name, COEFS).is_some() || numbered(&tensor.name, INTERCEPTS).is_some()
    };
    if names == Names::Either && tensors.iter().any(is_learn) {
        return Ok(Layers {
            layers: by_number(tensors)?,
            rows_are_inputs: true,
        });
    }
    let layers = by_name(tensors, names)?;
    let layers = match order {
        Some(order) => as_told(layers, order)?,
        None => in_order(layers)?,
    };
    let layers = layers.into_iter();
    Ok(Layers {
        layers: layers
            .map(|(name, parts)| (name.to_owned(), parts))
            .collect(),
        rows_are_inputs: false,
    })
}

/// The tensors of each layer, by the layer's name.
pub(super) fn by_name<'a>(tensors: &'a [Tensor<'a>], names: Names) -> Result<ByName<'a>, Fault> {
    let (found, expected, example) = match names {
        Names::PyTorch => (
            "a tensor of this name",
            "only tensors <layer>.weight and <layer>.bias, such as 0.weight and 0.bias",
            "tensors such as 0.weight, 0.bias, 2.weight, 2.bias",
        ),
        Names::Either => (
            "an array of this name",
            "only coefs_0, intercepts_0, coefs_1, … as scikit-learn has them, or <layer>.weight and <layer>.bias as PyTorch has them",
            "arrays such as coefs_0, intercepts_0, coefs_1, intercepts_1",
        ),
    };
    let mut layers = ByName::new();
    for tensor in tensors {
        let name = tensor.name.as_str();
        if let Some(prefix) = name.strip_suffix("weight").and_then(prefix_before) {
            layers.entry(prefix).or_default().weight = Some(tensor);
        } else if let Some(prefix) = name.strip_suffix("bias").and_then(prefix_before) {
            layers.entry(prefix).or_default().bias = Some(tensor);
        } else {
            return fault(name, Problem::wrong(found, expected));
        }
    }
    match layers.is_empty() {
        true => Err(whole(Problem::wrong("no tensors", example))),
        false => Ok(layers),
    }
}

/// `fc1.` → `fc1`, and the empty prefix of a bare `weight`.
fn prefix_before(start: &str) -> Option<&str> {
    if start.is_empty() {
        Some(start)
    } else {
        start.strip_suffix('.').filter(|prefix| !prefix.is_empty())
    }
}

/// The layers first to last.
fn in_order(layers: ByName<'_>) -> Result<Vec<(&str, Parts<'_>)>, Fault> {
    let shapes = layers.iter().map(|(name, parts)| {
        let shape = match parts.weight.map(|weight| weight.shape.as_slice()) {
            Some(&[outputs, inputs]) => Some(Shape { inputs, outputs }),
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
    mut layers: ByName<'a>,
    order: &[String],
) -> Result<Vec<(&'a str, Parts<'a>)>, Fault> {
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

/// The layers of scikit-learn, which are numbered from 0 without a gap.
fn by_number<'a>(tensors: &'a [Tensor<'a>]) -> Result<Vec<(String, Parts<'a>)>, Fault> {
    let mut layers: BTreeMap<u64, Parts> = BTreeMap::new();
    for tensor in tensors {
        if let Some(number) = numbered(&tensor.name, COEFS) {
            layers.entry(number).or_default().weight = Some(tensor);
        } else if let Some(number) = numbered(&tensor.name, INTERCEPTS) {
            layers.entry(number).or_default().bias = Some(tensor);
        } else {
            let expected = "only coefs_0, intercepts_0, coefs_1, …, since other arrays of the file are named so";
            let problem = Problem::wrong("an array of this name", expected);
            return fault(&tensor.name, problem);
        }
    }
    for (expected, number) in layers.keys().enumerate() {
        if *number != expected as u64 {
            let name = format!("{COEFS}{expected}");
            let problem = Problem::wrong(
                "no array of this name",
                format!("one, since there is {COEFS}{number} or {INTERCEPTS}{number}"),
            );
            return fault(&name, problem);
        }
    }
    let layers = layers.into_iter();
    Ok(layers
        .map(|(number, parts)| (number.to_string(), parts))
        .collect())
}
