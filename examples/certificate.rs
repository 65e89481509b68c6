//! Two networks, the second rewritten without changing its function so that its weights are near the first's, and a certificate of it
//! that the independent verifier accepts.

use std::path::Path;

use relucert::certificate::Networks;
use relucert::network::file::read_network;
use relucert::network::to_certificate;
use relucert::stability::{Options, Pair, certificate, theorem31};
use relucert::verify::{Bindings, Limits, Verdict, verify_text};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Two trained networks whose weights look nothing alike; every number is read exactly.
    let read = |name: &str| read_network(&Path::new("examples/networks").join(name));
    let gamma = read("diabetes_gamma.safetensors")?;
    let theta = read("diabetes_theta.safetensors")?;

    // Theorem 3.1: is it about this pair, and what is Φ?
    let pair = Pair::new(&gamma, &theta)?;
    let analysis = theorem31(&pair.gamma, &pair.theta, &Options::default())?;
    let found = analysis.construction.as_ref().ok_or("a hypothesis fails")?;
    let distance = found.distance.value.to_string();
    println!("‖Φ − Γ‖_∞ = {distance}");
    assert_eq!(distance, "318593868531/18014398509481984");

    // The certificate states it of the networks as they were given, and proves it step by step.
    let stated = |network| to_certificate(network).ok_or("a deep network");
    let networks = Networks {
        gamma: stated(&gamma)?,
        theta: Some(stated(&theta)?),
        phi: Some((&found.phi).into()),
    };
    let certificate = certificate(networks, &analysis, found);

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
