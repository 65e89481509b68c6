//! Bad input: exit code 2, and a message that names the file, the place and the reason. Never a panic.

mod support;

use std::io::Write as _;

use proptest::prelude::*;
use relucert::network::file::network_from_bytes;
use support::cli::{Files, relucert};

/// Every verb that reads one network refuses the file, with the file's name and all of `parts` in one message.
fn refused(path: &str, parts: &[&str]) {
    for verb in [
        vec!["eval", path, "--at", "1"],
        vec!["inspect", path],
        vec!["canonical", path, "--json"],
    ] {
        let run = relucert(&verb);
        let message = &run.stderr;
        assert_eq!(run.code, 2, "{verb:?}: {message}");
        match verb.contains(&"--json") {
            true => assert!(
                run.stdout.starts_with("{\"relucert\":\"error/1\","),
                "{}",
                run.stdout
            ),
            false => assert_eq!(run.stdout, "", "{verb:?}"),
        }
        assert!(
            message.starts_with(&format!("relucert: {path}")),
            "{message}"
        );
        for part in parts {
            assert!(
                message.contains(part),
                "{verb:?}\n  {message}  lacks {part}"
            );
        }
        assert!(
            !message.contains("panicked") && !message.contains("RUST_BACKTRACE"),
            "{message}"
        );
        assert!(message.len() < 1000, "{message}");
    }
}

#[test]
fn families_are_for_the_verbs_that_take_them() {
    let files = Files::new();
    let family = r#"{"parameter": "k", "a": [["k"]], "c": [["1"]]}"#;
    let path = &files.write("family.json", family);
    let run = relucert(&["inverse-lipschitz", path]);
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(
        run.stderr.contains("a family of networks"),
        "{}",
        run.stderr
    );
    // Verbs that are about one network say why, and take an instance.
    let [page, figure] = ["page.html", "figure.svg"].map(|name| files.name(name));
    for (arguments, reason) in [
        (&["identify", path][..], "matrices of integers"),
        (
            &["inspect", path, "--injective"],
            "--injective and --domain look at",
        ),
        (
            &["inverse-lipschitz", path],
            "the worst is searched for in numbers",
        ),
        (&["plot", path, "-o", &figure], "what is drawn are numbers"),
        (
            &["report", path, "-o", &page],
            "a certificate for all k has a page",
        ),
    ] {
        let run = relucert(arguments);
        assert_eq!(run.code, 2, "{arguments:?}: {run:?}");
        assert!(run.stderr.contains(reason), "{}", run.stderr);
        assert!(
            run.stderr.ends_with("; --k takes its instance at one k\n"),
            "{}",
            run.stderr
        );
        let run = relucert(&[arguments, &["--k", "2"]].concat());
        assert!(run.code < 2, "{arguments:?}: {run:?}");
    }
    let verbs = [
        "inspect",
        "canonical",
        "flips",
        "minimal",
        "simplify",
        "lift",
    ];
    for verb in verbs {
        let run = relucert(&[verb, path]);
        assert_eq!(run.code, 0, "{}", run.stderr);
    }
    let run = relucert(&["eval", path, "--at", "1"]);
    assert_eq!((run.code, run.stdout.lines().next()), (0, Some("R(1) = k")));
    files.write("family.json", family.replace("\"k\"]", "\"k+\"]"));
    for verb in verbs {
        let run = relucert(&[verb, path]);
        assert_eq!(run.code, 2, "{}", run.stderr);
        assert!(run.stderr.contains("k+"), "{}", run.stderr);
    }
}

