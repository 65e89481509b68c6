//! Counting regions modulo symmetry.
//!
//! The number of regions is Σ |μ(X)| over all flats X (Zaslavsky). Let n(X) be the number of hyperplanes that contain X. Weisner's
//! theorem says, for any one of them, that |μ(X)| is the sum of |μ(Y)| over the flats Y that X is a hyperplane of and that it does not
//! contain; and on the average over these n(X) hyperplanes
//!
//! n(X)·|μ(X)| = Σ_Y (n(X) − n(Y))·|μ(Y)|.
//!
//! Nothing here depends on an order of the hyperplanes. So of all flats that symmetries carry to each other one will do, with
//! the sum of |μ| over all: each flat Y passes (n(X) − n(Y)) / n(X) of its sum to each X below it, one dimension after another. Should
//! two such flats not be recognised as such, both are kept and the sums are divided among them; that is slower and as true.
//!
//! The flats of dimension 2 and 1 need not be kept, and the sum for dimension 0 follows from the others: all of them, with
//! alternating signs, add up to 0.

use std::collections::BTreeMap;

use num_bigint::BigUint;
use num_traits::{ToPrimitive as _, Zero as _};

use super::control::{Control, Pulse, StopReason, tasks};
use super::mask::Mask;
use super::matching::{Landmark, MOST_TRIES, Search};
use super::matrix::Matrix;
use super::symmetry::Products;
use crate::exact::Rational;

/// So many restrictions are held before they are compared with the flats that are known.
const BLOCK: usize = 100_000;

/// A flat that stands for all that symmetries carry it to.
#[derive(Clone, Debug)]
struct Flat<M> {
    /// The hyperplanes that contain it,
    inside: M,
    /// and how many they are.
    size: u32,
    /// Some of them, which meet in it and are independent.
    chain: Box<[u16]>,
    /// Σ |μ| over the flats it stands for.
    sum: Rational,
}

/// A hyperplane of a flat.
#[derive(Clone, Debug)]
struct Restriction<M> {
    /// A hash that symmetries do not change.
    key: u64,
    inside: M,
    /// The flat, by its place, one of the hyperplanes to which it was restricted, and their number.
    flat: u32,
    row: u16,
    added: u32,
}

/// The flats known of one dimension, by their keys.
type Known<M> = BTreeMap<u64, Vec<(Flat<M>, Landmark)>>;

/// What the restrictions of one key add: to known flats by their places, and new ones.
type Found<M> = (Vec<(usize, Rational)>, Vec<(Flat<M>, Landmark)>);

/// Half the number of regions of an arrangement of pairwise non-parallel rows of full rank, 3 or more, with their products.
pub(crate) fn half<M: Mask>(
    matrix: &Matrix,
    products: &Products,
    control: &Control<'_>,
) -> Result<BigUint, StopReason> {
    let counting = Counting {
        matrix,
        products,
        control,
        tries: MOST_TRIES,
        bytes: (size_of::<Flat<M>>() + 2 * products.rank() + 64) as u64,
    };
    counting.half::<M>()
}

/// One count.
struct Counting<'a> {
    matrix: &'a Matrix,
    products: &'a Products,
    control: &'a Control<'a>,
    /// How many images a search for a symmetry may try.
    tries: u32,
    /// The memory of a flat.
    bytes: u64,
}

