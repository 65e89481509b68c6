//! Whether two networks are the same function on all of R^d, and a point where they differ if they are not.

use relucert::network::file::network_from_bytes;
use relucert::realization::{CanonicalForm, nonzero_point};

/// The canonical form of a network written as JSON: the same for two networks if, and only if, they are the same function.
fn form(text: &str) -> Result<CanonicalForm, Box<dyn std::error::Error>> {
    let network = network_from_bytes("net.json", text.as_bytes())?;
    Ok(CanonicalForm::of(&network).ok_or("a deep network")?)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // ρ(x) − ρ(−x) = x, and so does this one, with a bias and an output bias.
    let plain = form(r#"{"a": [["1"], ["-1"]], "c": [["1"], ["-1"]]}"#)?;
    let shifted =
        r#"{"a": [["2"], ["-2"]], "b": ["1", "-1"], "c": [["1/2"], ["-1/2"]], "e": ["-1/2"]}"#;
    let shifted = form(shifted)?;
    assert_eq!(plain.fingerprint(), shifted.fingerprint());

    // The difference of two functions is a function, and zero only if they are equal.
    let difference = plain.minus(&shifted).ok_or("other shapes")?;
    assert!(difference.is_zero());
    assert_eq!(nonzero_point(&difference, None)?, None);

    // One weight off by 10^-30: a point where it shows, and both values there, exactly.
    let other =
        form(r#"{"a": [["1"], ["-1"]], "c": [["1"], ["-1.000000000000000000000000000001"]]}"#)?;
    let difference = plain.minus(&other).ok_or("other shapes")?;
    let point = nonzero_point(&difference, None)?.ok_or("equal")?;
    let (one, two) = (plain.eval(&point)?, other.eval(&point)?);
    println!("at x = {}: {} and {}", point[0], one[0], two[0]);
    assert_ne!(one, two);
    Ok(())
}
