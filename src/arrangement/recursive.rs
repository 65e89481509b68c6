//! Recursive restriction and merge: the list of all regions, sorted, by bit operations alone (method RRK).
//!
//! The regions of m hyperplanes are, one hyperplane after another, cut by the regions of its restriction; so the list is a merge
//! of the lists of the restrictions ([`merge`](super::merge)), which are computed the same way down to dimension 2
//! ([`pencil`](super::pencil)). Only the half of the regions on the + side of the first hyperplane is built.

use super::control::{Control, Pulse, StopReason, tasks};
use super::mask::Mask;
use super::matrix::Matrix;
use super::merge::{Restriction, Scratch, merge, merge_parallel};
use super::pencil::Sweep;

/// The regions with + in class 0 of the arrangement whose rows are pairwise non-parallel, non-zero and of full rank; sorted.
///
/// Runs on the threads of the current rayon pool.
pub(crate) fn half<M: Mask>(
    matrix: &Matrix,
    rows: usize,
    control: &Control<'_>,
) -> Result<Vec<M>, StopReason> {
    let all: Vec<u32> = (0..rows as u32).collect();
    match matrix.dimension() {
        0 | 1 => Ok(vec![M::EMPTY]),
        2 => {
            let mut out = Vec::new();
            Sweep::default().regions(matrix, &all, &mut out);
            Ok(out)
        }
        dimension if generic_half(rows, dimension) <= control.worth_sharing() => {
            let mut out = Vec::new();
            Worker::new(dimension + 1, control).regions(0, matrix, M::EMPTY, &all, &mut out)?;
            control.found_half(out.len() as u64);
            control.hold(std::mem::size_of_val(&out[..]) as u64)?;
            Ok(out)
        }
        _ => shared(matrix, M::EMPTY, &all, control, true),
    }
}

/// The signs, next to the hyperplane of `row`, of the classes that vanish on its intersection with a flat and not on the flat:
/// (all that vanish, − signs on its + side, − signs on its − side).
pub(crate) fn sides<M: Mask>(
    matrix: &Matrix,
    child: &Matrix,
    row: usize,
    eliminated: usize,
    vanished: M,
) -> (M, M, M) {
    let (mut plus, mut minus) = (M::EMPTY, M::bit(row));
    let orientation = matrix.sign(row, eliminated);
    let mut inside = vanished.or(minus);
    child.vanishing(|other| {
        if !inside.contains(other) {
            let bit = M::bit(other);
            inside = inside.or(bit);
            if matrix.sign(other, eliminated) == orientation {
                minus = minus.or(bit);
            } else {
                plus = plus.or(bit);
            }
        }
    });
    (inside, plus, minus)
}

/// The regions of a restriction: its class, the regions, and the − signs of vanishing classes on either side.
type Piece<M> = (usize, Vec<M>, M, M);

/// As [`Worker::regions`], with each restriction a task of its own.
fn shared<M: Mask>(
    matrix: &Matrix,
    vanished: M,
    active: &[u32],
    control: &Control<'_>,
    top: bool,
) -> Result<Vec<M>, StopReason> {
    let dimension = matrix.dimension();
    let pieces: Vec<Piece<M>> = tasks(control, active.len() - 1, |index| {
        let k = index + 1;
        let mut child = Matrix::default();
        control.poll()?;
        let row = active[k] as usize;
        let eliminated = matrix.restrict(row, matrix.rows(), &mut child);
        let (inside, plus, minus) = sides(matrix, &child, row, eliminated, vanished);
        let mut regions = Vec::new();
        if dimension == 3 {
            Sweep::default().regions(&child, &active[..k], &mut regions);
        } else {
            let mut classes = Vec::new();
            child.representatives(&active[..k], &mut classes);
            if control.threads() > 1
                && generic_half(classes.len(), dimension - 1) > control.worth_sharing()
            {
                regions = shared(&child, inside, &classes, control, false)?;
            } else {
                Worker::new(dimension, control).regions(
                    0,
                    &child,
                    inside,
                    &classes,
                    &mut regions,
                )?;
            }
        }
        if top {
            control.found_half(regions.len() as u64);
            // The merged list will take as much again.
            control.hold(2 * std::mem::size_of_val(&regions[..]) as u64)?;
        }
        Ok((row, regions, plus, minus))
    })?;
    let restrictions: Vec<Restriction<'_, M>> = pieces
        .iter()
        .map(|(class, regions, plus, minus)| Restriction {
            class: *class,
            regions,
            plus: *plus,
            minus: *minus,
        })
        .collect();
    Ok(merge_parallel(&restrictions, control.threads()))
}

