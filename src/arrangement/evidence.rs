//! Evidence that a list of regions is complete.
//!
//! If for every region and every hyperplane either the region on the other side is listed too, or the hyperplane does not touch
//! the region in a facet, then the list is closed under crossing facets; and since any two regions (that meet a convex domain)
//! are joined by a path that crosses facets only, a non-empty closed list is complete. That a hyperplane is no facet is shown by
//! Farkas multipliers over the facets of the region: its inequality follows from theirs.

use num_bigint::BigInt;
use num_traits::Signed;

use super::normals::Arrangement;
use super::regions::Regions;
use crate::exact::gcd::{gcd_all, lcm};
use crate::exact::lp::Decision;
use crate::sides::{Place, Solver};
use crate::watch::{Stop, Watch};

/// A proof that an inequality of a region follows from others.
///
/// With σ for the signs of the region, `scale`·σ_h·a_h = Σ λ·σ_f·a_f over the terms (f, λ), where a are the integer normals
/// [`Arrangement::rows`]. Terms f ≥ the number of rows stand for row f − that number of the domain, with σ = 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redundancy {
    /// The redundant hyperplane h: the first row of its class.
    pub hyperplane: usize,
    /// The positive factor of its normal.
    pub scale: BigInt,
    /// Facets, ascending, with positive multipliers; at most as many as the rank of normals and domain. The factor and the
    /// multipliers have no common divisor.
    pub terms: Vec<(usize, BigInt)>,
}

/// For one region and every class of hyperplanes, why crossing it leads to no new region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The facets: the first row of a class, ascending, and the region on its other side.
    pub crossings: Vec<(usize, usize)>,
    /// The other classes, by ascending first row.
    pub redundant: Vec<Redundancy>,
}

impl Regions<'_> {
    /// The evidence at one region; `None` unless the list is complete.
    ///
    /// If the arrangement has no domain, the regions i and len() − 1 − i are antipodal, and their evidence has the same
    /// hyperplanes and multipliers.
    ///
    /// Cost: m look-ups in the list and one linear program more than there are classes that are no facets.
    ///
    /// # Errors
    /// The limit of `watch` that was met.
    pub fn evidence(&self, region: usize, watch: &Watch) -> Result<Option<Evidence>, Stop> {
        if !self.is_complete() || region >= self.len() {
            return Ok(None);
        }
        let arrangement = self.arrangement;
        let classes = &arrangement.classes;
        let across: Vec<Option<usize>> = (0..classes.len())
            .map(|class| self.across(region, class))
            .collect();
        let facet: Vec<bool> = across.iter().map(Option::is_some).collect();
        let mut solver = Solver::new(self.ground());
        // Of two antipodal regions the first, so that they have the same circuits.
        let shown = match arrangement.domain.is_empty() {
            true => region.min(self.len() - 1 - region),
            false => region,
        };
        let mut inside = self.inside(shown, &facet, &mut solver, watch)?;
        let mut evidence = Evidence {
            crossings: Vec::new(),
            redundant: Vec::new(),
        };
        for (class, rows) in classes.iter().enumerate() {
            match across[class] {
                Some(neighbour) => evidence.crossings.push((rows.row(), neighbour)),
                None => {
                    let redundancy = self.beyond(shown, class, &mut inside, &mut solver, watch)?;
                    evidence.redundant.push(redundancy);
                }
            }
        }
        Ok(Some(evidence))
    }

    /// The facets of a region and the domain, and a place inside to go on from.
    pub(super) fn inside(
        &self,
        region: usize,
        facet: &[bool],
        solver: &mut Solver<'_>,
        watch: &Watch,
    ) -> Result<Inside, Stop> {
        let facets = (0..facet.len()).filter(|&class| facet[class]);
        let decided: Vec<Decision> = facets
            .map(|class| (class, self.plus(region, class)))
            .chain((facet.len()..self.arrangement.reduced.len()).map(|row| (row, true)))
            .collect();
        Ok(Inside {
            place: solver.begin(&decided, watch)?,
            beyond: Place::Nowhere,
            decided,
        })
    }

    /// Why a class is no facet of a region.
    pub(super) fn beyond(
        &self,
        region: usize,
        class: usize,
        inside: &mut Inside,
        solver: &mut Solver<'_>,
        watch: &Watch,
    ) -> Result<Redundancy, Stop> {
        let Inside {
            decided,
            place,
            beyond,
        } = inside;
        decided.push((class, !self.plus(region, class)));
        if solver.find(place, decided, beyond, watch)? {
            unreachable!("a complete list has the region beyond every facet");
        }
        let circuit = beyond.multipliers(self.ground(), decided);
        decided.pop();
        Ok(self.arrangement.redundancy(class, circuit))
    }
}

/// The facets of a region, and what is known inside.
pub(super) struct Inside {
    decided: Vec<Decision>,
    place: Place,
    /// Room for what is found beyond a class.
    beyond: Place,
}

