//! The command line, of `relucert-verify` and of `relucert verify` alike.

use std::collections::BTreeSet;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use serde::Serialize;

use super::bind::{BindError, Bindings};
use super::expect::Expectation;
use super::kernel::budget::Limits;
use super::kernel::scan::read_bounded;
use super::kernel::verdict::{Declined, Rejection, Verdict, Verified};
use super::verify::{verify_file, verify_text};

/// Arguments of the verifier.
#[derive(clap::Args, Clone, Debug)]
#[command(after_help = EXPLANATION)]
pub struct VerifyArgs {
    /// Certificates to verify; - is standard input.
    #[arg(value_name = "CERT", required = true)]
    pub certificates: Vec<PathBuf>,
    /// Network file (.json or .safetensors) that the statement's Γ must equal, number by number.
    #[arg(long, value_name = "FILE")]
    pub gamma: Option<PathBuf>,
    /// Network file that the statement's Θ must equal.
    #[arg(long, value_name = "FILE")]
    pub theta: Option<PathBuf>,
    /// What the statement must be, or it is rejected: KIND of the claim, such as equal, or KIND=VALUE, such as seminorm=1/2; with activation, box or
    /// domain, each of which a statement may only have where it is expected. Given more than once, all are meant.
    #[arg(long, value_name = "KIND[=VALUE]")]
    pub expect: Vec<Expectation>,
    /// Print one JSON object instead of text.
    #[arg(long)]
    pub json: bool,
    /// Print verdicts alone, not the statement or the reason, on standard error neither.
    #[arg(long, short)]
    pub quiet: bool,
    /// Limits; over one of them the verifier declines.
    #[command(flatten)]
    pub limits: Limits,
}

const EXPLANATION: &str = "\
The last line on standard output is the verdict: `s VERIFIED` (exit code 0), `s REJECTED` (1), `s DECLINED` (3: a limit or an unknown
version). Exit code 2 means wrong usage, a file that cannot be read or a verdict that cannot be written, 70 an internal error. Of
several certificates each has a line `c FILE: VERIFIED`, and the last line speaks of all: `s VERIFIED` only if every one is; the exit
code is the worst, in the order 70, 1, 2, 3.

The SHA-256 printed for a network is that of its compact JSON as the certificate has it, not that of a network file; --gamma and
--theta compare with files.";

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

    fn name(self) -> &'static str {
        match self {
            Outcome::Verified => "VERIFIED",
            Outcome::Declined => "DECLINED",
            Outcome::Unreadable => "UNREADABLE",
            Outcome::Rejected => "REJECTED",
            Outcome::Internal => "INTERNAL ERROR",
        }
    }

    /// Whether it says something of the certificate.
    fn is_verdict(self) -> bool {
        !matches!(self, Outcome::Unreadable | Outcome::Internal)
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

/// An error that is no verdict, under `--json`.
#[derive(Serialize)]
struct Told<'a> {
    relucert: &'static str,
    exit: u8,
    message: &'a str,
    file: Option<&'a str>,
    line: Option<usize>,
    field: Option<&'a str>,
}

const VERB: &str = "verify/1";

/// Exit code of usage errors, and where nothing can be written.
const USAGE: u8 = 2;

/// The networks to compare with, as far as they can be read.
struct Networks {
    bindings: Bindings,
    /// Why the others cannot be had.
    missing: Vec<BindError>,
}

/// Verifies the certificates, prints, and answers the exit code: 0 all verified, 1 one rejected, 2 a file cannot be read or the
/// verdict not be written, 3 one declined, 70 internal error; of several the worst. `program` is named in messages.
pub fn run(program: &str, args: &VerifyArgs) -> u8 {
    run_beside(program, args, &|print| print())
}

/// Prints something beside whatever else a caller shows.
pub type Beside<'a> = &'a dyn Fn(&mut dyn FnMut());

/// The same, each time that something is printed by way of `beside`, which calls it once: for callers that show how far they are.
pub fn run_beside(program: &str, args: &VerifyArgs, beside: Beside<'_>) -> u8 {
    match verdicts(program, args, beside) {
        Ok(code) => code,
        Err(error) => {
            unwritable(program, &error);
            USAGE
        }
    }
}

