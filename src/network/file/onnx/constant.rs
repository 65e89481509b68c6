//! Constants: the numbers of a tensor, every one as the file has it, bit for bit.

use num_bigint::BigInt;
use num_traits::Zero as _;

use super::budget::Budget;
use super::fault::{Fault, short};
use super::model::TensorData;
use super::tensor::{Elements, Kind, Tensor, count};
use crate::exact::Rational;
use crate::network::file::bits::FloatBits;
use crate::network::file::precision::Precision;

/// The type of numbers that `TensorProto.DataType` names, or its name if these are not read.
pub(super) fn kind(data_type: i64) -> Result<Kind, Fault> {
    let name = match data_type {
        1 => return Ok(Kind::Float(Precision::F32)),
        10 => return Ok(Kind::Float(Precision::F16)),
        11 => return Ok(Kind::Float(Precision::F64)),
        16 => return Ok(Kind::Float(Precision::Bf16)),
        2 => {
            return Ok(Kind::Whole {
                signed: false,
                bits: 8,
            });
        }
        3 => {
            return Ok(Kind::Whole {
                signed: true,
                bits: 8,
            });
        }
        4 => {
            return Ok(Kind::Whole {
                signed: false,
                bits: 16,
            });
        }
        5 => {
            return Ok(Kind::Whole {
                signed: true,
                bits: 16,
            });
        }
        6 => {
            return Ok(Kind::Whole {
                signed: true,
                bits: 32,
            });
        }
        7 => {
            return Ok(Kind::Whole {
                signed: true,
                bits: 64,
            });
        }
        12 => {
            return Ok(Kind::Whole {
                signed: false,
                bits: 32,
            });
        }
        13 => {
            return Ok(Kind::Whole {
                signed: false,
                bits: 64,
            });
        }
        8 => "STRING",
        9 => "BOOL",
        14 => "COMPLEX64",
        15 => "COMPLEX128",
        17 => "FLOAT8E4M3FN",
        18 => "FLOAT8E4M3FNUZ",
        19 => "FLOAT8E5M2",
        20 => "FLOAT8E5M2FNUZ",
        21 => "UINT4",
        22 => "INT4",
        23 => "FLOAT4E2M1",
        _ => {
            return Err(Fault::wrong(
                format!("numbers of type {data_type}"),
                NUMBERS,
            ));
        }
    };
    Err(Fault::wrong(format!("numbers of type {name}"), NUMBERS))
}

const NUMBERS: &str = "FLOAT, DOUBLE, FLOAT16, BFLOAT16 or whole numbers of 8 to 64 bits; cast them before the model is exported";

/// The numbers of a tensor.
///
/// # Errors
/// [`Fault`] with the tensor's name, and the entry that is no number: NaN and infinities are refused.
pub(super) fn tensor(data: &TensorData<'_>, budget: &mut Budget) -> Result<Tensor, Fault> {
    let name = || match data.name {
        "" => "a constant without a name".to_owned(),
        name => short(name),
    };
    numbers(data, budget).map_err(|fault| fault.at(name))
}

fn numbers(data: &TensorData<'_>, budget: &mut Budget) -> Result<Tensor, Fault> {
    if data.external {
        return Err(Fault::wrong(
            "numbers in another file (external data)",
            "all numbers in this file: onnx.save(onnx.load('model.onnx'), 'whole.onnx') in Python puts them there, and so does \
             torch.onnx.export with external_data=False",
        ));
    }
    if data.segment {
        return Err(Fault::wrong("a segment of a tensor", "a whole tensor"));
    }
    let kind = kind(data.data_type)?;
    let shape = data.dims.iter().map(|size| usize::try_from(*size));
    let shape: Option<Vec<usize>> = shape.collect::<Result<_, _>>().ok();
    let shape =
        shape.ok_or_else(|| Fault::wrong("a negative dimension", "dimensions from 0 on"))?;
    let expected = count(&shape);
    let words = words(data, kind, expected)?;
    if Some(words.len()) != expected {
        let expected = expected.map_or("more than can be".to_owned(), |count| count.to_string());
        return Err(Fault::wrong(
            format!("{} numbers", words.len()),
            format!("{expected}, for the shape {:?}", data.dims),
        ));
    }
    budget.numbers(expected)?;
    let values = words.into_iter().enumerate().map(|(index, word)| {
        let value = match kind {
            Kind::Float(precision) => precision.layout().value(word).map_err(|what| {
                Fault::wrong(what, "a number: NaN and infinities are refused")
                    .at(|| format!("{}{}", short(data.name), place(index, &shape)))
            })?,
            Kind::Whole { signed: true, .. } => BigInt::from(word.cast_signed()).into(),
            Kind::Whole { signed: false, .. } => BigInt::from(word).into(),
        };
        budget.value(value)
    });
    Ok(Tensor {
        elements: Elements::Constant(values.collect::<Result<_, _>>()?),
        shape,
        kind,
    })
}

