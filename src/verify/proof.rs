//! The state of a proof: the networks of the statement, the current network, and what the steps so far have established.

use std::collections::BTreeSet;
use std::ops::Range;

use super::cases::{self, Lines};
use super::circuits::{self, Signs};
use super::claims::Domain;
use super::difference::Difference;
use super::limits::Limits;
use super::network::Network;
use super::number::Q;
use super::regions::Arrangement;
use super::verdict::{Locate as _, Stop, differ, equal, reject};
use super::{bound, conditions, functions, norms, surd::Sum, tree};
use crate::certificate::{
    Bound, Branch, Case, Circuit, Claim, Condition, ConditionName, Facet, Form, Rule, Shallow,
    Statement, Surd, Target, Theorem31, Values, Violation,
};

/// What a step has established.
#[derive(Debug)]
pub(super) enum Fact {
    /// The current network was rewritten.
    Rewritten,
    /// r ≥ the number.
    AtLeast(Q),
    /// r ≤ the number, or ± one entry of the Jacobian alone.
    AtMost(Option<Target>, Q),
    /// J = the number.
    Jump(Q),
    /// The hypothesis holds; C.1 with the claim's β and threshold.
    Holds(ConditionName),
    /// A facet of the named neurons, and how often neurons had been renumbered then.
    Facet(cases::FacetOf, usize),
    /// The neuron's case.
    Case(usize),
    /// The current network is Φ, at the claim's distance from Γ.
    Reached,
    /// The claim's violation, except for r ≥ `r_lower`.
    Violated,
    /// Circuits that later steps may use.
    Circuits,
    /// The functions of Γ and Θ are the same, on the claim's box if there is one.
    Equal,
    /// These regions of the arrangement have inner points.
    Witnessed(Range<usize>),
    /// What lies across the classes of these regions is listed, or nothing.
    Closed(Range<usize>),
    /// The number of regions.
    Counted(usize),
    /// The values of Γ and Θ at a point of the claim's box; in a claim that they differ, these do.
    Values,
}

