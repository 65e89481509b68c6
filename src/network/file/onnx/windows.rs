//! Operators that look through windows: `Conv`, `AveragePool`, `GlobalAveragePool`, and means and sums along axes, unrolled to exact matrices.

use num_bigint::BigInt;
use num_traits::One as _;

use super::fault::{Fault, shape_words};
use super::machine::{Call, Machine};
use super::row::Mixer;
use super::tensor::{Elements, Tensor, axis, count, strides, walk};
use crate::exact::Rational;

/// Where the windows of an operator stand, along each spatial axis.
struct Windows {
    /// The input's sides.
    inputs: Vec<usize>,
    kernel: Vec<usize>,
    outputs: Vec<usize>,
    strides: Vec<usize>,
    dilations: Vec<usize>,
    /// Zeros before the first input.
    before: Vec<usize>,
}

/// Sides so long are beyond all limits.
const LONGEST: usize = 1 << 20;

impl Windows {
    fn of(call: &Call<'_, '_>, inputs: &[usize], kernel: &[usize]) -> Result<Self, Fault> {
        let axes = inputs.len();
        let list = |name: &str, length: usize, default: usize, least: usize| {
            let given = call.ints(name)?;
            let given = given.unwrap_or_else(|| vec![default as i64; length]);
            let sizes = given.iter().map(|size| usize::try_from(*size).ok());
            let sizes = sizes.map(|size| size.filter(|size| (least..LONGEST).contains(size)));
            let sizes: Option<Vec<usize>> = sizes.collect();
            sizes.filter(|sizes| sizes.len() == length).ok_or_else(|| {
                Fault::wrong(
                    format!("{name} {given:?}"),
                    format!("{length} numbers from {least} to {LONGEST}"),
                )
            })
        };
        let (strides, dilations) = (list("strides", axes, 1, 1)?, list("dilations", axes, 1, 1)?);
        if kernel
            .iter()
            .chain(inputs)
            .any(|side| !(1..LONGEST).contains(side))
        {
            let found = format!("windows {} on {}", shape_words(kernel), shape_words(inputs));
            return Err(Fault::wrong(found, format!("sides from 1 to {LONGEST}")));
        }
        let spans = kernel
            .iter()
            .zip(&dilations)
            .map(|(size, step)| (size - 1) * step + 1);
        let spans: Vec<usize> = spans.collect();
        let (mut before, mut after) = (vec![0; axes], vec![0; axes]);
        match call.text("auto_pad")?.unwrap_or("NOTSET") {
            "NOTSET" => {
                let pads = list("pads", 2 * axes, 0, 0)?;
                before.copy_from_slice(&pads[..axes]);
                after.copy_from_slice(&pads[axes..]);
            }
            "VALID" => {}
            same @ ("SAME_UPPER" | "SAME_LOWER") => {
                for at in 0..axes {
                    let windows = inputs[at].div_ceil(strides[at]);
                    let needed =
                        ((windows - 1) * strides[at] + spans[at]).saturating_sub(inputs[at]);
                    let (small, large) = (needed / 2, needed - needed / 2);
                    (before[at], after[at]) = match same {
                        "SAME_UPPER" => (small, large),
                        _ => (large, small),
                    };
                }
            }
            other => {
                let expected = "NOTSET, VALID, SAME_UPPER or SAME_LOWER";
                return Err(Fault::wrong(format!("auto_pad {other:.20}"), expected));
            }
        }
        let outputs = (0..axes).map(|at| {
            let room = (inputs[at] + before[at] + after[at]).checked_sub(spans[at])?;
            Some(room / strides[at] + 1)
        });
        let outputs: Option<Vec<usize>> = outputs.collect();
        let outputs = outputs.ok_or_else(|| {
            let found = format!("a window of {}", shape_words(&spans));
            Fault::wrong(found, format!("one that fits into {}", shape_words(inputs)))
        })?;
        Ok(Windows {
            inputs: inputs.to_vec(),
            kernel: kernel.to_vec(),
            outputs,
            strides,
            dilations,
            before,
        })
    }

    /// For every window, by rows: places in the window and in the input, where it is none of the zeros around it.
    fn windows(&self) -> Vec<Vec<(usize, usize)>> {
        let all = (0..self.outputs.iter().product()).map(|window: usize| {
            let (mut rest, mut origin) = (window, vec![0; self.outputs.len()]);
            for at in (0..self.outputs.len()).rev() {
                origin[at] = rest % self.outputs[at] * self.strides[at];
                rest /= self.outputs[at];
            }
            let mut places = vec![(0, 0)];
            for (at, origin) in origin.into_iter().enumerate() {
                let inside = (0..self.kernel[at]).filter_map(|k| {
                    let place = (origin + k * self.dilations[at]).checked_sub(self.before[at])?;
                    (place < self.inputs[at]).then_some((k, place))
                });
                let inside: Vec<_> = inside.collect();
                let (kernel, input) = (self.kernel[at], self.inputs[at]);
                places = places
                    .into_iter()
                    .flat_map(|(k, p)| {
                        inside
                            .iter()
                            .map(move |(k2, p2)| (k * kernel + k2, p * input + p2))
                    })
                    .collect();
            }
            places
        });
        all.collect()
    }

