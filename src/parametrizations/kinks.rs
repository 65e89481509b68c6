//! The kinks of a function as the equation Σ_H N_H n_Hᵀ = R_0 sees them (N2), and networks made from its solutions.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_traits::{One, Signed as _, Zero};

use super::classes::{hyperplane, is_zero};
use super::system::{Question, reduced_rows};
use crate::exact::Rational;
use crate::network::{Neuron, TwoLayer};
use crate::realization::{CanonicalForm, Kink};

/// A function's kinks with κ_H n_Hᵀ, and R_0 = ½ Σ κ_H n_Hᵀ − M.
#[derive(Clone, Debug)]
pub(super) struct Kinks {
    pub form: CanonicalForm,
    vectors: Vec<Vec<Rational>>,
    target: Vec<Rational>,
}

/// A solution of N2: on every kink's line two neurons with outer weights κ_H − N_H and N_H (fewer where one is 0), and pairs
/// u ρ(−⟨w,x⟩) − u ρ(⟨w,x⟩) = −u⟨w,x⟩ for what is left.
#[derive(Clone, Debug)]
pub(super) struct Blueprint {
    /// N_H.
    negative: Vec<Vec<Rational>>,
    /// (w, u).
    pairs: Vec<(Vec<Rational>, Vec<Rational>)>,
    neurons: usize,
}

/// How long inner weights shall be: (s, size) of the first neuron on each hyperplane of a network.
pub(super) type Lengths = BTreeMap<Vec<BigInt>, (Rational, Rational)>;

impl Kinks {
    pub(super) fn of(form: CanonicalForm) -> Self {
        let product = |kink: &Kink| -> Vec<Rational> {
            let rows = kink.jump.iter();
            rows.flat_map(|k| kink.normal.iter().map(move |n| n * k))
                .collect()
        };
        let vectors: Vec<Vec<Rational>> = form.kinks().iter().map(product).collect();
        let half = Rational::new(1.into(), 2.into());
        let mut target: Vec<Rational> = form.linear().iter().flatten().map(|m| -m).collect();
        for (k, sum) in target.iter_mut().enumerate() {
            let values = vectors.iter().map(|vector| &vector[k]);
            *sum += values.sum::<Rational>() * &half;
        }
        Kinks {
            form,
            vectors,
            target,
        }
    }

    /// h.
    pub(super) fn count(&self) -> usize {
        self.vectors.len()
    }

    /// Which sets of kinks can be oriented negatively? With a `line` that kink is left out, and the equation is asked modulo it.
    pub(super) fn question(&self, line: Option<usize>) -> Question {
        let mut decided = vec![None; self.count()];
        let mut lines = Vec::new();
        if let Some(line) = line {
            decided[line] = Some(false);
            lines.push(self.form.kinks()[line].normal.clone());
        }
        Question {
            inputs: self.form.inputs(),
            vectors: self.vectors.clone(),
            target: self.target.clone(),
            lines,
            decided,
        }
    }

    /// R_0 − Σ_F κ_H n_Hᵀ, by rows.
    fn residual(&self, set: &[bool]) -> Vec<Vec<Rational>> {
        let mut rest = self.target.clone();
        for (vector, _) in self.vectors.iter().zip(set).filter(|(_, x)| **x) {
            for (sum, value) in rest.iter_mut().zip(vector) {
                *sum -= value;
            }
        }
        let rows = rest.chunks(self.form.inputs().max(1));
        rows.map(<[Rational]>::to_vec).collect()
    }

    /// The solution of N2 with the kinks of `set` oriented negatively, as far as possible: what R_0 lacks then is spread over kinks
    /// whose normals are in the row space of the residual, each with one more neuron, and over pairs on lines of their own.
    pub(super) fn blueprint(&self, set: &[bool]) -> Blueprint {
        let inputs = self.form.inputs();
        let rows = reduced_rows(&self.residual(set), inputs);
        let (mut shared, mut basis): (Vec<usize>, Vec<Vec<Rational>>) = Default::default();
        let mut span = Vec::new();
        for (k, kink) in self.form.kinks().iter().enumerate() {
            let normal = &kink.normal;
            if span.len() < rows.len() && in_span(normal, &rows) && !in_span(normal, &span) {
                shared.push(k);
                basis.push(normal.clone());
                span = reduced_rows(&basis, inputs);
            }
        }
        self.blueprint_on(set, &shared)
    }

    /// The same with given kinks `shared` to carry two neurons; their normals must be linearly independent.
    pub(super) fn blueprint_on(&self, set: &[bool], shared: &[usize]) -> Blueprint {
        let inputs = self.form.inputs();
        let mut set = set.to_vec();
        // A line with two neurons is oriented both ways: its own part is put back into what is shared.
        shared.iter().for_each(|&k| set[k] = false);
        let residual = self.residual(&set);
        let normals = shared.iter().map(|&k| self.form.kinks()[k].normal.clone());
        let mut basis: Vec<Vec<Rational>> = normals.collect();
        let mut span = reduced_rows(&basis, inputs);
        for row in &residual {
            if !in_span(row, &span) {
                basis.push(row.clone());
                span = reduced_rows(&basis, inputs);
            }
        }
        let parts = in_basis(&residual, &basis, inputs);
        let outputs = self.form.outputs();
        let kinks = self.form.kinks();
        let mut negative: Vec<Vec<Rational>> = (kinks.iter().zip(&set))
            .map(|(kink, flipped)| match flipped {
                true => kink.jump.clone(),
                false => vec![Rational::zero(); outputs],
            })
            .collect();
        for (&k, part) in shared.iter().zip(&parts) {
            negative[k].clone_from(part);
        }
        let others = basis.into_iter().zip(parts).skip(shared.len());
        let pairs: Vec<_> = others.filter(|(_, u)| !is_zero(u)).collect();
        let on_line = |(kink, part): (&Kink, &Vec<Rational>)| {
            usize::from(!is_zero(part)) + usize::from(*part != kink.jump)
        };
        let neurons = kinks.iter().zip(&negative).map(on_line).sum::<usize>() + 2 * pairs.len();
        Blueprint {
            negative,
            pairs,
            neurons,
        }
    }

