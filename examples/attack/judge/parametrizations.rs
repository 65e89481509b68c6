//! Claims about all parametrizations of one function.

use num_traits::{One as _, Zero as _};
use relucert::certificate::{Among, MinimalClaim, NearestClaim, Statement};
use relucert::degeneracy::membership;
use relucert::exact::{Rational, Surd};
use relucert::nearest::{Answer, Options, nearest as nearest_of};
use relucert::network::{Biased, Network, Shallow};
use relucert::parametrizations::{Limits, Outcome, flippable, minimal as least};
use relucert::realization::CanonicalForm;
use relucert::stability::{distance, is_lift};

use super::read::{self, shape};
use super::{Doubt, Judged, given, holds, known};

/// Work for the searches, the same on every machine.
pub fn limits() -> Limits {
    Limits {
        most_free: 24,
        most_sets: 2000,
        ..Limits::default()
    }
}

pub fn lift(statement: &Statement) -> Judged {
    let Network::Shallow(gamma) = read::gamma(statement)? else {
        return holds(false, "Γ has biases");
    };
    let theta = read::biased(read::theta(statement)?)?;
    holds(gamma.outputs() == theta.outputs(), "other outputs")?;
    holds(membership(&gamma).in_n_star(), "Γ is not in N*")?;
    holds(is_lift(&gamma, &theta), "R(Γ)(x, 1, −1) is not R(Θ)(x)")
}

pub fn flips(statement: &Statement, sets: &[Vec<usize>]) -> Judged {
    let gamma = read::gamma(statement)?;
    let found = given(flippable(&gamma, &limits()), "a deep network")?;
    holds(
        found.is_generic(),
        "a neuron is dead, or two share a hyperplane",
    )?;
    match &found.outcome {
        Outcome::All(solutions) => holds(solutions.sets == sets, "the flip sets are others"),
        Outcome::Unknown { found, .. } => {
            let listed = found.iter().all(|set| sets.contains(set));
            holds(listed, "a flip set is not listed")?;
            known(None, "whether there are other flip sets")
        }
    }
}

fn same_function(one: &Network, other: &Network) -> Judged {
    let form = |network| given(CanonicalForm::of(network), "a deep network");
    let difference = form(one)?.minus(&form(other)?);
    let difference = given(difference, "networks of different shapes")?;
    holds(difference.is_zero(), "the functions differ")
}

/// Number of neurons, the output bias not counted; none if there is only a zero neuron.
fn count(network: &Network) -> [usize; 2] {
    let rows = match network {
        Network::Shallow(rows) => rows,
        Network::Biased(network) => network.rows(),
        Network::Deep(_) => return [0, 0],
    };
    let zero = |row: &[Rational]| row.iter().all(Rational::is_zero);
    let nothing = match rows.neurons() {
        [only] => zero(only.inner()) && zero(only.outer()),
        _ => false,
    };
    let all = rows.neurons().len();
    [if nothing { 0 } else { all }, all]
}

pub fn minimal(statement: &Statement, claim: &MinimalClaim) -> Judged {
    let (gamma, theta) = (read::gamma(statement)?, read::theta(statement)?);
    same_function(&gamma, &theta)?;
    holds(
        count(&gamma).contains(&claim.upper),
        "Γ has another number of neurons",
    )?;
    holds(claim.lower <= claim.upper, "an empty bracket")?;
    let found = least(&gamma, &limits()).map_err(|error| Doubt::Undecided(error.to_string()))?;
    let found = given(found, "a deep network")?;
    holds(claim.lower <= found.upper, "fewer neurons are enough")?;
    let sure = claim.lower <= found.lower;
    known(sure.then_some(()), "a least number that is only bracketed")
}

/// The network on R^d that a homogenised one stands for: its last neuron is the output bias.
fn with_bias(phi: &Shallow) -> Result<Network, Doubt> {
    let (last, neurons) = given(phi.neurons().split_last(), "Φ has no neurons")?;
    let mut unit = vec![Surd::zero(); phi.inputs() - 1];
    unit.push(Rational::one().into());
    holds(
        last.inner_weights() == unit,
        "the last neuron of Φ is not e",
    )?;
    let offset = last.outer_weights();
    let offset: Option<Vec<Rational>> = offset.iter().map(|e| e.to_rational().cloned()).collect();
    let offset = given(offset, "e is not rational")?;
    let rows = Shallow::new(neurons.to_vec()).and_then(|rows| Biased::new(rows, offset));
    let rows = rows.map_err(|error| Doubt::False(error.to_string()))?;
    Ok(Network::Biased(rows))
}

/// No parametrization of R(Θ) with as many neurons as Γ is nearer than this, by the engine's own search.
pub fn none_nearer(gamma: &Network, theta: &Network, among: Among, lower: &Surd) -> Judged {
    if !lower.sign().is_gt() {
        return Ok(());
    }
    let options = Options {
        among,
        flips: limits(),
        ..Options::default()
    };
    match nearest_of(gamma, theta, &options) {
        Ok(Answer::Nearest(found)) => {
            let upper = found.phi.as_ref().map(|phi| &phi.distance.value);
            let below = upper.is_some_and(|upper| upper.compare(lower).is_lt());
            holds(!below, "a parametrization is nearer")?;
            let sure = found.lower.compare(lower).is_ge();
            known(
                sure.then_some(()),
                "a least distance that is only bracketed",
            )
        }
        // Nothing competes.
        Ok(_) => Ok(()),
        Err(error) => known(None, &format!("nearest: {error}")),
    }
}

pub fn nearest(statement: &Statement, claim: &NearestClaim) -> Judged {
    let (gamma, theta) = (read::gamma(statement)?, read::theta(statement)?);
    let (pair, phi) = (read::pair(statement)?, read::phi(statement)?);
    holds(
        shape(&phi) == shape(&pair.gamma),
        "Φ has another shape than Γ",
    )?;
    let as_given = match pair.homogenised {
        true => with_bias(&phi)?,
        false => Network::Shallow(phi.clone()),
    };
    same_function(&as_given, &theta)?;
    let (lower, upper) = (Surd::from(&claim.lower), Surd::from(&claim.upper));
    let found = given(distance(&phi, &pair.gamma), "Φ has another shape than Γ")?;
    holds(
        found.value.compare(&upper).is_eq(),
        "the distance is another",
    )?;
    holds(lower.compare(&upper).is_le(), "an empty bracket")?;
    if claim.among == Among::NStar {
        holds(!pair.homogenised, "networks in N* have no biases")?;
        holds(membership(&phi).in_n_star(), "Φ is not in N*")?;
    }
    none_nearer(&gamma, &theta, claim.among, &lower)
}
