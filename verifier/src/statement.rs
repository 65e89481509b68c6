//! What every claim asks of its statement, before any step is read: that the networks it speaks of are there and fit together.

use relucert_format::{
    FamilyNetwork, ForAllK, Formula, Holds, Range, Side, StatedNetwork, Statement, Surd,
};

use super::claims;
use super::kernel::budget::Budget;
use super::kernel::function::Function;
use super::kernel::network::check_stated;
use super::kernel::number::Q;
use super::kernel::verdict::{Stop, differ, equal, equal_shape, reject};
use super::scene::Scene;
use super::subject::{Domain, Reads, Speaks};

/// The networks that the claim needs are there and fit together; its box has inner points.
pub(crate) fn check(scene: &Scene) -> Result<(), Stop> {
    let (gamma, speaks) = (&scene.gamma, scene.subject.speaks);
    let [theta, phi] = scene.has();
    let of_phi = matches!(speaks, Speaks::Phi | Speaks::Alike);
    match (theta, phi) {
        (true, _) if speaks == Speaks::Gamma => {
            return reject("this claim does not speak of Θ");
        }
        (_, true) if !of_phi => return reject("this claim does not speak of Φ"),
        (false, _) if of_phi || speaks == Speaks::Theta => {
            return reject("the statement lacks Θ");
        }
        (_, false) if of_phi => return reject("the statement lacks Φ"),
        _ => {}
    }
    if theta {
        let theta = scene.theta()?;
        // Θ of a lift is homogenised: one input more than it is stated with, where Γ has two.
        let lifted = usize::from(scene.subject.reads == Reads::Lift);
        equal("inputs of Θ against Γ", theta.inputs + lifted, gamma.inputs)?;
        equal("outputs of Θ against Γ", theta.outputs, gamma.outputs)?;
    }
    if of_phi {
        let phi = scene.phi()?;
        check_stated(phi, scene.limits)?;
        equal_shape("Φ", [phi.d, phi.m, phi.outputs], gamma.shape())?;
    }
    if speaks == Speaks::Alike {
        equal_shape("Θ", scene.theta()?.shape(), gamma.shape())?;
    }
    check_roots(scene)?;
    claims::of(scene.claim).fits(scene)?;
    check_domain(scene)
}

/// Where sizes of weights count, a neuron is made of one root.
fn check_roots(scene: &Scene) -> Result<(), Stop> {
    for side in scene.subject.one_root {
        match side {
            Side::Theta if scene.has()[0] => scene.theta()?.check_one_root("Θ")?,
            Side::Gamma => scene.gamma.check_one_root("Γ")?,
            _ => {}
        }
    }
    Ok(())
}

/// A box has inner points.
fn check_domain(scene: &Scene) -> Result<(), Stop> {
    match scene.subject.domain {
        Some(domain) => check_box(domain, scene.columns()),
        None => Ok(()),
    }
}

/// A box of so many sides with inner points.
pub(crate) fn check_box(domain: &Domain, inputs: usize) -> Result<(), Stop> {
    equal("inputs of the box", domain.len(), inputs)?;
    for (k, (lower, upper)) in domain.iter().enumerate() {
        let (lower, upper) = (Q::from(lower), Q::from(upper));
        if lower >= upper {
            let found = format!("{lower} to {upper}");
            return differ(format!("side {k} of the box"), found, "lower < upper");
        }
    }
    Ok(())
}

/// Of a claim for all k: the networks at k = 1 are the statement's, and the sections cover every k ≥ 1.
pub(crate) fn check_families(
    statement: &Statement,
    claim: &ForAllK,
    limits: &Budget,
) -> Result<(), Stop> {
    if statement.networks.phi.is_some() {
        return reject("the Φ of a claim for all k is in the sections");
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
    if let Some(activation) = &statement.activation {
        let (activation, of_functions) = (
            Q::from(activation),
            matches!(
                first.holds,
                Holds::Equal { .. }
                    | Holds::Seminorm { .. }
                    | Holds::JumpNorm { .. }
                    | Holds::SupNorm { .. }
            ),
        );
        if !of_functions {
            return reject("sections of this kind are about ReLU: they have no activation");
        }
        if activation.is_negative() {
            return differ("the activation's a", activation, ">= 0");
        }
    }
    match (first.holds.speaks_of_theta(), claim.theta.is_some()) {
        (Some(true), false) => return reject("the claim lacks Θ"),
        (Some(false), true) => {
            let kind = first.holds.kind();
            return reject(format!("sections of the kind {kind} do not speak of Θ"));
        }
        _ => {}
    }
    if let Some(domain) = first.holds.domain() {
        check_box(domain, claim.gamma.d)?;
    }
    let (mut next, mut real) = (Some(1), None);
    for section in &claim.sections {
        equal(
            "what the sections say",
            section.holds.kind(),
            first.holds.kind(),
        )?;
        if section.holds.domain() != first.holds.domain() {
            return reject("the sections speak of different boxes");
        }
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

/// The family at k = 1 is the network.
fn check_instance(
    name: &str,
    stated: &StatedNetwork,
    family: &FamilyNetwork,
    limits: &Budget,
) -> Result<(), Stop> {
    let StatedNetwork {
        d,
        m,
        outputs,
        a,
        b,
        c,
        e,
    } = stated;
    if [b.is_some(), e.is_some()] != [family.b.is_some(), family.e.is_some()] {
        return reject(format!(
            "{name} has biases in the networks and in the claim, or in neither"
        ));
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
                let place = || format!("{part}[{i}][{j}] of {name}");
                check_number(number, formula, place, limits)?;
            }
        }
    }
    let e: Option<Vec<Surd>> = e.as_ref().map(|e| {
        let numbers = e.iter().map(|number| Surd::from(number.0.clone()));
        numbers.collect()
    });
    for (part, row, family) in [("b", b.as_ref(), &family.b), ("e", e.as_ref(), &family.e)] {
        let (Some(row), Some(family)) = (row, family) else {
            continue;
        };
        equal(
            format!("length of {part} of {name} against the family"),
            row.len(),
            family.len(),
        )?;
        for (i, (number, formula)) in row.iter().zip(family).enumerate() {
            let place = || format!("{part}[{i}] of {name}");
            check_number(number, formula, place, limits)?;
        }
    }
    Ok(())
}

/// The formula at k = 1 is the number.
fn check_number(
    number: &Surd,
    formula: &Formula,
    place: impl Fn() -> String,
    limits: &Budget,
) -> Result<(), Stop> {
    let found = Function::surd(number, limits)?;
    let expected = Function::stated(formula, Range::At(1), limits)?;
    match found.sub(&expected, limits)?.is_zero(limits)? {
        true => Ok(()),
        false => differ(
            format!("{} is not the family's at k = 1", place()),
            number,
            formula,
        ),
    }
}
