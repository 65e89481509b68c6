//! Binding a statement to network files: every number of the file is read here once more, independently of the engine, and
//! compared as a value with the statement.

use std::collections::BTreeMap;
use std::path::Path;

use num_bigint::BigInt;
use num_rational::BigRational;
use safetensors::tensor::TensorView;
use safetensors::{Dtype, SafeTensors};
use serde::de::{Error as _, IgnoredAny};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::limits::Limits;
use super::number::Q;
use super::read::scan;
use super::read_bounded;
use super::verdict::{Stop, differ, equal, reject};
use crate::certificate::{Networks, Shallow, Surd};

/// Why a network file cannot be bound. Not a verdict: nothing is said about the certificate.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {reason}")]
pub struct BindError {
    /// The file.
    pub file: String,
    /// What is wrong with it.
    pub reason: String,
}

/// The network files that the statement's Γ and Θ must agree with.
#[derive(Clone, Debug, Default)]
pub struct Bindings {
    gamma: Option<Bound>,
    theta: Option<Bound>,
}

/// A network as a file has it.
#[derive(Clone, Debug)]
struct Bound {
    file: String,
    weights: Weights,
}

#[derive(Clone, Debug)]
struct Weights {
    a: Vec<Vec<Number>>,
    b: Option<Vec<Number>>,
    c: Vec<Vec<Number>>,
    e: Option<Vec<Number>>,
}

/// A number x = ±√y of a file, kept as its text and ±y: a rational multiple of one square root, whatever way it is written.
#[derive(Clone, Debug)]
struct Number {
    text: String,
    signed_square: Q,
}

impl BindError {
    /// Whether a limit is all that is wrong with it.
    pub fn is_limit(&self) -> bool {
        self.reason.contains("limit")
    }
}

impl Bindings {
    /// Reads the network files.
    pub fn read(
        gamma: Option<&Path>,
        theta: Option<&Path>,
        limits: &Limits,
    ) -> Result<Bindings, BindError> {
        let read = |path: &Path| {
            let file = path.display().to_string();
            match weights(path, limits) {
                Ok(weights) => Ok(Bound { file, weights }),
                Err(reason) => Err(BindError { file, reason }),
            }
        };
        let (gamma, theta) = (gamma.map(read).transpose()?, theta.map(read).transpose()?);
        Ok(Bindings { gamma, theta })
    }

    /// Compares the statement's networks with the files.
    pub(super) fn check(&self, networks: &Networks) -> Result<(), Stop> {
        if let Some(bound) = &self.gamma {
            bound.check("Γ", &networks.gamma)?;
        }
        match (&self.theta, &networks.theta) {
            (Some(bound), Some(theta)) => bound.check("Θ", theta),
            (Some(_), None) => reject("the statement has no Θ to compare"),
            (None, _) => Ok(()),
        }
    }
}

impl Bound {
    fn check(&self, name: &str, stated: &Shallow) -> Result<(), Stop> {
        let Weights { a, b, c, e } = &self.weights;
        for (part, found, file) in [("a", &stated.a, a), ("c", &stated.c, c)] {
            let what = format!("{part} of {name} against {}", self.file);
            equal(format!("rows of {what}"), found.len(), file.len())?;
            for (i, (found, file)) in found.iter().zip(file).enumerate() {
                check_row(&format!("row {i} of {what}"), found, file)?;
            }
        }
        // An absent bias is 0.
        let zeros = |count: usize| vec![Surd::from(BigRational::from_integer(BigInt::ZERO)); count];
        let stated_e = stated
            .e
            .as_ref()
            .map(|e| e.iter().map(|e| Surd::from(e.0.clone())).collect());
        for (part, found, file, count) in [
            ("b", stated.b.clone(), b, stated.m),
            ("e", stated_e, e, stated.outputs),
        ] {
            let what = format!("{part} of {name} against {}", self.file);
            let found = found.unwrap_or_else(|| zeros(count));
            let file = file
                .clone()
                .unwrap_or_else(|| vec![Number::from(Q::zero()); count]);
            check_row(&what, &found, &file)?;
        }
        Ok(())
    }
}

fn check_row(what: &str, found: &[Surd], file: &[Number]) -> Result<(), Stop> {
    equal(format!("length of {what}"), found.len(), file.len())?;
    for (k, (found, number)) in found.iter().zip(file).enumerate() {
        if signed_square(found).as_ref() != Some(&number.signed_square) {
            return differ(format!("entry {k} of {what}"), found, &number.text);
        }
    }
    Ok(())
}

