//! All parametrizations of a family's functions, for all k: flips, the least number of neurons, and smaller networks.

use super::choices::Equation;
use super::describe::alone;
use super::difference::Difference;
use super::expression::Expression;
use super::instances::{Sections, everywhere, instance};
use super::network::{Family, Neuron};
use super::sections::{Pair, Proved, prove};
use super::sketch::{Draft, Sketch};
use super::unproved::{Contradiction, Misfit, TooMany, Unproved};
use crate::certificate::{Holds, Range, SectionFact};
use crate::exact::Rational;
use crate::exact::scalar::minors;
use crate::network::{Network, TwoLayer};
use crate::parametrizations::{
    Flippable, Limits, Outcome, flippable, flips, least, merge, simplify,
};
use crate::realization::CanonicalForm;

/// Which sets of neurons can change their signs together, and whether the network is unique (N3), for all integers k ≥ 1. Nothing is said of linear
/// independence.
///
/// An identity of contributions c_i a_iᵀ in Q(k) is one of their coefficients, and those are numbers. A set that is one at single k alone
/// is found there: a bound on the roots of all sums is known, and smaller k are looked at one by one.
///
/// Cost: that of [`flippable`] for each range of k and each k below the bound; all C(m, 2) pairs of rows are compared.
///
/// # Errors
/// What could not be proved: contributions with roots, a bound that is too large, limits.
pub fn flips_for_all(family: &Family, limits: &Limits) -> Result<Sections<Flippable>, Unproved> {
    let known = |found: Flippable| match &found.outcome {
        Outcome::All(_) => Ok(found),
        Outcome::Unknown { nullity, .. } => {
            limits.watch.check()?;
            Err(TooMany::Free { nullity: *nullity }.into())
        }
    };
    everywhere(
        family,
        &limits.watch,
        |sketch, family| known(flips(sketch, family, limits)?.0),
        |network| known(flippable(network, limits).ok_or(Contradiction::Deep)?),
        |a, b| {
            let sets = |found: &Flippable| match &found.outcome {
                Outcome::All(solutions) => solutions.sets.clone(),
                Outcome::Unknown { found, .. } => found.clone(),
            };
            (&a.dead, &a.shared, sets(a)) == (&b.dead, &b.shared, sets(b))
        },
    )
}

/// A smaller network of a family's functions on a range of k, and what became of the given one's neurons.
#[derive(Clone, Debug)]
pub struct Smaller {
    /// h, the number of hyperplanes across which the gradient jumps.
    pub kinks: usize,
    /// No network has fewer neurons.
    pub lower: usize,
    /// The number of neurons of `network`.
    pub upper: usize,
    /// A network of the function; one zero neuron stands for none.
    pub network: Family,
    /// Neurons that contribute nothing, alone or, where parallel ones cancel, together.
    pub dead: Vec<usize>,
    /// Neurons with a_i = 0 that went into the output bias.
    pub constant: Vec<usize>,
    /// Positively parallel neurons that became one, group by group.
    pub merged: Vec<Vec<usize>>,
    /// How many neurons are left after that.
    pub after_merging: usize,
    /// Where a limit was reached: how many kinks are free.
    pub open: Option<usize>,
}

impl Smaller {
    /// The least number, if it is known.
    pub fn least(&self) -> Option<usize> {
        (self.lower == self.upper).then_some(self.lower)
    }

    fn numbers(&self) -> (usize, usize, usize, usize) {
        (self.kinks, self.lower, self.upper, self.after_merging)
    }

    /// Whether all but the network is the same.
    fn is_like(&self, other: &Self) -> bool {
        let lists = |s: &Self| (s.dead.clone(), s.constant.clone(), s.merged.clone());
        self.numbers() == other.numbers() && lists(self) == lists(other)
    }
}

