//! Networks as ONNX models: `Gemm` and `Relu` by turns.

use super::wire::Message;
use crate::exact::{Rational, Surd};
use crate::network::file::error::Problem;
use crate::network::file::floats::{FloatFile, Rounding, to_safetensors};
use crate::network::file::layout::{LayerTensors, Layout};
use crate::network::file::precision::Precision;
use crate::network::file::round::nearest;
use crate::network::{Deep, Layer, Network};

/// The version of the operators.
const OPSET: u64 = 13;
/// The version of the format, from the time of that of the operators.
const IR: u64 = 7;

/// A network as an ONNX model: one input `input` of shape [N, d], one output `output` of shape [N, D], for each layer a `Gemm` with the weights as PyTorch
/// has them (transB), and a `Relu` between. All numbers are floats of one format, named as in `layout`, or `0.weight`, `0.bias`, `2.weight`, … where
/// that names none; with [`Rounding::Refused`] it is the narrowest of F32 and F64 that has all of them.
///
/// # Errors
/// [`Problem`] with the tensor and the entry that is no float (where nothing is rounded) or is too large for one.
///
/// ```
/// use relucert::network::file::{Layout, Rounding, network_from_bytes, to_onnx};
/// let network = network_from_bytes("n.json", br#"{"a": [["1/2", "3"]], "c": [["4"]]}"#)?;
/// let file = to_onnx(&network, &Layout::Neurons, Rounding::Refused).unwrap();
/// assert_eq!(network_from_bytes("n.onnx", &file.bytes)?, network);
/// # Ok::<(), relucert::network::file::FileError>(())
/// ```
pub fn to_onnx(
    network: &Network,
    layout: &Layout,
    rounding: Rounding,
) -> Result<FloatFile, Problem> {
    let file = to_safetensors(network, layout, rounding)?;
    let layers = layers(&file.network)?;
    let precision = match file.precision {
        Some(precision) => precision,
        // A Gemm has one format.
        None => [Precision::F32, Precision::F64]
            .into_iter()
            .find(|precision| layers.iter().all(|layer| fits(layer, *precision)))
            .unwrap_or(Precision::F64),
    };
    let biased = !matches!(file.network, Network::Shallow(_));
    let names = match layout {
        // The names of scikit-learn say that a row is an input.
        Layout::Tensors(names)
            if names.len() == layers.len() && !names.iter().any(LayerTensors::rows_are_inputs) =>
        {
            names.as_slice()
        }
        _ => &[],
    };
    let bytes = model(&layers, biased, names, precision)?;
    Ok(FloatFile {
        bytes,
        precision: Some(precision),
        ..file
    })
}

fn fits(layer: &Layer, precision: Precision) -> bool {
    let mut numbers = layer.weights.iter().flatten().chain(&layer.biases);
    numbers.all(|number| {
        nearest(&Surd::from(number.clone()), precision).is_ok_and(|nearest| nearest.exact)
    })
}

/// The layers of a network of rational numbers.
fn layers(network: &Network) -> Result<Vec<Layer>, Problem> {
    let irrational = || Problem::Other("a number is not rational after rounding".to_owned());
    let rows = match network {
        Network::Deep(network) => return Ok(Deep::layers(network).to_vec()),
        Network::Shallow(network) => network,
        Network::Biased(network) => network.rows(),
    };
    let rational = |numbers: Vec<Surd>| {
        let numbers = numbers.iter().map(|number| number.to_rational().cloned());
        numbers.collect::<Option<Vec<_>>>().ok_or_else(irrational)
    };
    let inner = rows
        .neurons()
        .iter()
        .map(|neuron| rational(neuron.inner_weights()));
    let mut inner = inner.collect::<Result<Vec<_>, _>>()?;
    let outer = rows
        .neurons()
        .iter()
        .map(|neuron| rational(neuron.outer_weights()));
    let outer = outer.collect::<Result<Vec<_>, _>>()?;
    let outputs = network.outputs();
    let zero = || Surd::zero().rational_part().clone();
    let d = network.inputs();
    let first_biases = inner
        .iter_mut()
        .map(|row| row.drain(d..).next().unwrap_or_else(zero));
    let first_biases = first_biases.collect();
    let columns = (0..outputs).map(|l| outer.iter().map(|row| row[l].clone()).collect());
    let offset = match network {
        Network::Biased(network) => network.offset().to_vec(),
        _ => vec![zero(); outputs],
    };
    Ok(vec![
        Layer {
            weights: inner,
            biases: first_biases,
        },
        Layer {
            weights: columns.collect(),
            biases: offset,
        },
    ])
}

