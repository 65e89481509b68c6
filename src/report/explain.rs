//! `explain`: the proof of a certificate in words.

use super::document::Document;
use super::number;
use super::reading::Certificate;
use super::{family, functions, parametrization, rewriting, theorem31};
use crate::certificate::{
    self, Claim, ConditionClaim, ConditionName, Reparametrization, SeminormFact, Shallow, Side,
    Step, Violation,
};
use crate::exact::Surd;

/// The certificate retold with the paper's equation numbers. Nothing is verified.
pub fn explain(certificate: &Certificate) -> Document {
    let mut document = Document::default();
    match &certificate.statement.claim {
        Claim::Theorem31(claim) => theorem31::retell(&mut document, certificate, claim),
        Claim::Condition(claim) => condition(&mut document, certificate, claim),
        Claim::Reparametrization(claim) => reparametrization(&mut document, certificate, claim),
        Claim::ForAllK(claim) => family::retell(&mut document, certificate, claim),
        Claim::Equal(_) => functions::equal(&mut document, certificate),
        Claim::Differ(_) => functions::differ(&mut document, certificate),
        Claim::Seminorm(claim) => functions::seminorm(&mut document, certificate, claim),
        Claim::JumpNorm(claim) => functions::jump_norm(&mut document, certificate, claim),
        Claim::LocalMinimum(claim) => functions::local_minimum(&mut document, certificate, claim),
        Claim::SupNorm(claim) => functions::sup_norm(&mut document, certificate, claim),
        Claim::Arrangement(claim) => functions::arrangement(&mut document, certificate, claim),
        Claim::Injective(claim) => {
            functions::arrangement(&mut document, certificate, claim);
            functions::injective(&mut document);
        }
        Claim::NotInjective(_) => functions::not_injective(&mut document, certificate),
        Claim::Refined31(claim) => parametrization::refined31(&mut document, certificate, claim),
        Claim::Theorem33(claim) => parametrization::theorem33(&mut document, certificate, claim),
        Claim::Lift(_) => parametrization::lift(&mut document, certificate),
        Claim::Flips(claim) => parametrization::flips(&mut document, certificate, Some(claim)),
        Claim::Unique(_) => parametrization::flips(&mut document, certificate, None),
        Claim::Minimal(claim) => parametrization::minimal(&mut document, certificate, claim),
        Claim::Nearest(claim) => parametrization::nearest(&mut document, certificate, claim),
    }
    document.paragraph(
        "This is a retelling. Whether the certificate is right is for the verifier to say: \
         run `relucert verify` or `relucert-verify` on it.",
    );
    document
}

/// Γ and Θ: shapes, and whether they enter homogenised.
pub(super) fn networks(document: &mut Document, certificate: &Certificate) {
    let networks = &certificate.statement.networks;
    let mut all = vec![("Γ", &networks.gamma)];
    all.extend(networks.theta.iter().map(|theta| ("Θ", theta)));
    for &(name, network) in &all {
        document.item(format!("{name}: {}", shape(network)));
    }
    for (name, network) in all {
        rows(document, name, network);
    }
    if is_homogenised(certificate) {
        document.paragraph(
            "The networks have biases, and the theorem speaks of networks without. They enter homogenised: inputs (x, 1), \
             a_i followed by b_i, and the output bias e as one more, last neuron a = (0, …, 0, 1), c = e. \
             On the plane x_{d+1} = 1 nothing changes.",
        );
    }
}

/// Whether any network of the statement has biases.
pub(super) fn is_homogenised(certificate: &Certificate) -> bool {
    let networks = &certificate.statement.networks;
    networks.gamma.b.is_some()
        || networks
            .theta
            .as_ref()
            .is_some_and(|theta| theta.b.is_some())
}

fn shape(network: &Shallow) -> String {
    let Shallow { d, m, outputs, .. } = network;
    let biases = if network.b.is_some() {
        "with"
    } else {
        "without"
    };
    format!("{d} inputs, {m} neurons, {outputs} output(s), {biases} biases")
}

