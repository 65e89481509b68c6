//! The sections of a claim for all k, of which one at a time has its networks built: a short claim may have many sections and long networks.

use std::collections::BTreeMap;

use relucert_format::{ForAllK, Range, StatedRational, Step};

use super::facts::{self, FactForAllK};
use super::kernel::budget::Budget;
use super::kernel::verdict::{Locate as _, Stop, entry, reject};
use super::section::Section;

/// The sections of a claim, what was established in each, and the one that was asked for last.
pub(crate) struct Sections<'a> {
    claim: &'a ForAllK,
    /// The a of max(a·t, t); none for ReLU.
    activation: Option<&'a StatedRational>,
    limits: &'a Budget,
    current: Option<(usize, Section<'a>)>,
    proved: BTreeMap<usize, Vec<FactForAllK>>,
}

impl<'a> Sections<'a> {
    /// Each is built once, to see that it can be.
    pub(crate) fn new(
        claim: &'a ForAllK,
        activation: Option<&'a StatedRational>,
        limits: &'a Budget,
    ) -> Result<Sections<'a>, Stop> {
        let mut sections = Sections {
            claim,
            activation,
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
                Section::new(self.claim, stated, self.activation, self.limits)
                    .in_part(|| format!("for {}", stated.range))?
            }
        };
        let (_, section) = self.current.insert((index, section));
        Ok((section, self.proved.entry(index).or_default()))
    }
}

/// The range, and what t is in messages.
fn how(range: Range) -> String {
    match range {
        Range::From(a) => format!("{range} (k = {a}+t)"),
        Range::Between(a, b) => format!("{range} (k = ({a}+{b}*t)/(1+t))"),
        Range::At(_) => range.to_string(),
    }
}
