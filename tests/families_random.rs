//! Random families, with biases and with other activations, against their instances at k = 1, …, 12: norms, equality, canonical forms, hashes,
//! degeneracies, nearest parametrizations. A few of each in every run of the tests, and 500 with `cargo test --test families_random -- --ignored`.

mod support;

use std::fmt::Debug;

use num_traits::Zero as _;
use relucert::certificate::{Among, Side};
use relucert::degeneracy::{membership, opposite_pairs, parallel_pairs};
use relucert::exact::{Rational, Surd};
use relucert::family::{
    Expression, Family, InNStar, Proved, Question, Unproved, canonical, degeneracies, fingerprint,
    nearest_in_n_star, prove_distance_with, prove_equal_with, prove_jump_with, prove_nearest,
    prove_separated, prove_sup_norm,
};
use relucert::nearest::{Answer, Options, nearest};
use relucert::network::Network;
use relucert::realization::{CanonicalForm, Domain, branch_and_bound, sup_norm};
use relucert::watch::Watch;
use serde_json::json;
use support::Random;
use support::certificates::accepted;
use support::families::{ENTRIES, FACTORS, LAST, Texts, at, contains, section, times};

/// How many families are compared in every run, and in a long one.
const SHORT: usize = 25;
const LONG: usize = 500;

const ACTIVATIONS: [(i64, i64); 5] = [(0, 1), (1, 3), (1, 1), (2, 1), (1, 100)];

fn row(random: &mut Random, length: usize) -> Vec<String> {
    (0..length)
        .map(|_| random.pick(ENTRIES).to_owned())
        .collect()
}

fn activation(random: &mut Random) -> Rational {
    let (above, below) = ACTIVATIONS[random.below(ACTIVATIONS.len())];
    Rational::new(above.into(), below.into())
}

/// Rows some of which are multiples of others, dead or constant.
fn rows(random: &mut Random, [d, outputs, most]: [usize; 3]) -> Vec<Texts> {
    let mut rows: Vec<Texts> = Vec::new();
    for i in 0..1 + random.below(most) {
        let mut one = (row(random, d + 1), row(random, outputs));
        if i > 0 {
            let other = rows[random.below(i)].clone();
            match random.below(6) {
                0 => one.0 = times(&other.0, random.pick(&["2", "1/3", "k", "(k+1)/k"])),
                1 => one.0 = times(&other.0, random.pick(&["-1", "-k", "-1/2"])),
                2 => one = (other.0, times(&other.1, "-1")),
                _ => {}
            }
        }
        match random.below(12) {
            0 => one.1 = vec!["0".to_owned(); outputs],
            1 => one.0[..d].iter_mut().for_each(|e| "0".clone_into(e)),
            _ => {}
        }
        rows.push(one);
    }
    rows
}

/// Each in another scale, sometimes by a root, and in another order.
fn disguised(random: &mut Random, rows: &[Texts]) -> Vec<Texts> {
    let mut other: Vec<Texts> = rows.to_vec();
    for (a, c) in &mut other {
        if random.below(3) == 0 {
            let factor = random.pick(FACTORS);
            *a = times(a, factor);
            *c = times(c, &format!("1/({factor})"));
        }
    }
    let shift = random.below(other.len());
    other.rotate_left(shift);
    other
}

fn family(rows: &[Texts], d: usize, offset: Option<&[String]>) -> Family {
    let part = |part: &dyn Fn(&Texts) -> Vec<String>| rows.iter().map(part).collect::<Vec<_>>();
    let mut object = json!({
        "parameter": "k",
        "a": part(&|row| row.0[..d].to_vec()),
        "c": part(&|row| row.1.clone()),
    });
    if let Some(offset) = offset {
        object["b"] = rows.iter().map(|row| row.0[d].clone()).collect();
        object["e"] = offset.into();
    }
    Family::from_json("random.json", &object.to_string()).unwrap()
}

