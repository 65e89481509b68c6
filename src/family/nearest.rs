//! Lower bounds for the distance of every parametrization, and nearest parametrizations, of families.

use num_traits::Zero as _;

use super::cost::{Cost, Scaling, Source, cost, is_larger, needs, scalings};
use super::difference::Difference;
use super::expression::Expression;
use super::moving;
use super::network::{Family, Neuron};
use super::quotient::Quotient;
use super::sketch::Sketch;
use super::unproved::{Misfit, Unproved};
use crate::certificate::{AgainstForAllK, Coordinate, Part, SectionFact};
use crate::exact::Rational;
use crate::exact::scalar::minors;
use crate::nearest::{Bottleneck, bottleneck};

/// A lower bound with its proof.
#[derive(Clone, Debug)]
pub struct Lower {
    /// The bound.
    pub value: Expression,
    /// The proof.
    pub steps: Vec<SectionFact>,
    /// What it needs.
    pub sketch: Sketch,
    /// With a bound by neurons as they are, the place of each neuron of Θ: then the bound is attained. With one by lines, that of each kink.
    pub placing: Vec<usize>,
    /// What was placed.
    pub placed: AgainstForAllK,
}

/// All lower bounds that the methods give, the largest first; each at `at_least` instead of its own value if that is given and not more.
///
/// # Errors
/// None was found.
pub fn lower_bounds(
    sketch: &Sketch,
    gamma: &Family,
    theta: &Family,
    at_least: Option<&Expression>,
) -> Result<Vec<Lower>, Unproved> {
    let methods = [as_they_are, lines, both];
    let (mut bounds, mut reasons): (Vec<Lower>, Vec<Unproved>) = (Vec::new(), Vec::new());
    for method in methods {
        match method(sketch.clone(), gamma, theta, at_least) {
            Ok(bound) => bounds.push(bound),
            Err(reason) => reasons.push(reason),
        }
    }
    if bounds.is_empty() {
        return Err(Unproved::NoBound(reasons));
    }
    // A stable insertion, since comparing may not be a total order for sorting.
    let mut sorted: Vec<Lower> = Vec::new();
    for bound in bounds {
        let smaller = |other: &Lower| sketch.is_positive(&bound.value.sub(&other.value));
        let at = sorted.iter().position(smaller).unwrap_or(sorted.len());
        sorted.insert(at, bound);
    }
    Ok(sorted)
}

fn costs(sketch: &Sketch, sources: &[Source], gamma: &Family) -> Result<Vec<Vec<Cost>>, Unproved> {
    let row = |source: &Source| {
        let places = gamma.neurons().iter();
        places.map(|place| cost(sketch, source, place)).collect()
    };
    let all = sources.iter().map(row);
    Ok(all.collect::<Result<Vec<Vec<Cost>>, Misfit>>()?)
}

/// The hall step for the sources in one or two orientations.
fn hall(
    sketch: &mut Sketch,
    gamma: &Family,
    against: AgainstForAllK,
    ways: &[Vec<Source>],
    at_least: Option<&Expression>,
) -> Result<(Expression, Bottleneck<Expression>, SectionFact), Unproved> {
    let costs = ways
        .iter()
        .map(|sources| costs(sketch, sources, gamma))
        .collect::<Result<Vec<_>, _>>()?;
    let least = |j: usize, i: usize| {
        let mut values = costs.iter().map(|way| way[j][i].value.clone());
        let first = values.next().unwrap_or_else(Expression::zero);
        values.fold(
            first,
            |a, b| if sketch.is_positive(&a.sub(&b)) { b } else { a },
        )
    };
    let count = ways.first().map_or(0, Vec::len);
    let places = gamma.neurons().len();
    let table: Vec<Vec<Expression>> = (0..count)
        .map(|j| (0..places).map(|i| least(j, i)).collect())
        .collect();
    let placing = bottleneck(&mut sketch.place(), &table)?;
    let placing = placing.ok_or(Misfit::Kinks)?;
    let value = match at_least {
        None => placing.value.clone(),
        Some(wanted) if sketch.is_non_negative(&placing.value.sub(wanted)) => wanted.clone(),
        Some(wanted) => {
            return Err(Unproved::Less {
                bound: placing.value,
                wanted: wanted.clone(),
            });
        }
    };
    if at_least.is_none() {
        // The bound is the method's largest wherever the placing costs no more: other ranges of k have other bounds.
        for (j, &i) in placing.places.iter().enumerate() {
            let near = |way: &&Vec<Vec<Cost>>| sketch.is_non_negative(&value.sub(&way[j][i].value));
            let all = costs
                .iter()
                .find(near)
                .map_or(&[][..], |way| &way[j][i].all);
            for other in all {
                sketch.non_negative(value.sub(other))?;
            }
        }
    }
    let violator = &placing.violator;
    let mut bindings = Vec::new();
    for &j in &violator.sources {
        let mut row = Vec::new();
        for (i, place) in gamma
            .neurons()
            .iter()
            .enumerate()
            .filter(|(i, _)| !violator.places.contains(i))
        {
            for (way, costs) in ways.iter().zip(&costs) {
                let binding = costs[j][i].binding;
                needs(sketch, &way[j], place, binding, &value)?;
                row.push(binding);
            }
        }
        bindings.push(row);
    }
    let step = SectionFact::Apart {
        value: sketch.formula(&value)?,
        against,
        sources: violator.sources.clone(),
        places: violator.places.clone(),
        bindings,
    };
    Ok((value, placing, step))
}

