//! Random and degenerate arrangements: all methods must agree with each other, and witnesses and edges with the definition.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use num_bigint::BigInt;
use relucert::arrangement::{Arrangement, Method, Options, StopReason, Stopped};
use relucert::watch::{Stop, Watch};

const SEED: u64 = 0x2545_f491_4f6c_dd1d;

/// Marsaglia's xorshift64.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    /// An integer of at most so many bits, of either sign.
    fn integer(&mut self, bits: u64) -> BigInt {
        let mut value = BigInt::from(self.next());
        for _ in 0..bits / 64 {
            value = (value << 64) + self.next();
        }
        value %= BigInt::from(1) << bits;
        if self.next() & 1 == 0 { value } else { -value }
    }
}

/// Rows in which zero, repeated, opposite, proportional and dependent rows are common, often of low rank.
fn degenerate(random: &mut Random, count: usize, dimension: usize, bits: u64) -> Vec<Vec<BigInt>> {
    let mut rows: Vec<Vec<BigInt>> = Vec::new();
    let flat = random.below(3) == 0;
    for _ in 0..count {
        let known = rows.len();
        let row: Vec<BigInt> = match random.below(8) {
            0 => vec![BigInt::ZERO; dimension],
            1 if known > 0 => {
                let factor = BigInt::from(random.below(7)) - 3;
                rows[random.below(known)]
                    .iter()
                    .map(|entry| entry * &factor)
                    .collect()
            }
            2 | 3 if known > 1 => {
                let (one, other) = (random.below(known), random.below(known));
                let (x, y) = (random.integer(2), random.integer(2));
                let pairs = rows[one].iter().zip(&rows[other]);
                pairs.map(|(one, other)| one * &x + other * &y).collect()
            }
            _ => (0..dimension)
                .map(|column| {
                    if flat && column > 1 {
                        BigInt::ZERO
                    } else {
                        random.integer(bits)
                    }
                })
                .collect(),
        };
        rows.push(row);
    }
    rows
}

fn with(method: Method) -> Options {
    Options {
        method,
        ..Options::default()
    }
}

#[test]
fn three_methods_agree_on_degenerate_arrangements() {
    println!("seed {SEED:#x}");
    let mut random = Random(SEED);
    for round in 0..500 {
        let dimension = 1 + random.below(6);
        let count = random.below(13);
        let bits = [1, 2, 3, 31, 53, 500][round % 6];
        let rows = degenerate(&mut random, count, dimension, bits);
        let arrangement =
            Arrangement::from_integers(&rows, dimension).expect("rows of equal length");
        let list = arrangement
            .regions(&with(Method::Recursive))
            .expect("no limit");
        let tree = arrangement.regions(&with(Method::Tree)).expect("no limit");
        let number = arrangement
            .count(&with(Method::Counting))
            .expect("no limit");
        assert_eq!(
            (list.len(), tree.len()),
            (tree.len(), list.len()),
            "round {round}"
        );
        assert_eq!(number, list.len().into(), "round {round}");
        let orbits = arrangement.count(&with(Method::Orbits)).expect("no limit");
        assert_eq!(number, orbits, "round {round}");
        assert!(number <= arrangement.at_most());
        let (mut before, mut edges) = (String::new(), 0);
        for region in 0..list.len() {
            let signs = list.signs(region);
            assert_eq!(signs, tree.signs(region), "round {round}");
            assert_eq!(list.find(&signs), Some(region));
            let mut text = String::new();
            list.write_signs(region, &mut text);
            // In ASCII + comes before −, and zero rows have 0 everywhere.
            assert!(region == 0 || before < text, "sorted, without repetition");
            before = text;
            edges += list.neighbours(region).len();
            let witness = if round % 3 == 0 {
                list.witness(region, &Watch::none())
            } else {
                tree.witness(region, &Watch::none())
            };
            let witness = witness.expect("no limit");
            for (row, sign) in rows.iter().zip(signs) {
                let product: BigInt = row.iter().zip(&witness).map(|(a, x)| a * x).sum();
                assert_eq!(product.sign(), BigInt::from(sign).sign(), "round {round}");
            }
        }
        let adjacency = list.adjacency(&Watch::none()).expect("no limit");
        assert_eq!(2 * adjacency.len(), edges, "round {round}");
        assert!(adjacency.windows(2).all(|pair| pair[0] < pair[1]));
        for (i, j, hyperplane) in adjacency {
            assert!(i < j);
            let (class, _) = arrangement.class_of(hyperplane).expect("not zero");
            assert_eq!(list.across(i, class), Some(j));
        }
    }
}

