use super::super::examples::{
    affine_flips_example, affine_minimal_example, flips_example, minimal_example, nearest_example,
    orientation_example, unique_example,
};
use super::super::support::{Example, merge_example};

fn step(sets: &str, free: &str) -> String {
    format!(r#"{{"flips":{{"sets":{sets},"exhaustion":{{"free":{free}}}}}}}"#)
}

#[test]
fn flip_sets() {
    let example = flips_example();
    for (sets, free) in [
        ("[[0,1,2]]", "[2,3]"),
        ("[[0,1,2]]", "[0,1,2,3]"),
        ("[[0,1,2]]", "[1,3]"),
    ] {
        example.accepts(&[(free, &[&step(sets, free)])]);
    }
    for (name, sets, free, expected) in [
        (
            "one is missing",
            "[]",
            "[2,3]",
            "[0, 1, 2] can be flipped, and is not listed",
        ),
        (
            "one too many",
            "[[0,1],[0,1,2]]",
            "[2,3]",
            "sets that can be flipped; found 2; expected 1",
        ),
        (
            "another",
            "[[0,1,3]]",
            "[2,3]",
            "[0, 1, 2] can be flipped, and is not listed",
        ),
        ("the empty set", "[[],[0,1,2]]", "[2,3]", "set 0 is empty"),
        (
            "not increasing",
            "[[0,2,1]]",
            "[2,3]",
            "set 0 is empty, not increasing",
        ),
        (
            "twice",
            "[[0,1,2],[0,1,2]]",
            "[2,3]",
            "set 1 is empty, not increasing, or not after the one before it",
        ),
        (
            "in another order",
            "[[0,1,2],[0,1]]",
            "[2,3]",
            "set 1 is empty, not increasing, or not after",
        ),
        ("too few free", "[[0,1,2]]", "[2]", "3 depends linearly"),
    ] {
        example.rejects(&[(name, &[&step(sets, free)], expected)]);
    }
    let good = &example.rules[0];
    for (name, old, new, expected) in [
        (
            "a dead neuron",
            r#"["2"]"#,
            r#"["0"]"#,
            "neuron 1 is not live",
        ),
        (
            "a zero row",
            r#"["0","1/2"]"#,
            r#"["0","0"]"#,
            "neuron 1 is not live",
        ),
        (
            "parallel neurons",
            r#"["0","1/2"]"#,
            r#"["3","0"]"#,
            "neurons 0 and 1 are on the same hyperplane",
        ),
        (
            "opposite neurons",
            r#"["0","1/2"]"#,
            r#"["-3","0"]"#,
            "neurons 0 and 1 are on the same hyperplane",
        ),
        (
            "another sum",
            r#"["2"]"#,
            r#"["3"]"#,
            "sets that can be flipped; found 1; expected 0",
        ),
    ] {
        example.with(old, new).rejects(&[(name, &[good], expected)]);
    }
    // Two outputs: the sums of both must vanish.
    let mut two = example.clone();
    two.networks = r#"{"gamma":{"d":2,"m":3,"D":2,"a":[["1","0"],["0","1"],["-1","-1"]],"c":[["1","1"],["1","1"],["1","1"]]}}"#.to_owned();
    two.accepts(&[("two outputs", &[&step("[[0,1,2]]", "[2]")])]);
    let other = two.with(
        r#"["1","1"]],"c":[["1","1"]"#.trim_start_matches(r#"["1","1"]],"#),
        r#""c":[["1","2"]"#,
    );
    other.accepts(&[("the second output has another sum", &[&step("[]", "[]")])]);
    other.rejects(&[(
        "the first output alone",
        &[&step("[[0,1,2]]", "[]")],
        "found 1; expected 0",
    )]);
}

#[test]
fn flip_sets_with_biases_are_those_of_the_linear_parts() {
    let example = affine_flips_example();
    for (name, old, new, expected) in [
        (
            "constant neurons",
            r#"["2"]]"#,
            r#"["0"]]"#,
            "neuron 2 is not live",
        ),
        (
            "the same hyperplane",
            r#""b":["0","1","5"]"#,
            r#""b":["0","0","5"]"#,
            "neurons 0 and 1 are on the same hyperplane",
        ),
        (
            "the same hyperplane, scaled",
            r#""b":["0","1","5"]"#,
            r#""b":["5/2","1","5"]"#,
            "neurons 0 and 2 are on the same hyperplane",
        ),
    ] {
        let forged = example.with(old, new);
        forged.rejects(&[(name, &[&forged.rules[0]], expected)]);
    }
    // 2 − 1 − 1: a third neuron with the linear part −1 makes two more.
    let mut more = example.clone();
    more.networks = more.networks.replace(r#"["2"]]"#, r#"["-1"]]"#);
    more.accepts(&[("two sets", &[&step("[[0,1],[0,2]]", "[1,2]")])]);
    more.rejects(&[(
        "one of two",
        &[&step("[[0,1]]", "[1,2]")],
        "[0, 2] can be flipped, and is not listed",
    )]);
}

#[test]
fn claims_of_flips() {
    flips_example().is_rejected(&[
        (
            "fewer sets claimed",
            r#"{"flips":{"sets":[[0,1,2]]}}"#,
            r#"{"flips":{"sets":[[0,1]]}}"#,
            "no step that the conclusion rests on shows that these are the sets",
        ),
        (
            "no sets claimed",
            r#"{"flips":{"sets":[[0,1,2]]}}"#,
            r#"{"flips":{"sets":[]}}"#,
            "the claim names no set",
        ),
        (
            "claimed unique",
            r#"{"flips":{"sets":[[0,1,2]]}}"#,
            r#"{"unique":{}}"#,
            "no step that the conclusion rests on shows that these are the sets",
        ),
        (
            "a Φ",
            r#"{"gamma":"#,
            r#"{"phi":{"d":1,"m":1,"D":1,"a":[["1"]],"c":[["1"]]},"gamma":"#,
            "this claim does not speak of Φ",
        ),
        (
            "a Θ",
            r#"{"gamma":"#,
            r#"{"theta":{"d":2,"m":1,"D":1,"a":[["1","0"]],"c":[["1"]]},"gamma":"#,
            "the claim speaks of Γ alone",
        ),
    ]);
    unique_example().is_rejected(&[
        (
            "claimed with sets",
            r#"{"unique":{}}"#,
            r#"{"flips":{"sets":[[0,1]]}}"#,
            "no step that the conclusion rests on shows that these are the sets",
        ),
        (
            "not unique",
            r#"["0","1"]"#,
            r#"["-2","-3/2"]"#,
            "functional 0: it forces nothing",
        ),
    ]);
    for rule in [
        r#"{"permute":{"order":[1,0,2]}}"#,
        r#"{"scale":{"neuron":0,"factor":"2"}}"#,
        r#"{"flip":{"neurons":[0]}}"#,
        r#"{"kill":{"neuron":0}}"#,
    ] {
        unique_example().rejects(&[(rule, &[rule], "in claims of this kind no step may rewrite")]);
    }
    let flips = step("[]", "[]");
    merge_example().rejects(&[(
        "another claim",
        &[&flips],
        "the claim does not speak of flips",
    )]);
    minimal_example().rejects(&[(
        "another claim",
        &[&flips],
        "the claim does not speak of flips",
    )]);
}

const NONE: &str = r#"{"orientations":{"exhaustion":{"free":[]}}}"#;

#[test]
fn orientations_of_kinks() {
    let example = minimal_example();
    let forced = r#"{"orientations":{"forced":true,"exhaustion":{"free":[]}}}"#;
    let line =
        |h: usize| format!(r#"{{"orientations":{{"line":{h},"exhaustion":{{"free":[]}}}}}}"#);
    example.rejects(&[
        ("forced", &[forced], "a kink is left out in minimal claims"),
        (
            "no such kink",
            &[&line(1)],
            "there is no such kink; found 1; expected an index below 1",
        ),
        (
            "the kink left out is decided",
            &[r#"{"orientations":{"line":0,"exhaustion":{"free":[0]}}}"#],
            "must increase and be undecided: 0",
        ),
    ]);
    // ρ(x) + ρ(x)/2 is one kink that fits; −x is beyond one kink, but two neurons on it do.
    let with = |gamma: &str| Example {
        networks: format!(r#"{{"gamma":{gamma},"theta":{gamma}}}"#),
        ..example.clone()
    };
    with(r#"{"d":2,"m":1,"D":1,"a":[["2","0"]],"c":[["1"]]}"#)
        .with(
            r#"{"minimal":{"lower":3,"upper":3}}"#,
            r#"{"minimal":{"lower":1,"upper":1}}"#,
        )
        .rejects(&[(
            "it fits as it is",
            &[NONE],
            "an orientation fits: the kinks; found []; expected none",
        )]);
    with(r#"{"d":2,"m":1,"D":1,"a":[["-2","0"]],"c":[["1"]]}"#)
        .with(
            r#"{"minimal":{"lower":3,"upper":3}}"#,
            r#"{"minimal":{"lower":1,"upper":1}}"#,
        )
        .rejects(&[(
            "it fits the other way",
            &[NONE],
            "an orientation fits: the kinks; found [0]; expected none",
        )]);
    let absolute = with(r#"{"d":2,"m":2,"D":1,"a":[["1","0"],["-1","0"]],"c":[["1"],["1"]]}"#)
        .with(
            r#"{"minimal":{"lower":3,"upper":3}}"#,
            r#"{"minimal":{"lower":2,"upper":2}}"#,
        );
    absolute.accepts(&[("|x|", &[NONE])]);
    absolute.rejects(&[(
        "|x| with two neurons on its line",
        &[&line(0)],
        "an orientation fits: the kinks; found []",
    )]);
    let affine = affine_minimal_example();
    let step = |line: usize| {
        format!(
            r#"{{"orientations":{{"line":{line},"exhaustion":{{"free":[{}]}}}}}}"#,
            1 - line
        )
    };
    affine.rejects(&[
        ("too few free", &[NONE], "1 depends linearly"),
        // Modulo the only dimension there is every equation holds.
        ("kink 0 left out", &[&step(0)], "an orientation fits"),
        ("kink 1 left out", &[&step(1)], "an orientation fits"),
    ]);
    merge_example().rejects(&[(
        "another claim",
        &[NONE],
        "the claim does not speak of orientations",
    )]);
    nearest_example().rejects(&[(
        "another claim",
        &[NONE],
        "the claim does not speak of orientations",
    )]);
}

#[test]
fn orientations_that_gamma_forces() {
    let example = orientation_example();
    let [violation, forced] = [&example.rules[0], &example.rules[1]];
    example.rejects(&[
        (
            "not forced",
            &[NONE],
            "Γ forces orientations in condition claims",
        ),
        (
            "a kink left out",
            &[r#"{"orientations":{"line":0,"forced":true,"exhaustion":{"free":[]}}}"#],
            "Γ forces orientations in condition claims",
        ),
        (
            "decided and free",
            &[r#"{"orientations":{"forced":true,"exhaustion":{"free":[0]}}}"#],
            "must increase and be undecided: 0",
        ),
    ]);
    for (name, old, new, expected) in [
        (
            "Γ has x",
            r#"["-1","0"]"#,
            r#"["1","0"]"#,
            "an orientation fits: the kinks; found []; expected none",
        ),
        (
            "Γ has y",
            r#"["-1","0"]"#,
            r#"["0","1"]"#,
            "an orientation fits: the kinks; found []; expected none",
        ),
        (
            "Γ has both",
            r#"["0","0"]"#,
            r#"["2","0"]"#,
            "neuron 1 of Γ is opposite to an earlier one",
        ),
    ] {
        example
            .with(old, new)
            .rejects(&[(name, &[forced], expected)]);
    }
    example.accepts(&[("violation", &[violation]), ("forced", &[forced])]);
    example.is_rejected(&[
        (
            "another condition",
            r#"{"condition":{"name":"C.3","#,
            r#"{"condition":{"name":"C.3a","#,
            "this claim cannot rest on a step of kind",
        ),
        (
            "a network",
            r#""name":"C.3","#,
            r#""name":"C.3","network":"gamma","#,
            "the violation or the named network does not belong to this condition",
        ),
        (
            "no Θ",
            r#""theta":{"d":2,"m":1,"D":1,"a":[["1","0"]],"c":[["1"]]}}"#,
            r#""theta":null}"#,
            "the statement lacks Θ",
        ),
    ]);
    let holds = r#"{"condition":{"name":"C.3"}}"#;
    merge_example().rejects(&[("a condition step", &[holds], "C.3 holds by C.3a and C.3b")]);
    super::super::support::violation_example().rejects(&[(
        "another violation",
        &[forced],
        "the claim does not speak of orientations",
    )]);
    // With biases the condition speaks of the homogenised networks: the output bias is a kink of g, and Γ has its direction.
    let mut biased = example.clone();
    biased.networks = r#"{"gamma":{"d":1,"m":1,"D":1,"a":[["1"]],"b":["0"],"c":[["1"]],"e":["0"]},
        "theta":{"d":1,"m":1,"D":1,"a":[["1"]],"b":["0"],"c":[["1"]],"e":["4"]}}"#
        .to_owned();
    biased.rejects(&[(
        "both as Γ has them",
        &[forced],
        "an orientation fits: the kinks; found []",
    )]);
    let opposite = biased.with(
        r#""gamma":{"d":1,"m":1,"D":1,"a":[["1"]]"#,
        r#""gamma":{"d":1,"m":1,"D":1,"a":[["-1"]]"#,
    );
    opposite.accepts(&[("x is opposite", &[forced])]);
}
