//! Networks from safetensors files as PyTorch writes them: `save_file(model.state_dict(), …)`.
//!
//! Tensors come as `<layer>.weight` (outputs × inputs) and `<layer>.bias`; floats are taken bit for bit. A network may be cut into several
//! files, with an index that says where each tensor is.

mod header;
mod reason;
mod shards;

use std::borrow::Cow;

use safetensors::SafeTensors;

use self::reason::in_words;
use super::error::{FileError, Problem};
use super::layout::Reading;
use super::precision::Precision;
use super::tensors::{
    Fault, Kind, Names, Tensor, layer_names as names_of_layers, read as read_tensors, whole,
};

pub(super) use shards::{is_index, join};

/// The names of the file's layers, sorted.
pub(super) fn layer_names(bytes: &[u8]) -> Vec<String> {
    let file = SafeTensors::deserialize(bytes);
    file.map_or_else(
        |_| Vec::new(),
        |file| names_of_layers(&tensors(&file), Names::PyTorch),
    )
}

/// Reads a network; `name` is used in messages. The layers come in the `order` given, or else as their names say.
pub(super) fn read(
    name: &str,
    bytes: &[u8],
    order: Option<&[String]>,
) -> Result<Reading, FileError> {
    reading(bytes, order).map_err(|(field, problem)| FileError {
        file: name.to_owned(),
        position: None,
        field,
        problem,
    })
}

fn reading(bytes: &[u8], order: Option<&[String]>) -> Result<Reading, Fault> {
    header::check(bytes).map_err(whole)?;
    let file =
        SafeTensors::deserialize(bytes).map_err(|error| whole(Problem::Other(in_words(&error))))?;
    read_tensors(&tensors(&file), Names::PyTorch, order)
}

/// All tensors.
fn tensors<'a>(file: &SafeTensors<'a>) -> Vec<Tensor<'a>> {
    let mut tensors = Vec::new();
    let mut all = file.tensors();
    // Whatever is said of them is said of the same one every time.
    all.sort_by(|(a, _), (b, _)| a.cmp(b));
    for (name, view) in all {
        let kind = Precision::of(view.dtype()).map(Kind::Float);
        tensors.push(Tensor {
            name,
            shape: view.shape().to_vec(),
            kind: kind.ok_or_else(|| {
                let found = format!("entries of type {:?}", view.dtype());
                Problem::wrong(found, "F64, F32, F16 or BF16")
            }),
            big_endian: false,
            by_columns: false,
            bytes: Cow::Borrowed(view.data()),
        });
    }
    tensors
}
