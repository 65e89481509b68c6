//! Nearest parametrizations: against trying everything, the paper's examples for many k, and the verifier on every certificate.

mod support;

use std::time::Duration;

use relucert::certificate::{Among, Networks};
use relucert::exact::{Rational, Surd, text};
use relucert::nearest::{Answer, Constraints, Gap, Lower, Nearest, Options, certificate, nearest};
use relucert::network::{Biased, Network, Neuron, Shallow, to_certificate};
use relucert::parametrizations::{Outcome, flip_sets};
use relucert::realization::CanonicalForm;
use relucert::watch::{Stop, Watch};
use support::certificates::accepted;
use support::{Random, net};

fn q(numerator: i64, denominator: i64) -> Rational {
    Rational::new(numerator.into(), denominator.into())
}

fn number(value: &str) -> Surd {
    text::parse(value).unwrap()
}

fn stated(gamma: &Network, theta: &Network) -> Networks {
    Networks {
        gamma: to_certificate(gamma).unwrap(),
        theta: to_certificate(theta),
        phi: None,
    }
}

/// The answer, after the verifier has accepted its certificate.
fn verified(gamma: &Network, theta: &Network, among: Among) -> Nearest {
    let options = Options {
        among,
        ..Options::default()
    };
    let found = match nearest(gamma, theta, &options).unwrap() {
        Answer::Nearest(found) => *found,
        other => panic!("{other:?}"),
    };
    let text = certificate(stated(gamma, theta), &found).expect("Φ was found");
    accepted(&text);
    found
}

fn plain(gamma: &Shallow, theta: &Shallow) -> Nearest {
    let [gamma, theta] = [gamma, theta].map(|n| Network::Shallow(n.clone()));
    verified(&gamma, &theta, Among::All)
}

#[test]
fn the_papers_examples_have_their_known_optima() {
    for k in 1..=8 {
        let distance = |gamma: &[String], theta: &[String]| {
            let rows = |rows: &[String]| net(&rows.iter().map(String::as_str).collect::<Vec<_>>());
            let found = plain(&rows(gamma), &rows(theta));
            found
                .exact()
                .unwrap_or_else(|| panic!("k = {k}: {found:?}"))
                .clone()
        };
        // Example 2.1: the least norm of a parametrization is k.
        let zero = vec!["0 0 | 0".to_owned(); 2];
        let theta = [format!("{k} 0 | {k}"), format!("{k} -1/{} | -{k}", k * k)];
        assert_eq!(distance(&zero, &theta), number(&k.to_string()));
        // Example 2.2: max(r, k^(-1/2)).
        let found = distance(&["1/2 0 | 0".to_owned()], &[format!("0 1 | 1/{k}")]);
        let root = number(&format!("sqrt(1/{k})"));
        let half = number("1/2");
        assert_eq!(
            found,
            if root.compare(&half).is_gt() {
                root
            } else {
                half
            }
        );
        // Example 2.3: 1, whatever k.
        let twice = vec!["1 0 | 1".to_owned(); 2];
        assert_eq!(
            distance(&twice, &["1 0 | 2".to_owned(), format!("0 1 | 1/{k}")]),
            number("1")
        );
        // Example A.4: k.
        let found = distance(&[format!("{k} 0 | 1/{}", k * k)], &[format!("0 1 | 1/{k}")]);
        assert_eq!(found, number(&k.to_string()));
        // Example 2.5: √2·k, by flipping nothing: its contributions are independent.
        let root = |sign: &str| format!("0 {sign}{k}*sqrt(2) {sign}-{k}/2*sqrt(2) | {k}*sqrt(2)");
        let root = |sign: &str| root(sign).replace("--", "");
        let gamma = [
            format!("-{k} -{k} -{k} | {k}"),
            format!("{k} -{k} -{k} | {k}"),
            root(""),
        ];
        let theta = [
            format!("{k} {k} {k} | {k}"),
            format!("-{k} {k} {k} | {k}"),
            root("-"),
        ];
        assert_eq!(distance(&gamma, &theta), number(&format!("{k}*sqrt(2)")));
    }
}

#[test]
fn the_sharp_constants_are_attained() {
    let read = |name: &str| {
        let path = format!("{}/examples/sharp/{name}.json", env!("CARGO_MANIFEST_DIR"));
        relucert::network::file::read_network(path.as_ref()).unwrap()
    };
    let found = verified(
        &read("theorem_3_1_gamma"),
        &read("theorem_3_1_theta"),
        Among::All,
    );
    assert_eq!(found.exact(), Some(&number("4")));
    let (gamma, theta) = (read("theorem_3_3_gamma"), read("theorem_3_3_theta"));
    let found = verified(&gamma, &theta, Among::NStar);
    assert_eq!(found.exact(), Some(&number("4")));
    // Rescaling does better.
    let found = verified(&gamma, &theta, Among::All);
    assert_eq!(found.exact(), Some(&number("2*sqrt(2)")));
}

