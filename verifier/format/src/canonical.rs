//! Which polynomials may stand in the canonical text of a number with k: fractions are in lowest terms, and nothing under a root is a square.

use num_bigint::BigInt;
use num_integer::Integer as _;
use num_traits::{Signed as _, Zero as _};

use super::prime::Field;

/// Whether two polynomials, the second not 0, are seen to have no common factor that depends on k: there is none modulo one of three primes, by
/// Euclid's algorithm there.
pub(super) fn no_common_factor(x: &[BigInt], y: &[BigInt]) -> bool {
    if x.is_empty() || x.len() == 1 || y.len() == 1 {
        return !x.is_empty() || y.len() == 1; // 0 has every factor.
    }
    Field::ALL.into_iter().any(|field| {
        let residues = |p: &[BigInt]| p.iter().map(|c| field.residue(c)).collect::<Vec<_>>();
        let (mut a, mut b) = (residues(x), residues(y));
        // A factor stays one modulo the prime, unless both leading coefficients vanish.
        if a.last() == Some(&0) || b.last() == Some(&0) {
            return false;
        }
        while b.len() > 1 {
            (a, b) = (b.clone(), rest(field, a, &b));
        }
        !b.is_empty()
    })
}

/// The rest of a polynomial divided by another of positive degree, without zeros at its end.
fn rest(field: Field, mut a: Vec<u64>, b: &[u64]) -> Vec<u64> {
    let inverse = field.inverse(b.last().copied().unwrap_or(0));
    while a.len() >= b.len() {
        let factor = field.product(a.last().copied().unwrap_or(0), inverse);
        let shift = a.len() - b.len();
        field.subtract(a.get_mut(shift..).unwrap_or_default(), b, factor);
        a.pop(); // It is 0 now.
    }
    while a.last() == Some(&0) {
        a.pop();
    }
    a
}

/// Whether √(above/below) is, for all k ≥ 1, seen to be a quotient of polynomials: √(above·below) is a polynomial whose coefficients in k − 1 have
/// one sign. (√(k² − 6k + 9) is |k − 3|, which no polynomial is.)
pub(super) fn is_square(above: &[BigInt], below: &[BigInt]) -> bool {
    let Some(root) = root(&product(above, below)) else {
        return false;
    };
    let shifted = shifted(root);
    !(shifted.iter().any(BigInt::is_positive) && shifted.iter().any(BigInt::is_negative))
}

fn product(x: &[BigInt], y: &[BigInt]) -> Vec<BigInt> {
    let mut product = vec![BigInt::zero(); (x.len() + y.len()).saturating_sub(1)];
    for (i, x) in x.iter().enumerate() {
        for (sum, y) in product.iter_mut().skip(i).zip(y) {
            *sum += x * y;
        }
    }
    product
}

/// The polynomial whose square this is, with integer coefficients (Gauss), from its leading coefficient down; none if there is none.
fn root(square: &[BigInt]) -> Option<Vec<BigInt>> {
    let degree = square
        .len()
        .checked_sub(1)
        .filter(|degree| degree.is_even())?
        / 2;
    let leading = square.last().filter(|c| c.is_positive())?.sqrt();
    // Mignotte's bound for the coefficients of a divisor; where it is passed this is no square.
    let bits = square.iter().map(BigInt::bits).max().unwrap_or(0);
    let most = bits + degree as u64 + 16;
    let twice = &leading * 2;
    // Descending powers.
    let mut root = vec![leading];
    for n in 1..=degree {
        let mixed: BigInt = (1..n)
            .filter_map(|i| Some(root.get(i)? * root.get(n - i)?))
            .sum();
        let (next, rest) = (square.get(2 * degree - n)? - mixed).div_rem(&twice);
        if !rest.is_zero() || next.bits() > most {
            return None;
        }
        root.push(next);
    }
    root.reverse();
    (product(&root, &root) == square).then_some(root)
}

/// The coefficients in k − 1, by Horner's rule.
fn shifted(mut polynomial: Vec<BigInt>) -> Vec<BigInt> {
    let length = polynomial.len();
    for start in 0..length {
        for i in (start..length.saturating_sub(1)).rev() {
            let next = polynomial.get(i + 1).cloned().unwrap_or_default();
            if let Some(c) = polynomial.get_mut(i) {
                *c += next;
            }
        }
    }
    polynomial
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Formula;

    fn parts(text: &str) -> [Vec<BigInt>; 2] {
        let formula: Formula = text.parse().unwrap();
        [formula.rational.numerator, formula.rational.denominator]
    }

    fn polynomial(text: &str) -> Vec<BigInt> {
        let [polynomial, _] = parts(text);
        polynomial
    }

    #[test]
    fn common_factors() {
        for (x, y, expected) in [
            ("k+1", "k-1", true),
            ("k^2-1", "k-1", false),
            ("k^2+k", "k", false),
            ("6*k^3-11*k^2+6*k-1", "6*k^2-5*k+1", false),
            ("k^200-1", "k^199+1", false),
            ("k^200-2", "k^199+1", true),
            ("7", "k^2", true),
            ("k^2", "7", true),
            ("0", "1", true),
            ("0", "k", false),
        ] {
            assert_eq!(
                no_common_factor(&polynomial(x), &polynomial(y)),
                expected,
                "{x} {y}"
            );
        }
    }

    #[test]
    fn squares() {
        for (text, expected) in [
            ("4", true),
            ("2", false),
            ("k^2", true),
            ("k", false),
            ("-k^2", false),
            ("4*k^2+4*k+1", true),
            ("2*k^2", false),
            ("k^2+1", false),
            ("k^2-2*k+1", true),
            ("k^2-6*k+9", false),
            ("k^4+2*k^3-k^2-2*k+1", true),
            ("9/4", true),
            ("k/(k+1)", false),
            ("1/k^2", true),
        ] {
            let [above, below] = parts(text);
            assert_eq!(is_square(&above, &below), expected, "{text}");
        }
        assert_eq!(shifted(polynomial("k^2-2*k+5")), polynomial("k^2+4"));
    }
}
