//! ‖Φ − Γ‖_∞, exactly, with the entry where it is attained.

use std::cmp::Ordering;

use num_traits::{Signed as _, Zero};

use crate::certificate::Part;
use crate::exact::{Rational, Surd};
use crate::network::{Neuron, Shallow};

/// The largest absolute entry of a difference of parametrizations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Distance {
    /// The value.
    pub value: Surd,
    /// The neuron where it is attained first.
    pub neuron: usize,
    /// In its inner or its outer weights.
    pub part: Part,
    /// The position there.
    pub index: usize,
}

/// ‖Φ − Γ‖_∞ for two networks of the same shape; `None` if the shapes differ.
pub fn distance(phi: &Shallow, gamma: &Shallow) -> Option<Distance> {
    let shape = |network: &Shallow| (network.inputs(), network.outputs(), network.neurons().len());
    if shape(phi) != shape(gamma) {
        return None;
    }
    let mut largest = Distance {
        value: Surd::zero(),
        neuron: 0,
        part: Part::Inner,
        index: 0,
    };
    for (neuron, (x, y)) in phi.neurons().iter().zip(gamma.neurons()).enumerate() {
        let parts = [
            (Part::Inner, x.inner(), y.inner()),
            (Part::Outer, x.outer(), y.outer()),
        ];
        for (part, x_values, y_values) in parts {
            for (index, (p, q)) in x_values.iter().zip(y_values).enumerate() {
                let value = entry_distance(part, p, x, q, y);
                if value.compare(&largest.value) == Ordering::Greater {
                    largest = Distance {
                        value,
                        neuron,
                        part,
                        index,
                    };
                }
            }
        }
    }
    Some(largest)
}

/// min over real λ of ‖a − λ·v‖_∞, exactly: how far the row a is from the line of v. The maximum of the |a_k − λ v_k| is convex and
/// piecewise linear in λ, so it is least where one of them vanishes or two agree.
///
/// # Panics
/// If the rows have different lengths.
pub fn distance_to_line(a: &[Rational], v: &[Rational]) -> Rational {
    assert_eq!(a.len(), v.len(), "the rows have one length");
    let at = |factor: &Rational| -> Rational {
        let entries = a.iter().zip(v).map(|(a, v)| (a - v * factor).abs());
        entries.max().unwrap_or_else(Rational::zero)
    };
    let mut least = at(&Rational::zero());
    for (k, (a_k, v_k)) in a.iter().zip(v).enumerate() {
        let mut crossings = vec![(a_k.clone(), v_k.clone())];
        for (a_l, v_l) in a[..k].iter().zip(v) {
            crossings.push((a_k - a_l, v_k - v_l));
            crossings.push((a_k + a_l, v_k + v_l));
        }
        for (value, slope) in crossings {
            if !slope.is_zero() {
                least = least.min(at(&(value / slope)));
            }
        }
    }
    least
}

/// |p√s − q√t|, with stretches as well.
fn entry_distance(part: Part, p: &Rational, x: &Neuron, q: &Rational, y: &Neuron) -> Surd {
    if x.stretch().is_none() && y.stretch().is_none() && x.scale() == y.scale() {
        let difference = p - q;
        if difference.is_zero() {
            return Surd::zero();
        }
        return Surd::multiple_of_root(&difference, x.scale()).abs();
    }
    let true_weight = |weight: &Rational, neuron: &Neuron| {
        let weight = Surd::multiple_of_root(weight, neuron.scale());
        match (neuron.stretch(), part) {
            (None, _) => weight,
            (Some(stretch), Part::Inner) => weight.mul(&stretch.factor),
            (Some(stretch), Part::Outer) => weight.mul(&stretch.inverse),
        }
    };
    true_weight(p, x).sub(&true_weight(q, y)).abs()
}
