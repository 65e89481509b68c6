//! Regions of an arrangement, listed.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use pyo3::exceptions::PyIndexError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use relucert::arrangement::{self, Completeness};
use self_cell::self_cell;

use crate::answer::Pickled;
use crate::arrangement::Arrangement;
use crate::prepared::{Prepared, options};
use crate::stream::region;
use crate::work::Work;
use crate::{fault, number};

self_cell! {
    struct Listed {
        owner: Arc<Prepared>,
        #[not_covariant]
        dependent: List,
    }
}

type List<'a> = arrangement::Regions<'a>;

/// Regions of an arrangement in their order: all of them, or the first ones.
///
/// A sequence of `Region`; `signs()` is a NumPy matrix, `adjacency()` a SciPy one.
#[pyclass(frozen, module = "relucert")]
pub struct Regions {
    listed: Arc<Listed>,
    limit: Option<u64>,
}

impl Arrangement {
    /// The list.
    pub fn listed(
        &self,
        py: Python<'_>,
        limit: Option<u64>,
        threads: usize,
        work: Work,
    ) -> PyResult<Regions> {
        let prepared = Arc::clone(&self.inner);
        let listed = work.run(py, move |watch| {
            let options = options(limit, threads, watch);
            Listed::try_new(prepared, |prepared| prepared.arrangement.regions(&options))
        })?;
        let listed = listed.map_err(fault::limit)?;
        Ok(Regions {
            listed: Arc::new(listed),
            limit,
        })
    }
}

impl Regions {
    fn with<T>(&self, ask: impl FnOnce(&Arc<Prepared>, &List<'_>) -> T) -> T {
        self.listed
            .with_dependent(|prepared, list| ask(prepared, list))
    }

    fn index(&self, index: isize) -> PyResult<usize> {
        let length = self.__len__();
        let index = if index < 0 {
            index + length.cast_signed()
        } else {
            index
        };
        let found = usize::try_from(index).ok().filter(|index| *index < length);
        found.ok_or_else(|| {
            PyIndexError::new_err(format!("there is no region {index}, of {length}"))
        })
    }
}

#[pymethods]
impl Regions {
    /// Whether these are all regions.
    #[getter]
    fn is_complete(&self) -> bool {
        self.with(|_, list| list.is_complete())
    }

    /// Why the list ends early, unless because of `limit`.
    #[getter]
    fn stopped(&self) -> Option<String> {
        self.with(|_, list| list.stopped().map(|reason| reason.to_string()))
    }

    /// The arrangement.
    #[getter]
    fn arrangement(&self) -> Arrangement {
        let inner = self.with(|prepared, _| Arc::clone(prepared));
        Arrangement { inner }
    }

    fn __len__(&self) -> usize {
        self.with(|_, list| list.len())
    }

    fn __iter__(slf: Bound<'_, Self>) -> RegionIterator {
        RegionIterator {
            regions: slf.unbind(),
            next: AtomicUsize::new(0),
        }
    }

