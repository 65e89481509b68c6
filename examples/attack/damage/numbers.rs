//! Numbers, indices, signs and words, of the statement or of steps with a certain fact.

use relucert::audit::Random;
use serde_json::Value;

use super::leaves::{Leaf, Sort, change, leaves, replace_all};
use super::{Donors, below};
use crate::draft::Draft;

type Done = Option<()>;

fn is_number(leaf: &Leaf) -> bool {
    matches!(leaf.sort, Sort::Number | Sort::Formula)
}

/// Some step.
fn step<'a>(draft: &'a mut Draft, random: &mut Random) -> Option<&'a mut Value> {
    let at = random.below(draft.steps.len());
    draft.steps.get_mut(at)?.get_mut("fact")
}

/// The fact of some step of this name.
fn fact<'a>(draft: &'a mut Draft, name: &str, random: &mut Random) -> Option<&'a mut Value> {
    let found = draft.steps_of(name);
    if found.is_empty() {
        return None;
    }
    let at = *random.pick(&found);
    draft.steps[at].pointer_mut(&format!("/fact/{name}"))
}

pub fn of_networks(draft: &mut Draft, _: &Donors, random: &mut Random) -> Done {
    change(random, draft.networks()?, is_number).map(|_| ())
}

pub fn of_claim(draft: &mut Draft, _: &Donors, random: &mut Random) -> Done {
    change(random, draft.claim()?, is_number).map(|_| ())
}

pub fn of_claim_everywhere(draft: &mut Draft, _: &Donors, random: &mut Random) -> Done {
    let (old, new) = change(random, draft.claim()?, is_number)?;
    replace_all(draft.claim()?, &old, &new);
    draft
        .steps
        .iter_mut()
        .for_each(|step| replace_all(step, &old, &new));
    Some(())
}

pub fn of_step(draft: &mut Draft, _: &Donors, random: &mut Random) -> Done {
    let step = step(draft, random)?;
    change(random, step, is_number).map(|_| ())
}

pub fn of_step_everywhere(draft: &mut Draft, _: &Donors, random: &mut Random) -> Done {
    let step = step(draft, random)?;
    let (old, new) = change(random, step, is_number)?;
    replace_all(draft.claim()?, &old, &new);
    draft
        .steps
        .iter_mut()
        .for_each(|step| replace_all(step, &old, &new));
    Some(())
}

/// The values of all numbers of a value.
fn numbers(value: &Value) -> Vec<Value> {
    let all = leaves(value).into_iter().filter(is_number);
    all.filter_map(|leaf| value.pointer(&leaf.path).cloned())
        .collect()
}

pub fn exchanged(draft: &mut Draft, _: &Donors, random: &mut Random) -> Done {
    let mut all = numbers(&draft.statement);
    all.extend(draft.steps.iter().flat_map(numbers));
    if all.is_empty() {
        return None;
    }
    let new = random.pick(&all).clone();
    let place = match random.chance(1, 2) {
        true => &mut draft.statement,
        false => step(draft, random)?,
    };
    let mut places = leaves(place);
    places.retain(is_number);
    if places.is_empty() {
        return None;
    }
    *place.pointer_mut(&random.pick(&places).path)? = new;
    Some(())
}

pub fn swapped(draft: &mut Draft, _: &Donors, random: &mut Random) -> Done {
    let place = match random.chance(1, 2) {
        true => &mut draft.statement,
        false => step(draft, random)?,
    };
    let mut places = leaves(place);
    places.retain(is_number);
    if places.len() < 2 {
        return None;
    }
    let [one, other] = [0, 1].map(|_| random.pick(&places).path.clone());
    let first = place.pointer(&one)?.clone();
    let second = std::mem::replace(place.pointer_mut(&other)?, first);
    *place.pointer_mut(&one)? = second;
    Some(())
}

/// A leaf of this sort in some step or the claim.
fn of_sort(draft: &mut Draft, random: &mut Random, sort: Sort) -> Done {
    let mut lines: Vec<&mut Value> = draft
        .steps
        .iter_mut()
        .filter_map(|s| s.get_mut("fact"))
        .collect();
    lines.extend(draft.statement.pointer_mut("/statement"));
    lines.retain(|line| leaves(line).iter().any(|leaf| leaf.sort == sort));
    if lines.is_empty() {
        return None;
    }
    let at = random.below(lines.len());
    change(random, lines.get_mut(at)?, |leaf| leaf.sort == sort).map(|_| ())
}

pub fn index(draft: &mut Draft, _: &Donors, random: &mut Random) -> Done {
    of_sort(draft, random, Sort::Index)
}

