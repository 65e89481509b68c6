//! `relucert-verify`: checks certificates. Built from the certificate's data types and the verifier alone.
#![forbid(unsafe_code)]

// Some of what the two modules offer is for the engine and for users of the library.
#[allow(dead_code, unused_imports)]
#[path = "../certificate/mod.rs"]
mod certificate;
#[allow(dead_code, unused_imports)]
#[path = "../verify/mod.rs"]
mod verify;

use std::process::ExitCode;

use clap::Parser;

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
