//! Certificates as text: the verifier's verdict in process, and the last line made right again under forged ones.

use relucert::verify::{Bindings, Limits, Verdict, verify_text};
use sha2::{Digest as _, Sha256};

/// The verifier's verdict, with its own limits and bound to nothing.
pub fn verdict(certificate: &str) -> Verdict {
    let (limits, bindings) = (Limits::default(), Bindings::default());
    verify_text(certificate.as_bytes(), &limits, &bindings)
}

/// The verifier accepts it.
pub fn accepted(certificate: &str) {
    let verdict = verdict(certificate);
    let accepted = matches!(verdict, Verdict::Verified(_));
    assert!(accepted, "{verdict:?}\n{certificate}");
}

/// The verifier rejects it, and `reason` is part of the reason it gives.
pub fn rejected(certificate: &str, reason: &str) {
    assert!(!reason.is_empty(), "a rejection asserts its reason");
    match verdict(certificate) {
        Verdict::Rejected(rejection) => {
            let text = rejection.to_string();
            assert!(text.contains(reason), "{text}\n  lacks {reason}");
        }
        other => panic!("expected a rejection with {reason:?}: {other:?}"),
    }
}

/// The lines of a certificate without the last one.
pub fn lines(certificate: &str) -> Vec<String> {
    let mut lines: Vec<String> = certificate.lines().map(str::to_owned).collect();
    lines.pop();
    lines
}

/// The lines and a last one with their number of steps and hash.
pub fn sealed<Line: std::fmt::Display>(lines: &[Line]) -> String {
    let lines: Vec<String> = lines.iter().map(Line::to_string).collect();
    // Steps are known by their number, wherever it stands in the line.
    let numbered = |line: &&String| line.contains(r#"{"step":"#) || line.contains(r#","step":"#);
    let steps = lines.iter().filter(numbered).count();
    let above: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let hash = Sha256::digest(above.as_bytes());
    let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{above}{{\"end\":{{\"steps\":{steps},\"sha256\":\"{hash}\"}}}}\n")
}
