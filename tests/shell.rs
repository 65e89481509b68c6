//! The program in a shell: standard input and output, outputs that would replace something, errors as JSON, families at one k,
//! durations, and names that would steer a terminal.

mod support;

use std::path::Path;

use support::cli::{Files, relucert, run, run_into};

const NET: &str = r#"{"a": [["1","0"],["1","2"]], "c": [["1"],["-1"]]}"#;
const FAMILY: &str = "examples/families/ex2.1-g.json";
const GAMMA: &str = "examples/families/ex2.1-gamma.json";

/// Verbs that read one network, with what else they need.
const OF_ONE: &[&[&str]] = &[
    &["eval", "--at", "1,2"],
    &["inspect"],
    &["canonical"],
    &["norm"],
    &["regions"],
    &["lift"],
    &["flips"],
    &["minimal"],
    &["simplify"],
    &["identify"],
    &["inverse-lipschitz"],
];
/// Verbs that read two.
const OF_TWO: &[&str] = &["equal", "distance", "reparametrize", "nearest", "separated"];

fn with<'a>(verb: &[&'a str], files: &[&'a str]) -> Vec<&'a str> {
    let (name, rest) = verb.split_first().expect("a verb");
    [*name].iter().chain(files).chain(rest).copied().collect()
}

#[test]
fn standard_input_is_a_network_in_every_verb() {
    let files = Files::new();
    let named = files.write("net.json", NET);
    let format = ["--input-format", "json"];
    for verb in OF_ONE {
        let by_name = relucert(&with(verb, &[&named]));
        let piped = run(
            "relucert",
            &[&with(verb, &["-"])[..], &format].concat(),
            NET.as_bytes(),
        );
        assert_eq!(
            (by_name.code, &by_name.stdout),
            (piped.code, &piped.stdout),
            "{verb:?}: {}",
            piped.stderr
        );
        let without = run("relucert", &with(verb, &["-"]), NET.as_bytes());
        assert_eq!(without.code, 2);
        assert!(
            without
                .stderr
                .contains("standard input: give --input-format"),
            "{}",
            without.stderr
        );
    }
    for verb in OF_TWO {
        let by_name = relucert(&[verb, &named, &named]);
        // The same input may stand on both sides.
        let piped = run(
            "relucert",
            &[verb, "-", "-", "--input-format", "json"],
            NET.as_bytes(),
        );
        assert_eq!(
            (by_name.code, &by_name.stdout),
            (piped.code, &piped.stdout),
            "{verb}: {}",
            piped.stderr
        );
    }
    let odd = files.write("net", NET);
    assert_eq!(relucert(&["inspect", &odd]).code, 2);
    assert_eq!(
        relucert(&["inspect", &odd, "--input-format", "json"]).code,
        0
    );
    let needless = relucert(&["inspect", &named, "--input-format", "json"]);
    assert_eq!(needless.code, 2);
    assert!(
        needless
            .stderr
            .contains("--input-format is for standard input"),
        "{}",
        needless.stderr
    );
}

#[test]
fn standard_output_takes_results_and_words_make_way() {
    let files = Files::new();
    let net = files.write("net.json", NET);
    for arguments in [
        &["norm", &net, "-o"][..],
        &["equal", &net, &net, "-o"],
        &["simplify", &net, "-o"],
        &["lift", &net, "-o"],
    ] {
        let in_file = files.name("out.rcert");
        let filed = relucert(&[arguments, &[in_file.as_str()]].concat());
        let piped = relucert(&[arguments, &["-"]].concat());
        assert_eq!((filed.code, piped.code), (0, 0), "{}", piped.stderr);
        assert_eq!(Some(&piped.stdout), files.text("out.rcert").as_ref());
        assert!(!piped.stderr.is_empty());
        let quiet = relucert(&[arguments, &["-", "-q"]].concat());
        assert_eq!((quiet.stdout, quiet.stderr.as_str()), (piped.stdout, ""));
        let json = relucert(&[arguments, &["-", "--json"]].concat());
        assert_eq!(json.code, 2);
        assert!(
            json.stderr
                .contains("-o -: standard output holds the JSON object"),
            "{}",
            json.stderr
        );
    }
    assert!(!Path::new("-").exists());
}

#[test]
fn an_output_never_replaces_an_input_or_another_output() {
    let files = Files::new();
    let net = files.write("net.json", NET);
    let link = files.name("link.json");
    std::os::unix::fs::symlink(&net, &link).expect("a link");
    let hard = files.name("hard.json");
    std::fs::hard_link(&net, &hard).expect("a link");
    let dotted = files.name("./net.json");
    let mut tried = 0;
    for target in [&net, &link, &hard, &dotted] {
        let cases: &[&[&str]] = &[
            &["norm", &net, "-o", target],
            &[
                "norm",
                &net,
                "--sup",
                "--domain",
                "0:1",
                "--sup-certificate",
                target,
            ],
            &["equal", &net, &net, "-o", target],
            &["regions", &net, "-o", target],
            &["flips", &net, "-o", target],
            &["minimal", &net, "--output", target],
            &["simplify", &net, "--output", target],
            &["lift", &net, "--network-out", target],
            &["nearest", &net, &net, "-o", target],
            &["reparametrize", &net, &net, "-o", target],
            &["separated", &net, &net, "-o", target],
        ];
        for arguments in cases {
            let ran = relucert(arguments);
            assert_eq!(ran.code, 2, "{arguments:?}: {}", ran.stderr);
            assert!(ran.stderr.contains("this is the input"), "{}", ran.stderr);
            assert_eq!(
                files.text("net.json").as_deref(),
                Some(NET),
                "{arguments:?}"
            );
            tried += 1;
        }
    }
    assert_eq!(tried, 44);
    let out = files.name("x.json");
    let twice = relucert(&["simplify", &net, "-o", &out, "--output", &out]);
    assert_eq!(twice.code, 2);
    assert!(
        twice.stderr.contains("writes there too"),
        "{}",
        twice.stderr
    );
    assert!(files.text("x.json").is_none());
    let devices = relucert(&["simplify", &net, "-o", "/dev/null", "--output", "/dev/null"]);
    assert!(
        !devices.stderr.contains("writes there too"),
        "{}",
        devices.stderr
    );
}

#[test]
fn an_error_is_one_object_under_json() {
    let files = Files::new();
    let net = files.write("net.json", NET);
    let bad = files.write(
        "bad.json",
        "{\"a\": [[\"1\"],\n[\"x\"]], \"c\": [[\"1\"],[\"1\"]]}",
    );
    let missing = files.name("missing.json");
    /// Arguments, exit code, file, line and field.
    type Case<'a> = (
        &'a [&'a str],
        i64,
        Option<&'a str>,
        Option<i64>,
        Option<&'a str>,
    );
    let cases: &[Case<'_>] = &[
        (&["inspect", &bad], 2, Some(&bad), Some(2), Some("a[1][0]")),
        (&["canonical", &missing], 2, Some(&missing), None, None),
        (&["eval", &net, "--at", "1"], 2, None, None, None),
        (&["norm", &net, "--nonsense"], 2, None, None, None),
        (&["norm", &net, "--time-limit", "nan"], 2, None, None, None),
        (&["nosuchverb"], 2, None, None, None),
        (
            &["separated", FAMILY, FAMILY, "--at-least", "k^"],
            2,
            None,
            None,
            None,
        ),
    ];
    for (arguments, exit, file, line, field) in cases {
        let ran = relucert(&[*arguments, &["--json"]].concat());
        let object = ran.json();
        assert_eq!(object["relucert"], "error/1", "{arguments:?}");
        assert_eq!(
            (i64::from(ran.code), object["exit"].as_i64()),
            (*exit, Some(*exit)),
            "{arguments:?}"
        );
        let message = object["message"].as_str().expect("a message");
        assert!(ran.stderr.contains(message), "{message} / {}", ran.stderr);
        assert_eq!(object["file"].as_str(), *file, "{arguments:?}");
        assert_eq!(object["line"].as_i64(), *line, "{arguments:?}");
        assert_eq!(object["field"].as_str(), *field, "{arguments:?}");
    }
    // What is known when a limit is reached stays the one object.
    let limited = relucert(&["regions", &net, "--count", "--limit", "1", "--json"]);
    assert_eq!(
        (limited.code, limited.json()["relucert"].as_str()),
        (3, Some("regions/1"))
    );
}

