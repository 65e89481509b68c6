//! What a theorem says about a pair: one type for Theorem 3.1, its refined form and Theorem 3.3.

use serde::{Serialize, Serializer};

use super::distance::Distance;
use super::error::{Contradiction, StabilityError};
use super::measured::Measured;
use super::missing::Missing;
use crate::certificate::{self, Form, ProofCase, Step};
use crate::exact::{Rational, Surd};
use crate::network::Shallow;

/// The theorems that give a Φ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Theorem {
    /// Theorem 3.1: one output, C.1 to C.3.
    Main,
    /// Theorem 3.1 in refined form (N6): conditions for live neurons only, β only over neurons without a partner.
    Refined,
    /// Theorem 3.3: both networks in N*, any number of outputs.
    Star,
}

impl Theorem {
    /// Its number in the paper: `3.1` or `3.3`.
    pub fn number(self) -> &'static str {
        match self {
            Theorem::Main | Theorem::Refined => "3.1",
            Theorem::Star => "3.3",
        }
    }
}

/// What one theorem says about a pair.
#[derive(Clone, Debug)]
pub struct Analysis {
    /// Which theorem.
    pub theorem: Theorem,
    /// Which threshold is used.
    pub form: Form,
    /// 2r or J.
    pub threshold: Rational,
    /// β of C.1; in the refined form the largest max(|c_i|, ‖a_i‖) over neurons without a partner. Theorem 3.3 needs none.
    pub beta: Option<Surd>,
    /// Steps from Θ to the parametrization of g that C.3 was asked of: none, or dead neurons killed and some flipped.
    pub prelude: Vec<Step>,
    /// The hypotheses that fail, in the paper's order.
    pub missing: Vec<Missing>,
    /// Φ, if none fails.
    pub construction: Option<Construction>,
}

/// Φ and everything on the way to it.
#[derive(Clone, Debug)]
pub struct Construction {
    /// Kill, merge and permutation steps from Θ.
    pub rewriting: Vec<Step>,
    /// One entry a neuron, in Γ's order.
    pub cases: Vec<NeuronCase>,
    /// The reparametrization, homogenised where there are biases.
    pub phi: Shallow,
    /// ‖Φ − Γ‖_∞.
    pub distance: Distance,
    /// The theorem's bounds.
    pub bounds: Vec<Bound>,
}

/// One neuron's case and what was done with it.
#[derive(Clone, Debug)]
pub struct NeuronCase {
    /// The neuron of Γ.
    pub gamma: usize,
    /// The neuron of the given Θ (in the refined form, of Θ after merging) that was put in its place.
    pub theta: usize,
    /// Its case.
    pub case: Case,
    /// c^Γ‖a^Γ‖; in Theorem 3.3 ‖c^Γ‖‖a^Γ‖.
    pub p: Rational,
    /// The same of the merged Θ.
    pub q: Rational,
    /// The witnesses of (53)/(54); the refined form needs none.
    pub facets: Vec<FacetWitness>,
    /// The rescaling of this neuron.
    pub rescaling: Vec<Step>,
}

/// The case of a neuron.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// A case of the proof of Theorem 3.1 or 3.3.
    Proof(ProofCase),
    /// Refined form: there is a neuron of Θ on the same hyperplane with the same sign.
    Partner,
    /// Refined form: there is none. These neurons are the set U.
    Alone,
}

/// The paper's label; `partner` and `U` in the refined form.
impl Serialize for Case {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Case::Proof(label) => label.serialize(serializer),
            Case::Partner => serializer.serialize_str("partner"),
            Case::Alone => serializer.serialize_str("U"),
        }
    }
}

/// A facet: the neurons on the hyperplane, a point there, and the jump's largest entry (53)/(54).
#[derive(Clone, Debug)]
pub struct FacetWitness {
    /// Neuron of Γ.
    pub gamma: Option<usize>,
    /// Neuron of the merged, permuted Θ.
    pub theta: Option<usize>,
    /// An integer point on this hyperplane and no other.
    pub point: Vec<Rational>,
    /// ‖c_γ a_γ − c_θ a_θ‖_∞.
    pub jump: Rational,
}

/// Which bound of a theorem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BoundName {
    /// The paper's, by r.
    Paper,
    /// The sharp one, by r (D04, N7).
    Sharp,
    /// By J (N10).
    Jump,
    /// The refined one (N6).
    Refined,
}

/// A bound of ‖Φ − Γ‖_∞.
#[derive(Clone, Debug)]
pub struct Bound {
    /// Which one.
    pub name: BoundName,
    /// Its formula.
    pub formula: &'static str,
    /// Its value; where r is only bracketed, at the lower end of r.
    pub value: Surd,
    /// Whether it is at least the distance of this Φ; the form's own bounds always are.
    pub proved: bool,
    /// Whether the value is at the lower end of a bracket of r, so that the bound itself is at least this.
    pub at_lower_r: bool,
}

impl Construction {
    /// The value of a bound, if it is proved for this Φ.
    pub fn proved(&self, name: BoundName) -> Option<&Surd> {
        let bound = self.bounds.iter().find(|bound| bound.name == name)?;
        bound.proved.then_some(&bound.value)
    }

    /// The same for a certificate.
    pub(super) fn stated(&self, name: BoundName) -> Option<certificate::Surd> {
        self.proved(name).map(Into::into)
    }
}

/// Formulas with values, as bounds of a distance. The theorem says that those of the form hold.
pub(super) fn bounds(
    values: impl IntoIterator<Item = (BoundName, &'static str, Surd)>,
    measured: &Measured,
    form: Form,
    distance: &Distance,
) -> Result<Vec<Bound>, StabilityError> {
    let bracketed = measured.seminorm.exact().is_none();
    let bound = |(name, formula, value): (BoundName, &'static str, Surd)| Bound {
        proved: distance.value.compare(&value).is_le(),
        at_lower_r: bracketed && matches!(name, BoundName::Paper | BoundName::Sharp),
        name,
        formula,
        value,
    };
    let bounds: Vec<Bound> = values.into_iter().map(bound).collect();
    let owed = |bound: &Bound| match bound.name {
        BoundName::Paper | BoundName::Sharp => form == Form::Seminorm,
        BoundName::Jump => form == Form::Jump,
        BoundName::Refined => true,
    };
    match bounds.iter().all(|bound| bound.proved || !owed(bound)) {
        true => Ok(bounds),
        false => Err(StabilityError::Impossible(Contradiction::Bound)),
    }
}
