//! Lemma A.6: every network with biases, as a network of N* with two more inputs held at 1 and −1 (D26, E2).

use num_traits::Zero;

use crate::certificate::{
    BalancedSet, Claim, ConditionFact, Equal, LiftClaim, Member, Networks, PRODUCER, Side,
    Statement, Step, Writer,
};
use crate::exact::Rational;
use crate::exact::scalar::{Numbers, Order, Scalar, known};
use crate::network::{Biased, Neuron, Shallow, ShapeError, TwoLayer};
use crate::parametrizations::merge;
use crate::realization::CanonicalForm;

/// R(Γ)(x, 1, −1) = R(Θ)(x), Γ in N* with one neuron more than Θ: the lemma with the construction repaired.
///
/// Constant neurons go into e, positively parallel (a, b) are merged, dead neurons dropped. A live neuron (a, b) becomes (a, b⁺, b⁻) with
/// b⁺ − b⁻ = b (108), an output bias e ≠ 0 becomes c = e with (0, …, 0, 2, 1). The remaining places are filled with (0, …, 0, 1, n), n = 1, 2, …,
/// which are never active at (x, 1, −1) and differ from each other and from all others in direction. All are balanced.
///
/// # Errors
/// [`ShapeError`] cannot occur for a network that exists; it is passed on, not hidden.
pub fn lift(theta: &Biased) -> Result<Shallow, ShapeError> {
    Shallow::new(known(lifted(&mut Numbers, &theta.clone().into())))
}

/// The published construction (107)–(110), literally: c_i = 0 becomes (0, …, 0, 1, 1) with outer weights 1, constants and parallel neurons stay
/// as they are. Its function is always right, but it can leave N* (E2).
///
/// # Errors
/// As [`lift`].
pub fn published_lift(theta: &Biased) -> Result<Shallow, ShapeError> {
    Shallow::new(known(published(&mut Numbers, &theta.clone().into())))
}

/// The neurons of [`lift`], over any numbers, of a network with biases.
pub(crate) fn lifted<S: Scalar, O: Order<S>>(
    order: &mut O,
    theta: &TwoLayer<S>,
) -> Result<Vec<Neuron<S>>, O::Undecided> {
    let merged = merge(order, theta)?.network;
    let mut neurons = Vec::new();
    for neuron in merged.neurons() {
        let row = split_bias(order, neuron.inner())?;
        neurons.push(balanced(order, row, neuron.factors())?);
    }
    let offset = merged.offset().unwrap_or_default();
    if !order.all_vanish(offset)? {
        neurons.push(balanced(
            order,
            last_two(theta.inputs(), 2, 1),
            offset.to_vec(),
        )?);
    }
    for n in 1.. {
        if neurons.len() > theta.neurons().len() {
            break;
        }
        // Any outer weights will do: (n, 0, …, 0) is balanced as it is.
        let mut outer = vec![S::nil(); theta.outputs()];
        if let Some(first) = outer.first_mut() {
            *first = integer(n);
        }
        neurons.push(Neuron::of(last_two(theta.inputs(), 1, n), outer));
    }
    Ok(neurons)
}

/// The neurons of [`published_lift`], over any numbers, of a network with biases.
pub(crate) fn published<S: Scalar, O: Order<S>>(
    order: &mut O,
    theta: &TwoLayer<S>,
) -> Result<Vec<Neuron<S>>, O::Undecided> {
    let inputs = theta.inputs();
    let ones = || vec![S::unit(); theta.outputs()];
    let mut neurons = Vec::new();
    for neuron in theta.neurons() {
        neurons.push(match order.all_vanish(neuron.outer())? {
            true => balanced(order, last_two(inputs, 1, 1), ones())?,
            false => {
                let row = split_bias(order, neuron.inner())?;
                balanced(order, row, neuron.factors())?
            }
        });
    }
    let offset = theta.offset().unwrap_or_default();
    neurons.push(match order.all_vanish(offset)? {
        true => balanced(order, last_two(inputs, 1, 1), ones())?,
        false => balanced(order, last_two(inputs, 2, 1), offset.to_vec())?,
    });
    Ok(neurons)
}

/// x ↦ R(Γ)(x, 1, −1) as a network with biases: (a, p, q) becomes (a, p − q). `None` if Γ has fewer than three inputs.
pub fn restricted(gamma: &Shallow) -> Option<Biased> {
    let neurons = gamma.neurons().iter().map(|neuron| {
        let (row, [p, q]) = neuron.inner().split_last_chunk::<2>()?;
        let inner = row.iter().cloned().chain([p - q]).collect();
        Neuron::new(neuron.scale().clone(), neuron.outer().to_vec(), inner)
    });
    let rows = Shallow::new(neurons.collect::<Option<Vec<Neuron>>>()?).ok()?;
    Biased::new(rows, vec![Rational::zero(); gamma.outputs()]).ok()
}