impl Counting<'_> {
    fn half<M: Mask>(&self) -> Result<BigUint, StopReason> {
        let (products, control) = (self.products, self.control);
        control.hold(products.bytes())?;
        let rank = products.rank();
        let mut level = vec![Flat {
            inside: M::EMPTY,
            size: 0,
            chain: Box::default(),
            sum: Rational::from_integer(1.into()),
        }];
        let mut sums = vec![Rational::from_integer(1.into())];
        for _ in 3..rank {
            level = self.below(&level)?;
            let sum: Rational = level.iter().map(|flat| &flat.sum).sum();
            self.report(&sum);
            sums.push(sum);
        }
        let parts = self.shared(level.len(), |range| {
            let mut pulse = Pulse::new(control);
            let parts = level[range].iter().map(|flat| self.lines(flat, &mut pulse));
            parts.collect::<Result<Vec<_>, StopReason>>()
        })?;
        let (mut planes, mut lines) = (Rational::zero(), Rational::zero());
        for (plane, line) in parts {
            planes += plane;
            lines += line;
        }
        sums.extend([planes, lines]);
        let half: Rational = sums.into_iter().rev().step_by(2).sum();
        debug_assert!(
            half.is_integer(),
            "there are so many flats with |μ| regions each"
        );
        half.to_integer().to_biguint().ok_or(StopReason::Method)
    }

    /// Calls with ranges that together are all numbers below `count`, on the threads allowed; all results, in order.
    fn shared<T: Send + Sync>(
        &self,
        count: usize,
        task: impl Fn(std::ops::Range<usize>) -> Result<Vec<T>, StopReason> + Sync,
    ) -> Result<Vec<T>, StopReason> {
        let size = (count / (16 * self.control.threads())).clamp(1, 256);
        let parts = tasks(self.control, count.div_ceil(size), |part| {
            task(size * part..count.min(size * (part + 1)))
        })?;
        Ok(parts.into_iter().flatten().collect())
    }

    /// So many regions more are known: some of the |μ|.
    fn report(&self, sum: &Rational) {
        self.control
            .found(sum.to_integer().to_u64().unwrap_or(u64::MAX / 64));
    }

    /// The flats of one dimension less.
    fn below<M: Mask>(&self, level: &[Flat<M>]) -> Result<Vec<Flat<M>>, StopReason> {
        let mut known: Known<M> = BTreeMap::new();
        let held = self.products.bytes() + level.len() as u64 * self.bytes;
        let mut kept = 0;
        for block in level.chunks((BLOCK / self.products.rows()).max(1)) {
            let mut restrictions = self.shared(block.len(), |range| {
                let mut pulse = Pulse::new(self.control);
                let mut out = Vec::new();
                for flat in range {
                    self.restrictions(flat, &block[flat], &mut pulse, &mut out)?;
                }
                self.control.hold(size_of_val(&out[..]) as u64)?;
                Ok(out)
            })?;
            restrictions.sort_unstable_by_key(|restriction| (restriction.key, restriction.inside));
            let groups: Vec<&[Restriction<M>]> = restrictions
                .chunk_by(|one, other| one.key == other.key)
                .collect();
            let found = self.shared(groups.len(), |range| {
                let mut search = Search::new(self.products, self.tries, self.control.watch());
                let groups = groups[range].iter();
                groups
                    .map(|group| self.compare(block, group, &known, &mut search))
                    .collect()
            })?;
            let mut fresh = 0;
            for (group, (sums, new)) in groups.iter().zip(found) {
                let flats = known.entry(group[0].key).or_default();
                for (place, sum) in sums {
                    flats[place].0.sum += sum;
                }
                let landmarks = new.iter().map(|(_, landmark)| landmark.bytes());
                fresh += landmarks.sum::<u64>() + new.len() as u64 * self.bytes;
                flats.extend(new);
            }
            self.control.hold(fresh)?;
            kept += fresh;
            self.control.release_all_but(held + kept);
        }
        let flats = known.into_values().flatten().map(|(flat, _)| Flat {
            sum: flat.sum / Rational::from_integer(flat.size.into()),
            ..flat
        });
        let flats: Vec<Flat<M>> = flats.collect();
        self.control
            .release_all_but(self.products.bytes() + flats.len() as u64 * self.bytes);
        Ok(flats)
    }

    /// The normals on a flat, and those that do not vanish there.
    fn on<M: Mask>(&self, inside: M, chain: &[u16]) -> (Matrix, Vec<u32>) {
        let mut matrix = self.matrix.clone();
        let mut child = Matrix::default();
        for &row in chain {
            matrix.restrict(row.into(), self.products.rows(), &mut child);
            std::mem::swap(&mut matrix, &mut child);
        }
        let rows = 0..self.products.rows();
        let active = rows
            .filter(|&row| !inside.contains(row))
            .map(|row| row as u32);
        (matrix, active.collect())
    }

    /// Appends the restrictions of a flat.
    fn restrictions<M: Mask>(
        &self,
        place: usize,
        flat: &Flat<M>,
        pulse: &mut Pulse<'_>,
        out: &mut Vec<Restriction<M>>,
    ) -> Result<(), StopReason> {
        let (matrix, active) = self.on(flat.inside, &flat.chain);
        let (mut first, mut places) = (Vec::new(), Vec::new());
        matrix.classes(&active, &mut first, &mut places);
        let from = out.len();
        out.extend(first.iter().map(|&row| Restriction {
            key: 0,
            inside: flat.inside,
            flat: place as u32,
            row: row as u16,
            added: 0,
        }));
        for (&row, &place) in active.iter().zip(&places) {
            let restriction = &mut out[from + place as usize];
            restriction.inside = restriction.inside.or(M::bit(row as usize));
            restriction.added += 1;
        }
        for restriction in &mut out[from..] {
            pulse.beat(self.products.rows() as u32 / 64)?;
            let around = self.products.around(restriction.inside);
            restriction.key = around.iter().fold(0, |sum, &hash| sum.wrapping_add(hash));
        }
        Ok(())
    }

    /// Compares restrictions of one key with the flats known, and with each other.
    fn compare<M: Mask>(
        &self,
        block: &[Flat<M>],
        group: &[Restriction<M>],
        known: &Known<M>,
        search: &mut Search<'_>,
    ) -> Result<Found<M>, StopReason> {
        let known = group.first().and_then(|first| known.get(&first.key));
        let known = known.map_or(&[][..], Vec::as_slice);
        let mut sums: Vec<(usize, Rational)> = Vec::new();
        let mut new: Vec<(Flat<M>, Landmark)> = Vec::new();
        let mut last: Option<(M, usize)> = None;
        for restriction in group {
            self.control.poll()?;
            let inside = restriction.inside;
            let flat = &block[restriction.flat as usize];
            let sum = &flat.sum * Rational::from_integer(restriction.added.into());
            let around = self.products.around(inside);
            let mut place = last
                .filter(|(before, _)| *before == inside)
                .map(|(_, place)| place);
            let candidates = known.iter().chain(&new).enumerate();
            for (candidate, (flat, landmark)) in candidates {
                if place.is_none() && search.carries(landmark, (flat.inside, inside), &around)? {
                    place = Some(candidate);
                }
            }
            let place = place.unwrap_or(known.len() + new.len());
            last = Some((inside, place));
            match place.checked_sub(known.len()) {
                None => sums.push((place, sum)),
                Some(place) if place < new.len() => new[place].0.sum += sum,
                Some(_) => {
                    let chain: Box<[u16]> = flat
                        .chain
                        .iter()
                        .copied()
                        .chain([restriction.row])
                        .collect();
                    let basis = self.basis(inside, &chain);
                    let flat = Flat {
                        inside,
                        size: flat.size + restriction.added,
                        chain,
                        sum,
                    };
                    new.push((flat, Landmark::new(self.products, around, basis)));
                }
            }
        }
        Ok((sums, new))
    }

    /// A basis of the normals that begins with a chain.
    fn basis<M: Mask>(&self, inside: M, chain: &[u16]) -> Vec<u32> {
        let (mut matrix, active) = self.on(inside, chain);
        let mut basis: Vec<u32> = chain.iter().copied().map(u32::from).collect();
        let mut child = Matrix::default();
        let mut vanished = vec![false; self.products.rows()];
        while matrix.dimension() > 0 {
            vanished.fill(false);
            matrix.vanishing(|row| vanished[row] = true);
            let Some(&row) = active.iter().find(|&&row| !vanished[row as usize]) else {
                break;
            };
            basis.push(row);
            if matrix.dimension() == 1 {
                break;
            }
            matrix.restrict(row as usize, self.products.rows(), &mut child);
            std::mem::swap(&mut matrix, &mut child);
        }
        basis
    }

    /// What a flat of dimension 3 adds to the sums for dimension 2 and 1.
    fn lines<M: Mask>(
        &self,
        flat: &Flat<M>,
        pulse: &mut Pulse<'_>,
    ) -> Result<(Rational, Rational), StopReason> {
        let (mut matrix, active) = self.on(flat.inside, &flat.chain);
        let (mut first, mut places) = (Vec::new(), Vec::new());
        matrix.classes(&active, &mut first, &mut places);
        let mut sizes = vec![0u32; first.len()];
        for &place in &places {
            sizes[place as usize] += 1;
        }
        matrix.select(&first);
        let mut child = Matrix::default();
        let (mut others, mut kept, mut groups) = (Vec::new(), Vec::new(), Vec::new());
        // How many planes have so many hyperplanes more, and how many lines so many and then so many more.
        let mut planes: BTreeMap<u32, u64> = BTreeMap::new();
        let mut lines: BTreeMap<(u32, u32), u64> = BTreeMap::new();
        for row in 0..first.len() {
            pulse.beat(first.len() as u32 / 4)?;
            matrix.restrict(row, first.len(), &mut child);
            others.clear();
            others.extend((0..first.len() as u32).filter(|&other| other as usize != row));
            child.classes(&others, &mut kept, &mut groups);
            let mut added = vec![0u32; kept.len()];
            for (&other, &group) in others.iter().zip(&groups) {
                added[group as usize] += sizes[other as usize];
            }
            *planes.entry(sizes[row]).or_default() += 1;
            for added in added {
                *lines.entry((sizes[row], added)).or_default() += 1;
            }
        }
        let part = |count: u64, added: u32, before: u32| {
            Rational::new((count * u64::from(added)).into(), (before + added).into())
        };
        let plane_sum: Rational = planes
            .iter()
            .map(|(&added, &count)| part(count, added, flat.size))
            .sum();
        let line_sum: Rational = lines
            .iter()
            .map(|(&(added, more), &count)| {
                part(1, added, flat.size) * part(count, more, flat.size + added)
            })
            .sum();
        let (planes, lines) = (&flat.sum * plane_sum, &flat.sum * line_sum);
        self.report(&planes);
        self.report(&lines);
        Ok((planes, lines))
    }
}

