//! Operators that put elements in other places and change none: shapes, axes, parts, and types of numbers.

use num_bigint::BigInt;
use num_traits::Zero;

use super::constant;
use super::fault::{Fault, shape_words};
use super::machine::{Call, Machine};
use super::tensor::{Elements, INT64, Kind, Tensor, axis, count, strides, walk};
use crate::exact::Surd;
use crate::network::file::round::nearest;

/// `Identity`.
pub(super) fn identity(call: &mut Call<'_, '_>) -> Result<Tensor, Fault> {
    call.knows(&[])?;
    call.takes(1, 1)?;
    call.take(0)
}

/// `Dropout`, as it is after training.
pub(super) fn dropout(call: &mut Call<'_, '_>) -> Result<Tensor, Fault> {
    call.knows(&["ratio", "seed"])?;
    call.takes(1, 3)?;
    if call.optional(2).is_some() && !call.known(2, "a mode")?.iter().all(Zero::is_zero) {
        return Err(Fault::wrong(
            "dropout in training mode, which is random",
            "a model that is exported for inference, after model.eval() in PyTorch",
        ));
    }
    call.take(0)
}

/// `Constant`, whichever of its attributes holds it.
pub(super) fn constant(call: &Call<'_, '_>, machine: &mut Machine) -> Result<Tensor, Fault> {
    call.knows(&[
        "value",
        "value_float",
        "value_floats",
        "value_int",
        "value_ints",
    ])?;
    call.takes(0, 0)?;
    let [attribute] = call.node.attributes.as_slice() else {
        let found = format!("{} attributes", call.node.attributes.len());
        return Err(Fault::wrong(found, "one, which holds the constant"));
    };
    let single = constant::kind(1)?;
    let whole = |values: Vec<i64>| values.into_iter().map(|v| BigInt::from(v).into()).collect();
    let scalar = |tensor: Tensor| tensor.reshaped(Vec::new());
    let missing = || Fault::words("the attribute is lost");
    match attribute.name {
        "value" => constant::tensor(
            call.tensor("value")?.ok_or_else(missing)?,
            &mut machine.budget,
        ),
        "value_float" => scalar(Tensor::list(
            single,
            call.float("value_float")?.into_iter().collect(),
        )),
        "value_floats" => Ok(Tensor::list(
            single,
            call.floats("value_floats")?.ok_or_else(missing)?,
        )),
        "value_int" => scalar(Tensor::list(
            INT64,
            whole(call.int("value_int")?.into_iter().collect()),
        )),
        _ => Ok(Tensor::list(
            INT64,
            whole(call.ints("value_ints")?.ok_or_else(missing)?),
        )),
    }
}

/// `Shape`.
pub(super) fn shape(call: &Call<'_, '_>) -> Result<Tensor, Fault> {
    call.knows(&["start", "end"])?;
    call.takes(1, 1)?;
    let sides = &call.look(0)?.shape;
    let rank = sides.len() as i64;
    let place = |name: &str, default: i64| -> Result<usize, Fault> {
        let given = call.int(name)?.unwrap_or(default);
        let from_front = if given < 0 {
            given.saturating_add(rank)
        } else {
            given
        };
        Ok(from_front.clamp(0, rank) as usize)
    };
    let (start, end) = (place("start", 0)?, place("end", rank)?);
    let chosen = sides.get(start..end).unwrap_or_default();
    let numbers = chosen.iter().map(|size| BigInt::from(*size).into());
    Ok(Tensor::list(INT64, numbers.collect()))
}

