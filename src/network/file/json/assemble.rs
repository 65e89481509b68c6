//! From the fields of a JSON file to a network: sizes, numbers, one radical a neuron.

use num_bigint::BigInt;
use num_integer::Integer as _;

use super::fields::{LayerFields, Matrix, Row, SIZES};
use super::reader::{Reader, fault, within};
use crate::exact::{Rational, Surd, text};
use crate::network::file::error::Problem;
use crate::network::file::layout::transposed;
use crate::network::file::limits::MOST_BITS;
use crate::network::file::scan::{Fault, Scalar};
use crate::network::{Biased, Layer, Network, Neuron, Shallow, ShapeError};

impl Reader<'_> {
    /// The value of a scalar, which must be rational where `rational` says so.
    fn value(
        &mut self,
        scalar: &Scalar,
        rational: bool,
        field: impl Fn() -> String,
    ) -> Result<Surd, Fault> {
        let text = within(self.scanner.text(scalar), &field)?;
        let value = match plain(&text) {
            Some(value) => Ok(Surd::from(value)),
            None if rational => text::parse_rational(&text).map(Surd::from),
            None => text::parse(&text),
        };
        let at = scalar.first_byte();
        let value = value.map_err(|error| fault(at, field(), error))?;
        let bits = |q: &Rational| q.numer().bits() + q.denom().bits();
        let terms = value.terms().iter();
        self.bits += bits(value.rational_part());
        self.bits += terms.map(|(c, n)| bits(c) + n.bits()).sum::<u64>();
        if self.bits > MOST_BITS {
            let problem = Problem::Limit {
                found: format!("numbers of at least {} bits in all", self.bits),
                limit: format!("{MOST_BITS} bits a file"),
            };
            return Err(fault(at, field(), problem));
        }
        Ok(value)
    }

    fn values(
        &mut self,
        row: &Row,
        rational: bool,
        field: impl Fn() -> String,
    ) -> Result<Vec<Surd>, Fault> {
        let entries = row.entries.iter().enumerate();
        entries
            .map(|(j, scalar)| self.value(scalar, rational, || format!("{}[{j}]", field())))
            .collect()
    }

    fn rationals(&mut self, row: &Row, field: impl Fn() -> String) -> Result<Vec<Rational>, Fault> {
        let values = self.values(row, true, field)?;
        Ok(values
            .iter()
            .filter_map(Surd::to_rational)
            .cloned()
            .collect())
    }

    pub(super) fn shallow(
        &mut self,
        start: usize,
        [a, c]: [Matrix; 2],
        b: Option<Row>,
        e: Option<Row>,
        sizes: &[Option<(usize, usize)>; 3],
    ) -> Result<Network, Fault> {
        let (d, m, outputs) = (a.width(), a.rows.len(), c.width());
        if c.rows.len() != m {
            let found = format!("{} rows", c.rows.len());
            let expected = format!("{m}, one a neuron as in a");
            return Err(fault(c.at, "c", Problem::wrong(found, expected)));
        }
        if let Some(b) = b.as_ref().filter(|b| b.entries.len() != m) {
            let found = format!("{} numbers", b.entries.len());
            let expected = format!("{m}, one a neuron");
            return Err(fault(b.at, "b", Problem::wrong(found, expected)));
        }
        if let Some(e) = e.as_ref().filter(|e| e.entries.len() != outputs) {
            let found = format!("{} numbers", e.entries.len());
            let expected = format!("{outputs}, one an output");
            return Err(fault(e.at, "e", Problem::wrong(found, expected)));
        }
        check_sizes(sizes, [Some(d), Some(m), Some(outputs)])?;
        let biased = b.is_some() || e.is_some();
        let mut neurons = Vec::with_capacity(m);
        for (i, (a_row, c_row)) in a.rows.iter().zip(&c.rows).enumerate() {
            let mut inner = self.values(a_row, false, || format!("a[{i}]"))?;
            if let Some(b) = &b {
                inner.push(self.value(&b.entries[i], false, || format!("b[{i}]"))?);
            } else if biased {
                inner.push(Surd::zero());
            }
            let outer = self.values(c_row, false, || format!("c[{i}]"))?;
            let neuron = Neuron::from_weights(&inner, &outer).map_err(|misfit| {
                let (is_inner, index) = misfit.place();
                let (field, scalar) = if !is_inner {
                    (format!("c[{i}][{index}]"), c_row.entries.get(index))
                } else if index < d {
                    (format!("a[{i}][{index}]"), a_row.entries.get(index))
                } else {
                    (format!("b[{i}]"), b.as_ref().and_then(|b| b.entries.get(i)))
                };
                let at = scalar.map_or(a_row.at, Scalar::first_byte);
                fault(at, field, misfit)
            })?;
            neurons.push(neuron);
        }
        let shape = |error: ShapeError| Fault::new(start, error);
        let rows = Shallow::new(neurons).map_err(shape)?;
        if !biased {
            return Ok(Network::Shallow(rows));
        }
        let offset = match &e {
            Some(e) => self.rationals(e, || "e".to_owned())?,
            None => vec![Rational::from_integer(BigInt::ZERO); outputs],
        };
        Ok(Network::Biased(Biased::new(rows, offset).map_err(shape)?))
    }

    pub(super) fn layered(
        &mut self,
        start: usize,
        layers: Vec<LayerFields>,
        sizes: &[Option<(usize, usize)>; 3],
    ) -> Result<Network, Fault> {
        let shapes = layers
            .iter()
            .map(|layer| (layer.weights.rows.len(), layer.weights.width()));
        let shapes: Vec<(usize, usize)> = shapes.collect();
        for (l, layer) in layers.iter().enumerate() {
            let field = format!("layers[{l}]");
            let outputs = layer.weights.rows.len();
            if let Some(before) = l.checked_sub(1).and_then(|before| layers.get(before)) {
                let (found, expected) = (layer.weights.width(), before.weights.rows.len());
                if found != expected {
                    let problem = Problem::wrong(
                        format!("rows of {found} numbers"),
                        format!(
                            "{expected}, the number of outputs of layers[{}]{}",
                            l - 1,
                            transposed(&shapes, false)
                        ),
                    );
                    return Err(fault(layer.weights.at, format!("{field}.weights"), problem));
                }
            }
            if let Some(biases) = &layer.biases {
                let found = biases.entries.len();
                if found != outputs {
                    let problem = Problem::wrong(
                        format!("{found} numbers"),
                        format!("{outputs}, one a row of the weights"),
                    );
                    return Err(fault(biases.at, format!("{field}.biases"), problem));
                }
            }
        }
        let inputs = layers.first().map(|layer| layer.weights.width());
        let outputs = layers.last().map(|layer| layer.weights.rows.len());
        let hidden = match layers.as_slice() {
            [first, _] => Some(first.weights.rows.len()),
            _ => None,
        };
        check_sizes(sizes, [inputs, hidden, outputs])?;
        let biased = layers.iter().any(|layer| layer.biases.is_some());
        let mut read = Vec::with_capacity(layers.len());
        for (l, layer) in layers.iter().enumerate() {
            let rows = layer.weights.rows.iter().enumerate();
            let weights: Result<Vec<_>, Fault> = rows
                .map(|(i, row)| self.rationals(row, || format!("layers[{l}].weights[{i}]")))
                .collect();
            let weights = within(weights, || format!("layers[{l}]"))?;
            let biases = match &layer.biases {
                Some(row) => self.rationals(row, || format!("layers[{l}].biases"))?,
                None => vec![Rational::from_integer(BigInt::ZERO); weights.len()],
            };
            read.push(Layer { weights, biases });
        }
        Network::from_layers(read, biased).map_err(|error| {
            let at = layers.first().map_or(start, |layer| layer.at);
            Fault::new(at, error)
        })
    }
}

