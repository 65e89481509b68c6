//! Affine functions of the inputs and of neurons, and their linear combinations.

use std::cell::{OnceCell, RefCell};

use num_bigint::BigInt;
use num_traits::{One as _, Zero as _};

use super::budget::Budget;
use super::fault::Fault;
use crate::exact::Rational;
use crate::exact::gcd::{lcm, product, reduced};
use crate::exact::rows::clear_denominators;

/// An affine function: an input or a neuron after its ReLU, by its number, with its weight; and a constant. Numbers rise, and weights are not 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) terms: Vec<(u32, Rational)>,
    pub(super) constant: Rational,
}

impl Row {
    /// A constant.
    pub(super) fn constant(constant: Rational) -> Self {
        let terms = Vec::new();
        Row { terms, constant }
    }

    /// An input or neuron itself.
    pub(super) fn unit(number: u32) -> Self {
        Row {
            terms: vec![(number, Rational::one())],
            constant: Rational::zero(),
        }
    }

    /// Room for a copy.
    pub(super) fn charge(&self, budget: &mut Budget) -> Result<(), Fault> {
        budget.numbers(Some(self.terms.len() + 1))?;
        let numbers = self.terms.iter().map(|(_, weight)| weight);
        let bits = numbers.chain([&self.constant]);
        budget.bits(
            bits.map(|number| number.numer().bits() + number.denom().bits())
                .sum(),
        )
    }

    /// Itself, as one more that takes up room.
    pub(super) fn copied(&self, budget: &mut Budget) -> Result<Row, Fault> {
        self.charge(budget)?;
        Ok(self.clone())
    }

    /// A multiple.
    pub(super) fn scaled(&self, factor: &Rational, budget: &mut Budget) -> Result<Row, Fault> {
        Mixer::new(std::slice::from_ref(self)).mix(&[(0, factor)], budget)
    }

    /// The sum with a number.
    pub(super) fn plus(mut self, number: &Rational, budget: &mut Budget) -> Result<Row, Fault> {
        if !number.is_zero() {
            self.constant = budget.value(self.constant + number)?;
        }
        Ok(self)
    }

    /// Whether it is one input or neuron as it is.
    pub(super) fn is_unit(&self) -> bool {
        matches!(self.terms.as_slice(), [(_, weight)] if weight.is_one()) && self.constant.is_zero()
    }
}

/// Linear combinations of the same rows.
pub(super) struct Mixer<'a> {
    rows: &'a [Row],
    /// The rows as integers over one denominator, if they were needed.
    cleared: OnceCell<Cleared>,
    sums: RefCell<Sums>,
}

struct Cleared {
    denominator: BigInt,
    /// Weights, and last the constant.
    rows: Vec<Vec<BigInt>>,
}

/// Sums of weights by their numbers, and the numbers that have some.
#[derive(Default)]
struct Sums {
    sums: Vec<BigInt>,
    seen: Vec<bool>,
    touched: Vec<u32>,
}

impl<'a> Mixer<'a> {
    pub(super) fn new(rows: &'a [Row]) -> Self {
        let greatest = rows
            .iter()
            .filter_map(|row| row.terms.last())
            .map(|(n, _)| *n)
            .max();
        let size = greatest.map_or(0, |number| number as usize + 1);
        Mixer {
            rows,
            cleared: OnceCell::new(),
            sums: RefCell::new(Sums {
                sums: Vec::new(),
                seen: vec![false; size],
                touched: Vec::new(),
            }),
        }
    }

