//! Theorem 3.1, its refined form and Theorem 3.3 for all k, against the same theorem asked of the instances.

mod support;

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

/// Texts of Γ and Θ.
type Make = fn(&mut Random) -> [String; 2];

/// a, b and c of a neuron.
type Row = (Vec<String>, String, Vec<String>);

/// Γ, and a Θ that is Γ in another order and scale with some outer weights changed, or with some neuron on another hyperplane. In refined form some
/// neurons of Γ are dead, and some of Θ have the other sign or are two of one direction.
fn pair(numbers: &mut Random, biased: bool, refined: bool) -> [String; 2] {
    let (m, d) = (
        numbers.below(3) + 2,
        numbers.below(2) + 1 + usize::from(!biased),
    );
    let mut rows: Vec<Row> = Vec::new();
    for _ in 0..m {
        let a = (0..d).map(|_| entry(numbers)).collect();
        rows.push((a, entry(numbers), vec![entry(numbers)]));
    }
    let e = [entry(numbers), entry(numbers)];
    let mut other = rows.clone();
    for (a, b, c) in &mut other {
        if numbers.below(5) == 0 {
            a[0] = entry(numbers);
        }
        if numbers.below(2) == 0 {
            c[0] = format!("{}+({})/k", c[0], numbers.below(3) as i64 - 1);
        }
        if refined && numbers.below(3) == 0 {
            c[0] = format!("-({})", c[0]);
        }
        let factor = positive(numbers);
        scale(a, factor);
        *b = format!("({b})*({factor})");
        c[0] = format!("({})/({factor})", c[0]);
    }
    if refined {
        let dead = numbers.below(m);
        rows[dead].2[0] = "0".to_owned();
        let (twin, sign) = (numbers.below(m), ["1", "-1"][numbers.below(2)]);
        if numbers.below(2) == 0 {
            let (a, b, c) = rows[0].clone();
            other[twin] = (a.clone(), b.clone(), c);
            other[(twin + 1) % m] = (a, b, vec![format!("{sign}*({})", rows[0].2[0])]);
        }
    }
    let shift = numbers.below(m);
    other.rotate_left(shift);
    [(rows, &e[0]), (other, &e[1])].map(|(rows, e)| text_of(&rows, biased.then_some(e)))
}

fn scale(row: &mut [String], factor: &str) {
    row.iter_mut()
        .for_each(|x| *x = format!("({x})*({factor})"));
}

/// Γ in N*, and a Θ that is Γ in another order, with some neurons of another size, direction or sign; at times not in N*.
fn star_pair(numbers: &mut Random) -> [String; 2] {
    let (m, d, outputs) = (
        numbers.below(3) + 1,
        numbers.below(2) + 2,
        numbers.below(2) + 1,
    );
    let share = |numbers: &mut Random, last: bool| -> String {
        let all = [
            "1/2", "1/3", "1/(k+1)", "k/(k+1)", "0", "-1/2", "-1", "-1/(2*k)",
        ];
        all[numbers.below(if last { 4 } else { 8 })].to_owned()
    };
    let one = |numbers: &mut Random| -> Row {
        let mut a: Vec<String> = (0..d).map(|j| share(numbers, j + 2 >= d)).collect();
        a[numbers.below(d)] = "1".to_owned();
        let mut c: Vec<String> = (0..outputs).map(|_| share(numbers, false)).collect();
        c[numbers.below(outputs)] = ["1", "-1"][numbers.below(2)].to_owned();
        (a, String::new(), c)
    };
    let mut rows: Vec<Row> = Vec::new();
    for _ in 0..m {
        let (mut a, b, mut c) = one(numbers);
        let size = positive(numbers);
        scale(&mut a, size);
        scale(&mut c, size);
        rows.push((a, b, c));
    }
    let mut other = rows.clone();
    for row in &mut other {
        match numbers.below(5) {
            0 => *row = one(numbers),
            1 | 2 => {
                let size = ["1+1/k", "1-1/(2*k)", "2", "1/k"][numbers.below(4)];
                scale(&mut row.0, size);
                scale(&mut row.2, size);
            }
            3 if numbers.below(4) == 0 => scale(&mut row.0, positive(numbers)),
            _ => {}
        }
    }
    let shift = numbers.below(m);
    other.rotate_left(shift);
    [rows, other].map(|rows| text_of(&rows, None))
}

