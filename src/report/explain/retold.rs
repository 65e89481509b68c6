//! What can be retold.

use crate::report::document::Document;
use crate::report::reading::Certificate;

/// A claim, with the proof of it in words.
pub(super) trait Retold {
    /// Writes what the claim of this certificate says, and how its steps show it.
    fn retell(&self, document: &mut Document, certificate: &Certificate);
}
