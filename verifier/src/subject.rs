//! What every claim speaks of: which networks, how they are read, and on which box.

use relucert_format::{Among, Claim, ConditionName, Rational, Side};

/// One pair lower < upper an input.
pub(crate) type Domain = [(Rational, Rational)];

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
    pub(crate) domain: Option<&'a Domain>,
}

/// Of functions, on all of R^d.
const FUNCTIONS: Subject<'_> = Subject {
    speaks: Speaks::Theta,
    reads: Reads::Functions,
    one_root: &[],
    start: Side::Theta,
    kinks: Side::Theta,
    domain: None,
};

/// Of Γ's rows.
const ROWS: Subject<'_> = Subject {
    speaks: Speaks::Gamma,
    reads: Reads::Rows,
    ..FUNCTIONS
};

/// Of a theorem for Γ, Θ and Φ.
const THEOREM: Subject<'_> = Subject {
    speaks: Speaks::Alike,
    reads: Reads::Homogenised,
    ..FUNCTIONS
};

/// Of all networks with the function of Γ.
const FLIPS: Subject<'_> = Subject {
    speaks: Speaks::Gamma,
    reads: Reads::Affine,
    start: Side::Gamma,
    ..FUNCTIONS
};

const GAMMA: &[Side] = &[Side::Gamma];
const BOTH: &[Side] = &[Side::Gamma, Side::Theta];

impl<'a> Subject<'a> {
    /// What the claim speaks of.
    pub(crate) fn of(claim: &'a Claim) -> Self {
        match claim {
            Claim::Equal(claim) => Subject {
                domain: claim.domain.as_deref(),
                ..FUNCTIONS
            },
            Claim::Differ(claim) => Subject {
                domain: claim.domain.as_deref(),
                ..FUNCTIONS
            },
            Claim::SupNorm(claim) => Subject {
                speaks: Speaks::Perhaps,
                domain: Some(&claim.domain),
                ..FUNCTIONS
            },
            Claim::Seminorm(_) | Claim::JumpNorm(_) => Subject {
                speaks: Speaks::Perhaps,
                ..FUNCTIONS
            },
            Claim::LocalMinimum(_) => Subject {
                one_root: GAMMA,
                ..ROWS
            },
            Claim::Arrangement(_) => ROWS,
            Claim::Injective(_) | Claim::NotInjective(_) => Subject {
                reads: Reads::Affine,
                ..ROWS
            },
            Claim::Condition(claim) => Subject {
                speaks: match claim.name {
                    ConditionName::Balance | ConditionName::NoOppositePossible => Speaks::Theta,
                    _ => Speaks::Perhaps,
                },
                one_root: BOTH,
                ..THEOREM
            },
            Claim::Reparametrization(_) => THEOREM,
            Claim::Theorem31(_) | Claim::Refined31(_) => Subject {
                one_root: GAMMA,
                ..THEOREM
            },
            Claim::Theorem33(_) => Subject {
                one_root: BOTH,
                ..THEOREM
            },
            Claim::Lift(_) => Subject {
                reads: Reads::Lift,
                one_root: GAMMA,
                ..FUNCTIONS
            },
            Claim::Flips(_) | Claim::Unique(_) => FLIPS,
            Claim::Minimal(_) => Subject {
                reads: Reads::Affine,
                kinks: Side::Gamma,
                ..FUNCTIONS
            },
            Claim::Nearest(claim) => Subject {
                speaks: Speaks::Phi,
                reads: Reads::Affine,
                one_root: match claim.among {
                    Among::All => &[],
                    Among::NStar => BOTH,
                },
                ..FUNCTIONS
            },
            Claim::ForAllK(_) => Subject {
                reads: Reads::Rows,
                ..THEOREM
            },
        }
    }
}
