//! The state of a proof: the networks of the statement, the current network, and what the steps so far have established.

use std::collections::BTreeSet;

use super::cases::{self, Lines};
use super::difference::Difference;
use super::limits::Limits;
use super::network::Network;
use super::number::Q;
use super::verdict::{Stop, differ, reject};
use super::{bound, conditions, norms, surd::Sum};
use crate::certificate::{
    Bound, Case, Claim, Condition, ConditionName, Facet, Form, Rule, Statement, Theorem31,
    Violation,
};

/// What a step has established.
#[derive(Debug)]
pub(super) enum Fact {
    /// The current network was rewritten.
    Rewritten,
    /// r ≥ the number.
    AtLeast(Q),
    /// r ≤ the number.
    AtMost(Q),
    /// J = the number.
    Jump(Q),
    /// The hypothesis holds; C.1 with the claim's β and threshold.
    Holds(ConditionName),
    /// A facet of the named neurons, and how often neurons had been renumbered then.
    Facet(Option<usize>, Option<usize>, usize),
    /// The neuron's case.
    Case(usize),
    /// The current network is Φ, at the claim's distance from Γ.
    Reached,
    /// The claim's violation, except for r ≥ `r_lower`.
    Violated,
}

/// The statement's networks and the proof so far.
pub(super) struct Proof<'a> {
    pub(super) claim: &'a Claim,
    /// Γ, homogenised where the statement has biases, as are the others.
    pub(super) gamma: Network,
    theta: Option<Network>,
    phi: Option<Network>,
    /// Starts as Θ.
    current: Option<Network>,
    pub(super) homogenised: bool,
    pub(super) limits: &'a Limits,
    /// Computed when a step first needs it.
    difference: Option<Difference>,
    /// Computed at the first case.
    lines: Option<Lines>,
    /// The neurons whose case was checked.
    cased: BTreeSet<usize>,
    /// How many steps have killed, merged or permuted neurons.
    renumbered: usize,
    /// Whether the current network was shown to be Φ.
    reached: bool,
    /// One fact a step, in order.
    facts: Vec<Fact>,
}

impl<'a> Proof<'a> {
    /// Checks that the statement makes sense: shapes, and the networks and numbers its claim needs.
    pub(super) fn new(statement: &'a Statement, limits: &'a Limits) -> Result<Self, Stop> {
        let networks = &statement.networks;
        let (gamma, theta, phi) = (&networks.gamma, &networks.theta, &networks.phi);
        let biased = |network: &crate::certificate::Shallow| network.b.is_some();
        let homogenised = biased(gamma) || theta.as_ref().is_some_and(biased);
        if phi.as_ref().is_some_and(biased) {
            return reject("Φ is stated without biases");
        }
        let read = |network, homogenised| Network::stated(network, homogenised, limits);
        let gamma = read(gamma, homogenised)?;
        let theta = theta
            .as_ref()
            .map(|theta| read(theta, homogenised))
            .transpose()?;
        let phi = phi.as_ref().map(|phi| read(phi, false)).transpose()?;
        check_claim(
            &statement.claim,
            &gamma,
            theta.as_ref(),
            phi.as_ref(),
            limits,
        )?;
        Ok(Proof {
            claim: &statement.claim,
            gamma,
            current: theta.clone(),
            theta,
            phi,
            homogenised,
            limits,
            difference: None,
            lines: None,
            cased: BTreeSet::new(),
            renumbered: 0,
            reached: false,
            facts: Vec::new(),
        })
    }

    /// The fact of an earlier step.
    pub(super) fn fact(&self, step: usize) -> Option<&Fact> {
        self.facts.get(step.checked_sub(1)?)
    }

    /// Checks one step and records what it establishes.
    pub(super) fn step(&mut self, rule: &Rule) -> Result<(), Stop> {
        let limits = self.limits;
        let fact = match rule {
            Rule::Point(step) => {
                norms::point(step, self.difference()?, limits)?;
                Fact::AtLeast(Q::from(&step.value))
            }
            Rule::Branch(step) => {
                norms::branch(step, self.difference()?, limits)?;
                Fact::AtMost(Q::from(&step.bound))
            }
            Rule::Jump(step) => {
                norms::jump(step, self.difference()?)?;
                Fact::Jump(Q::from(&step.value))
            }
            Rule::Condition(step) => self.condition(step)?,
            // Balancing a neuron with c = 0 makes it zero, after its case.
            Rule::Kill(step) if self.cased.contains(&step.neuron) => {
                self.rewrite(|current| current.kill(step))?
            }
            Rule::Kill(step) => self.renumber(|current| current.kill(step))?,
            Rule::Merge(step) => self.renumber(|current| current.merge(step, limits))?,
            Rule::Permute(step) => self.renumber(|current| current.permute(step))?,
            Rule::Scale(step) => self.rewrite(|current| current.scale(step, limits))?,
            Rule::Radical(step) => self.rewrite(|current| current.radical(step, limits))?,
            Rule::Facet(step) => self.facet(step)?,
            Rule::Case(step) => self.case(step)?,
            Rule::Bound(step) => self.bound(step)?,
            Rule::Violation(step) => self.violation(step)?,
        };
        self.facts.push(fact);
        Ok(())
    }

