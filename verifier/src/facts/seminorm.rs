//! The seminorm, from below by the Jacobian at a point, from above by a tree of splits.

use num_bigint::BigInt;
use num_traits::{Signed as _, Zero as _};

use crate::kernel::budget::Budget;
use crate::kernel::difference::Difference;
use crate::kernel::function::Function;
use crate::kernel::number::{Q, coordinates, product};
use crate::kernel::verdict::{Locate as _, Stop, differ, entry, equal, reject};
use relucert_format::{AtLeast, Formula, Node, SeminormFact};

use super::fact::{Fact, FactForAllK};
use super::open::{Open, resumed};
use crate::kernel::ground::Ground;
use crate::kernel::jumps::Jumps;
use crate::kernel::path::Path;
use crate::kernel::tree::Tree;
use crate::scene::Scene;
use crate::section::Section;

pub(crate) fn seminorm(step: &SeminormFact, scene: &mut Scene) -> Result<Fact, Stop> {
    match step {
        SeminormFact::AtLeast(step) => {
            let limits = scene.limits;
            at_least(step, scene.difference()?, limits)?;
            Ok(Fact::AtLeast(Q::from(&step.value)))
        }
        SeminormFact::AtMost(step) => {
            let (shared, limits) = (scene.circuits.len(), scene.limits);
            scene.circuits(&step.circuits)?;
            let open = Open {
                tree: Tree::new(step, scene.difference()?, limits)?,
                shared,
                bounded: Fact::AtMost(step.target.clone(), Q::from(&step.bound)),
            };
            go_on(open, &step.nodes, scene)
        }
        SeminormFact::Further(step) => {
            let open = resumed(scene.open.take(), &step.nodes)?;
            go_on(open, &step.nodes, scene)
        }
    }
}

/// Goes on in a tree, and says what it bounds once it is complete; until then it is left to the next step.
fn go_on(mut open: Open<Tree>, nodes: &[Node], scene: &mut Scene) -> Result<Fact, Stop> {
    let limits = scene.limits;
    let circuits = std::mem::take(&mut scene.circuits);
    let mut normals = std::mem::take(&mut scene.normals);
    let mut ground = Ground {
        difference: scene.difference()?,
        circuits: &circuits,
        normals: &mut normals,
        limits,
    };
    let complete = open.tree.walk(nodes, &mut ground)?;
    (scene.circuits, scene.normals) = (circuits, normals);
    if !complete {
        scene.open = Some(open);
        return Ok(Fact::Begun);
    }
    scene.circuits.truncate(open.shared);
    Ok(open.bounded)
}

/// At the point, entry (output, input) of the Jacobian is ±value: r ≥ value.
fn at_least(step: &AtLeast, difference: &Difference, limits: &Budget) -> Result<(), Stop> {
    let coordinates = coordinates(&step.point, difference.inputs, limits)?;
    let longest = coordinates.iter().map(BigInt::bits).max().unwrap_or(0);
    limits.charge(difference.work(longest))?;
    let affine = difference.columns < difference.inputs;
    if let (Some(last), true) = (coordinates.last(), affine)
        && !last.is_positive()
    {
        return differ("last coordinate of the point", last, "> 0");
    }
    let row = difference.jacobian(difference.row(step.output)?);
    let mut jacobian = entry(row, step.input, "input")?.clone();
    let mut signs = String::new();
    for (h, kink) in difference.kinks.iter().enumerate() {
        let side = product(&kink.line, &coordinates);
        if side.is_zero() {
            return reject(format!("the point lies on hyperplane {h}"));
        }
        signs.push(if side.is_positive() { '+' } else { '-' });
        let weight = entry(&kink.weight, step.output, "output")?;
        let change = weight * entry(&kink.line, step.input, "input")?;
        jacobian += if side.is_positive() { change } else { -change };
    }
    equal("signs at the point", &step.signs, &signs)?;
    let found = difference.half(jacobian.abs());
    equal(
        "absolute value of the Jacobian's entry",
        Q::from(&step.value),
        found,
    )
}

