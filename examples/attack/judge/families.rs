//! Statements for all k: false where they fail at some k, true where the engine proves them for all.

use relucert::certificate::{Among, Claim, EqualClaim, JumpNormClaim, Networks, Reparametrization};
use relucert::certificate::{
    FamilyNetwork, ForAllK, Form, Formula, Holds, LocalMinimumClaim, Range, Sample, Section,
    SeminormClaim, StatedNetwork, StatedRational, Statement, SupNormClaim, Surd as Number,
};
use relucert::exact::Surd;
use relucert::family::{
    Expression, Family, TheoremQuestion, prove_distance, prove_distance_with, prove_equal_on,
    prove_equal_with, prove_jump, prove_jump_with, prove_local_minimum, prove_sup_norm, real_from,
    theorem,
};
use relucert::reparametrize::Options;
use relucert::stability::{Pair, Theorem};
use relucert::watch::Watch;

use super::all_parametrizations;
use super::compared::Compared;
use super::formulas::{at, box_of, expression, family};
use super::parametrizations::none_nearer;
use super::read::network;
use super::{Doubt, Judged, all, given, holds, judge, known};

/// Finite parts of the half-line are gone through up to this length.
pub const MOST_TRIED: u64 = 40;

pub fn for_all_k(statement: &Statement, claim: &ForAllK) -> Judged {
    check_networks(statement, claim)?;
    check_sections(claim)?;
    let activation = statement.activation.as_ref();
    let of_functions = |section: &Section| {
        matches!(
            section.holds,
            Holds::Equal { .. }
                | Holds::Seminorm { .. }
                | Holds::JumpNorm { .. }
                | Holds::SupNorm { .. }
        )
    };
    holds(
        activation.is_none() || claim.sections.iter().all(of_functions),
        "an activation where there is none",
    )?;
    let sections = claim.sections.iter().enumerate();
    all(sections.map(|(index, section)| {
        let real = claim.real.is_some_and(|from| section.range.first() >= from);
        let end = claim.sections.get(index + 1).map(|next| next.range.first());
        match one_by_one(claim, activation, section, end)? {
            // Every integer was looked at, and the section speaks of integers.
            true if !real => Ok(()),
            _ => proved(claim, activation, section, real),
        }
    }))
}

/// The statement's networks are the families at k = 1.
fn check_networks(statement: &Statement, claim: &ForAllK) -> Judged {
    let instance = |stated: &StatedNetwork, of: &FamilyNetwork| {
        let found = given(family(of, 0)?.instance(1), "not defined at k = 1")?;
        holds(found == *stated, "a network is not the family at k = 1")
    };
    instance(&statement.networks.gamma, &claim.gamma)?;
    match (&statement.networks.theta, &claim.theta) {
        (None, None) => Ok(()),
        (Some(stated), Some(theta)) => {
            instance(stated, theta)?;
            let shape = |f: &FamilyNetwork| (f.d, f.outputs);
            holds(
                shape(theta) == shape(&claim.gamma),
                "Γ and Θ of different shapes",
            )
        }
        _ => holds(false, "Θ in one place only"),
    }
}

/// The sections cover every k ≥ 1 and say the same kind of thing.
fn check_sections(claim: &ForAllK) -> Judged {
    let first = given(claim.sections.first(), "there are no sections")?;
    let of_theta = first.holds.speaks_of_theta();
    let fits = of_theta.is_none_or(|wanted| wanted == claim.theta.is_some());
    holds(fits, "there is no Θ, or one too many")?;
    let mut next = Some(1);
    for section in &claim.sections {
        let follows = next == Some(section.range.first());
        holds(follows, "the sections do not cover every k once")?;
        let same = section.holds.kind() == first.holds.kind();
        holds(same, "sections of several kinds")?;
        let alike = section.holds.domain() == first.holds.domain();
        holds(alike, "sections of several boxes")?;
        next = section.range.end();
    }
    holds(next.is_none(), "the sections have an end")?;
    if let Some(real) = claim.real {
        let from = claim.sections.iter().position(|s| s.range.first() == real);
        let from = given(from, "no section begins where it is true for real k")?;
        let ranges: Vec<Range> = claim.sections[from..].iter().map(|s| s.range).collect();
        holds(
            real_from(&ranges).is_some_and(|found| found <= real),
            "single values among real k",
        )?;
    }
    Ok(())
}

/// The k of a section that are looked at one by one, and whether these are all.
fn samples(range: Range, end: Option<u64>) -> (Vec<u64>, bool) {
    let a = range.first();
    match end {
        Some(end) if end - a <= MOST_TRIED => ((a..end).collect(), true),
        Some(end) => (
            vec![a, a + 1, a + 2, (a + end) / 2, end - 2, end - 1],
            false,
        ),
        None => (
            vec![a, a + 1, a + 2, a + 7, 10 * a + 3, 1000 * a + 1],
            false,
        ),
    }
}

