//! One neuron with one radical: (s, c, a), inner weights √s·a, outer weights √s·c; and with a stretch besides where a file has one.

use num_traits::{One, Signed, Zero};

use crate::exact::rows::direction;
use crate::exact::scalar::{Numbers, Order, Scalar, known};
use crate::exact::{Rational, Surd};

/// A neuron c ρ(⟨a,x⟩) whose inner weights are √s·a and outer weights √s·c, with s > 0, c, a rational.
///
/// Its contribution s·c·ρ(⟨a,x⟩) is rational, and balancing keeps this form: (s, c, a) ↦ (s·t, c/t, a). All constructions of
/// the theory from rational input stay in it.
///
/// The nearest parametrizations may be rescaled by sums of square roots. Such a neuron has a [`Stretch`] μ besides: inner weights μ·√s·a and
/// outer weights √s·c/μ. Its contribution, hyperplane and sign are those of (s, c, a); its sizes are not, and what asks for sizes asks for
/// [`Neuron::inner_size`], [`Neuron::outer_size`] or the weights.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Neuron<S = Rational> {
    scale: S,
    outer: Vec<S>,
    inner: Vec<S>,
    stretch: Option<Box<Stretch>>,
}

/// A positive sum of square roots that multiplies a neuron's inner weights and divides its outer ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// μ > 0.
    pub factor: Surd,
    /// 1/μ.
    pub inverse: Surd,
}

/// The weights of one neuron have a contribution c ρ(⟨a,x⟩) that is not rational, or a hyperplane that is not.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RadicalMisfit {
    /// Two inner weights (or the bias), or two outer ones, have an irrational quotient.
    #[error(
        "found '{second}', expected a rational multiple of '{first}': the {} of one neuron must be rational multiples of each other",
        if *inner { "inner weights and the bias" } else { "outer weights" }
    )]
    Quotient {
        /// A weight that is not zero.
        first: String,
        /// A weight that is no rational multiple of it.
        second: String,
        /// Whether they are inner weights (or the bias).
        inner: bool,
        /// The second one's position among the inner or the outer weights.
        index: usize,
    },
    /// An inner and an outer weight have an irrational product.
    #[error(
        "found '{outer}', expected a number whose product with the inner weight '{inner}' is rational, which is {product}: \
         a neuron must contribute a rational function"
    )]
    Product {
        /// The inner weight.
        inner: String,
        /// The outer weight.
        outer: String,
        /// Their product.
        product: String,
        /// The outer weight's position.
        index: usize,
    },
}

impl RadicalMisfit {
    /// Whether the weight that does not fit is an inner one (or the bias), and its position among the inner or the outer weights.
    pub fn place(&self) -> (bool, usize) {
        match *self {
            RadicalMisfit::Quotient { inner, index, .. } => (inner, index),
            RadicalMisfit::Product { index, .. } => (false, index),
        }
    }
}

impl<S: Scalar> Neuron<S> {
    /// The neuron with these weights.
    pub fn of(inner: Vec<S>, outer: Vec<S>) -> Self {
        Neuron {
            scale: S::unit(),
            outer,
            inner,
            stretch: None,
        }
    }

    /// s > 0, which stands under the root.
    pub fn scale(&self) -> &S {
        &self.scale
    }

    /// c, the outer weights over √s.
    pub fn outer(&self) -> &[S] {
        &self.outer
    }

    /// a, the inner weights over √s.
    pub fn inner(&self) -> &[S] {
        &self.inner
    }

    /// s·c, what ρ(⟨a,x⟩) is multiplied by.
    pub fn factors(&self) -> Vec<S> {
        let scale = &self.scale;
        self.outer.iter().map(|c| scale.times(c)).collect()
    }

    /// The neuron with −a in place of a: the other orientation of its hyperplane.
    pub fn reversed(&self) -> Self {
        self.with_inner(self.inner.iter().map(S::negative).collect())
    }

