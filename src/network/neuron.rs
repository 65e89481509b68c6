//! One neuron with one radical: (s, c, a), inner weights √s·a, outer weights √s·c.

use num_traits::{One, Signed, Zero};

use crate::exact::rows::direction;
use crate::exact::{Rational, Surd};

/// A neuron c ρ(⟨a,x⟩) whose inner weights are √s·a and outer weights √s·c, with s > 0, c, a rational.
///
/// Its contribution s·c·ρ(⟨a,x⟩) is rational, and balancing keeps this form: (s, c, a) ↦ (s·t, c/t, a). All constructions of
/// the theory from rational input stay in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Neuron {
    scale: Rational,
    outer: Vec<Rational>,
    inner: Vec<Rational>,
}

/// The weights of one neuron are not rational multiples of a single square root.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "'{second}' and '{first}' are not rational multiples of the same square root; within one neuron \
     (its inner weights, bias and outer weights) all non-zero numbers must be"
)]
pub struct RadicalMisfit {
    /// A weight that set the neuron's radical.
    pub first: String,
    /// A weight that does not fit it.
    pub second: String,
    /// Whether the misfit is an inner weight (or bias).
    pub inner: bool,
    /// Its position among the inner or the outer weights.
    pub index: usize,
}

impl Neuron {
    /// A neuron with rational weights.
    pub fn rational(inner: Vec<Rational>, outer: Vec<Rational>) -> Self {
        Neuron {
            scale: Rational::one(),
            outer,
            inner,
        }
    }

    /// A neuron (s, c, a); s must be positive, or `None` is answered.
    pub fn new(scale: Rational, outer: Vec<Rational>, inner: Vec<Rational>) -> Option<Self> {
        scale.is_positive().then_some(Neuron {
            scale,
            outer,
            inner,
        })
    }

    /// The zero neuron with d inputs and D outputs.
    pub fn zero(inputs: usize, outputs: usize) -> Self {
        Neuron::rational(
            vec![Rational::zero(); inputs],
            vec![Rational::zero(); outputs],
        )
    }

    /// A rational neuron with the contribution of weights that are any sums of square roots: inner weights μ·a and outer weights ν·c with a, c
    /// and μν rational, μ > 0. `None` if the contribution is not rational.
    pub fn of_contribution(inner: &[Surd], outer: &[Surd]) -> Option<Self> {
        let (a, mu) = ray(inner)?;
        let (c, nu) = ray(outer)?;
        let silent = |row: &[Rational]| row.iter().all(Zero::is_zero);
        let product = match silent(&a) || silent(&c) {
            // Nothing is contributed, whatever the factors.
            true => Rational::one(),
            false => mu.mul(&nu).to_rational()?.clone(),
        };
        Some(Neuron::rational(
            a,
            c.iter().map(|entry| entry * &product).collect(),
        ))
    }

    /// Finds the neuron's radical from its weights as surds: all non-zero ones rational, or all rational multiples of the same
    /// square root.
    pub fn from_weights(inner: &[Surd], outer: &[Surd]) -> Result<Self, RadicalMisfit> {
        let all = || {
            let inner = inner.iter().enumerate().map(|(i, w)| (true, i, w));
            inner.chain(outer.iter().enumerate().map(|(i, w)| (false, i, w)))
        };
        let zero = Surd::zero();
        let first = all().map(|(_, _, w)| w).find(|w| **w != zero);
        let scale = match first.map(Surd::terms) {
            Some([(_, radicand)]) => Rational::from_integer(radicand.clone()),
            _ => Rational::one(),
        };
        let over_root = |weight: &Surd| {
            // weight/√s = weight·√s/s must be rational.
            let over = weight.mul(&Surd::multiple_of_root(&scale.recip(), &scale));
            over.to_rational().cloned()
        };
        for (is_inner, index, weight) in all() {
            if over_root(weight).is_none() {
                return Err(RadicalMisfit {
                    first: first.unwrap_or(&zero).to_string(),
                    second: weight.to_string(),
                    inner: is_inner,
                    index,
                });
            }
        }
        let multiples = |weights: &[Surd]| weights.iter().filter_map(over_root).collect();
        Ok(Neuron {
            outer: multiples(outer),
            inner: multiples(inner),
            scale,
        })
    }

    /// s.
    pub fn scale(&self) -> &Rational {
        &self.scale
    }

    /// c, the outer weights over √s.
    pub fn outer(&self) -> &[Rational] {
        &self.outer
    }

    /// a, the inner weights over √s.
    pub fn inner(&self) -> &[Rational] {
        &self.inner
    }

    /// The outer weights √s·c as numbers.
    pub fn outer_weights(&self) -> Vec<Surd> {
        self.times_root(&self.outer)
    }

    /// The inner weights √s·a as numbers.
    pub fn inner_weights(&self) -> Vec<Surd> {
        self.times_root(&self.inner)
    }

