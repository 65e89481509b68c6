//! Networks as binary floats: safetensors out, every number exactly, or rounded to the nearest float.

use num_bigint::BigInt;
use num_integer::Integer as _;
use num_traits::{One as _, Signed as _, ToPrimitive as _, Zero as _};
use safetensors::tensor::TensorView;

use super::error::Problem;
use super::layout::Layout;
use super::precision::Precision;
use crate::exact::{Rational, Surd};
use crate::network::{Layer, Network};

/// What becomes of numbers where a file holds binary floats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// A number that is no float of the file's format is refused.
    Refused,
    /// Numbers are rounded to the nearest float of this format, ties to even.
    To(Precision),
    /// The same with the format that the layout gives each tensor; F32 where it gives none.
    AsGiven,
}

/// A safetensors file, and the network that it holds.
#[derive(Clone, Debug)]
pub struct FloatFile {
    /// The file.
    pub bytes: Vec<u8>,
    /// The network read back.
    pub network: Network,
    /// The format of its numbers, if they all have the same.
    pub precision: Option<Precision>,
    /// How many numbers are not those of the network given.
    pub rounded: usize,
}

/// The nearest float: its bits and its value.
pub(super) struct Nearest {
    pub(super) bits: u64,
    pub(super) value: Rational,
    pub(super) exact: bool,
}

/// A network as a safetensors file, its tensors named as in `layout`, or `0.weight`, `0.bias`, `2.weight`, `2.bias`, … where that names none.
///
/// With [`Rounding::Refused`] the format is the layout's; without one it is F32 if all numbers are that, else F64.
///
/// # Errors
/// [`Problem`] with the tensor and the entry that is no float (where nothing is rounded) or is too large for one.
pub fn to_safetensors(
    network: &Network,
    layout: &Layout,
    rounding: Rounding,
) -> Result<FloatFile, Problem> {
    let mut tensors = Tensors::of(network, layout);
    match rounding {
        Rounding::To(precision) => tensors.set(precision),
        Rounding::AsGiven => {}
        Rounding::Refused if matches!(layout, Layout::Tensors(_)) => tensors.check_exact()?,
        Rounding::Refused => {
            if tensors.check_exact().is_err() {
                tensors.set(Precision::F64);
                tensors.check_exact()?;
            }
        }
    }
    tensors.file()
}

/// One tensor: name, shape, format, and entries by rows.
struct Tensor {
    name: String,
    shape: Vec<usize>,
    precision: Precision,
    entries: Vec<Surd>,
}

/// Weights and biases by layers.
struct Tensors(Vec<(Tensor, Option<Tensor>)>);

impl Tensors {
    fn of(network: &Network, layout: &Layout) -> Self {
        let names = match layout {
            Layout::Tensors(names) => names.as_slice(),
            Layout::Neurons | Layout::Layers => &[],
        };
        let layers = layers(network);
        let count = layers.len();
        let layers = layers.into_iter().enumerate().map(|(l, (rows, biases))| {
            // A network of another depth has no names to keep.
            let given = names.get(l).filter(|_| names.len() == count);
            let weight = given.map(|given| &given.weight);
            let name = weight.map_or_else(|| format!("{}.weight", 2 * l), |w| w.name.clone());
            let precision = weight.map_or(Precision::F32, |weight| weight.precision);
            let bias = biases.map(|entries| {
                let given = given.and_then(|given| given.bias.as_ref());
                let beside = || format!("{}bias", name.strip_suffix("weight").unwrap_or(&name));
                Tensor {
                    name: given.map_or_else(beside, |given| given.name.clone()),
                    shape: vec![entries.len()],
                    precision: given.map_or(precision, |given| given.precision),
                    entries,
                }
            });
            let weight = Tensor {
                shape: vec![rows.len(), rows.first().map_or(0, Vec::len)],
                entries: rows.into_iter().flatten().collect(),
                name,
                precision,
            };
            (weight, bias)
        });
        Tensors(layers.collect())
    }

    fn all(&self) -> impl Iterator<Item = &Tensor> {
        self.0
            .iter()
            .flat_map(|(weight, bias)| std::iter::once(weight).chain(bias))
    }

    fn set(&mut self, precision: Precision) {
        for (weight, bias) in &mut self.0 {
            for tensor in std::iter::once(weight).chain(bias) {
                tensor.precision = precision;
            }
        }
    }

    /// The first entry that is no float of its tensor's format is refused.
    fn check_exact(&self) -> Result<(), Problem> {
        for tensor in self.all() {
            for (index, entry) in tensor.entries.iter().enumerate() {
                if !nearest(entry, tensor.precision).is_ok_and(|nearest| nearest.exact) {
                    return Err(Problem::wrong(
                        format!("{} = {}", tensor.place(index), shown(entry)),
                        format!("a number that is {} exactly", tensor.precision.name()),
                    ));
                }
            }
        }
        Ok(())
    }

