//! Counting modulo symmetry: known numbers, and the numbers that counting without symmetry finds.

use std::collections::BTreeSet;
use std::time::Duration;

use num_bigint::{BigInt, BigUint};
use relucert::arrangement::{Arrangement, Method, Options, StopReason};
use relucert::watch::{Stop, Watch};

const SEED: u64 = 0x6a09_e667_f3bc_c909;

/// Marsaglia's xorshift64.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound as u64) as usize
    }

    fn integer(&mut self, size: i64) -> i64 {
        self.below(2 * size as usize + 1) as i64 - size
    }

    /// A permutation of coordinates, each with a sign.
    fn signed_permutation(&mut self, dimension: usize) -> Vec<(usize, i64)> {
        let mut images: Vec<usize> = (0..dimension).collect();
        for k in (1..dimension).rev() {
            images.swap(k, self.below(k + 1));
        }
        let signed = images
            .into_iter()
            .map(|image| (image, 1 - 2 * self.below(2) as i64));
        signed.collect()
    }
}

type Rows = Vec<Vec<i64>>;

fn applied(map: &[(usize, i64)], row: &[i64]) -> Vec<i64> {
    map.iter().map(|&(image, sign)| sign * row[image]).collect()
}

/// All vectors with entries from a list, the last coordinate fastest.
fn vectors(entries: &[i64], dimension: u32) -> Rows {
    let base = entries.len();
    let entry = |vector: usize, k: u32| entries[vector / base.pow(k) % base];
    let vector = |vector| (0..dimension).rev().map(|k| entry(vector, k)).collect();
    (0..base.pow(dimension)).map(vector).collect()
}

fn threshold(n: u32) -> Rows {
    let mut rows = vectors(&[1, -1], n + 1);
    rows.truncate(1 << n);
    rows
}

fn resonance(n: u32) -> Rows {
    vectors(&[0, 1], n).split_off(1)
}

/// ±e_i ± e_j, and e_i if they are wanted.
fn coxeter(n: usize, with_units: bool) -> Rows {
    let mut rows = Vec::new();
    for i in 0..n {
        for (j, sign) in (i + 1..n).flat_map(|j| [(j, 1), (j, -1)]) {
            let mut row = vec![0; n];
            (row[i], row[j]) = (1, sign);
            rows.push(row);
        }
        if with_units {
            let mut row = vec![0; n];
            row[i] = 1;
            rows.push(row);
        }
    }
    rows
}

/// The roots of E8 that are orthogonal to its last 8 − n simple ones, one of each pair.
fn exceptional(n: usize) -> Rows {
    let mut rows = coxeter(8, false);
    rows.extend(
        vectors(&[1, -1], 8)
            .into_iter()
            .filter(|row| row[0] == 1 && row.iter().product::<i64>() == 1),
    );
    rows.retain(|row| (n > 7 || row[6] + row[7] == 0) && (n > 6 || row[5] == row[6]));
    rows
}

/// The edges of a graph.
fn graphic(vertices: usize, edges: impl Iterator<Item = (usize, usize)>) -> Rows {
    let row = |(i, j)| {
        let mut row = vec![0; vertices];
        (row[i], row[j]) = (1, -1);
        row
    };
    edges.map(row).collect()
}

fn arrangement(rows: &Rows) -> Arrangement {
    let integers: Vec<Vec<BigInt>> = rows
        .iter()
        .map(|row| row.iter().map(|&x| x.into()).collect())
        .collect();
    Arrangement::from_integers(&integers, rows[0].len()).expect("rows of equal length")
}

fn count(arrangement: &Arrangement, method: Method, threads: usize) -> BigUint {
    let options = Options {
        method,
        threads,
        ..Options::default()
    };
    arrangement.count(&options).expect("no limit")
}

fn pairs(n: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..n).flat_map(move |i| (i + 1..n).map(move |j| (i, j)))
}

