//! Lists of regions by recursion: those of the direct summands combined, or those on one side of a facet.

use num_bigint::BigInt;

use super::control::{Control, StopReason};
use super::list::Masks;
use super::mask::Mask;
use super::matrix::Matrix;
use super::normals::Arrangement;
use super::recursive;
use super::regions::Regions;

impl Arrangement {
    /// The regions, without a domain or within one of one facet.
    pub(super) fn recursive_list<M: Mask>(
        &self,
        control: &Control<'_>,
    ) -> Result<Regions<'_>, StopReason> {
        let classes = self.classes.len();
        if !self.domain.is_empty() {
            let masks = self.half_space_list::<M>(control)?;
            return Ok(self.truncated(masks, control));
        }
        if classes == 0 {
            return Ok(self.truncated(vec![M::EMPTY], control));
        }
        let mut half: Vec<M> = Vec::new();
        for (index, summand) in self.summands.iter().enumerate() {
            let matrix = self.summand(index, control)?;
            let local = recursive::half::<M>(&matrix, summand.len(), control)?;
            if index == 0 {
                half = scatter(local, summand);
                continue;
            }
            let factors = scatter(local, summand);
            let all = summand
                .iter()
                .fold(M::EMPTY, |set, &class| set.or(M::bit(class)));
            let length = (half.len() as u64).saturating_mul(2 * factors.len() as u64);
            control.hold(length.saturating_mul(2 * size_of::<M>() as u64))?;
            let signs = || {
                factors
                    .iter()
                    .flat_map(move |&factor| [factor, factor.xor(all)])
            };
            half = half
                .iter()
                .flat_map(|&mask| signs().map(move |factor| mask.or(factor)))
                .collect();
        }
        if self.summands.len() > 1 {
            half.sort_unstable();
        }
        match control.options().limit {
            Some(limit) if limit < 2 * half.len() as u64 => {
                let all = M::below(classes);
                let antipodes = half.iter().rev().map(|mask| mask.xor(all));
                let masks = half
                    .iter()
                    .copied()
                    .chain(antipodes)
                    .take(limit as usize)
                    .collect();
                Ok(Regions::new(
                    self,
                    Masks::whole(masks, classes),
                    false,
                    None,
                ))
            }
            _ => Ok(Regions::new(self, Masks::half(half, classes), true, None)),
        }
    }

    fn truncated<M: Mask>(&self, mut masks: Vec<M>, control: &Control<'_>) -> Regions<'_> {
        let limit = control
            .options()
            .limit
            .and_then(|limit| usize::try_from(limit).ok());
        let complete = limit.is_none_or(|limit| masks.len() <= limit);
        if let Some(limit) = limit {
            masks.truncate(limit);
        }
        Regions::new(
            self,
            Masks::whole(masks, self.classes.len()),
            complete,
            None,
        )
    }

    /// The regions in a domain of one facet.
    fn half_space_list<M: Mask>(&self, control: &Control<'_>) -> Result<Vec<M>, StopReason> {
        let classes = self.classes.len();
        let facet = self.reduced.row(classes);
        if facet.iter().all(|entry| *entry == BigInt::ZERO) {
            return Ok(Vec::new());
        }
        let mut rows = vec![facet.to_vec()];
        // The classes of the rows from the second on; a class parallel to the facet has the same sign everywhere.
        let mut row_classes = Vec::new();
        let mut constant = M::EMPTY;
        for class in 0..classes {
            let normal = self.reduced.row(class);
            let opposite = normal.iter().zip(facet).all(|(x, y)| *x == -y);
            if opposite {
                constant = constant.or(M::bit(class));
            }
            if !opposite && normal != facet {
                row_classes.push(class);
                rows.push(normal.to_vec());
            }
        }
        let matrix = Matrix::new(&rows, self.coordinates.len());
        let mut masks = recursive::half::<M>(&matrix, rows.len(), control)?;
        if row_classes.len() == classes {
            // The usual case: drop the facet's bit.
            masks.iter_mut().for_each(|mask| *mask = mask.shifted());
            return Ok(masks);
        }
        for mask in &mut masks {
            let minus = row_classes
                .iter()
                .enumerate()
                .filter(|(slot, _)| mask.contains(slot + 1));
            *mask = minus.fold(constant, |signs, (_, &class)| signs.or(M::bit(class)));
        }
        Ok(masks)
    }
}

/// Moves the bits of the k-th row to the k-th of the given classes.
fn scatter<M: Mask>(masks: Vec<M>, classes: &[usize]) -> Vec<M> {
    if classes.iter().enumerate().all(|(row, &class)| row == class) {
        return masks;
    }
    let moved = |mask: M| {
        let minus = classes
            .iter()
            .enumerate()
            .filter(|(row, _)| mask.contains(*row));
        minus.fold(M::EMPTY, |signs, (_, &class)| signs.or(M::bit(class)))
    };
    masks.into_iter().map(moved).collect()
}
