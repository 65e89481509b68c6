//! The engine's reader of .arr files.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = relucert::arrangement::parse_arr(text);
});
