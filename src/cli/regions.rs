//! `relucert regions`: the regions of a network's hyperplanes or of any arrangement, with points, adjacency and a certificate.

mod print;
mod subject;

use std::fmt::Write as _;
use std::io::IsTerminal as _;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::time::Instant;

use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressStyle};

use super::limits::{INTERRUPTED, LimitArgs};
use super::output::Output;
use super::{Answer, Failure, Files, Inputs, families};
use crate::arrangement::{
    CertifyError, Completeness, MOST_CLOSED, Method, Options, Progress, Regions, StopReason,
    Stopped,
};
use print::{Format, Printer, Total};
use subject::Subject;

/// List or count the regions of a network's hyperplanes, or of those of an .arr file
#[derive(Debug, Args)]
pub(super) struct RegionsVerb {
    /// The network: .json or .safetensors; or normals: .arr (a line `m d`, then one normal a line)
    #[arg(value_name = "NET|FILE.arr")]
    input: PathBuf,
    /// Count the regions without listing them
    #[arg(long)]
    count: bool,
    /// Build the whole list, but print only its size
    #[arg(long, conflicts_with = "count")]
    list_only: bool,
    /// Print a point inside each region (JSON objects always have it)
    #[arg(long)]
    witness: bool,
    /// Print which regions are adjacent, and across which row (JSON objects always have it)
    #[arg(long)]
    adjacency: bool,
    /// How to print; text if neither this nor --json is given
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Stop after this many regions, the first ones
    #[arg(long, value_name = "N")]
    limit: Option<u64>,
    #[command(flatten)]
    limits: LimitArgs,
    /// Threads to use; one a processor if not given. The answer does not depend on it
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    threads: usize,
    /// How regions are found
    #[arg(long, value_enum, default_value_t = MethodArg::Auto)]
    method: MethodArg,
    /// Only regions that meet the interior of this box: lower:upper for each input, separated by commas, or once for all
    #[arg(long, value_name = "BOX", allow_hyphen_values = true)]
    domain: Option<String>,
    /// Say on standard error how the regions are found, and how fast
    #[arg(long, short)]
    verbose: bool,
    /// Write a certificate that these are the regions, all of them
    #[arg(short, value_name = "FILE.rcert")]
    output: Option<PathBuf>,
    /// How the certificate shows that no region is missing; if not given, by closure for up to 50000 regions
    #[arg(long, value_enum, value_name = "HOW", requires = "output")]
    certify: Option<CertifyArg>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum MethodArg {
    /// Whichever fits
    Auto,
    /// Recursive restriction and merge, for lists
    #[value(alias = "recursive")]
    Rrk,
    /// Depth-first search with exact linear programs, for streams and domains
    #[value(alias = "tree")]
    Rc,
    /// Restrictions without lists, for counts
    #[value(alias = "counting")]
    Cnt,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum CertifyArg {
    /// Across every hyperplane of every region lies a listed region, or provably nothing
    Closure,
    /// The verifier counts the regions itself
    Count,
}

impl RegionsVerb {
    pub(super) fn files(&self) -> Files<'_> {
        Files::new([self.input.as_path()]).writing("-o", self.output.as_deref())
    }

    pub(super) fn run(&self, inputs: &Inputs, output: &Output) -> Result<Answer, Failure> {
        if output.is_json() && self.format.is_some_and(|format| format != Format::Json) {
            return Err(Failure::Usage(
                "--format: --json asks for one JSON object; give one of the two".to_owned(),
            ));
        }
        if let Some(family) = inputs.family(&self.input)? {
            if !self.count {
                let reason = "regions of a family are counted only: give --count";
                return Err(Failure::Usage(format!(
                    "{}: {reason}",
                    self.input.display()
                )));
            }
            return families::regions(&family, self.limit, output);
        }
        let start = Instant::now();
        let time_limit = self
            .limits
            .watch(output)
            .deadline()
            .map(|end| end.saturating_duration_since(start));
        let subject = Subject::read(inputs, &self.input, self.domain.as_deref())?;
        self.check_certifiable(&subject)?;
        let bar = Bar::new(output);
        let report = |progress: &Progress| bar.show(progress);
        let options = Options {
            method: match self.method {
                MethodArg::Auto => Method::Auto,
                MethodArg::Rrk => Method::Recursive,
                MethodArg::Rc => Method::Tree,
                MethodArg::Cnt => Method::Counting,
            },
            threads: self.threads,
            limit: self.limit,
            time_limit,
            cancel: Some(&INTERRUPTED),
            progress: bar.is_shown().then_some(&report),
            ..Options::default()
        };
        let task = Task {
            verb: self,
            subject: &subject,
            options,
            format: match self.format {
                Some(format) => format,
                None if output.is_json() => Format::Json,
                None => Format::Text,
            },
            start,
            output,
            bar: &bar,
        };
        if self.verbose {
            task.describe();
        }
        let done = task.run();
        bar.clear();
        if self.verbose {
            task.describe_end(done.as_ref().ok());
        }
        done.map(|_| Answer::Yes)
    }

    /// What cannot be certified is refused before any work.
    fn check_certifiable(&self, subject: &Subject) -> Result<(), Failure> {
        if self.output.is_none() {
            return Ok(());
        }
        let count = matches!(self.certify, Some(CertifyArg::Count));
        let error = match subject.arrangement.domain().len() {
            _ if subject.arrangement.is_empty() => CertifyError::Empty,
            2.. if count => CertifyError::Domain,
            _ => return Ok(()),
        };
        Err(Failure::Usage(error.to_string()))
    }
}

/// Edges among more regions than this are printed in the order they are found in, which depends on the list alone.
const MOST_SORTED: usize = 1_000_000;

/// One run of the verb.
struct Task<'a> {
    verb: &'a RegionsVerb,
    subject: &'a Subject,
    options: Options<'a>,
    format: Format,
    start: Instant,
    output: &'a Output,
    bar: &'a Bar,
}

