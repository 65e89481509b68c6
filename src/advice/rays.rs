//! A search among rays for sides with a large weighted sum.
//!
//! A ray lies on d − 1 *tight* hyperplanes, and each of them can be had on its better side near the ray. Releasing one leads along a great circle to
//! other rays; the best of all on these circles is the next, until none is better. Then some rows that are lost are made tight in place of others,
//! and it climbs again from there; now and then from elsewhere.

use num_bigint::BigInt;

use super::advisor::Ray;
use super::rows::{UnitRows, floats, inverse};
use crate::watch::Watch;

/// Sides that are answered at most.
const MOST: usize = 4;
/// Searches begun at most, and for each entry of the rows: among few rows the same rays are found again and again.
const SEARCHES: usize = 4096;
const AN_ENTRY: usize = 4;
/// Climbs for each entry of a row that do not lead higher, until it is begun elsewhere.
const PATIENCE: usize = 16;
/// A climb that ends at most this part of all weights lower, a part of it drawn at random, is gone on from.
const LOWER: f64 = 0.004;
/// Steps between two computations of the inverse from scratch.
const FRESH: usize = 60;
/// A product this small counts as 0.
const SMALL: f64 = 1e-11;

pub(super) struct Rays<'a> {
    rows: &'a UnitRows,
    weights: Vec<f64>,
    /// Rows from this one on must be on their + side.
    weighted: usize,
    random: u64,
    /// Multiplications done.
    spent: u64,
}

/// Where the search is.
#[derive(Clone)]
struct Place {
    tight: Vec<usize>,
    /// products[j·width + k] = ⟨g_j, u_k⟩, u_k the direction that leaves tight row k; the last column is for the ray itself.
    products: Vec<f64>,
    /// Whether the ray points the other way.
    negative: bool,
    value: f64,
    steps: usize,
}

struct Step {
    value: f64,
    negative: bool,
    /// Released, by its place among the tight ones.
    leaving: usize,
    entering: usize,
    along: f64,
}

/// Where a row is crossed on a line: in one number that orders as `along` does, and then as rows do, which sorts in a fraction of the time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Crossing(u128);

impl Crossing {
    fn new(along: f64, row: usize) -> Self {
        let bits = along.to_bits();
        // Of negative numbers larger bits are less.
        let key = bits ^ ((bits as i64 >> 63) as u64 | 1 << 63);
        Crossing(u128::from(key) << 64 | row as u128)
    }

    fn along(self) -> f64 {
        let key = (self.0 >> 64) as u64;
        f64::from_bits(if key >> 63 == 1 { key ^ 1 << 63 } else { !key })
    }

    fn row(self) -> usize {
        self.0 as u64 as usize
    }
}

impl<'a> Rays<'a> {
    /// None where there are too few rows for a ray.
    pub(super) fn new(rows: &'a UnitRows, weights: &[BigInt], seed: u64) -> Option<Self> {
        if rows.width() < 2 || rows.count() < rows.width() {
            return None;
        }
        let weighted = weights.len();
        let mut weights = floats(weights.iter());
        weights.resize(rows.count(), 0.0);
        Some(Rays {
            rows,
            weights,
            weighted,
            // Odd, and so never 0.
            random: 0x9e37_79b9_7f4a_7c15u64.wrapping_mul(seed << 1 | 1),
            spent: 0,
        })
    }

    fn below(&mut self, bound: usize) -> usize {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        (self.random % bound.max(1) as u64) as usize
    }

    /// A number from 0 on, below 1.
    fn part(&mut self) -> f64 {
        const STEPS: usize = 1 << 30;
        self.below(STEPS) as f64 / STEPS as f64
    }

