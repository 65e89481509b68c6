//! Operators that work element by element, and are affine in what is computed.

use num_traits::{One as _, Zero as _};

use super::fault::{Fault, shape_words};
use super::machine::{Call, Machine};
use super::row::Mixer;
use super::tensor::{Elements, Kind, Tensor, broadcast, repeated};
use crate::exact::Rational;
use crate::exact::gcd::product;

/// `Add`, `Sub`, `Mul`, `Div`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Binary {
    Add,
    Sub,
    Mul,
    Div,
}

/// A binary operator, with the sides of its arguments repeated as needed.
pub(super) fn binary(
    call: &mut Call<'_, '_>,
    which: Binary,
    machine: &mut Machine,
) -> Result<Tensor, Fault> {
    call.knows(&[])?;
    call.takes(2, 2)?;
    let (a, b) = (call.take(0)?, call.take(1)?);
    elementwise(a, b, which, machine)
}

/// `Sum` of one or more.
pub(super) fn sum(call: &mut Call<'_, '_>, machine: &mut Machine) -> Result<Tensor, Fault> {
    call.knows(&[])?;
    call.takes(1, usize::MAX)?;
    let mut sum = call.take(0)?;
    for index in 1..call.arguments.len() {
        let next = call.take(index)?;
        sum = elementwise(sum, next, Binary::Add, machine)?;
    }
    Ok(sum)
}

/// `Neg`.
pub(super) fn negation(call: &mut Call<'_, '_>, machine: &mut Machine) -> Result<Tensor, Fault> {
    call.knows(&[])?;
    call.takes(1, 1)?;
    scaled(call.take(0)?, &[-Rational::one()], &[], machine)
}

/// `ai.onnx.ml.Scaler`: (x − offset)·scale, numbers in single precision, one for all features or one each.
pub(super) fn scaler(call: &mut Call<'_, '_>, machine: &mut Machine) -> Result<Tensor, Fault> {
    call.knows(&["offset", "scale"])?;
    call.takes(1, 1)?;
    let mut x = call.take(0)?;
    if let Some(offset) = call.floats("offset")?.filter(|list| !list.is_empty()) {
        let offset = Tensor::list(x.kind, offset);
        x = elementwise(x, offset, Binary::Sub, machine)?;
    }
    match call.floats("scale")?.filter(|list| !list.is_empty()) {
        None => Ok(x),
        Some(scale) => {
            let scale = Tensor::list(x.kind, scale);
            elementwise(x, scale, Binary::Mul, machine)
        }
    }
}

/// The larger of two types of numbers that are put together; types that do not fit are the runtime's to refuse.
fn kind(a: &Tensor, b: &Tensor) -> Kind {
    match (a.constant(), b.constant()) {
        (Some(_), None) => b.kind,
        _ => a.kind,
    }
}

pub(super) fn elementwise(
    a: Tensor,
    b: Tensor,
    which: Binary,
    machine: &mut Machine,
) -> Result<Tensor, Fault> {
    let kind = kind(&a, &b);
    let shape = broadcast(&a.shape, &b.shape)?;
    let computed = [a.constant().is_none(), b.constant().is_none()];
    if computed == [true, true] && matches!(which, Binary::Mul | Binary::Div) {
        let what = if which == Binary::Mul {
            "product"
        } else {
            "quotient"
        };
        return Err(Fault::wrong(
            format!("a {what} of two things that the model computes from its input"),
            "one constant: only then is the network piecewise linear",
        ));
    }
    if computed == [false, true] && which == Binary::Div {
        return Err(Fault::wrong(
            "a division by what the model computes from its input",
            "a constant divisor: only then is the network piecewise linear",
        ));
    }
    if computed != [false, false] && matches!(which, Binary::Add | Binary::Sub) {
        machine.biased |= computed != [true, true];
    }
    let places = |shape_of: &Tensor, machine: &mut Machine| match shape_of.shape == shape {
        true => Ok(None),
        false => repeated(&shape_of.shape, &shape, &mut machine.budget).map(Some),
    };
    let (left, right) = (places(&a, machine)?, places(&b, machine)?);
    let spread = |tensor: Tensor, places: Option<Vec<usize>>, machine: &mut Machine| match places {
        None => Ok(tensor),
        Some(places) => tensor.select(shape.clone(), &places, &mut machine.budget),
    };
    let (a, b) = (spread(a, left, machine)?, spread(b, right, machine)?);
    let level = a.level().max(b.level());
    let budget = &mut machine.budget;
    let elements = match (a.elements, b.elements) {
        (Elements::Constant(a), Elements::Constant(b)) => {
            budget.products(a.len())?;
            let values = a
                .iter()
                .zip(&b)
                .map(|(x, y)| budget.value(of_numbers(x, y, which, kind)?));
            Elements::Constant(values.collect::<Result<_, _>>()?)
        }
        (Elements::Computed { rows, .. }, Elements::Constant(numbers)) => {
            let pairs = rows.into_iter().zip(&numbers);
            let rows = pairs.map(|(row, number)| match which {
                Binary::Add => row.plus(number, budget),
                Binary::Sub => row.plus(&-number, budget),
                Binary::Mul => row.scaled(number, budget),
                Binary::Div if number.is_zero() => Err(by_zero()),
                Binary::Div => row.scaled(&number.recip(), budget),
            });
            Elements::Computed {
                rows: rows.collect::<Result<_, _>>()?,
                level,
            }
        }
        (Elements::Constant(numbers), Elements::Computed { rows, .. }) => {
            let minus = -Rational::one();
            let rows = rows
                .into_iter()
                .zip(&numbers)
                .map(|(row, number)| match which {
                    Binary::Add => row.plus(number, budget),
                    Binary::Sub => row.scaled(&minus, budget)?.plus(number, budget),
                    Binary::Mul | Binary::Div => row.scaled(number, budget),
                });
            Elements::Computed {
                rows: rows.collect::<Result<_, _>>()?,
                level,
            }
        }
        (Elements::Computed { rows: a, .. }, Elements::Computed { rows: b, .. }) => {
            let (one, minus) = (Rational::one(), -Rational::one());
            let factor = if which == Binary::Sub { &minus } else { &one };
            let rows = a
                .into_iter()
                .zip(b)
                .map(|(x, y)| Mixer::new(&[x, y]).mix(&[(0, &one), (1, factor)], budget));
            Elements::Computed {
                rows: rows.collect::<Result<_, _>>()?,
                level,
            }
        }
    };
    Ok(Tensor {
        shape,
        kind,
        elements,
    })
}

