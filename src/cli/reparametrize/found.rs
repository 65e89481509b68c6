//! Whether a Φ was found, and what a limit left open.

use crate::nearest::{Answer, Gap, Nearest};
use crate::reparametrize::Reparametrization;

/// Whether a theorem gave Φ, or Φ is Γ, for which none is needed.
pub(super) fn is_found(answer: &Reparametrization) -> bool {
    let exact = nearest_of(answer).and_then(Nearest::exact);
    answer.theorem().is_some() || exact.is_some_and(|distance| distance.sign().is_eq())
}

/// The nearest parametrization, if that was asked and there is one.
pub(super) fn nearest_of(answer: &Reparametrization) -> Option<&Nearest> {
    match answer.nearest()? {
        Answer::Nearest(nearest) => Some(nearest),
        _ => None,
    }
}

/// What a limit left open.
pub(super) fn open(answer: &Reparametrization) -> Option<String> {
    let nearest = nearest_of(answer).filter(|nearest| nearest.exact().is_none())?;
    match nearest.gap.as_ref()? {
        gap @ (Gap::Enclosed { .. } | Gap::Stopped(_)) => Some(gap.words(nearest)),
        _ => None,
    }
}
