//! Lemma A.7's constant: how large a gradient can be, given the values on a box, on the cells of a fixed arrangement.

use itertools::Itertools as _;
use num_traits::{One, Signed, Zero};

use super::vertices::{TooManyVertices, binomial, intersection};
use crate::arrangement::{Arrangement, ArrangementError, Options, StopReason};
use crate::exact::{Rational, Surd};
use crate::watch::{Stop, Watch};

/// Why the constant was not found.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InverseLipschitzError {
    /// The directions are no arrangement.
    #[error(transparent)]
    Arrangement(#[from] ArrangementError),
    /// A direction is zero, or two are parallel.
    #[error("directions must be non-zero and pairwise not parallel, but {0}")]
    Directions(String),
    /// A limit was met.
    #[error("{stop}")]
    Stopped {
        /// Which.
        stop: Stop,
        /// The constant is at least this.
        at_least: Rational,
    },
    /// Too many vertices to look at.
    #[error("{too_many}")]
    Vertices {
        /// How many.
        too_many: TooManyVertices,
        /// The constant is at least this.
        at_least: Rational,
    },
    /// d = 0.
    #[error("a function of no inputs has no gradient")]
    NoInputs,
    /// B ≤ 0.
    #[error("the box [−B, B]^d needs B > 0, but B = {0}")]
    EmptyBox(Rational),
}

/// C′_B = max over the cells K of the arrangement of max{‖w‖_∞ : |⟨w,x⟩| ≤ 1 on K ∩ [−B,B]^d} (Lemma A.7, D35): the least constant
/// with |f|_{W^{1,∞}} ≤ C′_B·‖f‖_{L^∞} for all f that are linear on every cell. C′_B = C′_1/B.
///
/// Each maximum is a linear program over the finitely many vertices of the cell in the box, solved at its own vertices; at most
/// `limit` systems of d equations are solved a cell.
///
/// `directions` are m rows of `dimension` numbers. Cost, for n cells: n·C(m + 2d, d) systems of d equations at most; meant for
/// few directions in few dimensions.
///
/// # Errors
/// [`InverseLipschitzError`]: d = 0, B ≤ 0, directions that are zero or parallel, or a limit, with what is known by then. That is
/// never less than 1/B, which the functions x_i have.
pub fn inverse_lipschitz(
    directions: &[Vec<Rational>],
    dimension: usize,
    b: &Rational,
    limit: u128,
    watch: &Watch,
) -> Result<Rational, InverseLipschitzError> {
    if dimension == 0 {
        return Err(InverseLipschitzError::NoInputs);
    }
    if !b.is_positive() {
        return Err(InverseLipschitzError::EmptyBox(b.clone()));
    }
    let mut constant = b.recip();
    match largest_slope(directions, dimension, b, limit, watch, &mut constant) {
        Ok(()) => Ok(constant),
        Err(Unfinished::Stop(stop)) => Err(InverseLipschitzError::Stopped {
            stop,
            at_least: constant,
        }),
        Err(Unfinished::Vertices(too_many)) => Err(InverseLipschitzError::Vertices {
            too_many,
            at_least: constant,
        }),
        Err(Unfinished::Wrong(error)) => Err(error),
    }
}

/// Why the constant is only a lower bound, or none.
enum Unfinished {
    Stop(Stop),
    Vertices(TooManyVertices),
    Wrong(InverseLipschitzError),
}

impl From<Stop> for Unfinished {
    fn from(stop: Stop) -> Self {
        Unfinished::Stop(stop)
    }
}

impl From<TooManyVertices> for Unfinished {
    fn from(too_many: TooManyVertices) -> Self {
        Unfinished::Vertices(too_many)
    }
}

impl From<ArrangementError> for Unfinished {
    fn from(error: ArrangementError) -> Self {
        match error {
            ArrangementError::Stopped(stop) => Unfinished::Stop(stop),
            error => Unfinished::Wrong(error.into()),
        }
    }
}

