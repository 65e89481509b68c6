//! Putting the regions of an arrangement together from those of its restrictions.

use std::sync::Mutex;

use super::control::in_parallel;
use super::mask::Mask;

/// A restriction to one hyperplane, as the merge sees it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Restriction<'a, M> {
    /// The hyperplane; its class number, at least 1.
    pub class: usize,
    /// The regions it was cut into by the hyperplanes before it, sorted by their signs there.
    pub regions: &'a [M],
    /// The − signs, just on the + side of the hyperplane, of the classes that vanish on it.
    pub plus: M,
    /// The same on the − side.
    pub minus: M,
}

/// Working memory of [`merge`].
#[derive(Debug)]
pub(crate) struct Scratch<M: Mask> {
    /// The next region of each restriction, and the classes before the restriction's.
    heads: Vec<(M, M::Beginning)>,
    cursors: Vec<usize>,
    stack: Vec<(M, usize)>,
}

impl<M: Mask> Default for Scratch<M> {
    fn default() -> Self {
        Self {
            heads: Vec::new(),
            cursors: Vec::new(),
            stack: Vec::new(),
        }
    }
}

/// Writes the regions of the arrangement, sorted, given those of its restrictions in ascending order of class, on the + side of
/// the first hyperplane (which has no restriction): as many as the restrictions together have, and one for each of `initial`.
///
/// `initial` are the regions not yet cut by the given restrictions, sorted; at the outset that is the first region of the first
/// restriction, which stands for the whole flat.
///
/// A region of the first k − 1 hyperplanes is cut by the next if and only if its signs are those of a region of the restriction;
/// then the signs of the latter, completed on either side, are those of points in the two parts. If it is not cut, the point
/// that stands for it is on the right side already. One pass suffices since all lists are sorted by the same order.
pub(crate) fn merge<M: Mask>(
    initial: &[M],
    restrictions: &[Restriction<'_, M>],
    scratch: &mut Scratch<M>,
    out: &mut [M],
) {
    // No mask agrees with this one anywhere, since all have + in class 0.
    let exhausted = M::bit(0);
    let Scratch {
        heads,
        cursors,
        stack,
    } = scratch;
    heads.clear();
    let first = |r: &Restriction<'_, M>| r.regions.first().copied().unwrap_or(exhausted);
    heads.extend(
        restrictions
            .iter()
            .map(|r| (first(r), M::beginning(r.class))),
    );
    cursors.clear();
    cursors.resize(restrictions.len(), 1);
    let mut out = out.iter_mut();
    for &start in initial {
        stack.clear();
        stack.push((start, 0));
        while let Some((mut region, mut from)) = stack.pop() {
            while let Some(ahead) = heads[from..]
                .iter()
                .position(|(head, before)| head.agree(&region, *before))
            {
                let k = from + ahead;
                let restriction = &restrictions[k];
                let cut = heads[k].0;
                heads[k].0 = restriction
                    .regions
                    .get(cursors[k])
                    .copied()
                    .unwrap_or(exhausted);
                cursors[k] += 1;
                from = k + 1;
                stack.push((cut.or(restriction.minus), from));
                region = cut.or(restriction.plus);
            }
            if let Some(slot) = out.next() {
                *slot = region;
            }
        }
    }
    debug_assert!(
        heads.iter().all(|(head, _)| *head == exhausted),
        "every region of a restriction cuts one"
    );
    debug_assert!(
        out.next().is_none(),
        "the number of regions is known beforehand"
    );
}

/// As [`merge`] from the whole flat, with the work divided among this many threads of the current pool.
///
/// The first restrictions are merged alone until there are enough regions to share out; what the others contain of each of these
/// is a range of their sorted lists, so the parts are independent and their lengths known.
pub(crate) fn merge_parallel<M: Mask>(
    restrictions: &[Restriction<'_, M>],
    threads: usize,
) -> Vec<M> {
    let total = 1 + restrictions.iter().map(|r| r.regions.len()).sum::<usize>();
    let whole: Vec<M> = restrictions
        .iter()
        .flat_map(|r| r.regions.first().copied())
        .take(1)
        .collect();
    let mut out = vec![M::EMPTY; total];
    let parts = 16 * threads;
    if threads == 1 || total < 64 * parts {
        merge(&whole, restrictions, &mut Scratch::default(), &mut out);
        return out;
    }
    let mut reached = 1;
    let first = restrictions.iter().take_while(|r| {
        let enough = reached >= 4 * parts;
        reached += r.regions.len();
        !enough
    });
    let (first, rest) = restrictions.split_at(first.count());
    let mut coarse = vec![M::EMPTY; 1 + first.iter().map(|r| r.regions.len()).sum::<usize>()];
    merge(&whole, first, &mut Scratch::default(), &mut coarse);
    let Some(bound) = rest.first().map(|r| M::beginning(r.class)) else {
        return coarse;
    };
    let mut tasks = Vec::new();
    let mut starts = vec![0; rest.len()];
    let mut remaining = out.as_mut_slice();
    let chunk = coarse.len().div_ceil(parts).max(1);
    let mut chunks = coarse.chunks(chunk).peekable();
    while let Some(initial) = chunks.next() {
        let pieces: Vec<Restriction<'_, M>> = rest
            .iter()
            .zip(&mut starts)
            .map(|(restriction, start)| {
                let left = &restriction.regions[*start..];
                let end = match chunks.peek() {
                    Some(next) => {
                        left.partition_point(|r| !r.agree(&next[0], bound) && *r < next[0])
                    }
                    None => left.len(),
                };
                *start += end;
                Restriction {
                    regions: &left[..end],
                    ..*restriction
                }
            })
            .collect();
        let length = initial.len() + pieces.iter().map(|r| r.regions.len()).sum::<usize>();
        let (slots, after) = remaining.split_at_mut(length);
        remaining = after;
        tasks.push((initial, pieces, slots));
    }
    let tasks: Vec<Mutex<Option<_>>> = tasks
        .into_iter()
        .map(|task| Mutex::new(Some(task)))
        .collect();
    in_parallel(tasks.len(), &|index| {
        let task = tasks[index].lock().ok().and_then(|mut task| task.take());
        if let Some((initial, pieces, slots)) = task {
            merge(initial, &pieces, &mut Scratch::default(), slots);
        }
    });
    out
}
