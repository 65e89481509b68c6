//! Linear layers from a safetensors file, floats bit for bit.

use std::collections::{BTreeMap, BTreeSet};

use num_bigint::BigInt;
use safetensors::tensor::TensorView;
use safetensors::{Dtype, SafeTensors};
use serde::de::{Deserialize, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};

use super::fault::{Fault, limit, wrong};
use super::layers::Affine;
use super::number::Number;
use super::order::{self, Named};
use super::weights::Contents;
use crate::kernel::budget::Budget;
use crate::kernel::number::Q;

/// Longest header.
const LONGEST_HEADER: u64 = 10_000_000;
/// Most numbers in one file.
const MOST_NUMBERS: usize = 5_000_000;
/// Limb operations for a float.
const FLOAT: u64 = 2000;

/// A layer's tensors: `<name>.weight` and, if there is one, `<name>.bias`.
#[derive(Default)]
struct Layer<'a> {
    weight: Option<TensorView<'a>>,
    bias: Option<TensorView<'a>>,
}

/// Reads a file.
pub(super) fn read(bytes: &[u8], limits: &Budget) -> Result<Contents, Fault> {
    check_header(bytes)?;
    let file = match SafeTensors::deserialize(bytes) {
        Ok(file) => file,
        Err(error) => return wrong(error.to_string()),
    };
    let mut layers: BTreeMap<&str, Layer> = BTreeMap::new();
    let mut count = 0_usize;
    for (name, tensor) in file.iter() {
        count = tensor
            .shape()
            .iter()
            .try_fold(1_usize, |n, k| n.checked_mul(*k))
            .map_or(usize::MAX, |n| count.saturating_add(n));
        // A tensor may be called `weight` alone, but not `.weight`.
        let (layer, kind) = match name.rsplit_once('.') {
            Some(("", _)) => ("", ""),
            Some(parts) => parts,
            None => ("", name),
        };
        match kind {
            "weight" => layers.entry(layer).or_default().weight = Some(tensor),
            "bias" => layers.entry(layer).or_default().bias = Some(tensor),
            _ => return wrong(format!("tensor {name:?} is no layer's weight or bias")),
        }
    }
    if count > MOST_NUMBERS {
        return limit(format!("{count} numbers, more than {MOST_NUMBERS}"));
    }
    let layers = in_order(layers, limits)?;
    let mut read: Vec<Affine> = Vec::with_capacity(layers.len());
    let mut before: Option<(&str, usize)> = None;
    for (name, found) in &layers {
        let (rows, biases) = layer(name, found, limits)?;
        let takes = rows.first().map_or(0, Vec::len);
        if let Some((before, gives)) = before
            && takes != gives
        {
            return wrong(format!(
                "layer {name:?} takes {takes} numbers, and {before:?} gives {gives}"
            ));
        }
        before = Some((name, rows.len()));
        read.push(Affine { rows, biases });
    }
    match read.is_empty() {
        true => wrong("expected the weights of linear layers"),
        false => Ok(Contents::of_layers(read)),
    }
}

/// Layers first to last.
fn in_order<'a>(
    layers: BTreeMap<&'a str, Layer<'a>>,
    limits: &Budget,
) -> Result<Vec<(&'a str, Layer<'a>)>, Fault> {
    let shape = |layer: &Layer| match layer.weight.as_ref().map(TensorView::shape) {
        Some(&[outputs, inputs]) => Some((outputs, inputs)),
        _ => None,
    };
    let named: Vec<Named> = layers
        .iter()
        .map(|(name, layer)| (*name, shape(layer)))
        .collect();
    let order = order::in_order(&named, limits)?;
    let mut layers: Vec<Option<_>> = layers.into_iter().map(Some).collect();
    let taken = order
        .into_iter()
        .filter_map(|index| layers.get_mut(index)?.take());
    Ok(taken.collect())
}

