//! The proof of Theorem 3.1 for one pair, retold so that it can be checked by hand.
//!
//! Equation numbers are those of the first version of the paper, with the second version's after a stroke where they differ.

use std::fmt::Display;

use num_traits::Signed as _;

use super::condition::condition_name;
use super::retold::Retold;
use crate::certificate::{
    Case, ConditionFact, ConditionName, Coordinate, Form, MainCase, Part, ProofCase, StarCase,
    StatedRational, Step, Theorem31,
};
use crate::exact::Surd;
use crate::report::difference::{bracket, difference};
use crate::report::document::Document;
use crate::report::networks::{is_homogenised, networks, rows};
use crate::report::numbers::{number, rational, root, surd, tuple};
use crate::report::reading::Certificate;
use crate::report::rewriting;

/// Retells a `theorem-3.1` certificate.
impl Retold for Theorem31 {
    fn retell(&self, document: &mut Document, certificate: &Certificate) {
        document.heading(1, "Theorem 3.1 for Γ and g = R(Θ)");
        networks(document, certificate);
        statement(document, self);
        difference(document, certificate, self.form);
        hypotheses(document, certificate, self);
        comparable(document, certificate);
        cases(document, certificate, self);
        bound(document, certificate, self);
    }
}

/// Threshold of the cases, in words.
pub(super) fn threshold(form: Form) -> &'static str {
    match form {
        Form::Seminorm => "2r",
        Form::Jump => "J",
    }
}

fn statement(document: &mut Document, claim: &Theorem31) {
    document.heading(2, "What is shown");
    let exact = claim.r.lower == claim.r.upper;
    bracket(document, &claim.r, &claim.jump);
    document.item(applies_words(claim.form, surd(&claim.beta)));
    document.item(distance_words(surd(&claim.distance)));
    let bounds = [
        ("the paper's β + 2√r (31)/(35)", &claim.bounds.paper),
        (bound_name(Form::Seminorm), &claim.bounds.sharp),
        (bound_name(Form::Jump), &claim.bounds.jump),
    ];
    for (name, value) in bounds {
        if let Some(value) = value {
            let at = match (exact, claim.form) {
                (false, Form::Jump) if !name.contains("jump") => {
                    " at the lower end of r, so at most its true value"
                }
                _ => "",
            };
            document.item(format!("that is at most {name}{at} = {}", surd(value)));
        }
    }
}

/// Which conditions hold.
pub(super) fn applies_words(form: Form, beta: impl Display) -> String {
    let t = threshold(form);
    format!("C.1 holds at the threshold {t} with β = {beta}; C.2 and C.3 hold")
}

/// What Φ is.
pub(super) fn distance_words(value: impl Display) -> String {
    format!("Φ realises g, and ‖Φ − Γ‖_∞ = {value}")
}

/// The bound of the theorem's sharp form, by r or by J.
pub(super) fn bound_name(form: Form) -> &'static str {
    match form {
        Form::Seminorm => "the sharp β + √2·√r (D04)",
        Form::Jump => "the jump form's β_J + √J (N10)",
    }
}

/// What C.1 says here.
pub(super) fn balance_words(t: impl Display, value: impl Display, beta: impl Display) -> String {
    format!("every neuron of Γ with ‖c_i a_i‖ ≤ {t} = {value} has |c_i|, ‖a_i‖ ≤ β = {beta}")
}

fn hypotheses(document: &mut Document, certificate: &Certificate, claim: &Theorem31) {
    document.heading(2, "The hypotheses");
    for step in &certificate.steps {
        let Step::Condition(ConditionFact::Holds(condition)) = step else {
            continue;
        };
        let detail = match (&condition.beta, &condition.threshold) {
            (Some(beta), Some(value)) => {
                let t = threshold(claim.form);
                format!(": {}", balance_words(t, rational(value), surd(beta)))
            }
            _ if condition.name == ConditionName::NoOppositePossible => {
                ": Γ and the Θ′ that Θ is rewritten to here have no opposite weight vectors, each of them (C.3a) and between them (C.3b)"
                    .to_owned()
            }
            _ => String::new(),
        };
        document.item(format!("{}{detail}", condition_name(condition.name)));
    }
    document.paragraph(DIFFERENT);
}

/// What C.2 and C.3 are for.
pub(super) const DIFFERENT: &str =
    "By C.2 and C.3a the hyperplanes of Γ are pairwise different (42).";

