//! How near two networks of any depth are on a box: intervals of what differs, layer by layer.

use relucert_format::{DeepNear, Image};

use crate::kernel::budget::{Budget, size};
use crate::kernel::cost;
use crate::kernel::deep::{Deep, Layer};
use crate::kernel::interval::{Interval, Intervals, positive};
use crate::kernel::number::Q;
use crate::kernel::verdict::{Locate as _, Stop, differ, entry, equal};
use crate::subject::Domain;

/// What stands for a number of the first network: a number of the other one with a positive factor, or nothing.
#[derive(Clone)]
enum Stands {
    Neuron(usize, Q),
    Nothing,
}

/// What is known of the numbers that a layer reads, of both networks.
struct Read {
    /// Those of the first one.
    own: Vec<Interval>,
    /// Those of the other one.
    other: Vec<Interval>,
    /// What stands for those of the first one.
    images: Vec<Stands>,
    /// And how much that differs from them.
    differences: Vec<Interval>,
}

/// The two networks differ by at most the bound on the box, in every output: [`DeepNear`] says how that is seen.
pub(super) fn check(
    step: &DeepNear,
    [gamma, theta]: [&Deep; 2],
    domain: &Domain,
    bound: &Q,
    limits: &Budget,
) -> Result<(), Stop> {
    limits.keep(size(2 * domain.len(), 64))?;
    let domain: Vec<Interval> = domain
        .iter()
        .map(|(l, u)| (Q::from(l), Q::from(u)))
        .collect();
    equal(
        "layers of Θ against Γ",
        theta.layers.len(),
        gamma.layers.len(),
    )?;
    let hidden = gamma.layers.len() - 1;
    equal("layers with images", step.images.len(), hidden)?;
    let inputs = domain.len();
    let mut read = Read {
        own: domain.clone(),
        other: domain,
        images: (0..inputs).map(|k| Stands::Neuron(k, Q::one())).collect(),
        differences: vec![(Q::zero(), Q::zero()); inputs],
    };
    for (l, (layer, other)) in gamma.layers.iter().zip(&theta.layers).enumerate() {
        let images = match step.images.get(l) {
            Some(images) => stated(images, [layer, other], limits),
            // Outputs stand for themselves.
            None => Ok((0..layer.rows.len())
                .map(|i| Stands::Neuron(i, Q::one()))
                .collect()),
        };
        let images = images.in_part(|| format!("layer {l}"))?;
        read = next(&read, [layer, other], images, l < hidden, limits)?;
    }
    for (k, (lower, upper)) in read.differences.iter().enumerate() {
        let largest = lower.abs().max(upper.abs());
        if largest > *bound {
            let reason = format!("output {k} of Θ may differ from that of Γ by as much as");
            return differ(reason, largest, format!("at most {bound}"));
        }
    }
    Ok(())
}

/// The images of a layer's neurons.
fn stated(
    images: &[Image],
    [layer, other]: [&Layer; 2],
    limits: &Budget,
) -> Result<Vec<Stands>, Stop> {
    equal("images, one a neuron of Γ", images.len(), layer.rows.len())?;
    limits.keep(size(images.len(), 64))?;
    let mut stands = Vec::with_capacity(images.len());
    for (i, image) in images.iter().enumerate() {
        limits.tick()?;
        stands.push(match image {
            Image::Neuron(j, factor) => {
                entry(&other.rows, *j, "neuron of Θ").in_part(|| format!("image {i}"))?;
                let factor = factor.as_ref().map_or_else(Q::one, Q::from);
                if !factor.is_positive() {
                    return differ(format!("factor of image {i}"), factor, "> 0");
                }
                Stands::Neuron(*j, factor)
            }
            Image::Nothing => Stands::Nothing,
        });
    }
    Ok(stands)
}