    pub(super) fn search(&mut self, effort: u64, watch: &Watch) -> Vec<Ray> {
        let mut found: Vec<(f64, Ray)> = Vec::new();
        let entries = self.rows.count() * self.rows.width();
        let searches = SEARCHES.min(AN_ENTRY * entries);
        let patience = PATIENCE * self.rows.width();
        let lower = LOWER * self.weights.iter().map(|weight| weight.abs()).sum::<f64>();
        let mut current: Option<Place> = None;
        // The largest value since it was begun at random, and climbs since then.
        let (mut most, mut idle) = (f64::NEG_INFINITY, 0);
        let mut round = 0;
        while self.spent < effort && round < searches && watch.check().is_ok() {
            round += 1;
            idle += 1;
            let start = match &current {
                Some(place) if idle <= patience => self.shaken(place.clone()),
                _ => {
                    (current, most, idle) = (None, f64::NEG_INFINITY, 0);
                    self.random_place()
                }
            };
            let Some(place) = start.and_then(|place| self.climb(place, effort, watch)) else {
                self.spent += 1000;
                continue;
            };
            if place.value > most {
                (most, idle) = (place.value, 0);
            }
            let allowed = lower * self.part();
            if current
                .as_ref()
                .is_none_or(|current| place.value > current.value - allowed)
            {
                current = Some(place.clone());
            }
            let is_new = !found.iter().any(|(value, _)| *value == place.value);
            let worst = found.last().map_or(f64::NEG_INFINITY, |(value, _)| *value);
            if is_new && (found.len() < MOST || place.value > worst) {
                let ray = self.ray(&place);
                found.push((place.value, ray));
                found.sort_by(|x, y| y.0.total_cmp(&x.0));
                found.truncate(MOST);
            }
        }
        found.into_iter().map(|(_, ray)| ray).collect()
    }

    fn random_place(&mut self) -> Option<Place> {
        let tight = self.draw();
        self.place(tight)
    }

    /// Different rows drawn by their weights: what weighs much is had near a ray on it whatever its side.
    fn draw(&mut self) -> Vec<usize> {
        let mut left: Vec<f64> = self.weights.iter().map(|weight| weight.abs()).collect();
        let mut total: f64 = left.iter().sum();
        let mut tight = Vec::new();
        while tight.len() + 1 < self.rows.width() {
            let row = self.drawn(&left, total);
            if !tight.contains(&row) {
                tight.push(row);
                total -= std::mem::take(&mut left[row]);
            }
        }
        tight
    }

    /// A row drawn by its weight; any row where there is next to none left, of which rounding may make less than none.
    fn drawn(&mut self, weights: &[f64], total: f64) -> usize {
        let mut rest = self.part() * total.max(0.0);
        for (row, weight) in weights.iter().enumerate() {
            if *weight > rest {
                return row;
            }
            rest -= weight;
        }
        self.below(weights.len())
    }

    /// A few tight rows replaced by rows that are on their worse side, drawn by their weights.
    fn shaken(&mut self, place: Place) -> Option<Place> {
        let sides = self.sides(&place);
        let lost = |(plus, weight): (bool, &f64)| match plus == (*weight >= 0.0) {
            true => 0.0,
            false => weight.abs(),
        };
        let lost: Vec<f64> = sides.into_iter().zip(&self.weights).map(lost).collect();
        let total = lost.iter().sum();
        let mut tight = place.tight;
        for _ in 0..2 + self.below(2) {
            let (at, row) = (self.below(tight.len()), self.drawn(&lost, total));
            if !tight.contains(&row) {
                tight[at] = row;
            }
        }
        self.place(tight)
    }

    fn place(&mut self, tight: Vec<usize>) -> Option<Place> {
        let (width, count) = (self.rows.width(), self.rows.count());
        let mut matrix = Vec::with_capacity(width * width);
        for row in &tight {
            matrix.extend_from_slice(self.rows.row(*row));
        }
        for _ in 0..width {
            let number = self.below(2001) as f64 - 1000.0;
            matrix.push(number / 1000.0);
        }
        let inverse = inverse(matrix, width)?;
        let mut products = vec![0.0; count * width];
        for j in 0..count {
            let row = self.rows.row(j);
            for k in 0..width {
                let mut sum = 0.0;
                for (i, x) in row.iter().enumerate() {
                    sum += x * inverse[i * width + k];
                }
                products[j * width + k] = sum;
            }
        }
        self.spent += (count * width * width + width * width * width) as u64;
        Some(Place {
            tight,
            products,
            negative: false,
            value: f64::NEG_INFINITY,
            steps: 0,
        })
    }

