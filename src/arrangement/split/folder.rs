//! The folder with its statement, which is written once.

use std::num::NonZeroUsize;
use std::path::Path;

use super::lines::{STATEMENT, StatementHead};
use super::question::Question;
use super::recorder::{Bounds, record};
use crate::advice::Advice;
use crate::arrangement::normals::Arrangement;
use crate::arrangement::tree::RegionTree;
use crate::certificate::PRODUCER;
use crate::jobs::{Place, SplitError, read, write_durably};
use crate::watch::Watch;

/// A folder with a statement; see the [module](super).
#[derive(Debug)]
pub struct Folder {
    pub(super) place: Place,
    pub(super) question: Question,
    pub(super) arrangement: Arrangement,
    pub(super) tree: RegionTree,
    /// The statement's tree.
    pub(super) lines: Vec<String>,
    /// The statement's hash.
    pub(super) hash: String,
}

/// Of an arrangement without a domain one half is walked: its regions come in antipodal pairs.
pub(super) fn root(arrangement: &Arrangement) -> Vec<bool> {
    match is_halved(arrangement) {
        true => vec![true],
        false => Vec::new(),
    }
}

/// Whether regions stand for their antipodes too.
pub(super) fn is_halved(arrangement: &Arrangement) -> bool {
    arrangement.domain().is_empty() && !arrangement.classes().is_empty()
}

impl Folder {
    /// Writes a statement: the tree down to the first level with so many nodes, each of which is a job. All nodes of a level have as many decisions.
    ///
    /// Cost: some times that of the tree down to there. At a limit of `watch` there are fewer jobs.
    ///
    /// # Errors
    /// [`SplitError`] if the folder is not empty, or cannot be made or written, or the question is none.
    pub fn create(
        path: &Path,
        question: &Question,
        jobs: NonZeroUsize,
        advice: &dyn Advice,
        watch: &Watch,
    ) -> Result<Folder, SplitError> {
        let place = Place::create(path)?;
        let arrangement = question.arrangement().map_err(|e| place.wrong(e))?;
        let (tree, root) = (arrangement.tree(advice), root(&arrangement));
        let to = |deepest| {
            let bounds = Bounds {
                deepest,
                nodes: u64::MAX,
                watch,
            };
            record(&tree, &root, true, bounds)
        };
        let mut deepest = root.len();
        let mut found = to(deepest);
        while found.open < jobs.get() && deepest < arrangement.classes().len() {
            deepest += 1;
            let next = to(deepest);
            // One level more than time allows is unbalanced.
            if watch.stopped().is_some() {
                break;
            }
            found = next;
        }
        let mut lines = found.lines;
        lines.push_first(&StatementHead {
            relucert: STATEMENT.to_owned(),
            producer: PRODUCER.to_owned(),
            network: question.network.clone(),
            domain: question.sides(),
            asked: question.asked,
            unadvised: question.unadvised,
        });
        write_durably(&place.statement(), &lines.finish().0)?;
        Folder::open(path, advice)
    }

    /// A folder that was written before, perhaps on another machine; `advice` as in [`Options`](crate::arrangement::Options::advice).
    ///
    /// # Errors
    /// [`SplitError`] if its statement cannot be read or is none.
    pub fn open(path: &Path, advice: &dyn Advice) -> Result<Folder, SplitError> {
        let place = Place::at(path);
        let text = place.stated()?;
        let name = place.statement_name();
        let found = read::<StatementHead>(&name, &text, STATEMENT)?;
        let wrong = |reason: String| SplitError::wrong(&name, reason);
        let question = Question::stated(&found.head).map_err(wrong)?;
        let arrangement = question.arrangement().map_err(wrong)?;
        Ok(Folder {
            place,
            tree: arrangement.tree(advice),
            arrangement,
            question,
            lines: found.lines.map(str::to_owned).collect(),
            hash: found.hash,
        })
    }

    /// Whether the statement of a folder is about regions; whether it is whole, [`open`](Self::open) sees.
    ///
    /// # Errors
    /// [`SplitError`] if it cannot be read.
    pub fn is_at(path: &Path) -> Result<bool, SplitError> {
        let form = Place::at(path).form()?;
        let kind = |form: &str| form.split('/').next().map(str::to_owned);
        Ok(kind(&form) == kind(STATEMENT))
    }

    /// What is asked.
    pub fn question(&self) -> &Question {
        &self.question
    }

    /// The hyperplanes.
    pub fn arrangement(&self) -> &Arrangement {
        &self.arrangement
    }
}
