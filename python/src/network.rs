//! Networks: read, made of Python's numbers, and what can be asked of one.

use std::path::PathBuf;
use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyTuple, PyType};
use relucert::network::file::{Format, Layout, Reading, Rounding, Source, to_json, write_network};

use crate::answer::{Pickled, tuple};
use crate::load::rounding;
use crate::{
    arrangement, deep, describe, fault, identify, measure, number, regions, rewrite, work::Work,
};

/// A ReLU network with exact weights: shallow, R(x) = Σ c_i ρ(⟨a_i,x⟩ + b_i) + e, or of any depth.
///
/// `Network(a, c)` has no biases, `Network(a, b, c, e)` has; rows are neurons. Numbers are ints, Fractions, floats (taken bit for bit), texts
/// such as "1/3" or "sqrt(2)", Surds; lists of them, or arrays and tensors. `Network.from_layers` makes deep ones.
///
/// >>> from relucert import Network
/// >>> net = Network(a=[[1, 0], ["1/3", 0.5]], c=[[1], [-1]])
/// >>> net
/// Network(inputs=2, neurons=2, outputs=1)
/// >>> net.eval([3, 2])
/// (Fraction(1, 1),)
/// >>> net.a[1]
/// (Fraction(1, 3), Fraction(1, 2))
#[pyclass(frozen, module = "relucert")]
#[derive(Clone)]
pub struct Network {
    pub reading: Arc<Reading>,
}

#[pymethods]
impl Network {
    #[new]
    #[pyo3(signature = (a, b = None, c = None, e = None))]
    fn made(
        a: &Bound<'_, PyAny>,
        b: Option<&Bound<'_, PyAny>>,
        c: Option<&Bound<'_, PyAny>>,
        e: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let mut text = String::new();
        for (name, value) in [("a", Some(a)), ("b", b), ("c", c), ("e", e)] {
            let Some(value) = value else { continue };
            text += if text.is_empty() { "{\"" } else { ",\"" };
            text += name;
            text += "\":";
            let column = name == "c" && number::is_flat(value)?;
            match column {
                true => number::write_column(value, name, &mut text)?,
                false => number::write_json(value, name, &mut text)?,
            }
        }
        text.push('}');
        Network::from_text("Network", text)
    }

    /// A network of any depth from its layers, first to last: pairs (W, b), or W alone where there is no bias; rows of W are outputs, as in
    /// PyTorch.
    ///
    /// >>> from relucert import Network
    /// >>> Network.from_layers([([[1], [-1]], [0, 1]), ([[1, 1]], [0]), ([[2]], [1])])
    /// Network(inputs=1, neurons=(2, 1), outputs=1)
    #[classmethod]
    fn from_layers(_class: &Bound<'_, PyType>, layers: &Bound<'_, PyAny>) -> PyResult<Self> {
        let mut text = String::from("{\"layers\":[");
        for (l, layer) in layers.try_iter()?.enumerate() {
            let layer = layer?;
            let pair = layer.cast::<PyTuple>().ok().filter(|pair| pair.len() == 2);
            let (weights, biases) = match pair {
                Some(pair) => (pair.get_item(0)?, Some(pair.get_item(1)?)),
                None => (layer.clone(), None),
            };
            text += if l > 0 {
                ",{\"weights\":"
            } else {
                "{\"weights\":"
            };
            number::write_json(&weights, &format!("layers[{l}].weights"), &mut text)?;
            if let Some(biases) = biases.filter(|biases| !biases.is_none()) {
                text += ",\"biases\":";
                number::write_json(&biases, &format!("layers[{l}].biases"), &mut text)?;
            }
            text.push('}');
        }
        text += "]}";
        Network::from_text("Network.from_layers", text)
    }

