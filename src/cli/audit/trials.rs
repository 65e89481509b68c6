//! `relucert audit --theorem`: a case analysis on random instances.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

use crate::audit::{Statement, Trials, Worst, search, trials};
use crate::certificate;
use crate::cli::answer::Answer;
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::exact::decimal::brief;
use crate::watch::Watch;

#[derive(Serialize)]
struct Object {
    theorem: &'static str,
    /// How many were tried: fewer than asked for if a limit was reached.
    trials: u64,
    seed: u64,
    /// How many instances satisfied the hypotheses.
    applied: u64,
    /// How many changed instances `--search` tried; `worst` is then what it ended with.
    #[serde(skip_serializing_if = "Option::is_none")]
    searched: Option<u64>,
    /// Cases and boundaries, by name.
    counts: BTreeMap<&'static str, u64>,
    /// By bound, the instance nearest to it.
    worst: BTreeMap<&'static str, WorstObject>,
    /// What went wrong; empty if the statement held every time.
    failures: Vec<String>,
}

#[derive(Serialize)]
struct WorstObject {
    trial: u64,
    /// distance/bound, exactly.
    ratio: String,
    ratio_approx: String,
    distance: String,
    bound: String,
    gamma: certificate::StatedNetwork,
    theta: certificate::StatedNetwork,
}

impl From<&Worst> for WorstObject {
    fn from(worst: &Worst) -> Self {
        WorstObject {
            trial: worst.trial,
            ratio: worst.ratio.to_string(),
            ratio_approx: worst.ratio.approx(8),
            distance: worst.distance.to_string(),
            bound: worst.bound.to_string(),
            gamma: (&worst.pair.gamma).into(),
            theta: (&worst.pair.theta).into(),
        }
    }
}

/// Runs the trials and prints what they showed; exit code 1 if the statement failed once.
pub(super) fn run(
    statement: Statement,
    count: u64,
    seed: u64,
    steps: Option<u64>,
    watch: &Watch,
    output: &Output,
) -> Result<Answer, Failure> {
    let theorem = match statement {
        Statement::Main => "3.1",
        Statement::Star => "3.3",
        Statement::Lift => "A.6",
    };
    let mut found = trials(statement, count, seed, watch);
    let climbed = steps.map(|steps| search(statement, &found, steps, seed, watch));
    let searched = climbed.as_ref().map(|climbed| climbed.tried);
    if let Some(climbed) = climbed {
        found.failures.extend(climbed.failures);
        found.worst = climbed.worst;
    }
    let object = Object {
        theorem,
        trials: found.tried,
        seed,
        applied: found.applied,
        searched,
        counts: found.counts.clone(),
        worst: found
            .worst
            .iter()
            .map(|(name, worst)| (*name, worst.into()))
            .collect(),
        failures: found.failures.clone(),
    };
    output.answer("audit", &object, || words(theorem, seed, searched, &found))?;
    match (found.failures.is_empty(), watch.stopped()) {
        (false, _) => Ok(Answer::No),
        (true, Some(stop)) => Err(Failure::Limit(format!(
            "{stop} after {} of {count} instances",
            found.tried
        ))),
        (true, None) => Ok(Answer::Yes),
    }
}

/// More failures than this are counted, not listed.
const MOST_LISTED: usize = 10;

fn words(theorem: &str, seed: u64, searched: Option<u64>, found: &Trials) -> String {
    let mut text = String::new();
    // Writing to a String cannot fail.
    let mut line = |label: &str, value: &str| {
        let _ = writeln!(text, "{label:<36} {value}");
    };
    let name = match theorem {
        "A.6" => "Lemma A.6".to_owned(),
        _ => format!("Theorem {theorem}"),
    };
    line(
        &name,
        &format!("{} random instances, seed {seed}", found.tried),
    );
    line("hypotheses hold", &found.applied.to_string());
    for (name, count) in &found.counts {
        line(name, &count.to_string());
    }
    if let Some(searched) = searched {
        line("changed by the search", &format!("{searched} instances"));
    }
    for (name, worst) in &found.worst {
        let (ratio, trial) = (brief(&worst.ratio), worst.trial);
        line(
            &format!("largest ‖Φ − Γ‖ / ({name})"),
            &format!("{ratio} in trial {trial}"),
        );
    }
    for failure in found.failures.iter().take(MOST_LISTED) {
        line("FAILED", failure);
    }
    line("failures", &found.failures.len().to_string());
    text
}
