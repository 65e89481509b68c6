//! What a JSON file of a network has, its numbers not read yet.

use crate::network::file::scan::Scalar;

/// A list of numbers that are not read yet.
pub(super) struct Row {
    pub(super) at: usize,
    pub(super) entries: Vec<Scalar>,
}

/// Rows of equal, positive length; at least one.
pub(super) struct Matrix {
    pub(super) at: usize,
    pub(super) rows: Vec<Row>,
}

impl Matrix {
    pub(super) fn width(&self) -> usize {
        self.rows.first().map_or(0, |row| row.entries.len())
    }
}

pub(super) struct LayerFields {
    pub(super) at: usize,
    pub(super) weights: Matrix,
    pub(super) biases: Option<Row>,
}

#[derive(Default)]
pub(super) struct Fields {
    pub(super) a: Option<Matrix>,
    pub(super) b: Option<Row>,
    pub(super) c: Option<Matrix>,
    pub(super) e: Option<Row>,
    pub(super) layers: Option<Vec<LayerFields>>,
    /// The parameter's name of a family, and where it stands.
    pub(super) parameter: Option<(usize, String)>,
    /// Values of d, m, D and where they stand.
    pub(super) sizes: [Option<(usize, usize)>; 3],
}

pub(super) const SIZES: [&str; 3] = ["d", "m", "D"];
/// All fields of a network, and of a layer.
pub(super) const KNOWN: [&str; 10] = [
    "a",
    "b",
    "c",
    "e",
    "layers",
    "parameter",
    "d",
    "m",
    "D",
    "name",
];
pub(super) const OF_LAYER: [&str; 2] = ["weights", "biases"];
