//! The kinks of a difference, numbered as the certificate's format numbers them.

use std::collections::BTreeMap;

use num_rational::BigRational;
use num_traits::{Signed as _, Zero as _};

use crate::certificate::{StatedNetwork, Surd};

/// A hyperplane on which the gradient jumps by κ nᵀ.
pub(super) struct Kink {
    /// n, its first non-zero entry 1.
    pub normal: Vec<BigRational>,
    /// κ, one entry an output.
    pub jump: Vec<BigRational>,
}

/// The number without its root, and n of its √n: all numbers of one neuron have the same root, or are 0.
pub(super) fn parts(number: &Surd) -> (BigRational, Option<BigRational>) {
    match number.terms.first() {
        Some((q, n)) if number.rational.is_zero() => {
            (q.clone(), Some(BigRational::from_integer(n.clone())))
        }
        _ => (number.rational.clone(), None),
    }
}

/// The kinks of R(plus) − R(minus), or of R(plus), by their normals in lexicographic order; those that cancel are not among them.
pub(super) fn kinks(plus: &StatedNetwork, minus: Option<&StatedNetwork>) -> Vec<Kink> {
    let mut lines: BTreeMap<Vec<BigRational>, Vec<BigRational>> = BTreeMap::new();
    for (network, negative) in [(Some(plus), false), (minus, true)] {
        let rows = network
            .iter()
            .flat_map(|network| network.a.iter().zip(&network.c));
        for (a, c) in rows {
            let entries: Vec<(BigRational, Option<BigRational>)> = a.iter().map(parts).collect();
            let Some((first, root)) = entries.iter().find(|(q, _)| !q.is_zero()) else {
                continue;
            };
            let normal = entries.iter().map(|(q, _)| q / first).collect();
            let none = || vec![BigRational::zero(); c.len()];
            let sums = lines.entry(normal).or_insert_with(none);
            for (sum, outer) in sums.iter_mut().zip(c) {
                // √n·√n = n.
                let mut jump = parts(outer).0 * first.abs();
                if let Some(n) = root {
                    jump *= n;
                }
                *sum += if negative { -jump } else { jump };
            }
        }
    }
    let kinks = lines
        .into_iter()
        .map(|(normal, jump)| Kink { normal, jump });
    kinks
        .filter(|kink| kink.jump.iter().any(|entry| !entry.is_zero()))
        .collect()
}
