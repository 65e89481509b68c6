//! `.npz`: what numpy writes is read exactly, or refused by its name; archives that lie are refused.

use relucert::exact::Rational;
use relucert::exact::text::parse_rational;
use relucert::network::file::{Format, Layout, Rounding, Source, read_network, to_npz};
use serde_json::Value;

use crate::support::cli::{Files, ok, relucert, run};
use crate::{data, parameters};

fn expected() -> serde_json::Map<String, Value> {
    let text = std::fs::read_to_string(data("npz/expected.json")).expect("text");
    serde_json::from_str(&text).expect("JSON")
}

fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(data(&format!("npz/{name}"))).expect("a file")
}

/// Why the bytes are no network, and whether that is a limit.
fn refusal(bytes: &[u8]) -> (String, bool) {
    let source = Source::new("net.npz", Format::Npz, bytes.to_vec()).expect("short");
    match source.network() {
        Ok(reading) => panic!("read: {reading:?}"),
        Err(error) => (error.to_string(), error.is_limit()),
    }
}

#[test]
fn what_numpy_writes_is_read_exactly() {
    let expected = expected();
    assert!(expected.len() >= 16);
    for (name, layers) in &expected {
        let network = read_network(data(&format!("npz/{name}")).as_ref()).expect(name);
        let (sizes, numbers) = parameters(&network);
        let layers = layers.as_array().expect("layers");
        let mut wanted: Vec<Rational> = Vec::new();
        let mut push = |value: &Value| {
            wanted.push(parse_rational(value.as_str().expect("text")).expect("a number"))
        };
        let biased = layers.iter().any(|layer| !layer["biases"].is_null());
        for (l, layer) in layers.iter().enumerate() {
            let rows = layer["weights"].as_array().expect("rows");
            rows.iter()
                .flat_map(|row| row.as_array().expect("a row"))
                .for_each(&mut push);
            match layer["biases"].as_array() {
                Some(biases) => biases.iter().for_each(&mut push),
                // A network of two layers may have none; in deep ones they are 0.
                None if biased || layers.len() != 2 => {
                    (0..sizes[l + 1]).for_each(|_| push(&Value::from("0")))
                }
                None => {}
            }
        }
        assert_eq!(numbers, wanted, "{name}");
    }
}

#[test]
fn what_is_written_is_read_again_and_the_same_every_time() {
    for name in expected().keys() {
        let source = Source::open(data(&format!("npz/{name}")).as_ref()).expect(name);
        let reading = source.network().expect(name);
        let written = to_npz(&reading.network, &reading.layout, Rounding::Refused);
        if name == "integers.npz" {
            let said = written.expect_err(name).to_string();
            assert_eq!(
                said,
                "found coefs_1[0][0] = 4611686018427387905, expected a number that is f64 exactly"
            );
            continue;
        }
        let written = written.expect(name);
        let again = Source::new("again", Format::Npz, written.bytes.clone()).expect("short");
        let again = again.network().expect(name);
        assert_eq!(
            (&again.network, &again.layout),
            (&reading.network, &reading.layout),
            "{name}"
        );
        let twice = to_npz(&again.network, &again.layout, Rounding::Refused).expect(name);
        assert_eq!(twice.bytes, written.bytes, "{name}");
    }
}

#[test]
fn remarks_say_what_the_numbers_do_not() {
    let said = |name: &str| {
        let source = Source::open(data(&format!("npz/{name}")).as_ref()).expect(name);
        source.network().expect(name).remarks
    };
    assert_eq!(
        said("learn.npz"),
        [
            "taken as ReLU: coefs_ do not say the activation; the outputs are those before softmax or logistic, which a classifier of scikit-learn applies to them"
        ]
    );
    assert!(said("single.npz")[0].starts_with("the outputs are those before softmax"));
    assert_eq!(
        said("torch.npz"),
        ["taken as ReLU: tensors do not say the activation"]
    );
    assert!(said("integers.npz").len() == 1);
}

