//! The trees of a statement with segments in the places of open leaves.

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use num_bigint::BigInt;

use super::folder::Folder;
use super::lines::{Below, SEGMENT, Section, SegmentHead, point, read};
use super::walk::Walk;
use crate::certificate::{Node, Target};
use crate::jobs::{SplitError, check_statement, text};
use crate::network::file::plain_words;
use crate::realization::lower::LowerSearch;
use crate::realization::problem::Problem;
use crate::realization::search::{
    Goal, Members, Packer, Setting, Spool, Start, TreeNodes, bound, encode_leaf, encode_split,
};

/// A segment that was read, its nodes not looked at.
pub(super) struct Segment {
    pub file: String,
    pub head: SegmentHead,
    pub hash: String,
    tree: Section,
}

/// An open leaf without a segment.
#[derive(Clone, Debug)]
pub(super) struct OpenLeaf {
    pub job: String,
    pub target: Target,
    pub decisions: Vec<(usize, bool)>,
    pub start: Start,
    pub bound: BigInt,
    /// The points of the segments above it.
    pub points: Vec<Vec<BigInt>>,
}

/// A whole tree, but for what its open leaves may hide.
pub(super) struct Gathered {
    pub goals: Vec<Goal>,
    /// For each goal, the largest bound of a leaf, and the nodes.
    pub trees: Vec<(BigInt, TreeNodes)>,
    pub open: Vec<OpenLeaf>,
    /// All jobs whose places were seen.
    pub seen: BTreeSet<String>,
    /// Nodes evaluated.
    pub nodes: u64,
}

/// A file whose tree is being read.
struct Reading {
    file: String,
    /// `7.` for the segment of job 7.
    prefix: String,
    nodes: Box<dyn Iterator<Item = Result<(Node, bool), String>>>,
    /// Decisions above its root.
    depth: usize,
    /// Open leaves so far.
    open: usize,
    /// No leaf that is not open has more.
    bound: BigInt,
}

impl Segment {
    /// Reads a segment of this statement.
    pub fn open(path: &Path, folder: &Folder) -> Result<Segment, SplitError> {
        let file = path.display().to_string();
        let wrong = |reason: String| SplitError::wrong(&file, reason);
        let text = text(path)?;
        let (head, mut trees, hash) = read::<SegmentHead>(&file, &text, SEGMENT)?;
        check_statement(&file, &head.statement, &folder.hash)?;
        match (trees.pop(), trees.is_empty()) {
            (Some(tree), true) => Ok(Segment {
                file,
                head,
                hash,
                tree,
            }),
            _ => Err(wrong("expected one tree".to_owned())),
        }
    }
}

/// Puts the segments that `find` has into their places, and offers their points; with `setting`, every circuit is established again.
pub(super) fn gather(
    folder: &Folder,
    problem: &Problem,
    lower: &mut LowerSearch<'_>,
    find: &mut dyn FnMut(&str) -> Result<Option<Segment>, SplitError>,
    setting: Option<&Setting<'_>>,
) -> Result<Gathered, SplitError> {
    let table = &problem.table;
    let statement = folder.place.statement_name();
    lower.offer(point(&statement, &folder.head.point, table.dimension())?);
    let gap = table.to_units(&folder.question.gap);
    let known = &lower.value + &gap;
    let mut all = Gathered {
        goals: Vec::new(),
        trees: Vec::new(),
        open: Vec::new(),
        seen: BTreeSet::new(),
        nodes: folder.head.nodes,
    };
    let spool = Arc::new(Spool::default());
    let mut jobs = 0;
    for section in &folder.trees {
        let target = section.below.below.clone();
        let goal = problem.goal(&target);
        let goal = goal.filter(|_| section.below.decided.is_empty());
        let goal = goal.ok_or_else(|| {
            SplitError::wrong(&statement, "a tree is for no entry of the Jacobian")
        })?;
        let mut splice = Splice {
            folder,
            index: all.goals.len(),
            walk: Walk::new(goal.hyperplanes()),
            packer: setting.map(|setting| Packer::new(&goal, setting)),
            goal: &goal,
            dimension: table.dimension(),
            target,
            points: Vec::new(),
            bytes: Vec::new(),
            parts: Vec::new(),
            highest: None,
            spool: &spool,
        };
        let mut files = vec![Reading {
            file: statement.clone(),
            prefix: String::new(),
            nodes: Box::new(section.clone().nodes()),
            depth: 0,
            open: jobs,
            bound: known.clone(),
        }];
        while let Some(file) = files.last_mut() {
            let Some(next) = file.nodes.next() else {
                return Err(SplitError::wrong(&file.file, "the tree is not complete"));
            };
            let (node, is_open) = next.map_err(|e| SplitError::wrong(&file.file, e))?;
            let Some(job) = splice.node(&node, is_open, file, &mut all)? else {
                if !matches!(node, Node::Split(_) | Node::SplitMinus(_)) {
                    splice.leave(&mut files, &mut jobs)?;
                }
                continue;
            };
            match find(&job)? {
                Some(segment) => {
                    let file = splice.begin(segment, &job, lower, &gap, problem)?;
                    all.nodes = all.nodes.saturating_add(file.1);
                    files.push(file.0);
                }
                None => {
                    splice.open(job, &node, &mut all);
                    splice.leave(&mut files, &mut jobs)?;
                }
            }
        }
        let tree = splice.finish()?;
        all.trees.push(tree);
        all.goals.push(goal);
    }
    Ok(all)
}

