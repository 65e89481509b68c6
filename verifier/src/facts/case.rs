//! The case analysis in the proofs of Theorems 3.1 and 3.3: case and facets.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_traits::Zero as _;

use crate::kernel::budget::Budget;
use crate::kernel::cost;
use crate::kernel::family;
use crate::kernel::function::Function;
use crate::kernel::jumps::{all_zero, cross, oriented_alike, parallel, vanishes};
use crate::kernel::network::{Direction, Network, Neuron};
use crate::kernel::number::{Q, coordinates, largest, product};
use crate::kernel::verdict::{Locate as _, Stop, differ, entry, equal, reject};
use relucert_format::{Case, Facet, Formula, MainCase, ProofCase, StarCase};

use super::fact::{Cased, Fact, FactForAllK};
use crate::scene::Scene;
use crate::section::Section;

/// The neurons that a facet is of, of Γ and of the current network.
type FacetOf = (Option<usize>, Option<usize>);

/// Checks a case, the inequalities that select it, and the facets where its jumps are read.
pub(crate) fn case(step: &Case, scene: &Scene) -> Result<Fact, Stop> {
    let (gamma, current, limits) = (&scene.gamma, scene.current()?, scene.limits);
    scene.as_many()?;
    let threshold = Q::from(&step.threshold);
    // Whether a hyperplane is another neuron's is asked of all.
    let neurons = gamma.neurons.len() + current.neurons.len();
    let entries = 8 * (gamma.inputs + gamma.outputs);
    limits.charge(cost::times(neurons + entries, 2 * cost::ANY))?;
    let facets = inequalities(step, gamma, current, &threshold)?;
    equal("number of facets", step.facets.len(), facets.len())?;
    for (stated, of) in step.facets.iter().zip(facets) {
        facet(stated, of, scene)?;
    }
    Ok(Fact::Case(Cased {
        neuron: step.neuron,
        threshold,
        star: step.star,
        moves: scene.moves,
    }))
}

/// The point lies on the hyperplane of the named neurons and of no others; across it the gradient jumps by `jump`.
fn facet(step: &Facet, (of_gamma, of_current): FacetOf, scene: &Scene) -> Result<(), Stop> {
    let (gamma, current, limits) = (&scene.gamma, scene.current()?, scene.limits);
    let coordinates = coordinates(&step.point, gamma.inputs, limits)?;
    let longest = coordinates.iter().map(BigInt::bits).max().unwrap_or(0);
    limits.charge(gamma.work(longest).saturating_add(current.work(longest)))?;
    for (network, named, name) in [
        (gamma, of_gamma, "Γ"),
        (current, of_current, "the current network"),
    ] {
        for (i, direction) in network.directions() {
            let on = product(&direction.line, &coordinates).is_zero();
            if on != (named == Some(i)) {
                let problem = if on { "also lies" } else { "is not" };
                return reject(format!(
                    "the point {problem} on the hyperplane of neuron {i} of {name}"
                ));
            }
        }
    }
    let found = match (of_gamma, of_current) {
        (Some(i), Some(j)) => jump(gamma.neuron(i)?, current.neuron(j)?),
        (Some(i), None) => gamma.neuron(i)?.size(),
        (None, Some(j)) => current.neuron(j)?.size(),
        (None, None) => Q::zero(),
    };
    equal("jump of the gradient", Q::from(&step.jump), found)
}

/// ‖c_γ a_γ − c_θ a_θ‖_∞ for two neurons of the same direction: their outer products have the same line as factor, so this
/// is ‖c_γ‖a_γ‖ − c_θ‖a_θ‖‖_∞.
fn jump(gamma: &Neuron, theta: &Neuron) -> Q {
    let scale = |neuron: &Neuron| &neuron.s * &largest(&neuron.a);
    let (one, other) = (scale(gamma), scale(theta));
    let pairs = gamma.c.iter().zip(&theta.c);
    let entries = pairs.map(|(c, other_c)| &(c * &one) - &(other_c * &other));
    largest(&entries.collect::<Vec<Q>>())
}