/// Whether R(Γ)(x, 1, −1) = R(Θ)(x) for all x, by canonical forms (N1).
pub fn is_lift(gamma: &Shallow, theta: &Biased) -> bool {
    let Some(restricted) = restricted(gamma) else {
        return false;
    };
    let difference = CanonicalForm::of_biased(&restricted).minus(&CanonicalForm::of_biased(theta));
    difference.is_some_and(|difference| difference.is_zero())
}

/// The certificate that Γ is a lift of Θ, claim `lift`. `networks` are Γ and Θ.
pub fn lift_certificate(networks: Networks) -> String {
    let statement = Statement {
        networks,
        activation: None,
        claim: Claim::Lift(LiftClaim {}),
    };
    let mut writer = Writer::new(PRODUCER, statement);
    writer.step(Step::Equal(Equal {}));
    writer.step(Step::Condition(ConditionFact::Member(Member {
        network: Side::Gamma,
        set: BalancedSet::NStar,
    })));
    writer.finish()
}

/// (a, b) becomes (a, b⁺, b⁻): (b + 1, 1) if b ≥ 0, else (1, 1 − b) (108).
fn split_bias<S: Scalar, O: Order<S>>(order: &mut O, row: &[S]) -> Result<Vec<S>, O::Undecided> {
    let (bias, row) = match row.split_last() {
        Some((bias, row)) => (bias.clone(), row),
        None => (S::nil(), row),
    };
    let positive = order.positive_part(&bias)?;
    let negative = positive.less(&bias);
    let parts = [positive, negative].map(|part| part.plus(&S::unit()));
    Ok(row.iter().cloned().chain(parts).collect())
}

fn integer<S: Scalar>(value: i64) -> S {
    Rational::from_integer(value.into()).into()
}

fn last_two<S: Scalar>(inputs: usize, p: i64, q: i64) -> Vec<S> {
    let mut row = vec![S::nil(); inputs];
    row.extend([p, q].map(integer));
    row
}

/// The neuron with contribution outer·ρ(⟨inner,·⟩) and ‖c‖ = ‖a‖, for live ones: √t·inner, outer/√t with t = ‖outer‖/‖inner‖.
fn balanced<S: Scalar, O: Order<S>>(
    order: &mut O,
    inner: Vec<S>,
    outer: Vec<S>,
) -> Result<Neuron<S>, O::Undecided> {
    Neuron::of(inner, outer).balanced_by(order)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::degeneracy::membership;
    use crate::network::{Network, file::network_from_bytes};

    fn biased(text: &str) -> Biased {
        match network_from_bytes("x.json", text.as_bytes()).unwrap() {
            Network::Biased(network) => network,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_degenerate_kind_is_lifted_into_n_star() {
        // Whether the published construction stays in N* (E2).
        for (published, text) in [
            (false, r#"{"a": [[0]], "b": [0], "c": [[0]], "e": [0]}"#),
            (true, r#"{"a": [[1]], "b": [2], "c": [[0]], "e": [1]}"#),
            (
                false,
                r#"{"a": [[1],[2]], "b": [2,3], "c": [[0],[0]], "e": [1]}"#,
            ),
            (false, r#"{"a": [[1]], "b": [2], "c": [[0]], "e": [0]}"#),
            (
                false,
                r#"{"a": [[1],[1]], "b": [1,1], "c": [[1],[2]], "e": [0]}"#,
            ),
            (false, r#"{"a": [[0]], "b": [1], "c": [[1]], "e": [1]}"#),
            (false, r#"{"a": [[0]], "b": [0], "c": [[1]], "e": [0]}"#),
            (
                true,
                r#"{"a": [[1],[-1]], "b": [0,0], "c": [[1],[-1]], "e": [0]}"#,
            ),
            (
                true,
                r#"{"a": [[1,2],[3,-1]], "b": ["1/2",-3], "c": [[2,0],["-1/3",1]], "e": ["1/5",0]}"#,
            ),
            (
                true,
                r#"{"a": [[1],[2]], "b": [1,2], "c": [[2],[-1]], "e": [-1]}"#,
            ),
            (
                true,
                r#"{"a": [["sqrt(2)"]], "b": ["-sqrt(2)"], "c": [["sqrt(2)"]], "e": [1]}"#,
            ),
        ] {
            let theta = biased(text);
            let gamma = lift(&theta).unwrap();
            assert!(membership(&gamma).in_n_star(), "{text}");
            assert!(is_lift(&gamma, &theta), "{text}");
            assert_eq!(gamma.neurons().len(), theta.rows().neurons().len() + 1);
            assert_eq!(gamma.inputs(), theta.inputs() + 2);
            let old = published_lift(&theta).unwrap();
            assert!(is_lift(&old, &theta), "{text}");
            assert_eq!(membership(&old).in_n_star(), published, "{text}");
        }
    }

    #[test]
    fn other_networks_are_no_lifts() {
        let theta = biased(r#"{"a": [[1]], "b": [2], "c": [[1]], "e": [1]}"#);
        let other = biased(r#"{"a": [[1]], "b": [2], "c": [[1]], "e": [2]}"#);
        assert!(!is_lift(&lift(&other).unwrap(), &theta));
    }
}
