//! Claims about networks and their parametrizations.

use num_traits::{One, Signed, Zero};

use super::found::{Found, holds, network, neuron, over_random, point, q, sup};
use crate::audit::pairs::{RandomPair, biased_network, main_pair, star_pair};
use crate::degeneracy::{least_beta, membership};
use crate::exact::{Rational, Surd};
use crate::network::{Biased, Neuron, Shallow};
use crate::realization::{CanonicalForm, Domain, branch_and_bound};
use crate::stability::{Rewriting, match_neurons};

/// Radii for α = 1/2: (r/s)² = r²/s²; s = 4 gives r²/16, s = 2√2 gives r²/8. The proof of Theorem A.2 needs λ = r′/(2‖g − g_*‖) ≤ 1.
pub(super) fn radii() -> Result<Found, String> {
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

/// Regions with a zero neuron.
pub(super) fn zero_neuron() -> Result<Found, String> {
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
pub(super) fn square_roots() -> Result<Found, String> {
    over_random("|x − y|² ≤ |x² − y²| for x, y > 0", |random| {
        let (x, y) = (random.positive(), random.positive());
        let (gap, squares) = ((&x - &y).abs(), (&x * &x - &y * &y).abs());
        Some(holds(&gap * &gap <= squares, "fails"))
    })
}

/// β of balanced networks.
pub(super) fn balanced_beta() -> Result<Found, String> {
    over_random("β² ≤ 2r for balanced Γ", |random| {
        let RandomPair { gamma, .. } = star_pair(random)?;
        let threshold = random.positive();
        let beta = least_beta(&gamma, &threshold);
        let square = beta.mul(&beta);
        Some(holds(square.compare(&threshold.into()).is_le(), "β² > 2r"))
    })
}

/// Every function has a parametrization in N′.
pub(super) fn n_prime() -> Result<Found, String> {
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

/// f = ρ(x_1 − 1) on [0,1]² ∪ [1,2]×{0}: 1 at (2, 0), 0 on the square, the only part with area.
pub(super) fn whisker() -> Result<Found, String> {
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
pub(super) fn star_shaped() -> Result<Found, String> {
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

/// Frozen hyperplanes.
pub(super) fn rigidity() -> Result<Found, String> {
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