/// None for more than one radical, which statements do not have.
fn signed_square(number: &Surd) -> Option<Q> {
    let rational = Q::from(&number.rational);
    match number.terms.as_slice() {
        [] => Some(&rational * &rational.abs()),
        [(q, n)] if rational.is_zero() => {
            let q = Q::from(q);
            Some(&(&q * &q.abs()) * &Q::from(n.clone()))
        }
        _ => None,
    }
}

impl From<Q> for Number {
    fn from(value: Q) -> Number {
        let signed_square = &value * &value.abs();
        Number {
            text: value.to_string(),
            signed_square,
        }
    }
}

/// Reads a network file; what is wrong with it, if it cannot be read.
fn weights(path: &Path, limits: &Limits) -> Result<Weights, String> {
    let bytes = read_bounded(path, limits).map_err(|error| error.to_string())?;
    if bytes.len() > limits.bytes {
        return Err("longer than the limit (--limit-bytes)".to_owned());
    }
    let extension = path.extension().unwrap_or_default().to_ascii_lowercase();
    match extension.to_str() {
        Some("safetensors") => from_safetensors(&bytes),
        Some("arr") => from_normals(&bytes, limits),
        Some(other @ ("npz" | "npy" | "onnx" | "nnet" | "pt" | "h5")) => Err(format!(
            ".{other} files cannot be bound; give the network as .json or .safetensors"
        )),
        _ => from_json(&bytes, limits),
    }
}

/// A JSON file: shallow, or two layers in PyTorch orientation.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct JsonNetwork {
    a: Option<Vec<Vec<Text>>>,
    b: Option<Vec<Text>>,
    c: Option<Vec<Vec<Text>>>,
    e: Option<Vec<Text>>,
    layers: Option<Vec<JsonLayer>>,
    d: Option<usize>,
    m: Option<usize>,
    #[serde(rename = "D")]
    outputs: Option<usize>,
    #[serde(rename = "name")]
    _name: Option<IgnoredAny>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct JsonLayer {
    weights: Vec<Vec<Text>>,
    biases: Option<Vec<Text>>,
}

/// A number's text: a JSON string, or a bare JSON number as it is written.
struct Text(String);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Value::deserialize(deserializer)? {
            Value::String(text) => Ok(Text(text)),
            Value::Number(number) => Ok(Text(number.to_string())),
            _ => Err(D::Error::custom("expected a number, or a number as text")),
        }
    }
}

fn from_json(bytes: &[u8], limits: &Limits) -> Result<Weights, String> {
    let text = std::str::from_utf8(bytes).map_err(|_| "neither .safetensors nor JSON text")?;
    scan(text, limits).map_err(|_| "a limit is reached in the JSON text")?;
    let file: JsonNetwork = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let row = |row: &Vec<Text>| row.iter().map(|text| number(&text.0, limits)).collect();
    let rows = |rows: &Vec<Vec<Text>>| rows.iter().map(row).collect::<Result<Vec<Vec<_>>, _>>();
    let optional = |texts: &Option<Vec<Text>>| texts.as_ref().map(row).transpose();
    let (a, c, b, e) = match (&file.a, &file.c, file.layers.as_deref()) {
        (Some(a), Some(c), None) => (rows(a)?, rows(c)?, &file.b, &file.e),
        (None, None, Some([inner, outer])) if file.b.is_none() && file.e.is_none() => {
            let c = columns(&rows(&outer.weights)?)?;
            (rows(&inner.weights)?, c, &inner.biases, &outer.biases)
        }
        _ => return Err("expected a network with a and c, or with two layers".to_owned()),
    };
    let width = |rows: &[Vec<Number>]| rows.first().map_or(0, Vec::len);
    for (name, stated, found) in [
        ("m", file.m, a.len()),
        ("d", file.d, width(&a)),
        ("D", file.outputs, width(&c)),
    ] {
        if stated.is_some_and(|stated| stated != found) {
            return Err(format!("{name} is not {found}, as the weights say"));
        }
    }
    let (b, e) = (optional(b)?, optional(e)?);
    Ok(Weights { a, b, c, e })
}

