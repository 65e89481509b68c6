//! `relucert inspect`: which degeneracies a parametrization has, and how near it comes to those it does not have.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;
use num_traits::{One as _, ToPrimitive as _, Zero as _};
use serde::Serialize;

use super::answer::Answer;
use super::arguments;
use super::deep;
use super::failure::Failure;
use super::families;
use super::inputs::{Files, Inputs};
use super::limits::LimitArgs;
use super::output::Output;
use super::search::AdviceArgs;
use super::words::{listed, verdict};
use crate::degeneracy::{
    Faint, Imbalance, Injectivity, Membership, MembershipWords, Multiple, NearMisses, NearPair,
    imbalance, injectivity, membership, near_misses, opposite_pairs, parallel_pairs,
    practically_dead, practically_dead_below,
};
use crate::exact::decimal::brief;
use crate::exact::{Rational, Surd};
use crate::network::{Biased, Network, Shallow};

/// Report dead, constant, parallel and opposite neurons, balance, N' and N*, and exact near misses
#[derive(Debug, Args)]
#[command(mut_arg("advice", |advice| advice.requires("injective")))]
pub(super) struct Inspect {
    /// The network; one that has not two layers is looked at layer by layer
    #[arg(value_name = "NET")]
    network: PathBuf,
    /// Say instead whether the layer of hidden neurons x ↦ (ρ(⟨a_i,x⟩ + b_i))_i is injective on R^d, with two points if it is not
    #[arg(long)]
    injective: bool,
    /// Look at the network layer by layer, and say which neurons intervals show to be active nowhere or everywhere on this box: lower:upper for every input,
    /// separated by commas, or one for all
    #[arg(
        long,
        value_name = "BOX",
        allow_hyphen_values = true,
        conflicts_with = "injective"
    )]
    domain: Option<String>,
    #[command(flatten)]
    advice: AdviceArgs,
    /// Write a certificate of this
    #[arg(short, value_name = "FILE.rcert", requires = "injective")]
    output: Option<PathBuf>,
    #[command(flatten)]
    limits: LimitArgs,
}

/// What `--injective` answers.
#[derive(Serialize)]
struct InjectiveObject {
    injective: bool,
    /// Where it is: the number of regions, in each of which the active neurons span R^d.
    #[serde(skip_serializing_if = "Option::is_none")]
    regions: Option<usize>,
    /// Where it is not: two points with the same values.
    #[serde(skip_serializing_if = "Option::is_none")]
    x: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    y: Option<Vec<String>>,
}

/// All there is to say. Indices at and above `m` do not occur, except `output_bias`.
#[derive(Serialize)]
struct Object {
    d: usize,
    m: usize,
    #[serde(rename = "D")]
    outputs: usize,
    /// Whether the file has biases and everything below, except `dead` and `constant`, speaks of the network on (x, 1).
    homogenised: bool,
    /// The index under which the output bias then counts as a neuron (0, …, 0, 1) with c = e.
    #[serde(skip_serializing_if = "Option::is_none")]
    output_bias: Option<usize>,
    /// Neurons of the file that contribute 0: c_i = 0, or a_i = 0 without a bias.
    dead: Vec<usize>,
    /// Neurons of the file with a_i = 0, b_i ≠ 0 and c_i ≠ 0.
    constant: Vec<usize>,
    /// Neurons of the file that are not dead, but hardly count beside the strongest.
    practically_dead: Vec<FaintObject>,
    /// The violations of C.2, by increasing (i, j).
    parallel: Vec<[usize; 2]>,
    /// a_j = factor·a_i for each of them.
    parallel_factors: Vec<String>,
    /// The violations of C.3a.
    opposite: Vec<[usize; 2]>,
    /// a_j = factor·a_i for each of them.
    opposite_factors: Vec<String>,
    balanced: bool,
    c2: bool,
    c3a: bool,
    n_prime: bool,
    n_star: bool,
    reasons: Reasons,
    /// The nearest miss of C.2.
    near_parallel: Option<NearObject>,
    /// The nearest miss of C.3a.
    near_opposite: Option<NearObject>,
    /// The nearest misses of C.2, the nearest first, at most ten.
    near_parallel_pairs: Vec<NearObject>,
    /// The same of C.3a.
    near_opposite_pairs: Vec<NearObject>,
    imbalance: Option<ImbalanceObject>,
}

/// In words, for each that is false.
#[derive(Serialize)]
struct Reasons {
    #[serde(skip_serializing_if = "Option::is_none")]
    balanced: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    c2: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    c3a: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    n_prime: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    n_star: Option<String>,
}

#[derive(Serialize)]
struct FaintObject {
    neuron: usize,
    /// ‖c‖‖a‖ over the largest such product.
    share: String,
}

#[derive(Serialize)]
struct NearObject {
    pair: [usize; 2],
    /// ‖a_i/‖a_i‖ ∓ a_j/‖a_j‖‖_∞.
    gap: String,
    /// Of the angle between them.
    cosine_squared: String,
    /// Whether that angle is above 90 degrees.
    obtuse: bool,
}

#[derive(Serialize)]
struct ImbalanceObject {
    least: RatioObject,
    largest: RatioObject,
}

