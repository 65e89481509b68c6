//! Networks of any depth: planted permutations and rescalings of hidden neurons are equal, with a certificate; one ulp of one weight is told, with a
//! point.

use num_traits::{Signed as _, Zero as _};
use relucert::audit::Random;
use relucert::depth::{
    Activity, Equality, Points, Rewriting, Why, activity, canonical, compare,
    deep_differ_certificate, deep_equal_certificate, deep_reparametrization_certificate, nearest,
    simplify,
};
use relucert::exact::Rational;
use relucert::network::{Deep, Layer};
use relucert::verify::{Bindings, Limits, Verdict, verify_text};
use relucert::watch::Watch;

fn verified(certificate: &str) {
    let verdict = verify_text(
        certificate.as_bytes(),
        &Limits::default(),
        &Bindings::default(),
    );
    assert!(matches!(verdict, Verdict::Verified(_)), "{verdict:?}");
}

/// A float of 24 bits between −1 and 1.
fn float(random: &mut Random) -> Rational {
    let number = random.below(1 << 25) as i64 - (1 << 24);
    Rational::new(number.into(), (1_i64 << 24).into())
}

/// Layers of these widths, as many numbers as the first one being inputs.
fn network(random: &mut Random, widths: &[usize]) -> Deep {
    let layers = widths.windows(2).map(|pair| {
        let mut row = |count: usize| (0..count).map(|_| float(random)).collect::<Vec<_>>();
        Layer {
            weights: (0..pair[1]).map(|_| row(pair[0])).collect(),
            biases: row(pair[1]),
        }
    });
    Deep::new(layers.collect()).unwrap()
}

fn widths(random: &mut Random, layers: [usize; 2], width: usize) -> Vec<usize> {
    let count = layers[0] + random.below(layers[1] - layers[0] + 1);
    (0..=count).map(|_| 1 + random.below(width)).collect()
}

/// Hidden neurons in another order, and rescaled.
fn planted(random: &mut Random, network: &Deep) -> Deep {
    let mut rewriting = Rewriting::new(network);
    for l in 0..network.layers().len() - 1 {
        let count = network.layers()[l].weights.len();
        let scale = |random: &mut Random| {
            let mut part = || 1 + random.below(100) as i64;
            Rational::new(part().into(), part().into())
        };
        let factors = (0..count).map(|_| scale(random)).collect();
        rewriting.scale(l, factors);
        let order = random.order(count);
        rewriting.permute(l, order);
    }
    rewriting.finish().unwrap().0
}

/// The network with one ulp more in a weight of the first layer that the function depends on at a point; none if it is 0 around there.
fn nudged(random: &mut Random, network: &Deep) -> Option<Deep> {
    let ulp = Rational::new(1.into(), (1_i64 << 24).into());
    (0..20).find_map(|_| {
        let mut layers = network.layers().to_vec();
        let l = random.below(layers.len());
        let i = random.below(layers[l].weights.len());
        let k = random.below(layers[l].weights[i].len());
        layers[l].weights[i][k] += &ulp;
        let changed = Deep::new(layers).unwrap();
        let point: Vec<Rational> = (0..network.inputs()).map(|_| float(random)).collect();
        (changed.eval(&point) != network.eval(&point)).then_some(changed)
    })
}

fn compared(first: &Deep, second: &Deep) -> Equality {
    compare(first, second, Points::default(), &Watch::none()).unwrap()
}

/// Planted copies are equal, nudged ones differ; how many of the latter there were, and how often certificates are verified.
fn plant(random: &mut Random, networks: usize, layers: [usize; 2], width: usize) -> usize {
    let mut told = 0;
    for round in 0..networks {
        let widths = widths(random, layers, width);
        let one = network(random, &widths);
        let other = planted(random, &one);
        let Equality::Equal(forms) = compared(&one, &other) else {
            panic!("{widths:?}: not equal");
        };
        assert_eq!(forms[0].form_hash(), forms[1].form_hash());
        if round % 10 == 0 {
            verified(&deep_equal_certificate(
                forms[0].of(&one),
                forms[1].of(&other),
            ));
        }
        let Some(nudged) = nudged(random, &one) else {
            continue;
        };
        told += 1;
        let nudged = planted(random, &nudged);
        let Equality::Different {
            point,
            first,
            second,
        } = compared(&one, &nudged)
        else {
            panic!("{widths:?}: one ulp is not told");
        };
        assert_eq!(one.eval(&point).unwrap(), first);
        assert_ne!(first, second);
        if round % 10 == 0 {
            verified(&deep_differ_certificate(
                (&one, &first),
                (&nudged, &second),
                &point,
                None,
            ));
        }
    }
    told
}

#[test]
fn planted_permutations_and_rescalings() {
    let mut random = Random::of_trial(15, 0);
    let told = plant(&mut random, 60, [3, 8], 12);
    assert!(told >= 30, "{told}");
}

