//! The sections of a claim, of which one at a time has its networks built: a short claim may have many sections and long networks.

use std::collections::BTreeSet;

use super::network::Network;
use super::steps::{Fact, Scene};
use crate::kernel::budget::Budget;
use crate::kernel::verdict::{Locate as _, Stop, entry, reject};
use relucert_format::{ForAllK, Holds, Range, Section, Step};

/// The sections, what was established in each, and the scene of the one that was asked for last.
pub(crate) struct Scenes<'a> {
    claim: &'a ForAllK,
    limits: &'a Budget,
    current: Option<(usize, Scene<'a>)>,
    facts: Vec<Vec<Fact>>,
    /// The sections where nothing can be flipped.
    independent: BTreeSet<usize>,
}

impl<'a> Scenes<'a> {
    /// Of a claim; each scene is built once, to see that it can be.
    pub(crate) fn new(claim: &'a ForAllK, limits: &'a Budget) -> Result<Scenes<'a>, Stop> {
        let mut scenes = Scenes {
            claim,
            limits,
            current: None,
            facts: claim.sections.iter().map(|_| Vec::new()).collect(),
            independent: BTreeSet::new(),
        };
        for index in 0..claim.sections.len() {
            scenes.at(index)?;
        }
        Ok(scenes)
    }

    /// Checks a step, in its section.
    pub(crate) fn step(&mut self, step: &Step) -> Result<(), Stop> {
        let Step::Section(step) = step else {
            return reject("a claim for all k is proved by steps of its sections");
        };
        let independent = self.independent.contains(&step.section);
        let scene = self.at(step.section)?;
        let range = scene.range;
        let fact = scene.step(&step.by, independent);
        let fact = fact.in_part(|| format!("for {}", how(range)))?;
        if matches!(fact, Fact::Independent) {
            self.independent.insert(step.section);
        }
        if let Some(facts) = self.facts.get_mut(step.section) {
            facts.push(fact);
        }
        Ok(())
    }

    /// The scene of a section, and what was established in it.
    pub(crate) fn found(&mut self, index: usize) -> Result<(&Scene<'a>, &[Fact]), Stop> {
        self.at(index)?;
        let scene = self.current.as_ref().map(|(_, scene)| scene);
        match scene.zip(self.facts.get(index)) {
            Some((scene, facts)) => Ok((scene, facts)),
            None => reject("there is no such section"),
        }
    }

    /// The scene of a section, built anew where the last one asked for was another. Steps of a section that follow each other cost least.
    fn at(&mut self, index: usize) -> Result<&mut Scene<'a>, Stop> {
        let section = entry(&self.claim.sections, index, "section")?;
        let scene = match self.current.take() {
            Some((at, scene)) if at == index => scene,
            other => {
                drop(other); // Before the next one takes its place.
                self.build(section)
                    .in_part(|| format!("for {}", section.range))?
            }
        };
        let (_, scene) = self.current.insert((index, scene));
        Ok(scene)
    }

    fn build(&self, section: &'a Section) -> Result<Scene<'a>, Stop> {
        let (claim, range, limits) = (self.claim, section.range, self.limits);
        limits.tick()?;
        let gamma = Network::stated(&claim.gamma, range, limits).in_part(|| "Γ".to_owned())?;
        let theta = claim.theta.as_ref();
        let theta =
            theta.map(|theta| Network::stated(theta, range, limits).in_part(|| "Θ".to_owned()));
        Ok(Scene {
            range,
            gamma,
            theta: theta.transpose()?,
            phi: match &section.holds {
                Holds::Nearest { phi, distance, .. }
                | Holds::Reparametrization { phi, distance } => Some((phi, distance)),
                _ => None,
            },
            limits,
            difference: None,
        })
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
