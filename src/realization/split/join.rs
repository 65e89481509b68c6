//! Segments joined.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::folder::{Folder, Question};
use super::gather::{Gathered, Segment, gather};
use super::work::work;
use crate::jobs::SplitError;
use crate::realization::bounded::{BoundedSeminorm, SeminormLimits};
use crate::realization::lower::LowerSearch;
use crate::realization::problem::Problem;
use crate::realization::search::{Found, GoalTree};
use crate::watch::Watch;

/// What the segments of a folder come to.
#[derive(Debug)]
pub struct Joined {
    /// The seminorm, or a bracket where jobs are missing, with all trees.
    pub found: BoundedSeminorm,
    /// The jobs that are to be done before it is as narrow as it can be, the most promising first.
    pub missing: Vec<String>,
    /// Files with segments that have no place in the trees, as when a job was cut short here and done whole elsewhere.
    pub unneeded: Vec<String>,
}

/// Joins all segments of a folder: every file there whose name ends in `.segment`, whatever else it is called.
///
/// What is answered is not to be believed before a verifier has seen the certificate, because circuits are not established again: [`blame`] does that.
/// Cost: all files are read twice, and what leaves pay is added up.
///
/// # Errors
/// [`SplitError`] if a file is not what it should be, or two are of the same job and different.
pub fn join(folder: &Folder) -> Result<Joined, SplitError> {
    let problem = Problem::new(&folder.question.form, folder.question.affine);
    let watch = Watch::none();
    let mut lower = LowerSearch::new(&problem.table, &watch);
    let segments = segments(folder)?;
    let mut find = |job: &str| {
        let path = segments.get(job);
        path.map(|path| Segment::open(path, folder)).transpose()
    };
    let all = gather(folder, &problem, &mut lower, &mut find, None)?;
    let line = &lower.value + problem.table.to_units(&folder.question.gap);
    let mut missing: Vec<_> = all.open.iter().filter(|leaf| leaf.bound > line).collect();
    missing.sort_by(|a, b| b.bound.cmp(&a.bound));
    let missing = missing.into_iter().map(|leaf| leaf.job.clone()).collect();
    let unneeded = segments.iter().filter(|(job, _)| !all.seen.contains(*job));
    let unneeded = unneeded.map(|(_, path)| path.display().to_string());
    Ok(Joined {
        missing,
        unneeded: unneeded.collect(),
        found: answer(&problem, lower, all),
    })
}

fn answer(problem: &Problem, lower: LowerSearch<'_>, all: Gathered) -> BoundedSeminorm {
    let mut upper = lower.value.clone();
    let mut trees = Vec::new();
    let goals = problem.goals(&lower.value);
    for goal in &goals {
        let same = |other: &crate::realization::search::Goal| {
            (other.entry, other.negative) == (goal.entry, goal.negative)
        };
        let tree = all.goals.iter().position(same).map(|i| &all.trees[i]);
        let highest = tree.map_or(&goal.ideal, |(highest, _)| highest.min(&goal.ideal));
        upper = upper.max(highest.clone());
        trees.extend(tree.map(|(_, nodes)| (goal, nodes.clone())));
    }
    trees.retain(|(goal, _)| goal.ideal > upper);
    let trees = trees.into_iter().map(|(goal, nodes)| GoalTree {
        entry: goal.entry,
        negative: goal.negative,
        nodes,
    });
    let found = Found {
        upper,
        trees: trees.collect(),
        kept: true,
        nodes: all.nodes,
    };
    problem.answer(found, lower)
}

/// Establishes every circuit of every leaf again, to say which file is at fault where a verifier rejects what [`join`] has answered, or where none looks.
///
/// Cost: about that of a verification.
///
/// # Errors
/// [`SplitError`] as [`join`], and for the first leaf that is not closed by what stands there.
pub fn blame(folder: &Folder, limits: &SeminormLimits) -> Result<(), SplitError> {
    let problem = Problem::new(&folder.question.form, folder.question.affine);
    let mut lower = LowerSearch::new(&problem.table, &limits.watch);
    let setting = problem.setting(limits);
    let segments = segments(folder)?;
    let mut find = |job: &str| {
        let path = segments.get(job);
        path.map(|path| Segment::open(path, folder)).transpose()
    };
    gather(folder, &problem, &mut lower, &mut find, Some(&setting))?;
    Ok(())
}

/// The seminorm, searched for in a folder, and from there on what was found in it before; every circuit is established again.
///
/// Cost: [`work`] for all jobs that are left, [`join`] and [`blame`].
///
/// # Errors
/// [`SplitError`] as these and [`Folder::open_or_create`].
pub fn search_kept(
    path: &Path,
    question: Question,
    limits: &SeminormLimits,
) -> Result<BoundedSeminorm, SplitError> {
    let folder = Folder::open_or_create(path, question, limits)?;
    work(&folder, None, limits)?;
    let joined = join(&folder)?;
    blame(&folder, &SeminormLimits::default())?;
    Ok(joined.found)
}

/// The files with segments by their jobs.
fn segments(folder: &Folder) -> Result<BTreeMap<String, PathBuf>, SplitError> {
    folder.place.segments(|path| {
        let segment = Segment::open(path, folder)?;
        Ok((segment.head.job, segment.hash))
    })
}
