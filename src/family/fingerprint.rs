//! One text, and so one hash, for functions that are equal, whatever roots their canonical forms are written with.
//!
//! A sum of roots Σ c_j√q_j, no q_i·q_j a square in Q(k), has no two ways to be written but that c_j√q_j = c_j/u·√(u²q_j). So it is known by the signs
//! of the c_j and the squares c_j²·q_j, which are elements of Q(k), and nothing needs to be factored.

use num_traits::Signed as _;
use sha2::{Digest as _, Sha256};

use super::expression::Expression;
use super::polynomial::{Place, Polynomial, Signs};
use super::quotient::Quotient;
use crate::certificate::Range;
use crate::exact::{Rational, Surd, rational_root};
use crate::realization::CanonicalForm;

/// A function for large k in the one way there is: the part without roots, and for each root whether it is subtracted, and its square.
struct Canonical {
    rational: Quotient,
    roots: Vec<(bool, Quotient)>,
}

/// The square root that is positive for large k, of the square of an element of Q(k).
fn square_root(square: &Quotient) -> Option<Quotient> {
    let root = |p: &Polynomial| {
        let number = rational_root(&p.leading())?;
        let (outside, inside) = p.square_parts();
        (inside.degree() == 0).then(|| outside.scale(&number))
    };
    Quotient::new(&root(&square.numerator)?, &root(&square.denominator)?)
}

impl Canonical {
    /// `None` where a radicand is negative for large k.
    fn of(e: &Expression) -> Option<Self> {
        let is_positive = |q: &Quotient| q.signs(Place::Infinity) == Signs::POSITIVE;
        let mut classes = vec![(Quotient::zero(), Quotient::one())];
        for (c, q) in e.terms() {
            if !is_positive(q) {
                return None;
            }
            let of_one = |(_, r): &(Quotient, Quotient)| square_root(&q.mul(r));
            let found = classes.iter().position(|class| of_one(class).is_some());
            let Some((sum, r)) = found.and_then(|at| classes.get_mut(at)) else {
                classes.push((c.clone(), q.clone()));
                continue;
            };
            // √q = √(qr)/r·√r.
            let share = square_root(&q.mul(r))?.mul(&r.inverse()?);
            *sum = sum.add(&c.mul(&share));
        }
        let (rational, _) = classes.remove(0);
        let roots = classes.into_iter().filter(|(c, _)| !c.is_zero());
        Some(Canonical {
            rational,
            roots: roots
                .map(|(c, q)| (!is_positive(&c), c.mul(&c).mul(&q)))
                .collect(),
        })
    }

    fn text(&self) -> String {
        let text = |q: &Quotient| Expression::from(q.clone()).to_string();
        let roots = self
            .roots
            .iter()
            .map(|(minus, square)| (*minus, text(square)));
        joined(text(&self.rational), roots.collect())
    }

    fn at(&self, k: u64) -> Option<Surd> {
        let mut value = Surd::from(self.rational.at(k)?);
        for (minus, square) in &self.roots {
            let root = Surd::sqrt(&square.at(k)?)?;
            value = match minus {
                true => value.sub(&root),
                false => value.add(&root),
            };
        }
        Some(value)
    }
}

fn joined(rational: String, mut roots: Vec<(bool, String)>) -> String {
    roots.sort();
    let sign = |minus: bool| if minus { '-' } else { '+' };
    let roots = roots
        .into_iter()
        .map(|(minus, square)| format!("{}sqrt({square})", sign(minus)));
    rational + &roots.collect::<String>()
}

/// A number in the one way there is, as above.
fn number(value: &Surd) -> String {
    let roots = value.terms().iter().map(|(c, n)| {
        let square = c * c * Rational::from_integer(n.clone());
        (c.is_negative(), square.to_string())
    });
    joined(value.rational_part().to_string(), roots.collect())
}

