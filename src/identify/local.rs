//! Hidden neurons whose incoming weights are determined by pairs of regions that differ at them alone, layer by layer.

use super::layers::Residues;
use super::line::Pattern;
use crate::exact::modular::{Growing, inverse, mul, sub};
use crate::watch::{Pulse, Stop};

/// Numbers that the outputs are weighted with, so that one number is seen of each neuron: if it is not 0, the neuron's weights to the outputs are not.
pub(super) fn outputs(count: usize) -> Vec<u64> {
    let powers = std::iter::successors(Some(1), |x| Some(mul(*x, 3)));
    powers.take(count).collect()
}

/// Whether a row of a layer rests on an active neuron of the layer before that varies.
fn rests(row: &[u64], l: usize, pattern: &Pattern, before: &[bool]) -> bool {
    let active = l.checked_sub(1).map_or(&[][..], |before| &pattern[before]);
    let mut terms = row.iter().zip(active).zip(before);
    terms.any(|((weight, active), varies)| *active && *varies && *weight != 0)
}

/// What is known of each hidden neuron.
#[derive(Debug)]
pub(super) struct Local<'a> {
    network: &'a Residues,
    outputs: Vec<u64>,
    /// The equations of each neuron's incoming weights; in the first layer none are needed.
    systems: Vec<Vec<Growing>>,
    /// Whether some pair of regions was of use.
    seen: Vec<Vec<bool>>,
    /// Whether up to rescaling nothing is left open.
    pub(super) settled: Vec<Vec<bool>>,
    /// Of neurons that are seen and not settled, a basis of the variations of incoming weights that are left, up to rescaling; where there is none, anything is left.
    left: Vec<Vec<Option<Vec<Vec<u64>>>>>,
}

impl<'a> Local<'a> {
    pub(super) fn new(network: &'a Residues) -> Self {
        let hidden = network.layers.len() - 1;
        let layers = || network.layers.iter().take(hidden).enumerate();
        let open = |(_, rows): (usize, &Vec<Vec<u64>>)| vec![false; rows.len()];
        let system = |(_, rows): (usize, &Vec<Vec<u64>>)| {
            let columns = rows[0].len() - usize::from(!network.biased);
            vec![Growing::new(columns); rows.len()]
        };
        Local {
            network,
            outputs: outputs(network.layers.last().map_or(0, Vec::len)),
            systems: layers().map(system).collect(),
            seen: layers().map(open).collect(),
            settled: layers().map(open).collect(),
            left: layers().map(|(_, rows)| vec![None; rows.len()]).collect(),
        }
    }

    /// What a pair of regions that differ at the neuron alone says of its incoming weights: rows that are 0 on their variation, up to its rescaling. None
    /// if it says nothing. The pattern is that of either region.
    pub(super) fn rows(&self, [l, i]: [usize; 2], pattern: &Pattern) -> Option<Vec<Vec<u64>>> {
        let weights = self.network.weights_to(&self.outputs, pattern, l);
        if weights[l][i] == 0 {
            return None;
        }
        let forms = self.network.forms(pattern, l + 1);
        let own = &forms[l][i];
        let lead = own.iter().position(|x| *x != 0)?;
        if l == 0 {
            return Some(Vec::new());
        }
        if self.varies([l, i], pattern, &forms) {
            return None;
        }
        let before = &forms[l - 1];
        let width = own.len();
        // own[lead]·δn[k] − own[k]·δn[lead] = 0, where δn is the sum of the forms before times variations of weights, and that of the bias.
        let row = |k: usize| {
            let (a, b) = (own[lead], own[k]);
            let of = |form: &[u64]| sub(mul(a, form[k]), mul(b, form[lead]));
            let mut row: Vec<u64> = before
                .iter()
                .zip(&pattern[l - 1])
                .map(|(form, active)| if *active { of(form) } else { 0 })
                .collect();
            if self.network.biased {
                let mut unit = vec![0; width];
                unit[width - 1] = 1;
                row.push(of(&unit));
            }
            row
        };
        Some((0..width).filter(|k| *k != lead).map(row).collect())
    }

