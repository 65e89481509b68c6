//! The theorems: hypotheses, bounds and Φ, each part computed anew.

use num_traits::Signed as _;
use relucert::certificate::{
    ConditionClaim, ConditionName, Form, Refined31, Reparametrization, SeminormBracket, Side,
    Statement, Surd as Number, Theorem31, Theorem33, Violation,
};
use relucert::degeneracy::{
    balance_violations, least_beta, membership, opposite_between, opposite_pairs, parallel_pairs,
};
use relucert::exact::rows::direction;
use relucert::exact::{Rational, Surd};
use relucert::network::{Network, Neuron, Shallow};
use relucert::parametrizations::{C3, c3_possible};
use relucert::realization::CanonicalForm;
use relucert::stability::{Pair, distance};

use super::functions::{measured, within};
use super::parametrizations::limits;
use super::read::{self, shape};
use super::{Doubt, Judged, all, given, holds, known};

fn surd(number: &Number) -> Surd {
    number.into()
}

fn twice(r: &Rational) -> Rational {
    r + r
}

/// factor·√square.
fn root(factor: i64, square: &Rational) -> Result<Surd, Doubt> {
    holds(!square.is_negative(), "a root of a negative number")?;
    Ok(Surd::multiple_of_root(
        &Rational::from_integer(factor.into()),
        square,
    ))
}

/// R(Φ) = R(Θ), ‖Φ − Γ‖_∞ is this, and all three have one shape.
fn reached(pair: &Pair, phi: &Shallow, claimed: &Number) -> Judged {
    holds(
        shape(phi) == shape(&pair.gamma),
        "Φ has another shape than Γ",
    )?;
    holds(
        shape(&pair.theta) == shape(&pair.gamma),
        "Θ has another shape than Γ",
    )?;
    let [of_phi, of_theta] = [phi, &pair.theta].map(CanonicalForm::of_shallow);
    holds(of_phi == of_theta, "R(Φ) is not R(Θ)")?;
    let found = given(distance(phi, &pair.gamma), "Φ has another shape than Γ")?;
    let same = found.value.compare(&surd(claimed)).is_eq();
    holds(same, "the distance is another")
}

pub fn reparametrization(statement: &Statement, claim: &Reparametrization) -> Judged {
    reached(
        &read::pair(statement)?,
        &read::phi(statement)?,
        &claim.distance,
    )?;
    let within = surd(&claim.distance).compare(&surd(&claim.bound)).is_le();
    holds(within, "the distance exceeds the bound")
}

/// r and J of g − R(Γ).
struct Measures {
    r: (Rational, Rational),
    jump: Rational,
}

impl Measures {
    fn of(pair: &Pair) -> Result<Self, Doubt> {
        let [gamma, theta] = [&pair.gamma, &pair.theta].map(CanonicalForm::of_shallow);
        let difference = given(theta.minus(&gamma), "Γ and Θ of different shapes")?;
        Ok(Measures {
            r: measured(&difference, false)?,
            jump: difference.jump_norm(),
        })
    }

    fn check(&self, form: Form, r: &SeminormBracket, jump: &Rational) -> Judged {
        holds(self.jump == *jump, "the jump norm is another")?;
        let exact = form != Form::Seminorm || r.lower == r.upper;
        holds(exact, "the form of the seminorm without r")?;
        within(&self.r, Some(&r.lower.0), Some(&r.upper.0))
    }
}

fn threshold(form: Form, r: &SeminormBracket, jump: &Rational) -> Rational {
    match form {
        Form::Seminorm => twice(&r.lower.0),
        Form::Jump => jump.clone(),
    }
}

/// Every bound that is stated is its formula and at least the distance, and one is stated.
fn bounded(distance: &Number, bounds: &[(&Option<Number>, Surd)]) -> Judged {
    let stated = bounds.iter().any(|(stated, _)| stated.is_some());
    holds(stated, "no bound is stated")?;
    for (stated, formula) in bounds {
        let Some(stated) = stated else { continue };
        holds(
            surd(stated).compare(formula).is_eq(),
            "a bound is not its formula",
        )?;
        let within = surd(distance).compare(formula).is_le();
        holds(within, "the distance exceeds a bound")?;
    }
    Ok(())
}

