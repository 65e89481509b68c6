//! What a claim speaks of: which networks, how they are read, on which box, and of which regions. Each says it itself, in `claims`.

use relucert_format::{ArrangementClaim, Side, StatedRational};

/// One pair lower < upper an input.
pub(crate) type Domain = [(StatedRational, StatedRational)];

/// Which networks a claim speaks of, besides Γ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Speaks {
    /// Γ alone.
    Gamma,
    /// Γ, and Θ if it is there.
    Perhaps,
    /// Γ and Θ.
    Theta,
    /// Γ, Θ and Φ; Φ of Γ's shape.
    Phi,
    /// The same, and Θ has Γ's shape too.
    Alike,
}

/// As what networks with biases are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reads {
    /// Functions on R^d: of any activation max(a·t, t), of networks of any widths.
    Functions,
    /// Networks on R^d, whose last neuron is the output bias, and linear.
    Affine,
    /// Homogenised networks, which theorems speak of.
    Homogenised,
    /// Rows of their own, (x, 1) before them.
    Rows,
    /// Γ has none, and Θ is homogenised: a lift.
    Lift,
}

/// What a claim speaks of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Subject<'a> {
    pub(crate) speaks: Speaks,
    pub(crate) reads: Reads,
    /// The networks whose sizes of weights count: their neurons are made of one root each.
    pub(crate) one_root: &'static [Side],
    /// The network that rewritings start from.
    pub(crate) start: Side,
    /// The network of g, whose kinks are spoken of.
    pub(crate) kinks: Side,
    /// The box it speaks of.
    pub(crate) domain: Option<&'a Domain>,
    /// The regions it lists.
    pub(crate) regions: Option<&'a ArrangementClaim>,
}

/// Of functions, on all of R^d.
pub(crate) const FUNCTIONS: Subject<'_> = Subject {
    speaks: Speaks::Theta,
    reads: Reads::Functions,
    one_root: &[],
    start: Side::Theta,
    kinks: Side::Theta,
    domain: None,
    regions: None,
};

/// Of Γ's rows.
pub(crate) const ROWS: Subject<'_> = Subject {
    speaks: Speaks::Gamma,
    reads: Reads::Rows,
    ..FUNCTIONS
};

/// Of a theorem for Γ, Θ and Φ.
pub(crate) const THEOREM: Subject<'_> = Subject {
    speaks: Speaks::Alike,
    reads: Reads::Homogenised,
    ..FUNCTIONS
};

/// Γ alone, and Γ and Θ, as networks of one root a neuron.
pub(crate) const GAMMA: &[Side] = &[Side::Gamma];
pub(crate) const BOTH: &[Side] = &[Side::Gamma, Side::Theta];
