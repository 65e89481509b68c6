//! Claims about functions: canonical forms and norms.

use num_bigint::BigInt;
use num_traits::{One, Signed, Zero};

use super::found::{Found, VERTICES, cube, holds, over_random, point, q, sup};
use crate::audit::by_regions::seminorm_by_regions;
use crate::audit::pairs::{RandomPair, biased_network, main_pair, star_pair};
use crate::exact::Rational;
use crate::network::{Biased, Network, Shallow};
use crate::realization::{
    CanonicalForm, SupNormLimits, branch_and_bound, inverse_lipschitz, sup_norm,
};
use crate::watch::Watch;

/// Values of the canonical form and of the network.
pub(super) fn canonical() -> Result<Found, String> {
    over_random(
        "R(x) = M x + q + ½ Σ κ_H |⟨n_H, x⟩ + β_H|",
        |random| {
            let theta = biased_network(random)?;
            let form = CanonicalForm::of_biased(&theta);
            let x = point(random, theta.inputs());
            let value = theta.eval(&x).ok()?;
            Some(holds(form.eval(&x).ok()? == value, "the values differ"))
        },
    )
}

/// A last layer of zeros.
pub(super) fn zero_layer() -> Result<Found, String> {
    over_random("c = 0, e = 0", |random| {
        let theta = biased_network(random)?;
        let silent = theta
            .rows()
            .neurons()
            .iter()
            .map(|neuron| neuron.with_outer(vec![Rational::zero(); theta.outputs()]));
        let rows = Shallow::new(silent.collect()).ok()?;
        let theta = Biased::new(rows, vec![Rational::zero(); theta.outputs()]).ok()?;
        let form = CanonicalForm::of_biased(&theta);
        Some(holds(form.is_zero(), "the function is not zero"))
    })
}

/// Lipschitz continuity of R.
pub(super) fn lipschitz() -> Result<Found, String> {
    let size = q(3, 2);
    over_random("‖R(Γ) − R(Φ)‖_∞ on [−3/2, 3/2]^d", |random| {
        let RandomPair { gamma, theta } = main_pair(random)?;
        (gamma.inputs() <= 2).then_some(())?;
        let difference =
            CanonicalForm::of_shallow(&gamma).minus(&CanonicalForm::of_shallow(&theta))?;
        let left = sup(&difference, &cube(gamma.inputs(), &size).ok()?).ok()?;
        let norm = |row: &[Rational]| row.iter().map(Signed::abs).sum::<Rational>();
        let mut right = Rational::zero();
        for (x, y) in gamma.neurons().iter().zip(theta.neurons()) {
            let gap: Vec<Rational> = x
                .inner()
                .iter()
                .zip(y.inner())
                .map(|(a, b)| a - b)
                .collect();
            right += x.outer_norm() * norm(&gap);
            right += (&x.outer()[0] - &y.outer()[0]).abs() * norm(y.inner());
        }
        Some(holds(left <= right * &size, "the bound is exceeded"))
    })
}

/// The sup norm against values.
pub(super) fn sup_norms() -> Result<Found, String> {
    over_random("|R(x)| ≤ sup norm, attained at a vertex", |random| {
        let RandomPair { gamma, .. } = main_pair(random)?;
        (gamma.inputs() <= 2).then_some(())?;
        let form = CanonicalForm::of_shallow(&gamma);
        let domain = cube(gamma.inputs(), &q(1, 1)).ok()?;
        let found = sup_norm(&form, &domain, &SupNormLimits::default()).ok()?;
        let attained = form.eval(&found.point).ok()?[0].abs() == *found.exact()?;
        let x: Vec<Rational> = (0..gamma.inputs())
            .map(|_| q(random.integer(8), 8))
            .collect();
        let below = form.eval(&x).ok()?[0].abs() <= found.value;
        Some(holds(attained && below, "not the maximum"))
    })
}

/// The sup norm against the seminorm.
pub(super) fn poincare() -> Result<Found, String> {
    over_random("‖R‖² ≤ d·diam²·r² on boxes around 0", |random| {
        let RandomPair { gamma, .. } = main_pair(random)?;
        (gamma.inputs() <= 2).then_some(())?;
        let form = CanonicalForm::of_shallow(&gamma);
        let size = random.positive();
        let value = sup(&form, &cube(gamma.inputs(), &size).ok()?).ok()?;
        let r = branch_and_bound(&form, false, &Default::default())
            .exact()?
            .clone();
        let d = q(i64::try_from(gamma.inputs()).ok()?, 1);
        let diameter = &d * q(4, 1) * &size * &size;
        let bound = d * diameter * &r * &r;
        Some(holds(&value * &value <= bound, "the bound is exceeded"))
    })
}

