//! The largest value of a function on a box: a piecewise linear function is largest at a vertex of its pieces, and every vertex is
//! where d independent ones of its hyperplanes and the box's facets meet.

use num_bigint::BigInt;
use num_traits::{Signed as _, Zero as _};

use crate::difference::Difference;
use crate::limits::{Limits, hold};
use crate::number::{Q, common_denominator, over, product};
use crate::verdict::{Stop, differ, equal, reject};
use relucert_format::SupNorm;

use super::fact::Fact;
use crate::scene::Domain;
use crate::scene::Scene;

/// max over the box and the outputs of |f| is the step's value, attained at its point.
pub(crate) fn sup_norm(step: &SupNorm, scene: &mut Scene) -> Result<Fact, Stop> {
    let limits = scene.limits;
    let Some(domain) = scene.domain() else {
        return reject("the claim has no box");
    };
    let value = Q::from(&step.value);
    vertices(step, &value, scene.difference()?, domain, limits)?;
    Ok(Fact::SupNorm(value))
}

fn vertices(
    step: &SupNorm,
    value: &Q,
    difference: &Difference,
    domain: &Domain,
    limits: &Limits,
) -> Result<(), Stop> {
    let inputs = domain.len();
    let point: Vec<Q> = step.point.iter().map(Q::from).collect();
    equal("length of the point", point.len(), inputs)?;
    if !inside(&point, domain) {
        return reject("the point is not in the box");
    }
    let found = size(difference, &point, limits)?;
    equal("largest absolute value at the point", &found, value)?;
    let rows = rows(difference, domain);
    hold(
        "sets of hyperplanes that may meet in a vertex",
        count(rows.len(), inputs, limits.vertices),
        limits.vertices,
        "vertices",
    )?;
    let mut chosen: Vec<usize> = (0..inputs).collect();
    loop {
        let system: Vec<Vec<Q>> = chosen
            .iter()
            .filter_map(|&row| rows.get(row).cloned())
            .collect();
        if let Some(vertex) = solve(system, limits)?
            && inside(&vertex, domain)
        {
            let here = size(difference, &vertex, limits)?;
            if here > *value {
                let corner: Vec<String> = vertex.iter().map(ToString::to_string).collect();
                let place = format!("absolute value at ({})", corner.join(", "));
                return differ(place, here, format!("at most {value}"));
            }
        }
        if !next(&mut chosen, rows.len()) {
            return Ok(());
        }
    }
}

fn inside(point: &[Q], domain: &Domain) -> bool {
    point.iter().zip(domain).all(|(x, (lower, upper))| {
        let (lower, upper) = (Q::from(lower), Q::from(upper));
        lower <= *x && *x <= upper
    })
}

/// Rows (n, r) of ⟨n,x⟩ = r: the hyperplanes, then the facets.
fn rows(difference: &Difference, domain: &Domain) -> Vec<Vec<Q>> {
    let inputs = domain.len();
    let mut rows = Vec::with_capacity(difference.kinks.len() + 2 * inputs);
    for kink in &difference.kinks {
        let mut row: Vec<Q> = kink.line.iter().cloned().map(Q::from).collect();
        // ⟨n,x⟩ + b = 0 where the last coordinate is 1.
        match row.len() > inputs {
            true => {
                if let Some(last) = row.last_mut() {
                    *last = -&*last;
                }
            }
            false => row.push(Q::zero()),
        }
        rows.push(row);
    }
    for (k, (lower, upper)) in domain.iter().enumerate() {
        for end in [lower, upper] {
            let mut row: Vec<Q> = (0..inputs)
                .map(|i| if i == k { Q::one() } else { Q::zero() })
                .collect();
            row.push(Q::from(end));
            rows.push(row);
        }
    }
    rows
}

/// n choose k, or a number above `most`.
fn count(n: usize, k: usize, most: usize) -> usize {
    let mut all: usize = 1;
    for i in 0..k {
        // Exact at every step: a product of i + 1 successive integers.
        all = match all.checked_mul(n.saturating_sub(i)) {
            Some(product) => product / (i + 1),
            None => return usize::MAX,
        };
        if all > most && 2 * k <= n {
            return all;
        }
    }
    all
}

/// The next set in lexicographic order; false after the last.
fn next(chosen: &mut [usize], rows: usize) -> bool {
    let length = chosen.len();
    for place in (0..length).rev() {
        let Some(index) = chosen.get(place).copied() else {
            return false;
        };
        if index + (length - place) < rows {
            for (offset, later) in chosen.iter_mut().skip(place).enumerate() {
                *later = index + 1 + offset;
            }
            return true;
        }
    }
    false
}

/// The one solution of d equations, if there is exactly one.
fn solve(mut system: Vec<Vec<Q>>, limits: &Limits) -> Result<Option<Vec<Q>>, Stop> {
    for column in 0..system.len() {
        let entry = |row: &Vec<Q>| row.get(column).cloned().unwrap_or_else(Q::zero);
        let Some(pivot) = system
            .iter()
            .skip(column)
            .position(|row| !entry(row).is_zero())
        else {
            return Ok(None);
        };
        system.swap(column, column + pivot);
        let Some(own) = system.get(column).cloned() else {
            return Ok(None);
        };
        let Some(inverse) = entry(&own).inverse() else {
            return Ok(None);
        };
        let own: Vec<Q> = own.iter().map(|x| x * &inverse).collect();
        for (place, row) in system.iter_mut().enumerate() {
            if place == column {
                row.clone_from(&own);
                continue;
            }
            let factor = entry(row);
            if factor.is_zero() {
                continue;
            }
            for (x, y) in row.iter_mut().zip(&own) {
                *x = &*x - &(&factor * y);
                limits.check(x.bits())?;
            }
        }
    }
    Ok(Some(
        system.into_iter().filter_map(|mut row| row.pop()).collect(),
    ))
}

/// max over the outputs of |f(x)|.
fn size(difference: &Difference, point: &[Q], limits: &Limits) -> Result<Q, Stop> {
    let mut numbers = point.to_vec();
    if difference.columns < difference.inputs {
        numbers.push(Q::one());
    }
    let common = common_denominator(&numbers, limits)?;
    let x = over(&numbers, &common);
    let mut largest = BigInt::zero();
    for (output, row) in difference.linear.chunks(difference.inputs).enumerate() {
        // 2·L times the value, over the common denominator.
        let mut value = product(row, &x);
        for kink in &difference.kinks {
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