#[test]
fn domains_select_from_the_whole() {
    println!("seed {SEED:#x}");
    let mut random = Random(SEED ^ 1);
    for round in 0..150 {
        let dimension = 1 + random.below(4);
        let count = random.below(9);
        let facets = 1 + random.below(3);
        let rows = degenerate(&mut random, count, dimension, 3);
        let domain: Vec<Vec<BigInt>> = (0..facets)
            .map(|_| (0..dimension).map(|_| random.integer(2)).collect())
            .collect();
        let arrangement = Arrangement::in_domain(&rows, &domain, dimension, &Watch::none())
            .expect("rows of equal length");
        // The regions of all hyperplanes together, facets of the domain included, on the + side of the facets.
        let all: Vec<Vec<BigInt>> = rows.iter().chain(&domain).cloned().collect();
        let whole = Arrangement::from_integers(&all, dimension).expect("rows of equal length");
        let all = whole.regions(&Options::default()).expect("no limit");
        let mut expected: Vec<Vec<i8>> = (0..all.len())
            .map(|region| all.signs(region))
            .filter(|signs| signs[count..].iter().all(|&sign| sign > 0))
            .map(|signs| signs[..count].to_vec())
            .collect();
        expected.dedup();
        expected.sort_by(|x, y| y.cmp(x));
        expected.dedup();
        for method in [Method::Auto, Method::Tree] {
            let list = arrangement.regions(&with(method)).expect("no limit");
            let found: Vec<Vec<i8>> = (0..list.len()).map(|region| list.signs(region)).collect();
            assert_eq!(found, expected, "round {round} {method:?}");
            for region in 0..list.len() {
                let witness = list.witness(region, &Watch::none()).expect("no limit");
                let inside = |row: &Vec<BigInt>| {
                    row.iter().zip(&witness).map(|(a, x)| a * x).sum::<BigInt>() > BigInt::ZERO
                };
                assert!(domain.iter().all(inside));
            }
        }
        let counted = arrangement.count(&Options::default()).expect("no limit");
        assert_eq!(counted, expected.len().into());
        for (arrangement, count) in [(&arrangement, counted), (&whole, all.len().into())] {
            assert!(arrangement.at_least() <= count, "round {round}");
            assert!(arrangement.at_most() >= count, "round {round}");
        }
    }
}

#[test]
fn what_is_known_at_a_limit_is_true() {
    println!("seed {SEED:#x}");
    let mut random = Random(SEED ^ 11);
    for facets in 0..3 {
        let mut rows = |count| -> Vec<Vec<BigInt>> {
            (0..count)
                .map(|_| (0..5).map(|_| random.integer(3)).collect())
                .collect()
        };
        let (rows, domain) = (rows(24), rows(facets));
        let arrangement = Arrangement::in_domain(&rows, &domain, 5, &Watch::none()).expect("rows");
        let count = arrangement.count(&Options::default()).expect("no limit");
        let mut stops = 0;
        for microseconds in (0..20_000).step_by(400) {
            let limited = |method, threads| Options {
                threads,
                watch: Watch::none().for_at_most(Duration::from_micros(microseconds)),
                ..with(method)
            };
            for (method, threads) in [(Method::Auto, 1), (Method::Auto, 2), (Method::Tree, 1)] {
                let stopped = [
                    arrangement.count(&limited(method, threads)).err(),
                    arrangement.regions(&limited(method, threads)).err(),
                ];
                for stopped in stopped.into_iter().flatten() {
                    stops += 1;
                    assert!(stopped.at_least <= count && count <= stopped.at_most);
                }
            }
        }
        assert!(stops > 20, "{stops}");
    }
}

