//! ‖Φ − Γ‖_∞, exactly, with the entry where it is attained.

use std::cmp::Ordering;

use num_traits::Zero;

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
                let value = entry_distance(p, x, q, y);
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

/// |p√s − q√t|.
fn entry_distance(p: &Rational, x: &Neuron, q: &Rational, y: &Neuron) -> Surd {
    if x.scale() == y.scale() {
        let difference = p - q;
        if difference.is_zero() {
            return Surd::zero();
        }
        return Surd::multiple_of_root(&difference, x.scale()).abs();
    }
    let p = Surd::multiple_of_root(p, x.scale());
    p.sub(&Surd::multiple_of_root(q, y.scale())).abs()
}
