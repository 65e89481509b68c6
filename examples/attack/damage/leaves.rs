//! The numbers, formulas, signs, indices and words of a JSON value, each with its place, and others in their stead.

use num_traits::One as _;
use relucert::audit::Random;
use relucert::certificate::{Cut, Formula, Members, Node, Range, Surd as Number};
use relucert::exact::{Rational, Surd};
use relucert::family::{Expression, parse};
use serde_json::Value;

use crate::networks::one_of;

/// What a text or number in a certificate is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A number with roots or without.
    Number,
    /// A number that depends on k.
    Formula,
    /// `+`, `-` and `0`.
    Signs,
    /// A JSON integer.
    Index,
    /// A node of a region tree.
    Node,
    /// Coordinates.
    Binding,
    /// The k of a section.
    Range,
    /// One of a few words.
    Word,
    /// True.
    Flag,
}

/// Texts of which one stands for another.
const WORDS: [&[&str]; 12] = [
    &["seminorm", "jump"],
    &["all", "n-star"],
    &["C.1", "C.2", "C.3a", "C.3b", "C.3"],
    &["gamma", "theta", "phi"],
    &["n-prime", "n-star"],
    &["1", "A", "B.1", "B.2", "B.3", "A.1", "A.2", "B"],
    &["inner", "outer"],
    &["both", "fixed", "lines"],
    &["lines", "as-they-are", "both"],
    &[
        "kill", "merge", "scale", "radical", "stretch", "flip", "split", "revive", "fold", "resize",
    ],
    &["k = 1", "k >= 1", "1 <= k < 2"],
    &["certificate/1", "certificate/2"],
];

/// Where something stands: a JSON pointer.
#[derive(Clone, Debug)]
pub struct Leaf {
    pub path: String,
    pub sort: Sort,
}

/// All leaves of a value, in its order.
pub fn leaves(value: &Value) -> Vec<Leaf> {
    let mut found = Vec::new();
    visit(value, &mut String::new(), "", &mut found);
    found
}

fn visit(value: &Value, path: &mut String, key: &str, found: &mut Vec<Leaf>) {
    let length = path.len();
    let sort = match value {
        Value::Object(map) => {
            for (name, inside) in map {
                path.push('/');
                path.push_str(name);
                visit(inside, path, name, found);
                path.truncate(length);
            }
            return;
        }
        Value::Array(list) => {
            for (index, inside) in list.iter().enumerate() {
                path.push_str(&format!("/{index}"));
                visit(inside, path, key, found);
                path.truncate(length);
            }
            return;
        }
        Value::String(text) => sort(text, key),
        Value::Number(_) => Sort::Index,
        Value::Bool(_) => Sort::Flag,
        Value::Null => return,
    };
    found.push(Leaf {
        path: path.clone(),
        sort,
    });
}

fn sort(text: &str, key: &str) -> Sort {
    let parsed = |sort| Some(sort);
    let by_key = match key {
        "signs" | "regions" => parsed(Sort::Signs),
        "nodes" => parsed(Sort::Node),
        "bindings" | "entry" => parsed(Sort::Binding),
        "range" => parsed(Sort::Range),
        "case" => parsed(Sort::Word),
        _ => None,
    };
    by_key.unwrap_or_else(|| {
        if text.parse::<Number>().is_ok() {
            Sort::Number
        } else if text.parse::<Formula>().is_ok() {
            Sort::Formula
        } else {
            Sort::Word
        }
    })
}

fn text(number: &Surd) -> String {
    Number::from(number).to_string()
}

fn ratio(p: i64, q: i64) -> Rational {
    Rational::new(p.into(), q.into())
}

/// Another number near this one, or of its size.
fn other_number(random: &mut Random, old: &str) -> Option<String> {
    let number = Surd::from(&old.parse::<Number>().ok()?);
    let step = |q| Surd::from(Rational::one() / ratio(q, 1));
    Some(text(&match random.below(12) {
        0 => number.add(&step(1)),
        1 => number.sub(&step(1)),
        2 | 3 => number.neg(),
        4 => number.scale(&ratio(101, 100)),
        5 => number.scale(&ratio(2, 1)),
        6 => number.scale(&ratio(1, 2)),
        7 => number.add(&step(1_000_000)),
        8 => number.sub(&step(1_000_000)),
        9 => Surd::zero(),
        10 => number.mul(&Surd::sqrt(&ratio(2, 1))?),
        _ => number.scale(&ratio(99, 100)),
    }))
}

