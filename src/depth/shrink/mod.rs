//! Fewer neurons within a tolerance on a box: a neuron, times a factor, or a constant stands for another, and how much the function changes is proved by
//! intervals of what differs, layer by layer.
//!
//! Why a box: on all of R^d two functions with kinks on different hyperplanes are as far apart in the seminorm as half of a kink, however near the hyperplanes
//! are. On a box what a merge of near neurons changes is small where they are near.

mod build;
mod candidates;
mod choose;
mod interval;
mod walk;

use crate::exact::Rational;
use crate::network::Deep;
use crate::watch::{Stop, Watch};

use super::rewriting::Move;
use super::simplify::{Dropped, Simplified, simplify};
use build::Fate;
use choose::Choice;
use walk::Given;

pub use walk::Stand;

/// A network and a smaller one that is near it on a box.
#[derive(Clone, Debug)]
pub struct Shrunk {
    /// The smaller one.
    pub network: Deep,
    /// No output differs by more than this on the box, by what was measured.
    pub distance: Rational,
    /// The same by intervals alone, which [`deep_within_certificate`](super::deep_within_certificate) shows.
    pub bound: Rational,
    /// How the given network comes to one of the same function without neurons that do nothing or are parallel.
    pub moves: Vec<Move>,
    /// What stands for the neurons of that network, layer by layer without the outputs.
    pub images: Vec<Vec<Stand>>,
    /// Neurons that could be left out without any change, by layer and index as given.
    pub dropped: Vec<Dropped>,
    /// Layer, and neurons for which a constant stands, as given.
    pub constant: Vec<(usize, Vec<usize>)>,
    /// Layer, and neurons for which one of them stands, as given.
    pub merged: Vec<(usize, Vec<usize>)>,
    /// The limit that ended the search, if one did.
    pub stopped: Option<Stop>,
}

/// What is asked of [`shrink`].
pub struct Shrinking<'a> {
    /// One pair lower < upper an input.
    pub sides: &'a [(Rational, Rational)],
    /// No output may change by more on the box.
    pub tolerance: &'a Rational,
    /// What every number of the smaller network is rounded to; it counts among what changes.
    pub round: &'a dyn Fn(Rational) -> Rational,
    /// How far a network is from the given one, where intervals say that it is at most the number: that, or less.
    pub measure: &'a mut dyn FnMut(&Deep, &Rational) -> Rational,
    /// When to give up.
    pub watch: &'a Watch,
}

/// Leaves out what does nothing, merges what is parallel, and goes on, the cheapest neurons first, as long as no output changes by more than the tolerance on the
/// box. None if rounding alone changes more.
///
/// # Errors
/// The limit that was reached before any network was measured.
///
/// # Panics
/// If the box has not as many sides as the network inputs.
///
/// Cost: a product of machine integers for every pair of neurons of a layer and number they read, and some ten networks are built and measured, at some
/// products of rationals a weight.
pub fn shrink(network: &Deep, asked: Shrinking) -> Result<Option<Shrunk>, Stop> {
    assert_eq!(asked.sides.len(), network.inputs(), "one side an input");
    let Simplified {
        network: simple,
        moves,
        dropped,
        kept,
        ..
    } = simplify(network);
    let given = Given::new(&simple, asked.sides);
    let choice = Choice::new(&given, asked.watch)?;
    let found = choice.search(asked.tolerance, asked.round, asked.measure, asked.watch)?;
    let stopped = found.stopped;
    Ok(found.best.map(|(built, fates, distance)| {
        let (mut constant, mut merged) = (Vec::new(), Vec::new());
        for (fates, (layer, names)) in fates.iter().zip(&kept) {
            let mut constants = Vec::new();
            let mut groups = names.clone();
            for (i, fate) in fates.iter().enumerate() {
                match fate {
                    Fate::Kept => {}
                    Fate::Constant => constants.append(&mut groups[i]),
                    Fate::Into(j, _) => {
                        let own = std::mem::take(&mut groups[i]);
                        groups[*j].extend(own);
                        groups[*j].sort_unstable();
                    }
                }
            }
            constants.sort_unstable();
            if !constants.is_empty() {
                constant.push((*layer, constants));
            }
            let groups = groups.into_iter().filter(|group| group.len() > 1);
            merged.extend(groups.map(|group| (*layer, group)));
        }
        Shrunk {
            network: built.network,
            distance,
            bound: built.bound,
            moves,
            images: built.images,
            dropped,
            constant,
            merged,
            stopped,
        }
    }))
}
