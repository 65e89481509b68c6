//! Trees over a box whose splits are neurons: what one or two networks of any depth do in the parts.

use num_bigint::BigInt;
use num_traits::{Signed as _, Zero as _};

use super::budget::Budget;
use super::cost;
use super::deep::Deep;
use super::forms::{Ends, Forms, Slopes, bounded, maps};
use super::height::{ends, range};
use super::number::{Q, common_denominator, coordinates};
use super::parts::{HALVINGS, Layers, Place, whole};
use super::verdict::{Locate as _, Stop, differ, entry, reject};
use relucert_format::{CellGoal, Cut, Factors, Slack, StatedRational};

/// Where the walk through a tree stands: the parts that are still to be seen, the next one last.
pub(crate) struct Cells {
    networks: Vec<Layers>,
    inputs: usize,
    goal: CellGoal,
    /// Of the ends.
    scale: BigInt,
    parts: Vec<Place>,
    regions: usize,
    /// Whether a leaf leaves open how many there are.
    is_open: bool,
}

impl Cells {
    /// A tree without nodes.
    pub(crate) fn new(
        goal: &CellGoal,
        networks: [Option<&Deep>; 2],
        domain: &[(StatedRational, StatedRational)],
        limits: &Budget,
    ) -> Result<Cells, Stop> {
        let (ends, scale) = ends(domain, HALVINGS, limits)?;
        let (all, whole) = whole(networks, ends, domain.len(), limits)?;
        Ok(Cells {
            networks: all,
            inputs: domain.len(),
            goal: goal.clone(),
            scale,
            parts: vec![whole],
            regions: 0,
            is_open: false,
        })
    }

    /// How many regions were found, and whether these are all.
    pub(crate) fn regions(&self) -> (usize, bool) {
        (self.regions, !self.is_open)
    }

    /// Goes on through more nodes in preorder; answers whether the tree is complete.
    pub(crate) fn walk(&mut self, nodes: &[Cut], limits: &Budget) -> Result<bool, Stop> {
        for (index, node) in nodes.iter().enumerate() {
            limits.tick()?;
            let Some(place) = self.parts.pop() else {
                return reject(format!("the tree is complete before node {index}"));
            };
            let parts = self.parts(place, node, limits);
            // The first one next.
            let parts = parts.in_part(|| format!("at node {index}"))?;
            self.parts.extend(parts.into_iter().flatten().rev());
        }
        Ok(self.parts.is_empty())
    }

    /// The parts that are to be seen after a node, none of a leaf.
    fn parts(
        &mut self,
        place: Place,
        node: &Cut,
        limits: &Budget,
    ) -> Result<Option<[Place; 2]>, Stop> {
        let is_count = matches!(self.goal, CellGoal::Regions);
        match node {
            Cut::Halve(_) if is_count => reject("sides are not halved where regions are counted"),
            Cut::Halve(side) => place.halved(*side, &self.networks, limits).map(Some),
            Cut::Split(neuron) => place.split(*neuron, &self.networks, limits).map(Some),
            Cut::Empty(factors) => self.empty(&place, factors, limits).map(|()| None),
            Cut::Region(point) if is_count => {
                self.region(&place, point, limits)?;
                self.regions += 1;
                Ok(None)
            }
            Cut::Region(_) => reject("regions are not counted here"),
            Cut::Leaf(slacks) => {
                match &self.goal {
                    CellGoal::Height(bound) => self.low(&place, slacks, &bound.into(), limits)?,
                    _ if !slacks.is_empty() => return reject("the leaf needs no factors"),
                    CellGoal::Slope(bound) => self.flat(&place, &bound.into(), limits)?,
                    CellGoal::Regions => self.is_open = true,
                }
                Ok(None)
            }
        }
    }

    /// Adds Σ factor·(±t) to a row over a scale; answers the new scale.
    fn add(
        &self,
        place: &Place,
        factors: &Factors,
        row: &mut Vec<BigInt>,
        scale: BigInt,
        limits: &Budget,
    ) -> Result<BigInt, Stop> {
        let mut members = Vec::with_capacity(factors.len());
        let mut least = 0;
        for (neuron, factor) in factors {
            if *neuron < least {
                return differ("neurons must increase", neuron, format!("at least {least}"));
            }
            least = neuron + 1;
            let found = place.decided.iter().find(|it| it.neuron == *neuron);
            let Some(decided) = found else {
                return reject(format!("no split has decided neuron {neuron}"));
            };
            let factor = Q::from(factor);
            if !factor.is_positive() {
                return differ(format!("the factor of neuron {neuron}"), factor, "> 0");
            }
            let unit = Q::fraction(scale.clone(), decided.forms.scale.clone());
            let factor = &unit.unwrap_or_else(Q::zero) * &factor;
            limits.check(factor.bits())?;
            members.push((decided, factor));
        }
        let common = common_denominator(members.iter().map(|(_, factor)| factor), limits)?;
        let longest = row.iter().map(BigInt::bits).max().unwrap_or(0);
        limits.charge(cost::inner(row.len(), longest, common.bits()))?;
        row.iter_mut().for_each(|x| *x *= &common);
        for (decided, factor) in members {
            let Some(form) = decided.forms.rows.get(decided.row) else {
                return reject("a row is not there");
            };
            let factor = factor.numerator() * (&common / factor.denominator());
            let longest = form.iter().map(BigInt::bits).max().unwrap_or(0);
            limits.charge(cost::inner(form.len(), longest, factor.bits()))?;
            if row.len() < form.len() {
                row.resize(form.len(), BigInt::zero());
            }
            for (sum, x) in row.iter_mut().zip(form) {
                match decided.on {
                    true => *sum += &factor * x,
                    false => *sum -= &factor * x,
                }
            }
        }
        Ok(scale * common)
    }

