//! `inspect` of networks of any depth, layer by layer.

use std::fmt::Write as _;
use std::path::Path;

use serde::Serialize;

use super::network::{layers, widths};
use super::simplify::word;
use crate::cli::answer::Answer;
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::cli::words::listed;
use crate::degeneracy::{
    Imbalance, Multiple, NearPair, imbalance, near_misses, opposite_pairs, parallel_pairs,
};
use crate::depth::{self, Activity, activity};
use crate::exact::Surd;
use crate::exact::decimal::brief;
use crate::network::{Network, Neuron, Shallow};
use crate::realization::Domain;

#[derive(Serialize)]
struct Object {
    d: usize,
    #[serde(rename = "D")]
    outputs: usize,
    /// Every layer but the last one.
    layers: Vec<LayerObject>,
}

#[derive(Serialize)]
struct LayerObject {
    layer: usize,
    neurons: usize,
    /// Neurons that contribute nothing, or a constant, seen in their own weights.
    dead: Vec<DeadObject>,
    /// Neurons that turn out so when other neurons are left out or merged.
    dead_by_others: Vec<DeadObject>,
    parallel: Vec<[usize; 2]>,
    parallel_factors: Vec<String>,
    opposite: Vec<[usize; 2]>,
    opposite_factors: Vec<String>,
    near_parallel: Option<NearObject>,
    near_opposite: Option<NearObject>,
    imbalance: Option<[RatioObject; 2]>,
    /// On the box: neurons that are 0 on all of it, by intervals.
    #[serde(skip_serializing_if = "Option::is_none")]
    never_active: Option<Vec<usize>>,
    /// On the box: neurons whose ρ changes nothing there, by intervals.
    #[serde(skip_serializing_if = "Option::is_none")]
    always_active: Option<Vec<usize>>,
}

#[derive(Serialize)]
struct DeadObject {
    neuron: usize,
    why: &'static str,
}

#[derive(Serialize)]
struct NearObject {
    pair: [usize; 2],
    /// ‖a_i/‖a_i‖ ∓ a_j/‖a_j‖‖_∞ of rows with their biases.
    gap: String,
    cosine_squared: String,
}

#[derive(Serialize)]
struct RatioObject {
    neuron: usize,
    /// ‖row‖/‖column‖.
    ratio: String,
}

