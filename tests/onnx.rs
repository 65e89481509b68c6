//! ONNX models as scikit-learn, PyTorch and others write them: every number exactly, whatever the graph looks like.
//!
//! `tests/scripts/onnx_models.py` has made the models and their values, in fractions by an oracle of its own and as onnxruntime computes them.

mod support;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use num_traits::Zero as _;
use proptest::prelude::*;
use relucert::exact::Rational;
use relucert::exact::text::parse_rational;
use relucert::network::file::{
    Format, Layout, Precision, Reading, Rounding, Source, network_from_bytes, read_network,
    to_onnx, to_safetensors,
};
use relucert::network::{Deep, Layer, Network};
use serde_json::Value;
use support::cli::{Files, json, ok, relucert, run, verified};
use support::onnx as bytes;

const MODELS: &str = "tests/networks/onnx";

/// Where other networks are, if they are there.
fn others() -> PathBuf {
    std::env::var_os("RELUCERT_NETWORKS").map_or_else(|| "../shared/networks".into(), PathBuf::from)
}

fn expected(name: &str) -> BTreeMap<String, Value> {
    let text = std::fs::read_to_string(Path::new(MODELS).join(name)).expect("it is there");
    serde_json::from_str(&text).expect("JSON")
}

fn reading(path: &Path) -> Reading {
    let source = Source::open(path)
        .expect("a file")
        .with_batch_norm(Precision::F32);
    source.network().unwrap_or_else(|error| panic!("{error}"))
}

fn numbers(list: &Value) -> Vec<Rational> {
    let numbers = list.as_array().expect("a list").iter();
    let text = |number: &Value| number.as_str().expect("text").to_owned();
    // Python writes 0x1.8000000000000p+1.
    let numbers = numbers.map(|number| parse_rational(&text(number).replace("p+", "p")));
    numbers.map(|number| number.expect("a number")).collect()
}

/// Every parameter, without the zeros that stand for biases that are not there.
fn parameters(network: &Network) -> Vec<Rational> {
    let rational = |x: &relucert::exact::Surd| x.to_rational().expect("rational").clone();
    match network {
        Network::Deep(deep) => {
            let layers = deep.layers().iter();
            layers
                .flat_map(|l| l.weights.iter().flatten().chain(&l.biases))
                .cloned()
                .collect()
        }
        Network::Shallow(rows) => {
            let neurons = rows.neurons().iter();
            let all = neurons.flat_map(|n| [n.inner_weights(), n.outer_weights()].concat());
            all.map(|x| rational(&x)).collect()
        }
        Network::Biased(biased) => {
            let neurons = biased.rows().neurons().iter();
            let all = neurons.flat_map(|n| [n.inner_weights(), n.outer_weights()].concat());
            all.map(|x| rational(&x))
                .chain(biased.offset().to_vec())
                .collect()
        }
    }
}

/// Exactly what the oracle says, and what onnxruntime computes but for the errors of floats.
fn agrees(name: &str, network: &Network, entry: &Value) -> Result<(), String> {
    let lists = |field: &str| -> Vec<Vec<Rational>> {
        let lists = entry[field].as_array().expect("lists").iter();
        lists.map(numbers).collect()
    };
    let tolerance = if entry["double"] == true {
        "1e-13"
    } else {
        "4e-6"
    };
    let tolerance = parse_rational(tolerance).expect("a number");
    let runtime = lists("runtime");
    for ((point, value), floats) in lists("points").iter().zip(lists("values")).zip(runtime) {
        let found = network
            .eval(point)
            .map_err(|error| format!("{name}: {error}"))?;
        if found != value {
            return Err(format!("{name}: {found:?}, expected {value:?}"));
        }
        let size = |x: &Rational| if *x < Rational::zero() { -x } else { x.clone() };
        let largest =
            value.iter().map(size).max().unwrap_or_default() + Rational::from_integer(1.into());
        if found
            .iter()
            .zip(&floats)
            .any(|(x, y)| size(&(x - y)) > &largest * &tolerance)
            || floats.len() != found.len()
        {
            return Err(format!("{name}: {found:?}, but onnxruntime {floats:?}"));
        }
    }
    Ok(())
}

