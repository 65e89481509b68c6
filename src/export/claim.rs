//! What of a certificate is exported, whatever the form.

use num_rational::BigRational;
use num_traits::Zero as _;

use crate::certificate::{
    Against, ApartFact, Claim, ConditionClaim, ConditionName, Exhaustion, Flips, Hall,
    MinimalClaim, NearestClaim, Side, StatedNetwork, StatedRational, Statement, Step, Surd,
    Violation,
};
use crate::report::Certificate;

use super::current::current;
use super::evidence::{Bracket, bracket};
use super::kinks::kinks;
use super::refusal::{NotCovered, not_covered};
use super::theorem::{Theorem, theorem};

/// A multiple of one inner weight by another.
pub(super) struct Multiple<'a> {
    pub i: usize,
    pub j: usize,
    pub factor: &'a Surd,
}

/// A claim that the checker knows, with its evidence.
pub(super) enum Exported<'a> {
    Equal([&'a StatedNetwork; 2]),
    Differ([&'a StatedNetwork; 2], &'a [StatedRational]),
    Reparametrization([&'a StatedNetwork; 3], [&'a Surd; 2]),
    /// C.2, or C.3a of the one network.
    Within(bool, &'a StatedNetwork, Multiple<'a>),
    Between([&'a StatedNetwork; 2], Multiple<'a>),
    Lift([&'a StatedNetwork; 2]),
    Seminorm {
        gamma: &'a StatedNetwork,
        theta: Option<&'a StatedNetwork>,
        lower: Option<&'a StatedRational>,
        upper: Option<&'a StatedRational>,
        bracket: Bracket<'a>,
    },
    Unbalanced {
        networks: [&'a StatedNetwork; 2],
        neuron: usize,
        beta: &'a Surd,
        lower: &'a StatedRational,
        bracket: Bracket<'a>,
    },
    Theorem(Theorem<'a>),
    JumpNorm(
        &'a StatedNetwork,
        Option<&'a StatedNetwork>,
        &'a StatedRational,
    ),
    Flips(&'a StatedNetwork, &'a Flips),
    Unique(&'a StatedNetwork, &'a Exhaustion),
    Nearest {
        networks: [&'a StatedNetwork; 3],
        claim: &'a NearestClaim,
        current: StatedNetwork,
        far: Far<'a>,
    },
    Minimal {
        networks: [&'a StatedNetwork; 2],
        lower: usize,
        normals: Vec<Vec<BigRational>>,
        /// Why no orientations of the kinks fit.
        all: Option<&'a Exhaustion>,
        /// The same with one of them left out.
        but_one: Vec<&'a Exhaustion>,
    },
}

/// Why no parametrization is nearer.
pub(super) enum Far<'a> {
    Both(&'a Hall),
    Fixed(&'a Hall),
    /// The sets, and evidence for none and for each of them.
    Flipped(&'a Flips, Vec<&'a Hall>),
    /// Normals of the kinks of R(Θ).
    Lines(Vec<Vec<BigRational>>, &'a Hall),
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
        let plain = |network: &StatedNetwork| match network.b {
            Some(_) => not_covered(format!(
                "networks with biases in a claim '{}'",
                claim.kind()
            )),
            None => Ok(()),
        };
        if let Some(theorem) = theorem(certificate)? {
            return Ok(Exported::Theorem(theorem));
        }
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
            Claim::Seminorm(claim) => Ok(Exported::Seminorm {
                gamma,
                theta: networks.theta.as_ref(),
                lower: claim.lower.as_ref(),
                upper: claim.upper.as_ref(),
                bracket: bracket(certificate, claim.lower.as_ref(), claim.upper.as_ref()),
            }),
            Claim::JumpNorm(claim) => {
                plain(gamma)?;
                networks.theta.as_ref().map_or(Ok(()), plain)?;
                let theta = networks.theta.as_ref();
                Ok(Exported::JumpNorm(gamma, theta, &claim.value))
            }
            Claim::Flips(_) | Claim::Unique(_) => {
                plain(gamma)?;
                let Some(flips) = flips(certificate) else {
                    return not_covered("a certificate without the fact 'flips'");
                };
                Ok(match claim {
                    Claim::Flips(_) => Exported::Flips(gamma, flips),
                    _ => Exported::Unique(gamma, &flips.exhaustion),
                })
            }
            Claim::Nearest(claim) => {
                let Some(phi) = &networks.phi else {
                    return not_covered("this claim without Φ");
                };
                let networks = [gamma, theta()?, phi];
                networks.iter().try_for_each(|network| plain(network))?;
                let (current, far) = far(certificate, networks[1], claim)?;
                Ok(Exported::Nearest {
                    networks,
                    claim,
                    current,
                    far,
                })
            }
            Claim::Minimal(claim) => {
                plain(gamma)?;
                plain(theta()?)?;
                minimal(certificate, [gamma, theta()?], claim)
            }
            claim => not_covered(format!("the claim '{}'", claim.kind())),
        }
    }
}

/// The fact `flips` of a certificate.
fn flips(certificate: &Certificate) -> Option<&Flips> {
    certificate.steps.iter().find_map(|step| match step {
        Step::Flips(step) => Some(step),
        _ => None,
    })
}

/// Why nothing is nearer, and of which network that is said.
fn far<'a>(
    certificate: &'a Certificate,
    theta: &StatedNetwork,
    claim: &NearestClaim,
) -> Result<(StatedNetwork, Far<'a>), NotCovered> {
    if claim.lower.rational.is_zero() && claim.lower.terms.is_empty() {
        return not_covered("'nearest' without a lower bound");
    }
    let halls = certificate.steps.iter().filter_map(|step| match step {
        Step::Apart(ApartFact::Hall(step)) => Some(step),
        _ => None,
    });
    let halls: Vec<&Hall> = halls.collect();
    let at_hall = |step: &Step| matches!(step, Step::Apart(ApartFact::Hall(_)));
    let current = current(certificate, theta, at_hall)?;
    let [hall, ..] = halls[..] else {
        return not_covered("'nearest' without Hall violators");
    };
    let far = match &hall.against {
        Against::Both => Far::Both(hall),
        Against::Fixed => Far::Fixed(hall),
        Against::Lines => {
            let normals = kinks(theta, None).into_iter().map(|kink| kink.normal);
            Far::Lines(normals.collect(), hall)
        }
        Against::Flipped(_) => {
            let Some(flips) = flips(certificate) else {
                return not_covered("a certificate without the fact 'flips'");
            };
            let none: &[usize] = &[];
            let sets = std::iter::once(none).chain(flips.sets.iter().map(Vec::as_slice));
            let of_set = |set: &[usize]| {
                let of_it = |hall: &&&Hall| matches!(&hall.against, Against::Flipped(other) if other == set);
                halls.iter().find(of_it).copied()
            };
            match sets.map(of_set).collect() {
                Some(halls) => Far::Flipped(flips, halls),
                None => return not_covered("'nearest' by output biases"),
            }
        }
    };
    Ok((current, far))
}

/// The least number of neurons.
fn minimal<'a>(
    certificate: &'a Certificate,
    networks: [&'a StatedNetwork; 2],
    claim: &MinimalClaim,
) -> Result<Exported<'a>, NotCovered> {
    let [gamma, _] = networks;
    if claim.upper != gamma.m {
        return not_covered("'minimal' of 0 neurons");
    }
    let normals = kinks(gamma, None).into_iter().map(|kink| kink.normal);
    let normals: Vec<_> = normals.collect();
    let without = |line: Option<usize>| {
        certificate.steps.iter().find_map(|step| match step {
            Step::NoOrientation(step) if step.line == line && !step.forced => {
                Some(&step.exhaustion)
            }
            _ => None,
        })
    };
    let left_out = match claim.lower > normals.len() + 1 {
        true => 0..normals.len(),
        false => 0..0,
    };
    let Some(but_one) = left_out.map(|line| without(Some(line))).collect() else {
        return not_covered("a certificate without a fact that its claim needs");
    };
    Ok(Exported::Minimal {
        networks,
        lower: claim.lower,
        normals,
        all: without(None),
        but_one,
    })
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
            bracket: bracket(certificate, Some(r_lower), None),
        }),
        Violation::NoOrientation {} => {
            not_covered("violations of C.3 by all networks of a function")
        }
    }
}
