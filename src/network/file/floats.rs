//! Networks as binary floats: tensors of names and formats, every number exactly, or rounded to the nearest float; and the files that hold them.

use num_traits::Zero as _;
use safetensors::tensor::TensorView;

use super::error::Problem;
use super::layout::{COEFS, INTERCEPTS, LayerTensors, Layout};
use super::npz;
use super::precision::Precision;
use super::round::nearest;
use crate::exact::{Rational, Surd};
use crate::network::{Layer, Network};

/// What becomes of numbers where a file holds binary floats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// A number that is no float of the file's format is refused.
    Refused,
    /// A number that is no float of this format is refused.
    Exactly(Precision),
    /// Numbers are rounded to the nearest float of this format, ties to even.
    To(Precision),
    /// The same with the format that the layout gives each tensor; F32 where it gives none.
    AsGiven,
}

/// A file of binary floats, and the network that it holds.
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
    let mut tensors = Tensors::of(network, layout, Style::PyTorch);
    tensors.settle(layout, rounding)?;
    tensors.file(|tensors| {
        let internal = |error: safetensors::SafeTensorError| Problem::Other(error.to_string());
        let views = tensors.iter().map(|(tensor, bytes)| {
            let view = TensorView::new(tensor.precision.dtype(), tensor.shape.clone(), bytes);
            view.map(|view| (tensor.name.as_str(), view))
        });
        let views: Vec<_> = views.collect::<Result<_, _>>().map_err(internal)?;
        safetensors::serialize(views, None).map_err(internal)
    })
}

/// A network as an `.npz` file, its arrays named as in `layout`, or as scikit-learn has them, `coefs_0`, `intercepts_0`, …, where that names none.
/// Equal networks make equal bytes.
///
/// The format is that of [`to_safetensors`], but F32 for tensors of BF16, which numpy does not have.
///
/// # Errors
/// As [`to_safetensors`], and if BF16 is asked for.
pub fn to_npz(
    network: &Network,
    layout: &Layout,
    rounding: Rounding,
) -> Result<FloatFile, Problem> {
    let mut tensors = Tensors::of(network, layout, Style::Learn);
    for (weight, bias) in &mut tensors.0 {
        for tensor in std::iter::once(weight).chain(bias) {
            tensor.precision = match tensor.precision {
                Precision::Bf16 => Precision::F32,
                other => other,
            };
        }
    }
    if let Rounding::To(Precision::Bf16) | Rounding::Exactly(Precision::Bf16) = rounding {
        return Err(Problem::wrong(
            "bf16",
            "f16, f32 or f64, the floats of .npz files",
        ));
    }
    tensors.settle(layout, rounding)?;
    tensors.file(|tensors| {
        let arrays = tensors.iter().map(|(tensor, bytes)| {
            let array = npz::to_bytes(&tensor.shape, tensor.precision, bytes);
            (format!("{}.npy", tensor.name), array)
        });
        let archive = npz::archive(&arrays.collect::<Vec<_>>());
        archive.ok_or_else(|| Problem::Other("too large for an .npz file".to_owned()))
    })
}

/// Names where a layout gives none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    PyTorch,
    Learn,
}

/// One tensor: name, shape, format, and entries in the order of the file.
struct Tensor {
    name: String,
    shape: Vec<usize>,
    precision: Precision,
    /// A matrix with a row for each input.
    by_inputs: bool,
    entries: Vec<Surd>,
}

/// Weights and biases by layers.
struct Tensors(Vec<(Tensor, Option<Tensor>)>);

