//! Numbers and networks drawn from a printed seed: the same seed gives the same instances, on every machine and with any number of threads.

use crate::exact::Rational;

/// SplitMix64 (Steele, Lea, Flood 2014): one word of state, enough for choosing test instances.
#[derive(Clone, Debug)]
pub struct Random {
    state: u64,
}

impl Random {
    /// The generator of trial `index` under `seed`; trials are independent of each other and of their order.
    pub fn of_trial(seed: u64, index: u64) -> Self {
        let mut random = Random { state: seed };
        let start = random.next() ^ index.wrapping_mul(0xD1B5_4A32_D192_ED03);
        Random { state: start }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// An integer of 0 … bound − 1; 0 if the bound is 0. (The bias of the remainder is of no matter here.)
    pub fn below(&mut self, bound: usize) -> usize {
        match u64::try_from(bound) {
            Ok(bound) if bound > 0 => usize::try_from(self.next() % bound).unwrap_or(0),
            _ => 0,
        }
    }

    /// True in `parts` of `whole` cases.
    pub fn chance(&mut self, parts: usize, whole: usize) -> bool {
        self.below(whole) < parts
    }

    /// One of the items; the items are not empty.
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }

    /// An integer from −size to size.
    pub fn integer(&mut self, size: i64) -> i64 {
        let span = usize::try_from(2 * size + 1).unwrap_or(1);
        i64::try_from(self.below(span)).unwrap_or(0) - size
    }

    /// A small fraction, often an integer, sometimes large or small.
    pub fn fraction(&mut self) -> Rational {
        let numerator = self.integer(6);
        let denominator = *self.pick(&[1, 1, 1, 2, 3, 4, 10]);
        Rational::new(numerator.into(), denominator.into())
    }

    /// A positive fraction between 1/100 and 100.
    pub fn positive(&mut self) -> Rational {
        let sizes = [
            (1, 1),
            (1, 1),
            (2, 1),
            (1, 2),
            (3, 2),
            (10, 1),
            (1, 10),
            (101, 10),
            (99, 10),
            (100, 1),
            (1, 100),
        ];
        let (numerator, denominator) = *self.pick(&sizes);
        Rational::new(numerator.into(), denominator.into())
    }

    /// A random order of 0 … count − 1.
    pub fn order(&mut self, count: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..count).collect();
        for last in (1..count).rev() {
            order.swap(last, self.below(last + 1));
        }
        order
    }
}
