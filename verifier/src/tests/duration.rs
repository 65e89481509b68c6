use super::*;

#[test]
fn durations() {
    for (text, milliseconds) in [
        ("10", 10_000),
        ("0.5", 500),
        (".5", 500),
        ("0", 0),
        ("90s", 90_000),
        ("500ms", 500),
        ("1.5m", 90_000),
        ("2h", 7_200_000),
        ("1h30m", 5_400_000),
        ("1m30.5s", 90_500),
        ("0.0000000001", 0),
    ] {
        assert_eq!(
            duration(text),
            Ok(Duration::from_millis(milliseconds)),
            "{text}"
        );
    }
    assert!(duration("99999999999999999999999999h").unwrap() > Duration::from_secs(1 << 30));
    for text in [
        "",
        "s",
        "-1",
        "1e3",
        "1,5",
        ".",
        "nan",
        "1d",
        "1 s",
        "1.5.5",
        "1m30",
        "\u{2212}1",
    ] {
        let error = duration(text).unwrap_err();
        assert!(
            error.contains(&format!("'{text}' is not a duration: seconds such as")),
            "{error}"
        );
    }
}