/// Whether the section is true at every integer in it; `false` if it is not known, or not all are looked at.
fn one_by_one(
    claim: &ForAllK,
    activation: Option<&StatedRational>,
    section: &Section,
    end: Option<u64>,
) -> Result<bool, Doubt> {
    let (samples, mut sure) = samples(section.range, end);
    for k in samples {
        match at_k(claim, activation, &section.holds, k) {
            Ok(()) => {}
            Err(Doubt::Undecided(_)) => sure = false,
            Err(Doubt::False(reason)) => {
                return Err(Doubt::False(format!("at some k: {reason}")));
            }
        }
    }
    Ok(sure)
}

/// What a section says at one k.
fn at_k(claim: &ForAllK, activation: Option<&StatedRational>, says: &Holds, k: u64) -> Judged {
    let instance = |of: &FamilyNetwork| given(family(of, 0)?.instance(k), "not defined at some k");
    let gamma = instance(&claim.gamma)?;
    let theta = claim.theta.as_ref().map(instance).transpose()?;
    let about = |claim: Claim, phi: Option<StatedNetwork>| {
        judge(&Statement {
            networks: Networks {
                gamma: gamma.clone(),
                theta: theta.clone(),
                phi,
            },
            activation: activation.cloned(),
            claim,
        })
    };
    network(&gamma)?;
    theta.as_ref().map(network).transpose()?;
    let rational = |formula: &Formula| -> Result<StatedRational, Doubt> {
        let value = at(formula, k)?;
        Ok(StatedRational(
            given(value.to_rational(), "a norm is not rational")?.clone(),
        ))
    };
    let apart = |among: Among, distance: &Formula, above: &Option<Formula>| {
        let theta = given(theta.as_ref(), "there is no Θ")?;
        let (gamma, theta) = (network(&gamma)?, network(theta)?);
        let distance = at(distance, k)?;
        if let Some(above) = above {
            // `separated` says that the least distance is more; this is a little less than that.
            holds(
                distance.compare(&at(above, k)?).is_gt(),
                "the distance is not above",
            )?;
        }
        none_nearer(&gamma, &theta, among, &distance)
    };
    let reached = |phi: &FamilyNetwork, distance: &Formula| {
        let distance = Number::from(&at(distance, k)?);
        at_distance(&gamma, theta.as_ref(), instance(phi)?, distance)
    };
    match says {
        Holds::Equal { domain } => {
            let domain = domain.clone();
            about(Claim::Equal(EqualClaim { domain }), None)
        }
        Holds::SupNorm { domain, value } => {
            let (domain, value) = (domain.clone(), rational(value)?);
            about(Claim::SupNorm(SupNormClaim { domain, value }), None)
        }
        Holds::JumpNorm { value } => {
            let value = rational(value)?;
            about(Claim::JumpNorm(JumpNormClaim { value }), None)
        }
        Holds::Seminorm { value } => {
            let value = Some(rational(value)?);
            let claim = SeminormClaim {
                lower: value.clone(),
                upper: value,
            };
            about(Claim::Seminorm(claim), None)
        }
        Holds::Lift { phi } | Holds::Minimal { phi, .. } => {
            all_parametrizations::at_k(says, gamma.clone(), Some(instance(phi)?))
        }
        Holds::Flips { .. } => all_parametrizations::at_k(says, gamma.clone(), None),
        Holds::Regions { domain, points } => {
            all_parametrizations::regions_at_k(&gamma, domain.as_deref(), points, k)
        }
        Holds::Separated { distance, above } => apart(Among::All, distance, above),
        Holds::Reparametrization { phi, distance } => reached(phi, distance),
        Holds::Nearest {
            among,
            phi,
            distance,
            above,
        } => {
            if *among == Among::NStar {
                all_parametrizations::in_n_star(&instance(phi)?)?;
            }
            all([reached(phi, distance), apart(*among, distance, above)])
        }
        Holds::LocalMinimum {
            samples,
            loss,
            radius,
        } => {
            // Numbers of a claim of numbers are rational; this one may have others.
            let number = |formula: &Formula| -> Result<StatedRational, Doubt> {
                let value = at(formula, k)?;
                let value = value.to_rational().cloned();
                Ok(StatedRational(known(
                    value,
                    "a sample that is not rational",
                )?))
            };
            let row = |row: &[Formula]| row.iter().map(number).collect::<Result<Vec<_>, _>>();
            let samples = samples.iter().map(|sample| {
                let (x, y) = (row(&sample.x)?, row(&sample.y)?);
                Ok(Sample { x, y })
            });
            let claim = LocalMinimumClaim {
                samples: samples.collect::<Result<_, Doubt>>()?,
                loss: number(loss)?,
                radius: number(radius)?,
            };
            about(Claim::LocalMinimum(claim), None)
        }
        Holds::Theorem31(of) | Holds::Refined31(of) | Holds::Theorem33(of) => {
            let value = rational(&of.measure)?;
            let measured = match of.form {
                Form::Seminorm => Claim::Seminorm(SeminormClaim {
                    lower: Some(value.clone()),
                    upper: Some(value.clone()),
                }),
                Form::Jump => Claim::JumpNorm(JumpNormClaim {
                    value: value.clone(),
                }),
            };
            let threshold = match of.form {
                Form::Seminorm => &value.0 + &value.0,
                Form::Jump => value.0,
            };
            let stated = given(theta.as_ref(), "no Θ")?;
            let (own, theta) = (network(&gamma)?, network(stated)?);
            let which = which(says);
            let beta = match (&of.beta, which) {
                (Some(beta), Theorem::Main | Theorem::Refined) => at(beta, k)?,
                (None, Theorem::Star) => Surd::zero(),
                _ => return Err(Doubt::False("a β too many or too few".to_owned())),
            };
            holds(beta.compare(&Surd::zero()).is_ge(), "β is negative")?;
            let distance_at = at(&of.distance, k)?;
            let root = given(Surd::sqrt(&threshold), "a negative threshold")?;
            let limit = match which {
                Theorem::Star => root.add(&root),
                _ => beta.add(&root),
            };
            if let Some(bound) = &of.bound {
                let same = at(bound, k)?.compare(&limit).is_eq();
                holds(same, "the bound is not that of the theorem")?;
            }
            holds(
                distance_at.compare(&limit).is_le(),
                "the distance is more than the bound",
            )?;
            if which == Theorem::Star {
                permuted(&instance(&of.phi)?, stated)?;
            }
            let asked = Pair::new(&own, &theta).ok().and_then(|pair| {
                let options = Options {
                    theorem: Some(which),
                    form: Some(of.form),
                    beta: Some(beta.clone()),
                    ..Options::default()
                };
                pair.reparametrize(&options).ok()
            });
            let asked = known(asked, "the theorem at some k")?;
            let applies = asked.theorem().is_some();
            let least = asked.analysis().and_then(|analysis| analysis.beta.as_ref());
            let enough = least.is_none_or(|least| least.compare(&beta).is_le());
            all([
                about(measured, None),
                reached(&of.phi, &of.distance),
                holds(applies, "the theorem does not apply at some k"),
                holds(enough, "β is too small at some k"),
            ])
        }
    }
}