#[test]
fn malformed_json() {
    let files = Files::new();
    let whole = r#"{"a": [["1","0"],["-1/2","3"]], "c": [["1"],["2"]]}"#;
    for length in 0..whole.len() {
        let path = files.write("cut.json", &whole[..length]);
        refused(
            &path,
            &["line 1, column ", "found the end of the file, expected "],
        );
    }
    let cases: &[(&str, &[&str])] = &[
        (
            r#"{"a": "x", "c": [[1]]}"#,
            &[
                "column 7, field a:",
                "found the string \"x\", expected a list of lists of numbers",
            ],
        ),
        (
            "[]",
            &[
                "column 1",
                "found a list, expected a network as a JSON object",
            ],
        ),
        ("null", &["found 'null'"]),
        (
            "{\"a\": [[1]],\n \"c\": [[1],]}",
            &["line 2, column 12, field c[1]", "found ']', expected a row"],
        ),
        (
            r#"{"a": 1, "c": [[1]]}"#,
            &["field a:", "found '1', expected a list of lists of numbers"],
        ),
        (
            r#"{"a": [["1", true]], "c": [[1]]}"#,
            &[
                "column 14, field a[0][1]",
                "found 'true', expected a number",
            ],
        ),
        (
            r#"{"a": [["1"]], "c": [[{}]]}"#,
            &["field c[0][0]", "found an object, expected a number"],
        ),
        (
            r#"{"a": [["1"]], "c": ["1"]}"#,
            &["field c[0]", "expected a row"],
        ),
        (
            r#"{"a": [[1,2],[3]], "c": [[1],[1]]}"#,
            &[
                "column 14, field a[1]",
                "found a row of 1 numbers, expected 2",
            ],
        ),
        (
            r#"{"a": [[1,2],[3,4]], "c": [[1],[1,2]]}"#,
            &["field c[1]", "found a row of 2 numbers, expected 1"],
        ),
        (
            r#"{"a": [[1]], "c": [[1],[2]]}"#,
            &["field c", "found 2 rows, expected 1, one a neuron"],
        ),
        (
            r#"{"a": [[1]], "b": [1,2], "c": [[1]]}"#,
            &["field b", "found 2 numbers, expected 1"],
        ),
        (
            r#"{"a": [[1]], "c": [[1]], "e": [1,2]}"#,
            &["field e", "found 2 numbers, expected 1, one an output"],
        ),
        (
            r#"{"a": [["1/0"]], "c": [["1"]]}"#,
            &[
                "column 9, field a[0][0]",
                "'1/0' is not a number: division by zero",
            ],
        ),
        (
            r#"{"a": [["nan"]], "c": [["1"]]}"#,
            &["field a[0][0]", "NaN and infinities are refused"],
        ),
        (
            r#"{"a": [["-inf"]], "c": [["1"]]}"#,
            &["field a[0][0]", "NaN and infinities are refused"],
        ),
        (
            r#"{"a": [[Infinity]], "c": [["1"]]}"#,
            &["field a[0][0]", "NaN and infinities are refused"],
        ),
        (
            r#"{"a": [["1,5"]], "c": [["1"]]}"#,
            &["field a[0][0]", "'1,5' is not a number: unexpected ','"],
        ),
        (
            r#"{"a": [[""]], "c": [["1"]]}"#,
            &[
                "field a[0][0]",
                "'' is not a number: it ends where a number is expected",
            ],
        ),
        (
            r#"{"a": [["sqrt(-2)"]], "c": [["1"]]}"#,
            &["field a[0][0]", "the square root of a negative number"],
        ),
        (
            r#"{"a": [["sqrt(2)","sqrt(3)"]], "c": [["1"]]}"#,
            &[
                "field a[0][1]",
                "found 'sqrt(3)', expected a rational multiple of 'sqrt(2)'",
            ],
        ),
        (
            r#"{"a": [["1"],["1+sqrt(2)"]], "c": [["1"],["1"]]}"#,
            &["field c[1][0]", "found '1', expected", "'1+sqrt(2)'"],
        ),
        (
            r#"{"a": [["k"]], "c": [["1"]]}"#,
            &["field a[0][0]", "'k' is not a number: unexpected 'k'"],
        ),
        (
            r#"{"d": 3, "a": [[1,2]], "c": [[1]]}"#,
            &["column 7, field d", "found 3, expected 2"],
        ),
        (
            r#"{"m": 2, "a": [[1,2]], "c": [[1]]}"#,
            &["field m", "found 2, expected 1"],
        ),
        (
            r#"{"D": 2, "a": [[1,2]], "c": [[1]]}"#,
            &["field D", "found 2, expected 1"],
        ),
        (
            r#"{"D": -1, "a": [[1,2]], "c": [[1]]}"#,
            &["field D", "found '-1', expected a whole number"],
        ),
        (
            r#"{"a": [[1]], "c": [[1]], "bias": [1]}"#,
            &["field bias", "unknown field \"bias\", expected a, b, c, e,"],
        ),
        (
            r#"{"a": [[1]], "c": [[1]], "c": [[1]]}"#,
            &["field c", "appears twice"],
        ),
        (
            r#"{"a": [[1]], "c": [[1]], "layers": []}"#,
            &["field layers", "found an empty list"],
        ),
        (
            r#"{"layers": [{"weights": [[1]]}], "c": [[1]]}"#,
            &["layers together with a, b, c or e"],
        ),
        (
            r#"{"layers": [{"weights": [[1],[2]]}, {"weights": [[1]]}]}"#,
            &[
                "field layers[1].weights",
                "found rows of 1 numbers, expected 2",
            ],
        ),
        (
            r#"{"layers": [{"weights": [["sqrt(2)"]]}, {"weights": [[1]]}]}"#,
            &[
                "field layers[0].weights[0][0]",
                "a rational number is expected",
            ],
        ),
        (
            r#"{"layers": [{"weights": [[1]], "activation": "relu"}]}"#,
            &["field layers[0].activation", "unknown field"],
        ),
        (
            "{\"a\": [[\"1\n\"]], \"c\": [[1]]}",
            &["line 1, column 11, field a[0][0]", "a control character"],
        ),
        (
            "{\"a\": [[\"\u{2028}\"]], \"c\": [[1]]}",
            &["field a[0][0]", "is not a number"],
        ),
    ];
    for (text, parts) in cases {
        refused(&files.write("net.json", text), parts);
    }
    refused(
        &files.write("net.json", b"{\"a\": [[\"\xff\"]], \"c\": [[1]]}"),
        &["field a[0][0]", "not UTF-8"],
    );
    refused(
        &files.write("net.json", b"\xff\xfe{\0"),
        &[
            "line 1, column 1",
            "found what looks like UTF-16 text, expected a network",
        ],
    );
    refused(
        &files.write("deep.json", "[".repeat(1_000_000)),
        &["found a list, expected a network"],
    );
    let nested = format!("{{\"a\": {}", "[".repeat(1_000_000));
    refused(
        &files.write("deep.json", nested),
        &["field a[0][0]", "found a list, expected a number"],
    );
}

