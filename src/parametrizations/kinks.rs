//! The kinks of a function as the equation Σ_H N_H n_Hᵀ = R_0 sees them (N2), and networks made from its solutions.

use super::classes::is_zero;
use super::system::{Question, reduced_rows};
use crate::exact::Rational;
use crate::exact::scalar::{Order, Scalar};
use crate::network::{Neuron, TwoLayer};
use crate::realization::{CanonicalForm, Kink};

/// A function's kinks with κ_H n_Hᵀ, and R_0 = ½ Σ κ_H n_Hᵀ − M.
#[derive(Clone, Debug)]
pub(super) struct Kinks<S = Rational> {
    pub form: CanonicalForm<S>,
    vectors: Vec<Vec<S>>,
    target: Vec<S>,
}

/// A solution of N2: on every kink's line two neurons with outer weights κ_H − N_H and N_H (fewer where one is 0), and pairs
/// u ρ(−⟨w,x⟩) − u ρ(⟨w,x⟩) = −u⟨w,x⟩ for what is left.
#[derive(Clone, Debug)]
pub(super) struct Blueprint<S = Rational> {
    /// N_H.
    negative: Vec<Vec<S>>,
    /// (w, u).
    pairs: Vec<(Vec<S>, Vec<S>)>,
    neurons: usize,
}

/// How long inner weights shall be: (s, size) of the first neuron on each kink's hyperplane, where there is one.
pub(super) type Lengths<S> = Vec<Option<(S, S)>>;

impl<S: Scalar> Kinks<S> {
    pub(super) fn of(form: CanonicalForm<S>) -> Self {
        let product = |kink: &Kink<S>| -> Vec<S> {
            let rows = kink.jump.iter();
            rows.flat_map(|k| kink.normal.iter().map(move |n| n.times(k)))
                .collect()
        };
        let vectors: Vec<Vec<S>> = form.kinks.iter().map(product).collect();
        let half: S = Rational::new(1.into(), 2.into()).into();
        let mut target: Vec<S> = form.linear.iter().flatten().map(S::negative).collect();
        for (k, sum) in target.iter_mut().enumerate() {
            let values = vectors.iter().map(|vector| &vector[k]);
            let total = values.fold(S::nil(), |sum, value| sum.plus(value));
            *sum = sum.plus(&total.times(&half));
        }
        Kinks {
            form,
            vectors,
            target,
        }
    }

    /// (n_H, β_H), as a network with or without biases has it.
    fn row(&self, kink: usize, biased: bool) -> Vec<S> {
        let kink = &self.form.kinks[kink];
        let mut row = kink.normal.clone();
        if biased {
            row.push(kink.offset.clone());
        }
        row
    }

    /// For every kink, the first of a network's live neurons there, and μ in (a, b) = μ·(n_H, β_H).
    pub(super) fn first<O: Order<S>>(
        &self,
        order: &mut O,
        network: &TwoLayer<S>,
        live: &[usize],
    ) -> Result<Vec<Option<(usize, S)>>, O::Undecided> {
        let h = self.count();
        let own = (0..h).map(|kink| self.row(kink, network.offset.is_some()));
        let own: Vec<Vec<S>> = own.collect();
        let theirs = live.iter().map(|&i| network.neurons[i].inner());
        let rows: Vec<&[S]> = own.iter().map(Vec::as_slice).chain(theirs).collect();
        let mut first = vec![None; h];
        for group in order.parallel(&rows, true)? {
            if let [kink, neuron, ..] = group[..]
                && kink < h
                && neuron >= h
            {
                let factor = order.factor(rows[neuron], rows[kink])?;
                first[kink] = Some((live[neuron - h], factor));
            }
        }
        Ok(first)
    }

    /// h.
    pub(super) fn count(&self) -> usize {
        self.vectors.len()
    }

