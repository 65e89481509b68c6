//! The binary float formats that are read and written.

use safetensors::Dtype;

use super::bits::FloatBits;

/// A binary float format of IEEE 754.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precision {
    /// 8 bits of precision, and the exponents of [`Precision::F32`].
    Bf16,
    /// 11 bits of precision.
    F16,
    /// 24 bits of precision.
    F32,
    /// 53 bits of precision.
    F64,
}

impl Precision {
    /// The name, as programs that train networks write it.
    pub fn name(self) -> &'static str {
        match self {
            Precision::Bf16 => "bf16",
            Precision::F16 => "f16",
            Precision::F32 => "f32",
            Precision::F64 => "f64",
        }
    }

    /// The format of a tensor; none if its entries are no floats, or floats that are not read.
    pub(super) fn of(dtype: Dtype) -> Option<Self> {
        let all = [
            Precision::Bf16,
            Precision::F16,
            Precision::F32,
            Precision::F64,
        ];
        all.into_iter().find(|format| format.dtype() == dtype)
    }

    /// The layout of its bits.
    pub(super) fn layout(self) -> FloatBits {
        let (bytes, fraction, exponent) = match self {
            Precision::F64 => (8, 52, 11),
            Precision::F32 => (4, 23, 8),
            Precision::F16 => (2, 10, 5),
            Precision::Bf16 => (2, 7, 8),
        };
        FloatBits {
            bytes,
            fraction,
            exponent,
        }
    }

    /// The format's name in a safetensors file.
    pub(super) fn dtype(self) -> Dtype {
        match self {
            Precision::Bf16 => Dtype::BF16,
            Precision::F16 => Dtype::F16,
            Precision::F32 => Dtype::F32,
            Precision::F64 => Dtype::F64,
        }
    }
}
