//! A stored list of regions, sorted, with adjacency.

use std::ops::ControlFlow;

use super::mask::Mask;

/// Receives pairs of adjacent regions and the class between them.
pub(crate) type Found<'a> = dyn FnMut(usize, usize, usize) -> ControlFlow<()> + 'a;

/// A sorted list of sign vectors over the classes.
pub(crate) trait MaskList: Send + Sync {
    /// The number of regions.
    fn len(&self) -> usize;
    /// Whether the region is on the − side of the class.
    fn minus(&self, region: usize, class: usize) -> bool;
    /// Writes `+` or `-` for each class.
    fn write(&self, region: usize, signs: &mut [u8]);
    /// The index of the region on the − side of just the classes for which the function says so.
    fn find(&self, minus: &dyn Fn(usize) -> bool) -> Option<usize>;
    /// The region on the other side of a class only, if it is listed.
    fn across(&self, region: usize, class: usize) -> Option<usize>;
    /// Calls back with every pair of regions that differ in just one class, as (smaller index, larger index, class), until it breaks.
    fn edges(&self, found: &mut Found<'_>) -> ControlFlow<()>;
    /// The bytes the list takes.
    fn bytes(&self) -> usize;
}

/// The regions themselves, or those with + in class 0 if the list is symmetric: the others are their complements, in reverse.
#[derive(Clone, Debug)]
pub(crate) struct Masks<M> {
    masks: Vec<M>,
    classes: usize,
    symmetric: bool,
}

impl<M: Mask> Masks<M> {
    /// All regions, sorted.
    pub(crate) fn whole(masks: Vec<M>, classes: usize) -> Self {
        debug_assert!(masks.is_sorted());
        Self {
            masks,
            classes,
            symmetric: false,
        }
    }

    /// The regions with + in class 0, sorted, standing for themselves and their antipodes. There is at least one class.
    pub(crate) fn half(masks: Vec<M>, classes: usize) -> Self {
        debug_assert!(masks.is_sorted() && classes > 0);
        Self {
            masks,
            classes,
            symmetric: true,
        }
    }

    fn get(&self, region: usize) -> M {
        match self.masks.get(region) {
            Some(&mask) => mask,
            None => self.masks[2 * self.masks.len() - 1 - region].xor(M::below(self.classes)),
        }
    }

    fn position(&self, mask: &M) -> Option<usize> {
        if self.symmetric && mask.contains(0) {
            let antipode = mask.xor(M::below(self.classes));
            let found = self.masks.binary_search(&antipode).ok()?;
            return Some(2 * self.masks.len() - 1 - found);
        }
        self.masks.binary_search(mask).ok()
    }
}

impl<M: Mask> MaskList for Masks<M> {
    fn len(&self) -> usize {
        self.masks.len() * (1 + usize::from(self.symmetric))
    }

    fn minus(&self, region: usize, class: usize) -> bool {
        match self.masks.get(region) {
            Some(mask) => mask.contains(class),
            None => !self.masks[2 * self.masks.len() - 1 - region].contains(class),
        }
    }

    fn write(&self, region: usize, signs: &mut [u8]) {
        let mask = self.get(region);
        for (class, sign) in signs.iter_mut().enumerate() {
            // In ASCII − comes two after +.
            *sign = b'+' + 2 * u8::from(mask.contains(class));
        }
    }

    fn find(&self, minus: &dyn Fn(usize) -> bool) -> Option<usize> {
        let classes = (0..self.classes).filter(|&class| minus(class));
        self.position(&classes.fold(M::EMPTY, |mask, class| mask.or(M::bit(class))))
    }

    fn across(&self, region: usize, class: usize) -> Option<usize> {
        self.position(&self.get(region).xor(M::bit(class)))
    }

    fn edges(&self, found: &mut Found<'_>) -> ControlFlow<()> {
        let last = (2 * self.masks.len()).saturating_sub(1);
        let symmetric = self.symmetric;
        blocks(&self.masks, &mut |i, j, class| {
            found(i, j, class)?;
            match symmetric {
                true => found(last - j, last - i, class),
                false => ControlFlow::Continue(()),
            }
        })?;
        if symmetric {
            // Across class 0 lie the antipodes of the regions themselves, in reverse.
            let all = M::below(self.classes).xor(M::bit(0));
            let antipodes = self.masks.iter().rev().map(|mask| mask.xor(all));
            let mut antipodes = antipodes.enumerate().peekable();
            for (i, mask) in self.masks.iter().enumerate() {
                while antipodes.next_if(|(_, antipode)| antipode < mask).is_some() {}
                if let Some((j, _)) = antipodes.next_if(|(_, antipode)| antipode == mask) {
                    found(i, self.masks.len() + j, 0)?;
                }
            }
        }
        ControlFlow::Continue(())
    }

    fn bytes(&self) -> usize {
        self.masks.len() * size_of::<M>()
    }
}

/// Calls back with every pair of sorted masks that differ in one bit.
///
/// A block of masks with a common beginning is split at the first bit on which they differ; pairs across the split are found by
/// merging the two halves, which are sorted by the rest. Each mask is looked at once for every split above it.
fn blocks<M: Mask>(masks: &[M], found: &mut Found<'_>) -> ControlFlow<()> {
    let mut open = vec![(0, masks.len())];
    while let Some((start, end)) = open.pop() {
        if end - start < 2 {
            continue;
        }
        let class = masks[start].first_difference(&masks[end - 1]);
        let middle = start + masks[start..end].partition_point(|mask| !mask.contains(class));
        let bit = M::bit(class);
        let mut j = middle;
        for (i, mask) in masks.iter().enumerate().take(middle).skip(start) {
            let partner = mask.or(bit);
            while j < end && masks[j] < partner {
                j += 1;
            }
            if j == end {
                break;
            }
            if masks[j] == partner {
                found(i, j, class)?;
                j += 1;
            }
        }
        open.push((middle, end));
        open.push((start, middle));
    }
    ControlFlow::Continue(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_and_whole_lists_are_the_same() {
        // Three lines in the plane in general position, as in the figure of every textbook.
        let bits = |text: &str| {
            text.chars().enumerate().fold(0u64, |mask, (class, sign)| {
                if sign == '-' {
                    mask | u64::bit(class)
                } else {
                    mask
                }
            })
        };
        let all: Vec<u64> = ["+++", "+-+", "+--", "-++", "-+-", "---"]
            .into_iter()
            .map(bits)
            .collect();
        let whole = Masks::whole(all.clone(), 3);
        let half = Masks::half(all[..3].to_vec(), 3);
        let edges = |list: &dyn MaskList| {
            let mut edges = Vec::new();
            let _ = list.edges(&mut |i, j, class| {
                edges.push((i, j, class));
                ControlFlow::Continue(())
            });
            edges.sort_unstable();
            edges
        };
        assert_eq!(
            edges(&whole),
            [
                (0, 1, 1),
                (0, 3, 0),
                (1, 2, 2),
                (2, 5, 0),
                (3, 4, 2),
                (4, 5, 1)
            ]
        );
        assert_eq!(edges(&half), edges(&whole));
        for list in [&whole as &dyn MaskList, &half] {
            assert_eq!(list.len(), 6);
            for region in 0..6 {
                assert_eq!(list.find(&|class| list.minus(region, class)), Some(region));
            }
            assert_eq!(list.find(&|class| class == 2), None);
            assert_eq!(
                (list.across(0, 1), list.across(0, 2), list.across(5, 0)),
                (Some(1), None, Some(2))
            );
        }
    }
}
