//! `relucert reparametrize`: Theorem 3.1 or 3.3 for two networks, with the constructed Φ and a certificate.
//!
//! Which theorem is asked, the library decides; here are the arguments, and what is printed and written.

mod found;
mod missing;
mod object;
mod words;

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::answer::Answer;
use super::certificate::Draft;
use super::failure::Failure;
use super::families;
use super::inputs::{Files, Inputs};
use super::limits::LimitArgs;
use super::network_out::{Cost, NetworkOut, Round, kept_layout};
use super::output::Output;
use super::search::{MOST_NODES, SearchArgs};
use super::words::lines;
use crate::certificate::Form;
use crate::exact::text;
use crate::network::file::Layout;
use crate::realization::SeminormLimits;
use crate::reparametrize::{Options, Reparametrization, ReparametrizeError};
use crate::stability::{Pair, StabilityError, Theorem};
use found::{is_found, open};

/// Rewrite the second network so that its weights are near the first's (Theorems 3.1 and 3.3)
#[derive(Debug, Args)]
pub(super) struct Reparametrize {
    /// Γ, the network to stay close to
    #[arg(value_name = "GAMMA")]
    gamma: PathBuf,
    /// Θ, the network that computes g
    #[arg(value_name = "THETA")]
    theta: PathBuf,
    /// Write the certificate there
    #[arg(short, value_name = "FILE.rcert")]
    output: Option<PathBuf>,
    /// Write Φ there, in the shape of the given networks: .json exactly, .safetensors, .npz and .onnx as binary floats
    #[arg(long, value_name = "FILE")]
    phi_out: Option<PathBuf>,
    /// Round Φ to this format for a .safetensors, .npz or .onnx file; without it only numbers that are floats of the given file's format are
    /// written so
    #[arg(long, value_enum, requires = "phi_out")]
    round: Option<Round>,
    /// Which theorem; whichever applies if not given
    #[arg(long, value_name = "THEOREM", value_enum)]
    theorem: Option<TheoremArg>,
    /// β of C.1; the smallest that works if not given
    #[arg(long, value_name = "NUMBER", allow_hyphen_values = true)]
    beta: Option<String>,
    /// Which form of the theorem. Products are compared with 2r (needs r exactly; paper, sharp) or with the jump norm J;
    /// 2r where r is known exactly if not given
    #[arg(long, value_enum)]
    form: Option<FormArg>,
    /// Search for r only if there can be at most this many regions; otherwise r is bracketed
    #[arg(long, value_name = "N")]
    max_regions: Option<u64>,
    /// Keep what is found of r in this folder; the same command goes on from there, whatever ended it. Without limits it searches until r is known
    #[arg(long, value_name = "DIR", conflicts_with = "max_regions")]
    checkpoint: Option<PathBuf>,
    #[command(flatten)]
    search: SearchArgs,
    #[command(flatten)]
    limits: LimitArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum TheoremArg {
    /// One output, C.1 to C.3
    #[value(name = "3.1")]
    Main,
    /// Both networks in N*
    #[value(name = "3.3")]
    Star,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FormArg {
    /// 2r, the paper's bounds β + 2√r and 4√r
    #[value(alias = "seminorm")]
    Paper,
    /// 2r, the sharp bounds β + √2·√r and 2√2·√r
    Sharp,
    /// J: β_J + √J and 2√J
    Jump,
    /// Theorem 3.1 with conditions on live neurons only and β only over neurons without a partner, with J
    Refined,
}

impl FormArg {
    fn threshold(self) -> Option<Form> {
        match self {
            FormArg::Paper | FormArg::Sharp => Some(Form::Seminorm),
            FormArg::Jump => Some(Form::Jump),
            FormArg::Refined => None,
        }
    }
}

impl Reparametrize {
    pub(super) fn files(&self) -> Files<'_> {
        Files::new([self.gamma.as_path(), &self.theta])
            .writing("-o", self.output.as_deref())
            .writing("--phi-out", self.phi_out.as_deref())
    }

    pub(super) fn run(&self, inputs: &Inputs, output: &Output) -> Result<Answer, Failure> {
        if let Some((gamma, theta)) = inputs.families(&self.gamma, &self.theta)? {
            let asked = families::Asked {
                theorem: self.theorem()?,
                form: self.form.and_then(FormArg::threshold),
                beta: self.beta.as_deref(),
                certificate: self.output.as_deref(),
                phi: self.phi_out.as_deref(),
            };
            let watch = self.limits.watch(output);
            return families::reparametrize(&gamma, &theta, &asked, &watch, output);
        }
        let gamma = inputs.given(&self.gamma)?;
        let theta = inputs.given(&self.theta)?;
        let layout = kept_layout(&gamma, &theta);
        let pair = Pair::new(&gamma.network, &theta.network);
        let pair = pair.map_err(|error| Failure::Usage(error.to_string()))?;
        let answer = pair.reparametrize(&self.options(output)?);
        let answer = answer.map_err(failure)?;
        match answer.analysis() {
            Some(analysis) => {
                let sharp = self.prefers_sharp(analysis.theorem);
                let object = object::of_theorem(&answer, analysis, sharp);
                self.tell(&answer, &object, &layout, output)
            }
            None => self.tell(&answer, &object::without_theorem(&answer), &layout, output),
        }
    }

    /// Which theorem is asked for; the refined form is Theorem 3.1's.
    fn theorem(&self) -> Result<Option<Theorem>, Failure> {
        Ok(match (self.theorem, self.form) {
            (Some(TheoremArg::Star), Some(FormArg::Refined)) => {
                return Err(Failure::Usage(
                    "--form refined belongs to Theorem 3.1".to_owned(),
                ));
            }
            (Some(TheoremArg::Star), _) => Some(Theorem::Star),
            (_, Some(FormArg::Refined)) => Some(Theorem::Refined),
            (Some(TheoremArg::Main), _) => Some(Theorem::Main),
            (None, _) => None,
        })
    }

    /// What is asked of the library. A β of the user's, and the refined form, are for Theorem 3.1.
    fn options(&self, output: &Output) -> Result<Options, Failure> {
        let theorem = self.theorem()?;
        let beta = self.beta.as_deref().map(text::parse_non_negative);
        let beta = beta.transpose();
        let beta = beta.map_err(|error| Failure::Usage(format!("--beta: {error}")))?;
        Ok(Options {
            theorem,
            form: self.form.and_then(FormArg::threshold),
            nearest: theorem.is_none() && beta.is_none(),
            beta,
            checkpoint: self.checkpoint.clone(),
            limits: SeminormLimits {
                regions: self.max_regions,
                nodes: self
                    .search
                    .nodes()
                    .or(self.checkpoint.is_some().then_some(MOST_NODES)),
                advice: self.search.advice(),
                keep: self.output.is_some(),
                ..self.limits(output)
            },
        })
    }

    fn limits(&self, output: &Output) -> SeminormLimits {
        SeminormLimits {
            watch: self.limits.watch(output),
            ..SeminormLimits::default()
        }
    }

    /// Whether the bound that is shown first is the sharp one, where r is known.
    fn prefers_sharp(&self, theorem: Theorem) -> bool {
        match self.form {
            None => theorem == Theorem::Star,
            Some(form) => form == FormArg::Sharp,
        }
    }

    /// Writes what was asked to be written, then prints.
    fn tell(
        &self,
        answer: &Reparametrization,
        object: &impl Serialize,
        layout: &Layout,
        output: &Output,
    ) -> Result<Answer, Failure> {
        let mut written = String::new();
        let mut rounding = None;
        if let Some(path) = &self.phi_out {
            match answer.phi() {
                Some(phi) => {
                    let out = NetworkOut {
                        path,
                        round: self.round,
                        layout,
                    };
                    let cost = out.save(phi, self.limits(output), output)?;
                    written = lines(out.words(cost.as_ref()));
                    rounding = cost;
                }
                None => output.remark(
                    "no Φ is written: there is none of the shape of the given networks, or no theorem gave one",
                ),
            }
        }
        // What is known is printed even if it cannot be written.
        let saved = self.certify(answer, output);
        if let (Some(path), Ok(Some(bytes))) = (&self.output, &saved) {
            written += &format!("{:18} {} ({bytes} bytes)\n", "certificate", path.display());
        }
        let object = WithRounding { object, rounding };
        output.answer("reparametrize", &object, || words::of(answer) + &written)?;
        saved?;
        match open(answer) {
            Some(open) => Err(Failure::Limit(format!(
                "the distance is not known exactly: {open}"
            ))),
            None if is_found(answer) => Ok(Answer::Yes),
            None => Ok(Answer::No),
        }
    }

    /// Writes the certificate, if there is one; answers how many bytes it has.
    fn certify(&self, answer: &Reparametrization, output: &Output) -> Result<Option<u64>, Failure> {
        let Some(path) = &self.output else {
            return Ok(None);
        };
        let mut draft = Draft::new(Some(path), output);
        if draft.fill(|draft| answer.write_certificate(draft))? {
            return output.publish(draft);
        }
        let reason = match is_found(answer) {
            true => "nothing was shown that a certificate can say",
            false => {
                "what fails rests on the upper end of r's bracket, or the theorem does not apply"
            }
        };
        output.no_certificate(path, reason);
        Ok(None)
    }
}

/// The answer, and what rounding Φ costs if it was rounded.
#[derive(Serialize)]
struct WithRounding<'a, T> {
    #[serde(flatten)]
    object: &'a T,
    #[serde(skip_serializing_if = "Option::is_none")]
    rounding: Option<Cost>,
}

fn failure(error: ReparametrizeError) -> Failure {
    let words = error.to_string();
    match error {
        ReparametrizeError::Stability(StabilityError::Impossible(_)) => Failure::Internal(words),
        ReparametrizeError::Stability(StabilityError::SeminormUnknown { .. })
        | ReparametrizeError::Nearest(_) => Failure::Limit(words),
        _ => Failure::Usage(words),
    }
}
