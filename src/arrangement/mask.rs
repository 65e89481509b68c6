//! Sign vectors as bit masks.
//!
//! Bit i stands for class i of hyperplanes and is set on the − side. Bit 0 is the most significant, so that the order of masks
//! as numbers is the lexicographic order of sign strings with + before −.

use std::fmt::Debug;
use std::hash::Hash;

/// A set of hyperplane classes, or the sign vector whose − entries they are.
pub(crate) trait Mask: Copy + Ord + Eq + Hash + Debug + Send + Sync + 'static {
    /// How many classes there is room for.
    const BITS: usize;
    /// The empty set: + everywhere.
    const EMPTY: Self;
    /// The set of one class; `class < BITS`.
    fn bit(class: usize) -> Self;
    /// Whether the class belongs to the set.
    fn contains(&self, class: usize) -> bool;
    /// The union.
    fn or(self, other: Self) -> Self;
    /// The symmetric difference.
    fn xor(self, other: Self) -> Self;
    /// The set with every class renumbered to the one before; class 0 is dropped.
    fn shifted(self) -> Self;
    /// A set of the first classes, in the form [`agree`](Mask::agree) likes best.
    type Beginning: Copy + Debug + Send + Sync;
    /// The classes below `bound`, where 0 < `bound` ≤ BITS.
    fn beginning(bound: usize) -> Self::Beginning;
    /// Whether the sets agree on the first classes.
    fn agree(&self, other: &Self, beginning: Self::Beginning) -> bool;
    /// The first class on which the sets differ, BITS if they are equal.
    fn first_difference(&self, other: &Self) -> usize;
    /// The set of classes below `bound` ≤ BITS.
    fn below(bound: usize) -> Self {
        (0..bound).fold(Self::EMPTY, |set, class| set.or(Self::bit(class)))
    }
}

macro_rules! machine_mask {
    ($integer:ty) => {
        impl Mask for $integer {
            const BITS: usize = <$integer>::BITS as usize;
            const EMPTY: Self = 0;
            #[inline]
            fn bit(class: usize) -> Self {
                1 << (<Self as Mask>::BITS - 1 - class)
            }
            #[inline]
            fn contains(&self, class: usize) -> bool {
                *self & <Self as Mask>::bit(class) != 0
            }
            #[inline]
            fn or(self, other: Self) -> Self {
                self | other
            }
            #[inline]
            fn xor(self, other: Self) -> Self {
                self ^ other
            }
            fn shifted(self) -> Self {
                self << 1
            }
            type Beginning = $integer;
            fn beginning(bound: usize) -> $integer {
                !0 << (<Self as Mask>::BITS - bound)
            }
            #[inline]
            fn agree(&self, other: &Self, beginning: $integer) -> bool {
                (*self ^ *other) & beginning == 0
            }
            #[inline]
            fn first_difference(&self, other: &Self) -> usize {
                (*self ^ *other).leading_zeros() as usize
            }
        }
    };
}

machine_mask!(u64);
machine_mask!(u128);

impl<const WORDS: usize> Mask for [u64; WORDS] {
    const BITS: usize = 64 * WORDS;
    const EMPTY: Self = [0; WORDS];
    fn bit(class: usize) -> Self {
        let mut set = [0; WORDS];
        set[class / 64] = <u64 as Mask>::bit(class % 64);
        set
    }
    fn contains(&self, class: usize) -> bool {
        self[class / 64].contains(class % 64)
    }
    fn or(mut self, other: Self) -> Self {
        for (word, other) in self.iter_mut().zip(other) {
            *word |= other;
        }
        self
    }
    fn xor(mut self, other: Self) -> Self {
        for (word, other) in self.iter_mut().zip(other) {
            *word ^= other;
        }
        self
    }
    fn shifted(mut self) -> Self {
        let mut carry = 0;
        for word in self.iter_mut().rev() {
            let top = *word >> 63;
            *word = *word << 1 | carry;
            carry = top;
        }
        self
    }
    type Beginning = usize;
    fn beginning(bound: usize) -> usize {
        bound
    }
    fn agree(&self, other: &Self, bound: usize) -> bool {
        let (whole, rest) = (bound / 64, bound % 64);
        let rest = || self[whole].agree(&other[whole], u64::beginning(rest));
        self[..whole] == other[..whole] && (bound.is_multiple_of(64) || rest())
    }
    fn first_difference(&self, other: &Self) -> usize {
        match self.iter().zip(other).position(|(x, y)| x != y) {
            Some(word) => 64 * word + self[word].first_difference(&other[word]),
            None => 64 * WORDS,
        }
    }
}

/// Classes are numbered below this bound; more do not fit the widest mask.
pub const MAX_CLASSES: usize = 512 * 64;

/// Evaluates an expression with the type name bound to the narrowest mask for a number of classes.
macro_rules! with_mask {
    ($classes:expr, $mask:ident => $body:expr) => {{
        let classes: usize = $classes;
        if classes <= 64 {
            type $mask = u64;
            $body
        } else if classes <= 128 {
            type $mask = u128;
            $body
        } else if classes <= 4 * 64 {
            type $mask = [u64; 4];
            $body
        } else if classes <= 16 * 64 {
            type $mask = [u64; 16];
            $body
        } else if classes <= 64 * 64 {
            type $mask = [u64; 64];
            $body
        } else {
            type $mask = [u64; 512];
            $body
        }
    }};
}
pub(crate) use with_mask;

#[cfg(test)]
mod tests {
    use super::*;

    fn laws<M: Mask>() {
        let set = |classes: &[usize]| classes.iter().fold(M::EMPTY, |set, &c| set.or(M::bit(c)));
        let last = M::BITS - 1;
        let (x, y) = (set(&[0, 3, last]), set(&[0, 5, last]));
        assert!(x.contains(3) && !x.contains(4) && x.contains(last));
        assert!(x > y, "− in class 3 comes after + in class 3");
        let agree = |bound| x.agree(&y, M::beginning(bound));
        assert!(agree(3) && !agree(4) && x.agree(&x, M::beginning(M::BITS)));
        assert_eq!(x.first_difference(&y), 3);
        assert_eq!(x.first_difference(&x), M::BITS);
        assert_eq!(x.xor(y), set(&[3, 5]));
        assert_eq!(x.or(y), set(&[0, 3, 5, last]));
        assert_eq!(x.shifted(), set(&[2, last - 1]));
        assert_eq!(
            set(&[64 % M::BITS]).shifted(),
            if M::BITS > 64 { set(&[63]) } else { M::EMPTY }
        );
        let all = M::below(M::BITS);
        assert!((0..M::BITS).all(|class| all.contains(class)));
        assert_eq!(M::below(2), set(&[0, 1]));
    }

    #[test]
    fn masks_of_every_width() {
        laws::<u64>();
        laws::<u128>();
        laws::<[u64; 1]>();
        laws::<[u64; 4]>();
        laws::<[u64; 512]>();
    }
}
