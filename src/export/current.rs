//! The network that a step of a certificate is about.

use crate::certificate::{StatedNetwork, Step, Surd};
use crate::report::Certificate;

use super::refusal::{NotCovered, not_covered};

/// Θ after the rewritings before the first step that is meant.
pub(super) fn current(
    certificate: &Certificate,
    theta: &StatedNetwork,
    meant: impl Fn(&Step) -> bool,
) -> Result<StatedNetwork, NotCovered> {
    let rows = theta.a.iter().cloned().zip(theta.c.iter().cloned());
    let mut rows: Vec<(Vec<Surd>, Vec<Surd>)> = rows.collect();
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
                let mut new = step.a.iter().cloned().zip(step.c.iter().cloned());
                let mut kept = Vec::new();
                for (i, row) in rows.into_iter().enumerate() {
                    match step.replaces.contains(&i) {
                        true => kept.extend(new.next()),
                        false => kept.push(row),
                    }
                }
                kept.extend(new);
                rows = kept;
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
