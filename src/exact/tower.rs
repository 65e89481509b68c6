//! The field Q(√g_1, …, √g_k) over multiplicatively independent radicands, for exact signs and inverses.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_traits::{One, Zero};

use super::gcd::reduced;
use super::rational::Rational;
use super::root::exact_root;

/// Σ_S x_S Π_{i ∈ S} √g_i, with one coefficient for every subset S of the generators (S as a bit mask).
///
/// No product of distinct generators is a perfect square, so the 2^k products are linearly independent over Q and the element
/// is zero iff all coefficients are.
#[derive(Clone, Debug)]
pub(super) struct Tower {
    generators: Vec<BigInt>,
    coefficients: Vec<Rational>,
}

/// For n and generators g: a subset S and the integer root of n·Π_S g, if that product is a square.
fn as_product(n: &BigInt, generators: &[BigInt]) -> Option<(usize, BigInt)> {
    (0..1usize << generators.len()).find_map(|subset| {
        let product = subset_product(generators, subset) * n;
        exact_root(&product).map(|root| (subset, root))
    })
}

fn subset_product(generators: &[BigInt], subset: usize) -> BigInt {
    let chosen = generators.iter().enumerate();
    chosen
        .filter(|(i, _)| subset >> i & 1 == 1)
        .fold(BigInt::one(), |product, (_, g)| product * g)
}

impl Tower {
    /// `rational` + Σ coefficient·√radicand over the pairs `terms`.
    pub(super) fn of(rational: &Rational, terms: &[(Rational, BigInt)]) -> Self {
        let mut generators: Vec<BigInt> = Vec::new();
        for (_, radicand) in terms {
            if as_product(radicand, &generators).is_none() {
                generators.push(radicand.clone());
            }
        }
        let mut coefficients = vec![Rational::zero(); 1 << generators.len()];
        coefficients[0] = rational.clone();
        for (coefficient, radicand) in terms {
            if let Some((subset, root)) = as_product(radicand, &generators) {
                // √n = root / Π_S g · √(Π_S g).
                let share = reduced(root, subset_product(&generators, subset));
                coefficients[subset] += coefficient * share;
            }
        }
        Tower {
            generators,
            coefficients,
        }
    }

    pub(super) fn sign(&self) -> Ordering {
        sign(&self.coefficients, &self.generators)
    }

    /// The inverse; `None` for zero.
    pub(super) fn inverse(&self) -> Option<Self> {
        Some(Tower {
            generators: self.generators.clone(),
            coefficients: inverse(&self.coefficients, &self.generators)?,
        })
    }

    /// The sum as coefficients of the roots of radicands, 1 among these.
    pub(super) fn terms(&self) -> impl Iterator<Item = (&Rational, Rational)> {
        let coefficients = self.coefficients.iter().enumerate();
        coefficients.map(|(subset, coefficient)| {
            let product = subset_product(&self.generators, subset);
            (coefficient, Rational::from_integer(product))
        })
    }
}

/// Splits x = A + B√g by the last generator g.
fn halves<'a>(x: &'a [Rational], generators: &'a [BigInt]) -> Option<Halves<'a>> {
    let (last, lower) = generators.split_last()?;
    let (a, b) = x.split_at(x.len() / 2);
    Some(Halves { a, b, last, lower })
}

struct Halves<'a> {
    a: &'a [Rational],
    b: &'a [Rational],
    last: &'a BigInt,
    lower: &'a [BigInt],
}

impl Halves<'_> {
    /// A² − g·B², in the lower field.
    fn norm(&self) -> Vec<Rational> {
        let g = Rational::from_integer(self.last.clone());
        let (aa, bb) = (
            product(self.a, self.a, self.lower),
            product(self.b, self.b, self.lower),
        );
        aa.iter().zip(&bb).map(|(x, y)| x - y * &g).collect()
    }
}

/// The depth of the recursion is the number of radicals.
fn sign(x: &[Rational], generators: &[BigInt]) -> Ordering {
    let Some(halves) = halves(x, generators) else {
        return x[0].cmp(&Rational::zero());
    };
    let of_a = sign(halves.a, halves.lower);
    let of_b = sign(halves.b, halves.lower);
    if of_b == Ordering::Equal || of_a == of_b {
        return of_a;
    }
    if of_a == Ordering::Equal {
        return of_b;
    }
    // Opposite signs: |A| against |B|√g.
    match sign(&halves.norm(), halves.lower) {
        Ordering::Equal => Ordering::Equal,
        Ordering::Greater => of_a,
        Ordering::Less => of_b,
    }
}

fn product(x: &[Rational], y: &[Rational], generators: &[BigInt]) -> Vec<Rational> {
    let mut sum = vec![Rational::zero(); x.len()];
    for (i, left) in x.iter().enumerate().filter(|(_, left)| !left.is_zero()) {
        for (j, right) in y.iter().enumerate().filter(|(_, right)| !right.is_zero()) {
            let square = Rational::from_integer(subset_product(generators, i & j));
            sum[i ^ j] += left * right * square;
        }
    }
    sum
}

fn inverse(x: &[Rational], generators: &[BigInt]) -> Option<Vec<Rational>> {
    let Some(halves) = halves(x, generators) else {
        return (!x[0].is_zero()).then(|| vec![x[0].recip()]);
    };
    let of_norm = inverse(&halves.norm(), halves.lower)?;
    let mut answer = product(halves.a, &of_norm, halves.lower);
    let minus_b: Vec<Rational> = halves.b.iter().map(|value| -value).collect();
    answer.extend(product(&minus_b, &of_norm, halves.lower));
    Some(answer)
}
