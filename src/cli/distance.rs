//! `relucert distance` and `relucert norm`: seminorm, jump norm and sup norm, exactly.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;
use num_traits::Zero as _;

use super::answer::Answer;
use super::arguments;
use super::certificate::Draft;
use super::deep;
use super::equal::{Comparison, form, subject};
use super::failure::Failure;
use super::families;
use super::inputs::{Files, Inputs};
use super::limits::LimitArgs;
use super::measured::Measured;
use super::output::Output;
use super::parts::{PartsArgs, go_on, split};
use super::search::{MOST_NODES, SearchArgs};
use crate::depth::CellLimits;
use crate::exact::{Rational, text};
use crate::family::Family;
use crate::network::Network;
use crate::realization::split::Question;
use crate::realization::{
    BoundedSeminorm, CanonicalForm, SeminormLimits, Subject, SupNormLimits, branch_and_bound,
    jump_certificate, sup_norm, sup_norm_certificate, write_seminorm_certificate,
};
use crate::watch::Watch;

/// How far apart two functions are: the seminorm |B − A|_{W^{1,∞}} over R^d (largest entry of the Jacobian) and the jump norm
#[derive(Debug, Args)]
pub(super) struct Distance {
    /// The first network
    #[arg(value_name = "A")]
    first: PathBuf,
    /// The second network; it may have another number of neurons
    #[arg(value_name = "B")]
    second: PathBuf,
    #[command(flatten)]
    options: NormOptions,
}

/// The seminorm |A|_{W^{1,∞}} over R^d (largest entry of the Jacobian) and the jump norm of one network
#[derive(Debug, Args)]
pub(super) struct Norm {
    /// The network
    #[arg(value_name = "A")]
    network: PathBuf,
    #[command(flatten)]
    options: NormOptions,
}

#[derive(Debug, Args)]
struct NormOptions {
    /// Print the seminorm of every output too
    #[arg(long)]
    per_output: bool,
    /// Only the jump norm, which needs no regions
    #[arg(long, conflicts_with_all = ["per_output", "sup", "gap", "max_nodes", "advice"])]
    jump: bool,
    /// Print the sup norm on the box of --domain too
    #[arg(long, requires = "domain")]
    sup: bool,
    /// Write the certificate of the sup norm there
    #[arg(long, value_name = "FILE.rcert", requires = "sup")]
    sup_certificate: Option<PathBuf>,
    /// A box: lower:upper for every input, separated by commas, or one for all. With networks of any depth the seminorm is that on the box too
    #[arg(long, value_name = "BOX", allow_hyphen_values = true)]
    domain: Option<String>,
    #[command(flatten)]
    limits: LimitArgs,
    #[command(flatten)]
    search: SearchArgs,
    /// A bracket this narrow will do
    #[arg(long, value_name = "NUMBER", default_value = "0")]
    gap: String,
    /// relu, or prelu:A for max(A·t, t)
    #[arg(long, default_value = "relu", value_name = "ACTIVATION")]
    activation: String,
    #[command(flatten)]
    parts: PartsArgs,
    /// Write the certificate there; with --split, the jobs into this folder
    #[arg(short, value_name = "FILE.rcert")]
    output: Option<PathBuf>,
}

impl NormOptions {
    fn files<'a>(&'a self, files: Files<'a>) -> Files<'a> {
        files
            .writing("-o", self.output.as_deref())
            .writing("--sup-certificate", self.sup_certificate.as_deref())
    }
}

impl Distance {
    pub(super) fn files(&self) -> Files<'_> {
        self.options
            .files(Files::new([self.first.as_path(), &self.second]))
    }

    pub(super) fn run(&self, inputs: &Inputs, output: &Output) -> Result<Answer, Failure> {
        let activation = arguments::activation(&self.options.activation)?;
        if let Some((a, b)) = inputs.families(&self.first, &self.second)? {
            return self
                .options
                .of_families("distance", &a, Some(&b), &activation, output);
        }
        let readings = [inputs.given(&self.first)?, inputs.given(&self.second)?];
        if deep::is_deep(readings.each_ref()) {
            let networks = readings.each_ref().map(|reading| &reading.network);
            let paths = [self.first.as_path(), &self.second];
            return self
                .options
                .of_deep("distance", networks, paths, &activation, output);
        }
        self.options.check_domain()?;
        let both = Comparison::of([&self.first, &self.second], readings, &activation)?;
        let affine = [&both.first, &both.second]
            .iter()
            .any(|n| matches!(n, Network::Biased(_)));
        let subject = both.subject(&activation)?;
        let answer = self
            .options
            .measure("distance", subject, &both.difference, affine, output);
        if none_shared(&both.forms) && !self.options.jump {
            output.remark(
                "no hyperplane is shared, so whole kinks count, however near they are: see `nearest`, `--sup`",
            );
        }
        answer
    }
}