/// Checks everything about a case but its facets; answers of which neurons these must be.
fn inequalities(
    step: &Case,
    gamma: &Network,
    current: &Network,
    threshold: &Q,
) -> Result<Vec<FacetOf>, Stop> {
    let i = step.neuron;
    let (neuron, other) = (gamma.neuron(i)?, current.neuron(i)?);
    let star = step.star;
    let size = if star { Neuron::size } else { signed_size };
    let (p, q) = (size(neuron), size(other));
    equal("p", &Q::from(&step.p), &p)?;
    equal("q", &Q::from(&step.q), &q)?;
    let at_most = |name: &str, value: &Q| match value.abs() <= *threshold {
        true => Ok(()),
        false => differ(
            format!("absolute value of {name}"),
            value.abs(),
            format!("at most {threshold}"),
        ),
    };
    let (one, two) = (neuron.direction.as_ref(), other.direction.as_ref());
    // Case 1 of both theorems.
    if step.case == ProofCase::Unmatched {
        if one.is_some_and(|one| is_on(current, one)) {
            return reject(format!(
                "neuron {i} of Γ lies on a hyperplane of the current network"
            ));
        }
        if two.is_some_and(|two| is_on(gamma, two)) {
            return reject(format!(
                "neuron {i} of the current network lies on a hyperplane of Γ"
            ));
        }
        at_most("p", &p)?;
        at_most("q", &q)?;
        let facets = [one.map(|_| (Some(i), None)), two.map(|_| (None, Some(i)))];
        return Ok(facets.into_iter().flatten().collect());
    }
    if one.is_none() || one != two {
        return reject(format!(
            "neuron {i} does not have the same direction in both networks"
        ));
    }
    if star {
        at_most("the jump", &jump(neuron, other))?;
        let label = match (p <= *threshold, q <= *threshold) {
            // Case A.1 of Theorem 3.3.
            (true, _) => StarCase::GammaSmall,
            // Case A.2 of Theorem 3.3.
            (false, true) => StarCase::ThetaSmall,
            // Case B of Theorem 3.3.
            (false, false) => StarCase::Large,
        };
        is_labelled(
            step,
            ProofCase::Star(label),
            "p and q against the threshold",
        )?;
        return Ok(vec![(Some(i), Some(i))]);
    }
    at_most("p - q", &(&p - &q))?;
    // Case A.
    if step.case == ProofCase::Main(MainCase::Small) {
        at_most("p", &p)?;
    } else {
        if p.abs() <= *threshold {
            return differ(
                "absolute value of p",
                p.abs(),
                format!("more than {threshold}"),
            );
        }
        // |c| and ‖a‖ carry the same √s.
        let label = match largest(&neuron.c).cmp(&largest(&neuron.a)) {
            // Case B.1.
            Ordering::Greater => MainCase::OuterLarger,
            // Case B.2.
            Ordering::Less => MainCase::InnerLarger,
            // Case B.3.
            Ordering::Equal => MainCase::Balanced,
        };
        let reason = format!("|c| against the norm of a in neuron {i} of Γ");
        is_labelled(step, ProofCase::Main(label), &reason)?;
    }
    Ok(vec![(Some(i), Some(i))])
}