fn live_neuron(random: &mut Random, inputs: usize, outputs: usize) -> Neuron {
    loop {
        let neuron = Neuron::rational(random.row(inputs), random.row(outputs));
        if neuron.is_live() {
            return neuron;
        }
    }
}

/// Neurons on pairwise different hyperplanes.
fn generic(random: &mut Random, m: usize, inputs: usize, outputs: usize) -> Shallow {
    loop {
        let neurons = (0..m)
            .map(|_| live_neuron(random, inputs, outputs))
            .collect();
        let network = Shallow::new(neurons).unwrap();
        if CanonicalForm::of_shallow(&network).kinks().len() == m {
            return network;
        }
    }
}

fn permutations(n: usize) -> Vec<Vec<usize>> {
    if n == 0 {
        return vec![Vec::new()];
    }
    let shorter = permutations(n - 1);
    let insert = |p: &Vec<usize>| -> Vec<Vec<usize>> {
        let at = |k| {
            let mut longer = p.clone();
            longer.insert(k, n - 1);
            longer
        };
        (0..n).map(at).collect()
    };
    shorter.iter().flat_map(insert).collect()
}

/// The optimum over all flip sets and all permutations.
fn by_trying(gamma: &Shallow, theta: &Shallow) -> Surd {
    let m = gamma.neurons().len();
    let Outcome::All(flips) = flip_sets(theta.neurons(), theta.inputs(), &Default::default())
    else {
        panic!("small");
    };
    let sets = flips.sets.into_iter().chain([Vec::new()]);
    let mut best: Option<Surd> = None;
    for set in sets {
        let cost = |j: usize, i: usize| {
            let (source, place) = (&theta.neurons()[j], &gamma.neurons()[i]);
            let source = (source.inner(), source.outer());
            let cost = Constraints::new(source, (place.inner(), place.outer()), set.contains(&j));
            cost.cost().level.to_surd()
        };
        for order in permutations(m) {
            let largest = order.iter().enumerate().map(|(i, &j)| cost(j, i));
            let largest = largest
                .reduce(|x, y| if y.compare(&x).is_gt() { y } else { x })
                .unwrap();
            if best
                .as_ref()
                .is_none_or(|best| largest.compare(best).is_lt())
            {
                best = Some(largest);
            }
        }
    }
    best.unwrap()
}

#[test]
fn small_networks_agree_with_trying_all_permutations_and_flips() {
    let mut random = Random::new(11);
    let mut flipped = 0;
    for round in 0..60 {
        let (m, d, outputs) = (1 + round % 4, 2 + round % 2, 1 + round % 3 / 2);
        let gamma = Shallow::new(
            (0..m)
                .map(|_| Neuron::rational(random.row(d), random.row(outputs)))
                .collect(),
        );
        let mut gamma = gamma.unwrap();
        let mut theta = generic(&mut random, m, d, outputs);
        if round % 3 == 0 && m > 2 {
            // A dependence: the last neuron balances the first two; and Γ near the flipped network.
            let minus = |n: &Neuron| {
                n.inner()
                    .iter()
                    .map(|a| -a * n.outer()[0].clone())
                    .collect::<Vec<_>>()
            };
            let (one, two) = (minus(&theta.neurons()[0]), minus(&theta.neurons()[1]));
            let sum = one.iter().zip(&two).map(|(x, y)| x + y).collect();
            let mut neurons = theta.neurons()[..m - 1].to_vec();
            let single = |n: &Neuron| n.with_outer(vec![n.outer()[0].clone(); 1]);
            neurons = neurons.iter().map(single).collect();
            neurons.push(Neuron::rational(sum, vec![q(1, 1)]));
            theta = Shallow::new(neurons).unwrap();
            if CanonicalForm::of_shallow(&theta).kinks().len() < m {
                continue;
            }
            let turned = theta.neurons().iter().enumerate().map(|(i, n)| {
                match i == 0 || i == 1 || i == m - 1 {
                    true => Neuron::rational(
                        n.inner().iter().map(|a| -a + q(1, 9)).collect(),
                        n.outer().to_vec(),
                    ),
                    false => n.clone(),
                }
            });
            gamma = Shallow::new(turned.collect()).unwrap();
        }
        let found = plain(&gamma, &theta);
        let expected = by_trying(&gamma, &theta);
        assert_eq!(found.exact(), Some(&expected), "round {round}");
        flipped += usize::from(!found.phi.as_ref().unwrap().flipped.is_empty());
    }
    assert!(flipped > 3, "{flipped}");
}

