//! Answers: objects of the classes in `relucert._answers`, made field by field.

use pyo3::BoundObject as _;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyTuple};
use relucert::exact::Rational;

use crate::network::Network;
use crate::number;

/// An answer in the making.
pub struct Answer<'py> {
    class: &'static str,
    fields: Bound<'py, PyDict>,
}

impl<'py> Answer<'py> {
    /// Of this class of `relucert._answers`.
    pub fn new(py: Python<'py>, class: &'static str) -> Self {
        Answer {
            class,
            fields: PyDict::new(py),
        }
    }

    /// With this field.
    pub fn with(self, name: &str, value: impl IntoPyObject<'py>) -> PyResult<Self> {
        let py = self.fields.py();
        let value = value.into_pyobject(py).map_err(Into::into)?;
        self.fields.set_item(name, value.into_any().unbind())?;
        Ok(self)
    }

    /// With a number.
    pub fn rational(self, name: &str, value: &Rational) -> PyResult<Self> {
        let value = number::fraction(self.fields.py(), value)?;
        self.with(name, value)
    }

    /// With a number that may be known.
    pub fn known(self, name: &str, value: Option<&Rational>) -> PyResult<Self> {
        let py = self.fields.py();
        let value = value.map(|value| number::fraction(py, value)).transpose()?;
        self.with(name, value)
    }

    /// With a number that may have square roots, and may be known.
    pub fn surd(self, name: &str, value: Option<&relucert::Surd>) -> PyResult<Self> {
        let py = self.fields.py();
        let value = value
            .map(|value| number::to_python(py, value))
            .transpose()?;
        self.with(name, value)
    }

    /// With a point.
    pub fn point(self, name: &str, value: Option<&[Rational]>) -> PyResult<Self> {
        let py = self.fields.py();
        let value = value
            .map(|value| number::fractions(py, value))
            .transpose()?;
        self.with(name, value)
    }

    /// With a tuple.
    pub fn tuple<T: IntoPyObject<'py>>(
        self,
        name: &str,
        values: impl IntoIterator<Item = T>,
    ) -> PyResult<Self> {
        let values = tuple(self.fields.py(), values)?;
        self.with(name, values)
    }

    /// With a network, where there is one.
    pub fn network(self, name: &str, value: Option<relucert::Network>) -> PyResult<Self> {
        self.with(name, value.map(Network::plain))
    }

    /// With a certificate, where there is one.
    pub fn certificate(self, text: Option<&[u8]>) -> PyResult<Self> {
        let bytes = text.map(|text| PyBytes::new(self.fields.py(), text));
        self.with("certificate", bytes)
    }

    /// The object.
    pub fn build(self) -> PyResult<Bound<'py, PyAny>> {
        let module = self.fields.py().import("relucert._answers")?;
        module.getattr(self.class)?.call((), Some(&self.fields))
    }
}

/// What pickle is told: what makes the object, and of what.
pub type Pickled<'py, T> = (Bound<'py, PyAny>, T);

/// A tuple.
pub fn tuple<'py, T: IntoPyObject<'py>>(
    py: Python<'py>,
    values: impl IntoIterator<Item = T>,
) -> PyResult<Bound<'py, PyTuple>> {
    let values = values.into_iter().map(|value| {
        let value = value.into_pyobject(py).map_err(Into::into)?;
        Ok(value.into_any().unbind())
    });
    PyTuple::new(py, values.collect::<PyResult<Vec<Py<PyAny>>>>()?)
}