impl Task<'_> {
    /// Answers the number of regions, where it is small enough to speak of speed.
    fn run(&self) -> Result<Option<u64>, Failure> {
        let verb = self.verb;
        let listed = verb.output.is_some() || !verb.count;
        if !listed && self.options.limit.is_none() {
            return self.count();
        }
        let json = self.format == Format::Json;
        let adjacency = verb.adjacency || json;
        let arrangement = &self.subject.arrangement;
        let one_by_one = !verb.list_only && verb.output.is_none() && (verb.count || !adjacency);
        let tree = arrangement.method(&self.options, false) == Method::Tree;
        if (one_by_one && tree && !json) || !listed {
            return self.stream();
        }
        let regions = match arrangement.regions(&self.options) {
            Ok(regions) => regions,
            Err(stopped) if stopped.reason == StopReason::Memory && one_by_one && !json => {
                return self.stream();
            }
            Err(stopped) => return Err(self.stopped(&stopped, !verb.list_only && !verb.count)?),
        };
        self.bar.clear();
        let total = self.total(regions.len() as u64, regions.is_complete());
        let mut printer = self.printer();
        if verb.list_only || verb.count {
            printer.total_alone(&total)?;
        } else {
            self.print(&regions, &total, adjacency, &mut printer)?;
        }
        drop(printer);
        if !regions.is_complete() {
            let reason = match regions.stopped() {
                Some(reason) => reason.to_string(),
                None => self.limit_words(),
            };
            if let Some(path) = &verb.output {
                self.output.no_certificate(path, "the list is not complete");
            }
            return Err(Failure::Limit(format!(
                "{reason}; not all regions are known"
            )));
        }
        if let Some(path) = &verb.output {
            let text = self.certificate(&regions)?;
            self.output.save_certificate(path, &text)?;
        }
        Ok(Some(regions.len() as u64))
    }

    /// From here on the answer is written piece by piece.
    fn printer(&self) -> Printer {
        self.output.will_stream();
        Printer::new(self.format)
    }

    fn count(&self) -> Result<Option<u64>, Failure> {
        let counted = self.subject.arrangement.count(&self.options);
        self.bar.clear();
        match counted {
            Ok(count) => {
                let total = Total {
                    count: count.to_string(),
                    complete: true,
                    at_most: None,
                };
                self.printer().total_alone(&total)?;
                Ok(u64::try_from(&count).ok())
            }
            Err(stopped) => Err(self.stopped(&stopped, false)?),
        }
    }

    /// Prints what is known; the failure to leave with. `list` says whether a list was wanted.
    fn stopped(&self, stopped: &Stopped, list: bool) -> Result<Failure, Failure> {
        self.bar.clear();
        if stopped.reason == StopReason::Method {
            return Ok(Failure::Usage(format!(
                "--method {}: this method cannot do what is asked (rrk makes lists, within at most one half-space; cnt counts, \
                 without a domain; rc does everything)",
                self.verb
                    .method
                    .to_possible_value()
                    .map_or_else(String::new, |value| value.get_name().to_owned())
            )));
        }
        let total = Total {
            count: stopped.at_least.to_string(),
            complete: false,
            at_most: Some(stopped.at_most.to_string()),
        };
        let mut printer = self.printer();
        if list && self.format == Format::Json {
            printer.begin(Some(&total), None)?;
            printer.begin_edges()?;
            printer.end(&total, false)?;
        } else {
            printer.total_alone(&total)?;
        }
        Ok(Failure::Limit(stopped.reason.to_string()))
    }

    fn total(&self, count: u64, complete: bool) -> Total {
        Total {
            count: count.to_string(),
            complete,
            at_most: (!complete).then(|| self.subject.arrangement.at_most().to_string()),
        }
    }

    fn limit_words(&self) -> String {
        format!(
            "the limit of {} regions was reached",
            self.options.limit.unwrap_or_default()
        )
    }

    fn interrupted(&self) -> Option<StopReason> {
        if INTERRUPTED.load(Ordering::Relaxed) {
            return Some(StopReason::Cancelled);
        }
        let limit = self.options.time_limit?;
        (self.start.elapsed() >= limit).then_some(StopReason::Time)
    }

    fn print(
        &self,
        regions: &Regions<'_>,
        total: &Total,
        adjacency: bool,
        printer: &mut Printer,
    ) -> Result<(), Failure> {
        let witness = self.verb.witness || self.format == Format::Json;
        printer.begin(Some(total), witness.then_some(self.subject.inputs))?;
        let mut reason = None;
        for region in 0..regions.len() {
            if region % 64 == 0 {
                reason = self.interrupted();
            }
            if reason.is_some() || printer.is_gone() {
                break;
            }
            let point = witness.then(|| regions.point(region));
            printer.region(|text| regions.write_signs(region, text), point.as_deref())?;
        }
        if adjacency {
            printer.begin_edges()?;
            if reason.is_none() && !printer.is_gone() {
                reason = self.print_edges(regions, printer)?;
            }
        }
        let Some(reason) = reason else {
            return printer.end(total, false);
        };
        let shown = Total {
            complete: false,
            ..total.clone()
        };
        printer.end(&shown, false)?;
        Err(Failure::Limit(format!(
            "{reason}; not everything was printed"
        )))
    }

    /// Sorted, unless sorting would take much more memory than the list.
    fn print_edges(
        &self,
        regions: &Regions<'_>,
        printer: &mut Printer,
    ) -> Result<Option<StopReason>, Failure> {
        let mut reason = None;
        let mut outcome = Ok(());
        let mut printed = 0usize;
        let mut print = |i: usize, j: usize, hyperplane: usize| {
            if printed.is_multiple_of(4096) {
                reason = self.interrupted();
            }
            printed += 1;
            if outcome.is_ok() && reason.is_none() && !printer.is_gone() {
                outcome = printer.edge(i, j, hyperplane);
            }
        };
        if regions.len() <= MOST_SORTED {
            for (i, j, hyperplane) in regions.adjacency() {
                print(i, j, hyperplane);
            }
        } else {
            regions.for_each_adjacency(print);
        }
        outcome.map(|()| reason)
    }

    /// Without a list; or only counted, up to a limit.
    fn stream(&self) -> Result<Option<u64>, Failure> {
        let counted = self.verb.count;
        let mut printer = self.printer();
        if !counted {
            let witness = self.verb.witness.then_some(self.subject.inputs);
            printer.begin(None, witness)?;
        }
        let mut outcome = Ok(());
        let end = self
            .subject
            .arrangement
            .for_each_region(&self.options, |region| {
                if counted {
                    return ControlFlow::Continue(());
                }
                let point = self.verb.witness.then(|| region.point());
                let signs = |text: &mut String| {
                    let signs = region.signs();
                    text.extend(signs.iter().map(|sign| match sign {
                        1 => '+',
                        -1 => '-',
                        _ => '0',
                    }));
                };
                outcome = printer.region(signs, point.as_deref());
                if outcome.is_err() || printer.is_gone() {
                    ControlFlow::Break(())
                } else {
                    ControlFlow::Continue(())
                }
            });
        self.bar.clear();
        outcome?;
        let total = self.total(end.regions, end.complete);
        if counted {
            printer.total_alone(&total)?;
        } else {
            printer.end(&total, true)?;
        }
        if end.complete || printer.is_gone() {
            return Ok(Some(end.regions));
        }
        let reason = match end.stopped {
            Some(reason) => reason.to_string(),
            None => self.limit_words(),
        };
        Err(Failure::Limit(format!(
            "{reason}; not all regions are known"
        )))
    }

    fn certificate(&self, regions: &Regions<'_>) -> Result<String, Failure> {
        let domain = self.subject.arrangement.domain().len();
        let completeness = match self.verb.certify {
            Some(CertifyArg::Closure) => Completeness::Closure,
            Some(CertifyArg::Count) => Completeness::Count,
            None if regions.len() <= MOST_CLOSED || domain > 1 => Completeness::Closure,
            None => Completeness::Count,
        };
        let stop = || self.interrupted().is_some();
        let started = Instant::now();
        let written = regions.certificate(self.subject.network.clone(), completeness, &stop);
        let text = written.map_err(|error| match error {
            CertifyError::Stopped => Failure::Limit(format!("{error}; none is written")),
            CertifyError::Incomplete => Failure::Internal(error.to_string()),
            CertifyError::Empty | CertifyError::Domain => Failure::Usage(error.to_string()),
        })?;
        if self.verb.verbose {
            self.output.remark(&format!(
                "certificate    {} bytes, made in {:.3} s",
                text.len(),
                started.elapsed().as_secs_f64()
            ));
        }
        Ok(text)
    }

    /// What is about to happen.
    fn describe(&self) {
        let arrangement = &self.subject.arrangement;
        let method = arrangement.method(&self.options, self.verb.count);
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
        self.output.remark(&text);
    }

    fn describe_end(&self, regions: Option<&Option<u64>>) {
        let seconds = self.start.elapsed().as_secs_f64();
        let mut text = format!("time           {seconds:.3} s");
        if let Some(Some(regions)) = regions {
            // Only for display.
            let rate = *regions as f64 / seconds.max(1e-9);
            let _ = write!(text, ", {rate:.0} regions per second");
        }
        if let Some(peak) = peak_memory() {
            let _ = write!(text, "\npeak memory    {peak}");
        }
        self.output.remark(&text);
    }
}

/// The most memory this process has held, where the system says so.
fn peak_memory() -> Option<String> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.map(|value| value.trim().to_owned())
}

/// A bar on a terminal.
struct Bar(Option<ProgressBar>);

impl Bar {
    fn new(output: &Output) -> Self {
        let shown = !output.is_quiet() && std::io::stderr().is_terminal();
        Bar(shown.then(|| {
            let bar = ProgressBar::new(0);
            let style =
                "{elapsed} {wide_bar} {human_pos} of at most {human_len} regions, about {eta} left";
            if let Ok(style) = ProgressStyle::with_template(style) {
                bar.set_style(style);
            }
            bar
        }))
    }

    fn is_shown(&self) -> bool {
        self.0.is_some()
    }

    fn show(&self, progress: &Progress) {
        if let Some(bar) = &self.0 {
            bar.set_length(u64::try_from(&progress.at_most).unwrap_or(u64::MAX));
            bar.set_position(progress.regions);
        }
    }

    fn clear(&self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}
