//! Numbers that everything about networks can be written over once: rationals, and functions of k, among which are sums of square roots.
//!
//! What can be computed is a number's own ([`Scalar`]); what sign it has is asked of an [`Order`], since the sign of a function of k is known for a
//! range of k alone, and a proof must remember that it was asked. [`Numbers`] answers for numbers that do not depend on k.
//!
//! Loops that numbers go through millions of times are not written over this: they run on rows of integers ([`ring`](super::ring)).

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fmt::Debug;

use num_bigint::BigInt;
use num_traits::{One as _, Signed as _, Zero as _};

use super::rational::Rational;
use super::rows::line_of;

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
    /// Whether it is 0, as an element of the field: a function of k for all k but finitely many.
    fn is_nil(&self) -> bool;
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

    /// What one row that is not 0 is of another: a positive multiple (`Greater`), a negative one (`Less`), or none.
    ///
    /// # Errors
    /// As [`sign`](Self::sign).
    fn oriented(&mut self, row: &[S], other: &[S]) -> Result<Option<Ordering>, Self::Undecided> {
        match self.all_vanish(&minors(row, other))? {
            true => self.sign(&S::inner_product(row, other)).map(Some),
            false => Ok(None),
        }
    }

    /// The quotient by what is not 0.
    ///
    /// # Errors
    /// The inverse is not found.
    fn over(&mut self, number: &S, divisor: &S) -> Result<S, Self::Undecided>;

    /// The larger one of the number and 0.
    ///
    /// # Errors
    /// As [`sign`](Self::sign).
    fn positive_part(&mut self, number: &S) -> Result<S, Self::Undecided> {
        Ok(match self.sign(number)? {
            Ordering::Greater => number.clone(),
            _ => S::nil(),
        })
    }

    /// The factor μ in row = μ·other, if there is one; other is not 0.
    ///
    /// Cost: all 2 × 2 minors, and one quotient.
    ///
    /// # Errors
    /// As [`sign`](Self::sign) and [`over`](Self::over).
    fn ratio(&mut self, row: &[S], other: &[S]) -> Result<Option<S>, Self::Undecided> {
        match self.all_vanish(&minors(row, other))? {
            true => Ok(Some(self.factor(row, other)?)),
            false => Ok(None),
        }
    }

    /// The factor μ in row = μ·other, of rows that are known to be multiples of each other; other is not 0.
    ///
    /// # Errors
    /// As [`over`](Self::over).
    fn factor(&mut self, row: &[S], other: &[S]) -> Result<S, Self::Undecided> {
        match other.iter().position(|entry| !entry.is_nil()) {
            Some(lead) => self.over(&row[lead], &other[lead]),
            None => Ok(S::unit()),
        }
    }

    /// Rows, none of them 0, by the lines they span.
    ///
    /// Compares each row with the first of each line: that two functions of k are multiples of each other is a fact that a proof must remember,
    /// and they have no key that would be the same for equal lines only. Numbers have one, their primitive integer rows.
    ///
    /// # Errors
    /// As [`oriented`](Self::oriented).
    fn lines(&mut self, rows: &[&[S]]) -> Result<Lines, Self::Undecided> {
        let mut lines = Lines::new();
        'rows: for (i, row) in rows.iter().enumerate() {
            for line in &mut lines {
                if let Some(sign) = self.oriented(rows[line[0].0], row)? {
                    line.push((i, sign.is_lt()));
                    continue 'rows;
                }
            }
            lines.push(vec![(i, false)]);
        }
        Ok(lines)
    }

    /// Rows, none of them 0, that are multiples of each other, positive ones unless `lines`: groups, by their first rows.
    ///
    /// # Errors
    /// As [`lines`](Self::lines).
    fn parallel(&mut self, rows: &[&[S]], lines: bool) -> Result<Groups, Self::Undecided> {
        let mut groups = Groups::new();
        for line in self.lines(rows)? {
            let [along, against] = [false, true].map(|reversed| {
                let members = line.iter().filter(|(_, r)| lines || *r == reversed);
                members.map(|(i, _)| *i).collect::<Vec<usize>>()
            });
            groups.push(along);
            if !lines && !against.is_empty() {
                groups.push(against);
            }
        }
        groups.sort_unstable_by_key(|group| group[0]);
        Ok(groups)
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

/// Rows of one kind, each group increasing, in the order of their first rows.
pub type Groups = Vec<Vec<usize>>;

/// Rows on one line each, with whether they point against the first of them; increasing, in the order of their first rows.
pub type Lines = Vec<Vec<(usize, bool)>>;

/// The order of numbers: every sign is known.
#[derive(Clone, Copy, Debug, Default)]
pub struct Numbers;

impl Order<Rational> for Numbers {
    type Undecided = Infallible;

    fn sign(&mut self, number: &Rational) -> Result<Ordering, Infallible> {
        Ok(number.cmp(&Rational::zero()))
    }

    fn over(&mut self, number: &Rational, divisor: &Rational) -> Result<Rational, Infallible> {
        Ok(number / divisor)
    }

    /// By primitive integer rows as keys.
    fn lines(&mut self, rows: &[&[Rational]]) -> Result<Lines, Infallible> {
        let mut places: BTreeMap<Vec<BigInt>, (usize, bool)> = BTreeMap::new();
        let mut lines = Lines::new();
        for (i, row) in rows.iter().enumerate() {
            let (key, reversed) = line_of(row);
            let (place, first) = *places.entry(key).or_insert((lines.len(), reversed));
            if place == lines.len() {
                lines.push(Vec::new());
            }
            lines[place].push((i, reversed != first));
        }
        Ok(lines)
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

    fn is_nil(&self) -> bool {
        self.is_zero()
    }
}
