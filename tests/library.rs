//! What a caller of the library can get wrong is answered with an error, `None`, or a panic that the documentation announces: never with a
//! value.

mod support;

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use relucert::arrangement::tree::{RegionTree, TreeRegion, TreeVisitor};
use relucert::arrangement::{Arrangement, box_facets};
use relucert::exact::lp::{RowTable, strict_feasibility};
use relucert::exact::{Rational, Surd, linear};
use relucert::nearest::{Constraints, Quadratic};
use relucert::network::{Biased, Neuron, Shallow};
use relucert::parametrizations::{Limits, Question, all_sets, c3_possible};
use relucert::realization::{
    CanonicalForm, Domain, InverseLipschitzError, inverse_lipschitz, nonzero_point, sup_norm,
};
use relucert::stability::{Rewriting, distance, distance_to_line, match_neurons};
use relucert::watch::Watch;
use support::{Random, net};

fn q(n: i64) -> Rational {
    Rational::from_integer(n.into())
}

fn row(entries: &[i64]) -> Vec<Rational> {
    entries.iter().map(|n| q(*n)).collect()
}

fn cube(dimension: usize) -> Domain {
    Domain::new(vec![(q(-1), q(1)); dimension]).expect("a box")
}

#[test]
fn wrong_lengths_are_errors() {
    let mut random = Random::new(5);
    for inputs in 1..=4 {
        let network = random.shallow(inputs, 3, 2);
        let form = CanonicalForm::of_shallow(&network);
        let biased = Biased::from(network.clone());
        for length in (0..=6).filter(|length| *length != inputs) {
            let point = random.row(length);
            assert!(form.eval(&point).is_err());
            assert!(network.eval(&point).is_err());
            assert!(biased.eval(&point).is_err());
            assert!(!cube(inputs).contains(&point));
            let other = cube(length);
            assert!(other.restrict(&form).is_err());
            assert!(nonzero_point(&form, Some(&other)).is_err());
            let sup = sup_norm(&form, &other, &Default::default());
            assert!(sup.is_err(), "{sup:?}");
            let message = other.restrict(&form).unwrap_err().to_string();
            let expected =
                format!("the list of the box's sides has {length} numbers, expected {inputs}");
            assert_eq!(message, expected);
            if length > 0 {
                let other = random.shallow(length, 3, 2);
                assert!(form.minus(&CanonicalForm::of_shallow(&other)).is_none());
                assert!(distance(&network, &other).is_none());
            }
        }
        assert!(form.output(1).is_some());
        assert!((2..9).all(|output| form.output(output).is_none()));
    }
}

#[test]
fn wrong_factors_are_none() {
    let neuron = Neuron::rational(row(&[1, -2]), row(&[3]));
    for factor in [q(0), q(-1), Rational::new((-1).into(), 7.into())] {
        assert!(neuron.scaled(&factor).is_none());
        assert!(neuron.rescaled_by_root(&factor).is_none());
        assert!(Neuron::new(factor.clone(), row(&[1]), row(&[1])).is_none());
        assert!(Surd::sqrt(&factor).is_none() || factor == q(0));
    }
    assert_eq!(
        neuron.scaled(&q(2)).expect("positive").inner(),
        row(&[2, -4])
    );
    let others = [
        Neuron::rational(row(&[-1, 2]), row(&[1])),
        Neuron::rational(row(&[1, 2]), row(&[1])),
        Neuron::rational(row(&[1, -2]), row(&[1, 1])),
        Neuron::zero(2, 1),
    ];
    for other in &others {
        assert!(neuron.absorbing(&[other]).is_none());
        assert!(Neuron::zero(2, 1).absorbing(&[other]).is_none());
    }
    let same = Neuron::rational(row(&[2, -4]), row(&[1]));
    assert_eq!(
        neuron.absorbing(&[&same]).expect("parallel").outer(),
        row(&[5])
    );
    let lines = [row(&[1, 0])];
    for (lines, dimension, b) in [(&lines[..], 2, q(0)), (&lines, 2, q(-1)), (&[], 0, q(1))] {
        let found = inverse_lipschitz(lines, dimension, &b, 1000, &Watch::none());
        let expected = match dimension {
            0 => InverseLipschitzError::NoInputs,
            _ => InverseLipschitzError::EmptyBox(b),
        };
        assert_eq!(found, Err(expected));
    }
}

/// That the call panics, and what it says.
fn panics<T>(what: &str, says: &str, call: impl FnOnce() -> T) {
    let payload = catch_unwind(AssertUnwindSafe(call)).err();
    let payload = payload.unwrap_or_else(|| panic!("{what} answers"));
    let text = payload.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| payload.downcast_ref::<&str>().copied());
    let text = text.unwrap_or_default();
    assert!(text.contains(says), "{what}: {text}");
}

