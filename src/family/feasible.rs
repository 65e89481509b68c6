//! Strict feasibility over the ordered field Q(k), by Fourier–Motzkin elimination. Families have few hyperplanes and inputs.

use num_traits::One as _;

use super::expression::Quotient;
use super::polynomial::{Place, Signs};
use super::sketch::Unproved;
use crate::exact::Rational;

/// Most inequalities at a time.
const MOST_ROWS: usize = 4000;

/// Whether some x has ⟨g, x⟩ > 0 for all rows g, with proof.
#[derive(Clone, Debug)]
pub enum Answer {
    /// A point.
    Point(Vec<Quotient>),
    /// Pairs (row, λ > 0) with Σ λ g = 0.
    Dependence(Vec<(usize, Quotient)>),
}

/// Which point is wanted, if there are many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taste {
    /// Coordinates 0, 1 and −1 where they fit.
    Simple,
    /// Away from the ends of each coordinate's interval.
    Middle,
}

/// An inequality ⟨g, x⟩ > 0 and the multiples of the rows it is the sum of.
#[derive(Clone, Debug)]
struct Inequality {
    row: Vec<Quotient>,
    of: Vec<Quotient>,
}

fn combined(
    a: &Inequality,
    factor_a: &Quotient,
    b: &Inequality,
    factor_b: &Quotient,
) -> Inequality {
    let sum = |x: &[Quotient], y: &[Quotient]| -> Vec<Quotient> {
        x.iter()
            .zip(y)
            .map(|(x, y)| x.mul(factor_a).add(&y.mul(factor_b)))
            .collect()
    };
    Inequality {
        row: sum(&a.row, &b.row),
        of: sum(&a.of, &b.of),
    }
}

/// Decides it at a place where every number has one sign.
///
/// # Errors
/// There are too many inequalities.
pub fn strictly_feasible(
    rows: &[Vec<Quotient>],
    dimension: usize,
    place: Place,
    taste: Taste,
) -> Result<Answer, Unproved> {
    let unit = |i: usize| {
        let entry = |j| {
            if i == j {
                Quotient::one()
            } else {
                Quotient::zero()
            }
        };
        (0..rows.len()).map(entry).collect()
    };
    let rows = rows.iter().enumerate();
    let mut system: Vec<Inequality> = rows
        .map(|(i, row)| Inequality {
            row: row.clone(),
            of: unit(i),
        })
        .collect();
    let mut stages = Vec::with_capacity(dimension);
    for variable in 0..dimension {
        let sign =
            |inequality: &&Inequality, wanted| inequality.row[variable].signs(place) == wanted;
        let with = |wanted| {
            system
                .iter()
                .filter(|i| sign(i, wanted))
                .cloned()
                .collect::<Vec<_>>()
        };
        let (plus, minus, mut next) = (
            with(Signs::POSITIVE),
            with(Signs::NEGATIVE),
            with(Signs::ZERO),
        );
        if plus.len() * minus.len() + next.len() > MOST_ROWS {
            return Err(Unproved(format!(
                "more than {MOST_ROWS} inequalities in one elimination"
            )));
        }
        for p in &plus {
            for m in &minus {
                next.push(combined(p, &m.row[variable].neg(), m, &p.row[variable]));
            }
        }
        stages.push(system);
        system = next;
    }
    if let Some(contradiction) = system.into_iter().next() {
        let multipliers = contradiction.of.into_iter().enumerate();
        return Ok(Answer::Dependence(
            multipliers.filter(|(_, y)| !y.is_zero()).collect(),
        ));
    }
    let mut point = vec![Quotient::zero(); dimension];
    for (variable, stage) in stages.iter().enumerate().rev() {
        point[variable] = coordinate(stage, variable, &point, place, taste);
    }
    Ok(Answer::Point(point))
}

/// A value for one variable, given all later ones.
fn coordinate(
    stage: &[Inequality],
    variable: usize,
    point: &[Quotient],
    place: Place,
    taste: Taste,
) -> Quotient {
    let below = |x: &Quotient, y: &Quotient| y.sub(x).signs(place) == Signs::POSITIVE;
    let (mut lower, mut upper): (Option<Quotient>, Option<Quotient>) = (None, None);
    for Inequality { row, .. } in stage {
        let later = row.iter().zip(point).skip(variable + 1);
        let rest = later.fold(Quotient::zero(), |sum, (g, x)| sum.add(&g.mul(x)));
        let Some(inverse) = row[variable].inverse() else {
            continue;
        };
        let limit = rest.mul(&inverse).neg();
        let (side, tighter) = match row[variable].signs(place) == Signs::POSITIVE {
            true => (&mut lower, lower_is_tighter as fn(_, _) -> _),
            false => (&mut upper, upper_is_tighter as fn(_, _) -> _),
        };
        let replace = side.as_ref().is_none_or(|old| {
            let (small, large) = tighter(old, &limit);
            below(small, large)
        });
        if replace {
            *side = Some(limit);
        }
    }
    let fits = |x: &Quotient| {
        lower.as_ref().is_none_or(|l| below(l, x)) && upper.as_ref().is_none_or(|u| below(x, u))
    };
    let simple = [Quotient::zero(), Quotient::one(), Quotient::one().neg()];
    let bounded = lower.is_some() && upper.is_some();
    if let Some(x) = simple
        .into_iter()
        .find(fits)
        .filter(|_| taste == Taste::Simple || !bounded)
    {
        return x;
    }
    let half = Rational::new(1.into(), 2.into());
    match (lower, upper) {
        (Some(l), Some(u)) => l.add(&u).scale(&half),
        (Some(l), None) => l.add(&Quotient::constant(Rational::one())),
        (None, Some(u)) => u.sub(&Quotient::constant(Rational::one())),
        (None, None) => Quotient::zero(),
    }
}

/// A new lower limit is tighter if it is larger: (small, large).
fn lower_is_tighter<'a>(old: &'a Quotient, new: &'a Quotient) -> (&'a Quotient, &'a Quotient) {
    (old, new)
}

/// A new upper limit is tighter if it is smaller.
fn upper_is_tighter<'a>(old: &'a Quotient, new: &'a Quotient) -> (&'a Quotient, &'a Quotient) {
    (new, old)
}