fn verdicts(program: &str, args: &VerifyArgs, beside: Beside<'_>) -> io::Result<u8> {
    let mut named = BTreeSet::new();
    if args
        .certificates
        .iter()
        .any(|file| is_standard(file) && !named.insert(file))
    {
        return wrong_usage(
            program,
            "standard input (-) can be read only once",
            args.json,
        );
    }
    let mut networks = networks(args);
    networks.bindings = networks.bindings.expecting(args.expect.clone());
    for error in &networks.missing {
        complain(program, &error.to_string());
    }
    let mut verdict = Outcome::Verified;
    let mut files = Vec::new();
    for file in &args.certificates {
        let report = examine(file, args, &networks);
        verdict = verdict.max(report.verdict);
        let mut printed = Ok(());
        beside(&mut || {
            // An error is said even where nothing else is.
            let is_said = !args.quiet || !report.verdict.is_verdict();
            if let (Some(reason), true) = (&report.reason, is_said) {
                complain(program, &format!("{}: {reason}", report.file));
            }
            if !args.json {
                printed = print(&text(&report, args));
            }
        });
        printed?;
        files.push(report);
    }
    let json = match &files[..] {
        _ if !args.json => {
            let last = match verdict {
                // Of several something is said, if only that nothing is said of all.
                Outcome::Unreadable | Outcome::Internal if files.len() > 1 => Outcome::Declined,
                verdict => verdict,
            };
            let line = format!("s {}\n", last.name());
            let mut printed = Ok(());
            beside(&mut || printed = print(if last.is_verdict() { &line } else { "" }));
            return printed.map(|()| verdict.exit_code());
        }
        [report] => serde_json::to_string(report),
        _ => serde_json::to_string(&Reports {
            relucert: VERB,
            verdict,
            files,
        }),
    };
    let line = json.unwrap_or_default() + "\n";
    let mut printed = Ok(());
    beside(&mut || printed = print(&line));
    printed.map(|()| verdict.exit_code())
}

/// One network file that cannot be read does not keep the other from being compared.
fn networks(args: &VerifyArgs) -> Networks {
    let limits = args.limits.clone();
    let read = |gamma: Option<&Path>, theta: Option<&Path>| Bindings::read(gamma, theta, &limits);
    let (gamma, theta) = (args.gamma.as_deref(), args.theta.as_deref());
    let mut networks = Networks {
        bindings: Bindings::default(),
        missing: Vec::new(),
    };
    match read(gamma, theta) {
        Ok(bindings) => networks.bindings = bindings,
        Err(_) => {
            for read in [read(gamma, None), read(None, theta)] {
                match read {
                    Ok(bindings) if gamma.is_some() && theta.is_some() => {
                        networks.bindings = bindings;
                    }
                    Ok(_) => {}
                    Err(error) => networks.missing.push(error),
                }
            }
        }
    }
    networks
}

fn is_standard(file: &Path) -> bool {
    file.as_os_str() == "-"
}

fn examine(file: &Path, args: &VerifyArgs, networks: &Networks) -> Report {
    let (mut verified, mut rejection) = (None, None);
    let (verdict, reason) = match watched(file, &args.limits, &networks.bindings) {
        Some(Ok(Verdict::Verified(found))) if networks.missing.is_empty() => {
            verified = Some(found);
            (Outcome::Verified, None)
        }
        // It is right, but not known to be of these networks.
        Some(Ok(Verdict::Verified(_))) => {
            let outcome = match networks.missing.iter().all(BindError::is_limit) {
                true => Outcome::Declined,
                false => Outcome::Unreadable,
            };
            let files: Vec<&str> = networks.missing.iter().map(|e| e.file.as_str()).collect();
            let reason = format!("it cannot be compared with {}", files.join(", "));
            (outcome, Some(reason))
        }
        Some(Ok(Verdict::Rejected(found))) => {
            let reason = found.to_string();
            rejection = Some(found);
            (Outcome::Rejected, Some(reason))
        }
        Some(Ok(Verdict::Declined(found))) => (Outcome::Declined, Some(found.to_string())),
        Some(Err(error)) => {
            let reason = format!("cannot be read: {}", plain(&error));
            (Outcome::Unreadable, Some(reason))
        }
        None => (Outcome::Internal, Some("internal error".to_owned())),
    };
    let file = match is_standard(file) {
        true => "standard input".to_owned(),
        false => file.display().to_string(),
    };
    Report {
        relucert: VERB,
        file,
        verdict,
        verified,
        reason,
        rejection,
    }
}