#[test]
fn files_that_cannot_be_read() {
    let files = Files::new();
    let missing = files.name("missing.json");
    refused(&missing, &["cannot be read: no such file or directory"]);
    let directory = files.name("directory.json");
    std::fs::create_dir(&directory).unwrap();
    refused(&directory, &["cannot be read: it is a directory"]);
    refused(
        &files.write("net.pt", "x"),
        &[
            "unknown extension .pt",
            ".json, .safetensors, .npz, .onnx and .nnet",
        ],
    );
    refused(
        &files.write("net", "x"),
        &["the file name has no extension"],
    );
    refused(
        &files.write("empty.json", ""),
        &["found the end of the file"],
    );
    refused(
        &files.write("empty.safetensors", ""),
        &["the file ends within its header"],
    );
}

/// A safetensors file from its header and data.
fn safetensors(header: &str, data: &[u8]) -> Vec<u8> {
    let mut bytes = (header.len() as u64).to_le_bytes().to_vec();
    bytes.extend(header.as_bytes());
    bytes.extend(data);
    bytes
}

/// Tensors of doubles, one after another.
fn doubles(tensors: &[(&str, &[usize], &[f64])]) -> Vec<u8> {
    let (mut entries, mut data) = (Vec::new(), Vec::new());
    for (name, shape, values) in tensors {
        let start = data.len();
        data.extend(values.iter().flat_map(|value| value.to_le_bytes()));
        entries.push(format!(
            r#""{name}":{{"dtype":"F64","shape":{shape:?},"data_offsets":[{start},{}]}}"#,
            data.len()
        ));
    }
    safetensors(&format!("{{{}}}", entries.join(",")), &data)
}

