//! All trials of a seed, in rounds: each round makes a certificate of every kind, and damages them with parts of each other.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use rayon::prelude::*;
use relucert::audit::Random;

use crate::damage::{DAMAGES, Donors};
use crate::draft::Draft;
use crate::make::KINDS;
use crate::report::{Finding, Report};
use crate::trial::{self, Mutant};

/// One round in so many is of large networks.
const LARGE: u64 = 8;

/// What to do.
#[derive(Clone, Debug)]
pub struct Attack {
    /// The seed: the same one gives the same certificates, mutants and report.
    pub seed: u64,
    /// How many mutants.
    pub count: usize,
    /// How many of one certificate.
    pub mutants: usize,
    /// The proved checker's program, if it is to be asked.
    pub checker: Option<PathBuf>,
}

/// A certificate as made, and another of the same kind to take parts from.
struct Made {
    text: String,
    draft: Draft,
    alike: Draft,
}

/// Of one kind in one round: the certificate, what is wrong with it, and what became of its mutants.
struct Trial {
    kind: usize,
    text: String,
    fault: Option<String>,
    mutants: Vec<Mutant>,
    time: Duration,
}

impl Attack {
    /// Runs; `tell` hears after every round how many mutants there are, and which kind took longest.
    pub fn run(&self, mut tell: impl FnMut(usize, &str, Duration)) -> Report {
        let mut report = Report::new(self.seed);
        for round in 0.. {
            if report.mutants() >= self.count {
                break;
            }
            let trials = self.round(round);
            let slowest = trials.iter().max_by_key(|trial| trial.time);
            let (kind, time) =
                slowest.map_or((0, Duration::ZERO), |trial| (trial.kind, trial.time));
            for trial in trials {
                self.count_in(&mut report, round, trial);
            }
            tell(report.mutants(), KINDS[kind].name, time);
        }
        report
    }

    fn count_in(&self, report: &mut Report, round: u64, trial: Trial) {
        let name = |what: &str| format!("round {round}, {}, {what}", KINDS[trial.kind].name);
        if let Some(what) = trial.fault {
            report.findings.push(Finding {
                place: name("as made"),
                what,
                text: trial.text,
            });
            return;
        }
        report.certificate(trial.kind);
        let left = self.count.saturating_sub(report.mutants());
        for (index, mutant) in trial.mutants.into_iter().take(left).enumerate() {
            report.add(trial.kind, &mutant);
            if let Some((what, text)) = mutant.finding {
                let damage = DAMAGES[mutant.damage].name;
                let place = name(&format!("mutant {index} ({damage})"));
                report.findings.push(Finding { place, what, text });
            }
        }
    }

    /// The certificates of a round, all kinds, damaged.
    fn round(&self, round: u64) -> Vec<Trial> {
        let made: Vec<_> = (0..KINDS.len())
            .into_par_iter()
            .map(|kind| trial::caught(|| self.made(round, kind)))
            .collect();
        let drafts: Vec<&Draft> = made
            .iter()
            .flatten()
            .flatten()
            .map(|made| &made.draft)
            .collect();
        let trials = made.par_iter().enumerate().filter_map(|(kind, made)| {
            let start = Instant::now();
            let made = match made {
                Ok(made) => made.as_ref()?,
                Err(message) => {
                    return Some(Trial {
                        kind,
                        text: String::new(),
                        fault: Some(format!("the engine panicked: {message}")),
                        mutants: Vec::new(),
                        time: start.elapsed(),
                    });
                }
            };
            let donors = Donors {
                alike: &made.alike,
                other: drafts[(kind + 1 + round as usize) % drafts.len()],
            };
            let fault = trial::made_well(&made.text).err();
            let mut random = self.random(round, kind, 1);
            let mutants = match fault {
                None => trial::mutants(
                    &made.draft,
                    &donors,
                    &mut random,
                    self.mutants,
                    self.checker.as_deref(),
                ),
                Some(_) => Vec::new(),
            };
            Some(Trial {
                kind,
                text: made.text.clone(),
                fault,
                mutants,
                time: start.elapsed(),
            })
        });
        trials.collect()
    }

    /// Of a kind a certificate, and another; `None` if the drawn networks have none.
    fn made(&self, round: u64, kind: usize) -> Option<Made> {
        let large = round % LARGE == LARGE - 1;
        let text = KINDS[kind].certificate(&mut self.random(round, kind, 0), large)?;
        let alike = KINDS[kind].certificate(&mut self.random(round, kind, 2), false)?;
        Some(Made {
            draft: Draft::read(&text)?,
            alike: Draft::read(&alike)?,
            text,
        })
    }

    fn random(&self, round: u64, kind: usize, part: u64) -> Random {
        Random::of_trial(
            self.seed,
            (round * KINDS.len() as u64 + kind as u64) * 3 + part,
        )
    }
}