/// An arrangement by its normals, as a statement has it: with outer weights 0. A line with m and d, then one normal a line; what
/// follows a `#` is a comment.
fn from_normals(bytes: &[u8], limits: &Limits) -> Result<Weights, String> {
    let text = std::str::from_utf8(bytes).map_err(|_| "not UTF-8")?;
    let lines = text
        .lines()
        .map(|line| line.split('#').next().unwrap_or_default());
    let lines = lines.map(|line| line.split_whitespace().collect::<Vec<_>>());
    let mut lines = lines.filter(|fields| !fields.is_empty());
    let head: Vec<Option<usize>> = lines
        .next()
        .unwrap_or_default()
        .iter()
        .map(|n| n.parse().ok())
        .collect();
    let row = |fields: Vec<&str>| {
        fields
            .into_iter()
            .map(|field| number(field, limits))
            .collect()
    };
    let a = lines.map(row).collect::<Result<Vec<Vec<_>>, _>>()?;
    let widths_agree = |d: usize| a.iter().all(|row| row.len() == d);
    match head[..] {
        [Some(m), Some(d)] if m == a.len() && widths_agree(d) => {}
        _ => return Err("expected a line with m and d, then m lines with d numbers".to_owned()),
    }
    let c = vec![vec![Number::from(Q::zero())]; a.len()];
    let (b, e) = (None, None);
    Ok(Weights { a, b, c, e })
}

/// Turns rows into columns: c_i is column i of the outer weights.
fn columns(rows: &[Vec<Number>]) -> Result<Vec<Vec<Number>>, String> {
    let width = rows.first().map_or(0, Vec::len);
    if rows.iter().any(|row| row.len() != width) {
        return Err("the rows of a weight matrix differ in length".to_owned());
    }
    let column = |k: usize| rows.iter().filter_map(|row| row.get(k).cloned()).collect();
    Ok((0..width).map(column).collect())
}

/// A product or quotient of rationals and square roots of rationals, such as `-2/5*sqrt(102)`, `1e-3`, `0x1.8p-3`.
fn number(text: &str, limits: &Limits) -> Result<Number, String> {
    let long = || {
        format!(
            "{} characters, more than the limit (--limit-digits)",
            text.len()
        )
    };
    if text.len() > limits.digits {
        return Err(long());
    }
    let mut signed_square = Q::one();
    let (mut rest, mut divide) = (text, false);
    loop {
        // A fraction under a root is not split.
        let skip = match rest.find(['*', '/', '(']) {
            Some(at) if rest.get(at..=at) == Some("(") => rest.find(')').unwrap_or(at),
            other => other.unwrap_or(rest.len()),
        };
        let operator = rest.get(skip..).and_then(|rest| rest.find(['*', '/']));
        let end = operator.map_or(rest.len(), |at| skip + at);
        let (part, tail) = rest.split_at_checked(end).unwrap_or((rest, ""));
        let factor = factor(part.trim(), limits).map_err(|reason| format!("{text:?}: {reason}"))?;
        let factor = if divide {
            factor.inverse()
        } else {
            Some(factor)
        };
        let factor = factor.ok_or_else(|| format!("{text:?} divides by 0"))?;
        signed_square = &signed_square * &factor;
        limits.check(signed_square.bits()).map_err(|_| long())?;
        divide = tail.starts_with('/');
        match tail.get(1..) {
            Some(tail) => rest = tail,
            None => break,
        }
    }
    let text = text.to_owned();
    Ok(Number {
        text,
        signed_square,
    })
}

/// The signed square of a rational or of `±sqrt(…)`.
fn factor(text: &str, limits: &Limits) -> Result<Q, String> {
    let (minus, unsigned) = sign(text);
    let Some(inside) = unsigned
        .strip_prefix("sqrt(")
        .and_then(|t| t.strip_suffix(')'))
    else {
        let value = rational(text, limits)?;
        return Ok(&value * &value.abs());
    };
    let (numerator, denominator) = inside.split_once('/').unwrap_or((inside, "1"));
    let inverse = rational(denominator, limits)?
        .inverse()
        .ok_or("divides by 0")?;
    let square = &rational(numerator, limits)? * &inverse;
    match square.is_negative() {
        true => Err("a square root of a negative number".to_owned()),
        false => Ok(if minus { -&square } else { square }),
    }
}

fn sign(text: &str) -> (bool, &str) {
    match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    }
}

