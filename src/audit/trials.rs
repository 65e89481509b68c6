//! The case analyses of Theorems 3.1 and 3.3 and Lemma A.6 on many adversarial random instances, exactly, from a printed seed.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering as AtomicOrdering};
use std::time::Instant;

use num_traits::{Signed, Zero};
use rayon::prelude::*;
use serde::Deserialize;

use super::pairs::{RandomPair, biased_network, changed, main_pair, star_pair};
use super::random::Random;
use crate::certificate::{Form, MainCase, ProofCase, StarCase};
use crate::degeneracy::membership;
use crate::exact::{Rational, Surd};
use crate::network::{Neuron, Shallow};
use crate::realization::CanonicalForm;
use crate::reparametrize::Options;
use crate::stability::{
    BoundName, Case, Construction, Measured, Missing, StabilityError, is_lift, lift,
    published_lift, refined31, theorem31, theorem33,
};
use crate::watch::Watch;

/// Which statement is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum Statement {
    /// Theorem 3.1 in its paper, sharp, jump and refined forms.
    #[serde(rename = "3.1")]
    Main,
    /// Theorem 3.3.
    #[serde(rename = "3.3")]
    Star,
    /// Lemma A.6.
    #[serde(rename = "A.6")]
    Lift,
}

/// How near an instance comes to a bound: distance/bound, and the instance.
#[derive(Clone, Debug)]
pub struct Worst {
    /// The trial's number.
    pub trial: u64,
    /// distance/bound, at most 1 if the bound holds.
    pub ratio: Surd,
    /// ‖Φ − Γ‖.
    pub distance: Surd,
    /// The bound.
    pub bound: Surd,
    /// Γ and Θ.
    pub pair: RandomPair,
}

/// What the trials showed.
#[derive(Clone, Debug, Default)]
pub struct Trials {
    /// How many instances were tried.
    pub tried: u64,
    /// How many satisfied the hypotheses.
    pub applied: u64,
    /// Neurons in each case, and boundaries met, by name.
    pub counts: BTreeMap<&'static str, u64>,
    /// By bound's name, the instance nearest to it.
    pub worst: BTreeMap<&'static str, Worst>,
    /// What went wrong, in words; empty if the statement held every time.
    pub failures: Vec<String>,
}

impl Trials {
    fn count(&mut self, name: &'static str, by: bool) {
        *self.counts.entry(name).or_default() += u64::from(by);
    }

    fn ratio(&mut self, name: &'static str, worst: Worst) {
        if worst
            .ratio
            .compare(&Surd::from(Rational::from_integer(1.into())))
            == Ordering::Greater
        {
            let trial = worst.trial;
            self.failures
                .push(format!("trial {trial}: the bound {name} is exceeded"));
        }
        self.keep(name, worst);
    }

    fn keep(&mut self, name: &'static str, worst: Worst) {
        let better = |old: &Worst| {
            // Of equal ones the first stays, whatever the order of threads.
            let order = worst.ratio.compare(&old.ratio);
            order.then(old.trial.cmp(&worst.trial)) == Ordering::Greater
        };
        if self.worst.get(name).is_none_or(better) {
            self.worst.insert(name, worst);
        }
    }

    fn join(mut self, other: Trials) -> Trials {
        self.tried += other.tried;
        self.applied += other.applied;
        for (name, count) in other.counts {
            *self.counts.entry(name).or_default() += count;
        }
        for (name, worst) in other.worst {
            self.keep(name, worst);
        }
        self.failures.extend(other.failures);
        self
    }
}

/// Tries the statement on `count` instances drawn from `seed`; the same seed gives the same answer, unless a limit of `watch` is met:
/// then fewer are tried.
pub fn trials(statement: Statement, count: u64, seed: u64, watch: &Watch) -> Trials {
    let (tried, since) = (AtomicU64::new(0), Instant::now());
    let mut all = (0..count)
        .into_par_iter()
        .map(|index| {
            watch.check().ok()?;
            let number = tried.fetch_add(1, AtomicOrdering::Relaxed);
            watch.tell_of(since, number, count, "instances");
            Some(one(statement, seed, index))
        })
        .while_some()
        .reduce(Trials::default, Trials::join);
    all.failures.sort();
    all
}

