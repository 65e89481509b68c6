//! `eval`, `flips`, `minimal`, `simplify` and `lift` of families for all k: random ones against their instances at k = 1, …, 12, the papers'
//! examples, and what is refused.

mod support;

use relucert::degeneracy::membership;
use relucert::exact::Rational;
use relucert::family::{
    Expression, Family, Unproved, flips_for_all, lift_for_all, parse, smaller_for_all, values,
};
use relucert::network::{Biased, Network};
use relucert::parametrizations::{Flippable, Limits, Outcome, flippable, simplify};
use relucert::realization::CanonicalForm;
use relucert::stability::is_lift;
use relucert::watch::Watch;
use serde_json::json;
use support::Random;
use support::cli::{Files, example, json, ok, relucert, verified};
use support::families::{LAST, at, random_family, section};

/// What a verb answers for 500 families; what is declined is counted, and must be seldom.
fn for_random<T>(
    seed: u64,
    answer: impl Fn(&Family, &mut Random) -> Result<T, Unproved>,
    compare: impl Fn(&Family, &T, u64),
) {
    let (mut random, mut declined) = (Random::new(seed), Vec::new());
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
        let files = Files::new();
        for (verb, kind) in [("flips", "flips"), ("minimal", "minimal"), ("lift", "lift")] {
            let certificate = files.name(&format!("{verb}.rcert"));
            ok(&[verb, &path(name), "-o", &certificate]);
            verified(
                &certificate,
                &[
                    "--gamma",
                    &path(name),
                    "--expect",
                    &format!("for-all-k={kind}"),
                ],
            );
            let told = ok(&["explain", &certificate]).stdout;
            assert!(told.contains("A statement for every integer k"), "{told}");
        }
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
    let certificate = files.name("f.rcert");
    relucert(&["flips", &family, "-o", &certificate]);
    verified(&certificate, &["--gamma", &family]);
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
    // Neurons on one hyperplane at one k: what flips there has no certificate.
    let meet = files.write(
        "m.json",
        r#"{"parameter": "k", "a": [["1","2"],["1","k"]], "c": [["1"],["1"]]}"#,
    );
    let ran = relucert(&["flips", &meet, "-o", &files.name("m.rcert")]);
    assert!(
        ran.stderr
            .contains("live and on different hyperplanes at every k"),
        "{ran:?}"
    );
    assert!(!files.exists("m.rcert"));
    let ran = relucert(&["lift", &meet, "--published", "-o", &files.name("m.rcert")]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(
        ran.stderr.contains("the published construction leaves N*"),
        "{ran:?}"
    );
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

/// A family is written in its normal form: the same for all k, and once more the same bytes.
#[test]
fn convert_writes_families() {
    let files = Files::new();
    let [first, second] = ["first.json", "second.json"].map(|name| files.name(name));
    let roots = files.write(
        "roots.json",
        r#"{"parameter":"k","a":[["sqrt(8*k)/2","1-1/(k+1)"]],"b":["k^(-1/2)"],"c":[["0.5"]],"e":["2*k/k"]}"#,
    );
    for family in [example("families/ex2.1-g"), roots] {
        let object = ok(&["convert", &family, &first, "--json"]).json();
        assert_eq!(object["format"], json!("json"));
        ok(&["equal", &family, &first]);
        ok(&["convert", &first, &second]);
        let [one, two] = [&first, &second].map(|path| std::fs::read(path).unwrap());
        assert_eq!(one, two);
    }
}

/// A bound that a nearer parametrization refutes is answered no, with the distance; one that is neither proved nor refuted is not answered.
#[test]
fn a_bound_that_is_too_large_is_refuted() {
    let pair = [
        "separated",
        "examples/families/ex2.5-gamma.json",
        "examples/families/ex2.5-theta.json",
    ];
    let (code, answer) = json(&[&pair[..], &["--at-least", "2*k"]].concat());
    assert_eq!(code, 1, "{answer}");
    assert_eq!(answer["refuted_at"], 1);
    assert_eq!(answer["distance"], "k*sqrt(2)");
    let files = Files::new();
    let certificate = files.name("no.rcert");
    let refused = relucert(&[&pair[..], &["--at-least", "2*k", "-o", &certificate]].concat());
    assert!(
        refused.code == 1 && refused.stdout.contains("refuted") && !files.exists("no.rcert"),
        "{refused:?}"
    );
    let (code, answer) = json(&[&pair[..], &["--at-least", "k"]].concat());
    assert_eq!((code, answer.get("refuted_at")), (0, None), "{answer}");
}
