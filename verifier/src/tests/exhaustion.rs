use proptest::prelude::*;

use super::*;

/// v_i given by rows of 2×2 matrices of rank one, and t.
fn equation(items: &[([i64; 2], [i64; 2])], target: [i64; 4]) -> Equation {
    let big = |row: &[i64]| row.iter().map(|x| BigInt::from(*x)).collect::<Vec<_>>();
    let items = items.iter().map(|(weight, line)| Item {
        weight: big(weight),
        line: big(line),
        decided: None,
    });
    Equation {
        items: items.collect(),
        target: big(&target),
        columns: 2,
    }
}

fn solutions(
    equation: Equation,
    exhaustion: &str,
    limits: &Budget,
) -> Result<Vec<Vec<usize>>, String> {
    let exhaustion = serde_json::from_str(exhaustion).unwrap();
    let mut found = Vec::new();
    let push = |set: &[usize]| {
        found.push(set.to_vec());
        Ok(())
    };
    equation
        .exhaust(&exhaustion, limits, push)
        .map_err(|stop| match stop {
            Stop::Reject(rejection) => rejection.to_string(),
            Stop::Decline(declined) => format!("declined: {declined}"),
            Stop::Unreadable(error) => error.to_string(),
        })?;
    found.sort();
    Ok(found)
}

const X: ([i64; 2], [i64; 2]) = ([1, 0], [1, 0]);
const Y: ([i64; 2], [i64; 2]) = ([1, 0], [0, 1]);

