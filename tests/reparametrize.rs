//! The library call: which theorem gives Φ, what is missing where none does, and what is kept within limits.

mod support;

use std::time::Duration;

use relucert::certificate::{ConditionName, Form, Side};
use relucert::exact::text::parse;
use relucert::nearest::Answer;
use relucert::network::Network;
use relucert::network::file::network_from_bytes;
use relucert::parametrizations::C3;
use relucert::realization::CanonicalForm;
use relucert::reparametrize::{Options, Reparametrization, ReparametrizeError};
use relucert::stability::{Missing, NotShallow, Pair, PairError, StabilityError, Theorem};
use relucert::watch::Watch;
use support::Random;
use support::certificates::accepted;

fn network(json: &str) -> Network {
    network_from_bytes("x.json", json.as_bytes()).expect("a network")
}

fn pair(gamma: &str, theta: &str) -> Pair {
    Pair::new(&network(gamma), &network(theta)).expect("shallow networks")
}

/// What is missing, a word each.
fn missing(answer: &Reparametrization) -> Vec<&'static str> {
    let word = |missing: &Missing| match missing {
        Missing::OneOutput { outputs: 2 } => "D = 2",
        Missing::OneRoot { network: "Γ", .. } => "one root in Γ",
        Missing::OneRoot { .. } => "one root in Θ",
        Missing::Star {
            network: Side::Gamma,
            ..
        } => "Γ in N*",
        Missing::Star { .. } => "Θ in N*",
        Missing::Condition(violation) => match (violation.name, violation.network) {
            (ConditionName::NoParallel, _) => "C.2",
            (ConditionName::NoOppositeWithin, Some(Side::Gamma)) => "C.3a in Γ",
            (ConditionName::NoOppositeWithin, _) => "C.3a in Θ",
            (ConditionName::NoOppositeBetween, _) => "C.3b",
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    };
    answer.missing().iter().map(word).collect()
}

/// Γ, Θ, the theorem that gives Φ, ‖Φ − Γ‖_∞ (without a theorem, of the nearest Φ), and what is missing.
type Row = (
    &'static str,
    &'static str,
    Option<Theorem>,
    &'static str,
    &'static [&'static str],
);

const ROWS: &[Row] = &[
    // Θ is Γ in another order and scale.
    (
        r#"{"a": [[2, 0], [0, 1]], "c": [[1], [3]]}"#,
        r#"{"a": [[0, "3/2"], [1, 0]], "c": [[2], [2]]}"#,
        Some(Theorem::Main),
        "0",
        &[],
    ),
    // With biases: the output bias is a neuron of the homogenised networks.
    (
        r#"{"a": [[1, 0]], "b": [1], "c": [[1]], "e": [1]}"#,
        r#"{"a": [[2, 0]], "b": [2], "c": [["1/2"]], "e": [3]}"#,
        Some(Theorem::Main),
        "-1+sqrt(3)",
        &[],
    ),
    // C.3b fails for Θ, and Σ c_i a_i over its three neurons is 0: flipped, it satisfies C.3.
    (
        r#"{"a": [[1, 0], [0, 1], [-1, -1]], "c": [[1], [1], [1]]}"#,
        r#"{"a": [[-1, 0], [0, -1], [1, 1]], "c": [[1], [1], [1]]}"#,
        Some(Theorem::Main),
        "0",
        &[],
    ),
    // C.2 fails for a dead neuron only.
    (
        r#"{"a": [[1, 0], [2, 0], [0, 1]], "c": [[1], [0], [1]]}"#,
        r#"{"a": [[0, 2], [1, 0], [1, 1]], "c": [["1/2"], [1], [0]]}"#,
        Some(Theorem::Refined),
        "2",
        &[],
    ),
    // Two outputs, in N*.
    (
        r#"{"a": [[1, 2]], "c": [[2, 1]]}"#,
        r#"{"a": [[2, 1]], "c": [[1, 2]]}"#,
        Some(Theorem::Star),
        "1",
        &[],
    ),
    (
        r#"{"a": [[2, 0], [0, 1]], "c": [[1], [3]]}"#,
        r#"{"a": [[-1, 0], [0, 1]], "c": [[1], [3]]}"#,
        None,
        "2",
        &["C.3b", "Γ in N*", "Θ in N*"],
    ),
    (
        r#"{"a": [[1, 0], [1, 0]], "c": [[1], [1]]}"#,
        r#"{"a": [[1, 0], [0, 1]], "c": [[2], [1]]}"#,
        None,
        "1",
        &["C.2", "Γ in N*", "Θ in N*"],
    ),
    (
        r#"{"a": [[1, 0]], "c": [[1, 1]]}"#,
        r#"{"a": [[1, 0]], "c": [[1, 2]]}"#,
        None,
        "-1+sqrt(2)",
        &["D = 2", "Γ in N*", "Θ in N*"],
    ),
    (
        r#"{"a": [["1+sqrt(2)", 0]], "c": [["-1+sqrt(2)"]]}"#,
        r#"{"a": [["1+sqrt(2)", 0]], "c": [["-1+sqrt(2)"]]}"#,
        None,
        "0",
        &["one root in Γ", "Γ in N*", "Θ in N*"],
    ),
];

