//! Files bound to the networks of a statement: what agrees is verified, what does not is rejected, what cannot be read is an error.

mod support;

use std::path::PathBuf;

use relucert_verifier::{BindError, Bindings, Limits, Verdict, verify_text};
use safetensors::Dtype;
use safetensors::tensor::TensorView;
use support::{certificate, changed};

/// Writes a file, reads it as Γ and verifies an example with it.
fn bound(example: &str, name: &str, bytes: &[u8]) -> Result<Verdict, BindError> {
    let folder = tempfile::tempdir().unwrap();
    let path: PathBuf = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    let limits = Limits::default();
    let bindings = Bindings::read(Some(&path), None, &limits)?;
    Ok(verify_text(example.as_bytes(), &limits, &bindings))
}

fn agrees(example: &str, name: &str, bytes: &[u8]) {
    match bound(example, name, bytes) {
        Ok(Verdict::Verified(_)) => {}
        other => panic!("{name}: {other:?}"),
    }
}

fn disagrees(example: &str, name: &str, bytes: &[u8], expected: &str) {
    match bound(example, name, bytes) {
        Ok(Verdict::Rejected(found)) => {
            assert_eq!(found.line, Some(2));
            assert!(
                found.to_string().contains(expected),
                "{found}, not {expected}"
            );
        }
        other => panic!("{expected}: {other:?}"),
    }
}

fn refused(name: &str, bytes: &[u8], expected: &str) {
    let found = bound("", name, bytes).expect_err(expected);
    assert!(found.to_string().contains(expected), "{found}");
}

