//! Affine arrangements, as central ones with a coordinate more.

use num_traits::{One, Zero};

use super::error::ArrangementError;
use super::normals::{Arrangement, clear_denominators};
use super::regions::Regions;
use crate::exact::Rational;
use crate::watch::{Stop, Watch};

/// An affine function ⟨normal, x⟩ + offset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Affine {
    /// The linear part.
    pub normal: Vec<Rational>,
    /// The constant part.
    pub offset: Rational,
}

impl Affine {
    fn homogeneous(&self) -> Vec<Rational> {
        self.normal.iter().chain([&self.offset]).cloned().collect()
    }
}

/// The functions x_i − `lower`_i and `upper`_i − x_i, positive inside the box.
///
/// # Panics
/// If there are not as many upper as lower ends.
pub fn box_facets(lower: &[Rational], upper: &[Rational]) -> Vec<Affine> {
    assert_eq!(lower.len(), upper.len(), "every side has two ends");
    let dimension = lower.len();
    let unit = |coordinate: usize, value: Rational| {
        let mut normal = vec![Rational::zero(); dimension];
        normal[coordinate] = value;
        normal
    };
    let sides = lower.iter().zip(upper).enumerate();
    sides
        .flat_map(|(coordinate, (lower, upper))| {
            let above = Affine {
                normal: unit(coordinate, Rational::one()),
                offset: -lower.clone(),
            };
            let below = Affine {
                normal: unit(coordinate, -Rational::one()),
                offset: upper.clone(),
            };
            [above, below]
        })
        .collect()
}

impl Arrangement {
    /// The arrangement of the hyperplanes where the given `functions` on Q^`dimension` vanish, within the polyhedron where all
    /// functions of `domain` are positive (all of the space, if there are none).
    ///
    /// A function is one row, whose sign on a region is that of the function, also where the function is constant. The
    /// coordinates of this arrangement are those of x and one more, positive one; see [`Regions::point`]. Row 0 of its
    /// [domain](Arrangement::domain) says that the latter is positive, the following rows are the functions of `domain`.
    ///
    /// Cost: that of [`Arrangement::in_domain`] in one dimension more.
    ///
    /// # Errors
    /// [`ArrangementError::Shape`], or [`ArrangementError::Stopped`] if a limit of `watch` was met.
    pub fn affine(
        functions: &[Affine],
        domain: &[Affine],
        dimension: usize,
        watch: &Watch,
    ) -> Result<Self, ArrangementError> {
        for (row, function) in functions.iter().chain(domain).enumerate() {
            if function.normal.len() != dimension {
                return Err(ArrangementError::Shape {
                    row,
                    expected: dimension,
                    found: function.normal.len(),
                });
            }
        }
        let homogeneous = |functions: &[Affine]| {
            let rows: Vec<Vec<Rational>> = functions.iter().map(Affine::homogeneous).collect();
            clear_denominators(&rows)
        };
        let mut positive = vec![Rational::zero(); dimension];
        positive.push(Rational::one());
        let (mut facets, _) = clear_denominators(&[positive]);
        facets.extend(homogeneous(domain).0);
        let (rows, scales) = homogeneous(functions);
        let mut arrangement = Self::in_domain(&rows, &facets, dimension + 1, watch)?;
        arrangement.scales = scales;
        arrangement.affine = true;
        Ok(arrangement)
    }

    /// The point that coordinates of this arrangement stand for: the same numbers, or for an [affine](Arrangement::affine)
    /// arrangement the coordinates but the last, divided by the last.
    pub(super) fn point(&self, coordinates: Vec<num_bigint::BigInt>) -> Vec<Rational> {
        let mut values: Vec<Rational> = coordinates.into_iter().map(Rational::from).collect();
        if self.affine
            && let Some(last) = values.pop()
            && !last.is_zero()
        {
            for value in &mut values {
                *value = crate::exact::gcd::reduced(value.numer().clone(), last.numer().clone());
            }
        }
        values
    }
}

impl Regions<'_> {
    /// A point inside a region (and the domain), in the space that was given: [`Regions::witness`], for affine arrangements
    /// without the additional coordinate.
    ///
    /// Cost: that of [`Regions::witness`].
    ///
    /// # Errors
    /// The limit of `watch` that was met.
    ///
    /// # Panics
    /// If there is no such region in the list.
    pub fn point(&self, region: usize, watch: &Watch) -> Result<Vec<Rational>, Stop> {
        Ok(self.arrangement().point(self.witness(region, watch)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arrangement::{Method, Options};

    fn affine(rows: &[(&[i64], i64)]) -> Vec<Affine> {
        let rational = |&x: &i64| Rational::from_integer(x.into());
        rows.iter()
            .map(|(normal, offset)| Affine {
                normal: normal.iter().map(rational).collect(),
                offset: rational(offset),
            })
            .collect()
    }

    fn check(functions: &[Affine], domain: &[Affine], dimension: usize, expected: &[&str]) {
        let arrangement = Arrangement::affine(functions, domain, dimension, &Watch::none())
            .expect("rows of equal length");
        let mut methods = vec![Method::Auto, Method::Tree];
        if domain.is_empty() {
            methods.push(Method::Recursive);
        }
        for method in methods {
            let options = Options {
                method,
                ..Options::default()
            };
            let list = arrangement.regions(&options).expect("no limit");
            let mut found = Vec::new();
            for region in 0..list.len() {
                let mut text = String::new();
                list.write_signs(region, &mut text);
                let point = list.point(region, &Watch::none()).expect("no limit");
                let value = |function: &Affine| {
                    let products = function.normal.iter().zip(&point).map(|(a, x)| a * x);
                    products.fold(function.offset.clone(), |sum, product| sum + product)
                };
                for (function, sign) in functions.iter().zip(text.chars()) {
                    let expected = match sign {
                        '+' => value(function) > Rational::zero(),
                        '-' => value(function) < Rational::zero(),
                        _ => value(function).is_zero(),
                    };
                    assert!(expected, "{text} {method:?}");
                }
                assert!(domain.iter().all(|facet| value(facet) > Rational::zero()));
                found.push(text);
            }
            assert_eq!(found, expected, "{method:?}");
            assert_eq!(
                arrangement.count(&options).expect("no limit"),
                expected.len().into()
            );
        }
    }

    #[test]
    fn lines_in_general_position_in_the_plane() {
        let lines = affine(&[(&[1, 0], 0), (&[0, 1], 0), (&[1, 1], -1)]);
        check(
            &lines,
            &[],
            2,
            &["+++", "++-", "+-+", "+--", "-++", "-+-", "---"],
        );
        let zero = Rational::zero;
        let inside = box_facets(&[zero(), zero()], &[Rational::one(), Rational::one()]);
        check(&lines, &inside, 2, &["+++", "++-"]);
        let empty = box_facets(
            &[zero(), Rational::one()],
            &[Rational::one(), Rational::one()],
        );
        check(&lines, &empty, 2, &[]);
    }

    #[test]
    fn constant_and_parallel_functions() {
        let rows = affine(&[
            (&[0], -3),
            (&[2], -1),
            (&[0], 0),
            (&[-2], 2),
            (&[0], 5),
            (&[-4], 2),
        ]);
        check(&rows, &[], 1, &["-+0++-", "-+0-+-", "--0+++"]);
        check(&rows, &affine(&[(&[3], -2)]), 1, &["-+0++-", "-+0-+-"]);
        check(&[], &[], 0, &[""]);
        check(&affine(&[(&[], 1), (&[], -1)]), &[], 0, &["+-"]);
    }
}
