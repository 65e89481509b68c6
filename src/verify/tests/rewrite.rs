use num_bigint::BigInt;
use proptest::prelude::*;

use super::super::network::Direction;
use super::super::support::{
    Example, biased_example, evaluate, merge_example, network, violation_example,
};
use super::*;

/// Three neurons of R², the first two parallel with different radicals, the last dead.
fn parallel() -> Example {
    let mut example = merge_example();
    let theta = r#"{"d":2,"m":4,"D":1,
        "a":[["sqrt(2)","-sqrt(2)"],["3*sqrt(8)","-3*sqrt(8)"],["0","1"],["-1","1"]],
        "c":[["sqrt(2)"],["sqrt(8)"],["0"],["5"]]}"#;
    // One neuron: √2(1,−1) with outer √2·c, where 2c = 2·1 + 8·3·1 = 26. The last neuron has the opposite direction.
    let phi = r#"{"d":2,"m":4,"D":1,
        "a":[["sqrt(2)","-sqrt(2)"],["0","0"],["0","0"],["-1","1"]],
        "c":[["13*sqrt(2)"],["0"],["0"],["5"]]}"#;
    example.networks = format!(r#"{{"gamma":{theta},"theta":{theta},"phi":{phi}}}"#);
    example.claim = r#"{"reparametrization":{"distance":"6*sqrt(2)","bound":"17"}}"#.to_owned();
    example
}

const MERGE: &str = r#"{"merge":{"into":0,"from":[1]}}"#;
const KILL: &str = r#"{"kill":{"neuron":2}}"#;
/// Reached iff the current network is Φ. ‖Φ − Γ‖: 13√2 − √2 = 12√2 outer, 3√8 = 6√2 inner.
const BOUND: &str = r#"{"bound":{"distance":"12*sqrt(2)","neuron":0,"part":"outer","index":0}}"#;

