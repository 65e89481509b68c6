//! One self-contained page about a certificate or networks: what is shown, its proof to open and close, figures to point at. Nothing is
//! asked of any server.

mod findings;
mod frames;
mod html;
mod network;
mod proof;

pub use network::{Comparison, Matched, networks_page};
pub use proof::proof_page;
