//! No flag is accepted and ignored: for every verb and every kind of input, each flag has an input on which it changes what the
//! program does, or it is refused by name. The table is checked against the verbs and flags that `--help` lists.

mod support;

use std::collections::BTreeSet;

use support::cli::{Files, Ran, relucert};

/// Flags that change no answer. That `--advice` changes none has a test of its own.
const NEUTRAL: &[&str] = &[
    "--advice",
    "--color",
    "--help",
    "--quiet",
    "--threads",
    "--verbose",
];
/// Flags that a test of their own holds for the kind of file they are for.
const ELSEWHERE: &[&str] = &["--batch-norm", "--decimals", "--layers", "--normalize"];
/// Flags that a test of their own holds, with work that takes long.
const LIMITS: &[&str] = &["--time-limit", "--memory-limit"];

/// What a verb is given, by kind of input: words, with `@NAME` for an example file and `%NAME` for a file of the test.
struct Verb {
    name: &'static str,
    /// Kind of input and arguments.
    kinds: &'static [(&'static str, &'static str)],
    /// Flag, with its value, on which something changes in every kind that takes it. A flag may stand more than once; `kind:` before it
    /// limits it to one kind.
    flags: &'static [&'static str],
}

const EX21: &str = "@families/ex2.1-gamma.json @families/ex2.1-g.json";

