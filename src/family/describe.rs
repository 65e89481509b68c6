//! What a family is for all k: its canonical form, its degeneracies. No certificates; every answer is proved for the
//! range it is given for, like those with certificates.

use itertools::Itertools as _;
use sha2::{Digest as _, Sha256};

use super::difference::Difference;
use super::expression::Expression;
use super::network::Family;
use super::sections::{Pair, cover};
use super::sketch::Sketch;
use super::unproved::{Contradiction, Unproved};
use crate::certificate::Range;
use crate::exact::scalar::minors;
use crate::watch::Watch;

/// A canonical form R(x) = M x + ½ Σ_H κ_H |⟨n_H,x⟩| (N1).
#[derive(Clone, Debug)]
pub struct FamilyForm {
    /// M, D rows of d.
    pub linear: Vec<Vec<Expression>>,
    /// Pairs (n_H, κ_H): n_H has first non-zero entry 1, κ_H ≠ 0.
    pub kinks: Vec<(Vec<Expression>, Vec<Expression>)>,
}

impl FamilyForm {
    /// SHA-256, in hexadecimal, of the form as text, equal for equal functions however they are parametrized; `None` where entries have square
    /// roots, since one number then has several texts.
    pub fn fingerprint(&self) -> Option<String> {
        let row = |name: &str, entries: &mut dyn Iterator<Item = &Expression>| {
            let entries = entries.map(|e| e.to_quotient().map(|_| e.to_string()));
            Some(format!(
                "{name} {}\n",
                entries.collect::<Option<Vec<_>>>()?.join(" ")
            ))
        };
        let rows = self
            .linear
            .iter()
            .map(|entries| row("M", &mut entries.iter()));
        let mut rows = rows.collect::<Option<Vec<String>>>()?;
        let kinks = self
            .kinks
            .iter()
            .map(|(n, jump)| row("H", &mut n.iter().chain(jump)));
        let mut kinks = kinks.collect::<Option<Vec<String>>>()?;
        kinks.sort_unstable();
        rows.append(&mut kinks);
        let inputs = self.linear.first().map_or(0, Vec::len);
        let text = format!(
            "relucert family/1 {inputs} {}\n{}",
            self.linear.len(),
            rows.concat()
        );
        let digest = Sha256::digest(text.as_bytes());
        Some(digest.iter().map(|byte| format!("{byte:02x}")).collect())
    }
}

/// A question about one family.
pub(super) fn alone(family: &Family, watch: &Watch) -> Pair {
    Pair {
        gamma: family.clone(),
        theta: None,
        watch: watch.clone(),
    }
}

/// The canonical form for all integers k ≥ 1, by ranges. The kinks are kinks, on different hyperplanes, at every k of the range.
///
/// Cost: C(m, 2) tests of parallel rows, d minors each, a range; see [`prove_distance`](super::prove_distance) for the ranges.
///
/// # Errors
/// What could not be proved.
pub fn canonical(family: &Family, watch: &Watch) -> Result<Vec<(Range, FamilyForm)>, Unproved> {
    cover(&alone(family, watch), &|pair, _, mut sketch| {
        let difference = Difference::new(&mut sketch, &pair.gamma, None)?;
        difference.distinct(&mut sketch)?;
        let mut kinks = Vec::new();
        for kink in &difference.kinks {
            let first = kink
                .normal
                .iter()
                .position(|a| !sketch.is_zero(a))
                .ok_or(Contradiction::Normal)?;
            // Which entry is the first must not depend on k.
            for before in &kink.normal[..first] {
                sketch.zero(before.clone())?;
            }
            sketch.definite(&kink.normal[first])?;
            let lead = &kink.normal[first];
            let normal = kink
                .normal
                .iter()
                .map(|a| a.div(lead))
                .collect::<Option<_>>()
                .ok_or(Contradiction::Normal)?;
            let reversed = sketch.signs(lead).negative;
            let jump = kink.jump.iter().map(|row| {
                if reversed {
                    row[first].neg()
                } else {
                    row[first].clone()
                }
            });
            kinks.push((normal, jump.collect()));
        }
        Ok(vec![(
            FamilyForm {
                linear: difference.linear,
                kinks,
            },
            sketch,
        )])
    })
}

/// The degeneracies of a parametrization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Degeneracies {
    /// Neurons with a_i = 0 or c_i = 0.
    pub dead: Vec<usize>,
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

pub(super) fn degeneracies_at(
    sketch: &mut Sketch,
    family: &Family,
) -> Result<Degeneracies, Unproved> {
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
    let found = cover(&alone(family, watch), &|pair, _, mut sketch| {
        let found = degeneracies_at(&mut sketch, &pair.gamma)?;
        Ok(vec![(found, sketch)])
    })?;
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