/// From what layers read to what they give, with ρ where they are hidden.
fn next(
    read: &Read,
    [layer, other]: [&Layer; 2],
    images: Vec<Stands>,
    hidden: bool,
    limits: &Budget,
) -> Result<Read, Stop> {
    let reads = Intervals::new(&read.other, limits)?;
    let sums = sums(layer, &Intervals::new(&read.own, limits)?, limits)?;
    let other_sums = self::sums(other, &reads, limits)?;
    let differing = Intervals::new(&read.differences, limits)?;
    let mut differences = Vec::with_capacity(images.len());
    for ((i, image), own) in images.iter().enumerate().zip(&sums) {
        let (j, factor) = match image {
            Stands::Neuron(j, factor) => (*j, factor),
            Stands::Nothing => {
                differences.push(positive(own));
                continue;
            }
        };
        let ((Some(row), Some(bias)), (Some(image_row), Some(image_bias)), Some(image_sum)) = (
            (layer.rows.get(i), layer.biases.get(i)),
            (other.rows.get(j), other.biases.get(j)),
            other_sums.get(j),
        ) else {
            return differ(
                "there is no such row of Θ",
                j,
                format!("below {}", other.rows.len()),
            );
        };
        let rest = rest(read, (row, bias), (image_row, image_bias), factor, limits)?;
        let (lower, upper) = reads.sum(&rest.0, &rest.1, limits)?;
        let (less, more) = differing.sum(row, &Q::zero(), limits)?;
        let (lower, upper) = (&lower + &less, &upper + &more);
        limits.check(lower.bits().max(upper.bits()))?;
        differences.push(match hidden {
            true => behind((lower, upper), own, image_sum, factor, limits)?,
            false => (lower, upper),
        });
    }
    let longest = differences
        .iter()
        .map(|(lower, upper)| lower.bits().max(upper.bits()));
    let bits = longest.max().unwrap_or(0);
    limits.keep(size(4 * (images.len() + other.rows.len()), bits))?;
    Ok(Read {
        own: sums.iter().map(positive).collect(),
        other: other_sums.iter().map(positive).collect(),
        images,
        differences,
    })
}

/// Where the sums of a layer lie.
fn sums(layer: &Layer, reads: &Intervals, limits: &Budget) -> Result<Vec<Interval>, Stop> {
    let rows = layer.rows.iter().zip(&layer.biases);
    rows.map(|(row, bias)| reads.sum(row, bias, limits))
        .collect()
}

/// A row of the first network with what stands for the numbers that it reads, less its image times the factor: weights of numbers of the other one, and a constant.
fn rest(
    read: &Read,
    (row, bias): (&[Q], &Q),
    (image_row, image_bias): (&[Q], &Q),
    factor: &Q,
    limits: &Budget,
) -> Result<(Vec<Q>, Q), Stop> {
    let add = |sum: &mut Q, x: &Q, y: &Q| {
        if x.is_zero() || y.is_zero() {
            return Ok(());
        }
        *sum = match y.is_one() {
            true => &*sum + x,
            false => &*sum + &(x * y),
        };
        limits.check(sum.bits().max(x.bits() + y.bits()))
    };
    limits.charge(cost::times(row.len() + image_row.len(), 2 * cost::ANY))?;
    let mut weights = vec![Q::zero(); image_row.len()];
    let mut constant = bias.clone();
    for (x, image) in row.iter().zip(&read.images) {
        match image {
            Stands::Nothing => {}
            Stands::Neuron(l, share) => {
                if let Some(weight) = weights.get_mut(*l) {
                    add(weight, x, share)?;
                }
            }
        }
    }
    let minus = -factor;
    for (weight, x) in weights.iter_mut().zip(image_row) {
        match factor.is_one() && weight == x {
            true => *weight = Q::zero(),
            false => add(weight, x, &minus)?,
        }
    }
    add(&mut constant, image_bias, &minus)?;
    Ok((weights, constant))
}

/// Where ρ(z) − ρ(t z′) lies, if z − t z′ lies in the interval.
fn behind(
    (lower, upper): Interval,
    own: &Interval,
    image: &Interval,
    factor: &Q,
    limits: &Budget,
) -> Result<Interval, Stop> {
    let active = !own.0.is_negative() && !image.0.is_negative();
    let (least, most) = match active {
        true => (lower, upper),
        false => (lower.min(Q::zero()), upper.max(Q::zero())),
    };
    let (from, to) = positive(own);
    let (image_from, image_to) = positive(image);
    let (from, to) = (&from - &(factor * &image_to), &to - &(factor * &image_from));
    limits.check(2 * from.bits().max(to.bits()))?;
    Ok((least.max(from), most.min(to)))
}
