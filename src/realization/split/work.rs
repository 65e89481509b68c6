//! Jobs done.

use std::io;
use std::ops::Range;

use num_bigint::BigInt;
use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};

use super::folder::Folder;
use super::gather::{Gathered, OpenLeaf, Segment, gather};
use super::lines::{Below, SEGMENT, SegmentHead, numbers, point, push_section};
use crate::certificate::{PRODUCER, StatedRational};
use crate::jobs::{Lines, SplitError, Wanted, is_better, write_durably};
use crate::realization::bounded::SeminormLimits;
use crate::realization::lower::LowerSearch;
use crate::realization::problem::Problem;
use crate::realization::search::{Goal, Incumbent, Keeper, Part, Setting, below, decode};
use crate::watch::Watch;

/// Does jobs, those named or all, and stores a segment for each. One that was done before is not done again; of one that was cut short, what is left.
///
/// At a limit a job's segment has open leaves, and each of these is a job; `limits.nodes` is for each job that is named, or for all together where none
/// is. Those named know nothing of each other, so that each segment is the same wherever it is made, and each is searched by one thread. All jobs together
/// share what they find, and a long one becomes several. `limits.gap` and `limits.keep` are ignored: the statement has them.
///
/// # Errors
/// [`SplitError`] if there is no job of a name, a file of the folder is not what it should be, or a segment cannot be written.
pub fn work(
    folder: &Folder,
    jobs: Option<&[String]>,
    limits: &SeminormLimits,
) -> Result<(), SplitError> {
    let problem = Problem::new(&folder.question.form, folder.question.affine);
    let mut setting = problem.setting(limits);
    setting.gap = problem.table.to_units(&folder.question.gap);
    setting.keep = true;
    let Some(jobs) = jobs else {
        setting.each = LONG;
        return work_through(folder, &problem, &mut setting);
    };
    let mut lower = LowerSearch::new(&problem.table, &limits.watch);
    let all = left(folder, &problem, &mut lower, Some(jobs))?;
    let each = all.open.par_iter().map(|leaf| {
        let mut lower = folder.lower(&problem, &limits.watch)?;
        for point in &leaf.points {
            lower.offer(point.clone());
        }
        let leaf = std::slice::from_ref(leaf);
        search_below(folder, &problem, &setting, &all.goals, leaf, lower)
    });
    let each: Result<Vec<u64>, _> = each.collect::<Vec<_>>().into_iter().collect();
    each.map(|_| ())
}

/// Nodes of a job that shares what it finds after which it is stored, and goes on as several: what is lost if the process is killed.
const LONG: u64 = 1 << 16;

/// All jobs, and those that long ones become.
fn work_through(
    folder: &Folder,
    problem: &Problem,
    setting: &mut Setting<'_>,
) -> Result<(), SplitError> {
    let mut before: Option<Vec<String>> = None;
    loop {
        let mut lower = LowerSearch::new(&problem.table, setting.watch);
        let all = left(folder, problem, &mut lower, None)?;
        if before.is_none() {
            // What is here already is joined with what is to come.
            let bytes = all.trees.iter().map(|(_, nodes)| nodes.bytes());
            setting.watch.keep(bytes.sum());
        }
        let jobs: Vec<String> = all.open.iter().map(|leaf| leaf.job.clone()).collect();
        // A limit was met, or there is a node that cannot be finished.
        let is_stopped = setting.nodes == 0 || setting.watch.stopped().is_some();
        if is_stopped || jobs.is_empty() || before.as_ref() == Some(&jobs) {
            return Ok(());
        }
        let nodes = search_below(folder, problem, setting, &all.goals, &all.open, lower)?;
        setting.nodes = setting.nodes.saturating_sub(nodes);
        before = Some(jobs);
    }
}

/// Searches below leaves, and stores what is found.
fn search_below(
    folder: &Folder,
    problem: &Problem,
    setting: &Setting<'_>,
    goals: &[Goal],
    leaves: &[OpenLeaf],
    mut lower: LowerSearch<'_>,
) -> Result<u64, SplitError> {
    let starts: Vec<_> = leaves.iter().map(|leaf| leaf.start.clone()).collect();
    let mut store = Store {
        folder,
        problem,
        leaves,
        stated: folder.lower(problem, setting.watch)?.value,
        failed: None,
    };
    let nodes = below(setting, goals, &starts, &mut lower, &mut store);
    store.failed.map_or(Ok(nodes), Err)
}

