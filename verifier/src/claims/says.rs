//! What a claim says: what it speaks of, the facts that must stand for it, and a sentence. What a fact obliges to see is said at its step; nothing is checked here.

use relucert_format::Statement;

use crate::facts::Fact;
use crate::kernel::number::Q;
use crate::kernel::surd::Sum;
use crate::kernel::verdict::Stop;
use crate::scene::Scene;
use crate::subject::Subject;

/// A fact that a claim needs, or several.
pub(crate) enum Wanted {
    /// A step establishes it.
    Is(Fact),
    /// r ≤ the number: one step, or one for every entry of the Jacobian and both signs.
    AtMost(Q),
    /// The largest absolute value on the claim's box, by its vertices or by heights.
    SupNorm(Q),
    /// A case for each neuron, all of one network: of Theorem 3.1, which C.3 holds for; or of Theorem 3.3 (`star`), which is Φ.
    Cases { threshold: Q, star: bool },
    /// No competitor is nearer, whatever is flipped.
    Apart { value: Sum, in_n_star: bool },
    /// The regions of the claim have inner points, and there are no others.
    Regions,
    /// An inequality between numbers.
    Order { less: Sum, more: Sum, what: String },
    /// A number of the statement is what a formula says.
    Formula { stated: Sum, is: Sum, what: String },
    /// Something in the statement itself.
    Stated(bool, &'static str),
}

/// A claim in the verifier's hands.
pub(crate) trait Says {
    /// Itself, whatever its type.
    fn itself(&self) -> &dyn Says
    where
        Self: Sized,
    {
        self
    }

    /// What it speaks of.
    fn subject(&self) -> Subject<'_>;

    /// What it asks of the statement beyond what it speaks of, before any step is read.
    fn fits(&self, _: &Scene) -> Result<(), Stop> {
        Ok(())
    }

    /// The facts that must stand.
    fn facts(&self, scene: &mut Scene) -> Result<Vec<Wanted>, Stop>;

    /// What was verified, if they stand.
    fn sentence(&self, scene: &Scene, statement: &Statement) -> String;

    /// What narrows it in one text, for callers who expect it.
    fn value(&self) -> Option<String> {
        None
    }

    /// Says so where its bounds are true of everything. Remarks are no part of the verdict: one whose computation meets a limit is not made.
    fn vacuous(&self, _: &Scene) -> String {
        String::new()
    }
}

pub(super) fn order(less: Sum, more: Sum, what: &str) -> Wanted {
    Wanted::Order {
        less,
        more,
        what: what.to_owned(),
    }
}

/// Both ends, or the number where they are equal.
pub(super) fn bracket(lower: String, upper: String) -> String {
    match lower == upper {
        true => lower,
        false => format!("{lower}..{upper}"),
    }
}
