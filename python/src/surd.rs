//! Sums of square roots for Python, with the engine's arithmetic.

use std::cmp::Ordering;

use num_bigint::BigInt;
use pyo3::basic::CompareOp;
use pyo3::exceptions::PyZeroDivisionError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyFloat, PyString, PyTuple};
use relucert::exact::Rational;

use crate::{fault, number};

/// An exact sum of square roots of rational numbers, such as 1/2 + 3·√2.
///
/// Arithmetic with ints, Fractions and other Surds is exact, and so are comparisons, with floats too. `float()` gives the nearest float,
/// `str()` the exact text, which `Surd(text)` reads.
#[pyclass(frozen, module = "relucert")]
#[derive(Clone)]
pub struct Surd(pub relucert::Surd);

/// The other side of an operation, if arithmetic with it is exact.
fn operand(value: &Bound<'_, PyAny>) -> Option<relucert::Surd> {
    let inexact = value.is_instance_of::<PyFloat>() || value.is_instance_of::<PyString>();
    let foreign = value.is_instance_of::<PyBool>() || value.hasattr("dtype").unwrap_or(true);
    if inexact || foreign {
        return None;
    }
    number::number(value, &String::new).ok()
}

impl Surd {
    fn with(
        &self,
        other: &Bound<'_, PyAny>,
        operation: impl FnOnce(&relucert::Surd, &relucert::Surd) -> PyResult<relucert::Surd>,
    ) -> PyResult<Py<PyAny>> {
        let py = other.py();
        match operand(other) {
            Some(other) => Ok(Surd(operation(&self.0, &other)?)
                .into_pyobject(py)?
                .into_any()
                .unbind()),
            None => Ok(py.NotImplemented()),
        }
    }
}

fn quotient(x: &relucert::Surd, y: &relucert::Surd) -> PyResult<relucert::Surd> {
    if y.sign().is_eq() {
        return Err(PyZeroDivisionError::new_err("division by zero"));
    }
    let inverse = y.inverse();
    let inverse =
        inverse.ok_or_else(|| fault::limit(format!("1/({y}) has too many square roots")))?;
    Ok(x.mul(&inverse))
}

#[pymethods]
impl Surd {
    /// The number that is given or written; see the class.
    #[new]
    fn new(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        number::number(value, &|| "Surd".to_owned()).map(Surd)
    }

    /// The square root of a rational number that is not negative.
    #[staticmethod]
    fn sqrt(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        let radicand = number::rational(value, &|| "Surd.sqrt".to_owned())?;
        let root = relucert::Surd::sqrt(&radicand);
        root.map(Surd)
            .ok_or_else(|| fault::usage(format!("Surd.sqrt: {radicand} is negative")))
    }

    /// The rational part, a Fraction.
    #[getter]
    fn rational_part(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        number::fraction(py, self.0.rational_part())
    }

    /// The other terms: pairs of a Fraction q and an int n > 1 that stand for q·√n.
    #[getter]
    fn terms<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let terms = self.0.terms().iter();
        let pairs = terms.map(|(q, n)| Ok((number::fraction(py, q)?, n.clone())));
        PyTuple::new(py, pairs.collect::<PyResult<Vec<_>>>()?)
    }

    /// Whether there is no square root in it.
    fn is_rational(&self) -> bool {
        self.0.to_rational().is_some()
    }

    /// The same number as a Fraction; an error where it is none.
    fn to_fraction(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        match self.0.to_rational() {
            Some(value) => number::fraction(py, value),
            None => Err(fault::usage(format!("'{}' is not rational", self.0))),
        }
    }

    /// A decimal with so many significant digits, for people.
    #[pyo3(signature = (digits = 6))]
    fn approx(&self, digits: usize) -> String {
        self.0.approx(digits.clamp(1, 1000))
    }

    fn __add__(&self, other: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        self.with(other, |x, y| Ok(x.add(y)))
    }

    fn __radd__(&self, other: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        self.with(other, |x, y| Ok(y.add(x)))
    }

    fn __sub__(&self, other: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        self.with(other, |x, y| Ok(x.sub(y)))
    }

    fn __rsub__(&self, other: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        self.with(other, |x, y| Ok(y.sub(x)))
    }

    fn __mul__(&self, other: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        self.with(other, |x, y| Ok(x.mul(y)))
    }

    fn __rmul__(&self, other: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        self.with(other, |x, y| Ok(y.mul(x)))
    }

    fn __truediv__(&self, other: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        self.with(other, quotient)
    }

    fn __rtruediv__(&self, other: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        self.with(other, |x, y| quotient(y, x))
    }

    fn __neg__(&self) -> Self {
        Surd(self.0.neg())
    }

    fn __pos__(&self) -> Self {
        self.clone()
    }

    fn __abs__(&self) -> Self {
        Surd(self.0.abs())
    }

    fn __bool__(&self) -> bool {
        !self.0.sign().is_eq()
    }

    fn __richcmp__(&self, other: &Bound<'_, PyAny>, operation: CompareOp) -> PyResult<Py<PyAny>> {
        let py = other.py();
        let order = match other.cast::<PyFloat>().map(|float| float.value()) {
            Ok(f64::INFINITY) => Some(Ordering::Less),
            Ok(f64::NEG_INFINITY) => Some(Ordering::Greater),
            Ok(float) => Rational::from_float(float).map(|q| self.0.compare(&q.into())),
            Err(_) => operand(other).map(|other| self.0.compare(&other)),
        };
        match (order, operation) {
            (Some(order), _) => Ok(operation
                .matches(order)
                .into_pyobject(py)?
                .to_owned()
                .into_any()
                .unbind()),
            (None, _) => Ok(py.NotImplemented()),
        }
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<isize> {
        match self.0.to_rational() {
            // Equal numbers have equal hashes.
            Some(value) => number::fraction(py, value)?.bind(py).hash(),
            None => PyString::new(py, &self.0.to_string()).hash(),
        }
    }

    fn __float__(&self, py: Python<'_>) -> PyResult<f64> {
        if let Some(value) = self.0.to_rational() {
            return number::fraction(py, value)?
                .bind(py)
                .call_method0("__float__")?
                .extract();
        }
        // Python rounds quotients of integers right; with so many bits a tie is no nearer than the value's own last bits.
        for bits in [128, 1 << 10, 1 << 12] {
            let (floor, _) = self.0.floor_over(-bits);
            if floor.bits() > 100 {
                let denominator = BigInt::from(1) << bits.unsigned_abs();
                let quotient = floor.into_pyobject(py)?;
                return quotient
                    .call_method1("__truediv__", (denominator,))?
                    .extract();
            }
        }
        // Smaller than any float but 0.
        Ok(0.0)
    }

    fn __str__(&self) -> String {
        self.0.to_string()
    }

    fn __repr__(&self) -> String {
        format!("Surd('{}')", self.0)
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> (Bound<'py, PyAny>, (String,)) {
        (py.get_type::<Surd>().into_any(), (self.0.to_string(),))
    }
}
