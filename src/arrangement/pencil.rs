//! Arrangements on a two-dimensional flat: one sweep over the rays of a half-circle.

use std::cmp::Ordering;

use super::mask::Mask;
use super::matrix::{Columns, Entry, Matrix, on_columns};

/// A line of the pencil, its normal turned so that its ray comes after the start of the half-circle.
#[derive(Clone, Debug)]
struct Ray<R> {
    x: R,
    y: R,
    class: u32,
}

/// Appends the regions of the pencil that `matrix`, of dimension 2, holds: of the lines in `candidates` (ascending, none of which
/// vanishes), on the + side of the first. Each region is given by the full sign vector of one of its points that is on no line of
/// the pencil (0 bits where a row vanishes), and the regions are sorted by the signs on the candidates.
pub(crate) fn sweep<M: Mask>(matrix: &Matrix, candidates: &[u32], out: &mut Vec<M>) {
    debug_assert_eq!(matrix.dimension(), 2);
    on_columns!(matrix, columns => sweep_columns(columns, candidates, out));
}

fn sweep_columns<M: Mask, R: Entry>(columns: &Columns<R>, candidates: &[u32], out: &mut Vec<M>) {
    let (xs, ys) = (columns.column(0), columns.column(1));
    let first = candidates[0] as usize;
    let (x0, y0) = (&xs[first], &ys[first]);
    // At the start of the half-circle a line whose ray is still to come shows its − side if its normal is turned
    // counterclockwise from the first normal.
    let mut signs = M::EMPTY;
    let mut rays: Vec<Ray<R>> = Vec::with_capacity(candidates.len());
    let mut others: Vec<Ray<R>> = Vec::with_capacity(xs.len());
    let mut next_candidate = candidates.iter().copied().peekable();
    for (class, (x, y)) in xs.iter().zip(ys).enumerate() {
        let is_candidate = next_candidate.next_if_eq(&(class as u32)).is_some();
        let ray = match R::cross_sign(x0, y0, x, y) {
            Ordering::Greater => {
                signs = signs.or(M::bit(class));
                Ray {
                    x: x.clone(),
                    y: y.clone(),
                    class: class as u32,
                }
            }
            Ordering::Less => {
                let negated = x.neg().and_then(|x| Ok((x, y.neg()?)));
                let Ok((x, y)) = negated else {
                    unreachable!("entries of restrictions are far from the least integer")
                };
                Ray {
                    x,
                    y,
                    class: class as u32,
                }
            }
            Ordering::Equal => {
                let opposite = if x0.is_zero() {
                    y.sign() != y0.sign()
                } else {
                    x.sign() != x0.sign()
                };
                if opposite && !(x.is_zero() && y.is_zero()) {
                    signs = signs.or(M::bit(class));
                }
                continue;
            }
        };
        if is_candidate {
            rays.push(ray)
        } else {
            others.push(ray)
        }
    }
    let later =
        |one: &Ray<R>, other: &Ray<R>| R::cross_sign(&one.x, &one.y, &other.x, &other.y).reverse();
    rays.sort_unstable_by(later);
    // The lines that change sign together with each group of equal rays, or between it and the group before.
    let mut groups: Vec<(Ray<R>, M)> = Vec::with_capacity(rays.len());
    for ray in rays {
        let bit = M::bit(ray.class as usize);
        match groups.last_mut() {
            Some((leader, flips)) if later(leader, &ray) == Ordering::Equal => {
                *flips = flips.or(bit)
            }
            _ => groups.push((ray, bit)),
        }
    }
    for ray in others {
        let group = groups.partition_point(|(leader, _)| later(leader, &ray) == Ordering::Less);
        if let Some((_, flips)) = groups.get_mut(group) {
            *flips = flips.or(M::bit(ray.class as usize));
        }
    }
    let start = out.len();
    out.push(signs);
    for (_, flips) in groups {
        signs = signs.xor(flips);
        out.push(signs);
    }
    out[start..].sort_unstable();
}
