//! Lower bounds of the distance of every parametrization (N5).

use num_bigint::BigInt;

use crate::kernel::binding::{Multiples, Pairs};
use crate::kernel::budget::Budget;
use crate::kernel::function::Function;
use crate::kernel::network::{Network, Neuron};
use crate::kernel::number::Q;
use crate::kernel::quotient::Quotient;
use crate::kernel::surd::Sum;
use crate::kernel::verdict::{Stop, entry, equal, equal_shape, reject};
use relucert_format::{
    Against, AgainstForAllK, ApartFact, BalancedSet, Constant, Coordinate, Hall, Part,
};

use super::condition::member;
use super::fact::{Apart, Fact, FactForAllK};
use super::flips::{one_a_kink, one_a_kink_for_all_k};
use super::hypotheses::in_n_star;
use crate::scene::Scene;
use crate::section::Section;

/// What is placed: all of its multiples (μ·inner, outer/μ).
#[derive(Clone, Copy)]
enum Source<'a> {
    /// A neuron (a, s c) up to scaling, with the sign of a changed if it says so.
    Neuron(&'a Neuron, bool),
    /// A neuron as it is.
    Fixed(&'a Neuron),
    /// A hyperplane's normal.
    Line(&'a [BigInt]),
}

impl Source<'_> {
    /// One of its entries, and the place's.
    fn entries(
        self,
        place: &Neuron,
        Coordinate { part, index }: Coordinate,
        limits: &Budget,
    ) -> Result<(Sum, Sum), Stop> {
        let weight = entry(place.part(part), index, "entry of the place")?;
        let thing = "entry of the source";
        let own = |neuron: &Neuron| entry(neuron.part(part), index, thing).cloned();
        let own = match (self, part) {
            (Source::Line(line), Part::Inner) => {
                Sum::from(Q::from(entry(line, index, thing)?.clone()))
            }
            (Source::Line(_), Part::Outer) => entry(&[], index, thing).cloned()?,
            (Source::Neuron(neuron, _), Part::Outer) => Sum::from(&own(neuron)? * &neuron.s),
            (Source::Neuron(neuron, true), Part::Inner) => Sum::from(-&own(neuron)?),
            (Source::Neuron(neuron, false), Part::Inner) => Sum::from(own(neuron)?),
            (Source::Fixed(neuron), _) => neuron.real(part, &own(neuron)?, limits)?,
        };
        Ok((own, place.real(part, weight, limits)?))
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
            (flipped, fixed, Sum::stated(&step.value, scene.limits)?)
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
        let lines: Vec<_> = function.kinks.iter().map(|k| k.line.clone()).collect();
        let ways = |h| {
            Ok(vec![(
                Source::Line(entry(&lines, h, "kink")?),
                Multiples::All,
            )])
        };
        return placed(step, scene.movable(&scene.gamma), ways, limits);
    }
    let places = scene.movable(&scene.gamma);
    let sources = match step.against {
        Against::Fixed => {
            member(
                scene.current()?,
                BalancedSet::NStar,
                "the current network",
                limits,
            )?;
            scene.as_many()?
        }
        _ => rigid(scene)?,
    };
    let ways = |j: usize| {
        let neuron = entry(sources, j, "source")?;
        let taken = |flipped| (Source::Neuron(neuron, flipped), Multiples::Positive);
        Ok(match &step.against {
            Against::Fixed => vec![(Source::Fixed(neuron), Multiples::One)],
            Against::Flipped(set) => vec![taken(set.binary_search(&j).is_ok())],
            _ => vec![taken(false), taken(true)],
        })
    };
    placed(step, places, ways, limits)
}

/// There are more sources than `places`, and each of them is at least `value` away from every other place. `ways` answers the
/// forms that a source may take; each needs a binding.
fn placed<'a>(
    step: &Hall,
    places: &[Neuron],
    ways: impl Fn(usize) -> Result<Vec<(Source<'a>, Multiples)>, Stop>,
    limits: &Budget,
) -> Result<(), Stop> {
    let value = Sum::stated(&step.value, limits)?;
    let pairs = Pairs {
        sources: &step.sources,
        places: &step.places,
        bindings: &step.bindings,
        value: &value,
        limits,
    };
    pairs.check(places.len(), ways, |source, i, at| {
        source.entries(entry(places, i, "place")?, at, limits)
    })
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

/// The same at every k of a section.
pub(super) fn for_all_k(
    against: AgainstForAllK,
    pairs: &Pairs<Quotient>,
    section: &Section,
    proved: &[FactForAllK],
) -> Result<(), Stop> {
    if against == AgainstForAllK::AsTheyAre {
        not_flipped(proved)?;
    }
    let limits = section.limits;
    let is_line = against == AgainstForAllK::Lines;
    let lines;
    // Pairs (a, c) of what is placed.
    let placed: Vec<[&[Function]; 2]> = if is_line {
        lines = section.jumps(section.theta()?, None)?;
        lines.distinct(limits)?;
        let lines = lines.kinks.iter();
        lines.map(|kink| [&kink.normal[..], &[]]).collect()
    } else {
        let theta = section.theta()?;
        equal_shape("Θ", theta.shape(), section.gamma.shape())?;
        let neurons = section.movable(theta);
        if against == AgainstForAllK::Fixed {
            section.without_biases("N*")?;
            in_n_star(theta, "Θ", limits)?;
        } else {
            one_a_kink_for_all_k(neurons, "Θ", section)?;
        }
        let neurons = neurons.iter();
        neurons.map(|n| [&n.a[..], &n.c[..]]).collect()
    };
    let neurons = section.movable(&section.gamma);
    let (orientations, multiples) = match against {
        AgainstForAllK::Lines => (&[false][..], Multiples::All),
        AgainstForAllK::AsTheyAre => (&[false][..], Multiples::Positive),
        AgainstForAllK::Both => (&[false, true][..], Multiples::Positive),
        AgainstForAllK::Fixed => (&[false][..], Multiples::One),
    };
    let ways = |source| {
        let source = *entry(&placed, source, "source")?;
        let ways = orientations.iter();
        Ok(ways
            .map(|flipped| ((source, *flipped), multiples))
            .collect())
    };
    pairs.check(neurons.len(), ways, |([a, c], flipped), place, at| {
        let Coordinate { part, index } = at;
        let source = match part {
            Part::Inner => a,
            Part::Outer if is_line => return reject("lines have no outer weights"),
            Part::Outer => c,
        };
        let own = entry(source, index, "coordinate")?;
        let own = match *flipped && part == Part::Inner {
            true => own.neg(),
            false => own.clone(),
        };
        let place = entry(neurons, place, "place")?.part(part);
        Ok((own, entry(place, index, "coordinate")?.clone()))
    })
}

/// An earlier step of the section shows that no neurons of Θ can be flipped.
fn not_flipped(proved: &[FactForAllK]) -> Result<(), Stop> {
    let is_independent = |fact: &FactForAllK| matches!(fact, FactForAllK::Independent);
    match proved.iter().any(is_independent) {
        true => Ok(()),
        false => reject("no earlier step of the section shows that nothing can be flipped"),
    }
}

/// Every parametrization has Θ's output bias at every k of a section, as nothing can be flipped; so far is Γ's from it.
pub(super) fn output_bias_for_all_k(
    value: &Function,
    output: usize,
    section: &Section,
    proved: &[FactForAllK],
) -> Result<(), Stop> {
    not_flipped(proved)?;
    let theta = section.theta()?;
    equal_shape("Θ", theta.shape(), section.gamma.shape())?;
    one_a_kink_for_all_k(section.movable(theta), "Θ", section)?;
    let limits = section.limits;
    let [theirs, own] = [theta, &section.gamma]
        .map(|network| entry(section.output_bias(network)?, output, "output"));
    let gap = theirs?.sub(own?, limits)?;
    gap.has_size("the difference of the output biases", value, limits)
}
