//! What reading one model may cost, so that a small file cannot ask for much.

use num_bigint::BigInt;
use num_traits::Zero as _;

use super::fault::Fault;
use crate::exact::{Rational, text};
use crate::network::file::limits::{MOST_BITS, MOST_NUMBERS, MOST_PRODUCTS, MOST_UNROLLED};

/// What is left.
#[derive(Debug)]
pub(super) struct Budget {
    numbers: usize,
    all: usize,
    products: u64,
    bits: u64,
}

/// How often a number of the file may stand somewhere: as it was read, and in affine functions.
const STAGES: usize = 4;

/// Numbers that a file of this length may hold: none is shorter than two bytes.
fn held(bytes: usize) -> usize {
    (bytes / 2).min(MOST_NUMBERS)
}

/// Most numbers of the network of a file of this length, zeros included.
pub(super) fn most_of_network(bytes: usize) -> usize {
    MOST_NUMBERS.min(held(bytes) + MOST_UNROLLED)
}

impl Budget {
    /// For a file of this length.
    pub(super) fn new(bytes: usize) -> Self {
        let all = STAGES * held(bytes) + MOST_UNROLLED;
        Budget {
            numbers: all,
            all,
            products: MOST_PRODUCTS,
            bits: MOST_BITS,
        }
    }

    /// Room for numbers that are about to be made.
    pub(super) fn numbers(&mut self, count: Option<usize>) -> Result<(), Fault> {
        let left = count.and_then(|count| self.numbers.checked_sub(count));
        self.numbers = left.ok_or_else(|| {
            let found = match count {
                Some(count) => format!("{count} numbers more at this place"),
                None => "more numbers than can be counted at this place".to_owned(),
            };
            let limit = format!(
                "{} numbers on the way to a network, for a file of this length",
                self.all
            );
            Fault::limit(found, limit)
        })?;
        Ok(())
    }

    /// Time for products that are about to be formed.
    pub(super) fn products(&mut self, count: usize) -> Result<(), Fault> {
        let left = self.products.checked_sub(count as u64);
        self.products = left.ok_or_else(|| {
            Fault::limit(
                format!("{count} products more at this place"),
                format!("{MOST_PRODUCTS} products of numbers that the file does not hold"),
            )
        })?;
        Ok(())
    }

    /// Memory for integers that are about to be made.
    pub(super) fn bits(&mut self, bits: u64) -> Result<(), Fault> {
        self.bits = self.bits.checked_sub(bits).ok_or_else(|| {
            Fault::limit(
                "longer numbers on the way to the network",
                format!("{MOST_BITS} bits a file"),
            )
        })?;
        Ok(())
    }

    /// A number that was made.
    pub(super) fn value(&mut self, value: Rational) -> Result<Rational, Fault> {
        self.length(value.numer())?;
        self.length(value.denom())?;
        Ok(value)
    }

    fn length(&mut self, part: &BigInt) -> Result<(), Fault> {
        if part.is_zero() {
            return Ok(());
        }
        let bits = part.bits();
        if bits > text::MOST_BITS {
            return Err(Fault::limit(
                format!("a number of {bits} bits"),
                format!("{} bits", text::MOST_BITS),
            ));
        }
        self.bits(bits)
    }
}
