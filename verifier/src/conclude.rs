//! The conclusion: what each kind of claim must rest on, before the steps are read and after they have been checked.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::conditions::least_beta;
use super::number::Q;
use super::parametrization;
use super::proof::{Fact, Proof, Setting};
use super::surd::Sum;
use super::verdict::{Stop, differ, equal, reject};
use relucert_format::{
    Claim, ConditionName, Form, Reparametrization, SeminormClaim, Surd, Theorem31, Violation,
};

/// Kinds of steps that rewrite the current network: a claim about Φ may name them, and rests on them anyway.
const REWRITING: [&str; 9] = [
    "kill", "merge", "permute", "scale", "radical", "flip", "split", "revive", "stretch",
];

/// Checks that the conclusion names as many steps of each kind as the claim needs, and no steps of other kinds.
pub(super) fn check_named(proof: &Proof, named: &BTreeMap<String, usize>) -> Result<(), Stop> {
    let (needed, optional): (Vec<(&str, usize)>, &[&str]) = match proof.claim {
        Claim::Reparametrization(_) => (vec![("bound", 1)], &REWRITING),
        Claim::Theorem31(_) => {
            let cases = proof.gamma.neurons.len();
            let needed = [
                ("point", 1),
                ("branch", 1),
                ("jump", 1),
                ("condition", 4),
                ("case", cases),
                ("bound", 1),
            ];
            (
                needed.into(),
                &[
                    "kill", "merge", "permute", "scale", "radical", "flip", "split", "revive",
                    "facet", "circuits",
                ],
            )
        }
        Claim::Condition(claim) if claim.name == ConditionName::NoOppositePossible => {
            (vec![("violation", 1), ("orientations", 1)], &[])
        }
        Claim::Condition(claim) if claim.name == ConditionName::Balance => {
            (vec![("violation", 1), ("point", 1)], &[])
        }
        Claim::Condition(_) => (vec![("violation", 1)], &[]),
        Claim::Equal(_) => (vec![("equal", 1)], &[]),
        Claim::Differ(_) => (vec![("values", 1)], &[]),
        Claim::JumpNorm(_) => (vec![("jump", 1)], &[]),
        Claim::SupNorm(_) => (vec![("vertices", 1)], &[]),
        Claim::LocalMinimum(_) => (vec![("intervals", 1)], &[]),
        Claim::Seminorm(claim) => {
            let lower = claim.lower.iter().map(|_| ("point", 1));
            let upper = claim.upper.iter().map(|_| ("branch", 1));
            (lower.chain(upper).collect(), &["circuits"])
        }
        Claim::Arrangement(_) => {
            let complete = ["closure", "count"];
            let way = complete.into_iter().find(|kind| named.contains_key(*kind));
            let needed = vec![("witnesses", 1), (way.unwrap_or("closure"), 1)];
            (needed, &["circuits", "closure", "count"])
        }
        _ => parametrization::named(proof),
    };
    for &(kind, count) in &needed {
        let found = named.get(kind).copied().unwrap_or(0);
        if found < count {
            return differ(
                format!("the conclusion must rest on steps of kind {kind}: number of them"),
                found,
                format!("at least {count}"),
            );
        }
    }
    for kind in named.keys().map(String::as_str) {
        if !needed.iter().any(|(needed, _)| *needed == kind) && !optional.contains(&kind) {
            return reject(format!("this claim cannot rest on a step of kind {kind:?}"));
        }
    }
    Ok(())
}

