//! Neurons of Θ that are turned round so that it satisfies C.3 with Γ (D03), for all k of a range, as [for numbers](crate::parametrizations::c3_possible).

use super::choices::Equation;
use super::expression::Expression;
use super::hypotheses::Rows;
use super::network::Neuron;
use super::sketch::Sketch;
use super::unproved::Unproved;
use crate::exact::scalar::{Order as _, Scalar as _};
use crate::parametrizations::{Directions, Line, against};

/// Neurons of Θ with Σ c_i a_iᵀ = 0, increasing: with these turned round and parallel ones merged, Θ satisfies C.3a, and C.3b with Γ. `other` are Θ's live ones.
/// None if there are no such sets at any k of the range, or Γ itself violates C.3a.
///
/// With all neurons of a line turned one way the sum of those turned is some matrix, and turning the line the other way adds its jump matrix: a sum of jumps
/// of lines that Γ leaves free must make up for it.
///
/// # Errors
/// As [`Equation::solve`].
pub(super) fn turned(
    sketch: &mut Sketch,
    own: &Rows,
    other: &Rows,
) -> Result<Option<Vec<usize>>, Unproved> {
    let live: Vec<Neuron> = other.on.iter().map(|&j| other.neurons[j].clone()).collect();
    let rows = Directions {
        gamma: own.on.iter().map(|&i| own.inner(i)).collect(),
        kinks: Vec::new(),
        theta: &live,
    };
    let Some(lines) = Line::all(sketch, &rows)? else {
        return Ok(None);
    };
    let numbered = |set: Vec<usize>| set.into_iter().map(|j| other.on[j]).collect();
    let flip = against(&lines, |_, _| None);
    let missing = sum(&live, flip.iter().map(|&j| (j, true)));
    if sketch.all_vanish(&missing)? {
        return Ok(Some(numbered(flip)));
    }
    let mut vectors = Vec::new();
    for (number, line) in lines
        .iter()
        .enumerate()
        .filter(|(_, line)| line.forced.is_none())
    {
        let first = line.own.first().map(|(_, reversed)| *reversed);
        let jump = line
            .own
            .iter()
            .map(|(j, reversed)| (*j, Some(*reversed) == first));
        let jump = sum(&live, jump);
        if !sketch.all_vanish(&jump)? {
            vectors.push((number, jump));
        }
    }
    let target = missing.iter().map(Expression::neg).collect();
    let (solutions, _) = Equation { vectors, target }.solve(sketch)?;
    let Some(chosen) = solutions.first() else {
        return Ok(None);
    };
    let other_way = |number: usize, line: &Line| {
        let first = line.own.first().filter(|_| chosen.contains(&number));
        first.map(|(_, reversed)| !reversed)
    };
    let flip = against(&lines, other_way);
    for entry in sum(&live, flip.iter().map(|&j| (j, true))) {
        sketch.zero(entry)?;
    }
    Ok(Some(numbered(flip)))
}

/// Σ ± c_i a_iᵀ, by rows.
fn sum(neurons: &[Neuron], set: impl Iterator<Item = (usize, bool)>) -> Vec<Expression> {
    let size = neurons
        .first()
        .map_or(0, |n| n.inner().len() * n.outer().len());
    let mut sum = vec![Expression::nil(); size];
    for (j, plus) in set {
        let neuron = &neurons[j];
        let rows = neuron.outer().iter();
        let product = rows.flat_map(|c| neuron.inner().iter().map(|a| a.mul(c)));
        for (sum, entry) in sum.iter_mut().zip(product) {
            *sum = if plus {
                sum.add(&entry)
            } else {
                sum.sub(&entry)
            };
        }
    }
    sum
}
