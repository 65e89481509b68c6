//! What every claim asks of its statement, before any step is read: that the networks it speaks of are there and fit together.

use relucert_format::Side;

use super::claims;
use super::kernel::network::Network;
use super::kernel::number::Q;
use super::kernel::verdict::{Stop, differ, equal, reject};
use super::scene::Scene;
use super::subject::{Reads, Speaks};

/// The networks that the claim needs are there and fit together; its box has inner points.
pub(crate) fn check(scene: &Scene) -> Result<(), Stop> {
    let (gamma, speaks) = (&scene.gamma, scene.subject.speaks);
    let [theta, phi] = scene.has();
    let of_phi = matches!(speaks, Speaks::Phi | Speaks::Alike);
    match (theta, phi) {
        (true, _) if speaks == Speaks::Gamma => {
            return reject("this claim does not speak of Θ");
        }
        (_, true) if !of_phi => return reject("this claim does not speak of Φ"),
        (false, _) if of_phi || speaks == Speaks::Theta => {
            return reject("the statement lacks Θ");
        }
        (_, false) if of_phi => return reject("the statement lacks Φ"),
        _ => {}
    }
    if theta {
        let theta = scene.theta()?;
        // Θ of a lift is homogenised: one input more than it is stated with, where Γ has two.
        let lifted = usize::from(scene.subject.reads == Reads::Lift);
        equal("inputs of Θ against Γ", theta.inputs + lifted, gamma.inputs)?;
        equal("outputs of Θ against Γ", theta.outputs, gamma.outputs)?;
    }
    if of_phi {
        check_shape("Φ", scene.phi()?.shape, gamma)?;
    }
    if speaks == Speaks::Alike {
        check_shape("Θ", scene.theta()?.shape(), gamma)?;
    }
    check_roots(scene)?;
    claims::of(scene.claim).fits(scene)?;
    check_domain(scene)
}

/// A network is as large as Γ.
fn check_shape(name: &str, shape: [usize; 3], gamma: &Network) -> Result<(), Stop> {
    let reason = format!("inputs, neurons, outputs of {name} against Γ");
    equal(reason, format!("{shape:?}"), format!("{:?}", gamma.shape()))
}

/// Where sizes of weights count, a neuron is made of one root.
fn check_roots(scene: &Scene) -> Result<(), Stop> {
    for side in scene.subject.one_root {
        match side {
            Side::Theta if scene.has()[0] => scene.theta()?.check_one_root("Θ")?,
            Side::Gamma => scene.gamma.check_one_root("Γ")?,
            _ => {}
        }
    }
    Ok(())
}

/// A box has inner points.
fn check_domain(scene: &Scene) -> Result<(), Stop> {
    let Some(domain) = scene.subject.domain else {
        return Ok(());
    };
    equal("inputs of the box", domain.len(), scene.columns())?;
    for (k, (lower, upper)) in domain.iter().enumerate() {
        let (lower, upper) = (Q::from(lower), Q::from(upper));
        if lower >= upper {
            let found = format!("{lower} to {upper}");
            return differ(format!("side {k} of the box"), found, "lower < upper");
        }
    }
    Ok(())
}
