//! Why something was not proved for all k.

use std::fmt;

use super::expression::Expression;
use super::need::Need;
use crate::arrangement::{ArrangementError, StopReason, Stopped};
use crate::exact::lp::{MOST_INEQUALITIES, Undecided};
use crate::watch::Stop;

/// Why something was not proved. It may be false, or beyond what is tried.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Unproved {
    /// A limit was met; [`Unproved::stop`] finds one that stands further within too.
    #[error(transparent)]
    Stopped(#[from] Stop),
    /// The networks have different numbers of inputs or outputs.
    #[error(
        "the networks have {} and {} inputs, {} and {} outputs: they must agree",
        .inputs[0], .inputs[1], .outputs[0], .outputs[1]
    )]
    Shapes {
        /// Of Γ and of Θ.
        inputs: [usize; 2],
        /// Of Γ and of Θ.
        outputs: [usize; 2],
    },
    /// A box of another dimension.
    #[error("the box has {found} sides, and the networks have {expected} inputs")]
    Sides {
        /// Sides of the box.
        found: usize,
        /// Inputs.
        expected: usize,
    },
    /// A bound by neurons as they are needs as many in Θ as in Γ.
    #[error("Γ and Θ have different numbers of neurons")]
    Neurons,
    /// The Φ that was given cannot be compared with Γ.
    #[error("Φ has not the shape of Γ")]
    PhiShape,
    /// The statement is about two networks, and one is given.
    #[error("there is no Θ")]
    NoTheta,
    /// An entry of a network has no value at this k.
    #[error("an entry is not defined at k = {k}")]
    Undefined {
        /// The k.
        k: u64,
    },
    /// An entry of the Φ that was given has no value at this k.
    #[error("an entry of Φ is not defined at k = {k}")]
    UndefinedPhi {
        /// The k.
        k: u64,
    },
    /// A coordinate of a point has no value at this k.
    #[error("a coordinate of a point is not defined at k = {k}")]
    UndefinedPoint {
        /// The k.
        k: u64,
    },
    /// The functions are not equal: one has a kink that the other has not.
    #[error("the functions differ: one has a kink at the hyperplane with normal ({})", list(.normal))]
    Kink {
        /// The normal of its hyperplane.
        normal: Vec<Expression>,
    },
    /// The functions are not equal: their difference is linear and not 0.
    #[error("the functions differ by a linear function with a coefficient {coefficient}")]
    Linear {
        /// A coefficient of the difference.
        coefficient: Expression,
    },
    /// A sign that the proof depends on is another at the place where it is looked for.
    #[error("{} does not hold", wanted(.0))]
    Need(Need),
    /// A sign that the proof depends on does not show.
    #[error(
        "the sign of {number} {} is not decided by enclosures of it and its derivatives, nor by squaring within the limits", near(.below)
    )]
    Undecided {
        /// The number.
        number: Expression,
        /// Just below this k; for large k if none.
        below: Option<u64>,
    },
    /// The lower bound that was found is less than the one that is to be shown.
    #[error("the bound is {bound}, which is less than {wanted}")]
    Less {
        /// What was found.
        bound: Expression,
        /// What was wanted.
        wanted: Expression,
    },
    /// The distance is not as large as the caller wants it shown.
    #[error("the distance {distance} is not greater than {above}")]
    NotGreater {
        /// The distance.
        distance: Expression,
        /// What it is to exceed.
        above: Expression,
    },
    /// Φ is not as near as the lower bound.
    #[error("Φ is at distance {distance}, and the lower bound is {lower}")]
    NotAttained {
        /// Of Φ.
        distance: Expression,
        /// Of all parametrizations.
        lower: Expression,
    },
    /// Γ or Θ is not in N*, or they have different numbers of neurons.
    #[error("there is no nearest parametrization in N*")]
    NoneInNStar,
    /// The lift that was asked for is not in N*.
    #[error("the published construction leaves N*")]
    LeavesNStar,
    /// No candidate attains the lower bound.
    #[error("no parametrization at the distance of the lower bound was found; give one")]
    NoPhi,
    /// None of the methods gives a lower bound; why each does not.
    #[error("{}", all(.0))]
    NoBound(Vec<Unproved>),
    /// Something is of another form than the methods for families are about.
    #[error(transparent)]
    Misfit(#[from] Misfit),
    /// There would be too much to go through.
    #[error(transparent)]
    TooMany(#[from] TooMany),
    /// The hyperplanes at one k make no arrangement.
    #[error(transparent)]
    Arrangement(#[from] ArrangementError),
    /// The regions at one k were not counted.
    #[error("the regions could not be counted: {0}")]
    Uncounted(Stopped),
    /// The regions at one k were not all listed.
    #[error("the regions could not be listed: {0}")]
    Unlisted(StopReason),
    /// It holds for large k, but no k was found from which on that is seen.
    #[error("no threshold up to {most} was found{}", for_which(.obstacle))]
    NoThreshold {
        /// The largest threshold that is tried.
        most: u64,
        /// What is not seen to hold there.
        obstacle: Obstacle,
    },
    /// What was found at one k was not proved there.
    #[error("{0} was not proved")]
    Open(Obstacle),
    /// It fails at one k.
    #[error("at k = {k}: {reason}")]
    At {
        /// The k.
        k: u64,
        /// Why.
        reason: Box<Unproved>,
    },
    /// Something the theory proves impossible happened: a mistake in this program.
    #[error(transparent)]
    Impossible(#[from] Contradiction),
}

/// What the theory proves impossible.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Contradiction {
    /// An instance of a family is a deep network.
    #[error("a family's instance is no shallow network")]
    Deep,
    /// A normal was divided by such a root.
    #[error("a root of 0")]
    Root,
    /// A kink, or a row that was kept, has such a normal.
    #[error("a normal is zero")]
    Normal,
    /// The search for the largest entry went through all regions.
    #[error("a region exceeds the largest entry of all regions")]
    Largest,
    /// There is a region wherever hyperplanes are.
    #[error("no region")]
    NoRegion,
    /// More neurons were said to be needed than these orientations have.
    #[error("an orientation fits that was found not to")]
    Orientation,
    /// What keeps a source and a place apart is an entry of the source.
    #[error("a binding needs a non-zero entry")]
    Binding,
}

/// What is of another form than the methods for families are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Misfit {
    /// A division by a sum of more roots than are made rational one after the other.
    #[error("the inverse of a sum of roots was not found")]
    Inverse,
    /// A neuron whose weights are balanced by a root of a root.
    #[error("balanced weights would need the square root of a sum of roots")]
    Balance,
    /// A normal with entries of different roots, in a region count.
    #[error("a normal is not a vector over Q(k) times one square root")]
    Normal,
    /// The same, of a kink.
    #[error("a kink's normal is not a vector over Q(k) times one square root")]
    KinkNormal,
    /// A distance that would need roots of roots.
    #[error("a distance cannot be written with square roots of quotients alone")]
    Distance,
    /// Contributions with roots.
    #[error("some c_i a_i are not free of roots")]
    Contributions,
    /// Contributions that do not determine the neurons.
    #[error("the c_i a_i are linearly dependent")]
    Dependent,
    /// Theorem 3.1 is about one output.
    #[error("Theorem 3.1 is about one output, and here are more")]
    Outputs,
    /// Kinks that have no places.
    #[error("the function has no kinks, or more than Γ has neurons")]
    Kinks,
}

/// What there would be too many of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TooMany {
    /// Contributions that are free, whose sums are gone through.
    #[error(
        "{nullity} contributions are free, so 2^{nullity} choices would have to be gone through"
    )]
    Free {
        /// How many.
        nullity: usize,
    },
    /// Instances that would have to be looked at one by one.
    #[error(
        "sums of contributions that do not vanish for all k are known not to vanish from k = {found} on only; at most {most} smaller k are looked \
         at one by one"
    )]
    Instances {
        /// From where on nothing is to be looked at.
        found: u64,
        /// How many there may be.
        most: u64,
    },
    /// Kinks, whose regions are listed.
    #[error("{found} kinks; regions are listed for at most {most}")]
    Kinks {
        /// How many there are.
        found: usize,
        /// How many there may be.
        most: usize,
    },
    /// Determinants of as many normals as the rank.
    #[error("more than {most} determinants")]
    Determinants {
        /// How many there may be.
        most: usize,
    },
    /// Vertices, of which a sup norm is the largest.
    #[error(
        "a sup norm is found at vertices, and there are up to {found} choices of hyperplanes and facets that meet there, more than {most}"
    )]
    Vertices {
        /// How many there may be.
        found: u128,
        /// How many are gone through.
        most: u128,
    },
    /// Inequalities in one elimination.
    #[error("more than {most} inequalities in one elimination")]
    Inequalities {
        /// How many there may be.
        most: usize,
    },
}

