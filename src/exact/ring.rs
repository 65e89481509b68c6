//! The ordered ring every algorithm of relucert is written over, once.
//!
//! Arrangement, seminorm and conditions are fraction-free: they add, subtract, multiply, compare and divide exactly.
//! They run on checked `i64`, then checked `i128`, then big integers; a step that does not fit answers [`Overflow`] and the
//! caller starts the subproblem again in the next ring (see [`in_smallest_ring`]). Nothing ever wraps round.

use std::cmp::Ordering;
use std::fmt::Debug;

use num_bigint::BigInt;
use num_integer::Integer as _;
use num_traits::{One, Signed, ToPrimitive, Zero};

use crate::watch::Stop;

/// A value did not fit the machine integer in use; the computation must be redone in a larger ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a value does not fit the machine integers in use")]
pub struct Overflow;

/// Why a computation in one ring ends without an answer.
pub(super) enum Halt {
    /// It must be redone in a larger ring.
    Overflow,
    /// A limit was met.
    Stop(Stop),
}

impl From<Overflow> for Halt {
    fn from(Overflow: Overflow) -> Self {
        Halt::Overflow
    }
}

impl From<Stop> for Halt {
    fn from(stop: Stop) -> Self {
        Halt::Stop(stop)
    }
}

/// An ordered integral domain with exact division and greatest common divisors.
///
/// Every operation that may leave the representable range answers [`Overflow`]; unbounded rings never do.
pub trait OrderedRing: Clone + Debug + PartialEq + Send + Sync + 'static {
    /// 0.
    fn zero() -> Self;
    /// 1.
    fn one() -> Self;
    /// The image of an integer, if it fits.
    ///
    /// # Errors
    /// [`Overflow`] if it does not fit.
    fn from_integer(value: &BigInt) -> Result<Self, Overflow>;
    /// The value as a big integer.
    fn to_integer(&self) -> BigInt;
    /// `self + other`.
    ///
    /// # Errors
    /// [`Overflow`] if it does not fit.
    fn add(&self, other: &Self) -> Result<Self, Overflow>;
    /// `self − other`.
    ///
    /// # Errors
    /// [`Overflow`] if it does not fit.
    fn sub(&self, other: &Self) -> Result<Self, Overflow>;
    /// `self · other`.
    ///
    /// # Errors
    /// [`Overflow`] if it does not fit.
    fn mul(&self, other: &Self) -> Result<Self, Overflow>;
    /// `−self`.
    ///
    /// # Errors
    /// [`Overflow`] if it does not fit.
    fn neg(&self) -> Result<Self, Overflow>;
    /// `self / divisor`, where the caller knows that the quotient is exact and the divisor is not zero.
    ///
    /// # Errors
    /// [`Overflow`] if it does not fit.
    fn exact_div(&self, divisor: &Self) -> Result<Self, Overflow>;
    /// The non-negative greatest common divisor.
    ///
    /// # Errors
    /// [`Overflow`] if it does not fit.
    fn gcd(&self, other: &Self) -> Result<Self, Overflow>;
    /// The sign: `Less` for negative, `Equal` for zero, `Greater` for positive.
    fn sign(&self) -> Ordering;
    /// About how many nanoseconds a multiplication of such a number takes, for those who watch the clock.
    fn work(&self) -> u64;
    /// `self · x − other · y`, the step of every fraction-free elimination.
    ///
    /// # Errors
    /// [`Overflow`] if it, or a product on the way, does not fit.
    fn cross(&self, x: &Self, other: &Self, y: &Self) -> Result<Self, Overflow> {
        self.mul(x)?.sub(&other.mul(y)?)
    }
    /// Whether the value is 0.
    fn is_zero(&self) -> bool {
        self.sign() == Ordering::Equal
    }
    /// The inner product of two rows of equal length.
    ///
    /// # Errors
    /// [`Overflow`] if it, or a sum on the way, does not fit.
    fn dot(left: &[Self], right: &[Self]) -> Result<Self, Overflow> {
        let mut sum = Self::zero();
        for (x, y) in left.iter().zip(right) {
            sum = sum.add(&x.mul(y)?)?;
        }
        Ok(sum)
    }
}

