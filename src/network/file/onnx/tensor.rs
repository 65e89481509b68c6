//! Tensors of numbers, or of affine functions of neurons, and the arithmetic of their shapes.

use num_bigint::BigInt;
use num_traits::ToPrimitive as _;

use super::budget::Budget;
use super::fault::{Fault, shape_words};
use super::row::Row;
use crate::exact::Rational;
use crate::network::file::precision::Precision;

/// A tensor; its elements by rows, the last index fastest.
#[derive(Clone, Debug)]
pub(super) struct Tensor {
    pub(super) shape: Vec<usize>,
    pub(super) kind: Kind,
    pub(super) elements: Elements,
}

/// The type of a tensor's numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Float(Precision),
    Whole { signed: bool, bits: u32 },
}

/// Whole numbers of 64 bits, as shapes and axes are.
pub(super) const INT64: Kind = Kind::Whole {
    signed: true,
    bits: 64,
};

impl Kind {
    /// Whether a type of whole numbers has this one.
    pub(super) fn counts_to(self, number: &Rational) -> bool {
        let Kind::Whole { signed, bits } = self else {
            return false;
        };
        let (low, high) = match signed {
            true => (
                -(BigInt::from(1) << (bits - 1)),
                BigInt::from(1) << (bits - 1),
            ),
            false => (BigInt::from(0), BigInt::from(1) << bits),
        };
        number.is_integer() && (low..high).contains(number.numer())
    }
}

/// What a tensor holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Elements {
    /// Numbers that are known.
    Constant(Vec<Rational>),
    /// Affine functions of the inputs and of neurons. On the way to them lie as many ReLUs as the level says.
    Computed { rows: Vec<Row>, level: usize },
}

/// How many elements there are, if this can be counted.
pub(super) fn count(shape: &[usize]) -> Option<usize> {
    // An empty side makes everything empty, however long the others are.
    if shape.contains(&0) {
        return Some(0);
    }
    shape
        .iter()
        .try_fold(1usize, |n, size| n.checked_mul(*size))
}

impl Tensor {
    /// Numbers in a list.
    pub(super) fn list(kind: Kind, numbers: Vec<Rational>) -> Self {
        Tensor {
            shape: vec![numbers.len()],
            kind,
            elements: Elements::Constant(numbers),
        }
    }

    /// How many elements there are.
    pub(super) fn len(&self) -> usize {
        match &self.elements {
            Elements::Constant(numbers) => numbers.len(),
            Elements::Computed { rows, .. } => rows.len(),
        }
    }

    /// The numbers, if they are known.
    pub(super) fn constant(&self) -> Option<&[Rational]> {
        match &self.elements {
            Elements::Constant(numbers) => Some(numbers),
            Elements::Computed { .. } => None,
        }
    }

    /// Room for a copy.
    pub(super) fn charge(&self, budget: &mut Budget) -> Result<(), Fault> {
        match &self.elements {
            Elements::Computed { rows, .. } => rows.iter().try_for_each(|row| row.charge(budget)),
            Elements::Constant(numbers) => {
                budget.numbers(Some(numbers.len()))?;
                let bits = numbers
                    .iter()
                    .map(|number| number.numer().bits() + number.denom().bits());
                budget.bits(bits.sum())
            }
        }
    }

    /// The ReLUs on the way to it.
    pub(super) fn level(&self) -> usize {
        match &self.elements {
            Elements::Constant(_) => 0,
            Elements::Computed { level, .. } => *level,
        }
    }

    /// The elements as affine functions; constants are affine too.
    pub(super) fn into_rows(self, budget: &mut Budget) -> Result<(Vec<Row>, usize), Fault> {
        match self.elements {
            Elements::Computed { rows, level } => Ok((rows, level)),
            Elements::Constant(numbers) => {
                budget.numbers(Some(numbers.len()))?;
                Ok((numbers.into_iter().map(Row::constant).collect(), 0))
            }
        }
    }

    /// The same elements in another shape of as many.
    pub(super) fn reshaped(mut self, shape: Vec<usize>) -> Result<Self, Fault> {
        if count(&shape) != Some(self.len()) {
            let found = format!(
                "the shape {} for {} numbers",
                shape_words(&shape),
                self.len()
            );
            return Err(Fault::wrong(found, "a shape of just as many"));
        }
        self.shape = shape;
        Ok(self)
    }

    /// The elements at these places, in a new shape.
    pub(super) fn select(
        &self,
        shape: Vec<usize>,
        places: &[usize],
        budget: &mut Budget,
    ) -> Result<Self, Fault> {
        let elements = match &self.elements {
            Elements::Constant(numbers) => {
                budget.numbers(Some(places.len()))?;
                let chosen = places
                    .iter()
                    .map(|&place| budget.value(numbers[place].clone()));
                Elements::Constant(chosen.collect::<Result<_, _>>()?)
            }
            Elements::Computed { rows, level } => {
                let chosen = places.iter().map(|&place| rows[place].copied(budget));
                Elements::Computed {
                    rows: chosen.collect::<Result<_, _>>()?,
                    level: *level,
                }
            }
        };
        Ok(Tensor {
            shape,
            kind: self.kind,
            elements,
        })
    }

