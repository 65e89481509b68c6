//! Sets, functionals, and why nothing is nearer, as terms of the proof assistant.

use crate::certificate::{Exhaustion, Hall, StatedRational};
use crate::export::claim::{Far, Reason};
use crate::export::terms::{binding, indices_of, list, number, plain, q};

pub(super) fn table_of(rows: &[Vec<StatedRational>]) -> String {
    list(
        rows.iter()
            .map(|row| list(row.iter().map(|x| format!("({})%Q", q(&x.0))))),
    )
}

pub(super) fn sets(sets: &[Vec<usize>]) -> String {
    list(sets.iter().map(|set| indices_of(set)))
}

pub(super) fn exhaustion(exhaustion: &Exhaustion) -> String {
    let rows = exhaustion.functionals.iter();
    let rows = rows.map(|row| list(row.iter().map(|x| format!("({})%Q", q(&x.0)))));
    format!(
        "(Exhaustion {} {})",
        list(rows),
        indices_of(&exhaustion.free)
    )
}

pub(super) fn far(far: &Far) -> String {
    match far {
        Far::Nothing => "Both (Hall (Surds.rational 0) [] [] [])".to_owned(),
        Far::Both(of) => format!("Both {}", hall(of)),
        Far::Fixed(of) => format!("Fixed {}", hall(of)),
        Far::Lines(normals, of) => {
            let normals = normals.iter().map(|row| list(row.iter().map(plain)));
            format!("Lines {} {}", list(normals), hall(of))
        }
        Far::Flipped(flips, reasons) => format!(
            "Flipped {} {} {}",
            sets(&flips.sets),
            exhaustion(&flips.exhaustion),
            list(reasons.iter().filter_map(|reason| match reason {
                Reason::Hall(of) => Some(hall(of)),
                Reason::Bias(_) => None,
            }))
        ),
    }
}

/// The same of networks with biases.
pub(super) fn far_affine(evidence: &Far) -> String {
    match evidence {
        Far::Flipped(flips, reasons) => format!(
            "Sets {} {} {}",
            sets(&flips.sets),
            exhaustion(&flips.exhaustion),
            list(reasons.iter().map(|reason| match reason {
                Reason::Hall(of) => format!("Hall_of {}", hall(of)),
                Reason::Bias(output) => format!("Bias_of {output}"),
            }))
        ),
        other => format!("Far ({})", far(other)),
    }
}

fn hall(hall: &Hall) -> String {
    let rows = hall
        .bindings
        .iter()
        .map(|row| list(row.iter().map(binding)));
    let [sources, places] = [&hall.sources, &hall.places].map(|of| indices_of(of));
    format!(
        "(Hall {} {sources} {places} {})",
        number(&hall.value),
        list(rows)
    )
}