/// By the lines of the kinks of R(Θ).
fn lines(
    mut sketch: Sketch,
    gamma: &Family,
    theta: &Family,
    at_least: Option<&Expression>,
) -> Result<Lower, Unproved> {
    let function = Difference::new(&mut sketch, theta, None, &Rational::zero())?;
    function.distinct(&mut sketch)?;
    let sources = function
        .kinks
        .iter()
        .map(|kink| Source::line(&kink.normal))
        .collect();
    let (value, placing, step) = hall(
        &mut sketch,
        gamma,
        AgainstForAllK::Lines,
        &[sources],
        at_least,
    )?;
    Ok(Lower {
        value,
        steps: vec![step],
        sketch,
        placing: placing.places,
        placed: AgainstForAllK::Lines,
    })
}

/// The proof needs every neuron of Θ to be one kink, and Γ to have as many.
fn all_kinks(sketch: &mut Sketch, gamma: &Family, theta: &Family) -> Result<(), Unproved> {
    if gamma.neurons().len() != theta.neurons().len() {
        return Err(Unproved::Neurons);
    }
    for (j, neuron) in theta.neurons().iter().enumerate() {
        // Where there are biases, on R^d.
        sketch.some_definite(neuron.inner()[..theta.inputs()].to_vec())?;
        sketch.some_definite(neuron.outer().to_vec())?;
        for earlier in &theta.neurons()[..j] {
            sketch.some_definite(minors(neuron.inner(), earlier.inner()))?;
        }
    }
    Ok(())
}

/// By the neurons of Θ, none of which can be flipped.
fn as_they_are(
    mut sketch: Sketch,
    gamma: &Family,
    theta: &Family,
    at_least: Option<&Expression>,
) -> Result<Lower, Unproved> {
    all_kinks(&mut sketch, gamma, theta)?;
    let independent = independent(&mut sketch, theta)?;
    let sources: Vec<Source> = theta.neurons().iter().map(Source::neuron).collect();
    let (value, placing, step) =
        match output_bias(&mut sketch, gamma, theta, &[&sources], at_least)? {
            Some(found) => found,
            None => hall(
                &mut sketch,
                gamma,
                AgainstForAllK::AsTheyAre,
                &[sources],
                at_least,
            )?,
        };
    Ok(Lower {
        value,
        steps: vec![independent, step],
        sketch,
        placing: placing.places,
        placed: AgainstForAllK::AsTheyAre,
    })
}

/// By the output bias, which is Θ's in every parametrization if nothing can be flipped: where it is further from Γ's than the neurons are, or as far
/// as is asked for. Else the proof needs the neurons to be no nearer.
fn output_bias(
    sketch: &mut Sketch,
    gamma: &Family,
    theta: &Family,
    ways: &[&[Source]],
    at_least: Option<&Expression>,
) -> Result<Option<(Expression, Bottleneck<Expression>, SectionFact)>, Unproved> {
    let (Some(own), Some(other)) = (gamma.offset(), theta.offset()) else {
        return Ok(None);
    };
    let mut widest = (Expression::zero(), 0);
    for (output, (x, y)) in own.iter().zip(other).enumerate() {
        let gap = sketch.abs(&y.sub(x));
        if sketch.is_positive(&gap.sub(&widest.0)) {
            widest = (gap, output);
        }
    }
    let (gap, output) = widest;
    if at_least.is_some_and(|wanted| !sketch.is_non_negative(&gap.sub(wanted))) {
        return Ok(None);
    }
    let costs = costs(sketch, ways.first().copied().unwrap_or_default(), gamma)?;
    let value = |row: &Vec<Cost>| row.iter().map(|cost| cost.value.clone()).collect();
    let table: Vec<Vec<Expression>> = costs.iter().map(value).collect();
    let placing = bottleneck(&mut sketch.place(), &table)?.ok_or(Misfit::Kinks)?;
    let further = placing.value.sub(&gap);
    if at_least.is_none() && sketch.is_positive(&further) {
        // On ranges where the output bias is further there is another bound.
        sketch.non_negative(further)?;
        for (x, y) in own.iter().zip(other) {
            sketch.non_negative(placing.value.sub(&y.sub(x)))?;
            sketch.non_negative(placing.value.add(&y.sub(x)))?;
        }
        return Ok(None);
    }
    if at_least.is_none() {
        for (j, &i) in placing.places.iter().enumerate() {
            for other in &costs[j][i].all {
                sketch.non_negative(gap.sub(other))?;
            }
        }
        for (x, y) in own.iter().zip(other) {
            sketch.non_negative(gap.sub(&y.sub(x)))?;
            sketch.non_negative(gap.add(&y.sub(x)))?;
        }
    }
    sketch.non_negative(gap.clone())?;
    let step = SectionFact::OutputBias {
        value: sketch.formula(&gap)?,
        output,
    };
    Ok(Some((gap, placing, step)))
}

