//! Strict feasibility over any ordered field, by Fourier–Motzkin elimination: for systems of few rows and variables whose numbers are no integers.
//!
//! Beside the simplex method, which runs on integers (in machine words as long as they last) and holds their signs at hand: functions of k have no
//! rows of integers, and what is eliminated here is asked for few signs, each of which is dear.

use std::cmp::Ordering;

use super::strict::StrictSolution;
use crate::exact::Rational;
use crate::exact::scalar::{Order, Scalar};
use crate::watch::{Stop, Watch};

/// Most inequalities at a time.
pub(crate) const MOST_INEQUALITIES: usize = 4000;

/// Which point is answered, if there are many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Coordinates {
    /// Coordinates 0, 1 and −1 where they fit.
    Simple,
    /// Away from the ends of each coordinate's interval.
    Middle,
}

/// Why it is not decided.
pub(crate) enum Undecided<E> {
    /// A limit was met.
    Stopped(Stop),
    /// There are more than [`MOST_INEQUALITIES`].
    TooMany,
    /// A sign is not known.
    Sign(E),
}

/// An inequality ⟨g, x⟩ > 0 and the multiples of the rows it is the sum of.
#[derive(Clone, Debug)]
struct Inequality<S> {
    row: Vec<S>,
    of: Vec<S>,
}

impl<S: Scalar> Inequality<S> {
    /// Whether it is a sum of multiples of rows that the other one is a sum of too: then the other one follows from the rest (Chernikov).
    fn within(&self, other: &Self) -> bool {
        let mut pairs = self.of.iter().zip(&other.of);
        pairs.all(|(own, other)| own.is_nil() || !other.is_nil())
    }

    /// How many rows the sum with another comes from. After n eliminations one that comes from more than n + 1 follows from the others
    /// (Kohler).
    fn joint(&self, other: &Self) -> usize {
        let pairs = self.of.iter().zip(&other.of);
        pairs.filter(|(x, y)| !x.is_nil() || !y.is_nil()).count()
    }

    /// The sum of multiples of two.
    fn combined(&self, factor: &S, other: &Self, by: &S) -> Self {
        let sum = |x: &[S], y: &[S]| -> Vec<S> {
            let pairs = x.iter().zip(y);
            pairs
                .map(|(x, y)| x.times(factor).plus(&y.times(by)))
                .collect()
        };
        Inequality {
            row: sum(&self.row, &other.row),
            of: sum(&self.of, &other.of),
        }
    }
}

/// Decides whether some x of `dimension` coordinates has ⟨g, x⟩ > 0 for all rows g, with proof either way.
///
/// Cost: n²/4 sums for n inequalities, for each variable; n may grow as fast as that, though Chernikov's and Kohler's rules leave most out.
///
/// # Errors
/// There are too many inequalities, a limit of `watch` was met, or a sign is not known.
pub(crate) fn eliminate<S: Scalar, O: Order<S>>(
    order: &mut O,
    rows: &[Vec<S>],
    dimension: usize,
    wanted: Coordinates,
    watch: &Watch,
) -> Result<StrictSolution<S>, Undecided<O::Undecided>> {
    let unit = |i: usize| {
        let entry = |j| if i == j { S::unit() } else { S::nil() };
        (0..rows.len()).map(entry).collect()
    };
    let rows = rows.iter().enumerate();
    let mut system: Vec<Inequality<S>> = rows
        .map(|(i, row)| Inequality {
            row: row.clone(),
            of: unit(i),
        })
        .collect();
    let mut stages = Vec::with_capacity(dimension);
    for variable in 0..dimension {
        let (mut plus, mut minus, mut next) = (Vec::new(), Vec::new(), Vec::new());
        for inequality in &system {
            match sign(order, &inequality.row[variable])? {
                Ordering::Greater => plus.push(inequality),
                Ordering::Less => minus.push(inequality),
                Ordering::Equal => next.push(inequality.clone()),
            }
        }
        for p in &plus {
            for m in &minus {
                watch.check().map_err(Undecided::Stopped)?;
                if p.joint(m) > variable + 2 {
                    continue;
                }
                let sum = p.combined(&m.row[variable].negative(), m, &p.row[variable]);
                if next.iter().any(|other| other.within(&sum)) {
                    continue;
                }
                next.retain(|other| !sum.within(other));
                next.push(sum);
                if next.len() > MOST_INEQUALITIES {
                    return Err(Undecided::TooMany);
                }
            }
        }
        stages.push(system);
        system = next;
    }
    if let Some(contradiction) = system.into_iter().next() {
        let multipliers = contradiction.of.into_iter().enumerate();
        let multipliers = multipliers.filter(|(_, y)| !y.is_nil());
        return Ok(StrictSolution::Farkas(multipliers.collect()));
    }
    let mut point = vec![S::nil(); dimension];
    for (variable, stage) in stages.iter().enumerate().rev() {
        point[variable] = coordinate(order, stage, variable, &point, wanted)?;
    }
    Ok(StrictSolution::Point(point))
}

