//! What reading one model may cost, so that a small file cannot ask for much.

use num_bigint::BigInt;
use num_traits::Zero as _;

use super::fault::Fault;
use crate::exact::{Rational, text};
use crate::network::file::limits::{MOST_BITS, MOST_NUMBERS, MOST_PRODUCTS};

/// What is left.
#[derive(Debug)]
pub(super) struct Budget {
    numbers: usize,
    products: u64,
    bits: u64,
}

/// Numbers on the way to a network of [`MOST_NUMBERS`]: read, in affine forms, and in its layers.
const STAGES: usize = 4;

impl Budget {
    pub(super) fn new() -> Self {
        Budget {
            numbers: STAGES * MOST_NUMBERS,
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
            Fault::limit(
                found,
                format!("{} numbers on the way to a network", STAGES * MOST_NUMBERS),
            )
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