/// By the neurons of Θ in either orientation.
fn both(
    mut sketch: Sketch,
    gamma: &Family,
    theta: &Family,
    at_least: Option<&Expression>,
) -> Result<Lower, Unproved> {
    all_kinks(&mut sketch, gamma, theta)?;
    let sources: Vec<Source> = theta.neurons().iter().map(Source::neuron).collect();
    let flipped = sources.iter().map(Source::flipped).collect();
    let (value, placing, step) = hall(
        &mut sketch,
        gamma,
        AgainstForAllK::Both,
        &[sources, flipped],
        at_least,
    )?;
    Ok(Lower {
        value,
        steps: vec![step],
        sketch,
        placing: placing.places,
        placed: AgainstForAllK::Both,
    })
}

/// A basis of functionals dual to the c_i a_iᵀ, which must be free of roots and independent.
fn independent(sketch: &mut Sketch, theta: &Family) -> Result<SectionFact, Unproved> {
    let product = |n: &Neuron| {
        let entries = n.outer().iter().flat_map(|c| {
            let inner = n.inner()[..theta.inputs()].iter();
            inner.map(move |a| c.mul(a).to_quotient())
        });
        entries.collect::<Option<Vec<_>>>()
    };
    let matrices = theta
        .neurons()
        .iter()
        .map(product)
        .collect::<Option<Vec<_>>>();
    let matrices = matrices.ok_or(Misfit::Contributions)?;
    let Some(functionals) = dual_basis(&matrices) else {
        return Err(Misfit::Dependent.into());
    };
    let mut rows = Vec::new();
    for (functional, matrix) in functionals.iter().zip(&matrices) {
        let row: Vec<Expression> = functional.iter().cloned().map(Expression::from).collect();
        let products = functional.iter().zip(matrix).map(|(x, y)| x.mul(y));
        let value = products.fold(Quotient::zero(), |sum, p| sum.add(&p));
        sketch.definite(&value.into())?;
        rows.push(sketch.formulas(&row)?);
    }
    Ok(SectionFact::Independent { functionals: rows })
}

/// Functionals ℓ_i with ⟨ℓ_i, v_j⟩ = δ_ij, zero outside the first independent columns; `None` if the rows are dependent.
fn dual_basis(rows: &[Vec<Quotient>]) -> Option<Vec<Vec<Quotient>>> {
    let width = rows.first()?.len();
    let unit = |i: usize| {
        (0..rows.len()).map(move |j| {
            if i == j {
                Quotient::one()
            } else {
                Quotient::zero()
            }
        })
    };
    // Columns after `width` record the row operations.
    let mut work: Vec<Vec<Quotient>> = rows
        .iter()
        .enumerate()
        .map(|(i, row)| row.iter().cloned().chain(unit(i)).collect())
        .collect();
    let mut pivots = Vec::new();
    for column in 0..width {
        let done = pivots.len();
        let Some(found) = (done..work.len()).find(|&i| !work[i][column].is_zero()) else {
            continue;
        };
        work.swap(done, found);
        let inverse = work[done][column].inverse()?;
        let lead: Vec<Quotient> = work[done].iter().map(|x| x.mul(&inverse)).collect();
        for (i, row) in work.iter_mut().enumerate() {
            let factor = row[column].clone();
            if i == done || factor.is_zero() {
                continue;
            }
            for (x, y) in row.iter_mut().zip(&lead) {
                *x = x.sub(&factor.mul(y));
            }
        }
        work[done] = lead;
        pivots.push(column);
    }
    if pivots.len() < rows.len() {
        return None;
    }
    // E·V has unit columns at the pivots, so with ℓ_i[pivot p] = E[p][i] one has Σ_p V[j][p]·E[p][i] = δ_ij.
    let functional = |i: usize| {
        let mut row = vec![Quotient::zero(); width];
        for (p, &column) in pivots.iter().enumerate() {
            row[column] = work[p][width + i].clone();
        }
        row
    };
    Some((0..rows.len()).map(functional).collect())
}

