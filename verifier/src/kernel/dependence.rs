//! Whether vectors have exactly one linear dependence, and that with all its coefficients positive: what it takes to be a circuit.
//!
//! The coefficients are found modulo primes. With vectors g_1, …, g_k of which all but the last are independent, and as many coordinates in which a minor
//! of these is not 0, the coefficients are minors of order k − 1. By Hadamard no minor exceeds Π |g_j|, and the primes' product is more than twice that:
//! so the residues tell whether a minor is 0, and the coefficients' signs. Where that takes many primes, most circuits are seen by
//! [`Enclosure`] before.

use num_bigint::BigInt;
use num_traits::Zero as _;

use super::budget::Budget;
use super::cost;
use super::difference::Difference;
use super::elimination::{Elimination, Modular};
use super::enclosure::Enclosure;
use super::modulus::Modulus;
use super::verdict::Stop;

/// What was found of vectors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// One dependence, with positive coefficients.
    Positive,
    /// None.
    Independent,
    /// One already without the last vector.
    Short,
    /// One where a coefficient is 0, or two have different signs.
    Mixed,
}

/// What is kept of a difference's normals from one circuit to the next, and places to work in.
#[derive(Debug, Default)]
pub(crate) struct Normals {
    /// Bits of |n|², for each.
    lengths: Vec<u64>,
    enclosure: Enclosure,
    fields: Vec<Field>,
    elimination: Elimination,
    digits: Digits,
}

/// The normals modulo a prime.
#[derive(Debug)]
struct Field {
    modulus: Modulus,
    /// 1/p for the primes before.
    inverses: Vec<u64>,
    /// Normal by normal.
    normals: Vec<u64>,
}

/// The coefficients as sums of digits: a_1 + a_2·p_1 + a_3·p_1·p_2 + …, with |a_i| < p_i/2. So the last digit that is not 0 has the sign of the sum.
#[derive(Debug, Default)]
struct Digits {
    /// Which primes these are.
    used: Vec<usize>,
    /// Those of all coefficients for the first prime, for the second, and so on.
    digits: Vec<i64>,
    signs: Vec<i64>,
}

impl Normals {
    /// Looks at vectors ±n_H, at least one, given by numbers that exist and whether the sign is +. The difference is the same each time.
    pub(crate) fn dependence(
        &mut self,
        members: &[(usize, bool)],
        difference: &Difference,
        limits: &Budget,
    ) -> Result<Found, Stop> {
        let (count, inputs) = (members.len(), difference.inputs);
        if count == 0 {
            return Ok(Found::Independent);
        }
        if count > inputs + 1 {
            return Ok(Found::Short);
        }
        self.measure(difference, limits)?;
        let lengths = members.iter().filter_map(|(h, _)| self.lengths.get(*h));
        let bits = lengths.sum::<u64>().div_ceil(2) + 1;
        let needed = bits.div_ceil(Modulus::BITS);
        // With few primes these are the faster way.
        if needed > 2 && self.seen(members, difference, limits)? {
            return Ok(Found::Positive);
        }
        self.elimination.begin(count, inputs);
        self.digits.begin(count);
        let (mut found, mut vanishing) = (0, 0);
        for index in 0.. {
            self.extend(index, difference, limits)?;
            let Some(field) = self.fields.get(index) else {
                break; // It is there.
            };
            limits.charge(elimination(count, inputs))?;
            let entries = |coordinate: usize, matrix: &mut Vec<u64>| {
                matrix.extend(members.iter().map(|(h, plus)| {
                    let entry = field.normals.get(h * inputs + coordinate);
                    let entry = entry.copied().unwrap_or(0);
                    match plus {
                        true => entry,
                        false => field.modulus.negative(entry),
                    }
                }));
            };
            match self.elimination.run(field.modulus, found > 0, entries) {
                Modular::Independent => return Ok(Found::Independent),
                Modular::Coefficients => {
                    limits.charge(cost::times(count * (self.digits.used.len() + 1), 4))?;
                    self.digits
                        .push(index, field, &self.elimination.coefficients);
                    found += 1;
                }
                // A minor that is not 0 vanishes modulo few primes: another one will do.
                Modular::Vanishing if found > 0 => {}
                Modular::Vanishing => vanishing += 1,
            }
            if vanishing == needed {
                return Ok(Found::Short);
            }
            if found == needed {
                break;
            }
        }
        Ok(match self.digits.signs.split_first() {
            Some((first, rest)) if *first != 0 && rest.iter().all(|sign| sign == first) => {
                Found::Positive
            }
            _ => Found::Mixed,
        })
    }

