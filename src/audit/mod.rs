//! The claims of the paper, replayed.

mod by_regions;
mod certificates;
mod checks;
mod find;
mod ledger;
mod networks;
mod pairs;
mod proof;
mod random;
mod theorems;
mod trials;

pub use by_regions::seminorm_by_regions;
pub use certificates::ProofError;
pub use checks::{Check, ExampleA1, Found, SEED};
pub use find::find;
pub use ledger::{Instances, LEDGER, Ledger, PaperClaim, Verdict};
pub use networks::NamedNetwork;
pub use pairs::{RandomPair, biased_network, main_pair, star_pair};
pub use proof::{Proof, Proves, SampleText};
pub use random::Random;
pub use theorems::{THEOREMS, Theorem};
pub use trials::{Statement, Trials, Worst, search, trials};
