//! `relucert inverse-lipschitz`: Lemma A.7's constant for given directions.

use std::path::PathBuf;

use clap::Args;
use num_traits::Signed as _;
use serde::Serialize;

use super::output::{Output, brief};
use super::{Answer, Failure, Files, Inputs};
use crate::arrangement::parse_arr;
use crate::exact::{Rational, Surd, text};
use crate::network::Network;
use crate::realization::{InverseLipschitzError, inverse_lipschitz};

/// Lemma A.7's constant C′_B: |f|_{W^{1,∞}} ≤ C′_B·sup |f| on [−B,B]^d for every f that is linear on the cells of the directions
#[derive(Debug, Args)]
pub(super) struct InverseLipschitz {
    /// The directions: a .arr file, or a network without biases whose inner weights they are
    #[arg(value_name = "DIRECTIONS")]
    directions: PathBuf,
    /// B
    #[arg(long = "box", value_name = "B", default_value = "1")]
    size: String,
    /// Solve at most this many systems of equations a cell
    #[arg(long, value_name = "N", default_value_t = 5_000_000)]
    limit: u128,
}

#[derive(Serialize)]
struct Object {
    /// C′_B.
    constant: String,
    /// 2√C′_B: with all hyperplanes shared, (C_B, 1/2) inverse stability holds with it (D35, N7).
    stability: String,
}

impl InverseLipschitz {
    pub(super) fn files(&self) -> Files<'_> {
        Files::new([self.directions.as_path()])
    }

    pub(super) fn run(&self, inputs: &Inputs, output: &Output) -> Result<Answer, Failure> {
        let size = text::parse_rational(&self.size)
            .map_err(|error| Failure::Usage(format!("--box: {error}")))?;
        if !size.is_positive() {
            return Err(Failure::Usage(format!("--box {size}: B must be positive")));
        }
        let (rows, dimension) = self.read(inputs)?;
        let found = inverse_lipschitz(&rows, dimension, &size, self.limit);
        let constant = found.map_err(|error| match error {
            InverseLipschitzError::Stopped(_) | InverseLipschitzError::Vertices(_) => {
                Failure::Limit(error.to_string())
            }
            _ => Failure::Usage(format!("{}: {error}", self.directions.display())),
        })?;
        let two = Rational::from_integer(2.into());
        let stability = Surd::multiple_of_root(&two, &constant);
        let object = Object {
            constant: constant.to_string(),
            stability: stability.to_string(),
        };
        output.answer("inverse-lipschitz", &object, || {
            format!(
                "C′_B          {}\n2·√C′_B       {}\n",
                brief(&constant.clone().into()),
                brief(&stability)
            )
        })?;
        Ok(Answer::Yes)
    }

    fn read(&self, inputs: &Inputs) -> Result<(Vec<Vec<Rational>>, usize), Failure> {
        let path = &self.directions;
        if inputs.is_arrangement(path) {
            return parse_arr(inputs.source(path)?.text()?)
                .map_err(|error| Failure::Usage(format!("{}, {error}", path.display())));
        }
        match inputs.network(path)? {
            Network::Shallow(network) => {
                let rows = network.neurons().iter().map(|n| n.inner().to_vec());
                Ok((rows.collect(), network.inputs()))
            }
            _ => Err(Failure::Usage(format!(
                "{}: the directions are those of a shallow network without biases",
                path.display()
            ))),
        }
    }
}