    fn window_size(&self) -> usize {
        self.kernel.iter().product()
    }
}

fn batch_and_channels(x: &Tensor, least: usize) -> Result<(usize, usize, &[usize]), Fault> {
    match x.shape.as_slice() {
        [batch, channels, space @ ..] if space.len() >= least => Ok((*batch, *channels, space)),
        shape => {
            let found = format!("an input of shape {}", shape_words(shape));
            Err(Fault::wrong(found, "batch, channels and spatial sides"))
        }
    }
}

/// Products that unrolling forms; a limit before anything is made.
fn check_size(factors: &[usize], machine: &mut Machine) -> Result<(), Fault> {
    let products = factors
        .iter()
        .try_fold(1usize, |n, factor| n.checked_mul(*factor));
    machine.budget.numbers(products)
}

/// `Conv` with known weights.
pub(super) fn conv(call: &mut Call<'_, '_>, machine: &mut Machine) -> Result<Tensor, Fault> {
    call.knows(&[
        "auto_pad",
        "dilations",
        "group",
        "kernel_shape",
        "pads",
        "strides",
    ])?;
    call.takes(2, 3)?;
    let x = call.take(0)?;
    let (batch, channels, space) = batch_and_channels(&x, 1)?;
    let weights = call.known(1, "weights")?;
    let weight_shape = &call.look(1)?.shape;
    let group = usize::try_from(call.int("group")?.unwrap_or(1)).unwrap_or(0);
    let (maps, each, kernel) = match weight_shape.as_slice() {
        [maps, each, kernel @ ..]
            if kernel.len() == space.len()
                && group > 0
                && maps % group == 0
                && each.checked_mul(group) == Some(channels) =>
        {
            (*maps, *each, kernel)
        }
        shape => {
            let found = format!("weights of shape {} in {group} groups", shape_words(shape));
            return Err(Fault::wrong(
                found,
                format!("ones for {channels} channels of {} sides", space.len()),
            ));
        }
    };
    if let Some(given) = call.ints("kernel_shape")?
        && !given
            .iter()
            .copied()
            .eq(kernel.iter().map(|size| *size as i64))
    {
        return Err(Fault::wrong(
            format!("kernel_shape {given:?}"),
            format!("{kernel:?}, as the weights have it"),
        ));
    }
    let biases = match call.optional(2) {
        None => None,
        Some(_) => Some(call.known(2, "biases")?).filter(|biases| biases.len() == maps),
    };
    if call.optional(2).is_some() && biases.is_none() {
        return Err(Fault::wrong(
            "another number of biases",
            format!("{maps}, one for each map"),
        ));
    }
    let windows = Windows::of(call, space, kernel)?;
    let (positions, size) = (
        windows.outputs.iter().product::<usize>(),
        windows.window_size(),
    );
    check_size(&[batch, maps, positions, each, size], machine)?;
    let area: usize = space.iter().product();
    let mut shape = vec![batch, maps];
    shape.extend(&windows.outputs);
    let seen = windows.windows();
    let kind = x.kind;
    let (rows, level) = x.into_rows(&mut machine.budget)?;
    let mixer = Mixer::new(&rows);
    let mut results = Vec::new();
    for example in 0..batch {
        for map in 0..maps {
            let first = map / (maps / group) * each;
            for window in &seen {
                let parts = (0..each).flat_map(|channel| {
                    let input = ((example * channels) + first + channel) * area;
                    let weight = (map * each + channel) * size;
                    window
                        .iter()
                        .map(move |(k, place)| (input + place, weight + k))
                });
                let parts = parts.map(|(input, weight)| (input, &weights[weight]));
                let row = mixer.mix(&parts.collect::<Vec<_>>(), &mut machine.budget)?;
                results.push(match biases {
                    Some(biases) => row.plus(&biases[map], &mut machine.budget)?,
                    None => row,
                });
            }
        }
    }
    machine.biased |= biases.is_some();
    machine.unrolled.push(call.node.place());
    Ok(Tensor {
        shape,
        kind,
        elements: Elements::Computed {
            rows: results,
            level,
        },
    })
}