#[test]
fn every_verb_takes_an_instance_of_a_family() {
    let files = Files::new();
    let g = files.write(
        "g.json",
        r#"{"a": [["3","0"],["3","-1/9"]], "c": [["3"],["-3"]]}"#,
    );
    let gamma = files.write(
        "gamma.json",
        std::fs::read_to_string(GAMMA)
            .expect("text")
            .replace("\"parameter\": \"k\",", "")
            .replace("\"parameter\":\"k\",", ""),
    );
    let at_three = |ran: support::cli::Ran, names: [&str; 2]| {
        (ran.code, ran.stdout.replace(names[0], names[1]))
    };
    for verb in OF_ONE {
        let instance = at_three(
            relucert(&[&with(verb, &[FAMILY])[..], &["--k", "3"]].concat()),
            [FAMILY, &g],
        );
        let typed = relucert(&with(verb, &[&g]));
        assert_eq!(
            instance,
            (typed.code, typed.stdout),
            "{verb:?}: {}",
            typed.stderr
        );
    }
    for verb in ["equal", "distance", "reparametrize", "nearest"] {
        let instance = relucert(&[verb, GAMMA, FAMILY, "--k", "3"]);
        let typed = relucert(&[verb, &gamma, &g]);
        assert_eq!(
            (instance.code, instance.stdout),
            (typed.code, typed.stdout),
            "{verb}: {} {}",
            instance.stderr,
            typed.stderr
        );
    }
    let pole = files.write(
        "pole.json",
        r#"{"parameter": "k", "a": [["1/(k-3)"]], "c": [["1"]]}"#,
    );
    for (arguments, part) in [
        (["inspect", &pole, "--k", "3"], "no instance at k = 3"),
        (
            ["inspect", &g, "--k", "3"],
            "--k 3: none of the networks depends on k",
        ),
        (["inspect", FAMILY, "--k", "0"], "0"),
        (
            ["verify", "proofs/n1_differ.rcert", "--k", "3"],
            "--k 3: none",
        ),
    ] {
        let ran = relucert(&arguments);
        assert_eq!(ran.code, 2, "{arguments:?}");
        assert!(ran.stderr.contains(part), "{}", ran.stderr);
    }
}

