//! An exact engine for the parametrization of shallow ReLU networks, with proofs that anyone can check.
//!
//! Two networks are read; the second is rewritten, without changing what it computes, so that its weights are near the first's; a
//! certificate says so, and a verifier that shares nothing with the engine but the certificate's data types accepts it:
//!
#![cfg_attr(feature = "cli", doc = concat!("```\n", include_str!("../examples/certificate.rs"), "```"))]
//!
//! A network travels from a file ([`network`]) through its canonical form ([`realization`]), its degeneracies ([`degeneracy`])
//! and the other parametrizations of its function ([`parametrizations`]) to a statement about its parametrization
//! ([`stability`]), which is written as a certificate ([`certificate`]), checked by an independent verifier ([`verify`]) and
//! retold in words ([`report`]). All numbers are exact ([`exact`]); regions of hyperplane arrangements come from
//! [`arrangement`].
#![forbid(unsafe_code)]

pub mod arrangement;
pub mod audit;
#[cfg(feature = "cli")]
pub mod cli;
pub mod degeneracy;
pub mod exact;
pub mod family;
pub mod nearest;
pub mod network;
pub mod parametrizations;
pub mod realization;
pub mod reparametrize;
pub mod report;
pub mod stability;
pub mod watch;

pub use relucert_format as certificate;
#[cfg(feature = "cli")]
pub use relucert_verifier as verify;
