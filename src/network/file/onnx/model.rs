//! The messages of an ONNX file, as far as networks need them: `onnx.proto` of ONNX 1.23, by field numbers.
//!
//! Numbers stay in the file's bytes until they are asked for. Subgraphs are not entered, so that nothing recurses.

use super::fault::{Fault, short};
use super::wire::{Field, Fields};

/// `ModelProto`.
#[derive(Debug)]
pub(super) struct Model<'a> {
    /// Versions of the operators, by domain.
    pub(super) opsets: Vec<(&'a str, i64)>,
    /// The only graph.
    pub(super) graph: Graph<'a>,
    /// Names of functions that are defined in the model.
    pub(super) functions: Vec<&'a str>,
}

/// `GraphProto`.
#[derive(Debug, Default)]
pub(super) struct Graph<'a> {
    /// Operations, each after those whose results it takes.
    pub(super) nodes: Vec<Node<'a>>,
    /// Constants.
    pub(super) initializers: Vec<TensorData<'a>>,
    /// Names of constants in sparse form.
    pub(super) sparse: usize,
    /// What is put in.
    pub(super) inputs: Vec<ValueInfo<'a>>,
    /// What comes out.
    pub(super) outputs: Vec<ValueInfo<'a>>,
}

/// `NodeProto`.
#[derive(Debug, Default)]
pub(super) struct Node<'a> {
    pub(super) index: usize,
    pub(super) name: &'a str,
    pub(super) op: &'a str,
    pub(super) domain: &'a str,
    /// An empty name is an input that is left out.
    pub(super) inputs: Vec<&'a str>,
    pub(super) outputs: Vec<&'a str>,
    pub(super) attributes: Vec<Attribute<'a>>,
}

/// `AttributeProto`.
#[derive(Debug)]
pub(super) struct Attribute<'a> {
    pub(super) name: &'a str,
    pub(super) value: Setting<'a>,
}

/// The value of an attribute.
#[derive(Debug)]
pub(super) enum Setting<'a> {
    /// The bits of a number in single precision.
    Float(u32),
    Int(i64),
    Text(&'a [u8]),
    Tensor(Box<TensorData<'a>>),
    Floats(Vec<u64>),
    Ints(Vec<u64>),
    /// Something that no operator here has.
    Other(&'static str),
}

/// `TensorProto`, its numbers as they stand in the file.
#[derive(Clone, Debug, Default)]
pub(super) struct TensorData<'a> {
    pub(super) name: &'a str,
    pub(super) dims: Vec<u64>,
    pub(super) data_type: i64,
    /// All numbers, little-endian.
    pub(super) raw: Option<&'a [u8]>,
    /// Fields of numbers: `float_data` (4), `int32_data` (5), `string_data` (6), `int64_data` (7), `double_data` (10), `uint64_data` (11).
    pub(super) typed: Vec<Field<'a>>,
    /// The numbers are in another file.
    pub(super) external: bool,
    /// Only a part of the tensor.
    pub(super) segment: bool,
}

/// `ValueInfoProto`.
#[derive(Debug, Default)]
pub(super) struct ValueInfo<'a> {
    pub(super) name: &'a str,
    /// The type of its numbers, if it is a tensor.
    pub(super) data_type: Option<i64>,
    /// Its dimensions, if they are given.
    pub(super) shape: Option<Vec<Dimension<'a>>>,
}

/// One dimension.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dimension<'a> {
    Fixed(i64),
    /// Open, with a name where it has one.
    Open(&'a str),
}

