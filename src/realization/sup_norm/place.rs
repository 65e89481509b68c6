//! A part of the cube with decided hyperplanes, and affine functions above the function there.
//!
//! Where w|t| is to be bounded from above for t in an interval [l, u], any slope s will do: w|t| ≤ w s t + γ, with γ what w(|t| − s t) is at most at l, at u and, if
//! it is between, at 0. The best slope is ±1 where the interval is on one side of 0, and that of the chord where w > 0. Else, and for decided hyperplanes, the
//! best slopes together are multipliers of a linear program.

use num_bigint::BigInt;
use num_integer::Integer as _;
use num_traits::{One as _, Signed as _, Zero as _};

use super::scaled::{CubePoint, HALVINGS, Scaled, UNIT};
use crate::exact::Rational;
use crate::exact::gcd::{lcm, reduced};

/// Chords' slopes are rounded down to multiples of 2^−SLOPE.
pub(super) const SLOPE: u32 = 16;

/// One output with a sign, which is to be made large.
pub(super) struct Goal {
    pub output: usize,
    pub negative: bool,
    pub weights: Vec<BigInt>,
}

/// A kink with points on both sides.
#[derive(Clone, Debug)]
pub(super) struct Crossing {
    pub kink: usize,
    pub side: Option<bool>,
    /// The range of its row's value on the part, over the unit.
    range: [BigInt; 2],
}

/// Slopes by kinks, increasing.
pub(super) type Slopes = Vec<(usize, Rational)>;

/// Where a path has come to.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub ends: Vec<[i64; 2]>,
    /// How often sides were halved, all together.
    pub halvings: usize,
    /// The affine part, with the kinks that have one side here.
    pub linear: Vec<BigInt>,
    pub open: Vec<Crossing>,
    /// Whether the decided sides exclude each other.
    pub is_empty: bool,
}

impl Crossing {
    /// The part of the range on the decided side.
    pub fn interval(&self) -> [BigInt; 2] {
        let [lower, upper] = self.range.clone();
        match self.side {
            Some(true) => [lower.max(BigInt::zero()), upper],
            Some(false) => [lower, upper.min(BigInt::zero())],
            None => [lower, upper],
        }
    }

    /// Whether w|t| lies below its chord.
    pub fn is_convex(&self, goal: &Goal) -> bool {
        self.side.is_none() && goal.weights[self.kink].is_positive()
    }

    /// The slope that is meant where none is said, times 2^SLOPE.
    pub fn slope(&self, goal: &Goal) -> BigInt {
        let one = BigInt::one() << SLOPE;
        let [lower, upper] = self.interval();
        let sum = &lower + &upper;
        if self.is_convex(goal) {
            return (sum * one).div_floor(&(upper - lower));
        }
        match !lower.is_negative() || upper.is_positive() && !sum.is_negative() {
            true => one,
            false => -one,
        }
    }

    /// γ times `common` and the unit, for the slope over `common`.
    pub fn above(&self, goal: &Goal, slope: &BigInt, common: &BigInt) -> BigInt {
        let weight = &goal.weights[self.kink];
        let at = |t: &BigInt| weight * (t.abs() * common - t * slope);
        let [lower, upper] = self.interval();
        let ends = at(&lower).max(at(&upper));
        match lower.is_negative() && upper.is_positive() {
            true => ends.max(BigInt::zero()),
            false => ends,
        }
    }

    /// How far the bound by the chord is above the value at a point, over some denominator.
    pub fn gap(&self, scaled: &Scaled<'_>, goal: &Goal, point: &CubePoint) -> BigInt {
        let t = point.value(&scaled.rows[self.kink]);
        let [lower, upper] = self.interval();
        let whole = &upper - &lower;
        let unit = &point.denominator;
        // w·((u + l)t − 2ul − (u − l)|t|)/(u − l), over the unit and the point's denominator.
        let twice: BigInt = (&upper * &lower) << 1;
        let t_unit = t << HALVINGS;
        let sum = (&upper + &lower) * &t_unit - twice * unit - &whole * t_unit.abs();
        // Rounded up: 0 only where it is.
        (&goal.weights[self.kink] * sum).div_ceil(&whole)
    }
}