/// `Cast`: between formats of floats and whole numbers, each number as it is, or refused.
pub(super) fn cast(call: &mut Call<'_, '_>, machine: &mut Machine) -> Result<Tensor, Fault> {
    call.knows(&["to", "saturate", "round_mode"])?;
    call.takes(1, 1)?;
    let to = call
        .int("to")?
        .ok_or_else(|| Fault::wrong("no attribute 'to'", "a type of numbers"))?;
    let kind = constant::kind(to)?;
    let x = call.take(0)?;
    let numbers = match &x.elements {
        Elements::Constant(numbers) => numbers,
        Elements::Computed { .. } => {
            let (Kind::Float(to), from) = (kind, x.kind) else {
                return Err(Fault::wrong(
                    "a cast to whole numbers of what the model computes, which cuts it off",
                    "a cast to floats",
                ));
            };
            if let Kind::Float(from) = from
                && to < from
            {
                machine.remarks.push(format!(
                    "{} is passed over: what is computed is exact here, and the rounding to {} no part of the network",
                    call.node.place(),
                    to.name()
                ));
            }
            return Ok(Tensor { kind, ..x });
        }
    };
    for (index, number) in numbers.iter().enumerate() {
        let fits = match kind {
            Kind::Float(precision) => {
                nearest(&Surd::from(number.clone()), precision).is_ok_and(|nearest| nearest.exact)
            }
            Kind::Whole { .. } => kind.counts_to(number),
        };
        if !fits {
            let expected = match kind {
                Kind::Float(precision) => format!("a number that is {} exactly", precision.name()),
                Kind::Whole { bits, .. } => format!("a whole number of {bits} bits"),
            };
            return Err(Fault::wrong(
                format!("the constant {number} at index {index}"),
                expected,
            ));
        }
    }
    Ok(Tensor { kind, ..x })
}

/// `Flatten` to a matrix.
pub(super) fn flatten(call: &mut Call<'_, '_>) -> Result<Tensor, Fault> {
    call.knows(&["axis"])?;
    call.takes(1, 1)?;
    let x = call.take(0)?;
    let given = call.int("axis")?.unwrap_or(1);
    // The end is an axis too.
    let at = match usize::try_from(given) {
        Ok(at) if at == x.shape.len() => at,
        _ => axis(given, x.shape.len())?,
    };
    let (front, back) = x.shape.split_at(at);
    let shape = vec![front.iter().product(), back.iter().product()];
    x.reshaped(shape)
}

/// `Reshape`: 0 keeps a side, unless zeros are allowed; −1 is whatever is left.
pub(super) fn reshape(call: &mut Call<'_, '_>) -> Result<Tensor, Fault> {
    call.knows(&["allowzero"])?;
    call.takes(2, 2)?;
    let given = call.look(1)?.whole_numbers("a shape")?;
    let x = call.take(0)?;
    let zeros = call.is_set("allowzero")?;
    let misfit = || {
        let found = format!("the shape {given:?} for {} numbers", x.len());
        let shape = shape_words(&x.shape);
        Fault::wrong(
            found,
            format!(
                "a shape of just as many (its batch has one example here, the shape is {shape})"
            ),
        )
    };
    let mut shape = Vec::with_capacity(given.len());
    let mut open = None;
    for (index, size) in given.iter().enumerate() {
        shape.push(match *size {
            -1 if open.replace(index).is_none() => 1,
            0 if !zeros => *x.shape.get(index).ok_or_else(misfit)?,
            size => usize::try_from(size).map_err(|_| misfit())?,
        });
    }
    if let Some(index) = open {
        let others = count(&shape)
            .filter(|others| *others > 0)
            .ok_or_else(misfit)?;
        shape[index] = x.len() / others;
    }
    if count(&shape) != Some(x.len()) {
        return Err(misfit());
    }
    x.reshaped(shape)
}

/// `Squeeze`: sides of length 1 are left out.
pub(super) fn squeeze(call: &mut Call<'_, '_>) -> Result<Tensor, Fault> {
    call.knows(&["axes"])?;
    call.takes(1, 2)?;
    let axes = call.whole_numbers("axes", 1)?;
    let x = call.take(0)?;
    let rank = x.shape.len();
    let chosen = match axes {
        None => (0..rank).filter(|at| x.shape[*at] == 1).collect(),
        Some(axes) => axes
            .iter()
            .map(|at| axis(*at, rank))
            .collect::<Result<Vec<_>, _>>()?,
    };
    if let Some(at) = chosen.iter().find(|at| x.shape[**at] != 1) {
        return Err(Fault::wrong(
            format!("axis {at} of length {}", x.shape[*at]),
            "length 1",
        ));
    }
    let shape = (0..rank)
        .filter(|at| !chosen.contains(at))
        .map(|at| x.shape[at]);
    let shape = shape.collect();
    x.reshaped(shape)
}

/// Most dimensions of a tensor.
const MOST_DIMENSIONS: usize = 32;

