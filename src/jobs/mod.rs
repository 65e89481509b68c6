//! Work in parts, whatever it is: a folder with a statement, jobs, and a file for what each of them has found.
//!
//! Who asks something that can be divided writes a *statement*, once, and counts in it what is left open: the k-th of these is job k. What a job
//! finds is its *segment*, and what that leaves open is job J.k. Files are lines of JSON, the last of which has the hash of those above. What a
//! statement asks and what a segment shows is the business of the rooms that use this one: `realization::split` and `arrangement::split`.

mod error;
mod folder;
mod lines;

pub use error::SplitError;
pub(crate) use folder::{Place, Wanted, is_better, write_durably};
pub(crate) use lines::{LINE, Lines, check_statement, read, text};
