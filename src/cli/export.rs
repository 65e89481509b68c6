//! `relucert export`: a certificate for the checker that is proved right, or for the proof assistant.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::answer::Answer;
use super::failure::Failure;
use super::inputs::{Files, Inputs};
use super::limits::LimitArgs;
use super::output::Output;
use crate::export;
use crate::report::{Certificate, is_deep};

/// Write a certificate for the checker that is proved right, or as a theorem for the proof assistant
#[derive(Debug, Args)]
pub(super) struct Export {
    /// The certificate
    #[arg(value_name = "CERT")]
    certificate: PathBuf,
    /// Write a file for Rocq (Coq) whose last theorem states the claim, proved by computation in the kernel
    #[arg(long)]
    rocq: bool,
    #[command(flatten)]
    limits: LimitArgs,
}

#[derive(Serialize)]
struct Object {
    format: &'static str,
    text: String,
}

impl Export {
    pub(super) fn files(&self) -> Files<'_> {
        Files::default().reading(Some(&self.certificate))
    }

    pub(super) fn run(&self, inputs: &Inputs, output: &Output) -> Result<Answer, Failure> {
        self.limits.guard(output);
        let name = self.certificate.display();
        let text = inputs.text(&self.certificate)?;
        let unread = |error| Failure::Usage(format!("{name}: {error}"));
        let exported = if is_deep(&text) {
            let certificate = Certificate::read(&text).map_err(unread)?;
            match self.rocq {
                true => export::deep_rocq(&certificate),
                false => export::deep_tokens(&certificate),
            }
        } else {
            let certificate = Certificate::read(&text).map_err(unread)?;
            match self.rocq {
                true => export::rocq(&certificate),
                false => export::tokens(&certificate),
            }
        };
        let format = if self.rocq { "rocq" } else { "tokens" };
        let text = exported.map_err(|reason| Failure::Limit(format!("{name}: {reason}")))?;
        let object = Object { format, text };
        output.answer("export", &object, || object.text.clone())?;
        Ok(Answer::Yes)
    }
}
