//! Claims about the regions of an arrangement: that they are all, and whether the layer of the neurons is injective.

use relucert_format::{
    ArrangementClaim, InjectiveClaim, NotInjectiveClaim, StatedRational, Statement,
};

use super::says::{Says, Wanted};
use crate::facts::Fact;
use crate::kernel::read::sha256;
use crate::kernel::verdict::Stop;
use crate::scene::Scene;
use crate::subject::{ROWS, Reads, Subject};

/// Of the layer of Γ's neurons.
const LAYER: Subject<'_> = Subject {
    reads: Reads::Affine,
    ..ROWS
};

impl Says for ArrangementClaim {
    fn subject(&self) -> Subject<'_> {
        Subject {
            regions: Some(self),
            ..ROWS
        }
    }

    fn facts(&self, _: &mut Scene) -> Result<Vec<Wanted>, Stop> {
        Ok(vec![Wanted::Regions])
    }

    fn sentence(&self, _: &Scene, statement: &Statement) -> String {
        let gamma = &statement.networks.gamma;
        let (hyperplanes, variables) = match gamma.b {
            Some(_) => ("⟨a_i,x⟩ + b_i = 0", "(x, 1)"),
            None => ("⟨a_i,x⟩ = 0", "x"),
        };
        let mut text = format!(
            "The {} sign vectors of the statement are those of the regions into which the hyperplanes {hyperplanes} of Γ, where a row is \
             not zero, cut R^{}",
            self.count, gamma.d
        );
        let rows = self.domain.iter().flatten();
        let rows: Vec<String> = rows.map(|row| vector(row)).collect();
        // With biases the first row says only that the last variable, 1, is positive.
        let rows = rows
            .get(usize::from(gamma.b.is_some())..)
            .unwrap_or_default();
        if !rows.is_empty() {
            text += &format!(
                ", in the domain of all x with ⟨g,{variables}⟩ > 0 for g = {}",
                rows.join(", ")
            );
        }
        let list = self.regions.iter().map(|region| format!("{region}\n"));
        let list: String = list.collect();
        text += &format!(
            ";\nnone is missing and none is there twice. {} pairs of them are adjacent: their signs differ on exactly one class of \
             parallel hyperplanes.\nThe sign vectors, one a line, have the SHA-256 {}.\n",
            self.edges,
            sha256(list.as_bytes())
        );
        text
    }

    fn value(&self) -> Option<String> {
        Some(self.count.to_string())
    }
}

impl Says for InjectiveClaim {
    fn subject(&self) -> Subject<'_> {
        Subject {
            regions: Some(&self.0),
            ..LAYER
        }
    }

    fn facts(&self, _: &mut Scene) -> Result<Vec<Wanted>, Stop> {
        Ok(vec![Wanted::Regions, Wanted::Is(Fact::Spans)])
    }

    fn sentence(&self, _: &Scene, statement: &Statement) -> String {
        let d = statement.networks.gamma.d;
        format!(
            "The layer x ↦ (ρ(⟨a_i,x⟩ + b_i))_i of the neurons of Γ is injective on R^{d}: in each of its {} regions the a_i of the \
             neurons that are positive there span R^{d}.\n",
            self.0.count
        )
    }
}

impl Says for NotInjectiveClaim {
    fn subject(&self) -> Subject<'_> {
        LAYER
    }

    fn facts(&self, _: &mut Scene) -> Result<Vec<Wanted>, Stop> {
        Ok(vec![Wanted::Is(Fact::Collides)])
    }

    fn sentence(&self, _: &Scene, statement: &Statement) -> String {
        format!(
            "The layer x ↦ (ρ(⟨a_i,x⟩ + b_i))_i of the neurons of Γ is not injective on R^{}: it has the same values at two points.\n",
            statement.networks.gamma.d
        )
    }
}

fn vector(row: &[StatedRational]) -> String {
    let entries: Vec<String> = row.iter().map(ToString::to_string).collect();
    format!("({})", entries.join(", "))
}
