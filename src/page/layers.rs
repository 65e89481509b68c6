//! Two networks of any depth, rewritten until they are the same: their weights, a frame a step.

use num_traits::{Signed as _, ToPrimitive as _, Zero as _};

use super::html::{part, slider};
use crate::certificate::{DeepStatement, DeepStep, Row, Side, Step};
use crate::depth::Rewriting;
use crate::exact::decimal::brief;
use crate::exact::{Rational, Surd};
use crate::network::{Deep, Layer, from_deep_certificate};
use crate::report::{Certificate, deep_words, escape};

/// More frames are not drawn: of longer proofs every n-th.
const MOST_FRAMES: usize = 40;
/// Where all frames have more weights than this, they are counted and compared, not drawn.
const MOST_TILES: usize = 20_000;

/// A state of both networks, and what made it.
struct State {
    words: String,
    networks: [Vec<Layer>; 2],
}

/// The weights of both networks that a verified certificate shows to be the same function, step by step; none where it compares none.
pub(super) fn layers(certificate: &Certificate<DeepStatement>) -> Option<String> {
    let steps: Vec<&DeepStep> = certificate.steps.iter().filter_map(deep).collect();
    let compared = steps.iter().find_map(|step| match step {
        DeepStep::Same(same) => Some([same.one, same.other]),
        _ => None,
    })?;
    let states = states(certificate, compared, &steps)?;
    let every = states.len().div_ceil(MOST_FRAMES);
    let last = states.len() - 1;
    let chosen = states.iter().enumerate();
    let chosen: Vec<&State> = chosen
        .filter(|(index, _)| index % every == 0 || *index == last)
        .map(|(_, state)| state)
        .collect();
    let size =
        |layer: &Layer| layer.weights.len() * (layer.weights.first().map_or(0, Vec::len) + 1);
    let tiles = chosen
        .iter()
        .flat_map(|state| state.networks.iter().flatten());
    let drawn = tiles.map(size).sum::<usize>() <= MOST_TILES;
    let names = compared.map(name);
    let frame = |state: &&State| {
        let mut frame = format!(
            "<p>{}</p>\n{}",
            escape(&state.words),
            apart(&state.networks)
        );
        if drawn {
            frame.push_str(&tiled(&state.networks, names));
        }
        frame
    };
    let frames: Vec<String> = chosen.iter().map(frame).collect();
    let note = match every {
        1 => String::new(),
        n => format!(
            "<p>There are {} states; every {n}th is shown, and the last.</p>\n",
            states.len()
        ),
    };
    Some(part(
        "The weights of both networks, step by step",
        &(note + &slider(&frames)),
        true,
    ))
}

fn deep(step: &Step) -> Option<&DeepStep> {
    match step {
        Step::Deep(step) => Some(step),
        _ => None,
    }
}

fn name(side: Side) -> &'static str {
    match side {
        Side::Gamma => "Γ",
        Side::Theta => "Θ",
        Side::Phi => "Φ",
    }
}

fn states(
    certificate: &Certificate<DeepStatement>,
    compared: [Side; 2],
    steps: &[&DeepStep],
) -> Option<Vec<State>> {
    let networks = &certificate.statement.networks;
    let stated = |side: Side| -> Option<Deep> {
        let network = match side {
            Side::Gamma => Some(&networks.gamma),
            Side::Theta => networks.theta.as_ref(),
            Side::Phi => networks.phi.as_ref(),
        };
        from_deep_certificate(network?).ok()
    };
    let [one, other] = compared;
    let mut now = [
        Rewriting::new(&stated(one)?),
        Rewriting::new(&stated(other)?),
    ];
    let state = |words: String, now: &[Rewriting; 2]| State {
        words,
        networks: now.each_ref().map(|it| it.layers().to_vec()),
    };
    let mut states = vec![state("Both as they are given".to_owned(), &now)];
    for (index, step) in steps.iter().enumerate() {
        let of = match step {
            DeepStep::Permute(step) => step.of,
            DeepStep::Scale(step) => step.of,
            DeepStep::Drop(step) => step.of,
            DeepStep::Merge(step) => step.of,
            DeepStep::Shorten(step) => step.of,
            _ => continue,
        };
        let Some(at) = compared.iter().position(|side| *side == of) else {
            continue;
        };
        let current = &mut now[at];
        match step {
            DeepStep::Permute(step) => current.permute(step.layer, step.order.clone()),
            DeepStep::Scale(step) => current.scale(step.layer, numbers(&step.factors)?),
            DeepStep::Drop(step) => current.drop_neurons(step.layer, step.neurons.clone()),
            DeepStep::Merge(step) => current.merge(step.layer, step.pairs.clone()),
            DeepStep::Shorten(step) => current.shorten(step.layer),
            _ => continue,
        }
        let words = format!("Step {}: {}", index + 1, deep_words(step));
        states.push(state(words, &now));
    }
    Some(states)
}

