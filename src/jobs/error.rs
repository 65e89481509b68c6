//! What can be wrong with a folder of jobs.

use crate::network::file::FileError;

/// Why a folder of jobs, or a file in it, cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SplitError {
    /// A file that cannot be written.
    #[error("{0}; what was finished before is kept")]
    Unwritable(#[from] FileError),
    /// A file or folder that is not what it should be.
    #[error("{file}: {reason}")]
    Wrong {
        /// The file or folder.
        file: String,
        /// What was found, and what was expected.
        reason: String,
    },
}

impl SplitError {
    pub(crate) fn wrong(file: &str, reason: impl Into<String>) -> Self {
        SplitError::Wrong {
            file: file.to_owned(),
            reason: reason.into(),
        }
    }
}
