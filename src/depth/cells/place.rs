//! A part of the box with what is decided there, and how it is divided.

use std::rc::Rc;

use num_bigint::BigInt;
use num_traits::Signed as _;

use super::forms::{Ends, Forms, Layers, range, settled};
use crate::exact::Rational;
use crate::exact::rows::clear_denominators;
use crate::network::Deep;
use crate::realization::Domain;

/// How often a side may be halved.
pub(super) const HALVINGS: u32 = 32;

/// One network, or two of which the second less the first is meant, on a box.
#[derive(Debug)]
pub(super) struct Problem {
    pub networks: Vec<Layers>,
    pub inputs: usize,
    pub outputs: usize,
}

/// A part of the box.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub ends: Rc<Ends>,
    pub halvings: Vec<u32>,
    pub fronts: Vec<Front>,
    pub decided: Vec<Decided>,
}

/// The first layer of a network that is not decided, or the last one.
#[derive(Clone, Debug)]
pub(super) struct Front {
    pub layer: usize,
    pub forms: Rc<Forms>,
    /// None of the last layer.
    pub on: Vec<Option<bool>>,
}

/// A neuron that a split has decided.
#[derive(Clone, Debug)]
pub(super) struct Decided {
    pub neuron: usize,
    pub on: bool,
    forms: Rc<Forms>,
    row: usize,
    /// Whether what was decided before, and the box, leave no other side.
    pub implied: bool,
}

/// An undecided neuron of a front.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    pub network: usize,
    pub row: usize,
    pub neuron: usize,
}

impl Problem {
    /// The networks on the box, and the box as a part of itself.
    pub fn new(networks: &[&Deep], domain: &Domain) -> (Self, Place) {
        let mut first = 0;
        let mut all = Vec::new();
        for network in networks {
            let layers = Layers::new(network, first);
            first = layers.number(layers.last());
            all.push(layers);
        }
        let sides = domain.sides();
        let numbers: Vec<Rational> = sides
            .iter()
            .flat_map(|(low, high)| [low.clone(), high.clone()])
            .collect();
        let whole = clear_denominators(&numbers);
        let scale = whole.denominator << HALVINGS;
        let mut ends: Ends = whole
            .entries
            .chunks(2)
            .map(|pair| [&pair[0] << HALVINGS, &pair[1] << HALVINGS])
            .collect();
        ends.push([scale.clone(), scale]);
        let fronts = all.iter().map(|layers| {
            let forms = layers.first();
            Front {
                layer: 0,
                on: layers.undecided(0, &forms),
                forms: Rc::new(forms),
            }
        });
        let mut place = Place {
            ends: Rc::new(ends),
            halvings: vec![0; sides.len()],
            fronts: fronts.collect(),
            decided: Vec::new(),
        };
        let problem = Problem {
            networks: all,
            inputs: sides.len(),
            outputs: networks.first().map_or(0, |network| network.outputs()),
        };
        place.settle(&problem, None);
        (problem, place)
    }

    /// A point, over the last coordinate, as rationals.
    pub fn rationals(&self, point: &[BigInt]) -> Vec<Rational> {
        let (last, point) = point.split_last().expect("a denominator");
        crate::exact::rows::over(point, last)
    }

    /// The largest entry of the Jacobian at a point around which there is one: output, input, absolute value.
    pub fn steepest(&self, point: &[BigInt]) -> Option<(usize, usize, Rational)> {
        let mut all = self.networks.iter().map(|network| network.jacobian(point));
        let (one, two) = (all.next()??, all.next());
        let two = match two {
            None => None,
            Some(two) => Some(two?),
        };
        let scale = two
            .as_ref()
            .map_or(one.scale.clone(), |two| &one.scale * &two.scale);
        let mut best: Option<(usize, usize, BigInt)> = None;
        for (l, row) in one.rows.iter().enumerate() {
            for (j, x) in row.iter().take(self.inputs).enumerate() {
                let entry = match &two {
                    None => x.abs(),
                    Some(two) => (&two.rows[l][j] * &one.scale - x * &two.scale).abs(),
                };
                if best.as_ref().is_none_or(|(_, _, most)| entry > *most) {
                    best = Some((l, j, entry));
                }
            }
        }
        let (l, j, entry) = best?;
        Some((l, j, Rational::new(entry, scale)))
    }

    /// Which hidden neurons of the first network are positive at a point.
    pub fn on(&self, point: &[BigInt]) -> Vec<bool> {
        let mut on = Vec::new();
        self.networks[0].trace(point, |values| {
            on.extend(values.iter().map(BigInt::is_positive));
        });
        on
    }

    /// Outputs of f at a point, over the answered scale.
    pub fn values(&self, point: &[BigInt]) -> (Vec<BigInt>, BigInt) {
        let mut all = self
            .networks
            .iter()
            .map(|network| network.trace(point, |_| {}));
        let (one, scale) = all.next().unwrap_or_default();
        match all.next() {
            None => (one, scale),
            Some((two, other)) => {
                let pairs = two.iter().zip(&one);
                let values = pairs.map(|(y, x)| y * &scale - x * &other).collect();
                (values, scale * other)
            }
        }
    }

