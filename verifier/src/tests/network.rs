use super::super::support::{biased_example, merge_example, reason, rejection};
use super::*;

fn stated(json: &str, homogenised: bool) -> Result<Network, String> {
    let stated: Shallow = serde_json::from_str(json).map_err(|error| error.to_string())?;
    Network::stated(&stated, homogenised, &Budget::default()).map_err(reason)
}

#[test]
fn neurons_are_one_root_times_rationals() {
    for (name, json) in [
        (
            "rational",
            r#"{"d":2,"m":1,"D":1,"a":[["1/2","0"]],"c":[["-3"]]}"#,
        ),
        (
            "one root",
            r#"{"d":2,"m":1,"D":1,"a":[["1/2*sqrt(6)","0"]],"c":[["-sqrt(6)"]]}"#,
        ),
        (
            "zero",
            r#"{"d":2,"m":1,"D":2,"a":[["0","0"]],"c":[["0","0"]]}"#,
        ),
        (
            "different roots in different neurons",
            r#"{"d":1,"m":2,"D":1,"a":[["sqrt(2)"],["sqrt(3)"]],"c":[["0"],["0"]]}"#,
        ),
        (
            "a root that is not square-free",
            r#"{"d":1,"m":1,"D":1,"a":[["sqrt(8)"]],"c":[["1/3*sqrt(8)"]]}"#,
        ),
        (
            "a root in the biases",
            r#"{"d":1,"m":1,"D":1,"a":[["sqrt(2)"]],"b":["-sqrt(2)"],"c":[["sqrt(2)"]],"e":["1"]}"#,
        ),
        (
            "roots of the same field",
            r#"{"d":2,"m":1,"D":1,"a":[["sqrt(2)","sqrt(8)"]],"c":[["0"]]}"#,
        ),
    ] {
        stated(json, false).unwrap_or_else(|e| panic!("{name}: {e}"));
    }
    for (name, json, expected) in [
        (
            "two roots",
            r#"{"d":2,"m":1,"D":1,"a":[["sqrt(2)","sqrt(3)"]],"c":[["0"]]}"#,
            "neuron 0: 1*sqrt(3) is no rational multiple of 1*sqrt(2)",
        ),
        (
            "a root inside, a rational outside",
            r#"{"d":1,"m":1,"D":1,"a":[["sqrt(2)"]],"c":[["1"]]}"#,
            "neuron 0: its contribution is not rational",
        ),
        (
            "a rational part",
            r#"{"d":1,"m":1,"D":1,"a":[["1+sqrt(2)"]],"c":[["sqrt(2)"]]}"#,
            "neuron 0: its contribution is not rational",
        ),
        (
            "sums of roots",
            r#"{"d":1,"m":1,"D":1,"a":[["sqrt(2)+sqrt(3)"]],"c":[["sqrt(2)+sqrt(3)"]]}"#,
            "neuron 0: its contribution is not rational",
        ),
        (
            "another root in the bias",
            r#"{"d":1,"m":1,"D":1,"a":[["sqrt(2)"]],"b":["1"],"c":[["0"]],"e":["1"]}"#,
            "neuron 0: 1 is no rational multiple of 1*sqrt(2)",
        ),
        (
            "no inputs",
            r#"{"d":0,"m":1,"D":1,"a":[[]],"c":[["0"]]}"#,
            "d, m and D must be at least 1",
        ),
        (
            "no neurons",
            r#"{"d":1,"m":0,"D":1,"a":[],"c":[]}"#,
            "d, m and D must be at least 1",
        ),
        (
            "no outputs",
            r#"{"d":1,"m":1,"D":0,"a":[["1"]],"c":[[]]}"#,
            "d, m and D must be at least 1",
        ),
        (
            "too few rows of a",
            r#"{"d":1,"m":2,"D":1,"a":[["1"]],"c":[["1"],["1"]]}"#,
            "rows of a; found 1; expected 2",
        ),
        (
            "too many rows of c",
            r#"{"d":1,"m":1,"D":1,"a":[["1"]],"c":[["1"],["1"]]}"#,
            "rows of c; found 2; expected 1",
        ),
        (
            "a short row",
            r#"{"d":2,"m":1,"D":1,"a":[["1"]],"c":[["1"]]}"#,
            "length of row 0 of a; found 1; expected 2",
        ),
        (
            "a long row",
            r#"{"d":1,"m":1,"D":1,"a":[["1"]],"c":[["1","1"]]}"#,
            "length of row 0 of c; found 2; expected 1",
        ),
        (
            "b without e",
            r#"{"d":1,"m":1,"D":1,"a":[["1"]],"b":["1"],"c":[["1"]]}"#,
            "b and e must both",
        ),
        (
            "e without b",
            r#"{"d":1,"m":1,"D":1,"a":[["1"]],"c":[["1"]],"e":["1"]}"#,
            "b and e must both",
        ),
        (
            "a short b",
            r#"{"d":1,"m":1,"D":1,"a":[["1"]],"b":[],"c":[["1"]],"e":["1"]}"#,
            "length of b",
        ),
        (
            "a long e",
            r#"{"d":1,"m":1,"D":1,"a":[["1"]],"b":["0"],"c":[["1"]],"e":["1","1"]}"#,
            "length of e",
        ),
        (
            "no room for a Jacobian",
            r#"{"d":3000,"m":1,"D":3000,"a":[],"c":[]}"#,
            "declined: memory: more",
        ),
        (
            "inputs times outputs overflow",
            r#"{"d":4294967296,"m":1,"D":4294967296,"a":[],"c":[]}"#,
            "declined: memory: more",
        ),
    ] {
        match stated(json, false) {
            Ok(_) => panic!("{name}: accepted"),
            Err(found) => assert!(found.contains(expected), "{name}: {found}"),
        }
    }
}

