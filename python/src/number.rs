//! Numbers across the border, every one exactly: ints, floats by their bits, texts, fractions, whatever says its ratio of integers.

use std::fmt::Write as _;

use num_bigint::BigInt;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyFloat, PyInt, PyString};
use relucert::exact::{Rational, text};

use crate::fault;
use crate::surd::{self, Surd};

/// A number of Python's, exactly.
///
/// Floats of any width are the binary fractions they are; a text is read by the grammar of network files (`"1/3"`, `"0.1"`, `"2*sqrt(3)"`).
pub fn number(value: &Bound<'_, PyAny>, place: &dyn Fn() -> String) -> PyResult<relucert::Surd> {
    let unknown = || {
        let kind = value.get_type().name().map(|name| name.to_string());
        let kind = kind.unwrap_or_default();
        PyTypeError::new_err(format!(
            "{}: found a value of type {kind}, expected a number",
            place()
        ))
    };
    if value.is_instance_of::<PyBool>() {
        return Err(unknown());
    }
    if let Ok(float) = value.cast::<PyFloat>() {
        return Ok(from_float(float.value(), place)?.into());
    }
    if value.is_instance_of::<PyInt>() {
        return Ok(Rational::from_integer(value.extract()?).into());
    }
    if let Ok(written) = value.cast::<PyString>() {
        let written: String = written.extract()?;
        return text::parse(&written).map_err(|error| match error.limit {
            true => fault::limit(format!("{}: {error}", place())),
            false => fault::usage(format!("{}: {error}", place())),
        });
    }
    if let Ok(surd) = value.cast::<Surd>() {
        return Ok(surd.get().0.clone());
    }
    if let Ok(ratio) = value.call_method0("as_integer_ratio") {
        let (numerator, denominator) = ratio.extract().map_err(|_: PyErr| unknown())?;
        return quotient(numerator, denominator).ok_or_else(unknown);
    }
    // A float of numpy's that is no number, or a Decimal: both say what they are as a float.
    if value.hasattr("as_integer_ratio")? {
        let float = value
            .call_method0("__float__")
            .and_then(|float| float.extract());
        return Ok(from_float(float.map_err(|_: PyErr| unknown())?, place)?.into());
    }
    if value.hasattr("numerator")? && value.hasattr("denominator")? {
        let part = |name| {
            let part = value.getattr(name)?.call_method0("__index__")?;
            part.extract::<BigInt>()
        };
        let (numerator, denominator) = (part("numerator")?, part("denominator")?);
        return quotient(numerator, denominator).ok_or_else(unknown);
    }
    if value.hasattr("__index__")?
        && let Ok(integer) = value.call_method0("__index__")
    {
        return Ok(Rational::from_integer(integer.extract()?).into());
    }
    // An array or a tensor of one number.
    if let Ok(item) = value.call_method0("item")
        && (item.is_instance_of::<PyFloat>() || item.is_instance_of::<PyInt>())
    {
        return number(&item, place);
    }
    Err(unknown())
}

fn quotient(numerator: BigInt, denominator: BigInt) -> Option<relucert::Surd> {
    let ends = denominator != BigInt::ZERO;
    ends.then(|| Rational::new(numerator, denominator).into())
}

/// The same, where a number must be rational.
pub fn rational(value: &Bound<'_, PyAny>, place: &dyn Fn() -> String) -> PyResult<Rational> {
    let number = number(value, place)?;
    number
        .to_rational()
        .cloned()
        .ok_or_else(|| fault::usage(format!("{}: '{number}' is not rational", place())))
}

fn from_float(value: f64, place: &dyn Fn() -> String) -> PyResult<Rational> {
    Rational::from_float(value).ok_or_else(|| {
        let found = if value.is_nan() { "NaN" } else { "an infinity" };
        fault::usage(format!(
            "{}: found {found}, expected a finite number",
            place()
        ))
    })
}

/// The numbers of a sequence, or of whatever has `tolist`, as arrays and tensors have.
pub fn row(value: &Bound<'_, PyAny>, name: &str) -> PyResult<Vec<Rational>> {
    let listed = listed(value)?;
    let items = items(&listed, name)?;
    let numbers = items.iter().enumerate();
    numbers
        .map(|(i, item)| rational(item, &|| format!("{name}[{i}]")))
        .collect()
}

/// The numbers of a sequence of sequences.
pub fn rows(value: &Bound<'_, PyAny>, name: &str) -> PyResult<Vec<Vec<Rational>>> {
    let listed = listed(value)?;
    let rows = items(&listed, name)?;
    rows.iter()
        .enumerate()
        .map(|(i, item)| row(item, &format!("{name}[{i}]")))
        .collect()
}

