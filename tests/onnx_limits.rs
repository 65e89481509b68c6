//! ONNX models from small files that ask for much, and from writers that leave out what others write.

mod support;

use relucert::network::file::{Format, Source, network_from_bytes};
use support::onnx::{Message, floats, graph, int, ints, longs, model, node, of, value, weights};

/// A model with a tensor of this kind as weights.
fn weighted(tensor: Message) -> Vec<u8> {
    model(
        graph(&[node("MatMul", &["x", "w"], &["y"], &[])], &[tensor]),
        13,
    )
}

#[test]
fn small_files_that_ask_for_much_reach_a_limit() {
    let doubled = |steps: usize| {
        let names: Vec<String> = (0..=steps).map(|i| format!("v{i}")).collect();
        let mut nodes = vec![node("MatMul", &["x", "w"], &["v0"], &[])];
        nodes.extend((0..steps).map(|i| {
            let (from, to) = (
                names[i].as_str(),
                if i + 1 == steps {
                    "y"
                } else {
                    names[i + 1].as_str()
                },
            );
            node("Concat", &[from, from], &[to], &[int("axis", 1)])
        }));
        of(&nodes, &[])
    };
    let squared = |steps: usize| {
        let names: Vec<String> = (0..=steps).map(|i| format!("w{i}")).collect();
        let mut nodes = vec![node("Identity", &["w"], &["w0"], &[])];
        nodes.extend(
            (0..steps).map(|i| node("Mul", &[&names[i], &names[i]], &[&names[i + 1]], &[])),
        );
        nodes.push(node("MatMul", &["x", &names[steps]], &["y"], &[]));
        of(&nodes, &[])
    };
    let image = |side: i64| {
        let graph = Message::default()
            .message(
                1,
                node("Conv", &["x", "k"], &["c"], &[ints("pads", &[1, 1, 1, 1])]),
            )
            .message(1, node("Relu", &["c"], &["y"], &[]))
            .message(5, floats("k", &[8, 1, 3, 3], &[0.5; 72]))
            .message(11, value("x", 1, &[-1, 1, side, side]))
            .message(12, value("y", 1, &[]));
        model(graph, 13)
    };
    // x + xᵀ, as large as the square of x.
    let wide = || {
        let graph = Message::default()
            .message(1, node("Transpose", &["x"], &["t"], &[]))
            .message(1, node("Add", &["x", "t"], &["y"], &[]))
            .message(11, value("x", 1, &[1, 200_000]))
            .message(12, value("y", 1, &[]));
        model(graph, 13)
    };
    let ranked = of(
        &[node("Unsqueeze", &["x", "a"], &["y"], &[])],
        &[longs("a", &[0; 40])],
    );
    for (bytes, limit) in [
        (doubled(40), "numbers on the way to a network"),
        (
            squared(40),
            "a number of 103873 bits, more than the limit of 100000 bits",
        ),
        (
            image(100),
            "a network with layers of 10000 and 80000 neurons, zeros included, more than the limit of",
        ),
        (image(500), "numbers on the way to a network"),
        (wide(), "numbers on the way to a network"),
        (ranked, "42 dimensions, more than the limit of 32"),
    ] {
        assert!(bytes.len() < 4000);
        let source = Source::new("m.onnx", Format::Onnx, bytes).unwrap();
        let error = source.network().unwrap_err();
        assert!(
            error.is_limit() && error.to_string().contains(limit),
            "{error}"
        );
    }
    assert!(network_from_bytes("m.onnx", &doubled(3)).is_ok());
    assert!(network_from_bytes("m.onnx", &squared(3)).is_ok());
    assert!(network_from_bytes("m.onnx", &image(10)).is_ok());
}

/// Writers without a notion of presence leave out what is 0 or empty, and pack lists.
#[test]
fn files_of_other_writers_are_read() {
    let whole = || vec![node("MatMul", &["x", "w"], &["m"], &[])];
    let names = |extra: &[Message]| of(&[whole(), extra.to_vec()].concat(), &[]);
    let axis = Message::default().bytes(1, "axis").int(20, 2);
    let packed = Message::default()
        .bytes(1, "perm")
        .bytes(8, [1, 0])
        .int(20, 7);
    let untyped = Message::default().bytes(1, "axis").int(3, 1);
    let plain = network_from_bytes(
        "m.onnx",
        &of(&[node("MatMul", &["x", "w"], &["y"], &[])], &[]),
    )
    .unwrap();
    for attribute in [
        ("Flatten", axis),
        ("Transpose", packed),
        ("Flatten", untyped),
    ] {
        let bytes = names(&[node(attribute.0, &["m"], &["y"], &[attribute.1])]);
        assert_eq!(
            network_from_bytes("m.onnx", &bytes).unwrap(),
            plain,
            "{}",
            attribute.0
        );
    }
    // Numbers in float_data, packed or not, and dimensions packed.
    let values = [1.0f32, -2.0, 0.5, 0.0, 3.0, 1.5];
    let head = || {
        Message::default()
            .bytes(1, [3, 2])
            .int(2, 1)
            .bytes(8, "w")
            .bytes(9, [])
    };
    let bytes: Vec<u8> = values.iter().flat_map(|v| v.to_le_bytes()).collect();
    let loose = values
        .iter()
        .fold(head(), |all, value| all.float(4, *value));
    for tensor in [head().bytes(4, bytes), loose] {
        assert_eq!(
            network_from_bytes("m.onnx", &weighted(tensor)).unwrap(),
            plain
        );
    }
    // A constant that is an input too has a default, as all constants had once.
    let both = graph(&[node("MatMul", &["x", "w"], &["y"], &[])], &[weights()]);
    let both = both.message(11, value("w", 1, &[3, 2]));
    assert_eq!(
        network_from_bytes("m.onnx", &model(both, 8)).unwrap(),
        plain
    );
}
