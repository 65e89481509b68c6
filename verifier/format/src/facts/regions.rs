//! The regions of an arrangement: inner points, what lies around, their number.

use serde::{Deserialize, Serialize};

use crate::number::StatedRational;

/// A part of what an arrangement claim needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum RegionsFact {
    /// Listed regions have inner points.
    Inside(Inside),
    /// What lies across every hyperplane of listed regions is listed, or nothing.
    Around(Around),
    /// How many regions there are.
    Count(Count),
}

/// Region `first` + k of the claim's list contains the point `points[k]` (signs of ⟨a_i,x⟩ as listed; inside the domain).
///
/// The claim needs a point in every region. But without a domain, where the list is closed under negation and its first half are
/// the regions whose first sign is +, the others contain the points' negatives: points of the first half are enough.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inside {
    /// Index of the first region.
    pub first: usize,
    /// One point a region.
    pub points: Vec<Vec<StatedRational>>,
}

/// For region `first` + k, `redundant[k]` lists circuits. Each circuit's signs agree with the region's (domain rows have sign +) on
/// all its classes but one, up to reversing all of them: crossing that one class leads nowhere. Every class is either crossed
/// into a listed region (the one whose signs differ on that class alone) or is the odd one of a listed circuit.
///
/// The regions of an arrangement in an open convex set are connected by crossings, so a list that has an inner point in every
/// region and is closed in this sense is complete. Without a domain the first half is enough, as for witnesses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Around {
    /// Index of the first region.
    pub first: usize,
    /// One list of circuits a region.
    pub redundant: Vec<Vec<usize>>,
}

/// The arrangement has `regions` regions, counted anew by the verifier: adding hyperplanes one by one, each adds as many regions as
/// the earlier ones cut it into. Only without a domain or with a domain of one row g, where it is half the number of regions with
/// ⟨g,x⟩ = 0 as one more hyperplane. If this is the claim's count, inner points in all its regions make the list complete.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Count {
    /// The number.
    pub regions: usize,
}
