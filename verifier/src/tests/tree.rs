use num_bigint::BigInt;
use proptest::prelude::*;

use super::super::circuits;
use super::super::network::Network;
use super::super::support::{
    SHARP_TREE, affine_example, biased_example, merge_example, seminorm_example, sharp_example,
};
use super::*;
use relucert_format::{Rational, Shallow, Target};

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

const CIRCUITS: &str = r#"{"circuits":{"circuits":[[[0,"1"],[1,"-2"],[2,"1"]]]}}"#;

/// A targeted branch step for the seminorm example, after its circuit.
fn targeted(bound: &str, target: &str, packings: &str, nodes: &str) -> String {
    let nodes: Vec<_> = nodes.split_whitespace().collect();
    format!(
        r#"{{"branch":{{"bound":"{bound}","target":{{{target}}},"circuits":[],"packings":[{packings}],"nodes":{nodes:?}}}}}"#
    )
}

const FIRST: &str = r#""output":0,"input":0"#;
const SECOND: &str = r#""output":0,"input":1"#;
const FIRST_NEGATED: &str = r#""output":0,"input":0,"negative":true"#;

// Without the circuit, entry (0,0) is at most 5 and at least −1. The loss |v| is 2, 1, 3 at the three hyperplanes.
#[test]
fn targets() {
    let untargeted = |rule: String| rule.replace(&format!(r#""target":{{{FIRST}}},"#), "");
    let accepted = [
        ("no packing needed", targeted("5", FIRST, "", "b")),
        (
            "the largest value",
            targeted("4", FIRST, r#"[[0,"1"]]"#, "p0"),
        ),
        (
            "less than all of it",
            targeted("9/2", FIRST, r#"[[0,"1/2"]]"#, "p0"),
        ),
        ("an empty packing", targeted("5", FIRST, "[]", "p0")),
        (
            "a packing that is not used",
            targeted("5", FIRST, r#"[[0,"1"]]"#, "b"),
        ),
        (
            "the least value",
            targeted("0", FIRST_NEGATED, r#"[[0,"1"]]"#, "p0"),
        ),
        (
            "a split instead",
            targeted("4", FIRST, "", "s1 b s0 s2 f0 b b"),
        ),
        (
            "a split without a target",
            untargeted(targeted("4", FIRST, "", "s1 b s0 s2 f0 b b")),
        ),
        (
            "a packing below a split in its favour",
            targeted("4", FIRST, r#"[[0,"1"]]"#, "s0 p0 b"),
        ),
        (
            "all decided",
            targeted("4", FIRST, r#"[[0,"1"]]"#, "s0 s2 s1 b p0 b b"),
        ),
        (
            "any amount, where all are decided",
            targeted("4", FIRST, r#"[[0,"100"]]"#, "s0 s2 s1 b p0 b b"),
        ),
        (
            "a hyperplane that does not matter",
            targeted("3", SECOND, "", "s1 b b"),
        ),
    ];
    for (name, rule) in &accepted {
        seminorm_example().accepts(&[(name, &[CIRCUITS, rule])]);
    }
    for (name, rule, reason) in [
        (
            "less than the largest value",
            targeted("399/100", FIRST, r#"[[0,"1"]]"#, "p0"),
            "at node 0: the target can exceed the bound; found 4; expected at most 399/100",
        ),
        (
            "no packing",
            targeted("4", FIRST, "", "b"),
            "at node 0: the target can exceed the bound; found 5; expected at most 4",
        ),
        (
            "the other sign",
            targeted("-1/2", FIRST_NEGATED, r#"[[0,"1"]]"#, "p0"),
            "the target can exceed the bound; found 0; expected at most -1/2",
        ),
        (
            "a packing that is not there",
            targeted("4", FIRST, r#"[[0,"1"]]"#, "p1"),
            "at node 0: there is no such packing; found 1",
        ),
        (
            "an overspent packing",
            targeted("4", FIRST, r#"[[0,"101/100"]]"#, "p0"),
            "at node 0: the packing overspends hyperplane 1; found 101/100; expected at most 1",
        ),
        (
            "a packing that uses an element decided against its circuit",
            targeted("4", FIRST, r#"[[0,"1"]]"#, "s1 p0 b"),
            "at node 1: circuit 0 costs nothing: its signs neither all agree nor all differ",
        ),
        (
            "a packing below another decision against its circuit",
            targeted("4", FIRST, r#"[[0,"1"]]"#, "s2 p0 p0"),
            "at node 2: circuit 0 costs nothing",
        ),
        (
            "a packing that uses an element that prefers no sign",
            targeted("2", SECOND, r#"[[0,"1"]]"#, "p0"),
            "circuit 0 names hyperplane 1, which is undecided there and prefers no sign",
        ),
        (
            "a packing whose preferred signs the circuit allows",
            targeted("2", SECOND, r#"[[0,"1"]]"#, "s1 p0 b"),
            "circuit 0 costs nothing",
        ),
        (
            "the same circuit twice",
            targeted("4", FIRST, r#"[[0,"1/2"],[0,"1/2"]]"#, "p0"),
            "packing 0: circuit 0 is listed twice",
        ),
        (
            "nothing spent",
            targeted("5", FIRST, r#"[[0,"0"]]"#, "p0"),
            "packing 0: y of circuit 0; found 0; expected > 0",
        ),
        (
            "a debt",
            targeted("5", FIRST, r#"[[0,"1"]],[[0,"-1"]]"#, "p0"),
            "packing 1: y of circuit 0; found -1",
        ),
        (
            "a circuit that is not there",
            targeted("4", FIRST, r#"[[1,"1"]]"#, "p0"),
            "there is no such circuit; found 1",
        ),
        (
            "an output that is not there",
            targeted("9", r#""output":1,"input":0"#, "", "b"),
            "there is no such output",
        ),
        (
            "an input that is not there",
            targeted("9", r#""output":0,"input":2"#, "", "b"),
            "there is no such input",
        ),
        (
            "a branch is missing",
            targeted("5", FIRST, "", "s0 b"),
            "a branch is missing",
        ),
        (
            "packings without a target",
            untargeted(targeted("5", FIRST, r#"[[0,"1"]]"#, "b")),
            "packings need a target",
        ),
        (
            "a packing leaf without a target",
            targeted("5", FIRST, "", "p0").replace(&format!(r#""target":{{{FIRST}}},"#), ""),
            "there is no such packing",
        ),
        (
            "a negative bound without a target",
            targeted("-1", FIRST, "", "b").replace(&format!(r#""target":{{{FIRST}}},"#), ""),
            "the bound must not be negative",
        ),
    ] {
        seminorm_example().rejects(&[(name, &[CIRCUITS, &rule], reason)]);
    }
}

/// A third of the example's function: the numbers of a packing are rationals, whatever the common denominator.
#[test]
fn fractions() {
    let mut example = seminorm_example();
    let c = r#""c":[["2"],["-1"],["3"]]"#;
    example.networks = example
        .networks
        .replace(c, r#""c":[["2/3"],["-1/3"],["1"]]"#);
    for (bound, y) in [("4/3", "1/3"), ("3/2", "1/6"), ("7/5", "4/15")] {
        let rule = targeted(bound, FIRST, &format!(r#"[[0,"{y}"]]"#), "p0");
        example.accepts(&[(bound, &[CIRCUITS, &rule])]);
    }
    for (bound, y, reason) in [
        (
            "4/3",
            "17/50",
            "the packing overspends hyperplane 1; found 17/50; expected at most 1/3",
        ),
        (
            "13/10",
            "1/3",
            "the target can exceed the bound; found 4/3; expected at most 13/10",
        ),
        (
            "4/3",
            "3/10",
            "the target can exceed the bound; found 41/30; expected at most 4/3",
        ),
    ] {
        let rule = targeted(bound, FIRST, &format!(r#"[[0,"{y}"]]"#), "p0");
        example.rejects(&[(bound, &[CIRCUITS, &rule], reason)]);
    }
}

/// f = ρ(x) − ρ(−x) = x: the entry is 1 everywhere, and twice the bound is rounded down, also below 0.
#[test]
fn negative_bounds() {
    let mut example = seminorm_example();
    example.networks =
        r#"{"gamma":{"d":1,"m":2,"D":1,"a":[["1"],["-1"]],"c":[["1"],["-1"]]}}"#.to_owned();
    for bound in ["-1", "-9/10", "0"] {
        example.accepts(&[(bound, &[&targeted(bound, FIRST_NEGATED, "", "b")])]);
    }
    for bound in ["-11/10", "-10001/10000", "-2"] {
        let rule = targeted(bound, FIRST_NEGATED, "", "b");
        example.rejects(&[(bound, &[&rule], "the target can exceed the bound; found -1")]);
    }
}

/// Circuits are numbered on through `circuits` steps; those of a branch step are its own.
#[test]
fn shared_circuits() {
    let multiple = r#"{"circuits":{"circuits":[[[0,"-3"],[1,"6"],[2,"-3"]]]}}"#;
    let none = r#"{"circuits":{"circuits":[]}}"#;
    let with = |circuit: usize, own: &str| {
        let packing = format!(r#"[[{circuit},"1"]]"#);
        targeted("4", FIRST, &packing, "p0")
            .replace(r#""circuits":[]"#, &format!(r#""circuits":[{own}]"#))
    };
    let own = r#"[[0,"1"],[1,"-2"],[2,"1"]]"#;
    seminorm_example().accepts(&[
        (
            "the second table",
            &[CIRCUITS, none, multiple, &with(1, "")],
        ),
        ("the step's own", &[CIRCUITS, multiple, &with(2, own)]),
        ("the first, with an own one", &[CIRCUITS, &with(0, own)]),
        ("no table", &[&with(0, own)]),
        (
            "own ones of two steps",
            &[CIRCUITS, &with(1, own), &with(1, own)],
        ),
    ]);
    seminorm_example().rejects(&[
        (
            "one beyond",
            &[CIRCUITS, multiple, &with(2, "")],
            "there is no such circuit; found 2",
        ),
        (
            "the own one of another step",
            &[CIRCUITS, &with(1, own), &with(1, "")],
            "there is no such circuit; found 1",
        ),
        (
            "a wrong multiplier, although no leaf uses it",
            &[CIRCUITS, &with(0, r#"[[0,"1"],[1,"-2"],[2,"2"]]"#)],
            "circuit 1: the sum does not vanish at coordinate 0",
        ),
        (
            "in a table",
            &[r#"{"circuits":{"circuits":[[[0,"1"],[1,"-2"],[2,"1/2"]]]}}"#],
            "circuit 0: the sum does not vanish",
        ),
        (
            "empty",
            &[r#"{"circuits":{"circuits":[[]]}}"#],
            "circuit 0: the circuit is empty",
        ),
        (
            "no hyperplane at infinity without biases",
            &[r#"{"circuits":{"circuits":[[[0,"1"],[1,"-2"],[2,"1"],[3,"1"]]]}}"#],
            "circuit 0: there is no such hyperplane; found 3",
        ),
    ]);
}

/// With biases, (0, …, 0, 1) is one more hyperplane, decided +, and the last column of the Jacobian is none.
#[test]
fn affine_trees() {
    let branch = |bound: &str, circuit: &str, nodes: &str| {
        let nodes: Vec<_> = nodes.split_whitespace().collect();
        format!(r#"{{"branch":{{"bound":"{bound}","circuits":[{circuit}],"nodes":{nodes:?}}}}}"#)
    };
    let circuit = r#"[[0,"1"],[1,"-1"],[2,"2"]]"#;
    let packing = |y: &str, circuit: &str, bound: &str| {
        format!(
            r#"{{"branch":{{"bound":"{bound}","target":{{{FIRST_NEGATED}}},"circuits":[{circuit}],
                "packings":[[[0,"{y}"]]],"nodes":["p0"]}}}}"#
        )
    };
    affine_example().accepts(&[
        (
            "with the hyperplane at infinity",
            &[&branch("1", circuit, "s0 s1 b f0 b")],
        ),
        ("the constant does not count", &[&branch("2", "", "b")]),
        ("a packing with it", &[&packing("1", circuit, "1")]),
    ]);
    affine_example().rejects(&[
        (
            "the slope behind infinity",
            &[&branch("1", circuit, "s0 s1 b b b")],
            "at node 3: entry (0, 0) can exceed the bound; found 2",
        ),
        (
            "the half-space below",
            &[&branch("1", r#"[[0,"-1"],[1,"1"],[2,"-2"]]"#, "s0 s1 f0 b b")],
            "circuit 0 does not exclude the region",
        ),
        (
            "a wrong multiplier at infinity",
            &[&branch("1", r#"[[0,"1"],[1,"-1"],[2,"1"]]"#, "s0 s1 b f0 b")],
            "circuit 0: the sum does not vanish at coordinate 1",
        ),
        ("a split at infinity", &[&branch("2", "", "s2 b b")], "there is no such hyperplane; found 2"),
        ("a circuit beyond", &[&branch("2", r#"[[3,"1"]]"#, "b")], "there is no such hyperplane; found 3"),
        ("an overspent packing", &[&packing("3/2", circuit, "1/2")], "the packing overspends hyperplane 1; found 3/2; expected at most 1"),
        (
            "the column of the constant",
            &[r#"{"branch":{"bound":"99","target":{"output":0,"input":1},"circuits":[],"nodes":["b"]}}"#],
            "there is no such input; found 1",
        ),
    ]);
}

prop_compose! {
    /// A tree in preorder that may split anything and close its leaves in any way.
    fn nodes()(choices in prop::collection::vec((0_u8..6, 0_usize..6), 1..40)) -> Vec<Node> {
        let (mut nodes, mut open) = (Vec::new(), 1);
        for (kind, index) in choices {
            if open == 0 {
                break;
            }
            let node = match kind {
                0 | 1 => Node::Split(index),
                2 => Node::Bound,
                3 => Node::Farkas(index),
                _ => Node::Packing(index % 4),
            };
            open = if kind < 2 { open + 1 } else { open - 1 };
            nodes.push(node);
        }
        nodes.extend(vec![Node::Bound; open]);
        nodes
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]
    /// Whatever the tree, the circuits and the packings: no bound below the value at a point is accepted.
    #[test]
    fn no_tree_shows_too_little(
        weights in prop::collection::vec((-3_i64..4, -3_i64..4, -3_i64..4), 4),
        biased in any::<bool>(),
        negative in any::<bool>(),
        spent in prop::collection::vec(prop::collection::vec((0_usize..6, 1_i64..9), 0..3), 4),
        nodes in nodes(),
    ) {
        let rows: Vec<_> = weights.iter().map(|(a, b, _)| [a.to_string(), b.to_string()]).collect();
        let c: Vec<_> = weights.iter().map(|(_, _, c)| [c.to_string()]).collect();
        let json = match biased {
            false => format!(r#"{{"d":2,"m":4,"D":1,"a":{rows:?},"c":{c:?}}}"#),
            true => {
                let (a, b): (Vec<_>, Vec<_>) = rows.into_iter().map(|[a, b]| ([a], b)).unzip();
                format!(r#"{{"d":1,"m":4,"D":1,"a":{a:?},"b":{b:?},"c":{c:?},"e":["1"]}}"#)
            }
        };
        let stated: Shallow = serde_json::from_str(&json).unwrap();
        let limits = Limits::default();
        let network = Network::stated(&stated, biased, &limits).ok().unwrap();
        let difference = Difference::new(&network, None, &Q::zero(), biased, &limits).ok().unwrap();
        // The largest value at many points that are on no hyperplane.
        let mut largest = None;
        for x in (-60..=60).flat_map(|x| (-12..=12).map(move |y| (x, if biased { 7 } else { y }))) {
            let sides = weights.iter().map(|(a, b, c)| (a * x.0 + b * x.1, a, b, c));
            if sides.clone().any(|(side, a, b, _)| side == 0 && (*a, *b) != (0, 0)) {
                continue;
            }
            let entry: i64 = sides.filter(|(side, ..)| *side > 0).map(|(_, a, _, c)| a * c).sum();
            largest = largest.max(Some(if negative { -entry } else { entry }));
        }
        let entry = largest.unwrap();
        // All circuits of three hyperplanes, by their minors.
        let mut all = Vec::new();
        let count = difference.kinks.len() + usize::from(biased);
        let normals: Vec<_> = (0..count).map(|h| difference.normal(h).ok().unwrap()).collect();
        for (i, one) in normals.iter().enumerate() {
            for (j, two) in normals.iter().enumerate().skip(i + 1) {
                for (k, three) in normals.iter().enumerate().skip(j + 1) {
                    let minor = |x: &[BigInt], y: &[BigInt]| &x[0] * &y[1] - &x[1] * &y[0];
                    let factor = |minor: BigInt, unit: &Q| {
                        let unit = unit.inverse().unwrap();
                        format!("{}", &Q::from(minor) * &unit).parse::<Rational>().unwrap()
                    };
                    let circuit = vec![
                        (i, factor(minor(&two.1, &three.1), &one.2)),
                        (j, factor(minor(&three.1, &one.1), &two.2)),
                        (k, factor(minor(&one.1, &two.1), &three.2)),
                    ];
                    all.push(circuits::check(&circuit, |h| difference.normal(h), &limits).ok().unwrap());
                }
            }
        }
        let rational = |p: i64, q: i64| Rational(num_rational::BigRational::new(p.into(), q.into()));
        let packings = spent.iter().map(|packing| {
            packing.iter().map(|(circuit, y)| (*circuit, rational(*y, 2))).collect()
        });
        let mut step = Branch {
            bound: rational(100 * entry - 1, 100),
            target: Some(Target { output: 0, input: 0, negative }),
            circuits: Vec::new(),
            packings: packings.collect(),
            nodes,
        };
        prop_assert!(branch(&step, &difference, &all, &limits).is_err(), "{step:?}");
        step.bound = rational(2 * entry.abs() - 1, 2);
        step.target = None;
        prop_assert!(branch(&step, &difference, &all, &limits).is_err(), "{step:?}");
        step.packings.clear();
        prop_assert!(branch(&step, &difference, &all, &limits).is_err(), "{step:?}");
    }
}
