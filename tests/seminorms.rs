//! The seminorm by branch and bound: against the list of all regions, and against known values.

mod support;

use std::io::{self, Write};
use std::sync::Arc;

use num_bigint::BigInt;
use relucert::advice::{Advice, Exact, Floats};
use relucert::arrangement::parse_arr;
use relucert::audit::seminorm_by_regions;
use relucert::exact::Rational;
use relucert::network::{Neuron, Shallow};
use relucert::realization::{
    CanonicalForm, SeminormLimits, Subject, branch_and_bound, seminorm_certificate,
    write_seminorm_certificate,
};
use relucert::verify::{Bindings, Limits, Verdict, verify_text};
use serde_json::Value;
use support::Random;
use support::advice::Bad;

const SEED: u64 = 1905;

fn limits() -> SeminormLimits {
    SeminormLimits {
        nodes: Some(200_000),
        ..SeminormLimits::default()
    }
}

#[test]
fn branch_and_bound_agrees_with_the_list_of_regions_on_random_networks() {
    let mut random = Random::new(SEED);
    println!("seed {SEED}");
    for _ in 0..500 {
        let shape = (
            1 + random.below(4),
            1 + random.below(7),
            1 + random.below(2),
        );
        let network = random.shallow(shape.0, shape.1, shape.2);
        let form = CanonicalForm::of_shallow(&network);
        let enumerated = seminorm_by_regions(&form).expect("all regions");
        let bounded = branch_and_bound(&form, false, &limits());
        assert_eq!(Some(&enumerated), bounded.exact(), "{network:?}");
        // Where there may be too many regions nothing is searched, and the bracket holds all the same.
        let regions = Some(0);
        let bracket = branch_and_bound(
            &form,
            false,
            &SeminormLimits {
                regions,
                ..limits()
            },
        );
        assert!(bracket.lower.value <= enumerated && enumerated <= bracket.upper);
        assert!(bracket.trees.is_empty() || bracket.exact().is_some());
    }
}

#[test]
fn known_seminorms_of_arrangements() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/arrangements");
    let text = std::fs::read_to_string(folder.join("seminorms.json")).expect("copied");
    let known: Vec<Value> = serde_json::from_str(&text).expect("JSON");
    assert!(!known.is_empty());
    for instance in known {
        let name = instance["instance"].as_str().expect("a name");
        let text = std::fs::read_to_string(folder.join(format!("{name}.arr"))).expect("copied");
        let (rows, _) = parse_arr(&text).expect("an arrangement");
        let weights = instance["c"].as_array().expect("weights");
        let neurons = rows.into_iter().zip(weights).map(|(row, c)| {
            let c = Rational::from_integer(c.as_i64().expect("an integer").into());
            Neuron::rational(row, vec![c])
        });
        let network = Shallow::new(neurons.collect()).expect("rows of equal length");
        let form = CanonicalForm::of_shallow(&network);
        let found = branch_and_bound(&form, false, &limits());
        let expected = Rational::from_integer(instance["seminorm"].as_i64().expect("known").into());
        assert_eq!(found.exact(), Some(&expected), "{name}");
    }
}

/// Entries of −9 … 9, which leave a search much to do.
fn wide(random: &mut Random, inputs: usize, neurons: usize) -> Shallow {
    let mut row = |length: usize| -> Vec<Rational> {
        let entry = |_| Rational::from_integer((random.below(19) as i64 - 9).into());
        (0..length).map(entry).collect()
    };
    let neurons = (0..neurons).map(|_| Neuron::rational(row(inputs), row(1)));
    Shallow::new(neurons.collect()).expect("rows of equal length")
}

fn alone(network: &Shallow) -> Subject {
    Subject {
        networks: relucert::certificate::Networks {
            gamma: network.into(),
            theta: None,
            phi: None,
        },
        activation: None,
    }
}

