//! From a proof at one place to a proof for all k: thresholds, sections, and the certificate.

use super::expression::Expression;
use super::network::Family;
use super::polynomial::Place;
use super::sketch::{Draft, Sketch, Step, Unproved};
use crate::certificate::{
    Claim, FamilyStep, ForAllK, Formula, Networks, PRODUCER, PositiveForAllK, Range, Rule, Section,
    Statement, Writer,
};

/// Largest threshold that is looked for.
const LARGEST_THRESHOLD: u64 = 100;

/// Γ, and Θ where there is one.
#[derive(Clone, Debug)]
pub struct Pair {
    /// Γ.
    pub gamma: Family,
    /// Θ.
    pub theta: Option<Family>,
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

fn drafts(pair: &Pair, place: Place, build: &Build) -> Result<Vec<Draft>, Unproved> {
    let mut sketch = Sketch::new(place);
    sketch.network(&pair.gamma)?;
    if let Some(theta) = &pair.theta {
        sketch.network(theta)?;
    }
    build(pair, place, sketch)
}

/// The longest range that ends where `range(first)` does, over all drafts; the earliest draft of equal ones.
fn longest(
    drafts: Vec<Draft>,
    firsts: impl Iterator<Item = u64> + Clone,
    range: impl Fn(u64) -> Range,
) -> Result<Part, String> {
    let mut obstacle = "nothing was found".to_owned();
    let mut best: Option<Part> = None;
    for draft in drafts {
        let better = |k: &u64| best.as_ref().is_none_or(|part| *k < part.range.first());
        let found = firsts
            .clone()
            .take_while(better)
            .find(|k| draft.sketch.proved_on(range(*k)));
        match found {
            Some(k) => best = Some(part(range(k), draft)),
            None => {
                let last = firsts.clone().last().map(&range);
                obstacle = last
                    .and_then(|last| draft.sketch.obstacle(last))
                    .unwrap_or(obstacle);
            }
        }
    }
    best.ok_or(obstacle)
}

fn part(range: Range, draft: Draft) -> Part {
    let value = draft.value.as_ref().map(Expression::to_certificate);
    Part {
        range,
        value,
        draft,
    }
}

/// Proves something for all integers k ≥ 1: for large k by one section, below its threshold by bounded ones, and where that
/// fails one k at a time.
///
/// # Errors
/// What could not be proved.
pub fn prove(pair: &Pair, build: &Build) -> Result<Proved, Unproved> {
    let generic = drafts(pair, Place::Infinity, build)?;
    let last = longest(generic, 1..=LARGEST_THRESHOLD, Range::From).map_err(|obstacle| {
        Unproved(format!("no threshold up to {LARGEST_THRESHOLD} was found for which {obstacle} holds for all larger k"))
    })?;
    let mut end = last.range.first();
    let mut parts = vec![last];
    while end > 1 {
        let bounded = drafts(pair, Place::Before(end), build).map_err(|e| e.0);
        let bounded =
            bounded.and_then(|drafts| longest(drafts, 1..end, |k| Range::Between(k, end)));
        let next = match bounded {
            Ok(part) => part,
            Err(_) => single(pair, end - 1, build)?,
        };
        end = next.range.first();
        parts.push(next);
    }
    parts.reverse();
    let real = parts
        .iter()
        .rposition(|part| matches!(part.range, Range::At(_)));
    let real = parts
        .get(real.map_or(0, |last| last + 1))
        .map(|part| part.range.first());
    let certificate = certificate(pair, &parts, real)?;
    Ok(Proved {
        parts,
        real,
        certificate,
    })
}

fn single(pair: &Pair, k: u64, build: &Build) -> Result<Part, Unproved> {
    let undefined = || Unproved(format!("an entry is not defined at k = {k}"));
    let theta = pair
        .theta
        .as_ref()
        .map(|theta| theta.fixed(k).ok_or_else(undefined));
    let fixed = Pair {
        gamma: pair.gamma.fixed(k).ok_or_else(undefined)?,
        theta: theta.transpose()?,
    };
    let at_k = |error: Unproved| Unproved(format!("at k = {k}: {error}"));
    let drafts = drafts(&fixed, Place::On(Range::At(k)), build).map_err(at_k)?;
    longest(drafts, std::iter::once(k), Range::At)
        .map_err(|obstacle| at_k(Unproved(format!("{obstacle} was not proved"))))
}

fn certificate(pair: &Pair, parts: &[Part], real: Option<u64>) -> Result<String, Unproved> {
    let instance = |family: &Family| {
        let undefined = || Unproved("an entry is not defined at k = 1".to_owned());
        family.instance(1).ok_or_else(undefined)
    };
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
        activation: None,
        claim: Claim::ForAllK(Box::new(claim)),
    };
    let mut writer = Writer::new(PRODUCER, statement);
    let mut rests_on = Vec::new();
    for (section, part) in parts.iter().enumerate() {
        for step in &part.draft.steps {
            let rule = match step.clone() {
                Step::By(by) => Rule::ForAllK(Box::new(FamilyStep { section, by })),
                Step::Positive(value) => Rule::PositiveForAllK(PositiveForAllK { section, value }),
            };
            rests_on.push(writer.step(rule));
        }
    }
    Ok(writer.finish("for-all-k", rests_on))
}
