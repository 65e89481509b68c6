//! `relucert regions`: the regions of a network's hyperplanes or of any arrangement, with points, adjacency and a certificate.

mod arguments;
mod deep;
mod describe;
mod parts;
mod print;
mod subject;
mod task;

use std::time::Instant;

use super::answer::Answer;
use super::arguments as arguments_of_verbs;
use super::failure::Failure;
use super::families;
use super::inputs::{Files, Inputs};
use super::output::Output;
use crate::arrangement::{CertifyError, Method, Options};
use crate::network::Network;
use arguments::{CertifyArg, MethodArg};
use describe::{describe, describe_end};
use print::{Format, Printer, Total};
use subject::Subject;
use task::Task;

pub(super) use arguments::RegionsVerb;
pub(super) use parts::join;

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
            let domain = self.domain.as_deref();
            let domain = domain.map(|text| arguments_of_verbs::domain(text, family.inputs()));
            let question = families::RegionsQuestion {
                count: self.count,
                list_only: self.list_only,
                witness: self.witness,
                adjacency: self.adjacency,
                limit: self.limit,
                domain: domain.transpose()?,
                certificate: self.output.as_deref(),
            };
            return families::regions(&family, &question, &self.limits.watch(output), output);
        }
        let start = Instant::now();
        let watch = self.limits.watch(output);
        let network = match inputs.is_arrangement(&self.input) {
            true => None,
            false => Some(inputs.network(&self.input)?),
        };
        if let Some(Network::Deep(network)) = &network {
            let done = deep::regions(self, network, self.format(output), watch, output);
            return done.map(|_| Answer::Yes);
        }
        let domain = self.domain.as_deref();
        let subject = Subject::read(inputs, &self.input, network, domain, &watch);
        if let Err(Failure::Limit(_)) = &subject {
            // A box with an interior, like all of space, meets at least one.
            let total = Total {
                count: "1".to_owned(),
                complete: false,
                at_most: None,
            };
            output.will_stream();
            Printer::new("regions", self.format(output)).total_alone(&total)?;
        }
        let subject = subject?;
        if let (Some(jobs), Some(folder)) = (self.split, &self.output) {
            return parts::split(self, subject, jobs, folder, &watch, output);
        }
        self.check_certifiable(&subject)?;
        let options = Options {
            method: match self.method {
                MethodArg::Auto => Method::Auto,
                MethodArg::Rrk => Method::Recursive,
                MethodArg::Rc => Method::Tree,
                MethodArg::Cnt => Method::Counting,
                MethodArg::Orbits => Method::Orbits,
            },
            threads: self.threads,
            limit: self.limit,
            watch,
            advice: self.advice.get(),
        };
        let task = Task {
            name: "regions",
            verb: self,
            subject: &subject,
            options,
            format: self.format(output),
            output,
        };
        if self.verbose {
            output.remark(&describe(&subject.arrangement, &task.options, self.count));
        }
        let done = task.run();
        output.clear_progress();
        if self.verbose {
            let regions = done.as_ref().ok().copied().flatten();
            output.remark(&describe_end(start, regions));
        }
        done.map(|_| Answer::Yes)
    }

    fn format(&self, output: &Output) -> Format {
        match self.format {
            Some(format) => format,
            None if output.is_json() => Format::Json,
            None => Format::Text,
        }
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
