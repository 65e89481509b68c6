//! The question and the answers.

use super::bottleneck::HallEvidence;
use super::build::Construction;
use crate::certificate::{Against, Among, Exhaustion, Side, Step};
use crate::degeneracy::Membership;
use crate::exact::{Rational, Surd};
use crate::parametrizations::Limits;
use crate::stability::NotShallow;
use crate::watch::{Stop, Watch};

/// What to ask, and how hard to look.
#[derive(Clone, Debug)]
pub struct Options {
    /// Which parametrizations compete.
    pub among: Among,
    /// When to stop.
    pub watch: Watch,
    /// When to give up looking for flip sets.
    pub flips: Limits,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            among: Among::All,
            watch: Watch::none(),
            flips: Limits::default(),
        }
    }
}

/// Why two networks cannot be compared.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NearestError {
    /// A deep network.
    #[error(transparent)]
    NotShallow(#[from] NotShallow),
    /// Different numbers of inputs or outputs.
    #[error("Γ and Θ must have the same number of {what}, but Γ has {gamma} and Θ has {theta}")]
    Shapes {
        /// `inputs` or `outputs`.
        what: &'static str,
        /// Γ's number.
        gamma: usize,
        /// Θ's number.
        theta: usize,
    },
    /// In N*: a neuron whose weights are sums of square roots.
    #[error(
        "in N* networks are compared that have one square root a neuron, but {network} has sums of square roots in neuron {neuron}"
    )]
    Sums {
        /// Γ or Θ.
        network: &'static str,
        /// The neuron.
        neuron: usize,
    },
    /// A limit was met; [`nearest`](super::nearest()) then answers what it knows.
    #[error(transparent)]
    Stopped(#[from] Stop),
    /// Something the theory proves impossible happened: a mistake in this program.
    #[error(transparent)]
    Impossible(#[from] Contradiction),
}

/// What the theory proves impossible.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Contradiction {
    /// A deep network, after it was found to be shallow.
    #[error("a deep network")]
    Deep,
    /// The rational neighbour of Γ is no network.
    #[error("rounding changed the network's shape")]
    Rounded,
    /// Φ cannot be compared with Γ.
    #[error("Φ has another shape")]
    Phi,
    /// A neuron cannot be rescaled as its cost says.
    #[error("a neuron does not fit its place")]
    Place,
    /// Φ is further from Γ than its neurons from their places.
    #[error("the construction is further than computed")]
    Distance,
    /// Nothing shows that the best assignment is the best.
    #[error("no violator at the optimum")]
    Violator,
}

/// The answer.
#[derive(Clone, Debug)]
pub enum Answer {
    /// The nearest parametrization, or an interval.
    Nearest(Box<Nearest>),
    /// There is none: g has more kinks than Γ has neurons.
    TooManyKinks {
        /// Kinks of g.
        kinks: usize,
        /// Neurons of Γ.
        neurons: usize,
    },
    /// There is none: g has as many kinks as Γ has neurons, and no orientation of one neuron a kink fits (N2).
    NoOrientation {
        /// Kinks of g, neurons of Γ.
        kinks: usize,
    },
    /// In N*: this network is not in N*.
    NotInNStar {
        /// Γ or Θ.
        network: Side,
        /// Why.
        membership: Box<Membership>,
        /// Neurons of Γ.
        neurons: usize,
    },
    /// In N*: a function in R(N*) has exactly as many kinks as its network has neurons (D25).
    OtherNumber {
        /// Neurons of Γ.
        gamma: usize,
        /// Neurons of Θ.
        theta: usize,
    },
}

/// What is not known, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gap {
    /// Not all flip sets are known: so many contributions are free.
    Flips {
        /// The number of neurons less the rank of their contributions.
        nullity: usize,
    },
    /// The flip sets are known, but in a way that no certificate shows.
    FlipsUnshown,
    /// g has fewer kinks than Γ has neurons: neurons can be shared out and added in more ways than are searched.
    FewerKinks,
    /// The rewritten Θ has more live neurons than Γ has places, though g has no more kinks.
    Crowded {
        /// Live neurons of the rewritten Θ.
        live: usize,
    },
    /// Γ has weights that are sums of square roots: distances were computed from rational numbers this near to them.
    Enclosed {
        /// How near.
        within: Rational,
    },
    /// A limit was met.
    Stopped(Stop),
}

/// Why a flipped Θ is not nearer.
#[derive(Clone, Debug)]
pub enum FlippedReason {
    /// By Hall's theorem.
    Hall(Surd, HallEvidence),
    /// By an entry of the output bias.
    Constant {
        /// The entry.
        output: usize,
        /// The difference there.
        value: Rational,
    },
}

/// Why no parametrization is nearer than the lower bound.
#[derive(Clone, Debug)]
pub enum Lower {
    /// The lower bound is 0.
    Nothing,
    /// One Hall violator, whatever is flipped.
    Hall {
        /// What is placed.
        against: Against,
        /// At least the lower bound.
        value: Surd,
        /// The violator.
        evidence: HallEvidence,
    },
    /// All flip sets, and a reason for each and for no flip.
    Flips {
        /// The sets.
        sets: Vec<Vec<usize>>,
        /// Why there are no others.
        exhaustion: Exhaustion,
        /// The reasons.
        reasons: Vec<(Vec<usize>, FlippedReason)>,
    },
}

/// The nearest parametrization of g to Γ as far as it is known: lower ≤ min ‖Φ − Γ‖_∞ ≤ the distance of `phi`.
#[derive(Clone, Debug)]
pub struct Nearest {
    /// Which parametrizations compete.
    pub among: Among,
    /// No parametrization is nearer.
    pub lower: Surd,
    /// Why; with [`Gap::Enclosed`] no evidence is kept.
    pub evidence: Lower,
    /// Steps from Θ to the rewritten Θ, which the evidence speaks of.
    pub steps: Vec<Step>,
    /// The nearest found.
    pub phi: Option<Construction>,
    /// Which neuron of Θ each live neuron of the rewritten Θ comes from.
    pub origin: Vec<usize>,
    /// Whether the networks are homogenised: the last neuron is the output bias.
    pub homogenised: bool,
    /// Kinks of g.
    pub kinks: usize,
    /// Neurons of Γ, the output bias not counted.
    pub neurons: usize,
    /// Why the interval is not a point, if it is not.
    pub gap: Option<Gap>,
}

impl Nearest {
    /// The distance, if it is known exactly.
    pub fn exact(&self) -> Option<&Surd> {
        let upper = &self.phi.as_ref()?.distance.value;
        upper.compare(&self.lower).is_eq().then_some(upper)
    }
}
