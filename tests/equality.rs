//! Where two functions differ a point shows it, however small the part of the box is where they do.

mod support;

use num_traits::{One as _, Pow as _, Signed as _, Zero as _};
use relucert::certificate::Networks;
use relucert::exact::Rational;
use relucert::network::{Biased, Network, Neuron, Shallow, to_certificate};
use relucert::realization::{
    CanonicalForm, Domain, Subject, differ_certificate, equal_certificate, nonzero_point,
};
use support::Random;
use support::certificates::accepted;
use support::cli::{Files, json};

fn integer(n: i64) -> Rational {
    Rational::from_integer(n.into())
}

fn power(base: i64, exponent: i32) -> Rational {
    integer(base).pow(exponent)
}

/// What is asked: Γ, Θ and the box.
struct Question {
    gamma: Network,
    theta: Network,
    domain: Domain,
}

fn network(neurons: Vec<Neuron>, offset: Vec<Rational>) -> Network {
    let rows = Shallow::new(neurons).expect("rows of equal length");
    Network::Biased(Biased::new(rows, offset).expect("as many outputs"))
}

/// Sides of any size between 10^−8 and 10^30, anywhere.
fn any_box(random: &mut Random, inputs: usize) -> Domain {
    let side = |random: &mut Random| {
        let lower = random.number() * power(10, random.below(20) as i32 - 6);
        let width = integer(1 + random.below(9) as i64) * power(10, random.below(39) as i32 - 8);
        (lower.clone(), lower + width)
    };
    let sides = (0..inputs).map(|_| side(random)).collect();
    Domain::new(sides).expect("sides of positive length")
}

/// A neuron (a, b) that is active in the part 2^−bits of the range of ⟨a,x⟩ on the box: at a corner, or at a side if only one entry
/// of a is not zero.
fn cut(random: &mut Random, domain: &Domain, bits: i32, outputs: usize) -> Neuron {
    let inputs = domain.sides().len();
    let mut row = match random.below(3) {
        0 => vec![Rational::zero(); inputs],
        _ => random.row(inputs),
    };
    if row.iter().all(|a| a.is_zero()) {
        row[random.below(inputs)] = random.number().abs() + Rational::one();
    }
    let (mut least, mut largest) = (Rational::zero(), Rational::zero());
    for (a, (lower, upper)) in row.iter().zip(domain.sides()) {
        let (one, two) = (a * lower, a * upper);
        least += (&one).min(&two);
        largest += (&one).max(&two);
    }
    row.push((&largest - &least) * power(2, -bits) - &largest);
    Neuron::rational(row, random.row(outputs))
}

/// Functions that differ by a few cut corners and slices, with neurons in common that are not seen in the difference.
fn thin(random: &mut Random) -> Question {
    let inputs = [1, 1, 2, 3, 5, 8, 40][random.below(7)];
    let outputs = 1 + random.below(2);
    let domain = any_box(random, inputs);
    let common = |random: &mut Random| cut(random, &domain, 1, outputs);
    let shared: Vec<Neuron> = (0..random.below(3)).map(|_| common(random)).collect();
    let mut neurons = shared.clone();
    for _ in 0..1 + random.below(4) {
        let most = [4, 60, 1200][random.below(3)];
        let bits = 1 + random.below(most) as i32;
        let neuron = cut(random, &domain, bits, outputs);
        if random.below(3) == 0 {
            // The same line again, a little further in: what lies between two parallel kinks is all there is to see.
            let mut row = neuron.inner().to_vec();
            row[inputs] *= Rational::one() - power(2, -1 - random.below(400) as i32);
            let outer = neuron.outer().iter().map(|c| -c).collect();
            neurons.push(Neuron::rational(row, outer));
        }
        neurons.push(neuron);
    }
    let silent = neurons
        .iter()
        .enumerate()
        .map(|(i, neuron)| match i < shared.len() {
            true => neuron.clone(),
            false => neuron.with_outer(vec![Rational::zero(); outputs]),
        });
    let offset = random.row(outputs);
    Question {
        gamma: network(silent.collect(), offset.clone()),
        theta: network(neurons, offset),
        domain,
    }
}

/// Small networks on small boxes around and beside the origin; every other time the second is the first in another form.
fn ordinary(random: &mut Random) -> Question {
    let inputs = 1 + random.below(3);
    let neurons = |random: &mut Random| -> Vec<Neuron> {
        (0..1 + random.below(3))
            .map(|_| Neuron::rational(random.row(inputs + 1), random.row(1)))
            .collect()
    };
    let one = neurons(random);
    let offset = random.row(1);
    let (two, other) = match random.below(2) {
        0 => (neurons(random), random.row(1)),
        _ => (one.iter().rev().cloned().collect(), offset.clone()),
    };
    let sides = (0..inputs).map(|_| {
        let lower = random.number();
        (lower.clone(), lower + power(3, random.below(4) as i32 - 3))
    });
    Question {
        gamma: network(one, offset),
        theta: network(two, other),
        domain: Domain::new(sides.collect()).expect("sides of positive length"),
    }
}