/// Checks that the facts of the named steps establish the claim.
pub(super) fn conclude(proof: &Proof, rests_on: &[usize]) -> Result<(), Stop> {
    let mut facts = Vec::with_capacity(rests_on.len());
    for &step in rests_on {
        match proof.fact(step) {
            Some(fact) => facts.push(fact),
            None => return reject(format!("step {step} established nothing")),
        }
    }
    let has = |what: &str, test: &dyn Fn(&Fact) -> bool| shows(&facts, what, test);
    let reached = |fact: &Fact| matches!(fact, Fact::Reached);
    match proof.claim {
        Claim::Condition(claim) => {
            has("the violation", &|fact| matches!(fact, Fact::Violated))?;
            if let Violation::Unbalanced { r_lower, .. } = &claim.violation {
                let text = format!("r >= {r_lower}");
                has(&text, &at_least(Q::from(r_lower)))?;
            }
            if let Violation::NoOrientation {} = &claim.violation {
                has("that no orientation fits", &|fact| {
                    matches!(fact, Fact::NoOrientation(None))
                })?;
            }
            Ok(())
        }
        Claim::Reparametrization(Reparametrization { distance, bound }) => {
            has("that Φ was reached", &reached)?;
            check_distance(proof, distance, &Sum::stated(bound)?, &bound.to_string())
        }
        Claim::Theorem31(theorem) => {
            has("that Φ was reached", &reached)?;
            check_setting(proof, &facts)?;
            for name in [ConditionName::Balance, ConditionName::NoParallel] {
                let holds = |fact: &Fact| matches!(fact, Fact::Holds(found, _) if *found == name);
                has(&format!("hypothesis {name:?}"), &holds)?;
            }
            // Of the network that the cases are of, but for parallel and dead neurons of it.
            check_opposite(&facts, Some(proof.turned))?;
            check_cases(proof, &facts)?;
            check_bounds(proof, theorem)
        }
        Claim::Equal(_) => has("that they are equal", &|fact| matches!(fact, Fact::Equal)),
        Claim::Differ(_) => has("that they differ", &|fact| matches!(fact, Fact::Values)),
        Claim::JumpNorm(claim) => has("the jump norm", &is_jump(Q::from(&claim.value))),
        Claim::LocalMinimum(_) => has("the minimum", &|fact| matches!(fact, Fact::Least)),
        Claim::SupNorm(_) => has("the sup norm", &|fact| matches!(fact, Fact::Largest)),
        Claim::Seminorm(SeminormClaim { lower, upper }) => {
            if let Some(lower) = lower {
                has(&format!("r >= {lower}"), &at_least(Q::from(lower)))?;
            }
            upper
                .as_ref()
                .map_or(Ok(()), |upper| check_upper(proof, &facts, &Q::from(upper)))
        }
        Claim::Arrangement(claim) => {
            let regions = proof.arrangement.as_ref();
            let needed = regions.map_or(claim.count, |regions| regions.needed);
            check_regions(&facts, claim.count, needed)
        }
        _ => parametrization::conclude(proof, &facts),
    }
}

/// Rejects if no fact is as wanted.
pub(super) fn shows(facts: &[&Fact], what: &str, test: &dyn Fn(&Fact) -> bool) -> Result<(), Stop> {
    match facts.iter().any(|fact| test(fact)) {
        true => Ok(()),
        false => reject(format!("no step that the conclusion rests on shows {what}")),
    }
}

fn at_least(wanted: Q) -> impl Fn(&Fact) -> bool {
    move |fact| matches!(fact, Fact::AtLeast(r) if *r == wanted)
}

fn is_jump(wanted: Q) -> impl Fn(&Fact) -> bool {
    move |fact| matches!(fact, Fact::Jump(j) if *j == wanted)
}

/// The bracket of r, and J.
pub(super) fn check_setting(proof: &Proof, facts: &[&Fact]) -> Result<(), Stop> {
    let Some(Setting { r, jump, .. }) = Setting::of(proof.claim) else {
        return Ok(());
    };
    let (lower, upper) = (Q::from(&r.lower), Q::from(&r.upper));
    shows(facts, &format!("r >= {lower}"), &at_least(lower.clone()))?;
    let at_most = |fact: &Fact| matches!(fact, Fact::AtMost(_, r) if *r == upper);
    shows(facts, &format!("r <= {upper}"), &at_most)?;
    check_upper(proof, facts, &upper)?;
    shows(facts, "the jump norm", &is_jump(Q::from(jump)))
}

/// C.3a and C.3b, of the same network: no step between them gave neurons new directions. If `turned` is given, none did so after
/// that many either.
pub(super) fn check_opposite(facts: &[&Fact], turned: Option<usize>) -> Result<(), Stop> {
    let holds = |name: ConditionName, at: Option<usize>| {
        let shown = move |fact: &Fact| {
            matches!(fact, Fact::Holds(found, when)
            if *found == name && at.is_none_or(|at| at == *when))
        };
        shows(
            facts,
            &format!("hypothesis {name:?} of that network"),
            &shown,
        )
    };
    let (within, between) = (
        ConditionName::NoOppositeWithin,
        ConditionName::NoOppositeBetween,
    );
    if turned.is_some() {
        holds(within, turned)?;
        return holds(between, turned);
    }
    let mut times = facts.iter().filter_map(|fact| match fact {
        Fact::Holds(name, at) if *name == within => Some(*at),
        _ => None,
    });
    let together = |at: usize| holds(between, Some(at)).is_ok();
    if times.clone().any(together) {
        return Ok(());
    }
    holds(within, None)?;
    holds(between, times.next_back())
}

