//! Certificates about networks of any depth.

use num_traits::One as _;

use super::canonical::Canonical;
use super::cells::sides;
use super::rewriting::Move;
use super::shrink::{Shrunk, Stand};
use crate::certificate::{
    Deep as Stated, DeepClaim, DeepDiffer, DeepEqual, DeepNear, DeepNetworks,
    DeepReparametrization, DeepSame, DeepStatement, DeepStep, DeepWithin, Differ, Image, PRODUCER,
    Side, StatedRational as Number, Step, Writer,
};
use crate::exact::Rational;
use crate::network::Deep;
use crate::realization::Domain;

fn statement(gamma: &Deep, theta: &Deep, phi: Option<&Deep>, claim: DeepClaim) -> DeepStatement {
    DeepStatement {
        networks: DeepNetworks {
            gamma: Stated::from(gamma),
            theta: Some(Stated::from(theta)),
            phi: phi.map(Stated::from),
        },
        claim,
    }
}

/// That two networks are equal: the moves bring them to one network.
pub fn deep_equal_certificate(first: (&Deep, &[Move]), second: (&Deep, &[Move])) -> String {
    let claim = DeepClaim::Equal(DeepEqual { domain: None });
    let statement = statement(first.0, second.0, None, claim);
    rewritten(statement, [(Side::Gamma, first.1), (Side::Theta, second.1)])
}

/// That they differ: they have these values at the point, which lies in the box if there is one.
pub fn deep_differ_certificate(
    first: (&Deep, &[Rational]),
    second: (&Deep, &[Rational]),
    point: &[Rational],
    domain: Option<&Domain>,
) -> String {
    let domain = domain.map(sides);
    let claim = DeepClaim::Differ(DeepDiffer { domain });
    let mut writer = Writer::new(PRODUCER, statement(first.0, second.0, None, claim));
    let numbers = |row: &[Rational]| row.iter().cloned().map(Number).collect();
    writer.step(deep(DeepStep::Differ(Differ {
        point: numbers(point),
        gamma: numbers(first.1),
        theta: numbers(second.1),
    })));
    writer.finish()
}

/// That R(Φ) = R(Θ) and ‖Φ − Γ‖_∞ = distance: the moves bring Θ and Φ to one network.
pub fn deep_reparametrization_certificate(
    gamma: &Deep,
    theta: (&Deep, &[Move]),
    phi: (&Deep, &[Move]),
    distance: &Rational,
) -> String {
    let distance = Number(distance.clone());
    let claim = DeepClaim::Reparametrization(DeepReparametrization { distance });
    let statement = statement(gamma, theta.0, Some(phi.0), claim);
    rewritten(statement, [(Side::Theta, theta.1), (Side::Phi, phi.1)])
}

/// That no output of the smaller network differs on the box from that of the given one by more than its bound, as intervals show.
pub fn deep_within_certificate(
    given: &Deep,
    shrunk: &Shrunk,
    sides: &[(Rational, Rational)],
    bound: &Rational,
) -> String {
    let number = |x: &Rational| Number(x.clone());
    let claim = DeepClaim::Within(DeepWithin {
        domain: sides.iter().map(|(l, u)| (number(l), number(u))).collect(),
        bound: number(bound),
    });
    let mut writer = Writer::new(PRODUCER, statement(given, &shrunk.network, None, claim));
    for change in &shrunk.moves {
        writer.step(deep(change.step(Side::Gamma)));
    }
    let image = |stand: &Stand| match stand {
        Stand::Neuron(j, factor) => Image::Neuron(*j, (!factor.is_one()).then(|| number(factor))),
        Stand::Nothing => Image::Nothing,
    };
    let layers = shrunk.images.iter();
    writer.step(deep(DeepStep::Near(DeepNear {
        images: layers
            .map(|layer| layer.iter().map(image).collect())
            .collect(),
    })));
    writer.finish()
}

/// Of two networks that are rewritten until they are the same.
fn rewritten(statement: DeepStatement, both: [(Side, &[Move]); 2]) -> String {
    let mut writer = Writer::new(PRODUCER, statement);
    for (side, moves) in both {
        for change in moves {
            writer.step(deep(change.step(side)));
        }
    }
    let [(one, _), (other, _)] = both;
    writer.step(deep(DeepStep::Same(DeepSame { one, other })));
    writer.finish()
}

fn deep(step: DeepStep) -> Step {
    Step::Deep(Box::new(step))
}

impl Canonical {
    /// The network that has this form, as [`deep_equal_certificate`] takes it.
    pub fn of<'a>(&'a self, network: &'a Deep) -> (&'a Deep, &'a [Move]) {
        (network, &self.moves)
    }
}