    fn climb(&mut self, mut place: Place, effort: u64, watch: &Watch) -> Option<Place> {
        loop {
            let Some(step) = self.best_step(&place) else {
                return place.value.is_finite().then_some(place);
            };
            self.take(&mut place, &step);
            if place.steps >= FRESH {
                let (value, negative) = (place.value, place.negative);
                let ray_before = self.sides(&place);
                place = self.place(place.tight)?;
                place.value = value;
                place.negative = negative;
                // The ray may have been turned round.
                let same = |sides: &[bool]| {
                    sides
                        .iter()
                        .zip(&ray_before)
                        .filter(|(x, y)| x == y)
                        .count()
                };
                let upright = same(&self.sides(&place));
                place.negative = !negative;
                if same(&self.sides(&place)) < upright {
                    place.negative = negative;
                }
            }
            if self.spent >= effort || watch.check().is_err() {
                return place.value.is_finite().then_some(place);
            }
        }
    }

    /// The best ray on the circles through this one, if it is better.
    fn best_step(&mut self, place: &Place) -> Option<Step> {
        let (width, count) = (self.rows.width(), self.rows.count());
        let mut best: Option<Step> = None;
        let mut most = place.value + 1e-9 * (1.0 + place.value.abs());
        if !place.value.is_finite() {
            most = f64::NEG_INFINITY;
        }
        let mut is_tight = vec![false; count];
        place.tight.iter().for_each(|row| is_tight[*row] = true);
        let mut crossings: Vec<Crossing> = Vec::with_capacity(count);
        for leaving in 0..width - 1 {
            let released = place.tight[leaving];
            crossings.clear();
            // The sum far back on the line, and what is had in any case.
            let (mut sum, mut sure) = (0.0, 0.0);
            let mut domain = Vec::new();
            for (j, tight) in is_tight.iter().enumerate() {
                if *tight && j != released {
                    sure += self.weights[j].abs();
                    continue;
                }
                let (at, along) = (
                    place.products[j * width + width - 1],
                    place.products[j * width + leaving],
                );
                let (at, along) = if j == released {
                    (0.0, 1.0)
                } else {
                    (at, along)
                };
                let side = if along.abs() > SMALL {
                    crossings.push(Crossing::new(-at / along, j));
                    -along
                } else {
                    at
                };
                sum += if side > 0.0 {
                    self.weights[j]
                } else {
                    -self.weights[j]
                };
                if j >= self.weighted {
                    domain.push((j, at, along));
                }
            }
            crossings.sort_unstable();
            for crossing in &crossings {
                let (along, j) = (crossing.along(), crossing.row());
                let slope = place.products[j * width + leaving];
                let slope = if j == released { 1.0 } else { slope };
                let weight = self.weights[j];
                // Before the crossing it has the side of −slope.
                sum += if slope > 0.0 { weight } else { -weight };
                if j != released {
                    for negative in [false, true] {
                        let value = sure + weight.abs() + if negative { -sum } else { sum };
                        let inside = domain.iter().all(|(row, at, step)| {
                            let side = at + along * step;
                            *row == j || if negative { side < 0.0 } else { side > 0.0 }
                        });
                        if value > most && inside {
                            most = value;
                            best = Some(Step {
                                value,
                                negative,
                                leaving,
                                entering: j,
                                along,
                            });
                        }
                    }
                }
                sum += if slope > 0.0 { weight } else { -weight };
            }
        }
        self.spent += (width * count * 8) as u64;
        best
    }

    fn take(&mut self, place: &mut Place, step: &Step) {
        let (width, count) = (self.rows.width(), self.rows.count());
        let (leaving, last) = (step.leaving, width - 1);
        // The new ray, then the direction that leaves the new tight row, then the others without it.
        for j in 0..count {
            place.products[j * width + last] += step.along * place.products[j * width + leaving];
        }
        let entering = step.entering;
        let scale = place.products[entering * width + leaving];
        for j in 0..count {
            place.products[j * width + leaving] /= scale;
        }
        for k in 0..width {
            let factor = place.products[entering * width + k];
            if k == leaving || factor == 0.0 {
                continue;
            }
            for j in 0..count {
                place.products[j * width + k] -= factor * place.products[j * width + leaving];
            }
        }
        place.tight[leaving] = entering;
        place.value = step.value;
        place.negative = step.negative;
        place.steps += 1;
        self.spent += (width * count * 2) as u64;
    }

