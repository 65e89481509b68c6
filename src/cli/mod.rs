//! The program `relucert`: one file a verb, each reading its files, calling the library and printing an answer.
//!
//! To add a verb: a file with its arguments (clap), `files` and `run`, and one line each in `Verb` and the macro below it.

mod answer;
mod arguments;
mod audit;
mod canonical;
mod certificate;
mod deep;
mod distance;
mod equal;
mod eval;
mod explain;
mod export;
mod failure;
mod families;
mod flip_words;
mod flips;
mod identify;
mod inputs;
mod inspect;
mod inverse_lipschitz;
mod job;
mod join;
mod lift;
mod limits;
mod measured;
mod minimal;
mod nearest;
mod network_out;
mod output;
mod parts;
mod regions;
mod reparametrize;
mod search;
mod separated;
mod simplify;
mod verify;
mod words;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::parser::ValueSource;
use clap::{ArgMatches, CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

use answer::Answer;
use failure::Failure;
use inputs::{Files, FormatArg, Inputs};
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
    /// How to read standard input (-) and files whose name does not say their format
    #[arg(long, global = true, value_enum, value_name = "FORMAT")]
    input_format: Option<FormatArg>,
    /// The order of a .safetensors file's layers, first to last, where their names do not say it
    #[arg(long, global = true, value_name = "A,B,…", value_delimiter = ',')]
    layers: Option<Vec<String>>,
    /// Take the instance at this k of families of networks
    #[arg(long, global = true, value_name = "K", value_parser = clap::value_parser!(u64).range(1..))]
    k: Option<u64>,
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
    Job(job::Job),
    Join(join::Join),
    Regions(regions::RegionsVerb),
    InverseLipschitz(inverse_lipschitz::InverseLipschitz),
    Reparametrize(reparametrize::Reparametrize),
    Lift(lift::LiftVerb),
    Nearest(nearest::NearestVerb),
    Separated(separated::Separated),
    Flips(flips::Flips),
    Minimal(minimal::Minimal),
    Identify(identify::Identify),
    Simplify(simplify::Simplify),
    /// Check certificates with the independent verifier
    Verify(crate::verify::VerifyArgs),
    Explain(explain::Explain),
    Export(export::Export),
    Audit(audit::Audit),
}

/// Calls a method of whichever verb it is; the verifier, which has its own command line, is left to the caller.
macro_rules! with_verb {
    ($verb:expr, $it:ident => $call:expr, $verify:expr) => {
        match $verb {
            Verb::Eval($it) => $call,
            Verb::Inspect($it) => $call,
            Verb::Canonical($it) => $call,
            Verb::Equal($it) => $call,
            Verb::Distance($it) => $call,
            Verb::Norm($it) => $call,
            Verb::Job($it) => $call,
            Verb::Join($it) => $call,
            Verb::Regions($it) => $call,
            Verb::InverseLipschitz($it) => $call,
            Verb::Reparametrize($it) => $call,
            Verb::Lift($it) => $call,
            Verb::Nearest($it) => $call,
            Verb::Separated($it) => $call,
            Verb::Flips($it) => $call,
            Verb::Minimal($it) => $call,
            Verb::Identify($it) => $call,
            Verb::Simplify($it) => $call,
            Verb::Explain($it) => $call,
            Verb::Export($it) => $call,
            Verb::Audit($it) => $call,
            Verb::Verify(_) => $verify,
        }
    };
}

impl Verb {
    fn files(&self) -> Files<'_> {
        with_verb!(self, verb => verb.files(), Files::default())
    }

    fn run(&self, inputs: &Inputs, output: &Output) -> Result<Answer, Failure> {
        self.files().check(output.is_json())?;
        inputs.check(&self.files())?;
        let fault = || Failure::Internal("verify has its own exit codes".to_owned());
        with_verb!(self, verb => verb.run(inputs, output), Err(fault()))
    }
}

/// Runs the program on the process's arguments and answers its exit code; never panics.
pub fn main() -> ExitCode {
    failure::report_panics_in_one_line();
    let run = || run(std::env::args_os());
    ExitCode::from(std::panic::catch_unwind(run).unwrap_or(failure::INTERNAL))
}

/// The flags a verb was given, by the names of their fields, and as they were given.
fn flags(verb: &str, matches: &ArgMatches) -> Vec<(String, String)> {
    let command = Cli::command();
    let command = command.find_subcommand(verb);
    let flags = command.into_iter().flat_map(clap::Command::get_arguments);
    let flags = flags.filter(|argument| !argument.is_positional());
    let given = flags.filter(|argument| {
        let known = matches.try_contains_id(argument.get_id().as_str()).is_ok();
        known && matches.value_source(argument.get_id().as_str()) == Some(ValueSource::CommandLine)
    });
    let named = |argument: &clap::Arg| match (argument.get_long(), argument.get_short()) {
        (Some(long), _) => format!("--{long}"),
        (None, short) => format!("-{}", short.unwrap_or_default()),
    };
    given
        .map(|argument| (argument.get_id().to_string(), named(argument)))
        .collect()
}

fn run(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let matches = Cli::command().try_get_matches_from(&arguments);
    let parsed = matches.and_then(|matches| Ok((Cli::from_arg_matches(&matches)?, matches)));
    let (cli, matches) = match parsed {
        Ok(parsed) => parsed,
        Err(error) => return failure::usage(&error, arguments.iter().any(|text| text == "--json")),
    };
    limits::started();
    limits::listen_for_interrupts();
    let output = Output::new(cli.json, cli.quiet);
    let mut inputs = Inputs::new(cli.input_format, cli.layers, cli.k);
    if let Some((verb, matches)) = matches.subcommand() {
        inputs = inputs.of_verb(verb, flags(verb, matches));
    }
    if let Verb::Verify(args) = &cli.verb {
        return match inputs.check(&Files::default()) {
            Ok(()) => verify::verify(args, &output),
            Err(failure) => failure.report(output.is_json()),
        };
    }
    let ended = cli.verb.run(&inputs, &output);
    for remark in inputs.remarks() {
        output.remark(&remark);
    }
    output.clear_progress();
    match ended {
        Ok(Answer::Yes) => 0,
        Ok(Answer::No) => 1,
        Err(failure) => failure.report(output.is_json() && !output.has_answered()),
    }
}