/// Some Θ′ of g satisfies C.3 with Γ.
fn c3(pair: &Pair, live: bool) -> Judged {
    match c3_possible(&pair.gamma, &pair.theta, live, &limits()) {
        C3::Possible { .. } => Ok(()),
        C3::GammaOpposite | C3::Impossible { .. } => holds(false, "C.3 cannot be had"),
        C3::Unknown { .. } => known(None, "whether C.3 can be had"),
    }
}

pub fn theorem31(statement: &Statement, claim: &Theorem31) -> Judged {
    let (pair, phi) = (read::pair(statement)?, read::phi(statement)?);
    let gamma = &pair.gamma;
    holds(gamma.outputs() == 1, "the theorem is for one output")?;
    reached(&pair, &phi, &claim.distance)?;
    let threshold = threshold(claim.form, &claim.r, &claim.jump.0);
    let beta = surd(&claim.beta);
    holds(!beta.sign().is_lt(), "beta is negative")?;
    let balanced = balance_violations(gamma, &threshold, &beta).is_empty();
    holds(balanced, "C.1 fails")?;
    holds(parallel_pairs(gamma).is_empty(), "C.2 fails")?;
    let (r, jump) = (&claim.r.lower.0, &claim.jump.0);
    let [at_r, at_jump] = match claim.form {
        Form::Seminorm => [beta, least_beta(gamma, jump)],
        Form::Jump => [least_beta(gamma, &twice(r)), beta],
    };
    let (bounds, one) = (&claim.bounds, 1);
    let formulas = [
        (&bounds.paper, at_r.add(&root(2, r)?)),
        (&bounds.sharp, at_r.add(&root(one, &twice(r))?)),
        (&bounds.jump, at_jump.add(&root(one, jump)?)),
    ];
    bounded(&claim.distance, &formulas)?;
    all([
        Measures::of(&pair)?.check(claim.form, &claim.r, jump),
        c3(&pair, false),
    ])
}

/// The neurons of Γ that the refined bound counts: dead ones, and those whose c has not the sign of g's jump on their hyperplane.
fn apart<'a>(gamma: &'a Shallow, theta: &Shallow) -> impl Iterator<Item = &'a Neuron> {
    let jumps = CanonicalForm::of_shallow(theta);
    gamma.neurons().iter().filter(move |neuron| {
        let mut line = direction(neuron.inner());
        if line
            .iter()
            .find(|x| !num_traits::Zero::is_zero(*x))
            .is_some_and(num_bigint::BigInt::is_negative)
        {
            line.iter_mut().for_each(|x| *x = -&*x);
        }
        let on_line = |kink: &&relucert::realization::Kink| direction(&kink.normal) == line;
        let jump = jumps.kinks().iter().find(on_line);
        let same = jump.is_some_and(|kink| (&kink.jump[0] * &neuron.outer()[0]).is_positive());
        !neuron.is_live() || !same
    })
}

/// Γ's live neurons, with zero ones for the dead.
fn alive(network: &Shallow) -> Result<Shallow, Doubt> {
    let neurons = network
        .neurons()
        .iter()
        .map(|neuron| match neuron.is_live() {
            true => neuron.clone(),
            false => Neuron::zero(network.inputs(), network.outputs()),
        });
    Shallow::new(neurons.collect()).map_err(|error| Doubt::False(error.to_string()))
}

pub fn refined31(statement: &Statement, claim: &Refined31) -> Judged {
    let (pair, phi) = (read::pair(statement)?, read::phi(statement)?);
    holds(pair.gamma.outputs() == 1, "the theorem is for one output")?;
    reached(&pair, &phi, &claim.distance)?;
    let parallel = parallel_pairs(&alive(&pair.gamma)?);
    holds(parallel.is_empty(), "C.2 fails for live neurons")?;
    let threshold = threshold(claim.form, &claim.r, &claim.jump.0);
    let sizes = apart(&pair.gamma, &pair.theta).map(Neuron::size);
    let beta = sizes.max_by(Surd::compare).unwrap_or_else(Surd::zero);
    let formula = beta.add(&root(1, &threshold)?);
    bounded(&claim.distance, &[(&Some(claim.bound.clone()), formula)])?;
    all([
        Measures::of(&pair)?.check(claim.form, &claim.r, &claim.jump.0),
        c3(&pair, true),
    ])
}

