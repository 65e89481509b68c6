//! Properties of random networks and numbers, each computed two ways.

use num_traits::Signed as _;
use proptest::prelude::*;
use relucert::exact::text::parse;
use relucert::exact::{Rational, Surd};
use relucert::network::file::{network_from_bytes, to_json};
use relucert::network::{Biased, Network, Neuron, Shallow};
use relucert::realization::{CanonicalForm, branch_and_bound};
use relucert::reparametrize::Options;
use relucert::stability::Pair;
use relucert::verify::{Bindings, Limits, Verdict, verify_text};

fn rational() -> impl Strategy<Value = Rational> {
    (-6i64..=6, 1i64..=4).prop_map(|(p, q)| Rational::new(p.into(), q.into()))
}

fn row(length: usize) -> impl Strategy<Value = Vec<Rational>> {
    proptest::collection::vec(rational(), length)
}

fn neuron(inputs: usize, outputs: usize) -> impl Strategy<Value = Neuron> {
    (row(inputs), row(outputs), 1i64..=6).prop_map(|(inner, outer, scale)| {
        Neuron::new(Rational::from_integer(scale.into()), outer, inner).expect("positive scale")
    })
}

/// Networks of one shape, `count` of them.
fn networks(count: usize, outputs: usize) -> impl Strategy<Value = Vec<Shallow>> {
    (1usize..=3, 1usize..=4).prop_flat_map(move |(inputs, neurons)| {
        let network = proptest::collection::vec(neuron(inputs, outputs), neurons);
        let network = network.prop_map(|n| Shallow::new(n).expect("rows of equal length"));
        proptest::collection::vec(network, count)
    })
}

fn surd() -> impl Strategy<Value = Surd> {
    let term = (rational(), 0i64..=12);
    (rational(), proptest::collection::vec(term, 0..=3)).prop_map(|(rational, terms)| {
        terms.iter().fold(Surd::from(rational), |sum, (c, n)| {
            sum.add(&Surd::multiple_of_root(
                c,
                &Rational::from_integer((*n).into()),
            ))
        })
    })
}

