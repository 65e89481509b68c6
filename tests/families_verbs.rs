//! `eval`, `flips`, `minimal`, `simplify` and `lift` of families for all k: random ones against their instances at k = 1, …, 12, the papers'
//! examples, and what is refused.

mod support;

use relucert::certificate::Range;
use relucert::degeneracy::membership;
use relucert::exact::Rational;
use relucert::family::{
    Expression, Family, Unproved, flips_for_all, lift_for_all, parse, smaller_for_all, values,
};
use relucert::network::{Biased, Network, from_certificate};
use relucert::parametrizations::{Flippable, Limits, Outcome, flippable, simplify};
use relucert::realization::CanonicalForm;
use relucert::stability::is_lift;
use relucert::watch::Watch;
use serde_json::json;
use support::cli::{Files, example, json, relucert, verified};

/// The k that answers for all k are compared at.
const LAST: u64 = 12;

struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }

    fn pick<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len())]
    }
}

const ENTRIES: &[&str] = &[
    "0", "0", "1", "1", "-1", "2", "-3", "1/2", "k", "-k", "1/k", "k-3", "3-k", "k+1", "2*k-5",
    "-1/k^2", "k^2-4",
];
const FACTORS: &[&str] = &[
    "2",
    "1/3",
    "k",
    "1/k",
    "(k+1)/k",
    "sqrt(2)",
    "sqrt(k)",
    "sqrt((k+1)/k)",
];

/// The texts of a neuron's inner weights (with the bias, if there is one) and outer weights.
type Texts = (Vec<String>, Vec<String>);

fn times(row: &[String], factor: &str) -> Vec<String> {
    row.iter().map(|e| format!("({e})*({factor})")).collect()
}

/// A family with dead, constant, parallel and opposite neurons, ones that flip together, and rescalings by roots; entries vanish at single k.
fn random_family(random: &mut Random) -> Family {
    let (d, outputs) = (1 + random.below(2), 1 + random.below(4) / 3);
    let biased = random.below(2) == 0;
    let width = d + usize::from(biased);
    let mut neurons: Vec<Texts> = Vec::new();
    for i in 0..1 + random.below(5) {
        let row = |random: &mut Random, n: usize| -> Vec<String> {
            (0..n).map(|_| random.pick(ENTRIES).to_owned()).collect()
        };
        let mut neuron = (row(random, width), row(random, outputs));
        if i > 0 {
            let other = neurons[random.below(i)].clone();
            match random.below(6) {
                // Parallel, opposite, or minus the sum of two, with the same outer weights.
                0 => neuron.0 = times(&other.0, random.pick(&["2", "1/3", "k", "(k+1)/k"])),
                1 => neuron.0 = times(&other.0, random.pick(&["-1", "-k", "-1/2"])),
                2 => {
                    let third = &neurons[random.below(i)].0;
                    let sum = other
                        .0
                        .iter()
                        .zip(third)
                        .map(|(x, y)| format!("-({x})-({y})"));
                    neuron = (sum.collect(), other.1);
                }
                // The last one of its line, with the other sign: they cancel.
                3 => neuron = (other.0, times(&other.1, "-1")),
                _ => {}
            }
        }
        match random.below(12) {
            0 => neuron.1 = vec!["0".to_owned(); outputs],
            1 => neuron.0[..d].iter_mut().for_each(|e| "0".clone_into(e)),
            _ => {}
        }
        neurons.push(neuron);
    }
    for neuron in &mut neurons {
        if random.below(3) == 0 {
            let factor = random.pick(FACTORS);
            neuron.0 = times(&neuron.0, factor);
            neuron.1 = times(&neuron.1, &format!("1/({factor})"));
        }
    }
    let rows = |part: &dyn Fn(&Texts) -> Vec<String>| neurons.iter().map(part).collect::<Vec<_>>();
    let mut object = json!({
        "parameter": "k",
        "a": rows(&|n| n.0[..d].to_vec()),
        "c": rows(&|n| n.1.clone()),
    });
    if biased {
        object["b"] = neurons.iter().map(|n| n.0[d].clone()).collect();
        object["e"] = (0..outputs).map(|_| random.pick(ENTRIES)).collect();
    }
    Family::from_json("random.json", &object.to_string()).unwrap()
}

fn at(family: &Family, k: u64) -> Network {
    from_certificate(&family.instance(k).unwrap()).unwrap()
}

fn contains(range: &Range, k: u64) -> bool {
    range.first() <= k && range.end().is_none_or(|end| k < end)
}

/// The section of a k; there is exactly one.
fn section<T>(parts: &[(Range, T)], k: u64) -> &T {
    let mut found = parts.iter().filter(|(range, _)| contains(range, k));
    let (_, answer) = found.next().expect("a section");
    assert!(found.next().is_none());
    answer
}

