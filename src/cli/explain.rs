//! `relucert explain`: a certificate's proof in words.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::answer::Answer;
use super::failure::Failure;
use super::inputs::{Files, Inputs};
use super::limits::LimitArgs;
use super::output::Output;
use crate::report::{Format, retold};

/// Retell a certificate's proof in words, with the paper's equation numbers
#[derive(Debug, Args)]
pub(super) struct Explain {
    /// The certificate
    #[arg(value_name = "CERT")]
    certificate: PathBuf,
    /// How to write it
    #[arg(long, value_enum, default_value_t = FormatArg::Text)]
    format: FormatArg,
    #[command(flatten)]
    limits: LimitArgs,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum FormatArg {
    /// Plain text
    Text,
    /// Markdown
    Markdown,
}

#[derive(Serialize)]
struct Object {
    format: &'static str,
    text: String,
}

impl Explain {
    pub(super) fn files(&self) -> Files<'_> {
        Files::default().reading(Some(&self.certificate))
    }

    pub(super) fn run(&self, inputs: &Inputs, output: &Output) -> Result<Answer, Failure> {
        self.limits.guard(output);
        let text = inputs.text(&self.certificate)?;
        let told = retold(&text)
            .map_err(|error| Failure::Usage(format!("{}: {error}", self.certificate.display())))?;
        let (format, label) = match self.format {
            FormatArg::Text => (Format::Text, "text"),
            FormatArg::Markdown => (Format::Markdown, "markdown"),
        };
        let object = Object {
            format: label,
            text: told.render(format),
        };
        output.answer("explain", &object, || object.text.clone())?;
        Ok(Answer::Yes)
    }
}
