//! The verifier: decides whether a certificate establishes its claim.
//!
//! It shares [`relucert_format`] with the engine, the data types and nothing else: this package does not know the engine's. It searches for nothing, holds every limit of [`Limits`], and answers one of three verdicts. The order of checks:
//! bytes, UTF-8, last line with count and hash, header, statement, the steps one after the other, and then whether every fact that
//! the claim needs stands. What each fact obliges it to see is written at its data type.
#![cfg_attr(
    not(test),
    deny(
        clippy::expect_used,
        clippy::float_arithmetic,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::string_slice,
        clippy::unreachable,
        clippy::unwrap_used
    )
)]

mod bind;
mod claims;
mod command;
mod deep;
mod established;
mod expect;
mod facts;
mod kernel;
mod scene;
mod section;
mod sections;
mod statement;
mod subject;
mod verify;
mod words;

pub use bind::{BindError, Bindings};
pub use command::{Beside, VerifyArgs, run, run_beside, usage};
pub use expect::Expectation;
pub use kernel::budget::{Budget, Limits};
pub use kernel::verdict::{Declined, Rejection, Verdict, Verified};
pub use verify::{verify_file, verify_file_within, verify_text, verify_within};
