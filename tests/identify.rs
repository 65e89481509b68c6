//! `identify`: the rank against one computed from values alone, networks with a known answer, families that keep the function, and certificates.

mod support;

use relucert::Rational;
use relucert::exact::linear;
use relucert::exact::rows::clear_denominators;
use relucert::identify::{Answer, Family, Options, Reason, identify};
use relucert::network::{Deep, Layer, Network};
use relucert::watch::Watch;
use support::Random;
use support::certificates::{accepted, lines, rejected, sealed};
use support::cli::{Files, json, ok, relucert, verified};

fn ratio(p: i64, q: i64) -> Rational {
    Rational::new(p.into(), q.into())
}

/// Layers of these widths, the first of which is that of the inputs.
fn deep(random: &mut Random, widths: &[usize]) -> Vec<Layer> {
    let layers = widths.windows(2).map(|pair| Layer {
        weights: (0..pair[1]).map(|_| random.row(pair[0])).collect(),
        biases: random.row(pair[1]),
    });
    layers.collect()
}

fn network(layers: &[Layer]) -> Network {
    Network::Deep(Deep::new(layers.to_vec()).expect("layers that fit"))
}

/// Every weight and bias.
fn parameters(layers: &mut [Layer]) -> Vec<&mut Rational> {
    let layers = layers.iter_mut();
    layers
        .flat_map(|layer| layer.weights.iter_mut().flatten().chain(&mut layer.biases))
        .collect()
}

/// The values at points around those of the answer: enough to span the affine map of each region.
fn points(answer: &Answer, inputs: usize) -> Vec<Vec<Rational>> {
    let mut points = Vec::new();
    let tiny = Rational::new(1.into(), num_bigint::BigInt::from(1) << 60);
    for line in &answer.lines {
        for stop in &line.stops {
            let pairs = line.from.iter().zip(&line.by);
            let at: Vec<Rational> = pairs.map(|(x, y)| &x.0 + &y.0 * &stop.0).collect();
            points.push(at.clone());
            for k in 0..inputs {
                let mut near = at.clone();
                near[k] += &tiny;
                points.push(near);
            }
        }
    }
    points
}

/// The rank of the derivative at points, by difference quotients, which are exact: each parameter alone enters linearly while signs stay.
fn rank(layers: &[Layer], points: &[Vec<Rational>]) -> usize {
    let tiny = Rational::new(1.into(), num_bigint::BigInt::from(1) << 200);
    let values = |layers: &[Layer]| -> Vec<Rational> {
        let network = network(layers);
        let values = points
            .iter()
            .flat_map(|x| network.eval(x).expect("a point"));
        values.collect()
    };
    let before = values(layers);
    let count = parameters(&mut layers.to_vec()).len();
    let columns = (0..count).map(|k| {
        let mut moved = layers.to_vec();
        *parameters(&mut moved)[k] += &tiny;
        let after = values(&moved);
        let slopes = after.iter().zip(&before).map(|(y, x)| (y - x) / &tiny);
        clear_denominators(&slopes.collect::<Vec<_>>()).entries
    });
    let columns: Vec<_> = columns.collect();
    linear::rank(&columns, before.len(), &Watch::none()).expect("no limit")
}

/// Whether no pre-activation is 0 at the point.
fn has_signs(layers: &[Layer], x: &[Rational]) -> bool {
    let zero = ratio(0, 1);
    (1..layers.len()).all(|count| {
        let values = network(&layers[..count]).eval(x).expect("a point");
        !values.contains(&zero)
    })
}

#[test]
fn the_rank_is_that_of_difference_quotients() {
    let mut yes = 0;
    for seed in 1..25 {
        let mut random = Random::new(seed);
        let shapes: [&[usize]; 6] = [
            &[2, 3, 1],
            &[1, 3, 2],
            &[2, 2, 2, 1],
            &[2, 3, 2, 2],
            &[1, 2, 2, 2, 1],
            &[3, 4, 1],
        ];
        let layers = deep(&mut random, shapes[seed as usize % 6]);
        let answer = identify(&network(&layers), &Options::default());
        if answer.identifiable() == Some(true) {
            yes += 1;
            let points = points(&answer, network(&layers).inputs());
            assert_eq!(rank(&layers, &points), answer.full(), "seed {seed}");
        } else {
            let points = (0..60).map(|_| random.row(network(&layers).inputs()));
            let points: Vec<_> = points.filter(|x| has_signs(&layers, x)).collect();
            let found = rank(&layers, &points);
            let refuted = answer.identifiable() == Some(false);
            assert!(found < answer.full() || !refuted, "seed {seed}");
        }
    }
    assert!(yes > 5, "{yes}");
}

