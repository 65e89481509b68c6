//! `relucert completions` and `relucert man`: what a shell and a reader of manuals want of the command line.

use std::path::PathBuf;

use clap::{Args, Command};
use clap_complete::Shell;
use serde::Serialize;

use super::answer::Answer;
use super::failure::Failure;
use super::output::Output;
use crate::network::file::plain_words;

/// Print a script that completes verbs, flags and files in a shell
#[derive(Debug, Args)]
pub(super) struct Completions {
    /// The shell
    #[arg(value_name = "SHELL", value_enum)]
    shell: Shell,
}

/// Write a manual page for the program and for each verb into a directory
#[derive(Debug, Args)]
pub(super) struct Man {
    /// The directory; it is made if it is not there
    #[arg(value_name = "DIRECTORY")]
    directory: PathBuf,
}

#[derive(Serialize)]
struct Script {
    shell: String,
    text: String,
}

#[derive(Serialize)]
struct Pages {
    files: Vec<String>,
}

impl Completions {
    pub(super) fn run(&self, mut command: Command, output: &Output) -> Result<Answer, Failure> {
        let mut text = Vec::new();
        clap_complete::generate(self.shell, &mut command, "relucert", &mut text);
        let text = String::from_utf8(text)
            .map_err(|_| Failure::Internal("the script is not UTF-8".to_owned()))?;
        let shell = self.shell.to_string();
        let script = Script { shell, text };
        output.answer("completions", &script, || script.text.clone())?;
        Ok(Answer::Yes)
    }
}

impl Man {
    pub(super) fn run(&self, mut command: Command, output: &Output) -> Result<Answer, Failure> {
        let directory = &self.directory;
        std::fs::create_dir_all(directory).map_err(|error| {
            let reason = plain_words(&error);
            Failure::Usage(format!("{}: cannot be made: {reason}", directory.display()))
        })?;
        command.build();
        let verbs = command
            .get_subcommands()
            .filter(|verb| verb.get_name() != "help");
        let mut pages = vec![("relucert.1".to_owned(), command.clone())];
        pages.extend(verbs.map(|verb| {
            let name = format!("relucert-{}", verb.get_name());
            (format!("{name}.1"), verb.clone().name(name))
        }));
        let mut files = Vec::new();
        for (file, command) in pages {
            let mut page = Vec::new();
            let drawn = clap_mangen::Man::new(command).render(&mut page);
            drawn.map_err(Failure::Output)?;
            let path = directory.join(file);
            output.save_bytes(&path, &page)?;
            files.push(path.display().to_string());
        }
        let pages = Pages { files };
        output.answer("man", &pages, || format!("{}\n", pages.files.join("\n")))?;
        Ok(Answer::Yes)
    }
}
