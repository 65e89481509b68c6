use super::super::Verdict;
use super::super::examples::*;
use super::super::support::{Example, rejection, verdict};

fn all() -> Vec<(&'static str, Example)> {
    vec![
        ("theorem 3.3", star_example()),
        ("theorem 3.3, seminorm", star_seminorm_example()),
        ("refined", refined_example()),
        ("lift", lift_example()),
        ("flips", flips_example()),
        ("flips with biases", affine_flips_example()),
        ("unique", unique_example()),
        ("minimal", minimal_example()),
        ("minimal with biases", affine_minimal_example()),
        ("orientation", orientation_example()),
        ("nearest", nearest_example()),
        ("nearest with biases", constant_example()),
        ("nearest in N*", fixed_example()),
    ]
}

#[test]
fn examples_are_verified() {
    for (name, example) in all() {
        let verdict = verdict(&example.text());
        assert!(
            matches!(verdict, Verdict::Verified(_)),
            "{name}: {verdict:?}"
        );
    }
}

/// Every step that a conclusion rests on is needed.
#[test]
fn no_step_can_be_left_out() {
    for (name, example) in all() {
        for left_out in 0..example.rests_on.len() {
            let mut forged = example.clone();
            forged.rests_on.remove(left_out);
            let found = rejection(&forged.text());
            assert!(
                found.contains("must rest on steps of kind")
                    || found.contains("no step that the conclusion rests on shows"),
                "{name}: {found}"
            );
        }
    }
}
