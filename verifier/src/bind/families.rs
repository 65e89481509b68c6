//! Families from files, compared with those of a claim as formulas.

use super::expression::{Arithmetic, evaluate};
use super::fault::{Fault, limit, wrong};
use crate::kernel::budget::Budget;
use crate::kernel::function::Function;
use crate::kernel::quotient::Quotient;
use crate::kernel::verdict::{Locate as _, Stop, decline, differ, equal, reject};
use relucert_format::{FamilyNetwork, Formula, Range};

/// Most neurons.
const MOST_NEURONS: usize = 64;
/// Most entries.
const MOST_ENTRIES: usize = 4096;
/// Largest degree of a number.
const MOST_DEGREE: usize = 100;
/// Most square roots in a number.
const MOST_ROOTS: usize = 3;

/// The texts of a family's entries, each of them a function of k.
#[derive(Clone, Debug)]
pub(crate) struct FamilyFile {
    a: Vec<Vec<String>>,
    c: Vec<Vec<String>>,
    /// b and e, where it has biases.
    biases: Option<[Vec<String>; 2]>,
}

impl FamilyFile {
    /// Whether a family may have so many neurons and entries.
    pub(crate) fn fits(neurons: usize, entries: usize) -> Result<(), Fault> {
        match neurons > MOST_NEURONS || entries > MOST_ENTRIES {
            false => Ok(()),
            true => limit(format!(
                "more than {MOST_NEURONS} neurons or {MOST_ENTRIES} entries of a family"
            )),
        }
    }

    /// From rows of equal length, as many of a as of c.
    pub(crate) fn new(
        a: Vec<Vec<String>>,
        c: Vec<Vec<String>>,
        biases: Option<[Vec<String>; 2]>,
        limits: &Budget,
    ) -> Result<FamilyFile, Fault> {
        let rows = || a.iter().chain(&c).chain(biases.iter().flatten());
        FamilyFile::fits(a.len(), rows().map(Vec::len).sum())?;
        let texts = rows().flatten();
        limits.keep(texts.map(|text| text.len() as u64 + 56).sum())?;
        let functions = Functions {
            range: Range::From(1),
            formal: true,
            limits,
        };
        for text in rows().flatten() {
            evaluate(text, &functions)?;
        }
        Ok(FamilyFile { a, c, biases })
    }

    /// The stated family is this one: entry by entry the same number at every k of every range.
    pub(crate) fn check(
        &self,
        name: &str,
        file: &str,
        stated: &FamilyNetwork,
        ranges: &[Range],
        limits: &Budget,
    ) -> Result<(), Stop> {
        let (stated_biases, biases) = match (&stated.b, &stated.e, &self.biases) {
            (Some(b), Some(e), Some(biases)) => {
                ([b, e].map(Clone::clone).to_vec(), biases.to_vec())
            }
            (None, None, None) => (Vec::new(), Vec::new()),
            (found, _, expected) => {
                let words = |there| if there { "has biases" } else { "has none" };
                return differ(
                    format!("the family {name} against {file}"),
                    words(found.is_some()),
                    words(expected.is_some()),
                );
            }
        };
        for (part, found, rows) in [
            ("a", &stated.a, &self.a),
            ("c", &stated.c, &self.c),
            ("b and e", &stated_biases, &biases),
        ] {
            let what = format!("{part} of the family {name} against {file}");
            equal(format!("rows of {what}"), found.len(), rows.len())?;
            for (i, (found, row)) in found.iter().zip(rows).enumerate() {
                let length = format!("length of row {i} of {what}");
                equal(length, found.len(), row.len())?;
                for (k, (formula, text)) in found.iter().zip(row).enumerate() {
                    for range in ranges {
                        let same = same(formula, text, *range, limits);
                        let what = || format!("entry {k} of row {i} of {what} for {range}");
                        if !same.in_part(what)? {
                            return differ(what(), formula, text);
                        }
                    }
                }
            }
        }
        Ok(())
    }
}

fn same(formula: &Formula, text: &str, range: Range, limits: &Budget) -> Result<bool, Stop> {
    let functions = Functions {
        range,
        formal: false,
        limits,
    };
    let value = evaluate(text, &functions).or_else(|fault| match fault {
        Fault::Wrong(reason) => reject(reason),
        Fault::Limit(reason) => decline(reason),
    })?;
    let stated = Function::stated(formula, range, limits)?;
    stated.sub(&value, limits)?.is_zero(limits)
}

/// Functions of k on a range; formal ones may have poles in it.
struct Functions<'a> {
    range: Range,
    formal: bool,
    limits: &'a Budget,
}

impl Arithmetic for Functions<'_> {
    type Scalar = Quotient;
    const LONGEST: usize = 10_000;
    const DEEPEST: usize = 32;
    const LARGEST_POWER: u32 = 100;
    const FRACTIONAL_POWERS: bool = true;

    fn limits(&self) -> &Budget {
        self.limits
    }

    fn formal(&self) -> bool {
        self.formal
    }

    fn parameter(&self) -> Option<Result<Function, Fault>> {
        let k = match "k".parse::<Formula>() {
            Ok(k) => Function::stated(&k, self.range, self.limits).map_err(Fault::from),
            Err(error) => wrong(error.to_string()),
        };
        Some(k)
    }

    fn small(&self, value: Function) -> Result<Function, Fault> {
        if value.degree() > MOST_DEGREE {
            return limit(format!("a degree in k above {MOST_DEGREE}"));
        }
        if value.root_count() > MOST_ROOTS {
            return limit(format!("more than {MOST_ROOTS} square roots"));
        }
        Ok(value)
    }
}
