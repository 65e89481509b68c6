//! The certificates of `proofs/` made: everything is computed anew from the networks.

use super::ledger::LEDGER;
use super::proof::{Proof, Proves, SampleText};
use crate::arrangement::ArrangementError;
use crate::certificate::{
    Among, Claim, Form, LocalMinimum, LocalMinimumClaim, Networks, PRODUCER, Sample, StatedNetwork,
    StatedRational, Statement, Step, Writer,
};
use crate::exact::Rational;
use crate::exact::text::parse_rational;
use crate::family::{
    self, Family, Question, Unproved, prove_distance, prove_local_minimum, prove_nearest,
    prove_sup_norm,
};
use crate::nearest::{self, Answer};
use crate::network::file::{FileError, network_from_bytes};
use crate::network::{Biased, Network, Shallow, ShapeError, to_certificate};
use crate::parametrizations::{
    C3, Limits, Outcome, c3_certificate, c3_possible, flippable, flips_certificate, minimal,
    minimal_certificate,
};
use crate::realization::{
    CanonicalForm, Domain, Subject, SupNormLimits, branch_and_bound, differ_certificate,
    equal_certificate, jump_certificate, nonzero_point, seminorm_certificate, sup_norm,
    sup_norm_certificate,
};
use crate::reparametrize::{Options, ReparametrizeError};
use crate::stability::{
    Measured, Missing, Pair, StabilityError, Theorem, lift, lift_certificate, published_lift,
    theorem31, violation_certificate,
};
use crate::watch::Watch;

