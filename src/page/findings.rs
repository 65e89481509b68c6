//! What there is to find in a network's weights: what is redundant, what nearly is, and what that would change; layer by layer.

use num_bigint::BigInt;
use num_traits::{One as _, Signed as _, Zero as _};

use super::histogram::balance;
use super::html::{table, value};
use crate::degeneracy::{NearPair, near_misses, opposite_pairs, parallel_pairs, practically_dead};
use crate::depth::{self, Activity, Why, activity, simplify};
use crate::exact::{Rational, Surd};
use crate::network::{Deep, Layer, Network, Neuron, Shallow};
use crate::report::escape;

/// How many pairs are listed.
const PAIRS: usize = 20;

/// A layer of neurons: a row with its bias, and the column that reads it.
struct Neurons<'a> {
    own: Shallow,
    /// Neurons that can go for another reason than their own weights, or are the same on the whole box.
    others: Vec<[String; 3]>,
    /// The largest absolute value of everything a row reads on [−1, 1]^d.
    reach: Vec<Rational>,
    /// What comes after the layer that reads it.
    rest: &'a [Layer],
}

/// The findings of a network.
pub(super) fn findings(network: &Network) -> String {
    let (neurons, biased) = match network {
        Network::Shallow(network) => (network.clone(), ""),
        Network::Biased(network) => (network.rows().clone(), ", with biases"),
        Network::Deep(network) => return deep(network),
    };
    let mut content = format!(
        "<p>{}, {}, {}{biased}.</p>\n",
        counted(network.inputs(), "input"),
        counted(neurons.neurons().len(), "neuron"),
        counted(network.outputs(), "output"),
    );
    if let Some(layers) = network.to_deep() {
        content.push_str(&saved(&layers));
    }
    let reach = vec![Rational::one(); neurons.inputs()];
    content.push_str(&layer(&Neurons {
        own: neurons,
        others: Vec::new(),
        reach,
        rest: &[],
    }));
    content
}

fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

fn deep(network: &Deep) -> String {
    let all = network.layers();
    let widths = std::iter::once(network.inputs()).chain(all.iter().map(|l| l.weights.len()));
    let widths: Vec<String> = widths.map(|n| n.to_string()).collect();
    let mut content = format!(
        "<p>{}; inputs and outputs of each: {}.</p>\n",
        counted(all.len(), "layer"),
        widths.join(" → ")
    );
    content.push_str(&saved(network));
    let one = Rational::one;
    let unit = vec![(-one(), one()); network.inputs()];
    let known = activity(network, &unit).unwrap_or_default();
    let simpler = simplify(network);
    let mut reach = vec![one(); network.inputs()];
    for (l, pair) in all.windows(2).enumerate() {
        let [this, next] = pair else { continue };
        let dead = depth::dead(this, next, l > 0);
        let mut others: Vec<[String; 3]> = Vec::new();
        let mut say = |neurons: String, what: &str, why: &str| {
            others.push([neurons, what.to_owned(), why.to_owned()]);
        };
        for (neuron, why) in &dead {
            say(neuron.to_string(), "dead", because(*why));
        }
        for dropped in simpler.dropped.iter().filter(|it| it.layer == l) {
            let new = |i: &&usize| !dead.iter().any(|(neuron, _)| neuron == *i);
            for neuron in dropped.neurons.iter().filter(new) {
                let why = because(dropped.why);
                say(
                    neuron.to_string(),
                    "dead by others",
                    &format!("when other neurons are left out or merged: {why}"),
                );
            }
        }
        for (wanted, what, why) in [
            (
                Activity::Never,
                "never active",
                "it is 0 on all of [−1, 1]^d, by intervals",
            ),
            (
                Activity::Always,
                "always active",
                "its ρ changes nothing on [−1, 1]^d, by intervals",
            ),
        ] {
            let layer = known.get(l).into_iter().flatten().enumerate();
            let layer = layer.filter(|(_, it)| **it == wanted);
            let is_dead = |i: &usize| dead.iter().any(|(neuron, _)| neuron == i);
            let neurons = layer.map(|(i, _)| i).filter(|i| !is_dead(i));
            let neurons: Vec<String> = neurons.map(|i| i.to_string()).collect();
            if !neurons.is_empty() {
                say(neurons.join(", "), what, why);
            }
        }
        let Some(own) = rows(this, next) else {
            continue;
        };
        reach.push(one());
        content.push_str(&format!(
            "<h3>Layer {l}: {}</h3>\n",
            counted(this.weights.len(), "neuron")
        ));
        let after = reached(this, &reach);
        content.push_str(&layer(&Neurons {
            own,
            others,
            reach,
            rest: all.get(l + 2..).unwrap_or_default(),
        }));
        reach = after;
    }
    content
}

