//! A tensor as its file has it, and the exact values of its entries.

use std::borrow::Cow;

use num_bigint::BigInt;
use num_traits::Zero as _;

use super::fault::{Fault, fault, shortened};
use crate::exact::Rational;
use crate::network::file::error::Problem;
use crate::network::file::precision::Precision;

/// What entries are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::network::file) enum Kind {
    Float(Precision),
    /// Integers of so many bytes, at most 8.
    Integer {
        bytes: usize,
        signed: bool,
    },
}

impl Kind {
    /// Bytes of an entry.
    pub fn bytes(self) -> usize {
        match self {
            Kind::Float(precision) => precision.layout().bytes,
            Kind::Integer { bytes, .. } => bytes,
        }
    }

    /// The format of floats in which such entries are written; not every integer of more than 53 bits is one.
    pub fn precision(self) -> Precision {
        match self {
            Kind::Float(precision) => precision,
            Kind::Integer { .. } => Precision::F64,
        }
    }

    fn value(self, word: u64) -> Result<Rational, &'static str> {
        match self {
            Kind::Float(precision) => precision.layout().value(word),
            Kind::Integer { bytes, signed } => {
                let above = 64 - 8 * bytes as u32;
                let integer = match signed {
                    true => BigInt::from((word << above) as i64 >> above),
                    false => BigInt::from(word),
                };
                Ok(Rational::from_integer(integer))
            }
        }
    }
}

/// A tensor as its file has it.
#[derive(Clone, Debug)]
pub(in crate::network::file) struct Tensor<'a> {
    pub name: String,
    pub shape: Vec<usize>,
    /// What its entries are, or why they are not read.
    pub kind: Result<Kind, Problem>,
    pub big_endian: bool,
    /// The first index runs fastest, as in Fortran.
    pub by_columns: bool,
    pub bytes: Cow<'a, [u8]>,
}

/// The entries of a tensor, row by row.
pub(in crate::network::file) struct Entries {
    pub numbers: Vec<Rational>,
    /// How many of them are −0.0 in the file.
    pub negative_zeros: usize,
}

impl Tensor<'_> {
    /// How many numbers its shape is for; more than there can be if that is beyond counting.
    pub fn size(&self) -> usize {
        let sizes = self.shape.iter();
        let size = sizes.copied().try_fold(1usize, usize::checked_mul);
        size.unwrap_or(usize::MAX)
    }

    /// All entries, of a list or a matrix.
    pub fn entries(&self) -> Result<Entries, Fault> {
        let kind = match &self.kind {
            Ok(kind) => *kind,
            Err(problem) => return fault(&self.name, problem.clone()),
        };
        let (size, stored) = (self.size(), self.bytes.len() / kind.bytes());
        if size != stored {
            let found = format!("data for {stored} entries");
            let expected = format!("{size}, as the shape {:?} says", self.shape);
            return fault(&self.name, Problem::wrong(found, expected));
        }
        let (rows, columns) = match *self.shape.as_slice() {
            [rows, columns] => (rows, Some(columns)),
            _ => (size, None),
        };
        let width = columns.unwrap_or(1);
        let mut entries = Entries {
            numbers: Vec::with_capacity(size),
            negative_zeros: 0,
        };
        for index in 0..size {
            let (row, column) = (index / width, index % width);
            let at = match self.by_columns {
                true => column * rows + row,
                false => index,
            };
            let word = self.word(at * kind.bytes(), kind.bytes());
            match kind.value(word) {
                Ok(value) => {
                    entries.negative_zeros += usize::from(value.is_zero() && word != 0);
                    entries.numbers.push(value);
                }
                Err(what) => {
                    let place = match columns {
                        Some(_) => format!("[{row}][{column}]"),
                        None => format!("[{index}]"),
                    };
                    let expected = "a number: NaN and infinities are refused";
                    let place = format!("{}{place}", shortened(&self.name, 100));
                    return fault(&place, Problem::wrong(what, expected));
                }
            }
        }
        Ok(entries)
    }

    fn word(&self, at: usize, bytes: usize) -> u64 {
        let mut word = [0; 8];
        word[..bytes].copy_from_slice(&self.bytes[at..at + bytes]);
        if self.big_endian {
            word[..bytes].reverse();
        }
        u64::from_le_bytes(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tensor(kind: Kind, shape: &[usize], bytes: &[u8]) -> Tensor<'static> {
        Tensor {
            name: "x".to_owned(),
            shape: shape.to_vec(),
            kind: Ok(kind),
            big_endian: false,
            by_columns: false,
            bytes: Cow::Owned(bytes.to_vec()),
        }
    }

    fn numbers(tensor: &Tensor) -> String {
        let numbers = tensor.entries().unwrap().numbers;
        let texts: Vec<String> = numbers.iter().map(ToString::to_string).collect();
        texts.join(" ")
    }

    #[test]
    fn entries_are_taken_as_they_are_stored() {
        let integer = |bytes, signed| Kind::Integer { bytes, signed };
        let words = [255, 1, 0, 128];
        assert_eq!(
            numbers(&tensor(integer(1, true), &[4], &words)),
            "-1 1 0 -128"
        );
        assert_eq!(
            numbers(&tensor(integer(2, false), &[2], &words)),
            "511 32768"
        );
        assert_eq!(
            numbers(&tensor(integer(8, false), &[1], &[255; 8])),
            u64::MAX.to_string()
        );
        assert_eq!(numbers(&tensor(integer(8, true), &[1], &[255; 8])), "-1");
        let mut matrix = tensor(integer(1, false), &[2, 3], &[1, 2, 3, 4, 5, 6]);
        assert_eq!(numbers(&matrix), "1 2 3 4 5 6");
        matrix.by_columns = true;
        assert_eq!(numbers(&matrix), "1 3 5 2 4 6");
        let mut floats = tensor(
            Kind::Float(Precision::F32),
            &[2],
            &[0x3f, 0xc0, 0, 0, 0x80, 0, 0, 0],
        );
        floats.big_endian = true;
        assert_eq!(numbers(&floats), "3/2 0");
        assert_eq!(floats.entries().unwrap().negative_zeros, 1);
        floats.shape = vec![3];
        let (field, problem) = floats.entries().err().unwrap();
        let said = "found data for 2 entries, expected 3, as the shape [3] says";
        assert_eq!(
            (field.as_deref(), problem.to_string().as_str()),
            (Some("x"), said)
        );
    }
}