/// Why a certificate could not be made: a mistake in this program or its ledger.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ProofError {
    /// A network of the ledger cannot be read.
    #[error("{0}")]
    Network(String),
    /// A list of wrong length in the ledger.
    #[error(transparent)]
    Shape(#[from] ShapeError),
    /// The theorems refused.
    #[error(transparent)]
    Stability(#[from] StabilityError),
    /// No theorem was asked.
    #[error(transparent)]
    Reparametrize(#[from] ReparametrizeError),
    /// The arrangement refused.
    #[error(transparent)]
    Arrangement(#[from] ArrangementError),
    /// A family cannot be read.
    #[error(transparent)]
    Family(#[from] FileError),
    /// A statement for all k could not be proved.
    #[error(transparent)]
    Unproved(#[from] Unproved),
    /// A long proof, put into a temporary file, cannot be read.
    #[error(transparent)]
    Long(#[from] std::io::Error),
    /// The statement did not come out as the ledger says.
    #[error("{0}")]
    Other(&'static str),
}

impl Proof {
    /// The text of the certificate.
    ///
    /// # Errors
    /// [`ProofError`] if the statement does not come out as the ledger says.
    pub fn certificate(&self) -> Result<String, ProofError> {
        match &self.proves {
            Proves::Equal(g, t) => equal(g, t, None),
            Proves::EqualWith(a, g, t) => equal(g, t, Some(rational(a)?)),
            Proves::Differ(g, t) => differ(g, t),
            Proves::Seminorm(g, t) => seminorm(g, Some(t.as_str())),
            Proves::Norm(g) => seminorm(g, None),
            Proves::SupNorm(g) => sup(g),
            Proves::LocalMinimum {
                gamma,
                samples,
                radius,
            } => local_minimum(gamma, samples, radius),
            Proves::Jump(g, t) => {
                let (gamma, theta) = (network(g)?, network(t)?);
                let difference = difference(&gamma, &theta)?;
                let subject = subject(&gamma, Some(&theta), None)?;
                Ok(jump_certificate(subject, &difference.jump_norm()))
            }
            Proves::Violation(g, t) => violation(g, t),
            Proves::NoC3(g, t) => no_c3(g, t),
            Proves::Theorem31(g, t, form) => theorem(g, t, Theorem::Main, Some(*form)),
            Proves::Refined31(g, t) => theorem(g, t, Theorem::Refined, None),
            Proves::Theorem33(g, t) => theorem(g, t, Theorem::Star, None),
            Proves::Lift(t) => {
                let theta = biased(t)?;
                let gamma = lift(&theta).map_err(|error| ProofError::Network(error.to_string()))?;
                Ok(lift_certificate(networks(
                    (&gamma).into(),
                    Some((&theta).into()),
                )))
            }
            Proves::PublishedLift(t) => published_violation(t),
            Proves::PublishedEqual(t) => published_equal(t),
            Proves::Nearest(g, t) => nearest_one(g, t, Among::All),
            Proves::NearestStar(g, t) => nearest_one(g, t, Among::NStar),
            Proves::Flips(t) => {
                let theta = network(t)?;
                let found = flippable(&theta, &Limits::default()).ok_or(DEEP)?;
                let Outcome::All(solutions) = &found.outcome else {
                    return Err(ProofError::Other("not all flip sets are known"));
                };
                flips_certificate(stated(&theta)?, solutions)
                    .ok_or(ProofError::Other("no evidence of the flip sets"))
            }
            Proves::FamilySeminorm(g, t) => family_seminorm(g, Some(t.as_str())),
            Proves::FamilyNorm(g) => family_seminorm(g, None),
            Proves::FamilySupNorm(g) => {
                let function = family(g)?;
                let domain = cube(function.inputs())?;
                let proved = prove_sup_norm(
                    &function,
                    None,
                    &Rational::default(),
                    &domain,
                    &Watch::none(),
                )?;
                Ok(proved.certificate)
            }
            Proves::FamilyLocalMinimum {
                gamma,
                samples,
                radius,
            } => family_local_minimum(gamma, samples, radius),
            Proves::FamilyNearest {
                gamma,
                theta,
                phi,
                above,
            } => {
                let question = Question {
                    phi: phi.as_deref().map(family).transpose()?,
                    above: above
                        .as_deref()
                        .map(family::parse)
                        .transpose()
                        .map_err(|error| ProofError::Network(error.to_string()))?,
                    ..Question::default()
                };
                Ok(prove_nearest(&family(gamma)?, &family(theta)?, &question)?.certificate)
            }
            Proves::Minimal(t) => {
                let theta = network(t)?;
                let found = minimal(&theta, &Limits::default())
                    .map_err(|error| ProofError::Network(error.to_string()))?
                    .ok_or(DEEP)?;
                let attained = stated(&found.network)?;
                Ok(minimal_certificate(attained, stated(&theta)?, &found))
            }
        }
    }
}

const DEEP: ProofError = ProofError::Other("a deep network in the ledger");

fn text(name: &str) -> Result<String, ProofError> {
    let text = LEDGER.network(name);
    text.ok_or_else(|| ProofError::Network(format!("no network is called {name}")))
}

fn network(name: &str) -> Result<Network, ProofError> {
    network_from_bytes(&format!("{name}.json"), text(name)?.as_bytes())
        .map_err(|error| ProofError::Network(error.to_string()))
}

fn family(name: &str) -> Result<Family, ProofError> {
    Ok(Family::from_json(&format!("{name}.json"), &text(name)?)?)
}

fn biased(name: &str) -> Result<Biased, ProofError> {
    match network(name)? {
        Network::Shallow(network) => Ok(network.into()),
        Network::Biased(network) => Ok(network),
        Network::Deep(_) => Err(DEEP),
    }
}

fn stated(network: &Network) -> Result<StatedNetwork, ProofError> {
    to_certificate(network).ok_or(DEEP)
}

fn networks(gamma: StatedNetwork, theta: Option<StatedNetwork>) -> Networks {
    Networks {
        gamma,
        theta,
        phi: None,
    }
}

fn rational(value: &str) -> Result<Rational, ProofError> {
    parse_rational(value).map_err(|error| ProofError::Network(error.to_string()))
}

fn subject(
    gamma: &Network,
    theta: Option<&Network>,
    activation: Option<Rational>,
) -> Result<Subject, ProofError> {
    Ok(Subject {
        networks: networks(stated(gamma)?, theta.map(stated).transpose()?),
        activation,
    })
}

fn difference(gamma: &Network, theta: &Network) -> Result<CanonicalForm, ProofError> {
    let form = |network| CanonicalForm::of(network).ok_or(DEEP);
    form(theta)?
        .minus(&form(gamma)?)
        .ok_or(ProofError::Other("two networks of different shapes"))
}

fn equal(g: &str, t: &str, activation: Option<Rational>) -> Result<String, ProofError> {
    let (gamma, theta) = (network(g)?, network(t)?);
    let a = activation.clone().unwrap_or_default();
    let form = |network| CanonicalForm::with_activation(network, &a).ok_or(DEEP);
    let difference = form(&theta)?.minus(&form(&gamma)?);
    match difference.is_some_and(|difference| difference.is_zero()) {
        true => Ok(equal_certificate(
            subject(&gamma, Some(&theta), activation)?,
            None,
        )),
        false => Err(ProofError::Other("the functions differ")),
    }
}

fn differ(g: &str, t: &str) -> Result<String, ProofError> {
    let (gamma, theta) = (network(g)?, network(t)?);
    let point = nonzero_point(&difference(&gamma, &theta)?, None)?
        .ok_or(ProofError::Other("the functions are equal"))?;
    let value = |network: &Network| {
        let form = CanonicalForm::of(network).ok_or(DEEP)?;
        Ok::<_, ProofError>(form.eval(&point)?)
    };
    let subject = subject(&gamma, Some(&theta), None)?;
    Ok(differ_certificate(
        subject,
        None,
        &point,
        &value(&gamma)?,
        &value(&theta)?,
    ))
}

fn seminorm(g: &str, t: Option<&str>) -> Result<String, ProofError> {
    let gamma = network(g)?;
    let theta = t.map(network).transpose()?;
    let form = match &theta {
        Some(theta) => difference(&gamma, theta)?,
        None => CanonicalForm::of(&gamma).ok_or(DEEP)?,
    };
    let both = [Some(&gamma), theta.as_ref()];
    let affine = both
        .iter()
        .flatten()
        .any(|network| matches!(network, Network::Biased(_)));
    let found = branch_and_bound(&form, affine, &Default::default());
    let subject = subject(&gamma, theta.as_ref(), None)?;
    Ok(seminorm_certificate(subject, &found)?)
}

fn sup(g: &str) -> Result<String, ProofError> {
    let gamma = network(g)?;
    let form = CanonicalForm::of(&gamma).ok_or(DEEP)?;
    let domain = cube(form.inputs())?;
    let found = sup_norm(&form, &domain, &SupNormLimits::default())
        .map_err(|error| ProofError::Network(error.to_string()))?;
    Ok(sup_norm_certificate(
        subject(&gamma, None, None)?,
        &domain,
        &found,
    ))
}

fn family_seminorm(g: &str, t: Option<&str>) -> Result<String, ProofError> {
    let theta = t.map(family).transpose()?;
    Ok(prove_distance(&family(g)?, theta.as_ref(), &Watch::none())?.certificate)
}

fn family_local_minimum(
    g: &str,
    samples: &[SampleText],
    radius: &str,
) -> Result<String, ProofError> {
    let number =
        |text: &String| family::parse(text).map_err(|error| ProofError::Network(error.to_string()));
    let row = |row: &[String]| row.iter().map(number).collect::<Result<Vec<_>, _>>();
    let samples = samples
        .iter()
        .map(|SampleText { x, y }| Ok((row(x)?, vec![number(y)?])));
    let samples = samples.collect::<Result<Vec<_>, ProofError>>()?;
    let radius = number(&radius.to_owned())?;
    let proved = prove_local_minimum(&family(g)?, &samples, &radius, &Watch::none())?;
    Ok(proved.certificate)
}

/// [−1, 1]^d.
fn cube(inputs: usize) -> Result<Domain, ProofError> {
    let one = rational("1")?;
    Domain::new(vec![(-&one, one); inputs]).map_err(|error| ProofError::Network(error.to_string()))
}

fn local_minimum(g: &str, samples: &[SampleText], radius: &str) -> Result<String, ProofError> {
    let gamma = network(g)?;
    let form = CanonicalForm::of(&gamma).ok_or(DEEP)?;
    let mut stated = Vec::with_capacity(samples.len());
    let mut sum = Rational::default();
    for SampleText { x, y } in samples {
        let x = x.iter().map(|x| rational(x));
        let (x, y) = (x.collect::<Result<Vec<_>, _>>()?, rational(y)?);
        let value = form.eval(&x)?.into_iter().next().ok_or(DEEP)?;
        sum += (&value - &y) * (&value - &y);
        stated.push(Sample {
            x: x.into_iter().map(StatedRational).collect(),
            y: vec![StatedRational(y)],
        });
    }
    let claim = Claim::LocalMinimum(LocalMinimumClaim {
        loss: StatedRational(sum / Rational::from_integer(samples.len().into())),
        samples: stated,
        radius: StatedRational(rational(radius)?),
    });
    let networks = networks(self::stated(&gamma)?, None);
    let statement = Statement {
        networks,
        activation: None,
        claim,
    };
    let mut writer = Writer::new(PRODUCER, statement);
    writer.step(Step::LocalMinimum(LocalMinimum {}));
    Ok(writer.finish())
}

fn pair(g: &str, t: &str) -> Result<(Pair, Networks), ProofError> {
    let (gamma, theta) = (network(g)?, network(t)?);
    let pair = Pair::new(&gamma, &theta).map_err(|_| DEEP)?;
    Ok((pair, networks(stated(&gamma)?, Some(stated(&theta)?))))
}

fn violation(g: &str, t: &str) -> Result<String, ProofError> {
    let (pair, networks) = pair(g, t)?;
    first_violation(&pair, networks)
}

/// That the first hypothesis of Theorem 3.1 fails.
fn first_violation(pair: &Pair, networks: Networks) -> Result<String, ProofError> {
    let Pair { gamma, theta, .. } = pair;
    let measured = Measured::new(gamma, theta, &Options::default().limits)?;
    let mut analysis = theorem31(gamma, theta, &measured, None, None)?;
    if analysis.missing.is_empty() {
        // Every neuron with a small product violates C.1 with β = 0.
        let none = crate::exact::Surd::zero();
        analysis = theorem31(gamma, theta, &measured, None, Some(&none))?;
    }
    let Some(Missing::Condition(first)) = analysis.missing.first() else {
        return Err(ProofError::Other("no hypothesis fails"));
    };
    violation_certificate(networks, gamma, &measured, &analysis, first)
        .ok_or(ProofError::Other("no certificate of the violation"))
}

fn no_c3(g: &str, t: &str) -> Result<String, ProofError> {
    let (pair, networks) = pair(g, t)?;
    match c3_possible(&pair.gamma, &pair.theta, false, &Limits::default()) {
        C3::Impossible {
            evidence: Some(evidence),
        } => {
            let theta = networks.theta.ok_or(DEEP)?;
            Ok(c3_certificate(networks.gamma, theta, &evidence))
        }
        _ => Err(ProofError::Other("C.3 is not shown impossible")),
    }
}

fn theorem(g: &str, t: &str, theorem: Theorem, form: Option<Form>) -> Result<String, ProofError> {
    let (pair, _) = pair(g, t)?;
    let options = Options {
        theorem: Some(theorem),
        form,
        ..Options::default()
    };
    let answer = pair.reparametrize(&options)?;
    let text = answer
        .theorem()
        .map(|_| answer.certificate())
        .transpose()?
        .flatten();
    text.ok_or(ProofError::Other("a hypothesis fails"))
}

fn published(t: &str) -> Result<Shallow, ProofError> {
    published_lift(&biased(t)?).map_err(|error| ProofError::Network(error.to_string()))
}

fn published_violation(t: &str) -> Result<String, ProofError> {
    let gamma = published(t)?;
    let networks = networks((&gamma).into(), Some((&gamma).into()));
    first_violation(&Pair::unbiased(gamma.clone(), gamma), networks)
}

fn published_equal(t: &str) -> Result<String, ProofError> {
    let gamma = crate::stability::restricted(&published(t)?).ok_or(DEEP)?;
    let networks = networks((&gamma).into(), Some((&biased(t)?).into()));
    Ok(equal_certificate(
        Subject {
            networks,
            activation: None,
        },
        None,
    ))
}

fn nearest_one(g: &str, t: &str, among: Among) -> Result<String, ProofError> {
    let (gamma, theta) = (network(g)?, network(t)?);
    let options = nearest::Options {
        among,
        ..nearest::Options::default()
    };
    let found = nearest::nearest(&gamma, &theta, &options)
        .map_err(|error| ProofError::Network(error.to_string()))?;
    let Answer::Nearest(found) = found else {
        return Err(ProofError::Other("there is no parametrization"));
    };
    let networks = networks(stated(&gamma)?, Some(stated(&theta)?));
    nearest::certificate(networks, &found).ok_or(ProofError::Other("no Φ was found"))
}