/// `[2][0][1]`.
fn place(mut index: usize, shape: &[usize]) -> String {
    let mut text = Vec::new();
    for size in shape.iter().rev() {
        text.push(format!("[{}]", index % size.max(&1)));
        index /= size.max(&1);
    }
    text.iter().rev().map(String::as_str).collect()
}

/// The bits of every number; those of whole numbers extended to 64.
fn words(data: &TensorData<'_>, kind: Kind, expected: Option<usize>) -> Result<Vec<u64>, Fault> {
    let bytes = match kind {
        Kind::Float(precision) => precision.layout().bytes,
        Kind::Whole { bits, .. } => bits as usize / 8,
    };
    let extended = |word: u64| match kind {
        // The sign bit of the short number is carried through all above it.
        Kind::Whole { signed: true, bits } => {
            ((word << (64 - bits)).cast_signed() >> (64 - bits)).cast_unsigned()
        }
        _ => word,
    };
    if let Some(raw) = data.raw {
        // Writers without a notion of presence have an empty one beside the other fields.
        if data.typed.is_empty() || !raw.is_empty() {
            if !data.typed.is_empty() {
                return Err(Fault::wrong(
                    "numbers in two fields, raw_data and another",
                    "one field",
                ));
            }
            if expected.and_then(|count| count.checked_mul(bytes)) != Some(raw.len()) {
                return Err(Fault::wrong(
                    format!("{} bytes", raw.len()),
                    format!("{bytes} bytes for each number of the shape {:?}", data.dims),
                ));
            }
            let word = |chunk: &[u8]| {
                let mut word = [0; 8];
                word[..bytes].copy_from_slice(chunk);
                extended(u64::from_le_bytes(word))
            };
            return Ok(raw.chunks_exact(bytes).map(word).collect());
        }
    }
    let (number, name) = match kind {
        Kind::Float(Precision::F32) => (4, "float_data"),
        Kind::Float(Precision::F64) => (10, "double_data"),
        // Half floats have their bits in the low half of whole numbers.
        Kind::Float(_) => (5, "int32_data"),
        Kind::Whole {
            signed: true,
            bits: 64,
        } => (7, "int64_data"),
        Kind::Whole {
            signed: false,
            bits: 32 | 64,
        } => (11, "uint64_data"),
        Kind::Whole { .. } => (5, "int32_data"),
    };
    let mut words = Vec::new();
    for field in &data.typed {
        if field.number != number {
            let expected = format!("{name}, where numbers of this type stand");
            return Err(Fault::wrong(
                format!("numbers in field {}", field.number),
                expected,
            ));
        }
        match number {
            4 => field.words(&mut words)?,
            10 => field.longs(&mut words)?,
            _ => field.varints(&mut words)?,
        }
    }
    if number == 5
        || kind
            == (Kind::Whole {
                signed: false,
                bits: 32,
            })
    {
        check_range(&words, kind, bytes)?;
    }
    Ok(words)
}

/// Numbers that stand in wider fields than theirs.
fn check_range(words: &[u64], kind: Kind, bytes: usize) -> Result<(), Fault> {
    let shift = 8 * bytes as u32;
    let fits = |word: u64| match kind {
        Kind::Whole { signed: true, .. } => {
            let value = word.cast_signed();
            value >> (shift - 1) == 0 || value >> (shift - 1) == -1
        }
        _ => (word >> shift).is_zero(),
    };
    match words.iter().position(|word| !fits(*word)) {
        None => Ok(()),
        Some(index) => Err(Fault::wrong(
            format!("the number {} at index {index}", words[index].cast_signed()),
            format!("numbers of {shift} bits"),
        )),
    }
}

/// A number in single precision from its bits.
pub(super) fn single(bits: u64) -> Result<Rational, Fault> {
    let layout: FloatBits = Precision::F32.layout();
    let value = layout.value(bits);
    value.map_err(|what| Fault::wrong(what, "a number: NaN and infinities are refused"))
}