impl Norm {
    pub(super) fn files(&self) -> Files<'_> {
        self.options.files(Files::new([self.network.as_path()]))
    }

    pub(super) fn run(&self, inputs: &Inputs, output: &Output) -> Result<Answer, Failure> {
        let activation = arguments::activation(&self.options.activation)?;
        if let Some(family) = inputs.family(&self.network)? {
            return self
                .options
                .of_families("norm", &family, None, &activation, output);
        }
        let reading = inputs.given(&self.network)?;
        if deep::is_deep([&reading]) {
            let networks = [&reading.network];
            let paths = [self.network.as_path()];
            return self
                .options
                .of_deep("norm", networks, paths, &activation, output);
        }
        self.options.check_domain()?;
        let network = reading.network;
        let form = form(&network, &activation)?;
        let subject = subject(&network, None, &activation)?;
        let affine = matches!(network, Network::Biased(_));
        self.options.measure("norm", subject, &form, affine, output)
    }
}

impl NormOptions {
    /// Of networks with two layers the seminorm is over all of R^d.
    fn check_domain(&self) -> Result<(), Failure> {
        match self.domain.is_some() && !self.sup {
            true => Err(Failure::Usage(
                "--domain: give --sup too; without it the box is for networks that have not two layers, since the seminorm of others is over R^d"
                    .to_owned(),
            )),
            false => Ok(()),
        }
    }

    /// Of networks of any depth, on a box.
    fn of_deep<const N: usize>(
        &self,
        verb: &str,
        networks: [&Network; N],
        paths: [&Path; N],
        activation: &Rational,
        output: &Output,
    ) -> Result<Answer, Failure> {
        for (given, flag, why) in [
            (
                self.per_output,
                "--per-output",
                "others have one number for all outputs",
            ),
            (self.jump, "--jump", "others have no jump norm"),
            (!activation.is_zero(), "--activation", "others have ReLU"),
            (
                self.parts.split.is_some(),
                "--split",
                "others are searched by one program",
            ),
            (
                self.parts.checkpoint.is_some(),
                "--checkpoint",
                "nothing is kept of other searches",
            ),
        ] {
            deep::without(given, flag, why)?;
        }
        let Some(domain) = &self.domain else {
            return Err(Failure::Usage(format!(
                "{}: {verb} of networks of any depth is that on a box: give --domain BOX",
                paths[0].display()
            )));
        };
        let (first, last) = (networks[0], networks[N - 1]);
        let domain = arguments::domain(domain, first.inputs())?;
        let limits = self.limits(output)?;
        let whole = limits.watch.clone();
        let cells = |watch: Watch, keep: bool| CellLimits {
            nodes: limits.nodes,
            watch,
            gap: limits.gap.clone(),
            advice: self.search.advice(),
            keep,
        };
        // Half of the time is for the sup norm.
        let watch = if self.sup {
            half(&whole)
        } else {
            whole.clone()
        };
        let measure = deep::Measure {
            networks: [first, last],
            paths: [paths[0], paths[N - 1]],
            both: N > 1,
            domain: &domain,
            certificate: self.output.as_deref(),
            sup: self
                .sup
                .then(|| cells(whole.afresh(), self.sup_certificate.is_some())),
            sup_certificate: self.sup_certificate.as_deref(),
            limits: cells(watch, self.output.is_some()),
        };
        deep::measure(verb, &measure, output)
    }

    fn of_families(
        &self,
        verb: &str,
        a: &Family,
        b: Option<&Family>,
        activation: &Rational,
        output: &Output,
    ) -> Result<Answer, Failure> {
        self.check_domain()?;
        let path = self.output.as_deref();
        let domain = self.domain.as_deref();
        let domain = domain.map(|text| arguments::domain(text, a.inputs()));
        let question = families::NormQuestion {
            jump: self.jump,
            per_output: self.per_output,
            activation: activation.clone(),
            sup: domain.transpose()?,
            sup_certificate: self.sup_certificate.as_deref(),
        };
        let watch = self.limits.watch(output);
        families::distance(verb, a, b, &question, path, &watch, output)
    }

    fn limits(&self, output: &Output) -> Result<SeminormLimits, Failure> {
        let gap = text::parse_rational(&self.gap)
            .map_err(|error| Failure::Usage(format!("--gap: {error}")))?;
        Ok(SeminormLimits {
            nodes: Some(self.search.nodes().unwrap_or(MOST_NODES)),
            advice: self.search.advice(),
            keep: self.output.is_some(),
            watch: self.limits.watch(output),
            gap,
            ..SeminormLimits::default()
        })
    }

