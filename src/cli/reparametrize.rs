//! `relucert reparametrize`: Theorem 3.1 for two networks, with the constructed Φ and a certificate.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::output::{Output, brief};
use super::{Answer, Failure, input};
use crate::certificate::{self, CaseLabel, ConditionName, Form, Networks, Side};
use crate::degeneracy::Multiple;
use crate::exact::{Rational, Surd, text};
use crate::network::file::write_whole;
use crate::network::{Network, to_certificate};
use crate::realization::SeminormLimits;
use crate::stability::{
    Construction, Options, Pair, StabilityError, Theorem31, certificate, theorem31,
    violation_certificate,
};

/// Rewrite the second network so that its weights are near the first's (Theorem 3.1)
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
    /// Write Φ there as network JSON
    #[arg(long, value_name = "FILE.json")]
    phi: Option<PathBuf>,
    /// Which theorem
    #[arg(long, default_value = "3.1", value_name = "THEOREM", value_parser = ["3.1"])]
    theorem: String,
    /// β of C.1; the smallest that works if not given
    #[arg(long, value_name = "NUMBER", allow_hyphen_values = true)]
    beta: Option<String>,
    /// What C.1 and the cases compare products with: 2r (needs r exactly) or the jump norm J; 2r where r is known exactly if
    /// not given
    #[arg(long, value_enum)]
    form: Option<FormArg>,
    /// Enumerate regions for r only if there can be at most this many; otherwise r is bracketed
    #[arg(long, value_name = "N", default_value_t = SeminormLimits::default().regions)]
    max_regions: u64,
    /// Stop looking for r after this many seconds and settle for a bracket
    #[arg(long, value_name = "SECONDS")]
    time_limit: Option<f64>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum FormArg {
    /// 2r
    Seminorm,
    /// J
    Jump,
}

#[derive(Serialize)]
struct Object {
    /// "3.1", or null if a hypothesis fails.
    theorem: Option<&'static str>,
    form: Form,
    homogenised: bool,
    /// r, or null if it is only bracketed.
    r: Option<String>,
    r_lower: String,
    r_upper: String,
    jump: String,
    beta: String,
    /// The bound of the form: β + 2√r, or β_J + √J.
    #[serde(skip_serializing_if = "Option::is_none")]
    bound: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bounds: Option<Vec<BoundObject>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    distance: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phi: Option<certificate::Shallow>,
    #[serde(skip_serializing_if = "Option::is_none")]
    neurons: Option<Vec<NeuronObject>>,
    /// Every violated hypothesis with all its neurons; empty if the theorem applies.
    violations: Vec<ViolationObject>,
}

#[derive(Serialize)]
struct BoundObject {
    name: &'static str,
    formula: &'static str,
    /// The value; at the lower end of r where r is bracketed.
    value: String,
    approx: String,
    /// Whether the certificate proves it for this Φ.
    proved: bool,
    /// Whether it was evaluated at the lower end of a bracket of r, so that the true bound is at least this.
    at_lower_r: bool,
}

#[derive(Serialize)]
struct NeuronObject {
    gamma: usize,
    theta: usize,
    case: CaseLabel,
    p: String,
    q: String,
}

#[derive(Serialize)]
struct ViolationObject {
    condition: ConditionName,
    /// gamma, theta, or null where it concerns both.
    network: Option<Side>,
    /// For C.1.
    #[serde(skip_serializing_if = "Option::is_none")]
    neurons: Option<Vec<usize>>,
    /// For C.2 and C.3: a_j = factor·a_i.
    #[serde(skip_serializing_if = "Option::is_none")]
    pairs: Option<Vec<PairObject>>,
}

#[derive(Serialize)]
struct PairObject {
    i: usize,
    j: usize,
    factor: String,
}

impl Reparametrize {
    pub(super) fn run(&self, output: &Output) -> Result<Answer, Failure> {
        let gamma = input::network(&self.gamma)?;
        let theta = input::network(&self.theta)?;
        let pair = Pair::new(&gamma, &theta).map_err(|error| Failure::Usage(error.to_string()))?;
        let analysis =
            theorem31(&pair.gamma, &pair.theta, &self.options()?).map_err(|error| match error {
                StabilityError::Arrangement(_) | StabilityError::Impossible(_) => {
                    Failure::Internal(error.to_string())
                }
                StabilityError::SeminormUnknown { .. } => Failure::Limit(error.to_string()),
                _ => Failure::Usage(error.to_string()),
            })?;
        let networks = stated(&gamma, &theta)?;
        let (text, answer) = match &analysis.construction {
            Some(construction) => {
                let networks = Networks {
                    phi: Some((&construction.phi).into()),
                    ..networks
                };
                if let Some(path) = &self.phi {
                    let network = Network::Shallow(construction.phi.clone());
                    write_whole(path, &crate::network::file::to_json(&network))?;
                }
                let text = certificate(networks, &analysis, construction);
                (Some(text), Answer::Yes)
            }
            None => {
                let failures = analysis.hypotheses.failures();
                let text = failures.first().and_then(|failure| {
                    violation_certificate(networks, &pair.gamma, &analysis, failure)
                });
                (text, Answer::No)
            }
        };
        if let Some(path) = &self.output {
            match &text {
                Some(text) => write_whole(path, text)?,
                None => output.remark(
                    "no certificate is written: the violation of C.1 rests on the upper end of r's bracket",
                ),
            }
        }
        let object = object(&pair, &analysis);
        output.answer("reparametrize", &object, || {
            let written = self.output.as_ref().zip(text.as_ref());
            let written = written.map(|(path, text)| {
                format!(
                    "certificate        {} ({} bytes)\n",
                    path.display(),
                    text.len()
                )
            });
            words(&pair, &analysis, &object) + &written.unwrap_or_default()
        })?;
        Ok(answer)
    }

