//! `.safetensors` in several files, with an index that says where each tensor is.

use std::collections::BTreeMap;

use relucert::network::file::read_network;
use safetensors::Dtype;
use safetensors::tensor::TensorView;
use serde_json::json;

use crate::support::cli::{Files, ok, relucert, verified};

/// A file of tensors, each with its shape and entries.
fn tensors(parts: &[(&str, &[usize], &[f32])]) -> Vec<u8> {
    let bytes: Vec<Vec<u8>> = parts
        .iter()
        .map(|(_, _, e)| e.iter().flat_map(|e| e.to_le_bytes()).collect())
        .collect();
    let views = parts.iter().zip(&bytes).map(|((name, shape, _), bytes)| {
        (
            *name,
            TensorView::new(Dtype::F32, shape.to_vec(), bytes).expect("a tensor"),
        )
    });
    safetensors::serialize(views.collect::<Vec<_>>(), None).expect("a file")
}

const FIRST: &[(&str, &[usize], &[f32])] = &[
    ("net.0.weight", &[2, 2], &[1.0, 2.0, 3.0, 4.0]),
    ("net.2.weight", &[1, 2], &[1.0, -1.0]),
];
const SECOND: &[(&str, &[usize], &[f32])] = &[
    ("net.0.bias", &[2], &[0.5, 0.25]),
    ("net.2.bias", &[1], &[7.0]),
];

const INDEX: &str = "model.safetensors.index.json";

fn map() -> BTreeMap<&'static str, &'static str> {
    let file = |names: &[(&'static str, &[usize], &[f32])], file| {
        names
            .iter()
            .map(|(name, ..)| (*name, file))
            .collect::<Vec<_>>()
    };
    [
        file(FIRST, "model-00001-of-00002.safetensors"),
        file(SECOND, "model-00002-of-00002.safetensors"),
    ]
    .concat()
    .into_iter()
    .collect()
}

/// The two files and their index; answers its path.
fn model(files: &Files) -> String {
    files.write("model-00001-of-00002.safetensors", tensors(FIRST));
    files.write("model-00002-of-00002.safetensors", tensors(SECOND));
    files.write(
        INDEX,
        json!({"metadata": {"total_size": 36}, "weight_map": map()}).to_string(),
    )
}

#[test]
fn shards_are_one_network() {
    let files = Files::new();
    let index = model(&files);
    let whole = files.write("whole.safetensors", tensors(&[FIRST, SECOND].concat()));
    assert_eq!(
        read_network(index.as_ref()).expect("a network"),
        read_network(whole.as_ref()).expect("a network")
    );
    let copy = files.name("copy.safetensors");
    ok(&["convert", &index, &copy]);
    assert_eq!(
        std::fs::read(&copy).expect("written"),
        std::fs::read(&whole).expect("written")
    );
    ok(&["equal", &index, &copy]);
    // Layers in the order given, as in one file.
    let ran = ok(&["eval", &index, "--at", "1,1", "--layers", "net.0,net.2"]);
    assert_eq!(ran.stdout, "R(1, 1) = 13/4 ≈ 3.25\n");
}

#[test]
fn the_verifier_wants_one_file() {
    let files = Files::new();
    let (index, certificate) = (model(&files), files.name("x.rcert"));
    ok(&["simplify", &index, "-o", &certificate]);
    let ran = relucert(&["verify", &certificate, "--gamma", &index]);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(
        ran.stderr
            .contains("put them into one by `relucert convert`"),
        "{ran:?}"
    );
    let whole = files.name("whole.safetensors");
    ok(&["convert", &index, &whole]);
    verified(&certificate, &["--gamma", &whole]);
}

#[test]
fn a_part_of_the_input_is_not_overwritten() {
    let files = Files::new();
    let (index, part) = (
        model(&files),
        files.name("model-00002-of-00002.safetensors"),
    );
    for arguments in [
        &["convert", &index, &part][..],
        &["simplify", &index, "--output", &part],
    ] {
        let ran = relucert(arguments);
        assert_eq!(ran.code, 2);
        assert!(
            ran.stderr.contains("this is a part of the input"),
            "{ran:?}"
        );
    }
    assert_eq!(std::fs::read(&part).expect("there"), tensors(SECOND));
    let ran = relucert(&["convert", &index, &files.name("new.safetensors.index.json")]);
    assert!(
        ran.code == 2
            && ran
                .stderr
                .contains("networks are written to .json, .safetensors, .npz or .onnx files"),
        "{ran:?}"
    );
}

#[test]
fn an_index_that_does_not_fit_is_refused() {
    let files = Files::new();
    let index = model(&files);
    let good = map();
    let written = |map: &BTreeMap<&str, &str>| json!({ "weight_map": map }).to_string();
    let with = |name: &'static str, file: &'static str| {
        let mut map = good.clone();
        map.insert(name, file);
        written(&map)
    };
    let without = |name: &str| {
        let mut map = good.clone();
        map.remove(name);
        written(&map)
    };
    files.write(
        "secret.safetensors",
        tensors(&[("net.0.bias", &[2], &[0.5, 0.25])]),
    );
    for (text, part) in [
        (
            "{".to_owned(),
            "no index of safetensors files: EOF while parsing",
        ),
        (
            "{}".to_owned(),
            "line 1, column 2: no index of safetensors files: missing field `weight_map`",
        ),
        (
            "[]".to_owned(),
            "the index is malformed: invalid type: sequence, expected an object of names",
        ),
        (
            r#"{"weight_map": {"a": 1}}"#.to_owned(),
            "invalid type: integer `1`, expected a string",
        ),
        (
            r#"{"weight_map": {"a": "x", "a": "y"}}"#.to_owned(),
            "the index is malformed: the entry a appears twice",
        ),
        (
            r#"{"weight_map": {}, "weight_map": {}}"#.to_owned(),
            "the index is malformed: the tensor weight_map appears twice",
        ),
        (r#"{"weight_map": {}}"#.to_owned(), "found no tensors"),
        (
            with("net.0.bias", "../secret.safetensors"),
            "field weight_map: found the file \"../secret.safetensors\", expected the name of a file beside the index",
        ),
        (
            with("net.0.bias", "/etc/passwd"),
            "found the file \"/etc/passwd\", expected the name of a file beside",
        ),
        (
            with("net.0.bias", "a\\b"),
            "expected the name of a file beside the index",
        ),
        (
            with("net.0.bias", ".."),
            "expected the name of a file beside the index",
        ),
        (
            with("net.0.bias", ""),
            "expected the name of a file beside the index",
        ),
        (
            with("net.0.bias", "other.safetensors"),
            "other.safetensors: cannot be read: no such file or directory",
        ),
        (
            json!({"weight_map": {"a": INDEX}}).to_string(),
            "found what looks like JSON text",
        ),
        (
            with("net.0.bias", "secret.safetensors"),
            "model-00002-of-00002.safetensors, field net.0.bias: found a tensor of this name, expected it in secret.safetensors",
        ),
        (
            without("net.2.bias"),
            "field net.2.bias: found a tensor of this name, expected only tensors of the index",
        ),
        (
            with("net.4.bias", "model-00002-of-00002.safetensors"),
            "field weight_map[\"net.4.bias\"]: found no such tensor in model-00002-of-00002.safetensors",
        ),
    ] {
        files.write(INDEX, &text);
        let ran = relucert(&["eval", &index, "--at", "1,1"]);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{text}: {ran:?}");
        assert!(ran.stderr.contains(part), "{}\nlacks {part}", ran.stderr);
    }
}
