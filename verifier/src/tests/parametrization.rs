use super::super::Verdict;
use super::super::examples::*;
use super::super::support::{Example, merge_example, rejection, verdict};

fn all() -> Vec<(&'static str, Example)> {
    vec![
        ("theorem 3.3", star_example()),
        ("theorem 3.3, seminorm", star_seminorm_example()),
        ("refined", refined_example()),
        ("lift", lift_example()),
        ("flips", flips_example()),
        ("flips with biases", affine_flips_example()),
        ("unique", unique_example()),
        ("minimal", minimal_example()),
        ("minimal with biases", affine_minimal_example()),
        ("orientation", orientation_example()),
        ("nearest", nearest_example()),
        ("nearest with biases", constant_example()),
        ("nearest in N*", fixed_example()),
    ]
}

#[test]
fn examples_are_verified() {
    for (name, example) in all() {
        let verdict = verdict(&example.text());
        assert!(
            matches!(verdict, Verdict::Verified(_)),
            "{name}: {verdict:?}"
        );
    }
}

/// Every step that a conclusion rests on is needed.
#[test]
fn no_step_can_be_left_out() {
    for (name, example) in all() {
        for left_out in 0..example.rests_on.len() {
            let mut forged = example.clone();
            forged.rests_on.remove(left_out);
            let found = rejection(&forged.text());
            assert!(
                found.contains("must rest on steps of kind")
                    || found.contains("no step that the conclusion rests on shows"),
                "{name}: {found}"
            );
        }
    }
}

