//! A parametrization Φ of R(Θ) near Γ: the strongest theorem that applies, or what is missing for one.
//!
//! ```
//! use relucert::network::file::network_from_bytes;
//! use relucert::reparametrize::Options;
//! use relucert::stability::{Pair, Theorem};
//!
//! // From files: Pair::read("gamma.json", "theta.safetensors")?
//! let gamma = network_from_bytes("gamma.json", br#"{"a": [[2, 0], [0, 1]], "c": [[1], [3]]}"#)?;
//! let theta = network_from_bytes("theta.json", br#"{"a": [[0, "3/2"], [1, 0]], "c": [[2], [2]]}"#)?;
//! let answer = Pair::new(&gamma, &theta)?.reparametrize(&Options::default())?;
//!
//! // Θ has the neurons of Γ in another order and scale: r = 0, and Φ is Γ.
//! assert_eq!(answer.theorem(), Some(Theorem::Main));
//! assert_eq!(answer.r().exact(), Some(answer.jump()));
//! assert_eq!(answer.phi(), Some(&gamma));
//! assert_eq!(answer.distance().map(ToString::to_string).as_deref(), Some("0"));
//! assert!(answer.bounds().iter().all(|bound| bound.proved) && answer.cases().len() == 2);
//! assert!(answer.certificate()?.is_some_and(|text| text.contains("theorem-3.1")));
//!
//! // Opposite neurons between Γ and Θ: C.3b fails, and Theorem 3.3 does not apply.
//! let other = network_from_bytes("other.json", br#"{"a": [[-1, 0], [0, 1]], "c": [[1], [3]]}"#)?;
//! let pair = Pair::new(&gamma, &other)?;
//! let answer = pair.reparametrize(&Options::default())?;
//! assert!(answer.phi().is_none() && !answer.missing().is_empty());
//! // The nearest parametrization needs no theorem.
//! let answer = pair.reparametrize(&Options { nearest: true, ..Options::default() })?;
//! assert!(answer.theorem().is_none() && answer.phi().is_some());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod answer;
mod choice;

pub use answer::Reparametrization;

use crate::certificate::Form;
use crate::exact::Surd;
use crate::nearest::NearestError;
use crate::realization::SeminormLimits;
use crate::stability::{Pair, StabilityError, Theorem};

/// Which theorem, and how hard to look.
#[derive(Clone, Debug)]
pub struct Options {
    /// The theorem; the strongest that applies if not given.
    pub theorem: Option<Theorem>,
    /// The threshold of C.1 and of the cases, 2r or J. If not given, 2r where r is known exactly, else J; in the refined form J.
    pub form: Option<Form>,
    /// β of C.1; the least that works if not given. A given one is for Theorem 3.1, which is then the only one asked.
    pub beta: Option<Surd>,
    /// Limits of the whole call: its [`Watch`](crate::watch::Watch) is kept by all parts. When to settle for a bracket of r.
    pub limits: SeminormLimits,
    /// Where no theorem applies: whether to look for the nearest parametrization.
    pub nearest: bool,
}

impl Options {
    /// r is searched for only where there may be at most this many regions, unless the caller says otherwise.
    pub const MOST_REGIONS: u64 = 200_000;
}

impl Default for Options {
    fn default() -> Self {
        Options {
            theorem: None,
            form: None,
            beta: None,
            limits: SeminormLimits {
                regions: Some(Options::MOST_REGIONS),
                ..SeminormLimits::default()
            },
            nearest: false,
        }
    }
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReparametrizeError {
    /// The theorems cannot be asked.
    #[error(transparent)]
    Stability(#[from] StabilityError),
    /// The nearest parametrization was asked for, and a limit was met before anything was known of it.
    #[error(transparent)]
    Nearest(#[from] NearestError),
}

impl Pair {
    /// The parametrization of R(Θ) near Γ by the strongest theorem that applies: Theorem 3.1 for Θ as given or with some neurons flipped
    /// (the theorem asks for some Θ of g), its refined form, Theorem 3.3. r is measured once.
    ///
    /// Cost: that of r, see [`branch_and_bound`](crate::realization::branch_and_bound); if C.3 alone fails, of a search for orientations
    /// of the neurons; the rest is polynomial in the numbers of neurons and inputs.
    ///
    /// # Errors
    /// [`ReparametrizeError`] if the shapes differ, the theorem that was asked is not about such networks, the form 2r was asked and r is
    /// only bracketed, or `nearest` was asked for and is stopped by a limit before anything is known.
    pub fn reparametrize(
        &self,
        options: &Options,
    ) -> Result<Reparametrization, ReparametrizeError> {
        choice::choose(self, options)
    }
}
