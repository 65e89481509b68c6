//! `relucert audit`: the claims of the papers, and their case analyses on random instances.

mod annotated;
mod claims;
mod documents;
mod replay;
mod trials;

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::answer::Answer;
use super::explain::FormatArg;
use super::failure::Failure;
use super::inputs::{Files, Inputs};
use super::limits::LimitArgs;
use super::output::Output;
use crate::audit::Statement;

/// Replay the papers' claims, or a theorem's case analysis on adversarial random instances
#[derive(Debug, Args)]
pub(super) struct Audit {
    /// A claim by its id (C05), its place ("Example 2.5", 3.1, "(54)") or a word of it: its proofs in words, or the list of
    /// claims that are meant
    #[arg(value_name = "CLAIM", conflicts_with_all = ["theorem", "write"])]
    claim: Option<String>,
    /// Write the certificates of all decided claims, README.md and ERRATA.md into this directory
    #[arg(long, value_name = "DIRECTORY", conflicts_with = "theorem")]
    write: Option<PathBuf>,
    /// Write the table of claims, or the claim's proofs, as a document in this format
    #[arg(long, value_enum, conflicts_with_all = ["theorem", "write"])]
    format: Option<FormatArg>,
    /// Run this statement's case analysis on random instances
    #[arg(long, value_name = "STATEMENT", value_enum)]
    theorem: Option<TheoremArg>,
    /// How many random instances
    #[arg(long, value_name = "N", default_value_t = 10_000, requires = "theorem", conflicts_with_all = ["claim", "write"])]
    trials: u64,
    /// The seed the instances are drawn from
    #[arg(long, value_name = "SEED", default_value_t = 1, requires = "theorem", conflicts_with_all = ["claim", "write"])]
    seed: u64,
    /// Then change the instance nearest to each bound step by step, this many times, keeping what comes nearer
    #[arg(long, value_name = "STEPS", requires = "theorem", conflicts_with_all = ["claim", "write"], num_args = 0..=1, default_missing_value = "1000")]
    search: Option<u64>,
    #[command(flatten)]
    limits: LimitArgs,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum TheoremArg {
    /// Theorem 3.1: paper, sharp, jump and refined forms
    #[value(name = "3.1")]
    Main,
    /// Theorem 3.3
    #[value(name = "3.3")]
    Star,
    /// Lemma A.6: the lift, repaired and as published
    #[value(name = "A.6")]
    Lift,
}

impl Audit {
    pub(super) fn files(&self) -> Files<'_> {
        Files::default()
    }

    pub(super) fn run(&self, _: &Inputs, output: &Output) -> Result<Answer, Failure> {
        let statement = match self.theorem {
            Some(TheoremArg::Main) => Statement::Main,
            Some(TheoremArg::Star) => Statement::Star,
            Some(TheoremArg::Lift) => Statement::Lift,
            None => {
                let watch = self.limits.guard(output);
                let format = self.format.map(|format| format.named().0);
                let (claim, write) = (self.claim.as_deref(), self.write.as_deref());
                return claims::run(claim, write, format, &watch, output);
            }
        };
        trials::run(
            statement,
            self.trials,
            self.seed,
            self.search,
            &self.limits.watch(output),
            output,
        )
    }
}