#[test]
fn exported_models_are_read_exactly() {
    let all = expected("expected.json");
    let problems: Vec<String> = all
        .iter()
        .filter_map(|(name, entry)| {
            let network = reading(&Path::new(MODELS).join(format!("{name}.onnx"))).network;
            let known = entry.get("sum").and_then(Value::as_str);
            if let Some(sum) = known {
                let found = parameters(&network);
                let count = found.len() as u64;
                let exact = found.iter().sum::<Rational>().to_string();
                if exact != sum || Some(count) != entry["parameters"].as_u64() {
                    return Some(format!(
                        "{name}: {count} parameters of sum {exact}, expected {sum}"
                    ));
                }
            }
            agrees(name, &network, entry).err()
        })
        .collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    let from = |source: &str| {
        all.values()
            .filter(|entry| entry["source"] == source)
            .count()
    };
    assert!(
        from("scikit-learn") + from("PyTorch") >= 20,
        "{}",
        all.len()
    );
}

#[test]
fn other_networks_are_read_exactly() {
    let folder = others();
    if !folder.is_dir() {
        eprintln!(
            "skipped: there is no folder {} (RELUCERT_NETWORKS says where it is)",
            folder.display()
        );
        return;
    }
    for (name, entry) in expected("others.json") {
        let network = reading(&folder.join(&name)).network;
        agrees(&name, &network, &entry).unwrap();
        // Unrolled weights stand in several places; ACAS Xu subtracts means of 0, and a model that ends in a ReLU has an identity behind it.
        let plain = !name.contains("nano") && entry["unrolled"] != true;
        if plain {
            let found = parameters(&network);
            assert_eq!(
                found.iter().sum::<Rational>().to_string(),
                entry["sum"].as_str().unwrap(),
                "{name}"
            );
            let means = if name.contains("ACASXU") { 5 } else { 0 };
            assert_eq!(
                found.len() as u64 + means,
                entry["parameters"].as_u64().unwrap(),
                "{name}"
            );
        }
        let tensors = folder.join(&name).with_extension("safetensors");
        if tensors.is_file() {
            assert_eq!(network, read_network(&tensors).unwrap(), "{name}");
        }
    }
}

