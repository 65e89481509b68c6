//! All checks by their names.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use super::found::Found;
use super::{errors, examples, functions, networks};

/// A computation: what it found, in a line, or what went wrong.
#[derive(Clone, Copy, Debug)]
pub struct Check {
    /// Its name.
    pub name: &'static str,
    /// Runs it.
    pub run: fn() -> Result<Found, String>,
}

/// All checks: the name that the ledger gives each, and how it is run.
const CHECKS: &[Check] = &[
    Check::new("canonical form", functions::canonical),
    Check::new("zero last layer", functions::zero_layer),
    Check::new("Lipschitz continuity", functions::lipschitz),
    Check::new("sup norm", functions::sup_norms),
    Check::new("sup norm against seminorm", functions::poincare),
    Check::new("seminorm two ways", functions::seminorms),
    Check::new("radii", networks::radii),
    Check::new("Example 2.1, sup norm", examples::example_2_1_sup),
    Check::new("Example 2.2, every r", examples::example_2_2_every_r),
    Check::new("Example A.1", examples::example_a_1),
    Check::new("zero neuron", networks::zero_neuron),
    Check::new("square roots", networks::square_roots),
    Check::new("balanced networks", networks::balanced_beta),
    Check::new("N'", networks::n_prime),
    Check::new("Lemma A.7", functions::inverse_lipschitz_bound),
    Check::new("E7", errors::e_7),
    Check::new("whisker", networks::whisker),
    Check::new("star shape", networks::star_shaped),
    Check::new("ramps", functions::ramps),
    Check::new("softsign", functions::softsign),
    Check::new("a-parametric ReLU", functions::prelu),
    Check::new("rigidity", networks::rigidity),
    Check::new("E1", errors::e_1),
    Check::new("E6", errors::e_6),
    Check::new("E12", errors::e_12),
];

impl Check {
    const fn new(name: &'static str, run: fn() -> Result<Found, String>) -> Self {
        Check { name, run }
    }
}

impl<'de> Deserialize<'de> for Check {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        let check = CHECKS.iter().find(|check| check.name == name);
        let check = check.copied();
        check.ok_or_else(|| D::Error::custom(format!("no check is called {name}")))
    }
}
