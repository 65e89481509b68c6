//! Bounds that are true of everything, and are called so where what was verified is said in words.

use std::cmp::Ordering;
use std::fmt::Write as _;

use super::kernel::budget::Budget;
use super::kernel::network::Network;
use super::kernel::surd::Sum;
use super::kernel::verdict::Stop;
use super::scene::Scene;
use relucert_format::{Claim, Part, Surd};

/// What to say of a claim whose bounds say nothing; empty for others. Remarks are no part of the verdict: one whose computation
/// meets a limit is not made.
pub(super) fn remark(scene: &Scene) -> String {
    let limits = scene.limits;
    match scene.claim {
        Claim::Reparametrization(claim) => of_bounds(scene, &[Some(&claim.bound)]),
        Claim::Theorem31(claim) => {
            let bounds = &claim.bounds;
            of_bounds(
                scene,
                &[&bounds.paper, &bounds.sharp, &bounds.jump].map(Option::as_ref),
            )
        }
        Claim::Theorem33(claim) => {
            let bounds = &claim.bounds;
            of_bounds(
                scene,
                &[&bounds.paper, &bounds.sharp, &bounds.jump].map(Option::as_ref),
            )
        }
        Claim::Refined31(claim) => of_bounds(scene, &[Some(&claim.bound)]),
        // As texts: `==` of long rationals recurses.
        Claim::Seminorm(claim) => match (&claim.lower, &claim.upper) {
            (Some(lower), Some(upper)) if lower.to_string() == upper.to_string() => String::new(),
            (Some(lower), _) if lower.to_string() == "0" => {
                "The lower end is vacuous: no seminorm is less than 0.\n".to_owned()
            }
            _ => String::new(),
        },
        Claim::Nearest(claim) if claim.lower.to_string() != claim.upper.to_string() => {
            let lower = Sum::stated(&claim.lower).and_then(|lower| lower.sign(limits));
            match lower {
                Ok(Ordering::Less | Ordering::Equal) => {
                    "The lower bound is vacuous: no distance is less than 0.\n".to_owned()
                }
                _ => String::new(),
            }
        }
        Claim::Minimal(claim) if claim.lower == 0 && claim.upper > 0 => {
            "The lower bound is vacuous: no network has fewer than 0 neurons.\n".to_owned()
        }
        Claim::LocalMinimum(claim) if claim.radius.to_string() == "0" => {
            "This is vacuous: within 0 of Γ there is Γ alone.\n".to_owned()
        }
        Claim::LocalMinimum(claim) if claim.loss.to_string() == "0" => {
            "This is vacuous: no mean of squares is less than 0.\n".to_owned()
        }
        _ => String::new(),
    }
}

/// Bounds that Θ as stated keeps.
fn of_bounds(scene: &Scene, bounds: &[Option<&Surd>]) -> String {
    let Ok(theta) = scene.theta() else {
        return String::new();
    };
    let mut text = String::new();
    for bound in bounds.iter().copied().flatten() {
        let kept = Sum::stated(bound)
            .and_then(|value| is_within(theta, &scene.gamma, &value, scene.limits));
        if let Ok(true) = kept {
            // Writing to a String cannot fail.
            let _ = writeln!(
                text,
                "The bound {bound} is vacuous here: Θ as stated keeps it, ‖Θ − Γ‖_∞ ≤ {bound}."
            );
        }
    }
    text
}

/// Whether no entry of the two networks, which have the same shape, differs by more than the bound.
fn is_within(theta: &Network, gamma: &Network, bound: &Sum, limits: &Budget) -> Result<bool, Stop> {
    for (theta, gamma) in theta.neurons.iter().zip(&gamma.neurons) {
        for part in [Part::Inner, Part::Outer] {
            for (x, y) in theta.weights(part).zip(gamma.weights(part)) {
                if x.minus(&y).compare_size(bound, limits)?.is_gt() {
                    return Ok(false);
                }
            }
        }
    }
    Ok(true)
}
