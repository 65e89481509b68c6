//! Sets of neurons that were all tried: flips and orientations.

use super::document::Document;
use super::reading::Certificate;
use crate::certificate::{Choices, Exhaustion, NoOrientation, Step};

/// Why there are no others.
pub(super) enum Tried<'a> {
    /// Of numbers.
    Numbers(&'a Exhaustion),
    /// For all k of a range.
    ForAllK(&'a Choices),
}

fn exhaustion_words(tried: &Tried) -> String {
    let (decided, free, always) = match tried {
        Tried::Numbers(exhaustion) => (exhaustion.functionals.len(), &exhaustion.free, ""),
        Tried::ForAllK(choices) => (
            0,
            &choices.free,
            ", for every k; where it is none a number that would have to vanish keeps its sign",
        ),
    };
    let functionals = match decided {
        0 => String::new(),
        count => format!(
            "{count} functional(s) attain on the right side the least value they can have on the left, which decides all of the sets' \
             members they are not 0 on (or exceed it, and there is no such set); "
        ),
    };
    match free.len() {
        0 => format!(
            "{functionals}those left are linearly independent, so at most one set is left to try{always}"
        ),
        count => format!(
            "{functionals}those left but {free:?} are linearly independent, so each of the 2^{count} choices for these leaves at most one \
             set to try{always}"
        ),
    }
}

pub(super) fn flips_words(sets: &[Vec<usize>], tried: &Tried) -> String {
    let sets = match sets {
        [] => "No set of neurons can be flipped".to_owned(),
        sets => {
            let sets: Vec<String> = sets.iter().map(|set| format!("{set:?}")).collect();
            format!(
                "Exactly these sets of neurons can be flipped: {}",
                sets.join(", ")
            )
        }
    };
    format!("{sets}: {}.", exhaustion_words(tried))
}

pub(super) fn orientations_words(step: &NoOrientation) -> String {
    fitting_words(step.line, step.forced, &Tried::Numbers(&step.exhaustion))
}

/// Why no orientation fits; with `forced` Γ decides some.
pub(super) fn fitting_words(line: Option<usize>, forced: bool, tried: &Tried) -> String {
    let which = match (line, forced) {
        (Some(line), _) => {
            format!("With two neurons on kink {line} no orientation of the other kinks fits")
        }
        (None, true) => {
            "No orientation of the kinks on no hyperplane of Γ fits, where Γ decides the others"
                .to_owned()
        }
        (None, false) => "No orientation of the kinks fits".to_owned(),
    };
    format!("{which}: {}.", exhaustion_words(tried))
}

/// C.3 fails: Γ's orientations do not fit.
pub(super) fn no_orientation(document: &mut Document, certificate: &Certificate) {
    for step in &certificate.steps {
        if let Step::NoOrientation(step) = step {
            document.item(orientations_words(step));
        }
    }
}