    /// Which sets of kinks can be oriented negatively? With a `line` that kink is left out, and the equation is asked modulo it.
    pub(super) fn question(&self, line: Option<usize>) -> Question<S> {
        let mut decided = vec![None; self.count()];
        let mut lines = Vec::new();
        if let Some(line) = line {
            decided[line] = Some(false);
            lines.push(self.form.kinks[line].normal.clone());
        }
        Question {
            inputs: self.form.inputs,
            vectors: self.vectors.clone(),
            target: self.target.clone(),
            lines,
            decided,
        }
    }

    /// R_0 − Σ_F κ_H n_Hᵀ, by rows.
    fn residual(&self, set: &[bool]) -> Vec<Vec<S>> {
        let mut rest = self.target.clone();
        for (vector, _) in self.vectors.iter().zip(set).filter(|(_, x)| **x) {
            for (sum, value) in rest.iter_mut().zip(vector) {
                *sum = sum.less(value);
            }
        }
        let rows = rest.chunks(self.form.inputs.max(1));
        rows.map(<[S]>::to_vec).collect()
    }

    /// The residual modulo the lines of some kinks, by rows.
    pub(super) fn rest(&self, set: &[bool], lines: &[usize]) -> Vec<Vec<S>> {
        let vector = self.residual(set).concat();
        let question = Question {
            inputs: self.form.inputs,
            target: vec![S::nil(); vector.len()],
            vectors: vec![vector],
            lines: lines
                .iter()
                .map(|&k| self.form.kinks[k].normal.clone())
                .collect(),
            decided: vec![None],
        };
        let mut rows = vec![vec![S::nil(); self.form.inputs]; self.form.outputs()];
        for (output, column, mut values) in question.coordinates() {
            rows[output][column] = values.swap_remove(0);
        }
        rows
    }

