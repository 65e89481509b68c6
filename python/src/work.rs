//! Work that may take long: off Python's lock, within limits, with a word on how far it is, and ended by Ctrl-C.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use pyo3::prelude::*;
use pyo3::types::PyBool;
use relucert::Watch;

use crate::fault;

/// How often Python hears of signals and progress.
const STEP: Duration = Duration::from_millis(50);
/// How long work that does not look at its limits is waited for beyond them; then it is left to itself.
const GRACE: Duration = Duration::from_secs(10);
/// The same after Ctrl-C.
const SHORT_GRACE: Duration = Duration::from_millis(500);
const STACK: usize = 64 << 20;

/// Flags that no work looks at now. A [`Watch`] holds one for ever, so they are made once and used again.
static FLAGS: Mutex<Vec<&'static AtomicBool>> = Mutex::new(Vec::new());
/// The process that worked first: after a fork the engine's common threads are not there.
static PROCESS: AtomicU32 = AtomicU32::new(0);

/// Limits of one call, and who is told how far it is.
pub struct Work {
    watch: Watch,
    limit: Option<Instant>,
    flag: &'static AtomicBool,
    progress: Option<Py<PyAny>>,
    told: Arc<Mutex<Option<String>>>,
}

impl Work {
    /// Within so many seconds and bytes; `progress` is true, or is called with one line of text.
    pub fn new(
        py: Python<'_>,
        time_limit: Option<f64>,
        memory_limit: Option<u64>,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let free = FLAGS.lock().ok().and_then(|mut flags| flags.pop());
        let flag = free.unwrap_or_else(|| Box::leak(Box::new(AtomicBool::new(false))));
        flag.store(false, Ordering::Relaxed);
        let mut watch = Watch::none().interrupted_by(flag);
        let mut limit = None;
        if let Some(seconds) = time_limit {
            let time = Duration::try_from_secs_f64(seconds).map_err(|_| {
                fault::usage(format!("time_limit: {seconds} is not a number of seconds"))
            })?;
            limit = Instant::now().checked_add(time);
            watch = watch.until(limit);
        }
        if let Some(bytes) = memory_limit {
            watch = watch.with_memory(bytes);
        }
        let progress = progress
            .map(|asked| listener(py, asked))
            .transpose()?
            .flatten();
        let told = Arc::new(Mutex::new(None));
        if progress.is_some() {
            let told = Arc::clone(&told);
            watch = watch.reporting(move |text| {
                if let Ok(mut told) = told.lock() {
                    *told = Some(text.to_owned());
                }
            });
        }
        Ok(Work {
            watch,
            limit,
            flag,
            progress,
            told,
        })
    }

    /// Does the work in a thread of its own, without Python's lock; this thread waits and looks for signals.
    pub fn run<T: Send + 'static>(
        self,
        py: Python<'_>,
        work: impl FnOnce(&Watch) -> T + Send + 'static,
    ) -> PyResult<T> {
        let (sender, receiver) = channel();
        let watch = self.watch.clone();
        let forked = is_forked();
        let task = move || {
            let run = AssertUnwindSafe(|| {
                if forked {
                    in_own_threads(|| work(&watch))
                } else {
                    work(&watch)
                }
            });
            // Nobody listens to work that was left to itself.
            let _ = sender.send(catch_unwind(run));
        };
        thread::Builder::new()
            .stack_size(STACK)
            .spawn(task)
            .map_err(|error| fault::limit(format!("no thread can be started: {error}")))?;
        let this = &self;
        let outcome = py.detach(move || {
            loop {
                match receiver.recv_timeout(STEP) {
                    Ok(Ok(value)) => return Ok(Ok(value)),
                    Ok(Err(_)) | Err(RecvTimeoutError::Disconnected) => {
                        return Ok(Err("the engine panicked"));
                    }
                    Err(RecvTimeoutError::Timeout) => {}
                }
                if this
                    .limit
                    .is_some_and(|limit| Instant::now() > limit + GRACE)
                {
                    return Err(fault::limit("the time limit was reached"));
                }
                if let Err(error) = Python::attach(|py| this.look(py)) {
                    this.flag.store(true, Ordering::Relaxed);
                    return match receiver.recv_timeout(SHORT_GRACE) {
                        Err(RecvTimeoutError::Timeout) => Err(error),
                        // It has ended, so its flag is free.
                        _ => {
                            this.free();
                            Err(error)
                        }
                    };
                }
            }
        });
        if let Some(progress) = &self.progress
            && progress.bind(py).hasattr("close")?
        {
            progress.call_method0(py, "close")?;
        }
        match outcome? {
            Ok(value) => {
                self.free();
                Ok(value)
            }
            Err(what) => Err(fault::internal(what)),
        }
    }

    fn free(&self) {
        if let Ok(mut flags) = FLAGS.lock() {
            flags.push(self.flag);
        }
    }

    /// Signals, and how far the work is.
    fn look(&self, py: Python<'_>) -> PyResult<()> {
        py.check_signals()?;
        let told = self.told.lock().ok().and_then(|mut told| told.take());
        match (&self.progress, told) {
            (Some(progress), Some(text)) => progress.call1(py, (text,)).map(drop),
            _ => Ok(()),
        }
    }
}

/// Who is told how far the work is.
fn listener(py: Python<'_>, asked: &Bound<'_, PyAny>) -> PyResult<Option<Py<PyAny>>> {
    match asked.cast::<PyBool>() {
        Ok(asked) if asked.is_true() => {
            let line = py.import("relucert._progress")?.getattr("Line")?;
            Ok(Some(line.call0()?.unbind()))
        }
        Ok(_) => Ok(None),
        Err(_) if asked.is_none() => Ok(None),
        Err(_) if asked.is_callable() => Ok(Some(asked.clone().unbind())),
        Err(_) => Err(fault::usage("progress: neither a bool nor callable")),
    }
}

fn is_forked() -> bool {
    let now = std::process::id();
    let first = PROCESS.compare_exchange(0, now, Ordering::Relaxed, Ordering::Relaxed);
    first.is_err_and(|first| first != now)
}

/// With threads of its own; the common ones were lost in a fork.
fn in_own_threads<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    match rayon::ThreadPoolBuilder::new().build() {
        Ok(pool) => pool.install(work),
        Err(_) => work(),
    }
}
