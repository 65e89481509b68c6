//! `--max-nodes` and `--advice`, the same in every verb that searches for r, or for the largest value on a box.

use std::sync::Arc;

use clap::{Args, ValueEnum};

use crate::advice::{Advice, Exact, Floats};

/// How r, or the largest value, is searched for.
#[derive(Clone, Debug, Args)]
pub(super) struct SearchArgs {
    /// Stop after bounding this many nodes, with a proved bracket
    #[arg(long, value_name = "N")]
    max_nodes: Option<u64>,
    /// Who proposes where to look: machine floats, or no one. What is answered is established exactly either way
    #[arg(long, value_enum, default_value_t = AdviceArg::Floats)]
    advice: AdviceArg,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum AdviceArg {
    Floats,
    None,
}

impl SearchArgs {
    /// How many nodes may be bounded, if it was said.
    pub(super) fn nodes(&self) -> Option<u64> {
        self.max_nodes
    }

    /// Who is asked.
    pub(super) fn advice(&self) -> Arc<dyn Advice> {
        match self.advice {
            AdviceArg::Floats => Arc::new(Floats),
            AdviceArg::None => Arc::new(Exact),
        }
    }
}