/// A thousand of up to 512 neurons a layer: `cargo test --release --test depth -- --ignored --nocapture`.
#[test]
#[ignore = "long"]
fn a_thousand_planted_permutations_and_rescalings() {
    let mut random = Random::of_trial(1000, 0);
    let start = std::time::Instant::now();
    let mut told = 0;
    for (networks, width) in [(700, 32), (200, 128), (80, 256), (20, 512)] {
        let start = std::time::Instant::now();
        told += plant(&mut random, networks, [3, 8], width);
        let each = start.elapsed() / networks as u32;
        println!(
            "{networks} networks of up to {width} a layer: {each:?} each, two copies made, compared"
        );
    }
    println!("{told} told apart, in all {:?}", start.elapsed());
    assert!(told >= 500, "{told}");
}

fn deep(layers: &[(&[&[i64]], &[i64])]) -> Deep {
    let number = |x: &i64| Rational::from_integer((*x).into());
    let layers = layers.iter().map(|(weights, biases)| Layer {
        weights: weights
            .iter()
            .map(|row| row.iter().map(number).collect())
            .collect(),
        biases: biases.iter().map(number).collect(),
    });
    Deep::new(layers.collect()).unwrap()
}

#[test]
fn what_does_nothing_is_left_out() {
    // Neuron 1 of layer 0 is constant, 3 is 2 times 0, 4 is not read; in layer 1 neuron 1 is never positive, and neuron 2 is then parallel to neuron
    // 0.
    let given = deep(&[
        (
            &[&[1, -1], &[0, 0], &[2, 1], &[2, -2], &[5, 5]],
            &[1, 3, 0, 2, 1],
        ),
        (
            &[&[1, 1, 2, 0, 0], &[-1, -1, 0, -2, 0], &[3, 3, 6, 0, 0]],
            &[1, -4, 3],
        ),
        (&[&[1, 7, 1]], &[2]),
    ]);
    let found = simplify(&given);
    let expected = deep(&[
        (&[&[1, -1], &[2, 1]], &[1, 0]),
        (&[&[1, 2]], &[4]),
        (&[&[1]], &[2]),
    ]);
    assert_eq!(found.network.layers().len(), 3);
    assert_eq!(found.network.layers()[0], expected.layers()[0]);
    let why = |layer: usize, i: usize| {
        let dropped = found.dropped.iter();
        let mut of = dropped.filter(|d| d.layer == layer && d.neurons == [i]);
        of.next().map(|dropped| dropped.why)
    };
    assert_eq!(why(0, 1), Some(Why::Constant));
    assert_eq!(why(0, 4), Some(Why::Unread));
    assert_eq!(why(1, 1), Some(Why::NeverPositive));
    assert_eq!(found.merged, [(0, vec![0, 3]), (1, vec![0, 2])]);
    verified(&deep_equal_certificate(
        (&given, &found.moves),
        (&found.network, &[]),
    ));
    let point = [Rational::from_integer(3.into()), Rational::zero()];
    assert_eq!(given.eval(&point), found.network.eval(&point));
    // Again nothing changes.
    assert!(simplify(&found.network).moves.is_empty());
}

#[test]
fn functions_without_an_input_have_one_layer() {
    let given = deep(&[
        (&[&[1, -1], &[1, 1]], &[0, 2]),
        (&[&[-1, -2]], &[-1]),
        (&[&[4]], &[1]),
        (&[&[3]], &[-2]),
    ]);
    let found = simplify(&given);
    assert_eq!(found.network, deep(&[(&[&[0, 0]], &[1])]));
    let reasons = [Why::NeverPositive, Why::BeforeConstant, Why::Constant];
    assert!(found.dropped.iter().all(|d| reasons.contains(&d.why)));
    assert_eq!(
        found.dropped.iter().map(|d| d.neurons.len()).sum::<usize>(),
        4
    );
    verified(&deep_equal_certificate(
        (&given, &found.moves),
        (&found.network, &[]),
    ));
    assert_eq!(canonical(&given).network, found.network);
}

#[test]
fn affine_functions_are_decided() {
    let one = deep(&[(&[&[1, 2], &[0, -1]], &[0, 5])]);
    assert!(matches!(compared(&one, &one), Equality::Equal(_)));
    let mut layers = one.layers().to_vec();
    layers[0].weights[1][1] += Rational::new(1.into(), 1_000_000.into());
    let other = Deep::new(layers).unwrap();
    assert!(matches!(compared(&one, &other), Equality::Different { .. }));
    assert!(
        compare(
            &one,
            &deep(&[(&[&[1]], &[0])]),
            Points::default(),
            &Watch::none()
        )
        .is_err()
    );
}

