//! Writing certificates: one that a verifier would not verify by default is not written, and where none is written this is said.

use std::io::{self, Write as _};
use std::path::Path;

use super::failure::Failure;
use super::output::Output;
use super::words::visible;
use crate::certificate::{Networks, acceptable, longest_number};
use crate::network::{Network, to_certificate};
use crate::verify::{Bindings, Limits, Verdict, verify_text};

/// With numbers of at most so many digits, and so many bytes, the verifier's default limits are far away.
const SHORT_DIGITS: usize = 300;
const SHORT_BYTES: usize = 1 << 20;

/// Whether only the verifier itself can tell what work a certificate is: its numbers or it are long, or it goes through all vertices.
fn is_long(text: &str) -> bool {
    let claim = text.lines().nth(1).unwrap_or_default();
    text.len() > SHORT_BYTES
        || longest_number(text) > SHORT_DIGITS
        || claim.contains(r#""claim":{"sup-norm""#)
}

/// What a verifier with its default limits says of a certificate.
pub(super) enum Judged {
    Verified,
    /// Why not.
    Declined(String),
    /// Why.
    Rejected(String),
}

impl Judged {
    pub(super) fn by_verifier(text: &str) -> Self {
        match verify_text(text.as_bytes(), &Limits::default(), &Bindings::default()) {
            Verdict::Verified(_) => Judged::Verified,
            Verdict::Declined(reason) => {
                Judged::Declined(format!("the verifier would decline it: {reason}"))
            }
            Verdict::Rejected(reason) => Judged::Rejected(reason.to_string()),
        }
    }
}

impl Output {
    /// Writes a certificate; answers whether it was written. If a verifier with its default limits would decline it, none is.
    pub(super) fn save_certificate(&self, path: &Path, text: &str) -> Result<bool, Failure> {
        if let Err(reason) = acceptable(text) {
            self.no_certificate(path, &reason.to_string());
            return Ok(false);
        }
        if is_long(text) {
            match Judged::by_verifier(text) {
                Judged::Verified => {}
                Judged::Declined(reason) => {
                    self.no_certificate(path, &reason);
                    return Ok(false);
                }
                Judged::Rejected(reason) => {
                    return Err(Failure::Internal(format!(
                        "the certificate would be rejected: {reason}"
                    )));
                }
            }
        }
        self.save(path, text)?;
        Ok(true)
    }

    /// Says that no certificate is written and why, also where remarks are not wanted: it was asked for. A file that is there from
    /// before would pass for it, so it is removed.
    pub(super) fn no_certificate(&self, path: &Path, reason: &str) {
        self.clear_progress();
        let old = std::fs::symlink_metadata(path).is_ok_and(|data| data.is_file());
        let removed = match old && std::fs::remove_file(path).is_ok() {
            true => format!(", and the old {} is removed", path.display()),
            false => String::new(),
        };
        let message = format!("no certificate is written{removed}: {reason}");
        // A closed standard error is no reason to fail.
        let _ = writeln!(io::stderr(), "relucert: {}", visible(&message));
    }
}

/// Γ and Θ as given.
pub(super) fn stated(gamma: &Network, theta: &Network) -> Result<Networks, Failure> {
    let deep = || Failure::Internal("a deep network reached the theorem".to_owned());
    Ok(Networks {
        gamma: to_certificate(gamma).ok_or_else(deep)?,
        theta: Some(to_certificate(theta).ok_or_else(deep)?),
        phi: None,
    })
}