    fn times_root(&self, values: &[Rational]) -> Vec<Surd> {
        let root = Surd::multiple_of_root(&Rational::one(), &self.scale);
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

    /// ‖a‖_∞ without the radical.
    pub fn inner_norm(&self) -> Rational {
        largest(&self.inner)
    }

    /// ‖c‖_∞ without the radical.
    pub fn outer_norm(&self) -> Rational {
        largest(&self.outer)
    }

    /// ‖c aᵀ‖_∞ of the true weights: s·‖c‖·‖a‖, rational.
    pub fn product_norm(&self) -> Rational {
        &self.scale * self.inner_norm() * self.outer_norm()
    }

    /// max(‖c‖, ‖a‖) of the true weights.
    pub fn size(&self) -> Surd {
        let larger = self.inner_norm().max(self.outer_norm());
        Surd::multiple_of_root(&larger, &self.scale)
    }

    /// The rational rescaling (s, c/λ, λ·a); `None` unless λ > 0.
    pub fn scaled(&self, factor: &Rational) -> Option<Self> {
        factor.is_positive().then(|| Neuron {
            scale: self.scale.clone(),
            outer: self.outer.iter().map(|value| value / factor).collect(),
            inner: self.inner.iter().map(|value| value * factor).collect(),
        })
    }

    /// Inner weights times √t, outer ones divided by it: (s·t, c/t, a); `None` unless t > 0.
    pub fn rescaled_by_root(&self, factor: &Rational) -> Option<Self> {
        factor.is_positive().then(|| Neuron {
            scale: &self.scale * factor,
            outer: self.outer.iter().map(|value| value / factor).collect(),
            inner: self.inner.clone(),
        })
    }

    /// Rescaled by √(‖c‖/‖a‖), so that ‖c‖ = ‖a‖ (60)/(104); a dead neuron is left as it is.
    pub fn balanced(&self) -> Self {
        let factor = self
            .is_live()
            .then(|| self.outer_norm() / self.inner_norm());
        let rescaled = factor.and_then(|factor| self.rescaled_by_root(&factor));
        rescaled.unwrap_or_else(|| self.clone())
    }

    /// This neuron with the contributions of others added, whose inner weights are positive multiples of its own (43)/(87):
    /// c + Σ (‖a_j‖/‖a‖)·(s_j/s)·c_j. `None` if a = 0, or some other is no such neuron, or it has another number of outputs.
    pub fn absorbing(&self, others: &[&Neuron]) -> Option<Self> {
        let own = self.has_hyperplane().then(|| direction(&self.inner))?;
        let mut sum = self.outer.clone();
        let size = self.inner_norm() * &self.scale;
        for other in others {
            if other.outer.len() != sum.len() || direction(&other.inner) != own {
                return None;
            }
            let share = other.inner_norm() * &other.scale / &size;
            for (sum, c) in sum.iter_mut().zip(&other.outer) {
                *sum += &share * c;
            }
        }
        Some(self.with_outer(sum))
    }

    /// The same neuron with other outer weights (over √s).
    pub fn with_outer(&self, outer: Vec<Rational>) -> Self {
        Neuron {
            scale: self.scale.clone(),
            outer,
            inner: self.inner.clone(),
        }
    }
}

/// weights = factor·row with a rational row and factor > 0; the factor of the zero row is 1.
fn ray(weights: &[Surd]) -> Option<(Vec<Rational>, Surd)> {
    let zero = Surd::zero();
    let factor = match weights.iter().find(|weight| **weight != zero) {
        Some(first) => first.abs(),
        None => Rational::one().into(),
    };
    let inverse = factor.inverse()?;
    let row = weights
        .iter()
        .map(|weight| weight.mul(&inverse).to_rational().cloned());
    Some((row.collect::<Option<_>>()?, factor))
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
    fn contributions_of_any_weights() {
        // (1 + √2)·(2, −1) and (√2 − 1)·3: the product is 3·ρ(2x − y).
        let inner = row(&["2+2*sqrt(2)", "-1-sqrt(2)"]);
        let neuron = Neuron::of_contribution(&inner, &row(&["3*sqrt(2)-3"])).unwrap();
        let contribution = |n: &Neuron| {
            (
                n.inner()[0].clone() * &n.outer()[0],
                n.inner()[1].clone() / &n.inner()[0],
            )
        };
        let (product, slope) = contribution(&neuron);
        assert_eq!(product.to_string(), "6");
        assert_eq!(slope.to_string(), "-1/2");
        assert!(Neuron::of_contribution(&inner, &row(&["sqrt(2)"])).is_none());
        assert!(Neuron::of_contribution(&row(&["1", "sqrt(2)"]), &row(&["1"])).is_none());
        let dead = Neuron::of_contribution(&row(&["0", "0"]), &row(&["1+sqrt(3)"]));
        assert!(!dead.unwrap().is_live());
    }
}
