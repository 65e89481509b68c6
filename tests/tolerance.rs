//! Fewer neurons within a tolerance: networks with planted near-parallel neurons, against exact norms, points of the box, and the verifier.

use num_traits::{One as _, Signed as _, Zero as _};
use relucert::audit::Random;
use relucert::certificate::Networks;
use relucert::depth::{Shrinking, Shrunk, deep_within_certificate, shrink, simplify};
use relucert::exact::Rational;
use relucert::network::{Deep, Layer, Network, to_certificate};
use relucert::parametrizations::{Limits as SetLimits, within};
use relucert::realization::{
    CanonicalForm, Domain, SeminormLimits, Subject, SupNormLimits, branch_and_bound,
    seminorm_certificate, sup_norm,
};
use relucert::verify::{Bindings, Limits, Verdict, verify_text};
use relucert::watch::Watch;

const SEED: u64 = 2811;

fn ratio(p: i64, q: i64) -> Rational {
    Rational::new(p.into(), q.into())
}

fn verified(certificate: &str) {
    let verdict = verify_text(
        certificate.as_bytes(),
        &Limits::default(),
        &Bindings::default(),
    );
    assert!(matches!(verdict, Verdict::Verified(_)), "{verdict:?}");
}

fn number(random: &mut Random) -> Rational {
    ratio(random.below(2001) as i64 - 1000, 500)
}

/// Layers of these widths.
fn network(random: &mut Random, widths: &[usize]) -> Deep {
    let layers = widths.windows(2).map(|pair| {
        let mut row = |count: usize| (0..count).map(|_| number(random)).collect::<Vec<_>>();
        Layer {
            weights: (0..pair[1]).map(|_| row(pair[0])).collect(),
            biases: row(pair[1]),
        }
    });
    Deep::new(layers.collect()).unwrap()
}

/// The same with one more neuron in every hidden layer, near a positive multiple of another one: by `size` in every weight, or so.
fn planted(random: &mut Random, network: &Deep, size: &Rational) -> Deep {
    let mut layers = network.layers().to_vec();
    for l in 0..layers.len() - 1 {
        let i = random.below(layers[l].weights.len());
        let factor = ratio(1 + random.below(40) as i64, 10);
        let mut near = |x: &Rational| x * &factor + size * number(random);
        let row = layers[l].weights[i].iter().map(&mut near).collect();
        let bias = near(&layers[l].biases[i].clone());
        layers[l].weights.push(row);
        layers[l].biases.push(bias);
        for row in &mut layers[l + 1].weights {
            let weight = number(random);
            row.push(weight);
        }
    }
    Deep::new(layers).unwrap()
}

fn hidden(network: &Deep) -> usize {
    let layers = network.layers().iter().rev().skip(1);
    layers.map(|layer| layer.weights.len()).sum()
}

fn shrunk(network: &Deep, sides: &[(Rational, Rational)], tolerance: &Rational) -> Shrunk {
    let asked = Shrinking {
        sides,
        tolerance,
        round: &|number| number,
        measure: &mut |_, bound| bound.clone(),
        watch: &Watch::none(),
    };
    let found = shrink(network, asked).unwrap().unwrap();
    assert_eq!(found.bound, found.distance);
    assert!(found.distance <= *tolerance);
    found
}

/// No output differs by more than the distance at corners and other points of the box.
fn points(
    random: &mut Random,
    [one, other]: [&Deep; 2],
    sides: &[(Rational, Rational)],
    distance: &Rational,
) {
    for trial in 0..40 {
        let steps = [1, 9][trial % 2];
        let mut coordinate = |(lower, upper): &(Rational, Rational)| {
            lower + (upper - lower) * ratio(random.below(steps + 1) as i64, steps as i64)
        };
        let point: Vec<Rational> = sides.iter().map(&mut coordinate).collect();
        let values = [one, other].map(|network| network.eval(&point).unwrap());
        for (x, y) in values[0].iter().zip(&values[1]) {
            assert!((x - y).abs() <= *distance, "at {point:?}");
        }
    }
}

