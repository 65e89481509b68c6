//! The claim for all k.

use relucert_format::{ForAllK, Statement};

use super::says::{Says, Wanted};
use crate::kernel::verdict::Stop;
use crate::scene::Scene;
use crate::subject::{Reads, Subject, THEOREM};

/// Its sections are verified one at a time, by facts for all k, and have words of their own.
impl Says for ForAllK {
    fn subject(&self) -> Subject<'_> {
        Subject {
            reads: Reads::Rows,
            domain: self.sections.first().and_then(|first| first.holds.domain()),
            ..THEOREM
        }
    }

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