/// A neuron of Γ and that of the section's Φ are in a case of the proof of the section's theorem, at every k of it.
pub(super) fn for_all_k(
    i: usize,
    case: ProofCase,
    threshold: &Formula,
    section: &Section,
) -> Result<FactForAllK, Stop> {
    let limits = section.limits;
    let phi = section.phi()?;
    let threshold = section.number(threshold)?;
    let gamma = entry(&section.gamma.neurons, i, "neuron of Γ")?;
    let placed = entry(&phi.neurons, i, "neuron of Φ")?;
    let mut held = limits.hold(0)?;
    let p = gamma.jump(section.gamma.inputs, &mut held, limits)?;
    let placed_jump = placed.jump(section.gamma.inputs, &mut held, limits)?;
    let on = !vanishes(&gamma.a, "a of the neuron of Γ", limits)?;
    // Q, where a neuron of Θ is on the hyperplane.
    let mut q: Option<Vec<Function>> = None;
    for (j, other) in section.theta()?.neurons.iter().enumerate() {
        let what = format!("a of neuron {j} of Θ");
        if !on || vanishes(&other.a, &what, limits)? {
            continue;
        }
        if !parallel(&gamma.a, &other.a, limits)? {
            let names = format!("neuron {i} of Γ and neuron {j} of Θ");
            cross(&gamma.a, &other.a, &names, limits)?;
            continue;
        }
        let jump = other.jump(section.gamma.inputs, &mut held, limits)?;
        let sum = q.unwrap_or_else(|| vec![Function::zero(); jump.len()]);
        // Those against it are turned round, as C.3 says.
        let along = oriented_alike(&gamma.a, &other.a, limits)?;
        q = Some(joined(&sum, &jump, along, limits)?);
    }
    // Neurons that add nothing to g may as well be on no hyperplane.
    let live = match &q {
        Some(q) => !all_zero(q, limits)?,
        None => false,
    };
    let of_star = match case {
        ProofCase::Unmatched => section.is_star(),
        ProofCase::Main(_) => false,
        ProofCase::Star(_) => true,
    };
    if of_star != section.is_star() {
        return reject("the case is not one of the section's theorem");
    }
    let neurons = Placed {
        gamma,
        p,
        phi: placed,
        jump: placed_jump,
        threshold: &threshold,
        limits,
    };
    match (case, q) {
        // Case 1 of both theorems.
        (ProofCase::Unmatched, _) if !live => neurons.unmatched(i, &section.gamma.neurons)?,
        (ProofCase::Unmatched, Some(_)) => {
            return reject("the neuron of Γ lies on a hyperplane of Θ, which is not case 1");
        }
        (_, None) => {
            return reject("the neuron of Γ lies on no hyperplane of Θ, which is case 1");
        }
        (ProofCase::Main(case), Some(q)) => {
            neurons.on_one_hyperplane(&q)?;
            neurons.main(case)?;
        }
        (ProofCase::Star(case), Some(q)) => {
            neurons.on_one_hyperplane(&q)?;
            neurons.star(case, &q)?;
        }
    }
    Ok(FactForAllK::Case(i, threshold))
}

/// A neuron of Γ and that of Φ in its place, with P and with c aᵀ of the latter.
struct Placed<'a> {
    gamma: &'a family::Neuron,
    p: Vec<Function>,
    phi: &'a family::Neuron,
    jump: Vec<Function>,
    threshold: &'a Function,
    limits: &'a Budget,
}

