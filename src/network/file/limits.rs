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
/// Most inputs of an ONNX model.
pub const MOST_INPUTS: usize = 1 << 18;
/// Most products that an ONNX model may ask for before there is a network: of constants, of affine maps one after the other, of unrolled windows.
pub const MOST_PRODUCTS: u64 = 1 << 25;
/// Most numbers of an ONNX model beyond those in its file: the zeros of unrolled windows, copies, affine maps one after the other.
pub const MOST_UNROLLED: usize = 2_500_000;
