//! Directions along which a network can be changed without changing its function, other than rescalings.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_traits::{One as _, Signed as _, Zero as _};
use serde::Serialize;

use super::change::Change;
use super::layers::Layered;
use super::rescaling::is_rescaling;
use crate::exact::rows::{clear_denominators, direction};
use crate::exact::{Rational, linear};
use crate::watch::{Stop, Watch};

/// Why the function does not change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Reason {
    /// All outgoing weights are 0, or lead to neurons that nothing hears or that never are active: incoming weights do not count.
    Unheard,
    /// Its pre-activation is never positive, since no incoming weight is and the bias is not: outgoing weights do not count.
    Silent,
    /// Its pre-activation is never negative: what its bias gives more, the next layer's biases give less.
    Linear,
    /// Incoming weights and biases of two neurons are positive multiples of each other (C.2): what one gives more, the other gives less.
    Parallel,
    /// Pairs of neurons with opposite incoming weights and biases (C.3a): each can give some of its linear part, and together these are constant.
    Opposite,
    /// Two opposite neurons that are linear together: what their biases give more, the next layer's biases give less.
    Fold,
}

impl Reason {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Reason::Unheard => {
                "nothing hears it: its outgoing weights are 0, or lead to neurons of which that is true or that are never active, so its incoming weights do not count"
            }
            Reason::Silent => {
                "it is never active: no incoming weight is positive, nor is its bias, so its outgoing weights do not count"
            }
            Reason::Linear => {
                "its pre-activation is never negative: what its bias gives more the next biases can give less"
            }
            Reason::Parallel => {
                "their incoming weights are positive multiples of each other (C.2): what one gives more the other can give less"
            }
            Reason::Opposite => {
                "pairs of opposite neurons (C.3a) whose linear parts can be shifted against each other"
            }
            Reason::Fold => {
                "the two are opposite and together linear: what their biases give more the next biases can give less"
            }
        }
    }
}

/// Parameters θ + t·δ with the function of θ, for every t ≥ 0, which are no rescalings of θ for small t > 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Family {
    /// Why the function does not change.
    pub reason: Reason,
    /// The neurons it is about, as hidden layer and place.
    pub neurons: Vec<[usize; 2]>,
    /// δ.
    pub changes: Vec<Change>,
}

/// Most directions that are tried for one reason.
const TRIES: usize = 8;

/// What is seen from the signs of weights alone.
struct Signs {
    /// Never active, whatever the layer before gives.
    silent: Vec<Vec<bool>>,
    /// Whose value does not count.
    unheard: Vec<Vec<bool>>,
}

/// A direction for which there is a reason; at most one for each neuron or pair. None found says nothing.
///
/// Cost: a sort of each layer's rows, and one walk over all weights for each direction tried; at most 64 families are searched for.
pub(super) fn families(network: &Layered, watch: &Watch) -> Result<Vec<Family>, Stop> {
    let signs = Signs::of(network);
    let mut found = Vec::new();
    for (l, width) in network.hidden().into_iter().enumerate() {
        for i in 0..width {
            watch.check()?;
            found.extend(alone(network, &signs, [l, i]));
        }
        watch.check()?;
        shared(network, l, &mut found, watch)?;
        if found.len() >= 64 {
            break;
        }
    }
    Ok(found)
}

