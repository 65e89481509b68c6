//! Arrangements: made, counted, asked for their regions.

use std::sync::Arc;

use num_bigint::BigUint;
use pyo3::prelude::*;
use pyo3::types::PyTuple;
use relucert::arrangement::{self, Affine, ArrangementError, box_facets};
use relucert::certificate::{StatedNetwork, StatedRational, Surd};
use relucert::exact::Rational;
use relucert::network::to_certificate;
use relucert::realization::Domain;

use crate::answer::tuple;
use crate::prepared::{Prepared, options};
use crate::regions::Regions;
use crate::stream::RegionStream;
use crate::work::Work;
use crate::{fault, number};

/// A hyperplane arrangement {⟨a_i, x⟩ + b_i = 0} on R^d, or within a box.
///
/// `Arrangement(normals)` is central, `Arrangement(normals, offsets)` affine; numbers as for `Network`. `domain` is a box: pairs
/// (lower, upper), one a coordinate, or one for all.
///
/// >>> from relucert import Arrangement
/// >>> lines = Arrangement([[1, 0], [0, 1], [1, 1]])
/// >>> lines.count()
/// 6
/// >>> lines.regions()[0]
/// Region(signs='+++')
#[pyclass(frozen, module = "relucert")]
#[derive(Clone)]
pub struct Arrangement {
    pub inner: Arc<Prepared>,
}

fn refused(error: ArrangementError) -> PyErr {
    match error {
        ArrangementError::Stopped(stop) => fault::stopped(stop),
        error => fault::usage(error),
    }
}

/// The arrangement of a shallow network's neurons.
pub fn of_network(
    py: Python<'_>,
    network: &relucert::Network,
    domain: Option<&Domain>,
) -> PyResult<Arrangement> {
    let deep = || fault::usage("regions are listed of networks with two layers");
    let stated = to_certificate(network).ok_or_else(deep)?;
    let (rows, biased) = match network {
        relucert::Network::Shallow(rows) => (rows, false),
        relucert::Network::Biased(network) => (network.rows(), true),
        relucert::Network::Deep(_) => return Err(deep()),
    };
    let mut normals: Vec<Vec<Rational>> =
        rows.neurons().iter().map(|n| n.inner().to_vec()).collect();
    let offsets = biased.then(|| normals.iter_mut().filter_map(Vec::pop).collect());
    prepared(py, normals, offsets, network.inputs(), domain, stated)
}

/// Prepares it, off Python's lock.
fn prepared(
    py: Python<'_>,
    normals: Vec<Vec<Rational>>,
    mut offsets: Option<Vec<Rational>>,
    dimension: usize,
    domain: Option<&Domain>,
    mut network: StatedNetwork,
) -> PyResult<Arrangement> {
    let sides = domain.map(|domain| domain.sides().to_vec());
    if domain.is_some() && offsets.is_none() {
        // A box is no cone: the same hyperplanes with offsets 0.
        let zero = Rational::from_integer(0.into());
        network.b = Some(vec![Surd::from(zero.clone()); normals.len()]);
        network.e = Some(vec![StatedRational(zero.clone()); network.outputs]);
        offsets = Some(vec![zero; normals.len()]);
    }
    let given = (normals.clone(), offsets.clone());
    let facets = sides.clone().map(|sides| {
        let (lower, upper): (Vec<_>, Vec<_>) = sides.into_iter().unzip();
        box_facets(&lower, &upper)
    });
    let work = Work::new(py, None, None, None)?;
    let arrangement = work.run(py, move |watch| match offsets {
        None => arrangement::Arrangement::new_within(&normals, dimension, watch),
        Some(offsets) => {
            let functions = normals.into_iter().zip(offsets);
            let functions: Vec<_> = functions
                .map(|(normal, offset)| Affine { normal, offset })
                .collect();
            arrangement::Arrangement::affine(
                &functions,
                &facets.unwrap_or_default(),
                dimension,
                watch,
            )
        }
    })?;
    Ok(Arrangement {
        inner: Arc::new(Prepared {
            arrangement: arrangement.map_err(refused)?,
            network,
            normals: given.0,
            offsets: given.1,
            domain: sides,
        }),
    })
}

