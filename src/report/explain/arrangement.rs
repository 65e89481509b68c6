//! Certificates about the regions of an arrangement and about the layer of its neurons, retold.

use super::retold::Retold;
use crate::certificate::{
    ArrangementClaim, InjectiveClaim, LayerFact, NotInjectiveClaim, RegionsFact, Step,
};
use crate::report::document::Document;
use crate::report::networks::{MOST_NUMBERS, networks};
use crate::report::numbers::tuple;
use crate::report::reading::Certificate;

/// All regions of an arrangement.
impl Retold for ArrangementClaim {
    fn retell(&self, document: &mut Document, certificate: &Certificate) {
        document.heading(1, "The regions of an arrangement, all of them");
        networks(document, certificate);
        let what = format!(
            "{} regions and {} pairs of adjacent ones",
            self.count, self.edges
        );
        document.paragraph(counted_words(&what, self.domain.is_some()));
        if self.regions.iter().map(String::len).sum::<usize>() <= 16 * MOST_NUMBERS {
            document.paragraph(format!("They are {}.", self.regions.join(", ")));
        } else {
            document.paragraph("Their sign vectors are in the certificate's second line.");
        }
        let regions = certificate.steps.iter().filter_map(|step| match step {
            Step::Regions(step) => Some(step),
            _ => None,
        });
        let steps =
            |wanted: fn(&RegionsFact) -> bool| regions.clone().filter(|r| wanted(r)).count();
        document.paragraph(format!(
            "Each is shown by a point inside it ({} steps of points; without a domain the negative of a region is a region too).",
            steps(|step| matches!(step, RegionsFact::Inside(_)))
        ));
        if steps(|step| matches!(step, RegionsFact::Around(_))) > 0 {
            document.paragraph(
                "None is missing: from any region to any other one can walk across hyperplanes one at a time, and for every region and \
                 hyperplane either the region on the other side is listed, or a linear dependence shows that the hyperplane does not \
                 bound the region.",
            );
        }
        if steps(|step| matches!(step, RegionsFact::Count(_))) > 0 {
            document.paragraph(
                "None is missing: the verifier counts the regions itself, adding hyperplanes one by one, and the numbers agree.",
            );
        }
    }
}

/// How many regions there are.
pub(super) fn counted_words(what: &str, domain: bool) -> String {
    let counting = match domain {
        true => ", counting what meets the interior of the domain",
        false => "",
    };
    format!("The hyperplanes of Γ have {what}{counting}.")
}

/// The regions, and what they show of the layer.
impl Retold for InjectiveClaim {
    fn retell(&self, document: &mut Document, certificate: &Certificate) {
        self.0.retell(document, certificate);
        document.paragraph(
            "In each region the a_i of the neurons with sign + span R^d, as the verifier computes. If the layer x ↦ (ρ(⟨a_i,x⟩ + b_i))_i had the same \
             values at two points, each neuron that is not negative somewhere between them would have ⟨a_i, x − y⟩ = 0, and so would x − y be 0: \
             the layer is injective on R^d.",
        );
    }
}

/// Two points that the layer does not tell apart.
impl Retold for NotInjectiveClaim {
    fn retell(&self, document: &mut Document, certificate: &Certificate) {
        document.heading(1, "The layer of hidden neurons is not injective");
        networks(document, certificate);
        for step in &certificate.steps {
            if let Step::Layer(LayerFact::Collides { x, y }) = step {
                let (x, y) = (tuple(x), tuple(y));
                document.item(format!(
                    "At x = {x} and y = {y} all ρ(⟨a_i,x⟩ + b_i) are the same."
                ));
            }
        }
    }
}
