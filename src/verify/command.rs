//! The command line, of `relucert-verify` and of `relucert verify` alike.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::{Bindings, Limits, Rejection, Verdict, Verified, verify_file};

/// Arguments of the verifier.
#[derive(clap::Args, Clone, Debug)]
pub struct VerifyArgs {
    /// Certificates to verify.
    #[arg(value_name = "CERT", required = true)]
    pub certificates: Vec<PathBuf>,
    /// Network file (.json or .safetensors) that the statement's Γ must equal, number by number.
    #[arg(long, value_name = "FILE")]
    pub gamma: Option<PathBuf>,
    /// Network file that the statement's Θ must equal.
    #[arg(long, value_name = "FILE")]
    pub theta: Option<PathBuf>,
    /// Print one JSON object instead of text.
    #[arg(long)]
    pub json: bool,
    /// Print the verdict line alone, not the statement or the reason.
    #[arg(long)]
    pub quiet: bool,
    /// Limits; over one of them the verifier declines.
    #[command(flatten)]
    pub limits: Limits,
}

/// How one file, or the whole run, ended; later variants are worse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "UPPERCASE")]
enum Outcome {
    Verified,
    Declined,
    Unreadable,
    Rejected,
    Internal,
}

impl Outcome {
    fn exit_code(self) -> u8 {
        match self {
            Outcome::Verified => 0,
            Outcome::Rejected => 1,
            Outcome::Unreadable => 2,
            Outcome::Declined => 3,
            Outcome::Internal => 70,
        }
    }
}

/// What is said of one file.
#[derive(Serialize)]
struct Report {
    relucert: &'static str,
    file: String,
    verdict: Outcome,
    #[serde(flatten)]
    verified: Option<Verified>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rejection: Option<Rejection>,
}

/// What is said of several files.
#[derive(Serialize)]
struct Reports {
    relucert: &'static str,
    verdict: Outcome,
    files: Vec<Report>,
}

const VERB: &str = "verify/1";

/// Verifies the certificates, prints, and answers the exit code: 0 all verified, 1 one rejected, 2 a file cannot be read,
/// 3 one declined, 70 internal error; of several the worst.
pub fn run(args: &VerifyArgs) -> u8 {
    let bindings = Bindings::read(args.gamma.as_deref(), args.theta.as_deref(), &args.limits);
    let bindings = match bindings {
        Ok(bindings) => bindings,
        Err(error) => {
            print(io::stderr(), format!("error: {error}\n"));
            return match error.is_limit() {
                true => Outcome::Declined.exit_code(),
                false => Outcome::Unreadable.exit_code(),
            };
        }
    };
    let mut verdict = Outcome::Verified;
    let mut files = Vec::new();
    for file in &args.certificates {
        let report = examine(file, &args.limits, &bindings);
        verdict = verdict.max(report.verdict);
        if !args.json {
            print_text(&report, args);
        }
        files.push(report);
    }
    if args.json {
        let text = match &files[..] {
            [report] => serde_json::to_string(report),
            _ => serde_json::to_string(&Reports {
                relucert: VERB,
                verdict,
                files,
            }),
        };
        print(io::stdout(), text.unwrap_or_default() + "\n");
    }
    verdict.exit_code()
}

fn examine(file: &Path, limits: &Limits, bindings: &Bindings) -> Report {
    // A panic is a fault of the verifier, never a verdict.
    let verdict = catch_unwind(AssertUnwindSafe(|| verify_file(file, limits, bindings)));
    let (mut verified, mut rejection) = (None, None);
    let (verdict, reason) = match verdict {
        Ok(Ok(Verdict::Verified(found))) => {
            verified = Some(found);
            (Outcome::Verified, None)
        }
        Ok(Ok(Verdict::Rejected(found))) => {
            let reason = found.to_string();
            rejection = Some(found);
            (Outcome::Rejected, Some(reason))
        }
        Ok(Ok(Verdict::Declined(found))) => (Outcome::Declined, Some(found.to_string())),
        Ok(Err(error)) => (Outcome::Unreadable, Some(format!("cannot read: {error}"))),
        Err(_) => (Outcome::Internal, Some("internal error".to_owned())),
    };
    let (relucert, file) = (VERB, file.display().to_string());
    Report {
        relucert,
        file,
        verdict,
        verified,
        reason,
        rejection,
    }
}

fn print_text(report: &Report, args: &VerifyArgs) {
    // Names and reasons may quote anything; they must not look like a verdict.
    let comment = |text: &str| format!("c {}\n", text.replace(char::is_control, " "));
    let mut text = String::new();
    if args.certificates.len() > 1 {
        text += &comment(&report.file);
    }
    if let (Some(verified), false) = (&report.verified, args.quiet) {
        text += &verified.statement;
    }
    if let Some(reason) = &report.reason {
        print(
            io::stderr(),
            comment(&format!("{}: {reason}", report.file)).split_off(2),
        );
        if !args.quiet {
            text += &comment(reason);
        }
    }
    text += match report.verdict {
        Outcome::Verified => "s VERIFIED\n",
        Outcome::Rejected => "s REJECTED\n",
        Outcome::Declined => "s DECLINED\n",
        Outcome::Unreadable | Outcome::Internal => "",
    };
    print(io::stdout(), text);
}

/// A closed pipe is no reason to change the exit code.
fn print(mut stream: impl io::Write, text: String) {
    let _ = stream
        .write_all(text.as_bytes())
        .and_then(|()| stream.flush());
}
