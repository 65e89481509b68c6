//! What is put in the places of Γ.

use crate::exact::Rational;
use crate::network::Neuron;

/// What is put in a place of Γ.
#[derive(Clone, Debug)]
pub enum Source {
    /// A live neuron, up to positive rescaling.
    Ridge(Neuron),
    /// A neuron that contributes nothing: it may keep the place's inner or outer weights, and the others are 0.
    Dead,
    /// Any neuron whose a is a real multiple of this row.
    Line(Vec<Rational>),
    /// A neuron as it is, without rescaling.
    Still(Neuron),
}

/// Whether a source keeps the sign of a.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Orientation {
    /// As it is.
    Kept,
    /// With −a.
    Flipped,
    /// Whichever is nearer.
    Either,
}

impl Orientation {
    /// The orientations to look at, as `flipped`.
    pub fn variants(self) -> &'static [bool] {
        match self {
            Orientation::Kept => &[false],
            Orientation::Flipped => &[true],
            Orientation::Either => &[false, true],
        }
    }
}

/// s_j c_j, the outer weights of the contribution with scale 1.
pub fn contribution(neuron: &Neuron) -> Vec<Rational> {
    let outer = neuron.outer().iter();
    outer.map(|c| c * neuron.scale()).collect()
}