    /// The largest absolute value of f at a point, and the output.
    pub fn height(&self, point: &[BigInt]) -> (usize, Rational) {
        let (values, scale) = self.values(point);
        let sizes = values.iter().map(BigInt::abs).enumerate();
        let best = sizes.max_by(|x, y| x.1.cmp(&y.1).then(y.0.cmp(&x.0)));
        let (output, value) = best.unwrap_or_default();
        (output, Rational::new(value, scale))
    }
}

impl Layers {
    fn undecided(&self, layer: usize, forms: &Forms) -> Vec<Option<bool>> {
        match layer < self.last() {
            true => vec![None; forms.rows.len()],
            false => Vec::new(),
        }
    }
}

impl Decided {
    /// The pre-activation, over its scale.
    pub fn form(&self) -> (&[BigInt], &BigInt) {
        (&self.forms.rows[self.row], &self.forms.scale)
    }
}

impl Place {
    /// Decides what the corners decide, of all networks or one, and goes on to the next layer where all are decided.
    fn settle(&mut self, problem: &Problem, only: Option<usize>) {
        for (index, (front, network)) in self.fronts.iter_mut().zip(&problem.networks).enumerate() {
            if only.is_some_and(|only| only != index) {
                continue;
            }
            // After a split nothing has changed at the corners.
            let mut is_new = only.is_none();
            while front.layer < network.last() {
                if is_new {
                    for (row, on) in front.forms.rows.iter().zip(&mut front.on) {
                        if on.is_none() {
                            *on = settled(&range(row, &self.ends));
                        }
                    }
                }
                if front.on.iter().any(Option::is_none) {
                    break;
                }
                let map = &network.maps[front.layer + 1];
                let forms = front.forms.after(map, &front.on, problem.inputs);
                front.layer += 1;
                front.on = network.undecided(front.layer, &forms);
                front.forms = Rc::new(forms);
                is_new = true;
            }
        }
    }

    /// Whether all neurons are decided.
    pub fn is_whole(&self, problem: &Problem) -> bool {
        let pairs = self.fronts.iter().zip(&problem.networks);
        pairs
            .into_iter()
            .all(|(front, network)| front.layer == network.last())
    }

    /// Both halves, the lower one first.
    pub fn halved(&self, side: usize, problem: &Problem) -> [Place; 2] {
        [false, true].map(|upper| {
            let mut part = self.clone();
            let mut ends = Ends::clone(&part.ends);
            let half: BigInt = (&ends[side][1] - &ends[side][0]) / 2;
            match upper {
                false => ends[side][1] -= &half,
                true => ends[side][0] += &half,
            }
            part.halvings[side] += 1;
            part.ends = Rc::new(ends);
            part.settle(problem, None);
            part
        })
    }

    /// Where the neuron is on, or off.
    pub fn decide(&self, at: Candidate, on: bool, implied: bool, problem: &Problem) -> Place {
        let mut part = self.clone();
        let front = &mut part.fronts[at.network];
        front.on[at.row] = Some(on);
        part.decided.push(Decided {
            neuron: at.neuron,
            on,
            forms: Rc::clone(&front.forms),
            row: at.row,
            implied,
        });
        part.settle(problem, Some(at.network));
        part
    }

    /// All undecided neurons of the fronts.
    pub fn candidates<'a>(
        &'a self,
        problem: &'a Problem,
    ) -> impl Iterator<Item = (Candidate, &'a [BigInt], &'a BigInt)> {
        let fronts = self.fronts.iter().zip(&problem.networks).enumerate();
        fronts.flat_map(|(network, (front, layers))| {
            let first = layers.number(front.layer);
            let open = front.on.iter().enumerate().filter(|(_, on)| on.is_none());
            open.map(move |(row, _)| {
                let neuron = first + row;
                let candidate = Candidate {
                    network,
                    row,
                    neuron,
                };
                (candidate, &front.forms.rows[row][..], &front.forms.scale)
            })
        })
    }

    /// The middle, over its last coordinate.
    pub fn centre(&self) -> Vec<BigInt> {
        self.ends.iter().map(|[low, high]| low + high).collect()
    }

    /// About how many bytes it takes.
    pub fn bytes(&self) -> u64 {
        let numbers = 2 * self.ends.len() + 4 * self.decided.len();
        let neurons: usize = self.fronts.iter().map(|front| front.on.len()).sum();
        let own = self.fronts.iter().map(|front| {
            let width = front.forms.rows.first().map_or(0, Vec::len);
            let bits = front.forms.scale.bits();
            (front.forms.rows.len() * width) as u64 * (32 + bits / 8)
        });
        300 + 32 * numbers as u64 + neurons as u64 + own.sum::<u64>()
    }
}
