//! What the verifier is willing to work on. Over a limit it declines; it never answers wrongly.

use num_bigint::BigInt;

use super::number::Q;
use super::verdict::{Stop, decline};

/// Limits, each a flag of `relucert-verify`. The defaults let a certificate of 50 MB with a tree of a million nodes pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a certificate, and of a network file bound to it. Default 256 MiB.
    pub bytes: usize,
    /// Bytes of one line: a region tree is one line. Default 128 MiB.
    pub line_bytes: usize,
    /// Decimal digits in a row; reading a number takes quadratic time. Default 20 000.
    pub digits: usize,
    /// Bits of a numerator or denominator that the verifier computes and keeps, and of the precision to which it encloses
    /// square roots. Default 262 144.
    pub bits: usize,
    /// Neurons of a network. Default 100 000.
    pub neurons: usize,
    /// Inputs, outputs, and entries of a Jacobian (inputs times outputs). Default 1 000 000.
    pub dimensions: usize,
    /// Steps. Default 1 000 000.
    pub steps: usize,
    /// Nesting of JSON brackets. Default 16; the format needs 6.
    pub depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            bytes: 1 << 28,
            line_bytes: 1 << 27,
            digits: 20_000,
            bits: 1 << 18,
            neurons: 100_000,
            dimensions: 1_000_000,
            steps: 1_000_000,
            depth: 16,
        }
    }
}

impl Limits {
    /// Declines a value whose numerator or denominator has too many bits.
    pub(super) fn check(&self, value: &Q) -> Result<(), Stop> {
        self.check_bits(value.bits())
    }

    /// Declines an integer with too many bits.
    pub(super) fn check_integer(&self, value: &BigInt) -> Result<(), Stop> {
        self.check_bits(value.bits())
    }

    fn check_bits(&self, bits: u64) -> Result<(), Stop> {
        if usize::try_from(bits).is_ok_and(|bits| bits <= self.bits) {
            return Ok(());
        }
        let allowed = self.bits;
        decline(format!(
            "a computed value has {bits} bits, more than the limit {allowed} (--limit-bits)"
        ))
    }
}