fn one(statement: Statement, seed: u64, index: u64) -> Trials {
    let mut random = Random::of_trial(seed, index);
    let mut trial = Trials {
        tried: 1,
        ..Trials::default()
    };
    let result = match statement {
        Statement::Main => main_pair(&mut random).map(|pair| try_main(&mut trial, index, pair)),
        Statement::Star => star_pair(&mut random).map(|pair| try_star(&mut trial, index, pair)),
        Statement::Lift => try_lift(&mut trial, index, &mut random).map(Ok),
    };
    match result {
        None => trial
            .failures
            .push(format!("trial {index}: no instance was drawn")),
        Some(Err(reason)) => trial.failures.push(format!("trial {index}: {reason}")),
        Some(Ok(())) => {}
    }
    trial
}

/// Hill climbing: the instance nearest to each bound is changed at random, `steps` times, and what comes nearer is kept. Failures are bounds
/// that were exceeded on the way. Ends early if a limit of `watch` is met.
pub fn search(
    statement: Statement,
    found: &Trials,
    steps: u64,
    seed: u64,
    watch: &Watch,
) -> Trials {
    let mut all = Trials::default();
    for (name, start) in &found.worst {
        let mut best = start.clone();
        let (since, what) = (Instant::now(), format!("steps of {name}"));
        for step in 0..steps {
            if watch.check().is_err() {
                break;
            }
            watch.tell_of(since, step, steps, &what);
            let mut random = Random::of_trial(seed ^ start.trial.rotate_left(32), step);
            let Some(pair) = changed(&mut random, &best.pair) else {
                continue;
            };
            let mut trial = Trials::default();
            let result = match statement {
                Statement::Main => try_main(&mut trial, best.trial, pair),
                Statement::Star => try_star(&mut trial, best.trial, pair),
                Statement::Lift => Ok(()),
            };
            all.tried += 1;
            all.applied += trial.applied;
            all.failures.extend(trial.failures);
            all.failures.extend(result.err());
            if let Some(other) = trial.worst.remove(name)
                && other.ratio.compare(&best.ratio) == Ordering::Greater
            {
                best = other;
            }
        }
        all.worst.insert(name, best);
    }
    all
}

/// All cases of the proof of Theorem 3.1 and the boundaries that are counted.
const MAIN_NAMES: [&str; 18] = [
    "case 1",
    "case A",
    "case B.1",
    "case B.2",
    "case B.3",
    "C.1 fails",
    "C.2 fails",
    "C.3a fails",
    "C.3b fails",
    "boundary |p| = 2r in case A",
    "boundary |p| or |q| = 2r in case 1",
    "boundary |p - q| = 2r",
    "boundary r = 0",
    "zero neuron in Γ",
    "opposite sign on one hyperplane",
    "merged to zero (E3)",
    "J < 2r",
    "refined form applies",
];

fn try_main(trial: &mut Trials, index: u64, pair: RandomPair) -> Result<(), String> {
    for name in MAIN_NAMES {
        trial.count(name, false);
    }
    let text = |error: StabilityError| error.to_string();
    let RandomPair { gamma, theta } = &pair;
    // A β of 0 makes C.1 fail wherever it says something.
    let beta = index.is_multiple_of(16).then(Surd::zero);
    let limits = Options::default().limits;
    let measured = Measured::new(gamma, theta, &limits).map_err(text)?;
    let seminorm = Some(Form::Seminorm);
    let analysis = theorem31(gamma, theta, &measured, seminorm, beta.as_ref()).map_err(text)?;
    let by_jump = theorem31(gamma, theta, &measured, Some(Form::Jump), None).map_err(text)?;
    let refined = refined31(gamma, theta, &measured, None).map_err(text)?;
    for missing in &analysis.missing {
        let Missing::Condition(violation) = missing else {
            continue;
        };
        use crate::certificate::ConditionName::{
            Balance, NoOppositeBetween, NoOppositePossible, NoOppositeWithin, NoParallel,
        };
        let name = match violation.name {
            Balance => "C.1 fails",
            NoParallel => "C.2 fails",
            NoOppositeWithin => "C.3a fails",
            NoOppositeBetween | NoOppositePossible => "C.3b fails",
        };
        trial.count(name, true);
    }
    check_jump(&measured)?;
    trial.count(
        "J < 2r",
        Some(&measured.jump) < measured.seminorm.exact().map(double).as_ref(),
    );
    if let Some(construction) = &analysis.construction {
        trial.applied += 1;
        check_function(&construction.phi, theta)?;
        count_cases(trial, gamma, &analysis.threshold, construction);
        let names = [
            (BoundName::Paper, "3.1 paper β + 2√r"),
            (BoundName::Sharp, "3.1 sharp β + √(2r)"),
        ];
        compare_all(trial, &names, index, construction, &pair);
    }
    if let Some(construction) = &by_jump.construction {
        check_function(&construction.phi, theta)?;
        let names = [(BoundName::Jump, "3.1 jump β_J + √J")];
        compare_all(trial, &names, index, construction, &pair);
    }
    if let Some(construction) = &refined.construction {
        trial.count("refined form applies", true);
        check_function(&construction.phi, theta)?;
        let names = [(BoundName::Refined, "3.1 refined")];
        compare_all(trial, &names, index, construction, &pair);
    }
    Ok(())
}

