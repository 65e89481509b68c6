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
use super::verdict::{Stop, differ, reject};
use crate::certificate::{Networks, Shallow, Surd};

/// Why a network file cannot be bound. Not a verdict: nothing is said about the certificate.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {reason}")]
pub struct BindError {
    /// The file.
    pub file: String,
    /// What is wrong with it.
    pub reason: String,
    /// Whether it is merely larger than a limit.
    pub over_limit: bool,
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
    network: Weights,
}

#[derive(Clone, Debug)]
struct Weights {
    a: Vec<Vec<Number>>,
    b: Option<Vec<Number>>,
    c: Vec<Vec<Number>>,
    e: Option<Vec<Number>>,
}

/// A number x = ±√y of a file, kept as its text and ±y: rational multiples of one square root, whatever way they are written.
#[derive(Clone, Debug)]
struct Number {
    text: String,
    signed_square: Q,
}

impl Bindings {
    /// Reads the network files.
    pub fn read(
        gamma: Option<&Path>,
        theta: Option<&Path>,
        limits: &Limits,
    ) -> Result<Bindings, BindError> {
        let read = |path: Option<&Path>| path.map(|path| Bound::read(path, limits)).transpose();
        Ok(Bindings {
            gamma: read(gamma)?,
            theta: read(theta)?,
        })
    }

    /// Compares the statement's networks with the files.
    pub(super) fn check(&self, networks: &Networks) -> Result<(), Stop> {
        let pairs = [
            ("Γ", &self.gamma, Some(&networks.gamma)),
            ("Θ", &self.theta, networks.theta.as_ref()),
        ];
        for (name, bound, stated) in pairs {
            match (bound, stated) {
                (None, _) => {}
                (Some(bound), Some(stated)) => bound.check(name, stated)?,
                (Some(_), None) => {
                    return reject(format!("the statement has no {name} to compare"));
                }
            }
        }
        Ok(())
    }
}

impl Bound {
    fn read(path: &Path, limits: &Limits) -> Result<Bound, BindError> {
        let file = path.display().to_string();
        let fail = |(over_limit, reason): (bool, String)| BindError {
            file: file.clone(),
            reason,
            over_limit,
        };
        let bytes = read_bounded(path, limits).map_err(|error| fail((false, error.to_string())))?;
        if bytes.len() > limits.bytes {
            return Err(fail((
                true,
                "longer than the limit (--limit-bytes)".to_owned(),
            )));
        }
        let extension = path.extension().unwrap_or_default().to_ascii_lowercase();
        let network = match extension.to_str() {
            Some("safetensors") => from_safetensors(&bytes),
            Some(other @ ("npz" | "npy" | "onnx" | "nnet" | "arr" | "pt" | "h5")) => Err((
                false,
                format!(
                    ".{other} files cannot be bound; give the network as .json or .safetensors"
                ),
            )),
            _ => from_json(&bytes, limits),
        };
        let network = network.map_err(fail)?;
        Ok(Bound { file, network })
    }

    fn check(&self, name: &str, stated: &Shallow) -> Result<(), Stop> {
        let Weights { a, b, c, e } = &self.network;
        let zeros = |count: usize| vec![Number::from(Q::zero()); count];
        self.check_rows(&format!("a of {name}"), &stated.a, a)?;
        self.check_rows(&format!("c of {name}"), &stated.c, c)?;
        // An absent bias is 0.
        let found = stated.b.clone().unwrap_or_else(|| vec![zero(); stated.m]);
        let expected = b.clone().unwrap_or_else(|| zeros(c.len()));
        self.check_row(&format!("b of {name}"), &found, &expected)?;
        let found = stated
            .e
            .as_ref()
            .map(|e| e.iter().map(|e| Surd::from(e.0.clone())).collect());
        let found = found.unwrap_or_else(|| vec![zero(); stated.outputs]);
        let expected = e.clone().unwrap_or_else(|| zeros(stated.outputs));
        self.check_row(&format!("e of {name}"), &found, &expected)
    }

    fn check_rows(
        &self,
        name: &str,
        found: &[Vec<Surd>],
        file: &[Vec<Number>],
    ) -> Result<(), Stop> {
        if found.len() != file.len() {
            return differ(
                format!("rows of {name} against {}", self.file),
                found.len(),
                file.len(),
            );
        }
        for (i, (found, file)) in found.iter().zip(file).enumerate() {
            self.check_row(&format!("row {i} of {name}"), found, file)?;
        }
        Ok(())
    }

    fn check_row(&self, name: &str, found: &[Surd], file: &[Number]) -> Result<(), Stop> {
        if found.len() != file.len() {
            return differ(
                format!("length of {name} against {}", self.file),
                found.len(),
                file.len(),
            );
        }
        for (k, (found, number)) in found.iter().zip(file).enumerate() {
            if signed_square(found).as_ref() != Some(&number.signed_square) {
                let reason = format!("entry {k} of {name} against {}", self.file);
                return differ(reason, found, &number.text);
            }
        }
        Ok(())
    }
}

