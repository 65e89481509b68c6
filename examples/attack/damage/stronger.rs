//! Claims made stronger, in the claim alone or in the steps too; and claims that say something else.

use relucert::audit::Random;
use relucert::certificate::{Range, Surd as Number};
use relucert::exact::{Rational, Surd};
use serde_json::{Map, Value, json};

use super::leaves::{Leaf, Sort, change, leaves, replace_all};
use super::{Donors, below};
use crate::draft::Draft;
use crate::networks::one_of;

type Done = Option<()>;

/// Numbers that say more when they are larger, and when they are smaller.
const LARGER: [&str; 8] = [
    "lower", "r_lower", "radius", "loss", "above", "value", "distance", "beta",
];
const SMALLER: [&str; 8] = [
    "upper", "bound", "paper", "sharp", "jump", "distance", "beta", "value",
];

pub fn exchanged(draft: &mut Draft, donors: &Donors, random: &mut Random) -> Done {
    let claim = donors
        .any(random)
        .statement
        .pointer("/statement/claim")?
        .clone();
    *draft.claim()? = claim;
    Some(())
}

/// Claims that have the same fields.
const ALIKE: [&[&str]; 7] = [
    &["equal", "differ"],
    &["lift", "unique", "equal", "differ", "not-injective"],
    &["arrangement", "injective"],
    &["jump-norm", "sup-norm"],
    &["seminorm", "minimal"],
    &["theorem-3.1", "theorem-3.3", "theorem-3.1-refined"],
    &["flips", "unique"],
];

/// The claim, or what its sections hold.
pub fn renamed(draft: &mut Draft, _: &Donors, random: &mut Random) -> Done {
    if let Some(sections) = sections(draft) {
        let old = sections
            .first()?
            .pointer("/holds")?
            .as_object()?
            .keys()
            .next()?
            .clone();
        let new = alike(&old, random)?;
        for section in sections {
            let holds = section.get_mut("holds")?;
            let content = holds.get(&old)?.clone();
            *holds = json!({ new: content });
        }
        return Some(());
    }
    let (name, content) = draft.claimed()?;
    let (name, content) = (name.clone(), content.clone());
    let new = alike(&name, random)?;
    *draft.claim()? = json!({ new: content });
    Some(())
}

fn alike(name: &str, random: &mut Random) -> Option<&'static str> {
    let mut lists = ALIKE.to_vec();
    lists.retain(|list| list.contains(&name));
    if lists.is_empty() {
        return None;
    }
    let names = one_of(random, &lists);
    Some(one_of(random, names))
}

/// The objects of the claim with a lower and an upper end.
fn bracket(draft: &mut Draft) -> Option<&mut Map<String, Value>> {
    let (_, claim) = draft.claimed()?;
    let at = if claim.get("r").is_some() { "/r" } else { "" };
    claim.pointer_mut(at)?.as_object_mut()
}

pub fn closed(draft: &mut Draft, _: &Donors, random: &mut Random) -> Done {
    let bracket = bracket(draft)?;
    let ends = ["lower", "upper"];
    let kept = *random.pick(&ends);
    let value = bracket.get(kept)?.clone();
    for end in ends {
        bracket.insert(end.to_owned(), value.clone());
    }
    Some(())
}

pub fn one_sided(draft: &mut Draft, _: &Donors, random: &mut Random) -> Done {
    bracket(draft)?
        .remove(*random.pick(&["lower", "upper"]))
        .map(|_| ())
}

pub fn bound(draft: &mut Draft, _: &Donors, random: &mut Random) -> Done {
    let (_, claim) = draft.claimed()?;
    let distance = claim.get("distance").cloned();
    if let Some(bounds) = claim.get_mut("bounds").and_then(Value::as_object_mut) {
        let name = *random.pick(&["paper", "sharp", "jump"]);
        let value = match random.below(3) {
            0 => json!("0"),
            1 => distance?,
            _ => bounds.values().next()?.clone(),
        };
        bounds.insert(name.to_owned(), value);
        return Some(());
    }
    *claim.get_mut("bound")? = match random.chance(1, 2) {
        true => json!("0"),
        false => distance?,
    };
    Some(())
}

