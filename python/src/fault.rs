//! What goes wrong, as Python exceptions of the program's kinds with the program's texts.

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyType;
use relucert::network::file::FileError;
use relucert::watch::Stop;

/// The kinds of failure, as the program's exit codes tell them apart; each is a class of `relucert._errors`.
#[derive(Clone, Copy)]
enum Kind {
    Usage,
    File,
    Limit,
    Internal,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Kind::Usage => "UsageError",
            Kind::File => "FileError",
            Kind::Limit => "LimitError",
            Kind::Internal => "InternalError",
        }
    }

    fn error(self, text: String) -> PyErr {
        static CLASSES: [PyOnceLock<Py<PyType>>; 4] = [const { PyOnceLock::new() }; 4];
        Python::attach(|py| {
            let class = CLASSES[self as usize].import(py, "relucert._errors", self.name());
            match class {
                Ok(class) => PyErr::from_type(class.clone(), text),
                Err(_) => PyRuntimeError::new_err(text),
            }
        })
    }
}

/// Arguments that do not make sense, alone or together.
pub fn usage(text: impl ToString) -> PyErr {
    Kind::Usage.error(text.to_string())
}

/// A limit that was reached before anything was known.
pub fn limit(text: impl ToString) -> PyErr {
    Kind::Limit.error(text.to_string())
}

/// What should not be possible.
pub fn internal(text: impl std::fmt::Display) -> PyErr {
    let text = format!("internal error: {text}; please report this with the call and its input");
    Kind::Internal.error(text)
}

/// A file, or what stands for one: a limit of its reader, or a fault of the file.
pub fn file(error: FileError) -> PyErr {
    let kind = if error.is_limit() {
        Kind::Limit
    } else {
        Kind::File
    };
    kind.error(error.to_string())
}

/// A file that the verifier or Python names, not the engine.
pub fn unreadable(path: &std::path::Path, error: &std::io::Error) -> PyErr {
    let text = error.to_string();
    let plain = text
        .find(" (os error")
        .map_or(text.clone(), |end| text[..end].to_lowercase());
    Kind::File.error(format!("{}: cannot be read: {plain}", path.display()))
}

/// A limit that was met.
pub fn stopped(stop: Stop) -> PyErr {
    limit(stop)
}
