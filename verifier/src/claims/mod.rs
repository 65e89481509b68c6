//! What each claim [`Says`], in a file of its own or of its kin: what it speaks of, the facts that must stand for it, its sentence, and what narrows it.

mod arrangement;
mod bounds;
mod condition;
mod families;
mod functions;
mod parametrizations;
mod says;
mod theorems;

use relucert_format::{Claim, each_claim};

pub(crate) use functions::{place, shown_box};
pub(crate) use says::{Says, Wanted};

/// What the claim says.
pub(crate) fn of(claim: &Claim) -> &dyn Says {
    each_claim!(claim, claim => claim.itself())
}
