//! The program `relucert`: one file a verb, each reading its files, calling the library and printing an answer.
//!
//! To add a verb: a file with its arguments (clap), `files` and `run`, and one line each in `Verb` and the macro below it.

mod answer;
mod arguments;
mod audit;
mod canonical;
mod cases;
mod certificate;
mod color;
mod convert;
mod deep;
mod distance;
mod equal;
mod eval;
mod examples;
mod explain;
mod export;
mod failure;
mod families;
mod flip_words;
mod flips;
mod formats;
mod hint;
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
mod one_network;
mod output;
mod parts;
mod plot;
mod regions;
mod reparametrize;
mod report;
mod search;
mod separated;
mod shell;
mod simplify;
mod start;
mod tolerance;
mod verify;
mod words;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::parser::ValueSource;
use clap::{ArgMatches, CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

use answer::Answer;
use failure::Failure;
use formats::{BatchNormArg, DecimalsArg, FormatArg, Told};
use inputs::{Files, Inputs};
use output::{Notes, Output};

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
    /// The order of a .safetensors or .npz file's layers, first to last, where their names do not say it
    #[arg(long, global = true, value_name = "A,B,…", value_delimiter = ',')]
    layers: Option<Vec<String>>,
    /// What the decimals of a .nnet file stand for
    #[arg(long, global = true, value_enum, value_name = "NUMBERS")]
    decimals: Option<DecimalsArg>,
    /// Fold means and ranges of a .nnet file's header into its first and last layers
    #[arg(long, global = true)]
    normalize: bool,
    /// Take the factors of an .onnx file's batch normalization as floats, computed as a runtime does in this format
    #[arg(long, global = true, value_enum, value_name = "FORMAT")]
    batch_norm: Option<BatchNormArg>,
    /// Take the instance at this k of families of networks
    #[arg(long, global = true, value_name = "K", value_parser = clap::value_parser!(u64).range(1..))]
    k: Option<u64>,
    /// Whether help and messages have colors
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t = clap::ColorChoice::Auto)]
    color: clap::ColorChoice,
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
    Convert(convert::Convert),
    /// Check certificates with the independent verifier
    Verify(crate::verify::VerifyArgs),
    Report(report::ReportVerb),
    Plot(plot::Plot),
    Explain(explain::Explain),
    Export(export::Export),
    Audit(audit::Audit),
    Completions(shell::Completions),
    Man(shell::Man),
}

/// Calls a method of whichever verb it is; the verifier, which has its own command line, and verbs about the command line itself are left
/// to the caller.
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
            Verb::Report($it) => $call,
            Verb::Plot($it) => $call,
            Verb::Convert($it) => $call,
            Verb::Explain($it) => $call,
            Verb::Export($it) => $call,
            Verb::Audit($it) => $call,
            Verb::Verify(_) | Verb::Completions(_) | Verb::Man(_) => $verify,
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
        let fault = || Failure::Internal("this verb is run elsewhere".to_owned());
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
    let command = command();
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

/// The command line, with examples. What looks like a negative number is a value, and no flag.
fn command() -> clap::Command {
    let command = examples::with_examples(Cli::command());
    command.mut_subcommands(|verb| {
        verb.mut_args(|argument| {
            let takes_one = argument.get_action().takes_values() && !argument.is_positional();
            argument.allow_negative_numbers(takes_one)
        })
    })
}

fn run(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let color = color::choose(&arguments);
    let matches = command().color(color).try_get_matches_from(&arguments);
    let parsed = matches.and_then(|matches| Ok((Cli::from_arg_matches(&matches)?, matches)));
    let (cli, matches) = match parsed {
        Ok(parsed) => parsed,
        Err(mut error) => {
            color::settle(color);
            let words = arguments.iter().skip(1);
            let words: Vec<String> = words.map(|w| w.to_string_lossy().into_owned()).collect();
            hint::refine(&mut error, &command(), &words);
            return failure::usage(&error, arguments.iter().any(|text| text == "--json"));
        }
    };
    color::settle(cli.color);
    start::started();
    let notes = Notes::default();
    let output = Output::new(cli.json, cli.quiet).with_notes(notes.clone());
    limits::listen_for_interrupts(&output);
    let told = Told {
        format: cli.input_format.map(FormatArg::format),
        layers: cli.layers,
        decimals: cli.decimals,
        normalize: cli.normalize,
        batch_norm: cli.batch_norm,
        k: cli.k,
    };
    let mut inputs = Inputs::new(told, notes.clone());
    if let Some((verb, matches)) = matches.subcommand() {
        inputs = inputs.of_verb(verb, flags(verb, matches));
    }
    if let Verb::Verify(args) = &cli.verb {
        return match inputs.check(&Files::default()) {
            Ok(()) => verify::verify(args, &output),
            Err(failure) => failure.report(output.is_json()),
        };
    }
    let ended = match &cli.verb {
        Verb::Completions(verb) => inputs
            .check(&Files::default())
            .and_then(|()| verb.run(command(), &output)),
        Verb::Man(verb) => inputs
            .check(&Files::default())
            .and_then(|()| verb.run(command(), &output)),
        verb => verb.run(&inputs, &output),
    };
    for note in notes.all() {
        output.remark(&note);
    }
    output.clear_progress();
    match ended {
        Ok(Answer::Yes) => 0,
        Ok(Answer::No) => 1,
        Err(failure) => failure.report(output.is_json() && !output.has_answered()),
    }
}
