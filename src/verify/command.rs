//! The command line, of `relucert-verify` and of `relucert verify` alike.

use std::fmt::Write as _;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use super::{Bindings, Limits, Rejection, Verdict, verify_file};

/// Arguments of the verifier.
#[derive(Args, Clone, Debug)]
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
    /// Limits.
    #[command(flatten)]
    pub limits: LimitArgs,
}

/// Flags that change limits; over a limit the verifier declines.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Limits")]
pub struct LimitArgs {
    /// Bytes of a file [default: 268435456].
    #[arg(long, value_name = "N")]
    pub limit_bytes: Option<usize>,
    /// Bytes of a line [default: 134217728].
    #[arg(long, value_name = "N")]
    pub limit_line_bytes: Option<usize>,
    /// Digits of a number [default: 20000].
    #[arg(long, value_name = "N")]
    pub limit_digits: Option<usize>,
    /// Bits of a computed value [default: 262144].
    #[arg(long, value_name = "N")]
    pub limit_bits: Option<usize>,
    /// Neurons of a network [default: 100000].
    #[arg(long, value_name = "N")]
    pub limit_neurons: Option<usize>,
    /// Inputs times outputs [default: 1000000].
    #[arg(long, value_name = "N")]
    pub limit_dimensions: Option<usize>,
    /// Steps [default: 1000000].
    #[arg(long, value_name = "N")]
    pub limit_steps: Option<usize>,
    /// Nesting of JSON brackets [default: 16].
    #[arg(long, value_name = "N")]
    pub limit_depth: Option<usize>,
}

impl LimitArgs {
    /// The limits, defaults where no flag is given.
    pub fn limits(&self) -> Limits {
        let default = Limits::default();
        Limits {
            bytes: self.limit_bytes.unwrap_or(default.bytes),
            line_bytes: self.limit_line_bytes.unwrap_or(default.line_bytes),
            digits: self.limit_digits.unwrap_or(default.digits),
            bits: self.limit_bits.unwrap_or(default.bits),
            neurons: self.limit_neurons.unwrap_or(default.neurons),
            dimensions: self.limit_dimensions.unwrap_or(default.dimensions),
            steps: self.limit_steps.unwrap_or(default.steps),
            depth: self.limit_depth.unwrap_or(default.depth),
        }
    }
}

/// How one file, or the whole run, ended; later variants are worse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    Verified,
    Declined,
    Unreadable,
    Rejected,
    Internal,
}

impl Outcome {
    fn word(self) -> &'static str {
        match self {
            Outcome::Verified => "VERIFIED",
            Outcome::Declined => "DECLINED",
            Outcome::Unreadable => "UNREADABLE",
            Outcome::Rejected => "REJECTED",
            Outcome::Internal => "INTERNAL",
        }
    }

    fn code(self) -> u8 {
        match self {
            Outcome::Verified => 0,
            Outcome::Rejected => 1,
            Outcome::Unreadable => 2,
            Outcome::Declined => 3,
            Outcome::Internal => 70,
        }
    }
}

/// What is said of one file, in JSON.
#[derive(Serialize)]
struct Report {
    file: String,
    verdict: &'static str,
    statement: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    claim: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    networks: Option<serde_json::Map<String, serde_json::Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    steps: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rejection: Option<Blame>,
}

/// The parts of a rejection, in JSON.
#[derive(Serialize)]
struct Blame {
    line: Option<usize>,
    step: Option<usize>,
    rule: Option<&'static str>,
    reason: String,
    found: Option<String>,
    expected: Option<String>,
}

/// Verifies the certificates, prints, and answers the exit code: 0 all verified, 1 one rejected, 2 a file cannot be read,
/// 3 one declined, 70 internal error; of several the worst.
pub fn run(args: &VerifyArgs) -> u8 {
    let limits = args.limits.limits();
    let bindings = Bindings::read(args.gamma.as_deref(), args.theta.as_deref(), &limits);
    let bindings = match bindings {
        Ok(bindings) => bindings,
        Err(error) => {
            let outcome = match error.over_limit {
                true => Outcome::Declined,
                false => Outcome::Unreadable,
            };
            print(io::stderr(), &format!("error: {error}\n"));
            return outcome.code();
        }
    };
    let mut worst = Outcome::Verified;
    let mut reports = Vec::new();
    for file in &args.certificates {
        let (outcome, report) = examine(file, &limits, &bindings);
        worst = worst.max(outcome);
        if args.json {
            reports.push(report);
        } else {
            print_text(&report, outcome, args);
        }
    }
    if args.json {
        print_json(reports, worst);
    }
    worst.code()
}

