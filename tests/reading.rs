//! Reading and binding agree: the engine and the verifier read files independently, by the rule of `docs/reading.md`. The same bytes go to
//! both; both take them or both refuse, and what is taken is the same network.

#[path = "reading/generate.rs"]
mod generate;
mod support;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use generate::{File, Random};
use proptest::prelude::*;
use relucert::arrangement::parse_arr;
use relucert::certificate::{
    self, DeepClaim, DeepEqual, DeepNetworks, DeepSame, DeepStatement, DeepStep, Networks, Side,
    Step, Writer,
};
use relucert::exact::Rational;
use relucert::exact::text::{self, parse};
use relucert::family::{Family, prove_equal};
use relucert::network::file::{Format, Layout, Reading, Source, near_floats};
use relucert::network::{Deep, Network, to_certificate};
use relucert::realization::{Subject, equal_certificate};
use relucert::verify::{BindError, Bindings, Limits, Verdict, verify_text};
use relucert::watch::Watch;
use support::cli::relucert;

/// Bindings to the bytes as Γ.
fn bind(file: &File) -> Result<Bindings, BindError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(format!("net.{}", file.format));
    std::fs::write(&path, &file.bytes).unwrap();
    Bindings::read(Some(&path), None, &Limits::default())
}

fn verify(certificate: &str, bindings: &Bindings) -> Verdict {
    verify_text(certificate.as_bytes(), &Limits::default(), bindings)
}

/// R(Γ) = R(Γ), as the engine states it.
fn about(network: &Network) -> String {
    let stated = to_certificate(network).expect("two layers");
    let networks = Networks {
        gamma: stated.clone(),
        theta: Some(stated),
        phi: None,
    };
    let activation = None;
    equal_certificate(
        Subject {
            networks,
            activation,
        },
        None,
    )
}

/// The same of a network with one layer, or with more than two.
fn about_deep(network: &Deep) -> String {
    let stated = certificate::Deep::from(network);
    let networks = DeepNetworks {
        gamma: stated.clone(),
        theta: Some(stated),
        phi: None,
    };
    let claim = DeepClaim::Equal(DeepEqual { domain: None });
    let mut writer = Writer::new("a test", DeepStatement { networks, claim });
    writer.step(Step::Deep(Box::new(DeepStep::Same(DeepSame {
        one: Side::Gamma,
        other: Side::Theta,
    }))));
    writer.finish()
}

fn source(file: &File) -> Source {
    Source::new("net", file.format, file.bytes.clone()).unwrap()
}

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fate {
    Bound,
    Refused,
    Limit,
    /// Read, but no network of a certificate: a family without a proof.
    Unstated,
}

/// Feeds a file to both and compares; then the file with one number changed must be rejected.
fn agree(file: &File) -> Fate {
    let shown = || String::from_utf8_lossy(&file.bytes).into_owned();
    let bound = bind(file);
    let certificate = match file.format {
        Format::Arr => parse_arr(source(file).text().unwrap_or("not UTF-8"))
            .map(|(normals, dimension)| about_normals(&normals, dimension))
            .map_err(|error| (error.to_string(), false)),
        _ if source(file).is_family() => match Family::read(&source(file)) {
            Ok(family) => Ok(prove_equal(&family, &family, &Watch::none())
                .ok()
                .map(|p| p.certificate)),
            Err(error) => Err((error.to_string(), error.is_limit())),
        },
        _ => match source(file).network() {
            Ok(reading) => Ok(Some(match &reading.network {
                Network::Deep(network) => about_deep(network),
                network => about(network),
            })),
            Err(error) => Err((error.to_string(), error.is_limit())),
        },
    };
    match (certificate, bound) {
        (Err((_, limit)), Err(error)) => {
            // A file with several faults may be refused for one and declined for another.
            match limit && error.is_limit() {
                true => Fate::Limit,
                false => Fate::Refused,
            }
        }
        (Err((error, _)), Ok(_)) => panic!("only bound: {error}\n{}", shown()),
        (Ok(_), Err(error)) => panic!("only read: {error}\n{}", shown()),
        (Ok(None), Ok(_)) => Fate::Unstated,
        (Ok(Some(certificate)), Ok(bindings)) => {
            let verdict = verify(&certificate, &bindings);
            let verified = matches!(verdict, Verdict::Verified(_));
            assert!(verified, "{verdict:?}\n{}\n{certificate}", shown());
            if let Some(changed) = &file.changed {
                let changed = File {
                    format: file.format,
                    bytes: changed.clone(),
                    changed: None,
                };
                // With another number a neuron's contribution may not be rational: then the file is none.
                if let Ok(bindings) = bind(&changed) {
                    let verdict = verify(&certificate, &bindings);
                    let rejected = matches!(verdict, Verdict::Rejected(_));
                    assert!(rejected, "{verdict:?}\n{}\n{certificate}", shown());
                }
            }
            Fate::Bound
        }
    }
}

