//! Which neurons can change their sign, and which orientations of kinks fit a function: flips, orientations (N2, N3).

use std::collections::{BTreeMap, BTreeSet};

use num_bigint::BigInt;
use num_traits::Zero as _;

use crate::kernel::budget::Budget;
use crate::kernel::choices::Sums;
use crate::kernel::difference::add_multiple;
use crate::kernel::exhaustion::{Equation, Item};
use crate::kernel::family;
use crate::kernel::function::Function;
use crate::kernel::jumps::{cross, nowhere_zero};
use crate::kernel::network::{Network, Neuron};
use crate::kernel::number::{Q, common_denominator, over};
use crate::kernel::signs::Asked;
use crate::kernel::verdict::{Locate as _, Stop, differ, entry, equal, reject};
use relucert_format::{Choices, Flips, Formula, NoOrientation};

use super::fact::{Fact, FactForAllK};
use crate::scene::Scene;
use crate::section::Section;

/// The first `movable` neurons are live, their first `columns` inputs alone considered, and on pairwise different hyperplanes, so
/// that the function has a kink on each of these and no others.
pub(crate) fn one_a_kink<'a>(
    network: &'a Network,
    movable: usize,
    columns: usize,
    limits: &Budget,
) -> Result<&'a [Neuron], Stop> {
    limits.charge(network.work(0))?;
    let neurons = network.neurons.get(..movable).unwrap_or_default();
    let mut lines = BTreeMap::new();
    for (i, neuron) in neurons.iter().enumerate() {
        if !neuron.is_live(columns) {
            return reject(format!("neuron {i} is not live"));
        }
        let line = neuron.direction.as_ref().map(|direction| &direction.line);
        if let Some(other) = lines.insert(line, i) {
            return reject(format!(
                "neurons {other} and {i} are on the same hyperplane"
            ));
        }
    }
    Ok(neurons)
}

/// The neurons have one kink each, and the non-empty sets F with Σ_F c_i a_iᵀ = 0 in the first columns are exactly the stated ones.
pub(crate) fn flips(step: &Flips, scene: &Scene) -> Result<Fact, Stop> {
    let (network, columns, limits) = (scene.current()?, scene.columns(), scene.limits);
    let movable = scene.movable(network).len();
    let neurons = one_a_kink(network, movable, columns, limits)?;
    let mut listed: BTreeSet<&[usize]> = BTreeSet::new();
    for (k, set) in step.sets.iter().enumerate() {
        let increasing = set.is_sorted_by(|i, j| i < j);
        if set.is_empty() || !increasing || listed.last().is_some_and(|last| *last >= &set[..]) {
            return reject(format!(
                "set {k} is empty, not increasing, or not after the one before it"
            ));
        }
        listed.insert(set);
    }
    let weights: Vec<Vec<Q>> = neurons.iter().map(Neuron::weight).collect();
    let common = common_denominator(weights.iter().flatten(), limits)?;
    limits.room(neurons.len() * network.outputs, common.bits())?;
    let items = neurons.iter().zip(&weights).filter_map(|(neuron, weight)| {
        let direction = neuron.direction.as_ref()?;
        let mut weight = over(weight, &common);
        if !direction.positive {
            weight.iter_mut().for_each(|w| *w = -&*w);
        }
        Some(Item {
            weight,
            line: direction.line.iter().take(columns).cloned().collect(),
            decided: None,
        })
    });
    let equation = Equation {
        items: items.collect(),
        target: vec![BigInt::zero(); network.outputs * columns],
        columns,
    };
    let mut seen = 0;
    equation.exhaust(&step.exhaustion, limits, |solution| {
        if !solution.is_empty() {
            if !listed.contains(solution) {
                return reject(format!("{solution:?} can be flipped, and is not listed"));
            }
            seen += 1;
        }
        Ok(())
    })?;
    // Every solution comes once.
    equal("sets that can be flipped", listed.len(), seen)?;
    Ok(Fact::Flips(step.sets.clone(), scene.moves))
}

