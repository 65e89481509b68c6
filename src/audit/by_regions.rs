//! The seminorm region by region: what branch and bound is held against.

use num_traits::{Signed as _, Zero as _};

use crate::arrangement::{Arrangement, Options};
use crate::exact::Rational;
use crate::realization::CanonicalForm;

/// The largest |entry| of the Jacobian M + ½ Σ_H ε_H κ_H n_Hᵀ over the sign vectors ε of all regions, by the list of regions; offsets and
/// constants are ignored. Time and memory are proportional to the number of regions: for small arrangements.
///
/// `None` if the hyperplanes are no arrangement or their regions are not all listed.
pub fn seminorm_by_regions(form: &CanonicalForm) -> Option<Rational> {
    let kinks = form.kinks();
    let normals: Vec<Vec<Rational>> = kinks.iter().map(|kink| kink.normal.clone()).collect();
    let arrangement = Arrangement::new(&normals, form.inputs()).ok()?;
    let regions = arrangement.regions(&Options::default()).ok()?;
    if !regions.is_complete() {
        return None;
    }
    let two = Rational::from_integer(2.into());
    let mut largest = Rational::zero();
    for region in 0..regions.len() {
        let signs = regions.signs(region);
        for (output, row) in form.linear().iter().enumerate() {
            for (input, constant) in row.iter().enumerate() {
                let mut entry = constant * &two;
                for (kink, sign) in kinks.iter().zip(&signs) {
                    let jump = &kink.jump[output] * &kink.normal[input];
                    match *sign > 0 {
                        true => entry += jump,
                        false => entry -= jump,
                    }
                }
                largest = largest.max(entry.abs() / &two);
            }
        }
    }
    Some(largest)
}