/// A canonical form as text, entry by entry.
fn form(
    form: &CanonicalForm<Expression>,
    entry: &dyn Fn(&Expression) -> Option<String>,
) -> Option<String> {
    let row = |name: &str, entries: &mut dyn Iterator<Item = &Expression>| {
        let entries = entries.map(entry).collect::<Option<Vec<_>>>()?;
        Some(format!("{name} {}", entries.join(" ")))
    };
    let is_zero = |e: &Expression| entry(e).is_some_and(|text| text == "0");
    let mut rows = Vec::new();
    for entries in &form.linear {
        rows.push(row("M", &mut entries.iter())? + "\n");
    }
    if !form.constant.iter().all(is_zero) {
        rows.push(row("Q", &mut form.constant.iter())? + "\n");
    }
    let mut kinks = Vec::new();
    for kink in &form.kinks {
        let mut text = row("H", &mut kink.normal.iter().chain(&kink.jump))?;
        if !is_zero(&kink.offset) {
            text += &row(" B", &mut std::iter::once(&kink.offset))?;
        }
        kinks.push(text + "\n");
    }
    kinks.sort_unstable();
    rows.append(&mut kinks);
    Some(rows.concat())
}

/// SHA-256, in hexadecimal, of the function for all k ≥ 1, from its canonical forms by ranges: equal for equal functions, however they are parametrized
/// and however the ranges are cut. It is that of the form for large k as text, and of the forms at those k where they are not the values
/// of the former, which are fewer than the ranges' last threshold. `None` where an entry is not defined.
///
/// Cost: two canonical forms of numbers for each k below the last threshold, and for roots in them whether their products are squares.
pub fn fingerprint(forms: &[(Range, CanonicalForm<Expression>)]) -> Option<String> {
    let (range, last) = forms.last()?;
    let inputs = last.linear.first().map_or(0, Vec::len);
    let outputs = last.linear.len();
    let generic = form(last, &|e| Some(Canonical::of(e)?.text()))?;
    let mut text = format!("relucert family/1 {inputs} {outputs}\n{generic}");
    for k in 1..range.first() {
        let mut sections = forms.iter();
        let (_, own) = sections
            .find(|(range, _)| range.first() <= k && range.end().is_none_or(|end| k < end))?;
        let own = form(own, &|e| Some(number(&e.at(k)?)))?;
        let value = form(last, &|e| Some(number(&Canonical::of(e)?.at(k)?)));
        if value.as_ref() != Some(&own) {
            text += &format!("at {k}\n{own}");
        }
    }
    let digest = Sha256::digest(text.as_bytes());
    Some(digest.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::family::parse;

    #[test]
    fn equal_sums_of_roots_have_one_text() {
        let text = |text: &str| {
            let parts = text.split(' ').map(|part| parse(part).unwrap());
            let sum = parts.fold(Expression::zero(), |sum, part| sum.add(&part));
            Canonical::of(&sum).map(|e| e.text())
        };
        for (one, other) in [
            ("sqrt((k-3)^2*(k+1))", "(k-3)*sqrt(k+1)"),
            ("sqrt(k/(k+1))", "1/(k+1)*sqrt(k^2+k)"),
            ("sqrt(2*(k-5)^2) 1", "1 (k-5)*sqrt(2)"),
            ("sqrt((k-2)^2) sqrt(k)", "k-2 sqrt(k)"),
            ("sqrt(1000003^2*2) sqrt(3)", "1000003*sqrt(2) sqrt(3)"),
            ("sqrt((k-3)^2*k) -(k-3)*sqrt(k)", "0"),
        ] {
            assert_eq!(text(one), text(other), "{one} {other}");
        }
        assert_eq!(text("sqrt(k) 1"), Some("1+sqrt(k)".to_owned()));
        assert_ne!(text("sqrt(k)"), text("-sqrt(k)"));
        assert_eq!(text("sqrt(3-k)"), None);
        assert_eq!(number(&Surd::zero()), "0");
    }
}