/// The statement's networks and the proof so far.
pub(super) struct Proof<'a> {
    pub(super) claim: &'a Claim,
    /// Γ, homogenised where the statement has biases, as is Θ.
    pub(super) gamma: Network,
    pub(super) theta: Option<Network>,
    pub(super) phi: Option<Network>,
    /// The a of max(a·t, t); 0 for ReLU.
    activation: Q,
    /// Starts as Θ.
    current: Option<Network>,
    pub(super) homogenised: bool,
    pub(super) limits: &'a Limits,
    /// Computed when a step first needs it.
    difference: Option<Difference>,
    /// Of an arrangement claim.
    pub(super) arrangement: Option<Arrangement>,
    /// Those of all `circuits` steps.
    circuits: Vec<Signs>,
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
        let biased = |network: &Shallow| network.b.is_some();
        let homogenised = biased(&networks.gamma) || networks.theta.as_ref().is_some_and(biased);
        let theta = networks
            .theta
            .as_ref()
            .map(|theta| Network::stated(theta, homogenised, limits));
        let theta = theta.transpose()?;
        if networks.phi.as_ref().is_some_and(biased) {
            return reject("Φ is stated without biases");
        }
        let activation = statement.activation.as_ref().map_or_else(Q::zero, Q::from);
        if statement.activation.is_some() && !is_about_functions(&statement.claim) {
            return reject("claims of this kind are about ReLU: they have no activation");
        }
        if activation.is_negative() {
            return differ("the activation's a", activation, ">= 0");
        }
        let phi = networks
            .phi
            .as_ref()
            .map(|phi| Network::stated(phi, false, limits));
        let gamma = Network::stated(&networks.gamma, homogenised, limits)?;
        let arrangement = match &statement.claim {
            Claim::Arrangement(claim) => {
                Some(Arrangement::new(claim, &gamma, homogenised, limits)?)
            }
            _ => None,
        };
        let proof = Proof {
            claim: &statement.claim,
            gamma,
            current: theta.clone(),
            theta,
            phi: phi.transpose()?,
            activation,
            homogenised,
            limits,
            difference: None,
            arrangement,
            circuits: Vec::new(),
            lines: None,
            cased: BTreeSet::new(),
            renumbered: 0,
            reached: false,
            facts: Vec::new(),
        };
        proof.check_claim()?;
        Ok(proof)
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
                self.branch(step)?;
                Fact::AtMost(step.target.clone(), Q::from(&step.bound))
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
            Rule::Circuits(step) => {
                self.circuits(&step.circuits)?;
                Fact::Circuits
            }
            Rule::Equal(_) => {
                let domain = self.domain();
                functions::equal(self.difference()?, domain, limits)?;
                Fact::Equal
            }
            Rule::Values(step) => self.values(step)?,
            Rule::Witnesses(step) => Fact::Witnessed(self.regions()?.witnesses(step, limits)?),
            Rule::Closure(step) => Fact::Closed(self.regions()?.closure(step, &self.circuits)?),
            Rule::Count(step) => {
                let found = self.regions()?.count(limits)?;
                equal("number of regions", step.regions, found)?;
                Fact::Counted(found)
            }
            _ => return super::verdict::decline("steps of this kind are not known yet"),
        };
        self.facts.push(fact);
        Ok(())
    }

    /// The function that the claim speaks of: homogenised in claims of the theorem, else on R^d.
    pub(super) fn difference(&mut self) -> Result<&Difference, Stop> {
        let about_functions = is_about_functions(self.claim);
        let difference = match self.difference.take() {
            Some(difference) => difference,
            None => {
                let (plus, minus) = match &self.theta {
                    None if about_functions => (&self.gamma, None),
                    theta => (needed(theta)?, Some(&self.gamma)),
                };
                let affine = about_functions && self.homogenised;
                Difference::new(plus, minus, &self.activation, affine, self.limits)?
            }
        };
        Ok(self.difference.insert(difference))
    }

    /// How many inputs the Jacobian of the difference has.
    pub(super) fn columns(&self) -> usize {
        let affine = is_about_functions(self.claim) && self.homogenised;
        self.gamma.inputs - usize::from(affine)
    }

    fn regions(&self) -> Result<&Arrangement, Stop> {
        match &self.arrangement {
            Some(arrangement) => Ok(arrangement),
            None => reject("the claim does not speak of an arrangement"),
        }
    }

    /// The box of the claim.
    fn domain(&self) -> Option<&'a Domain> {
        match self.claim {
            Claim::Equal(claim) => claim.domain.as_deref(),
            Claim::Differ(claim) => claim.domain.as_deref(),
            _ => None,
        }
    }

    /// Checks circuits and numbers them after those that are there.
    fn circuits(&mut self, circuits: &[Circuit]) -> Result<(), Stop> {
        let limits = self.limits;
        for circuit in circuits {
            let index = self.circuits.len();
            let signs = match &self.arrangement {
                Some(arrangement) => {
                    circuits::check(circuit, |row| arrangement.normal(row), limits)
                }
                None => {
                    let difference = self.difference()?;
                    circuits::check(circuit, |hyperplane| difference.normal(hyperplane), limits)
                }
            };
            let signs = signs.in_part(|| format!("circuit {index}"))?;
            self.circuits.push(signs);
        }
        Ok(())
    }

    /// The step's own circuits are numbered after all others, and are for this step alone.
    fn branch(&mut self, step: &Branch) -> Result<(), Stop> {
        let shared = self.circuits.len();
        self.circuits(&step.circuits)?;
        let (circuits, limits) = (std::mem::take(&mut self.circuits), self.limits);
        tree::branch(step, self.difference()?, &circuits, limits)?;
        self.circuits = circuits;
        self.circuits.truncate(shared);
        Ok(())
    }

    fn values(&self, step: &Values) -> Result<Fact, Stop> {
        let differ = functions::values(
            step,
            [&self.gamma, needed(&self.theta)?],
            self.homogenised,
            &self.activation,
            self.domain(),
            self.limits,
        )?;
        if matches!(self.claim, Claim::Differ(_)) && !differ {
            return reject("the two functions have the same values there");
        }
        Ok(Fact::Values)
    }

    fn theorem(&self) -> Result<&'a Theorem31, Stop> {
        match self.claim {
            Claim::Theorem31(theorem) => Ok(theorem),
            _ => reject("this step needs the threshold of a theorem-3.1 claim"),
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
        needed(&self.current)?;
        self.current.as_mut().map_or(Ok(()), change)?;
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
        let (gamma, theta) = (&self.gamma, needed(&self.theta)?);
        match (step.name, &step.beta, &step.threshold) {
            (ConditionName::Balance, Some(beta), Some(threshold)) => {
                let (theorem, threshold) = (self.theorem()?, Q::from(threshold));
                self.same("beta of C.1 against the claim", beta, &theorem.beta)?;
                let claimed = threshold_of(theorem);
                equal("threshold of C.1 against the claim", &threshold, &claimed)?;
                conditions::balance(gamma, beta, &threshold, self.limits)?;
            }
            (ConditionName::Balance, _, _) => return reject("C.1 needs beta and threshold"),
            (ConditionName::NoParallel, None, None) => conditions::no_parallel(gamma)?,
            (ConditionName::NoOppositeWithin, None, None) => {
                conditions::no_opposite(gamma, gamma, ["C.3a", "Γ", "Γ"])?;
                conditions::no_opposite(theta, theta, ["C.3a", "Θ", "Θ"])?;
            }
            (ConditionName::NoOppositeBetween, None, None) => {
                conditions::no_opposite(gamma, theta, ["C.3b", "Γ", "Θ"])?;
            }
            _ => return reject("beta and threshold belong to C.1 alone"),
        }
        Ok(Fact::Holds(step.name))
    }

    fn facet(&self, step: &Facet) -> Result<Fact, Stop> {
        cases::facet(step, &self.gamma, needed(&self.current)?, self.limits)?;
        Ok(Fact::Facet((step.gamma, step.theta), self.renumbered))
    }

    fn case(&mut self, step: &Case) -> Result<Fact, Stop> {
        let threshold = threshold_of(self.theorem()?);
        let current = needed(&self.current)?;
        let fresh = || Lines::new(&self.gamma, current);
        let lines = self.lines.get_or_insert_with(fresh);
        let facets = cases::case(step, &self.gamma, current, lines, &threshold)?;
        let mut shown = Vec::new();
        for &number in &step.facets {
            match self.fact(number) {
                Some(Fact::Facet(neurons, at)) if *at == self.renumbered => shown.push(*neurons),
                Some(Fact::Facet(..)) => {
                    return reject(format!("neurons were renumbered after facet step {number}"));
                }
                _ => return reject(format!("step {number} is no earlier facet step")),
            }
        }
        if facets.len() != shown.len() || facets.iter().any(|facet| !shown.contains(facet)) {
            let (found, expected) = (format!("{shown:?}"), format!("{facets:?}"));
            return differ(
                "neurons of the facets, of Γ and of the current network",
                found,
                expected,
            );
        }
        self.cased.insert(step.neuron);
        Ok(Fact::Case(step.neuron))
    }

    fn bound(&mut self, step: &Bound) -> Result<Fact, Stop> {
        let claimed = match self.claim {
            Claim::Reparametrization(claim) => &claim.distance,
            Claim::Theorem31(claim) => &claim.distance,
            _ => return reject("the claim speaks of no distance"),
        };
        self.same("distance against the claim", &step.distance, claimed)?;
        let (phi, current) = (needed(&self.phi)?, needed(&self.current)?);
        bound::bound(step, &self.gamma, phi, current, self.limits)?;
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

    /// Rejects numbers that differ as values.
    fn same(&self, reason: &str, found: &Surd, expected: &Surd) -> Result<(), Stop> {
        let order = Sum::stated(found)?.compare(&Sum::stated(expected)?, self.limits)?;
        if order.is_ne() {
            return differ(reason, found, expected);
        }
        Ok(())
    }
}

/// A network that the step needs.
fn needed(network: &Option<Network>) -> Result<&Network, Stop> {
    match network {
        Some(network) => Ok(network),
        None => reject("the statement lacks a network that this step speaks of"),
    }
}

/// T of the cases and of C.1: 2r where r is exact, or J.
fn threshold_of(theorem: &Theorem31) -> Q {
    match theorem.form {
        Form::Seminorm => Q::from(&theorem.r.lower).double(),
        Form::Jump => Q::from(&theorem.jump),
    }
}

/// Claims about functions on R^d: of any activation max(a·t, t), of networks of any widths.
fn is_about_functions(claim: &Claim) -> bool {
    matches!(
        claim,
        Claim::Equal(_) | Claim::Differ(_) | Claim::Seminorm(_) | Claim::JumpNorm(_)
    )
}