fn other_formula(random: &mut Random, old: &str) -> Option<String> {
    let formula = parse(old).ok()?;
    let k = Expression::k();
    let one = Expression::one();
    let other = match random.below(8) {
        0 => formula.add(&one),
        1 => formula.sub(&one),
        2 => formula.neg(),
        3 => formula.mul(&k),
        4 => formula.div(&k)?,
        5 => formula.half(),
        6 => formula.add(&one.div(&k.mul(&k))?),
        _ => formula.sub(&one.div(&k.add(&one))?),
    };
    Some(other.to_certificate().to_string())
}

fn other_signs(random: &mut Random, old: &str) -> Option<String> {
    let mut signs: Vec<char> = old.chars().collect();
    let at = random.below(signs.len());
    let sign = signs.get_mut(at)?;
    *sign = match (*sign, random.below(6)) {
        (_, 0) => '0',
        ('+', _) => '-',
        _ => '+',
    };
    Some(signs.into_iter().collect())
}

fn other_index(random: &mut Random, old: &Value) -> Option<Value> {
    let index = old.as_u64()?;
    Some(Value::from(match random.below(4) {
        0 => index.checked_sub(1)?,
        1 => index + 1,
        2 => random.below(usize::try_from(index).ok()? + 3) as u64,
        _ => index + 7,
    }))
}

fn other_node(random: &mut Random, old: &str) -> String {
    if Cut::parse(old).is_some() && random.chance(2, 3) {
        return other_cut(random, old);
    }
    let index = random.below(6);
    let node = match random.below(7) {
        0 => Node::Bound,
        1 => Node::Farkas(index),
        2 => Node::Split(index),
        3 => Node::SplitMinus(index),
        4 | 5 => match Node::parse(old) {
            Some(Node::Circuits(circuits)) => other_circuits(random, circuits),
            _ => Node::Circuits(vec![vec![index, index + 1, index + 2]]),
        },
        _ => return format!("{}{index}", old.get(..1).unwrap_or("s")),
    };
    serde_json::to_value(node)
        .ok()
        .and_then(|v| v.as_str().map(str::to_owned))
        .unwrap_or_default()
}

/// A node of a tree whose splits are neurons: another one, or one of its numbers changed.
fn other_cut(random: &mut Random, old: &str) -> String {
    let index = random.below(6);
    match random.below(8) {
        0 => format!("s{index}"),
        1 => format!("x{}", index % 3),
        2 => "l".to_owned(),
        3 => format!("e{index} 1;{} 1", index + 1),
        _ => {
            let digits: Vec<usize> = (old.bytes().enumerate())
                .filter(|(_, byte)| byte.is_ascii_digit())
                .map(|(at, _)| at)
                .collect();
            let mut text = old.to_owned();
            if let Some(at) = digits.get(random.below(digits.len().max(1))) {
                text.replace_range(*at..=*at, &random.below(10).to_string());
            }
            text
        }
    }
}

/// Circuits of which one is changed, dropped, doubled or put first.
fn other_circuits(random: &mut Random, mut circuits: Members) -> Node {
    let at = random.below(circuits.len());
    let circuit = &mut circuits[at];
    let place = random.below(circuit.len());
    match random.below(7) {
        0 => circuit[place] += 1,
        1 => circuit[place] = circuit[place].saturating_sub(1),
        2 => circuit[place] = random.below(9),
        3 if circuit.len() > 1 => drop(circuit.remove(place)),
        4 if circuits.len() > 1 => drop(circuits.remove(at)),
        5 => circuits.push(circuits[at].clone()),
        _ => circuits.swap(0, at),
    }
    Node::Circuits(circuits)
}