#[test]
fn known_numbers_whatever_the_coordinates() {
    println!("seed {SEED:#x}");
    let mut random = Random(SEED);
    let bipartite = |n: usize| graphic(2 * n, (0..n * n).map(move |edge| (edge / n, n + edge % n)));
    let cycle = |n: usize| graphic(n, (0..n).map(move |i| (i, (i + 1) % n)));
    let instances: Vec<(&str, Rows, u64)> = vec![
        ("T_3", threshold(3), 104),
        ("T_4", threshold(4), 1_882),
        ("T_5", threshold(5), 94_572),
        ("R_4", resonance(4), 370),
        ("R_5", resonance(5), 11_292),
        ("B_3", coxeter(3, true), 48),
        ("B_5", coxeter(5, true), 3_840),
        ("D_4", coxeter(4, false), 192),
        ("D_6", coxeter(6, false), 23_040),
        ("E_6", exceptional(6), 51_840),
        ("E_7", exceptional(7), 2_903_040),
        ("braid 5", graphic(5, pairs(5)), 120),
        ("braid 7", graphic(7, pairs(7)), 5_040),
        ("K_3,3", bipartite(3), 230),
        ("K_4,4", bipartite(4), 6_902),
        ("cycle 5", cycle(5), 30),
        ("cycle 9", cycle(9), 510),
    ];
    for (name, rows, expected) in instances {
        let dimension = rows[0].len();
        assert_eq!(
            count(&arrangement(&rows), Method::Orbits, 1),
            expected.into(),
            "{name}"
        );
        // Other coordinates, another order, other lengths; and some rows twice.
        let map = random.signed_permutation(dimension);
        let mut changed = Rows::new();
        for row in &rows {
            let factor = [1, -1, 2, -3, 1 << 40][random.below(5)];
            let row: Vec<i64> = applied(&map, row).iter().map(|x| x * factor).collect();
            changed.insert(random.below(changed.len() + 1), row.clone());
            if random.below(5) == 0 {
                changed.push(row);
            }
        }
        let same = arrangement(&changed);
        assert_eq!(count(&same, Method::Orbits, 2), expected.into(), "{name}");
        assert_eq!(count(&same, Method::Auto, 0), expected.into(), "{name}");
        if expected > 100_000 {
            continue;
        }
        // A linear map that is no symmetry, after which primitive normals may have other lengths.
        for row in &mut changed {
            let last = row[dimension - 1];
            row[0] += 3 * last;
        }
        let skewed = arrangement(&changed);
        assert_eq!(count(&skewed, Method::Orbits, 1), expected.into(), "{name}");
        // One hyperplane moved: most symmetries are gone.
        let moved = random.below(rows.len());
        let mut broken = rows.clone();
        broken[moved][random.below(dimension)] += 1 + random.below(3) as i64;
        let broken = arrangement(&broken);
        assert_eq!(
            count(&broken, Method::Orbits, 2),
            count(&broken, Method::Counting, 1),
            "{name}, row {moved} moved"
        );
    }
}

#[test]
fn arrangements_closed_under_a_group_are_counted_alike() {
    println!("seed {SEED:#x}");
    let mut random = Random(SEED);
    let (mut rounds, mut largest) = (0, 0);
    while rounds < 150 {
        let dimension = 3 + random.below(4);
        let group: Vec<_> = (0..1 + random.below(3))
            .map(|_| random.signed_permutation(dimension))
            .collect();
        let size = [1, 2, 30][random.below(3)];
        let mut rows: BTreeSet<Vec<i64>> = BTreeSet::new();
        let mut new: Rows = (0..1 + random.below(4))
            .map(|_| (0..dimension).map(|_| random.integer(size)).collect())
            .collect();
        while let Some(row) = new.pop().filter(|_| rows.len() <= 80) {
            let negated: Vec<i64> = row.iter().map(|x| -x).collect();
            if row.iter().all(|&x| x == 0) || rows.contains(&negated) || !rows.insert(row.clone()) {
                continue;
            }
            new.extend(group.iter().map(|map| applied(map, &row)));
        }
        let most = [60, 30, 20, 16][dimension - 3];
        if rows.is_empty() || rows.len() > most {
            continue;
        }
        rounds += 1;
        largest = largest.max(rows.len());
        let rows: Rows = rows.into_iter().collect();
        let arrangement = arrangement(&rows);
        let expected = count(&arrangement, Method::Counting, 1);
        assert_eq!(count(&arrangement, Method::Orbits, 1), expected, "{rows:?}");
        if expected < 3_000u32.into() {
            assert_eq!(count(&arrangement, Method::Tree, 1), expected, "{rows:?}");
        }
    }
    assert!(largest >= 40, "large ones are among them");
}

