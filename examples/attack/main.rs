//! The verifier under attack: certificates of every claim, damaged by meaning, sealed again, verified, and what is accepted judged anew.
//!
//! `cargo run --release --example attack -- --seed 1 --count 100000`
//!
//! Certificates of every kind of claim are made from random networks ([`make`]), a part of them of tens of neurons. They are damaged
//! ([`damage`]): numbers nudged or replaced by others of the file, indices and signs changed, networks exchanged, steps dropped, doubled,
//! moved, taken from other certificates, claims made stronger; number of steps and SHA-256 are right again. Whatever the verifier accepts is
//! judged by the engine from the statement alone ([`judge`]): still true, a false accept, or not decided. Two checkers that check too
//! little are measured beside it ([`foils`]): what they accept shows that the judge sees falsehood.
//!
//! The report goes to stdout and is the same for the same seed and count; progress and time go to stderr. The exit code is 1 if
//! there is a false accept, a panic, or anything else that must not be. With `--keep DIR` the certificates of such findings are written there.
//!
//! With `--checker PATH`, the program that `make` builds in `proofs/rocq/checker`, every mutant whose claim `relucert export` covers is given
//! to it too ([`second`]); a table compares the two. The program sees a claim and its evidence alone, so that it accepts what the verifier
//! rejects for a step that is not needed; what it accepts must be true.

mod attack;
mod damage;
mod draft;
mod foils;
mod judge;
mod make;
mod networks;
mod report;
mod second;
#[cfg(test)]
mod tests;
mod trial;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use attack::Attack;
use clap::Parser;

/// Damaged certificates made of one.
const MUTANTS: usize = 40;

/// Attack the verifier with damaged certificates
#[derive(Parser)]
struct Arguments {
    /// The same seed and count give the same report
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many damaged certificates
    #[arg(long, default_value_t = 10_000)]
    count: usize,
    /// The proved checker's program, to be asked too
    #[arg(long, value_name = "PATH")]
    checker: Option<PathBuf>,
    /// Write the certificates of findings into this directory
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let start = Instant::now();
    // Panics are caught and reported; their messages would come in any order.
    if std::env::var_os("RUST_BACKTRACE").is_none() {
        std::panic::set_hook(Box::new(|_| {}));
    }
    let attack = Attack {
        seed: arguments.seed,
        count: arguments.count,
        mutants: MUTANTS,
        checker: arguments.checker.clone(),
    };
    let report = attack.run(|mutants, slowest, time| {
        let passed = start.elapsed();
        eprintln!("{mutants} mutants, {passed:.1?}; longest in this round: {slowest}, {time:.1?}");
    });
    print!("{}", report.text());
    if let Some(directory) = &arguments.keep {
        for (index, finding) in report.findings.iter().enumerate() {
            let path = directory.join(format!("finding-{index}.rcert"));
            if let Err(error) = std::fs::write(&path, &finding.text) {
                eprintln!("{}: {error}", path.display());
            }
        }
    }
    match report.findings.is_empty() {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}
