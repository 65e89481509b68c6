//! Segments joined.

use std::sync::Arc;

use num_bigint::BigUint;

use super::folder::{Folder, is_halved};
use super::gather::{Segment, gather};
use super::lines::Asked;
use crate::advice::Exact;
use crate::arrangement::list::Masks;
use crate::arrangement::mask::{Mask, with_mask};
use crate::arrangement::regions::Regions;
use crate::jobs::SplitError;

/// What the segments of a folder come to.
#[derive(Debug)]
pub struct Joined<'a> {
    /// How many regions are known.
    pub count: BigUint,
    /// All regions: unless jobs are missing, or regions were only counted.
    pub regions: Option<Regions<'a>>,
    /// The jobs that are to be done before all regions are known.
    pub missing: Vec<String>,
    /// Files with segments that have no place in the tree, as when a job was cut short here and done whole elsewhere.
    pub unneeded: Vec<String>,
}

/// Joins all segments of a folder: every file there whose name ends in `.segment`, whatever else it is called.
///
/// A list is proved to be all regions, and is the one that [`Arrangement::regions`](crate::Arrangement::regions) makes; a count is what the jobs say.
/// Cost: all files are read twice; m products of rows and points a region, and a comparison of signs for each empty node.
///
/// # Errors
/// [`SplitError`] if a file is not what it should be, or two are of the same job and different.
pub fn join(folder: &Folder) -> Result<Joined<'_>, SplitError> {
    with_mask!(folder.arrangement.classes().len(), M => joined::<M>(folder))
}

fn joined<M: Mask>(folder: &Folder) -> Result<Joined<'_>, SplitError> {
    let segments = folder.place.segments(|path| {
        let segment = Segment::open(path, folder)?;
        Ok((segment.head.job, segment.hash))
    })?;
    let mut find = |job: &str| {
        let path = segments.get(job);
        path.map(|path| Segment::open(path, folder)).transpose()
    };
    let mut masks: Vec<M> = Vec::new();
    let listed = folder.question.asked != Asked::Count;
    let all = gather(folder, &mut find, &mut |sides| {
        if listed {
            let minus = (0..).zip(sides).filter(|(_, plus)| !**plus);
            masks.push(minus.fold(M::EMPTY, |mask, (class, _)| mask.or(M::bit(class))));
        }
    })?;
    let missing: Vec<String> = all.open.into_iter().map(|node| node.job).collect();
    let unneeded = segments.iter().filter(|(job, _)| !all.seen.contains(*job));
    let arrangement = &folder.arrangement;
    let (classes, halved) = (arrangement.classes().len(), is_halved(arrangement));
    let regions = (listed && missing.is_empty()).then(|| {
        let masks = match halved {
            true => Masks::half(masks, classes),
            false => Masks::whole(masks, classes),
        };
        let regions = Regions::new(arrangement, masks, true, None);
        match folder.question.unadvised {
            true => regions.advised(Arc::new(Exact)),
            false => regions,
        }
    });
    Ok(Joined {
        count: all.regions * if halved { 2u32 } else { 1 },
        regions,
        missing,
        unneeded: unneeded
            .map(|(_, path)| path.display().to_string())
            .collect(),
    })
}