#[test]
fn malformed_safetensors() {
    let files = Files::new();
    let good = doubles(&[
        ("0.weight", &[2, 1], &[1.0, 0.1]),
        ("0.bias", &[2], &[0.5, -0.5]),
        ("2.weight", &[1, 2], &[1.0, 2.0]),
    ]);
    let path = files.write("good.safetensors", &good);
    let run = relucert(&["eval", &path, "--at", "1"]);
    assert_eq!(
        (run.code, run.stdout.as_str()),
        (0, "R(1) = 3/2 ≈ 1.5\n"),
        "{}",
        run.stderr
    );
    for length in 0..good.len() {
        let path = &files.write("cut.safetensors", &good[..length]);
        let run = relucert(&["inspect", path]);
        assert_eq!(run.code, 2, "{length}: {}", run.stderr);
        assert!(
            run.stderr.starts_with(&format!("relucert: {path}: ")),
            "{}",
            run.stderr
        );
    }
    let header = String::from_utf8_lossy(&good[8..]).into_owned();
    let cases: &[(Vec<u8>, &[&str])] = &[
        (vec![0xff; 100], &["a header of 18446744073709551615 bytes"]),
        (header.into_bytes(), &["found what looks like JSON text"]),
        (safetensors("{}", &[]), &["found no tensors"]),
        (
            safetensors("{\"a\":", &[]),
            &["not a readable safetensors file"],
        ),
        (
            doubles(&[
                ("0.weight", &[2, 1], &[1.0, f64::NAN]),
                ("2.weight", &[1, 2], &[1.0, 2.0]),
            ]),
            &["field 0.weight[1][0]", "found NaN, expected a number"],
        ),
        (
            doubles(&[
                ("0.weight", &[1, 1], &[1.0]),
                ("0.bias", &[1], &[f64::NEG_INFINITY]),
                ("2.weight", &[1, 1], &[1.0]),
            ]),
            &["field 0.bias[0]", "found minus infinity"],
        ),
        (
            doubles(&[("0.weight", &[1, 1, 1], &[1.0])]),
            &["field 0.weight", "shape [1, 1, 1], expected a matrix"],
        ),
        (
            doubles(&[("0.weight", &[0, 1], &[])]),
            &["field 0.weight", "shape [0, 1]"],
        ),
        (
            doubles(&[("0.bias", &[1], &[1.0])]),
            &[
                "field 0.bias",
                "found a bias alone, expected a tensor 0.weight",
            ],
        ),
        (
            doubles(&[("0.weight", &[1, 1], &[1.0]), ("0.bias", &[2], &[1.0, 2.0])]),
            &["field 0.bias", "found a tensor of shape [2], expected [1]"],
        ),
        (
            doubles(&[
                ("0.weight", &[2, 1], &[1.0, 2.0]),
                ("2.weight", &[1, 3], &[1.0, 2.0, 3.0]),
            ]),
            &["row 0 of layer 1 has 3 numbers, expected 2"],
        ),
        (
            doubles(&[
                ("0.weight", &[1, 1], &[1.0]),
                ("0.running_mean", &[1], &[1.0]),
            ]),
            &["field 0.running_mean", "expected only tensors"],
        ),
        (
            doubles(&[
                ("decoder.weight", &[2, 1], &[1.0, 2.0]),
                ("encoder.weight", &[1, 2], &[1.0, 2.0]),
            ]),
            &[
                "found layers named decoder, encoder, whose shapes fit in more than one order",
                "expected names that say their order by numbers",
            ],
        ),
        (
            safetensors(
                r#"{"0.weight":{"dtype":"I64","shape":[1,1],"data_offsets":[0,8]}}"#,
                &[0; 8],
            ),
            &[
                "field 0.weight",
                "found entries of type I64, expected F64, F32, F16 or BF16",
            ],
        ),
    ];
    for (bytes, parts) in cases {
        refused(&files.write("net.safetensors", bytes), parts);
    }
}

