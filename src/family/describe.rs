//! What a family is for all k: its canonical form, its degeneracies, the number of its regions. No certificates; every answer is proved for the
//! range it is given for, like those with certificates.

use itertools::Itertools as _;
use sha2::{Digest as _, Sha256};

use super::difference::{Difference, direction, minors};
use super::expression::Expression;
use super::network::Family;
use super::quotient::Quotient;
use super::sections::{Pair, cover};
use super::sketch::Sketch;
use super::unproved::{Contradiction, Misfit, TooMany, Unproved};
use crate::arrangement::{Arrangement, Options};
use crate::certificate::Range;
use crate::watch::Watch;

/// Most determinants looked at for one count of regions.
const MOST_DETERMINANTS: usize = 20_000;

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

fn alone(family: &Family, watch: &Watch) -> Pair {
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
fn is_zero(sketch: &mut Sketch, e: &Expression) -> Result<bool, Unproved> {
    let zero = sketch.is_zero(e);
    if zero {
        sketch.zero(e.clone())?
    } else {
        sketch.definite(e)?
    }
    Ok(zero)
}

/// Whether a row is zero, likewise.
fn vanishes(sketch: &mut Sketch, row: &[Expression]) -> Result<bool, Unproved> {
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

/// The number of regions of the arrangement of the hyperplanes ⟨a_i,x⟩ = 0, for all integers k ≥ 1, by ranges: on each the signs of all
/// maximal minors stay, so the oriented matroid and the number stay what they are at its first k.
///
/// Cost: all C(m, d) maximal minors, of which there may be at most 20,000, and one count of the arrangement a range.
///
/// # Errors
/// What could not be proved or counted.
pub fn regions(family: &Family, watch: &Watch) -> Result<Vec<(Range, String)>, Unproved> {
    let parts = cover(&alone(family, watch), &|pair, _, mut sketch| {
        let rows = rows(&mut sketch, &pair.gamma)?;
        oriented_matroid(&mut sketch, &rows)?;
        Ok(vec![(rows, sketch)])
    })?;
    let counted = parts
        .into_iter()
        .map(|(range, rows)| Ok((range, count(&rows, range.first(), family.inputs(), watch)?)));
    Ok(joined(counted.collect::<Result<Vec<_>, Unproved>>()?))
}

/// The non-zero rows, one of each class of parallel ones, freed from roots.
fn rows(sketch: &mut Sketch, family: &Family) -> Result<Vec<Vec<Quotient>>, Unproved> {
    let mut kept: Vec<&[Expression]> = Vec::new();
    for neuron in family.neurons() {
        let known = kept.iter().any(|row| {
            minors(row, neuron.inner())
                .iter()
                .all(|m| sketch.is_zero(m))
        });
        if !vanishes(sketch, neuron.inner())? && !known {
            kept.push(neuron.inner());
        }
    }
    let freed = |row: &&[Expression]| direction(row).map(|(row, _)| row);
    let rows = kept.iter().map(freed).collect::<Option<_>>();
    Ok(rows.ok_or(Misfit::Normal)?)
}

/// The proof needs all determinants of as many rows as the rank, in columns that carry the rank, to keep their signs.
fn oriented_matroid(sketch: &mut Sketch, rows: &[Vec<Quotient>]) -> Result<(), Unproved> {
    let columns = pivot_columns(rows);
    let subsets = || rows.iter().combinations(columns.len());
    if subsets().nth(MOST_DETERMINANTS).is_some() {
        let most = MOST_DETERMINANTS;
        return Err(TooMany::Determinants { most }.into());
    }
    let square = |subset: Vec<&Vec<Quotient>>| {
        let row = |row: &Vec<Quotient>| columns.iter().map(|&j| row[j].clone()).collect();
        determinant(subset.into_iter().map(row).collect()).into()
    };
    let determinants: Vec<Expression> = subsets().map(square).collect();
    for value in &determinants {
        is_zero(sketch, value)?;
    }
    // The rank over Q(k) is the rank at every k: one of these is nowhere 0.
    sketch.some_definite(determinants)
}

/// Columns that carry the rank of rows over Q(k).
pub(super) fn pivot_columns(rows: &[Vec<Quotient>]) -> Vec<usize> {
    let (mut work, mut pivots) = (rows.to_vec(), Vec::new());
    for column in 0..rows.first().map_or(0, Vec::len) {
        let Some(found) = work.iter().position(|row| !row[column].is_zero()) else {
            continue;
        };
        let lead = work.swap_remove(found);
        eliminate(&mut work, &lead, column);
        pivots.push(column);
    }
    pivots
}

fn eliminate(rows: &mut [Vec<Quotient>], lead: &[Quotient], column: usize) {
    let Some(inverse) = lead[column].inverse() else {
        return;
    };
    for row in rows {
        let factor = row[column].mul(&inverse);
        for (x, y) in row.iter_mut().zip(lead) {
            *x = x.sub(&factor.mul(y));
        }
    }
}

/// The determinant of a square matrix.
pub(super) fn determinant(mut rows: Vec<Vec<Quotient>>) -> Quotient {
    let mut value = Quotient::one();
    for column in 0..rows.len() {
        let Some(found) = rows.iter().position(|row| !row[column].is_zero()) else {
            return Quotient::zero();
        };
        let lead = rows.remove(found);
        value = value.mul(&lead[column]);
        if found % 2 == 1 {
            value = value.neg();
        }
        eliminate(&mut rows, &lead, column);
    }
    value
}

fn count(rows: &[Vec<Quotient>], k: u64, inputs: usize, watch: &Watch) -> Result<String, Unproved> {
    let at = |row: &Vec<Quotient>| row.iter().map(|e| e.at(k)).collect::<Option<Vec<_>>>();
    let normals = rows.iter().map(at).collect::<Option<Vec<_>>>();
    let normals = normals.ok_or(Unproved::Undefined { k })?;
    let arrangement = Arrangement::new(&normals, inputs)?;
    let options = Options {
        watch: watch.clone(),
        ..Options::default()
    };
    let count = arrangement.count(&options);
    count
        .map(|count| count.to_string())
        .map_err(Unproved::Uncounted)
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
