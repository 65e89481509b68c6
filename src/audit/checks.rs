//! Exact computations that audit entries rest on where no certificate is needed or none exists: each recomputes both sides of its claim.

use num_bigint::BigInt;
use num_traits::{One, Signed, Zero};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use super::by_regions::seminorm_by_regions;
use super::pairs::{RandomPair, biased_network, main_pair, star_pair};
use super::random::Random;
use crate::degeneracy::{least_beta, membership};
use crate::exact::{Rational, Surd};
use crate::network::{Biased, Network, Neuron, Shallow};
use crate::realization::{
    CanonicalForm, Domain, SupNormLimits, branch_and_bound, inverse_lipschitz, sup_norm,
};
use crate::stability::{Rewriting, match_neurons};
use crate::watch::Watch;

/// A computation: what it found, in a line, or what went wrong.
#[derive(Clone, Copy, Debug)]
pub struct Check {
    /// Its name.
    pub name: &'static str,
    /// Runs it.
    pub run: fn() -> Result<Found, String>,
}

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// In a line.
    pub line: String,
    /// On how many random instances, drawn from [`SEED`], if it was on random ones.
    pub random: Option<u64>,
}

impl From<String> for Found {
    fn from(line: String) -> Self {
        Found { line, random: None }
    }
}

/// All checks: the name that the ledger gives each, and how it is run.
const CHECKS: &[Check] = &[
    Check::new("canonical form", canonical),
    Check::new("zero last layer", zero_layer),
    Check::new("Lipschitz continuity", lipschitz),
    Check::new("sup norm", sup_norms),
    Check::new("sup norm against seminorm", poincare),
    Check::new("seminorm two ways", seminorms),
    Check::new("radii", radii),
    Check::new("Example 2.1, sup norm", example_2_1_sup),
    Check::new("Example A.1", example_a_1),
    Check::new("zero neuron", zero_neuron),
    Check::new("square roots", square_roots),
    Check::new("balanced networks", balanced_beta),
    Check::new("N'", n_prime),
    Check::new("Lemma A.7", inverse_lipschitz_bound),
    Check::new("E7", e_7),
    Check::new("whisker", whisker),
    Check::new("star shape", star_shaped),
    Check::new("ramps", ramps),
    Check::new("softsign", softsign),
    Check::new("a-parametric ReLU", prelu),
    Check::new("rigidity", rigidity),
    Check::new("E1", e_1),
    Check::new("E6", e_6),
    Check::new("E12", e_12),
];

impl Check {
    const fn new(name: &'static str, run: fn() -> Result<Found, String>) -> Self {
        Check { name, run }
    }
}

impl<'de> Deserialize<'de> for Check {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        let check = CHECKS.iter().find(|check| check.name == name);
        let check = check.copied();
        check.ok_or_else(|| D::Error::custom(format!("no check is called {name}")))
    }
}

/// Random instances a check.
const COUNT: u64 = 300;
/// Their seed.
pub const SEED: u64 = 2026;

fn q(p: i64, r: i64) -> Rational {
    Rational::new(p.into(), r.into())
}

fn holds(condition: bool, what: &str) -> Result<(), String> {
    match condition {
        true => Ok(()),
        false => Err(what.to_owned()),
    }
}

fn over_random(
    what: &str,
    test: impl Fn(&mut Random) -> Option<Result<(), String>>,
) -> Result<Found, String> {
    let mut tried = 0;
    for index in 0..COUNT {
        let mut random = Random::of_trial(SEED, index);
        match test(&mut random) {
            None => {}
            Some(Err(reason)) => return Err(format!("trial {index}: {reason}")),
            Some(Ok(())) => tried += 1,
        }
    }
    holds(tried > COUNT / 4, "too few instances")?;
    Ok(Found {
        line: format!("{what}: {tried} random instances, seed {SEED}"),
        random: Some(tried),
    })
}

fn neuron(inner: &[Rational], outer: Rational) -> Neuron {
    Neuron::rational(inner.to_vec(), vec![outer])
}

fn network(neurons: &[(&[i64], i64)]) -> Result<Shallow, String> {
    let row = |row: &[i64]| -> Vec<Rational> { row.iter().map(|&x| q(x, 1)).collect() };
    let neurons = neurons.iter().map(|(a, c)| neuron(&row(a), q(*c, 1)));
    Shallow::new(neurons.collect()).map_err(|error| error.to_string())
}

fn point(random: &mut Random, dimension: usize) -> Vec<Rational> {
    (0..dimension).map(|_| random.fraction()).collect()
}

