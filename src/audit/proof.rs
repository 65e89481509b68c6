//! One certificate of `proofs/`: which networks, and what is proved about them.

use serde::Deserialize;

use crate::certificate::Form;

/// The name of a network of the table, or of a family.
type Name = String;

/// What is proved about which networks.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Make {
    /// R(Γ) = R(Θ).
    Equal(Name, Name),
    /// The same with the activation max(a·t, t).
    EqualWith(String, Name, Name),
    /// R(Γ) ≠ R(Θ).
    Differ(Name, Name),
    /// |R(Θ) − R(Γ)|_{W^{1,∞}}, exactly.
    Seminorm(Name, Name),
    /// The seminorm of one function.
    Norm(Name),
    /// The largest absolute value on [−1, 1]^d of one function.
    SupNorm(Name),
    /// A local minimum of the mean squared error: the network, samples (x, y) and the radius.
    LocalMinimum(Name, Vec<(Vec<String>, String)>, String),
    /// The jump norm of R(Θ) − R(Γ).
    Jump(Name, Name),
    /// The first hypothesis of Theorem 3.1 that fails.
    Violation(Name, Name),
    /// No Θ of g satisfies C.3.
    NoC3(Name, Name),
    /// Theorem 3.1.
    Theorem31(Name, Name, Form),
    /// Its refined form.
    Refined31(Name, Name),
    /// Theorem 3.3.
    Theorem33(Name, Name),
    /// Lemma A.6, repaired.
    Lift(Name),
    /// The published construction of Lemma A.6 leaves N*: C.2 fails.
    PublishedLift(Name),
    /// The published construction has the right function.
    PublishedEqual(Name),
    /// The nearest parametrization.
    Nearest(Name, Name),
    /// The nearest in N*.
    NearestStar(Name, Name),
    /// All flip sets, or that there are none.
    Flips(Name),
    /// The least number of neurons.
    Minimal(Name),
    /// For all k: the seminorm of the difference, or of one function.
    FamilySeminorm(Name, Option<Name>),
    /// For all k: the largest absolute value on [−1, 1]^d of the difference, or of one function.
    FamilySupNorm(Name, Option<Name>),
    /// For all k: the nearest parametrization; with a Φ where it has to be given, and a bound that the distance is to exceed.
    FamilyNearest {
        /// Γ.
        gamma: Name,
        /// Θ.
        theta: Name,
        /// Φ, if it is given.
        phi: Option<Name>,
        /// The distance is greater than this.
        above: Option<String>,
    },
}

/// One certificate of `proofs/`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proof {
    /// File name without `.rcert`.
    pub name: String,
    /// What it shows, in a line.
    pub shows: String,
    /// How it is made.
    pub make: Make,
}
