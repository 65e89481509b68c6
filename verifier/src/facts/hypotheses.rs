//! The hypotheses of the theorems for all k of a section: C.1 to C.3, those of live neurons, N*. Those of numbers are in [`condition`](super::condition).

use relucert_format::{Formula, Side};

use super::fact::FactForAllK;
use crate::kernel::budget::{Budget, Held};
use crate::kernel::family::Neuron;
use crate::kernel::function::Function;
use crate::kernel::jumps::{all_zero, cross, join, oriented_alike, parallel, vanishes};
use crate::kernel::network::Network;
use crate::kernel::verdict::{Locate as _, Stop, differ, entry, reject};
use crate::section::Section;

/// C.1 of Γ with a threshold and β, C.2, C.3a and C.3b with some neurons of Θ turned round, at every k of a section.
pub(super) fn conditions(
    [threshold, beta]: [&Formula; 2],
    flip: &[usize],
    section: &Section,
) -> Result<FactForAllK, Stop> {
    let (gamma, limits) = (&section.gamma, section.limits);
    let (threshold, beta) = (section.number(threshold)?, section.number(beta)?);
    for (i, neuron) in gamma.neurons.iter().enumerate() {
        let balanced = || {
            let products = neuron.jump(gamma.inputs, &mut limits.hold(0)?, limits)?;
            if threshold.is_exceeded(&products, limits)? {
                return Ok(());
            }
            for (entries, of, name) in [
                (&products, &threshold, "the threshold"),
                (&neuron.a, &beta, "beta"),
                (&neuron.c, &beta, "beta"),
            ] {
                for entry in entries {
                    of.bounds(entry, [name, "an entry"], limits)?;
                }
            }
            Ok(())
        };
        balanced().in_part(|| format!("C.1 of neuron {i} of Γ"))?;
    }
    let own = rows(gamma, "Γ", false, limits)?;
    let theta = turned(section.theta()?, flip, limits)?;
    let mut held = limits.hold(0)?;
    apart(&own, &merged(&theta, &mut held, limits)?, limits)?;
    Ok(FactForAllK::Conditions(threshold, beta))
}

/// The network with the a of these neurons turned round, which is the same function.
fn turned(
    theta: &Network<Neuron>,
    flip: &[usize],
    limits: &Budget,
) -> Result<Network<Neuron>, Stop> {
    let mut turned = theta.clone();
    let (mut held, mut least) = (limits.hold(0)?, 0);
    let mut sum = vec![Function::zero(); theta.inputs * theta.outputs];
    for &j in flip {
        let Some(neuron) = turned.neurons.get_mut(j).filter(|_| j >= least) else {
            let expected = format!("increasing indices below {}", theta.neurons.len());
            return differ("neurons that are turned round", j, expected);
        };
        least = j + 1;
        join(
            &mut sum,
            &neuron.jump(theta.inputs, &mut held, limits)?,
            true,
            limits,
        )?;
        neuron.a.iter_mut().for_each(|a| *a = a.neg());
    }
    match all_zero(&sum, limits)? {
        true => Ok(turned),
        false => reject("the sum of c aᵀ over the neurons that are turned round is not 0"),
    }
}

/// C.2 and C.3 of live neurons, and β of the refined form, at every k of a section.
pub(super) fn live_conditions(beta: &Formula, section: &Section) -> Result<FactForAllK, Stop> {
    let (gamma, limits) = (&section.gamma, section.limits);
    let beta = section.number(beta)?;
    let own = rows(gamma, "Γ", true, limits)?;
    let mut held = limits.hold(0)?;
    let other = merged(section.theta()?, &mut held, limits)?;
    apart(&own, &other, limits)?;
    for (i, neuron) in gamma.neurons.iter().enumerate() {
        let counted = || {
            if own.iter().any(|(live, _)| *live == i) && has_partner(neuron, &other, section)? {
                return Ok(());
            }
            for entry in neuron.a.iter().chain(&neuron.c) {
                beta.bounds(entry, ["beta", "an entry"], limits)?;
            }
            Ok(())
        };
        counted().in_part(|| format!("neuron {i} of Γ"))?;
    }
    Ok(FactForAllK::LiveConditions(beta))
}

/// The neurons of Θ of one direction: the first of them, its a, and Σ c_j a_jᵀ.
struct Merged<'a> {
    first: usize,
    a: &'a [Function],
    jump: Vec<Function>,
}

