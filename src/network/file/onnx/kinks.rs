//! Activations that are made of ReLUs: `Relu`, `LeakyRelu`, `PRelu`, `Clip`.

use num_traits::{One as _, Signed as _, Zero as _};

use super::constant::single;
use super::fault::Fault;
use super::machine::{Call, Machine};
use super::row::{Mixer, Row};
use super::tensor::{Elements, Tensor, repeated};
use crate::exact::Rational;

/// ρ.
pub(super) fn relu(call: &mut Call<'_, '_>, machine: &mut Machine) -> Result<Tensor, Fault> {
    call.knows(&[])?;
    call.takes(1, 1)?;
    let x = call.take(0)?;
    let Tensor {
        shape,
        kind,
        elements,
    } = x;
    let elements = match elements {
        Elements::Constant(numbers) => {
            let positive = numbers
                .into_iter()
                .map(|x| if x.is_negative() { Rational::zero() } else { x });
            Elements::Constant(positive.collect())
        }
        Elements::Computed { rows, level } => {
            let neurons = machine.neurons(rows, level)?;
            Elements::Computed {
                rows: neurons.into_iter().map(Row::unit).collect(),
                level: level + 1,
            }
        }
    };
    Ok(Tensor {
        shape,
        kind,
        elements,
    })
}

/// x where it is positive, s·x where it is negative, with one s: an attribute in single precision.
pub(super) fn leaky_relu(call: &mut Call<'_, '_>, machine: &mut Machine) -> Result<Tensor, Fault> {
    call.knows(&["alpha"])?;
    call.takes(1, 1)?;
    let slope = match call.float("alpha")? {
        Some(slope) => slope,
        // The default is 0.01, as the float that it is.
        None => single(0x3c23_d70a)?,
    };
    let x = call.take(0)?;
    let slopes = vec![slope; x.len()];
    leaky(call, x, &slopes, machine)
}

/// The same with slopes that are repeated to the shape of x.
pub(super) fn prelu(call: &mut Call<'_, '_>, machine: &mut Machine) -> Result<Tensor, Fault> {
    call.knows(&[])?;
    call.takes(2, 2)?;
    let x = call.take(0)?;
    let slopes = call.known(1, "slopes")?;
    let places = repeated(&call.look(1)?.shape, &x.shape, &mut machine.budget)?;
    let slopes: Vec<_> = places
        .into_iter()
        .map(|place| slopes[place].clone())
        .collect();
    leaky(call, x, &slopes, machine)
}

/// ρ(x) − s·ρ(−x): first all neurons of x, then those of −x where s is not 0.
fn leaky(
    call: &Call<'_, '_>,
    x: Tensor,
    slopes: &[Rational],
    machine: &mut Machine,
) -> Result<Tensor, Fault> {
    let Tensor {
        shape,
        kind,
        elements,
    } = x;
    let (rows, level) = match elements {
        Elements::Constant(numbers) => {
            let values = numbers
                .iter()
                .zip(slopes)
                .map(|(x, slope)| match x.is_negative() {
                    true => machine.budget.value(x * slope),
                    false => Ok(x.clone()),
                });
            let elements = Elements::Constant(values.collect::<Result<_, _>>()?);
            return Ok(Tensor {
                shape,
                kind,
                elements,
            });
        }
        Elements::Computed { rows, level } => (rows, level),
    };
    let minus = -Rational::one();
    let negated = rows
        .iter()
        .zip(slopes)
        .filter(|(_, slope)| !slope.is_zero());
    let negated = negated.map(|(row, _)| row.scaled(&minus, &mut machine.budget));
    let negated: Vec<Row> = negated.collect::<Result<_, _>>()?;
    let width = rows.len();
    let both = rows.into_iter().chain(negated).collect();
    let neurons = machine.neurons(both, level)?;
    machine.leaky.push(call.node.place());
    let (positive, negative) = neurons.split_at(width);
    let mut negative = negative.iter();
    let rows = positive.iter().zip(slopes).map(|(number, slope)| {
        let mut row = Row::unit(*number);
        if !slope.is_zero() {
            row.terms
                .extend(negative.next().map(|number| (*number, -slope)));
        }
        row
    });
    Ok(Tensor {
        shape,
        kind,
        elements: Elements::Computed {
            rows: rows.collect(),
            level: level + 1,
        },
    })
}

