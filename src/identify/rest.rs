//! What neurons that are not settled leave undetermined, by elimination of the derivative at regions.

use super::layers::Residues;
use super::line::Pattern;
use crate::exact::modular::{Growing, add, inverse, mul, sub};
use crate::watch::{Pulse, Stop};

/// A parameter whose variation is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// Of a hidden neuron (layer, place): a weight by its column, or the bias, which comes last.
    Incoming([usize; 2], usize),
    /// From a neuron of the last hidden layer to an output.
    Outgoing(usize, usize),
    /// An output's bias.
    Offset(usize),
}

/// The parameters that the neurons leave open, and what is known of their variations.
#[derive(Debug)]
pub(super) struct Rest<'a> {
    network: &'a Residues,
    open: Vec<[usize; 2]>,
    pub(super) columns: Vec<Column>,
    pub(super) rows: Growing,
}

/// The columns that these neurons leave open: their incoming weights, those from them to outputs, and output biases.
pub(super) fn columns(network: &Residues, open: &[[usize; 2]]) -> Vec<Column> {
    let hidden = network.layers.len() - 1;
    let outputs = network.layers.last().map_or(0, Vec::len);
    let mut columns = Vec::new();
    for &[l, i] in open {
        let width = network.layers[l][i].len() - usize::from(!network.biased);
        columns.extend((0..width).map(|k| Column::Incoming([l, i], k)));
    }
    for &[l, i] in open {
        if l + 1 == hidden {
            columns.extend((0..outputs).map(|o| Column::Outgoing(i, o)));
        }
    }
    if network.biased && !open.is_empty() {
        columns.extend((0..outputs).map(Column::Offset));
    }
    columns
}

impl<'a> Rest<'a> {
    pub(super) fn new(network: &'a Residues, open: Vec<[usize; 2]>) -> Self {
        let columns = columns(network, &open);
        Rest {
            network,
            open,
            rows: Growing::new(columns.len()),
            columns,
        }
    }

    /// The rank that leaves nothing but the rescalings of the open neurons.
    pub(super) fn full(&self) -> usize {
        self.columns.len() - self.open.len()
    }

    /// Whether it is reached.
    pub(super) fn is_full(&self) -> bool {
        self.rows.rank() >= self.full()
    }

    /// The rows of the derivative at a region: of every entry of the Jacobian, and of the constants where there are biases.
    pub(super) fn region(&self, pattern: &Pattern) -> Vec<Vec<u64>> {
        let (network, hidden) = (self.network, self.network.layers.len() - 1);
        let outputs = network.layers.last().map_or(0, Vec::len);
        let forms = network.forms(pattern, hidden);
        let width = network.width();
        let mut rows = Vec::with_capacity(outputs * width);
        for o in 0..outputs {
            let mut unit = vec![0; outputs];
            unit[o] = 1;
            let weights = network.weights_to(&unit, pattern, 0);
            for k in 0..width {
                let entry = |column: &Column| match *column {
                    Column::Incoming([l, i], _) if !pattern[l][i] => 0,
                    Column::Incoming([l, i], j) => {
                        let before = match l.checked_sub(1) {
                            None => u64::from(j == k),
                            Some(_) if j + 1 == network.layers[l][i].len() => {
                                u64::from(k + 1 == width)
                            }
                            Some(before) if pattern[before][j] => forms[before][j][k],
                            Some(_) => 0,
                        };
                        mul(weights[l][i], before)
                    }
                    Column::Outgoing(i, out) if out == o && pattern[hidden - 1][i] => {
                        forms[hidden - 1][i][k]
                    }
                    Column::Outgoing(..) => 0,
                    Column::Offset(out) => u64::from(out == o && k + 1 == width),
                };
                rows.push(self.columns.iter().map(entry).collect());
            }
        }
        rows
    }

    /// The open neurons whose incoming weights vary in some direction that is left, other than their rescaling. It is not proved that they do.
    pub(super) fn to_blame(&self, pulse: &mut Pulse<'_>) -> Result<Vec<[usize; 2]>, Stop> {
        let mut blamed = vec![false; self.open.len()];
        for mut vector in self.rows.kernel(pulse)? {
            for (n, &[l, i]) in self.open.iter().enumerate() {
                pulse.beat(20 * self.columns.len() as u64)?;
                let own =
                    |column: &Column| matches!(column, Column::Incoming(at, _) if *at == [l, i]);
                let weight = |column: &Column| match *column {
                    Column::Incoming([l, i], j) => self.network.layers[l][i][j],
                    Column::Outgoing(i, o) => {
                        self.network.layers[self.network.layers.len() - 1][o][i]
                    }
                    Column::Offset(_) => 0,
                };
                let lead = self.columns.iter().position(|c| own(c) && weight(c) != 0);
                let factor = lead.map_or(0, |c| mul(vector[c], inverse(weight(&self.columns[c]))));
                for (x, column) in vector.iter_mut().zip(&self.columns) {
                    let goes_out = match *column {
                        Column::Incoming([next, _], j) => next == l + 1 && j == i,
                        Column::Outgoing(from, _) => {
                            l + 2 == self.network.layers.len() && from == i
                        }
                        Column::Offset(_) => false,
                    };
                    if own(column) {
                        *x = sub(*x, mul(factor, weight(column)));
                        blamed[n] |= *x != 0;
                    } else if goes_out {
                        *x = add(*x, mul(factor, weight(column)));
                        blamed[n] |= matches!(column, Column::Outgoing(..)) && *x != 0;
                    }
                }
            }
        }
        let blamed = self.open.iter().zip(blamed).filter(|(_, blamed)| *blamed);
        Ok(blamed.map(|(neuron, _)| *neuron).collect())
    }
}
