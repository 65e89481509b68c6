//! The rank of the derivative of θ ↦ (R_θ(x_1), …, R_θ(x_N)) at Γ is P − h. What stops show is said at [`RankFact`], and why that is enough here.
//!
//! All rows of the derivative at points of a region together span the derivatives of all entries of the Jacobian J and of the constants q there. For two regions that differ at j
//! alone the difference of (J, q) is u ⊗ n, with n the form of j and u the weights from j to the outputs. Let δ be a variation of the parameters that all of these rows
//! make 0. Modulo the rescalings, layer by layer: at a crossing of j before which no variation remains and u, n ≠ 0, from δu ⊗ n + u ⊗ δn = 0 follows δn = λn; with one λ
//! eliminated at each crossing, the equations leave a space in which the multiples of j's own incoming weights lie, and if it has one dimension, nothing else. Those are taken away by j's rescaling.
//! Then δn = 0 and, in the last hidden layer, δu = 0. So the variation of settled neurons is 0, and that of the rest a vector of the open parameters, in the kernel of their columns, from which the rescalings
//! of the open neurons are to be taken: as many independent directions as there are open neurons. If the rank leaves no more, δ is a sum of rescalings.

use relucert_format::{RankFact, RankLine};

use super::budget::Budget;
use super::cost;
use super::layers::{Layers, Signs};
use super::modulus::Modulus;
use super::number::Q;
use super::span::Span;
use super::verdict::{Locate as _, Stop, differ, equal};

/// What a full rank says of Γ.
pub(crate) fn identifiable(rank: usize) -> String {
    format!(
        "Γ is locally identifiable: every network of its shape that is near enough to it and has the same function is Γ, but for positive rescalings of its hidden neurons.\n\
         The derivative of what its parameters are mapped to, values at points without a pre-activation 0, has the rank {rank}: as many as parameters less hidden neurons, the largest there can be.\n"
    )
}

/// A hidden neuron: its layer, and its place there.
type Place = (usize, usize);

/// Rejects points that do not show that the rank is P − h, of a network as layers modulo the fact's prime; answers it.
pub(crate) fn full_rank(
    step: &RankFact,
    layers: impl FnOnce(Modulus) -> Result<Layers, Stop>,
    limits: &Budget,
) -> Result<usize, Stop> {
    let prime = Q::from(&step.prime);
    let Some(modulus) = Modulus::stated(&prime) else {
        return differ("the modulus", prime, "a prime between 2^60 and 2^61");
    };
    let layers = layers(modulus)?;
    let stops = stops(&step.lines, &layers, limits)?;
    let hidden: Vec<usize> = layers.hidden().collect();
    let mut settled: Vec<Vec<bool>> = hidden.iter().map(|n| vec![false; *n]).collect();
    for (l, count) in hidden.iter().enumerate() {
        let mut here = Vec::with_capacity(*count);
        let crossings = stops.iter().flat_map(|line| line.windows(2));
        let mut at: Vec<Vec<&Signs>> = vec![Vec::new(); *count];
        for pair in crossings {
            let [before, after] = pair else { continue };
            limits.charge(cost::times(hidden.iter().sum(), 1))?;
            if let Some((layer, i)) = change(before, after)
                && layer == l
                && let Some(at) = at.get_mut(i)
            {
                at.push(before);
            }
        }
        for (i, at) in at.iter().enumerate() {
            here.push(is_settled((l, i), at, &layers, &settled, modulus, limits)?);
        }
        if let Some(layer) = settled.get_mut(l) {
            *layer = here;
        }
    }
    rest(&layers, &settled, &stops, modulus, limits)?;
    Ok(layers.parameters() - hidden.iter().sum::<usize>())
}

/// The signs at all stops, line by line.
fn stops(lines: &[RankLine], layers: &Layers, limits: &Budget) -> Result<Vec<Vec<Signs>>, Stop> {
    let mut all = Vec::with_capacity(lines.len());
    for (index, line) in lines.iter().enumerate() {
        let of_line = signs_on(line, layers, limits);
        all.push(of_line.in_part(|| format!("line {index}"))?);
    }
    Ok(all)
}

fn signs_on(line: &RankLine, layers: &Layers, limits: &Budget) -> Result<Vec<Signs>, Stop> {
    equal("length of from", line.from.len(), layers.inputs)?;
    equal("length of by", line.by.len(), layers.inputs)?;
    let [from, by] = [&line.from, &line.by].map(|x| x.iter().map(Q::from).collect::<Vec<Q>>());
    let mut signs = Vec::with_capacity(line.stops.len());
    let mut last: Option<Q> = None;
    for (index, stop) in line.stops.iter().enumerate() {
        let stop = Q::from(stop);
        if let Some(last) = last.filter(|last| *last >= stop) {
            return differ(format!("stop {index}"), stop, format!("more than {last}"));
        }
        let mut point = Vec::with_capacity(from.len());
        for (from, by) in from.iter().zip(&by) {
            let x = from + &(by * &stop);
            limits.check(x.bits())?;
            point.push(x);
        }
        limits.keep(cost::times(layers.hidden().sum(), 1) + 64)?;
        let found = layers.signs(&point, limits);
        signs.push(found.in_part(|| format!("stop {index}"))?);
        last = Some(stop);
    }
    Ok(signs)
}

