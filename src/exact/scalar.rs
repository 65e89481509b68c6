//! Numbers that everything about networks can be written over once: rationals, sums of square roots, functions of k.
//!
//! What can be computed is a number's own ([`Scalar`]); what sign it has is asked of an [`Order`], since the sign of a function of k is known for a
//! range of k alone, and a proof must remember that it was asked. [`Numbers`] answers for numbers that do not depend on k.
//!
//! Loops that numbers go through millions of times are not written over this: they run on rows of integers ([`ring`](super::ring)).

use std::cmp::Ordering;
use std::convert::Infallible;
use std::fmt::Debug;

use num_traits::{One as _, Signed as _, Zero as _};

use super::rational::Rational;
use super::surd::Surd;

/// An element of a field, or of a ring in which not all inverses are found.
pub trait Scalar: Clone + Debug + PartialEq + From<Rational> {
    /// The sum.
    fn plus(&self, other: &Self) -> Self;
    /// The product.
    fn times(&self, other: &Self) -> Self;
    /// The negative.
    fn negative(&self) -> Self;
    /// The inverse; `None` for 0, and where it is not found.
    fn reciprocal(&self) -> Option<Self>;
    /// The square root, where it is such a number and is found; of what is not negative.
    fn square_root(&self) -> Option<Self>;
    /// The difference.
    fn less(&self, other: &Self) -> Self {
        self.plus(&other.negative())
    }
    /// 0.
    fn nil() -> Self {
        Rational::zero().into()
    }
    /// 1.
    fn unit() -> Self {
        Rational::one().into()
    }
    /// The inner product of two rows of equal length.
    fn inner_product(left: &[Self], right: &[Self]) -> Self {
        let products = left.iter().zip(right).map(|(x, y)| x.times(y));
        products.fold(Self::nil(), |sum, product| sum.plus(&product))
    }
}

/// Decides signs. What is decided once stays so as long as the answer is used.
pub trait Order<S: Scalar> {
    /// Why a sign is not known.
    type Undecided;

    /// The sign: `Less` for negative, `Equal` for 0, `Greater` for positive.
    ///
    /// # Errors
    /// It is not the same everywhere it is asked for, or it is not found.
    fn sign(&mut self, number: &S) -> Result<Ordering, Self::Undecided>;

    /// Whether it is 0.
    ///
    /// # Errors
    /// As [`sign`](Self::sign).
    fn vanishes(&mut self, number: &S) -> Result<bool, Self::Undecided> {
        Ok(self.sign(number)?.is_eq())
    }

    /// Whether all entries are 0; signs are asked up to the first one that is not.
    ///
    /// # Errors
    /// As [`sign`](Self::sign).
    fn all_vanish(&mut self, row: &[S]) -> Result<bool, Self::Undecided> {
        Ok(self.first(row)?.is_none())
    }

    /// The first entry that is not 0, its place and sign.
    ///
    /// # Errors
    /// As [`sign`](Self::sign).
    fn first(&mut self, row: &[S]) -> Result<Option<(usize, Ordering)>, Self::Undecided> {
        for (place, entry) in row.iter().enumerate() {
            let sign = self.sign(entry)?;
            if sign.is_ne() {
                return Ok(Some((place, sign)));
            }
        }
        Ok(None)
    }

    /// Whether some entry is not 0 wherever it is asked: which one may be what is easiest to show.
    ///
    /// # Errors
    /// As [`sign`](Self::sign).
    fn some(&mut self, row: &[S]) -> Result<bool, Self::Undecided> {
        Ok(self.first(row)?.is_some())
    }

    /// What one row that is not 0 is of another: a positive multiple (`Greater`), a negative one (`Less`), or none.
    ///
    /// # Errors
    /// As [`sign`](Self::sign).
    fn multiple(&mut self, row: &[S], other: &[S]) -> Result<Option<Ordering>, Self::Undecided> {
        match self.some(&minors(row, other))? {
            true => Ok(None),
            false => self.sign(&S::inner_product(row, other)).map(Some),
        }
    }

    /// The absolute value.
    ///
    /// # Errors
    /// As [`sign`](Self::sign).
    fn size(&mut self, number: &S) -> Result<S, Self::Undecided> {
        Ok(match self.sign(number)? {
            Ordering::Less => number.negative(),
            _ => number.clone(),
        })
    }

    /// The larger one, the first of equal ones.
    ///
    /// # Errors
    /// As [`sign`](Self::sign).
    fn larger(&mut self, first: S, second: S) -> Result<S, Self::Undecided> {
        Ok(match self.sign(&second.less(&first))? {
            Ordering::Greater => second,
            _ => first,
        })
    }

    /// The largest absolute value; 0 of none.
    ///
    /// # Errors
    /// As [`sign`](Self::sign).
    fn largest(&mut self, row: &[S]) -> Result<S, Self::Undecided> {
        let mut largest = S::nil();
        for entry in row {
            let size = self.size(entry)?;
            largest = self.larger(largest, size)?;
        }
        Ok(largest)
    }
}

/// All 2 × 2 minors of two rows of equal length: all 0 where the rows are multiples of each other.
pub fn minors<S: Scalar>(row: &[S], other: &[S]) -> Vec<S> {
    let pairs = (0..row.len()).flat_map(|i| (i + 1..row.len()).map(move |j| (i, j)));
    let minor = |(i, j): (usize, usize)| row[i].times(&other[j]).less(&row[j].times(&other[i]));
    pairs.map(minor).collect()
}

/// The order of numbers: every sign is known.
#[derive(Clone, Copy, Debug, Default)]
pub struct Numbers;

impl Order<Rational> for Numbers {
    type Undecided = Infallible;

    fn sign(&mut self, number: &Rational) -> Result<Ordering, Infallible> {
        Ok(number.cmp(&Rational::zero()))
    }
}

impl Order<Surd> for Numbers {
    type Undecided = Infallible;

    fn sign(&mut self, number: &Surd) -> Result<Ordering, Infallible> {
        Ok(number.sign())
    }
}

/// The value of what is always known.
pub(crate) fn known<T>(answer: Result<T, Infallible>) -> T {
    match answer {
        Ok(value) => value,
    }
}

impl Scalar for Rational {
    fn plus(&self, other: &Self) -> Self {
        self + other
    }

    fn times(&self, other: &Self) -> Self {
        self * other
    }

    fn negative(&self) -> Self {
        -self
    }

    fn reciprocal(&self) -> Option<Self> {
        (!self.is_zero()).then(|| self.recip())
    }

    fn square_root(&self) -> Option<Self> {
        match self.is_negative() {
            true => None,
            false => super::root::rational_root(self),
        }
    }
}

impl Scalar for Surd {
    fn plus(&self, other: &Self) -> Self {
        self.add(other)
    }

    fn times(&self, other: &Self) -> Self {
        self.mul(other)
    }

    fn negative(&self) -> Self {
        self.scale(&-Rational::one())
    }

    fn reciprocal(&self) -> Option<Self> {
        self.inverse()
    }

    fn square_root(&self) -> Option<Self> {
        let radicand = self.to_rational().filter(|q| !q.is_negative())?;
        Some(Surd::multiple_of_root(&Rational::one(), radicand))
    }
}
