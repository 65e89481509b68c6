//! Lower bounds of the distance of every parametrization (N5).

use std::cmp::Ordering;

use crate::kernel::budget::Budget;
use crate::kernel::cost;
use crate::kernel::network::{Network, Neuron};
use crate::kernel::number::Q;
use crate::kernel::surd::Sum;
use crate::kernel::verdict::{Locate as _, Stop, entry, equal, reject};
use relucert_format::{Against, ApartFact, Binding, Constant, Coordinate, Hall, Part, Set};

use super::condition::member;
use super::fact::{Apart, Fact};
use super::flips::one_a_kink;
use crate::scene::Scene;

/// What is placed: all of its multiples (μ·inner, outer/μ).
#[derive(Clone)]
struct Source {
    /// a.
    inner: Vec<Sum>,
    /// s c.
    outer: Vec<Sum>,
    /// Which μ there are.
    multiples: Multiples,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Multiples {
    /// μ > 0.
    Positive,
    /// Any real number: a kink's line, without outer weights.
    All,
    /// μ = 1.
    One,
}

impl Source {
    /// A neuron up to scaling, with the sign of a changed if `flipped`.
    fn neuron(neuron: &Neuron, flipped: bool) -> Source {
        let inner = neuron
            .a
            .iter()
            .map(|a| if flipped { -a } else { a.clone() });
        let outer = neuron.c.iter().map(|c| c * &neuron.s);
        Source {
            inner: inner.map(Sum::from).collect(),
            outer: outer.map(Sum::from).collect(),
            multiples: Multiples::Positive,
        }
    }

    /// A neuron as it is.
    fn fixed(neuron: &Neuron) -> Source {
        Source {
            inner: neuron.weights(Part::Inner).collect(),
            outer: neuron.weights(Part::Outer).collect(),
            multiples: Multiples::One,
        }
    }

    /// A hyperplane's normal.
    fn line(line: &[num_bigint::BigInt]) -> Source {
        let inner = line.iter().map(|entry| Sum::from(Q::from(entry.clone())));
        Source {
            inner: inner.collect(),
            outer: Vec::new(),
            multiples: Multiples::All,
        }
    }
}

pub(crate) fn apart(step: &ApartFact, scene: &mut Scene) -> Result<Fact, Stop> {
    let (flipped, in_n_star, value) = match step {
        ApartFact::Hall(step) => {
            hall(step, scene)?;
            let flipped = match &step.against {
                Against::Flipped(set) => Some(set.clone()),
                _ => None,
            };
            let fixed = step.against == Against::Fixed;
            (flipped, fixed, Sum::stated(&step.value)?)
        }
        ApartFact::Bias(step) => {
            bias(step, scene)?;
            let value = Sum::from(Q::from(&step.value));
            (Some(step.flipped.clone()), false, value)
        }
    };
    Ok(Fact::Apart(Apart {
        flipped,
        in_n_star,
        value,
        moves: scene.moves,
    }))
}

/// The current neurons, if every parametrization of g with as many neurons as Γ is a permutation, positive rescaling and flip
/// of them (N3).
fn rigid<'a>(scene: &'a Scene) -> Result<&'a [Neuron], Stop> {
    let movable = scene.as_many()?.len();
    one_a_kink(scene.current()?, movable, scene.columns(), scene.limits)
}

fn hall(step: &Hall, scene: &mut Scene) -> Result<(), Stop> {
    let limits = scene.limits;
    if step.against == Against::Lines {
        let function = scene.function()?;
        limits.charge(function.work(64))?;
        let kinks = function.kinks.iter();
        let lines: Vec<Vec<Source>> = kinks.map(|kink| vec![Source::line(&kink.line)]).collect();
        let places = scene.movable(&scene.gamma);
        return placed(step, places, |h| entry(&lines, h, "kink").cloned(), limits);
    }
    let places = scene.movable(&scene.gamma);
    let sources = match step.against {
        Against::Fixed => {
            member(scene.current()?, Set::NStar, "the current network", limits)?;
            scene.as_many()?
        }
        _ => rigid(scene)?,
    };
    let ways = |j: usize| {
        let neuron = entry(sources, j, "source")?;
        limits.charge(cost::times(neuron.a.len() + neuron.c.len(), 16 * cost::ANY))?;
        Ok(match &step.against {
            Against::Fixed => vec![Source::fixed(neuron)],
            Against::Flipped(set) => {
                vec![Source::neuron(neuron, set.binary_search(&j).is_ok())]
            }
            _ => [false, true]
                .map(|flipped| Source::neuron(neuron, flipped))
                .into(),
        })
    };
    placed(step, places, ways, limits)
}

