//! The sup norm on boxes by branch and bound: against all vertices, at every limit of nodes, with bad advice, and verified.

mod support;

use std::sync::Arc;

use num_bigint::BigInt;
use num_traits::{One as _, Signed as _, Zero as _};
use relucert::advice::{Advice, Advisor, Exact, Floats, Guide, Question, Ray};
use relucert::certificate::Networks;
use relucert::exact::Rational;
use relucert::exact::lp::Peak;
use relucert::network::{Biased, Network, Neuron, Shallow, to_certificate};
use relucert::realization::{
    CanonicalForm, Domain, Subject, SupNorm, SupNormLimits, sup_norm, sup_norm_certificate,
};
use relucert::verify::{Bindings, Limits, Verdict, verify_text};
use relucert::watch::Watch;
use support::Random;

const SEED: u64 = 1217;

/// Proposals that are bad in one way or another.
#[derive(Clone, Copy, Debug)]
enum Bad {
    /// A corner, whatever is asked.
    Silent,
    /// What floats propose, with all sides turned round.
    Reversed,
    /// Any indices, some of which there are not.
    Random,
    /// What floats propose, every other time without a tight row.
    Spoilt,
}

struct BadGuide {
    kind: Bad,
    random: Random,
    floats: Box<dyn Guide>,
}

impl Advice for Bad {
    fn advisor(&self, rows: &[Vec<BigInt>], watch: &Watch) -> Box<dyn Advisor> {
        Floats.advisor(rows, watch)
    }

    fn guide(&self, rows: &[Vec<BigInt>], watch: &Watch) -> Box<dyn Guide> {
        Box::new(BadGuide {
            kind: *self,
            random: Random::new(SEED),
            floats: Floats.guide(rows, watch),
        })
    }

    fn large(&self, _: &[Vec<BigInt>], _: &[BigInt], _: u64, _: u64, _: &Watch) -> Vec<Ray> {
        Vec::new()
    }
}

impl Guide for BadGuide {
    fn peak(&mut self, question: &Question<'_>) -> Peak {
        let (sides, bends) = (question.ends.len(), question.bends.len());
        let mut peak = self.floats.peak(question);
        match self.kind {
            Bad::Silent => peak = Peak::default(),
            Bad::Reversed => {
                peak.upper.iter_mut().for_each(|upper| *upper = !*upper);
                peak.most.iter_mut().for_each(|most| *most = !*most);
            }
            Bad::Random => {
                let count = self.random.below(sides + 2);
                let mut any = |below: usize| -> Vec<usize> {
                    let mut list: Vec<usize> =
                        (0..count).map(|_| self.random.below(below + 1)).collect();
                    list.sort_unstable();
                    list.dedup();
                    list
                };
                (peak.free, peak.tight) = (any(sides), any(bends));
                peak.upper.truncate(count);
            }
            Bad::Spoilt => {
                if self.random.below(2) == 0 {
                    peak.tight.pop();
                }
            }
        }
        peak
    }
}

fn q(n: i64) -> Rational {
    Rational::from_integer(n.into())
}

fn cube(inputs: usize, lower: i64, upper: i64) -> Domain {
    Domain::new(vec![(q(lower), q(upper)); inputs]).expect("a box")
}

/// With small entries, so that much is degenerate.
fn network(random: &mut Random, [inputs, neurons, outputs]: [usize; 3], size: i64) -> Network {
    let mut row = |length: usize| -> Vec<Rational> {
        let mut entry = |_| q(random.below(2 * size as usize + 1) as i64 - size);
        (0..length).map(&mut entry).collect()
    };
    let neurons = (0..neurons).map(|_| Neuron::rational(row(inputs + 1), row(outputs)));
    let rows = Shallow::new(neurons.collect()).expect("rows of equal length");
    Network::Biased(Biased::new(rows, row(outputs)).expect("an offset an output"))
}

/// The largest |f| where d of the kinks and the facets meet, by Gauss's method.
fn over_all_vertices(form: &CanonicalForm, domain: &Domain) -> Rational {
    let inputs = form.inputs();
    let mut rows: Vec<Vec<Rational>> = form
        .kinks()
        .iter()
        .map(|kink| kink.normal.iter().cloned().chain([-&kink.offset]).collect())
        .collect();
    for (side, (lower, upper)) in domain.sides().iter().enumerate() {
        for end in [lower, upper] {
            let mut row = vec![Rational::zero(); inputs];
            row[side] = Rational::one();
            row.push(end.clone());
            rows.push(row);
        }
    }
    let mut largest = Rational::zero();
    let mut chosen: Vec<usize> = Vec::new();
    let mut next = 0;
    loop {
        if chosen.len() == inputs {
            if let Some(point) = meeting(chosen.iter().map(|row| rows[*row].clone()).collect()) {
                let mut sides = point.iter().zip(domain.sides());
                if sides.all(|(x, (lower, upper))| lower <= x && x <= upper) {
                    let values = form.eval(&point).expect("d coordinates");
                    largest = values
                        .iter()
                        .map(Rational::abs)
                        .fold(largest, Rational::max);
                }
            }
        } else if next < rows.len() {
            chosen.push(next);
            next += 1;
            continue;
        }
        match chosen.pop() {
            Some(last) => next = last + 1,
            None => return largest,
        }
    }
}

