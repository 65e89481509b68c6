//! One part of the box looked at: bounds, points, and where to divide.

use std::cmp::Reverse;

use num_bigint::BigInt;
use num_traits::{Signed as _, Zero as _};

use super::cell::Cell;
use super::forms::range;
use super::loose::Loose;
use super::place::{Candidate, HALVINGS, Place};
use super::search::Search;
use super::seen::{Branch, Goal, Seen};
use crate::exact::Rational;
use crate::watch::Stop;

/// With more undecided neurons a side than this, sides are halved first.
const MANY: usize = 16;

impl Search<'_> {
    /// The bound without factors.
    pub(super) fn plain(&self, loose: &Loose, place: &Place) -> Rational {
        if self.goal == Goal::Slope {
            return loose.steepest();
        }
        let cell = Cell::new(place, &loose.ends, None);
        let outputs = (0..self.problem.outputs).flat_map(|l| [(l, false), (l, true)]);
        let bounds = outputs.map(|(output, negative)| {
            let (row, scale) = loose.output(output, negative);
            cell.on_box(&row, &scale)
        });
        bounds.max().unwrap_or_default()
    }

    /// Looks at a part that is closed by the line.
    pub(super) fn look(&mut self, place: &Place, point: Option<&[BigInt]>) -> Result<Seen, Stop> {
        self.limits.watch.check()?;
        if let Some(point) = point {
            self.offer(point);
        }
        let loose = Loose::of(self.problem, place, self.goal == Goal::Slope);
        let mut seen = Seen {
            bound: Rational::zero(),
            slacks: Vec::new(),
            branch: None,
        };
        let is_whole = place.is_whole(self.problem);
        if self.goal == Goal::Slope {
            seen.bound = loose.steepest();
        } else {
            self.heights(place, &loose, is_whole, &mut seen)?;
        }
        if !is_whole && seen.bound > self.line() {
            seen.branch = Some(self.branch(place, &loose));
        }
        Ok(seen)
    }

    /// Bounds of all outputs and their negatives.
    fn heights(
        &mut self,
        place: &Place,
        loose: &Loose,
        is_whole: bool,
        seen: &mut Seen,
    ) -> Result<(), Stop> {
        let cell = Cell::new(place, &loose.ends, None);
        let mut all = Vec::new();
        for output in 0..self.problem.outputs {
            for negative in [false, true] {
                let (row, scale) = loose.output(output, negative);
                let bound = cell.on_box(&row, &scale);
                all.push((output, negative, row, scale, bound));
            }
        }
        // Where the box alone says most, a corner may be high.
        let most = all.iter().max_by(|x, y| x.4.cmp(&y.4));
        if let Some((_, _, row, _, bound)) = most
            && *bound > self.line()
        {
            let corner: Vec<BigInt> = (place.ends.iter().zip(row))
                .map(|([low, high], x)| if x.is_positive() { high } else { low })
                .cloned()
                .collect();
            self.offer(&corner);
        }
        for (output, negative, row, scale, mut bound) in all {
            let line = self.line();
            if bound > line && !cell.is_box() {
                let high = cell.highest(&row, &scale, &line, is_whole, self.asked())?;
                if let Some(point) = &high.point {
                    self.offer(point);
                }
                if !high.factors.is_empty() {
                    seen.slacks.push((output, negative, high.factors));
                }
                bound = bound.min(high.bound);
            }
            seen.bound = seen.bound.clone().max(bound);
        }
        Ok(())
    }

    /// A side of the box while many neurons are undecided, since each half has fewer of them; else a neuron.
    fn branch(&self, place: &Place, loose: &Loose) -> Branch {
        let sides = self.problem.inputs;
        let halvings: u32 = place.halvings.iter().sum();
        if loose.open > MANY * sides && halvings < 24 * sides as u32 {
            let mut weights = vec![BigInt::zero(); sides];
            for (_, row, scale) in place.candidates(self.problem) {
                for (j, (weight, [low, high])) in
                    weights.iter_mut().zip(place.ends.iter()).enumerate()
                {
                    *weight += ((row[j].abs() * (high - low)) << 32u32) / scale;
                }
            }
            let wide = (0..sides).filter(|side| place.halvings[*side] < HALVINGS);
            let best = wide.map(|side| (&weights[side], Reverse(side))).max();
            if let Some((_, Reverse(side))) = best {
                return Branch::Halve(side);
            }
        }
        match self.widest(place) {
            Some(at) => Branch::Split(at),
            // Not reached: a part that is not whole has candidates.
            None => Branch::Halve(0),
        }
    }

    /// The undecided neuron that is farthest from having one side.
    pub(super) fn widest(&self, place: &Place) -> Option<Candidate> {
        let gap = |row: &[BigInt], scale: &BigInt| {
            let [low, high] = range(row, &place.ends);
            ((-low).min(high) << 64u32) / scale
        };
        let all = place.candidates(self.problem);
        let best = all.max_by_key(|(at, row, scale)| (gap(row, scale), Reverse(at.neuron)));
        best.map(|(at, ..)| at)
    }
}
