//! Points where two functions differ.

use num_traits::Zero;

use super::canonical::CanonicalForm;
use super::domain::Domain;
use super::witness::Place;
use crate::arrangement::facet::Sequence;
use crate::exact::Rational;
use crate::network::ShapeError;

/// How many products of numbers are spent on looking for short points.
const WORK: usize = 1_000_000;

/// A point where the function f is not zero, in the interior of the box if there is one; `None` if, and only if, f is zero on R^d
/// (or on the box).
///
/// Short points are tried first; if none of them will do, one is constructed, however small the part of the box is where f shows.
///
/// Cost: at most about a million products for short points (eight points at least), then a construction of a few times h·d
/// products, h the number of kinks.
///
/// ```
/// use relucert::exact::text::parse_rational;
/// use relucert::network::{Network, file::network_from_bytes};
/// use relucert::realization::{CanonicalForm, Domain, nonzero_point};
/// // ρ(x − 2) is zero up to 2.
/// let text = r#"{"a": [["1"]], "b": ["-2"], "c": [["1"]], "e": ["0"]}"#;
/// let form = CanonicalForm::of(&network_from_bytes("net.json", text.as_bytes()).unwrap()).unwrap();
/// let within = |upper: &str| {
///     let side = (parse_rational("0").unwrap(), parse_rational(upper).unwrap());
///     nonzero_point(&form, Some(&Domain::new(vec![side]).unwrap())).unwrap()
/// };
/// assert_eq!(within("2"), None);
/// let point = within("2+1e-300").unwrap();
/// assert!(form.eval(&point).unwrap()[0] > parse_rational("0").unwrap());
/// ```
///
/// # Errors
/// [`ShapeError`] if the box has not one side an input.
pub fn nonzero_point(
    form: &CanonicalForm,
    domain: Option<&Domain>,
) -> Result<Option<Vec<Rational>>, ShapeError> {
    let restricted = domain.map(|domain| domain.restrict(form)).transpose()?;
    let form = restricted.as_ref().unwrap_or(form);
    if form.is_zero() {
        return Ok(None);
    }
    let place = Place { form, domain };
    let inside = |x: &Vec<Rational>| domain.is_none_or(|domain| domain.contains(x));
    // Of wide functions fewer values are computed.
    let tries = WORK / (1 + form.kinks().len() * form.inputs());
    let short = small_points(form.inputs(), domain)
        .filter(inside)
        .take(tries.max(8))
        .find(|x| place.shows(x));
    Ok(Some(
        short.unwrap_or_else(|| place.shortened(place.point())),
    ))
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
    let inside = (0..if sides.is_empty() { 0 } else { 16 }).map(move |_| {
        let weight = |w: &mut Sequence| Rational::new((w.within(7) + 8).into(), 16.into());
        let x = sides.iter();
        x.map(|(lower, upper)| lower + (upper - lower) * weight(&mut weights))
            .collect()
    });
    [zero].into_iter().chain(axes).chain(others).chain(inside)
}
