//! ONNX models that are refused, each for a reason that is said: what is there, where, and what to do.

mod support;

use relucert::network::file::{Format, Source};
use support::onnx::{
    Message, float, floats, graph, int, ints, longs, model, node, of, raw, text, value, weights,
};

fn refusal(bytes: Vec<u8>) -> String {
    let source = Source::new("m.onnx", Format::Onnx, bytes).expect("short");
    source.network().expect_err("it is refused").to_string()
}

/// A node `op` between x and y, with these attributes.
fn one(op: &str, attributes: &[Message]) -> Vec<u8> {
    of(&[node(op, &["x"], &["y"], attributes)], &[])
}

/// MatMul with w, with these nodes behind it, from `m` to `y`.
fn behind(nodes: &[Message], constants: &[Message]) -> Vec<u8> {
    let first = node("MatMul", &["x", "w"], &["m"], &[]);
    of(&[&[first], nodes].concat(), constants)
}

/// A model with a tensor of this kind as weights.
fn weighted(tensor: Message) -> Vec<u8> {
    model(
        graph(&[node("MatMul", &["x", "w"], &["y"], &[])], &[tensor]),
        13,
    )
}

/// A model whose input has this type and these sides.
fn input(data_type: i64, shape: &[i64]) -> Vec<u8> {
    let graph = Message::default()
        .message(1, node("MatMul", &["x", "w"], &["y"], &[]))
        .message(5, weights())
        .message(11, value("x", data_type, shape))
        .message(12, value("y", 1, &[]));
    model(graph, 13)
}

