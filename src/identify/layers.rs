//! A network of any depth as layers of rational weights, and as integers and residues.

use num_bigint::BigInt;
use num_traits::{One as _, Zero as _};

use crate::exact::Rational;
use crate::exact::modular::{self, inverse, mul};
use crate::exact::rows::clear_denominators;
use crate::network::{Layer, Network};

/// W_L ∘ ρ ∘ … ∘ ρ ∘ W_1, and whether its biases are parameters.
#[derive(Clone, Debug)]
pub(super) struct Layered {
    /// First to last; without biases these are 0.
    pub(super) layers: Vec<Layer>,
    pub(super) biased: bool,
}

impl Layered {
    /// The network, up to a rescaling that makes its weights rational.
    pub(super) fn of(network: &Network) -> Self {
        let (neurons, offset, biased) = match network {
            Network::Deep(deep) => {
                return Layered {
                    layers: deep.layers().to_vec(),
                    biased: true,
                };
            }
            Network::Shallow(shallow) => {
                let offset = vec![Rational::zero(); shallow.outputs()];
                (shallow.neurons(), offset, false)
            }
            Network::Biased(network) => (network.rows().neurons(), network.offset().to_vec(), true),
        };
        let mut rows: Vec<Vec<Rational>> = neurons.iter().map(|n| n.inner().to_vec()).collect();
        let biases = rows.iter_mut().map(|row| match biased {
            true => row.pop().unwrap_or_else(Rational::zero),
            false => Rational::zero(),
        });
        let biases = biases.collect();
        let outer = |o: usize| {
            let weight = neurons.iter().map(|n| &n.outer()[o] * n.scale());
            weight.collect()
        };
        let last = Layer {
            weights: (0..offset.len()).map(outer).collect(),
            biases: offset,
        };
        let first = Layer {
            weights: rows,
            biases,
        };
        Layered {
            layers: vec![first, last],
            biased,
        }
    }

    /// d.
    pub(super) fn inputs(&self) -> usize {
        self.layers[0].weights[0].len()
    }

    /// How many neurons each hidden layer has.
    pub(super) fn hidden(&self) -> Vec<usize> {
        let (_, hidden) = self.layers.split_last().unzip();
        let widths = hidden.into_iter().flatten();
        widths.map(|layer: &Layer| layer.weights.len()).collect()
    }

    /// P.
    pub(super) fn parameters(&self) -> usize {
        let biases = usize::from(self.biased);
        let count = |layer: &Layer| layer.weights.len() * (layer.weights[0].len() + biases);
        self.layers.iter().map(count).sum()
    }

    /// The incoming weights of a neuron of a layer, and its bias where there are biases.
    pub(super) fn incoming(&self, layer: usize, row: usize) -> Vec<&Rational> {
        let whole = &self.layers[layer];
        let bias = self.biased.then(|| &whole.biases[row]);
        whole.weights[row].iter().chain(bias).collect()
    }

    /// Each layer's rows (weights, bias) times the layer's common denominator, with that.
    pub(super) fn integers(&self) -> Vec<(Vec<Vec<BigInt>>, BigInt)> {
        let whole = |layer: &Layer| {
            let rows = layer.weights.iter().zip(&layer.biases);
            let all: Vec<Rational> = rows
                .flat_map(|(row, bias)| row.iter().chain([bias]))
                .cloned()
                .collect();
            let cleared = clear_denominators(&all);
            let width = layer.weights[0].len() + 1;
            let rows = cleared.entries.chunks(width).map(<[BigInt]>::to_vec);
            (rows.collect(), cleared.denominator)
        };
        self.layers.iter().map(whole).collect()
    }

