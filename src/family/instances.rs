//! Answers for all integers k from answers for all k of a range but finitely many: what is left is looked at one by one, as numbers.

use super::network::Family;
use super::sections::{Pair, cover, real_from};
use super::sketch::Sketch;
use super::unproved::{Misfit, TooMany, Unproved};
use crate::certificate::Range;
use crate::exact::Rational;
use crate::network::{Network, from_certificate};
use crate::watch::Watch;

/// Most instances that are looked at one by one.
const MOST_INSTANCES: u64 = 5_000;

/// Answers for all integers k ≥ 1, by ranges.
#[derive(Clone, Debug)]
pub struct Sections<T> {
    /// In increasing order. What is said of a range is so at all its integers.
    pub parts: Vec<(Range, T)>,
    /// What is said of the ranges from here on is so for all real k too.
    pub real_from: Option<u64>,
    /// Instances below were looked at one by one; 1 if there was no need to.
    pub looked_below: u64,
}

/// The instance at an integer k, as a network of numbers.
///
/// # Errors
/// An entry is not defined there, or a contribution is not rational.
pub(super) fn instance(family: &Family, k: u64) -> Result<Network, Unproved> {
    let instance = family.instance(k).ok_or(Unproved::Undefined { k })?;
    from_certificate(&instance).map_err(|_| Unproved::At {
        k,
        reason: Box::new(Misfit::Contributions.into()),
    })
}

/// Answers a question about one family for all integers k ≥ 1. `find` answers it where the needs of the sketch hold and no sum of contributions
/// vanishes that does not vanish for all k; `number` for one network, and where `same` says that its answer is the other one, at one k, that stands.
///
/// # Errors
/// What could not be proved.
pub(super) fn everywhere<T: Clone>(
    family: &Family,
    watch: &Watch,
    find: impl Fn(&mut Sketch, &Family) -> Result<T, Unproved>,
    number: impl Fn(&Network) -> Result<T, Unproved>,
    same: impl Fn(&T, &T) -> bool,
) -> Result<Sections<T>, Unproved> {
    let pair = Pair {
        activation: Rational::default(),
        gamma: family.clone(),
        theta: None,
        watch: watch.clone(),
    };
    let found = cover(&pair, &|pair, _, mut sketch| {
        let answer = find(&mut sketch, &pair.gamma)?;
        let bound = sketch.sums_known_from();
        Ok(vec![((answer, bound), sketch)])
    })?;
    let (mut parts, mut looked_below) = (Vec::new(), 1);
    for (range, (answer, bound)) in found {
        let (start, end) = (range.first(), range.end().unwrap_or(u64::MAX).min(bound));
        if matches!(range, Range::At(_)) || end <= start {
            parts.push((range, answer));
            continue;
        }
        if end - start > MOST_INSTANCES {
            let (found, most) = (bound, MOST_INSTANCES);
            return Err(TooMany::Instances { found, most }.into());
        }
        looked_below = looked_below.max(end);
        let mut first = start;
        for k in start..end {
            watch.check()?;
            let other = number(&instance(family, k)?)?;
            if same(&answer, &other) {
                continue;
            }
            if first < k {
                parts.push((Range::Between(first, k), answer.clone()));
            }
            parts.push((Range::At(k), other));
            first = k + 1;
        }
        match range.end() {
            None => parts.push((Range::From(first), answer)),
            Some(end) if first < end => parts.push((Range::Between(first, end), answer)),
            Some(_) => {}
        }
    }
    let ranges: Vec<Range> = parts.iter().map(|(range, _)| *range).collect();
    Ok(Sections {
        real_from: real_from(&ranges).map(|k| k.max(looked_below)),
        parts,
        looked_below,
    })
}
