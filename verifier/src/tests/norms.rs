use proptest::prelude::*;

use super::super::difference::Kink;
use super::super::network::{Direction, Network, Neuron, first};
use super::super::number::largest;
use super::super::support::{
    Example, SHARP_POINT, affine_example, biased_example, evaluate, jump_example, merge_example,
    network, seminorm_example, sharp_example,
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

/// With biases: d + 1 coordinates, the last one positive; the last column of the Jacobian is none.
#[test]
fn affine_points() {
    let point = |x: &str, signs: &str, input: usize, value: &str| {
        format!(
            r#"{{"point":{{"point":[{x}],"signs":"{signs}","output":0,"input":{input},"value":"{value}"}}}}"#
        )
    };
    affine_example().accepts(&[
        ("at x = 0", &[&point(r#""0","1""#, "-+", 0, "1")]),
        ("at x = 2/3", &[&point(r#""2","3""#, "-+", 0, "1")]),
        ("at x = 3", &[&point(r#""3/2","1/2""#, "++", 0, "1")]),
        ("at x = -3", &[&point(r#""-3","1""#, "--", 0, "0")]),
    ]);
    affine_example().rejects(&[
        (
            "below",
            &[&point(r#""0","-1""#, "+-", 0, "2")],
            "last coordinate of the point; found -1; expected > 0",
        ),
        (
            "at infinity",
            &[&point(r#""1","0""#, "++", 0, "1")],
            "last coordinate of the point; found 0; expected > 0",
        ),
        (
            "a kink",
            &[&point(r#""1","1""#, "++", 0, "1")],
            "the point lies on hyperplane 0",
        ),
        (
            "the column of the constant",
            &[&point(r#""0","1""#, "-+", 1, "14")],
            "there is no such input; found 1",
        ),
        (
            "no last coordinate",
            &[&point(r#""0""#, "-+", 0, "1")],
            "length of the point; found 1; expected 2",
        ),
        (
            "a sign at infinity",
            &[&point(r#""0","1""#, "-++", 0, "1")],
            "signs at the point",
        ),
    ]);
}

#[test]
fn jumps_of_other_functions() {
    seminorm_example().accepts(&[("R(Γ) alone", &[r#"{"jump":{"value":"3"}}"#])]);
    affine_example().accepts(&[(
        "only in the original variables",
        &[r#"{"jump":{"value":"2"}}"#],
    )]);
    // 4/3 at x = −1/2, and −2/3 at x = 0; the normals (2, 1) and (1, 0) have 2 and 1 as largest entries.
    jump_example().rejects(&[
        (
            "of ReLU",
            &[r#"{"jump":{"value":"2"}}"#],
            "jump norm; found 2; expected 4/3",
        ),
        (
            "of the smaller kink",
            &[r#"{"jump":{"value":"2/3"}}"#],
            "jump norm; found 2/3; expected 4/3",
        ),
    ]);
    for (activation, value) in [("0", "2"), ("1", "0"), ("2", "2"), ("5/2", "3")] {
        jump_example().with("1/3", activation).accepts(&[(
            activation,
            &[&format!(r#"{{"jump":{{"value":"{value}"}}}}"#)],
        )]);
    }
    // A steep bias does not count: f = ρ(x + 5).
    let steep = seminorm_example();
    let networks = r#"{"gamma":{"d":1,"m":1,"D":1,"a":[["1"]],"b":["5"],"c":[["1"]],"e":["0"]}}"#;
    let steep = Example {
        networks: networks.to_owned(),
        ..steep
    };
    steep.accepts(&[("the slope", &[r#"{"jump":{"value":"1"}}"#])]);
}

proptest! {
    /// R(Θ) − R(Γ) on x_{d+1} > 0, with any activation, at random points, by evaluating the networks.
    #[test]
    fn the_affine_form_is_the_difference(
        mut gamma in network(),
        mut theta in network(),
        mut x in prop::collection::vec(-50_i32..50, 3),
        constant in -3_i32..4,
        activation in (0_i32..9, 1_i32..4),
    ) {
        // The last neuron of each network is the output bias.
        for (network, constant) in [(&mut gamma, constant), (&mut theta, 2)] {
            let last = network.neurons.last_mut().unwrap();
            let c = Q::from(BigInt::from(constant));
            let unit = [Q::zero(), Q::zero(), Q::one()];
            let direction = Direction::of(&unit, &Limits::default()).ok().unwrap();
            *last = Neuron { s: Q::one(), c: vec![c.clone(), -&c], a: unit.into(), direction, stretch: None };
        }
        x[2] = x[2].abs() + 1;
        let x: Vec<BigInt> = x.into_iter().map(BigInt::from).collect();
        let activation = Q::fraction(activation.0.into(), activation.1.into()).unwrap();
        let minus = Some(&gamma);
        let difference = Difference::new(&theta, minus, &activation, true, &Limits::default()).ok().unwrap();
        let twice = Q::from(&difference.denominator * 2).inverse().unwrap();
        // max(a·t, t) = max(a, 1)·ρ(t) − min(a, 1)·ρ(−t).
        let (most, least) = (activation.clone().max(Q::one()), activation.clone().min(Q::one()));
        let evaluate = |network: &Network| {
            let mut negated = network.clone();
            let bias = negated.neurons.pop().unwrap();
            for entry in negated.neurons.iter_mut().flat_map(|neuron| &mut neuron.a) {
                *entry = -&*entry;
            }
            for entry in negated.neurons.iter_mut().flat_map(|neuron| &mut neuron.c) {
                *entry = &-&*entry * &least;
            }
            for mut neuron in network.neurons.iter().take(3).cloned() {
                neuron.c.iter_mut().for_each(|entry| *entry = &*entry * &most);
                negated.neurons.push(neuron);
            }
            negated.neurons.push(bias);
            evaluate(&negated, &x)
        };
        for (row, (theta, gamma)) in evaluate(&theta).iter().zip(&evaluate(&gamma)).enumerate() {
            let linear = product(&difference.linear[3 * row..3 * row + 3], &x);
            let kinks = difference.kinks.iter().map(|kink| {
                &kink.weight[row] * product(&kink.line, &x).abs()
            });
            let sum: BigInt = linear + kinks.sum::<BigInt>();
            prop_assert_eq!(&Q::from(sum) * &twice, theta - gamma);
        }
        prop_assert_eq!(difference.columns, 2);
        for kink in &difference.kinks {
            prop_assert!(!kink.line[0].is_zero() || !kink.line[1].is_zero());
        }
    }

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
