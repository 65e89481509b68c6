//! `relucert identify`: whether a network is, near its parameters, the only one with its function up to rescaling.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::answer::Answer;
use super::failure::Failure;
use super::inputs::{Files, Inputs};
use super::limits::LimitArgs;
use super::output::Output;
use crate::identify::{
    Answer as Found, Family, Options, Place, Reason, identifiable_certificate, identify,
};
use crate::network::Network;

/// Whether no other network near this one has its function, up to rescaling
#[derive(Debug, Args)]
pub(super) struct Identify {
    /// The network, of any depth
    #[arg(value_name = "NET")]
    network: PathBuf,
    /// Write the certificate there
    #[arg(short, value_name = "FILE.rcert")]
    output: Option<PathBuf>,
    /// Draw the points from this seed
    #[arg(long, value_name = "N", default_value_t = Options::default().seed)]
    seed: u64,
    /// Eliminate together what neurons leave open if these are at most so many directions; time grows like the cube
    #[arg(long, value_name = "N", default_value_t = Options::default().most_open)]
    max_open: usize,
    #[command(flatten)]
    limits: LimitArgs,
}

/// 2^61 − 1.
const PRIME: &str = "2305843009213693951";

#[derive(Serialize)]
struct Object {
    /// At least so large is the rank.
    rank: usize,
    /// The largest it can be: parameters less hidden neurons.
    full: usize,
    /// Null if it is not known.
    identifiable: Option<bool>,
    parameters: usize,
    hidden: usize,
    /// How many points show the rank.
    points: usize,
    prime: &'static str,
    seed: u64,
    /// Hidden neurons whose incoming weights pairs of regions do not determine.
    open: Vec<Place>,
    /// Those of them that vary in a direction that was not excluded.
    blamed: Vec<Place>,
    /// Directions along which the function does not change.
    families: Vec<Direction>,
    /// Directions left open, if they were too many to be eliminated together.
    #[serde(skip_serializing_if = "Option::is_none")]
    left: Option<usize>,
}

/// Parameters θ + t·δ for t ≥ 0.
#[derive(Serialize)]
struct Direction {
    reason: Reason,
    neurons: Vec<Place>,
    /// The non-zero entries of δ.
    changes: Vec<Entry>,
}

#[derive(Serialize)]
struct Entry {
    layer: usize,
    row: usize,
    /// Null for the bias.
    column: Option<usize>,
    by: String,
}

impl From<&Family> for Direction {
    fn from(family: &Family) -> Self {
        let entries = family.changes.iter().map(|change| Entry {
            layer: change.layer,
            row: change.row,
            column: change.column,
            by: change.by.to_string(),
        });
        Direction {
            reason: family.reason,
            neurons: family.neurons.iter().map(|place| (*place).into()).collect(),
            changes: entries.collect(),
        }
    }
}

impl Identify {
    pub(super) fn files(&self) -> Files<'_> {
        Files::new([self.network.as_path()]).writing("-o", self.output.as_deref())
    }

    pub(super) fn run(&self, inputs: &Inputs, output: &Output) -> Result<Answer, Failure> {
        let network = inputs.network(&self.network)?;
        let options = Options {
            seed: self.seed,
            most_open: self.max_open,
            watch: self.limits.watch(output),
        };
        let found = identify(&network, &options);
        self.certify(&network, &found, output)?;
        let object = Object {
            rank: found.rank,
            full: found.full(),
            identifiable: found.identifiable(),
            parameters: found.parameters,
            hidden: found.hidden,
            points: found.points(),
            prime: PRIME,
            seed: self.seed,
            open: found.open.clone(),
            blamed: found.blamed.clone(),
            families: found.families.iter().map(Direction::from).collect(),
            left: found.too_many,
        };
        output.answer("identify", &object, || words(&object, &found))?;
        match object.identifiable {
            Some(true) => Ok(Answer::Yes),
            Some(false) => Ok(Answer::No),
            None => Err(Failure::Limit(unknown(&found))),
        }
    }

    fn certify(&self, network: &Network, found: &Found, output: &Output) -> Result<(), Failure> {
        let Some(path) = &self.output else {
            return Ok(());
        };
        match identifiable_certificate(network, found) {
            Some(text) => drop(output.save_certificate(path, &text)?),
            None => {
                output.no_certificate(path, "it was not shown that the network is identifiable")
            }
        }
        Ok(())
    }
}

/// Why nothing is known.
fn unknown(found: &Found) -> String {
    let short = format!(
        "the rank is at least {} of {}, which proves nothing",
        found.rank,
        found.full()
    );
    match (found.stopped, found.too_many) {
        (Some(stop), _) => format!("{stop}; {short}"),
        (None, Some(left)) => {
            format!("{left} directions are left open, more than --max-open; {short}")
        }
        (None, None) => format!("no more was seen at other points; {short}"),
    }
}

/// A list of neurons, not too long.
fn places(places: &[Place]) -> String {
    const SHOWN: usize = 12;
    let name = |place: &Place| format!("{}:{}", place.layer, place.neuron);
    let shown: Vec<String> = places.iter().take(SHOWN).map(name).collect();
    match places.len().checked_sub(SHOWN) {
        None | Some(0) => shown.join(" "),
        Some(more) => format!("{} and {more} more", shown.join(" ")),
    }
}

fn words(object: &Object, found: &Found) -> String {
    let mut text = String::new();
    // Writing to a String cannot fail.
    let _ = writeln!(
        text,
        "parameters       {}, hidden neurons {}\nrank             {}{} of {}, at {} points (seed {}), modulo 2^61 - 1",
        object.parameters,
        object.hidden,
        if object.rank < object.full {
            "at least "
        } else {
            ""
        },
        object.rank,
        object.full,
        object.points,
        object.seed,
    );
    let _ = match object.identifiable {
        Some(true) => writeln!(
            text,
            "identifiable     yes: every network near this one with the same function is a rescaling of it"
        ),
        Some(false) => writeln!(
            text,
            "identifiable     no: other networks arbitrarily near have the same function"
        ),
        None => writeln!(text, "identifiable     not known"),
    };
    for (family, direction) in found.families.iter().zip(&object.families) {
        let changes = family.changes.iter().map(|change| {
            let column = change
                .column
                .map_or_else(|| "bias".to_owned(), |j| j.to_string());
            format!(
                "layer {} [{}, {column}] + {}t",
                change.layer, change.row, change.by
            )
        });
        let changes: Vec<String> = changes.take(8).collect();
        let more = match family.changes.len().checked_sub(8) {
            None | Some(0) => String::new(),
            Some(more) => format!(", and {more} more"),
        };
        let _ = writeln!(
            text,
            "neuron{} {}: {}\n  the same function for every t >= 0: {}{more}",
            if direction.neurons.len() == 1 {
                ""
            } else {
                "s"
            },
            places(&direction.neurons),
            family.reason.words(),
            changes.join(", "),
        );
    }
    if object.identifiable.is_none() {
        if !object.open.is_empty() {
            let _ = writeln!(text, "not settled      {}", places(&object.open));
        }
        if !object.blamed.is_empty() {
            let _ = writeln!(
                text,
                "to blame         {} (as far as is known)",
                places(&object.blamed)
            );
        }
    }
    text
}
