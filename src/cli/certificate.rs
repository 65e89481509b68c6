//! Writing certificates: one that a verifier would not verify by default is not written, and where none is written this is said.

use std::io::{self, Write as _};
use std::path::Path;

use super::failure::Failure;
use super::output::{Output, visible};
use crate::certificate::{acceptable, longest_number};
use crate::verify::{Bindings, Limits, Verdict, verify_text};

/// With numbers of at most so many digits the verifier's default limit on computed ones is not met.
const SHORT_DIGITS: usize = 300;

impl Output {
    /// Writes a certificate; answers whether it was written. If a verifier with its default limits would decline it, none is.
    pub(super) fn save_certificate(&self, path: &Path, text: &str) -> Result<bool, Failure> {
        if let Err(reason) = acceptable(text) {
            self.no_certificate(path, &reason.to_string());
            return Ok(false);
        }
        // What is computed with long numbers only the verifier itself can tell.
        if longest_number(text) > SHORT_DIGITS {
            match verify_text(text.as_bytes(), &Limits::default(), &Bindings::default()) {
                Verdict::Verified(_) => {}
                Verdict::Declined(reason) => {
                    self.no_certificate(path, &format!("the verifier would decline it: {reason}"));
                    return Ok(false);
                }
                Verdict::Rejected(reason) => {
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
