//! The state of a proof: the networks of the statement, the current network, and what the steps so far have established.

use std::collections::BTreeSet;
use std::ops::Range;

use super::cases::{self, Lines};
use super::circuits::{self, Signs};
use super::claims::Domain;
use super::difference::Difference;
use super::limits::Limits;
use super::network::{Network, Stated};
use super::number::Q;
use super::regions::Arrangement;
use super::verdict::{Locate as _, Stop, differ, equal, reject};
use super::{bound, conditions, functions, minimum, norms, sup_norm, surd::Sum, tree};
use relucert_format::{
    Among, Bound, Branch, Case, Circuit, Claim, Condition, ConditionName, Facet, Form, Rational,
    Rule, SeminormBracket, Set, Shallow, Side, Statement, Surd, Target, Values, Violation,
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
    /// The hypothesis holds, C.1 with the claim's β and threshold; and how often neurons had been turned then.
    Holds(ConditionName, usize),
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
    /// The claim's sup norm.
    Largest,
    /// The claim's minimum.
    Least,
    /// The values of Γ and Θ at a point of the claim's box; in a claim that they differ, these do.
    Values,
    /// The network is in the set.
    Member(Side, Set),
    /// R(Γ)(x, 1, −1) = R(Θ)(x).
    Lifted,
    /// The flip sets of the current network, and how often neurons had been renumbered then.
    Flips(Vec<Vec<usize>>, usize),
    /// No orientation of the kinks fits, with this kink left out.
    NoOrientation(Option<usize>),
    /// Every competitor is at least that far from Γ, or those that come from flipping a set in the current network; and how often
    /// neurons had been renumbered then.
    Away(Option<Vec<usize>>, Sum, usize),
}

/// The statement's networks and the proof so far.
pub(super) struct Proof<'a> {
    pub(super) claim: &'a Claim,
    /// Γ, homogenised where the statement has biases, as is Θ.
    pub(super) gamma: Network,
    pub(super) theta: Option<Network>,
    pub(super) phi: Option<Stated>,
    pub(super) stated_phi: Option<&'a Shallow>,
    /// The a of max(a·t, t); 0 for ReLU.
    activation: Q,
    /// Starts as Θ; in claims of Γ alone it is Γ.
    pub(super) current: Option<Network>,
    pub(super) homogenised: bool,
    pub(super) limits: &'a Limits,
    /// Computed when a step first needs it.
    difference: Option<Difference>,
    /// g, where a step speaks of its kinks; computed when a step first needs it.
    pub(super) function: Option<Difference>,
    /// Of an arrangement claim.
    pub(super) arrangement: Option<Arrangement>,
    /// Those of all `circuits` steps.
    circuits: Vec<Signs>,
    /// Computed at the first case.
    pub(super) lines: Option<Lines>,
    /// The neurons whose case was checked.
    pub(super) cased: BTreeSet<usize>,
    /// How many steps have changed which neuron is which, or on which hyperplane.
    pub(super) renumbered: usize,
    /// How many steps may have given neurons directions that no neuron had before.
    pub(super) turned: usize,
    /// Whether the current network was shown to be Φ.
    pub(super) reached: bool,
    /// One fact a step, in order.
    pub(super) facts: Vec<Fact>,
}