impl Arrangement {
    /// The redundancy that a circuit of reduced rows shows.
    pub(super) fn redundancy(&self, class: usize, circuit: Vec<(usize, BigInt)>) -> Redundancy {
        let factors: Vec<BigInt> = circuit
            .iter()
            .map(|&(row, _)| self.reduction_factor(row))
            .collect();
        let common = factors
            .iter()
            .fold(BigInt::from(1), |common, factor| lcm(&common, factor));
        let multiples = circuit.into_iter().zip(factors);
        let mut terms: Vec<(usize, BigInt)> = multiples
            .map(|((row, multiplier), factor)| (row, multiplier * (&common / factor)))
            .collect();
        let content = gcd_all(terms.iter().map(|(_, multiplier)| multiplier));
        let mut scale = BigInt::from(1);
        terms.retain_mut(|(row, multiplier)| {
            *multiplier /= &content;
            if *row == class {
                scale = multiplier.clone();
                return false;
            }
            *row = match self.classes.get(*row) {
                Some(rows) => rows.row(),
                None => *row - self.classes.len() + self.len(),
            };
            true
        });
        debug_assert!(terms.iter().all(|(_, multiplier)| multiplier.is_positive()));
        Redundancy {
            hyperplane: self.classes[class].row(),
            scale,
            terms,
        }
    }

    /// By which positive integer a row of the reduced table, a class or a row of the domain, was divided.
    fn reduction_factor(&self, row: usize) -> BigInt {
        let original = match self.classes.get(row) {
            Some(rows) => self.rows.row(rows.row()),
            None => self.domain.row(row - self.classes.len()),
        };
        gcd_all(self.coordinates.iter().map(|&column| &original[column])).max(BigInt::from(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arrangement::Options;

    fn check(arrangement: &Arrangement) {
        let list = arrangement.regions(&Options::default()).expect("no limit");
        let normals = arrangement.rows();
        for region in 0..list.len() {
            let evidence = list.evidence(region, &Watch::none());
            let evidence = evidence.expect("no limit").expect("complete");
            let signs = list.signs(region);
            let mut seen = Vec::new();
            for &(hyperplane, neighbour) in &evidence.crossings {
                let mut other = list.signs(neighbour);
                let (class, _) = arrangement.class_of(hyperplane).expect("not zero");
                for &(row, _) in &arrangement.classes()[class].members {
                    other[row] = -other[row];
                }
                assert_eq!(signs, other);
                seen.push(hyperplane);
            }
            for redundancy in &evidence.redundant {
                let side = |row: usize| {
                    if row < signs.len() {
                        BigInt::from(signs[row])
                    } else {
                        BigInt::from(1)
                    }
                };
                let entries = |row: usize| {
                    if row < signs.len() {
                        normals.row(row)
                    } else {
                        arrangement.domain().row(row - signs.len())
                    }
                };
                assert!(redundancy.scale.is_positive());
                let hyperplane = redundancy.hyperplane;
                for column in 0..arrangement.dimension() {
                    let left = &redundancy.scale * side(hyperplane) * &entries(hyperplane)[column];
                    let right = redundancy
                        .terms
                        .iter()
                        .map(|(row, by)| by * side(*row) * &entries(*row)[column]);
                    assert_eq!(left, right.sum::<BigInt>());
                }
                for (row, multiplier) in &redundancy.terms {
                    assert!(multiplier.is_positive());
                    assert!(
                        *row >= signs.len()
                            || evidence.crossings.iter().any(|(facet, _)| facet == row)
                    );
                }
                seen.push(hyperplane);
            }
            seen.sort_unstable();
            let rows = arrangement.classes().iter().map(|class| class.row());
            assert_eq!(seen, rows.collect::<Vec<_>>());
        }
    }

    #[test]
    fn every_hyperplane_of_every_region_is_accounted_for() {
        let rows: &[&[i64]] = &[
            &[4, -6, 2, 8],
            &[0, 0, 0, 0],
            &[3, 3, 3, 0],
            &[-2, 3, -1, -4],
            &[1, 0, 2, 1],
            &[0, 5, 0, 5],
            &[1, 2, 3, 4],
            &[7, -1, 0, 6],
        ];
        let rows: Vec<Vec<BigInt>> = rows
            .iter()
            .map(|row| row.iter().map(|&x| x.into()).collect())
            .collect();
        check(&Arrangement::from_integers(&rows, 4).expect("rows of equal length"));
        let domain = [rows[2].clone(), rows[6].iter().map(|x| x * 5).collect()];
        check(
            &Arrangement::in_domain(&rows, &domain[..1], 4, &Watch::none())
                .expect("rows of equal length"),
        );
        check(
            &Arrangement::in_domain(&rows, &domain, 4, &Watch::none())
                .expect("rows of equal length"),
        );
        check(&Arrangement::from_integers(&rows[1..2], 4).expect("rows of equal length"));
    }
}
