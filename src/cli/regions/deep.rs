//! The regions of a network of any depth in a box.

use super::arguments::{MethodArg, RegionsVerb};
use super::print::{Format, Printer, Total};
use crate::cli::arguments;
use crate::cli::deep;
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::depth::{CellLimits, Difference, Open};
use crate::exact::Rational;
use crate::network::Deep;
use crate::watch::Watch;

/// Refuses flags that have no meaning at depth.
fn check(verb: &RegionsVerb) -> Result<(), Failure> {
    let auto = matches!(verb.method, MethodArg::Auto);
    for (given, flag, why) in [
        (
            verb.list_only,
            "--list-only",
            "--count counts the regions of others",
        ),
        (
            verb.adjacency,
            "--adjacency",
            "regions of others are found one by one",
        ),
        (!auto, "--method", "regions of others are found in one way"),
        (
            verb.split.is_some(),
            "--split",
            "regions of others are found by one program",
        ),
        (
            verb.certify.is_some(),
            "--certify",
            "certificates of others have a tree whose splits are neurons",
        ),
    ] {
        deep::without(given, flag, why)?;
    }
    Ok(())
}

/// Counts or lists them.
pub(super) fn regions(
    verb: &RegionsVerb,
    network: &Deep,
    format: Format,
    watch: Watch,
    output: &Output,
) -> Result<Option<u64>, Failure> {
    check(verb)?;
    let Some(domain) = verb.domain.as_deref() else {
        return Err(Failure::Usage(format!(
            "{}: regions of networks of any depth are found in a box: give --domain BOX",
            verb.input.display()
        )));
    };
    let domain = arguments::domain(domain, network.inputs())?;
    let question = Difference::new(network, None, &domain)
        .map_err(|error| Failure::Usage(error.to_string()))?;
    let limits = CellLimits {
        advice: verb.advice.get(),
        keep: verb.output.is_some(),
        watch,
        ..CellLimits::default()
    };
    let mut listed: Vec<(Vec<bool>, Vec<Rational>)> = Vec::new();
    let mut found = 0;
    let counted = question.regions(&limits, |region| {
        found += 1;
        if !verb.count {
            // What is in is counted, and the limit seen by the next one who asks.
            let bytes = 100 + region.on.len() + 80 * region.point.len();
            let _ = limits.watch.hold(bytes as u64);
            listed.push((region.on.to_vec(), region.point.to_vec()));
        }
        verb.limit.is_none_or(|most| found < most)
    });
    output.clear_progress();
    let total = Total {
        // A box has an interior.
        count: counted.regions.max(1).to_string(),
        complete: counted.is_exact(),
        at_most: None,
    };
    output.will_stream();
    let mut printer = Printer::new("regions", format);
    if verb.count {
        printer.total_alone(&total)?;
    } else {
        let json = matches!(format, Format::Json | Format::Jsonl);
        let witness = verb.witness || json;
        printer.begin(Some(&total), witness.then_some(network.inputs()))?;
        for (on, point) in &listed {
            let signs = |text: &mut String| {
                text.extend(on.iter().map(|on| if *on { '+' } else { '-' }));
            };
            printer.region(signs, witness.then_some(&point[..]))?;
        }
        printer.end(&total, false)?;
    }
    drop(printer);
    if let Some(path) = &verb.output {
        match counted.regions {
            0 => output.no_certificate(path, "no region is known"),
            _ => deep::save(path, output, |draft| {
                question.write_regions(draft, &counted)
            })?,
        }
    }
    match counted.open {
        None => Ok(Some(counted.regions)),
        Some(Open::Stopped(stop)) => {
            Err(Failure::Limit(format!("{stop}; not all regions are known")))
        }
        Some(Open::Nodes) => Err(Failure::Limit(format!(
            "the limit of {} regions was reached; not all regions are known",
            verb.limit.unwrap_or_default()
        ))),
    }
}
