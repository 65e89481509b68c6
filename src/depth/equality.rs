//! Whether two networks of any depth have one function: by their forms, else by points.

use num_traits::{One as _, Zero as _};

use super::canonical::{Canonical, canonical};
use crate::exact::Rational;
use crate::network::{Deep, ShapeError};
use crate::watch::{Stop, Watch};

/// What is known.
#[derive(Clone, Debug)]
pub enum Equality {
    /// They have one form.
    Equal(Box<[Canonical; 2]>),
    /// They have different values at a point.
    Different {
        /// The point.
        point: Vec<Rational>,
        /// The first network's value.
        first: Vec<Rational>,
        /// The second one's.
        second: Vec<Rational>,
    },
    /// Their forms differ, and their values at so many points do not.
    Unknown {
        /// How many points were tried.
        points: usize,
        /// The limit that was met before all were.
        stopped: Option<Stop>,
    },
}

/// Which points are tried: 0, the unit vectors, then others of multiples of 1/64, small and large, that a seed determines.
#[derive(Clone, Copy, Debug)]
pub struct Points {
    /// The seed.
    pub seed: u64,
    /// How many are tried beyond 0 and the unit vectors; of small networks, where points cost little, up to 1024 even if these are fewer.
    pub count: usize,
}

impl Default for Points {
    fn default() -> Self {
        Points { seed: 0, count: 64 }
    }
}

/// Compares two networks. If both forms have one layer, the answer is known.
///
/// Cost: that of two forms; where these differ, of two evaluations a point.
///
/// # Errors
/// [`ShapeError`] if inputs or outputs are not as many.
pub fn compare(
    first: &Deep,
    second: &Deep,
    points: Points,
    watch: &Watch,
) -> Result<Equality, ShapeError> {
    for (what, found, expected) in [
        ("inputs", second.inputs(), first.inputs()),
        ("outputs", second.outputs(), first.outputs()),
    ] {
        if found != expected {
            return Err(ShapeError {
                place: format!("the {what} of the second network"),
                found,
                expected,
            });
        }
    }
    let forms = [canonical(first), canonical(second)];
    if forms[0].network == forms[1].network {
        return Ok(Equality::Equal(Box::new(forms)));
    }
    let affine = forms.iter().all(|form| form.network.layers().len() == 1);
    let mut tried = 0;
    let count = points.count.max(affordable(first, second));
    let points = Points { count, ..points };
    for point in Sequence::new(first.inputs(), points, affine) {
        if let Err(stop) = watch.check() {
            return Ok(Equality::Unknown {
                points: tried,
                stopped: Some(stop),
            });
        }
        // What is simpler to evaluate has the same values.
        let (one, two) = (first.eval(&point)?, second.eval(&point)?);
        if one != two {
            return Ok(Equality::Different {
                point,
                first: one,
                second: two,
            });
        }
        tried += 1;
    }
    Ok(Equality::Unknown {
        points: tried,
        stopped: None,
    })
}

/// Points of small networks, and products of a weight that all of them may cost.
const MOST_POINTS: usize = 1024;
const MOST_PRODUCTS: usize = 1 << 20;

/// How many points cost little.
fn affordable(first: &Deep, second: &Deep) -> usize {
    let layers = first.layers().iter().chain(second.layers());
    let weights = layers.map(|layer| layer.weights.iter().map(Vec::len).sum::<usize>());
    (MOST_PRODUCTS / weights.sum::<usize>().max(1)).min(MOST_POINTS)
}

/// Halves of the ranges that coordinates are from, in turn: 2 to these powers, in 64ths.
const RANGES: [u32; 5] = [5, 6, 7, 10, 14];

/// The points, in their order.
struct Sequence {
    inputs: usize,
    state: u64,
    next: usize,
    units: usize,
    end: usize,
}

/// With more inputs not all unit vectors are tried before others.
const MOST_UNITS: usize = 4;

impl Sequence {
    fn new(inputs: usize, points: Points, affine: bool) -> Self {
        // Affine functions that agree at 0 and at all unit vectors are the same.
        let units = if affine {
            inputs
        } else {
            inputs.min(MOST_UNITS)
        };
        Sequence {
            inputs,
            state: points.seed,
            next: 0,
            units,
            end: 1 + units + points.count,
        }
    }

    /// The next number of splitmix64.
    fn random(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

impl Iterator for Sequence {
    type Item = Vec<Rational>;

    fn next(&mut self) -> Option<Self::Item> {
        let at = self.next;
        if at >= self.end {
            return None;
        }
        self.next += 1;
        let mut point = vec![Rational::zero(); self.inputs];
        if at == 0 {
            return Some(point);
        }
        if at <= self.units {
            point[at - 1] = Rational::one();
            return Some(point);
        }
        let size = 1_i64 << RANGES[(at - self.units - 1) % RANGES.len()];
        for x in &mut point {
            let number = (self.random() >> 11) as i64 % (2 * size + 1) - size;
            *x = Rational::new(number.into(), 64.into());
        }
        Some(point)
    }
}
