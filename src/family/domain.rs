//! Boxes that families are asked about.

use num_traits::{One as _, Zero as _};

use super::network::Family;
use super::unproved::Unproved;
use crate::arrangement::{Affine, box_facets};
use crate::certificate::StatedRational;
use crate::exact::Rational;
use crate::realization::Domain;

/// One side an input.
pub(super) fn check(domain: &Domain, family: &Family) -> Result<(), Unproved> {
    let (found, expected) = (domain.sides().len(), family.inputs());
    match found == expected {
        true => Ok(()),
        false => Err(Unproved::Sides { found, expected }),
    }
}

/// As certificates have it.
pub(super) fn stated(domain: &Domain) -> Vec<(StatedRational, StatedRational)> {
    let sides = domain.sides().iter();
    sides
        .map(|(lower, upper)| (StatedRational(lower.clone()), StatedRational(upper.clone())))
        .collect()
}

/// Rows that are positive in the domain: the last coordinate, and the facets.
pub(super) fn positive(inputs: usize, affine: bool, domain: Option<&Domain>) -> Vec<Vec<Rational>> {
    let mut rows = Vec::new();
    if affine {
        let mut last = vec![Rational::zero(); inputs];
        last.push(Rational::one());
        rows.push(last);
    }
    let facets = facets(domain).into_iter();
    rows.extend(facets.map(|Affine { mut normal, offset }| {
        normal.push(offset);
        normal
    }));
    rows
}

/// The functions that are positive inside.
pub(super) fn facets(domain: Option<&Domain>) -> Vec<Affine> {
    let sides = domain.map_or(&[][..], Domain::sides);
    let (lower, upper): (Vec<_>, Vec<_>) = sides.iter().cloned().unzip();
    box_facets(&lower, &upper)
}