    /// Whether these rows say something new.
    pub(super) fn is_news(
        &self,
        [l, i]: [usize; 2],
        rows: &[Vec<u64>],
        pulse: &mut Pulse<'_>,
    ) -> Result<bool, Stop> {
        if !self.seen[l][i] {
            return Ok(true);
        }
        for row in rows {
            if !self.systems[l][i].spans(row, pulse)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Keeps them.
    pub(super) fn keep(
        &mut self,
        [l, i]: [usize; 2],
        rows: &[Vec<u64>],
        pulse: &mut Pulse<'_>,
    ) -> Result<(), Stop> {
        let system = &mut self.systems[l][i];
        for row in rows {
            system.add(row, pulse)?;
        }
        self.seen[l][i] = true;
        // The incoming weights themselves are always left.
        self.settled[l][i] = l == 0 || system.rank() + 1 >= system.columns();
        self.left[l][i] = None;
        Ok(())
    }

    /// Whether the affine form of an active neuron that a neuron rests on can vary in a region, as far as is known.
    fn varies(&self, [l, i]: [usize; 2], pattern: &Pattern, forms: &[Vec<Vec<u64>>]) -> bool {
        let mut before: Vec<bool> = Vec::new();
        for k in 0..l {
            let rows = self.network.layers[k].iter().enumerate();
            let next = rows.map(|(n, row)| {
                pattern[k][n]
                    && (rests(row, k, pattern, &before) || self.has_left([k, n], pattern, forms))
            });
            before = next.collect();
        }
        rests(&self.network.layers[l][i], l, pattern, &before)
    }

    /// Whether a variation of the neuron's own weights that is left changes its form.
    fn has_left(&self, [l, i]: [usize; 2], pattern: &Pattern, forms: &[Vec<Vec<u64>>]) -> bool {
        match &self.left[l][i] {
            _ if self.settled[l][i] => false,
            None => true,
            Some(left) => left.iter().any(|vector| {
                let form = self.network.varied([l, i], vector, pattern, forms);
                form.iter().any(|x| *x != 0)
            }),
        }
    }

    /// Computes what is left of the neurons of a layer.
    pub(super) fn refresh(&mut self, l: usize, pulse: &mut Pulse<'_>) -> Result<(), Stop> {
        for i in 0..self.settled[l].len() {
            if self.seen[l][i] && !self.settled[l][i] && self.left[l][i].is_none() {
                self.left[l][i] = Some(self.basis([l, i], pulse)?);
            }
        }
        Ok(())
    }

    /// The weight or bias that is kept where rescalings are taken away.
    fn gauge(&self, [l, i]: [usize; 2]) -> Option<usize> {
        let own = &self.network.layers[l][i][..self.systems[l][i].columns()];
        let bias = self.network.biased.then(|| own.len() - 1);
        let bias = bias.filter(|k| own[*k] != 0);
        bias.or_else(|| own.iter().position(|x| *x != 0))
    }

    /// How many vectors the [`basis`](Self::basis) has.
    pub(super) fn dimension(&self, [l, i]: [usize; 2]) -> usize {
        let system = &self.systems[l][i];
        let rescaling = usize::from(self.gauge([l, i]).is_some());
        system.columns() - system.rank() - rescaling
    }

    /// A basis of the variations of the neuron's incoming weights that its equations leave, up to its rescaling: with 0 for the bias if that is not 0, else for the first
    /// weight that is not.
    pub(super) fn basis(
        &self,
        [l, i]: [usize; 2],
        pulse: &mut Pulse<'_>,
    ) -> Result<Vec<Vec<u64>>, Stop> {
        let system = &self.systems[l][i];
        let own = &self.network.layers[l][i][..system.columns()];
        let gauge = self.gauge([l, i]);
        if system.rank() == 0 {
            let others = (0..own.len()).filter(|k| Some(*k) != gauge);
            let unit = others.map(|k| (0..own.len()).map(|j| u64::from(j == k)).collect());
            return Ok(unit.collect());
        }
        let mut basis = Vec::new();
        let mut independent = Growing::new(own.len());
        for mut vector in system.kernel(pulse)? {
            if let Some(gauge) = gauge {
                let factor = mul(vector[gauge], inverse(own[gauge]));
                for (x, own) in vector.iter_mut().zip(own) {
                    *x = sub(*x, mul(factor, *own));
                }
            }
            if independent.add(&vector, pulse)? {
                basis.push(vector);
            }
        }
        Ok(basis)
    }

    /// The neurons that are not settled, layer and place.
    pub(super) fn open(&self) -> Vec<[usize; 2]> {
        let layers = self.settled.iter().enumerate();
        let neurons = layers.flat_map(|(l, layer)| {
            let open = layer.iter().enumerate().filter(|(_, settled)| !**settled);
            open.map(move |(i, _)| [l, i])
        });
        neurons.collect()
    }
}