    /// The weights modulo the prime; none if it divides a denominator.
    pub(super) fn residues(&self) -> Option<Residues> {
        let mut last = (BigInt::one(), 1);
        let mut residue = |x: &Rational| {
            if *x.denom() != last.0 {
                let denominator = modular::residue(x.denom());
                if denominator == 0 {
                    return None;
                }
                last = (x.denom().clone(), inverse(denominator));
            }
            Some(mul(modular::residue(x.numer()), last.1))
        };
        let mut layers = Vec::with_capacity(self.layers.len());
        for layer in &self.layers {
            let rows = layer.weights.iter().zip(&layer.biases);
            let rows = rows.map(|(row, bias)| row.iter().chain([bias]).map(&mut residue).collect());
            layers.push(rows.collect::<Option<Vec<Vec<u64>>>>()?);
        }
        Some(Residues {
            layers,
            inputs: self.inputs(),
            biased: self.biased,
        })
    }
}

/// A network modulo the prime.
#[derive(Clone, Debug)]
pub(super) struct Residues {
    /// Rows (weights, bias) of each layer.
    pub(super) layers: Vec<Vec<Vec<u64>>>,
    pub(super) inputs: usize,
    pub(super) biased: bool,
}

impl Residues {
    /// How many numbers an affine form of the inputs has: its constant is there where there are biases.
    pub(super) fn width(&self) -> usize {
        self.inputs + usize::from(self.biased)
    }

    /// The affine forms of the pre-activations of hidden layers before `end`, where the signs of hidden neurons are these.
    pub(super) fn forms(&self, active: &[Vec<bool>], end: usize) -> Vec<Vec<Vec<u64>>> {
        let width = self.width();
        let mut forms: Vec<Vec<Vec<u64>>> = Vec::with_capacity(end);
        for (l, rows) in self.layers.iter().take(end).enumerate() {
            let next = match l.checked_sub(1) {
                None => rows.iter().map(|row| row[..width].to_vec()).collect(),
                Some(before) => {
                    let form = |row: &Vec<u64>| self.form(row, &forms[before], &active[before]);
                    rows.iter().map(form).collect()
                }
            };
            forms.push(next);
        }
        forms
    }

    /// The affine form of one row on the forms of the layer before.
    fn form(&self, row: &[u64], before: &[Vec<u64>], active: &[bool]) -> Vec<u64> {
        let mut sums = modular::Sums::new(self.width());
        for ((weight, form), active) in row.iter().zip(before).zip(active) {
            if *active && *weight != 0 {
                sums.add(*weight, form);
            }
        }
        let mut form = sums.residues();
        if let (true, Some(last), Some(bias)) = (self.biased, form.last_mut(), row.last()) {
            *last = modular::add(*last, *bias);
        }
        form
    }

    /// How the affine form of a hidden neuron changes where its incoming weights, and its bias where there are biases, change by these.
    pub(super) fn varied(
        &self,
        [l, _]: [usize; 2],
        by: &[u64],
        active: &[Vec<bool>],
        forms: &[Vec<Vec<u64>>],
    ) -> Vec<u64> {
        match l.checked_sub(1) {
            None => by.to_vec(),
            Some(before) => self.form(by, &forms[before], &active[before]),
        }
    }

    /// Of each neuron of the hidden layers from `begin` on, how the weighted sum of outputs changes with what it gives on; 0 for layers before.
    pub(super) fn weights_to(
        &self,
        outputs: &[u64],
        active: &[Vec<bool>],
        begin: usize,
    ) -> Vec<Vec<u64>> {
        let hidden = self.layers.len() - 1;
        let mut all = vec![Vec::new(); hidden];
        for l in (begin..hidden).rev() {
            let rows = &self.layers[l + 1];
            let mut sums = modular::Sums::new(active[l].len());
            for (k, row) in rows.iter().enumerate() {
                let weight = match l + 1 == hidden {
                    true => outputs[k],
                    false if active[l + 1][k] => all[l + 1][k],
                    false => 0,
                };
                if weight != 0 {
                    sums.add(weight, &row[..active[l].len()]);
                }
            }
            all[l] = sums.residues();
        }
        all
    }
}
