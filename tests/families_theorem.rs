//! Theorem 3.1, its refined form and Theorem 3.3 for all k, against the same theorem asked of the instances.

mod support;

use std::collections::BTreeMap;

use relucert::certificate::{Form, Range};
use relucert::exact::{Rational, Surd};
use relucert::family::{
    self, Expression, Family, TheoremQuestion, parse, prove_local_minimum, theorem,
};
use relucert::network::{Network, from_certificate};
use relucert::reparametrize::Options;
use relucert::stability::{Pair, Theorem};
use support::Random;
use support::certificates::{accepted, lines, rejected, sealed};
use support::cli::{Files, ok, relucert, verified};
use support::theorem_pairs::{Make, flipped_pair, pair, star_pair};

fn network(family: &Family, k: u64) -> Network {
    from_certificate(&family.instance(k).unwrap()).unwrap()
}

fn at(value: &Expression, k: u64) -> Surd {
    value.at(k).unwrap()
}

fn same(value: &Expression, k: u64, other: &Surd) -> bool {
    at(value, k).compare(other).is_eq()
}

fn contains(range: Range, k: u64) -> bool {
    range.first() <= k && range.end().is_none_or(|end| k < end)
}

/// Every section says of its k what the theorem says of the instance: r or J, β, whether it applies, the cases, ‖Φ − Γ‖_∞. So many pairs are compared;
/// those of which nothing is proved come on top.
fn agree(theorem: Theorem, form: Form, make: Make, seed: u64, pairs: usize) -> [usize; 5] {
    let mut numbers = Random::new(seed);
    let (mut compared, mut applies, mut answered, mut unproved) = (0, 0, 0, 0);
    let (mut flipped, mut certificates) = (0, 0);
    while answered < pairs {
        let texts = make(&mut numbers);
        let [gamma, theta] =
            [("Γ", &texts[0]), ("Θ", &texts[1])].map(|(name, text)| Family::from_json(name, text));
        let (gamma, theta) = (gamma.unwrap(), theta.unwrap());
        let question = TheoremQuestion {
            form: Some(form),
            ..TheoremQuestion::of(theorem)
        };
        // What is not proved for all k is said; a test that nothing is, is below.
        let Ok(found) = family::theorem(&gamma, &theta, &question) else {
            unproved += 1;
            continue;
        };
        answered += 1;
        if let Some(proved) = &found.proved {
            accepted(&proved.certificate);
            certificates += 1;
        }
        // For each section whether Φ is as near as that of the instance, at each k that was looked at.
        let mut near: BTreeMap<u64, Vec<bool>> = BTreeMap::new();
        for k in 1..=12 {
            let mut sections = found.sections.iter();
            let (range, section) = sections.find(|(range, _)| contains(*range, k)).unwrap();
            let pair = Pair::new(&network(&gamma, k), &network(&theta, k)).unwrap();
            let answer = pair.reparametrize(&Options {
                theorem: Some(theorem),
                form: Some(form),
                ..Options::default()
            });
            let answer = answer.unwrap();
            let analysis = answer.analysis().unwrap();
            let context = || format!("seed {seed}, k = {k}\n{}\n{}", texts[0], texts[1]);
            let measure: &Rational = match form {
                Form::Seminorm => answer.r().exact().unwrap(),
                Form::Jump => answer.jump(),
            };
            let measure = measure.clone().into();
            assert!(same(&section.measure, k, &measure), "{}", context());
            let fails = [section.missing.is_empty(), analysis.missing.is_empty()];
            assert_eq!(fails[0], fails[1], "{}", context());
            if let (Some(own), Some(beta)) = (&section.beta, &analysis.beta) {
                assert!(same(own, k, beta), "{}", context());
            }
            compared += 1;
            let (Some(own), Some(other)) = (&section.construction, &analysis.construction) else {
                continue;
            };
            applies += 1;
            flipped += usize::from(!section.flipped.is_empty());
            assert_eq!(
                section.beta.is_some(),
                analysis.beta.is_some(),
                "{}",
                context()
            );
            let cases = own.cases.iter().map(|case| (case.case, case.theta));
            let others = other.cases.iter().map(|case| (case.case, case.theta));
            assert!(cases.eq(others), "{}", context());
            // Where Θ is Γ in another order and scale at single k alone, dead neurons are given Γ's weights back there.
            let order = at(&own.distance, k).compare(&other.distance.value);
            let same = answer.jump() == &Rational::from_integer(0.into());
            assert!(order.is_eq() || order.is_gt() && same, "{}", context());
            near.entry(range.first()).or_default().push(order.is_eq());
        }
        let all = near.values().all(|near| near.contains(&true));
        assert!(all, "seed {seed}\n{}\n{}", texts[0], texts[1]);
        // A long run that is cut off has said how far it was.
        if answered % 25 == 0 {
            println!(
                "{theorem:?} {form:?}, seed {seed}: {answered} pairs, {certificates} certificates"
            );
        }
    }
    [compared, applies, flipped, certificates, unproved]
}

