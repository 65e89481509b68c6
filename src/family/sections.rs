//! From a proof at one place to a proof for all k: thresholds, sections, and the certificate.

use num_traits::Zero as _;

use super::expression::Expression;
use super::network::Family;
use super::polynomial::Place;
use super::sketch::{Draft, Sketch};
use super::unproved::{Obstacle, Unproved};
use crate::certificate::{
    Claim, ForAllK, Formula, Networks, PRODUCER, Range, Section, SectionStep, Statement, Step,
    Writer,
};
use crate::exact::Rational;
use crate::watch::Watch;

/// Largest threshold that is looked for.
const LARGEST_THRESHOLD: u64 = 100;

/// Γ, and Θ where there is one.
#[derive(Clone, Debug)]
pub struct Pair {
    /// Γ.
    pub gamma: Family,
    /// Θ.
    pub theta: Option<Family>,
    /// The a of max(a·t, t); 0 for ReLU.
    pub activation: Rational,
    /// When to give up.
    pub watch: Watch,
}

impl Pair {
    /// Both with biases if one has some.
    pub(super) fn alike(&self) -> (Family, Option<Family>) {
        let families = || std::iter::once(&self.gamma).chain(&self.theta);
        let biased = families().any(|family| family.offset().is_some());
        let alike = |family: &Family| match biased {
            true => family.with_biases(),
            false => family.clone(),
        };
        (alike(&self.gamma), self.theta.as_ref().map(alike))
    }
}

/// One section of a proof.
#[derive(Clone, Debug)]
pub struct Part {
    /// Its range of k.
    pub range: Range,
    /// The value, as text in k, if there is one.
    pub value: Option<Formula>,
    /// What is proved there.
    pub draft: Draft,
}

/// A statement proved for all integers k ≥ 1.
#[derive(Clone, Debug)]
pub struct Proved {
    /// The sections, in increasing order.
    pub parts: Vec<Part>,
    /// The statement holds for all real k from here on too; none if it does for no such number that was found.
    pub real: Option<u64>,
    /// The certificate.
    pub certificate: String,
}

impl Proved {
    /// From where on one section proves everything.
    pub fn threshold(&self) -> u64 {
        self.parts.last().map_or(1, |part| part.range.first())
    }

    /// The k that were checked one by one.
    pub fn singly(&self) -> Vec<u64> {
        let at = self.parts.iter().filter_map(|part| match part.range {
            Range::At(k) => Some(k),
            _ => None,
        });
        at.collect()
    }

    /// Ranges and values, as text.
    pub fn values(&self) -> Vec<(Range, String)> {
        let text =
            |value: &Option<Formula>| value.as_ref().map_or_else(String::new, Formula::to_string);
        self.parts
            .iter()
            .map(|part| (part.range, text(&part.value)))
            .collect()
    }
}

/// Finds proofs at one place, the ones most wanted first. All prove the same kind of thing.
pub type Build<'a> = dyn Fn(&Pair, Place, Sketch) -> Result<Vec<Draft>, Unproved> + 'a;

/// Finds answers at one place, the ones most wanted first, each with what it needs.
type Find<'a, T> = dyn Fn(&Pair, Place, Sketch) -> Result<Vec<(T, Sketch)>, Unproved> + 'a;

fn found<T>(pair: &Pair, place: Place, find: &Find<T>) -> Result<Vec<(T, Sketch)>, Unproved> {
    let mut sketch = Sketch::new(place, &pair.watch);
    sketch.network(&pair.gamma)?;
    if let Some(theta) = &pair.theta {
        sketch.network(theta)?;
    }
    find(pair, place, sketch)
}

/// The longest range `range(first)` on which one of the answers holds; the earliest of equal ones.
fn longest<T>(
    answers: Vec<(T, Sketch)>,
    firsts: impl Iterator<Item = u64> + Clone,
    range: impl Fn(u64) -> Range,
) -> Result<(Range, T), Obstacle> {
    let mut obstacle = Obstacle::Nothing;
    let mut best: Option<(Range, T)> = None;
    for (answer, sketch) in answers {
        let better = |k: &u64| best.as_ref().is_none_or(|(range, _)| *k < range.first());
        let first = firsts
            .clone()
            .take_while(better)
            .find(|k| sketch.proved_on(range(*k)));
        match first {
            Some(k) => best = Some((range(k), answer)),
            None => {
                let last = firsts.clone().last().map(&range);
                obstacle = last
                    .and_then(|last| sketch.obstacle(last))
                    .unwrap_or(obstacle);
            }
        }
    }
    best.ok_or(obstacle)
}