/// The seminorm two ways.
pub(super) fn seminorms() -> Result<Found, String> {
    over_random("enumeration and branch and bound agree", |random| {
        let RandomPair { gamma, theta } = star_pair(random)?;
        let difference =
            CanonicalForm::of_shallow(&theta).minus(&CanonicalForm::of_shallow(&gamma))?;
        let one = seminorm_by_regions(&difference)?;
        let two = branch_and_bound(&difference, false, &Default::default())
            .exact()?
            .clone();
        let bound = difference.jump_norm() <= &one + &one;
        Some(holds(one == two && bound, "they differ, or J > 2r"))
    })
}

/// C′_B for the axes in the plane, and its scaling with B.
pub(super) fn inverse_lipschitz_bound() -> Result<Found, String> {
    let axes = [
        vec![q(1, 1), q(0, 1)],
        vec![q(0, 1), q(1, 1)],
        vec![q(1, 1), q(1, 3)],
    ];
    let at = |b: Rational| {
        inverse_lipschitz(&axes, 2, &b, VERTICES, &Watch::none()).map_err(|error| error.to_string())
    };
    let (one, three) = (at(q(1, 1))?, at(q(3, 1))?);
    holds(three == &one / q(3, 1), "C′_B = C′_1/B")?;
    Ok(format!("C′_1 = {one}, C′_3 = {three}").into())
}

/// ∫_0^{1/k} (1 − kx)^p dx = Σ_j C(p,j) (−k)^j (1/k)^{j+1}/(j+1) = (1/k)·Σ_j C(p,j)(−1)^j/(j+1): k factors out, so one sum decides
/// all k.
pub(super) fn ramps() -> Result<Found, String> {
    for p in 1..=12_i64 {
        let mut sum = Rational::zero();
        let mut binomial = BigInt::one();
        for j in 0..=p {
            let term = Rational::new(binomial.clone(), (j + 1).into());
            sum += if j % 2 == 0 { term } else { -term };
            binomial = binomial * (p - j) / (j + 1);
        }
        holds(sum == q(1, p + 1), "the integral is not 1/(k(p + 1))")?;
    }
    Ok(
        "∫|f_k − 1_{x>0}|^p = 1/(k(p + 1)) for p = 1 … 12 and all k > 0"
            .to_owned()
            .into(),
    )
}

/// |n·s(x/n) − x| = x²/(n + |x|) ≤ 1/(n + 1) for s(x) = x/(1 + |x|) on [−1, 1].
pub(super) fn softsign() -> Result<Found, String> {
    over_random("|n s(x/n) − x| = x²/(n + |x|) ≤ 1/(n + 1)", |random| {
        let n = q(1 + random.integer(50).abs(), 1);
        let x = q(random.integer(16), 16);
        let t = &x / &n;
        let value = &n * (&t / (Rational::one() + t.abs()));
        let gap = (value - &x).abs();
        let formula = &x * &x / (&n + x.abs());
        let bound = (n + Rational::one()).recip();
        Some(holds(gap == formula && formula <= bound, "fails"))
    })
}

/// a-parametric ReLU.
pub(super) fn prelu() -> Result<Found, String> {
    over_random(
        "max(at, t) = min(a, 1)·t + |1 − a|·ρ(t), and on networks",
        |random| {
            let (a, t) = (random.fraction().abs(), random.fraction());
            let one = Rational::one();
            let rho = |t: &Rational| t.max(&Rational::zero()).clone();
            let left = (&a * &t).max(t.clone());
            let right = (&a).min(&one) * &t + (&one - &a).abs() * rho(&t);
            let RandomPair { gamma, .. } = main_pair(random)?;
            let x = point(random, gamma.inputs());
            let form = CanonicalForm::with_activation(&Network::Shallow(gamma.clone()), &a)?;
            let value = gamma.neurons().iter().map(|neuron| {
                let t: Rational = neuron.inner().iter().zip(&x).map(|(a, x)| a * x).sum();
                &neuron.outer()[0] * neuron.scale() * (&a * &t).max(t)
            });
            let value: Rational = value.sum();
            Some(holds(
                left == right && form.eval(&x).ok()? == [value],
                "fails",
            ))
        },
    )
}
