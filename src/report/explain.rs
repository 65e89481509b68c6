//! `explain`: the proof of a certificate in words.

use super::document::Document;
use super::networks::networks;
use super::numbers::number;
use super::reading::Certificate;
use super::{condition, family, functions, parametrization, rewriting, theorem31};
use crate::certificate::{Claim, Reparametrization};

/// The certificate retold with the paper's equation numbers. Nothing is verified.
pub fn explain(certificate: &Certificate) -> Document {
    let mut document = Document::default();
    match &certificate.statement.claim {
        Claim::Theorem31(claim) => theorem31::retell(&mut document, certificate, claim),
        Claim::Condition(claim) => condition::retell(&mut document, certificate, claim),
        Claim::Reparametrization(claim) => reparametrization(&mut document, certificate, claim),
        Claim::ForAllK(claim) => family::retell(&mut document, certificate, claim),
        Claim::Equal(_) => functions::equal(&mut document, certificate),
        Claim::Differ(_) => functions::differ(&mut document, certificate),
        Claim::Seminorm(claim) => functions::seminorm(&mut document, certificate, claim),
        Claim::JumpNorm(claim) => functions::jump_norm(&mut document, certificate, claim),
        Claim::LocalMinimum(claim) => functions::local_minimum(&mut document, certificate, claim),
        Claim::SupNorm(claim) => functions::sup_norm(&mut document, certificate, claim),
        Claim::Arrangement(claim) => functions::arrangement(&mut document, certificate, claim),
        Claim::Injective(claim) => {
            functions::arrangement(&mut document, certificate, &claim.0);
            functions::injective(&mut document);
        }
        Claim::NotInjective(_) => functions::not_injective(&mut document, certificate),
        Claim::Refined31(claim) => parametrization::refined31(&mut document, certificate, claim),
        Claim::Theorem33(claim) => parametrization::theorem33(&mut document, certificate, claim),
        Claim::Lift(_) => parametrization::lift(&mut document, certificate),
        Claim::Flips(claim) => parametrization::flips(&mut document, certificate, Some(claim)),
        Claim::Unique(_) => parametrization::flips(&mut document, certificate, None),
        Claim::Minimal(claim) => parametrization::minimal(&mut document, certificate, claim),
        Claim::Nearest(claim) => parametrization::nearest(&mut document, certificate, claim),
    }
    document.paragraph(
        "This is a retelling. Whether the certificate is right is for the verifier to say: \
         run `relucert verify` or `relucert-verify` on it.",
    );
    document
}

fn reparametrization(
    document: &mut Document,
    certificate: &Certificate,
    claim: &Reparametrization,
) {
    document.heading(1, "A reparametrization");
    networks(document, certificate);
    document.paragraph(format!(
        "Φ realises R(Θ), and ‖Φ − Γ‖_∞ = {} ≤ {}.",
        number(&(&claim.distance).into()),
        number(&(&claim.bound).into()),
    ));
    document.heading(2, "Steps from Θ to Φ");
    rewriting::retell(document, certificate);
}
