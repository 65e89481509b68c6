//! Claims about families: `for-all-k`. What is to be seen is written in `certificate/family.rs`.

mod network;
mod number;
mod polynomial;
mod scenes;
mod signs;
mod steps;
mod tree;
mod words;

use crate::kernel::budget::Budget;
use crate::kernel::read::{Certificate, STATEMENT_LINE};
use crate::kernel::scalar::Scalar as _;
use crate::kernel::verdict::{Locate as _, Stop, Verified, differ, equal, reject};
pub(crate) use number::Number;
use relucert_format::{
    FamilyNetwork, ForAllK, Formula, Fraction, Holds, Range, Shallow, Statement, Step, Surd,
};
use scenes::Scenes;
use steps::{Fact, Scene};

/// Checks the sections' ranges, every step, and that the steps establish what each section says.
pub(super) fn check(
    certificate: &mut Certificate,
    statement: &Statement,
    claim: &ForAllK,
    limits: &Budget,
) -> Result<Verified, Stop> {
    check_statement(statement, claim, limits).at_line(STATEMENT_LINE)?;
    let mut scenes = Scenes::new(claim, limits);
    for index in 0..claim.sections.len() {
        scenes.at(index).at_line(STATEMENT_LINE)?;
    }
    let mut facts: Vec<Vec<Fact>> = claim.sections.iter().map(|_| Vec::new()).collect();
    for number in 1..=certificate.steps {
        limits.tick()?;
        let line = certificate.step_line(number);
        let found = certificate.step(number);
        let found = found.in_step(number, None).at_line(line)?;
        let (section, fact) = step(&mut scenes, &found)
            .in_step(number, Some(found.kind()))
            .at_line(line)?;
        if let Some(facts) = facts.get_mut(section) {
            facts.push(fact);
        }
    }
    certificate.finish()?;
    let mut remarks = Vec::with_capacity(facts.len());
    for (index, (section, facts)) in claim.sections.iter().zip(&facts).enumerate() {
        let scene = &*scenes.at(index).at_line(STATEMENT_LINE)?;
        let established = established(&section.holds, scene, facts);
        established
            .in_part(|| format!("for {}", section.range))
            .at_line(STATEMENT_LINE)?;
        // No part of the verdict: a remark that meets a limit is not made.
        remarks.push(words::vacuous(&section.holds, scene).unwrap_or_default());
    }
    Ok(words::verified(
        statement,
        claim,
        &remarks,
        certificate.steps,
    ))
}

fn step(scenes: &mut Scenes, step: &Step) -> Result<(usize, Fact), Stop> {
    let Step::Section(step) = step else {
        return reject("a claim for all k is proved by steps of its sections");
    };
    let scene = scenes.at(step.section)?;
    let range = scene.range;
    let fact = scene.step(&step.by);
    Ok((
        step.section,
        fact.in_part(|| format!("for {}", how(range)))?,
    ))
}

/// The range, and what t is in messages.
fn how(range: Range) -> String {
    match range {
        Range::From(a) => format!("{range} (k = {a}+t)"),
        Range::Between(a, b) => format!("{range} (k = ({a}+{b}*t)/(1+t))"),
        Range::At(_) => range.to_string(),
    }
}

/// The networks at k = 1 are the statement's, and the sections cover every k ≥ 1.
fn check_statement(statement: &Statement, claim: &ForAllK, limits: &Budget) -> Result<(), Stop> {
    if statement.activation.is_some() || statement.networks.phi.is_some() {
        return reject("a claim for all k has no activation, and its Φ is in the sections");
    }
    check_instance("Γ", &statement.networks.gamma, &claim.gamma, limits)?;
    match (&statement.networks.theta, &claim.theta) {
        (None, None) => {}
        (Some(stated), Some(family)) => {
            check_instance("Θ", stated, family, limits)?;
            let shape = |f: &FamilyNetwork| format!("{:?}", [f.d, f.outputs]);
            equal(
                "inputs, outputs of Θ against Γ",
                shape(family),
                shape(&claim.gamma),
            )?;
        }
        _ => return reject("Θ is either in the networks and in the claim, or in neither"),
    }
    let Some(first) = claim.sections.first() else {
        return reject("there are no sections");
    };
    let needs_theta = !matches!(first.holds, Holds::Seminorm { .. } | Holds::JumpNorm { .. });
    if needs_theta && claim.theta.is_none() {
        return reject("the claim lacks Θ");
    }
    let (mut next, mut real) = (Some(1), None);
    for section in &claim.sections {
        equal(
            "what the sections say",
            section.holds.kind(),
            first.holds.kind(),
        )?;
        let (found, range) = (section.range.first(), section.range);
        match next {
            Some(next) if next == found => {}
            Some(next) => {
                return differ(
                    "the sections must contain every k once: the next section begins at k",
                    found,
                    next,
                );
            }
            None => return reject("a section follows one without end"),
        }
        real = match range {
            Range::At(_) => None,
            _ => real.or(Some(found)),
        };
        if claim.real == Some(found) && !matches!(range, Range::At(_)) {
            real = Some(found);
        }
        next = range.end();
    }
    if let Some(next) = next {
        return reject(format!(
            "the sections must contain every k: none contains k = {next}"
        ));
    }
    if claim.real.is_some() && claim.real != real {
        return reject(
            "for all real k the statement is only true from the beginning of a section on that neither is nor precedes a single value",
        );
    }
    Ok(())
}