#[cfg(test)]
mod tests {
    use num_bigint::BigInt;

    use super::*;
    use crate::arrangement::{Arrangement, Method, Options};

    /// Where few symmetries are found, or none, the sums are fractions, and the count is the same.
    #[test]
    fn symmetries_that_are_not_found_do_not_matter() {
        let vectors = |of: std::ops::Range<u32>, dimension: u32, entry: &dyn Fn(u32) -> i64| {
            let row = |vector: u32| {
                let bits = (0..dimension).map(|k| vector >> k & 1);
                bits.map(|bit| BigInt::from(entry(bit))).collect()
            };
            of.map(row).collect()
        };
        let instances: [(Vec<Vec<BigInt>>, u32); 3] = [
            (vectors(1..16, 4, &|bit| i64::from(bit)), 370),
            (vectors(1..32, 5, &|bit| i64::from(bit)), 11_292),
            (vectors(0..16, 5, &|bit| 1 - 2 * i64::from(bit)), 1_882),
        ];
        for (rows, regions) in instances {
            let arrangement = Arrangement::from_integers(&rows, rows[0].len()).expect("rows");
            let options = Options {
                method: Method::Orbits,
                threads: 1,
                ..Options::default()
            };
            let control = arrangement.control(&options);
            let matrix = arrangement.summand(0, &control).expect("no limit");
            let products = arrangement.products(0, control.watch());
            let products = products.expect("no limit").expect("few rows");
            for tries in [0, 1, 4, 6, 7, MOST_TRIES] {
                let counting = Counting {
                    matrix: &matrix,
                    products: &products,
                    control: &control,
                    tries,
                    bytes: 0,
                };
                let half = counting.half::<u64>().expect("no limit");
                assert_eq!(half * 2u32, regions.into(), "{tries}");
            }
        }
    }
}
