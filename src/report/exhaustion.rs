//! Sets of neurons that were all tried: flips and orientations.

use super::document::Document;
use super::reading::Certificate;
use crate::certificate::{Exhaustion, Flips, NoOrientation, Step};

fn exhaustion_words(exhaustion: &Exhaustion) -> String {
    let functionals = match exhaustion.functionals.len() {
        0 => String::new(),
        count => format!(
            "{count} functional(s) attain on the right side the least value they can have on the left, which decides all of the sets' \
             members they are not 0 on (or exceed it, and there is no such set); "
        ),
    };
    let free = exhaustion.free.len();
    match free {
        0 => format!(
            "{functionals}those left are linearly independent, so at most one set is left to try"
        ),
        _ => format!(
            "{functionals}those left but {:?} are linearly independent, so each of the 2^{free} choices for these leaves at most one \
             set to try",
            exhaustion.free
        ),
    }
}

pub(super) fn flips_words(step: &Flips) -> String {
    let sets = match step.sets.as_slice() {
        [] => "No set of neurons can be flipped".to_owned(),
        sets => {
            let sets: Vec<String> = sets.iter().map(|set| format!("{set:?}")).collect();
            format!(
                "Exactly these sets of neurons can be flipped: {}",
                sets.join(", ")
            )
        }
    };
    format!("{sets}: {}.", exhaustion_words(&step.exhaustion))
}

pub(super) fn orientations_words(step: &NoOrientation) -> String {
    let which = match (step.line, step.forced) {
        (Some(line), _) => {
            format!("With two neurons on kink {line} no orientation of the other kinks fits")
        }
        (None, true) => {
            "No orientation of the kinks on no hyperplane of Γ fits, where Γ decides the others"
                .to_owned()
        }
        (None, false) => "No orientation of the kinks fits".to_owned(),
    };
    format!("{which}: {}.", exhaustion_words(&step.exhaustion))
}

/// C.3 fails: Γ's orientations do not fit.
pub(super) fn no_orientation(document: &mut Document, certificate: &Certificate) {
    for step in &certificate.steps {
        if let Step::NoOrientation(step) = step {
            document.item(orientations_words(step));
        }
    }
}