#[test]
fn json_files() {
    let merge = certificate("claims/merge");
    for json in [
        r#"{"a":[["1","0"],["0","1"]],"c":[["9"],["1"]]}"#,
        r#"{"d":2,"m":2,"D":1,"name":"x","a":[[1,0],[0.0,1.0e0]],"c":[["18/2"],["sqrt(1)"]]}"#,
        r#"{"layers":[{"weights":[[1,0],[0,1]]},{"weights":[["0x9","10e-1"]]}]}"#,
        r#"{"layers":[{"weights":[[1,0],[0,1]],"biases":[0,0]},{"weights":[[9,1]],"biases":["0"]}]}"#,
    ] {
        agrees(&merge, "gamma.json", json.as_bytes());
    }
    for (json, expected) in [
        (
            r#"{"a":[["1","0"],["0","1"]],"c":[["9"],["2"]]}"#,
            "entry 0 of row 1 of c of Γ against",
        ),
        (
            r#"{"a":[["1","0"],["0","1"]],"c":[["9"],["2"]]}"#,
            "found 1; expected 2",
        ),
        (
            r#"{"a":[["-1","0"],["0","1"]],"c":[["9"],["1"]]}"#,
            "found 1; expected -1",
        ),
        (
            r#"{"a":[[1,0],[0,1.0000000000000000000000001]],"c":[["9"],["1"]]}"#,
            "entry 1 of row 1 of a of Γ",
        ),
        (r#"{"a":[["1","0"]],"c":[["9"]]}"#, "rows of a of Γ against"),
        (
            r#"{"a":[["1"],["0"]],"c":[["9"],["1"]]}"#,
            "length of row 0 of a of Γ against",
        ),
        (
            r#"{"a":[["1","0"],["0","1"]],"c":[["9","0"],["1","0"]]}"#,
            "length of row 0 of c of Γ",
        ),
        (
            r#"{"a":[["1","0"],["0","1"]],"b":["0","1/2"],"c":[["9"],["1"]],"e":["0"]}"#,
            "entry 1 of b of Γ against",
        ),
        (
            r#"{"a":[["1","0"],["0","1"]],"b":["0","0"],"c":[["9"],["1"]],"e":["-1"]}"#,
            "entry 0 of e of Γ against",
        ),
    ] {
        disagrees(&merge, "gamma.json", json.as_bytes(), expected);
    }
    let biased = certificate("claims/biased");
    agrees(&biased, "gamma.json", br#"{"a":[["1"],["sqrt(2)"]],"b":["0.5","0"],"c":[["1","-1"],["0","2/sqrt(2)"]],"e":["3","1/3"]}"#);
    refused(
        "gamma.json",
        br#"{"layers":[{"weights":[[1],["1/2*sqrt(8)"]]},{"weights":[[1,0]]}]}"#,
        "a rational number is expected",
    );
    refused(
        "gamma.json",
        br#"{"a":[["1"]],"b":["1"],"c":[["1"]],"e":["sqrt(2)"]}"#,
        "a rational number is expected",
    );
    disagrees(
        &biased,
        "gamma.json",
        br#"{"a":[["1"],["sqrt(2)"]],"c":[["1","-1"],["0","sqrt(2)"]],"e":["3","1/3"]}"#,
        "entry 0 of b of \u{393} against",
    );
    disagrees(&biased, "gamma.json", br#"{"a":[["1"],["sqrt(3)"]],"b":["0.5","0"],"c":[["1","-1"],["0","sqrt(3)"]],"e":["3","1/3"]}"#, "found sqrt(2); expected sqrt(3)");
    for (json, expected) in [
        ("", "found the end of the file, expected {"),
        ("[]", "line 1, column 1: found '[', expected {"),
        ("{}", "expected a network with a and c"),
        (r#"{"a":[["1"]]}"#, "expected a network with a and c"),
        (
            r#"{"a":[["1"]],"c":[["1"]],"layers":[]}"#,
            "layers: found ']', expected {",
        ),
        (
            r#"{"layers":[{"weights":[["1"]]},{"weights":[["1","2"]]}]}"#,
            "layer 1 takes not the outputs of the one before it",
        ),
        (
            r#"{"m":1,"layers":[{"weights":[["1"]]}]}"#,
            "m is of networks with two layers",
        ),
        (
            r#"{"layers":[{"weights":[["1"]]},{"weights":[["1"],["1","2"]]}]}"#,
            "the rows differ in length",
        ),
        (
            r#"{"a":[["1"]],"a":[["1"]],"c":[["1"]]}"#,
            "a: the field appears twice",
        ),
        (
            r#"{"parameter":"n","a":[["k"]],"c":[["1"]]}"#,
            "the parameter of a family is called k",
        ),
        (
            r#"{"parameter":"k","a":[[{"$serde_json::private::Number":"5"}]],"c":[["1"]]}"#,
            "found '{', expected a number",
        ),
        (
            r#"{"a":[[{"$serde_json::private::Number":"5"}]],"c":[["1"]]}"#,
            "found '{', expected a number",
        ),
        (
            r#"{"a":[["1","sqrt(2)"]],"c":[["1"]]}"#,
            "neuron 0: weights are not rational multiples of each other",
        ),
        (
            r#"{"a":[["sqrt(3)"]],"c":[["sqrt(2)"]]}"#,
            "neuron 0: its contribution is not rational",
        ),
        (
            r#"{"a":[["1"],["1"]],"c":[["1"]]}"#,
            "a has 2 rows, c has 1",
        ),
        (r#"{"a":[[]],"c":[["1"]]}"#, "found ']', expected a number"),
        (
            r#"{"a":[["1"]],"c":[["1"]],"name":5}"#,
            "name: found '5', expected a string",
        ),
        (
            r#"{"a":[["1"]],"c":[["1"]],"name":"\q"}"#,
            "a malformed string",
        ),
        (
            r#"{"a":[["1"]],"c":[["1"]]} x"#,
            "expected nothing after the network",
        ),
        (
            r#"{"a":[["NaN"]],"c":[["1"]]}"#,
            "not a number that can be bound",
        ),
        (
            r#"{"a":[[null]],"c":[["1"]]}"#,
            "found 'n', expected a number",
        ),
        (
            r#"{"a":[["1"]],"c":[["1"]],"d":2}"#,
            "d is not 1, as the weights say",
        ),
        (r#"{"a":[["1"]],"c":[["1"]],"m":2}"#, "m is not 1"),
        (r#"{"a":[["1"]],"c":[["1"]],"D":2}"#, "D is not 1"),
        (
            r#"{"a":[[[[[[[[[[[[[[[[[[[[[["1"]]]]]]]]]]]]]]]]]]]]],"c":[["1"]]}"#,
            "found '[', expected a number",
        ),
        (
            r#"{"a":[[1e99999999]],"c":[["1"]]}"#,
            "an exponent beyond ±20000",
        ),
    ] {
        refused("gamma.json", json.as_bytes(), expected);
    }
    for name in ["gamma.onnx", "gamma.npz", "gamma.nnet"] {
        refused(
            name,
            b"",
            "files are not bound: `relucert convert` writes the same network as .json or .safetensors",
        );
    }
    refused("gamma.safetensors", b"{}", "the header is too small");
    refused("gamma.bin", b"{}", "only .json");
    refused("gamma.json", &[0xff, 0xfe], "not UTF-8 text");
    let mut marked = b"\xef\xbb\xbf".to_vec();
    marked.extend(br#"{"a":[["1","0"],["0","1"]],"c":[["9"],["1"]]}"#);
    agrees(&merge, "gamma.json", &marked);
    let family = br#"{"parameter":"k","a":[["k","0"],["0","1"]],"c":[["9"],["1"]]}"#;
    disagrees(
        &merge,
        "gamma.json",
        family,
        "is a family, and the statement is about one network Γ",
    );
}

/// An arrangement's normals, and networks of other claims.
#[test]
fn files_of_the_other_claims() {
    let arrangement = certificate("claims/arrangement");
    let normals = "# five rows\n5 2\n\n0 0\n1 0 # x\n0 0.1e1\n-4/2 0\n 1\t1\n";
    agrees(&arrangement, "lines.arr", normals.as_bytes());
    agrees(
        &arrangement,
        "LINES.ARR",
        normals.replace('\n', "\r\n").as_bytes(),
    );
    for (old, new, expected) in [
        ("1 0 #", "1 1 #", "entry 1 of row 1 of a of Γ"),
        ("5 2\n", "4 2\n", ""),
        ("1 0 #", "1 #", ""),
        ("5 2\n", "5 2 1\n", ""),
        ("5 2\n", "", ""),
        ("1 0 #", "1 x #", "not a number"),
    ] {
        let changed = normals.replacen(old, new, 1);
        match expected {
            "" => refused(
                "lines.arr",
                changed.as_bytes(),
                "expected a line with m and d, then m lines with d numbers",
            ),
            "not a number" => refused("lines.arr", changed.as_bytes(), expected),
            _ => disagrees(&arrangement, "lines.arr", changed.as_bytes(), expected),
        }
    }
    refused("lines.arr", b"", "expected a line with m and d");
    refused("lines.arr", b"1 1\n\xff", "not UTF-8");
    disagrees(&arrangement, "lines.arr", b"1 2\n1 1", "rows of a of");
    // Outer weights of an arrangement's statement are 0, unless it was given as a network.
    let weighted = changed(
        &certificate("claims/arrangement"),
        &[(r#""c":[["0"],["0"]"#, r#""c":[["0"],["5"]"#)],
    );
    disagrees(
        &weighted,
        "lines.arr",
        normals.as_bytes(),
        "entry 0 of row 1 of c of Γ",
    );
    for (example, file) in [
        (
            "claims/seminorm",
            r#"{"a":[[1,-1],[1,0],[1,1]],"c":[[2],[-1],[3]]}"#,
        ),
        ("claims/jump", r#"{"a":[[1]],"c":[[1]]}"#),
        (
            "claims/equal",
            r#"{"layers":[{"weights":[[1,0]]},{"weights":[[1]]}]}"#,
        ),
    ] {
        agrees(&certificate(example), "gamma.json", file.as_bytes());
        let changed = file.replacen('1', "7", 1);
        disagrees(
            &certificate(example),
            "gamma.json",
            changed.as_bytes(),
            "of a of Γ",
        );
    }
}

/// A safetensors file: name, dtype, shape and bytes of each tensor.
fn safetensors(tensors: &[(&str, Dtype, &[usize], Vec<u8>)]) -> Vec<u8> {
    let view = |(name, dtype, shape, bytes): &(&str, Dtype, &[usize], Vec<u8>)| {
        let view = TensorView::new(*dtype, shape.to_vec(), bytes).unwrap();
        (
            (*name).to_owned(),
            view.dtype(),
            view.shape().to_vec(),
            view.data().to_vec(),
        )
    };
    let owned: Vec<_> = tensors.iter().map(view).collect();
    let views = owned.iter().map(|(name, dtype, shape, bytes)| {
        (
            name.clone(),
            TensorView::new(*dtype, shape.clone(), bytes).unwrap(),
        )
    });
    safetensors::serialize(views, None).unwrap()
}

fn doubles(numbers: &[f64]) -> Vec<u8> {
    numbers
        .iter()
        .flat_map(|number| number.to_le_bytes())
        .collect()
}

fn singles(numbers: &[f32]) -> Vec<u8> {
    numbers
        .iter()
        .flat_map(|number| number.to_le_bytes())
        .collect()
}

#[test]
fn safetensors_files() {
    let merge = certificate("claims/merge");
    let (f32, f64) = (Dtype::F32, Dtype::F64);
    let inner = || doubles(&[1.0, 0.0, -0.0, 1.0]);
    agrees(
        &merge,
        "g.safetensors",
        &safetensors(&[
            ("2.weight", f64, &[2, 2], inner()),
            ("10.weight", f64, &[1, 2], doubles(&[9.0, 1.0])),
        ]),
    );
    agrees(
        &merge,
        "g.safetensors",
        &safetensors(&[
            ("net.0.weight", f32, &[2, 2], singles(&[1.0, 0.0, 0.0, 1.0])),
            ("net.0.bias", f32, &[2], singles(&[0.0, 0.0])),
            ("net.2.weight", f64, &[1, 2], doubles(&[9.0, 1.0])),
            ("net.2.bias", f64, &[1], doubles(&[0.0])),
        ]),
    );
    for (outer, bias, expected) in [
        ([9.0, 1.0], 5e-324, "entry 0 of e of Γ"),
        (
            [9.0, 1.0 + f64::EPSILON],
            0.0,
            "found 1; expected 4503599627370497/4503599627370496",
        ),
        ([1.0, 9.0], 0.0, "entry 0 of row 0 of c of Γ"),
    ] {
        disagrees(
            &merge,
            "g.safetensors",
            &safetensors(&[
                ("0.weight", f64, &[2, 2], inner()),
                ("2.weight", f64, &[1, 2], doubles(&outer)),
                ("2.bias", f64, &[1], doubles(&[bias])),
            ]),
            expected,
        );
    }
    let outer = || doubles(&[9.0, 1.0]);
    for (tensors, expected) in [
        (
            vec![
                ("0.weight", f64, &[2, 2][..], inner()),
                ("1.weight", f64, &[1, 2], outer()),
                ("2.weight", f64, &[1, 2], outer()),
            ],
            "layer \"2\" takes 2 numbers, and \"1\" gives 1",
        ),
        (
            vec![
                ("a.weight", f64, &[2, 2], inner()),
                ("b.weight", f64, &[2, 2], inner()),
                ("c.weight", f64, &[1, 2], outer()),
            ],
            "whose shapes fit in more than one order",
        ),
        (
            vec![
                ("0.bias", f64, &[2], outer()),
                ("1.weight", f64, &[2, 2], inner()),
            ],
            "layer \"0\" has no weight",
        ),
        (
            vec![
                ("0.weight", f64, &[2, 2], inner()),
                ("scale", f64, &[1, 2], outer()),
            ],
            "is no layer's weight or bias",
        ),
        (
            vec![
                ("0.weight", f64, &[4], inner()),
                ("1.weight", f64, &[1, 2], outer()),
            ],
            "expected 2 dimensions; found [4]",
        ),
        (
            vec![
                ("0.weight", f64, &[2, 2], inner()),
                ("1.weight", f64, &[1, 2], outer()),
                ("1.bias", f64, &[1, 2], outer()),
            ],
            "expected [1]; found [1, 2]",
        ),
        (
            vec![
                ("0.weight", Dtype::I64, &[2, 2], inner()),
                ("1.weight", f64, &[1, 2], outer()),
            ],
            "I64 entries are not supported",
        ),
        (
            vec![
                ("0.weight", f64, &[2, 0], vec![]),
                ("1.weight", f64, &[1, 2], outer()),
            ],
            "found [2, 0]",
        ),
        (
            vec![
                (
                    "0.weight",
                    f64,
                    &[2, 2],
                    doubles(&[1.0, f64::NAN, 0.0, 1.0]),
                ),
                ("1.weight", f64, &[1, 2], outer()),
            ],
            "an entry is infinite or not a number",
        ),
        (
            vec![
                ("0.weight", f32, &[1, 2], singles(&[f32::NEG_INFINITY, 0.0])),
                ("1.weight", f64, &[1, 1], doubles(&[1.0])),
            ],
            "an entry is infinite or not a number",
        ),
    ] {
        refused("g.safetensors", &safetensors(&tensors), expected);
    }
    let whole = safetensors(&[("0.weight", f64, &[2, 2], inner())]);
    for cut in 0..whole.len() {
        assert!(bound("", "g.safetensors", &whole[..cut]).is_err());
    }
}

#[test]
fn files_for_networks_that_are_not_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("theta.json");
    std::fs::write(&path, r#"{"a":[["1"]],"c":[["1"]]}"#).unwrap();
    let limits = Limits::default();
    let bindings = Bindings::read(None, Some(&path), &limits).unwrap();
    match verify_text(
        certificate("claims/violation").as_bytes(),
        &limits,
        &bindings,
    ) {
        Verdict::Rejected(found) => assert_eq!(found.reason, "the statement has no Θ to compare"),
        other => panic!("{other:?}"),
    }
    let missing = Bindings::read(Some(&folder.path().join("none.json")), None, &limits);
    assert!(missing.unwrap_err().to_string().contains("none.json: "));
    let few = Limits {
        bytes: 10,
        ..limits
    };
    let long = Bindings::read(None, Some(&path), &few).unwrap_err();
    assert_eq!(long.reason, "bytes: more than the limit 10 (--limit-bytes)");
}