#[test]
fn weights_of_rational_contributions_are_taken_as_they_are() {
    for (a, c, contribution) in [
        (["-2-2*sqrt(2)", "1+sqrt(2)"], "3-3*sqrt(2)", [6, -3]),
        (["sqrt(2)+sqrt(3)", "0"], "-5*sqrt(2)+5*sqrt(3)", [5, 0]),
        (["0", "-sqrt(2)-sqrt(3)"], "0", [0, 0]),
        (["0", "0"], "-1-sqrt(5)", [0, 0]),
        (["sqrt(2)", "sqrt(8)"], "sqrt(2)", [2, 4]),
    ] {
        let json = format!(
            r#"{{"d":2,"m":1,"D":1,"a":[["{}","{}"]],"c":[["{c}"]]}}"#,
            a[0], a[1]
        );
        let network = stated(&json, false).unwrap();
        let neuron = &network.neurons[0];
        let texts = [(Part::Inner, a[0]), (Part::Outer, c)];
        for (part, text) in texts {
            let number: Surd = text.parse().unwrap();
            let expected = Sum::stated(&number).unwrap_or_else(|_| Sum::zero());
            let found = neuron.weights(part).next().unwrap();
            let order = found.compare(&expected, &Budget::default());
            assert!(matches!(order, Ok(Ordering::Equal)), "{a:?} {c}");
        }
        let found: Vec<Q> = neuron
            .a
            .iter()
            .map(|a| &(a * &neuron.c[0]) * &neuron.s)
            .collect();
        let expected = contribution.map(|n| Q::from(BigInt::from(n)));
        assert_eq!(found, expected);
        assert_eq!(
            network.check_one_root("Γ").is_err(),
            neuron.stretch.is_some()
        );
        assert!(network.unstretched().check_one_root("Γ").is_ok());
    }
}