#[test]
fn indices_that_do_not_exist_panic_as_documented() {
    let arrangement = Arrangement::new(&[row(&[1, 0]), row(&[0, 1]), row(&[1, 1])], 2);
    let arrangement = arrangement.expect("rows of two");
    let regions = arrangement
        .regions(&Default::default())
        .expect("a small arrangement");
    assert_eq!(regions.len(), 6);
    for region in [6, 9, usize::MAX] {
        let says = format!("region {region} of a list of 6");
        panics("signs", &says, || regions.signs(region));
        panics("witness", &says, || regions.witness(region, &Watch::none()));
        panics("point", &says, || regions.point(region, &Watch::none()));
        panics("plus", &says, || regions.plus(region, 0));
        panics("across", &says, || regions.across(region, 0));
        panics("neighbours", &says, || regions.neighbours(region));
        panics("write_signs", &says, || {
            regions.write_signs(region, &mut String::new())
        });
        assert_eq!(regions.evidence(region, &Watch::none()), Ok(None));
    }
    panics("plus", "there is no class 3", || regions.plus(0, 3));
    panics("across", "there is no class 3", || regions.across(0, 3));
    panics("box_facets", "two ends", || {
        box_facets(&row(&[0, 0]), &row(&[1]))
    });
    let tree = RegionTree::new(&[vec![1.into(), 0.into()]], 2).expect("rows of two");
    struct Nothing;
    impl TreeVisitor for Nothing {
        fn region(&mut self, _: &TreeRegion<'_>) -> ControlFlow<()> {
            ControlFlow::Continue(())
        }
    }
    panics("walk_below", "first hyperplanes", || {
        tree.walk_below(&[(7, true)], &mut Nothing, &Watch::none())
    });
}

#[test]
fn lists_that_do_not_fit_panic_as_documented() {
    let ragged = [vec![1.into(), 2.into()], vec![3.into()]];
    panics("rank", "entries", || {
        linear::rank(&ragged, 2, &Watch::none())
    });
    panics("kernel_basis", "entries", || {
        linear::kernel_basis(&ragged, 2, &Watch::none())
    });
    panics("independent_rows", "entries", || {
        linear::independent_rows(&ragged, 1, &Watch::none())
    });
    panics("independent_columns", "entries", || {
        linear::independent_columns(&ragged, 1, &Watch::none())
    });
    panics("strict_feasibility", "entries", || {
        strict_feasibility(&ragged, 2, &Watch::none())
    });
    panics("RowTable", "entries", || RowTable::new(&ragged, 3));
    let table = RowTable::new(&ragged[..1], 2);
    panics("side", "coordinates", || table.side(0, &[1.into()]));
    panics("distance_to_line", "length", || {
        distance_to_line(&row(&[1]), &row(&[1, 2]))
    });
    panics("multiple_of_root", "negative", || {
        Surd::multiple_of_root(&q(1), &q(-2))
    });
    panics("Quadratic", "negative", || {
        Quadratic::new(q(1), q(1), q(-2))
    });
    let [two, three] = [2, 3].map(|t| Quadratic::new(q(0), q(1), q(t)));
    panics("add_same_root", "one root", || two.add_same_root(&three));
    panics("compare_same_root", "one root", || {
        two.compare_same_root(&three)
    });
    panics("Constraints", "shape", || {
        Constraints::new((&row(&[1, 2]), &row(&[1])), (&row(&[1]), &row(&[1])), false)
    });
    let question = Question {
        inputs: 2,
        vectors: vec![row(&[1, 2]), row(&[1])],
        target: row(&[0, 0]),
        lines: Vec::new(),
        decided: vec![None; 2],
    };
    panics("all_sets", "lengths", || {
        all_sets(&question, &Limits::default())
    });
    let (one, other) = (net(&["1 0 | 1"]), net(&["1 | 1"]));
    panics("c3_possible", "shape", || {
        c3_possible(&one, &other, true, &Limits::default())
    });
    panics("match_neurons", "length", || {
        match_neurons(one.neurons(), &[])
    });
    let mut rewriting = Rewriting::new(&Shallow::new(one.neurons().to_vec()).expect("a network"));
    panics("permute", "permutation", || rewriting.permute(vec![0, 0]));
    panics("scale", "positive", || rewriting.scale(0, q(-1)));
    panics("radical", "positive", || rewriting.radical(0, q(0)));
    panics("revive", "dead", || {
        rewriting.revive(0, one.neurons()[0].clone())
    });
}
