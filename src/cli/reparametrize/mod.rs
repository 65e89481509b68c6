//! `relucert reparametrize`: Theorem 3.1 or 3.3 for two networks, with the constructed Φ and a certificate.
//!
//! Without `--theorem` the strongest that applies is taken: Theorem 3.1 with Θ as given or with a flip of it (the theorem asks for some
//! Θ of g), its refined form, Theorem 3.3. Where none does, Φ is the best that `nearest` builds, and what is missing is said.

mod fallback;
mod given;
mod refined;
mod theorem31;
mod theorem33;

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde::Serialize;

use fallback::Missing;

use super::limits::LimitArgs;
use super::network_out::{Cost, NetworkOut, Round};
use super::output::{Output, brief, with_digits};
use super::{Answer, Failure, Files, Inputs};
use crate::certificate::{ConditionName, Form, Networks, Side};
use crate::exact::{Rational, Surd, text};
use crate::nearest::{self, Gap};
use crate::network::file::{Layout, Reading};
use crate::network::{Network, Shallow, to_certificate};
use crate::parametrizations::{C3, Limits, c3_certificate, c3_possible};
use crate::realization::{Seminorm, SeminormLimits};
use crate::stability::{
    self, Options, Pair, StabilityError, Theorem31, certificate, refined_certificate, refined31,
    star_certificate, theorem31 as ask_theorem31, theorem31_flipped, theorem33 as ask_theorem33,
    violation_certificate,
};

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
    /// Write Φ there, in the shape of the given networks: .json exactly, .safetensors as binary floats
    #[arg(long, value_name = "FILE")]
    phi_out: Option<PathBuf>,
    /// Round Φ to this format for a .safetensors file; without it only numbers that are floats of the given file's format are written so
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
    /// Enumerate regions for r only if there can be at most this many; otherwise r is bracketed
    #[arg(long, value_name = "N", default_value_t = SeminormLimits::default().regions)]
    max_regions: u64,
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
    fn threshold(self) -> Form {
        match self {
            FormArg::Paper | FormArg::Sharp => Form::Seminorm,
            FormArg::Jump | FormArg::Refined => Form::Jump,
        }
    }
}

/// What was asked: networks as given and as the theorems see them.
struct Asked {
    gamma: Network,
    theta: Network,
    /// How the file of Θ, or else that of Γ, names its tensors.
    layout: Layout,
    networks: Networks,
    pair: Pair,
}

/// What is printed and written in the end.
struct Told {
    words: String,
    /// Φ in the shape of the given networks, where there is one.
    phi: Option<Network>,
    certificate: Option<String>,
    answer: Answer,
    /// What a limit left open.
    open: Option<String>,
}