/// Compares the optional fields d, m, D with what the matrices say.
pub(super) fn check_sizes(
    stated: &[Option<(usize, usize)>; 3],
    actual: [Option<usize>; 3],
) -> Result<(), Fault> {
    for ((stated, actual), name) in stated.iter().zip(actual).zip(SIZES) {
        let Some((at, value)) = *stated else { continue };
        let problem = match actual {
            Some(actual) if actual == value => continue,
            Some(actual) => Problem::wrong(
                value.to_string(),
                format!("{actual}, which is what the weights have"),
            ),
            None => Problem::Other("is defined for networks with two layers only".to_owned()),
        };
        return Err(fault(at, name, problem));
    }
    Ok(())
}

/// Short integers, fractions and decimals without the general reader: `-3`, `7/5`, `0.125`.
fn plain(text: &str) -> Option<Rational> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let number = |digits: &str| -> Option<u64> {
        let plain = (1..=18).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        if plain { digits.parse().ok() } else { None }
    };
    let (numerator, denominator) = if let Some((left, right)) = digits.split_once('/') {
        (number(left)?, number(right).filter(|n| *n != 0)?)
    } else if let Some((left, right)) = digits.split_once('.') {
        let power = 10u64.checked_pow(u32::try_from(right.len()).ok()?)?;
        if left.len() + right.len() > 18 {
            return None;
        }
        (number(left)? * power + number(right)?, power)
    } else {
        (number(digits)?, 1)
    };
    let common = numerator.gcd(&denominator);
    let numerator = BigInt::from(numerator / common);
    let numerator = if negative { -numerator } else { numerator };
    Some(Rational::new_raw(numerator, (denominator / common).into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_numbers_agree_with_the_general_reader() {
        for text in [
            "0",
            "-0",
            "3",
            "-3",
            "7/5",
            "-14/10",
            "0.125",
            "-00.50",
            "123456789012345678",
            "6/3",
            "0/7",
            "0.123456789012345678",
        ] {
            if let Some(value) = plain(text) {
                assert_eq!(text::parse(text).unwrap(), Surd::from(value), "{text}");
            }
        }
        for text in ["", "-", "1/0", ".5", "5.", "1e3", "--1", "1/-2", "+1", "1 "] {
            assert_eq!(plain(text), None, "{text}");
        }
    }
}