/// A copy with neurons in another order, rescaled by rationals and roots.
fn disguised(random: &mut Random, network: &Shallow) -> Shallow {
    let mut neurons: Vec<Neuron> = network.neurons().to_vec();
    for neuron in &mut neurons {
        *neuron = neuron
            .scaled(&[q(1, 1), q(2, 1), q(1, 8), q(2, 3), q(5, 3)][random.below(5)])
            .expect("a positive factor");
        if random.below(3) == 0 {
            *neuron = neuron
                .rescaled_by_root(&q(3, 2))
                .expect("a positive factor");
        }
    }
    for i in (1..neurons.len()).rev() {
        neurons.swap(i, random.below(i + 1));
    }
    Shallow::new(neurons).unwrap()
}

#[test]
fn disguised_copies_are_found_at_distance_0() {
    let mut random = Random::new(5);
    for round in 0..6 {
        let gamma = generic(&mut random, 4 + 3 * round, 5, 2);
        let theta = disguised(&mut random, &gamma);
        assert_eq!(plain(&gamma, &theta).exact(), Some(&Surd::zero()));
        let biased = |rows: &Shallow| {
            Network::Biased(Biased::new(rows.clone(), vec![q(1, 3), q(-2, 1)]).unwrap())
        };
        let found = verified(&biased(&gamma), &biased(&theta), Among::All);
        assert_eq!(found.exact(), Some(&Surd::zero()));
        assert!(found.homogenised && matches!(found.evidence, Lower::Nothing));
    }
}

#[test]
fn constants_go_into_the_output_bias_and_bound_the_distance() {
    let biased =
        |rows: &Shallow, e: Rational| Network::Biased(Biased::new(rows.clone(), vec![e]).unwrap());
    // Θ has a constant neuron 2·ρ(3) and a dead one besides Γ's.
    let gamma = biased(&net(&["1 2 0 | 1", "0 1 1 | -2", "1 0 -1 | 3"]), q(1, 1));
    let theta = net(&[
        "0 0 3 | 2",
        "0 2 2 | -1",
        "1 0 -1 | 3",
        "1 2 0 | 1",
        "1 1 1 | 0",
    ]);
    let found = verified(&gamma, &biased(&theta, q(-5, 1)), Among::All);
    assert_eq!(found.exact(), Some(&Surd::zero()));
    // Only e differs: no flip is possible, so 7/2 is optimal.
    let found = verified(&gamma, &biased(&theta, q(-3, 2)), Among::All);
    assert_eq!(found.exact(), Some(&number("7/2")));
    assert!(matches!(&found.evidence, Lower::Flips { sets, .. } if sets.is_empty()));
    // A flip that is free in the linear part changes e by Σ c_i b_i.
    let rows = net(&["1 0 1 | 1", "0 1 1 | 1", "-1 -1 1 | 1"]);
    let turned = net(&["-1 0 -1 | 1", "0 -1 -1 | 1", "1 1 -1 | 1"]);
    let found = verified(
        &biased(&turned, q(3, 1)),
        &biased(&rows, q(0, 1)),
        Among::All,
    );
    assert_eq!(found.exact(), Some(&Surd::zero()));
    assert_eq!(found.phi.unwrap().flipped, [0, 1, 2]);
    let found = verified(
        &biased(&turned, q(0, 1)),
        &biased(&rows, q(0, 1)),
        Among::All,
    );
    assert!(matches!(&found.evidence, Lower::Flips { sets, .. } if sets.len() == 1));
    assert!(found.exact().is_some());
}

#[test]
fn sharing_a_kink_beats_permutations() {
    // Each place takes half: 1 without moving at all, 1.21 for a tenth each.
    let gamma = net(&["1 0 | 1", "1 0 | 1"]);
    let found = plain(&gamma, &net(&["1 0 | 2", "0 0 | 0"]));
    assert_eq!(found.exact(), Some(&Surd::zero()));
    let found = plain(&gamma, &net(&["1 0 | 121/50"]));
    assert_eq!(found.phi.as_ref().unwrap().distance.value, number("1/10"));
    assert_eq!(found.lower, Surd::zero());
    assert_eq!(found.gap, Some(Gap::FewerKinks));
    // With roots, with a place of the other sign, and with a place that may be dead.
    let gamma = net(&["sqrt(2) 0 | sqrt(2)", "1 0 | -1", "3 1/5 | 1/7", "0 2 | 2"]);
    let found = plain(&gamma, &net(&["1 0 | 1", "0 1 | 17/4"]));
    let upper = &found.phi.as_ref().unwrap().distance.value;
    assert!(upper.compare(&number("1/5")).is_lt(), "{upper}");
    let mut random = Random::new(3);
    for _ in 0..12 {
        let gamma = Shallow::new(
            (0..5)
                .map(|_| Neuron::rational(random.row(2), random.row(1)))
                .collect(),
        );
        let theta = generic(&mut random, 3, 2, 1);
        let found = plain(&gamma.unwrap(), &theta);
        let upper = &found.phi.as_ref().unwrap().distance.value;
        assert!(found.lower.compare(upper).is_le());
    }
}

