//! What every claim asks of its statement, before any step is read: that the networks it speaks of are there and fit together.

use relucert_format::{Among, Claim, ConditionName};

use super::kernel::network::Network;
use super::kernel::number::Q;
use super::kernel::verdict::{Stop, differ, equal, reject};
use super::scene::Scene;

/// Which networks a claim speaks of, besides Γ.
#[derive(PartialEq)]
enum Speaks {
    /// Γ alone.
    Gamma,
    /// Γ, and Θ if it is there.
    Perhaps,
    /// Γ and Θ.
    Theta,
    /// Γ, Θ and Φ; Φ of Γ's shape.
    Phi,
    /// The same, and Θ has Γ's shape too.
    Alike,
}

fn speaks(claim: &Claim) -> Speaks {
    match claim {
        Claim::Arrangement(_)
        | Claim::Injective(_)
        | Claim::NotInjective(_)
        | Claim::LocalMinimum(_)
        | Claim::Flips(_)
        | Claim::Unique(_) => Speaks::Gamma,
        Claim::Seminorm(_) | Claim::SupNorm(_) | Claim::JumpNorm(_) => Speaks::Perhaps,
        Claim::Condition(claim) => match claim.name {
            ConditionName::Balance | ConditionName::NoOppositePossible => Speaks::Theta,
            _ => Speaks::Perhaps,
        },
        Claim::Equal(_) | Claim::Differ(_) | Claim::Lift(_) | Claim::Minimal(_) => Speaks::Theta,
        Claim::Nearest(_) => Speaks::Phi,
        Claim::Reparametrization(_)
        | Claim::Theorem31(_)
        | Claim::Refined31(_)
        | Claim::Theorem33(_)
        | Claim::ForAllK(_) => Speaks::Alike,
    }
}

/// The networks that the claim needs are there and fit together; its box has inner points.
pub(crate) fn check(scene: &Scene) -> Result<(), Stop> {
    let (gamma, speaks) = (&scene.gamma, speaks(scene.claim));
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
        let lifted = usize::from(matches!(scene.claim, Claim::Lift(_)));
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
    match scene.claim {
        Claim::Theorem31(_) | Claim::Refined31(_) => {
            equal("Theorem 3.1 is for one output: D", gamma.outputs, 1)?;
        }
        Claim::Nearest(claim) if claim.among == Among::NStar && scene.homogenised => {
            return reject("networks in N* have no biases");
        }
        _ => {}
    }
    check_domain(scene)
}

/// A network is as large as Γ.
fn check_shape(name: &str, shape: [usize; 3], gamma: &Network) -> Result<(), Stop> {
    let reason = format!("inputs, neurons, outputs of {name} against Γ");
    equal(reason, format!("{shape:?}"), format!("{:?}", gamma.shape()))
}

/// Claims that speak of sizes of weights, in Γ or in both networks, are made of one root a neuron.
fn check_roots(scene: &Scene) -> Result<(), Stop> {
    let both = match scene.claim {
        Claim::Theorem33(_) | Claim::Condition(_) | Claim::LocalMinimum(_) => true,
        Claim::Nearest(claim) => claim.among == Among::NStar,
        _ => false,
    };
    let of_gamma = matches!(
        scene.claim,
        Claim::Theorem31(_) | Claim::Refined31(_) | Claim::Lift(_)
    );
    if both || of_gamma {
        scene.gamma.check_one_root("Γ")?;
    }
    match scene.has() {
        [true, _] if both => scene.theta()?.check_one_root("Θ"),
        _ => Ok(()),
    }
}

/// A box has inner points.
fn check_domain(scene: &Scene) -> Result<(), Stop> {
    let Some(domain) = scene.domain() else {
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
