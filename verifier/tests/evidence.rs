//! No tree, whatever its circuits and packings, shows too little, and no incomplete list of regions is accepted.

mod support;

use std::collections::{BTreeMap, BTreeSet};

use num_rational::BigRational;
use num_traits::Signed as _;
use proptest::prelude::*;
use relucert_verifier::Verdict;
use support::{steps_hold, verdict, written};

type Q = BigRational;

fn q(p: i64) -> Q {
    Q::from_integer(p.into())
}

/// All sets of three of six.
const TRIPLES: [[usize; 3]; 20] = {
    let (mut triples, mut count, mut code) = ([[0; 3]; 20], 0, 0);
    while code < 6 * 6 * 6 {
        let (i, j, k) = (code / 36, code / 6 % 6, code % 6);
        if i < j && j < k {
            triples[count] = [i, j, k];
            count += 1;
        }
        code += 1;
    }
    triples
};

prop_compose! {
    /// A tree in preorder that may split anything and close its leaves in any way.
    fn nodes()(choices in prop::collection::vec((0_u8..9, 0_usize..6, 0_usize..20), 1..40)) -> Vec<String> {
        let (mut nodes, mut open) = (Vec::new(), 1);
        for (kind, index, circuit) in choices {
            if open == 0 {
                break;
            }
            let [i, j, k] = TRIPLES[circuit];
            nodes.push(match kind {
                0 | 1 => format!("s{index}"),
                2 => format!("t{index}"),
                3 => "b".to_owned(),
                4 => format!("f{index}"),
                5 => format!("p{}", index % 4),
                6 => format!("c{i} {j} {k};{index}"),
                _ => format!("c{i} {j} {k}"),
            });
            open = if kind < 3 { open + 1 } else { open - 1 };
        }
        nodes.extend(vec!["b".to_owned(); open]);
        nodes
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]
    /// Whatever the tree, the circuits and the packings: no bound below the value at a point is accepted.
    #[test]
    fn no_tree_shows_too_little(
        weights in prop::collection::vec((-3_i64..4, -3_i64..4, -3_i64..4), 4),
        biased in any::<bool>(),
        negative in any::<bool>(),
        spent in prop::collection::vec(prop::collection::vec((0_usize..6, 1_i64..9), 0..3), 4),
        nodes in nodes(),
    ) {
        let text = |entry: fn(&(i64, i64, i64)) -> i64| weights.iter().map(|w| entry(w).to_string()).collect::<Vec<_>>();
        let (x, y, c) = (text(|w| w.0), text(|w| w.1), text(|w| w.2));
        let c: Vec<_> = c.iter().map(|c| [c]).collect();
        let network = if biased {
            let a: Vec<_> = x.iter().map(|x| [x]).collect();
            format!(r#"{{"d":1,"m":4,"D":1,"a":{a:?},"b":{y:?},"c":{c:?},"e":["1"]}}"#)
        } else {
            let a: Vec<_> = x.iter().zip(&y).map(|(x, y)| [x, y]).collect();
            format!(r#"{{"d":2,"m":4,"D":1,"a":{a:?},"c":{c:?}}}"#)
        };
        // The largest value at many points that are on no hyperplane.
        let mut largest = None;
        for point in (-60..=60).flat_map(|x| (-12..=12).map(move |y| (x, if biased { 7 } else { y }))) {
            let sides = weights.iter().map(|(a, b, c)| (a * point.0 + b * point.1, a, b, c));
            if sides.clone().any(|(side, a, b, _)| side == 0 && (*a, *b) != (0, 0)) {
                continue;
            }
            let entry: i64 = sides.filter(|(side, ..)| *side > 0).map(|(_, a, _, c)| a * c).sum();
            largest = largest.max(Some(if negative { -entry } else { entry }));
        }
        let entry = largest.unwrap();
        // The hyperplanes in their order, by their normals.
        let mut jumps = BTreeMap::<[Q; 2], i64>::new();
        for (a, b, c) in &weights {
            let first = if *a != 0 { *a } else if biased { 0 } else { *b };
            if first != 0 {
                let normal = [q(*a) / q(first), q(*b) / q(first)];
                *jumps.entry(normal).or_default() += c * first.abs();
            }
        }
        let mut normals: Vec<[Q; 2]> = jumps.into_iter().filter(|(_, jump)| *jump != 0).map(|(normal, _)| normal).collect();
        if biased {
            normals.push([q(0), q(1)]);
        }
        // All circuits of three of them, by their minors.
        let mut circuits = Vec::new();
        let minor = |x: &[Q; 2], y: &[Q; 2]| &x[0] * &y[1] - &x[1] * &y[0];
        for (i, one) in normals.iter().enumerate() {
            for (j, two) in normals.iter().enumerate().skip(i + 1) {
                for (k, three) in normals.iter().enumerate().skip(j + 1) {
                    circuits.push(format!(r#"[[{i},"{}"],[{j},"{}"],[{k},"{}"]]"#, minor(two, three), minor(three, one), minor(one, two)));
                }
            }
        }
        let table = format!(r#"{{"circuits":{{"circuits":[{}]}}}}"#, circuits.join(","));
        let networks = format!(r#"{{"gamma":{network}}}"#);
        let holds = |steps: &[&str]| steps_hold(&written(&networks, r#"{"jump-norm":{"value":"1000"}}"#, steps));
        prop_assert!(holds(&[&table]));
        let packings: Vec<String> = spent.iter().map(|packing| {
            let parts: Vec<_> = packing.iter().map(|(circuit, y)| format!(r#"[{circuit},"{}"]"#, Q::new((*y).into(), 2.into()))).collect();
            format!("[{}]", parts.join(","))
        }).collect();
        let packings = format!(r#""packings":[{}],"#, packings.join(","));
        // What needs a target, without it.
        let plain: Vec<String> = nodes.iter().map(|node| match node.split_at(1) {
            ("t", index) => format!("s{index}"),
            ("c", _) => "b".to_owned(),
            _ => node.clone(),
        }).collect();
        let tree = |bound: Q, target: &str, packings: &str, nodes: &[String]| format!(
            r#"{{"seminorm":{{"at-most":{{"bound":"{bound}",{target}"circuits":[],{packings}"nodes":{nodes:?}}}}}}}"#
        );
        let target = format!(r#""target":{{"output":0,"input":0{}}},"#, if negative { r#","negative":true"# } else { "" });
        let little = q(entry) - Q::new(1.into(), 100.into());
        prop_assert!(!holds(&[&table, &tree(little, &target, &packings, &nodes)]));
        let less = q(entry.abs()) - Q::new(1.into(), 2.into());
        prop_assert!(!holds(&[&table, &tree(less.clone(), "", &packings, &plain)]));
        prop_assert!(!holds(&[&table, &tree(less, "", "", &plain)]));
        // With all the slack there is a leaf is enough.
        let most: i64 = weights.iter().map(|(a, b, c)| (a.abs() + b.abs()) * c.abs()).sum();
        prop_assert!(holds(&[&table, &tree(q(most), &target, "", &["b".to_owned()])]));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]
    /// A leaf's circuits come to what is paid here, to the last hundredth, and what pays nothing is not accepted.
    #[test]
    fn circuits_come_to_what_they_pay(
        weights in prop::collection::btree_map(-4_i64..5, 1_i64..9, 3..6),
        signs in prop::collection::vec(any::<bool>(), 6),
        chosen in prop::collection::vec(0_usize..20, 1..4),
    ) {
        // Normals (1, y) in their order; each prefers a sign of its own.
        let normals: Vec<i64> = weights.keys().copied().collect();
        let gains: Vec<i64> = weights.values().zip(&signs).map(|(v, plus)| if *plus { *v } else { -v }).collect();
        let a: Vec<_> = normals.iter().map(|y| ["1".to_owned(), y.to_string()]).collect();
        let c: Vec<_> = gains.iter().map(|v| [v.to_string()]).collect();
        let networks = format!(r#"{{"gamma":{{"d":2,"m":{},"D":1,"a":{a:?},"c":{c:?}}}}}"#, a.len());
        // (1, x), (1, y), (1, z) with x < y < z have the dependence z − y, x − z, y − x.
        let mut left: Vec<i64> = gains.iter().map(|v| v.abs()).collect();
        let mut lost = Some(0);
        for circuit in &chosen {
            let members = TRIPLES[*circuit];
            let there = members.iter().all(|h| *h < gains.len());
            let least = if there { members.iter().map(|h| left[*h]).min().unwrap() } else { 0 };
            let pays = there && least > 0 && {
                let [i, j, k] = members.map(|h| gains[h] > 0);
                i == k && i != j
            };
            lost = lost.filter(|_| pays).map(|lost| lost + least);
            if there {
                members.iter().for_each(|h| left[*h] -= least);
            }
        }
        let circuits: Vec<_> = chosen.iter().map(|circuit| TRIPLES[*circuit].map(|h| h.to_string()).join(" ")).collect();
        let holds = |bound: Q| {
            let step = format!(
                r#"{{"seminorm":{{"at-most":{{"bound":"{bound}","target":{{"output":0,"input":0}},"circuits":[],"nodes":["c{}"]}}}}}}"#,
                circuits.join(";")
            );
            steps_hold(&written(&networks, r#"{"seminorm":{"upper":"1000"}}"#, &[step]))
        };
        // M + ½ Σ |v_H| is the sum of the positive ones.
        let ideal: i64 = gains.iter().filter(|v| **v > 0).sum();
        match lost {
            Some(lost) => {
                prop_assert!(holds(q(ideal - lost)));
                prop_assert!(!holds(q(ideal - lost) - Q::new(1.into(), 100.into())));
            }
            None => prop_assert!(!holds(q(1000))),
        }
    }
}

/// The sides of a point: + or − a row, or none if it is on one.
fn signs(rows: &[(i64, i64)], (x, y): (i64, i64)) -> Option<String> {
    let side = |(a, b): &(i64, i64)| match (a * x + b * y).signum() {
        1 => Some('+'),
        -1 => Some('-'),
        _ => None,
    };
    rows.iter().map(side).collect()
}

fn negated(region: &str) -> String {
    region
        .chars()
        .map(|sign| if sign == '+' { '-' } else { '+' })
        .collect()
}

/// All circuits among the lowest rows of the classes, and the domain's row, numbered after all others.
fn circuits(rows: &[(i64, i64)], domain: Option<(i64, i64)>) -> Vec<Vec<(usize, i64)>> {
    let minor = |x: &(i64, i64), y: &(i64, i64)| x.0 * y.1 - x.1 * y.0;
    let lowest = (0..rows.len()).filter(|i| (0..*i).all(|j| minor(&rows[*i], &rows[j]) != 0));
    let mut vectors: Vec<_> = lowest.map(|i| (i, rows[i])).collect();
    vectors.extend(domain.map(|row| (rows.len(), row)));
    let mut circuits = Vec::new();
    for (i, (one, x)) in vectors.iter().enumerate() {
        for (j, (two, y)) in vectors.iter().enumerate().skip(i + 1) {
            if minor(x, y) == 0 {
                let (p, q) = if x.0 == 0 { (y.1, x.1) } else { (y.0, x.0) };
                circuits.push(vec![(*one, p), (*two, -q)]);
                continue;
            }
            for (three, z) in vectors.iter().skip(j + 1) {
                let factors = [
                    (*one, minor(y, z)),
                    (*two, minor(z, x)),
                    (*three, minor(x, y)),
                ];
                circuits.push(
                    factors
                        .into_iter()
                        .filter(|(_, factor)| *factor != 0)
                        .collect(),
                );
            }
        }
    }
    circuits
}

/// Whether in the region all of the circuit's signs but one agree, and that one is no row of the domain.
fn has_odd_class(circuit: &[(usize, i64)], region: &str) -> bool {
    let agrees = |(row, factor): &(usize, i64)| {
        let plus = region.as_bytes().get(*row).is_none_or(|sign| *sign == b'+');
        plus == (*factor > 0)
    };
    let (yes, no): (Vec<_>, Vec<_>) = circuit.iter().partition(|part| agrees(part));
    [yes, no]
        .iter()
        .any(|odd| matches!(odd[..], [(row, _)] if row < region.len()))
}

proptest! {
    /// The regions of lines in the plane, by going round: complete lists are accepted, any other is not.
    #[test]
    fn no_incomplete_list_is_accepted(
        rows in prop::collection::vec((-4_i64..5, -4_i64..5), 1..7),
        half in any::<bool>(),
        removed in prop::collection::vec(any::<prop::sample::Index>(), 0..3),
    ) {
        let rows: Vec<_> = rows.into_iter().filter(|row| *row != (0, 0)).collect();
        prop_assume!(!rows.is_empty());
        let domain = half.then_some((1, 5));
        let mut regions = BTreeMap::new();
        for point in (-50..=50).flat_map(|x| (-50..=50).map(move |y| (x, y))) {
            let inside = domain.is_none_or(|(a, b)| a * point.0 + b * point.1 > 0);
            if let (true, Some(region)) = (inside, signs(&rows, point)) {
                regions.entry(region).or_insert(point);
            }
        }
        let complete = regions.len();
        for index in removed {
            if !regions.is_empty() {
                let region = regions.keys().nth(index.index(regions.len())).unwrap().clone();
                regions.remove(&region);
                if domain.is_none() {
                    regions.remove(&negated(&region));
                }
            }
        }
        let names: Vec<_> = regions.keys().cloned().collect();
        let adjacent = |one: &str, other: &str| {
            // Signs that differ, up to parallel rows.
            let differ = one.bytes().zip(other.bytes()).zip(&rows).filter(|((x, y), _)| x != y);
            let places: Vec<_> = differ.map(|(_, row)| row).collect();
            !places.is_empty() && places.iter().all(|(a, b)| a * places[0].1 == b * places[0].0)
        };
        let edges: usize = names.iter().enumerate().map(|(i, one)| names[i..].iter().filter(|other| adjacent(one, other)).count()).sum();
        let a: Vec<_> = rows.iter().map(|(a, b)| [a.to_string(), b.to_string()]).collect();
        let (count, m) = (names.len(), rows.len());
        let networks = format!(r#"{{"gamma":{{"d":2,"m":{m},"D":1,"a":{a:?},"c":{:?}}}}}"#, vec![["0"]; m]);
        let text = if half { r#""domain":[["1","5"]],"# } else { "" };
        let claim = format!(r#"{{"arrangement":{{{text}"count":{count},"edges":{edges},"regions":{names:?}}}}}"#);
        let points: Vec<_> = regions.values().map(|(x, y)| [x.to_string(), y.to_string()]).collect();
        let circuits = circuits(&rows, domain);
        let table: Vec<Vec<_>> = circuits.iter().map(|circuit| circuit.iter().map(|(row, factor)| format!(r#"[{row},"{factor}"]"#)).collect()).collect();
        let table: Vec<_> = table.iter().map(|terms| format!("[{}]", terms.join(","))).collect();
        // Per region those circuits that have an odd class there.
        let redundant: Vec<BTreeSet<usize>> = names.iter().map(|region| (0..circuits.len()).filter(|c| has_odd_class(&circuits[*c], region)).collect()).collect();
        let inside = format!(r#"{{"regions":{{"inside":{{"first":0,"points":{points:?}}}}}}}"#);
        let table = format!(r#"{{"circuits":{{"circuits":[{}]}}}}"#, table.join(","));
        let redundant: Vec<Vec<usize>> = redundant.into_iter().map(|set| set.into_iter().collect()).collect();
        let around = format!(r#"{{"regions":{{"around":{{"first":0,"redundant":{redundant:?}}}}}}}"#);
        let counted = format!(r#"{{"regions":{{"count":{{"regions":{complete}}}}}}}"#);
        for steps in [vec![&inside, &table, &around], vec![&inside, &counted]] {
            let verdict = verdict(&written(&networks, &claim, &steps));
            prop_assert_eq!(matches!(verdict, Verdict::Verified(_)), count == complete, "{:?} {:?}", verdict, steps);
        }
    }
}