#[test]
fn theorem_33() {
    star_example().is_rejected(&[
        (
            "another bound",
            r#""sharp":"2*sqrt(10)","jump":"4""#,
            r#""sharp":"2*sqrt(10)","jump":"5""#,
            "bound 2 sqrt(J); found 5; expected 4",
        ),
        (
            "another sharp bound",
            r#""sharp":"2*sqrt(10)""#,
            r#""sharp":"3*sqrt(10)""#,
            "bound 2 sqrt(2r)",
        ),
        (
            "another paper bound",
            r#""paper":"4*sqrt(5)""#,
            r#""paper":"4*sqrt(28)""#,
            "bound 4 sqrt(r)",
        ),
        (
            "the bracket is not exact",
            r#""form":"jump""#,
            r#""form":"seminorm""#,
            "the seminorm form needs r exactly",
        ),
        (
            "no bound",
            r#""bounds":{"paper":"4*sqrt(5)","sharp":"2*sqrt(10)","jump":"4"}"#,
            r#""bounds":{}"#,
            "the claim names no bound",
        ),
        (
            "another distance",
            r#""jump":"4","distance":"1""#,
            r#""jump":"4","distance":"2""#,
            "distance against the claim; found 1; expected 2",
        ),
        (
            "another lower end",
            r#""r":{"lower":"5""#,
            r#""r":{"lower":"6""#,
            "bracket of r",
        ),
        (
            "A.1 as A.2",
            r#""case":"A.1""#,
            r#""case":"A.2""#,
            "p and q against the threshold; found ThetaSmall; expected GammaSmall",
        ),
        (
            "A.2 as B",
            r#""case":"A.2""#,
            r#""case":"B""#,
            "p and q against the threshold; found Large; expected ThetaSmall",
        ),
        (
            "B as B.3",
            r#""case":"B","#,
            r#""case":"B.3","#,
            "p and q against the threshold; found Balanced; expected Large",
        ),
        (
            "case 1 as A.1",
            r#""case":"1","#,
            r#""case":"A.1","#,
            "neuron 1 does not have the same direction in both networks",
        ),
        (
            "A.1 as case 1",
            r#""case":"A.1","#,
            r#""case":"1","#,
            "neuron 0 of Γ lies on a hyperplane of the current network",
        ),
        (
            "another q",
            r#""p":"25","q":"24""#,
            r#""p":"25","q":"25""#,
            "q; found 25; expected 24",
        ),
        (
            "Γ in N′",
            r#"{"member":{"network":"gamma","set":"n-star"}}"#,
            r#"{"member":{"network":"gamma","set":"n-prime"}}"#,
            "shows that Γ is in N*",
        ),
        (
            "Φ instead of Θ",
            r#"{"member":{"network":"theta","set":"n-star"}}"#,
            r#"{"member":{"network":"phi","set":"n-star"}}"#,
            "shows that Θ is in N*",
        ),
        (
            "C.1 of another claim",
            r#"{"jump":{"value":"4"}}"#,
            r#"{"condition":{"name":"C.1","beta":"1","threshold":"4"}}"#,
            "must rest on steps of kind jump",
        ),
    ]);
    let seminorm = star_seminorm_example();
    seminorm.is_rejected(&[
        (
            "the jump in place of the paper's bound",
            r#""paper":"8""#,
            r#""paper":"4""#,
            "bound 4 sqrt(r); found 4; expected 8",
        ),
        (
            "an entry that is not the largest",
            r#""input":0,"value":"4"}}"#,
            r#""input":1,"value":"2"}}"#,
            "no step that the conclusion rests on shows r >= 4",
        ),
        (
            "a large jump",
            r#""jump":"4","distance""#,
            r#""jump":"9","distance""#,
            "jump norm; found 9",
        ),
    ]);
    // In theorem-3.1 claims the labels of Theorem 3.3 do not occur.
    let mut merge = merge_example();
    merge.rules[11] = merge.rules[11].replace(r#""case":"1""#, r#""case":"A.1""#);
    let found = rejection(&merge.text());
    assert!(
        found.contains("does not have the same direction"),
        "{found}"
    );
    let mut merge = merge_example();
    merge.rules[10] = merge.rules[10].replace(r#""case":"B.1""#, r#""case":"B""#);
    let found = rejection(&merge.text());
    assert!(
        found.contains("found Large; expected OuterLarger"),
        "{found}"
    );
}

#[test]
fn refined_theorem_31() {
    let refined = refined_example();
    refined.is_rejected(&[
        (
            "another bound",
            r#""bound":"2""#,
            r#""bound":"3""#,
            "bound of the refined form; found 3; expected 2",
        ),
        (
            "the other form",
            r#""form":"jump""#,
            r#""form":"seminorm""#,
            "bound of the refined form; found 2; expected 1 + 1*sqrt(2)",
        ),
    ]);
    refined.rejects(&[
        (
            "C.1",
            &[r#"{"condition":{"name":"C.1","beta":"1","threshold":"1"}}"#],
            "this claim does not ask for C.1",
        ),
        (
            "a case",
            &[r#"{"case":{"neuron":0,"case":"A","p":"3","q":"2","facets":[]}}"#],
            "this claim has no cases",
        ),
    ]);
    refined.is_rejected(&[
        (
            "C.2 instead of C.3b",
            r#"{"condition":{"name":"C.3b"}}"#,
            r#"{"condition":{"name":"C.2"}}"#,
            "hypothesis NoOppositeBetween of that network",
        ),
        (
            "C.3b instead of C.3a",
            r#"{"condition":{"name":"C.3a"}}"#,
            r#"{"condition":{"name":"C.3b"}}"#,
            "hypothesis NoOppositeWithin of that network",
        ),
        (
            "C.3a instead of C.2",
            r#"{"condition":{"name":"C.2"}}"#,
            r#"{"condition":{"name":"C.3a"}}"#,
            "hypothesis NoParallel",
        ),
    ]);
    // C.3a of one network and C.3b of another: between them the signs of neurons are changed.
    let mut turned = refined.clone();
    turned.rules.insert(
        6,
        r#"{"revive":{"neuron":1,"scale":"1","inner":["0","1"],"outer":["0"]}}"#.to_owned(),
    );
    turned
        .rules
        .insert(7, r#"{"kill":{"neuron":1}}"#.to_owned());
    turned.rests_on = vec![1, 2, 3, 5, 6, 9, 12];
    let found = rejection(&turned.text());
    assert!(
        found.contains("hypothesis NoOppositeBetween of that network"),
        "{found}"
    );
    // With its c the second neuron is live, and opposite to the first.
    let live = |c: &str| {
        let mut example = refined.clone();
        example.networks = example.networks.replace(
            r#""c":[["3"],["0"]]},"#,
            &format!(r#""c":[["3"],["{c}"]]}},"#),
        );
        example
    };
    live("0").accepts(&[("dead", &[r#"{"condition":{"name":"C.3a"}}"#])]);
    live("1").rejects(&[
        (
            "C.3a",
            &[r#"{"condition":{"name":"C.3a"}}"#],
            "C.3a fails: neuron 1 of Γ and neuron 0 of Γ",
        ),
        (
            "C.3b",
            &[r#"{"condition":{"name":"C.3b"}}"#],
            "C.3b fails: neuron 1 of Γ and neuron 0 of the current network",
        ),
    ]);
    let mut parallel = live("1");
    parallel.networks = parallel.networks.replace(
        r#""gamma":{"d":2,"m":2,"D":1,"a":[["1","0"],["-1","0"]]"#,
        r#""gamma":{"d":2,"m":2,"D":1,"a":[["1","0"],["2","0"]]"#,
    );
    parallel.rejects(&[(
        "C.2",
        &[r#"{"condition":{"name":"C.2"}}"#],
        "C.2 fails: neurons 0 and 1 of Γ",
    )]);
}

/// U of the refined bound: by sign, by hyperplane, by c = 0, by cancelling.
#[test]
fn refined_bounds() {
    use super::super::{limits::Limits, network::Network, surd::Sum};
    let network = |rows: &[(&str, &str)]| {
        let (a, c): (Vec<_>, Vec<_>) = rows.iter().map(|(a, c)| ([a], [c])).unzip();
        let json = format!(r#"{{"d":1,"m":{},"D":1,"a":{a:?},"c":{c:?}}}"#, rows.len());
        Network::stated(
            &serde_json::from_str(&json).unwrap(),
            false,
            &Limits::default(),
        )
        .ok()
        .unwrap()
    };
    for (name, gamma, theta, expected) in [
        ("U is empty", ("5", "3"), vec![("2", "1")], "2"),
        ("the other sign", ("5", "-3"), vec![("2", "1")], "7"),
        (
            "the other sign, outer weights larger",
            ("5", "-6"),
            vec![("2", "1")],
            "8",
        ),
        ("no neuron there", ("5", "3"), vec![("0", "1")], "7"),
        ("a dead neuron there", ("5", "3"), vec![("1", "0")], "7"),
        (
            "the sum is 0",
            ("5", "3"),
            vec![("1", "2"), ("2", "-1")],
            "7",
        ),
        (
            "the sum has the sign",
            ("5", "3"),
            vec![("1", "2"), ("1", "-1")],
            "2",
        ),
        ("Γ's c is 0", ("5", "0"), vec![("2", "1")], "7"),
        ("Γ's a is 0", ("0", "5"), vec![("2", "1")], "7"),
        (
            "a root",
            ("sqrt(5)", "0"),
            vec![("2", "1")],
            "2 + 1*sqrt(5)",
        ),
    ] {
        let bound: Sum = super::refined_bound(
            &network(&[gamma]),
            &network(&theta),
            &super::Q::from(num_bigint::BigInt::from(4)),
        );
        assert_eq!(bound.to_string(), expected, "{name}");
    }
}

#[test]
fn least_numbers_of_neurons() {
    let minimal = minimal_example();
    minimal.stays_verified(&[
        ("less is true too", r#""lower":3"#, r#""lower":2"#),
        ("one kink needs one neuron", r#""lower":3"#, r#""lower":1"#),
        ("nothing is true", r#""lower":3"#, r#""lower":0"#),
    ]);
    minimal.is_rejected(&[
        (
            "more than Γ has",
            r#""lower":3"#,
            r#""lower":4"#,
            "the lower end; found 4; expected at most 3",
        ),
        (
            "another upper end",
            r#""upper":3"#,
            r#""upper":4"#,
            "upper end against the neurons of Γ; found 4; expected 3",
        ),
        (
            "another function",
            r#"["1/4"]"#,
            r#"["1/3"]"#,
            "the gradient jumps",
        ),
        (
            "another linear part",
            r#"["-1/3"]"#,
            r#"["1/3"]"#,
            "the gradient jumps",
        ),
        (
            "without the kink left out",
            r#"{"line":0,"exhaustion""#,
            r#"{"exhaustion""#,
            "shows that no orientation fits with kink 0 left out",
        ),
        (
            "with the kink left out alone",
            r#"{"orientations":{"exhaustion""#,
            r#"{"orientations":{"line":0,"exhaustion""#,
            "shows that no orientation fits",
        ),
    ]);
    // One more than the least, and four neurons for one kink: the lower end cannot be four.
    let mut more = minimal.clone();
    more.networks = more.networks.replacen(r#""m":3,"D":1,"a":[["1","0"],["0","1"],["0","-1"]],"c":[["1"],["1"],["-1"]]"#,
        r#""m":4,"D":1,"a":[["1","0"],["0","1"],["0","-1"],["0","0"]],"c":[["1"],["1"],["-1"],["0"]]"#, 1);
    more.claim = r#"{"minimal":{"lower":4,"upper":4}}"#.to_owned();
    let found = rejection(&more.text());
    assert!(
        found.contains("the lower end; found 4; expected at most 3 for 1 kinks"),
        "{found}"
    );
    // h = 0: a linear function needs two neurons, the zero function none.
    let flat = |gamma: &str, claim: &str, rules: &[&str]| {
        let mut example = minimal.clone();
        example.networks = format!(
            r#"{{"gamma":{gamma},"theta":{{"d":1,"m":2,"D":1,"a":[["1"],["-1"]],"c":[["C"],["-1"]]}}}}"#
        );
        example.claim = claim.to_owned();
        example.rules = rules.iter().map(|rule| (*rule).to_owned()).collect();
        example.rests_on = (1..=rules.len()).collect();
        example
    };
    let (equal, none) = (
        r#"{"equal":{}}"#,
        r#"{"orientations":{"exhaustion":{"free":[]}}}"#,
    );
    let linear = flat(
        r#"{"d":1,"m":2,"D":1,"a":[["2"],["-2"]],"c":[["1/2"],["-1/2"]]}"#,
        r#"{"minimal":{"lower":2,"upper":2}}"#,
        &[equal, none],
    );
    let linear = linear.with(r#""C""#, r#""1""#);
    assert!(matches!(verdict(&linear.text()), Verdict::Verified(_)));
    let mut zero = flat(
        r#"{"d":1,"m":1,"D":1,"a":[["0"]],"c":[["0"]]}"#,
        r#"{"minimal":{"lower":0,"upper":0}}"#,
        &[equal],
    );
    zero.networks = zero
        .networks
        .replace(r#"[["C"],["-1"]]"#, r#"[["0"],["0"]]"#);
    assert!(matches!(verdict(&zero.text()), Verdict::Verified(_)));
    zero.is_rejected(&[(
        "a neuron that is not zero",
        r#""a":[["0"]]"#,
        r#""a":[["1"]]"#,
        "upper end against the neurons of Γ; found 0; expected 1",
    )]);
    zero.rejects(&[(
        "the zero function",
        &[none],
        "an orientation fits: the kinks; found []",
    )]);
    // With biases the output bias is no neuron: a constant needs none.
    let mut constant = zero.clone();
    constant.networks =
        r#"{"gamma":{"d":1,"m":1,"D":1,"a":[["0"]],"b":["0"],"c":[["0"]],"e":["3"]},
        "theta":{"d":1,"m":2,"D":1,"a":[["0"],["0"]],"b":["1","-1"],"c":[["2"],["7"]],"e":["1"]}}"#
            .to_owned();
    assert!(matches!(verdict(&constant.text()), Verdict::Verified(_)));
    constant.is_rejected(&[(
        "another constant",
        r#""e":["3"]"#,
        r#""e":["4"]"#,
        "constant of output 0",
    )]);
    let affine = affine_minimal_example();
    affine.stays_verified(&[("less", r#""lower":3"#, r#""lower":2"#)]);
    affine.is_rejected(&[
        (
            "not equal",
            r#""e":["3"]"#,
            r#""e":["4"]"#,
            "constant of output 0; found 1; expected 0",
        ),
        (
            "the output bias counted",
            r#""upper":3"#,
            r#""upper":4"#,
            "upper end against the neurons of Γ; found 4; expected 3",
        ),
        (
            "with a Φ",
            r#"{"gamma":"#,
            r#"{"phi":{"d":1,"m":1,"D":1,"a":[["1"]],"c":[["1"]]},"gamma":"#,
            "this claim does not speak of Φ",
        ),
    ]);
}

#[test]
fn nearest_parametrizations() {
    let nearest = nearest_example();
    nearest.stays_verified(&[
        (
            "a lower end that is less",
            r#""lower":"-3/2+1/2*sqrt(13)""#,
            r#""lower":"1/4""#,
        ),
        (
            "no lower end",
            r#""lower":"-3/2+1/2*sqrt(13)""#,
            r#""lower":"0""#,
        ),
    ]);
    nearest.is_rejected(&[
        (
            "a lower end that is more",
            r#""lower":"-3/2+1/2*sqrt(13)""#,
            r#""lower":"303/1000""#,
            "the distance exceeds the bound; found 303/1000",
        ),
        (
            "another upper end",
            r#""upper":"-3/2+1/2*sqrt(13)""#,
            r#""upper":"1/2""#,
            "distance against the claim; found -3/2+1/2*sqrt(13); expected 1/2",
        ),
        (
            "in N*",
            r#""among":"all""#,
            r#""among":"n-star""#,
            "must rest on steps of kind member",
        ),
        (
            "a smaller value",
            r#"{"hall":{"value":"-3/2+1/2*sqrt(13)""#,
            r#"{"hall":{"value":"3/10""#,
            "shows all sets that can be flipped",
        ),
        (
            "a larger value",
            r#"{"hall":{"value":"-3/2+1/2*sqrt(13)""#,
            r#"{"hall":{"value":"1/3""#,
            "they may be nearer",
        ),
        (
            "one neuron too many",
            r#"{"resize":{"neurons":1}}"#,
            r#"{"resize":{"neurons":2}}"#,
            "neurons of the current network against Γ",
        ),
        (
            "Φ of another shape",
            r#""phi":{"d":1,"m":1"#,
            r#""phi":{"d":1,"m":2"#,
            "rows of a; found 1; expected 2",
        ),
        (
            "no Θ",
            r#""theta":{"d":1,"m":2,"D":1,"a":[["2"],["1"]],"c":[["1/4"],["1/2"]]},"#,
            "",
            "the statement lacks Θ",
        ),
    ]);
    // For one flip set only, with or without a step of flips.
    let flipped = nearest.with(
        r#""against":"both","sources":[0],"places":[],"bindings":[["c0>a0","c0>a0"]]"#,
        r#""against":{"flipped":[]},"sources":[0],"places":[],"bindings":[["c0>a0"]]"#,
    );
    let found = rejection(&flipped.text());
    assert!(
        found.contains("shows all sets that can be flipped"),
        "{found}"
    );
    let mut with_flips = flipped.clone();
    with_flips.rules.insert(
        3,
        r#"{"flips":{"sets":[],"exhaustion":{"free":[]}}}"#.to_owned(),
    );
    with_flips.rests_on = vec![4, 5, 7];
    assert!(matches!(verdict(&with_flips.text()), Verdict::Verified(_)));
    // Between them the neurons are renumbered.
    with_flips
        .rules
        .insert(4, r#"{"permute":{"order":[0]}}"#.to_owned());
    with_flips.rests_on = vec![4, 6, 8];
    let found = rejection(&with_flips.text());
    assert!(found.contains("where [] are flipped"), "{found}");

    let constant = constant_example();
    constant.stays_verified(&[
        ("less", r#""lower":"4""#, r#""lower":"39/10""#),
        ("nothing", r#""lower":"4""#, r#""lower":"0""#),
    ]);
    constant.is_rejected(&[
        (
            "in N*",
            r#""among":"all""#,
            r#""among":"n-star""#,
            "networks in N* have no biases",
        ),
        (
            "one set is left out",
            r#"{"constant":{"flipped":[0,1],"output":0,"value":"4"}}"#,
            r#"{"constant":{"flipped":[],"output":0,"value":"5"}}"#,
            "where [0, 1] are flipped",
        ),
        (
            "none flipped is left out",
            r#"{"constant":{"flipped":[],"output":0,"value":"5"}}"#,
            r#"{"constant":{"flipped":[0,1],"output":0,"value":"4"}}"#,
            "where [] are flipped",
        ),
        (
            "Φ with another output bias",
            r#"["0","1"]],"c":[["1"],["1"],["1"]]}}"#,
            r#"["0","1"]],"c":[["1"],["1"],["2"]]}}"#,
            "the current network is not Φ: entry 0 of c of neuron 2",
        ),
    ]);
    let fixed = fixed_example();
    fixed.is_rejected(&[
        (
            "Γ is a member, not Φ",
            r#"{"member":{"network":"phi","set":"n-star"}}"#,
            r#"{"member":{"network":"theta","set":"n-star"}}"#,
            "shows that Φ is in N*",
        ),
        (
            "among all",
            r#""among":"n-star""#,
            r#""among":"all""#,
            "cannot rest on a step of kind \"member\"",
        ),
    ]);
    let mut biased = fixed.clone();
    biased.networks = biased.networks.replace(
        r#""gamma":{"d":2,"m":1,"D":1,"a":[["1","2"]],"c":[["2"]]}"#,
        r#""gamma":{"d":2,"m":1,"D":1,"a":[["1","2"]],"b":["0"],"c":[["2"]],"e":["0"]}"#,
    );
    biased.networks = biased.networks.replace(
        r#""phi":{"d":2,"m":1,"D":1,"a":[["2","1"]],"c":[["2"]]}"#,
        r#""phi":{"d":3,"m":2,"D":1,"a":[["2","1","0"],["0","0","1"]],"c":[["2"],["0"]]}"#,
    );
    let found = rejection(&biased.text());
    assert!(found.contains("networks in N* have no biases"), "{found}");
}

/// What was verified is said exactly.
#[test]
fn words() {
    let words = |example: &Example| match verdict(&example.text()) {
        Verdict::Verified(verified) => verified.statement,
        other => panic!("{other:?}"),
    };
    for (example, expected) in [
        (star_example(), "‖Φ − Γ‖_∞ ≤ 2√2·√r_lower = 2*sqrt(10)"),
        (star_seminorm_example(), "‖Φ − Γ‖_∞ ≤ 4√r = 8"),
        (refined_example(), "max(√T, max_(i ∈ U) (β_i + √T)) = 2"),
        (lift_example(), "R(Γ)(x, 1, −1) = R(Θ)(x)"),
        (flips_example(), "are exactly [0, 1, 2]."),
        (affine_flips_example(), "a_i is without b_i"),
        (unique_example(), "There is no non-empty set F"),
        (
            minimal_example(),
            "Γ has 3 neurons, and 3 is the least number",
        ),
        (
            minimal_example().with(r#""lower":3"#, r#""lower":2"#),
            "is at least 2 and at most 3",
        ),
        (
            orientation_example(),
            "every network Θ′ with R(Θ′) = g, whatever its number of neurons, has a non-zero a_j",
        ),
        (
            nearest_example(),
            "every network Φ′ with 1 neurons and R(Φ′) = R(Θ) has ‖Φ′ − Γ‖_∞ ≥ -3/2+1/2*sqrt(13).\nSo Φ is nearest",
        ),
        (
            constant_example(),
            "the networks Φ′ have 2 neurons and an output bias",
        ),
        (fixed_example(), "has ‖Φ′ − Γ‖_∞ ≥ 1, and Φ is one of these"),
    ] {
        let found = words(&example);
        assert!(found.contains(expected), "{found}");
    }
}
