//! The proof of Theorem 3.1 for one pair, retold so that it can be checked by hand.
//!
//! Equation numbers are those of the first version of the paper, with the second version's after a stroke where they differ.

use num_traits::Signed as _;

use super::condition::condition_name;
use super::retold::Retold;
use crate::certificate::{
    Case, CaseLabel, ConditionFact, ConditionName, Form, Formula, Part, Rational, Step, Theorem31,
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
fn threshold(form: Form) -> &'static str {
    match form {
        Form::Seminorm => "2r",
        Form::Jump => "J",
    }
}

fn statement(document: &mut Document, claim: &Theorem31) {
    document.heading(2, "What is shown");
    let exact = claim.r.lower == claim.r.upper;
    bracket(document, &claim.r, &claim.jump);
    document.item(format!(
        "C.1 holds at the threshold {} with β = {}; C.2 and C.3 hold",
        threshold(claim.form),
        surd(&claim.beta)
    ));
    document.item(format!(
        "Φ realises g, and ‖Φ − Γ‖_∞ = {}",
        surd(&claim.distance)
    ));
    let bounds = [
        ("the paper's β + 2√r (31)/(35)", &claim.bounds.paper),
        ("the sharp β + √2·√r (D04)", &claim.bounds.sharp),
        ("the jump form's β_J + √J (N10)", &claim.bounds.jump),
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

fn hypotheses(document: &mut Document, certificate: &Certificate, claim: &Theorem31) {
    document.heading(2, "The hypotheses");
    for step in &certificate.steps {
        let Step::Condition(ConditionFact::Holds(condition)) = step else {
            continue;
        };
        let detail = match (&condition.beta, &condition.threshold) {
            (Some(beta), Some(value)) => format!(
                ": every neuron of Γ with ‖c_i a_i‖ ≤ {} = {} has |c_i|, ‖a_i‖ ≤ β = {}",
                threshold(claim.form),
                rational(value),
                surd(beta)
            ),
            _ if condition.name == ConditionName::NoOppositePossible => {
                ": Γ and the Θ′ that Θ is rewritten to here have no opposite weight vectors, each of them (C.3a) and between them (C.3b)"
                    .to_owned()
            }
            _ => String::new(),
        };
        document.item(format!("{}{detail}", condition_name(condition.name)));
    }
    document.paragraph("By C.2 and C.3a the hyperplanes of Γ are pairwise different (42).");
}

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
        (true, CaseLabel::Unmatched) => format!(
            "its hyperplane is none of the other network's: p, q ≤ {t}, so all weights are at most √T"
        ),
        _ => inequality(case, t),
    });
    if case.case != CaseLabel::Unmatched && !case.star {
        let apart = Rational((&case.p.0 - &case.q.0).abs());
        document.item(format!("|p − q| = {}", rational(&apart)));
    }
    // In case 1 Γ's facet comes first, if it has one.
    let of_gamma = has_hyperplane(certificate, case.neuron);
    for (k, facet) in case.facets.iter().enumerate() {
        let whose = match (case.case, k == 0 && of_gamma) {
            (CaseLabel::Unmatched, true) => "on Γ's hyperplane alone, (53): ‖c^Γ a^Γ‖",
            (CaseLabel::Unmatched, false) => "on Θ's hyperplane alone, (53) for Θ: ‖c^Θ a^Θ‖",
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

fn label(case: CaseLabel) -> &'static str {
    match case {
        // Case 1 of both theorems.
        CaseLabel::Unmatched => "case 1, in I_1 (55)",
        // Case A.
        CaseLabel::Small => "case A",
        // Case B.1.
        CaseLabel::OuterLarger => "case B.1",
        // Case B.2.
        CaseLabel::InnerLarger => "case B.2",
        // Case B.3.
        CaseLabel::Balanced => "case B.3",
        // Case A.1 of Theorem 3.3.
        CaseLabel::GammaSmall => "case A.1",
        // Case A.2 of Theorem 3.3.
        CaseLabel::ThetaSmall => "case A.2",
        // Case B of Theorem 3.3.
        CaseLabel::Large => "case B",
    }
}

fn inequality(case: &Case, t: &str) -> String {
    match case.case {
        CaseLabel::Unmatched => format!(
            "its hyperplane (if any) is none of the other network's: |p|, |q| ≤ {t} (57)/(101); C.1 gives |c^Γ|, ‖a^Γ‖ ≤ β (62), \
             balancing gives |c^Φ|, ‖a^Φ‖ ≤ √T (61)"
        ),
        CaseLabel::Small => format!("same hyperplane, |p| ≤ {t}, |p − q| ≤ {t} (58)/(102)"),
        CaseLabel::OuterLarger => {
            format!(
                "same hyperplane, |p − q| ≤ {t} < |p| and |c^Γ| > ‖a^Γ‖, so c^Θ has the sign of c^Γ (65)"
            )
        }
        CaseLabel::InnerLarger => {
            format!("same hyperplane, |p − q| ≤ {t} < |p| and |c^Γ| < ‖a^Γ‖ (66)")
        }
        CaseLabel::Balanced => {
            format!("same hyperplane, |p − q| ≤ {t} < |p| and |c^Γ| = ‖a^Γ‖ (67)")
        }
        CaseLabel::GammaSmall | CaseLabel::ThetaSmall | CaseLabel::Large => {
            small_or_large(case.case, t)
        }
    }
}

/// Of Theorem 3.3.
fn small_or_large(case: CaseLabel, t: &str) -> String {
    match case {
        CaseLabel::GammaSmall => format!("same hyperplane, p ≤ {t}, so q ≤ 2·({t})"),
        CaseLabel::ThetaSmall => format!("same hyperplane, q ≤ {t} < p, so p ≤ 2·({t})"),
        _ => format!("same hyperplane, p, q > {t}"),
    }
}

/// What a case says for all k, where Φ's neurons are given; of Theorem 3.3 if `star`.
pub(super) fn case_for_all_k(case: CaseLabel, t: &Formula, star: bool) -> String {
    let words = match case {
        CaseLabel::Unmatched if star => format!(
            "its hyperplane is none of Θ's, p ≤ {t}, and q ≤ {t} of the neuron in its place, so all their weights are at most √T"
        ),
        CaseLabel::Unmatched => format!(
            "its hyperplane is none of Θ's, and |p| ≤ {t} (57)/(101); Φ's neuron is balanced, on a hyperplane of Θ that is none of Γ's, or zero"
        ),
        CaseLabel::Small => format!(
            "Θ has neurons on its hyperplane, |p − q| ≤ {t} (53) and |p| ≤ {t}; Φ's neuron is balanced (60)/(104)"
        ),
        CaseLabel::OuterLarger => format!(
            "|p − q| ≤ {t} < |p| and |c^Γ| > ‖a^Γ‖; Φ's neuron has the outer weight of Γ's (69)"
        ),
        CaseLabel::InnerLarger => format!(
            "|p − q| ≤ {t} < |p| and |c^Γ| < ‖a^Γ‖; Φ's neuron has the inner weights of Γ's (70)"
        ),
        CaseLabel::Balanced => {
            format!("|p − q| ≤ {t} < |p| and |c^Γ| = ‖a^Γ‖; Φ's neuron is balanced (60)/(104)")
        }
        CaseLabel::GammaSmall | CaseLabel::ThetaSmall | CaseLabel::Large => {
            small_or_large(case, &t.to_string())
        }
    };
    format!("{}: {words}.", label(case))
}

fn replacement(case: CaseLabel) -> &'static str {
    match case {
        CaseLabel::Unmatched => "balanced (60)/(104)",
        CaseLabel::Small => "balanced (68)/(108)",
        CaseLabel::OuterLarger => "c := c^Γ, a := (q/c^Γ)·e (69)/(109)",
        CaseLabel::InnerLarger => "a := a^Γ, c := q/‖a^Γ‖ (70)/(110)",
        CaseLabel::Balanced => "balanced (71)/(111)",
        CaseLabel::GammaSmall | CaseLabel::ThetaSmall | CaseLabel::Large => "as it is",
    }
}

fn bound(document: &mut Document, certificate: &Certificate, claim: &Theorem31) {
    document.heading(2, "The bound");
    let t: Surd = match claim.form {
        Form::Seminorm => root(&Rational(&claim.r.lower.0 + &claim.r.lower.0)),
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
            let part = match distance.part {
                Part::Inner => "a",
                Part::Outer => "c",
            };
            document.paragraph(format!(
                "‖Φ − Γ‖_∞ = {}, attained at neuron {}, entry {} of {part} (75).",
                surd(&distance.value),
                distance.neuron,
                distance.index
            ));
        }
    }
}
