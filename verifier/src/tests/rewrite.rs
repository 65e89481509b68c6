use num_bigint::BigInt;
use proptest::prelude::*;

use super::super::examples::{constant_example, star_example};
use super::super::network::Direction;
use super::super::support::{
    Example, biased_example, evaluate, merge_example, network, rejection, violation_example,
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

/// Γ is √2·x + …, three neurons with the sum 0, one of them with roots, and a zero neuron.
fn loose() -> Example {
    let mut example = merge_example();
    let theta = r#"{"d":2,"m":4,"D":1,
        "a":[["sqrt(2)","0"],["0","1"],["-1","-1"],["0","0"]],"c":[["1/2*sqrt(2)"],["1"],["1"],["0"]]}"#;
    example.networks = format!(r#"{{"gamma":{theta},"theta":{theta},"phi":{theta}}}"#);
    example.claim = r#"{"reparametrization":{"distance":"0","bound":"0"}}"#.to_owned();
    example
}

/// Γ = Θ = Φ, so a bound step holds iff the rewriting has come back.
const BACK: &str = r#"{"bound":{"distance":"0","neuron":0,"part":"inner","index":0}}"#;
const FLIP: &str = r#"{"flip":{"neurons":[0,1,2]}}"#;
const SPLIT: &str = r#"{"split":{"neuron":0,"into":3,"factor":"1/2","outer":["1/3"]}}"#;
const REVIVE: &str = r#"{"revive":{"neuron":3,"scale":"5","inner":["1","2"],"outer":["0"]}}"#;
const STRETCH: &str = r#"{"stretch":{"neuron":1,"factor":"1+sqrt(2)","inverse":"-1+sqrt(2)"}}"#;

#[test]
fn flip_split_revive() {
    let example = loose();
    example.accepts(&[
        ("nothing", &[BACK]),
        ("flipped there and back", &[FLIP, FLIP, BACK]),
        (
            "revived and killed",
            &[REVIVE, r#"{"kill":{"neuron":3}}"#, BACK],
        ),
        (
            "split and merged",
            &[SPLIT, r#"{"merge":{"into":0,"from":[3]}}"#, BACK],
        ),
    ]);
    example.rejects(&[
        ("Φ is not flipped", &[FLIP, BACK], "the current network is not Φ: entry 0 of a of neuron 0; found -1*sqrt(2)"),
        ("the sum does not vanish", &[r#"{"flip":{"neurons":[0,2]}}"#], "does not vanish at entry (0, 1)"),
        ("a neuron twice", &[r#"{"flip":{"neurons":[0,1,2,2]}}"#], "the flipped neurons must increase; found 2; expected at least 3"),
        ("nothing is flipped", &[r#"{"flip":{"neurons":[]}}"#], "no neuron is flipped"),
        ("a neuron that is not there", &[r#"{"flip":{"neurons":[4]}}"#], "there is no such neuron"),
        ("not split", &[BACK, SPLIT], "Φ was reached already"),
        ("Φ is not split", &[SPLIT, BACK], "the current network is not Φ: entry 0 of c of neuron 0; found 1/3*sqrt(2); expected 1/2*sqrt(2)"),
        ("split into a live neuron", &[r#"{"split":{"neuron":0,"into":1,"factor":"1/2","outer":["1/3"]}}"#], "neuron 1 is not zero"),
        ("split into a neuron that has c", &[r#"{"revive":{"neuron":3,"scale":"1","inner":["0","0"],"outer":["1"]}}"#, SPLIT], "neuron 3 is not zero"),
        ("split into a neuron that has a", &[REVIVE, SPLIT], "neuron 3 is not zero"),
        ("split into itself", &[r#"{"split":{"neuron":3,"into":3,"factor":"1","outer":["0"]}}"#], "a neuron is split into itself"),
        ("split by 0", &[r#"{"split":{"neuron":0,"into":3,"factor":"0","outer":["1/3"]}}"#], "the factor must be positive; found 0"),
        ("split by −1", &[r#"{"split":{"neuron":0,"into":3,"factor":"-1","outer":["1/3"]}}"#], "the factor must be positive; found -1"),
        ("too many outputs", &[r#"{"split":{"neuron":0,"into":3,"factor":"1","outer":["1/3","0"]}}"#], "length of the outer weights; found 2; expected 1"),
        ("split into nowhere", &[r#"{"split":{"neuron":0,"into":4,"factor":"1","outer":["1/3"]}}"#], "there is no such neuron"),
        ("Φ is not revived", &[REVIVE, BACK], "the current network is not Φ: entry 0 of a of neuron 3; found 1*sqrt(5); expected 0"),
        ("revived and live", &[r#"{"revive":{"neuron":3,"scale":"1","inner":["0","1"],"outer":["1"]}}"#], "neither the inner nor the outer weights are all zero"),
        ("revived though not zero", &[r#"{"revive":{"neuron":2,"scale":"1","inner":["0","1"],"outer":["0"]}}"#], "neuron 2 is not zero"),
        ("revived with scale 0", &[r#"{"revive":{"neuron":3,"scale":"0","inner":["0","1"],"outer":["0"]}}"#], "the factor must be positive"),
        ("too few inputs", &[r#"{"revive":{"neuron":3,"scale":"1","inner":["1"],"outer":["0"]}}"#], "length of the inner weights; found 1; expected 2"),
        ("no outputs", &[r#"{"revive":{"neuron":3,"scale":"1","inner":["0","1"],"outer":[]}}"#], "length of the outer weights; found 0; expected 1"),
    ]);
}

#[test]
fn stretch() {
    let mut example = loose();
    example.rejects(&[
        ("Φ is not stretched", &[STRETCH, BACK], "the current network is not Φ: entry 1 of a of neuron 1; found 1 + 1*sqrt(2); expected 1"),
        ("twice", &[STRETCH, STRETCH], "neuron 1 was stretched before"),
        ("stretched and scaled", &[STRETCH, r#"{"scale":{"neuron":1,"factor":"1"}}"#], "neuron 1 was stretched before"),
        ("stretched and flipped", &[STRETCH, FLIP], "neuron 1 was stretched before"),
        ("stretched and merged", &[STRETCH, r#"{"merge":{"into":0,"from":[1]}}"#], "neuron 1 was stretched before"),
        ("stretched and merged into", &[STRETCH, r#"{"merge":{"into":1,"from":[2]}}"#], "neuron 1 was stretched before"),
        ("stretched and split", &[STRETCH, r#"{"split":{"neuron":1,"into":3,"factor":"1","outer":["0"]}}"#], "neuron 1 was stretched before"),
        ("stretched and moved", &[STRETCH, r#"{"permute":{"order":[1,0,2,3]}}"#, r#"{"radical":{"neuron":0,"factor":"2"}}"#], "neuron 0 was stretched before"),
        ("a negative factor", &[r#"{"stretch":{"neuron":1,"factor":"1-sqrt(2)","inverse":"-1-sqrt(2)"}}"#], "the factor must be positive; found 1-sqrt(2)"),
        ("a wrong inverse", &[r#"{"stretch":{"neuron":1,"factor":"1+sqrt(2)","inverse":"2-sqrt(2)"}}"#], "the factor times its inverse; found 1*sqrt(2); expected 1"),
        ("0", &[r#"{"stretch":{"neuron":1,"factor":"0","inverse":"0"}}"#], "the factor must be positive; found 0"),
        ("nowhere", &[r#"{"stretch":{"neuron":4,"factor":"1","inverse":"1"}}"#], "there is no such neuron"),
    ]);
    let (old, new) = (
        r#"["0","1"],["-1","-1"]"#,
        r#"["0","1+sqrt(2)"],["-1","-1"]"#,
    );
    let at = example.networks.rfind(old).unwrap();
    example.networks.replace_range(at..at + old.len(), new);
    let (old, new) = (
        r#"["1/2*sqrt(2)"],["1"]"#,
        r#"["1/2*sqrt(2)"],["-1+sqrt(2)"]"#,
    );
    let at = example.networks.rfind(old).unwrap();
    example.networks.replace_range(at..at + old.len(), new);
    example.claim = example.claim.replace(
        r#""distance":"0","bound":"0""#,
        r#""distance":"sqrt(2)","bound":"2""#,
    );
    let bound = r#"{"bound":{"distance":"sqrt(2)","neuron":1,"part":"inner","index":1}}"#;
    example.accepts(&[
        ("stretched", &[STRETCH, bound]),
        (
            "stretched and moved there and back",
            &[
                STRETCH,
                r#"{"permute":{"order":[1,0,2,3]}}"#,
                r#"{"permute":{"order":[1,0,2,3]}}"#,
                bound,
            ],
        ),
    ]);
    example.rejects(&[(
        "not stretched",
        &[bound],
        "the current network is not Φ: entry 1 of a of neuron 1; found 1; expected 1 + 1*sqrt(2)",
    )]);
}

#[test]
fn the_output_bias_stays_where_it_is() {
    // Θ = ρ(x) + 1·ρ(2) + ρ(1−x) − 2, where neuron 3 is the output bias.
    let example = constant_example();
    let fold = r#"{"fold":{"neuron":1}}"#;
    for rule in [
        r#"{"kill":{"neuron":3}}"#,
        r#"{"merge":{"into":1,"from":[3]}}"#,
        r#"{"scale":{"neuron":3,"factor":"1"}}"#,
        r#"{"radical":{"neuron":3,"factor":"1"}}"#,
        r#"{"flip":{"neurons":[3]}}"#,
        r#"{"split":{"neuron":3,"into":1,"factor":"1","outer":["0"]}}"#,
        r#"{"split":{"neuron":1,"into":3,"factor":"1","outer":["0"]}}"#,
        r#"{"revive":{"neuron":3,"scale":"1","inner":["0","0"],"outer":["0"]}}"#,
        r#"{"fold":{"neuron":3}}"#,
        r#"{"stretch":{"neuron":3,"factor":"1","inverse":"1"}}"#,
    ] {
        example.rejects(&[(rule, &[rule], "neuron 3 is the output bias")]);
    }
    example.rejects(&[
        (
            "moved",
            &[r#"{"permute":{"order":[0,1,3,2]}}"#],
            "the order moves the output bias",
        ),
        (
            "a neuron that is not constant",
            &[r#"{"fold":{"neuron":0}}"#],
            "neuron 0 is not constant",
        ),
        (
            "flipped with another linear part",
            &[r#"{"flip":{"neurons":[0]}}"#],
            "does not vanish at entry (0, 0)",
        ),
        (
            "made smaller with live neurons",
            &[r#"{"resize":{"neurons":2}}"#],
            "neuron 2 is not zero",
        ),
        (
            "made smaller after one is folded, in the middle",
            &[fold, r#"{"resize":{"neurons":2}}"#],
            "neuron 2 is not zero",
        ),
        (
            "made empty",
            &[r#"{"resize":{"neurons":0}}"#],
            "the new number of neurons; found 0; expected 1 to 3",
        ),
        (
            "made larger than Θ",
            &[r#"{"resize":{"neurons":4}}"#],
            "the new number of neurons; found 4; expected 1 to 3",
        ),
    ]);
    // Flips change the output bias: without it Φ is not reached.
    let mut rules: Vec<&str> = example.rules.iter().map(String::as_str).collect();
    rules.remove(6);
    example.rejects(&[(
        "not flipped",
        &rules,
        "the current network is not Φ: entry 0 of a of neuron 0",
    )]);
    for (name, bias, gap) in [
        ("a constant below 0", "-2", "7"),
        ("another constant", "5/2", "9/2"),
    ] {
        let forged = example.with(
            r#""b":["0","2","1"]"#,
            &format!(r#""b":["0","{bias}","1"]"#),
        );
        let rules: Vec<&str> = forged.rules[..5].iter().map(String::as_str).collect();
        // e = −2 + ρ(b), and Γ has 5.
        forged.rejects(&[(
            name,
            &rules,
            &format!("difference of the output biases; found 5; expected {gap}"),
        )]);
    }
    // In the homogenised networks of other claims it is a neuron like any other, and a sum must vanish whole.
    let biased = biased_example();
    biased.accepts(&[("scaled", &[r#"{"scale":{"neuron":2,"factor":"2"}}"#])]);
    biased.rejects(&[
        (
            "nothing is folded",
            &[fold],
            "no step may rewrite the network in this way",
        ),
        (
            "nothing is resized",
            &[r#"{"resize":{"neurons":1}}"#],
            "no step may rewrite the network in this way",
        ),
    ]);
    let mut flip = biased.clone();
    let network =
        r#"{"d":1,"m":2,"D":1,"a":[["1"],["-1"]],"b":["0","1"],"c":[["1"],["1"]],"e":["0"]}"#;
    let phi = r#"{"d":2,"m":3,"D":1,"a":[["1","0"],["-1","1"],["0","1"]],"c":[["1"],["1"],["0"]]}"#;
    flip.networks = format!(r#"{{"gamma":{network},"theta":{network},"phi":{phi}}}"#);
    flip.rejects(&[(
        "only the linear part vanishes",
        &[r#"{"flip":{"neurons":[0,1]}}"#],
        "does not vanish at entry (0, 1)",
    )]);
}

#[test]
fn claims_allow_what_keeps_their_meaning() {
    for rule in [
        r#"{"scale":{"neuron":0,"factor":"1"}}"#,
        FLIP,
        SPLIT,
        REVIVE,
        STRETCH,
        r#"{"kill":{"neuron":0}}"#,
    ] {
        star_example().rejects(&[(rule, &[rule], "in claims of this kind no step may rewrite")]);
    }
    for rule in [
        STRETCH,
        r#"{"fold":{"neuron":0}}"#,
        r#"{"resize":{"neurons":1}}"#,
    ] {
        merge_example().rejects(&[(rule, &[rule], "in claims of this kind no step may rewrite")]);
    }
    violation_example().rejects(&[(
        "flip",
        &[FLIP],
        "in claims of this kind no step may rewrite",
    )]);
    // No neuron changes its direction after the first case, nor after C.3.
    let merge = merge_example();
    let upto = |end: usize| {
        merge.rules[..end]
            .iter()
            .map(String::as_str)
            .collect::<Vec<_>>()
    };
    let revive = r#"{"revive":{"neuron":1,"scale":"1","inner":["0","-1"],"outer":["0"]}}"#;
    for end in [11, 12] {
        let mut rules = upto(end);
        rules.push(revive);
        match end {
            11 => merge.rejects(&[(
                "after a case",
                &rules,
                "no merge or permutation may follow a case",
            )]),
            _ => merge.accepts(&[("after its own case", &rules)]),
        }
        *rules.last_mut().unwrap() = r#"{"condition":{"name":"C.3a"}}"#;
        merge.rejects(&[("C.3a after a case", &rules, "C.3 is asked before the cases")]);
    }
    let mut late = merge.clone();
    late.rules.insert(8, revive.to_owned());
    late.rules.insert(9, r#"{"kill":{"neuron":1}}"#.to_owned());
    for rule in &mut late.rules {
        *rule = rule
            .replace(r#""facets":[9]"#, r#""facets":[11]"#)
            .replace(r#""facets":[10]"#, r#""facets":[12]"#);
    }
    late.rests_on = vec![1, 2, 3, 4, 5, 6, 7, 13, 14, 16];
    let found = rejection(&late.text());
    assert!(
        found.contains("hypothesis NoOppositeWithin of that network"),
        "{found}"
    );
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
    let factor = format!(
        r#"{{"scale":{{"neuron":0,"factor":"1{}"}}}}"#,
        "0".repeat(5_000)
    );
    let rules = vec![factor.as_str(); 100];
    let found = (1..100).find_map(|count| parallel().steps(&rules[..count]).err());
    assert!(found.is_some_and(|found| found.contains("--limit-work")));
}

proptest! {
    /// Whatever is accepted leaves the function alone.
    #[test]
    fn rewriting_keeps_the_function(
        network in network(),
        x in prop::collection::vec(-50_i32..50, 3),
        steps in prop::collection::vec((0..8, 0..4_usize, 0..4_usize, 1_i32..9, 1_i32..9), 1..12),
    ) {
        let x: Vec<BigInt> = x.into_iter().map(BigInt::from).collect();
        let mut current = network.clone();
        // A parallel pair, so that merges happen.
        current.neurons[3].a = current.neurons[1].a.iter().map(Q::double).collect();
        current.neurons[3].direction = current.neurons[1].direction.clone();
        let limits = Limits::default();
        let zero: relucert_format::Rational = serde_json::from_str("\"0\"").unwrap();
        // And a pair that can be flipped.
        current.neurons[2] = current.neurons[0].clone();
        current.neurons[2].c.iter_mut().for_each(|c| *c = -&*c);
        let expected = evaluate(&current, &x);
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
                4 => next.radical(&Radical { neuron: i, factor }, &limits),
                5 => {
                    let outer = vec![factor.clone(), factor.clone()];
                    next.split(&Split { neuron: i, into: j, factor, outer }, &limits)
                }
                6 => {
                    let (inner, outer) = (vec![factor.clone(); 3], vec![zero.clone(); 2]);
                    next.revive(&Revive { neuron: i, scale: factor, inner, outer }, &limits)
                }
                _ => {
                    let mut neurons = vec![i.min(j), i.max(j)];
                    neurons.dedup();
                    next.flip(&Flip { neurons }, false, &limits)
                }
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
