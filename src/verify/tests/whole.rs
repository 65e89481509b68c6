use super::support::{
    biased_example, merge_example, sharp_example, unbalanced_example, verdict, violation_example,
};
use super::*;

#[test]
fn the_examples_are_verified() {
    for (name, example) in [
        ("merge", merge_example()),
        ("sharp", sharp_example()),
        ("biased", biased_example()),
        ("violation", violation_example()),
        ("unbalanced", unbalanced_example()),
    ] {
        match verdict(&example.text()) {
            Verdict::Verified(verified) => println!("{name}\n{}", verified.statement),
            other => panic!("{name}: {other:?}"),
        }
    }
}
