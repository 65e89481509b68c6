//! What each claim says. The facts that must stand for it are listed at the front page of this package.

mod arrangement;
mod functions;
mod parametrizations;
mod theorems;

pub use arrangement::{ArrangementClaim, InjectiveClaim, NotInjectiveClaim};
pub use functions::{
    DifferClaim, EqualClaim, JumpNormClaim, LocalMinimumClaim, Sample, SeminormClaim, SupNormClaim,
};
pub use parametrizations::{Among, FlipsClaim, MinimalClaim, NearestClaim, UniqueClaim};
pub use theorems::{
    Bounds, ConditionClaim, Form, LiftClaim, Refined31, Reparametrization, SeminormBracket,
    StarBounds, Theorem31, Theorem33,
};