    fn difference(&mut self) -> Result<&Difference, Stop> {
        let Some(theta) = &self.theta else {
            return reject("the statement has no Θ, so there is no difference to speak of");
        };
        let difference = match self.difference.take() {
            Some(difference) => difference,
            None => Difference::new(&self.gamma, theta, self.limits)?,
        };
        Ok(self.difference.insert(difference))
    }

    fn theorem(&self) -> Result<&'a Theorem31, Stop> {
        match self.claim {
            Claim::Theorem31(theorem) => Ok(theorem),
            _ => reject("this step needs the threshold of a theorem-3.1 claim"),
        }
    }

    fn current(&self) -> Result<&Network, Stop> {
        match &self.current {
            Some(current) => Ok(current),
            None => reject("the statement has no Θ, so there is no current network"),
        }
    }

    /// Rewrites the current network.
    fn rewrite(
        &mut self,
        change: impl FnOnce(&mut Network) -> Result<(), Stop>,
    ) -> Result<Fact, Stop> {
        if self.reached {
            return reject("Φ was reached already");
        }
        match &mut self.current {
            Some(current) => change(current)?,
            None => return reject("the statement has no Θ to rewrite"),
        }
        Ok(Fact::Rewritten)
    }

    /// Rewrites the current network in a way that changes which neuron is which, or its hyperplane.
    fn renumber(
        &mut self,
        change: impl FnOnce(&mut Network) -> Result<(), Stop>,
    ) -> Result<Fact, Stop> {
        if self.lines.is_some() {
            return reject(
                "no merge or permutation may follow a case, and a kill only the neuron's own case",
            );
        }
        self.renumbered += 1;
        self.rewrite(change)
    }

    fn condition(&self, step: &Condition) -> Result<Fact, Stop> {
        let Some(theta) = &self.theta else {
            return reject("the statement has no Θ, so the hypotheses cannot all be decided");
        };
        let gamma = &self.gamma;
        match (step.name, &step.beta, &step.threshold) {
            (ConditionName::Balance, Some(beta), Some(threshold)) => {
                let theorem = self.theorem()?;
                let (stated, threshold) = (Sum::stated(beta)?, Q::from(threshold));
                let claimed = Sum::stated(&theorem.beta)?;
                if stated.compare(&claimed, self.limits)?.is_ne() {
                    return differ("beta of C.1 against the claim", beta, &theorem.beta);
                }
                if threshold != threshold_of(theorem) {
                    let expected = threshold_of(theorem);
                    return differ("threshold of C.1 against the claim", threshold, expected);
                }
                conditions::balance(gamma, beta, &threshold, self.limits)?;
            }
            (ConditionName::Balance, _, _) => return reject("C.1 needs beta and threshold"),
            (_, None, None) => match step.name {
                ConditionName::NoParallel => conditions::no_parallel(gamma)?,
                ConditionName::NoOppositeWithin => {
                    conditions::no_opposite(gamma, gamma, ["C.3a", "Γ", "Γ"])?;
                    conditions::no_opposite(theta, theta, ["C.3a", "Θ", "Θ"])?;
                }
                _ => conditions::no_opposite(gamma, theta, ["C.3b", "Γ", "Θ"])?,
            },
            _ => return reject("beta and threshold belong to C.1 alone"),
        }
        Ok(Fact::Holds(step.name))
    }

    fn facet(&self, step: &Facet) -> Result<Fact, Stop> {
        cases::facet(step, &self.gamma, self.current()?, self.limits)?;
        Ok(Fact::Facet(step.gamma, step.theta, self.renumbered))
    }

    fn case(&mut self, step: &Case) -> Result<Fact, Stop> {
        let theorem = self.theorem()?;
        let Some(current) = &self.current else {
            return reject("the statement has no Θ, so there is no current network");
        };
        let fresh = || Lines::new(&self.gamma, current);
        let lines = self.lines.get_or_insert_with(fresh);
        let threshold = threshold_of(theorem);
        let needed = cases::case(step, &self.gamma, current, lines, &threshold)?;
        let mut shown = Vec::new();
        for &number in &step.facets {
            match self.fact(number) {
                Some(Fact::Facet(gamma, theta, at)) if *at == self.renumbered => {
                    shown.push((*gamma, *theta));
                }
                Some(Fact::Facet(..)) => {
                    return reject(format!(
                        "the neurons were renumbered after facet step {number}"
                    ));
                }
                _ => return reject(format!("step {number} is no earlier facet step")),
            }
        }
        let all_shown = needed.iter().all(|pair| shown.contains(pair));
        if !all_shown || shown.len() != needed.len() {
            return differ(
                "neurons (of Γ, of the current network) of the facets",
                format!("{shown:?}"),
                format!("{needed:?}"),
            );
        }
        self.cased.insert(step.neuron);
        Ok(Fact::Case(step.neuron))
    }

    fn bound(&mut self, step: &Bound) -> Result<Fact, Stop> {
        let claimed = match self.claim {
            Claim::Reparametrization(claim) => &claim.distance,
            Claim::Theorem31(claim) => &claim.distance,
            Claim::Condition(_) => return reject("the claim speaks of no distance"),
        };
        let Some(phi) = &self.phi else {
            return reject("the statement has no Φ");
        };
        let stated = Sum::stated(&step.distance)?;
        if stated.compare(&Sum::stated(claimed)?, self.limits)?.is_ne() {
            return differ("distance against the claim", &step.distance, claimed);
        }
        bound::bound(step, &self.gamma, phi, self.current()?, self.limits)?;
        self.reached = true;
        Ok(Fact::Reached)
    }

    fn violation(&self, step: &Violation) -> Result<Fact, Stop> {
        let Claim::Condition(claim) = self.claim else {
            return reject("the claim speaks of no violation");
        };
        // Numbers are canonical, so equal violations have equal texts; `==` on the numbers would recurse.
        let text = |violation: &Violation| serde_json::to_string(violation).ok();
        if text(step).is_none() || text(step) != text(&claim.violation) {
            return reject("this is not the claim's violation");
        }
        conditions::violation(claim, &self.gamma, self.theta.as_ref(), self.limits)?;
        Ok(Fact::Violated)
    }
}