/// Answers something for all integers k ≥ 1: for large k by one range, below its threshold by bounded ones, and where that
/// fails one k at a time.
///
/// # Errors
/// What could not be proved.
pub fn cover<T>(pair: &Pair, find: &Find<T>) -> Result<Vec<(Range, T)>, Unproved> {
    let generic = found(pair, Place::Infinity, find)?;
    pair.watch.check()?;
    let last = longest(generic, 1..=LARGEST_THRESHOLD, Range::From);
    let last = last.map_err(|obstacle| Unproved::NoThreshold {
        most: LARGEST_THRESHOLD,
        obstacle,
    })?;
    let mut end = last.0.first();
    let mut parts = vec![last];
    while end > 1 {
        pair.watch.check()?;
        pair.watch
            .tell(|| format!("proved for k >= {end}, from there on down"));
        let bounded = found(pair, Place::Before(end), find).ok();
        let bounded = bounded.map(|answers| longest(answers, 1..end, |k| Range::Between(k, end)));
        let next = match bounded {
            Some(Ok(part)) => part,
            _ => single(pair, end - 1, find)?,
        };
        end = next.0.first();
        parts.push(next);
    }
    parts.reverse();
    Ok(parts)
}

fn single<T>(pair: &Pair, k: u64, find: &Find<T>) -> Result<(Range, T), Unproved> {
    let undefined = Unproved::Undefined { k };
    let theta = pair
        .theta
        .as_ref()
        .map(|theta| theta.fixed(k).ok_or(undefined.clone()));
    let fixed = Pair {
        watch: pair.watch.clone(),
        activation: pair.activation.clone(),
        gamma: pair.gamma.fixed(k).ok_or(undefined)?,
        theta: theta.transpose()?,
    };
    let at_k = |reason| Unproved::At {
        k,
        reason: Box::new(reason),
    };
    let answers = found(&fixed, Place::On(Range::At(k)), find).map_err(at_k)?;
    longest(answers, std::iter::once(k), Range::At)
        .map_err(|obstacle| at_k(Unproved::Open(obstacle)))
}

/// From where on ranges leave out no real k.
pub fn real_from(ranges: &[Range]) -> Option<u64> {
    let single = ranges
        .iter()
        .rposition(|range| matches!(range, Range::At(_)));
    let first = ranges.get(single.map_or(0, |last| last + 1));
    first.map(|range| range.first())
}

/// Proves something for all integers k ≥ 1, see [`cover`].
///
/// # Errors
/// What could not be proved.
pub fn prove(pair: &Pair, build: &Build) -> Result<Proved, Unproved> {
    let parts = cover(pair, &|pair, place, sketch| {
        let drafts = build(pair, place, sketch)?;
        Ok(drafts
            .into_iter()
            .map(|draft| (draft.clone(), draft.sketch))
            .collect())
    })?;
    let part = |(range, draft): (Range, Draft)| {
        let value = draft.value.as_ref().map(Expression::to_certificate);
        Part {
            range,
            value,
            draft,
        }
    };
    proved(pair, parts.into_iter().map(part).collect())
}

/// The certificate of what is proved in each part.
///
/// # Errors
/// A network has no instance at k = 1.
pub fn proved(pair: &Pair, parts: Vec<Part>) -> Result<Proved, Unproved> {
    let ranges: Vec<Range> = parts.iter().map(|part| part.range).collect();
    let real = real_from(&ranges);
    let certificate = certificate(pair, &parts, real)?;
    Ok(Proved {
        parts,
        real,
        certificate,
    })
}

fn certificate(pair: &Pair, parts: &[Part], real: Option<u64>) -> Result<String, Unproved> {
    let instance = |family: &Family| family.instance(1).ok_or(Unproved::Undefined { k: 1 });
    let theta = pair.theta.as_ref().map(instance).transpose()?;
    let sections = parts.iter().map(|part| Section {
        range: part.range,
        holds: part.draft.holds.clone(),
    });
    let claim = ForAllK {
        gamma: pair.gamma.to_certificate(),
        theta: pair.theta.as_ref().map(Family::to_certificate),
        sections: sections.collect(),
        real,
    };
    let statement = Statement {
        networks: Networks {
            gamma: instance(&pair.gamma)?,
            theta,
            phi: None,
        },
        activation: (!pair.activation.is_zero()).then(|| pair.activation.clone().into()),
        claim: Claim::ForAllK(Box::new(claim)),
    };
    let mut writer = Writer::new(PRODUCER, statement);
    for (section, part) in parts.iter().enumerate() {
        for by in part.draft.steps.iter().cloned() {
            writer.step(Step::Section(Box::new(SectionStep { section, by })));
        }
    }
    Ok(writer.finish())
}