impl Signs {
    fn of(network: &Layered) -> Self {
        let hidden = network.hidden();
        let mut silent: Vec<Vec<bool>> = Vec::new();
        for (l, layer) in network.layers.iter().take(hidden.len()).enumerate() {
            let rows = layer.weights.iter().zip(&layer.biases).map(|(row, bias)| {
                let quiet = |(j, weight): (usize, &Rational)| match l.checked_sub(1) {
                    None => weight.is_zero(),
                    Some(before) => !weight.is_positive() || silent[before][j],
                };
                !bias.is_positive() && row.iter().enumerate().all(quiet)
            });
            let rows = rows.collect();
            silent.push(rows);
        }
        let mut unheard: Vec<Vec<bool>> = hidden.iter().map(|width| vec![false; *width]).collect();
        for l in (0..hidden.len()).rev() {
            let rows = &network.layers[l + 1].weights;
            for i in 0..hidden[l] {
                let deaf = |(k, row): (usize, &Vec<Rational>)| {
                    row[i].is_zero()
                        || l + 1 < hidden.len()
                            && (unheard[l + 1][k] || silent[l + 1][k] && row[i].is_negative())
                };
                unheard[l][i] = rows.iter().enumerate().all(deaf);
            }
        }
        Signs { silent, unheard }
    }
}

fn change(layer: usize, row: usize, column: Option<usize>, by: Rational) -> Change {
    Change {
        layer,
        row,
        column,
        by,
    }
}

/// The first of these directions that is no rescaling.
fn first(
    network: &Layered,
    reason: Reason,
    neurons: &[[usize; 2]],
    directions: impl Iterator<Item = Vec<Change>>,
) -> Option<Family> {
    let mut directions = directions.take(TRIES);
    let changes = directions.find(|changes| !is_rescaling(network, changes))?;
    Some(Family {
        reason,
        neurons: neurons.to_vec(),
        changes,
    })
}

/// What one neuron is to blame for.
fn alone(network: &Layered, signs: &Signs, [l, i]: [usize; 2]) -> Option<Family> {
    let layer = &network.layers[l];
    let next = &network.layers[l + 1];
    let here = [[l, i]];
    if signs.unheard[l][i] {
        let weights = (0..layer.weights[i].len()).map(Some);
        let bias = network.biased.then_some(None);
        let columns = weights.chain(bias);
        let unit = columns.map(|column| vec![change(l, i, column, Rational::one())]);
        if let Some(family) = first(network, Reason::Unheard, &here, unit) {
            return Some(family);
        }
    }
    if signs.silent[l][i] {
        let unit =
            (0..next.weights.len()).map(|k| vec![change(l + 1, k, Some(i), Rational::one())]);
        return first(network, Reason::Silent, &here, unit);
    }
    let mut weights = layer.weights[i].iter().enumerate();
    let positive = weights.all(|(j, weight)| match l.checked_sub(1) {
        None => weight.is_zero(),
        Some(before) => !weight.is_negative() || signs.silent[before][j],
    });
    if !network.biased || !positive || layer.biases[i].is_negative() {
        return None;
    }
    let mut changes = vec![change(l, i, None, Rational::one())];
    changes.extend(passed_on(network, [l, i], &Rational::one()));
    first(network, Reason::Linear, &here, std::iter::once(changes))
}

/// What the next biases change by so that so much more from a neuron does not count.
fn passed_on<'a>(
    network: &'a Layered,
    [l, i]: [usize; 2],
    more: &'a Rational,
) -> impl Iterator<Item = Change> + 'a {
    let rows = network.layers[l + 1].weights.iter().enumerate();
    let rows = rows.filter(move |(_, row)| !row[i].is_zero());
    rows.map(move |(k, row)| change(l + 1, k, None, -(&row[i] * more)))
}

