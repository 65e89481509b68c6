//! The function R(Θ) − R(Γ), or R(Γ), on a box for all k of a range: which kinks do not meet the box, and where d of its hyperplanes and the box's facets
//! meet.
//!
//! A vertex is the one solution of d equations ⟨n,x⟩ + b = 0: with minors of their rows (n, b) as coordinates, (x·D, D), and D the determinant of the n. That needs
//! no division, and numbers that are multiplied by D say nothing where D = 0 and there is no vertex. Rows are taken one after another, with all minors of the rows taken
//! that are not identically 0; a facet has two entries, so that few of them are not.

use std::collections::BTreeMap;

use super::budget::{Budget, Held};
use super::function::Function;
use super::jumps::{Jumps, join, shown};
use super::number::Q;
use super::verdict::{Locate as _, Stop, decline, reject};
use relucert_format::StatedRational;

/// Most inputs whose minors have names.
const MOST_INPUTS: usize = 63;

/// Lower and upper end of every side.
pub(crate) struct Sides {
    sides: Vec<[Function; 2]>,
}

/// Minors of the rows taken, by their columns as bits; none that is identically 0.
struct Minors {
    by_columns: BTreeMap<u64, Function>,
    taken: usize,
    _held: Held,
}

impl Minors {
    /// Of no rows: 1.
    fn none(limits: &Budget) -> Result<Minors, Stop> {
        Ok(Minors {
            by_columns: BTreeMap::from([(0, Function::one())]),
            taken: 0,
            _held: limits.hold(64)?,
        })
    }

    /// With one more row.
    fn with(&self, row: &[Function], limits: &Budget) -> Result<Minors, Stop> {
        let mut by_columns: BTreeMap<u64, Function> = BTreeMap::new();
        for (&columns, minor) in &self.by_columns {
            for (j, entry) in row.iter().enumerate() {
                limits.tick()?;
                let bit = 1 << j;
                if columns & bit != 0 || entry.is_zero(limits)? {
                    continue;
                }
                // The new row is the last one: its entry changes places with the columns after its own.
                let even = (columns >> j).count_ones() % 2 == 0;
                let product = minor.mul(entry, limits)?;
                let before = by_columns.remove(&(columns | bit));
                let sum = before.unwrap_or_else(Function::zero);
                by_columns.insert(columns | bit, sum.join(&product, even, limits)?);
            }
        }
        let mut kept = BTreeMap::new();
        let mut held = limits.hold(0)?;
        for (columns, minor) in by_columns {
            if !minor.is_zero(limits)? {
                held.grow(64 + minor.memory(), limits)?;
                kept.insert(columns, minor);
            }
        }
        Ok(Minors {
            by_columns: kept,
            taken: self.taken + 1,
            _held: held,
        })
    }

    /// Whether the normals, without the last column, are dependent at every k.
    fn are_dependent(&self, inputs: usize) -> bool {
        self.by_columns.keys().all(|columns| columns >> inputs != 0)
    }

    /// (x·D, D) of as many rows as there are inputs: the minor without a column, with its sign.
    fn vertex(&self, inputs: usize) -> Vec<Function> {
        let all = (1u64 << (inputs + 1)) - 1;
        let coordinate = |j: usize| match self.by_columns.get(&(all & !(1 << j))) {
            None => Function::zero(),
            Some(minor) if (inputs - j).is_multiple_of(2) => minor.clone(),
            Some(minor) => minor.neg(),
        };
        (0..=inputs).map(coordinate).collect()
    }
}

impl Sides {
    /// Of rational ends.
    pub(crate) fn new(domain: &[(StatedRational, StatedRational)]) -> Sides {
        let end = |end: &StatedRational| Function::from(Q::from(end));
        let sides = domain.iter().map(|(lower, upper)| [end(lower), end(upper)]);
        Sides {
            sides: sides.collect(),
        }
    }

    /// d.
    pub(crate) fn inputs(&self) -> usize {
        self.sides.len()
    }

