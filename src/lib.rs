//! An exact engine for the parametrization of shallow ReLU networks, with proofs that anyone can check.
//!
//! Two networks are read; the second is rewritten, without changing what it computes, so that its weights are near the first's; a
//! certificate says so, and a verifier that shares nothing with the engine but the certificate's data types accepts it:
//!
#![cfg_attr(feature = "cli", doc = concat!("```\n", include_str!("../examples/certificate.rs"), "```"))]
//!
//! # What is where
//!
//! | module | |
//! |---|---|
//! | [`network`] | networks, shallow and deep, and their files: JSON, safetensors, npz, ONNX and nnet, read without rounding |
//! | [`realization`] | the function: canonical form, equality, seminorm, jump norm, sup norm |
//! | [`degeneracy`] | what the theory asks of a parametrization: C.1–C.3, N′ and N* |
//! | [`identify`] | whether a network of any depth is locally the only one with its function |
//! | [`depth`] | networks of any depth: simplified, in one form up to order and scale of neurons, compared |
//! | [`parametrizations`] | all parametrizations of one function: flips, least number of neurons |
//! | [`reparametrize`] | the second network rewritten near the first by the strongest theorem that applies: [`Pair::reparametrize`] |
//! | [`stability`] | Theorems 3.1 and 3.3: pairs of networks, cases, bounds; Lemma A.6 |
//! | [`nearest`] | the nearest parametrization, proved nearest |
//! | [`family`] | the same for networks with a parameter k, for all k at once |
//! | [`arrangement`] | regions of hyperplane arrangements |
//! | [`exact`] | numbers, linear algebra and linear programs without rounding |
//! | [`certificate`] | what a certificate says, and how it is written |
//! | [`report`] | a certificate retold in words |
//! | [`figures`] | regions, realizations and weight vectors drawn; the paper's figures |
//! | [`page`] | one page about a certificate or networks, to look at in a browser |
//! | [`watch`] | limits on time and memory |
//!
//! With the default feature `cli` the verifier is here too, as `verify`, and all that the program `relucert` needs. Without it the
//! engine alone is built, which writes certificates and cannot check them.
//!
//! # Conventions
//!
//! A shallow network has d inputs, m neurons c_i ρ(⟨a_i,x⟩ + b_i) and D outputs; ‖·‖ is the largest absolute entry; neurons, rows and
//! regions are numbered from 0. Ids such as N5, D25 or E8 are claims of the papers, listed with their proofs in `proofs/README.md`.
//!
//! Costs are numbers of operations on exact numbers, whose length grows with the work: where it does so by more than a few words, the
//! item says how. What may take long takes a [`Watch`] or limits that hold one, and answers what it knows when a limit is
//! met. Nothing that a caller passes makes a function answer wrong; what panics says so, and only on indices that do not exist or lists
//! that do not fit together.
#![forbid(unsafe_code)]

pub mod advice;
pub mod arrangement;
// For the program and the tests: public, and no part of the library's interface.
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod audit;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
pub mod degeneracy;
pub mod depth;
pub mod exact;
pub mod export;
pub mod family;
pub mod figures;
pub mod identify;
mod jobs;
mod nearby;
pub mod nearest;
pub mod network;
pub mod page;
pub mod parametrizations;
pub mod realization;
pub mod reparametrize;
pub mod report;
mod sides;
pub mod stability;
pub mod watch;

pub use relucert_format as certificate;
#[cfg(feature = "cli")]
pub use relucert_verifier as verify;

// What most programs begin with.
pub use arrangement::Arrangement;
pub use exact::{Rational, Surd};
pub use network::{Network, Shallow};
pub use realization::CanonicalForm;
pub use stability::Pair;
pub use watch::Watch;