#[test]
fn a_line_of_100_megabytes() {
    const SIZE: usize = 100_000_000;
    let files = Files::new();
    let write = |start: &str, unit: &str| {
        let path = files.name("line.json");
        let mut file = std::io::BufWriter::new(std::fs::File::create(&path).unwrap());
        file.write_all(start.as_bytes()).unwrap();
        let block = unit.repeat(100_000);
        for _ in 0..SIZE / block.len() {
            file.write_all(block.as_bytes()).unwrap();
        }
        file.flush().unwrap();
        path
    };
    let cases: &[(&str, &str, &[&str])] = &[
        (
            "",
            "x",
            &["line 1, column 1", "found 'xxxxx", "expected a network"],
        ),
        (
            "{\"a\": [[",
            "1,",
            &[
                "line 1, column 10000009, field a[0][5000000]",
                "more than the limit of 5000000 numbers a file",
            ],
        ),
        (
            "{\"a\": [[",
            "1",
            &[
                "line 1, column 9, field a[0][0]",
                "a number of 100000000 characters, more than the limit of 30000 characters",
            ],
        ),
        (
            "{\"a\": [[\"",
            "1",
            &["line 1, column 9, field a[0][0]", "the string's closing"],
        ),
        (
            "{\"a\": [",
            "[1],",
            &[
                "line 1, column 20000009, field a[5000000][0]",
                "more than the limit of 5000000 numbers",
            ],
        ),
        (
            "{\"a\": [[\"1e20000\"",
            ",\"1e20000\"",
            &["field a[0][5000000]", "limit of 5000000 numbers"],
        ),
        (
            "{\"a\": [[1]], \"c\": [[1]]",
            " ",
            &["found the end of the file, expected ',' or '}'"],
        ),
        (
            "{\"a\": [[1]], \"c\": [[1]]}",
            " z",
            &["found 'z', expected nothing after the network"],
        ),
    ];
    for (start, unit, parts) in cases {
        let path = &write(start, unit);
        let run = relucert(&["inspect", path]);
        let limit = parts.iter().any(|part| part.contains("limit of"));
        let code = if limit { 3 } else { 2 };
        assert_eq!(run.code, code, "{}", run.stderr);
        assert!(run.stderr.len() < 1000);
        for part in parts.iter().chain(&[path.as_str()]) {
            assert!(run.stderr.contains(part), "{}\n  lacks {part}", run.stderr);
        }
    }
}

#[test]
fn numbers_of_too_many_bits_in_all() {
    let files = Files::new();
    let row = vec!["\"1e20000\""; 70_000].join(",");
    let path = files.write("big.json", format!("{{\"a\": [[{row}]], \"c\": [[1]]}}"));
    let run = relucert(&["inspect", &path]);
    assert_eq!(run.code, 3, "{}", run.stderr);
    assert!(
        run.stderr
            .contains("more than the limit of 4294967296 bits a file"),
        "{}",
        run.stderr
    );
}