/// The jobs that are still to be done: all, or of those named and what has become of them. The most promising first.
///
/// # Errors
/// As [`work`].
pub fn open_jobs(folder: &Folder, jobs: Option<&[String]>) -> Result<Vec<String>, SplitError> {
    let problem = Problem::new(&folder.question.form, folder.question.affine);
    let watch = Watch::none();
    let mut lower = LowerSearch::new(&problem.table, &watch);
    let open = left(folder, &problem, &mut lower, jobs)?.open;
    Ok(open.into_iter().map(|leaf| leaf.job).collect())
}

/// The statement's trees with the segments that concern these jobs, and as open leaves what is left of them.
fn left(
    folder: &Folder,
    problem: &Problem,
    lower: &mut LowerSearch<'_>,
    jobs: Option<&[String]>,
) -> Result<Gathered, SplitError> {
    let wanted = Wanted(jobs);
    let mut find = |job: &str| {
        let path = wanted.segment(job, &folder.place);
        path.map(|path| Segment::open(&path, folder)).transpose()
    };
    let mut all = gather(folder, problem, lower, &mut find, None)?;
    wanted.check(&all.seen, &folder.place)?;
    let line = &lower.value + problem.table.to_units(&folder.question.gap);
    all.open
        .retain(|leaf| wanted.is_wanted(&leaf.job) && leaf.bound > line);
    all.open.sort_by(|a, b| b.bound.cmp(&a.bound));
    Ok(all)
}

impl Folder {
    /// The lower end of the statement.
    fn lower<'a>(
        &self,
        problem: &'a Problem,
        watch: &'a Watch,
    ) -> Result<LowerSearch<'a>, SplitError> {
        let mut lower = LowerSearch::new(&problem.table, watch);
        let dimension = problem.table.dimension();
        lower.offer(point(
            &self.place.statement_name(),
            &self.head.point,
            dimension,
        )?);
        Ok(lower)
    }
}

/// Writes segments.
struct Store<'a> {
    folder: &'a Folder,
    problem: &'a Problem,
    leaves: &'a [OpenLeaf],
    /// The lower end of the statement.
    stated: BigInt,
    /// Why the first that could not be written was not.
    failed: Option<SplitError>,
}

impl Store<'_> {
    fn store(&mut self, part: &Part<'_>, known: &dyn Incumbent) -> io::Result<()> {
        let leaf = &self.leaves[part.start];
        let path = self.folder.place.segment(&leaf.job);
        let (mut rest, mut open) = (part.tree, 0);
        while let Some((_, is_open)) = decode(&mut rest) {
            open += usize::from(is_open);
        }
        // Another process may have done the job meanwhile.
        if let Ok(there) = Segment::open(&path, self.folder)
            && there.head.job == leaf.job
            && !is_better(open, there.head.open)
        {
            return Ok(());
        }
        let (at, value) = known.known();
        let mut lines = Lines::default();
        lines.push(&SegmentHead {
            relucert: SEGMENT.to_owned(),
            producer: PRODUCER.to_owned(),
            statement: self.folder.hash.clone(),
            job: leaf.job.clone(),
            bound: StatedRational(self.problem.table.to_rational(part.highest)),
            point: (*value > self.stated).then(|| numbers(at)),
            nodes: part.nodes,
            open,
        });
        let below = Below::new(leaf.target.clone(), &leaf.decisions);
        push_section(&mut lines, &below, part.tree);
        write_durably(&path, &lines.finish().0).map_err(|error| {
            let text = error.to_string();
            self.failed.get_or_insert(error);
            io::Error::other(text)
        })
    }
}

impl Keeper for Store<'_> {
    fn whole(&mut self, part: &Part<'_>, known: &dyn Incumbent) -> io::Result<Option<Range<u64>>> {
        self.store(part, known).map(|()| None)
    }

    fn wants_parts(&self) -> bool {
        true
    }

    fn cut(&mut self, part: &Part<'_>, known: &dyn Incumbent) -> io::Result<()> {
        self.store(part, known)
    }
}
