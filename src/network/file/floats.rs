//! Networks as binary floats: safetensors out, every number rounded to the nearest float, exactly, or refused.

use num_bigint::BigInt;
use num_integer::Integer as _;
use num_traits::{One as _, Pow as _, Signed as _, ToPrimitive as _, Zero as _};
use safetensors::Dtype;
use safetensors::tensor::TensorView;

use super::bits::FloatBits;
use super::error::Problem;
use crate::exact::{Rational, Surd};
use crate::network::{Layer, Network, ShapeError};

/// A binary float format of IEEE 754.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// 8 bits of precision, and the exponents of [`Precision::F32`].
    Bf16,
    /// 11 bits of precision.
    F16,
    /// 24 bits of precision.
    F32,
    /// 53 bits of precision.
    F64,
}

/// A safetensors file, and the network that it holds.
#[derive(Clone, Debug)]
pub struct FloatFile {
    /// The file.
    pub bytes: Vec<u8>,
    /// The network read back.
    pub network: Network,
    /// The format of its numbers.
    pub precision: Precision,
    /// How many numbers are not those of the network given.
    pub rounded: usize,
}

impl Precision {
    /// The name, as programs that train networks write it.
    pub fn name(self) -> &'static str {
        match self {
            Precision::Bf16 => "bf16",
            Precision::F16 => "f16",
            Precision::F32 => "f32",
            Precision::F64 => "f64",
        }
    }

    /// The format of a tensor; none if its entries are no floats, or floats that are not read.
    pub(super) fn of(dtype: Dtype) -> Option<Self> {
        let all = [
            Precision::Bf16,
            Precision::F16,
            Precision::F32,
            Precision::F64,
        ];
        all.into_iter().find(|format| format.dtype() == dtype)
    }

    /// The layout of its bits.
    pub(super) fn layout(self) -> FloatBits {
        let (bytes, fraction, exponent) = match self {
            Precision::F64 => (8, 52, 11),
            Precision::F32 => (4, 23, 8),
            Precision::F16 => (2, 10, 5),
            Precision::Bf16 => (2, 7, 8),
        };
        FloatBits {
            bytes,
            fraction,
            exponent,
        }
    }

    fn dtype(self) -> Dtype {
        match self {
            Precision::Bf16 => Dtype::BF16,
            Precision::F16 => Dtype::F16,
            Precision::F32 => Dtype::F32,
            Precision::F64 => Dtype::F64,
        }
    }
}

/// The nearest float: its bits and its value.
struct Nearest {
    bits: u64,
    value: Rational,
    exact: bool,
}

/// A shallow network as a safetensors file with the tensors `0.weight`, `0.bias`, `2.weight`, `2.bias` (without biases the first and third).
///
/// With a precision every number is rounded to the nearest float, ties to even. Without one nothing is rounded: the file is F32 if
/// all numbers are, else F64.
///
/// # Errors
/// [`Problem`] if a number is not a float (without a precision) or too large for one, or if the network is deep.
pub fn to_safetensors(
    network: &Network,
    precision: Option<Precision>,
) -> Result<FloatFile, Problem> {
    let tensors = Tensors::of(network)
        .ok_or_else(|| Problem::Other("only networks with two layers are written".to_owned()))?;
    match precision {
        Some(precision) => tensors.file(precision),
        None => {
            let file = tensors.file(Precision::F32);
            if let Ok(file) = file
                && file.rounded == 0
            {
                return Ok(file);
            }
            let file = tensors.file(Precision::F64)?;
            match file.rounded {
                0 => Ok(file),
                n => Err(Problem::Other(format!(
                    "{n} numbers of the network are not binary floats, and nothing is rounded unless asked for"
                ))),
            }
        }
    }
}

