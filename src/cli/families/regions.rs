//! `regions` of a family.

use std::fmt::Write as _;
use std::path::Path;

use serde::Serialize;

use super::scope::{Scope, Value, certify, declined, lines, only};
use crate::certificate::Range;
use crate::cli::answer::Answer;
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::family::{self, Expression, Family, FamilyRegions};
use crate::realization::Domain;
use crate::watch::Watch;

/// What is asked of `regions FAM`.
pub(in crate::cli) struct RegionsQuestion<'a> {
    /// Their number, without a list.
    pub(in crate::cli) count: bool,
    /// Their number, from a list.
    pub(in crate::cli) list_only: bool,
    /// Points inside, in text.
    pub(in crate::cli) witness: bool,
    /// Which are adjacent, in text.
    pub(in crate::cli) adjacency: bool,
    /// The first ones alone.
    pub(in crate::cli) limit: Option<u64>,
    /// Only those that meet the inside of the box.
    pub(in crate::cli) domain: Option<Domain>,
    /// `-o`.
    pub(in crate::cli) certificate: Option<&'a Path>,
}

#[derive(Serialize)]
struct CountObject {
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<serde_json::Number>,
    sections: Vec<Value>,
    #[serde(flatten)]
    scope: Scope,
}

#[derive(Serialize)]
struct ListObject {
    /// These fields alone, where one section serves all k.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    all: Option<SectionObject>,
    sections: Vec<RangeObject>,
    #[serde(flatten)]
    scope: Scope,
}

#[derive(Serialize)]
struct RangeObject {
    range: String,
    #[serde(flatten)]
    found: SectionObject,
}

#[derive(Clone, Serialize)]
struct SectionObject {
    count: usize,
    complete: bool,
    regions: Vec<RegionObject>,
    adjacency: Vec<(usize, usize, usize)>,
}

#[derive(Clone, Serialize)]
struct RegionObject {
    signs: String,
    witness: Vec<String>,
}

impl From<&FamilyRegions> for SectionObject {
    fn from(found: &FamilyRegions) -> Self {
        let regions = found.regions.iter().map(|region| RegionObject {
            signs: region.signs.clone(),
            witness: region.witness.iter().map(Expression::to_string).collect(),
        });
        SectionObject {
            count: found.regions.len(),
            complete: found.is_complete,
            regions: regions.collect(),
            adjacency: found.adjacency.clone(),
        }
    }
}

impl SectionObject {
    fn words(&self, question: &RegionsQuestion<'_>) -> String {
        let mut text = String::new();
        // Writing to a String cannot fail.
        let _ = match self.complete {
            true => writeln!(text, "regions  {}", self.count),
            false => writeln!(text, "regions  at least {} (incomplete)", self.count),
        };
        for region in &self.regions {
            text.push_str(&region.signs);
            if question.witness {
                let _ = write!(text, "  ({})", region.witness.join(", "));
            }
            text.push('\n');
        }
        if question.adjacency {
            text.push_str("adjacent regions (numbered from 0) and the row between\n");
            for (i, j, row) in &self.adjacency {
                let _ = writeln!(text, "{i} {j} {row}");
            }
        }
        text
    }
}

/// `regions FAM`: how many there are, or a list of them with points inside and adjacency, on each range of k.
pub(in crate::cli) fn regions(
    family: &Family,
    question: &RegionsQuestion<'_>,
    watch: &Watch,
    output: &Output,
) -> Result<Answer, Failure> {
    let domain = question.domain.as_ref();
    if let Some(path) = question.certificate {
        certify(path, family::prove_regions(family, domain, watch), output)?;
    }
    if question.count {
        let found = family::count_regions(family, domain, watch).map_err(declined)?;
        return counted(found, question.limit, output);
    }
    let found = family::list_regions(family, domain, question.limit, watch).map_err(declined)?;
    if question.list_only {
        let limited = found.iter().any(|(_, regions)| !regions.is_complete);
        let sizes = found.iter().map(|(range, regions)| {
            let more = u64::from(!regions.is_complete);
            (*range, (regions.regions.len() as u64 + more).to_string())
        });
        // One more than the limit stands for more than it.
        return counted(sizes.collect(), question.limit.filter(|_| limited), output);
    }
    let complete = found.iter().all(|(_, regions)| regions.is_complete);
    let sections: Vec<RangeObject> = found
        .iter()
        .map(|(range, regions)| RangeObject {
            range: range.to_string(),
            found: regions.into(),
        })
        .collect();
    let ranges: Vec<Range> = found.iter().map(|(range, _)| *range).collect();
    let object = ListObject {
        all: match sections.as_slice() {
            [only] => Some(only.found.clone()),
            _ => None,
        },
        sections,
        scope: Scope::of(&ranges),
    };
    output.answer("regions", &object, || {
        let mut text = String::new();
        for section in &object.sections {
            if object.sections.len() > 1 {
                let _ = writeln!(text, "for {}", section.range);
            }
            text.push_str(&section.found.words(question));
        }
        text + &object.scope.words()
    })?;
    match (complete, question.limit) {
        (false, Some(limit)) => Err(limited(&limit.to_string())),
        _ => Ok(Answer::Yes),
    }
}

fn limited(most: &str) -> Failure {
    Failure::Limit(format!(
        "the limit of {most} regions was reached; not all regions are known"
    ))
}

fn counted(
    found: Vec<(Range, String)>,
    limit: Option<u64>,
    output: &Output,
) -> Result<Answer, Failure> {
    let ranges: Vec<Range> = found.iter().map(|(range, _)| *range).collect();
    let most = limit.map(|limit| limit.to_string());
    // Counts are decimal numbers: the longer one is larger.
    let above = |value: &str| {
        most.as_ref()
            .is_some_and(|most| (value.len(), value) > (most.len(), most.as_str()))
    };
    let is_limited = found.iter().any(|(_, value)| above(value));
    let sections: Vec<Value> = found
        .into_iter()
        .map(|(range, value)| Value {
            range: range.to_string(),
            value: match &most {
                Some(most) if above(&value) => format!("at least {most}"),
                _ => value,
            },
        })
        .collect();
    let count = only(&sections).and_then(|count| count.parse().ok());
    let object = CountObject {
        count,
        sections,
        scope: Scope::of(&ranges),
    };
    output.answer("regions", &object, || {
        lines("regions", &object.sections) + &object.scope.words()
    })?;
    match (is_limited, most) {
        (true, Some(most)) => Err(limited(&most)),
        _ => Ok(Answer::Yes),
    }
}