/// The neurons' weights, in an order that does not depend on theirs.
fn sorted(network: &Shallow) -> Vec<String> {
    let neurons = network.neurons().iter();
    let mut texts: Vec<String> = neurons
        .map(|n| format!("{:?}", (n.inner_weights(), n.outer_weights())))
        .collect();
    texts.sort_unstable();
    texts
}

pub fn theorem33(statement: &Statement, claim: &Theorem33) -> Judged {
    let (pair, phi) = (read::pair(statement)?, read::phi(statement)?);
    reached(&pair, &phi, &claim.distance)?;
    holds(
        sorted(&phi) == sorted(&pair.theta),
        "Φ is not Θ in another order",
    )?;
    for network in [&pair.gamma, &pair.theta] {
        holds(membership(network).in_n_star(), "a network is not in N*")?;
    }
    let (r, jump) = (&claim.r.lower.0, &claim.jump.0);
    let bounds = &claim.bounds;
    let formulas = [
        (&bounds.paper, root(4, r)?),
        (&bounds.sharp, root(2, &twice(r))?),
        (&bounds.jump, root(2, jump)?),
    ];
    bounded(&claim.distance, &formulas)?;
    Measures::of(&pair)?.check(claim.form, &claim.r, jump)
}

/// Γ, and Θ where there is one, homogenised where one of them has biases.
fn homogenised(statement: &Statement) -> Result<(Shallow, Option<Shallow>), Doubt> {
    if statement.networks.theta.is_some() {
        let pair = read::pair(statement)?;
        return Ok((pair.gamma, Some(pair.theta)));
    }
    match read::gamma(statement)? {
        Network::Shallow(gamma) => Ok((gamma, None)),
        network => Ok((read::biased(network)?.homogenised(), None)),
    }
}

pub fn condition(statement: &Statement, claim: &ConditionClaim) -> Judged {
    let (gamma, theta) = homogenised(statement)?;
    let theta = || given(theta.as_ref(), "there is no Θ");
    let (pairs, i, j, factor) = match (claim.name, claim.network, &claim.violation) {
        (ConditionName::Balance, None, violation @ Violation::Unbalanced { .. }) => {
            return unbalanced(statement, violation);
        }
        (ConditionName::NoOppositePossible, None, Violation::NoOrientation {}) => {
            return match c3_possible(&gamma, theta()?, false, &limits()) {
                C3::Possible { .. } => holds(false, "C.3 can be had"),
                C3::GammaOpposite | C3::Impossible { .. } => Ok(()),
                C3::Unknown { .. } => known(None, "whether C.3 can be had"),
            };
        }
        (ConditionName::NoParallel, Some(Side::Gamma), Violation::Multiple { i, j, factor }) => {
            (parallel_pairs(&gamma), i, j, factor)
        }
        (ConditionName::NoOppositeWithin, Some(side), Violation::Multiple { i, j, factor }) => {
            let network = match side {
                Side::Gamma => &gamma,
                Side::Theta => theta()?,
                Side::Phi => return holds(false, "a hypothesis about Φ"),
            };
            (opposite_pairs(network), i, j, factor)
        }
        (ConditionName::NoOppositeBetween, None, Violation::Multiple { i, j, factor }) => {
            (opposite_between(&gamma, theta()?), i, j, factor)
        }
        _ => return holds(false, "the violation is not one of this hypothesis"),
    };
    let pair = pairs.iter().find(|pair| (pair.i, pair.j) == (*i, *j));
    let pair = given(pair, "the two neurons do not violate it")?;
    let same = pair.factor.compare(&surd(factor)).is_eq();
    holds(same, "the factor is another")
}

fn unbalanced(statement: &Statement, violation: &Violation) -> Judged {
    let Violation::Unbalanced {
        i,
        beta,
        size,
        r_lower,
    } = violation
    else {
        return holds(false, "no violation of C.1");
    };
    let pair = read::pair(statement)?;
    let neuron = given(pair.gamma.neurons().get(*i), "there is no such neuron")?;
    let small = neuron.product_norm() <= twice(&r_lower.0);
    holds(small, "the neuron's product is larger")?;
    let found = neuron.size();
    holds(found.compare(&surd(size)).is_eq(), "the size is another")?;
    holds(!surd(beta).sign().is_lt(), "beta is negative")?;
    holds(
        found.compare(&surd(beta)).is_gt(),
        "the size is at most beta",
    )?;
    within(&Measures::of(&pair)?.r, Some(&r_lower.0), None)
}
