//! `convert`: the same network in another format, exactly or not at all.

use std::path::Path;

use relucert::network::Network;
use relucert::network::file::{Layout, Source, read_network};
use serde_json::json;

use crate::support::cli::{Files, ok, relucert, run, verified};
use crate::{data, networks};

fn read(path: &str) -> Network {
    read_network(Path::new(path)).expect(path)
}

/// The names of the tensors.
fn names(path: &str) -> String {
    let reading = Source::open(path.as_ref())
        .expect(path)
        .network()
        .expect(path);
    let Layout::Tensors(layers) = reading.layout else {
        panic!("{path}: no tensors");
    };
    let names = layers
        .iter()
        .flat_map(|layer| [Some(&layer.weight), layer.bias.as_ref()]);
    let names: Vec<&str> = names.flatten().map(|name| name.name.as_str()).collect();
    names.join(" ")
}

const DEEP: &str = r#"{"layers": [{"weights": [["1","2"],["0","-1/2"]], "biases": ["1","0"]}, {"weights": [["3","1"]]},
    {"weights": [["1/2"],["8"],["0.375"]], "biases": ["0","1","2"]}]}"#;

#[test]
fn round_trips_change_nothing() {
    let files = Files::new();
    let deep = files.write("deep.json", DEEP);
    for start in [
        "examples/networks/wine_a.safetensors",
        "examples/paper/example_2_3_gamma.json",
        &data("npz/learn.npz"),
        &data("npz/doubles.npz"),
        &data("npz/kind_big_f2.npz"),
        &data("npz/torch.npz"),
        &data("npz/ten.npz"),
        &data("public/bind-half-precision/bf16.safetensors"),
        &data("public/bind-layer-names/features_classifier.safetensors"),
        &deep,
    ] {
        let network = read(start);
        let mut before = start.to_owned();
        for (step, end) in [
            "npz",
            "safetensors",
            "json",
            "safetensors",
            "npz",
            "npz",
            "onnx",
            "json",
        ]
        .iter()
        .enumerate()
        {
            let path = files.name(&format!("step{step}.{end}"));
            ok(&["convert", &before, &path]);
            assert_eq!(read(&path), network, "{start}: {before} -> {path}");
            before = path;
        }
        // Once in a format, always the same bytes.
        let [first, second] = [files.name("step4.npz"), files.name("step5.npz")]
            .map(|path| std::fs::read(path).expect("written"));
        assert!(first == second, "{start}");
    }
}

#[test]
fn real_files_are_written_again_bit_for_bit() {
    let Some(folder) = networks("real files written again") else {
        return;
    };
    let files = Files::new();
    let mut count = 0;
    for entry in std::fs::read_dir(&folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let path = path.to_str().expect("UTF-8");
        let Some((_, end)) = path
            .rsplit_once('.')
            .filter(|(_, end)| ["safetensors", "npz"].contains(end))
        else {
            continue;
        };
        // Longer ones take long where programs are not optimised.
        if std::fs::metadata(path).expect("a file").len() > 70_000 {
            continue;
        }
        let other = if end == "npz" { "safetensors" } else { "npz" };
        let [there, back, same] = [
            format!("there.{other}"),
            format!("back.{end}"),
            format!("same.{end}"),
        ]
        .map(|name| files.name(&name));
        ok(&["convert", path, &there]);
        ok(&["convert", &there, &back]);
        ok(&["convert", path, &same]);
        assert_eq!(read(&back), read(path), "{path}");
        if end == "safetensors" {
            let [before, after] = [path, &same].map(|path| std::fs::read(path).expect("a file"));
            assert!(before == after, "{path}");
        }
        count += 1;
    }
    assert!(count >= 14, "{count}");
}