fn examine(file: &Path, limits: &Limits, bindings: &Bindings) -> (Outcome, Report) {
    // A panic is a fault of the verifier, never a verdict.
    let verdict = catch_unwind(AssertUnwindSafe(|| verify_file(file, limits, bindings)));
    let mut report = Report {
        file: file.display().to_string(),
        verdict: "",
        statement: None,
        claim: None,
        networks: None,
        steps: None,
        reason: None,
        rejection: None,
    };
    let outcome = match verdict {
        Ok(Ok(Verdict::Verified(verified))) => {
            let networks = verified.networks.into_iter();
            report.networks = Some(
                networks
                    .map(|(n, hash)| (n.to_owned(), hash.into()))
                    .collect(),
            );
            report.statement = Some(verified.statement);
            report.claim = Some(verified.claim);
            report.steps = Some(verified.steps);
            Outcome::Verified
        }
        Ok(Ok(Verdict::Rejected(rejection))) => {
            report.reason = Some(rejection.to_string());
            let Rejection {
                line,
                step,
                rule,
                reason,
                found,
                expected,
            } = rejection;
            report.rejection = Some(Blame {
                line,
                step,
                rule,
                reason,
                found,
                expected,
            });
            Outcome::Rejected
        }
        Ok(Ok(Verdict::Declined(declined))) => {
            report.reason = Some(declined.to_string());
            Outcome::Declined
        }
        Ok(Err(error)) => {
            report.reason = Some(format!("cannot read: {error}"));
            Outcome::Unreadable
        }
        Err(_) => {
            report.reason = Some("internal error".to_owned());
            Outcome::Internal
        }
    };
    report.verdict = outcome.word();
    (outcome, report)
}

fn print_text(report: &Report, outcome: Outcome, args: &VerifyArgs) {
    let several = args.certificates.len() > 1;
    let mut text = String::new();
    // Writing to a String cannot fail.
    if several {
        let _ = writeln!(text, "c {}", report.file);
    }
    if let (Some(statement), false) = (&report.statement, args.quiet) {
        text.push_str(statement);
    }
    if let Some(reason) = &report.reason {
        print(io::stderr(), &format!("{}: {reason}\n", report.file));
        if outcome != Outcome::Unreadable && !args.quiet {
            for line in reason.lines() {
                let _ = writeln!(text, "c {line}");
            }
        }
    }
    if matches!(
        outcome,
        Outcome::Verified | Outcome::Rejected | Outcome::Declined
    ) {
        let _ = writeln!(text, "s {}", outcome.word());
    }
    print(io::stdout(), &text);
}

/// A closed pipe is no reason to change the exit code.
fn print(mut stream: impl io::Write, text: &str) {
    let _ = stream
        .write_all(text.as_bytes())
        .and_then(|()| stream.flush());
}

/// One object: the report of the one file, or the worst verdict and the reports of all.
fn print_json(mut reports: Vec<Report>, worst: Outcome) {
    #[derive(Serialize)]
    struct One {
        relucert: &'static str,
        #[serde(flatten)]
        report: Report,
    }
    #[derive(Serialize)]
    struct Several {
        relucert: &'static str,
        verdict: &'static str,
        files: Vec<Report>,
    }
    let relucert = "verify/1";
    let text = match (reports.pop(), reports.is_empty()) {
        (Some(report), true) => serde_json::to_string(&One { relucert, report }),
        (last, _) => serde_json::to_string(&Several {
            relucert,
            verdict: worst.word(),
            files: reports.into_iter().chain(last).collect(),
        }),
    };
    print(io::stdout(), &(text.unwrap_or_default() + "\n"));
}
