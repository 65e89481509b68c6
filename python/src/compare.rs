//! The functions of two networks: `equal` and `distance`.

use pyo3::prelude::*;

use crate::measure::{self, Effort};
use crate::network::Network;
use crate::work::Work;

/// Whether two networks are the same function, on all of R^d or on a box; a point where they differ, if they do.
///
/// >>> import relucert
/// >>> one = relucert.Network(a=[[1, 0]], c=[[2]])
/// >>> two = relucert.Network(a=[[2, 0], [0, 1]], c=[[1], [1]])
/// >>> answer = relucert.equal(one, two)
/// >>> bool(answer), answer.point
/// (False, (Fraction(0, 1), Fraction(1, 1)))
#[pyfunction]
#[pyo3(signature = (first, second, *, domain = None, time_limit = None, memory_limit = None, progress = None))]
#[allow(clippy::too_many_arguments, reason = "keywords")]
pub fn equal<'py>(
    py: Python<'py>,
    first: &Bound<'py, Network>,
    second: &Bound<'py, Network>,
    domain: Option<&Bound<'py, PyAny>>,
    time_limit: Option<f64>,
    memory_limit: Option<u64>,
    progress: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    let inputs = first.get().inner().inputs();
    let domain = domain
        .map(|domain| measure::domain(domain, inputs))
        .transpose()?;
    let work = Work::new(py, time_limit, memory_limit, progress)?;
    measure::equal(py, first.get(), second.get(), domain, work)
}

/// |R(second) − R(first)|_{W^{1,∞}}, the largest entry of the difference's Jacobian, exactly or bracketed; with a `domain` the largest
/// difference of values on that box.
///
/// >>> import relucert
/// >>> one = relucert.Network(a=[[1, 0]], c=[[2]])
/// >>> two = relucert.Network(a=[[1, 0]], c=[["3/2"]])
/// >>> relucert.distance(one, two).value
/// Fraction(1, 2)
/// >>> relucert.distance(one, two, domain=(-1, 3)).value
/// Fraction(3, 2)
#[pyfunction]
#[pyo3(signature = (first, second, *, domain = None, gap = None, max_nodes = None, time_limit = None, memory_limit = None, progress = None))]
#[allow(clippy::too_many_arguments, reason = "keywords")]
pub fn distance<'py>(
    py: Python<'py>,
    first: &Bound<'py, Network>,
    second: &Bound<'py, Network>,
    domain: Option<&Bound<'py, PyAny>>,
    gap: Option<&Bound<'py, PyAny>>,
    max_nodes: Option<u64>,
    time_limit: Option<f64>,
    memory_limit: Option<u64>,
    progress: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    let effort = Effort::new(gap, max_nodes)?;
    let work = Work::new(py, time_limit, memory_limit, progress)?;
    let (first, second) = (first.get(), second.get());
    match domain {
        None => measure::seminorm(py, first, Some(second), effort, work),
        Some(domain) => {
            let domain = measure::domain(domain, first.inner().inputs())?;
            measure::sup_norm(py, first, Some(second), domain, effort, work)
        }
    }
}

/// The jump norm of R(second) − R(first), or of one network's function: the largest jump of the gradient, without a search.
#[pyfunction]
#[pyo3(signature = (first, second = None))]
pub fn jump_norm<'py>(
    py: Python<'py>,
    first: &Bound<'py, Network>,
    second: Option<&Bound<'py, Network>>,
) -> PyResult<Bound<'py, PyAny>> {
    measure::jump(py, first.get(), second.map(Bound::get))
}
