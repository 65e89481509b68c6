//! Membership in N′ and N* in words.

use super::membership::{Membership, NotStar};
use crate::exact::decimal::{brief, named};

/// Why a network is not balanced, violates C.2, is not in N′, not in N*; each only if it is so.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MembershipWords {
    /// A neuron with ‖c_i‖ ≠ ‖a_i‖.
    pub balanced: Option<String>,
    /// Two neurons that violate C.2.
    pub c2: Option<String>,
    /// Which of both keeps it out of N′.
    pub n_prime: Option<String>,
    /// That it is not in N′, or a weight that is not positive.
    pub n_star: Option<String>,
}

impl MembershipWords {
    /// Each reason of `membership`. Cost: that of writing a few numbers as decimals.
    pub fn of(membership: &Membership) -> Self {
        let Membership {
            unbalanced,
            parallel,
            not_star,
        } = membership;
        let balanced = unbalanced.as_ref().map(|found| {
            let inner = named("‖a‖", &brief(&found.inner));
            let outer = named("‖c‖", &brief(&found.outer));
            format!("neuron {} has {inner} and {outer}", found.neuron)
        });
        let c2 = parallel.as_ref().map(ToString::to_string);
        let n_prime = match (&balanced, &c2) {
            (None, None) => None,
            (Some(_), None) => Some("not balanced".to_owned()),
            (None, Some(_)) => Some("C.2 fails".to_owned()),
            (Some(_), Some(_)) => Some("not balanced, and C.2 fails".to_owned()),
        };
        let sign = not_star.as_ref().map(|found| match found {
            NotStar::TooFewInputs => "it needs d ≥ 2 inputs".to_owned(),
            NotStar::NotPositive(weight) => format!(
                "the last two weights of a must be positive, but {}",
                named(
                    &format!("a_{}[{}]", weight.neuron, weight.coordinate),
                    &brief(&weight.weight)
                )
            ),
        });
        let not_in_prime = n_prime.as_ref().map(|_| "not in N'".to_owned());
        let star: Vec<String> = not_in_prime.into_iter().chain(sign).collect();
        MembershipWords {
            balanced,
            c2,
            n_prime,
            n_star: (!star.is_empty()).then(|| star.join("; ")),
        }
    }

    /// All that keeps a network out of N*, in one sentence; none if it is in N*.
    pub fn not_star(membership: &Membership) -> Option<String> {
        let words = MembershipWords::of(membership);
        let parts = [words.balanced, words.c2, words.n_star];
        let star = parts.last().cloned().flatten();
        star.map(|_| parts.into_iter().flatten().collect::<Vec<_>>().join("; "))
    }
}
