//! Building Φ from an assignment, step by step, and measuring it.

use super::metric::ridge_constraints;
use super::quadratic::Quadratic;
use super::scaling::{Scaling, scaling};
use crate::certificate::{self, Part, Step};
use crate::exact::{Rational, Surd};
use crate::network::{Biased, Network, Neuron, Shallow};
use crate::stability::{Distance, Rewriting};

/// A parametrization whose weights may be any sums of square roots; homogenised where there are biases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weights {
    /// Inner weights, one row a neuron.
    pub inner: Vec<Vec<Surd>>,
    /// Outer weights, one row a neuron.
    pub outer: Vec<Vec<Surd>>,
}

/// Φ and the steps that lead to it from the rewritten Θ.
#[derive(Clone, Debug)]
pub struct Construction {
    /// Flip, permutation, rescalings.
    pub steps: Vec<Step>,
    /// Φ, homogenised where there are biases.
    pub network: Shallow,
    /// Its weights as numbers.
    pub phi: Weights,
    /// ‖Φ − Γ‖_∞.
    pub distance: Distance,
    /// For every place the neuron of the rewritten Θ there (numbers of live neurons and beyond are zero neurons).
    pub order: Vec<usize>,
    /// The neurons of the rewritten Θ that were flipped.
    pub flipped: Vec<usize>,
    /// For every place the factor of the inner weights, 1 where nothing was done.
    pub scales: Vec<Surd>,
}

/// A current network, and by how much its neurons were rescaled.
#[derive(Clone, Debug)]
pub struct Builder {
    /// The current network.
    pub rewriting: Rewriting,
    scales: Vec<Surd>,
}

fn one() -> Surd {
    Rational::from_integer(1.into()).into()
}

impl Builder {
    /// Starts at the rewritten Θ; `places` neurons may be rescaled.
    pub fn new(rewriting: Rewriting, places: usize) -> Self {
        Builder {
            rewriting,
            scales: vec![one(); places],
        }
    }

    /// Rescales the neuron at a place by √(s of the place)/√(its own s)·ν.
    pub fn rescale(&mut self, at: usize, place: &Neuron, scaling: Scaling) {
        let factor = place.scale() / self.rewriting.neurons()[at].scale();
        let root = Surd::multiple_of_root(&Rational::from_integer(1.into()), &factor);
        self.rewriting.radical(at, factor.clone());
        let factor = match &scaling {
            Scaling::Rational(nu) => root.scale(nu),
            Scaling::Root(square) => {
                Surd::multiple_of_root(&Rational::from_integer(1.into()), &(square * &factor))
            }
            Scaling::Surd(nu) => root.mul(nu),
        };
        self.scales[at] = self.scales[at].mul(&factor);
        match scaling {
            Scaling::Rational(nu) => self.rewriting.scale(at, nu),
            Scaling::Root(square) => self.rewriting.radical(at, square),
            Scaling::Surd(nu) => self.rewriting.stretch(at, &nu),
        }
    }

    /// Makes the neuron at a place, a positive rescaling of the one there by `factor` but for the place's stretch, equal to it.
    pub fn meet(&mut self, at: usize, place: &Neuron, factor: Rational) {
        self.rescale(at, place, Scaling::Rational(factor));
        self.stretch_like(at, place);
    }

    fn stretch_like(&mut self, at: usize, place: &Neuron) {
        if let Some(stretch) = place.stretch() {
            self.scales[at] = self.scales[at].mul(&stretch.factor);
            self.rewriting.stretch(at, &stretch.factor);
        }
    }

    /// Rescales a ridge to be within `allowed` of a place where its cost is √(s of the place)·`own`.
    pub fn fit(
        &mut self,
        at: usize,
        place: &Neuron,
        own: &Quadratic,
        allowed: &Surd,
    ) -> Option<()> {
        let constraints = ridge_constraints(&self.rewriting.neurons()[at], place, false);
        let scaling = scaling(&constraints, own, place.scale(), allowed)?;
        self.rescale(at, place, scaling);
        Some(())
    }

