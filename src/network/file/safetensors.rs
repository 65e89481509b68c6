//! Networks from safetensors files as PyTorch writes them: `save_file(model.state_dict(), …)`.
//!
//! Tensors come as `<prefix>.weight` (outputs × inputs) and `<prefix>.bias`; the layers are the prefixes in natural order.
//! Floats are taken bit for bit.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_traits::{One, Zero};
use safetensors::tensor::TensorView;
use safetensors::{Dtype, SafeTensorError, SafeTensors};

use super::MOST_NUMBERS;
use super::error::{FileError, Problem};
use crate::exact::Rational;
use crate::network::{Layer, Network};

/// Longest header that is read, in bytes; the names and shapes of a few layers need a few hundred.
const LONGEST_HEADER: u64 = 10_000_000;

/// Reads a network; `name` is used in messages.
pub(super) fn read(name: &str, bytes: &[u8]) -> Result<Network, FileError> {
    network(bytes).map_err(|(field, problem)| FileError {
        file: name.to_owned(),
        position: None,
        field,
        problem,
    })
}

/// The tensor concerned, and what is wrong.
type Fault = (Option<String>, Box<Problem>);

fn fault<T>(tensor: &str, problem: Problem) -> Result<T, Fault> {
    Err((Some(shortened(tensor)), Box::new(problem)))
}

fn shortened(name: &str) -> String {
    name.chars().take(120).collect()
}

#[derive(Default)]
struct Tensors<'a> {
    weight: Option<TensorView<'a>>,
    bias: Option<TensorView<'a>>,
}