    /// The largest value of a row over a scale on a box.
    fn most(
        &self,
        row: &[BigInt],
        scale: &BigInt,
        ends: &Ends,
        limits: &Budget,
    ) -> Result<Q, Stop> {
        let bits = |numbers: &[BigInt]| numbers.iter().map(BigInt::bits).max().unwrap_or(0);
        let longest = ends.iter().map(|ends| bits(ends)).max().unwrap_or(0);
        limits.charge(cost::times(2, cost::inner(row.len(), bits(row), longest)))?;
        let [_, most] = range(row, ends);
        let most = Q::fraction(most, scale * &self.scale);
        let most = most.unwrap_or_else(Q::zero);
        limits.check(most.bits())?;
        Ok(most)
    }

    fn empty(&self, place: &Place, factors: &Factors, limits: &Budget) -> Result<(), Stop> {
        if factors.is_empty() {
            return reject("there are no factors");
        }
        let mut row = vec![BigInt::zero(); self.inputs + 1];
        let scale = self.add(place, factors, &mut row, BigInt::from(1), limits)?;
        let most = self.most(&row, &scale, &place.ends, limits)?;
        match most.is_positive() {
            true => differ(
                "the cell is not empty by this sum, which reaches",
                most,
                "at most 0",
            ),
            false => Ok(()),
        }
    }

    /// The point is inside the cell, in which everything is decided.
    fn region(&self, place: &Place, point: &[StatedRational], limits: &Budget) -> Result<(), Stop> {
        place.check_decided(&self.networks)?;
        let point: Vec<StatedRational> = point.iter().chain([&one()]).cloned().collect();
        let point = coordinates(&point, self.inputs + 1, limits)?;
        let unit = entry(&point, self.inputs, "coordinate")?;
        let bits = point.iter().map(BigInt::bits).max().unwrap_or(0);
        for (x, [lower, upper]) in point.iter().zip(place.ends.iter()).take(self.inputs) {
            limits.charge(3 * cost::product(bits, upper.bits().max(lower.bits())))?;
            let x = x * &self.scale;
            if x <= lower * unit || x >= upper * unit {
                return reject("the point is not inside the box");
            }
        }
        for decided in &place.decided {
            let Some(form) = decided.forms.rows.get(decided.row) else {
                return reject("a row is not there");
            };
            let longest = form.iter().map(BigInt::bits).max().unwrap_or(0);
            limits.charge(cost::inner(form.len(), longest, bits))?;
            let value: BigInt = form.iter().zip(&point).map(|(n, x)| n * x).sum();
            if value.is_zero() || value.is_positive() != decided.on {
                return reject(format!(
                    "neuron {} has another sign at the point",
                    decided.neuron
                ));
            }
        }
        Ok(())
    }

    /// Outputs of the networks, in more coordinates with these ends, and bounds of slopes.
    fn bounded(
        &self,
        place: &Place,
        with_slopes: bool,
        limits: &Budget,
    ) -> Result<(Vec<(Forms, Slopes)>, Ends), Stop> {
        let mut ends = Ends::clone(&place.ends);
        let mut all = Vec::with_capacity(self.networks.len());
        for (front, network) in place.fronts.iter().zip(&self.networks) {
            let rest = network.maps.get(front.layer + 1..).unwrap_or_default();
            let inputs = self.inputs;
            let (forms, on) = (&front.forms, &front.on);
            let found = bounded(rest, forms, on, &mut ends, inputs, with_slopes, limits)?;
            all.push(found);
        }
        Ok((all, ends))
    }

