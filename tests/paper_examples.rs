//! The paper's examples against the hypotheses of Theorem 3.1, for k = 1 … 10.

mod support;

use relucert::certificate::{ConditionName, Side};
use relucert::degeneracy::{balance_violations, least_beta};
use relucert::exact::text::parse;
use relucert::exact::{Rational, Surd};
use relucert::network::Shallow;
use relucert::realization::{CanonicalForm, branch_and_bound};
use relucert::reparametrize::{Options, Reparametrization};
use relucert::stability::{Missing, Theorem, Violation};
use support::net;

fn ask(gamma: &[&str], theta: &[&str]) -> Reparametrization {
    main(&net(gamma), &net(theta))
}

fn main(gamma: &Shallow, theta: &Shallow) -> Reparametrization {
    support::ask(Theorem::Main, gamma, theta, Options::default())
}

fn beta(answer: &Reparametrization) -> Option<Surd> {
    answer.analysis()?.beta.clone()
}

fn violations(answer: &Reparametrization) -> Vec<&Violation> {
    let mut all = Vec::new();
    for missing in answer.missing() {
        match missing {
            Missing::Condition(violation) => all.push(violation),
            other => panic!("{other:?}"),
        }
    }
    all
}

/// The names of the violated hypotheses.
fn violated(answer: &Reparametrization) -> Vec<(ConditionName, Option<Side>)> {
    let failing = violations(answer).into_iter();
    failing.map(|v| (v.name, v.network)).collect()
}

fn r(answer: &Reparametrization) -> Rational {
    answer.r().exact().expect("a small arrangement").clone()
}

fn over(n: i64, k: i64) -> Rational {
    Rational::new(n.into(), k.into())
}

#[test]
fn example_2_2_satisfies_c1_only_with_beta_at_least_r() {
    for k in 1..=10 {
        for size in ["1/2", "1", "7/3", "100"] {
            let (gamma, theta) = (
                net(&[&format!("{size} 0 | 0")]),
                net(&[&format!("0 1 | 1/{k}")]),
            );
            let analysis = main(&gamma, &theta);
            assert_eq!(r(&analysis), over(1, k));
            let least = parse(size).unwrap();
            assert_eq!(beta(&analysis).as_ref(), Some(&least));
            let threshold = over(2, k);
            assert_eq!(least_beta(&gamma, &threshold), least);
            let smaller = least.sub(&Surd::from(over(1, 1000)));
            assert_eq!(balance_violations(&gamma, &threshold, &smaller), [0]);
            assert!(balance_violations(&gamma, &threshold, &least).is_empty());
        }
    }
}

#[test]
fn example_a_4_satisfies_c1_only_with_beta_at_least_k() {
    for k in 1..=10 {
        let gamma = [format!("{k} 0 | 1/{}", k * k)];
        let theta = [format!("0 1 | 1/{k}")];
        let analysis = ask(&[&gamma[0]], &[&theta[0]]);
        assert_eq!(r(&analysis), over(1, k));
        assert_eq!(beta(&analysis), Some(Surd::from(over(k, 1))));
        let smaller = Surd::from(over(1000 * k - 1, 1000));
        let gamma = net(&[&gamma[0]]);
        assert_eq!(balance_violations(&gamma, &over(2, k), &smaller), [0]);
    }
}

#[test]
fn example_2_3_fails_c2() {
    for k in 1..=10 {
        let last = format!("0 1 | 1/{k}");
        let analysis = ask(&["1 0 | 1", "1 0 | 1"], &["1 0 | 2", &last]);
        assert_eq!(r(&analysis), over(1, k));
        assert_eq!(
            violated(&analysis),
            [(ConditionName::NoParallel, Some(Side::Gamma))]
        );
        let pair = &violations(&analysis)[0].pairs[0];
        assert_eq!(
            (pair.i, pair.j, pair.factor.to_string().as_str()),
            (0, 1, "1")
        );
    }
}

#[test]
fn example_2_4_fails_c3a() {
    // Figure 4: a_1 = (1, −1/2), a_2 = (−1, −1/2), a_3 = (0, 1), v = (1, 0).
    let gamma = [
        "1 -1/2 | 1",
        "-1 -1/2 | 1",
        "0 1 | 1",
        "-1 1/2 | -1",
        "1 1/2 | -1",
        "0 -1 | -1",
    ];
    for k in 1..=10 {
        let first = format!("1 0 | 1/{k}");
        let theta = [
            &first, "0 0 | 0", "0 0 | 0", "0 0 | 0", "0 0 | 0", "0 0 | 0",
        ];
        let analysis = ask(&gamma, &theta);
        assert_eq!(r(&analysis), over(1, k));
        assert_eq!(
            violated(&analysis),
            [(ConditionName::NoOppositeWithin, Some(Side::Gamma))]
        );
        let pairs = violations(&analysis)[0].pairs.iter();
        let pairs: Vec<_> = pairs.map(|m| (m.i, m.j)).collect();
        assert_eq!(pairs, [(0, 3), (1, 4), (2, 5)]);
    }
}

#[test]
fn example_2_5_fails_c3b() {
    for k in 1..=10 {
        let rows = |sign: &str, other: &str| {
            [
                format!("{sign}{k} {sign}{k} {sign}1/{k} | {k}"),
                format!("{other}{k} {sign}{k} {sign}1/{k} | {k}"),
                format!("0 {other}sqrt(2)*{k} {sign}1/(sqrt(2)*{k}) | sqrt(2)*{k}"),
            ]
        };
        let (gamma, theta) = (rows("-", ""), rows("", "-"));
        let text = |rows: &[String; 3]| -> relucert::network::Shallow {
            net(&[&rows[0], &rows[1], &rows[2]])
        };
        let analysis = main(&text(&gamma), &text(&theta));
        assert_eq!(r(&analysis), over(3, 1));
        assert_eq!(
            violated(&analysis),
            [(ConditionName::NoOppositeBetween, None)]
        );
        // The same hyperplanes with the same jumps: J cannot see the flip.
        assert_eq!(analysis.jump(), &over(0, 1));
    }
}

#[test]
fn the_seminorm_of_the_discontinuity_example_is_one_for_every_epsilon() {
    for k in 1..=10 {
        let (one, other) = (net(&["1 0 | 1"]), net(&[&format!("1 1/{k} | 1")]));
        let form = |n| CanonicalForm::of_shallow(n);
        let difference = form(&other).minus(&form(&one)).unwrap();
        let r = branch_and_bound(&difference, false, &Default::default());
        assert_eq!(r.exact(), Some(&over(1, 1)));
    }
}
