//! Texts of numbers, and of numbers of k: what is read is printed as a text that is read as the same.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(number) = relucert::exact::text::parse(text) {
        let again = relucert::exact::text::parse(&number.to_string());
        assert_eq!(again.as_ref(), Ok(&number));
    }
    let _ = relucert::family::parse(text);
});