impl Reparametrize {
    pub(super) fn files(&self) -> Files<'_> {
        Files::new([self.gamma.as_path(), &self.theta])
            .writing("-o", self.output.as_deref())
            .writing("--phi-out", self.phi_out.as_deref())
    }

    pub(super) fn run(&self, inputs: &Inputs, output: &Output) -> Result<Answer, Failure> {
        let gamma = inputs.given(&self.gamma)?;
        let theta = inputs.given(&self.theta)?;
        let layout = kept_layout(&gamma, &theta);
        let (gamma, theta) = (gamma.network, theta.network);
        let pair = Pair::new(&gamma, &theta).map_err(|error| Failure::Usage(error.to_string()))?;
        let asked = Asked {
            networks: stated(&gamma, &theta)?,
            gamma,
            theta,
            layout,
            pair,
        };
        if let Some((network, neuron)) = asked.pair.sums() {
            let sizes = network == "Γ" || self.theorem == Some(TheoremArg::Star);
            if sizes && (self.theorem.is_some() || self.form.is_some() || self.beta.is_some()) {
                return Err(Failure::Usage(sums_words(network, neuron)));
            }
        }
        match (self.theorem, self.form) {
            (Some(TheoremArg::Star), Some(FormArg::Refined)) => Err(Failure::Usage(
                "--form refined belongs to Theorem 3.1".to_owned(),
            )),
            (Some(TheoremArg::Star), _) => self.theorem33(&asked, output),
            (_, Some(FormArg::Refined)) => self.refined(&asked, output),
            (Some(TheoremArg::Main), _) => self.theorem31(&asked, output),
            (None, _) => self.whichever(&asked, output),
        }
    }

    /// The strongest theorem that applies, else the best Φ. A β of the user's is for Theorem 3.1.
    fn whichever(&self, asked: &Asked, output: &Output) -> Result<Answer, Failure> {
        let Pair { gamma, theta, .. } = &asked.pair;
        let limits = self.limits(output);
        if self.beta.is_some() {
            return self.theorem31(asked, output);
        }
        let mut main = None;
        let sums = asked.pair.sums();
        if gamma.outputs() == 1 && sums.is_none_or(|(network, _)| network == "Θ") {
            let (analysis, c3) = self.ask_theorem31(asked, output)?;
            if analysis.construction.is_some() {
                return self.tell_theorem31(asked, &analysis, &c3, output);
            }
            let refined = refined31(gamma, theta, None, &limits).map_err(failure)?;
            if refined.construction.is_some() {
                return self.refined(asked, output);
            }
            main = Some(analysis);
        }
        let star = ask_theorem33(gamma, theta, self.threshold(), &limits).map_err(failure)?;
        if star.construction.is_some() && sums.is_none() {
            return self.theorem33(asked, output);
        }
        let missing = Missing {
            main: main.as_ref(),
            star: &star,
            sums,
        };
        self.fallback(asked, &missing, output)
    }

    /// No theorem applies: the best Φ that `nearest` finds.
    fn fallback(
        &self,
        asked: &Asked,
        missing: &Missing,
        output: &Output,
    ) -> Result<Answer, Failure> {
        let watch = self.limits.watch(output);
        let options = nearest::Options {
            watch: watch.clone(),
            flips: Limits {
                watch,
                ..Limits::default()
            },
            ..nearest::Options::default()
        };
        let found = nearest::nearest(&asked.gamma, &asked.theta, &options)
            .map_err(|error| Failure::Limit(error.to_string()))?;
        let object = missing.object(&asked.pair, &found);
        let nearest = fallback::nearest_of(&found);
        let phi = nearest.and_then(|nearest| nearest.phi.as_ref());
        let exact = nearest.and_then(nearest::Nearest::exact);
        let told = Told {
            words: missing.text(&asked.pair, &found),
            phi: phi.and_then(|phi| phi.given_shape(asked.pair.homogenised)),
            certificate: nearest
                .and_then(|nearest| nearest::certificate(asked.networks.clone(), nearest)),
            // No theorem is needed where Φ is Γ.
            answer: answer(exact.is_some_and(|distance| distance.sign().is_eq())),
            open: match nearest.and_then(|nearest| nearest.gap.as_ref()) {
                Some(gap @ (Gap::Enclosed { .. } | Gap::Stopped(_))) if exact.is_none() => {
                    nearest.map(|nearest| super::nearest::gap_words(gap, nearest))
                }
                _ => None,
            },
        };
        self.tell(asked, &object, told, output)
    }

    /// Theorem 3.1 for Θ, or where C.3 alone fails for it, for another Θ′ of g if there is one.
    fn ask_theorem31(
        &self,
        asked: &Asked,
        output: &Output,
    ) -> Result<(Theorem31, Option<C3>), Failure> {
        let Pair { gamma, theta, .. } = &asked.pair;
        let options = self.options(output)?;
        let analysis = ask_theorem31(gamma, theta, &options).map_err(failure)?;
        let failures = analysis.hypotheses.failures();
        let of_theta = |failure: &stability::Failure| {
            matches!(
                (failure.name, failure.network),
                (ConditionName::NoOppositeWithin, Some(Side::Theta))
                    | (ConditionName::NoOppositeBetween, _)
            )
        };
        if failures.is_empty() || !failures.iter().all(of_theta) {
            return Ok((analysis, None));
        }
        let limits = Limits {
            watch: options.limits.watch.clone(),
            ..Limits::default()
        };
        let c3 = c3_possible(gamma, theta, false, &limits);
        let analysis = match &c3 {
            C3::Possible { flip } => {
                theorem31_flipped(gamma, theta, flip, &options).map_err(failure)?
            }
            _ => analysis,
        };
        Ok((analysis, Some(c3)))
    }

    fn theorem31(&self, asked: &Asked, output: &Output) -> Result<Answer, Failure> {
        let (analysis, c3) = self.ask_theorem31(asked, output)?;
        self.tell_theorem31(asked, &analysis, &c3, output)
    }

    fn tell_theorem31(
        &self,
        asked: &Asked,
        analysis: &Theorem31,
        c3: &Option<C3>,
        output: &Output,
    ) -> Result<Answer, Failure> {
        let pair = &asked.pair;
        let object = theorem31::object(pair, analysis, c3, self.form == Some(FormArg::Sharp));
        let words = theorem31::words(pair, analysis, &object);
        let told = match &analysis.construction {
            Some(construction) => Told {
                words,
                certificate: Some(certificate(
                    asked.with_phi(&construction.phi),
                    analysis,
                    construction,
                )),
                phi: asked.pair.given_shape(&construction.phi),
                answer: Answer::Yes,
                open: None,
            },
            None => Told {
                words,
                certificate: self.violation(asked, analysis, c3),
                phi: None,
                answer: Answer::No,
                open: None,
            },
        };
        self.tell(asked, &object, told, output)
    }

    /// What fails: C.3 for every Θ of g where that is shown, else the first violation.
    fn violation(&self, asked: &Asked, analysis: &Theorem31, c3: &Option<C3>) -> Option<String> {
        let networks = asked.networks.clone();
        if let Some(C3::Impossible {
            evidence: Some(evidence),
        }) = c3
        {
            return Some(c3_certificate(networks.gamma, networks.theta?, evidence));
        }
        if asked.pair.sums().is_some() {
            return None;
        }
        let failures = analysis.hypotheses.failures();
        violation_certificate(networks, &asked.pair.gamma, analysis, failures.first()?)
    }

    fn refined(&self, asked: &Asked, output: &Output) -> Result<Answer, Failure> {
        let Pair { gamma, theta, .. } = &asked.pair;
        let analysis = refined31(gamma, theta, None, &self.limits(output)).map_err(failure)?;
        let object = refined::object(&asked.pair, &analysis);
        let construction = analysis.construction.as_ref();
        let told = Told {
            words: refined::words(&asked.pair, &analysis),
            certificate: construction.map(|construction| {
                refined_certificate(asked.with_phi(&construction.phi), &analysis, construction)
            }),
            phi: construction.and_then(|c| asked.pair.given_shape(&c.phi)),
            answer: answer(construction.is_some()),
            open: None,
        };
        self.tell(asked, &object, told, output)
    }

    fn theorem33(&self, asked: &Asked, output: &Output) -> Result<Answer, Failure> {
        let Pair { gamma, theta, .. } = &asked.pair;
        let analysis =
            ask_theorem33(gamma, theta, self.threshold(), &self.limits(output)).map_err(failure)?;
        let object = theorem33::object(
            &asked.pair,
            &analysis,
            self.form.is_none_or(|form| form == FormArg::Sharp),
        );
        let construction = analysis.construction.as_ref();
        let told = Told {
            words: theorem33::words(&asked.pair, &analysis),
            certificate: construction.map(|construction| {
                star_certificate(asked.with_phi(&construction.phi), &analysis, construction)
            }),
            phi: construction.and_then(|c| asked.pair.given_shape(&c.phi)),
            answer: answer(construction.is_some()),
            open: None,
        };
        self.tell(asked, &object, told, output)
    }

    /// Writes what was asked to be written, then prints.
    fn tell(
        &self,
        asked: &Asked,
        object: &impl Serialize,
        told: Told,
        output: &Output,
    ) -> Result<Answer, Failure> {
        let mut written = String::new();
        let mut rounding = None;
        if let Some(path) = &self.phi_out {
            match &told.phi {
                Some(phi) => {
                    let out = NetworkOut {
                        path,
                        round: self.round,
                        layout: &asked.layout,
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
        match (&self.output, &told.certificate) {
            (Some(path), Some(text)) => {
                let saved = output.save_certificate(path, text)?;
                if saved {
                    let (path, bytes) = (path.display(), text.len());
                    written += &format!("{:18} {path} ({bytes} bytes)\n", "certificate");
                }
            }
            (Some(path), None) => {
                let reason = match told.answer {
                    Answer::No => {
                        "what fails rests on the upper end of r's bracket, or the theorem does not apply"
                    }
                    Answer::Yes => "nothing was shown that a certificate can say",
                };
                output.no_certificate(path, reason);
            }
            _ => {}
        }
        let object = WithRounding { object, rounding };
        output.answer("reparametrize", &object, || told.words + &written)?;
        match told.open {
            Some(open) => Err(Failure::Limit(format!(
                "the distance is not known exactly: {open}"
            ))),
            None => Ok(told.answer),
        }
    }

    fn limits(&self, output: &Output) -> SeminormLimits {
        SeminormLimits {
            regions: self.max_regions,
            watch: self.limits.watch(output),
            ..SeminormLimits::default()
        }
    }

    fn threshold(&self) -> Option<Form> {
        self.form.map(FormArg::threshold)
    }

    fn options(&self, output: &Output) -> Result<Options, Failure> {
        let beta = self
            .beta
            .as_deref()
            .map(text::parse_non_negative)
            .transpose();
        Ok(Options {
            beta: beta.map_err(|error| Failure::Usage(format!("--beta: {error}")))?,
            form: self.threshold(),
            limits: self.limits(output),
        })
    }
}

impl Asked {
    fn with_phi(&self, phi: &Shallow) -> Networks {
        Networks {
            phi: Some(phi.into()),
            ..self.networks.clone()
        }
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

/// Why a theorem is not asked.
fn sums_words(network: &str, neuron: usize) -> String {
    format!(
        "the theorems are about the sizes of weights with one square root a neuron, but neuron {neuron} of {network} has sums of square roots"
    )
}

/// The layout that Φ is written in: that of Θ's file, or of Γ's where Θ's names no tensors.
pub(in crate::cli) fn kept_layout(gamma: &Reading, theta: &Reading) -> Layout {
    let tensors = |layout: &Layout| matches!(layout, Layout::Tensors(_));
    match tensors(&gamma.layout) && !tensors(&theta.layout) {
        true => gamma.layout.clone(),
        false => theta.layout.clone(),
    }
}

fn answer(yes: bool) -> Answer {
    match yes {
        true => Answer::Yes,
        false => Answer::No,
    }
}

fn failure(error: StabilityError) -> Failure {
    match error {
        StabilityError::Arrangement(_) | StabilityError::Impossible(_) => {
            Failure::Internal(error.to_string())
        }
        StabilityError::SeminormUnknown { .. } => Failure::Limit(error.to_string()),
        _ => Failure::Usage(error.to_string()),
    }
}

/// Γ and Θ as given.
pub(in crate::cli) fn stated(gamma: &Network, theta: &Network) -> Result<Networks, Failure> {
    let deep = || Failure::Internal("a deep network reached the theorem".to_owned());
    Ok(Networks {
        gamma: to_certificate(gamma).ok_or_else(deep)?,
        theta: Some(to_certificate(theta).ok_or_else(deep)?),
        phi: None,
    })
}

/// The lines that every theorem's answer begins with: shapes, r and J.
fn opening(pair: &Pair, seminorm: &Seminorm, jump: &Rational) -> Vec<(&'static str, String)> {
    let gamma = &pair.gamma;
    let (d, m, outputs) = (gamma.inputs(), gamma.neurons().len(), gamma.outputs());
    let plural = if outputs == 1 { "" } else { "s" };
    let rational = |value: &Rational| brief(&value.clone().into());
    let mut lines = vec![(
        "networks",
        format!("{d} inputs, {m} neurons, {outputs} output{plural}"),
    )];
    if pair.homogenised {
        let bias = format!(
            "homogenised: inputs (x, 1), a_i followed by b_i, output bias as neuron {}",
            m - 1
        );
        lines.push(("", bias));
    }
    match seminorm.exact() {
        Some(r) => lines.push(("r = |g − R(Γ)|", rational(r))),
        None => {
            let lower = rational(&seminorm.lower.value);
            lines.push(("r = |g − R(Γ)|", format!("at least {lower}")));
            let upper = rational(&seminorm.upper.bound);
            lines.push(("", format!("at most  {upper}")));
        }
    }
    lines.push(("jump norm J", rational(jump)));
    lines
}

/// One row of a list of bounds.
fn bound_line(value: &str, at_lower: bool, proved: bool) -> String {
    let value = text::parse(value).map_or_else(|_| value.to_owned(), |v| brief(&v));
    let at = if at_lower { "at least " } else { "" };
    let proved = if proved {
        "proved"
    } else {
        "not proved for this Φ"
    };
    format!("{at}{value}   {proved}")
}

/// `label value`, one a line.
pub(in crate::cli) fn lines(rows: impl IntoIterator<Item = (impl AsRef<str>, String)>) -> String {
    rows.into_iter()
        .map(|(label, value)| format!("{:18} {value}\n", label.as_ref()))
        .collect()
}

/// Exactly, however long, and as a decimal.
pub(in crate::cli) fn whole(value: &Surd) -> String {
    with_digits(value, 8)
}