#[pymethods]
impl Arrangement {
    #[new]
    #[pyo3(signature = (normals, offsets = None, *, domain = None))]
    fn new(
        py: Python<'_>,
        normals: &Bound<'_, PyAny>,
        offsets: Option<&Bound<'_, PyAny>>,
        domain: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let normals = number::rows(normals, "normals")?;
        let offsets = offsets
            .map(|offsets| number::row(offsets, "offsets"))
            .transpose()?;
        let Some(dimension) = normals.first().map(Vec::len) else {
            return Err(fault::usage("normals: found none, expected at least one"));
        };
        if let Some(offsets) = offsets
            .as_ref()
            .filter(|offsets| offsets.len() != normals.len())
        {
            let (found, expected) = (offsets.len(), normals.len());
            return Err(fault::usage(format!(
                "offsets has {found} numbers, expected {expected}"
            )));
        }
        for (i, normal) in normals.iter().enumerate() {
            if normal.len() != dimension || dimension == 0 {
                let found = normal.len();
                return Err(fault::usage(format!(
                    "normals[{i}] has {found} numbers, expected {}",
                    dimension.max(1)
                )));
            }
        }
        let domain = domain
            .map(|domain| crate::measure::domain(domain, dimension))
            .transpose()?;
        let surd = |value: &Rational| Surd::from(value.clone());
        let row = |row: &Vec<Rational>| row.iter().map(surd).collect();
        let zero = Rational::from_integer(0.into());
        let network = StatedNetwork {
            d: dimension,
            m: normals.len(),
            outputs: 1,
            a: normals.iter().map(row).collect(),
            b: offsets.as_ref().map(row),
            c: vec![vec![surd(&zero)]; normals.len()],
            e: offsets.as_ref().map(|_| vec![StatedRational(zero.clone())]),
        };
        prepared(py, normals, offsets, dimension, domain.as_ref(), network)
    }

    /// The normals, as given.
    #[getter]
    fn normals<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let rows: Vec<_> = self
            .inner
            .normals
            .iter()
            .map(|row| number::fractions(py, row))
            .collect::<PyResult<_>>()?;
        tuple(py, rows)
    }

    /// The offsets; None of a central arrangement.
    #[getter]
    fn offsets(&self, py: Python<'_>) -> PyResult<Option<Py<PyAny>>> {
        self.inner
            .offsets
            .as_ref()
            .map(|offsets| number::fractions(py, offsets))
            .transpose()
    }

    /// The box: a pair a coordinate; None for all of space.
    #[getter]
    fn domain<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyTuple>>> {
        let Some(sides) = &self.inner.domain else {
            return Ok(None);
        };
        let pairs = sides
            .iter()
            .map(|(lower, upper)| Ok((number::fraction(py, lower)?, number::fraction(py, upper)?)));
        tuple(py, pairs.collect::<PyResult<Vec<_>>>()?).map(Some)
    }

    /// The number of hyperplanes that differ and are not everything.
    #[getter]
    fn hyperplanes(&self) -> usize {
        self.inner.arrangement.classes().len()
    }

    /// How many regions there are; an int.
    #[pyo3(signature = (*, threads = 0, time_limit = None, memory_limit = None, progress = None))]
    fn count(
        &self,
        py: Python<'_>,
        threads: usize,
        time_limit: Option<f64>,
        memory_limit: Option<u64>,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<BigUint> {
        let prepared = Arc::clone(&self.inner);
        let work = Work::new(py, time_limit, memory_limit, progress)?;
        let count = work.run(py, move |watch| {
            prepared.arrangement.count(&options(None, threads, watch))
        })?;
        count.map_err(fault::limit)
    }

    /// The regions, or the first `limit` ones.
    #[pyo3(signature = (*, limit = None, threads = 0, time_limit = None, memory_limit = None, progress = None))]
    fn regions(
        &self,
        py: Python<'_>,
        limit: Option<u64>,
        threads: usize,
        time_limit: Option<f64>,
        memory_limit: Option<u64>,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Regions> {
        self.listed(
            py,
            limit,
            threads,
            Work::new(py, time_limit, memory_limit, progress)?,
        )
    }

    /// The regions one after the other, each with its witness, however many there are: memory does not grow with their number.
    ///
    /// >>> from relucert import Arrangement
    /// >>> from itertools import islice
    /// >>> many = Arrangement([[i + j ** 2 for j in range(6)] for i in range(40)])
    /// >>> len(list(islice(many.stream(), 5)))
    /// 5
    #[pyo3(signature = (*, limit = None))]
    fn stream(&self, limit: Option<u64>) -> PyResult<RegionStream> {
        RegionStream::start(Arc::clone(&self.inner), limit)
    }

    /// In one line.
    pub fn __repr__(&self) -> String {
        let (rows, dimension) = (self.inner.normals.len(), self.inner.network.d);
        format!("Arrangement(hyperplanes={rows}, dimension={dimension})")
    }

    fn __reduce__<'py>(
        &self,
        py: Python<'py>,
    ) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyTuple>)> {
        let make = py.import("relucert._regions")?.getattr("arrangement")?;
        let given = (self.normals(py)?, self.offsets(py)?, self.domain(py)?);
        Ok((make, given.into_pyobject(py)?))
    }
}