impl Place {
    /// The whole cube.
    pub fn whole(scaled: &Scaled<'_>, goal: &Goal) -> Self {
        let linear = &scaled.linear[goal.output];
        let kinks = (0..scaled.rows.len()).filter(|kink| !goal.weights[*kink].is_zero());
        let mut place = Place {
            ends: vec![[0, UNIT]; linear.len() - 1],
            halvings: 0,
            linear: match goal.negative {
                true => linear.iter().map(|x| -x).collect(),
                false => linear.clone(),
            },
            open: kinks
                .map(|kink| Crossing {
                    kink,
                    side: None,
                    range: scaled.range(kink),
                })
                .collect(),
            is_empty: false,
        };
        place.settle(scaled, goal);
        place
    }

    /// Kinks with one side alone become a part of the affine function.
    fn settle(&mut self, scaled: &Scaled<'_>, goal: &Goal) {
        let (linear, is_empty) = (&mut self.linear, &mut self.is_empty);
        self.open.retain(|crossing| {
            let [lower, upper] = crossing.interval();
            *is_empty |= lower > upper;
            let stays = crossing.range[0].is_negative() && crossing.range[1].is_positive();
            if !stays {
                let weight = &goal.weights[crossing.kink];
                let weight = if lower.is_negative() {
                    -weight
                } else {
                    weight.clone()
                };
                add(linear, &scaled.rows[crossing.kink], &weight);
            }
            stays
        });
    }

    /// The lower and the upper half.
    pub fn halved(&self, side: usize, scaled: &Scaled<'_>, goal: &Goal) -> [Place; 2] {
        let mut parts = [self.clone(), self.clone()];
        let [low, high] = self.ends[side];
        let half = (high - low) / 2;
        for (upper, part) in parts.iter_mut().enumerate() {
            part.halvings += 1;
            match upper {
                0 => part.ends[side][1] -= half,
                _ => part.ends[side][0] += half,
            }
            for crossing in &mut part.open {
                let change = &scaled.rows[crossing.kink][side] * half;
                // What lies at the end that is cut off is reached no more.
                let cut = usize::from(change.is_positive() == (upper == 0));
                match cut {
                    1 => crossing.range[1] -= change.abs(),
                    _ => crossing.range[0] += change.abs(),
                }
            }
            part.settle(scaled, goal);
        }
        parts
    }

    /// The parts on the + side and on the − side of an open kink.
    pub fn decided(&self, kink: usize, scaled: &Scaled<'_>, goal: &Goal) -> [Place; 2] {
        [true, false].map(|plus| {
            let mut part = self.clone();
            let chosen = part
                .open
                .iter_mut()
                .filter(|crossing| crossing.kink == kink);
            chosen.for_each(|crossing| crossing.side = Some(plus));
            part.settle(scaled, goal);
            part
        })
    }

    /// What the function is at most here, over the goal's denominator, with these slopes of some open kinks. As the verifier computes it.
    pub fn bound(&self, scaled: &Scaled<'_>, goal: &Goal, slopes: &Slopes) -> Rational {
        let mut common = BigInt::one() << SLOPE;
        for (_, slope) in slopes {
            common = lcm(&common, slope.denom());
        }
        let mut linear: Vec<BigInt> = self.linear.iter().map(|x| x * &common).collect();
        let mut above = BigInt::zero();
        let mut given = slopes.iter().peekable();
        for crossing in &self.open {
            let slope = match given.next_if(|(kink, _)| *kink == crossing.kink) {
                Some((_, slope)) => slope.numer() * (&common / slope.denom()),
                None => crossing.slope(goal) * (&common >> SLOPE),
            };
            let weight = &goal.weights[crossing.kink];
            add(&mut linear, &scaled.rows[crossing.kink], &(weight * &slope));
            above += crossing.above(goal, &slope, &common);
        }
        for (x, [lower, upper]) in linear.iter().zip(&self.ends) {
            above += x * if x.is_positive() { upper } else { lower };
        }
        if let Some(constant) = linear.last() {
            above += constant << HALVINGS;
        }
        reduced(above, common << HALVINGS)
    }

    /// The function's value at a point that has the decided sides, over the goal's denominator.
    pub fn value(&self, scaled: &Scaled<'_>, goal: &Goal, point: &CubePoint) -> Rational {
        let mut value = point.value(&self.linear);
        for crossing in &self.open {
            let t = point.value(&scaled.rows[crossing.kink]);
            value += &goal.weights[crossing.kink] * t.abs();
        }
        reduced(value, point.denominator.clone())
    }
}

/// row + w·other.
pub(super) fn add(row: &mut [BigInt], other: &[BigInt], w: &BigInt) {
    for (x, y) in row.iter_mut().zip(other) {
        if !y.is_zero() {
            *x += y * w;
        }
    }
}
