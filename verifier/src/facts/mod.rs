//! The table of facts: each kind once, with its checker; their sentences stand in `fact`.

mod apart;
mod case;
mod condition;
mod distance;
mod equal;
mod fact;
mod flips;
mod height;
mod hypotheses;
mod jump_norm;
mod layer;
mod local_minimum;
pub(crate) mod open;
mod rank;
mod regions;
mod rewriting;
mod seminorm;
mod sup_norm;

use relucert_format::{AgainstForAllK, SectionFact, Step};

use crate::kernel::binding::Pairs;
use crate::kernel::verdict::{Stop, reject};
use crate::scene::Scene;
use crate::section::Section;

pub(crate) use condition::{least_beta, refined_bound};
pub(crate) use fact::{Apart, Fact, FactForAllK, name};

/// Checks a step, by the checker of its kind.
pub(crate) fn check(step: &Step, scene: &mut Scene) -> Result<Fact, Stop> {
    match step {
        Step::Equal(_) => equal::equal(scene),
        Step::Differ(step) => equal::differ(step, scene),
        Step::Seminorm(step) => seminorm::seminorm(step, scene),
        Step::JumpNorm(step) => jump_norm::jump_norm(step, scene),
        Step::SupNorm(step) => sup_norm::sup_norm(step, scene),
        Step::Height(step) => height::height(step, scene),
        Step::LocalMinimum(_) => local_minimum::local_minimum(scene),
        Step::Condition(step) => condition::condition(step, scene),
        Step::Case(step) => case::case(step, scene),
        Step::Distance(step) => distance::distance(step, scene),
        Step::Apart(step) => apart::apart(step, scene),
        Step::Flips(step) => flips::flips(step, scene),
        Step::NoOrientation(step) => flips::no_orientation(step, scene),
        Step::Circuits(step) => {
            scene.circuits(&step.circuits)?;
            Ok(Fact::Circuits)
        }
        Step::Regions(step) => regions::regions(step, scene),
        Step::Layer(step) => layer::layer(step, scene),
        Step::Rank(step) => rank::rank(step, scene),
        Step::Rewrite(step) => rewriting::rewrite(step, scene),
        Step::Permute(step) => rewriting::permute(step, scene),
        Step::Section(_) => reject("the step belongs to a claim for all k"),
        Step::Deep(_) => reject("the step belongs to a claim about networks of any depth"),
    }
}

/// Checks a fact for all k of a section where others are `proved`, by the checker of its kind.
pub(crate) fn check_for_all_k(
    fact: &SectionFact,
    section: &mut Section,
    proved: &[FactForAllK],
) -> Result<FactForAllK, Stop> {
    match fact {
        SectionFact::Equal {} => equal::for_all_k(section),
        SectionFact::JumpNorm {
            value,
            kink,
            output,
            input,
        } => jump_norm::for_all_k(value, *kink, [*output, *input], section),
        SectionFact::SupNorm { point, value } => sup_norm::for_all_k(point, value, section),
        SectionFact::AtLeast {
            point,
            output,
            input,
            value,
        } => seminorm::at_least_for_all_k(point, [*output, *input], value, section),
        SectionFact::AtMost {
            bound,
            circuits,
            nodes,
        } => seminorm::at_most_for_all_k(bound, circuits, nodes, section),
        SectionFact::Independent { functionals } => flips::none_for_all_k(functionals, section),
        SectionFact::Apart {
            value,
            against,
            sources,
            places,
            bindings,
        } => {
            let value = section.number(value)?;
            let pairs = Pairs {
                sources,
                places,
                bindings,
                value: &value,
                limits: section.limits,
            };
            apart::for_all_k(*against, &pairs, section, proved)?;
            Ok(FactForAllK::Apart(value, *against == AgainstForAllK::Fixed))
        }
        SectionFact::Distance { neuron, entry } => distance::for_all_k(*neuron, *entry, section),
        SectionFact::Conditions {
            threshold,
            beta,
            flip,
        } => hypotheses::conditions([threshold, beta], flip, section),
        SectionFact::Case {
            neuron,
            case,
            threshold,
        } => case::for_all_k(*neuron, *case, threshold, section),
        SectionFact::LocalMinimum {} => local_minimum::for_all_k(section),
        SectionFact::OutputBias { value, output } => {
            let value = section.number(value)?;
            apart::output_bias_for_all_k(&value, *output, section, proved)?;
            Ok(FactForAllK::Apart(value, false))
        }
        SectionFact::Flips { sets, choices } => flips::flips_for_all_k(sets, choices, section),
        SectionFact::NoOrientation { line, choices } => {
            flips::no_orientation_for_all_k(*line, choices, section)
        }
        SectionFact::Regions { circuits, nodes } => regions::for_all_k(circuits, nodes, section),
        SectionFact::LiveConditions { beta } => hypotheses::live_conditions(beta, section),
        SectionFact::Member { network } => hypotheses::member(*network, section),
        SectionFact::Positive { value } => {
            let value = section.number(value)?;
            value.positive("the value", section.limits)?;
            Ok(FactForAllK::Positive(value))
        }
    }
}
