//! Arrangements by their normals, as a statement has them: with outer weights 0.

use super::fault::{Fault, limit, text, wrong};
use super::number::Number;
use super::weights::Weights;
use crate::kernel::budget::Budget;

/// Most normals of dimension 0, which take no room in a file.
const MOST_EMPTY: usize = 1_000_000;

/// A line with m and d, then one normal a line; what follows a `#` is a comment.
pub(super) fn read(bytes: &[u8], limits: &Budget) -> Result<Weights, Fault> {
    let lines = text(bytes)?
        .lines()
        .map(|line| line.split('#').next().unwrap_or_default());
    let lines = lines.map(|line| line.split_whitespace().collect::<Vec<_>>());
    let mut lines = lines.filter(|fields| !fields.is_empty());
    let head = lines.next().unwrap_or_default();
    let head: Option<Vec<usize>> = head.iter().map(|n| n.parse().ok()).collect();
    let row = |fields: Vec<&str>| -> Result<Vec<Number>, Fault> {
        fields
            .into_iter()
            .map(|field| {
                limits.charge(2 * field.len() as u64)?;
                let number = Number::rational(field, limits)?;
                limits.keep(64 + number.memory())?;
                Ok(number)
            })
            .collect()
    };
    let mut a = lines.map(row).collect::<Result<Vec<Vec<_>>, _>>()?;
    let (m, d) = match head.as_deref() {
        Some(&[m, 0]) if a.is_empty() && m > MOST_EMPTY => {
            return limit(format!("{m} normals, more than {MOST_EMPTY}"));
        }
        Some(&[m, 0]) if a.is_empty() => {
            limits.keep(300 * m as u64)?;
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
