//! `--split` and `--checkpoint`: a search in parts, whose parts are in a folder.

use std::ffi::OsString;
use std::io::ErrorKind;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use clap::Args;

use super::certificate::{Draft, Judged};
use super::failure::Failure;
use super::inputs::is_standard;
use super::measured::Measured;
use super::output::Output;
use super::search::SearchArgs;
use crate::realization::split::{
    Folder, Joined, Question, SplitError, blame, join, open_jobs, work,
};
use crate::realization::{SeminormLimits, write_seminorm_certificate};

/// A search in parts.
#[derive(Clone, Debug, Args)]
pub(super) struct PartsArgs {
    /// Search no further than that about N jobs are left, and write them into the folder of -o, one command a line: see `job` and `join`
    #[arg(
        long,
        value_name = "N",
        requires = "output",
        conflicts_with_all = ["checkpoint", "per_output", "jump", "sup"]
    )]
    pub split: Option<NonZeroUsize>,
    /// Keep what is finished in this folder; the same command goes on from there, whatever ended it
    #[arg(long, value_name = "DIR", conflicts_with_all = ["per_output", "jump"])]
    pub checkpoint: Option<PathBuf>,
}

impl From<SplitError> for Failure {
    fn from(error: SplitError) -> Self {
        Failure::Usage(error.to_string())
    }
}

/// Writes a folder with about so many jobs; answers what is known by then.
pub(super) fn split(
    folder: &Path,
    question: Question,
    jobs: NonZeroUsize,
    limits: &SeminormLimits,
    search: &SearchArgs,
    output: &Output,
) -> Result<Measured, Failure> {
    let commands = Commands::new(folder, &search.in_words())?;
    let made = Folder::create(folder, question, limits, Some(jobs.get()))?;
    let lines = commands.hand_out(folder, &open_jobs(&made, None)?, jobs, output)?;
    let Joined { found, .. } = join(&made)?;
    Ok(Measured {
        jobs: Some(lines),
        ..Measured::of(found, made.question())
    })
}

/// Works through the folder's jobs, or those of a new one, and joins them.
pub(super) fn go_on(
    folder: &Path,
    question: Question,
    limits: &SeminormLimits,
    certificate: Option<&Path>,
    output: &Output,
) -> Result<Measured, Failure> {
    let folder = Folder::open_or_create(folder, question, limits)?;
    work(&folder, None, limits)?;
    joined(&folder, certificate, output)
}

/// Joins the segments of a folder. What is answered was verified; the certificate is written if there is somewhere to write it.
pub(super) fn joined(
    folder: &Folder,
    certificate: Option<&Path>,
    output: &Output,
) -> Result<Measured, Failure> {
    let Joined {
        found,
        missing,
        unneeded,
    } = join(folder)?;
    say_unneeded(&unneeded, output);
    let subject = folder.question().subject.clone();
    let mut draft = Draft::new(certificate, output);
    draft.fill(|draft| write_seminorm_certificate(draft, subject, &found))?;
    let mut unwritten = None;
    match draft.judge()? {
        Judged::Verified => unwritten = output.publish_judged(draft).err(),
        Judged::Unknown => {
            return Err(Failure::Limit(
                "the time limit was reached before what is done was verified; it is in the folder, and `relucert join` does that".to_owned(),
            ));
        }
        Judged::Declined(reason) => {
            // The verifier has not looked at all of it.
            blame(folder, &SeminormLimits::default())?;
            if let Some(path) = certificate {
                output.no_certificate(path, &reason);
            }
        }
        Judged::Rejected(reason) => {
            blame(folder, &SeminormLimits::default())?;
            return Err(Failure::Internal(format!(
                "the certificate would be rejected: {reason}"
            )));
        }
    }
    Ok(Measured {
        missing,
        unwritten,
        ..Measured::of(found, folder.question())
    })
}

/// Files that were not asked for are named.
pub(super) fn say_unneeded(files: &[String], output: &Output) {
    for file in files {
        output.remark(&format!(
            "{file} has no place in the trees, and was left out"
        ));
    }
}

/// Commands that do jobs, as the user's shell takes them.
pub(super) struct Commands {
    /// The program and the verb, and the folder.
    begin: String,
    end: String,
}