/// θ + tδ.
fn moved(layers: &[Layer], family: &Family, t: &Rational) -> Vec<Layer> {
    let mut moved = layers.to_vec();
    for change in &family.changes {
        let layer = &mut moved[change.layer];
        let entry = match change.column {
            Some(column) => &mut layer.weights[change.row][column],
            None => &mut layer.biases[change.row],
        };
        *entry += &change.by * t;
    }
    moved
}

/// A way to spoil a hidden neuron of the first or second layer, and the reason it is to be blamed for.
type Spoil = (fn(&mut Vec<Layer>), Reason);

#[test]
fn planted_degeneracies_are_families_that_keep_the_function() {
    let spoils: [Spoil; 6] = [
        (
            |layers| {
                for row in &mut layers[1].weights {
                    row[1] = ratio(0, 1);
                }
            },
            Reason::Unheard,
        ),
        (
            |layers| {
                layers[1].weights[1] = vec![ratio(-1, 2), ratio(0, 1), ratio(-3, 1)];
                layers[1].biases[1] = ratio(-1, 3);
            },
            Reason::Silent,
        ),
        (
            |layers| {
                layers[1].weights[0] = vec![ratio(1, 2), ratio(2, 1), ratio(0, 1)];
                layers[1].biases[0] = ratio(1, 3);
            },
            Reason::Linear,
        ),
        (
            |layers| {
                let row = layers[1].weights[0].iter().map(|x| x * ratio(3, 2));
                layers[1].weights[2] = row.collect();
                layers[1].biases[2] = &layers[1].biases[0] * ratio(3, 2);
            },
            Reason::Parallel,
        ),
        (
            |layers| {
                let row = layers[0].weights[0].iter().map(|x| x * ratio(-2, 1));
                layers[0].weights[2] = row.collect();
                layers[0].biases[2] = &layers[0].biases[0] * ratio(-2, 1);
                for row in &mut layers[1].weights {
                    row[0] = &row[2] * ratio(-2, 1);
                }
            },
            Reason::Fold,
        ),
        (
            |layers| {
                let first = &mut layers[0];
                let opposite =
                    |row: &[Rational], by| row.iter().map(|x| x * ratio(by, 1)).collect();
                first.weights[1] = opposite(&first.weights[0], -1);
                first.biases[1] = -&first.biases[0];
                first.weights[2] = opposite(&first.weights[0], 1);
                first.biases[2] = &first.biases[0] + ratio(5, 1);
                first.weights.push(opposite(&first.weights[2], -3));
                first.biases.push(&first.biases[2] * ratio(-3, 1));
                for row in &mut layers[1].weights {
                    row.push(ratio(7, 3));
                }
            },
            Reason::Opposite,
        ),
    ];
    for (n, (spoil, reason)) in spoils.into_iter().enumerate() {
        for seed in 1..4 {
            let mut random = Random::new(100 * n as u64 + seed);
            let mut layers = deep(&mut random, &[2, 3, 3, 2]);
            spoil(&mut layers);
            let answer = identify(&network(&layers), &Options::default());
            assert_eq!(answer.identifiable(), Some(false), "{reason:?} {seed}");
            assert!(answer.rank < answer.full(), "{reason:?} {seed}");
            let mut families = answer.families.iter();
            assert!(
                families.any(|f| f.reason == reason),
                "{reason:?} {seed}: {answer:?}"
            );
            for family in &answer.families {
                assert!(!family.changes.is_empty());
                for t in [ratio(1, 1000), ratio(1, 1), ratio(70, 1)] {
                    let moved = network(&moved(&layers, family, &t));
                    for _ in 0..20 {
                        let x = random.row(2);
                        let values = [&network(&layers), &moved].map(|n| n.eval(&x));
                        assert_eq!(values[0], values[1], "{family:?}");
                    }
                }
            }
        }
    }
}

const DEEP: &str = r#"{"layers":[{"weights":[["1","2"],["-1","1"],["1/2","-3"]],"biases":["1","-1","1/3"]},{"weights":[["1","-2","1"],["2","1","-1"]],"biases":["-1","1/2"]},{"weights":[["1","1"]],"biases":["0"]}]}"#;