#[test]
fn the_same_network_in_three_formats_is_one() {
    let files = Files::new();
    let given = network_from_bytes(
        "n.json",
        br#"{"a": [["1/2","3"],["-1","0.25"]], "b": ["0","0"], "c": [["2"],["5/8"]], "e": ["7"]}"#,
    );
    let network = given.unwrap();
    let names = Layout::Neurons;
    let onnx = to_onnx(&network, &names, Rounding::Refused).unwrap();
    let tensors = to_safetensors(&network, &names, Rounding::Refused).unwrap();
    assert_eq!(onnx.precision, Some(Precision::F32));
    let (a, b) = (
        files.write("a.onnx", &onnx.bytes),
        files.write("b.safetensors", &tensors.bytes),
    );
    assert_eq!(read_network(Path::new(&a)).unwrap(), network);
    assert_eq!(read_network(Path::new(&b)).unwrap(), network);
    let cert = files.name("x.rcert");
    ok(&["equal", &a, &b, "-o", &cert]);
    verified(&cert, &["--theta", &b]);
    // Written for a double, and rounded where that is asked for.
    let third = network_from_bytes("n.json", br#"{"a": [["1/3"]], "c": [["1"]]}"#).unwrap();
    let refused = to_onnx(&third, &names, Rounding::Refused)
        .unwrap_err()
        .to_string();
    assert_eq!(
        refused,
        "found 0.weight[0][0] = 1/3, expected a number that is f64 exactly"
    );
    let rounded = to_onnx(&third, &names, Rounding::To(Precision::F16)).unwrap();
    assert_eq!(
        (rounded.rounded, rounded.precision),
        (1, Some(Precision::F16))
    );
    let again = network_from_bytes("x.onnx", &rounded.bytes).unwrap();
    assert_eq!(again, rounded.network);
}

#[test]
fn results_are_written_as_models() {
    let files = Files::new();
    let path = format!("{MODELS}/pt_mlp.onnx");
    let phi = files.name("phi.onnx");
    ok(&["nearest", &path, &path, "--phi-out", &phi]);
    assert_eq!(
        read_network(Path::new(&phi)).unwrap(),
        read_network(Path::new(&path)).unwrap()
    );
    let third = files.write("third.json", r#"{"a": [["1/3"]], "c": [["1"]]}"#);
    let ran = relucert(&[
        "nearest",
        &third,
        &third,
        "--phi-out",
        &files.name("p.onnx"),
    ]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("p.onnx: found 0.weight[0][0] = 1/3"),
        "{ran:?}"
    );
    assert!(!files.exists("p.onnx"));
    ok(&[
        "nearest",
        &third,
        &third,
        "--phi-out",
        &files.name("p.onnx"),
        "--round",
        "f32",
    ]);
}

proptest! {
    /// Any finite floats, at any depth.
    #[test]
    fn what_is_written_is_read_bit_for_bit(
        sides in proptest::collection::vec(1usize..4, 2..6),
        words in proptest::collection::vec(any::<u64>(), 80),
        double in any::<bool>(),
    ) {
        let mut words = words.into_iter().cycle();
        let mut number = || loop {
            let word = words.next().unwrap_or_default();
            let value = if double { f64::from_bits(word) } else { f32::from_bits(word as u32).into() };
            match Rational::from_float(value) {
                Some(value) => break value,
                None => words = vec![word.rotate_left(1) ^ 0x5555].into_iter().cycle(),
            }
        };
        let layers = sides.windows(2).map(|pair| Layer {
            weights: (0..pair[1]).map(|_| (0..pair[0]).map(|_| number()).collect()).collect(),
            biases: (0..pair[1]).map(|_| number()).collect(),
        });
        let network = Network::from_layers(layers.collect(), true).unwrap();
        let file = to_onnx(&network, &Layout::Layers, Rounding::Refused).unwrap();
        let source = Source::new("x.onnx", Format::Onnx, file.bytes.clone()).unwrap();
        let reading = source.network().unwrap();
        prop_assert_eq!(&reading.network, &network);
        // Equal networks, equal bytes: also through the names that the reader gives.
        let again = to_onnx(&reading.network, &reading.layout, Rounding::Refused).unwrap();
        prop_assert_eq!(again.bytes, file.bytes);
    }

    /// Damaged files are refused or read, and nothing else happens.
    #[test]
    fn damage_is_survived(
        changes in proptest::collection::vec((any::<u16>(), any::<u8>()), 1..5),
        cut in 0u8..16,
        model in 0usize..8,
    ) {
        let names = ["pt_mlp", "pt_conv", "pt_residual", "sk_binary", "places", "constants", "pool_same", "batch_norm"];
        let mut bytes = std::fs::read(format!("{MODELS}/{}.onnx", names[model])).unwrap();
        for (place, byte) in changes {
            let place = usize::from(place) % bytes.len();
            bytes[place] = byte;
            if cut == 0 {
                bytes.truncate(place.max(1));
            }
        }
        let source = Source::new("x", Format::Onnx, bytes).unwrap();
        let _ = source.with_batch_norm(Precision::F32).network();
    }
}

#[test]
fn shapes_of_networks_are_those_of_the_graphs() {
    let layers = |name: &str| match reading(&Path::new(MODELS).join(name)).network {
        Network::Deep(deep) => Deep::layers(&deep)
            .iter()
            .map(|l| l.weights.len())
            .collect(),
        network => vec![parameters(&network).len()],
    };
    assert!(matches!(
        reading(&Path::new(MODELS).join("pt_plain.onnx")).network,
        Network::Shallow(_)
    ));
    assert!(matches!(
        reading(&Path::new(MODELS).join("pt_mlp.onnx")).network,
        Network::Biased(_)
    ));
    // Two neurons a number for the leaky activations.
    assert_eq!(layers("pt_leaky.onnx"), [12, 6, 2]);
    assert_eq!(layers("affine.onnx"), [2]);
    // 5 neurons, and 6 inputs that go round them by two each: weights and biases of two layers.
    assert_eq!(layers("pt_residual.onnx"), [17 * (6 + 1) + 6 * (17 + 1)]);
    // 3 neurons, then 3 more and the first 3 carried.
    assert_eq!(layers("pt_branches.onnx"), [3, 6, 2]);
}

#[test]
fn what_is_passed_over_is_said() {
    let notes = |name: &str| {
        let path = format!("{MODELS}/{name}.onnx");
        let inputs = read_network(Path::new(&path)).unwrap().inputs();
        let at = vec!["1"; inputs].join(",");
        let (code, object) = json(&["eval", &path, "--at", &at]);
        assert_eq!(code, 0);
        let plain = ok(&["eval", &path, "--at", &at]);
        let notes = object
            .get("notes")
            .cloned()
            .unwrap_or(Value::Array(Vec::new()));
        let notes: Vec<String> = serde_json::from_value(notes).unwrap();
        for note in &notes {
            assert!(
                note.starts_with(&path) && plain.stderr.contains(note),
                "{plain:?}"
            );
        }
        notes.join("\n")
    };
    assert_eq!(notes("pt_mlp"), "");
    assert!(notes("sk_iris").contains(
        "logits only: Softmax, ArgMax, ZipMap, ArrayFeatureExtractor, Reshape, Cast behind"
    ));
    assert!(notes("pt_tanh").contains("logits only: Tanh behind the network passed over"));
    assert!(notes("pt_leaky").contains("written exactly as two ReLU neurons for each number"));
    assert!(notes("pt_residual").contains("carried by 12 neurons more"));
    assert!(notes("pool_same").contains("unrolled to matrices"));
    assert!(
        notes("ends_in_relu")
            .contains("the outputs come out of a ReLU: the last layer is the identity")
    );
    assert!(notes("constants").contains("1 nodes whose results are not used"));
}

#[test]
fn batch_normalization_is_refused_or_taken_as_told() {
    let path = format!("{MODELS}/batch_norm.onnx");
    let at = ["1"; 12].join(",");
    let ran = relucert(&["eval", &path, "--at", &at]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("field node 0 (BatchNormalization): found a factor scale/sqrt(var + epsilon), whose square root is irrational"), "{ran:?}");
    assert!(ran.stderr.contains("--batch-norm f32 (or f64)"), "{ran:?}");
    let (code, single) = json(&["eval", &path, "--at", &at, "--batch-norm", "f32"]);
    assert_eq!(code, 0);
    assert!(
        single["notes"]
            .to_string()
            .contains("factor and shift are f32 floats"),
        "{single}"
    );
    let (_, double) = json(&["eval", &path, "--at", &at, "--batch-norm", "f64"]);
    assert_ne!(single["value"], double["value"]);
    let ran = relucert(&[
        "eval",
        &format!("{MODELS}/pt_mlp.onnx"),
        "--at",
        "1,1,1,1",
        "--batch-norm",
        "f32",
    ]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr
            .contains("--batch-norm: no .onnx file given has batch normalization"),
        "{ran:?}"
    );
}

#[test]
fn verbs_take_models() {
    let path = format!("{MODELS}/pt_mlp.onnx");
    for verb in [
        "inspect",
        "canonical",
        "norm",
        "flips",
        "minimal",
        "regions",
    ] {
        let ran = relucert(&[verb, &path]);
        assert!(ran.code < 2, "{verb}: {ran:?}");
    }
    for verb in ["equal", "distance", "reparametrize", "nearest"] {
        let dynamo = format!("{MODELS}/pt_mlp_dynamo.onnx");
        let ran = ok(&[verb, &path, &dynamo]);
        assert!(!ran.stdout.is_empty(), "{verb}");
    }
    let model = bytes::of(&[bytes::node("MatMul", &["x", "w"], &["y"], &[])], &[]);
    let ran = run(
        "relucert",
        &["eval", "-", "--input-format", "onnx", "--at", "1,2,3"],
        &model,
    );
    assert_eq!(
        (ran.code, ran.stdout.contains("0: 11")),
        (0, true),
        "{ran:?}"
    );
}