/// The same function with fewer neurons, for all integers k ≥ 1: dead neurons dropped, constant ones folded into e, parallel ones merged, and neurons
/// turned round where that saves some; the least number where it is known (N4). With `balance` every neuron has ‖c_i‖_∞ = ‖a_i‖_∞.
///
/// For D > 1 and more than five kinks a lower end above h + 1 is known at single k alone, since the ranks it needs are those over Q(k).
///
/// Cost: as [`flips_for_all`], with [`minimal`](crate::parametrizations::minimal).
///
/// # Errors
/// As [`flips_for_all`].
pub fn smaller_for_all(
    family: &Family,
    balance: bool,
    limits: &Limits,
) -> Result<Sections<Smaller>, Unproved> {
    everywhere(
        family,
        &limits.watch,
        |sketch, family| smaller(sketch, family, balance, limits),
        |network| numbers(network, balance, limits),
        Smaller::is_like,
    )
}

fn smaller(
    sketch: &mut Sketch,
    family: &Family,
    balance: bool,
    limits: &Limits,
) -> Result<Smaller, Unproved> {
    let merged = merge(sketch, family)?;
    let form = CanonicalForm::of_live(sketch, &merged.network)?;
    let found = least(sketch, family, &merged.network, form, limits)?;
    limits.watch.check()?;
    if found.lower == found.kinks {
        // Kinks alone show the lower end, whatever sums do.
        sketch.forget_sums();
    }
    let mut network = found.network;
    if balance {
        let neurons = network.neurons.iter().map(|n| balanced(sketch, n));
        network.neurons = neurons.collect::<Result<_, _>>()?;
    }
    if network.neurons.is_empty() {
        let zeros = |n| vec![Expression::zero(); n];
        let neuron = Neuron::of(zeros(network.width()), zeros(network.outputs));
        network.neurons.push(neuron);
    }
    sketch.network(&network)?;
    Ok(Smaller {
        kinks: found.kinks,
        lower: found.lower,
        upper: found.upper,
        network,
        dead: merged.dead,
        constant: merged.constant,
        after_merging: merged.network.neurons.len(),
        merged: merged.groups,
        open: found.open,
    })
}

/// The least number of neurons by sections, as far as that is seen for all k of one at once, with the networks of [`smaller_for_all`].
///
/// Cost: as [`smaller_for_all`] a section, and up to 2^12 sums of jumps for each kink.
///
/// # Errors
/// As [`smaller_for_all`]; more than 12 dependent jumps where kinks alone do not show the lower end.
pub fn prove_minimal(family: &Family, limits: &Limits) -> Result<Proved, Unproved> {
    let pair = alone(family, &Rational::default(), &limits.watch);
    prove(&pair, &|pair, _, mut sketch| {
        let Pair {
            gamma, activation, ..
        } = pair;
        let found = smaller(&mut sketch, gamma, false, limits)?;
        let function = Difference::new(&mut sketch, gamma, None, activation)?;
        function.distinct(&mut sketch)?;
        Difference::new(&mut sketch, gamma, Some(&found.network), activation)?
            .vanishes(&mut sketch)?;
        let kinks = function.kinks.len();
        let lower = found.lower.min(kinks + 2);
        let left_out = if lower > kinks + 1 { 0..kinks } else { 0..0 };
        let none = (lower > kinks).then_some(None);
        let mut steps = vec![SectionFact::Equal {}];
        for line in left_out.map(Some).chain(none) {
            let equation = Equation::of_kinks(&mut sketch, &function, line)?;
            let (orientations, choices) = equation.solve(&mut sketch)?;
            if !orientations.is_empty() {
                return Err(Contradiction::Orientation.into());
            }
            steps.push(SectionFact::NoOrientation { line, choices });
        }
        let holds = Holds::Minimal {
            lower,
            upper: found.upper,
            phi: found.network.to_certificate(),
        };
        Ok(vec![Draft {
            holds,
            value: None,
            steps,
            sketch,
        }])
    })
}

