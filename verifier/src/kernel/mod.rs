//! What every checker comes down to, each obligation in a file: signs and sums of numbers, canonical forms, circuits, trees of splits, finite
//! exhaustion, counting; and the reading of certificates, verdicts, and the one budget. Nothing here knows a claim.

pub(crate) mod arrangement;
pub(crate) mod binding;
pub(crate) mod boxed;
pub(crate) mod budget;
pub(crate) mod choices;
pub(crate) mod circuits;
pub(crate) mod cost;
pub(crate) mod count;
pub(crate) mod dependence;
pub(crate) mod difference;
pub(crate) mod duration;
pub(crate) mod elimination;
pub(crate) mod enclosure;
pub(crate) mod exhaustion;
pub(crate) mod family;
pub(crate) mod flat;
pub(crate) mod function;
pub(crate) mod ground;
pub(crate) mod height;
pub(crate) mod jumps;
pub(crate) mod modulus;
pub(crate) mod network;
pub(crate) mod number;
pub(crate) mod path;
pub(crate) mod payment;
mod polynomial;
pub(crate) mod quotient;
pub(crate) mod read;
mod refine;
pub(crate) mod roots;
pub(crate) mod scan;
pub(crate) mod signs;
pub(crate) mod strict;
pub(crate) mod surd;
pub(crate) mod tree;
pub(crate) mod verdict;
