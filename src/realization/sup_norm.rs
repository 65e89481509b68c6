//! The supremum norm on a box, exactly: a piecewise linear function takes it at a vertex of the arrangement cut by the box.

use itertools::Itertools as _;
use num_traits::{One, Signed, Zero};

use super::canonical::CanonicalForm;
use super::domain::Domain;
use crate::exact::{Rational, Surd};
use crate::network::ShapeError;
use crate::watch::Watch;

/// The sup norm, or what is known of it: `value` ≤ sup norm ≤ `upper`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupNorm {
    /// The largest value found.
    pub value: Rational,
    /// Where it is attained.
    pub point: Vec<Rational>,
    /// The output.
    pub output: usize,
    /// No value is larger; the same where all vertices were looked at.
    pub upper: Rational,
}

impl SupNorm {
    /// The sup norm, if it is known.
    pub fn exact(&self) -> Option<&Rational> {
        (self.value == self.upper).then_some(&self.value)
    }
}

/// There are too many vertices to look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
#[error(
    "the answer is found at vertices, and there are up to {candidates} of them, more than {limit}"
)]
pub struct TooManyVertices {
    /// Upper bound for the number of vertices.
    pub candidates: u128,
    /// The limit.
    pub limit: u128,
}

/// How many corners are looked at where vertices are too many.
const CORNERS: usize = 1000;

/// max over the box and the outputs of |f|. Exact if there are at most `limit` sets of d hyperplanes, which are intersected, and
/// no limit of `watch` is met; else a bracket, between the best point found and what an interval for each kink allows.
///
/// Cost, for h kinks that meet the box: C(h + 2d, d) systems of d equations, with a value of the function at every solution in
/// the box; beyond the limit at most 1,000 corners and one interval a kink.
///
/// # Errors
/// [`ShapeError`] if the box has not one side an input.
pub fn sup_norm(
    form: &CanonicalForm,
    domain: &Domain,
    limit: u128,
    watch: &Watch,
) -> Result<SupNorm, ShapeError> {
    let form = domain.restrict(form)?;
    let corner: Vec<Rational> = domain
        .sides()
        .iter()
        .map(|(lower, _)| lower.clone())
        .collect();
    let mut best = largest(&form, corner);
    let rows = boundaries(&form, domain);
    let candidates = binomial(rows.len(), form.inputs());
    if candidates <= limit && all_vertices(&form, domain, &rows, &mut best, watch) {
        best.upper = best.value.clone();
        return Ok(best);
    }
    corners(&form, domain, &mut best, watch);
    best.upper = by_intervals(&form, domain).max(best.value.clone());
    Ok(best)
}

/// Rows (n, −β) of ⟨n,x⟩ = −β, the kinks first, then two facets a side.
fn boundaries(form: &CanonicalForm, domain: &Domain) -> Vec<Vec<Rational>> {
    let mut rows: Vec<Vec<Rational>> = form
        .kinks()
        .iter()
        .map(|kink| kink.normal.iter().cloned().chain([-&kink.offset]).collect())
        .collect();
    for (side, (lower, upper)) in domain.sides().iter().enumerate() {
        for end in [lower, upper] {
            let mut row = vec![Rational::zero(); form.inputs()];
            row[side] = Rational::one();
            row.push(end.clone());
            rows.push(row);
        }
    }
    rows
}

/// Keeps the largest value at a vertex; answers whether all were looked at.
fn all_vertices(
    form: &CanonicalForm,
    domain: &Domain,
    rows: &[Vec<Rational>],
    best: &mut SupNorm,
    watch: &Watch,
) -> bool {
    let all = binomial(rows.len(), form.inputs());
    for (index, chosen) in rows.iter().combinations(form.inputs()).enumerate() {
        if watch.check().is_err() {
            return false;
        }
        watch.tell(|| {
            let value = Surd::from(best.value.clone()).approx(6);
            format!("sup norm at least {value} after {index} of {all} intersections")
        });
        let Some(vertex) = intersection(&chosen) else {
            continue;
        };
        let inside = vertex
            .iter()
            .zip(domain.sides())
            .all(|(x, (l, u))| l <= x && x <= u);
        if inside {
            keep(best, largest(form, vertex));
        }
    }
    true
}

/// Goes from corner to corner of the box while that helps.
fn corners(form: &CanonicalForm, domain: &Domain, best: &mut SupNorm, watch: &Watch) {
    let mut tries = 0;
    for upper in [false, true] {
        let corner = domain.sides().iter();
        let corner = corner.map(|(l, u)| if upper { u.clone() } else { l.clone() });
        let mut here = largest(form, corner.collect());
        let mut since_moved = 0;
        for side in (0..domain.sides().len()).cycle() {
            tries += 1;
            if since_moved == domain.sides().len() || tries > CORNERS || watch.check().is_err() {
                break;
            }
            let (lower, upper) = &domain.sides()[side];
            let mut next = here.point.clone();
            next[side] = if next[side] == *lower {
                upper.clone()
            } else {
                lower.clone()
            };
            since_moved += 1;
            if keep(&mut here, largest(form, next)) {
                since_moved = 0;
            }
        }
        keep(best, here);
    }
}

