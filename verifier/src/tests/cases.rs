use super::super::support::{Example, merge_example, sharp_example, violation_example};

const MERGE: &str = r#"{"merge":{"into":0,"from":[1]}}"#;
const MATCHED: &str = r#"{"facet":{"gamma":0,"theta":0,"point":["0","1"],"jump":"1"}}"#;
const ALONE: &str = r#"{"facet":{"gamma":1,"point":["1","0"],"jump":"1"}}"#;
const CASE_0: &str = r#"{"case":{"neuron":0,"case":"B.1","p":"9","q":"10","facets":[2]}}"#;
const CASE_1: &str = r#"{"case":{"neuron":1,"case":"1","p":"1","q":"0","facets":[3]}}"#;

#[test]
fn facets() {
    merge_example().accepts(&[
        ("of two neurons", &[MERGE, MATCHED]),
        ("of a neuron of Γ", &[ALONE]),
        (
            "a point on the other side",
            &[
                MERGE,
                r#"{"facet":{"gamma":0,"theta":0,"point":["0","-7/3"],"jump":"1"}}"#,
            ],
        ),
    ]);
    let sharp = sharp_example();
    sharp.accepts(&[
        ("of a current neuron", &[&sharp.rules[9]]),
        // Γ_1 and the others do not share a line, so only its own hyperplane may contain the point.
        ("of Γ alone", &[&sharp.rules[8]]),
    ]);
    merge_example().rejects(&[
        (
            "before the merge both neurons of Θ contain the point",
            &[MATCHED],
            "the point also lies on the hyperplane of neuron 1 of the current network",
        ),
        (
            "the current neuron is not named",
            &[
                MERGE,
                r#"{"facet":{"gamma":0,"point":["0","1"],"jump":"9"}}"#,
            ],
            "the point also lies on the hyperplane of neuron 0 of the current network",
        ),
        (
            "the neuron of Γ is not named",
            &[
                MERGE,
                r#"{"facet":{"theta":0,"point":["0","1"],"jump":"10"}}"#,
            ],
            "the point also lies on the hyperplane of neuron 0 of Γ",
        ),
        (
            "the origin",
            &[
                MERGE,
                r#"{"facet":{"gamma":0,"theta":0,"point":["0","0"],"jump":"1"}}"#,
            ],
            "the point also lies on the hyperplane of neuron 1 of Γ",
        ),
        (
            "a point off the hyperplane",
            &[
                MERGE,
                r#"{"facet":{"gamma":0,"theta":0,"point":["1","1"],"jump":"1"}}"#,
            ],
            "the point is not on the hyperplane of neuron 0 of Γ",
        ),
        (
            "off the current neuron's hyperplane",
            &[
                MERGE,
                r#"{"facet":{"gamma":1,"theta":0,"point":["1","0"],"jump":"1"}}"#,
            ],
            "the point is not on the hyperplane of neuron 0 of the current network",
        ),
        (
            "a wrong jump",
            &[
                MERGE,
                r#"{"facet":{"gamma":0,"theta":0,"point":["0","1"],"jump":"2"}}"#,
            ],
            "jump of the gradient; found 2; expected 1",
        ),
        (
            "a zero neuron",
            &[
                MERGE,
                r#"{"facet":{"theta":1,"point":["1","1"],"jump":"0"}}"#,
            ],
            "a of neuron 1 of the current network is zero",
        ),
        (
            "no neuron",
            &[r#"{"facet":{"point":["1","1"],"jump":"0"}}"#],
            "a facet names at least one neuron",
        ),
        (
            "no such neuron of Γ",
            &[r#"{"facet":{"gamma":2,"point":["1","1"],"jump":"0"}}"#],
            "there is no such neuron",
        ),
        (
            "no such current neuron",
            &[r#"{"facet":{"theta":2,"point":["1","1"],"jump":"0"}}"#],
            "there is no such neuron",
        ),
        (
            "a short point",
            &[r#"{"facet":{"gamma":1,"point":["1"],"jump":"1"}}"#],
            "length of the point; found 1; expected 2",
        ),
    ]);
    violation_example().rejects(&[("no Θ", &[ALONE], "the statement lacks a network")]);
    let mut opposite = merge_example();
    opposite.networks = opposite
        .networks
        .replace(r#"[["2","0"],["1","0"]]"#, r#"[["-2","0"],["0","0"]]"#);
    opposite.rejects(&[(
        "opposite neurons",
        &[MATCHED],
        "do not have the same direction",
    )]);
}

#[test]
fn cases() {
    let merge = merge_example();
    merge.accepts(&[
        ("matched", &[MERGE, MATCHED, CASE_0]),
        ("unmatched", &[MERGE, MATCHED, ALONE, CASE_1]),
        (
            "scaled between",
            &[
                MERGE,
                MATCHED,
                r#"{"scale":{"neuron":0,"factor":"5/9"}}"#,
                r#"{"radical":{"neuron":0,"factor":"2"}}"#,
                CASE_0,
            ],
        ),
    ]);
    for (name, case, expected) in [
        (
            "a wrong p",
            r#"{"case":{"neuron":0,"case":"B.1","p":"10","q":"10","facets":[2]}}"#,
            "p; found 10; expected 9",
        ),
        (
            "a wrong q",
            r#"{"case":{"neuron":0,"case":"B.1","p":"9","q":"-10","facets":[2]}}"#,
            "q; found -10; expected 10",
        ),
        (
            "case A above the threshold",
            r#"{"case":{"neuron":0,"case":"A","p":"9","q":"10","facets":[2]}}"#,
            "absolute value of p; found 9; expected at most 2",
        ),
        (
            "case B.2 with the larger outer weight",
            r#"{"case":{"neuron":0,"case":"B.2","p":"9","q":"10","facets":[2]}}"#,
            "found InnerLarger; expected OuterLarger",
        ),
        (
            "case B.3 with the larger outer weight",
            r#"{"case":{"neuron":0,"case":"B.3","p":"9","q":"10","facets":[2]}}"#,
            "found Balanced; expected OuterLarger",
        ),
        (
            "case 1 for a matched neuron",
            r#"{"case":{"neuron":0,"case":"1","p":"9","q":"10","facets":[2]}}"#,
            "neuron 0 of Γ lies on a hyperplane of the current network",
        ),
        (
            "case B.1 for an unmatched neuron",
            r#"{"case":{"neuron":1,"case":"B.1","p":"1","q":"0","facets":[3]}}"#,
            "does not have the same direction in both",
        ),
        (
            "no facets",
            r#"{"case":{"neuron":0,"case":"B.1","p":"9","q":"10","facets":[]}}"#,
            "network; found []; expected [(Some(0), Some(0))]",
        ),
        (
            "another neuron's facet",
            r#"{"case":{"neuron":0,"case":"B.1","p":"9","q":"10","facets":[3]}}"#,
            "network; found [(Some(1), None)]",
        ),
        (
            "a facet too many",
            r#"{"case":{"neuron":0,"case":"B.1","p":"9","q":"10","facets":[2,3]}}"#,
            "of the facets",
        ),
        (
            "a facet twice",
            r#"{"case":{"neuron":0,"case":"B.1","p":"9","q":"10","facets":[2,2]}}"#,
            "of the facets",
        ),
        (
            "a step that is no facet",
            r#"{"case":{"neuron":0,"case":"B.1","p":"9","q":"10","facets":[1]}}"#,
            "step 1 is no earlier facet step",
        ),
        (
            "a step that comes later",
            r#"{"case":{"neuron":0,"case":"B.1","p":"9","q":"10","facets":[5]}}"#,
            "step 5 is no earlier facet step",
        ),
        (
            "step 0",
            r#"{"case":{"neuron":0,"case":"B.1","p":"9","q":"10","facets":[0]}}"#,
            "step 0 is no earlier facet step",
        ),
        (
            "no such neuron",
            r#"{"case":{"neuron":2,"case":"B.1","p":"9","q":"10","facets":[2]}}"#,
            "there is no such neuron",
        ),
    ] {
        merge.rejects(&[(name, &[MERGE, MATCHED, ALONE, case], expected)]);
    }
    let same = r#"{"permute":{"order":[0,1]}}"#;
    let kill = r#"{"kill":{"neuron":1}}"#;
    merge.rejects(&[
        (
            "permuted after the facet",
            &[MERGE, MATCHED, same, CASE_0],
            "neurons were renumbered after facet step 2",
        ),
        (
            "killed after the facet",
            &[MERGE, MATCHED, kill, CASE_0],
            "neurons were renumbered after facet step 2",
        ),
        (
            "permuted after a case",
            &[MERGE, MATCHED, CASE_0, same],
            "no merge or permutation may follow a case",
        ),
        (
            "killed after a case",
            &[MERGE, MATCHED, CASE_0, kill],
            "no merge or permutation may follow a case",
        ),
        (
            "merged after a case",
            &[MERGE, MATCHED, CASE_0, MERGE],
            "no merge or permutation may follow a case",
        ),
    ]);
    let mut other = merge.clone();
    other.claim = r#"{"reparametrization":{"distance":"1","bound":"1"}}"#.to_owned();
    other.rejects(&[(
        "no threshold",
        &[MERGE, MATCHED, CASE_0],
        "needs the threshold of a theorem-3.1 claim",
    )]);
}

/// One neuron each, both with a multiple of (1, 0); r and J are claimed, as cases take the claim's word for them.
fn pair(gamma: [&str; 2], theta: [&str; 2], threshold: &str) -> (Example, String) {
    let network =
        |[a, c]: [&str; 2]| format!(r#"{{"d":2,"m":1,"D":1,"a":[["{a}","0"]],"c":[["{c}"]]}}"#);
    let mut example = merge_example();
    let (gamma, theta) = (network(gamma), network(theta));
    example.networks = format!(r#"{{"gamma":{gamma},"theta":{theta},"phi":{theta}}}"#);
    example.claim = format!(
        r#"{{"theorem-3.1":{{"form":"jump","beta":"0","r":{{"lower":"0","upper":"{threshold}"}},
            "jump":"{threshold}","distance":"0","bounds":{{"jump":"0"}}}}}}"#
    );
    (
        example,
        r#"{"facet":{"gamma":0,"theta":0,"point":["0","1"],"jump":"JUMP"}}"#.to_owned(),
    )
}

#[test]
fn labels() {
    for (name, gamma, theta, jump, case, p, q, threshold, expected) in [
        (
            "small",
            ["2", "1"],
            ["1", "3"],
            "1",
            "A",
            "2",
            "3",
            "2",
            None,
        ),
        (
            "small with other signs",
            ["2", "1"],
            ["1", "-1"],
            "3",
            "A",
            "2",
            "-1",
            "3",
            None,
        ),
        (
            "small, at the threshold",
            ["-2", "-1"],
            ["-1", "-1"],
            "1",
            "A",
            "-2",
            "-1",
            "2",
            None,
        ),
        (
            "outer larger",
            ["1", "-4"],
            ["1", "-3"],
            "1",
            "B.1",
            "-4",
            "-3",
            "1",
            None,
        ),
        (
            "inner larger",
            ["4", "1"],
            ["1", "3"],
            "1",
            "B.2",
            "4",
            "3",
            "1",
            None,
        ),
        (
            "balanced",
            ["2", "-2"],
            ["1", "-3"],
            "1",
            "B.3",
            "-4",
            "-3",
            "1",
            None,
        ),
        (
            "balanced by roots",
            ["sqrt(3)", "sqrt(3)"],
            ["1", "2"],
            "1",
            "B.3",
            "3",
            "2",
            "1",
            None,
        ),
        (
            "dead in Θ",
            ["1", "1"],
            ["1", "0"],
            "1",
            "A",
            "1",
            "0",
            "1",
            None,
        ),
        (
            "too far apart",
            ["2", "1"],
            ["1", "4"],
            "2",
            "B.2",
            "2",
            "4",
            "1",
            Some("absolute value of p - q; found 2; expected at most 1"),
        ),
        (
            "of opposite sign",
            ["1", "1"],
            ["1", "-1"],
            "2",
            "A",
            "1",
            "-1",
            "1",
            Some("absolute value of p - q"),
        ),
        (
            "B below the threshold",
            ["1", "2"],
            ["1", "2"],
            "0",
            "B.1",
            "2",
            "2",
            "2",
            Some("absolute value of p; found 2; expected more than 2"),
        ),
        (
            "A above the threshold",
            ["1", "2"],
            ["1", "2"],
            "0",
            "A",
            "2",
            "2",
            "1",
            Some("absolute value of p; found 2; expected at most 1"),
        ),
        (
            "not balanced",
            ["2", "3"],
            ["1", "6"],
            "0",
            "B.3",
            "6",
            "6",
            "1",
            Some("found Balanced; expected OuterLarger"),
        ),
    ] {
        let (example, facet) = pair(gamma, theta, threshold);
        let facet = facet.replace("JUMP", jump);
        let case = format!(
            r#"{{"case":{{"neuron":0,"case":"{case}","p":"{p}","q":"{q}","facets":[1]}}}}"#
        );
        match expected {
            None => example.accepts(&[(name, &[&facet, &case])]),
            Some(reason) => example.rejects(&[(name, &[&facet, &case], reason)]),
        }
    }
}

#[test]
fn unmatched_neurons() {
    // Γ: (1,0), (0,1), zero; current: zero, (1,1), (0,1) dead.
    let mut example = merge_example();
    let gamma =
        r#"{"d":2,"m":3,"D":1,"a":[["1","0"],["0","1"],["0","0"]],"c":[["1"],["1"],["5"]]}"#;
    let theta =
        r#"{"d":2,"m":3,"D":1,"a":[["0","0"],["1","1"],["0","1"]],"c":[["1"],["2"],["0"]]}"#;
    example.networks = format!(r#"{{"gamma":{gamma},"theta":{theta},"phi":{theta}}}"#);
    let first = r#"{"facet":{"gamma":0,"point":["0","1"],"jump":"1"}}"#;
    let case_0 = r#"{"case":{"neuron":0,"case":"1","p":"1","q":"0","facets":[1]}}"#;
    example.accepts(&[("against a zero neuron", &[first, case_0])]);
    example.rejects(&[
        (
            "a dead neuron of the current network counts for Γ",
            &[r#"{"case":{"neuron":1,"case":"1","p":"1","q":"2","facets":[]}}"#],
            "neuron 1 of Γ lies on a hyperplane of the current network",
        ),
        (
            "and it lies on a hyperplane of Γ",
            &[r#"{"case":{"neuron":2,"case":"1","p":"0","q":"0","facets":[]}}"#],
            "neuron 2 of the current network lies on a hyperplane of Γ",
        ),
        (
            "case A of zero neurons",
            &[
                first,
                r#"{"case":{"neuron":0,"case":"A","p":"1","q":"0","facets":[1]}}"#,
            ],
            "does not have the same direction",
        ),
    ]);
    example.claim = example
        .claim
        .replace(r#""form":"seminorm""#, r#""form":"jump""#);
    let second = r#"{"facet":{"theta":1,"point":["1","-1"],"jump":"2"}}"#;
    let kill = r#"{"kill":{"neuron":2}}"#;
    let own = r#"{"facet":{"gamma":1,"point":["1","0"],"jump":"1"}}"#;
    let case_1 = r#"{"case":{"neuron":1,"case":"1","p":"1","q":"2","facets":[2,3]}}"#;
    example.rejects(&[(
        "q above the threshold",
        &[kill, second, own, case_1],
        "absolute value of q; found 2; expected at most 1",
    )]);
    example.claim = example.claim.replace(r#""jump":"1""#, r#""jump":"2""#);
    example.accepts(&[
        ("two facets", &[kill, second, own, case_1]),
        (
            "two zero neurons",
            &[
                kill,
                r#"{"case":{"neuron":2,"case":"1","p":"0","q":"0","facets":[]}}"#,
            ],
        ),
    ]);
    example.rejects(&[(
        "a facet is missing",
        &[kill, second, own, &case_1.replace("[2,3]", "[2]")],
        "of the facets, of Γ and of the current network; found [(None, Some(1))]; expected [(Some(1), None), (None, Some(1))]",
    )]);
}
