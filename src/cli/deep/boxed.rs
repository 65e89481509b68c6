//! Shared by verbs that ask what happens on a box: certificates with long trees.

use std::io;
use std::path::Path;

use crate::cli::certificate::Draft;
use crate::cli::failure::Failure;
use crate::cli::output::Output;

/// Writes a certificate line by line, and puts it in its place.
pub(in crate::cli) fn save(
    path: &Path,
    output: &Output,
    write: impl FnOnce(&mut Draft<'_>) -> io::Result<()>,
) -> Result<(), Failure> {
    let mut draft = Draft::new(Some(path), output);
    draft.fill(write)?;
    output.publish(draft).map(drop)
}
