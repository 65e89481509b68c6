//! The search for r in parts: on many machines, or on one that is stopped and goes on.
//!
//! A [`Folder`] holds all of it. Its *statement* has the networks, a point below, and the trees as far as they were searched best first; an *open leaf*
//! stands where a subtree is to come. Open leaves are numbered, and each is a *job*. What a job finds is a *segment*: the tree below the decisions
//! of its leaf, with open leaves again where it was not searched to the end; those of job 7 are the jobs 7.1, 7.2, and so on. [`work`] does jobs,
//! [`join`] puts the segments in the places of the leaves, and has the trees of a search that was never taken apart.
//!
//! A segment depends on the statement, on those above it and on how long it was searched, on nothing else: the lower end at its beginning is the statement's,
//! or better where a segment above it has a better point. A lower end that is not the newest is sound: it closes fewer leaves.
//!
//! Nothing in the folder is believed. Points are evaluated again, what leaves pay is computed again, every segment must be one tree under the decisions of
//! its leaf, and what [`join`] answers is for the verifier to see; [`blame`] says which file is at fault where it does not.

mod folder;
mod gather;
mod join;
mod lines;
mod walk;
mod work;

pub use folder::{Folder, Question};
pub use join::{Joined, blame, join, search_kept};
pub use work::{open_jobs, work};

pub use crate::jobs::SplitError;
