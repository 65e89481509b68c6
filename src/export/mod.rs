//! Certificates for the checker that is proved right (`proofs/rocq/checker`): as tokens for its program, or as a theorem for the proof assistant.
//!
//! What is exported is a claim with the networks whole, and the evidence that the checker does not see itself. Nothing is checked here, and nothing that
//! is written here is believed there.

mod biases;
mod claim;
mod current;
mod deep;
mod evidence;
mod families;
mod form;
mod kinks;
mod refusal;
mod regions;
mod rocq;
mod terms;
mod theorem;
mod tokens;

pub(crate) use biases::homogenised;
use claim::Exported;
pub use refusal::NotCovered;

use crate::certificate::DeepStatement;
use crate::report::Certificate;

/// The tokens that the checker's program reads: words between spaces and line ends, as its README describes them.
///
/// Cost: linear in the certificate.
///
/// # Errors
/// [`NotCovered`]: what of the claim the checker does not know.
pub fn tokens(certificate: &Certificate) -> Result<String, NotCovered> {
    Ok(tokens::write(&Exported::new(certificate)?))
}

/// A file whose last theorem states the claim, proved by the checker's soundness and computation in the kernel.
///
/// Cost, errors: those of [`tokens`].
///
/// # Errors
/// [`NotCovered`]: what of the claim the checker does not know.
pub fn rocq(certificate: &Certificate) -> Result<String, NotCovered> {
    Ok(rocq::write(&Exported::new(certificate)?))
}

/// [`tokens`] of a certificate about networks of any depth.
///
/// Cost: linear in the certificate.
///
/// # Errors
/// [`NotCovered`]: what of the claim the checker does not know.
pub fn deep_tokens(certificate: &Certificate<DeepStatement>) -> Result<String, NotCovered> {
    Ok(deep::Exported::new(certificate)?.tokens())
}

/// [`rocq`] of a certificate about networks of any depth.
///
/// Cost, errors: those of [`deep_tokens`].
///
/// # Errors
/// [`NotCovered`]: what of the claim the checker does not know.
pub fn deep_rocq(certificate: &Certificate<DeepStatement>) -> Result<String, NotCovered> {
    Ok(deep::Exported::new(certificate)?.rocq())
}