proptest! {
    #[test]
    fn damaged_files_never_panic(
        place in 0usize..1000,
        byte in any::<u8>(),
        insert in any::<bool>(),
        cut in 0usize..1000,
    ) {
        let json = br#"{"name":"n\u00e9t","d":2,"m":2,"D":1,"a":[["sqrt(2)","-0.5*sqrt(2)"],[-1.5E+1,"0x1.8p-3"]],"b":["0",1],"c":[["0"],[2]],"e":["1/3"]}"#;
        let layers = br#"{"layers": [{"weights": [[1],[-1]], "biases": null}, {"weights": [["1/2",1e3]], "biases": [-1]}]}"#;
        let floats = doubles(&[("0.weight", &[1, 1], &[0.1]), ("0.bias", &[1], &[0.5]), ("2.weight", &[1, 1], &[2.0])]);
        for (name, bytes) in [("x.json", &json[..]), ("x.json", &layers[..]), ("x.safetensors", &floats[..])] {
            prop_assert!(network_from_bytes(name, bytes).is_ok());
            let mut bytes = bytes.to_vec();
            let place = place % bytes.len();
            if insert {
                bytes.insert(place, byte);
            } else {
                bytes[place] = byte;
            }
            // Only half of the files are cut, too.
            if cut % 2 == 0 {
                bytes.truncate(cut % (bytes.len() + 1));
            }
            if let Err(error) = network_from_bytes(name, &bytes) {
                let message = error.to_string();
                prop_assert!(message.starts_with(name) && message.len() < 1000, "{}", message);
            }
        }
    }
}

#[test]
fn bad_usage() {
    let files = Files::new();
    let net = &files.write("net.json", r#"{"a": [[1, 2]], "c": [[1]]}"#);
    let deep = &files.write(
        "deep.json",
        r#"{"layers": [{"weights": [[1]]}, {"weights": [[1]]}, {"weights": [[1]]}]}"#,
    );
    let cases: &[(&[&str], &str)] = &[
        (&["eval", net], "--at <POINT>"),
        (
            &["eval", net, "--at", "1"],
            "--at '1': found 1 coordinates, expected 2",
        ),
        (
            &["eval", net, "--at", "1,2,3"],
            "found 3 coordinates, expected 2",
        ),
        (
            &["eval", net, "--at", "1,"],
            "coordinate 1: '' is not a number",
        ),
        (
            &["eval", net, "--at", "1,x"],
            "coordinate 1: 'x' is not a number: unexpected 'x'",
        ),
        (
            &["eval", net, "--at", "1,sqrt(2)"],
            "coordinate 1: 'sqrt(2)' is not a number: a rational number is expected",
        ),
        (
            &["eval", net, "--at", "nan,1"],
            "NaN and infinities are refused",
        ),
        (&["eval", net, "--at", "1/0,1"], "division by zero"),
        (
            &["flips", deep],
            "a network with 3 layers; flips takes networks with two layers",
        ),
        (
            &["canonical", "--activation", "prelu:1/2", deep],
            "--activation is for networks with two layers: others have ReLU",
        ),
        (
            &["norm", deep],
            "norm of networks of any depth is that on a box: give --domain BOX",
        ),
        (
            &["regions", deep],
            "regions of networks of any depth are found in a box: give --domain BOX",
        ),
        (
            &["distance", "--jump", "--domain", "0:1", deep, deep],
            "--jump is for networks with two layers: others have no jump norm",
        ),
        (
            &["norm", "--domain", "0:1", net],
            "--domain: give --sup too; without it the box is for networks that have not two layers",
        ),
        (&["equal", deep, net], "inputs of the second network"),
        (&["nearest", deep, net], "layers of Θ"),
        (&["inspect", net, net], "unexpected argument"),
        (&["no-such-verb"], "unrecognized subcommand 'no-such-verb'"),
        (
            &["--no-such-option"],
            "unexpected argument '--no-such-option'",
        ),
    ];
    for (arguments, part) in cases {
        let run = relucert(arguments);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(run.stderr.starts_with("relucert: "), "{}", run.stderr);
        assert!(run.stderr.contains(part), "{}\n  lacks {part}", run.stderr);
    }
    assert_eq!(relucert(&[]).code, 2);
}
