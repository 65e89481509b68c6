//! Strict feasibility over the ordered field Q(k), by Fourier–Motzkin elimination. Families have few hyperplanes and inputs.

use num_traits::One as _;

use super::polynomial::{Place, Signs};
use super::quotient::Quotient;
use super::unproved::{TooMany, Unproved};
use crate::exact::Rational;
use crate::watch::Watch;

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

impl Inequality {
    /// Whether it is a sum of multiples of rows that the other one is a sum of too: then the other one follows from the rest (Chernikov).
    fn within(&self, other: &Self) -> bool {
        let mut pairs = self.of.iter().zip(&other.of);
        pairs.all(|(own, other)| own.is_zero() || !other.is_zero())
    }
}

/// How many rows the sum of two inequalities comes from. After n eliminations one that comes from more than n + 1 follows from the others
/// (Kohler).
fn joint(a: &Inequality, b: &Inequality) -> usize {
    let pairs = a.of.iter().zip(&b.of);
    pairs.filter(|(x, y)| !x.is_zero() || !y.is_zero()).count()
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
/// There are too many inequalities, or a limit of `watch` was met.
pub fn strictly_feasible(
    rows: &[Vec<Quotient>],
    dimension: usize,
    place: Place,
    taste: Taste,
    watch: &Watch,
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
        for p in &plus {
            for m in &minus {
                watch.check()?;
                if joint(p, m) > variable + 2 {
                    continue;
                }
                let sum = combined(p, &m.row[variable].neg(), m, &p.row[variable]);
                if next.iter().any(|other| other.within(&sum)) {
                    continue;
                }
                next.retain(|other| !sum.within(other));
                next.push(sum);
                if next.len() > MOST_ROWS {
                    let most = MOST_ROWS;
                    return Err(TooMany::Inequalities { most }.into());
                }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::family::parse;

    fn rows(texts: &[&str]) -> Vec<Vec<Quotient>> {
        let entry = |text: &str| parse(text).unwrap().to_quotient().unwrap();
        texts
            .iter()
            .map(|row| row.split(' ').map(entry).collect())
            .collect()
    }

    /// Every choice of signs, with the answer checked by what it means.
    #[test]
    fn points_and_dependences_are_what_they_say() {
        let rows = rows(&["1 k 0", "k -1 1", "0 1 -1/k", "1 1 1", "k^2 0 -1", "-1 k 2"]);
        let mut feasible = 0;
        for choice in 0..1_u32 << rows.len() {
            let oriented = rows.iter().enumerate().map(|(i, row)| {
                let flip = choice >> i & 1 == 1;
                row.iter()
                    .map(|x| if flip { x.neg() } else { x.clone() })
                    .collect()
            });
            let oriented: Vec<Vec<Quotient>> = oriented.collect();
            let dot = |x: &[Quotient], y: &[Quotient]| {
                x.iter()
                    .zip(y)
                    .fold(Quotient::zero(), |sum, (a, b)| sum.add(&a.mul(b)))
            };
            for taste in [Taste::Simple, Taste::Middle] {
                match strictly_feasible(&oriented, 3, Place::Infinity, taste, &Watch::none())
                    .unwrap()
                {
                    Answer::Point(point) => {
                        feasible += 1;
                        assert!(
                            oriented
                                .iter()
                                .all(|row| dot(row, &point).signs(Place::Infinity)
                                    == Signs::POSITIVE)
                        );
                    }
                    Answer::Dependence(of) => {
                        assert!(
                            !of.is_empty()
                                && of
                                    .iter()
                                    .all(|(_, y)| y.signs(Place::Infinity) == Signs::POSITIVE)
                        );
                        let sum = of.iter().fold(vec![Quotient::zero(); 3], |sum, (i, y)| {
                            let entries = sum.iter().zip(&oriented[*i]);
                            entries.map(|(sum, x)| sum.add(&x.mul(y))).collect()
                        });
                        assert!(sum.iter().all(Quotient::is_zero));
                    }
                }
            }
        }
        // Six planes in general position through the origin: 2·(1 + 5 + 10) regions.
        assert_eq!(feasible, 2 * 32);
    }
}