/// What a verb answers for 500 families; what is declined is counted, and must be seldom.
fn for_random<T>(
    seed: u64,
    answer: impl Fn(&Family, &mut Random) -> Result<T, Unproved>,
    compare: impl Fn(&Family, &T, u64),
) {
    let (mut random, mut declined) = (Random(seed), Vec::new());
    for _ in 0..500 {
        let family = random_family(&mut random);
        match answer(&family, &mut random) {
            Ok(answer) => (1..=LAST).for_each(|k| compare(&family, &answer, k)),
            Err(reason) => declined.push(reason.to_string()),
        }
    }
    assert!(declined.len() <= 10, "{declined:#?}");
}

#[test]
fn values_are_those_of_the_instances() {
    const POINTS: &[&str] = &["0", "1", "-2", "1/3", "k", "1/k", "2-k", "k-5"];
    for_random(
        1,
        |family, random| {
            let point = |random: &mut Random| -> Vec<Expression> {
                let coordinates = 0..family.inputs();
                coordinates
                    .map(|_| parse(random.pick(POINTS)).unwrap())
                    .collect()
            };
            let points = vec![point(random), point(random)];
            Ok((values(family, &points, &Watch::none())?, points))
        },
        |family, (parts, points), k| {
            let network = at(family, k);
            for (point, value) in points.iter().zip(section(parts, k)) {
                let point = point
                    .iter()
                    .map(|x| x.at(k).unwrap().to_rational().unwrap().clone());
                let expected = network.eval(&point.collect::<Vec<Rational>>()).unwrap();
                let found: Vec<_> = value.iter().map(|e| e.at(k).unwrap()).collect();
                let expected: Vec<_> = expected.into_iter().map(Into::into).collect();
                assert_eq!(found, expected, "{family:?} at {k}");
            }
        },
    );
}

fn sets(found: &Flippable) -> &Vec<Vec<usize>> {
    match &found.outcome {
        Outcome::All(solutions) => &solutions.sets,
        Outcome::Unknown { found, .. } => found,
    }
}

#[test]
fn flips_are_those_of_the_instances() {
    let limits = Limits::default();
    for_random(
        2,
        |family, _| flips_for_all(family, &limits),
        |family, found, k| {
            let found = section(&found.parts, k);
            let expected = flippable(&at(family, k), &limits).unwrap();
            assert_eq!(sets(found), sets(&expected), "{family:?} at {k}");
            assert_eq!(
                (&found.dead, &found.shared, found.unique()),
                (&expected.dead, &expected.shared, expected.unique()),
                "{family:?} at {k}"
            );
        },
    );
}

fn form(network: &Network) -> CanonicalForm {
    let biased = match network {
        Network::Shallow(network) => Network::Biased(Biased::from(network.clone())),
        other => other.clone(),
    };
    CanonicalForm::of(&biased).unwrap()
}

fn smaller_networks(seed: u64, balance: bool) {
    let limits = Limits::default();
    for_random(
        seed,
        |family, _| smaller_for_all(family, balance, &limits),
        |family, found, k| {
            let found = section(&found.parts, k);
            let network = at(family, k);
            let expected = simplify(&network, balance, &limits).unwrap().unwrap();
            let minimal = &expected.minimal;
            assert_eq!(found.least(), minimal.least(), "{family:?} at {k}");
            assert_eq!(found.kinks, minimal.kinks);
            assert_eq!(
                (&found.dead, &found.constant, &found.merged),
                (&expected.dead, &expected.constant, &expected.merged),
                "{family:?} at {k}"
            );
            assert_eq!(found.network.neurons().len(), found.upper.max(1));
            let smaller = at(&found.network, k);
            let difference = form(&smaller).minus(&form(&network)).unwrap();
            assert!(
                difference.is_zero(),
                "{family:?} at {k}: {:?}",
                found.network
            );
            if balance {
                let neurons = match &smaller {
                    Network::Shallow(network) => network.neurons(),
                    Network::Biased(network) => network.rows().neurons(),
                    Network::Deep(_) => panic!("a deep network"),
                };
                let balanced = neurons.iter().all(|n| n.inner_size() == n.outer_size());
                assert!(balanced, "{family:?} at {k}");
            }
        },
    );
}

#[test]
fn least_networks_are_those_of_the_instances() {
    smaller_networks(3, false);
}

#[test]
fn balanced_networks_are_those_of_the_instances() {
    smaller_networks(4, true);
}