    /// The zero neuron at a place keeps what is larger of the place's a and c.
    pub fn revive(&mut self, at: usize, place: &Neuron) {
        let before = self.rewriting.neurons()[at].clone();
        self.rewriting.revive_like(at, place);
        if self.rewriting.neurons()[at] != before {
            self.stretch_like(at, place);
        }
    }

    /// Φ, measured against Γ (of the same shape).
    pub fn finish(
        mut self,
        gamma: &Shallow,
        order: Vec<usize>,
        flipped: Vec<usize>,
    ) -> Option<Construction> {
        let network = Shallow::new(self.rewriting.neurons().to_vec()).ok()?;
        let phi = Weights {
            inner: network
                .neurons()
                .iter()
                .map(Neuron::inner_weights)
                .collect(),
            outer: network
                .neurons()
                .iter()
                .map(Neuron::outer_weights)
                .collect(),
        };
        let distance = phi.distance(gamma)?;
        Some(Construction {
            steps: self.rewriting.take_steps(),
            network,
            phi,
            distance,
            order,
            flipped,
            scales: self.scales,
        })
    }
}

impl Construction {
    /// Φ in the shape of the given networks: without biases, or with them if the last neuron holds the output bias.
    pub fn given_shape(&self, biased: bool) -> Option<Network> {
        if !biased {
            return Some(Network::Shallow(self.network.clone()));
        }
        let (last, neurons) = self.network.neurons().split_last()?;
        let rows = Shallow::new(neurons.to_vec()).ok()?;
        Biased::new(rows, last.outer().to_vec())
            .ok()
            .map(Network::Biased)
    }
}

impl Weights {
    /// ‖Φ − Γ‖_∞ with the first entry that attains it; `None` if the shapes differ.
    pub fn distance(&self, gamma: &Shallow) -> Option<Distance> {
        if self.inner.len() != gamma.neurons().len() {
            return None;
        }
        let mut largest = Distance {
            value: Surd::zero(),
            neuron: 0,
            part: Part::Inner,
            index: 0,
        };
        for (neuron, place) in gamma.neurons().iter().enumerate() {
            let parts = [
                (Part::Inner, &self.inner[neuron], place.inner_weights()),
                (Part::Outer, &self.outer[neuron], place.outer_weights()),
            ];
            for (part, own, target) in parts {
                if own.len() != target.len() {
                    return None;
                }
                for (index, (own, target)) in own.iter().zip(&target).enumerate() {
                    let value = own.sub(target).abs();
                    if value.compare(&largest.value).is_gt() {
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

    /// As certificates hold it: without biases, homogenised where there are some.
    pub fn stated(&self) -> certificate::StatedNetwork {
        let rows = |rows: &[Vec<Surd>]| -> Vec<Vec<certificate::Surd>> {
            let rows = rows.iter();
            rows.map(|row| row.iter().map(certificate::Surd::from).collect())
                .collect()
        };
        certificate::StatedNetwork {
            d: self.inner.first().map_or(0, Vec::len),
            m: self.inner.len(),
            outputs: self.outer.first().map_or(0, Vec::len),
            a: rows(&self.inner),
            b: None,
            c: rows(&self.outer),
            e: None,
        }
    }

    /// As a network of the original variables: {a, c}, or {a, b, c, e} if the last neuron holds the output bias.
    pub fn network(&self, biased: bool) -> certificate::StatedNetwork {
        let mut network = self.stated();
        if !biased {
            return network;
        }
        network.a.pop();
        let offset = network.c.pop().unwrap_or_default();
        network.b = Some(network.a.iter_mut().filter_map(Vec::pop).collect());
        network.e = Some(
            offset
                .into_iter()
                .map(|e| certificate::StatedRational(e.rational))
                .collect(),
        );
        network.d -= 1;
        network.m -= 1;
        network
    }
}
