//! A point where a function that is not 0 is not 0, found by construction: however thin the slice of a box is in which it shows.

use num_bigint::BigInt;
use num_traits::{One, Pow as _, Signed, Zero};

use super::canonical::{CanonicalForm, Kink};
use super::domain::Domain;
use crate::exact::Rational;
use crate::network::dot;

/// A function with the open set on which it is looked at: R^d, or the interior of a box that all its kinks meet.
pub(super) struct Place<'a> {
    pub(super) form: &'a CanonicalForm,
    pub(super) domain: Option<&'a Domain>,
}

impl Place<'_> {
    /// Whether the point is in the open set and the function is not 0 there.
    pub(super) fn shows(&self, x: &[Rational]) -> bool {
        self.domain.is_none_or(|domain| domain.contains(x))
            && self.form.value(x).iter().any(|value| !value.is_zero())
    }

    /// A point of the open set with f ≠ 0, for f ≠ 0.
    ///
    /// Without kinks f is affine, and not 0 at the centre or beside it. Otherwise let p be on the first kink H, in the open set and
    /// off all other kinks. On the segment from p − εn to p + εn, ε small, f is affine but for the term κ_H |s|·⟨n,n⟩/2, so
    /// f(p + εn) − 2f(p) + f(p − εn) = κ_H·ε·⟨n,n⟩ ≠ 0, and f is not 0 at all three.
    pub(super) fn point(&self) -> Vec<Rational> {
        let centre = self.centre();
        let Some(kink) = self.form.kinks().first() else {
            return self.beside_centre(centre);
        };
        let crossing = self.crossing(kink, &centre);
        let along = self.direction(kink, &crossing);
        let p = moved(&crossing, &along, &self.step(kink, &crossing, &along));
        let epsilon = self.step(kink, &p, &kink.normal);
        let beside = [epsilon.clone(), -epsilon].map(|step| moved(&p, &kink.normal, &step));
        let shown = beside.into_iter().find(|x| self.shows(x));
        shown.unwrap_or(p)
    }

    fn centre(&self) -> Vec<Rational> {
        match self.domain {
            None => vec![Rational::zero(); self.form.inputs()],
            Some(domain) => domain.centre(),
        }
    }

    /// For affine f ≠ 0: the centre, or, where f(centre) = 0, a point that differs from it in a coordinate that f depends on.
    fn beside_centre(&self, mut centre: Vec<Rational>) -> Vec<Rational> {
        let rows = self.form.linear();
        let depends = |k: &usize| rows.iter().any(|row| !row[*k].is_zero());
        if !self.shows(&centre)
            && let Some(k) = (0..centre.len()).find(depends)
        {
            let mut along = vec![Rational::zero(); centre.len()];
            along[k] = Rational::one();
            let step = self.room(&centre, &along);
            centre[k] += step.map_or_else(Rational::one, |room| half(&room));
        }
        centre
    }

    /// A point of the kink in the open set: towards the corner on the other side of the kink than the centre, or, in R^d, along
    /// the first coordinate that the kink depends on.
    fn crossing(&self, kink: &Kink, centre: &[Rational]) -> Vec<Rational> {
        let here = kink.value(centre);
        let Some(domain) = self.domain else {
            let mut point = centre.to_vec();
            // The normal's first non-zero entry is 1.
            let first = pivot(kink);
            point[first] -= here;
            return point;
        };
        let corner = domain.corner(&kink.normal, here.is_negative());
        let there = kink.value(&corner);
        if here.is_zero() {
            return centre.to_vec();
        }
        let share = &here / (&here - &there);
        let pairs = centre.iter().zip(&corner);
        pairs.map(|(x, y)| x + (y - x) * &share).collect()
    }

    /// A direction within the kink that leaves every other kink through the point: built up of directions e_i − n_i e_j of H
    /// (n_j = 1), each with the least multiple that undoes none of the earlier products.
    fn direction(&self, kink: &Kink, point: &[Rational]) -> Vec<Rational> {
        let first = pivot(kink);
        let through: Vec<&Vec<Rational>> = self
            .others(kink)
            .filter(|other| other.value(point).is_zero())
            .map(|other| &other.normal)
            .collect();
        let along = |normal: &[Rational], i: usize| &normal[i] - &kink.normal[i] * &normal[first];
        let mut direction = vec![Rational::zero(); point.len()];
        let mut products = vec![Rational::zero(); through.len()];
        for k in 0..through.len() {
            // Another hyperplane through the point has another normal, so there is such an i.
            let leaves = |i: &usize| !along(through[k], *i).is_zero();
            let Some(i) = (0..point.len())
                .filter(|_| products[k].is_zero())
                .find(leaves)
            else {
                continue;
            };
            let changes: Vec<Rational> = through.iter().map(|normal| along(normal, i)).collect();
            let undoing: Vec<Rational> = products
                .iter()
                .zip(&changes)
                .filter(|(product, change)| !product.is_zero() && !change.is_zero())
                .map(|(product, change)| -product / change)
                .collect();
            let mut factor = Rational::one();
            while undoing.contains(&factor) {
                factor += Rational::one();
            }
            direction[first] -= &kink.normal[i] * &factor;
            direction[i] += &factor;
            for (product, change) in products.iter_mut().zip(&changes) {
                *product += change * &factor;
            }
        }
        direction
    }

    fn others(&self, kink: &Kink) -> impl Iterator<Item = &Kink> {
        let kinks = self.form.kinks().iter();
        kinks.filter(move |other| (&other.normal, &other.offset) != (&kink.normal, &kink.offset))
    }

    /// Half of the way, in the direction or against it, to the next kink that is not at the point, or out of the box; 1 if neither
    /// ever comes.
    fn step(&self, kink: &Kink, point: &[Rational], direction: &[Rational]) -> Rational {
        let crossings = self.others(kink).filter_map(|other| {
            let (value, speed) = (other.value(point), dot(&other.normal, direction));
            (!value.is_zero() && !speed.is_zero()).then(|| (value / speed).abs())
        });
        let least = crossings.chain(self.room(point, direction)).min();
        half(&least.unwrap_or_else(|| Rational::from_integer(2.into())))
    }

    /// How far one can go in the direction and against it within the box; `None` if for ever.
    fn room(&self, point: &[Rational], direction: &[Rational]) -> Option<Rational> {
        let sides = self.domain?.sides().iter().zip(point).zip(direction);
        sides
            .filter(|(_, speed)| !speed.is_zero())
            .map(|(((lower, upper), x), speed)| (x - lower).min(upper - x) / speed.abs())
            .min()
    }

    /// The point with its coordinates rounded to as few decimal digits as keep f ≠ 0 in the open set, if that is shorter.
    ///
    /// With f_i(x) ≠ 0 and |f_i(x) − f_i(y)| ≤ L_i‖x − y‖_∞, rounding by less than |f_i(x)|/L_i and less than the distance to
    /// the sides is safe: this says how many digits are enough. Fewer are tried.
    pub(super) fn shortened(&self, point: Vec<Rational>) -> Vec<Rational> {
        let mut digits = digits_within(&self.safe_radius(&point));
        let mut best = point.clone();
        for _ in 0..64 {
            let rounded = rounded(&point, digits);
            if !self.shows(&rounded) {
                break;
            }
            if length(&rounded) <= length(&best) {
                best = rounded;
            }
            digits -= 1;
        }
        best
    }

    /// A number below which changes of every coordinate keep f ≠ 0 in the open set; `point` has this property.
    fn safe_radius(&self, point: &[Rational]) -> Rational {
        let form = self.form;
        let sum = |row: &[Rational]| -> Rational { row.iter().map(Rational::abs).sum() };
        let sizes: Vec<Rational> = form.kinks().iter().map(|kink| sum(&kink.normal)).collect();
        let values = form.value(point);
        let safe = values.iter().enumerate().filter(|(_, v)| !v.is_zero());
        let safe = safe.map(|(output, value)| {
            let kinks = form.kinks().iter().zip(&sizes);
            let bends: Rational = kinks
                .map(|(kink, size)| kink.jump[output].abs() * size)
                .sum();
            let slope = sum(&form.linear()[output]) + half(&bends);
            // A constant output is as safe as one likes; 1 is enough.
            if slope.is_zero() {
                Rational::one()
            } else {
                value.abs() / slope
            }
        });
        let margins = self.domain.into_iter().flat_map(|domain| {
            let sides = domain.sides().iter().zip(point);
            sides.map(|((lower, upper), x)| (x - lower).min(upper - x))
        });
        let safe = safe.max().into_iter().chain(margins).min();
        safe.unwrap_or_else(Rational::one)
    }
}