#[test]
fn what_is_no_network_is_refused_by_its_name() {
    let kind = |field: &str, what: &str| {
        format!("field {field}: found {what}, expected floats of 2, 4 or 8 bytes, or integers")
    };
    let only = "found an array of this name, expected only coefs_0, intercepts_0, coefs_1, …";
    let cases = [
        ("object", kind("coefs_0", "Python objects, which are pickled and may run programs when read ('|O')")),
        ("text", kind("coefs_0", "text ('<U1')")),
        ("bytes", kind("coefs_0", "text ('|S1')")),
        ("complex", kind("coefs_0", "complex numbers ('<c16')")),
        ("truth", kind("coefs_0", "truth values ('|b1')")),
        ("long_double", kind("coefs_0", "long doubles, whose layout depends on the machine ('<f16')")),
        ("fields", kind("coefs_0", "entries with several fields")),
        ("raw", kind("coefs_0", "raw bytes, two an entry, as numpy has bfloat16 ('|V2')")),
        ("times", kind("coefs_0", "times ('<M8[s]')")),
        ("nan", "field coefs_1[1][0]: found NaN, expected a number: NaN and infinities are refused".to_owned()),
        ("infinity", "field intercepts_0[2]: found minus infinity, expected a number".to_owned()),
        ("extra", format!("field classes_: {only}, since other arrays of the file are named so")),
        ("mixed", format!("field fc1.weight: {only}")),
        ("scalar", "field intercepts_1: found a tensor of shape [], expected [1], one number a column of coefs_1".to_owned()),
        ("flat", "field coefs_1: found a tensor of shape [3], expected a matrix [inputs, outputs]".to_owned()),
        ("bias", "field intercepts_0: found a tensor of shape [2], expected [3], one number a column of coefs_0".to_owned()),
        ("transposed", "row 0 of layer 1 has 1 numbers, expected 2; transposed, the matrices fit: a row of coefs_ is an input".to_owned()),
        ("empty_side", "field coefs_0: found a tensor of shape [0, 3], expected a matrix".to_owned()),
        ("gap", "field coefs_1: found no array of this name, expected one, since there is coefs_2 or intercepts_2".to_owned()),
        ("lonely", "field intercepts_1: found a bias alone, expected an array coefs_1 beside it".to_owned()),
        ("unnamed", "field arr_0: found an array of this name, expected only coefs_0, intercepts_0, coefs_1, … as scikit-learn has them".to_owned()),
        ("none", "found no tensors, expected arrays such as coefs_0".to_owned()),
        ("single_array", "it is a single array, .npy; np.savez writes the arrays of a network".to_owned()),
    ];
    for (name, part) in &cases {
        let path = data(&format!("npz/bad_{name}.npz"));
        let ran = relucert(&["eval", &path, "--at", "1"]);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{name}: {ran:?}");
        assert!(
            ran.stderr.starts_with(&format!("relucert: {path}")),
            "{ran:?}"
        );
        assert!(
            ran.stderr.contains(part),
            "{name}: {}\nlacks {part}",
            ran.stderr
        );
    }
    let there = std::fs::read_dir(data("npz")).expect("a folder");
    let bad = there.filter(|entry| {
        entry
            .as_ref()
            .expect("an entry")
            .file_name()
            .to_string_lossy()
            .starts_with("bad_")
    });
    assert_eq!(bad.count(), cases.len());
}

/// Where a signature first stands, or last.
fn find(bytes: &[u8], signature: &[u8], last: bool) -> usize {
    let mut places = bytes
        .windows(signature.len())
        .enumerate()
        .filter(|(_, window)| *window == signature);
    let place = if last {
        places.next_back()
    } else {
        places.next()
    };
    place.expect("a signature").0
}

