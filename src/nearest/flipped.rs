//! The best assignment after a flip, and why no assignment is better.

use super::answer::{Contradiction, FlippedReason, Lower, NearestError};
use super::bottleneck::{Costs, Optimum};
use super::problem::Problem;
use super::source::Orientation;
use crate::certificate::Against;
use crate::exact::{Rational, Surd};
use crate::network::Neuron;

/// The best assignment after flipping one set.
pub(super) struct Flipped {
    pub(super) set: Vec<usize>,
    pub(super) optimum: Optimum,
    pub(super) constant: Option<(usize, Rational)>,
    /// The larger of both.
    pub(super) distance: Surd,
}

impl Flipped {
    pub(super) fn new(
        problem: &Problem,
        costs: &mut Costs,
        current: &[Neuron],
        set: Vec<usize>,
    ) -> Result<Self, NearestError> {
        let mut orientations = vec![Orientation::Kept; problem.places];
        for &i in &set {
            orientations[i] = Orientation::Flipped;
        }
        let optimum = costs.optimum(&orientations)?;
        let constant = problem.constant_gap(current, &set);
        let gap = constant.as_ref().map(|(_, gap)| Surd::from(gap.clone()));
        let distance = match gap {
            Some(gap) if gap.compare(&optimum.value).is_gt() => gap,
            _ => optimum.value.clone(),
        };
        Ok(Flipped {
            set,
            optimum,
            constant,
            distance,
        })
    }

    /// Why this flip is at least `lower` away.
    pub(super) fn reason(
        &self,
        costs: &mut Costs,
        kept: &[Orientation],
        lower: &Surd,
    ) -> Result<FlippedReason, NearestError> {
        if let Some((output, value)) = &self.constant
            && Surd::from(value.clone()).compare(lower).is_ge()
        {
            return Ok(FlippedReason::Constant {
                output: *output,
                value: value.clone(),
            });
        }
        let mut orientations = kept.to_vec();
        for &i in &self.set {
            orientations[i] = Orientation::Flipped;
        }
        let evidence = costs.hall(&orientations, &self.optimum)?;
        let evidence = evidence.ok_or(Contradiction::Violator)?;
        Ok(FlippedReason::Hall(self.optimum.value.clone(), evidence))
    }
}

/// The first of the nearest.
pub(super) fn nearest_of(all: &[Flipped]) -> usize {
    (0..all.len())
        .reduce(
            |best, next| match all[next].distance.compare(&all[best].distance).is_lt() {
                true => next,
                false => best,
            },
        )
        .unwrap_or(0)
}

pub(super) fn hall_evidence(
    costs: &mut Costs,
    orientations: &[Orientation],
    optimum: &Optimum,
    against: Against,
) -> Result<Lower, NearestError> {
    if optimum.value.sign().is_eq() {
        return Ok(Lower::Nothing);
    }
    let evidence = costs.hall(orientations, optimum)?;
    Ok(Lower::Hall {
        against,
        value: optimum.value.clone(),
        evidence: evidence.ok_or(Contradiction::Violator)?,
    })
}
