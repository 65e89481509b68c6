//! The arrangement builder, measured: `cargo bench --bench arrangement [-- SECTION… NAME…]`.
//!
//! Sections: `list`, `threads`, `count`, `tree`, `edges`, `signs` (as text), `witness`, `evidence` (nanoseconds a region by instance; these are the
//! default), `integers` (the same combinatorial type with longer and longer entries), `large` (threshold_6, resonance_7,
//! E8 and others that take seconds or minutes; with peak memory). Names select among the instances in `tests/arrangements`.
//!
//! Each figure is the best of as many runs as fit into a third of a second, at least one. Random instances are drawn with the
//! seed printed.

use std::time::{Duration, Instant};

use num_bigint::BigInt;
use relucert::arrangement::{Arrangement, Method, Options};
use relucert::watch::Watch;

const SEED: u64 = 0x9e37_79b9_7f4a_7c15;
const COLUMNS: [&str; 7] = [
    "list", "threads", "count", "tree", "edges", "witness", "evidence",
];

fn best(mut run: impl FnMut()) -> f64 {
    let (mut best, start) = (Duration::MAX, Instant::now());
    while best == Duration::MAX || start.elapsed() < Duration::from_millis(300) {
        let begun = Instant::now();
        run();
        best = best.min(begun.elapsed());
    }
    best.as_nanos() as f64
}

fn with(method: Method, threads: usize) -> Options {
    Options {
        method,
        threads,
        ..Options::default()
    }
}

/// The high-water mark of this process's memory in MB, where the system tells.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    Some(line.split_whitespace().nth(1)?.parse::<u64>().ok()? / 1024)
}

/// One figure of one instance, in nanoseconds a region; `None` where it would take too long.
fn figure(column: &str, arrangement: &Arrangement, regions: usize) -> Option<f64> {
    let total = regions as f64;
    Some(match column {
        "list" => best(|| drop(arrangement.regions(&with(Method::Recursive, 1)))) / total,
        "threads" => best(|| drop(arrangement.regions(&with(Method::Recursive, 2)))) / total,
        "count" => best(|| drop(arrangement.count(&with(Method::Counting, 1)))) / total,
        "tree" if regions < 50_000 => {
            best(|| drop(arrangement.regions(&with(Method::Tree, 1)))) / total
        }
        "edges" | "signs" | "witness" | "evidence" => {
            let list = arrangement.regions(&Options::default()).ok()?;
            let sample = regions.min(200);
            let each = |run: &dyn Fn(usize)| {
                best(|| (0..sample).for_each(|i| run(i * (regions / sample)))) / sample as f64
            };
            match column {
                "edges" => {
                    best(|| {
                        let mut edges = 0u64;
                        let _ = list.for_each_adjacency(|_, _, _| {
                            edges += 1;
                            std::ops::ControlFlow::Continue(())
                        });
                        std::hint::black_box(edges);
                    }) / total
                }
                "signs" => {
                    best(|| {
                        let mut text = String::new();
                        for region in 0..list.len() {
                            text.clear();
                            list.write_signs(region, &mut text);
                            std::hint::black_box(&text);
                        }
                    }) / total
                }
                "witness" => {
                    each(&|region| drop(std::hint::black_box(list.witness(region, &Watch::none()))))
                }
                _ if arrangement.classes().len() > 30 && arrangement.rank() > 5 => return None,
                _ => each(&|region| {
                    drop(std::hint::black_box(list.evidence(region, &Watch::none())))
                }),
            }
        }
        _ => return None,
    })
}

fn instances(columns: &[&str], wanted: &[String]) {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/arrangements");
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .expect("the folder of instances")
        .filter_map(|entry| Some(entry.ok()?.path().file_stem()?.to_str()?.to_owned()))
        .filter(|name| name != "expected")
        .filter(|name| wanted.is_empty() || wanted.contains(name))
        .collect();
    names.sort();
    print!(
        "{:16} {:>4} {:>3} {:>9}",
        "ns a region", "m", "r", "regions"
    );
    println!(
        "{}",
        columns
            .iter()
            .map(|column| format!("{column:>10}"))
            .collect::<String>()
    );
    for name in names {
        let text = std::fs::read_to_string(format!("{folder}/{name}.arr")).expect("a file");
        let arrangement = Arrangement::parse(&text).expect("an arrangement");
        let regions = arrangement
            .regions(&Options::default())
            .expect("no limit")
            .len();
        print!(
            "{name:16} {:4} {:3} {regions:9}",
            arrangement.classes().len(),
            arrangement.rank()
        );
        for column in columns {
            match figure(column, &arrangement, regions) {
                Some(figure) => print!("{figure:10.1}"),
                None => print!("{:>10}", "-"),
            }
        }
        println!();
    }
}