/// min(max(x, lower), upper), with bounds that are attributes before version 11: lower + ρ(x − lower) − ρ(x − upper).
pub(super) fn clip(call: &mut Call<'_, '_>, machine: &mut Machine) -> Result<Tensor, Fault> {
    let bounds = match machine.opset < 11 {
        true => {
            call.knows(&["min", "max"])?;
            call.takes(1, 1)?;
            [call.float("min")?, call.float("max")?]
        }
        false => {
            call.knows(&[])?;
            call.takes(1, 3)?;
            [bound(call, 1)?, bound(call, 2)?]
        }
    };
    let x = call.take(0)?;
    if let [Some(lower), Some(upper)] = &bounds
        && lower > upper
    {
        return Err(Fault::wrong(
            format!("bounds {lower} and {upper}"),
            "the lower one first",
        ));
    }
    let (rows, level) = match &x.elements {
        Elements::Constant(numbers) => {
            let [lower, upper] = &bounds;
            let clipped = numbers.iter().map(|x| {
                let x = lower.as_ref().map_or(x, |lower| lower.max(x));
                upper.as_ref().map_or(x, |upper| upper.min(x)).clone()
            });
            return Ok(x.with(Elements::Constant(clipped.collect())));
        }
        Elements::Computed { rows, level } => (rows, *level),
    };
    let shifted = |sign: i64, bound: &Rational, machine: &mut Machine| {
        let sign = Rational::from_integer(sign.into());
        let shift = -(bound * &sign);
        let budget = &mut machine.budget;
        let rows = rows
            .iter()
            .map(|row| row.scaled(&sign, budget)?.plus(&shift, budget));
        let rows = rows.collect::<Result<Vec<Row>, Fault>>()?;
        machine.biased |= !bound.is_zero();
        machine.neurons(rows, level)
    };
    let one = Rational::one();
    // base + Σ sign·ρ(…)
    let (base, first, second) = match bounds {
        [None, None] => return Ok(x),
        [Some(lower), None] => {
            let neurons = shifted(1, &lower, machine)?;
            (lower, (one, neurons), None)
        }
        [None, Some(upper)] => {
            let neurons = shifted(-1, &upper, machine)?;
            (upper, (-one, neurons), None)
        }
        [Some(lower), Some(upper)] => {
            let above = shifted(1, &lower, machine)?;
            let beyond = shifted(1, &upper, machine)?;
            (lower, (one.clone(), above), Some((-one, beyond)))
        }
    };
    let units = |numbers: &[u32]| {
        numbers
            .iter()
            .map(|number| Row::unit(*number))
            .collect::<Vec<_>>()
    };
    let mut all = units(&first.1);
    let width = all.len();
    let mut parts: Vec<Vec<(usize, &Rational)>> = (0..width).map(|i| vec![(i, &first.0)]).collect();
    if let Some((sign, numbers)) = &second {
        all.extend(units(numbers));
        let more = parts.iter_mut().enumerate();
        more.for_each(|(i, parts)| parts.push((width + i, sign)));
        machine.leaky.push(call.node.place());
    }
    let mixer = Mixer::new(&all);
    let rows = parts.iter().map(|parts| {
        let row = mixer.mix(parts, &mut machine.budget)?;
        row.plus(&base, &mut machine.budget)
    });
    let rows = rows.collect::<Result<_, _>>()?;
    Ok(x.with(Elements::Computed {
        rows,
        level: level + 1,
    }))
}

/// A bound, one number, or none.
fn bound(call: &Call<'_, '_>, index: usize) -> Result<Option<Rational>, Fault> {
    if call.optional(index).is_none() {
        return Ok(None);
    }
    match call.known(index, "bounds")? {
        [bound] => Ok(Some(bound.clone())),
        several => Err(Fault::wrong(
            format!("{} bounds", several.len()),
            "one number",
        )),
    }
}
