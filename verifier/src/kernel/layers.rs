//! A network as layers: the signs of its hidden neurons at a point, exactly, and affine forms and weights modulo a prime.

use num_bigint::BigInt;
use num_traits::{Signed as _, Zero as _};

use super::budget::{Budget, size};
use super::cost;
use super::modulus::Modulus;
use super::number::{Q, common_denominator, over};
use super::verdict::{Stop, equal, reject};

/// Whether each hidden neuron is active, layer by layer.
pub(crate) type Signs = Vec<Vec<bool>>;

/// Rows of elements, layer by layer.
pub(crate) type Rows = Vec<Vec<Vec<u64>>>;

/// W_L ∘ ρ ∘ … ∘ ρ ∘ W_1.
#[derive(Debug)]
pub(crate) struct Layers {
    /// Of each hidden layer the rows (weights, bias) times a common denominator, and that.
    whole: Vec<(Vec<Vec<BigInt>>, BigInt)>,
    /// Rows (weights, bias) of every layer, modulo the prime.
    rows: Rows,
    pub(crate) inputs: usize,
    pub(crate) biased: bool,
    modulus: Modulus,
}

impl Layers {
    /// From rows (weights, bias) of every layer; without biases these are 0. Every row has as many weights as the layer before has rows.
    pub(crate) fn new(
        stated: &[Vec<Vec<Q>>],
        inputs: usize,
        biased: bool,
        modulus: Modulus,
        limits: &Budget,
    ) -> Result<Layers, Stop> {
        let mut whole = Vec::with_capacity(stated.len());
        let mut rows = Vec::with_capacity(stated.len());
        for (l, layer) in stated.iter().enumerate() {
            let mut residues = Vec::with_capacity(layer.len());
            for row in layer {
                residues.push(elements(row, modulus, limits)?);
            }
            rows.push(residues);
            if l + 1 == stated.len() {
                break; // The outputs have no signs.
            }
            let common = common_denominator(layer.iter().flatten(), limits)?;
            let count = layer.iter().map(Vec::len).sum();
            limits.keep(size(count, common.bits()))?;
            let integers = layer.iter().map(|row| over(row, &common)).collect();
            whole.push((integers, common));
        }
        Ok(Layers {
            whole,
            rows,
            inputs,
            biased,
            modulus,
        })
    }

