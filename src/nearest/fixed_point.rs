//! Pair costs in fixed point, rounded outwards: a cheap decision whether a cost is above or below a level, or neither for sure.
//!
//! Places are true weights in units 2^−S, floored. A source may be rescaled freely, so its inner and outer weights are first balanced by a power
//! of two. A number stored as x lies in [x, x + 1]; all are below 2^57, so sums fit `i64` and cross products `i128`.

use num_bigint::BigInt;
use num_integer::Integer as _;
use num_traits::{One, Signed, ToPrimitive, Zero};

use super::source::{Source, contribution};
use crate::certificate::{Binding, Coordinate, Part};
use crate::exact::Rational;
use crate::network::Neuron;

/// No level is above this many units of the grid.
pub const TOP: i64 = 1 << 60;

/// What fixed point can say about cost ≤ level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// cost ≤ level.
    Near,
    /// cost > level, by this binding.
    Far(Binding),
    /// cost > level; a dead source.
    FarDead,
    /// Too close to the level.
    Unknown,
}

/// Bits of the largest stored number.
const BITS: i64 = 56;

/// The unit 2^−S of fixed point.
#[derive(Clone, Copy, Debug)]
pub struct Grid {
    shift: i64,
}

/// A place's true weights.
#[derive(Clone, Debug)]
pub(super) struct FixedPlace {
    inner: Vec<i64>,
    outer: Vec<i64>,
    /// Lower ends of ‖a‖ and ‖c‖.
    norms: (i64, i64),
}

/// One coordinate of a source.
#[derive(Clone, Copy, Debug)]
pub(super) struct FixedEntry {
    coordinate: Coordinate,
    /// −1, 0 or 1, exactly.
    sign: i8,
    /// The absolute value, floored.
    size: i64,
}

/// A source in fixed point.
#[derive(Clone, Debug)]
pub(super) enum FixedSource {
    /// A neuron up to rescaling, or with `any_sign` a line. Zero entries come first, then by decreasing size.
    Scaled {
        entries: Vec<FixedEntry>,
        any_sign: bool,
    },
    /// Contributes nothing.
    Dead,
    /// Not to be rescaled.
    Still { inner: Vec<i64>, outer: Vec<i64> },
}

/// An upper bound of log₂ of |value|.
fn bits(value: &Rational) -> i64 {
    if value.is_zero() {
        return i64::MIN / 4;
    }
    value.numer().bits() as i64 - value.denom().bits() as i64 + 1
}

/// floor(√scale·value·2^shift), or the integer below that.
fn fixed(value: &Rational, scale: &Rational, shift: i64) -> i64 {
    if value.is_zero() {
        return 0;
    }
    let floor = if scale.is_one() {
        shifted_floor(value.numer(), value.denom(), shift)
    } else {
        let square = value * value * scale;
        let root = shifted_floor(square.numer(), square.denom(), 2 * shift).sqrt();
        if value.is_negative() { -root - 1 } else { root }
    };
    // Callers choose the shift so that this fits.
    floor.to_i64().unwrap_or(i64::MAX / 4)
}

fn shifted_floor(numer: &BigInt, denom: &BigInt, shift: i64) -> BigInt {
    if shift >= 0 {
        (numer << shift).div_floor(denom)
    } else {
        numer.div_floor(&(denom << -shift))
    }
}

/// An upper bound of log₂ of √scale·‖row‖.
fn row_bits(row: &[Rational], scale: &Rational) -> i64 {
    let largest = row.iter().map(bits).max().unwrap_or(i64::MIN / 4);
    largest + (bits(scale) + 1).div_euclid(2)
}

/// log₂ of ‖a‖, of ‖s c‖.
fn source_bits(neuron: &Neuron) -> (i64, i64) {
    let one = Rational::one();
    (
        row_bits(neuron.inner(), &one),
        row_bits(&contribution(neuron), &one),
    )
}

