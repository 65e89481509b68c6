//! Bounds of what a network does on a part of the box where not all neurons are decided; the rules are those of [`DeepTree`](crate::certificate::DeepTree).

use num_bigint::BigInt;
use num_integer::Integer as _;
use num_traits::{One as _, Signed as _, Zero as _};

use super::forms::{Ends, Forms, Layers, Slopes, range, settled};
use super::place::{Front, Place, Problem};
use crate::exact::Rational;

/// Slopes of bounds are multiples of 2^−SLOPE.
const SLOPE: u32 = 8;

/// The outputs of all networks, affine in more coordinates than the inputs.
#[derive(Debug)]
pub(super) struct Loose {
    pub ends: Ends,
    outputs: Vec<Forms>,
    slopes: Vec<Slopes>,
    /// How many neurons are undecided, of all layers.
    pub open: usize,
}

impl Loose {
    pub fn of(problem: &Problem, place: &Place, with_slopes: bool) -> Self {
        let mut loose = Loose {
            ends: Ends::clone(&place.ends),
            outputs: Vec::new(),
            slopes: Vec::new(),
            open: 0,
        };
        for (front, network) in place.fronts.iter().zip(&problem.networks) {
            loose.add(front, network, problem.inputs, with_slopes);
        }
        loose
    }

    fn add(&mut self, front: &Front, network: &Layers, inputs: usize, with_slopes: bool) {
        let mut forms = Forms::clone(&front.forms);
        let exact = |row: &Vec<BigInt>| {
            let entries = row[..inputs].iter();
            entries.map(|x| [x.clone(), x.clone()]).collect()
        };
        let mut slopes = Slopes {
            rows: match with_slopes {
                true => forms.rows.iter().map(exact).collect(),
                false => Vec::new(),
            },
            scale: forms.scale.clone(),
        };
        let mut known = front.on.clone();
        for map in &network.maps[front.layer + 1..] {
            known.resize(forms.rows.len(), None);
            let mut ranges = Vec::with_capacity(forms.rows.len());
            for (row, on) in forms.rows.iter().zip(&mut known) {
                let range = match on {
                    Some(_) => Default::default(),
                    None => range(row, &self.ends),
                };
                if on.is_none() {
                    *on = settled(&range);
                }
                ranges.push(range);
            }
            let is_open = known.iter().any(Option::is_none);
            let more = if is_open { SLOPE } else { 0 };
            let mut read = Vec::with_capacity(forms.rows.len());
            let mut added = Ends::new();
            for ((row, on), [low, high]) in forms.rows.iter().zip(&known).zip(&ranges) {
                read.push(match on {
                    Some(false) => None,
                    Some(true) => Some(row.iter().map(|x| x << more).collect()),
                    None => {
                        let slope = (high << SLOPE).div_floor(&(high - low));
                        let mut row: Vec<BigInt> = row.iter().map(|x| x * &slope).collect();
                        row.resize(self.ends.len() + added.len(), BigInt::zero());
                        row.push(BigInt::one());
                        let rest = (BigInt::one() << SLOPE) - &slope;
                        let most = (rest * high).max(-(slope * low));
                        added.push([BigInt::zero(), most]);
                        Some(row)
                    }
                });
            }
            self.open += added.len();
            self.ends.extend(added);
            if with_slopes {
                let zero = || [BigInt::zero(), BigInt::zero()];
                let given = slopes
                    .rows
                    .into_iter()
                    .zip(&known)
                    .map(|(row, on)| match on {
                        Some(true) => row,
                        Some(false) => vec![zero(); inputs],
                        None => row
                            .into_iter()
                            .map(|[low, high]| [low.min(BigInt::zero()), high.max(BigInt::zero())])
                            .collect(),
                    });
                slopes = map.slopes(&given.collect::<Vec<_>>(), &slopes.scale);
            }
            forms = map.of(&read, &(&forms.scale << more), inputs, self.ends.len());
            known = Vec::new();
        }
        self.outputs.push(forms);
        self.slopes.push(slopes);
    }

    /// ± an output of f, over a scale.
    pub fn output(&self, output: usize, negative: bool) -> (Vec<BigInt>, BigInt) {
        let (mut row, scale) = match &self.outputs[..] {
            [one, two] => {
                let width = self.ends.len();
                let mut sum = vec![BigInt::zero(); width];
                for (sum, x) in sum.iter_mut().zip(&two.rows[output]) {
                    *sum += x * &one.scale;
                }
                for (sum, x) in sum.iter_mut().zip(&one.rows[output]) {
                    *sum -= x * &two.scale;
                }
                (sum, &one.scale * &two.scale)
            }
            all => (all[0].rows[output].clone(), all[0].scale.clone()),
        };
        if negative {
            row.iter_mut().for_each(|x| *x = -&*x);
        }
        (row, scale)
    }

    /// No entry of the Jacobian of f is larger.
    pub fn steepest(&self) -> Rational {
        let mut most = BigInt::zero();
        let mut scale = self.slopes[0].scale.clone();
        if let [_, two] = &self.slopes[..] {
            scale *= &two.scale;
        }
        for (l, row) in self.slopes[0].rows.iter().enumerate() {
            for (j, [low, high]) in row.iter().enumerate() {
                let size = match &self.slopes[..] {
                    [one, two] => {
                        let [least, largest] = &two.rows[l][j];
                        let least = least * &one.scale - high * &two.scale;
                        let largest = largest * &one.scale - low * &two.scale;
                        least.abs().max(largest.abs())
                    }
                    _ => low.abs().max(high.abs()),
                };
                most = most.max(size);
            }
        }
        Rational::new(most, scale)
    }
}