    /// The least and largest value of a row on the box; of an entry beyond the inputs, at 1.
    fn range(&self, row: &[Function], limits: &Budget) -> Result<[Function; 2], Stop> {
        let (mut least, mut most) = (Function::zero(), Function::zero());
        for (j, entry) in row.iter().enumerate() {
            let Some([lower, upper]) = self.sides.get(j) else {
                least = least.add(entry, limits)?;
                most = most.add(entry, limits)?;
                continue;
            };
            let signs = entry.signs(limits)?;
            let (low, high) = match (signs.minus, signs.plus) {
                (true, true) => {
                    return reject(format!(
                        "entry {j} of a kink's normal has not one sign, so that it is not known at which corner of the box it is least: {entry}, in t"
                    ));
                }
                (true, false) => (upper, lower),
                (false, _) => (lower, upper),
            };
            least = least.add(&entry.mul(low, limits)?, limits)?;
            most = most.add(&entry.mul(high, limits)?, limits)?;
        }
        Ok([least, most])
    }

    /// (x, 1) or (x·D, D) is in the box, as far as it is seen: each coordinate less the ends, times D.
    fn distances(&self, point: &[Function], limits: &Budget) -> Result<Vec<[Function; 2]>, Stop> {
        let one = Function::one();
        let scale = point.get(self.inputs()).unwrap_or(&one);
        let mut all = Vec::with_capacity(self.inputs());
        for (x, [lower, upper]) in point.iter().zip(&self.sides) {
            let above = x.sub(&lower.mul(scale, limits)?, limits)?;
            let below = upper.mul(scale, limits)?.sub(x, limits)?;
            all.push([above, below]);
        }
        Ok(all)
    }

    /// Some output has this absolute value at a point of the box, everywhere.
    pub(crate) fn reached(
        &self,
        function: &Jumps,
        point: &[Function],
        value: &Function,
        limits: &Budget,
    ) -> Result<(), Stop> {
        for (j, [above, below]) in self.distances(point, limits)?.iter().enumerate() {
            for distance in [above, below] {
                let what = format!("the point may be outside the box at side {j}");
                distance.at_least(&what, &Function::zero(), limits)?;
            }
        }
        value.at_least("the value", &Function::zero(), limits)?;
        let mut whole = point.to_vec();
        whole.push(Function::one());
        let twice = function.twice_at(&whole, limits)?;
        let doubled = value.add(value, limits)?;
        for output in &twice {
            let (less, more) = (output.sub(&doubled, limits)?, output.add(&doubled, limits)?);
            if less.is_zero(limits)? || more.is_zero(limits)? {
                return Ok(());
            }
        }
        reject(format!(
            "no output has the absolute value {value} at the point: twice they are {}",
            shown(&twice)
        ))
    }

    /// No output is larger at a vertex in the box, everywhere.
    pub(crate) fn vertices(
        &self,
        function: &Jumps,
        value: &Function,
        limits: &Budget,
    ) -> Result<(), Stop> {
        let inputs = self.inputs();
        if inputs > MOST_INPUTS {
            return decline(format!(
                "{inputs} inputs: vertices for all k are gone through for at most {MOST_INPUTS}"
            ));
        }
        let rows = self.rows(function);
        let mut stack = vec![(0, Minors::none(limits)?)];
        while let Some((next, minors)) = stack.last_mut() {
            limits.tick()?;
            let missing = inputs - minors.taken;
            let Some(row) = rows.get(*next).filter(|_| *next + missing <= rows.len()) else {
                stack.pop();
                continue;
            };
            *next += 1;
            let (more, next) = (minors.with(row, limits)?, *next);
            if more.are_dependent(inputs) {
                continue;
            }
            match missing {
                1 => self.vertex(function, more.vertex(inputs), value, limits)?,
                _ => stack.push((next, more)),
            }
        }
        Ok(())
    }

    /// Rows (n, b): those of the kinks, and x_j − end.
    fn rows(&self, function: &Jumps) -> Vec<Vec<Function>> {
        let inputs = self.inputs();
        let kinks = function.kinks.iter().map(|kink| {
            let mut row = kink.normal.clone();
            row.resize(inputs + 1, Function::zero());
            row
        });
        kinks.chain(self.facets()).collect()
    }

