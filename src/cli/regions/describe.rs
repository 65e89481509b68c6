//! What `--verbose` says: how the regions are found, and how fast.

use std::fmt::Write as _;
use std::time::Instant;

use crate::arrangement::{Arrangement, Options};

/// What is about to happen.
pub(super) fn describe(arrangement: &Arrangement, options: &Options, count: bool) -> String {
    let method = arrangement.method(options, count);
    let mut text = String::new();
    // Writing to a String cannot fail.
    let _ = writeln!(text, "method         {method}");
    let _ = writeln!(
        text,
        "hyperplanes    {} rows in {} classes, rank {}",
        arrangement.len(),
        arrangement.classes().len(),
        arrangement.rank()
    );
    let sizes: Vec<String> = arrangement
        .summands()
        .iter()
        .take(20)
        .map(|summand| summand.len().to_string())
        .collect();
    let more = if arrangement.summands().len() > 20 {
        " + …"
    } else {
        ""
    };
    let _ = writeln!(
        text,
        "summands       {} of {}{more} classes",
        arrangement.summands().len(),
        sizes.join(" + ")
    );
    let _ = writeln!(
        text,
        "domain         {}",
        match arrangement.domain().len() {
            0 => "all of space, with antipodal symmetry".to_owned(),
            1 => "one half-space (an affine arrangement)".to_owned(),
            sides => format!("{} sides of a polyhedron", sides - 1),
        }
    );
    let _ = writeln!(
        text,
        "size formula   at most {} regions (2 Σ C(m−1, k), k < rank, for each summand)",
        arrangement.at_most()
    );
    let rows = arrangement.rows();
    let ring = match rows.small() {
        Some(_) => "checked 64-bit integers, wider ones where they overflow",
        None => "big integers or checked 128-bit integers",
    };
    let _ = write!(text, "ring           {ring}");
    text
}

/// How long it took.
pub(super) fn describe_end(start: Instant, regions: Option<u64>) -> String {
    let seconds = start.elapsed().as_secs_f64();
    let mut text = format!("time           {seconds:.3} s");
    if let Some(regions) = regions {
        // Only for display.
        let rate = regions as f64 / seconds.max(1e-9);
        let _ = write!(text, ", {rate:.0} regions per second");
    }
    if let Some(peak) = peak_memory() {
        let _ = write!(text, "\npeak memory    {peak}");
    }
    text
}

/// The most memory this process has held, where the system says so.
fn peak_memory() -> Option<String> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.map(|value| value.trim().to_owned())
}