fn by_zero() -> Fault {
    Fault::wrong("a division by 0", "another divisor")
}

fn of_numbers(x: &Rational, y: &Rational, which: Binary, kind: Kind) -> Result<Rational, Fault> {
    let value = match which {
        Binary::Add => x + y,
        Binary::Sub => x - y,
        Binary::Mul => product(x, y),
        Binary::Div if y.is_zero() => return Err(by_zero()),
        Binary::Div => match (product(x, &y.recip()), kind) {
            // Whole numbers are divided with a remainder, which is dropped.
            (quotient, Kind::Whole { .. }) => quotient.trunc(),
            (quotient, Kind::Float(_)) => quotient,
        },
    };
    match kind {
        Kind::Float(_) => Ok(value),
        Kind::Whole { .. } if kind.counts_to(&value) => Ok(value),
        Kind::Whole { .. } => Err(Fault::wrong(
            format!("the whole number {value}, which its type does not have"),
            "one that does not overflow",
        )),
    }
}

/// x·factor + shift, with one number for all or one for each index of axis 1.
pub(super) fn scaled(
    x: Tensor,
    factors: &[Rational],
    shifts: &[Rational],
    machine: &mut Machine,
) -> Result<Tensor, Fault> {
    let inner: usize = x.shape.iter().skip(2).product();
    let channels = x.shape.get(1).copied().unwrap_or(1);
    let numbers = |list: &[Rational]| match list.len() {
        0 | 1 => Ok(()),
        n if n == channels && x.shape.len() > 1 => Ok(()),
        n => {
            let found = format!("{n} numbers");
            Err(Fault::wrong(
                found,
                format!("one for each index of axis 1 of {}", shape_words(&x.shape)),
            ))
        }
    };
    numbers(factors)?;
    numbers(shifts)?;
    let at = |list: &[Rational], index: usize| match list {
        [] => None,
        [only] => Some(only.clone()),
        list => list.get(index / inner.max(1) % channels.max(1)).cloned(),
    };
    let budget = &mut machine.budget;
    let level = x.level();
    let elements = match x.elements {
        Elements::Constant(numbers) => {
            budget.products(numbers.len())?;
            let values = numbers.iter().enumerate().map(|(index, number)| {
                let value =
                    at(factors, index).map_or_else(|| number.clone(), |f| product(number, &f));
                budget.value(value + at(shifts, index).unwrap_or_else(Rational::zero))
            });
            Elements::Constant(values.collect::<Result<_, _>>()?)
        }
        Elements::Computed { rows, .. } => {
            machine.biased |= !shifts.is_empty();
            let rows = rows.into_iter().enumerate().map(|(index, row)| {
                let row = match at(factors, index) {
                    Some(factor) => row.scaled(&factor, budget)?,
                    None => row,
                };
                match at(shifts, index) {
                    Some(shift) => row.plus(&shift, budget),
                    None => Ok(row),
                }
            });
            Elements::Computed {
                rows: rows.collect::<Result<_, _>>()?,
                level,
            }
        }
    };
    Ok(Tensor { elements, ..x })
}
