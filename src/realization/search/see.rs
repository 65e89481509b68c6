//! One node looked at: what its packing shows, and where that shows nothing, what an exact linear program does.

use num_bigint::BigInt;

use super::packer::{Members, Packer, Settled};
use super::setting::Setting;
use crate::exact::lp::Decision;
use crate::realization::projections::project;
use crate::sides::{Place, Solver};
use crate::watch::Stop;

/// Multiplications for a point by projections.
const PROJECTION: u64 = 1 << 18;
/// Dimensions up to which an exact linear program is no loss of time for a mere chance of a larger value.
const FEW: usize = 20;

/// What is known at a node.
pub(super) struct Seen {
    /// Circuits in the order of payment, established: all of them if it was asked for or the node is closed, else none.
    pub circuits: Vec<Members>,
    /// The value is at most this.
    pub bound: BigInt,
    /// Nothing is left to do: the bound is at most what was known, or attained by one of the points.
    pub closed: bool,
    /// The hyperplane to branch on.
    pub branch: Option<usize>,
    /// Points worth to be offered.
    pub points: Vec<Vec<BigInt>>,
}

impl Seen {
    /// Nothing but a bound.
    pub fn nothing(bound: BigInt) -> Self {
        Seen {
            circuits: Vec::new(),
            bound,
            closed: false,
            branch: None,
            points: Vec::new(),
        }
    }
}

/// Looks at a node; `line` is what closes it.
pub(super) fn see(
    setting: &Setting<'_>,
    packer: &mut Packer<'_>,
    decided: &[Option<bool>],
    line: &BigInt,
    eager: bool,
) -> Result<Seen, Stop> {
    setting.watch.check()?;
    let found = packer.evaluate(decided, line, eager);
    let mut seen = Seen {
        circuits: found.circuits,
        bound: found.bound,
        closed: found.closed,
        branch: found.branch,
        points: Vec::new(),
    };
    if seen.closed {
        return Ok(seen);
    }
    if let Some(sides) = found.sides {
        let wanted: Vec<Decision> = sides.into_iter().enumerate().collect();
        seen.points.extend(on_sides(setting, &wanted)?);
    }
    if !found.unpaid && seen.branch.is_some() {
        return Ok(seen);
    }
    match settle(setting, &packer.preferred(decided))? {
        Settled::Point(point) => {
            seen.points.push(point);
            // Attained, if nothing was paid before.
            seen.circuits.clear();
            seen.bound = packer.bound(decided, &[]);
            seen.closed = true;
        }
        Settled::Circuit(members) => {
            let undecided = members
                .iter()
                .filter(|h| decided.get(**h).is_some_and(Option::is_none));
            seen.branch = undecided.max_by_key(|h| packer.size(**h)).copied();
            seen.circuits.push(members);
            seen.bound = packer.bound(decided, &seen.circuits);
            seen.closed = seen.bound <= *line;
        }
    }
    Ok(seen)
}

/// Whether these sides can be had, exactly.
fn settle(setting: &Setting<'_>, list: &[Decision]) -> Result<Settled, Stop> {
    match projected(setting, list) {
        Some(point) => Ok(Settled::Point(point)),
        None => settle_exactly(setting, list),
    }
}

/// The same without projections.
fn settle_exactly(setting: &Setting<'_>, list: &[Decision]) -> Result<Settled, Stop> {
    let (ground, mut place) = (setting.ground(), Place::Nowhere);
    let can_be = Solver::new(ground).find(&Place::Nowhere, list, &mut place, setting.watch)?;
    Ok(match can_be {
        true => Settled::Point(place.point(ground)),
        false => Settled::Circuit(place.members(ground, list)),
    })
}

/// A point on these sides, if projections find one.
fn projected(setting: &Setting<'_>, list: &[Decision]) -> Option<Vec<BigInt>> {
    let sides = list
        .iter()
        .map(|(row, plus)| (setting.rows.row(*row), *plus));
    let dimension = setting.rows.dimension();
    let point = project(sides, dimension, PROJECTION, setting.watch)?;
    let wanted = |plus: bool| match plus {
        true => std::cmp::Ordering::Greater,
        false => std::cmp::Ordering::Less,
    };
    let is_there = |(row, plus): &Decision| setting.rows.side(*row, &point) == wanted(*plus);
    list.iter().all(is_there).then_some(point)
}

/// A point on these sides: by projections, or where it is worth it by an exact linear program.
fn on_sides(setting: &Setting<'_>, list: &[Decision]) -> Result<Option<Vec<BigInt>>, Stop> {
    if let Some(point) = projected(setting, list) {
        return Ok(Some(point));
    }
    if setting.rows.dimension() > FEW {
        return Ok(None);
    }
    Ok(match settle_exactly(setting, list)? {
        Settled::Point(point) => Some(point),
        Settled::Circuit(_) => None,
    })
}
