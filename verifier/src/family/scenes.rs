//! The sections of a claim, of which one at a time has its networks built: a short claim may have many sections and long networks.

use std::collections::BTreeMap;

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
    proved: BTreeMap<usize, Proved>,
}

/// What was established in a section.
#[derive(Default)]
pub(crate) struct Proved {
    pub(crate) facts: Vec<Fact>,
    /// Whether no neurons of Θ can be flipped.
    pub(super) independent: bool,
}

impl<'a> Scenes<'a> {
    /// Of a claim; each scene is built once, to see that it can be.
    pub(crate) fn new(claim: &'a ForAllK, limits: &'a Budget) -> Result<Scenes<'a>, Stop> {
        let mut scenes = Scenes {
            claim,
            limits,
            current: None,
            proved: BTreeMap::new(),
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
        let (scene, proved) = self.at(step.section)?;
        let fact = scene.step(&step.by, proved.independent);
        let fact = fact.in_part(|| format!("for {}", how(scene.range)))?;
        proved.independent |= matches!(fact, Fact::Independent);
        proved.facts.push(fact);
        Ok(())
    }

    /// The scene of a section, built anew where the last one asked for was another, and what was established. Steps of a section that follow each other
    /// cost least.
    pub(crate) fn at(&mut self, index: usize) -> Result<(&mut Scene<'a>, &mut Proved), Stop> {
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
        Ok((scene, self.proved.entry(index).or_default()))
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
