//! Sets of networks, and the way into one: member, lift.

use super::conditions;
use super::difference::Difference;
use super::functions;
use super::limits::Limits;
use super::network::{Network, Neuron};
use super::number::{Q, largest};
use super::verdict::{Stop, differ, reject};
use relucert_format::Set;

/// The network is in N′ or N*.
pub(super) fn member(network: &Network, set: Set, name: &str) -> Result<(), Stop> {
    for (i, neuron) in network.neurons.iter().enumerate() {
        // All weights of a neuron have the same root.
        let (outer, inner) = (largest(&neuron.c), largest(&neuron.a));
        if outer != inner || neuron.stretch.is_some() {
            return differ(
                format!("neuron {i} of {name} is not balanced: its largest outer weight"),
                outer,
                format!("{inner}, times the same root"),
            );
        }
    }
    conditions::no_parallel(network, false, name)?;
    if set == Set::NStar {
        let Some(first) = network.inputs.checked_sub(2) else {
            return reject("N* needs two inputs");
        };
        for (i, neuron) in network.neurons.iter().enumerate() {
            if !neuron.a.iter().skip(first).all(Q::is_positive) {
                return reject(format!(
                    "neuron {i} of {name} is not in N*: the last two entries of its a are not both positive"
                ));
            }
        }
    }
    Ok(())
}

/// R(Γ)(x, 1, −1) = R(Θ)(x), where Θ is homogenised.
pub(super) fn lift(gamma: &Network, theta: &Network, limits: &Limits) -> Result<(), Stop> {
    let mut neurons = Vec::with_capacity(gamma.neurons.len() + 1);
    for neuron in &gamma.neurons {
        let mut a = neuron.a.clone();
        let (last, first) = (a.pop(), a.pop());
        let (last, first) = (last.unwrap_or_else(Q::zero), first.unwrap_or_else(Q::zero));
        a.push(&first - &last);
        neurons.push(Neuron::new(neuron.s.clone(), neuron.c.clone(), a, limits)?);
    }
    // The last neuron is the output bias.
    neurons.push(Neuron::zero(theta.inputs, theta.outputs));
    let lowered = Network {
        neurons,
        inputs: theta.inputs,
        outputs: theta.outputs,
    };
    let difference = Difference::new(theta, Some(&lowered), &Q::zero(), true, limits)?;
    functions::equal(&difference, None, limits)
}

#[cfg(test)]
#[path = "tests/member.rs"]
mod tests;