#[test]
fn impossible_questions_are_answered_no() {
    let ask = |gamma: &Shallow, theta: &Shallow| {
        let [gamma, theta] = [gamma, theta].map(|n| Network::Shallow(n.clone()));
        nearest(&gamma, &theta, &Options::default()).unwrap()
    };
    let two = net(&["1 0 | 1", "0 1 | 1"]);
    let answer = ask(&net(&["1 0 | 1"]), &two);
    assert!(matches!(
        answer,
        Answer::TooManyKinks {
            kinks: 2,
            neurons: 1
        }
    ));
    // |x| has one kink, but one neuron is not enough.
    let absolute = net(&["1 0 | 1", "-1 0 | 1"]);
    assert!(matches!(
        ask(&net(&["1 0 | 1"]), &absolute),
        Answer::NoOrientation { kinks: 1 }
    ));
    // Two neurons on one line become one by a flip of others.
    let theta = net(&["1 0 | 1", "-1 0 | 1", "1/2 -1 | 1", "1/2 1 | 1"]);
    let gamma = net(&["-1/2 -1 | 1", "-1/2 1 | 1", "1 0 | 2"]);
    assert_eq!(plain(&gamma, &theta).exact(), Some(&Surd::zero()));
    // A linear function on one line has no kink and needs two neurons.
    let linear = net(&["1 0 | 1", "-1 0 | -1"]);
    let answer = ask(&net(&["1 0 | 1"]), &linear);
    let Answer::Nearest(found) = answer else {
        panic!("{answer:?}");
    };
    assert!(found.phi.is_none() && matches!(found.gap, Some(Gap::Crowded { live: 2 })));
    assert_eq!(plain(&net(&["1 1 | 1", "0 0 | 0"]), &linear).kinks, 0);
    // N*.
    let star = Options {
        among: Among::NStar,
        ..Options::default()
    };
    let [gamma, theta] = [&two, &absolute].map(|n| Network::Shallow(n.clone()));
    let answer = nearest(&gamma, &theta, &star).unwrap();
    assert!(matches!(answer, Answer::NotInNStar { .. }));
}

#[test]
fn unknown_flips_leave_an_interval() {
    let rows = ["1 0 | 1", "0 1 | 1", "-1 -1 | 1"];
    let turned = ["-1 0 | 1", "0 -1 | 1", "1 1 | 2"];
    let [gamma, theta] = [turned, rows].map(|rows| Network::Shallow(net(&rows)));
    let exact = verified(&gamma, &theta, Among::All);
    let mut options = Options::default();
    options.flips.most_sets = 0;
    let Answer::Nearest(found) = nearest(&gamma, &theta, &options).unwrap() else {
        panic!("three kinks and three neurons");
    };
    let upper = &found.phi.as_ref().unwrap().distance.value;
    let optimum = exact.exact().unwrap();
    assert!(found.lower.compare(optimum).is_le() && optimum.compare(upper).is_le());
    let text = certificate(stated(&gamma, &theta), &found).unwrap();
    accepted(&text);
    assert_eq!(
        found.exact().is_none(),
        matches!(found.gap, Some(Gap::Flips { .. }))
    );
}

#[test]
fn a_passed_deadline_gives_what_is_known() {
    let mut random = Random::new(8);
    let gamma = generic(&mut random, 5, 3, 1);
    // No copy of Γ: that would be seen at once.
    let theta = generic(&mut random, 5, 3, 1);
    let options = Options {
        watch: Watch::none().for_at_most(Duration::ZERO),
        ..Options::default()
    };
    let [gamma, theta] = [gamma, theta].map(Network::Shallow);
    let Answer::Nearest(found) = nearest(&gamma, &theta, &options).unwrap() else {
        panic!("five kinks and five neurons");
    };
    assert_eq!(found.gap, Some(Gap::Stopped(Stop::Time)));
    assert!(found.lower.sign().is_eq() && found.phi.is_some());
    let text = certificate(stated(&gamma, &theta), &found).unwrap();
    accepted(&text);
}
