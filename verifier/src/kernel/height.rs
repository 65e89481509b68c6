//! Trees of affine functions above one output on a box: whatever slopes a leaf gives, what lies above w|t| on an interval is found here.

use num_bigint::BigInt;
use num_integer::Integer as _;
use num_traits::{One as _, Signed as _, Zero as _};

use super::budget::{Budget, Held, size};
use super::cost;
use super::difference::{Difference, add_multiple};
use super::number::{Q, common_denominator, over};
use super::verdict::{Locate as _, Stop, differ, entry, reject};
use relucert_format::{Below, Piece, StatedRational};

/// How often a side may be halved: ends are multiples of a side over 2^HALVINGS.
const HALVINGS: u32 = 32;
/// Slopes that are not given are multiples of 2^−SLOPE.
const SLOPE: u32 = 16;

/// Where the walk through a tree stands: the parts that are still to be seen, the next one last.
#[derive(Debug)]
pub(crate) struct Heights {
    /// 2L·w_H of all hyperplanes.
    weights: Vec<BigInt>,
    stated: Q,
    /// 2L·scale.
    unit: BigInt,
    parts: Vec<Place>,
}

/// What the nodes speak of.
#[derive(Clone, Copy)]
struct Output<'a> {
    /// 2L·w_H of all hyperplanes.
    weights: &'a [BigInt],
    difference: &'a Difference,
    limits: &'a Budget,
}

/// A part of the box, and the function on it.
#[derive(Clone, Debug)]
struct Place {
    /// Both ends of each coordinate, over the scale; in the affine case the last one is 1.
    ends: Vec<[BigInt; 2]>,
    halvings: Vec<u32>,
    /// 2L times the affine part, with the hyperplanes that have one side here.
    linear: Vec<BigInt>,
    open: Vec<Bend>,
    is_empty: bool,
    _held: Held,
}

/// A hyperplane with points on both sides.
#[derive(Clone, Debug)]
struct Bend {
    hyperplane: usize,
    side: Option<bool>,
    /// The range of t_H, times the scale.
    range: [BigInt; 2],
}

impl Bend {
    /// The part of the range on the decided side.
    fn interval(&self) -> [BigInt; 2] {
        let [lower, upper] = self.range.clone();
        match self.side {
            Some(true) => [lower.max(BigInt::zero()), upper],
            Some(false) => [lower, upper.min(BigInt::zero())],
            None => [lower, upper],
        }
    }
}

/// The slope that is meant where none is given, times 2^SLOPE: that of the chord of |t| over the interval, which is no point, or of its larger half.
fn slope(weight: &BigInt, [lower, upper]: &[BigInt; 2]) -> BigInt {
    let one = BigInt::one() << SLOPE;
    let sum = lower + upper;
    match (weight.is_positive(), sum.is_negative()) {
        (true, _) => (sum * one).div_floor(&(upper - lower)),
        (false, true) => -one,
        (false, false) => one,
    }
}

impl Heights {
    /// A tree without nodes, in which ± the output is to be at most the bound on the box.
    pub(crate) fn new(
        step: &Below,
        difference: &Difference,
        domain: &[(StatedRational, StatedRational)],
        limits: &Budget,
    ) -> Result<Heights, Stop> {
        let row = difference.row(step.output)?;
        limits.charge(difference.work(0))?;
        let signed = |number: &BigInt| match step.negative {
            true => -number,
            false => number.clone(),
        };
        let mut weights = Vec::with_capacity(difference.kinks.len());
        for kink in &difference.kinks {
            weights.push(signed(entry(&kink.weight, step.output, "output")?));
        }
        let (ends, scale) = ends(domain, HALVINGS, limits)?;
        let bits = scale.bits() + ends.iter().flatten().map(BigInt::bits).max().unwrap_or(0);
        let mut open = Vec::new();
        for (hyperplane, (kink, weight)) in difference.kinks.iter().zip(&weights).enumerate() {
            limits.charge(cost::times(2, of_line(kink.line.as_slice(), bits)))?;
            let range = range(&kink.line, &ends);
            if !weight.is_zero() {
                let side = None;
                open.push(Bend {
                    hyperplane,
                    side,
                    range,
                });
            }
        }
        let mut whole = Place {
            halvings: vec![0; domain.len()],
            linear: row.iter().map(signed).collect(),
            _held: limits.hold(size(2 * (open.len() + 2 * ends.len()), bits))?,
            ends,
            open,
            is_empty: false,
        };
        whole.settle(Output {
            weights: &weights,
            difference,
            limits,
        })?;
        Ok(Heights {
            weights,
            stated: Q::from(&step.bound),
            unit: scale * &difference.denominator * 2,
            parts: vec![whole],
        })
    }

