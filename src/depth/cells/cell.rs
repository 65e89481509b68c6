//! The points of a part of the box on the sides that splits have chosen: whether there is one inside, and how high a function is there. Floats say which rows
//! matter; what they say is established exactly, or the linear program is solved exactly from there.

use num_bigint::BigInt;
use num_traits::{One as _, Signed as _, Zero as _};

use super::forms::{range, value};
use super::place::{Candidate, Place};
use crate::advice::{Advice, Question};
use crate::exact::Rational;
use crate::exact::gcd::{lcm, reduced};
use crate::exact::lp::{Peak, climb};
use crate::watch::{Stop, Watch};

/// Neurons with positive factors, increasing.
pub(super) type Factors = Vec<(usize, Rational)>;

/// Whether a cell has points.
pub(super) enum Inside {
    /// This one, over its last coordinate.
    Point(Vec<BigInt>),
    /// None: the sum of these multiples is nowhere positive.
    Empty(Factors),
    /// Neither was established.
    Unknown,
}

/// How high a function may be in a cell.
pub(super) struct High {
    pub bound: Rational,
    /// What is added to see that it is no higher.
    pub factors: Factors,
    /// A point of the cell, if one was found.
    pub point: Option<Vec<BigInt>>,
}

/// Who is asked, and how long.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub advice: &'a dyn Advice,
    pub watch: &'a Watch,
}

/// A side that was chosen.
struct Member<'a> {
    neuron: usize,
    on: bool,
    row: &'a [BigInt],
    scale: &'a BigInt,
}

/// A part of the box with sides that were chosen.
pub(super) struct Cell<'a> {
    ends: &'a [[BigInt; 2]],
    inputs: usize,
    members: Vec<Member<'a>>,
    /// Positive on the chosen sides, over the unit cube, the constant last.
    rows: Vec<Vec<BigInt>>,
}

/// Bits of multipliers that are rounded.
const BITS: i64 = 20;
/// How much steeper than the function the multiples of rows may be at first, in bits.
const CAP: u32 = 20;

impl<'a> Cell<'a> {
    /// Of a part, with the side of one more neuron if one is given; in more coordinates than the part has where there are more ends.
    pub fn new(
        place: &'a Place,
        ends: &'a [[BigInt; 2]],
        extra: Option<(Candidate, bool)>,
    ) -> Self {
        let chosen = place.decided.iter().filter(|it| !it.implied).map(|it| {
            let (row, scale) = it.form();
            Member {
                neuron: it.neuron,
                on: it.on,
                row,
                scale,
            }
        });
        let extra = extra.map(|(at, on)| {
            let forms = &place.fronts[at.network].forms;
            Member {
                neuron: at.neuron,
                on,
                row: &forms.rows[at.row],
                scale: &forms.scale,
            }
        });
        let mut cell = Cell {
            ends,
            inputs: place.halvings.len(),
            members: chosen.chain(extra).collect(),
            rows: Vec::new(),
        };
        let rows = cell.members.iter().map(|member| {
            let mut row = cell.unit(member.row);
            if !member.on {
                row.iter_mut().for_each(|x| *x = -&*x);
            }
            row
        });
        cell.rows = rows.collect();
        cell
    }

    /// Whether no side is chosen.
    pub fn is_box(&self) -> bool {
        self.members.is_empty()
    }

    /// A row over the unit cube.
    fn unit(&self, row: &[BigInt]) -> Vec<BigInt> {
        let count = self.ends.len() - 1;
        let mut unit = vec![BigInt::zero(); count + 1];
        for (j, (x, [low, high])) in row.iter().zip(self.ends).enumerate() {
            unit[count] += x * low;
            if j != self.inputs {
                unit[j - usize::from(j > self.inputs)] = x * (high - low);
            }
        }
        unit
    }

    /// Over its last coordinate, from a point of the unit cube over a denominator.
    fn out(&self, unit: &[BigInt], denominator: &BigInt) -> Vec<BigInt> {
        let coordinate = |(j, [low, high]): (usize, &[BigInt; 2])| {
            let base = low * denominator;
            match j == self.inputs {
                true => base,
                false => base + (high - low) * &unit[j],
            }
        };
        let ends = self.ends.iter().enumerate().take(self.inputs + 1);
        ends.map(coordinate).collect()
    }

    /// Whether the point, over its last coordinate, is on all chosen sides.
    fn has(&self, point: &[BigInt], or_on_it: bool) -> bool {
        self.members.iter().all(|member| {
            let value = value(member.row, point);
            match value.is_zero() {
                true => or_on_it,
                false => value.is_positive() == member.on,
            }
        })
    }

