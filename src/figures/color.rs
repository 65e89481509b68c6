//! Colors of regions: as many as there are gradients, along a ramp that is read in print and by readers who see fewer colors.

use std::collections::BTreeSet;

use super::canvas::Tone;
use crate::exact::Rational;

/// From dark blue to yellow.
const RAMP: [[u32; 3]; 7] = [
    [68, 57, 131],
    [49, 104, 142],
    [33, 145, 140],
    [53, 183, 121],
    [143, 215, 68],
    [223, 227, 60],
    [253, 231, 150],
];

/// The color of the `index`-th of `count` gradients.
fn ramp(index: usize, count: usize) -> Tone {
    let last = RAMP.len() - 1;
    let (steps, count) = (index * last, (count.max(2) - 1));
    let (stop, part) = (steps / count, steps % count);
    let (from, to) = (RAMP[stop.min(last)], RAMP[(stop + 1).min(last)]);
    let mix = |i: usize| {
        let (part, count) = (part as u64, count as u64);
        let mixed = (u64::from(from[i]) * (count - part) + u64::from(to[i]) * part) / count;
        u8::try_from(mixed).unwrap_or(u8::MAX)
    };
    Tone::Color([mix(0), mix(1), mix(2)])
}

/// The color of every gradient that occurs, in their order.
pub(super) struct Colors<'a> {
    gradients: Vec<&'a [Rational]>,
}

impl<'a> Colors<'a> {
    pub(super) fn of(gradients: impl Iterator<Item = &'a [Rational]>) -> Self {
        let gradients: BTreeSet<&[Rational]> = gradients.collect();
        Colors {
            gradients: gradients.into_iter().collect(),
        }
    }

    pub(super) fn tone(&self, gradient: &[Rational]) -> Tone {
        let index = self.gradients.binary_search(&gradient).unwrap_or(0);
        ramp(index, self.gradients.len())
    }
}
