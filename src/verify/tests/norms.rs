use proptest::prelude::*;

use super::super::difference::Kink;
use super::super::network::first;
use super::super::number::largest;
use super::super::support::{
    SHARP_POINT, biased_example, evaluate, merge_example, network, sharp_example,
};
use super::*;

// The merge example's difference is ρ(x) − ρ(y): hyperplane 0 is (0,1) with jump −1, hyperplane 1 is (1,0) with jump 1.
// The sharp example's hyperplanes are (1,−1/5), (1,−1/10), (1,1/10), (1,1/5) with jumps −4, 2, 2, −4.

#[test]
fn points() {
    merge_example().accepts(&[
        (
            "a point of the region where both are active",
            &[r#"{"point":{"point":["1","1"],"signs":"++","output":0,"input":1,"value":"1"}}"#],
        ),
        (
            "fractions and large coordinates",
            &[r#"{"point":{"point":["1/3","-100000000000000000000000"],"signs":"-+","output":0,"input":0,"value":"1"}}"#],
        ),
        (
            "the value 0",
            &[r#"{"point":{"point":["-1","-1"],"signs":"--","output":0,"input":0,"value":"0"}}"#],
        ),
    ]);
    sharp_example().accepts(&[("the sharp example", &[SHARP_POINT])]);
    // Without hyperplanes any point will do, also the origin.
    biased_example().accepts(&[(
        "a difference that is zero",
        &[r#"{"point":{"point":["0","0"],"signs":"","output":1,"input":1,"value":"0"}}"#],
    )]);
    merge_example().rejects(&[
        (
            "a wrong sign",
            &[r#"{"point":{"point":["1","-1"],"signs":"++","output":0,"input":0,"value":"1"}}"#],
            "signs at the point; found ++; expected -+",
        ),
        (
            "a sign too few",
            &[r#"{"point":{"point":["1","-1"],"signs":"-","output":0,"input":0,"value":"1"}}"#],
            "signs at the point",
        ),
        (
            "a wrong value",
            &[r#"{"point":{"point":["1","-1"],"signs":"-+","output":0,"input":0,"value":"2"}}"#],
            "absolute value of the Jacobian's entry; found 2; expected 1",
        ),
        (
            "the value of another entry",
            &[r#"{"point":{"point":["1","-1"],"signs":"-+","output":0,"input":1,"value":"1"}}"#],
            "expected 0",
        ),
        (
            "a negative value",
            &[r#"{"point":{"point":["1","1"],"signs":"++","output":0,"input":1,"value":"-1"}}"#],
            "found -1; expected 1",
        ),
        (
            "a point on a hyperplane",
            &[r#"{"point":{"point":["1","0"],"signs":"0+","output":0,"input":0,"value":"1"}}"#],
            "the point lies on hyperplane 0",
        ),
        (
            "the origin",
            &[r#"{"point":{"point":["0","0"],"signs":"++","output":0,"input":0,"value":"1"}}"#],
            "the point lies on hyperplane 0",
        ),
        (
            "a point with too few coordinates",
            &[r#"{"point":{"point":["1"],"signs":"-+","output":0,"input":0,"value":"1"}}"#],
            "length of the point",
        ),
        (
            "an output that is not there",
            &[r#"{"point":{"point":["1","1"],"signs":"++","output":1,"input":0,"value":"1"}}"#],
            "there is no such output",
        ),
        (
            "an input that is not there",
            &[r#"{"point":{"point":["1","1"],"signs":"++","output":0,"input":2,"value":"1"}}"#],
            "there is no such input",
        ),
    ]);
}

#[test]
fn jumps() {
    merge_example().accepts(&[("J = 1", &[r#"{"jump":{"value":"1"}}"#])]);
    sharp_example().accepts(&[("J = 4", &[r#"{"jump":{"value":"4"}}"#])]);
    biased_example().accepts(&[("no jump at all", &[r#"{"jump":{"value":"0"}}"#])]);
    for (value, example) in [
        ("2", merge_example()),
        ("0", merge_example()),
        ("-4", sharp_example()),
    ] {
        let rule = format!(r#"{{"jump":{{"value":"{value}"}}}}"#);
        example.rejects(&[("a wrong jump norm", &[&rule], "jump norm; found")]);
    }
}

proptest! {
    /// R(Θ) − R(Γ) = M x + ½ Σ κ_H |⟨n_H,x⟩| at random points, by evaluating the networks.
    #[test]
    fn the_canonical_form_is_the_difference(
        gamma in network(),
        theta in network(),
        x in prop::collection::vec(-50_i32..50, 3),
    ) {
        let x: Vec<BigInt> = x.into_iter().map(BigInt::from).collect();
        let difference = Difference::new(&theta, Some(&gamma), &Q::zero(), false, &Limits::default()).ok().unwrap();
        let twice = Q::from(&difference.denominator * 2).inverse().unwrap();
        let direct = evaluate(&theta, &x).into_iter().zip(evaluate(&gamma, &x));
        for (row, (theta, gamma)) in direct.enumerate() {
            let linear = product(&difference.linear[3 * row..3 * row + 3], &x);
            let kinks = difference.kinks.iter().map(|kink| {
                &kink.weight[row] * product(&kink.line, &x).abs()
            });
            let sum: BigInt = linear + kinks.sum::<BigInt>();
            prop_assert_eq!(&Q::from(sum) * &twice, &theta - &gamma);
        }
        // Sorted, without repetition, and the jump norm is that of the definition.
        let normal = |kink: &Kink| -> Vec<Q> {
            let scale = Q::from(first(&kink.line).clone()).inverse().unwrap();
            kink.line.iter().map(|v| &Q::from(v.clone()) * &scale).collect()
        };
        let normals: Vec<_> = difference.kinks.iter().map(normal).collect();
        prop_assert!(normals.is_sorted_by(|one, other| one < other));
        let mut jump = Q::zero();
        for (kink, normal) in difference.kinks.iter().zip(&normals) {
            let scale = Q::fraction(first(&kink.line).clone(), difference.denominator.clone()).unwrap();
            let kappa: Vec<Q> = kink.weight.iter().map(|w| &Q::from(w.clone()) * &scale).collect();
            prop_assert!(!largest(&kappa).is_zero());
            jump = jump.max(&largest(&kappa) * &largest(normal));
        }
        prop_assert_eq!(difference.jump(), jump);
    }
}