fn comparable(document: &mut Document, certificate: &Certificate) {
    document.heading(2, "Θ made comparable");
    let before = certificate.steps.iter();
    let before = before.take_while(|step| !matches!(step, Step::Case(_)));
    let mut any = false;
    for words in before.filter_map(rewriting::words) {
        document.item(words);
        any = true;
    }
    if !any {
        document.paragraph("Nothing to do: Θ has no parallel neurons and is in Γ's order.");
    }
}

fn cases(document: &mut Document, certificate: &Certificate, claim: &Theorem31) {
    document.heading(2, "Neuron by neuron");
    let t = threshold(claim.form);
    document.paragraph(format!(
        "p = c^Γ‖a^Γ‖ and q = c^Θ‖a^Θ‖ (64). T = {t}. Where a point is given it lies on the neuron's hyperplane and on no other, so \
         the gradients in the two regions beside it differ by exactly that neuron's jump (53), (54)."
    ));
    let steps = &certificate.steps;
    let last = steps.iter().rposition(|step| matches!(step, Step::Case(_)));
    let after = steps.get(last.map_or(0, |last| last + 1)..);
    let after: Vec<&Step> = after.unwrap_or_default().iter().collect();
    let (of_one, others): (Vec<&Step>, Vec<&Step>) = after
        .into_iter()
        .partition(|step| rewriting::neuron(step).is_some());
    for step in steps {
        let Step::Case(case) = step else {
            continue;
        };
        retell_case(document, certificate, case, t);
        let own = of_one.iter();
        let own = own.filter(|step| rewriting::neuron(step) == Some(case.neuron));
        let own: Vec<String> = own.filter_map(|step| rewriting::words(step)).collect();
        document.item(format!(
            "{}: {}",
            replacement(case.case),
            match own.is_empty() {
                true => "nothing to do".to_owned(),
                false => own.join("; then "),
            }
        ));
    }
    for words in others.into_iter().filter_map(rewriting::words) {
        document.item(format!("after that {words}"));
    }
    if is_homogenised(certificate) {
        let last = certificate.statement.networks.gamma.m;
        document.paragraph(format!("(Neuron {last} of Γ is the output bias.)"));
    }
}

/// The cases of Theorem 3.3, where nothing is replaced.
pub(super) fn star_cases(document: &mut Document, certificate: &Certificate, form: Form) {
    for step in &certificate.steps {
        if let Step::Case(case) = step {
            retell_case(document, certificate, case, threshold(form));
        }
    }
}

/// One case: the products, the inequality that selects it, and the points where the jumps are read.
fn retell_case(document: &mut Document, certificate: &Certificate, case: &Case, t: &str) {
    document.heading(3, format!("Neuron {}: {}", case.neuron, label(case.case)));
    document.item(format!(
        "p = {}, q = {}, {t} = {}",
        rational(&case.p),
        rational(&case.q),
        rational(&case.threshold)
    ));
    document.item(match (case.star, case.case) {
        (true, ProofCase::Unmatched) => format!(
            "its hyperplane is none of the other network's: p, q ≤ {t}, so all weights are at most √T"
        ),
        _ => inequality(case.case, t),
    });
    if case.case != ProofCase::Unmatched && !case.star {
        let apart = StatedRational((&case.p.0 - &case.q.0).abs());
        document.item(format!("|p − q| = {}", rational(&apart)));
    }
    // In case 1 Γ's facet comes first, if it has one.
    let of_gamma = has_hyperplane(certificate, case.neuron);
    for (k, facet) in case.facets.iter().enumerate() {
        let whose = match (case.case, k == 0 && of_gamma) {
            (ProofCase::Unmatched, true) => "on Γ's hyperplane alone, (53): ‖c^Γ a^Γ‖",
            (ProofCase::Unmatched, false) => "on Θ's hyperplane alone, (53) for Θ: ‖c^Θ a^Θ‖",
            _ => "on the common hyperplane, (54): ‖c^Γ a^Γ − c^Θ a^Θ‖",
        };
        document.item(format!(
            "x = {} {whose} = {}",
            tuple(&facet.point),
            rational(&facet.jump)
        ));
    }
}