/// The numbers in the file's bytes, as a model.
pub(super) fn model(bytes: &[u8]) -> Result<Model<'_>, Fault> {
    let (mut graph, mut opsets, mut functions) = (None, Vec::new(), Vec::new());
    let mut fields = Fields::new(bytes);
    while let Some(field) = fields.next()? {
        match field.number {
            7 => field.once(&mut graph, self::graph(&field)?)?,
            8 => {
                let (mut domain, mut version) = (None, None);
                let mut inner = field.message()?;
                while let Some(field) = inner.next()? {
                    match field.number {
                        1 => field.once(&mut domain, field.text()?)?,
                        2 => field.once(&mut version, field.int()?)?,
                        _ => {}
                    }
                }
                opsets.push((domain.unwrap_or_default(), version.unwrap_or_default()));
            }
            25 => functions.push(first_text(field.message()?)?),
            _ => {}
        }
    }
    let graph = graph.ok_or_else(|| Fault::wrong("no graph", "an ONNX model with a graph"))?;
    Ok(Model {
        opsets,
        graph,
        functions,
    })
}

/// Field 1 of a message, if it is a text.
fn first_text(mut fields: Fields<'_>) -> Result<&str, Fault> {
    while let Some(field) = fields.next()? {
        if field.number == 1 {
            return field.text();
        }
    }
    Ok("")
}

fn graph<'a>(field: &Field<'a>) -> Result<Graph<'a>, Fault> {
    let mut graph = Graph::default();
    let mut fields = field.message()?;
    while let Some(field) = fields.next()? {
        match field.number {
            1 => graph.nodes.push(node(&field, graph.nodes.len())?),
            5 => graph.initializers.push(tensor(&field)?),
            11 => graph.inputs.push(value_info(&field)?),
            12 => graph.outputs.push(value_info(&field)?),
            15 => graph.sparse += 1,
            _ => {}
        }
    }
    Ok(graph)
}

fn node<'a>(field: &Field<'a>, index: usize) -> Result<Node<'a>, Fault> {
    let (mut name, mut op, mut domain) = (None, None, None);
    let mut node = Node {
        index,
        ..Node::default()
    };
    let mut fields = field.message()?;
    while let Some(field) = fields.next()? {
        match field.number {
            1 => node.inputs.push(field.text()?),
            2 => node.outputs.push(field.text()?),
            3 => field.once(&mut name, field.text()?)?,
            4 => field.once(&mut op, field.text()?)?,
            5 => node.attributes.push(attribute(&field)?),
            7 => field.once(&mut domain, field.text()?)?,
            _ => {}
        }
    }
    node.name = name.unwrap_or_default();
    node.op = op.unwrap_or_default();
    node.domain = match domain.unwrap_or_default() {
        "ai.onnx" => "",
        domain => domain,
    };
    Ok(node)
}

/// Types of attributes, `AttributeProto.AttributeType`.
const FLOAT: i64 = 1;
const INT: i64 = 2;
const STRING: i64 = 3;
const TENSOR: i64 = 4;
const FLOATS: i64 = 6;
const INTS: i64 = 7;

fn attribute<'a>(field: &Field<'a>) -> Result<Attribute<'a>, Fault> {
    let (mut name, mut kind, mut float, mut int) = (None, None, None, None);
    let (mut text, mut tensor, mut other) = (None, None, None);
    let (mut floats, mut ints) = (Vec::new(), Vec::new());
    let mut fields = field.message()?;
    while let Some(field) = fields.next()? {
        match field.number {
            1 => field.once(&mut name, field.text()?)?,
            2 => field.once(&mut float, field.word()?)?,
            3 => field.once(&mut int, field.int()?)?,
            4 => field.once(&mut text, field.bytes()?)?,
            5 => field.once(&mut tensor, Box::new(self::tensor(&field)?))?,
            7 => field.words(&mut floats)?,
            8 => field.varints(&mut ints)?,
            20 => field.once(&mut kind, field.int()?)?,
            6 | 11 => other = Some("a graph"),
            9 => other = Some("a list of texts"),
            10 => other = Some("a list of tensors"),
            14 | 15 => other = Some("a type"),
            21 => other = Some("a reference to an attribute"),
            22 | 23 => other = Some("a sparse tensor"),
            _ => {}
        }
    }
    // Writers without a notion of presence leave out zeros and empty lists: then only the type says what there is. Files from before there were types
    // have just the value.
    let kind = kind.unwrap_or_else(|| match () {
        () if other.is_some() => 0,
        () if float.is_some() => FLOAT,
        () if int.is_some() => INT,
        () if text.is_some() => STRING,
        () if tensor.is_some() => TENSOR,
        () if !floats.is_empty() => FLOATS,
        () => INTS,
    });
    let value = match (kind, tensor) {
        (FLOAT, _) => Setting::Float(float.unwrap_or_default()),
        (INT, _) => Setting::Int(int.unwrap_or_default()),
        (STRING, _) => Setting::Text(text.unwrap_or_default()),
        (TENSOR, Some(tensor)) => Setting::Tensor(tensor),
        (FLOATS, _) => Setting::Floats(floats),
        (INTS, _) => Setting::Ints(ints),
        _ => Setting::Other(other.unwrap_or("of an unknown type")),
    };
    let name = name.unwrap_or_default();
    Ok(Attribute { name, value })
}