/// Whoever is asked, the seminorm is the same, and its certificate is verified.
#[test]
fn advice_decides_how_long_it_takes_and_nothing_else() {
    let mut random = Random::new(SEED + 1);
    println!("seed {}", SEED + 1);
    let advice: [Arc<dyn Advice>; 8] = [
        Arc::new(Floats),
        Arc::new(Exact),
        Arc::new(Bad::Silent),
        Arc::new(Bad::Hopeful),
        Arc::new(Bad::Reversed),
        Arc::new(Bad::Random),
        Arc::new(Bad::Spoilt),
        Arc::new(Bad::Foreign),
    ];
    let mut searched = 0;
    for round in 0..40 {
        let (inputs, neurons) = (1 + random.below(4), 1 + random.below(8));
        let outputs = 1 + random.below(2);
        let network = random.shallow(inputs, neurons, outputs);
        let form = CanonicalForm::of_shallow(&network);
        let expected = seminorm_by_regions(&form).expect("all regions");
        for (index, advice) in advice.iter().enumerate() {
            let advice = Arc::clone(advice);
            let found = branch_and_bound(&form, false, &SeminormLimits { advice, ..limits() });
            assert_eq!(
                found.exact(),
                Some(&expected),
                "round {round}, advice {index}"
            );
            searched += usize::from(!found.trees.is_empty());
            let text = seminorm_certificate(alone(&network), &found).expect("readable");
            let verdict = verify_text(text.as_bytes(), &Limits::default(), &Bindings::default());
            assert!(
                matches!(verdict, Verdict::Verified(_)),
                "round {round}, advice {index}: {verdict:?}"
            );
        }
    }
    assert!(searched > 40, "only {searched} were searched");
}

/// Numbers beyond all floats.
#[test]
fn what_no_float_holds_is_searched_all_the_same() {
    let mut random = Random::new(SEED + 2);
    println!("seed {}", SEED + 2);
    for round in 0..20u32 {
        let network = random.shallow(3, 7, 1);
        let form = CanonicalForm::of_shallow(&network);
        let expected = seminorm_by_regions(&form).expect("all regions");
        // Row i is multiplied by 2^(±1100·i): as c is divided by it, the function is the same.
        let stretched = network.neurons().iter().enumerate().map(|(i, neuron)| {
            let size = Rational::from_integer(BigInt::from(1) << (1100 * i));
            let factor = if round % 2 == 0 { size } else { size.recip() };
            let row = neuron.inner().iter().map(|a| a * &factor).collect();
            let outer = neuron.outer().iter().map(|c| c / &factor).collect();
            Neuron::new(neuron.scale().clone(), outer, row).expect("a positive scale")
        });
        let stretched = Shallow::new(stretched.collect()).expect("rows of equal length");
        let found = branch_and_bound(&CanonicalForm::of_shallow(&stretched), false, &limits());
        assert_eq!(found.exact(), Some(&expected), "round {round}");
    }
}

/// The same bytes whatever the number of threads, and the same value however early the search goes depth first; and trees that are long are given in
/// several steps.
#[test]
fn neither_threads_nor_the_order_of_the_search_change_the_answer() {
    let mut random = Random::new(SEED + 3);
    let network = wide(&mut random, 7, 100);
    let form = CanonicalForm::of_shallow(&network);
    let mut values = Vec::new();
    for best_first in [1, 100, 4096] {
        let mut certificates = Vec::new();
        for threads in [1, 2, 5] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
            let found = pool.build().expect("threads").install(|| {
                let limits = SeminormLimits {
                    best_first,
                    ..limits()
                };
                branch_and_bound(&form, false, &limits)
            });
            assert!(found.nodes > 500, "only {} nodes", found.nodes);
            values.push(found.exact().expect("within the limits").clone());
            certificates.push(seminorm_certificate(alone(&network), &found).expect("readable"));
        }
        assert!(certificates.windows(2).all(|pair| pair[0] == pair[1]));
        assert!(
            certificates[0].contains("further"),
            "{} bytes",
            certificates[0].len()
        );
        let text = certificates[0].as_bytes();
        let verdict = verify_text(text, &Limits::default(), &Bindings::default());
        assert!(matches!(verdict, Verdict::Verified(_)), "{verdict:?}");
    }
    assert!(values.windows(2).all(|pair| pair[0] == pair[1]));
}

