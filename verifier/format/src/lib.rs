//! The certificate's data types and its writing.
//!
//! A certificate (`.rcert`) is JSON Lines: a header, the statement (all networks whole, then one claim), numbered steps, and a last
//! line with the number of steps and the SHA-256 of every byte above it. A step establishes one *fact* with its evidence, or rewrites the
//! current network. A claim is a named list of facts that must stand: the verifier expands it, and asks that every fact on the list was
//! established by some step. This package is all that the engine and the verifier share: plain data, its text form, and a writer. It computes
//! nothing about networks. Each step's doc comment says what it obliges the verifier to see.
//!
//! # For readers of one's own
//!
//! **Names.** An enum's variant is an object with one key, its name in kebab-case: [`Claim::KINDS`] and [`Step::KINDS`] list the outermost ones, as in
//! `{"claim":{"jump-norm":{"value":"4"}}}` and `{"step":1,"fact":{"seminorm":{"at-least":{…}}}}`. Fields have their Rust names, but `outputs` of a
//! network is `D` and a `domain` that is a box is `box`; conditions are `C.1` … `C.3`, cases `1`, `A`, `B.1` …, nodes and bindings short
//! texts. A field that is an `Option`, a `bool`, or a list said to be there only sometimes is left out when it is none, false or empty. No other
//! field may be there, none twice, and none may be missing.
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
//! **Depth.** A statement about networks of any depth is a [`DeepStatement`], told from others by its claim, a [`DeepClaim`]: its networks are
//! `{"layers":[{"weights":["1 -1/2","0 3"],"biases":"0 1"},…]}`, each row of numbers one text. Its steps are `{"deep":{…}}`, see [`DeepStep`].
//!
//! **Facts.** Steps are checked in order, also those that nothing needs, which are allowed. The facts that must stand are listed at each kind of
//! [`Claim`], and what each step obliges the verifier to see at its type.
//!
//! **Hashes.** The SHA-256 that the verifier prints for a network, or for the statement, is that of its compact JSON: this type serialised without white
//! space, fields in their order here.
//!
//! **Versions.** A new kind of claim, with facts of its own, may come without a new version: older verifiers decline it at the statement.
//! Whatever changes what a known claim or fact means or may hold is a new version, which older verifiers decline at the header. Version 1
//! (program 0.1.0) is declined.
#![forbid(unsafe_code)]

/// An enum whose variants hold one value each, with its `KINDS` and `kind`: one line a kind, and the compiler sees that none is missing.
macro_rules! kinds {
    ($(#[$attribute:meta])* $name:ident { $($(#[doc = $doc:literal])* $variant:ident($content:ty) = $text:literal),* $(,)? }) => {
        $(#[$attribute])*
        pub enum $name {
            $($(#[doc = $doc])* #[serde(rename = $text)] $variant($content),)*
        }

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
mod claims;
mod deep;
mod facts;
mod family;
mod formula;
mod number;
mod prime;
mod statement;
mod weight;
mod write;

pub use acceptable::{DefaultLimits, Extent, Unacceptable, acceptable, longest_number};
pub use claims::*;
pub use deep::{Deep, DeepLayer, Row};
pub use facts::*;
pub use family::{FamilyNetwork, ForAllK, Holds, Range, SampleForAllK, Section, StatedTheorem};
pub use formula::{Formula, FormulaError, Fraction, LARGEST_POWER};
pub use number::{NumberError, StatedRational, Surd, common_divisor};
pub use prime::Field;
pub use statement::{DeepNetworks, DeepStatement, Networks, StatedNetwork, Statement};
pub use weight::{Weight, weigh};
pub use write::{End, EndLine, FORMAT, Header, Memory, Stated, StatementLine, StepLine, Writer};

/// What this program calls itself in the header of a certificate.
pub const PRODUCER: &str = concat!("relucert ", env!("CARGO_PKG_VERSION"));
