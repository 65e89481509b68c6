//! The least number of neurons that realise a function without biases, one output (N4).

use itertools::Itertools as _;
use num_traits::Zero;

use super::canonical::CanonicalForm;
use crate::exact::Rational;

/// Most kinks for which all orientations are tried.
const MOST_KINKS: usize = 16;

/// h, h + 1 or h + 2 for h kinks (0 for the zero function): h if some orientation F of the kinks has Σ_F κ_H n_H = R_0, with
/// R_0 = ½ Σ κ_H n_H − M; h + 1 if the residual can be made a multiple of a kink's normal whose line then carries two neurons.
///
/// `None` if D ≠ 1, if there are offsets or a constant, or if there are more than 16 kinks.
pub fn least_neurons(form: &CanonicalForm) -> Option<usize> {
    let kinks = form.kinks();
    let homogeneous = kinks.iter().all(|kink| kink.offset.is_zero())
        && form.constant().iter().all(|q| q.is_zero());
    if form.outputs() != 1 || !homogeneous || kinks.len() > MOST_KINKS {
        return None;
    }
    if form.is_zero() {
        return Some(0);
    }
    let half = Rational::new(1.into(), 2.into());
    let vectors = kinks
        .iter()
        .map(|kink| kink.normal.iter().map(|n| n * &kink.jump[0]).collect_vec())
        .collect_vec();
    let mut residual = form.linear()[0].iter().map(|m| -m).collect_vec();
    for vector in &vectors {
        for (sum, value) in residual.iter_mut().zip(vector) {
            *sum += value * &half;
        }
    }
    let mut parallel = false;
    let mut all = vec![residual];
    // All residuals R_0 − Σ_F κ_H n_H, doubled hyperplane by hyperplane.
    for vector in &vectors {
        let flipped = all
            .iter()
            .map(|r| r.iter().zip(vector).map(|(r, v)| r - v).collect_vec());
        let flipped = flipped.collect_vec();
        all.extend(flipped);
    }
    for residual in &all {
        if residual.iter().all(|value| value.is_zero()) {
            return Some(kinks.len());
        }
        // The line's own orientation only adds a multiple of its normal, so every residual of the others is met.
        parallel = parallel || kinks.iter().any(|k| is_multiple(residual, &k.normal));
    }
    Some(kinks.len() + if parallel { 1 } else { 2 })
}

/// Whether the row is a multiple of the normal, whose first non-zero entry is 1.
fn is_multiple(row: &[Rational], normal: &[Rational]) -> bool {
    let Some(first) = normal.iter().position(|entry| !entry.is_zero()) else {
        return false;
    };
    let factor = &row[first];
    row.iter().zip(normal).all(|(r, n)| *r == n * factor)
}
