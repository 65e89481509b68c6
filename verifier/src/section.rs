//! What the facts of a claim for all k speak of: its families on the range of a section.

use num_rational::BigRational;
use num_traits::{One as _, Signed as _};
use relucert_format::{
    ForAllK, Formula, Holds, Range, SampleForAllK, Section as Stated, StatedRational, Surd,
};

use super::kernel::boxed::Sides;
use super::kernel::budget::Budget;
use super::kernel::family::{self, Neuron};
use super::kernel::function::Function;
use super::kernel::jumps::{Jumps, Reading};
use super::kernel::network::Network;
use super::kernel::verdict::{Stop, equal, reject};
use super::subject::Domain;

/// The families on a range.
pub(crate) struct Section<'a> {
    pub(crate) range: Range,
    pub(crate) gamma: Network<Neuron>,
    pub(crate) theta: Option<Network<Neuron>>,
    holds: &'a Holds,
    /// The box it speaks of.
    pub(crate) domain: Option<&'a Domain>,
    reading: Reading,
    pub(crate) limits: &'a Budget,
    /// Computed when a step first needs it.
    difference: Option<Jumps>,
}

impl<'a> Section<'a> {
    /// Of a claim, with its networks built.
    pub(crate) fn new(
        claim: &'a ForAllK,
        stated: &'a Stated,
        activation: Option<&StatedRational>,
        limits: &'a Budget,
    ) -> Result<Self, Stop> {
        limits.tick()?;
        let range = stated.range;
        let networks = [Some(&claim.gamma), claim.theta.as_ref()];
        let biased = networks.iter().flatten().any(|network| network.b.is_some());
        let affine = match &stated.holds {
            Holds::Lift { .. } => true,
            Holds::Regions { domain, .. } => biased || domain.is_some(),
            _ => biased,
        };
        let gamma = Network::on("Γ", &claim.gamma, range, affine, limits)?;
        let theta = claim.theta.as_ref();
        let theta = theta.map(|theta| Network::on("Θ", theta, range, affine, limits));
        let activation = match activation {
            Some(a) => {
                let one = BigRational::one();
                let number = |value| Function::surd(&Surd::from(value), limits);
                Some([number(&one + &a.0)?, number((&one - &a.0).abs())?])
            }
            None => None,
        };
        Ok(Section {
            range,
            gamma,
            theta: theta.transpose()?,
            holds: &stated.holds,
            domain: stated.holds.domain(),
            reading: Reading { activation, affine },
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

    /// Φ; that of a lift has no biases.
    pub(crate) fn phi(&self) -> Result<Network<Neuron>, Stop> {
        let Some(phi) = self.holds.phi() else {
            return reject("the section states no Φ");
        };
        let affine = self.reading.affine && !self.is_lift();
        match phi.b.is_some() && !affine {
            true => reject("Φ has biases, and the families have none"),
            false => Network::on("Φ", phi, self.range, affine, self.limits),
        }
    }

    /// How far Φ is stated to be from Γ.
    pub(crate) fn distance(&self) -> Result<Function, Stop> {
        match self.holds.distance() {
            Some(distance) => self.number(distance),
            None => reject("the section states no distance"),
        }
    }

    /// Whether it speaks of Theorem 3.3.
    pub(crate) fn is_star(&self) -> bool {
        matches!(self.holds, Holds::Theorem33(_))
    }

    fn is_lift(&self) -> bool {
        matches!(self.holds, Holds::Lift { .. })
    }

    /// Rejects families with biases, of which what is said would be of the homogenised ones.
    pub(crate) fn without_biases(&self, what: &str) -> Result<(), Stop> {
        match self.reading.affine {
            true => reject(format!("{what} for all k is of networks without biases")),
            false => Ok(()),
        }
    }

    /// How many inputs the Jacobian has.
    pub(crate) fn columns(&self) -> usize {
        self.gamma.inputs - usize::from(self.reading.affine)
    }

    /// The neurons of a network but for the output bias where it is none.
    pub(crate) fn movable<'b>(&self, network: &'b Network<Neuron>) -> &'b [Neuron] {
        let count = network.neurons.len() - usize::from(self.reading.affine);
        network.neurons.get(..count).unwrap_or_default()
    }

    /// The output bias of a network.
    pub(crate) fn output_bias<'b>(
        &self,
        network: &'b Network<Neuron>,
    ) -> Result<&'b [Function], Stop> {
        match network.neurons.last() {
            Some(last) if self.reading.affine => Ok(&last.c),
            _ => reject("the networks have no output bias"),
        }
    }

    /// One function less another, or one alone.
    pub(crate) fn jumps(
        &self,
        plus: &Network<Neuron>,
        minus: Option<&Network<Neuron>>,
    ) -> Result<Jumps, Stop> {
        Jumps::new(plus, minus, &self.reading, self.limits)
    }

    /// One kink for each hyperplane of Γ's neurons, on the box if there is one: with 1 for all outer weights none cancels.
    pub(crate) fn hyperplanes(&self) -> Result<Jumps, Stop> {
        let (mut gamma, limits) = (self.gamma.clone(), self.limits);
        gamma.outputs = 1;
        for neuron in &mut gamma.neurons {
            neuron.c = vec![Function::one()];
        }
        let arrangement = self.jumps(&gamma, None)?;
        match self.domain {
            Some(domain) => arrangement.inside(&Sides::new(domain), limits),
            None => Ok(arrangement),
        }
    }

    /// The points of regions, as stated.
    pub(crate) fn points(&self) -> Option<&'a [Vec<Formula>]> {
        match self.holds {
            Holds::Regions { points, .. } => Some(points),
            _ => None,
        }
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

    /// R(Θ) − R(Γ), or R(Γ), or where a section of Γ alone states Φ R(Γ) − R(Φ), of a lift R(Γ)(x) − R(Φ)(x, 1, −1).
    pub(crate) fn difference(&mut self) -> Result<&Jumps, Stop> {
        let difference = match self.difference.take() {
            Some(difference) => difference,
            None => match &self.theta {
                Some(theta) => self.jumps(theta, Some(&self.gamma))?,
                None if self.holds.phi().is_some() => {
                    let phi = match self.is_lift() {
                        true => self.phi()?.lowered(self.limits)?,
                        false => self.phi()?,
                    };
                    equal("inputs of Φ", phi.inputs, self.gamma.inputs)?;
                    equal("outputs of Φ", phi.outputs, self.gamma.outputs)?;
                    self.jumps(&self.gamma, Some(&phi))?
                }
                None => self.jumps(&self.gamma, None)?,
            },
        };
        Ok(self.difference.insert(difference))
    }
}