#[test]
fn evidence_that_is_rejected() {
    let items = [X, Y, ([-1, 0], [1, 1]), ([0, 2], [1, 0])];
    let limits = Budget::default();
    for (name, exhaustion, expected) in [
        (
            "dependent",
            r#"{"free":[]}"#,
            "2 depends linearly on the undecided ones before it",
        ),
        (
            "dependent all the same",
            r#"{"free":[3]}"#,
            "2 depends linearly",
        ),
        (
            "twice",
            r#"{"free":[2,2]}"#,
            "must increase and be undecided: 2",
        ),
        (
            "not increasing",
            r#"{"free":[2,1]}"#,
            "must increase and be undecided: 1",
        ),
        (
            "not there",
            r#"{"free":[2,4]}"#,
            "must increase and be undecided: 4",
        ),
        (
            "decided",
            r#"{"functionals":[["0","0","1","0"]],"free":[3]}"#,
            "must increase and be undecided: 3",
        ),
        (
            "a functional that forces nothing",
            r#"{"functionals":[["1","1","0","0"]],"free":[2]}"#,
            "functional 0: it forces nothing: the least sum of its values; found -2; expected at least 0",
        ),
        (
            "too short",
            r#"{"functionals":[["0","0","1"]],"free":[2]}"#,
            "functional 0: number of its entries; found 3; expected 4",
        ),
        (
            "the second functional",
            r#"{"functionals":[["0","0","1","0"],["1","0","0","0"]],"free":[2]}"#,
            "functional 1: it forces nothing",
        ),
    ] {
        let found = solutions(equation(&items, [0; 4]), exhaustion, &limits).expect_err(name);
        assert!(found.contains(expected), "{name}: {found}");
    }
    // Too many choices are declined before the first.
    for count in [30, 63, 64, 200] {
        let free: Vec<usize> = (0..count).collect();
        let (items, few) = (vec![X; count], Budget::default());
        let found = solutions(
            equation(&items, [0; 4]),
            &format!(r#"{{"free":{free:?}}}"#),
            &few,
        );
        let found = found.unwrap_err();
        assert!(
            found.contains("declined") && found.contains("--limit-work"),
            "{found}"
        );
        assert!(few.work() < 10_000_000);
    }
}

#[test]
fn functionals_force() {
    let limits = Budget::default();
    // t = x + y: the functional x + y ≤ … is not of use, −x − y attains its least value.
    for (target, exhaustion, expected) in [
        (
            [1, 1, 0, 0],
            r#"{"functionals":[["-1","-1","0","0"]],"free":[]}"#,
            vec![vec![0, 1]],
        ),
        (
            [2, 1, 0, 0],
            r#"{"functionals":[["-1","-1","0","0"]],"free":[]}"#,
            vec![],
        ),
        (
            [0, 0, 0, 0],
            r#"{"functionals":[["1/2","1/3","0","0"]],"free":[]}"#,
            vec![vec![]],
        ),
        // The first functional decides x, the second one y, with x taken account of.
        (
            [1, 1, 0, 0],
            r#"{"functionals":[["-1","0","0","0"],["-1","-1","0","0"]],"free":[]}"#,
            vec![vec![0, 1]],
        ),
        // Forced, and then there is none.
        (
            [0, 0, 1, 0],
            r#"{"functionals":[["1","1","0","0"]],"free":[]}"#,
            vec![],
        ),
        ([1, 1, 0, 0], r#"{"free":[0,1]}"#, vec![vec![0, 1]]),
    ] {
        let found = solutions(equation(&[X, Y], target), exhaustion, &limits);
        assert_eq!(found.unwrap(), expected, "{target:?} {exhaustion}");
    }
}

#[test]
fn modulo_a_line() {
    // (3,6)·N and multiples of (1,2) are the same; so are x and −2y. So are (2,4) and (0,1) beside (2,3).
    for (normal, items, target, expected) in [
        (
            [1, 2],
            vec![([2, 1], [1, 2])],
            [5, 10, -3, -6],
            vec![vec![], vec![0]],
        ),
        ([1, 2], vec![X], [0, -1, 0, 0], vec![]),
        ([1, 2], vec![X], [0, -1, 0, 1], vec![]),
        ([1, 2], vec![([2, 0], [1, 0])], [0, -4, 0, 0], vec![vec![0]]),
        (
            [1, 2],
            vec![([0, 2], [1, 0])],
            [7, 14, 1, -2],
            vec![vec![0]],
        ),
        ([2, 3], vec![([1, 0], [0, 1])], [2, 4, 0, 0], vec![vec![0]]),
        ([2, 3], vec![([1, 0], [0, 1])], [2, 3, 0, 0], vec![vec![]]),
    ] {
        let mut equation = equation(&items, target);
        equation.modulo(&normal.map(BigInt::from));
        let found = solutions(equation, r#"{"free":[0]}"#, &Budget::default());
        assert_eq!(found.unwrap(), expected, "{items:?} {target:?}");
    }
}

/// All sets, one by one.
fn brute_force(items: &[([i64; 2], [i64; 2])], target: [i64; 4]) -> Vec<Vec<usize>> {
    let mut found = Vec::new();
    for mask in 0..1_u32 << items.len() {
        let set: Vec<usize> = (0..items.len()).filter(|i| mask >> i & 1 == 1).collect();
        let sum = |k: usize| {
            set.iter()
                .map(|i| items[*i].0[k / 2] * items[*i].1[k % 2])
                .sum::<i64>()
        };
        if (0..4).all(|k| sum(k) == target[k]) {
            found.push(set);
        }
    }
    found.sort();
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]
    /// Whatever evidence is accepted, the solutions are all of them, also where numbers are long.
    #[test]
    fn accepted_evidence_is_complete(
        items in prop::collection::vec((prop::array::uniform2(-2_i64..3), prop::array::uniform2(-2_i64..3)), 0..7),
        target in prop::array::uniform4(-3_i64..4),
        functional in prop::option::of(prop::array::uniform4(-1_i64..2)),
        free in prop::collection::vec(any::<bool>(), 7),
        long in any::<bool>(),
    ) {
        let free: Vec<usize> = (0..items.len()).filter(|i| free[*i]).collect();
        let functionals: Vec<Vec<String>> = functional.iter().map(|row| row.iter().map(i64::to_string).collect()).collect();
        let exhaustion = format!(r#"{{"functionals":{functionals:?},"free":{free:?}}}"#);
        let mut asked = equation(&items, target);
        if long {
            let factor = BigInt::from(7) << 90;
            let weights = asked.items.iter_mut().flat_map(|item| &mut item.weight);
            weights.chain(&mut asked.target).for_each(|x| *x *= &factor);
        }
        if let Ok(found) = solutions(asked, &exhaustion, &Budget::default()) {
            prop_assert_eq!(found, brute_force(&items, target));
        }
        // Everything free is always enough.
        let free: Vec<usize> = (0..items.len()).collect();
        let exhaustion = format!(r#"{{"free":{free:?}}}"#);
        let found = solutions(equation(&items, target), &exhaustion, &Budget::default());
        prop_assert_eq!(found, Ok(brute_force(&items, target)));
    }
}
