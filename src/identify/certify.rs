//! The certificate that a network is locally identifiable.

use super::answer::Answer;
use crate::certificate::{
    Claim, DeepClaim, DeepIdentifiable, DeepNetworks, DeepStatement, DeepStep, IdentifiableClaim,
    Networks, PRODUCER, RankFact, StatedRational, Statement, Step, Writer,
};
use crate::exact::modular::PRIME;
use crate::network::{Network, to_certificate, to_deep_certificate};

/// That the network, which `answer` is about, is locally identifiable; none if that was not shown. Claim `identifiable`, or `deep-identifiable` for one that has not two
/// layers.
pub fn identifiable_certificate(network: &Network, answer: &Answer) -> Option<String> {
    let rank = answer.rank;
    if answer.identifiable() != Some(true) {
        return None;
    }
    let fact = RankFact {
        prime: StatedRational(crate::exact::Rational::from_integer(PRIME.into())),
        lines: answer.lines.clone(),
    };
    let (mut writer, step) = match to_certificate(network) {
        Some(gamma) => {
            let statement = Statement {
                networks: Networks {
                    gamma,
                    theta: None,
                    phi: None,
                },
                activation: None,
                claim: Claim::Identifiable(IdentifiableClaim { rank }),
            };
            (Writer::new(PRODUCER, statement), Step::Rank(fact))
        }
        None => {
            let statement = DeepStatement {
                networks: DeepNetworks {
                    gamma: to_deep_certificate(network)?,
                    theta: None,
                    phi: None,
                },
                claim: DeepClaim::Identifiable(DeepIdentifiable { rank }),
            };
            let step = Step::Deep(Box::new(DeepStep::Rank(fact)));
            (Writer::new(PRODUCER, statement), step)
        }
    };
    writer.step(step);
    Some(writer.finish())
}
