//! Sections of statements for all k, compared with what the engine proves.

use relucert::certificate::{FamilyNetwork, Formula, Range};
use relucert::family::{
    Expression, Family, Place, Proved, Question, prove_reparametrization, prove_separated,
};
use relucert::watch::Watch;

use super::families::MOST_TRIED;
use super::formulas::{expression, family};
use super::{Doubt, Judged, given, holds, known};

/// A section whose formulas are compared with the engine's, whose k is less by `shift`.
pub struct Compared {
    pub range: Range,
    pub shift: u64,
    pub real: bool,
}

impl Compared {
    /// The engine's parts that meet the section: their value and range, and how the claimed formula reads there.
    fn parts<'a>(
        &'a self,
        proved: &'a Proved,
    ) -> impl Iterator<Item = Result<(Expression, Range), Doubt>> + 'a {
        let end = self.range.end().map(|end| end - self.shift);
        let met = proved.parts.iter();
        let met = met.filter(move |part| end.is_none_or(|end| part.range.first() < end));
        met.map(move |part| {
            if self.real && matches!(part.range, Range::At(_)) {
                return known(None, "a proof for real k");
            }
            let value = known(part.value.as_ref(), "a value for all k")?;
            let (first, last) = (part.range.first(), part.range.end());
            let last = match (last, end) {
                (Some(last), Some(end)) => Some(last.min(end)),
                (last, end) => last.or(end),
            };
            let range = match last {
                None => Range::From(first),
                Some(last) if last == first + 1 => Range::At(first),
                Some(last) => Range::Between(first, last),
            };
            Ok((expression(value, 0)?, range))
        })
    }

    /// The section's range, moved.
    pub fn moved(&self) -> Range {
        match self.range {
            Range::From(a) => Range::From(a - self.shift),
            Range::Between(a, b) => Range::Between(a - self.shift, b - self.shift),
            Range::At(a) => Range::At(a - self.shift),
        }
    }

    /// The integers of a range, if there are few, and the range is only about integers.
    fn integers(&self, range: Range) -> Option<std::ops::Range<u64>> {
        let whole = range.first()..range.end()?;
        (!self.real && whole.end - whole.start <= MOST_TRIED).then_some(whole)
    }

    /// The claimed formula is what the engine proves.
    pub fn equal(&self, claimed: &Formula, proved: &Proved) -> Judged {
        let claimed = expression(claimed, self.shift)?;
        for part in self.parts(proved) {
            let (found, range) = part?;
            if claimed.sub(&found).is_zero() {
                continue;
            }
            let integers = known(self.integers(range), "whether two formulas agree")?;
            for k in integers {
                let value = |e: &Expression| given(e.at(k), "not defined at some k");
                let same = value(&claimed)?.compare(&value(&found)?).is_eq();
                holds(same, "the value is another at some k")?;
            }
        }
        Ok(())
    }

    /// `less` < `more`, or at most.
    pub fn ordered(
        &self,
        less: &Expression,
        more: &Expression,
        range: Range,
        strictly: bool,
    ) -> Judged {
        let margin = more.sub(less);
        let signs = margin.signs(Place::On(range));
        if !(signs.negative || strictly && signs.zero) {
            return Ok(());
        }
        for k in known(self.integers(range), "which of two formulas is larger")? {
            let sign = given(margin.at(k), "not defined at some k")?.sign();
            let sure = sign.is_gt() || (sign.is_eq() && !strictly);
            known(sure.then_some(()), "a distance that is only bounded")?;
        }
        Ok(())
    }

    pub fn apart(
        &self,
        gamma: &Family,
        theta: &Family,
        distance: &Formula,
        above: Option<&Formula>,
    ) -> Judged {
        let found = prove_separated(gamma, theta, &Question::default());
        let found = known(found.ok(), "a least distance for all k")?;
        let distance = expression(distance, self.shift)?;
        let above = above
            .map(|above| expression(above, self.shift))
            .transpose()?;
        for part in self.parts(&found) {
            let (least, range) = part?;
            self.ordered(&distance, &least, range, false)?;
            if let Some(above) = &above {
                self.ordered(above, &distance, range, true)?;
            }
        }
        Ok(())
    }

    pub fn reached(
        &self,
        gamma: &Family,
        theta: &Family,
        phi: &FamilyNetwork,
        distance: &Formula,
    ) -> Judged {
        let phi = family(phi, self.shift)?;
        let found = prove_reparametrization(gamma, theta, &phi, &Watch::none());
        self.equal(distance, &known(found.ok(), "a Φ for all k")?)
    }
}
