//! Why one of several sources is far from its place, whichever that is.

use super::numbers::surd;
use crate::certificate::{Against, Binding, Hall};

pub(super) fn hall_words(step: &Hall) -> String {
    let (sources, whatever) = match &step.against {
        Against::Both => (
            "neurons of the rewritten Θ",
            "whatever is flipped and however they are rescaled".to_owned(),
        ),
        Against::Flipped(set) => (
            "neurons of the rewritten Θ",
            format!("{}, however they are rescaled", flipped_words(set)),
        ),
        Against::Fixed => (
            "neurons of the rewritten Θ",
            "which in N* are as they are".to_owned(),
        ),
        Against::Lines => (
            "kinks of g",
            "of which some neuron's a is a multiple".to_owned(),
        ),
    };
    let apart = bindings_words(step);
    let places = match step.places.as_slice() {
        [] => "that are near to no neuron of Γ".to_owned(),
        places => format!(
            "that can only be near to the {} neuron(s) {places:?} of Γ",
            places.len()
        ),
    };
    format!(
        "there are {} {sources}, {:?} ({whatever}), {places}; {apart}. They all need different places, so one of them is at least {} \
         away (Hall)",
        step.sources.len(),
        step.sources,
        surd(&step.value)
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
