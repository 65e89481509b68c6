use super::super::support::{SHARP_TREE, biased_example, merge_example, sharp_example};

// The merge example's difference is ρ(x) − ρ(y): hyperplane 0 is (0,1) with jump −1, hyperplane 1 is (1,0) with jump 1.
// The sharp example's hyperplanes are (1,−1/5), (1,−1/10), (1,1/10), (1,1/5) with jumps −4, 2, 2, −4.

/// A branch step for the sharp example, with its two circuits.
fn tree(bound: &str, nodes: &str) -> String {
    let nodes: Vec<_> = nodes
        .split_whitespace()
        .map(|node| format!("{node:?}"))
        .collect();
    SHARP_TREE
        .split_once("\"nodes\"")
        .map(|(head, _)| format!("{head}\"nodes\":[{}]}}}}", nodes.join(",")))
        .unwrap()
        .replace(r#""bound":"2""#, &format!(r#""bound":"{bound}""#))
}

const NODES: &str = "s0 s3 s1 s2 b f0 f1 b s3 b s1 f1 s2 f0 b";

#[test]
fn trees() {
    merge_example().accepts(&[
        (
            "a leaf alone",
            &[r#"{"branch":{"bound":"1","circuits":[],"nodes":["b"]}}"#],
        ),
        (
            "all hyperplanes split",
            &[r#"{"branch":{"bound":"1","circuits":[],"nodes":["s1","s0","b","b","s0","b","b"]}}"#],
        ),
        (
            "a weaker bound",
            &[r#"{"branch":{"bound":"7/3","circuits":[],"nodes":["b"]}}"#],
        ),
    ]);
    biased_example().accepts(&[(
        "a difference that is zero",
        &[r#"{"branch":{"bound":"0","circuits":[],"nodes":["b"]}}"#],
    )]);
    let accepted = [
        ("with excluded regions", tree("2", NODES)),
        ("no split", tree("33/5", "b")),
        ("the region below the root", tree("2", NODES)),
    ];
    for (name, rule) in &accepted {
        sharp_example().accepts(&[(name, &[rule])]);
    }
    for (name, rule, reason) in [
        ("no nodes", tree("2", ""), "a branch is missing"),
        (
            "the last branch is missing",
            tree("2", "s0 s3 s1 s2 b f0 f1 b s3 b s1 f1 s2 f0"),
            "a branch is missing",
        ),
        ("only a split", tree("9", "s0"), "a branch is missing"),
        (
            "one branch of a split",
            tree("9", "s0 b"),
            "a branch is missing",
        ),
        (
            "a node too many",
            tree("2", &format!("{NODES} b")),
            "the tree is complete before node 15",
        ),
        (
            "a split after the end",
            tree("9", "b s0 b b"),
            "the tree is complete before node 1",
        ),
        (
            "a bound that is too small",
            tree("199/100", NODES),
            "can exceed the bound; found 2; expected at most 199/100",
        ),
        (
            "a bound that does not hold yet",
            tree("2", "b"),
            "at node 0: entry (0, 0) can exceed the bound; found 6; expected at most 2",
        ),
        (
            "a negative bound",
            tree("-1/1000000", "b"),
            "the bound must not be negative",
        ),
        (
            "a hyperplane split twice",
            tree("2", "s0 s0 b b b"),
            "hyperplane 0 is split twice on one path",
        ),
        (
            "a hyperplane that is not there",
            tree("2", "s4 b b"),
            "there is no such hyperplane; found 4",
        ),
        (
            "a circuit that is not there",
            tree("2", "s0 s3 s1 s2 b f2 f1 b s3 b s1 f1 s2 f0 b"),
            "there is no such circuit; found 2",
        ),
        (
            "a circuit with an undecided hyperplane",
            tree("2", "f0"),
            "hyperplane 0, which is undecided there",
        ),
        (
            "a hyperplane decided elsewhere only",
            tree("2", "s0 s3 s1 s2 b f0 f1 b f0"),
            "hyperplane 2, which is undecided",
        ),
        (
            "a region that exists",
            tree("2", "s0 s3 s1 s2 f0 f0 f1 b s3 b s1 f1 s2 f0 b"),
            "does not exclude the region",
        ),
        (
            "the region opposite",
            tree("2", "s0 s3 s1 s2 b f0 f1 b s3 b s1 f1 s2 f0 f0"),
            "does not exclude the region",
        ),
    ] {
        sharp_example().rejects(&[(name, &[&rule], reason)]);
    }
    let circuits = |circuits: &str| {
        format!(r#"{{"branch":{{"bound":"9","circuits":[{circuits}],"nodes":["b"]}}}}"#)
    };
    let multiple = circuits(r#"[[0,"-1/30"],[2,"2/15"],[3,"-1/10"]]"#);
    sharp_example().accepts(&[("a negative multiple of a circuit", &[&multiple])]);
    for (name, circuit, reason) in [
        ("an empty circuit", "[]", "circuit 0: the circuit is empty"),
        ("a factor 0", r#"[[0,"1"],[1,"0"]]"#, "a factor is 0"),
        (
            "one hyperplane",
            r#"[[0,"1"]]"#,
            "circuit 0: the sum does not vanish at coordinate 0",
        ),
        (
            "a wrong factor",
            r#"[[0,"1/10"],[2,"-2/5"],[3,"2/5"]]"#,
            "the sum does not vanish at coordinate 0",
        ),
        (
            "wrong in the last coordinate",
            r#"[[0,"1"],[1,"-2"],[2,"1"]]"#,
            "the sum does not vanish at coordinate 1",
        ),
        (
            "hyperplanes out of order",
            r#"[[2,"-2/5"],[0,"1/10"],[3,"3/10"]]"#,
            "hyperplanes must increase",
        ),
        (
            "a hyperplane twice, cancelling",
            r#"[[0,"1"],[0,"-1"]]"#,
            "hyperplanes must increase",
        ),
        (
            "a hyperplane that is not there",
            r#"[[0,"1"],[4,"1"]]"#,
            "there is no such hyperplane",
        ),
    ] {
        sharp_example().rejects(&[(name, &[&circuits(circuit)], reason)]);
    }
}

#[test]
fn deep_trees_need_no_stack() {
    // A comb: every hyperplane is decided on the leftmost path. 2,000 neurons in one input dimension would be two hyperplanes,
    // so the neurons lie on 2,000 lines through the origin of the plane.
    let count = 2000;
    let rows: Vec<_> = (0..count).map(|i| format!(r#"["1","{i}"]"#)).collect();
    let ones = vec![r#"["1"]"#; count].join(",");
    let mut example = merge_example();
    let shape = format!(r#""d":2,"m":{count},"D":1"#);
    example.networks = format!(
        r#"{{"gamma":{{{shape},"a":[{}],"c":[{ones}]}},
            "theta":{{{shape},"a":[{}],"c":[{ones}]}}}}"#,
        vec![r#"["0","0"]"#; count].join(","),
        rows.join(","),
    );
    let violation = r#"{"unbalanced":{"i":0,"beta":"0","size":"1","r_lower":"0"}}"#;
    example.claim = format!(r#"{{"condition":{{"name":"C.1","violation":{violation}}}}}"#);
    let splits: Vec<_> = (0..count).map(|i| format!("\"s{i}\"")).collect();
    let leaves = vec!["\"b\""; count + 1].join(",");
    let rule = format!(
        r#"{{"branch":{{"bound":"1999000","circuits":[],"nodes":[{},{leaves}]}}}}"#,
        splits.join(",")
    );
    example.accepts(&[("a deep tree", &[&rule])]);
}
