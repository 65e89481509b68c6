//! Families as they are written: JSON that is read again, and lines for people.

use std::fmt::Write as _;
use std::path::Path;

use serde::Serialize;

use crate::certificate::{FamilyNetwork, Formula, Range};
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::family::{Expression, Family};

/// A family in the form of a family's file.
#[derive(Serialize)]
pub(super) struct Written {
    parameter: &'static str,
    a: Vec<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    b: Option<Vec<String>>,
    c: Vec<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    e: Option<Vec<String>>,
}

impl Written {
    pub(super) fn of(family: &Family) -> Self {
        let neurons = || family.neurons().iter();
        let split = || neurons().map(|n| n.inner().split_at(family.inputs()));
        let biases = || split().flat_map(|(_, b)| shown(b)).collect();
        Written {
            parameter: "k",
            a: split().map(|(a, _)| shown(a)).collect(),
            b: family.offset().map(|_| biases()),
            c: neurons().map(|n| shown(n.outer())).collect(),
            e: family.offset().map(shown),
        }
    }

    /// Of a network of a certificate.
    pub(super) fn stated(family: &FamilyNetwork) -> Self {
        let row = |row: &Vec<Formula>| row.iter().map(Formula::to_string).collect::<Vec<_>>();
        Written {
            parameter: "k",
            a: family.a.iter().map(row).collect(),
            b: family.b.as_ref().map(row),
            c: family.c.iter().map(row).collect(),
            e: family.e.as_ref().map(row),
        }
    }

    /// One neuron a line.
    pub(super) fn lines(&self) -> String {
        let mut text = String::new();
        for (i, (a, c)) in self.a.iter().zip(&self.c).enumerate() {
            let bias = self.b.as_ref().map(|b| format!("  b = {}", b[i]));
            let (a, c) = (a.join(", "), c.join(", "));
            // Writing to a String cannot fail.
            let _ = writeln!(
                text,
                "  neuron {i:<3}  a = ({a}){}  c = ({c})",
                bias.unwrap_or_default()
            );
        }
        if let Some(e) = &self.e {
            let _ = writeln!(text, "  e = ({})", e.join(", "));
        }
        text
    }
}

pub(super) fn shown(row: &[Expression]) -> Vec<String> {
    row.iter().map(Expression::to_string).collect()
}

/// A family's file, every entry in its normal form.
pub(in crate::cli) fn text(family: &Family) -> Result<String, Failure> {
    json(&Written::of(family))
}

fn json(written: &Written) -> Result<String, Failure> {
    let text = serde_json::to_string_pretty(written);
    let text = text.map_err(|error| Failure::Internal(error.to_string()))?;
    Ok(text + "\n")
}

/// Writes the one network that serves all k where there is one; else the ranges with different ones are named.
pub(super) fn write_network(
    flag: &str,
    path: &Path,
    one: Option<Written>,
    ranges: &[Range],
    output: &Output,
) -> Result<(), Failure> {
    let Some(written) = one else {
        let ranges: Vec<String> = ranges.iter().map(Range::to_string).collect();
        return Err(Failure::Usage(format!(
            "{flag} {}: no one network serves all k; they differ for {}; --k takes the instance at one k",
            path.display(),
            ranges.join("; ")
        )));
    };
    let is_json = path.as_os_str() == "-" || path.extension().is_some_and(|end| end == "json");
    if !is_json {
        return Err(Failure::Usage(format!(
            "{flag} {}: families are written to .json files",
            path.display()
        )));
    }
    output.save(path, &json(&written)?)
}
