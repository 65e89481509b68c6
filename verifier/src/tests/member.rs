use super::super::examples::{fixed_example, lift_example, star_example};
use super::super::support::{biased_example, merge_example};

const GAMMA: &str = r#"{"member":{"network":"gamma","set":"n-star"}}"#;
const GAMMA_PRIME: &str = r#"{"member":{"network":"gamma","set":"n-prime"}}"#;

#[test]
fn members() {
    let lift = lift_example();
    lift.accepts(&[("N*", &[GAMMA]), ("N′", &[GAMMA_PRIME])]);
    for (name, old, new, expected) in [
        (
            "outer weights too large",
            r#"["2"]]},"#,
            r#"["3"]]},"#,
            "neuron 1 of Γ is not balanced: its largest outer weight; found 3; expected 2",
        ),
        (
            "outer weights too small",
            r#"["sqrt(2)"],"#,
            r#"["0"],"#,
            "neuron 0 of Γ is not balanced",
        ),
        (
            "parallel",
            r#"["0","2","1"]],"c":[["sqrt(2)"],["2"]]"#,
            r#"["2","4","2"]],"c":[["sqrt(2)"],["4"]]"#,
            "C.2 fails: neurons 0 and 1 of Γ",
        ),
    ] {
        let forged = lift.with(old, new);
        forged.rejects(&[(name, &[GAMMA], expected), (name, &[GAMMA_PRIME], expected)]);
    }
    // These are in N′ all the same.
    for (name, old, new) in [
        (
            "the last entry is 0",
            r#"["0","2","1"]"#,
            r#"["0","2","0"]"#,
        ),
        (
            "the last entry but one is negative",
            r#"["0","2","1"]"#,
            r#"["0","-2","1"]"#,
        ),
        (
            "a zero neuron",
            r#"["0","2","1"]],"c":[["sqrt(2)"],["2"]]"#,
            r#"["0","0","0"]],"c":[["sqrt(2)"],["0"]]"#,
        ),
    ] {
        let forged = lift.with(old, new);
        forged.accepts(&[(name, &[GAMMA_PRIME])]);
        forged.rejects(&[(
            name,
            &[GAMMA],
            "neuron 1 of Γ is not in N*: the last two entries",
        )]);
    }
    let phi = r#"{"member":{"network":"phi","set":"n-star"}}"#;
    lift.rejects(&[("no Φ", &[phi], "the statement lacks Φ")]);
    star_example().accepts(&[("Φ", &[phi])]);
    let mut mixed = fixed_example();
    mixed.networks = mixed.networks.replace(
        r#""phi":{"d":2,"m":1,"D":1,"a":[["2","1"]]"#,
        r#""phi":{"d":2,"m":1,"D":1,"a":[["sqrt(2)","1"]]"#,
    );
    mixed.rejects(&[(
        "different roots",
        &[phi],
        "neuron 0: 1 is no rational multiple of 1*sqrt(2)",
    )]);
    let theta = r#"{"member":{"network":"theta","set":"n-prime"}}"#;
    merge_example().rejects(&[("Θ", &[theta], "neuron 0 of Θ is not balanced")]);
    // The output bias of homogenised networks counts.
    let homogenised = biased_example();
    homogenised.rejects(&[(
        "with biases",
        &[GAMMA_PRIME],
        "neuron 2 of Γ is not balanced: its largest outer weight; found 3",
    )]);
}

#[test]
fn one_input_is_too_few_for_n_star() {
    let mut example = merge_example();
    let network = r#"{"d":1,"m":1,"D":1,"a":[["1"]],"c":[["1"]]}"#;
    example.networks = format!(r#"{{"gamma":{network},"theta":{network},"phi":{network}}}"#);
    example.claim = r#"{"reparametrization":{"distance":"0","bound":"0"}}"#.to_owned();
    example.accepts(&[("N′", &[GAMMA_PRIME])]);
    example.rejects(&[("N*", &[GAMMA], "N* needs two inputs")]);
}

#[test]
fn lifts() {
    let lift = lift_example();
    lift.is_rejected(&[
        (
            "another bias",
            r#""b":["1"]"#,
            r#""b":["2"]"#,
            "the gradient jumps across the hyperplane with the normal; found 1, 1",
        ),
        (
            "another output bias",
            r#""e":["2"]"#,
            r#""e":["3"]"#,
            "constant of output 0; found 1; expected 0",
        ),
        (
            "another slope",
            r#""c":[["1"]]"#,
            r#""c":[["-1"]]"#,
            "the gradient jumps",
        ),
        (
            "flipped",
            r#""a":[["1"]],"b":["1"]"#,
            r#""a":[["-1"]],"b":["-1"]"#,
            "entry (0, 0) of the linear part",
        ),
        (
            "Θ with two inputs",
            r#""d":1,"m":1,"D":1,"a":[["1"]]"#,
            r#""d":2,"m":1,"D":1,"a":[["1","0"]]"#,
            "inputs of Θ against Γ; found 4; expected 3",
        ),
        (
            "Θ with two outputs",
            r#""D":1,"a":[["1"]],"b":["1"],"c":[["1"]],"e":["2"]"#,
            r#""D":2,"a":[["1"]],"b":["1"],"c":[["1","0"]],"e":["2","0"]"#,
            "outputs of Θ against Γ",
        ),
        (
            "Γ with biases",
            r#""c":[["sqrt(2)"],["2"]]}"#,
            r#""b":["0","0"],"c":[["sqrt(2)"],["2"]],"e":["0"]}"#,
            "the lift of a network has no biases",
        ),
        (
            "no Θ",
            r#""theta""#,
            r#""phi""#,
            "Φ is stated without biases",
        ),
        (
            "Γ in N′ is not enough",
            "n-star",
            "n-prime",
            "no step that the conclusion rests on shows that Γ is in N*",
        ),
        (
            "Θ in N*",
            r#""network":"gamma""#,
            r#""network":"theta""#,
            "neuron 1 of Θ is not balanced",
        ),
    ]);
    let mut without = lift.clone();
    without.networks = without
        .networks
        .split(r#""theta""#)
        .next()
        .unwrap()
        .trim_end()
        .trim_end_matches(',')
        .to_owned()
        + "}";
    let found = super::super::support::rejection(&without.text());
    assert!(found.contains("the statement lacks Θ"), "{found}");
    // Θ may have no biases.
    let mut plain = lift.clone();
    plain.networks = r#"{"gamma":{"d":3,"m":1,"D":1,"a":[["1","2","2"]],"c":[["2"]]},
        "theta":{"d":1,"m":1,"D":1,"a":[["2"]],"c":[["1"]]}}"#
        .to_owned();
    plain.accepts(&[("no biases", &[r#"{"lift":{}}"#])]);
    merge_example().rejects(&[(
        "another claim",
        &[r#"{"lift":{}}"#],
        "the claim speaks of no lift",
    )]);
}