    /// The network of a blueprint, with biases if `biased`.
    pub(super) fn network(
        &self,
        blueprint: &Blueprint,
        biased: bool,
        lengths: &Lengths,
    ) -> TwoLayer {
        let mut neurons = Vec::new();
        let half = Rational::new(1.into(), 2.into());
        let mut offset = self.form.constant().to_vec();
        for (kink, negative) in self.form.kinks().iter().zip(&blueprint.negative) {
            let mut row = kink.normal.clone();
            if biased {
                row.push(kink.offset.clone());
            }
            let (key, _) = hyperplane(&row);
            let unit = || (Rational::one(), Rational::one());
            let (scale, size) = lengths.get(&key).cloned().unwrap_or_else(unit);
            let parts = kink.jump.iter().zip(negative);
            let positive: Vec<Rational> = parts.map(|(k, n)| k - n).collect();
            for (sum, (p, n)) in offset.iter_mut().zip(positive.iter().zip(negative)) {
                *sum -= (p - n) * &half * &kink.offset;
            }
            let factor = &scale * &size;
            for (outer, size) in [(&positive, size.clone()), (negative, -size)] {
                if !is_zero(outer) {
                    let inner = row.iter().map(|n| n * &size).collect();
                    let outer = outer.iter().map(|c| c / &factor).collect();
                    neurons.extend(Neuron::new(scale.clone(), outer, inner));
                }
            }
        }
        for (w, u) in &blueprint.pairs {
            let mut row = w.clone();
            if biased {
                row.push(Rational::zero());
            }
            let negated = |values: &[Rational]| values.iter().map(|x| -x).collect::<Vec<_>>();
            neurons.push(Neuron::rational(row.clone(), negated(u)));
            neurons.push(Neuron::rational(negated(&row), u.clone()));
        }
        TwoLayer {
            neurons,
            inputs: self.form.inputs(),
            outputs: self.form.outputs(),
            offset: biased.then_some(offset),
        }
    }
}

impl Kinks {
    /// Whether the normals of some kinks are linearly independent.
    pub(super) fn independent(&self, some: &[usize]) -> bool {
        let normals = some.iter().map(|&k| self.form.kinks()[k].normal.clone());
        let normals: Vec<Vec<Rational>> = normals.collect();
        reduced_rows(&normals, self.form.inputs()).len() == some.len()
    }
}

impl Blueprint {
    /// How many neurons there are.
    pub(super) fn neurons(&self) -> usize {
        self.neurons
    }
}

/// (s, ‖a‖ relative to the normal with first entry 1) of the first live neuron on each hyperplane.
pub(super) fn lengths(network: &TwoLayer) -> Lengths {
    let first = |group: &Vec<usize>| {
        let neuron = &network.neurons[group[0]];
        let size = neuron.inner().iter().find(|x| !x.is_zero());
        (
            neuron.scale().clone(),
            size.map_or_else(Rational::one, |x| x.abs()),
        )
    };
    let groups = network.hyperplanes();
    groups
        .iter()
        .map(|(key, group)| (key.clone(), first(group)))
        .collect()
}

/// Whether a row is a combination of rows in reduced form.
fn in_span(row: &[Rational], basis: &[(usize, Vec<Rational>)]) -> bool {
    let mut rest = row.to_vec();
    for (pivot, other) in basis {
        let factor = rest[*pivot].clone();
        if !factor.is_zero() {
            for (x, y) in rest.iter_mut().zip(other) {
                *x -= &factor * y;
            }
        }
    }
    is_zero(&rest)
}

/// The columns X_j of X in rows = X·basis, for independent rows `basis` that span all `rows`.
fn in_basis(rows: &[Vec<Rational>], basis: &[Vec<Rational>], columns: usize) -> Vec<Vec<Rational>> {
    let marked: Vec<Vec<Rational>> = basis
        .iter()
        .enumerate()
        .map(|(j, row)| {
            let unit = (0..basis.len()).map(|k| Rational::from_integer(u8::from(j == k).into()));
            row.iter().cloned().chain(unit).collect()
        })
        .collect();
    let reduced = reduced_rows(&marked, columns);
    let coefficient = |row: &[Rational], j: usize| -> Rational {
        let terms = reduced.iter();
        terms.map(|(pivot, r)| &row[*pivot] * &r[columns + j]).sum()
    };
    (0..basis.len())
        .map(|j| rows.iter().map(|row| coefficient(row, j)).collect())
        .collect()
}
