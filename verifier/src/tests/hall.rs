use proptest::prelude::*;

use super::super::examples::{constant_example, fixed_example, flips_example, nearest_example};
use super::super::support::{Example, merge_example};
use super::*;

/// Γ and Θ as given, with as many neurons, d = 2, D = 1. Rows are (a_0, a_1, c).
fn pair(gamma: &[[&str; 3]], theta: &[[&str; 3]], among: &str) -> Example {
    let network = |rows: &[[&str; 3]]| {
        let a: Vec<_> = rows.iter().map(|[x, y, _]| [x, y]).collect();
        let c: Vec<_> = rows.iter().map(|[_, _, c]| [c]).collect();
        format!(r#"{{"d":2,"m":{},"D":1,"a":{a:?},"c":{c:?}}}"#, rows.len())
    };
    let mut example = nearest_example();
    let phi = network(gamma);
    let (gamma, theta) = (network(gamma), network(theta));
    example.networks = format!(r#"{{"gamma":{gamma},"theta":{theta},"phi":{phi}}}"#);
    example.claim = format!(r#"{{"nearest":{{"among":"{among}","lower":"0","upper":"0"}}}}"#);
    example
}

fn hall(value: &str, against: &str, bindings: &str) -> String {
    format!(
        r#"{{"hall":{{"value":"{value}","against":{against},"sources":[0],"places":[],"bindings":[[{bindings}]]}}}}"#
    )
}

const LINES: &str = r#""lines""#;
const BOTH: &str = r#""both""#;
const PLAIN: &str = r#"{"flipped":[]}"#;

#[test]
fn bindings_of_one_neuron() {
    // Γ = (3, −1 | 2), g = 4ρ(x) = 2·√… with a radical, which changes nothing but the product 4.
    let example = pair(&[["3", "-1", "2"]], &[["sqrt(2)", "0", "2*sqrt(2)"]], "all");
    let apart = "they may be nearer";
    for (name, value, against, bindings, expected) in [
        ("the other coordinate is −1", "1", PLAIN, r#""a1""#, None),
        (
            "and no more",
            "1000001/1000000",
            PLAIN,
            r#""a1""#,
            Some(apart),
        ),
        (
            "a coordinate that can be moved",
            "1",
            PLAIN,
            r#""a0""#,
            Some(apart),
        ),
        ("an outer one", "1", PLAIN, r#""c0""#, Some(apart)),
        // μ√2·√2 = 2μ·… : a = μ, c = 4/μ. |μ − 3| < v and |4/μ − 2| < v: at v = 1/2 μ > 5/2 and μ < 4/(3/2).
        (
            "inner below outer at v = 1/2",
            "1/2",
            PLAIN,
            r#""a0>c0""#,
            Some(apart),
        ),
        // 3 − v = 4/(2 − v) iff v² − 5v + 2 = 0.
        (
            "inner below outer",
            "5/2-1/2*sqrt(17)",
            PLAIN,
            r#""a0>c0""#,
            None,
        ),
        (
            "at a little more",
            "8769/20000",
            PLAIN,
            r#""a0>c0""#,
            Some(apart),
        ),
        (
            "in the other order",
            "5/2-1/2*sqrt(17)",
            PLAIN,
            r#""c0>a0""#,
            Some(apart),
        ),
        (
            "the same with a line",
            "5/2-1/2*sqrt(17)",
            LINES,
            r#""a0>c0""#,
            Some("there is no such entry of the source; found 0; expected an index below 0"),
        ),
        // At v = 3 the flipped neuron has μ < 0.
        (
            "flipped",
            "3",
            BOTH,
            r#""a1","c0>a0""#,
            Some("source 0, place 0, binding a1: they may be nearer"),
        ),
        ("flipped, not positive", "1", BOTH, r#""a1","a1>a0""#, None),
        (
            "flipped, not positive, whatever the other",
            "1",
            BOTH,
            r#""a1","a0>a0""#,
            None,
        ),
        (
            "flipped, and moved too far",
            "13/4",
            BOTH,
            r#""a1","a1>a0""#,
            Some(apart),
        ),
        (
            "one binding for two",
            "1",
            BOTH,
            r#""a1""#,
            Some("bindings of source 0; found 1; expected 2"),
        ),
        (
            "two bindings for one",
            "1",
            PLAIN,
            r#""a1","a1""#,
            Some("bindings of source 0; found 2; expected 1"),
        ),
        (
            "no such coordinate",
            "1",
            PLAIN,
            r#""a2""#,
            Some("there is no such entry of the place"),
        ),
        (
            "no such output",
            "1",
            PLAIN,
            r#""a0>c1""#,
            Some("there is no such entry of the place"),
        ),
        (
            "a bound of nothing from below",
            "1",
            PLAIN,
            r#""a1>c0""#,
            Some(apart),
        ),
        (
            "a bound of nothing from above",
            "1",
            PLAIN,
            r#""a0>a1""#,
            Some(apart),
        ),
        ("no bound from above", "2", PLAIN, r#""a0>c0""#, Some(apart)),
        (
            "a value that is not positive",
            "0",
            PLAIN,
            r#""a0>a0""#,
            None,
        ),
        ("a negative value", "-1", PLAIN, r#""a1""#, None),
    ] {
        let step = hall(value, against, bindings);
        match expected {
            None => example.accepts(&[(name, &[&step])]),
            Some(expected) => example.rejects(&[(name, &[&step], expected)]),
        }
    }
}

/// Outer weights of other signs, and lower bounds that no μ attains.
#[test]
fn bindings_of_outer_weights() {
    // a = μ, c = −1/μ, against (3 | 2): |−1/μ − 2| ≥ 2 for all μ.
    let example = pair(&[["3", "0", "2"]], &[["1", "0", "-1"]], "all");
    example.accepts(&[
        ("never", &[&hall("2", PLAIN, r#""c0>a0""#)]),
        (
            "never, with a bound of nothing",
            &[&hall("2", PLAIN, r#""c0>a1""#)],
        ),
    ]);
    example.rejects(&[
        (
            "a bound of nothing, a little more",
            &[&hall("2000001/1000000", PLAIN, r#""c0>a1""#)],
            "they may be nearer",
        ),
        (
            "as an upper bound",
            &[&hall("2", PLAIN, r#""a0>c0""#)],
            "they may be nearer",
        ),
    ]);
    // |−1/μ − 2| < 3 asks for μ > 1, and |μ − 3| < 3 allows it; at v = 9/4 it asks for μ > 4 and μ < 21/4.
    example.rejects(&[(
        "at 9/4",
        &[&hall("9/4", PLAIN, r#""c0>a0""#)],
        "they may be nearer",
    )]);
    // 1/(v − 2) = 3 + v iff v² + v − 7 = 0.
    let value = "-1/2+1/2*sqrt(29)";
    example.accepts(&[("the nearest", &[&hall(value, PLAIN, r#""c0>a0""#)])]);
    example.rejects(&[(
        "above the nearest",
        &[&hall("-1/2+1/2*sqrt(30)", PLAIN, r#""c0>a0""#)],
        "they may be nearer",
    )]);
}

#[test]
fn lines_have_multiples_of_both_signs() {
    // The line of (1, −1) against (1, 1): |μ − 1|, |−μ − 1| are 1 at best.
    let example = pair(&[["1", "1", "0"]], &[["2", "-2", "3"]], "all");
    example.accepts(&[
        ("1 at best", &[&hall("1", LINES, r#""a0>a1""#)]),
        ("in n-star claims", &[&hall("1", LINES, r#""a0>a1""#)]),
    ]);
    example.rejects(&[
        (
            "no more",
            &[&hall("3/2", LINES, r#""a0>a1""#)],
            "they may be nearer",
        ),
        (
            "the other order",
            &[&hall("1", LINES, r#""a1>a0""#)],
            "they may be nearer",
        ),
    ]);
    // Against (−1, 1) the multiple −1 is it, though with μ > 0 it would be 1 away.
    let opposite = pair(&[["-1", "1", "0"]], &[["1", "-1", "1"]], "all");
    opposite.accepts(&[("a positive multiple", &[&hall("1", PLAIN, r#""a1>a0""#)])]);
    opposite.rejects(&[
        ("a negative multiple", &[&hall("1", LINES, r#""a1>a0""#)], "they may be nearer"),
        ("a negative multiple, one coordinate", &[&hall("1", LINES, r#""a0>a0""#)], "they may be nearer"),
        ("no such kink", &[r#"{"hall":{"value":"1","against":"lines","sources":[1],"places":[],"bindings":[["a0"]]}}"#], "there is no such kink"),
    ]);
}

#[test]
fn violators() {
    // Two neurons (1,0) and (1,1/8) of g may only go to place 0; place 1 is (0,5), place 2 (7,0) has a large c.
    let gamma = [["1", "0", "1"], ["0", "5", "0"], ["0", "6", "0"]];
    let theta = [["1", "0", "1"], ["1", "1/8", "1"], ["0", "1", "30"]];
    let example = pair(&gamma, &theta, "all");
    let step = |sources: &str, places: &str, bindings: &str| {
        format!(
            r#"{{"hall":{{"value":"4","against":{{"flipped":[]}},"sources":{sources},"places":{places},"bindings":{bindings}}}}}"#
        )
    };
    // |μ/8 − 5| < 4 asks for μ > 8, and |μ| < 4 fails.
    let rows = r#"[["a1","a1"],["a1>a0","a1>a0"]]"#;
    example.accepts(&[("two for one", &[&step("[0,1]", "[0]", rows)])]);
    for (name, sources, places, bindings, expected) in [
        (
            "as many places",
            "[0,1]",
            "[0,1]",
            rows,
            "there are places enough: 2 for 2 sources",
        ),
        (
            "no source",
            "[]",
            "[]",
            "[]",
            "there are places enough: 0 for 0 sources",
        ),
        (
            "a source twice",
            "[0,0]",
            "[0]",
            rows,
            "the sources must increase",
        ),
        (
            "a place twice",
            "[0,1]",
            "[0,0]",
            rows,
            "the places must increase",
        ),
        (
            "no such place",
            "[0,1]",
            "[3]",
            rows,
            "there is no such place; found 3",
        ),
        (
            "no such source",
            "[0,3]",
            "[0]",
            rows,
            "there is no such source; found 3",
        ),
        (
            "one row",
            "[0,1]",
            "[0]",
            r#"[["a1","a1"]]"#,
            "rows of bindings; found 1; expected 2",
        ),
        (
            "a place is left out",
            "[0,1]",
            "[0]",
            r#"[["a1","a1"],["a1>a0"]]"#,
            "bindings of source 1; found 1; expected 2",
        ),
        (
            "a binding too many",
            "[0,1]",
            "[0]",
            r#"[["a1","a1"],["a1>a0","a1>a0","a1>a0"]]"#,
            "bindings of source 1; found 3; expected 2",
        ),
        (
            "another place",
            "[0,1]",
            "[1]",
            rows,
            "source 0, place 0, binding a1: they may be nearer",
        ),
        (
            "a source that is near",
            "[0,2]",
            "[0]",
            r#"[["a1","a1"],["a1","a1"]]"#,
            "source 2, place 1, binding a1: they may be nearer",
        ),
    ] {
        example.rejects(&[(name, &[&step(sources, places, bindings)], expected)]);
    }
    merge_example().rejects(&[(
        "another claim",
        &[&step("[0,1]", "[0]", rows)],
        "the claim speaks of no nearest parametrization",
    )]);
    flips_example().rejects(&[(
        "another claim",
        &[&step("[0,1]", "[0]", rows)],
        "the claim speaks of no nearest parametrization",
    )]);
}

#[test]
fn the_current_network_has_one_neuron_a_kink() {
    let one = ["1", "0", "1"];
    for (name, gamma, theta, expected) in [
        (
            "a dead neuron",
            vec![one, one],
            vec![one, ["0", "1", "0"]],
            "neuron 1 is not live",
        ),
        (
            "parallel",
            vec![one, one],
            vec![one, ["2", "0", "1"]],
            "neurons 0 and 1 are on the same hyperplane",
        ),
        (
            "opposite",
            vec![one, one],
            vec![one, ["-2", "0", "1"]],
            "neurons 0 and 1 are on the same hyperplane",
        ),
        (
            "too many",
            vec![one],
            vec![one, ["0", "1", "1"]],
            "neurons of the current network against Γ; found 2; expected 1",
        ),
        (
            "too few",
            vec![one, one],
            vec![one],
            "neurons of the current network against Γ; found 1; expected 2",
        ),
    ] {
        let example = pair(&gamma, &theta, "all");
        for against in [PLAIN, BOTH] {
            example.rejects(&[(name, &[&hall("1", against, r#""a0""#)], expected)]);
        }
    }
    // Lines need nothing of the kind: with more neurons than kinks some neuron is on each.
    let example = pair(&[one, ["2", "0", "0"]], &[["0", "1", "1"]], "all");
    example.accepts(&[("lines", &[r#"{"hall":{"value":"1","against":"lines","sources":[0],"places":[],"bindings":[["a0","a0"]]}}"#])]);
}

#[test]
fn flipped_sets() {
    let (x, y, z) = (["1", "0", "1"], ["0", "1", "1"], ["-1", "-1", "1"]);
    let example = pair(&[x, y, z], &[x, y, z], "all");
    let flips = r#"{"flips":{"sets":[[0,1,2]],"exhaustion":{"free":[2]}}}"#;
    let step = |set: &str, binding: &str| {
        format!(
            r#"{{"hall":{{"value":"1","against":{{"flipped":{set}}},"sources":[0],"places":[],"bindings":[["{binding}","a0","a1>a0"]]}}}}"#
        )
    };
    // Flipped, (−μ, 0) is 1 away from (1,0).
    let flipped = step("[0,1,2]", "a0>a0").replace(r#""a0","a1>a0""#, r#""a1","a1""#);
    example.accepts(&[
        ("flipped", &[flips, &flipped]),
        (
            "scaled between",
            &[flips, r#"{"scale":{"neuron":0,"factor":"3"}}"#, &flipped],
        ),
    ]);
    example.rejects(&[
        (
            "no flips step",
            &[&flipped],
            "no earlier step shows that [0, 1, 2] can be flipped",
        ),
        (
            "another set",
            &[flips, &step("[0,1]", "a0>a0")],
            "no earlier step shows that [0, 1] can be flipped",
        ),
        (
            "permuted between",
            &[flips, r#"{"permute":{"order":[0,1,2]}}"#, &flipped],
            "no earlier step shows that [0, 1, 2] can be flipped in the current network",
        ),
        (
            "flipped between",
            &[flips, r#"{"flip":{"neurons":[0,1,2]}}"#, &flipped],
            "no earlier step shows",
        ),
        (
            "not flipped",
            &[flips, &step("[]", "a0>a0")],
            "source 0, place 0, binding a0>a0: they may be nearer",
        ),
    ]);
}

#[test]
fn fixed_neurons() {
    let example = fixed_example();
    let fixed = |value: &str, binding: &str| hall(value, r#""fixed""#, &format!("{binding:?}"));
    example.accepts(&[
        ("an inner weight", &[&fixed("1", "a0")]),
        ("the other one", &[&fixed("1", "a1")]),
    ]);
    example.rejects(&[
        (
            "less apart",
            &[&fixed("1000001/1000000", "a0")],
            "they may be nearer",
        ),
        (
            "the outer weights",
            &[&fixed("1", "c0")],
            "they may be nearer",
        ),
        (
            "two coordinates",
            &[&fixed("1", "a0>a1")],
            "they may be nearer",
        ),
        (
            "scaled",
            &[r#"{"scale":{"neuron":0,"factor":"2"}}"#, &fixed("1", "a0")],
            "neuron 0 of the current network is not balanced",
        ),
        (
            "stretched",
            &[
                r#"{"stretch":{"neuron":0,"factor":"1","inverse":"1"}}"#,
                &fixed("1", "a0"),
            ],
            "neuron 0 of the current network is not balanced",
        ),
    ]);
    let mut all = example.clone();
    all.claim = all.claim.replace("n-star", "all");
    all.rejects(&[(
        "not in N*",
        &[&fixed("1", "a0")],
        "only networks in N* are fixed",
    )]);
    let other = pair(&[["1", "2", "2"]], &[["2", "-1", "2"]], "n-star");
    other.rejects(&[(
        "Θ is not in N*",
        &[&fixed("1", "a0")],
        "neuron 0 of the current network is not in N*",
    )]);
    let more = pair(
        &[["1", "2", "2"], ["1", "3", "3"]],
        &[["2", "1", "2"]],
        "n-star",
    );
    more.rejects(&[(
        "fewer neurons",
        &[&fixed("1", "a0")],
        "neurons of the current network against Γ",
    )]);
}

#[test]
fn constants() {
    let example = constant_example();
    let rules: Vec<&str> = example.rules.iter().map(String::as_str).collect();
    let before = &rules[..4];
    let with = |step: &str| {
        let mut rules = before.to_vec();
        rules.push(step);
        example.steps(&rules)
    };
    for (name, step, expected) in [
        (
            "another value",
            r#"{"constant":{"flipped":[],"output":0,"value":"6"}}"#,
            "difference of the output biases; found 6; expected 5",
        ),
        (
            "flipped as if not",
            r#"{"constant":{"flipped":[0,1],"output":0,"value":"5"}}"#,
            "found 5; expected 4",
        ),
        (
            "another set",
            r#"{"constant":{"flipped":[0],"output":0,"value":"5"}}"#,
            "no earlier step shows that [0] can be flipped",
        ),
        (
            "no such output",
            r#"{"constant":{"flipped":[],"output":1,"value":"5"}}"#,
            "there is no such output",
        ),
    ] {
        let found = with(step).expect_err(name);
        assert!(found.contains(expected), "{name}: {found}");
    }
    let constant = rules[4];
    example.rejects(&[
        (
            "more neurons than Γ",
            &[constant],
            "neurons of the current network against Γ; found 3; expected 2",
        ),
        (
            "before the flips",
            &[rules[0], rules[1], rules[2], rules[5]],
            "no earlier step shows that [0, 1] can be flipped",
        ),
    ]);
    nearest_example().rejects(&[("no biases", &[constant], "the networks have no output bias")]);
    merge_example().rejects(&[(
        "another claim",
        &[constant],
        "the claim speaks of no nearest parametrization",
    )]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]
    /// An accepted binding is right: every multiple has an entry, one of those named, that is at least v away.
    #[test]
    fn accepted_bindings_are_right(
        source in prop::array::uniform3(-2_i32..3),
        place in prop::array::uniform3(-4_i32..5),
        root in prop::sample::select(vec![1_i32, 4, 9]),
        (p, q) in (-2_i32..20, 1_i32..5),
        (first, second) in (0..3_usize, prop::option::of(0..3_usize)),
        lines in any::<bool>(),
    ) {
        let limits = Limits::default();
        let big = |n: i32| Q::from(num_bigint::BigInt::from(n));
        let row = |row: &[i32]| row.iter().map(|n| big(*n)).collect::<Vec<_>>();
        let network = |values: [i32; 3], s: i32| {
            let [x, y, c] = values;
            Neuron::new(big(s), row(&[c]), row(&[x, y]), &limits).ok().unwrap()
        };
        let place = network(place, root);
        let v = Q::fraction(p.into(), q.into()).unwrap();
        let name = |k: usize| ["a0", "a1", "c0"][k];
        let text = match second {
            None => format!("{:?}", name(first)),
            Some(second) => format!("\"{}>{}\"", name(first), name(second)),
        };
        let binding: Binding = serde_json::from_str(&text).unwrap();
        let moved = match lines {
            true => Source::line(&source[..2].iter().map(|n| (*n).into()).collect::<Vec<_>>()),
            false => Source::neuron(&network(source, 1), false),
        };
        let accepted = keeps_apart(&binding, &moved, &place, &Sum::from(v.clone()), &limits);
        let Ok(true) = accepted else { return Ok(()) };
        let root = match root { 4 => 2, 9 => 3, _ => 1 };
        for (numerator, denominator) in (-60_i32..=60).flat_map(|n| [(n, 1), (n, 6), (n, 13)]) {
            if numerator == 0 || (numerator < 0 && !lines) {
                continue;
            }
            let mu = Q::fraction(numerator.into(), denominator.into()).unwrap();
            let away = |k: usize| {
                let target = &place.part(if k < 2 { Part::Inner } else { Part::Outer })[k % 2] * &big(root);
                let factor = if k < 2 { mu.clone() } else { mu.inverse().unwrap() };
                (&(&big(source[k]) * &factor) - &target).abs() >= v
            };
            prop_assert!(away(first) || second.is_some_and(away), "μ = {}", mu);
        }
    }
}
