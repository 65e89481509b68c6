//! The sections of a claim, of which one at a time has its networks built: a short claim may have many sections and long networks.

use std::collections::BTreeSet;

use super::network::Network;
use super::steps::Scene;
use crate::kernel::budget::Budget;
use crate::kernel::verdict::{Locate as _, Stop, differ};
use relucert_format::{ForAllK, Holds, Section};

/// The sections, and the scene of the one that was asked for last.
pub(super) struct Scenes<'a> {
    claim: &'a ForAllK,
    limits: &'a Budget,
    current: Option<(usize, Scene<'a>)>,
    /// The sections where nothing can be flipped.
    independent: BTreeSet<usize>,
}

impl<'a> Scenes<'a> {
    /// Of a claim; nothing is built.
    pub(super) fn new(claim: &'a ForAllK, limits: &'a Budget) -> Scenes<'a> {
        Scenes {
            claim,
            limits,
            current: None,
            independent: BTreeSet::new(),
        }
    }

    /// The scene of a section, built anew where the last one asked for was another. Steps of a section that follow each other cost least.
    pub(super) fn at(&mut self, index: usize) -> Result<&mut Scene<'a>, Stop> {
        let claim = self.claim;
        let Some(section) = claim.sections.get(index) else {
            let below = format!("an index below {}", claim.sections.len());
            return differ("there is no such section", index, below);
        };
        let scene = match self.current.take() {
            Some((at, scene)) if at == index => scene,
            other => {
                if let Some((at, scene)) = other
                    && scene.independent
                {
                    self.independent.insert(at);
                }
                self.build(index, section)
                    .in_part(|| format!("for {}", section.range))?
            }
        };
        let (_, scene) = self.current.insert((index, scene));
        Ok(scene)
    }

    fn build(&self, index: usize, section: &'a Section) -> Result<Scene<'a>, Stop> {
        let (claim, range, limits) = (self.claim, section.range, self.limits);
        limits.tick()?;
        let gamma = Network::stated(&claim.gamma, range, limits).in_part(|| "Γ".to_owned())?;
        let theta = claim
            .theta
            .as_ref()
            .map(|theta| Network::stated(theta, range, limits).in_part(|| "Θ".to_owned()));
        let mut scene = Scene::new(range, gamma, theta.transpose()?, limits);
        scene.independent = self.independent.contains(&index);
        if let Holds::Nearest { phi, distance, .. } | Holds::Reparametrization { phi, distance } =
            &section.holds
        {
            scene.phi = Some((phi, distance));
        }
        Ok(scene)
    }
}
