//! What is asked of [`Pair::reparametrize`](crate::stability::Pair::reparametrize).

use std::path::PathBuf;

use crate::certificate::Form;
use crate::exact::Surd;
use crate::realization::SeminormLimits;
use crate::stability::Theorem;

/// Which theorem, and how hard to look.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The theorem; the strongest that applies if not given.
    pub theorem: Option<Theorem>,
    /// The threshold of C.1 and of the cases, 2r or J. If not given, 2r where r is known exactly, else J; in the refined form J.
    pub form: Option<Form>,
    /// β of C.1; the least that works if not given. A given one is for Theorem 3.1, which is then the only one asked.
    pub beta: Option<Surd>,
    /// Limits of the whole call: its [`Watch`](crate::watch::Watch) is kept by all parts. When to settle for a bracket of r.
    pub limits: SeminormLimits,
    /// A folder in which what is found of r is kept, and from where the search goes on if it was ended before; made if it is not there.
    pub checkpoint: Option<PathBuf>,
    /// Where no theorem applies: whether to look for the nearest parametrization.
    pub nearest: bool,
}
