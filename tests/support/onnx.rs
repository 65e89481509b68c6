//! ONNX models byte by byte, well formed and not, as no exporter would write them.

/// A message of a protocol buffer in the making.
#[derive(Clone, Debug, Default)]
pub struct Message(pub Vec<u8>);

impl Message {
    fn varint(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.0.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.0.push(value as u8);
    }

    pub fn int(mut self, field: u64, value: i64) -> Self {
        self.varint(field << 3);
        self.varint(value.cast_unsigned());
        self
    }

    pub fn bytes(mut self, field: u64, bytes: impl AsRef<[u8]>) -> Self {
        let bytes = bytes.as_ref();
        self.varint(field << 3 | 2);
        self.varint(bytes.len() as u64);
        self.0.extend(bytes);
        self
    }

    pub fn float(mut self, field: u64, value: f32) -> Self {
        self.varint(field << 3 | 5);
        self.0.extend(value.to_le_bytes());
        self
    }

    pub fn message(self, field: u64, message: Message) -> Self {
        self.bytes(field, message.0)
    }

    /// Messages of the same field.
    pub fn messages(self, field: u64, messages: impl IntoIterator<Item = Message>) -> Self {
        messages
            .into_iter()
            .fold(self, |all, one| all.message(field, one))
    }
}

/// A node without a name.
pub fn node(op: &str, inputs: &[&str], outputs: &[&str], attributes: &[Message]) -> Message {
    let all = inputs
        .iter()
        .fold(Message::default(), |all, name| all.bytes(1, name));
    let all = outputs.iter().fold(all, |all, name| all.bytes(2, name));
    all.bytes(4, op).messages(5, attributes.iter().cloned())
}

pub fn int(name: &str, value: i64) -> Message {
    Message::default().bytes(1, name).int(3, value).int(20, 2)
}

pub fn float(name: &str, value: f32) -> Message {
    Message::default().bytes(1, name).float(2, value).int(20, 1)
}

pub fn ints(name: &str, values: &[i64]) -> Message {
    let all = Message::default().bytes(1, name).int(20, 7);
    values.iter().fold(all, |all, value| all.int(8, *value))
}

pub fn text(name: &str, value: &str) -> Message {
    Message::default().bytes(1, name).bytes(4, value).int(20, 3)
}

/// A tensor of this type, its numbers in `raw_data`.
pub fn raw(name: &str, data_type: i64, shape: &[i64], bytes: &[u8]) -> Message {
    let all = shape
        .iter()
        .fold(Message::default(), |all, size| all.int(1, *size));
    all.int(2, data_type).bytes(8, name).bytes(9, bytes)
}

/// A tensor of numbers in single precision.
pub fn floats(name: &str, shape: &[i64], values: &[f32]) -> Message {
    let bytes: Vec<u8> = values.iter().flat_map(|v| v.to_le_bytes()).collect();
    raw(name, 1, shape, &bytes)
}

/// A tensor of whole numbers.
pub fn longs(name: &str, values: &[i64]) -> Message {
    let bytes: Vec<u8> = values.iter().flat_map(|v| v.to_le_bytes()).collect();
    raw(name, 7, &[values.len() as i64], &bytes)
}

/// A value of the graph; sides below 0 are open.
pub fn value(name: &str, data_type: i64, shape: &[i64]) -> Message {
    let side = |size: &i64| match size {
        0.. => Message::default().int(1, *size),
        _ => Message::default().bytes(2, "N"),
    };
    let shape = Message::default().messages(1, shape.iter().map(side));
    let tensor = Message::default().int(1, data_type).message(2, shape);
    let kind = Message::default().message(1, tensor);
    Message::default().bytes(1, name).message(2, kind)
}

/// A graph with one input `x` of three numbers and one output `y`.
pub fn graph(nodes: &[Message], constants: &[Message]) -> Message {
    Message::default()
        .messages(1, nodes.iter().cloned())
        .messages(5, constants.iter().cloned())
        .message(11, value("x", 1, &[-1, 3]))
        .message(12, value("y", 1, &[-1, 2]))
}

/// A model of this graph with operators of this version.
pub fn model(graph: Message, opset: i64) -> Vec<u8> {
    let version = Message::default().bytes(1, "").int(2, opset);
    Message::default()
        .int(1, 8)
        .message(7, graph)
        .message(8, version)
        .0
}

/// The weights of the models here: three rows of two numbers.
pub fn weights() -> Message {
    floats("w", &[3, 2], &[1.0, -2.0, 0.5, 0.0, 3.0, 1.5])
}

/// A model of these nodes, with the weights `w` and these constants.
pub fn of(nodes: &[Message], constants: &[Message]) -> Vec<u8> {
    model(graph(nodes, &[&[weights()], constants].concat()), 13)
}