    /// |f| is at most the bound.
    fn low(&self, place: &Place, slacks: &[Slack], bound: &Q, limits: &Budget) -> Result<(), Stop> {
        let (all, ends) = self.bounded(place, false, limits)?;
        let mut slacks = slacks.iter().peekable();
        let outputs = all.first().map_or(0, |(forms, _)| forms.rows.len());
        for output in 0..outputs {
            for negative in [false, true] {
                let (mut row, mut scale) = combined(&all, output, negative, limits)?;
                let is_it = |slack: &&Slack| slack.output == output && slack.negative == negative;
                if let Some(slack) = slacks.next_if(|slack| is_it(slack)) {
                    scale = self.add(place, &slack.factors, &mut row, scale, limits)?;
                }
                let most = self.most(&row, &scale, &ends, limits)?;
                if most > *bound {
                    let sign = if negative { "the negative of " } else { "" };
                    let reason = format!("{sign}output {output} may reach");
                    return differ(reason, most, format!("at most {bound}"));
                }
            }
        }
        match slacks.next() {
            None => Ok(()),
            Some(slack) => reject(format!(
                "the factors for output {} stand out of order, or there is no such output",
                slack.output
            )),
        }
    }

    /// No slope is larger than the bound.
    fn flat(&self, place: &Place, bound: &Q, limits: &Budget) -> Result<(), Stop> {
        let (all, _) = self.bounded(place, true, limits)?;
        let Some(((_, first), rest)) = all.split_first() else {
            return Ok(());
        };
        for (l, row) in first.rows.iter().enumerate() {
            for (j, [low, high]) in row.iter().enumerate() {
                let fraction = |x: &BigInt, slopes: &Slopes| {
                    Q::fraction(x.clone(), slopes.scale.clone()).unwrap_or_else(Q::zero)
                };
                let (mut least, mut most) = (fraction(low, first), fraction(high, first));
                limits.check(least.bits().max(most.bits()))?;
                for (_, other) in rest {
                    if let Some([low, high]) = other.rows.get(l).and_then(|row| row.get(j)) {
                        let (low, high) = (fraction(low, other), fraction(high, other));
                        (least, most) = (&low - &most, &high - &least);
                        limits.check(least.bits().max(most.bits()).saturating_mul(2))?;
                    }
                }
                let largest = most.abs().max(least.abs());
                if largest > *bound {
                    let reason = format!("entry ({l}, {j}) of the Jacobian may reach");
                    return differ(reason, largest, format!("at most {bound}"));
                }
            }
        }
        Ok(())
    }
}

fn one() -> StatedRational {
    StatedRational(BigInt::from(1).into())
}

/// ± an output of the difference, over a scale.
fn combined(
    all: &[(Forms, Slopes)],
    output: usize,
    negative: bool,
    limits: &Budget,
) -> Result<(Vec<BigInt>, BigInt), Stop> {
    let row = |forms: &Forms| entry(&forms.rows, output, "output").cloned();
    let (mut row, scale) = match all {
        [(one, _)] => (row(one)?, one.scale.clone()),
        [(one, _), (two, _)] => {
            let (one_row, two_row) = (row(one)?, row(two)?);
            let width = one_row.len().max(two_row.len());
            let longest = one_row.iter().chain(&two_row).map(BigInt::bits).max();
            let bits = one.scale.bits().max(two.scale.bits());
            limits.charge(cost::times(
                2,
                cost::inner(width, longest.unwrap_or(0), bits),
            ))?;
            let mut sum = vec![BigInt::zero(); width];
            for (sum, x) in sum.iter_mut().zip(&two_row) {
                *sum += x * &one.scale;
            }
            for (sum, x) in sum.iter_mut().zip(&one_row) {
                *sum -= x * &two.scale;
            }
            (sum, &one.scale * &two.scale)
        }
        _ => return reject("there is no network"),
    };
    if negative {
        row.iter_mut().for_each(|x| *x = -&*x);
    }
    Ok((row, scale))
}

/// The Jacobian of a network at a point around which it is affine.
pub(crate) fn jacobian(
    network: &Deep,
    point: &[StatedRational],
    limits: &Budget,
) -> Result<(Vec<Vec<BigInt>>, BigInt), Stop> {
    let maps = maps(network, limits)?;
    let inputs = network.inputs;
    let point: Vec<StatedRational> = point.iter().chain([&one()]).cloned().collect();
    let point = coordinates(&point, inputs + 1, limits)?;
    let bits = point.iter().map(BigInt::bits).max().unwrap_or(0);
    let mut forms = entry(&maps, 0, "layer")?.first(limits)?;
    for (layer, map) in maps.iter().skip(1).enumerate() {
        let mut on = Vec::with_capacity(forms.rows.len());
        for (i, row) in forms.rows.iter().enumerate() {
            let longest = row.iter().map(BigInt::bits).max().unwrap_or(0);
            limits.charge(cost::inner(row.len(), longest, bits))?;
            let value: BigInt = row.iter().zip(&point).map(|(n, x)| n * x).sum();
            if value.is_zero() && !row.iter().all(BigInt::is_zero) {
                return reject(format!(
                    "the pre-activation of neuron {i} of layer {layer} is 0 at the point, and not around it"
                ));
            }
            on.push(Some(value.is_positive()));
        }
        forms = map.after(&forms, &on, inputs, limits)?;
    }
    Ok((forms.rows, forms.scale))
}
