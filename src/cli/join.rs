//! `relucert join`: one answer and one certificate from what jobs have found.

use std::path::PathBuf;
use std::time::Instant;

use clap::Args;

use super::answer::Answer;
use super::failure::Failure;
use super::inputs::{Files, Inputs};
use super::limits::LimitArgs;
use super::output::Output;
use super::parts::{joined, missing_words};
use super::regions;
use crate::advice::Floats;
use crate::arrangement::split as cells;
use crate::realization::split::Folder;

/// Join what the jobs of a folder have found: the answer of `norm`, `distance` or `regions`, proved, and one certificate
#[derive(Debug, Args)]
pub(super) struct Join {
    /// The folder
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    #[command(flatten)]
    limits: LimitArgs,
    /// Write the certificate there
    #[arg(short, value_name = "FILE.rcert")]
    output: Option<PathBuf>,
}

impl Join {
    pub(super) fn files(&self) -> Files<'_> {
        Files::default().writing("-o", self.output.as_deref())
    }

    pub(super) fn run(&self, _: &Inputs, output: &Output) -> Result<Answer, Failure> {
        let start = Instant::now();
        self.limits.guard(output);
        if cells::Folder::is_at(&self.folder)? {
            let folder = cells::Folder::open(&self.folder, &Floats)?;
            return regions::join(&folder, &self.folder, self.output.as_deref(), output);
        }
        let folder = Folder::open(&self.folder)?;
        let measured = joined(&folder, self.output.as_deref(), output)?;
        measured.print("join", output)?;
        measured.remark(start, output);
        let is_open = measured.is_open();
        if let Some(failure) = measured.unwritten {
            return Err(failure);
        }
        let missing = &measured.missing;
        if !missing.is_empty() {
            return Err(Failure::Limit(format!(
                "the bracket printed is proved, but {}",
                missing_words(missing, &self.folder)
            )));
        }
        match is_open {
            true => Err(Failure::Limit(
                "the bracket printed is proved, but not exact".to_owned(),
            )),
            false => Ok(Answer::Yes),
        }
    }
}