/// Normals as a statement has them, if it has any.
fn about_normals(normals: &[Vec<Rational>], dimension: usize) -> Option<String> {
    let number = |value: &Rational| certificate::Surd::from(value.clone());
    let stated = certificate::StatedNetwork {
        d: dimension,
        m: normals.len(),
        outputs: 1,
        a: normals
            .iter()
            .map(|row| row.iter().map(number).collect())
            .collect(),
        b: None,
        c: normals
            .iter()
            .map(|_| vec![number(&Rational::default())])
            .collect(),
        e: None,
    };
    let networks = Networks {
        gamma: stated.clone(),
        theta: Some(stated),
        phi: None,
    };
    let activation = None;
    let some = dimension > 0 && !normals.is_empty();
    some.then(|| {
        equal_certificate(
            Subject {
                networks,
                activation,
            },
            None,
        )
    })
}

type Count = BTreeMap<Fate, usize>;

/// Runs many files of one kind, and sees that enough of them met each fate.
fn files(cases: u32, generate: fn(&mut Random) -> File, at_least: &[(Fate, usize)]) {
    let count = RefCell::new(Count::new());
    let config = ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let mut runner = proptest::test_runner::TestRunner::new_with_rng(
        config,
        proptest::test_runner::TestRng::deterministic_rng(
            proptest::test_runner::RngAlgorithm::ChaCha,
        ),
    );
    let result = runner.run(&any::<u64>(), |seed| {
        let file = generate(&mut Random(seed));
        *count.borrow_mut().entry(agree(&file)).or_default() += 1;
        Ok(())
    });
    result.unwrap();
    let count = count.into_inner();
    for (fate, least) in at_least {
        let found = count.get(fate).copied().unwrap_or(0);
        assert!(found >= *least, "{fate:?}: {count:?}");
    }
}

#[test]
fn networks_as_json() {
    use Fate::{Bound, Limit, Refused};
    let least = [(Bound, 300), (Refused, 300), (Limit, 5)];
    files(1500, generate::json_network, &least);
}

#[test]
fn networks_as_tensors() {
    use Fate::{Bound, Refused};
    let least = [(Bound, 320), (Refused, 300)];
    files(1500, generate::tensors, &least);
}

#[test]
fn families() {
    use Fate::{Bound, Limit, Refused};
    let least = [(Bound, 80), (Refused, 80), (Limit, 1)];
    files(300, generate::family, &least);
}

#[test]
fn arrangements() {
    use Fate::{Bound, Refused, Unstated};
    let least = [(Bound, 100), (Refused, 100), (Unstated, 5)];
    files(500, generate::normals, &least);
}

/// A file of `tests/data/public`.
fn public(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data/public")
        .join(name)
}

fn reading(name: &str) -> Reading {
    Source::open(&public(name)).unwrap().network().unwrap()
}

/// What a number is, or why it is none.
fn number(text: &str) -> String {
    match parse(text) {
        Ok(value) => value.to_string(),
        Err(error) => error.to_string(),
    }
}

