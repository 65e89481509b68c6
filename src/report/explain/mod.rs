//! `explain`: the proof of a certificate in words. Each claim is [`Retold`] in a file of its own or of its kin.

mod arrangement;
mod condition;
mod family;
mod functions;
mod parametrization;
mod retold;
mod theorem31;

use super::document::Document;
use super::reading::Certificate;
use crate::certificate::each_claim;
use retold::Retold as _;

/// The certificate retold with the paper's equation numbers. Nothing is verified.
pub fn explain(certificate: &Certificate) -> Document {
    let mut document = Document::default();
    let claim = &certificate.statement.claim;
    each_claim!(claim, claim => claim.retell(&mut document, certificate));
    document.paragraph(
        "This is a retelling. Whether the certificate is right is for the verifier to say: \
         run `relucert verify` or `relucert-verify` on it.",
    );
    document
}