#[test]
fn answers_codes_and_certificates() {
    let files = Files::new();
    let cases = [
        (
            "shallow",
            r#"{"a": [["1","2"],["3","-1"]], "c": [["1"],["2"]]}"#,
            0,
        ),
        (
            "radicals",
            r#"{"a": [["sqrt(2)","2*sqrt(2)"],["3","-1"]], "c": [["sqrt(2)"],["2"]]}"#,
            0,
        ),
        (
            "biased",
            r#"{"a": [["1"],["2"]], "b": ["1","3"], "c": [["1","0"],["2","1"]], "e": ["0","5"]}"#,
            0,
        ),
        (
            "opposite",
            r#"{"a": [["1","0"],["-1","0"],["0","1"]], "c": [["1"],["2"],["1"]]}"#,
            0,
        ),
        ("deep", DEEP, 0),
        (
            "affine",
            r#"{"layers":[{"weights":[["1","2"]],"biases":["0"]}]}"#,
            0,
        ),
        (
            "parallel",
            r#"{"a": [["1","2"],["2","4"]], "c": [["1"],["2"]]}"#,
            1,
        ),
        (
            "dead",
            r#"{"a": [["1","2"],["3","4"]], "c": [["1"],["0"]]}"#,
            1,
        ),
        (
            "zero",
            r#"{"a": [["1","2"],["0","0"]], "c": [["1","1"],["0","1"]]}"#,
            1,
        ),
        (
            "three-opposite",
            r#"{"a": [["1","0"],["-1","0"],["0","1"],["0","-2"],["1","1"],["-1","-1"]], "c": [["1"],["2"],["3"],["1"],["1"],["4"]]}"#,
            1,
        ),
    ];
    for (name, text, code) in cases {
        let path = files.write(&format!("{name}.json"), text);
        let certificate = files.name(&format!("{name}.rcert"));
        let (found, object) = json(&["identify", &path, "-o", &certificate]);
        assert_eq!(found, code, "{name}: {object}");
        assert_eq!(object["relucert"], "identify/1");
        assert_eq!(object["identifiable"], code == 0, "{name}");
        assert_eq!(object["rank"] == object["full"], code == 0, "{name}");
        assert_eq!(files.exists(&format!("{name}.rcert")), code == 0, "{name}");
        if code == 0 {
            let said = verified(&certificate, &["--gamma", &path]).stdout;
            assert!(said.contains("Γ is locally identifiable"), "{said}");
            let told = ok(&["explain", &certificate]).stdout;
            assert!(told.contains("has at most the rank P − h"), "{told}");
        } else {
            assert!(!object["families"].as_array().expect("a list").is_empty());
        }
    }
    // A dead direction that is no rescaling is not shown by a rank that falls short.
    let open = files.write("open.json", cases[3].1);
    let ran = relucert(&["identify", &open, "--max-open", "0"]);
    assert_eq!(ran.code, 3);
    assert!(ran.stdout.contains("not known") && ran.stderr.contains("which proves nothing"));
}

#[test]
fn forged_certificates_are_rejected() {
    let files = Files::new();
    let path = files.write("deep.json", DEEP);
    let certificate = files.name("deep.rcert");
    ok(&["identify", &path, "-o", &certificate]);
    let text = files.text("deep.rcert").expect("it is written");
    accepted(&text);
    let forged = |from: &str, to: &str| {
        let lines: Vec<String> = lines(&text);
        let changed: Vec<String> = lines
            .iter()
            .map(|line| line.replacen(from, to, 1))
            .collect();
        assert_ne!(lines, changed, "{from}");
        sealed(&changed)
    };
    rejected(
        &forged("\"rank\":15}", "\"rank\":14}"),
        "no step shows that the rank is that of the claim",
    );
    rejected(
        &forged("2305843009213693951", "2305843009213693949"),
        "a prime between 2^60 and 2^61",
    );
    // Without its dead neurons another network has another rank.
    let dead =
        r#"{"layers":[{"weights":["1 1"],"biases":"1"},{"weights":["0","0"],"biases":"1 2"}]}"#;
    let lines = [
        r#"{"relucert":"certificate/2","producer":"a test"}"#.to_owned(),
        format!(
            r#"{{"statement":{{"networks":{{"gamma":{dead}}},"claim":{{"deep-identifiable":{{"rank":6}}}}}}}}"#
        ),
        r#"{"step":1,"fact":{"deep":{"drop":{"of":"gamma","layer":0,"neurons":[0]}}}}"#.to_owned(),
        r#"{"step":2,"fact":{"deep":{"shorten":{"of":"gamma","layer":0}}}}"#.to_owned(),
        r#"{"step":3,"fact":{"deep":{"rank":{"prime":"2305843009213693951","lines":[]}}}}"#
            .to_owned(),
    ];
    rejected(&sealed(&lines), "before it is rewritten");
}
