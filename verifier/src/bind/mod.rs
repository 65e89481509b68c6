//! Binding a statement to files: every number of a file is read here once more, independently of the engine but by the same rule, which is
//! `docs/reading.md`, and compared as a value with the statement.

mod expression;
mod families;
mod fault;
mod json;
mod layers;
mod normals;
mod number;
mod order;
mod tensors;
mod weights;

use std::fs::File;
use std::path::Path;

use fault::{Fault, wrong};
use weights::Contents;

use super::expect::{self, Described, Expectation};
use crate::kernel::budget::{Budget, Limits};
use crate::kernel::deep::Deep;
use crate::kernel::scan::read_bounded;
use crate::kernel::verdict::{Stop, reject};
use relucert_format::{ForAllK, Networks};

/// Why a file cannot be bound. Not a verdict: nothing is said about the certificate.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {reason}")]
pub struct BindError {
    /// The file.
    pub file: String,
    /// What is wrong with it.
    pub reason: String,
    /// Whether it is only beyond a limit.
    pub limit: bool,
}

impl BindError {
    /// Whether the file may be right, but is beyond a limit: then the verifier declines.
    pub fn is_limit(&self) -> bool {
        self.limit
    }
}

/// The files that the statement's Γ and Θ must agree with, and what the statement is expected to be.
#[derive(Clone, Debug, Default)]
pub struct Bindings {
    gamma: Option<Bound>,
    theta: Option<Bound>,
    expected: Vec<Expectation>,
    /// Bytes they take, which every verification has held from its beginning.
    memory: u64,
}

#[derive(Clone, Debug)]
struct Bound {
    file: String,
    holds: Contents,
}

impl Bindings {
    /// Reads the files.
    ///
    /// # Errors
    /// [`BindError`] for the first that cannot be read.
    pub fn read(
        gamma: Option<&Path>,
        theta: Option<&Path>,
        limits: &Limits,
    ) -> Result<Bindings, BindError> {
        let budget = Budget::new(limits);
        let read = |path: &Path| {
            let file = path.display().to_string();
            match holds(path, &budget) {
                Ok(holds) => Ok(Bound { file, holds }),
                Err(Fault::Wrong(reason)) => Err(BindError {
                    file,
                    reason,
                    limit: false,
                }),
                Err(Fault::Limit(reason)) => Err(BindError {
                    file,
                    reason,
                    limit: true,
                }),
            }
        };
        let (gamma, theta) = (gamma.map(read).transpose()?, theta.map(read).transpose()?);
        Ok(Bindings {
            gamma,
            theta,
            expected: Vec::new(),
            memory: budget.held(),
        })
    }

    /// The same, for a statement that is expected to be this, and no narrower.
    #[must_use]
    pub fn expecting(self, expected: Vec<Expectation>) -> Bindings {
        Bindings { expected, ..self }
    }

    /// Compares what a statement is with what is expected of it.
    pub(super) fn check_claim(&self, described: &Described) -> Result<(), Stop> {
        expect::check(&self.expected, described)
    }

    /// Counts the memory that they take.
    pub(super) fn count(&self, limits: &Budget) -> Result<(), Stop> {
        limits.keep(self.memory)
    }

    /// Compares the statement's networks with the files.
    pub(super) fn check(&self, networks: &Networks, limits: &Budget) -> Result<(), Stop> {
        self.each(
            &networks.gamma,
            networks.theta.as_ref(),
            |bound, name, stated| match &bound.holds {
                Contents::Network(weights, _) => weights.check(name, &bound.file, stated, limits),
                Contents::Layers(layers) => reject(format!(
                    "{} has {} layers, and the statement is about networks with two",
                    bound.file,
                    layers.len()
                )),
                Contents::Family(_) => reject(format!(
                    "{} is a family, and the statement is about one network {name}",
                    bound.file
                )),
            },
        )
    }

    /// Compares networks of any depth with the files.
    pub(super) fn check_deep(
        &self,
        gamma: &Deep,
        theta: Option<&Deep>,
        limits: &Budget,
    ) -> Result<(), Stop> {
        self.each(gamma, theta, |bound, name, stated| match &bound.holds {
            Contents::Network(weights, _) => weights.check_deep(name, &bound.file, stated, limits),
            Contents::Layers(layers) => layers::check(layers, name, &bound.file, stated, limits),
            Contents::Family(_) => reject(format!(
                "{} is a family, and the statement is about one network {name}",
                bound.file
            )),
        })
    }

    /// Compares the families of a claim for all k with the files, as formulas: for every k of every section.
    pub(super) fn check_families(&self, claim: &ForAllK, limits: &Budget) -> Result<(), Stop> {
        let ranges: Vec<_> = claim.sections.iter().map(|section| section.range).collect();
        self.each(
            &claim.gamma,
            claim.theta.as_ref(),
            |bound, name, stated| match &bound.holds {
                Contents::Family(family) | Contents::Network(_, Some(family)) => {
                    family.check(name, &bound.file, stated, &ranges, limits)
                }
                Contents::Network(_, None) | Contents::Layers(_) => reject(format!(
                    "{} is not a family, as {name} of the claim is",
                    bound.file
                )),
            },
        )
    }

    fn each<T>(
        &self,
        gamma: &T,
        theta: Option<&T>,
        check: impl Fn(&Bound, &str, &T) -> Result<(), Stop>,
    ) -> Result<(), Stop> {
        if let Some(bound) = &self.gamma {
            check(bound, "Γ", gamma)?;
        }
        match (&self.theta, theta) {
            (Some(bound), Some(theta)) => check(bound, "Θ", theta),
            (Some(_), None) => reject("the statement has no Θ to compare"),
            (None, _) => Ok(()),
        }
    }
}

/// Reads a file as its extension says.
fn holds(path: &Path, limits: &Budget) -> Result<Contents, Fault> {
    let bytes = match File::open(path).and_then(|file| read_bounded(file, limits.limits())) {
        Ok(bytes) => bytes,
        Err(error) => return wrong(error.to_string()),
    };
    limits.read(bytes.len() as u64)?;
    let _held = limits.hold(bytes.len() as u64)?;
    let bytes = bytes.as_slice();
    let extension = path.extension().unwrap_or_default().to_ascii_lowercase();
    match extension.to_str() {
        Some("json") => json::read(bytes, limits),
        Some("safetensors") => tensors::read(bytes, limits),
        Some("arr") => Ok(Contents::Network(normals::read(bytes, limits)?, None)),
        _ => wrong("only .json, .safetensors and .arr files are bound"),
    }
}

#[cfg(test)]
#[path = "../tests/bind.rs"]
mod tests;