fn sign<S: Scalar, O: Order<S>>(
    order: &mut O,
    number: &S,
) -> Result<Ordering, Undecided<O::Undecided>> {
    order.sign(number).map_err(Undecided::Sign)
}

/// A value for one variable, given all later ones.
fn coordinate<S: Scalar, O: Order<S>>(
    order: &mut O,
    stage: &[Inequality<S>],
    variable: usize,
    point: &[S],
    wanted: Coordinates,
) -> Result<S, Undecided<O::Undecided>> {
    let mut below = |x: &S, y: &S| Ok(sign(order, &y.less(x))?.is_gt());
    let (mut lower, mut upper): (Option<S>, Option<S>) = (None, None);
    for Inequality { row, .. } in stage {
        let Some(inverse) = row[variable].reciprocal() else {
            continue;
        };
        let rest = S::inner_product(&row[variable + 1..], &point[variable + 1..]);
        let limit = rest.times(&inverse).negative();
        if below(&S::nil(), &row[variable])? {
            let tighter = lower.as_ref().map(|old| below(old, &limit)).transpose()?;
            if tighter.unwrap_or(true) {
                lower = Some(limit);
            }
        } else {
            let tighter = upper.as_ref().map(|old| below(&limit, old)).transpose()?;
            if tighter.unwrap_or(true) {
                upper = Some(limit);
            }
        }
    }
    if wanted == Coordinates::Simple || lower.is_none() || upper.is_none() {
        for x in [S::nil(), S::unit(), S::unit().negative()] {
            let above = lower.as_ref().map(|l| below(l, &x)).transpose()?;
            if above.unwrap_or(true) {
                let under = upper.as_ref().map(|u| below(&x, u)).transpose()?;
                if under.unwrap_or(true) {
                    return Ok(x);
                }
            }
        }
    }
    let half: S = Rational::new(1.into(), 2.into()).into();
    Ok(match (lower, upper) {
        (Some(l), Some(u)) => l.plus(&u).times(&half),
        (Some(l), None) => l.plus(&S::unit()),
        (None, Some(u)) => u.less(&S::unit()),
        (None, None) => S::nil(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exact::lp::strict_feasibility;
    use crate::exact::rows::clear_denominators;
    use crate::exact::scalar::Numbers;

    /// Every choice of signs, with the answer checked by what it means and by the simplex method.
    #[test]
    fn points_and_dependences_are_what_they_say_and_the_simplex_method_agrees() {
        let rows = [
            [3, 10, 0],
            [10, -3, 3],
            [0, 30, -1],
            [1, 1, 1],
            [50, 0, -2],
            [-7, 70, 14],
        ];
        let number = |n: i64| Rational::from_integer(n.into());
        let mut feasible = 0;
        for choice in 0..1_u32 << rows.len() {
            let oriented = rows.iter().enumerate().map(|(i, row)| {
                let sign = if choice >> i & 1 == 1 { -1 } else { 1 };
                row.iter().map(|x| number(sign * x)).collect()
            });
            let oriented: Vec<Vec<Rational>> = oriented.collect();
            let integers = oriented.iter().map(|row| clear_denominators(row).entries);
            let integers: Vec<_> = integers.collect();
            let other = strict_feasibility(&integers, 3, &Watch::none()).expect("no limit");
            for wanted in [Coordinates::Simple, Coordinates::Middle] {
                let found = eliminate(&mut Numbers, &oriented, 3, wanted, &Watch::none());
                match found.unwrap_or_else(|_| panic!("few inequalities")) {
                    StrictSolution::Point(point) => {
                        feasible += 1;
                        assert!(matches!(other, StrictSolution::Point(_)));
                        let side = |row: &Vec<Rational>| Scalar::inner_product(row, &point);
                        assert!(oriented.iter().all(|row| side(row) > number(0)));
                    }
                    StrictSolution::Farkas(of) => {
                        assert!(matches!(other, StrictSolution::Farkas(_)));
                        assert!(!of.is_empty() && of.iter().all(|(_, y)| *y > number(0)));
                        let sum = of.iter().fold(vec![number(0); 3], |sum, (i, y)| {
                            let pairs = sum.iter().zip(&oriented[*i]);
                            pairs.map(|(sum, x)| sum + x * y).collect()
                        });
                        assert_eq!(sum, vec![number(0); 3]);
                    }
                }
            }
        }
        // Six planes in general position through the origin: 2·(1 + 5 + 10) regions.
        assert_eq!(feasible, 2 * 32);
    }
}
