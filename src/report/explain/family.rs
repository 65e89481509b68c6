//! Certificates for all k, retold by what is said of numbers, section by section. Here is what only they have: ranges, signs of functions
//! of k, and the inequalities behind bindings.

use num_traits::Zero as _;

use super::arrangement::counted_words;
use super::condition::condition_name;
use super::functions;
use super::parametrization as one;
use super::retold::Retold;
use super::theorem31;
use crate::certificate::{
    Against, AgainstForAllK, Among, BalancedSet, ConditionName, ForAllK, Form, Formula, Holds,
    MainCase, ProofCase, Range, SectionFact, StatedRational, StatedTheorem, Step,
};
use crate::exact::Rational;
use crate::family::{Difference, Family};
use crate::report::apart::{Pair, family, in_t, number, sources};
use crate::report::difference::{
    EVERYWHERE, entry_words, j_words, jump_words, r_words, tree_words,
};
use crate::report::document::Document;
use crate::report::exhaustion::{Tried, fitting_words, flips_words};
use crate::report::hall::{MOST_PAIRS, bias_words, binding_words, placed_words};
use crate::report::networks::{self, side_name};
use crate::report::numbers::{listed, sides, tuple};
use crate::report::reading::Certificate;

/// A statement for all k: the families, what holds where, and how each section is shown.
impl Retold for ForAllK {
    fn retell(&self, document: &mut Document, certificate: &Certificate) {
        document.heading(1, "A statement for every integer k ≥ 1");
        networks::families(document, self);
        functions::activation(document, certificate);
        if let Some(real) = self.real {
            document.paragraph(format!("It is proved for all real k ≥ {real} too."));
        }
        let activation = certificate.statement.activation.as_ref();
        for (index, stated) in self.sections.iter().enumerate() {
            let section = Section {
                claim: self,
                holds: &stated.holds,
                activation,
                range: stated.range,
            };
            document.heading(2, format!("For {}", stated.range));
            section.says(document);
            document.paragraph(signs(stated.range));
            for step in &certificate.steps {
                if let Step::Section(step) = step
                    && step.section == index
                {
                    section.fact(document, &step.by);
                }
            }
            if let Some(phi) = stated.holds.phi() {
                networks::family(document, "Φ", phi);
            }
        }
    }
}

/// Most points that are written out.
const MOST_POINTS: usize = 50;

fn signs(range: Range) -> String {
    let by = match range {
        Range::From(a) => format!("With k = {a} + t, t ≥ 0,"),
        Range::Between(a, b) => format!("With k = ({a} + {b}t)/(1 + t), t ≥ 0,"),
        Range::At(a) => return format!("All numbers are constants, those at k = {a}."),
    };
    by + " every inequality below is one between polynomials in t: no coefficient is negative, or Sturm's theorem finds no root. A square \
          root is brought to one side and squared."
}

/// What is retold: the families on the range of one section.
struct Section<'a> {
    claim: &'a ForAllK,
    holds: &'a Holds,
    activation: Option<&'a StatedRational>,
    range: Range,
}

