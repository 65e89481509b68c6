//! Programs that take long, and how they end: at a limit, or by an interrupt.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::cli::program;

/// However loaded the machine is, whatever has not ended by then never will.
const NEVER: Duration = Duration::from_secs(300);

/// How a run ended, after how long, and the most memory it had.
pub struct Ended {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
    /// Since the interrupt, if there was one: by the clock, or the processor's time where that is less, as on a loaded machine.
    pub took: Duration,
    /// It got the processor for less than half of the time.
    pub starved: bool,
    pub peak: u64,
}

/// Runs `relucert`; with an interrupt, it is sent so long after the program has begun to listen for interrupts.
pub fn run(words: &[String], interrupt: Option<Duration>) -> Ended {
    run_on(Stdio::null(), words, interrupt)
}

/// The same where standard input never ends, so that what reads it takes as long as it may.
pub fn run_waiting(words: &[String], interrupt: Option<Duration>) -> Ended {
    run_on(Stdio::piped(), words, interrupt)
}

fn run_on(input: Stdio, words: &[String], interrupt: Option<Duration>) -> Ended {
    let mut command = program("relucert");
    command
        .args(words)
        .stdin(input)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().expect("it runs");
    let id = child.id();
    // Both streams are read, so that the program never waits for a reader.
    let output = child.stdout.take().expect("standard output");
    let errors = child.stderr.take().expect("standard error");
    let read = |mut stream: Box<dyn std::io::Read + Send>| {
        std::thread::spawn(move || {
            let mut text = String::new();
            stream.read_to_string(&mut text).expect("UTF-8");
            text
        })
    };
    let (output, errors) = (read(Box::new(output)), read(Box::new(errors)));
    let begun = Instant::now();
    let (mut peak, mut interrupt, mut listening) = (0, interrupt, None);
    // Since when it is timed, and the processor's time until then and until now.
    let (mut since, mut before, mut used) = (begun, Duration::ZERO, None);
    let status = loop {
        peak = peak.max(peak_of(id).unwrap_or(0));
        used = processor(id).or(used);
        if listening.is_none() && listens(id) != Some(false) {
            listening = Some(Instant::now());
        }
        let waited = listening.map(|since| since.elapsed());
        if interrupt.is_some_and(|after| waited >= Some(after)) {
            interrupt = None;
            (since, before) = (Instant::now(), used.unwrap_or_default());
            let sent = Command::new("kill")
                .args(["-INT", &id.to_string()])
                .status();
            assert!(sent.expect("kill is there").success());
        }
        if begun.elapsed() > NEVER {
            let _ = child.kill();
        }
        if let Some(status) = child.try_wait().expect("it can be waited for") {
            break status;
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    let (wall, used) = (since.elapsed(), used.map(|used| used - before));
    Ended {
        code: status.code().unwrap_or(-1),
        took: used.map_or(wall, |used| used.min(wall)),
        starved: used.is_some_and(|used| 2 * used < wall),
        stdout: output.join().expect("read"),
        stderr: errors.join().expect("read"),
        peak,
    }
}

/// A line of what the system says of a process, where it does.
fn status_of(id: u32, name: &str) -> Option<String> {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    Some(line.trim().to_owned())
}

/// The most memory that was resident, in bytes, where the system says so.
fn peak_of(id: u32) -> Option<u64> {
    let line = status_of(id, "VmHWM:")?;
    let kilobytes: u64 = line.strip_suffix(" kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}

/// Whether an interrupt would be heard (and not end the program at once), where the system says so.
fn listens(id: u32) -> Option<bool> {
    let heard = u64::from_str_radix(&status_of(id, "SigCgt:")?, 16).ok()?;
    const INTERRUPT: u32 = 2;
    Some(heard >> (INTERRUPT - 1) & 1 == 1)
}

/// The processor's time that a process has had, all threads together, where the system says so in hundredths of seconds.
fn processor(id: u32) -> Option<Duration> {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    // The name, in parentheses, may hold anything; utime and stime are the 12th and 13th fields behind it.
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let mut ticks = || fields.next()?.parse::<u64>().ok();
    Some(Duration::from_millis(10 * (ticks()? + ticks()?)))
}