/// Networks with more numbers than this are not written out in a retelling.
pub(super) const MOST_NUMBERS: usize = 120;

/// The numbers of a network, one line a neuron, if they are few.
pub(super) fn rows(document: &mut Document, name: &str, network: &Shallow) {
    let Shallow { d, m, outputs, .. } = network;
    if m * (d + outputs + 1) > MOST_NUMBERS {
        document.paragraph(format!(
            "The numbers of {name} are in the certificate's second line."
        ));
        return;
    }
    let row = |numbers: &[certificate::Surd]| {
        let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
        format!("({})", numbers.join(", "))
    };
    document.paragraph(format!("The neurons of {name}:"));
    for (i, (a, c)) in network.a.iter().zip(&network.c).enumerate() {
        let bias = network.b.as_ref().and_then(|b| b.get(i));
        let bias = bias.map_or(String::new(), |b| format!(", b = {b}"));
        document.item(format!("{i}: a = {}{bias}, c = {}", row(a), row(c)));
    }
    if let Some(e) = &network.e {
        let e: Vec<String> = e.iter().map(ToString::to_string).collect();
        document.item(format!("output bias e = ({})", e.join(", ")));
    }
}

fn condition(document: &mut Document, certificate: &Certificate, claim: &ConditionClaim) {
    let name = condition_name(claim.name);
    // C.3 is asked of some Θ of g, so a violation by the one that is stated denies nothing.
    let of_theta =
        claim.name == ConditionName::NoOppositeBetween || claim.network == Some(Side::Theta);
    let of_stated = of_theta && matches!(claim.violation, Violation::Multiple { .. });
    document.heading(
        1,
        match of_stated {
            true => format!("Θ as stated violates {name}"),
            false => format!("{name} does not hold"),
        },
    );
    networks(document, certificate);
    document.heading(2, "Why");
    let place = match claim.network {
        Some(Side::Gamma) => "In Γ",
        Some(Side::Theta) => "In Θ",
        Some(Side::Phi) => "In Φ",
        None => "Between Γ and Θ",
    };
    match &claim.violation {
        Violation::Multiple { i, j, factor } => {
            let factor = number(&factor.into());
            let words = match claim.name {
                ConditionName::NoOppositeBetween => {
                    format!("{place}: a_{j} of Θ is ({factor}) times a_{i} of Γ.")
                }
                _ => format!("{place}: a_{j} = ({factor})·a_{i}."),
            };
            document.paragraph(words);
            violating_pair(document, certificate, claim);
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
            parametrization::no_orientation(document, certificate);
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
                    theorem31::retell_point(document, point);
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
    let row = |(_, network): (&str, Option<&Shallow>), index: usize| -> Option<String> {
        let network = network?;
        let bias = network.b.as_ref().and_then(|b| b.get(index));
        let numbers = network.a.get(index)?.iter().chain(bias);
        let numbers: Vec<String> = numbers.map(ToString::to_string).collect();
        (numbers.len() <= MOST_NUMBERS).then(|| format!("({})", numbers.join(", ")))
    };
    if let (Some(one), Some(other)) = (row(first, *i), row(second, *j)) {
        document.item(format!("a_{i} of {} = {one}", first.0));
        document.item(format!(
            "a_{j} of {} = {other} = ({factor})·a_{i}",
            second.0
        ));
    }
}

fn reparametrization(
    document: &mut Document,
    certificate: &Certificate,
    claim: &Reparametrization,
) {
    document.heading(1, "A reparametrization");
    networks(document, certificate);
    document.paragraph(format!(
        "Φ realises R(Θ), and ‖Φ − Γ‖_∞ = {} ≤ {}.",
        number(&(&claim.distance).into()),
        number(&(&claim.bound).into()),
    ));
    document.heading(2, "Steps from Θ to Φ");
    rewriting::retell(document, certificate);
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

/// √value exactly, as a number.
pub(super) fn root(value: &crate::certificate::Rational) -> Surd {
    Surd::multiple_of_root(&num_rational::Ratio::from_integer(1.into()), &value.0)
}