/// A family, mostly with biases.
fn random_family(random: &mut Random, shape: [usize; 3]) -> Family {
    let rows = rows(random, shape);
    let rows = disguised(random, &rows);
    let offset = (random.below(4) > 0).then(|| row(random, shape[1]));
    family(&rows, shape[0], offset.as_deref())
}

fn shape(random: &mut Random, most: usize) -> [usize; 3] {
    [1 + random.below(2), 1 + random.below(4) / 3, most]
}

fn two(random: &mut Random, most: usize) -> [Family; 2] {
    let shape = shape(random, most);
    [random_family(random, shape), random_family(random, shape)]
}

fn value_at(proved: &Proved, k: u64) -> Surd {
    let mut parts = proved.parts.iter();
    let part = parts.find(|part| contains(&part.range, k)).unwrap();
    part.draft.value.as_ref().unwrap().at(k).unwrap()
}

fn form(family: &Family, activation: &Rational, k: u64) -> CanonicalForm {
    CanonicalForm::with_activation(&at(family, k), activation).unwrap()
}

/// R(B) − R(A), or R(A), at k.
fn difference(a: &Family, b: Option<&Family>, activation: &Rational, k: u64) -> CanonicalForm {
    let own = form(a, activation, k);
    match b {
        None => own,
        Some(b) => form(b, activation, k).minus(&own).unwrap(),
    }
}

/// Compares what is answered for all k with the instances, of so many families. Those of which it is not proved come on top, and must be at most so
/// many of a hundred.
fn each<Q: Debug, T>(
    what: &str,
    [seed, families, most_unproved]: [usize; 3],
    question: impl Fn(&mut Random) -> Q,
    answer: impl Fn(&Q) -> Result<T, Unproved>,
    compare: impl Fn(&Q, &T, u64),
) {
    let (mut random, mut unproved) = (Random::new(seed as u64), Vec::new());
    let mut compared = 0;
    while compared < families {
        let question = question(&mut random);
        match answer(&question) {
            Ok(answer) => (1..=LAST).for_each(|k| {
                let compare = std::panic::AssertUnwindSafe(|| compare(&question, &answer, k));
                if let Err(panic) = std::panic::catch_unwind(compare) {
                    println!("{what}, seed {seed}, family {compared}, k = {k}: {question:?}");
                    std::panic::resume_unwind(panic);
                }
            }),
            Err(reason) => {
                unproved.push(reason.to_string());
                let tried = compared + unproved.len();
                let most = most_unproved * tried.max(100) / 100;
                assert!(unproved.len() <= most, "{unproved:#?}");
                continue;
            }
        }
        compared += 1;
    }
    println!(
        "{what}: seed {seed}, {families} families as their instances, {} more not proved for all k",
        unproved.len()
    );
}

type Compared = (Family, Option<Family>, Rational);

/// Two families, or one.
fn compared(random: &mut Random) -> Compared {
    let [a, b] = two(random, 3);
    (a, (random.below(3) > 0).then_some(b), activation(random))
}

fn jump_norms(families: usize) {
    each(
        "jump norms",
        [1, families, 2],
        compared,
        |(a, b, activation)| {
            let proved = prove_jump_with(a, b.as_ref(), activation, &Watch::none())?;
            accepted(&proved.certificate);
            Ok(proved)
        },
        |(a, b, activation), proved, k| {
            let expected = difference(a, b.as_ref(), activation, k).jump_norm();
            assert_eq!(value_at(proved, k), expected.into());
        },
    );
}

fn seminorms(families: usize) {
    each(
        "seminorms",
        [2, families, 2],
        compared,
        |(a, b, activation)| {
            let proved = prove_distance_with(a, b.as_ref(), activation, &Watch::none())?;
            accepted(&proved.certificate);
            Ok(proved)
        },
        |(a, b, activation), proved, k| {
            let form = difference(a, b.as_ref(), activation, k);
            let affine = [Some(a), b.as_ref()].into_iter().flatten();
            let affine = affine.into_iter().any(|family| family.offset().is_some());
            let expected = branch_and_bound(&form, affine, &Default::default());
            assert_eq!(
                value_at(proved, k),
                expected.exact().unwrap().clone().into()
            );
        },
    );
}