/// There are more sources than `places`, and each of them is at least `value` away from every other place. `ways` answers the
/// forms that a source may take; each needs a binding.
fn placed(
    step: &Hall,
    places: &[Neuron],
    ways: impl Fn(usize) -> Result<Vec<Source>, Stop>,
    limits: &Budget,
) -> Result<(), Stop> {
    for (name, list) in [("sources", &step.sources), ("places", &step.places)] {
        if list.iter().zip(list.iter().skip(1)).any(|(i, j)| i >= j) {
            return reject(format!("the {name} must increase"));
        }
    }
    if let Some(last) = step.places.last() {
        entry(places, *last, "place")?;
    }
    if step.places.len() >= step.sources.len() {
        let found = format!("{} for {}", step.places.len(), step.sources.len());
        return reject(format!("there are places enough: {found} sources"));
    }
    let value = Sum::stated(&step.value)?;
    let others = places.iter().enumerate();
    let others = others.filter(|(i, _)| step.places.binary_search(i).is_err());
    let others: Vec<(usize, &Neuron)> = others.collect();
    equal("rows of bindings", step.bindings.len(), step.sources.len())?;
    for (&j, row) in step.sources.iter().zip(&step.bindings) {
        let ways = ways(j)?;
        let needed = others.len() * ways.len();
        equal(format!("bindings of source {j}"), row.len(), needed)?;
        let pairs = others
            .iter()
            .flat_map(|place| ways.iter().map(move |way| (place, way)));
        for (binding, ((i, place), source)) in row.iter().zip(pairs) {
            limits.tick()?;
            let pair = || format!("source {j}, place {i}, binding {binding}");
            if !keeps_apart(binding, source, place, &value, limits).in_part(pair)? {
                return reject("they may be nearer").in_part(pair);
            }
        }
    }
    Ok(())
}

/// Whether the binding shows that no multiple of the source has all entries nearer than v to the place's.
fn keeps_apart(
    binding: &Binding,
    source: &Source,
    place: &Neuron,
    v: &Sum,
    limits: &Budget,
) -> Result<bool, Stop> {
    match binding {
        Binding::One(coordinate) => {
            let (x, target) = entries(coordinate, source, place)?;
            let gap = match source.multiples {
                Multiples::One => target.minus(&x),
                // No multiple of 0 is another number.
                _ if x.clone().sign(limits)?.is_eq() => target,
                _ => return Ok(false),
            };
            Ok(gap.compare_size(v, limits)? != Ordering::Less)
        }
        Binding::Two(lower, upper) => {
            let lower = bound(lower, false, source, place, v, limits)?;
            let upper = bound(upper, true, source, place, v, limits)?;
            match (lower, upper) {
                (Bound::Impossible, _) | (_, Bound::Impossible) => Ok(true),
                (Bound::Fraction(p, q), Bound::Fraction(r, s)) => {
                    // p/q ≥ r/s, the denominators being positive.
                    Ok(p.times(&s).compare(&r.times(&q), limits)? != Ordering::Less)
                }
                _ => Ok(false),
            }
        }
    }
}

/// What |μ α − β| < v, or |α/μ − β| < v, asks of μ.
enum Bound {
    /// No μ satisfies it.
    Impossible,
    /// μ lies strictly on the one side of this fraction; the denominator is positive.
    Fraction(Sum, Sum),
    /// Nothing on this side.
    None,
}

/// The bound of μ from above or from below.
fn bound(
    coordinate: &Coordinate,
    upper: bool,
    source: &Source,
    place: &Neuron,
    v: &Sum,
    limits: &Budget,
) -> Result<Bound, Stop> {
    let (alpha, beta) = entries(coordinate, source, place)?;
    let (alpha, beta) = match alpha.clone().sign(limits)? {
        Ordering::Equal => return Ok(Bound::None),
        Ordering::Greater => (alpha, beta),
        Ordering::Less => (Sum::zero().minus(&alpha), Sum::zero().minus(&beta)),
    };
    let is_positive = |sum: &Sum| Ok::<_, Stop>(sum.clone().sign(limits)?.is_gt());
    let (below, above) = (beta.clone().minus(v), beta.plus(v));
    let only_positive = source.multiples == Multiples::Positive;
    Ok(match (coordinate.part, upper) {
        // β − v < μ α < β + v.
        (Part::Inner, false) => Bound::Fraction(below, alpha),
        (Part::Inner, true) if only_positive && !is_positive(&above)? => Bound::Impossible,
        (Part::Inner, true) => Bound::Fraction(above, alpha),
        // β − v < α/μ < β + v, where α/μ > 0.
        (Part::Outer, false) if !is_positive(&above)? => Bound::Impossible,
        (Part::Outer, false) => Bound::Fraction(alpha, above),
        (Part::Outer, true) if !is_positive(&below)? => Bound::None,
        (Part::Outer, true) => Bound::Fraction(alpha, below),
    })
}

/// The source's and the place's entry.
fn entries(coordinate: &Coordinate, source: &Source, place: &Neuron) -> Result<(Sum, Sum), Stop> {
    let Coordinate { part, index } = *coordinate;
    let row = match part {
        Part::Inner => &source.inner,
        Part::Outer => &source.outer,
    };
    entry(place.part(part), index, "entry of the place")?;
    let weight = place.weight_at(part, index).unwrap_or_else(Sum::zero);
    Ok((entry(row, index, "entry of the source")?.clone(), weight))
}

/// The output bias after flipping a set of neurons is `value` away from Γ's; both networks have theirs as last neuron.
fn bias(step: &Constant, scene: &Scene) -> Result<(), Stop> {
    if !scene.affine() {
        return reject("the networks have no output bias");
    }
    rigid(scene)?;
    let (gamma, current) = (&scene.gamma, scene.current()?);
    let last = |network: &Network| {
        let bias = network.neurons.last().map_or(&[][..], |neuron| &neuron.c);
        entry(bias, step.output, "output").cloned()
    };
    let mut bias = last(current)?;
    for &i in &step.flipped {
        let neuron = current.neuron(i)?;
        let b = neuron.a.last().cloned().unwrap_or_else(Q::zero);
        let c = entry(&neuron.c, step.output, "output")?;
        bias = &bias + &(&(&neuron.s * c) * &b);
    }
    let gap = (&bias - &last(gamma)?).abs();
    equal("difference of the output biases", Q::from(&step.value), gap)
}
