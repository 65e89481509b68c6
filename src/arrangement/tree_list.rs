//! Lists of regions from walks of the tree, in parallel where all regions are wanted.

use std::ops::ControlFlow;

use super::control::{Control, Pulse, StopReason, tasks};
use super::list::Masks;
use super::mask::Mask;
use super::normals::Arrangement;
use super::regions::Regions;
use super::tree::{RegionTree, TreeRegion, TreeVisitor, Visit};
use crate::exact::lp::Decision;

impl Arrangement {
    /// The regions, or the first of them up to a limit.
    pub(super) fn tree_list<M: Mask>(
        &self,
        control: &Control<'_>,
    ) -> Result<Regions<'_>, StopReason> {
        let tree = self.tree(&*control.options().advice);
        let limit = control.options().limit;
        let collector = || Collector::<M> {
            masks: Vec::new(),
            limit: limit.map_or(usize::MAX, |limit| {
                usize::try_from(limit).unwrap_or(usize::MAX)
            }),
            pulse: Pulse::new(control),
            control,
            outcome: Ok(()),
        };
        if limit == Some(0) {
            return Ok(Regions::new(
                self,
                Masks::whole(Vec::<M>::new(), self.classes.len()),
                false,
                None,
            ));
        }
        if control.threads() > 1 && limit.is_none() {
            // Each node of a level of the tree is a task; the tasks' lists follow each other in the order of regions.
            let nodes = level(&tree, 64 * control.threads(), control)?;
            let walked = tasks(control, nodes.len(), |index| {
                let mut collector = collector();
                let _ = tree.walk_below(&nodes[index], &mut collector, control.watch())?;
                collector.outcome.map(|()| collector.masks)
            });
            let masks = Masks::whole(walked?.concat(), self.classes.len());
            return Ok(Regions::new(self, masks, true, None));
        }
        let mut collector = collector();
        let walked = tree.walk(&mut collector, control.watch());
        let whole = walked == Ok(ControlFlow::Continue(()));
        let stopped = collector.outcome.err();
        let masks = Masks::whole(collector.masks, self.classes.len());
        Ok(Regions::new(
            self,
            masks,
            whole,
            stopped.or(walked.err().map(StopReason::Limit)),
        ))
    }
}

/// Collects the masks of a walk.
struct Collector<'a, M> {
    masks: Vec<M>,
    limit: usize,
    pulse: Pulse<'a>,
    control: &'a Control<'a>,
    outcome: Result<(), StopReason>,
}

impl<M: Mask> TreeVisitor for Collector<'_, M> {
    fn enter(&mut self, _: &[Decision]) -> Visit {
        self.outcome = self.pulse.beat(4);
        if self.outcome.is_ok() {
            Visit::Descend
        } else {
            Visit::Stop
        }
    }

    fn region(&mut self, region: &TreeRegion<'_>) -> ControlFlow<()> {
        let minus = region.decided().iter().filter(|(_, plus)| !plus);
        self.masks
            .push(minus.fold(M::EMPTY, |mask, &(class, _)| mask.or(M::bit(class))));
        self.control.found(1);
        self.outcome = self.control.hold(size_of::<M>() as u64);
        if self.masks.len() >= self.limit || self.outcome.is_err() {
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    }
}

/// The nodes of the first level of a tree that has at least so many, or of the last.
fn level(
    tree: &RegionTree,
    enough: usize,
    control: &Control<'_>,
) -> Result<Vec<Vec<Decision>>, StopReason> {
    let mut nodes = Vec::new();
    for depth in 0..=tree.order().len() {
        let mut cut = Cut {
            depth,
            nodes: Vec::new(),
        };
        let _ = tree.walk(&mut cut, control.watch())?;
        control.poll()?;
        nodes = cut.nodes;
        if nodes.len() >= enough {
            break;
        }
    }
    Ok(nodes)
}

/// Collects the nodes at a depth.
struct Cut {
    depth: usize,
    nodes: Vec<Vec<Decision>>,
}

impl TreeVisitor for Cut {
    fn enter(&mut self, decided: &[Decision]) -> Visit {
        if decided.len() < self.depth {
            return Visit::Descend;
        }
        self.nodes.push(decided.to_vec());
        Visit::Prune
    }

    fn region(&mut self, region: &TreeRegion<'_>) -> ControlFlow<()> {
        self.nodes.push(region.decided().to_vec());
        ControlFlow::Continue(())
    }
}