    fn options(&self) -> Result<Options, Failure> {
        let beta = self
            .beta
            .as_deref()
            .map(text::parse_non_negative)
            .transpose();
        Ok(Options {
            beta: beta.map_err(|error| Failure::Usage(format!("--beta: {error}")))?,
            form: self.form.map(|form| match form {
                FormArg::Seminorm => Form::Seminorm,
                FormArg::Jump => Form::Jump,
            }),
            limits: SeminormLimits {
                regions: self.max_regions,
                deadline: input::deadline(self.time_limit)?,
                ..SeminormLimits::default()
            },
        })
    }
}

/// Γ and Θ as given.
fn stated(gamma: &Network, theta: &Network) -> Result<Networks, Failure> {
    let deep = || Failure::Internal("a deep network reached the theorem".to_owned());
    Ok(Networks {
        gamma: to_certificate(gamma).ok_or_else(deep)?,
        theta: Some(to_certificate(theta).ok_or_else(deep)?),
        phi: None,
    })
}

fn object(pair: &Pair, analysis: &Theorem31) -> Object {
    let hypotheses = &analysis.hypotheses;
    let construction = analysis.construction.as_ref();
    let own_bound = construction.and_then(|c| match hypotheses.form {
        Form::Seminorm => c.bounds.paper.as_ref(),
        Form::Jump => c.bounds.jump.as_ref(),
    });
    Object {
        theorem: construction.map(|_| "3.1"),
        form: hypotheses.form,
        homogenised: pair.homogenised,
        r: analysis.seminorm.exact().map(Rational::to_string),
        r_lower: analysis.seminorm.lower.value.to_string(),
        r_upper: analysis.seminorm.upper.bound.to_string(),
        jump: analysis.jump.to_string(),
        beta: hypotheses.beta.to_string(),
        bound: own_bound.map(ToString::to_string),
        bounds: construction.map(|construction| bounds(pair, analysis, construction)),
        distance: construction.map(|c| c.distance.value.to_string()),
        phi: construction.map(|c| (&c.phi).into()),
        neurons: construction.map(|c| {
            let neurons = c.cases.iter().map(|case| NeuronObject {
                gamma: case.gamma,
                theta: case.theta,
                case: case.case,
                p: case.p.to_string(),
                q: case.q.to_string(),
            });
            neurons.collect()
        }),
        violations: violations(analysis),
    }
}

fn bounds(pair: &Pair, analysis: &Theorem31, construction: &Construction) -> Vec<BoundObject> {
    let values = analysis.bound_values(&pair.gamma);
    let rows = [
        ("paper", "β + 2√r", values.paper, &construction.bounds.paper),
        (
            "sharp",
            "β + √2·√r",
            values.sharp,
            &construction.bounds.sharp,
        ),
        ("jump", "β_J + √J", values.jump, &construction.bounds.jump),
    ];
    let rows = rows.map(|(name, formula, value, proved)| BoundObject {
        name,
        formula,
        value: value.to_string(),
        approx: value.approx(8),
        proved: proved.is_some(),
        at_lower_r: name != "jump" && analysis.seminorm.exact().is_none(),
    });
    rows.into()
}

fn violations(analysis: &Theorem31) -> Vec<ViolationObject> {
    let hypotheses = &analysis.hypotheses;
    let failures = hypotheses.failures();
    let objects = failures.iter().map(|failure| {
        let pairs = match (failure.name, failure.network) {
            (ConditionName::Balance, _) => None,
            (ConditionName::NoParallel, _) => Some(&hypotheses.parallel),
            (ConditionName::NoOppositeWithin, Some(Side::Theta)) => {
                Some(&hypotheses.opposite_theta)
            }
            (ConditionName::NoOppositeWithin, _) => Some(&hypotheses.opposite_gamma),
            (ConditionName::NoOppositeBetween, _) => Some(&hypotheses.opposite_between),
            (ConditionName::NoOppositePossible, _) => None,
        };
        let object = |pair: &Multiple| PairObject {
            i: pair.i,
            j: pair.j,
            factor: pair.factor.to_string(),
        };
        ViolationObject {
            condition: failure.name,
            network: failure.network,
            neurons: failure.neuron.map(|_| hypotheses.unbalanced.clone()),
            pairs: pairs.map(|pairs| pairs.iter().map(object).collect()),
        }
    });
    objects.collect()
}

