//! What rows gain in a linear program, many at once.

use super::advisor::Wanted;
use super::rows::UnitRows;

/// Rows of a block.
const LANES: usize = 8;

/// Rows in blocks, in an order that puts together those that are wanted together: blocks in which nothing is wanted cost nothing.
#[derive(Clone, Debug)]
pub(super) struct Prices {
    /// The row at each place.
    order: Vec<usize>,
    /// The place of each row.
    places: Vec<usize>,
    width: usize,
    /// Block after block, each column after column; rows of zeros fill the last one.
    entries: Vec<f64>,
    /// By places: 1 for a + side that is wanted, −1 for a − side, else 0.
    signs: Vec<f64>,
    /// How many rows of each block are wanted.
    wanted: Vec<usize>,
    /// Blocks in which something is wanted, increasing.
    live: Vec<usize>,
    /// What the rows of these gain.
    gains: Vec<f64>,
    /// Their largest, lane by lane.
    largest: [f64; LANES],
}

impl Prices {
    /// `order` has every row once.
    pub(super) fn new(rows: &UnitRows, order: &[usize]) -> Self {
        let width = rows.width();
        let full = order.len().next_multiple_of(LANES);
        let mut entries = vec![0.0; full * width];
        for (place, row) in order.iter().enumerate() {
            let block = &mut entries[place / LANES * LANES * width..];
            for (column, entry) in rows.row(*row).iter().enumerate() {
                block[column * LANES + place % LANES] = *entry;
            }
        }
        let mut places = vec![0; order.len()];
        for (place, row) in order.iter().enumerate() {
            places[*row] = place;
        }
        Prices {
            order: order.to_vec(),
            places,
            width,
            entries,
            signs: vec![0.0; full],
            wanted: vec![0; full / LANES],
            live: Vec::new(),
            gains: Vec::new(),
            largest: [0.0; LANES],
        }
    }

    /// Notes that the row is wanted, with which side, or no more.
    pub(super) fn want(&mut self, row: usize, side: Wanted) {
        let place = self.places[row];
        let sign = match side {
            None => 0.0,
            Some(true) => 1.0,
            Some(false) => -1.0,
        };
        let before = std::mem::replace(&mut self.signs[place], sign);
        let block = place / LANES;
        match (before != 0.0, side.is_some()) {
            (false, true) => self.wanted[block] += 1,
            (true, false) => self.wanted[block] -= 1,
            _ => return,
        }
        let is_live = self.live.binary_search(&block);
        match (self.wanted[block], is_live) {
            (0, Ok(at)) => drop(self.live.remove(at)),
            (1.., Err(at)) => self.live.insert(at, block),
            _ => {}
        }
    }

    /// Computes for every wanted row y ± ⟨x, row⟩, the sign being that of its side; sums go from the left.
    pub(super) fn price(&mut self, x: &[f64], y: f64) {
        let size = self.width * LANES;
        let mut largest = [0.0f64; LANES];
        self.gains.clear();
        for &block in &self.live {
            let mut sums = [0.0; LANES];
            let columns = self.entries[block * size..][..size].chunks_exact(LANES);
            for (x, column) in x.iter().zip(columns) {
                for (sum, entry) in sums.iter_mut().zip(column) {
                    *sum += x * entry;
                }
            }
            let signs = &self.signs[block * LANES..][..LANES];
            for ((sum, sign), largest) in sums.iter_mut().zip(signs).zip(&mut largest) {
                *sum = sign * *sum + sign.abs() * y;
                *largest = if *sum > *largest { *sum } else { *largest };
            }
            self.gains.extend_from_slice(&sums);
        }
        self.largest = largest;
    }

    /// The first row of those that gain most, or if `first` of those that gain; none if no row gains more than `small`.
    pub(super) fn best(&self, small: f64, first: bool) -> Option<usize> {
        let most = self
            .largest
            .iter()
            .fold(0.0, |a: f64, b| if *b > a { *b } else { a });
        if most <= small {
            return None;
        }
        let least = if first { small } else { most };
        let found = |gain: &f64| if first { *gain > least } else { *gain >= least };
        let blocks = self.gains.chunks_exact(LANES);
        let (block, gains) = self
            .live
            .iter()
            .zip(blocks)
            .find(|(_, gains)| gains.iter().fold(false, |any, gain| any | found(gain)))?;
        let lane = gains.iter().position(found)?;
        self.order.get(block * LANES + lane).copied()
    }

    /// The row found last gains nothing.
    pub(super) fn drop(&mut self, row: usize) {
        let mut largest = [0.0f64; LANES];
        for (block, gains) in self.live.iter().zip(self.gains.chunks_exact_mut(LANES)) {
            for (lane, gain) in gains.iter_mut().enumerate() {
                if self.order.get(block * LANES + lane) == Some(&row) {
                    *gain = 0.0;
                }
                largest[lane] = if *gain > largest[lane] {
                    *gain
                } else {
                    largest[lane]
                };
            }
        }
        self.largest = largest;
    }
}