impl<'a> Proof<'a> {
    /// Checks that the statement makes sense: shapes, and the networks and numbers its claim needs.
    pub(super) fn new(statement: &'a Statement, limits: &'a Limits) -> Result<Self, Stop> {
        let networks = &statement.networks;
        let biased = |network: &Shallow| network.b.is_some();
        let lift = matches!(statement.claim, Claim::Lift(_));
        let homogenised =
            !lift && (biased(&networks.gamma) || networks.theta.as_ref().is_some_and(biased));
        if lift && biased(&networks.gamma) {
            return reject("the lift of a network has no biases");
        }
        let theta = networks
            .theta
            .as_ref()
            .map(|theta| Network::stated(theta, homogenised || lift, limits));
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
        let stated_phi = networks.phi.as_ref();
        let phi = stated_phi.map(|phi| Stated::new(phi, limits)).transpose()?;
        if let Some(phi) = stated_phi
            && !matches!(
                statement.claim,
                Claim::Reparametrization(_) | Claim::Nearest(_)
            )
        {
            // One root a neuron.
            Network::stated(phi, false, limits)?;
        }
        let gamma = Network::stated(&networks.gamma, homogenised, limits)?;
        check_roots(&statement.claim, &gamma, theta.as_ref())?;
        let arrangement = match &statement.claim {
            Claim::Arrangement(claim) => {
                Some(Arrangement::new(claim, &gamma, homogenised, limits)?)
            }
            _ => None,
        };
        let proof = Proof {
            claim: &statement.claim,
            // Any positive rescaling will do to start from.
            current: match statement.claim {
                Claim::Flips(_) | Claim::Unique(_) => Some(gamma.unstretched()),
                _ => theta.as_ref().map(Network::unstretched),
            },
            gamma,
            theta,
            phi,
            stated_phi,
            activation,
            homogenised,
            limits,
            difference: None,
            function: None,
            arrangement,
            circuits: Vec::new(),
            lines: None,
            cased: BTreeSet::new(),
            renumbered: 0,
            turned: 0,
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
            Rule::Intervals(_) => {
                let Claim::LocalMinimum(claim) = self.claim else {
                    return reject("this step belongs to local-minimum claims");
                };
                minimum::intervals(claim, &self.gamma, self.homogenised, limits)?;
                Fact::Least
            }
            Rule::Vertices(step) => {
                let Claim::SupNorm(claim) = self.claim else {
                    return reject("this step belongs to sup-norm claims");
                };
                let value = Q::from(&claim.value);
                sup_norm::vertices(step, &value, self.difference()?, &claim.domain, limits)?;
                Fact::Largest
            }
            Rule::Witnesses(step) => Fact::Witnessed(self.regions()?.witnesses(step, limits)?),
            Rule::Closure(step) => Fact::Closed(self.regions()?.closure(step, &self.circuits)?),
            Rule::Count(step) => {
                let found = self.regions()?.count(limits)?;
                equal("number of regions", step.regions, found)?;
                Fact::Counted(found)
            }
            Rule::Member(step) => self.member(step)?,
            Rule::Lift(_) => self.lift()?,
            Rule::Flips(step) => self.flips(step)?,
            Rule::Orientations(step) => self.orientations(step)?,
            Rule::Hall(step) => self.hall(step)?,
            Rule::Constant(step) => self.constant(step)?,
            Rule::Kill(_)
            | Rule::Merge(_)
            | Rule::Permute(_)
            | Rule::Scale(_)
            | Rule::Radical(_)
            | Rule::Flip(_)
            | Rule::Split(_)
            | Rule::Revive(_)
            | Rule::Fold(_)
            | Rule::Resize(_)
            | Rule::Stretch(_) => self.rewrite(rule)?,
            Rule::ForAllK(_) | Rule::PositiveForAllK(_) => {
                return reject("the step belongs to a claim for all k");
            }
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
                Difference::new(plus, minus, &self.activation, self.affine(), self.limits)?
            }
        };
        Ok(self.difference.insert(difference))
    }

    /// How many inputs the Jacobian of the difference has.
    pub(super) fn columns(&self) -> usize {
        self.gamma.inputs - usize::from(self.affine())
    }

    /// Whether the claim speaks of functions on R^d of networks with biases: then the last neuron is the output bias, and linear.
    pub(super) fn affine(&self) -> bool {
        let of_functions = is_about_functions(self.claim)
            || matches!(
                self.claim,
                Claim::Flips(_) | Claim::Unique(_) | Claim::Minimal(_) | Claim::Nearest(_)
            );
        of_functions && self.homogenised
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
            limits.tick()?;
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

    /// T of the cases and of C.1.
    fn threshold(&self) -> Result<Q, Stop> {
        match Setting::of(self.claim) {
            Some(setting) => Ok(setting.threshold()),
            None => {
                reject("this step needs the threshold of a theorem-3.1 claim, or of a similar one")
            }
        }
    }

    fn condition(&self, step: &Condition) -> Result<Fact, Stop> {
        let (gamma, current) = (&self.gamma, needed(&self.current)?);
        let live = matches!(self.claim, Claim::Refined31(_));
        let (one, other) = ("Γ", "the current network");
        if self.lines.is_some() && step.name > ConditionName::NoParallel {
            return reject("C.3 is asked before the cases");
        }
        match (step.name, &step.beta, &step.threshold) {
            (ConditionName::Balance, Some(beta), Some(threshold)) => {
                let (claimed, threshold) = (self.threshold()?, Q::from(threshold));
                let Claim::Theorem31(theorem) = self.claim else {
                    return reject("this claim does not ask for C.1");
                };
                self.same("beta of C.1 against the claim", beta, &theorem.beta)?;
                equal("threshold of C.1 against the claim", &threshold, &claimed)?;
                conditions::balance(gamma, beta, &threshold, self.limits)?;
            }
            (ConditionName::Balance, _, _) => return reject("C.1 needs beta and threshold"),
            (ConditionName::NoParallel, None, None) => conditions::no_parallel(gamma, live, one)?,
            (ConditionName::NoOppositeWithin, None, None) => {
                conditions::no_opposite(gamma, gamma, live, ["C.3a", one, one])?;
                conditions::no_opposite(current, current, live, ["C.3a", other, other])?;
            }
            (ConditionName::NoOppositeBetween, None, None) => {
                conditions::no_opposite(gamma, current, live, ["C.3b", one, other])?;
            }
            (ConditionName::NoOppositePossible, None, None) => {
                return reject("C.3 holds by C.3a and C.3b");
            }
            _ => return reject("beta and threshold belong to C.1 alone"),
        }
        Ok(Fact::Holds(step.name, self.turned))
    }

    fn facet(&self, step: &Facet) -> Result<Fact, Stop> {
        cases::facet(step, &self.gamma, needed(&self.current)?, self.limits)?;
        Ok(Fact::Facet((step.gamma, step.theta), self.renumbered))
    }

    fn case(&mut self, step: &Case) -> Result<Fact, Stop> {
        let threshold = self.threshold()?;
        let star = match self.claim {
            Claim::Theorem33(_) => true,
            Claim::Refined31(_) => return reject("this claim has no cases"),
            _ => false,
        };
        let current = needed(&self.current)?;
        let fresh = || Lines::new(&self.gamma, current);
        let lines = self.lines.get_or_insert_with(fresh);
        let facets = cases::case(step, &self.gamma, current, lines, &threshold, star)?;
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
            Claim::Refined31(claim) => &claim.distance,
            Claim::Theorem33(claim) => &claim.distance,
            Claim::Nearest(claim) => &claim.upper,
            _ => return reject("the claim speaks of no distance"),
        };
        self.same("distance against the claim", &step.distance, claimed)?;
        let current = needed(&self.current)?;
        let Some(phi) = &self.phi else {
            return reject("the statement lacks Φ");
        };
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
pub(super) fn needed(network: &Option<Network>) -> Result<&Network, Stop> {
    match network {
        Some(network) => Ok(network),
        None => reject("the statement lacks a network that this step speaks of"),
    }
}

/// What claims of Theorem 3.1, of its refined form, and of Theorem 3.3 say of g − R(Γ).
pub(super) struct Setting<'a> {
    pub(super) form: Form,
    pub(super) r: &'a SeminormBracket,
    pub(super) jump: &'a Rational,
}