/// T of the cases and of C.1: 2r where r is exact, or J.
pub(super) fn threshold_of(theorem: &Theorem31) -> Q {
    match theorem.form {
        Form::Seminorm => Q::from(&theorem.r.lower).double(),
        Form::Jump => Q::from(&theorem.jump),
    }
}

/// The networks a claim needs are there and fit together, and its numbers can be what they are said to be.
fn check_claim(
    claim: &Claim,
    gamma: &Network,
    theta: Option<&Network>,
    phi: Option<&Network>,
    limits: &Limits,
) -> Result<(), Stop> {
    if let Some(theta) = theta {
        let [inputs, _, outputs] = theta.shape();
        if [inputs, outputs] != [gamma.inputs, gamma.outputs] {
            return differ(
                "inputs and outputs of Θ against Γ",
                format!("{inputs}, {outputs}"),
                format!("{}, {}", gamma.inputs, gamma.outputs),
            );
        }
    }
    if let Claim::Condition(claim) = claim {
        if phi.is_some() {
            return reject("a condition claim does not speak of Φ");
        }
        if theta.is_none() && claim.name == ConditionName::Balance {
            return reject("C.1 speaks of Θ, which the statement lacks");
        }
        return Ok(());
    }
    for (name, network) in [("Θ", theta), ("Φ", phi)] {
        match network {
            None => return reject(format!("the statement lacks {name}")),
            Some(network) if network.shape() != gamma.shape() => {
                return differ(
                    format!("inputs, neurons, outputs of {name} against Γ"),
                    format!("{:?}", network.shape()),
                    format!("{:?}", gamma.shape()),
                );
            }
            Some(_) => {}
        }
    }
    let Claim::Theorem31(theorem) = claim else {
        return Ok(());
    };
    if gamma.outputs != 1 {
        return differ("Theorem 3.1 is for one output: D", gamma.outputs, 1);
    }
    let (lower, upper) = (Q::from(&theorem.r.lower), Q::from(&theorem.r.upper));
    if lower.is_negative() || upper < lower {
        return differ(
            "bracket of r",
            format!("{lower} to {upper}"),
            "0 <= lower <= upper",
        );
    }
    if theorem.form == Form::Seminorm && lower != upper {
        return differ("the seminorm form needs r exactly: upper end", upper, lower);
    }
    let jump = Q::from(&theorem.jump);
    if jump.is_negative() || jump > upper.double() {
        return differ(
            "jump norm",
            jump,
            format!("0 <= J <= 2r <= {}", upper.double()),
        );
    }
    if Sum::stated(&theorem.beta)?.sign(limits)?.is_lt() {
        return differ("beta must not be negative", &theorem.beta, ">= 0");
    }
    let bounds = &theorem.bounds;
    if bounds.paper.is_none() && bounds.sharp.is_none() && bounds.jump.is_none() {
        return reject("the claim names no bound");
    }
    Ok(())
}
