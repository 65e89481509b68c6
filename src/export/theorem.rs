//! What of a theorem's certificate is exported.

use crate::certificate::{
    Bounds, Case, Claim, ConditionFact, ConditionName, Form, Refined31, SeminormBracket,
    StatedNetwork, StatedRational, Step, Surd, Theorem31, Theorem33,
};
use crate::report::Certificate;

use super::biases::homogenised;
use super::current::current;
use super::evidence::{Bracket, bracket};
use super::refusal::{NotCovered, not_covered};

/// What is claimed of R(Θ) − R(Γ).
pub(super) struct Difference<'a> {
    pub form: Form,
    pub r: &'a SeminormBracket,
    pub jump: &'a StatedRational,
    pub bracket: Bracket<'a>,
}

/// A theorem for Γ, Θ and Φ.
pub(super) struct Theorem<'a> {
    pub networks: [&'a StatedNetwork; 3],
    pub difference: Difference<'a>,
    pub distance: &'a Surd,
    pub says: Says<'a>,
}

/// What else the theorems claim; `other` is a network with the function R(Θ), for C.3.
pub(super) enum Says<'a> {
    /// Theorem 3.1.
    Balanced {
        bounds: &'a Bounds,
        beta: &'a Surd,
        cases: Vec<&'a Case>,
        other: StatedNetwork,
    },
    /// Theorem 3.1 with live neurons alone.
    Refined {
        bound: &'a Surd,
        other: StatedNetwork,
    },
    /// Theorem 3.3.
    Star {
        bounds: &'a Bounds,
        cases: Vec<&'a Case>,
    },
}

/// The theorem of a certificate that claims one; none of others.
pub(super) fn theorem(certificate: &Certificate) -> Result<Option<Theorem<'_>>, NotCovered> {
    let networks = &certificate.statement.networks;
    let cases = || {
        let cases = certificate.steps.iter().filter_map(|step| match step {
            Step::Case(case) => Some(case),
            _ => None,
        });
        cases.collect()
    };
    let (form, r, jump, distance) = match &certificate.statement.claim {
        Claim::Theorem31(claim) => {
            let Theorem31 {
                form,
                r,
                jump,
                distance,
                ..
            } = &**claim;
            (*form, r, jump, distance)
        }
        Claim::Refined31(claim) => {
            let Refined31 {
                form,
                r,
                jump,
                distance,
                ..
            } = &**claim;
            (*form, r, jump, distance)
        }
        Claim::Theorem33(claim) => {
            let Theorem33 {
                form,
                r,
                jump,
                distance,
                ..
            } = &**claim;
            (*form, r, jump, distance)
        }
        _ => return Ok(None),
    };
    let (Some(theta), Some(phi)) = (&networks.theta, &networks.phi) else {
        return not_covered("this claim without Θ and Φ");
    };
    let gamma = &networks.gamma;
    let biases = gamma.b.is_some() || theta.b.is_some();
    let other = || satisfying(certificate, &homogenised(biases, theta));
    let says = match &certificate.statement.claim {
        Claim::Theorem31(claim) => Says::Balanced {
            bounds: &claim.bounds,
            beta: &claim.beta,
            cases: cases(),
            other: other()?,
        },
        Claim::Refined31(claim) => Says::Refined {
            bound: &claim.bound,
            other: other()?,
        },
        Claim::Theorem33(claim) => Says::Star {
            bounds: &claim.bounds,
            cases: cases(),
        },
        _ => return Ok(None),
    };
    let difference = Difference {
        form,
        r,
        jump,
        bracket: bracket(certificate, Some(&r.lower), Some(&r.upper)),
    };
    Ok(Some(Theorem {
        networks: [gamma, theta, phi],
        difference,
        distance,
        says,
    }))
}

/// The current network where the certificate shows C.3.
fn satisfying(
    certificate: &Certificate,
    theta: &StatedNetwork,
) -> Result<StatedNetwork, NotCovered> {
    current(
        certificate,
        theta,
        false,
        |step| matches!(step, Step::Condition(ConditionFact::Holds(holds)) if holds.name == ConditionName::NoOppositePossible),
    )
}
