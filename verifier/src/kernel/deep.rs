//! Networks of any depth: read, evaluated, compared.

use num_bigint::BigInt;
use relucert_format::{Deep as Stated, Row};

use super::budget::{Budget, size};
use super::cost;
use super::number::{Q, common_denominator, over, product};
use super::verdict::{Locate as _, Stop, differ, equal, reject};

/// An affine map, a row of weights an output.
#[derive(Debug)]
pub(crate) struct Layer {
    pub(crate) rows: Vec<Vec<Q>>,
    pub(crate) biases: Vec<Q>,
}

/// W_L ∘ ρ ∘ … ∘ ρ ∘ W_1; every layer takes what the one before gives, and there is one at least.
#[derive(Debug)]
pub(crate) struct Deep {
    pub(crate) inputs: usize,
    pub(crate) layers: Vec<Layer>,
}

/// The numbers of a row, which are as many as they should be.
pub(crate) fn numbers(row: &Row, count: usize, limits: &Budget) -> Result<Vec<Q>, Stop> {
    equal("length", row.count(), count)?;
    limits.room(count, 0)?;
    let mut numbers = Vec::with_capacity(count);
    for number in row.numbers() {
        let number = match number {
            Ok(number) => Q::from(&number),
            Err(error) => return reject(error.to_string()),
        };
        let bits = number.bits();
        limits.charge(cost::converted(bits / 3).saturating_add(cost::divisor(bits)))?;
        limits.keep(size(1, bits))?;
        numbers.push(number);
    }
    Ok(numbers)
}

impl Deep {
    /// As stated; rejects what is no network.
    pub(crate) fn stated(stated: &Stated, limits: &Budget) -> Result<Deep, Stop> {
        let Some(inputs) = stated.inputs() else {
            return reject("there are no layers, or the first one has no rows");
        };
        let mut columns = inputs;
        let mut layers = Vec::with_capacity(stated.layers.len());
        for (l, layer) in stated.layers.iter().enumerate() {
            let height = layer.weights.len();
            if height == 0 {
                return reject(format!("layer {l} has no rows"));
            }
            let mut rows = Vec::with_capacity(height);
            for (i, row) in layer.weights.iter().enumerate() {
                // Long numbers take as long as their text is.
                limits.charge(cost::converted(row.bytes() as u64 / 8))?;
                let row = numbers(row, columns, limits);
                rows.push(row.in_part(|| format!("row {i} of layer {l}"))?);
            }
            let biases = numbers(&layer.biases, height, limits);
            let biases = biases.in_part(|| format!("biases of layer {l}"))?;
            layers.push(Layer { rows, biases });
            columns = height;
        }
        Ok(Deep { inputs, layers })
    }

    /// Numbers of inputs and of the outputs of every layer.
    pub(crate) fn widths(&self) -> Vec<usize> {
        let outputs = self.layers.iter().map(|layer| layer.rows.len());
        std::iter::once(self.inputs).chain(outputs).collect()
    }

    pub(crate) fn outputs(&self) -> usize {
        self.layers.last().map_or(0, |layer| layer.rows.len())
    }

    /// What each layer gives before ρ, first to last: the last one's is the value of the function.
    pub(crate) fn trace(&self, point: &[Q], limits: &Budget) -> Result<Vec<Vec<Q>>, Stop> {
        equal("length of the point", point.len(), self.inputs)?;
        let mut trace: Vec<Vec<Q>> = Vec::with_capacity(self.layers.len());
        for layer in &self.layers {
            let before = trace.last().map(|before| {
                let positive = before.iter().map(|x| x.clone().max(Q::zero()));
                positive.collect::<Vec<Q>>()
            });
            let values = layer.at(before.as_deref().unwrap_or(point), limits)?;
            limits.keep(values.iter().map(|x| size(1, x.bits())).sum())?;
            trace.push(values);
        }
        Ok(trace)
    }

    /// R(x).
    pub(crate) fn at(&self, point: &[Q], limits: &Budget) -> Result<Vec<Q>, Stop> {
        Ok(self.trace(point, limits)?.pop().unwrap_or_default())
    }

    /// Every number with its place, first to last.
    fn numbers(&self) -> impl Iterator<Item = (usize, usize, Option<usize>, &Q)> {
        self.layers.iter().enumerate().flat_map(|(l, layer)| {
            let rows = layer.rows.iter().zip(&layer.biases).enumerate();
            rows.flat_map(move |(i, (row, bias))| {
                let row = row.iter().enumerate();
                let row = row.map(move |(k, x)| (l, i, Some(k), x));
                row.chain(std::iter::once((l, i, None, bias)))
            })
        })
    }

    /// Rejects another network, by the first number that is not the same.
    pub(crate) fn check_same(
        &self,
        other: &Deep,
        names: [&str; 2],
        limits: &Budget,
    ) -> Result<(), Stop> {
        let [one, two] = names;
        let widths = |network: &Deep| format!("{:?}", network.widths());
        equal(
            format!("inputs and widths of {two} against {one}"),
            widths(other),
            widths(self),
        )?;
        for ((l, i, k, x), (.., y)) in self.numbers().zip(other.numbers()) {
            limits.charge(2 * cost::ANY + cost::limbs(x.bits()))?;
            if x != y {
                let place = match k {
                    Some(k) => format!("weight ({i}, {k})"),
                    None => format!("bias {i}"),
                };
                return differ(format!("{place} of layer {l} of {two} against {one}"), y, x);
            }
        }
        Ok(())
    }

    /// The largest absolute entry of the difference from a network of the same widths.
    pub(crate) fn distance(&self, other: &Deep, limits: &Budget) -> Result<Q, Stop> {
        let widths = |network: &Deep| format!("{:?}", network.widths());
        let reason = "inputs and widths of Φ against Γ";
        equal(reason, widths(other), widths(self))?;
        let mut largest = Q::zero();
        for ((.., x), (.., y)) in self.numbers().zip(other.numbers()) {
            if x != y {
                let entry = (x - y).abs();
                limits.check(entry.bits())?;
                limits.charge(2 * cost::product(entry.bits(), largest.bits()))?;
                largest = largest.max(entry);
            }
        }
        limits.charge(cost::times(self.numbers().count(), 2 * cost::ANY))?;
        Ok(largest)
    }
}

impl Layer {
    /// weights·x + biases: products of integers over common denominators.
    fn at(&self, x: &[Q], limits: &Budget) -> Result<Vec<Q>, Stop> {
        let bits = |row: &[BigInt]| row.iter().map(BigInt::bits).max().unwrap_or_default();
        let common = common_denominator(x, limits)?;
        let _held = limits.hold(size(x.len(), common.bits()))?;
        let x = over(x, &common);
        let x_bits = bits(&x);
        let mut values = Vec::with_capacity(self.rows.len());
        for (row, bias) in self.rows.iter().zip(&self.biases) {
            let below = common_denominator(row, limits)?;
            limits.room(row.len(), below.bits())?;
            let row = over(row, &below);
            limits.charge(cost::inner(row.len(), bits(&row), x_bits))?;
            let sum = Q::fraction(product(&row, &x), below * &common);
            let value = &sum.unwrap_or_else(Q::zero) + bias;
            limits.check(value.bits())?;
            values.push(value);
        }
        Ok(values)
    }
}
