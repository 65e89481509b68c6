//! All parametrizations of one function (THEORY 7, N2–N4): which neurons can be flipped, and how few neurons are enough.
//!
//! Both come down to subset sums: which sets F of matrices v_i (contributions c_i a_iᵀ, or jumps κ_H n_Hᵀ) have Σ_F v_i = t?
//! That is exponential in the worst case. It is easy where the v_i are linearly independent, and exact everywhere.

mod exhaustion;
mod forcing;
mod modular;
mod system;

pub use exhaustion::{
    Existence, Limits, MOST_SHOWN, Outcome, Solutions, all_sets, any_set, flip_sets,
};
pub use system::Question;