/// The c_i a_iᵀ of Θ are linearly independent at every k of a section, so none can be flipped.
pub(super) fn none_for_all_k(
    functionals: &[Vec<Formula>],
    section: &Section,
) -> Result<FactForAllK, Stop> {
    let (theta, limits) = (section.theta()?, section.limits);
    let (neurons, columns) = (section.movable(theta), section.columns());
    let reason = "functionals against neurons of Θ";
    equal(reason, functionals.len(), neurons.len())?;
    let mut held = limits.hold(0)?;
    let matrices = neurons.iter();
    let matrices = matrices.map(|neuron| neuron.jump(columns, &mut held, limits));
    let matrices = matrices.collect::<Result<Vec<_>, Stop>>()?;
    for (i, functional) in functionals.iter().enumerate() {
        let functional = section.row(functional)?;
        let length = columns * theta.outputs;
        equal("length of a functional", functional.len(), length)?;
        for (h, matrix) in matrices.iter().enumerate() {
            let value = Function::dot(&functional, matrix, limits)?;
            let seen = match h == i {
                true => value.definite("the value", limits),
                false if value.is_zero(limits)? => Ok(true),
                false => value.unseen("the value", Asked::Zero),
            };
            seen.in_part(|| format!("functional {i} on neuron {h}"))?;
        }
    }
    Ok(FactForAllK::Independent)
}

/// Neurons of a network that are all live and on different hyperplanes at every k of a section.
pub(super) fn one_a_kink_for_all_k(
    neurons: &[family::Neuron],
    name: &str,
    section: &Section,
) -> Result<(), Stop> {
    let limits = section.limits;
    for (j, neuron) in neurons.iter().enumerate() {
        // Where there are biases, on R^d.
        let slopes = neuron.a.get(..section.columns()).unwrap_or(&neuron.a);
        for (part, row) in [("a", slopes), ("c", &neuron.c[..])] {
            let problem = format!("{part} of neuron {j} of {name} may be 0:");
            nowhere_zero(row, &problem, limits)?;
        }
        for (i, earlier) in neurons.iter().take(j).enumerate() {
            let names = format!("neurons {i} and {j} of {name}");
            cross(&neuron.a, &earlier.a, &names, limits)?;
        }
    }
    Ok(())
}

/// The neurons of Γ have one kink each at every k of a section, and the non-empty sets F with Σ_F c_i a_iᵀ = 0 in the first columns are exactly these, and
/// are such everywhere.
pub(super) fn flips_for_all_k(
    sets: &[Vec<usize>],
    choices: &Choices,
    section: &Section,
) -> Result<FactForAllK, Stop> {
    let (gamma, limits, columns) = (&section.gamma, section.limits, section.columns());
    let neurons = section.movable(gamma);
    one_a_kink_for_all_k(neurons, "Γ", section)?;
    let mut held = limits.hold(0)?;
    let vectors = neurons.iter().enumerate();
    let vectors = vectors.map(|(i, neuron)| Ok((i, neuron.jump(columns, &mut held, limits)?)));
    let sums = Sums {
        vectors: vectors.collect::<Result<_, Stop>>()?,
        target: vec![Function::zero(); columns * gamma.outputs],
    };
    let mut found = Vec::new();
    exhaust_for_all_k(&sums, choices, section, |set| {
        if !set.is_empty() {
            found.push(set.to_vec());
        }
        Ok(())
    })?;
    found.sort_unstable();
    let shown = |sets: &[Vec<usize>]| format!("{sets:?}");
    equal("the sets that can be flipped", shown(sets), shown(&found))?;
    Ok(FactForAllK::Flips(found))
}

