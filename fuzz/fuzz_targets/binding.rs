//! The verifier's own reader of network files. The first byte says which format.
#![no_main]

use libfuzzer_sys::fuzz_target;
use relucert_verifier::{Bindings, Limits};

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else {
        return;
    };
    let extension = ["json", "safetensors", "arr"][usize::from(*first) % 3];
    let name = format!("relucert-fuzz-{}.{extension}", std::process::id());
    let path = std::env::temp_dir().join(name);
    if std::fs::write(&path, rest).is_ok() {
        let _ = Bindings::read(Some(&path), None, &Limits::default());
    }
});
