//! What there is to find in a network's weights: what is redundant, what nearly is, and what that would change.

use num_traits::{Signed as _, Zero as _};

use super::html::{figure, table, value};
use crate::degeneracy::{NearPair, near_misses, opposite_pairs, parallel_pairs, practically_dead};
use crate::exact::{Rational, Surd};
use crate::network::{Network, Neuron, Shallow};
use crate::report::escape;

/// How many pairs are listed.
const PAIRS: usize = 20;

/// The findings of a shallow network.
pub(super) fn findings(network: &Network) -> String {
    let (view, own) = match network {
        Network::Shallow(network) => (network.clone(), network.clone()),
        Network::Biased(network) => (network.homogenised(), network.rows().clone()),
        Network::Deep(_) => return String::new(),
    };
    let size = format!(
        "<p>{} inputs, {} neurons, {} outputs{}.</p>\n",
        network.inputs(),
        own.neurons().len(),
        network.outputs(),
        if matches!(network, Network::Biased(_)) {
            ", with biases"
        } else {
            ""
        }
    );
    let mut content = size + &redundant(&own);
    content.push_str(&nearly(&view, own.neurons().len()));
    content.push_str(&balance(&own));
    content
}

/// Neurons that can go, or nearly: the most certain first.
fn redundant(own: &Shallow) -> String {
    let mut rows = Vec::new();
    let mut row =
        |neurons: String, what: &str, why: String| rows.push(vec![neurons, what.to_owned(), why]);
    for (index, neuron) in own.neurons().iter().enumerate() {
        if !neuron.is_live() {
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
fn nearly(view: &Shallow, own: usize) -> String {
    let near = near_misses(view, PAIRS);
    let pairs = near
        .parallel
        .iter()
        .filter(|pair| pair.i < own && pair.j < own);
    let rows: Vec<Vec<String>> = pairs
        .map(|pair| {
            let change = merging(view, pair);
            vec![
                format!("{} and {}", pair.i, pair.j),
                value(&Surd::from(pair.gap.clone())),
                change.map_or_else(String::new, |change| {
                    format!("at most {}", value(&Surd::from(change)))
                }),
            ]
        })
        .collect();
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

/// What the function changes on [−1, 1]^d if the second neuron gives way to a multiple of the first, λ = ‖a_j‖/‖a_i‖: since ρ changes by no
/// more than what is in it, no output changes by more than ‖c_j‖ Σ_k |a_jk − λ a_ik|. `None` where weights have roots.
pub(super) fn merging(view: &Shallow, pair: &NearPair) -> Option<Rational> {
    let [i, j] = [pair.i, pair.j].map(|index| &view.neurons()[index]);
    let rational = |neuron: &Neuron| neuron.stretch().is_none();
    if !(rational(i) && rational(j)) || i.inner_norm().is_zero() {
        return None;
    }
    // (s, c, a) stands for the contribution s·c·ρ(⟨a,x⟩).
    let factor = j.inner_norm() / i.inner_norm();
    let apart = i.inner().iter().zip(j.inner());
    let apart: Rational = apart.map(|(a, b)| (b - &factor * a).abs()).sum();
    let outer = j.outer().iter().map(|c| c.abs()).max()?;
    Some(outer * j.scale() * apart)
}

/// A histogram of ‖a‖/‖c‖ in powers of two.
fn balance(own: &Shallow) -> String {
    let live = own.neurons().iter().filter(|neuron| neuron.is_live());
    let powers: Vec<i64> = live
        .map(|neuron| power(&(neuron.inner_norm() / neuron.outer_norm())))
        .collect();
    let (Some(least), Some(most)) = (powers.iter().min(), powers.iter().max()) else {
        return String::new();
    };
    // At most forty bars: wider ones where the powers spread.
    let wide = (most - least) / 40 + 1;
    let bars = usize::try_from((most - least) / wide + 1).unwrap_or(1);
    let mut counts = vec![0_usize; bars];
    for power in &powers {
        counts[usize::try_from((power - least) / wide).unwrap_or(0)] += 1;
    }
    let top = counts.iter().max().copied().unwrap_or(1).max(1);
    let each = 600 / bars;
    let mut svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"640\" height=\"170\" viewBox=\"0 0 640 170\" role=\"img\" aria-label=\"histogram of imbalance\">\n".to_owned();
    for (bar, count) in counts.iter().enumerate() {
        let high = 120 * count / top;
        let from = least + wide * i64::try_from(bar).unwrap_or(0);
        let note = format!("2^{from} ≤ ‖a‖/‖c‖ < 2^{}: {count} neurons", from + wide);
        svg.push_str(&format!(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{high}\" fill=\"#31688e\"><title>{}</title></rect>\n",
            20 + each * bar,
            140 - high,
            each.saturating_sub(2).max(1),
            escape(&note)
        ));
    }
    svg.push_str(&format!(
        "<text x=\"20\" y=\"158\" font-size=\"12\">2^{least}</text><text x=\"620\" y=\"158\" font-size=\"12\" text-anchor=\"end\">2^{}</text>\n</svg>\n",
        most + 1
    ));
    figure(
        &svg,
        "How unbalanced the neurons are: ‖a‖/‖c‖, which is 1 in balanced ones (C.1)",
        false,
    )
}

/// The largest n with 2^n ≤ value, for a positive value.
fn power(value: &Rational) -> i64 {
    let bits = |n: &num_bigint::BigInt| i64::try_from(n.bits()).unwrap_or(i64::MAX / 4);
    let guess = bits(value.numer()) - bits(value.denom());
    let fits = match u64::try_from(guess) {
        Ok(up) => *value.numer() >= (value.denom() << up),
        Err(_) => (value.numer() << guess.unsigned_abs()) >= *value.denom(),
    };
    if fits { guess } else { guess - 1 }
}
