//! `simplify --tolerance`: fewer neurons, as long as the function changes by no more than is allowed.

mod object;
mod on_box;
mod seminorm;

use super::answer::Answer;
use super::failure::Failure;
use super::output::Output;

pub(super) use object::{Smaller, number};

/// Answers on the box, or on all of R^d in the seminorm.
pub(super) fn simplify(asked: &Smaller, output: &Output) -> Result<Answer, Failure> {
    match asked.domain {
        Some(domain) => on_box::simplify(asked, domain, output),
        None => seminorm::simplify(asked, output),
    }
}
