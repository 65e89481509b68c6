//! The claims of the paper, replayed.

mod pairs;
mod random;
mod trials;

pub use pairs::{RandomPair, biased_network, main_pair, star_pair};
pub use random::Random;
pub use trials::{Statement, Trials, Worst, trials};
