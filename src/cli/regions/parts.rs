//! `--split`: regions in parts, and what `join` makes of them.

use std::num::NonZeroUsize;
use std::path::Path;

use num_bigint::BigUint;

use super::arguments::{MethodArg, RegionsVerb};
use super::print::{Format, Printer, Total};
use super::subject::Subject;
use super::task::Task;
use crate::arrangement::Options;
use crate::arrangement::split::{Asked, Folder, Question, join as join_segments, open_jobs};
use crate::cli::answer::Answer;
use crate::cli::failure::Failure;
use crate::cli::limits::LimitArgs;
use crate::cli::output::Output;
use crate::cli::parts::{Commands, missing_words, say_unneeded};
use crate::cli::search::AdviceArgs;
use crate::watch::Watch;

/// Writes a folder with about so many jobs, and prints what is known by then.
pub(super) fn split(
    verb: &RegionsVerb,
    subject: Subject,
    jobs: NonZeroUsize,
    folder: &Path,
    watch: &Watch,
    output: &Output,
) -> Result<Answer, Failure> {
    let commands = Commands::new(folder, &verb.advice.in_words())?;
    let question = Question {
        network: subject.network,
        domain: subject.domain,
        asked: match (verb.count, verb.list_only) {
            (true, _) => Asked::Count,
            (false, true) => Asked::Size,
            (false, false) => Asked::List,
        },
        unadvised: verb.advice.is_none(),
    };
    let made = Folder::create(folder, &question, jobs, &*verb.advice.get(), watch)?;
    let left = open_jobs(&made, None)?;
    let lines = commands.hand_out(folder, &left, jobs, output)?;
    let known = join_segments(&made)?.count;
    let total = total(&made, &known, left.is_empty());
    printer("regions", output).total_of_parts(&total, ("jobs", &lines.to_string()))?;
    Ok(Answer::Yes)
}

/// Prints what `regions` would have printed, as the answer of `join`, and writes its certificate.
pub(in crate::cli) fn join(
    folder: &Folder,
    path: &Path,
    certificate: Option<&Path>,
    output: &Output,
) -> Result<Answer, Failure> {
    let joined = join_segments(folder)?;
    say_unneeded(&joined.unneeded, output);
    let known = &joined.count;
    if !joined.missing.is_empty() {
        let named: Vec<String> = joined
            .missing
            .iter()
            .map(|job| format!("\"{job}\""))
            .collect();
        let named = format!("[{}]", named.join(","));
        printer("join", output)
            .total_of_parts(&total(folder, known, false), ("missing", &named))?;
        if let Some(file) = certificate {
            output.no_certificate(file, "not all regions are known");
        }
        return Err(Failure::Limit(missing_words(&joined.missing, path)));
    }
    let Some(regions) = joined.regions else {
        printer("join", output).total_alone(&total(folder, known, true))?;
        output.remark("this is the sum of what the jobs have counted; nothing proves it");
        if let Some(file) = certificate {
            output.no_certificate(file, "the jobs have counted the regions, and listed none");
        }
        return Ok(Answer::Yes);
    };
    let Question {
        network,
        domain,
        asked,
        ..
    } = folder.question().clone();
    let subject = Subject {
        arrangement: folder.arrangement().clone(),
        inputs: network.d,
        network,
        domain,
    };
    let verb = RegionsVerb {
        input: path.to_owned(),
        count: false,
        list_only: asked == Asked::Size,
        witness: false,
        adjacency: false,
        format: None,
        limit: None,
        limits: LimitArgs::default(),
        threads: 0,
        method: MethodArg::Auto,
        domain: None,
        verbose: false,
        split: None,
        output: certificate.map(Path::to_owned),
        certify: None,
        advice: AdviceArgs::default(),
    };
    let task = Task {
        name: "join",
        verb: &verb,
        subject: &subject,
        options: Options::default(),
        format: format(output),
        output,
    };
    task.show(&regions)?;
    Ok(Answer::Yes)
}

fn total(folder: &Folder, count: &BigUint, complete: bool) -> Total {
    // A box has an interior, and all of space is a region if nothing cuts it.
    let least = u32::from(!complete);
    Total {
        count: count.clone().max(least.into()).to_string(),
        complete,
        at_most: (!complete).then(|| folder.arrangement().at_most().to_string()),
    }
}

fn format(output: &Output) -> Format {
    match output.is_json() {
        true => Format::Json,
        false => Format::Text,
    }
}

fn printer(verb: &'static str, output: &Output) -> Printer {
    output.will_stream();
    Printer::new(verb, format(output))
}
