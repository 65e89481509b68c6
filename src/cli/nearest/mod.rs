//! `relucert nearest`: the parametrization of one network's function that is nearest to another network, with a certificate.

mod object;
mod words;

use std::path::PathBuf;

use clap::Args;

use super::answer::Answer;
use super::certificate::stated;
use super::deep;
use super::failure::Failure;
use super::families;
use super::families::Constant;
use super::inputs::{Files, Inputs};
use super::limits::LimitArgs;
use super::network_out::{Cost, NetworkOut, Round, kept_layout};
use super::output::Output;
use super::words::{lines, whole};
use crate::certificate::Among;
use crate::nearest::{Answer as Found, Gap, Nearest, NearestError, Options, certificate, nearest};
use crate::network::file::{Layout, Reading};
use crate::network::{Network, from_certificate};
use crate::parametrizations::Limits;
use crate::realization::SeminormLimits;
use crate::watch::Watch;
use object::{Object, object};
use words::{Lines, words};

/// Find the parametrization of the second network's function that is nearest to the first network
#[derive(Debug, Args)]
pub(super) struct NearestVerb {
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
    /// For families, an input: the parametrization in this file is to be proved nearest for all k (Φ is written with --phi-out)
    #[arg(long, value_name = "PHI")]
    prove_phi: Option<PathBuf>,
    /// Only parametrizations in N* compete; both networks must be in N*
    #[arg(long, conflicts_with = "unconstrained")]
    in_n_star: bool,
    /// All parametrizations with as many neurons as Γ compete (the default)
    #[arg(long)]
    unconstrained: bool,
    #[command(flatten)]
    limits: LimitArgs,
}

/// Networks with more neurons are not given to the method for families.
const MOST_MOVED: usize = 8;