impl<'a> Setting<'a> {
    pub(super) fn of(claim: &'a Claim) -> Option<Setting<'a>> {
        let (form, r, jump) = match claim {
            Claim::Theorem31(claim) => (claim.form, &claim.r, &claim.jump),
            Claim::Refined31(claim) => (claim.form, &claim.r, &claim.jump),
            Claim::Theorem33(claim) => (claim.form, &claim.r, &claim.jump),
            _ => return None,
        };
        Some(Setting { form, r, jump })
    }

    /// T of the cases and of C.1: 2r where r is exact, or J.
    pub(super) fn threshold(&self) -> Q {
        match self.form {
            Form::Seminorm => Q::from(&self.r.lower).double(),
            Form::Jump => Q::from(self.jump),
        }
    }
}

/// Claims that speak of sizes of weights, in Γ or in both networks, are made of one root a neuron.
fn check_roots(claim: &Claim, gamma: &Network, theta: Option<&Network>) -> Result<(), Stop> {
    let both = match claim {
        Claim::Theorem33(_) | Claim::Condition(_) | Claim::LocalMinimum(_) => true,
        Claim::Nearest(claim) => claim.among == Among::NStar,
        _ => false,
    };
    if both
        || matches!(
            claim,
            Claim::Theorem31(_) | Claim::Refined31(_) | Claim::Lift(_)
        )
    {
        gamma.check_one_root("Γ")?;
    }
    match theta {
        Some(theta) if both => theta.check_one_root("Θ"),
        _ => Ok(()),
    }
}

/// Claims about functions on R^d: of any activation max(a·t, t), of networks of any widths.
fn is_about_functions(claim: &Claim) -> bool {
    matches!(
        claim,
        Claim::Equal(_)
            | Claim::Differ(_)
            | Claim::Seminorm(_)
            | Claim::SupNorm(_)
            | Claim::JumpNorm(_)
    )
}
