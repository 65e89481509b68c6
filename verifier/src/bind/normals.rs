//! Arrangements by their normals, as a statement has them: with outer weights 0.

use super::number::Number;
use super::{Fault, Weights, limit, text, wrong};
use crate::limits::Limits;

/// Most normals of dimension 0, which take no room in a file.
const MOST_EMPTY: usize = 1_000_000;

/// A line with m and d, then one normal a line; what follows a `#` is a comment.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Weights, Fault> {
    let lines = text(bytes)?
        .lines()
        .map(|line| line.split('#').next().unwrap_or_default());
    let lines = lines.map(|line| line.split_whitespace().collect::<Vec<_>>());
    let mut lines = lines.filter(|fields| !fields.is_empty());
    let head = lines.next().unwrap_or_default();
    let head: Option<Vec<usize>> = head.iter().map(|n| n.parse().ok()).collect();
    let row = |fields: Vec<&str>| {
        fields
            .into_iter()
            .map(|field| Number::rational(field, limits))
            .collect()
    };
    let mut a = lines.map(row).collect::<Result<Vec<Vec<_>>, _>>()?;
    let (m, d) = match head.as_deref() {
        Some(&[m, 0]) if a.is_empty() && m > MOST_EMPTY => {
            return limit(format!("{m} normals, more than {MOST_EMPTY}"));
        }
        Some(&[m, 0]) if a.is_empty() => {
            a.resize(m, Vec::new());
            (m, 0)
        }
        Some(&[m, d]) => (m, d),
        _ => return wrong("expected a line with m and d, then m lines with d numbers"),
    };
    if m != a.len() || a.iter().any(|row| row.len() != d) {
        return wrong("expected a line with m and d, then m lines with d numbers");
    }
    let c = vec![vec![Number::zero()]; a.len()];
    Ok(Weights {
        inputs: d,
        outputs: 1,
        a,
        b: None,
        c,
        e: None,
    })
}