/// The rows of the table of public faults that are about reading: what each file is, or the end of the message, and whether it is a limit.
#[test]
fn files_after_public_faults() {
    for (name, expected) in [
        ("bind-layer-names/features_classifier.safetensors", Ok(())),
        ("bind-layer-names/numbers.safetensors", Ok(())),
        ("bind-ambiguous-order/square_order.json", Ok(())),
        (
            "bind-ambiguous-order/square_words.safetensors",
            Err(
                "found layers named head, linear, whose shapes fit in more than one order (head, linear; linear, head)",
            ),
        ),
        (
            "safetensors-duplicate-keys/dupkey_two_shapes.safetensors",
            Err("the tensor 0.weight appears twice"),
        ),
        (
            "safetensors-duplicate-keys/dupkey_dtype.safetensors",
            Err("the tensor 2.weight appears twice"),
        ),
        ("bind-half-precision/bf16.safetensors", Ok(())),
        ("byte-order-mark/bom.json", Ok(())),
        ("byte-order-mark/bom.arr", Ok(())),
        (
            "family-syntax/trailing.json",
            Err("line 1, column 33, field a[1]: found ']', expected a row"),
        ),
        (
            "family-syntax/garbage.json",
            Err("line 1, column 47: found 'x', expected nothing after the network"),
        ),
        (
            "family-private-number/private.json",
            Err("line 1, column 24, field a[0][0]: found an object, expected a number"),
        ),
        ("bind-expressions/expr.json", Ok(())),
        ("number-messages/unicode_minus.json", Ok(())),
        (
            "number-messages/unicode_frac.json",
            Err("'½' is not a number: unexpected '½': fractions are written as 1/2"),
        ),
        (
            "number-messages/fullwidth.json",
            Err("'１' is not a number: unexpected '１': digits are 0 to 9"),
        ),
        ("json-of-floats/net.safetensors", Ok(())),
        ("json-of-floats/tolist.json", Ok(())),
        ("json-of-floats/hex.json", Ok(())),
        ("layers-without-gap/linear_linear.safetensors", Ok(())),
        ("family-binding/ex2.5-gamma.json", Ok(())),
    ] {
        let source = Source::open(&public(name)).unwrap();
        let file = File {
            format: source.format(),
            bytes: source.bytes().to_vec(),
            changed: None,
        };
        let message = match source.format() {
            Format::Arr => parse_arr(source.text().unwrap())
                .err()
                .map(|e| e.to_string()),
            _ if source.is_family() => Family::read(&source).err().map(|e| e.to_string()),
            _ => source.network().err().map(|e| e.to_string()),
        };
        match expected {
            Ok(()) => assert_eq!(message, None, "{name}"),
            Err(end) => {
                let message = message.expect(name);
                assert!(message.contains(end), "{name}: {message}");
            }
        }
        let refused = agree(&file) == Fate::Refused;
        assert_eq!(refused, expected.is_err(), "{name}");
    }
    let roots = Source::open(&public("number-messages/roots.json")).unwrap();
    let message = roots.network().unwrap_err().to_string();
    let quoted: Vec<&str> = message.split('\'').skip(1).step_by(2).collect();
    let [first, second, ..] = quoted[..] else {
        panic!("{message}")
    };
    assert_ne!(first, second, "a thing is compared with itself: {message}");
}

#[test]
fn layers_come_in_the_only_order() {
    let tensors = |name: &str| match reading(name).layout {
        Layout::Tensors(layers) => layers
            .iter()
            .map(|layer| layer.weight.name.clone())
            .collect::<Vec<_>>()
            .join(" "),
        other => panic!("{other:?}"),
    };
    let name = "layers-named-by-words/fc1_fc2_out.safetensors";
    assert_eq!(tensors(name), "fc1.weight fc2.weight out.weight");
    let name = "bind-layer-names/features_classifier.safetensors";
    assert_eq!(tensors(name), "features.0.weight classifier.0.weight");
    // Encoder and decoder fit both ways round.
    let name = "layers-named-by-words/autoencoder.safetensors";
    let source = Source::open(&public(name)).unwrap();
    let message = source.network().unwrap_err().to_string();
    assert!(
        message.contains("(decoder.0, decoder.2, encoder.0, encoder.2; encoder.0,"),
        "{message}"
    );
}