    /// Finds the lengths of all normals, once.
    fn measure(&mut self, difference: &Difference, limits: &Budget) -> Result<(), Stop> {
        if !self.lengths.is_empty() {
            return Ok(());
        }
        limits.keep(cost::times(difference.normals(), 8))?;
        for index in 0..difference.normals() {
            let mut sum = BigInt::zero();
            for entry in difference.normal(index)?.1.iter() {
                limits.charge(cost::inner(1, entry.bits(), entry.bits()))?;
                sum += entry * entry;
            }
            self.lengths.push(sum.bits());
        }
        Ok(())
    }

    /// Whether short approximations show a dependence with positive coefficients.
    fn seen(
        &mut self,
        members: &[(usize, bool)],
        difference: &Difference,
        limits: &Budget,
    ) -> Result<bool, Stop> {
        let inputs = difference.inputs;
        if !Enclosure::can_see(members.len(), inputs) {
            return Ok(false);
        }
        if self.enclosure.is_empty() {
            let rows = difference.normals();
            limits.charge(difference.work(64))?;
            limits.keep(cost::times(rows, 8 * inputs as u64))?;
            for index in 0..rows {
                self.enclosure.push(&difference.normal(index)?.1);
            }
        }
        limits.charge(Enclosure::work(inputs))?;
        Ok(self.enclosure.sees(members, inputs))
    }

    /// Has the residues modulo the prime of this index; those before are there.
    fn extend(
        &mut self,
        index: usize,
        difference: &Difference,
        limits: &Budget,
    ) -> Result<(), Stop> {
        if index < self.fields.len() {
            return Ok(());
        }
        let rows = difference.normals();
        let entries = cost::times(rows, difference.inputs as u64);
        // To find the prime and the inverses, and to divide each limb by it.
        limits.charge(20_000 + cost::times(index, 500))?;
        limits.charge(difference.work(1024).saturating_add(20 * entries))?;
        limits.keep(entries.saturating_add(index as u64).saturating_mul(8))?;
        let modulus = match self.fields.last() {
            Some(last) => last.modulus.next(),
            None => Modulus::first(),
        };
        let before = self.fields.iter();
        let inverses = before.map(|before| modulus.inverse_of(before.modulus));
        let mut field = Field {
            modulus,
            inverses: inverses.collect(),
            normals: Vec::with_capacity(rows * difference.inputs),
        };
        for index in 0..rows {
            let normal = &difference.normal(index)?.1;
            let elements = normal.iter().map(|entry| modulus.element(entry));
            field.normals.extend(elements);
        }
        self.fields.push(field);
        Ok(())
    }
}

/// Limb operations to eliminate in a matrix of so many columns and rows.
fn elimination(columns: usize, rows: usize) -> u64 {
    let places = |step: usize| (rows - step).saturating_mul(columns - step);
    let steps: usize = (1..columns).map(places).sum();
    let all = rows.saturating_mul(columns);
    500 + cost::times(steps, 2) + cost::times(all, 3)
}

impl Digits {
    fn begin(&mut self, count: usize) {
        self.used.clear();
        self.digits.clear();
        self.signs.clear();
        self.signs.resize(count, 0);
    }

    /// The next digit of each coefficient, from what it is modulo the next prime.
    fn push(&mut self, index: usize, field: &Field, coefficients: &[u64]) {
        let modulus = field.modulus;
        let known = self.digits.len();
        let residues = coefficients.iter().map(|x| modulus.residue(*x) as i64);
        self.digits.extend(residues);
        let (before, digits) = self.digits.split_at_mut(known);
        let before = before.chunks_exact(coefficients.len());
        for (before, used) in before.zip(&self.used) {
            let inverse = field.inverses.get(*used).copied().unwrap_or(0);
            for (residue, digit) in digits.iter_mut().zip(before) {
                let rest = modulus.sum(*residue as u64, modulus.of_signed(-digit));
                *residue = modulus.product(rest, inverse) as i64;
            }
        }
        for (digit, sign) in digits.iter_mut().zip(&mut self.signs) {
            *digit = modulus.balanced(*digit as u64);
            if *digit != 0 {
                *sign = digit.signum();
            }
        }
        self.used.push(index);
    }
}

#[cfg(test)]
#[path = "../tests/dependence.rs"]
mod tests;
