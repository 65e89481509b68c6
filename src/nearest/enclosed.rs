//! Γ with weights that are sums of square roots: the answer for rational weights near to them, and what it says of Γ.

use num_bigint::BigInt;
use num_traits::One as _;

use super::answer::{Answer, Contradiction, Gap, Lower, NearestError};
use crate::exact::{Rational, Surd};
use crate::network::{Biased, Network, Neuron, Shallow, ShapeError};

/// Γ's sums of square roots are taken to within 2^−BITS.
const BITS: u32 = 64;

/// Γ with rational weights in place of its stretched neurons' ones: every distance from Γ is within 2^−BITS of that from this network.
pub(super) fn neighbour(gamma: &Network) -> Result<Network, NearestError> {
    Ok(rounded(gamma).map_err(|_| Contradiction::Rounded)?)
}

/// What the answer for the rational [`neighbour`] says of Γ itself, which is `whole` as the distance sees it: a bracket, with Φ measured
/// exactly.
pub(super) fn widened(mut answer: Answer, whole: &Shallow) -> Result<Answer, NearestError> {
    let within = Rational::new(BigInt::one(), BigInt::one() << BITS);
    if let Answer::Nearest(found) = &mut answer {
        found.lower = found.lower.sub(&within.clone().into());
        if found.lower.sign().is_lt() {
            found.lower = Surd::zero();
        }
        found.evidence = Lower::Nothing;
        if let Some(phi) = &mut found.phi {
            let distance = phi.phi.distance(whole);
            phi.distance = distance.ok_or(Contradiction::Phi)?;
        }
        if !matches!(found.gap, Some(Gap::Stopped(_))) {
            found.gap = Some(Gap::Enclosed { within });
        }
    }
    Ok(answer)
}

fn rounded(network: &Network) -> Result<Network, ShapeError> {
    let rational = |network: &Shallow| {
        let neurons = network
            .neurons()
            .iter()
            .map(|neuron| match neuron.stretch() {
                Some(_) => {
                    Neuron::rational(near(&neuron.inner_weights()), near(&neuron.outer_weights()))
                }
                None => neuron.clone(),
            });
        Shallow::new(neurons.collect())
    };
    Ok(match network {
        Network::Shallow(network) => Network::Shallow(rational(network)?),
        Network::Biased(network) => {
            let rows = rational(network.rows())?;
            Network::Biased(Biased::new(rows, network.offset().to_vec())?)
        }
        Network::Deep(_) => network.clone(),
    })
}

/// Rational numbers at most 2^−BITS below.
fn near(weights: &[Surd]) -> Vec<Rational> {
    let near = |weight: &Surd| {
        let (floor, _) = weight.floor_over(-i64::from(BITS));
        Rational::new(floor, BigInt::one() << BITS)
    };
    weights.iter().map(near).collect()
}