    /// The same neuron with other outer weights (over √s).
    pub fn with_outer(&self, outer: Vec<S>) -> Self {
        Neuron {
            scale: self.scale.clone(),
            outer,
            inner: self.inner.clone(),
            stretch: self.stretch.clone(),
        }
    }

    /// The neuron on other rows a (over √s and the stretch), as many as the caller needs.
    pub(crate) fn with_inner(&self, inner: Vec<S>) -> Self {
        Neuron {
            scale: self.scale.clone(),
            outer: self.outer.clone(),
            inner,
            stretch: self.stretch.clone(),
        }
    }

    /// This neuron with the contribution of another added whose inner weights are `factor` ≥ 0 times its own (43)/(87): c + factor·(s′/s)·c′.
    pub(crate) fn plus_parallel<O: Order<S>>(
        &self,
        order: &mut O,
        other: &Self,
        factor: &S,
    ) -> Result<Self, O::Undecided> {
        let share = order.over(&factor.times(other.scale()), &self.scale)?;
        let sum = self.outer.iter().zip(&other.outer);
        Ok(self.with_outer(sum.map(|(c, more)| c.plus(&more.times(&share))).collect()))
    }

    /// Rescaled by √(‖c‖/‖a‖), so that ‖c‖ = ‖a‖ (60)/(104), without a stretch; a dead neuron is left as it is.
    ///
    /// Cost: one square root, kept as s; no weight changes but c.
    ///
    /// # Errors
    /// An entry's sign is not known.
    pub(crate) fn balanced_by<O: Order<S>>(&self, order: &mut O) -> Result<Self, O::Undecided> {
        let (inner, outer) = (order.largest(&self.inner)?, order.largest(&self.outer)?);
        if order.vanishes(&inner)? || order.vanishes(&outer)? {
            return Ok(self.clone());
        }
        let factor = order.over(&outer, &inner)?;
        let outer = self.outer.iter().map(|c| order.over(c, &factor));
        Ok(Neuron {
            scale: self.scale.times(&factor),
            outer: outer.collect::<Result<_, _>>()?,
            inner: self.inner.clone(),
            stretch: None,
        })
    }

    /// Inner weights times √t, outer ones divided by it: (s·t, c/t, a), for t > 0; `None` if 1/t is not found.
    pub(crate) fn times_root_of(&self, factor: &S) -> Option<Self> {
        let inverse = factor.reciprocal()?;
        Some(Neuron {
            scale: self.scale.times(factor),
            ..self.with_outer(self.outer.iter().map(|c| c.times(&inverse)).collect())
        })
    }
}

impl Neuron {
    /// A neuron with rational weights.
    pub fn rational(inner: Vec<Rational>, outer: Vec<Rational>) -> Self {
        Neuron::of(inner, outer)
    }

    /// A neuron (s, c, a); s must be positive, or `None` is answered.
    pub fn new(scale: Rational, outer: Vec<Rational>, inner: Vec<Rational>) -> Option<Self> {
        scale.is_positive().then_some(Neuron {
            scale,
            outer,
            inner,
            stretch: None,
        })
    }

    /// The same contribution with inner weights μ times those of (s, c, a) and outer weights divided by μ, in place of a stretch it may have.
    /// `None` unless μ > 0.
    pub fn stretched(&self, factor: &Surd) -> Option<Self> {
        if factor.sign().is_le() {
            return None;
        }
        let inverse = factor.inverse()?;
        let one = factor.to_rational().is_some_and(One::is_one);
        let factor = factor.clone();
        Some(Neuron {
            stretch: (!one).then(|| Box::new(Stretch { factor, inverse })),
            ..self.unstretched()
        })
    }

    /// (s, c, a) alone: a positive rescaling of this neuron with the same contribution.
    pub fn unstretched(&self) -> Self {
        Neuron {
            scale: self.scale.clone(),
            outer: self.outer.clone(),
            inner: self.inner.clone(),
            stretch: None,
        }
    }

    /// μ, where the weights are not those of (s, c, a).
    pub fn stretch(&self) -> Option<&Stretch> {
        self.stretch.as_deref()
    }