/// An array as Python's lists; anything else as it is.
fn listed<'py>(value: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    match value.hasattr("tolist")? {
        true => value.call_method0("tolist"),
        false => Ok(value.clone()),
    }
}

fn items<'py>(value: &Bound<'py, PyAny>, name: &str) -> PyResult<Vec<Bound<'py, PyAny>>> {
    let kind = value.get_type().name()?;
    let refused = || {
        PyTypeError::new_err(format!(
            "{name}: found a value of type {kind}, expected a list of numbers"
        ))
    };
    let mapping = value.hasattr("keys")? || value.is_instance_of::<PyString>();
    if mapping || !value.hasattr("__iter__")? {
        return Err(refused());
    }
    value.try_iter()?.collect()
}

/// Writes a number, or lists of lists of them, as JSON with every number as a text.
pub fn write_json(value: &Bound<'_, PyAny>, name: &str, out: &mut String) -> PyResult<()> {
    nested(value, name, 0, out)
}

/// No list of a network file is nested deeper.
const DEEPEST: usize = 8;

fn nested(value: &Bound<'_, PyAny>, name: &str, depth: usize, out: &mut String) -> PyResult<()> {
    let value = &listed(value)?;
    let is_list = value.hasattr("__iter__")? && !value.is_instance_of::<PyString>();
    if !is_list {
        // Writing to a String cannot fail.
        let _ = write!(out, "\"{}\"", number(value, &|| name.to_owned())?);
        return Ok(());
    }
    if depth == DEEPEST {
        return Err(fault::usage(format!("{name}: lists are nested too deeply")));
    }
    out.push('[');
    for (i, item) in items(value, name)?.iter().enumerate() {
        if i > 0 {
            out.push(',');
        }
        nested(item, &format!("{name}[{i}]"), depth + 1, out)?;
    }
    out.push(']');
    Ok(())
}

/// A number for Python: a `Fraction`, or a `Surd` where there are square roots.
pub fn to_python(py: Python<'_>, value: &relucert::Surd) -> PyResult<Py<PyAny>> {
    match value.to_rational() {
        Some(value) => fraction(py, value),
        None => Ok(surd::Surd(value.clone())
            .into_pyobject(py)?
            .into_any()
            .unbind()),
    }
}

/// A `Fraction`.
pub fn fraction(py: Python<'_>, value: &Rational) -> PyResult<Py<PyAny>> {
    Ok(value.into_pyobject(py)?.into_any().unbind())
}

/// A tuple of `Fraction`s.
pub fn fractions<'a>(
    py: Python<'_>,
    values: impl IntoIterator<Item = &'a Rational>,
) -> PyResult<Py<PyAny>> {
    let values: Vec<_> = values
        .into_iter()
        .map(|v| fraction(py, v))
        .collect::<PyResult<_>>()?;
    Ok(pyo3::types::PyTuple::new(py, values)?.into_any().unbind())
}

/// Whether a list has numbers, not lists.
pub fn is_flat(value: &Bound<'_, PyAny>) -> PyResult<bool> {
    let all = items(&listed(value)?, "c")?;
    let is_list = |item: &Bound<'_, PyAny>| {
        Ok::<_, PyErr>(item.hasattr("__iter__")? && !item.is_instance_of::<PyString>())
    };
    Ok(!all.is_empty() && !is_list(&all[0])?)
}

/// Writes a list of numbers as a column: rows of one number each.
pub fn write_column(value: &Bound<'_, PyAny>, name: &str, out: &mut String) -> PyResult<()> {
    let mut opening = '[';
    for (i, item) in items(&listed(value)?, name)?.iter().enumerate() {
        out.push(opening);
        out.push('[');
        nested(item, &format!("{name}[{i}]"), 1, out)?;
        out.push(']');
        opening = ',';
    }
    out.push(']');
    Ok(())
}

/// Writes lists of lists of formulas in k as JSON: texts as they are, numbers exactly.
pub fn write_formulas(value: &Bound<'_, PyAny>, name: &str, out: &mut String) -> PyResult<()> {
    if let Ok(text) = value.extract::<String>() {
        if text
            .contains(|character: char| character.is_control() || matches!(character, '"' | '\\'))
        {
            return Err(fault::usage(format!(
                "{name}: '{text}' is not a formula in k"
            )));
        }
        let _ = write!(out, "\"{text}\"");
        return Ok(());
    }
    if !value.hasattr("__iter__")? {
        return write_json(value, name, out);
    }
    let mut opening = '[';
    for (i, item) in items(&listed(value)?, name)?.iter().enumerate() {
        out.push(opening);
        write_formulas(item, &format!("{name}[{i}]"), out)?;
        opening = ',';
    }
    if opening == '[' {
        out.push('[');
    }
    out.push(']');
    Ok(())
}