/// Takes a few bytes at a time, and no more than so many in all.
struct Trickle {
    bytes: Vec<u8>,
    most: usize,
    /// The most it was offered at a time.
    offered: usize,
}

impl Write for Trickle {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.offered = self.offered.max(bytes.len());
        let left = self.most - self.bytes.len();
        if left == 0 {
            return Err(io::ErrorKind::StorageFull.into());
        }
        let taken = bytes.len().min(1000).min(left);
        self.bytes.extend_from_slice(&bytes[..taken]);
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A certificate that is written piece by piece is the one in memory, and no piece is long however long it is.
#[test]
fn certificates_are_written_in_pieces() {
    let mut random = Random::new(SEED + 3);
    for (inputs, neurons, is_long) in [(7, 100, true), (4, 30, false), (1, 3, false)] {
        let network = wide(&mut random, inputs, neurons);
        let found = branch_and_bound(&CanonicalForm::of_shallow(&network), false, &limits());
        let text = seminorm_certificate(alone(&network), &found).expect("readable");
        let written = |most: usize| {
            let mut sink = Trickle {
                bytes: Vec::new(),
                most,
                offered: 0,
            };
            let ended = write_seminorm_certificate(&mut sink, alone(&network), &found);
            (ended, sink)
        };
        let (ended, sink) = written(usize::MAX);
        ended.expect("all is taken");
        assert!(sink.bytes == text.as_bytes());
        assert!(!is_long || text.contains("further"), "{} bytes", text.len());
        assert!(sink.offered < 100_000, "{} bytes at a time", sink.offered);
        for most in [0, 1, text.len() / 2, text.len() - 1] {
            let (ended, sink) = written(most);
            let error = ended.expect_err("there is no room");
            assert_eq!(error.kind(), io::ErrorKind::StorageFull);
            assert!(sink.bytes == text.as_bytes()[..most]);
        }
    }
}

/// A search that is cut short anywhere answers a bracket that holds, with a certificate that is verified; without trees there is none.
#[test]
fn brackets_are_certified_wherever_the_search_ends() {
    let mut random = Random::new(SEED + 4);
    let network = wide(&mut random, 6, 40);
    let form = CanonicalForm::of_shallow(&network);
    let whole = branch_and_bound(&form, false, &limits());
    let exact = whole.exact().expect("within the limits");
    let mut brackets = 0;
    for best_first in [1, 4096] {
        for nodes in [1, 2, 5, 20, 70, 200] {
            let limits = SeminormLimits {
                nodes: Some(nodes),
                best_first,
                ..limits()
            };
            let found = branch_and_bound(&form, false, &limits);
            assert!(found.lower.value <= *exact && *exact <= found.upper);
            brackets += usize::from(found.exact().is_none());
            let text = seminorm_certificate(alone(&network), &found).expect("readable");
            let verdict = verify_text(text.as_bytes(), &Limits::default(), &Bindings::default());
            assert!(
                matches!(verdict, Verdict::Verified(_)),
                "{nodes} nodes: {verdict:?}"
            );
        }
    }
    assert!(brackets > 3, "only {brackets} brackets");
    let unkept = SeminormLimits {
        keep: false,
        ..limits()
    };
    let unkept = branch_and_bound(&form, false, &unkept);
    assert_eq!(unkept.exact(), Some(exact));
    let error = seminorm_certificate(alone(&network), &unkept).expect_err("no trees");
    assert!(error.to_string().contains("were not kept"), "{error}");
}
