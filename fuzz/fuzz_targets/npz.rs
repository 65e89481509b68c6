//! The engine's reader of .npz files: it answers or refuses, and never panics; what it reads, it writes, and reads again as the same network.
#![no_main]

use libfuzzer_sys::fuzz_target;
use relucert::network::file::{Format, Rounding, Source, to_npz};

fuzz_target!(|bytes: &[u8]| {
    let Ok(source) = Source::new("fuzzed", Format::Npz, bytes.to_vec()) else {
        return;
    };
    let Ok(reading) = source.network() else {
        return;
    };
    // Integers of more than 53 bits are refused.
    if let Ok(file) = to_npz(&reading.network, &reading.layout, Rounding::Refused) {
        let again = Source::new("written", Format::Npz, file.bytes).expect("within the limit");
        let again = again.network().expect("what is written is read");
        assert_eq!(again.network, reading.network);
    }
});