/// The rows of the weights, and the biases if there are any.
#[allow(clippy::type_complexity)]
fn layer(
    name: &str,
    layer: &Layer,
    limits: &Budget,
) -> Result<(Vec<Vec<Number>>, Option<Vec<Number>>), Fault> {
    let place = |kind: &'static str| move || format!("the {kind} of layer {name:?}");
    let Some(weight) = &layer.weight else {
        return wrong(format!("layer {name:?} has no weight"));
    };
    let &[rows, columns] = weight.shape() else {
        return wrong(format!(
            "{}: expected 2 dimensions; found {:?}",
            place("weight")(),
            weight.shape()
        ));
    };
    if rows == 0 || columns == 0 {
        return wrong(format!(
            "{}: expected dimensions that are not 0; found {:?}",
            place("weight")(),
            weight.shape()
        ));
    }
    let numbers = floats(weight, limits).map_err(|fault| fault.within(place("weight")))?;
    let weights = numbers.chunks(columns).map(<[Number]>::to_vec).collect();
    let Some(bias) = &layer.bias else {
        return Ok((weights, None));
    };
    if bias.shape() != [rows] {
        return wrong(format!(
            "{}: expected [{rows}]; found {:?}",
            place("bias")(),
            bias.shape()
        ));
    }
    let biases = floats(bias, limits).map_err(|fault| fault.within(place("bias")))?;
    Ok((weights, Some(biases)))
}

/// All numbers of a tensor.
fn floats(tensor: &TensorView, limits: &Budget) -> Result<Vec<Number>, Fault> {
    // Bytes, and bits of the fraction; the sign is the highest bit, and the exponent what is left.
    let (size, fraction_bits) = match tensor.dtype() {
        Dtype::F64 => (8, 52),
        Dtype::F32 => (4, 23),
        Dtype::F16 => (2, 10),
        Dtype::BF16 => (2, 7),
        other => return wrong(format!("{other:?} entries are not supported")),
    };
    let exact = |bytes: &[u8]| {
        let word = bytes.iter().rev();
        let word = word.fold(0_u64, |word, byte| word << 8 | u64::from(*byte));
        limits.charge(FLOAT)?;
        match value(word, 8 * size, fraction_bits) {
            Some(value) => {
                let number = Number::from(value);
                // Rows are copied once.
                limits.keep(2 * number.memory())?;
                Ok(number)
            }
            None => wrong("an entry is infinite or not a number"),
        }
    };
    tensor.data().chunks(size as usize).map(exact).collect()
}

/// The number that a binary float of so many bits is, if it is one.
fn value(word: u64, bits: u32, fraction_bits: u32) -> Option<Q> {
    let exponent_bits = bits - 1 - fraction_bits;
    let negative = word >> (bits - 1) & 1 == 1;
    let exponent = word >> fraction_bits & ((1 << exponent_bits) - 1);
    let fraction = word & ((1 << fraction_bits) - 1);
    if exponent == (1 << exponent_bits) - 1 {
        return None;
    }
    let (mantissa, exponent) = match exponent {
        0 => (fraction, 1),
        _ => (fraction | 1 << fraction_bits, exponent),
    };
    // 2^exponent over 2^(bias + fraction bits).
    let below = (1_u64 << (exponent_bits - 1)) - 1 + u64::from(fraction_bits);
    let numerator = BigInt::from(mantissa) << exponent;
    let numerator = if negative { -numerator } else { numerator };
    Q::fraction(numerator, BigInt::from(1) << below)
}

/// Refuses a header in which a name stands twice.
fn check_header(bytes: &[u8]) -> Result<(), Fault> {
    let Some((length, rest)) = bytes.split_first_chunk::<8>() else {
        return wrong("the header is too small");
    };
    let length = u64::from_le_bytes(*length);
    if length > LONGEST_HEADER {
        return wrong(format!("a header of {length} bytes"));
    }
    let header = usize::try_from(length).ok().and_then(|n| rest.get(..n));
    let Some(header) = header else {
        return wrong("the file ends within its header");
    };
    match serde_json::from_slice::<Distinct<Distinct<IgnoredAny>>>(header) {
        Ok(_) => Ok(()),
        Err(error) => wrong(format!("header: {error}")),
    }
}

/// An object (or null) with different names, of values that are read as `T`.
struct Distinct<T>(std::marker::PhantomData<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Distinct<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_option(Names(std::marker::PhantomData))
    }
}

struct Names<T>(std::marker::PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Names<T> {
    type Value = Distinct<T>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an object")
    }

    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(Distinct(self.0))
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut names = BTreeSet::new();
        while let Some((name, _)) = map.next_entry::<String, T>()? {
            if names.contains(&name) {
                let short: String = name.chars().take(60).collect();
                return Err(A::Error::custom(format!("{short:?} appears twice")));
            }
            names.insert(name);
        }
        Ok(Distinct(self.0))
    }
}