#[test]
fn archives_that_lie_are_refused() {
    let whole = bytes("compressed.npz");
    let entry = find(&whole, b"PK\x01\x02", false);
    let end = find(&whole, b"PK\x05\x06", true);
    // Where numbers of the first entry of the directory are.
    let (flags, method, checksum, packed, unpacked, at) = (8, 10, 16, 20, 24, 42);
    let patched = |changes: &[(usize, &[u8])]| {
        let mut bytes = whole.clone();
        for (place, new) in changes {
            bytes[*place..place + new.len()].copy_from_slice(new);
        }
        bytes
    };
    let second = entry + find(&whole[entry + 4..], b"PK\x01\x02", false) + 4;
    let first_data = 30 + 11 + usize::from(u16::from_le_bytes([whole[28], whole[29]]));
    let cases: &[(Vec<u8>, &str)] = &[
        (
            whole[..whole.len() - 1].to_vec(),
            "it is cut off: it has no directory",
        ),
        (whole[..end].to_vec(), "it is cut off: it has no directory"),
        (whole[1..].to_vec(), "something was put before it"),
        (
            [b"#!/bin/sh\n", &whole[..]].concat(),
            "something was put before it",
        ),
        (
            [&whole[..], b"x"].concat(),
            "it is cut off: it has no directory",
        ),
        (
            b"version https://git-lfs.github.com/spec/v1\noid".to_vec(),
            "a Git LFS pointer",
        ),
        (Vec::new(), "it has no directory at its end"),
        (
            patched(&[(end + 10, &[3, 0]), (end + 8, &[3, 0])]),
            "its directory has more than the entries it counts",
        ),
        (
            patched(&[(end + 10, &[5, 0]), (end + 8, &[5, 0])]),
            "its directory is cut off or damaged",
        ),
        (
            patched(&[(end + 4, &[1, 0])]),
            "a part of an archive in several files",
        ),
        (
            patched(&[(end + 10, &[0xff, 0xff]), (end + 8, &[0xff, 0xff])]),
            "the record of its large directory is missing",
        ),
        (
            patched(&[(entry + flags, &[1, 0])]),
            "field coefs_0.npy: found an encrypted entry",
        ),
        (
            patched(&[(entry + method, &[14, 0])]),
            "found compression of method 14, expected an entry that is stored or deflated",
        ),
        (
            patched(&[(entry + method, &[0, 0])]),
            "as the directory says",
        ),
        (
            patched(&[(entry + checksum, &[0; 4])]),
            "expected 00000000, as the directory says: the file is damaged",
        ),
        (
            patched(&[(entry + packed, &[0xff, 0xff, 0xff, 0])]),
            "the entry coefs_0.npy is cut off or damaged",
        ),
        (
            patched(&[(entry + unpacked, &[64, 0, 0, 0])]),
            "found more than 64 bytes when unpacked, expected as many as the directory says",
        ),
        (
            patched(&[(entry + unpacked, &[0, 1, 0, 0])]),
            "bytes, expected 256, as the directory says",
        ),
        (
            patched(&[(entry + at, &[1, 0, 0, 0])]),
            "the entry coefs_0.npy is cut off or damaged",
        ),
        (
            patched(&[(entry + at, &whole[second + at..second + at + 4])]),
            "the entry coefs_0.npy of its directory calls itself coefs_1.npy",
        ),
        (
            patched(&[(second + 46, b"coefs_0.npy")]),
            "the entry coefs_0.npy appears twice",
        ),
        (
            patched(&[(entry + 46, b"c\xffefs_0.npy")]),
            "the name of an entry is not UTF-8",
        ),
        (
            patched(&[(entry + 46, b"coefs_0.pkl"), (30, b"coefs_0.pkl")]),
            "field coefs_0.pkl: found an entry that is no array",
        ),
        (
            patched(&[(first_data, &[0xff; 8])]),
            "field coefs_0.npy: its compressed data are damaged",
        ),
    ];
    for (bytes, part) in cases {
        let (message, limit) = refusal(bytes);
        assert!(message.contains(part) && !limit, "{message}\nlacks {part}");
    }
    let (message, limit) = refusal(&patched(&[(entry + unpacked, &[0xff, 0xff, 0xff, 0x7f])]));
    assert!(
        message.contains("bytes when unpacked, more than the limit of") && limit,
        "{message}"
    );
    // The same from the program: a limit, not a fault.
    let files = Files::new();
    let bomb = files.write(
        "bomb.npz",
        patched(&[(entry + unpacked, &[0xff, 0xff, 0xff, 0x7f])]),
    );
    assert_eq!(relucert(&["eval", &bomb, "--at", "1"]).code, 3);
}

