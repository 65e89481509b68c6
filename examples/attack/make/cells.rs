//! Certificates about networks of any depth on a box.

use num_traits::Zero as _;
use relucert::audit::Random;
use relucert::depth::{CellLimits, Difference, deep_differ_certificate};
use relucert::network::Deep;
use relucert::realization::Domain;

use super::deep::{network, rewritten};
use crate::networks::{pick_mut, ratio};

/// Networks, the second one perhaps, and a box.
struct Drawn(Deep, Option<Deep>, Domain);

fn drawn(random: &mut Random, large: bool, both: bool) -> Option<Drawn> {
    let one = network(random, large);
    let other = both.then(|| {
        let wider = random.chance(1, 2);
        let mut layers = rewritten(random, &one, wider).layers().to_vec();
        if random.chance(1, 2) {
            let layer = pick_mut(random, &mut layers);
            *pick_mut(random, &mut layer.biases) += ratio(1, 7);
        }
        Deep::new(layers).expect("layers that fit")
    });
    let sides = (0..one.inputs()).map(|_| {
        let low = ratio(random.below(5) as i64 - 3, 1);
        (low.clone(), low + ratio(1 + random.below(4) as i64, 2))
    });
    let domain = Domain::new(sides.collect()).ok()?;
    Some(Drawn(one, other, domain))
}

/// All that is known after so many nodes, or few of them: then it is a bracket.
fn limits(random: &mut Random) -> CellLimits {
    CellLimits {
        nodes: Some(if random.chance(1, 2) { 300 } else { 2 }),
        ..CellLimits::default()
    }
}

fn text(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> Option<String> {
    let mut bytes = Vec::new();
    write(&mut bytes).ok()?;
    String::from_utf8(bytes).ok()
}

pub fn sup_norm(random: &mut Random, large: bool) -> Option<String> {
    let both = random.chance(1, 2);
    let Drawn(one, other, domain) = drawn(random, large, both)?;
    let question = Difference::new(&one, other.as_ref(), &domain).ok()?;
    let found = question.sup_norm(&limits(random));
    text(|bytes| question.write_sup_norm(bytes, &found))
}

pub fn seminorm(random: &mut Random, large: bool) -> Option<String> {
    let both = random.chance(1, 2);
    let Drawn(one, other, domain) = drawn(random, large, both)?;
    let question = Difference::new(&one, other.as_ref(), &domain).ok()?;
    let found = question.seminorm(&limits(random));
    found.point.as_ref()?;
    text(|bytes| question.write_seminorm(bytes, &found))
}

pub fn regions(random: &mut Random, large: bool) -> Option<String> {
    let Drawn(one, _, domain) = drawn(random, large, false)?;
    let question = Difference::new(&one, None, &domain).ok()?;
    let found = question.regions(&limits(random), |_| true);
    text(|bytes| question.write_regions(bytes, &found))
}

pub fn equal(random: &mut Random, large: bool) -> Option<String> {
    let Drawn(one, other, domain) = drawn(random, large, true)?;
    let question = Difference::new(&one, other.as_ref(), &domain).ok()?;
    let found = question.zero(&CellLimits {
        nodes: Some(300),
        ..CellLimits::default()
    });
    match found.upper.is_zero() {
        true => text(|bytes| question.write_equal(bytes, &found)),
        false => None,
    }
}

pub fn differ(random: &mut Random, large: bool) -> Option<String> {
    let Drawn(one, other, domain) = drawn(random, large, true)?;
    let other = other?;
    let question = Difference::new(&one, Some(&other), &domain).ok()?;
    let found = question.zero(&limits(random));
    let point = found.point.filter(|_| !found.lower.is_zero())?;
    let (first, second) = (one.eval(&point).ok()?, other.eval(&point).ok()?);
    Some(deep_differ_certificate(
        (&one, &first),
        (&other, &second),
        &point,
        Some(&domain),
    ))
}