/// How near an instance comes to bounds of a theorem.
fn compare_all(
    trial: &mut Trials,
    names: &[(BoundName, &'static str)],
    index: u64,
    construction: &Construction,
    pair: &RandomPair,
) {
    let distance = &construction.distance.value;
    for (name, shown) in names {
        let bounds = construction.bounds.iter();
        for bound in bounds.filter(|bound| bound.name == *name) {
            compare(trial, shown, index, distance, &bound.value, pair);
        }
    }
}

fn count_cases(
    trial: &mut Trials,
    gamma: &Shallow,
    threshold: &Rational,
    construction: &Construction,
) {
    trial.count("boundary r = 0", threshold.is_zero());
    for case in &construction.cases {
        let (p, q) = (case.p.abs(), case.q.abs());
        let small = case.case == Case::Proof(ProofCase::Main(MainCase::Small));
        // Case 1, Case A, Case B.1, Case B.2, Case B.3 of Theorem 3.1.
        let name = match case.case {
            Case::Proof(ProofCase::Unmatched) => "case 1",
            Case::Proof(ProofCase::Main(MainCase::Small)) => "case A",
            Case::Proof(ProofCase::Main(MainCase::OuterLarger)) => "case B.1",
            Case::Proof(ProofCase::Main(MainCase::InnerLarger)) => "case B.2",
            _ => "case B.3",
        };
        trial.count(name, true);
        if threshold.is_zero() {
            continue;
        }
        trial.count("boundary |p| = 2r in case A", small && p == *threshold);
        let unmatched = case.case == Case::Proof(ProofCase::Unmatched);
        let at_edge = unmatched && (p == *threshold || q == *threshold);
        trial.count("boundary |p| or |q| = 2r in case 1", at_edge);
        let gap = (&case.p - &case.q).abs();
        trial.count("boundary |p - q| = 2r", !unmatched && gap == *threshold);
        let opposite = (&case.p * &case.q).is_negative();
        trial.count("opposite sign on one hyperplane", !unmatched && opposite);
        trial.count("merged to zero (E3)", !unmatched && q.is_zero());
    }
    let zero =
        |neuron: &&Neuron| !neuron.has_hyperplane() && neuron.outer().iter().all(Zero::is_zero);
    let zeros = gamma.neurons().iter().filter(zero).count();
    trial.count("zero neuron in Γ", zeros > 0);
}

/// The cases of the proof of Theorem 3.3 and the boundaries that are counted.
const STAR_NAMES: [&str; 8] = [
    "case 1",
    "case A.1",
    "case A.2",
    "case B",
    "boundary p = 2r or q = 2r",
    "boundary r = 0",
    "two outputs",
    "irrational weights",
];

fn try_star(trial: &mut Trials, index: u64, pair: RandomPair) -> Result<(), String> {
    for name in STAR_NAMES {
        trial.count(name, false);
    }
    let RandomPair { gamma, theta } = &pair;
    let text = |error: StabilityError| error.to_string();
    let measured = Measured::new(gamma, theta, &Options::default().limits).map_err(text)?;
    let analysis = theorem33(gamma, theta, &measured, Some(Form::Seminorm)).map_err(text)?;
    let Some(construction) = &analysis.construction else {
        // Two neurons of one direction were drawn.
        return Ok(());
    };
    trial.applied += 1;
    check_function(&construction.phi, theta)?;
    let threshold = &analysis.threshold;
    for case in &construction.cases {
        // Case 1, Case A.1, Case A.2, Case B of Theorem 3.3.
        let name = match case.case {
            Case::Proof(ProofCase::Unmatched) => "case 1",
            Case::Proof(ProofCase::Star(StarCase::GammaSmall)) => "case A.1",
            Case::Proof(ProofCase::Star(StarCase::ThetaSmall)) => "case A.2",
            _ => "case B",
        };
        trial.count(name, true);
        let edge = case.p == *threshold || case.q == *threshold;
        trial.count("boundary p = 2r or q = 2r", edge);
    }
    trial.count("boundary r = 0", threshold.is_zero());
    trial.count("two outputs", gamma.outputs() == 2);
    let irrational = |neuron: &Neuron| neuron.scale() != &Rational::from_integer(1.into());
    trial.count("irrational weights", gamma.neurons().iter().any(irrational));
    let names = [
        (BoundName::Paper, "3.3 paper 4√r"),
        (BoundName::Sharp, "3.3 sharp 2√2·√r"),
        (BoundName::Jump, "3.3 jump 2√J"),
    ];
    compare_all(trial, &names, index, construction, &pair);
    Ok(())
}

fn try_lift(trial: &mut Trials, index: u64, random: &mut Random) -> Option<()> {
    let theta = biased_network(random)?;
    let (gamma, published) = (lift(&theta).ok()?, published_lift(&theta).ok()?);
    trial.applied += 1;
    let inside = |network: &Shallow| membership(network).in_n_star();
    let mut demand = |holds: bool, what: &str| {
        if !holds {
            trial.failures.push(format!("trial {index}: {what}"));
        }
    };
    demand(inside(&gamma), "the repaired lift is not in N*");
    demand(is_lift(&gamma, &theta), "the repaired lift is no lift");
    demand(is_lift(&published, &theta), "the published lift is no lift");
    trial.count("published construction leaves N*", !inside(&published));
    trial.count("published construction stays in N*", inside(&published));
    let m = theta.rows().neurons().len();
    let fillers = gamma.neurons().iter().filter(|neuron| {
        let (row, last) = neuron.inner().split_at(theta.inputs());
        row.iter().all(Zero::is_zero) && last[0] <= last[1]
    });
    trial.count("lifts with fillers", fillers.count() > 0);
    trial.count("shape is (d + 2, m + 1)", gamma.neurons().len() == m + 1);
    Some(())
}

fn double(value: &Rational) -> Rational {
    value + value
}

/// R(Φ) = R(Θ), by canonical forms.
fn check_function(phi: &Shallow, theta: &Shallow) -> Result<(), String> {
    match CanonicalForm::of_shallow(phi) == CanonicalForm::of_shallow(theta) {
        true => Ok(()),
        false => Err("R(Φ) is not R(Θ)".to_owned()),
    }
}

/// J ≤ 2r (N10).
fn check_jump(measured: &Measured) -> Result<(), String> {
    match measured.seminorm.exact() {
        Some(r) if measured.jump > double(r) => Err("J > 2r".to_owned()),
        _ => Ok(()),
    }
}

fn compare(
    trial: &mut Trials,
    name: &'static str,
    index: u64,
    distance: &Surd,
    bound: &Surd,
    pair: &RandomPair,
) {
    let zero = Surd::zero();
    let Some(inverse) = bound.inverse() else {
        if distance.compare(&zero) == Ordering::Greater {
            trial.failures.push(format!(
                "trial {index}: the bound {name} is 0, the distance is not"
            ));
        }
        return;
    };
    let worst = Worst {
        trial: index,
        ratio: distance.mul(&inverse),
        distance: distance.clone(),
        bound: bound.clone(),
        pair: pair.clone(),
    };
    trial.ratio(name, worst);
}