/// Asks, checks the point with the networks themselves, and gives the certificate to the verifier. Whether they are equal.
fn answered(question: &Question, on_box: bool) -> bool {
    let Question {
        gamma,
        theta,
        domain,
    } = question;
    let domain = on_box.then_some(domain);
    let [f, g] = [gamma, theta].map(|n| CanonicalForm::of(n).expect("a shallow network"));
    let difference = g.minus(&f).expect("one shape");
    let subject = Subject {
        networks: Networks {
            gamma: to_certificate(gamma).expect("a shallow network"),
            theta: to_certificate(theta),
            phi: None,
        },
        activation: None,
    };
    let found = nonzero_point(&difference, domain).expect("one side an input");
    let certificate = match &found {
        None => equal_certificate(subject, domain),
        Some(x) => {
            assert!(domain.is_none_or(|domain| domain.contains(x)), "{x:?}");
            let [a, b] = [gamma, theta].map(|n| n.eval(x).expect("d coordinates"));
            assert_ne!(a, b, "at {x:?}");
            differ_certificate(subject, domain, x, &a, &b)
        }
    };
    accepted(&certificate);
    found.is_none()
}

#[test]
fn cut_corners_and_slices_of_any_size_are_found() {
    let mut random = Random::new(7);
    let mut equal = 0;
    for _ in 0..500 {
        equal += usize::from(answered(&thin(&mut random), true));
    }
    // Only where all outer weights came out 0, or parallel kinks cancelled.
    assert!(equal < 100, "{equal}");
}

#[test]
fn ordinary_networks_are_equal_or_differ_at_a_point() {
    let mut random = Random::new(8);
    let mut equal = 0;
    for round in 0..500 {
        equal += usize::from(answered(&ordinary(&mut random), round % 3 > 0));
    }
    assert!((200..400).contains(&equal), "{equal}");
}

/// A kink through every vertex of a grid: the point on one of them avoids all others.
#[test]
fn kinks_in_bundles_are_told_apart() {
    for inputs in [2, 3, 6] {
        // |x_i − x_j| and |x_i + x_j| all pass through the middle of the box, and so does their sum's first kink.
        let mut neurons = Vec::new();
        for i in 0..inputs {
            for j in 0..i {
                for sign in [1, -1] {
                    let mut row = vec![Rational::zero(); inputs + 1];
                    row[i] = integer(sign);
                    row[j] = Rational::one();
                    neurons.push(Neuron::rational(row, vec![Rational::one()]));
                }
            }
        }
        let silent = neurons.iter().map(|n| n.with_outer(vec![Rational::zero()]));
        let side = (-power(10, -200), power(10, -200));
        let question = Question {
            gamma: network(silent.collect(), vec![Rational::zero()]),
            theta: network(neurons, vec![Rational::zero()]),
            domain: Domain::new(vec![side; inputs]).expect("a box"),
        };
        assert!(!answered(&question, true));
    }
}

#[test]
fn points_are_as_short_as_the_slice_allows() {
    for (exponent, digits) in [(-12, 14), (-300, 302)] {
        let neuron = |c| Neuron::rational(vec![integer(1), integer(-2)], vec![integer(c)]);
        let form = CanonicalForm::of(&network(vec![neuron(1)], vec![Rational::zero()]));
        let domain = Domain::new(vec![(Rational::zero(), integer(2) + power(10, exponent))]);
        let point = nonzero_point(&form.expect("shallow"), Some(&domain.expect("a box")));
        let point = point.expect("one side").expect("not zero");
        let length = point[0].denom().to_string().len();
        assert!(length <= digits, "{point:?}");
    }
}

/// The program's answers to a kink at 2: equal up to it, and a point beyond it as soon as the box reaches further.
#[test]
fn the_program_finds_what_is_seen_beyond_a_kink() {
    let files = Files::new();
    let file = |name: &str, c: &str| {
        let text = format!(r#"{{"a":[["1"]],"b":["-2"],"c":[["{c}"]],"e":["0"]}}"#);
        files.write(name, text)
    };
    let (one, zero) = (file("one.json", "1"), file("zero.json", "0"));
    for (domain, code, witness) in [
        ("0:2", 0, ""),
        ("-1e300:2", 0, ""),
        ("0:2+1e-12", 1, "4000000000001/2000000000000"),
        ("-1e30:2+1e-3", 1, "4001/2000"),
        ("2-1e-300:2+1e-300", 1, "x"),
        ("0:2+1e-300", 1, "x"),
    ] {
        let domain = format!("--domain={domain}");
        let (found, answer) = json(&["equal", &one, &zero, &domain]);
        assert_eq!(found, code, "{domain}");
        let found = answer["witness"][0].as_str().unwrap_or("");
        match witness {
            "x" => assert!(found.len() < 650 && found.len() > 600, "{found}"),
            _ => assert_eq!(found, witness, "{domain}"),
        }
    }
}