impl Commands {
    /// For jobs of this folder, with the program by the name that it was called by, and with these arguments at the end.
    pub(super) fn new(folder: &Path, end: &str) -> Result<Self, Failure> {
        if is_standard(folder) {
            let text = "-o -: jobs are written into a folder, not to standard output";
            return Err(Failure::Usage(text.to_owned()));
        }
        let program = std::env::args_os().next();
        let program = program.unwrap_or_else(|| OsString::from("relucert"));
        let mut folder = folder.as_os_str().to_owned();
        if folder.to_string_lossy().starts_with('-') {
            let mut path = OsString::from("./");
            path.push(folder);
            folder = path;
        }
        let [program, folder] = [&program, &folder].map(|word| {
            let text = word.to_str().filter(|text| !text.contains('\n'));
            let text = text.ok_or_else(|| {
                Failure::Usage(format!(
                    "'{}' cannot stand in a list with one command a line",
                    word.to_string_lossy()
                ))
            });
            text.map(quoted)
        });
        Ok(Commands {
            begin: format!("{} job {}", program?, folder?),
            end: end.to_owned(),
        })
    }

    /// Writes the list of a new folder's jobs, dealt to so many commands at most; answers how many there are.
    pub(super) fn hand_out(
        &self,
        folder: &Path,
        left: &[String],
        commands: NonZeroUsize,
        output: &Output,
    ) -> Result<usize, Failure> {
        let lines = left.len().min(commands.get());
        // Where it is known which are the largest they are the first, so that each line has one of them.
        let line = |first: usize| left[first..].iter().step_by(lines).map(String::as_str);
        let list = self.list((0..lines).map(line));
        output.save(&folder.join("jobs"), &list)?;
        let next = quoted(&folder.to_string_lossy());
        output.remark(&match lines {
            0 => format!("no job is left: relucert join {next}"),
            _ => format!(
                "commands to run: {lines}, in {}; then: relucert join {next}",
                folder.join("jobs").display(),
            ),
        });
        Ok(lines)
    }

    /// One line for each group of jobs.
    pub(super) fn list<'a, G: Iterator<Item = &'a str>>(
        &self,
        groups: impl Iterator<Item = G>,
    ) -> String {
        let line = |jobs: G| {
            let jobs: Vec<&str> = jobs.collect();
            format!("{} {}{}\n", self.begin, jobs.join(" "), self.end)
        };
        groups.map(line).collect()
    }
}

/// Missing jobs that are named in a message.
const NAMED: usize = 20;

/// What to say of jobs that are missing.
pub(super) fn missing_words(missing: &[String], folder: &Path) -> String {
    let named = missing.iter().take(NAMED).map(String::as_str);
    let mut named = named.collect::<Vec<_>>().join(" ");
    if missing.len() > NAMED {
        named.push_str(&format!(" and {} more", missing.len() - NAMED));
    }
    let folder = folder.display();
    format!("jobs are missing: {named}; relucert job {folder} does them")
}

/// A word that a shell takes as it is.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-+=:,@%".contains(c);
    match !word.is_empty() && word.chars().all(plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', r"'\''")),
    }
}

/// Writes the list of what is left of a job, or takes away the one that is there.
pub(super) fn list_rest(
    folder: &Path,
    job: &str,
    left: &[String],
    commands: &Commands,
    output: &Output,
) -> Result<PathBuf, Failure> {
    let path = folder.join(format!("{job}.jobs"));
    if left.is_empty() {
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != ErrorKind::NotFound => output.remark(&format!(
                "{} is out of date, but cannot be removed",
                path.display()
            )),
            _ => {}
        }
        return Ok(path);
    }
    let line = |job| std::iter::once(job);
    let list = commands.list(left.iter().map(String::as_str).map(line));
    output.save(&path, &list)?;
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn words_are_quoted_for_shells() {
        for (word, expected) in [
            ("target/debug/relucert", "target/debug/relucert"),
            ("a b", "'a b'"),
            ("it's", r"'it'\''s'"),
            ("$HOME", "'$HOME'"),
            ("", "''"),
        ] {
            assert_eq!(quoted(word), expected);
        }
    }
}