fn sup_norms(families: usize) {
    let domain = |d| {
        let number = |n: i64| Rational::new(n.into(), 2.into());
        Domain::new(vec![(number(-3), number(4)); d]).unwrap()
    };
    each(
        "sup norms",
        [3, families, 2],
        |random| {
            let (a, b, _) = compared(random);
            (a, b, activation(random))
        },
        |(a, b, activation)| {
            let box_of = domain(a.inputs());
            let proved = prove_sup_norm(a, b.as_ref(), activation, &box_of, &Watch::none())?;
            accepted(&proved.certificate);
            Ok(proved)
        },
        |(a, b, activation), proved, k| {
            let form = difference(a, b.as_ref(), activation, k);
            let expected = sup_norm(&form, &domain(a.inputs()), &Default::default()).unwrap();
            assert_eq!(
                value_at(proved, k),
                expected.exact().unwrap().clone().into()
            );
        },
    );
}

fn forms(families: usize) {
    let rational = |e: &Expression, k| e.at(k).unwrap().to_rational().unwrap().clone();
    each(
        "canonical forms",
        [4, families, 2],
        |random| {
            let shape = shape(random, 5);
            (random_family(random, shape), activation(random))
        },
        |(family, activation)| canonical(family, activation, &Watch::none()),
        |(family, activation), found, k| {
            let found = section(found, k);
            let numbers = |row: &[Expression]| -> Vec<_> {
                row.iter().map(|entry| rational(entry, k)).collect()
            };
            let expected = form(family, activation, k);
            let linear: Vec<_> = found.linear().iter().map(|row| numbers(row)).collect();
            assert_eq!(linear, expected.linear());
            assert_eq!(numbers(found.constant()), expected.constant());
            let kinks = found.kinks().iter().map(|kink| {
                let offset = rational(&kink.offset, k);
                (numbers(&kink.normal), offset, numbers(&kink.jump))
            });
            let mut kinks: Vec<_> = kinks.collect();
            kinks.sort();
            let others = expected.kinks().iter().cloned();
            let mut others: Vec<_> = others.map(|h| (h.normal, h.offset, h.jump)).collect();
            others.sort();
            assert_eq!(kinks, others);
        },
    );
}

/// A family in another order and scale, or a little changed: equal hashes where the functions are equal, and only there.
fn equal_functions(families: usize) {
    each(
        "equality and hashes",
        [5, families, 2],
        |random| {
            let shape = shape(random, 4);
            let mut own = rows(random, shape);
            let offset = (random.below(2) == 0).then(|| row(random, shape[1]));
            let one = family(&disguised(random, &own), shape[0], offset.as_deref());
            match random.below(3) {
                0 => {
                    let changed = random.below(own.len());
                    own[changed].1[0] = random.pick(ENTRIES).to_owned();
                }
                // A neuron twice, with outer weights that add up.
                1 => {
                    let mut more = own[random.below(own.len())].clone();
                    more.1 = row(random, shape[1]);
                    own.push(more.clone());
                    more.1 = times(&more.1, "-1");
                    own.push(more);
                }
                _ => {}
            }
            let other = family(&disguised(random, &own), shape[0], offset.as_deref());
            (one, other, activation(random))
        },
        |(one, other, activation)| {
            let watch = Watch::none();
            let proved = prove_equal_with(one, other, activation, &watch);
            if let Ok(proved) = &proved {
                accepted(&proved.certificate);
            }
            let hash = |family: &Family| -> Result<String, Unproved> {
                let forms = canonical(family, activation, &watch)?;
                Ok(fingerprint(&forms).unwrap())
            };
            let same = hash(one)? == hash(other)?;
            assert_eq!(proved.is_ok(), same, "{proved:?}");
            Ok((
                same,
                (1..=LAST).any(|k| !difference(one, Some(other), activation, k).is_zero()),
            ))
        },
        |_, (same, differ), _| assert_eq!(same, &!differ),
    );
}