#[test]
fn threads_and_limits_change_nothing_but_length() {
    println!("seed {SEED:#x}");
    let mut random = Random(SEED ^ 2);
    let rows: Vec<Vec<BigInt>> = (0..26)
        .map(|_| (0..6).map(|_| random.integer(4)).collect())
        .collect();
    let arrangement = Arrangement::from_integers(&rows, 6).expect("rows of equal length");
    let list = |method, threads, limit| {
        let options = Options {
            method,
            threads,
            limit,
            ..Options::default()
        };
        arrangement.regions(&options).expect("no limit in the way")
    };
    let one = list(Method::Recursive, 1, None);
    assert!(one.len() > 100_000);
    for threads in [2, 3, 8] {
        let more = list(Method::Recursive, threads, None);
        assert_eq!(more.len(), one.len());
        assert!((0..one.len()).all(|region| {
            (0..26).all(|class| more.plus(region, class) == one.plus(region, class))
        }));
    }
    for limit in [
        0,
        1,
        777,
        one.len() as u64 / 2,
        one.len() as u64 - 1,
        one.len() as u64,
    ] {
        for method in [Method::Recursive, Method::Auto] {
            let some = list(method, 2, Some(limit));
            assert_eq!(some.len() as u64, limit);
            assert_eq!(some.is_complete(), limit == one.len() as u64);
            assert!(
                (0..some.len())
                    .step_by(997)
                    .all(|region| some.signs(region) == one.signs(region))
            );
        }
    }
    let tree = list(Method::Tree, 1, Some(2_000));
    assert!(!tree.is_complete() && tree.stopped().is_none());
    assert!((0..2_000).all(|region| tree.signs(region) == one.signs(region)));
}

#[test]
fn tree_lists_on_several_threads() {
    println!("seed {SEED:#x}");
    let mut random = Random(SEED ^ 3);
    let rows: Vec<Vec<BigInt>> = (0..22)
        .map(|_| (0..5).map(|_| random.integer(3)).collect())
        .collect();
    let arrangement = Arrangement::from_integers(&rows, 5).expect("rows of equal length");
    let one = arrangement
        .regions(&with(Method::Recursive))
        .expect("no limit");
    let many = Options {
        threads: 3,
        ..with(Method::Tree)
    };
    let tree = arrangement.regions(&many).expect("no limit");
    assert_eq!(tree.len(), one.len());
    assert!((0..one.len()).all(|region| tree.signs(region) == one.signs(region)));
}

#[test]
fn streams_see_the_same_regions() {
    let mut random = Random(SEED ^ 4);
    let rows = degenerate(&mut random, 14, 4, 3);
    let arrangement = Arrangement::from_integers(&rows, 4).expect("rows of equal length");
    let list = arrangement.regions(&Options::default()).expect("no limit");
    let mut region = 0;
    let end = arrangement.for_each_region(&Options::default(), |passing| {
        assert_eq!(passing.signs(), list.signs(region));
        let witness = passing.witness();
        for (row, sign) in rows.iter().zip(passing.signs()) {
            let product: BigInt = row.iter().zip(&witness).map(|(a, x)| a * x).sum();
            assert_eq!(product.sign(), BigInt::from(sign).sign());
        }
        region += 1;
        std::ops::ControlFlow::Continue(())
    });
    assert_eq!(
        (end.regions, end.complete, end.stopped),
        (list.len() as u64, true, None)
    );
    let limited = Options {
        limit: Some(3),
        ..Options::default()
    };
    let end = arrangement.for_each_region(&limited, |_| std::ops::ControlFlow::Continue(()));
    assert_eq!((end.regions, end.complete), (3, false));
}

#[test]
fn many_lines_in_the_plane() {
    // 5,000 lines through the origin, every tenth twice.
    let rows: Vec<Vec<BigInt>> = (0..5_000i64)
        .map(|k| vec![BigInt::from(k - k % 10 / 9), BigInt::from(2_500 - k / 2)])
        .collect();
    let arrangement = Arrangement::from_integers(&rows, 2).expect("rows of equal length");
    let classes = arrangement.classes().len();
    let list = arrangement.regions(&Options::default()).expect("no limit");
    assert_eq!(list.len(), 2 * classes);
    assert_eq!(
        arrangement.count(&Options::default()).expect("no limit"),
        (2 * classes).into()
    );
    let mut edges = 0;
    let _ = list.for_each_adjacency(|_, _, _| {
        edges += 1;
        std::ops::ControlFlow::Continue(())
    });
    assert_eq!(edges, 2 * classes);
}

#[test]
fn many_planes_in_space() {
    println!("seed {SEED:#x}");
    let mut random = Random(SEED ^ 5);
    let rows: Vec<Vec<BigInt>> = (0..150)
        .map(|_| (0..3).map(|_| random.integer(20)).collect())
        .collect();
    let arrangement = Arrangement::from_integers(&rows, 3).expect("rows of equal length");
    let list = arrangement.regions(&Options::default()).expect("no limit");
    assert_eq!(
        arrangement.count(&Options::default()).expect("no limit"),
        list.len().into()
    );
    assert_eq!(arrangement.at_most(), list.len().into(), "general position");
}