fn is_in(leaf: &Leaf, names: &[&str]) -> bool {
    leaf.sort == Sort::Number
        && names
            .iter()
            .any(|name| leaf.path.ends_with(&format!("/{name}")))
}

/// A number of the claim a little larger where that says more, or smaller.
fn strengthened(draft: &mut Draft, random: &mut Random) -> Option<(Value, Value)> {
    let larger = random.chance(1, 2);
    let names = if larger { LARGER } else { SMALLER };
    let claim = draft.claim()?;
    let mut places = leaves(claim);
    places.retain(|leaf| is_in(leaf, &names));
    if places.is_empty() {
        return None;
    }
    let place = claim.pointer_mut(&random.pick(&places).path)?;
    let number = Surd::from(&place.as_str()?.parse::<Number>().ok()?);
    let steps = [(1, 1), (1, 10), (1, 1_000_000)];
    let (p, q) = *random.pick(&steps);
    let step = Surd::from(Rational::new(p.into(), q.into()));
    let new = if larger {
        number.add(&step)
    } else {
        number.sub(&step)
    };
    let new = Value::String(Number::from(&new).to_string());
    let old = std::mem::replace(place, new.clone());
    Some((old, new))
}

pub fn number(draft: &mut Draft, _: &Donors, random: &mut Random) -> Done {
    strengthened(draft, random).map(|_| ())
}

pub fn number_everywhere(draft: &mut Draft, _: &Donors, random: &mut Random) -> Done {
    let (old, new) = strengthened(draft, random)?;
    replace_all(draft.claim()?, &old, &new);
    draft
        .steps
        .iter_mut()
        .for_each(|step| replace_all(step, &old, &new));
    Some(())
}

/// One set dropped, or one made up; the lists stay sorted.
fn other_sets(sets: &mut Vec<Value>, random: &mut Random) -> Done {
    if random.chance(2, 3) && !sets.is_empty() {
        sets.remove(random.below(sets.len()));
        return Some(());
    }
    let start = random.below(3);
    sets.push((start..start + 1 + random.below(3)).collect());
    sets.sort_by_key(|set| {
        let members = set.as_array().into_iter().flatten();
        members.filter_map(Value::as_u64).collect::<Vec<u64>>()
    });
    sets.dedup();
    Some(())
}

pub fn flip_set(draft: &mut Draft, _: &Donors, random: &mut Random) -> Done {
    let (_, claim) = draft.claimed()?;
    other_sets(claim.get_mut("sets")?.as_array_mut()?, random)
}

pub fn flip_set_everywhere(draft: &mut Draft, _: &Donors, random: &mut Random) -> Done {
    let at = draft.steps_of("flips");
    let sets = draft
        .steps
        .get_mut(*at.first()?)?
        .pointer_mut("/fact/flips/sets")?;
    other_sets(sets.as_array_mut()?, random)?;
    let sets = sets.clone();
    match draft.claimed()? {
        (name, claim) if name == "flips" => *claim.get_mut("sets")? = sets,
        (name, _) if name == "unique" => *draft.claim()? = json!({"flips": {"sets": sets}}),
        _ => {}
    }
    Some(())
}

pub fn no_flips(draft: &mut Draft, _: &Donors, random: &mut Random) -> Done {
    draft.claimed().filter(|(name, _)| name == "flips")?;
    *draft.claim()? = json!({"unique": {}});
    if random.chance(1, 2) {
        let at = *draft.steps_of("flips").first()?;
        *draft.steps[at].pointer_mut("/fact/flips/sets")? = json!([]);
    }
    Some(())
}

/// The claim of an arrangement.
fn regions(draft: &mut Draft) -> Option<&mut Value> {
    let (name, claim) = draft.claimed()?;
    matches!(&name[..], "arrangement" | "injective").then_some(claim)
}

fn negated(signs: &str) -> String {
    let turned = |sign| match sign {
        '+' => '-',
        '-' => '+',
        other => other,
    };
    signs.chars().map(turned).collect()
}

