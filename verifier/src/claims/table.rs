//! Where each claim is.

use relucert_format::{Claim, ForAllK, Statement};

use super::says::{Says, Wanted};
use crate::kernel::verdict::Stop;
use crate::scene::Scene;

/// What the claim says.
pub(crate) fn of(claim: &Claim) -> &dyn Says {
    match claim {
        Claim::Equal(claim) => claim,
        Claim::Differ(claim) => claim,
        Claim::Seminorm(claim) => claim,
        Claim::JumpNorm(claim) => claim,
        Claim::SupNorm(claim) => claim,
        Claim::LocalMinimum(claim) => claim,
        Claim::Arrangement(claim) => claim,
        Claim::Injective(claim) => claim,
        Claim::NotInjective(claim) => claim,
        Claim::Condition(claim) => claim,
        Claim::Reparametrization(claim) => claim,
        Claim::Theorem31(claim) => &**claim,
        Claim::Refined31(claim) => &**claim,
        Claim::Theorem33(claim) => &**claim,
        Claim::Lift(claim) => claim,
        Claim::Flips(claim) => claim,
        Claim::Unique(claim) => claim,
        Claim::Minimal(claim) => claim,
        Claim::Nearest(claim) => claim,
        Claim::ForAllK(claim) => &**claim,
    }
}

/// Its sections are verified in `family`, which has its own facts and words.
impl Says for ForAllK {
    fn facts(&self, _: &mut Scene) -> Result<Vec<Wanted>, Stop> {
        let problem = "not a claim about networks of numbers";
        Ok(vec![Wanted::Stated(false, problem)])
    }

    fn sentence(&self, _: &Scene, _: &Statement) -> String {
        String::new()
    }

    fn value(&self) -> Option<String> {
        Some(self.sections.first()?.holds.kind().to_owned())
    }
}