/// The sets of [`flips_for_all`], by sections, where all neurons are live and on different hyperplanes at every k.
///
/// Cost: up to 2^12 sums of contributions a section.
///
/// # Errors
/// Neurons that are dead, or on one hyperplane, at some k; more than 12 contributions that depend on others; contributions with roots.
pub fn prove_flips(family: &Family, limits: &Limits) -> Result<Proved, Unproved> {
    let pair = alone(family, &Rational::default(), &limits.watch);
    prove(&pair, &|pair, _, mut sketch| {
        let (gamma, columns) = (&pair.gamma, pair.gamma.inputs());
        let mut vectors = Vec::new();
        for (i, neuron) in gamma.neurons.iter().enumerate() {
            let slopes = &neuron.inner()[..columns];
            sketch.some_definite(slopes.to_vec())?;
            sketch.some_definite(neuron.outer().to_vec())?;
            for earlier in &gamma.neurons[..i] {
                sketch.some_definite(minors(neuron.inner(), earlier.inner()))?;
            }
            let rows = neuron.outer().iter();
            let matrix = rows.flat_map(|c| slopes.iter().map(|a| c.mul(a)));
            vectors.push((i, matrix.collect()));
        }
        let equation = Equation {
            vectors,
            target: vec![Expression::zero(); columns * gamma.outputs],
        };
        let (mut sets, choices) = equation.solve(&mut sketch)?;
        sets.retain(|set| !set.is_empty());
        Ok(vec![Draft {
            holds: Holds::Flips { sets: sets.clone() },
            value: None,
            steps: vec![SectionFact::Flips { sets, choices }],
            sketch,
        }])
    })
}

fn numbers(network: &Network, balance: bool, limits: &Limits) -> Result<Smaller, Unproved> {
    let found = simplify(network, balance, limits).ok().flatten();
    let found = found.ok_or(Contradiction::Deep)?;
    limits.watch.check()?;
    Ok(Smaller {
        kinks: found.minimal.kinks,
        lower: found.minimal.lower,
        upper: found.minimal.upper,
        network: Family::of_network(&found.network).ok_or(Contradiction::Deep)?,
        dead: found.dead,
        constant: found.constant,
        merged: found.merged,
        after_merging: found.after_merging,
        open: found.minimal.open,
    })
}

/// The neuron with ‖c‖_∞ = ‖a‖_∞, its root in the weights.
pub(super) fn balanced(sketch: &mut Sketch, neuron: &Neuron) -> Result<Neuron, Unproved> {
    folded(&neuron.balanced_by(sketch)?)
}

/// (s, c, a) as the neuron with inner weights √s·a and outer weights √s·c.
pub(super) fn folded(neuron: &Neuron) -> Result<Neuron, Unproved> {
    let radicand = neuron.scale().to_quotient().ok_or(Misfit::Balance)?;
    let root = Expression::sqrt(&radicand);
    let times = |row: &[Expression]| row.iter().map(|entry| entry.mul(&root)).collect();
    Ok(Neuron::of(times(neuron.inner()), times(neuron.outer())))
}

/// The last section's network, if it has the family's function at all integers k ≥ 1 and every section's number of neurons.
///
/// Cost: one comparison of canonical forms of numbers for each k before the last section.
pub fn one_for_all<'a>(family: &Family, sections: &'a Sections<Smaller>) -> Option<&'a Family> {
    let ((last, answer), before) = sections.parts.split_last()?;
    let form = |family: &Family, k: u64| -> Option<CanonicalForm> {
        let network = TwoLayer::of(&instance(family, k).ok()?)?;
        CanonicalForm::of(&network.with_biases().into_network().ok()?)
    };
    let alike = before.iter().all(|(_, other)| other.upper == answer.upper);
    let serves = |k: u64| {
        let difference = form(family, k)?.minus(&form(&answer.network, k)?)?;
        Some(difference.is_zero())
    };
    let few = matches!(last, Range::From(first) if *first <= 1_000);
    let served = alike && few && (1..last.first()).all(|k| serves(k) == Some(true));
    served.then_some(&answer.network)
}