#[test]
fn lifts_are_lifts_at_every_instance() {
    for_random(
        5,
        |family, _| lift_for_all(family, false, &Watch::none()),
        |family, found, k| {
            let found = section(found, k);
            let theta = match at(family, k) {
                Network::Shallow(network) => network.into(),
                Network::Biased(network) => network,
                Network::Deep(_) => panic!("a deep network"),
            };
            let Network::Shallow(gamma) = at(&found.network, k) else {
                panic!("a lift with biases");
            };
            assert!(found.realises && found.n_star, "{family:?} at {k}");
            assert!(is_lift(&gamma, &theta), "{family:?} at {k}");
            assert!(membership(&gamma).in_n_star(), "{family:?} at {k}");
            assert_eq!(gamma.neurons().len(), theta.rows().neurons().len() + 1);
        },
    );
}

#[test]
fn published_lifts_leave_n_star_where_those_of_the_instances_do() {
    for_random(
        6,
        |family, _| lift_for_all(family, true, &Watch::none()),
        |family, found, k| {
            let found = section(found, k);
            let Network::Shallow(gamma) = at(&found.network, k) else {
                panic!("a lift with biases");
            };
            assert!(found.realises, "{family:?} at {k}: {:?}", found.network);
            assert_eq!(
                found.n_star,
                membership(&gamma).in_n_star(),
                "{family:?} at {k}"
            );
        },
    );
}

fn path(name: &str) -> String {
    example(&format!("families/{name}"))
}

#[test]
fn the_papers_examples_for_all_k() {
    // Example 2.1: g_k is Γ_k moved by k²; at (1/k, 1) it is ρ(1)·k − ρ(1 − 1/k²)·k.
    let (code, object) = json(&["eval", &path("ex2.1-g"), "--at", "1/k,1"]);
    assert_eq!((code, &object["value"]), (0, &json!(["1/k"])));
    assert_eq!(object["real_from"], json!(1));
    for (name, unique, least) in [
        ("ex2.1-g", true, 2),
        ("ex2.2-g", true, 1),
        ("ex2.3-g", true, 2),
        ("ex2.5-gamma", true, 3),
        ("ex2.5-theta", true, 3),
        ("exA.4-g", true, 1),
    ] {
        let (code, object) = json(&["flips", &path(name)]);
        assert_eq!(object["unique"], json!(unique), "{name}: {object}");
        assert_eq!(code, i32::from(!unique));
        let (code, object) = json(&["minimal", &path(name)]);
        assert_eq!((code, &object["minimal"]), (0, &json!(least)), "{name}");
        let (code, object) = json(&["lift", &path(name)]);
        assert_eq!((code, &object["n_star"]), (0, &json!(true)), "{name}");
    }
    // Figure 4's Φ: six neurons, one kink; at k = 1 its first neuron cancels with the fourth, and a set more flips.
    let (code, object) = json(&["flips", &path("ex2.4-phi")]);
    assert_eq!((code, &object["unique"]), (1, &json!(false)));
    let counts = object["sections"].as_array().unwrap().iter();
    let counts = counts.map(|s| (s["range"].clone(), s["flips"].as_array().unwrap().len()));
    assert_eq!(
        counts.collect::<Vec<_>>(),
        [(json!("k = 1"), 5), (json!("k >= 2"), 4)]
    );
    let files = Files::new();
    let (smaller, certificate) = (files.name("s.json"), files.name("s.rcert"));
    let (code, object) = json(&[
        "simplify",
        &path("ex2.4-phi"),
        "--balance",
        "--output",
        &smaller,
        "-o",
        &certificate,
    ]);
    assert_eq!((code, &object["neurons"]), (0, &json!(1)));
    verified(&certificate, &[]);
    let (code, object) = json(&["equal", &path("ex2.4-phi"), &smaller]);
    assert_eq!((code, &object["equal"]), (0, &json!(true)));
}