impl Tensors {
    fn of(network: &Network, layout: &Layout, default: Style) -> Self {
        let layers = layers(network);
        let names = match layout {
            // A network of another depth has no names to keep.
            Layout::Tensors(names) if names.len() == layers.len() => names.as_slice(),
            _ => &[],
        };
        // Biases that a file does not have for a layer are 0; a network that would be one without biases then keeps them.
        let deep = matches!(network, Network::Deep(_));
        let some_biases = deep || names.iter().any(|names| names.bias.is_some());
        // Only .npz files are scikit-learn's.
        let kept = |names: &&LayerTensors| default == Style::Learn || !names.rows_are_inputs();
        let layers = layers.into_iter().enumerate().map(|(l, (rows, biases))| {
            let given = names.get(l);
            let named = given.filter(kept);
            let (weight_name, bias_name, by_inputs) = match (named, default) {
                (Some(names), _) => {
                    let weight = names.weight.name.clone();
                    let beside = match weight.strip_prefix(COEFS) {
                        Some(number) if names.rows_are_inputs() => format!("{INTERCEPTS}{number}"),
                        _ => format!("{}bias", weight.strip_suffix("weight").unwrap_or(&weight)),
                    };
                    let bias = names.bias.as_ref().map_or(beside, |bias| bias.name.clone());
                    (weight, bias, names.rows_are_inputs())
                }
                (None, Style::PyTorch) => (
                    format!("{}.weight", 2 * l),
                    format!("{}.bias", 2 * l),
                    false,
                ),
                (None, Style::Learn) => (format!("{COEFS}{l}"), format!("{INTERCEPTS}{l}"), true),
            };
            let precision = given.map_or(Precision::F32, |given| given.weight.precision);
            let absent = |entries: &Vec<Surd>| {
                let given = given.is_some_and(|given| given.bias.is_none());
                given && some_biases && entries.iter().all(|entry| entry.sign().is_eq())
            };
            let bias = biases
                .filter(|entries| !absent(entries))
                .map(|entries| Tensor {
                    name: bias_name,
                    shape: vec![entries.len()],
                    precision: given
                        .and_then(|given| given.bias.as_ref())
                        .map_or(precision, |given| given.precision),
                    by_inputs: false,
                    entries,
                });
            (
                Tensor::matrix(weight_name, rows, precision, by_inputs),
                bias,
            )
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

    /// Sets the formats, and refuses what is to be exact and is not.
    fn settle(&mut self, layout: &Layout, rounding: Rounding) -> Result<(), Problem> {
        match rounding {
            Rounding::To(precision) => self.set(precision),
            Rounding::AsGiven => {}
            Rounding::Exactly(precision) => {
                self.set(precision);
                self.check_exact()?;
            }
            Rounding::Refused if matches!(layout, Layout::Tensors(_)) => self.check_exact()?,
            Rounding::Refused => {
                if self.check_exact().is_err() {
                    self.set(Precision::F64);
                    self.check_exact()?;
                }
            }
        }
        Ok(())
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

    /// The file that `write` makes of the tensors and their bytes, with the network it holds.
    fn file(
        &self,
        write: impl FnOnce(&[(&Tensor, Vec<u8>)]) -> Result<Vec<u8>, Problem>,
    ) -> Result<FloatFile, Problem> {
        let (mut files, mut rounded) = (Vec::new(), 0);
        let mut layers = Vec::with_capacity(self.0.len());
        let biased = self.0.iter().any(|(_, bias)| bias.is_some());
        for (weight, bias) in &self.0 {
            let mut read = |tensor: &'_ Tensor| -> Result<(Vec<u8>, Vec<Rational>), Problem> {
                let (bytes, values, changed) = tensor.rounded()?;
                rounded += changed;
                Ok((bytes, values))
            };
            let (bytes, values) = read(weight)?;
            files.push((weight, bytes));
            let weights = weight.rows(&values);
            let biases = match bias {
                Some(bias) => {
                    let (bytes, values) = read(bias)?;
                    files.push((bias, bytes));
                    values
                }
                None => vec![Rational::zero(); weights.len()],
            };
            layers.push(Layer { weights, biases });
        }
        let first = self.all().next().map(|tensor| tensor.precision);
        Ok(FloatFile {
            bytes: write(&files)?,
            network: Network::from_layers(layers, biased)?,
            precision: first.filter(|first| self.all().all(|t| t.precision == *first)),
            rounded,
        })
    }
}

impl Tensor {
    fn matrix(name: String, rows: Rows, precision: Precision, by_inputs: bool) -> Tensor {
        let (outputs, inputs) = (rows.len(), rows.first().map_or(0, Vec::len));
        let (shape, entries) = match by_inputs {
            false => (vec![outputs, inputs], rows.into_iter().flatten().collect()),
            true => {
                let columns = (0..inputs).flat_map(|j| rows.iter().map(move |row| row[j].clone()));
                (vec![inputs, outputs], columns.collect())
            }
        };
        Tensor {
            name,
            shape,
            precision,
            by_inputs,
            entries,
        }
    }

    /// Bytes, their values, and how many are not those of the entries.
    fn rounded(&self) -> Result<(Vec<u8>, Vec<Rational>, usize), Problem> {
        let (mut bytes, mut values) = (Vec::new(), Vec::with_capacity(self.entries.len()));
        let mut rounded = 0;
        for (index, entry) in self.entries.iter().enumerate() {
            let nearest = nearest(entry, self.precision)
                .map_err(|problem| Problem::Other(format!("{}: {problem}", self.place(index))))?;
            rounded += usize::from(!nearest.exact);
            let word = nearest.bits.to_le_bytes();
            bytes.extend(&word[..self.precision.layout().bytes]);
            values.push(nearest.value);
        }
        Ok((bytes, values, rounded))
    }

    /// A row for each output, of values in the order of the file.
    fn rows(&self, values: &[Rational]) -> Vec<Vec<Rational>> {
        let columns = self.shape.get(1).copied().unwrap_or(1).max(1);
        let rows = values.chunks(columns);
        match self.by_inputs {
            false => rows.map(<[_]>::to_vec).collect(),
            true => (0..columns)
                .map(|output| rows.clone().map(|row| row[output].clone()).collect())
                .collect(),
        }
    }

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::file::network_from_bytes;

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