    /// Σ factor · row.
    pub(super) fn mix(
        &self,
        parts: &[(usize, &Rational)],
        budget: &mut Budget,
    ) -> Result<Row, Fault> {
        let parts: Vec<_> = parts
            .iter()
            .filter(|(_, factor)| !factor.is_zero())
            .collect();
        let mut sums = self.sums.borrow_mut();
        let mut rising = true;
        for (index, _) in &parts {
            for (number, _) in &self.rows[*index].terms {
                rising &= sums.touched.last().is_none_or(|last| last < number);
                if std::mem::replace(&mut sums.seen[*number as usize], true) {
                    continue;
                }
                sums.touched.push(*number);
            }
        }
        let touched = std::mem::take(&mut sums.touched);
        touched
            .iter()
            .for_each(|number| sums.seen[*number as usize] = false);
        let terms: usize = parts
            .iter()
            .map(|(index, _)| self.rows[*index].terms.len())
            .sum();
        if terms != touched.len() {
            return self.collected(&parts, touched, &mut sums, budget);
        }
        // No number stands twice: nothing is to be added up but constants.
        budget.numbers(Some(terms + 1))?;
        let mut row = Row::constant(self.constant(&parts, budget)?);
        row.terms.reserve_exact(terms);
        for (index, factor) in &parts {
            let from = &self.rows[*index];
            if from.is_unit() {
                row.terms.push((from.terms[0].0, (*factor).clone()));
                continue;
            }
            budget.products(from.terms.len())?;
            for (number, weight) in &from.terms {
                row.terms
                    .push((*number, budget.value(product(weight, factor))?));
            }
        }
        if !rising {
            row.terms.sort_unstable_by_key(|(number, _)| *number);
        }
        Ok(row)
    }

    fn constant(
        &self,
        parts: &[&(usize, &Rational)],
        budget: &mut Budget,
    ) -> Result<Rational, Fault> {
        let parts = parts
            .iter()
            .map(|(index, factor)| (&self.rows[*index].constant, *factor));
        let parts: Vec<_> = parts.filter(|(constant, _)| !constant.is_zero()).collect();
        budget.products(parts.len())?;
        inner_product(parts, budget)
    }

    /// Over one denominator, which is divided out once.
    fn collected(
        &self,
        parts: &[&(usize, &Rational)],
        mut touched: Vec<u32>,
        sums: &mut Sums,
        budget: &mut Budget,
    ) -> Result<Row, Fault> {
        let cleared = match self.cleared.get() {
            Some(cleared) => cleared,
            None => {
                let made = clear(self.rows, budget)?;
                self.cleared.get_or_init(|| made)
            }
        };
        let factors: Vec<Rational> = parts.iter().map(|(_, factor)| (*factor).clone()).collect();
        let factors = clear_denominators(&factors);
        let mut constant = BigInt::zero();
        sums.sums.resize(sums.seen.len(), BigInt::zero());
        for ((index, _), factor) in parts.iter().zip(&factors.entries) {
            let (row, integers) = (&self.rows[*index], &cleared.rows[*index]);
            budget.products(integers.len())?;
            for ((number, _), integer) in row.terms.iter().zip(integers) {
                sums.sums[*number as usize] += factor * integer;
            }
            if let Some(last) = integers.last().filter(|last| !last.is_zero()) {
                constant += factor * last;
            }
        }
        touched.sort_unstable();
        budget.numbers(Some(touched.len() + 1))?;
        let denominator = factors.denominator * &cleared.denominator;
        let constant = budget.value(reduced(constant, denominator.clone()))?;
        let mut terms = Vec::with_capacity(touched.len());
        let mut over = Ok(());
        for number in touched {
            let sum = std::mem::take(&mut sums.sums[number as usize]);
            if !sum.is_zero() && over.is_ok() {
                match budget.value(reduced(sum, denominator.clone())) {
                    Ok(weight) => terms.push((number, weight)),
                    Err(fault) => over = Err(fault),
                }
            }
        }
        over.map(|()| Row { terms, constant })
    }
}

/// All rows over the least common denominator.
fn clear(rows: &[Row], budget: &mut Budget) -> Result<Cleared, Fault> {
    let all = || {
        let weights = rows
            .iter()
            .flat_map(|row| row.terms.iter().map(|(_, weight)| weight));
        weights.chain(rows.iter().map(|row| &row.constant))
    };
    let mut denominator = BigInt::one();
    for value in all() {
        if !(&denominator % value.denom()).is_zero() {
            denominator = lcm(&denominator, value.denom());
            budget.bits(denominator.bits())?;
        }
    }
    for value in all() {
        budget.bits(denominator.bits() + value.numer().bits() - value.denom().bits() + 1)?;
    }
    let integer = |value: &Rational| value.numer() * (&denominator / value.denom());
    let rows = rows.iter().map(|row| {
        let weights = row.terms.iter().map(|(_, weight)| integer(weight));
        weights.chain([integer(&row.constant)]).collect()
    });
    let rows = rows.collect();
    Ok(Cleared { denominator, rows })
}