macro_rules! machine_ring {
    ($integer:ty, $work:literal, $to:ident) => {
        impl OrderedRing for $integer {
            fn zero() -> Self {
                0
            }
            fn one() -> Self {
                1
            }
            fn from_integer(value: &BigInt) -> Result<Self, Overflow> {
                value.$to().ok_or(Overflow)
            }
            fn to_integer(&self) -> BigInt {
                BigInt::from(*self)
            }
            #[inline]
            fn add(&self, other: &Self) -> Result<Self, Overflow> {
                self.checked_add(*other).ok_or(Overflow)
            }
            #[inline]
            fn sub(&self, other: &Self) -> Result<Self, Overflow> {
                self.checked_sub(*other).ok_or(Overflow)
            }
            #[inline]
            fn mul(&self, other: &Self) -> Result<Self, Overflow> {
                self.checked_mul(*other).ok_or(Overflow)
            }
            #[inline]
            fn neg(&self) -> Result<Self, Overflow> {
                self.checked_neg().ok_or(Overflow)
            }
            #[inline]
            fn exact_div(&self, divisor: &Self) -> Result<Self, Overflow> {
                self.checked_div(*divisor).ok_or(Overflow)
            }
            fn gcd(&self, other: &Self) -> Result<Self, Overflow> {
                let gcd = self.unsigned_abs().gcd(&other.unsigned_abs());
                <$integer>::try_from(gcd).map_err(|_| Overflow)
            }
            #[inline]
            fn sign(&self) -> Ordering {
                self.cmp(&0)
            }
            #[inline]
            fn work(&self) -> u64 {
                $work
            }
        }
    };
}

machine_ring!(i64, 2, to_i64);
machine_ring!(i128, 10, to_i128);

impl OrderedRing for BigInt {
    fn zero() -> Self {
        Zero::zero()
    }
    fn one() -> Self {
        One::one()
    }
    fn from_integer(value: &BigInt) -> Result<Self, Overflow> {
        Ok(value.clone())
    }
    fn to_integer(&self) -> BigInt {
        self.clone()
    }
    fn add(&self, other: &Self) -> Result<Self, Overflow> {
        Ok(self + other)
    }
    fn sub(&self, other: &Self) -> Result<Self, Overflow> {
        Ok(self - other)
    }
    fn mul(&self, other: &Self) -> Result<Self, Overflow> {
        Ok(self * other)
    }
    fn neg(&self) -> Result<Self, Overflow> {
        Ok(-self)
    }
    fn exact_div(&self, divisor: &Self) -> Result<Self, Overflow> {
        Ok(self / divisor)
    }
    fn gcd(&self, other: &Self) -> Result<Self, Overflow> {
        Ok(super::gcd::gcd(self, other))
    }
    fn work(&self) -> u64 {
        let words = self.bits() / 64;
        60 + words * words
    }
    fn sign(&self) -> Ordering {
        if self.is_negative() {
            Ordering::Less
        } else if Zero::is_zero(self) {
            Ordering::Equal
        } else {
            Ordering::Greater
        }
    }
}

/// A computation that can be carried out over any [`OrderedRing`].
pub trait Kernel {
    /// What the computation answers, free of the ring it ran in.
    type Output;
    /// Runs the computation on the rows, or answers [`Overflow`].
    ///
    /// # Errors
    /// [`Overflow`] if a value does not fit the ring; the caller then runs it in a larger one.
    fn run<R: OrderedRing>(&self, rows: &[Vec<R>]) -> Result<Self::Output, Overflow>;
}

/// The rows in the ring `R`, if every entry fits.
///
/// # Errors
/// [`Overflow`] if an entry does not fit.
pub fn rows_in<R: OrderedRing>(rows: &[Vec<BigInt>]) -> Result<Vec<Vec<R>>, Overflow> {
    rows.iter()
        .map(|row| row.iter().map(R::from_integer).collect())
        .collect()
}

/// Runs a kernel on checked `i64`, then checked `i128`, then big integers: the first ring in which nothing overflows.
///
/// Cost: at most that of three runs, of which only the last is in the ring of the answer.
pub fn in_smallest_ring<K: Kernel>(kernel: &K, rows: &[Vec<BigInt>]) -> K::Output {
    if let Ok(answer) = rows_in::<i64>(rows).and_then(|rows| kernel.run(&rows)) {
        return answer;
    }
    if let Ok(answer) = rows_in::<i128>(rows).and_then(|rows| kernel.run(&rows)) {
        return answer;
    }
    match kernel.run(rows) {
        Ok(answer) => answer,
        Err(Overflow) => unreachable!("big integers have no largest value"),
    }
}