#[test]
fn the_method_is_chosen_by_symmetry() {
    let chosen = |rows: &Rows| arrangement(rows).method(&Options::default(), true);
    assert_eq!(chosen(&threshold(6)), Method::Orbits);
    assert_eq!(chosen(&resonance(6)), Method::Orbits);
    let mut random = Random(SEED);
    let any: Rows = (0..60)
        .map(|_| (0..7).map(|_| random.integer(50)).collect())
        .collect();
    assert_eq!(chosen(&any), Method::Counting, "no symmetry");
    assert_eq!(chosen(&threshold(4)), Method::Counting, "counted at once");
    // Of two direct summands one is symmetric.
    let mut both: Rows = resonance(6)
        .iter()
        .map(|row| [row.as_slice(), &[0, 0]].concat())
        .collect();
    both.extend([[1, 0], [2, 3], [5, 1]].map(|row| [&[0; 6][..], &row].concat()));
    let both = arrangement(&both);
    assert_eq!(both.method(&Options::default(), true), Method::Orbits);
    assert_eq!(count(&both, Method::Auto, 0), (1_066_044u32 * 6).into());
    assert_eq!(
        count(&arrangement(&resonance(7)), Method::Auto, 1),
        347_326_352u32.into()
    );
    assert_eq!(
        count(&arrangement(&threshold(7)), Method::Auto, 2),
        8_378_070_864u64.into()
    );
}

#[test]
fn limits_leave_bounds() {
    let (rows, expected) = (resonance(7), BigUint::from(347_326_352u32));
    let arrangement = arrangement(&rows);
    let limits = [
        (Watch::none().with_memory(100_000), Stop::Memory),
        (Watch::none().for_at_most(Duration::ZERO), Stop::Time),
    ];
    for (watch, stop) in limits {
        let options = Options {
            method: Method::Orbits,
            watch,
            ..Options::default()
        };
        let stopped = arrangement.count(&options).expect_err("a limit");
        assert_eq!(stopped.reason, StopReason::Limit(stop));
        assert!(stopped.at_least <= expected && expected <= stopped.at_most);
    }
    let many: Rows = (0..1_100).map(|k| vec![1, k, k * k, k * k * k]).collect();
    let many = self::arrangement(&many);
    let options = Options {
        method: Method::Orbits,
        ..Options::default()
    };
    let refused = many.count(&options).expect_err("too many hyperplanes");
    assert_eq!(refused.reason, StopReason::Method);
}

#[test]
#[ignore = "takes half a minute without optimisation; `.ci/run` runs it optimised"]
fn large_numbers_with_and_without_symmetry() {
    let instances = [
        (threshold(6), 15_028_134u64, true),
        (resonance(6), 1_066_044, true),
        (resonance(7), 347_326_352, true),
        (exceptional(8), 696_729_600, false),
        (resonance(8), 419_172_756_930, false),
        (threshold(8), 17_561_539_552_946, false),
    ];
    for (rows, expected, both) in instances {
        let arrangement = arrangement(&rows);
        assert_eq!(count(&arrangement, Method::Orbits, 0), expected.into());
        if both {
            assert_eq!(count(&arrangement, Method::Counting, 0), expected.into());
        }
    }
}