const VERBS: &[Verb] = &[
    Verb {
        name: "eval",
        kinds: &[
            ("network", "%net.json --at 1,2"),
            ("biased", "%biased.json --at 1,2"),
            ("deep", "%deep.json --at 1,2"),
            ("family", "@families/ex2.1-g.json --at 1,2"),
        ],
        flags: &[
            "--at 3,4",
            "--json",
            "network:--k 3",
            "family:--k 3",
            "network:--input-format json",
        ],
    },
    Verb {
        name: "inspect",
        kinds: &[
            ("network", "%net.json"),
            ("deep", "%deep.json"),
            ("family", "@families/ex2.1-g.json"),
        ],
        flags: &[
            "--json",
            "--domain 0:1",
            "network:--injective",
            "network:--injective -o %out.rcert",
            "--k 3",
            "--input-format json",
        ],
    },
    Verb {
        name: "canonical",
        kinds: &[
            ("network", "%net.json"),
            ("biased", "%biased.json"),
            ("deep", "%deep.json"),
            ("family", "@families/ex2.1-g.json"),
        ],
        flags: &[
            "--json",
            "--hash",
            "--activation prelu:1/2",
            "--k 3",
            "--input-format json",
        ],
    },
    Verb {
        name: "equal",
        kinds: &[
            ("network", "%net.json %net2.json"),
            ("biased", "%biased.json %biased.json"),
            ("deep", "%deep.json %deep2.json"),
            ("family", EX21),
        ],
        flags: &[
            "--json",
            "--domain 1:2",
            "network:-o %out.rcert => --activation prelu:1/2",
            "biased:-o %out.rcert => --activation prelu:1/2",
            "deep:--activation prelu:1/2",
            "family:--activation prelu:1/2",
            "-o %out.rcert",
            "--k 3",
            "--input-format json",
        ],
    },
    Verb {
        name: "distance",
        kinds: &[
            ("nodes", "%zeros.json %nodes.json"),
            ("network", "%net.json %net2.json"),
            ("deep", "%bent.json %deep.json --domain -3:3"),
            ("family", EX21),
        ],
        flags: NORM_FLAGS,
    },
    Verb {
        name: "norm",
        kinds: &[
            ("nodes", "%nodes.json"),
            ("network", "%net.json"),
            ("biased", "%biased.json"),
            ("deep", "%bent.json --domain -3:3"),
            ("family", "@families/ex2.1-g.json"),
        ],
        flags: NORM_FLAGS,
    },
    Verb {
        name: "job",
        kinds: &[("folder", "%parts 1"), ("regions", "%cells 1")],
        flags: &["--json", "--max-nodes 1", "--k 3", "--input-format json"],
    },
    Verb {
        name: "join",
        kinds: &[("folder", "%parts"), ("regions", "%cells")],
        flags: &["--json", "-o %out.rcert", "--k 3", "--input-format json"],
    },
    Verb {
        name: "regions",
        kinds: &[
            ("network", "%net.json"),
            ("biased", "%biased.json"),
            ("deep", "%bent.json --domain -3:3"),
            ("arrangement", "%three.arr"),
            ("family", "@families/ex2.1-g.json"),
        ],
        flags: &[
            "--json",
            "--count",
            "--list-only",
            "--witness",
            "--adjacency",
            "--format csv",
            "--limit 1",
            "--method cnt",
            "--method orbits",
            "--method rrk --domain 0:1",
            "--domain 0:1",
            "-o %out.rcert",
            "-o %out.rcert --certify count",
            "--split 2 -o %new",
            "--k 3",
            "--input-format json",
        ],
    },
    Verb {
        name: "inverse-lipschitz",
        kinds: &[("network", "%net.json"), ("arrangement", "%three.arr")],
        flags: &[
            "--json",
            "--box 2",
            "--limit 1",
            "--k 3",
            "--input-format json",
        ],
    },
    Verb {
        name: "reparametrize",
        kinds: &[
            ("network", "%net.json %net2.json"),
            ("five", "%five.json %five2.json"),
            (
                "wide",
                "@networks/diabetes_gamma.safetensors @networks/diabetes_theta.safetensors",
            ),
        ],
        flags: &[
            "--json",
            "-o %out.rcert",
            "--phi-out %phi.json",
            "--theorem 3.3",
            "network:--beta 1/2",
            "network:--form jump",
            "network:--checkpoint %kept",
            "five:--max-regions 1",
            "wide:--max-nodes 1",
            "network:--phi-out %phi.safetensors --round f32",
            "--k 3",
            "--input-format json",
        ],
    },
    Verb {
        name: "lift",
        kinds: &[
            ("network", "%net.json"),
            ("biased", "%biased.json"),
            ("family", "%moving.json"),
        ],
        flags: &[
            "--json",
            "--published",
            "--network-out %l.json",
            "-o %out.rcert",
            "--samples %s.csv",
            "--samples %s.csv --samples-out %t.csv",
            "--k 3",
            "--input-format json",
        ],
    },
    Verb {
        name: "nearest",
        kinds: &[
            ("network", "%net.json %net2.json"),
            ("biased", "%biased.json %biased.json"),
            ("deep", "%deep.json %deep2.json"),
            (
                "family",
                "@families/ex2.5-gamma.json @families/ex2.5-theta.json",
            ),
        ],
        flags: &[
            "--json",
            "-o %out.rcert",
            "--prove-phi @families/ex2.5-theta.json",
            "--phi-out %phi.json",
            "--in-n-star",
            "deep:--unconstrained",
            "--phi-out %phi.safetensors --round f32",
            "--k 3",
            "--input-format json",
        ],
    },
    Verb {
        name: "separated",
        kinds: &[("network", "%net.json %net2.json"), ("family", EX21)],
        flags: &[
            "--json",
            "--at-least k/2",
            "--above k/4",
            "-o %out.rcert",
            "family:--k 3",
            "--input-format json",
        ],
    },
    Verb {
        name: "flips",
        kinds: &[
            ("subset", "%subset.json"),
            ("network", "%cancel.json"),
            ("family", "%moving.json"),
        ],
        flags: &[
            "--json",
            "-o %out.rcert",
            "subset:--max-free 0",
            "--k 3",
            "--input-format json",
        ],
    },
    Verb {
        name: "minimal",
        kinds: &[("network", "%cancel.json"), ("family", "%moving.json")],
        flags: &[
            "--json",
            "-o %out.rcert",
            "--output %m.json",
            "--max-free 0",
            "--k 3",
            "--input-format json",
        ],
    },
    Verb {
        name: "identify",
        kinds: &[
            ("network", "%net.json"),
            ("biased", "%biased.json"),
            ("deep", "%deep.json"),
            ("opposite", "%opposite.json"),
        ],
        flags: &[
            "--json",
            "-o %out.rcert",
            "--seed 2",
            "opposite:--max-open 0",
            "--k 3",
            "--input-format json",
        ],
    },
    Verb {
        name: "simplify",
        kinds: &[
            ("network", "%cancel.json"),
            ("biased", "%biased.json"),
            ("deep", "%deep.json"),
            ("family", "%moving.json"),
        ],
        flags: &[
            "--json",
            "-o %out.rcert",
            "--output %m.json",
            "--output %m.safetensors --round f32",
            "biased:--output %m.json => --balance",
            "deep:--output %m.json => --balance",
            "family:--output %m.json => --balance",
            "--tolerance 1",
            "--tolerance 1 --domain 0:1",
            "network:--tolerance 1 => --domain 0:1",
            "biased:--tolerance 1 => --domain 0:1",
            "--tolerance 1 --domain 0:1 --output %m.safetensors --round f32",
            "--max-free 0",
            "--k 3",
            "--input-format json",
        ],
    },
    Verb {
        name: "report",
        kinds: &[
            ("network", "%net.json -o %page.html"),
            ("pair", "%net.json %net2.json -o %page.html"),
            ("deep", "%deep.json -o %page.html"),
            ("certificate", "@../proofs/n1_differ.rcert -o %page.html"),
        ],
        flags: &["--json", "-o %other.html", "--k 3", "--input-format json"],
    },
    Verb {
        name: "plot",
        kinds: &[
            ("network", "%net.json -o %fig.svg"),
            ("pair", "%net.json %net2.json -o %fig.pdf"),
            ("two", "%two.json -o %fig.svg"),
            ("deep", "%deep.json -o %fig.svg"),
            ("sphere", "%deep.json --what sphere -o %fig.svg"),
            ("weights", "%deep.json --what weights -o %fig.svg"),
        ],
        flags: &[
            "--json",
            "-o %other.svg",
            "--what contours",
            "--domain 0:1/2",
            "two:--component 1",
            "--axes 1,0 --at 0,0",
            "--paper %figures",
            "--k 3",
            "--input-format json",
        ],
    },
    Verb {
        name: "completions",
        kinds: &[("shell", "bash")],
        flags: &["--json", "--k 3", "--input-format json"],
    },
    Verb {
        name: "man",
        kinds: &[("folder", "%pages")],
        flags: &["--json", "--k 3", "--input-format json"],
    },
    Verb {
        name: "explain",
        kinds: &[("certificate", "@../proofs/n1_differ.rcert")],
        flags: &[
            "--json",
            "--format markdown",
            "--format latex",
            "--format html",
            "--k 3",
            "--input-format json",
        ],
    },
    Verb {
        name: "export",
        kinds: &[("certificate", "@../proofs/n1_differ.rcert")],
        flags: &["--json", "--rocq", "--k 3", "--input-format json"],
    },
    Verb {
        name: "convert",
        kinds: &[
            ("json", "%net.json %out.json"),
            ("floats", "%net.json %out.npz"),
            ("unnamed", "%net.json %out --output-format json"),
            ("family", "@families/ex2.1-g.json %out.json"),
        ],
        flags: &[
            "--json",
            "--dtype f64",
            "json:--output-format npz",
            "floats:--output-format npz",
            "family:--output-format npz",
            "--k 3",
            "--input-format json",
        ],
    },
    Verb {
        name: "audit",
        kinds: &[
            ("claims", "C05"),
            ("trials", "--theorem 3.1 --trials 50 --seed 3"),
        ],
        flags: &[
            "--json",
            "--write %proofs",
            "--format html",
            "claims:--theorem 3.3",
            "claims:--seed 2",
            "--trials 20",
            "trials:--seed 4",
            "--search 2",
            "--k 3",
            "--input-format json",
        ],
    },
];