    /// A fitted MLPRegressor or MLPClassifier of scikit-learn with ReLU; of a classifier the network before its last activation.
    #[classmethod]
    fn from_sklearn<'py>(
        class: &Bound<'py, PyType>,
        estimator: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        class
            .py()
            .import("relucert._convert")?
            .call_method1("from_sklearn", (class, estimator))
    }

    /// A PyTorch module of Linear and ReLU, or its state_dict, every float as it is.
    ///
    /// `layers` names the layers, first to last, where their names do not say it.
    #[classmethod]
    #[pyo3(signature = (module, *, layers = None))]
    fn from_torch<'py>(
        class: &Bound<'py, PyType>,
        module: &Bound<'py, PyAny>,
        layers: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        class
            .py()
            .import("relucert._convert")?
            .call_method1("from_torch", (class, module, layers))
    }

    /// A network from the bytes of a file of this format.
    #[classmethod]
    #[pyo3(signature = (data, format, *, name = "bytes", layers = None))]
    fn from_bytes(
        class: &Bound<'_, PyType>,
        data: Vec<u8>,
        format: &str,
        name: &str,
        layers: Option<Vec<String>>,
    ) -> PyResult<Self> {
        let format: Format = format.parse().map_err(fault::usage)?;
        let mut source = Source::new(name, format, data).map_err(fault::file)?;
        if let Some(layers) = layers {
            source = source.with_layers(&layers);
        }
        let reading = class.py().detach(|| source.network());
        reading.map(Network::new).map_err(fault::file)
    }

    /// The number of inputs.
    #[getter]
    fn inputs(&self) -> usize {
        self.inner().inputs()
    }

    /// The number of outputs.
    #[getter]
    fn outputs(&self) -> usize {
        self.inner().outputs()
    }

    /// The numbers of neurons of the hidden layers, first to last.
    #[getter]
    fn widths<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let widths = match self.inner() {
            relucert::Network::Shallow(network) => vec![network.neurons().len()],
            relucert::Network::Biased(network) => vec![network.rows().neurons().len()],
            relucert::Network::Deep(network) => {
                let layers = network.layers();
                let hidden = layers.split_last().map_or(&[][..], |(_, hidden)| hidden);
                hidden.iter().map(|layer| layer.weights.len()).collect()
            }
        };
        tuple(py, widths)
    }

    /// Whether there are two layers.
    #[getter]
    fn is_shallow(&self) -> bool {
        !matches!(self.inner(), relucert::Network::Deep(_))
    }

    /// Whether there are biases; deep networks always have some, which may be 0.
    #[getter]
    fn has_biases(&self) -> bool {
        !matches!(self.inner(), relucert::Network::Shallow(_))
    }

    /// Of a shallow network: the inner weights, a row a neuron.
    #[getter]
    fn a<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        describe::inner_weights(py, self.inner())
    }

    /// Of a shallow network: the biases of the neurons; None where there are none.
    #[getter]
    fn b<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyTuple>>> {
        describe::biases(py, self.inner())
    }

    /// Of a shallow network: the outer weights, a row a neuron.
    #[getter]
    fn c<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        describe::outer_weights(py, self.inner())
    }

    /// Of a shallow network: the biases of the outputs; None where there are none.
    #[getter]
    fn e(&self, py: Python<'_>) -> PyResult<Option<Py<PyAny>>> {
        describe::offset(py, self.inner())
    }

    /// The layers, first to last: pairs (W, b), rows of W are outputs.
    #[getter]
    fn layers<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        describe::layers(py, self.inner())
    }

    /// What the reader of the file took for granted.
    #[getter]
    fn remarks<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        tuple(py, self.reading.remarks.clone())
    }

    /// R(x), exactly, a tuple of Fractions.
    fn eval(&self, py: Python<'_>, x: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        let x = number::row(x, "x")?;
        let reading = Arc::clone(&self.reading);
        let value = py
            .detach(move || reading.network.eval(&x))
            .map_err(fault::usage)?;
        number::fractions(py, &value)
    }

    fn __call__(&self, py: Python<'_>, x: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        self.eval(py, x)
    }

    /// What is known of the network without comparing it: dead, parallel and opposite neurons, N′ and N*, the smallest gaps.
    ///
    /// Networks that have not two layers are looked at layer by layer, and so are others with a `domain`, a box: which neurons intervals show to
    /// be active nowhere or everywhere on it.
    #[pyo3(signature = (*, domain = None))]
    fn inspect<'py>(
        &self,
        py: Python<'py>,
        domain: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let domain = domain
            .map(|domain| measure::domain(domain, self.inner().inputs()))
            .transpose()?;
        match (domain, self.is_deep()) {
            (None, false) => describe::inspect(py, self),
            (domain, _) => deep::inspect(py, self, domain),
        }
    }

    /// The canonical form of the function: equal functions have equal forms.
    ///
    /// >>> from relucert import Network
    /// >>> form = Network(a=[[1], [2], [-1]], c=[[2], [1], [1]]).canonical()
    /// >>> form.linear, len(form.kinks), form.kinks[0].jump
    /// (((Fraction(3, 2),),), 1, (Fraction(5, 1),))
    fn canonical<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        describe::canonical(py, self)
    }

    /// The regions of linearity of a shallow network's neurons; see `Arrangement.regions`.
    ///
    /// `domain` is a box: pairs (lower, upper), one an input, or one for all.
    #[pyo3(signature = (*, domain = None, limit = None, threads = 0, time_limit = None, memory_limit = None, progress = None))]
    #[allow(clippy::too_many_arguments, reason = "keywords")]
    fn regions(
        &self,
        py: Python<'_>,
        domain: Option<&Bound<'_, PyAny>>,
        limit: Option<u64>,
        threads: usize,
        time_limit: Option<f64>,
        memory_limit: Option<u64>,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<regions::Regions> {
        let work = Work::new(py, time_limit, memory_limit, progress)?;
        self.arrangement(py, domain)?
            .listed(py, limit, threads, work)
    }

    /// The arrangement of a shallow network's hyperplanes.
    #[pyo3(signature = (*, domain = None))]
    fn arrangement(
        &self,
        py: Python<'_>,
        domain: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<arrangement::Arrangement> {
        let domain = domain
            .map(|domain| measure::domain(domain, self.inner().inputs()))
            .transpose()?;
        arrangement::of_network(py, self.inner(), domain.as_ref())
    }

    /// |R|_{W^{1,∞}}, the largest entry of the Jacobian anywhere, exactly or bracketed.
    ///
    /// >>> from relucert import Network
    /// >>> Network(a=[[1, 0], [-1, 2]], c=[[3], [1]]).seminorm().value
    /// Fraction(3, 1)
    #[pyo3(signature = (*, gap = None, max_nodes = None, time_limit = None, memory_limit = None, progress = None))]
    fn seminorm<'py>(
        &self,
        py: Python<'py>,
        gap: Option<&Bound<'py, PyAny>>,
        max_nodes: Option<u64>,
        time_limit: Option<f64>,
        memory_limit: Option<u64>,
        progress: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let work = Work::new(py, time_limit, memory_limit, progress)?;
        measure::seminorm(py, self, None, measure::Effort::new(gap, max_nodes)?, work)
    }

    /// The largest |R(x)| on a box, exactly or bracketed.
    #[pyo3(signature = (domain, *, gap = None, max_nodes = None, time_limit = None, memory_limit = None, progress = None))]
    #[allow(clippy::too_many_arguments, reason = "keywords")]
    fn sup_norm<'py>(
        &self,
        py: Python<'py>,
        domain: &Bound<'py, PyAny>,
        gap: Option<&Bound<'py, PyAny>>,
        max_nodes: Option<u64>,
        time_limit: Option<f64>,
        memory_limit: Option<u64>,
        progress: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let work = Work::new(py, time_limit, memory_limit, progress)?;
        let domain = measure::domain(domain, self.inner().inputs())?;
        measure::sup_norm(
            py,
            self,
            None,
            domain,
            measure::Effort::new(gap, max_nodes)?,
            work,
        )
    }

    /// A network of the same function with fewer neurons, where there is one, and which neurons were redundant.
    ///
    /// >>> from relucert import Network
    /// >>> less = Network(a=[[1, 0], [2, 0], [0, 1]], c=[[1], [1], [0]]).simplify()
    /// >>> less.network.widths, less.dead, less.merged
    /// ((1,), (2,), ((0, 1),))
    #[pyo3(signature = (*, balance = false, time_limit = None, memory_limit = None, progress = None))]
    fn simplify<'py>(
        &self,
        py: Python<'py>,
        balance: bool,
        time_limit: Option<f64>,
        memory_limit: Option<u64>,
        progress: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let work = Work::new(py, time_limit, memory_limit, progress)?;
        rewrite::simplify(py, self, balance, work)
    }

    /// How few neurons the function needs, and a network that has so few.
    #[pyo3(signature = (*, time_limit = None, memory_limit = None, progress = None))]
    fn minimal<'py>(
        &self,
        py: Python<'py>,
        time_limit: Option<f64>,
        memory_limit: Option<u64>,
        progress: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        rewrite::minimal(py, self, Work::new(py, time_limit, memory_limit, progress)?)
    }

    /// Which sets of neurons can be flipped without changing the function.
    #[pyo3(signature = (*, time_limit = None, memory_limit = None, progress = None))]
    fn flips<'py>(
        &self,
        py: Python<'py>,
        time_limit: Option<f64>,
        memory_limit: Option<u64>,
        progress: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        rewrite::flips(py, self, Work::new(py, time_limit, memory_limit, progress)?)
    }

    /// Whether the network is, near its parameters, the only one with its function up to rescaling of neurons.
    #[pyo3(signature = (*, seed = 1, time_limit = None, memory_limit = None, progress = None))]
    fn identify<'py>(
        &self,
        py: Python<'py>,
        seed: u64,
        time_limit: Option<f64>,
        memory_limit: Option<u64>,
        progress: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let work = Work::new(py, time_limit, memory_limit, progress)?;
        identify::identify(py, self, seed, work)
    }

    /// The text of a JSON file, every number exactly.
    fn to_json(&self) -> String {
        to_json(self.inner())
    }

    /// The bytes of a file: "json", "safetensors", "npz" or "onnx".
    ///
    /// Numbers that are no floats are refused by the others than JSON, unless `round` is "f32", "f64", "f16", "bf16", or "nearest" for the
    /// formats that the network was read with.
    #[pyo3(signature = (format = "json", *, round = None))]
    fn to_bytes<'py>(
        &self,
        py: Python<'py>,
        format: &str,
        round: Option<&str>,
    ) -> PyResult<Bound<'py, PyBytes>> {
        let format: Format = format.parse().map_err(fault::usage)?;
        let encoded = self.encoded(format, rounding(round)?)?;
        Ok(PyBytes::new(py, encoded.bytes()))
    }

    /// Writes a file, whole or not at all, in the format that its name says; see `to_bytes`.
    #[pyo3(signature = (path, *, round = None))]
    fn save(&self, path: PathBuf, round: Option<&str>) -> PyResult<()> {
        let Reading {
            network, layout, ..
        } = &*self.reading;
        write_network(&path, network, layout, rounding(round)?).map_err(fault::file)
    }

    /// Whether all weights are the same numbers; see `equal` for functions.
    fn __eq__(&self, other: &Bound<'_, PyAny>) -> Option<bool> {
        let other = other.cast::<Network>().ok()?.get();
        // Weights with square roots can be kept in several ways.
        Some(self.inner() == other.inner() || self.to_json() == other.to_json())
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<isize> {
        PyBytes::new(py, self.to_json().as_bytes()).hash()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let widths: Vec<usize> = self.widths(py)?.extract()?;
        let neurons = match &widths[..] {
            [one] => one.to_string(),
            widths => format!(
                "({})",
                widths
                    .iter()
                    .map(usize::to_string)
                    .collect::<Vec<_>>()
                    .join(", ")
            ),
        };
        let (inputs, outputs) = (self.inputs(), self.outputs());
        Ok(format!(
            "Network(inputs={inputs}, neurons={neurons}, outputs={outputs})"
        ))
    }

    fn _repr_html_(&self, py: Python<'_>) -> PyResult<String> {
        let name = self.__repr__(py)?;
        let picture = py.detach(|| describe::picture(self.inner()));
        Ok(format!("<p><code>{name}</code></p>{picture}"))
    }

    fn __reduce__<'py>(
        &self,
        py: Python<'py>,
    ) -> PyResult<Pickled<'py, (Bound<'py, PyBytes>, &'static str)>> {
        let tensors = match self.reading.layout {
            Layout::Tensors(_) => self.encoded(Format::Safetensors, Rounding::Refused).ok(),
            _ => None,
        };
        let (encoded, format) = match tensors {
            Some(tensors) => (tensors, "safetensors"),
            None => (self.encoded(Format::Json, Rounding::Refused)?, "json"),
        };
        let make = py.get_type::<Network>().getattr("from_bytes")?;
        Ok((make, (PyBytes::new(py, encoded.bytes()), format)))
    }
}
