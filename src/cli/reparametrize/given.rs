//! Φ of a theorem in the shape of the networks that were given.

use crate::certificate;
use crate::cli::output::brief;
use crate::exact::Surd;
use crate::network::{Network, Shallow, to_certificate};
use crate::stability::{Distance, Pair};

/// Φ as it is written.
pub(super) struct Given {
    pub(super) network: Network,
    /// Its distance from Γ, if that is another than that of the homogenised networks.
    pub(super) distance: Option<Surd>,
}

impl Given {
    /// `None` if no network of that shape has Φ's neurons.
    pub(super) fn new(pair: &Pair, phi: &Shallow, distance: &Distance) -> Option<Self> {
        let network = pair.given_shape(phi)?;
        let own = pair.distance_as_given(&network)?.value;
        let other = own.compare(&distance.value).is_ne();
        Some(Given {
            network,
            distance: other.then_some(own),
        })
    }

    /// For the JSON object.
    pub(super) fn stated(&self) -> Option<certificate::Shallow> {
        to_certificate(&self.network)
    }

    /// The line below ‖Φ − Γ‖_∞; `bound` is what the theorem proves of the homogenised Φ.
    pub(super) fn words(&self, bound: Option<&Surd>) -> Option<(&'static str, String)> {
        let distance = self.distance.as_ref()?;
        let beyond = match bound {
            Some(bound) if distance.compare(bound).is_gt() => ", more than the bound",
            _ => "",
        };
        let text = format!(
            "{} as written, with e in place of the output bias's c and b{beyond}",
            brief(distance)
        );
        Some(("", text))
    }
}
