//! The value of a family's functions at points, for all k.

use super::describe::joined;
use super::expression::Expression;
use super::network::Family;
use super::polynomial::Place;
use super::sections::{Pair, cover};
use super::unproved::Unproved;
use crate::certificate::Range;
use crate::exact::Rational;
use crate::watch::Watch;

/// For every point a row of outputs.
pub type Values = Vec<Vec<Expression>>;

/// R(x) at points whose coordinates are functions of k too, for all integers k ≥ 1, by ranges: for every point a row of outputs.
///
/// A formula that serves a single k as well as the k after it is said there too. Cost, a range: m·(d + D) products and m signs a point.
///
/// # Errors
/// What could not be proved.
///
/// # Panics
/// If a point has not d coordinates.
pub fn values(
    family: &Family,
    points: &[Vec<Expression>],
    watch: &Watch,
) -> Result<Vec<(Range, Values)>, Unproved> {
    for point in points {
        assert_eq!(point.len(), family.inputs(), "a point has d coordinates");
    }
    let pair = Pair {
        activation: Rational::default(),
        gamma: family.clone(),
        theta: None,
        watch: watch.clone(),
    };
    let mut parts = cover(&pair, &|pair, place, mut sketch| {
        let coordinate = |x: &Expression| match place {
            Place::On(Range::At(k)) => x.fixed(k).ok_or(Unproved::UndefinedPoint { k }),
            _ => Ok(x.clone()),
        };
        let mut values = Values::new();
        for point in points {
            let point = point.iter().map(coordinate);
            let point = point.collect::<Result<Vec<_>, _>>()?;
            sketch.written(&point)?;
            let value = pair.gamma.value(&mut sketch, &point)?;
            sketch.written(&value)?;
            values.push(value);
        }
        Ok(vec![(values, sketch)])
    })?;
    for at in (0..parts.len().saturating_sub(1)).rev() {
        let Range::At(k) = parts[at].0 else {
            continue;
        };
        let serves = |formula: &Expression, value: &Expression| {
            formula.fixed(k).is_some_and(|fixed| fixed == *value)
        };
        let later = parts[at + 1].1.clone();
        let pairs = || later.iter().flatten().zip(parts[at].1.iter().flatten());
        if pairs().all(|(formula, value)| serves(formula, value)) {
            parts[at].1 = later;
        }
    }
    Ok(joined(parts))
}
