//! `relucert job`: jobs of a search in parts.

use std::path::{Path, PathBuf};
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
use crate::advice::Advice;
use crate::arrangement::split as cells;
use crate::realization::SeminormLimits;
use crate::realization::split::{self, SplitError};
use crate::watch::Watch;

/// Do jobs of a folder that `norm --split`, `distance --split` or `regions --split` has written, and store there what they find. At a limit, or told to end
/// (SIGTERM, Ctrl-C), what is left of a job becomes jobs of its own, listed in DIR/JOB.jobs
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

/// What the jobs are parts of.
enum Folder {
    Seminorm(Box<split::Folder>),
    Regions(Box<cells::Folder>),
}

impl Folder {
    fn open(path: &Path, advice: &dyn Advice) -> Result<Self, SplitError> {
        Ok(match cells::Folder::is_at(path)? {
            true => Folder::Regions(Box::new(cells::Folder::open(path, advice)?)),
            false => Folder::Seminorm(Box::new(split::Folder::open(path)?)),
        })
    }

    fn open_jobs(&self, jobs: &[String]) -> Result<Vec<String>, SplitError> {
        match self {
            Folder::Seminorm(folder) => split::open_jobs(folder, Some(jobs)),
            Folder::Regions(folder) => cells::open_jobs(folder, Some(jobs)),
        }
    }
}

impl Job {
    fn work(&self, folder: &Folder, watch: Watch) -> Result<(), Failure> {
        let nodes = Some(self.search.nodes().unwrap_or(MOST_NODES));
        match folder {
            Folder::Seminorm(folder) => {
                let limits = SeminormLimits {
                    nodes,
                    advice: self.search.advice(),
                    watch,
                    ..SeminormLimits::default()
                };
                split::work(folder, Some(&self.jobs), &limits)?;
            }
            Folder::Regions(folder) => cells::work(folder, &self.jobs, nodes, &watch)?,
        }
        Ok(())
    }

    pub(super) fn files(&self) -> Files<'_> {
        Files::default()
    }

    pub(super) fn run(&self, _: &Inputs, output: &Output) -> Result<Answer, Failure> {
        // Whoever is told to end from here on leaves what is left.
        let watch = self.limits.watch(output);
        // What is found is stored as it is found, and verified by `join`.
        let watch = watch.leaving(Duration::ZERO, Duration::ZERO);
        let commands = Commands::new(&self.folder, &self.search.in_words())?;
        let folder = Folder::open(&self.folder, &*self.search.advice())?;
        self.work(&folder, watch)?;
        let (mut done, mut text) = (Vec::new(), String::new());
        let mut lists = Vec::new();
        for job in &self.jobs {
            let left = folder.open_jobs(std::slice::from_ref(job))?;
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
                "a limit was reached or an end asked for: what is left is in {}",
                lists.join(", ")
            ))),
        }
    }
}