fn conditions(families: usize) {
    each(
        "degeneracies",
        [6, families, 2],
        |random| {
            let shape = shape(random, 5);
            random_family(random, shape)
        },
        |family| degeneracies(family, &Watch::none()),
        |family, found, k| {
            let found = section(found, k);
            let (view, d) = match at(family, k) {
                Network::Shallow(network) => (network.clone(), network.inputs()),
                Network::Biased(network) => (network.homogenised(), network.inputs()),
                Network::Deep(_) => panic!("a deep network"),
            };
            let biased = family.offset().is_some();
            let neurons = || view.neurons()[..family.neurons().len()].iter().enumerate();
            let dead = neurons().filter(|(_, n)| !n.is_live()).map(|(i, _)| i);
            assert_eq!(found.dead, dead.collect::<Vec<_>>());
            let no_normal =
                |n: &relucert::network::Neuron| n.inner()[..d].iter().all(|a| a.is_zero());
            let constant = neurons().filter(|(_, n)| biased && n.is_live() && no_normal(n));
            let constant: Vec<_> = constant.map(|(i, _)| i).collect();
            assert_eq!(found.constant, constant);
            let pairs = |pairs: Vec<relucert::degeneracy::Multiple>| -> Vec<_> {
                pairs.iter().map(|pair| [pair.i, pair.j]).collect()
            };
            assert_eq!(found.parallel, pairs(parallel_pairs(&view)));
            assert_eq!(found.opposite, pairs(opposite_pairs(&view)));
            let expected = membership(&view);
            assert_eq!(found.balanced, expected.unbalanced.is_none());
            assert_eq!(found.n_prime, expected.in_n_prime());
            assert_eq!(found.n_star, expected.in_n_star());
        },
    );
}

/// Γ, and a Θ that is Γ in another order and scale with some weights changed; mostly with as many kinks as neurons.
fn near(random: &mut Random) -> [Family; 2] {
    const APART: &[&str] = &[
        "1", "-1", "2", "-3", "1/2", "k", "-k", "1/k", "k+1", "(k+1)/k", "-2*k", "k^2",
    ];
    let d = 1 + random.below(2);
    let mut own: Vec<Texts> = Vec::new();
    for _ in 0..1 + random.below(3) {
        let entry = |random: &mut Random| match random.below(8) {
            0 => random.pick(ENTRIES).to_owned(),
            _ => random.pick(APART).to_owned(),
        };
        let a = (0..=d).map(|_| entry(random)).collect();
        own.push((a, vec![entry(random)]));
    }
    let mut other = own.clone();
    for (a, c) in &mut other {
        match random.below(4) {
            0 => c[0] = format!("{}+{}/k", c[0], random.below(3)),
            1 => a[0] = format!("{}+{}", a[0], random.pick(&["1", "1/k", "k", "-1"])),
            _ => {}
        }
    }
    // Homogeneous ones on lines have two kinks at most.
    let offset = (d == 1 || random.below(3) == 0).then(|| row(random, 1));
    let other = disguised(random, &other);
    [&own, &other].map(|rows| family(rows, d, offset.as_deref()))
}

/// Where the least distance at k lies.
fn least(gamma: &Family, theta: &Family, k: u64) -> Option<[Option<Surd>; 2]> {
    let found = nearest(&at(gamma, k), &at(theta, k), &Options::default()).unwrap();
    match found {
        Answer::Nearest(found) => {
            let upper = found.phi.as_ref().map(|phi| phi.distance.value.clone());
            Some([Some(found.lower), upper])
        }
        _ => None,
    }
}