impl Placed<'_> {
    fn at_most(&self, name: &str, entries: &[Function]) -> Result<(), Stop> {
        let mut entries = entries.iter();
        entries.try_for_each(|entry| {
            let names = ["the threshold", name];
            self.threshold.bounds(entry, names, self.limits)
        })
    }

    fn exceeds(&self, name: &str, entries: &[Function]) -> Result<(), Stop> {
        match self.threshold.is_exceeded(entries, self.limits)? {
            true => Ok(()),
            false => reject(format!(
                "no entry of {name} is seen to exceed the threshold"
            )),
        }
    }

    /// Case 1 of both theorems.
    fn unmatched(&self, i: usize, all_of_gamma: &[family::Neuron]) -> Result<(), Stop> {
        self.at_most("an entry of c aᵀ in Γ", &self.p)?;
        self.at_most("an entry of c aᵀ in Φ", &self.jump)?;
        let (own, limits) = (&self.phi.a, self.limits);
        if !vanishes(own, "a of the neuron of Φ", limits)? {
            for (j, other) in all_of_gamma.iter().enumerate() {
                if !vanishes(&other.a, &format!("a of neuron {j} of Γ"), limits)? {
                    let names = format!("neuron {i} of Φ and neuron {j} of Γ");
                    cross(own, &other.a, &names, limits)?;
                }
            }
        }
        self.balanced_or_kept()
    }

    /// ‖c‖ = ‖a‖ in Φ's neuron; or it adds nothing, and has the weights of Γ's.
    fn balanced_or_kept(&self) -> Result<(), Stop> {
        let (phi, gamma) = (self.phi, self.gamma);
        let kept = all_zero(&self.jump, self.limits)?
            && self.is_same(&phi.a, &gamma.a)?
            && self.is_same(&phi.c, &gamma.c)?;
        match kept {
            true => Ok(()),
            false => phi.check_balanced(self.limits),
        }
    }

    /// P and Q differ by T at most, and Φ's neuron is where Γ's is and jumps like Θ's there.
    fn on_one_hyperplane(&self, q: &[Function]) -> Result<(), Stop> {
        let limits = self.limits;
        self.at_most("an entry of P − Q", &joined(&self.p, q, false, limits)?)?;
        if !all_zero(&joined(&self.jump, q, false, limits)?, limits)? {
            return reject("c aᵀ of the neuron of Φ is not that of Θ's neurons there");
        }
        match parallel(&self.phi.a, &self.gamma.a, limits)? {
            true => Ok(()),
            false => reject("the neuron of Φ is not on the hyperplane of that of Γ"),
        }
    }

    /// Whether P is small, else how |c| compares with ‖a‖, and what the neuron of Φ takes over.
    fn main(&self, case: MainCase) -> Result<(), Stop> {
        let (gamma, limits) = (self.gamma, self.limits);
        // Case A.
        if case == MainCase::Small {
            self.at_most("an entry of P", &self.p)?;
            return self.balanced_or_kept();
        }
        self.exceeds("P", &self.p)?;
        let Some(c) = gamma.c.first() else {
            return reject("the network has no output");
        };
        let c = match c.definite("c of the neuron of Γ", limits)? {
            true => c.clone(),
            false => c.neg(),
        };
        match case {
            // Case B.1.
            MainCase::OuterLarger => {
                for a in &gamma.a {
                    for a in [a.clone(), a.neg()] {
                        let margin = c.sub(&a, limits)?;
                        margin.positive("|c| less an entry of a in Γ", limits)?;
                    }
                }
                self.same(&self.phi.c, &gamma.c, "c")
            }
            // Case B.2.
            MainCase::InnerLarger => {
                if !c.is_exceeded(&gamma.a, limits)? {
                    return reject("no entry of a in Γ is seen to exceed |c|");
                }
                self.same(&self.phi.a, &gamma.a, "a")
            }
            // Case B.3; Case A is above.
            MainCase::Balanced | MainCase::Small => {
                gamma.check_balanced(limits).in_part(|| "Γ".to_owned())?;
                self.phi.check_balanced(limits)
            }
        }
    }

    fn is_same(&self, own: &[Function], other: &[Function]) -> Result<bool, Stop> {
        all_zero(&joined(own, other, false, self.limits)?, self.limits)
    }

    fn same(&self, own: &[Function], other: &[Function], what: &str) -> Result<(), Stop> {
        match self.is_same(own, other)? {
            true => Ok(()),
            false => reject(format!("the neuron of Φ has not the {what} of that of Γ")),
        }
    }

    fn star(&self, case: StarCase, q: &[Function]) -> Result<(), Stop> {
        match case {
            // Case A.1 of Theorem 3.3.
            StarCase::GammaSmall => self.at_most("an entry of P", &self.p),
            // Case A.2 of Theorem 3.3.
            StarCase::ThetaSmall => {
                self.exceeds("P", &self.p)?;
                self.at_most("an entry of Q", q)
            }
            // Case B of Theorem 3.3.
            StarCase::Large => {
                self.exceeds("P", &self.p)?;
                self.exceeds("Q", q)
            }
        }
    }
}

/// The sum or the difference of two rows.
fn joined(
    one: &[Function],
    other: &[Function],
    plus: bool,
    limits: &Budget,
) -> Result<Vec<Function>, Stop> {
    let pairs = one.iter().zip(other);
    pairs.map(|(x, y)| x.join(y, plus, limits)).collect()
}

/// Whether a neuron of the network is on this hyperplane, dead or not.
fn is_on(network: &Network, of: &Direction) -> bool {
    let mut directions = network.directions();
    directions.any(|(_, direction)| direction.line == of.line)
}

fn is_labelled(step: &Case, label: ProofCase, reason: &str) -> Result<(), Stop> {
    equal(reason, step.case.label(), label.label())
}

/// c·‖a‖_∞ of the real weights, for one output.
fn signed_size(neuron: &Neuron) -> Q {
    let c = neuron.c.first().cloned().unwrap_or_else(Q::zero);
    &neuron.s * &(&c * &largest(&neuron.a))
}
