//! `relucert-verify`: checks certificates. Built from the certificate's data types and the verifier alone.
#![forbid(unsafe_code)]

// Some of what the two modules offer is for the engine and for users of the library.
#[allow(dead_code, unused_imports)]
#[path = "../certificate/mod.rs"]
mod certificate;
#[allow(unused_imports)]
#[path = "../verify/mod.rs"]
mod verify;

use std::process::ExitCode;

use clap::Parser;

/// Verifies relucert certificates, exactly and independently of the program that wrote them.
///
/// The last line on standard output is `s VERIFIED` (exit code 0), `s REJECTED` (1) or `s DECLINED` (3: a limit or an unknown
/// version). Exit code 2 means wrong usage or an unreadable file, 70 an internal error.
#[derive(Parser)]
#[command(name = "relucert-verify", version)]
struct CommandLine {
    #[command(flatten)]
    args: verify::VerifyArgs,
}

fn main() -> ExitCode {
    // An internal error is reported as one, without a backtrace.
    std::panic::set_hook(Box::new(|_| {}));
    ExitCode::from(verify::run(&CommandLine::parse().args))
}
