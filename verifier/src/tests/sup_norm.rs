use super::super::support::Example;

/// |x − y| + … : f = ρ(x − y) + ρ(y − x) + 1/2 on [−1, 1] × [0, 2]: largest 7/2 at (−1, 2).
fn example() -> Example {
    Example {
        networks: r#"{"gamma":{"d":2,"m":2,"D":1,"a":[["1","-1"],["-1","1"]],"b":["0","0"],"c":[["1"],["1"]],"e":["1/2"]}}"#
            .to_owned(),
        claim: r#"{"sup-norm":{"box":[["-1","1"],["0","2"]],"value":"7/2"}}"#.to_owned(),
        rules: vec![r#"{"vertices":{"point":["-1","2"]}}"#.to_owned()],
        rests_on: vec![1],
    }
}

#[test]
fn the_largest_value_and_nothing_else_is_accepted() {
    example().stays_verified(&[("as it is", "vertices", "vertices")]);
    // Inside, where the function is not largest at a corner of the box: −|x| + 1 on [−1, 1].
    let inside = Example {
        networks: r#"{"gamma":{"d":1,"m":2,"D":1,"a":[["1"],["-1"]],"b":["0","0"],"c":[["-1"],["-1"]],"e":["1"]}}"#
            .to_owned(),
        claim: r#"{"sup-norm":{"box":[["-1","1/2"]],"value":"1"}}"#.to_owned(),
        rules: vec![r#"{"vertices":{"point":["0"]}}"#.to_owned()],
        rests_on: vec![1],
    };
    inside.stays_verified(&[("as it is", "vertices", "vertices")]);
    inside.is_rejected(&[
        (
            "a smaller value, attained",
            r#""value":"1""#,
            r#""value":"1/2""#,
            "largest absolute value at the point",
        ),
        (
            "the point is elsewhere",
            r#"["0"]}}"#,
            r#"["-1/4"]}}"#,
            "largest absolute value at the point",
        ),
    ]);
    let low = Example {
        rules: vec![r#"{"vertices":{"point":["-1/2"]}}"#.to_owned()],
        ..inside.with(r#""value":"1""#, r#""value":"1/2""#)
    };
    low.is_rejected(&[(
        "inside",
        r#""value":"1/2""#,
        r#""value":"1/2""#,
        "absolute value at (0)",
    )]);
    example().is_rejected(&[
        (
            "outside the box",
            r#"["-1","2"]"#,
            r#"["-1","3"]"#,
            "the point is not in the box",
        ),
        (
            "a bad box",
            r#"["0","2"]"#,
            r#"["2","2"]"#,
            "side 1 of the box",
        ),
    ]);
}