pub fn word(draft: &mut Draft, _: &Donors, random: &mut Random) -> Done {
    of_sort(draft, random, Sort::Word)
}

pub fn signs(draft: &mut Draft, _: &Donors, random: &mut Random) -> Done {
    of_sort(draft, random, Sort::Signs)
}

pub fn node(draft: &mut Draft, _: &Donors, random: &mut Random) -> Done {
    of_sort(draft, random, Sort::Node)
}

pub fn binding(draft: &mut Draft, _: &Donors, random: &mut Random) -> Done {
    of_sort(draft, random, Sort::Binding)
}

/// Any leaf of a fact of one of these names, at places with this text in them.
fn of_fact(draft: &mut Draft, random: &mut Random, name: &str, within: &str) -> Done {
    let fact = fact(draft, name, random)?;
    change(random, fact, |leaf| leaf.path.contains(within)).map(|_| ())
}

pub fn point(draft: &mut Draft, _: &Donors, random: &mut Random) -> Done {
    let names = [
        "seminorm", "differ", "sup-norm", "regions", "section", "case",
    ];
    let names: Vec<&str> = names
        .into_iter()
        .filter(|name| !draft.steps_of(name).is_empty())
        .collect();
    if names.is_empty() {
        return None;
    }
    let name = *random.pick(&names);
    of_fact(draft, random, name, "/point")
}

pub fn circuit(draft: &mut Draft, _: &Donors, random: &mut Random) -> Done {
    let names = ["circuits", "seminorm", "section"];
    let names: Vec<&str> = names
        .into_iter()
        .filter(|name| !draft.steps_of(name).is_empty())
        .collect();
    if names.is_empty() {
        return None;
    }
    let name = *random.pick(&names);
    of_fact(draft, random, name, "circuits/")
}

pub fn case(draft: &mut Draft, _: &Donors, random: &mut Random) -> Done {
    let fact = fact(draft, "case", random)?;
    change(random, fact, |leaf| !leaf.path.starts_with("/facets")).map(|_| ())
}

pub fn label(draft: &mut Draft, _: &Donors, random: &mut Random) -> Done {
    of_fact(draft, random, "case", "/case")
}

pub fn facet(draft: &mut Draft, _: &Donors, random: &mut Random) -> Done {
    of_fact(draft, random, "case", "/facets")
}

pub fn condition(draft: &mut Draft, _: &Donors, random: &mut Random) -> Done {
    of_fact(draft, random, "condition", "/")
}

pub fn violation(draft: &mut Draft, _: &Donors, random: &mut Random) -> Done {
    let (_, claim) = draft.claimed().filter(|(name, _)| name == "condition")?;
    change(random, claim, |_| true).map(|_| ())
}

pub fn distance(draft: &mut Draft, _: &Donors, random: &mut Random) -> Done {
    of_fact(draft, random, "distance", "/")
}

pub fn permutation(draft: &mut Draft, _: &Donors, random: &mut Random) -> Done {
    let order = fact(draft, "permute", random)?
        .get_mut("order")?
        .as_array_mut()?;
    let one = below(random, order.len())?;
    let other = random.below(order.len());
    order.swap(one, other);
    Some(())
}

pub fn rewriting(draft: &mut Draft, _: &Donors, random: &mut Random) -> Done {
    let part = *random.pick(&["/a", "/c"]);
    of_fact(draft, random, "rewrite", part)
}

pub fn replaces(draft: &mut Draft, _: &Donors, random: &mut Random) -> Done {
    of_fact(draft, random, "rewrite", "/replaces")
}

pub fn why(draft: &mut Draft, _: &Donors, random: &mut Random) -> Done {
    of_fact(draft, random, "rewrite", "/why")
}

/// The same number in another text.
pub fn uncanonical(draft: &mut Draft, _: &Donors, random: &mut Random) -> Done {
    let place = match random.chance(1, 2) {
        true => &mut draft.statement,
        false => step(draft, random)?,
    };
    let mut places = leaves(place);
    places.retain(|leaf| leaf.sort == Sort::Number);
    if places.is_empty() {
        return None;
    }
    let place = place.pointer_mut(&random.pick(&places).path)?;
    let text = place.as_str()?.to_owned();
    let forms = [
        format!("+{text}"),
        format!("{text}/1"),
        format!("{text}.0"),
        format!(" {text}"),
        format!("{text}+0"),
        format!("0{text}"),
    ];
    *place = match random.below(7) {
        6 => serde_json::from_str(&text).ok().filter(Value::is_number)?,
        form => Value::String(forms[form].clone()),
    };
    Some(())
}
