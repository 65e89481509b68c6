//! Why there is no answer.

use crate::nearest::NearestError;
use crate::stability::StabilityError;

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
    /// The folder of [`Options::checkpoint`](super::Options::checkpoint) cannot be used.
    #[error("{0}")]
    Checkpoint(String),
}
