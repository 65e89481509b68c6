//! Steps dropped, doubled, moved and taken from other certificates; and what a step is made of.

use relucert::audit::Random;
use serde_json::{Value, json};

use super::leaves::containers;
use super::{Donors, below};
use crate::draft::Draft;

type Done = Option<()>;

/// Some step, or in one of four cases the statement.
fn line<'a>(draft: &'a mut Draft, random: &mut Random) -> Option<&'a mut Value> {
    if random.chance(1, 4) {
        return draft.statement.get_mut("statement");
    }
    let at = below(random, draft.steps.len())?;
    draft.steps[at].get_mut("fact")
}

pub fn list(draft: &mut Draft, _: &Donors, random: &mut Random) -> Done {
    let line = line(draft, random)?;
    let lists = containers(line, true);
    let at = below(random, lists.len())?;
    let list = line.pointer_mut(&lists[at])?.as_array_mut()?;
    let (one, other) = (random.below(list.len()), random.below(list.len()));
    match random.below(5) {
        0 => {
            list.remove(one);
        }
        1 => list.insert(other, list[one].clone()),
        2 => list.swap(one, other),
        3 => list.reverse(),
        _ => list.truncate(one),
    }
    Some(())
}

pub fn field(draft: &mut Draft, _: &Donors, random: &mut Random) -> Done {
    let line = line(draft, random)?;
    let objects = containers(line, false);
    let at = below(random, objects.len())?;
    let object = line.pointer_mut(&objects[at])?.as_object_mut()?;
    let names: Vec<String> = object.keys().cloned().collect();
    object.remove(random.pick(&names));
    Some(())
}

/// A field that may be there.
pub fn flag(draft: &mut Draft, _: &Donors, random: &mut Random) -> Done {
    let line = line(draft, random)?;
    let objects = containers(line, false);
    let at = below(random, objects.len())?;
    let object = line.pointer_mut(&objects[at])?.as_object_mut()?;
    let fields = [
        ("live", json!(true)),
        ("star", json!(true)),
        ("forced", json!(true)),
        ("negative", json!(true)),
        ("line", json!(0)),
        ("target", json!({"output": 0, "input": 0})),
        ("network", json!("gamma")),
        ("domain", json!([["1"]])),
    ];
    let (name, value) = random.pick(&fields);
    object.insert((*name).to_owned(), value.clone());
    Some(())
}

pub fn unknown(draft: &mut Draft, _: &Donors, random: &mut Random) -> Done {
    let at = random.below(draft.steps.len() + 2);
    let line = match at {
        0 => &mut draft.header,
        1 => &mut draft.statement,
        _ => draft.steps.get_mut(at - 2)?,
    };
    let objects = containers(line, false);
    let at = below(random, objects.len())?;
    let object = line.pointer_mut(&objects[at])?.as_object_mut()?;
    object.insert("extra".to_owned(), json!(1));
    Some(())
}

pub fn dropped_as_is(draft: &mut Draft, _: &Donors, random: &mut Random) -> Done {
    let at = below(random, draft.steps.len())?;
    draft.steps.remove(at);
    Some(())
}

pub fn dropped(draft: &mut Draft, donors: &Donors, random: &mut Random) -> Done {
    dropped_as_is(draft, donors, random)?;
    draft.renumber();
    Some(())
}

pub fn doubled(draft: &mut Draft, _: &Donors, random: &mut Random) -> Done {
    let at = below(random, draft.steps.len())?;
    draft.steps.insert(at, draft.steps[at].clone());
    draft.renumber();
    Some(())
}

pub fn swapped(draft: &mut Draft, _: &Donors, random: &mut Random) -> Done {
    let (one, other) = (
        below(random, draft.steps.len())?,
        random.below(draft.steps.len()),
    );
    draft.steps.swap(one, other);
    draft.renumber();
    Some(())
}

pub fn moved(draft: &mut Draft, _: &Donors, random: &mut Random) -> Done {
    let at = below(random, draft.steps.len())?;
    let step = draft.steps.remove(at);
    let to = random.below(draft.steps.len() + 1);
    draft.steps.insert(to, step);
    draft.renumber();
    Some(())
}

pub fn rewriting_first(draft: &mut Draft, _: &Donors, random: &mut Random) -> Done {
    let (cases, mut rewritings) = (draft.steps_of("case"), draft.steps_of("rewrite"));
    let to = cases[below(random, cases.len())?];
    rewritings.retain(|&at| at > to);
    let from = rewritings[below(random, rewritings.len())?];
    let step = draft.steps.remove(from);
    draft.steps.insert(to, step);
    draft.renumber();
    Some(())
}

pub fn cut(draft: &mut Draft, _: &Donors, random: &mut Random) -> Done {
    let at = below(random, draft.steps.len())?;
    draft.steps.truncate(at);
    Some(())
}

pub fn none(draft: &mut Draft, _: &Donors, _: &mut Random) -> Done {
    draft.steps.clear();
    Some(())
}

fn foreign(donors: &Donors, random: &mut Random) -> Option<Value> {
    let steps = &donors.any(random).steps;
    Some(steps[below(random, steps.len())?].clone())
}

pub fn spliced(draft: &mut Draft, donors: &Donors, random: &mut Random) -> Done {
    let step = foreign(donors, random)?;
    let to = random.below(draft.steps.len() + 1);
    draft.steps.insert(to, step);
    draft.renumber();
    Some(())
}

pub fn replaced(draft: &mut Draft, donors: &Donors, random: &mut Random) -> Done {
    let step = foreign(donors, random)?;
    let at = below(random, draft.steps.len())?;
    draft.steps[at] = step;
    draft.renumber();
    Some(())
}

pub fn exchanged(draft: &mut Draft, donors: &Donors, random: &mut Random) -> Done {
    draft.steps = donors.any(random).steps.clone();
    Some(())
}

pub fn prefixed(draft: &mut Draft, donors: &Donors, random: &mut Random) -> Done {
    let steps = &donors.any(random).steps;
    let count = 1 + below(random, steps.len())?;
    draft.steps.splice(0..0, steps[..count].iter().cloned());
    draft.renumber();
    Some(())
}