fn zero() -> Surd {
    Surd::from(BigRational::from_integer(BigInt::ZERO))
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
        Number {
            text: value.to_string(),
            signed_square: &value * &value.abs(),
        }
    }
}

/// A failure to read a file: whether a limit was reached, and the reason.
type Failure = (bool, String);

fn fail<T>(reason: impl Into<String>) -> Result<T, Failure> {
    Err((false, reason.into()))
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

fn from_json(bytes: &[u8], limits: &Limits) -> Result<Weights, Failure> {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return fail("neither .safetensors nor JSON text");
    };
    scan(text, limits).map_err(|_| (true, "a limit is reached in the JSON text".to_owned()))?;
    let file: JsonNetwork =
        serde_json::from_str(text).map_err(|error| (false, error.to_string()))?;
    let row = |row: &Vec<Text>| row.iter().map(|text| number(&text.0, limits)).collect();
    let rows = |rows: &Vec<Vec<Text>>| rows.iter().map(row).collect::<Result<Vec<Vec<_>>, _>>();
    let some_row = |texts: &Option<Vec<Text>>| texts.as_ref().map(row).transpose();
    let weights = match (&file.a, &file.c, &file.layers) {
        (Some(a), Some(c), None) => Weights {
            a: rows(a)?,
            b: some_row(&file.b)?,
            c: rows(c)?,
            e: some_row(&file.e)?,
        },
        (None, None, Some(layers)) if file.b.is_none() && file.e.is_none() => match &layers[..] {
            [inner, outer] => Weights {
                a: rows(&inner.weights)?,
                b: some_row(&inner.biases)?,
                c: columns(&rows(&outer.weights)?)?,
                e: some_row(&outer.biases)?,
            },
            _ => return fail(format!("expected two layers, found {}", layers.len())),
        },
        _ => return fail("expected a network with fields a and c, or with layers"),
    };
    let shape = [
        ("m", file.m, weights.a.len()),
        ("d", file.d, weights.a.first().map_or(0, Vec::len)),
        ("D", file.outputs, weights.c.first().map_or(0, Vec::len)),
    ];
    match shape
        .into_iter()
        .find(|(_, stated, found)| stated.is_some_and(|s| s != *found))
    {
        Some((name, _, found)) => fail(format!("{name} is not {found}, as the weights say")),
        None => Ok(weights),
    }
}

/// Turns rows into columns: c_i is column i of the outer weights.
fn columns(rows: &[Vec<Number>]) -> Result<Vec<Vec<Number>>, Failure> {
    let width = rows.first().map_or(0, Vec::len);
    let mut columns = vec![Vec::with_capacity(rows.len()); width];
    for row in rows {
        if row.len() != width {
            return fail("the rows of a weight matrix differ in length");
        }
        for (column, number) in columns.iter_mut().zip(row) {
            column.push(number.clone());
        }
    }
    Ok(columns)
}

/// A product or quotient of rationals and square roots of rationals, such as `-2/5*sqrt(102)`, `1e-3`, `0x1.8p-3`.
fn number(text: &str, limits: &Limits) -> Result<Number, Failure> {
    let mut signed_square = Q::one();
    let (mut rest, mut divide) = (text, false);
    loop {
        let end = rest.find(['*', '/']).unwrap_or(rest.len());
        // A fraction under a root is not split.
        let end = match (rest.find("sqrt("), rest.find(')')) {
            (Some(open), Some(close)) if open < end => {
                let after = rest.get(close..).unwrap_or_default();
                after.find(['*', '/']).map_or(rest.len(), |at| close + at)
            }
            _ => end,
        };
        let (part, tail) = rest.split_at(end);
        let mut factor = factor(part.trim(), limits)
            .map_err(|(over, reason)| (over, format!("{text:?}: {reason}")))?;
        if divide {
            let Some(inverse) = factor.inverse() else {
                return fail(format!("{text:?} divides by 0"));
            };
            factor = inverse;
        }
        signed_square = &signed_square * &factor;
        let mut operators = tail.chars();
        divide = match operators.next() {
            None => break,
            Some(operator) => operator == '/',
        };
        rest = operators.as_str();
    }
    let text = text.to_owned();
    Ok(Number {
        text,
        signed_square,
    })
}

/// The signed square of a rational or of `±sqrt(…)`.
fn factor(text: &str, limits: &Limits) -> Result<Q, Failure> {
    let (minus, unsigned) = sign(text);
    if let Some(inside) = unsigned
        .strip_prefix("sqrt(")
        .and_then(|t| t.strip_suffix(')'))
    {
        let square = match inside.split_once('/') {
            None => rational(inside, limits)?,
            Some((numerator, denominator)) => match rational(denominator, limits)?.inverse() {
                Some(inverse) => &rational(numerator, limits)? * &inverse,
                None => return fail("divides by 0"),
            },
        };
        if square.is_negative() {
            return fail("a square root of a negative number");
        }
        return Ok(if minus { -&square } else { square });
    }
    let value = rational(text, limits)?;
    Ok(&value * &value.abs())
}