/// An exact decimal `-1.25e-3` or hexadecimal float `0x1.8p-3`.
fn rational(text: &str, limits: &Limits) -> Result<Q, String> {
    let (minus, unsigned) = sign(text.trim());
    let lower = unsigned.to_ascii_lowercase();
    let (radix, base, bits, digits, mark) = match lower.strip_prefix("0x") {
        Some(digits) => (16, 2_u32, 4, digits, 'p'),
        None => (10, 10, 1, lower.as_str(), 'e'),
    };
    let (mantissa, exponent) = digits.split_once(mark).unwrap_or((digits, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let (down, exponent) = sign(exponent);
    let joined = format!("{whole}{fraction}");
    let is_number = |text: &str, radix| !text.is_empty() && text.chars().all(|c| c.is_digit(radix));
    if !is_number(&joined, radix) || !is_number(exponent, 10) {
        return Err("not a number that can be bound (rational or q*sqrt(n))".to_owned());
    }
    let exponent: u32 = exponent.parse().unwrap_or(u32::MAX);
    if exponent as usize > limits.digits {
        return Err("the exponent exceeds the limit (--limit-digits)".to_owned());
    }
    let shift = u32::try_from(fraction.len() * bits).map_err(|_| "too many digits")?;
    let numerator = BigInt::parse_bytes(joined.as_bytes(), radix).unwrap_or_default();
    let (scale, power) = (
        BigInt::from(base).pow(shift),
        BigInt::from(base).pow(exponent),
    );
    let value = match down {
        true => Q::fraction(numerator, scale * power),
        false => Q::fraction(numerator * power, scale),
    };
    let value = value.ok_or("divides by 0")?;
    Ok(if minus { -&value } else { value })
}

/// Two linear layers, tensors `<p>.weight` and `<p>.bias`, layers in numeric order of `<p>`; floats bit for bit.
fn from_safetensors(bytes: &[u8]) -> Result<Weights, String> {
    let file = SafeTensors::deserialize(bytes).map_err(|error| error.to_string())?;
    let mut layers: BTreeMap<_, [Option<Vec<Vec<Number>>>; 2]> = BTreeMap::new();
    for (name, tensor) in file.iter() {
        let (prefix, dimensions) = match name.rsplit_once('.') {
            Some((prefix, "weight")) => (prefix, 2),
            Some((prefix, "bias")) => (prefix, 1),
            _ => return Err(format!("tensor {name:?} is no layer's weight or bias")),
        };
        let [weight, bias] = layers.entry(numeric_order(prefix)).or_default();
        let rows =
            floats(&tensor, dimensions).map_err(|reason| format!("tensor {name:?}: {reason}"))?;
        *(if dimensions == 2 { weight } else { bias }) = Some(rows);
    }
    let mut layers: Vec<_> = layers.into_values().collect();
    let (Some([Some(c), e]), Some([Some(a), b]), true) =
        (layers.pop(), layers.pop(), layers.is_empty())
    else {
        return Err("expected the weights of exactly two linear layers".to_owned());
    };
    let only_row = |rows: Option<Vec<Vec<Number>>>| rows.and_then(|mut rows| rows.pop());
    let (b, c, e) = (only_row(b), columns(&c)?, only_row(e));
    Ok(Weights { a, b, c, e })
}

/// A key that sorts `net.2` before `net.10`: runs of digits compare by length, without leading zeros, then text.
fn numeric_order(name: &str) -> (Vec<(usize, String)>, String) {
    let mut parts: Vec<(usize, String)> = Vec::new();
    let mut was_digit = None;
    for c in name.chars() {
        let digit = c.is_ascii_digit();
        if was_digit != Some(digit) {
            parts.push((0, String::new()));
        }
        was_digit = Some(digit);
        if let Some((length, text)) = parts.last_mut()
            && !(c == '0' && *length == 0)
        {
            text.push(c);
            *length += usize::from(digit);
        }
    }
    (parts, name.to_owned())
}

/// The rows of a tensor of the given number of dimensions; a vector is one row.
fn floats(tensor: &TensorView, dimensions: usize) -> Result<Vec<Vec<Number>>, String> {
    let shape = tensor.shape();
    if shape.len() != dimensions || shape.contains(&0) {
        return Err(format!(
            "expected {dimensions} dimensions, none of them 0; found {shape:?}"
        ));
    }
    type Decode = fn(&[u8]) -> Option<f64>;
    let (size, decode): (usize, Decode) = match tensor.dtype() {
        Dtype::F32 => (4, |bytes| {
            Some(f64::from(f32::from_le_bytes(bytes.try_into().ok()?)))
        }),
        Dtype::F64 => (8, |bytes| Some(f64::from_le_bytes(bytes.try_into().ok()?))),
        other => {
            return Err(format!(
                "{other:?} entries are not supported, only F32 and F64"
            ));
        }
    };
    let exact = |bytes: &[u8]| match decode(bytes).and_then(BigRational::from_float) {
        Some(value) => Ok(Number::from(Q::from(&value))),
        None => Err("an entry is infinite or not a number".to_owned()),
    };
    let numbers: Result<Vec<Number>, String> = tensor.data().chunks(size).map(exact).collect();
    let width = shape.last().copied().unwrap_or(1);
    Ok(numbers?.chunks(width).map(<[Number]>::to_vec).collect())
}

#[cfg(test)]
#[path = "tests/bind.rs"]
mod tests;
