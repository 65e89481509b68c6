//! Φ as a user has it: written in the shape of the given networks, read again by every verb, at distance 0 from itself.

mod support;

use std::fs;

use serde_json::Value;
use support::cli::{Files, ok, relucert, verified};

const GAMMA: &str = "examples/networks/diabetes_gamma.safetensors";
const THETA: &str = "examples/networks/diabetes_theta.safetensors";

/// Names, types and shapes of the tensors, in the order of their names.
fn header(path: &str) -> Vec<(String, String, String)> {
    let bytes = fs::read(path).expect("the file is there");
    let (size, rest) = bytes.split_at(8);
    let size = u64::from_le_bytes(size.try_into().expect("8 bytes")) as usize;
    let header: Value = serde_json::from_slice(&rest[..size]).expect("a header");
    let tensors = header.as_object().expect("an object").iter();
    let tensors = tensors.filter(|(name, _)| *name != "__metadata__");
    let mut tensors: Vec<_> = tensors
        .map(|(name, t)| (name.clone(), t["dtype"].to_string(), t["shape"].to_string()))
        .collect();
    tensors.sort();
    tensors
}

#[test]
fn the_readmes_phi_is_equal_to_theta() {
    let files = Files::new();
    for verb in ["reparametrize", "nearest"] {
        let (phi, cert) = (files.name("phi.json"), files.name("x.rcert"));
        let ran = ok(&[verb, GAMMA, THETA, "--phi-out", &phi, "-o", &cert, "--json"]);
        verified(&cert, &["--gamma", GAMMA, "--theta", THETA]);
        ok(&["equal", &phi, THETA]);
        // The distance is that of the file: Φ is the nearest one to itself, and its weights are the ones measured.
        let stated = ran.json();
        let written: Value =
            serde_json::from_str(&files.text("phi.json").expect("Φ")).expect("JSON");
        for field in ["a", "b", "c", "e", "d", "m", "D"] {
            assert_eq!(stated["phi"][field], written[field], "{verb}: {field}");
        }
        let floats = files.name("phi.safetensors");
        if verb == "nearest" {
            // No float file holds it exactly; the first entry that is none is named.
            let ran = relucert(&[verb, GAMMA, THETA, "--phi-out", &floats]);
            assert_eq!(ran.code, 2, "{ran:?}");
            assert!(ran.stderr.contains("phi.safetensors: found "), "{ran:?}");
            assert!(ran.stderr.contains("weight["), "{ran:?}");
            assert!(files.text("phi.safetensors").is_none());
        }
        let rounded = [
            verb,
            GAMMA,
            THETA,
            "--phi-out",
            &floats,
            "--round",
            "nearest",
            "--json",
        ];
        let rounding = &ok(&[&rounded[..], &["--time-limit", "2"]].concat()).json()["rounding"];
        assert_eq!(header(&floats), header(THETA));
        assert!(
            rounding["changed"].as_u64().is_some_and(|n| n > 0),
            "{rounding}"
        );
        assert!(rounding["distance"].is_string(), "{rounding}");
        assert!(rounding["seminorm"].is_string() || rounding["upper"].is_string());
        fs::remove_file(&floats).expect("it was written");
    }
}

/// Φ that `nearest` writes with weights 1 − √2 and the like.
const PHI: &str = r#"{"d": 3, "m": 3, "D": 1,
 "a": [["0","2-2*sqrt(2)","-1+sqrt(2)"],["1-sqrt(2)","-1+sqrt(2)","-1+sqrt(2)"],["9/32*sqrt(2)","9/32*sqrt(2)","9/32*sqrt(2)"]],
 "c": [["1+sqrt(2)"],["1+sqrt(2)"],["16/9*sqrt(2)"]]}"#;

