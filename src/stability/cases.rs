//! Which case of a proof a neuron is in, over any numbers: functions of k ask for the same signs.

use std::cmp::Ordering;

use crate::certificate::{MainCase, ProofCase, StarCase};
use crate::exact::scalar::{Order, Scalar};

/// The case of Theorem 3.1 of a neuron of Γ with the product |p| and the sizes |c|, ‖a‖ (over one root); `matched` if Θ has a neuron on its hyperplane.
pub(crate) fn main_case<S: Scalar, O: Order<S>>(
    order: &mut O,
    matched: bool,
    p: &S,
    threshold: &S,
    [outer, inner]: [&S; 2],
) -> Result<ProofCase, O::Undecided> {
    // Case 1: no hyperplane in common.
    if !matched {
        return Ok(ProofCase::Unmatched);
    }
    // Case A: Γ's neuron is small.
    if order.sign(&p.less(threshold))?.is_le() {
        return Ok(ProofCase::Main(MainCase::Small));
    }
    Ok(ProofCase::Main(match order.sign(&outer.less(inner))? {
        // Case B.1: |c| > ‖a‖.
        Ordering::Greater => MainCase::OuterLarger,
        // Case B.2: |c| < ‖a‖.
        Ordering::Less => MainCase::InnerLarger,
        // Case B.3: |c| = ‖a‖.
        Ordering::Equal => MainCase::Balanced,
    }))
}

/// The case of Theorem 3.3 of two neurons with the products p = ‖c^Γ‖‖a^Γ‖ and q = ‖c^Θ‖‖a^Θ‖; `matched` if they are on one hyperplane.
pub(crate) fn star_case<S: Scalar, O: Order<S>>(
    order: &mut O,
    matched: bool,
    [p, q]: [&S; 2],
    threshold: &S,
) -> Result<ProofCase, O::Undecided> {
    // Case 1 of Theorem 3.3.
    if !matched {
        return Ok(ProofCase::Unmatched);
    }
    // Case A.1 of Theorem 3.3.
    if order.sign(&p.less(threshold))?.is_le() {
        return Ok(ProofCase::Star(StarCase::GammaSmall));
    }
    Ok(ProofCase::Star(match order.sign(&q.less(threshold))? {
        // Case B of Theorem 3.3.
        Ordering::Greater => StarCase::Large,
        // Case A.2 of Theorem 3.3.
        _ => StarCase::ThetaSmall,
    }))
}

/// What a neuron of Θ takes over from its partner in Γ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Taking {
    /// c.
    Outer,
    /// a.
    Inner,
    /// Neither: it is balanced.
    Nothing,
}

impl Taking {
    /// As a case of Theorem 3.1 asks.
    pub(crate) fn in_case(case: ProofCase) -> Self {
        match case {
            // Case B.1: c as in Γ, (69).
            ProofCase::Main(MainCase::OuterLarger) => Taking::Outer,
            // Case B.2: a as in Γ, (70).
            ProofCase::Main(MainCase::InnerLarger) => Taking::Inner,
            // Case 1, Case A and Case B.3: balanced, (60) and (68).
            _ => Taking::Nothing,
        }
    }

    /// The pair lemma of the refined form (N6): p, q > 0 (up to a common sign) on one hyperplane come within √|q − p|. Where the larger of |c|, ‖a‖, here over √s,
    /// is at least that, it is kept: the other one changes by |q − p| over it. Else q > p and balancing does: ‖a‖ ≤ |c| < t, q = c‖a‖ + t², so
    /// t ≤ √q ≤ |c| + t and √q ≤ ‖a‖ + t.
    pub(crate) fn of_partners<S: Scalar, O: Order<S>>(
        order: &mut O,
        gap: &S,
        [outer, inner]: [&S; 2],
        scale: &S,
    ) -> Result<Self, O::Undecided> {
        let gap = order.size(gap)?;
        let (larger, taking) = match order.sign(&outer.less(inner))?.is_ge() {
            true => (outer, Taking::Outer),
            false => (inner, Taking::Inner),
        };
        let room = scale.times(larger).times(larger).less(&gap);
        Ok(match order.sign(&room)?.is_lt() {
            true => Taking::Nothing,
            false => taking,
        })
    }
}
