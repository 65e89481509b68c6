//! Points, activations and boxes as they are given on the command line.

use super::failure::Failure;
use crate::exact::{Rational, text};
use crate::family::Expression;
use crate::realization::Domain;

/// A point of `inputs` rational coordinates from `1,1/2,-3`; without any comma, white space separates.
pub(super) fn point(text: &str, inputs: usize) -> Result<Vec<Rational>, Failure> {
    coordinates(text, inputs, text::parse_rational)
}

/// The same with coordinates that are functions of k, such as `1/k,2`.
pub(super) fn moving_point(text: &str, inputs: usize) -> Result<Vec<Expression>, Failure> {
    let point = coordinates(text, inputs, crate::family::parse)?;
    match point.iter().find_map(|x| Some((x, x.undefined_at()?))) {
        None => Ok(point),
        Some((x, k)) => Err(Failure::Usage(format!(
            "--at '{}': {x} is not defined at k = {k}",
            shortened(text)
        ))),
    }
}

fn coordinates<T>(
    text: &str,
    inputs: usize,
    parse: impl Fn(&str) -> Result<T, text::NumberError>,
) -> Result<Vec<T>, Failure> {
    let parts: Vec<&str> = if text.contains(',') {
        text.split(',').collect()
    } else {
        text.split_whitespace().collect()
    };
    if parts.len() != inputs {
        let plural = if inputs == 1 { "" } else { "s" };
        return Err(Failure::Usage(format!(
            "--at '{}': found {} coordinates, expected {inputs} (the network has {inputs} input{plural}), separated by commas",
            shortened(text),
            parts.len(),
        )));
    }
    let read = |(index, part): (usize, &&str)| {
        parse(part).map_err(|error| {
            Failure::Usage(format!(
                "--at '{}': coordinate {index}: {error}",
                shortened(text)
            ))
        })
    };
    parts.iter().enumerate().map(read).collect()
}

fn shortened(text: &str) -> String {
    let mut short: String = text.chars().take(60).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// The a of `relu` (0) or `prelu:A`, the activation max(A·t, t).
pub(super) fn activation(text: &str) -> Result<Rational, Failure> {
    if text == "relu" {
        return Ok(Rational::from_integer(0.into()));
    }
    let a = text.strip_prefix("prelu:").ok_or_else(|| {
        Failure::Usage(format!("--activation '{text}': expected relu or prelu:A"))
    })?;
    let a = text::parse_rational(a)
        .map_err(|error| Failure::Usage(format!("--activation '{text}': {error}")))?;
    if a < Rational::from_integer(0.into()) {
        return Err(Failure::Usage(format!(
            "--activation '{text}': A must not be negative"
        )));
    }
    Ok(a)
}

/// A box from `-1:1,0:2`, one lower:upper an input; a single pair stands for all inputs.
pub(super) fn domain(text: &str, inputs: usize) -> Result<Domain, Failure> {
    let wrong =
        |reason: String| Failure::Usage(format!("--domain '{}': {reason}", shortened(text)));
    let side = |part: &str| -> Result<(Rational, Rational), Failure> {
        let (lower, upper) = part
            .split_once(':')
            .ok_or_else(|| wrong(format!("'{part}' is not lower:upper")))?;
        let number = |text: &str| text::parse_rational(text).map_err(|e| wrong(e.to_string()));
        Ok((number(lower)?, number(upper)?))
    };
    let mut sides = text.split(',').map(side).collect::<Result<Vec<_>, _>>()?;
    if let ([only], true) = (sides.as_slice(), inputs > 1) {
        sides = vec![only.clone(); inputs];
    }
    if sides.len() != inputs {
        let found = sides.len();
        return Err(wrong(format!(
            "found {found} sides, expected {inputs} (or one for all)"
        )));
    }
    Domain::new(sides).map_err(|error| wrong(error.to_string()))
}