fn rows(this: &Layer, next: &Layer) -> Option<Shallow> {
    let rows = this.weights.iter().zip(&this.biases).enumerate();
    let neurons = rows.map(|(i, (row, bias))| {
        let inner = row.iter().chain([bias]).cloned().collect();
        let outer = next.weights.iter().map(|row| row[i].clone()).collect();
        Neuron::rational(inner, outer)
    });
    Shallow::new(neurons.collect()).ok()
}

/// No neuron's value is larger than this where what it reads, 1 last, has no larger absolute values.
fn reached(layer: &Layer, reach: &[Rational]) -> Vec<Rational> {
    let rows = layer.weights.iter().zip(&layer.biases);
    let most = rows.map(|(row, bias)| {
        let sum: Rational = row.iter().zip(reach).map(|(a, x)| a.abs() * x).sum();
        (sum + bias).max(Rational::zero())
    });
    most.map(rounded_up).collect()
}

/// The number rounded up to some 32 bits: bounds stay bounds, and no longer than anyone reads.
fn rounded_up(x: Rational) -> Rational {
    let bits = |n: &BigInt| i64::try_from(n.bits()).unwrap_or(i64::MAX / 4);
    let after = 32 - (bits(x.numer()) - bits(x.denom()));
    match usize::try_from(after) {
        Ok(after) if bits(x.denom()) > 32 => {
            let one = Rational::from_integer(BigInt::one() << after);
            (&x * &one).ceil() / one
        }
        _ => x,
    }
}

fn because(why: Why) -> &'static str {
    match why {
        Why::Unread => "nothing reads it",
        Why::Constant => {
            "its weights are all 0: it has one value, which can go into the next biases"
        }
        Why::NeverPositive => {
            "its weights and bias are at most 0, and what it reads is at least 0: it is 0"
        }
        Why::BeforeConstant => "what comes later does not depend on the input",
    }
}

/// What leaving out and merging saves without changing the function.
fn saved(network: &Deep) -> String {
    let simpler = simplify(network).network;
    let count = |network: &Deep| {
        let layers = network.layers();
        let hidden = layers.split_last().map_or(&[][..], |(_, hidden)| hidden);
        let neurons: usize = hidden.iter().map(|layer| layer.weights.len()).sum();
        let weight = |layer: &Layer| layer.weights.iter().map(|row| row.len() + 1).sum::<usize>();
        [neurons, layers.iter().map(weight).sum()]
    };
    let ([neurons, weights], [fewer, less]) = (count(network), count(&simpler));
    match (neurons - fewer, weights - less) {
        (0, 0) => format!(
            "<p>Leaving out dead neurons and merging parallel ones saves nothing: {neurons} neurons, {weights} weights and biases.</p>\n"
        ),
        (saved, _) => format!(
            "<p>Leaving out dead neurons and merging parallel ones saves {saved} of {neurons} neurons, and {} of {weights} weights and biases, and changes the function nowhere: <code>relucert simplify</code> does it, with a certificate.</p>\n",
            weights - less
        ),
    }
}

fn layer(neurons: &Neurons<'_>) -> String {
    let mut content = redundant(neurons);
    let near = near_misses(&neurons.own, PAIRS);
    content.push_str(&parallel(neurons, &near.parallel));
    content.push_str(&opposite(&near.opposite));
    content.push_str(&balance(&neurons.own));
    content
}