#[test]
fn arrays_that_lie_are_refused() {
    let whole = bytes("learn.npz");
    // The stored array changes, and so its checksum: the writer of this test is a patch of the file in memory.
    let changed = |old: &[u8], new: &[u8]| {
        assert_eq!(old.len(), new.len());
        let mut bytes = whole.clone();
        let place = find(&bytes, old, false);
        bytes[place..place + old.len()].copy_from_slice(new);
        let data = find(&whole, b"\x93NUMPY", false);
        let length = 128 + 48;
        let sum = crc32(&bytes[data..data + length]);
        let entry = find(&bytes, b"PK\x01\x02", false);
        bytes[entry + 16..entry + 20].copy_from_slice(&sum.to_le_bytes());
        bytes
    };
    for (old, new, part) in [
        (
            &b"\x93NUMPY"[..],
            &b"\x93NUMPX"[..],
            "found no array of numpy",
        ),
        (
            b"NUMPY\x01\x00",
            b"NUMPY\x04\x00",
            "found an array of version 4.0, expected version 1.0, 2.0 or 3.0",
        ),
        (
            b"NUMPY\x01\x00v\x00",
            b"NUMPY\x01\x00\xff\x00",
            "the array is cut off within its header",
        ),
        (
            b"NUMPY\x01\x00v\x00",
            b"NUMPY\x01\x00\xff\xff",
            "found a header of 65535 bytes, expected at most 10000",
        ),
        (
            b"(2, 3)",
            b"(3, 3)",
            "found 48 bytes of entries, expected 72, as the shape [3, 3] says",
        ),
        (
            b"(2, 3), }",
            b"(9**9),} ",
            "found the header {'descr': '<f8'",
        ),
        (
            b"(2, 3), }              ",
            b"(99999999999,99999999)}",
            "found 48 bytes of entries, expected more than there can be",
        ),
        (b"(2, 3), }  ", b"(2, 3)}}   ", "expected a header such as"),
        (b"'descr'", b"'desc\\'", "expected a header such as"),
        (b"False", b"FALSE", "expected a header such as"),
    ] {
        let (message, limit) = refusal(&changed(old, new));
        assert!(
            message.starts_with("net.npz, field coefs_0: ") && !limit,
            "{message}"
        );
        assert!(message.contains(part), "{message}\nlacks {part}");
    }
    // Damage anywhere: an answer or a refusal.
    for place in 0..whole.len() {
        let mut bytes = whole.clone();
        bytes[place] ^= 0x41;
        let source = Source::new("net.npz", Format::Npz, bytes).expect("short");
        let _ = source.network();
    }
}

/// The checksum of zip archives.
fn crc32(bytes: &[u8]) -> u32 {
    let mut sum = !0u32;
    for byte in bytes {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = if sum & 1 == 1 {
                0xedb8_8320 ^ sum >> 1
            } else {
                sum >> 1
            };
        }
    }
    !sum
}

#[test]
fn layers_named_by_words_want_an_order() {
    let path = data("npz/words.npz");
    let ran = relucert(&["eval", &path, "--at", "1,1"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr
            .contains("layers named head, linear, whose shapes fit in more than one order"),
        "{ran:?}"
    );
    let at = |order: &str| ok(&["eval", &path, "--at", "1,1", "--layers", order]).stdout;
    assert_eq!(at("head,linear"), "R(1, 1) =\n  0: 57\n  1: 77\n");
    assert_eq!(at("linear,head"), "R(1, 1) =\n  0: 41\n  1: 93\n");
    let ran = relucert(&[
        "eval",
        &data("npz/learn.npz"),
        "--at",
        "1,1",
        "--layers",
        "0,1",
    ]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr
            .contains("--layers 0,1: no .safetensors or .npz file given has just these layers"),
        "{ran:?}"
    );
    // As the program takes them, so does the library.
    let source = Source::open(path.as_ref()).expect("a file");
    let order = ["linear".to_owned(), "head".to_owned()];
    let Layout::Tensors(layers) = source
        .with_layers(&order)
        .network()
        .expect("a network")
        .layout
    else {
        panic!("tensors");
    };
    assert_eq!(layers[0].weight.name, "linear.weight");
}

#[test]
fn standard_input_may_be_an_archive() {
    let path = data("npz/learn.npz");
    let named = ok(&["eval", &path, "--at", "1,1/2"]);
    let piped = run(
        "relucert",
        &["eval", "-", "--at", "1,1/2", "--input-format", "npz"],
        &bytes("learn.npz"),
    );
    assert_eq!((piped.code, piped.stdout), (0, named.stdout));
    assert!(
        piped.stderr.starts_with("standard input: taken as ReLU"),
        "{}",
        piped.stderr
    );
    let wrong = run(
        "relucert",
        &["eval", "-", "--at", "1,1/2", "--input-format", "npz"],
        b"{}",
    );
    assert!(
        wrong.code == 2
            && wrong
                .stderr
                .contains("standard input: not a readable .npz file"),
        "{wrong:?}"
    );
}
