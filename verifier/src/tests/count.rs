use num_bigint::BigInt;
use proptest::prelude::*;

use super::super::support::reason;
use super::*;

fn count(rows: &[Vec<BigInt>]) -> usize {
    let rows: Vec<&[BigInt]> = rows.iter().map(Vec::as_slice).collect();
    regions(&rows, &Budget::default()).map_err(reason).unwrap()
}

fn vectors(rows: &[&[i64]]) -> Vec<Vec<BigInt>> {
    let row = |row: &&[i64]| row.iter().map(|v| BigInt::from(*v)).collect();
    rows.iter().map(row).collect()
}

/// All vectors of length d with the named entries that pass a test.
fn all(d: u32, entries: &[i64], test: impl Fn(&[i64]) -> bool) -> Vec<Vec<BigInt>> {
    let mut found = Vec::new();
    for code in 0..entries.len().pow(d) {
        let digit = |place| entries[code / entries.len().pow(place) % entries.len()];
        let vector: Vec<i64> = (0..d).map(digit).collect();
        if test(&vector) {
            found.push(vector.into_iter().map(BigInt::from).collect());
        }
    }
    found
}

#[test]
fn small_arrangements() {
    for (rows, expected) in [
        (&[][..], 1),
        (&[&[5_i64][..]], 2),
        (&[&[1], &[-3]], 2),
        (&[&[1, 0, 0]], 2),
        (&[&[1, 0], &[0, 1]], 4),
        (&[&[1, 0], &[0, 1], &[2, 2], &[-1, -1]], 6),
        (&[&[1, 0, 0], &[0, 1, 0], &[0, 0, 1]], 8),
        (&[&[1, 0, 0], &[0, 1, 0], &[1, 1, 0], &[1, -1, 0]], 8),
        (&[&[1, 0, 0], &[0, 1, 0], &[0, 0, 1], &[1, 1, 1]], 14),
        (
            &[
                &[1, 0, 0, 0],
                &[0, 1, 0, 0],
                &[0, 0, 1, 0],
                &[0, 0, 0, 1],
                &[1, 1, 1, 1],
            ],
            30,
        ),
    ] {
        assert_eq!(count(&vectors(rows)), expected, "{rows:?}");
    }
}

#[test]
fn known_arrangements() {
    let difference =
        |v: &[i64]| v.iter().sum::<i64>() == 0 && v.iter().filter(|v| **v != 0).count() == 2;
    let short = |v: &[i64]| v.iter().filter(|v| **v != 0).count() <= 2 && v.iter().any(|v| *v != 0);
    let not_zero = |v: &[i64]| v.iter().any(|v| *v != 0);
    let signs = |v: &[i64]| v[0] == 1;
    for (name, rows, expected) in [
        ("braid 4", all(4, &[0, 1, -1], difference), 24),
        ("braid 6", all(6, &[0, 1, -1], difference), 720),
        ("B_3", all(3, &[0, 1, -1], short), 48),
        ("B_4", all(4, &[0, 1, -1], short), 384),
        ("resonance 3", all(3, &[0, 1], not_zero), 32),
        ("resonance 4", all(4, &[0, 1], not_zero), 370),
        ("resonance 5", all(5, &[0, 1], not_zero), 11292),
        ("threshold 3", all(4, &[1, -1], signs), 104),
        ("threshold 4", all(5, &[1, -1], signs), 1882),
    ] {
        assert_eq!(count(&rows), expected, "{name}");
    }
}

/// Powers of a number, so in general position, with entries that fit no machine integer on the way or from the start.
#[test]
fn long_numbers() {
    for bits in [0, 20, 31, 60, 63, 64, 90, 127, 200] {
        let row = |t: i64| {
            let t: BigInt = BigInt::from(t) + (BigInt::from(1) << bits);
            (0..4).map(|power| t.pow(power)).collect()
        };
        let rows: Vec<Vec<BigInt>> = (1..9).map(row).collect();
        // 2 (C(7,0) + C(7,1) + C(7,2) + C(7,3))
        assert_eq!(count(&rows), 128, "{bits}");
    }
    let edge = [i64::MIN, i64::MAX, -i64::MAX, 1];
    let rows: Vec<Vec<BigInt>> = edge.map(|v| vec![1.into(), v.into(), 2.into()]).into();
    assert_eq!(count(&rows), 8);
    // The least machine integer has no negative.
    for rows in [
        &[&[i64::MIN][..]][..],
        &[&[0, i64::MIN], &[i64::MIN, 0]],
        &[&[i64::MIN, 1], &[-1, i64::MIN]],
    ] {
        assert_eq!(count(&vectors(rows)), 2 * rows.len());
    }
}

#[test]
fn work_is_limited() {
    let rows = all(6, &[0, 1], |v| v.iter().sum::<i64>() == 1);
    let rows: Vec<&[BigInt]> = rows.iter().map(Vec::as_slice).collect();
    let limits = |work| {
        Budget::new(&crate::Limits {
            work,
            ..crate::Limits::default()
        })
    };
    let enough = limits(1_000_000);
    assert_eq!(regions(&rows, &enough).map_err(reason), Ok(64));
    let few = limits(enough.work() - 1);
    let found = regions(&rows, &few).map_err(reason).unwrap_err();
    assert!(found.contains("--limit-work"), "{found}");
    // 2^2000 regions: declined at once, on a short stack.
    let row = |i: usize| (0..2000).map(|k| BigInt::from(u8::from(k == i))).collect();
    let rows: Vec<Vec<BigInt>> = (0..2000).map(row).collect();
    let rows: Vec<&[BigInt]> = rows.iter().map(Vec::as_slice).collect();
    let found = regions(&rows, &limits(100_000_000)).map_err(reason);
    let found = found.unwrap_err();
    assert!(found.contains("--limit-work"), "{found}");
}

proptest! {
    /// Adding hyperplane n: N(all) = N(without n) + N(all others restricted to n), where n comes last or first.
    #[test]
    fn the_order_does_not_matter(rows in prop::collection::vec(prop::collection::vec(-2_i64..3, 4), 1..8)) {
        let rows: Vec<Vec<BigInt>> = rows
            .into_iter()
            .filter(|row| row.iter().any(|v| *v != 0))
            .map(|row| row.into_iter().map(BigInt::from).collect())
            .collect();
        let mut others = rows.clone();
        others.reverse();
        // Another basis, and rows of other lengths and signs.
        for row in &mut others {
            let sum: BigInt = row.iter().sum();
            row[0] = sum;
            row.iter_mut().for_each(|v| *v *= -7);
        }
        prop_assert_eq!(count(&rows), count(&others));
    }
}
