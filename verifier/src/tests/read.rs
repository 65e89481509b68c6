use super::super::support::{
    forge, forge_line, merge_example, rejection, seal, verdict, violation_example,
};
use super::super::{Bindings, Limits, Verdict, verify_text};

fn lines() -> Vec<String> {
    let text = merge_example().text();
    text.lines().map(str::to_owned).collect()
}

#[test]
fn files_that_are_not_whole_are_rejected() {
    let text = merge_example().text();
    let mut swapped = lines();
    swapped.swap(3, 4);
    let cut: Vec<String> = lines()[..10].to_vec();
    let hash = &text[text.len() - 67..text.len() - 4];
    for (name, text, expected) in [
        ("nothing", String::new(), "the file is empty"),
        ("one line end", "\n".to_owned(), "the last line is missing"),
        (
            "only line ends",
            "\n\n\n\n\n".to_owned(),
            "line 5: malformed",
        ),
        (
            "no last line end",
            text.trim_end().to_owned(),
            "the last line is missing: the file does not end with a line end",
        ),
        (
            "the last line is missing",
            lines()[..lines().len() - 1].join("\n") + "\n",
            "the file ends before its last line: it is cut off",
        ),
        (
            "cut in the middle",
            cut.join("\n") + "\n",
            "the file ends before its last line: it is cut off",
        ),
        (
            "a line after the last",
            text.clone() + "\n",
            "malformed: EOF",
        ),
        (
            "two last lines",
            text.clone() + text.lines().last().unwrap() + "\n",
            "number of steps in the last line; found 14; expected 15",
        ),
        (
            "only the last line",
            text.lines().last().unwrap().to_owned() + "\n",
            "the file has only one line",
        ),
        (
            "a header and the last line",
            seal(&["{}".to_owned(), "{}".to_owned(), "{}".to_owned()])
                .replace("{}\n{}\n{}\n", "{}\n"),
            "header, statement, conclusion or last line is missing",
        ),
        (
            "a step count too high",
            text.replace(r#""steps":14"#, r#""steps":15"#),
            "line 18: number of steps in the last line; found 15; expected 14",
        ),
        (
            "a step count of another form",
            text.replace(r#""steps":14"#, r#""steps":14.0"#),
            "line 18: malformed: invalid type: floating point",
        ),
        (
            "another hash",
            text.replace(hash, &hash.chars().rev().collect::<String>()),
            "line 18: SHA-256 in the last line; found",
        ),
        (
            "an upper-case hash",
            text.replace(hash, &hash.to_uppercase()),
            "SHA-256 in the last line",
        ),
        (
            "two steps exchanged",
            swapped.join("\n") + "\n",
            "SHA-256 in the last line",
        ),
        (
            "one byte changed",
            text.replace("a test", "a tesT"),
            "SHA-256 in the last line",
        ),
        (
            "a field too many",
            text.replace(r#"{"end":"#, r#"{"more":1,"end":"#),
            "line 18: malformed: unknown field `more`",
        ),
    ] {
        let found = rejection(&text);
        assert!(found.contains(expected), "{name}: {found}");
    }
    let mut bytes = text.into_bytes();
    bytes[100] = 0xff;
    match verify_text(&bytes, &Limits::default(), &Bindings::default()) {
        Verdict::Rejected(found) => assert_eq!(found.reason, "not UTF-8 from byte 100"),
        other => panic!("{other:?}"),
    }
}

/// Wherever a certificate is cut, this is said and nothing else.
#[test]
fn cut_off_anywhere() {
    let text = merge_example().text();
    let start = text.find("certificate/").unwrap() + "certificate/".len();
    for length in start..text.len() - 1 {
        let verdict = verify_text(
            &text.as_bytes()[..length],
            &Limits::default(),
            &Bindings::default(),
        );
        match verdict {
            Verdict::Rejected(found) => {
                let expected = "the file ends before its last line: it is cut off";
                assert_eq!(found.to_string(), expected, "{length}");
            }
            other => panic!("{length}: {other:?}"),
        }
    }
    // Half a character at the end.
    let mut text = text.replace("a test", "Γ").into_bytes();
    let at = text.iter().position(|byte| !byte.is_ascii()).unwrap();
    text.truncate(at + 1);
    match verify_text(&text, &Limits::default(), &Bindings::default()) {
        Verdict::Rejected(found) => assert!(found.reason.contains("cut off"), "{found}"),
        other => panic!("{other:?}"),
    }
    // What is no certificate is not called one that is cut off.
    for other in ["{}", "[1,\n2", "s VERIFIED\n", "{\"a\":\n[["] {
        assert!(!rejection(other).contains("cut off"), "{other}");
    }
}

#[test]
fn forged_headers() {
    let text = merge_example().text();
    for (name, new, expected) in [
        (
            "another file",
            r#"{"relucert":"verify/1","producer":""}"#,
            "line 1: this is not a certificate; found verify/1; expected certificate/1",
        ),
        (
            "no version",
            r#"{"producer":""}"#,
            "line 1: malformed: missing field `relucert`",
        ),
        (
            "no producer",
            r#"{"relucert":"certificate/1"}"#,
            "line 1: malformed: missing field `producer`",
        ),
        (
            "a field too many",
            r#"{"relucert":"certificate/1","producer":"","more":0}"#,
            "line 1: malformed: unknown field `more`",
        ),
        (
            "a field twice",
            r#"{"relucert":"certificate/1","relucert":"certificate/1","producer":""}"#,
            "line 1: malformed: duplicate field `relucert`",
        ),
        ("not JSON", "relucert", "line 1: malformed"),
        (
            "two objects",
            r#"{"relucert":"certificate/1","producer":""}{}"#,
            "line 1: malformed: trailing characters",
        ),
    ] {
        let found = rejection(&forge(&text, |lines| new.clone_into(&mut lines[0])));
        assert!(found.contains(expected), "{name}: {found}");
    }
    let newer = r#"{"relucert":"certificate/2","producer":"","colour":"red"}"#;
    match verdict(&forge(&text, |lines| newer.clone_into(&mut lines[0]))) {
        Verdict::Declined(found) => {
            assert_eq!(
                found.to_string(),
                r#"line 1: format "certificate/2" is not known, only "certificate/1" is"#
            );
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn forged_statements() {
    let text = violation_example().text();
    for (name, old, new, expected) in [
        (
            "a field too many",
            r#"{"statement":{"#,
            r#"{"statement":{"more":1,"#,
            "unknown field `more`",
        ),
        (
            "a field too many in a network",
            r#""d":2,"#,
            r#""d":2,"k":2,"#,
            "unknown field `k`",
        ),
        (
            "a field twice",
            r#""d":2,"#,
            r#""d":2,"d":2,"#,
            "duplicate field `d`",
        ),
        (
            "two claims",
            r#""claim":{"#,
            r#""claim":{"reparametrization":{"distance":"0","bound":"0"},"#,
            "malformed",
        ),
        (
            "the same claim twice",
            r#""claim":"#,
            r#""claim":{"condition":{}},"claim":"#,
            "malformed",
        ),
        (
            "no claim",
            r#""claim":{"#,
            r#""claim":{},"other":{"#,
            "malformed",
        ),
        (
            "a number that is not text",
            r#"["1","-2"]"#,
            r#"[1,"-2"]"#,
            "malformed: invalid type: integer",
        ),
        (
            "a number not in lowest terms",
            r#"["1","-2"]"#,
            r#"["2/2","-2"]"#,
            "not in lowest terms",
        ),
        (
            "a decimal",
            r#"["1","-2"]"#,
            r#"["1.0","-2"]"#,
            "expected digits",
        ),
        (
            "a perfect square",
            r#"["1","-2"]"#,
            r#"["sqrt(1)","-2"]"#,
            "a radicand must be at least 2",
        ),
        (
            "a negative index",
            r#""i":0"#,
            r#""i":-1"#,
            "malformed: invalid value: integer",
        ),
        (
            "an index as text",
            r#""i":0"#,
            r#""i":"0""#,
            "malformed: invalid type: string",
        ),
        (
            "an index with an exponent",
            r#""j":2"#,
            r#""j":2e0"#,
            "malformed: invalid type: floating point",
        ),
    ] {
        let found = rejection(&forge_line(&text, 2, old, new));
        assert!(
            found.starts_with("line 2: ") && found.contains(expected),
            "{name}: {found}"
        );
    }
    let unknown = forge_line(&text, 2, r#"{"condition":{"#, r#"{"for-all-n":{"k":"k","#);
    match verdict(&unknown) {
        Verdict::Declined(found) => {
            assert_eq!(
                found.to_string(),
                r#"line 2: claims of kind "for-all-n" are not known"#
            );
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn forged_conclusions_and_steps() {
    let text = merge_example().text();
    let step = |number: usize| number + 2;
    for (name, line, old, new, expected) in [
        (
            "a step too many",
            17,
            "12,14]",
            "12,14,15]",
            "line 17: the steps that the conclusion rests on must exist and increase; found 15; expected more than 14 and at most 14",
        ),
        (
            "step 0",
            17,
            "[1,2",
            "[0,1,2",
            "found 0; expected more than 0",
        ),
        (
            "a step twice",
            17,
            "[1,2",
            "[1,1,2",
            "found 1; expected more than 1",
        ),
        (
            "steps out of order",
            17,
            "[1,2",
            "[2,1",
            "found 1; expected more than 2",
        ),
        (
            "another claim",
            17,
            "theorem-3.1",
            "reparametrization",
            "line 17: kind of claim in the conclusion; found reparametrization; expected theorem-3.1",
        ),
        (
            "a field too many",
            17,
            r#""claim""#,
            r#""x":0,"claim""#,
            "line 17: malformed: unknown field `x`",
        ),
        (
            "a step number repeated",
            step(3),
            r#""step":3"#,
            r#""step":2"#,
            "line 5: step 3: the step's number; found 2; expected 3",
        ),
        (
            "a gap",
            step(3),
            r#""step":3"#,
            r#""step":4"#,
            "line 5: step 3: the step's number; found 4; expected 3",
        ),
        (
            "a rule with a field too many",
            step(8),
            r#""into":0"#,
            r#""into":0,"onto":0"#,
            "line 10: step 8: malformed: unknown field `onto`",
        ),
        (
            "an unknown rule",
            step(8),
            "merge",
            "purge",
            "line 10: step 8: malformed: unknown variant `purge`",
        ),
        (
            "two rules",
            step(8),
            r#""rule":{"#,
            r#""rule":{"kill":{"neuron":0},"#,
            "line 10: step 8: malformed",
        ),
        (
            "no rule",
            step(8),
            r#"{"merge":{"into":0,"from":[1]}}"#,
            "{}",
            "line 10: step 8: malformed",
        ),
        (
            "no rule in a step the conclusion names",
            step(3),
            r#"{"jump":{"value":"1"}}"#,
            "{}",
            "line 5: the step has no rule",
        ),
        (
            "a tree node with leading zero",
            step(2),
            r#"["b"]"#,
            r#"["s00","b","b"]"#,
            "a tree node is",
        ),
        (
            "a tree node with a sign",
            step(2),
            r#"["b"]"#,
            r#"["s+0","b","b"]"#,
            "a tree node is",
        ),
        (
            "a tree node of another kind",
            step(2),
            r#"["b"]"#,
            r#"["ok"]"#,
            "a tree node is",
        ),
        (
            "a wrong step",
            step(3),
            r#""value":"1""#,
            r#""value":"2""#,
            "line 5: step 3 (jump): jump norm; found 2; expected 1",
        ),
    ] {
        let found = rejection(&forge_line(&text, line, old, new));
        assert!(found.contains(expected), "{name}: {found}");
    }
    let blank = rejection(&forge(&text, |lines| lines.insert(5, String::new())));
    assert!(blank.contains("malformed: EOF"), "{blank}");
}

#[test]
fn limits() {
    let text = merge_example().text();
    let default = Limits::default;
    for (limits, expected) in [
        (
            Limits {
                bytes: 100,
                ..default()
            },
            "--limit-bytes",
        ),
        (
            Limits {
                work: 100,
                ..default()
            },
            "--limit-work",
        ),
        (
            Limits {
                memory: 10_000,
                ..default()
            },
            "--limit-memory",
        ),
    ] {
        match verify_text(text.as_bytes(), &limits, &Bindings::default()) {
            Verdict::Declined(found) => assert!(found.reason.contains(expected), "{found}"),
            other => panic!("{limits:?}: {other:?}"),
        }
    }
}

/// Brackets, however deep, overflow no stack.
#[test]
fn depth() {
    for (open, close) in [("[", "]"), (r#"{"a":"#, "}")] {
        for count in [100, 1000, 1_000_000] {
            let line = format!("{}1{}", open.repeat(count), close.repeat(count));
            for number in [1, 3] {
                let deep = forge(&merge_example().text(), |lines| {
                    lines[number].clone_from(&line);
                });
                assert!(!matches!(verdict(&deep), Verdict::Verified(_)));
            }
        }
    }
}

/// One text, one meaning: but for white space and the order of keys.
#[test]
fn other_texts_of_the_same() {
    let text = merge_example().text();
    let forged = |line: usize, old: &str, new: &str| verdict(&forge_line(&text, line, old, new));
    for (line, old, new) in [
        (2, r#"{"statement":"#, "{ \"statement\"\t: "),
        (10, r#""into":0,"from":[1]"#, r#""from":[ 1 ],"into":0"#),
        (3, r#"{"step":1"#, r#"{ "step" : 1"#),
        (1, r#""a test""#, r#""\u0061 \"test\" [ ""#),
    ] {
        let found = forged(line, old, new);
        assert!(matches!(found, Verdict::Verified(_)), "{new}: {found:?}");
    }
    let (list, left_out) = ("a list stands in place of", "null or false is left out");
    for (line, old, new, expected) in [
        (2, r#"[["4"]"#, r#"[["\u0034"]"#, "an escape, a backslash"),
        (
            2,
            r#"{"gamma""#,
            r#"{"g\u0061mma""#,
            "an escape, a backslash",
        ),
        (5, r#""jump""#, r#""jum\u0070""#, "an escape, a backslash"),
        (
            17,
            r#""theorem"#,
            r#""\u0074heorem"#,
            "an escape, a backslash",
        ),
        (5, r#"{"value":"1"}"#, r#"["1"]"#, list),
        (10, r#"{"into":0,"from":[1]}"#, r#"[0,[1]]"#, list),
        (2, r#"{"lower":"1","upper":"1"}"#, r#"["1","1"]"#, list),
        (4, r#""circuits""#, r#""packings":[],"circuits""#, list),
        (7, r#""C.2""#, r#""C.2","beta":null"#, left_out),
        (16, r#""inner""#, r#"{"inner":null}"#, left_out),
        (
            4,
            r#""circuits""#,
            r#""target":{"output":0,"input":0,"negative":false},"circuits""#,
            left_out,
        ),
    ] {
        let found = rejection(&forge_line(&text, line, old, new));
        assert!(found.contains(expected), "{new}: {found}");
    }
    for (line, new) in [
        (0, r#"["certificate/1"]"#),
        (2, r#"[1,{"jump":{"value":"1"}}]"#),
        (16, r#"{"conclusion":["theorem-3.1",[1,2]]}"#),
    ] {
        let found = rejection(&forge(&text, |lines| lines[line] = new.to_owned()));
        assert!(found.contains(list), "{new}: {found}");
    }
    let last = text.lines().last().unwrap();
    for new in [
        last.replace(r#""steps""#, r#""step\u0073""#),
        last.replace(r#"{"steps":14,"sha256":"#, "[14,")
            .replace("}}", "]}"),
    ] {
        let found = rejection(&text.replace(last, &new));
        assert!(found.starts_with("line 18: malformed: a "), "{found}");
    }
}