/// Neurons that can go, or nearly: the most certain first.
fn redundant(neurons: &Neurons<'_>) -> String {
    let own = &neurons.own;
    let mut rows = Vec::new();
    let mut row =
        |neurons: String, what: &str, why: String| rows.push(vec![neurons, what.to_owned(), why]);
    let told: Vec<&str> = neurons.others.iter().map(|[i, ..]| i.as_str()).collect();
    for [neurons, what, why] in &neurons.others {
        if what.starts_with("dead") {
            row(escape(neurons), what, escape(why));
        }
    }
    for (index, neuron) in own.neurons().iter().enumerate() {
        if !neuron.is_live() && !told.contains(&index.to_string().as_str()) {
            row(
                index.to_string(),
                "dead",
                "contributes nothing: c = 0 or a = 0".to_owned(),
            );
        }
    }
    for pair in parallel_pairs(own) {
        row(
            format!("{} and {}", pair.i, pair.j),
            "parallel",
            escape(&format!("can be merged: {pair}")),
        );
    }
    for pair in opposite_pairs(own) {
        row(
            format!("{} and {}", pair.i, pair.j),
            "opposite",
            escape(&pair.to_string()),
        );
    }
    for [neurons, what, why] in &neurons.others {
        if !what.starts_with("dead") {
            row(escape(neurons), what, escape(why));
        }
    }
    for faint in practically_dead(own) {
        let share = Surd::from(faint.share);
        row(
            faint.neuron.to_string(),
            "practically dead",
            format!("‖c‖·‖a‖ is {} of the largest", value(&share)),
        );
    }
    match rows.is_empty() {
        true => "<p>No neuron is redundant: none is dead, parallel to another, opposite to another, or practically dead.</p>\n".to_owned(),
        false => table("Redundant neurons", &["neurons", "what", "why"], &rows),
    }
}

/// The pairs nearest to being parallel, with what merging them changes.
fn parallel(neurons: &Neurons<'_>, pairs: &[NearPair]) -> String {
    let row = |pair: &NearPair| {
        let change = merging(neurons, pair);
        vec![
            format!("{} and {}", pair.i, pair.j),
            value(&Surd::from(pair.gap.clone())),
            change.map_or_else(String::new, |change| {
                format!("at most {}", value(&Surd::from(change)))
            }),
        ]
    };
    let rows: Vec<Vec<String>> = pairs.iter().map(row).collect();
    match rows.is_empty() {
        true => String::new(),
        false => table(
            "Nearest to parallel, and what merging the pair changes on [−1, 1]^d",
            &[
                "neurons",
                "gap between their directions",
                "change of any output",
            ],
            &rows,
        ),
    }
}

/// The pairs nearest to being opposite: the margin of C.3.
fn opposite(pairs: &[NearPair]) -> String {
    let row = |pair: &NearPair| {
        let gap = value(&Surd::from(pair.gap.clone()));
        vec![format!("{} and {}", pair.i, pair.j), gap]
    };
    let rows: Vec<Vec<String>> = pairs.iter().take(PAIRS / 4).map(row).collect();
    match rows.is_empty() {
        true => String::new(),
        false => table(
            "Nearest to opposite",
            &[
                "neurons",
                "gap between one’s direction and the other’s reversed",
            ],
            &rows,
        ),
    }
}

/// What the function changes on [−1, 1]^d if the second neuron gives way to a multiple of the first, λ = ‖a_j‖/‖a_i‖: since ρ changes by no
/// more than what is in it, what reads the neuron changes by no more than |c_jl| Σ_k |a_jk − λ a_ik| times the largest |value| of what weight k
/// reads; and so on through the absolute values of later weights. `None` where weights have roots.
fn merging(neurons: &Neurons<'_>, pair: &NearPair) -> Option<Rational> {
    let [i, j] = [pair.i, pair.j].map(|index| &neurons.own.neurons()[index]);
    let rational = |neuron: &Neuron| neuron.stretch().is_none();
    if !(rational(i) && rational(j)) || i.inner_norm().is_zero() {
        return None;
    }
    // (s, c, a) stands for the contribution s·c·ρ(⟨a,x⟩).
    let factor = j.inner_norm() / i.inner_norm();
    let apart = i.inner().iter().zip(j.inner()).zip(&neurons.reach);
    let apart: Rational = apart.map(|((a, b), x)| (b - &factor * a).abs() * x).sum();
    let share = j.scale() * apart;
    let mut changes: Vec<Rational> = j.outer().iter().map(|c| c.abs() * &share).collect();
    for layer in neurons.rest {
        changes = changes.into_iter().map(rounded_up).collect();
        let change = |row: &Vec<Rational>| {
            let changes = row.iter().zip(&changes).map(|(w, x)| w.abs() * x);
            rounded_up(changes.sum())
        };
        changes = layer.weights.iter().map(change).collect();
    }
    changes.into_iter().max()
}