impl Grid {
    /// The finest unit in which everything fits.
    pub fn new(sources: &[Source], places: &[Neuron]) -> Self {
        let place = |neuron: &Neuron| {
            row_bits(neuron.inner(), neuron.scale()).max(row_bits(neuron.outer(), neuron.scale()))
        };
        let source = |source: &Source| match source {
            Source::Ridge(neuron) => {
                let (a, c) = source_bits(neuron);
                (a + c).div_euclid(2) + 2
            }
            Source::Still(neuron) => place(neuron),
            Source::Dead | Source::Line(_) => i64::MIN / 4,
        };
        let largest = places.iter().map(place).chain(sources.iter().map(source));
        let largest = largest.max().unwrap_or(0).max(-1_000_000);
        Grid {
            shift: BITS - largest,
        }
    }

    /// The number of a level.
    #[cfg(test)]
    pub fn to_rational(self, level: i64) -> Rational {
        let level = BigInt::from(level);
        if self.shift >= 0 {
            Rational::new(level, BigInt::one() << self.shift)
        } else {
            (level << -self.shift).into()
        }
    }

    /// The least number at or above a level ≥ 0, if it is in range.
    pub fn above(self, level: &Rational) -> Option<i64> {
        let floor = shifted_floor(level.numer(), level.denom(), self.shift);
        floor.to_i64().map(|n| n + 1).filter(|n| *n < TOP)
    }

    /// A place in this unit.
    pub(super) fn place(self, neuron: &Neuron) -> FixedPlace {
        let row = |row: &[Rational]| -> Vec<i64> {
            let row = row.iter();
            row.map(|x| fixed(x, neuron.scale(), self.shift)).collect()
        };
        let (inner, outer) = (row(neuron.inner()), row(neuron.outer()));
        let norm = |row: &[i64]| row.iter().map(|x| (*x).max(-x - 1)).max().unwrap_or(0);
        FixedPlace {
            norms: (norm(&inner), norm(&outer)),
            inner,
            outer,
        }
    }

    /// A source in this unit.
    pub(super) fn source(self, source: &Source) -> FixedSource {
        let one = Rational::one();
        match source {
            Source::Ridge(neuron) => {
                let (a, c) = source_bits(neuron);
                let balance = (a - c).div_euclid(2);
                let mut entries = scaled(Part::Inner, neuron.inner(), self.shift - balance);
                let outer = contribution(neuron);
                entries.extend(scaled(Part::Outer, &outer, self.shift + balance));
                FixedSource::sorted(entries, false)
            }
            Source::Line(row) => {
                let shift = BITS - row_bits(row, &one);
                FixedSource::sorted(scaled(Part::Inner, row, shift), true)
            }
            Source::Dead => FixedSource::Dead,
            Source::Still(neuron) => {
                let FixedPlace { inner, outer, .. } = self.place(neuron);
                FixedSource::Still { inner, outer }
            }
        }
    }
}

fn scaled(part: Part, row: &[Rational], shift: i64) -> Vec<FixedEntry> {
    let one = Rational::one();
    let row = row.iter().enumerate();
    let entry = |(index, value): (usize, &Rational)| FixedEntry {
        coordinate: Coordinate { part, index },
        sign: match (value.is_zero(), value.is_negative()) {
            (true, _) => 0,
            (_, true) => -1,
            _ => 1,
        },
        size: fixed(&value.abs(), &one, shift),
    };
    row.map(entry).collect()
}

/// A fraction with a positive denominator.
#[derive(Clone, Copy)]
struct Fraction(i64, i64);

impl Fraction {
    fn exceeds(self, other: Fraction) -> bool {
        i128::from(self.0) * i128::from(other.1) > i128::from(other.0) * i128::from(self.1)
    }
}

/// A bound with the coordinate it comes from.
#[derive(Clone, Copy)]
struct Bound(Fraction, Coordinate);

fn raise(bound: &mut Option<Bound>, value: Fraction, coordinate: Coordinate) {
    if bound.is_none_or(|old| value.exceeds(old.0)) {
        *bound = Some(Bound(value, coordinate));
    }
}

fn lower(bound: &mut Option<Bound>, value: Fraction, coordinate: Coordinate) {
    if bound.is_none_or(|old| old.0.exceeds(value)) {
        *bound = Some(Bound(value, coordinate));
    }
}

impl FixedSource {
    fn sorted(mut entries: Vec<FixedEntry>, any_sign: bool) -> Self {
        entries.sort_by_key(|entry| (entry.sign != 0, std::cmp::Reverse(entry.size)));
        FixedSource::Scaled { entries, any_sign }
    }

