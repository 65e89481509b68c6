//! Scratch.
fn main() {
    for path in std::env::args().skip(1) {
        let text = std::fs::read(&path).unwrap();
        let budget = relucert_verifier::Budget::default();
        let now = std::time::Instant::now();
        let verdict = relucert_verifier::verify_within(&text, &budget, &Default::default());
        let time = now.elapsed();
        let word = match verdict {
            relucert_verifier::Verdict::Verified(_) => "VERIFIED".to_owned(),
            other => format!("{other:?}"),
        };
        println!(
            "{path}: {} bytes, work {} of {} ({} ns), memory {}: {word}",
            text.len(),
            budget.work(),
            budget.allowed(),
            time.as_nanos(),
            budget.memory()
        );
    }
}