#[test]
fn wide_masks() {
    println!("seed {SEED:#x}");
    let mut random = Random(SEED ^ 6);
    // 70, 130 and 300 hyperplanes through a common line, and one that is not.
    for count in [70, 130, 300] {
        let mut rows: Vec<Vec<BigInt>> = (0..count)
            .map(|_| vec![random.integer(30), random.integer(30), BigInt::ZERO])
            .collect();
        rows.insert(count / 2, vec![1.into(), 2.into(), 3.into()]);
        let arrangement = Arrangement::from_integers(&rows, 3).expect("rows of equal length");
        let list = arrangement
            .regions(&with(Method::Recursive))
            .expect("no limit");
        assert_eq!(list.len(), 4 * count);
        let tree = arrangement.regions(&with(Method::Tree)).expect("no limit");
        assert!((0..4 * count).all(|region| list.signs(region) == tree.signs(region)));
        // The same, off the origin.
        let lines = Arrangement::in_domain(
            &rows,
            &[vec![7.into(), 5.into(), 1.into()]],
            3,
            &Watch::none(),
        )
        .expect("rows of equal length");
        let list = lines.regions(&Options::default()).expect("no limit");
        let tree = lines.regions(&with(Method::Tree)).expect("no limit");
        assert_eq!(list.len(), tree.len());
        assert!((0..list.len()).all(|region| list.signs(region) == tree.signs(region)));
    }
}

#[test]
fn stopping_early() {
    println!("seed {SEED:#x}");
    let mut random = Random(SEED ^ 7);
    let rows: Vec<Vec<BigInt>> = (0..60)
        .map(|_| (0..9).map(|_| random.integer(10)).collect())
        .collect();
    let arrangement = Arrangement::from_integers(&rows, 9).expect("rows of equal length");
    static REPORTS: AtomicUsize = AtomicUsize::new(0);
    let second = || {
        let watch = Watch::none().for_at_most(Duration::from_millis(1000));
        watch.reporting(|_| {
            REPORTS.fetch_add(1, Ordering::Relaxed);
        })
    };
    let time = StopReason::Limit(Stop::Time);
    for threads in [1, 2] {
        let timed = || Options {
            watch: second(),
            threads,
            ..Options::default()
        };
        // Nine independent hyperplanes have 2^9 regions.
        let bracket = |stopped: Stopped| {
            assert_eq!(stopped.reason, time);
            assert!(stopped.at_least >= 512u32.into() && stopped.at_most > stopped.at_least);
        };
        bracket(
            arrangement
                .regions(&timed())
                .expect_err("billions of regions"),
        );
        bracket(
            arrangement
                .count(&timed())
                .expect_err("billions of regions"),
        );
        let end = arrangement.for_each_region(&timed(), |_| std::ops::ControlFlow::Continue(()));
        assert!(end.stopped == Some(time) && end.regions > 0 && !end.complete);
    }
    assert!(REPORTS.load(Ordering::Relaxed) > 0);
    let partial = Options {
        watch: second(),
        threads: 1,
        ..with(Method::Tree)
    };
    let list = arrangement.regions(&partial).expect("the first regions");
    assert!(!list.is_complete() && !list.is_empty());
    assert_eq!(list.stopped(), Some(time));
    assert_eq!(list.evidence(0, &Watch::none()), Ok(None));
    static INTERRUPTED: AtomicBool = AtomicBool::new(true);
    let cancel = Options {
        watch: Watch::none().interrupted_by(&INTERRUPTED),
        ..Options::default()
    };
    assert_eq!(
        arrangement.regions(&cancel).expect_err("cancelled").reason,
        StopReason::Limit(Stop::Interrupted)
    );
    let small = Options {
        watch: Watch::none().with_memory(1_000),
        ..with(Method::Recursive)
    };
    let rows: Vec<Vec<BigInt>> = (0..30)
        .map(|_| (0..3).map(|_| random.integer(10)).collect())
        .collect();
    let arrangement = Arrangement::from_integers(&rows, 3).expect("rows of equal length");
    assert_eq!(
        arrangement.regions(&small).expect_err("too large").reason,
        StopReason::Limit(Stop::Memory)
    );
}
