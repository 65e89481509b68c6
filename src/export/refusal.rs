//! What is not exported.

/// What of a claim the proved checker does not know.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the proved checker does not cover {0}")]
pub struct NotCovered(String);

/// Refuses by name.
pub(super) fn not_covered<T>(what: impl Into<String>) -> Result<T, NotCovered> {
    Err(NotCovered(what.into()))
}