/// Why what was found at one place was not proved on a range.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Obstacle {
    /// A limit was met.
    Stopped(Stop),
    /// This was not seen to hold on the range.
    Need(Need),
    /// There was nothing to prove.
    Nothing,
}

impl From<Undecided<Misfit>> for Unproved {
    fn from(reason: Undecided<Misfit>) -> Self {
        match reason {
            Undecided::Stopped(stop) => stop.into(),
            Undecided::TooMany => TooMany::Inequalities {
                most: MOST_INEQUALITIES,
            }
            .into(),
            Undecided::Sign(misfit) => misfit.into(),
        }
    }
}

impl Unproved {
    /// The limit that was met, if that is why: with more time or memory the answer may be another.
    pub fn stop(&self) -> Option<Stop> {
        match self {
            Unproved::Stopped(stop)
            | Unproved::NoThreshold {
                obstacle: Obstacle::Stopped(stop),
                ..
            }
            | Unproved::Open(Obstacle::Stopped(stop))
            | Unproved::Arrangement(ArrangementError::Stopped(stop)) => Some(*stop),
            Unproved::Uncounted(stopped) => stopped.limit(),
            Unproved::Unlisted(StopReason::Limit(stop)) => Some(*stop),
            Unproved::At { reason, .. } => reason.stop(),
            Unproved::NoBound(reasons) => reasons.iter().find_map(Unproved::stop),
            _ => None,
        }
    }
}

