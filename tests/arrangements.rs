//! Known arrangements: every method against the expected numbers of regions and edges.

use std::ops::ControlFlow;

use relucert::arrangement::{Arrangement, Method, Options};
use relucert::watch::Watch;

/// Name, arrangement, expected regions, expected edges.
fn instances() -> Vec<(String, Arrangement, u64, u64)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/arrangements");
    let read = |name: &str| std::fs::read_to_string(format!("{folder}/{name}")).expect(name);
    let expected: serde_json::Value = serde_json::from_str(&read("expected.json")).expect("JSON");
    let instances = expected.as_object().expect("an object").iter();
    instances
        .map(|(name, data)| {
            let arrangement = Arrangement::parse(&read(&format!("{name}.arr"))).expect(name);
            let number = |field: &str| data[field].as_u64().expect("a number");
            (
                name.clone(),
                arrangement,
                number("regions"),
                number("edges"),
            )
        })
        .collect()
}

fn with(method: Method, threads: usize) -> Options {
    Options {
        method,
        threads,
        ..Options::default()
    }
}

#[test]
fn lists_and_edges() {
    for (name, arrangement, expected, edges) in instances() {
        if expected > 500_000 {
            continue; // see `large_lists`
        }
        let regions = arrangement
            .regions(&with(Method::Recursive, 1))
            .expect(&name);
        assert!(regions.is_complete());
        assert_eq!(regions.len() as u64, expected, "{name}");
        let mut found = 0;
        let _ = regions.for_each_adjacency(|_, _, _| {
            found += 1;
            ControlFlow::Continue(())
        });
        assert_eq!(found, edges, "{name}");
    }
}

#[test]
#[ignore = "takes half a minute without optimisation; `.ci/run` runs it optimised"]
fn large_lists() {
    for (name, arrangement, expected, edges) in instances() {
        if expected <= 500_000 {
            continue;
        }
        let regions = arrangement
            .regions(&with(Method::Recursive, 0))
            .expect(&name);
        assert_eq!(regions.len() as u64, expected, "{name}");
        let mut found = 0;
        let _ = regions.for_each_adjacency(|_, _, _| {
            found += 1;
            ControlFlow::Continue(())
        });
        assert_eq!(found, edges, "{name}");
    }
}

#[test]
fn counts() {
    for (name, arrangement, expected, _) in instances() {
        let count = arrangement.count(&with(Method::Counting, 0)).expect(&name);
        assert_eq!(count, expected.into(), "{name}");
        assert!(arrangement.at_most() >= count, "{name}");
        // Most of these have no symmetries; `arrangements_symmetric` has those that have.
        if expected < 20_000 {
            let orbits = arrangement.count(&with(Method::Orbits, 0)).expect(&name);
            assert_eq!(orbits, expected.into(), "{name}");
        }
    }
}

#[test]
fn tree_and_threads_agree_with_the_list() {
    for (name, arrangement, expected, _) in instances() {
        if expected > 6_000 {
            continue;
        }
        let list = arrangement
            .regions(&with(Method::Recursive, 1))
            .expect(&name);
        let threads = arrangement
            .regions(&with(Method::Recursive, 2))
            .expect(&name);
        let tree = arrangement.regions(&with(Method::Tree, 1)).expect(&name);
        assert_eq!(
            (threads.len(), tree.len()),
            (list.len(), list.len()),
            "{name}"
        );
        for region in 0..list.len() {
            let signs = list.signs(region);
            assert_eq!(signs, tree.signs(region), "{name} {region}");
            assert_eq!(signs, threads.signs(region), "{name} {region}");
        }
    }
}

/// The number of edges is the sum over the hyperplanes of the numbers of regions of the restrictions.
#[test]
fn edges_are_regions_of_restrictions() {
    use num_bigint::{BigInt, BigUint};
    use relucert::exact::linear::kernel_basis;
    for (name, arrangement, expected, edges) in instances() {
        if expected >= 30_000 {
            continue;
        }
        let rows = arrangement.rows();
        let mut sum = BigUint::ZERO;
        for class in arrangement.classes() {
            let normal = rows.row(class.row()).to_vec();
            let basis =
                kernel_basis(&[normal], arrangement.dimension(), &Watch::none()).expect("no limit");
            let inner = |row: &[BigInt], vector: &[BigInt]| {
                row.iter().zip(vector).map(|(x, y)| x * y).sum()
            };
            let restricted: Vec<Vec<BigInt>> = (0..rows.len())
                .map(|row| {
                    basis
                        .iter()
                        .map(|vector| inner(rows.row(row), vector))
                        .collect()
                })
                .collect();
            let restriction = Arrangement::from_integers(&restricted, basis.len()).expect(&name);
            sum += restriction.count(&Options::default()).expect(&name);
        }
        assert_eq!(sum, edges.into(), "{name}");
    }
}
