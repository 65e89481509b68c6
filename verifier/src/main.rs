//! `relucert-verify`: checks certificates. Built from this package and the certificate's data types alone.
#![forbid(unsafe_code)]

use std::process::ExitCode;

use clap::Parser;
use relucert_verifier as verify;

/// Verifies relucert certificates, exactly and independently of the program that wrote them.
#[derive(Parser)]
#[command(name = PROGRAM, version)]
struct CommandLine {
    #[command(flatten)]
    args: verify::VerifyArgs,
}

const PROGRAM: &str = "relucert-verify";

fn main() -> ExitCode {
    // An internal error is reported as one, without a backtrace.
    std::panic::set_hook(Box::new(|_| {}));
    let json = std::env::args_os().any(|argument| argument == "--json");
    ExitCode::from(match CommandLine::try_parse() {
        Ok(line) => verify::run(PROGRAM, &line.args),
        Err(error) => verify::usage(PROGRAM, &error, json),
    })
}
