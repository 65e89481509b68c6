//! One certificate of `proofs/`: which networks, and what is proved about them. The rows `[[proofs]]` of `ledger.toml`.

use serde::Deserialize;

use crate::certificate::Form;

/// The name of a network of the ledger, or of a family.
type Name = String;

/// What is proved about which networks.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Proves {
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
    /// A local minimum of the mean squared error.
    LocalMinimum {
        /// Γ.
        gamma: Name,
        /// Of which samples the error is.
        samples: Vec<SampleText>,
        /// Among the networks nearer than this.
        radius: String,
    },
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
    /// For all k: the seminorm of the difference.
    FamilySeminorm(Name, Name),
    /// For all k: the seminorm of one function.
    FamilyNorm(Name),
    /// For all k: the largest absolute value of a function on [−1, 1]^d.
    FamilySupNorm(Name),
    /// For all k: a local minimum of the mean squared error, with its samples and radius.
    FamilyLocalMinimum {
        /// Γ.
        gamma: Name,
        /// Of which samples the error is.
        samples: Vec<SampleText>,
        /// Among the networks nearer than this.
        radius: String,
    },
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

/// An input, and the output that is wanted there.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SampleText {
    /// The input.
    pub x: Vec<String>,
    /// The output.
    pub y: String,
}

/// One certificate of `proofs/`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proof {
    /// File name without `.rcert`.
    pub name: String,
    /// What it shows, in a line.
    pub shows: String,
    /// What that is, and of which networks.
    pub proves: Proves,
}
