//! All trials of a seed, in rounds: each round makes a certificate of every kind, and damages them with parts of each other.

use rayon::prelude::*;
use relucert::audit::Random;

use crate::damage::{DAMAGES, Donors};
use crate::draft::Draft;
use crate::make::KINDS;
use crate::report::{Finding, Report};
use crate::trial::{self, Mutant};

/// Damaged certificates made of one.
pub const MUTANTS: usize = 40;
/// One round in so many is of large networks.
const LARGE: u64 = 8;

/// What to do.
#[derive(Clone, Debug)]
pub struct Attack {
    /// The seed: the same one gives the same certificates, mutants and report.
    pub seed: u64,
    /// How many mutants.
    pub count: usize,
}

/// Of one kind in one round: the certificate and what became of its mutants.
struct Trial {
    kind: usize,
    text: String,
    fault: Option<String>,
    mutants: Vec<Mutant>,
}

impl Attack {
    /// Runs; `tell` hears after every round how many mutants there are.
    pub fn run(&self, mut tell: impl FnMut(usize)) -> Report {
        let mut report = Report::new(self.seed);
        for round in 0.. {
            if report.mutants() >= self.count {
                break;
            }
            let trials = self.round(round);
            if trials.is_empty() {
                break;
            }
            for trial in trials {
                let name = |what: &str| format!("round {round}, {}, {what}", KINDS[trial.kind].name);
                if let Some(fault) = trial.fault {
                    report.findings.push(Finding {
                        place: name("as made"),
                        what: fault,
                        text: trial.text,
                    });
                    continue;
                }
                report.certificate(trial.kind);
                let left = self.count.saturating_sub(report.mutants());
                for (index, mutant) in trial.mutants.into_iter().take(left).enumerate() {
                    let damage = DAMAGES[mutant.damage].name;
                    report.add(trial.kind, &mutant);
                    if let Some((what, text)) = mutant.finding {
                        let place = name(&format!("mutant {index} ({damage})"));
                        report.findings.push(Finding { place, what, text });
                    }
                }
            }
            tell(report.mutants());
        }
        report
    }

    /// The certificates of a round, all kinds, damaged.
    fn round(&self, round: u64) -> Vec<Trial> {
        let drafts = self.drafts(round);
        drafts
            .par_iter()
            .enumerate()
            .map(|(index, (kind, text, draft, alike))| {
                let other = &drafts[(index + 1 + round as usize) % drafts.len()].2;
                let donors = Donors { alike, other };
                let mut random = self.random(round, *kind, 1);
                let fault = trial::made_well(text).err();
                Trial {
                    kind: *kind,
                    text: text.clone(),
                    mutants: match fault {
                        None => trial::mutants(draft, &donors, &mut random, MUTANTS),
                        Some(_) => Vec::new(),
                    },
                    fault,
                }
            })
            .collect()
    }

    /// Of each kind a certificate, and another of the same kind.
    pub fn drafts(&self, round: u64) -> Vec<(usize, String, Draft, Draft)> {
        let large = round % LARGE == LARGE - 1;
        let kinds = (0..KINDS.len()).into_par_iter();
        let made = kinds.filter_map(|kind| {
            let text = KINDS[kind].certificate(&mut self.random(round, kind, 0), large)?;
            let alike = KINDS[kind].certificate(&mut self.random(round, kind, 2), false)?;
            let (draft, alike) = (Draft::read(&text)?, Draft::read(&alike)?);
            Some((kind, text, draft, alike))
        });
        made.collect()
    }

    fn random(&self, round: u64, kind: usize, part: u64) -> Random {
        Random::of_trial(self.seed, (round * KINDS.len() as u64 + kind as u64) * 3 + part)
    }
}