impl Section<'_> {
    /// What holds, in the words of the claim about numbers.
    fn says(&self, document: &mut Document) {
        let function = match self.claim.theta {
            Some(_) => "R(Θ) − R(Γ)",
            None => "R(Γ)",
        };
        let above = |document: &mut Document, above: &Option<Formula>| {
            if let Some(above) = above {
                document.item(format!("this is greater than {above}"));
            }
        };
        match self.holds {
            Holds::Equal { .. } => document.paragraph(format!("R(Γ) = R(Θ){}.", self.place())),
            Holds::JumpNorm { value } => {
                document.paragraph(format!("The jump norm of {function} is {value}."));
            }
            Holds::Seminorm { value } => {
                document.paragraph(format!("The seminorm of {function}, r = |{function}|_{{W^{{1,∞}}}}: the largest entry of the Jacobian."));
                document.paragraph(functions::exactly(value));
            }
            Holds::SupNorm { value, .. } => document.paragraph(format!(
                "The largest |f| of f = {function}{} is {value}.",
                self.place()
            )),
            Holds::Separated {
                distance,
                above: larger,
            } => {
                document.item(one::least_words(Among::All, distance));
                above(document, larger);
            }
            Holds::Nearest {
                among,
                distance,
                above: larger,
                ..
            } => {
                document.item(theorem31::distance_words(distance));
                document.item(one::least_words(*among, distance));
                above(document, larger);
            }
            Holds::Minimal { lower, upper, .. } => {
                document.paragraph(format!("R(Φ) = R(Γ). {}.", one::needed(*lower, *upper)));
                document.paragraph(one::ORIENTATIONS);
            }
            Holds::Regions { domain, points } => {
                let what = format!("{} regions", points.len());
                document.paragraph(counted_words(&what, domain.is_some()));
                if let Some(domain) = domain {
                    document.paragraph(format!("The domain is {}.", sides(domain)));
                }
                let shown: Vec<String> =
                    points.iter().take(MOST_POINTS).map(|p| tuple(p)).collect();
                let more = if points.len() > MOST_POINTS {
                    ", …"
                } else {
                    ""
                };
                document.paragraph(format!(
                    "In each is one of the points {}{more}.",
                    shown.join(", ")
                ));
            }
            Holds::Flips { sets } => one::flip_sets(document, sets),
            Holds::Theorem31(of) | Holds::Refined31(of) | Holds::Theorem33(of) => {
                self.theorem(document, of);
            }
            Holds::LocalMinimum {
                samples,
                loss,
                radius,
            } => {
                let samples = samples.iter().map(|s| (tuple(&s.x), tuple(&s.y)));
                functions::local_minimum(document, samples, loss, radius);
            }
            Holds::Lift { .. } => {
                document.paragraph(
                    "R(Φ)(x, 1, −1) = R(Γ)(x) for all x, and Φ is in N* (Lemma A.6, E2).",
                );
                document.paragraph(one::lift_words("Φ", "Γ"));
            }
            Holds::Reparametrization { distance, .. } => {
                document.item(theorem31::distance_words(distance));
            }
        }
    }

    /// What a theorem says that applies.
    fn theorem(&self, document: &mut Document, of: &StatedTheorem) {
        document.item(match of.form {
            Form::Seminorm => r_words(&of.measure),
            Form::Jump => j_words(&of.measure),
        });
        let root = match of.form {
            Form::Seminorm => "√2·√r",
            Form::Jump => "√J",
        };
        let (applies, name) = match (self.holds, &of.beta) {
            (Holds::Theorem31(_), Some(beta)) => (
                theorem31::applies_words(of.form, beta),
                theorem31::bound_name(of.form).to_owned(),
            ),
            (Holds::Refined31(_), Some(beta)) => (
                format!(
                    "C.2 and C.3 hold for live neurons; neurons of Γ without a partner have |c_i|, ‖a_i‖ ≤ β = {beta}"
                ),
                format!("the refined β + {root} (N6)"),
            ),
            _ => (
                "Γ and Θ are in N*".to_owned(),
                format!("Theorem 3.3's 2·{root} (N7)"),
            ),
        };
        document.item(applies);
        document.item(theorem31::distance_words(&of.distance));
        let value = of
            .bound
            .as_ref()
            .map_or_else(String::new, |bound| format!(" = {bound}"));
        document.item(format!("that is at most {name}{value}"));
    }

    /// The box that is spoken of.
    fn place(&self) -> String {
        let domain = self.holds.domain();
        domain.map_or_else(String::new, |domain| format!(" on {}", sides(domain)))
    }

    /// Γ and Θ with numbers that can be computed with.
    fn families(&self) -> Option<(Family, Option<Family>)> {
        let theta = match &self.claim.theta {
            Some(theta) => Some(family(theta)?),
            None => None,
        };
        let gamma = family(&self.claim.gamma)?;
        // Both with biases if one has some.
        let biased = |family: &Family| family.offset().is_some();
        match biased(&gamma) || theta.as_ref().is_some_and(biased) {
            true => Some((gamma.with_biases(), theta.map(|theta| theta.with_biases()))),
            false => Some((gamma, theta)),
        }
    }

    /// The function that is spoken of: R(Θ) − R(Γ), or R(Γ).
    fn difference(&self) -> Option<Difference> {
        let activation = self.activation.map_or_else(Rational::zero, |a| a.0.clone());
        match self.families()? {
            (gamma, Some(theta)) => Difference::on(self.range, &theta, Some(&gamma), &activation),
            (gamma, None) => Difference::on(self.range, &gamma, None, &activation),
        }
    }

    /// Where the point lies, and what that says.
    fn point_words(&self, point: &[Formula]) -> Option<String> {
        let kinks = self.difference()?.kinks;
        if kinks.is_empty() {
            return Some(EVERYWHERE.to_owned());
        }
        let mut at = Vec::with_capacity(kinks.len());
        for kink in &kinks {
            let mut side = crate::family::Expression::zero();
            for (a, x) in kink.normal.iter().zip(point) {
                side = side.add(&a.mul(&number(x)?));
            }
            at.push(in_t(&side, self.range)?);
        }
        Some(format!(
            "At x = {} the ⟨a_H,x⟩ of the kinks are, in t, {}: none is 0 for any k, and there",
            tuple(point),
            listed(&at)
        ))
    }

    /// What a step shows, in the words of the fact about numbers.
    fn fact(&self, document: &mut Document, step: &SectionFact) {
        match step {
            SectionFact::Equal {} => document.item(match self.holds {
                Holds::Lift { .. } => "The canonical forms agree identically in k.".to_owned(),
                _ => format!("{} That is so identically in k.", functions::EQUAL),
            }),
            SectionFact::SupNorm { point, value } => {
                document.item(functions::vertices_words(self.place().trim_start_matches(" on "), value));
                document.item("Vertices are quotients of determinants in k; each is outside the box for every k, or |f| is at most this there for every k.");
                document.item(functions::attained_at(point));
            }
            SectionFact::JumpNorm { value, kink, .. } => {
                document.item(match self.difference().map(|difference| difference.kinks.len()) {
                    Some(0) => "There are no kinks, so the jump norm is 0.".to_owned(),
                    _ => format!("{} The hyperplanes are different for every k, and it is kink {kink} that jumps so.", jump_words(value)),
                });
            }
            SectionFact::AtLeast { point, output, input, value } => {
                let place = self.point_words(point).unwrap_or_else(|| {
                    format!("At x = {} no ⟨a_H,x⟩ is 0 for any k, and there", tuple(point))
                });
                document.item(entry_words(&place, (*output, *input), value));
            }
            SectionFact::AtMost { bound, nodes, .. } => {
                let nodes: Vec<_> = nodes.iter().collect();
                document.item(tree_words("every entry", bound, &nodes));
            }
            SectionFact::Independent { functionals } => document.item(match functionals.len() {
                1 => "The matrix c_0 a_0ᵀ of Θ is 0 for no k: its neuron cannot be flipped (N3)."
                    .to_owned(),
                count => format!(
                    "The {count} matrices c_i a_iᵀ of Θ are linearly independent for every k (dual functionals): no neurons can be flipped (N3)."
                ),
            }),
            SectionFact::Apart { value, against, sources, places, bindings } => {
                let against = match against {
                    AgainstForAllK::Lines => Against::Lines,
                    AgainstForAllK::AsTheyAre => Against::Flipped(Vec::new()),
                    AgainstForAllK::Both => Against::Both,
                    AgainstForAllK::Fixed => Against::Fixed,
                };
                let pairs = bindings.iter().map(Vec::len).sum::<usize>();
                let apart = match pairs > MOST_PAIRS {
                    true => "the coordinates that keep them apart are in the certificate",
                    false => "what keeps them apart from the others is below",
                };
                let words = placed_words("Θ", &against, (sources, places), value, apart);
                document.item(format!("By Hall's theorem (N5) nothing is nearer: {words}."));
                if pairs <= MOST_PAIRS {
                    for words in self.bindings(step) {
                        document.item(words);
                    }
                }
            }
            SectionFact::OutputBias { value, output } => {
                document.item(format!("{} (N3).", bias_words(&[], *output, value)));
            }
            SectionFact::Distance { neuron, entry } => {
                let value = self.holds.distance().map_or_else(String::new, Formula::to_string);
                document.item(theorem31::attained_words(value, *neuron, *entry));
            }
            SectionFact::Conditions { threshold, beta, flip } => {
                let balanced = theorem31::balance_words("T", threshold, beta);
                document.item(format!("{}: {balanced}, the others an entry of c_i a_i beyond T for every k", condition_name(ConditionName::Balance)));
                for name in [ConditionName::NoParallel, ConditionName::NoOppositePossible] {
                    document.item(format!("{}: minors and products of entries of the a_i keep their signs", condition_name(name)));
                }
                if !flip.is_empty() {
                    document.item(format!("C.3 is asked with the neurons {flip:?} of Θ turned round, over which Σ c_i a_iᵀ = 0 (D03)"));
                }
                document.item(theorem31::DIFFERENT);
            }
            SectionFact::LiveConditions { beta } => {
                for name in [ConditionName::NoParallel, ConditionName::NoOppositePossible] {
                    document.item(format!("{} for live neurons, parallel ones of Θ as one: minors and products of entries of the a_i keep their signs", condition_name(name)));
                }
                document.item(format!("a neuron of Γ has a partner where the outer weights on its hyperplane have one sign for every k; every other has |c_i|, ‖a_i‖ ≤ {beta}. A partner comes within √|q − p| ≤ √T of p, the others are balanced, within β + √T (N6)"));
            }
            SectionFact::Case { neuron, case, threshold } => {
                let star = matches!(self.holds, Holds::Theorem33(_));
                let says = match (star, case) {
                    (true, ProofCase::Unmatched) => "its hyperplane is none of the other network's: p, q ≤ T, so all weights are at most √T".to_owned(),
                    _ => theorem31::inequality(*case, "T"),
                };
                let becomes = match star {
                    true => "as it is in Θ",
                    false => theorem31::replacement(*case),
                };
                let kept = match case {
                    ProofCase::Unmatched | ProofCase::Main(MainCase::Small) if !star => ", or Γ's where it adds nothing",
                    _ => "",
                };
                document.item(format!(
                    "Neuron {neuron}: {}, with p = c^Γ‖a^Γ‖ and q = c^Θ‖a^Θ‖ (64) and T = {threshold}: {says}; Φ's neuron is {becomes}{kept}.",
                    theorem31::label(*case),
                ));
            }
            SectionFact::LocalMinimum {} => {
                document.item("Which end of each interval is larger is the same for every k.");
            }
            SectionFact::Flips { sets, choices } => {
                document.item(flips_words(sets, &Tried::ForAllK(choices)));
            }
            SectionFact::NoOrientation { line, choices } => {
                document.item(fitting_words(*line, false, &Tried::ForAllK(choices)));
            }
            SectionFact::Regions { circuits, nodes } => document.item(format!(
                "None is missing: a tree over the hyperplanes with {} nodes goes through all sign vectors: for each region every product of its point with a normal keeps its sign, and the others are empty by one of {} \
                 circuits Σ μ_H a_H = 0, whose μ_H keep their signs.",
                nodes.len(),
                circuits.len()
            )),
            SectionFact::Member { network } => document.item(format!(
                "{}: the same entries are largest for every k, and some minor of any two a_i keeps its sign",
                one::member_words(side_name(*network), BalancedSet::NStar)
            )),
            SectionFact::Positive { value } => {
                let shown = number(value).and_then(|value| in_t(&value, self.range));
                document.item(match shown {
                    Some(shown) if shown != value.to_string() => {
                        format!("{value} > 0, as {shown} > 0.")
                    }
                    _ => format!("{value} > 0."),
                });
            }
        }
    }

    /// The bindings of an `apart` step, one line each.
    fn bindings(&self, step: &SectionFact) -> Vec<String> {
        let SectionFact::Apart {
            value,
            against,
            sources: named,
            places,
            bindings,
        } = step
        else {
            return Vec::new();
        };
        let Some((value, (gamma, Some(theta)))) = number(value).zip(self.families()) else {
            return Vec::new();
        };
        let rows = sources(&theta, *against, self.range).unwrap_or_default();
        let (ways, what): (&[&str], _) = match against {
            AgainstForAllK::Both => (&[" as it is", " flipped"], "neuron"),
            AgainstForAllK::AsTheyAre | AgainstForAllK::Fixed => (&[""], "neuron"),
            AgainstForAllK::Lines => (&[""], "kink"),
        };
        let mut lines = Vec::new();
        for (&j, bindings) in named.iter().zip(bindings) {
            let others = gamma.neurons().iter().enumerate();
            let others = others.filter(|(i, _)| places.binary_search(i).is_err());
            for ((i, place), bindings) in others.zip(bindings.chunks(ways.len())) {
                for (way, binding) in ways.iter().zip(bindings) {
                    let words = rows.get(j).and_then(|source| {
                        let source = match *way {
                            " flipped" => source.reversed(),
                            _ => source.clone(),
                        };
                        let pair = Pair {
                            source: &source,
                            place,
                            value: &value,
                            range: self.range,
                            fixed: *against == AgainstForAllK::Fixed,
                        };
                        pair.words(binding)
                    });
                    let words = words.unwrap_or_else(|| binding_words(binding));
                    lines.push(format!(
                        "{what} {j} of Θ{way} and neuron {i} of Γ, {words}."
                    ));
                }
            }
        }
        lines
    }
}

#[cfg(test)]
#[path = "tests/family.rs"]
mod tests;
