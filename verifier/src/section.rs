//! What the facts of a claim for all k speak of: its families on the range of a section.

use relucert_format::{
    FamilyNetwork, ForAllK, Formula, Holds, Range, SampleForAllK, Section as Stated,
};

use super::kernel::budget::Budget;
use super::kernel::family::{self, Neuron};
use super::kernel::function::Function;
use super::kernel::jumps::Jumps;
use super::kernel::network::Network;
use super::kernel::verdict::{Stop, reject};
use super::subject::Domain;

/// The families on a range.
pub(crate) struct Section<'a> {
    pub(crate) range: Range,
    pub(crate) gamma: Network<Neuron>,
    pub(crate) theta: Option<Network<Neuron>>,
    /// Φ and ‖Φ − Γ‖_∞ as the section states them.
    phi: Option<(&'a FamilyNetwork, &'a Formula)>,
    holds: &'a Holds,
    /// The box it speaks of.
    pub(crate) domain: Option<&'a Domain>,
    pub(crate) limits: &'a Budget,
    /// Computed when a step first needs it.
    difference: Option<Jumps>,
}

impl<'a> Section<'a> {
    /// Of a claim, with its networks built.
    pub(crate) fn new(
        claim: &'a ForAllK,
        stated: &'a Stated,
        limits: &'a Budget,
    ) -> Result<Self, Stop> {
        limits.tick()?;
        let range = stated.range;
        let gamma = Network::on("Γ", &claim.gamma, range, limits)?;
        let theta = claim.theta.as_ref();
        let theta = theta.map(|theta| Network::on("Θ", theta, range, limits));
        Ok(Section {
            range,
            gamma,
            theta: theta.transpose()?,
            phi: match &stated.holds {
                Holds::Nearest { phi, distance, .. }
                | Holds::Theorem31 { phi, distance, .. }
                | Holds::Reparametrization { phi, distance } => Some((phi, distance)),
                _ => None,
            },
            holds: &stated.holds,
            domain: stated.holds.domain(),
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
        Ok((Network::on("Φ", phi, self.range, self.limits)?, distance))
    }

    /// Samples, loss and radius, as stated.
    pub(crate) fn samples(&self) -> Option<(&'a [SampleForAllK], &'a Formula, &'a Formula)> {
        match self.holds {
            Holds::LocalMinimum {
                samples,
                loss,
                radius,
            } => Some((samples, loss, radius)),
            _ => None,
        }
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
