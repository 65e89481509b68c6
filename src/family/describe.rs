//! What a family is for all k: its canonical form, its degeneracies. No certificates; every answer is proved for the
//! range it is given for, like those with certificates.

use itertools::Itertools as _;
use num_traits::Zero as _;

use super::difference::Difference;
use super::expression::Expression;
use super::network::Family;
use super::sections::{Pair, cover};
use super::sketch::Sketch;
use super::unproved::{Contradiction, Unproved};
use crate::certificate::Range;
use crate::exact::Rational;
use crate::exact::scalar::minors;
use crate::realization::{CanonicalForm, Kink};
use crate::watch::Watch;

/// A question about one family.
pub(super) fn alone(family: &Family, activation: &Rational, watch: &Watch) -> Pair {
    Pair {
        gamma: family.clone(),
        theta: None,
        activation: activation.clone(),
        watch: watch.clone(),
    }
}

/// The canonical form for all integers k ≥ 1, by ranges, with the activation max(a·t, t); a = 0 for ReLU. The kinks are kinks, on different hyperplanes, at every k of the range.
///
/// Cost: C(m, 2) tests of parallel rows, d minors each, a range; see [`prove_distance`](super::prove_distance) for the ranges.
///
/// # Errors
/// What could not be proved.
pub fn canonical(
    family: &Family,
    activation: &Rational,
    watch: &Watch,
) -> Result<Vec<(Range, CanonicalForm<Expression>)>, Unproved> {
    cover(&alone(family, activation, watch), &|pair, _, mut sketch| {
        let mut difference = Difference::new(&mut sketch, &pair.gamma, None, &pair.activation)?;
        difference.distinct(&mut sketch)?;
        let mut kinks = Vec::new();
        for kink in &difference.kinks {
            // Distinct kinks have a normal on R^d.
            let first = kink.normal[..difference.columns]
                .iter()
                .position(|a| !sketch.is_zero(a))
                .ok_or(Contradiction::Normal)?;
            // Which entry is the first must not depend on k.
            for before in &kink.normal[..first] {
                sketch.zero(before.clone())?;
            }
            sketch.definite(&kink.normal[first])?;
            let lead = &kink.normal[first];
            let whole = kink.normal.iter().map(|a| a.div(lead));
            let whole = whole.collect::<Option<Vec<_>>>();
            let mut normal = whole.ok_or(Contradiction::Normal)?;
            let offset = normal.split_off(difference.columns);
            let reversed = sketch.signs(lead).negative;
            let jump = kink.jump.iter().map(|row| {
                if reversed {
                    row[first].neg()
                } else {
                    row[first].clone()
                }
            });
            kinks.push(Kink {
                normal,
                offset: offset.into_iter().next().unwrap_or_else(Expression::zero),
                jump: jump.collect(),
            });
        }
        let columns = difference.columns;
        let constants = difference.linear.iter_mut().map(|row| {
            let constant = row.split_off(columns);
            constant.into_iter().next().unwrap_or_else(Expression::zero)
        });
        let constant = constants.collect();
        Ok(vec![(
            CanonicalForm {
                inputs: columns,
                linear: difference.linear,
                constant,
                kinks,
            },
            sketch,
        )])
    })
}

/// The degeneracies of a parametrization; with biases, of the homogenised one, whose last neuron is the output bias.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Degeneracies {
    /// Neurons with a_i = 0 or c_i = 0; the output bias is none.
    pub dead: Vec<usize>,
    /// With biases, the other neurons with a_i = 0 but for b_i, which are constant.
    pub constant: Vec<usize>,
    /// Pairs of positive multiples: violations of C.2.
    pub parallel: Vec<[usize; 2]>,
    /// Pairs of negative multiples: violations of C.3a.
    pub opposite: Vec<[usize; 2]>,
    /// ‖c_i‖_∞ = ‖a_i‖_∞ for all i.
    pub balanced: bool,
    /// In N′: balanced and C.2.
    pub n_prime: bool,
    /// In N*: in N′, d ≥ 2, the last two coordinates of every a_i are positive.
    pub n_star: bool,
}

/// ‖row‖_∞ at the place, which the proof then needs.
fn norm(sketch: &mut Sketch, row: &[Expression]) -> Result<Expression, Unproved> {
    let sizes: Vec<Expression> = row.iter().map(|e| sketch.abs(e)).collect();
    let largest = sizes.iter().fold(Expression::zero(), |max, size| {
        sketch.max(max, size.clone())
    });
    for entry in row {
        sketch.non_negative(largest.sub(entry))?;
        sketch.non_negative(largest.add(entry))?;
    }
    // That it is one of the sizes, wherever the signs stay.
    for size in &sizes {
        sketch.non_negative(size.clone())?;
    }
    Ok(largest)
}

