//! The page about a certificate, and files that are written whole.

use std::path::PathBuf;

use pyo3::prelude::*;
use relucert::network::file::write_bytes_whole;
use relucert::page::{Read, proof_page};
use relucert::report::{Certificate, Format, is_deep, retold};
use relucert::watch::Watch;
use relucert_verifier::{Bindings, Limits, Verdict, verify_text};

use crate::fault;

fn text(certificate: Vec<u8>) -> PyResult<String> {
    String::from_utf8(certificate).map_err(|_| fault::usage("certificate: not UTF-8 text"))
}

/// One page of HTML about a certificate, with figures: what the program's `report` writes.
#[pyfunction]
pub fn page(py: Python<'_>, certificate: Vec<u8>) -> PyResult<String> {
    let text = text(certificate)?;
    py.detach(|| {
        let unread = |error| fault::usage(format!("certificate: {error}"));
        let told = retold(&text).map_err(unread)?;
        let verdict = verify_text(text.as_bytes(), &Limits::default(), &Bindings::default());
        let said = match &verdict {
            Verdict::Verified(_) => "The verifier says: s VERIFIED".to_owned(),
            Verdict::Rejected(reason) => format!("The verifier says: s REJECTED: {reason}"),
            Verdict::Declined(reason) => format!("The verifier says: s DECLINED: {reason}"),
        };
        let read = match is_deep(&text) {
            true => Read::Deep {
                certificate: Box::new(Certificate::read(&text).map_err(unread)?),
                verified: matches!(verdict, Verdict::Verified(_)),
            },
            false => Read::Shallow(Box::new(Certificate::read(&text).map_err(unread)?)),
        };
        Ok(proof_page(&told, &read, &said, &Watch::none()))
    })
}

/// A certificate retold in words: "text", "markdown", "latex" or "html".
#[pyfunction]
#[pyo3(signature = (certificate, *, format = "text"))]
pub fn explain(py: Python<'_>, certificate: &Bound<'_, PyAny>, format: &str) -> PyResult<String> {
    let format = match format {
        "text" => Format::Text,
        "markdown" => Format::Markdown,
        "latex" => Format::Latex,
        "html" => Format::Html,
        _ => {
            return Err(fault::usage(format!(
                "format: '{format}' is not text, markdown, latex or html"
            )));
        }
    };
    let bytes = match certificate.hasattr("certificate")? {
        true => certificate
            .getattr("certificate")?
            .extract::<Option<Vec<u8>>>()?,
        false => Some(certificate.extract()?),
    };
    let text = text(bytes.ok_or_else(|| fault::usage("certificate: this answer has none"))?)?;
    py.detach(|| {
        let told = retold(&text).map_err(|error| fault::usage(format!("certificate: {error}")))?;
        Ok(told.render(format))
    })
}

/// Writes a file whole or not at all.
#[pyfunction]
pub fn write_whole(path: PathBuf, data: Vec<u8>) -> PyResult<()> {
    write_bytes_whole(&path, &data).map_err(fault::file)
}
