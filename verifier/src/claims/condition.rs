//! The claim that a hypothesis of Theorem 3.1 is violated.

use relucert_format::{ConditionClaim, ConditionName, Side, Statement, Violation};

use super::says::{Says, Wanted};
use crate::facts::Fact;
use crate::kernel::number::Q;
use crate::kernel::verdict::Stop;
use crate::scene::Scene;
use crate::subject::{BOTH, Speaks, Subject, THEOREM};

impl Says for ConditionClaim {
    fn subject(&self) -> Subject<'_> {
        Subject {
            speaks: match self.name {
                ConditionName::Balance | ConditionName::NoOppositePossible => Speaks::Theta,
                _ => Speaks::Perhaps,
            },
            one_root: BOTH,
            ..THEOREM
        }
    }

    fn facts(&self, _: &mut Scene) -> Result<Vec<Wanted>, Stop> {
        let also = match &self.violation {
            Violation::Unbalanced { r_lower, .. } => {
                Some(Wanted::Is(Fact::AtLeast(Q::from(r_lower))))
            }
            Violation::NoOrientation {} => Some(Wanted::Is(Fact::NoOrientation(None, true))),
            Violation::Multiple { .. } => None,
        };
        let violated = std::iter::once(Wanted::Is(Fact::Violated));
        Ok(violated.chain(also).collect())
    }

    fn sentence(&self, _: &Scene, _: &Statement) -> String {
        let name = self.name;
        match &self.violation {
            Violation::Unbalanced {
                i,
                beta,
                size,
                r_lower,
            } => format!(
                "Hypothesis {name} of Theorem 3.1 with β = {beta} does not hold for Γ and g = R(Θ):\n\
                 r = |g − R(Γ)|_(W^1,∞) ≥ {r_lower}, and neuron {i} of Γ has ‖c_i a_i‖_∞ ≤ 2·{r_lower}, but \
                 max(|c_i|, ‖a_i‖_∞) = {size} > {beta}.\n"
            ),
            Violation::NoOrientation {} => format!(
                "Hypothesis {name} of Theorem 3.1 does not hold for Γ and g = R(Θ):\nevery network Θ′ with R(Θ′) = g, whatever its number of \
                 neurons, has a non-zero a_j that is a negative multiple of another, or of some a_i of Γ.\n"
            ),
            Violation::Multiple { i, j, factor } => {
                let [of_i, of_j] = match (self.name, self.network) {
                    (ConditionName::NoOppositeBetween, _) => ["Γ", "Θ"],
                    (_, Some(Side::Theta)) => ["Θ", "Θ"],
                    _ => ["Γ", "Γ"],
                };
                // The theorem asks C.3 of Γ and of some network of g, not of the one that is stated.
                let (start, end) = match of_j {
                    "Θ" => (
                        format!("Θ as stated violates {name} of Theorem 3.1"),
                        "The theorem asks for some Θ′ with R(Θ′) = R(Θ): whether one satisfies it is not said here.\n",
                    ),
                    _ => (
                        format!("Hypothesis {name} of Theorem 3.1 does not hold for Γ"),
                        "",
                    ),
                };
                format!(
                    "{start}:\na of neuron {j} of {of_j} is {factor} times a of neuron {i} of {of_i}, which is not zero.\n{end}"
                )
            }
        }
    }

    fn value(&self) -> Option<String> {
        Some(self.name.to_string())
    }
}
