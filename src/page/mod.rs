//! One self-contained page about a certificate or networks: what is shown, its proof to open and close, figures to point at. Nothing is
//! asked of any server.

mod findings;
mod frames;
mod histogram;
mod html;
mod layers;
mod network;
mod pictures;
mod proof;

pub use network::{Comparison, Matched, layers_matched, networks_page};
pub use proof::{Read, proof_page};
