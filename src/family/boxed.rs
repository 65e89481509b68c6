//! Families on a box: the sup norm, and whether two of them agree there, with proofs.
//!
//! A function that is linear in pieces is largest at a vertex: where d independent ones of its kinks and of the box's facets meet. With minors of their rows for
//! coordinates, (x·D, D) with their determinant D, nothing is divided by what may be 0 somewhere.

use super::difference::{Difference, direction};
use super::domain::{check, stated};
use super::expression::{Expression, dot};
use super::network::Family;
use super::prove::about_difference;
use super::quotient::Quotient;
use super::sections::Proved;
use super::sketch::{Draft, Sketch};
use super::unproved::{Contradiction, Misfit, TooMany, Unproved};
use super::wedge::{MOST_COLUMNS, Wedge, choices};
use crate::certificate::{Holds, SectionFact};
use crate::exact::Rational;
use crate::realization::Domain;
use crate::watch::Watch;

/// Most choices of d kinks and facets that are gone through, as for numbers.
const MOST_VERTICES: u128 = 20_000;

/// The sup norm of R(Θ) − R(Γ) (of R(Γ) without Θ) on a box as a function of k, exactly, for all integers k ≥ 1, with a certificate; of networks with the
/// activation max(a·t, t), a = 0 for ReLU.
///
/// Cost, a range: the at most 20,000 choices of d of the kinks and facets, each an extension of a minor and, inside the box, one value of the function.
///
/// # Errors
/// What could not be proved; [`Unproved::Sides`] if the box has not one side an input.
pub fn prove_sup_norm(
    gamma: &Family,
    theta: Option<&Family>,
    activation: &Rational,
    domain: &Domain,
    watch: &Watch,
) -> Result<Proved, Unproved> {
    check(domain, gamma)?;
    about_difference(gamma, theta, activation, watch, |sketch, _, difference| {
        sup_norm(sketch, difference, domain)
    })
}

/// That two families are the same function on a box for every integer k ≥ 1.
///
/// Source: N1. Cost: that of one canonical form a range, and d products a kink.
///
/// # Errors
/// Where they differ, or what could not be proved; [`Unproved::Sides`] if the box has not one side an input.
pub fn prove_equal_on(
    gamma: &Family,
    theta: &Family,
    activation: &Rational,
    domain: &Domain,
    watch: &Watch,
) -> Result<Proved, Unproved> {
    check(domain, gamma)?;
    about_difference(
        gamma,
        Some(theta),
        activation,
        watch,
        |mut sketch, _, difference| {
            on_box(&mut sketch, difference, domain)?.vanishes(&mut sketch)?;
            Ok(Draft {
                holds: Holds::Equal {
                    domain: Some(stated(domain)),
                },
                value: None,
                steps: vec![SectionFact::Equal {}],
                sketch,
            })
        },
    )
}

fn number(value: &Rational) -> Expression {
    Quotient::constant(value.clone()).into()
}

/// The proof needs the number to have, at most, the sign it has at the place; answers whether it is not negative there.
fn side(sketch: &mut Sketch, number: Expression) -> Result<bool, Unproved> {
    let plus = sketch.is_non_negative(&number);
    sketch.non_negative(if plus { number } else { number.neg() })?;
    Ok(plus)
}

/// Σ rows of a matrix times a point, whose last coordinate, if it is one more than a row has, is left out.
fn products(matrix: &[Vec<Expression>], point: &[Expression]) -> Vec<Expression> {
    let product = |row: &Vec<Expression>| dot(row, point);
    matrix.iter().map(product).collect()
}