    /// Whether the cost in the place is at most `level` units.
    pub(super) fn decide(&self, place: &FixedPlace, flipped: bool, level: i64) -> Decision {
        match self {
            FixedSource::Scaled { entries, any_sign } => {
                match far(entries, *any_sign, place, flipped, level) {
                    Some(binding) => Decision::Far(binding),
                    None if near(entries, *any_sign, place, flipped, level) => Decision::Near,
                    None => Decision::Unknown,
                }
            }
            FixedSource::Dead => {
                let least = place.norms.0.min(place.norms.1);
                match (least > level, least < level) {
                    (true, _) => Decision::FarDead,
                    (_, true) => Decision::Near,
                    _ => Decision::Unknown,
                }
            }
            FixedSource::Still { inner, outer } => still(inner, outer, place, level),
        }
    }
}

/// The place's entry with the source's sign: lower and upper end.
fn signed(entry: &FixedEntry, place: &FixedPlace, flipped: bool) -> (i64, i64) {
    let Coordinate { part, index } = entry.coordinate;
    let (value, negative) = match part {
        Part::Inner => (place.inner[index], (entry.sign < 0) != flipped),
        Part::Outer => (place.outer[index], entry.sign < 0),
    };
    if negative {
        (-value - 1, -value)
    } else {
        (value, value + 1)
    }
}

/// Whether two bounds certainly contradict each other at this level, bounds rounded outwards; and which.
fn far(
    entries: &[FixedEntry],
    any_sign: bool,
    place: &FixedPlace,
    flipped: bool,
    level: i64,
) -> Option<Binding> {
    let (mut low, mut high): (Option<Bound>, Option<Bound>) = (None, None);
    for entry in entries {
        let (below, above) = signed(entry, place, flipped);
        let coordinate = entry.coordinate;
        if entry.sign == 0 {
            if below.max(-above) > level {
                return Some(Binding::One(coordinate));
            }
            continue;
        }
        let size = entry.size;
        match coordinate.part {
            Part::Inner => {
                let (from, to) = (below - level, above + level);
                if from >= 0 {
                    raise(&mut low, Fraction(from, size + 1), coordinate);
                } else if size > 0 {
                    raise(&mut low, Fraction(from, size), coordinate);
                }
                if to < 0 {
                    lower(&mut high, Fraction(to, size + 1), coordinate);
                    if !any_sign {
                        // No positive scaling at all.
                        return Some(Binding::Two(coordinate, coordinate));
                    }
                } else if size > 0 {
                    lower(&mut high, Fraction(to, size), coordinate);
                }
            }
            Part::Outer => {
                let (to, from) = (above + level, below - level);
                if to <= 0 {
                    let is_inner =
                        |e: &&FixedEntry| e.coordinate.part == Part::Inner && e.sign != 0;
                    let inner = entries.iter().find(is_inner)?;
                    return Some(Binding::Two(coordinate, inner.coordinate));
                }
                raise(&mut low, Fraction(size, to), coordinate);
                if from > 0 {
                    lower(&mut high, Fraction(size + 1, from), coordinate);
                }
            }
        }
        if let (Some(low), Some(high)) = (low, high)
            && low.0.exceeds(high.0)
        {
            return Some(Binding::Two(low.1, high.1));
        }
    }
    None
}

/// Whether some scaling certainly satisfies all bounds at this level, bounds rounded inwards.
fn near(
    entries: &[FixedEntry],
    any_sign: bool,
    place: &FixedPlace,
    flipped: bool,
    level: i64,
) -> bool {
    let (mut low, mut high): (Option<Bound>, Option<Bound>) = (None, None);
    for entry in entries {
        let (below, above) = signed(entry, place, flipped);
        let (coordinate, size) = (entry.coordinate, entry.size);
        if entry.sign == 0 {
            if above.max(-below) > level {
                return false;
            }
            continue;
        }
        match coordinate.part {
            Part::Inner => {
                let (from, to) = (above - level, below + level);
                if (from > 0 || to < 0) && size == 0 {
                    return false;
                }
                let divisor = |inwards: bool| if inwards { size } else { size + 1 };
                raise(&mut low, Fraction(from, divisor(from > 0)), coordinate);
                lower(&mut high, Fraction(to, divisor(to < 0)), coordinate);
                if to <= 0 && !any_sign {
                    return false;
                }
            }
            Part::Outer => {
                let (to, from) = (below + level, above - level);
                if to <= 0 {
                    return false;
                }
                raise(&mut low, Fraction(size + 1, to), coordinate);
                if from > 0 {
                    lower(&mut high, Fraction(size, from), coordinate);
                }
            }
        }
    }
    match (low, high) {
        (Some(low), Some(high)) => !low.0.exceeds(high.0),
        _ => true,
    }
}

