//! What every answer about families says: its values, and for which k.

use std::fmt::{Display, Write as _};
use std::path::Path;

use serde::Serialize;

use super::written::Written;
use crate::certificate::{FamilyNetwork, Range};
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::family::{Proved, Sections, Unproved, real_from};

/// Nothing that could be proved is a limit of this program, not an answer.
pub(super) fn declined(reason: impl Display) -> Failure {
    Failure::Limit(format!("not proved for all k: {reason}"))
}

/// What every answer about families says of its range.
#[derive(Serialize)]
pub(super) struct Scope {
    /// Every integer k from here on.
    for_all_k_from: u64,
    /// From here on one section proves everything.
    threshold: u64,
    /// The k that were checked one by one.
    singly: Vec<u64>,
    /// It holds for all real k from here on too.
    real_from: Option<u64>,
    /// All k below were looked at as numbers, one by one, besides what is proved for ranges.
    #[serde(skip_serializing_if = "Option::is_none")]
    instances_below: Option<u64>,
}

impl Scope {
    pub(super) fn of(ranges: &[Range]) -> Self {
        let singly = ranges.iter().filter_map(|range| match range {
            Range::At(k) => Some(*k),
            _ => None,
        });
        Scope {
            for_all_k_from: 1,
            threshold: ranges.last().map_or(1, |range| range.first()),
            singly: singly.collect(),
            real_from: real_from(ranges),
            instances_below: None,
        }
    }

    /// Of answers that are proved for all k of ranges but finitely many, which were looked at.
    pub(super) fn of_sections<T>(sections: &Sections<T>) -> Self {
        let ranges: Vec<Range> = sections.parts.iter().map(|(range, _)| *range).collect();
        Scope {
            real_from: sections.real_from,
            instances_below: Some(sections.looked_below).filter(|k| *k > 1),
            ..Scope::of(&ranges)
        }
    }

    pub(super) fn words(&self) -> String {
        let mut text = "for all        integers k >= 1".to_owned();
        if self.threshold > 1 {
            let _ = write!(text, "; threshold k = {}", self.threshold);
        }
        if !self.singly.is_empty() {
            let list: Vec<String> = self.singly.iter().map(u64::to_string).collect();
            let _ = write!(text, "; checked one by one: k = {}", list.join(", "));
        }
        if let Some(k) = self.instances_below {
            let _ = write!(text, "; sums of contributions looked at for each k < {k}");
        }
        match self.real_from {
            Some(k) => text + &format!("; holds for all real k >= {k} too\n"),
            None => text + "\n",
        }
    }
}

pub(super) fn ranges(proved: &Proved) -> Vec<Range> {
    proved.parts.iter().map(|part| part.range).collect()
}

pub(super) fn write(path: Option<&Path>, proved: &Proved, output: &Output) -> Result<(), Failure> {
    if let Some(path) = path {
        output.save_certificate(path, &proved.certificate)?;
    }
    Ok(())
}

/// Writes the certificate, or says why there is none.
pub(super) fn certify(
    path: &Path,
    proved: Result<Proved, Unproved>,
    output: &Output,
) -> Result<(), Failure> {
    match proved {
        Ok(proved) => write(Some(path), &proved, output),
        Err(reason) => {
            output.no_certificate(path, &reason.to_string());
            Ok(())
        }
    }
}

#[derive(Serialize)]
pub(super) struct Value {
    pub(super) range: String,
    pub(super) value: String,
}

pub(super) fn values(proved: &Proved) -> Vec<Value> {
    let pairs = proved.values().into_iter();
    pairs
        .map(|(range, value)| Value {
            range: range.to_string(),
            value,
        })
        .collect()
}

/// The value, if it is one formula for all k.
pub(super) fn only(values: &[Value]) -> Option<String> {
    let (first, rest) = values.split_first()?;
    let alike = rest.iter().all(|other| other.value == first.value);
    alike.then(|| first.value.clone())
}

pub(super) fn lines(name: &str, values: &[Value]) -> String {
    if let Some(value) = only(values) {
        return format!("{name:<14} {value}\n");
    }
    let line = |Value { range, value }: &Value| format!("{name:<14} {value}   for {range}\n");
    values.iter().map(line).collect()
}

/// A name and what it is.
pub(super) fn row(name: &str, value: &str) -> String {
    format!("{name:<14} {value}\n")
}

/// The neurons of a network of a certificate.
pub(super) fn phi_lines(name: &str, phi: &FamilyNetwork) -> String {
    format!("{name}\n{}", Written::stated(phi).lines())
}