    /// Rows (n, b) of x_j − lower and upper − x_j, which are positive inside.
    fn facets(&self) -> impl Iterator<Item = Vec<Function>> {
        let inputs = self.inputs();
        self.sides.iter().enumerate().flat_map(move |(j, ends)| {
            let [lower, upper] = ends;
            let one = Function::one();
            let ends = [(one.clone(), lower.neg()), (one.neg(), upper.clone())];
            ends.map(|(entry, end)| {
                let mut row = vec![Function::zero(); inputs];
                if let Some(place) = row.get_mut(j) {
                    *place = entry;
                }
                row.push(end);
                row
            })
        })
    }

    /// A vertex (x·D, D), either way around, is outside the box, or the function is not larger there.
    fn vertex(
        &self,
        function: &Jumps,
        mut point: Vec<Function>,
        value: &Function,
        limits: &Budget,
    ) -> Result<(), Stop> {
        let Some(scale) = point.last() else {
            return Ok(());
        };
        let signs = scale.signs(limits)?;
        if signs.minus && signs.plus {
            return reject(format!(
                "the determinant of a vertex has not one sign: {scale}, in t"
            ));
        }
        if signs.minus {
            point.iter_mut().for_each(|x| *x = x.neg());
        }
        for distance in self.distances(&point, limits)?.iter().flatten() {
            let signs = distance.signs(limits)?;
            let apart = distance.is_one_term();
            // Where it is 0 at single k of an interval, the sup norm there is the limit of those beside it: everything is continuous in k.
            if signs.definite() == Some(false) || apart && !signs.plus {
                return Ok(());
            }
        }
        let whose = || format!("at the vertex with the coordinates {}", shown(&point));
        let twice = function.twice_at(&point, limits).in_part(whose)?;
        let scale = point.last().cloned().unwrap_or_else(Function::zero);
        let bound = value.mul(&scale, limits)?;
        let bound = bound.add(&bound, limits)?;
        for output in &twice {
            let names = ["twice the sup norm", "twice an output"];
            bound.bounds(output, names, limits).in_part(whose)?;
        }
        Ok(())
    }
}

impl Jumps {
    /// Hyperplanes, of the affine kind, inside the box.
    pub(crate) fn inside(mut self, domain: &Sides, limits: &Budget) -> Result<Jumps, Stop> {
        for row in domain.facets() {
            limits.tick()?;
            self.narrow(row, limits)?;
        }
        Ok(self)
    }

    /// Twice every output at a point, whose last coordinate, if it is one more than there are inputs, is 1 or what all are multiplied by.
    fn twice_at(&self, point: &[Function], limits: &Budget) -> Result<Vec<Function>, Stop> {
        let rows = |matrix: &[Function]| {
            let rows = matrix.chunks(self.inputs);
            let products = rows.map(|row| Function::dot(row, point, limits));
            products.collect::<Result<Vec<_>, Stop>>()
        };
        let mut twice = rows(&self.twice_linear)?;
        for (h, kink) in self.kinks.iter().enumerate() {
            let side = Function::dot(&kink.normal, point, limits)?;
            let signs = side.signs(limits)?;
            if signs.minus && signs.plus {
                return reject(format!(
                    "the point is not on one side of kink {h} for all k: its product is {side}, in t"
                ));
            }
            join(&mut twice, &rows(&kink.jump)?, signs.plus, limits)?;
        }
        Ok(twice)
    }

    /// The function on a box: kinks that do not meet its interior at any k are part of the linear part.
    pub(crate) fn on_box(&self, domain: &Sides, limits: &Budget) -> Result<Jumps, Stop> {
        let mut function = self.clone();
        let kinks = std::mem::take(&mut function.kinks);
        for kink in kinks {
            let [least, most] = domain.range(&kink.normal, limits)?;
            let plus = match (least.signs(limits)?.minus, most.signs(limits)?.plus) {
                (false, _) => true,
                (_, false) => false,
                _ => {
                    function.kinks.push(kink);
                    continue;
                }
            };
            join(&mut function.twice_linear, &kink.jump, plus, limits)?;
        }
        Ok(function)
    }
}
