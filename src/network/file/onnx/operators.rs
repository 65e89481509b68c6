//! The operators that are read, by name.

use super::fault::{Fault, short};
use super::machine::{Call, Machine};
use super::tensor::Tensor;
use super::{arithmetic, kinks, matrices, moves, norm, windows};
use arithmetic::Binary;

/// Operators of the standard domain that are read.
const KNOWN: &str = "Add, AveragePool, BatchNormalization (with --batch-norm), Cast, Clip, Concat, Constant, Conv, Div, Dropout, Flatten, Gather, Gemm, \
GlobalAveragePool, Identity, LeakyRelu, MatMul, Mul, Neg, PRelu, ReduceMean, ReduceSum, Relu, Reshape, Shape, Slice, Squeeze, Sub, Sum, Transpose, Unsqueeze";

/// The result of a node.
///
/// # Errors
/// [`Fault`] for operators that are not read, and for arguments that do not fit.
pub(super) fn apply(call: &mut Call<'_, '_>, machine: &mut Machine) -> Result<Tensor, Fault> {
    match (call.node.domain, call.node.op) {
        ("", "Add") => arithmetic::binary(call, Binary::Add, machine),
        ("", "AveragePool") => windows::average_pool(call, machine),
        ("", "BatchNormalization") => norm::batch_normalization(call, machine),
        ("", "Cast") => moves::cast(call, machine),
        ("", "Clip") => kinks::clip(call, machine),
        ("", "Concat") => moves::concat(call, machine),
        ("", "Constant") => moves::constant(call, machine),
        ("", "Conv") => windows::conv(call, machine),
        ("", "Div") => arithmetic::binary(call, Binary::Div, machine),
        ("", "Dropout") => moves::dropout(call),
        ("", "Flatten") => moves::flatten(call),
        ("", "Gather") => moves::gather(call, machine),
        ("", "Gemm") => matrices::gemm(call, machine),
        ("", "GlobalAveragePool") => windows::global_average_pool(call, machine),
        ("", "Identity") => moves::identity(call),
        ("", "LeakyRelu") => kinks::leaky_relu(call, machine),
        ("", "MatMul") => matrices::matmul(call, machine),
        ("", "Mul") => arithmetic::binary(call, Binary::Mul, machine),
        ("", "Neg") => arithmetic::negation(call, machine),
        ("", "PRelu") => kinks::prelu(call, machine),
        ("", "ReduceMean") => windows::reduce(call, true, machine),
        ("", "ReduceSum") => windows::reduce(call, false, machine),
        ("", "Relu") => kinks::relu(call, machine),
        ("", "Reshape") => moves::reshape(call),
        ("", "Shape") => moves::shape(call),
        ("", "Slice") => moves::slice(call, machine),
        ("", "Squeeze") => moves::squeeze(call),
        ("", "Sub") => arithmetic::binary(call, Binary::Sub, machine),
        ("", "Sum") => arithmetic::sum(call, machine),
        ("", "Transpose") => moves::transpose(call, machine),
        ("", "Unsqueeze") => moves::unsqueeze(call),
        ("ai.onnx.ml", "Scaler") => arithmetic::scaler(call, machine),
        (domain, op) => Err(unknown(domain, op)),
    }
}

fn unknown(domain: &str, op: &str) -> Fault {
    let name = match domain {
        "" => short(op),
        domain => format!("{}.{}", short(domain), short(op)),
    };
    let advice = match op {
        "If" | "Loop" | "Scan" => "operators without graphs of their own: export the model for a fixed input, without control flow".to_owned(),
        "LSTM" | "GRU" | "RNN" | "Exp" | "Sqrt" | "Pow" | "Erf" | "Gelu" | "Softplus" | "HardSwish" | "Selu" | "Elu" | "LayerNormalization"
        | "InstanceNormalization" | "Reciprocal" => {
            format!("operators that are piecewise linear: this one is not, and no network of ReLUs is the same function ({KNOWN})")
        }
        "MaxPool" | "GlobalMaxPool" | "Max" | "Min" | "Abs" | "ReduceMax" | "ReduceMin" => {
            format!("operators that are read; this one is piecewise linear, but has to be written with Relu: max(x, y) = x + Relu(y - x) ({KNOWN})")
        }
        "DequantizeLinear" | "QuantizeLinear" | "QLinearMatMul" | "QLinearConv" | "MatMulInteger" | "DynamicQuantizeLinear" => {
            "numbers that are not quantized: export the model before it is quantized".to_owned()
        }
        _ if !domain.is_empty() => format!("operators of the standard domain ({KNOWN}), or ai.onnx.ml.Scaler"),
        _ => format!("operators that are read: {KNOWN}"),
    };
    Fault::wrong(format!("the operator {name}"), advice)
}
