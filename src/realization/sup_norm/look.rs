//! One part looked at: slopes for a bound, a point for a value, and where to divide.

use num_bigint::BigInt;
use num_traits::{One as _, Signed as _, Zero as _};

use super::place::{Crossing, Goal, Place, SLOPE, Slopes, add};
use super::scaled::{CubePoint, HALVINGS, Scaled, UNIT};
use crate::advice::{Guide, Question};
use crate::exact::Rational;
use crate::exact::gcd::reduced;
use crate::exact::lp::{Peak, climb};
use crate::watch::{Stop, Watch};

/// How much steeper than 1 slopes of decided kinks may be at first.
const CAP: u32 = 16;

/// How a part is divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Branch {
    /// A side of the cube is halved.
    Halve(usize),
    /// A kink is decided.
    Decide(usize),
}

/// What is known of a part.
pub(super) struct Seen {
    pub bound: Rational,
    pub slopes: Slopes,
    /// A point of the part, and the value there.
    pub point: Option<(CubePoint, Rational)>,
    /// None if the part is closed.
    pub branch: Option<Branch>,
}

/// Looks at parts for one goal.
pub(super) struct Looker<'a> {
    pub scaled: &'a Scaled<'a>,
    pub goal: &'a Goal,
    pub guide: &'a mut dyn Guide,
    pub watch: &'a Watch,
    /// What may stay open above the largest value.
    pub gap: &'a Rational,
}

/// A linear program for slopes: one concave function above the part's.
struct Program {
    affine: Vec<BigInt>,
    bends: Vec<(usize, [BigInt; 2])>,
}

