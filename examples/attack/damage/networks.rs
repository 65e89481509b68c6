//! Networks exchanged, reordered, rescaled, made wider or narrower.

use relucert::audit::Random;
use relucert::certificate::Surd as Number;
use relucert::exact::{Rational, Surd};
use serde_json::{Map, Value, json};

use super::{Donors, below};
use crate::draft::Draft;

type Done = Option<()>;

/// The networks by name.
fn all(draft: &mut Draft) -> Option<&mut Map<String, Value>> {
    draft.networks()?.as_object_mut()
}

fn names(networks: &Map<String, Value>, random: &mut Random) -> Option<[String; 2]> {
    let names: Vec<String> = networks.keys().cloned().collect();
    (!names.is_empty()).then(|| [0, 1].map(|_| random.pick(&names).clone()))
}

pub fn swapped(draft: &mut Draft, _: &Donors, random: &mut Random) -> Done {
    let networks = all(draft)?;
    let [one, other] = names(networks, random)?;
    let first = networks.get(&one)?.clone();
    let second = networks.insert(other, first)?;
    networks.insert(one, second);
    Some(())
}

pub fn copied(draft: &mut Draft, _: &Donors, random: &mut Random) -> Done {
    let networks = all(draft)?;
    let [one, other] = names(networks, random)?;
    let network = networks.get(&one)?.clone();
    networks.insert(other, network);
    Some(())
}

pub fn exchanged(draft: &mut Draft, donors: &Donors, random: &mut Random) -> Done {
    let networks = all(draft)?;
    let [one, _] = names(networks, random)?;
    let from = donors
        .any(random)
        .statement
        .pointer("/statement/networks")?;
    networks.insert(one.clone(), from.get(&one)?.clone());
    Some(())
}

pub fn all_exchanged(draft: &mut Draft, donors: &Donors, random: &mut Random) -> Done {
    let from = donors
        .any(random)
        .statement
        .pointer("/statement/networks")?;
    *draft.networks()? = from.clone();
    Some(())
}

/// Some network, of the statement or, in claims for all k, a family of the claim.
fn some<'a>(draft: &'a mut Draft, random: &mut Random) -> Option<&'a mut Map<String, Value>> {
    let places = [
        "/statement/networks/gamma",
        "/statement/networks/theta",
        "/statement/networks/phi",
        "/statement/claim/for-all-k/gamma",
        "/statement/claim/for-all-k/theta",
    ];
    let mut places = places.to_vec();
    places.retain(|place| draft.statement.pointer(place).is_some());
    let at = below(random, places.len())?;
    let place = places[at];
    draft.statement.pointer_mut(place)?.as_object_mut()
}

/// The rows of all parts, together.
fn each_row(network: &mut Map<String, Value>, mut f: impl FnMut(&mut Vec<Value>)) {
    for name in ["a", "b", "c"] {
        if let Some(rows) = network.get_mut(name).and_then(Value::as_array_mut) {
            f(rows);
        }
    }
}

fn count(network: &Map<String, Value>) -> usize {
    network
        .get("a")
        .and_then(Value::as_array)
        .map_or(0, Vec::len)
}

pub fn neuron(draft: &mut Draft, _: &Donors, random: &mut Random) -> Done {
    let network = some(draft, random)?;
    let at = below(random, count(network))?;
    let dropped = random.chance(1, 2);
    each_row(network, |rows| match rows.get(at).cloned() {
        Some(_) if dropped => {
            rows.remove(at);
        }
        row => rows.extend(row),
    });
    let count = count(network);
    network.insert("m".to_owned(), json!(count));
    Some(())
}

pub fn reordered(draft: &mut Draft, _: &Donors, random: &mut Random) -> Done {
    let network = some(draft, random)?;
    let order = random.order(count(network));
    each_row(network, |rows| {
        *rows = order.iter().filter_map(|&i| rows.get(i).cloned()).collect();
    });
    Some(())
}

/// The numbers of a value times the factor, of a row or a single one.
fn scale(value: &mut Value, factor: &Rational) -> Done {
    match value {
        Value::Array(row) => row.iter_mut().try_for_each(|entry| scale(entry, factor)),
        Value::String(text) => {
            let number = Surd::from(&text.parse::<Number>().ok()?).scale(factor);
            *text = Number::from(&number).to_string();
            Some(())
        }
        _ => None,
    }
}

/// Inner weights times λ, outer ones divided by it: the same function if λ > 0.
fn times(draft: &mut Draft, random: &mut Random, factor: &Rational, outer: &Rational) -> Done {
    let network = some(draft, random)?;
    let at = below(random, count(network))?;
    for (name, factor) in [("a", factor), ("b", factor), ("c", outer)] {
        if let Some(rows) = network.get_mut(name) {
            scale(rows.get_mut(at)?, factor)?;
        }
    }
    Some(())
}

pub fn rescaled(draft: &mut Draft, _: &Donors, random: &mut Random) -> Done {
    let factor = random.positive();
    times(draft, random, &factor, &factor.recip())
}

pub fn turned(draft: &mut Draft, _: &Donors, random: &mut Random) -> Done {
    let (one, other) = (
        Rational::from_integer(1.into()),
        Rational::from_integer((-1).into()),
    );
    match random.chance(1, 2) {
        true => times(draft, random, &other, &one),
        false => times(draft, random, &one, &other),
    }
}

pub fn biases(draft: &mut Draft, _: &Donors, random: &mut Random) -> Done {
    let network = some(draft, random)?;
    if network.remove("b").is_some() {
        network.remove("e");
        return Some(());
    }
    let outputs = network.get("D")?.as_u64()?;
    let zeros = |count: usize| -> Value { (0..count).map(|_| json!("0")).collect() };
    network.insert("b".to_owned(), zeros(count(network)));
    network.insert("e".to_owned(), zeros(usize::try_from(outputs).ok()?));
    Some(())
}

pub fn activation(draft: &mut Draft, _: &Donors, random: &mut Random) -> Done {
    let statement = draft.statement.get_mut("statement")?.as_object_mut()?;
    let value = *random.pick(&["0", "1", "1/4", "2", "-1"]);
    match random.chance(1, 4) {
        true => statement.remove("activation").map(|_| ()),
        false => {
            statement.insert("activation".to_owned(), json!(value));
            Some(())
        }
    }
}
