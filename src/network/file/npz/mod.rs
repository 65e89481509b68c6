//! Networks from `.npz` files: zip archives of numpy's arrays, as `np.savez` writes them.
//!
//! The arrays are scikit-learn's `coefs_0`, `intercepts_0`, …, or PyTorch's `<layer>.weight`, `<layer>.bias`; floats are taken bit for bit,
//! integers as they are.

mod array;
mod header;
mod unzip;
mod zip;

pub(super) use array::to_bytes;
pub(super) use zip::archive;

use super::error::FileError;
use super::layout::Reading;
use super::tensors::{Fault, Names, Tensor, layer_names as names_of_layers, read as read_tensors};

/// The names of the file's layers, sorted.
pub(super) fn layer_names(bytes: &[u8]) -> Vec<String> {
    let tensors = tensors(bytes).unwrap_or_default();
    names_of_layers(&tensors, Names::Either)
}

/// Reads a network; `name` is used in messages. The layers come in the `order` given, or else as their names say.
pub(super) fn read(
    name: &str,
    bytes: &[u8],
    order: Option<&[String]>,
) -> Result<Reading, FileError> {
    let reading = tensors(bytes).and_then(|all| read_tensors(&all, Names::Either, order));
    reading.map_err(|(field, problem)| FileError {
        file: name.to_owned(),
        position: None,
        field,
        problem,
    })
}

/// All arrays.
fn tensors(bytes: &[u8]) -> Result<Vec<Tensor<'_>>, Fault> {
    let entries = unzip::entries(bytes)?.into_iter();
    entries.map(array::tensor).collect()
}
