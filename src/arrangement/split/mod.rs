//! Regions in parts: on many machines.
//!
//! A [`Folder`] holds all of it. Its *statement* has the hyperplanes and the [tree](super::tree) as far as it was walked; the k-th of its open nodes is
//! job k, and what a job finds, its *segment*, is the tree below that node, with open nodes again where time was over: those of job 7 are the jobs 7.1, 7.2,
//! and so on. A node is a choice of sides for the first classes of hyperplanes, a *prefix* of the signs of its regions. [`work`] does jobs,
//! [`join`] puts the segments in the places of the nodes.
//!
//! Nothing in the folder is believed but the question. A region is there with a point inside, an empty node with a circuit; both are seen again whenever they are
//! read, and every segment must be one tree below its prefix, so that what is joined is the whole list, proved. Where regions are only [counted](Asked::Count),
//! a segment has their number and where it ended, and numbers are taken as they are.

mod folder;
mod gather;
mod join;
mod lines;
mod question;
mod recorder;
mod work;

pub use folder::Folder;
pub use join::{Joined, join};
pub use lines::Asked;
pub use question::Question;
pub use work::{open_jobs, work};

pub use crate::jobs::SplitError;
