//! The program `relucert`: one file a verb, each reading its files, calling the library and printing an answer.
//!
//! To add a verb: a file with its arguments (clap) and `run`, and one line each in [`Verb`] and [`Verb::run`].

mod audit;
mod canonical;
mod distance;
mod equal;
mod eval;
mod explain;
mod failure;
mod families;
mod flips;
mod input;
mod inspect;
mod inverse_lipschitz;
mod lift;
mod membership;
mod minimal;
mod nearest;
mod output;
mod regions;
mod reparametrize;
mod separated;
mod simplify;
mod verify;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use failure::Failure;
use output::Output;

/// Exact reparametrization of ReLU networks, with certificates anyone can check.
#[derive(Debug, Parser)]
#[command(
    name = "relucert",
    version,
    arg_required_else_help = true,
    after_help = "Exit codes: 0 done, or answered yes; 1 answered no; 2 usage or malformed input; 3 a limit was reached; 70 internal error."
)]
struct Cli {
    /// Print one JSON object instead of text
    #[arg(long, global = true)]
    json: bool,
    /// Print no progress and no remarks on standard error
    #[arg(long, short, global = true)]
    quiet: bool,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    Eval(eval::Eval),
    Inspect(inspect::Inspect),
    Canonical(canonical::Canonical),
    Equal(equal::EqualArgs),
    Distance(distance::Distance),
    Norm(distance::Norm),
    Regions(regions::RegionsVerb),
    InverseLipschitz(inverse_lipschitz::InverseLipschitz),
    Reparametrize(reparametrize::Reparametrize),
    Lift(lift::LiftVerb),
    Nearest(nearest::NearestVerb),
    Separated(separated::Separated),
    Flips(flips::Flips),
    Minimal(minimal::Minimal),
    Simplify(simplify::Simplify),
    /// Check certificates with the independent verifier
    Verify(crate::verify::VerifyArgs),
    Explain(explain::Explain),
    Audit(audit::Audit),
}

impl Verb {
    fn run(&self, output: &Output) -> Result<Answer, Failure> {
        match self {
            Verb::Eval(verb) => verb.run(output),
            Verb::Inspect(verb) => verb.run(output),
            Verb::Canonical(verb) => verb.run(output),
            Verb::Equal(verb) => verb.run(output),
            Verb::Distance(verb) => verb.run(output),
            Verb::Norm(verb) => verb.run(output),
            Verb::Regions(verb) => verb.run(output),
            Verb::InverseLipschitz(verb) => verb.run(output),
            Verb::Reparametrize(verb) => verb.run(output),
            Verb::Lift(verb) => verb.run(output),
            Verb::Nearest(verb) => verb.run(output),
            Verb::Separated(verb) => verb.run(output),
            Verb::Flips(verb) => verb.run(output),
            Verb::Minimal(verb) => verb.run(output),
            Verb::Simplify(verb) => verb.run(output),
            Verb::Explain(verb) => verb.run(output),
            Verb::Audit(verb) => verb.run(output),
            Verb::Verify(_) => Err(Failure::Internal(
                "verify has its own exit codes".to_owned(),
            )),
        }
    }
}

/// How a verb that ran to its end leaves: the exit codes 0 and 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    /// The work is done, or the question was answered yes.
    Yes,
    /// The question was answered no, and the witness or the reason was printed.
    No,
}

/// Runs the program on the process's arguments and answers its exit code; never panics.
pub fn main() -> ExitCode {
    failure::report_panics_in_one_line();
    let run = || run(std::env::args_os());
    ExitCode::from(std::panic::catch_unwind(run).unwrap_or(failure::INTERNAL))
}

fn run(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => return failure::usage(&error),
    };
    let output = Output::new(cli.json, cli.quiet);
    if let Verb::Verify(args) = &cli.verb {
        return verify::verify(args, &output);
    }
    match cli.verb.run(&output) {
        Ok(Answer::Yes) => 0,
        Ok(Answer::No) => 1,
        Err(failure) => failure.report(),
    }
}
