//! `relucert verify`: the same verifier as the program `relucert-verify`.

use super::output::Output;
use crate::verify::{VerifyArgs, run_beside};

/// Runs the verifier's own command line, which has limits of its own; answers its exit code.
pub(super) fn verify(args: &VerifyArgs, output: &Output) -> u8 {
    output.at_work(None);
    let mut args = args.clone();
    args.json |= output.is_json();
    args.quiet |= output.is_quiet();
    run_beside("relucert", &args, &|print| output.beside_progress(print))
}
