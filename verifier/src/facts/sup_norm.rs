//! The largest value of a function on a box: a piecewise linear function is largest at a vertex of its pieces, and every vertex is
//! where d independent ones of its hyperplanes and the box's facets meet.

use num_bigint::BigInt;
use num_traits::{Signed as _, Zero as _};

use crate::kernel::boxed::Sides;
use crate::kernel::budget::Budget;
use crate::kernel::cost;
use crate::kernel::difference::Difference;
use crate::kernel::flat::Flat;
use crate::kernel::number::{Q, Whole, checked_product, common_denominator, over, product};
use crate::kernel::verdict::{Stop, differ, equal, reject};
use relucert_format::{Formula, StatedRational, SupNorm};

use super::fact::{Fact, FactForAllK};
use crate::scene::Scene;
use crate::section::Section;
use crate::subject::Domain;

/// max over the box and the outputs of |f| is the step's value, attained at its point.
pub(crate) fn sup_norm(step: &SupNorm, scene: &mut Scene) -> Result<Fact, Stop> {
    let value = reached(&step.point, &step.value, scene)?;
    let (domain, limits) = (domain(scene)?, scene.limits);
    let difference = scene.difference()?;
    // Integers that do not fit on the way are redone with longer ones.
    let _ = checked::<i64>(&value, difference, domain, limits)?
        || checked::<i128>(&value, difference, domain, limits)?
        || checked::<BigInt>(&value, difference, domain, limits)?;
    Ok(Fact::SupNorm(value))
}

/// The same at every k of a section.
pub(super) fn for_all_k(
    point: &[Formula],
    value: &Formula,
    section: &mut Section,
) -> Result<FactForAllK, Stop> {
    let (point, value) = (section.row(point)?, section.number(value)?);
    let (limits, domain) = (section.limits, section.domain);
    let Some(domain) = domain else {
        return reject("the section has no box");
    };
    let domain = Sides::new(domain);
    let difference = section.difference()?;
    equal("length of the point", point.len(), domain.inputs())?;
    domain.reached(difference, &point, &value, limits)?;
    domain.vertices(difference, &value, limits)?;
    Ok(FactForAllK::SupNorm(value))
}

/// The largest |f_l| over the outputs is the value at a point of the box.
pub(super) fn reached(
    point: &[StatedRational],
    value: &StatedRational,
    scene: &mut Scene,
) -> Result<Q, Stop> {
    let (domain, limits) = (domain(scene)?, scene.limits);
    let difference = scene.difference()?;
    let point: Vec<Q> = point.iter().map(Q::from).collect();
    equal("length of the point", point.len(), domain.len())?;
    let is_inside = |(x, (lower, upper)): (&Q, &(StatedRational, StatedRational))| {
        Q::from(lower) <= *x && *x <= Q::from(upper)
    };
    if !point.iter().zip(domain).all(is_inside) {
        return reject("the point is not in the box");
    }
    let (found, value) = (size(difference, &point, limits)?, Q::from(value));
    equal("largest absolute value at the point", &found, &value)?;
    Ok(value)
}

/// The claim's box.
pub(super) fn domain<'a>(scene: &Scene<'a>) -> Result<&'a Domain, Stop> {
    match scene.subject.domain {
        Some(domain) => Ok(domain),
        None => reject("the claim has no box"),
    }
}

/// Whether all vertices keep the bound, or false if a number does not fit.
fn checked<T: Whole>(
    value: &Q,
    difference: &Difference,
    domain: &Domain,
    limits: &Budget,
) -> Result<bool, Stop> {
    let Some(function) = Function::<T>::new(value, difference, domain) else {
        return Ok(false);
    };
    let (rows, inputs) = (&function.rows, domain.len());
    let mut stack = vec![(0, Flat::<T>::whole())];
    while let Some((next, flat)) = stack.last_mut() {
        let missing = inputs - flat.rank();
        let Some(row) = rows.get(*next).filter(|_| *next + missing <= rows.len()) else {
            stack.pop();
            continue;
        };
        *next += 1;
        let each = flat.work();
        if missing == 1 {
            limits.charge(cost::times(6 * inputs, each) + cost::ANY)?;
            let Some(vertex) = flat.vertex(row) else {
                return Ok(false);
            };
            if let Some((point, scale)) = vertex
                && !function.check(&point, &scale, value, limits)?
            {
                return Ok(false);
            }
            continue;
        }
        limits.charge(cost::times(4 * inputs * inputs, each) + cost::ANY)?;
        let Some(flat) = flat.with(row) else {
            return Ok(false);
        };
        let next = *next;
        stack.extend(flat.map(|flat| (next, flat)));
    }
    Ok(true)
}

/// The function and the box in integers.
struct Function<T> {
    /// Rows (n, r) of ⟨n,x⟩ = r: the hyperplanes, then the facets.
    rows: Vec<Vec<T>>,
    /// Numerator and denominator of both ends of each side.
    sides: Vec<[(T, T); 2]>,
    /// 2·L·M by rows.
    linear: Vec<Vec<T>>,
    /// Normals, and weights by outputs.
    kinks: Vec<(Vec<T>, Vec<T>)>,
    /// 2·L.
    twice: BigInt,
    /// The value times 2·L is the first over the second.
    value: (T, T),
}