/// Whether a of this neuron of Γ is not zero; the output bias is a neuron too, with a = (0, …, 0, 1).
fn has_hyperplane(certificate: &Certificate, neuron: usize) -> bool {
    let gamma = &certificate.statement.networks.gamma;
    let bias = gamma.b.as_ref().and_then(|b| b.get(neuron));
    match gamma.a.get(neuron) {
        Some(a) => a.iter().chain(bias).any(|a| a.to_string() != "0"),
        None => true,
    }
}

pub(super) fn label(case: ProofCase) -> String {
    let part = match case {
        ProofCase::Unmatched => ", in I_1 (55)",
        ProofCase::Main(_) | ProofCase::Star(_) => "",
    };
    format!("case {}{part}", case.label())
}

pub(super) fn inequality(case: ProofCase, t: &str) -> String {
    match case {
        ProofCase::Unmatched => format!(
            "its hyperplane (if any) is none of the other network's: |p|, |q| ≤ {t} (57)/(101); C.1 gives |c^Γ|, ‖a^Γ‖ ≤ β (62), \
             balancing gives |c^Φ|, ‖a^Φ‖ ≤ √T (61)"
        ),
        ProofCase::Main(MainCase::Small) => {
            format!("same hyperplane, |p| ≤ {t}, |p − q| ≤ {t} (58)/(102)")
        }
        ProofCase::Main(MainCase::OuterLarger) => {
            format!(
                "same hyperplane, |p − q| ≤ {t} < |p| and |c^Γ| > ‖a^Γ‖, so c^Θ has the sign of c^Γ (65)"
            )
        }
        ProofCase::Main(MainCase::InnerLarger) => {
            format!("same hyperplane, |p − q| ≤ {t} < |p| and |c^Γ| < ‖a^Γ‖ (66)")
        }
        ProofCase::Main(MainCase::Balanced) => {
            format!("same hyperplane, |p − q| ≤ {t} < |p| and |c^Γ| = ‖a^Γ‖ (67)")
        }
        ProofCase::Star(StarCase::GammaSmall) => {
            format!("same hyperplane, p ≤ {t}, so q ≤ 2·({t})")
        }
        ProofCase::Star(StarCase::ThetaSmall) => {
            format!("same hyperplane, q ≤ {t} < p, so p ≤ 2·({t})")
        }
        ProofCase::Star(StarCase::Large) => format!("same hyperplane, p, q > {t}"),
    }
}

pub(super) fn replacement(case: ProofCase) -> &'static str {
    match case {
        ProofCase::Unmatched => "balanced (60)/(104)",
        ProofCase::Main(MainCase::Small) => "balanced (68)/(108)",
        ProofCase::Main(MainCase::OuterLarger) => "c := c^Γ, a := (q/c^Γ)·e (69)/(109)",
        ProofCase::Main(MainCase::InnerLarger) => "a := a^Γ, c := q/‖a^Γ‖ (70)/(110)",
        ProofCase::Main(MainCase::Balanced) => "balanced (71)/(111)",
        ProofCase::Star(_) => "as it is",
    }
}

fn bound(document: &mut Document, certificate: &Certificate, claim: &Theorem31) {
    document.heading(2, "The bound");
    let t: Surd = match claim.form {
        Form::Seminorm => root(&StatedRational(&claim.r.lower.0 + &claim.r.lower.0)),
        Form::Jump => root(&claim.jump),
    };
    document.paragraph(format!(
        "With √T = {}: neurons of case 1 and A are within β + √T of Γ's (63), (73), (74), sharpened by D16; those of case B within √T (72). \
         Entry by entry the largest difference is found:",
        number(&t)
    ));
    attained(document, certificate);
    if let Some(phi) = &certificate.statement.networks.phi {
        rows(document, "Φ", phi);
    }
}

/// Where the distance is attained.
pub(super) fn attained(document: &mut Document, certificate: &Certificate) {
    for step in &certificate.steps {
        if let Step::Distance(distance) = step {
            let at = Coordinate {
                part: distance.part,
                index: distance.index,
            };
            document.paragraph(attained_words(surd(&distance.value), distance.neuron, at));
        }
    }
}

/// Which entry of Φ − Γ is as large as the distance.
pub(super) fn attained_words(value: impl Display, neuron: usize, at: Coordinate) -> String {
    let part = match at.part {
        Part::Inner => "a",
        Part::Outer => "c",
    };
    let index = at.index;
    format!("‖Φ − Γ‖_∞ = {value}, attained at neuron {neuron}, entry {index} of {part} (75).")
}