/// The neuron at which the signs differ, if it is one alone.
fn change(before: &Signs, after: &Signs) -> Option<Place> {
    let layers = before.iter().zip(after).enumerate();
    let mut changes = layers.flat_map(|(l, (before, after))| {
        let pairs = before.iter().zip(after).enumerate();
        pairs.filter(|(_, (x, y))| x != y).map(move |(i, _)| (l, i))
    });
    changes.next().filter(|_| changes.next().is_none())
}

/// Powers of 3, from the power 0 on.
fn powers(count: usize, modulus: Modulus) -> Vec<u64> {
    let one = modulus.one();
    let three = modulus.sum(modulus.sum(one, one), one);
    let powers = std::iter::successors(Some(one), |x| Some(modulus.product(*x, three)));
    powers.take(count).collect()
}

/// Whether the crossings leave nothing of the neuron's variation but its rescaling.
fn is_settled(
    (l, i): Place,
    crossings: &[&Signs],
    layers: &Layers,
    settled: &[Vec<bool>],
    modulus: Modulus,
    limits: &Budget,
) -> Result<bool, Stop> {
    let outputs = powers(layers.outputs(), modulus);
    let row = layers.layer(l).get(i).map_or(&[][..], Vec::as_slice);
    let columns = layers.incoming(row).len();
    let mut span = Span::new(columns, modulus, limits)?;
    for signs in crossings {
        let weights = layers.weights(&outputs, signs, l, limits)?;
        let forms = layers.forms(signs, l + 1, limits)?;
        let heard = weights
            .get(l)
            .and_then(|layer| layer.get(i))
            .is_some_and(|u| *u != 0);
        let form = forms.get(l).and_then(|layer| layer.get(i));
        let lead = form.and_then(|form| form.iter().position(|x| *x != 0));
        let (true, Some(form), Some(lead)) = (heard, form, lead) else {
            continue;
        };
        let Some(before) = l.checked_sub(1) else {
            return Ok(true);
        };
        if !is_still(row, before, signs, layers, settled, limits)? {
            continue;
        }
        let before = forms.get(before).zip(signs.get(before));
        for row in equations(form, lead, before, layers.biased, modulus, limits)? {
            span.add(row, limits)?;
        }
        if span.rank() + 1 >= columns {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether no variation remains before a neuron with this row, behind the layer `before`.
fn is_still(
    row: &[u64],
    before: usize,
    signs: &Signs,
    layers: &Layers,
    settled: &[Vec<bool>],
    limits: &Budget,
) -> Result<bool, Stop> {
    // Whether what a row rests on has a variation, where these of the layer before have.
    let rests = |row: &[u64], varies: &[bool], active: &[bool]| {
        let mut terms = row.iter().zip(varies).zip(active);
        terms.any(|((weight, varies), active)| *active && *varies && *weight != 0)
    };
    let mut varies: Vec<bool> = Vec::new();
    let mut active: &[bool] = &[];
    for l in 0..=before {
        let mut next = Vec::with_capacity(layers.layer(l).len());
        for (row, settled) in layers
            .layer(l)
            .iter()
            .zip(settled.get(l).into_iter().flatten())
        {
            limits.charge(cost::times(row.len(), 1))?;
            next.push(!settled || rests(row, &varies, active));
        }
        (varies, active) = (next, signs.get(l).map_or(&[][..], Vec::as_slice));
    }
    Ok(!rests(row, &varies, active))
}

/// The equations of a crossing for the variation of incoming weights and bias.
fn equations(
    form: &[u64],
    lead: usize,
    before: Option<(&Vec<Vec<u64>>, &Vec<bool>)>,
    biased: bool,
    modulus: Modulus,
    limits: &Budget,
) -> Result<Vec<Vec<u64>>, Stop> {
    let Some((before, active)) = before else {
        return Ok(Vec::new());
    };
    let mut rows = Vec::with_capacity(form.len());
    let own = form.get(lead).copied().unwrap_or(0);
    let at = |form: &[u64], k: usize| form.get(k).copied().unwrap_or(0);
    for (m, entry) in form.iter().enumerate().filter(|(m, _)| *m != lead) {
        limits.charge(cost::times(before.len() + 1, 8))?;
        let minus = modulus.negative(*entry);
        let of = |at_m, at_lead| modulus.products(own, at_m, minus, at_lead);
        let terms = before.iter().zip(active);
        let mut row: Vec<u64> = terms
            .map(|(form, active)| match active {
                true => of(at(form, m), at(form, lead)),
                false => 0,
            })
            .collect();
        let constant = |k: usize| {
            if k + 1 == form.len() {
                modulus.one()
            } else {
                0
            }
        };
        row.extend(biased.then(|| of(constant(m), constant(lead))));
        rows.push(row);
    }
    Ok(rows)
}

/// The open parameters' derivatives at the stops leave nothing but rescalings.
fn rest(
    layers: &Layers,
    settled: &[Vec<bool>],
    stops: &[Vec<Signs>],
    modulus: Modulus,
    limits: &Budget,
) -> Result<(), Stop> {
    let mut open: Vec<Place> = Vec::new();
    for (l, layer) in settled.iter().enumerate() {
        let places = layer.iter().enumerate().filter(|(_, settled)| !**settled);
        open.extend(places.map(|(i, _)| (l, i)));
    }
    if open.is_empty() {
        return Ok(());
    }
    let outputs = layers.outputs();
    let width = |(l, i): &Place| {
        layers
            .layer(*l)
            .get(*i)
            .map_or(0, |row| layers.incoming(row).len())
    };
    let last = open.iter().filter(|(l, _)| l + 1 == settled.len()).count();
    let offsets = if layers.biased { outputs } else { 0 };
    let columns = open.iter().map(width).sum::<usize>() + last * outputs + offsets;
    let wanted = columns - open.len();
    let mut span = Span::new(columns, modulus, limits)?;
    for signs in stops.iter().flatten() {
        if span.rank() >= wanted {
            return Ok(());
        }
        let forms = layers.forms(signs, settled.len(), limits)?;
        for o in 0..outputs {
            let unit = (0..outputs).map(|k| if k == o { modulus.one() } else { 0 });
            let unit: Vec<u64> = unit.collect();
            let weights = layers.weights(&unit, signs, 0, limits)?;
            let region = Region {
                signs,
                forms: &forms,
                weights: &weights,
                output: o,
            };
            for k in 0..layers.width() {
                limits.charge(cost::times(columns, 8))?;
                span.add(region.row(k, &open, layers, modulus), limits)?;
            }
        }
    }
    match span.rank() >= wanted {
        true => Ok(()),
        false => {
            let first = open.first().map_or_else(String::new, |(l, i)| {
                format!(
                    "{} hidden neurons are not settled, the first is {i} of hidden layer {l}: ",
                    open.len()
                )
            });
            differ(
                format!("{first}rank of the derivatives of the parameters they leave open"),
                span.rank(),
                wanted,
            )
        }
    }
}

/// The derivative of one output in a region.
struct Region<'a> {
    signs: &'a Signs,
    forms: &'a [Vec<Vec<u64>>],
    weights: &'a [Vec<u64>],
    output: usize,
}

impl Region<'_> {
    /// Of entry k of its affine form, by the open parameters: incoming ones, those to outputs, output biases.
    fn row(&self, k: usize, open: &[Place], layers: &Layers, modulus: Modulus) -> Vec<u64> {
        let one = |is: bool| if is { modulus.one() } else { 0 };
        let is_constant = layers.biased && k + 1 == layers.width();
        let active =
            |l: usize, i: usize| self.signs.get(l).and_then(|layer| layer.get(i)) == Some(&true);
        let form = |l: usize, i: usize| {
            let form = self.forms.get(l).and_then(|layer| layer.get(i));
            let entry = form.and_then(|form| form.get(k)).copied();
            entry.filter(|_| active(l, i)).unwrap_or(0)
        };
        let mut row = Vec::new();
        for &(l, i) in open {
            let weight = self.weights.get(l).and_then(|layer| layer.get(i)).copied();
            let weight = weight.filter(|_| active(l, i)).unwrap_or(0);
            let weights = layers
                .layer(l)
                .get(i)
                .map_or(0, |row| row.len().saturating_sub(1));
            row.extend((0..weights).map(|j| {
                let before = l.checked_sub(1).map_or_else(|| one(j == k), |l| form(l, j));
                modulus.product(weight, before)
            }));
            row.extend(
                layers
                    .biased
                    .then(|| modulus.product(weight, one(is_constant))),
            );
        }
        for &(l, i) in open.iter().filter(|(l, _)| l + 1 == self.signs.len()) {
            let outputs = 0..layers.outputs();
            row.extend(outputs.map(|o| if o == self.output { form(l, i) } else { 0 }));
        }
        if layers.biased {
            row.extend((0..layers.outputs()).map(|o| one(o == self.output && is_constant)));
        }
        row
    }
}
