//! Whether the layer of hidden neurons x ↦ (ρ(⟨a_i,x⟩ + b_i))_i is injective on R^d.
//!
//! It is if and only if in every region of the arrangement of its hyperplanes the a_i of the neurons that are positive there span R^d
//! (Puthawala, Kothari, Lassas, Dokmanić and de Hoop, Theorem 1, for b = 0). If they do not in some region, the layer does not change along a vector orthogonal to
//! all of them, until another neuron becomes positive.

use std::sync::Arc;

use num_bigint::BigInt;
use num_traits::{Signed as _, Zero as _};

use crate::advice::Advice;
use crate::arrangement::{
    Affine, Arrangement, ArrangementError, CertifyError, Completeness, Options, Stopped,
};
use crate::certificate::{
    self, Claim, InjectiveClaim, LayerFact, Networks, NotInjectiveClaim, PRODUCER, StatedRational,
    Statement, Step, Writer,
};
use crate::exact::Rational;
use crate::exact::linear::{kernel_basis, rank};
use crate::exact::rows::direction;
use crate::network::{Network, Shallow, to_certificate};
use crate::watch::{Stop, Watch};

/// What is known of the layer, with its certificate.
#[derive(Clone, Debug)]
pub enum Injectivity {
    /// It is injective.
    Injective {
        /// The number of regions.
        regions: usize,
        /// Claim `injective`.
        certificate: String,
    },
    /// It has the same values at two points.
    Collision {
        /// d numbers.
        x: Vec<Rational>,
        /// d numbers, not the same.
        y: Vec<Rational>,
        /// Claim `not-injective`.
        certificate: String,
    },
}

/// Why it is not known.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InjectivityError {
    /// Layers of deep networks are not asked.
    #[error(
        "the layer of a network with one hidden layer can be asked for, not those of a deep network"
    )]
    Deep,
    /// A limit was met.
    #[error("{0}")]
    Stopped(#[from] Stop),
    /// The regions could not be listed within a limit.
    #[error("the regions could not be listed: {0}")]
    Regions(#[from] Stopped),
    /// They are not hyperplanes.
    #[error("{0}")]
    Arrangement(#[from] ArrangementError),
    /// No certificate could be written.
    #[error("{0}")]
    Certificate(#[from] CertifyError),
}

/// Decides it: lists all regions, of which there are up to O(m^d), and takes a rank of m × d integers in each. `advice` as in
/// [`Options::advice`](crate::arrangement::Options::advice): points and circuits depend on it, the answer does not.
///
/// # Errors
/// [`InjectivityError`].
pub fn injectivity(
    network: &Network,
    advice: Arc<dyn Advice>,
    watch: &Watch,
) -> Result<Injectivity, InjectivityError> {
    let (rows, biased) = match network {
        Network::Shallow(rows) => (rows, false),
        Network::Biased(network) => (network.rows(), true),
        Network::Deep(_) => return Err(InjectivityError::Deep),
    };
    let stated = to_certificate(network).ok_or(InjectivityError::Deep)?;
    let inputs = network.inputs();
    let functions: Vec<Affine> = functions(rows, biased);
    let arrangement = match biased {
        true => Arrangement::affine(&functions, &[], inputs, watch)?,
        false => {
            let normals: Vec<Vec<Rational>> = functions.iter().map(|f| f.normal.clone()).collect();
            Arrangement::new_within(&normals, inputs, watch)?
        }
    };
    let lines: Vec<Vec<BigInt>> = functions.iter().map(|f| direction(&f.normal)).collect();
    let regions = arrangement.regions(&Options {
        watch: watch.clone(),
        advice,
        ..Options::default()
    })?;
    for region in 0..regions.len() {
        let signs = regions.signs(region);
        let active = |i: &usize| signs.get(*i).is_some_and(|sign| *sign > 0);
        let rows: Vec<Vec<BigInt>> = (0..lines.len())
            .filter(active)
            .map(|i| lines[i].clone())
            .collect();
        if rank(&rows, inputs, watch)? == inputs {
            continue;
        }
        let x = regions.point(region, watch)?;
        let along = kernel_basis(&rows, inputs, watch)?;
        let Some(along) = along.into_iter().next() else {
            continue;
        };
        let y = further(&functions, &x, &along);
        let certificate = collision(stated, &x, &y);
        return Ok(Injectivity::Collision { x, y, certificate });
    }
    let mut proof = regions.proof(
        stated,
        |claim| Claim::Injective(InjectiveClaim(claim)),
        Completeness::Closure,
        watch,
    )?;
    proof.step(Step::Layer(LayerFact::Spans {}));
    Ok(Injectivity::Injective {
        regions: regions.len(),
        certificate: proof.finish(),
    })
}

/// ⟨a_i,x⟩ + b_i of the neurons, but for a positive factor each.
fn functions(rows: &Shallow, biased: bool) -> Vec<Affine> {
    let function = |inner: &[Rational]| match inner.split_last() {
        Some((offset, normal)) if biased => Affine {
            normal: normal.to_vec(),
            offset: offset.clone(),
        },
        _ => Affine {
            normal: inner.to_vec(),
            offset: Rational::zero(),
        },
    };
    rows.neurons().iter().map(|n| function(n.inner())).collect()
}

/// x moved along a vector as far as no neuron that is not positive becomes positive, at most by 1.
fn further(functions: &[Affine], x: &[Rational], along: &[BigInt]) -> Vec<Rational> {
    let along: Vec<Rational> = along.iter().cloned().map(Rational::from).collect();
    let product = |row: &[Rational], point: &[Rational]| {
        let products = row.iter().zip(point).map(|(a, x)| a * x);
        products.fold(Rational::zero(), |sum, product| sum + product)
    };
    let mut step = Rational::from(BigInt::from(1));
    for function in functions {
        let here = product(&function.normal, x) + &function.offset;
        let slope = product(&function.normal, &along);
        if !here.is_positive() && slope.is_positive() {
            step = step.min(-here / slope);
        }
    }
    let moved = x.iter().zip(&along).map(|(x, v)| x + v * &step);
    moved.collect()
}

/// The certificate that the layer has the same values at two points.
fn collision(gamma: certificate::StatedNetwork, x: &[Rational], y: &[Rational]) -> String {
    let numbers = |point: &[Rational]| point.iter().cloned().map(StatedRational).collect();
    let statement = Statement {
        networks: Networks {
            gamma,
            theta: None,
            phi: None,
        },
        activation: None,
        claim: Claim::NotInjective(NotInjectiveClaim {}),
    };
    let mut writer = Writer::new(PRODUCER, statement);
    writer.step(Step::Layer(LayerFact::Collides {
        x: numbers(x),
        y: numbers(y),
    }));
    writer.finish()
}
