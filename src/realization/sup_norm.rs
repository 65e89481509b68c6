//! The supremum norm on a box, exactly: a piecewise linear function takes it at a vertex of the arrangement cut by the box.

use itertools::Itertools as _;
use num_traits::{One, Signed, Zero};

use super::canonical::CanonicalForm;
use super::domain::Domain;
use crate::exact::Rational;
use crate::network::ShapeError;

/// Where the largest absolute value of an output is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupNorm {
    /// The value.
    pub value: Rational,
    /// A vertex where it is attained.
    pub point: Vec<Rational>,
    /// The output.
    pub output: usize,
}

/// There are too many vertices to look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the answer is found at vertices, and there are up to {candidates} of them, more than {limit}"
)]
pub struct TooManyVertices {
    /// Upper bound for the number of vertices.
    pub candidates: u128,
    /// The limit.
    pub limit: u128,
}

/// Why a sup norm was not found.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SupNormError {
    /// The box has another number of sides than the function has inputs.
    #[error(transparent)]
    Shape(#[from] ShapeError),
    /// Too many vertices to look at.
    #[error(transparent)]
    Vertices(#[from] TooManyVertices),
}

/// max over the box and the outputs of |f|; up to `limit` sets of d hyperplanes are intersected.
///
/// # Errors
/// [`SupNormError`] if the box has not one side an input, or there are more than `limit` such sets.
pub fn sup_norm(
    form: &CanonicalForm,
    domain: &Domain,
    limit: u128,
) -> Result<SupNorm, SupNormError> {
    let form = domain.restrict(form)?;
    let inputs = form.inputs();
    // Rows (n, −β) of ⟨n,x⟩ = −β, the kinks first, then two facets a side.
    let mut rows: Vec<Vec<Rational>> = form
        .kinks()
        .iter()
        .map(|kink| kink.normal.iter().cloned().chain([-&kink.offset]).collect())
        .collect();
    for (side, (lower, upper)) in domain.sides().iter().enumerate() {
        for end in [lower, upper] {
            let mut row = vec![Rational::zero(); inputs];
            row[side] = Rational::one();
            row.push(end.clone());
            rows.push(row);
        }
    }
    let candidates = binomial(rows.len(), inputs);
    if candidates > limit {
        return Err(TooManyVertices { candidates, limit }.into());
    }
    let corner: Vec<Rational> = domain
        .sides()
        .iter()
        .map(|(lower, _)| lower.clone())
        .collect();
    let mut best = largest(&form, corner);
    for chosen in rows.iter().combinations(inputs) {
        let Some(vertex) = intersection(&chosen) else {
            continue;
        };
        let inside = vertex
            .iter()
            .zip(domain.sides())
            .all(|(x, (l, u))| l <= x && x <= u);
        if inside {
            let here = largest(&form, vertex);
            if here.value > best.value {
                best = here;
            }
        }
    }
    Ok(best)
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