/// Of which theorem a section speaks.
fn which(says: &Holds) -> Theorem {
    match says {
        Holds::Theorem33(_) => Theorem::Star,
        Holds::Refined31(_) => Theorem::Refined,
        _ => Theorem::Main,
    }
}

/// One network is the other in another order.
fn permuted(one: &StatedNetwork, other: &StatedNetwork) -> Judged {
    let sorted = |network: &StatedNetwork| {
        let mut rows: Vec<String> = (network.a.iter().zip(&network.c))
            .map(|(a, c)| format!("{a:?} {c:?}"))
            .collect();
        rows.sort_unstable();
        rows
    };
    holds(sorted(one) == sorted(other), "Φ is not Θ in another order")
}

/// Φ realises R(Θ) at this distance from Γ. As Θ may have another number of neurons, Φ stands for it once it is the same function.
fn at_distance(
    gamma: &StatedNetwork,
    theta: Option<&StatedNetwork>,
    phi: StatedNetwork,
    distance: Number,
) -> Judged {
    let statement = |gamma: &StatedNetwork, theta: &StatedNetwork, phi, claim| Statement {
        networks: Networks {
            gamma: gamma.clone(),
            theta: Some(theta.clone()),
            phi,
        },
        activation: None,
        claim,
    };
    let theta = given(theta, "there is no Θ")?;
    let equal = Claim::Equal(EqualClaim { domain: None });
    judge(&statement(&phi, theta, None, equal))?;
    let reached = Claim::Reparametrization(Reparametrization {
        bound: distance.clone(),
        distance,
    });
    judge(&statement(gamma, &phi, Some(phi.clone()), reached))
}