#[test]
fn the_strongest_theorem_gives_phi_or_what_is_missing_is_named() {
    for (gamma, theta, theorem, distance, absent) in ROWS {
        let pair = pair(gamma, theta);
        let options = Options {
            nearest: true,
            ..Options::default()
        };
        let answer = pair.reparametrize(&options).expect("an answer");
        assert_eq!(answer.theorem(), *theorem, "{gamma}, {theta}");
        assert_eq!(missing(&answer), *absent, "{gamma}, {theta}");
        let found = answer.distance().expect("Φ");
        let expected = parse(distance).expect("a number");
        assert!(
            found.compare(&expected).is_eq(),
            "{gamma}, {theta}: {found}"
        );
        assert_eq!(answer.nearest().is_some(), theorem.is_none());
        // Φ has Γ's shape and Θ's function; the bounds hold, one case a neuron; and the verifier agrees.
        let phi = answer.phi().expect("of the given shape");
        let form = |network| CanonicalForm::of(network).expect("shallow");
        assert_eq!(form(phi), form(pair.given_theta()));
        assert_eq!(answer.bounds().is_empty(), theorem.is_none());
        for bound in answer.bounds().iter().filter(|bound| bound.proved) {
            assert!(found.compare(&bound.value).is_le(), "{gamma}, {theta}");
        }
        let cases = theorem.map_or(0, |_| pair.gamma.neurons().len());
        assert_eq!(answer.cases().len(), cases);
        accepted(
            &answer
                .certificate()
                .expect("readable")
                .expect("a certificate"),
        );
        // Without being asked, nothing is searched where no theorem applies.
        let answer = pair.reparametrize(&Options::default()).expect("an answer");
        assert_eq!(answer.phi().is_some(), theorem.is_some());
        assert!(answer.nearest().is_none());
    }
}

#[test]
fn one_theorem_alone_is_asked_and_the_certificate_says_what_fails() {
    let (gamma, theta, ..) = ROWS[5];
    let main = Options {
        theorem: Some(Theorem::Main),
        ..Options::default()
    };
    let answer = pair(gamma, theta).reparametrize(&main).expect("an answer");
    assert_eq!(missing(&answer), ["C.3b"]);
    assert!(matches!(answer.c3(), Some(C3::Impossible { .. })));
    accepted(
        &answer
            .certificate()
            .expect("readable")
            .expect("no Θ of g satisfies C.3"),
    );
    let Missing::Condition(violation) = &answer.missing()[0] else {
        panic!("{:?}", answer.missing());
    };
    accepted(&answer.violation_certificate(violation).expect("C.3b"));
    // A β is for Theorem 3.1: no other theorem is asked.
    let small = Options {
        beta: Some(parse("0").expect("a number")),
        ..Options::default()
    };
    let answer = pair(
        r#"{"a": [[1, 0]], "c": [["1/8"]]}"#,
        r#"{"a": [[0, 1]], "c": [["1/4"]]}"#,
    );
    let answer = answer.reparametrize(&small).expect("an answer");
    let [Missing::Condition(violation)] = answer.missing() else {
        panic!("{:?}", answer.missing());
    };
    assert_eq!(violation.name, ConditionName::Balance);
    assert_eq!(violation.neurons, [0]);
    accepted(&answer.certificate().expect("readable").expect("C.1 fails"));
    // Of another pair's violation nothing is certified.
    let (gamma, theta, ..) = ROWS[6];
    let answer = pair(gamma, theta).reparametrize(&main).expect("an answer");
    assert_eq!(answer.violation_certificate(violation), None);
}

