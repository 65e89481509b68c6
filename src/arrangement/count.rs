//! Counting regions without listing them (method CNT).
//!
//! Half the number of regions of a flat is 1 plus that of its restrictions to each hyperplane but the first, cut by the
//! hyperplanes before it; in dimension 2 it is the number of lines. The flats met on the way are the chains of restrictions; in
//! symmetric arrangements many chains end at the same flat, which is then counted once, with its multiplicity. (Which
//! hyperplanes come before depends on the flat alone: they are those before the first that contains it.)

use rustc_hash::FxHashMap;

use super::control::{Control, Pulse, StopReason, tasks};
use super::mask::{MAX_CLASSES, Mask, with_mask};
use super::matrix::Matrix;
use super::recursive::{generic_half, sides};

/// Half the number of regions of an arrangement of at least one row, pairwise non-parallel, non-zero and of full rank.
///
/// The count is below 2^128 for all input that can be worked through in the lifetime of a machine; beyond, it is refused.
pub(crate) fn half(matrix: &Matrix, control: &Control<'_>) -> Result<u128, StopReason> {
    let rows = matrix.rows();
    match matrix.dimension() {
        0 | 1 => Ok(1),
        2 => Ok(rows as u128),
        3 => chains(matrix, control, true),
        _ if rows <= MAX_CLASSES && many_coincidences(matrix) => {
            with_mask!(rows, M => flats::<M>(matrix, control))
        }
        _ => chains(matrix, control, true),
    }
}

/// Whether the hyperplanes meet in markedly fewer flats of codimension 2 than if they were in general position.
fn many_coincidences(matrix: &Matrix) -> bool {
    let rows = matrix.rows();
    let (mut child, mut kept) = (Matrix::default(), Vec::new());
    let (mut met, mut pairs) = (0, 0);
    // The last few hyperplanes tell enough.
    for row in (1..rows).rev().take(20) {
        matrix.restrict(row, row, &mut child);
        let before: Vec<u32> = (0..row as u32).collect();
        child.representatives(&before, &mut kept);
        met += kept.len();
        pairs += row;
    }
    5 * met < 4 * pairs
}

/// Counts chain by chain; says what it finds if it is the `top` of the recursion.
fn chains(matrix: &Matrix, control: &Control<'_>, top: bool) -> Result<u128, StopReason> {
    let rows = matrix.rows();
    let dimension = matrix.dimension();
    let counts = tasks(control, rows - 1, |index| {
        let row = index + 1;
        control.poll()?;
        let mut child = Matrix::default();
        matrix.restrict(row, row, &mut child);
        let before: Vec<u32> = (0..row as u32).collect();
        let mut kept = Vec::new();
        child.representatives(&before, &mut kept);
        let count = if dimension == 3 {
            kept.len() as u128
        } else {
            child.select(&kept);
            // Only the first few levels are worth sharing out among threads.
            if generic_half(kept.len(), dimension - 1) > 1_000_000 {
                chains(&child, control, false)?
            } else {
                Chains::new(dimension, control).count(0, &child)?
            }
        };
        if top {
            control.found_half(u64::try_from(count).unwrap_or(u64::MAX / 2));
        }
        Ok(count)
    })?;
    Ok(1 + counts.into_iter().sum::<u128>())
}

/// One thread's recursion over chains, with a matrix and a list of rows for each level.
struct Chains<'a> {
    levels: Vec<(Matrix, Vec<u32>)>,
    all: Vec<u32>,
    pulse: Pulse<'a>,
}

impl<'a> Chains<'a> {
    fn new(dimension: usize, control: &'a Control<'a>) -> Self {
        Self {
            levels: vec![Default::default(); dimension],
            all: Vec::new(),
            pulse: Pulse::new(control),
        }
    }

    /// Half the number of regions of pairwise non-parallel rows in dimension 3 or more.
    fn count(&mut self, depth: usize, matrix: &Matrix) -> Result<u128, StopReason> {
        self.pulse.beat(matrix.rows() as u32)?;
        self.all.extend(self.all.len() as u32..matrix.rows() as u32);
        let mut sum = 1;
        let (mut child, mut kept) = std::mem::take(&mut self.levels[depth]);
        for row in 1..matrix.rows() {
            matrix.restrict(row, row, &mut child);
            child.representatives(&self.all[..row], &mut kept);
            if matrix.dimension() == 3 {
                sum += kept.len() as u128;
            } else {
                child.select(&kept);
                sum += self.count(depth + 1, &child)?;
            }
        }
        self.levels[depth] = (child, kept);
        Ok(sum)
    }
}

/// A flat to be counted as often as chains lead to it.
#[derive(Clone, Debug)]
struct Flat {
    multiplicity: u128,
    /// The hyperplanes of one such chain.
    chain: Box<[u16]>,
}

