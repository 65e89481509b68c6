//! `--max-nodes` and `--advice`, the same in every verb that searches for r, or for the largest value on a box; `--advice` alone where regions are
//! found.

use std::sync::Arc;

use clap::{Args, ValueEnum};

use crate::advice::{Advice, Exact, Floats};

/// Nodes that are bounded by `norm`, `distance` and `job` if it is not said how many.
pub(super) const MOST_NODES: u64 = 100_000_000;

/// How r, or the largest value, is searched for.
#[derive(Clone, Debug, Args)]
pub(super) struct SearchArgs {
    /// Stop after bounding this many nodes, with a proved bracket; a job that lists regions, after visiting so many
    #[arg(long, value_name = "N")]
    max_nodes: Option<u64>,
    #[command(flatten)]
    advice: AdviceArgs,
}

/// Who is asked where to look.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct AdviceArgs {
    /// Who proposes where to look: machine floats, or no one. What is answered is established exactly either way
    #[arg(long, value_enum, default_value_t = AdviceArg::Floats)]
    advice: AdviceArg,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum AdviceArg {
    #[default]
    Floats,
    None,
}

impl SearchArgs {
    /// How many nodes may be bounded, if it was said.
    pub(super) fn nodes(&self) -> Option<u64> {
        self.max_nodes
    }

    /// What is not the default and a job should know, as arguments.
    pub(super) fn in_words(&self) -> String {
        self.advice.in_words()
    }

    /// Who is asked.
    pub(super) fn advice(&self) -> Arc<dyn Advice> {
        self.advice.get()
    }
}

impl AdviceArgs {
    /// As an argument, if it is not the default.
    pub(super) fn in_words(&self) -> String {
        match self.advice {
            AdviceArg::Floats => String::new(),
            AdviceArg::None => " --advice none".to_owned(),
        }
    }

    /// Whether no one is asked.
    pub(super) fn is_none(&self) -> bool {
        self.advice == AdviceArg::None
    }

    /// Who is asked.
    pub(super) fn get(&self) -> Arc<dyn Advice> {
        match self.advice {
            AdviceArg::Floats => Arc::new(Floats),
            AdviceArg::None => Arc::new(Exact),
        }
    }
}
