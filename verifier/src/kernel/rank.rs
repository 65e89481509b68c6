//! The rank of the derivative of θ ↦ (R_θ(x_1), …, R_θ(x_N)) at Γ is P − h. What stops show is said at [`RankFact`], and why that is enough here.
//!
//! All rows of the derivative at points of a region together span the derivatives of all entries of the Jacobian J and of the constants q there. For two regions that differ at j
//! alone the difference of (J, q) is u ⊗ n, with n the form of j and u the weights from j to the outputs. Let δ be a variation of the parameters that all of these rows
//! make 0, up to the rescalings, by which one weight or bias of each hidden neuron can be kept. Layer by layer: at a crossing of j before which no variation changes what j rests on and u, n ≠ 0, from
//! δu ⊗ n + u ⊗ δn = 0 follows δn = λn; with one λ eliminated at each crossing, the equations leave a space in which the multiples of j's own incoming weights lie. Those are taken away by j's
//! rescaling: what is left has a basis, of none if j is settled; then δn = 0 at the crossing and, in the last hidden layer, δu = 0. So δ is a sum of the directions that are left open, and it is 0 if no such
//! sum is made 0 by the rows of the derivative: then all variations in the kernel are sums of rescalings.

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
    // What each layer leaves open, of those before.
    let mut left: Vec<Vec<Left>> = Vec::with_capacity(hidden.len());
    for (l, count) in hidden.iter().enumerate() {
        let mut at: Vec<Vec<&Signs>> = vec![Vec::new(); *count];
        for pair in stops.iter().flat_map(|line| line.windows(2)) {
            let [before, after] = pair else { continue };
            limits.charge(cost::times(hidden.iter().sum(), 1))?;
            if let Some((layer, i)) = change(before, after)
                && layer == l
                && let Some(at) = at.get_mut(i)
            {
                at.push(before);
            }
        }
        let mut here = Vec::with_capacity(*count);
        for (i, at) in at.iter().enumerate() {
            here.push(left_open((l, i), at, &layers, &left, modulus, limits)?);
        }
        left.push(here);
    }
    rest(&layers, &left, &stops, modulus, limits)?;
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

/// A basis of the variations of a neuron's incoming weights, up to its rescaling, that are left open; none if nothing is.
type Left = Vec<Vec<u64>>;

/// What the crossings leave open of the neuron's variation. Where it is none, there was one of use.
fn left_open(
    (l, i): Place,
    crossings: &[&Signs],
    layers: &Layers,
    left: &[Vec<Left>],
    modulus: Modulus,
    limits: &Budget,
) -> Result<Left, Stop> {
    let outputs = powers(layers.outputs(), modulus);
    let row = layers.layer(l).get(i).map_or(&[][..], Vec::as_slice);
    let own = layers.incoming(row);
    let mut span = Span::new(own.len(), modulus, limits)?;
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
            return Ok(Left::new());
        };
        if varies(row, signs, &forms, layers, left, limits)? {
            continue;
        }
        let before = forms.get(before).zip(signs.get(before));
        for row in equations(form, lead, before, layers.biased, modulus, limits)? {
            span.add(row, limits)?;
        }
        if span.rank() + 1 >= own.len() {
            return Ok(Left::new());
        }
    }
    // Without a crossing of use the weights to outputs are open too.
    let basis = normalised(&span, own, layers.biased, modulus, limits)?;
    match basis.is_empty() {
        true => Ok(vec![vec![0; own.len()]]),
        false => Ok(basis),
    }
}

/// A basis of what is left, up to multiples of the neuron's own weights: with 0 for the bias if that is not 0, else for the first weight that is not.
fn normalised(
    span: &Span,
    own: &[u64],
    biased: bool,
    modulus: Modulus,
    limits: &Budget,
) -> Result<Left, Stop> {
    let bias = own.len().checked_sub(1).filter(|_| biased);
    let bias = bias.filter(|k| own.get(*k).is_some_and(|x| *x != 0));
    let gauge = bias.or_else(|| own.iter().position(|x| *x != 0));
    let mut independent = Span::new(own.len(), modulus, limits)?;
    let mut basis = Left::new();
    for mut vector in span.kernel(limits)? {
        if let Some(gauge) = gauge {
            let at = |row: &[u64]| row.get(gauge).copied().unwrap_or(0);
            let factor = modulus.product(at(&vector), modulus.inverse(at(own)));
            let minus = modulus.negative(factor);
            limits.charge(cost::times(own.len(), 4))?;
            for (x, own) in vector.iter_mut().zip(own) {
                *x = modulus.sum(*x, modulus.product(minus, *own));
            }
        }
        if independent.add(vector.clone(), limits)? {
            basis.push(vector);
        }
    }
    Ok(basis)
}