#[test]
fn names_are_kept_where_they_mean_something() {
    let files = Files::new();
    let to = |from: &str, name: &str| {
        let path = files.name(name);
        ok(&["convert", from, &path]);
        path
    };
    let torch = data("npz/torch.npz");
    let kept = "fc1.weight fc1.bias fc2.weight fc2.bias";
    assert_eq!(names(&to(&torch, "a.safetensors")), kept);
    assert_eq!(names(&to(&files.name("a.safetensors"), "a.npz")), kept);
    let plain = "0.weight 0.bias 2.weight 2.bias";
    assert_eq!(names(&to(&data("npz/learn.npz"), "b.safetensors")), plain);
    assert_eq!(names(&to(&files.name("b.safetensors"), "b.npz")), plain);
    let learned = "coefs_0 intercepts_0 coefs_1 intercepts_1";
    let json = to(&data("npz/learn.npz"), "c.json");
    assert_eq!(names(&to(&json, "c.npz")), learned);
    assert_eq!(names(&to(&json, "c.safetensors")), plain);
    let deep = to(&files.write("deep.json", DEEP), "deep.npz");
    assert_eq!(
        names(&deep),
        "coefs_0 intercepts_0 coefs_1 intercepts_1 coefs_2 intercepts_2"
    );
    let json = std::fs::read_to_string(to(&deep, "deep2.json")).expect("text");
    assert!(json.starts_with("{\"layers\": [\n{\"weights\": "), "{json}");
    assert_eq!(
        names(&to(&data("npz/no_biases.npz"), "d.npz")),
        "coefs_0 coefs_1"
    );
}

