//! Binding a statement to files: every number of a file is read here once more, independently of the engine but by the same rule, which is
//! `docs/reading.md`, and compared as a value with the statement.

mod expression;
mod json;
mod normals;
mod number;
mod tensors;

use std::path::Path;

use expression::LONGEST;
pub(super) use expression::{Arithmetic, evaluate};

use super::budget::{Budget, Limits};
use super::cost;
use super::expect::{self, Expectation};
use super::family::FamilyFile;
use super::read_bounded;
use super::surd::Sum;
use super::verdict::{Locate as _, Stop, differ, equal, reject};
use number::Number;
use relucert_format::{ForAllK, Networks, Shallow, Statement, Surd};

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

/// What is wrong with a part of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// It is malformed.
    Wrong(String),
    /// It is beyond a limit.
    Limit(String),
}

impl Fault {
    /// Says where.
    fn within(self, place: impl FnOnce() -> String) -> Fault {
        match self {
            Fault::Wrong(reason) => Fault::Wrong(format!("{}: {reason}", place())),
            Fault::Limit(reason) => Fault::Limit(format!("{}: {reason}", place())),
        }
    }
}

impl From<Stop> for Fault {
    fn from(stop: Stop) -> Fault {
        match stop {
            Stop::Reject(rejection) => Fault::Wrong(rejection.to_string()),
            Stop::Decline(declined) => Fault::Limit(declined.to_string()),
        }
    }
}

pub(super) fn wrong<T>(reason: impl Into<String>) -> Result<T, Fault> {
    Err(Fault::Wrong(reason.into()))
}

fn limit<T>(reason: impl Into<String>) -> Result<T, Fault> {
    Err(Fault::Limit(reason.into()))
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
    holds: Holds,
}

/// What a file holds.
#[derive(Clone, Debug)]
enum Holds {
    /// A network, and if it has neither biases nor layers, the same as a family that does not depend on k.
    Network(Weights, Option<FamilyFile>),
    /// A family.
    Family(FamilyFile),
}

/// A network as a file has it, with rows of equal length.
#[derive(Clone, Debug)]
struct Weights {
    inputs: usize,
    outputs: usize,
    a: Vec<Vec<Number>>,
    b: Option<Vec<Number>>,
    c: Vec<Vec<Number>>,
    e: Option<Vec<Number>>,
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