fn cube(dimension: usize, size: &Rational) -> Result<Domain, String> {
    Domain::new(vec![(-size, size.clone()); dimension]).map_err(|error| error.to_string())
}

/// Vertices that may be looked at for a sup norm.
const VERTICES: u128 = 200_000;

fn sup(form: &CanonicalForm, domain: &Domain) -> Result<Rational, String> {
    let found = sup_norm(form, domain, &SupNormLimits::default());
    let found = found.map_err(|error| error.to_string())?;
    found.exact().cloned().ok_or_else(|| "a bracket".to_owned())
}

/// Values of the canonical form and of the network.
fn canonical() -> Result<Found, String> {
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
fn zero_layer() -> Result<Found, String> {
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
fn lipschitz() -> Result<Found, String> {
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
fn sup_norms() -> Result<Found, String> {
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
fn poincare() -> Result<Found, String> {
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
fn seminorms() -> Result<Found, String> {
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

/// Radii for α = 1/2: (r/s)² = r²/s²; s = 4 gives r²/16, s = 2√2 gives r²/8. The proof of Theorem A.2 needs λ = r′/(2‖g − g_*‖) ≤ 1.
fn radii() -> Result<Found, String> {
    for r in 1..=20 {
        let r = q(r, 7);
        let square = |s: &Surd| s.mul(s).to_rational().cloned();
        let four = square(&Surd::from(q(4, 1))).ok_or("4² is rational")?;
        let sharp = Surd::multiple_of_root(&q(2, 1), &q(2, 1));
        let eight = square(&sharp).ok_or("(2√2)² is rational")?;
        holds(&r * &r / four == &r * &r / q(16, 1), "r²/16")?;
        holds(&r * &r / eight == &r * &r / q(8, 1), "r²/8")?;
        // ‖g − g_*‖ = r′/4 gives λ = 2 > 1: outside the convex combinations of the proof.
        let near = &r / q(4, 1);
        holds(&r / (near * q(2, 1)) > Rational::one(), "λ > 1")?;
    }
    Ok(
        "r²/s² for s = 4 and s = 2√2; λ = 2 at a quarter of the radius"
            .to_owned()
            .into(),
    )
}

/// The sup norm of Example 2.1.
fn example_2_1_sup() -> Result<Found, String> {
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
fn example_a_1() -> Result<Found, String> {
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

/// Regions with a zero neuron.
fn zero_neuron() -> Result<Found, String> {
    let with = network(&[(&[1, 0], 1), (&[0, 0], 0)])?;
    let form = CanonicalForm::of_shallow(&with);
    let r = branch_and_bound(&form, false, &Default::default());
    holds(
        r.exact() == Some(&q(1, 1)),
        "the zero neuron has no side, the regions remain",
    )?;
    Ok(
        "⟨0, x⟩ > 0 and ⟨0, x⟩ < 0 have no solution; the seminorm is that of the other neurons"
            .to_owned()
            .into(),
    )
}

/// (67).
fn square_roots() -> Result<Found, String> {
    over_random("|x − y|² ≤ |x² − y²| for x, y > 0", |random| {
        let (x, y) = (random.positive(), random.positive());
        let (gap, squares) = ((&x - &y).abs(), (&x * &x - &y * &y).abs());
        Some(holds(&gap * &gap <= squares, "fails"))
    })
}

/// β of balanced networks.
fn balanced_beta() -> Result<Found, String> {
    over_random("β² ≤ 2r for balanced Γ", |random| {
        let RandomPair { gamma, .. } = star_pair(random)?;
        let threshold = random.positive();
        let beta = least_beta(&gamma, &threshold);
        let square = beta.mul(&beta);
        Some(holds(square.compare(&threshold.into()).is_le(), "β² > 2r"))
    })
}

/// Every function has a parametrization in N′.
fn n_prime() -> Result<Found, String> {
    over_random("merged, balanced, in N′ and the same function", |random| {
        let RandomPair { theta, .. } = main_pair(random)?;
        let mut rewriting = Rewriting::new(&theta);
        rewriting.kill_dead();
        rewriting.merge_parallel();
        rewriting.kill_dead();
        (0..theta.neurons().len()).for_each(|i| rewriting.balance(i));
        let image = Shallow::new(rewriting.neurons().to_vec()).ok()?;
        let same = CanonicalForm::of_shallow(&image) == CanonicalForm::of_shallow(&theta);
        Some(holds(same && membership(&image).in_n_prime(), "not in N′"))
    })
}

/// C′_B for the axes in the plane, and its scaling with B.
fn inverse_lipschitz_bound() -> Result<Found, String> {
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

/// The counterexample E7.
fn e_7() -> Result<Found, String> {
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

/// f = ρ(x_1 − 1) on [0,1]² ∪ [1,2]×{0}: 1 at (2, 0), 0 on the square, the only part with area.
fn whisker() -> Result<Found, String> {
    let rows = Shallow::new(vec![neuron(&[q(1, 1), q(0, 1), q(-1, 1)], q(1, 1))]);
    let f = Biased::new(rows.map_err(|error| error.to_string())?, vec![q(0, 1)]);
    let f = f.map_err(|error| error.to_string())?;
    let form = CanonicalForm::of_biased(&f);
    let square = Domain::new(vec![(q(0, 1), q(1, 1)); 2]).map_err(|error| error.to_string())?;
    holds(sup(&form, &square)?.is_zero(), "0 on the square")?;
    holds(
        form.eval(&[q(2, 1), q(0, 1)]) == Ok(vec![q(1, 1)]),
        "1 at the end of the whisker",
    )?;
    Ok("sup over Ω is 1, over the part with area 0"
        .to_owned()
        .into())
}

/// Star shapedness.
fn star_shaped() -> Result<Found, String> {
    over_random("t·R(Θ) = R(Θ with c, e scaled by t)", |random| {
        let theta = biased_network(random)?;
        let t = q(random.integer(8).abs(), 8);
        let times = |row: &[Rational]| row.iter().map(|c| c * &t).collect::<Vec<Rational>>();
        let neurons = theta.rows().neurons().iter();
        let rows = Shallow::new(neurons.map(|n| n.with_outer(times(n.outer()))).collect()).ok()?;
        let scaled = Biased::new(rows, times(theta.offset())).ok()?;
        let x = point(random, theta.inputs());
        let value = times(&theta.eval(&x).ok()?);
        Some(holds(
            CanonicalForm::of_biased(&scaled).eval(&x).ok()? == value,
            "not scaled",
        ))
    })
}

/// ∫_0^{1/k} (1 − kx)^p dx = Σ_j C(p,j) (−k)^j (1/k)^{j+1}/(j+1) = (1/k)·Σ_j C(p,j)(−1)^j/(j+1): k factors out, so one sum decides
/// all k.
fn ramps() -> Result<Found, String> {
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
fn softsign() -> Result<Found, String> {
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
fn prelu() -> Result<Found, String> {
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

/// Frozen hyperplanes.
fn rigidity() -> Result<Found, String> {
    over_random(
        "2r < min ‖c_i a_i‖ in N* gives the same hyperplanes",
        |random| {
            let RandomPair { gamma, theta } = star_pair(random)?;
            let inside = |network: &Shallow| membership(network).in_n_star();
            (inside(&gamma) && inside(&theta)).then_some(())?;
            let difference =
                CanonicalForm::of_shallow(&theta).minus(&CanonicalForm::of_shallow(&gamma))?;
            let r = branch_and_bound(&difference, false, &Default::default())
                .exact()?
                .clone();
            let least = gamma.neurons().iter().map(Neuron::product_norm).min()?;
            let matching = match_neurons(gamma.neurons(), theta.neurons());
            let same = matching.matched.iter().all(|matched| *matched);
            Some(holds(&r + &r >= least || same, "a hyperplane moved"))
        },
    )
}

/// On U = (−1,1)²: |a_1| + |a_2| + b ≤ 3δ − R ≤ 0 for ‖Φ − Γ_R‖ = δ ≤ R/3, so ρ(⟨a,x⟩ + b) vanishes there.
fn e_1() -> Result<Found, String> {
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
fn e_6() -> Result<Found, String> {
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

/// The literal C.2.
fn e_12() -> Result<Found, String> {
    // β + 2√r with β = 0, r = 1/5: 2/√5 < 1.
    let bound = Surd::multiple_of_root(&q(2, 1), &q(1, 5));
    let one = Surd::from(q(1, 1));
    holds(bound.compare(&one).is_lt(), "2/√5 < 1")?;
    Ok(format!("β + 2√r = {bound} < 1").into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_checks_hold() {
        for check in CHECKS {
            let found = (check.run)();
            println!("{}: {found:?}", check.name);
            assert!(found.is_ok(), "{}: {found:?}", check.name);
        }
    }
}