#[derive(Serialize)]
struct RatioObject {
    neuron: usize,
    /// ‖a‖/‖c‖.
    ratio: String,
}

/// What was found, before it is put in words.
struct Findings {
    parallel: Vec<Multiple>,
    opposite: Vec<Multiple>,
    membership: Membership,
    faint: Vec<Faint>,
    near: NearMisses,
    imbalance: Option<(Imbalance, Imbalance)>,
}

/// How many nearest misses are given.
const NEAR_MISSES: usize = 10;

impl Inspect {
    pub(super) fn files(&self) -> Files<'_> {
        Files::new([self.network.as_path()]).writing("-o", self.output.as_deref())
    }

    pub(super) fn run(&self, inputs: &Inputs, output: &Output) -> Result<Answer, Failure> {
        if self.injective {
            return self.injective(inputs, output);
        }
        if let Some(family) = inputs.family(&self.network)? {
            return families::inspect(&family, &self.limits.watch(output), output);
        }
        self.limits.guard(output);
        let network = inputs.network(&self.network)?;
        if matches!(network, Network::Deep(_)) || self.domain.is_some() {
            let domain = self.domain.as_deref();
            let read = |text: &str| arguments::domain(text, network.inputs());
            let domain = domain.map(read).transpose()?;
            return deep::inspect(&network, &self.network, domain.as_ref(), output);
        }
        let (view, biased) = match &network {
            Network::Shallow(network) => (network.clone(), None),
            Network::Biased(network) => (network.homogenised(), Some(network)),
            Network::Deep(_) => return Err(Failure::Internal("a deep network".into())),
        };
        let mut own = view.clone();
        if let Some(biased) = biased {
            // The output bias is no neuron of the file.
            own = biased.rows().clone();
        }
        let findings = Findings {
            parallel: parallel_pairs(&view),
            opposite: opposite_pairs(&view),
            membership: membership(&view),
            faint: practically_dead(&own),
            near: near_misses(&view, NEAR_MISSES),
            imbalance: imbalance(&view),
        };
        let object = object(&view, biased, &findings);
        output.answer("inspect", &object, || text(&object, &findings))?;
        Ok(Answer::Yes)
    }
}

impl Inspect {
    fn injective(&self, inputs: &Inputs, output: &Output) -> Result<Answer, Failure> {
        let network = inputs.shallow_network(&self.network, "inspect --injective")?;
        let found = injectivity(&network, self.advice.get(), &self.limits.watch(output));
        let found = found.map_err(|error| Failure::Limit(error.to_string()))?;
        let texts = |point: &[Rational]| point.iter().map(Rational::to_string).collect::<Vec<_>>();
        let (object, certificate) = match &found {
            Injectivity::Injective {
                regions,
                certificate,
            } => (
                InjectiveObject {
                    injective: true,
                    regions: Some(*regions),
                    x: None,
                    y: None,
                },
                certificate,
            ),
            Injectivity::Collision { x, y, certificate } => (
                InjectiveObject {
                    injective: false,
                    regions: None,
                    x: Some(texts(x)),
                    y: Some(texts(y)),
                },
                certificate,
            ),
        };
        if let Some(path) = &self.output {
            output.save_certificate(path, certificate)?;
        }
        output.answer("inspect", &object, || match (&object.x, &object.y) {
            (Some(x), Some(y)) => format!(
                "injective            no: the layer has the same values at x and y\nx                    {}\ny                    {}\n",
                x.join(", "),
                y.join(", ")
            ),
            _ => format!(
                "injective            yes: in each of {} regions the active neurons span R^{}\n",
                object.regions.unwrap_or_default(),
                network.inputs()
            ),
        })?;
        Ok(match object.injective {
            true => Answer::Yes,
            false => Answer::No,
        })
    }
}

fn object(view: &Shallow, biased: Option<&Biased>, findings: &Findings) -> Object {
    let m = view.neurons().len() - usize::from(biased.is_some());
    let d = view.inputs() - usize::from(biased.is_some());
    let neurons = || view.neurons()[..m].iter().enumerate();
    let constant =
        neurons().filter(|(_, n)| n.is_live() && n.inner()[..d].iter().all(Rational::is_zero));
    let pairs = |multiples: &[Multiple]| multiples.iter().map(|p| [p.i, p.j]).collect();
    let factors = |multiples: &[Multiple]| multiples.iter().map(|p| p.factor.to_string()).collect();
    let near = |pair: &NearPair| NearObject {
        pair: [pair.i, pair.j],
        gap: pair.gap.to_string(),
        cosine_squared: pair.cosine_squared.to_string(),
        obtuse: pair.obtuse,
    };
    let NearMisses { parallel, opposite } = &findings.near;
    let faint = |faint: &Faint| FaintObject {
        neuron: faint.neuron,
        share: faint.share.to_string(),
    };
    let ratio = |end: &Imbalance| RatioObject {
        neuron: end.neuron,
        ratio: end.ratio.to_string(),
    };
    let membership = &findings.membership;
    Object {
        d,
        m,
        outputs: view.outputs(),
        homogenised: biased.is_some(),
        output_bias: biased.is_some().then_some(m),
        dead: neurons()
            .filter(|(_, n)| !n.is_live())
            .map(|(i, _)| i)
            .collect(),
        constant: constant.map(|(i, _)| i).collect(),
        practically_dead: findings.faint.iter().map(faint).collect(),
        parallel: pairs(&findings.parallel),
        parallel_factors: factors(&findings.parallel),
        opposite: pairs(&findings.opposite),
        opposite_factors: factors(&findings.opposite),
        balanced: membership.unbalanced.is_none(),
        c2: findings.parallel.is_empty(),
        c3a: findings.opposite.is_empty(),
        n_prime: membership.in_n_prime(),
        n_star: membership.in_n_star(),
        reasons: reasons(findings),
        near_parallel: parallel.first().map(near),
        near_opposite: opposite.first().map(near),
        near_parallel_pairs: parallel.iter().map(near).collect(),
        near_opposite_pairs: opposite.iter().map(near).collect(),
        imbalance: findings
            .imbalance
            .as_ref()
            .map(|(least, largest)| ImbalanceObject {
                least: ratio(least),
                largest: ratio(largest),
            }),
    }
}