    fn __getitem__<'py>(slf: &Bound<'py, Self>, index: isize) -> PyResult<Bound<'py, PyAny>> {
        let index = slf.get().index(index)?;
        let signs = slf.get().with(|_, list| list.signs(index));
        region(slf.py(), &signs)?
            .with("index", index)?
            .with("regions", slf)?
            .build()
    }

    /// The signs of all regions on all hyperplanes, row by row, one signed byte each.
    fn sign_bytes<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        let bytes: Vec<u8> = py.detach(|| {
            self.with(|_, list| {
                let all = (0..list.len()).flat_map(|region| list.signs(region));
                all.map(i8::cast_unsigned).collect()
            })
        });
        PyBytes::new(py, &bytes)
    }

    /// The signs as a NumPy int8 matrix, a row a region.
    fn signs<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py()
            .import("relucert._regions")?
            .call_method1("signs", (slf,))
    }

    /// All pairs of adjacent regions i < j, with the hyperplane between them: triples of ints.
    #[pyo3(signature = (*, time_limit = None, progress = None))]
    fn edges(
        &self,
        py: Python<'_>,
        time_limit: Option<f64>,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Vec<(usize, usize, usize)>> {
        let listed = Arc::clone(&self.listed);
        let work = Work::new(py, time_limit, None, progress)?;
        let edges = work.run(py, move |watch| {
            listed.with_dependent(|_, list| list.adjacency(watch))
        })?;
        edges.map_err(fault::stopped)
    }

    /// The adjacency matrix as a SciPy CSR array of int8.
    fn adjacency<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py()
            .import("relucert._regions")?
            .call_method1("adjacency", (slf,))
    }

    /// The graph of regions in networkx, if that is installed.
    fn to_networkx<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py()
            .import("relucert._regions")?
            .call_method1("to_networkx", (slf,))
    }

    /// The signs as a table of pandas, if that is installed.
    fn to_pandas<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py()
            .import("relucert._regions")?
            .call_method1("to_pandas", (slf,))
    }

    /// A point inside a region, with short coordinates.
    fn witness(&self, py: Python<'_>, index: isize) -> PyResult<Py<PyAny>> {
        let (index, listed) = (self.index(index)?, Arc::clone(&self.listed));
        let work = Work::new(py, None, None, None)?;
        let point = work.run(py, move |watch| {
            listed.with_dependent(|_, list| list.point(index, watch))
        })?;
        number::fractions(py, &point.map_err(fault::stopped)?)
    }

    /// The regions across the facets of a region: pairs of hyperplane and region.
    fn neighbours(&self, index: isize) -> PyResult<Vec<(usize, usize)>> {
        let index = self.index(index)?;
        Ok(self.with(|_, list| list.neighbours(index)))
    }

    /// The index of the region with these signs, if it is listed: a text of + - 0, or a list of 1, -1, 0.
    fn find(&self, signs: &Bound<'_, PyAny>) -> PyResult<Option<usize>> {
        let signs: Vec<i8> = match signs.extract::<String>() {
            Ok(text) => text
                .chars()
                .map(|sign| match sign {
                    '+' => 1,
                    '-' => -1,
                    _ => 0,
                })
                .collect(),
            Err(_) => signs.extract()?,
        };
        Ok(self.with(|_, list| list.find(&signs)))
    }

    /// The certificate that these are all regions; None where the list is not complete. `by` is "closure" or "count".
    #[pyo3(signature = (*, by = "closure", time_limit = None, progress = None))]
    fn certify<'py>(
        &self,
        py: Python<'py>,
        by: &str,
        time_limit: Option<f64>,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Bound<'py, PyBytes>> {
        let completeness = match by {
            "closure" => Completeness::Closure,
            "count" => Completeness::Count,
            _ => {
                return Err(fault::usage(format!(
                    "by: '{by}' is neither closure nor count"
                )));
            }
        };
        let listed = Arc::clone(&self.listed);
        let text = Work::new(py, time_limit, None, progress)?.run(py, move |watch| {
            listed.with_dependent(|prepared, list| {
                list.certificate(prepared.network.clone(), completeness, watch)
            })
        })?;
        text.map(|text| PyBytes::new(py, text.as_bytes()))
            .map_err(fault::limit)
    }

    fn __repr__(&self) -> String {
        let first = if self.is_complete() { "" } else { "the first " };
        let (count, arrangement) = (self.__len__(), self.arrangement().__repr__());
        format!("Regions({first}{count} of {arrangement})")
    }

    fn __reduce__<'py>(
        &self,
        py: Python<'py>,
    ) -> PyResult<Pickled<'py, (Arrangement, Option<u64>)>> {
        let make = py.import("relucert._regions")?.getattr("regions")?;
        Ok((make, (self.arrangement(), self.limit)))
    }
}

/// The regions of a list, one after the other.
#[pyclass(frozen, module = "relucert")]
pub struct RegionIterator {
    regions: Py<Regions>,
    next: AtomicUsize,
}

#[pymethods]
impl RegionIterator {
    fn __iter__(slf: Bound<'_, Self>) -> Bound<'_, Self> {
        slf
    }

    fn __next__<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let regions = self.regions.bind(py);
        let index = self.next.fetch_add(1, Ordering::Relaxed);
        match index < regions.get().__len__() {
            true => Regions::__getitem__(regions, index.cast_signed()).map(Some),
            false => Ok(None),
        }
    }
}