fn sections_agree(theorems: &[(Theorem, Form, Make, u64)], pairs: usize) {
    for (theorem, form, make, seed) in theorems.iter().copied() {
        let pairs = if seed < 5 { pairs / 2 } else { pairs };
        let [compared, applies, flipped, certificates, unproved] =
            agree(theorem, form, make, seed, pairs);
        println!(
            "{theorem:?} {form:?}, seed {seed}: {pairs} pairs, {compared} instances, the theorem applies to {applies}, with flips to {flipped}; {certificates} certificates verified, of {unproved} pairs nothing is proved"
        );
        assert!(
            compared == 12 * pairs && applies > pairs && unproved <= pairs / 4,
            "{theorem:?} {form:?} {seed}: {compared} {applies} {unproved}"
        );
        assert!(seed < 9 || flipped > pairs, "{seed}: {flipped}");
    }
}

const STAR: [(Theorem, Form, Make, u64); 2] = [
    (Theorem::Star, Form::Seminorm, star_pair, 7),
    (Theorem::Star, Form::Jump, star_pair, 8),
];
const FLIPPED: [(Theorem, Form, Make, u64); 2] = [
    (Theorem::Main, Form::Seminorm, flipped_pair, 9),
    (Theorem::Main, Form::Jump, flipped_pair, 10),
];
const REFINED: [(Theorem, Form, Make, u64); 2] = [
    (
        Theorem::Refined,
        Form::Seminorm,
        |numbers| pair(numbers, false, true),
        5,
    ),
    (
        Theorem::Refined,
        Form::Jump,
        |numbers| pair(numbers, true, true),
        6,
    ),
];
const PLAIN: [(Theorem, Form, Make, u64); 4] = [
    (
        Theorem::Main,
        Form::Seminorm,
        |numbers| pair(numbers, false, false),
        1,
    ),
    (
        Theorem::Main,
        Form::Jump,
        |numbers| pair(numbers, false, false),
        2,
    ),
    (
        Theorem::Main,
        Form::Seminorm,
        |numbers| pair(numbers, true, false),
        3,
    ),
    (
        Theorem::Main,
        Form::Jump,
        |numbers| pair(numbers, true, false),
        4,
    ),
];

#[test]
fn sections_say_what_the_theorem_says_of_each_instance() {
    for theorems in [&STAR[..], &FLIPPED, &REFINED, &PLAIN] {
        sections_agree(theorems, 10);
    }
}

