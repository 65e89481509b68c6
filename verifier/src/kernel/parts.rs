//! Parts of a box, with the neurons that are decided there.

use std::rc::Rc;

use num_bigint::BigInt;

use super::budget::{Budget, Held, size};
use super::cost;
use super::deep::Deep;
use super::forms::{Ends, Forms, Map, maps, settled};
use super::verdict::{Stop, entry, equal, reject};

/// How often a side may be halved on one path.
pub(super) const HALVINGS: u32 = 32;

/// A network in integers.
pub(super) struct Layers {
    pub(super) maps: Vec<Map>,
    /// The number of the first neuron.
    first: usize,
}

/// A part of the box, and what is decided there.
#[derive(Clone)]
pub(super) struct Place {
    pub(super) ends: Rc<Ends>,
    pub(super) halvings: Vec<u32>,
    pub(super) fronts: Vec<Front>,
    pub(super) decided: Vec<Decided>,
    _held: Held,
}

/// The first layer of a network that is not decided, or the last one.
#[derive(Clone)]
pub(super) struct Front {
    pub(super) layer: usize,
    pub(super) forms: Rc<Forms>,
    /// None of the last layer.
    pub(super) on: Vec<Option<bool>>,
}

/// A neuron that a split has decided.
#[derive(Clone)]
pub(super) struct Decided {
    pub(super) neuron: usize,
    pub(super) on: bool,
    pub(super) forms: Rc<Forms>,
    pub(super) row: usize,
}

impl Layers {
    fn last(&self) -> usize {
        self.maps.len().saturating_sub(1)
    }

    /// The number of the first neuron of a layer.
    fn number(&self, layer: usize) -> usize {
        let before = self.maps.iter().take(layer).map(Map::height);
        self.first + before.sum::<usize>()
    }
}

impl Place {
    /// Decides what the corners decide, of all networks or one, and goes on to the next layer where all are decided.
    fn settle(
        &mut self,
        networks: &[Layers],
        only: Option<usize>,
        limits: &Budget,
    ) -> Result<(), Stop> {
        for (index, (front, network)) in self.fronts.iter_mut().zip(networks).enumerate() {
            if only.is_some_and(|only| only != index) {
                continue;
            }
            // After a split nothing has changed at the corners.
            let mut is_new = only.is_none();
            while front.layer < network.last() {
                if is_new {
                    for (row, on) in front.forms.rows.iter().zip(&mut front.on) {
                        if on.is_none() {
                            *on = settled(&front.forms.range(row, &self.ends, limits)?);
                        }
                    }
                }
                if front.on.iter().any(Option::is_none) {
                    break;
                }
                let map = entry(&network.maps, front.layer + 1, "layer")?;
                let inputs = self.halvings.len();
                let forms = map.after(&front.forms, &front.on, inputs, limits)?;
                front.layer += 1;
                front.on = match front.layer < network.last() {
                    true => vec![None; forms.rows.len()],
                    false => Vec::new(),
                };
                front.forms = Rc::new(forms);
                is_new = true;
            }
        }
        Ok(())
    }

    pub(super) fn check_decided(&self, networks: &[Layers]) -> Result<(), Stop> {
        for (front, network) in self.fronts.iter().zip(networks) {
            let wanted = network.last();
            equal("layers whose neurons are all decided", front.layer, wanted)?;
        }
        Ok(())
    }

    /// It and a copy, which holds as much again.
    fn twice(self, limits: &Budget) -> Result<[Place; 2], Stop> {
        let count = self.ends.len() + self.decided.len();
        let neurons: usize = self.fronts.iter().map(|front| front.on.len()).sum();
        limits.charge(cost::times(count, 2 * cost::ANY) + neurons as u64)?;
        let parts = [self.clone(), self];
        limits.keep(0)?;
        Ok(parts)
    }

    pub(super) fn halved(
        self,
        side: usize,
        networks: &[Layers],
        limits: &Budget,
    ) -> Result<[Place; 2], Stop> {
        let halvings = *entry(&self.halvings, side, "side of the box")?;
        if halvings == HALVINGS {
            return reject(format!("side {side} is halved more than {HALVINGS} times"));
        }
        let mut parts = self.twice(limits)?;
        for (upper, part) in parts.iter_mut().enumerate() {
            let mut ends = Ends::clone(&part.ends);
            if let Some([low, high]) = ends.get_mut(side) {
                let half: BigInt = (&*high - &*low) / 2;
                match upper {
                    0 => *high -= &half,
                    _ => *low += &half,
                }
            }
            if let Some(count) = part.halvings.get_mut(side) {
                *count += 1;
            }
            part.ends = Rc::new(ends);
            part.settle(networks, None, limits)?;
        }
        Ok(parts)
    }

    pub(super) fn split(
        self,
        neuron: usize,
        networks: &[Layers],
        limits: &Budget,
    ) -> Result<[Place; 2], Stop> {
        let place = |(index, (front, network)): (usize, (&Front, &Layers))| {
            let row = neuron.checked_sub(network.number(front.layer))?;
            let is_open = front.on.get(row) == Some(&None);
            is_open.then_some((index, row))
        };
        let all = self.fronts.iter().zip(networks).enumerate();
        let found = all.filter_map(place).next();
        let Some((index, row)) = found else {
            return reject(format!(
                "neuron {neuron} is decided there, or its pre-activation is not affine yet"
            ));
        };
        let mut parts = self.twice(limits)?;
        for (part, plus) in parts.iter_mut().zip([true, false]) {
            let Some(front) = part.fronts.get_mut(index) else {
                continue; // It is there, as above.
            };
            if let Some(on) = front.on.get_mut(row) {
                *on = Some(plus);
            }
            part.decided.push(Decided {
                neuron,
                on: plus,
                forms: Rc::clone(&front.forms),
                row,
            });
            part._held.grow(96, limits)?;
            part.settle(networks, Some(index), limits)?;
        }
        Ok(parts)
    }
}

/// The networks in integers, and the box as a part of itself.
pub(super) fn whole(
    networks: [Option<&Deep>; 2],
    ends: Ends,
    inputs: usize,
    limits: &Budget,
) -> Result<(Vec<Layers>, Place), Stop> {
    let mut all: Vec<Layers> = Vec::new();
    let mut fronts = Vec::new();
    let mut first = 0;
    for network in networks.into_iter().flatten() {
        let layers = Layers {
            maps: maps(network, limits)?,
            first,
        };
        first = layers.number(layers.last());
        let forms = entry(&layers.maps, 0, "layer")?.first(limits)?;
        fronts.push(Front {
            layer: 0,
            on: match layers.last() {
                0 => Vec::new(),
                _ => vec![None; forms.rows.len()],
            },
            forms: Rc::new(forms),
        });
        all.push(layers);
    }
    let bits = ends.iter().flatten().map(BigInt::bits).max().unwrap_or(0);
    let mut whole = Place {
        halvings: vec![0; inputs],
        _held: limits.hold(size(4 * ends.len(), bits))?,
        ends: Rc::new(ends),
        fronts,
        decided: Vec::new(),
    };
    whole.settle(&all, None, limits)?;
    Ok((all, whole))
}
