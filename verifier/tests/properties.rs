//! What is accepted is so: random networks and evidence, judged by evaluating the networks.

mod support;

use std::cmp::Ordering;

use num_rational::BigRational;
use num_traits::{Signed as _, Zero as _};
use proptest::prelude::*;
use relucert_verifier::Verdict;
use support::{steps_hold, verdict, written};

type Q = BigRational;

fn q(p: i64) -> Q {
    Q::from_integer(p.into())
}

fn texts(row: &[Q]) -> Vec<String> {
    row.iter().map(Q::to_string).collect()
}

fn dot(x: &[Q], y: &[Q]) -> Q {
    x.iter().zip(y).map(|(x, y)| x * y).sum()
}

/// A neuron c ρ(⟨a,x⟩), where x may end with 1.
#[derive(Clone, Debug)]
struct Neuron {
    a: Vec<Q>,
    c: Vec<Q>,
}

/// Without biases as JSON, the weights times √root.
fn json(neurons: &[Neuron], root: &str) -> String {
    let rows = |part: fn(&Neuron) -> &Vec<Q>| {
        let row = |neuron: &Neuron| {
            let entry = |q: &Q| match (root, q.is_zero()) {
                ("", _) | (_, true) => q.to_string(),
                (root, _) if *q == self::q(1) => format!("sqrt({root})"),
                (root, _) if *q == self::q(-1) => format!("-sqrt({root})"),
                (root, _) => format!("{q}*sqrt({root})"),
            };
            part(neuron).iter().map(entry).collect::<Vec<_>>()
        };
        neurons.iter().map(row).collect::<Vec<_>>()
    };
    let (a, c) = (rows(|neuron| &neuron.a), rows(|neuron| &neuron.c));
    let (d, m, outputs) = (a[0].len(), a.len(), c[0].len());
    format!(r#"{{"d":{d},"m":{m},"D":{outputs},"a":{a:?},"c":{c:?}}}"#)
}

/// The same, with the last entry of each a as bias, and with an output bias.
fn biased(neurons: &[Neuron], e: &[Q]) -> String {
    let a: Vec<_> = neurons
        .iter()
        .map(|n| texts(&n.a[..n.a.len() - 1]))
        .collect();
    let b: Vec<_> = neurons
        .iter()
        .map(|n| n.a.last().unwrap().to_string())
        .collect();
    let c: Vec<_> = neurons.iter().map(|n| texts(&n.c)).collect();
    let (d, m, outputs) = (a[0].len(), a.len(), e.len());
    format!(
        r#"{{"d":{d},"m":{m},"D":{outputs},"a":{a:?},"b":{b:?},"c":{c:?},"e":{:?}}}"#,
        texts(e)
    )
}

fn value(neurons: &[Neuron], x: &[Q]) -> Vec<Q> {
    let mut sum = vec![q(0); neurons[0].c.len()];
    for neuron in neurons {
        let inner = dot(&neuron.a, x).max(q(0));
        for (sum, c) in sum.iter_mut().zip(&neuron.c) {
            *sum += c * &inner;
        }
    }
    sum
}

/// Hyperplanes with their jumps, normals with first entry 1 in increasing order; those of the columns alone.
fn kinks(neurons: &[(Q, &Neuron)], columns: usize) -> Vec<(Vec<Q>, Vec<Q>)> {
    let mut kinks = std::collections::BTreeMap::<Vec<Q>, Vec<Q>>::new();
    for (factor, neuron) in neurons {
        let Some(first) = neuron.a[..columns].iter().find(|entry| !entry.is_zero()) else {
            continue;
        };
        let normal = neuron.a.iter().map(|entry| entry / first).collect();
        let sum = kinks
            .entry(normal)
            .or_insert_with(|| vec![q(0); neuron.c.len()]);
        for (sum, c) in sum.iter_mut().zip(&neuron.c) {
            *sum += factor * c * first.abs();
        }
    }
    kinks
        .into_iter()
        .filter(|(_, jump)| jump.iter().any(|entry| !entry.is_zero()))
        .collect()
}

fn largest(row: &[Q]) -> Q {
    row.iter().map(Q::abs).fold(q(0), Q::max)
}

prop_compose! {
    fn rational()(p in -3_i64..4, d in 1_i64..4) -> Q {
        Q::new(p.into(), d.into())
    }
}

prop_compose! {
    fn neurons(inputs: usize, outputs: usize, count: usize)(
        rows in prop::collection::vec((prop::collection::vec(rational(), inputs), prop::collection::vec(rational(), outputs)), count),
    ) -> Vec<Neuron> {
        rows.into_iter().map(|(a, c)| Neuron { a, c }).collect()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    /// Jumps, signs and Jacobian of R(Θ) − R(Γ) with any activation are those of the definition, with and without biases.
    #[test]
    fn the_canonical_form_is_the_difference(
        gamma in neurons(3, 2, 4),
        theta in neurons(3, 2, 4),
        with_biases in any::<bool>(),
        activation in (0_i64..9, 1_i64..4),
        point in prop::collection::vec(-50_i64..50, 3),
        place in (0..2_usize, 0..2_usize),
        root in prop::sample::select(vec!["", "2", "3"]),
    ) {
        let activation = Q::new(activation.0.into(), activation.1.into());
        let columns = if with_biases { 2 } else { 3 };
        let mut x: Vec<Q> = point.iter().map(|x| q(*x)).collect();
        let (one, other, factor) = match with_biases {
            true => {
                x[2] = x[2].abs() + q(1);
                (biased(&gamma, &[q(1), q(0)]), biased(&theta, &[q(-2), q(7)]), 1)
            }
            false => (json(&gamma, root), json(&theta, root), root.parse().unwrap_or(1)),
        };
        // max(a·t, t) = (1 + a)/2·t + |1 − a|/2·|t|.
        let strength = (q(1) - &activation).abs() * q(factor);
        let signed = theta.iter().map(|n| (q(1), n)).chain(gamma.iter().map(|n| (q(-1), n)));
        let all: Vec<(Q, &Neuron)> = signed.map(|(sign, n)| (sign * &strength, n)).collect();
        let kinks = kinks(&all, columns);
        let jump = kinks.iter().map(|(n, k)| largest(k) * largest(&n[..columns])).fold(q(0), Q::max);
        let networks = format!(r#"{{"gamma":{one},"theta":{other}}}"#);
        let claim = |j: &Q| format!(r#"{{"jump-norm":{{"value":"{j}"}}}},"activation":"{activation}""#);
        let step = |j: &Q| format!(r#"{{"jump-norm":{{"value":"{j}"}}}}"#);
        let accepted = |steps: &[String]| matches!(verdict(&written(&networks, &claim(&jump), steps)), Verdict::Verified(_));
        prop_assert!(accepted(&[step(&jump)]));
        prop_assert!(!steps_hold(&written(&networks, &claim(&jump), &[step(&(&jump + q(1)))])));
        // The Jacobian at the point, from the sides of the neurons.
        if kinks.iter().any(|(normal, _)| dot(normal, &x).is_zero()) {
            return Ok(());
        }
        let (output, input) = place;
        let mut entry = q(0);
        for (sign, neuron) in theta.iter().map(|n| (q(1), n)).chain(gamma.iter().map(|n| (q(-1), n))) {
            let inner = dot(&neuron.a, &x);
            // Where neurons cancel the point may be on their hyperplane: there the slopes of both sides are the same in sum.
            let slope = match inner.cmp(&q(0)) {
                Ordering::Greater => activation.clone().max(q(1)),
                Ordering::Less => activation.clone().min(q(1)),
                Ordering::Equal => (&activation + q(1)) / q(2),
            };
            entry += sign * q(factor) * slope * &neuron.c[output] * &neuron.a[input];
        }
        let signs: String = kinks.iter().map(|(n, _)| if dot(n, &x).is_positive() { '+' } else { '-' }).collect();
        let at = |value: &Q| format!(
            r#"{{"seminorm":{{"at-least":{{"point":{:?},"signs":"{signs}","output":{output},"input":{input},"value":"{value}"}}}}}}"#,
            texts(&x),
        );
        prop_assert!(accepted(&[at(&entry.abs()), step(&jump)]));
        let more = entry.abs() + Q::new(1.into(), 1_000_000.into());
        prop_assert!(!steps_hold(&written(&networks, &claim(&jump), &[at(&more)])));
    }

    /// On a box each neuron of Γ stays, or Θ has a line or nothing in its place.
    #[test]
    fn equal_on_a_box(
        rows in prop::collection::vec((-2_i64..3, -2_i64..3, -4_i64..5, -2_i64..3, 0..3), 1..4),
        corner in (-2_i64..3, -2_i64..3),
        sides in (1_i64..4, 1_i64..4),
        with_biases in any::<bool>(),
    ) {
        let (mut gamma, mut theta) = (Vec::new(), Vec::new());
        let neuron = |x: i64, y: i64, b: i64, c: i64| Neuron { a: vec![q(x), q(y), q(b)], c: vec![q(c)] };
        let mut equal = true;
        let corners = [(0, 0), (0, 1), (1, 0), (1, 1)].map(|(i, j)| (corner.0 + i * sides.0, corner.1 + j * sides.1));
        for (x, y, b, c, change) in rows {
            let b = if with_biases { b } else { 0 };
            gamma.push(neuron(x, y, b, c));
            let mut at_corners = corners.iter().map(|corner| x * corner.0 + y * corner.1 + b);
            match change {
                0 => theta.push(neuron(x, y, b, c)),
                1 => {
                    theta.extend([neuron(x, y, b, c), neuron(-x, -y, -b, -c)]);
                    equal &= c == 0 || at_corners.all(|t| t >= 0);
                }
                _ => equal &= c == 0 || at_corners.all(|t| t <= 0),
            }
        }
        theta.push(neuron(0, 0, 0, 1));
        let text = |neurons: &[Neuron]| match with_biases {
            true => biased(neurons, &[q(0)]),
            false => {
                let short = |n: &Neuron| Neuron { a: n.a[..2].to_vec(), c: n.c.clone() };
                json(&neurons.iter().map(short).collect::<Vec<_>>(), "")
            }
        };
        let domain = [(corners[0].0, corners[3].0), (corners[0].1, corners[3].1)];
        let domain = domain.map(|(lower, upper)| [lower.to_string(), upper.to_string()]);
        let claim = format!(r#"{{"equal":{{"box":{domain:?}}}}}"#);
        let networks = format!(r#"{{"gamma":{},"theta":{}}}"#, text(&gamma), text(&theta));
        let accepted = matches!(verdict(&written(&networks, &claim, &[r#"{"equal":{}}"#])), Verdict::Verified(_));
        prop_assert!(accepted || !equal);
        // Other networks can be equal too; then they are at a grid of points, corners included.
        for x in 6 * corners[0].0..=6 * corners[3].0 {
            for y in 6 * corners[0].1..=6 * corners[3].1 {
                let point = [q(x), q(y), q(6)];
                prop_assert!(!accepted || value(&gamma, &point) == value(&theta, &point), "{x} {y}");
            }
        }
    }

    /// Whatever rewriting is accepted leaves the function alone, and what leaves it alone by construction is accepted.
    #[test]
    fn rewriting_keeps_the_function(
        mut theta in neurons(3, 2, 5),
        points in prop::collection::vec(prop::collection::vec(-50_i64..50, 3), 6),
        moves in prop::collection::vec((0..7, 0..5_usize, 0..5_usize, 1_i64..9, 1_i64..9), 1..6),
    ) {
        // A parallel pair, a pair that can be flipped, and a dead neuron.
        theta[3].a = theta[1].a.iter().map(|a| a + a).collect();
        theta[2] = theta[0].clone();
        theta[2].c.iter_mut().for_each(|c| *c = -c.clone());
        theta[4].c = vec![q(0), q(0)];
        let text = json(&theta, "");
        let networks = format!(r#"{{"gamma":{text},"theta":{text},"phi":{text}}}"#);
        let claim = r#"{"reparametrization":{"distance":"0","bound":"0"}}"#;
        let (mut current, mut steps) = (theta.clone(), Vec::new());
        for (kind, i, j, p, d) in moves {
            let factor = Q::new(p.into(), d.into());
            let scaled = |n: &Neuron, by: &Q| Neuron { a: n.a.iter().map(|a| a * by).collect(), c: n.c.iter().map(|c| c / by).collect() };
            let negated = |n: &Neuron| Neuron { a: n.a.iter().map(|a| -a).collect(), c: n.c.clone() };
            let zero = Neuron { a: vec![q(0); 3], c: vec![q(0); 2] };
            let mut pair = [i, j];
            pair.sort_unstable();
            let [i, j] = pair;
            let mut next = current.clone();
            let dead = |n: &Neuron| n.a.iter().all(Q::is_zero) || n.c.iter().all(Q::is_zero);
            let (places, keeps) = match kind {
                0 => {
                    next[i] = zero.clone();
                    (vec![i], dead(&current[i]))
                }
                1 => {
                    next[i] = scaled(&current[i], &factor);
                    (vec![i], true)
                }
                // As if a_j were 2·a_i.
                2 if i != j => {
                    let sum = current[i].c.iter().zip(&current[j].c).map(|(x, y)| x + y * q(2));
                    next[i].c = sum.collect();
                    next[j] = zero.clone();
                    let double: Vec<Q> = current[i].a.iter().map(|a| a * q(2)).collect();
                    (vec![i, j], current[j].a == double)
                }
                3 if i != j => {
                    (next[i], next[j]) = (negated(&current[i]), negated(&current[j]));
                    let sums = (0..3).flat_map(|k| (0..2).map(move |o| (k, o)));
                    let vanish = sums.clone().all(|(k, o)| (&current[i].a[k] * &current[i].c[o] + &current[j].a[k] * &current[j].c[o]).is_zero());
                    (vec![i, j], vanish)
                }
                4 => {
                    next[i].c[0] += &factor;
                    (vec![i], current[i].a.iter().all(Q::is_zero))
                }
                5 if i != j && dead(&current[j]) => {
                    // Split: a half of the outer weights goes to the other one.
                    next[i].c.iter_mut().for_each(|c| *c = c.clone() / q(2));
                    next[j] = scaled(&next[i], &factor);
                    (vec![i, j], true)
                }
                _ => {
                    next.swap(i, j);
                    (vec![], true)
                }
            };
            let step = match places.is_empty() {
                true => {
                    let mut order: Vec<usize> = (0..5).collect();
                    order.swap(i, j);
                    format!(r#"{{"permute":{{"order":{order:?}}}}}"#)
                }
                false => {
                    let a: Vec<_> = places.iter().map(|k| texts(&next[*k].a)).collect();
                    let c: Vec<_> = places.iter().map(|k| texts(&next[*k].c)).collect();
                    format!(r#"{{"rewrite":{{"replaces":{places:?},"a":{a:?},"c":{c:?},"why":"merge"}}}}"#)
                }
            };
            steps.push(step);
            if !steps_hold(&written(&networks, claim, &steps)) {
                prop_assert!(!keeps, "{steps:?}");
                steps.pop();
                continue;
            }
            current = next;
            for point in &points {
                let x: Vec<Q> = point.iter().map(|x| q(*x)).collect();
                prop_assert_eq!(value(&current, &x), value(&theta, &x), "{:?}", steps);
            }
        }
    }
}

/// A rational against u·√n.
fn against_root(x: &Q, u: &Q, n: i64) -> Ordering {
    let square = |x: &Q| x * x;
    match (x.is_negative(), u.is_negative()) {
        (false, false) => square(x).cmp(&(square(u) * q(n))),
        (true, true) => (square(u) * q(n)).cmp(&square(x)),
        (false, true) if x.is_zero() && u.is_zero() => Ordering::Equal,
        (false, true) => Ordering::Greater,
        (true, false) => Ordering::Less,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]
    /// An accepted binding is right: every multiple has an entry, one of those named, that is at least v away.
    #[test]
    fn accepted_bindings_are_right(
        source in prop::array::uniform3(-2_i64..3),
        place in prop::array::uniform3(-4_i64..5),
        root in prop::sample::select(vec![1_i64, 2, 3]),
        (p, d) in (-2_i64..20, 1_i64..5),
        (first, second) in (0..3_usize, prop::option::of(0..3_usize)),
        lines in any::<bool>(),
    ) {
        let neuron = |[x, y, c]: [i64; 3]| Neuron { a: vec![q(x), q(y)], c: vec![q(c)] };
        let text = if root == 1 { String::new() } else { root.to_string() };
        let (gamma, theta) = (json(&[neuron(place)], &text), json(&[neuron(source)], ""));
        let networks = format!(r#"{{"gamma":{gamma},"theta":{theta},"phi":{gamma}}}"#);
        let v = Q::new(p.into(), d.into());
        let name = |k: usize| ["a0", "a1", "c0"][k];
        let binding = match second {
            None => name(first).to_owned(),
            Some(second) => format!("{}>{}", name(first), name(second)),
        };
        let against = if lines { r#""lines""# } else { r#"{"flipped":[]}"# };
        let step = format!(r#"{{"apart":{{"hall":{{"value":"{v}","against":{against},"sources":[0],"places":[],"bindings":[["{binding}"]]}}}}}}"#);
        let claim = r#"{"nearest":{"among":"all","lower":"0","upper":"0"}}"#;
        if !steps_hold(&written(&networks, claim, &[step])) {
            return Ok(());
        }
        for (numerator, denominator) in (-60_i64..=60).flat_map(|n| [(n, 1), (n, 6), (n, 13)]) {
            if numerator == 0 || (numerator < 0 && !lines) {
                continue;
            }
            let mu = Q::new(numerator.into(), denominator.into());
            let away = |k: usize| {
                let factor = if k < 2 { mu.clone() } else { mu.recip() };
                let (x, u) = (q(source[k]) * factor, q(place[k]));
                !v.is_positive() || against_root(&(&x - &v), &u, root).is_ge() || against_root(&(&x + &v), &u, root).is_le()
            };
            prop_assert!(away(first) || second.is_some_and(away), "μ = {}", mu);
        }
    }
}