#[test]
fn on_a_box_the_distance_is_never_less_than_it_is_and_planted_neurons_are_merged() {
    println!("seed {SEED}");
    let (mut merged, mut left) = (0, 0);
    for trial in 0..24 {
        let mut random = Random::of_trial(SEED, trial);
        let deep = trial % 3 == 2;
        let mut widths = vec![1 + random.below(3)];
        for _ in 0..if deep { 2 + random.below(2) } else { 1 } {
            widths.push(2 + random.below(4));
        }
        widths.push(1 + random.below(2));
        let given = network(&mut random, &widths);
        let size = [ratio(1, 1000), ratio(1, 100_000)][random.below(2)].clone();
        let given = planted(&mut random, &given, &size);
        let sides: Vec<_> = (0..given.inputs())
            .map(|_| {
                let lower = number(&mut random);
                let length = ratio(1 + random.below(30) as i64, 10);
                (lower.clone(), lower + length)
            })
            .collect();
        for tolerance in [Rational::zero(), ratio(1, 10), ratio(1, 1), ratio(20, 1)] {
            let found = shrunk(&given, &sides, &tolerance);
            if tolerance.is_zero() {
                // Where intervals know that a neuron is constant on the box it may still go.
                assert!(hidden(&found.network) <= hidden(&simplify(&given).network));
            }
            merged += found.merged.len();
            left += found
                .constant
                .iter()
                .map(|(_, neurons)| neurons.len())
                .sum::<usize>();
            let both = [&given, &found.network];
            points(&mut random, both, &sides, &found.distance);
            let text = deep_within_certificate(&given, &found, &sides, &found.distance);
            verified(&text);
            // Nothing smaller than what intervals show is accepted.
            if found.distance.is_positive() {
                let less = &found.distance * ratio(999, 1000);
                let text = deep_within_certificate(&given, &found, &sides, &less);
                let verdict =
                    verify_text(text.as_bytes(), &Limits::default(), &Bindings::default());
                let Verdict::Rejected(rejection) = verdict else {
                    panic!("{verdict:?}");
                };
                assert!(
                    rejection
                        .reason
                        .contains("may differ from that of Γ by as much as")
                );
            }
            if deep {
                continue;
            }
            let [one, other] =
                both.map(|n| CanonicalForm::of(&Network::Biased(n.to_biased().unwrap())).unwrap());
            let domain = Domain::new(sides.clone()).unwrap();
            let exact = sup_norm(
                &other.minus(&one).unwrap(),
                &domain,
                &SupNormLimits::default(),
            );
            let exact = exact.unwrap();
            assert!(exact.exact().unwrap() <= &found.distance);
        }
    }
    assert!(
        merged >= 12 && left >= 12,
        "{merged} merged, {left} left out"
    );
}

#[test]
fn what_is_planted_is_what_is_merged() {
    let mut random = Random::of_trial(SEED, 1000);
    let one = Rational::one;
    for widths in [vec![3, 6, 2], vec![3, 5, 5, 1]] {
        let given = network(&mut random, &widths);
        let near = planted(&mut random, &given, &ratio(1, 1_000_000_000));
        let sides = vec![(-one(), one()); 3];
        let found = shrunk(&near, &sides, &ratio(1, 100_000));
        assert!(hidden(&found.network) <= hidden(&given), "{widths:?}");
        let merged: usize = found.merged.iter().map(|(_, group)| group.len() - 1).sum();
        let dropped =
            found.dropped.len() + found.constant.iter().map(|(_, c)| c.len()).sum::<usize>();
        assert!(
            merged >= 1 && merged + dropped >= widths.len() - 2,
            "{:?}",
            found.merged
        );
    }
}

#[test]
fn in_the_seminorm_the_distance_is_what_it_is() {
    println!("seed {SEED}");
    let mut dropped = 0;
    for trial in 0..16 {
        let mut random = Random::of_trial(SEED, 2000 + trial);
        let widths = [
            1 + random.below(3),
            3 + random.below(5),
            1 + random.below(2),
        ];
        let given = network(&mut random, &widths);
        let given = Network::Biased(
            planted(&mut random, &given, &ratio(1, 1000))
                .to_biased()
                .unwrap(),
        );
        let form = CanonicalForm::of(&given).unwrap();
        for tolerance in [ratio(1, 2), ratio(2, 1), ratio(8, 1)] {
            let search = SeminormLimits::default();
            let found = within(&given, &tolerance, &SetLimits::default(), &search)
                .unwrap()
                .unwrap();
            let other = CanonicalForm::of(&found.network).unwrap();
            let exact = branch_and_bound(&other.minus(&form).unwrap(), true, &search);
            assert_eq!(exact.exact(), found.distance.exact());
            assert!(found.distance.upper <= tolerance);
            dropped += found.dropped.len();
            let Network::Biased(smaller) = &found.network else {
                panic!("biases are kept");
            };
            let zero = smaller.rows().neurons().len() == 1 && found.neurons == 0;
            assert!(zero || smaller.rows().neurons().len() == found.neurons);
            let subject = Subject {
                networks: Networks {
                    gamma: to_certificate(&given).unwrap(),
                    theta: to_certificate(&found.network),
                    phi: None,
                },
                activation: None,
            };
            verified(&seminorm_certificate(subject, &found.distance).unwrap());
        }
    }
    assert!(dropped > 20, "{dropped}");
}

#[test]
fn a_limit_is_an_answer() {
    let mut random = Random::of_trial(SEED, 3000);
    let given = network(&mut random, &[2, 4, 1]);
    let sides = vec![(Rational::zero(), Rational::one()); 2];
    let watch = Watch::none().until(Some(std::time::Instant::now()));
    let asked = Shrinking {
        sides: &sides,
        tolerance: &Rational::one(),
        round: &|number| number,
        measure: &mut |_, bound| bound.clone(),
        watch: &watch,
    };
    assert!(shrink(&given, asked).is_err());
}
