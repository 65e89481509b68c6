//! The engine's reader of .json files: it answers or refuses, and never panics.
#![no_main]

use libfuzzer_sys::fuzz_target;
use relucert::network::file::{Format, Source};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(source) = Source::new("fuzzed", Format::Json, bytes.to_vec()) {
        let _ = source.is_family();
        let _ = source.network();
    }
});
