//! Steps in a section: each is checked for all k of its range at once.

use super::network::{Difference, Network, cross, nowhere_zero, row};
use crate::kernel::binding::{Hall, Multiples};
use crate::kernel::budget::Budget;
use crate::kernel::function::Function;
use crate::kernel::path::Path;
use crate::kernel::quotient::Quotient;
use crate::kernel::scalar::{Asked, Scalar as _};
use crate::kernel::verdict::{Locate as _, Stop, entry, equal, equal_shape, reject};
use relucert_format::{
    Binding, Coordinate, FamilyNetwork, Formula, Node, Part, Placed, Range, SectionFact,
};

/// The networks on the section's range.
pub(crate) struct Scene<'a> {
    pub(super) range: Range,
    pub(crate) gamma: Network,
    pub(crate) theta: Option<Network>,
    /// Φ and ‖Φ − Γ‖_∞ as the section states them.
    pub(super) phi: Option<(&'a FamilyNetwork, &'a Formula)>,
    pub(crate) limits: &'a Budget,
    pub(super) difference: Option<Difference>,
}

/// What a step has established.
#[derive(Debug)]
pub(crate) enum Fact {
    Equal,
    Jump(Function),
    AtLeast(Function),
    AtMost(Function),
    Independent,
    Separated(Function),
    Reached,
    Positive(Function),
}