/// What |f| is at most if every kink takes its worst value by itself.
fn by_intervals(form: &CanonicalForm, domain: &Domain) -> Rational {
    let half = Rational::new(1.into(), 2.into());
    let sizes: Vec<Rational> = form
        .kinks()
        .iter()
        .map(|kink| {
            let (least, largest) = domain.range(&kink.normal, &kink.offset);
            least.abs().max(largest.abs()) * &half
        })
        .collect();
    let mut bound = Rational::zero();
    for (output, (row, constant)) in form.linear().iter().zip(form.constant()).enumerate() {
        let (mut least, mut largest) = domain.range(row, constant);
        for (kink, size) in form.kinks().iter().zip(&sizes) {
            let most = &kink.jump[output] * size;
            match most.is_negative() {
                true => least += most,
                false => largest += most,
            }
        }
        bound = bound.max(least.abs()).max(largest.abs());
    }
    bound
}

/// Keeps the larger value; answers whether it is the new one.
fn keep(best: &mut SupNorm, other: SupNorm) -> bool {
    let better = other.value > best.value;
    if better {
        *best = other;
    }
    better
}

pub(super) fn binomial(n: usize, k: usize) -> u128 {
    (0..k).fold(1u128, |all, i| {
        all.saturating_mul((n - i) as u128) / (i as u128 + 1)
    })
}

fn largest(form: &CanonicalForm, point: Vec<Rational>) -> SupNorm {
    let values = form.value(&point);
    let sizes = values.iter().map(Rational::abs).enumerate();
    let (output, value) = sizes.fold((0, Rational::zero()), |best, (output, size)| {
        if size > best.1 { (output, size) } else { best }
    });
    SupNorm {
        upper: value.clone(),
        value,
        point,
        output,
    }
}

/// The one solution of d equations (row, right-hand side) in d unknowns, if there is exactly one.
pub(super) fn intersection(rows: &[&Vec<Rational>]) -> Option<Vec<Rational>> {
    let count = rows.len();
    let mut matrix: Vec<Vec<Rational>> = rows.iter().map(|row| (*row).clone()).collect();
    for column in 0..count {
        let pivot = (column..count).find(|r| !matrix[*r][column].is_zero())?;
        matrix.swap(column, pivot);
        let inverse = matrix[column][column].recip();
        let own: Vec<Rational> = matrix[column].iter().map(|x| x * &inverse).collect();
        for (r, row) in matrix.iter_mut().enumerate() {
            if r != column && !row[column].is_zero() {
                let factor = row[column].clone();
                for (x, y) in row.iter_mut().zip(&own) {
                    *x -= &factor * y;
                }
            }
        }
        matrix[column] = own;
    }
    matrix.into_iter().map(|mut row| row.pop()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::{Neuron, Shallow};

    fn row(values: &[i64]) -> Vec<Rational> {
        values
            .iter()
            .map(|n| Rational::from_integer((*n).into()))
            .collect()
    }

    #[test]
    fn brackets_hold_the_exact_value() {
        let mut seed = 0x2545_f491_4f6c_dd1d_u64;
        let mut next = move || {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            (seed % 9) as i64 - 4
        };
        let mut tight = 0;
        for _ in 0..100 {
            let neurons =
                (0..5).map(|_| Neuron::rational(row(&[next(), next()]), row(&[next(), next()])));
            let form = CanonicalForm::of_shallow(&Shallow::new(neurons.collect()).expect("rows"));
            let domain = Domain::new(vec![(row(&[-1])[0].clone(), row(&[2])[0].clone()); 2]);
            let domain = domain.expect("intervals");
            let exact =
                sup_norm(&form, &domain, u128::MAX, &Watch::none()).expect("a side an input");
            assert!(exact.exact().is_some());
            let stopped = Watch::none().for_at_most(std::time::Duration::ZERO);
            for found in [
                sup_norm(&form, &domain, 0, &Watch::none()),
                sup_norm(&form, &domain, u128::MAX, &stopped),
            ] {
                let found = found.expect("a side an input");
                assert!(found.value <= exact.value && exact.value <= found.upper);
                let there = form.eval(&found.point).expect("two coordinates")[found.output].abs();
                assert_eq!(there, found.value);
                tight += usize::from(found.value == exact.value);
            }
        }
        assert!(tight > 50, "{tight}");
    }
}