#[test]
fn merge_and_kill() {
    let mut example = parallel();
    example.claim = example.claim.replace("\"6*sqrt(2)", "\"12*sqrt(2)");
    example.accepts(&[
        ("radicals of the same field", &[MERGE, KILL, BOUND]),
        ("the other order", &[KILL, MERGE, BOUND]),
        ("a dead neuron twice", &[KILL, KILL]),
        (
            "a merged neuron is dead",
            &[MERGE, r#"{"kill":{"neuron":1}}"#],
        ),
        (
            "permuted there and back",
            &[
                MERGE,
                r#"{"permute":{"order":[3,0,1,2]}}"#,
                r#"{"kill":{"neuron":3}}"#,
                r#"{"permute":{"order":[1,2,3,0]}}"#,
                BOUND,
            ],
        ),
        (
            "scaled and balanced there and back",
            &[
                MERGE,
                KILL,
                r#"{"scale":{"neuron":0,"factor":"7/3"}}"#,
                r#"{"radical":{"neuron":0,"factor":"5"}}"#,
                r#"{"scale":{"neuron":0,"factor":"3/35"}}"#,
                r#"{"radical":{"neuron":0,"factor":"5"}}"#,
                BOUND,
            ],
        ),
    ]);
    example.rejects(&[
        ("Φ before the merge", &[KILL, BOUND], "the current network is not Φ: entry 0 of c of neuron 0; found 1*sqrt(2); expected 13*sqrt(2)"),
        ("Φ before the kill", &[MERGE, BOUND], "the current network is not Φ: entry 1 of a of neuron 2; found 1; expected 0"),
        ("a live neuron killed", &[r#"{"kill":{"neuron":0}}"#], "neuron 0 is live"),
        ("a neuron that is not there killed", &[r#"{"kill":{"neuron":4}}"#], "there is no such neuron; found 4; expected an index below 4"),
        ("neurons of other directions merged", &[r#"{"merge":{"into":0,"from":[2]}}"#], "a of neuron 2 is no positive multiple of a of neuron 0"),
        ("opposite neurons merged", &[r#"{"merge":{"into":0,"from":[3]}}"#], "a of neuron 3 is no positive multiple"),
        ("one of several is not parallel", &[r#"{"merge":{"into":0,"from":[1,2]}}"#], "a of neuron 2 is no positive multiple"),
        ("nothing merged", &[r#"{"merge":{"into":0,"from":[]}}"#], "no neuron is merged"),
        ("a neuron merged with itself", &[r#"{"merge":{"into":0,"from":[0]}}"#], "must increase from 0; found 0; expected more than 0"),
        ("a neuron merged twice", &[r#"{"merge":{"into":0,"from":[1,1]}}"#], "must increase from 0; found 1; expected more than 1"),
        ("merged backwards", &[r#"{"merge":{"into":1,"from":[0]}}"#], "must increase from 1; found 0; expected more than 1"),
        ("merged once more", &[MERGE, MERGE], "a of neuron 1 is no positive multiple"),
        ("merged into a zero neuron", &[KILL, r#"{"merge":{"into":2,"from":[3]}}"#], "neuron 2 has a = 0"),
        ("merged into nowhere", &[r#"{"merge":{"into":4,"from":[5]}}"#], "there is no such neuron"),
        ("merged from nowhere", &[r#"{"merge":{"into":0,"from":[4]}}"#], "there is no such neuron"),
    ]);
}

#[test]
fn a_neuron_with_sum_zero_keeps_its_a() {
    let mut example = parallel();
    example.networks = example.networks.replace(
        r#"["sqrt(2)"],["sqrt(8)"]"#,
        r#"["-12*sqrt(2)"],["sqrt(8)"]"#,
    );
    example.networks = example.networks.replace("13*sqrt(2)", "0");
    example.claim = example.claim.replace("6*sqrt(2)", "12*sqrt(2)");
    example.accepts(&[("dead, and not zero", &[MERGE, KILL, BOUND])]);
    example.rejects(&[(
        "killed after the merge",
        &[MERGE, KILL, r#"{"kill":{"neuron":0}}"#, BOUND],
        "the current network is not Φ: entry 0 of a of neuron 0; found 0; expected 1*sqrt(2)",
    )]);
}

#[test]
fn permute_and_scale() {
    let example = parallel();
    for (name, rule, expected) in [
        (
            "an index twice",
            r#"{"permute":{"order":[0,1,1,2]}}"#,
            "the order names neuron 1 twice",
        ),
        (
            "an index too large",
            r#"{"permute":{"order":[0,1,2,4]}}"#,
            "the order names neuron 4 twice, or there is none",
        ),
        (
            "too short",
            r#"{"permute":{"order":[0,1,2]}}"#,
            "length of the order; found 3; expected 4",
        ),
        (
            "too long",
            r#"{"permute":{"order":[0,1,2,3,0]}}"#,
            "length of the order; found 5; expected 4",
        ),
        (
            "a factor 0",
            r#"{"scale":{"neuron":0,"factor":"0"}}"#,
            "the factor must be positive; found 0",
        ),
        (
            "a negative factor",
            r#"{"scale":{"neuron":0,"factor":"-1/2"}}"#,
            "the factor must be positive; found -1/2",
        ),
        (
            "no such neuron",
            r#"{"scale":{"neuron":4,"factor":"1"}}"#,
            "there is no such neuron",
        ),
        (
            "a radical 0",
            r#"{"radical":{"neuron":0,"factor":"0"}}"#,
            "the factor must be positive; found 0",
        ),
        (
            "a negative radical",
            r#"{"radical":{"neuron":0,"factor":"-4"}}"#,
            "the factor must be positive; found -4",
        ),
        (
            "a radical nowhere",
            r#"{"radical":{"neuron":9,"factor":"1"}}"#,
            "there is no such neuron",
        ),
    ] {
        example.rejects(&[(name, &[rule], expected)]);
    }
}

#[test]
fn nothing_is_rewritten_after_the_end_or_without_theta() {
    let biased = biased_example();
    let mut rules: Vec<&str> = biased.rules.iter().map(String::as_str).collect();
    for rule in [
        r#"{"scale":{"neuron":0,"factor":"1"}}"#,
        r#"{"radical":{"neuron":0,"factor":"1"}}"#,
        r#"{"permute":{"order":[0,1,2]}}"#,
    ] {
        rules.push(rule);
        biased.rejects(&[("after Φ", &rules, "Φ was reached already")]);
        violation_example().rejects(&[("no Θ", &[rule], "the statement lacks a network")]);
        rules.pop();
    }
}

#[test]
fn growing_numbers_are_declined() {
    let example = parallel();
    let factor = format!(
        r#"{{"scale":{{"neuron":0,"factor":"1{}"}}}}"#,
        "0".repeat(10_000)
    );
    let rules = vec![factor.as_str(); 8];
    example.rejects(&[("scaled out of bounds", &rules, "more than the limit 262144")]);
}

proptest! {
    /// Whatever is accepted leaves the function alone.
    #[test]
    fn rewriting_keeps_the_function(
        network in network(),
        x in prop::collection::vec(-50_i32..50, 3),
        steps in prop::collection::vec((0..5, 0..4_usize, 0..4_usize, 1_i32..9, 1_i32..9), 1..12),
    ) {
        let x: Vec<BigInt> = x.into_iter().map(BigInt::from).collect();
        let mut current = network.clone();
        // A parallel pair, so that merges happen.
        current.neurons[3].a = current.neurons[1].a.iter().map(Q::double).collect();
        current.neurons[3].direction = current.neurons[1].direction.clone();
        let expected = evaluate(&current, &x);
        let limits = Limits::default();
        for (kind, i, j, p, q) in steps {
            let factor = format!("\"{}\"", Q::fraction(p.into(), q.into()).unwrap());
            let factor = serde_json::from_str(&factor).unwrap();
            let mut order = vec![0, 1, 2, 3];
            order.swap(i, j);
            // Rejected steps may leave anything behind: the certificate is rejected then.
            let mut next = current.clone();
            let accepted = match kind {
                0 => next.kill(&Kill { neuron: i }),
                1 => next.merge(&Merge { into: i, from: vec![j] }, &limits),
                2 => next.permute(&Permute { order }),
                3 => next.scale(&Scale { neuron: i, factor }, &limits),
                _ => next.radical(&Radical { neuron: i, factor }, &limits),
            };
            if accepted.is_ok() {
                current = next;
            }
            prop_assert_eq!(&evaluate(&current, &x), &expected);
            for neuron in &current.neurons {
                prop_assert_eq!(&Direction::of(&neuron.a, &limits).ok().unwrap(), &neuron.direction);
            }
        }
    }
}
