//! The certificate's data types and its writing.
//!
//! A certificate (`.rcert`) is JSON Lines: a header, the statement (all networks whole, then one claim), numbered steps, a
//! conclusion that names the steps it rests on, and a last line with the number of steps and the SHA-256 of every byte above
//! it. This module is all that the engine and the verifier share: plain data, its text form, and a writer. It computes
//! nothing about networks. Each rule's doc comment says what the step obliges the verifier to see.

/// Gives an enum whose variants hold one value each its `KINDS` and `kind`, from one list: the compiler sees that no variant is missing.
macro_rules! kinds {
    ($name:ident { $($variant:ident = $text:literal),* $(,)? }) => {
        impl $name {
            /// The names of all kinds, as they are serialised.
            pub const KINDS: &'static [&'static str] = &[$($text),*];

            /// The name, as it is serialised.
            pub fn kind(&self) -> &'static str {
                match self {
                    $($name::$variant(_) => $text,)*
                }
            }
        }
    };
}

mod acceptable;
mod family;
mod formula;
mod number;
mod parametrization;
mod rule;
mod statement;
mod write;

pub use acceptable::{DefaultLimits, Unacceptable, acceptable, longest_number};
pub use family::{
    FamilyNetwork, FamilyRule, FamilyStep, ForAllK, Holds, Placed, PositiveForAllK, Range, Section,
};
pub use formula::{Formula, FormulaError, Fraction, LARGEST_POWER};
pub use number::{NumberError, Rational, Surd};
pub use parametrization::{
    Against, Among, Binding, Constant, Coordinate, Exhaustion, Flip, Flips, FlipsClaim, Fold, Hall,
    Lift, LiftClaim, Member, MinimalClaim, NearestClaim, Orientations, Refined31, Resize, Revive,
    Set, Split, StarBounds, Stretch, Theorem33, UniqueClaim,
};
pub use rule::{
    Bound, Branch, Case, CaseLabel, Circuit, Circuits, Closure, Condition, ConditionName, Count,
    Equal, Facet, Intervals, Jump, Kill, Merge, Node, Packing, Part, Permute, Point, Radical, Rule,
    Scale, Side, Target, Values, Vertices, Violation, Witnesses,
};
pub use statement::{
    ArrangementClaim, Bounds, Claim, ConditionClaim, DifferClaim, EqualClaim, Form, JumpNormClaim,
    LocalMinimumClaim, Networks, Reparametrization, Sample, SeminormBracket, SeminormClaim,
    Shallow, Statement, SupNormClaim, Theorem31,
};
pub use write::{
    Conclusion, ConclusionLine, End, EndLine, Header, StatementLine, StepLine, Writer,
};

/// The format this version writes and verifies.
pub const FORMAT: &str = "certificate/1";

/// What this program calls itself in the header of a certificate.
pub const PRODUCER: &str = concat!("relucert ", env!("CARGO_PKG_VERSION"));
