//! The seminorm by branch and bound: against the list of all regions, and against known values.

mod support;

use relucert::arrangement::parse_arr;
use relucert::audit::seminorm_by_regions;
use relucert::exact::Rational;
use relucert::network::{Neuron, Shallow};
use relucert::realization::{CanonicalForm, SeminormLimits, branch_and_bound};
use serde_json::Value;
use support::Random;

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