/// `AveragePool`.
pub(super) fn average_pool(
    call: &mut Call<'_, '_>,
    machine: &mut Machine,
) -> Result<Tensor, Fault> {
    call.knows(&[
        "auto_pad",
        "ceil_mode",
        "count_include_pad",
        "dilations",
        "kernel_shape",
        "pads",
        "strides",
    ])?;
    call.takes(1, 1)?;
    if call.is_set("ceil_mode")? {
        return Err(Fault::wrong(
            "ceil_mode 1",
            "0, where every window lies within the padded input",
        ));
    }
    let padded = call.is_set("count_include_pad")?;
    let x = call.take(0)?;
    let (batch, channels, space) = batch_and_channels(&x, 1)?;
    let kernel = call.ints("kernel_shape")?.unwrap_or_default();
    let kernel: Vec<usize> = kernel
        .iter()
        .map(|size| usize::try_from(*size).unwrap_or(0))
        .collect();
    if kernel.len() != space.len() {
        let found = format!("kernel_shape {kernel:?}");
        return Err(Fault::wrong(found, format!("{} sides", space.len())));
    }
    let windows = Windows::of(call, space, &kernel)?;
    let (positions, size) = (
        windows.outputs.iter().product::<usize>(),
        windows.window_size(),
    );
    check_size(&[batch, channels, positions, size], machine)?;
    let mut shape = vec![batch, channels];
    shape.extend(&windows.outputs);
    let area: usize = space.iter().product();
    let seen = windows.windows();
    let groups = (0..batch * channels).flat_map(|plane| {
        let groups = seen.iter();
        groups.map(move |window| {
            window
                .iter()
                .map(|(_, place)| plane * area + place)
                .collect::<Vec<_>>()
        })
    });
    let groups = groups.collect::<Vec<_>>();
    machine.unrolled.push(call.node.place());
    means(x, shape, &groups, padded.then_some(size), machine)
}

/// `GlobalAveragePool`.
pub(super) fn global_average_pool(
    call: &mut Call<'_, '_>,
    machine: &mut Machine,
) -> Result<Tensor, Fault> {
    call.knows(&[])?;
    call.takes(1, 1)?;
    let x = call.take(0)?;
    let (batch, channels, space) = batch_and_channels(&x, 1)?;
    let area: usize = space.iter().product();
    let mut shape = vec![batch, channels];
    shape.extend(space.iter().map(|_| 1));
    let groups = (0..batch * channels).map(|plane| (plane * area..(plane + 1) * area).collect());
    let groups = groups.collect::<Vec<_>>();
    means(x, shape, &groups, None, machine)
}

/// `ReduceMean` and `ReduceSum`.
pub(super) fn reduce(
    call: &mut Call<'_, '_>,
    mean: bool,
    machine: &mut Machine,
) -> Result<Tensor, Fault> {
    call.knows(&["axes", "keepdims", "noop_with_empty_axes"])?;
    call.takes(1, 2)?;
    let axes = call.whole_numbers("axes", 1)?.unwrap_or_default();
    let keep = call.int("keepdims")?.unwrap_or(1) != 0;
    let nothing = call.is_set("noop_with_empty_axes")?;
    let x = call.take(0)?;
    let rank = x.shape.len();
    let axes = match axes.as_slice() {
        [] if nothing => return Ok(x),
        [] => (0..rank).collect(),
        axes => axes
            .iter()
            .map(|at| axis(*at, rank))
            .collect::<Result<Vec<_>, _>>()?,
    };
    let own = strides(&x.shape);
    let sides = |chosen: bool| {
        let axes = (0..rank).filter(|at| axes.contains(at) == chosen);
        axes.map(|at| (x.shape[at], own[at]))
            .unzip::<_, _, Vec<_>, Vec<_>>()
    };
    let ((kept, kept_steps), (gone, gone_steps)) = (sides(false), sides(true));
    let size = count(&gone).unwrap_or(usize::MAX);
    let starts = walk(&kept, &kept_steps, 0, &mut machine.budget)?;
    let groups = starts
        .into_iter()
        .map(|start| walk(&gone, &gone_steps, start, &mut machine.budget));
    let groups = groups.collect::<Result<Vec<_>, _>>()?;
    let shape = match keep {
        true => (0..rank)
            .map(|at| if axes.contains(&at) { 1 } else { x.shape[at] })
            .collect(),
        false => kept,
    };
    if mean && size == 0 {
        return Err(Fault::wrong("a mean of no numbers", "at least one"));
    }
    let divisor = if mean { size } else { 1 };
    means(x, shape, &groups, Some(divisor), machine)
}

/// Sums of these elements, divided by their number or by another.
fn means(
    x: Tensor,
    shape: Vec<usize>,
    groups: &[Vec<usize>],
    divisor: Option<usize>,
    machine: &mut Machine,
) -> Result<Tensor, Fault> {
    let known = x.constant().is_some();
    let kind = x.kind;
    let (rows, level) = x.into_rows(&mut machine.budget)?;
    let mixer = Mixer::new(&rows);
    let mixed = groups.iter().map(|group| {
        let count = divisor.unwrap_or(group.len());
        if count == 0 {
            return Err(Fault::wrong("a mean of no numbers", "at least one"));
        }
        let factor = Rational::new(BigInt::one(), count.into());
        let parts: Vec<_> = group.iter().map(|place| (*place, &factor)).collect();
        mixer.mix(&parts, &mut machine.budget)
    });
    let rows = mixed.collect::<Result<Vec<_>, _>>()?;
    let elements = match known {
        true => Elements::Constant(rows.into_iter().map(|row| row.constant).collect()),
        false => Elements::Computed { rows, level },
    };
    Ok(Tensor {
        shape,
        kind,
        elements,
    })
}
