//! `relucert flips`: the sets of neurons that can change their sign together, and whether the network is unique (N3, Lemmas A.3, A.5).

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::answer::Answer;
use super::deep;
use super::failure::Failure;
use super::families;
use super::flip_words::{reasons, said};
use super::inputs::{Files, Inputs};
use super::limits::LimitArgs;
use super::output::Output;
use crate::network::{Network, to_certificate};
use crate::parametrizations::{Flippable, Limits, Outcome, flippable, flips_certificate};
use crate::watch::Watch;

/// Sign-flip sets, and whether the network is the only one of its size with its function
#[derive(Debug, Args)]
pub(super) struct Flips {
    /// The network: two layers
    #[arg(value_name = "NET")]
    network: PathBuf,
    /// Write the certificate there
    #[arg(short, value_name = "FILE.rcert")]
    output: Option<PathBuf>,
    #[command(flatten)]
    limits: SetLimits,
}

/// Limits of the search for sets.
#[derive(Debug, Args)]
pub(super) struct SetLimits {
    /// Search if at most this many vectors are free (their number less their rank); time and memory grow like 2^(N/2)
    #[arg(long, value_name = "N", default_value_t = Limits::default().most_free)]
    max_free: usize,
    #[command(flatten)]
    limits: LimitArgs,
}

impl SetLimits {
    /// For work without such a search, of networks that have not two layers.
    pub(super) fn without_sets(&self, output: &Output) -> Result<(), Failure> {
        self.refuse_sets()?;
        self.limits.guard(output);
        Ok(())
    }

    /// The same where the work watches for its limits.
    pub(super) fn watch_without_sets(&self, output: &Output) -> Result<Watch, Failure> {
        self.refuse_sets()?;
        Ok(self.limits.watch(output))
    }

    fn refuse_sets(&self) -> Result<(), Failure> {
        let given = self.max_free != Limits::default().most_free;
        deep::without(given, "--max-free", "of others no sets are searched")
    }

    pub(super) fn limits(&self, output: &Output) -> Limits {
        Limits {
            most_free: self.max_free,
            watch: self.limits.watch(output),
            ..Limits::default()
        }
    }
}

#[derive(Serialize)]
struct Object {
    /// The non-empty sets F with Σ_F c_i a_iᵀ = 0.
    flips: Vec<Vec<usize>>,
    /// Whether these are all.
    complete: bool,
    /// Unique up to permutation and positive rescaling; null if not known.
    unique: Option<bool>,
    /// Why not, in words, or why.
    reasons: Vec<String>,
    dead: Vec<usize>,
    /// Live neurons on one hyperplane, group by group.
    shared: Vec<Vec<usize>>,
    /// How many contributions are free, if the sets are not complete: 2 to this power choices remain.
    #[serde(skip_serializing_if = "Option::is_none")]
    free: Option<usize>,
}

impl Flips {
    pub(super) fn files(&self) -> Files<'_> {
        Files::new([self.network.as_path()]).writing("-o", self.output.as_deref())
    }

    pub(super) fn run(&self, inputs: &Inputs, output: &Output) -> Result<Answer, Failure> {
        if let Some(family) = inputs.family(&self.network)? {
            let limits = self.limits.limits(output);
            return families::flips(&family, self.output.as_deref(), &limits, output);
        }
        let network = inputs.shallow_network(&self.network, "flips")?;
        let internal = || Failure::Internal("a deep network reached flips".to_owned());
        let found = flippable(&network, &self.limits.limits(output)).ok_or_else(internal)?;
        let (sets, free) = match &found.outcome {
            Outcome::All(solutions) => (&solutions.sets, None),
            Outcome::Unknown { found, nullity } => (found, Some(*nullity)),
        };
        let object = Object {
            flips: sets.clone(),
            complete: free.is_none(),
            unique: found.unique(),
            reasons: reasons(&found, |set| is_lemma_a5(&network, set)),
            dead: found.dead.clone(),
            shared: found.shared.clone(),
            free,
        };
        self.certify(&network, &found, output)?;
        output.answer("flips", &object, || words(&object))?;
        if let Some(free) = free {
            return Err(Failure::Limit(format!(
                "not all flip sets are known: {free} contributions are free, so 2^{free} choices would have to be gone through"
            )));
        }
        Ok(match object.unique {
            Some(true) => Answer::Yes,
            _ => Answer::No,
        })
    }

    fn certify(
        &self,
        network: &Network,
        found: &Flippable,
        output: &Output,
    ) -> Result<(), Failure> {
        let Some(path) = &self.output else {
            return Ok(());
        };
        let solutions = match &found.outcome {
            Outcome::All(solutions) if found.is_generic() => solutions,
            Outcome::All(_) => {
                let reason = "it would need all neurons to be live and on different hyperplanes";
                output.no_certificate(path, reason);
                return Ok(());
            }
            Outcome::Unknown { .. } => {
                output.no_certificate(path, "not all flip sets are known");
                return Ok(());
            }
        };
        let stated = to_certificate(network);
        match stated.and_then(|stated| flips_certificate(stated, solutions)) {
            Some(text) => {
                output.save_certificate(path, &text)?;
            }
            None => {
                let reason =
                    "the sets were found by meeting in the middle, which a certificate cannot show";
                output.no_certificate(path, reason);
            }
        }
        Ok(())
    }
}

/// Lemma A.5 speaks of all neurons, with equal outer weights and Σ a_i = 0. It is named for networks of rational weights.
fn is_lemma_a5(network: &Network, set: &[usize]) -> bool {
    let neurons = match network {
        Network::Shallow(network) => network.neurons(),
        Network::Biased(network) => network.rows().neurons(),
        Network::Deep(_) => return false,
    };
    set.len() == neurons.len()
        && neurons
            .iter()
            .all(|neuron| neuron.outer_weights() == neurons[0].outer_weights())
}

fn words(object: &Object) -> String {
    let all = if object.complete { "" } else { " known so far" };
    said(object.unique, &object.reasons, all, &object.flips)
}