/// Neurons of a layer on one hyperplane: by its normal and offset, up to a factor.
fn shared(network: &Layered, l: usize, found: &mut Vec<Family>, watch: &Watch) -> Result<(), Stop> {
    let layer = &network.layers[l];
    let mut lines: BTreeMap<Vec<BigInt>, Vec<usize>> = BTreeMap::new();
    for i in 0..layer.weights.len() {
        let row: Vec<Rational> = network.incoming(l, i).into_iter().cloned().collect();
        if row.iter().all(Rational::is_zero) {
            continue;
        }
        lines.entry(direction(&row)).or_default().push(i);
    }
    // The factor from one row to the other, both multiples of one row.
    let factor = |i: usize, j: usize| {
        let pairs = network
            .incoming(l, i)
            .into_iter()
            .zip(network.incoming(l, j));
        let mut factors = pairs.filter(|(x, _)| !x.is_zero()).map(|(x, y)| y / x);
        factors.next().unwrap_or_else(Rational::zero).abs()
    };
    let next = network.layers[l + 1].weights.len();
    for members in lines.values() {
        let Some((&i, others)) = members.split_first() else {
            continue;
        };
        for &j in others {
            watch.check()?;
            let factor = factor(i, j);
            let shift = (0..next).map(|k| {
                let (more, less) = (factor.clone(), -Rational::one());
                vec![
                    change(l + 1, k, Some(i), more),
                    change(l + 1, k, Some(j), less),
                ]
            });
            found.extend(first(network, Reason::Parallel, &[[l, i], [l, j]], shift));
        }
    }
    // One neuron of each side.
    let mut pairs = Vec::new();
    for (line, members) in &lines {
        let opposite: Vec<BigInt> = line.iter().map(|x| -x).collect();
        if line < &opposite
            && let Some(others) = lines.get(&opposite)
        {
            pairs.push([members[0], others[0]]);
        }
    }
    for &[i, j] in &pairs {
        let by = factor(i, j);
        let outgoing = &network.layers[l + 1].weights;
        let is_linear = outgoing
            .iter()
            .all(|row| (&row[i] + &row[j] * &by).is_zero());
        if network.biased && is_linear {
            let mut changes = vec![change(l, i, None, Rational::one()), change(l, j, None, -by)];
            changes.extend(passed_on(network, [l, i], &Rational::one()));
            let fold = std::iter::once(changes);
            found.extend(first(network, Reason::Fold, &[[l, i], [l, j]], fold));
        }
    }
    found.extend(opposite(network, l, &pairs, factor, watch)?);
    Ok(())
}

/// Pairs of opposite neurons i, j, with a_j = −λa_i: ρ(z_i) − ρ(z_j)/λ = z_i. A sum of multiples of these that is constant can be added to what the next layer gets, less the constant.
fn opposite(
    network: &Layered,
    l: usize,
    pairs: &[[usize; 2]],
    factor: impl Fn(usize, usize) -> Rational,
    watch: &Watch,
) -> Result<Option<Family>, Stop> {
    if pairs.len() < 2 {
        return Ok(None);
    }
    let layer = &network.layers[l];
    let inputs = layer.weights[0].len();
    // Columns are pairs, so that the kernel is of dependences.
    let rows: Vec<Vec<BigInt>> = (0..inputs)
        .map(|k| {
            let row = pairs.iter().map(|&[i, _]| layer.weights[i][k].clone());
            clear_denominators(&row.collect::<Vec<Rational>>()).entries
        })
        .collect();
    let kernel = linear::kernel_basis(&rows, pairs.len(), watch)?;
    let Some(dependence) = kernel.into_iter().next() else {
        return Ok(None);
    };
    let terms = || {
        let terms = pairs.iter().zip(&dependence);
        terms.filter(|(_, multiple)| !multiple.is_zero())
    };
    let constant: Rational = terms()
        .map(|(&[i, _], multiple)| &layer.biases[i] * multiple)
        .sum();
    let directions = (0..network.layers[l + 1].weights.len()).map(|k| {
        let mut changes = Vec::new();
        for (&[i, j], multiple) in terms() {
            let multiple = Rational::from_integer(multiple.clone());
            let less = -&multiple / factor(i, j);
            changes.push(change(l + 1, k, Some(i), multiple));
            changes.push(change(l + 1, k, Some(j), less));
        }
        if !constant.is_zero() {
            changes.push(change(l + 1, k, None, -&constant));
        }
        changes
    });
    let neurons: Vec<[usize; 2]> = terms().flat_map(|(&[i, j], _)| [[l, i], [l, j]]).collect();
    Ok(first(network, Reason::Opposite, &neurons, directions))
}
