//! Counting the regions of an arrangement without listing them.

use num_bigint::BigInt;

use super::budget::{Budget, Held};
use super::cost;
use super::number::Whole;
use super::verdict::Stop;

/// How many regions the hyperplanes ⟨n,x⟩ = 0 cut R^d into.
///
/// With n_1, n_2, … pairwise not parallel, N = 1 + Σ_k N(the first k − 1 hyperplanes restricted to hyperplane k): adding
/// hyperplane k cuts in two exactly those regions that it meets.
pub(crate) fn regions(normals: &[&[BigInt]], limits: &Budget) -> Result<usize, Stop> {
    // Integers that do not fit on the way are redone with longer ones.
    for counted in [counted::<i64>, counted::<i128>, counted::<BigInt>] {
        if let Some(count) = counted(normals, limits)? {
            return Ok(count);
        }
    }
    Ok(0) // The longest always fit.
}

/// A flat with the hyperplanes restricted to it, and how many of them have been added.
struct Flat<T> {
    rows: Vec<Vec<T>>,
    added: usize,
    _held: Held,
}

/// None if a number does not fit.
fn counted<T: Whole>(normals: &[&[BigInt]], limits: &Budget) -> Result<Option<usize>, Stop> {
    let row = |normal: &&[BigInt]| normal.iter().map(T::of).collect();
    let Some(rows) = normals.iter().map(row).collect::<Option<Vec<Vec<T>>>>() else {
        return Ok(None);
    };
    // The stack stays short: a flat is entered only after the counts of all that come before it, which double with each level.
    let mut stack = Vec::new();
    charge(&rows, limits)?;
    let (mut next, mut total) = (merged(rows), 0_usize);
    loop {
        let Some(rows) = next else { return Ok(None) };
        match direct(&rows) {
            Some(count) => total = total.saturating_add(count),
            None => {
                total = total.saturating_add(1);
                let bytes = rows.iter().flatten().map(|entry| 24 + entry.memory()).sum();
                let _held = limits.hold(bytes)?;
                let added = 0;
                stack.push(Flat { rows, added, _held });
            }
        }
        while stack
            .last()
            .is_some_and(|flat| flat.added == flat.rows.len())
        {
            stack.pop();
        }
        let Some(flat) = stack.last_mut() else {
            return Ok(Some(total));
        };
        let before = flat.rows.get(..flat.added).unwrap_or_default();
        charge(before, limits)?;
        next = restricted(&flat.rows, flat.added);
        flat.added += 1;
    }
}

/// Counts the restriction of rows, and the merging of what comes out.
fn charge<T: Whole>(rows: &[Vec<T>], limits: &Budget) -> Result<(), Stop> {
    limits.tick()?;
    for row in rows {
        let each: u64 = row.iter().map(|entry| 8 * entry.work()).sum();
        limits.charge(4 * cost::ANY + each)?;
    }
    Ok(())
}

/// The number of regions, where it is plain. Rows are not parallel.
fn direct<T>(rows: &[Vec<T>]) -> Option<usize> {
    match rows {
        [] => Some(1),
        [_] => Some(2),
        [_, _] => Some(4),
        [first, ..] => (first.len() == 2).then_some(2 * rows.len()),
    }
}

/// The rows before row k on the hyperplane ⟨row k, x⟩ = 0, where one coordinate depends on the others.
fn restricted<T: Whole>(rows: &[Vec<T>], k: usize) -> Option<Vec<Vec<T>>> {
    let (before, row) = (rows.get(..k)?, rows.get(k)?);
    let pivot = row.iter().position(|entry| !entry.is_zero())?;
    let on = row.get(pivot)?;
    let mut images = Vec::with_capacity(k);
    for other in before {
        let factor = other.get(pivot)?;
        let mut image = Vec::with_capacity(row.len().saturating_sub(1));
        for (q, (x, y)) in other.iter().zip(row).enumerate() {
            if q != pivot {
                image.push(x.checked_mul(on)?.checked_sub(&factor.checked_mul(y)?)?);
            }
        }
        images.push(image);
    }
    merged(images)
}

/// One row for each class of parallel rows that are not zero.
fn merged<T: Whole>(mut rows: Vec<Vec<T>>) -> Option<Vec<Vec<T>>> {
    for row in &mut rows {
        let mut divisor = T::zero();
        for entry in row.iter() {
            T::zero().checked_sub(entry)?; // The least machine integer has no negative.
            divisor = divisor.gcd(entry);
        }
        if row.iter().find(|entry| !entry.is_zero())?.is_negative() {
            divisor = T::zero() - divisor;
        }
        row.iter_mut()
            .for_each(|entry| *entry = entry.clone() / divisor.clone());
    }
    rows.sort_unstable();
    rows.dedup();
    Some(rows)
}

#[cfg(test)]
#[path = "../tests/count.rs"]
mod tests;
