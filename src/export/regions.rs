//! The regions of an arrangement: points inside them, and why there are no others.

use num_rational::BigRational;
use num_traits::{Signed as _, Zero as _};

use crate::certificate::{
    ArrangementClaim, Circuit, Count, RegionsFact, StatedNetwork, StatedRational, Step, Surd,
};
use crate::report::Certificate;

use super::kinks::parts;
use super::refusal::{NotCovered, not_covered};

/// A claim about regions with its evidence.
pub(super) struct Regions<'a> {
    pub gamma: &'a StatedNetwork,
    /// Whether it is also that the layer is injective; then there is no domain.
    pub injective: bool,
    pub domain: &'a [Vec<StatedRational>],
    pub signs: &'a [String],
    pub edges: usize,
    /// One a region.
    pub points: Vec<Vec<BigRational>>,
    /// None where their number shows that they are all.
    pub around: Option<Around>,
}

/// What lies across every hyperplane.
pub(super) struct Around {
    /// Classes of parallel rows and rows of the domain, from 1, with factors of rows over their first entries.
    pub circuits: Vec<Vec<(usize, BigRational)>>,
    /// One list of circuits a region, from 1.
    pub redundant: Vec<Vec<usize>>,
}

/// The first entry that is not 0, without its root.
fn front(row: &[Surd]) -> Option<BigRational> {
    row.iter()
        .map(|entry| parts(entry).0)
        .find(|q| !q.is_zero())
}

/// The rows of Γ, with their biases.
fn rows(gamma: &StatedNetwork) -> Vec<Vec<Surd>> {
    let biases = gamma.b.iter().flatten().map(|b| vec![b.clone()]);
    let biases = biases.chain(std::iter::repeat(Vec::new()));
    let rows = gamma.a.iter().zip(biases);
    rows.map(|(a, b)| a.iter().cloned().chain(b).collect())
        .collect()
}

/// The claim and its evidence.
pub(super) fn regions<'a>(
    certificate: &'a Certificate,
    claim: &'a ArrangementClaim,
    injective: bool,
) -> Result<Regions<'a>, NotCovered> {
    let gamma = &certificate.statement.networks.gamma;
    let domain = claim.domain.as_deref().unwrap_or_default();
    let count = claim.regions.len();
    let mut points: Vec<Option<Vec<BigRational>>> = vec![None; count];
    let mut redundant: Vec<Option<Vec<usize>>> = vec![None; count];
    let (mut circuits, mut counted): (Vec<&Circuit>, bool) = (Vec::new(), false);
    for step in &certificate.steps {
        match step {
            Step::Circuits(step) => circuits.extend(&step.circuits),
            Step::Regions(RegionsFact::Inside(step)) => {
                for (place, point) in points.iter_mut().skip(step.first).zip(&step.points) {
                    *place = Some(point.iter().map(|x| x.0.clone()).collect());
                }
            }
            Step::Regions(RegionsFact::Around(step)) => {
                for (place, these) in redundant.iter_mut().skip(step.first).zip(&step.redundant) {
                    *place = Some(these.iter().map(|circuit| circuit + 1).collect());
                }
            }
            Step::Regions(RegionsFact::Count(Count { .. })) => counted = true,
            _ => {}
        }
    }
    // What holds in a region holds in its negation.
    if claim.domain.is_none() {
        for place in 0..count {
            let other = count - 1 - place;
            if points[place].is_none() {
                let negated = |point: &Vec<BigRational>| point.iter().map(|x| -x).collect();
                points[place] = points[other].as_ref().map(negated);
            }
            if redundant[place].is_none() {
                redundant[place] = redundant[other].clone();
            }
        }
    }
    let (points, redundant): (Option<Vec<_>>, Option<Vec<_>>) = (
        points.into_iter().collect(),
        redundant.into_iter().collect(),
    );
    let Some(points) = points else {
        return not_covered("regions without inner points");
    };
    let around = match (counted, redundant) {
        (false, Some(redundant)) => Some(Around {
            circuits: translated(gamma, domain, &circuits)?,
            redundant,
        }),
        (false, None) => return not_covered("regions without a fact that shows them to be all"),
        (true, _) => None,
    };
    Ok(Regions {
        gamma,
        injective,
        domain,
        signs: &claim.regions,
        edges: claim.edges,
        points,
        around,
    })
}

/// Circuits by classes.
fn translated(
    gamma: &StatedNetwork,
    domain: &[Vec<StatedRational>],
    circuits: &[&Circuit],
) -> Result<Vec<Vec<(usize, BigRational)>>, NotCovered> {
    let rows = rows(gamma);
    let mut classes: Vec<Vec<BigRational>> = Vec::new();
    let mut walls: Vec<Option<(usize, BigRational)>> = Vec::new();
    for row in &rows {
        walls.push(front(row).map(|front| {
            let line: Vec<BigRational> = row.iter().map(|x| parts(x).0 / &front).collect();
            let known = classes.iter().position(|class| *class == line);
            let class = known.unwrap_or_else(|| {
                classes.push(line);
                classes.len() - 1
            });
            (class + 1, front)
        }));
    }
    for (k, row) in domain.iter().enumerate() {
        let front = row.iter().find(|x| !x.0.is_zero());
        walls.push(front.map(|front| (classes.len() + 1 + k, front.0.abs())));
    }
    let member = |(h, factor): &(usize, StatedRational)| {
        let wall = walls.get(*h).cloned().flatten();
        wall.map(|(wall, front)| (wall, &factor.0 * front))
    };
    let circuit = |circuit: &&Circuit| circuit.iter().map(member).collect();
    match circuits.iter().map(circuit).collect() {
        Some(circuits) => Ok(circuits),
        None => not_covered("circuits of rows that are not there"),
    }
}
