//! Equality of functions, and points where two functions differ.

use num_traits::{One, Signed, Zero};

use super::canonical::CanonicalForm;
use super::domain::Domain;
use crate::arrangement::facet::{Sequence, point_on_hyperplane};
use crate::exact::Rational;
use crate::exact::rows::direction;

/// A point where the function f is not zero, `None` if f is zero on R^d (or on the interior of the box).
///
/// Small points are tried first. If none will do, a point near a hyperplane H with κ_H ≠ 0 does: f is not affine there, so for
/// p on H and off all others f cannot vanish at p, p + εn and p − εn alike.
pub fn nonzero_point(form: &CanonicalForm, domain: Option<&Domain>) -> Option<Vec<Rational>> {
    let restricted = domain.map(|domain| domain.restrict(form));
    let form = restricted.as_ref().unwrap_or(form);
    if form.is_zero() {
        return None;
    }
    let works = |x: &[Rational]| {
        domain.is_none_or(|domain| domain.contains(x)) && form.eval(x).iter().any(|v| !v.is_zero())
    };
    if let Some(x) = small_points(form.inputs(), domain).find(|x| works(x)) {
        return Some(x);
    }
    (0..form.kinks().len())
        .filter_map(|h| on_kink(form, h, domain))
        .find_map(|on| {
            let normal = form
                .kinks()
                .iter()
                .find(|kink| kink.value(&on).is_zero())?
                .normal
                .clone();
            let mut step = Rational::one();
            // Halving ends: some neighbourhood of the point has the property.
            for _ in 0..4096 {
                let beside = |sign: &Rational| -> Vec<Rational> {
                    on.iter().zip(&normal).map(|(x, n)| x + n * sign).collect()
                };
                let candidates = [on.clone(), beside(&step), beside(&-step.clone())];
                if let Some(x) = candidates.into_iter().find(|x| works(x)) {
                    return Some(x);
                }
                step /= Rational::from_integer(2.into());
            }
            None
        })
        .map(|x| shortened(x, &works))
}

/// Points with short coordinates: the origin, the axes both ways, and a fixed sequence of small integer or half-way points.
fn small_points(inputs: usize, domain: Option<&Domain>) -> impl Iterator<Item = Vec<Rational>> {
    let zero = vec![Rational::zero(); inputs];
    let axes = (0..2 * inputs.min(64)).map({
        let zero = zero.clone();
        move |k| {
            let mut x = zero.clone();
            x[k / 2] = Rational::from_integer(if k % 2 == 0 { 1 } else { -1 }.into());
            x
        }
    });
    let mut sequence = Sequence(5);
    let others = (0..64u64).map(move |k| {
        let width = 1 + k / 8;
        let x = (0..inputs).map(|_| Rational::from_integer(sequence.within(width).into()));
        x.collect()
    });
    let sides = domain
        .map(|domain| domain.sides().to_vec())
        .unwrap_or_default();
    let mut weights = Sequence(6);
    let inside = (0..if sides.is_empty() { 0 } else { 64 }).map(move |_| {
        let weight = |w: &mut Sequence| Rational::new((w.within(7) + 8).into(), 16.into());
        let x = sides.iter();
        x.map(|(lower, upper)| lower + (upper - lower) * weight(&mut weights))
            .collect()
    });
    [zero].into_iter().chain(axes).chain(others).chain(inside)
}

/// A point on hyperplane h and off all others; inside the box if there is one.
fn on_kink(form: &CanonicalForm, h: usize, domain: Option<&Domain>) -> Option<Vec<Rational>> {
    let alone = |x: &Vec<Rational>| {
        let mut others = form.kinks().iter().enumerate().filter(|(k, _)| *k != h);
        others.all(|(_, kink)| !kink.value(x).is_zero())
    };
    let Some(domain) = domain else {
        let mut rows: Vec<_> = form
            .kinks()
            .iter()
            .map(|kink| {
                let row: Vec<Rational> =
                    kink.normal.iter().chain([&kink.offset]).cloned().collect();
                direction(&row)
            })
            .collect();
        // Off the plane at infinity too.
        let mut infinity = vec![num_bigint::BigInt::zero(); form.inputs() + 1];
        infinity[form.inputs()] = num_bigint::BigInt::one();
        rows.push(infinity);
        let mut point = point_on_hyperplane(&rows, h)?;
        let last = point.pop()?;
        return Some(crate::exact::rows::over(&point, &last));
    };
    let kink = &form.kinks()[h];
    let mut sequence = Sequence(7);
    (0..256).find_map(|attempt| {
        let mut weights = || -> Vec<Rational> {
            let weight = |_| {
                Rational::new(
                    (sequence.within(1 << 10) + (1 << 11)).into(),
                    (1 << 12).into(),
                )
            };
            (0..form.inputs()).map(weight).collect()
        };
        let parts = 4 << (attempt / 8);
        let high = domain.near_corner(&kink.normal, true, &weights(), parts);
        let low = domain.near_corner(&kink.normal, false, &weights(), parts);
        let (above, below) = (kink.value(&high), kink.value(&low));
        if !(above.is_positive() && below.is_negative()) {
            return None;
        }
        // The hyperplane cuts the segment at the share above/(above − below) from the high end.
        let share = &above / (&above - &below);
        let cut = high.iter().zip(&low).map(|(x, y)| x + (y - x) * &share);
        let cut: Vec<Rational> = cut.collect();
        Some(cut).filter(|x| alone(x))
    })
}

/// Rounds the coordinates to as few binary digits as keep the property.
fn shortened(point: Vec<Rational>, works: &dyn Fn(&[Rational]) -> bool) -> Vec<Rational> {
    (0..256)
        .map(|digits| {
            let unit = Rational::from_integer(num_bigint::BigInt::one() << digits);
            let rounded = point.iter().map(|x| (x * &unit).round() / &unit);
            rounded.collect::<Vec<_>>()
        })
        .find(|x| works(x))
        .unwrap_or(point)
}