/// The sum of products of pairs.
pub(super) fn inner_product(
    pairs: Vec<(&Rational, &Rational)>,
    budget: &mut Budget,
) -> Result<Rational, Fault> {
    match pairs.as_slice() {
        [] => return Ok(Rational::zero()),
        [(x, y)] => return budget.value(product(x, y)),
        _ => {}
    }
    let (left, right): (Vec<_>, Vec<_>) = pairs
        .into_iter()
        .map(|(x, y)| (x.clone(), y.clone()))
        .unzip();
    let (left, right) = (clear_denominators(&left), clear_denominators(&right));
    budget.bits(left.denominator.bits() + right.denominator.bits())?;
    let products = left.entries.iter().zip(&right.entries).map(|(x, y)| x * y);
    let sum: BigInt = products.sum();
    budget.value(reduced(sum, left.denominator * right.denominator))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exact::text::parse_rational as number;
    use proptest::prelude::*;

    fn row(weights: &[(u32, Rational)], constant: Rational) -> Row {
        let terms = weights
            .iter()
            .filter(|(_, w)| !w.is_zero())
            .cloned()
            .collect();
        Row { terms, constant }
    }

    #[test]
    fn rows_are_combined_exactly() {
        let mut budget = Budget::new(0);
        let (half, third) = (number("1/2").unwrap(), number("1/3").unwrap());
        let rows = [
            Row::unit(2),
            row(&[(0, half.clone()), (2, third.clone())], half.clone()),
        ];
        let mixer = Mixer::new(&rows);
        let mixed = mixer
            .mix(&[(0, &third), (1, &-&Rational::one())], &mut budget)
            .unwrap();
        // The weights of 2 cancel.
        assert_eq!(mixed, row(&[(0, -&half)], -&half));
        assert_eq!(
            mixer.mix(&[(0, &half)], &mut budget).unwrap(),
            row(&[(2, half.clone())], Rational::zero())
        );
        assert_eq!(
            mixer.mix(&[], &mut budget).unwrap(),
            Row::constant(Rational::zero())
        );
        let swapped = [Row::unit(2), Row::unit(0)];
        let mixed = Mixer::new(&swapped)
            .mix(&[(0, &third), (1, &half)], &mut budget)
            .unwrap();
        assert_eq!(mixed, row(&[(0, half), (2, third)], Rational::zero()));
    }

    proptest! {
        #[test]
        fn mixing_is_that_of_fractions(
            weights in proptest::collection::vec(proptest::collection::vec((-9i64..9, 1i64..9), 4), 1..5),
            factors in proptest::collection::vec((-9i64..9, 1i64..9), 5),
        ) {
            let fraction = |(p, q): &(i64, i64)| Rational::new((*p).into(), (*q).into());
            let rows: Vec<Row> = weights.iter().map(|weights| {
                let terms: Vec<_> = (0..3).map(|n| (n, fraction(&weights[n as usize]))).collect();
                row(&terms, fraction(&weights[3]))
            }).collect();
            let factors: Vec<Rational> = factors.iter().map(fraction).collect();
            let parts: Vec<_> = (0..rows.len()).map(|i| (i, &factors[i])).collect();
            let mixed = Mixer::new(&rows).mix(&parts, &mut Budget::new(0)).unwrap();
            let sum = |at: usize| (0..rows.len()).map(|i| &factors[i] * fraction(&weights[i][at])).sum::<Rational>();
            let terms: Vec<_> = (0..3).map(|n| (n, sum(n as usize))).collect();
            prop_assert_eq!(mixed, row(&terms, sum(3)));
        }
    }
}