/// The first coordinate that the kink depends on: n is 1 there.
fn pivot(kink: &Kink) -> usize {
    let first = kink.normal.iter().position(|entry| !entry.is_zero());
    first.unwrap_or(0)
}

fn half(value: &Rational) -> Rational {
    value / Rational::from_integer(2.into())
}

fn moved(point: &[Rational], direction: &[Rational], step: &Rational) -> Vec<Rational> {
    let pairs = point.iter().zip(direction);
    pairs.map(|(x, u)| x + u * step).collect()
}

/// A number of decimal digits after which rounding changes a number by less than the radius > 0; negative if whole tens, hundreds …
/// may be rounded.
fn digits_within(radius: &Rational) -> i64 {
    // radius > 2^(numerator bits − 1 − denominator bits), and log10(2) < 30103/100000.
    let bits = |value: &BigInt| i64::try_from(value.bits()).unwrap_or(i64::MAX / 100_000);
    let below = bits(radius.denom()) - bits(radius.numer()) + 1;
    (below * 30_103).div_euclid(100_000) + 1
}

/// Every coordinate rounded to the nearest multiple of 10^−digits.
fn rounded(point: &[Rational], digits: i64) -> Vec<Rational> {
    let power = BigInt::from(10).pow(digits.unsigned_abs());
    let unit = match digits.is_negative() {
        true => Rational::new(BigInt::one(), power),
        false => Rational::from_integer(power),
    };
    point.iter().map(|x| (x * &unit).round() / &unit).collect()
}

/// How long the coordinates are when written.
fn length(point: &[Rational]) -> u64 {
    let bits = |x: &Rational| x.numer().bits() + x.denom().bits();
    point.iter().map(bits).sum()
}
