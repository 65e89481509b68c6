#![forbid(unsafe_code)]
pub mod arrangement;
pub mod certificate;
pub mod cli;
pub mod degeneracy;
pub mod exact;
pub mod network;
pub mod realization;
pub mod report;
pub mod stability;