/// 500 pairs of one theorem: `cargo test --release --test families_theorem many_pairs -- --ignored --nocapture`.
macro_rules! many_pairs {
    ($($name:ident: $theorems:ident;)*) => {
        $(#[test] #[ignore = "some minutes"] fn $name() { sections_agree(&$theorems, 250); })*
    };
}

many_pairs! {
    many_pairs_of_theorem_3_3: STAR;
    many_pairs_with_flips: FLIPPED;
    many_pairs_of_the_refined_form: REFINED;
    many_pairs_of_theorem_3_1: PLAIN;
}

/// With the change, and sealed again, it is rejected for the reason.
fn refused_with(text: &str, change: &str, by: &str, reason: &str) {
    let damaged: Vec<String> = lines(text)
        .iter()
        .map(|line| line.replace(change, by))
        .collect();
    assert!(damaged.concat() != lines(text).concat(), "{change}");
    rejected(&sealed(&damaged), reason);
}

/// r has roots, so that β + √(2r) is not written: the verifier sees all the same that the distance is at most that.
#[test]
fn a_bound_that_is_not_written_is_checked_too() {
    let gamma = r#"{"parameter":"k","a":[["4"]],"c":[["1"]]}"#;
    let theta = r#"{"parameter":"k","a":[["4"]],"c":[["1+sqrt(2)/(10*k)"]]}"#;
    let [gamma, theta] = [gamma, theta].map(|text| Family::from_json("x", text).unwrap());
    let found = theorem(&gamma, &theta, &TheoremQuestion::of(Theorem::Main)).unwrap();
    let text = found.proved.unwrap().certificate;
    accepted(&text);
    assert!(text.contains(r#""distance":"1/(10*k)*sqrt(2)""#));
    // C.1 holds with any β, as no neuron is small, but β is not negative, and the steps must be of this one.
    refused_with(
        &text,
        r#""beta":"0""#,
        r#""beta":"-1/k""#,
        "β: not seen to be >= 0",
    );
    let smaller = r#""beta":"0","phi""#;
    refused_with(
        &text,
        smaller,
        r#""beta":"1","phi""#,
        "C.1 to C.3 with this β",
    );
}

/// Neurons that add nothing keep Γ's weights where Θ is Γ in another order and scale, and for all k Φ is Γ.
#[test]
fn neurons_that_add_nothing_keep_their_weights() {
    let gamma =
        r#"{"parameter":"k","a":[["k","1"],["1","2"],["0","0"]],"c":[["1"],["0"],["3/k"]]}"#;
    let theta =
        r#"{"parameter":"k","a":[["0","0"],["2","4"],["2*k","2"]],"c":[["k"],["0"],["1/2"]]}"#;
    let [gamma, theta] = [gamma, theta].map(|text| Family::from_json("x", text).unwrap());
    let files = Files::new();
    for question in [Theorem::Main, Theorem::Refined] {
        let found = theorem(&gamma, &theta, &TheoremQuestion::of(question)).unwrap();
        for (_, section) in &found.sections {
            let construction = section.construction.as_ref().unwrap();
            assert_eq!(construction.distance, Expression::zero(), "{question:?}");
        }
        let text = found.proved.unwrap().certificate;
        accepted(&text);
        let path = files.write("certificate.rcert", &text);
        let told = ok(&["explain", &path]).stdout;
        let kept = told.contains("balanced (68)/(108), or Γ's where it adds nothing");
        assert_eq!(kept, question == Theorem::Main, "{told}");
        // Other weights of a neuron that adds nothing are not Γ's, and not balanced.
        let phi = r#""phi":{"d":2,"m":3,"D":1,"a":[["k","1"],["1","2"]"#;
        let other = phi.replace(r#"["1","2"]"#, r#"["2","4"]"#);
        let reason = match question {
            Theorem::Main => "the neuron is not balanced",
            _ => "the distance less the change",
        };
        refused_with(&text, phi, &other, reason);
    }
}

#[test]
fn damaged_case_analyses_are_rejected() {
    let gamma =
        r#"{"parameter":"k","a":[["1","0"],["k","1"],["1","2"]],"c":[["k"],["1"],["1/k"]]}"#;
    let theta = r#"{"parameter":"k","a":[["2*k","2"],["3","0"],["1","3"]],
        "c":[["1/2+1/(4*k)"],["k/3+1/(5*k)"],["1/k"]]}"#;
    let [gamma, theta] = [gamma, theta].map(|text| Family::from_json("x", text).unwrap());
    let found = theorem(&gamma, &theta, &TheoremQuestion::of(Theorem::Main)).unwrap();
    let text = found.proved.unwrap().certificate;
    accepted(&text);
    for (change, by, reason) in [
        (
            r#""case":"B.1""#,
            r#""case":"B.2""#,
            "is seen to exceed |c|",
        ),
        (r#""case":"B.1""#, r#""case":"A""#, "less an entry of P"),
        (r#""case":"B.1""#, r#""case":"1""#, "which is not case 1"),
        (
            r#""case":"B.2""#,
            r#""case":"B.1""#,
            "|c| less an entry of a in Γ",
        ),
        (r#""case":"B.2""#, r#""case":"B.3""#, "Γ"),
        (r#""case":"1""#, r#""case":"A""#, "which is case 1"),
        (r#""beta":"2""#, r#""beta":"1""#, "C.1 of neuron"),
        (
            r#""bound":"2+sqrt(6)""#,
            r#""bound":"3+sqrt(6)""#,
            "the root of the threshold",
        ),
    ] {
        refused_with(&text, change, by, reason);
    }
}

/// Example A.1 for all x with |x_2| ≤ x_1 = 1: x_2 = −1/k, and the exact radius x_1/(x_1 + |x_2|) = k/(k + 1).
#[test]
fn the_minimum_of_example_a_1_has_its_exact_radius_for_all_k() {
    let number = |text: &str| parse(text).unwrap();
    let row = |texts: &[&str]| -> Vec<Expression> { texts.iter().map(|x| number(x)).collect() };
    let gamma = r#"{"parameter": "k", "a": [["-1", "0"]], "c": [["0"]]}"#;
    let gamma = Family::from_json("Γ", gamma).unwrap();
    let samples = [
        (row(&["1/4", "1/2"]), row(&["0"])),
        (row(&["1", "-1/k"]), row(&["1"])),
    ];
    let minimum = |radius: &str| {
        let watch = relucert::watch::Watch::none();
        prove_local_minimum(&gamma, &samples, &number(radius), &watch)
    };
    let proved = minimum("k/(k+1)").unwrap();
    assert_eq!(proved.real, Some(1));
    let text = proved.certificate;
    accepted(&text);
    assert!(text.contains(r#""loss":"1/2""#));
    assert!(minimum("k/(k+1)+1/(1000*k)").is_err());
    for (change, by, reason) in [
        (
            r#""radius":"k/(k+1)""#,
            r#""radius":"(k+1)/(k+2)""#,
            "a lower bound of the loss",
        ),
        (r#""loss":"1/2""#, r#""loss":"1/3""#, "loss of Γ"),
        (
            r#""radius":"k/(k+1)""#,
            r#""radius":"-k/(k+1)""#,
            "the radius",
        ),
        (r#""x":["1","-1/k"]"#, r#""x":["1"]"#, "inputs of sample 1"),
        (
            r#"{"local-minimum":{}}"#,
            r#"{"equal":{}}"#,
            "no step shows the minimum",
        ),
    ] {
        refused_with(&text, change, by, reason);
    }
}

/// Φ is written as a family, and is the same function at the distance that was said.
#[test]
fn phi_is_written_as_a_family() {
    let files = Files::new();
    let gamma = r#"{"parameter":"k","a":[["k+2","0"],["0","1"]],"c":[["1"],["k+2"]]}"#;
    let theta = r#"{"parameter":"k","a":[["0","2"],["k+2","0"]],"c":[["k/2+1"],["1"]]}"#;
    let gamma = files.write("gamma.json", gamma);
    let theta = files.write("theta.json", theta);
    for verb in ["reparametrize", "nearest"] {
        let phi = files.name(&format!("{verb}.json"));
        ok(&[verb, &gamma, &theta, "--phi-out", &phi]);
        ok(&["equal", &phi, &theta]);
    }
    let (phi, certificate) = (files.name("star.json"), files.name("star.rcert"));
    let star =
        |flags: &[&str]| relucert(&[&["nearest", &gamma, &theta, "--in-n-star"], flags].concat());
    let none = star(&["--phi-out", &phi, "-o", &certificate]);
    assert_eq!(none.code, 1, "{}", none.stderr);
    assert!(
        none.stderr
            .contains("no Φ is written: there is no parametrization in N*")
    );
    assert!(
        none.stderr
            .contains("there is no nearest parametrization in N*")
    );
    assert!(!files.exists("star.json") && !files.exists("star.rcert"));
    let refused = star(&["--prove-phi", &theta]);
    assert_eq!(refused.code, 2, "{}", refused.stderr);
    assert!(refused.stderr.contains("a permutation of Θ"));
    // A pair in N*.
    let gamma = r#"{"parameter":"k","a":[["1","1/2","1/(k+1)"],["0","k","1"]],"c":[["1"],["-k"]]}"#;
    let theta =
        r#"{"parameter":"k","a":[["0","2*k","1"],["2","1/2","1/(k+1)"]],"c":[["-2*k"],["2"]]}"#;
    let gamma = files.write("gamma.json", gamma);
    let theta = files.write("theta.json", theta);
    ok(&[
        "nearest",
        &gamma,
        &theta,
        "--in-n-star",
        "--phi-out",
        &phi,
        "-o",
        &certificate,
    ]);
    ok(&["equal", &phi, &theta]);
    verified(&certificate, &["--gamma", &gamma, "--theta", &theta]);
    let told = ok(&["explain", &certificate]).stdout;
    assert!(told.contains("in N* is a permutation (D25)"), "{told}");
}
