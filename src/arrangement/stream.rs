//! Regions one after another, without a list.

use std::ops::ControlFlow;

use num_bigint::BigInt;

use super::control::{Control, Options, Pulse, StopReason};
use super::normals::Arrangement;
use super::tree::{TreeRegion, TreeVisitor, Visit};
use crate::exact::Rational;
use crate::exact::lp::Decision;

/// A region on its way through [`Arrangement::for_each_region`].
#[derive(Clone, Copy, Debug)]
pub struct Passing<'a> {
    arrangement: &'a Arrangement,
    region: &'a TreeRegion<'a>,
}

impl Passing<'_> {
    /// The signs on all rows, as 1, −1 and 0.
    pub fn signs(&self) -> Vec<i8> {
        let classes = self.region.signs();
        let sign = |class: &Option<(usize, bool)>| match *class {
            None => 0,
            Some((class, true)) => classes[class],
            Some((class, false)) => -classes[class],
        };
        self.arrangement.class_of.iter().map(sign).collect()
    }

    /// A small integer point inside the region (and the domain).
    pub fn witness(&self) -> Vec<BigInt> {
        self.arrangement.lift(&self.region.witness())
    }

    /// The same as a point of the space that was given; see [`Regions::point`](super::Regions::point).
    pub fn point(&self) -> Vec<Rational> {
        self.arrangement.point(self.witness())
    }
}

/// How a stream of regions ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StreamEnd {
    /// The number of regions visited.
    pub regions: u64,
    /// Whether these were all.
    pub complete: bool,
    /// The limit that ended the stream, other than the number of regions wanted.
    pub stopped: Option<StopReason>,
}

impl Arrangement {
    /// Visits the regions in their order, without keeping them: memory does not grow with their number.
    ///
    /// Uses the tree method, on one thread; the limits of `options` apply. The visitor may end the stream by `Break`.
    ///
    /// Cost: at most m linear programs a region; O(m·r²) integers of memory however many there are.
    pub fn for_each_region(
        &self,
        options: &Options,
        visit: impl FnMut(&Passing<'_>) -> ControlFlow<()>,
    ) -> StreamEnd {
        let control = self.control(options);
        let mut stream = Stream {
            arrangement: self,
            visit,
            control: &control,
            pulse: Pulse::new(&control),
            regions: 0,
            stopped: None,
        };
        let walked = match options.limit {
            Some(0) => Ok(ControlFlow::Break(())),
            _ => self
                .tree(&*options.advice)
                .walk(&mut stream, control.watch()),
        };
        StreamEnd {
            regions: stream.regions,
            complete: walked == Ok(ControlFlow::Continue(())),
            stopped: stream.stopped.or(walked.err().map(StopReason::Limit)),
        }
    }
}

struct Stream<'a, F> {
    arrangement: &'a Arrangement,
    visit: F,
    control: &'a Control<'a>,
    pulse: Pulse<'a>,
    regions: u64,
    stopped: Option<StopReason>,
}

impl<F: FnMut(&Passing<'_>) -> ControlFlow<()>> TreeVisitor for Stream<'_, F> {
    fn enter(&mut self, _: &[Decision]) -> Visit {
        self.stopped = self.pulse.beat(4).err();
        if self.stopped.is_none() {
            Visit::Descend
        } else {
            Visit::Stop
        }
    }

    fn region(&mut self, region: &TreeRegion<'_>) -> ControlFlow<()> {
        self.regions += 1;
        self.control.found(1);
        (self.visit)(&Passing {
            arrangement: self.arrangement,
            region,
        })?;
        if self.control.options().limit == Some(self.regions) {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }
}