/// What some flats add to the count, and their restrictions.
type Part<M> = (u128, FxHashMap<M, Flat>);

/// Counts flat by flat, one dimension after another.
fn flats<M: Mask>(matrix: &Matrix, control: &Control<'_>) -> Result<u128, StopReason> {
    let mut total = 0u128;
    let root = Flat {
        multiplicity: 1,
        chain: Box::default(),
    };
    let mut level: Vec<(M, Flat)> = vec![(M::EMPTY, root)];
    for dimension in (2..=matrix.dimension()).rev() {
        // Neighbours in this order share most of their chains, and the work done for them.
        level.sort_unstable_by(|x, y| x.1.chain.cmp(&y.1.chain));
        let size = (level.len() / (8 * control.threads())).clamp(1, 4096);
        let chunks: Vec<_> = level.chunks(size).collect();
        let parts: Vec<Part<M>> = tasks(control, chunks.len(), |index| {
            descend(matrix, dimension, chunks[index], control)
        })?;
        let mut next: FxHashMap<M, Flat> = FxHashMap::default();
        for (sum, flats) in parts {
            total = total.checked_add(sum).ok_or(StopReason::Method)?;
            control.found_half(u64::try_from(sum).unwrap_or(u64::MAX / 2));
            for (mask, flat) in flats {
                add(&mut next, mask, flat)?;
            }
        }
        level = next.into_iter().collect();
        let bytes = (level.len() * (size_of::<(M, Flat)>() + 2 * matrix.dimension())) as u64;
        control.hold(bytes)?;
        // The parts are gone, and so is the level before.
        control.release_all_but(bytes);
    }
    Ok(total)
}

fn add<M: Mask>(flats: &mut FxHashMap<M, Flat>, mask: M, flat: Flat) -> Result<(), StopReason> {
    match flats.get_mut(&mask) {
        Some(known) => {
            let sum = known.multiplicity.checked_add(flat.multiplicity);
            known.multiplicity = sum.ok_or(StopReason::Method)?;
            if flat.chain < known.chain {
                known.chain = flat.chain;
            }
        }
        None => {
            flats.insert(mask, flat);
        }
    }
    Ok(())
}

/// What the given flats add to the count themselves, and their restrictions.
fn descend<M: Mask>(
    root: &Matrix,
    dimension: usize,
    flats: &[(M, Flat)],
    control: &Control<'_>,
) -> Result<Part<M>, StopReason> {
    let rows = root.rows();
    let mut pulse = Pulse::new(control);
    let mut path: Vec<(u16, Matrix)> = Vec::new();
    let mut spare: Vec<Matrix> = Vec::new();
    let (mut sum, mut next) = (0u128, FxHashMap::default());
    let (mut child, mut kept, mut before) = (Matrix::default(), Vec::new(), Vec::new());
    let flat_bytes = (size_of::<(M, Flat)>() + 2 * root.dimension()) as u64;
    for (mask, flat) in flats {
        pulse.beat(rows as u32 / 4)?;
        let before_flat = next.len();
        let shared = path
            .iter()
            .zip(&flat.chain)
            .take_while(|((row, _), step)| row == *step)
            .count();
        spare.extend(path.drain(shared..).map(|(_, matrix)| matrix));
        for &row in &flat.chain[shared..] {
            let mut target = spare.pop().unwrap_or_default();
            let matrix = path.last().map_or(root, |(_, matrix)| matrix);
            matrix.restrict(row.into(), rows, &mut target);
            path.push((row, target));
        }
        let matrix = path.last().map_or(root, |(_, matrix)| matrix);
        let first = flat.chain.last().map_or(rows, |&row| row.into());
        before.clear();
        before.extend(0..first as u32);
        matrix.representatives(&before, &mut kept);
        let itself = if dimension == 2 {
            kept.len() as u128
        } else {
            1
        };
        let counted = flat.multiplicity.checked_mul(itself);
        sum = counted
            .and_then(|counted| sum.checked_add(counted))
            .ok_or(StopReason::Method)?;
        if dimension == 2 {
            continue;
        }
        for &row in &kept[1..] {
            let eliminated = matrix.restrict(row as usize, rows, &mut child);
            let (inside, _, _) = sides(matrix, &child, row as usize, eliminated, *mask);
            let chain = flat.chain.iter().copied().chain([row as u16]).collect();
            let multiplicity = flat.multiplicity;
            add(
                &mut next,
                inside,
                Flat {
                    multiplicity,
                    chain,
                },
            )?;
        }
        control.hold((next.len() - before_flat) as u64 * flat_bytes)?;
    }
    Ok((sum, next))
}