/// `Unsqueeze`: sides of length 1 are put in.
pub(super) fn unsqueeze(call: &mut Call<'_, '_>) -> Result<Tensor, Fault> {
    call.knows(&["axes"])?;
    call.takes(1, 2)?;
    let axes = call.whole_numbers("axes", 1)?;
    let axes = axes.ok_or_else(|| Fault::wrong("no axes", "axes"))?;
    let x = call.take(0)?;
    let rank = x.shape.len() + axes.len();
    if rank > MOST_DIMENSIONS {
        return Err(Fault::limit(
            format!("{rank} dimensions"),
            MOST_DIMENSIONS.to_string(),
        ));
    }
    let axes = axes
        .iter()
        .map(|at| axis(*at, rank))
        .collect::<Result<Vec<_>, _>>()?;
    let mut old = x.shape.iter();
    let shape = (0..rank).map(|at| match axes.contains(&at) {
        true => Some(1),
        false => old.next().copied(),
    });
    let shape: Option<Vec<usize>> = shape.collect();
    let shape = shape.ok_or_else(|| Fault::wrong("an axis twice", "different axes"))?;
    x.reshaped(shape)
}

/// `Transpose`.
pub(super) fn transpose(call: &mut Call<'_, '_>, machine: &mut Machine) -> Result<Tensor, Fault> {
    call.knows(&["perm"])?;
    call.takes(1, 1)?;
    let x = call.look(0)?;
    let rank = x.shape.len();
    let order = match call.ints("perm")? {
        None => (0..rank).rev().collect(),
        Some(order) => order
            .iter()
            .map(|at| axis(*at, rank))
            .collect::<Result<Vec<_>, _>>()?,
    };
    if order.len() != rank || (0..rank).any(|at| !order.contains(&at)) {
        return Err(Fault::wrong(
            format!("the order {order:?}"),
            format!("each of {rank} axes once"),
        ));
    }
    let own = strides(&x.shape);
    let shape: Vec<usize> = order.iter().map(|at| x.shape[*at]).collect();
    let steps: Vec<usize> = order.iter().map(|at| own[*at]).collect();
    let places = walk(&shape, &steps, 0, &mut machine.budget)?;
    x.select(shape, &places, &mut machine.budget)
}

/// `Concat` along one axis.
pub(super) fn concat(call: &mut Call<'_, '_>, machine: &mut Machine) -> Result<Tensor, Fault> {
    call.knows(&["axis"])?;
    call.takes(1, usize::MAX)?;
    let given = call
        .int("axis")?
        .ok_or_else(|| Fault::wrong("no axis", "an axis"))?;
    let count = call.arguments.len();
    let parts = (0..count)
        .map(|index| call.take(index))
        .collect::<Result<Vec<_>, _>>()?;
    let first = &parts[0];
    let kind = first.kind;
    let at = axis(given, first.shape.len())?;
    let mut shape = first.shape.clone();
    shape[at] = 0;
    for part in &parts {
        let same = part.shape.len() == shape.len()
            && (0..shape.len()).all(|i| i == at || part.shape[i] == shape[i]);
        if !same {
            let found = format!(
                "shapes {} and {}",
                shape_words(&first.shape),
                shape_words(&part.shape)
            );
            return Err(Fault::wrong(
                found,
                format!("shapes that differ in axis {at} only"),
            ));
        }
        shape[at] = shape[at].saturating_add(part.shape[at]);
    }
    let outer: usize = shape[..at].iter().product();
    let all_known = parts.iter().all(|part| part.constant().is_some());
    let some_known = parts.iter().any(|part| part.constant().is_some());
    let runs = parts
        .iter()
        .map(|part| part.len() / outer.max(1))
        .collect::<Vec<_>>();
    let elements = match all_known {
        true => {
            let lists = parts
                .iter()
                .filter_map(Tensor::constant)
                .collect::<Vec<_>>();
            machine
                .budget
                .numbers(Some(lists.iter().map(|list| list.len()).sum()))?;
            let pieces = (0..outer).flat_map(|i| {
                let lists = lists.iter().zip(&runs);
                lists.flat_map(move |(list, run)| &list[i * run..(i + 1) * run])
            });
            Elements::Constant(pieces.cloned().collect())
        }
        false => {
            machine.biased |= some_known;
            let level = parts.iter().map(Tensor::level).max().unwrap_or(0);
            let lists = parts
                .into_iter()
                .map(|part| Ok(part.into_rows(&mut machine.budget)?.0.into_iter()));
            let mut lists = lists.collect::<Result<Vec<_>, Fault>>()?;
            let mut rows = Vec::new();
            for _ in 0..outer {
                for (list, run) in lists.iter_mut().zip(&runs) {
                    rows.extend(list.by_ref().take(*run));
                }
            }
            Elements::Computed { rows, level }
        }
    };
    Ok(Tensor {
        shape,
        kind,
        elements,
    })
}

