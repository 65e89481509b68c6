//! Claims about families, `for-all-k`: numbers that are functions of k, and what the steps of a section establish. What is to be seen is written in
//! `format/src/family.rs`.

mod network;
mod scenes;
mod steps;
mod tree;

pub(crate) use network::Difference;
pub(crate) use scenes::Scenes;
pub(crate) use steps::{Fact, Scene};