/// Names, shapes and entries by rows.
struct Tensors(Vec<(&'static str, Vec<usize>, Vec<Surd>)>);

impl Tensors {
    fn of(network: &Network) -> Option<Self> {
        let (rows, offset) = match network {
            Network::Shallow(network) => (network, None),
            Network::Biased(network) => (network.rows(), Some(network.offset())),
            Network::Deep(_) => return None,
        };
        let (d, outputs, m) = (network.inputs(), network.outputs(), rows.neurons().len());
        let mut inner: Vec<Vec<Surd>> = rows.neurons().iter().map(|n| n.inner_weights()).collect();
        let outer: Vec<Vec<Surd>> = rows.neurons().iter().map(|n| n.outer_weights()).collect();
        let biases = inner.iter_mut().filter_map(|row| row.drain(d..).next());
        let biases: Vec<Surd> = biases.collect();
        let columns = (0..outputs).flat_map(|l| outer.iter().map(move |row| row[l].clone()));
        let mut tensors = vec![
            (
                "0.weight",
                vec![m, d],
                inner.into_iter().flatten().collect(),
            ),
            ("2.weight", vec![outputs, m], columns.collect()),
        ];
        if let Some(offset) = offset {
            let offset = offset.iter().cloned().map(Surd::from).collect();
            tensors.push(("0.bias", vec![m], biases));
            tensors.push(("2.bias", vec![outputs], offset));
        }
        Some(Tensors(tensors))
    }

    fn file(&self, precision: Precision) -> Result<FloatFile, Problem> {
        let (mut data, mut values, mut rounded) = (Vec::new(), Vec::new(), 0);
        for (_, _, entries) in &self.0 {
            let (mut bytes, mut exact) = (Vec::new(), Vec::new());
            for entry in entries {
                let nearest = nearest(entry, precision)?;
                rounded += usize::from(!nearest.exact);
                let word = nearest.bits.to_le_bytes();
                bytes.extend(&word[..precision.layout().bytes]);
                exact.push(nearest.value);
            }
            data.push(bytes);
            values.push(exact);
        }
        let internal = |error: safetensors::SafeTensorError| Problem::Other(error.to_string());
        let views = self.0.iter().zip(&data).map(|((name, shape, _), bytes)| {
            let view = TensorView::new(precision.dtype(), shape.clone(), bytes);
            view.map(|view| (*name, view))
        });
        let views: Vec<_> = views.collect::<Result<_, _>>().map_err(internal)?;
        Ok(FloatFile {
            bytes: safetensors::serialize(views, None).map_err(internal)?,
            network: self.network(values)?,
            precision,
            rounded,
        })
    }

    fn network(&self, values: Vec<Vec<Rational>>) -> Result<Network, ShapeError> {
        let biased = values.len() == 4;
        let mut values = values.into_iter();
        let mut matrices = self
            .0
            .iter()
            .take(2)
            .zip(values.by_ref())
            .map(|((_, shape, _), v)| {
                let columns = shape.get(1).copied().unwrap_or(1).max(1);
                v.chunks(columns).map(<[_]>::to_vec).collect::<Vec<_>>()
            });
        let matrices: Vec<_> = matrices.by_ref().take(2).collect();
        let mut layers = Vec::new();
        for weights in matrices {
            let biases = values.next();
            layers.push(Layer {
                biases: biases.unwrap_or_else(|| vec![Rational::zero(); weights.len()]),
                weights,
            });
        }
        Network::from_layers(layers, biased)
    }
}

/// Rounds to the nearest float, ties to even. Numbers are rationals or rational multiples of one square root.
fn nearest(number: &Surd, precision: Precision) -> Result<Nearest, Problem> {
    let layout = precision.layout();
    let (fraction, exponent) = (i64::from(layout.fraction), i64::from(layout.exponent));
    let bias = (1i64 << (exponent - 1)) - 1;
    let square = number.mul(number);
    let square = square.to_rational().cloned().unwrap_or_default();
    if square.is_zero() {
        return Ok(Nearest {
            bits: 0,
            value: Rational::zero(),
            exact: true,
        });
    }
    // The unit in the last place is 2^unit; |number| is √square.
    let unit = (log2_root(&square) - fraction).max(1 - bias - fraction);
    let halves = root_floor(&square, unit - 1);
    let exact_halves = &halves * &halves;
    let exact_halves = Rational::from_integer(exact_halves) * power(2 * (unit - 1)) == square;
    let (mut mantissa, odd) = halves.div_rem(&BigInt::from(2));
    let odd = !odd.is_zero();
    if odd && (!exact_halves || mantissa.is_odd()) {
        mantissa += 1;
    }
    // Adding up carries a full mantissa into the exponent, and subnormals into normal numbers.
    let above = mantissa - (BigInt::one() << layout.fraction);
    let field = unit + fraction + bias;
    let bits = match above.is_negative() {
        true => above + (BigInt::one() << layout.fraction),
        false => (BigInt::from(field) << layout.fraction) + above,
    };
    let infinity = BigInt::from((1i64 << exponent) - 1) << layout.fraction;
    let bits = bits.to_u64().filter(|_| bits < infinity);
    let Some(mut bits) = bits else {
        return Err(Problem::Other(format!(
            "{} is too large for {:?}",
            number.approx(6),
            precision
        )));
    };
    if number.sign().is_lt() {
        bits |= 1 << (layout.fraction + layout.exponent);
    }
    let value = layout.value(bits);
    Ok(Nearest {
        bits,
        value: value.map_err(|what| Problem::Other(format!("rounding gave {what}")))?,
        exact: exact_halves && !odd,
    })
}

fn power(exponent: i64) -> Rational {
    Rational::from_integer(2.into()).pow(exponent as i32)
}

/// ⌊log₂ √q⌋ for q > 0.
fn log2_root(square: &Rational) -> i64 {
    let bits = |n: &BigInt| n.bits() as i64;
    let mut log = (bits(square.numer()) - bits(square.denom())).div_euclid(2) - 1;
    while power(2 * (log + 1)) <= *square {
        log += 1;
    }
    log
}

/// ⌊√q / 2^exponent⌋.
fn root_floor(square: &Rational, exponent: i64) -> BigInt {
    (square / power(2 * exponent)).floor().to_integer().sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::file::network_from_bytes;
    use proptest::prelude::*;

    fn bits(text: &str, precision: Precision) -> u64 {
        let number = crate::exact::text::parse(text).unwrap();
        nearest(&number, precision).unwrap().bits
    }

    #[test]
    fn rounding_is_that_of_the_standard() {
        let double = |text: &str| f64::from_bits(bits(text, Precision::F64));
        let single = |text: &str| f32::from_bits(bits(text, Precision::F32) as u32);
        assert_eq!(double("1/10"), 0.1);
        assert_eq!(double("-1/3"), -1.0 / 3.0);
        assert_eq!(double("sqrt(2)"), 2f64.sqrt());
        assert_eq!(double("2^53+1"), 9_007_199_254_740_992.0);
        assert_eq!(double("2^53+3"), 9_007_199_254_740_996.0);
        assert_eq!(double("2^1024-2^970-1"), f64::MAX);
        assert_eq!(double("1/2^1074"), 5e-324);
        assert_eq!(double("1/2^1075"), 0.0);
        assert_eq!(double("1/2^1075+1/2^1200"), 5e-324);
        assert_eq!(double("1/2^1022-1/2^1076"), f64::MIN_POSITIVE);
        assert_eq!(single("1/10"), 0.1);
        assert_eq!(single("-7/3*sqrt(3)"), -(7.0 / 3.0 * 3f64.sqrt()) as f32);
        assert_eq!(single("1/2^149"), 1e-45);
        let huge = crate::exact::text::parse("2^1024").unwrap();
        assert!(nearest(&huge, Precision::F64).is_err());
        assert!(nearest(&huge, Precision::F32).is_err());
    }

    proptest! {
        #[test]
        fn quotients_round_like_the_processor(p in any::<i32>(), q in 1i32..i32::MAX) {
            let found = bits(&format!("{p}/{q}"), Precision::F64);
            prop_assert_eq!(f64::from_bits(found), f64::from(p) / f64::from(q));
        }

        #[test]
        fn every_float_is_itself(word in any::<u64>()) {
            let value = f64::from_bits(word);
            prop_assume!(value.is_finite() && value != 0.0);
            let number = Surd::from(Rational::from_float(value).unwrap());
            let found = nearest(&number, Precision::F64).unwrap();
            prop_assert!(found.exact && found.bits == word);
        }
    }

    #[test]
    fn files_read_back() {
        let text = r#"{"a": [["1/2","3"],["-1","1/4"]], "b": ["1","0"], "c": [["2"],["5/8"]], "e": ["7"]}"#;
        let network = network_from_bytes("x.json", text.as_bytes()).unwrap();
        let file = to_safetensors(&network, None).unwrap();
        assert_eq!((file.precision, file.rounded), (Precision::F32, 0));
        assert_eq!(file.network, network);
        assert_eq!(
            network_from_bytes("x.safetensors", &file.bytes).unwrap(),
            network
        );
        let text = r#"{"a": [["sqrt(2)/3","0"]], "c": [["sqrt(2)"]]}"#;
        let network = network_from_bytes("x.json", text.as_bytes()).unwrap();
        assert!(to_safetensors(&network, None).is_err());
        let file = to_safetensors(&network, Some(Precision::F64)).unwrap();
        assert_eq!(file.rounded, 2);
        assert_eq!(
            network_from_bytes("x.safetensors", &file.bytes).unwrap(),
            file.network
        );
    }
}
