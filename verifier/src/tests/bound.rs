use super::super::support::{biased_example, merge_example, sharp_example, violation_example};

const STEP: &str = r#"{"bound":{"distance":"4","neuron":1,"part":"inner","index":0}}"#;

#[test]
fn distances() {
    let sharp = sharp_example();
    let rewriting: Vec<&str> = sharp.rules[14..17].iter().map(String::as_str).collect();
    let with = |step: &str| {
        let mut rules = rewriting.clone();
        rules.push(step);
        sharp.steps(&rules)
    };
    with(STEP).unwrap();
    // The outer weights attain it as well: 2 − (−2).
    with(r#"{"bound":{"distance":"4","neuron":1,"part":"outer","index":0}}"#).unwrap();
    for (name, step, expected) in [
        (
            "another distance than the claim's",
            r#"{"bound":{"distance":"5","neuron":1,"part":"inner","index":0}}"#,
            "distance against the claim; found 5; expected 4",
        ),
        (
            "not attained there",
            r#"{"bound":{"distance":"4","neuron":1,"part":"inner","index":1}}"#,
            "not attained at the named entry",
        ),
        (
            "attained nowhere: no such neuron",
            r#"{"bound":{"distance":"4","neuron":3,"part":"inner","index":0}}"#,
            "not attained at the named entry",
        ),
        (
            "attained nowhere: no such entry",
            r#"{"bound":{"distance":"4","neuron":1,"part":"inner","index":2}}"#,
            "not attained at the named entry",
        ),
    ] {
        let found = with(step).expect_err(name);
        assert!(found.contains(expected), "{name}: {found}");
    }
    for missing in 0..rewriting.len() {
        let mut rules = rewriting.clone();
        rules.remove(missing);
        rules.push(STEP);
        sharp.rejects(&[(
            "a rewriting step is missing",
            &rules,
            "the current network is not Φ",
        )]);
    }
}

/// The claim's distance must be the largest, and exactly.
#[test]
fn distances_off_by_little() {
    for (distance, expected) in [
        (
            "39999999999999999999/10000000000000000000",
            "Φ − Γ exceeds the distance: entry 0 of a of neuron 1",
        ),
        (
            "40000000000000000001/10000000000000000000",
            "not attained at the named entry",
        ),
        ("2*sqrt(3)", "Φ − Γ exceeds the distance"),
        ("-4", "Φ − Γ exceeds the distance: entry 0 of a of neuron 0"),
    ] {
        let mut sharp = sharp_example();
        sharp.claim = sharp
            .claim
            .replace(r#""distance":"4""#, &format!(r#""distance":"{distance}""#));
        let mut rules: Vec<&str> = sharp.rules[14..17].iter().map(String::as_str).collect();
        let step = STEP.replace(r#""4""#, &format!("{distance:?}"));
        rules.push(&step);
        sharp.rejects(&[(distance, &rules, expected)]);
    }
}

/// Φ may write √8 where the rewriting has 2√2.
#[test]
fn weights_compare_as_real_numbers() {
    let mut biased = biased_example();
    let old = r#"["sqrt(2)","0"],["0","1"]],"c":[["1","-1"],["0","sqrt(2)"],"#;
    let new = r#"["1/2*sqrt(8)","0"],["0","1"]],"c":[["1","-1"],["0","1/2*sqrt(8)"],"#;
    assert_eq!(biased.networks.matches(old).count(), 1);
    biased.networks = biased.networks.replace(old, new);
    let rules: Vec<&str> = biased.rules.iter().map(String::as_str).collect();
    biased.accepts(&[("another radicand", &rules)]);
    for (name, wrong) in [
        (
            "another sign",
            new.replacen("1/2*sqrt(8)", "-1/2*sqrt(8)", 1),
        ),
        (
            "another size",
            new.replacen("1/2*sqrt(8)", "1/3*sqrt(8)", 1),
        ),
    ] {
        let mut forged = biased.clone();
        forged.networks = forged.networks.replace(new, &wrong);
        forged.rejects(&[(
            name,
            &rules,
            "the current network is not Φ: entry 0 of a of neuron 1",
        )]);
    }
}

#[test]
fn a_bound_needs_a_claim_about_a_distance() {
    violation_example().rejects(&[(
        "a condition claim",
        &[STEP],
        "the claim speaks of no distance",
    )]);
    let merge = merge_example();
    let step = r#"{"bound":{"distance":"1","neuron":1,"part":"inner","index":1}}"#;
    merge.rejects(&[(
        "Φ at once",
        &[step],
        "the current network is not Φ: entry 0 of a of neuron 0; found 2; expected 10/9",
    )]);
}
