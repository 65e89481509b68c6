//! The certificate's data types and its writing.
//!
//! A certificate (`.rcert`) is JSON Lines: a header, the statement (all networks whole, then one claim), numbered steps, a
//! conclusion that names the steps it rests on, and a last line with the number of steps and the SHA-256 of every byte above
//! it. This module is all that the engine and the verifier share: plain data, its text form, and a writer. It computes
//! nothing about networks. Each rule's doc comment says what the step obliges the verifier to see.
//!
//! # For readers of one's own
//!
//! **Names.** An enum's variant is an object with one key, its name in kebab-case: [`Claim::KINDS`] and [`Rule::KINDS`] list them, as in
//! `{"claim":{"jump-norm":{"value":"4"}}}`. Fields have their Rust names, but `outputs` of a network is `D` and a `domain` that is a box is `box`;
//! conditions are `C.1` … `C.3`, cases `1`, `A`, `B.1` …, nodes and bindings short texts. A field that is an `Option`, a `bool`, or a list said to
//! be there only sometimes is left out when it is none, false or empty. No other field may be there, none twice, and none may be missing.
//!
//! **JSON.** UTF-8 without byte order mark, one object a line, every line ended by LF, the last one too; no blank lines. White space between
//! tokens, the order of keys, and a CR before LF are accepted, and escapes in the header's texts, but no others; the hash is of the bytes as they are. Numbers of networks are
//! texts in canonical form, indices and counts are JSON integers without exponent. √2 and √8 may both occur in one number: to compare
//! numbers, first merge roots whose radicands have a square as product; what is left is linearly independent over Q.
//!
//! **Homogenising.** Where a claim's networks are homogenised (see [`Claim`]), all are, if Γ or Θ has biases: inputs (x, 1), and one more, last
//! neuron a = (0, …, 0, 1), c = e. A network without biases gets b = 0 and e = 0, so its last neuron is (0, …, 0, 1) with c = 0. Φ is stated
//! homogenised already.
//!
//! **Steps.** All are checked in order, also those that nothing rests on, which are allowed. `rests_on` is strictly increasing, and names
//! at least the following, and besides only steps of the kinds in brackets:
//!
//! | claim | rests on [and may name] |
//! |---|---|
//! | `reparametrization` | 1 `bound` \[rewriting\] |
//! | `theorem-3.1` | `point` at r's lower end, `branch` at its upper end (see [`SeminormClaim`]), `jump`, `condition` for each of C.1, C.2, C.3a, C.3b, a `case` for every neuron of Γ exactly once, `bound` \[rewriting, `facet`, `circuits`\] |
//! | `theorem-3.1-refined` | `point`, `branch`, `jump`, `condition` C.2, C.3a, C.3b, `bound` \[rewriting, `circuits`\] |
//! | `theorem-3.3` | `point`, `branch`, `jump`, `member` in N* for Γ and for Θ, a `case` for every neuron, `bound` \[`permute`, `facet`, `circuits`\] |
//! | `condition` | `violation`, with C.1 also a `point` of value r_lower, with C.3 an `orientations` with `forced` |
//! | `equal`, `differ`, `jump-norm`, `sup-norm`, `local-minimum` | `equal`, `values`, `jump`, `vertices`, `intervals` |
//! | `seminorm` | `point` for the lower end, `branch` for the upper \[`circuits`\] |
//! | `arrangement` | `witnesses` and `closure` or `count` \[`circuits`\] |
//! | `lift`; `flips`, `unique` | `lift` and a `member` for Γ; `flips` |
//! | `minimal` | `equal` \[`orientations`\] |
//! | `nearest` | `bound`, with `n-star` a `member` for Φ \[rewriting, `fold`, `resize`, `stretch`, `flips`, `hall`, `constant`\] |
//! | `for-all-k` | see [`Holds`] |
//!
//! Rewriting is `kill`, `merge`, `permute`, `scale`, `radical`, `flip`, `split`, `revive`, and in `reparametrization` also `stretch`. In `theorem-3.1`
//! conditions may stand anywhere, also after `merge` and `permute`, but C.3a and C.3b before the first `case`: they hold for the current
//! network, and no `flip`, `split` or `revive` may come after them. The facets of a `case` are a set: their order is free.
//!
//! **Hashes.** The SHA-256 that the verifier prints for a network, or for the statement, is that of its compact JSON: this type serialised without white
//! space, fields in their order here.
//!
//! **Versions.** A new kind of claim, with rules of its own, may come without a new version: older verifiers decline it at the statement.
//! Whatever changes what a known claim or rule means or may hold is a new version, which older verifiers decline at the header.

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
mod canonical;
mod family;
mod formula;
mod number;
mod parametrization;
mod prime;
mod rule;
mod statement;
mod weight;
mod write;

pub use acceptable::{DefaultLimits, Unacceptable, acceptable, longest_number};
pub use family::{
    FamilyNetwork, FamilyRule, FamilyStep, ForAllK, Holds, Placed, PositiveForAllK, Range, Section,
};
pub use formula::{Formula, FormulaError, Fraction, LARGEST_POWER};
pub use number::{NumberError, Rational, Surd, common_divisor};
pub use parametrization::{
    Against, Among, Binding, Constant, Coordinate, Exhaustion, Flip, Flips, FlipsClaim, Fold, Hall,
    Lift, LiftClaim, Member, MinimalClaim, NearestClaim, Orientations, Refined31, Resize, Revive,
    Set, Split, StarBounds, Stretch, Theorem33, UniqueClaim,
};
pub use prime::Field;
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
pub use weight::{Weight, weigh};
pub use write::{
    Conclusion, ConclusionLine, End, EndLine, Header, StatementLine, StepLine, Writer,
};

/// The format this version writes and verifies.
pub const FORMAT: &str = "certificate/1";

/// What this program calls itself in the header of a certificate.
pub const PRODUCER: &str = concat!("relucert ", env!("CARGO_PKG_VERSION"));
