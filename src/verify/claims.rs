//! What each kind of claim asks of its statement, before any step is read.

use super::network::Network;
use super::number::Q;
use super::proof::Proof;
use super::surd::Sum;
use super::verdict::{Stop, differ, equal, reject};
use crate::certificate::{Claim, ConditionName, Form, Rational, SeminormClaim, Theorem31};

/// One pair lower < upper an input.
pub(super) type Domain = [(Rational, Rational)];

impl Proof<'_> {
    /// The networks that the claim needs are there and fit together, and its numbers can be what they are said to be.
    pub(super) fn check_claim(&self) -> Result<(), Stop> {
        let [inputs, _, outputs] = self.gamma.shape();
        if let Some(theta) = &self.theta {
            equal("inputs of Θ against Γ", theta.inputs, inputs)?;
            equal("outputs of Θ against Γ", theta.outputs, outputs)?;
        }
        let lacks_theta = || reject("the statement lacks Θ");
        match self.claim {
            Claim::Reparametrization(_) => self.check_shapes(),
            Claim::Theorem31(theorem) => {
                self.check_shapes()?;
                self.check_theorem(theorem)
            }
            _ if self.phi.is_some() => reject("this claim does not speak of Φ"),
            Claim::Condition(claim) if self.theta.is_none() => match claim.name {
                ConditionName::Balance => lacks_theta(),
                _ => Ok(()),
            },
            Claim::Condition(_) | Claim::JumpNorm(_) => Ok(()),
            Claim::Equal(_) | Claim::Differ(_) if self.theta.is_none() => lacks_theta(),
            Claim::Equal(claim) => self.check_domain(claim.domain.as_deref()),
            Claim::Differ(claim) => self.check_domain(claim.domain.as_deref()),
            Claim::Seminorm(claim) => check_seminorm(claim),
            Claim::Arrangement(_) if self.theta.is_some() => {
                reject("an arrangement claim does not speak of Θ")
            }
            Claim::Arrangement(_) => Ok(()),
            _ => super::verdict::decline("claims of this kind are not known yet"),
        }
    }

    /// Θ and Φ are there, as large as Γ.
    fn check_shapes(&self) -> Result<(), Stop> {
        for (name, network) in [("Θ", &self.theta), ("Φ", &self.phi)] {
            let Some(network) = network else {
                return reject(format!("the statement lacks {name}"));
            };
            let text = |network: &Network| format!("{:?}", network.shape());
            let reason = format!("inputs, neurons, outputs of {name} against Γ");
            equal(reason, text(network), text(&self.gamma))?;
        }
        Ok(())
    }

    /// The numbers of a theorem-3.1 claim can be what they are said to be.
    fn check_theorem(&self, theorem: &Theorem31) -> Result<(), Stop> {
        equal("Theorem 3.1 is for one output: D", self.gamma.outputs, 1)?;
        let (lower, upper) = (Q::from(&theorem.r.lower), Q::from(&theorem.r.upper));
        check_bracket(&lower, &upper)?;
        if theorem.form == Form::Seminorm {
            equal(
                "the seminorm form needs r exactly: upper end",
                &upper,
                &lower,
            )?;
        }
        let (jump, most) = (Q::from(&theorem.jump), upper.double());
        if jump.is_negative() || jump > most {
            return differ("jump norm", jump, format!("0 <= J <= 2r <= {most}"));
        }
        if Sum::stated(&theorem.beta)?.sign(self.limits)?.is_lt() {
            return differ("beta must not be negative", &theorem.beta, ">= 0");
        }
        let bounds = &theorem.bounds;
        if bounds.paper.is_none() && bounds.sharp.is_none() && bounds.jump.is_none() {
            return reject("the claim names no bound");
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
