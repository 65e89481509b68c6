//! Limits that keep hostile files from eating memory.

use crate::exact::text::LONGEST_TEXT;

/// Largest file that is read, in bytes.
pub const MOST_BYTES: u64 = 1 << 28;
/// Most numbers in one file.
pub const MOST_NUMBERS: usize = 5_000_000;
/// Most characters of one number in a text file.
pub const MOST_CHARACTERS: usize = LONGEST_TEXT;
/// Most neurons of a family.
pub const MOST_FAMILY_NEURONS: usize = 64;
/// Most entries of a family.
pub const MOST_FAMILY_ENTRIES: usize = 4096;
/// Most bits of all numbers of one file together.
pub const MOST_BITS: u64 = 1 << 32;