    /// How many neurons each hidden layer has.
    pub(crate) fn hidden(&self) -> impl Iterator<Item = usize> + '_ {
        self.whole.iter().map(|(rows, _)| rows.len())
    }

    /// D.
    pub(crate) fn outputs(&self) -> usize {
        self.rows.last().map_or(0, Vec::len)
    }

    /// P.
    pub(crate) fn parameters(&self) -> usize {
        let row = |row: &Vec<u64>| self.incoming(row).len();
        self.rows.iter().flatten().map(row).sum()
    }

    /// Rows (weights, bias) of a layer.
    pub(crate) fn layer(&self, layer: usize) -> &[Vec<u64>] {
        self.rows.get(layer).map_or(&[], Vec::as_slice)
    }

    /// A row without the bias where there are none.
    pub(crate) fn incoming<'a>(&self, row: &'a [u64]) -> &'a [u64] {
        let biases = usize::from(!self.biased);
        row.get(..row.len() - biases).unwrap_or(row)
    }

    /// How many numbers an affine form has.
    pub(crate) fn width(&self) -> usize {
        self.inputs + usize::from(self.biased)
    }

    /// The signs at a point; rejects one where a pre-activation is 0.
    pub(crate) fn signs(&self, point: &[Q], limits: &Budget) -> Result<Signs, Stop> {
        equal("length of the point", point.len(), self.inputs)?;
        let common = common_denominator(point, limits)?;
        // Values of the layer before, times a positive number, which is the last of them.
        let mut values = over(point, &common);
        values.push(common);
        let mut signs = Signs::with_capacity(self.whole.len());
        for (l, (rows, factor)) in self.whole.iter().enumerate() {
            let longest = values.iter().map(BigInt::bits).max().unwrap_or(0);
            let mut next = Vec::with_capacity(values.len());
            for (i, row) in rows.iter().enumerate() {
                let bits = row.iter().map(BigInt::bits).max().unwrap_or(0);
                limits.charge(cost::inner(row.len(), bits, longest))?;
                let value: BigInt = row.iter().zip(&values).map(|(w, x)| w * x).sum();
                if value.is_zero() {
                    return reject(format!(
                        "neuron {i} of hidden layer {l} has pre-activation 0 there"
                    ));
                }
                next.push(value);
            }
            signs.push(next.iter().map(BigInt::is_positive).collect());
            for value in next.iter_mut().filter(|value| value.is_negative()) {
                value.set_zero();
            }
            next.extend(values.last().map(|one| one * factor));
            values = next;
        }
        Ok(signs)
    }

    /// The affine forms of the pre-activations of the first `count` hidden layers.
    pub(crate) fn forms(&self, signs: &Signs, count: usize, limits: &Budget) -> Result<Rows, Stop> {
        let width = self.width();
        let mut forms = Rows::with_capacity(count);
        for (l, rows) in self.rows.iter().take(count).enumerate() {
            let before = l
                .checked_sub(1)
                .and_then(|l| forms.get(l).zip(signs.get(l)));
            let mut next = Vec::with_capacity(rows.len());
            for row in rows {
                let Some((before, active)) = before else {
                    limits.charge(cost::times(width, 1))?;
                    next.push(row.iter().take(width).copied().collect());
                    continue;
                };
                let form = self.form(row, before, active, limits)?;
                next.push(form);
            }
            forms.push(next);
        }
        Ok(forms)
    }

    /// The affine form that incoming weights, with a bias where there are biases, make of those before.
    pub(crate) fn form(
        &self,
        row: &[u64],
        before: &[Vec<u64>],
        active: &[bool],
        limits: &Budget,
    ) -> Result<Vec<u64>, Stop> {
        let mut form = vec![0; self.width()];
        for ((weight, of), _) in row
            .iter()
            .zip(before)
            .zip(active)
            .filter(|(_, active)| **active)
        {
            limits.charge(cost::times(form.len(), 4))?;
            self.add(&mut form, *weight, of);
        }
        if let (true, Some(last), Some(bias)) = (self.biased, form.last_mut(), row.last()) {
            *last = self.modulus.sum(*last, *bias);
        }
        Ok(form)
    }

    /// Of each hidden neuron the weight from it to the sum of the outputs, weighted by these elements; from the layer `begin` on.
    pub(crate) fn weights(
        &self,
        outputs: &[u64],
        signs: &Signs,
        begin: usize,
        limits: &Budget,
    ) -> Result<Vec<Vec<u64>>, Stop> {
        let mut weights: Vec<Vec<u64>> = Vec::with_capacity(self.whole.len());
        // Backwards: the layer behind comes first.
        let layers = self.rows.iter().skip(1).zip(signs).enumerate().rev();
        for (l, (rows, active)) in layers {
            let mut here = vec![0; active.len()];
            if l >= begin {
                let behind = weights.last().map_or(outputs, Vec::as_slice);
                for ((k, row), weight) in rows.iter().enumerate().zip(behind) {
                    let counts = signs
                        .get(l + 1)
                        .is_none_or(|signs| signs.get(k) == Some(&true));
                    if counts {
                        limits.charge(cost::times(here.len(), 4))?;
                        self.add(&mut here, *weight, row);
                    }
                }
            }
            weights.push(here);
        }
        weights.reverse();
        Ok(weights)
    }

    /// sum + x·row.
    fn add(&self, sum: &mut [u64], x: u64, row: &[u64]) {
        if x != 0 {
            for (sum, y) in sum.iter_mut().zip(row) {
                *sum = self.modulus.sum(*sum, self.modulus.product(x, *y));
            }
        }
    }
}

/// Elements of rationals; rejects a denominator that the prime divides.
fn elements(row: &[Q], modulus: Modulus, limits: &Budget) -> Result<Vec<u64>, Stop> {
    let mut elements = Vec::with_capacity(row.len());
    limits.keep(cost::times(row.len(), 8))?;
    for number in row {
        limits.charge(cost::times(4, cost::ANY) + number.bits() / 16)?;
        let denominator = modulus.element(number.denominator());
        if denominator == 0 {
            return reject(format!(
                "the prime divides the denominator of the weight {number}"
            ));
        }
        let inverse = modulus.inverse(denominator);
        elements.push(modulus.product(modulus.element(number.numerator()), inverse));
    }
    Ok(elements)
}