    /// Goes on through more nodes in preorder; answers whether the tree is complete.
    pub(crate) fn walk(
        &mut self,
        nodes: &[Piece],
        difference: &Difference,
        limits: &Budget,
    ) -> Result<bool, Stop> {
        for (index, node) in nodes.iter().enumerate() {
            limits.tick()?;
            let Some(place) = self.parts.pop() else {
                return reject(format!("the tree is complete before node {index}"));
            };
            let output = Output {
                weights: &self.weights,
                difference,
                limits,
            };
            let parts = match node {
                Piece::Halve(side) => place.halved(*side, output),
                Piece::Decide(hyperplane) => place.decided(*hyperplane, output),
                Piece::Leaf(slopes) => self.leaf(place, slopes, output),
            };
            // The first one next.
            let parts = parts.in_part(|| format!("at node {index}"))?;
            self.parts.extend(parts.into_iter().rev());
        }
        Ok(self.parts.is_empty())
    }

    /// The function keeps the bound on the part, of which nothing is left to be seen.
    fn leaf(
        &self,
        place: Place,
        given: &[(usize, StatedRational)],
        output: Output,
    ) -> Result<Vec<Place>, Stop> {
        let limits = output.limits;
        let slopes: Vec<Q> = given.iter().map(|(_, slope)| Q::from(slope)).collect();
        let common = common_denominator(&slopes, limits)?;
        // A multiple of all denominators, and of those of slopes that are not given.
        let common = common << SLOPE;
        let mut given = given.iter().zip(over(&slopes, &common)).peekable();
        let mut linear: Vec<BigInt> = place.linear.iter().map(|x| x * &common).collect();
        let mut above = BigInt::zero();
        for bend in &place.open {
            let hyperplane = bend.hyperplane;
            let (weight, line) = output.kink(hyperplane)?;
            let interval = bend.interval();
            let slope = match given.next_if(|((next, _), _)| *next == hyperplane) {
                Some((_, slope)) => slope,
                None => slope(weight, &interval) * (&common >> SLOPE),
            };
            let long = common.bits() + weight.bits();
            limits.charge(of_line(line, long) + cost::times(6, cost::product(long, long)))?;
            add_multiple(&mut linear, line, &(weight * &slope), true);
            above += most(weight, &slope, &common, &interval);
        }
        if let Some(((hyperplane, _), _)) = given.next() {
            return reject(format!(
                "hyperplane {hyperplane} has one side there, or stands out of order"
            ));
        }
        if place.is_empty {
            return Ok(Vec::new());
        }
        for (x, [lower, upper]) in linear.iter().zip(&place.ends) {
            limits.charge(cost::product(x.bits(), upper.bits().max(lower.bits())))?;
            above += x * if x.is_positive() { upper } else { lower };
        }
        let unit = &self.unit * common;
        match Q::fraction(above, unit) {
            Some(found) if found > self.stated => differ(
                "the output can exceed the bound",
                found,
                format!("at most {}", self.stated),
            ),
            _ => Ok(Vec::new()),
        }
    }
}

impl Output<'_> {
    /// 2L·w_H and the line.
    fn kink(&self, hyperplane: usize) -> Result<(&BigInt, &[BigInt]), Stop> {
        let weight = entry(self.weights, hyperplane, "hyperplane")?;
        let kink = entry(&self.difference.kinks, hyperplane, "hyperplane")?;
        Ok((weight, &kink.line))
    }
}

impl Place {
    /// The hyperplanes with one side alone become a part of the affine function.
    fn settle(&mut self, output: Output) -> Result<(), Stop> {
        let (linear, mut is_empty) = (&mut self.linear, self.is_empty);
        let mut open = Vec::with_capacity(self.open.len());
        for bend in std::mem::take(&mut self.open) {
            output.limits.charge(2 * cost::ANY)?;
            let [lower, upper] = bend.interval();
            is_empty |= lower > upper;
            if bend.range[0].is_negative() && bend.range[1].is_positive() {
                open.push(bend);
                continue;
            }
            let (weight, line) = output.kink(bend.hyperplane)?;
            output.limits.charge(of_line(line, weight.bits()))?;
            add_multiple(linear, line, weight, !lower.is_negative());
        }
        (self.open, self.is_empty) = (open, is_empty);
        Ok(())
    }

