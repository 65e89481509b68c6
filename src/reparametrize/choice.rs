//! Which theorem is asked, and what is done where none applies.

use super::answer::{Reparametrization, Said};
use super::error::ReparametrizeError;
use super::options::Options;
use crate::certificate::{ConditionName, Networks, Side};
use crate::nearest;
use crate::parametrizations::{C3, Limits, c3_possible};
use crate::realization::{Subject, split};
use crate::stability::{
    Analysis, Measured, Missing, Pair, StabilityError, Theorem, check_one_output, refined31,
    theorem31, theorem31_flipped, theorem33,
};

/// A question about a pair whose r and J are known.
struct Question<'a> {
    pair: &'a Pair,
    options: &'a Options,
    measured: Measured,
}

impl Pair {
    /// The parametrization of R(Θ) near Γ by the strongest theorem that applies: Theorem 3.1 for Θ as given or with some neurons flipped
    /// (the theorem asks for some Θ of g), its refined form, Theorem 3.3. r is measured once.
    ///
    /// Cost: that of r, see [`branch_and_bound`](crate::realization::branch_and_bound); if C.3 alone fails, of a search for orientations
    /// of the neurons; the rest is polynomial in the numbers of neurons and inputs.
    ///
    /// # Errors
    /// [`ReparametrizeError`] if the shapes differ, the theorem that was asked is not about such networks, the form 2r was asked and r is
    /// only bracketed, `nearest` was asked for and is stopped by a limit before anything is known, or `checkpoint` is a folder of something else.
    pub fn reparametrize(
        &self,
        options: &Options,
    ) -> Result<Reparametrization, ReparametrizeError> {
        let theorem = options
            .theorem
            .or(options.beta.is_some().then_some(Theorem::Main));
        let sums = self.sums();
        if let Some((network, neuron)) = sums {
            let sizes = network == "Γ" || theorem == Some(Theorem::Star);
            if sizes && (theorem.is_some() || options.form.is_some()) {
                return Err(StabilityError::Sums { network, neuron }.into());
            }
        }
        let one_output = match theorem {
            Some(theorem) => theorem != Theorem::Star,
            None => self.gamma.outputs() == 1 && sums.is_none_or(|(network, _)| network == "Θ"),
        };
        if one_output {
            check_one_output(&self.gamma, &self.theta)?;
        }
        let question = Question {
            measured: self.measured(options)?,
            pair: self,
            options,
        };
        let answer = match theorem {
            Some(Theorem::Main) => question.main()?,
            Some(Theorem::Refined) => question.refined()?.into(),
            Some(Theorem::Star) => question.star()?.into(),
            None => question.strongest(one_output)?,
        };
        let nearest = match options.nearest && answer.analysis.construction.is_none() {
            true => Some(question.nearest()?),
            false => None,
        };
        Ok(Reparametrization::new(
            self.clone(),
            question.measured,
            answer,
            nearest,
        ))
    }
}

impl Pair {
    /// r and J.
    fn measured(&self, options: &Options) -> Result<Measured, ReparametrizeError> {
        let (gamma, theta, limits) = (&self.gamma, &self.theta, &options.limits);
        let Some(folder) = &options.checkpoint else {
            return Ok(Measured::new(gamma, theta, limits)?);
        };
        let difference = Measured::difference(gamma, theta)?;
        let question = split::Question {
            subject: Subject {
                networks: Networks {
                    gamma: gamma.into(),
                    theta: Some(theta.into()),
                    phi: None,
                },
                activation: None,
            },
            form: difference.clone(),
            affine: false,
            gap: limits.gap.clone(),
        };
        let seminorm = split::search_kept(folder, question, limits)
            .map_err(|error| ReparametrizeError::Checkpoint(error.to_string()))?;
        Ok(Measured::of(difference, seminorm))
    }
}

impl Question<'_> {
    /// Theorem 3.1 for Θ, or where C.3 alone fails for it, for another Θ′ of g if there is one.
    fn main(&self) -> Result<Said, StabilityError> {
        let Pair { gamma, theta, .. } = self.pair;
        let (form, beta) = (self.options.form, self.options.beta.as_ref());
        let analysis = theorem31(gamma, theta, &self.measured, form, beta)?;
        if analysis.missing.is_empty() || !analysis.missing.iter().all(is_of_theta) {
            return Ok(analysis.into());
        }
        let c3 = c3_possible(gamma, theta, false, &self.limits());
        let analysis = match &c3 {
            C3::Possible { flip } => {
                theorem31_flipped(gamma, theta, flip, &self.measured, form, beta)?
            }
            _ => analysis,
        };
        Ok(Said {
            c3: Some(c3),
            ..analysis.into()
        })
    }

    fn refined(&self) -> Result<Analysis, StabilityError> {
        let Pair { gamma, theta, .. } = self.pair;
        // Among several theorems a form is for the others: the refined bound is least with J.
        let form = self.options.theorem.and(self.options.form);
        refined31(gamma, theta, &self.measured, form)
    }

    fn star(&self) -> Result<Analysis, StabilityError> {
        let Pair { gamma, theta, .. } = self.pair;
        theorem33(gamma, theta, &self.measured, self.options.form)
    }

    /// The first theorem that applies, or all that is missing.
    fn strongest(&self, one_output: bool) -> Result<Said, StabilityError> {
        let mut missing = Vec::new();
        if one_output {
            let main = self.main()?;
            if main.analysis.construction.is_some() {
                return Ok(main);
            }
            let refined = self.refined()?;
            if refined.construction.is_some() {
                return Ok(refined.into());
            }
            missing.extend(main.missing);
        } else if self.pair.gamma.outputs() != 1 {
            let outputs = self.pair.gamma.outputs();
            missing.push(Missing::OneOutput { outputs });
        }
        let star = match self.pair.sums() {
            None => self.star()?,
            Some((network, neuron)) => {
                missing.push(Missing::OneRoot { network, neuron });
                Analysis {
                    construction: None,
                    ..self.star()?
                }
            }
        };
        if star.construction.is_some() {
            return Ok(star.into());
        }
        missing.extend(star.missing.iter().cloned());
        Ok(Said {
            missing,
            alone: false,
            ..star.into()
        })
    }

    fn nearest(&self) -> Result<nearest::Answer, ReparametrizeError> {
        let options = nearest::Options {
            watch: self.options.limits.watch.afresh(),
            flips: self.limits(),
            ..nearest::Options::default()
        };
        let (gamma, theta) = (self.pair.given_gamma(), self.pair.given_theta());
        Ok(nearest::nearest(gamma, theta, &options)?)
    }

    /// The caller's limits for a search of sets of neurons.
    fn limits(&self) -> Limits {
        Limits {
            watch: self.options.limits.watch.afresh(),
            ..Limits::default()
        }
    }
}

/// Whether another Θ of the same function may do without this violation.
fn is_of_theta(missing: &Missing) -> bool {
    let Missing::Condition(violation) = missing else {
        return false;
    };
    matches!(
        (violation.name, violation.network),
        (ConditionName::NoOppositeWithin, Some(Side::Theta))
            | (ConditionName::NoOppositeBetween, _)
    )
}
