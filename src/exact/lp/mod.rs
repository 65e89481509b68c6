//! Exact strict feasibility with Farkas multipliers.
//!
//! Given oriented rows g₁ … g_k in Z^d, decides whether some x has ⟨g_i, x⟩ > 0 for all i. If not, Gordan's theorem gives
//! positive multipliers with Σ λ_i g_i = 0 on a minimal (hence at most rank + 1 element) subset of the rows.
//!
//! The method is a revised simplex method on {⟨g_i, x⟩ ≥ 1} with an objective of zero. Its state is a basis of d rows and the
//! adjugate of the matrix they form, updated by integer pivoting (Edmonds; Bareiss), so it is d² integers however many rows
//! there are, and the answer for a set of rows is a warm start for any larger set. The first pivots of a run follow a rule that
//! needs few, all others the least-index rule, with which the criss-cross method terminates from any basis (Terlaky, *A convergent
//! criss-cross method*, 1985).
//!
//! Beside it stand elimination over any ordered field, for the few rows that families have, and a method for the largest value of a concave function on a box, in [`climb`].

mod basis;
mod elimination;
mod hill;
mod peak;
mod ring;
mod shrink;
mod simplex;
mod strict;
mod table;

pub use basis::{Decision, Feasibility};
pub(crate) use elimination::{Coordinates, MOST_INEQUALITIES, Undecided, eliminate};
pub use hill::{Bend, Field, Hill, Peak, climb};
pub use shrink::shrink;
pub use simplex::Simplex;
pub use strict::{StrictSolution, strict_feasibility};
pub use table::RowTable;