    /// Both halves.
    fn halved(self, side: usize, output: Output) -> Result<Vec<Place>, Stop> {
        let halvings = *entry(&self.halvings, side, "side of the box")?;
        if halvings == HALVINGS {
            return reject(format!("side {side} is halved more than {HALVINGS} times"));
        }
        let mut parts = self.twice(output)?;
        for (upper, part) in parts.iter_mut().enumerate() {
            let Some([low, high]) = part.ends.get_mut(side) else {
                continue; // It is there, as above.
            };
            let half: BigInt = (&*high - &*low) / 2;
            match upper {
                0 => *high -= &half,
                _ => *low += &half,
            }
            if let Some(count) = part.halvings.get_mut(side) {
                *count += 1;
            }
            for bend in &mut part.open {
                let (_, line) = output.kink(bend.hyperplane)?;
                let change = entry(line, side, "coordinate")? * &half;
                output
                    .limits
                    .charge(cost::product(change.bits(), half.bits()))?;
                let [least, most] = &mut bend.range;
                // What lies at the end that is cut off is reached no more.
                match (change.is_positive(), upper) {
                    (true, 0) | (false, 1) => *most -= change.abs(),
                    _ => *least += change.abs(),
                }
            }
            part.settle(output)?;
        }
        Ok(parts)
    }

    /// The parts on the + side and on the − side.
    fn decided(self, hyperplane: usize, output: Output) -> Result<Vec<Place>, Stop> {
        let found = self
            .open
            .iter()
            .position(|bend| bend.hyperplane == hyperplane);
        let Some(index) = found else {
            return reject(format!("hyperplane {hyperplane} has one side there"));
        };
        let mut parts = self.twice(output)?;
        for (part, plus) in parts.iter_mut().zip([true, false]) {
            let bend = part.open.get_mut(index);
            if bend.and_then(|bend| bend.side.replace(plus)).is_some() {
                return reject(format!(
                    "hyperplane {hyperplane} is decided twice on one path"
                ));
            }
            part.settle(output)?;
        }
        Ok(parts)
    }

    /// It and a copy, which holds as much again.
    fn twice(self, output: Output) -> Result<Vec<Place>, Stop> {
        let numbers = 2 * (self.ends.len() + self.open.len()) + self.linear.len();
        output.limits.charge(cost::times(numbers, 2 * cost::ANY))?;
        let parts = vec![self.clone(), self];
        output.limits.keep(0)?;
        Ok(parts)
    }
}

/// The largest w(|t| − s t) on an interval that 0 is in, times `common` and the scale; `slope` is s times `common`.
fn most(weight: &BigInt, slope: &BigInt, common: &BigInt, [lower, upper]: &[BigInt; 2]) -> BigInt {
    let at = |t: &BigInt| weight * (t.abs() * common - t * slope);
    at(lower).max(at(upper)).max(BigInt::zero())
}

/// Both ends of each coordinate, over their common denominator times a power of two, which is answered too; the last coordinate, if it is one more than
/// the box has, is 1.
pub(crate) fn ends(
    domain: &[(StatedRational, StatedRational)],
    power: u32,
    limits: &Budget,
) -> Result<(Vec<[BigInt; 2]>, BigInt), Stop> {
    let (lower, upper): (Vec<Q>, Vec<Q>) = domain.iter().map(|(x, y)| (x.into(), y.into())).unzip();
    let scale = common_denominator(lower.iter().chain(&upper), limits)? << power;
    let pairs = over(&lower, &scale).into_iter().zip(over(&upper, &scale));
    let mut ends: Vec<[BigInt; 2]> = pairs.map(|(lower, upper)| [lower, upper]).collect();
    ends.push([scale.clone(), scale.clone()]);
    Ok((ends, scale))
}

/// The least and the largest value of ⟨line, x⟩.
pub(crate) fn range(line: &[BigInt], ends: &[[BigInt; 2]]) -> [BigInt; 2] {
    let (mut least, mut most) = (BigInt::zero(), BigInt::zero());
    for (n, [lower, upper]) in line.iter().zip(ends) {
        let (low, high) = match n.is_negative() {
            true => (upper, lower),
            false => (lower, upper),
        };
        least += n * low;
        most += n * high;
    }
    [least, most]
}

/// Limb operations to multiply a line by a number of so many bits, or with as many such numbers.
fn of_line(line: &[BigInt], bits: u64) -> u64 {
    let longest = line.iter().map(BigInt::bits).max().unwrap_or(0);
    cost::inner(line.len(), longest, bits)
}
