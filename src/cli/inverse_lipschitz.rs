//! `relucert inverse-lipschitz`: Lemma A.7's constant for given directions.

use std::path::PathBuf;

use clap::Args;
use num_traits::Signed as _;
use serde::Serialize;

use super::answer::Answer;
use super::failure::Failure;
use super::inputs::{Files, Inputs};
use super::limits::LimitArgs;
use super::output::Output;
use crate::arrangement::parse_arr;
use crate::exact::decimal::brief;
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
    #[command(flatten)]
    limits: LimitArgs,
}

#[derive(Serialize)]
struct Object {
    /// C′_B.
    constant: String,
    /// 2√C′_B: with all hyperplanes shared, (C_B, 1/2) inverse stability holds with it (D35, N7).
    stability: String,
}

/// What is known where a limit was reached.
#[derive(Serialize)]
struct Unfinished {
    /// C′_B is at least this.
    lower: String,
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
        let watch = self.limits.watch(output);
        let found = inverse_lipschitz(&rows, dimension, &size, self.limit, &watch);
        let constant = match found {
            Ok(constant) => constant,
            Err(error) => return Err(self.unfinished(error, output)?),
        };
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

    /// Prints what is known; the failure to leave with.
    fn unfinished(
        &self,
        error: InverseLipschitzError,
        output: &Output,
    ) -> Result<Failure, Failure> {
        let failure = Failure::Limit(error.to_string());
        let (InverseLipschitzError::Stopped { at_least, .. }
        | InverseLipschitzError::Vertices { at_least, .. }) = error
        else {
            let path = self.directions.display();
            return Ok(Failure::Usage(format!("{path}: {error}")));
        };
        let object = Unfinished {
            lower: at_least.to_string(),
        };
        output.answer("inverse-lipschitz", &object, || {
            format!("C′_B          at least {}\n", brief(&at_least.into()))
        })?;
        Ok(failure)
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
