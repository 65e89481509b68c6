use super::super::support::Example;

/// Example A.1: Γ = ((−1, 0), 0), samples (1/4, 1/2) with label 0 and (9/10, −4/5) with label 1; the radius is 9/17.
fn example() -> Example {
    Example {
        networks: r#"{"gamma":{"d":2,"m":1,"D":1,"a":[["-1","0"]],"c":[["0"]]}}"#.to_owned(),
        claim: r#"{"local-minimum":{"samples":[{"x":["1/4","1/2"],"y":["0"]},{"x":["9/10","-4/5"],"y":["1"]}],"loss":"1/2","radius":"9/17"}}"#
            .to_owned(),
        rules: vec![r#"{"intervals":{}}"#.to_owned()],
        rests_on: vec![1],
    }
}

#[test]
fn the_exact_radius_is_accepted_and_no_larger_one() {
    example().stays_verified(&[
        ("as it is", "intervals", "intervals"),
        ("a smaller radius", r#""9/17""#, r#""1/2""#),
        ("no radius", r#""9/17""#, r#""0""#),
    ]);
    example().is_rejected(&[
        (
            "a larger radius",
            r#""9/17""#,
            r#""10/17""#,
            "a lower bound of the loss within the radius",
        ),
        (
            "another loss",
            r#""1/2","radius"#,
            r#""1/3","radius"#,
            "loss of Γ",
        ),
        ("a negative radius", r#""9/17""#, r#""-1/17""#, "radius"),
        (
            "a short sample",
            r#"["9/10","-4/5"]"#,
            r#"["9/10"]"#,
            "inputs of sample 1",
        ),
        (
            "a long label",
            r#""y":["1"]"#,
            r#""y":["1","1"]"#,
            "outputs of sample 1",
        ),
        ("roots", r#"["-1","0"]"#, r#"["sqrt(2)","0"]"#, "rational"),
    ]);
}

#[test]
fn output_biases_are_weights_too() {
    // R = e = 1, label 1: a minimum of any radius. Label 2: the loss falls at once.
    let constant = Example {
        networks: r#"{"gamma":{"d":1,"m":1,"D":1,"a":[["0"]],"b":["-9"],"c":[["0"]],"e":["1"]}}"#
            .to_owned(),
        claim: r#"{"local-minimum":{"samples":[{"x":["1/4"],"y":["1"]}],"loss":"0","radius":"7"}}"#
            .to_owned(),
        rules: vec![r#"{"intervals":{}}"#.to_owned()],
        rests_on: vec![1],
    };
    constant.stays_verified(&[("as it is", "intervals", "intervals")]);
    let falls = constant.with(r#""y":["1"]"#, r#""y":["2"]"#);
    falls.is_rejected(&[(
        "label 2",
        r#""loss":"0""#,
        r#""loss":"1""#,
        "a lower bound of the loss within the radius",
    )]);
}
