//! The theorems' conditions, and what violates one.

use super::retold::Retold;
use crate::certificate::{
    ConditionClaim, ConditionName, SeminormFact, Side, StatedNetwork, Step, Violation,
};
use crate::report::difference::retell_point;
use crate::report::document::Document;
use crate::report::exhaustion;
use crate::report::networks::{MOST_NUMBERS, networks};
use crate::report::numbers::{number, tuple};
use crate::report::reading::Certificate;

/// A condition that does not hold.
impl Retold for ConditionClaim {
    fn retell(&self, document: &mut Document, certificate: &Certificate) {
        let name = condition_name(self.name);
        // C.3 is asked of some Θ of g, so a violation by the one that is stated denies nothing.
        let of_theta =
            self.name == ConditionName::NoOppositeBetween || self.network == Some(Side::Theta);
        let of_stated = of_theta && matches!(self.violation, Violation::Multiple { .. });
        document.heading(
            1,
            match of_stated {
                true => format!("Θ as stated violates {name}"),
                false => format!("{name} does not hold"),
            },
        );
        networks(document, certificate);
        document.heading(2, "Why");
        let place = match self.network {
            Some(Side::Gamma) => "In Γ",
            Some(Side::Theta) => "In Θ",
            Some(Side::Phi) => "In Φ",
            None => "Between Γ and Θ",
        };
        match &self.violation {
            Violation::Multiple { i, j, factor } => {
                let factor = number(&factor.into());
                let words = match self.name {
                    ConditionName::NoOppositeBetween => {
                        format!("{place}: a_{j} of Θ is ({factor}) times a_{i} of Γ.")
                    }
                    _ => format!("{place}: a_{j} = ({factor})·a_{i}."),
                };
                document.paragraph(words);
                violating_pair(document, certificate, self);
                if of_stated {
                    document.paragraph(
                        "The theorem asks for some Θ′ with R(Θ′) = R(Θ) (D03). Whether another one satisfies it is not said here.",
                    );
                }
            }
            Violation::NoOrientation {} => {
                document.paragraph(
                    "Without opposite neurons all neurons on a kink of g = R(Θ) have the same orientation. Γ forces it on its own \
                     hyperplanes, and no orientation of the others has the linear part of g (N2).",
                );
                exhaustion::no_orientation(document, certificate);
            }
            Violation::Unbalanced {
                i,
                beta,
                size,
                r_lower,
            } => {
                document.paragraph(format!(
                    "Neuron {i} of Γ has ‖c_{i} a_{i}‖_∞ ≤ 2r, because r ≥ {r_lower}, but the larger of |c_{i}| and \
                     ‖a_{i}‖_∞ is {}, above β = {}.",
                    number(&size.into()),
                    number(&beta.into()),
                ));
                for step in &certificate.steps {
                    if let Step::Seminorm(SeminormFact::AtLeast(point)) = step {
                        retell_point(document, point);
                    }
                }
            }
        }
    }
}

/// The rows of a violating pair, written out.
fn violating_pair(document: &mut Document, certificate: &Certificate, claim: &ConditionClaim) {
    let Violation::Multiple { i, j, factor } = &claim.violation else {
        return;
    };
    let networks = &certificate.statement.networks;
    let gamma = ("Γ", Some(&networks.gamma));
    let theta = ("Θ", networks.theta.as_ref());
    let (first, second) = match (claim.name, claim.network) {
        (ConditionName::NoOppositeBetween, _) => (gamma, theta),
        (_, Some(Side::Theta)) => (theta, theta),
        _ => (gamma, gamma),
    };
    let row = |(_, network): (&str, Option<&StatedNetwork>), index: usize| -> Option<String> {
        let network = network?;
        let bias = network.b.as_ref().and_then(|b| b.get(index));
        let numbers = network.a.get(index)?.iter().chain(bias);
        let numbers: Vec<String> = numbers.map(ToString::to_string).collect();
        (numbers.len() <= MOST_NUMBERS).then(|| tuple(&numbers))
    };
    if let (Some(one), Some(other)) = (row(first, *i), row(second, *j)) {
        document.item(format!("a_{i} of {} = {one}", first.0));
        document.item(format!(
            "a_{j} of {} = {other} = ({factor})·a_{i}",
            second.0
        ));
    }
}

/// The paper's name of a hypothesis with its content.
pub(super) fn condition_name(name: ConditionName) -> &'static str {
    match name {
        ConditionName::Balance => "C.1 (small products have small factors)",
        ConditionName::NoParallel => "C.2 (no parallel weight vectors in Γ)",
        ConditionName::NoOppositeWithin => "C.3a (no opposite weight vectors within a network)",
        ConditionName::NoOppositeBetween => "C.3b (no weight vector of Γ opposite to one of Θ)",
        ConditionName::NoOppositePossible => "C.3 (some Θ of g without opposite weight vectors)",
    }
}
