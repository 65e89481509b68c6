//! `relucert verify`: the same verifier as the program `relucert-verify`.

use super::output::Output;
use crate::verify::{VerifyArgs, run};

/// Runs the verifier's own command line; answers its exit code.
pub(super) fn verify(args: &VerifyArgs, output: &Output) -> u8 {
    let mut args = args.clone();
    args.json |= output.is_json();
    args.quiet |= output.is_quiet();
    run("relucert", &args)
}