impl Looker<'_> {
    /// Looks at a part that is closed by `line`.
    pub fn look(&mut self, place: &Place, line: &Rational) -> Result<Seen, Stop> {
        self.watch.check()?;
        let mut seen = Seen {
            bound: place.bound(self.scaled, self.goal, &Vec::new()),
            slopes: Vec::new(),
            point: None,
            branch: None,
        };
        if place.is_empty || seen.bound <= *line {
            return Ok(seen);
        }
        let mut line = line.clone();
        let (mut raised, mut cap): (Vec<usize>, u32) = (Vec::new(), CAP);
        let (mut peak, mut is_exact, mut was_raised, mut rounds) = (None, false, false, 0);
        loop {
            let program = self.program(place, &raised, cap);
            let question = Question {
                ends: &place.ends,
                unit: UNIT,
                affine: &program.affine,
                bends: &program.bends,
            };
            let found = match peak {
                None => self.guide.peak(&question),
                Some(guess) if !is_exact => guess,
                Some(guess) => {
                    let hill = question.hill(&self.scaled.rows);
                    climb(&hill, Some(&guess), None, self.watch)?
                }
            };
            let found = found.fitting(place.ends.len(), program.bends.len());
            self.bound(place, &program, &found, &raised, &line, &mut seen)?;
            if seen.bound <= line {
                return Ok(seen);
            }
            let point = self.point(place, &program, &found)?;
            let value = place.value(self.scaled, self.goal, &point);
            line = line.max(&value + self.gap);
            let gaps = self.gaps(place, &point);
            let low: Vec<usize> = self.low(place, &point);
            if seen.point.as_ref().is_none_or(|(_, known)| value > *known) {
                seen.point = Some((point.clone(), value));
            }
            if seen.bound <= line {
                return Ok(seen);
            }
            if !was_raised && &seen.bound - &line <= self.rounding(place) {
                (raised, was_raised, peak) = (low, true, Some(found));
                continue;
            }
            // Advice that leaves as much open as it closes is bad: the linear program is solved without it.
            let open = &seen.bound - &line;
            let relaxed = self.relaxed(place, &program, &raised, &point);
            if !is_exact && &seen.bound - relaxed > open / Rational::from_integer(2.into()) {
                (is_exact, peak) = (true, Some(found));
                continue;
            }
            if let Some(branch) = self.branch(place, &gaps) {
                seen.branch = Some(branch);
                return Ok(seen);
            }
            // Where nothing bends upward the linear program is all: it is solved, with slopes as steep as it takes.
            if is_exact && self.strays(place, &point) {
                cap += 8;
            } else if rounds < 3 && (!is_exact || raised != low) {
                (raised, rounds) = (low, rounds + 1);
            } else {
                let convex = place.open.iter().filter(|x| x.is_convex(self.goal));
                seen.branch = convex.map(|x| Branch::Decide(x.kink)).next();
                return Ok(seen);
            }
            (is_exact, peak) = (true, Some(found));
        }
    }

    /// A higher point, from peak to peak of the concave functions below the function that touch it at the point: kinks that bend it upward keep their side.
    pub fn ascend(
        &mut self,
        whole: &Place,
        start: CubePoint,
    ) -> Result<(CubePoint, Rational), Stop> {
        let mut best = start;
        let mut value = whole.value(self.scaled, self.goal, &best);
        for _ in 0..20 {
            self.watch.check()?;
            let mut program = Program {
                affine: whole.linear.clone(),
                bends: Vec::new(),
            };
            for crossing in &whole.open {
                let (row, weight) = (crossing.kink, &self.goal.weights[crossing.kink]);
                if weight.is_negative() {
                    program.bends.push((row, [weight.clone(), -weight]));
                    continue;
                }
                let plus = !best.value(&self.scaled.rows[row]).is_negative();
                let weight = if plus { weight.clone() } else { -weight };
                add(&mut program.affine, &self.scaled.rows[row], &weight);
            }
            let peak = self.guide.peak(&Question {
                ends: &whole.ends,
                unit: UNIT,
                affine: &program.affine,
                bends: &program.bends,
            });
            let peak = peak.fitting(whole.ends.len(), program.bends.len());
            let next = self.point(whole, &program, &peak)?;
            let there = whole.value(self.scaled, self.goal, &next);
            if there <= value {
                break;
            }
            (best, value) = (next, there);
        }
        Ok((best, value))
    }

    /// Slopes are multipliers, times the weights and 2^SLOPE.
    fn program(&self, place: &Place, raised: &[usize], cap: u32) -> Program {
        let mut affine: Vec<BigInt> = place.linear.iter().map(|x| x << SLOPE).collect();
        let mut bends = Vec::new();
        for crossing in &place.open {
            let (row, weight) = (crossing.kink, &self.goal.weights[crossing.kink]);
            let one = weight << SLOPE;
            match crossing.side {
                None if weight.is_negative() => {
                    bends.push((row, [one.clone(), -one]));
                    continue;
                }
                None => {
                    let slope = crossing.slope(self.goal) + BigInt::from(raised.contains(&row));
                    add(&mut affine, &self.scaled.rows[row], &(weight * slope));
                    continue;
                }
                Some(true) => {
                    add(&mut affine, &self.scaled.rows[row], &one);
                    bends.push((row, [BigInt::zero(), weight.abs() << (SLOPE + cap)]));
                }
                Some(false) => {
                    add(&mut affine, &self.scaled.rows[row], &-one);
                    bends.push((row, [-weight.abs() << (SLOPE + cap), BigInt::zero()]));
                }
            }
        }
        Program { affine, bends }
    }

    /// The concave function's value at the point: the bound, where the point is its peak.
    fn relaxed(
        &self,
        place: &Place,
        program: &Program,
        raised: &[usize],
        point: &CubePoint,
    ) -> Rational {
        let mut value = point.value(&program.affine);
        for (row, [least, most]) in &program.bends {
            let t = point.value(&self.scaled.rows[*row]);
            value += (&t * least).min(&t * most);
        }
        let common = BigInt::one() << SLOPE;
        let mut above = BigInt::zero();
        for crossing in &place.open {
            if crossing.is_convex(self.goal) {
                let up = BigInt::from(raised.contains(&crossing.kink));
                let slope = crossing.slope(self.goal) + up;
                above += crossing.above(self.goal, &slope, &common);
            }
        }
        let over = |x: BigInt, unit: BigInt| reduced(x, unit << SLOPE);
        over(value, point.denominator.clone()) + over(above, BigInt::one() << HALVINGS)
    }

    /// The bound that slopes of the peak give, with rounded slopes if these are enough.
    fn bound(
        &self,
        place: &Place,
        program: &Program,
        peak: &Peak,
        raised: &[usize],
        line: &Rational,
        seen: &mut Seen,
    ) -> Result<(), Stop> {
        let multipliers = self.multipliers(program, peak)?;
        for is_rounded in [true, false] {
            let mut slopes: Slopes = Vec::new();
            let mut given = program.bends.iter().zip(&multipliers).peekable();
            for crossing in &place.open {
                let slope = match given.next_if(|((row, _), _)| *row == crossing.kink) {
                    Some((_, multiplier)) => self.slope(crossing, multiplier, is_rounded),
                    None if raised.contains(&crossing.kink) => {
                        over_slope(crossing.slope(self.goal) + 1)
                    }
                    None => continue,
                };
                if slope != over_slope(crossing.slope(self.goal)) {
                    slopes.push((crossing.kink, slope));
                }
            }
            let bound = place.bound(self.scaled, self.goal, &slopes);
            if bound < seen.bound {
                (seen.bound, seen.slopes) = (bound, slopes);
            }
            if seen.bound <= *line || peak.tight.is_empty() {
                break;
            }
        }
        Ok(())
    }

    /// The slope of a multiplier.
    fn slope(&self, crossing: &Crossing, multiplier: &Rational, is_rounded: bool) -> Rational {
        let own = match crossing.side {
            None => Rational::zero(),
            Some(plus) => Rational::from_integer(if plus { 1.into() } else { (-1).into() }),
        };
        let weight = &self.goal.weights[crossing.kink] << SLOPE;
        let slope = own + multiplier / Rational::from_integer(weight);
        match is_rounded {
            // Toward 0, so that it stays within bounds.
            true => over_slope((slope.numer() << SLOPE) / slope.denom()),
            false => slope,
        }
    }

    /// Multipliers of all bends.
    fn multipliers(&self, program: &Program, peak: &Peak) -> Result<Vec<Rational>, Stop> {
        let bounds: Vec<[BigInt; 2]> = program.bends.iter().map(|(_, it)| it.clone()).collect();
        peak.multipliers(&program.affine, &self.rows(program), &bounds, self.watch)
    }

    fn rows(&self, program: &Program) -> Vec<&[BigInt]> {
        let bends = program.bends.iter();
        bends.map(|(row, _)| &self.scaled.rows[*row][..]).collect()
    }

    /// The point that the peak describes, moved into the part.
    fn point(&self, place: &Place, program: &Program, peak: &Peak) -> Result<CubePoint, Stop> {
        let rows = self.rows(program);
        let (numerators, denominator) = peak.point(&rows, &place.ends, UNIT, self.watch)?;
        Ok(CubePoint {
            numerators,
            denominator,
        })
    }

    /// How much chords lie above the value at the point, where they do.
    fn gaps(&self, place: &Place, point: &CubePoint) -> Vec<(BigInt, usize)> {
        let convex = place
            .open
            .iter()
            .filter(|crossing| crossing.is_convex(self.goal));
        convex
            .map(|crossing| (crossing.gap(self.scaled, self.goal, point), crossing.kink))
            .filter(|(gap, _)| gap.is_positive())
            .collect()
    }

    /// Convex kinks whose value at the point is in the lower half: a chord rounded up is exact at the lower end.
    fn low(&self, place: &Place, point: &CubePoint) -> Vec<usize> {
        let convex = place
            .open
            .iter()
            .filter(|crossing| crossing.is_convex(self.goal));
        let is_low = |crossing: &&Crossing| {
            let [lower, upper] = crossing.interval();
            let t: BigInt = point.value(&self.scaled.rows[crossing.kink]) << (HALVINGS + 1);
            t < (lower + upper) * &point.denominator
        };
        convex
            .filter(is_low)
            .map(|crossing| crossing.kink)
            .collect()
    }

    /// What rounding the slopes of all chords may cost, at most.
    fn rounding(&self, place: &Place) -> Rational {
        let convex = place
            .open
            .iter()
            .filter(|crossing| crossing.is_convex(self.goal));
        let costs = convex.map(|crossing| {
            let [lower, upper] = crossing.interval();
            &self.goal.weights[crossing.kink] * (upper - lower)
        });
        Rational::new(costs.sum::<BigInt>(), BigInt::one() << (SLOPE + HALVINGS))
    }

    /// Whether a decided kink has the other side at the point.
    fn strays(&self, place: &Place, point: &CubePoint) -> bool {
        place.open.iter().any(|crossing| {
            let t = || point.value(&self.scaled.rows[crossing.kink]);
            crossing.side.is_some_and(|plus| match plus {
                true => t().is_negative(),
                false => t().is_positive(),
            })
        })
    }

    /// Sides of the cube while many kinks bend upward, since each half has fewer of them; else the kink that matters most.
    fn branch(&self, place: &Place, gaps: &[(BigInt, usize)]) -> Option<Branch> {
        let sides = place.ends.len();
        if gaps.len() > 2 * sides && place.halvings < 24 * sides {
            let weight = |side: &usize| {
                let [lower, upper] = place.ends[*side];
                let sizes = gaps.iter().map(|(_, kink)| {
                    &self.goal.weights[*kink] * self.scaled.rows[*kink][*side].abs()
                });
                sizes.sum::<BigInt>() * (upper - lower)
            };
            let wide = (0..sides).filter(|side| place.ends[*side][1] - place.ends[*side][0] > 1);
            let best = wide
                .map(|side| (weight(&side), std::cmp::Reverse(side)))
                .max();
            if let Some((_, side)) = best {
                return Some(Branch::Halve(side.0));
            }
        }
        let largest = gaps.iter().max_by(|x, y| x.0.cmp(&y.0).then(y.1.cmp(&x.1)));
        largest.map(|(_, kink)| Branch::Decide(*kink))
    }
}

fn over_slope(numerator: BigInt) -> Rational {
    Rational::new(numerator, BigInt::one() << SLOPE)
}
