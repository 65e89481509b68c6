//! Rows of numbers that are one text, of networks of any depth and of factors.

use relucert::audit::Random;
use relucert::exact::Rational;
use serde_json::Value;

use super::Donors;
use crate::draft::Draft;
use crate::networks::{one_of, ratio};

/// The numbers of a text that is a row.
fn numbers(text: &str) -> Option<Vec<Rational>> {
    let numbers = text.split(' ').map(|number| number.parse().ok());
    numbers.collect()
}

/// Where rows stand.
fn rows(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(map) => map
            .iter()
            .for_each(|(name, inside)| rows(inside, &format!("{path}/{name}"), found)),
        Value::Array(list) => (0..)
            .zip(list)
            .for_each(|(at, inside): (usize, _)| rows(inside, &format!("{path}/{at}"), found)),
        Value::String(text) if numbers(text).is_some() => found.push(path.to_owned()),
        _ => {}
    }
}

fn changed(value: &mut Value, random: &mut Random) -> Option<()> {
    let mut all = Vec::new();
    rows(value, "", &mut all);
    if all.is_empty() {
        return None;
    }
    let row = value.pointer_mut(random.pick::<String>(&all))?;
    let mut numbers = numbers(row.as_str()?)?;
    let at = random.below(numbers.len());
    match random.below(6) {
        0 => numbers[at] = -numbers[at].clone(),
        1 => numbers[at] += ratio(one_of(random, &[1, -1, 2]), 1),
        2 => numbers[at] = random.fraction(),
        3 => numbers[at] *= ratio(2, 1),
        4 => {
            let other = random.below(numbers.len());
            numbers.swap(at, other);
        }
        _ => drop(numbers.remove(at)),
    }
    let texts: Vec<String> = numbers.iter().map(Rational::to_string).collect();
    *row = Value::String(texts.join(" "));
    Some(())
}

pub fn of_networks(draft: &mut Draft, _: &Donors, random: &mut Random) -> Option<()> {
    changed(draft.networks()?, random)
}

pub fn of_step(draft: &mut Draft, _: &Donors, random: &mut Random) -> Option<()> {
    let at = random.below(draft.steps.len());
    let fact = draft.steps.get_mut(at)?.pointer_mut("/fact/deep")?;
    changed(fact, random)
}
