//! `relucert job`: jobs of a search in parts.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use serde::Serialize;

use super::answer::Answer;
use super::failure::Failure;
use super::inputs::{Files, Inputs};
use super::limits::LimitArgs;
use super::output::Output;
use super::parts::{Commands, list_rest};
use super::search::{MOST_NODES, SearchArgs};
use crate::realization::SeminormLimits;
use crate::realization::split::{Folder, open_jobs, work};

/// Do jobs of a folder that `norm --split` or `distance --split` has written, and store there what they find. At a limit what is left of a job becomes jobs of
/// its own, listed in DIR/JOB.jobs
#[derive(Debug, Args)]
pub(super) struct Job {
    /// The folder
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Which jobs: numbers, as 7 or 7.3
    #[arg(value_name = "JOB", required = true)]
    jobs: Vec<String>,
    #[command(flatten)]
    limits: LimitArgs,
    #[command(flatten)]
    search: SearchArgs,
}

#[derive(Serialize)]
struct Object {
    jobs: Vec<Done>,
}

#[derive(Serialize)]
struct Done {
    job: String,
    /// What is left of it.
    left: Vec<String>,
}

impl Job {
    pub(super) fn files(&self) -> Files<'_> {
        Files::default()
    }

    pub(super) fn run(&self, _: &Inputs, output: &Output) -> Result<Answer, Failure> {
        let limits = SeminormLimits {
            nodes: Some(self.search.nodes().unwrap_or(MOST_NODES)),
            advice: self.search.advice(),
            // What is found is stored as it is found, and verified by `join`.
            watch: (self.limits.watch(output)).leaving(Duration::ZERO, Duration::ZERO),
            ..SeminormLimits::default()
        };
        let commands = Commands::new(&self.folder, &self.search)?;
        let folder = Folder::open(&self.folder)?;
        work(&folder, Some(&self.jobs), &limits)?;
        let (mut done, mut text) = (Vec::new(), String::new());
        let mut lists = Vec::new();
        for job in &self.jobs {
            let left = open_jobs(&folder, Some(std::slice::from_ref(job)))?;
            let list = list_rest(&self.folder, job, &left, &commands, output)?;
            if left.is_empty() {
                text.push_str(&format!("job {job}: done\n"));
            } else {
                let s = if left.len() == 1 { "" } else { "s" };
                text.push_str(&format!("job {job}: {} job{s} left\n", left.len()));
                lists.push(list.display().to_string());
            }
            let job = job.clone();
            done.push(Done { job, left });
        }
        output.answer("job", &Object { jobs: done }, || text)?;
        match lists.is_empty() {
            true => Ok(Answer::Yes),
            false => Err(Failure::Limit(format!(
                "a limit was reached: what is left is in {}",
                lists.join(", ")
            ))),
        }
    }
}
