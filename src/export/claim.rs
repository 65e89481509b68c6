//! What of a certificate is exported, whatever the form.

use crate::certificate::{
    Claim, ConditionClaim, ConditionName, Rational, Shallow, Side, Statement, Step, Surd, Violation,
};
use crate::report::Certificate;

use super::evidence::{Bracket, bracket};

/// What of a claim the proved checker does not know.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the proved checker does not cover {0}")]
pub struct NotCovered(pub(super) String);

/// Refuses by name.
pub(super) fn not_covered<T>(what: impl Into<String>) -> Result<T, NotCovered> {
    Err(NotCovered(what.into()))
}

/// A multiple of one inner weight by another.
pub(super) struct Multiple<'a> {
    pub i: usize,
    pub j: usize,
    pub factor: &'a Surd,
}

/// A claim that the checker knows, with its evidence.
pub(super) enum Exported<'a> {
    Equal([&'a Shallow; 2]),
    Differ([&'a Shallow; 2], &'a [Rational]),
    Reparametrization([&'a Shallow; 3], [&'a Surd; 2]),
    /// C.2, or C.3a of the one network.
    Within(bool, &'a Shallow, Multiple<'a>),
    Between([&'a Shallow; 2], Multiple<'a>),
    Lift([&'a Shallow; 2]),
    Seminorm {
        gamma: &'a Shallow,
        theta: Option<&'a Shallow>,
        lower: Option<&'a Rational>,
        upper: Option<&'a Rational>,
        bracket: Bracket<'a>,
    },
    Unbalanced {
        networks: [&'a Shallow; 2],
        neuron: usize,
        beta: &'a Surd,
        lower: &'a Rational,
        bracket: Bracket<'a>,
    },
}

impl<'a> Exported<'a> {
    /// What is exported, or what is not covered.
    pub(super) fn new(certificate: &'a Certificate) -> Result<Self, NotCovered> {
        let Statement {
            networks,
            activation,
            claim,
        } = &certificate.statement;
        let gamma = &networks.gamma;
        if activation.is_some() {
            return not_covered("activations other than ReLU");
        }
        let theta = || match &networks.theta {
            Some(theta) => Ok(theta),
            None => not_covered("this claim without Θ"),
        };
        let plain = |network: &Shallow| match network.b {
            Some(_) => not_covered(format!(
                "networks with biases in a claim '{}'",
                claim.kind()
            )),
            None => Ok(()),
        };
        match claim {
            Claim::Equal(equal) if equal.domain.is_none() => Ok(Exported::Equal([gamma, theta()?])),
            Claim::Differ(_) => {
                let point = certificate.steps.iter().find_map(|step| match step {
                    Step::Differ(step) => Some(&step.point[..]),
                    _ => None,
                });
                match point {
                    Some(point) => Ok(Exported::Differ([gamma, theta()?], point)),
                    None => not_covered("a claim 'differ' without a point"),
                }
            }
            Claim::Equal(_) => not_covered("claims on a box"),
            Claim::Reparametrization(claim) => match &networks.phi {
                Some(phi) => Ok(Exported::Reparametrization(
                    [gamma, theta()?, phi],
                    [&claim.distance, &claim.bound],
                )),
                None => not_covered("this claim without Φ"),
            },
            Claim::Condition(condition) => {
                plain(gamma)?;
                networks.theta.as_ref().map_or(Ok(()), plain)?;
                violated(condition, certificate)
            }
            Claim::Lift(_) => Ok(Exported::Lift([gamma, theta()?])),
            Claim::Seminorm(claim) => {
                plain(gamma)?;
                networks.theta.as_ref().map_or(Ok(()), plain)?;
                Ok(Exported::Seminorm {
                    gamma,
                    theta: networks.theta.as_ref(),
                    lower: claim.lower.as_ref(),
                    upper: claim.upper.as_ref(),
                    bracket: bracket(certificate, claim.lower.as_ref(), claim.upper.as_ref())?,
                })
            }
            claim => not_covered(format!("the claim '{}'", claim.kind())),
        }
    }
}

/// A violated hypothesis.
fn violated<'a>(
    condition: &'a ConditionClaim,
    certificate: &'a Certificate,
) -> Result<Exported<'a>, NotCovered> {
    let networks = &certificate.statement.networks;
    let named = |side: Side| match (side, &networks.theta) {
        (Side::Gamma, _) => Ok(&networks.gamma),
        (Side::Theta, Some(theta)) => Ok(theta),
        _ => not_covered("a condition of this network"),
    };
    let ConditionClaim {
        name,
        network,
        violation,
    } = condition;
    match violation {
        Violation::Multiple { i, j, factor } => {
            let multiple = Multiple {
                i: *i,
                j: *j,
                factor,
            };
            let parallel = *name == ConditionName::NoParallel;
            match network {
                Some(side) => Ok(Exported::Within(parallel, named(*side)?, multiple)),
                None => Ok(Exported::Between(
                    [&networks.gamma, named(Side::Theta)?],
                    multiple,
                )),
            }
        }
        Violation::Unbalanced {
            i, beta, r_lower, ..
        } => Ok(Exported::Unbalanced {
            networks: [&networks.gamma, named(Side::Theta)?],
            neuron: *i,
            beta,
            lower: r_lower,
            bracket: bracket(certificate, Some(r_lower), None)?,
        }),
        Violation::NoOrientation {} => {
            not_covered("violations of C.3 by all networks of a function")
        }
    }
}
