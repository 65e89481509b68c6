use super::super::support::{
    affine_example, arrangement_example, biased_arrangement_example, biased_example,
    differ_example, equal_example, jump_example, merge_example, rejection, seminorm_example,
    sharp_example, unbalanced_example, violation_example,
};

#[test]
fn activations() {
    for (name, example) in [
        ("theorem-3.1", merge_example()),
        ("theorem-3.1, jump form", sharp_example()),
        ("reparametrization", biased_example()),
        ("condition", violation_example()),
        ("condition C.1", unbalanced_example()),
        ("arrangement", arrangement_example()),
    ] {
        for activation in ["0", "1/2"] {
            let mut forged = example.clone();
            forged.claim += &format!(r#","activation":"{activation}""#);
            let found = rejection(&forged.text());
            assert!(
                found.contains("claims of this kind are about ReLU"),
                "{name}: {found}"
            );
        }
    }
    jump_example().is_rejected(&[
        (
            "negative",
            r#""1/3""#,
            r#""-1/3""#,
            "the activation's a; found -1/3; expected >= 0",
        ),
        (
            "another",
            r#""1/3""#,
            r#""1/4""#,
            "jump norm; found 4/3; expected 3/2",
        ),
    ]);
}

#[test]
fn networks_of_a_claim() {
    let phi = |example: super::super::support::Example| {
        let network = r#","phi":{"d":1,"m":1,"D":1,"a":[["1"]],"c":[["1"]]}}"#;
        let mut forged = example;
        let open = forged
            .networks
            .trim_end()
            .strip_suffix('}')
            .unwrap()
            .to_owned();
        forged.networks = open + network;
        rejection(&forged.text())
    };
    for example in [
        seminorm_example(),
        affine_example(),
        jump_example(),
        equal_example(),
        differ_example(),
        arrangement_example(),
    ] {
        assert!(phi(example).contains("this claim does not speak of Φ"));
    }
    let mut theta = arrangement_example();
    theta.networks = theta.networks.replace(
        r#"{"gamma""#,
        r#"{"theta":{"d":2,"m":1,"D":1,"a":[["1","1"]],"c":[["1"]]},"gamma""#,
    );
    assert!(rejection(&theta.text()).contains("an arrangement claim does not speak of Θ"));
    for mut alone in [equal_example(), differ_example()] {
        alone.networks = seminorm_example().networks;
        assert!(rejection(&alone.text()).contains("the statement lacks Θ"));
    }
    jump_example().is_rejected(&[
        (
            "another number of inputs",
            r#""d":1,"m":1,"D":1,"a":[["1"]]"#,
            r#""d":2,"m":1,"D":1,"a":[["1","2"]]"#,
            "inputs of Θ against Γ; found 2; expected 3",
        ),
        (
            "another number of outputs",
            r#""D":1,"a":[["1"]],"c":[["1"]]"#,
            r#""D":2,"a":[["1"]],"c":[["1","1"]]"#,
            "outputs of Θ against Γ; found 1; expected 2",
        ),
    ]);
}

#[test]
fn brackets_and_boxes() {
    let bracket = r#""lower":"4","upper":"4""#;
    seminorm_example().is_rejected(&[
        ("no ends", bracket, "", "the claim names no end of the bracket"),
        ("ends that cross", bracket, r#""lower":"4","upper":"3""#, "bracket of r; found 4 to 3; expected 0 <= lower <= upper"),
        ("a negative lower end", bracket, r#""lower":"-1","upper":"4""#, "bracket of r; found -1 to 4"),
        ("a negative upper end", bracket, r#""upper":"-1""#, "bracket of r; found 0 to -1"),
        ("a lower end that is not shown", bracket, r#""lower":"3","upper":"4""#, "no step that the conclusion rests on shows r >= 3"),
        ("an upper end that is not shown", r#""upper":"4""#, r#""upper":"399/100""#, "bracket of r"),
        ("one end too many shown", bracket, r#""upper":"4""#, r#"this claim cannot rest on a step of kind "point""#),
        ("no tree", bracket, r#""lower":"4""#, r#"this claim cannot rest on a step of kind "branch""#),
        (
            "a tree that is too weak",
            r#""bound":"4","target""#,
            r#""bound":"5","target""#,
            "no step that the conclusion rests on bounds entry (0, 0) of the Jacobian by 4",
        ),
        (
            "the same sign twice",
            r#""bound":"2","target":{"output":0,"input":1,"negative":true}"#,
            r#""bound":"3","target":{"output":0,"input":1}"#,
            "no step that the conclusion rests on bounds the negative of entry (0, 1) of the Jacobian by 4",
        ),
        (
            "one entry twice",
            r#""bound":"3","target":{"output":0,"input":1}"#,
            r#""bound":"5/2","target":{"output":0,"input":0}"#,
            "at node 0: the target can exceed the bound; found 5; expected at most 5/2",
        ),
    ]);
    let mut twice = seminorm_example();
    twice.rules[4] = twice.rules[2].clone();
    assert!(rejection(&twice.text()).contains("bounds entry (0, 1) of the Jacobian by 4"));
    let mut lower = seminorm_example();
    lower.claim = r#"{"seminorm":{"lower":"4"}}"#.to_owned();
    lower.rests_on = vec![2];
    let mut upper = seminorm_example();
    upper.claim = r#"{"seminorm":{"upper":"9/2"}}"#.to_owned();
    upper.rests_on = vec![3, 4, 5, 6];
    let mut whole = seminorm_example();
    whole.rules[2] = r#"{"branch":{"bound":"5","circuits":[],"nodes":["b"]}}"#.to_owned();
    whole.claim = r#"{"seminorm":{"lower":"4","upper":"5"}}"#.to_owned();
    whole.rests_on = vec![1, 2, 3];
    for example in [lower, upper, whole] {
        example.stays_verified(&[("as it is", r#""seminorm""#, r#""seminorm""#)]);
    }
    equal_example().is_rejected(&[
        (
            "a box with a side too few",
            r#"["-1","2"],"#,
            "",
            "inputs of the box; found 1; expected 2",
        ),
        (
            "a side of length 0",
            r#"["-1","2"]"#,
            r#"["2","2"]"#,
            "side 0 of the box; found 2 to 2; expected lower < upper",
        ),
        (
            "a reversed side",
            r#"["0","1"]]}}"#,
            r#"["1","0"]]}}"#,
            "side 1 of the box; found 1 to 0",
        ),
        (
            "no box",
            r#""box":[["-1","2"],["0","1"]]"#,
            "",
            "the gradient jumps",
        ),
    ]);
    differ_example().is_rejected(&[
        (
            "another box",
            r#"["-1","1"]]}}"#,
            r#"["0","1"]]}}"#,
            "coordinate 1 of the point is outside the box",
        ),
        (
            "a reversed side",
            r#"["-1","1"]]"#,
            r#"["1","-1"]]"#,
            "side 1 of the box",
        ),
    ]);
    differ_example().stays_verified(&[("no box", r#""box":[["-1","2"],["-1","1"]]"#, "")]);
}

#[test]
fn equal_networks_do_not_differ() {
    let mut forged = differ_example();
    forged.networks = r#"{
        "gamma":{"d":1,"m":1,"D":1,"a":[["1"]],"c":[["1"]]},
        "theta":{"d":1,"m":1,"D":1,"a":[["2"]],"c":[["1/2"]]}}"#
        .to_owned();
    forged.claim = r#"{"differ":{}}"#.to_owned();
    for (gamma, theta, expected) in [
        ("3", "3", "the two functions have the same values there"),
        ("3", "4", "output 0 of Θ at the point; found 4; expected 3"),
    ] {
        forged.rules[0] =
            format!(r#"{{"values":{{"point":["3"],"gamma":["{gamma}"],"theta":["{theta}"]}}}}"#);
        assert!(rejection(&forged.text()).contains(expected));
    }
    // An equal step is no evidence of a difference, and the other way round.
    forged.rules[0] = r#"{"equal":{}}"#.to_owned();
    assert!(rejection(&forged.text()).contains("rest on steps of kind values"));
    let mut forged = equal_example();
    forged.rules[0] = r#"{"values":{"point":["1","1"],"gamma":["1"],"theta":["1"]}}"#.to_owned();
    assert!(rejection(&forged.text()).contains("rest on steps of kind equal"));
}

/// The rules of arrangements and of functions are for their claims.
#[test]
fn rules_of_other_claims() {
    for rule in [
        r#"{"witnesses":{"first":0,"points":[]}}"#,
        r#"{"closure":{"first":0,"redundant":[]}}"#,
        r#"{"count":{"regions":6}}"#,
    ] {
        for example in [seminorm_example(), merge_example(), equal_example()] {
            example.rejects(&[(rule, &[rule], "the claim does not speak of an arrangement")]);
        }
    }
    for rule in [
        r#"{"jump":{"value":"0"}}"#,
        r#"{"equal":{}}"#,
        r#"{"values":{"point":["1","1"],"gamma":["0"],"theta":["0"]}}"#,
        r#"{"branch":{"bound":"0","circuits":[],"nodes":["b"]}}"#,
        r#"{"point":{"point":["1","1"],"signs":"","output":0,"input":0,"value":"0"}}"#,
    ] {
        for example in [arrangement_example(), biased_arrangement_example()] {
            example.rejects(&[(
                rule,
                &[rule],
                "the statement lacks a network that this step speaks of",
            )]);
        }
    }
}