    /// Known whole numbers, as axes and shapes are; `what` they are is said where they are not known.
    pub(super) fn whole_numbers(&self, what: &str) -> Result<Vec<i64>, Fault> {
        let unknown = || {
            Fault::wrong(
                format!("{what} that the model computes from its input"),
                "constants: export the model for a fixed shape",
            )
        };
        let numbers = self.constant().ok_or_else(unknown)?.iter();
        let whole = numbers.map(|number| {
            let value = number.is_integer().then(|| number.to_integer());
            let value = value.as_ref().and_then(BigInt::to_i64);
            value.ok_or_else(|| Fault::wrong(number.to_string(), "a whole number"))
        });
        whole.collect()
    }
}

/// How far apart neighbours stand, in each dimension.
pub(super) fn strides(shape: &[usize]) -> Vec<usize> {
    let mut strides = vec![1; shape.len()];
    for axis in (1..shape.len()).rev() {
        strides[axis - 1] = strides[axis] * shape[axis];
    }
    strides
}

/// The places of all elements of a shape whose neighbours stand so far apart.
pub(super) fn walk(
    shape: &[usize],
    strides: &[usize],
    start: usize,
    budget: &mut Budget,
) -> Result<Vec<usize>, Fault> {
    budget.numbers(count(shape))?;
    let mut places = vec![start];
    if shape.contains(&0) {
        places.clear();
    }
    for (size, stride) in shape.iter().zip(strides) {
        let along = |place: usize| (0..*size).map(move |i| place + i * stride);
        places = places.into_iter().flat_map(along).collect();
    }
    Ok(places)
}

/// The shape that two shapes have together: sides of length 1 are repeated.
pub(super) fn broadcast(a: &[usize], b: &[usize]) -> Result<Vec<usize>, Fault> {
    let length = a.len().max(b.len());
    let side = |shape: &[usize], axis: usize| {
        (axis + shape.len())
            .checked_sub(length)
            .map_or(1, |axis| shape[axis])
    };
    let sides = (0..length).map(|axis| match (side(a, axis), side(b, axis)) {
        (x, y) if x == y || y == 1 => Ok(x),
        (1, y) => Ok(y),
        _ => {
            let found = format!("shapes {} and {}", shape_words(a), shape_words(b));
            Err(Fault::wrong(found, "shapes that fit together"))
        }
    });
    sides.collect()
}

/// For every element of the larger shape, the place of the one that is repeated there.
pub(super) fn repeated(
    shape: &[usize],
    larger: &[usize],
    budget: &mut Budget,
) -> Result<Vec<usize>, Fault> {
    let fits = broadcast(shape, larger).is_ok_and(|both| both == larger);
    if !fits {
        let found = format!("the shape {}", shape_words(shape));
        let expected = format!("one that fits into {}", shape_words(larger));
        return Err(Fault::wrong(found, expected));
    }
    let own = strides(shape);
    let missing = larger.len() - shape.len();
    let steps = (0..larger.len()).map(|axis| match axis.checked_sub(missing) {
        Some(axis) if shape[axis] != 1 => own[axis],
        _ => 0,
    });
    walk(larger, &steps.collect::<Vec<_>>(), 0, budget)
}

/// An axis counted from the front, from one that may be counted from the end.
pub(super) fn axis(given: i64, rank: usize) -> Result<usize, Fault> {
    let from_front = match given < 0 {
        true => given.checked_add_unsigned(rank as u64),
        false => Some(given),
    };
    let found = from_front.and_then(|axis| usize::try_from(axis).ok());
    found.filter(|axis| *axis < rank).ok_or_else(|| {
        Fault::wrong(
            format!("axis {given}"),
            format!("an axis of {rank} dimensions"),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_numpy() {
        let mut budget = Budget::new(0);
        assert_eq!(strides(&[2, 3, 4]), [12, 4, 1]);
        // The transpose of a 2 x 3 matrix.
        assert_eq!(
            walk(&[3, 2], &[1, 3], 0, &mut budget).unwrap(),
            [0, 3, 1, 4, 2, 5]
        );
        assert_eq!(
            repeated(&[3], &[2, 3], &mut budget).unwrap(),
            [0, 1, 2, 0, 1, 2]
        );
        assert_eq!(
            repeated(&[2, 1], &[2, 3], &mut budget).unwrap(),
            [0, 0, 0, 1, 1, 1]
        );
        assert_eq!(walk(&[], &[], 0, &mut budget).unwrap(), [0]);
        assert!(walk(&[2, 0], &[0, 1], 0, &mut budget).unwrap().is_empty());
        assert!(repeated(&[2], &[3], &mut budget).is_err());
        assert_eq!(broadcast(&[5, 1], &[3]).unwrap(), [5, 3]);
        assert!(broadcast(&[5, 2], &[3]).is_err());
        assert_eq!((axis(-1, 3).unwrap(), axis(0, 3).unwrap()), (2, 0));
        assert!(axis(3, 3).is_err() && axis(-4, 3).is_err() && axis(0, 0).is_err());
        assert!(walk(&[1 << 40, 1 << 40], &[1, 1], 0, &mut budget).is_err());
        assert_eq!(count(&[1 << 40, 1 << 40]), None);
        assert_eq!(count(&[1 << 40, 1 << 40, 0]), Some(0));
    }
}
