//! From affine functions of inputs and neurons to layers.
//!
//! A neuron that is needed behind the layer that follows its own is carried there: it is not negative, so that another ReLU leaves it as it is. An
//! input is carried as ρ(x) and ρ(−x).

use num_traits::{One as _, Zero as _};

use super::fault::Fault;
use super::graph::Computed;
use super::row::Row;
use crate::exact::Rational;
use crate::network::Layer;

/// Where an input or a neuron is found in the layer at hand: the difference of two of its neurons, or one.
#[derive(Clone, Copy, Debug)]
struct Place {
    plus: usize,
    minus: Option<usize>,
}

/// Layers of at most so many numbers, and how many neurons only carry something.
pub(super) fn layers(computed: Computed, limit: usize) -> Result<(Vec<Layer>, usize), Fault> {
    let Computed {
        inputs,
        blocks,
        outputs,
        level: last,
        ..
    } = computed;
    // A block behind the outputs is none of the network's: only its shape was asked for.
    let blocks: Vec<_> = blocks
        .into_iter()
        .filter(|block| block.level <= last)
        .collect();
    let total = blocks
        .last()
        .map_or(inputs, |block| block.first as usize + block.rows.len());
    let mut own = vec![0; total];
    let mut needed = vec![0; total];
    for block in &blocks {
        let numbers = own
            .iter_mut()
            .skip(block.first as usize)
            .take(block.rows.len());
        numbers.for_each(|own| *own = block.level);
    }
    let consumers = blocks
        .iter()
        .flat_map(|block| block.rows.iter().map(move |row| (row, block.level)));
    for (row, level) in consumers.chain(outputs.iter().map(|row| (row, last + 1))) {
        for (number, _) in &row.terms {
            let needed = &mut needed[*number as usize];
            *needed = level.max(*needed);
        }
    }
    let mut places: Vec<Option<Place>> = vec![None; total];
    for (number, place) in places.iter_mut().enumerate().take(inputs) {
        *place = Some(Place {
            plus: number,
            minus: None,
        });
    }
    let (mut layers, mut carried, mut numbers) = (Vec::new(), 0, 0usize);
    let mut width = inputs;
    let mut blocks = blocks;
    for level in 1..=last {
        let kept: Vec<usize> = (0..total)
            .filter(|number| own[*number] < level && needed[*number] > level)
            .collect();
        let here: Vec<_> = blocks
            .extract_if(.., |block| block.level == level)
            .collect();
        let fresh: usize = here.iter().map(|block| block.rows.len()).sum();
        let most = fresh + 2 * kept.len();
        numbers = room(numbers, most, width, limit)?;
        let (mut weights, mut biases) = (Vec::new(), Vec::new());
        let mut next: Vec<Option<Place>> = vec![None; total];
        for block in here {
            for (index, row) in block.rows.into_iter().enumerate() {
                next[block.first as usize + index] = Some(Place {
                    plus: weights.len(),
                    minus: None,
                });
                biases.push(row.constant.clone());
                weights.push(dense(row, &places, width)?);
            }
        }
        for number in kept {
            let Place { plus, minus } = places[number].ok_or_else(lost)?;
            let mut carry = |at: usize, sign: Rational| {
                let mut row = vec![Rational::zero(); width];
                row[at] = sign;
                weights.push(row);
                biases.push(Rational::zero());
                weights.len() - 1
            };
            let plus_there = carry(plus, Rational::one());
            let minus_there = match minus {
                Some(minus) => Some(carry(minus, Rational::one())),
                // Only an input can be negative.
                None if level == 1 => Some(carry(plus, -Rational::one())),
                None => None,
            };
            carried += 1 + usize::from(minus_there.is_some());
            next[number] = Some(Place {
                plus: plus_there,
                minus: minus_there,
            });
        }
        width = weights.len();
        places = next;
        layers.push(Layer { weights, biases });
    }
    room(numbers, outputs.len(), width, limit)?;
    let (mut weights, mut biases) = (Vec::new(), Vec::new());
    for row in outputs {
        biases.push(row.constant.clone());
        weights.push(dense(row, &places, width)?);
    }
    layers.push(Layer { weights, biases });
    Ok((layers, carried))
}

fn lost() -> Fault {
    Fault::words("a neuron is lost on its way")
}

/// Whether a matrix of these sides has room beside the numbers before it.
fn room(numbers: usize, rows: usize, width: usize, limit: usize) -> Result<usize, Fault> {
    let more = width
        .checked_add(1)
        .and_then(|columns| columns.checked_mul(rows));
    let all = more
        .and_then(|more| more.checked_add(numbers))
        .unwrap_or(usize::MAX);
    match all <= limit {
        true => Ok(all),
        false => Err(Fault::limit(
            format!("a network with layers of {width} and {rows} neurons, zeros included"),
            format!("{limit} numbers, for a file of this length"),
        )),
    }
}

/// A row of weights, zeros included.
fn dense(row: Row, places: &[Option<Place>], width: usize) -> Result<Vec<Rational>, Fault> {
    let mut weights = vec![Rational::zero(); width];
    for (number, weight) in row.terms {
        let Place { plus, minus } = places[number as usize].ok_or_else(lost)?;
        if let Some(minus) = minus {
            weights[minus] = -&weight;
        }
        weights[plus] = weight;
    }
    Ok(weights)
}