    /// Compares the statement with what is expected of it.
    pub(super) fn check_claim(&self, statement: &Statement) -> Result<(), Stop> {
        expect::check(&self.expected, statement)
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
                Holds::Network(weights, _) => weights.check(name, &bound.file, stated, limits),
                Holds::Family(_) => reject(format!(
                    "{} is a family, and the statement is about one network {name}",
                    bound.file
                )),
            },
        )
    }

    /// Compares the families of a claim for all k with the files, as formulas: for every k of every section.
    pub(super) fn check_families(&self, claim: &ForAllK, limits: &Budget) -> Result<(), Stop> {
        let ranges: Vec<_> = claim.sections.iter().map(|section| section.range).collect();
        self.each(
            &claim.gamma,
            claim.theta.as_ref(),
            |bound, name, stated| match &bound.holds {
                Holds::Family(family) | Holds::Network(_, Some(family)) => {
                    family.check(name, &bound.file, stated, &ranges, limits)
                }
                Holds::Network(_, None) => reject(format!(
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
fn holds(path: &Path, limits: &Budget) -> Result<Holds, Fault> {
    let bytes = match read_bounded(path, limits.limits()) {
        Ok(bytes) => bytes,
        Err(error) => return wrong(error.to_string()),
    };
    let _held = limits.read(bytes.len())?;
    let bytes = bytes.as_slice();
    let extension = path.extension().unwrap_or_default().to_ascii_lowercase();
    match extension.to_str() {
        Some("json") => json::read(bytes, limits),
        Some("safetensors") => Ok(Holds::Network(tensors::read(bytes, limits)?, None)),
        Some("arr") => Ok(Holds::Network(normals::read(bytes, limits)?, None)),
        _ => wrong("only .json, .safetensors and .arr files are bound"),
    }
}

/// The text of a file, without a byte order mark.
fn text(bytes: &[u8]) -> Result<&str, Fault> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    std::str::from_utf8(bytes)
        .or_else(|error| wrong(format!("not UTF-8 text from byte {}", error.valid_up_to())))
}

impl Weights {
    /// Refuses neurons whose contribution or hyperplane is not rational: the weights on either side must be rational multiples of each
    /// other, and the product of two of both sides rational.
    fn contributions_are_rational(&self, limits: &Budget) -> Result<(), Fault> {
        for (i, (a, c)) in self.a.iter().zip(&self.c).enumerate() {
            limits.charge(cost::times(a.len() + c.len(), cost::ANY))?;
            let b = self.b.as_ref().and_then(|b| b.get(i));
            let inner: Vec<&Sum> = a.iter().chain(b).map(Number::value).collect();
            let outer: Vec<&Sum> = c.iter().map(Number::value).collect();
            let rational = |row: &[&Sum]| row.iter().all(|value| value.root_count() == 0);
            if rational(&inner) && rational(&outer) {
                continue;
            }
            let first_inner = number::first_of_multiples(&inner, limits);
            let first_outer = number::first_of_multiples(&outer, limits);
            let place = || format!("neuron {i}");
            let first_inner = first_inner.map_err(|fault| fault.within(place))?;
            let first_outer = first_outer.map_err(|fault| fault.within(place))?;
            if let (Some(x), Some(y)) = (first_inner, first_outer)
                && x.times(y).merged(limits)?.root_count() > 0
            {
                return wrong(format!("neuron {i}: its contribution is not rational"));
            }
        }
        Ok(())
    }

    fn check(&self, name: &str, file: &str, stated: &Shallow, limits: &Budget) -> Result<(), Stop> {
        for (part, found, rows) in [("a", &stated.a, &self.a), ("c", &stated.c, &self.c)] {
            let what = format!("{part} of {name} against {file}");
            equal(format!("rows of {what}"), found.len(), rows.len())?;
            for (i, (found, row)) in found.iter().zip(rows).enumerate() {
                check_row(&format!("row {i} of {what}"), found, row, limits)?;
            }
        }
        // An absent bias is 0.
        let zero = Surd::from(num_rational::BigRational::from_integer(0.into()));
        let stated_e = stated
            .e
            .as_ref()
            .map(|e| e.iter().map(|e| Surd::from(e.0.clone())).collect());
        for (part, found, row, count) in [
            ("b", stated.b.clone(), &self.b, stated.m),
            ("e", stated_e, &self.e, stated.outputs),
        ] {
            let what = format!("{part} of {name} against {file}");
            let found: Vec<Surd> = found.unwrap_or_else(|| vec![zero.clone(); count]);
            let row = row.clone().unwrap_or_else(|| vec![Number::zero(); count]);
            check_row(&what, &found, &row, limits)?;
        }
        let what = format!("inputs, outputs of {name} against {file}");
        let shape = |d: usize, outputs: usize| format!("{d}, {outputs}");
        equal(
            what,
            shape(stated.d, stated.outputs),
            shape(self.inputs, self.outputs),
        )
    }
}

fn check_row(what: &str, found: &[Surd], file: &[Number], limits: &Budget) -> Result<(), Stop> {
    equal(format!("length of {what}"), found.len(), file.len())?;
    for (k, (found, number)) in found.iter().zip(file).enumerate() {
        let same = Sum::stated(found)?.compare(number.value(), limits);
        if same.in_part(|| what.to_owned())?.is_ne() {
            return differ(format!("entry {k} of {what}"), found, number);
        }
    }
    Ok(())
}

#[cfg(test)]
#[path = "../tests/bind.rs"]
mod tests;