fn network(bytes: &[u8]) -> Result<Network, Fault> {
    let whole = |problem| (None, Box::new(problem));
    if let Some(length) = bytes.first_chunk::<8>() {
        let length = u64::from_le_bytes(*length);
        if length > LONGEST_HEADER {
            let problem = Problem::wrong(
                format!("a header of {length} bytes"),
                format!("at most {LONGEST_HEADER}; this is not a safetensors file of a network"),
            );
            return Err(whole(problem));
        }
    }
    let file =
        SafeTensors::deserialize(bytes).map_err(|error| whole(Problem::Other(in_words(&error))))?;
    let mut numbers = 0usize;
    let mut layers: BTreeMap<Prefix, Tensors> = BTreeMap::new();
    for (name, view) in file.iter() {
        let size = view
            .shape()
            .iter()
            .try_fold(1, |n: usize, k| n.checked_mul(*k));
        numbers = size.map_or(usize::MAX, |size| numbers.saturating_add(size));
        if let Some(prefix) = name.strip_suffix("weight").and_then(prefix_before) {
            layers.entry(Prefix::new(prefix)).or_default().weight = Some(view);
        } else if let Some(prefix) = name.strip_suffix("bias").and_then(prefix_before) {
            layers.entry(Prefix::new(prefix)).or_default().bias = Some(view);
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
    let biased = layers.values().any(|tensors| tensors.bias.is_some());
    let layers = in_order(layers)?;
    let read: Result<Vec<Layer>, Fault> = layers
        .iter()
        .map(|(prefix, tensors)| layer(prefix, tensors))
        .collect();
    Network::from_layers(read?, biased).map_err(|error| whole(error.into()))
}

/// `fc1.` → `fc1`, and the empty prefix of a bare `weight`.
fn prefix_before(start: &str) -> Option<&str> {
    if start.is_empty() {
        Some(start)
    } else {
        start.strip_suffix('.')
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

/// A layer's name in natural order: runs of digits compare as numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Prefix(String);

impl Prefix {
    fn new(text: &str) -> Self {
        Prefix(text.to_owned())
    }

    /// Alternating texts and numbers; numbers as digits without leading zeros.
    fn parts(&self) -> Vec<(&str, &str)> {
        let mut parts = Vec::new();
        let mut rest = self.0.as_str();
        while !rest.is_empty() {
            let digit = |c: char| c.is_ascii_digit();
            let (text, after) = rest.split_at(rest.find(digit).unwrap_or(rest.len()));
            let end = after.find(|c| !digit(c)).unwrap_or(after.len());
            let (number, after) = after.split_at(end);
            parts.push((text, number.trim_start_matches('0')));
            rest = after;
        }
        parts
    }

    /// The texts between the numbers: layers that differ in numbers only have an order anyone would agree on.
    fn texts(&self) -> Vec<&str> {
        self.parts().into_iter().map(|(text, _)| text).collect()
    }
}

impl Ord for Prefix {
    fn cmp(&self, other: &Self) -> Ordering {
        let key =
            |(text, number): (&'_ str, &'_ str)| (text.to_owned(), number.len(), number.to_owned());
        let (left, right) = (self.parts(), other.parts());
        let order = left.into_iter().map(key).cmp(right.into_iter().map(key));
        order.then_with(|| self.0.cmp(&other.0))
    }
}

impl PartialOrd for Prefix {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The layers first to last: by the numbers in their names, or, for two names that differ in words, the only order whose
/// shapes fit.
fn in_order<'a>(
    layers: BTreeMap<Prefix, Tensors<'a>>,
) -> Result<Vec<(String, Tensors<'a>)>, Fault> {
    let mut texts = layers.keys().map(Prefix::texts);
    let first = texts.next();
    let numbered = texts.all(|texts| Some(texts) == first);
    let names: Vec<String> = layers.keys().map(|prefix| prefix.0.clone()).collect();
    let mut layers: Vec<(String, Tensors)> = layers
        .into_iter()
        .map(|(prefix, tensors)| (prefix.0, tensors))
        .collect();
    if numbered {
        return Ok(layers);
    }
    let shape = |index: usize| -> Option<[usize; 2]> {
        let (_, tensors) = layers.get(index)?;
        tensors.weight.as_ref()?.shape().try_into().ok()
    };
    let order = match (layers.len(), shape(0), shape(1)) {
        (2, Some([rows_0, columns_0]), Some([rows_1, columns_1])) => {
            match (rows_0 == columns_1, rows_1 == columns_0) {
                (true, false) => Some(false),
                (false, true) => Some(true),
                _ => None,
            }
        }
        _ => None,
    };
    match order {
        Some(reversed) => {
            if reversed {
                layers.reverse();
            }
            Ok(layers)
        }
        None => Err((
            None,
            Box::new(Problem::wrong(
                format!("layers named {}", shortened(&names.join(", "))),
                "names that say their order by numbers, such as 0, 2 or fc1, fc2",
            )),
        )),
    }
}

fn layer(prefix: &str, tensors: &Tensors) -> Result<Layer, Fault> {
    let name = |kind: &str| {
        if prefix.is_empty() {
            kind.to_owned()
        } else {
            format!("{prefix}.{kind}")
        }
    };
    let Some(weight) = &tensors.weight else {
        let expected = format!("a tensor {} beside it", name("weight"));
        return fault(&name("bias"), Problem::wrong("a bias alone", expected));
    };
    let weight_name = name("weight");
    let (rows, columns) = match weight.shape() {
        [rows, columns] if *rows > 0 && *columns > 0 => (*rows, *columns),
        shape => {
            let problem = Problem::wrong(
                format!("a tensor of shape {shape:?}"),
                "a matrix [outputs, inputs]",
            );
            return fault(&weight_name, problem);
        }
    };
    let values = values(&weight_name, weight, Some(columns))?;
    let weights: Vec<Vec<Rational>> = values.chunks(columns).map(<[_]>::to_vec).collect();
    let biases = match &tensors.bias {
        None => vec![Rational::zero(); rows],
        Some(bias) => {
            let bias_name = name("bias");
            if bias.shape() != [rows] {
                let problem = Problem::wrong(
                    format!("a tensor of shape {:?}", bias.shape()),
                    format!("[{rows}], one number a row of {weight_name}"),
                );
                return fault(&bias_name, problem);
            }
            self::values(&bias_name, bias, None)?
        }
    };
    Ok(Layer { weights, biases })
}

/// The layout of a binary float: bits of the fraction and of the exponent, sign on top.
pub(super) struct Layout {
    bytes: usize,
    pub(super) fraction: u32,
    pub(super) exponent: u32,
}

pub(super) fn layout(dtype: Dtype) -> Option<Layout> {
    let (bytes, fraction, exponent) = match dtype {
        Dtype::F64 => (8, 52, 11),
        Dtype::F32 => (4, 23, 8),
        Dtype::F16 => (2, 10, 5),
        Dtype::BF16 => (2, 7, 8),
        _ => return None,
    };
    Some(Layout {
        bytes,
        fraction,
        exponent,
    })
}

/// All entries of a tensor; `columns` says how to name an index of a matrix.
fn values(name: &str, tensor: &TensorView, columns: Option<usize>) -> Result<Vec<Rational>, Fault> {
    let Some(layout) = layout(tensor.dtype()) else {
        let found = format!("entries of type {:?}", tensor.dtype());
        return fault(name, Problem::wrong(found, "F64, F32, F16 or BF16"));
    };
    let mut values = Vec::with_capacity(tensor.data().len() / layout.bytes);
    for (index, bytes) in tensor.data().chunks_exact(layout.bytes).enumerate() {
        let mut word = [0; 8];
        word[..layout.bytes].copy_from_slice(bytes);
        match layout.value(u64::from_le_bytes(word)) {
            Ok(value) => values.push(value),
            Err(what) => {
                let place = match columns {
                    Some(columns) => format!("[{}][{}]", index / columns, index % columns),
                    None => format!("[{index}]"),
                };
                let problem = Problem::wrong(what, "a number: NaN and infinities are refused");
                return fault(&format!("{}{place}", shortened(name)), problem);
            }
        }
    }
    Ok(values)
}

impl Layout {
    /// The exact value of the bits, or what they are instead of a number.
    pub(super) fn value(&self, bits: u64) -> Result<Rational, &'static str> {
        let fraction = bits & ((1 << self.fraction) - 1);
        let exponent = bits >> self.fraction & ((1 << self.exponent) - 1);
        let negative = bits >> (self.fraction + self.exponent) & 1 == 1;
        if exponent == (1 << self.exponent) - 1 {
            return Err(match (fraction, negative) {
                (0, false) => "infinity",
                (0, true) => "minus infinity",
                _ => "NaN",
            });
        }
        let mantissa = if exponent == 0 {
            fraction
        } else {
            fraction | 1 << self.fraction
        };
        if mantissa == 0 {
            return Ok(Rational::zero());
        }
        // Subnormals have the exponent of the smallest normal numbers.
        let bias = (1i64 << (self.exponent - 1)) - 1 + i64::from(self.fraction);
        let odd = mantissa.trailing_zeros();
        let power = exponent.max(1) as i64 - bias + i64::from(odd);
        let numerator = BigInt::from(mantissa >> odd);
        let numerator = if negative { -numerator } else { numerator };
        let shift = power.unsigned_abs();
        Ok(if power >= 0 {
            Rational::new_raw(numerator << shift, BigInt::one())
        } else {
            Rational::new_raw(numerator, BigInt::one() << shift)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_are_taken_bit_for_bit() {
        let doubles = layout(Dtype::F64).unwrap();
        for value in [
            0.0,
            -0.0,
            1.0,
            0.1,
            -3.75,
            5e-324,
            f64::MAX,
            f64::MIN_POSITIVE,
            1e22,
        ] {
            let exact = Rational::from_float(value).unwrap();
            assert_eq!(doubles.value(value.to_bits()).unwrap(), exact);
        }
        let singles = layout(Dtype::F32).unwrap();
        for value in [0.1f32, -7.5, f32::MAX, 1e-45, f32::MIN_POSITIVE] {
            let exact = Rational::from_float(value).unwrap();
            assert_eq!(singles.value(value.to_bits().into()).unwrap(), exact);
        }
        let halves = layout(Dtype::F16).unwrap();
        assert_eq!(halves.value(0x3555).unwrap().to_string(), "1365/4096");
        assert_eq!(halves.value(0x0001).unwrap().to_string(), "1/16777216");
        assert_eq!(halves.value(0xfbff).unwrap().to_string(), "-65504");
        assert_eq!(halves.value(0xfc00), Err("minus infinity"));
        let brains = layout(Dtype::BF16).unwrap();
        assert_eq!(brains.value(0x3fc0).unwrap().to_string(), "3/2");
        assert_eq!(brains.value(0x7fc0), Err("NaN"));
    }

    #[test]
    fn prefixes_sort_naturally() {
        let mut names = ["fc10", "fc2", "fc1"].map(Prefix::new);
        names.sort();
        assert_eq!(names.map(|prefix| prefix.0), ["fc1", "fc2", "fc10"]);
        let mut names = ["net.10.lin", "net.9.lin"].map(Prefix::new);
        names.sort();
        assert_eq!(names[0].0, "net.9.lin");
        assert_eq!(names[0].texts(), names[1].texts());
    }
}
