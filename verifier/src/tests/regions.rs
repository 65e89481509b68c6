use proptest::prelude::*;

use super::super::Verdict;
use super::super::support::{
    Example, arrangement_example, biased_arrangement_example, reason, rejection, verdict,
};
use super::*;

const WITNESSES: &str = r#"{"witnesses":{"first":0,"points":[["1","1"],["2","-1"],["1/3","-2"]]}}"#;
const CIRCUITS: &str = r#"{"circuits":{"circuits":[[[1,"1"],[2,"1"],[4,"-1"]]]}}"#;
const CLOSURE: &str = r#"{"closure":{"first":0,"redundant":[[0],[0],[0]]}}"#;

#[test]
fn lists_of_regions() {
    arrangement_example().is_rejected(&[
        (
            "one removed",
            r#""0++-+","#,
            "",
            "number of regions; found 6; expected 5",
        ),
        (
            "a wrong count",
            r#""count":6"#,
            r#""count":5"#,
            "number of regions; found 5; expected 6",
        ),
        (
            "wrong edges",
            r#""edges":6"#,
            r#""edges":5"#,
            "pairs of adjacent regions; found 5; expected 6",
        ),
        (
            "an empty list",
            r#""count":6,"edges":6,
            "regions":["0++-+","0+--+","0+---","0-+++","0-++-","0--+-"]"#,
            r#""count":0,"edges":0,"regions":[]"#,
            "an arrangement has at least one region",
        ),
        (
            "one twice",
            r#""0+--+""#,
            r#""0++-+""#,
            "region 1 does not come after region 0",
        ),
        (
            "unsorted",
            r#""0+--+","0+---""#,
            r#""0+---","0+--+""#,
            "region 2 does not come after region 1",
        ),
        (
            "a sign flipped",
            r#""0+--+""#,
            r#""0+--0""#,
            "region 1: the sign of neuron 4 is neither + nor -",
        ),
        (
            "a sign of a parallel row",
            r#""0+--+""#,
            r#""0+-++""#,
            "region 1: the sign of neuron 3 does not fit a parallel one",
        ),
        (
            "a sign of a zero row",
            r#""0+--+""#,
            r#""++--+""#,
            "region 1: the row of neuron 0 is zero, so its sign is 0",
        ),
        (
            "no sign",
            r#""0+--+""#,
            r#""0+-- ""#,
            "region 1: the sign of neuron 4 is neither + nor -",
        ),
        (
            "a sign too few",
            r#""0+--+""#,
            r#""0+--""#,
            "region 1: number of signs; found 4; expected 5",
        ),
        (
            "a sign too many",
            r#""0+--+""#,
            r#""0+--+-""#,
            "region 1: number of signs; found 6; expected 5",
        ),
        (
            "a letter of two bytes",
            r#""0+--+""#,
            r#""0+-é""#,
            "region 1: the sign of neuron 3 is neither + nor -",
        ),
        (
            "a region that is not there instead of one that is",
            r#""0-+++","0-++-","0--+-""#,
            r#""0-+++","0--++","0--+-""#,
            "the negation of region 1 is not region 4",
        ),
        (
            "a region removed with its edges, its negation still there",
            r#""count":6,"edges":6,
            "regions":["0++-+","#,
            r#""count":5,"edges":4,
            "regions":["#,
            "the negation of region",
        ),
    ]);
    // A region and its negation removed, consistently: only closure or the count shows it.
    let mut fewer = arrangement_example();
    fewer.claim =
        r#"{"arrangement":{"count":4,"edges":2,"regions":["0++-+","0+---","0-+++","0--+-"]}}"#
            .to_owned();
    fewer.rules[0] = WITNESSES.replace(r#"["2","-1"],"#, "");
    fewer.rules[2] = CLOSURE.replace("[0],[0],[0]", "[0],[0]");
    assert!(
        rejection(&fewer.text())
            .contains("region 0: what lies across neuron 2 is neither listed nor excluded")
    );
    fewer.rules[2] = r#"{"count":{"regions":4}}"#.to_owned();
    assert!(rejection(&fewer.text()).contains("number of regions; found 4; expected 6"));
    fewer.rules[2] = r#"{"count":{"regions":6}}"#.to_owned();
    assert!(
        rejection(&fewer.text())
            .contains("no step that the conclusion rests on shows what lies around region 0")
    );
    // Only zero rows: the whole space is one region.
    let mut whole = arrangement_example();
    whole.networks =
        r#"{"gamma":{"d":2,"m":2,"D":1,"a":[["0","0"],["0","0"]],"c":[["1"],["0"]]}}"#.to_owned();
    whole.claim = r#"{"arrangement":{"count":1,"edges":0,"regions":["00"]}}"#.to_owned();
    whole.rules = vec![
        r#"{"witnesses":{"first":0,"points":[["0","0"]]}}"#.to_owned(),
        r#"{"count":{"regions":1}}"#.to_owned(),
        r#"{"closure":{"first":0,"redundant":[[]]}}"#.to_owned(),
    ];
    for rests_on in [vec![1, 2], vec![1, 3], vec![1, 2, 3]] {
        whole.rests_on = rests_on;
        assert!(matches!(verdict(&whole.text()), Verdict::Verified(_)));
    }
    whole.rests_on = vec![1];
    assert!(rejection(&whole.text()).contains("rest on steps of kind closure"));
    whole.rests_on = vec![2];
    assert!(rejection(&whole.text()).contains("rest on steps of kind witnesses"));
}

#[test]
fn inner_points() {
    let points = |first: usize, points: &str| {
        format!(r#"{{"witnesses":{{"first":{first},"points":[{points}]}}}}"#)
    };
    arrangement_example().accepts(&[
        ("the half that is needed", &[WITNESSES]),
        (
            "one by one",
            &[&points(1, r#"["2","-1"]"#), &points(0, r#"["1","1"]"#)],
        ),
        (
            "of the other half too",
            &[&points(4, r#"["-2","1"],["-1","-1"]"#)],
        ),
        ("none", &[&points(6, "")]),
        (
            "long numbers",
            &[&points(
                0,
                r#"["1/99999999999999999999","99999999999999999999"]"#,
            )],
        ),
    ]);
    for (name, rule, reason) in [
        (
            "in another region",
            points(0, r#"["1","-2"]"#),
            "region 0: the point at neuron 2; found < 0; expected > 0",
        ),
        (
            "in the region opposite",
            points(0, r#"["-1","-1"]"#),
            "region 0: the point at neuron 1; found < 0; expected > 0",
        ),
        (
            "on a hyperplane",
            points(0, r#"["1","1"],["1","-1"]"#),
            "region 1: the point at neuron 4; found = 0; expected > 0",
        ),
        (
            "the origin",
            points(3, r#"["0","0"]"#),
            "region 3: the point at neuron 1; found = 0; expected < 0",
        ),
        (
            "too few coordinates",
            points(0, r#"["1"]"#),
            "region 0: length of the point; found 1; expected 2",
        ),
        (
            "beyond the list",
            points(5, r#"["-1","-1"],["-1","-1"]"#),
            "regions that the step speaks of end at; found 7; expected at most 6",
        ),
        (
            "far beyond the list",
            points(usize::MAX, r#"["-1","-1"]"#),
            "regions that the step speaks of end at",
        ),
    ] {
        arrangement_example().rejects(&[(name, &[&rule], reason)]);
    }
    // Every region of the first half needs one.
    let mut missing = arrangement_example();
    missing.rules[0] = points(0, r#"["1","1"],["2","-1"]"#);
    assert!(rejection(&missing.text()).contains("shows an inner point of region 2"));
    missing.rules[0] = points(1, r#"["2","-1"],["1/3","-2"],["-2","3"]"#);
    assert!(rejection(&missing.text()).contains("shows an inner point of region 0"));
}

#[test]
fn closures() {
    let closure = |first: usize, redundant: &str| {
        format!(r#"{{"closure":{{"first":{first},"redundant":[{redundant}]}}}}"#)
    };
    let circuits = |list: &str| format!(r#"{{"circuits":{{"circuits":[{list}]}}}}"#);
    let good = r#"[[1,"1"],[2,"1"],[4,"-1"]]"#;
    arrangement_example().accepts(&[
        ("all at once", &[CIRCUITS, CLOSURE]),
        (
            "one by one",
            &[CIRCUITS, &closure(2, "[0]"), &closure(0, "[0],[0]")],
        ),
        (
            "of the other half too",
            &[CIRCUITS, &closure(3, "[0],[0],[0]")],
        ),
        (
            "a circuit reversed and scaled",
            &[&circuits(r#"[[1,"-7/2"],[2,"-7/2"],[4,"7/2"]]"#), CLOSURE],
        ),
        (
            "from a second table",
            &[CIRCUITS, &circuits(good), &closure(0, "[1],[0],[1,0]")],
        ),
        ("none", &[&closure(0, "")]),
    ]);
    for (name, table, rule, reason) in [
        (
            "no circuit",
            good,
            closure(0, "[0],[]"),
            "region 1: what lies across neuron 1 is neither listed nor excluded",
        ),
        (
            "a circuit that is not there",
            good,
            closure(0, "[1]"),
            "region 0: there is no such circuit; found 1; expected an index below 1",
        ),
        (
            "beyond the list",
            good,
            closure(6, "[0]"),
            "regions that the step speaks of end at; found 7",
        ),
        (
            "a wrong multiplier",
            r#"[[1,"1"],[2,"2"],[4,"-1"]]"#,
            closure(0, ""),
            "circuit 0: the sum does not vanish at coordinate 1",
        ),
        (
            "wrong signs",
            r#"[[1,"1"],[2,"1"],[4,"1"]]"#,
            closure(0, ""),
            "circuit 0: the sum does not vanish at coordinate 0",
        ),
        (
            "a zero row",
            r#"[[0,"1"]]"#,
            closure(0, ""),
            "circuit 0: the row of neuron 0 is zero",
        ),
        (
            "a parallel row",
            r#"[[1,"2"],[3,"1"]]"#,
            closure(0, ""),
            "circuit 0: neuron 3 is parallel to neuron 1, which must be named instead",
        ),
        (
            "a neuron that is not there",
            r#"[[1,"1"],[5,"1"]]"#,
            closure(0, ""),
            "circuit 0: there is no such row; found 3; expected an index below 3",
        ),
        (
            "far beyond",
            r#"[[18446744073709551615,"1"]]"#,
            closure(0, ""),
            "circuit 0: there is no such row",
        ),
        (
            "rows out of order",
            r#"[[2,"1"],[1,"1"],[4,"-1"]]"#,
            closure(0, ""),
            "circuit 0: hyperplanes must increase",
        ),
        (
            "a factor 0",
            r#"[[1,"0"]]"#,
            closure(0, ""),
            "circuit 0: a factor is 0",
        ),
        (
            "an empty circuit",
            "[]",
            closure(0, ""),
            "circuit 0: the circuit is empty",
        ),
    ] {
        let table = circuits(table);
        let rules: &[&str] = match reason.starts_with("circuit 0") {
            true => &[&table],
            false => &[&table, &rule],
        };
        arrangement_example().rejects(&[(name, rules, reason)]);
    }
    // Every region of the first half needs it.
    let mut missing = arrangement_example();
    missing.rules[2] = closure(0, "[0],[0]");
    assert!(rejection(&missing.text()).contains("shows what lies around region 2"));
}

/// Four planes in space, x + y + z + w = 0 for their normals: a circuit of four, which two odd classes do not satisfy.
#[test]
fn circuits_with_two_odd_classes() {
    let mut example = arrangement_example();
    example.networks = r#"{"gamma":{"d":3,"m":4,"D":1,"a":[["1","0","0"],["0","1","0"],["0","0","1"],["-1","-1","-1"]],
        "c":[["0"],["0"],["0"],["0"]]}}"#
        .to_owned();
    let mut regions: Vec<String> = (1..15)
        .map(|code: u8| {
            (0..4)
                .map(|bit| if code >> (3 - bit) & 1 == 0 { '+' } else { '-' })
                .collect()
        })
        .collect();
    regions.sort();
    example.claim = format!(r#"{{"arrangement":{{"count":14,"edges":24,"regions":{regions:?}}}}}"#);
    let circuits = r#"{"circuits":{"circuits":[[[0,"1"],[1,"1"],[2,"1"],[3,"1"]]]}}"#;
    example.accepts(&[
        (
            "three alike",
            &[circuits, r#"{"closure":{"first":0,"redundant":[[0],[0]]}}"#],
        ),
        (
            "two and two, nothing redundant",
            &[circuits, r#"{"closure":{"first":2,"redundant":[[]]}}"#],
        ),
    ]);
    example.rejects(&[(
        "two and two",
        &[circuits, r#"{"closure":{"first":2,"redundant":[[0]]}}"#],
        "region 2: circuit 0 has no odd class there",
    )]);
    // A region that the circuit excludes has no odd class either.
    regions.insert(0, "++++".to_owned());
    regions.push("----".to_owned());
    example.claim = format!(r#"{{"arrangement":{{"count":16,"edges":32,"regions":{regions:?}}}}}"#);
    example.rejects(&[
        (
            "no such region",
            &[circuits, r#"{"closure":{"first":0,"redundant":[[0]]}}"#],
            "region 0: circuit 0 has no odd class there",
        ),
        (
            "no point",
            &[r#"{"witnesses":{"first":0,"points":[["1","1","1"]]}}"#],
            "the point at neuron 3; found < 0",
        ),
    ]);
}

/// The quadrant x > 0, y > 0 cut by x = y, and by x + y = 0, which does not meet it.
fn quadrant() -> Example {
    let mut example = arrangement_example();
    example.networks =
        r#"{"gamma":{"d":2,"m":2,"D":1,"a":[["1","-1"],["2","2"]],"c":[["1"],["1"]]}}"#.to_owned();
    example.claim = r#"{"arrangement":{"domain":[["1","0"],["0","1/2"]],"count":2,"edges":1,"regions":["++","-+"]}}"#.to_owned();
    example.rules = [
        r#"{"witnesses":{"first":0,"points":[["2","1"],["1","2"]]}}"#,
        // 2·(1,1) = 2·(1,0) + 4·(0,1/2).
        r#"{"circuits":{"circuits":[[[1,"1"],[2,"-2"],[3,"-4"]],[[0,"1"],[2,"-1"],[3,"2"]]]}}"#,
        r#"{"closure":{"first":0,"redundant":[[0],[0]]}}"#,
    ]
    .map(str::to_owned)
    .into();
    example
}

#[test]
fn domains() {
    assert!(matches!(verdict(&quadrant().text()), Verdict::Verified(_)));
    quadrant().is_rejected(&[
        (
            "another domain",
            r#"["0","1/2"]]"#,
            r#"["0","-1/2"]]"#,
            "region 0: the point at row 1 of the domain; found < 0; expected > 0",
        ),
        (
            "a zero row",
            r#"["0","1/2"]]"#,
            r#"["0","0"]]"#,
            "row 1 of the domain is zero",
        ),
        (
            "a short row",
            r#"["0","1/2"]]"#,
            r#"["1/2"]]"#,
            "length of row 1 of the domain; found 1; expected 2",
        ),
        (
            "no rows",
            r#"[["1","0"],["0","1/2"]]"#,
            "[]",
            "a domain has at least one row",
        ),
        (
            "a point at its edge",
            r#"["2","1"]"#,
            r#"["2","0"]"#,
            "region 0: the point at row 1 of the domain; found = 0; expected > 0",
        ),
        (
            "a point in no region",
            r#"["2","1"]"#,
            r#"["1","1"]"#,
            "region 0: the point at neuron 0; found = 0",
        ),
        (
            "a wrong multiplier of a row",
            r#"[3,"-4"]"#,
            r#"[3,"-3"]"#,
            "circuit 0: the sum does not vanish at coordinate 1",
        ),
        (
            "a row beyond",
            r#"[3,"-4"]"#,
            r#"[4,"-4"]"#,
            "circuit 0: there is no such row; found 4",
        ),
        (
            "one region short",
            r#""redundant":[[0],[0]]"#,
            r#""redundant":[[0]]"#,
            "shows what lies around region 1",
        ),
        // In region 0 the signs of (0, 2, 3) are +, +, + and those of the circuit +, −, +: the odd one is a row of the domain.
        (
            "an odd row of the domain",
            r#""redundant":[[0],[0]]"#,
            r#""redundant":[[0,1],[0]]"#,
            "region 0: circuit 1 has no odd class there",
        ),
        (
            "a class left open",
            r#""redundant":[[0],[0]]"#,
            r#""redundant":[[],[0]]"#,
            "region 0: what lies across neuron 1 is neither listed nor excluded",
        ),
        (
            "a region of half",
            r#""count":2,"edges":1,"regions":["++","-+"]"#,
            r#""count":1,"edges":0,"regions":["++"]"#,
            "regions that the step speaks of end at; found 2; expected at most 1",
        ),
    ]);
    // With a domain there are no negations to lean on: every region needs a point.
    let mut half = quadrant();
    half.rules[0] = r#"{"witnesses":{"first":0,"points":[["2","1"]]}}"#.to_owned();
    assert!(rejection(&half.text()).contains("shows an inner point of region 1"));
    let count = r#"{"count":{"regions":2}}"#;
    quadrant().rejects(&[(
        "a count",
        &[count],
        "regions are counted only without a domain, or in a domain of one row",
    )]);
}

#[test]
fn counts() {
    let count = |n: usize| format!(r#"{{"count":{{"regions":{n}}}}}"#);
    arrangement_example().accepts(&[("six", &[&count(6)])]);
    biased_arrangement_example().accepts(&[("three", &[&count(3)])]);
    arrangement_example().rejects(&[
        (
            "fewer",
            &[&count(5)],
            "number of regions; found 5; expected 6",
        ),
        (
            "none",
            &[&count(0)],
            "number of regions; found 0; expected 6",
        ),
    ]);
    let mut counted = arrangement_example();
    counted.rules[2] = count(6);
    assert!(matches!(verdict(&counted.text()), Verdict::Verified(_)));
    // A domain of one row cuts the regions in half.
    let mut half = arrangement_example();
    half.claim = r#"{"arrangement":{"domain":[["0","3"]],"count":3,"edges":2,"regions":["0++-+","0-+++","0-++-"]}}"#.to_owned();
    half.rules = vec![
        r#"{"witnesses":{"first":0,"points":[["1","1"],["-1","2"],["-2","1"]]}}"#.to_owned(),
        count(3),
    ];
    half.rests_on = vec![1, 2];
    assert!(matches!(verdict(&half.text()), Verdict::Verified(_)));
    half.is_rejected(&[
        (
            "the other half",
            r#"["0","3"]"#,
            r#"["0","-3"]"#,
            "the point at row 0 of the domain; found < 0",
        ),
        (
            "another half",
            r#"["0","3"]"#,
            r#"["1","3"]"#,
            "number of regions; found 3; expected 4",
        ),
    ]);
}

#[test]
fn biased_arrangements() {
    biased_arrangement_example().is_rejected(&[
        (
            "no domain",
            r#""domain":[["0","1"]],"#,
            "",
            "with biases the first row of the domain is (0, …, 0, 1)",
        ),
        (
            "the other half-space",
            r#"[["0","1"]]"#,
            r#"[["0","-1"]]"#,
            "with biases the first row of the domain is (0, …, 0, 1)",
        ),
        (
            "another length",
            r#"[["0","1"]]"#,
            r#"[["0","2"]]"#,
            "with biases the first row of the domain is (0, …, 0, 1)",
        ),
        (
            "another row",
            r#"[["0","1"]]"#,
            r#"[["1","1"]]"#,
            "with biases the first row of the domain is (0, …, 0, 1)",
        ),
        (
            "another row first",
            r#"[["0","1"]]"#,
            r#"[["1","1"],["0","1"]]"#,
            "with biases the first row of the domain is (0, …, 0, 1)",
        ),
        (
            "a row too short",
            r#"[["0","1"]]"#,
            r#"[["1"]]"#,
            "length of row 0 of the domain; found 1; expected 2",
        ),
        (
            "the region behind infinity",
            r#""regions":["+-+","+--","---"]"#,
            r#""regions":["+--","---","--+"]"#,
            "region 2 does not come after region 1",
        ),
        (
            "a point behind infinity",
            r#"["-2","1"]"#,
            r#"["-2","-1"]"#,
            "region 2: the point at neuron 1; found > 0; expected < 0",
        ),
    ]);
    // Closure with the row at infinity: neuron 1 is −2 on all of the line.
    let closed = |list: &str| {
        let mut closed = biased_arrangement_example();
        closed.rules[1] =
            r#"{"circuits":{"circuits":[[[1,"1"],[3,"2"]],[[0,"3"],[2,"-1"],[3,"-6"]]]}}"#
                .to_owned();
        closed.rules.push(format!(
            r#"{{"closure":{{"first":0,"redundant":[{list}]}}}}"#
        ));
        closed.rests_on = vec![1, 3];
        closed
    };
    let good = closed("[0,1],[0],[0,1]");
    assert!(
        matches!(verdict(&good.text()), Verdict::Verified(_)),
        "{:?}",
        verdict(&good.text())
    );
    good.is_rejected(&[
        (
            "a wrong multiplier at infinity",
            r#"[3,"-6"]"#,
            r#"[3,"-5"]"#,
            "circuit 1: the sum does not vanish at coordinate 1",
        ),
        (
            "the constant neuron left open",
            "[0,1],[0],[0,1]",
            "[1],[0],[0,1]",
            "region 0: what lies across neuron 1 is neither listed",
        ),
        (
            "an end left open",
            "[0,1],[0],[0,1]",
            "[0,1],[0],[0]",
            "region 2: what lies across neuron 2 is neither listed",
        ),
    ]);
}

#[test]
fn radicals_do_not_matter() {
    let mut example = arrangement_example();
    example.networks = example
        .networks
        .replace(r#"["1","1"]"#, r#"["sqrt(2)","sqrt(2)"]"#);
    assert!(matches!(verdict(&example.text()), Verdict::Verified(_)));
    let fractions = arrangement_example().with(r#"["1","1"]],"#, r#"["1/3","1/3"]],"#);
    assert!(rejection(&fractions.text()).contains("circuit 0: the sum does not vanish"));
    let fractions = fractions.with(r#"[4,"-1"]"#, r#"[4,"-3"]"#);
    assert!(matches!(verdict(&fractions.text()), Verdict::Verified(_)));
}

#[test]
fn sides_of_long_points() {
    let row = |entry: i64| Integers::new(vec![entry.into(); 4]);
    for (x, y, expected) in [
        (i64::MAX, i64::MAX, Ordering::Greater),
        (i64::MIN, i64::MIN, Ordering::Greater),
        (i64::MIN, i64::MAX, Ordering::Less),
        (i64::MIN, 0, Ordering::Equal),
    ] {
        assert_eq!(row(x).side(&row(y)), expected);
    }
    let long = Integers::new(vec![BigInt::from(1) << 64; 4]);
    assert_eq!(long.side(&row(-1)), Ordering::Less);
}

/// The bits of more than 64 classes are kept in the order of the texts.
#[test]
fn many_classes() {
    let count = 130;
    let mut example = arrangement_example();
    let rows: Vec<_> = (0..count).map(|i| format!(r#"["1","{i}"]"#)).collect();
    let c = vec![r#"["1"]"#; count].join(",");
    example.networks = format!(
        r#"{{"gamma":{{"d":2,"m":{count},"D":1,"a":[{}],"c":[{c}]}}}}"#,
        rows.join(",")
    );
    // x + i·y changes its sign once as i grows.
    let (mut regions, mut points) = (Vec::new(), Vec::new());
    for change in (1..=count).rev() {
        regions.push("+".repeat(change) + &"-".repeat(count - change));
        points.push(format!(r#"["{}","-2"]"#, 2 * change - 1));
    }
    let negated: Vec<String> = regions
        .iter()
        .rev()
        .map(|region| {
            region
                .chars()
                .map(|sign| if sign == '+' { '-' } else { '+' })
                .collect()
        })
        .collect();
    regions.extend(negated);
    points[0] = r#"["1","1"]"#.to_owned();
    example.claim = format!(
        r#"{{"arrangement":{{"count":{0},"edges":{0},"regions":{regions:?}}}}}"#,
        2 * count
    );
    example.rules = vec![
        format!(
            r#"{{"witnesses":{{"first":0,"points":[{}]}}}}"#,
            points.join(",")
        ),
        format!(r#"{{"count":{{"regions":{}}}}}"#, 2 * count),
    ];
    example.rests_on = vec![1, 2];
    assert!(
        matches!(verdict(&example.text()), Verdict::Verified(_)),
        "{:?}",
        verdict(&example.text())
    );
    example.is_rejected(&[(
        "a point too far",
        r#"["133","-2"]"#,
        r#"["135","-2"]"#,
        "the point at neuron 67; found > 0; expected < 0",
    )]);
}

proptest! {
    /// The regions of lines in the plane, by going round: complete lists are accepted, any other is not, whatever the circuits.
    #[test]
    fn no_incomplete_list_is_accepted(
        rows in prop::collection::vec((-4_i64..5, -4_i64..5), 1..7),
        half in any::<bool>(),
        removed in prop::collection::vec(any::<prop::sample::Index>(), 0..3),
    ) {
        let rows: Vec<_> = rows.into_iter().filter(|row| *row != (0, 0)).collect();
        prop_assume!(!rows.is_empty());
        let domain = half.then_some((1, 5));
        let signs = |x: i64, y: i64| -> Option<String> {
            let inside = domain.is_none_or(|(a, b)| a * x + b * y > 0);
            let side = |(a, b): &(i64, i64)| match (a * x + b * y).signum() {
                1 => Some('+'),
                -1 => Some('-'),
                _ => None,
            };
            rows.iter().map(side).collect::<Option<String>>().filter(|_| inside)
        };
        let mut regions = BTreeMap::new();
        for (x, y) in (-50..=50).flat_map(|x| (-50..=50).map(move |y| (x, y))) {
            if let Some(region) = signs(x, y) {
                regions.entry(region).or_insert((x, y));
            }
        }
        let complete = regions.len();
        for index in removed {
            if !regions.is_empty() {
                let region = regions.keys().nth(index.index(regions.len())).unwrap().clone();
                let negated: String = region.chars().map(|sign| if sign == '+' { '-' } else { '+' }).collect();
                regions.remove(&region);
                if domain.is_none() {
                    regions.remove(&negated);
                }
            }
        }
        let adjacent = |one: &String, other: &String| {
            // Signs that differ, up to parallel rows.
            let places: Vec<_> = one.bytes().zip(other.bytes()).zip(&rows).filter(|((x, y), _)| x != y).map(|(_, row)| row).collect();
            !places.is_empty() && places.iter().all(|(a, b)| a * places[0].1 == b * places[0].0)
        };
        let names: Vec<_> = regions.keys().cloned().collect();
        let pairs = names.iter().enumerate().map(|(i, one)| names[i..].iter().filter(|other| adjacent(one, other)).count());
        let edges: usize = pairs.sum();
        let a: Vec<_> = rows.iter().map(|(a, b)| [a.to_string(), b.to_string()]).collect();
        let c = vec![["0"]; rows.len()];
        let (count, m) = (names.len(), rows.len());
        let domain_text = if half { r#""domain":[["1","5"]],"# } else { "" };
        let points: Vec<_> = regions.values().map(|(x, y)| [x.to_string(), y.to_string()]).collect();
        // All circuits among the lowest rows of the classes and the domain.
        let lowest: Vec<usize> = (0..m).filter(|i| (0..*i).all(|j| rows[*i].0 * rows[j].1 != rows[*i].1 * rows[j].0)).collect();
        let mut vectors: Vec<_> = lowest.iter().map(|i| (*i, rows[*i])).collect();
        vectors.extend(domain.map(|row| (m, row)));
        let mut circuits = Vec::new();
        for (i, (one, x)) in vectors.iter().enumerate() {
            for (j, (two, y)) in vectors.iter().enumerate().skip(i + 1) {
                let minor = |x: &(i64, i64), y: &(i64, i64)| x.0 * y.1 - x.1 * y.0;
                if minor(x, y) == 0 {
                    let (p, q) = if x.0 == 0 { (y.1, x.1) } else { (y.0, x.0) };
                    circuits.push(format!(r#"[[{one},"{p}"],[{two},"{}"]]"#, -q));
                    continue;
                }
                for (three, z) in vectors.iter().skip(j + 1) {
                    let factors = [(one, minor(y, z)), (two, minor(z, x)), (three, minor(x, y))];
                    let terms: Vec<_> = factors.iter().filter(|(_, factor)| *factor != 0).map(|(i, factor)| format!(r#"[{i},"{factor}"]"#)).collect();
                    circuits.push(format!("[{}]", terms.join(",")));
                }
            }
        }
        let mut example = arrangement_example();
        example.networks = format!(r#"{{"gamma":{{"d":2,"m":{m},"D":1,"a":{a:?},"c":{c:?}}}}}"#);
        example.claim = format!(r#"{{"arrangement":{{{domain_text}"count":{count},"edges":{edges},"regions":{names:?}}}}}"#);
        example.rules = vec![
            format!(r#"{{"witnesses":{{"first":0,"points":{points:?}}}}}"#),
            format!(r#"{{"circuits":{{"circuits":[{}]}}}}"#, circuits.join(",")),
        ];
        example.rests_on = vec![1, 3];
        for by_count in [false, true] {
            let mut example = example.clone();
            if by_count {
                example.rules.push(format!(r#"{{"count":{{"regions":{complete}}}}}"#));
            } else {
                // Per region those circuits that have an odd class there.
                let statement = example.statement();
                let limits = Limits::default();
                let Ok(mut proof) = super::super::proof::Proof::new(&statement, &limits).map_err(reason) else {
                    prop_assert_eq!(count, 0);
                    continue;
                };
                for rule in &example.rules {
                    proof.step(&serde_json::from_str(rule).unwrap()).map_err(reason).unwrap();
                }
                let redundant: Vec<Vec<usize>> = (0..count).map(|r| (0..circuits.len()).filter(|circuit| {
                    let step = format!(r#"{{"closure":{{"first":{r},"redundant":[[{circuit}]]}}}}"#);
                    let found = proof.step(&serde_json::from_str(&step).unwrap()).map_err(reason);
                    found.err().is_none_or(|found| !found.contains("no odd class"))
                }).collect()).collect();
                example.rules.push(format!(r#"{{"closure":{{"first":0,"redundant":{redundant:?}}}}}"#));
            }
            let verdict = verdict(&example.text());
            prop_assert_eq!(matches!(verdict, Verdict::Verified(_)), count == complete, "{:?} {:?}", verdict, example.rules);
        }
    }
}
