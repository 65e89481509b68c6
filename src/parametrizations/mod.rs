//! All parametrizations of one function (N2–N4): which neurons can be flipped, how few neurons are enough, and whether the
//! orientations can be made to agree with another network's (C.3).
//!
//! All come down to subset sums: which sets F of matrices v_i (contributions c_i a_iᵀ, or jumps κ_H n_Hᵀ) have Σ_F v_i = t?
//! That is exponential in the worst case. It is easy where the v_i are linearly independent, and exact everywhere.

mod certify;
mod classes;
mod exhaustion;
mod flips;
mod forcing;
mod kinks;
mod merge;
mod minimal;
mod modular;
mod orient;
mod simplify;
mod system;
mod within;

pub use certify::{c3_certificate, flips_certificate, minimal_certificate};
pub use exhaustion::{
    Existence, Limits, MOST_SHOWN, Outcome, Solutions, all_sets, any_set, flip_sets,
};
pub use flips::{Flippable, Independent, flippable};
pub use minimal::{Minimal, minimal};
pub use orient::{C3, c3_possible};
pub(crate) use orient::{Directions, Line, against};
pub use simplify::{Simplified, simplify};
pub use system::{Question, Sums};
pub use within::{Within, within};

pub(crate) use flips::flips;
pub(crate) use merge::merge;
pub(crate) use minimal::least;
