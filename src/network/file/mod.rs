//! Network files: JSON, safetensors, npz and ONNX in and out, nnet in.
//!
//! Reading is exact and total: every file either gives a network or a [`FileError`] that names file, place, field, what stands
//! there and what was expected. Limits keep hostile files from eating memory; they are constants of this module.

mod bits;
mod encode;
mod error;
mod floats;
mod json;
mod layout;
mod limits;
mod near;
mod nnet;
mod npz;
mod onnx;
mod open;
mod precision;
mod read;
mod round;
mod safetensors;
mod scan;
mod source;
mod tensors;
mod whole;
mod write;

pub use encode::{Encoded, encode, encode_as, write_network, written_format};
pub(crate) use error::plain_words;
pub use error::{FileError, Position, Problem};
pub use floats::{FloatFile, Rounding, to_npz, to_safetensors};
pub use layout::{LayerTensors, Layout, Reading, TensorName};
pub use limits::{
    MOST_BITS, MOST_BYTES, MOST_CHARACTERS, MOST_FAMILY_ENTRIES, MOST_FAMILY_NEURONS, MOST_INPUTS,
    MOST_NUMBERS, MOST_PRODUCTS, MOST_UNROLLED,
};
pub use near::{NearFloats, near_floats};
pub use nnet::Decimals;
pub use onnx::to_onnx;
pub use precision::Precision;
pub use read::{network_from_bytes, read_network, read_text};
pub use round::rounded;
pub use source::{Format, Source, UnknownFormat};
pub use whole::{WholeFile, remove_unfinished, write_bytes_whole, write_whole};
pub use write::{biased_to_json, deep_to_json, shallow_to_json, to_json};

pub(crate) use json::Cell;
