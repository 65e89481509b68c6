//! The statement's networks as the engine reads them, and what every statement must have to say anything.

use relucert::certificate::{StatedNetwork, Statement};
use relucert::exact::Rational;
use relucert::network::{Biased, CertificateNetworkError, Network, Shallow, from_certificate};
use relucert::stability::Pair;

use super::{Doubt, Judged, given, holds};

/// What a claim speaks of besides Γ: Θ must, may or must not be there, and likewise Φ; and whether there may be an activation.
#[derive(Clone, Copy)]
pub struct Wanted {
    theta: Option<bool>,
    phi: bool,
    activation: bool,
}

/// Γ alone.
pub const GAMMA: Wanted = Wanted {
    theta: Some(false),
    phi: false,
    activation: false,
};
/// Γ, and Θ if it is there.
pub const PERHAPS_TWO: Wanted = Wanted {
    theta: None,
    ..GAMMA
};
/// Γ and Θ.
pub const TWO: Wanted = Wanted {
    theta: Some(true),
    ..GAMMA
};
/// Γ, Θ and Φ.
pub const ALL: Wanted = Wanted { phi: true, ..TWO };
/// The function of Γ, or the difference to that of Θ.
pub const FUNCTION: Wanted = Wanted {
    activation: true,
    ..PERHAPS_TWO
};
/// The functions of Γ and Θ.
pub const TWO_FUNCTIONS: Wanted = Wanted {
    activation: true,
    ..TWO
};

/// The claim's networks are there and no others, and an activation only where it may be.
pub fn check_form(statement: &Statement, wanted: Wanted) -> Judged {
    let networks = &statement.networks;
    let theta = wanted
        .theta
        .is_none_or(|wanted| wanted == networks.theta.is_some());
    let fits = theta && wanted.phi == networks.phi.is_some();
    holds(fits, "other networks than the claim speaks of")?;
    if let Some(a) = &statement.activation {
        holds(wanted.activation, "an activation where there is none")?;
        holds(a.0 >= Rational::default(), "an activation below 0")?;
    }
    let all = [Some(&networks.gamma), networks.theta.as_ref()];
    for network in all.into_iter().flatten().chain(&networks.phi) {
        holds(network.b.is_some() == network.e.is_some(), "b without e")?;
    }
    Ok(())
}

/// A network as the engine has it.
pub fn network(stated: &StatedNetwork) -> Result<Network, Doubt> {
    from_certificate(stated).map_err(|error| match error {
        CertificateNetworkError::Shape(_) => Doubt::False("a network of no shape".to_owned()),
        CertificateNetworkError::Radical { .. } => {
            Doubt::Undecided("a network with several roots in a neuron".to_owned())
        }
        _ => Doubt::Undecided(error.to_string()),
    })
}

/// Γ.
pub fn gamma(statement: &Statement) -> Result<Network, Doubt> {
    network(&statement.networks.gamma)
}

/// Θ.
pub fn theta(statement: &Statement) -> Result<Network, Doubt> {
    let theta = given(statement.networks.theta.as_ref(), "there is no Θ")?;
    network(theta)
}

/// Φ, which is stated homogenised.
pub fn phi(statement: &Statement) -> Result<Shallow, Doubt> {
    let phi = given(statement.networks.phi.as_ref(), "there is no Φ")?;
    match network(phi)? {
        Network::Shallow(phi) => Ok(phi),
        _ => Err(Doubt::False("Φ is stated with biases".to_owned())),
    }
}

/// Whether a statement's network has biases.
pub fn has_biases(statement: &Statement) -> bool {
    let networks = &statement.networks;
    let theta = networks.theta.as_ref();
    networks.gamma.b.is_some() || theta.is_some_and(|theta| theta.b.is_some())
}

/// The network with biases, all 0 where it has none.
pub fn biased(network: Network) -> Result<Biased, Doubt> {
    match network {
        Network::Shallow(network) => Ok(network.into()),
        Network::Biased(network) => Ok(network),
        Network::Deep(_) => Err(Doubt::False("a deep network".to_owned())),
    }
}

/// Γ and Θ, homogenised where one of them has biases, with as many inputs and outputs.
pub fn pair(statement: &Statement) -> Result<Pair, Doubt> {
    let (gamma, theta) = (gamma(statement)?, theta(statement)?);
    holds(
        (gamma.inputs(), gamma.outputs()) == (theta.inputs(), theta.outputs()),
        "Γ and Θ of different shapes",
    )?;
    Pair::new(&gamma, &theta).map_err(|error| Doubt::False(error.to_string()))
}

/// Inputs, outputs, neurons.
pub fn shape(network: &Shallow) -> [usize; 3] {
    [network.inputs(), network.outputs(), network.neurons().len()]
}
