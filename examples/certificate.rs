//! Two networks, the second rewritten without changing its function so that its weights are near the first's, and a certificate of it
//! that the independent verifier accepts.

use relucert::Pair;
use relucert::reparametrize::Options;
use relucert::verify::{Bindings, Limits, Verdict, verify_text};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Two trained networks whose weights look nothing alike; every number is read exactly.
    let pair = Pair::read(
        "examples/networks/diabetes_gamma.safetensors",
        "examples/networks/diabetes_theta.safetensors",
    )?;

    // The strongest theorem that is about this pair, and its Φ.
    let answer = pair.reparametrize(&Options::default())?;
    let theorem = answer.theorem().ok_or("no theorem applies")?;
    let distance = answer.distance().ok_or("no Φ")?.to_string();
    println!("Theorem {}: ‖Φ − Γ‖_∞ = {distance}", theorem.number());
    assert_eq!(distance, "318593868531/18014398509481984");

    // The certificate states it of the networks as they were given, and proves it step by step.
    let certificate = answer.certificate()?.ok_or("no certificate")?;

    // The verifier knows nothing of all this but the text.
    match verify_text(
        certificate.as_bytes(),
        &Limits::default(),
        &Bindings::default(),
    ) {
        Verdict::Verified(verified) => println!("{}", verified.statement),
        other => return Err(format!("{other:?}").into()),
    }
    Ok(())
}
