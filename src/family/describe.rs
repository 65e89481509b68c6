//! What a family is for all k: its canonical form, its degeneracies, the number of its regions. No certificates; every answer is proved for the
//! range it is given for, like those with certificates.

use itertools::Itertools as _;
use num_bigint::BigUint;
use num_traits::Zero as _;
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
use crate::exact::Rational;
use crate::network::from_certificate;
use crate::realization::{CanonicalForm, Kink};
use crate::watch::Watch;

/// Most determinants looked at for one count of regions.
const MOST_DETERMINANTS: usize = 20_000;

/// A hyperplane ⟨n,x⟩ + β = 0 across which the gradient jumps by κ nᵀ.
#[derive(Clone, Debug)]
pub struct FamilyKink {
    /// n, first non-zero entry 1.
    pub normal: Vec<Expression>,
    /// β; 0 in families without biases.
    pub offset: Expression,
    /// κ ≠ 0, one entry an output.
    pub jump: Vec<Expression>,
}

/// A canonical form R(x) = M x + q + ½ Σ_H κ_H |⟨n_H,x⟩ + β_H| (N1).
#[derive(Clone, Debug)]
pub struct FamilyForm {
    /// M, D rows of d.
    pub linear: Vec<Vec<Expression>>,
    /// q; zeros in families without biases.
    pub constant: Vec<Expression>,
    /// The hyperplanes.
    pub kinks: Vec<FamilyKink>,
}

impl FamilyForm {
    /// The form as text, the same for equal forms; `None` where entries have square roots, since one number then has several texts.
    fn text(&self) -> Option<String> {
        let row = |name: &str, entries: &mut dyn Iterator<Item = &Expression>| {
            let entries = entries.map(|e| e.to_quotient().map(|_| e.to_string()));
            let entries = entries.collect::<Option<Vec<_>>>()?;
            Some(format!("{name} {}", entries.join(" ")))
        };
        let mut rows = Vec::new();
        for entries in &self.linear {
            rows.push(row("M", &mut entries.iter())? + "\n");
        }
        let is_zero = |e: &Expression| e.to_quotient().is_some_and(|q| q.is_zero());
        if !self.constant.iter().all(is_zero) {
            rows.push(row("Q", &mut self.constant.iter())? + "\n");
        }
        let mut kinks = Vec::new();
        for kink in &self.kinks {
            let mut text = row("H", &mut kink.normal.iter().chain(&kink.jump))?;
            if !is_zero(&kink.offset) {
                text += &row(" B", &mut std::iter::once(&kink.offset))?;
            }
            kinks.push(text + "\n");
        }
        kinks.sort_unstable();
        rows.append(&mut kinks);
        let inputs = self.linear.first().map_or(0, Vec::len);
        let outputs = self.linear.len();
        Some(format!(
            "relucert family/1 {inputs} {outputs}\n{}",
            rows.concat()
        ))
    }

    /// Whether its value at k is this canonical form.
    fn is_at(&self, k: u64, form: &CanonicalForm) -> bool {
        let number = |e: &Expression| e.at(k)?.to_rational().cloned();
        let row = |row: &[Expression]| row.iter().map(number).collect::<Option<Vec<_>>>();
        let kink = |kink: &FamilyKink| {
            Some(Kink {
                normal: row(&kink.normal)?,
                offset: number(&kink.offset)?,
                jump: row(&kink.jump)?,
            })
        };
        let linear = self.linear.iter().map(|entries| row(entries));
        let Some(linear) = linear.collect::<Option<Vec<_>>>() else {
            return false;
        };
        let kinks = self.kinks.iter().map(kink).collect::<Option<Vec<_>>>();
        let (Some(constant), Some(mut kinks)) = (row(&self.constant), kinks) else {
            return false;
        };
        kinks.sort_unstable();
        linear == form.linear() && constant == form.constant() && kinks == form.kinks()
    }
}