/// `Gather` along one axis, by known indices.
pub(super) fn gather(call: &mut Call<'_, '_>, machine: &mut Machine) -> Result<Tensor, Fault> {
    call.knows(&["axis"])?;
    call.takes(2, 2)?;
    let (x, indices) = (call.look(0)?, call.look(1)?);
    let at = axis(call.int("axis")?.unwrap_or(0), x.shape.len())?;
    let side = x.shape[at];
    let chosen = indices.whole_numbers("indices")?;
    let chosen = chosen
        .iter()
        .map(|index| axis(*index, side))
        .collect::<Result<Vec<_>, _>>();
    let chosen = chosen
        .map_err(|_| Fault::wrong("an index beyond the end", format!("indices below {side}")))?;
    let (front, back) = (&x.shape[..at], &x.shape[at + 1..]);
    let inner: usize = back.iter().product();
    let shape = [front, &indices.shape, back].concat();
    machine.budget.numbers(count(&shape))?;
    let places = (0..front.iter().product::<usize>()).flat_map(|i| {
        let starts = chosen.iter().map(move |index| (i * side + index) * inner);
        starts.flat_map(|start| start..start + inner)
    });
    let places: Vec<usize> = places.collect();
    x.select(shape, &places, &mut machine.budget)
}

/// `Slice`: known starts, ends, axes and steps, attributes before version 10.
pub(super) fn slice(call: &mut Call<'_, '_>, machine: &mut Machine) -> Result<Tensor, Fault> {
    call.knows(&["starts", "ends", "axes"])?;
    call.takes(1, 5)?;
    let x = call.look(0)?;
    let missing = || Fault::wrong("no starts or ends", "both");
    let starts = call.whole_numbers("starts", 1)?.ok_or_else(missing)?;
    let ends = call.whole_numbers("ends", 2)?.ok_or_else(missing)?;
    let axes = call.whole_numbers("axes", 3)?;
    let axes = axes.unwrap_or_else(|| (0..starts.len() as i64).collect());
    let steps = call
        .optional(4)
        .map(|steps| steps.whole_numbers("steps"))
        .transpose()?;
    let steps = steps.unwrap_or_else(|| vec![1; starts.len()]);
    if [ends.len(), axes.len(), steps.len()] != [starts.len(); 3] {
        return Err(Fault::wrong(
            "starts, ends, axes and steps of different lengths",
            "one length",
        ));
    }
    let (mut shape, mut strides, mut begin) = (x.shape.clone(), strides(&x.shape), 0);
    for (((start, end), at), step) in starts.iter().zip(&ends).zip(&axes).zip(&steps) {
        let at = axis(*at, shape.len())?;
        let side = x.shape[at] as i64;
        let step = usize::try_from(*step).ok().filter(|step| *step > 0);
        let step =
            step.ok_or_else(|| Fault::wrong("a step that is not positive", "positive steps"))?;
        if shape[at] != x.shape[at] || strides[at] != self::strides(&x.shape)[at] {
            return Err(Fault::wrong(format!("axis {at} twice"), "different axes"));
        }
        let place = |given: i64| {
            let from_front = if given < 0 {
                given.saturating_add(side)
            } else {
                given
            };
            from_front.clamp(0, side) as usize
        };
        let (start, end) = (place(*start), place(*end));
        begin += start * strides[at];
        shape[at] = end.saturating_sub(start).div_ceil(step);
        strides[at] = strides[at].saturating_mul(step);
    }
    let places = walk(&shape, &strides, begin, &mut machine.budget)?;
    x.select(shape, &places, &mut machine.budget)
}
