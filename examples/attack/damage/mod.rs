//! Ways to damage a certificate by meaning. [`DAMAGES`] lists them: a new one is one line there and one function.

pub mod leaves;
mod networks;
mod numbers;
mod phi;
mod rows;
mod steps;
mod stronger;
mod whole;

use relucert::audit::Random;

use crate::draft::Draft;

/// Certificates to take parts from: one of the same kind, one of another.
pub struct Donors<'a> {
    /// Of the same kind.
    pub alike: &'a Draft,
    /// Of another kind.
    pub other: &'a Draft,
}

impl Donors<'_> {
    /// One of the two.
    fn any(&self, random: &mut Random) -> &Draft {
        match random.chance(2, 3) {
            true => self.alike,
            false => self.other,
        }
    }
}

/// An index below `count`; `None` if there is none. What was damaged before may be empty.
fn below(random: &mut Random, count: usize) -> Option<usize> {
    (count > 0).then(|| random.below(count))
}

/// What must become of the damaged certificate, whatever it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Must {
    /// A rejection that names a line, and the step where it is one; or an acceptance of something true.
    Judged,
    /// Acceptance: only a word for the reader changed.
    Accepted,
    /// A rejection: the file is not whole, or not in canonical form.
    Rejected,
}

/// Changes lines, which are sealed again; or the text, which is not.
enum Act {
    Lines(fn(&mut Draft, &Donors, &mut Random) -> Option<()>),
    Text(fn(&Draft, &mut Random) -> Option<String>),
}

/// A kind of damage.
pub struct Damage {
    /// What is done.
    pub name: &'static str,
    /// What must come of it.
    pub must: Must,
    act: Act,
}

const fn lines(
    name: &'static str,
    act: fn(&mut Draft, &Donors, &mut Random) -> Option<()>,
) -> Damage {
    Damage {
        name,
        must: Must::Judged,
        act: Act::Lines(act),
    }
}

const fn whole(name: &'static str, act: fn(&Draft, &mut Random) -> Option<String>) -> Damage {
    Damage {
        name,
        must: Must::Rejected,
        act: Act::Text(act),
    }
}

/// Every kind of damage.
pub const DAMAGES: &[Damage] = &[
    lines("a number of the networks changed", numbers::of_networks),
    lines("a number of the claim changed", numbers::of_claim),
    lines(
        "a number of the claim changed everywhere",
        numbers::of_claim_everywhere,
    ),
    lines("a number of some step changed", numbers::of_step),
    lines(
        "a number of a step changed everywhere",
        numbers::of_step_everywhere,
    ),
    lines(
        "a number replaced by another of the file",
        numbers::exchanged,
    ),
    lines("two numbers of a line exchanged", numbers::swapped),
    lines("an index changed", numbers::index),
    lines("a word changed", numbers::word),
    lines("signs changed", numbers::signs),
    lines("a witness point changed", numbers::point),
    lines("a circuit's multiplier changed", numbers::circuit),
    lines("a tree node changed", numbers::node),
    lines("a binding changed", numbers::binding),
    lines("a case changed", numbers::case),
    lines("a case's label changed", numbers::label),
    lines("a facet changed", numbers::facet),
    lines("a condition changed", numbers::condition),
    lines("a violation changed", numbers::violation),
    lines("the distance changed", numbers::distance),
    lines("the permutation changed", numbers::permutation),
    lines("a weight of a rewriting changed", numbers::rewriting),
    lines("a rewriting of other neurons", numbers::replaces),
    Damage {
        must: Must::Accepted,
        ..lines("a rewriting called otherwise", numbers::why)
    },
    Damage {
        must: Must::Rejected,
        ..lines("a number not in canonical form", numbers::uncanonical)
    },
    lines("a list's element dropped, doubled or moved", steps::list),
    lines("a field dropped", steps::field),
    lines("a flag added", steps::flag),
    lines("a step dropped, not renumbered", steps::dropped_as_is),
    lines("a step dropped", steps::dropped),
    lines("a step doubled", steps::doubled),
    lines("two steps exchanged", steps::swapped),
    lines("a step moved", steps::moved),
    lines("a rewriting moved before a case", steps::rewriting_first),
    lines("the steps after some step gone", steps::cut),
    lines("all steps gone", steps::none),
    lines("a step of another certificate put in", steps::spliced),
    lines(
        "a step replaced by one of another certificate",
        steps::replaced,
    ),
    lines("the steps of another certificate", steps::exchanged),
    lines(
        "steps of another certificate before its own",
        steps::prefixed,
    ),
    lines("a number of a row changed", rows::of_networks),
    lines("a factor of a layer changed", rows::of_step),
    lines("two networks exchanged", networks::swapped),
    lines("a network of another certificate", networks::exchanged),
    lines(
        "all networks of another certificate",
        networks::all_exchanged,
    ),
    lines("a network in place of another", networks::copied),
    lines("a neuron dropped or doubled", networks::neuron),
    lines("neurons in another order", networks::reordered),
    lines("a neuron rescaled", networks::rescaled),
    lines("a neuron turned round", networks::turned),
    lines("biases put in or taken away", networks::biases),
    lines(
        "an activation put in, changed or taken away",
        networks::activation,
    ),
    lines(
        "a neuron of Φ rescaled, with its step and distance",
        phi::rescaled,
    ),
    lines("the claim of another certificate", stronger::exchanged),
    lines("the claim called otherwise", stronger::renamed),
    lines("the bracket closed", stronger::closed),
    lines("an end of the bracket gone", stronger::one_sided),
    lines("a bound added or tightened", stronger::bound),
    lines("a number of the claim made stronger", stronger::number),
    lines(
        "a number of the claim made stronger everywhere",
        stronger::number_everywhere,
    ),
    lines("a flip set left out or made up", stronger::flip_set),
    lines(
        "a flip set left out everywhere",
        stronger::flip_set_everywhere,
    ),
    lines("no flips said of what has some", stronger::no_flips),
    lines("a region left out or made up", stronger::region),
    lines("a region left out everywhere", stronger::region_everywhere),
    lines("the number of regions changed everywhere", stronger::count),
    lines("fewer neurons said to be too few", stronger::minimal),
    lines("a box changed or gone", stronger::domain),
    lines("a sample changed", stronger::sample),
    lines("a section dropped, another stretched", stronger::section),
    lines(
        "a formula of the claim changed everywhere",
        stronger::formula_everywhere,
    ),
    lines("said of real k too", stronger::real),
    lines("said to be above something", stronger::above),
    lines("an unknown field", steps::unknown),
    whole("the last line missing", whole::unsealed),
    whole("one byte flipped under the old hash", whole::flipped),
    whole("cut off somewhere", whole::cut),
    whole("another number of steps in the last line", whole::counted),
];

impl Damage {
    /// The damaged certificate, where `twice` is given damaged in that way too; `None` if the damage does not apply, or changes nothing.
    pub fn done(
        &self,
        draft: &Draft,
        donors: &Donors,
        random: &mut Random,
        twice: Option<&Damage>,
    ) -> Option<String> {
        match self.act {
            Act::Text(act) => act(draft, random),
            Act::Lines(act) => {
                let mut damaged = draft.clone();
                act(&mut damaged, donors, random)?;
                if let Some(Act::Lines(act)) = twice.map(|other| &other.act) {
                    // One that does not apply may leave a part of its change: that is damage, too.
                    let _ = act(&mut damaged, donors, random);
                }
                (damaged != *draft).then(|| damaged.sealed())
            }
        }
    }
}
