//! Jobs done.

use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};

use super::folder::Folder;
use super::gather::{Gathered, OpenNode, Segment, gather};
use super::lines::{Asked, SEGMENT, SegmentHead, signs};
use super::recorder::{Bounds, record};
use crate::certificate::PRODUCER;
use crate::jobs::{SplitError, Wanted, is_better, write_durably};
use crate::watch::Watch;

/// Does jobs, and stores a segment for each. One that was done before is not done again; of one that was cut short, what is left.
///
/// After so many `nodes`, or at a limit of `watch`, a job's segment has open nodes, and each of these is a job. A segment depends on the statement, the
/// prefix and the number of nodes alone. Each job is walked by one thread.
///
/// # Errors
/// [`SplitError`] if there is no job of a name, a file of the folder is not what it should be, or a segment cannot be written.
pub fn work(
    folder: &Folder,
    jobs: &[String],
    nodes: Option<u64>,
    watch: &Watch,
) -> Result<(), SplitError> {
    let bounds = Bounds {
        deepest: usize::MAX,
        nodes: nodes.unwrap_or(u64::MAX),
        watch,
    };
    let left = left(folder, Some(jobs))?.open;
    let each = left.par_iter().map(|node| walk(folder, node, bounds));
    let each: Vec<_> = each.collect();
    each.into_iter().collect()
}

/// Walks below a node, and stores what is found.
fn walk(folder: &Folder, node: &OpenNode, bounds: Bounds<'_>) -> Result<(), SplitError> {
    let listed = folder.question.asked != Asked::Count;
    let found = record(&folder.tree, &node.prefix, listed, bounds);
    // Time was over before it began: the job is the same as ever.
    if found.next.as_ref() == Some(&node.prefix) {
        return Ok(());
    }
    let path = folder.place.segment(&node.job);
    // Another process may have done the job meanwhile.
    if let Ok(there) = Segment::open(&path, folder)
        && there.head.job == node.job
        && !is_better(found.open, there.head.open)
    {
        return Ok(());
    }
    let mut lines = found.lines;
    lines.push_first(&SegmentHead {
        relucert: SEGMENT.to_owned(),
        producer: PRODUCER.to_owned(),
        statement: folder.hash.clone(),
        job: node.job.clone(),
        below: signs(&node.prefix),
        regions: found.regions,
        open: found.open,
        next: found.next.filter(|_| !listed).map(|next| signs(&next)),
    });
    write_durably(&path, &lines.finish().0)
}

/// The jobs that are still to be done: all, or of those named and what has become of them.
///
/// # Errors
/// As [`work`].
pub fn open_jobs(folder: &Folder, jobs: Option<&[String]>) -> Result<Vec<String>, SplitError> {
    let open = left(folder, jobs)?.open;
    Ok(open.into_iter().map(|node| node.job).collect())
}

/// The statement's tree with the segments that concern these jobs, and as open nodes what is left of them.
fn left(folder: &Folder, jobs: Option<&[String]>) -> Result<Gathered, SplitError> {
    let wanted = Wanted(jobs);
    let mut find = |job: &str| {
        let path = wanted.segment(job, &folder.place);
        path.map(|path| Segment::open(&path, folder)).transpose()
    };
    let mut all = gather(folder, &mut find, &mut |_| ())?;
    wanted.check(&all.seen, &folder.place)?;
    all.open.retain(|node| wanted.is_wanted(&node.job));
    Ok(all)
}
