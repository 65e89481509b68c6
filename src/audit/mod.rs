//! The claims of the paper, replayed.

mod by_regions;
mod checks;
mod find;
mod ledger;
mod pairs;
mod proof;
mod proofs;
mod random;
mod table;
mod trials;

pub use by_regions::seminorm_by_regions;
pub use checks::{Check, ExampleA1, Found, SEED};
pub use find::find;
pub use ledger::{Entry, Evidence, LEDGER, Verdict};
pub use pairs::{RandomPair, biased_network, main_pair, star_pair};
pub use proof::{Make, Proof};
pub use proofs::ProofError;
pub use random::Random;
pub use table::{all_proofs, proof};
pub use trials::{Statement, Trials, Worst, search, trials};
