//! `relucert audit`: the claims of the papers, and their case analyses on random instances.

mod trials;

use clap::{Args, ValueEnum};

use super::output::Output;
use super::{Answer, Failure};
use crate::audit::Statement;

/// Replay the papers' claims, or a theorem's case analysis on adversarial random instances
#[derive(Debug, Args)]
pub(super) struct Audit {
    /// Run this statement's case analysis on random instances
    #[arg(long, value_name = "STATEMENT", value_enum)]
    theorem: TheoremArg,
    /// How many random instances
    #[arg(long, value_name = "N", default_value_t = 10_000)]
    trials: u64,
    /// The seed the instances are drawn from
    #[arg(long, value_name = "SEED", default_value_t = 1)]
    seed: u64,
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
    pub(super) fn run(&self, output: &Output) -> Result<Answer, Failure> {
        let statement = match self.theorem {
            TheoremArg::Main => Statement::Main,
            TheoremArg::Star => Statement::Star,
            TheoremArg::Lift => Statement::Lift,
        };
        trials::run(statement, self.trials, self.seed, output)
    }
}
