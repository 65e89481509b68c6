//! `explain`: the proof of a certificate in words. Each claim is [`Retold`] in a file of its own or of its kin.

mod arrangement;
mod condition;
mod deep;
mod family;
mod functions;
mod parametrization;
mod retold;
mod theorem31;

pub(crate) use deep::words as deep_words;

use super::document::Document;
use super::reading::{Certificate, ReadError, is_deep};
use crate::certificate::{DeepStatement, each_claim};
use retold::Retold as _;

/// The certificate retold with the paper's equation numbers. Nothing is verified.
pub fn explain(certificate: &Certificate) -> Document {
    let mut document = Document::default();
    let claim = &certificate.statement.claim;
    each_claim!(claim, claim => claim.retell(&mut document, certificate));
    ended(document)
}

/// A certificate of any kind of statement, read and retold. Nothing is verified.
///
/// # Errors
/// Those of [`Certificate::read`].
pub fn retold(text: &str) -> Result<Document, ReadError> {
    if !is_deep(text) {
        return Ok(explain(&Certificate::read(text)?));
    }
    let mut document = Document::default();
    deep::retell(&mut document, &Certificate::<DeepStatement>::read(text)?);
    Ok(ended(document))
}

fn ended(mut document: Document) -> Document {
    document.paragraph(
        "This is a retelling. Whether the certificate is right is for the verifier to say: \
         run `relucert verify` or `relucert-verify` on it.",
    );
    document
}
