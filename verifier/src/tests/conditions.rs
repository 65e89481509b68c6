use super::super::support::{
    Example, merge_example, reason, sharp_example, unbalanced_example, violation_example,
};
use super::*;
use relucert_format::Claim;

const CONDITIONS: [&str; 3] = [
    r#"{"condition":{"name":"C.2"}}"#,
    r#"{"condition":{"name":"C.3a"}}"#,
    r#"{"condition":{"name":"C.3b"}}"#,
];

/// A statement about these two lists of inner weights, all outer weights 1.
fn directions(gamma: &[[&str; 2]], theta: &[[&str; 2]], outer: &str) -> Example {
    let network = |rows: &[[&str; 2]]| {
        let count = rows.len();
        let ones = vec![[outer]; count];
        format!(r#"{{"d":2,"m":{count},"D":1,"a":{rows:?},"c":{ones:?}}}"#)
    };
    let (gamma, theta) = (network(gamma), network(theta));
    let mut example = merge_example();
    example.networks = format!(r#"{{"gamma":{gamma},"theta":{theta},"phi":{theta}}}"#);
    example.claim = r#"{"reparametrization":{"distance":"0","bound":"0"}}"#.to_owned();
    example
}

#[test]
fn parallel_and_opposite_neurons() {
    let zero = ["0", "0"];
    let (x, y, xy) = (["1", "0"], ["0", "1"], ["2", "-3"]);
    for (name, gamma, theta) in [
        ("three directions", [x, y, xy], [x, y, xy]),
        (
            "zero neurons do not count",
            [zero, zero, x],
            [zero, zero, zero],
        ),
        (
            "parallel neurons of Θ are allowed",
            [x, y, xy],
            [["2", "0"], ["3", "0"], y],
        ),
        (
            "nearly parallel",
            [["1000000000", "1"], ["1000000001", "1"], y],
            [x, y, xy],
        ),
    ] {
        for rule in CONDITIONS {
            directions(&gamma, &theta, "1").accepts(&[(name, &[rule])]);
        }
    }
    let [c2, c3a, c3b] = CONDITIONS;
    for (name, gamma, theta, rule, expected) in [
        (
            "parallel in Γ",
            [x, y, ["7/2", "0"]],
            [x, y, xy],
            c2,
            "C.2 fails: neurons 0 and 2 of Γ have the same direction",
        ),
        (
            "opposite in Γ",
            [x, xy, ["-1/2", "3/4"]],
            [x, y, x],
            c3a,
            "C.3a fails: neuron 2 of Γ and neuron 1 of Γ have opposite directions",
        ),
        (
            "opposite in Θ",
            [x, y, xy],
            [x, ["0", "-5"], y],
            c3a,
            "C.3a fails: neuron 2 of the current network and neuron 1 of the current network",
        ),
        (
            "opposite between",
            [y, x, xy],
            [y, xy, ["-1", "0"]],
            c3b,
            "C.3b fails: neuron 1 of Γ and neuron 2 of the current network",
        ),
    ] {
        directions(&gamma, &theta, "1").rejects(&[(name, &[rule], expected)]);
        directions(&gamma, &theta, "0").rejects(&[("dead neurons count: ", &[rule], expected)]);
    }
    // Radicals have no influence on directions.
    let roots = [["sqrt(2)", "0"], ["sqrt(3)", "0"], zero];
    directions(&roots, &[x, y, xy], "0").rejects(&[("parallel with roots", &[c2], "C.2 fails")]);
    // C.3 asks for some Θ of g: the current network, where the opposite neuron may be gone.
    let mut example = directions(&[x, y, xy], &[x, ["-1", "0"], y], "0");
    let kill = r#"{"kill":{"neuron":1}}"#;
    example.accepts(&[("killed before", &[kill, c3a])]);
    example.rejects(&[(
        "not killed",
        &[c3a],
        "C.3a fails: neuron 1 of the current network and neuron 0 of the current network",
    )]);
    example.claim = violation_example().claim;
    example.networks = violation_example().networks;
    example.rejects(&[("no Θ", &[c2], "the statement lacks a network")]);
}

#[test]
fn balance() {
    // Products 9 and 1, largest weights 9 and 1, threshold 2r = 2, β = 1.
    let merge = merge_example();
    merge.accepts(&[(
        "as claimed",
        &[r#"{"condition":{"name":"C.1","beta":"1","threshold":"2"}}"#],
    )]);
    merge.rejects(&[
        (
            "another beta",
            &[r#"{"condition":{"name":"C.1","beta":"2","threshold":"2"}}"#],
            "beta of C.1 against the claim; found 2; expected 1",
        ),
        (
            "another threshold",
            &[r#"{"condition":{"name":"C.1","beta":"1","threshold":"1"}}"#],
            "threshold of C.1 against the claim; found 1; expected 2",
        ),
        (
            "no beta",
            &[r#"{"condition":{"name":"C.1","threshold":"2"}}"#],
            "C.1 needs beta and threshold",
        ),
        (
            "no threshold",
            &[r#"{"condition":{"name":"C.1","beta":"1"}}"#],
            "C.1 needs beta and threshold",
        ),
        (
            "beta with C.2",
            &[r#"{"condition":{"name":"C.2","beta":"1"}}"#],
            "belong to C.1 alone",
        ),
        (
            "threshold with C.3b",
            &[r#"{"condition":{"name":"C.3b","threshold":"2"}}"#],
            "belong to C.1 alone",
        ),
    ]);
    sharp_example().rejects(&[(
        "2r in the jump form, if it is not J",
        &[r#"{"condition":{"name":"C.1","beta":"2","threshold":"2"}}"#],
        "threshold of C.1 against the claim; found 2; expected 4",
    )]);
    for (name, gamma, beta, holds) in [
        (
            "weights up to beta",
            r#""a":[["2","0"],["0","1"]],"c":[["1"],["1"]]"#,
            "2",
            true,
        ),
        (
            "beta a root",
            r#""a":[["sqrt(2)","0"],["0","1"]],"c":[["sqrt(2)"],["1"]]"#,
            "sqrt(2)",
            true,
        ),
        (
            "beta barely too small",
            r#""a":[["sqrt(2)","0"],["0","1"]],"c":[["sqrt(2)"],["1"]]"#,
            "14142135623730950487/10000000000000000000",
            false,
        ),
        (
            "the inner weights exceed",
            r#""a":[["2","-3"],["0","1"]],"c":[["1/2"],["1"]]"#,
            "2",
            false,
        ),
        (
            "the outer weight exceeds",
            r#""a":[["1/2","0"],["0","1"]],"c":[["-3"],["1"]]"#,
            "2",
            false,
        ),
        (
            "a product above the threshold is free",
            r#""a":[["3","0"],["0","1"]],"c":[["1"],["1"]]"#,
            "2",
            true,
        ),
        (
            "a = 0 counts",
            r#""a":[["0","0"],["0","1"]],"c":[["3"],["1"]]"#,
            "2",
            false,
        ),
        (
            "c = 0 counts",
            r#""a":[["3","0"],["0","1"]],"c":[["0"],["1"]]"#,
            "2",
            false,
        ),
        (
            "the threshold itself counts",
            r#""a":[["2","0"],["4","1"]],"c":[["1"],["1/2"]]"#,
            "2",
            false,
        ),
    ] {
        let mut example = merge.clone();
        let old = r#""a":[["1","0"],["0","1"]],"c":[["9"],["1"]]"#;
        assert_eq!(example.networks.matches(old).count(), 1);
        example.networks = example.networks.replace(old, gamma);
        example.claim = example
            .claim
            .replace(r#""beta":"1""#, &format!(r#""beta":"{beta}""#));
        let rule = format!(r#"{{"condition":{{"name":"C.1","beta":"{beta}","threshold":"2"}}}}"#);
        match holds {
            true => example.accepts(&[(name, &[&rule])]),
            false => example.rejects(&[(name, &[&rule], "C.1 fails at neuron")]),
        }
    }
    directions(&[["1", "0"]], &[["1", "0"]], "1").rejects(&[(
        "a claim without a threshold",
        &[r#"{"condition":{"name":"C.1","beta":"2","threshold":"2"}}"#],
        "needs the threshold of a theorem-3.1 claim",
    )]);
}

#[test]
fn the_least_beta() {
    for (gamma, threshold, expected) in [
        (r#""a":[["2","0"],["0","1"]],"c":[["1"],["3"]]"#, 3, "3"),
        (r#""a":[["2","0"],["0","1"]],"c":[["1"],["3"]]"#, 2, "2"),
        (r#""a":[["2","0"],["0","1"]],"c":[["1"],["3"]]"#, 1, "0"),
        (
            r#""a":[["1/2*sqrt(8)","0"],["0","4/3"]],"c":[["0"],["0"]]"#,
            0,
            "1/2*sqrt(8)",
        ),
    ] {
        let json = format!(r#"{{"d":2,"m":2,"D":1,{gamma}}}"#);
        let stated = serde_json::from_str(&json).unwrap();
        let gamma = Network::stated(&stated, false, &Limits::default())
            .ok()
            .unwrap();
        let least = least_beta(&gamma, &Q::from(num_bigint::BigInt::from(threshold)));
        assert_eq!(least.to_string(), expected);
    }
}

/// The violation step of an example whose claim is changed likewise.
fn violated(example: &Example, changes: &[(&str, &str)]) -> Result<(), String> {
    let mut example = example.clone();
    for (old, new) in changes {
        assert!(example.claim.contains(old), "{old} in {}", example.claim);
        example.claim = example.claim.replace(old, new);
    }
    let statement = example.statement();
    let limits = Limits::default();
    let read = |network| Network::stated(network, false, &limits).map_err(reason);
    let gamma = read(&statement.networks.gamma)?;
    let theta = statement.networks.theta.as_ref().map(read).transpose()?;
    match &statement.claim {
        Claim::Condition(claim) => {
            violation(claim, &gamma, theta.as_ref(), &limits).map_err(reason)
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn violations() {
    let (parallel, unbalanced) = (violation_example(), unbalanced_example());
    violated(&parallel, &[]).unwrap();
    violated(&unbalanced, &[]).unwrap();
    violated(&parallel, &[("3/2*sqrt(2)", "3/4*sqrt(8)")]).unwrap();
    violated(&unbalanced, &[(r#""beta":"2""#, r#""beta":"0""#)]).unwrap();
    violated(&unbalanced, &[(r#""r_lower":"1/2""#, r#""r_lower":"0""#)]).unwrap();
    for (name, example, changes, expected) in [
        (
            "a wrong factor",
            &parallel,
            &[("3/2*sqrt(2)", "3/2")][..],
            "entry 0 of a of neuron 2 is not 3/2 times that of neuron 0",
        ),
        (
            "a negative factor for C.2",
            &parallel,
            &[("3/2*sqrt(2)", "-3/2*sqrt(2)")],
            "the factor's sign; found -3/2*sqrt(2); expected > 0",
        ),
        (
            "a factor 0",
            &parallel,
            &[("3/2*sqrt(2)", "0")],
            "the factor's sign; found 0",
        ),
        (
            "a sum as factor",
            &parallel,
            &[("3/2*sqrt(2)", "1+sqrt(2)")],
            "the factor must be rational",
        ),
        (
            "the same neuron twice",
            &parallel,
            &[(r#""j":2"#, r#""j":0"#), ("3/2*sqrt(2)", "1")],
            "increasing order",
        ),
        (
            "neurons in the other order",
            &parallel,
            &[(r#""i":0,"j":2"#, r#""i":2,"j":0"#)],
            "increasing order",
        ),
        (
            "no such neuron",
            &parallel,
            &[(r#""j":2"#, r#""j":3"#)],
            "there is no such neuron",
        ),
        (
            "neurons that are not parallel",
            &parallel,
            &[(r#""j":2"#, r#""j":1"#), ("3/2*sqrt(2)", "1")],
            "entry 1 of a of neuron 1",
        ),
        (
            "C.3a for a parallel pair",
            &parallel,
            &[("C.2", "C.3a")],
            "the factor's sign; found 3/2*sqrt(2); expected < 0",
        ),
        (
            "C.2 of Θ",
            &parallel,
            &[("\"gamma\"", "\"theta\"")],
            "C.2 speaks of Γ alone",
        ),
        (
            "C.3a of a missing Θ",
            &parallel,
            &[("\"gamma\"", "\"theta\""), ("C.2", "C.3a")],
            "which the statement lacks",
        ),
        (
            "C.3b of a missing Θ",
            &parallel,
            &[(r#""network":"gamma","#, ""), ("C.2", "C.3b")],
            "which the statement lacks",
        ),
        (
            "C.2 of no network",
            &parallel,
            &[(r#""network":"gamma","#, "")],
            "does not belong to this condition",
        ),
        (
            "C.1 of a named network",
            &unbalanced,
            &[(r#""name":"C.1","#, r#""name":"C.1","network":"gamma","#)],
            "does not belong to this condition",
        ),
        (
            "C.1 by multiples",
            &parallel,
            &[("C.2", "C.1"), (r#""network":"gamma","#, "")],
            "does not belong to this condition",
        ),
        (
            "C.3b by sizes",
            &unbalanced,
            &[("C.1", "C.3b")],
            "does not belong to this condition",
        ),
        (
            "a wrong size",
            &unbalanced,
            &[(r#""size":"3""#, r#""size":"4""#)],
            "largest weight of neuron 1; found 4; expected 3",
        ),
        (
            "a size up to beta",
            &unbalanced,
            &[(r#""beta":"2""#, r#""beta":"3""#)],
            "does not exceed beta; found 3; expected > 3",
        ),
        (
            "a negative beta",
            &unbalanced,
            &[(r#""beta":"2""#, r#""beta":"-2""#)],
            "beta must not be negative",
        ),
        (
            "a product above 2r",
            &unbalanced,
            &[
                (r#""i":1"#, r#""i":0"#),
                (r#""r_lower":"1/2""#, r#""r_lower":"1/3""#),
            ],
            "product of the weights of neuron 0; found 1; expected at most 2r >= 2/3",
        ),
        (
            "a neuron that is not there",
            &unbalanced,
            &[(r#""i":1"#, r#""i":2"#)],
            "there is no such neuron",
        ),
    ] {
        let found = violated(example, changes).expect_err(name);
        assert!(found.contains(expected), "{name}: {found}");
    }
    // Equal squares are not enough: the second entry has the other sign.
    let mut reflected = parallel.clone();
    reflected.networks = reflected.networks.replace("-3*sqrt(2)", "3*sqrt(2)");
    let found = violated(&reflected, &[]).unwrap_err();
    assert!(found.contains("entry 1 of a of neuron 2"), "{found}");
    // C.3a and C.3b with opposite neurons.
    let mut opposite = directions(
        &[["0", "0"], ["1", "-2"], ["-3", "6"]],
        &[["0", "0"], ["-1", "2"], ["2", "-4"]],
        "0",
    );
    opposite.networks = opposite
        .networks
        .split(",\"phi\"")
        .next()
        .unwrap()
        .to_owned()
        + "}";
    let claim = |name: &str, network: &str, i: usize, j: usize, factor: &str| {
        format!(
            r#"{{"condition":{{"name":"{name}",{network}"violation":{{"multiple":{{"i":{i},"j":{j},"factor":"{factor}"}}}}}}}}"#
        )
    };
    for (claim, expected) in [
        (claim("C.3a", r#""network":"gamma","#, 1, 2, "-3"), None),
        (claim("C.3a", r#""network":"theta","#, 1, 2, "-2"), None),
        (claim("C.3b", "", 1, 1, "-1"), None),
        (claim("C.3b", "", 2, 2, "-2/3"), None),
        (claim("C.3b", "", 1, 2, "2"), Some("the factor's sign")),
        (claim("C.3b", "", 0, 1, "-1"), Some("a of neuron 0 is zero")),
        (
            claim("C.3b", "", 1, 0, "-1"),
            Some("entry 0 of a of neuron 0"),
        ),
        (
            claim("C.3a", r#""network":"theta","#, 0, 1, "-1"),
            Some("a of neuron 0 is zero"),
        ),
    ] {
        opposite.claim = claim;
        match (violated(&opposite, &[]), expected) {
            (Ok(()), None) => {}
            (Err(found), Some(expected)) => assert!(found.contains(expected), "{found}"),
            (found, expected) => panic!("{}: {found:?}, not {expected:?}", opposite.claim),
        }
    }
}

#[test]
fn a_violation_step_is_the_claim_s() {
    let example = violation_example();
    example.accepts(&[("the claim's", &[&example.rules[0]])]);
    example.rejects(&[
        (
            "another factor with the same value",
            &[r#"{"violation":{"multiple":{"i":0,"j":2,"factor":"3/4*sqrt(8)"}}}"#],
            "this is not the claim's violation",
        ),
        (
            "another neuron",
            &[r#"{"violation":{"multiple":{"i":0,"j":1,"factor":"3/2*sqrt(2)"}}}"#],
            "this is not the claim's violation",
        ),
    ]);
    merge_example().rejects(&[(
        "in another claim",
        &[&example.rules[0]],
        "the claim speaks of no violation",
    )]);
}
