//! What is asked, and what is answered.

use serde::Serialize;

use super::family::Family;
use crate::certificate::RankLine;
use crate::watch::{Stop, Watch};

/// How the rank is searched for.
#[derive(Clone, Debug)]
pub struct Options {
    /// What the lines are drawn from: with the same seed they are the same.
    pub seed: u64,
    /// Directions that neurons leave open are eliminated together if they are at most this many: that takes their cube in operations.
    pub most_open: usize,
    /// When it must end.
    pub watch: Watch,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            seed: 1,
            most_open: 3000,
            watch: Watch::none(),
        }
    }
}

/// A hidden neuron.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// Its hidden layer, from 0.
    pub layer: usize,
    /// Its place in the layer.
    pub neuron: usize,
}

impl From<[usize; 2]> for Place {
    fn from([layer, neuron]: [usize; 2]) -> Self {
        Place { layer, neuron }
    }
}

/// What is known of the rank, and what follows.
#[derive(Debug)]
pub struct Answer {
    /// P.
    pub parameters: usize,
    /// h, the number of hidden neurons.
    pub hidden: usize,
    /// At least this is the rank of the derivative, at points of the regions that were met.
    pub rank: usize,
    /// Directions along which the function does not change; where there is one, the network is not identifiable.
    pub families: Vec<Family>,
    /// The hidden neurons whose incoming weights pairs of regions do not determine.
    pub open: Vec<Place>,
    /// Those of them that vary in a direction that no region met excludes; none if that was not computed. Nothing is proved of them.
    pub blamed: Vec<Place>,
    /// How many directions the open neurons leave open, where these were too many to be eliminated.
    pub too_many: Option<usize>,
    /// The points that show the rank, by lines.
    pub lines: Vec<RankLine>,
    /// The limit that was met.
    pub stopped: Option<Stop>,
}

impl Answer {
    /// P − h, the largest rank there can be.
    pub fn full(&self) -> usize {
        self.parameters - self.hidden
    }

    /// Whether the network is locally identifiable, if that is known.
    pub fn identifiable(&self) -> Option<bool> {
        match (self.families.is_empty(), self.rank == self.full()) {
            (false, _) => Some(false),
            (true, true) => Some(true),
            (true, false) => None,
        }
    }

    /// How many points show the rank.
    pub fn points(&self) -> usize {
        self.lines.iter().map(|line| line.stops.len()).sum()
    }
}