/// The same at every k of a section: the point is on the same side of each kink for all k.
pub(super) fn at_least_for_all_k(
    point: &[Formula],
    [output, input]: [usize; 2],
    value: &Formula,
    section: &mut Section,
) -> Result<FactForAllK, Stop> {
    let (point, value) = (section.row(point)?, section.number(value)?);
    let limits = section.limits;
    let difference = section.difference()?;
    equal("coordinates of the point", point.len(), difference.inputs)?;
    if let (Some(last), true) = (point.last(), difference.columns < difference.inputs) {
        last.positive("the last coordinate of the point", limits)?;
    }
    let place = difference.place(output, input)?;
    let mut twice = entry(&difference.twice_linear, place, "entry")?.clone();
    for (h, kink) in difference.kinks.iter().enumerate() {
        let side = Function::dot(&kink.normal, &point, limits)?;
        let plus = side.definite(&format!("the point's product with kink {h}"), limits)?;
        twice = twice.join(entry(&kink.jump, place, "entry")?, plus, limits)?;
    }
    let doubled = value.add(&value, limits)?;
    twice
        .has_size("twice the entry of the Jacobian", &doubled, limits)
        .in_part(|| "the value is doubled".to_owned())?;
    Ok(FactForAllK::AtLeast(value))
}

/// A tree with kinks for hyperplanes bounds every entry of the Jacobian at every k of a section. It is short: what its leaves ask is computed at each of them.
pub(super) fn at_most_for_all_k(
    bound: &Formula,
    circuits: &[Vec<(usize, Formula)>],
    nodes: &[Node],
    section: &mut Section,
) -> Result<FactForAllK, Stop> {
    let (bound, limits) = (section.number(bound)?, section.limits);
    let circuits = read_circuits(circuits, section)?;
    let difference = section.difference()?;
    tree_for_all_k(&circuits, nodes, difference, limits, |signs| {
        difference.bounded(&bound, signs, limits)
    })?;
    Ok(FactForAllK::AtMost(bound))
}

pub(super) type Circuits = Vec<Vec<(usize, Function)>>;

/// As stated, on a section.
pub(super) fn read_circuits(
    circuits: &[Vec<(usize, Formula)>],
    section: &Section,
) -> Result<Circuits, Stop> {
    let pair = |(h, text): &(usize, Formula)| Ok((*h, section.number(text)?));
    let circuits = circuits.iter();
    let circuits = circuits.map(|circuit| circuit.iter().map(pair).collect());
    circuits.collect()
}

/// A complete tree over kinks, whose leaves are empty by a circuit, or what `leaf` sees of the signs decided there.
pub(super) fn tree_for_all_k(
    circuits: &Circuits,
    nodes: &[Node],
    difference: &Jumps,
    limits: &Budget,
    mut leaf: impl FnMut(&[Option<bool>]) -> Result<(), Stop>,
) -> Result<(), Stop> {
    let mut path = Path::new(vec![None; difference.kinks.len()]);
    for (index, node) in nodes.iter().enumerate() {
        path.check(index)?;
        let seen = match *node {
            Node::Split(h) if path.split(h, true) => continue,
            Node::Split(h) => reject(format!(
                "kink {h} does not exist or is split twice on one path"
            )),
            Node::Bound => leaf(&path.signs),
            Node::Farkas(circuit) => entry(circuits, circuit, "circuit")
                .and_then(|circuit| difference.empty(circuit, &path.signs, limits)),
            Node::SplitMinus(_) | Node::Circuits(_) => {
                reject("in families nodes are 's', 'b' or 'f'")
            }
        };
        seen.in_part(|| format!("at node {index}"))?;
        while path.leave().is_some_and(|branch| branch.last) {}
    }
    match path.is_complete {
        true => Ok(()),
        false => reject("the tree is not complete: a branch is missing"),
    }
}