/// The function on the box: kinks that do not meet its interior are folded into the linear part.
fn on_box(
    sketch: &mut Sketch,
    difference: &Difference,
    domain: &Domain,
) -> Result<Difference, Unproved> {
    let mut folded = Difference {
        linear: difference.linear.clone(),
        columns: difference.columns,
        kinks: Vec::new(),
    };
    for kink in &difference.kinks {
        let (mut least, mut most, mut entries) =
            (Expression::zero(), Expression::zero(), Vec::new());
        for (j, entry) in kink.normal.iter().enumerate() {
            // Beyond the inputs there is the offset.
            let Some((lower, upper)) = domain.sides().get(j) else {
                least = least.add(entry);
                most = most.add(entry);
                continue;
            };
            let size = sketch.abs(entry);
            let (low, high) = match sketch.is_non_negative(entry) {
                true => (lower, upper),
                false => (upper, lower),
            };
            least = least.add(&entry.mul(&number(low)));
            most = most.add(&entry.mul(&number(high)));
            entries.push(size);
        }
        let plus = match (
            sketch.is_non_negative(&least),
            sketch.is_non_negative(&most.neg()),
        ) {
            (true, _) => {
                entries.push(least);
                true
            }
            (_, true) => {
                entries.push(most.neg());
                false
            }
            _ => {
                folded.kinks.push(kink.clone());
                continue;
            }
        };
        entries
            .into_iter()
            .try_for_each(|entry| sketch.non_negative(entry))?;
        for (row, jump) in folded.linear.iter_mut().zip(&kink.jump) {
            for (entry, jump) in row.iter_mut().zip(jump) {
                let half = jump.half();
                *entry = if plus {
                    entry.add(&half)
                } else {
                    entry.sub(&half)
                };
            }
        }
    }
    Ok(folded)
}

/// The vertices: (x·D, D), D positive at the place.
struct Vertices<'a> {
    rows: Vec<Vec<Quotient>>,
    inputs: usize,
    sketch: &'a Sketch,
    found: Vec<Vec<Expression>>,
}

impl Vertices<'_> {
    fn search(&mut self, first: usize, taken: usize, minors: &Wedge) -> Result<(), Unproved> {
        self.sketch.watch().check()?;
        if taken == self.inputs {
            self.found.extend(self.vertex(minors));
            return Ok(());
        }
        let last = (self.rows.len() + taken + 1).saturating_sub(self.inputs);
        for row in first..last {
            let more = minors.with(&self.rows[row]);
            // Without the last column, of what rows are equal to, their normals are dependent.
            if !more.are_dependent(self.inputs) {
                self.search(row + 1, taken + 1, &more)?;
            }
        }
        Ok(())
    }

    fn vertex(&self, minors: &Wedge) -> Option<Vec<Expression>> {
        let cofactors = minors.cofactors(self.inputs + 1).into_iter();
        let mut point: Vec<Expression> = cofactors.map(Expression::from).collect();
        let signs = self.sketch.signs(point.last()?);
        if signs.negative {
            point = point.iter().map(Expression::neg).collect();
        }
        // Where it is 0 at a single k there is no vertex.
        (!self.sketch.is_zero(point.last()?)).then_some(point)
    }
}

/// Rows (n, b) of ⟨n,x⟩ + b = 0: those of the kinks, freed from roots, and the facets'.
fn rows(difference: &Difference, domain: &Domain) -> Result<Vec<Vec<Quotient>>, Unproved> {
    let inputs = domain.sides().len();
    let mut rows = Vec::new();
    for kink in &difference.kinks {
        let (mut row, _) = direction(&kink.normal).ok_or(Misfit::KinkNormal)?;
        row.resize(inputs + 1, Quotient::zero());
        rows.push(row);
    }
    for (j, (lower, upper)) in domain.sides().iter().enumerate() {
        for end in [lower, upper] {
            let mut row = vec![Quotient::zero(); inputs];
            row[j] = Quotient::one();
            row.push(Quotient::constant(-end));
            rows.push(row);
        }
    }
    Ok(rows)
}

/// How far inside the facets a point (x·D, D) is, times D.
fn distances(point: &[Expression], domain: &Domain) -> Vec<Expression> {
    let scale = point.last().cloned().unwrap_or_else(Expression::one);
    let sides = point.iter().zip(domain.sides());
    let ends = sides.flat_map(|(x, (lower, upper))| {
        let at = |end: &Rational| scale.mul(&number(end));
        [x.sub(&at(lower)), at(upper).sub(x)]
    });
    ends.collect()
}

