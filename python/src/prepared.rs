//! An arrangement, prepared, with what it was made of and what certificates state it by.

use relucert::arrangement::{self, Options};
use relucert::certificate::StatedNetwork;
use relucert::exact::Rational;
use relucert::watch::Watch;

/// An arrangement.
pub struct Prepared {
    /// The engine's.
    pub arrangement: arrangement::Arrangement,
    /// What certificates state the arrangement by.
    pub network: StatedNetwork,
    /// What it was made of.
    pub normals: Vec<Vec<Rational>>,
    pub offsets: Option<Vec<Rational>>,
    pub domain: Option<Vec<(Rational, Rational)>>,
}

/// What is asked of the engine.
pub fn options(limit: Option<u64>, threads: usize, watch: &Watch) -> Options {
    Options {
        limit,
        threads,
        watch: watch.clone(),
        ..Options::default()
    }
}
