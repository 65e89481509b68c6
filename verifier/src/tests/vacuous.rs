use super::super::examples::{
    affine_minimal_example, constant_example, fixed_example, flips_example, lift_example,
    minimal_example, nearest_example, orientation_example, refined_example, star_example,
    star_seminorm_example, unique_example,
};
use super::super::support::{
    Example, affine_example, biased_example, forge, merge_example, seminorm_example, sharp_example,
    unbalanced_example, verdict, violation_example,
};
use super::super::{Verdict, Verified};

fn verified(text: &str) -> Verified {
    match verdict(text) {
        Verdict::Verified(verified) => verified,
        other => panic!("{other:?}"),
    }
}

fn statement(example: &Example) -> String {
    verified(&example.text()).statement
}

/// What is said of a bound that Θ, 0 or Γ alone keeps.
#[test]
fn vacuous_bounds_are_called_so() {
    let loose = merge_example()
        .with(r#""beta":"1","r""#, r#""beta":"50","r""#)
        .with(r#""beta":"1","threshold""#, r#""beta":"50","threshold""#)
        .with(
            r#""paper":"3","sharp":"1+sqrt(2)""#,
            r#""paper":"52","sharp":"50+sqrt(2)""#,
        );
    let lower = |lower: &str| {
        let claim = format!(r#"{{"seminorm":{{{lower}"upper":"9/2"}}}}"#);
        let rests_on = vec![3, 4, 5, 6];
        Example {
            claim,
            rests_on,
            ..seminorm_example()
        }
    };
    let at_zero =
        r#"{"point":{"point":["-1","0"],"signs":"---","output":0,"input":0,"value":"0"}}"#;
    let mut zero = lower(r#""lower":"0","#);
    zero.rules[1] = at_zero.to_owned();
    zero.rests_on.insert(0, 2);
    let nothing = nearest_example().with(
        r#""all","lower":"-3/2+1/2*sqrt(13)""#,
        r#""all","lower":"0""#,
    );
    let below = nearest_example().with(
        r#""all","lower":"-3/2+1/2*sqrt(13)""#,
        r#""all","lower":"-7""#,
    );
    let few = minimal_example().with(r#""lower":3"#, r#""lower":0"#);
    let minimum = Example {
        networks: r#"{"gamma":{"d":2,"m":1,"D":1,"a":[["-1","0"]],"c":[["0"]]}}"#.to_owned(),
        claim: r#"{"local-minimum":{"samples":[{"x":["1/4","1/2"],"y":["0"]},{"x":["9/10","-4/5"],"y":["1"]}],"loss":"1/2","radius":"9/17"}}"#
            .to_owned(),
        rules: vec![r#"{"intervals":{}}"#.to_owned()],
        rests_on: vec![1],
    };
    let no_radius = minimum.with("9/17", "0");
    let no_loss = minimum
        .with(r#""y":["1"]"#, r#""y":["0"]"#)
        .with(r#""loss":"1/2""#, r#""loss":"0""#);
    let star = "The bound 4 is vacuous here: Θ as stated keeps it, ‖Θ − Γ‖_∞ ≤ 4.";
    for (name, example, expected, times) in [
        (
            "paper and sharp of three",
            &loose,
            "The bound 52 is vacuous here: Θ as stated keeps it",
            2,
        ),
        ("Theorem 3.3, all", &star_seminorm_example(), star, 3),
        (
            "Theorem 3.1, where Θ is nearest",
            &sharp_example(),
            "The bound 4 is vacuous here: Θ",
            3,
        ),
        (
            "no seminorm is negative",
            &zero,
            "The lower end is vacuous: no seminorm is less than 0.",
            1,
        ),
        (
            "no distance is",
            &nothing,
            "The lower bound is vacuous: no distance is less than 0.",
            1,
        ),
        (
            "a negative lower bound",
            &below,
            "The lower bound is vacuous: no distance is less than 0.",
            1,
        ),
        (
            "no neurons",
            &few,
            "The lower bound is vacuous: no network has fewer than 0 neurons.",
            1,
        ),
        (
            "no radius",
            &no_radius,
            "This is vacuous: within 0 of Γ there is Γ alone.",
            1,
        ),
        (
            "no loss",
            &no_loss,
            "This is vacuous: no mean of squares is less than 0.",
            1,
        ),
    ] {
        let words = statement(example);
        assert!(words.contains(expected), "{name}: {words}");
        assert_eq!(words.matches("vacuous").count(), times, "{name}: {words}");
    }
    // And what says something is not called so.
    for (name, example) in [
        ("merge", merge_example()),
        ("biased", biased_example()),
        ("unbalanced", unbalanced_example()),
        ("seminorm", seminorm_example()),
        ("upper end alone", lower("")),
        ("affine", affine_example()),
        ("refined", refined_example()),
        ("minimal", minimal_example()),
        ("affine minimal", affine_minimal_example()),
        ("nearest", nearest_example()),
        ("constant", constant_example()),
        ("flips", flips_example()),
        ("lift", lift_example()),
        ("unique", unique_example()),
        ("minimum", minimum),
    ] {
        let words = statement(&example);
        assert!(!words.contains("vacuous"), "{name}: {words}");
    }
    // Φ is Γ, and Θ is further away in one entry alone.
    assert!(!statement(&star_example()).contains("‖Θ − Γ‖_∞ ≤ 1"));
    assert!(statement(&fixed_example()).contains("So Φ is nearest to Γ."));
}

/// A hypothesis is denied only where nothing but Γ and g is spoken of.
#[test]
fn what_is_said_of_violated_conditions() {
    let opposite = |name: &str, network: &str, gamma: &str, theta: &str, violation: &str| Example {
        networks: format!(
            r#"{{"gamma":{{"d":2,"m":2,"D":1,"a":{gamma},"c":[["1"],["1"]]}},
                "theta":{{"d":2,"m":2,"D":1,"a":{theta},"c":[["1"],["0"]]}}}}"#
        ),
        claim: format!(r#"{{"condition":{{"name":"{name}",{network}"violation":{violation}}}}}"#),
        rules: vec![format!(r#"{{"violation":{violation}}}"#)],
        rests_on: vec![1],
    };
    let (plain, dead) = (r#"[["1","0"],["0","1"]]"#, r#"[["1","0"],["-1","0"]]"#);
    let multiple = r#"{"multiple":{"i":0,"j":1,"factor":"-1"}}"#;
    let some = "The theorem asks for some Θ′ with R(Θ′) = R(Θ): whether one satisfies it is not said here.\n";
    for (name, example, start, end) in [
        (
            "C.1",
            unbalanced_example(),
            "Hypothesis C.1 of Theorem 3.1 with β = 2 does not hold for Γ and g = R(Θ):",
            "",
        ),
        (
            "C.2",
            violation_example(),
            "Hypothesis C.2 of Theorem 3.1 does not hold for Γ:",
            "",
        ),
        (
            "C.3a of Γ",
            opposite("C.3a", r#""network":"gamma","#, dead, plain, multiple),
            "Hypothesis C.3a of Theorem 3.1 does not hold for Γ:\na of neuron 1 of Γ is -1 times a of neuron 0 of Γ",
            "",
        ),
        (
            "C.3a of Θ, whose neuron is dead",
            opposite("C.3a", r#""network":"theta","#, plain, dead, multiple),
            "Θ as stated violates C.3a of Theorem 3.1:\na of neuron 1 of Θ is -1 times a of neuron 0 of Θ",
            some,
        ),
        (
            "C.3b",
            opposite("C.3b", "", plain, dead, multiple),
            "Θ as stated violates C.3b of Theorem 3.1:\na of neuron 1 of Θ is -1 times a of neuron 0 of Γ",
            some,
        ),
        (
            "C.3",
            orientation_example(),
            "Hypothesis C.3 of Theorem 3.1 does not hold for Γ and g = R(Θ):\nevery network",
            "",
        ),
    ] {
        let words = statement(&example);
        assert!(words.starts_with(start), "{name}: {words}");
        assert!(words.contains(end), "{name}: {words}");
        assert_eq!(
            words.contains("does not hold"),
            end.is_empty(),
            "{name}: {words}"
        );
    }
}

/// More kinks than neurons: every lower bound is true, and this is said.
#[test]
fn a_lower_bound_for_no_network() {
    let network =
        |a: &str, c: &str, m: usize| format!(r#"{{"d":2,"m":{m},"D":1,"a":{a},"c":{c}}}"#);
    let gamma = network(r#"[["1","0"]]"#, r#"[["1"]]"#, 1);
    let two = network(r#"[["1","0"],["0","1"]]"#, r#"[["1"],["1"]]"#, 2);
    let same = network(r#"[["1","0"],["2","0"]]"#, r#"[["1"],["1"]]"#, 2);
    let example = |theta: &str, distance: &str, rule: &str| Example {
        networks: format!(r#"{{"gamma":{gamma},"theta":{theta}}}"#),
        claim: format!(
            r#"{{"for-all-k":{{"gamma":{gamma},"theta":{theta},"sections":[{{"range":"k >= 1","holds":{{"separated":{{"distance":"{distance}"}}}}}}],"real":1}}}}"#
        ),
        rules: vec![format!(r#"{{"for-all-k":{{"section":0,"by":{rule}}}}}"#)],
        rests_on: vec![1],
    };
    let far = r#"{"hall":{"value":"1000000*k","against":"lines","sources":[0,1],"places":[0],"bindings":[[],[]]}}"#;
    let zero = r#"{"hall":{"value":"0","against":"lines","sources":[0],"places":[],"bindings":[["a0>a0"]]}}"#;
    for (theta, distance, rule, expected) in [
        (
            &two,
            "1000000*k",
            far,
            "(vacuous: there is none, as R(Θ) has 2 kinks, more than 1 neurons make)",
        ),
        (&same, "0", zero, "(vacuous: no distance is less than 0)"),
    ] {
        let words = statement(&example(theta, distance, rule));
        assert!(
            words.contains(&format!(
                "is at distance at least {distance} from Γ {expected}.\n"
            )),
            "{words}"
        );
    }
}

/// Whatever is stated changes what is printed, if only by a hash.
#[test]
fn different_statements_are_printed_differently() {
    let minimum = |y: &str| Example {
        networks: r#"{"gamma":{"d":1,"m":1,"D":1,"a":[["-1"]],"c":[["0"]]}}"#.to_owned(),
        claim: format!(
            r#"{{"local-minimum":{{"samples":[{{"x":["1/4"],"y":["{y}"]}}],"loss":"1","radius":"1"}}}}"#
        ),
        rules: vec![r#"{"intervals":{}}"#.to_owned()],
        rests_on: vec![1],
    };
    assert_ne!(statement(&minimum("1")), statement(&minimum("-1")));
    // The hash is of what is stated, not of how it is spaced.
    let text = merge_example().text();
    let spaced = forge(&text, |lines| {
        lines[1] = lines[1].replace(r#""claim":"#, r#" "claim" : "#)
    });
    assert_eq!(verified(&text).statement, verified(&spaced).statement);
}