pub fn region(draft: &mut Draft, _: &Donors, random: &mut Random) -> Done {
    let claim = regions(draft)?;
    let list = claim.get_mut("regions")?.as_array_mut()?;
    let at = below(random, list.len())?;
    let signs = list[at].as_str()?.to_owned();
    match random.below(3) {
        0 => {
            list.remove(at);
        }
        1 => list.retain(|other| {
            other
                .as_str()
                .is_none_or(|o| o != signs && o != negated(&signs))
        }),
        _ => {
            let mut other: Vec<char> = signs.chars().collect();
            let place = below(random, other.len())?;
            other[place] = if other[place] == '+' { '-' } else { '+' };
            let other: String = other.into_iter().collect();
            list.push(json!(negated(&other)));
            list.push(json!(other));
        }
    }
    list.sort_by(|x, y| x.as_str().cmp(&y.as_str()));
    list.dedup();
    let count = list.len();
    *claim.get_mut("count")? = json!(count);
    Some(())
}

/// With its negative, its points, what lies around, the number and the edges.
pub fn region_everywhere(draft: &mut Draft, _: &Donors, random: &mut Random) -> Done {
    let claim = regions(draft)?;
    let central = claim.get("domain").is_none();
    let list = claim.get_mut("regions")?.as_array_mut()?;
    let needed = if central { list.len() / 2 } else { list.len() };
    let at = random.below(needed.max(1));
    let signs = list.get(at)?.as_str()?.to_owned();
    list.remove(at);
    if central {
        list.retain(|other| other.as_str() != Some(&negated(&signs)));
    }
    let count = list.len();
    *claim.get_mut("count")? = json!(count);
    let edges = claim.get("edges")?.as_u64()?;
    let fewer = random.below(4) as u64 * if central { 2 } else { 1 };
    *claim.get_mut("edges")? = json!(edges.saturating_sub(fewer));
    for step in &mut draft.steps {
        let Some(fact) = step.pointer_mut("/fact/regions") else {
            continue;
        };
        if let Some(number) = fact.pointer_mut("/count/regions") {
            *number = json!(count);
        }
        for place in ["/inside/points", "/around/redundant"] {
            let rows = fact.pointer_mut(place).and_then(Value::as_array_mut);
            if let Some(rows) = rows.filter(|rows| at < rows.len()) {
                rows.remove(at);
            }
        }
    }
    Some(())
}

pub fn count(draft: &mut Draft, _: &Donors, random: &mut Random) -> Done {
    let claim = regions(draft)?;
    let name = *random.pick(&["count", "edges"]);
    let old = claim.get(name)?.as_u64()?;
    let new = json!(old + 1 + random.below(2) as u64);
    *claim.get_mut(name)? = new.clone();
    for step in &mut draft.steps {
        if let Some(number) = step.pointer_mut("/fact/regions/count/regions") {
            *number = new.clone();
        }
    }
    Some(())
}

/// The lower end raised, with the step that would show it taken from another line, or made of the one that is there.
pub fn minimal(draft: &mut Draft, _: &Donors, random: &mut Random) -> Done {
    let (_, claim) = draft.claimed().filter(|(name, _)| name == "minimal")?;
    let lower = claim.get("lower")?.as_u64()?;
    let upper = claim.get("upper")?.as_u64()?;
    match random.below(3) {
        0 => *claim.get_mut("lower")? = json!(upper),
        1 => *claim.get_mut("upper")? = json!(upper + 1),
        _ => *claim.get_mut("lower")? = json!(lower + 1),
    }
    if random.chance(1, 2) {
        let mut step = json!({"step": 0, "fact": {"no-orientation": {"exhaustion": {"free": []}}}});
        if let Some(at) = draft.steps_of("no-orientation").first() {
            step = draft.steps[*at].clone();
        }
        for line in 0..1 + random.below(3) {
            let mut step = step.clone();
            if line > 0 || random.chance(1, 2) {
                step.pointer_mut("/fact/no-orientation")?
                    .as_object_mut()?
                    .insert("line".to_owned(), json!(line));
            }
            draft.steps.push(step);
        }
        draft.renumber();
    }
    Some(())
}

pub fn domain(draft: &mut Draft, _: &Donors, random: &mut Random) -> Done {
    let (_, claim) = draft.claimed()?;
    let name = *random.pick(&["box", "domain"]);
    // For all k every section has it, and all have the same one.
    let sections = claim.get_mut("sections").and_then(Value::as_array_mut);
    let mut said: Vec<&mut Value> = match sections {
        Some(sections) => sections.iter_mut().filter_map(held).collect(),
        None => vec![claim],
    };
    if random.chance(1, 3) {
        let gone = said
            .iter_mut()
            .filter_map(|says| says.as_object_mut()?.remove(name));
        return (gone.count() > 0).then_some(());
    }
    let domain = said.first_mut()?.get_mut(name)?;
    change(random, domain, |leaf| leaf.sort == Sort::Number)?;
    let changed = domain.clone();
    for says in said {
        *says.get_mut(name)? = changed.clone();
    }
    Some(())
}

