//! The Python module `relucert._relucert`: the engine and the verifier, with numbers that cross the border exactly.
//!
//! Everything that may take long runs in a thread of its own without Python's lock (`work`). Answers are objects of the Python classes in
//! `relucert._answers`, which `answer` makes.

mod answer;
mod arrangement;
mod compare;
mod deep;
mod describe;
mod family;
mod fault;
mod given;
mod identify;
mod load;
mod measure;
mod network;
mod number;
mod page;
mod prepared;
mod regions;
mod rewrite;
mod stability;
mod stream;
mod surd;
mod verify;
mod work;

use pyo3::prelude::*;

/// The engine and the verifier for Python.
#[pymodule]
mod _relucert {
    /// The version of the engine and of this module.
    #[allow(non_upper_case_globals, reason = "the name is Python's")]
    #[pymodule_export]
    const __version__: &str = env!("CARGO_PKG_VERSION");

    #[pymodule_export]
    use super::arrangement::Arrangement;
    #[pymodule_export]
    use super::compare::{distance, equal, jump_norm};
    #[pymodule_export]
    use super::family::Family;
    #[pymodule_export]
    use super::load::load;
    #[pymodule_export]
    use super::network::Network;
    #[pymodule_export]
    use super::page::{explain, page, write_whole};
    #[pymodule_export]
    use super::regions::{RegionIterator, Regions};
    #[pymodule_export]
    use super::stability::{nearest_to, reparametrize};
    #[pymodule_export]
    use super::stream::RegionStream;
    #[pymodule_export]
    use super::surd::Surd;
    #[pymodule_export]
    use super::verify::verify;
}