#[test]
fn what_the_theorems_are_not_about_is_an_error() {
    let ask = |gamma: &str, theta: &str, theorem, form| {
        let options = Options {
            theorem,
            form,
            ..Options::default()
        };
        let answer = pair(gamma, theta).reparametrize(&options);
        answer.map(|answer| answer.theorem())
    };
    let one = r#"{"a": [[1, 0]], "c": [[1]]}"#;
    let two = r#"{"a": [[1, 0]], "c": [[1, 1]]}"#;
    let more = r#"{"a": [[1, 0], [0, 1]], "c": [[1], [1]]}"#;
    let sums = r#"{"a": [["1+sqrt(2)", 0]], "c": [["-1+sqrt(2)"]]}"#;
    let stability = |error| Err(ReparametrizeError::Stability(error));
    let outputs = |network, outputs| stability(StabilityError::Outputs { network, outputs });
    let shapes = |what, gamma, theta| stability(StabilityError::Shapes { what, gamma, theta });
    let in_sums = |network| stability(StabilityError::Sums { network, neuron: 0 });
    let (main, star) = (Some(Theorem::Main), Some(Theorem::Star));
    for (found, expected) in [
        (ask(two, two, main, None), outputs("Γ", 2)),
        (ask(one, two, None, None), outputs("Θ", 2)),
        (ask(two, one, None, None), shapes("outputs", 2, 1)),
        (ask(one, more, None, None), shapes("neurons", 1, 2)),
        (ask(sums, one, main, None), in_sums("Γ")),
        (ask(sums, one, None, Some(Form::Jump)), in_sums("Γ")),
        (ask(one, sums, star, None), in_sums("Θ")),
        (ask(one, sums, None, None), Ok(main)),
    ] {
        assert_eq!(found, expected);
    }
    let deep = r#"{"layers": [{"weights": [[1]]}, {"weights": [[1]]}, {"weights": [[1]]}]}"#;
    let refused = Pair::new(&network(one), &network(deep)).map(|_| ());
    let (network, layers) = ("Θ", 3);
    assert_eq!(refused, Err(NotShallow { network, layers }));
    let absent = Pair::read("no/such/gamma.json", "theta.json");
    assert!(matches!(absent, Err(PairError::File(error)) if error.file == "no/such/gamma.json"));
}

#[test]
fn limits_are_kept_and_bracket_r() {
    let mut random = Random::new(5);
    let [gamma, theta] = [0; 2].map(|_| random.shallow(6, 24, 1));
    let pair = Pair::unbiased(gamma, theta);
    let mut options = Options::default();
    // 48 hyperplanes in R^6 have more regions than shall be searched.
    options.limits.regions = Some(200_000);
    let answer = pair.reparametrize(&options).expect("an answer");
    assert!(answer.r().exact().is_none() && answer.r().trees.is_empty());
    let jump = answer.jump().clone();
    assert!(jump <= &answer.r().lower.value + &answer.r().lower.value);
    // With r bracketed the paper's form cannot be asked.
    options.form = Some(Form::Seminorm);
    let refused = pair.reparametrize(&options).expect_err("r is not known");
    assert!(matches!(
        refused,
        ReparametrizeError::Stability(StabilityError::SeminormUnknown { .. })
    ));
    // A deadline that has passed ends every part: r is bracketed all the same, and no distance is claimed to be the least.
    options.form = None;
    options.nearest = true;
    options.limits.regions = None;
    options.limits.watch = Watch::none().for_at_most(Duration::ZERO);
    match pair.reparametrize(&options) {
        Ok(answer) => {
            assert!(answer.r().exact().is_none());
            assert!(
                !matches!(answer.nearest(), Some(Answer::Nearest(found)) if found.gap.is_none())
            );
        }
        Err(error) => assert!(matches!(error, ReparametrizeError::Nearest(_)), "{error}"),
    }
}