const NORM_FLAGS: &[&str] = &[
    "--json",
    "--per-output",
    "--jump",
    "--sup --domain 1:2",
    "--sup --domain 1:2 --sup-certificate %sup.rcert",
    "nodes:--max-nodes 1",
    "nodes:--gap 1000000",
    "deep:--sup",
    "deep:--sup --sup-certificate %sup.rcert",
    "deep:--max-nodes 0",
    "deep:--gap 1000000",
    "--activation prelu:1/2",
    "-o %out.rcert",
    "--split 2 -o %new",
    "--checkpoint %new",
    "--k 3",
    "--input-format json",
];

/// Flags for which no input of a kind is known on which anything changes, with the reason. They are accepted.
const SAME: &[(&str, &str, &str)] = &[
    (
        "minimal",
        "--max-free",
        "the search of flips, where it changes the answer",
    ),
    (
        "simplify",
        "--max-free",
        "the search of flips, where it changes the answer",
    ),
    ("nearest", "--unconstrained", "the default said aloud"),
    (
        "identify",
        "--max-open",
        "elimination, where neurons leave something open",
    ),
];

fn files() -> Files {
    let files = Files::new();
    files.write(
        "net.json",
        r#"{"a": [["1","0"],["1","2"],["0","1"]], "c": [["1"],["-1"],["2"]]}"#,
    );
    files.write(
        "opposite.json",
        r#"{"a": [["1","0"],["-1","0"],["0","1"]], "c": [["1"],["2"],["1"]]}"#,
    );
    files.write(
        "net2.json",
        r#"{"a": [["1","2"],["0","1"],["1","0"]], "c": [["-1"],["2"],["3/2"]]}"#,
    );
    // A dead neuron, three that flip together, and one that is parallel to the first.
    files.write("moving.json", r#"{"parameter": "k", "a": [["k","0"],["0","1"],["-k","-1"],["2*k","0"],["1","k"]], "c": [["1"],["1"],["1"],["1"],["0"]]}"#);
    files.write("biased.json", r#"{"a": [["1","0"],["1","2"],["3","1"]], "b": ["1","-2","0"], "c": [["1"],["-1"],["5"]], "e": ["1/3"]}"#);
    files.write("deep.json", r#"{"layers": [{"weights": [["1","2"]], "biases": ["1"]}, {"weights": [["3"]], "biases": ["0"]}, {"weights": [["1/2"]], "biases": ["0"]}]}"#);
    files.write("bent.json", r#"{"layers": [{"weights": [["1","2"],["3","-1"],["-1","1"]], "biases": ["1","0","-1"]}, {"weights": [["3","-1","1"],["1","-2","-1"]], "biases": ["-1","1"]}, {"weights": [["1/2","1"]], "biases": ["0"]}]}"#);
    files.write("deep2.json", r#"{"layers": [{"weights": [["1","3"]], "biases": ["1"]}, {"weights": [["3"]], "biases": ["0"]}, {"weights": [["1/2"]], "biases": ["0"]}]}"#);
    files.write(
        "cancel.json",
        r#"{"a": [["1","0"],["0","1"],["-1","-1"],["2","0"]], "c": [["1"],["1"],["1"],["1"]]}"#,
    );
    let five = |c: &str| {
        format!(r#"{{"a": [["1","0"],["0","1"],["1","1"],["1","-1"],["2","1"]], "c": [{c}]}}"#)
    };
    files.write("five.json", five(r#"["1"],["4"],["1"],["6"],["-3"]"#));
    files.write("five2.json", five(r#"["-5"],["1"],["-6"],["1"],["1"]"#));
    let nodes = r#"{"a": [["-3","3"],["1","1"],["3","3"],["-1","-1"],["2","-1"],["1","0"],["1","3"],["0","-3"]], "c": [C]}"#;
    files.write(
        "nodes.json",
        nodes.replace(
            'C',
            r#"["-3"],["-1"],["1"],["3"],["3"],["-3"],["-3"],["3"]"#,
        ),
    );
    files.write(
        "two.json",
        r#"{"a": [["1","0"],["1","2"]], "c": [["1","2"],["-1","1"]]}"#,
    );
    files.write("zeros.json", nodes.replace('C', &["[0]"; 8].join(",")));
    files.write("subset.json", subset_sum());
    files.write("three.arr", "3 2\n1 0\n0 1\n1 1\n");
    files.write("s.csv", "1,2,3\n0,1/2,1\n");
    files
}

/// 26 hyperplanes and a linear function; which neurons to turn round is a subset sum with long numbers.
fn subset_sum() -> String {
    let mut state = 1u64;
    let mut number = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as i64 - (1 << 30)
    };
    let mut a: Vec<String> = (0..26).map(|_| format!("[1,{}]", number())).collect();
    let mut c: Vec<String> = (0..26).map(|_| format!("[{}]", number())).collect();
    a.extend(["[1,7]", "[-1,-7]"].map(str::to_owned));
    c.extend(["[1]", "[-1]"].map(str::to_owned));
    format!(r#"{{"a": [{}], "c": [{}]}}"#, a.join(","), c.join(","))
}

fn words(files: &Files, text: &str) -> Vec<String> {
    let word = |word: &str| match word.split_at(1) {
        ("@", name) => format!("examples/{name}"),
        ("%", name) => files.name(name),
        _ => word.to_owned(),
    };
    text.split_whitespace().map(word).collect()
}

/// What a run does: how it ends, what it says, and what is in the directory afterwards.
fn effect(verb: &str, arguments: &str) -> (Ran, Vec<(String, Option<String>)>, String) {
    let files = files();
    if matches!(verb, "job" | "join") {
        let [network, parts] = ["nodes.json", "parts"].map(|name| files.name(name));
        let made = relucert(&["norm", &network, "--split", "1", "-o", &parts]);
        assert_eq!(made.code, 0, "{made:?}");
        let [network, cells] = ["net.json", "cells"].map(|name| files.name(name));
        let made = relucert(&["regions", &network, "--split", "1", "-o", &cells]);
        assert_eq!(made.code, 0, "{made:?}");
    }
    let words = words(&files, arguments);
    let all: Vec<&str> = [verb]
        .into_iter()
        .chain(words.iter().map(String::as_str))
        .collect();
    let mut ran = relucert(&all);
    let place = files.name("");
    // Times and directories change from run to run.
    let stable = |text: &str| -> String {
        let text = text.replace(&place, "");
        let lines = text
            .lines()
            .filter(|line| !line.contains(" ms") && !line.contains("seconds"));
        lines.collect::<Vec<_>>().join("\n")
    };
    (ran.stdout, ran.stderr) = (stable(&ran.stdout), stable(&ran.stderr));
    let contents = files
        .list()
        .into_iter()
        .map(|name| (name.clone(), files.text(&name)));
    (ran, contents.collect(), all.join(" "))
}

fn flags_in_help(verb: &str) -> BTreeSet<String> {
    let help = relucert(&[verb, "--help"]);
    assert_eq!(help.code, 0, "{verb}");
    let mut flags = BTreeSet::new();
    for line in help
        .stdout
        .lines()
        .map(str::trim_start)
        .filter(|line| line.starts_with('-'))
    {
        let names: Vec<&str> = line
            .split([',', ' ', '=', '['])
            .filter(|word| word.starts_with('-'))
            .collect();
        let names: Vec<&str> = names.into_iter().filter(|name| name.len() > 1).collect();
        let long = names.iter().find(|name| name.starts_with("--"));
        flags.extend(long.or(names.first()).map(|name| (*name).to_owned()));
    }
    flags
}

#[test]
fn the_table_has_every_flag_of_every_verb() {
    let help = relucert(&["--help"]).stdout;
    let (_, verbs) = help.split_once("Commands:\n").expect("verbs");
    let verbs = verbs.lines().take_while(|line| line.starts_with("  "));
    let verbs = verbs.filter_map(|line| line.split_whitespace().next());
    let mut seen = 0;
    for name in verbs.filter(|name| !matches!(*name, "help" | "verify") && !name.starts_with('[')) {
        let verb = VERBS.iter().find(|verb| verb.name == name);
        let verb = verb.unwrap_or_else(|| panic!("no line for the verb {name}"));
        let tried: BTreeSet<&str> = verb
            .flags
            .iter()
            .flat_map(|text| text.split([' ', ':']))
            .filter(|word| word.starts_with('-'))
            .collect();
        for flag in flags_in_help(name) {
            let flag = flag.as_str();
            let known = NEUTRAL.contains(&flag)
                || LIMITS.contains(&flag)
                || ELSEWHERE.contains(&flag)
                || tried.contains(flag);
            let same = SAME
                .iter()
                .any(|(verb, same, _)| *verb == name && *same == flag);
            assert!(known || same, "{name} {flag}: no test input");
            seen += 1;
        }
    }
    assert!(seen > 100, "only {seen} flags were found in the help");
}

#[test]
fn every_flag_changes_something_or_is_refused() {
    let (mut changed, mut refused) = (0, 0);
    let mut ignored = Vec::new();
    for verb in VERBS {
        for (kind, base) in verb.kinds {
            let before = effect(verb.name, base);
            assert!(
                before.0.code == 0 || before.0.code == 1 || before.0.code == 3,
                "{} {base}: {:?}",
                verb.name,
                before.0
            );
            for flag in verb.flags {
                // What takes long is run for the flags that need it alone.
                if *kind == "subset" && !flag.starts_with("subset:") {
                    continue;
                }
                let flag = match flag.split_once(':') {
                    Some((only, _)) if only.starts_with('-') => flag,
                    Some((only, _)) if only != *kind => continue,
                    Some((_, flag)) => flag,
                    None => flag,
                };
                // `A => B` compares A with A B.
                let (given, flag) = flag.split_once(" => ").unwrap_or(("", flag));
                let base = &format!("{base} {given}");
                let before = match given {
                    "" => before.clone(),
                    _ => effect(verb.name, base),
                };
                let after = effect(verb.name, &format!("{base} {flag}"));
                let named = flag.split(' ').filter(|word| word.starts_with('-'));
                if after.0.code == 2 {
                    let message = &after.0.stderr;
                    assert!(
                        named.clone().any(|name| message.contains(name)),
                        "{}: {message}",
                        after.2
                    );
                    assert!(
                        !after
                            .1
                            .iter()
                            .any(|(name, _)| before.1.iter().all(|(old, _)| old != name)),
                        "{}: a file was written",
                        after.2
                    );
                    refused += 1;
                    continue;
                }
                let same = |name: &str| {
                    SAME.iter()
                        .any(|(v, flag, _)| *v == verb.name && *flag == name)
                };
                if named.clone().any(same) {
                    continue;
                }
                match (&before.0, &before.1) == (&after.0, &after.1) {
                    true => ignored.push(after.2),
                    false => changed += 1,
                }
            }
        }
    }
    assert!(
        ignored.is_empty(),
        "nothing changed:\n{}",
        ignored.join("\n")
    );
    println!("{changed} changed something, {refused} were refused");
}
