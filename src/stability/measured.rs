//! r and J of g − R(Γ), measured once for all theorems.

use super::error::{Contradiction, StabilityError, check_shapes};
use crate::certificate::Form;
use crate::exact::Rational;
use crate::network::Shallow;
use crate::realization::{BoundedSeminorm, CanonicalForm, SeminormLimits, branch_and_bound};

/// How far apart two functions are.
#[derive(Clone, Debug)]
pub struct Measured {
    /// g − R(Γ), of the homogenised networks where there are biases.
    pub difference: CanonicalForm,
    /// J.
    pub jump: Rational,
    /// r, exactly or bracketed.
    pub seminorm: BoundedSeminorm,
}

impl Measured {
    /// r and J of R(Θ) − R(Γ). The cost is that of [`branch_and_bound`].
    ///
    /// # Errors
    /// [`StabilityError::Shapes`] if the networks have different shapes.
    pub(crate) fn new(
        gamma: &Shallow,
        theta: &Shallow,
        limits: &SeminormLimits,
    ) -> Result<Self, StabilityError> {
        let difference = Self::difference(gamma, theta)?;
        let seminorm = branch_and_bound(&difference, false, limits);
        Ok(Self::of(difference, seminorm))
    }

    /// R(Θ) − R(Γ).
    ///
    /// # Errors
    /// [`StabilityError::Shapes`] if the networks have different shapes.
    pub(crate) fn difference(
        gamma: &Shallow,
        theta: &Shallow,
    ) -> Result<CanonicalForm, StabilityError> {
        check_shapes(gamma, theta)?;
        CanonicalForm::of_shallow(theta)
            .minus(&CanonicalForm::of_shallow(gamma))
            .ok_or(StabilityError::Impossible(Contradiction::Checked))
    }

    /// A difference and its seminorm, however that was found.
    pub(crate) fn of(difference: CanonicalForm, seminorm: BoundedSeminorm) -> Self {
        Measured {
            jump: difference.jump_norm(),
            seminorm,
            difference,
        }
    }

    /// The threshold of the cases: 2r where r is exact and the form is not `jump`, else J where the form is not `seminorm`.
    pub(super) fn threshold(&self, form: Option<Form>) -> Result<(Form, Rational), StabilityError> {
        match (form, self.seminorm.exact()) {
            (None | Some(Form::Seminorm), Some(r)) => Ok((Form::Seminorm, twice(r))),
            (None | Some(Form::Jump), _) => Ok((Form::Jump, self.jump.clone())),
            (Some(Form::Seminorm), None) => Err(StabilityError::SeminormUnknown {
                lower: self.seminorm.lower.value.to_string(),
                upper: self.seminorm.upper.to_string(),
            }),
        }
    }
}

pub(super) fn twice(value: &Rational) -> Rational {
    value + value
}