#[test]
fn every_verb_reads_what_was_written() {
    let files = Files::new();
    let phi = files.write("phi.json", PHI);
    let cert = files.name("x.rcert");
    for (verb, flags) in [
        ("inspect", &[][..]),
        ("canonical", &[]),
        ("regions", &["-o", &cert]),
        ("flips", &["-o", &cert]),
        ("minimal", &["-o", &cert]),
        ("simplify", &["-o", &cert]),
        ("lift", &["-o", &cert]),
        ("norm", &["-o", &cert]),
    ] {
        ok(&[&[verb, &phi], flags].concat());
        if !flags.is_empty() {
            verified(&cert, &[]);
            fs::remove_file(&cert).expect("it was written");
        }
    }
    let inspected = ok(&["inspect", &phi, "--json"]).json();
    assert_eq!(inspected["balanced"], false);
    // ‖a‖/‖c‖ of neuron 0 is (2√2 − 2)/(1 + √2).
    assert_eq!(inspected["imbalance"]["largest"]["ratio"], "6-4*sqrt(2)");
    // Balanced by the exact weights.
    let balanced = files.name("balanced.json");
    ok(&["simplify", &phi, "--balance", "--output", &balanced]);
    assert_eq!(
        ok(&["inspect", &balanced, "--json"]).json()["balanced"],
        true
    );
    for verb in ["nearest", "reparametrize"] {
        let again = files.name("again.json");
        let ran = ok(&[verb, &phi, &phi, "-o", &cert, "--phi-out", &again, "--json"]);
        assert_eq!(ran.json()["distance"], "0", "{verb}");
        verified(&cert, &["--gamma", &phi, "--theta", &phi]);
        ok(&["equal", &again, &phi, "-o", &cert]);
        verified(&cert, &["--gamma", &again, "--theta", &phi]);
    }
    // Another Γ with such weights: a bracket around what the rational neighbour says, and exit code 3.
    let other = files.write("other.json", PHI.replace("16/9", "2"));
    for verb in ["nearest", "reparametrize"] {
        let ran = relucert(&[verb, &phi, &other, "-o", &cert, "--json"]);
        assert_eq!(ran.code, 3, "{verb}: {ran:?}");
        assert!(ran.stderr.contains("sums of square roots"), "{ran:?}");
        verified(&cert, &["--gamma", &phi, "--theta", &other]);
    }
    // Θ may have them without any loss.
    let plain = r#"{"a": [["0","-2","1"],["-1","1","1"],["1","1","1"]], "c": [["1"],["1"],["3"]]}"#;
    let plain = files.write("plain.json", plain);
    for verb in ["nearest", "reparametrize"] {
        let ran = ok(&[verb, &plain, &phi, "-o", &cert]);
        assert!(ran.stderr.is_empty(), "{ran:?}");
        verified(&cert, &["--gamma", &plain, "--theta", &phi]);
    }
    for theorem in ["3.1", "3.3"] {
        let ran = relucert(&["reparametrize", &phi, &plain, "--theorem", theorem]);
        assert_eq!(ran.code, 2, "{ran:?}");
        assert!(
            ran.stderr
                .contains("neuron 0 of Γ has sums of square roots")
        );
    }
}