#[test]
fn claims_about_sizes_speak_of_one_root_a_neuron() {
    // The same contribution as (1, 0 | 9): sizes would be those of (1, 0 | 9) if the stretch were forgotten.
    for (network, old, new, name) in [
        (
            "gamma",
            r#""a":[["1","0"],["0","1"]],"c":[["9"],"#,
            r#""a":[["1+sqrt(2)","0"],["0","1"]],"c":[["-9+9*sqrt(2)"],"#,
            "Γ",
        ),
        (
            "theta",
            r#""a":[["2","0"],["1","0"]],"c":[["4"],"#,
            r#""a":[["2+2*sqrt(2)","0"],["1","0"]],"c":[["-4+4*sqrt(2)"],"#,
            "Θ",
        ),
    ] {
        let mut example = merge_example();
        assert!(example.networks.contains(old), "{network}");
        example.networks = example.networks.replace(old, new);
        // Θ's neuron starts as (1, 0 | 8), whatever its stretch.
        for rule in &mut example.rules {
            *rule = rule.replace(r#""factor":"5/9""#, r#""factor":"10/9""#);
        }
        match name {
            "Γ" => {
                let found = rejection(&example.text());
                assert!(
                    found.contains("neuron 0 of Γ has sums of square roots"),
                    "{found}"
                );
            }
            // Theorem 3.1 compares sizes of Γ alone; Θ's neuron may be any rescaling.
            _ => example.accepts(&[(
                "Θ",
                &example.rules.iter().map(String::as_str).collect::<Vec<_>>(),
            )]),
        }
    }
}

#[test]
fn biases_become_an_input_and_a_neuron() {
    let json =
        r#"{"d":1,"m":1,"D":1,"a":[["sqrt(2)"]],"b":["-sqrt(2)"],"c":[["3*sqrt(2)"]],"e":["7"]}"#;
    let network = stated(json, true).unwrap();
    assert_eq!(network.shape(), [2, 2, 1]);
    let texts = |row: &[Q]| row.iter().map(Q::to_string).collect::<Vec<_>>().join(" ");
    let neuron = |i: usize| {
        let Neuron { s, c, a, .. } = network.neuron(i).ok().unwrap();
        format!("{s} ({}) ({})", texts(c), texts(a))
    };
    assert_eq!(neuron(0), "2 (3) (1 -1)");
    assert_eq!(neuron(1), "1 (7) (0 1)");
    // A network without biases, next to one with: both get the input and the neuron.
    let plain = stated(r#"{"d":1,"m":1,"D":1,"a":[["4"]],"c":[["1"]]}"#, true).unwrap();
    assert_eq!(plain.shape(), [2, 2, 1]);
    assert_eq!(texts(&plain.neurons[0].a), "4 0");
    assert_eq!(texts(&plain.neurons[1].c), "0");
}

#[test]
fn directions() {
    let direction = |entries: &[(i32, i32)]| {
        let row: Vec<Q> = entries
            .iter()
            .map(|(p, q)| Q::fraction((*p).into(), (*q).into()).unwrap())
            .collect();
        let direction = Direction::of(&row, &Budget::default()).ok().unwrap()?;
        let neuron = Neuron::new(Q::one(), vec![], row, &Budget::default());
        let length = neuron.ok().unwrap().scale().to_string();
        let line: Vec<_> = direction.line.iter().map(ToString::to_string).collect();
        Some((line.join(" "), direction.positive, length))
    };
    let expected =
        |line: &str, positive, length: &str| Some((line.to_owned(), positive, length.to_owned()));
    assert_eq!(direction(&[(0, 1), (0, 1)]), None);
    assert_eq!(direction(&[(1, 2), (1, 3)]), expected("3 2", true, "1/6"));
    assert_eq!(direction(&[(-4, 1), (6, 1)]), expected("2 -3", false, "2"));
    assert_eq!(direction(&[(0, 1), (-5, 7)]), expected("0 1", false, "5/7"));
}

/// What a statement must look like before any step is read.
#[test]
fn statements_that_make_no_sense_are_rejected() {
    let merge = merge_example();
    let biased = biased_example();
    let condition = r#"{"condition":{"name":"C.1","violation":{"unbalanced":{"i":0,"beta":"0","size":"9","r_lower":"1"}}}}"#;
    let without = |name: &str| {
        let mut networks: serde_json::Value = serde_json::from_str(&merge.networks).unwrap();
        networks.as_object_mut().unwrap().remove(name);
        networks.to_string()
    };
    for (name, networks, claim, expected) in [
        ("no Θ", without("theta"), merge.claim.clone(), "the statement lacks Θ"),
        ("no Φ", without("phi"), merge.claim.clone(), "the statement lacks Φ"),
        ("no Θ for C.1", r#"{"gamma":{"d":1,"m":1,"D":1,"a":[["1"]],"c":[["9"]]}}"#.to_owned(), condition.to_owned(), "the statement lacks Θ"),
        ("Φ next to a condition", merge.networks.clone(), condition.to_owned(), "does not speak of Φ"),
        ("Θ with other inputs", merge.networks.replace(r#"2","0"],["1","0"]],"c":[["4"]"#, r#"2"],["1"]],"c":[["4"]"#).replace(r#""theta":{"d":2"#, r#""theta":{"d":1"#), merge.claim.clone(), "inputs of Θ against Γ; found 1; expected 2"),
        ("Φ with fewer neurons", merge.networks.replace(r#""phi":{"d":2,"m":2,"D":1,"a":[["10/9","0"],["0","0"]],"c":[["9"],["0"]]"#, r#""phi":{"d":2,"m":1,"D":1,"a":[["10/9","0"]],"c":[["9"]]"#), merge.claim.clone(), "inputs, neurons, outputs of Φ against Γ; found [2, 1, 1]; expected [2, 2, 1]"),
        ("Φ not homogenised", biased.networks.replace(r#""phi":{"d":2,"m":3,"D":2,"a":[["1","1/2"],["sqrt(2)","0"],["0","1"]],"c":[["1","-1"],["0","sqrt(2)"],["3","1/3"]]"#, r#""phi":{"d":1,"m":2,"D":2,"a":[["1"],["sqrt(2)"]],"c":[["1","-1"],["0","sqrt(2)"]]"#), biased.claim.clone(), "of Φ against Γ; found [1, 2, 2]; expected [2, 3, 2]"),
        ("Φ with biases", biased.networks.replace(r#"["3","1/3"]]}"#, r#"["3","1/3"]],"b":["0","0","0"],"e":["0","0"]}"#), biased.claim.clone(), "Φ is stated without biases"),
        ("two outputs in Theorem 3.1", biased.networks.clone(), merge.claim.clone(), "one output: D; found 2"),
        ("r upside down", merge.networks.clone(), merge.claim.replace(r#""lower":"1""#, r#""lower":"2""#), "bracket of r; found 2 to 1"),
        ("negative r", merge.networks.clone(), merge.claim.replace(r#""lower":"1""#, r#""lower":"-1""#), "bracket of r; found -1 to 1"),
        ("r bracketed in the seminorm form", merge.networks.clone(), merge.claim.replace(r#""lower":"1""#, r#""lower":"1/2""#), "the seminorm form needs r exactly"),
        ("negative J", merge.networks.clone(), merge.claim.replace(r#""jump":"1""#, r#""jump":"-1""#), "jump norm; found -1"),
        ("J above 2r", merge.networks.clone(), merge.claim.replace(r#""jump":"1""#, r#""jump":"3""#), "jump norm; found 3; expected 0 <= J <= 2r <= 2"),
        ("negative beta", merge.networks.clone(), merge.claim.replace(r#""beta":"1""#, r#""beta":"1-sqrt(2)""#), "beta must not be negative"),
        ("no bounds", merge.networks.clone(), merge.claim.replace(r#"{"paper":"3","sharp":"1+sqrt(2)","jump":"2"}"#, "{}"), "the claim names no bound"),
    ] {
        let mut example = merge.clone();
        assert!(networks != example.networks || claim != example.claim, "{name}");
        (example.networks, example.claim) = (networks, claim);
        match example.steps(&[]) {
            Ok(()) => panic!("{name}: accepted"),
            Err(found) => assert!(found.contains(expected), "{name}: {found}"),
        }
    }
}

/// Short numbers with coprime denominators become long over a common one: many of them are declined, not kept.
#[test]
fn expanding_weights_are_declined() {
    let primes = (1009..).step_by(2).filter(|n| (3..100).all(|q| n % q != 0));
    let row: Vec<_> = primes.take(100).map(|p| format!("1/{p}")).collect();
    // 100 numbers of about 1000 bits in every row.
    let rows = vec![row; 10];
    let ones = vec![["1"]; 10];
    let json = format!(r#"{{"d":100,"m":10,"D":1,"a":{rows:?},"c":{ones:?}}}"#);
    let stated: Shallow = serde_json::from_str(&json).unwrap();
    for (memory, accepted) in [(1 << 21, true), (1 << 17, false), (1 << 12, false)] {
        let limits = Budget::new(&crate::Limits {
            memory,
            ..crate::Limits::default()
        });
        match Network::stated(&stated, false, &limits).map_err(reason) {
            Ok(_) => assert!(accepted, "{memory}"),
            Err(found) => {
                assert!(!accepted, "{memory}: {found}");
                assert!(found.contains("declined: memory: more"), "{found}");
            }
        }
    }
}
