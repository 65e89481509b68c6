//! What the regions are regions of: a network's hyperplanes, or normals from an `.arr` file, in all of R^d or in a box.

use std::path::Path;

use num_traits::Zero as _;

use crate::arrangement::{Affine, Arrangement, ArrangementError, box_facets, parse_arr};
use crate::certificate;
use crate::cli::failure::Failure;
use crate::cli::inputs::Inputs;
use crate::exact::{Rational, text};
use crate::network::{Network, to_certificate};
use crate::watch::Watch;

/// An arrangement with the network that certificates state it by.
pub(super) struct Subject {
    pub(super) arrangement: Arrangement,
    pub(super) network: certificate::StatedNetwork,
    /// The sides of the box; none for all of space.
    pub(super) domain: Vec<Affine>,
    /// The number of coordinates of a point.
    pub(super) inputs: usize,
}

/// The rows ⟨a_i, x⟩ + b_i; without biases where no b_i may be other than 0.
struct Rows {
    normals: Vec<Vec<Rational>>,
    offsets: Option<Vec<Rational>>,
    inputs: usize,
    network: certificate::StatedNetwork,
}

impl Subject {
    /// Of a network, or without one of the normals in the file.
    pub(super) fn read(
        inputs: &Inputs,
        path: &Path,
        network: Option<Network>,
        domain: Option<&str>,
        watch: &Watch,
    ) -> Result<Self, Failure> {
        let mut rows = match network {
            None => normals(inputs, path)?,
            Some(network) => neurons(&network)?,
        };
        let inputs = rows.inputs;
        let facets = match domain {
            Some(domain) => sides(domain, inputs)?,
            None => Vec::new(),
        };
        if domain.is_some() && rows.offsets.is_none() {
            // A box is no cone: state the same hyperplanes with biases 0.
            rows.offsets = Some(vec![Rational::zero(); rows.normals.len()]);
            let zero = certificate::Surd::from(Rational::zero());
            rows.network.b = Some(vec![zero; rows.network.m]);
            let zero = certificate::StatedRational(Rational::zero());
            rows.network.e = Some(vec![zero; rows.network.outputs]);
        }
        let arrangement = match rows.offsets {
            None => Arrangement::new_within(&rows.normals, inputs, watch),
            Some(offsets) => {
                let functions: Vec<Affine> = rows
                    .normals
                    .into_iter()
                    .zip(offsets)
                    .map(|(normal, offset)| Affine { normal, offset })
                    .collect();
                Arrangement::affine(&functions, &facets, inputs, watch)
            }
        };
        let arrangement = arrangement.map_err(|error| match error {
            ArrangementError::Stopped(stop) => Failure::Limit(stop.to_string()),
            error => Failure::Internal(error.to_string()),
        })?;
        Ok(Subject {
            arrangement,
            network: rows.network,
            domain: facets,
            inputs,
        })
    }
}

fn normals(inputs: &Inputs, path: &Path) -> Result<Rows, Failure> {
    let (normals, inputs) = parse_arr(inputs.source(path)?.text()?).map_err(|error| {
        let name = path.display();
        Failure::Usage(match error {
            ArrangementError::Text { line, reason } => format!("{name}, line {line}: {reason}"),
            other => format!("{name}: {other}"),
        })
    })?;
    let surd = |value: &Rational| certificate::Surd::from(value.clone());
    let zero = || vec![certificate::Surd::from(Rational::zero())];
    let network = certificate::StatedNetwork {
        d: inputs,
        m: normals.len(),
        outputs: 1,
        a: normals
            .iter()
            .map(|normal| normal.iter().map(surd).collect())
            .collect(),
        b: None,
        c: normals.iter().map(|_| zero()).collect(),
        e: None,
    };
    Ok(Rows {
        normals,
        offsets: None,
        inputs,
        network,
    })
}

/// A neuron's hyperplane is that of its rational weights: the square root before them is positive.
fn neurons(network: &Network) -> Result<Rows, Failure> {
    let deep = || Failure::Internal("a deep network reached the arrangement".to_owned());
    let stated = to_certificate(network).ok_or_else(deep)?;
    let (rows, biased) = match network {
        Network::Shallow(rows) => (rows, false),
        Network::Biased(network) => (network.rows(), true),
        Network::Deep(_) => return Err(deep()),
    };
    let mut normals: Vec<Vec<Rational>> = rows
        .neurons()
        .iter()
        .map(|neuron| neuron.inner().to_vec())
        .collect();
    let offsets = biased.then(|| normals.iter_mut().filter_map(Vec::pop).collect());
    Ok(Rows {
        normals,
        offsets,
        inputs: network.inputs(),
        network: stated,
    })
}

/// The sides of a box `lower:upper,lower:upper,…`, or one pair for all inputs.
fn sides(text: &str, inputs: usize) -> Result<Vec<Affine>, Failure> {
    let fail = |reason: String| Failure::Usage(format!("--domain '{text}': {reason}"));
    let parts: Vec<&str> = text.split(',').collect();
    if parts.len() != inputs && parts.len() != 1 {
        return Err(fail(format!(
            "found {} intervals, expected {inputs}, one an input, or one for all",
            parts.len()
        )));
    }
    let mut bounds = Vec::with_capacity(parts.len());
    for (index, part) in parts.iter().enumerate() {
        let Some((lower, upper)) = part.split_once(':') else {
            return Err(fail(format!(
                "interval {index} is '{part}', expected lower:upper, such as -1:1/2"
            )));
        };
        let read = |text: &str| {
            text::parse_rational(text.trim())
                .map_err(|error| fail(format!("interval {index}: {error}")))
        };
        let (lower, upper) = (read(lower)?, read(upper)?);
        if lower >= upper {
            return Err(fail(format!(
                "interval {index}: {lower} is not less than {upper}, so the box has no interior"
            )));
        }
        bounds.push((lower, upper));
    }
    if let ([bound], true) = (&bounds[..], inputs != 1) {
        bounds = vec![bound.clone(); inputs];
    }
    let (lower, upper): (Vec<Rational>, Vec<Rational>) = bounds.into_iter().unzip();
    Ok(box_facets(&lower, &upper))
}
