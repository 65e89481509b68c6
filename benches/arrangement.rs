//! Nanoseconds a region, by instance and method: `cargo bench --bench arrangement [NAME…]`.
//!
//! Each figure is the best of as many runs as fit into a third of a second, at least one.

use std::time::{Duration, Instant};

use relucert::arrangement::{Arrangement, Method, Options};

fn best(mut run: impl FnMut()) -> f64 {
    let (mut best, start) = (Duration::MAX, Instant::now());
    while best == Duration::MAX || start.elapsed() < Duration::from_millis(300) {
        let begun = Instant::now();
        run();
        best = best.min(begun.elapsed());
    }
    best.as_nanos() as f64
}

fn main() {
    let wanted: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with('-'))
        .collect();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/arrangements");
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .expect("the folder of instances")
        .filter_map(|entry| Some(entry.ok()?.path().file_stem()?.to_str()?.to_owned()))
        .filter(|name| name != "expected")
        .filter(|name| wanted.is_empty() || wanted.contains(name))
        .collect();
    names.sort();
    println!(
        "ns a region         m   r   regions     list  2 threads  count   tree   edges  witness"
    );
    for name in names {
        let text = std::fs::read_to_string(format!("{folder}/{name}.arr")).expect("a file");
        let arrangement = Arrangement::parse(&text).expect("an arrangement");
        let with = |method, threads| Options {
            method,
            threads,
            ..Options::default()
        };
        let list = arrangement.regions(&Options::default()).expect("no limit");
        let n = list.len() as f64;
        let one = best(|| drop(arrangement.regions(&with(Method::Recursive, 1))));
        let two = best(|| drop(arrangement.regions(&with(Method::Recursive, 2))));
        let count = best(|| drop(arrangement.count(&with(Method::Counting, 1))));
        let tree = if n < 50_000.0 {
            best(|| drop(arrangement.regions(&with(Method::Tree, 1))))
        } else {
            f64::NAN
        };
        let mut edges = 0u64;
        let adjacency = best(|| list.for_each_adjacency(|_, _, _| edges += 1));
        let sample = list.len().min(200);
        let witness =
            best(|| (0..sample).for_each(|i| drop(list.witness(i * (list.len() / sample)))));
        println!(
            "{name:16} {:4} {:3} {:9} {:8.1} {:8.1} {:8.1} {:8.0} {:6.1} {:8.0}",
            arrangement.classes().len(),
            arrangement.rank(),
            list.len(),
            one / n,
            two / n,
            count / n,
            tree / n,
            adjacency / n,
            witness / sample as f64,
        );
    }
}
