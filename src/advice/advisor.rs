//! Who is asked, what, and what is answered.

use num_bigint::BigInt;

use crate::exact::Rational;
use crate::exact::lp::{Bend, Hill, Peak};
use crate::watch::Watch;

/// Which side of a hyperplane is asked for, if any.
pub type Wanted = Option<bool>;

/// An answer of an [`Advisor`]: a guess.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proposal {
    /// The wanted sides of these rows may exclude each other, in increasing order.
    Circuit(Vec<usize>),
    /// All wanted sides may be had together.
    Possible,
    /// No idea.
    Nothing,
}

/// Proposes circuits among oriented rows, one after another; it may remember what it was asked before. At first no side is wanted.
pub trait Advisor: Send + Sync {
    /// Another one on the same rows, which remembers nothing and of which nothing is wanted. `order` has every row once: it is fastest where early ones are
    /// wanted more often.
    fn fresh(&self, order: &[usize]) -> Box<dyn Advisor>;

    /// From now on this side of the row is wanted, or none. Only what changes is told.
    ///
    /// # Panics
    /// Where there is no such row, if the advisor keeps what is wanted row by row.
    fn want(&mut self, row: usize, side: Wanted);

    /// A circuit among the wanted sides, or sides that may be had.
    fn propose(&mut self) -> Proposal;

    /// Sides of all rows that may be had together, after an answer of [`Proposal::Possible`]: those that were wanted, and some of the others.
    fn sides(&self) -> Vec<bool>;

    /// After an answer of [`Proposal::Possible`], what determines a point on the wanted sides; none if nothing is known.
    fn corner(&self) -> Option<Corner> {
        None
    }
}

/// An advisor, and what is wanted of it.
pub(crate) struct Asked {
    advisor: Box<dyn Advisor>,
    wanted: Vec<Wanted>,
}

impl Asked {
    /// An advisor like this one, of which nothing is wanted; `order` as for [`Advisor::fresh`].
    pub(crate) fn new(advisor: &dyn Advisor, order: &[usize]) -> Self {
        Asked {
            advisor: advisor.fresh(order),
            wanted: vec![None; order.len()],
        }
    }

    /// Asks for a side of the row, or for none.
    pub(crate) fn want(&mut self, row: usize, side: Wanted) {
        if self.wanted[row] != side {
            self.wanted[row] = side;
            self.advisor.want(row, side);
        }
    }

    /// A proposal; a circuit only if its members are rows with a wanted side, increasing.
    pub(crate) fn propose(&mut self) -> Proposal {
        let wanted = |row: &usize| self.wanted.get(*row).is_some_and(Option::is_some);
        match self.advisor.propose() {
            Proposal::Circuit(members)
                if members.is_empty()
                    || !members.is_sorted_by(|x, y| x < y)
                    || !members.iter().all(wanted) =>
            {
                Proposal::Nothing
            }
            proposal => proposal,
        }
    }

    /// See [`Advisor::sides`].
    pub(crate) fn sides(&self) -> Vec<bool> {
        self.advisor.sides()
    }

    /// See [`Advisor::corner`].
    pub(crate) fn corner(&self) -> Option<Corner> {
        self.advisor.corner()
    }
}

/// What determines a point x, up to a positive factor: with some number t, ±⟨g, x⟩/|g| is t for the rows of `level` and t − 1 for those of `below`; x_k
/// is −1 for the coordinates of `ends`; and t is 1 if `unit` says so. There are as many equations as coordinates, and one more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Corner {
    /// Rows with the side on which the point is, all at the same distance.
    pub level: Vec<(usize, bool)>,
    /// Rows with a side, on which the point may be or not.
    pub below: Vec<(usize, bool)>,
    /// Coordinates.
    pub ends: Vec<usize>,
    /// Whether the distance is 1.
    pub unit: bool,
}

/// A ray near which a weighted sum may be large.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ray {
    /// Rows that are 0 on the ray, one fewer than their rank.
    pub tight: Vec<usize>,
    /// A row that is far from 0 there.
    pub ahead: usize,
    /// The sides of all rows near it, those that are 0 on it on their better one.
    pub sides: Vec<bool>,
}

/// A concave function on a part of the unit cube: ⟨affine, (y, 1)⟩ + Σ min over μ within bounds of μ⟨row, (y, 1)⟩.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// Both ends of each coordinate, over the unit.
    pub ends: &'a [[i64; 2]],
    /// The unit, positive.
    pub unit: i64,
    /// One number more than coordinates.
    pub affine: &'a [BigInt],
    /// Rows by their index, each with the least and the largest multiplier.
    pub bends: &'a [(usize, [BigInt; 2])],
}

impl Question<'_> {
    /// The same in rational numbers.
    ///
    /// # Panics
    /// If a bend names a row that there is not.
    pub fn hill(&self, rows: &[Vec<BigInt>]) -> Hill<Rational> {
        let whole = |x: &BigInt| Rational::from_integer(x.clone());
        let end = |x: &i64| Rational::new((*x).into(), self.unit.into());
        let bend = |(row, [least, most]): &(usize, [BigInt; 2])| Bend {
            row: rows[*row].iter().map(whole).collect(),
            least: whole(least),
            most: whole(most),
        };
        Hill {
            ends: self
                .ends
                .iter()
                .map(|ends| ends.each_ref().map(end))
                .collect(),
            affine: self.affine.iter().map(whole).collect(),
            bends: self.bends.iter().map(bend).collect(),
        }
    }
}

/// Says where concave functions are highest.
pub trait Guide: Send + Sync {
    /// Where the function may be largest, in indices of coordinates and places among the bends.
    fn peak(&mut self, question: &Question<'_>) -> Peak;
}

/// Who is asked.
pub trait Advice: Send + Sync {
    /// An advisor on these rows, all of the same length. When `watch` has met a limit it answers soon, with no idea.
    fn advisor(&self, rows: &[Vec<BigInt>], watch: &Watch) -> Box<dyn Advisor>;

    /// A guide on these rows, all of one entry more than there are coordinates; likewise.
    fn guide(&self, rows: &[Vec<BigInt>], watch: &Watch) -> Box<dyn Guide>;

    /// Rays near which Σ ± weight, over the rows with a weight, may be large: best first, perhaps none. The rows after the weighted ones
    /// must be on their + side. `effort` is about how many multiplications may be spent, each `seed` leads to other rays; when `watch` has met a limit it
    /// answers soon, with what it has.
    fn large(
        &self,
        rows: &[Vec<BigInt>],
        weights: &[BigInt],
        effort: u64,
        seed: u64,
        watch: &Watch,
    ) -> Vec<Ray>;

    /// Whether its advisors answer sooner than an exact linear program on the same rows, so that they are worth asking where one would do.
    fn is_quick(&self) -> bool {
        true
    }
}