#[test]
fn what_is_not_read_is_named_and_explained() {
    let w = || weights();
    let shapeless = |shape: &[i64], values: &[f32]| floats("w", shape, values);
    let rows = |n: usize| vec![1.0; n];
    let table: Vec<(&str, Vec<u8>, &str)> = vec![
        (
            "empty",
            Vec::new(),
            "m.onnx: found an empty file, expected an ONNX model",
        ),
        (
            "text",
            b"{\"a\": 1}".to_vec(),
            "not a readable ONNX file (a protocol buffer): there is a field of an unknown kind at byte 0",
        ),
        (
            "cut off",
            of(&[], &[])[..40].to_vec(),
            "it ends too early, in a field that begins at byte ",
        ),
        (
            "no graph",
            Message::default().int(1, 8).0,
            "found no graph, expected an ONNX model with a graph",
        ),
        (
            "a graph twice",
            [of(&[], &[]), of(&[], &[])].concat(),
            "field 7 stands a second time",
        ),
        (
            "no version",
            Message::default().message(7, graph(&[], &[])).0,
            "found 0 versions of the standard operators",
        ),
        (
            "old",
            model(
                graph(&[node("MatMul", &["x", "w"], &["y"], &[])], &[w()]),
                6,
            ),
            "found opset 6, expected one from 7 on: onnx.version_converter",
        ),
        (
            "new",
            model(graph(&[], &[]), 99),
            "opset 99, more than the limit of opset 28, the last that is known",
        ),
        (
            "functions",
            [
                of(&[], &[]),
                Message::default()
                    .message(25, Message::default().bytes(1, "f"))
                    .0,
            ]
            .concat(),
            "functions of the model's own, such as 'f', expected standard operators: onnx.inliner",
        ),
        // Operators.
        (
            "unknown",
            one("Frobnicate", &[]),
            "field node 0 (Frobnicate): found the operator Frobnicate, expected operators that are read: Add, AveragePool",
        ),
        (
            "foreign",
            of(
                &[node("FusedGemm", &["x", "w"], &["y"], &[]).bytes(7, "com.microsoft")],
                &[],
            ),
            "field node 0 (com.microsoft.FusedGemm): found the operator com.microsoft.FusedGemm, expected operators of the standard domain",
        ),
        (
            "maximum",
            one("MaxPool", &[]),
            "has to be written with Relu: max(x, y) = x + Relu(y - x)",
        ),
        (
            "smooth",
            one("Gelu", &[]),
            "found the operator Gelu, expected operators that are piecewise linear",
        ),
        (
            "quantized",
            one("QuantizeLinear", &[]),
            "expected numbers that are not quantized: export the model before it is quantized",
        ),
        (
            "control flow",
            one("If", &[]),
            "export the model for a fixed input, without control flow",
        ),
        (
            "sigmoid inside",
            behind(
                &[
                    node("Sigmoid", &["m"], &["s"], &[]),
                    node("Relu", &["s"], &["y"], &[]),
                ],
                &[],
            ),
            "field node 2 (Relu): found Relu behind node 1 (Sigmoid), expected nothing but labels and probabilities behind it",
        ),
        (
            "a square",
            behind(&[node("Mul", &["m", "m"], &["y"], &[])], &[]),
            "found a product of two things that the model computes from its input, expected one constant",
        ),
        (
            "a quotient",
            behind(
                &[node("Div", &["one", "m"], &["y"], &[])],
                &[floats("one", &[], &[1.0])],
            ),
            "found a division by what the model computes from its input",
        ),
        (
            "by zero",
            behind(
                &[node("Div", &["m", "zero"], &["y"], &[])],
                &[floats("zero", &[], &[0.0])],
            ),
            "found a division by 0, expected another divisor",
        ),
        (
            "attention",
            behind(
                &[
                    node("Transpose", &["m"], &["t"], &[]),
                    node("MatMul", &["m", "t"], &["y"], &[]),
                ],
                &[],
            ),
            "found a product of two matrices that the model computes from its input",
        ),
        (
            "training",
            of(
                &[node("Dropout", &["x", "", "yes"], &["y"], &[])],
                &[raw("yes", 2, &[], &[1])],
            ),
            "found dropout in training mode, which is random, expected a model that is exported for inference",
        ),
        (
            "a mask",
            of(
                &[
                    node("Dropout", &["x"], &["d", "mask"], &[]),
                    node("Sum", &["d", "mask"], &["y"], &[]),
                ],
                &[],
            ),
            "found a use of its output 'mask', expected a use of its first output only",
        ),
        (
            "cut off numbers",
            behind(&[node("Cast", &["m"], &["y"], &[int("to", 7)])], &[]),
            "found a cast to whole numbers of what the model computes, which cuts it off",
        ),
        (
            "constant that does not fit",
            of(
                &[
                    node("Cast", &["v"], &["h"], &[int("to", 10)]),
                    node("Add", &["x", "h"], &["y"], &[]),
                ],
                &[floats("v", &[1], &[0.1])],
            ),
            "found the constant 13421773/134217728 at index 0, expected a number that is f16 exactly",
        ),
        (
            "odd attribute",
            one("Relu", &[float("alpha", 0.5)]),
            "field node 0 (Relu): found the attribute 'alpha', expected none",
        ),
        (
            "attribute of another kind",
            behind(
                &[node("LeakyRelu", &["m"], &["y"], &[int("alpha", 1)])],
                &[],
            ),
            "found another kind of attribute 'alpha', expected a number",
        ),
        (
            "computed slopes",
            behind(&[node("PRelu", &["m", "m"], &["y"], &[])], &[]),
            "found slopes that the model computes from its input",
        ),
        (
            "computed shape",
            behind(&[node("Reshape", &["x", "m"], &["y"], &[])], &[]),
            "found a shape that the model computes from its input, expected constants",
        ),
        (
            "shape",
            behind(
                &[node("Reshape", &["m", "s"], &["y"], &[])],
                &[longs("s", &[2, 3])],
            ),
            "found the shape [2, 3] for 2 numbers, expected a shape of just as many",
        ),
        (
            "axis",
            behind(&[node("Flatten", &["m"], &["y"], &[int("axis", 5)])], &[]),
            "found axis 5, expected an axis of 2 dimensions",
        ),
        (
            "index",
            behind(
                &[node("Gather", &["m", "i"], &["y"], &[int("axis", 1)])],
                &[longs("i", &[2])],
            ),
            "found an index beyond the end, expected indices below 2",
        ),
        (
            "order",
            behind(
                &[node("Transpose", &["m"], &["y"], &[ints("perm", &[0, 0])])],
                &[],
            ),
            "found the order [0, 0], expected each of 2 axes once",
        ),
        (
            "sides",
            of(
                &[node("Gemm", &["x", "w"], &["y"], &[int("transB", 1)])],
                &[],
            ),
            "found factors of shapes [1, 3] and [2, 3], expected as many columns in the first as rows in the second",
        ),
        (
            "windows",
            of(
                &[
                    node("Unsqueeze", &["x", "a"], &["u"], &[]),
                    node("Conv", &["u", "k"], &["y"], &[]),
                ],
                &[longs("a", &[0]), floats("k", &[1, 1, 4], &rows(4))],
            ),
            "found a window of [4], expected one that fits into [3]",
        ),
        (
            "rounding up",
            of(
                &[
                    node("Unsqueeze", &["x", "a"], &["u"], &[]),
                    node(
                        "AveragePool",
                        &["u"],
                        &["y"],
                        &[ints("kernel_shape", &[2]), int("ceil_mode", 1)],
                    ),
                ],
                &[longs("a", &[0])],
            ),
            "found ceil_mode 1, expected 0",
        ),
        (
            "padding by name",
            of(
                &[
                    node("Unsqueeze", &["x", "a"], &["u"], &[]),
                    node(
                        "AveragePool",
                        &["u"],
                        &["y"],
                        &[ints("kernel_shape", &[2]), text("auto_pad", "MIRROR")],
                    ),
                ],
                &[longs("a", &[0])],
            ),
            "found auto_pad MIRROR, expected NOTSET",
        ),
        (
            "bounds",
            behind(
                &[node("Clip", &["m", "hi", "lo"], &["y"], &[])],
                &[floats("hi", &[], &[2.0]), floats("lo", &[], &[1.0])],
            ),
            "found bounds 2 and 1, expected the lower one first",
        ),
        (
            "overflow",
            of(
                &[
                    node("Mul", &["s", "s"], &["t"], &[]),
                    node("Reshape", &["x", "t"], &["y"], &[]),
                ],
                &[longs("s", &[1 << 40])],
            ),
            "found the whole number 1208925819614629174706176, which its type does not have",
        ),
        // Tensors.
        (
            "NaN",
            weighted(shapeless(&[3, 2], &[0.0, 1.0, 2.0, f32::NAN, 0.0, 0.0])),
            "field w[1][1]: found NaN, expected a number: NaN and infinities are refused",
        ),
        (
            "infinity",
            weighted(shapeless(
                &[3, 2],
                &[0.0, 1.0, 2.0, 0.0, f32::NEG_INFINITY, 0.0],
            )),
            "field w[2][0]: found minus infinity",
        ),
        (
            "too few numbers",
            weighted(shapeless(&[3, 2], &rows(5))),
            "field w: found 20 bytes, expected 4 bytes for each number of the shape [3, 2]",
        ),
        (
            "another file",
            weighted(w().int(14, 1)),
            "field w: found numbers in another file (external data), expected all numbers in this file: onnx.save(onnx.load",
        ),
        (
            "two fields",
            weighted(w().bytes(4, [0; 24])),
            "found numbers in two fields, raw_data and another, expected one field",
        ),
        (
            "wrong field",
            weighted(
                Message::default()
                    .int(1, 3)
                    .int(1, 2)
                    .int(2, 11)
                    .bytes(8, "w")
                    .bytes(4, [0; 24]),
            ),
            "found numbers in field 4, expected double_data",
        ),
        (
            "wide half",
            weighted(
                Message::default()
                    .int(1, 3)
                    .int(1, 1)
                    .int(2, 10)
                    .bytes(8, "w")
                    .bytes(5, [1, 0x80, 0x80, 4, 3]),
            ),
            "found the number 65536 at index 1, expected numbers of 16 bits",
        ),
        (
            "words",
            weighted(raw("w", 8, &[3, 2], &[])),
            "found numbers of type STRING, expected FLOAT, DOUBLE",
        ),
        (
            "eight bits",
            weighted(raw("w", 17, &[3, 2], &[0; 6])),
            "found numbers of type FLOAT8E4M3FN",
        ),
        (
            "segment",
            weighted(w().message(3, Message::default())),
            "found a segment of a tensor",
        ),
        (
            "huge shape",
            weighted(raw("w", 1, &[1 << 40, 1 << 40], &[])),
            "field w: found 0 bytes",
        ),
        (
            "sparse",
            model(graph(&[], &[]).message(15, Message::default()), 13),
            "found constants in sparse form",
        ),
        // Graphs.
        (
            "a name twice",
            of(&[], &[weights()]),
            "the name 'w' is given to two things",
        ),
        (
            "a value twice",
            behind(&[node("Relu", &["m"], &["m"], &[])], &[]),
            "the name 'm' is given to two things",
        ),
        (
            "order of nodes",
            of(
                &[
                    node("Relu", &["m"], &["y"], &[]),
                    node("MatMul", &["x", "w"], &["m"], &[]),
                ],
                &[],
            ),
            "field node 0 (Relu): found an input 'm' that nothing before it makes, expected nodes in the order",
        ),
        (
            "no output",
            of(&[], &[]),
            "found an output 'y' that no node makes",
        ),
        (
            "constant output",
            of(&[node("Relu", &["w"], &["y"], &[])], &[]),
            "found no input on which the outputs depend",
        ),
        (
            "two inputs",
            model(
                graph(&[node("Add", &["x", "z"], &["y"], &[])], &[])
                    .message(11, value("z", 1, &[1, 3])),
                13,
            ),
            "found 2 inputs: x, z, expected one input: put them together",
        ),
        (
            "two outputs",
            model(
                graph(
                    &[
                        node("MatMul", &["x", "w"], &["y"], &[]),
                        node("Relu", &["y"], &["z"], &[]),
                    ],
                    &[w()],
                )
                .message(12, value("z", 1, &[1, 2])),
                13,
            ),
            "found the outputs 'y' and 'z', which are different functions, expected one output: onnx.utils.extract_model",
        ),
        (
            "open sides",
            input(1, &[-1, -1]),
            "field input 'x': found side 1 of length N, expected a fixed length: only the first of several sides, the batch, may be open",
        ),
        ("open vector", input(1, &[-1]), "found side 0 of length N"),
        (
            "words put in",
            input(8, &[-1, 3]),
            "field input 'x': found numbers of type STRING",
        ),
        (
            "many inputs",
            input(1, &[1, 1 << 40]),
            "more than the limit of 262144 inputs",
        ),
    ];
    let mut seen = 0;
    for (name, bytes, message) in table {
        let found = refusal(bytes);
        assert!(
            found.contains(message) && found.starts_with("m.onnx"),
            "{name}: {found}"
        );
        seen += 1;
    }
    assert!(seen >= 25, "{seen}");
}
