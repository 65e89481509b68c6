//! Theorem 3.1 for all k, against the same theorem asked of the instances.

mod support;

use relucert::certificate::{Form, Range};
use relucert::exact::{Rational, Surd};
use relucert::family::{
    Expression, Family, Theorem31Question, parse, prove_local_minimum, theorem31,
};
use relucert::network::{Network, from_certificate};
use relucert::reparametrize::Options;
use relucert::stability::{Case, Pair, Theorem};
use support::Random;
use support::certificates::{accepted, lines, rejected, sealed};
use support::cli::{Files, ok, relucert, verified};

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

/// An entry a/b·k^e, or a + b·k.
fn entry(numbers: &mut Random) -> String {
    let mut small = |most: i64| numbers.below(2 * most as usize + 1) as i64 - most;
    match small(3) {
        -3 | 3 => format!("({})/k", small(3)),
        2 => format!("({})*k", small(2)),
        -2 => format!("({})+({})*k", small(3), small(1)),
        1 => format!("({})/k^2", small(3)),
        _ => format!("({})", small(3)),
    }
}

fn positive(numbers: &mut Random) -> &'static str {
    ["1", "2", "k", "1/k", "1/3", "(k+1)/k"][numbers.below(6)]
}

/// Γ, and a Θ that is Γ in another order and scale with some outer weights changed, or with some neuron on another hyperplane.
fn pair(numbers: &mut Random, biased: bool) -> [String; 2] {
    let (m, d) = (
        numbers.below(3) + 2,
        numbers.below(2) + 1 + usize::from(!biased),
    );
    let mut rows: Vec<(Vec<String>, String, String)> = Vec::new();
    for _ in 0..m {
        let a = (0..d).map(|_| entry(numbers)).collect();
        rows.push((a, entry(numbers), entry(numbers)));
    }
    let e = [entry(numbers), entry(numbers)];
    let mut other = rows.clone();
    for (a, b, c) in &mut other {
        if numbers.below(5) == 0 {
            a[0] = entry(numbers);
        }
        if numbers.below(2) == 0 {
            *c = format!("{c}+({})/k", numbers.below(3) as i64 - 1);
        }
        let factor = positive(numbers);
        a.iter_mut().for_each(|a| *a = format!("({a})*({factor})"));
        *b = format!("({b})*({factor})");
        *c = format!("({c})/({factor})");
    }
    let shift = numbers.below(m);
    other.rotate_left(shift);
    [(rows, &e[0]), (other, &e[1])].map(|(rows, e)| {
        let quoted = |text: &String| format!("\"{text}\"");
        let list = |texts: Vec<String>| format!("[{}]", texts.join(","));
        let a = rows
            .iter()
            .map(|(a, ..)| list(a.iter().map(quoted).collect()));
        let c = rows.iter().map(|(.., c)| list(vec![quoted(c)]));
        let mut text = format!(
            r#"{{"parameter":"k","a":{},"c":{}"#,
            list(a.collect()),
            list(c.collect())
        );
        if biased {
            let b = rows.iter().map(|(_, b, _)| quoted(b)).collect();
            text += &format!(r#","b":{},"e":[{}]"#, list(b), quoted(e));
        }
        text + "}"
    })
}

/// Every section says of its k what the theorem says of the instance: r or J, β, whether it applies, the cases, ‖Φ − Γ‖_∞. So many pairs are compared;
/// those of which nothing is proved come on top.
fn agree(form: Form, biased: bool, seed: u64, pairs: usize) -> [usize; 3] {
    let mut numbers = Random::new(seed);
    let (mut compared, mut applies, mut answered, mut unproved) = (0, 0, 0, 0);
    while answered < pairs {
        let texts = pair(&mut numbers, biased);
        let [gamma, theta] =
            [("Γ", &texts[0]), ("Θ", &texts[1])].map(|(name, text)| Family::from_json(name, text));
        let (gamma, theta) = (gamma.unwrap(), theta.unwrap());
        let question = Theorem31Question {
            form: Some(form),
            ..Theorem31Question::default()
        };
        // What is not proved for all k is said; a test that nothing is, is below.
        let Ok(found) = theorem31(&gamma, &theta, &question) else {
            unproved += 1;
            continue;
        };
        answered += 1;
        if let Some(proved) = &found.proved {
            accepted(&proved.certificate);
        }
        for k in 1..=12 {
            let mut sections = found.sections.iter();
            let (_, section) = sections.find(|(range, _)| contains(*range, k)).unwrap();
            let pair = Pair::new(&network(&gamma, k), &network(&theta, k)).unwrap();
            let answer = pair.reparametrize(&Options {
                theorem: Some(Theorem::Main),
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
            assert!(
                same(&section.measure, k, &measure.clone().into()),
                "{}",
                context()
            );
            let beta = analysis.beta.as_ref().unwrap();
            assert!(same(&section.beta, k, beta), "{}", context());
            assert_eq!(
                section.missing.is_empty(),
                analysis.missing.is_empty(),
                "{}",
                context()
            );
            compared += 1;
            let (Some(own), Some(other)) = (&section.construction, &analysis.construction) else {
                continue;
            };
            applies += 1;
            let cases = own
                .cases
                .iter()
                .map(|case| (Case::Proof(case.case), case.theta));
            let others = other.cases.iter().map(|case| (case.case, case.theta));
            assert!(cases.eq(others), "{}", context());
            // Of Θ that is Γ in another order and scale, dead neurons are given Γ's weights back: then Φ may be nearer.
            let distance = at(&own.distance, k);
            assert!(
                distance.compare(&other.distance.value).is_ge(),
                "{}",
                context()
            );
            if answer.jump() != &Rational::from_integer(0.into()) {
                assert!(
                    distance.compare(&other.distance.value).is_eq(),
                    "{}",
                    context()
                );
            }
        }
    }
    [compared, applies, unproved]
}

fn sections_agree(pairs: usize) {
    for (form, biased, seed) in [
        (Form::Seminorm, false, 1),
        (Form::Jump, false, 2),
        (Form::Seminorm, true, 3),
        (Form::Jump, true, 4),
    ] {
        let [compared, applies, unproved] = agree(form, biased, seed, pairs);
        println!(
            "{form:?}, biases {biased}, seed {seed}: {pairs} pairs, {compared} instances, the theorem applies to {applies}; of {unproved} pairs nothing is proved"
        );
        assert!(
            compared == 12 * pairs && applies > pairs && unproved <= pairs / 4,
            "{form:?}: {compared} {applies} {unproved}"
        );
    }
}

#[test]
fn sections_say_what_the_theorem_says_of_each_instance() {
    sections_agree(25);
}

/// 500 pairs in all.
#[test]
#[ignore = "some minutes"]
fn sections_of_many_pairs_say_what_the_theorem_says_of_each_instance() {
    sections_agree(125);
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
    let found = theorem31(&gamma, &theta, &Theorem31Question::default()).unwrap();
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

#[test]
fn damaged_case_analyses_are_rejected() {
    let gamma =
        r#"{"parameter":"k","a":[["1","0"],["k","1"],["1","2"]],"c":[["k"],["1"],["1/k"]]}"#;
    let theta = r#"{"parameter":"k","a":[["2*k","2"],["3","0"],["1","3"]],
        "c":[["1/2+1/(4*k)"],["k/3+1/(5*k)"],["1/k"]]}"#;
    let [gamma, theta] = [gamma, theta].map(|text| Family::from_json("x", text).unwrap());
    let found = theorem31(&gamma, &theta, &Theorem31Question::default()).unwrap();
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
