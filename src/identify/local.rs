//! Hidden neurons whose incoming weights are determined by pairs of regions that differ at them alone, layer by layer.

use super::layers::Residues;
use super::line::Pattern;
use crate::exact::modular::{Growing, mul, sub};
use crate::watch::{Pulse, Stop};

/// Numbers that the outputs are weighted with, so that one number is seen of each neuron: if it is not 0, the neuron's weights to the outputs are not.
pub(super) fn outputs(count: usize) -> Vec<u64> {
    let powers = std::iter::successors(Some(1), |x| Some(mul(*x, 3)));
    powers.take(count).collect()
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
}

impl<'a> Local<'a> {
    pub(super) fn new(network: &'a Residues) -> Self {
        let hidden = network.layers.len() - 1;
        let layers = || network.layers.iter().take(hidden).enumerate();
        let open = |(_, rows): (usize, &Vec<Vec<u64>>)| vec![false; rows.len()];
        let system = |(l, rows): (usize, &Vec<Vec<u64>>)| {
            let columns = match l {
                0 => 0,
                _ => rows[0].len() - usize::from(!network.biased),
            };
            vec![Growing::new(columns); rows.len()]
        };
        Local {
            network,
            outputs: outputs(network.layers.last().map_or(0, Vec::len)),
            systems: layers().map(system).collect(),
            seen: layers().map(open).collect(),
            settled: layers().map(open).collect(),
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
        // Whether nothing that the neuron's form rests on can vary.
        let mut still: Vec<bool> = self.settled[0].clone();
        for k in 1..=l {
            let next = self.network.layers[k].iter().enumerate().map(|(n, row)| {
                let varies = |j: usize| pattern[k - 1][j] && row[j] != 0 && !still[j];
                (k == l || self.settled[k][n]) && !(0..still.len()).any(varies)
            });
            still = next.collect();
        }
        if !still[i] {
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
        self.settled[l][i] = system.rank() + 1 >= system.columns();
        Ok(())
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