proptest! {
    #[test]
    fn the_canonical_form_has_the_networks_values(
        networks in networks(1, 2),
        points in proptest::collection::vec(row(3), 4),
    ) {
        let form = CanonicalForm::of_shallow(&networks[0]);
        for point in points {
            let point = &point[..networks[0].inputs()];
            prop_assert_eq!(networks[0].eval(point), form.eval(point));
        }
    }

    #[test]
    fn a_biased_network_and_its_homogenised_one_agree(
        networks in networks(1, 1),
        offset in row(1),
        point in row(3),
    ) {
        let mut neurons = networks[0].neurons().to_vec();
        // At least one true input beside the bias.
        for neuron in &mut neurons {
            let inner = neuron.inner().iter().cloned().chain([Rational::new(1.into(), 2.into())]);
            *neuron = Neuron::new(neuron.scale().clone(), neuron.outer().to_vec(), inner.collect())
                .expect("positive scale");
        }
        let biased = Biased::new(Shallow::new(neurons).expect("rows"), offset).expect("a network");
        let x = &point[..biased.inputs()];
        let lifted: Vec<Rational> =
            x.iter().cloned().chain([Rational::from_integer(1.into())]).collect();
        let value = biased.eval(x).expect("d coordinates");
        prop_assert_eq!(&value, &biased.homogenised().eval(&lifted).expect("d + 1 coordinates"));
        prop_assert_eq!(Ok(value), CanonicalForm::of_biased(&biased).eval(x));
    }

    #[test]
    fn rescaling_splitting_and_reordering_keep_the_canonical_form(
        networks in networks(1, 2),
        factor in (1i64..=5, 1i64..=5),
        at in 0usize..4,
    ) {
        let network = &networks[0];
        let factor = Rational::new(factor.0.into(), factor.1.into());
        let mut neurons = network.neurons().to_vec();
        let at = at % neurons.len();
        let half = Rational::new(1.into(), 2.into());
        let split = neurons[at].with_outer(neurons[at].outer().iter().map(|c| c * &half).collect());
        neurons[at] = split.scaled(&factor).expect("a positive factor");
        neurons.insert(0, split.rescaled_by_root(&factor).expect("a positive factor"));
        neurons.reverse();
        let other = Shallow::new(neurons).expect("rows of equal length");
        prop_assert_eq!(CanonicalForm::of_shallow(network), CanonicalForm::of_shallow(&other));
    }

    #[test]
    fn the_seminorm_is_the_largest_gradient_entry_and_at_least_half_the_jump(
        networks in networks(2, 1),
    ) {
        let form = |n| CanonicalForm::of_shallow(n);
        let difference = form(&networks[0]).minus(&form(&networks[1])).expect("one shape");
        let found = branch_and_bound(&difference, false, &Default::default());
        let r = found.exact().expect("a small arrangement").clone();
        prop_assert!(difference.jump_norm() <= &r + &r);
        // No difference quotient along an axis, in either direction, exceeds r.
        let (value, step) = (|x: &[Rational]| difference.eval(x).expect("d coordinates")[0].clone(), Rational::new(1.into(), 7.into()));
        for i in 0..difference.inputs() {
            let mut x = vec![Rational::new(3.into(), 5.into()); difference.inputs()];
            let before = value(&x);
            x[i] += &step;
            prop_assert!((value(&x) - before).abs() <= &r * &step);
        }
    }

    #[test]
    fn theorem_3_1_keeps_the_function_and_its_bounds_and_the_verifier_agrees(
        networks in networks(2, 1),
    ) {
        let (gamma, theta) = (&networks[0], &networks[1]);
        let pair = Pair::unbiased(gamma.clone(), theta.clone());
        let answer = pair.reparametrize(&Options::default()).expect("one shape");
        prop_assert_eq!(answer.theorem().is_some(), answer.missing().is_empty());
        if let Some(construction) = answer.construction() {
            let phi = &construction.phi;
            prop_assert_eq!(CanonicalForm::of_shallow(phi), CanonicalForm::of_shallow(theta));
            let text = answer.certificate().expect("readable").expect("a theorem applies");
            let verdict = verify_text(text.as_bytes(), &Limits::default(), &Bindings::default());
            prop_assert!(matches!(verdict, Verdict::Verified(_)), "{:?}", verdict);
        }
    }

    #[test]
    fn networks_survive_being_written_and_read(networks in networks(1, 2)) {
        let network = Network::Shallow(networks[0].clone());
        let text = to_json(&network);
        let back = network_from_bytes("n.json", text.as_bytes()).expect("our own file");
        let Network::Shallow(back) = back else { panic!("a network without biases") };
        for (x, y) in networks[0].neurons().iter().zip(back.neurons()) {
            prop_assert_eq!(x.inner_weights(), y.inner_weights());
            prop_assert_eq!(x.outer_weights(), y.outer_weights());
        }
    }

    #[test]
    fn surds_form_an_ordered_field(x in surd(), y in surd(), z in surd()) {
        prop_assert_eq!(x.add(&y).sub(&y), x.clone());
        prop_assert_eq!(x.mul(&y.add(&z)).sub(&x.mul(&y)).sub(&x.mul(&z)).sign(), std::cmp::Ordering::Equal);
        if let Some(inverse) = y.inverse() {
            prop_assert_eq!(x.mul(&y).mul(&inverse).compare(&x), std::cmp::Ordering::Equal);
        } else {
            prop_assert_eq!(y, Surd::zero());
        }
        // (x − y)² ≥ 0, and is 0 only if x = y.
        let apart = x.sub(&z);
        prop_assert_eq!(apart.mul(&apart).sign().is_gt(), x.compare(&z).is_ne());
        prop_assert_eq!(x.compare(&z), z.compare(&x).reverse());
    }

    #[test]
    fn numbers_survive_being_written_and_read(x in surd()) {
        prop_assert_eq!(parse(&x.to_string()).expect("our own text"), x.clone());
        let stated = relucert::certificate::Surd::from(&x);
        let back: relucert::certificate::Surd = stated.to_string().parse().expect("canonical");
        prop_assert_eq!(Surd::from(&back), x);
    }
}
