//! The certificate that a network is locally identifiable.

use super::answer::Answer;
use crate::certificate::{
    Claim, IdentifiableClaim, Networks, PRODUCER, RankFact, Rational, Shallow, Statement, Step,
    Writer,
};
use crate::exact::modular::PRIME;

/// That the network, which `answer` is about, is locally identifiable; none if that was not shown. Claim `identifiable`.
pub fn identifiable_certificate(network: Shallow, answer: &Answer) -> Option<String> {
    if answer.rank < answer.full() {
        return None;
    }
    let statement = Statement {
        networks: Networks {
            gamma: network,
            theta: None,
            phi: None,
        },
        activation: None,
        claim: Claim::Identifiable(IdentifiableClaim { rank: answer.rank }),
    };
    let mut writer = Writer::new(PRODUCER, statement);
    writer.step(Step::Rank(RankFact {
        prime: Rational(crate::exact::Rational::from_integer(PRIME.into())),
        lines: answer.lines.clone(),
    }));
    Some(writer.finish())
}