    fn ray(&self, place: &Place) -> Ray {
        let width = self.rows.width();
        let product = |j: usize| place.products[j * width + width - 1].abs();
        let mut ahead = 0;
        for j in 1..self.rows.count() {
            if product(j) > product(ahead) {
                ahead = j;
            }
        }
        Ray {
            tight: place.tight.clone(),
            ahead,
            sides: self.sides(place),
        }
    }

    /// The sides at the ray, tight rows on their better one.
    fn sides(&self, place: &Place) -> Vec<bool> {
        let width = self.rows.width();
        (0..self.rows.count())
            .map(|j| {
                let at = place.products[j * width + width - 1];
                if place.tight.contains(&j) {
                    return self.weights[j] >= 0.0;
                }
                (at > 0.0) != place.negative
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Crossing, Rays, UnitRows};
    use crate::watch::{Stop, Watch};

    /// Three lines in the plane: their rays are soon found, and then again and again while there is effort.
    fn spent(watch: &Watch) -> (u64, usize) {
        let row = |x: i32, y: i32| vec![x.into(), y.into()];
        let rows = UnitRows::new(&[row(1, 0), row(0, 1), row(1, 1)]);
        let weights = [1, 2, 3].map(Into::into);
        let mut rays = Rays::new(&rows, &weights, 0).expect("rows enough");
        let found = rays.search(10_000_000, watch);
        (rays.spent, found.len())
    }

    #[test]
    fn a_search_obeys_the_watch_whatever_its_effort() {
        let met = Watch::none().for_at_most(Duration::ZERO);
        assert_eq!(met.check(), Err(Stop::Time));
        assert_eq!(spent(&met), (0, 0));
        let (effort, found) = spent(&Watch::none());
        assert!(effort > 1_000 && found > 0, "{effort} {found}");
    }

    /// Few rows have weights, and what is left of them once they are drawn may be less than nothing in floats.
    #[test]
    fn as_many_rows_as_a_ray_has_are_drawn_whatever_the_weights() {
        let width = 6;
        let entry = |i: i64, k: u32| ((i + 2).pow(k) % 101).into();
        let rows: Vec<Vec<_>> = (0..12)
            .map(|i| (0..width).map(|k| entry(i, k)).collect())
            .collect();
        let rows = UnitRows::new(&rows);
        for seed in 0..400 {
            let weight = |i: u64| match i % 3 {
                0 => 0x9e37_79b9_7f4a_7c15u64.wrapping_mul(12 * seed + i + 1) >> i,
                _ => 0,
            };
            let weights: Vec<_> = (0..12).map(|i| weight(i).into()).collect();
            let mut rays =
                Rays::new(&rows, &weights, seed * (u64::MAX / 399)).expect("rows enough");
            let tight = rays.draw();
            assert_eq!(tight.len() + 1, width as usize);
            assert!(
                (0..tight.len()).all(|i| !tight[..i].contains(&tight[i])),
                "{tight:?}"
            );
        }
    }

    #[test]
    fn crossings_order_as_numbers_do_and_then_as_rows() {
        let numbers = [f64::NEG_INFINITY, -2.5, -1e-300, -0.0, 0.0, 1e-300, 7.0];
        let all: Vec<Crossing> = numbers
            .iter()
            .flat_map(|at| [Crossing::new(*at, 3), Crossing::new(*at, 900)])
            .collect();
        assert!(all.is_sorted_by(|x, y| x < y));
        let back: Vec<(u64, usize)> = all.iter().map(|x| (x.along().to_bits(), x.row())).collect();
        let wanted: Vec<(u64, usize)> = numbers
            .iter()
            .flat_map(|at| [(at.to_bits(), 3), (at.to_bits(), 900)])
            .collect();
        assert_eq!(back, wanted);
    }
}
