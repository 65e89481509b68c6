//! The degeneracies of a parametrization that the theory names: parallel and opposite neurons (C.2, C.3), unbalanced ones (C.1),
//! membership in N′ and N*, how near a network comes to a degeneracy it does not have, and whether its layer is injective.

mod balance;
mod injective;
mod margins;
mod membership;
mod multiples;
mod words;

pub use balance::{balance_violations, least_beta};
pub use injective::{Injectivity, InjectivityError, injectivity};
pub use margins::{
    Faint, Imbalance, NearMisses, NearPair, imbalance, near_misses, practically_dead,
    practically_dead_below,
};
pub use membership::{
    Membership, NotPositive, NotStar, Unbalanced, first_unbalanced, membership, not_star,
};
pub use multiples::{Multiple, opposite_between, opposite_pairs, parallel_pairs};
pub use words::MembershipWords;
