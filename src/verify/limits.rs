//! What the verifier is willing to work on. Over a limit it declines; it never answers wrongly.

use super::verdict::{Stop, decline};

/// Limits, each a flag. The defaults let a certificate of 50 MB with a tree of a million nodes pass.
#[derive(clap::Args, Clone, Debug, PartialEq, Eq)]
#[command(next_help_heading = "Limits")]
pub struct Limits {
    /// Bytes of a certificate, and of a network file bound to it.
    #[arg(long = "limit-bytes", value_name = "N", default_value_t = Limits::default().bytes)]
    pub bytes: usize,
    /// Bytes of one line; a region tree is one line.
    #[arg(long = "limit-line-bytes", value_name = "N", default_value_t = Limits::default().line_bytes)]
    pub line_bytes: usize,
    /// Decimal digits in a row; reading a number takes quadratic time.
    #[arg(long = "limit-digits", value_name = "N", default_value_t = Limits::default().digits)]
    pub digits: usize,
    /// Bits of a numerator or denominator that is computed and kept, and of the precision to which roots are enclosed.
    #[arg(long = "limit-bits", value_name = "N", default_value_t = Limits::default().bits)]
    pub bits: usize,
    /// Neurons of a network.
    #[arg(long = "limit-neurons", value_name = "N", default_value_t = Limits::default().neurons)]
    pub neurons: usize,
    /// Inputs, outputs, and entries of a Jacobian (inputs times outputs).
    #[arg(long = "limit-dimensions", value_name = "N", default_value_t = Limits::default().dimensions)]
    pub dimensions: usize,
    /// Steps.
    #[arg(long = "limit-steps", value_name = "N", default_value_t = Limits::default().steps)]
    pub steps: usize,
    /// Flats visited in counting the regions of an arrangement.
    #[arg(long = "limit-flats", value_name = "N", default_value_t = Limits::default().flats)]
    pub flats: usize,
    /// Neurons or kinks whose 2^N choices are gone through.
    #[arg(long = "limit-free", value_name = "N", default_value_t = Limits::default().free)]
    pub free: usize,
    /// Sets of hyperplanes that are tried as vertices for a sup norm.
    #[arg(long = "limit-vertices", value_name = "N", default_value_t = Limits::default().vertices)]
    pub vertices: usize,
    /// Nesting of JSON brackets; the format needs 6.
    #[arg(long = "limit-depth", value_name = "N", default_value_t = Limits::default().depth)]
    pub depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            bytes: 1 << 28,
            line_bytes: 1 << 27,
            digits: 40_000,
            bits: 1 << 18,
            neurons: 100_000,
            dimensions: 1_000_000,
            steps: 1_000_000,
            flats: 10_000_000,
            free: 20,
            vertices: 1_000_000,
            depth: 16,
        }
    }
}

impl Limits {
    /// Declines a computed value with too many bits in numerator or denominator.
    pub(super) fn check(&self, bits: u64) -> Result<(), Stop> {
        let bits = usize::try_from(bits).unwrap_or(usize::MAX);
        hold("bits of a computed value", bits, self.bits, "bits")
    }

    /// Declines to keep that many numbers of that many bits: over a common denominator, short numbers become long.
    pub(super) fn room(&self, numbers: usize, bits: u64) -> Result<(), Stop> {
        let bytes = usize::try_from(bits / 8).unwrap_or(usize::MAX);
        let bytes = bytes.saturating_mul(numbers);
        hold("bytes of computed values", bytes, self.bytes, "bytes")
    }
}

/// Declines if there is more of something than the limit of this name.
pub(super) fn hold(what: &str, found: usize, limit: usize, flag: &str) -> Result<(), Stop> {
    if found <= limit {
        return Ok(());
    }
    decline(format!(
        "{what}: {found}, more than the limit {limit} (--limit-{flag})"
    ))
}