    /// The largest value of the affine row plus multiples of the rows on the unit cube.
    fn most(&self, affine: &[BigInt], factors: &[Rational]) -> Rational {
        let mut common = BigInt::one();
        for factor in factors {
            common = lcm(&common, factor.denom());
        }
        let mut sum: Vec<BigInt> = affine.iter().map(|x| x * &common).collect();
        for (row, factor) in self.rows.iter().zip(factors) {
            if factor.is_zero() {
                continue;
            }
            let factor = factor.numer() * (&common / factor.denom());
            for (sum, x) in sum.iter_mut().zip(row) {
                *sum += &factor * x;
            }
        }
        let constant = sum.pop().unwrap_or_default();
        let most = sum.into_iter().filter(BigInt::is_positive).sum::<BigInt>() + constant;
        reduced(most, common)
    }

    /// A point inside, or why there is none. A point that is known to be there spares the search.
    pub fn interior(&self, known: Option<&[BigInt]>, asked: Asked) -> Result<Inside, Stop> {
        asked.watch.check()?;
        if self.is_box() {
            let ends = self.ends.iter().take(self.inputs + 1);
            return Ok(Inside::Point(ends.map(|[low, high]| low + high).collect()));
        }
        if let Some(known) = known.filter(|known| self.has(known, false)) {
            return Ok(Inside::Point(known.to_vec()));
        }
        // One more coordinate: how far inside, in units of each row's largest entry.
        let count = self.ends.len() - 1;
        let lengths: Vec<BigInt> = self.rows.iter().map(|row| length(row)).collect();
        if let Some(place) = lengths.iter().position(BigInt::is_zero) {
            return Ok(Inside::Empty(vec![(
                self.members[place].neuron,
                Rational::one(),
            )]));
        }
        let rows: Vec<Vec<BigInt>> = (self.rows.iter().zip(&lengths))
            .map(|(row, length)| {
                let mut row = row.clone();
                row.insert(count, -length);
                row
            })
            .collect();
        let unit = lengths.iter().max().cloned().unwrap_or_default() << 40u32;
        let mut affine = vec![BigInt::zero(); count + 2];
        affine[count] = unit.clone();
        let bends: Vec<(usize, [BigInt; 2])> = lengths
            .iter()
            .map(|length| [BigInt::zero(), &unit / length + 1])
            .enumerate()
            .collect();
        let far = count as i64 + 2;
        let mut ends = vec![[0, 1]; count];
        ends.push([-far, far]);
        let question = Question {
            ends: &ends,
            unit: 1,
            affine: &affine,
            bends: &bends,
        };
        let slices: Vec<&[BigInt]> = rows.iter().map(Vec::as_slice).collect();
        let bounds: Vec<[BigInt; 2]> = bends.iter().map(|(_, bounds)| bounds.clone()).collect();
        let peak = asked.advice.guide(&rows, asked.watch).peak(&question);
        let mut peak = peak.fitting(count + 1, rows.len());
        for is_exact in [false, true] {
            if is_exact {
                let found = climb(&question.hill(&rows), Some(&peak), None, asked.watch)?;
                peak = found.fitting(count + 1, rows.len());
            }
            let (mut numerators, denominator) = peak.point(&slices, &ends, 1, asked.watch)?;
            let depth = numerators.pop().unwrap_or_default();
            if depth.is_positive()
                && let Some(point) = self.near(&numerators, &denominator)
            {
                return Ok(Inside::Point(point));
            }
            let multipliers = peak.multipliers(&affine, &slices, &bounds, asked.watch)?;
            if let Some(factors) = self.refutation(&multipliers) {
                return Ok(Inside::Empty(factors));
            }
        }
        Ok(Inside::Unknown)
    }

    /// A short point inside near a point of the unit cube.
    fn near(&self, unit: &[BigInt], denominator: &BigInt) -> Option<Vec<BigInt>> {
        let longest = denominator.bits() + 8;
        let mut bits = 4;
        loop {
            let one = BigInt::one() << bits;
            let round = |x: &BigInt| {
                let x: BigInt = ((x << (bits + 1)) / denominator + 1) >> 1;
                x.clamp(BigInt::one(), &one - 1)
            };
            let rounded: Vec<BigInt> = unit.iter().map(round).collect();
            let point = self.out(&rounded, &one);
            if self.has(&point, false) {
                return Some(point);
            }
            if bits > longest {
                return None;
            }
            bits *= 2;
        }
    }

    /// Factors that show that nothing is there, from multipliers that may.
    fn refutation(&self, multipliers: &[Rational]) -> Option<Factors> {
        let none = vec![BigInt::zero(); self.ends.len()];
        for is_rounded in [true, false] {
            let factors = self.factors(multipliers, &BigInt::one(), is_rounded);
            let largest = factors.iter().max()?;
            if !largest.is_positive() {
                return None;
            }
            // Only their ratios count.
            let unit = match is_rounded {
                true => rounded(largest, 1),
                false => largest.clone(),
            };
            let factors: Vec<Rational> = factors.iter().map(|x| x / &unit).collect();
            let own = self.own(&factors, &BigInt::one());
            if !self.most(&none, &own).is_positive() {
                return Some(self.named(&factors));
            }
        }
        None
    }

