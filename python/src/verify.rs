//! The verifier, which shares nothing with the engine but the certificate's data types.

use std::path::PathBuf;
use std::time::Duration;

use pyo3::prelude::*;
use pyo3::types::{PyByteArray, PyBytes};
use relucert_verifier::{Bindings, Limits, Verdict, verify_file, verify_text};

use crate::answer::Answer;
use crate::fault;
use crate::work::Work;

/// Where a certificate is.
enum Source {
    Text(Vec<u8>),
    File(PathBuf),
}

/// Decides whether a certificate establishes its claim, from its bytes or its path alone.
///
/// An answer that has a `certificate` may be given in its place. The verdict is true where it is verified.
///
/// >>> import relucert
/// >>> one = relucert.Network(a=[[1, 0]], c=[[2]])
/// >>> two = relucert.Network(a=[[2, 0]], c=[[1]])
/// >>> verdict = relucert.verify(relucert.equal(one, two).certificate)
/// >>> bool(verdict), verdict.claim
/// (True, 'equal')
/// >>> relucert.verify(b"{}\n").verdict
/// 'rejected'
#[pyfunction]
#[pyo3(signature = (certificate, *, time_limit = None, progress = None))]
pub fn verify<'py>(
    py: Python<'py>,
    certificate: &Bound<'py, PyAny>,
    time_limit: Option<f64>,
    progress: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    let source = source(certificate)?;
    let limits = Limits {
        time: time_limit.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok()),
        ..Limits::default()
    };
    let verdict = Work::new(py, time_limit, None, progress)?.run(py, move |_| match source {
        Source::Text(text) => Ok(verify_text(&text, &limits, &Bindings::default())),
        Source::File(path) => {
            verify_file(&path, &limits, &Bindings::default()).map_err(|error| (path, error))
        }
    })?;
    let verdict = verdict.map_err(|(path, error)| fault::unreadable(&path, &error))?;
    let answer = Answer::new(py, "Verdict");
    match verdict {
        Verdict::Verified(verified) => answer
            .with("verdict", "verified")?
            .with("claim", verified.claim)?
            .with("statement", verified.statement)?
            .with("steps", verified.steps)?
            .with("networks", verified.networks)?
            .build(),
        Verdict::Rejected(reason) => answer
            .with("verdict", "rejected")?
            .with("reason", reason.to_string())?
            .with("line", reason.line)?
            .build(),
        Verdict::Declined(reason) => answer
            .with("verdict", "declined")?
            .with("line", reason.line)?
            .with("reason", reason.to_string())?
            .build(),
    }
}

fn source(certificate: &Bound<'_, PyAny>) -> PyResult<Source> {
    if let Ok(bytes) = certificate.cast::<PyBytes>() {
        return Ok(Source::Text(bytes.as_bytes().to_vec()));
    }
    if certificate.is_instance_of::<PyByteArray>() {
        return Ok(Source::Text(certificate.extract()?));
    }
    if certificate.hasattr("certificate")? {
        let inner = certificate.getattr("certificate")?;
        if inner.is_none() {
            return Err(fault::usage("certificate: this answer has none"));
        }
        return source(&inner);
    }
    certificate.extract().map(Source::File)
}