fn other_binding(random: &mut Random, old: &str) -> String {
    let coordinate =
        |random: &mut Random| format!("{}{}", random.pick(&["a", "c"]), random.below(3));
    match (old.split_once('>'), random.below(3)) {
        (Some((lower, upper)), 0) => format!("{upper}>{lower}"),
        (Some((lower, _)), 1) => format!("{lower}>{}", coordinate(random)),
        (None, 0) => format!("{old}>{}", coordinate(random)),
        (_, 2) => format!("{}>{}", coordinate(random), coordinate(random)),
        _ => coordinate(random),
    }
}

fn other_range(random: &mut Random, old: &str) -> Option<String> {
    let range: Range = old.parse().ok()?;
    let (a, end) = (range.first(), range.end());
    Some(
        match random.below(5) {
            0 => Range::From(a),
            1 => Range::At(a),
            2 => Range::Between(a, end.unwrap_or(a + 2) + 1),
            3 => Range::From(a + 1),
            _ => Range::From(a.saturating_sub(1).max(1)),
        }
        .to_string(),
    )
}

fn other_word(random: &mut Random, old: &str) -> Option<String> {
    let mut lists = WORDS.to_vec();
    lists.retain(|words| words.contains(&old));
    if lists.is_empty() {
        return None;
    }
    let words = one_of(random, &lists);
    Some(one_of(random, words).to_owned())
}

/// What may stand there instead; `None` if nothing is known, or the draw is the same.
pub fn other(random: &mut Random, old: &Value, sort: Sort) -> Option<Value> {
    let old_text = || old.as_str();
    let new = match sort {
        Sort::Index => return other_index(random, old).filter(|new| new != old),
        Sort::Flag => return Some(Value::Bool(!old.as_bool()?)),
        Sort::Number => other_number(random, old_text()?)?,
        Sort::Formula => other_formula(random, old_text()?)?,
        Sort::Signs => other_signs(random, old_text()?)?,
        Sort::Node => other_node(random, old_text()?),
        Sort::Binding => other_binding(random, old_text()?),
        Sort::Range => other_range(random, old_text()?)?,
        Sort::Word => other_word(random, old_text()?)?,
    };
    Some(Value::String(new)).filter(|new| new != old)
}

/// One of the leaves that `wanted` allows, changed; answers the old and the new value.
pub fn change(
    random: &mut Random,
    value: &mut Value,
    wanted: impl Fn(&Leaf) -> bool,
) -> Option<(Value, Value)> {
    let mut leaves = leaves(value);
    leaves.retain(wanted);
    if leaves.is_empty() {
        return None;
    }
    let leaf = random.pick(&leaves).clone();
    let place = value.pointer_mut(&leaf.path)?;
    let new = other(random, place, leaf.sort)?;
    let old = std::mem::replace(place, new.clone());
    Some((old, new))
}

/// Puts `new` wherever `old` stands.
pub fn replace_all(value: &mut Value, old: &Value, new: &Value) {
    if value == old {
        *value = new.clone();
        return;
    }
    match value {
        Value::Object(map) => map
            .values_mut()
            .for_each(|inside| replace_all(inside, old, new)),
        Value::Array(list) => list
            .iter_mut()
            .for_each(|inside| replace_all(inside, old, new)),
        _ => {}
    }
}

/// The places of all lists with more than one element, or of all objects with a field.
pub fn containers(value: &Value, lists: bool) -> Vec<String> {
    let mut found = Vec::new();
    collect(value, &mut String::new(), lists, &mut found);
    found
}

fn collect(value: &Value, path: &mut String, lists: bool, found: &mut Vec<String>) {
    let wanted = match value {
        Value::Array(list) => lists && !list.is_empty(),
        Value::Object(map) => !lists && !map.is_empty(),
        _ => false,
    };
    if wanted {
        found.push(path.clone());
    }
    let inside: Vec<(String, &Value)> = match value {
        Value::Object(map) => map
            .iter()
            .map(|(name, inside)| (name.clone(), inside))
            .collect(),
        Value::Array(list) => list
            .iter()
            .enumerate()
            .map(|(i, inside)| (i.to_string(), inside))
            .collect(),
        _ => Vec::new(),
    };
    let length = path.len();
    for (name, inside) in inside {
        path.push('/');
        path.push_str(&name);
        collect(inside, path, lists, found);
        path.truncate(length);
    }
}
