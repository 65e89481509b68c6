//! Cones between rays of integers, cut by hyperplanes through the origin: polygons of a plane are cones over it, and so are intervals of a line.

use num_bigint::BigInt;
use num_traits::{Signed as _, Zero as _};

use crate::exact::rows::primitive;

/// A direction, as primitive integers.
pub(super) type Ray = Vec<BigInt>;

/// ⟨f, x⟩, for a linear form and a ray.
pub(super) fn height(form: &[BigInt], ray: &[BigInt]) -> BigInt {
    form.iter().zip(ray).map(|(f, x)| f * x).sum()
}

/// a × b, in three dimensions.
pub(super) fn cross(a: &[BigInt], b: &[BigInt]) -> Ray {
    let entry = |i: usize, j: usize| &a[i] * &b[j] - &a[j] * &b[i];
    vec![entry(1, 2), entry(2, 0), entry(0, 1)]
}

/// What a hyperplane makes of a cone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cut {
    /// The cone is on one side of it: `+` or `-`; or in it: `0`.
    Whole(char),
    /// It has an inside on both.
    Parts {
        /// Where the form is positive.
        plus: Vec<Ray>,
        /// Where it is negative.
        minus: Vec<Ray>,
    },
}

/// Cuts a cone, whose rays are in order around it, by ⟨form, x⟩ = 0.
///
/// Cost: one product a ray and coordinate, and for each of at most two new rays a greatest common divisor.
pub(super) fn cut(rays: &[Ray], form: &[BigInt]) -> Cut {
    let heights: Vec<BigInt> = rays.iter().map(|ray| height(form, ray)).collect();
    let (plus, minus) = (
        heights.iter().any(BigInt::is_positive),
        heights.iter().any(BigInt::is_negative),
    );
    match (plus, minus) {
        (true, false) => return Cut::Whole('+'),
        (false, true) => return Cut::Whole('-'),
        (false, false) => return Cut::Whole('0'),
        (true, true) => {}
    }
    let (mut above, mut below) = (Vec::new(), Vec::new());
    for (index, ray) in rays.iter().enumerate() {
        let next = (index + 1) % rays.len();
        let (here, there) = (&heights[index], &heights[next]);
        if !here.is_negative() {
            above.push(ray.clone());
        }
        if !here.is_positive() {
            below.push(ray.clone());
        }
        // The rays of an interval are neighbours twice.
        if here.is_zero() || here.sign() != -there.sign() || rays.len() == 2 && index == 1 {
            continue;
        }
        let (far, near) = (there.abs(), here.abs());
        let between = ray.iter().zip(&rays[next]);
        let between: Ray = between.map(|(x, y)| &far * x + &near * y).collect();
        let between = primitive(&between);
        above.push(between.clone());
        below.push(between);
    }
    Cut::Parts {
        plus: above,
        minus: below,
    }
}

/// The eight cones between three planes with independent normals.
pub(super) fn eight(normals: &[Ray; 3]) -> Vec<Vec<Ray>> {
    // On the ray that two planes share the third one's form is positive.
    let rays = [0, 1, 2].map(|i| {
        let shared = cross(&normals[(i + 1) % 3], &normals[(i + 2) % 3]);
        let shared = primitive(&shared);
        match height(&normals[i], &shared).is_negative() {
            true => opposite(&shared),
            false => shared,
        }
    });
    let cone = |signs: usize| -> Vec<Ray> {
        let side = |(i, ray): (usize, &Ray)| match signs >> i & 1 {
            0 => ray.clone(),
            _ => opposite(ray),
        };
        rays.iter().enumerate().map(side).collect()
    };
    (0..8).map(cone).collect()
}

pub(super) fn opposite(ray: &[BigInt]) -> Ray {
    ray.iter().map(|x| -x).collect()
}

/// Whether a ray is inside a cone of three dimensions, and not on its boundary.
pub(super) fn is_inside(rays: &[Ray], x: &[BigInt]) -> bool {
    let next = rays.iter().cycle().skip(1);
    let mut sides = rays.iter().zip(next).map(|(u, v)| height(&cross(u, v), x));
    let Some(first) = sides.next() else {
        return false;
    };
    !first.is_zero() && sides.all(|side| side.sign() == first.sign())
}
