//! One array of an archive, `.npy`: a magic text, a version, the header and the entries.

use std::borrow::Cow;

use super::header::header;
use super::unzip::Entry;
use crate::network::file::error::Problem;
use crate::network::file::precision::Precision;
use crate::network::file::tensors::{Fault, Tensor, fault};

const MAGIC: &[u8] = b"\x93NUMPY";
/// Longest header that is read, in bytes; numpy's own limit.
const LONGEST: usize = 10_000;
/// The header is filled up so that entries start at a multiple of this.
const ALIGNMENT: usize = 64;

/// The array of an entry, which keeps its name without `.npy`.
pub(super) fn tensor(entry: Entry<'_>) -> Result<Tensor<'_>, Fault> {
    let Some(name) = entry.name.strip_suffix(".npy") else {
        let found = "an entry that is no array";
        return fault(&entry.name, Problem::wrong(found, "only arrays, NAME.npy"));
    };
    let name = name.to_owned();
    let (text, start) = match split(&entry.bytes) {
        Ok(found) => found,
        Err(problem) => return fault(&name, problem),
    };
    let header = match header(text) {
        Ok(header) => header,
        Err(problem) => return fault(&name, problem),
    };
    let bytes = match entry.bytes {
        Cow::Borrowed(bytes) => Cow::Borrowed(&bytes[start..]),
        Cow::Owned(mut bytes) => Cow::Owned(bytes.split_off(start)),
    };
    let tensor = Tensor {
        name,
        shape: header.shape,
        kind: header.kind,
        big_endian: header.big_endian,
        by_columns: header.by_columns,
        bytes,
    };
    if let Ok(kind) = &tensor.kind {
        let expected = tensor.size().checked_mul(kind.bytes());
        if expected != Some(tensor.bytes.len()) {
            let found = format!("{} bytes of entries", tensor.bytes.len());
            let expected = match expected {
                Some(bytes) => format!("{bytes}, as the shape {:?} says", tensor.shape),
                None => format!(
                    "more than there can be, as the shape {:?} says",
                    tensor.shape
                ),
            };
            return fault(&tensor.name, Problem::wrong(found, expected));
        }
    }
    Ok(tensor)
}

/// The text of the header, and where the entries start.
fn split(bytes: &[u8]) -> Result<(&str, usize), Problem> {
    let cut = || Problem::Other("the array is cut off within its header".to_owned());
    let Some(rest) = bytes.strip_prefix(MAGIC) else {
        return Err(Problem::wrong(
            "no array of numpy",
            "\\x93NUMPY at its beginning",
        ));
    };
    let &[major, minor, ref rest @ ..] = rest else {
        return Err(cut());
    };
    let (length, rest) = match (major, minor) {
        (1, 0) => {
            let (length, rest) = rest.split_first_chunk::<2>().ok_or_else(cut)?;
            (usize::from(u16::from_le_bytes(*length)), rest)
        }
        (2 | 3, 0) => {
            let (length, rest) = rest.split_first_chunk::<4>().ok_or_else(cut)?;
            (u32::from_le_bytes(*length) as usize, rest)
        }
        _ => {
            let found = format!("an array of version {major}.{minor}");
            return Err(Problem::wrong(found, "version 1.0, 2.0 or 3.0"));
        }
    };
    if length > LONGEST {
        let found = format!("a header of {length} bytes");
        return Err(Problem::wrong(found, format!("at most {LONGEST}")));
    }
    let text = rest.get(..length).ok_or_else(cut)?;
    let text = std::str::from_utf8(text)
        .map_err(|_| Problem::Other("the header is not text".to_owned()))?;
    Ok((text, bytes.len() - rest.len() + length))
}

/// An array as a file: entries row by row, lowest byte first.
pub(in crate::network::file) fn to_bytes(
    shape: &[usize],
    precision: Precision,
    entries: &[u8],
) -> Vec<u8> {
    let sizes: Vec<String> = shape.iter().map(usize::to_string).collect();
    let comma = if shape.len() == 1 { "," } else { "" };
    let mut header = format!(
        "{{'descr': '<f{}', 'fortran_order': False, 'shape': ({}{comma}), }}",
        precision.layout().bytes,
        sizes.join(", ")
    );
    let before = MAGIC.len() + 4;
    while !(before + header.len() + 1).is_multiple_of(ALIGNMENT) {
        header.push(' ');
    }
    header.push('\n');
    let mut bytes = MAGIC.to_vec();
    bytes.extend([1, 0]);
    // A shape of two sizes is far below 64 KiB.
    bytes.extend((header.len() as u16).to_le_bytes());
    bytes.extend(header.into_bytes());
    bytes.extend(entries);
    bytes
}
