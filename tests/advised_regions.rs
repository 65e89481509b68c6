//! Regions with good advice, bad advice and none: the same regions, points inside, and certificates that are verified.

mod support;

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use num_bigint::BigInt;
use num_traits::{Signed as _, Zero as _};
use relucert::advice::{Advice, Advisor, Corner, Exact, Floats, Guide, Proposal, Ray, Wanted};
use relucert::arrangement::{Affine, Arrangement, Completeness, Method, Options, box_facets};
use relucert::certificate::{StatedNetwork, StatedRational, Surd};
use relucert::exact::Rational;
use relucert::watch::Watch;
use support::Random;
use support::advice::Bad;
use support::certificates::accepted;

const SEED: u64 = 2207;

/// An integer of about so many bits.
fn long(random: &mut Random, bits: u32) -> Rational {
    let words = (0..bits.div_ceil(16)).fold(BigInt::from(1), |sum, _| {
        (sum << 16) + random.below(1 << 16)
    });
    Rational::from_integer(if random.below(2) == 0 { words } else { -words })
}

/// Functions with long coefficients: in general position, or with all coincidences of small integers, in other coordinates.
fn functions(random: &mut Random, inputs: usize, count: usize) -> Vec<Affine> {
    let general = random.below(2) == 0;
    let turn: Vec<Vec<Rational>> = (0..=inputs)
        .map(|_| (0..=inputs).map(|_| long(random, 40)).collect())
        .collect();
    let row = |random: &mut Random| -> Vec<Rational> {
        if general {
            return (0..=inputs).map(|_| long(random, 70)).collect();
        }
        let small = random.row(inputs + 1);
        let entry = |k: usize| small.iter().zip(&turn).map(|(x, line)| x * &line[k]).sum();
        (0..=inputs).map(entry).collect()
    };
    let function = |_| {
        let mut normal = row(random);
        let offset = normal.pop().expect("one more");
        Affine { normal, offset }
    };
    (0..count).map(function).collect()
}

fn value(function: &Affine, point: &[Rational]) -> Rational {
    let products = function.normal.iter().zip(point).map(|(a, x)| a * x);
    products.fold(function.offset.clone(), |sum, product| sum + product)
}

/// A layer of neurons with these functions.
fn stated(functions: &[Affine], inputs: usize) -> StatedNetwork {
    let surd = |x: &Rational| Surd::from(x.clone());
    let zero = || surd(&Rational::zero());
    StatedNetwork {
        d: inputs,
        m: functions.len(),
        outputs: 1,
        a: functions
            .iter()
            .map(|f| f.normal.iter().map(surd).collect())
            .collect(),
        b: Some(functions.iter().map(|f| surd(&f.offset)).collect()),
        c: functions.iter().map(|_| vec![zero()]).collect(),
        e: Some(vec![StatedRational(Rational::zero())]),
    }
}

/// How often advice was asked, and how often it had a point or a circuit.
static ASKED: [AtomicUsize; 2] = [AtomicUsize::new(0), AtomicUsize::new(0)];

/// Floats, counted.
struct Counted;

struct CountedAdvisor(Box<dyn Advisor>);

impl Advice for Counted {
    fn advisor(&self, rows: &[Vec<BigInt>], watch: &Watch) -> Box<dyn Advisor> {
        Box::new(CountedAdvisor(Floats.advisor(rows, watch)))
    }
    fn guide(&self, rows: &[Vec<BigInt>], watch: &Watch) -> Box<dyn Guide> {
        Floats.guide(rows, watch)
    }
    fn large(
        &self,
        rows: &[Vec<BigInt>],
        weights: &[BigInt],
        effort: u64,
        seed: u64,
        watch: &Watch,
    ) -> Vec<Ray> {
        Floats.large(rows, weights, effort, seed, watch)
    }
}

impl Advisor for CountedAdvisor {
    fn fresh(&self, order: &[usize]) -> Box<dyn Advisor> {
        Box::new(CountedAdvisor(self.0.fresh(order)))
    }
    fn want(&mut self, row: usize, side: Wanted) {
        self.0.want(row, side);
    }
    fn propose(&mut self) -> Proposal {
        let proposal = self.0.propose();
        let found = proposal != Proposal::Nothing;
        ASKED[usize::from(found)].fetch_add(1, Ordering::Relaxed);
        proposal
    }
    fn sides(&self) -> Vec<bool> {
        self.0.sides()
    }
    fn corner(&self) -> Option<Corner> {
        self.0.corner()
    }
}

#[test]
fn advice_decides_how_long_it_takes_and_no_region() {
    println!("seed {SEED}");
    let mut random = Random::new(SEED);
    let all: [Arc<dyn Advice>; 9] = [
        Arc::new(Exact),
        Arc::new(Counted),
        Arc::new(Floats),
        Arc::new(Bad::Silent),
        Arc::new(Bad::Hopeful),
        Arc::new(Bad::Reversed),
        Arc::new(Bad::Random),
        Arc::new(Bad::Spoilt),
        Arc::new(Bad::Foreign),
    ];
    for round in 0..24 {
        let (inputs, neurons) = (1 + random.below(3), 1 + random.below(7));
        let functions = functions(&mut random, inputs, neurons);
        let ends = |x: i64| vec![Rational::from_integer(x.into()); inputs];
        let facets = match round % 3 {
            0 => Vec::new(),
            _ => box_facets(&ends(-1), &ends(1 + round % 2)),
        };
        let arrangement = Arrangement::affine(&functions, &facets, inputs, &Watch::none());
        let arrangement = arrangement.expect("rows of equal length");
        let mut expected: Option<Vec<Vec<i8>>> = None;
        let mut written = Vec::new();
        for (index, advice) in all.iter().enumerate() {
            let options = Options {
                method: Method::Tree,
                threads: 1 + index % 2,
                advice: Arc::clone(advice),
                ..Options::default()
            };
            let list = arrangement.regions(&options).expect("no limit");
            let signs: Vec<Vec<i8>> = (0..list.len()).map(|region| list.signs(region)).collect();
            let expected = expected.get_or_insert_with(|| signs.clone());
            assert_eq!(*expected, signs, "round {round}, advice {index}");
            let is_inside = |signs: &[i8], point: &[Rational]| {
                let sign = |f: &Affine| {
                    let value = value(f, point);
                    i8::from(value.is_positive()) - i8::from(value.is_negative())
                };
                functions.iter().map(sign).eq(signs.iter().copied())
                    && facets.iter().all(|facet| value(facet, point).is_positive())
            };
            for (region, signs) in signs.iter().enumerate() {
                let point = list.point(region, &Watch::none()).expect("no limit");
                assert!(is_inside(signs, &point), "round {round}, advice {index}");
                let evidence = list.evidence(region, &Watch::none()).expect("no limit");
                assert!(evidence.is_some());
            }
            let mut passed = Vec::new();
            let end = arrangement.for_each_region(&options, |region| {
                assert!(is_inside(&region.signs(), &region.point()));
                passed.push(region.signs());
                ControlFlow::Continue(())
            });
            assert!(end.complete && passed == signs);
            let text = list.certificate(
                stated(&functions, inputs),
                Completeness::Closure,
                &Watch::none(),
            );
            let text = text.expect("a complete list");
            accepted(&text);
            written.push(text);
        }
        // Twice the same floats.
        assert_eq!(written[1], written[2], "round {round}");
    }
    let [nothing, found] = ASKED.each_ref().map(|count| count.load(Ordering::Relaxed));
    assert!(found > 1000 && nothing * 20 < found, "{nothing} of {found}");
}
