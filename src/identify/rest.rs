//! What neurons that are not settled leave undetermined, by elimination of the derivative at regions.

use super::layers::Residues;
use super::line::Pattern;
use super::local::Local;
use crate::exact::modular::{Growing, mul};
use crate::watch::{Pulse, Stop};

/// A direction in which parameters can still vary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// Of a hidden neuron (layer, place): its incoming weights and its bias change by these.
    Incoming([usize; 2], Vec<u64>),
    /// A weight from a neuron of the last hidden layer to an output.
    Outgoing(usize, usize),
    /// An output's bias.
    Offset(usize),
}

/// The directions that are open, and what is known of them.
#[derive(Debug)]
pub(super) struct Rest<'a> {
    network: &'a Residues,
    pub(super) columns: Vec<Column>,
    pub(super) rows: Growing,
}

/// The directions that neurons leave open: variations of incoming weights, weights from them to outputs, and output biases.
pub(super) fn columns(
    network: &Residues,
    local: &Local<'_>,
    pulse: &mut Pulse<'_>,
) -> Result<Vec<Column>, Stop> {
    let hidden = network.layers.len() - 1;
    let outputs = network.layers.last().map_or(0, Vec::len);
    let open = local.open();
    let mut columns = Vec::new();
    for &place in &open {
        let basis = local.basis(place, pulse)?.into_iter();
        columns.extend(basis.map(|vector| Column::Incoming(place, vector)));
    }
    for &[l, i] in &open {
        if l + 1 == hidden {
            columns.extend((0..outputs).map(|o| Column::Outgoing(i, o)));
        }
    }
    if network.biased && !open.is_empty() {
        columns.extend((0..outputs).map(Column::Offset));
    }
    Ok(columns)
}

/// How many these are.
pub(super) fn count(network: &Residues, local: &Local<'_>) -> usize {
    let hidden = network.layers.len() - 1;
    let outputs = network.layers.last().map_or(0, Vec::len);
    let open = local.open();
    let of = |place: &[usize; 2]| {
        let outgoing = if place[0] + 1 == hidden { outputs } else { 0 };
        local.dimension(*place) + outgoing
    };
    let offsets = match network.biased && !open.is_empty() {
        true => outputs,
        false => 0,
    };
    open.iter().map(of).sum::<usize>() + offsets
}

impl<'a> Rest<'a> {
    pub(super) fn new(network: &'a Residues, columns: Vec<Column>) -> Self {
        Rest {
            network,
            rows: Growing::new(columns.len()),
            columns,
        }
    }

    /// In how many directions parameters may still vary.
    pub(super) fn missing(&self) -> usize {
        self.columns.len() - self.rows.rank()
    }

    /// The rows of the derivative at a region: of every entry of the Jacobian, and of the constants where there are biases.
    pub(super) fn region(&self, pattern: &Pattern) -> Vec<Vec<u64>> {
        let (network, hidden) = (self.network, self.network.layers.len() - 1);
        let outputs = network.layers.last().map_or(0, Vec::len);
        let forms = network.forms(pattern, hidden);
        let width = network.width();
        let varied = self.columns.iter().map(|column| match column {
            Column::Incoming([l, i], by) if pattern[*l][*i] => {
                Some(network.varied([*l, *i], by, pattern, &forms))
            }
            Column::Outgoing(i, _) if pattern[hidden - 1][*i] => {
                Some(forms[hidden - 1][*i].clone())
            }
            Column::Offset(_) => {
                let mut constant = vec![0; width];
                constant[width - 1] = 1;
                Some(constant)
            }
            _ => None,
        });
        let varied: Vec<Option<Vec<u64>>> = varied.collect();
        let mut rows = Vec::with_capacity(outputs * width);
        for o in 0..outputs {
            let mut unit = vec![0; outputs];
            unit[o] = 1;
            let weights = network.weights_to(&unit, pattern, 0);
            let factors = self.columns.iter().map(|column| match *column {
                Column::Incoming([l, i], _) => weights[l][i],
                Column::Outgoing(_, out) | Column::Offset(out) => u64::from(out == o),
            });
            let factors: Vec<u64> = factors.collect();
            for k in 0..width {
                let terms = factors.iter().zip(&varied);
                let entry = |(factor, form): (&u64, &Option<Vec<u64>>)| {
                    form.as_ref().map_or(0, |form| mul(*factor, form[k]))
                };
                rows.push(terms.map(entry).collect());
            }
        }
        rows
    }

    /// The neurons whose incoming or outgoing weights vary in some direction that is left. It is not proved that they do.
    pub(super) fn to_blame(&self, pulse: &mut Pulse<'_>) -> Result<Vec<[usize; 2]>, Stop> {
        let last = self.network.layers.len().saturating_sub(2);
        let mut blamed = std::collections::BTreeSet::new();
        for vector in self.rows.kernel(pulse)? {
            for (column, x) in self.columns.iter().zip(vector) {
                match *column {
                    _ if x == 0 => {}
                    Column::Incoming(place, _) => drop(blamed.insert(place)),
                    Column::Outgoing(i, _) => drop(blamed.insert([last, i])),
                    Column::Offset(_) => {}
                }
            }
        }
        Ok(blamed.into_iter().collect())
    }
}