/// No set F of kinks of R(Γ) has Σ_F 2J_H = Σ J_H − 2M at any k of a section, where a kink may be left out.
pub(super) fn no_orientation_for_all_k(
    line: Option<usize>,
    choices: &Choices,
    section: &Section,
) -> Result<FactForAllK, Stop> {
    let limits = section.limits;
    let function = section.jumps(&section.gamma, None)?;
    function.distinct(limits)?;
    let rows = function.twice_linear.chunks(function.inputs);
    let rows = rows.flat_map(|row| row.iter().take(function.columns));
    let mut target: Vec<Function> = rows.map(Function::neg).collect();
    let mut vectors = Vec::new();
    for (h, kink) in function.kinks.iter().enumerate() {
        let mut twice = Vec::new();
        for (sum, entry) in target.iter_mut().zip(function.jump(kink)) {
            *sum = sum.add(entry, limits)?;
            twice.push(entry.add(entry, limits)?);
        }
        if line != Some(h) {
            vectors.push((h, twice));
        }
    }
    let mut sums = Sums { vectors, target };
    if let Some(line) = line {
        let kink = entry(&function.kinks, line, "kink")?;
        sums.modulo(kink.slopes(function.columns), limits)?;
    }
    exhaust_for_all_k(&sums, choices, section, |set| {
        differ("an orientation fits: the kinks", format!("{set:?}"), "none")
    })?;
    Ok(FactForAllK::NoOrientation(line))
}

/// Every solution at some k of a section is one at all of them, and is found.
fn exhaust_for_all_k(
    sums: &Sums,
    choices: &Choices,
    section: &Section,
    found: impl FnMut(&[usize]) -> Result<(), Stop>,
) -> Result<(), Stop> {
    let functionals = choices.functionals.iter().map(|row| section.row(row));
    let functionals = functionals.collect::<Result<Vec<_>, Stop>>()?;
    sums.exhaust(&choices.free, &functionals, section.limits, found)
}

/// No set F of kinks of the function has Σ_F κ_H n_Hᵀ = R_0, where Γ may force orientations, or a kink is left out.
pub(crate) fn no_orientation(step: &NoOrientation, scene: &mut Scene) -> Result<Fact, Stop> {
    let limits = scene.limits;
    limits.charge(scene.gamma.work(0))?;
    let gamma = scene.gamma.clone();
    let function = scene.function()?;
    limits.charge(function.work(64).saturating_mul(3))?;
    let columns = function.columns;
    let forced = match step.forced {
        true => sides(&gamma)?,
        false => BTreeMap::new(),
    };
    // Over 2L: R_0 is Σ w lineᵀ less the linear part, and κ_H n_Hᵀ is 2 w lineᵀ.
    let rows = function.linear.chunks(function.inputs);
    let rows = rows.flat_map(|row| function.jacobian(row));
    let mut target: Vec<BigInt> = rows.map(|entry| -entry).collect();
    let mut items = Vec::with_capacity(function.kinks.len());
    for (h, kink) in function.kinks.iter().enumerate() {
        let line = function.jacobian(&kink.line).to_vec();
        for (row, w) in target.chunks_mut(columns).zip(&kink.weight) {
            add_multiple(row, &line, w, true);
        }
        let decided = forced.get(&kink.line[..]).map(|positive| !positive);
        items.push(Item {
            weight: kink.weight.iter().map(|w| w * 2).collect(),
            line,
            decided: if step.line == Some(h) {
                Some(false)
            } else {
                decided
            },
        });
    }
    let mut equation = Equation {
        items,
        target,
        columns,
    };
    if let Some(line) = step.line {
        let kink = entry(&function.kinks, line, "kink")?;
        equation.modulo(function.jacobian(&kink.line));
    }
    equation.exhaust(&step.exhaustion, limits, |solution| {
        differ(
            "an orientation fits: the kinks",
            format!("{solution:?}"),
            "none",
        )
    })?;
    Ok(Fact::NoOrientation(step.line, step.forced))
}

/// On which side of its hyperplane every neuron with a ≠ 0 is.
fn sides(gamma: &Network) -> Result<BTreeMap<&[BigInt], bool>, Stop> {
    let mut sides = BTreeMap::new();
    for (i, direction) in gamma.directions() {
        let before = sides.insert(&direction.line[..], direction.positive);
        if before.is_some_and(|before| before != direction.positive) {
            return reject(format!(
                "neuron {i} of Γ is opposite to an earlier one: Γ itself does not satisfy C.3a"
            ));
        }
    }
    Ok(sides)
}