/// What each layer has, and on a box which neurons are never active, or always.
pub(in crate::cli) fn inspect(
    network: &Network,
    path: &Path,
    domain: Option<&Domain>,
    output: &Output,
) -> Result<Answer, Failure> {
    let network = layers(network, path)?;
    let sides = domain.map(Domain::sides);
    let activity = sides.map(|sides| {
        activity(&network, sides).ok_or_else(|| {
            Failure::Usage(format!("--domain: {} sides are expected", network.inputs()))
        })
    });
    let activity = activity.transpose()?;
    let simplified = depth::simplify(&network);
    let all = network.layers();
    let mut found = Vec::new();
    for (l, pair) in all.windows(2).enumerate() {
        let [layer, next] = pair else { continue };
        let rows = layer.weights.iter().zip(&layer.biases).enumerate();
        let neurons = rows.map(|(i, (row, bias))| {
            let inner = row.iter().chain([bias]).cloned().collect();
            let outer = next.weights.iter().map(|row| row[i].clone()).collect();
            Neuron::rational(inner, outer)
        });
        let view = Shallow::new(neurons.collect())
            .map_err(|error| Failure::Internal(error.to_string()))?;
        let dead: Vec<DeadObject> = depth::dead(layer, next, l > 0)
            .into_iter()
            .map(|(neuron, why)| DeadObject {
                neuron,
                why: word(why),
            })
            .collect();
        let by_others = simplified.dropped.iter().filter(|it| it.layer == l);
        let by_others = by_others.flat_map(|it| it.neurons.iter().map(|i| (*i, word(it.why))));
        let by_others = by_others.filter(|(i, _)| !dead.iter().any(|it| it.neuron == *i));
        let by_others = by_others.map(|(neuron, why)| DeadObject { neuron, why });
        let [parallel, opposite] = [parallel_pairs(&view), opposite_pairs(&view)];
        let near = near_misses(&view, 1);
        let pairs = |multiples: &[Multiple]| multiples.iter().map(|p| [p.i, p.j]).collect();
        let factors =
            |multiples: &[Multiple]| multiples.iter().map(|p| p.factor.to_string()).collect();
        let near_object = |pair: &NearPair| NearObject {
            pair: [pair.i, pair.j],
            gap: pair.gap.to_string(),
            cosine_squared: pair.cosine_squared.to_string(),
        };
        let ratio = |end: Imbalance| RatioObject {
            neuron: end.neuron,
            ratio: end.ratio.to_string(),
        };
        let on_box = |wanted: Activity| {
            let layer = activity.as_ref()?.get(l)?;
            let neurons = layer.iter().enumerate().filter(|(_, it)| **it == wanted);
            Some(neurons.map(|(i, _)| i).collect())
        };
        found.push(LayerObject {
            layer: l,
            neurons: layer.weights.len(),
            dead_by_others: by_others.collect(),
            dead,
            parallel: pairs(&parallel),
            parallel_factors: factors(&parallel),
            opposite: pairs(&opposite),
            opposite_factors: factors(&opposite),
            near_parallel: near.parallel.first().map(near_object),
            near_opposite: near.opposite.first().map(near_object),
            imbalance: imbalance(&view).map(|(least, most)| [ratio(least), ratio(most)]),
            never_active: on_box(Activity::Never),
            always_active: on_box(Activity::Always),
        });
    }
    let object = Object {
        d: network.inputs(),
        outputs: network.outputs(),
        layers: found,
    };
    output.answer("inspect", &object, || {
        let mut text = format!("layers               {}\n", widths(&network));
        object
            .layers
            .iter()
            .for_each(|layer| words(layer, &mut text));
        text
    })?;
    Ok(Answer::Yes)
}

fn words(layer: &LayerObject, text: &mut String) {
    let mut line = |name: &str, value: String| {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{name:<20} {value}");
    };
    line(
        &format!("layer {}", layer.layer),
        format!("{} neurons", layer.neurons),
    );
    let dead = |it: &DeadObject| format!("{} ({})", it.neuron, it.why);
    line("  dead", listed(&layer.dead, dead));
    line("  dead by others", listed(&layer.dead_by_others, dead));
    for (name, pairs, factors) in [
        ("  parallel", &layer.parallel, &layer.parallel_factors),
        ("  opposite", &layer.opposite, &layer.opposite_factors),
    ] {
        let pairs: Vec<_> = pairs.iter().zip(factors).collect();
        line(
            name,
            listed(&pairs, |([i, j], factor)| {
                format!("{i} and {j} (factor {factor})")
            }),
        );
    }
    for (name, near) in [
        ("  nearest to parallel", &layer.near_parallel),
        ("  nearest to opposite", &layer.near_opposite),
    ] {
        let value = match near {
            None => "there is no pair".to_owned(),
            Some(near) => format!(
                "neurons {} and {}: gap {}",
                near.pair[0],
                near.pair[1],
                short(&near.gap)
            ),
        };
        line(name, value);
    }
    if let Some([least, most]) = &layer.imbalance {
        for (name, end) in [("  least ‖a‖/‖c‖", least), ("  largest ‖a‖/‖c‖", most)]
        {
            line(
                name,
                format!("{}, neuron {}", short(&end.ratio), end.neuron),
            );
        }
    }
    for (name, neurons) in [
        ("  never active", &layer.never_active),
        ("  always active", &layer.always_active),
    ] {
        if let Some(neurons) = neurons {
            line(
                name,
                format!(
                    "{} on the box, by intervals",
                    listed(neurons, usize::to_string)
                ),
            );
        }
    }
}

/// A number in few digits.
fn short(text: &str) -> String {
    match text.parse::<crate::exact::Rational>() {
        Ok(value) => brief(&Surd::from(value)),
        Err(_) => text.to_owned(),
    }
}