    /// The zero neuron with d inputs and D outputs.
    pub fn zero(inputs: usize, outputs: usize) -> Self {
        Neuron::rational(
            vec![Rational::zero(); inputs],
            vec![Rational::zero(); outputs],
        )
    }

    /// The neuron with exactly these weights: all non-zero ones rational or rational multiples of the same square root, or else inner weights
    /// μ·a and outer weights ν·c with a, c and μν rational, μ > 0.
    ///
    /// Cost: linear where all weights are rational or have one root, as in files from training; otherwise one division of sums
    /// of square roots a weight.
    ///
    /// # Errors
    /// [`RadicalMisfit`] if the contribution or the hyperplane is not rational.
    pub fn from_weights(inner: &[Surd], outer: &[Surd]) -> Result<Self, RadicalMisfit> {
        if let Some(neuron) = Neuron::of_one_root(inner, outer) {
            return Ok(neuron);
        }
        let (a, mu) = ray(inner, true)?;
        let (c, nu) = ray(outer, false)?;
        let silent = |row: &[Rational]| row.iter().all(Zero::is_zero);
        if silent(&c) {
            // μ is positive, as the size of a weight that is not zero.
            let neuron = Neuron::rational(a, c);
            return Ok(neuron.stretched(&mu).unwrap_or(neuron));
        }
        if silent(&a) {
            let neuron = Neuron::rational(a, c);
            let factor = nu.inverse().unwrap_or_else(|| nu.clone());
            return Ok(neuron.stretched(&factor).unwrap_or(neuron));
        }
        let product = mu.mul(&nu);
        let Some(share) = product.to_rational() else {
            let not_zero = |row: &[Surd]| {
                row.iter()
                    .position(|w| !w.terms().is_empty() || !w.rational_part().is_zero())
            };
            let (i, l) = (not_zero(inner).unwrap_or(0), not_zero(outer).unwrap_or(0));
            return Err(RadicalMisfit::Product {
                inner: inner[i].to_string(),
                outer: outer[l].to_string(),
                product: inner[i].mul(&outer[l]).to_string(),
                index: l,
            });
        };
        let neuron = Neuron::rational(a, c.iter().map(|entry| entry * share).collect());
        Ok(neuron.stretched(&mu).unwrap_or(neuron))
    }

    /// All non-zero weights rational, or all rational multiples of the same square root.
    fn of_one_root(inner: &[Surd], outer: &[Surd]) -> Option<Self> {
        let zero = Surd::zero();
        let first = inner.iter().chain(outer).find(|weight| **weight != zero);
        let scale = match first.map(Surd::terms) {
            Some([(_, radicand)]) => Rational::from_integer(radicand.clone()),
            _ => Rational::one(),
        };
        let unit = Surd::multiple_of_root(&scale.recip(), &scale);
        // weight/√s = weight·√s/s must be rational.
        let over_root = |weight: &Surd| match scale.is_one() {
            true => weight.to_rational().cloned(),
            false => weight.mul(&unit).to_rational().cloned(),
        };
        let multiples = |weights: &[Surd]| weights.iter().map(over_root).collect::<Option<_>>();
        Some(Neuron {
            outer: multiples(outer)?,
            inner: multiples(inner)?,
            stretch: None,
            scale,
        })
    }

    /// The outer weights as numbers: √s·c, over μ if there is a stretch.
    pub fn outer_weights(&self) -> Vec<Surd> {
        self.times_root(&self.outer, self.stretch().map(|stretch| &stretch.inverse))
    }

    /// The inner weights as numbers: √s·a, times μ if there is a stretch.
    pub fn inner_weights(&self) -> Vec<Surd> {
        self.times_root(&self.inner, self.stretch().map(|stretch| &stretch.factor))
    }

    fn times_root(&self, values: &[Rational], stretch: Option<&Surd>) -> Vec<Surd> {
        // As all weights from training are.
        let is_rational = stretch.is_none() && self.scale.numer() == self.scale.denom();
        if is_rational {
            return values.iter().cloned().map(Surd::from).collect();
        }
        let root = Surd::multiple_of_root(&Rational::one(), &self.scale);
        let root = stretch.map_or_else(|| root.clone(), |stretch| root.mul(stretch));
        values.iter().map(|value| root.scale(value)).collect()
    }