/// Half the number of regions of `rows` hyperplanes in general position, Σ_{k < dimension} C(rows − 1, k), up to 2^40 or so.
pub(crate) fn generic_half(rows: usize, dimension: usize) -> u64 {
    let (mut sum, mut term) = (0u64, 1u64);
    for k in 0..dimension as u64 {
        sum += term;
        if sum > 1 << 40 {
            break;
        }
        term = term * (rows as u64 - 1).saturating_sub(k) / (k + 1);
    }
    sum
}

/// The working memory of one level of the recursion.
struct Level<M: Mask> {
    child: Matrix,
    classes: Vec<u32>,
    lists: Vec<M>,
    /// For each restriction: class, end in `lists`, plus and minus signs.
    pieces: Vec<(usize, usize, M, M)>,
    scratch: Scratch<M>,
}

/// One thread's recursion.
struct Worker<'a, M: Mask> {
    levels: Vec<Level<M>>,
    sweep: Sweep,
    pulse: Pulse<'a>,
}

impl<'a, M: Mask> Worker<'a, M> {
    /// For flats of dimension below `dimension`.
    fn new(dimension: usize, control: &'a Control<'a>) -> Self {
        let level = |_| Level {
            child: Matrix::default(),
            classes: Vec::new(),
            lists: Vec::new(),
            pieces: Vec::new(),
            scratch: Scratch::default(),
        };
        Self {
            levels: (2..dimension).map(level).collect(),
            sweep: Sweep::default(),
            pulse: Pulse::new(control),
        }
    }

    /// Appends the regions of the flat `matrix`, of dimension above 2, with the classes `vanished` containing it, cut by the
    /// hyperplanes `active`, which are pairwise non-parallel on it; on the + side of the first. Sorted by the signs on them.
    fn regions(
        &mut self,
        depth: usize,
        matrix: &Matrix,
        vanished: M,
        active: &[u32],
        out: &mut Vec<M>,
    ) -> Result<(), StopReason> {
        if active.len() == 1 {
            let mut signs = M::EMPTY;
            matrix.generic_point(active[0] as usize, |row| signs = signs.or(M::bit(row)));
            out.push(signs);
            return Ok(());
        }
        self.pulse.beat(active.len() as u32)?;
        // Taken out while deeper levels are at work, and put back.
        let mut level = std::mem::replace(
            &mut self.levels[depth],
            Level {
                child: Matrix::default(),
                classes: Vec::new(),
                lists: Vec::new(),
                pieces: Vec::new(),
                scratch: Scratch::default(),
            },
        );
        level.lists.clear();
        level.pieces.clear();
        for k in 1..active.len() {
            let row = active[k] as usize;
            let eliminated = matrix.restrict(row, matrix.rows(), &mut level.child);
            let (inside, plus, minus) = sides(matrix, &level.child, row, eliminated, vanished);
            if level.child.dimension() == 2 {
                self.sweep
                    .regions(&level.child, &active[..k], &mut level.lists);
            } else {
                level
                    .child
                    .representatives(&active[..k], &mut level.classes);
                self.regions(
                    depth + 1,
                    &level.child,
                    inside,
                    &level.classes,
                    &mut level.lists,
                )?;
            }
            level.pieces.push((row, level.lists.len(), plus, minus));
        }
        let mut start = 0;
        let restriction = |&(class, end, plus, minus): &(usize, usize, M, M)| {
            let regions = &level.lists[start..end];
            start = end;
            Restriction {
                class,
                regions,
                plus,
                minus,
            }
        };
        let restrictions: Vec<Restriction<'_, M>> = level.pieces.iter().map(restriction).collect();
        let from = out.len();
        out.resize(from + level.lists.len() + 1, M::EMPTY);
        merge(
            &level.lists[..1],
            &restrictions,
            &mut level.scratch,
            &mut out[from..],
        );
        self.levels[depth] = level;
        Ok(())
    }
}