    /// Multipliers of rows as factors of pre-activations, for a function over a scale.
    fn factors(&self, multipliers: &[Rational], scale: &BigInt, is_rounded: bool) -> Vec<Rational> {
        let pairs = self.members.iter().zip(multipliers);
        pairs
            .map(|(member, multiplier)| {
                let factor = multiplier * Rational::new(member.scale.clone(), scale.clone());
                match is_rounded {
                    true => rounded(&factor, BITS),
                    false => factor,
                }
            })
            .collect()
    }

    /// The other way round.
    fn own(&self, factors: &[Rational], scale: &BigInt) -> Vec<Rational> {
        let pairs = self.members.iter().zip(factors);
        pairs
            .map(|(member, factor)| factor * Rational::new(scale.clone(), member.scale.clone()))
            .collect()
    }

    fn named(&self, factors: &[Rational]) -> Factors {
        let pairs = self.members.iter().zip(factors);
        let used = pairs.filter(|(_, factor)| factor.is_positive());
        let mut named: Factors = used.map(|(member, x)| (member.neuron, x.clone())).collect();
        named.sort_by_key(|(neuron, _)| *neuron);
        named
    }

    /// How high a function, a row over the scale, is on the box alone.
    pub fn on_box(&self, row: &[BigInt], scale: &BigInt) -> Rational {
        let [_, most] = range(row, self.ends);
        reduced(most, scale * &self.ends[self.inputs][0])
    }

    /// How high it may be in the cell, if not above the line in the box with the first multipliers tried; with `exactly` the answer is the largest value, at the answered
    /// point, for a cell that is not empty.
    pub fn highest(
        &self,
        row: &[BigInt],
        scale: &BigInt,
        line: &Rational,
        exactly: bool,
        asked: Asked,
    ) -> Result<High, Stop> {
        let affine = self.unit(row);
        let whole = scale * &self.ends[self.inputs][0];
        let over = |most: Rational| most / Rational::from_integer(whole.clone());
        let mut high = High {
            bound: self.on_box(row, scale),
            factors: Vec::new(),
            point: None,
        };
        let count = self.ends.len() - 1;
        let ends = vec![[0, 1]; count];
        let size = length(&affine);
        let slices: Vec<&[BigInt]> = self.rows.iter().map(Vec::as_slice).collect();
        let mut guess: Option<Peak> = None;
        for round in 0.. {
            asked.watch.check()?;
            let cap = CAP + 20 * u32::max(round, 1) - 20;
            let bounds: Vec<[BigInt; 2]> = (self.rows.iter())
                .map(|row| {
                    let length = length(row).max(BigInt::one());
                    [BigInt::zero(), (&size << cap) / length + 1]
                })
                .collect();
            let bends: Vec<(usize, [BigInt; 2])> = bounds.iter().cloned().enumerate().collect();
            let question = Question {
                ends: &ends,
                unit: 1,
                affine: &affine,
                bends: &bends,
            };
            let peak = match &guess {
                None => asked.advice.guide(&self.rows, asked.watch).peak(&question),
                Some(guess) => climb(&question.hill(&self.rows), Some(guess), None, asked.watch)?,
            };
            let peak = peak.fitting(count, self.rows.len());
            let multipliers = peak.multipliers(&affine, &slices, &bounds, asked.watch)?;
            for is_rounded in [true, false] {
                let factors = self.factors(&multipliers, scale, is_rounded);
                let bound = over(self.most(&affine, &self.own(&factors, scale)));
                if bound < high.bound {
                    (high.bound, high.factors) = (bound, self.named(&factors));
                }
                if high.bound <= *line {
                    return Ok(high);
                }
            }
            let (numerators, denominator) = peak.point(&slices, &ends, 1, asked.watch)?;
            let point = self.out(&numerators, &denominator);
            let is_there = self.has(&point, true);
            if is_there {
                high.point = Some(point);
            }
            if !exactly || is_there && round > 0 {
                break;
            }
            if is_there {
                // Floats may have been right: then the point is as high as the bound.
                let unit = BigInt::clone(&denominator);
                let mut value = affine[count].clone() * &unit;
                for (x, y) in affine.iter().zip(&numerators) {
                    value += x * y;
                }
                if over(reduced(value, unit)) >= high.bound {
                    break;
                }
            }
            guess = Some(peak);
        }
        Ok(high)
    }
}

/// The largest entry.
fn length(row: &[BigInt]) -> BigInt {
    row.iter().map(BigInt::abs).max().unwrap_or_default()
}

/// A positive number with so many leading bits, or 0.
fn rounded(x: &Rational, bits: i64) -> Rational {
    if !x.is_positive() {
        return Rational::zero();
    }
    let shift = bits - x.numer().bits() as i64 + x.denom().bits() as i64;
    let numerator = match shift >= 0 {
        true => (x.numer() << shift) / x.denom(),
        false => x.numer() / (x.denom() << -shift),
    };
    match shift >= 0 {
        true => Rational::new(numerator, BigInt::one() << shift),
        false => Rational::from_integer(numerator << -shift),
    }
}
