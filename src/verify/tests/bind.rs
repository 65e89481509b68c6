use std::path::PathBuf;

use super::super::support::{
    arrangement_example, biased_example, equal_example, jump_example, merge_example,
    seminorm_example, violation_example,
};
use super::super::{Verdict, verify_text};
use super::*;

/// What `number` makes of a text: the sign and the square.
fn square(text: &str) -> Result<String, String> {
    let number = number(text, &Limits::default());
    number.map(|number| number.signed_square.to_string())
}

#[test]
fn numbers_of_files() {
    for (text, expected) in [
        ("0", "0"),
        ("-3", "-9"),
        ("+3", "9"),
        ("6/4", "9/4"),
        ("0.125", "1/64"),
        (".5", "1/4"),
        ("5.", "25"),
        ("007", "49"),
        ("1e-3", "1/1000000"),
        ("-1.5E+2", "-22500"),
        ("0x1.8p-3", "9/256"),
        ("-0X.8P1", "-1"),
        ("0xff", "65025"),
        ("sqrt(2)", "2"),
        ("-sqrt(2)", "-2"),
        ("sqrt(8)", "8"),
        ("2*sqrt(2)", "8"),
        ("sqrt(4)", "4"),
        ("sqrt(0)", "0"),
        ("sqrt(1/2)", "1/2"),
        ("1/2*sqrt(2)", "1/2"),
        ("sqrt(2)/2", "1/2"),
        ("-2/5*sqrt(102)", "-408/25"),
        ("sqrt(2)*sqrt(3)", "6"),
        ("3/sqrt(3)", "3"),
        ("2 * sqrt(2/9)", "8/9"),
    ] {
        assert_eq!(square(text).as_deref(), Ok(expected), "{text}");
    }
    for (text, expected) in [
        ("", "not a number"),
        ("-", "not a number"),
        (".", "not a number"),
        ("1.2.3", "not a number"),
        ("1e", "not a number"),
        ("1e2.5", "not a number"),
        ("nan", "not a number"),
        ("inf", "not a number"),
        ("-inf", "not a number"),
        ("k", "not a number"),
        ("1+sqrt(2)", "not a number"),
        ("sqrt(2)+1", "not a number"),
        ("sqrt(sqrt(2))", "not a number"),
        ("sqrt(2", "not a number"),
        ("sqrt()", "not a number"),
        ("--1", "not a number"),
        ("1_000", "not a number"),
        ("0x", "not a number"),
        ("0x1g", "not a number"),
        ("１", "not a number"),
        ("1//2", "not a number"),
        ("1/", "not a number"),
        ("2**2", "not a number"),
        ("1/0", "divides by 0"),
        ("sqrt(1/0)", "divides by 0"),
        ("1/sqrt(0)", "divides by 0"),
        ("sqrt(-2)", "a square root of a negative number"),
        ("1e1000000000000", "the exponent exceeds the limit"),
        ("1e40001", "the exponent exceeds the limit"),
        ("0x1p-4294967297", "the exponent exceeds the limit"),
        ("1e40000*1e40000", "more than the limit"),
    ] {
        let found = square(text).expect_err(text);
        assert!(found.contains(expected), "{text}: {found}");
    }
}

#[test]
fn long_numbers_of_files_are_refused() {
    let digits = "7".repeat(40_000);
    assert!(square(&digits).is_ok());
    assert!(
        square(&format!("1{digits}"))
            .unwrap_err()
            .contains("40001 characters")
    );
}

#[test]
fn layers_sort_by_number() {
    let mut names = ["net.10", "net.9", "a", "net.2", "net.02b", "2", "10", ""];
    names.sort_by_key(|name| numeric_order(name));
    assert_eq!(
        names,
        ["", "a", "net.2", "net.02b", "net.9", "net.10", "2", "10"]
    );
}

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
    assert!(found.reason.contains(expected), "{found}");
}