/// Raises `constant` to the largest ‖w‖_∞.
fn largest_slope(
    directions: &[Vec<Rational>],
    dimension: usize,
    b: &Rational,
    limit: u128,
    watch: &Watch,
    constant: &mut Rational,
) -> Result<(), Unfinished> {
    let arrangement = Arrangement::new_within(directions, dimension, watch)?;
    if arrangement.classes().len() != directions.len() {
        let (rows, classes) = (directions.len(), arrangement.classes().len());
        return Err(Unfinished::Wrong(InverseLipschitzError::Directions(
            format!("{rows} rows make {classes} hyperplanes"),
        )));
    }
    let options = Options {
        watch: watch.clone(),
        ..Options::default()
    };
    let regions = arrangement.regions(&options);
    let regions = regions.map_err(|stopped| match stopped.reason {
        StopReason::Limit(stop) => stop,
        // The method is chosen to fit.
        StopReason::Method => Stop::Memory,
    })?;
    // Rows (n, value) of ⟨n,x⟩ = value.
    let mut rows: Vec<Vec<Rational>> = directions
        .iter()
        .map(|row| row.iter().cloned().chain([Rational::zero()]).collect())
        .collect();
    for side in 0..dimension {
        for end in [-b, b.clone()] {
            let mut row = vec![Rational::zero(); dimension];
            row[side] = Rational::one();
            row.push(end);
            rows.push(row);
        }
    }
    within(binomial(rows.len(), dimension), limit)?;
    let in_box = |x: &Vec<Rational>| x.iter().all(|x| x.abs() <= *b);
    let chosen = rows.iter().combinations(dimension);
    let corners = chosen.map(|chosen| watch.check().map(|()| intersection(&chosen)));
    let corners: Vec<Option<Vec<Rational>>> = corners.try_collect()?;
    let corners: Vec<Vec<Rational>> = corners
        .into_iter()
        .flatten()
        .filter(in_box)
        .unique()
        .collect();
    for region in 0..regions.len() {
        let signs = regions.signs(region);
        // By x ↦ −x every second region suffices.
        if signs.first().is_some_and(|sign| *sign < 0) {
            continue;
        }
        let inside = |x: &&Vec<Rational>| {
            directions.iter().zip(&signs).all(|(row, sign)| {
                let product: Rational = row.iter().zip(*x).map(|(a, x)| a * x).sum();
                if *sign > 0 {
                    !product.is_negative()
                } else {
                    !product.is_positive()
                }
            })
        };
        let nonzero = |x: &&Vec<Rational>| x.iter().any(|x| !x.is_zero());
        let vertices: Vec<&Vec<Rational>> = corners.iter().filter(inside).filter(nonzero).collect();
        let systems =
            binomial(vertices.len(), dimension).saturating_mul(1 << (dimension - 1).min(126));
        within(systems, limit)?;
        for tight in vertices.iter().combinations(dimension) {
            watch.check()?;
            watch.tell(|| {
                let value = Surd::from(constant.clone()).approx(6);
                format!(
                    "constant at least {value} after {region} of {} cells",
                    regions.len()
                )
            });
            for reversed in 0..1u128 << (dimension - 1).min(126) {
                let system: Vec<Vec<Rational>> = tight
                    .iter()
                    .enumerate()
                    .map(|(k, vertex)| {
                        let minus = reversed >> k & 1 == 1;
                        let one = if minus {
                            -Rational::one()
                        } else {
                            Rational::one()
                        };
                        vertex.iter().cloned().chain([one]).collect()
                    })
                    .collect();
                let Some(w) = intersection(&system.iter().collect_vec()) else {
                    break;
                };
                let feasible = vertices.iter().all(|vertex| {
                    let product: Rational = vertex.iter().zip(&w).map(|(v, w)| v * w).sum();
                    product.abs() <= Rational::one()
                });
                let size = crate::network::largest(&w);
                if feasible && size > *constant {
                    *constant = size;
                }
            }
        }
    }
    Ok(())
}

fn within(candidates: u128, limit: u128) -> Result<(), TooManyVertices> {
    match candidates <= limit {
        true => Ok(()),
        false => Err(TooManyVertices { candidates, limit }),
    }
}
