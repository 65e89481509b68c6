//! The order of a file's layers, by their names: the rule of `docs/reading.md`.

use std::collections::BTreeMap;

use super::fault::{Fault, limit, wrong};
use crate::kernel::budget::Budget;

/// Most layers whose names differ in words.
const MOST_WORDED: usize = 16;

/// A layer's name, and its numbers of outputs and inputs if it has a matrix.
pub(super) type Named<'a> = (&'a str, Option<(usize, usize)>);

/// The numbers of a name, by length and digits, without leading zeros.
type Numbers = Vec<(usize, String)>;

/// How many layers of each group were taken, and which one was the last.
type Place = (Vec<usize>, Option<usize>);

/// Indices first to last: those of the same words by their numbers; if words differ, the only order that keeps these and in which every layer takes
/// what the one
/// before gives.
pub(super) fn in_order(layers: &[Named], limits: &Budget) -> Result<Vec<usize>, Fault> {
    let mut groups: BTreeMap<Vec<String>, Vec<(Numbers, usize)>> = BTreeMap::new();
    for (index, (name, _)) in layers.iter().enumerate() {
        let (words, numbers) = split(name);
        groups.entry(words).or_default().push((numbers, index));
    }
    let name = |index: usize| layers.get(index).map_or("", |(name, _)| *name);
    for group in groups.values_mut() {
        group.sort();
        for pair in group.windows(2) {
            if let [(x, first), (y, second)] = pair
                && x == y
            {
                let (first, second) = (name(*first), name(*second));
                return wrong(format!(
                    "layers named {first:?} and {second:?}: the same numbers"
                ));
            }
        }
    }
    let indices = |group: Vec<(Numbers, usize)>| group.into_iter().map(|(_, index)| index);
    let groups: Vec<Vec<usize>> = groups
        .into_values()
        .map(|group| indices(group).collect())
        .collect();
    if let [only] = groups.as_slice() {
        return Ok(only.clone());
    }
    let names: Vec<String> = layers.iter().map(|(name, _)| format!("{name:?}")).collect();
    let named = format!("layers named {}", names.join(" and "));
    if layers.len() > MOST_WORDED {
        return limit(format!(
            "{named}: more than {MOST_WORDED} that differ in words"
        ));
    }
    let shapes: Option<Vec<(usize, usize)>> = layers.iter().map(|(_, shape)| *shape).collect();
    let Some(shapes) = shapes else {
        return wrong(format!("{named}, not all of them with a matrix"));
    };
    by_shape(&groups, &shapes, &named, limits)
}

/// How often an order can begin with a place, up to twice, for every place that is reached: from the beginning, one layer more at a time. Then,
/// where there is
/// one order only, the way back from its end.
fn by_shape(
    groups: &[Vec<usize>],
    shapes: &[(usize, usize)],
    named: &str,
    limits: &Budget,
) -> Result<Vec<usize>, Fault> {
    let fits = |last: Option<usize>, next: usize| {
        let gives = last
            .and_then(|last| shapes.get(last))
            .map(|(outputs, _)| outputs);
        gives.is_none_or(|gives| shapes.get(next).is_some_and(|(_, inputs)| inputs == gives))
    };
    // For every place of so many layers: how many ways lead there, and one that does.
    let mut ways: BTreeMap<Place, (u8, Vec<usize>)> = BTreeMap::new();
    ways.insert((vec![0; groups.len()], None), (1, Vec::new()));
    for _ in shapes {
        let mut further: BTreeMap<Place, (u8, Vec<usize>)> = BTreeMap::new();
        for ((taken, last), (count, way)) in &ways {
            for (g, group) in groups.iter().enumerate() {
                limits.tick()?;
                let done = taken.get(g).copied().unwrap_or(0);
                let Some(next) = group.get(done).copied().filter(|next| fits(*last, *next)) else {
                    continue;
                };
                let mut taken = taken.clone();
                if let Some(done) = taken.get_mut(g) {
                    *done += 1;
                }
                let mut way = way.clone();
                way.push(next);
                let place = further.entry((taken, Some(next))).or_insert((0, way));
                place.0 = place.0.saturating_add(*count).min(2);
            }
        }
        ways = further;
    }
    let mut ends = ways.into_values();
    match (ends.next(), ends.next()) {
        (None, _) => wrong(format!("{named}, whose shapes fit in no order")),
        (Some((1, way)), None) => Ok(way),
        _ => wrong(format!("{named}, whose shapes fit in more than one order")),
    }
}

/// The words of a name, and the numbers between them by length and digits, without leading zeros.
fn split(name: &str) -> (Vec<String>, Vec<(usize, String)>) {
    let (mut words, mut numbers) = (vec![String::new()], Vec::<(usize, String)>::new());
    let mut in_number = false;
    for c in name.chars() {
        if !c.is_ascii_digit() {
            in_number = false;
            if let Some(word) = words.last_mut() {
                word.push(c);
            }
            continue;
        }
        if !in_number {
            words.push(String::new());
            numbers.push((0, String::new()));
        }
        in_number = true;
        if let Some((length, digits)) = numbers.last_mut()
            && !(c == '0' && *length == 0)
        {
            digits.push(c);
            *length += 1;
        }
    }
    (words, numbers)
}
