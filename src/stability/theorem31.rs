//! Theorem 3.1, constructively (D = 1): from Γ and Θ to a parametrization Φ of R(Θ) near Γ.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_traits::{Signed, Zero};

use super::distance::Distance;
use super::matching::match_neurons;
use super::reached::Reached;
use super::rewriting::Rewriting;
use crate::arrangement::ArrangementError;
use crate::arrangement::facet::point_on_hyperplane;
use crate::certificate::{Bounds, CaseLabel, ConditionName, Form, Side, Step};
use crate::degeneracy::{
    Multiple, balance_violations, least_beta, opposite_between, opposite_pairs, parallel_pairs,
};
use crate::exact::rows::direction;
use crate::exact::{Rational, Surd};
use crate::network::{Neuron, Shallow};
use crate::realization::{CanonicalForm, Seminorm, SeminormLimits, seminorm};

/// Why Theorem 3.1 cannot be asked of two networks.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StabilityError {
    /// More than one output.
    #[error(
        "Theorem 3.1 is about networks with one output (D = 1), but {network} has D = {outputs}"
    )]
    Outputs {
        /// Γ or Θ.
        network: &'static str,
        /// Its number of outputs.
        outputs: usize,
    },
    /// Different numbers of inputs or neurons.
    #[error("Γ and Θ must have the same shape, but Γ has {gamma} {what} and Θ has {theta}")]
    Shapes {
        /// `inputs` or `neurons`.
        what: &'static str,
        /// Γ's number.
        gamma: usize,
        /// Θ's number.
        theta: usize,
    },
    /// The jump form was not what was asked, and r is not known exactly.
    #[error(
        "the form 'seminorm' needs r exactly, but it is only known that {lower} <= r <= {upper}; \
         raise the limits or use the form 'jump'"
    )]
    SeminormUnknown {
        /// Lower end.
        lower: String,
        /// Upper end.
        upper: String,
    },
    /// The region tree refused its input.
    #[error(transparent)]
    Arrangement(#[from] ArrangementError),
    /// Something the theorem proves impossible happened: a mistake in this program.
    #[error("internal error: {0}")]
    Impossible(&'static str),
}

/// What to assume and how hard to look.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// β of C.1; the smallest that works if not given.
    pub beta: Option<Surd>,
    /// The threshold of C.1 and of the cases; 2r where r is known exactly, else J, if not given.
    pub form: Option<Form>,
    /// When to settle for a bracket of r.
    pub limits: SeminormLimits,
}

/// The hypotheses of Theorem 3.1, decided, with every neuron that violates one.
#[derive(Clone, Debug)]
pub struct Hypotheses {
    /// Which threshold C.1 uses.
    pub form: Form,
    /// 2r or J.
    pub threshold: Rational,
    /// β of C.1.
    pub beta: Surd,
    /// Neurons violating C.1.
    pub unbalanced: Vec<usize>,
    /// Pairs violating C.2.
    pub parallel: Vec<Multiple>,
    /// Pairs of Γ violating C.3a.
    pub opposite_gamma: Vec<Multiple>,
    /// Pairs of Θ violating C.3a.
    pub opposite_theta: Vec<Multiple>,
    /// Pairs (Γ, Θ) violating C.3b.
    pub opposite_between: Vec<Multiple>,
}

/// One violated hypothesis.
#[derive(Clone, Debug)]
pub struct Failure {
    /// Which one.
    pub name: ConditionName,
    /// In which network, for C.2 and C.3a.
    pub network: Option<Side>,
    /// For C.2 and C.3: the first pair.
    pub pair: Option<Multiple>,
    /// For C.1: the first neuron.
    pub neuron: Option<usize>,
}