/// Rows in general position with small entries, and the same with all entries lengthened by so many bits.
fn integers() {
    println!("seed {SEED:#x}; ns a region by the length of entries, {{1, 2}} threads");
    for (m, d) in [(40, 3), (30, 4), (20, 5), (15, 7)] {
        let mut state = SEED;
        let mut next = || {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            BigInt::from(state >> 40) - (1 << 23)
        };
        let rows: Vec<Vec<BigInt>> = (0..m).map(|_| (0..d).map(|_| next()).collect()).collect();
        let base = Arrangement::from_integers(&rows, d).expect("rows of equal length");
        let regions = base.regions(&Options::default()).expect("no limit").len();
        print!("({m}, {d}), {regions} regions:");
        for bits in [24, 31, 53, 100, 500] {
            let noise = |row: &Vec<BigInt>, next: &mut dyn FnMut() -> BigInt| -> Vec<BigInt> {
                row.iter()
                    .map(|entry| {
                        if bits == 24 {
                            entry.clone()
                        } else {
                            (entry << (bits - 24)) + next() % 31
                        }
                    })
                    .collect()
            };
            let long: Vec<Vec<BigInt>> = rows.iter().map(|row| noise(row, &mut next)).collect();
            let long = Arrangement::from_integers(&long, d).expect("rows of equal length");
            let [one, two] = [1, 2].map(|threads| {
                best(|| {
                    assert_eq!(
                        long.regions(&with(Method::Recursive, threads))
                            .expect("no limit")
                            .len(),
                        regions
                    )
                })
            });
            print!(
                "  {bits} bits {:.0}, {:.0}",
                one / regions as f64,
                two / regions as f64
            );
        }
        println!();
    }
}

/// The 2^n vectors (1, x), x in {0, 1}^n: threshold functions of n variables.
fn threshold(n: usize) -> Vec<Vec<BigInt>> {
    let bit = |k: usize, i: usize| BigInt::from(k >> (n - 1 - i) & 1);
    (0..1 << n)
        .map(|k| {
            std::iter::once(1.into())
                .chain((0..n).map(|i| bit(k, i)))
                .collect()
        })
        .collect()
}

/// The non-zero vectors of {0, 1}^n.
fn resonance(n: usize) -> Vec<Vec<BigInt>> {
    (1..1usize << n)
        .map(|k| (0..n).map(|i| BigInt::from(k >> i & 1)).collect())
        .collect()
}

/// The positive roots of E8, doubled.
fn e8() -> Vec<Vec<BigInt>> {
    let mut roots: Vec<Vec<BigInt>> = Vec::new();
    for i in 0..8 {
        for j in i + 1..8 {
            for sign in [2, -2] {
                let entry = |k| {
                    if k == i {
                        2
                    } else if k == j {
                        sign
                    } else {
                        0
                    }
                };
                roots.push((0..8).map(|k| entry(k).into()).collect());
            }
        }
    }
    for signs in 0..128u32 {
        // The last sign is such that their product is +, and the first is +.
        let last = signs.count_ones() % 2;
        let minus = |k: u32| {
            if k == 7 {
                last == 1
            } else {
                signs >> k & 1 == 1
            }
        };
        if !minus(0) {
            roots.push(
                (0..8)
                    .map(|k| BigInt::from(if minus(k) { -1 } else { 1 }))
                    .collect(),
            );
        }
    }
    roots
}

fn large() {
    let list = |name: &str, rows: Vec<Vec<BigInt>>, threads: usize| {
        let arrangement =
            Arrangement::from_integers(&rows, rows[0].len()).expect("rows of equal length");
        let start = Instant::now();
        let list = arrangement
            .regions(&with(Method::Recursive, threads))
            .expect("no limit");
        println!(
            "{name} listed with {threads} threads: {} regions in {:.2} s, {} MB the list, {} MB peak memory so far",
            list.len(),
            start.elapsed().as_secs_f64(),
            list.bytes() >> 20,
            peak_memory().unwrap_or(0),
        );
    };
    let count = |name: &str, rows: Vec<Vec<BigInt>>| {
        let arrangement =
            Arrangement::from_integers(&rows, rows[0].len()).expect("rows of equal length");
        let start = Instant::now();
        let count = arrangement.count(&with(Method::Auto, 0)).expect("no limit");
        println!(
            "{name} counted: {count} regions in {:.2} s, {} MB peak memory so far",
            start.elapsed().as_secs_f64(),
            peak_memory().unwrap_or(0),
        );
    };
    list("threshold_5", threshold(5), 1);
    list("threshold_5", threshold(5), 2);
    list("threshold_6", threshold(6), 1);
    list("threshold_6", threshold(6), 2);
    count("threshold_6", threshold(6));
    count("resonance_6", resonance(6));
    count("threshold_7", threshold(7));
    count("resonance_7", resonance(7));
    count("resonance_8", resonance(8));
    count("E8", e8());
}

fn main() {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with('-'))
        .collect();
    let sections = ["integers", "large"];
    let (chosen, names): (Vec<String>, Vec<String>) = arguments
        .into_iter()
        .partition(|word| COLUMNS.contains(&&**word) || sections.contains(&&**word));
    let chosen: Vec<&str> = chosen.iter().map(String::as_str).collect();
    let columns: Vec<&str> = COLUMNS
        .into_iter()
        .filter(|column| chosen.contains(column))
        .collect();
    if chosen.is_empty() {
        instances(&COLUMNS, &names);
    } else if !columns.is_empty() {
        instances(&columns, &names);
    }
    if chosen.contains(&"integers") {
        integers();
    }
    if chosen.contains(&"large") {
        large();
    }
}