/// A tree in the making.
struct Splice<'a> {
    folder: &'a Folder,
    goal: &'a Goal,
    index: usize,
    target: Target,
    dimension: usize,
    walk: Walk,
    packer: Option<Packer<'a>>,
    /// Points of the segments that are being read, and the depths at which these begin.
    points: Vec<(usize, Vec<BigInt>)>,
    bytes: Vec<u8>,
    parts: Vec<Range<u64>>,
    highest: Option<BigInt>,
    spool: &'a Arc<Spool>,
}

/// Bytes of nodes that are kept together.
const BLOCK: usize = 1 << 20;

impl Splice<'_> {
    /// Takes a node; answers the job that an open leaf is.
    fn node(
        &mut self,
        node: &Node,
        is_open: bool,
        file: &mut Reading,
        all: &mut Gathered,
    ) -> Result<Option<String>, SplitError> {
        let wrong = |reason: String| SplitError::wrong(&file.file, reason);
        if self.walk.enter(node).map_err(wrong)? {
            match *node {
                Node::SplitMinus(h) => encode_split(&mut self.bytes, h, false),
                Node::Split(h) => encode_split(&mut self.bytes, h, true),
                _ => {}
            }
            return Ok(None);
        }
        let circuits = circuits(node);
        let known = self.goal.hyperplanes() + usize::from(self.dimension > self.folder.inputs());
        let sensible = |c: &Members| {
            c.is_sorted_by(|x, y| x < y) && c.last().is_some_and(|last| *last < known)
        };
        if !circuits.iter().all(sensible) {
            return Err(wrong(format!(
                "'{node}': members must increase and be less than {known}"
            )));
        }
        let decided = &self.walk.decided;
        if let Some(packer) = &mut self.packer
            && !packer.holds(decided, circuits)
        {
            let place = self.walk.depth();
            return Err(wrong(format!(
                "'{node}', below {place} decisions: its circuits do not pay what they should, or are none"
            )));
        }
        if is_open {
            file.open += 1;
            let job = format!("{}{}", file.prefix, file.open);
            all.seen.insert(job.clone());
            return Ok(Some(job));
        }
        let value = bound(self.goal, decided, circuits);
        if value > file.bound {
            return Err(wrong(format!(
                "'{node}', below {} decisions: may be more than the bound that is stated, and is not open",
                self.walk.depth()
            )));
        }
        self.close(node, value);
        Ok(None)
    }

    /// Writes a leaf.
    fn close(&mut self, node: &Node, value: BigInt) {
        encode_leaf(&mut self.bytes, circuits(node), false);
        self.highest = self.highest.take().max(Some(value));
    }

    /// An open leaf stays one.
    fn open(&mut self, job: String, node: &Node, all: &mut Gathered) {
        let bound = bound(self.goal, &self.walk.decided, circuits(node));
        self.close(node, bound.clone());
        all.open.push(OpenLeaf {
            job,
            target: self.target.clone(),
            decisions: self.walk.decisions(),
            start: Start {
                goal: self.index,
                decided: self.walk.decided.clone(),
                circuits: circuits(node).to_vec(),
            },
            bound,
            points: self.points.iter().map(|(_, point)| point.clone()).collect(),
        });
    }

    /// Begins a segment in the place of an open leaf; answers its nodes evaluated too.
    fn begin(
        &mut self,
        segment: Segment,
        job: &str,
        lower: &mut LowerSearch<'_>,
        gap: &BigInt,
        problem: &Problem,
    ) -> Result<(Reading, u64), SplitError> {
        let Segment {
            file, head, tree, ..
        } = segment;
        let here = Below::new(self.target.clone(), &self.walk.decisions());
        if head.job != job || tree.below != here {
            let reason =
                format!("is not what job {job} is about: another entry or other decisions");
            return Err(SplitError::wrong(&file, reason));
        }
        let depth = self.walk.depth();
        if let Some(text) = &head.point {
            let point = point(&file, text, self.dimension)?;
            lower.offer(point.clone());
            self.points.push((depth, point));
        }
        let bound = problem.table.to_units(&head.bound.0);
        if bound > &lower.value + gap {
            let reason = "its bound is more than the lower end that it could have had";
            return Err(SplitError::wrong(&file, reason));
        }
        let reading = Reading {
            prefix: format!("{job}."),
            nodes: Box::new(tree.nodes()),
            depth,
            open: 0,
            bound,
            file,
        };
        Ok((reading, head.nodes))
    }

    /// Goes to the next branch, out of all files whose trees end here.
    fn leave(&mut self, files: &mut Vec<Reading>, jobs: &mut usize) -> Result<(), SplitError> {
        self.walk.leave();
        if self.bytes.len() >= BLOCK {
            self.flush()?;
        }
        while let Some(file) = files.last_mut()
            && self.walk.has_left(file.depth)
        {
            if file.nodes.next().is_some() {
                let reason = "there are nodes after the end of the tree";
                return Err(SplitError::wrong(&file.file, reason));
            }
            if file.prefix.is_empty() {
                *jobs = file.open;
            }
            let depth = file.depth;
            if !file.prefix.is_empty() {
                self.points.retain(|(at, _)| *at < depth);
            }
            files.pop();
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), SplitError> {
        let bytes = std::mem::take(&mut self.bytes);
        let part = self.spool.keep(&bytes).map_err(|error| {
            let reason = format!("cannot be put together: {}", plain_words(&error));
            self.folder.place.wrong(reason)
        })?;
        self.parts.push(part);
        Ok(())
    }

    fn finish(mut self) -> Result<(BigInt, TreeNodes), SplitError> {
        self.flush()?;
        let highest = self.highest.unwrap_or_else(|| self.goal.ideal.clone());
        Ok((highest, TreeNodes::new(self.spool.clone(), self.parts)))
    }
}

fn circuits(node: &Node) -> &[Members] {
    match node {
        Node::Circuits(circuits) => circuits,
        _ => &[],
    }
}
