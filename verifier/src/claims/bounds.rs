//! What the theorems' claims share: r and J, their threshold, and bounds of the distance.

use std::fmt::Write as _;

use relucert_format::{Bounds, Form, Part, SeminormBracket, StatedRational, Surd};

use super::says::{Wanted, order};
use crate::facts::Fact;
use crate::kernel::budget::Budget;
use crate::kernel::network::Network;
use crate::kernel::number::Q;
use crate::kernel::surd::Sum;
use crate::kernel::verdict::{Stop, differ};
use crate::scene::Scene;

/// The form's threshold.
pub(super) fn threshold_name(form: Form) -> &'static str {
    match form {
        Form::Seminorm => "2r",
        Form::Jump => "J",
    }
}

/// T of the cases and of C.1: 2r where r is exact, or J.
pub(super) fn threshold(form: Form, r: &SeminormBracket, jump: &StatedRational) -> Q {
    match form {
        Form::Seminorm => Q::from(&r.lower).double(),
        Form::Jump => Q::from(jump),
    }
}

/// The bracket of r, exact in the form of the seminorm, and J.
pub(super) fn of_difference(
    form: Form,
    r: &SeminormBracket,
    jump: &StatedRational,
) -> Result<Vec<Wanted>, Stop> {
    let (lower, upper) = (Q::from(&r.lower), Q::from(&r.upper));
    let jump = Q::from(jump);
    // The bounds are made of their roots.
    for (name, value) in [("r", &lower), ("J", &jump)] {
        if value.is_negative() {
            return differ(format!("{name} must not be negative"), value, ">= 0");
        }
    }
    let exact = form != Form::Seminorm || lower == upper;
    Ok(vec![
        Wanted::Stated(exact, "the seminorm form needs r exactly"),
        Wanted::Is(Fact::AtLeast(lower)),
        Wanted::AtMost(upper),
        Wanted::Is(Fact::JumpNorm(jump)),
    ])
}

/// The same in words.
pub(super) fn difference_in_words(r: &SeminormBracket, jump: &StatedRational) -> String {
    let seminorm = match is_exact(r) {
        true => format!("r = {}", r.lower),
        false => format!("{} ≤ r ≤ {}", r.lower, r.upper),
    };
    format!(
        "the seminorm r = |g − R(Γ)|_(W^1,∞) satisfies {seminorm}, and the jump norm of g − R(Γ) is J = {jump};\n"
    )
}

/// Whether both ends are the same, as texts: `==` of long rationals recurses.
pub(super) fn is_exact(r: &SeminormBracket) -> bool {
    r.lower.to_string() == r.upper.to_string()
}

/// The theorems' three bounds: β + k·√(4r), β + k·√(2r), β + k·√J.
pub(super) fn with_roots(
    betas: [Sum; 3],
    k: &Q,
    r: &Q,
    jump: &Q,
    limits: &Budget,
) -> Result<[Sum; 3], Stop> {
    let [paper, sharp, at_jump] = betas;
    Ok([
        paper.plus_root(k, &r.double().double(), limits)?,
        sharp.plus_root(k, &r.double(), limits)?,
        at_jump.plus_root(k, jump, limits)?,
    ])
}

/// Φ is reached, every stated bound is its formula, and the distance is at most each; at least one is stated.
pub(super) fn distance<const N: usize>(
    value: &Surd,
    bounds: [Option<&Surd>; N],
    formulas: [Sum; N],
    names: [&str; N],
    limits: &Budget,
) -> Result<Vec<Wanted>, Stop> {
    let stated = bounds.iter().any(Option::is_some);
    let mut wanted = vec![
        Wanted::Stated(stated, "the claim names no bound"),
        Wanted::Is(Fact::Distance(value.clone(), 0)),
    ];
    for ((bound, formula), name) in bounds.into_iter().zip(formulas).zip(names) {
        let Some(bound) = bound else { continue };
        wanted.push(Wanted::Formula {
            stated: Sum::stated(bound, limits)?,
            is: formula.clone(),
            what: format!("bound {name}"),
        });
        let what = format!("the distance is at most the bound {name}");
        let value = Sum::stated(value, limits)?;
        wanted.push(order(value, formula, &what));
    }
    Ok(wanted)
}

/// The end of a sentence: the bounds that are claimed, one a line.
pub(super) fn shown_bounds(bounds: &Bounds, formulas: [String; 3]) -> String {
    let mut text = String::new();
    for (value, formula) in bounds.all().into_iter().zip(formulas) {
        if let Some(value) = value {
            let _ = write!(text, ";\n  ‖Φ − Γ‖_∞ ≤ {formula} = {value}");
        }
    }
    text + ".\n"
}

/// Says which bounds Θ as stated keeps: true of everything, they say nothing.
pub(super) fn vacuous<const N: usize>(scene: &Scene, bounds: [Option<&Surd>; N]) -> String {
    let Ok(theta) = scene.theta() else {
        return String::new();
    };
    let mut text = String::new();
    for bound in bounds.into_iter().flatten() {
        let kept = Sum::stated(bound, scene.limits)
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
            let pairs = theta.weights(part, limits).zip(gamma.weights(part, limits));
            for (x, y) in pairs {
                if x?.sub(&y?, limits)?.compare_size(bound, limits)?.is_gt() {
                    return Ok(false);
                }
            }
        }
    }
    Ok(true)
}