fn words(pair: &Pair, analysis: &Theorem31, object: &Object) -> String {
    let mut text = String::new();
    // Writing to a String cannot fail.
    let mut line = |label: &str, value: &str| {
        let _ = writeln!(text, "{label:18} {value}");
    };
    let (d, m) = (pair.gamma.inputs(), pair.gamma.neurons().len());
    let rational = |value: &Rational| brief(&value.clone().into());
    line("networks", &format!("{d} inputs, {m} neurons, 1 output"));
    if pair.homogenised {
        line(
            "",
            &format!(
                "homogenised: inputs (x, 1), a_i followed by b_i, output bias as neuron {}",
                m - 1
            ),
        );
    }
    let seminorm = &analysis.seminorm;
    match seminorm.exact() {
        Some(r) => line("r = |g − R(Γ)|", &rational(r)),
        None => {
            line(
                "r = |g − R(Γ)|",
                &format!("at least {}", rational(&seminorm.lower.value)),
            );
            line("", &format!("at most  {}", rational(&seminorm.upper.bound)));
        }
    }
    line("jump norm J", &rational(&analysis.jump));
    let hypotheses = &analysis.hypotheses;
    let threshold = match hypotheses.form {
        Form::Seminorm => "2r",
        Form::Jump => "J",
    };
    line(
        "β",
        &format!(
            "{} (C.1 at the threshold {threshold})",
            brief(&hypotheses.beta)
        ),
    );
    let Some(construction) = &analysis.construction else {
        for violation in &object.violations {
            line("fails", &violation_words(violation, pair));
        }
        line("Theorem 3.1", "does not apply");
        return text;
    };
    line("hypotheses", "C.1, C.2, C.3a, C.3b hold");
    line("cases", &case_counts(construction));
    for bound in bounds(pair, analysis, construction) {
        let value = text::parse(&bound.value).map_or_else(|_| bound.value.clone(), |v| brief(&v));
        let at = if bound.at_lower_r { "at least " } else { "" };
        let proved = if bound.proved {
            "proved"
        } else {
            "not proved for this Φ"
        };
        line(bound.formula, &format!("{at}{value}   {proved}"));
    }
    line("‖Φ − Γ‖_∞", &whole(&construction.distance.value));
    text
}

/// Exactly, however long, and as a decimal.
fn whole(value: &Surd) -> String {
    match value.to_rational().is_some_and(|q| q.is_integer()) {
        true => value.to_string(),
        false => format!("{value} ≈ {}", value.approx(8)),
    }
}

fn case_counts(construction: &Construction) -> String {
    let labels = [
        (CaseLabel::Unmatched, "1"),
        (CaseLabel::Small, "A"),
        (CaseLabel::OuterLarger, "B.1"),
        (CaseLabel::InnerLarger, "B.2"),
        (CaseLabel::Balanced, "B.3"),
    ];
    let counts = labels.map(|(label, name)| {
        let count = construction
            .cases
            .iter()
            .filter(|c| c.case == label)
            .count();
        format!("{name}: {count}")
    });
    counts.join("   ")
}

/// More pairs or neurons than this are counted, not listed, in the text.
const MOST_LISTED: usize = 10;

fn violation_words(violation: &ViolationObject, pair: &Pair) -> String {
    let name = match violation.condition {
        ConditionName::Balance => "C.1",
        ConditionName::NoParallel => "C.2",
        ConditionName::NoOppositeWithin => "C.3a",
        ConditionName::NoOppositeBetween => "C.3b",
        ConditionName::NoOppositePossible => "C.3",
    };
    let place = match violation.network {
        Some(Side::Gamma) => " in Γ",
        Some(Side::Theta) => " in Θ",
        Some(Side::Phi) => " in Φ",
        None => "",
    };
    let neurons = violation.neurons.iter().flatten().map(|i| {
        let size = pair.gamma.neurons()[*i].size();
        format!("neuron {i} of Γ: max(|c|, ‖a‖) = {}", brief(&size))
    });
    let pairs = violation.pairs.iter().flatten().map(|p| {
        let factor = text::parse(&p.factor).map_or_else(|_| p.factor.clone(), |f| brief(&f));
        match violation.condition {
            ConditionName::NoOppositeBetween => {
                format!("a_{} of Θ = ({factor})·a_{} of Γ", p.j, p.i)
            }
            _ => format!("a_{} = ({factor})·a_{}", p.j, p.i),
        }
    });
    let all: Vec<String> = neurons.chain(pairs).collect();
    let mut shown = all
        .iter()
        .take(MOST_LISTED)
        .cloned()
        .collect::<Vec<_>>()
        .join("; ");
    if all.len() > MOST_LISTED {
        let _ = write!(shown, "; and {} more", all.len() - MOST_LISTED);
    }
    format!("{name}{place}: {shown}")
}