/// Whether what a neuron with this row rests on varies in a region, by what layers before it, which are those of `left`, leave open.
fn varies(
    row: &[u64],
    signs: &Signs,
    forms: &[Vec<Vec<u64>>],
    layers: &Layers,
    left: &[Vec<Left>],
    limits: &Budget,
) -> Result<bool, Stop> {
    // Whether a row rests on active neurons that vary, of the layer before.
    let rests = |row: &[u64], varies: &[bool], active: &[bool]| {
        let mut terms = row.iter().zip(varies).zip(active);
        terms.any(|((weight, varies), active)| *active && *varies && *weight != 0)
    };
    let mut varying: Vec<bool> = Vec::new();
    let mut active: &[bool] = &[];
    for (l, (left, here)) in left.iter().zip(signs).enumerate() {
        let before = l.checked_sub(1).and_then(|l| forms.get(l));
        let mut next = Vec::with_capacity(here.len());
        for ((row, left), is_active) in layers.layer(l).iter().zip(left).zip(here) {
            limits.charge(cost::times(row.len(), 1))?;
            let mut varies = *is_active && rests(row, &varying, active);
            for vector in left.iter().filter(|_| *is_active) {
                if varies {
                    break;
                }
                let form = match before {
                    None => vector.clone(),
                    Some(before) => layers.form(vector, before, active, limits)?,
                };
                varies = form.iter().any(|x| *x != 0);
            }
            next.push(varies);
        }
        (varying, active) = (next, here.as_slice());
    }
    Ok(rests(row, &varying, active))
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

/// The derivatives at the stops exclude every direction that is left.
fn rest(
    layers: &Layers,
    left: &[Vec<Left>],
    stops: &[Vec<Signs>],
    modulus: Modulus,
    limits: &Budget,
) -> Result<(), Stop> {
    let mut columns = Vec::new();
    let mut open: Vec<Place> = Vec::new();
    for (l, layer) in left.iter().enumerate() {
        for (i, basis) in layer
            .iter()
            .enumerate()
            .filter(|(_, basis)| !basis.is_empty())
        {
            open.push((l, i));
            let nonzero = basis.iter().filter(|vector| vector.iter().any(|x| *x != 0));
            columns.extend(nonzero.map(|vector| Column::Incoming((l, i), vector)));
        }
    }
    let Some((l, i)) = open.first() else {
        return Ok(());
    };
    let outputs = layers.outputs();
    for (l, i) in &open {
        if l + 1 == left.len() {
            columns.extend((0..outputs).map(|o| Column::Outgoing(*i, o)));
        }
    }
    if layers.biased {
        columns.extend((0..outputs).map(Column::Offset));
    }
    let mut span = Span::new(columns.len(), modulus, limits)?;
    for signs in stops.iter().flatten() {
        if span.rank() == columns.len() {
            return Ok(());
        }
        let forms = layers.forms(signs, left.len(), limits)?;
        let mut varied = Vec::with_capacity(columns.len());
        for column in &columns {
            varied.push(column.form(signs, &forms, layers, modulus, limits)?);
        }
        for o in 0..outputs {
            let unit = (0..outputs).map(|k| if k == o { modulus.one() } else { 0 });
            let unit: Vec<u64> = unit.collect();
            let weights = layers.weights(&unit, signs, 0, limits)?;
            for k in 0..layers.width() {
                limits.charge(cost::times(columns.len(), 8))?;
                let terms = columns.iter().zip(&varied);
                let entry = |(column, form): (&Column, &Vec<u64>)| {
                    let entry = form.get(k).copied().unwrap_or(0);
                    match *column {
                        Column::Incoming((l, i), _) => {
                            let weight = weights.get(l).and_then(|layer| layer.get(i)).copied();
                            modulus.product(weight.unwrap_or(0), entry)
                        }
                        Column::Outgoing(_, out) | Column::Offset(out) if out == o => entry,
                        _ => 0,
                    }
                };
                span.add(terms.map(entry).collect(), limits)?;
            }
        }
    }
    match span.rank() == columns.len() {
        true => Ok(()),
        false => differ(
            format!(
                "{} hidden neurons are not settled, the first is {i} of hidden layer {l}: rank of the derivatives in the directions they leave open",
                open.len()
            ),
            span.rank(),
            columns.len(),
        ),
    }
}

/// A direction in which parameters can still vary.
enum Column<'a> {
    /// A neuron's incoming weights and bias change by these.
    Incoming(Place, &'a [u64]),
    /// The weight from a neuron of the last hidden layer to an output.
    Outgoing(usize, usize),
    /// An output's bias.
    Offset(usize),
}

impl Column<'_> {
    /// How what the neuron gives on changes in a region; for outputs, how they do.
    fn form(
        &self,
        signs: &Signs,
        forms: &[Vec<Vec<u64>>],
        layers: &Layers,
        modulus: Modulus,
        limits: &Budget,
    ) -> Result<Vec<u64>, Stop> {
        let active =
            |l: usize, i: usize| signs.get(l).and_then(|layer| layer.get(i)) == Some(&true);
        let zero = || vec![0; layers.width()];
        limits.charge(cost::times(layers.width(), 2))?;
        Ok(match *self {
            Column::Incoming((l, i), _) if !active(l, i) => zero(),
            Column::Incoming((l, _), by) => {
                let before = l
                    .checked_sub(1)
                    .and_then(|l| forms.get(l).zip(signs.get(l)));
                match before {
                    None => by.to_vec(),
                    Some((before, active)) => layers.form(by, before, active, limits)?,
                }
            }
            Column::Outgoing(i, _) => {
                let last = signs.len().saturating_sub(1);
                let form = forms.get(last).and_then(|layer| layer.get(i)).cloned();
                form.filter(|_| active(last, i)).unwrap_or_else(zero)
            }
            Column::Offset(_) => {
                let mut form = zero();
                if let Some(constant) = form.last_mut() {
                    *constant = modulus.one();
                }
                form
            }
        })
    }
}
