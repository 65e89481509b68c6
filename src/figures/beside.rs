//! Which regions lie beside each other: they share an edge, or a part of one.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use num_bigint::BigInt;
use num_traits::{Signed as _, Zero as _};

use super::cone::{Ray, cross, height};
use crate::exact::rows::line;

/// An edge of a region from one ray to another, counterclockwise around the normal of their plane.
struct Edge<'a> {
    region: usize,
    from: &'a Ray,
    to: &'a Ray,
}

/// For each of so many regions those beside it, increasing. A region may consist of several cones.
///
/// Cost: for every plane that edges lie in, one sorting of their rays by products of three coordinates.
pub(super) fn beside<'a>(
    cones: impl Iterator<Item = (usize, &'a [Ray])>,
    count: usize,
) -> Vec<Vec<usize>> {
    let mut planes: BTreeMap<Ray, Vec<Edge<'a>>> = BTreeMap::new();
    for (region, rays) in cones {
        let next = rays.iter().cycle().skip(1);
        for (u, v) in rays.iter().zip(next) {
            let (normal, reversed) = line(&cross(u, v));
            let (from, to) = if reversed { (v, u) } else { (u, v) };
            let edge = Edge { region, from, to };
            planes.entry(normal).or_default().push(edge);
        }
    }
    let mut found = vec![BTreeSet::new(); count];
    for (normal, edges) in &planes {
        let rays = around(normal, edges);
        let place = |ray: &Ray| rays.binary_search_by(|other| turn(normal, rays[0], other, ray));
        let mut between: Vec<Vec<usize>> = vec![Vec::new(); rays.len()];
        for edge in edges {
            let (Ok(mut at), Ok(end)) = (place(edge.from), place(edge.to)) else {
                continue;
            };
            while at != end {
                between[at].push(edge.region);
                at = (at + 1) % rays.len();
            }
        }
        for regions in between {
            for one in &regions {
                found[*one].extend(regions.iter().filter(|other| *other != one));
            }
        }
    }
    found
        .into_iter()
        .map(|regions| regions.into_iter().collect())
        .collect()
}

/// The rays of edges in one plane, in order around it from one of them.
fn around<'a>(normal: &[BigInt], edges: &[Edge<'a>]) -> Vec<&'a Ray> {
    let ends = edges.iter().flat_map(|edge| [edge.from, edge.to]);
    let ends: BTreeSet<&Ray> = ends.collect();
    let mut rays: Vec<&Ray> = ends.into_iter().collect();
    let Some(first) = rays.first().copied() else {
        return rays;
    };
    rays.sort_by(|one, other| turn(normal, first, one, other));
    rays
}

/// Which of two rays comes first, counterclockwise around the normal from a third.
fn turn(normal: &[BigInt], first: &Ray, one: &Ray, other: &Ray) -> Ordering {
    let side = |u: &Ray, v: &Ray| height(&cross(u, v), normal);
    // The half turn that begins at the first ray, or the other one.
    let late = |ray: &Ray| {
        let side = side(first, ray);
        side.is_negative() || side.is_zero() && ray != first
    };
    late(one)
        .cmp(&late(other))
        .then_with(|| BigInt::zero().cmp(&side(one, other)))
}