/// What a section holds, without its kind.
fn held(section: &mut Value) -> Option<&mut Value> {
    section
        .get_mut("holds")?
        .as_object_mut()?
        .values_mut()
        .next()
}

pub fn sample(draft: &mut Draft, _: &Donors, random: &mut Random) -> Done {
    let (_, claim) = draft.claimed()?;
    let samples = claim.get_mut("samples")?.as_array_mut()?;
    let at = below(random, samples.len())?;
    match random.below(4) {
        0 => {
            samples.remove(at);
        }
        1 => samples.push(samples[at].clone()),
        _ => return change(random, &mut samples[at], |_| true).map(|_| ()),
    }
    Some(())
}

/// The sections of a claim for all k.
fn sections(draft: &mut Draft) -> Option<&mut Vec<Value>> {
    let (name, claim) = draft.claimed()?;
    if name != "for-all-k" {
        return None;
    }
    claim.get_mut("sections")?.as_array_mut()
}

/// Where a section begins, and the integer after its last.
fn ends(section: &Value) -> Option<(u64, Option<u64>)> {
    let range: Range = section.get("range")?.as_str()?.parse().ok()?;
    Some((range.first(), range.end()))
}

pub fn section(draft: &mut Draft, _: &Donors, random: &mut Random) -> Done {
    let sections = sections(draft)?;
    if sections.len() < 2 {
        return None;
    }
    let at = random.below(sections.len());
    // One of two neighbours stays, on the range of both.
    let (kept, gone) = match (at, random.chance(1, 2)) {
        (0, _) => (1, 0),
        (at, true) if at + 1 < sections.len() => (at, at + 1),
        (at, _) => (at, at - 1),
    };
    let (one, two) = (
        ends(&sections[kept.min(gone)])?,
        ends(&sections[kept.max(gone)])?,
    );
    let range = match two.1 {
        None => Range::From(one.0),
        Some(end) => Range::Between(one.0, end),
    };
    *sections[kept].get_mut("range")? = json!(range.to_string());
    sections.remove(gone);
    draft.steps.retain_mut(|step| {
        let Some(section) = step.pointer_mut("/fact/section/section") else {
            return true;
        };
        let index = section.as_u64().unwrap_or(0) as usize;
        *section = json!(index - usize::from(index > gone));
        index != gone
    });
    draft.renumber();
    Some(())
}

pub fn formula_everywhere(draft: &mut Draft, _: &Donors, random: &mut Random) -> Done {
    let at = below(random, sections(draft)?.len())?;
    let holds = sections(draft)?[at].get_mut("holds")?;
    let numbers = |leaf: &Leaf| matches!(leaf.sort, Sort::Number | Sort::Formula);
    let (old, new) = change(random, holds, numbers)?;
    for step in &mut draft.steps {
        replace_all(step, &old, &new);
    }
    Some(())
}

pub fn real(draft: &mut Draft, _: &Donors, random: &mut Random) -> Done {
    let starts: Vec<u64> = sections(draft)?
        .iter()
        .filter_map(ends)
        .map(|(first, _)| first)
        .collect();
    let (_, claim) = draft.claimed()?;
    let value = match random.chance(3, 4) {
        true => starts[below(random, starts.len())?],
        false => 1 + random.below(5) as u64,
    };
    claim
        .as_object_mut()?
        .insert("real".to_owned(), json!(value));
    Some(())
}

pub fn above(draft: &mut Draft, _: &Donors, random: &mut Random) -> Done {
    let all = ["0", "1/2", "1", "k", "1/k", "-1"];
    let value = *random.pick(&all);
    for section in sections(draft)? {
        let content = section
            .get_mut("holds")?
            .as_object_mut()?
            .values_mut()
            .next()?;
        content
            .as_object_mut()?
            .insert("above".to_owned(), json!(value));
    }
    Some(())
}