/// SHA-256, in hexadecimal, of the function for all k ≥ 1, from its canonical forms by ranges: equal for equal functions, however they are parametrized
/// and however the ranges are cut. It is that of the form for large k as text, and of the forms of instances at those k where they are
/// not the values of the former, which are fewer than the ranges' last threshold. `None` where that form has entries with square roots, since
/// one number then has several texts.
///
/// Cost: one canonical form of numbers for each k below the last threshold.
pub fn fingerprint(
    family: &Family,
    activation: &Rational,
    forms: &[(Range, FamilyForm)],
) -> Option<String> {
    let (range, last) = forms.last()?;
    let mut text = last.text()?;
    for k in 1..range.first() {
        let network = from_certificate(&family.instance(k)?).ok()?;
        let form = CanonicalForm::with_activation(&network, activation)?;
        if !last.is_at(k, &form) {
            text += &format!("at {k} {}\n", form.fingerprint());
        }
    }
    let digest = Sha256::digest(text.as_bytes());
    Some(digest.iter().map(|byte| format!("{byte:02x}")).collect())
}

fn alone(family: &Family, activation: &Rational, watch: &Watch) -> Pair {
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
) -> Result<Vec<(Range, FamilyForm)>, Unproved> {
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
            kinks.push(FamilyKink {
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
            FamilyForm {
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

/// The number of regions of the arrangement of the hyperplanes ⟨a_i,x⟩ + b_i = 0 in R^d, for all integers k ≥ 1, by ranges: on each the signs of all
/// maximal minors stay, so the oriented matroid and the number stay what they are at its first k.
///
/// Cost: all C(m, d) maximal minors, of which there may be at most 20,000, and one count of the arrangement a range.
///
/// # Errors
/// What could not be proved or counted.
pub fn regions(family: &Family, watch: &Watch) -> Result<Vec<(Range, String)>, Unproved> {
    let parts = cover(
        &alone(family, &Rational::zero(), watch),
        &|pair, _, mut sketch| {
            let rows = rows(&mut sketch, &pair.gamma)?;
            oriented_matroid(&mut sketch, &rows)?;
            Ok(vec![(rows, sketch)])
        },
    )?;
    let counted = parts
        .into_iter()
        .map(|(range, rows)| Ok((range, count(&rows, range.first(), family, watch)?)));
    Ok(joined(counted.collect::<Result<Vec<_>, Unproved>>()?))
}

/// The non-zero rows, one of each class of parallel ones, freed from roots; with biases (0, …, 0, 1) comes first.
fn rows(sketch: &mut Sketch, family: &Family) -> Result<Vec<Vec<Quotient>>, Unproved> {
    let mut kept: Vec<&[Expression]> = Vec::new();
    let mut last = vec![Expression::zero(); family.inputs()];
    last.push(Expression::one());
    if family.offset().is_some() {
        kept.push(&last);
    }
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

fn pivot_columns(rows: &[Vec<Quotient>]) -> Vec<usize> {
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

fn determinant(mut rows: Vec<Vec<Quotient>>) -> Quotient {
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

fn count(
    rows: &[Vec<Quotient>],
    k: u64,
    family: &Family,
    watch: &Watch,
) -> Result<String, Unproved> {
    let at = |row: &Vec<Quotient>| row.iter().map(|e| e.at(k)).collect::<Option<Vec<_>>>();
    let normals = rows.iter().map(at).collect::<Option<Vec<_>>>();
    let normals = normals.ok_or(Unproved::Undefined { k })?;
    let arrangement = Arrangement::new(&normals, family.width())?;
    let options = Options {
        watch: watch.clone(),
        ..Options::default()
    };
    let count = arrangement.count(&options).map_err(Unproved::Uncounted)?;
    let count = count.to_string();
    // Of the regions of the homogenised hyperplanes and x_{d+1} = 0, half are on x_{d+1} > 0.
    let halved = || Some((count.parse::<BigUint>().ok()? / 2_u32).to_string());
    match family.offset() {
        Some(_) => Ok(halved().ok_or(Contradiction::NoRegion)?),
        None => Ok(count),
    }
}

/// Neighbouring ranges with the same answer are one, where ranges can be joined.
fn joined<T: PartialEq>(parts: Vec<(Range, T)>) -> Vec<(Range, T)> {
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
