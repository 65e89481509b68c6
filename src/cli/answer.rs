//! How a verb that ran to its end leaves.

/// The exit codes 0 and 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// The work is done, or the question was answered yes.
    Yes,
    /// The question was answered no, and the witness or the reason was printed.
    No,
}
