//! The answer in words.

use super::object::Object;
use crate::certificate::{Among, Part, StatedNetwork, StatedRational, Surd};
use crate::cli::words::{lines, whole};
use crate::exact::decimal::brief;
use crate::nearest::{Construction, Nearest};

/// Labels and values.
pub(super) type Lines = Vec<(&'static str, String)>;

/// Longer permutations are not written out.
const MOST_SHOWN: usize = 20;

pub(super) fn words(
    found: &Nearest,
    object: &Object,
    phi_written: Vec<(&'static str, String)>,
    written: Option<String>,
) -> String {
    let mut rows = vec![(
        "networks",
        format!(
            "{} neurons in Γ, {} kinks in g = R(Θ){}",
            found.neurons,
            found.kinks,
            match found.among {
                Among::All => "",
                Among::NStar => ", both in N*",
            }
        ),
    )];
    match (found.exact(), &found.phi) {
        (Some(distance), _) => rows.push(("distance", whole(distance))),
        (None, phi) => {
            rows.push(("distance", format!("at least {}", brief(&found.lower))));
            if let Some(phi) = phi {
                rows.push(("", format!("at most  {}", brief(&phi.distance.value))));
            }
        }
    }
    if let Some(reason) = &object.reason {
        rows.push(("not known", reason.clone()));
    }
    if let Some(phi) = &found.phi {
        rows.extend(phi_words(found, phi, object));
    }
    if let Some(phi) = object.phi.as_ref().filter(|phi| is_short(phi)) {
        rows.extend(neurons(phi));
    }
    rows.extend(phi_written);
    if let Some(written) = written {
        rows.push(("certificate", written));
    }
    lines(rows)
}

/// Whether the network is read at a glance; others are in `--json` and `--phi-out`.
fn is_short(phi: &StatedNetwork) -> bool {
    phi.m <= 8 && phi.d + phi.outputs <= 8
}

/// Φ, one neuron a line.
fn neurons(phi: &StatedNetwork) -> Lines {
    let row = |row: &[Surd]| {
        let texts: Vec<String> = row.iter().map(Surd::to_string).collect();
        format!("({})", texts.join(", "))
    };
    let neuron = |i: usize| {
        let bias = phi.b.as_ref().map(|b| format!("  b = {}", b[i]));
        let (a, c) = (row(&phi.a[i]), row(&phi.c[i]));
        format!("neuron {i}  a = {a}{}  c = {c}", bias.unwrap_or_default())
    };
    let mut lines: Vec<String> = (0..phi.a.len()).map(neuron).collect();
    if let Some(e) = &phi.e {
        let texts: Vec<String> = e.iter().map(StatedRational::to_string).collect();
        lines.push(format!("e = ({})", texts.join(", ")));
    }
    let labels = std::iter::once("nearest Φ").chain(std::iter::repeat(""));
    labels.zip(lines).collect()
}

fn phi_words(found: &Nearest, phi: &Construction, object: &Object) -> Vec<(&'static str, String)> {
    let distance = &phi.distance;
    let mut rows = Vec::new();
    if !distance.value.sign().is_eq() {
        let part = match distance.part {
            Part::Inner => "inner",
            Part::Outer => "outer",
        };
        rows.push((
            "attained",
            match distance.neuron < found.neurons {
                true => format!(
                    "neuron {}, {part} weight {}",
                    distance.neuron, distance.index
                ),
                false => format!("output bias {}", distance.index),
            },
        ));
    }
    let permutation = object.permutation.iter().flatten();
    let moved = permutation
        .clone()
        .enumerate()
        .filter(|(i, j)| **j != Some(*i))
        .count();
    rows.push((
        "neurons of Θ",
        match (moved, found.neurons) {
            (0, _) => "in their places".to_owned(),
            (_, 0..=MOST_SHOWN) => {
                let names = permutation.map(|j| j.map_or("·".to_owned(), |j| j.to_string()));
                names.collect::<Vec<_>>().join(" ")
            }
            _ => format!("{moved} of {} in another place", found.neurons),
        },
    ));
    if let Some(flips) = object.flips.as_ref().filter(|flips| !flips.is_empty()) {
        let names: Vec<String> = flips.iter().map(ToString::to_string).collect();
        rows.push(("flipped", names.join(" ")));
    }
    rows
}
