//! One form for all networks that differ in order and positive scale of hidden neurons, and in neurons that do nothing or are parallel.
//!
//! In a simplified network no two neurons of a layer are positive multiples of each other. So with rows, bias last, made primitive integers (what
//! reads them takes
//! the factor), all rows of a layer are different, and sorted they are in one order only: first those of the first layer, whose columns are the
//! inputs, and
//! then of every layer those of the columns that were put in order before. There is nothing to refine and nothing to search.

use num_traits::Zero as _;
use sha2::{Digest as _, Sha256};

use super::rewriting::{Move, Rewriting};
use super::rows::{Read, primitive};
use super::simplify::simplify;
use crate::certificate;
use crate::exact::Rational;
use crate::network::{Deep, Layer};

/// The form, and how the network comes to it.
#[derive(Clone, Debug)]
pub struct Canonical {
    /// The form: rows of hidden neurons, bias last, are primitive integers, and increase.
    pub network: Deep,
    /// The rewritings.
    pub moves: Vec<Move>,
}

/// The form of a network: the same, number by number, for all that become the same when simplified, up to order and positive scale of hidden
/// neurons. Networks
/// with one form have one function; of networks with different forms nothing is said.
///
/// Cost: that of [`simplify`], and of sorting. With weights of b bits the numbers of layer l have some l·b bits, and b where they are floats.
pub fn canonical(network: &Deep) -> Canonical {
    let simplified = simplify(network);
    let mut rewriting = Rewriting::new(&simplified.network);
    let last = rewriting.layers().len() - 1;
    let mut read: Option<Read> = None;
    for l in 0..last {
        let found = primitive(&rewriting.layers()[l], read.as_ref());
        let rows = found.rows.into_iter().map(|row| {
            let mut row: Vec<Rational> = row.into_iter().map(Rational::from_integer).collect();
            let bias = row.pop().unwrap_or_else(Rational::zero);
            (row, bias)
        });
        let (weights, biases) = rows.unzip();
        let inverses = found.factors.iter().map(Rational::recip).collect();
        rewriting.scaled(l, Layer { weights, biases }, inverses);
        read = Some(Read::new(found.factors));
    }
    if let Some(read) = &read {
        let layer = &rewriting.layers()[last];
        let rows = layer.weights.iter().zip(&layer.biases).map(|(row, bias)| {
            let mut row = read.rationals(row, bias);
            let bias = row.pop().unwrap_or_else(Rational::zero);
            (row, bias)
        });
        let (weights, biases) = rows.unzip();
        rewriting.ended(Layer { weights, biases });
    }
    for l in 0..last {
        let layer = &rewriting.layers()[l];
        let row = |i: usize| layer.weights[i].iter().chain([&layer.biases[i]]);
        // They are integers.
        let row = |i: usize| row(i).map(Rational::numer);
        let mut order: Vec<usize> = (0..layer.weights.len()).collect();
        order.sort_by(|i, j| row(*i).cmp(row(*j)));
        rewriting.permute(l, order);
    }
    let (network, more) = rewriting.finish().expect("every layer has neurons");
    let moves = simplified.moves.into_iter().chain(more).collect();
    Canonical { network, moves }
}

impl Canonical {
    /// SHA-256, in hexadecimal, of the form as a certificate states it, in compact JSON: equal for networks of one form, and so of one function;
    /// different ones
    /// say nothing.
    pub fn form_hash(&self) -> String {
        let stated = certificate::Deep::from(&self.network);
        let text = serde_json::to_string(&stated).unwrap_or_default();
        let digest = Sha256::digest(text);
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}