#[test]
fn sets_that_flip_at_one_k_alone_are_found_there() {
    let files = Files::new();
    // (k, 0) + (3, 1) + (−10, −1) vanishes at k = 7.
    let family = files.write(
        "f.json",
        r#"{"parameter": "k", "a": [["k","0"],["3","1"],["-10","-1"]], "b": ["1","k","0"], "c": [["1"],["1"],["1"]], "e": ["0"]}"#,
    );
    let (code, object) = json(&["flips", &family]);
    assert_eq!(code, 1, "{object}");
    let sections: Vec<_> = object["sections"].as_array().unwrap().iter().collect();
    let shown = |s: &&serde_json::Value| (s["range"].clone(), s["flips"].clone());
    assert_eq!(
        sections.iter().map(shown).collect::<Vec<_>>(),
        [
            (json!("1 <= k < 7"), json!([])),
            (json!("k = 7"), json!([[0, 1, 2]])),
            (json!("k >= 8"), json!([]))
        ]
    );
    // What is merged depends on k: two neurons are parallel at k = 2 alone.
    let family = files.write(
        "g.json",
        r#"{"parameter": "k", "a": [["1","2"],["1","k"]], "c": [["1"],["1"]]}"#,
    );
    let (code, object) = json(&["minimal", &family]);
    assert_eq!(code, 0, "{object}");
    assert_eq!(object["minimal"], json!(null));
    let numbers = object["sections"].as_array().unwrap().iter();
    let numbers = numbers.map(|s| s["minimal"].as_u64().unwrap());
    assert_eq!(numbers.collect::<Vec<_>>(), [2, 1, 2]);
    let ran = relucert(&["simplify", &family, "--output", &files.name("out.json")]);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(
        ran.stderr.contains("k = 2") && ran.stderr.contains("--output"),
        "{ran:?}"
    );
    assert!(!files.exists("out.json"));
}

#[test]
fn what_is_not_for_families_and_poles_are_named() {
    let files = Files::new();
    let pole = files.write(
        "p.json",
        r#"{"parameter": "k", "a": [["1/(k-4)"]], "b": ["1"], "c": [["1"]], "e": ["0"]}"#,
    );
    for verb in ["flips", "minimal", "simplify", "lift"] {
        let ran = relucert(&[verb, &pole]);
        assert_eq!(ran.code, 2, "{verb}: {ran:?}");
        for word in ["a[0][0]", "1/(k-4)", "k = 4"] {
            assert!(ran.stderr.contains(word), "{verb}: {ran:?}");
        }
    }
    let family = path("ex2.1-g");
    for (arguments, words) in [
        (vec!["eval", &family, "--at", "1/(k-2),1"], "k = 2"),
        (vec!["eval", &family, "--at", "1"], "expected 2"),
        (vec!["lift", &family, "--samples", "s.csv"], "--samples"),
        (vec!["lift", &family, "-o", "c.rcert"], "no certificate yet"),
        (
            vec!["flips", &family, "-o", "c.rcert"],
            "no certificate yet",
        ),
        (vec!["minimal", &family, "-o", "c.rcert"], "-o is not for"),
        (
            vec![
                "simplify",
                &family,
                "--output",
                "n.safetensors",
                "--round",
                "f32",
            ],
            "--round",
        ),
        (
            vec!["simplify", &family, "--output", "n.safetensors"],
            ".json",
        ),
    ] {
        let ran = relucert(&arguments);
        assert_eq!(ran.code, 2, "{ran:?}");
        assert!(ran.stderr.contains(words), "{ran:?}");
    }
    // Contributions with roots: instances have no canonical form of numbers either.
    let roots = files.write(
        "r.json",
        r#"{"parameter": "k", "a": [["1"],["sqrt(k)"],["-1"]], "c": [["1"],["1"],["1"]]}"#,
    );
    let ran = relucert(&["flips", &roots]);
    assert_eq!(ran.code, 3, "{ran:?}");
    assert!(ran.stderr.contains("free of roots"), "{ran:?}");
    // Too many roots that cancel: the fifteenth difference of √k.
    let differences = files.write(
        "d.json",
        r#"{"parameter": "k", "a": [["sqrt(k+1)-15*sqrt(k+2)+105*sqrt(k+3)", "-455*sqrt(k+4)+1365*sqrt(k+5)-3003*sqrt(k+6)",
            "5005*sqrt(k+7)-6435*sqrt(k+8)+6435*sqrt(k+9)", "-5005*sqrt(k+10)+3003*sqrt(k+11)-1365*sqrt(k+12)",
            "455*sqrt(k+13)-105*sqrt(k+14)+15*sqrt(k+15)", "-sqrt(k+16)"]], "c": [["1"]]}"#,
    );
    let ran = relucert(&["eval", &differences, "--at", "1,1,1,1,1,1"]);
    assert_eq!(ran.code, 3, "{ran:?}");
    for words in [
        "+6435*sqrt(k+8)-6435*sqrt(k+9)",
        "for all large k",
        "not decided",
    ] {
        assert!(ran.stderr.contains(words), "{ran:?}");
    }
    // Too many sums that may vanish at large k.
    let large = files.write(
        "l.json",
        r#"{"parameter": "k", "a": [["k"],["-1000000"]], "c": [["1"],["1"]]}"#,
    );
    let ran = relucert(&["flips", &large]);
    assert_eq!(ran.code, 3, "{ran:?}");
    assert!(ran.stderr.contains("at most 5000 smaller k"), "{ran:?}");
}