impl fmt::Display for Obstacle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Obstacle::Stopped(stop) => stop.fmt(f),
            Obstacle::Need(need) => need.fmt(f),
            Obstacle::Nothing => f.write_str("nothing was found"),
        }
    }
}

fn list(all: &[Expression]) -> String {
    let all: Vec<String> = all.iter().map(Expression::to_string).collect();
    all.join(", ")
}

fn all(reasons: &[Unproved]) -> String {
    let mut all: Vec<String> = Vec::new();
    for reason in reasons.iter().map(Unproved::to_string) {
        // Several methods may fail alike.
        if !all.contains(&reason) {
            all.push(reason);
        }
    }
    all.join("; ")
}

/// What is not seen to hold for all larger k, or why that was not looked for.
fn for_which(obstacle: &Obstacle) -> String {
    match obstacle {
        Obstacle::Stopped(stop) => format!(": {stop}"),
        _ => format!(" for which {obstacle} holds for all larger k"),
    }
}

fn near(below: &Option<u64>) -> String {
    match below {
        Some(k) => format!("for k < {k} close to it"),
        None => "for all large k".to_owned(),
    }
}

fn wanted(need: &Need) -> String {
    let what = match need {
        Need::Zero(_) => "a number that must be 0",
        Need::NonNegative(_) => "a number that must not be negative",
        Need::Positive(_) => "a number that must be positive",
        Need::SomeDefinite(_) => "one of these must not be 0",
        Need::SomeAlmostPositive(_) => "one of these must not be negative",
        Need::Defined(_) => "a number that must be defined",
    };
    format!("{what}: {need}")
}