fn numbers(row: &Row) -> Option<Vec<Rational>> {
    let numbers = row.numbers().map(|number| Some(number.ok()?.0));
    numbers.collect()
}

fn entries(layer: &Layer) -> impl Iterator<Item = &Rational> {
    let rows = layer.weights.iter().zip(&layer.biases);
    rows.flat_map(|(row, bias)| row.iter().chain([bias]))
}

/// How many neurons each layer has, and how far apart the two are where these are as many.
fn apart([one, other]: &[Vec<Layer>; 2]) -> String {
    let widths = |layers: &[Layer]| {
        let widths: Vec<String> = layers.iter().map(|l| l.weights.len().to_string()).collect();
        widths.join(", ")
    };
    let shape = |layer: &Layer| (layer.weights.len(), layer.weights.first().map(Vec::len));
    let same = one.len() == other.len() && one.iter().zip(other).all(|(x, y)| shape(x) == shape(y));
    if !same {
        return format!(
            "<p>Outputs of their layers: {}; and {}.</p>\n",
            widths(one),
            widths(other)
        );
    }
    let far = |(x, y): (&Layer, &Layer)| {
        let apart = entries(x).zip(entries(y)).map(|(x, y)| (x - y).abs());
        apart.max().unwrap_or_else(Rational::zero)
    };
    let far: Vec<Rational> = one.iter().zip(other).map(far).collect();
    if far.iter().all(Rational::is_zero) {
        return "<p>Both are the same, number by number.</p>\n".to_owned();
    }
    let far: Vec<String> = far.into_iter().map(|far| brief(&Surd::from(far))).collect();
    format!(
        "<p>Largest differences of their layers: {}.</p>\n",
        escape(&far.join(", "))
    )
}

/// Points from side to side of a weight, and between layers.
const TILE: usize = 11;
const GAP: usize = 26;

/// All weights of both as tiles, a row a neuron with its bias last: blue where positive, red where negative, the darker the larger in its layer.
fn tiled(networks: &[Vec<Layer>; 2], names: [&str; 2]) -> String {
    let mut svg = String::new();
    let (mut across, mut down) = (4, 0);
    for (layers, name) in networks.iter().zip(names) {
        svg.push_str(&format!(
            "<text x=\"{across}\" y=\"14\" font-size=\"13\">{name}</text>\n"
        ));
        for (l, layer) in layers.iter().enumerate() {
            let largest = entries(layer).map(|x| x.abs()).max();
            let largest = largest.filter(|x| !x.is_zero());
            for (i, (row, bias)) in layer.weights.iter().zip(&layer.biases).enumerate() {
                for (j, weight) in row.iter().chain([bias]).enumerate() {
                    let what = match j == row.len() {
                        true => "bias".to_owned(),
                        false => format!("weight {j}"),
                    };
                    svg.push_str(&format!(
                        "<rect x=\"{}\" y=\"{}\" width=\"{2}\" height=\"{2}\" fill=\"{3}\"><title>{name}, layer {l}, row {i}, {what}: {4}</title></rect>\n",
                        across + TILE * j,
                        24 + TILE * i,
                        TILE - 1,
                        shade(weight, largest.as_ref()),
                        escape(&brief(&Surd::from(weight.clone())))
                    ));
                }
            }
            let columns = layer.weights.first().map_or(0, Vec::len) + 1;
            across += TILE * columns + GAP;
            down = down.max(TILE * layer.weights.len());
        }
        across += GAP;
    }
    let (wide, high) = (across, down + 34);
    format!(
        "<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"weights of both networks\"><svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{wide}\" height=\"{high}\" viewBox=\"0 0 {wide} {high}\" role=\"img\" aria-label=\"weights of both networks as tiles: blue positive, red negative\">\n{svg}</svg></div>\n"
    )
}

/// From a light grey for 0 to blue or red for the largest, in eight shades.
fn shade(weight: &Rational, largest: Option<&Rational>) -> String {
    let part = largest.map_or_else(Rational::zero, |largest| weight.abs() / largest);
    let steps = (part * Rational::from_integer(8.into())).ceil();
    let steps = steps.to_integer().to_u32().unwrap_or(0);
    let to = match weight.is_negative() {
        true => [178, 24, 43],
        false => [33, 102, 172],
    };
    let mix = to.map(|to: u32| (210 * (8 - steps.min(8)) + to * steps.min(8)) / 8);
    format!("#{:02x}{:02x}{:02x}", mix[0], mix[1], mix[2])
}
