//! Examples of the papers.

use num_traits::{One, Signed, Zero};

use super::found::{Found, cube, holds, network, neuron, q, sup};
use crate::exact::{Rational, Surd};
use crate::nearest::{Answer, Options, nearest};
use crate::network::{Network, Shallow};
use crate::realization::CanonicalForm;

/// The sup norm of Example 2.1.
pub(super) fn example_2_1_sup() -> Result<Found, String> {
    for k in 1..=10 {
        let (one, other) = (vec![q(k, 1), q(0, 1)], vec![q(k, 1), q(-1, k * k)]);
        let theta = Shallow::new(vec![neuron(&one, q(k, 1)), neuron(&other, q(-k, 1))]);
        let theta = theta.map_err(|error| error.to_string())?;
        let value = sup(&CanonicalForm::of_shallow(&theta), &cube(2, &q(1, 1))?)?;
        holds(value == q(1, k), "the sup norm is not 1/k")?;
    }
    Ok("‖g_k‖ on [−1, 1]² is exactly 1/k for k = 1 … 10"
        .to_owned()
        .into())
}

/// Example 2.2 for r and k: the least distance, exactly max(r, k^(−1/2)), and the same after all weights are multiplied by 1/r.
pub(super) fn example_2_2_every_r() -> Result<Found, String> {
    let distance = |r: &Rational, size: &Rational, g: &Rational| {
        let one = |a: [Rational; 2], c| Shallow::new(vec![neuron(&a, c)]);
        let gamma = one([r * size, q(0, 1)], q(0, 1)).map_err(|error| error.to_string())?;
        let theta = one([q(0, 1), size.clone()], g * size).map_err(|error| error.to_string())?;
        let found = nearest(
            &Network::Shallow(gamma),
            &Network::Shallow(theta),
            &Options::default(),
        );
        match found.map_err(|error| error.to_string())? {
            Answer::Nearest(found) => found.exact().cloned().ok_or("not exact".to_owned()),
            _ => Err("no nearest parametrization".to_owned()),
        }
    };
    let mut count = 0;
    for r in [q(1, 5), q(1, 2), q(1, 1), q(3, 1)] {
        for k in 1..=12 {
            let own = distance(&r, &q(1, 1), &q(1, k))?;
            let root = Surd::sqrt(&q(1, k)).ok_or("a negative k")?;
            let larger = match root.compare(&r.clone().into()).is_lt() {
                true => r.clone().into(),
                false => root,
            };
            holds(own.compare(&larger).is_eq(), "not max(r, k^(−1/2))")?;
            let scaled = distance(&r, &r.recip(), &q(1, k))?;
            let same = scaled.scale(&r).compare(&own).is_eq();
            holds(same, "weights divided by r, another distance over r")?;
            count += 1;
        }
    }
    Ok(
        format!("max(r, k^(−1/2)) for {count} pairs r, k, and divided by r with all weights")
            .into(),
    )
}

/// The numbers of Example A.1 for a second sample in D_2 and a k.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExampleA1 {
    /// The largest radius with which Γ_* is a local minimum, x_1/(x_1 + |x_2|).
    pub radius: Rational,
    /// The loss at Γ_*.
    pub loss: Rational,
    /// The loss of g_k, ½ (1 − (x_1 − x_2)/k)².
    pub loss_of_g: Rational,
    /// What (100) of the first version prints for it, ½ (1 − 1/k)².
    pub printed: Rational,
}

impl ExampleA1 {
    /// `None` unless x_1 > |x_2|, so that the sample is in D_2, and k > 0.
    pub fn new(sample: [&Rational; 2], k: &Rational) -> Option<Self> {
        let [x, y] = sample;
        (*x > y.abs() && k.is_positive()).then(|| {
            let half_square = |value: Rational| &value * &value / q(2, 1);
            ExampleA1 {
                radius: x / (x + y.abs()),
                loss: q(1, 2),
                loss_of_g: half_square(Rational::one() - (x - y) / k),
                printed: half_square(Rational::one() - k.recip()),
            }
        })
    }
}

/// Example A.1 for three second samples in D_2: the exact radius, the loss of g_k and its norm.
pub(super) fn example_a_1() -> Result<Found, String> {
    let loss = |a: &[Rational], c: &Rational, samples: &[(Vec<Rational>, Rational)]| {
        let terms = samples.iter().map(|(x, y)| {
            let t: Rational = a.iter().zip(x).map(|(a, x)| a * x).sum();
            let value = match t.is_positive() {
                true => c * t,
                false => Rational::zero(),
            };
            (&value - y) * (&value - y)
        });
        terms.sum::<Rational>() / q(2, 1)
    };
    let mut radii = Vec::new();
    for (x, y) in [(q(1, 2), q(0, 1)), (q(9, 10), q(-4, 5)), (q(3, 4), q(1, 3))] {
        let samples = [
            (vec![q(1, 4), q(1, 2)], q(0, 1)),
            (vec![x.clone(), y.clone()], q(1, 1)),
        ];
        let at_zero = loss(&[q(-1, 1), q(0, 1)], &q(0, 1), &samples);
        let stated = ExampleA1::new([&x, &y], &q(1, 1)).ok_or("a sample outside D_2")?;
        holds(at_zero == stated.loss, "the loss at Γ_* is 1/2")?;
        let radius = stated.radius;
        // The best vector within ρ of (−1, 0) for the second sample is (−1 + ρ, ρ·sgn(y)): its product with the sample is positive iff
        // ρ > radius. Then a small c > 0 lowers the loss.
        let at = |rho: &Rational| {
            let second = if y.is_negative() { -rho } else { rho.clone() };
            vec![rho - q(1, 1), second]
        };
        let product = |a: &[Rational]| &a[0] * &x + &a[1] * &y;
        holds(product(&at(&radius)).is_zero(), "not the radius")?;
        let beyond = &radius + q(1, 1000);
        let a = at(&beyond);
        holds(product(&a).is_positive(), "not positive beyond")?;
        let lower = [q(1, 100), q(1, 10_000), q(1, 1_000_000)]
            .iter()
            .any(|c| loss(&a, c, &samples) < at_zero);
        holds(lower, "the loss does not fall beyond the radius")?;
        // (100): L(g_k) = ½ (1 − (x_1 − x_2)/k)².
        for k in 1..=5 {
            let g = loss(&[q(1, 1), q(-1, 1)], &q(1, k), &samples);
            let stated = ExampleA1::new([&x, &y], &q(k, 1)).ok_or("a sample outside D_2")?;
            holds(g == stated.loss_of_g, "the loss of g_k")?;
        }
        radii.push(radius.to_string());
    }
    let g = CanonicalForm::of_shallow(&network(&[(&[1, -1], 1)])?);
    let value = sup(&g, &cube(2, &q(1, 1))?)?;
    holds(value == q(2, 1), "the sup norm of k·g_k is 2, not 1")?;
    Ok(format!(
        "exact radii x_1/(x_1 + |x_2|) = {}; sup norm 2/k",
        radii.join(", ")
    )
    .into())
}