/// Whether a number is zero; the proof needs it to be so, or nowhere so.
pub(super) fn is_zero(sketch: &mut Sketch, e: &Expression) -> Result<bool, Unproved> {
    let zero = sketch.is_zero(e);
    if zero {
        sketch.zero(e.clone())?
    } else {
        sketch.definite(e)?
    }
    Ok(zero)
}

/// Whether a row is zero, likewise.
pub(super) fn vanishes(sketch: &mut Sketch, row: &[Expression]) -> Result<bool, Unproved> {
    let zero = row.iter().all(|e| sketch.is_zero(e));
    match zero {
        true => row.iter().try_for_each(|e| sketch.zero(e.clone()))?,
        false => sketch.some_definite(row.to_vec())?,
    }
    Ok(zero)
}

fn degeneracies_at(sketch: &mut Sketch, family: &Family) -> Result<Degeneracies, Unproved> {
    let neurons = family.neurons();
    let (mut dead, mut parallel, mut opposite) = (Vec::new(), Vec::new(), Vec::new());
    let (mut directed, mut balanced) = (Vec::new(), true);
    let mut positive = family.inputs() >= 2;
    for (i, neuron) in neurons.iter().enumerate() {
        let (inner, outer) = (neuron.inner(), neuron.outer());
        let (no_inner, no_outer) = (vanishes(sketch, inner)?, vanishes(sketch, outer)?);
        if no_inner || no_outer {
            dead.push(i);
        }
        if !no_inner {
            directed.push(i);
        }
        let gap = norm(sketch, inner)?.sub(&norm(sketch, outer)?);
        balanced &= is_zero(sketch, &gap)?;
        for last in inner.iter().rev().take(2) {
            let good = sketch.is_positive(last);
            if good {
                sketch.positive(last.clone())?
            } else {
                sketch.non_negative(last.neg())?
            }
            positive &= good;
        }
    }
    for (&i, &j) in directed.iter().tuple_combinations() {
        let (a, b) = (neurons[i].inner(), neurons[j].inner());
        if !vanishes(sketch, &minors(a, b))? {
            continue;
        }
        let products: Vec<_> = a.iter().zip(b).map(|(x, y)| x.mul(y)).collect();
        let negative = products.iter().any(|p| sketch.signs(p).negative);
        sketch.some_definite(products)?;
        if negative {
            &mut opposite
        } else {
            &mut parallel
        }
        .push([i, j]);
    }
    let n_prime = balanced && parallel.is_empty();
    Ok(Degeneracies {
        dead,
        constant: Vec::new(),
        parallel,
        opposite,
        balanced,
        n_prime,
        n_star: n_prime && positive,
    })
}

/// Which degeneracies the parametrization has, for all integers k ≥ 1, by ranges.
///
/// # Errors
/// What could not be proved.
pub fn degeneracies(
    family: &Family,
    watch: &Watch,
) -> Result<Vec<(Range, Degeneracies)>, Unproved> {
    let found = cover(
        &alone(family, &Rational::zero(), watch),
        &|pair, _, mut sketch| {
            let family = &pair.gamma;
            let mut found = degeneracies_at(&mut sketch, &family.homogenised())?;
            if family.offset().is_some() {
                let count = family.neurons().len();
                found.dead.retain(|i| *i < count);
                for (i, neuron) in family.neurons().iter().enumerate() {
                    if !found.dead.contains(&i)
                        && vanishes(&mut sketch, &neuron.inner()[..family.inputs()])?
                    {
                        found.constant.push(i);
                    }
                }
            }
            Ok(vec![(found, sketch)])
        },
    )?;
    Ok(joined(found))
}

/// Neighbouring ranges with the same answer are one, where ranges can be joined.
pub(super) fn joined<T: PartialEq>(parts: Vec<(Range, T)>) -> Vec<(Range, T)> {
    let mut whole: Vec<(Range, T)> = Vec::new();
    for (range, answer) in parts {
        let joint =
            whole
                .last()
                .filter(|(_, last)| *last == answer)
                .and_then(|(before, _)| match (before, range) {
                    (Range::Between(a, _), Range::From(_)) => Some(Range::From(*a)),
                    (Range::Between(a, _), Range::Between(_, b)) => Some(Range::Between(*a, b)),
                    _ => None,
                });
        match (joint, whole.last_mut()) {
            (Some(joint), Some(last)) => last.0 = joint,
            _ => whole.push((range, answer)),
        }
    }
    whole
}
