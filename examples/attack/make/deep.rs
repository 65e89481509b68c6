//! Certificates about networks of any depth.

use num_traits::Zero as _;
use relucert::audit::Random;
use relucert::depth::{
    Equality, Points, Rewriting, Shrinking, compare, deep_differ_certificate,
    deep_equal_certificate, deep_reparametrization_certificate, deep_within_certificate, nearest,
    shrink,
};
use relucert::exact::Rational;
use relucert::identify::{Options, identifiable_certificate, identify};
use relucert::network::{Deep, Layer, Network};
use relucert::watch::Watch;

use crate::networks::{one_of, pick_mut, ratio, row};

/// Of few layers and neurons, or more.
pub fn network(random: &mut Random, large: bool) -> Deep {
    let (layers, width) = match large {
        true => (2 + random.below(4), 12),
        false => (1 + random.below(3), 3),
    };
    let mut columns = 1 + random.below(3);
    let layers = (0..layers).map(|_| {
        let rows = 1 + random.below(width);
        let weights = (0..rows).map(|_| row(random, columns)).collect();
        let biases = row(random, rows);
        columns = rows;
        Layer { weights, biases }
    });
    Deep::new(layers.collect()).expect("layers that fit")
}

/// The same function: other order and scalings; with `wider` also a neuron that is parallel, constant or read by nothing.
pub fn rewritten(random: &mut Random, network: &Deep, wider: bool) -> Deep {
    let mut layers = network.layers().to_vec();
    let hidden = layers.len() - 1;
    if wider && hidden > 0 {
        let l = random.below(hidden);
        let i = random.below(layers[l].weights.len());
        let factor = ratio(3, 1);
        let (mut weights, mut bias) = (layers[l].weights[i].clone(), layers[l].biases[i].clone());
        let share = one_of(random, &[0, 1, 2]);
        match share {
            0 => {
                weights.iter_mut().for_each(|x| *x *= &factor);
                bias *= &factor;
            }
            1 => weights.fill(Rational::zero()),
            _ => {}
        }
        // What is read of it elsewhere is read less, or added to nothing.
        let value = if bias > Rational::zero() {
            bias.clone()
        } else {
            Rational::zero()
        };
        layers[l].weights.push(weights);
        layers[l].biases.push(bias);
        for (row, bias) in (0..).zip(layers[l + 1].biases.clone()) {
            let read = match share {
                2 => Rational::zero(),
                _ => random.fraction(),
            };
            match share {
                0 => layers[l + 1].weights[row][i] -= &read * &factor,
                _ => layers[l + 1].biases[row] = bias - &read * &value,
            }
            layers[l + 1].weights[row].push(read);
        }
    }
    let wide = Deep::new(layers).expect("layers that fit");
    let mut rewriting = Rewriting::new(&wide);
    for l in 0..hidden {
        let count = wide.layers()[l].weights.len();
        rewriting.scale(l, (0..count).map(|_| random.positive()).collect());
        rewriting.permute(l, random.order(count));
    }
    rewriting.finish().expect("layers with neurons").0
}

pub fn equal(random: &mut Random, large: bool) -> Option<String> {
    let one = network(random, large);
    let wider = random.chance(1, 2);
    let other = rewritten(random, &one, wider);
    match compare(&one, &other, Points::default(), &Watch::none()).ok()? {
        Equality::Equal(forms) => Some(deep_equal_certificate(
            forms[0].of(&one),
            forms[1].of(&other),
        )),
        _ => None,
    }
}

pub fn differ(random: &mut Random, large: bool) -> Option<String> {
    let one = network(random, large);
    let mut layers = rewritten(random, &one, false).layers().to_vec();
    let layer = pick_mut(random, &mut layers);
    *pick_mut(random, &mut layer.biases) += ratio(1, 7);
    let other = Deep::new(layers).expect("layers that fit");
    match compare(&one, &other, Points::default(), &Watch::none()).ok()? {
        Equality::Different {
            point,
            first,
            second,
        } => Some(deep_differ_certificate(
            (&one, &first),
            (&other, &second),
            &point,
            None,
        )),
        _ => None,
    }
}

pub fn reparametrization(random: &mut Random, large: bool) -> Option<String> {
    let gamma = network(random, large);
    let mut layers = rewritten(random, &gamma, false).layers().to_vec();
    let layer = pick_mut(random, &mut layers);
    *pick_mut(random, &mut layer.biases) += ratio(1, 7);
    let theta = Deep::new(layers).expect("layers that fit");
    let found = nearest(&gamma, &theta, &Watch::none()).ok()?;
    let forms = &found.forms;
    Some(deep_reparametrization_certificate(
        &gamma,
        forms[0].of(&theta),
        forms[1].of(&found.phi),
        &found.distance,
    ))
}

/// A network that is locally identifiable.
pub fn identifiable(random: &mut Random, large: bool) -> Option<String> {
    let network = Network::Deep(network(random, large));
    let answer = identify(&network, &Options::default());
    identifiable_certificate(&network, &answer)
}

/// A network and a smaller one that is near it on a box.
pub fn within(random: &mut Random, large: bool) -> Option<String> {
    let network = network(random, large);
    let sides: Vec<(Rational, Rational)> = (0..network.inputs())
        .map(|_| {
            let lower = random.fraction();
            let upper = &lower + random.positive();
            (lower, upper)
        })
        .collect();
    let tolerance = random.positive();
    let found = shrink(
        &network,
        Shrinking {
            sides: &sides,
            tolerance: &tolerance,
            round: &|number| number,
            measure: &mut |_, bound| bound.clone(),
            watch: &Watch::none(),
        },
    );
    let found = found.ok()??;
    let changed = !found.constant.is_empty() || !found.merged.is_empty();
    changed.then(|| deep_within_certificate(&network, &found, &sides, &found.distance))
}