/// What a section says for all k in it, as the engine proves it for k from the section's first on.
fn proved(
    claim: &ForAllK,
    activation: Option<&StatedRational>,
    section: &Section,
    real: bool,
) -> Judged {
    let range = section.range;
    let shift = range.first() - 1;
    let watch = Watch::none();
    let gamma = family(&claim.gamma, shift)?;
    let theta = claim.theta.as_ref().map(|theta| family(theta, shift));
    let theta = theta.transpose()?;
    let about = |theta: &Option<Family>| given(theta.clone(), "there is no Θ");
    let slope = activation.map_or_else(Default::default, |a| a.0.clone());
    let compared = Compared { range, shift, real };
    match &section.holds {
        Holds::SupNorm { domain, value } => {
            let domain = box_of(domain)?;
            let found = prove_sup_norm(&gamma, theta.as_ref(), &slope, &domain, &watch);
            compared.equal(value, &known(found.ok(), "a sup norm for all k")?)
        }
        Holds::Equal { domain } => {
            let theta = about(&theta)?;
            let found = match domain {
                None => prove_equal_with(&gamma, &theta, &slope, &watch),
                Some(domain) => prove_equal_on(&gamma, &theta, &slope, &box_of(domain)?, &watch),
            };
            known(found.ok(), "equality for all k").map(|_| ())
        }
        Holds::JumpNorm { value } => {
            let found = prove_jump_with(&gamma, theta.as_ref(), &slope, &watch);
            compared.equal(value, &known(found.ok(), "a jump norm for all k")?)
        }
        Holds::Seminorm { value } => {
            let found = prove_distance_with(&gamma, theta.as_ref(), &slope, &watch);
            compared.equal(value, &known(found.ok(), "a seminorm for all k")?)
        }
        Holds::Separated { distance, above } => {
            compared.apart(&gamma, &about(&theta)?, distance, above.as_ref())
        }
        Holds::Reparametrization { phi, distance } => {
            compared.reached(&gamma, &about(&theta)?, phi, distance)
        }
        Holds::Lift { .. }
        | Holds::Minimal { .. }
        | Holds::Flips { .. }
        | Holds::Regions { .. } => all_parametrizations::proved(&section.holds, &gamma, &compared),
        Holds::Nearest {
            among: Among::NStar,
            phi,
            distance,
            above,
        } => {
            let theta = about(&theta)?;
            compared.reached(&gamma, &theta, phi, distance)?;
            all_parametrizations::nearest_in_n_star(
                &[gamma, theta, family(phi, shift)?],
                [Some(distance), above.as_ref()],
                &compared,
            )
        }
        Holds::Nearest {
            phi,
            distance,
            above,
            ..
        } => {
            let theta = about(&theta)?;
            compared.reached(&gamma, &theta, phi, distance)?;
            compared.apart(&gamma, &theta, distance, above.as_ref())
        }
        Holds::LocalMinimum {
            samples, radius, ..
        } => {
            let row = |row: &[Formula]| -> Result<Vec<Expression>, Doubt> {
                row.iter().map(|x| expression(x, shift)).collect()
            };
            let samples = samples.iter().map(|s| Ok((row(&s.x)?, row(&s.y)?)));
            let samples = samples.collect::<Result<Vec<_>, Doubt>>()?;
            let radius = expression(radius, shift)?;
            let found = prove_local_minimum(&gamma, &samples, &radius, &watch);
            known(found.ok(), "a local minimum for all k").map(|_| ())
        }
        Holds::Theorem31(of) | Holds::Refined31(of) | Holds::Theorem33(of) => {
            let theta = about(&theta)?;
            let which = which(&section.holds);
            let beta = of.beta.as_ref().map(|beta| expression(beta, shift));
            let question = TheoremQuestion {
                form: Some(of.form),
                beta: beta.transpose()?,
                ..TheoremQuestion::of(which)
            };
            let found = theorem(&gamma, &theta, &question).ok();
            let found = known(found, "the theorem for all k")?;
            known(found.proved, "that the theorem applies for all k")?;
            if which == Theorem::Refined {
                // β is not asked with, and may be more than it must.
                let stated = expression(given(of.beta.as_ref(), "no β")?, shift)?;
                let here = compared.moved();
                for (range, found) in found.sections {
                    let apart = range.end().is_some_and(|end| end <= here.first())
                        || here.end().is_some_and(|end| end <= range.first());
                    if let (false, Some(least)) = (apart, found.beta) {
                        compared.ordered(&least, &stated, range, false)?;
                    }
                }
            }
            compared.reached(&gamma, &theta, &of.phi, &of.distance)?;
            let measured = match of.form {
                Form::Seminorm => prove_distance(&gamma, Some(&theta), &watch),
                Form::Jump => prove_jump(&gamma, Some(&theta), &watch),
            };
            compared.equal(&of.measure, &known(measured.ok(), "r or J for all k")?)
        }
    }
}