    /// Whether a ≠ 0.
    pub fn has_hyperplane(&self) -> bool {
        self.inner.iter().any(|value| !value.is_zero())
    }

    /// Whether a ≠ 0 and c ≠ 0.
    pub fn is_live(&self) -> bool {
        self.has_hyperplane() && self.outer.iter().any(|value| !value.is_zero())
    }

    /// ‖a‖_∞ without the radical and the stretch.
    pub fn inner_norm(&self) -> Rational {
        largest(&self.inner)
    }

    /// ‖c‖_∞ without the radical and the stretch.
    pub fn outer_norm(&self) -> Rational {
        largest(&self.outer)
    }

    /// ‖c aᵀ‖_∞ of the true weights: s·‖c‖·‖a‖, rational.
    pub fn product_norm(&self) -> Rational {
        &self.scale * self.inner_norm() * self.outer_norm()
    }

    /// ‖a‖_∞ of the true weights.
    pub fn inner_size(&self) -> Surd {
        let size = Surd::multiple_of_root(&self.inner_norm(), &self.scale);
        match self.stretch() {
            Some(stretch) => size.mul(&stretch.factor),
            None => size,
        }
    }

    /// ‖c‖_∞ of the true weights.
    pub fn outer_size(&self) -> Surd {
        let size = Surd::multiple_of_root(&self.outer_norm(), &self.scale);
        match self.stretch() {
            Some(stretch) => size.mul(&stretch.inverse),
            None => size,
        }
    }

    /// max(‖c‖, ‖a‖) of the true weights.
    pub fn size(&self) -> Surd {
        if self.stretch.is_none() {
            let larger = self.inner_norm().max(self.outer_norm());
            return Surd::multiple_of_root(&larger, &self.scale);
        }
        let (inner, outer) = (self.inner_size(), self.outer_size());
        match inner.compare(&outer).is_lt() {
            true => outer,
            false => inner,
        }
    }

    /// The rational rescaling (s, c/λ, λ·a); `None` unless λ > 0.
    pub fn scaled(&self, factor: &Rational) -> Option<Self> {
        factor.is_positive().then(|| Neuron {
            scale: self.scale.clone(),
            outer: self.outer.iter().map(|value| value / factor).collect(),
            inner: self.inner.iter().map(|value| value * factor).collect(),
            stretch: self.stretch.clone(),
        })
    }

    /// Inner weights times √t, outer ones divided by it: (s·t, c/t, a); `None` unless t > 0.
    pub fn rescaled_by_root(&self, factor: &Rational) -> Option<Self> {
        let neuron = factor.is_positive().then(|| self.times_root_of(factor));
        neuron.flatten()
    }

    /// Rescaled by √(‖c‖/‖a‖), so that ‖c‖ = ‖a‖ (60)/(104); a dead neuron is left as it is.
    ///
    /// Cost: one square root, kept as s; no weight changes but c.
    pub fn balanced(&self) -> Self {
        known(self.balanced_by(&mut Numbers))
    }

    /// This neuron with the contributions of others added, whose inner weights are positive multiples of its own (43)/(87):
    /// c + Σ (‖a_j‖/‖a‖)·(s_j/s)·c_j. `None` if a = 0, or some other is no such neuron, or it has another number of outputs.
    pub fn absorbing(&self, others: &[&Neuron]) -> Option<Self> {
        let own = self.has_hyperplane().then(|| direction(&self.inner))?;
        let mut sum = self.clone();
        let size = self.inner_norm();
        for other in others {
            if other.outer.len() != self.outer.len() || direction(&other.inner) != own {
                return None;
            }
            let factor = other.inner_norm() / &size;
            sum = known(sum.plus_parallel(&mut Numbers, other, &factor));
        }
        Some(sum)
    }
}