impl Hypotheses {
    /// The violated hypotheses, each with its first neurons, in the paper's order.
    pub fn failures(&self) -> Vec<Failure> {
        let pairs = [
            (ConditionName::NoParallel, Some(Side::Gamma), &self.parallel),
            (
                ConditionName::NoOppositeWithin,
                Some(Side::Gamma),
                &self.opposite_gamma,
            ),
            (
                ConditionName::NoOppositeWithin,
                Some(Side::Theta),
                &self.opposite_theta,
            ),
            (
                ConditionName::NoOppositeBetween,
                None,
                &self.opposite_between,
            ),
        ];
        let balance = self.unbalanced.first().map(|&neuron| Failure {
            name: ConditionName::Balance,
            network: None,
            pair: None,
            neuron: Some(neuron),
        });
        let pairs = pairs.into_iter().filter_map(|(name, network, pairs)| {
            Some(Failure {
                name,
                network,
                pair: Some(pairs.first()?.clone()),
                neuron: None,
            })
        });
        balance.into_iter().chain(pairs).collect()
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

/// One neuron's case and what was done with it.
#[derive(Clone, Debug)]
pub struct NeuronCase {
    /// The neuron of Γ.
    pub gamma: usize,
    /// The neuron of the given Θ that was put in its place.
    pub theta: usize,
    /// The case of the proof.
    pub case: CaseLabel,
    /// c^Γ‖a^Γ‖.
    pub p: Rational,
    /// c^Θ‖a^Θ‖ after merging.
    pub q: Rational,
    /// The witnesses of (53)/(54).
    pub facets: Vec<FacetWitness>,
    /// The rescaling of this neuron.
    pub rescaling: Vec<Step>,
}

/// Φ and everything on the way to it.
#[derive(Clone, Debug)]
pub struct Construction {
    /// Kill, merge and permutation steps from Θ.
    pub rewriting: Vec<Step>,
    /// One entry a neuron, in Γ's order.
    pub cases: Vec<NeuronCase>,
    /// The reparametrization.
    pub phi: Shallow,
    /// ‖Φ − Γ‖_∞.
    pub distance: Distance,
    /// The bounds that hold for this Φ; see [`Bounds`] for which β each uses.
    pub bounds: Bounds,
}

/// What Theorem 3.1 says about a pair.
#[derive(Clone, Debug)]
pub struct Theorem31 {
    /// Steps from Θ to the parametrization of g that C.3 was asked of: none, or dead neurons killed and some flipped.
    pub prelude: Vec<Step>,
    /// g − R(Γ).
    pub difference: CanonicalForm,
    /// J.
    pub jump: Rational,
    /// r, exactly or bracketed.
    pub seminorm: Seminorm,
    /// The hypotheses.
    pub hypotheses: Hypotheses,
    /// Φ, if they hold.
    pub construction: Option<Construction>,
}

/// How far apart two functions are.
#[derive(Clone, Debug)]
pub struct Measured {
    /// g − R(Γ).
    pub difference: CanonicalForm,
    /// J.
    pub jump: Rational,
    /// r, exactly or bracketed.
    pub seminorm: Seminorm,
}

impl Measured {
    /// r and J of R(Θ) − R(Γ); the networks have the same shape.
    ///
    /// # Errors
    /// [`StabilityError`] if the region tree refuses its input.
    pub fn new(
        gamma: &Shallow,
        theta: &Shallow,
        limits: &SeminormLimits,
    ) -> Result<Self, StabilityError> {
        let difference = CanonicalForm::of_shallow(theta)
            .minus(&CanonicalForm::of_shallow(gamma))
            .ok_or(StabilityError::Impossible("shapes differ after checking"))?;
        Ok(Measured {
            jump: difference.jump_norm(),
            seminorm: seminorm(&difference, limits)?,
            difference,
        })
    }

    /// The threshold of the cases: 2r where r is exact and the form is not `jump`, else J where the form is not `seminorm`.
    ///
    /// # Errors
    /// [`StabilityError::SeminormUnknown`] if the form `seminorm` was asked and r is only bracketed.
    pub fn threshold(&self, form: Option<Form>) -> Result<(Form, Rational), StabilityError> {
        threshold(form, &self.jump, &self.seminorm)
    }
}

/// Asks Theorem 3.1 of Γ and Θ (homogenised where they have biases): one output, same shape.
pub fn theorem31(
    gamma: &Shallow,
    theta: &Shallow,
    options: &Options,
) -> Result<Theorem31, StabilityError> {
    check_one_output(gamma, theta)?;
    let Measured {
        difference,
        jump,
        seminorm,
    } = Measured::new(gamma, theta, &options.limits)?;
    let hypotheses = decide_hypotheses(gamma, theta, &jump, &seminorm, options)?;
    let construction = match hypotheses.failures().is_empty() {
        true => Some(construct(gamma, theta, &jump, &seminorm, &hypotheses)?),
        false => None,
    };
    Ok(Theorem31 {
        prelude: Vec::new(),
        difference,
        jump,
        seminorm,
        hypotheses,
        construction,
    })
}

/// As [`theorem31`] for the Θ′ that has the neurons `flip` of Θ turned round, a ↦ −a, and dead ones zero: the theorem asks for some Θ of g
/// that satisfies C.3 (D03). Σ s_i c_i a_i over `flip` must be zero.
///
/// # Errors
/// As [`theorem31`].
pub fn theorem31_flipped(
    gamma: &Shallow,
    theta: &Shallow,
    flip: &[usize],
    options: &Options,
) -> Result<Theorem31, StabilityError> {
    let mut rewriting = Rewriting::new(theta);
    rewriting.kill_dead();
    rewriting.flip(flip, false);
    let flipped = Shallow::new(rewriting.neurons().to_vec())
        .map_err(|_| StabilityError::Impossible("flipping changed the shape"))?;
    Ok(Theorem31 {
        prelude: rewriting.take_steps(),
        ..theorem31(gamma, &flipped, options)?
    })
}

/// D = 1, and the same numbers of inputs and neurons.
pub(super) fn check_one_output(gamma: &Shallow, theta: &Shallow) -> Result<(), StabilityError> {
    for (network, outputs) in [("Γ", gamma.outputs()), ("Θ", theta.outputs())] {
        if outputs != 1 {
            return Err(StabilityError::Outputs { network, outputs });
        }
    }
    check_shapes(gamma, theta)
}

/// The same numbers of inputs, outputs and neurons.
pub(super) fn check_shapes(gamma: &Shallow, theta: &Shallow) -> Result<(), StabilityError> {
    let counts = [
        ("outputs", gamma.outputs(), theta.outputs()),
        ("inputs", gamma.inputs(), theta.inputs()),
        ("neurons", gamma.neurons().len(), theta.neurons().len()),
    ];
    for (what, gamma, theta) in counts {
        if gamma != theta {
            return Err(StabilityError::Shapes { what, gamma, theta });
        }
    }
    Ok(())
}

pub(super) fn twice(value: &Rational) -> Rational {
    value + value
}

fn threshold(
    form: Option<Form>,
    jump: &Rational,
    seminorm: &Seminorm,
) -> Result<(Form, Rational), StabilityError> {
    match (form, seminorm.exact()) {
        (None | Some(Form::Seminorm), Some(r)) => Ok((Form::Seminorm, twice(r))),
        (None | Some(Form::Jump), _) => Ok((Form::Jump, jump.clone())),
        (Some(Form::Seminorm), None) => Err(StabilityError::SeminormUnknown {
            lower: seminorm.lower.value.to_string(),
            upper: seminorm.upper.bound.to_string(),
        }),
    }
}

fn decide_hypotheses(
    gamma: &Shallow,
    theta: &Shallow,
    jump: &Rational,
    seminorm: &Seminorm,
    options: &Options,
) -> Result<Hypotheses, StabilityError> {
    let (form, threshold) = threshold(options.form, jump, seminorm)?;
    let beta = match &options.beta {
        Some(beta) => beta.clone(),
        None => least_beta(gamma, &threshold),
    };
    Ok(Hypotheses {
        unbalanced: balance_violations(gamma, &threshold, &beta),
        parallel: parallel_pairs(gamma),
        opposite_gamma: opposite_pairs(gamma),
        opposite_theta: opposite_pairs(theta),
        opposite_between: opposite_between(gamma, theta),
        form,
        threshold,
        beta,
    })
}

fn construct(
    gamma: &Shallow,
    theta: &Shallow,
    jump: &Rational,
    seminorm: &Seminorm,
    hypotheses: &Hypotheses,
) -> Result<Construction, StabilityError> {
    let mut rewriting = Rewriting::new(theta);
    rewriting.kill_without_hyperplane();
    rewriting.merge_parallel();
    let matching = match_neurons(gamma.neurons(), rewriting.neurons());
    rewriting.permute(matching.order.clone());
    let steps = rewriting.take_steps();
    let placed = rewriting.neurons().to_vec();
    let rows = directions(gamma, &placed);
    let mut cases = Vec::with_capacity(placed.len());
    for (i, own) in gamma.neurons().iter().enumerate() {
        let (p, q) = (signed_product(own), signed_product(&placed[i]));
        let matched = matching.matched[i];
        let case = case_of(own, &p, matched, &hypotheses.threshold);
        let facets = facets(&rows, gamma, &placed, i, matched)?;
        match case {
            CaseLabel::Unmatched | CaseLabel::Small | CaseLabel::Balanced => rewriting.balance(i),
            CaseLabel::OuterLarger => rewriting.take_outer(i, own),
            CaseLabel::InnerLarger => rewriting.take_inner(i, own),
            CaseLabel::GammaSmall | CaseLabel::ThetaSmall | CaseLabel::Large => {
                return Err(StabilityError::Impossible("a case of Theorem 3.3"));
            }
        }
        cases.push(NeuronCase {
            gamma: i,
            theta: matching.order[i],
            case,
            p,
            q,
            facets,
            rescaling: rewriting.take_steps(),
        });
    }
    let found = Reached::new(rewriting, gamma, theta)?;
    for (i, step) in found.revived {
        cases[i].rescaling.push(step);
    }
    let (phi, distance) = (found.phi, found.distance);
    let values = BoundValues::new(gamma, jump, seminorm, hypotheses);
    let bounds = proved_bounds(values, hypotheses.form, &distance.value)?;
    Ok(Construction {
        rewriting: steps,
        cases,
        phi,
        distance,
        bounds,
    })
}

/// The directions of Γ's neurons, then of the others.
pub(super) fn directions(gamma: &Shallow, placed: &[Neuron]) -> Vec<Vec<BigInt>> {
    let all = gamma.neurons().iter().chain(placed);
    all.map(|neuron| direction(neuron.inner())).collect()
}

/// The witnesses of (53)/(54) for place i: one for a matched pair, else one for each neuron with a hyperplane. `rows` are
/// [`directions`].
pub(super) fn facets(
    rows: &[Vec<BigInt>],
    gamma: &Shallow,
    placed: &[Neuron],
    i: usize,
    matched: bool,
) -> Result<Vec<FacetWitness>, StabilityError> {
    let (own, other) = (&gamma.neurons()[i], &placed[i]);
    let sides = match matched {
        true => vec![(Some(i), Some(i))],
        false => vec![(Some(i), None), (None, Some(i))],
    };
    let mut facets = Vec::new();
    for (g, t) in sides {
        let row = match (g, t) {
            (Some(i), _) if own.has_hyperplane() => i,
            (None, Some(i)) if other.has_hyperplane() => gamma.neurons().len() + i,
            _ => continue,
        };
        let point = point_on_hyperplane(rows, row)
            .ok_or(StabilityError::Impossible("no generic point was found"))?;
        facets.push(FacetWitness {
            gamma: g,
            theta: t,
            point: point.into_iter().map(Rational::from_integer).collect(),
            jump: match (g, t) {
                (Some(_), Some(_)) => jump_between(own, other),
                (Some(_), None) => own.product_norm(),
                _ => other.product_norm(),
            },
        });
    }
    Ok(facets)
}

/// ‖c_γ a_γ − c_θ a_θ‖_∞ for two neurons of the same direction: ‖c_γ‖a_γ‖ − c_θ‖a_θ‖‖.
pub(super) fn jump_between(gamma: &Neuron, theta: &Neuron) -> Rational {
    let length = |neuron: &Neuron| neuron.scale() * neuron.inner_norm();
    let (one, two) = (length(gamma), length(theta));
    let pairs = gamma.outer().iter().zip(theta.outer());
    let entries = pairs.map(|(c, other)| (c * &one - other * &two).abs());
    entries.max().unwrap_or_else(Rational::zero)
}

/// c‖a‖ of the true weights, with the sign of c: s·c·‖a‖, for one output.
pub(super) fn signed_product(neuron: &Neuron) -> Rational {
    let outer = neuron.outer().first().cloned();
    outer.unwrap_or_else(Rational::zero) * neuron.scale() * neuron.inner_norm()
}

fn case_of(own: &Neuron, p: &Rational, matched: bool, threshold: &Rational) -> CaseLabel {
    if !matched {
        return CaseLabel::Unmatched;
    }
    if p.abs() <= *threshold {
        return CaseLabel::Small;
    }
    match own.outer_norm().cmp(&own.inner_norm()) {
        Ordering::Greater => CaseLabel::OuterLarger,
        Ordering::Less => CaseLabel::InnerLarger,
        Ordering::Equal => CaseLabel::Balanced,
    }
}

/// β + 2√r, β + √(2r), β_J + √J, each with its own β; r is the lower end of its bracket.
#[derive(Clone, Debug)]
pub struct BoundValues {
    /// The paper's.
    pub paper: Surd,
    /// The sharp one.
    pub sharp: Surd,
    /// The jump form's.
    pub jump: Surd,
}

impl BoundValues {
    fn new(gamma: &Shallow, jump: &Rational, seminorm: &Seminorm, hypotheses: &Hypotheses) -> Self {
        let lower = &seminorm.lower.value;
        let (beta_r, beta_j) = match hypotheses.form {
            Form::Seminorm => (hypotheses.beta.clone(), least_beta(gamma, jump)),
            Form::Jump => (least_beta(gamma, &twice(lower)), hypotheses.beta.clone()),
        };
        let one = Rational::from_integer(1.into());
        let root = |value: &Rational| Surd::multiple_of_root(&one, value);
        BoundValues {
            paper: beta_r.add(&root(lower).scale(&twice(&one))),
            sharp: beta_r.add(&root(&twice(lower))),
            jump: beta_j.add(&root(jump)),
        }
    }
}

impl Theorem31 {
    /// The three bounds for this pair, whether or not they are proved for the Φ constructed; `gamma` is the Γ asked about.
    pub fn bound_values(&self, gamma: &Shallow) -> BoundValues {
        BoundValues::new(gamma, &self.jump, &self.seminorm, &self.hypotheses)
    }
}

/// The bounds that are at least the distance; the theorem says that the form's own are.
fn proved_bounds(
    values: BoundValues,
    form: Form,
    distance: &Surd,
) -> Result<Bounds, StabilityError> {
    let kept =
        |bound: &Surd| (distance.compare(bound) != Ordering::Greater).then_some(bound.into());
    let bounds = Bounds {
        paper: kept(&values.paper),
        sharp: kept(&values.sharp),
        jump: kept(&values.jump),
    };
    let own = match form {
        Form::Seminorm => bounds.paper.is_some() && bounds.sharp.is_some(),
        Form::Jump => bounds.jump.is_some(),
    };
    if own {
        Ok(bounds)
    } else {
        Err(StabilityError::Impossible(
            "the construction exceeds the theorem's bound",
        ))
    }
}
