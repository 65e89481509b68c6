//! What of a certificate is exported, whatever the form.

use num_rational::BigRational;
use num_traits::Zero as _;

use crate::certificate::{
    Against, ApartFact, Claim, ConditionClaim, ConditionName, Exhaustion, Flips, Hall, LayerFact,
    LocalMinimumClaim, MinimalClaim, NearestClaim, Side, StatedNetwork, StatedRational, Statement,
    Step, SupNormClaim, Surd, Violation,
};
use crate::report::Certificate;

use super::biases::{columns, completed, dehomogenised, homogenised, slopes};
use super::current::current;
use super::evidence::{Bracket, bracket};
use super::families::{Families, families};
use super::form;
use super::kinks::kinks;
use super::refusal::{NotCovered, not_covered};
use super::regions::{Regions, regions};
use super::theorem::{Theorem, theorem};

/// How many choices of hyperplanes and facets are gone through for a sup norm.
const MOST_VERTICES: usize = 200_000;

/// A multiple of one inner weight by another.
pub(super) struct Multiple<'a> {
    pub i: usize,
    pub j: usize,
    pub factor: &'a Surd,
}

/// A claim that the checker knows, with its evidence.
pub(super) enum Exported<'a> {
    /// On a box, or on all of R^d.
    Equal(
        [&'a StatedNetwork; 2],
        Option<&'a [(StatedRational, StatedRational)]>,
    ),
    Differ(
        [&'a StatedNetwork; 2],
        Option<&'a [(StatedRational, StatedRational)]>,
        &'a [StatedRational],
    ),
    /// Two points with the same values of the hidden neurons.
    NotInjective(&'a StatedNetwork, [&'a [StatedRational]; 2]),
    /// A claim about functions, with the activation max(a·t, t).
    WithActivation(&'a StatedRational, Box<Exported<'a>>),
    Reparametrization([&'a StatedNetwork; 3], [&'a Surd; 2]),
    /// C.2, or C.3a of the one network.
    Within(bool, StatedNetwork, Multiple<'a>),
    Between([&'a StatedNetwork; 2], Multiple<'a>),
    /// C.3 by every network of the function of Θ: normals of its kinks, and why no orientations fit.
    ByAll {
        networks: [&'a StatedNetwork; 2],
        normals: Vec<Vec<BigRational>>,
        exhaustion: &'a Exhaustion,
    },
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
    Flips(&'a StatedNetwork, &'a [Vec<usize>], &'a Exhaustion),
    Unique(&'a StatedNetwork, &'a Exhaustion),
    Nearest {
        /// All with biases, or none.
        networks: Box<[StatedNetwork; 3]>,
        claim: &'a NearestClaim,
        current: StatedNetwork,
        far: Far<'a>,
    },
    Minimal {
        networks: [StatedNetwork; 2],
        lower: usize,
        normals: Vec<Vec<BigRational>>,
        /// Why no orientations of the kinks fit.
        all: Option<&'a Exhaustion>,
        /// The same with one of them left out.
        but_one: Vec<&'a Exhaustion>,
    },
    Regions(Regions<'a>),
    ForAllK(Families),
    LocalMinimum(&'a StatedNetwork, &'a LocalMinimumClaim),
    SupNorm {
        gamma: &'a StatedNetwork,
        theta: Option<&'a StatedNetwork>,
        claim: &'a SupNormClaim,
        point: &'a [StatedRational],
    },
}

/// Why no parametrization is nearer.
pub(super) enum Far<'a> {
    /// The lower bound is 0.
    Nothing,
    Both(&'a Hall),
    Fixed(&'a Hall),
    /// The sets, and evidence for none and for each of them.
    Flipped(&'a Flips, Vec<Reason<'a>>),
    /// Normals of the kinks of R(Θ).
    Lines(Vec<Vec<BigRational>>, &'a Hall),
}

/// Why none that comes from flipping one set is nearer.
pub(super) enum Reason<'a> {
    Hall(&'a Hall),
    /// By an entry of the output bias.
    Bias(usize),
}

impl<'a> Exported<'a> {
    /// What is exported, or what is not covered.
    pub(super) fn new(certificate: &'a Certificate) -> Result<Self, NotCovered> {
        form::check(&certificate.statement)?;
        let whole = Self::of_activation(certificate)?;
        match (&certificate.statement.activation, &whole) {
            (None, _) => Ok(whole),
            (Some(a), Exported::Equal(..) | Exported::Differ(..) | Exported::Seminorm { .. }) => {
                Ok(Exported::WithActivation(a, Box::new(whole)))
            }
            _ => not_covered("activations other than ReLU in this claim"),
        }
    }

    /// The same, whatever the activation.
    fn of_activation(certificate: &'a Certificate) -> Result<Self, NotCovered> {
        let Statement {
            networks, claim, ..
        } = &certificate.statement;
        let gamma = &networks.gamma;
        let theta = || match &networks.theta {
            Some(theta) => Ok(theta),
            None => not_covered("this claim without Θ"),
        };
        let with_biases = |network: &StatedNetwork| network.b.is_some();
        let biases = with_biases(gamma) || networks.theta.as_ref().is_some_and(with_biases);
        if let Some(theorem) = theorem(certificate)? {
            return Ok(Exported::Theorem(theorem));
        }
        match claim {
            Claim::Equal(equal) => Ok(Exported::Equal([gamma, theta()?], equal.domain.as_deref())),
            Claim::Differ(differ) => {
                let point = certificate.steps.iter().find_map(|step| match step {
                    Step::Differ(step) => Some(&step.point[..]),
                    _ => None,
                });
                match point {
                    Some(point) => Ok(Exported::Differ(
                        [gamma, theta()?],
                        differ.domain.as_deref(),
                        point,
                    )),
                    None => not_covered("a claim 'differ' without a point"),
                }
            }
            Claim::NotInjective(_) => {
                let points = certificate.steps.iter().find_map(|step| match step {
                    Step::Layer(LayerFact::Collides { x, y }) => Some([&x[..], &y[..]]),
                    _ => None,
                });
                match points {
                    Some(points) => Ok(Exported::NotInjective(gamma, points)),
                    None => not_covered("a certificate without a fact that its claim needs"),
                }
            }
            Claim::Reparametrization(claim) => match &networks.phi {
                Some(phi) => Ok(Exported::Reparametrization(
                    [gamma, theta()?, phi],
                    [&claim.distance, &claim.bound],
                )),
                None => not_covered("this claim without Φ"),
            },
            Claim::Condition(condition) => violated(condition, certificate, biases),
            Claim::Lift(_) => Ok(Exported::Lift([gamma, theta()?])),
            Claim::Seminorm(claim) => Ok(Exported::Seminorm {
                gamma,
                theta: networks.theta.as_ref(),
                lower: claim.lower.as_ref(),
                upper: claim.upper.as_ref(),
                bracket: bracket(certificate, claim.lower.as_ref(), claim.upper.as_ref()),
            }),
            Claim::JumpNorm(claim) => {
                let theta = networks.theta.as_ref();
                Ok(Exported::JumpNorm(gamma, theta, &claim.value))
            }
            Claim::Flips(_) | Claim::Unique(_) => {
                let Some(flips) = flips(certificate) else {
                    return not_covered("a certificate without the fact 'flips'");
                };
                Ok(match claim {
                    Claim::Flips(claim) => Exported::Flips(gamma, &claim.sets, &flips.exhaustion),
                    _ => Exported::Unique(gamma, &flips.exhaustion),
                })
            }
            Claim::Nearest(claim) => {
                let Some(phi) = &networks.phi else {
                    return not_covered("this claim without Φ");
                };
                let theta = theta()?;
                let (current, far) = far(certificate, &homogenised(biases, theta), claim, biases)?;
                let split = |network: &StatedNetwork| match biases {
                    true => dehomogenised(network),
                    false => Some(network.clone()),
                };
                let (Some(phi), Some(current)) = (split(phi), split(&current)) else {
                    return not_covered("a last neuron that is no output bias");
                };
                let [gamma, theta] = [gamma, theta].map(|network| completed(biases, network));
                Ok(Exported::Nearest {
                    networks: Box::new([gamma, theta, phi]),
                    claim,
                    current,
                    far,
                })
            }
            Claim::Minimal(claim) => {
                let networks = [gamma, theta()?].map(|network| completed(biases, network));
                minimal(certificate, networks, claim)
            }
            Claim::LocalMinimum(claim) => Ok(Exported::LocalMinimum(gamma, claim)),
            Claim::SupNorm(claim) => {
                let theta = networks.theta.as_ref();
                let rows = gamma.m + theta.map_or(0, |theta| theta.m) + 2 * gamma.d;
                let vertices = u32::try_from(gamma.d)
                    .ok()
                    .and_then(|d| rows.checked_pow(d));
                let point = certificate.steps.iter().find_map(|step| match step {
                    Step::SupNorm(step) => Some(&step.point[..]),
                    _ => None,
                });
                match (point, vertices) {
                    (Some(point), Some(0..=MOST_VERTICES)) => Ok(Exported::SupNorm {
                        gamma,
                        theta,
                        claim,
                        point,
                    }),
                    _ => not_covered("a sup norm that is not seen from few vertices"),
                }
            }
            Claim::ForAllK(claim) => Ok(Exported::ForAllK(families(certificate, claim)?)),
            Claim::Arrangement(claim) => Ok(Exported::Regions(regions(certificate, claim, false)?)),
            Claim::Injective(claim) => Ok(Exported::Regions(regions(certificate, &claim.0, true)?)),
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
    biases: bool,
) -> Result<(StatedNetwork, Far<'a>), NotCovered> {
    if claim.lower.rational.is_zero() && claim.lower.terms.is_empty() {
        return Ok((theta.clone(), Far::Nothing));
    }
    let reasons = certificate.steps.iter().filter_map(|step| match step {
        Step::Apart(step) => Some(step),
        _ => None,
    });
    let reasons: Vec<&ApartFact> = reasons.collect();
    let at_reason = |step: &Step| matches!(step, Step::Apart(_));
    let current = current(certificate, theta, biases, at_reason)?;
    let alone = reasons.iter().find_map(|reason| match reason {
        ApartFact::Hall(hall) if !matches!(hall.against, Against::Flipped(_)) => Some(hall),
        _ => None,
    });
    let far = match alone.map(|hall| (hall, &hall.against)) {
        Some((hall, Against::Both)) => Far::Both(hall),
        Some((hall, Against::Fixed)) => Far::Fixed(hall),
        Some((hall, _)) => {
            let of = match biases {
                true => slopes(theta),
                false => theta.clone(),
            };
            let normals = kinks(&of, None).into_iter().map(|kink| kink.normal);
            Far::Lines(normals.collect(), hall)
        }
        None => {
            let Some(flips) = flips(certificate) else {
                return not_covered("a certificate without the fact 'flips'");
            };
            let none: &[usize] = &[];
            let sets = std::iter::once(none).chain(flips.sets.iter().map(Vec::as_slice));
            let of_set = |set: &[usize]| {
                let reason = |reason: &&'a ApartFact| match *reason {
                    ApartFact::Hall(hall) if matches!(&hall.against, Against::Flipped(other) if other == set) => {
                        Some(Reason::Hall(hall))
                    }
                    ApartFact::Bias(bias) if bias.flipped == set => Some(Reason::Bias(bias.output)),
                    _ => None,
                };
                reasons.iter().find_map(reason)
            };
            match sets.map(of_set).collect() {
                Some(reasons) => Far::Flipped(flips, reasons),
                None => return not_covered("a certificate without a fact that its claim needs"),
            }
        }
    };
    Ok((current, far))
}

/// The least number of neurons.
fn minimal<'a>(
    certificate: &'a Certificate,
    networks: [StatedNetwork; 2],
    claim: &MinimalClaim,
) -> Result<Exported<'a>, NotCovered> {
    let [gamma, _] = &networks;
    if claim.upper != gamma.m {
        return not_covered("'minimal' of 0 neurons");
    }
    let normals = kinks(&columns(gamma), None)
        .into_iter()
        .map(|kink| kink.normal);
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
    biases: bool,
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
                Some(side) => {
                    let network = completed(biases, named(*side)?);
                    Ok(Exported::Within(parallel, network, multiple))
                }
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
            let theta = named(Side::Theta)?;
            let forced = certificate.steps.iter().find_map(|step| match step {
                Step::NoOrientation(step) if step.line.is_none() && step.forced => {
                    Some(&step.exhaustion)
                }
                _ => None,
            });
            let Some(exhaustion) = forced else {
                return not_covered("a certificate without a fact that its claim needs");
            };
            let normals = kinks(&homogenised(biases, theta), None)
                .into_iter()
                .map(|kink| kink.normal);
            Ok(Exported::ByAll {
                networks: [&networks.gamma, theta],
                normals: normals.collect(),
                exhaustion,
            })
        }
    }
}