/// Of these many are not proved: with fewer kinks than neurons there are more ways than are tried.
fn nearest_parametrizations(families: usize) {
    each(
        "nearest parametrizations",
        [7, families, 60],
        near,
        |[gamma, theta]| {
            let proved = prove_nearest(gamma, theta, &Question::default())?;
            accepted(&proved.certificate);
            Ok(proved)
        },
        |[gamma, theta], proved, k| {
            let value = value_at(proved, k);
            let [lower, upper] = least(gamma, theta, k).expect("a parametrization");
            assert!(lower.is_none_or(|lower| lower.compare(&value).is_le()));
            assert!(upper.is_none_or(|upper| upper.compare(&value).is_ge()));
        },
    );
}

fn separations(families: usize) {
    each(
        "lower bounds",
        [8, families, 20],
        near,
        |[gamma, theta]| {
            let proved = prove_separated(gamma, theta, &Question::default())?;
            accepted(&proved.certificate);
            Ok(proved)
        },
        |[gamma, theta], proved, k| {
            let value = value_at(proved, k);
            if let Some([_, Some(upper)]) = least(gamma, theta, k) {
                assert!(value.compare(&upper).is_le(), "{value:?} {upper:?}");
            }
        },
    );
}

/// A family that is in N* but for those k where a size is not positive or neurons are parallel.
fn balanced(random: &mut Random, m: usize) -> Family {
    let neuron = |random: &mut Random| {
        let size = random.pick(&[
            "1", "k", "1/k", "2", "k+1", "k-2", "(k+1)/k", "k^2", "3-1/k",
        ]);
        let mut a = [1, 2 + random.below(3), 1 + random.below(4)].map(|n| format!("({size})/{n}"));
        let shift = random.below(3);
        a.rotate_left(shift);
        let sign = random.pick(&["", "-"]);
        (a.to_vec(), vec![format!("{sign}({size})")])
    };
    let rows: Vec<Texts> = (0..m).map(|_| neuron(random)).collect();
    family(&rows, 3, None)
}

fn nearest_in_star(families: usize) {
    each(
        "nearest in N*",
        [9, families, 2],
        |random| {
            let m = 1 + random.below(3);
            let other = m + usize::from(random.below(8) == 0);
            [balanced(random, m), balanced(random, other)]
        },
        |[gamma, theta]| nearest_in_n_star(gamma, theta, &Watch::none()),
        |[gamma, theta], found, k| {
            let options = Options {
                among: Among::NStar,
                ..Options::default()
            };
            let expected = nearest(&at(gamma, k), &at(theta, k), &options).unwrap();
            match (section(found, k), expected) {
                (InNStar::Nearest { phi, distance, .. }, Answer::Nearest(found)) => {
                    let value = distance.at(k).unwrap();
                    assert!(found.exact().unwrap().compare(&value).is_eq());
                    let equal = difference(phi, Some(theta), &Rational::zero(), k);
                    assert!(equal.is_zero());
                }
                (InNStar::NotInNStar(side), Answer::NotInNStar { network, .. }) => {
                    let other = |side: &Side| matches!(side, Side::Theta);
                    assert_eq!(other(side), other(&network));
                }
                (InNStar::OtherNumber, Answer::OtherNumber { .. }) => {}
                (own, other) => panic!("{own:?} {other:?}"),
            }
        },
    );
}

macro_rules! short_and_long {
    ($($name:ident: $run:ident),* $(,)?) => {
        mod short {
            $(#[test] fn $name() { super::$run(super::SHORT); })*
        }
        mod long {
            $(#[test] #[ignore = "some minutes"] fn $name() { super::$run(super::LONG); })*
        }
    };
}

short_and_long! {
    jump_norms_are_those_of_the_instances: jump_norms,
    seminorms_are_those_of_the_instances: seminorms,
    sup_norms_are_those_of_the_instances: sup_norms,
    canonical_forms_are_those_of_the_instances: forms,
    functions_are_equal_where_the_instances_are: equal_functions,
    degeneracies_are_those_of_the_instances: conditions,
    nearest_parametrizations_are_as_near_as_those_of_the_instances: nearest_parametrizations,
    lower_bounds_are_below_the_instances: separations,
    nearest_in_n_star_are_those_of_the_instances: nearest_in_star,
}
