//! Networks from named tensors, whatever file they stand in: which are the layers, in which order, and what their entries are.

mod fault;
mod layers;
mod order;
mod read;
mod tensor;

pub(super) use fault::{Fault, fault, shortened, whole};
pub(super) use layers::Names;
pub(super) use read::{layer_names, read};
pub(super) use tensor::{Kind, Tensor};