/// weights = factor·row with a rational row and factor > 0; the factor of the zero row is 1.
fn ray(weights: &[Surd], inner: bool) -> Result<(Vec<Rational>, Surd), RadicalMisfit> {
    let zero = Surd::zero();
    let first = weights.iter().find(|weight| **weight != zero);
    let factor = first.map_or_else(|| Rational::one().into(), Surd::abs);
    // The factor is not zero.
    let inverse = factor.inverse().unwrap_or_else(Surd::zero);
    let mut row = Vec::with_capacity(weights.len());
    for (index, weight) in weights.iter().enumerate() {
        let quotient = weight.mul(&inverse).to_rational().cloned();
        row.push(quotient.ok_or_else(|| RadicalMisfit::Quotient {
            first: first.unwrap_or(&zero).to_string(),
            second: weight.to_string(),
            inner,
            index,
        })?);
    }
    Ok((row, factor))
}

/// The largest absolute value; 0 for no values.
pub(crate) fn largest(values: &[Rational]) -> Rational {
    values.iter().fold(Rational::zero(), |largest, value| {
        let size = value.abs();
        if size > largest { size } else { largest }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exact::text::parse;

    fn row(entries: &[&str]) -> Vec<Surd> {
        entries.iter().map(|entry| parse(entry).unwrap()).collect()
    }

    #[test]
    fn weights_of_any_kind_are_kept_where_the_contribution_is_rational() {
        for (inner, outer) in [
            // (1 + √2)·(2, −1) and (√2 − 1)·3: the product is 3·ρ(2x − y).
            (["2+2*sqrt(2)", "-1-sqrt(2)"], "3*sqrt(2)-3"),
            (["0", "-1-sqrt(2)-sqrt(3)"], "0"),
            (["0", "0"], "1+sqrt(3)"),
            (["sqrt(2)", "-3*sqrt(2)"], "sqrt(8)"),
            (["sqrt(2)", "0"], "sqrt(1/2)"),
            (["2", "1/3"], "-5"),
            (["0", "sqrt(2)"], "0"),
        ] {
            let (inner, outer) = (row(&inner), row(&[outer]));
            let neuron = Neuron::from_weights(&inner, &outer).unwrap();
            assert_eq!(neuron.inner_weights(), inner);
            assert_eq!(neuron.outer_weights(), outer);
            let larger = |x: Surd, y: Surd| if x.compare(&y).is_lt() { y } else { x };
            let all = inner.iter().chain(&outer).map(Surd::abs);
            assert_eq!(neuron.size(), all.fold(Surd::zero(), larger));
            let again = neuron.unstretched().stretched(&parse("sqrt(5)-2").unwrap());
            let again = again.unwrap();
            let rows = [again.inner_weights(), again.outer_weights()].concat();
            let back = Neuron::from_weights(&rows[..2], &rows[2..]).unwrap();
            assert_eq!([back.inner_weights(), back.outer_weights()].concat(), rows);
            assert_eq!(back.product_norm(), neuron.product_norm());
        }
        let neuron = Neuron::from_weights(&row(&["2+2*sqrt(2)", "0"]), &row(&["3*sqrt(2)-3"]));
        assert_eq!(neuron.unwrap().product_norm().to_string(), "6");
    }

    #[test]
    fn irrational_contributions_are_refused_naming_two_numbers() {
        for (inner, outer, words, place) in [
            (
                ["1", "sqrt(2)"],
                "1",
                "found 'sqrt(2)', expected a rational multiple of '1'",
                (true, 1),
            ),
            (
                ["0", "1+sqrt(2)"],
                "sqrt(2)",
                "is rational, which is 2+sqrt(2)",
                (false, 0),
            ),
            (
                ["1+sqrt(2)", "1-sqrt(2)"],
                "0",
                "found '1-sqrt(2)'",
                (true, 1),
            ),
        ] {
            let misfit = Neuron::from_weights(&row(&inner), &row(&[outer])).unwrap_err();
            assert!(misfit.to_string().contains(words), "{misfit}");
            assert_eq!(misfit.place(), place);
        }
    }
}