impl<T: Whole> Function<T> {
    fn new(value: &Q, difference: &Difference, domain: &Domain) -> Option<Function<T>> {
        let all = |row: &[BigInt]| row.iter().map(T::of).collect::<Option<Vec<T>>>();
        let inputs = domain.len();
        let mut rows = Vec::with_capacity(difference.kinks.len() + 2 * inputs);
        let mut kinks = Vec::with_capacity(difference.kinks.len());
        for kink in &difference.kinks {
            let line = all(&kink.line)?;
            let mut row = line.clone();
            // ⟨n,x⟩ + b = 0 where the last coordinate is 1.
            row.truncate(inputs);
            let right = line.get(inputs).cloned().unwrap_or_else(T::zero);
            row.push(T::zero().checked_sub(&right)?);
            rows.push(row);
            kinks.push((line, all(&kink.weight)?));
        }
        let mut sides = Vec::with_capacity(inputs);
        for (k, (lower, upper)) in domain.iter().enumerate() {
            let end = |end| {
                let end = Q::from(end);
                Some((T::of(end.numerator())?, T::of(end.denominator())?))
            };
            let ends = [end(lower)?, end(upper)?];
            for (above, below) in &ends {
                let mut row = vec![T::zero(); inputs];
                *row.get_mut(k)? = below.clone();
                row.push(above.clone());
                rows.push(row);
            }
            sides.push(ends);
        }
        let twice = &difference.denominator * 2;
        let scaled = value.numerator() * &twice;
        let linear = difference.linear.chunks(difference.inputs);
        Some(Function {
            rows,
            sides,
            linear: linear.map(all).collect::<Option<_>>()?,
            kinks,
            twice,
            value: (T::of(&scaled)?, T::of(value.denominator())?),
        })
    }

    /// Whether the point point/scale is in the box.
    fn contains(&self, point: &[T], scale: &T) -> Option<bool> {
        for (x, [lower, upper]) in point.iter().zip(&self.sides) {
            let (low, high) = (&lower.0, &upper.0);
            if lower.1.cross(x, low, scale)?.is_negative()
                || upper.1.cross(x, high, scale)?.is_positive()
            {
                return Some(false);
            }
        }
        Some(true)
    }

    /// max over the outputs of |f|, times 2·L·scale.
    fn largest(&self, point: &[T]) -> Option<T> {
        let size = |x: T| match x.is_negative() {
            true => T::zero().checked_sub(&x),
            false => Some(x),
        };
        let mut sums = Vec::with_capacity(self.linear.len());
        for row in &self.linear {
            sums.push(checked_product(row, point)?);
        }
        for (line, weight) in &self.kinks {
            let distance = size(checked_product(line, point)?)?;
            for (sum, w) in sums.iter_mut().zip(weight) {
                *sum = sum.checked_add(&w.checked_mul(&distance)?)?;
            }
        }
        let mut largest = T::zero();
        for sum in sums {
            largest = largest.max(size(sum)?);
        }
        Some(largest)
    }

    /// Rejects a point of the box where the function is larger than the value; false if a number does not fit.
    fn check(&self, point: &[T], scale: &T, value: &Q, limits: &Budget) -> Result<bool, Stop> {
        let each = scale.work();
        limits.charge(cost::times(6 * point.len(), each))?;
        match self.contains(point, scale) {
            Some(true) => {}
            Some(false) => return Ok(true),
            None => return Ok(false),
        }
        let entries = self.linear.len() * (point.len() + self.kinks.len());
        limits.charge(cost::times(
            entries + self.kinks.len() * point.len(),
            2 * each,
        ))?;
        // The last coordinate, if it is one more than the point has, is 1.
        let whole: Vec<T> = point.iter().chain([scale]).cloned().collect();
        let compared = self.largest(&whole).and_then(|largest| {
            let bound = self.value.0.checked_mul(scale)?;
            Some((largest.checked_mul(&self.value.1)? > bound, largest))
        });
        let Some((larger, largest)) = compared else {
            return Ok(false);
        };
        if !larger {
            return Ok(true);
        }
        let below: BigInt = scale.clone().into();
        let over = |x: &T, below: BigInt| {
            let fraction = Q::fraction(x.clone().into(), below);
            fraction.unwrap_or_else(Q::zero)
        };
        let corner = point.iter().map(|x| over(x, below.clone()).to_string());
        let corner: Vec<String> = corner.collect();
        let place = format!("absolute value at ({})", corner.join(", "));
        let found = over(&largest, below * &self.twice);
        differ(place, found, format!("at most {value}"))
    }
}

/// max over the outputs of |f(x)|.
fn size(difference: &Difference, point: &[Q], limits: &Budget) -> Result<Q, Stop> {
    let mut numbers = point.to_vec();
    // The last coordinate, if it is one more than the point has, is 1.
    numbers.push(Q::one());
    let common = common_denominator(&numbers, limits)?;
    let x = over(&numbers, &common);
    let longest = x.iter().map(BigInt::bits).max().unwrap_or(0);
    let mut largest = BigInt::zero();
    for (output, row) in difference.linear.chunks(difference.inputs).enumerate() {
        // 2·L times the value, over the common denominator.
        let mut value = product(row, &x);
        for kink in &difference.kinks {
            limits.charge(cost::inner(x.len(), longest, longest))?;
            if let Some(weight) = kink.weight.get(output) {
                value += weight * product(&kink.line, &x).abs();
            }
        }
        largest = largest.max(value.abs());
    }
    let value = difference.half(largest);
    let common = Q::from(common).inverse();
    Ok(&value * &common.unwrap_or_else(Q::zero))
}