impl NearestVerb {
    pub(super) fn files(&self) -> Files<'_> {
        Files::new([self.gamma.as_path(), &self.theta])
            .reading(self.prove_phi.as_deref())
            .writing("-o", self.output.as_deref())
            .writing("--phi-out", self.phi_out.as_deref())
    }

    fn deep(
        &self,
        [gamma, theta]: [&Reading; 2],
        layout: &Layout,
        output: &Output,
    ) -> Result<Answer, Failure> {
        let why = "others are not said to be in N*";
        deep::without(self.in_n_star, "--in-n-star", why)?;
        let why = "of others reordered and rescaled ones compete";
        deep::without(self.unconstrained, "--unconstrained", why)?;
        let why = "others are written without rounding";
        deep::without(self.round.is_some(), "--round", why)?;
        let asked = deep::Near {
            networks: [&gamma.network, &theta.network],
            paths: [&self.gamma, &self.theta],
            certificate: self.output.as_deref(),
            out: self.phi_out.as_deref().map(|path| NetworkOut {
                path,
                round: None,
                layout,
            }),
        };
        deep::nearest(&asked, &self.limits.watch(output), output)
    }

    pub(super) fn run(&self, inputs: &Inputs, output: &Output) -> Result<Answer, Failure> {
        if let Some((gamma, theta)) = inputs.families(&self.gamma, &self.theta)? {
            if self.in_n_star {
                if let Some(path) = &self.prove_phi {
                    return Err(Failure::Usage(format!(
                        "--prove-phi {}: in N* the nearest is a permutation of Θ, which is found; leave out --prove-phi or --in-n-star",
                        path.display()
                    )));
                }
                let watch = self.limits.watch(output);
                let paths = [self.output.as_deref(), self.phi_out.as_deref()];
                return families::nearest_in_n_star(&gamma, &theta, paths, &watch, output);
            }
            let phi = self.prove_phi.as_deref();
            let phi = phi.map(|path| inputs.constant_family(path)).transpose()?;
            return families::nearest(
                &gamma,
                &theta,
                phi,
                [self.output.as_deref(), self.phi_out.as_deref()],
                &self.limits.watch(output),
                output,
            );
        }
        if self.prove_phi.is_some() {
            let text = "--prove-phi is an input, and for families; --phi-out writes Φ";
            return Err(Failure::Usage(text.to_owned()));
        }
        let gamma = inputs.given(&self.gamma)?;
        let theta = inputs.given(&self.theta)?;
        let layout = kept_layout(&gamma, &theta);
        if deep::is_deep([&gamma, &theta]) {
            return self.deep([&gamma, &theta], &layout, output);
        }
        let (gamma, theta) = (gamma.network, theta.network);
        let watch = self.limits.watch(output);
        let options = Options {
            among: match self.in_n_star {
                true => Among::NStar,
                false => Among::All,
            },
            watch: watch.clone(),
            flips: Limits {
                watch,
                ..Limits::default()
            },
        };
        let found = nearest(&gamma, &theta, &options).map_err(|error| match error {
            NearestError::Impossible(_) => Failure::Internal(error.to_string()),
            NearestError::Stopped(_) => Failure::Limit(error.to_string()),
            _ => Failure::Usage(error.to_string()),
        })?;
        let found = match found {
            Found::Nearest(found) => found,
            none => return self.none(&none, output),
        };
        if let Some(constant) = self.few_kinks(inputs, &found, &options.watch) {
            return self.tell(&found, constant, &layout, output);
        }
        let phi = found.phi.as_ref();
        let phi = phi.and_then(|phi| phi.given_shape(found.homogenised));
        let (phi_written, rounding) = self.save_phi(phi.as_ref(), &layout, output)?;
        let text = match &self.output {
            None => None,
            Some(_) => certificate(stated(&gamma, &theta)?, &found),
        };
        let mut written = None;
        if let (Some(path), Some(text)) = (&self.output, &text) {
            if output.save_certificate(path, text)? {
                written = Some(format!("{} ({} bytes)", path.display(), text.len()));
            }
        } else if let Some(path) = &self.output {
            output.no_certificate(path, "no parametrization was found");
        }
        let object = Object {
            rounding,
            ..object(&found)
        };
        output.answer("nearest", &object, || {
            words(&found, &object, phi_written, written)
        })?;
        match (&found.gap, found.exact()) {
            (None, _) | (_, Some(_)) => Ok(Answer::Yes),
            (Some(gap), None) => Err(Failure::Limit(format!(
                "the distance is not known exactly: {}",
                gap.words(&found)
            ))),
        }
    }

    /// Writes Φ if that was asked; the lines that say so, and what rounding costs.
    fn save_phi(
        &self,
        phi: Option<&Network>,
        layout: &Layout,
        output: &Output,
    ) -> Result<(Lines, Option<Cost>), Failure> {
        let Some(path) = &self.phi_out else {
            return Ok((Vec::new(), None));
        };
        let Some(phi) = phi else {
            output.remark("no Φ is written: none was found");
            return Ok((Vec::new(), None));
        };
        let out = NetworkOut {
            path,
            round: self.round,
            layout,
        };
        let limits = SeminormLimits {
            watch: self.limits.watch(output),
            ..SeminormLimits::default()
        };
        let cost = out.save(phi, limits, output)?;
        Ok((out.words(cost.as_ref()), cost))
    }

    /// With fewer kinks than neurons the method for families may still find the nearest one, in small networks.
    fn few_kinks(&self, inputs: &Inputs, found: &Nearest, watch: &Watch) -> Option<Constant> {
        let open = found.gap == Some(Gap::FewerKinks) && found.exact().is_none();
        let small = !found.homogenised && found.neurons <= MOST_MOVED;
        let worth = open && small && found.among == Among::All;
        if !worth {
            return None;
        }
        let family = |path| inputs.constant_family(path).ok();
        families::nearest_constant(&family(&self.gamma)?, &family(&self.theta)?, watch)
    }

    /// The nearest parametrization by the method for families.
    fn tell(
        &self,
        found: &Nearest,
        constant: Constant,
        layout: &Layout,
        output: &Output,
    ) -> Result<Answer, Failure> {
        let phi = from_certificate(&constant.phi);
        let phi = phi.map_err(|error| Failure::Internal(error.to_string()))?;
        let (phi_written, rounding) = self.save_phi(Some(&phi), layout, output)?;
        let mut written = None;
        if let Some(path) = &self.output {
            let bytes = constant.certificate.len();
            let saved = output.save_certificate(path, &constant.certificate)?;
            written = saved.then_some((path, bytes));
        }
        let object = Object {
            distance: Some(constant.distance.to_string()),
            approx: Some(constant.distance.approx(12)),
            lower: None,
            upper: None,
            reason: None,
            attained: None,
            permutation: None,
            flips: None,
            scales: None,
            phi: Some(constant.phi),
            rounding,
            ..object(found)
        };
        output.answer("nearest", &object, || {
            let mut rows = vec![
                (
                    "networks",
                    format!(
                        "{} neurons in Γ, {} kinks in g = R(Θ)",
                        found.neurons, found.kinks
                    ),
                ),
                ("distance", whole(&constant.distance)),
                (
                    "",
                    "groups of neurons that are linear together are moved together".to_owned(),
                ),
            ];
            rows.extend(phi_written);
            if let Some((path, bytes)) = written {
                rows.push(("certificate", format!("{} ({bytes} bytes)", path.display())));
            }
            lines(rows)
        })?;
        Ok(Answer::Yes)
    }

    /// There is no parametrization of that kind.
    fn none(&self, found: &Found, output: &Output) -> Result<Answer, Failure> {
        let lost = || Failure::Internal("an answer was lost".to_owned());
        let reason = found.why_none().ok_or_else(lost)?;
        let (kinks, neurons) = match found {
            Found::TooManyKinks { kinks, neurons } => (Some(*kinks), *neurons),
            Found::NoOrientation { kinks } => (Some(*kinks), *kinks),
            Found::NotInNStar { neurons, .. } => (None, *neurons),
            Found::OtherNumber { gamma, theta } => (Some(*theta), *gamma),
            Found::Nearest(_) => return Err(lost()),
        };
        if let Some(path) = &self.output {
            output.no_certificate(path, "there is no parametrization");
        }
        if self.phi_out.is_some() {
            output.remark("no Φ is written: there is no parametrization");
        }
        let object = Object {
            among: match self.in_n_star {
                true => Among::NStar,
                false => Among::All,
            },
            distance: None,
            lower: None,
            upper: None,
            approx: None,
            neurons,
            kinks,
            reason: Some(reason.clone()),
            attained: None,
            permutation: None,
            flips: None,
            scales: None,
            phi: None,
            rounding: None,
        };
        output.answer("nearest", &object, || {
            lines([
                ("nearest Φ", "there is none".to_owned()),
                ("because", reason),
            ])
        })?;
        Ok(Answer::No)
    }
}