/// Each of the needed regions has an inner point, and is closed, unless the number of regions shows that none is missing.
fn check_regions(facts: &[&Fact], count: usize, needed: usize) -> Result<(), Stop> {
    let (mut inside, mut around) = (vec![false; count], vec![false; count]);
    let fill = |shown: &mut [bool], range: &Range<usize>| {
        let part = shown.get_mut(range.clone());
        part.unwrap_or_default().fill(true);
    };
    for fact in facts {
        match fact {
            Fact::Witnessed(range) => fill(&mut inside, range),
            Fact::Closed(range) => fill(&mut around, range),
            Fact::Counted(found) if *found == count => around.fill(true),
            _ => {}
        }
    }
    for (what, shown) in [("an inner point of", inside), ("what lies around", around)] {
        if let Some(r) = shown.iter().take(needed).position(|shown| !shown) {
            return reject(format!(
                "no step that the conclusion rests on shows {what} region {r}"
            ));
        }
    }
    Ok(())
}

/// r ≤ upper: by one step for all entries of the Jacobian, or by one for every entry and one for its negative.
pub(super) fn check_upper(proof: &Proof, facts: &[&Fact], upper: &Q) -> Result<(), Stop> {
    let mut shown = BTreeSet::new();
    for fact in facts {
        match fact {
            Fact::AtMost(None, bound) if bound <= upper => return Ok(()),
            Fact::AtMost(Some(target), bound) if bound <= upper => {
                shown.insert((target.output, target.input, target.negative));
            }
            _ => {}
        }
    }
    for output in 0..proof.gamma.outputs {
        for input in 0..proof.columns() {
            for (negative, sign) in [(false, ""), (true, "the negative of ")] {
                if !shown.contains(&(output, input, negative)) {
                    return reject(format!(
                        "no step that the conclusion rests on bounds {sign}entry ({output}, {input}) of the Jacobian by {upper}"
                    ));
                }
            }
        }
    }
    Ok(())
}

/// Exactly one case a neuron.
pub(super) fn check_cases(proof: &Proof, facts: &[&Fact]) -> Result<(), Stop> {
    let mut cases = vec![0_usize; proof.gamma.neurons.len()];
    for fact in facts {
        if let Fact::Case(neuron) = fact
            && let Some(count) = cases.get_mut(*neuron)
        {
            *count += 1;
        }
    }
    for (i, count) in cases.into_iter().enumerate() {
        equal(
            format!("cases of neuron {i} that the conclusion rests on"),
            count,
            1,
        )?;
    }
    Ok(())
}

/// Every stated bound equals its formula, and the distance is at most each.
///
/// With r only bracketed, `paper` and `sharp` are taken at its lower end, with the least β there: both terms grow with r.
fn check_bounds(proof: &Proof, theorem: &Theorem31) -> Result<(), Stop> {
    let (r, jump) = (Q::from(&theorem.r.lower), Q::from(&theorem.jump));
    let claimed = Sum::stated(&theorem.beta)?;
    let least = |threshold: &Q| least_beta(&proof.gamma, threshold);
    let (beta, beta_jump) = match theorem.form {
        Form::Seminorm => (claimed, least(&jump)),
        Form::Jump => (least(&r.double()), claimed),
    };
    let root = |beta: &Sum, square: &Q| beta.clone().plus_root(&Q::one(), square);
    let formulas = [
        (
            &theorem.bounds.paper,
            root(&beta, &r.double().double()),
            "beta + 2 sqrt(r)",
        ),
        (
            &theorem.bounds.sharp,
            root(&beta, &r.double()),
            "beta + sqrt(2r)",
        ),
        (
            &theorem.bounds.jump,
            root(&beta_jump, &jump),
            "beta_J + sqrt(J)",
        ),
    ];
    check_formulas(proof, &theorem.distance, formulas)
}

/// Every stated bound equals its formula, and the distance is at most each.
pub(super) fn check_formulas<const N: usize>(
    proof: &Proof,
    distance: &Surd,
    formulas: [(&Option<Surd>, Sum, &str); N],
) -> Result<(), Stop> {
    for (stated, formula, name) in formulas {
        let Some(stated) = stated else { continue };
        if Sum::stated(stated)?
            .compare(&formula, proof.limits)?
            .is_ne()
        {
            return differ(format!("bound {name}"), stated, formula);
        }
        check_distance(proof, distance, &formula, &stated.to_string())?;
    }
    Ok(())
}

/// distance ≤ bound.
pub(super) fn check_distance(
    proof: &Proof,
    distance: &Surd,
    bound: &Sum,
    text: &str,
) -> Result<(), Stop> {
    if Sum::stated(distance)?.compare(bound, proof.limits)? == Ordering::Greater {
        return differ(
            "the distance exceeds the bound",
            distance,
            format!("at most {text}"),
        );
    }
    Ok(())
}
