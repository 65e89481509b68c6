use proptest::prelude::*;

use super::super::support::{
    Example, biased_example, differ_example, equal_example, seminorm_example,
};

/// Γ and Θ by their neurons, without d, m, D: one output.
fn pair(claim: &str, gamma: &str, theta: &str) -> Example {
    let network = |weights: &str| {
        let json: serde_json::Value = serde_json::from_str(&format!("{{{weights}}}")).unwrap();
        let (m, d) = (
            json["a"].as_array().unwrap().len(),
            json["a"][0].as_array().unwrap().len(),
        );
        format!(r#"{{"d":{d},"m":{m},"D":1,{weights}}}"#)
    };
    let (gamma, theta) = (network(gamma), network(theta));
    Example {
        networks: format!(r#"{{"gamma":{gamma},"theta":{theta}}}"#),
        claim: claim.to_owned(),
        rules: Vec::new(),
        rests_on: Vec::new(),
    }
}

const EQUAL: &str = r#"{"equal":{}}"#;
const RAMP: &str = r#""a":[["1"]],"c":[["1"]]"#;
/// x, as ρ(x) − ρ(−x).
const LINE: &str = r#""a":[["1"],["-1"]],"c":[["1"],["-1"]]"#;

#[test]
fn equal_functions() {
    let in_box = |domain: &str| format!(r#"{{"equal":{{"box":[{domain}]}}}}"#);
    for (name, claim, gamma, theta) in [
        ("the same network", EQUAL.to_owned(), RAMP, RAMP),
        (
            "other widths",
            EQUAL.to_owned(),
            RAMP,
            r#""a":[["3"],["1/2"],["0"]],"c":[["1/6"],["1"],["7"]]"#,
        ),
        (
            "radicals",
            EQUAL.to_owned(),
            RAMP,
            r#""a":[["sqrt(2)"]],"c":[["1/2*sqrt(2)"]]"#,
        ),
        (
            "with and without biases",
            EQUAL.to_owned(),
            RAMP,
            r#""a":[["1"],["0"]],"b":["0","2"],"c":[["1"],["1"]],"e":["-2"]"#,
        ),
        (
            "a constant of two ramps",
            EQUAL.to_owned(),
            r#""a":[["0"]],"b":["1"],"c":[["0"]],"e":["1"]"#,
            r#""a":[["1"],["-1"],["1"],["-1"]],"b":["1","-1","0","0"],"c":[["1"],["-1"],["-1"],["1"]],"e":["0"]"#,
        ),
        (
            "a ramp and a line on x > 0",
            in_box(r#"["0","9"]"#),
            RAMP,
            LINE,
        ),
        (
            "a ramp and 0 on x < 0",
            in_box(r#"["-9","0"]"#),
            RAMP,
            r#""a":[["0"]],"c":[["1"]]"#,
        ),
        (
            "a kink at a corner",
            in_box(r#"["0","1"],["0","1"]"#),
            r#""a":[["1","1"]],"c":[["1"]]"#,
            r#""a":[["1","0"],["0","1"]],"c":[["1"],["1"]]"#,
        ),
        (
            "kinks on both sides of the box",
            in_box(r#"["-1","1"]"#),
            r#""a":[["1"],["1"]],"b":["2","-2"],"c":[["1"],["3"]],"e":["1/2"]"#,
            r#""a":[["1"],["-1"]],"c":[["1"],["-1"]],"b":["1/2","-1/2"],"e":["2"]"#,
        ),
        (
            "an activation that is linear",
            format!(r#"{EQUAL},"activation":"1""#),
            RAMP,
            r#""a":[["-1"]],"c":[["-1"]]"#,
        ),
        (
            "a leaky one",
            format!(r#"{EQUAL},"activation":"1/5""#),
            LINE,
            r#""a":[["2"],["-2"]],"c":[["1/2"],["-1/2"]]"#,
        ),
        (
            "the output bias has no activation",
            format!(r#"{EQUAL},"activation":"3""#),
            r#""a":[["0"]],"b":["1"],"c":[["1"]],"e":["0"]"#,
            r#""a":[["0"]],"b":["-2"],"c":[["0"]],"e":["3"]"#,
        ),
        (
            "a negative constant neuron",
            format!(r#"{EQUAL},"activation":"1/3""#),
            r#""a":[["0"]],"b":["-3"],"c":[["2"]],"e":["0"]"#,
            r#""a":[["0"]],"b":["0"],"c":[["1"]],"e":["-2"]"#,
        ),
    ] {
        pair(&claim, gamma, theta).accepts(&[(name, &[EQUAL])]);
    }
    for (name, claim, gamma, theta, reason) in [
        (
            "a kink",
            EQUAL.to_owned(),
            RAMP,
            LINE,
            "the gradient jumps across the hyperplane with the normal; found 1;",
        ),
        (
            "only a constant",
            EQUAL.to_owned(),
            RAMP,
            r#""a":[["1"]],"b":["0"],"c":[["1"]],"e":["1/1000"]"#,
            "constant of output 0; found 1/1000; expected 0",
        ),
        (
            "a constant neuron",
            EQUAL.to_owned(),
            RAMP,
            r#""a":[["1"],["0"]],"b":["0","1"],"c":[["1"],["1"]],"e":["0"]"#,
            "constant of output 0; found 1;",
        ),
        (
            "only a linear part",
            EQUAL.to_owned(),
            LINE,
            r#""a":[["2"],["-2"]],"c":[["1"],["-1"]]"#,
            "entry (0, 0) of the linear part; found 1; expected 0",
        ),
        (
            "the other side",
            EQUAL.to_owned(),
            RAMP,
            r#""a":[["-1"]],"c":[["1"]]"#,
            "entry (0, 0) of the linear part; found -1; expected 0",
        ),
        (
            "beyond the box",
            in_box(r#"["-1/100","9"]"#),
            RAMP,
            LINE,
            "the gradient jumps",
        ),
        (
            "the wrong side of 0",
            in_box(r#"["-9","0"]"#),
            RAMP,
            LINE,
            "entry (0, 0) of the linear part; found 1;",
        ),
        (
            "a kink that leaves a constant",
            in_box(r#"["0","1"]"#),
            r#""a":[["1"]],"b":["2"],"c":[["1"]],"e":["0"]"#,
            r#""a":[["1"]],"b":["1"],"c":[["1"]],"e":["0"]"#,
            "constant of output 0; found -1; expected 0",
        ),
        (
            "a kink that only a corner shows",
            in_box(r#"["0","1"],["0","1"]"#),
            r#""a":[["4","4"]],"b":["-7"],"c":[["1"]],"e":["0"]"#,
            r#""a":[["0","0"]],"b":["0"],"c":[["0"]],"e":["0"]"#,
            "the gradient jumps across the hyperplane with the normal; found 4, 4, -7;",
        ),
        (
            "a kink through the corners",
            in_box(r#"["0","1"],["0","1"]"#),
            r#""a":[["1","-1"]],"c":[["1"]]"#,
            r#""a":[["1","-1"],["-1","1"]],"c":[["1"],["-1"]]"#,
            "the gradient jumps across the hyperplane with the normal; found 1, -1;",
        ),
        (
            "another activation",
            format!(r#"{EQUAL},"activation":"1/2""#),
            RAMP,
            LINE,
            "the gradient jumps",
        ),
        (
            "an output bias taken through the activation",
            format!(r#"{EQUAL},"activation":"3""#),
            r#""a":[["0"]],"b":["1"],"c":[["1"]],"e":["0"]"#,
            r#""a":[["0"]],"b":["1"],"c":[["0"]],"e":["1"]"#,
            "constant of output 0; found -2; expected 0",
        ),
    ] {
        pair(&claim, gamma, theta).rejects(&[(name, &[EQUAL], reason)]);
    }
    // Two outputs: the second one differs.
    let mut second = biased_example();
    second.networks = r#"{
        "gamma":{"d":1,"m":1,"D":2,"a":[["1"]],"c":[["1","1"]]},
        "theta":{"d":1,"m":1,"D":2,"a":[["1"]],"b":["0"],"c":[["1","1"]],"e":["0","1/7"]}}"#
        .to_owned();
    second.claim = EQUAL.to_owned();
    second.rejects(&[(
        "the second output",
        &[EQUAL],
        "constant of output 1; found 1/7",
    )]);
}

#[test]
fn values_at_a_point() {
    let values = |point: &str, gamma: &str, theta: &str| {
        format!(r#"{{"values":{{"point":[{point}],"gamma":[{gamma}],"theta":[{theta}]}}}}"#)
    };
    // max(x, 0) and max(x, 0) + max(y + 1, 0) − max(y, 0) − 1 on [−1, 2] × [−1, 1].
    for (name, rule) in [
        ("inside", values(r#""-1/2","-1/2""#, r#""0""#, r#""-1/2""#)),
        ("a corner", values(r#""2","-1""#, r#""2""#, r#""1""#)),
    ] {
        differ_example().accepts(&[(name, &[&rule])]);
    }
    for (name, rule, reason) in [
        (
            "outside the box",
            values(r#""0","-3/2""#, r#""0""#, r#""-1""#),
            "coordinate 1 of the point is outside the box; found -3/2; expected -1 to 1",
        ),
        (
            "above the box",
            values(r#""201/100","-1""#, r#""2""#, r#""1""#),
            "coordinate 0 of the point is outside the box",
        ),
        (
            "where they agree",
            values(r#""1","1""#, r#""1""#, r#""1""#),
            "the two functions have the same values there",
        ),
        (
            "a wrong value of Γ",
            values(r#""1","-1/2""#, r#""3/2""#, r#""1/2""#),
            "output 0 of Γ at the point; found 3/2; expected 1",
        ),
        (
            "a wrong value of Θ",
            values(r#""1","-1/2""#, r#""1""#, r#""3/2""#),
            "output 0 of Θ at the point; found 3/2; expected 1/2",
        ),
        (
            "a value too many",
            values(r#""1","-1/2""#, r#""1","0""#, r#""1/2""#),
            "values of Γ; found 2; expected 1",
        ),
        (
            "no values",
            values(r#""1","-1/2""#, "", ""),
            "values of Γ; found 0; expected 1",
        ),
        (
            "a coordinate too few",
            values(r#""1""#, r#""1""#, r#""1/2""#),
            "length of the point; found 1; expected 2",
        ),
        (
            "the homogenised point",
            values(r#""1","-1/2","1""#, r#""1""#, r#""1/2""#),
            "length of the point; found 3; expected 2",
        ),
    ] {
        differ_example().rejects(&[(name, &[&rule], reason)]);
    }
    // Where they agree is no evidence, but in other claims true all the same.
    equal_example().accepts(&[(
        "in an equal claim",
        &[&values(r#""1","1""#, r#""1""#, r#""1""#)],
    )]);
    seminorm_example().rejects(&[(
        "without Θ",
        &[&values(r#""1","1""#, r#""5""#, r#""5""#)],
        "the statement lacks a network that this step speaks of",
    )]);
    let differ = r#"{"differ":{}}"#;
    pair(differ, RAMP, LINE).accepts(&[(
        "far out",
        &[&values(
            r#""-100000000000000000000""#,
            r#""0""#,
            r#""-100000000000000000000""#,
        )],
    )]);
    for (name, activation, theta, rule) in [
        (
            "a leaky activation",
            "1/4",
            r#""a":[["-2"]],"c":[["3"]]"#,
            values(r#""-1/2""#, r#""-1/8""#, r#""3""#),
        ),
        (
            "a steep one",
            "3",
            r#""a":[["2"]],"c":[["1"]]"#,
            values(r#""-1""#, r#""-3""#, r#""-6""#)
                .replace("-3", "-1")
                .replace("-6", "-2"),
        ),
        (
            "its output bias",
            "3",
            r#""a":[["0"]],"b":["1"],"c":[["1"]],"e":["5"]"#,
            values(r#""1""#, r#""3""#, r#""8""#),
        ),
        (
            "radicals",
            "0",
            r#""a":[["3*sqrt(2)"]],"c":[["sqrt(2)"]]"#,
            values(r#""1/2""#, r#""1/2""#, r#""3""#),
        ),
    ] {
        let claim = format!(r#"{differ},"activation":"{activation}""#);
        pair(&claim, RAMP, theta).accepts(&[(name, &[&rule])]);
    }
}

proptest! {
    /// On a box each neuron of Γ stays, or Θ has a line or nothing in its place.
    #[test]
    fn equal_on_a_box(
        neurons in prop::collection::vec((-2_i64..3, -2_i64..3, -4_i64..5, -2_i64..3, 0..3), 1..4),
        corner in (-2_i64..3, -2_i64..3),
        sides in (1_i64..4, 1_i64..4),
        biased in any::<bool>(),
    ) {
        let (mut gamma, mut theta) = (Vec::new(), Vec::new());
        let mut equal = true;
        let corners = [(0, 0), (0, 1), (1, 0), (1, 1)].map(|(i, j)| (corner.0 + i * sides.0, corner.1 + j * sides.1));
        for (x, y, b, c, change) in neurons {
            let b = if biased { b } else { 0 };
            gamma.push((x, y, b, c));
            let mut at_corners = corners.iter().map(|corner| x * corner.0 + y * corner.1 + b);
            match change {
                0 => theta.push((x, y, b, c)),
                1 => {
                    theta.extend([(x, y, b, c), (-x, -y, -b, -c)]);
                    equal &= c == 0 || at_corners.all(|t| t >= 0);
                }
                _ => equal &= c == 0 || at_corners.all(|t| t <= 0),
            }
        }
        theta.push((0, 0, 0, 1));
        let text = |neurons: &[(i64, i64, i64, i64)]| {
            let a: Vec<_> = neurons.iter().map(|n| [n.0.to_string(), n.1.to_string()]).collect();
            let b: Vec<_> = neurons.iter().map(|n| n.2.to_string()).collect();
            let c: Vec<_> = neurons.iter().map(|n| [n.3.to_string()]).collect();
            let biases = if biased { format!(r#","b":{b:?},"e":["0"]"#) } else { String::new() };
            format!(r#""a":{a:?},"c":{c:?}{biases}"#)
        };
        let domain = [(corners[0].0, corners[3].0), (corners[0].1, corners[3].1)];
        let domain = domain.map(|(lower, upper)| [lower.to_string(), upper.to_string()]);
        let claim = format!(r#"{{"equal":{{"box":{domain:?}}}}}"#);
        let accepted = pair(&claim, &text(&gamma), &text(&theta)).steps(&[EQUAL]).is_ok();
        prop_assert!(accepted || !equal);
        // Other networks can be equal too; then they are at a grid of points, corners included.
        let value = |neurons: &[(i64, i64, i64, i64)], x: i64, y: i64| -> i64 {
            neurons.iter().map(|n| n.3 * (n.0 * x + n.1 * y + 12 * n.2).max(0)).sum()
        };
        for x in 12 * corners[0].0..=12 * corners[3].0 {
            for y in 12 * corners[0].1..=12 * corners[3].1 {
                prop_assert!(!accepted || value(&gamma, x, y) == value(&theta, x, y), "{x} {y}");
            }
        }
    }
}