/// Whether neurons of Θ on the hyperplane of one of Γ, which C.3 has oriented alike, are seen to have together an outer weight of its sign at every k: of one output.
fn has_partner(neuron: &Neuron, other: &[Merged], section: &Section) -> Result<bool, Stop> {
    let limits = section.limits;
    for merged in other {
        if parallel(merged.a, &neuron.a, limits)? {
            let own = neuron.jump(section.gamma.inputs, &mut limits.hold(0)?, limits)?;
            for (p, q) in own.iter().zip(&merged.jump) {
                if p.mul(q, limits)?.signs(limits)?.definite() == Some(true) {
                    return Ok(true);
                }
            }
        }
    }
    Ok(false)
}

/// Θ with its live neurons of one direction as one, and none where they add up to nothing.
fn merged<'a>(
    theta: &'a Network<Neuron>,
    held: &mut Held,
    limits: &Budget,
) -> Result<Vec<Merged<'a>>, Stop> {
    let mut all: Vec<Merged> = Vec::new();
    'rows: for (j, a) in rows(theta, "Θ", true, limits)? {
        let jump = entry(&theta.neurons, j, "neuron of Θ")?.jump(theta.inputs, held, limits)?;
        for merged in &mut all {
            if parallel(merged.a, a, limits)? && oriented_alike(merged.a, a, limits)? {
                join(&mut merged.jump, &jump, true, limits)?;
                continue 'rows;
            }
        }
        all.push(Merged { first: j, a, jump });
    }
    let mut kept = Vec::new();
    for merged in all {
        if !all_zero(&merged.jump, limits)? {
            kept.push(merged);
        }
    }
    Ok(kept)
}

/// C.2 and C.3a of neurons of Γ, C.3a of Θ and C.3b.
fn apart(own: &[(usize, &[Function])], other: &[Merged], limits: &Budget) -> Result<(), Stop> {
    for (at, (j, row)) in own.iter().enumerate() {
        for (i, earlier) in own.iter().take(at) {
            let names = format!("C.2 and C.3a: neurons {i} and {j} of Γ");
            cross(row, earlier, &names, limits)?;
        }
    }
    for (at, merged) in other.iter().enumerate() {
        let j = merged.first;
        for earlier in other.iter().take(at) {
            let names = format!("C.3a: neurons {} and {j} of Θ", earlier.first);
            not_opposite(merged.a, earlier.a, &names, limits)?;
        }
        for (i, row) in own {
            let names = format!("C.3b: neuron {i} of Γ and neuron {j} of Θ");
            not_opposite(merged.a, row, &names, limits)?;
        }
    }
    Ok(())
}

/// The a that are not zero, each with its neuron; of live neurons alone, or of all.
fn rows<'a>(
    network: &'a Network<Neuron>,
    name: &str,
    live: bool,
    limits: &Budget,
) -> Result<Vec<(usize, &'a [Function])>, Stop> {
    let mut rows = Vec::new();
    for (i, neuron) in network.neurons.iter().enumerate() {
        let what = format!("a of neuron {i} of {name}");
        let left_out = vanishes(&neuron.a, &what, limits)? || live && all_zero(&neuron.c, limits)?;
        if !left_out {
            rows.push((i, neuron.a.as_slice()));
        }
    }
    Ok(rows)
}

/// Nowhere parallel, or everywhere, and oriented alike.
fn not_opposite(a: &[Function], b: &[Function], names: &str, limits: &Budget) -> Result<(), Stop> {
    if !parallel(a, b, limits)? {
        return cross(a, b, names, limits);
    }
    match oriented_alike(a, b, limits)? {
        true => Ok(()),
        false => reject(format!("{names} are opposite")),
    }
}

/// The network is in N* at every k of a section.
pub(super) fn member(side: Side, section: &Section) -> Result<FactForAllK, Stop> {
    let limits = section.limits;
    match side {
        Side::Gamma => in_n_star(&section.gamma, "Γ", limits)?,
        Side::Theta => in_n_star(section.theta()?, "Θ", limits)?,
        Side::Phi => in_n_star(&section.phi()?, "Φ", limits)?,
    }
    Ok(FactForAllK::Member(side))
}

/// The network is in N* everywhere.
pub(super) fn in_n_star(
    network: &Network<Neuron>,
    name: &str,
    limits: &Budget,
) -> Result<(), Stop> {
    for (i, neuron) in network.neurons.iter().enumerate() {
        let member = || {
            let Some((_, last)) = neuron.a.split_last_chunk::<2>() else {
                return reject("N* needs two inputs");
            };
            for entry in last {
                entry.positive("one of the last two entries of a", limits)?;
            }
            neuron.check_balanced(limits)
        };
        member().in_part(|| format!("neuron {i} of {name}"))?;
        // With positive last entries parallel ones are oriented alike.
        for (j, earlier) in network.neurons.iter().take(i).enumerate() {
            let names = format!("C.2: neurons {j} and {i} of {name}");
            cross(&earlier.a, &neuron.a, &names, limits)?;
        }
    }
    Ok(())
}