#[test]
fn the_order_of_layers_can_be_told() {
    let file = "tests/data/public/layers-named-by-words/autoencoder.safetensors";
    let eval = |more: &[&str]| relucert(&[&["eval", file, "--at", "1,1,1,1"], more].concat());
    let untold = eval(&[]);
    assert_eq!(untold.code, 2);
    assert!(untold.stderr.contains("--layers"), "{}", untold.stderr);
    let told = eval(&["--layers", "encoder.0,encoder.2,decoder.0,decoder.2"]);
    assert_eq!(told.code, 0, "{}", told.stderr);
    // The other order takes points of another dimension.
    let other = eval(&["--layers", "decoder.0,decoder.2,encoder.0,encoder.2"]);
    assert!(
        other.stderr.contains("found 4 coordinates, expected 2"),
        "{}",
        other.stderr
    );
    for (layers, part) in [
        (
            "encoder.0,encoder.2,decoder.0",
            "no .safetensors or .npz file given has just these layers",
        ),
        (
            "encoder.0,encoder.2,decoder.0,decoder.0",
            "just these layers",
        ),
        ("encoder.0,decoder.0,encoder.2,decoder.2", ""),
    ] {
        let ran = eval(&["--layers", layers]);
        assert_eq!(ran.code, 2, "{layers}: {}", ran.stdout);
        assert!(ran.stderr.contains(part), "{}", ran.stderr);
    }
}

#[test]
fn what_would_steer_a_terminal_is_shown() {
    let files = Files::new();
    for (name, shown) in [
        ("a\u{1b}[31m.json", "\\u{1b}[31m"),
        ("b\u{202e}.json", "\\u{202e}"),
        ("c\rd.json", "\\r"),
    ] {
        let path = files.write(name, NET);
        let missing = path.clone() + "x.json";
        let out = path.clone() + ".rcert";
        for arguments in [
            &["eval", &missing, "--at", "1"][..],
            &["eval", &path, "--at", "1"],
            &["lift", &path, "-o", &out],
            &["lift", &path, "-o", &path],
        ] {
            let ran = relucert(arguments);
            let steers = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
            assert!(
                !ran.stdout.contains(steers) && !ran.stderr.contains(steers),
                "{ran:?}"
            );
        }
        assert!(
            relucert(&["eval", &missing, "--at", "1"])
                .stderr
                .contains(shown)
        );
    }
}

