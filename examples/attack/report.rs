//! What is counted, and the tables.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::damage::DAMAGES;
use crate::judge::Doubt;
use crate::make::KINDS;
use crate::second::{self, Beside};
use crate::trial::{Fate, Mutant};

/// Something that must not be.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Round, kind and damage.
    pub place: String,
    /// What is wrong.
    pub what: String,
    /// The certificate.
    pub text: String,
}

/// Of what a checker accepted: how much of it is true, false and not decided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Accepted {
    /// Judged true.
    pub true_: usize,
    /// Judged false.
    pub false_: usize,
    /// Not decided.
    pub undecided: usize,
}

impl Accepted {
    fn add(&mut self, mutant: &Mutant) {
        match mutant.judged {
            Ok(()) => self.true_ += 1,
            Err(Doubt::False(_)) => self.false_ += 1,
            Err(Doubt::Undecided(_)) => self.undecided += 1,
        }
    }
}

/// The counts of one kind of claim, or of one kind of damage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Certificates as made.
    pub certificates: usize,
    /// Damaged ones.
    pub mutants: usize,
    /// Rejected.
    pub rejected: usize,
    /// Rejected with a line or a step.
    pub located: usize,
    /// Declined.
    pub declined: usize,
    /// Panics of the verifier.
    pub panics: usize,
    /// Of those the verifier accepted.
    pub verifier: Accepted,
    /// Of all, which a checker accepts that accepts everything.
    pub accept_all: Accepted,
    /// Of those of the format, which a checker accepts that only reads.
    pub parse_only: Accepted,
}

impl Tally {
    fn add(&mut self, mutant: &Mutant) {
        self.mutants += 1;
        match mutant.fate {
            Fate::Rejected { located } => {
                self.rejected += 1;
                self.located += usize::from(located);
            }
            Fate::Declined => self.declined += 1,
            Fate::Panicked => self.panics += 1,
            Fate::Accepted => self.verifier.add(mutant),
        }
        self.accept_all.add(mutant);
        if mutant.parses {
            self.parse_only.add(mutant);
        }
    }

    fn plus(&mut self, other: &Tally) {
        self.certificates += other.certificates;
        self.mutants += other.mutants;
        self.rejected += other.rejected;
        self.located += other.located;
        self.declined += other.declined;
        self.panics += other.panics;
        let all = [
            (&mut self.verifier, &other.verifier),
            (&mut self.accept_all, &other.accept_all),
            (&mut self.parse_only, &other.parse_only),
        ];
        for (own, other) in all {
            own.true_ += other.true_;
            own.false_ += other.false_;
            own.undecided += other.undecided;
        }
    }

    fn row(&self, name: &str) -> String {
        let Accepted {
            true_,
            false_,
            undecided,
        } = self.verifier;
        let (all, read) = (&self.accept_all, &self.parse_only);
        let numbers = [
            self.certificates,
            self.mutants,
            self.rejected,
            self.located,
            self.declined,
            true_,
            undecided,
            false_,
            self.panics,
            all.false_,
            all.undecided,
            read.true_ + read.false_ + read.undecided,
            read.false_,
            read.undecided,
        ];
        let mut line = format!("{name:<46}");
        for number in numbers {
            // Writing to a String cannot fail.
            let _ = write!(line, " {number:>9}");
        }
        line + "\n"
    }
}

/// The columns of a row.
const COLUMNS: [&str; 14] = [
    "certs",
    "mutants",
    "rejected",
    "located",
    "declined",
    "true",
    "undecided",
    "FALSE",
    "panics",
    "all:false",
    "all:undec",
    "read:acc",
    "read:false",
    "read:undec",
];

/// Everything that was counted.
#[derive(Clone, Debug)]
pub struct Report {
    seed: u64,
    /// By kind of claim, in the order of [`KINDS`].
    pub kinds: Vec<Tally>,
    /// By damage, in the order of [`DAMAGES`].
    pub damages: Vec<Tally>,
    /// The proved checker beside the verifier, if it was asked.
    pub beside: Option<Vec<Beside>>,
    /// Why accepted ones were not decided.
    pub undecided: BTreeMap<String, usize>,
    /// What must not be.
    pub findings: Vec<Finding>,
}

impl Report {
    /// Nothing yet.
    pub fn new(seed: u64) -> Self {
        Report {
            seed,
            kinds: vec![Tally::default(); KINDS.len()],
            damages: vec![Tally::default(); DAMAGES.len()],
            beside: None,
            undecided: BTreeMap::new(),
            findings: Vec::new(),
        }
    }

    /// How many mutants were counted.
    pub fn mutants(&self) -> usize {
        self.kinds.iter().map(|tally| tally.mutants).sum()
    }

    /// A certificate of this kind was made.
    pub fn certificate(&mut self, kind: usize) {
        self.kinds[kind].certificates += 1;
    }

    /// Counts a mutant.
    pub fn add(&mut self, kind: usize, mutant: &Mutant) {
        self.kinds[kind].add(mutant);
        self.damages[mutant.damage].add(mutant);
        if let Some(says) = mutant.second {
            let none = || vec![Beside::default(); KINDS.len()];
            let beside = self.beside.get_or_insert_with(none);
            beside[kind].add(mutant.fate, says, &mutant.judged);
        }
        if let (Fate::Accepted, Err(Doubt::Undecided(reason))) = (mutant.fate, &mutant.judged) {
            *self.undecided.entry(reason.clone()).or_default() += 1;
        }
    }

    /// The sums over all kinds.
    pub fn total(&self) -> Tally {
        let mut total = Tally::default();
        self.kinds.iter().for_each(|tally| total.plus(tally));
        total
    }

    /// The tables, the same for the same seed and count.
    pub fn text(&self) -> String {
        let mut text = format!("seed {}, {} mutants\n\n", self.seed, self.mutants());
        let head = |name: &str| {
            let columns = COLUMNS.map(|column| format!(" {column:>9}"));
            format!("{name:<46}{}\n", columns.concat())
        };
        text += &head("claim");
        for (kind, tally) in KINDS.iter().zip(&self.kinds) {
            text += &tally.row(kind.name);
        }
        text += &self.total().row("all");
        text += "\n";
        text += &head("damage");
        for (damage, tally) in DAMAGES.iter().zip(&self.damages) {
            text += &tally.row(damage.name);
        }
        if let Some(beside) = &self.beside {
            let names = KINDS.iter().map(|kind| kind.name);
            text += "\n";
            text += &second::table(names.zip(beside));
        }
        if !self.undecided.is_empty() {
            text += "\naccepted, and not decided by the engine:\n";
        }
        for (reason, count) in &self.undecided {
            let _ = writeln!(text, "{count:>6}  {reason}");
        }
        let _ = writeln!(text, "\n{} findings", self.findings.len());
        for finding in &self.findings {
            let _ = writeln!(text, "  {}: {}", finding.place, finding.what);
        }
        text
    }
}