/// Shapes of the form: primitive rows, different and increasing.
#[test]
fn forms_are_the_same_numbers() {
    let mut random = Random::of_trial(3, 0);
    for _ in 0..40 {
        let widths = widths(&mut random, [2, 6], 6);
        let mut one = network(&mut random, &widths).layers().to_vec();
        // Parallel, dead and constant neurons, planted.
        if let [first, second, ..] = one.as_mut_slice() {
            let row: Vec<Rational> = first.weights[0]
                .iter()
                .map(|x| x * Rational::from_integer(3.into()))
                .collect();
            let bias = &first.biases[0] * Rational::from_integer(3.into());
            first.weights.push(row);
            first.biases.push(bias);
            first.weights.push(vec![Rational::zero(); widths[0]]);
            first.biases.push(float(&mut random));
            for row in &mut second.weights {
                row.push(float(&mut random));
                row.push(float(&mut random));
            }
        }
        let one = Deep::new(one).unwrap();
        let other = planted(&mut random, &one);
        let [first, second] = [canonical(&one), canonical(&other)];
        assert_eq!(first.network, second.network);
        let (hidden, _) = {
            let layers = first.network.layers();
            layers.split_at(layers.len() - 1)
        };
        for layer in hidden {
            assert!(layer.weights.windows(2).all(|pair| pair[0] <= pair[1]));
            let all = layer.weights.iter().flatten().chain(&layer.biases);
            assert!(
                all.clone().all(Rational::is_integer)
                    && all.clone().any(|x| x.is_positive() || x.is_negative())
            );
        }
        verified(&deep_equal_certificate(first.of(&one), second.of(&other)));
        let point: Vec<Rational> = (0..one.inputs()).map(|_| float(&mut random)).collect();
        assert_eq!(one.eval(&point), first.network.eval(&point));
    }
}

/// Planted orders and scales are undone; with other weights what is found is never farther than before, and proved.
#[test]
fn planted_copies_are_brought_back() {
    let mut random = Random::of_trial(8, 0);
    for round in 0..12 {
        let widths = widths(&mut random, [3, 5], 8);
        let gamma = network(&mut random, &widths);
        let mut theta = planted(&mut random, &gamma);
        let moved = round % 2 == 1;
        if moved {
            let mut layers = theta.layers().to_vec();
            for x in layers
                .iter_mut()
                .flat_map(|layer| &mut layer.weights)
                .flatten()
            {
                *x += float(&mut random) / Rational::from_integer(1_000.into());
            }
            theta = Deep::new(layers).unwrap();
        }
        let found = nearest(&gamma, &theta, &Watch::none()).unwrap();
        assert!(found.distance <= found.before && found.stopped.is_none());
        assert!(moved || found.distance.is_zero(), "{widths:?}");
        let lower = found.class_lower.expect("no limit was met");
        assert!(lower.compare(&found.distance.clone().into()).is_le());
        let forms = &found.forms;
        assert_eq!(forms[0].network, forms[1].network);
        verified(&deep_reparametrization_certificate(
            &gamma,
            forms[0].of(&theta),
            forms[1].of(&found.phi),
            &found.distance,
        ));
    }
}

/// What intervals say of a neuron is so at the corners of the box, and in its middle.
#[test]
fn activity_on_a_box() {
    let mut random = Random::of_trial(4, 0);
    let (mut never, mut always) = (0, 0);
    for _ in 0..40 {
        let network = network(&mut random, &[2, 5, 4, 1]);
        let side = |random: &mut Random| {
            let middle = float(random);
            let half = Rational::new(1.into(), 8.into());
            (&middle - &half, middle + half)
        };
        let sides = [side(&mut random), side(&mut random)];
        let found = activity(&network, &sides).unwrap();
        assert!(activity(&network, &sides[..1]).is_none());
        for (l, layer) in found.iter().enumerate() {
            let mut layers = network.layers()[..=l].to_vec();
            for (i, said) in layer.iter().enumerate() {
                never += usize::from(*said == Activity::Never);
                always += usize::from(*said == Activity::Always);
                // The network up to this neuron.
                let last = &network.layers()[l];
                layers[l] = Layer {
                    weights: vec![last.weights[i].clone()],
                    biases: vec![last.biases[i].clone()],
                };
                let part = Deep::new(layers.clone()).unwrap();
                for corner in 0..4 {
                    let end = |k: usize| match corner >> k & 1 {
                        0 => sides[k].0.clone(),
                        _ => sides[k].1.clone(),
                    };
                    let value = &part.eval(&[end(0), end(1)]).unwrap()[0];
                    assert!(*said != Activity::Never || !value.is_positive());
                    assert!(*said != Activity::Always || !value.is_negative());
                }
            }
        }
    }
    assert!(never > 20 && always > 20, "{never} {always}");
}
