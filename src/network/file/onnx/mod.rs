//! ONNX models in and out, every number bit for bit.
//!
//! A model is carried out on symbols: each value is an affine function of the inputs and of neurons (`row`, `tensor`), each ReLU makes new neurons
//! (`machine`), and at the end these are put into layers (`assemble`). So whatever is made of affine operators and ReLUs is one network, however its
//! graph is written; everything else is refused by name.

mod arithmetic;
mod assemble;
mod budget;
mod constant;
mod fault;
mod graph;
mod kinks;
mod machine;
mod matrices;
mod model;
mod moves;
mod norm;
mod operators;
mod read;
mod row;
mod tail;
mod tensor;
mod windows;
mod wire;
mod write;

pub(super) use read::{has_batch_norm, read};
pub use write::to_onnx;