    /// The solution of N2 with the kinks of `set` oriented negatively, as far as possible: what R_0 lacks then is spread over kinks
    /// whose normals are in the row space of the residual, each with one more neuron, and over pairs on lines of their own.
    pub(super) fn blueprint(&self, set: &[bool]) -> Blueprint<S> {
        let inputs = self.form.inputs;
        let rows = reduced_rows(&self.residual(set), inputs);
        let (mut shared, mut basis): (Vec<usize>, Vec<Vec<S>>) = Default::default();
        let mut span = Vec::new();
        for (k, kink) in self.form.kinks.iter().enumerate() {
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
    pub(super) fn blueprint_on(&self, set: &[bool], shared: &[usize]) -> Blueprint<S> {
        let inputs = self.form.inputs;
        let mut set = set.to_vec();
        // A line with two neurons is oriented both ways: its own part is put back into what is shared.
        shared.iter().for_each(|&k| set[k] = false);
        let residual = self.residual(&set);
        let normals = shared.iter().map(|&k| self.form.kinks[k].normal.clone());
        let mut basis: Vec<Vec<S>> = normals.collect();
        let mut span = reduced_rows(&basis, inputs);
        for row in &residual {
            if !in_span(row, &span) {
                basis.push(row.clone());
                span = reduced_rows(&basis, inputs);
            }
        }
        let parts = in_basis(&residual, &basis, inputs);
        let outputs = self.form.outputs();
        let kinks = &self.form.kinks;
        let mut negative: Vec<Vec<S>> = (kinks.iter().zip(&set))
            .map(|(kink, flipped)| match flipped {
                true => kink.jump.clone(),
                false => vec![S::nil(); outputs],
            })
            .collect();
        for (&k, part) in shared.iter().zip(&parts) {
            negative[k].clone_from(part);
        }
        let others = basis.into_iter().zip(parts).skip(shared.len());
        let pairs: Vec<_> = others.filter(|(_, u)| !is_zero(u)).collect();
        let on_line = |(kink, part): (&Kink<S>, &Vec<S>)| {
            let mut rest = kink.jump.iter().zip(part).map(|(k, n)| k.less(n));
            usize::from(!is_zero(part)) + usize::from(!rest.all(|rest| rest.is_nil()))
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
        blueprint: &Blueprint<S>,
        biased: bool,
        lengths: &Lengths<S>,
    ) -> TwoLayer<S> {
        let mut neurons = Vec::new();
        let half: S = Rational::new(1.into(), 2.into()).into();
        let mut offset = self.form.constant.clone();
        let negated = |values: &[S]| values.iter().map(S::negative).collect::<Vec<_>>();
        for (h, (kink, negative)) in self.form.kinks.iter().zip(&blueprint.negative).enumerate() {
            let (scale, size) = lengths[h].clone().unwrap_or_else(|| (S::unit(), S::unit()));
            let row: Vec<S> = self.row(h, biased).iter().map(|n| n.times(&size)).collect();
            let parts = kink.jump.iter().zip(negative);
            let positive: Vec<S> = parts.map(|(k, n)| k.less(n)).collect();
            for (sum, (p, n)) in offset.iter_mut().zip(positive.iter().zip(negative)) {
                *sum = sum.less(&p.less(n).times(&half).times(&kink.offset));
            }
            // The contribution over s and the size, and then a neuron times √s.
            let inverse = scale.times(&size).reciprocal();
            let inverse = inverse.expect("invariant: sizes of neurons are not 0");
            for (outer, inner) in [(&positive, row.clone()), (negative, negated(&row))] {
                if !is_zero(outer) {
                    let outer = outer.iter().map(|c| c.times(&inverse).times(&scale));
                    let neuron = Neuron::of(inner, outer.collect());
                    neurons.extend(neuron.times_root_of(&scale));
                }
            }
        }
        for (w, u) in &blueprint.pairs {
            let mut row = w.clone();
            if biased {
                row.push(S::nil());
            }
            neurons.push(Neuron::of(row.clone(), negated(u)));
            neurons.push(Neuron::of(negated(&row), u.clone()));
        }
        TwoLayer {
            neurons,
            inputs: self.form.inputs,
            outputs: self.form.outputs(),
            offset: biased.then_some(offset),
        }
    }
}

impl<S: Scalar> Kinks<S> {
    /// Whether the normals of some kinks are linearly independent.
    pub(super) fn independent(&self, some: &[usize]) -> bool {
        let normals = some.iter().map(|&k| self.form.kinks[k].normal.clone());
        let normals: Vec<Vec<S>> = normals.collect();
        reduced_rows(&normals, self.form.inputs).len() == some.len()
    }
}

impl<S> Blueprint<S> {
    /// How many neurons there are.
    pub(super) fn neurons(&self) -> usize {
        self.neurons
    }
}

/// Whether a row is a combination of rows in reduced form.
fn in_span<S: Scalar>(row: &[S], basis: &[(usize, Vec<S>)]) -> bool {
    let mut rest = row.to_vec();
    for (pivot, other) in basis {
        let factor = rest[*pivot].clone();
        if !factor.is_nil() {
            for (x, y) in rest.iter_mut().zip(other) {
                *x = x.less(&factor.times(y));
            }
        }
    }
    is_zero(&rest)
}

/// The columns X_j of X in rows = X·basis, for independent rows `basis` that span all `rows`.
fn in_basis<S: Scalar>(rows: &[Vec<S>], basis: &[Vec<S>], columns: usize) -> Vec<Vec<S>> {
    let marked: Vec<Vec<S>> = basis
        .iter()
        .enumerate()
        .map(|(j, row)| {
            let unit = (0..basis.len()).map(|k| if j == k { S::unit() } else { S::nil() });
            row.iter().cloned().chain(unit).collect()
        })
        .collect();
    let reduced = reduced_rows(&marked, columns);
    let coefficient = |row: &[S], j: usize| -> S {
        let terms = reduced.iter();
        let terms = terms.map(|(pivot, r)| row[*pivot].times(&r[columns + j]));
        terms.fold(S::nil(), |sum, term| sum.plus(&term))
    };
    (0..basis.len())
        .map(|j| rows.iter().map(|row| coefficient(row, j)).collect())
        .collect()
}