/// Twice every output at a point (x·D, D), and the sides of kinks that the proof then needs.
fn twice_at(
    sketch: &mut Sketch,
    difference: &Difference,
    point: &[Expression],
) -> Result<Vec<Expression>, Unproved> {
    let linear = products(&difference.linear, point);
    let mut twice: Vec<Expression> = linear.iter().map(|value| value.add(value)).collect();
    for kink in &difference.kinks {
        let plus = side(sketch, dot(&kink.normal, point))?;
        for (sum, change) in twice.iter_mut().zip(products(&kink.jump, point)) {
            *sum = if plus {
                sum.add(&change)
            } else {
                sum.sub(&change)
            };
        }
    }
    Ok(twice)
}

/// The largest absolute value on the box.
fn sup_norm(
    mut sketch: Sketch,
    difference: &Difference,
    domain: &Domain,
) -> Result<Draft, Unproved> {
    let rows = rows(difference, domain)?;
    let inputs = domain.sides().len();
    let found = choices(rows.len(), inputs);
    if found > MOST_VERTICES || inputs >= MOST_COLUMNS {
        let most = MOST_VERTICES;
        return Err(TooMany::Vertices { found, most }.into());
    }
    let mut vertices = Vertices {
        rows,
        inputs,
        sketch: &sketch,
        found: Vec::new(),
    };
    vertices.search(0, 0, &Wedge::none())?;
    let vertices = vertices.found;
    let mut inside = Vec::new();
    let mut best: Option<(Expression, Vec<Expression>)> = None;
    for point in vertices {
        side(&mut sketch, point[inputs].clone())?;
        let outside: Vec<Expression> = distances(&point, domain)
            .into_iter()
            .filter(|distance| !sketch.is_non_negative(distance))
            .map(|distance| distance.neg())
            .collect();
        if !outside.is_empty() {
            // At single k it may be on the facet: there the sup norm is a limit, as everything is continuous in k.
            sketch.some_almost_positive(outside)?;
            continue;
        }
        let twice = twice_at(&mut sketch, difference, &point)?;
        let scale = point[inputs].add(&point[inputs]);
        for output in &twice {
            let value = sketch.abs(output).div(&scale);
            let value = value.ok_or(Contradiction::Normal)?;
            let larger = |(best, _): &(Expression, _)| sketch.is_positive(&value.sub(best));
            if best.as_ref().is_none_or(larger) {
                best = Some((value, point.clone()));
            }
        }
        inside.push((scale, twice));
    }
    // A box has corners.
    let (value, point) = best.ok_or(Contradiction::NoRegion)?;
    for (scale, twice) in inside {
        let bound = value.mul(&scale);
        for output in twice {
            sketch.non_negative(bound.sub(&output))?;
            sketch.non_negative(bound.add(&output))?;
        }
    }
    let coordinates = point[..inputs].iter().map(|x| x.div(&point[inputs]));
    let point: Vec<Expression> = coordinates
        .collect::<Option<_>>()
        .ok_or(Contradiction::Normal)?;
    attained(&mut sketch, difference, domain, &point)?;
    sketch.non_negative(value.clone())?;
    let stated_value = sketch.formula(&value)?;
    let step = SectionFact::SupNorm {
        point: sketch.formulas(&point)?,
        value: stated_value.clone(),
    };
    Ok(Draft {
        holds: Holds::SupNorm {
            domain: stated(domain),
            value: stated_value,
        },
        value: Some(value),
        steps: vec![step],
        sketch,
    })
}

/// The proof needs the point to be in the box and on one side of each kink.
fn attained(
    sketch: &mut Sketch,
    difference: &Difference,
    domain: &Domain,
    point: &[Expression],
) -> Result<(), Unproved> {
    let mut whole = point.to_vec();
    whole.push(Expression::one());
    for distance in distances(&whole, domain) {
        sketch.non_negative(distance)?;
    }
    twice_at(sketch, difference, &whole).map(drop)
}
