//! The verifier on any bytes: a verdict, and no panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use relucert_verifier::{Bindings, Limits, verify_text};

fuzz_target!(|bytes: &[u8]| {
    let _ = verify_text(bytes, &Limits::default(), &Bindings::default());
});
