//! The network that a step of a certificate is about.

use num_rational::BigRational;
use num_traits::{Signed as _, Zero as _};

use crate::certificate::{StatedNetwork, Step, Surd};
use crate::report::{Certificate, replaced};

use super::refusal::{NotCovered, not_covered};

/// Inner and outer weights.
type Row = (Vec<Surd>, Vec<Surd>);

/// Θ after the rewritings before the first step that is meant. If `affine`, the last neuron is an output bias, which takes constants.
pub(super) fn current(
    certificate: &Certificate,
    theta: &StatedNetwork,
    affine: bool,
    meant: impl Fn(&Step) -> bool,
) -> Result<StatedNetwork, NotCovered> {
    let rows = theta.a.iter().cloned().zip(theta.c.iter().cloned());
    let mut rows: Vec<Row> = rows.collect();
    for step in &certificate.steps {
        match step {
            step if meant(step) => {
                let (a, c): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
                return Ok(StatedNetwork {
                    m: a.len(),
                    a,
                    c,
                    ..theta.clone()
                });
            }
            Step::Rewrite(step) => {
                let mut constant = affine.then(|| rows.pop()).flatten();
                let new: Vec<Row> = step.a.iter().cloned().zip(step.c.iter().cloned()).collect();
                if let Some((_, outer)) = &mut constant {
                    let replaced = step.replaces.iter().filter_map(|i| rows.get(*i));
                    gain(outer, replaced, false);
                    gain(outer, new.iter(), true);
                }
                rows = replaced(rows, &step.replaces, new);
                rows.extend(constant);
            }
            Step::Permute(step) => {
                let row = |i: &usize| rows.get(*i).cloned();
                match step.order.iter().map(row).collect() {
                    Some(permuted) => rows = permuted,
                    None => return not_covered("an order of neurons that are not there"),
                }
            }
            _ => {}
        }
    }
    not_covered("a certificate without a fact that its claim needs")
}

/// What neurons are at 0 on (x, 1) is added to outer weights, or taken from them. Of each neuron all numbers have one root.
fn gain<'a>(outer: &mut [Surd], neurons: impl Iterator<Item = &'a Row>, negative: bool) {
    for (a, c) in neurons {
        let Some(b) = a.last().map(part).filter(|(b, _)| b.is_positive()) else {
            continue;
        };
        for (sum, c) in outer.iter_mut().zip(c) {
            let product = part(c).0 * &b.0 * &b.1;
            sum.rational += if negative { -product } else { product };
        }
    }
}

/// q and n of q√n.
fn part(number: &Surd) -> (BigRational, BigRational) {
    match number.terms.first() {
        Some((q, n)) if number.rational.is_zero() => {
            (q.clone(), BigRational::from_integer(n.clone()))
        }
        _ => (number.rational.clone(), BigRational::from_integer(1.into())),
    }
}