#[test]
fn remarks_say_what_was_taken_for_granted() {
    let said = reading("layers-without-gap/linear_linear.safetensors").remarks;
    assert!(said[0].starts_with("taken as ReLU"), "{said:?}");
    assert!(
        said[1].starts_with("a ReLU is put between layers 0 and 1,"),
        "{said:?}"
    );
    assert_eq!(reading("json-of-floats/net.safetensors").remarks.len(), 1);
    assert!(reading("json-of-floats/tolist.json").remarks.is_empty());
}

#[test]
fn decimals_beside_floats_are_noticed() {
    let floats = reading("json-of-floats/net.safetensors");
    let near = near_floats(&reading("json-of-floats/tolist.json"), &floats).unwrap();
    assert_eq!((near.different, near.all), (13, 13));
    assert!(
        near.to_string().contains("round to the f32 floats"),
        "{near}"
    );
    assert_eq!(
        near_floats(&reading("json-of-floats/hex.json"), &floats),
        None
    );
    let other = reading("bind-layer-names/numbers.safetensors");
    assert_eq!(
        near_floats(&reading("json-of-floats/tolist.json"), &other),
        None
    );
}

/// A limit that was reached is told from a fault, by both.
#[test]
fn limits_are_limits() {
    let network = |number: &str| File {
        format: Format::Json,
        bytes: format!(r#"{{"a":[["{number}"]],"c":[["1"]]}}"#).into_bytes(),
        changed: None,
    };
    let nested = |depth: usize| format!("{}1{}", "(".repeat(depth), ")".repeat(depth));
    for (number, fate) in [
        ("9".repeat(25_000), Fate::Bound),
        ("9".repeat(text::LONGEST_TEXT), Fate::Bound),
        ("9".repeat(text::LONGEST_TEXT + 1), Fate::Limit),
        ("1e20000".to_owned(), Fate::Bound),
        ("1e-20000".to_owned(), Fate::Bound),
        ("1e20001".to_owned(), Fate::Limit),
        ("2^20000".to_owned(), Fate::Bound),
        ("2^20001".to_owned(), Fate::Limit),
        (
            "2^20000*2^20000*2^20000*2^20000*2^19999".to_owned(),
            Fate::Bound,
        ),
        (
            "2^20000*2^20000*2^20000*2^20000*2^20000".to_owned(),
            Fate::Limit,
        ),
        // On the way too.
        (
            "0*2^20000*2^20000*2^20000*2^20000*2^20000".to_owned(),
            Fate::Bound,
        ),
        (
            "0*(2^20000*2^20000*2^20000*2^20000*2^20000)".to_owned(),
            Fate::Limit,
        ),
        ("sqrt(2)-sqrt(2)".to_owned(), Fate::Bound),
        (
            "sqrt(2)+sqrt(3)+sqrt(5)+sqrt(7)+sqrt(11)+sqrt(13)+sqrt(17)".to_owned(),
            Fate::Limit,
        ),
        (nested(text::DEEPEST), Fate::Bound),
        (nested(text::DEEPEST + 1), Fate::Limit),
        ("1e".to_owned(), Fate::Refused),
    ] {
        let short: String = number.chars().take(60).collect();
        assert_eq!(agree(&network(&number)), fate, "{short}");
    }
    assert!(Limits::default().bytes >= relucert::network::file::MOST_BYTES);
}

#[test]
fn numbers_and_what_is_said_of_them() {
    for (text, expected) in [
        ("−3", "-3"),
        ("2^−2", "1/4"),
        ("√8", "2*sqrt(2)"),
        ("−2*√(1/2)", "-sqrt(2)"),
        (
            "1\u{a0}000",
            "'1\u{a0}000' is not a number: unexpected '\\u{a0}': digits are not grouped",
        ),
        (
            "1,5",
            "'1,5' is not a number: unexpected ',': decimals have a point, as in 1.5",
        ),
        (
            "3√2",
            "'3√2' is not a number: unexpected '√': products are written as 3*sqrt(2)",
        ),
        (
            "2³",
            "'2³' is not a number: unexpected '³': powers are written as 2^3",
        ),
        (
            "2×3",
            "'2×3' is not a number: unexpected '×': products are written as 2*3",
        ),
        (
            "–3",
            "'–3' is not a number: unexpected '–': the minus sign is -",
        ),
        (
            "∞",
            "'∞' is not a number: unexpected '∞': NaN and infinities are refused",
        ),
        (
            "1e20001",
            "'1e20001' is beyond what is read: an exponent beyond ±20000",
        ),
    ] {
        assert_eq!(number(text), expected, "{text}");
    }
}

/// A family is bound as a family: entry by entry the same function of k, not only at k = 1.
#[test]
fn families_are_bound_for_all_k() {
    let certificate = std::fs::read_to_string(public("family-binding/fam.rcert")).unwrap();
    let gamma = std::fs::read_to_string(public("family-binding/ex2.5-gamma.json")).unwrap();
    let verdict = |gamma: &str| {
        let file = File {
            format: Format::Json,
            bytes: gamma.as_bytes().to_vec(),
            changed: None,
        };
        bind(&file).map(|bindings| verify(&certificate, &bindings))
    };
    assert!(matches!(verdict(&gamma), Ok(Verdict::Verified(_))));
    for (old, new, same) in [
        ("\"-1/k\"", "\"-(k+1)/(k^2+k)\"", true),
        ("\"sqrt(2)*k\"", "\"sqrt(2*k^2)\"", true),
        ("\"-1/(sqrt(2)*k)\"", "\"-(2*k^2)^(-1/2)\"", true),
        ("\"-1/(sqrt(2)*k)\"", "\"-√2/2*k^-1\"", true),
        // Equal at k = 1, or at two k, only.
        ("\"-1/k\"", "\"-1\"", false),
        ("\"-1/k\"", "\"-1/k+(k-1)*(k-2)\"", false),
        ("\"sqrt(2)*k\"", "\"sqrt(2*k)\"", false),
        // 1/k wherever it is defined; at k = 3 it is not.
        ("\"-1/k\"", "\"-(k-3)/(k*(k-3))\"", false),
    ] {
        let changed = gamma.replacen(old, new, 1);
        assert_ne!(changed, gamma);
        match verdict(&changed) {
            Ok(Verdict::Verified(_)) => assert!(same, "{new}"),
            Ok(Verdict::Rejected(found)) => assert!(!same, "{new}: {found}"),
            other => panic!("{new}: {other:?}"),
        }
    }
    let plain = r#"{"a": [["-1","-1","-1"]], "c": [["1"]]}"#;
    assert!(matches!(verdict(plain), Ok(Verdict::Rejected(_))));
}

/// `equal` says so itself where a text stands for the floats of the other file.
#[test]
fn equal_remarks_on_decimals_of_floats() {
    let [net, list, hex] = ["net.safetensors", "tolist.json", "hex.json"]
        .map(|name| public(&format!("json-of-floats/{name}")));
    for (text, equal) in [(&list, false), (&hex, true)] {
        let [net, text] = [&net, text].map(|path| path.to_str().unwrap());
        let ran = relucert(&["equal", net, text]);
        assert_eq!(ran.code, i32::from(!equal));
        let said = ran.stderr;
        assert_eq!(
            said.contains("13 of its 13 numbers are exact decimals"),
            !equal,
            "{said}"
        );
    }
}