/// A stated number as a formula that does not depend on k.
fn constant(number: &Surd) -> Formula {
    let fraction = |q: &num_rational::BigRational| Fraction {
        numerator: if q.numer().bits() == 0 {
            Vec::new()
        } else {
            vec![q.numer().clone()]
        },
        denominator: vec![q.denom().clone()],
    };
    let whole =
        |n: &num_bigint::BigInt| fraction(&num_rational::BigRational::from_integer(n.clone()));
    Formula {
        rational: fraction(&number.rational),
        terms: number
            .terms
            .iter()
            .map(|(c, n)| (fraction(c), whole(n)))
            .collect(),
    }
}

/// The family at k = 1 is the network.
fn check_instance(
    name: &str,
    stated: &Shallow,
    family: &FamilyNetwork,
    limits: &Budget,
) -> Result<(), Stop> {
    let Shallow {
        d,
        m,
        outputs,
        a,
        b,
        c,
        e,
    } = stated;
    if b.is_some() || e.is_some() {
        return reject(format!("{name} of a claim for all k has no biases"));
    }
    let shape = |shape: [usize; 3]| format!("{shape:?}");
    equal(
        format!("d, m, D of {name} against the family"),
        shape([*d, *m, *outputs]),
        shape([family.d, family.m, family.outputs]),
    )?;
    for (part, rows, family) in [("a", a, &family.a), ("c", c, &family.c)] {
        equal(
            format!("rows of {part} of {name} against the family"),
            rows.len(),
            family.len(),
        )?;
        for (i, (row, family)) in rows.iter().zip(family).enumerate() {
            equal(
                format!("length of row {i} of {part} of {name} against the family"),
                row.len(),
                family.len(),
            )?;
            for (j, (number, formula)) in row.iter().zip(family).enumerate() {
                let found = Number::stated(&constant(number), Range::At(1), limits)?;
                let expected = Number::stated(formula, Range::At(1), limits)?;
                if !found.sub(&expected, limits)?.is_zero(limits)? {
                    return differ(
                        format!("{part}[{i}][{j}] of {name} is not the family's at k = 1"),
                        number,
                        formula,
                    );
                }
            }
        }
    }
    Ok(())
}

/// Whether some fact passes the test. That a test declines is not that it fails.
fn some(facts: &[Fact], test: &dyn Fn(&Fact) -> Result<bool, Stop>) -> Result<bool, Stop> {
    for fact in facts {
        if test(fact)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The section's facts establish what it says.
fn established(holds: &Holds, scene: &Scene, facts: &[Fact]) -> Result<(), Stop> {
    let limits = scene.limits;
    let has = |what: &str, test: &dyn Fn(&Fact) -> Result<bool, Stop>| match some(facts, test)? {
        true => Ok(()),
        false => reject(format!("no step shows {what}")),
    };
    let same = |a: &Number, b: &Number| a.sub(b, limits)?.is_zero(limits);
    let reached = |fact: &Fact| Ok(matches!(fact, Fact::Reached));
    match holds {
        Holds::Equal {} => has("that the functions are equal", &|fact| {
            Ok(matches!(fact, Fact::Equal))
        }),
        Holds::JumpNorm { value } => {
            let value = scene.number(value)?;
            has("the jump norm", &|fact| match fact {
                Fact::Jump(found) => same(found, &value),
                _ => Ok(false),
            })
        }
        Holds::Seminorm { value: text } => {
            let value = scene.number(text)?;
            has(&format!("r >= {text}"), &|fact| match fact {
                Fact::AtLeast(found) => same(found, &value),
                _ => Ok(false),
            })?;
            has(&format!("r <= {text}"), &|fact| match fact {
                Fact::AtMost(found) => same(found, &value),
                _ => Ok(false),
            })
        }
        Holds::Separated { distance, above }
        | Holds::Nearest {
            distance, above, ..
        } => {
            let value = scene.number(distance)?;
            let what = format!("that the distance is at least {distance}");
            has(&what, &|fact| match fact {
                Fact::Separated(found) => Ok(!found.sub(&value, limits)?.signs(limits)?.minus),
                _ => Ok(false),
            })?;
            if matches!(holds, Holds::Nearest { .. }) {
                has("that Φ is at this distance", &reached)?;
            }
            let Some(above) = above else { return Ok(()) };
            let margin = value.sub(&scene.number(above)?, limits)?;
            has(&format!("that {distance} > {above}"), &|fact| match fact {
                Fact::Positive(found) => same(found, &margin),
                _ => Ok(false),
            })
        }
        Holds::Reparametrization { .. } => has("that Φ is at this distance", &reached),
    }
}
