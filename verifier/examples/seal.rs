//! Puts the last line of certificates right: the number of steps, and the SHA-256 of all bytes above it.
//!
//! `cargo run -p relucert-verifier --example seal -- FILE…`, for certificates written by hand: whether they hold, the verifier says.

use std::process::ExitCode;

use sha2::{Digest as _, Sha256};

/// The text with a last line that fits; the one that is there, if there is one, is replaced.
fn sealed(text: &str) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    if lines
        .last()
        .is_some_and(|line| line.starts_with(r#"{"end":"#))
    {
        lines.pop();
    }
    let body: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let hash = Sha256::digest(body.as_bytes());
    let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    let steps = lines.len().saturating_sub(2);
    format!("{body}{{\"end\":{{\"steps\":{steps},\"sha256\":\"{hash}\"}}}}\n")
}

fn main() -> ExitCode {
    let mut code = ExitCode::SUCCESS;
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&path);
        if let Err(error) = text.and_then(|text| std::fs::write(&path, sealed(&text))) {
            eprintln!("{path}: {error}");
            code = ExitCode::FAILURE;
        }
    }
    code
}