/// Γ, and a Θ in which three neurons with Σ c_i a_i = 0, or so it seems, are turned round, and a fourth is another one.
fn flipped_pair(numbers: &mut Random) -> [String; 2] {
    let d = numbers.below(2) + 2;
    let number = |numbers: &mut Random| ["1", "2", "-1", "k", "1/k", "-k"][numbers.below(6)];
    let mut rows: Vec<Row> = Vec::new();
    for _ in 0..2 {
        let a = (0..d).map(|_| entry(numbers)).collect();
        rows.push((a, String::new(), vec![number(numbers).to_owned()]));
    }
    let c = number(numbers);
    let sum = |j: usize| {
        let [one, two] = [0, 1].map(|i| format!("({})*({})", rows[i].2[0], rows[i].0[j]));
        format!("-({one}+{two})/({c})")
    };
    let third: Vec<String> = (0..d).map(sum).collect();
    rows.push((third, String::new(), vec![c.to_owned()]));
    let a = (0..d).map(|_| entry(numbers)).collect();
    rows.push((a, String::new(), vec![entry(numbers)]));
    let mut other = rows.clone();
    let odd = numbers.below(12);
    for (i, (a, _, c)) in other.iter_mut().enumerate() {
        let factor = positive(numbers);
        let turned = i < 3 && i != odd;
        scale(
            a,
            &if turned {
                format!("-({factor})")
            } else {
                factor.to_owned()
            },
        );
        c[0] = format!("({})/({factor})", c[0]);
    }
    match numbers.below(3) {
        0 => other[3].2[0] = format!("{}+1/k", other[3].2[0]),
        1 => other[3].0[0] = entry(numbers),
        _ => {}
    }
    if numbers.below(3) == 0 {
        // Γ forces one orientation less.
        rows[numbers.below(3)].0[0] = entry(numbers);
    }
    let shift = numbers.below(4);
    other.rotate_left(shift);
    [rows, other].map(|rows| text_of(&rows, None))
}

/// The text of a family, with biases if there is an output bias.
fn text_of(rows: &[Row], e: Option<&String>) -> String {
    let quoted = |text: &String| format!("\"{text}\"");
    let list = |texts: Vec<String>| format!("[{}]", texts.join(","));
    let row = |texts: &Vec<String>| list(texts.iter().map(quoted).collect());
    let a = list(rows.iter().map(|(a, ..)| row(a)).collect());
    let c = list(rows.iter().map(|(.., c)| row(c)).collect());
    let mut text = format!(r#"{{"parameter":"k","a":{a},"c":{c}"#);
    if let Some(e) = e {
        let b = rows.iter().map(|(_, b, _)| quoted(b)).collect();
        text += &format!(r#","b":{},"e":[{}]"#, list(b), quoted(e));
    }
    text + "}"
}

/// Every section says of its k what the theorem says of the instance: r or J, β, whether it applies, the cases, ‖Φ − Γ‖_∞. So many pairs are compared;
/// those of which nothing is proved come on top.
fn agree(theorem: Theorem, form: Form, make: Make, seed: u64, pairs: usize) -> [usize; 4] {
    let mut numbers = Random::new(seed);
    let (mut compared, mut applies, mut answered, mut unproved) = (0, 0, 0, 0);
    let mut flipped = 0;
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
        }
        for k in 1..=12 {
            let mut sections = found.sections.iter();
            let (_, section) = sections.find(|(range, _)| contains(*range, k)).unwrap();
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
            // Of Θ that is Γ in another order and scale, dead neurons are given Γ's weights back: then Φ may be nearer.
            let order = at(&own.distance, k).compare(&other.distance.value);
            let revived = answer.jump() == &Rational::from_integer(0.into());
            assert!(order.is_eq() || order.is_gt() && revived, "{}", context());
        }
    }
    [compared, applies, flipped, unproved]
}

fn sections_agree(theorems: &[(Theorem, Form, Make, u64)], pairs: usize) {
    for (theorem, form, make, seed) in theorems.iter().copied() {
        let pairs = if seed < 5 { pairs / 2 } else { pairs };
        let [compared, applies, flipped, unproved] = agree(theorem, form, make, seed, pairs);
        println!(
            "{theorem:?} {form:?}, seed {seed}: {pairs} pairs, {compared} instances, the theorem applies to {applies}, with flips to {flipped}; of {unproved} pairs nothing is proved"
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
