//! Regions of an arrangement, one after the other.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use pyo3::prelude::*;
use relucert::arrangement::{StopReason, StreamEnd};
use relucert::exact::Rational;
use relucert::watch::{Stop, Watch};

use crate::answer::Answer;
use crate::fault;
use crate::prepared::{Prepared, options};

/// The regions one after the other, without keeping them.
#[pyclass(module = "relucert")]
pub struct RegionStream {
    receiver: Mutex<Receiver<Passed>>,
    ended: Arc<AtomicBool>,
}

type Passed = Result<(Vec<i8>, Vec<Rational>), Stop>;

impl RegionStream {
    /// Begins to walk through them.
    pub fn start(prepared: Arc<Prepared>, limit: Option<u64>) -> PyResult<Self> {
        let ended = Arc::new(AtomicBool::new(false));
        let end = Arc::clone(&ended);
        let (sender, receiver) = sync_channel::<Passed>(256);
        let walk = move || {
            let StreamEnd { stopped, .. } = prepared.arrangement.for_each_region(
                &options(limit, 1, &Watch::none()),
                |region| {
                    let sent = sender.send(Ok((region.signs(), region.point())));
                    if sent.is_err() || end.load(Ordering::Relaxed) {
                        return ControlFlow::Break(());
                    }
                    ControlFlow::Continue(())
                },
            );
            if let Some(StopReason::Limit(stop)) = stopped {
                let _ = sender.send(Err(stop));
            }
        };
        let thread = thread::Builder::new().stack_size(64 << 20).spawn(walk);
        thread.map_err(|error| fault::limit(format!("no thread can be started: {error}")))?;
        Ok(RegionStream {
            receiver: Mutex::new(receiver),
            ended,
        })
    }
}

/// A region in the making.
pub fn region<'py>(py: Python<'py>, signs: &[i8]) -> PyResult<Answer<'py>> {
    let text = signs.iter().map(|sign| match sign {
        1 => '+',
        -1 => '-',
        _ => '0',
    });
    Answer::new(py, "Region").with("signs", text.collect::<String>())
}

#[pymethods]
impl RegionStream {
    fn __iter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    fn __next__<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        loop {
            let next = py.detach(|| match self.receiver.lock() {
                Ok(receiver) => receiver.recv_timeout(Duration::from_millis(50)),
                Err(_) => Err(RecvTimeoutError::Disconnected),
            });
            match next {
                Ok(Ok((signs, point))) => {
                    return region(py, &signs)?
                        .point("known", Some(&point))?
                        .build()
                        .map(Some);
                }
                Ok(Err(stop)) => return Err(fault::stopped(stop)),
                Err(RecvTimeoutError::Disconnected) => return Ok(None),
                Err(RecvTimeoutError::Timeout) => py.check_signals()?,
            }
        }
    }
}

impl Drop for RegionStream {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::Relaxed);
    }
}