fn reasons(findings: &Findings) -> Reasons {
    let words = MembershipWords::of(&findings.membership);
    Reasons {
        balanced: words.balanced,
        c2: words.c2,
        c3a: findings.opposite.first().map(ToString::to_string),
        n_prime: words.n_prime,
        n_star: words.n_star,
    }
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

fn text(object: &Object, findings: &Findings) -> String {
    let mut text = String::new();
    let mut line = |name: &str, value: String| {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{name:<20} {value}");
    };
    let with = if object.homogenised {
        ", with biases"
    } else {
        ""
    };
    let shape = [
        counted(object.d, "input"),
        counted(object.m, "neuron"),
        counted(object.outputs, "output"),
    ];
    line("network", format!("{}{with}", shape.join(", ")));
    if object.homogenised {
        let view = "inputs (x, 1), rows a_i followed by b_i";
        line(
            "homogenised view",
            format!(
                "{view}; the output bias e is neuron {}, (0, …, 0, 1) with c = e",
                object.m
            ),
        );
    }
    line("dead", listed(&object.dead, usize::to_string));
    line("constant", listed(&object.constant, usize::to_string));
    line("practically dead", faint_in_words(&findings.faint));
    line("parallel", listed(&findings.parallel, ToString::to_string));
    line("opposite", listed(&findings.opposite, ToString::to_string));
    let reasons = &object.reasons;
    line("C.2 holds", verdict(object.c2, &reasons.c2));
    line("C.3a holds", verdict(object.c3a, &reasons.c3a));
    line("balanced", verdict(object.balanced, &reasons.balanced));
    line("in N'", verdict(object.n_prime, &reasons.n_prime));
    line("in N*", verdict(object.n_star, &reasons.n_star));
    let surd = |value: &Rational| Surd::from(value.clone());
    let named = |neuron: usize| match object.output_bias {
        Some(bias) if bias == neuron => format!("{neuron} (the output bias)"),
        _ => neuron.to_string(),
    };
    for (name, pairs, opposite) in [
        ("nearest to parallel", &findings.near.parallel, false),
        ("nearest to opposite", &findings.near.opposite, true),
    ] {
        if pairs.is_empty() {
            line(name, "there is no pair".to_owned());
        }
        for (at, pair) in pairs.iter().enumerate() {
            let value = format!(
                "neurons {} and {}: gap {}, {} degrees off",
                named(pair.i),
                named(pair.j),
                brief(&surd(&pair.gap)),
                degrees_off(pair, opposite)
            );
            line(if at == 0 { name } else { "" }, value);
        }
    }
    if let Some((least, largest)) = &findings.imbalance {
        let end = |end: &Imbalance| format!("{}, neuron {}", brief(&end.ratio), named(end.neuron));
        line("least ‖a‖/‖c‖", end(least));
        line("largest ‖a‖/‖c‖", end(largest));
    }
    text
}

/// Neurons that hardly count, with their shares of the strongest one.
fn faint_in_words(faint: &[Faint]) -> String {
    if faint.is_empty() {
        return "none".to_owned();
    }
    let share = |faint: &Faint| {
        let share = Surd::from(faint.share.clone());
        format!("{} (≈ {})", faint.neuron, share.approx(3))
    };
    let below = practically_dead_below();
    format!(
        "{}; ‖c‖·‖a‖ as a share of the largest, below {below}",
        listed(faint, share)
    )
}

/// The angle to being parallel or opposite, for people: the only place here where floats occur.
fn degrees_off(pair: &NearPair, opposite: bool) -> String {
    let root = |square: &Rational| square.to_f64().unwrap_or(f64::NAN).max(0.0).sqrt();
    let sine = root(&(Rational::one() - &pair.cosine_squared));
    let cosine = root(&pair.cosine_squared);
    let toward = if pair.obtuse == opposite {
        cosine
    } else {
        -cosine
    };
    format!("≈ {:.4}", sine.atan2(toward).to_degrees())
}