impl Scene<'_> {
    pub(crate) fn number(&self, text: &Formula) -> Result<Function, Stop> {
        Function::stated(text, self.range, self.limits)
    }

    fn theta(&self) -> Result<&Network, Stop> {
        match &self.theta {
            Some(theta) => Ok(theta),
            None => reject("the claim has no Θ"),
        }
    }

    fn difference(&mut self) -> Result<&Difference, Stop> {
        let difference = match self.difference.take() {
            Some(difference) => difference,
            None => match &self.theta {
                Some(theta) => Difference::new(theta, Some(&self.gamma), self.limits)?,
                None => Difference::new(&self.gamma, None, self.limits)?,
            },
        };
        Ok(self.difference.insert(difference))
    }

    /// Checks a step; `independent` says whether an earlier one has shown that no neurons of Θ can be flipped.
    pub(super) fn step(&mut self, rule: &SectionFact, independent: bool) -> Result<Fact, Stop> {
        let limits = self.limits;
        match rule {
            SectionFact::Equal {} => {
                self.difference()?.vanishes(limits)?;
                Ok(Fact::Equal)
            }
            SectionFact::JumpNorm {
                value,
                kink,
                output,
                input,
            } => {
                let value = self.number(value)?;
                self.jump(&value, *kink, *output, *input)?;
                Ok(Fact::Jump(value))
            }
            SectionFact::AtLeast {
                point,
                output,
                input,
                value,
            } => {
                let point = row(point, self.range, limits)?;
                let value = self.number(value)?;
                self.point(&point, *output, *input, &value)?;
                Ok(Fact::AtLeast(value))
            }
            SectionFact::AtMost {
                bound,
                circuits,
                nodes,
            } => {
                let bound = self.number(bound)?;
                let mut read = Vec::with_capacity(circuits.len());
                for circuit in circuits {
                    let pair = |(h, text): &(usize, Formula)| Ok((*h, self.number(text)?));
                    read.push(circuit.iter().map(pair).collect::<Result<Vec<_>, Stop>>()?);
                }
                self.branch(&bound, &read, nodes)?;
                Ok(Fact::AtMost(bound))
            }
            SectionFact::Independent { functionals } => {
                self.independent(functionals)?;
                Ok(Fact::Independent)
            }
            SectionFact::Apart {
                value,
                against,
                sources,
                places,
                bindings,
            } => {
                let value = self.number(value)?;
                if *against == Placed::AsTheyAre && !independent {
                    return reject(
                        "no earlier step of the section shows that nothing can be flipped",
                    );
                }
                self.hall(&value, *against, sources, places, bindings)?;
                Ok(Fact::Separated(value))
            }
            SectionFact::Distance { neuron, entry } => {
                self.bound(*neuron, *entry)?;
                Ok(Fact::Reached)
            }
            SectionFact::Positive { value } => {
                let value = self.number(value)?;
                value.positive("the value", limits)?;
                Ok(Fact::Positive(value))
            }
        }
    }

    fn jump(
        &mut self,
        value: &Function,
        kink: usize,
        output: usize,
        input: usize,
    ) -> Result<(), Stop> {
        let limits = self.limits;
        let difference = self.difference()?;
        difference.distinct(limits)?;
        for jump in difference.kinks.iter().flat_map(|kink| &kink.jump) {
            value.bounds(jump, ["the jump norm", "an entry"], limits)?;
        }
        if difference.kinks.is_empty() {
            let what = "the jump norm without kinks";
            return Function::zero().has_size(what, value, limits);
        }
        let kink = entry(&difference.kinks, kink, "kink")?;
        let place = difference.place(output, input)?;
        let found = entry(&kink.jump, place, "entry")?;
        found.has_size("the entry of the jump", value, limits)
    }

    fn point(
        &mut self,
        point: &[Function],
        output: usize,
        input: usize,
        value: &Function,
    ) -> Result<(), Stop> {
        let limits = self.limits;
        let difference = self.difference()?;
        equal("coordinates of the point", point.len(), difference.inputs)?;
        let place = difference.place(output, input)?;
        let mut twice = entry(&difference.twice_linear, place, "entry")?.clone();
        for (h, kink) in difference.kinks.iter().enumerate() {
            let side = Function::dot(&kink.normal, point, limits)?;
            let plus = side.definite(&format!("the point's product with kink {h}"), limits)?;
            let jump = entry(&kink.jump, place, "entry")?;
            twice = twice.join(jump, plus, limits)?;
        }
        let value = value.add(value, limits)?;
        twice
            .has_size("twice the entry of the Jacobian", &value, limits)
            .in_part(|| "the value is doubled".to_owned())
    }

    fn branch(
        &mut self,
        bound: &Function,
        circuits: &[Vec<(usize, Function)>],
        nodes: &[Node],
    ) -> Result<(), Stop> {
        let limits = self.limits;
        let difference = self.difference()?;
        let mut path = Path::new(vec![None; difference.kinks.len()]);
        for (index, node) in nodes.iter().enumerate() {
            path.check(index)?;
            let seen = match *node {
                Node::Split(h) if path.split(h, true) => continue,
                Node::Split(h) => reject(format!(
                    "kink {h} does not exist or is split twice on one path"
                )),
                Node::Bound => difference.bounded(bound, &path.signs, limits),
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

    /// Θ has as many neurons as Γ, all live and on different hyperplanes at every k.
    fn all_kinks(&self) -> Result<&Network, Stop> {
        let (theta, limits) = (self.theta()?, self.limits);
        equal_shape("Θ", theta.shape(), self.gamma.shape())?;
        for (j, neuron) in theta.neurons.iter().enumerate() {
            for (name, row) in [("a", &neuron.a), ("c", &neuron.c)] {
                nowhere_zero(row, &format!("{name} of neuron {j} of Θ may be 0:"), limits)?;
            }
            for (i, earlier) in theta.neurons.iter().take(j).enumerate() {
                let names = format!("neurons {i} and {j} of Θ");
                cross(&neuron.a, &earlier.a, &names, limits)?;
            }
        }
        Ok(theta)
    }

    fn independent(&self, functionals: &[Vec<Formula>]) -> Result<(), Stop> {
        let (theta, limits) = (self.theta()?, self.limits);
        let (functions, neurons) = (functionals.len(), theta.neurons.len());
        equal("functionals against neurons of Θ", functions, neurons)?;
        let mut held = limits.hold(0)?;
        let matrices = theta.neurons.iter();
        let matrices = matrices.map(|neuron| neuron.jump(&mut held, limits));
        let matrices = matrices.collect::<Result<Vec<_>, Stop>>()?;
        for (i, functional) in functionals.iter().enumerate() {
            let functional = row(functional, self.range, limits)?;
            let length = theta.inputs * theta.outputs;
            equal("length of a functional", functional.len(), length)?;
            for (h, matrix) in matrices.iter().enumerate() {
                let value = Function::dot(&functional, matrix, limits)?;
                let what = || format!("functional {i} on neuron {h}");
                if h == i {
                    value.definite("the value", limits).in_part(what)?;
                } else if !value.is_zero(limits)? {
                    return Quotient::unseen("the value", Asked::Zero, &value).in_part(what);
                }
            }
        }
        Ok(())
    }

    fn bound(&self, neuron: usize, coordinate: Coordinate) -> Result<(), Stop> {
        let limits = self.limits;
        let Some((phi, distance)) = self.phi else {
            return reject("the section states no Φ");
        };
        let phi = Network::stated(phi, self.range, limits).in_part(|| "Φ".to_owned())?;
        equal_shape("Φ", phi.shape(), self.gamma.shape())?;
        Difference::new(&phi, Some(self.theta()?), limits)?
            .vanishes(limits)
            .in_part(|| "R(Φ) = R(Θ)".to_owned())?;
        let distance = self.number(distance)?;
        let mut attained = None;
        for (i, (phi, gamma)) in phi.neurons.iter().zip(&self.gamma.neurons).enumerate() {
            for part in [Part::Inner, Part::Outer] {
                for (index, (x, y)) in phi.part(part).iter().zip(gamma.part(part)).enumerate() {
                    let change = x.sub(y, limits)?;
                    let here = Coordinate { part, index };
                    let what = || format!("entry {here} of neuron {i}");
                    let names = ["the distance", "the change"];
                    distance.bounds(&change, names, limits).in_part(what)?;
                    if i == neuron && here == coordinate {
                        attained = Some(change);
                    }
                }
            }
        }
        match attained {
            Some(change) => change.has_size("the change of the named entry", &distance, limits),
            None => reject(format!("there is no entry {coordinate} of neuron {neuron}")),
        }
    }

    fn hall(
        &self,
        value: &Function,
        against: Placed,
        sources: &[usize],
        places: &[usize],
        bindings: &[Vec<Binding>],
    ) -> Result<(), Stop> {
        let limits = self.limits;
        let (is_line, both) = (against == Placed::Lines, against == Placed::Both);
        let lines;
        // Pairs (a, c) of what is placed.
        let list: Vec<[&[Function]; 2]> = if is_line {
            lines = Difference::new(self.theta()?, None, limits)?;
            lines.distinct(limits)?;
            let lines = lines.kinks.iter();
            lines.map(|kink| [&kink.normal[..], &[]]).collect()
        } else {
            let neurons = self.all_kinks()?.neurons.iter();
            neurons.map(|n| [&n.a[..], &n.c[..]]).collect()
        };
        let increasing = |list: &[usize]| list.is_sorted_by(|i, j| i < j);
        if !increasing(sources) || !increasing(places) || sources.len() <= places.len() {
            return reject(
                "sources and places must increase, and there must be more sources than places",
            );
        }
        let reason = "rows of bindings against sources";
        equal(reason, bindings.len(), sources.len())?;
        let neurons = &self.gamma.neurons;
        if places.last().is_some_and(|last| *last >= neurons.len()) {
            return reject("a place is no neuron of Γ");
        }
        let multiples = match is_line {
            true => Multiples::All,
            false => Multiples::Positive,
        };
        let ways = |source| {
            let source = *entry(&list, source, "source")?;
            let ways = [false, true].into_iter().take(1 + usize::from(both));
            Ok(ways.map(|flipped| ((source, flipped), multiples)).collect())
        };
        let hall = Hall {
            sources,
            places,
            bindings,
            value,
            limits,
        };
        let rows = |_| "bindings of a source".to_owned();
        hall.check(neurons.len(), rows, ways, |([a, c], flipped), place, at| {
            let Coordinate { part, index } = at;
            let place = entry(neurons, place, "place")?;
            let source = match part {
                Part::Inner => a,
                Part::Outer if is_line => return reject("lines have no outer weights"),
                Part::Outer => c,
            };
            let alpha = match entry(source, index, "coordinate")? {
                alpha if *flipped && part == Part::Inner => alpha.neg(),
                alpha => alpha.clone(),
            };
            Ok((alpha, entry(place.part(part), index, "coordinate")?.clone()))
        })
    }
}
