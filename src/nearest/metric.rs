//! Sources that must go to places, and what each pair costs: exactly, and as a decision in fixed point.

use num_traits::{Signed, Zero};

use super::fixed_point::{Decision, FixedPlace, FixedSource, Grid, TOP};
use super::pair_cost::{Constraints, PairCost};
use super::quadratic::Quadratic;
use super::source::Source;
use crate::certificate::{Binding, Coordinate, Part};
use crate::exact::{Rational, Surd};
use crate::network::Neuron;

/// The exact cost of one source in one place.
#[derive(Clone, Debug)]
pub struct Cost {
    /// The cost.
    pub value: Surd,
    /// The cost over √s of the place, for ridges and lines.
    pub level: Quadratic,
    /// What forces it; `None` at cost 0 and for dead sources.
    pub binding: Option<Binding>,
}

/// All sources and places.
#[derive(Clone, Debug)]
pub struct Metric {
    sources: Vec<Source>,
    places: Vec<Neuron>,
    grid: Grid,
    fixed_sources: Vec<FixedSource>,
    fixed_places: Vec<FixedPlace>,
}

/// The bounds on ν for a neuron in a place, with √s of the place taken out: μ = √s·ν.
pub fn ridge_constraints(source: &Neuron, place: &Neuron, flipped: bool) -> Constraints {
    let share = source.scale() / place.scale();
    let outer: Vec<Rational> = source.outer().iter().map(|c| c * &share).collect();
    Constraints::new(
        (source.inner(), &outer),
        (place.inner(), place.outer()),
        flipped,
    )
}

impl Metric {
    /// Sources, and the places: the neurons of Γ.
    pub fn new(sources: Vec<Source>, places: Vec<Neuron>) -> Self {
        let grid = Grid::new(&sources, &places);
        Metric {
            fixed_sources: sources.iter().map(|s| grid.source(s)).collect(),
            fixed_places: places.iter().map(|p| grid.place(p)).collect(),
            sources,
            places,
            grid,
        }
    }

    /// The sources.
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// The places.
    pub fn places(&self) -> &[Neuron] {
        &self.places
    }

    /// Whether the cost is at most `level` units of the grid.
    pub fn decide(&self, source: usize, place: usize, flipped: bool, level: i64) -> Decision {
        self.fixed_sources[source].decide(&self.fixed_places[place], flipped, level)
    }

    /// A level in units of the grid, rounded up; `None` if it is too large.
    pub fn level_above(&self, level: &Rational) -> Option<i64> {
        self.grid.above(level)
    }

    /// A pair of bounds that nearly forces the cost, where fixed point finds one.
    fn guess(&self, source: usize, place: usize, flipped: bool) -> Option<Binding> {
        let (mut low, mut high) = (-1, TOP);
        let mut guess = None;
        while high - low > 1 && high - low > high >> 40 {
            // By ratio first, then by difference.
            let middle = if low < high / 16 {
                (high / 8).max(low + 1)
            } else {
                low.midpoint(high)
            };
            match self.decide(source, place, flipped, middle) {
                Decision::Far(binding) => {
                    guess = Some(binding);
                    low = middle;
                }
                _ => high = middle,
            }
        }
        guess
    }

    /// The exact cost.
    pub fn cost(&self, source: usize, place: usize, flipped: bool) -> Cost {
        let guess = || self.guess(source, place, flipped);
        let target = &self.places[place];
        let of = |PairCost { level, binding }: PairCost| Cost {
            value: level.times_root(target.scale()),
            level,
            binding,
        };
        match &self.sources[source] {
            Source::Ridge(neuron) => {
                of(ridge_constraints(neuron, target, flipped).cost_from(guess()))
            }
            Source::Line(row) => {
                let constraints = Constraints::new((row, &[]), (target.inner(), &[]), false);
                of(constraints.cost_from(guess()))
            }
            Source::Dead => {
                let level = target.inner_norm().min(target.outer_norm()).into();
                of(PairCost {
                    level,
                    binding: None,
                })
            }
            Source::Still(neuron) => still_cost(neuron, target),
        }
    }
}

/// The largest absolute difference of the true weights.
fn still_cost(source: &Neuron, place: &Neuron) -> Cost {
    let same = source.scale() == place.scale();
    let parts = [
        (Part::Inner, source.inner(), place.inner()),
        (Part::Outer, source.outer(), place.outer()),
    ];
    let mut largest = (Surd::zero(), None);
    for (part, left, right) in parts {
        for (index, (p, q)) in left.iter().zip(right).enumerate() {
            let value = if same {
                Surd::multiple_of_root(&(p - q).abs(), place.scale())
            } else {
                let p = Surd::multiple_of_root(p, source.scale());
                p.sub(&Surd::multiple_of_root(q, place.scale())).abs()
            };
            if value.compare(&largest.0).is_gt() {
                largest = (value, Some(Binding::One(Coordinate { part, index })));
            }
        }
    }
    Cost {
        value: largest.0,
        level: Rational::zero().into(),
        binding: largest.1,
    }
}