fn model(
    layers: &[Layer],
    biased: bool,
    names: &[LayerTensors],
    precision: Precision,
) -> Result<Vec<u8>, Problem> {
    let data_type = match precision {
        Precision::F32 => 1,
        Precision::F16 => 10,
        Precision::F64 => 11,
        Precision::Bf16 => 16,
    };
    let mut graph = Message::default();
    let (mut nodes, mut tensors) = (Vec::new(), Vec::new());
    let mut before = "input".to_owned();
    for (l, layer) in layers.iter().enumerate() {
        let given = names.get(l);
        let weight = given.map_or_else(
            || format!("{}.weight", 2 * l),
            |given| given.weight.name.clone(),
        );
        let bias = given.and_then(|given| given.bias.as_ref());
        let bias = bias.map_or_else(
            || format!("{}bias", weight.strip_suffix("weight").unwrap_or(&weight)),
            |bias| bias.name.clone(),
        );
        let is_last = l + 1 == layers.len();
        let after = if is_last {
            "output".to_owned()
        } else {
            format!("layer{l}")
        };
        let columns = layer.weights.first().map_or(0, Vec::len);
        let mut gemm = Message::default();
        gemm.bytes(1, before.as_bytes()).bytes(1, weight.as_bytes());
        tensors.push(tensor(
            &weight,
            &[layer.weights.len(), columns],
            layer.weights.iter().flatten(),
            data_type,
            precision,
        )?);
        if biased {
            gemm.bytes(1, bias.as_bytes());
            tensors.push(tensor(
                &bias,
                &[layer.biases.len()],
                layer.biases.iter(),
                data_type,
                precision,
            )?);
        }
        let mut transposed = Message::default();
        transposed.bytes(1, b"transB").int(3, 1).int(20, 2);
        gemm.bytes(2, after.as_bytes());
        gemm.bytes(3, format!("gemm{l}").as_bytes())
            .bytes(4, b"Gemm");
        gemm.message(5, &transposed);
        nodes.push(gemm);
        before = after;
        if !is_last {
            let active = format!("relu{l}");
            let mut relu = Message::default();
            relu.bytes(1, before.as_bytes()).bytes(2, active.as_bytes());
            relu.bytes(3, active.as_bytes()).bytes(4, b"Relu");
            nodes.push(relu);
            before = active;
        }
    }
    for node in &nodes {
        graph.message(1, node);
    }
    graph.bytes(2, b"relucert");
    for tensor in &tensors {
        graph.message(5, tensor);
    }
    let inputs = layers
        .first()
        .and_then(|layer| layer.weights.first())
        .map_or(0, Vec::len);
    let outputs = layers.last().map_or(0, |layer| layer.weights.len());
    graph.message(11, &value_info("input", inputs, data_type));
    graph.message(12, &value_info("output", outputs, data_type));
    let mut opset = Message::default();
    opset.bytes(1, b"").int(2, OPSET);
    let mut model = Message::default();
    model.int(1, IR).bytes(2, b"relucert");
    model.message(7, &graph).message(8, &opset);
    Ok(model.into_bytes())
}

fn tensor<'a>(
    name: &str,
    shape: &[usize],
    numbers: impl Iterator<Item = &'a Rational>,
    data_type: u64,
    precision: Precision,
) -> Result<Message, Problem> {
    let mut raw = Vec::new();
    for number in numbers {
        let bits = nearest(&Surd::from(number.clone()), precision)?.bits;
        raw.extend(&bits.to_le_bytes()[..precision.layout().bytes]);
    }
    let mut tensor = Message::default();
    for size in shape {
        tensor.int(1, *size as u64);
    }
    tensor
        .int(2, data_type)
        .bytes(8, name.as_bytes())
        .bytes(9, &raw);
    Ok(tensor)
}

/// A tensor of shape [N, size].
fn value_info(name: &str, size: usize, data_type: u64) -> Message {
    let (mut batch, mut side, mut shape) =
        (Message::default(), Message::default(), Message::default());
    batch.bytes(2, b"N");
    side.int(1, size as u64);
    shape.message(1, &batch).message(1, &side);
    let (mut tensor, mut kind, mut info) =
        (Message::default(), Message::default(), Message::default());
    tensor.int(1, data_type).message(2, &shape);
    kind.message(1, &tensor);
    info.bytes(1, name.as_bytes()).message(2, &kind);
    info
}
