//! `relucert separated`: how far every parametrization of one family's function is from another family, for all k.

use std::path::PathBuf;

use clap::Args;

use super::answer::Answer;
use super::failure::Failure;
use super::families;
use super::inputs::{Files, Inputs};
use super::limits::LimitArgs;
use super::output::Output;
use crate::family::{Question, parse};

/// Prove that every parametrization of THETA's function, with as many neurons as GAMMA, is at least a distance C(k) from GAMMA, for all integers k >= 1
#[derive(Debug, Args)]
pub(super) struct Separated {
    /// Γ: a family, or a network that does not depend on k; .json
    #[arg(value_name = "GAMMA")]
    gamma: PathBuf,
    /// Θ, a parametrization of g
    #[arg(value_name = "THETA")]
    theta: PathBuf,
    /// Prove this bound, a formula in k, instead of the largest one
    #[arg(long, value_name = "FORMULA", allow_hyphen_values = true)]
    at_least: Option<String>,
    /// Prove also that the distance is greater than this formula in k
    #[arg(long, value_name = "FORMULA", allow_hyphen_values = true)]
    above: Option<String>,
    /// Write the certificate there
    #[arg(short, value_name = "FILE.rcert")]
    output: Option<PathBuf>,
    #[command(flatten)]
    limits: LimitArgs,
}

impl Separated {
    pub(super) fn files(&self) -> Files<'_> {
        Files::new([self.gamma.as_path(), &self.theta]).writing("-o", self.output.as_deref())
    }

    pub(super) fn run(&self, inputs: &Inputs, output: &Output) -> Result<Answer, Failure> {
        let (gamma, theta) = (
            inputs.constant_family(&self.gamma)?,
            inputs.constant_family(&self.theta)?,
        );
        let formula = |flag: &str, text: &Option<String>| {
            let parsed = text.as_deref().map(parse).transpose();
            parsed.map_err(|error| Failure::Usage(format!("{flag}: {error}")))
        };
        let question = Question {
            phi: None,
            at_least: formula("--at-least", &self.at_least)?,
            above: formula("--above", &self.above)?,
            watch: self.limits.watch(output),
        };
        families::separated(&gamma, &theta, &question, self.output.as_deref(), output)
    }
}
