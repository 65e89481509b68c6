//! What each kind of claim asks of its statement, before any step is read.

use super::network::Network;
use super::number::Q;
use super::proof::{Proof, Setting};
use super::surd::Sum;
use super::verdict::{Stop, differ, equal, reject};
use relucert_format::{
    Claim, ConditionName, Form, LocalMinimumClaim, Rational, SeminormClaim, Surd, Theorem31,
};

/// One pair lower < upper an input.
pub(super) type Domain = [(Rational, Rational)];

impl Proof<'_> {
    /// The networks that the claim needs are there and fit together, and its numbers can be what they are said to be.
    pub(super) fn check_claim(&self) -> Result<(), Stop> {
        let [inputs, _, outputs] = self.gamma.shape();
        if let Some(theta) = &self.theta {
            // Θ of a lift is homogenised: one input more than it is stated with, where Γ has two.
            let lifted = usize::from(matches!(self.claim, Claim::Lift(_)));
            equal("inputs of Θ against Γ", theta.inputs + lifted, inputs)?;
            equal("outputs of Θ against Γ", theta.outputs, outputs)?;
        }
        let lacks_theta = || reject("the statement lacks Θ");
        match self.claim {
            Claim::Reparametrization(_) => self.check_shapes(),
            Claim::Theorem31(theorem) => {
                self.check_shapes()?;
                self.check_theorem(theorem)
            }
            Claim::Theorem33(_) | Claim::Refined31(_) => {
                self.check_shapes()?;
                self.check_setting()
            }
            Claim::Nearest(claim) => self.check_nearest(claim),
            _ if self.phi.is_some() => reject("this claim does not speak of Φ"),
            Claim::Condition(claim) if self.theta.is_none() => match claim.name {
                ConditionName::Balance | ConditionName::NoOppositePossible => lacks_theta(),
                _ => Ok(()),
            },
            Claim::Condition(_) | Claim::JumpNorm(_) => Ok(()),
            Claim::Equal(_) | Claim::Differ(_) | Claim::Lift(_) | Claim::Minimal(_)
                if self.theta.is_none() =>
            {
                lacks_theta()
            }
            Claim::Equal(claim) => self.check_domain(claim.domain.as_deref()),
            Claim::Differ(claim) => self.check_domain(claim.domain.as_deref()),
            Claim::Seminorm(claim) => check_seminorm(claim),
            Claim::SupNorm(claim) => self.check_domain(Some(&claim.domain)),
            Claim::LocalMinimum(_) if self.theta.is_some() => {
                reject("a claim about the loss does not speak of Θ")
            }
            Claim::LocalMinimum(claim) => self.check_samples(claim),
            Claim::Arrangement(_) if self.theta.is_some() => {
                reject("an arrangement claim does not speak of Θ")
            }
            Claim::Flips(_) | Claim::Unique(_) if self.theta.is_some() => {
                reject("the claim speaks of Γ alone, not of Θ")
            }
            Claim::Flips(claim) if claim.sets.is_empty() => reject("the claim names no set"),
            Claim::Minimal(claim) => self.check_minimal(claim),
            Claim::Arrangement(_) | Claim::Lift(_) | Claim::Flips(_) | Claim::Unique(_) => Ok(()),
            // It has a room of its own, `family`.
            Claim::ForAllK(_) => reject("not a claim about networks of numbers"),
        }
    }

    /// Θ and Φ are there, as large as Γ.
    fn check_shapes(&self) -> Result<(), Stop> {
        let theta = self.theta.as_ref().map(Network::shape);
        let phi = self.phi.as_ref().map(|phi| phi.shape);
        self.check_shape("Θ", theta)?;
        self.check_shape("Φ", phi)
    }

    /// The network is there, as large as Γ.
    pub(super) fn check_shape(&self, name: &str, shape: Option<[usize; 3]>) -> Result<(), Stop> {
        let Some(shape) = shape else {
            return reject(format!("the statement lacks {name}"));
        };
        let reason = format!("inputs, neurons, outputs of {name} against Γ");
        let expected = format!("{:?}", self.gamma.shape());
        equal(reason, format!("{shape:?}"), expected)
    }

    /// The numbers of a theorem-3.1 claim can be what they are said to be.
    fn check_theorem(&self, theorem: &Theorem31) -> Result<(), Stop> {
        self.check_setting()?;
        if Sum::stated(&theorem.beta)?.sign(self.limits)?.is_lt() {
            return differ("beta must not be negative", &theorem.beta, ">= 0");
        }
        let bounds = &theorem.bounds;
        is_bounded([&bounds.paper, &bounds.sharp, &bounds.jump])
    }

    /// What a claim of Theorem 3.1, of its refined form, or of Theorem 3.3 says of g − R(Γ) can be so.
    fn check_setting(&self) -> Result<(), Stop> {
        let Some(setting) = Setting::of(self.claim) else {
            return Ok(());
        };
        match self.claim {
            Claim::Theorem33(claim) => {
                let bounds = &claim.bounds;
                is_bounded([&bounds.paper, &bounds.sharp, &bounds.jump])?;
            }
            _ => equal("Theorem 3.1 is for one output: D", self.gamma.outputs, 1)?,
        }
        let (lower, upper) = (Q::from(&setting.r.lower), Q::from(&setting.r.upper));
        check_bracket(&lower, &upper)?;
        if setting.form == Form::Seminorm {
            equal(
                "the seminorm form needs r exactly: upper end",
                &upper,
                &lower,
            )?;
        }
        let (jump, most) = (Q::from(setting.jump), upper.double());
        if jump.is_negative() || jump > most {
            return differ("jump norm", jump, format!("0 <= J <= 2r <= {most}"));
        }
        Ok(())
    }

    /// Samples have the network's inputs and outputs.
    fn check_samples(&self, claim: &LocalMinimumClaim) -> Result<(), Stop> {
        if claim.samples.is_empty() {
            return reject("there are no samples");
        }
        let radius = Q::from(&claim.radius);
        if radius.is_negative() {
            return differ("radius", radius, ">= 0");
        }
        let inputs = self.gamma.inputs - usize::from(self.homogenised);
        for (i, sample) in claim.samples.iter().enumerate() {
            equal(format!("inputs of sample {i}"), sample.x.len(), inputs)?;
            let outputs = self.gamma.outputs;
            equal(format!("outputs of sample {i}"), sample.y.len(), outputs)?;
        }
        Ok(())
    }

    /// A box has inner points.
    fn check_domain(&self, domain: Option<&Domain>) -> Result<(), Stop> {
        let Some(domain) = domain else { return Ok(()) };
        equal("inputs of the box", domain.len(), self.columns())?;
        for (k, (lower, upper)) in domain.iter().enumerate() {
            let (lower, upper) = (Q::from(lower), Q::from(upper));
            if lower >= upper {
                let found = format!("{lower} to {upper}");
                return differ(format!("side {k} of the box"), found, "lower < upper");
            }
        }
        Ok(())
    }
}

fn is_bounded(bounds: [&Option<Surd>; 3]) -> Result<(), Stop> {
    match bounds.iter().all(|bound| bound.is_none()) {
        true => reject("the claim names no bound"),
        false => Ok(()),
    }
}

fn check_seminorm(claim: &SeminormClaim) -> Result<(), Stop> {
    let zero = Rational::from(num_rational::BigRational::default());
    match (&claim.lower, &claim.upper) {
        (None, None) => reject("the claim names no end of the bracket"),
        (lower, upper) => {
            let lower = Q::from(lower.as_ref().unwrap_or(&zero));
            let upper = upper.as_ref().map_or_else(|| lower.clone(), Q::from);
            check_bracket(&lower, &upper)
        }
    }
}

/// 0 ≤ lower ≤ upper.
fn check_bracket(lower: &Q, upper: &Q) -> Result<(), Stop> {
    if lower.is_negative() || upper < lower {
        let found = format!("{lower} to {upper}");
        return differ("bracket of r", found, "0 <= lower <= upper");
    }
    Ok(())
}

#[cfg(test)]
#[path = "tests/claims.rs"]
mod tests;