#[test]
fn pruned_networks_are_at_distance_0_from_themselves() {
    let files = Files::new();
    let cert = files.name("x.rcert");
    let constant = r#"{"a":[["0","0"],["3","-3"],["0","3"]],"b":["2","0","-1"],"c":[["-2"],["-3"],["3"]],"e":["1"]}"#;
    let shuffled = r#"{"a":[["0","3"],["3","-3"],["0","0"]],"b":["-1","0","2"],"c":[["3"],["-3"],["-2"]],"e":["1"]}"#;
    let cancelling = r#"{"a":[["1","1"],["1","1"]],"c":[["5"],["-5"]]}"#;
    let three = r#"{"a":[["1","1"],["1","1"],["0","1"]],"c":[["5"],["-5"],["1"]]}"#;
    let turned = r#"{"a":[["1","1"],["0","1"],["1","1"]],"c":[["-5"],["1"],["5"]]}"#;
    let dead = r#"{"a":[["1","1"],["0","0"],["3","1"],["2","1"]],"c":[["-5"],["7"],["0"],["1"]]}"#;
    let dead_too =
        r#"{"a":[["2","1"],["6","2"],["2","2"],["0","0"]],"c":[["1"],["0"],["-5/2"],["5"]]}"#;
    let no_bias = r#"{"a":[["1"],["2"]],"b":["0","1"],"c":[["4"],["0"]],"e":["0"]}"#;
    for (gamma, theta) in [
        (constant, constant),
        (constant, shuffled),
        (cancelling, cancelling),
        (three, turned),
        (dead, dead),
        (dead, dead_too),
        (no_bias, no_bias),
    ] {
        let gamma = files.write("gamma.json", gamma);
        let theta = files.write("theta.json", theta);
        for verb in ["nearest", "reparametrize"] {
            let phi = files.name("phi.json");
            let ran = ok(&[
                verb,
                &gamma,
                &theta,
                "-o",
                &cert,
                "--phi-out",
                &phi,
                "--json",
            ]);
            assert_eq!(ran.json()["distance"], "0", "{verb} {ran:?}");
            verified(&cert, &["--gamma", &gamma, "--theta", &theta]);
            ok(&["equal", &phi, &theta]);
        }
    }
    let wine = "examples/networks/wine_b_equal.safetensors";
    let phi = files.name("phi.safetensors");
    let ran = ok(&[
        "nearest",
        wine,
        wine,
        "--phi-out",
        &phi,
        "-o",
        &cert,
        "--json",
    ]);
    assert_eq!(ran.json()["distance"], "0");
    verified(&cert, &["--gamma", wine, "--theta", wine]);
    // Θ itself, number by number, in tensors of the same names and types.
    assert_eq!(header(&phi), header(wine));
    ok(&["nearest", wine, &phi]);
    ok(&["equal", wine, &phi]);
}

#[test]
fn the_extension_says_how_networks_are_written() {
    let files = Files::new();
    let net = files.write(
        "net.json",
        r#"{"a": [[1, 2], [2, 4], [0, 1]], "c": [[1], [1], ["1/4"]]}"#,
    );
    for arguments in [
        &["simplify", &net, "--output"][..],
        &["minimal", &net, "--output"],
        &["nearest", &net, &net, "--phi-out"],
        &["reparametrize", &net, &net, "--phi-out"],
    ] {
        let with = |path: &str| relucert(&[arguments, &[path]].concat());
        let floats = files.name("x.safetensors");
        assert_eq!(with(&floats).code, 0, "{arguments:?}");
        ok(&["equal", &floats, &net]);
        for name in ["x.pt", "x", "x.rcert", "x.arr"] {
            let path = files.name(name);
            let ran = with(&path);
            assert_eq!(ran.code, 2, "{arguments:?} {name}: {ran:?}");
            assert!(
                ran.stderr
                    .contains("written to .json, .safetensors and .onnx"),
                "{ran:?}"
            );
            assert!(files.text(name).is_none());
        }
        let ran = with("-");
        assert!(ran.stdout.starts_with("{\n \"d\": 2"), "{ran:?}");
    }
    // The lift has square roots: JSON holds them, floats do not.
    let (exact, floats) = (files.name("l.json"), files.name("l.safetensors"));
    let ran = relucert(&["lift", &net, "--network-out", &floats]);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.stderr.contains("found 0.weight[") && files.text("l.safetensors").is_none());
    ok(&["lift", &net, "--network-out", &exact]);
    assert_eq!(ok(&["inspect", &exact, "--json"]).json()["n_star"], true);
    let ran = relucert(&["nearest", &net, &net, "--phi-out", &exact, "--round", "f32"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.stderr.contains("JSON holds every number exactly"));
    let ran = relucert(&["nearest", &net, &net, "--prove-phi", &exact]);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.stderr.contains("--phi-out writes"), "{ran:?}");
}
