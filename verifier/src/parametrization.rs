//! Claims about all parametrizations of a function: what they ask of their statement, which steps they allow, and what they rest
//! on; and the steps that need the state of the proof.

use std::collections::BTreeSet;

use super::conclude::{
    check_cases, check_distance, check_formulas, check_opposite, check_setting, shows,
};
use super::conditions::refined_bound;
use super::difference::Difference;
use super::network::{Network, Neuron};
use super::number::Q;
use super::proof::{Fact, Proof, Setting, needed};
use super::surd::Sum;
use super::verdict::{Stop, differ, entry, equal, reject};
use super::{hall, member, orientations};
use relucert_format::{
    Against, Among, Claim, ConditionName, Constant, Flips, Hall, Member, MinimalClaim,
    NearestClaim, Orientations, Set, Side, Theorem33, Violation,
};

/// What a conclusion must name how often, and what it may name besides.
type Named = (Vec<(&'static str, usize)>, &'static [&'static str]);

/// The kinds of steps of the claims that this module knows.
pub(super) fn named(proof: &Proof) -> Named {
    match proof.claim {
        Claim::Theorem33(_) => {
            let cases = proof.gamma.neurons.len();
            let needed = [
                ("point", 1),
                ("branch", 1),
                ("jump", 1),
                ("member", 2),
                ("case", cases),
                ("bound", 1),
            ];
            (needed.into(), &["permute", "facet", "circuits"])
        }
        Claim::Refined31(_) => {
            let needed = [
                ("point", 1),
                ("branch", 1),
                ("jump", 1),
                ("condition", 3),
                ("bound", 1),
            ];
            (
                needed.into(),
                &[
                    "kill", "merge", "permute", "scale", "radical", "flip", "split", "revive",
                    "circuits",
                ],
            )
        }
        Claim::Lift(_) => (vec![("lift", 1), ("member", 1)], &[]),
        Claim::Minimal(_) => (vec![("equal", 1)], &["orientations"]),
        Claim::Nearest(claim) => {
            let member = (claim.among == Among::NStar).then_some(("member", 1));
            let needed = [("bound", 1)].into_iter().chain(member);
            (
                needed.collect(),
                &[
                    "kill", "merge", "permute", "scale", "radical", "flip", "split", "revive",
                    "fold", "resize", "stretch", "flips", "hall", "constant",
                ],
            )
        }
        _ => (vec![("flips", 1)], &[]),
    }
}

/// Checks that the facts establish a claim of those that this module knows.
pub(super) fn conclude(proof: &Proof, facts: &[&Fact]) -> Result<(), Stop> {
    let has = |what: &str, test: &dyn Fn(&Fact) -> bool| shows(facts, what, test);
    let reached = |fact: &Fact| matches!(fact, Fact::Reached);
    let is_member = |side: Side, name: &str| {
        let test = move |fact: &Fact| matches!(fact, Fact::Member(of, Set::NStar) if *of == side);
        has(&format!("that {name} is in N*"), &test)
    };
    let flips = |sets: &[Vec<usize>]| {
        let test = |fact: &Fact| matches!(fact, Fact::Flips(found, _) if *found == sets);
        has("that these are the sets that can be flipped", &test)
    };
    match proof.claim {
        Claim::Theorem33(theorem) => {
            has("that Φ was reached", &reached)?;
            check_setting(proof, facts)?;
            is_member(Side::Gamma, "Γ")?;
            is_member(Side::Theta, "Θ")?;
            check_cases(proof, facts)?;
            star_bounds(proof, theorem)
        }
        Claim::Refined31(theorem) => {
            has("that Φ was reached", &reached)?;
            check_setting(proof, facts)?;
            has("hypothesis NoParallel", &|fact| {
                matches!(fact, Fact::Holds(ConditionName::NoParallel, _))
            })?;
            check_opposite(facts, None)?;
            let threshold = Setting::of(proof.claim).map(|setting| setting.threshold());
            let threshold = threshold.unwrap_or_else(Q::zero);
            let formula = refined_bound(&proof.gamma, needed(&proof.theta)?, &threshold);
            let stated = Some(theorem.bound.clone());
            check_formulas(
                proof,
                &theorem.distance,
                [(&stated, formula, "of the refined form")],
            )
        }
        Claim::Lift(_) => {
            has("the lift", &|fact| matches!(fact, Fact::Lifted))?;
            is_member(Side::Gamma, "Γ")
        }
        Claim::Flips(claim) => flips(&claim.sets),
        Claim::Unique(_) => flips(&[]),
        Claim::Minimal(claim) => {
            has("that they are equal", &|fact| matches!(fact, Fact::Equal))?;
            minimal(proof, claim, facts)
        }
        Claim::Nearest(claim) => {
            has("that Φ was reached", &reached)?;
            if claim.among == Among::NStar {
                is_member(Side::Phi, "Φ")?;
            }
            nearest(proof, claim, facts)
        }
        _ => reject("nothing can establish a claim of this kind"),
    }
}

/// 4√r, √(8r) and 2√J, where r is the lower end of its bracket.
fn star_bounds(proof: &Proof, theorem: &Theorem33) -> Result<(), Stop> {
    let (r, jump) = (Q::from(&theorem.r.lower), Q::from(&theorem.jump));
    let double_root = |square: &Q| Sum::zero().plus_root(&Q::one().double(), square);
    let bounds = &theorem.bounds;
    let formulas = [
        (
            &bounds.paper,
            double_root(&r.double().double()),
            "4 sqrt(r)",
        ),
        (&bounds.sharp, double_root(&r.double()), "2 sqrt(2r)"),
        (&bounds.jump, double_root(&jump), "2 sqrt(J)"),
    ];
    check_formulas(proof, &theorem.distance, formulas)
}

/// Every network of the function has a live neuron on each of its h kinks. With h neurons there is one on each, and an orientation
/// fits. With h + 1 the other one is on some kink too, since alone on another hyperplane it would make a kink, or it does nothing:
/// an orientation fits with that kink left out.
fn minimal(proof: &Proof, claim: &MinimalClaim, facts: &[&Fact]) -> Result<(), Stop> {
    let kinks = proof.function_of_claim()?.kinks.len();
    if claim.lower > kinks + 2 {
        let most = format!("at most {} for {kinks} kinks", kinks + 2);
        return differ("the lower end", claim.lower, most);
    }
    let left_out = (claim.lower == kinks + 2).then_some(0..kinks);
    let left_out = left_out.into_iter().flatten().map(Some);
    let none = (claim.lower > kinks).then_some(None);
    for line in left_out.chain(none) {
        let test = |fact: &Fact| matches!(fact, Fact::NoOrientation(found) if *found == line);
        let what = match line {
            None => "that no orientation fits".to_owned(),
            Some(h) => format!("that no orientation fits with kink {h} left out"),
        };
        shows(facts, &what, &test)?;
    }
    Ok(())
}

/// A lower bound for all competitors, or one for each set that can be flipped, and for none flipped.
fn nearest(proof: &Proof, claim: &NearestClaim, facts: &[&Fact]) -> Result<(), Stop> {
    let lower = Sum::stated(&claim.lower)?;
    if lower.clone().sign(proof.limits)?.is_le() {
        return Ok(());
    }
    let mut away: BTreeSet<(&[usize], usize)> = BTreeSet::new();
    for fact in facts {
        if let Fact::Away(flipped, value, at) = fact
            && value.compare(&lower, proof.limits)?.is_ge()
        {
            match flipped {
                None => return Ok(()),
                Some(set) => away.insert((set, *at)),
            };
        }
    }
    let mut missing =
        "no step that the conclusion rests on shows all sets that can be flipped".to_owned();
    for fact in facts {
        if let Fact::Flips(sets, at) = fact {
            let mut all = std::iter::once(&[][..]).chain(sets.iter().map(Vec::as_slice));
            match all.find(|set| !away.contains(&(*set, *at))) {
                None => return Ok(()),
                Some(set) => {
                    missing = format!(
                        "no step that the conclusion rests on shows the distance {} where {set:?} are flipped",
                        claim.lower
                    );
                }
            }
        }
    }
    reject(missing)
}

impl Proof<'_> {
    /// The neurons of a network but for the output bias where it is none.
    pub(super) fn movable<'b>(&self, network: &'b Network) -> &'b [Neuron] {
        let count = network.neurons.len() - usize::from(self.affine());
        network.neurons.get(..count).unwrap_or_default()
    }

    /// What a `nearest` claim asks of its statement.
    pub(super) fn check_nearest(&self, claim: &NearestClaim) -> Result<(), Stop> {
        if self.theta.is_none() {
            return reject("the statement lacks Θ");
        }
        self.check_shape("Φ", self.phi.as_ref().map(|phi| phi.shape))?;
        if claim.among == Among::NStar && self.homogenised {
            return reject("networks in N* have no biases");
        }
        let upper = Sum::stated(&claim.upper)?;
        check_distance(self, &claim.lower, &upper, &claim.upper.to_string())
    }

    /// What a `minimal` claim asks of its statement.
    pub(super) fn check_minimal(&self, claim: &MinimalClaim) -> Result<(), Stop> {
        let neurons = self.movable(&self.gamma);
        let upper = match neurons {
            [neuron] if neuron.is_zero() && claim.upper == 0 => 0,
            _ => neurons.len(),
        };
        equal("upper end against the neurons of Γ", claim.upper, upper)?;
        if claim.lower > upper {
            return differ("the lower end", claim.lower, format!("at most {upper}"));
        }
        Ok(())
    }

    pub(super) fn member(&self, step: &Member) -> Result<Fact, Stop> {
        match (step.network, self.stated_phi) {
            (Side::Gamma, _) => member::member(&self.gamma, step.set, "Γ")?,
            (Side::Theta, _) => member::member(needed(&self.theta)?, step.set, "Θ")?,
            (Side::Phi, Some(phi)) => {
                let phi = Network::stated(phi, false, self.limits)?;
                member::member(&phi, step.set, "Φ")?;
            }
            (Side::Phi, None) => return reject("the statement lacks Φ"),
        }
        Ok(Fact::Member(step.network, step.set))
    }

    pub(super) fn lift(&self) -> Result<Fact, Stop> {
        let Claim::Lift(_) = self.claim else {
            return reject("the claim speaks of no lift");
        };
        member::lift(&self.gamma, needed(&self.theta)?, self.limits)?;
        Ok(Fact::Lifted)
    }

    pub(super) fn flips(&self, step: &Flips) -> Result<Fact, Stop> {
        let (Claim::Flips(_) | Claim::Unique(_) | Claim::Nearest(_)) = self.claim else {
            return reject("the claim does not speak of flips");
        };
        let current = needed(&self.current)?;
        let movable = self.movable(current).len();
        orientations::flips(step, current, movable, self.columns(), self.limits)?;
        Ok(Fact::Flips(step.sets.clone(), self.renumbered))
    }

    /// g, whose kinks the claim speaks of: R(Γ) in `minimal` claims, else R(Θ).
    pub(super) fn function_of_claim(&self) -> Result<Difference, Stop> {
        let network = match self.claim {
            Claim::Minimal(_) => &self.gamma,
            _ => needed(&self.theta)?,
        };
        Difference::new(network, None, &Q::zero(), self.affine(), self.limits)
    }

    /// The same, computed once.
    fn function(&mut self) -> Result<&Difference, Stop> {
        let function = match self.function.take() {
            Some(function) => function,
            None => self.function_of_claim()?,
        };
        Ok(self.function.insert(function))
    }

    pub(super) fn orientations(&mut self, step: &Orientations) -> Result<Fact, Stop> {
        let fits = match self.claim {
            Claim::Minimal(_) => !step.forced,
            Claim::Condition(claim) => {
                let Violation::NoOrientation {} = claim.violation else {
                    return reject("the claim does not speak of orientations");
                };
                step.forced && step.line.is_none()
            }
            _ => return reject("the claim does not speak of orientations"),
        };
        if !fits {
            return reject(
                "Γ forces orientations in condition claims, and a kink is left out in minimal claims",
            );
        }
        self.function()?;
        let (gamma, limits) = (&self.gamma, self.limits);
        if let Some(function) = &self.function {
            orientations::orientations(step, function, gamma, limits)?;
        }
        Ok(Fact::NoOrientation(step.line))
    }

    pub(super) fn hall(&mut self, step: &Hall) -> Result<Fact, Stop> {
        let Claim::Nearest(claim) = self.claim else {
            return reject("the claim speaks of no nearest parametrization");
        };
        let limits = self.limits;
        if step.against == Against::Lines {
            self.function()?;
        }
        let places = self.movable(&self.gamma);
        let mut flipped = None;
        match (&step.against, &self.function) {
            (Against::Lines, Some(function)) => {
                let line = |h: usize| {
                    let kink = entry(&function.kinks, h, "kink")?;
                    Ok(vec![hall::Source::line(&kink.line)])
                };
                hall::hall(step, places, line, limits)?;
            }
            (Against::Fixed, _) => {
                if claim.among != Among::NStar {
                    return reject("only networks in N* are fixed");
                }
                let current = needed(&self.current)?;
                member::member(current, Set::NStar, "the current network")?;
                let sources = self.as_many(current)?;
                let fixed = |j: usize| {
                    let neuron = entry(sources, j, "source")?;
                    Ok(vec![hall::Source::fixed(neuron)])
                };
                hall::hall(step, places, fixed, limits)?;
            }
            (against, _) => {
                let sources = self.rigid()?;
                let set = match against {
                    Against::Flipped(set) => Some(set),
                    _ => None,
                };
                if let Some(set) = set {
                    self.check_flipped(set)?;
                    flipped = Some(set.clone());
                }
                let ways = |j: usize| {
                    let neuron = entry(sources, j, "source")?;
                    let signs = match set {
                        None => vec![false, true],
                        Some(set) => vec![set.binary_search(&j).is_ok()],
                    };
                    let signs = signs.into_iter();
                    Ok(signs
                        .map(|sign| hall::Source::neuron(neuron, sign))
                        .collect())
                };
                hall::hall(step, places, ways, limits)?;
            }
        }
        let value = Sum::stated(&step.value)?;
        Ok(Fact::Away(flipped, value, self.renumbered))
    }

    pub(super) fn constant(&self, step: &Constant) -> Result<Fact, Stop> {
        let Claim::Nearest(_) = self.claim else {
            return reject("the claim speaks of no nearest parametrization");
        };
        if !self.affine() {
            return reject("the networks have no output bias");
        }
        self.rigid()?;
        self.check_flipped(&step.flipped)?;
        hall::constant(step, &self.gamma, needed(&self.current)?)?;
        let value = Sum::from(Q::from(&step.value));
        Ok(Fact::Away(
            Some(step.flipped.clone()),
            value,
            self.renumbered,
        ))
    }

    /// The current neurons, if every parametrization of g with as many neurons as Γ is a permutation, positive rescaling and flip
    /// of them (N3).
    fn rigid(&self) -> Result<&[Neuron], Stop> {
        let current = needed(&self.current)?;
        let movable = self.as_many(current)?.len();
        orientations::one_a_kink(current, movable, self.columns())
    }

    /// The neurons of the current network, which are as many as Γ's.
    fn as_many<'b>(&self, current: &'b Network) -> Result<&'b [Neuron], Stop> {
        let (neurons, wanted) = (self.movable(current), self.movable(&self.gamma).len());
        equal(
            "neurons of the current network against Γ",
            neurons.len(),
            wanted,
        )?;
        Ok(neurons)
    }

    /// The set is empty, or can be flipped, as an earlier step has shown of neurons numbered as now.
    fn check_flipped(&self, set: &Vec<usize>) -> Result<(), Stop> {
        let listed = |fact: &Fact| {
            matches!(fact, Fact::Flips(sets, at)
                if *at == self.renumbered && sets.binary_search(set).is_ok())
        };
        if set.is_empty() || self.facts.iter().any(listed) {
            return Ok(());
        }
        reject(format!(
            "no earlier step shows that {set:?} can be flipped in the current network"
        ))
    }
}

#[cfg(test)]
#[path = "tests/parametrization.rs"]
mod tests;