/// Verifies one file within the time limit, if there is one. None for a panic, which is a fault of the verifier and never a verdict.
fn watched(file: &Path, limits: &Limits, bindings: &Bindings) -> Option<io::Result<Verdict>> {
    let Some(time) = limits.time else {
        return guarded(file, limits, bindings);
    };
    // The loops look at the clock; what is one long operation on numbers or text does not, and is left behind.
    const GRACE: Duration = Duration::from_millis(300);
    let (sender, receiver) = mpsc::channel();
    let (file, limits, bindings) = (file.to_owned(), limits.clone(), bindings.clone());
    let work = move || drop(sender.send(guarded(&file, &limits, &bindings)));
    let stack = thread::Builder::new().stack_size(1 << 23);
    if let Err(error) = stack.spawn(work) {
        return Some(Err(error));
    }
    match receiver.recv_timeout(time.saturating_add(GRACE)) {
        Ok(found) => found,
        Err(mpsc::RecvTimeoutError::Disconnected) => None,
        Err(mpsc::RecvTimeoutError::Timeout) => Some(Ok(Verdict::Declined(Declined {
            line: None,
            reason: "the time limit was reached (--time-limit)".to_owned(),
        }))),
    }
}

fn guarded(file: &Path, limits: &Limits, bindings: &Bindings) -> Option<io::Result<Verdict>> {
    let verify = || match is_standard(file) {
        false => verify_file(file, limits, bindings),
        true => {
            let text = read_bounded(io::stdin().lock(), limits)?;
            Ok(verify_text(&text, limits, bindings))
        }
    };
    catch_unwind(AssertUnwindSafe(verify)).ok()
}

/// All but the last line.
fn text(report: &Report, args: &VerifyArgs) -> String {
    let several = args.certificates.len() > 1;
    let mut text = String::new();
    // Names and reasons may quote anything; they must not look like a verdict.
    let comment = |words: &str| format!("c {}\n", shown(words));
    if let (Some(verified), false) = (&report.verified, args.quiet) {
        if several {
            text += &comment(&format!("{}:", report.file));
        }
        text += &verified.statement;
    }
    let reason = report.reason.as_ref().filter(|_| !args.quiet);
    if several {
        let verdict = report.verdict.name();
        let reason = reason.map(|reason| format!(": {reason}"));
        text += &comment(&format!(
            "{}: {verdict}{}",
            report.file,
            reason.unwrap_or_default()
        ));
    } else if let Some(reason) = reason {
        text += &comment(reason);
    }
    text
}

/// A text on one line, with what would steer a terminal, or reorder the text, made visible.
fn shown(text: &str) -> String {
    let steers = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match steers(c) {
            true => safe.extend(c.escape_default()),
            false => safe.push(c),
        }
    }
    safe
}

/// Writes to standard output. A reader that has gone away is no error.
fn print(text: &str) -> io::Result<()> {
    use io::Write as _;
    let mut stdout = io::stdout().lock();
    let written = stdout.write_all(text.as_bytes());
    match written.and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error),
        _ => Ok(()),
    }
}

/// The system's words without its number.
fn plain(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error")
        .next()
        .unwrap_or_default()
        .to_owned()
}

fn unwritable(program: &str, error: &io::Error) {
    let error = plain(error);
    complain(
        program,
        &format!("standard output cannot be written: {error}"),
    );
}

/// A message on standard error. That it cannot be written is no further reason to fail.
fn complain(program: &str, message: &str) {
    use io::Write as _;
    let _ = writeln!(io::stderr(), "{program}: {}", shown(message));
}

fn wrong_usage(program: &str, message: &str, json: bool) -> io::Result<u8> {
    use io::Write as _;
    // The usage follows on lines of its own.
    let lines: Vec<String> = message.lines().map(shown).collect();
    let _ = writeln!(io::stderr(), "{program}: {}", lines.join("\n"));
    if json {
        let told = Told {
            relucert: "error/1",
            exit: USAGE,
            message: message.lines().next().unwrap_or_default(),
            file: None,
            line: None,
            field: None,
        };
        print(&(serde_json::to_string(&told).unwrap_or_default() + "\n"))?;
    }
    Ok(USAGE)
}

/// Reports arguments that were not understood, or prints the help or version that was asked for; answers the exit code.
pub fn usage(program: &str, error: &clap::Error, json: bool) -> u8 {
    let text = error.render().to_string();
    let told = match error.use_stderr() {
        true => {
            let message = text.strip_prefix("error: ").unwrap_or(&text);
            wrong_usage(program, message.trim_end(), json)
        }
        false => print(&text).map(|()| 0),
    };
    match told {
        Ok(code) => code,
        Err(error) => {
            unwritable(program, &error);
            USAGE
        }
    }
}