/// ‖Φ − Γ‖_∞ at the place, and the entry where it is attained; the proof needs all of it, and R(Φ) = R(Θ).
///
/// # Errors
/// Φ does not fit, or is another function.
pub fn reached(
    sketch: &mut Sketch,
    gamma: &Family,
    theta: &Family,
    phi: &Family,
) -> Result<(Expression, SectionFact), Unproved> {
    let shape = |f: &Family| {
        let biases = usize::from(f.offset().is_some());
        [f.inputs(), f.neurons().len(), f.outputs(), biases]
    };
    if shape(phi) != shape(gamma) {
        return Err(Unproved::PhiShape);
    }
    sketch.network(phi)?;
    Difference::new(sketch, phi, Some(theta), &Rational::zero())?.vanishes(sketch)?;
    let mut changes = Vec::new();
    for (i, (phi, gamma)) in phi.neurons().iter().zip(gamma.neurons()).enumerate() {
        for (part, x, y) in [
            (Part::Inner, phi.inner(), gamma.inner()),
            (Part::Outer, phi.outer(), gamma.outer()),
        ] {
            for (index, (x, y)) in x.iter().zip(y).enumerate() {
                changes.push((i, Coordinate { part, index }, x.sub(y)));
            }
        }
    }
    let biases = phi.offset().into_iter().flatten();
    let biases = biases.zip(gamma.offset().into_iter().flatten());
    for (index, (x, y)) in biases.enumerate() {
        let part = Part::Outer;
        changes.push((gamma.neurons().len(), Coordinate { part, index }, x.sub(y)));
    }
    let (mut distance, mut place) = (
        Expression::zero(),
        (
            0,
            Coordinate {
                part: Part::Inner,
                index: 0,
            },
        ),
    );
    let mut first = true;
    for (i, at, change) in &changes {
        let size = sketch.abs(change);
        if first || sketch.is_positive(&size.sub(&distance)) {
            (distance, place, first) = (size, (*i, *at), false);
        }
    }
    for (_, _, change) in &changes {
        sketch.non_negative(distance.sub(change))?;
        sketch.non_negative(distance.add(change))?;
    }
    let (neuron, entry) = place;
    Ok((distance, SectionFact::Distance { neuron, entry }))
}

/// Parametrizations at the distance of a bound: each neuron of Θ at its place, scaled to fit, or neurons of Γ moved to the kinks. Several, since
/// one may be good for more k than another.
pub fn candidates(sketch: &Sketch, gamma: &Family, theta: &Family, lower: &Lower) -> Vec<Family> {
    let places = match lower.placed {
        AgainstForAllK::AsTheyAre => &lower.placing,
        AgainstForAllK::Lines => {
            return moving::candidates(sketch, gamma, theta, &lower.value, &lower.placing);
        }
        AgainstForAllK::Both | AgainstForAllK::Fixed => return Vec::new(),
    };
    let fits = |mu: &Scaling, [low, high]: &[Option<Scaling>; 2]| {
        let below =
            |end: &Option<Scaling>| end.as_ref().is_some_and(|end| is_larger(sketch, mu, end));
        let above =
            |end: &Option<Scaling>| end.as_ref().is_some_and(|end| is_larger(sketch, end, mu));
        !above(low) && !below(high)
    };
    let build = |strategy: usize| -> Option<Family> {
        let mut neurons: Vec<Option<Neuron>> = vec![None; gamma.neurons().len()];
        for (neuron, &place) in theta.neurons().iter().zip(places) {
            let source = Source::neuron(neuron);
            let ends = scalings(sketch, &source, &gamma.neurons()[place], &lower.value)?;
            let one = [Expression::one(), Expression::one()];
            let [above, below] = match strategy {
                0 if fits(&one, &ends) => one,
                2 => ends[1].clone().or(ends[0].clone())?,
                _ => ends[0].clone().or(ends[1].clone())?,
            };
            let (mu, inverse) = (above.div(&below)?, below.div(&above)?);
            let inner = neuron.inner().iter().map(|a| a.mul(&mu)).collect();
            let outer = neuron.outer().iter().map(|c| c.mul(&inverse)).collect();
            neurons[place] = Some(Neuron::of(inner, outer));
        }
        let offset = theta.offset().map(<[Expression]>::to_vec);
        Family::new(neurons.into_iter().collect::<Option<_>>()?, offset).ok()
    };
    (0..3).filter_map(build).collect()
}