    fn measure(
        &self,
        verb: &str,
        subject: Subject,
        form: &CanonicalForm,
        affine: bool,
        output: &Output,
    ) -> Result<Answer, Failure> {
        let start = Instant::now();
        let mut limits = self.limits(output)?;
        let whole = limits.watch.clone();
        if self.sup {
            // Half of the time is for the sup norm.
            limits.watch = half(&whole);
        }
        let question = || Question {
            subject: subject.clone(),
            form: form.clone(),
            affine,
            gap: limits.gap.clone(),
        };
        if let (Some(jobs), Some(folder)) = (self.parts.split, &self.output) {
            let measured = split(folder, question(), jobs, &limits, &self.search, output)?;
            measured.print(verb, output)?;
            return Ok(Answer::Yes);
        }
        let jump = form.jump_norm();
        let certificate = self.output.as_deref();
        let kept = self.parts.checkpoint.as_deref();
        let kept = kept.map(|folder| go_on(folder, question(), &limits, certificate, output));
        let (found, unwritten) = match kept.transpose()? {
            Some(measured) => (measured.found, measured.unwritten),
            None => {
                let found = (!self.jump).then(|| branch_and_bound(form, affine, &limits));
                (found, None)
            }
        };
        let per_output = self.per_output.then(|| {
            let limits = SeminormLimits {
                keep: false,
                ..limits.clone()
            };
            let all = (0..form.outputs())
                .filter_map(|l| Some(branch_and_bound(&form.output(l)?, affine, &limits)));
            all.collect::<Vec<_>>()
        });
        // What is known is printed even if it cannot be written.
        let mut saved = Ok(());
        let sup = match &self.domain {
            Some(text) => {
                let domain = arguments::domain(text, form.inputs())?;
                let limits = SupNormLimits {
                    nodes: limits.nodes,
                    watch: whole.afresh(),
                    gap: limits.gap.clone(),
                    advice: self.search.advice(),
                    keep: self.sup_certificate.is_some(),
                };
                let found = sup_norm(form, &domain, &limits);
                let found = found.map_err(|error| Failure::Usage(error.to_string()))?;
                match &self.sup_certificate {
                    Some(path) if found.exact().is_some() => {
                        let text = sup_norm_certificate(subject.clone(), &domain, &found);
                        saved = output.save_certificate(path, &text).map(drop);
                    }
                    Some(_) => output.remark(
                        "no certificate of the sup norm is written: it is not known exactly",
                    ),
                    None => {}
                }
                Some(found)
            }
            None => None,
        };
        let saved = saved.and(match (certificate, &self.parts.checkpoint, &found) {
            (Some(path), None, Some(found)) => save(path, subject, found, output),
            (Some(path), None, None) => {
                let text = jump_certificate(subject, &jump);
                output.save_certificate(path, &text).map(drop)
            }
            _ => Ok(()),
        });
        let measured = Measured {
            found,
            jump,
            per_output,
            sup,
            jobs: None,
            missing: Vec::new(),
            unwritten: unwritten.or(saved.err()),
            affine,
            gap: limits.gap,
        };
        measured.print(verb, output)?;
        measured.remark(start, output);
        if let (Some(folder), true) = (&self.parts.checkpoint, measured.is_open()) {
            output.remark(&format!(
                "what is done is in {}, and the same command goes on from there",
                folder.display()
            ));
        }
        let is_open = measured.is_open();
        if let Some(failure) = measured.unwritten {
            return Err(failure);
        }
        match is_open {
            true => Err(Failure::Limit(
                "a limit was reached: the bracket printed is proved, but not exact".to_owned(),
            )),
            false => Ok(Answer::Yes),
        }
    }
}

/// Writes the certificate of the seminorm.
fn save(
    path: &Path,
    subject: Subject,
    found: &BoundedSeminorm,
    output: &Output,
) -> Result<(), Failure> {
    let mut draft = Draft::new(Some(path), output);
    draft.fill(|draft| write_seminorm_certificate(draft, subject, found))?;
    output.publish(draft).map(drop)
}

/// The same limits with half of the time that is left.
fn half(watch: &Watch) -> Watch {
    let now = Instant::now();
    match watch.deadline() {
        Some(end) => watch
            .afresh()
            .until(Some(now + end.saturating_duration_since(now) / 2)),
        None => watch.clone(),
    }
}

/// Whether both functions have kinks, but none on a common hyperplane.
fn none_shared([a, b]: &[CanonicalForm; 2]) -> bool {
    let kinks = |form: &CanonicalForm| -> BTreeSet<(Vec<Rational>, Rational)> {
        let kinks = form.kinks().iter();
        kinks
            .map(|kink| (kink.normal.clone(), kink.offset.clone()))
            .collect()
    };
    let (a, b) = (kinks(a), kinks(b));
    !a.is_empty() && !b.is_empty() && a.is_disjoint(&b)
}
