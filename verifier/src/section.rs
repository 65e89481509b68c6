//! What the facts of a claim for all k speak of: its families on one section at a time, and what was established in each. A short claim may have many
//! sections and long networks, so one at a time has its networks built.

use std::collections::BTreeMap;

use relucert_format::{FamilyNetwork, ForAllK, Formula, Holds, Range, Section as Stated, Step};

use super::facts::{self, FactForAllK};
use super::kernel::budget::Budget;
use super::kernel::family::{self, Neuron};
use super::kernel::function::Function;
use super::kernel::jumps::Jumps;
use super::kernel::network::Network;
use super::kernel::verdict::{Locate as _, Stop, entry, reject};

/// The families on a range.
pub(crate) struct Section<'a> {
    range: Range,
    pub(crate) gamma: Network<Neuron>,
    pub(crate) theta: Option<Network<Neuron>>,
    /// Φ and ‖Φ − Γ‖_∞ as the section states them.
    phi: Option<(&'a FamilyNetwork, &'a Formula)>,
    pub(crate) limits: &'a Budget,
    /// Computed when a step first needs it.
    difference: Option<Jumps>,
}

impl<'a> Section<'a> {
    fn new(claim: &'a ForAllK, stated: &'a Stated, limits: &'a Budget) -> Result<Self, Stop> {
        limits.tick()?;
        let range = stated.range;
        let gamma = network("Γ", &claim.gamma, range, limits)?;
        let theta = claim.theta.as_ref();
        let theta = theta.map(|theta| network("Θ", theta, range, limits));
        Ok(Section {
            range,
            gamma,
            theta: theta.transpose()?,
            phi: match &stated.holds {
                Holds::Nearest { phi, distance, .. }
                | Holds::Reparametrization { phi, distance } => Some((phi, distance)),
                _ => None,
            },
            limits,
            difference: None,
        })
    }

    /// A number as stated.
    pub(crate) fn number(&self, text: &Formula) -> Result<Function, Stop> {
        Function::stated(text, self.range, self.limits)
    }

    /// Numbers as stated.
    pub(crate) fn row(&self, row: &[Formula]) -> Result<Vec<Function>, Stop> {
        family::row(row, self.range, self.limits)
    }

    pub(crate) fn theta(&self) -> Result<&Network<Neuron>, Stop> {
        match &self.theta {
            Some(theta) => Ok(theta),
            None => reject("the claim has no Θ"),
        }
    }

    /// Φ, and its distance as stated.
    pub(crate) fn phi(&self) -> Result<(Network<Neuron>, &'a Formula), Stop> {
        let Some((phi, distance)) = self.phi else {
            return reject("the section states no Φ");
        };
        Ok((network("Φ", phi, self.range, self.limits)?, distance))
    }

    /// R(Θ) − R(Γ), or R(Γ).
    pub(crate) fn difference(&mut self) -> Result<&Jumps, Stop> {
        let difference = match self.difference.take() {
            Some(difference) => difference,
            None => match &self.theta {
                Some(theta) => Jumps::new(theta, Some(&self.gamma), self.limits)?,
                None => Jumps::new(&self.gamma, None, self.limits)?,
            },
        };
        Ok(self.difference.insert(difference))
    }
}

/// The sections of a claim, what was established in each, and the one that was asked for last.
pub(crate) struct Sections<'a> {
    claim: &'a ForAllK,
    limits: &'a Budget,
    current: Option<(usize, Section<'a>)>,
    proved: BTreeMap<usize, Vec<FactForAllK>>,
}

impl<'a> Sections<'a> {
    /// Each is built once, to see that it can be.
    pub(crate) fn new(claim: &'a ForAllK, limits: &'a Budget) -> Result<Sections<'a>, Stop> {
        let mut sections = Sections {
            claim,
            limits,
            current: None,
            proved: BTreeMap::new(),
        };
        for index in 0..claim.sections.len() {
            sections.at(index)?;
        }
        Ok(sections)
    }

    /// Checks a step, in its section.
    pub(crate) fn step(&mut self, step: &Step) -> Result<(), Stop> {
        let Step::Section(step) = step else {
            return reject("a claim for all k is proved by steps of its sections");
        };
        let (section, proved) = self.at(step.section)?;
        let fact = facts::check_for_all_k(&step.by, section, proved);
        proved.push(fact.in_part(|| format!("for {}", how(section.range)))?);
        Ok(())
    }

    /// A section, built anew where the last one asked for was another, and what was established in it. Steps of a section that follow each other cost
    /// least.
    pub(crate) fn at(
        &mut self,
        index: usize,
    ) -> Result<(&mut Section<'a>, &mut Vec<FactForAllK>), Stop> {
        let stated = entry(&self.claim.sections, index, "section")?;
        let section = match self.current.take() {
            Some((at, section)) if at == index => section,
            other => {
                drop(other); // Before the next one takes its place.
                Section::new(self.claim, stated, self.limits)
                    .in_part(|| format!("for {}", stated.range))?
            }
        };
        let (_, section) = self.current.insert((index, section));
        Ok((section, self.proved.entry(index).or_default()))
    }
}

/// A network of a claim on a range.
fn network(
    name: &str,
    family: &FamilyNetwork,
    range: Range,
    limits: &Budget,
) -> Result<Network<Neuron>, Stop> {
    Network::on(family, range, limits).in_part(|| name.to_owned())
}

/// The range, and what t is in messages.
fn how(range: Range) -> String {
    match range {
        Range::From(a) => format!("{range} (k = {a}+t)"),
        Range::Between(a, b) => format!("{range} (k = ({a}+{b}*t)/(1+t))"),
        Range::At(_) => range.to_string(),
    }
}
