//! The engine's reader of .onnx files: it answers or refuses, and never panics. What it answers is written and read again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use relucert::network::file::{Format, Layout, Precision, Rounding, Source, network_from_bytes, to_onnx};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(source) = Source::new("fuzzed", Format::Onnx, bytes.to_vec()) {
        let _ = source.is_family();
        let _ = source.network();
        let _ = source.has_batch_norm();
        if let Ok(reading) = source.with_batch_norm(Precision::F32).network()
            && let Ok(file) = to_onnx(&reading.network, &Layout::Layers, Rounding::Refused)
        {
            assert_eq!(network_from_bytes("again.onnx", &file.bytes), Ok(reading.network));
        }
    }
});
