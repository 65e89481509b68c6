//! The engine's reader of .nnet files: it answers or refuses, and never panics.
#![no_main]

use libfuzzer_sys::fuzz_target;
use relucert::network::file::{Decimals, Format, Precision, Source};

fuzz_target!(|bytes: &[u8]| {
    let Ok(source) = Source::new("fuzzed", Format::Nnet, bytes.to_vec()) else {
        return;
    };
    let _ = source.clone().with_decimals(Decimals::Exact).with_normalization().network();
    let _ = source.with_decimals(Decimals::Nearest(Precision::F32)).network();
});