#[test]
fn json_files() {
    let merge = merge_example().text();
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
        (
            r#"{"a":[["1","0"],["0","1"]],"b":["0"],"c":[["9"],["1"]],"e":["0"]}"#,
            "length of b of Γ against",
        ),
    ] {
        disagrees(&merge, "gamma.json", json.as_bytes(), expected);
    }
    let biased = biased_example().text();
    agrees(&biased, "gamma.json", br#"{"a":[["1"],["sqrt(2)"]],"b":["0.5","0"],"c":[["1","-1"],["0","2/sqrt(2)"]],"e":["3","1/3"]}"#);
    agrees(&biased, "gamma.json", br#"{"layers":[{"weights":[[1],["1/2*sqrt(8)"]],"biases":[0.5,0]},{"weights":[[1,0],[-1,"sqrt(2)"]],"biases":[3,"1/3"]}]}"#);
    disagrees(
        &biased,
        "gamma.json",
        br#"{"a":[["1"],["sqrt(2)"]],"c":[["1","-1"],["0","sqrt(2)"]],"e":["3","1/3"]}"#,
        "entry 0 of b of \u{393} against",
    );
    disagrees(&biased, "gamma.json", br#"{"a":[["1"],["sqrt(3)"]],"b":["0.5","0"],"c":[["1","-1"],["0","sqrt(2)"]],"e":["3","1/3"]}"#, "found sqrt(2); expected sqrt(3)");
    for (json, expected) in [
        ("", "EOF"),
        ("[]", "invalid length 0"),
        ("{}", "expected a network with a and c"),
        (r#"{"a":[["1"]]}"#, "expected a network with a and c"),
        (
            r#"{"a":[["1"]],"c":[["1"]],"layers":[]}"#,
            "expected a network with a and c",
        ),
        (r#"{"layers":[{"weights":[["1"]]}]}"#, "or with two layers"),
        (
            r#"{"layers":[{"weights":[["1"]]},{"weights":[["1"],["1","2"]]}]}"#,
            "differ in length",
        ),
        (
            r#"{"a":[["1"]],"a":[["1"]],"c":[["1"]]}"#,
            "duplicate field `a`",
        ),
        (
            r#"{"parameter":"k","a":[["k"]],"c":[["1"]]}"#,
            "unknown field `parameter`",
        ),
        (
            r#"{"a":[["NaN"]],"c":[["1"]]}"#,
            "not a number that can be bound",
        ),
        (
            r#"{"a":[[null]],"c":[["1"]]}"#,
            "expected a number, or a number as text",
        ),
        (
            r#"{"a":[["1"]],"c":[["1"]],"d":2}"#,
            "d is not 1, as the weights say",
        ),
        (r#"{"a":[["1"]],"c":[["1"]],"m":2}"#, "m is not 1"),
        (r#"{"a":[["1"]],"c":[["1"]],"D":2}"#, "D is not 1"),
        (
            r#"{"a":[[[[[[[[[[[[[[[[[[[[[["1"]]]]]]]]]]]]]]]]]]]]],"c":[["1"]]}"#,
            "a limit is reached",
        ),
        (
            r#"{"a":[[1e99999999]],"c":[["1"]]}"#,
            "the exponent exceeds the limit",
        ),
    ] {
        refused("gamma.json", json.as_bytes(), expected);
    }
    for name in ["gamma.onnx", "gamma.npz", "gamma.nnet"] {
        refused(name, b"", "files cannot be bound");
    }
    refused("gamma.safetensors", b"{}", "header too small");
    refused(
        "gamma.bin",
        &[0xff, 0xfe],
        "neither .safetensors nor JSON text",
    );
}

/// A safetensors file: name, dtype, shape and bytes of each tensor.
/// An arrangement's normals, and networks of other claims.
#[test]
fn files_of_the_other_claims() {
    let arrangement = arrangement_example().text();
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
    let weighted = arrangement_example().with(r#""c":[["0"],["0"]"#, r#""c":[["0"],["5"]"#);
    disagrees(
        &weighted.text(),
        "lines.arr",
        normals.as_bytes(),
        "entry 0 of row 1 of c of Γ",
    );
    for (example, file) in [
        (
            seminorm_example(),
            r#"{"a":[[1,-1],[1,0],[1,1]],"c":[[2],[-1],[3]]}"#,
        ),
        (jump_example(), r#"{"a":[[1]],"c":[[1]]}"#),
        (
            equal_example(),
            r#"{"layers":[{"weights":[[1,0]]},{"weights":[[1]]}]}"#,
        ),
    ] {
        agrees(&example.text(), "gamma.json", file.as_bytes());
        let changed = file.replacen('1', "7", 1);
        disagrees(
            &example.text(),
            "gamma.json",
            changed.as_bytes(),
            "of a of Γ",
        );
    }
}

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
    let merge = merge_example().text();
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
            vec![("0.weight", f64, &[2, 2][..], inner())],
            "exactly two linear layers",
        ),
        (
            vec![
                ("0.weight", f64, &[2, 2], inner()),
                ("1.weight", f64, &[2, 2], inner()),
                ("2.weight", f64, &[1, 2], outer()),
            ],
            "exactly two linear layers",
        ),
        (
            vec![
                ("0.bias", f64, &[2], outer()),
                ("1.weight", f64, &[2, 2], inner()),
            ],
            "exactly two linear layers",
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
            "expected 2 dimensions, none of them 0; found [4]",
        ),
        (
            vec![
                ("0.weight", f64, &[2, 2], inner()),
                ("1.weight", f64, &[1, 2], outer()),
                ("1.bias", f64, &[1, 2], outer()),
            ],
            "expected 1 dimensions, none of them 0; found [1, 2]",
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
    match verify_text(violation_example().text().as_bytes(), &limits, &bindings) {
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
    assert_eq!(long.reason, "longer than the limit (--limit-bytes)");
}