    fn file(&self) -> Result<FloatFile, Problem> {
        let (mut files, mut rounded) = (Vec::new(), 0);
        let mut read = |tensor: &Tensor| -> Result<Vec<Rational>, Problem> {
            let (mut bytes, mut values) = (Vec::new(), Vec::with_capacity(tensor.entries.len()));
            for (index, entry) in tensor.entries.iter().enumerate() {
                let nearest = nearest(entry, tensor.precision).map_err(|problem| {
                    Problem::Other(format!("{}: {problem}", tensor.place(index)))
                })?;
                rounded += usize::from(!nearest.exact);
                let word = nearest.bits.to_le_bytes();
                bytes.extend(&word[..tensor.precision.layout().bytes]);
                values.push(nearest.value);
            }
            files.push(bytes);
            Ok(values)
        };
        let biased = self.0.iter().any(|(_, bias)| bias.is_some());
        let mut layers = Vec::with_capacity(self.0.len());
        for (weight, bias) in &self.0 {
            let columns = weight.shape.get(1).copied().unwrap_or(1).max(1);
            let weights: Vec<_> = read(weight)?.chunks(columns).map(<[_]>::to_vec).collect();
            let biases = bias.as_ref().map(&mut read).transpose()?;
            layers.push(Layer {
                biases: biases.unwrap_or_else(|| vec![Rational::zero(); weights.len()]),
                weights,
            });
        }
        let internal = |error: safetensors::SafeTensorError| Problem::Other(error.to_string());
        let views = self.all().zip(&files).map(|(tensor, bytes)| {
            let view = TensorView::new(tensor.precision.dtype(), tensor.shape.clone(), bytes);
            view.map(|view| (tensor.name.as_str(), view))
        });
        let views: Vec<_> = views.collect::<Result<_, _>>().map_err(internal)?;
        let first = self.all().next().map(|tensor| tensor.precision);
        Ok(FloatFile {
            bytes: safetensors::serialize(views, None).map_err(internal)?,
            network: Network::from_layers(layers, biased)?,
            precision: first.filter(|first| self.all().all(|t| t.precision == *first)),
            rounded,
        })
    }
}

impl Tensor {
    /// `0.weight[3][1]`.
    fn place(&self, index: usize) -> String {
        match self.shape.get(1) {
            Some(&columns) if columns > 0 => {
                format!("{}[{}][{}]", self.name, index / columns, index % columns)
            }
            _ => format!("{}[{index}]", self.name),
        }
    }
}

/// A number as it is, or shortened to what a line has room for.
fn shown(number: &Surd) -> String {
    let text = number.to_string();
    match text.len() <= 60 {
        true => text,
        false => format!("≈ {}", number.approx(20)),
    }
}

/// A matrix by rows.
type Rows = Vec<Vec<Surd>>;

/// Rows of weights, and biases where the network has some, first layer first.
fn layers(network: &Network) -> Vec<(Rows, Option<Vec<Surd>>)> {
    let surds = |row: &[Rational]| row.iter().cloned().map(Surd::from).collect::<Vec<_>>();
    let (rows, offset) = match network {
        Network::Shallow(network) => (network, None),
        Network::Biased(network) => (network.rows(), Some(network.offset())),
        Network::Deep(network) => {
            let layers = network.layers().iter().map(|layer| {
                let rows = layer.weights.iter().map(|row| surds(row)).collect();
                (rows, Some(surds(&layer.biases)))
            });
            return layers.collect();
        }
    };
    let d = network.inputs();
    let neurons = rows.neurons();
    let mut inner: Vec<Vec<Surd>> = neurons.iter().map(|n| n.inner_weights()).collect();
    let outer: Vec<Vec<Surd>> = neurons.iter().map(|n| n.outer_weights()).collect();
    let biases = inner.iter_mut().filter_map(|row| row.drain(d..).next());
    let biases: Vec<Surd> = biases.collect();
    let columns = (0..network.outputs()).map(|l| outer.iter().map(|row| row[l].clone()).collect());
    let columns = columns.collect();
    vec![
        (inner, offset.is_some().then_some(biases)),
        (columns, offset.map(surds)),
    ]
}

/// Rounds to the nearest float, ties to even.
pub(super) fn nearest(number: &Surd, precision: Precision) -> Result<Nearest, Problem> {
    let layout = precision.layout();
    let (fraction, exponent) = (i64::from(layout.fraction), i64::from(layout.exponent));
    let bias = (1i64 << (exponent - 1)) - 1;
    let size = number.abs();
    if size.sign().is_eq() {
        return Ok(Nearest {
            bits: 0,
            value: Rational::zero(),
            exact: true,
        });
    }
    // The unit in the last place is 2^unit.
    let unit = (log2(&size) - fraction).max(1 - bias - fraction);
    let (halves, exact_halves) = size.floor_over(unit - 1);
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

/// ⌊log₂ x⌋ for x > 0.
fn log2(size: &Surd) -> i64 {
    let mut shift = 0;
    loop {
        let (floor, _) = size.floor_over(-shift);
        if floor.is_positive() {
            return floor.bits() as i64 - 1 - shift;
        }
        shift = (2 * shift).max(64);
    }
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
        assert_eq!(double("1-sqrt(2)+sqrt(3)"), 1.317_837_245_195_782_2);
        assert_eq!(double("(7-4*sqrt(3))^9"), 5.069_255_072_402_395e-11);
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
        let file = to_safetensors(&network, &Layout::Neurons, Rounding::Refused).unwrap();
        assert_eq!((file.precision, file.rounded), (Some(Precision::F32), 0));
        assert_eq!(file.network, network);
        assert_eq!(
            network_from_bytes("x.safetensors", &file.bytes).unwrap(),
            network
        );
        let text = r#"{"a": [["sqrt(2)/3","0"]], "c": [["sqrt(2)"]]}"#;
        let network = network_from_bytes("x.json", text.as_bytes()).unwrap();
        assert!(to_safetensors(&network, &Layout::Neurons, Rounding::Refused).is_err());
        let file =
            to_safetensors(&network, &Layout::Neurons, Rounding::To(Precision::F64)).unwrap();
        assert_eq!(file.rounded, 2);
        assert_eq!(
            network_from_bytes("x.safetensors", &file.bytes).unwrap(),
            file.network
        );
    }
}