fn sign(text: &str) -> (bool, &str) {
    match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    }
}

/// An exact decimal `-1.25e-3` or hexadecimal float `0x1.8p-3`.
fn rational(text: &str, limits: &Limits) -> Result<Q, Failure> {
    let malformed = || {
        (
            false,
            "not a number that can be bound (rational or q*sqrt(n))".to_owned(),
        )
    };
    let (minus, unsigned) = sign(text.trim());
    let lower = unsigned.to_ascii_lowercase();
    let (radix, base, digits, mark) = match lower.strip_prefix("0x") {
        Some(digits) => (16, 2_u32, digits, 'p'),
        None => (10, 10, lower.as_str(), 'e'),
    };
    let (mantissa, exponent) = digits.split_once(mark).unwrap_or((digits, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let joined = format!("{whole}{fraction}");
    let (negative_exponent, exponent) = sign(exponent);
    let is_digit = |c: char| c.is_digit(radix);
    if joined.is_empty() || !joined.chars().all(is_digit) || exponent.is_empty() {
        return Err(malformed());
    }
    if !exponent.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(malformed());
    }
    let exponent = exponent
        .parse::<u32>()
        .ok()
        .filter(|e| *e as usize <= limits.digits);
    let (Some(exponent), true) = (exponent, joined.len() <= limits.digits) else {
        return Err((
            true,
            "more digits than the limit (--limit-digits)".to_owned(),
        ));
    };
    let shift = fraction.len() as u32 * if radix == 16 { 4 } else { 1 };
    let mut numerator = BigInt::parse_bytes(joined.as_bytes(), radix).ok_or_else(malformed)?;
    let mut denominator = BigInt::from(base).pow(shift);
    match negative_exponent {
        true => denominator *= BigInt::from(base).pow(exponent),
        false => numerator *= BigInt::from(base).pow(exponent),
    }
    let value = Q::fraction(numerator, denominator).ok_or_else(malformed)?;
    Ok(if minus { -&value } else { value })
}

/// Two linear layers, tensors `<p>.weight` and `<p>.bias`, layers in numeric order of `<p>`; floats bit for bit.
fn from_safetensors(bytes: &[u8]) -> Result<Weights, Failure> {
    let file = SafeTensors::deserialize(bytes).map_err(|error| (false, error.to_string()))?;
    let mut layers: BTreeMap<_, [Option<Vec<Vec<Number>>>; 2]> = BTreeMap::new();
    for (name, tensor) in file.iter() {
        let (prefix, slot, dimensions) = match name.rsplit_once('.') {
            Some((prefix, "weight")) => (prefix, 0, 2),
            Some((prefix, "bias")) => (prefix, 1, 1),
            _ => return fail(format!("tensor {name:?} is no layer's weight or bias")),
        };
        let [weight, bias] = layers.entry(numeric_order(prefix)).or_default();
        let part = if slot == 0 { weight } else { bias };
        let rows = floats(&tensor, dimensions);
        *part = Some(rows.map_err(|reason| (false, format!("tensor {name:?}: {reason}")))?);
    }
    let mut layers: Vec<_> = layers.into_values().collect();
    let (Some([Some(c), e]), Some([Some(a), b]), true) =
        (layers.pop(), layers.pop(), layers.is_empty())
    else {
        return fail("expected the weights of exactly two linear layers");
    };
    let only_row = |rows: Option<Vec<Vec<Number>>>| rows.and_then(|rows| rows.into_iter().next());
    Ok(Weights {
        a,
        b: only_row(b),
        c: columns(&c)?,
        e: only_row(e),
    })
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
    let (Some(&width), true) = (shape.last(), shape.len() == dimensions) else {
        return Err(format!(
            "expected {dimensions} dimensions, found {}",
            shape.len()
        ));
    };
    let exact = |float: f64| match BigRational::from_float(float) {
        Some(value) => Ok(Number::from(Q::from(&value))),
        None => Err(format!("{float} is not a number")),
    };
    let narrow = |bytes: &[u8]| bytes.try_into().map(f32::from_le_bytes).map(f64::from);
    let wide = |bytes: &[u8]| bytes.try_into().map(f64::from_le_bytes);
    let decode = |bytes: &[u8]| match tensor.dtype() {
        Dtype::F32 => narrow(bytes)
            .map_err(|_| "cut short".to_owned())
            .and_then(exact),
        _ => wide(bytes)
            .map_err(|_| "cut short".to_owned())
            .and_then(exact),
    };
    let size = match tensor.dtype() {
        Dtype::F32 => 4,
        Dtype::F64 => 8,
        other => {
            return Err(format!(
                "{other:?} entries are not supported, only F32 and F64"
            ));
        }
    };
    let numbers: Vec<Number> = tensor
        .data()
        .chunks(size)
        .map(decode)
        .collect::<Result<_, _>>()?;
    if width == 0 {
        return Err("it is empty".to_owned());
    }
    Ok(numbers.chunks(width).map(<[Number]>::to_vec).collect())
}

#[cfg(test)]
#[path = "tests/bind.rs"]
mod tests;
