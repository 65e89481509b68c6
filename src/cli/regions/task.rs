//! One run of the verb: counting, listing, streaming, and the certificate.

use std::ops::ControlFlow;
use std::time::Instant;

use clap::ValueEnum as _;
use num_bigint::BigUint;

use super::arguments::{CertifyArg, RegionsVerb};
use super::print::{Format, Printer, Total};
use super::subject::Subject;
use crate::arrangement::{
    CertifyError, Completeness, MOST_CLOSED, Method, Options, Regions, StopReason, Stopped,
};
use crate::certificate::DefaultLimits;
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::watch::Stop;

/// Edges among more regions than this are printed in the order they are found in, which depends on the list alone.
const MOST_SORTED: usize = 1_000_000;

/// One run of the verb.
pub(super) struct Task<'a> {
    /// By which its answer is known.
    pub(super) name: &'static str,
    pub(super) verb: &'a RegionsVerb,
    pub(super) subject: &'a Subject,
    pub(super) options: Options,
    pub(super) format: Format,
    pub(super) output: &'a Output,
}

impl Task<'_> {
    /// Answers the number of regions, where it is small enough to speak of speed.
    pub(super) fn run(&self) -> Result<Option<u64>, Failure> {
        let verb = self.verb;
        let listed = verb.output.is_some() || !verb.count;
        if !listed && self.options.limit.is_none() {
            return self.count();
        }
        if let Some(count) = self.too_many_to_list()? {
            return Ok(u64::try_from(&count).ok());
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
            Err(stopped)
                if stopped.reason == StopReason::Limit(Stop::Memory) && one_by_one && !json =>
            {
                return self.stream();
            }
            Err(stopped) => return Err(self.stopped(&stopped, !verb.list_only && !verb.count)?),
        };
        self.show(&regions)
    }

    /// Prints the regions, or how many there are, and writes the certificate.
    pub(super) fn show(&self, regions: &Regions<'_>) -> Result<Option<u64>, Failure> {
        let verb = self.verb;
        let json = self.format == Format::Json;
        let adjacency = verb.adjacency || json;
        self.output.clear_progress();
        let total = self.total(regions.len() as u64, regions.is_complete());
        let mut printer = self.printer();
        if verb.list_only || verb.count {
            printer.total_alone(&total)?;
        } else {
            self.print(regions, &total, adjacency, &mut printer)?;
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
            let text = self.certificate(regions)?;
            self.output.save_certificate(path, &text)?;
        }
        Ok(Some(regions.len() as u64))
    }

    /// From here on the answer is written piece by piece.
    fn printer(&self) -> Printer {
        self.output.will_stream();
        Printer::new(self.name, self.format)
    }

    fn count(&self) -> Result<Option<u64>, Failure> {
        let counted = self.subject.arrangement.count(&self.options);
        self.output.clear_progress();
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

    /// A certificate lists the regions. Where they are to be counted, with a certificate, and are counted sooner than listed, and
    /// are too many for any verifier's default limits: prints their number, and says that no certificate is written.
    fn too_many_to_list(&self) -> Result<Option<BigUint>, Failure> {
        let arrangement = &self.subject.arrangement;
        let options = &self.options;
        let asked = self.verb.count && options.limit.is_none() && options.method == Method::Auto;
        let Some(path) = self.verb.output.as_deref().filter(|_| asked) else {
            return Ok(None);
        };
        if arrangement.method(options, true) != Method::Orbits {
            return Ok(None);
        }
        let counted = arrangement.count(options);
        self.output.clear_progress();
        let count = match counted {
            Ok(count) => count,
            Err(stopped) => return Err(self.stopped(&stopped, false)?),
        };
        // Of each region the signs, in quotes, and a comma.
        let bytes = &count * (arrangement.len() + 3);
        let most = DefaultLimits::VALUES.memory;
        if bytes <= most.into() {
            return Ok(None);
        }
        let total = Total {
            count: count.to_string(),
            complete: true,
            at_most: None,
        };
        self.printer().total_alone(&total)?;
        self.output.no_certificate(
            path,
            &format!(
                "it would list the regions, in {bytes} bytes, and the verifier holds at most {most} by default (--limit-memory)"
            ),
        );
        Ok(Some(count))
    }

    /// Prints what is known; the failure to leave with. `list` says whether a list was wanted.
    fn stopped(&self, stopped: &Stopped, list: bool) -> Result<Failure, Failure> {
        self.output.clear_progress();
        if stopped.reason == StopReason::Method {
            return Ok(Failure::Usage(format!(
                "--method {}: this method cannot do what is asked (rrk makes lists, within at most one half-space; cnt counts, \
                 without a domain, and so does orbits, of at most 1024 hyperplanes; rc does everything)",
                self.verb
                    .method
                    .to_possible_value()
                    .map_or_else(String::new, |value| value.get_name().to_owned())
            )));
        }
        let total = Total {
            // A box has an interior, and all of space is a region if nothing cuts it.
            count: stopped.at_least.clone().max(1u32.into()).to_string(),
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
            count: count.max(u64::from(!complete)).to_string(),
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

    fn print(
        &self,
        regions: &Regions<'_>,
        total: &Total,
        adjacency: bool,
        printer: &mut Printer,
    ) -> Result<(), Failure> {
        let witness = self.verb.witness || self.format == Format::Json;
        printer.begin(Some(total), witness.then_some(self.subject.inputs))?;
        let watch = &self.options.watch;
        let mut stop = None;
        for region in 0..regions.len() {
            if region % 64 == 0 {
                stop = watch.check().err();
            }
            if stop.is_some() || printer.is_gone() {
                break;
            }
            let point = match witness.then(|| regions.point(region, watch)).transpose() {
                Ok(point) => point,
                Err(reason) => {
                    stop = Some(reason);
                    break;
                }
            };
            printer.region(|text| regions.write_signs(region, text), point.as_deref())?;
        }
        if adjacency {
            printer.begin_edges()?;
            if stop.is_none() && !printer.is_gone() {
                stop = self.print_edges(regions, printer)?;
            }
        }
        let Some(stop) = stop else {
            return printer.end(total, false);
        };
        let shown = Total {
            complete: false,
            ..total.clone()
        };
        printer.end(&shown, false)?;
        Err(Failure::Limit(format!(
            "{stop}; not everything was printed"
        )))
    }

    /// Sorted, unless sorting would take much more memory than the list.
    fn print_edges(
        &self,
        regions: &Regions<'_>,
        printer: &mut Printer,
    ) -> Result<Option<Stop>, Failure> {
        let watch = &self.options.watch;
        let mut stop = None;
        let mut outcome = Ok(());
        let mut printed = 0usize;
        let mut print = |i: usize, j: usize, hyperplane: usize| {
            if printed.is_multiple_of(4096) {
                stop = watch.check().err();
            }
            printed += 1;
            if stop.is_none() && !printer.is_gone() {
                outcome = printer.edge(i, j, hyperplane);
            }
            match stop.is_some() || outcome.is_err() || printer.is_gone() {
                true => ControlFlow::Break(()),
                false => ControlFlow::Continue(()),
            }
        };
        if regions.len() <= MOST_SORTED {
            let edges = match regions.adjacency(watch) {
                Ok(edges) => edges,
                Err(stop) => return Ok(Some(stop)),
            };
            let _ = edges.into_iter().try_for_each(|(i, j, h)| print(i, j, h));
        } else {
            let _ = regions.for_each_adjacency(print);
        }
        outcome.map(|()| stop)
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
        self.output.clear_progress();
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
        let started = Instant::now();
        let watch = &self.options.watch;
        let written = regions.certificate(self.subject.network.clone(), completeness, watch);
        let text = written.map_err(|error| match error {
            CertifyError::Stopped(_) => Failure::Limit(format!("{error}; none is written")),
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
}
