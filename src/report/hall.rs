//! Why one of several sources is far from its place, whichever that is.

use std::fmt::Display;

use super::numbers::surd;
use crate::certificate::{Against, Binding, Hall};

pub(super) fn hall_words(step: &Hall) -> String {
    let (nodes, value) = ((&*step.sources, &*step.places), surd(&step.value));
    placed_words(
        "the rewritten Θ",
        &step.against,
        nodes,
        value,
        bindings_words(step),
    )
}

/// Sources that are near to few places only, and what that says.
pub(super) fn placed_words(
    theta: &str,
    against: &Against,
    (sources, places): (&[usize], &[usize]),
    value: impl Display,
    apart: impl Display,
) -> String {
    let s = if sources.len() == 1 { "" } else { "s" };
    let neurons = format!("neuron{s} of {theta}");
    let (what, whatever) = match against {
        Against::Both => (
            neurons,
            "whatever is flipped and however they are rescaled".to_owned(),
        ),
        Against::Flipped(set) => (
            neurons,
            format!("{}, however they are rescaled", flipped_words(set)),
        ),
        Against::Fixed => (
            neurons,
            "as they are: every parametrization in N* is a permutation (D25)".to_owned(),
        ),
        Against::Lines => (
            format!("kink{s} of g"),
            "of which some neuron's a is a multiple".to_owned(),
        ),
    };
    let near = match places {
        [] => "that are near to no neuron of Γ".to_owned(),
        places => format!(
            "that can only be near to the {} neuron(s) {places:?} of Γ",
            places.len()
        ),
    };
    format!(
        "there {} {what}, {sources:?} ({whatever}), {near}; {apart}. They all need different places, so one of them is at least {value} \
         away (Hall)",
        match sources.len() {
            1 => "is 1".to_owned(),
            count => format!("are {count}"),
        },
    )
}

/// The output bias, where it alone is far.
pub(super) fn bias_words(flipped: &[usize], output: usize, value: impl Display) -> String {
    format!(
        "{} the output bias is {value} away from Γ's in entry {output}, whatever the neurons are",
        flipped_words(flipped)
    )
}

/// More pairs than these are not listed.
pub(super) const MOST_PAIRS: usize = 40;

/// Which coordinates keep a source and a place apart.
fn bindings_words(step: &Hall) -> String {
    let count: usize = step.bindings.iter().map(Vec::len).sum();
    if count > MOST_PAIRS {
        return format!(
            "the certificate names the one or two coordinates that keep apart each of the {count} pairs of one of these and another neuron"
        );
    }
    let ways = if matches!(step.against, Against::Both) {
        2
    } else {
        1
    };
    let mut pairs = Vec::new();
    for (source, row) in step.sources.iter().zip(&step.bindings) {
        let others = (0..).filter(|place| step.places.binary_search(place).is_err());
        for (place, bindings) in others.zip(row.chunks(ways)) {
            let named: Vec<String> = bindings.iter().map(binding_words).collect();
            let named = match named.as_slice() {
                [as_is, flipped] if as_is != flipped => {
                    format!("as it is {as_is}, flipped {flipped}")
                }
                _ => named.first().cloned().unwrap_or_default(),
            };
            pairs.push(format!("{source} from neuron {place} of Γ: {named}"));
        }
    }
    format!("kept apart are {}", pairs.join(", "))
}

/// In words: `a3` alone, or the bounds that two coordinates set to the scale.
pub(super) fn binding_words(binding: &Binding) -> String {
    match binding {
        Binding::One(coordinate) => format!("by {coordinate} alone"),
        Binding::Two(lower, upper) => {
            format!("by {lower}, which bounds the scale from below, and {upper}, from above")
        }
    }
}

pub(super) fn flipped_words(set: &[usize]) -> String {
    match set {
        [] => "with no neuron flipped".to_owned(),
        set => format!("with {set:?} flipped"),
    }
}