fn meeting(mut rows: Vec<Vec<Rational>>) -> Option<Vec<Rational>> {
    for column in 0..rows.len() {
        let pivot = (column..rows.len()).find(|row| !rows[*row][column].is_zero())?;
        rows.swap(column, pivot);
        let lead: Vec<Rational> = rows[column]
            .iter()
            .map(|x| x / &rows[column][column])
            .collect();
        for (index, row) in rows.iter_mut().enumerate() {
            let factor = row[column].clone();
            if index != column {
                row.iter_mut()
                    .zip(&lead)
                    .for_each(|(x, y)| *x -= &factor * y);
            }
        }
        rows[column] = lead;
    }
    rows.into_iter().map(|mut row| row.pop()).collect()
}

fn found(form: &CanonicalForm, domain: &Domain, advice: Arc<dyn Advice>, nodes: u64) -> SupNorm {
    let limits = SupNormLimits {
        nodes: Some(nodes),
        advice,
        ..SupNormLimits::default()
    };
    let found = sup_norm(form, domain, &limits).expect("a side an input");
    let there = form.eval(&found.point).expect("d coordinates");
    assert_eq!(there[found.output].abs(), found.value);
    assert!(found.nodes <= nodes + 2);
    found
}

const ENOUGH: u64 = 1_000_000;

#[test]
fn branch_and_bound_agrees_with_all_vertices() {
    let mut random = Random::new(SEED);
    println!("seed {SEED}");
    let mut cut_short = 0;
    for round in 0..150 {
        let inputs = 1 + random.below(3);
        let shape = [inputs, 1 + random.below(7), 1 + random.below(2)];
        let network = network(&mut random, shape, [1, 3, 9][round % 3]);
        let form = CanonicalForm::of(&network).expect("shallow");
        let lower = random.below(4) as i64 - 3;
        let domain = cube(inputs, lower, lower + 1 + random.below(4) as i64);
        let expected = over_all_vertices(&form, &domain);
        let all = found(&form, &domain, Arc::new(Floats), ENOUGH);
        assert_eq!(all.exact(), Some(&expected), "{network:?} {domain:?}");
        // At every limit the bracket holds.
        for nodes in (0..all.nodes).take(12) {
            let bracket = found(&form, &domain, Arc::new(Floats), nodes);
            assert!(
                bracket.value <= expected && expected <= bracket.upper,
                "{nodes}"
            );
            assert!(bracket.trees.is_empty());
            cut_short += usize::from(bracket.exact().is_none());
        }
        let others: [Arc<dyn Advice>; 5] = [
            Arc::new(Exact),
            Arc::new(Bad::Silent),
            Arc::new(Bad::Reversed),
            Arc::new(Bad::Random),
            Arc::new(Bad::Spoilt),
        ];
        for (index, advice) in others.into_iter().enumerate() {
            let other = found(&form, &domain, advice, ENOUGH);
            assert_eq!(
                other.exact(),
                Some(&expected),
                "advice {index}: {network:?} {domain:?}"
            );
        }
    }
    assert!(cut_short > 100, "{cut_short}");
}

/// What the verifier says of this value.
fn verdict(network: &Network, domain: &Domain, claimed: &SupNorm) -> Verdict {
    let subject = Subject {
        networks: Networks {
            gamma: to_certificate(network).expect("shallow"),
            theta: None,
            phi: None,
        },
        activation: None,
    };
    let text = sup_norm_certificate(subject, domain, claimed);
    assert!(text.contains("height"), "the vertices are too many");
    verify_text(text.as_bytes(), &Limits::default(), &Bindings::default())
}

#[test]
fn trees_are_verified_whatever_the_advice_and_no_smaller_value_is() {
    let mut random = Random::new(SEED);
    for round in 0..12 {
        // More than twenty thousand vertices.
        let shape = [[4, 24, 2], [6, 9, 1]][round % 2];
        let network = network(&mut random, shape, 9);
        let form = CanonicalForm::of(&network).expect("shallow");
        let domain = cube(shape[0], -1, 1);
        let mut values = Vec::new();
        let advisors: [Arc<dyn Advice>; 3] =
            [Arc::new(Floats), Arc::new(Exact), Arc::new(Bad::Spoilt)];
        for advice in advisors {
            let mut all = found(&form, &domain, advice, ENOUGH);
            assert!(all.exact().is_some());
            assert!(matches!(
                verdict(&network, &domain, &all),
                Verdict::Verified(_)
            ));
            values.push(all.value.clone());
            let less = Rational::new(BigInt::one(), BigInt::one() << 40u32);
            all.value -= &less;
            assert!(matches!(
                verdict(&network, &domain, &all),
                Verdict::Rejected(_)
            ));
        }
        assert!(values.iter().all(|value| *value == values[0]), "{values:?}");
    }
}