#[test]
fn numbers_that_are_no_floats_are_refused() {
    let files = Files::new();
    let third = files.write(
        "third.json",
        r#"{"a": [["1","1/2"],["1/3","0"]], "b": ["1","0"], "c": [["1"],["2/3"]], "e": ["0"]}"#,
    );
    let root = files.write("root.json", r#"{"a": [["sqrt(2)"]], "c": [["sqrt(2)"]]}"#);
    let double = files.write(
        "double.json",
        r#"{"a": [["0x1.999999999999ap-4"]], "c": [["1"]]}"#,
    );
    let huge = files.write("huge.json", r#"{"a": [["1e400"]], "c": [["1"]]}"#);
    let (floats, arrays) = (files.name("x.safetensors"), files.name("x.npz"));
    let cases: &[(&[&str], &str)] = &[
        (
            &[&third, &floats],
            "found 0.weight[1][0] = 1/3, expected a number that is f64 exactly",
        ),
        (
            &[&third, &arrays],
            "found coefs_0[0][1] = 1/3, expected a number that is f64 exactly",
        ),
        (
            &[&third, &floats, "--dtype", "f32"],
            "found 0.weight[1][0] = 1/3, expected a number that is f32 exactly",
        ),
        (
            &[&root, &floats],
            "found 0.weight[0][0] = sqrt(2), expected a number that is f64 exactly",
        ),
        (
            &[&huge, &floats],
            "found 0.weight[0][0] = ≈ 1e400, expected a number that is f64 exactly",
        ),
        (
            &[&double, &arrays, "--dtype", "f32"],
            "found coefs_0[0][0] = 3602879701896397/36028797018963968, expected a number that is f32 exactly",
        ),
        (
            &[&data("npz/doubles.npz"), &floats, "--dtype", "f32"],
            "found 0.weight[0][0] = ",
        ),
        (
            &[&data("npz/integers.npz"), &floats],
            "found 2.weight[0][0] = 4611686018427387905, expected a number that is f64 exactly",
        ),
        (
            &[&data("npz/learn.npz"), &arrays, "--dtype", "bf16"],
            "found bf16, expected f16, f32 or f64, the floats of .npz files",
        ),
        (
            &[&third, &files.name("y.json"), "--dtype", "f32"],
            "--dtype is for files of binary floats: JSON holds every number exactly",
        ),
        (
            &[&third, &files.name("y.pt")],
            "y.pt: networks are written to .json, .safetensors, .npz or .onnx files; --output-format says",
        ),
        (
            &[&third, &files.name("y.nnet")],
            "y.nnet: networks are written to .json, .safetensors, .npz or .onnx files",
        ),
        (&[&third, &files.name("y")], "y: networks are written to"),
        (
            &[&third, "-"],
            "standard output: give --output-format json, safetensors, npz or onnx",
        ),
        (
            &[&third, &floats, "--output-format", "npz"],
            "--output-format is for standard output (-) and for files whose name does not say",
        ),
        (
            &[&third, "-", "--output-format", "json", "--json"],
            "OUT -: standard output holds the JSON object",
        ),
        (&[&third, &third], "this is the input"),
        (
            &["-", &floats],
            "standard input: give --input-format json, safetensors, npz, onnx, nnet or arr",
        ),
        (
            &["examples/families/ex2.1-g.json", &floats],
            "(a formula in k is no binary float; .json files hold families); --k takes its instance at one k",
        ),
    ];
    let before = files.list();
    for (arguments, part) in cases {
        let ran = relucert(&[&["convert"], *arguments].concat());
        assert_eq!(ran.code, 2, "{arguments:?}: {ran:?}");
        assert!(ran.stderr.contains(part), "{}\nlacks {part}", ran.stderr);
        assert_eq!(files.list(), before, "{arguments:?}");
    }
    // What is a double is written as one, and in each format where it is one.
    let ran = ok(&["convert", &double, &floats, "--json"]);
    assert_eq!(ran.json()["dtype"], json!("f64"));
    for (dtype, bytes) in [("f16", 2), ("bf16", 2), ("f32", 4), ("f64", 8)] {
        let made = ok(&[
            "convert",
            &data("npz/learn.npz"),
            &floats,
            "--dtype",
            dtype,
            "--json",
        ])
        .json();
        assert_eq!(made["dtype"], json!(dtype));
        let header = u64::from_le_bytes(
            std::fs::read(&floats).expect("written")[..8]
                .try_into()
                .expect("8 bytes"),
        );
        assert_eq!(made["bytes"].as_u64(), Some(8 + header + 13 * bytes));
        assert_eq!(read(&floats), read(&data("npz/learn.npz")));
    }
    // Numpy has no bf16: singles hold them.
    let made = ok(&[
        "convert",
        &data("public/bind-half-precision/bf16.safetensors"),
        &arrays,
        "--json",
    ]);
    assert_eq!(made.json()["dtype"], json!("f32"));
}

#[test]
fn answers_say_what_was_written() {
    let files = Files::new();
    let target = files.name("x.safetensors");
    let ran = ok(&["convert", &data("npz/learn.npz"), &target]);
    let bytes = std::fs::metadata(&target).expect("written").len();
    assert_eq!(
        ran.stdout,
        format!(
            "network          2-3-1 (13 numbers)\nwritten          {target} (safetensors, f64, {bytes} bytes)\n"
        )
    );
    let found = ok(&["convert", &data("npz/learn.npz"), &target, "--json"]).json();
    assert_eq!(found["relucert"], json!("convert/1"));
    assert_eq!(
        (&found["sizes"], &found["numbers"]),
        (&json!([2, 3, 1]), &json!(13))
    );
    assert_eq!(
        (&found["format"], &found["output"]),
        (&json!("safetensors"), &json!(target))
    );
    assert!(
        found["notes"][0]
            .as_str()
            .expect("a note")
            .contains("learn.npz: taken as ReLU"),
        "{found}"
    );
    let json = files.name("x.json");
    let found = ok(&["convert", &data("npz/learn.npz"), &json, "--json"]).json();
    assert_eq!(found.get("dtype"), None);
    // A family's instance is a network.
    let ran = ok(&[
        "convert",
        "examples/families/ex2.1-g.json",
        &json,
        "--k",
        "3",
    ]);
    assert!(ran.stdout.contains("(json, "), "{ran:?}");
}

#[test]
fn standard_input_and_output_hold_every_format() {
    let files = Files::new();
    let network = read(&data("npz/learn.npz"));
    let mut bytes = std::fs::read(data("npz/learn.npz")).expect("a file");
    let mut format = "npz";
    for next in ["safetensors", "json", "npz", "npz"] {
        let arguments = [
            "convert",
            "-",
            "-",
            "--input-format",
            format,
            "--output-format",
            next,
            "-q",
        ];
        let mut child = crate::support::cli::program("relucert")
            .args(arguments)
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::piped())
            .spawn()
            .expect("it runs");
        let mut input = child.stdin.take().expect("standard input");
        std::io::Write::write_all(&mut input, &bytes).expect("written");
        drop(input);
        let output = child.wait_with_output().expect("it ends");
        assert!(output.status.success());
        bytes = output.stdout;
        let path = files.write(&format!("x.{next}"), &bytes);
        assert_eq!(read(&path), network);
        format = next;
    }
    // Words go to standard error then.
    let ran = ok(&[
        "convert",
        &data("npz/learn.npz"),
        "-",
        "--output-format",
        "json",
    ]);
    assert!(
        ran.stdout.starts_with('{') && ran.stderr.contains("2-3-1 (13 numbers)"),
        "{ran:?}"
    );
    let text = "2,2,1,2,\n2,2,1,\n0,\n-1,-1,\n1,1,\n0,0,0,\n1,1,1,\n1,2,\n3,4,\n0,\n0,\n1,1,\n0,\n";
    let ran = run(
        "relucert",
        &[
            "convert",
            "-",
            "-",
            "--input-format",
            "nnet",
            "--decimals",
            "f32",
            "--output-format",
            "json",
        ],
        text.as_bytes(),
    );
    assert!(ran.code == 0 && ran.stdout.contains("\"a\""), "{ran:?}");
    // A name that says nothing, and a flag that does.
    let odd = files.name("weights.bin");
    ok(&[
        "convert",
        &data("npz/learn.npz"),
        &odd,
        "--output-format",
        "safetensors",
    ]);
    ok(&[
        "equal",
        &odd,
        &data("npz/learn.npz"),
        "--input-format",
        "safetensors",
    ]);
}

#[test]
fn other_files_are_bound_after_convert() {
    let files = Files::new();
    let certificate = files.name("x.rcert");
    let network = data("npz/learn.npz");
    ok(&["simplify", &network, "-o", &certificate]);
    for (path, format) in [
        (network.clone(), "npz"),
        (data("public/nnet/normalised.nnet"), "nnet"),
        (files.write("x.onnx", b"\x08\x07"), "onnx"),
    ] {
        for program in [&["relucert", "verify"][..], &["relucert-verify"]] {
            let arguments = [
                &program[1..],
                &[certificate.as_str(), "--gamma", path.as_str()],
            ]
            .concat();
            let ran = run(program[0], &arguments, b"");
            assert_eq!(ran.code, 2, "{ran:?}");
            let said = format!(
                ".{format} files are not bound: `relucert convert` writes the same network as .json or .safetensors"
            );
            assert!(ran.stderr.contains(&said), "{ran:?}");
        }
    }
    for end in ["json", "safetensors"] {
        let path = files.name(&format!("net.{end}"));
        ok(&["convert", &network, &path]);
        verified(&certificate, &["--gamma", &path]);
    }
}

#[test]
fn zeros_have_no_sign() {
    let files = Files::new();
    let mut bytes = std::fs::read(data("npz/kind_little_f4.npz")).expect("a file");
    let json = files.name("x.json");
    ok(&["convert", &data("npz/kind_little_f4.npz"), &json]);
    // A safetensors file with −0.0 in place of its zero.
    let floats = files.name("x.safetensors");
    ok(&["convert", &json, &floats]);
    bytes = {
        drop(bytes);
        std::fs::read(&floats).expect("written")
    };
    let zero = bytes.len() - 13 * 4
        + bytes[bytes.len() - 13 * 4..]
            .chunks(4)
            .position(|word| word == [0; 4])
            .expect("a zero")
            * 4;
    bytes[zero + 3] = 0x80;
    let negative = files.write("negative.safetensors", &bytes);
    let ran = ok(&["convert", &negative, &files.name("y.npz")]);
    assert!(
        ran.stderr.contains(
            "1 number -0.0, taken as 0: the sign of a zero is no part of an exact network"
        ),
        "{ran:?}"
    );
    assert_eq!(read(&negative), read(&floats));
}