fn still(inner: &[i64], outer: &[i64], place: &FixedPlace, level: i64) -> Decision {
    let mut near = true;
    for (part, left, right) in [
        (Part::Inner, inner, &place.inner),
        (Part::Outer, outer, &place.outer),
    ] {
        for (index, (x, y)) in left.iter().zip(right).enumerate() {
            let size = (x - y).abs();
            if size - 1 > level {
                return Decision::Far(Binding::One(Coordinate { part, index }));
            }
            near &= size < level;
        }
    }
    match near {
        true => Decision::Near,
        false => Decision::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::super::metric::Metric;
    use super::*;
    use crate::exact::Surd;

    fn neuron(seed: &mut u64) -> Neuron {
        let mut next = |n: u64| {
            *seed ^= *seed << 13;
            *seed ^= *seed >> 7;
            *seed ^= *seed << 17;
            *seed % n
        };
        let mut value = || {
            let numerator = [0, 1, -1, 3, -7, 40_001, -123_456_789][next(7) as usize];
            Rational::new(numerator.into(), (1 + next(50)).into())
        };
        let mut inner = vec![value(), value(), value()];
        let mut outer = vec![value(), value()];
        inner[1] += Rational::one();
        outer[0] += Rational::new(1.into(), 97.into());
        let scale = Rational::from_integer([1, 2, 12][next(3) as usize].into());
        Neuron::new(scale, outer, inner).unwrap()
    }

    /// Decisions near the exact cost agree with it, and bindings of far pairs are those of the verifier's rule.
    #[test]
    fn decisions_agree_with_exact_costs() {
        let mut seed = 0x1234_5678_9abc_def1;
        let (mut sure, mut all) = (0, 0);
        for _ in 0..60 {
            let places: Vec<Neuron> = (0..3).map(|_| neuron(&mut seed)).collect();
            let live = neuron(&mut seed);
            let sources = vec![
                Source::Ridge(live.clone()),
                Source::Dead,
                Source::Line(live.inner().to_vec()),
                Source::Still(live),
            ];
            let grid = Grid::new(&sources, &places);
            let metric = Metric::new(sources, places);
            for source in 0..4 {
                for place in 0..3 {
                    for flipped in [false, source == 0] {
                        let cost = metric.cost(source, place, flipped).value;
                        let unit = grid.to_rational(1);
                        let (low, _) = cost.to_rational().map_or_else(
                            || enclosure(&cost, &unit),
                            |q| ((q / &unit).floor(), Rational::one()),
                        );
                        let level = low.to_integer().to_i64().unwrap();
                        for offset in [-1_000_000, -40, -1, 0, 1, 40, 1_000_000] {
                            let at = level + offset;
                            let bound = Surd::from(grid.to_rational(at));
                            all += 1;
                            match metric.decide(source, place, flipped, at) {
                                Decision::Near => assert!(cost.compare(&bound).is_le()),
                                Decision::Far(_) | Decision::FarDead => {
                                    assert!(cost.compare(&bound).is_gt());
                                }
                                Decision::Unknown => continue,
                            }
                            sure += 1;
                        }
                    }
                }
            }
        }
        assert!(sure * 3 > all, "{sure} of {all} decided");
    }

    /// floor(value/unit), by bisection.
    fn enclosure(value: &Surd, unit: &Rational) -> (Rational, Rational) {
        let (mut low, mut high) = (0i64, 1 << 61);
        while high - low > 1 {
            let middle = low.midpoint(high);
            match Surd::from(unit * Rational::from_integer(middle.into()))
                .compare(value)
                .is_le()
            {
                true => low = middle,
                false => high = middle,
            }
        }
        (Rational::from_integer(low.into()), Rational::one())
    }
}
