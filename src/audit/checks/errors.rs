//! What is wrong in the seeds as printed.

use num_traits::{Signed, Zero};

use super::found::{Found, cube, holds, neuron, over_random, q, sup};
use crate::audit::random::Random;
use crate::exact::{Rational, Surd};
use crate::network::Shallow;
use crate::realization::{CanonicalForm, branch_and_bound};

/// On U = (−1,1)²: |a_1| + |a_2| + b ≤ 3δ − R ≤ 0 for ‖Φ − Γ_R‖ = δ ≤ R/3, so ρ(⟨a,x⟩ + b) vanishes there.
pub(super) fn e_1() -> Result<Found, String> {
    over_random(
        "within R/3 of Γ_R only constants are realised on (−1,1)²",
        |random| {
            let size = random.positive() * q(30, 1);
            let delta = &size / q(3, 1);
            let near = |random: &mut Random| &delta * q(random.integer(8), 8);
            let (a1, a2, b) = (near(random), near(random), near(random) - &size);
            let most = a1.abs() + a2.abs() + &b;
            Some(holds(!most.is_positive(), "the neuron is active somewhere"))
        },
    )
}

/// The constant of the first version.
pub(super) fn e_6() -> Result<Found, String> {
    let rows = [[q(1, 1), q(1, 2)], [q(-1, 1), q(1, 2)], [q(0, 1), q(-1, 1)]];
    let v = [q(1, 1), q(1, 1)];
    let dot =
        |a: &[Rational], b: &[Rational]| -> Rational { a.iter().zip(b).map(|(a, b)| a * b).sum() };
    let first = rows
        .iter()
        .map(|a| dot(a, a) - dot(a, &v) * dot(a, &v))
        .min();
    let first = first.ok_or("no rows")? / q(2, 1);
    let exact = rows
        .iter()
        .map(|a| crate::stability::distance_to_line(a, &v))
        .min();
    let exact = exact.ok_or("no rows")?;
    holds(first == q(-1, 2), "the first version's constant")?;
    holds(exact.is_positive(), "the line bound")?;
    Ok(format!("first version {first}, best constant of the argument {exact}").into())
}

/// The counterexample E7.
pub(super) fn e_7() -> Result<Found, String> {
    let half = |x: i64, y: i64| vec![q(x, 2), q(y, 1)];
    let neurons = vec![
        neuron(&[q(1, 1), q(0, 1)], q(1, 1)),
        neuron(&[q(-1, 1), q(1, 10)], q(-1, 1)),
        neuron(&half(1, 1), q(-1, 1)),
        neuron(&half(-1, -1), q(1, 1)),
        neuron(&half(1, -1), q(-1, 1)),
        neuron(&half(-1, 1), q(1, 1)),
    ];
    let theta = Shallow::new(neurons).map_err(|error| error.to_string())?;
    let form = CanonicalForm::of_shallow(&theta);
    let r = branch_and_bound(&form, false, &Default::default());
    let r = r.exact().cloned().ok_or("not exact")?;
    let value = sup(&form, &cube(2, &q(1, 1))?)?;
    // λ² over pairs of different directions with positive products; the largest is 9/25.
    let mut largest = Rational::zero();
    for (i, x) in theta.neurons().iter().enumerate() {
        for y in &theta.neurons()[..i] {
            let dot = |a: &[Rational], b: &[Rational]| -> Rational {
                a.iter().zip(b).map(|(a, b)| a * b).sum()
            };
            let product = dot(x.inner(), y.inner());
            if product.is_positive() {
                let squares = dot(x.inner(), x.inner()) * dot(y.inner(), y.inner());
                largest = largest.max(&product * &product / squares);
            }
        }
    }
    // r ≤ 2/√(1 − λ²)·sup, squared.
    let bound = q(4, 1) / (q(1, 1) - &largest) * &value * &value;
    holds(&r * &r > bound, "the bound holds after all")?;
    Ok(format!(
        "seminorm {r}, sup norm {value}, λ² = {largest}: {} > {bound}",
        &r * &r
    )
    .into())
}

/// The literal C.2.
pub(super) fn e_12() -> Result<Found, String> {
    // β + 2√r with β = 0, r = 1/5: 2/√5 < 1.
    let bound = Surd::multiple_of_root(&q(2, 1), &q(1, 5));
    let one = Surd::from(q(1, 1));
    holds(bound.compare(&one).is_lt(), "2/√5 < 1")?;
    Ok(format!("β + 2√r = {bound} < 1").into())
}