#[test]
fn what_cannot_be_written_is_said() {
    let full = Path::new("/dev/full");
    if !full.exists() {
        println!("skipped: there is no /dev/full");
        return;
    }
    let files = Files::new();
    let net = files.write("net.json", NET);
    let cases: Vec<Vec<&str>> = OF_ONE
        .iter()
        .map(|verb| with(verb, &[&net]))
        .chain([vec!["--help"], vec!["norm", "--help"], vec!["--version"]])
        .collect();
    for arguments in &cases {
        for json in [&[][..], &["--json"]] {
            let ran = run_into("relucert", &[arguments, json].concat(), full);
            assert_eq!(ran.code, 2, "{arguments:?}: {}", ran.stderr);
            assert!(
                ran.stderr.contains("standard output cannot be written"),
                "{}",
                ran.stderr
            );
        }
    }
    let refused = relucert(&["regions", &net, "--json", "--format", "csv"]);
    assert_eq!(refused.code, 2);
    assert!(refused.stderr.contains("--format"), "{}", refused.stderr);
}

/// A name that is not known comes with the one that is nearest to it, whatever it is a name of.
#[test]
fn what_may_have_been_meant_is_named() {
    let files = Files::new();
    let net = files.write("net.json", NET);
    let json = |name: &str, text: &str| files.write(name, text);
    let layer = json(
        "layer.json",
        r#"{"layers": [{"wieghts": [["1"]], "biases": ["0"]}]}"#,
    );
    let upper = json("upper.json", r#"{"A": [["1"]], "c": [["1"]]}"#);
    let family = json(
        "family.json",
        r#"{"paramter": "k", "a": [["k"]], "c": [["1"]]}"#,
    );
    let other = json(
        "other.json",
        r#"{"a": [["1"]], "c": [["1"]], "weights": 1}"#,
    );
    let tensors = "tests/data/public/layers-named-by-words/autoencoder.safetensors";
    let cases: &[(&[&str], Option<&str>)] = &[
        (&["inspect", &layer], Some("did you mean weights?")),
        (&["eval", &upper, "--at", "1"], Some("did you mean a?")),
        (&["norm", &family], Some("did you mean parameter?")),
        (
            &["nearest", &family, &family],
            Some("did you mean parameter?"),
        ),
        (&["regions", &other], None),
        (
            &[
                "eval",
                tensors,
                "--at",
                "1",
                "--layers",
                "encodr.0,encoder.2,decoder.0,decoder.2",
            ],
            Some("did you mean encoder.0?"),
        ),
        (&["audit", "Exampel 2.5"], Some("did you mean Example 2.5?")),
        (&["audit", "A0S"], Some("did you mean A0")),
        (&["audit", "nothing of the kind"], None),
        (&["nrom", &net], Some("exists: 'norm'")),
        (&["norm", &net, "--jupm"], Some("exists: '--jump'")),
        (
            &["regions", &net, "--method", "orbit"],
            Some("exists: 'orbits'"),
        ),
        (
            &["verify", "proofs/n1_differ.rcert", "--expect", "seminrom=1"],
            Some("exists: 'seminorm'"),
        ),
        (&["norm", &net, "--nothing-like-it"], None),
        // What looks like a number is a value.
        (&["regions", &net, "--limit", "-1"], None),
    ];
    for (arguments, part) in cases {
        let ran = relucert(arguments);
        assert_eq!(ran.code, 2, "{arguments:?}: {ran:?}");
        match part {
            Some(part) => assert!(ran.stderr.contains(part), "{arguments:?}: {}", ran.stderr),
            None => assert!(
                !ran.stderr.contains("did you mean") && !ran.stderr.contains("tip:"),
                "{arguments:?}: {}",
                ran.stderr
            ),
        }
    }
}