fn tensor<'a>(field: &Field<'a>) -> Result<TensorData<'a>, Fault> {
    let (mut name, mut data_type, mut raw, mut location) = (None, None, None, None);
    let mut tensor = TensorData::default();
    let mut fields = field.message()?;
    while let Some(field) = fields.next()? {
        match field.number {
            1 => field.varints(&mut tensor.dims)?,
            2 => field.once(&mut data_type, field.int()?)?,
            3 => tensor.segment = true,
            4 | 5 | 6 | 7 | 10 | 11 => tensor.typed.push(field),
            8 => field.once(&mut name, field.text()?)?,
            9 => field.once(&mut raw, field.bytes()?)?,
            13 => tensor.external = true,
            14 => field.once(&mut location, field.int()?)?,
            _ => {}
        }
    }
    tensor.name = name.unwrap_or_default();
    tensor.data_type = data_type.unwrap_or_default();
    tensor.raw = raw;
    tensor.external |= location.unwrap_or_default() != 0;
    Ok(tensor)
}

fn value_info<'a>(field: &Field<'a>) -> Result<ValueInfo<'a>, Fault> {
    let mut info = ValueInfo::default();
    let mut fields = field.message()?;
    while let Some(field) = fields.next()? {
        match field.number {
            1 => info.name = field.text()?,
            2 => {
                let mut types = field.message()?;
                while let Some(field) = types.next()? {
                    if field.number == 1 {
                        tensor_type(&field, &mut info)?;
                    }
                }
            }
            _ => {}
        }
    }
    Ok(info)
}

fn tensor_type<'a>(field: &Field<'a>, info: &mut ValueInfo<'a>) -> Result<(), Fault> {
    let mut fields = field.message()?;
    info.data_type = Some(0);
    while let Some(field) = fields.next()? {
        match field.number {
            1 => info.data_type = Some(field.int()?),
            2 => {
                let shape = info.shape.get_or_insert_default();
                let mut dimensions = field.message()?;
                while let Some(field) = dimensions.next()? {
                    if field.number == 1 {
                        shape.push(dimension(&field)?);
                    }
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn dimension<'a>(field: &Field<'a>) -> Result<Dimension<'a>, Fault> {
    let mut dimension = Dimension::Open("");
    let mut fields = field.message()?;
    while let Some(field) = fields.next()? {
        match field.number {
            1 => dimension = Dimension::Fixed(field.int()?),
            2 => dimension = Dimension::Open(field.text()?),
            _ => {}
        }
    }
    Ok(dimension)
}

impl Node<'_> {
    /// `node 'relu_1' (Relu)`, or its index where it has no name.
    pub(super) fn place(&self) -> String {
        let op = match self.domain {
            "" => short(self.op),
            domain => format!("{}.{}", short(domain), short(self.op)),
        };
        match self.name {
            "" => format!("node {} ({op})", self.index),
            name => format!("node '{}' ({op})", short(name)),
        }
    }
}
